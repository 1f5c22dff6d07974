//! A scan over random clusters whose slots move while it is under way, against what was there all the time.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use slotpipe_core::{
    config,
    port::{Address, Micros},
    route::{
        scan::{Next, Scan},
        slot::Slot,
        topology::{NodeId, Topology, View},
    },
    wire::decode::Decoder,
};

const NODES: u16 = 4;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Servers whose SCAN gives keys in the order of a hash; the cursor is the next one.
struct World {
    random: Random,
    owners: Vec<u16>,
    /// Slots under way to another node.
    moving: BTreeMap<u16, u16>,
    keys: Vec<BTreeSet<String>>,
    /// Slots that were ever under way, and keys whose pass was lost: these may be given twice.
    restless: BTreeSet<u16>,
}

fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) | 1
}

impl World {
    fn new(seed: u64) -> Self {
        let owners = (0..16_384u16).map(|slot| slot % NODES).collect();
        let keys = vec![BTreeSet::new(); usize::from(NODES)];
        let mut world = Self { random: Random(seed), owners, moving: BTreeMap::new(), keys, restless: BTreeSet::new() };
        for number in 0..120 {
            world.put(format!("key:{number}"));
        }
        world
    }

    fn put(&mut self, key: String) {
        let slot = Slot::of(key.as_bytes()).number();
        self.keys[usize::from(self.owners[usize::from(slot)])].insert(key);
    }

    fn scan(&self, node: u16, cursor: u64, count: usize) -> (u64, Vec<String>) {
        let mut all: Vec<_> = self.keys[usize::from(node)].iter().map(|key| (hash(key), key.clone())).collect();
        all.sort();
        all.retain(|(at, _)| *at >= cursor);
        (all.get(count).map_or(0, |(at, _)| *at), all.into_iter().take(count).map(|(_, key)| key).collect())
    }

    /// Something moves, in one direction only: what comes back between two looks is beyond what a scan notices.
    fn stir(&mut self) {
        match self.random.below(4) {
            0 => {
                let key = format!("key:{}", self.random.below(120));
                let slot = Slot::of(key.as_bytes()).number();
                let from = self.owners[usize::from(slot)];
                if from + 1 < NODES && !self.moving.contains_key(&slot) {
                    self.moving.insert(slot, from + 1);
                    self.restless.insert(slot);
                }
            }
            1 | 2 => {
                let pick = self.random.below(self.moving.len().max(1));
                let Some((&slot, &to)) = self.moving.iter().nth(pick) else { return };
                let from = usize::from(self.owners[usize::from(slot)]);
                let key = self.keys[from].iter().find(|key| Slot::of(key.as_bytes()).number() == slot).cloned();
                if let Some(key) = key {
                    self.keys[from].remove(&key);
                    self.keys[usize::from(to)].insert(key);
                } else {
                    self.owners[usize::from(slot)] = to;
                    self.moving.remove(&slot);
                }
            }
            _ => {
                let passing = format!("passing:{}", self.random.below(40));
                if !self.keys.iter_mut().any(|keys| keys.remove(&passing)) {
                    self.put(passing);
                }
            }
        }
    }

    /// What a node says of the cluster: only its own line has marks.
    fn view(&self, node: u16) -> View {
        let mut slots = format!("*{}\r\n", self.owners.len());
        for (slot, owner) in self.owners.iter().enumerate() {
            slots += &format!("*3\r\n:{slot}\r\n:{slot}\r\n*3\r\n$1\r\nh\r\n:{}\r\n$1\r\n{owner}\r\n", owner + 1);
        }
        let mut nodes = String::new();
        for other in 0..NODES {
            let myself = if other == node { "myself," } else { "" };
            nodes += &format!("{other} h:{}@9 {myself}master - 0 0 1 connected", other + 1);
            for (slot, to) in self.moving.iter().filter(|_| other == node) {
                let from = self.owners[usize::from(*slot)];
                if from == node {
                    nodes += &format!(" [{slot}->-{to}]");
                } else if *to == node {
                    nodes += &format!(" [{slot}-<-{from}]");
                }
            }
            nodes += "\n";
        }
        let mut decoder = Decoder::new(config::Limits::default().decode);
        decoder.feed(Bytes::from(format!("{slots}${}\r\n{nodes}\r\n", nodes.len())));
        let mut tape = || decoder.next().unwrap().map(|frame| (frame.words.to_vec(), frame.buffers.to_vec())).unwrap();
        let (slots, nodes) = (tape(), tape());
        Topology::read_view((&slots.0, &slots.1), (&nodes.0, &nodes.1), &Address::new("h", node + 1), false).unwrap()
    }
}

/// A node, when it was asked, and what it said.
type Asked = (NodeId, Micros, View);

/// One whole scan; how often each key was given.
fn scanned(world: &mut World, stirring: usize) -> BTreeMap<String, usize> {
    let (mut scan, mut map) = (Scan::default(), Topology::new(100));
    let (mut seen, mut given) = (BTreeMap::<NodeId, Micros>::new(), BTreeMap::new());
    map.adopt(&[world.view(0)]);
    let number = |map: &Topology, node: NodeId| map.node(node).address.port - 1;
    let mut under_way: Option<(usize, Vec<Asked>)> = None;
    for step in 0..20_000 {
        let now = Micros(1_000 + step as u64);
        if step < stirring {
            world.stir();
        } else if !world.moving.is_empty() {
            world.stir();
            continue;
        }
        if let Some((at, views)) = under_way.take_if(|(at, _)| *at <= step) {
            assert!(at <= step);
            map.adopt(&views.iter().map(|(.., view)| view.clone()).collect::<Vec<_>>());
            seen.extend(views.iter().map(|&(node, asked, _)| (node, asked)));
            scan.look(&map, &|node| seen.get(&node).copied());
        }
        let next = scan.next(&map, &|node| seen.get(&node).copied(), now);
        if under_way.is_none() && (next == Next::Wait || world.random.below(20) == 0) {
            let views = scan.wanted(&map).into_iter().map(|node| (node, now, world.view(number(&map, node)))).collect();
            under_way = Some((step + 1 + world.random.below(5), views));
        }
        match next {
            Next::Done => return given,
            Next::Wait => {}
            Next::Read { node, .. } if world.random.below(200) == 0 => {
                let lost = world.keys[usize::from(number(&map, node))].clone();
                world.restless.extend(lost.iter().map(|key| Slot::of(key.as_bytes()).number()));
                scan.begin_pass_anew();
            }
            Next::Read { node, cursor } => {
                let count = 1 + world.random.below(6);
                let (cursor, keys) = world.scan(number(&map, node), cursor, count);
                for key in keys.into_iter().filter(|key| scan.gives(key.as_bytes(), &map)) {
                    *given.entry(key).or_default() += 1;
                }
                scan.read(cursor, &map, now);
            }
        }
    }
    panic!("the scan does not end: {:?} is left", scan.first_left());
}

#[test]
fn every_key_that_is_there_throughout_is_given_and_none_twice_that_stayed_where_it_was() {
    for seed in 0..24 {
        let mut world = World::new(seed);
        let stirring = [0, 40, 400][usize::try_from(seed % 3).unwrap()];
        let given = scanned(&mut world, stirring);
        for number in 0..120 {
            assert!(given.contains_key(&format!("key:{number}")), "seed {seed}: key:{number} is missing");
        }
        for (key, times) in given.into_iter().filter(|(key, _)| key.starts_with("key")) {
            let is_restless = world.restless.contains(&Slot::of(key.as_bytes()).number());
            assert!(times == 1 || is_restless, "seed {seed}: {key} was given {times} times");
        }
    }
}

#[test]
fn a_scan_does_not_end_while_a_slot_is_under_way() {
    let mut world = World::new(1);
    world.moving.insert(8, 1);
    let (mut scan, mut map) = (Scan::default(), Topology::new(100));
    map.adopt(&(0..NODES).map(|node| world.view(node)).collect::<Vec<_>>());
    let mut ends = 0;
    for now in (0..100).map(Micros) {
        match scan.next(&map, &|_| Some(now), now) {
            Next::Read { .. } => ends += u16::from(scan.read(0, &map, now)),
            next @ (Next::Wait | Next::Done) => assert_eq!((next, ends), (Next::Wait, NODES), "each node is read once"),
        }
        scan.look(&map, &|_| Some(now));
    }
    assert_eq!(scan.first_left().map(Slot::number), Some(8));
    assert!(scan.wanted(&map).contains(&map.find(&Address::new("h", 1)).unwrap()), "its source is asked");
    assert!(scan.wanted(&map).contains(&map.find(&Address::new("h", 2)).unwrap()), "and its target");
}

#[test]
fn a_single_server_is_read_once_and_not_asked_for_a_map() {
    let mut map = Topology::new(10);
    map.adopt_standalone(&Address::new("h", 1));
    let mut scan = Scan::default();
    let now = Micros(5);
    for cursor in [7, 0] {
        assert!(matches!(scan.next(&map, &|_| None, now), Next::Read { .. }));
        assert!(scan.gives(b"key", &map));
        scan.read(cursor, &map, now);
    }
    assert_eq!(scan.next(&map, &|_| None, now), Next::Done);
}
