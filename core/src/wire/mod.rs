//! Bytes and their meaning; nothing here knows what a cluster is.
//!
//! [`request`] reads submitted commands, [`encode`] writes commands, [`decode`] turns a stream into frames,
//! [`tape`] is the form that frames and answers have, [`shape`] brings RESP2 and RESP3 replies to one value.

pub mod decode;
pub mod encode;
pub mod request;
pub mod shape;
pub mod tape;
