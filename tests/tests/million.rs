//! A million commands in one pipeline, on both engines: one suite, taken in twice. A process of its own, for its memory is
//! what is measured.

use std::{fs, sync::LazyLock};

use slotpipe::lab::LocalCluster;

#[path = "million/suite.rs"]
mod component;
#[path = "million/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());
/// Memory is of the whole process: one test at a time.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

const MIB: usize = 1 << 20;

/// Bytes of this process that are in memory, now and at most since [`forget_peak`].
fn resident() -> (u64, u64) {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let field = |name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    };
    (field("VmRSS:"), field("VmHWM:"))
}

fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
}
