//! Reads from replicas on a real cluster, on both engines: one suite, taken in twice.

#[path = "replicas/suite.rs"]
mod component;
#[path = "replicas/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
