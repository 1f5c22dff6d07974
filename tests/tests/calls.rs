//! Single calls on a real cluster, on both engines: one suite, taken in twice.

#[path = "calls/suite.rs"]
mod component;
#[path = "calls/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
