//! Bytes and their meaning; nothing here knows what a cluster is.
//!
//! [`request`] reads submitted commands, [`encode`] writes commands, [`decode`] turns a stream into frames (its doubles by [`double`]),
//! [`tape`] is the form that frames and answers have, [`shape`] brings RESP2 and RESP3 replies to one value.

pub mod decode;
pub(crate) mod double;
pub mod encode;
pub mod request;
pub mod shape;
pub mod tape;
