//! Scans, scripts, functions and recipes on a real cluster, on both engines: one suite, taken in twice.

#[path = "across/suite.rs"]
mod component;
#[path = "across/cutting.rs"]
mod cutting;
#[path = "across/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
