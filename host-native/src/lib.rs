//! The async Rust client.

#[cfg(all(unix, feature = "lab"))]
#[doc(hidden)]
pub mod lab;
