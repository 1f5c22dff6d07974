//! The clients under test, behind one trait: the same workload drives each, and the same judge hears what it says.

mod node;
mod rust;

use std::{fmt, future::Future, pin::Pin, str::FromStr, time::Duration};

pub use node::NodeHost;
pub use rust::RustHost;

use crate::wire::Value;

/// Commands that are submitted together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Each command's words: printable, without spaces but for scripts.
    pub commands: Vec<Vec<String>>,
    /// For all attempts of each.
    pub deadline: Duration,
    /// The caller says that all of it may run twice.
    pub idempotent: bool,
    /// All of it or nothing: between MULTI and EXEC.
    pub atomic: bool,
    /// The caller waits no longer than this.
    pub cancel_after: Option<Duration>,
}

/// How a client is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// It speaks RESP2.
    pub resp2: bool,
    /// It admits little at once, so that most of a pipeline waits inside. The Rust client alone can be told so.
    pub narrow: bool,
}

/// How a command ended, as a host tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It ran once; this is the reply.
    Reply(Value),
    /// The server's error, and whether it can have run.
    Error(String, bool),
    /// It never ran: the reason's code and words.
    NotExecuted(String),
    /// It may have run.
    Unknown(String),
    /// Any other end: none of the workload's commands has one.
    Odd(String),
    /// Long after its deadline there was no outcome.
    Hanging,
}

/// What is left inside a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// Jobs, batches, gathers and buffers that are open in the core: none, when every command has its outcome.
    pub open: u64,
    /// Resident memory of the process, in KiB.
    pub resident_kib: u64,
}

impl Made {
    /// How many commands of a pipeline are under way at least, if there are as many.
    pub fn window(self) -> u32 {
        if self.narrow { NARROW / 2 } else { 10_000 }
    }
}

/// Commands of a pipeline that a narrow client admits at once; more of them when half have settled.
const NARROW: u32 = 16;

/// What a host's work comes to.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A client under test.
pub trait Host: Send + Sync {
    /// Runs a batch: one outcome per command.
    fn run(&self, batch: Batch) -> Work<'_, Vec<Told>>;

    /// The password for connections from now on.
    fn use_password(&self, password: &str);

    /// What it keeps.
    fn inside(&self) -> Work<'_, Result<Inside, String>>;

    /// What is allocated in the process and not freed, in KiB: the client's and, in Rust, the rig's; in Node's what heap and
    /// buffers hold behind a collection. The memory of a component is in neither.
    fn live_kib(&self) -> Work<'_, Result<u64, String>>;

    /// Ends it.
    fn close(&self) -> Work<'_, ()>;
}

/// Which client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rust, the core as a crate.
    InProcess,
    /// Rust, the core as a component in wasmtime.
    Component,
    /// The npm package, in a process of its own.
    Node,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InProcess, Self::Component, Self::Node];

    /// Connects one.
    ///
    /// # Errors
    /// It cannot be started, or finds no cluster.
    pub async fn connect(self, seeds: &[String], made: Made) -> Result<Box<dyn Host>, String> {
        Ok(match self {
            Self::InProcess => Box::new(RustHost::connect(seeds, made, slotpipe::Engine::InProcess).await?),
            Self::Component => Box::new(RustHost::connect(seeds, made, slotpipe::Engine::Component).await?),
            Self::Node => Box::new(NodeHost::connect(seeds, made).await?),
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InProcess => "in-process",
            Self::Component => "component",
            Self::Node => "node",
        })
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.to_string() == text);
        known.ok_or_else(|| format!("no host {text:?}: choose in-process, component or node"))
    }
}

/// Resident memory of a process.
fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
