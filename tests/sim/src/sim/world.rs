//! The world of a day: one clock, one list of what is to happen, and everything that takes part.
//!
//! The host's half is in [`super::host`], the connections in [`super::network`], the callers in [`super::callers`],
//! what befalls the servers in [`super::trouble`], and what is written down for the judge in [`super::record`].

use std::collections::{BTreeMap, BTreeSet};

use slotpipe_core::{
    cluster::Cluster,
    config::{Config, Trust},
    port::{Address, LinkId, Micros, Outputs},
};

use super::{
    callers::Task,
    commands::Request,
    day::{Day, Moment},
    fans,
    faults::Faults,
    listeners::{self, Listener},
    many,
    network::{DialEnd, Wire},
    passwords,
    probes::Probes,
    random::Random,
    recipes::{self, Mover},
    record::Ledger,
    scans::{self, Scanner},
    sessions::{self, Session},
    trouble::{self, Undo, Ways},
};
use crate::model::{Conn, Model, NodeId, Setup, User};

/// Hash tags: slots 15495, 3300, 7365, 11298, 10, 12182 (in thirds of 5461, two for each of three primaries).
pub(super) const TAGS: [&str; 6] = ["a", "b", "c", "d", "n160", "f"];

/// The password that must not be seen anywhere but in the first words on a connection.
pub(super) const CANARY: &str = "canary-9f3b";

/// How long after the faults have ended the day is over.
const CALM_US: u64 = 15_000_000;

/// After so long the last connection that broke during the faults is known to be broken: from then on every call has to
/// succeed at once.
pub(super) const SETTLED_US: u64 = 1_500_000;

/// After so long whoever listens hears everything again.
pub(super) const HEARD_US: u64 = 8_000_000;

/// More than any sane day has, pieces of requests and replies on their way aside: a value of 40 kB that leaves in pieces
/// of 100 bytes over a connection that breaks again and again has many of these.
const MOST_EVENTS: u64 = 200_000;

/// And this with them.
const MOST_PIECES: u64 = 5_000_000;

/// And so many requests on its wires.
const MOST_FRAMES: usize = 60_000;

/// What is going to happen.
#[derive(Debug)]
pub(super) enum Event {
    DialEnds(LinkId, DialEnd),
    HostWrites(LinkId),
    ToServer(LinkId),
    ToClient(LinkId),
    Breaks(LinkId),
    HostCloses(LinkId),
    HangsUp(LinkId),
    Tick(u64),
    ExtraTick,
    Poll,
    ModelWakes,
    Trouble,
    Undo(Undo),
    MoveOn(u16),
    Task(usize),
    Session(usize),
    Leave(usize),
    Listener(usize),
    Publish,
    PublishEverywhere,
    Fill(&'static str, u64),
    Scan(usize),
    Move(usize),
    MoveOver(usize),
    Rival(Box<Request>),
    Authenticate,
    FalseMap,
    ProbeMoves,
    ProbeScan,
    Cancel(u64, u64),
    Heal,
    Probe,
    Over,
}

pub(super) struct World {
    pub(super) now: u64,
    pub(super) step: u64,
    pub(super) random: Random,
    /// Whether callers give units, and what these are: drawn apart, so that days without them are what they were.
    pub(super) has_units: bool,
    pub(super) unit_random: Random,
    /// Whether callers read from replicas, and when: drawn apart too.
    pub(super) reads_elsewhere: bool,
    pub(super) read_random: Random,
    /// Callers with a connection of their own, with dice of their own.
    pub(super) sessions: Vec<Session>,
    pub(super) session_random: Random,
    pub(super) lanes: u32,
    pub(super) listeners: Vec<Listener>,
    pub(super) has_listeners: bool,
    pub(super) listen_random: Random,
    pub(super) scanners: Vec<Scanner>,
    pub(super) scan_random: Random,
    pub(super) movers: Vec<Mover>,
    pub(super) move_random: Random,
    pub(super) many_random: Random,
    pub(super) password_random: Random,
    pub(super) has_fans: bool,
    pub(super) fan_random: Random,
    /// Of commands without arguments so many were given.
    pub(super) spellings: u64,
    pub(super) map_random: Random,
    /// Other dice: what they decide leaves the rest of a day as it was.
    pub(super) whims: Random,
    pub(super) faults: Faults,
    pub(super) core: Cluster,
    pub(super) out: Outputs,
    /// The instant that the core wants to be woken at, and which of its wishes that is.
    pub(super) wish: Option<u64>,
    pub(super) wishes: u64,
    pub(super) poll_is_due: bool,
    /// When the core was first called of what it has not been asked about yet.
    pub(super) settling_since: u64,
    pub(super) refreshes: u64,
    pub(super) model: Model,
    pub(super) model_wakes: Option<u64>,
    pub(super) logged: usize,
    pub(super) conns: BTreeMap<Conn, LinkId>,
    /// By link number.
    pub(super) wires: Vec<Wire>,
    pub(super) credentials: Option<String>,
    pub(super) frozen: BTreeSet<NodeId>,
    pub(super) dark: BTreeSet<NodeId>,
    pub(super) down: BTreeSet<NodeId>,
    pub(super) ways: Ways,
    pub(super) gossip_delay: u64,
    pub(super) heals_at: u64,
    pub(super) tasks: Vec<Task>,
    /// By ticket: the task that waits for it.
    pub(super) budget: usize,
    pub(super) tokens: u64,
    pub(super) batches: usize,
    pub(super) day: Day,
    pub(super) ledger: Ledger,
    pub(super) probes: Probes,
    pub(super) healed: bool,
    pub(super) over: bool,
    pub(super) digest: u64,
    pub(super) trace: bool,
    events: BTreeMap<(u64, u64), Event>,
    next_event: u64,
}

impl World {
    pub(super) fn new(seed: u64, trace: bool) -> Self {
        let mut random = Random::new(seed);
        let mut whims = Random::new(!seed);
        let mut unit_random = Random::new(seed.rotate_left(32) ^ 0x5EED);
        let mut read_random = Random::new(seed.rotate_left(48) ^ 0x4EAD);
        let mut fan_random = fans::dice(seed);
        let faults = Faults::draw(&mut random, &mut whims);
        // At no particular time, just before 2^32 microseconds, and late.
        let now = random.pick(&[1_000_000, (1 << 32) - 1_000_000, 1 << 50]);
        let credentials = random.one_in(3).then(|| String::from(CANARY));
        let setup = Setup {
            primaries: 3,
            replicas: random.pick(&[0, 1, 1, 2]),
            password: credentials.clone(),
            users: Vec::<User>::new(),
            seed,
            replication_lag: random.pick(&[100, 2_000, 50_000]),
            gossip_delay: random.pick(&[500, 5_000, 40_000]),
            node_timeout: random.pick(&[300_000, 1_000_000]),
            automatic_failover: !random.one_in(4),
            serve_stale: random.one_in(2),
            full_coverage: random.one_in(2),
            without_hello: random.one_in(10),
        };
        let gossip_delay = setup.gossip_delay;
        let model = Model::new(setup);
        let addresses: Vec<Address> = model.nodes().map(|node| address(&model.address(node))).collect();
        let mut config = Config {
            seeds: addresses[..1 + random.index(2)].to_vec(),
            resp3: !random.one_in(4),
            client_name: random.one_in(4).then(|| String::from("sim")),
            connect_ms: random.pick(&[100, 300, 1_000]),
            refresh_ms: random.pick(&[2_000, 4_000]),
            refresh_gap_ms: random.pick(&[100, 100, 250]),
            slow_deadline_ms: 3_000,
            diagnostics: random.one_in(2),
            random_seed: seed,
            ..Config::default()
        };
        config.trust = match random.below(6) {
            0 => Trust::Only(addresses.clone()),
            1 => Trust::Server,
            _ => Trust::Listed,
        };
        config.limits.window = random.pick(&[2, 7, 10_000, 10_000]);
        config.limits.window_bytes = random.pick(&[300, 16 << 20, 16 << 20]);
        config.limits.in_flight = random.pick(&[1, 3, 20, 4_096, 4_096]);
        config.limits.waiting_per_node = random.pick(&[10, 40, 10_000, 10_000]);
        config.limits.waiting_bytes_per_node = random.pick(&[2_000, 16 << 20, 16 << 20]);
        config.limits.dedicated_per_node = random.pick(&[1, 3, 64]);
        let mut rest_random = Random::new(seed.rotate_left(56) ^ 0x4E57);
        if rest_random.one_in(8) {
            // Shorter than the gap between two refreshes, nodes that a scan waits for would be gone before they are asked.
            config.unused_ms = rest_random.pick(&[300, 1_000, 3_000]);
        }
        if rest_random.one_in(8) {
            config.reconnect_ms = rest_random.pick(&[0, 50, 500]);
            config.reconnect_most_ms = rest_random.pick(&[0, 250, 1_000]);
        }
        let mut listen_random = listeners::dice(seed);
        let has_listeners = listen_random.one_in(4);
        if has_listeners {
            // They keep connections for as long as they listen.
            config.limits.dedicated_per_node += 8;
        }
        let lateness = faults.lateness;
        let core = Cluster::new(config.clone(), Micros(now));
        let world = Self {
            now,
            step: 0,
            core,
            out: Outputs::default(),
            wish: None,
            wishes: 0,
            poll_is_due: false,
            settling_since: now,
            refreshes: 0,
            model,
            model_wakes: None,
            logged: 0,
            conns: BTreeMap::new(),
            wires: Vec::new(),
            credentials,
            frozen: BTreeSet::new(),
            dark: BTreeSet::new(),
            down: BTreeSet::new(),
            ways: Ways::default(),
            gossip_delay,
            heals_at: 0,
            tasks: Vec::new(),
            budget: 0,
            tokens: 0,
            batches: 0,
            day: Day::new(seed, config, lateness),
            ledger: Ledger::default(),
            probes: Probes::default(),
            healed: false,
            over: false,
            digest: 0xCBF2_9CE4_8422_2325,
            trace,
            events: BTreeMap::new(),
            next_event: 0,
            faults,
            random,
            has_units: unit_random.one_in(3),
            unit_random,
            reads_elsewhere: read_random.one_in(3),
            read_random,
            sessions: Vec::new(),
            session_random: sessions::dice(seed),
            lanes: 0,
            listeners: Vec::new(),
            has_listeners,
            listen_random,
            scanners: Vec::new(),
            scan_random: scans::dice(seed),
            movers: Vec::new(),
            move_random: recipes::dice(seed),
            many_random: many::dice(seed),
            password_random: passwords::dice(seed),
            has_fans: fan_random.one_in(3),
            fan_random,
            spellings: 0,
            map_random: trouble::map_dice(seed),
            whims,
        };
        world.log(|world| format!("seed {seed}: {:?}", world.faults));
        world.log(|world| format!("config: {:?}", world.day.config));
        world
    }

    /// Lives the day to its end, and gives its record and what was seen.
    pub(super) fn live(mut self) -> (Day, Probes, u64) {
        self.begin_tasks();
        self.begin_sessions();
        self.begin_listeners();
        self.begin_scans();
        self.begin_movers(false);
        self.begin_movers(true);
        self.begin_passwords();
        self.begin_false_maps();
        let length = self.random.pick(&[400_000, 1_500_000, 4_000_000]);
        self.heals_at = self.now + length;
        self.after(length, Event::Heal);
        if self.faults.forbids_kills {
            self.forbid("-client|kill", length);
        }
        if !self.faults.troubles.is_empty() {
            let first = self.random.between(1_000, self.faults.trouble_every);
            self.after(first, Event::Trouble);
        }
        self.poll();
        let mut happened = 0;
        while let Some(((at, _), event)) = self.events.pop_first() {
            self.now = self.now.max(at);
            happened += u64::from(!matches!(event, Event::HostWrites(_) | Event::ToServer(_) | Event::ToClient(_)));
            self.happen(event);
            self.stir();
            if self.over {
                break;
            }
            if happened > MOST_EVENTS || self.next_event > MOST_PIECES {
                self.offend("NoBusyLoop", format!("{happened} events in one day, and {} pieces", self.next_event));
                break;
            }
            if self.day.frames.len() > MOST_FRAMES {
                self.offend("NoBusyLoop", format!("{MOST_FRAMES} requests in one day"));
                break;
            }
        }
        self.close_the_book();
        (self.day, self.probes, self.digest)
    }

    fn happen(&mut self, event: Event) {
        // A lazy host lets callers submit meanwhile, nothing more: what the core has settled by then it has to have told.
        if self.poll_is_due
            && !matches!(
                event,
                Event::Task(_)
                    | Event::Session(_)
                    | Event::Listener(_)
                    | Event::Publish
                    | Event::Fill(..)
                    | Event::Scan(_)
                    | Event::Move(_)
                    | Event::MoveOver(_)
                    | Event::Rival(_)
                    | Event::Authenticate
            )
        {
            self.poll();
        }
        match event {
            Event::DialEnds(link, end) => self.dial_ends(link, end),
            Event::HostWrites(link) => self.host_writes(link),
            Event::ToServer(link) => self.reaches_server(link),
            Event::ToClient(link) => self.reaches_client(link),
            Event::Breaks(link) => self.breaks(link),
            Event::HostCloses(link) => self.host_closes(link),
            Event::HangsUp(link) => self.hangs_up(link),
            Event::Tick(wish) => self.tick(wish),
            Event::ExtraTick => self.extra_tick(),
            Event::Poll => self.poll(),
            Event::ModelWakes => {
                // What was to wake it later than something else has since is not to breed more of the kind.
                if self.model_wakes.is_some_and(|at| at <= self.now) {
                    self.model_wakes = None;
                    self.model.advance(self.now);
                }
            }
            Event::Trouble => self.trouble(),
            Event::Undo(undo) => self.undo(undo),
            Event::MoveOn(slot) => self.move_on(slot),
            Event::Task(task) => self.act(task),
            Event::Session(session) => self.act_on_session(session),
            Event::Leave(session) => self.leave_session(session),
            Event::Listener(listener) => self.listen(listener),
            Event::Publish => self.publish(),
            Event::PublishEverywhere => self.publish_everywhere(),
            Event::Fill(tag, count) => self.fill(tag, count),
            Event::Scan(scan) => self.scan(scan),
            Event::ProbeScan => self.probe_scan(),
            Event::Move(mover) => self.begin_move(mover),
            Event::MoveOver(mover) => self.move_over(mover),
            Event::Rival(request) => self.rival(*request),
            Event::Authenticate => self.authenticate(),
            Event::FalseMap => self.false_map(),
            Event::ProbeMoves => self.probe_moves(),
            Event::Cancel(from, to) => self.cancel(from, to),
            Event::Heal => self.heal(),
            Event::Probe => self.probe(),
            Event::Over => self.over = true,
        }
    }

    fn heal(&mut self) {
        self.log(|_| String::from("THE FAULTS END"));
        self.healed = true;
        self.faults.heal();
        self.undo_all();
        self.day.healed = Some(self.moment());
        for after in [0, 1_000, 30_000, 300_000, SETTLED_US, 2_500_000, 4_000_000] {
            self.after(after, Event::Probe);
        }
        self.after(HEARD_US, Event::PublishEverywhere);
        self.after(SETTLED_US, Event::ProbeScan);
        self.after(SETTLED_US, Event::ProbeMoves);
        self.after(CALM_US, Event::Over);
    }

    pub(super) fn after(&mut self, delay: u64, event: Event) {
        self.next_event += 1;
        self.events.insert((self.now + delay, self.next_event), event);
    }

    pub(super) fn at(&mut self, at: u64, event: Event) {
        self.after(at.saturating_sub(self.now), event);
    }

    /// A place in the order of all that happens.
    pub(super) fn moment(&mut self) -> Moment {
        self.step += 1;
        Moment { step: self.step, at: self.now }
    }

    pub(super) fn offend(&mut self, invariant: &'static str, what: String) {
        self.log(|_| format!("OFFENCE {invariant}: {what}"));
        self.day.offences.push((invariant, what));
    }

    pub(super) fn log(&self, text: impl FnOnce(&Self) -> String) {
        if self.trace {
            let ms = self.now % 100_000_000;
            println!("{:>6}.{:03} ms  {}", ms / 1000, ms % 1000, text(self));
        }
    }
}

/// `10.0.0.1:6379`.
pub(super) fn address(text: &str) -> Address {
    let (host, port) = text.rsplit_once(':').unwrap_or((text, "0"));
    Address::new(host, port.parse().unwrap_or(0))
}
