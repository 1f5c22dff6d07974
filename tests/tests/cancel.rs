//! Calls that are given up behind a slow network, on both engines: one suite, taken in twice.

#[path = "cancel/suite.rs"]
mod component;
#[path = "cancel/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
