//! The async client on a real cluster, on both engines: one suite, taken in twice.

#[path = "native/suite.rs"]
mod component;
#[path = "native/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
