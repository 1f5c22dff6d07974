//! How the async client connects, on both engines: one suite, taken in twice.

#[path = "native_connect/suite.rs"]
mod component;
#[path = "native_connect/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
