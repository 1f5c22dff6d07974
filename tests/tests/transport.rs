//! Connections of the caller's own making, on both engines: one suite, taken in twice.

#[path = "transport/suite.rs"]
mod component;
#[path = "transport/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
#[path = "transport/tunnel.rs"]
mod tunnel;
