//! Pipelines, hooks, errors and counters on a real cluster, on both engines: one suite, taken in twice.

#[path = "native_pipelines/suite.rs"]
mod component;
#[path = "native_pipelines/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
