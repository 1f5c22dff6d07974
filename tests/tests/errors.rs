//! The exceptions that users come from and what they are here, on both engines: one suite, taken in twice.

#[path = "errors/suite.rs"]
mod component;
#[path = "errors/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
