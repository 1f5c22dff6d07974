//! Nodes, commands at chosen nodes, fan-out and refusals on a real cluster, on both engines: one suite, taken in twice.

use std::sync::LazyLock;

use slotpipe::lab::LocalCluster;

#[path = "nodes/suite.rs"]
mod component;
#[path = "nodes/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

/// Three primaries with a replica each, for tests that change nothing that others look at.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 1).unwrap());
