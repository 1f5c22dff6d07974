//! The boundary: every word that a host and the core say to each other, as plain data.
//!
//! Past tense goes in ([`Input`]), the imperative comes out ([`Output`]). Three verbs carry all traffic, each a
//! batch: `submit` (commands), `handle` (what happened), `poll` (what to do). Replies leave as one tape,
//! [`Answers`], whatever their number. The WIT package mirrors this file name for name.

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt;

use bytes::Bytes;

use crate::wire::{
    shape::Shape,
    tape::{Cursor, Node},
};

/// Monotonic time in microseconds, from any origin that the host likes. Given with every call; the core has no clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u64);

impl Micros {
    /// This instant moved `ms` milliseconds into the future.
    #[must_use]
    pub const fn plus_ms(self, ms: u32) -> Self {
        Self(self.0.saturating_add(ms as u64 * 1000))
    }
}

/// One connection. Numbers are never used again, so that a late word about a closed link is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u32);

/// One lane: commands that have a connection to themselves. Chosen by the host, counted up, never used again.
///
/// A lane begins with the first submit that names it and ends by `release`. What is submitted on it says what it is:
/// a session (WATCH, single commands, units), a subscription, a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub u32);

impl From<u32> for LaneId {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

/// The number of one submitted command. Tickets count up from 0 for as long as the core lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Where a node listens: a name or an IP literal (without brackets), and a port.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Host name, IPv4 or IPv6 literal; for `unix://` the path, with port 0.
    pub host: String,
    /// TCP port; 0 only for a unix socket.
    pub port: u16,
}

impl Address {
    /// An address from its two halves.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.port == 0 {
            return f.write_str(&self.host);
        }
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// User and password for one connection. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// ACL user; `None` is the default user.
    pub username: Option<String>,
    /// Its password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

/// What happened outside.
#[derive(Clone, Debug)]
pub enum Input {
    /// The dial asked for by [`Output::Connect`] succeeded, TLS included.
    Connected {
        /// The link that is up.
        link: LinkId,
        /// What to authenticate with on this connection.
        credentials: Option<Credentials>,
    },
    /// Bytes came in, in order, cut anywhere.
    Received {
        /// The link they came on.
        link: LinkId,
        /// The bytes; the core keeps slices of this buffer inside [`Answers`] instead of copying.
        bytes: Bytes,
    },
    /// The dial failed or the connection ended; the last word about a link.
    Closed {
        /// The link that is gone.
        link: LinkId,
        /// Why, as far as the host knows.
        cause: Cause,
        /// Upper bound of bytes of all [`Output::Send`]s that may have left this process: the proof for "never sent".
        maybe_sent: u64,
    },
    /// Back-pressure only: so many bytes in total have been taken by the operating system.
    Written {
        /// The link.
        link: LinkId,
        /// Bytes since the connection began.
        total: u64,
    },
    /// The instant asked for by [`Output::Wait`] has come.
    Elapsed,
}

/// What to do.
#[derive(Clone)]
pub enum Output {
    /// Dial; answer with [`Input::Connected`] or [`Input::Closed`].
    Connect {
        /// The number that this connection will have.
        link: LinkId,
        /// Where to. Address mapping is the host's.
        address: Address,
        /// Give up after this long.
        timeout_ms: u32,
    },
    /// Write these bytes, after all earlier ones of this link.
    Send {
        /// The link.
        link: LinkId,
        /// The bytes.
        bytes: Bytes,
    },
    /// End the connection; answer with [`Input::Closed`].
    Close {
        /// The link.
        link: LinkId,
    },
    /// Something for a subscription: one value in [`Outputs::answers`]' buffers, a push of a word and what belongs to it,
    /// the same in RESP2 and RESP3. `message`, `smessage`: channel, payload; `pmessage`: channel, payload, pattern;
    /// `subscribe`, `unsubscribe` and those with p and s: channel or pattern, how many topics the lane has then; `refused`:
    /// what was to be subscribed to again, the server's error.
    Push {
        /// The subscription's.
        lane: LaneId,
        /// Its words, naming buffers of [`Outputs::answers`].
        tape: Vec<u32>,
    },
    /// Something worth knowing.
    Note(Note),
    /// Call `handle(Elapsed)` at this instant unless something else happens before; replaces the earlier wish.
    Wait {
        /// When; `None` means that no timer is needed.
        until: Option<Micros>,
    },
}

/// Without the bytes: the handshake's have the password in them.
impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { link, address, timeout_ms } => write!(f, "Connect {link:?} {address} {timeout_ms} ms"),
            Self::Send { link, bytes } => write!(f, "Send {link:?} {} bytes", bytes.len()),
            Self::Close { link } => write!(f, "Close {link:?}"),
            Self::Push { lane, tape } => write!(f, "Push {lane:?} {} words", tape.len()),
            Self::Note(note) => write!(f, "Note {note:?}"),
            Self::Wait { until } => write!(f, "Wait {until:?}"),
        }
    }
}

/// Why a link ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nobody listens there. The texts are the host's.
    Refused(String),
    /// The name has no address.
    UnknownHost(String),
    /// No connection came to be, for another reason.
    Unreachable(String),
    /// The host has no credentials for it.
    Denied(String),
    /// The TLS handshake or its verification failed.
    Tls(String),
    /// The peer closed, or the connection broke.
    Lost(String),
    /// The connect or write deadline of the host passed.
    TimedOut,
    /// The core asked for it.
    Asked,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(text) | Self::UnknownHost(text) | Self::Unreachable(text) | Self::Denied(text) => {
                write!(f, "connect failed: {text}")
            }
            Self::Tls(text) => write!(f, "TLS failed: {text}"),
            Self::Lost(text) => write!(f, "connection lost: {text}"),
            Self::TimedOut => f.write_str("connect timed out"),
            Self::Asked => f.write_str("closed by this client"),
        }
    }
}

/// What the core tells without being asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The first slot map is there: commands flow.
    Ready,
    /// No seed could be used. Told once per failed round; the core tries again.
    Unreachable {
        /// What stands most in the way.
        failure: Failure,
        /// Each seed with its reason.
        reason: String,
    },
    /// The slot map changed; `topology()` shows it.
    Topology,
    /// There is room again after [`Refused::Full`].
    Room,
    /// What this subscription had lost, with a connection or with a slot that moved, is held again, all of it. What was
    /// published meanwhile is gone.
    Resubscribed(LaneId),
    /// A redirect was followed. Only with `diagnostics`.
    Redirected {
        /// The code: `MOVED`, `ASK`, `TRYAGAIN`, ...
        code: &'static str,
        /// The ticket that was refused.
        ticket: Ticket,
    },
    /// A node could not be reached, or refused the handshake.
    NodeDown {
        /// The node.
        address: Address,
        /// Of which kind this is.
        failure: Failure,
        /// Why.
        reason: String,
    },
    /// A batch was taken. Only with `diagnostics`.
    Planned {
        /// Its first ticket.
        first: Ticket,
        /// How many commands.
        count: u32,
    },
    /// Something was handed over to be sent. Only with `diagnostics`.
    Wrote {
        /// The link.
        link: LinkId,
        /// The node at its other end.
        address: Address,
        /// How many bytes.
        bytes: u64,
    },
    /// The slot map was looked at anew. Only with `diagnostics`.
    Refreshed {
        /// Whether it changed.
        changed: bool,
    },
    /// A connection is up and greeted: a first one, or one instead of one that was lost. Only with `diagnostics`.
    Reconnected {
        /// The link.
        link: LinkId,
        /// The node at its other end.
        address: Address,
    },
}

/// Why a node cannot be used; of several, what comes last here counts most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// For a reason that is none of these.
    #[default]
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The name has no address.
    UnknownHost,
    /// Nobody listens there.
    Refused,
    /// The TLS handshake or its verification failed.
    Tls,
    /// The server did not accept the user, the password, or what the user wants to do.
    Denied,
}

/// How commands of one pipeline are guarded when some are refused and sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// A command never runs after a later one that shares a key with it, where one of the two writes.
    #[default]
    Key,
    /// The same for every later command of its slot.
    Slot,
    /// No guard.
    None,
}

/// What may be sent again when the outcome is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retry {
    /// Reads only.
    #[default]
    Reads,
    /// The caller says that every command given is idempotent: writes too.
    Idempotent,
    /// Nothing, not even reads.
    Never,
}

/// What becomes of a command whose keys are in several slots, and which cannot be cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrossSlot {
    /// It is refused, and told which hash tag to use.
    #[default]
    Refuse,
    /// It is done step by step, if it has a recipe: not atomically. `explain` shows the steps and what is lost.
    Emulate,
}

/// Where a batch goes when not by its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// By the command table.
    #[default]
    Table,
    /// To this node, whatever the keys; redirects come back as errors.
    Node(Address),
    /// To the owner of this slot, for commands without keys.
    Slot(u16),
    /// To each primary, replies by node.
    Primaries,
    /// To each replica that serves, replies by node.
    Replicas,
    /// To each node, replies by node.
    All,
    /// To each of these nodes once, replies by node (of one node too).
    Nodes(Vec<Address>),
}

/// Who answers commands that only read ([`crate::route::command::Flags::READONLY`]); writes go to the primary always.
///
/// All but `Primary` give up reading what was written before, unless in the same batch: a replica follows its primary
/// with a delay. A read goes to the primary all the same if its slot is written in the same batch, is being moved, or was
/// redirected within the last second, and if the replica cannot serve it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReadFrom {
    /// The primary of the slot.
    #[default]
    Primary,
    /// The primary and its replicas in turn.
    Any,
    /// The replicas in turn; the primary where there is none.
    PreferReplica,
    /// The replicas in turn; where there is none, the command is not executed.
    Replica,
    /// Those of the shard that answer PING fastest, in turn.
    Nearest,
    /// The replicas of this availability zone in turn, else its primary, else other replicas, else the primary.
    Zone(String),
    /// The first that can serve of those that [`Configure::ReadOrder`] lists for the shard, else the primary.
    Listed,
}

/// Options of one submit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmitOptions {
    /// Milliseconds for all attempts together; `None` takes the configured default of the command.
    pub deadline_ms: Option<u32>,
    /// The order guard.
    pub order: Order,
    /// What may be sent again after an unknown outcome.
    pub retry: Retry,
    /// Redirects to follow; `None` takes the configured default, 0 hands MOVED and ASK to the caller.
    pub max_redirects: Option<u8>,
    /// Where to send.
    pub route: Route,
    /// Refuse multi-key commands over several slots instead of splitting them.
    pub no_split: bool,
    /// Queued by one caller to be sent together: commands that may block are refused, for the others would wait.
    pub pipeline: bool,
    /// A unit: MULTI, the commands and EXEC, in one write. All keys are in one slot, and all of it runs or nothing. Refused
    /// before it ran it is sent again whole; never after its outcome is unknown. On a session's lane EXEC depends on the
    /// keys watched there: with any of them changed, nothing runs ([`NotExecuted::Conflict`]).
    pub atomic: bool,
    /// Positions of the keys (0 is the command's name), for commands that the table does not know.
    pub key_positions: Option<Vec<u32>>,
    /// Replies come with what each node said: as [`OutcomeKind::Detailed`].
    pub detailed: bool,
    /// Let EVAL and EVAL_RO go as EVALSHA where the node is known to have the script. A node that says NOSCRIPT has run
    /// nothing: it is sent the script then. In a batch of several commands, the first use of a script on a node always
    /// goes as EVAL.
    pub by_hash: bool,
    /// Commands over several slots that cannot be cut. In a batch, what stands before such a command is waited for, and
    /// what stands behind it waits.
    pub cross_slot: CrossSlot,
    /// The lane whose connection carries it, and nothing else's commands; a subscription may have several. With
    /// [`Route::Slot`] or [`Route::Node`] it is a session's: WATCH and WAIT are allowed, and each command is sent when the
    /// one before it on this lane has settled.
    pub lane: Option<LaneId>,
    /// Who answers reads; `None` takes the configured default.
    pub read_from: Option<ReadFrom>,
}

/// What is changed while the core lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Configure {
    /// For [`ReadFrom::Listed`]: who answers reads, by shard. Replaces what was given before; a shard that is not listed
    /// is read from its primary.
    ReadOrder(Vec<ShardOrder>),
    /// Authenticate this connection anew. Refused, it takes no more commands, and the next one dials.
    Authenticate {
        /// The connection; one that is not up yet is given its credentials by [`Input::Connected`].
        link: LinkId,
        /// What to authenticate with.
        credentials: Credentials,
    },
}

/// Who answers the reads of one shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardOrder {
    /// The shard, by its primary.
    pub primary: Address,
    /// The first of these that can serve; those that are not of the shard any more are passed over.
    pub nodes: Vec<Address>,
}

/// A batch that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The ticket of the first command; the others follow without gaps.
    pub first: Ticket,
    /// How many.
    pub count: u32,
}

/// A batch that was not taken: nothing of it has been or will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Too much is waiting; [`Note::Room`] says when to try again.
    Full,
    /// The caller's mistake.
    Misuse(Misuse),
}

/// A refused command: which one, what is wrong, what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse {
    /// Position in the batch.
    pub index: u32,
    /// Stable upper-case code: `EMPTY`, `ARITY`, `CROSSSLOT`, `REFUSED`, `UNKNOWN`, `FRAME`, ...
    pub code: &'static str,
    /// The command's name as given, if it has one.
    pub command: String,
    /// One sentence: what is wrong and what to do.
    pub message: Cow<'static, str>,
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} command {}", self.code, self.index)?;
        if !self.command.is_empty() {
            write!(f, " ({})", self.command)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// How one command ended. The numbers are those of the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum OutcomeKind {
    /// Executed once; body: the value.
    Reply = 0,
    /// The server's error; body: [`Ran`] as an int, the error line, the node (or null), the slot (or null).
    ServerError = 1,
    /// Never ran and never will; body: [`NotExecuted`] as an int, a message, and these two.
    NotExecuted = 2,
    /// Possibly written, no complete reply; body: attempts as an int, a message, and these two.
    Unknown = 3,
    /// Parts differ; body: an array with one `[outcome kind, node, slot or null, body of that kind as an array]` per part;
    /// of a recipe its writing steps, each with the step as a fifth element.
    Partial = 4,
    /// A reply, for callers that asked for each node's; body: the value, and an array as that of a partial outcome.
    Detailed = 5,
}

/// Whether a command that ended in a server error has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ran {
    /// It did not.
    No = 0,
    /// It may have, in part or whole (WRONGTYPE, script errors).
    Maybe = 1,
}

/// Why a command never ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum NotExecuted {
    /// No connection could be had before the deadline.
    Unreachable = 0,
    /// Refused by the server before execution until the deadline (the message has the last refusal).
    Expired = 1,
    /// Sending it again would let it run after a later command of its keys.
    WouldReorder = 2,
    /// It stood behind a command whose outcome is unknown, and the node could not be proven past it.
    AfterUnknown = 3,
    /// Too much was waiting.
    Overloaded = 4,
    /// The caller cancelled it before it was written.
    Cancelled = 5,
    /// Another command of its batch was found impossible (unknown name without keys).
    Misused = 6,
    /// More redirects than allowed.
    TooManyRedirects = 7,
    /// A watched key was changed before EXEC, or the connection that watched it is gone.
    Conflict = 8,
    /// Another command of its unit was refused, and with it the unit.
    Discarded = 9,
}

/// Everything that one `poll` has to say. Kept by the host and filled again, so that a poll allocates nothing.
#[derive(Debug, Default)]
pub struct Outputs {
    /// What to do, in order.
    pub actions: Vec<Output>,
    /// The replies.
    pub answers: Answers,
}

impl Outputs {
    /// Forgets the contents, keeps the capacity.
    pub fn clear(&mut self) {
        self.actions.clear();
        self.answers.clear();
    }
}

/// Settled commands, back to back in one tape.
///
/// Each record is `[ticket low, ticket high, outcome | shape << 8, body words]` and then the body: a value tree in
/// pre-order (see [`crate::wire::tape`]). A leaf names its bytes as (buffer, offset, length) in [`Answers::buffers`].
/// Buffer 0 is the arena of merged and synthetic replies.
#[derive(Debug, Default)]
pub struct Answers {
    /// The records.
    pub tape: Vec<u32>,
    /// What the leaves point into.
    pub buffers: Vec<Bytes>,
}

impl Answers {
    /// Words before the body of a record.
    pub const HEADER: usize = 4;

    /// Forgets the contents, keeps the capacity.
    pub fn clear(&mut self) {
        self.tape.clear();
        self.buffers.clear();
    }

    /// The records, in the order in which they settled.
    pub fn iter(&self) -> impl Iterator<Item = Answer<'_>> {
        let mut rest: &[u32] = &self.tape;
        core::iter::from_fn(move || {
            let (head, tail) = rest.split_at_checked(Self::HEADER)?;
            let (body, next) = tail.split_at_checked(head[3] as usize)?;
            rest = next;
            Some(Answer {
                ticket: Ticket(u64::from(head[0]) | u64::from(head[1]) << 32),
                outcome: OutcomeKind::from_word(head[2] & 0xff),
                shape: Shape::from_word(head[2] >> 8),
                body,
            })
        })
    }
}

/// One settled command.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Which.
    pub ticket: Ticket,
    /// How it ended.
    pub outcome: OutcomeKind,
    /// The shape its value has been brought to.
    pub shape: Shape,
    /// See [`OutcomeKind`].
    pub body: &'a [u32],
}

impl<'a> Answer<'a> {
    /// Reads the body from its start.
    pub fn cursor(&self) -> Cursor<'a> {
        Cursor::new(self.body)
    }

    /// The first node of the body.
    pub fn first(&self) -> Option<Node> {
        self.cursor().next()
    }
}

impl OutcomeKind {
    /// The outcome of a record's third word; numbers outside the vocabulary read as unknown, never as success.
    pub const fn from_word(word: u32) -> Self {
        match word {
            0 => Self::Reply,
            1 => Self::ServerError,
            2 => Self::NotExecuted,
            4 => Self::Partial,
            5 => Self::Detailed,
            _ => Self::Unknown,
        }
    }
}

/// What has happened so far, counted since the core was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field counts what its name says")]
pub struct Stats {
    pub commands: u64,
    pub moved: u64,
    pub ask: u64,
    pub try_again: u64,
    pub cluster_down: u64,
    pub master_down: u64,
    pub loading: u64,
    pub read_only: u64,
    pub busy: u64,
    /// Sent again after an unknown outcome: reads, and what the caller declared idempotent.
    pub retries: u64,
    pub unknown: u64,
    pub not_executed: u64,
    /// Redirects to addresses that no trusted node lists.
    pub untrusted: u64,
    pub refreshes: u64,
    pub dials: u64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// Connections that are up or on their way.
    pub connections: u32,
    /// Requests that wait to be written.
    pub waiting: u32,
    /// The nodes that there are connections to.
    pub nodes: Vec<NodeStats>,
    /// What is open inside: nothing when every command has settled.
    pub open: Open,
}

/// One node, as far as this client has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeStats {
    /// The node.
    pub address: Address,
    /// Connections to it that are up or on their way.
    pub connections: u32,
    /// Requests that wait to be written to it.
    pub waiting: u32,
    /// Requests that were written to it and are not answered.
    pub in_flight: u32,
    /// Microseconds from a write to the last of its replies, the later ones counting more; none before the first.
    pub latency_us: Option<u32>,
}

/// What the core keeps for commands that have not settled, counted by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Writes to one node.
    pub jobs: u32,
    /// Batches with a command that has not settled.
    pub batches: u32,
    /// Commands of several jobs.
    pub gathers: u32,
    /// Buffers of submitted bytes.
    pub sources: u32,
}

impl Open {
    /// Whether nothing is open.
    pub const fn is_empty(&self) -> bool {
        self.jobs == 0 && self.batches == 0 && self.gathers == 0 && self.sources == 0
    }
}

impl Stats {
    /// Refusals that were followed: MOVED, ASK and the temporary ones.
    pub const fn redirects(&self) -> u64 {
        self.moved
            + self.ask
            + self.try_again
            + self.cluster_down
            + self.master_down
            + self.loading
            + self.read_only
            + self.busy
    }
}

/// What would be done with one command: the answer of `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Position in the batch.
    pub index: u32,
    /// The table's name of the command, with its subcommand: `CLUSTER SLOTS`.
    pub command: String,
    /// Its keys in order.
    pub keys: Vec<Bytes>,
    /// Whether it only reads.
    pub readonly: bool,
    /// The plan, or the refusal.
    pub plan: Result<ExplainedPlan, Misuse>,
}

/// Where a command goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPlan {
    /// `slots`, `any`, `lane`, `all-nodes`, `all-primaries`, `all-replicas`, `node`, `nodes`, `owners`, `recipe`.
    pub route: &'static str,
    /// One part per write it takes; several slots of one node stay several parts.
    pub parts: Vec<ExplainedPart>,
    /// How the parts' replies become one: `single`, `position`, `sum`, `all-ok`, `per-node`, ...
    pub merge: &'static str,
    /// Whether the server runs it as one step.
    pub atomic: bool,
    /// The steps of a recipe; empty for everything else.
    pub steps: Vec<String>,
    /// What the recipe loses against the command that happens at once.
    pub loses: Option<String>,
}

/// One write of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// Its slot, if it has keys.
    pub slot: Option<u16>,
    /// The node it goes to; `None` where the slot has no owner or the node is chosen when sent.
    pub node: Option<Address>,
    /// Its keys.
    pub keys: Vec<Bytes>,
}
