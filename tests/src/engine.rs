//! Which engine the live tests run on.

use slotpipe::Engine;

/// The one that a client has if its builder names none.
#[must_use]
pub fn under_test() -> Engine {
    Engine::default()
}
