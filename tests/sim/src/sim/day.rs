//! The record of a day: what callers asked for and were told, what was on the wires, and what really ran. The judge
//! reads nothing else.

use std::collections::{BTreeMap, BTreeSet};

use slotpipe_core::{
    config::{Config, Trust},
    port::{Address, Cause, LinkId, NotExecuted, Order, OutcomeKind, ReadFrom, Retry, SubmitOptions},
};

use super::{resp::Value, scans::is_page};

/// When something happened: its place among all that happened, and the clock's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Unique, ascending.
    pub step: u64,
    /// Virtual microseconds.
    pub at: u64,
}

/// One day.
#[derive(Debug)]
pub struct Day {
    /// Its seed.
    pub seed: u64,
    /// What the core was configured with.
    pub config: Config,
    /// How late the host's timer may be, in microseconds.
    pub lateness: u64,
    /// By ticket.
    pub commands: Vec<Command>,
    /// Tokens of batches that were refused: nothing of them may be seen anywhere.
    pub refused: Vec<u64>,
    /// Requests that the core wrote, in the order written.
    pub frames: Vec<Frame>,
    /// By number.
    pub links: Vec<Link>,
    /// Commands of callers that the servers ran, in the order run. A run that failed has changed nothing.
    pub runs: Vec<Run>,
    /// When the core's count of refreshes went up.
    pub refreshes: Vec<Moment>,
    /// Times at which the host's timer rang because the core had asked for it.
    pub wakes: Vec<Moment>,
    /// When the map of slots may have changed: a MOVED, or a refresh that brought news.
    pub maps: Vec<Moment>,
    /// By slot: whom an answer to CLUSTER SLOTS or a MOVED has named its owner, and when first.
    pub owners: BTreeMap<u16, BTreeMap<Address, Moment>>,
    /// What was seen at once to be wrong, by the name of its invariant.
    pub offences: Vec<(&'static str, String)>,
    /// Addresses that an answer to CLUSTER SLOTS or NODES has listed, and when first.
    pub listed: BTreeMap<Address, Moment>,
    /// When the faults ended; `None` if the day did not come so far.
    pub healed: Option<Moment>,
    /// What the keys hold at their owners at the end of the day, and copies of them that recipes have made.
    pub values: BTreeMap<Vec<u8>, Vec<u8>>,
    /// When those of them end that do.
    pub ends: BTreeMap<Vec<u8>, u64>,
    /// Writes, by their places in the servers' log, and keys that the cluster itself has lost.
    pub lost: BTreeSet<usize>,
    /// See `lost`.
    pub lost_keys: BTreeSet<Vec<u8>>,
    /// Slots whose migration was given up half way: what they hold is in two places.
    pub torn: BTreeSet<u16>,
    /// Slots that moved to other nodes, in order.
    pub moves: Vec<Move>,
    /// From when to when nobody could see by CLUSTER NODES which slots were being moved, or not by SLOTS and MOVED whose
    /// they are.
    pub unmarked: Vec<(u64, u64)>,
    /// What listeners were given, in the order given.
    pub pushes: Vec<Pushed>,
    /// Lanes of listeners that were released, and when.
    pub left: BTreeMap<u32, Moment>,
    /// Scans that were begun.
    pub scans: Vec<Scan>,
    /// What two lives of the same seed came to.
    pub digests: (u64, u64),
    /// Slots that the core believes to be elsewhere than they are, at the end: slot, believed, true owner.
    pub misplaced: Vec<(u16, String, String)>,
    /// Slots that no server calls its own at the end: nobody could reach them.
    pub orphans: BTreeSet<u16>,
    /// What was still open in the core at the end.
    pub left_open: String,
    /// The end.
    pub end: Moment,
}

/// A slot that has another owner, by its own migration: nodes by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// When.
    pub when: Moment,
    /// The slot.
    pub slot: u16,
    /// Who gave it away.
    pub from: u8,
    /// Who has it since.
    pub to: u8,
}

/// A scan: its pages are the commands of its lane.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Its lane.
    pub lane: u32,
    /// When its first page was asked for.
    pub began: Moment,
    /// The keys that were there then, and that nobody takes away.
    pub there: BTreeSet<Vec<u8>>,
    /// When nobody wanted more of it, whether it had come to its end or not.
    pub left: Option<Moment>,
    /// Begun after the faults, to see whether all is well.
    pub is_probe: bool,
}

/// What a listener was given.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// When.
    pub when: Moment,
    /// Its lane.
    pub lane: u32,
    /// Its words.
    pub words: Vec<Value>,
}

/// One command as its caller sees it.
#[derive(Clone, Debug)]
pub struct Command {
    /// What it is known by wherever it shows up.
    pub token: u64,
    /// Commands submitted together have one number.
    pub batch: usize,
    /// How many were submitted with it.
    pub batch_len: usize,
    /// Their bytes.
    pub batch_bytes: usize,
    /// The task that issued it, if that awaits each call before the next.
    pub task: Option<usize>,
    /// Name and arguments.
    pub words: Vec<Vec<u8>>,
    /// What it touches.
    pub keys: Vec<Vec<u8>>,
    /// Changes something.
    pub writes: bool,
    /// EVAL.
    pub script: bool,
    /// Its own timeout in milliseconds; 0 waits for ever.
    pub blocks: Option<u64>,
    /// Goes to several nodes because of its name or its route.
    pub everywhere: bool,
    /// As given.
    pub options: SubmitOptions,
    /// Issued after the faults ended, to see whether all is well.
    pub probe: bool,
    /// When it was submitted.
    pub submitted: Moment,
    /// Nothing of its slots was waiting then.
    pub calm: bool,
    /// How long it may take; `None` waits for ever.
    pub deadline_ms: Option<u64>,
    /// When its caller gave it up.
    pub cancelled: Option<Moment>,
    /// What its caller was told; more than one is one too many.
    pub told: Vec<Told>,
    /// Its parts, by slot or by node, with the frames written for them.
    pub parts: BTreeMap<PartKey, Vec<usize>>,
    /// Its places in [`Day::runs`].
    pub runs: Vec<usize>,
}

/// What distinguishes the parts of a command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKey {
    /// By the slot of its keys.
    Slot(u16),
    /// By the node it was meant for.
    Node(Address),
    /// Without keys, anywhere.
    Any,
    /// One step of a command that is done step by step.
    Step(Step),
}

/// See [`PartKey::Step`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// How often it was begun anew.
    pub round: u32,
    /// Its place in the order in which steps were first written.
    pub place: usize,
    /// Its command and key.
    pub name: String,
    /// The slot of that key.
    pub slot: u16,
    /// It changes something.
    pub writes: bool,
}

impl PartKey {
    /// The slot, if it goes by that.
    pub fn slot(&self) -> Option<u16> {
        if let Self::Slot(slot) = self { Some(*slot) } else { None }
    }

    /// Whether both are the same, or of keys in one slot.
    pub fn meets(&self, other: &Self) -> bool {
        let place = |part: &Self| match part {
            Self::Slot(slot) => Some(*slot),
            Self::Step(step) => Some(step.slot),
            Self::Node(_) | Self::Any => None,
        };
        self == other || place(self).is_some_and(|slot| place(other) == Some(slot))
    }
}

/// An outcome.
#[derive(Clone, Debug)]
pub struct Told {
    /// When.
    pub when: Moment,
    /// The core may have known it since then: a lazy host had not asked.
    pub settled_at: u64,
    /// What.
    pub verdict: Verdict,
}

/// What an outcome, of a whole command or of a part, says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// This is the value.
    Reply(Value),
    /// The server's line.
    ServerError {
        /// It may have run.
        may_have_run: bool,
        /// The line.
        line: String,
    },
    /// It never will.
    NotExecuted {
        /// The number of a [`NotExecuted`].
        reason: i64,
        /// Why, in words.
        message: String,
    },
    /// Nobody knows.
    Unknown {
        /// How often it was written.
        attempts: i64,
        /// Why, in words.
        message: String,
        /// Where it was written last.
        node: String,
    },
    /// Part by part.
    Partial(Vec<Part>),
}

/// How one part of a command ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where.
    pub node: String,
    /// For which slot.
    pub slot: Option<u16>,
    /// How.
    pub verdict: Verdict,
    /// Which step it is, of a command that is done step by step.
    pub step: Option<String>,
}

impl Verdict {
    /// Whether this says that it was not executed, for this reason.
    pub fn is_not_executed(&self, wanted: NotExecuted) -> bool {
        matches!(self, Self::NotExecuted { reason, .. } if *reason == i64::from(wanted as u8))
    }

    /// Its number at the boundary.
    pub fn kind(&self) -> OutcomeKind {
        match self {
            Self::Reply(_) => OutcomeKind::Reply,
            Self::ServerError { .. } => OutcomeKind::ServerError,
            Self::NotExecuted { .. } => OutcomeKind::NotExecuted,
            Self::Unknown { .. } => OutcomeKind::Unknown,
            Self::Partial(_) => OutcomeKind::Partial,
        }
    }
}

/// One request on a wire.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The link.
    pub link: LinkId,
    /// When the core handed out its last byte, and the number of the write that this was in.
    pub sent: Moment,
    /// Counts `Send`s.
    pub write: u64,
    /// Where its last byte ends in all that was handed out on this link.
    pub end: u64,
    /// What it is.
    pub what: What,
    /// The frame before it on this link is ASKING; of a unit's commands, that before MULTI.
    pub asking: bool,
    /// Nothing of its slot had been refused or lost, from when it was submitted until it was written.
    pub calm: bool,
    /// The whole reply to it that the core was given. A unit's commands have been answered when EXEC has: by what is theirs
    /// in its array, or by the reason why nothing ran.
    pub answer: Option<(Moment, Value)>,
    /// Where that sends the command, if it is MOVED or ASK: a node by its number, if there is such a node.
    pub sent_to: Option<u8>,
}

/// What a frame is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A caller's command, or a part of it.
    Job(usize, PartKey),
    /// ASKING.
    Asking,
    /// MULTI.
    Multi,
    /// EXEC.
    Exec,
    /// The core's own, by name: `HELLO`, `CLUSTER SLOTS`, `CLIENT KILL`, ...
    Own(String),
    /// The core's own, for a subscription: `SUBSCRIBE` and its kin, and of what.
    Listens(String, Vec<u8>),
    /// Nobody's.
    Strange(String),
}

/// One connection.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where to.
    pub address: Address,
    /// When it was asked for.
    pub dialed: Moment,
    /// When it was up.
    pub connected: Option<Moment>,
    /// When the handshake's last answer was in.
    pub ready: Option<Moment>,
    /// When the core wanted it closed.
    pub close_asked: Option<Moment>,
    /// When it was over for the core, and how many bytes may have left by then.
    pub closed: Option<(Moment, Cause, u64)>,
    /// Bytes handed out for it.
    pub handed: u64,
    /// The server that listens there, if any.
    pub node: Option<u8>,
    /// Its credentials were given with the news that it is up.
    pub authenticated: bool,
    /// Others were given since.
    pub renewed: bool,
}

/// One execution.
#[derive(Clone, Debug)]
pub struct Run {
    /// When.
    pub when: Moment,
    /// Where.
    pub node: Address,
    /// Whose.
    pub ticket: usize,
    /// Which part of it.
    pub part: PartKey,
    /// The link that it came on.
    pub link: Option<LinkId>,
    /// That link was over already.
    pub late: bool,
    /// The node followed another then.
    pub at_replica: bool,
    /// It changed data.
    pub wrote: bool,
    /// What it failed with.
    pub error: Option<String>,
    /// Its place in the servers' log.
    pub log: usize,
}

impl Command {
    /// Sent again after an unknown outcome only if its caller wanted that.
    pub fn may_repeat(&self) -> bool {
        !self.script
            && self.blocks.is_none()
            && !self.options.atomic
            && match self.options.retry {
                Retry::Never => false,
                Retry::Reads => !self.writes,
                Retry::Idempotent => true,
            }
    }

    /// The same for one part: what the caller said of a command says nothing of its steps.
    pub fn may_repeat_part(&self, part: &PartKey) -> bool {
        match part {
            PartKey::Step(step) => !step.writes && self.options.retry != Retry::Never,
            PartKey::Slot(_) | PartKey::Node(_) | PartKey::Any => self.may_repeat(),
        }
    }

    /// Whether running a part of it twice is nothing that anybody minds.
    pub fn may_run_part_twice(&self, part: &PartKey) -> bool {
        match part {
            PartKey::Step(step) => !step.writes,
            PartKey::Slot(_) | PartKey::Node(_) | PartKey::Any => self.may_run_twice(),
        }
    }

    /// Whether running it twice was its caller's wish.
    pub fn may_run_twice(&self) -> bool {
        !self.writes || (self.may_repeat() && self.options.retry == Retry::Idempotent)
    }

    /// Whether a replica may answer it.
    pub fn reads_elsewhere(&self) -> bool {
        !self.writes && !self.options.read_from.as_ref().is_none_or(|from| *from == ReadFrom::Primary)
    }

    /// Whether it goes over the connection that all callers have.
    pub fn is_shared(&self) -> bool {
        (self.options.lane.is_none() || is_page(&self.words)) && self.blocks.is_none()
    }

    /// Whether the order guard holds for it.
    pub fn is_guarded(&self) -> bool {
        self.options.order != Order::None
    }

    /// The only outcome that counts: the first.
    pub fn outcome(&self) -> Option<&Told> {
        self.told.first()
    }

    /// When its time is up, if it ever is.
    pub fn ends_at(&self) -> u64 {
        self.deadline_ms.map_or(u64::MAX, |ms| self.submitted.at.saturating_add(ms * 1_000))
    }

    /// What its caller was told of one part.
    pub fn verdict_of(&self, part: &PartKey) -> Option<&Verdict> {
        let told = &self.outcome()?.verdict;
        if let PartKey::Step(step) = part {
            return self.verdict_of_step(step);
        }
        let Verdict::Partial(parts) = told else { return Some(told) };
        let is_it = |one: &&Part| match part {
            PartKey::Slot(number) => one.slot == Some(*number),
            PartKey::Node(address) => one.slot.is_none() && address.to_string() == one.node,
            PartKey::Any => true,
            PartKey::Step(_) => false,
        };
        parts.iter().find(is_it).map(|one| &one.verdict)
    }

    /// Of its steps a caller is told only where the outcome is partial, and only of those that write, in their order.
    fn verdict_of_step(&self, step: &Step) -> Option<&Verdict> {
        let Verdict::Partial(parts) = &self.outcome()?.verdict else { return None };
        let is_alike = |part: &PartKey| matches!(part, PartKey::Step(one) if one.name == step.name && one < step);
        let before = self.parts.keys().filter(|part| is_alike(part)).count();
        let mut alike = parts.iter().filter(|part| part.step.as_deref() == Some(&step.name));
        alike.nth(before).map(|part| &part.verdict)
    }

    /// For messages.
    pub fn show(&self, ticket: usize) -> String {
        let words: Vec<_> = self.words.iter().map(|word| show_bytes(word)).collect();
        format!("ticket {ticket} [{}]", words.join(" "))
    }
}

impl Day {
    /// Whether the core is known to have kept a frame's last byte from leaving.
    pub fn never_left(&self, frame: &Frame) -> bool {
        self.link(frame).closed.as_ref().is_some_and(|(_, _, maybe_sent)| *maybe_sent < frame.end)
    }

    /// The link that a frame was written on.
    pub fn link(&self, frame: &Frame) -> &Link {
        &self.links[frame.link.0 as usize]
    }

    /// The frames of one part of a command, in the order written.
    pub fn frames_of<'d>(&'d self, command: &'d Command, part: &PartKey) -> impl Iterator<Item = &'d Frame> {
        command.parts.get(part).into_iter().flatten().map(|&frame| &self.frames[frame])
    }

    /// The runs of a command.
    pub fn runs_of(&self, ticket: usize) -> impl Iterator<Item = &Run> {
        self.commands[ticket].runs.iter().map(|&run| &self.runs[run])
    }

    /// What the core may connect to at a moment without having been told by a server.
    pub fn is_given(&self, address: &Address) -> bool {
        let allowed = match &self.config.trust {
            Trust::Listed => false,
            Trust::Only(allowed) => allowed.contains(address),
            Trust::Server => true,
        };
        allowed || self.config.seeds.contains(address)
    }
}

/// Printable, and short.
pub fn show_bytes(bytes: &[u8]) -> String {
    if bytes.len() > 60 { format!("<{} bytes>", bytes.len()) } else { bytes.escape_ascii().to_string() }
}
