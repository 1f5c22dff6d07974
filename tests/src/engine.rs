//! Which engine the live tests run on.

use slotpipe::Engine;

/// The component with the feature `component`, else the core that is linked in.
#[must_use]
pub const fn under_test() -> Engine {
    #[cfg(feature = "component")]
    return Engine::Component;
    #[cfg(not(feature = "component"))]
    Engine::InProcess
}
