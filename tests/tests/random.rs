//! Random days in the life of a cluster: three servers in memory that move slots, refuse, break connections and answer
//! late, hosts that write in pieces, callers that cancel. A log of what ran says afterwards whether the outcomes told
//! the truth.
//!
//! Every command carries its own ticket, so that the servers can tell which of them runs and each reply whose it is. One
//! seed is one day; `SLOTPIPE_SEED=n` runs that one alone, `SLOTPIPE_SEEDS=n` so many of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{
        Answer, Cause, Input, LinkId, Micros, Order, OutcomeKind, Output, Outputs, Ran, Retry, SubmitOptions, Ticket,
    },
    route::slot::Slot,
    wire::{
        encode,
        request::{Args, Requests},
        tape::{Cursor, Node},
    },
};
use slotpipe_tests::script::at;

const PORTS: [u16; 3] = [7001, 7002, 7003];
const TAGS: [&str; 4] = ["a", "b", "c", "d"];

#[test]
fn whatever_happens_every_command_has_one_outcome_and_it_is_true() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("SLOTPIPE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SLOTPIPE_SEEDS").unwrap_or(300),
    };
    let mut seen = Seen::default();
    let mut failures = Vec::new();
    for seed in seeds {
        let day = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            world.live();
            world.judge();
            world.seen()
        });
        match day {
            Ok(day) => seen.add(&day),
            Err(why) => {
                let text = why.downcast_ref::<String>().cloned().or(why.downcast_ref::<&str>().map(|s| (*s).into()));
                failures.push(format!("seed {seed}: {}", text.unwrap_or_default()));
            }
        }
    }
    println!("{seen:?}");
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures[..failures.len().min(20)].join("\n"));
    if seen.days >= 100 {
        let Seen { moved, ask, try_again, unknown, not_executed, partial, .. } = seen;
        assert!(moved.min(ask).min(try_again).min(unknown).min(not_executed).min(partial) >= 50, "{seen:?}");
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    days: u64,
    commands: u64,
    moved: u64,
    ask: u64,
    try_again: u64,
    unknown: u64,
    not_executed: u64,
    reordered: u64,
    after_unknown: u64,
    partial: u64,
    kills: u64,
}

impl Seen {
    fn add(&mut self, other: &Self) {
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
struct World {
    core: Cluster,
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

#[derive(Debug)]
struct Told {
    outcome: OutcomeKind,
    /// Of a partial command: the outcome by slot.
    parts: BTreeMap<u16, Verdict>,
    whole: Verdict,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ran,
    MayHaveRun,
    NeverRan,
    Unknown,
}

struct Run {
    id: usize,
    key: String,
}

struct Conn {
    node: usize,
    client: i64,
    connected: bool,
    /// Handed by the core, not yet by the host to the kernel; and in the kernel, not yet run.
    host: VecDeque<u8>,
    kernel: Vec<u8>,
    written: u64,
    handed: u64,
    /// The callers' commands in all that was handed: where each ends; and what of the next is there.
    ends: Vec<(u64, usize)>,
    begun: Vec<u8>,
    asking: bool,
    authentic: bool,
    replies: VecDeque<u8>,
    closing: bool,
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
    fn new(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678_9ABC_DEF1);
        random.below(2);
        let mut config = Config {
            seeds: vec![at(7001), at(7002)],
            random_seed: seed,
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
        let now = Micros(1_000_000);
        Self {
            core: Cluster::new(config, now),
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
            steps: 200 + random.below(1_500),
            kills: 0,
            trace: std::env::var("SLOTPIPE_SEED").is_ok(),
            random,
        }
    }

    fn live(&mut self) {
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

    /// The network, and the host's half of a connection.
    fn pick(&mut self, fits: impl Fn(&Conn) -> bool) -> Option<LinkId> {
        let fitting: Vec<LinkId> = self.conns.iter().filter(|(_, conn)| fits(conn)).map(|(&id, _)| id).collect();
        (!fitting.is_empty()).then(|| fitting[self.random.below(fitting.len())])
    }

    fn write_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.connected || conn.closing || !conn.host.is_empty()) else { return };
        let conn = self.conns.get_mut(&link).unwrap();
        if conn.closing {
            return self.end(link, Cause::Asked);
        }
        if !conn.connected {
            if !self.quiet && self.random.one_in(16) {
                return self.end(link, Cause::Refused("refused".into()));
            }
            conn.connected = true;
            self.core.handle(self.now, Input::Connected { link, credentials: None });
            return self.poll();
        }
        let all = conn.host.len();
        let count = if self.random.one_in(2) { all } else { 1 + self.random.below(all) };
        let taken: Vec<u8> = conn.host.drain(..count).collect();
        conn.kernel.extend(taken);
        conn.written += count as u64;
        let total = conn.written;
        if self.quiet || self.random.one_in(2) {
            self.core.handle(self.now, Input::Written { link, total });
            self.poll();
        }
    }

    fn run_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.kernel.is_empty()) else { return };
        let mut conn = self.conns.remove(&link).unwrap();
        for _ in 0..1 + self.random.below(6) {
            self.run_one(&mut conn);
        }
        self.conns.insert(link, conn);
    }

    fn deliver_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.replies.is_empty() && !conn.closing) else { return };
        let conn = self.conns.get_mut(&link).unwrap();
        let all = conn.replies.len();
        let count = if self.random.one_in(2) { all } else { 1 + self.random.below(all) };
        let bytes: Vec<u8> = conn.replies.drain(..count).collect();
        self.core.handle(self.now, Input::Received { link, bytes: bytes.into() });
        if !self.random.one_in(3) {
            self.poll();
        }
    }

    fn break_one(&mut self) {
        if let Some(link) = self.pick(|_| true) {
            self.end(link, Cause::Lost("reset".into()));
        }
    }

    fn end(&mut self, link: LinkId, cause: Cause) {
        let conn = self.conns.remove(&link).unwrap();
        let maybe_sent = conn.written;
        self.log(|| format!("close {link:?} client {} {cause:?} after {maybe_sent} of {}", conn.client, conn.handed));
        self.left.extend(conn.ends.iter().filter(|&&(end, _)| end <= maybe_sent).map(|&(_, id)| id));
        if conn.connected && !conn.kernel.is_empty() && self.random.one_in(2) {
            self.zombies.push(conn);
        }
        self.core.handle(self.now, Input::Closed { link, cause, maybe_sent });
        self.poll();
    }

    fn run_zombie(&mut self) {
        if self.zombies.is_empty() {
            return;
        }
        let index = self.random.below(self.zombies.len());
        let mut conn = self.zombies.swap_remove(index);
        self.run_one(&mut conn);
        if !conn.kernel.is_empty() && !self.random.one_in(10) {
            self.zombies.push(conn);
        }
    }

    fn poll(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        self.core.poll(self.now, &mut out);
        for answer in out.answers.iter() {
            self.told(&answer, &out.answers.buffers);
        }
        for action in std::mem::take(&mut out.actions) {
            match action {
                Output::Connect { link, address, .. } => {
                    let node = PORTS.iter().position(|&port| port == address.port).expect("a known address");
                    self.next_client += 1;
                    self.log(|| format!("dial {link:?} to node {node}"));
                    self.conns.insert(link, Conn::new(node, self.next_client));
                }
                Output::Send { link, bytes } => {
                    let Some(conn) = self.conns.get_mut(&link) else { continue };
                    conn.hand(&bytes);
                }
                Output::Close { link } => {
                    if let Some(conn) = self.conns.get_mut(&link) {
                        conn.closing = true;
                    }
                }
                Output::Wait { until } => self.wait = until,
                Output::Note(_) | Output::Push { .. } => {}
            }
        }
        self.out = out;
    }

    fn told(&mut self, answer: &Answer<'_>, buffers: &[Bytes]) {
        let id = usize::try_from(answer.ticket.0).unwrap();
        let text = slotpipe_tests::script::show(answer.outcome, answer.body, buffers);
        self.log(|| format!("told {id}: {text}"));
        let mut cursor = answer.cursor();
        let whole = verdict(answer.outcome, &mut cursor);
        let mut parts = BTreeMap::new();
        if answer.outcome == OutcomeKind::Partial {
            let mut cursor = answer.cursor();
            let Some(Node::Array(count)) = cursor.next() else { panic!("partial: {text}") };
            for _ in 0..count {
                let Some(Node::Array(4)) = cursor.next() else { panic!("partial: {text}") };
                let Some(Node::Int(kind)) = cursor.next() else { panic!("partial: {text}") };
                cursor.skip();
                let Some(Node::Int(slot)) = cursor.next() else { panic!("partial: {text}") };
                let mut body = Cursor::new(cursor.skip().unwrap());
                body.next();
                let kind = OutcomeKind::from_word(u32::try_from(kind).unwrap());
                parts.insert(u16::try_from(slot).unwrap(), verdict(kind, &mut body));
            }
        }
        let command = &mut self.commands[id];
        assert!(command.outcome.is_none(), "{id} was told twice");
        if answer.outcome == OutcomeKind::Reply {
            let expected = match command.words[0].as_str() {
                "APPEND" => id.to_string(),
                "MSET" => "+OK".into(),
                "BLPOP" => "null".into(),
                _ => format!("\"{id}\""),
            };
            assert_eq!(text, expected, "{id} got the reply of another");
        }
        command.outcome = Some(Told { outcome: answer.outcome, parts, whole, text });
        if answer.outcome == OutcomeKind::Unknown {
            self.may_have_left(id);
        }
    }

    /// An unknown outcome needs a connection that the whole command may have left on.
    fn may_have_left(&self, id: usize) {
        let is_under_way = || self.conns.values().any(|conn| conn.ends.iter().any(|&(_, of)| of == id));
        assert!(self.left.contains(&id) || is_under_way(), "{id} is told unknown, and never left");
    }

    /// The servers.
    fn run_one(&mut self, conn: &mut Conn) {
        let bytes = std::mem::take(&mut conn.kernel);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&bytes, 0);
        let Some(Ok(range)) = requests.next(&mut spans) else {
            conn.kernel = bytes;
            return;
        };
        let words: Vec<String> =
            Args::new(&bytes, &spans).iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
        conn.kernel = bytes[range.end..].to_vec();
        let asking = std::mem::take(&mut conn.asking);
        let reply = self.run(conn, &words, asking);
        self.log(|| {
            format!(
                "node {} client {} runs {words:?}{}: {}",
                conn.node,
                conn.client,
                if asking { " asking" } else { "" },
                reply.trim_end().lines().next().unwrap_or("")
            )
        });
        conn.replies.extend(reply.into_bytes());
    }

    fn run(&mut self, conn: &mut Conn, words: &[String], asking: bool) -> String {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        match (word(0), word(1)) {
            ("HELLO", _) => return format!("%1\r\n$2\r\nid\r\n:{}\r\n", conn.client),
            ("CLIENT", "KILL") => return self.kill(word(3)),
            ("CLIENT", _) => return "+OK\r\n".into(),
            ("PING", _) => return "+PONG\r\n".into(),
            ("CLUSTER", "SLOTS") => return self.slots(),
            ("CLUSTER", "NODES") => return self.nodes(),
            _ if !conn.authentic => return "-NOAUTH Authentication required.\r\n".into(),
            ("ASKING", _) => {
                conn.asking = true;
                return "+OK\r\n".into();
            }
            _ => {}
        }
        let (id, keys) = identity(words).unwrap_or_else(|| panic!("{words:?} is nobody's"));
        if self.loading[conn.node] {
            return "-LOADING Redis is loading the dataset in memory\r\n".into();
        }
        assert!(self.commands.len() > id, "an id of nobody");
        let me = (id, keys.first().cloned().unwrap_or_default());
        assert!(!asking || self.asked.contains_key(&me), "{words:?} came behind ASKING, and was never told ASK");
        if let Some(refusal) = self.refusal(conn.node, &keys, asking, self.asked.get(&me).copied()) {
            if refusal.starts_with("-ASK ") {
                self.asked.insert(me, self.migrations);
            }
            return refusal;
        }
        for key in &keys {
            if self.commands[id].writes && word(0) != "BLPOP" {
                self.keys[conn.node].insert(key.clone());
            }
            self.runs.push(Run { id, key: key.clone() });
        }
        if keys.is_empty() {
            self.runs.push(Run { id, key: String::new() });
        }
        match word(0) {
            "APPEND" => format!(":{id}\r\n"),
            "MSET" => "+OK\r\n".into(),
            "BLPOP" => "_\r\n".into(),
            _ => format!("${}\r\n{id}\r\n", id.to_string().len()),
        }
    }

    fn refusal(&self, node: usize, keys: &[String], asking: bool, asked: Option<u64>) -> Option<String> {
        let slots: BTreeSet<u16> = keys.iter().map(|key| Slot::of(key.as_bytes()).number()).collect();
        assert!(slots.len() < 2, "one write for keys of several slots: {keys:?}");
        let slot = *slots.first()?;
        let owner = usize::from(self.owners[usize::from(slot)]);
        let missing = keys.iter().filter(|key| !self.keys[node].contains(*key)).count();
        let target = self.moving.get(&slot).copied();
        if owner == node {
            let target = target?;
            return match missing {
                0 => None,
                all if all == keys.len() => Some(format!("-ASK {slot} 127.0.0.1:{}\r\n", PORTS[target])),
                _ => Some("-TRYAGAIN Multiple keys request during rehashing of slot\r\n".into()),
            };
        }
        if target == Some(node) && asking {
            if keys.len() > 1 && missing > 0 {
                return Some("-TRYAGAIN Multiple keys request during rehashing of slot\r\n".into());
            }
            let shadow = keys.iter().any(|key| self.keys[owner].contains(key));
            assert!(!shadow || asked != Some(self.migrations), "a shadow key: {keys:?}");
            return None;
        }
        Some(format!("-MOVED {slot} 127.0.0.1:{}\r\n", PORTS[owner]))
    }

    fn kill(&mut self, id: &str) -> String {
        if !self.may_kill {
            return "-NOPERM this user has no permissions to run the 'client|kill' command\r\n".into();
        }
        self.kills += 1;
        let id: i64 = id.parse().unwrap();
        let before = self.zombies.len();
        self.zombies.retain(|conn| conn.client != id);
        if before == self.zombies.len() { "-ERR No such client\r\n".into() } else { ":1\r\n".into() }
    }

    fn slots(&self) -> String {
        let mut ranges: Vec<(usize, usize, u8)> = Vec::new();
        for (slot, &owner) in self.owners.iter().enumerate() {
            match ranges.last_mut() {
                Some((_, end, known)) if *known == owner => *end = slot,
                _ => ranges.push((slot, slot, owner)),
            }
        }
        let mut text = format!("*{}\r\n", ranges.len());
        for (start, end, owner) in ranges {
            let port = PORTS[usize::from(owner)];
            text += &format!("*3\r\n:{start}\r\n:{end}\r\n*3\r\n$9\r\n127.0.0.1\r\n:{port}\r\n$40\r\n{port:040x}\r\n");
        }
        text
    }

    fn nodes(&self) -> String {
        let mut text = String::new();
        for (node, port) in PORTS.iter().enumerate() {
            text += &format!("{port:040x} 127.0.0.1:{port}@1{port} master - 0 0 1 connected");
            let mut start = None;
            for slot in 0..=16_384 {
                let ours = self.owners.get(slot).is_some_and(|&owner| usize::from(owner) == node);
                match (start, ours) {
                    (None, true) => start = Some(slot),
                    (Some(from), false) => {
                        text += &format!(" {from}-{}", slot - 1);
                        start = None;
                    }
                    _ => {}
                }
            }
            text += "\n";
        }
        format!("${}\r\n{text}\r\n", text.len())
    }

    fn move_something(&mut self) {
        let slot = Slot::of(TAGS[self.random.below(TAGS.len())].as_bytes()).number();
        let owner = usize::from(self.owners[usize::from(slot)]);
        let Some(&target) = self.moving.get(&slot) else {
            let target = (owner + 1 + self.random.below(2)) % 3;
            self.log(|| format!("slot {slot} leaves node {owner} for {target}"));
            self.moving.insert(slot, target);
            self.migrations += 1;
            return;
        };
        let of_slot = |key: &&String| Slot::of(key.as_bytes()).number() == slot;
        match self.keys[owner].iter().find(of_slot).cloned() {
            Some(key) => {
                self.log(|| format!("key {key} is now at node {target}"));
                self.keys[owner].remove(&key);
                self.keys[target].insert(key);
            }
            None => {
                self.log(|| format!("slot {slot} is now at node {target}"));
                self.moving.remove(&slot);
                self.owners[usize::from(slot)] = u8::try_from(target).unwrap();
            }
        }
    }

    /// Whether what was told is true.
    fn judge(&mut self) {
        while !self.zombies.is_empty() {
            self.run_zombie();
        }
        // What is left to the connections may still run.
        for mut conn in std::mem::take(&mut self.conns).into_values() {
            for _ in 0..conn.kernel.len() {
                self.run_one(&mut conn);
            }
        }
        let open: Vec<usize> = (0..self.commands.len()).filter(|&id| self.commands[id].outcome.is_none()).collect();
        assert!(open.is_empty(), "never told: {open:?}");
        let stats = self.core.stats();
        assert!(stats.open.is_empty(), "left open: {:?}", stats.open);
        let mut runs: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (when, run) in self.runs.iter().enumerate() {
            runs.entry((run.id, &run.key)).or_default().push(when);
        }
        for (id, command) in self.commands.iter().enumerate() {
            let told = command.outcome.as_ref().unwrap();
            for key in command.keys.iter().map(String::as_str).chain(command.keys.is_empty().then_some("")) {
                let count = runs.get(&(id, key)).map_or(0, Vec::len);
                let slot = Slot::of(key.as_bytes()).number();
                let verdict = told.parts.get(&slot).copied().unwrap_or(told.whole);
                let what = format!("{id} {:?}, key {key:?}, told {told:?}, ran {count} times", command.words);
                match verdict {
                    Verdict::Ran => assert!(count > 0 || command.words[0] == "BLPOP", "{what}"),
                    Verdict::NeverRan => assert_eq!(count, 0, "{what}"),
                    Verdict::MayHaveRun | Verdict::Unknown => {}
                }
                if command.writes && command.retry != Retry::Idempotent {
                    assert!(count <= 1, "{what}");
                }
            }
        }
        if self.trace {
            let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
            for command in &self.commands {
                *reasons
                    .entry(
                        command
                            .outcome
                            .as_ref()
                            .unwrap()
                            .text
                            .chars()
                            .filter(|c| !c.is_ascii_digit())
                            .take(90)
                            .collect(),
                    )
                    .or_default() += 1;
            }
            println!("{reasons:#?}");
        }
        self.judge_order(&runs);
    }

    fn judge_order(&self, runs: &BTreeMap<(usize, &str), Vec<usize>>) {
        for (later, b) in self.commands.iter().enumerate() {
            let earlier = self.commands[..later].iter().enumerate().rev().take_while(|(_, a)| a.batch == b.batch);
            for (earlier, a) in earlier {
                if b.order == Order::None || b.retry == Retry::Idempotent || !(a.writes || b.writes) {
                    continue;
                }
                for key in a.keys.iter().filter(|key| b.keys.contains(key)) {
                    let (Some(first), Some(second)) = (runs.get(&(earlier, key)), runs.get(&(later, key))) else {
                        continue;
                    };
                    // A read counts by the run whose reply was told; nobody minds the others.
                    let relevant = |command: &Command, runs: &[usize]| -> Vec<usize> {
                        let told = command.outcome.as_ref().unwrap();
                        match (command.writes, told.outcome) {
                            (true, _) => runs.to_vec(),
                            (false, OutcomeKind::Reply) => vec![*runs.last().unwrap()],
                            (false, _) => Vec::new(),
                        }
                    };
                    let (first, second) = (relevant(a, first), relevant(b, second));
                    let (Some(last), Some(next)) = (first.iter().max(), second.iter().min()) else { continue };
                    assert!(last < next, "{later} {:?} ran before {earlier} {:?} of its key {key}", b.words, a.words);
                }
            }
        }
    }

    fn seen(&self) -> Seen {
        let stats = self.core.stats();
        let count = |fits: &dyn Fn(&Told) -> bool| {
            self.commands.iter().filter(|command| command.outcome.as_ref().is_some_and(fits)).count() as u64
        };
        Seen {
            days: 1,
            commands: self.commands.len() as u64,
            moved: stats.moved,
            ask: stats.ask,
            try_again: stats.try_again,
            unknown: count(&|told| told.outcome == OutcomeKind::Unknown),
            not_executed: count(&|told| told.outcome == OutcomeKind::NotExecuted),
            reordered: count(&|told| told.text.contains("(would-reorder)")),
            after_unknown: count(&|told| told.text.contains("(after-unknown)")),
            partial: count(&|told| told.outcome == OutcomeKind::Partial),
            kills: self.kills,
        }
    }

    fn log(&self, text: impl FnOnce() -> String) {
        if self.trace {
            println!("{:>9} {}", self.now.0, text());
        }
    }
}

impl Conn {
    fn new(node: usize, client: i64) -> Self {
        Self {
            node,
            client,
            connected: false,
            host: VecDeque::new(),
            kernel: Vec::new(),
            written: 0,
            handed: 0,
            ends: Vec::new(),
            begun: Vec::new(),
            asking: false,
            authentic: true,
            replies: VecDeque::new(),
            closing: false,
        }
    }

    fn hand(&mut self, bytes: &[u8]) {
        assert!(self.connected, "bytes before the connection");
        self.host.extend(bytes);
        self.begun.extend(bytes);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&self.begun, 0);
        let mut taken = 0;
        while let Some(Ok(range)) = requests.next(&mut spans) {
            taken = range.end;
            let args = Args::new(&self.begun, &spans);
            let words: Vec<String> = args.iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
            if let Some((id, _)) = identity(&words) {
                self.ends.push((self.handed + taken as u64, id));
            }
        }
        self.handed += taken as u64;
        self.begun.drain(..taken);
    }
}

/// Whose a command is, and its keys.
fn identity(words: &[String]) -> Option<(usize, Vec<String>)> {
    let (id, keys): (&str, Vec<String>) = match words[0].as_str() {
        "MSET" => (&words[2], words[1..].iter().step_by(2).cloned().collect()),
        "EVAL" => (&words[4], vec![words[3].clone()]),
        "BLPOP" => (&words[2][2..], vec![words[1].clone()]),
        "ECHO" => (&words[1], vec![]),
        "APPEND" | "GETRANGE" => (words.last()?, vec![words[1].clone()]),
        _ => return None,
    };
    Some((id.parse().ok()?, keys))
}

fn verdict(outcome: OutcomeKind, body: &mut Cursor<'_>) -> Verdict {
    match outcome {
        OutcomeKind::Reply => Verdict::Ran,
        OutcomeKind::NotExecuted => Verdict::NeverRan,
        OutcomeKind::ServerError => match body.next() {
            Some(Node::Int(ran)) if ran == Ran::No as i64 => Verdict::NeverRan,
            _ => Verdict::MayHaveRun,
        },
        OutcomeKind::Unknown | OutcomeKind::Partial => Verdict::Unknown,
    }
}
