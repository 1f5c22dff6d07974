//! Which engine the live tests run on.

use slotpipe::Engine;

/// The one that a client has if its builder names none.
#[must_use]
pub fn under_test() -> Engine {
    Engine::default()
}

/// The one that the last part of a module's path names. A suite for both engines is taken into a test binary twice, as
/// `mod component` and as `mod in_process`.
///
/// # Panics
/// The module is named otherwise.
#[must_use]
pub fn of(module: &str) -> Engine {
    match module.rsplit("::").next() {
        Some("component") => Engine::Component,
        Some("in_process") => Engine::InProcess,
        other => panic!("a suite stands in `component` and in `in_process`, not in {other:?}"),
    }
}
