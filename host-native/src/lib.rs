//! The async Rust client.
