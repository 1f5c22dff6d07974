//! The wasm module of `slotpipe-component`, for which nothing has to be written.
//!
//! A crate of its own because the crate that is linked decides how much is inlined into what says `optimize(speed)`:
//! this one is built at `s`, and all that it links at `z`.
#![cfg_attr(target_arch = "wasm32", no_std)]

use slotpipe_component as _;
