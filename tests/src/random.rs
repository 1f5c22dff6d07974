//! Random days in the life of a cluster: three servers in memory that move slots, refuse, break connections and answer
//! late, hosts that write in pieces, callers that cancel. A log of what ran says afterwards whether the outcomes told
//! the truth.
//!
//! Every command carries its own ticket, so that the servers can tell which of them runs and each reply whose it is. One
//! seed is one day. [`network`] has the connections, [`servers`] what runs at their other end, [`judge`] the truth.

mod judge;
mod network;
mod servers;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use slotpipe_core::{
    config::Config,
    port::{Input, LinkId, Micros, Order, Outputs, Retry, SubmitOptions, Ticket},
    wire::encode,
};

use self::{judge::Told, network::Conn};
use crate::{conformance::Recorder, script::at};

const PORTS: [u16; 3] = [7001, 7002, 7003];
const TAGS: [&str; 4] = ["a", "b", "c", "d"];

/// Where a recorded day begins: at no particular time, just before 2^32 microseconds, and late in what JavaScript can count.
const DAWNS: [u64; 3] = [1_000_000, (1 << 32) - 20_000, (1 << 53) - 600_000_000];

/// How often things have happened in so many days.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs, reason = "each field counts what its name says")]
pub struct Seen {
    pub days: u64,
    pub commands: u64,
    pub moved: u64,
    pub ask: u64,
    pub try_again: u64,
    pub unknown: u64,
    pub not_executed: u64,
    pub reordered: u64,
    pub after_unknown: u64,
    pub partial: u64,
    pub kills: u64,
}

impl Seen {
    /// One day more.
    pub fn add(&mut self, other: &Self) {
        self.days += 1;
        self.commands += other.commands;
        self.moved += other.moved;
        self.ask += other.ask;
        self.try_again += other.try_again;
        self.unknown += other.unknown;
        self.not_executed += other.not_executed;
        self.reordered += other.reordered;
        self.after_unknown += other.after_unknown;
        self.partial += other.partial;
        self.kills += other.kills;
    }
}

/// A day's cluster, its network, its host and its callers.
pub struct World {
    core: Recorder,
    now: Micros,
    random: Random,
    wait: Option<Micros>,
    out: Outputs,
    owners: Vec<u8>,
    /// Slots under way to another node.
    moving: BTreeMap<u16, usize>,
    /// Counts migrations, and which of them a command was told to ask about last.
    migrations: u64,
    /// Commands of which all bytes may have left on a connection that is closed.
    left: BTreeSet<usize>,
    asked: BTreeMap<(usize, String), u64>,
    keys: [BTreeSet<String>; 3],
    /// Whether each node loads, and refuses all data commands meanwhile.
    loading: [bool; 3],
    may_kill: bool,
    conns: BTreeMap<LinkId, Conn>,
    /// Connections that the host has closed and the server not yet noticed.
    zombies: Vec<Conn>,
    next_client: i64,
    commands: Vec<Command>,
    runs: Vec<Run>,
    quiet: bool,
    steps: usize,
    kills: u64,
    trace: bool,
}

struct Command {
    batch: usize,
    words: Vec<String>,
    keys: Vec<String>,
    writes: bool,
    order: Order,
    retry: Retry,
    outcome: Option<Told>,
}

struct Run {
    id: usize,
    key: String,
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % bound
    }

    fn one_in(&mut self, chance: usize) -> bool {
        self.below(chance) == 0
    }
}

impl World {
    /// The day of a seed.
    pub fn new(seed: u64) -> Self {
        let mut world = Self::with(seed, DAWNS[0], Recorder::silent);
        world.steps = 200 + world.random.below(1_500);
        world
    }

    /// A shorter day with a record; see [`World::record`].
    pub fn recorded(seed: u64) -> Self {
        let dawn = DAWNS[usize::try_from(seed % 3).unwrap_or(0)];
        let mut world = Self::with(seed, dawn, Recorder::new);
        world.steps = 40 + world.random.below(200);
        world
    }

    fn with(seed: u64, dawn: u64, core: impl FnOnce(Config, Micros) -> Recorder) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1);
        random.below(2);
        let mut config = Config {
            seeds: vec![at(7001), at(7002)],
            random_seed: seed,
            library: ("slotpipe-node".into(), "0.1.0".into()),
            deadline_ms: 2_000,
            slow_deadline_ms: 3_000,
            connect_ms: 200,
            refresh_ms: 5_000,
            ..Config::default()
        };
        config.limits.window = [2, 5, 10_000][random.below(3)];
        config.limits.in_flight = [2, 8, 4_096][random.below(3)];
        config.limits.waiting_per_node = [20, 10_000][random.below(2)];
        config.limits.dedicated_per_node = [1, 64][random.below(2)];
        let now = Micros(dawn);
        Self {
            core: core(config, now),
            now,
            wait: None,
            out: Outputs::default(),
            owners: (0..16_384u32).map(|slot| u8::try_from(slot * 3 / 16_384).unwrap()).collect(),
            moving: BTreeMap::new(),
            migrations: 0,
            left: BTreeSet::new(),
            asked: BTreeMap::new(),
            keys: Default::default(),
            loading: [false; 3],
            may_kill: !random.one_in(4),
            conns: BTreeMap::new(),
            zombies: Vec::new(),
            next_client: 0,
            commands: Vec::new(),
            runs: Vec::new(),
            quiet: false,
            steps: 0,
            kills: 0,
            trace: std::env::var("SLOTPIPE_SEED").is_ok(),
            random,
        }
    }

    /// Lives it, and waits in peace until everything has settled.
    pub fn live(&mut self) {
        self.poll();
        for _ in 0..self.steps {
            self.step();
        }
        self.quiet = true;
        self.loading = [false; 3];
        for _ in 0..20_000 {
            if self.core.stats().open.is_empty() {
                break;
            }
            self.step();
        }
        self.poll();
    }

    fn step(&mut self) {
        let limit = if self.quiet { 75 } else { 100 };
        match self.random.below(limit) {
            0..10 => self.pass_time(),
            10..30 => self.write_some(),
            30..50 => self.run_some(),
            50..75 => self.deliver_some(),
            75..81 => self.submit(),
            81..83 => self.break_one(),
            83..93 => self.move_something(),
            93 => {
                let node = self.random.below(3);
                self.loading[node] = !self.loading[node] && self.random.one_in(2);
            }
            94 => self.cancel(),
            96 if self.random.one_in(4) => {
                if let Some(conn) = self.pick(|conn| conn.connected) {
                    self.conns.get_mut(&conn).unwrap().replies.extend(b"@ is no RESP\r\n");
                }
            }
            95 => {
                if let Some(conn) = self.pick(|conn| conn.connected) {
                    self.conns.get_mut(&conn).unwrap().authentic = false;
                }
            }
            _ => self.run_zombie(),
        }
    }

    fn pass_time(&mut self) {
        let us = [10, 100, 1_000, 20_000][self.random.below(4)];
        self.now = Micros(self.now.0 + us);
        if self.wait.is_some_and(|at| at <= self.now) || self.random.one_in(5) {
            self.core.handle(self.now, Input::Elapsed);
            self.poll();
            assert!(self.wait.is_none_or(|at| at > self.now), "asks to be woken at once: {:?}", self.wait);
        }
        if self.quiet {
            self.run_zombie();
        }
    }

    fn submit(&mut self) {
        let order = [Order::Key, Order::Key, Order::Slot, Order::None][self.random.below(4)];
        let retry = [Retry::Reads, Retry::Reads, Retry::Never, Retry::Idempotent][self.random.below(4)];
        let options = SubmitOptions {
            order,
            retry,
            deadline_ms: [None, None, None, None, Some(60), Some(1)][self.random.below(6)],
            max_redirects: [None, None, None, Some(0)][self.random.below(4)],
            ..SubmitOptions::default()
        };
        let first = self.commands.len();
        let batch = self.commands.last().map_or(0, |last| last.batch + 1);
        let mut bytes = Vec::new();
        let mut commands = Vec::new();
        for id in first..first + 1 + self.random.below(12) {
            let key = |random: &mut Random| format!("{{{}}}{}", TAGS[random.below(TAGS.len())], random.below(3));
            let (a, b) = (key(&mut self.random), key(&mut self.random));
            let tag = &a[..3];
            let (words, keys, writes) = match self.random.below(10) {
                0..4 => (vec!["APPEND".into(), a.clone(), id.to_string()], vec![a], true),
                4..6 => (vec!["GETRANGE".into(), a.clone(), "0".into(), id.to_string()], vec![a], false),
                6 => {
                    let keys = vec![format!("{tag}0"), format!("{tag}1")];
                    let words = vec!["MSET".into(), keys[0].clone(), id.to_string(), keys[1].clone(), id.to_string()];
                    (words, keys, true)
                }
                7 if a != b => {
                    let words = vec!["MSET".into(), a.clone(), id.to_string(), b.clone(), id.to_string()];
                    (words, vec![a, b], true)
                }
                8 => {
                    (vec!["EVAL".into(), "return ARGV[1]".into(), "1".into(), a.clone(), id.to_string()], vec![a], true)
                }
                9 if self.random.one_in(3) => (vec!["BLPOP".into(), a.clone(), format!("0.{id:09}")], vec![], true),
                _ => (vec!["ECHO".into(), id.to_string()], vec![], false),
            };
            encode::command(&mut bytes, &words);
            commands.push(Command { batch, words, keys, writes, order, retry, outcome: None });
        }
        if let Ok(submitted) = self.core.submit(self.now, Bytes::from(bytes), &options) {
            assert_eq!(submitted.first, Ticket(first as u64));
            self.log(|| {
                format!("submit {first}.. {options:?}: {:?}", commands.iter().map(|c| &c.words).collect::<Vec<_>>())
            });
            self.commands.extend(commands);
        }
        if self.random.one_in(2) {
            self.poll();
        }
    }

    fn cancel(&mut self) {
        if self.commands.is_empty() {
            return;
        }
        let from = self.random.below(self.commands.len());
        let to = from + self.random.below(20);
        self.log(|| format!("cancel {from}..{to}"));
        self.core.cancel(self.now, Ticket(from as u64)..Ticket(to as u64));
        self.poll();
    }

    /// What crossed the boundary; see [`crate::conformance`].
    pub fn record(self, name: &str) -> String {
        self.core.day(name, self.now)
    }

    fn log(&self, text: impl FnOnce() -> String) {
        if self.trace {
            println!("{:>9} {}", self.now.0, text());
        }
    }
}
