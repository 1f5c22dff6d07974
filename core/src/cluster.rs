//! The machine: [`Cluster::submit`], [`Cluster::handle`], [`Cluster::poll`].
//!
//! This is the only place where one owner affects another: a reply read by a link settles a job of the ledger, frees
//! its place in the order, and makes room for the next one. The rules themselves stand elsewhere (`route`, `flight`);
//! here is what they bring about. The verbs are below; what they set going is in the files beside:
//! [`admit`] lets commands in, [`launch`] makes jobs of them, [`place`] is the one way onto the wire, [`replicas`] the way
//! of reads that need not go to primaries, [`reply`] takes what comes back, [`links`] sees connections come and go,
//! [`dedicated`] those that serve one caller alone, [`idle`] asks the silent ones, [`refresh`] keeps the map, [`coverage`]
//! says whether it will do, [`subscribe`] brings subscriptions to what they want, [`recipe`] does commands step by step,
//! [`scan`] reads all keys, [`scripts`] calls scripts by their hash, [`session`] keeps a connection for one caller,
//! [`unit`] sends commands between MULTI and EXEC, [`settle`] tells the caller, [`stats`] counts, [`explain`] only talks.

mod admit;
mod coverage;
mod dedicated;
mod explain;
mod idle;
mod launch;
mod links;
mod place;
mod recipe;
mod refresh;
mod replicas;
mod reply;
mod scan;
mod scripts;
mod session;
mod settle;
mod stats;
mod subscribe;
mod unit;

use alloc::{collections::VecDeque, string::String, vec::Vec};

use bytes::Bytes;

pub use self::explain::{explain_offline, may_be_refused, refusal};
use self::{
    admit::Prepared,
    refresh::Refresh,
    replicas::{Replicas, Times},
    scan::Scanning,
    scripts::Scripts,
    session::{Backlog, Session},
    settle::Unknown,
};
use crate::{
    broken::broken,
    config::Config,
    flight::{
        JobId, answer::AnswerWriter, ledger::Ledger, link::Link, order::Order, subscription::Subscription, unit::Unit,
    },
    port::{
        Address, Configure, Explained, Failure, Input, LaneId, LinkId, Micros, Misuse, Note, Output, Outputs, ReadFrom,
        Refused, Stats, SubmitOptions, Submitted, Ticket,
    },
    route::{
        table::Table,
        topology::{NodeId, Topology},
    },
    slab::Slab,
    sorted::{Agenda, SortedMap, SortedSet},
    wire::request::Span,
};

/// Some 146,000 years: whatever the host's clock says, there is room after it for every wait.
const END_OF_TIME: Micros = Micros(1 << 62);

/// The core of one client.
///
/// A host calls `submit` with commands, `handle` with what happened, and after either `poll` for what to do. Nothing
/// else makes it act, and the same calls with the same arguments make it act the same.
#[derive(Debug)]
pub struct Cluster {
    config: Config,
    now: Micros,
    table: Table,
    topology: Topology,
    ledger: Ledger,
    order: Order,
    links: Slab<Link>,
    link_numbers: SortedMap<LinkId, u32>,
    next_link: u32,
    nodes: Vec<NodeState>,
    refresh: Refresh,
    replicas: Replicas,
    dedicated_waiting: dedicated::Waiting,
    /// When silent connections are looked for.
    idle_at: Option<Micros>,
    timers: Agenda<(Micros, Timer)>,
    random: Random,
    stats: Stats,
    /// What `poll` will say.
    writer: AnswerWriter,
    actions: Vec<Output>,
    waiting_until: Option<Micros>,
    /// What is left to do before `poll`.
    due: VecDeque<u16>,
    /// Jobs without a place in the order, each as its timer.
    adrift: Agenda<(Micros, Timer)>,
    adrift_bytes: u64,
    parked: VecDeque<u32>,
    unfed: VecDeque<u32>,
    dirty: Vec<u32>,
    /// Nodes whose queue is full, and whether somebody was turned away for it.
    crowded: SortedSet<NodeId>,
    room_wanted: bool,
    /// A node has left the crowd since the last poll.
    less_crowded: bool,
    /// Writes that have ended unknown and that later commands of their batch are to stand behind.
    unknowns: Vec<Unknown>,
    subscriptions: SortedMap<LaneId, Subscription>,
    /// Units that are open, by their gather.
    units: SortedMap<u32, Unit>,
    sessions: SortedMap<LaneId, Session>,
    session_backlog: Backlog,
    /// Subscriptions and sessions to be looked at before `poll`.
    due_lanes: VecDeque<LaneId>,
    /// Names that neither the table nor a server knows.
    strangers: SortedSet<Vec<u8>>,
    asked_info: bool,
    /// The names of that question.
    asked_names: Vec<Vec<u8>>,
    scripts: Scripts,
    scans: SortedMap<LaneId, Scanning>,
    scratch: Scratch,
}

/// What the machine keeps of a node besides the map's facts.
#[derive(Debug, Default)]
struct NodeState {
    /// Whose state this is: the map may give a forgotten node's number to another.
    address: Option<Address>,
    /// Its shared connection, by place in `links`.
    link: Option<u32>,
    /// Connections for one caller alone that have nothing to do, and how many there are in all.
    idle: Vec<u32>,
    dedicated: u32,
    failures: u8,
    /// On its last shared connection nothing came behind the handshake.
    was_mute: bool,
    retry_at: Micros,
    /// Why it cannot be used.
    failure: Failure,
    reason: String,
    /// See [`NodeStats::latency_us`].
    latency_us: Option<u32>,
    /// Reads are not given to it before, and how long its last PINGs took.
    unfit_until: Micros,
    times: Times,
    /// Server-side ids of connections that were lost with commands in flight.
    predecessors: Vec<i64>,
    /// How many of these the shared connection has been told to end, how many of its answers are due besides the
    /// handshake's, and whether one of them was a refusal.
    ended: usize,
    kills_due: u32,
    kill_refused: bool,
    /// One was lost whose id is not known: it cannot be ended.
    lost_nameless: bool,
}

impl NodeState {
    /// Something that was lost may still run there.
    fn is_unproven(&self) -> bool {
        !self.predecessors.is_empty() || self.lost_nameless
    }
}

/// Vectors that are filled and emptied again, so that the hot path allocates nothing.
#[derive(Debug, Default)]
struct Scratch {
    prepared: Vec<Prepared>,
    spans: Vec<Span>,
    keys: Vec<u32>,
    /// Places of connections.
    joined: Vec<u32>,
    left: Vec<JobId>,
}

/// What a timer is for. Each is looked at again when it fires: a timer that has lost its reason does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    Batch(u32),
    Slot(u16),
    Adrift(JobId),
    Refresh,
    Round,
    Link(LinkId),
    Silence(LinkId),
    Lane(LaneId),
    Pulse(LinkId),
    Measure,
    Idle,
}

/// xorshift64*: choice and jitter, from the configured seed.
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        if broken!(ChanceFromOutside) {
            self.0 ^= crate::broken::chance();
        }
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) & 0xffff_ffff;
        u32::try_from((high * u64::from(bound)) >> 32).unwrap_or(0)
    }
}

impl Cluster {
    /// A core that knows its seeds and nothing else; the first `poll` asks for connections.
    pub fn new(mut config: Config, now: Micros) -> Self {
        // Windows that let nothing through would wait for ever.
        config.limits.window = config.limits.window.max(1);
        config.limits.in_flight = config.limits.in_flight.max(1);
        let mut topology = Topology::new(config.limits.nodes as usize);
        for seed in &config.seeds {
            topology.intern_seed(seed);
        }
        let mut cluster = Self {
            now: now.min(END_OF_TIME),
            table: Table::default(),
            topology,
            ledger: Ledger::default(),
            order: Order::new(),
            links: Slab::default(),
            link_numbers: SortedMap::default(),
            next_link: 0,
            nodes: Vec::new(),
            refresh: Refresh::default(),
            replicas: Replicas::new(&config.read_from),
            dedicated_waiting: dedicated::Waiting::default(),
            idle_at: None,
            timers: Agenda::default(),
            random: Random(config.random_seed ^ 0x9E37_79B9_7F4A_7C15 | 1),
            stats: Stats::default(),
            writer: AnswerWriter::default(),
            actions: Vec::new(),
            waiting_until: None,
            due: VecDeque::new(),
            adrift: Agenda::default(),
            adrift_bytes: 0,
            parked: VecDeque::new(),
            unfed: VecDeque::new(),
            dirty: Vec::new(),
            crowded: SortedSet::default(),
            room_wanted: false,
            less_crowded: false,
            unknowns: Vec::new(),
            subscriptions: SortedMap::default(),
            units: SortedMap::default(),
            sessions: SortedMap::default(),
            session_backlog: Backlog::default(),
            due_lanes: VecDeque::new(),
            strangers: SortedSet::default(),
            asked_info: false,
            asked_names: Vec::new(),
            scripts: Scripts::default(),
            scans: SortedMap::default(),
            scratch: Scratch::default(),
            config,
        };
        cluster.want_refresh();
        cluster
    }

    /// Takes a batch of commands, RESP arrays of bulk strings back to back; their tickets count up from the returned one.
    ///
    /// The whole batch is checked before anything of it is sent. Commands of one batch that touch the same key run in
    /// the order given. A batch larger than the window is fed as its first commands settle.
    ///
    /// # Errors
    /// [`Refused::Misuse`] names the first command that cannot be sent; [`Refused::Full`] means that a node it goes to
    /// has too much waiting already. In both cases nothing of the batch has been or will be sent.
    pub fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        self.begin(now);
        let submitted = self.take_batch(batch, options);
        if let (true, Ok(Submitted { first, count })) = (self.config.diagnostics, &submitted) {
            self.note(Note::Planned { first: *first, count: *count });
        }
        self.settle_down();
        submitted
    }

    /// Takes what happened.
    pub fn handle(&mut self, now: Micros, input: Input) {
        self.begin(now);
        match input {
            Input::Connected { link, credentials } => self.connected(link, credentials),
            Input::Received { link, bytes } => self.received(link, bytes),
            Input::Closed { link, cause, maybe_sent } => self.closed(link, &cause, maybe_sent),
            Input::Written { link, total } => self.written(link, total),
            Input::Elapsed => {}
        }
        self.settle_down();
    }

    /// Says what to do. `out` is emptied first; what it held is used again.
    pub fn poll(&mut self, now: Micros, out: &mut Outputs) {
        self.begin(now);
        self.settle_down();
        self.flush();
        // What was not written because something before it waits may be next by now, and a connection may have got free.
        while !self.due.is_empty() || self.adrift.first().is_some_and(|&(at, _)| at <= self.now) {
            crate::broken::step();
            self.settle_down();
            self.flush();
        }
        let less_crowded = core::mem::take(&mut self.less_crowded) || self.crowded.is_empty();
        if self.room_wanted && less_crowded && !self.is_backlog_above(2) {
            self.room_wanted = false;
            self.actions.push(Output::Note(Note::Room));
        }
        let until = self.timers.first().map(|&(at, _)| at);
        if until != self.waiting_until && !(broken!(NoTimer) && self.waiting_until.is_some()) {
            self.waiting_until = until;
            self.actions.push(Output::Wait { until });
        }
        out.actions.clear();
        core::mem::swap(&mut out.actions, &mut self.actions);
        self.writer.take(&mut out.answers);
    }

    /// The caller does not want these any more. Those not yet written settle as not executed, the others as unknown;
    /// their late replies are swallowed.
    pub fn cancel(&mut self, now: Micros, tickets: core::ops::Range<Ticket>) {
        self.begin(now);
        self.cancel_tickets(&tickets);
        self.settle_down();
    }

    /// Ends a lane: what is open on it settles as cancelled, its connections close, and nothing comes of it any more.
    pub fn release(&mut self, now: Micros, lane: LaneId) {
        self.begin(now);
        self.end_subscription(lane);
        self.end_session(lane);
        self.end_scan(lane);
        self.settle_down();
    }

    /// Changes what is told apart from commands; see [`Configure`].
    pub fn configure(&mut self, now: Micros, change: Configure) {
        self.begin(now);
        match change {
            Configure::ReadOrder(shards) => self.order_reads(&shards),
            Configure::Authenticate { link, credentials } => self.authenticate(link, &credentials),
        }
        self.settle_down();
    }

    /// What `submit` would do on the present map, without doing it.
    ///
    /// # Errors
    /// The first frame that is none. Commands that would be refused are explained as such.
    pub fn explain(&self, batch: &Bytes, options: &SubmitOptions) -> Result<Vec<Explained>, Misuse> {
        let read_from = self.read_from(options);
        let reader: explain::Reader<'_> = &|slot| self.reader(slot, read_from);
        let reader = Some(reader).filter(|_| *read_from != ReadFrom::Primary);
        explain::explain(&self.table, &self.topology, batch, options, reader)
    }

    /// The slot map as it is.
    pub const fn topology(&self) -> &Topology {
        &self.topology
    }

    /// What has happened so far, counted.
    pub fn stats(&self) -> Stats {
        self.counted()
    }

    /// A verb begins. Past its end time stands still, so that what is due after a while is never due at once for ever.
    fn begin(&mut self, now: Micros) {
        self.now = now.min(END_OF_TIME);
        crate::broken::begin();
    }

    /// Does what is due until nothing is.
    fn settle_down(&mut self) {
        self.fire_timers();
        loop {
            crate::broken::step();
            self.fence_unknowns();
            if let Some(slot) = self.due.pop_front() {
                self.drain(slot);
            } else if let Some(&(_, Timer::Adrift(job))) = self.adrift.first().filter(|&&(at, _)| at <= self.now) {
                self.call_off(job);
                self.place(job);
            } else if let Some(batch) = self.unfed.pop_front() {
                self.feed(batch);
            } else if let Some(lane) = self.due_lanes.pop_front() {
                self.tend(lane);
                self.next_on_session(lane);
            } else if !self.unpark() {
                break;
            }
        }
        if let Some(&first) = self.adrift.first() {
            self.timers.insert(first);
        }
    }

    fn fire_timers(&mut self) {
        while let Some(&(at, timer)) = self.timers.first() {
            if at > self.now {
                return;
            }
            self.timers.pop_first();
            match timer {
                Timer::Batch(batch) => self.expire(batch),
                Timer::Slot(slot) => self.due.push_back(slot),
                // `settle_down` looks at what is adrift by itself.
                Timer::Adrift(_) => {}
                Timer::Refresh => self.want_refresh(),
                Timer::Round => self.round_overdue(),
                Timer::Link(link) => self.dial_overdue(link),
                Timer::Silence(link) => self.still_silent(link),
                Timer::Lane(lane) => self.lane_is_due(lane),
                Timer::Pulse(link) => self.pulse(link),
                Timer::Measure => self.measure_if_due(),
                Timer::Idle => self.look_at_idle(),
            }
        }
    }

    fn note(&mut self, note: Note) {
        self.actions.push(Output::Note(note));
    }

    /// `base` doubled per attempt up to 250 ms, and up to half as much again.
    fn backoff(&mut self, base_ms: u32, attempts: u8) -> Micros {
        self.backoff_to(base_ms, 250, attempts)
    }

    /// The same up to another most.
    fn backoff_to(&mut self, base_ms: u32, most_ms: u32, attempts: u8) -> Micros {
        let ms = base_ms.saturating_mul(1 << attempts.min(16)).min(most_ms);
        self.now.plus_ms(ms).plus_ms(self.random.below(ms / 2 + 1))
    }
}
