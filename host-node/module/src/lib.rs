//! The wasm module of `slotpipe-node`, for which nothing has to be written; why it is a crate, `slotpipe-component-module`
//! says.

use slotpipe_node as _;
