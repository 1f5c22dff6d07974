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

/// Servers whose SCAN gives keys in the order of a hash; the cursor is the next one. Each knows of the cluster what it
/// was told: a slot is handed over at its target first, then at its source, and the others hear of it some time.
struct World {
    random: Random,
    /// Who serves a slot.
    owners: Vec<u16>,
    /// Whom each node takes for its owner.
    believed: Vec<Vec<u16>>,
    /// The config epochs that each node knows.
    epochs: Vec<Vec<u16>>,
    /// Slots under way to another node, and how many there are at most.
    moving: BTreeMap<u16, Moving>,
    at_once: usize,
    keys: Vec<BTreeSet<String>>,
    /// Slots that were ever under way, and keys whose pass was lost: these may be given twice.
    restless: BTreeSet<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Moving {
    from: u16,
    to: u16,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The target has its mark.
    Importing,
    /// The source too.
    Migrating,
    /// The target owns the slot, and the source does not know it.
    Handed,
    /// The source knows; but the target may have heard from it, before, that it is the source's with a newer epoch. Then
    /// each says that it is the other's.
    Told,
}

fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) | 1
}

impl World {
    fn new(seed: u64) -> Self {
        let owners: Vec<u16> = (0..16_384u16).map(|slot| slot / (16_384 / NODES)).collect();
        let nodes = usize::from(NODES);
        let mut world = Self {
            random: Random(seed),
            believed: vec![owners.clone(); nodes],
            owners,
            epochs: vec![(1..=NODES).collect(); nodes],
            moving: BTreeMap::new(),
            at_once: if seed.is_multiple_of(2) { 1 } else { 20 },
            keys: vec![BTreeSet::new(); nodes],
            restless: BTreeSet::new(),
        };
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
                if from + 1 < NODES && !self.moving.contains_key(&slot) && self.moving.len() < self.at_once {
                    self.moving.insert(slot, Moving { from, to: from + 1, step: Step::Importing });
                    self.restless.insert(slot);
                }
            }
            1 | 2 => {
                let pick = self.random.below(self.moving.len().max(1));
                if let Some((&slot, &moving)) = self.moving.iter().nth(pick) {
                    self.advance(slot, moving);
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

    fn advance(&mut self, slot: u16, Moving { from, to, step }: Moving) {
        let (source, target, at) = (usize::from(from), usize::from(to), usize::from(slot));
        let key = self.keys[source].iter().find(|key| Slot::of(key.as_bytes()).number() == slot).cloned();
        let greatest = self.epochs.iter().flatten().copied().max().unwrap();
        let next = match (step, key) {
            (Step::Importing, _) => Step::Migrating,
            (Step::Migrating, Some(key)) => {
                self.keys[source].remove(&key);
                self.keys[target].insert(key);
                return;
            }
            (Step::Migrating, None) => {
                if self.believed.iter().any(|believed| *believed != self.owners) {
                    return;
                }
                if self.epochs[target][target] < greatest {
                    self.epochs[target][target] = greatest + 1;
                }
                self.believed[target][at] = to;
                self.owners[at] = to;
                Step::Handed
            }
            (Step::Handed, _) if self.random.below(4) == 0 => {
                // Two nodes took one epoch, and the source is the one to take another.
                self.epochs[source][source] = greatest + 1;
                self.hear_from(target, source);
                return;
            }
            (Step::Handed, _) => {
                self.believed[source][at] = to;
                Step::Told
            }
            (Step::Told, _) => {
                if self.believed[target][at] != to {
                    // Repaired.
                    self.epochs[target][target] = greatest + 1;
                    self.believed[target][at] = to;
                }
                self.moving.remove(&slot);
                return;
            }
        };
        self.moving.insert(slot, Moving { from, to, step: next });
    }

    /// A node hears from another what that one owns.
    fn hear(&mut self) {
        let [node, other] = [(); 2].map(|()| self.random.below(usize::from(NODES)));
        self.hear_from(node, other);
    }

    fn hear_from(&mut self, node: usize, other: usize) {
        let epoch = self.epochs[other][other];
        let Ok(name) = u16::try_from(other) else { return };
        for slot in self.restless.iter().map(|&slot| usize::from(slot)) {
            let known = usize::from(self.believed[node][slot]);
            let yields = self.epochs[node][known] < epoch || usize::from(self.believed[known][slot]) != known;
            if self.believed[other][slot] == name && known != other && yields {
                self.believed[node][slot] = name;
            }
        }
        self.epochs[node][other] = epoch;
    }

    /// What a node says of the cluster: only its own line has marks.
    fn view(&self, node: u16) -> View {
        let believed = &self.believed[usize::from(node)];
        let (mut slots, mut ranges, mut first) = (String::new(), 0, 0);
        for range in believed.chunk_by(|a, b| a == b) {
            let (owner, last) = (range[0], first + range.len() - 1);
            slots += &format!("*3\r\n:{first}\r\n:{last}\r\n*3\r\n$1\r\nh\r\n:{}\r\n$1\r\n{owner}\r\n", owner + 1);
            (ranges, first) = (ranges + 1, last + 1);
        }
        let mut nodes = String::new();
        for other in 0..NODES {
            let myself = if other == node { "myself," } else { "" };
            let epoch = self.epochs[usize::from(node)][usize::from(other)];
            nodes += &format!("{other} h:{}@9 {myself}master - 0 0 {epoch} connected", other + 1);
            for (slot, Moving { from, to, step }) in self.moving.iter().filter(|_| other == node) {
                if *from == node
                    && matches!(step, Step::Migrating | Step::Handed)
                    && believed[usize::from(*slot)] == node
                {
                    nodes += &format!(" [{slot}->-{to}]");
                } else if *to == node && matches!(step, Step::Importing | Step::Migrating) {
                    nodes += &format!(" [{slot}-<-{from}]");
                }
            }
            nodes += "\n";
        }
        let mut decoder = Decoder::new(config::Limits::default().decode);
        decoder.feed(Bytes::from(format!("*{ranges}\r\n{slots}${}\r\n{nodes}\r\n", nodes.len())));
        let mut tape = || decoder.next().unwrap().map(|frame| (frame.words.to_vec(), frame.buffers.to_vec())).unwrap();
        let (slots, nodes) = (tape(), tape());
        Topology::read_view((&slots.0, &slots.1), (&nodes.0, &nodes.1), &Address::new("h", node + 1), false).unwrap()
    }
}

/// Nodes that were asked at one instant; each answers when it comes to it, and they are heard together.
struct Round {
    asked: Micros,
    /// A node, the step in which it answers, and what it has said.
    asks: Vec<(NodeId, usize, Option<View>)>,
    ends: usize,
}

/// A page that has been read and not heard yet.
struct Page {
    cursor: u64,
    keys: Vec<String>,
    heard: usize,
}

/// One whole scan; how often each key was given.
fn scanned(world: &mut World, stirring: usize) -> BTreeMap<String, usize> {
    let (mut scan, mut map) = (Scan::default(), Topology::new(100));
    let (mut seen, mut given) = (BTreeMap::<NodeId, Micros>::new(), BTreeMap::new());
    map.adopt(&[world.view(0)]);
    let number = |map: &Topology, node: NodeId| map.node(node).address.port - 1;
    let (mut under_way, mut page): (Option<Round>, Option<Page>) = (None, None);
    for step in 0..20_000 {
        let now = Micros(20_000 * step as u64);
        if step < stirring || !world.moving.is_empty() {
            world.stir();
        }
        world.hear();
        for (node, _, view) in under_way.iter_mut().flat_map(|round| &mut round.asks).filter(|(_, at, _)| *at == step) {
            *view = Some(world.view(number(&map, *node)));
        }
        if let Some(Round { asked, asks, .. }) = under_way.take_if(|round| round.ends == step) {
            let (nodes, views): (Vec<_>, Vec<_>) =
                asks.into_iter().filter_map(|(node, _, view)| Some((node, view?))).unzip();
            map.adopt(&views);
            seen.extend(nodes.into_iter().map(|node| (node, asked)));
            scan.look(&map, &|node| seen.get(&node).copied());
        }
        if let Some(Page { cursor, keys, .. }) = page.take_if(|page| page.heard == step) {
            for key in keys.into_iter().filter(|key| scan.gives(key.as_bytes(), &map)) {
                *given.entry(key).or_default() += 1;
            }
            scan.read(cursor, &map, now);
        }
        let next = if page.is_some() { None } else { Some(scan.next(&map, &|node| seen.get(&node).copied(), now)) };
        if under_way.is_none() && (next == Some(Next::Wait) || world.random.below(20) == 0) {
            // A round asks whomever it likes, too.
            let mut nodes = scan.wanted(&map);
            nodes.extend(map.owners().iter().filter(|_| world.random.below(2) == 0));
            nodes.sort();
            nodes.dedup();
            let spread = 1 + world.random.below(30);
            let ends = step + spread + world.random.below(3);
            let asks = nodes.into_iter().map(|node| (node, step + 1 + world.random.below(spread), None)).collect();
            under_way = Some(Round { asked: now, asks, ends });
        }
        match next {
            Some(Next::Done) => return given,
            Some(Next::Wait) | None => {}
            Some(Next::Read { node, .. }) if world.random.below(200) == 0 => {
                let lost = world.keys[usize::from(number(&map, node))].clone();
                world.restless.extend(lost.iter().map(|key| Slot::of(key.as_bytes()).number()));
                scan.begin_pass_anew();
            }
            Some(Next::Read { node, cursor }) => {
                let count = 1 + world.random.below(6);
                let (cursor, keys) = world.scan(number(&map, node), cursor, count);
                page = Some(Page { cursor, keys, heard: step + 1 + world.random.below(2) });
            }
        }
    }
    panic!("the scan does not end: {:?} is left", scan.first_left());
}

#[test]
fn every_key_that_is_there_throughout_is_given_and_none_twice_that_stayed_where_it_was() {
    for seed in 0..90 {
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
    world.moving.insert(8, Moving { from: 0, to: 1, step: Step::Migrating });
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
