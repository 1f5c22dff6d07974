//! What the core costs without a network, linked in and in wasmtime: the plan alone (read, classified, hashed, put to the
//! others of its node), a submit with what it writes, and the slot map of a large cluster. Prints figures as JSON.

use std::{collections::BTreeMap, hint::black_box};

use bytes::Bytes;
use serde_json::json;
use slotpipe::{
    component::{Component, ComponentMaker},
    engine::{Broken, Engine, InProcessMaker, Make},
};
use slotpipe_core::{
    config::Config,
    port::{Address, Input, LinkId, Micros, Note, Output, Outputs, SubmitOptions},
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

use crate::{Failure, cpu_micros};

const ROUNDS: usize = 9;
/// As many commands as make groups of a hundred on each of the nodes.
const LARGE: usize = 100_000;
const SMALL: usize = 1_000;
const NODES: u16 = 1_000;

type Figures = BTreeMap<&'static str, f64>;

pub(crate) fn run() -> Result<(), Failure> {
    let mut figures = Figures::new();
    plan(&mut figures)?;
    let maker = |primaries| InProcessMaker(config(primaries));
    figures.insert("in process submit ns, 3 nodes", submit(&mut maker(3), 3)?);
    figures.insert("in process submit ns, 1000 nodes", submit(&mut maker(NODES), NODES)?);
    figures.insert("in process topology ms", topology(&mut maker(NODES / 2), 33)?);
    figures.insert("in process topology ms, alternating owners", topology(&mut maker(NODES / 2), 1)?);
    let component = Component::new(&slotpipe::component::wasmtime::Engine::default(), slotpipe::component::BYTES)?;
    let maker = |primaries| ComponentMaker::new(component.clone(), config(primaries));
    figures.insert("wasmtime submit ns, 3 nodes", submit(&mut maker(3), 3)?);
    figures.insert("wasmtime submit ns, 1000 nodes", submit(&mut maker(NODES), NODES)?);
    figures.insert("wasmtime topology ms", topology(&mut maker(NODES / 2), 33)?);
    figures.insert("wasmtime topology ms, alternating owners", topology(&mut maker(NODES / 2), 1)?);
    println!("{}", json!(figures));
    Ok(())
}

/// The plan of a batch of GET on 3 and on 1000 nodes, in turns.
fn plan(figures: &mut Figures) -> Result<(), Failure> {
    let batch = gets(LARGE);
    let maps = [Topology::invented(3), Topology::invented(NODES)];
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (map, times) in maps.iter().zip(&mut times) {
            let start = cpu_micros();
            planned(&batch, map)?;
            times.push((cpu_micros() - start) * 1e3 / LARGE as f64);
        }
    }
    let ratios = times[1].iter().zip(&times[0]).map(|(many, few)| many / few).collect();
    let [few, many] = times.map(median);
    figures.insert("native ns", few);
    figures.insert("native ns, 1000 nodes", many);
    figures.insert("1000 nodes over 3", median(ratios));
    Ok(())
}

fn planned(batch: &[u8], map: &Topology) -> Result<(), Failure> {
    let table = Table::default();
    let (mut spans, mut keys) = (Vec::new(), Vec::new());
    let mut groups = vec![Vec::new(); usize::from(NODES)];
    let mut requests = Requests::new(batch, 0);
    while let Some(Ok(range)) = requests.next(&mut spans) {
        let class = classify(&table, Args::new(batch, &spans), Rules::default(), &mut keys);
        let Ok(class) = class else { return Err("a GET that is refused".into()) };
        let Target::Slot(slot) = class.target else { continue };
        let owner = map.owner(slot).ok_or("a slot without owner")?;
        groups[usize::from(owner.0)].push(u32::try_from(range.start)?);
    }
    black_box(&groups);
    Ok(())
}

/// Nanoseconds per GET of a batch of 1000, from the call to the bytes of each node.
fn submit<M: Make>(maker: &mut M, nodes: u16) -> Result<f64, Failure> {
    let batch = gets(SMALL);
    let mut machine = Machine::connect(maker, &slots(nodes, 16_384_u16.div_ceil(nodes), 0))?;
    let mut times = Vec::new();
    // The first ones open connections.
    for round in 0..3 * ROUNDS + 5 {
        let micros = machine.round_trip(&batch)?;
        if round >= 5 {
            times.push(micros * 1e3 / SMALL as f64);
        }
    }
    Ok(median(times))
}

/// Milliseconds until commands flow, in a cluster of `NODES / 2` primaries with a replica each, of whose slots `run`
/// neighbours have one owner.
fn topology<M: Make>(maker: &mut M, run: u16) -> Result<f64, Failure> {
    let map = slots(NODES / 2, run, NODES / 2);
    let times = (0..ROUNDS).map(|_| Ok(Machine::connect(maker, &map)?.connecting / 1e3));
    Ok(median(times.collect::<Result<_, Failure>>()?))
}

fn config(nodes: u16) -> Config {
    let mut config = Config { seeds: vec![Address::new(ip(0), 6379)], ..Config::default() };
    config.limits.nodes = u32::from(nodes) * 2;
    config
}

fn gets(count: usize) -> Bytes {
    let mut batch = Vec::new();
    for at in 0..count {
        encode::command(&mut batch, ["GET", &format!("s:32:{at}")]);
    }
    batch.into()
}

/// CLUSTER SLOTS: `run` slots in a row have one owner, and each primary a replica if there are `replicas`.
fn slots(primaries: u16, run: u16, replicas: u16) -> Bytes {
    let firsts: Vec<u16> = (0..16_384).step_by(usize::from(run)).collect();
    let mut text = format!("*{}\r\n", firsts.len());
    for (entry, first) in (0_u16..).zip(firsts) {
        let last = (first + run).min(16_384) - 1;
        let primary = entry % primaries;
        text += &format!("*{}\r\n:{first}\r\n:{last}\r\n", if replicas > 0 { 4 } else { 3 });
        for node in [Some(primary), (replicas > 0).then(|| primary + primaries)].into_iter().flatten() {
            let (ip, name) = (ip(node), format!("{node:040x}"));
            text += &format!("*3\r\n${}\r\n{ip}\r\n:6379\r\n$40\r\n{name}\r\n", ip.len());
        }
    }
    text.into()
}

fn ip(node: u16) -> String {
    format!("10.0.{}.{}", node / 250, node % 250 + 1)
}

/// An engine whose servers exist in name only: each command is answered at once.
struct Machine<E> {
    engine: E,
    now: Micros,
    out: Outputs,
    written: BTreeMap<LinkId, u64>,
    ready: bool,
    /// CPU time of its verbs until commands flowed.
    connecting: f64,
}

impl<E: Engine> Machine<E> {
    fn connect<M: Make<Engine = E>>(maker: &mut M, slots: &Bytes) -> Result<Self, Failure> {
        let now = Micros(0);
        let engine = maker.make(now).map_err(broken)?;
        let mut machine =
            Self { engine, now, out: Outputs::default(), written: BTreeMap::new(), ready: false, connecting: 0.0 };
        for _ in 0..20 {
            let start = cpu_micros();
            machine.engine.poll(now, &mut machine.out).map_err(broken)?;
            machine.connecting += cpu_micros() - start;
            for action in std::mem::take(&mut machine.out.actions) {
                machine.act(action, slots)?;
            }
            if machine.ready {
                return Ok(machine);
            }
        }
        Err("the core does not get ready".into())
    }

    fn act(&mut self, action: Output, slots: &Bytes) -> Result<(), Failure> {
        match action {
            Output::Connect { link, .. } => self.connected(link),
            Output::Send { link, bytes } => {
                self.wrote(link, bytes.len())?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                for command in text.split('*').skip(1) {
                    let reply = match command {
                        _ if command.contains("HELLO") => Bytes::from("%0\r\n"),
                        _ if command.contains("SLOTS") => slots.clone(),
                        _ if command.contains("NODES") => Bytes::from("-NOPERM no\r\n"),
                        _ if command.contains("GET") => Bytes::from("$4\r\nabcd\r\n"),
                        _ => Bytes::from("+OK\r\n"),
                    };
                    let start = cpu_micros();
                    self.handle(Input::Received { link, bytes: reply })?;
                    self.connecting += cpu_micros() - start;
                }
                Ok(())
            }
            Output::Note(Note::Ready) => {
                self.ready = true;
                Ok(())
            }
            Output::Close { .. } | Output::Push { .. } | Output::Note(_) | Output::Wait { .. } => Ok(()),
        }
    }

    /// CPU time from the call to the bytes of each node; the replies are not counted.
    fn round_trip(&mut self, batch: &Bytes) -> Result<f64, Failure> {
        self.now = Micros(self.now.0 + 1_000);
        let start = cpu_micros();
        let taken = self.engine.submit(self.now, batch.clone(), &SubmitOptions::default()).map_err(broken)?;
        self.engine.poll(self.now, &mut self.out).map_err(broken)?;
        let micros = cpu_micros() - start;
        taken.map_err(|refused| format!("{refused:?}"))?;
        let mut left = SMALL;
        while left > 0 {
            let mut idle = true;
            for action in std::mem::take(&mut self.out.actions) {
                idle = false;
                self.act(action, &Bytes::new())?;
            }
            self.engine.poll(self.now, &mut self.out).map_err(broken)?;
            left -= self.out.answers.iter().count();
            if idle && left > 0 && self.out.actions.is_empty() {
                return Err(format!("{left} commands have no answer").into());
            }
        }
        Ok(micros)
    }

    fn connected(&mut self, link: LinkId) -> Result<(), Failure> {
        self.handle(Input::Connected { link, credentials: None })
    }

    fn wrote(&mut self, link: LinkId, bytes: usize) -> Result<(), Failure> {
        let total = self.written.entry(link).or_default();
        *total += bytes as u64;
        let total = *total;
        self.handle(Input::Written { link, total })
    }

    fn handle(&mut self, input: Input) -> Result<(), Failure> {
        self.engine.handle(self.now, input).map_err(broken)
    }
}

fn broken(Broken(text): Broken) -> Failure {
    text.into()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
