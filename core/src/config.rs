//! Options with their defaults, and limits with their reasons.

use alloc::{string::String, vec::Vec};

use crate::{
    port::{Address, ReadFrom},
    wire::decode,
};

/// Everything that is fixed when a core is made.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to begin; kept for ever as the last resort.
    pub seeds: Vec<Address>,
    /// Ask for RESP3 by HELLO; false speaks RESP2.
    pub resp3: bool,
    /// CLIENT SETNAME on every connection.
    pub client_name: Option<String>,
    /// CLIENT SETINFO: the host's name and version.
    pub library: (String, String),
    /// Connections are TLS: TLS ports are taken from replies that name both.
    pub tls: bool,
    /// Which addresses may be connected to.
    pub trust: Trust,
    /// SELECT on a single server; anything but 0 is refused on a cluster.
    pub database: u16,
    /// Milliseconds for all attempts of a call. Two seconds outlive a redirect and a retry, not a user.
    pub deadline_ms: u32,
    /// The same for commands that are slow by nature (KEYS, FLUSHALL, SCRIPT).
    pub slow_deadline_ms: u32,
    /// Milliseconds for one dial, TLS and handshake included.
    pub connect_ms: u32,
    /// Least milliseconds between two attempts to reach a node that could not be reached; never fewer than 10.
    pub reconnect_ms: u32,
    /// The wait doubles with each attempt that fails, up to this, and is up to half as long again.
    pub reconnect_most_ms: u32,
    /// Redirects followed per command.
    pub max_redirects: u8,
    /// Who answers reads where a submit does not say.
    pub read_from: ReadFrom,
    /// Milliseconds between two PINGs to each node, as long as [`ReadFrom::Nearest`] is asked for.
    pub measure_ms: u32,
    /// Milliseconds of silence after which a connection is asked by PING whether it lives; 0 asks none.
    pub idle_ms: u32,
    /// Milliseconds without a caller's command after which a connection is closed, unless it is a session's, a subscription's
    /// or one that a scan is read on; 0 closes none.
    pub unused_ms: u32,
    /// Milliseconds between periodic refreshes.
    pub refresh_ms: u32,
    /// Least milliseconds between two refreshes, whatever asks for them.
    pub refresh_gap_ms: u32,
    /// A refresh that has no connection dials the seeds before discovered nodes, not behind them.
    pub seeds_first: bool,
    /// Whether the first slot map must have an owner for every slot.
    pub coverage: Coverage,
    /// Tell what is planned, written, redirected, refreshed and connected by notes; counters are kept anyway.
    pub diagnostics: bool,
    /// Seeds the choice of nodes and jitter; the core has no randomness of its own.
    pub random_seed: u64,
    /// What is bounded.
    pub limits: Limits,
}

/// Which addresses may be connected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Seeds, and what an authenticated known node lists.
    #[default]
    Listed,
    /// Only these (and the seeds).
    Only(Vec<Address>),
    /// Whatever a server names.
    Server,
}

/// Whether a map with slots that nobody owns will do to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coverage {
    /// It will: commands for such slots are not executed.
    #[default]
    Partial,
    /// It will not: it is as if no node could be used.
    Full,
    /// As `cluster-require-full-coverage` says, asked by CONFIG GET where there are such slots. Where CONFIG is refused,
    /// it will: the servers see to it.
    Server,
}

/// What is bounded, and by how much.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Commands waiting per node before `overloaded`: a node that takes no more is not helped by a longer queue.
    pub waiting_per_node: u32,
    /// Bytes waiting per node.
    pub waiting_bytes_per_node: u32,
    /// Commands in flight per connection: more only moves the queue into the kernel.
    pub in_flight: u32,
    /// Commands of one pipeline admitted at once; the rest follows as these settle.
    pub window: u32,
    /// Bytes of one pipeline admitted at once; a larger command is admitted alone.
    pub window_bytes: u32,
    /// Connections for one blocking command alone, per node.
    pub dedicated_per_node: u32,
    /// The same over all nodes.
    pub dedicated: u32,
    /// Milliseconds that a command waits for such a connection where all are in use; 0 fails at once, `None` waits until
    /// its deadline.
    pub dedicated_wait_ms: Option<u32>,
    /// Addresses known at once: more is a broken or hostile cluster.
    pub nodes: u32,
    /// What the decoder refuses.
    pub decode: decode::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            waiting_per_node: 10_000,
            waiting_bytes_per_node: 16 << 20,
            in_flight: 4_096,
            window: 10_000,
            window_bytes: 16 << 20,
            dedicated_per_node: 64,
            dedicated: 1_024,
            dedicated_wait_ms: None,
            nodes: 1_000,
            decode: decode::Limits { depth: 128, line: 64 << 10, bulk: 512 << 20, frame: 512 << 20 },
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seeds: Vec::new(),
            resp3: true,
            client_name: None,
            library: (String::from("slotpipe"), String::from(env!("CARGO_PKG_VERSION"))),
            tls: false,
            trust: Trust::default(),
            database: 0,
            deadline_ms: 2_000,
            slow_deadline_ms: 30_000,
            connect_ms: 1_000,
            reconnect_ms: 200,
            reconnect_most_ms: 250,
            max_redirects: 5,
            read_from: ReadFrom::Primary,
            measure_ms: 10_000,
            idle_ms: 30_000,
            unused_ms: 0,
            refresh_ms: 60_000,
            refresh_gap_ms: 100,
            seeds_first: false,
            coverage: Coverage::default(),
            diagnostics: false,
            random_seed: 0,
            limits: Limits::default(),
        }
    }
}
