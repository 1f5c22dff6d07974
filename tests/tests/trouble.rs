//! A real cluster in trouble, on both engines: one suite, taken in twice.

#[path = "trouble/suite.rs"]
mod component;
#[path = "trouble/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
