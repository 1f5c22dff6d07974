//! How the slot map is kept on a real cluster, on both engines: one suite, taken in twice.

#[path = "refresh/suite.rs"]
mod component;
#[path = "refresh/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
