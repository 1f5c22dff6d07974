//! Units, sessions and transactions on a real cluster, on both engines: one suite, taken in twice.

#[path = "transactions/suite.rs"]
mod component;
#[path = "transactions/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
