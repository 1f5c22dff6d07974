//! Publish and subscribe on a real cluster, on both engines and in both protocols: one suite, taken in twice.

#[path = "pubsub/suite.rs"]
mod component;
#[path = "pubsub/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
