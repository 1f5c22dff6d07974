//! The hot path of the machine, without a network: a thousand commands through submit, poll, handle, poll.
//!
//! `cargo bench -p slotpipe-core --bench cluster`. Figures are per batch of 1000 commands.

use bytes::Bytes;
use divan::{Bencher, counter::ItemsCount};
use slotpipe_core::{
    cluster::{Cluster, explain_offline},
    config::Config,
    port::{Address, Input, LinkId, Micros, Output, Outputs, SubmitOptions},
    route::{
        classify::{Rules, Target, classify},
        table::Table,
        topology::Topology,
    },
    wire::{
        encode,
        request::{Args, Requests},
    },
};

#[global_allocator]
static ALLOC: divan::AllocProfiler = divan::AllocProfiler::system();

const COMMANDS: usize = 1_000;

fn main() {
    divan::main();
}

/// Out and back: checked, routed, queued, written, answered, settled.
#[divan::bench(args = ["GET", "SET"])]
fn round_trip(bencher: Bencher<'_, '_>, name: &str) {
    let batch = batch(name);
    let mut machine = Machine::ready();
    let reply: &[u8] = if name == "GET" { b"$4\r\nabcd\r\n" } else { b"+OK\r\n" };
    bencher.counter(ItemsCount::new(COMMANDS)).bench_local(|| machine.round_trip(&batch, reply));
}

/// The plan alone: each command read, classified, hashed, and put to the others of its node.
#[divan::bench]
fn plan_get(bencher: Bencher<'_, '_>) {
    let (batch, map, table) = (batch("GET"), Topology::invented(3), Table::default());
    let (mut spans, mut keys) = (Vec::new(), Vec::new());
    let mut groups: [Vec<u32>; 3] = std::array::from_fn(|_| Vec::with_capacity(COMMANDS));
    bencher.counter(ItemsCount::new(COMMANDS)).bench_local(|| {
        groups.iter_mut().for_each(Vec::clear);
        let mut requests = Requests::new(&batch, 0);
        while let Some(Ok(range)) = requests.next(&mut spans) {
            let class = classify(&table, Args::new(&batch, &spans), Rules::default(), &mut keys).expect("known");
            let Target::Slot(slot) = class.target else { continue };
            let owner = map.owner(slot).expect("covered");
            groups[usize::from(owner.0)].push(u32::try_from(range.start).expect("small"));
        }
        groups.iter().map(Vec::len).sum::<usize>()
    });
}

/// `submit` whole: the plan, and what the ledger, the order and the connections keep of it; nothing is written. The
/// machine has done the same before.
#[divan::bench]
fn submit_get(bencher: Bencher<'_, '_>) {
    let batch = batch("GET");
    let warm = || {
        let mut machine = Machine::ready();
        for _ in 0..3 {
            machine.round_trip(&batch, b"$4\r\nabcd\r\n");
        }
        machine
    };
    bencher.counter(ItemsCount::new(COMMANDS)).with_inputs(warm).bench_local_refs(|machine| {
        machine.core.submit(machine.now, batch.clone(), &SubmitOptions::default()).expect("accepted")
    });
}

/// The plan as text would show it, for comparison: it allocates, and nothing waits for it.
#[divan::bench]
fn explain_get(bencher: Bencher<'_, '_>) {
    let (batch, map) = (batch("GET"), Topology::invented(3));
    bencher
        .counter(ItemsCount::new(COMMANDS))
        .bench_local(|| explain_offline(&map, &batch, &SubmitOptions::default()).expect("well formed"));
}

fn batch(name: &str) -> Bytes {
    let mut batch = Vec::new();
    for i in 0..COMMANDS {
        let key = format!("user:{:08}", i * 7919);
        if name == "GET" {
            encode::command(&mut batch, [name, &key]);
        } else {
            encode::command(&mut batch, [name, &key, &"v".repeat(32)]);
        }
    }
    batch.into()
}

/// A core on three primaries that exist in name only.
struct Machine {
    core: Cluster,
    now: Micros,
    out: Outputs,
    links: Vec<(LinkId, u64)>,
}

impl Machine {
    fn ready() -> Self {
        let config = Config { seeds: vec![Address::new("127.0.0.1", 7001)], ..Config::default() };
        let core = Cluster::new(config, Micros(0));
        let mut machine = Self { core, now: Micros(0), out: Outputs::default(), links: Vec::new() };
        // Three keys of three nodes open the three connections.
        let mut batch = Vec::new();
        for key in ["bar", "key:2", "foo"] {
            encode::command(&mut batch, ["GET", key]);
        }
        machine.core.submit(machine.now, batch.into(), &SubmitOptions::default()).expect("accepted");
        for _ in 0..6 {
            machine.serve();
        }
        machine
    }

    fn serve(&mut self) {
        self.core.poll(self.now, &mut self.out);
        for action in std::mem::take(&mut self.out.actions) {
            match action {
                Output::Connect { link, .. } => {
                    self.links.push((link, 0));
                    self.core.handle(self.now, Input::Connected { link, credentials: None });
                }
                Output::Send { link, bytes } => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let mut reply = String::new();
                    for command in text.split('*').skip(1) {
                        reply += match command {
                            _ if command.contains("HELLO") => "%0\r\n",
                            _ if command.contains("SLOTS") => MAP,
                            _ if command.contains("NODES") => "-NOPERM no\r\n",
                            _ => "+OK\r\n",
                        };
                    }
                    self.wrote(link, bytes.len());
                    self.core.handle(self.now, Input::Received { link, bytes: reply.into() });
                }
                Output::Close { .. } | Output::Push { .. } | Output::Note(_) | Output::Wait { .. } => {}
            }
        }
    }

    fn wrote(&mut self, link: LinkId, bytes: usize) {
        let Some((_, total)) = self.links.iter_mut().find(|(known, _)| *known == link) else { return };
        *total += bytes as u64;
        self.core.handle(self.now, Input::Written { link, total: *total });
    }

    fn round_trip(&mut self, batch: &Bytes, reply: &[u8]) {
        self.now = self.now.plus_ms(1);
        self.core.submit(self.now, batch.clone(), &SubmitOptions::default()).expect("accepted");
        self.core.poll(self.now, &mut self.out);
        let mut actions = std::mem::take(&mut self.out.actions);
        for action in actions.drain(..) {
            if let Output::Send { link, bytes } = action {
                let commands = bytes.iter().filter(|&&b| b == b'*').count();
                self.wrote(link, bytes.len());
                self.core.handle(self.now, Input::Received { link, bytes: reply.repeat(commands).into() });
            }
        }
        self.out.actions = actions;
        self.core.poll(self.now, &mut self.out);
        assert_eq!(self.out.answers.iter().count(), COMMANDS);
    }
}

const MAP: &str = "*3\r\n\
    *3\r\n:0\r\n:5460\r\n*3\r\n$9\r\n127.0.0.1\r\n:7001\r\n$1\r\na\r\n\
    *3\r\n:5461\r\n:10922\r\n*3\r\n$9\r\n127.0.0.1\r\n:7002\r\n$1\r\nb\r\n\
    *3\r\n:10923\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:7003\r\n$1\r\nc\r\n";
