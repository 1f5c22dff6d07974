//! What a refresh costs: 1000 nodes, in runs of slots and with owners that alternate slot by slot.
//!
//! `cargo bench -p slotpipe-core --bench topology`

use std::fmt::Write;

use bytes::Bytes;
use divan::{Bencher, black_box};
use slotpipe_core::{
    port::Address,
    route::{
        slot::{SLOTS, Slot},
        topology::{Topology, View},
    },
    wire::tape::tag,
};

fn main() {
    divan::main();
}

const PRIMARIES: u16 = 500;

/// How many slots in a row have one owner; 1 is the worst that can be.
const RUNS: [u16; 2] = [1, 33];

struct Replies {
    slots: (Vec<u32>, [Bytes; 1]),
    nodes: (Vec<u32>, [Bytes; 1]),
}

impl Replies {
    /// 500 primaries with a replica each.
    fn new(run: u16) -> Self {
        let mut text = String::new();
        let mut owned: Vec<String> = vec![String::new(); usize::from(PRIMARIES)];
        let (mut words, mut bytes) = (vec![tag::ARRAY, 0], Vec::new());
        for (entry, first) in (0..SLOTS).step_by(usize::from(run)).enumerate() {
            let last = (first + run).min(SLOTS) - 1;
            let owner = u16::try_from(entry % usize::from(PRIMARIES)).unwrap();
            write!(owned[usize::from(owner)], " {first}-{last}").unwrap();
            words[1] += 1;
            words.extend([tag::ARRAY, 4, tag::INT, u32::from(first), 0, tag::INT, u32::from(last), 0]);
            for node in [owner, owner + PRIMARIES] {
                words.extend([tag::ARRAY, 4]);
                bulk(&mut words, &mut bytes, &ip(node));
                words.extend([tag::INT, 6379, 0]);
                bulk(&mut words, &mut bytes, &name(node));
                words.extend([tag::ARRAY, 0]);
            }
        }
        for node in 0..PRIMARIES * 2 {
            let place = format!("{} {}:6379@16379", name(node), ip(node));
            match owned.get(usize::from(node)) {
                Some(slots) => writeln!(text, "{place} master - 0 1795226281000 {node} connected{slots}").unwrap(),
                None => {
                    let primary = name(node - PRIMARIES);
                    writeln!(text, "{place} slave {primary} 0 1795226281000 1 connected").unwrap();
                }
            }
        }
        let nodes = vec![tag::BULK, 0, 0, u32::try_from(text.len()).unwrap()];
        Self { slots: (words, [Bytes::from(bytes)]), nodes: (nodes, [Bytes::from(text)]) }
    }

    fn read(&self) -> View {
        let from = Address::new("10.0.0.1", 6379);
        Topology::read_view((&self.slots.0, &self.slots.1), (&self.nodes.0, &self.nodes.1), &from, false).unwrap()
    }
}

fn bulk(words: &mut Vec<u32>, bytes: &mut Vec<u8>, text: &str) {
    words.extend([tag::BULK, 0, u32::try_from(bytes.len()).unwrap(), u32::try_from(text.len()).unwrap()]);
    bytes.extend(text.bytes());
}

fn ip(node: u16) -> String {
    format!("10.0.{}.{}", node / 250, node % 250 + 1)
}

/// 40 digits that do not begin alike, as the servers' random ones.
fn name(node: u16) -> String {
    let digits = u64::from(node + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{digits:016x}{digits:016x}{:08x}", node)
}

fn adopted(view: &View) -> Topology {
    let mut map = Topology::new(1000);
    map.adopt(std::slice::from_ref(view));
    map
}

/// A whole refresh: both replies of one node read, and adopted by a map that knows the cluster.
#[divan::bench(args = RUNS)]
fn refresh(bencher: Bencher<'_, '_>, run: u16) {
    let replies = Replies::new(run);
    let mut map = adopted(&replies.read());
    bencher.bench_local(|| map.adopt(&[black_box(&replies).read()]));
}

#[divan::bench(args = RUNS)]
fn read_view(bencher: Bencher<'_, '_>, run: u16) {
    let replies = Replies::new(run);
    bencher.bench_local(|| black_box(&replies).read());
}

/// The first map of a client.
#[divan::bench(args = RUNS)]
fn first_adopt(bencher: Bencher<'_, '_>, run: u16) {
    let view = Replies::new(run).read();
    bencher.bench_local(|| adopted(black_box(&view)));
}

#[divan::bench(args = [2, 3, 5])]
fn adopt_views(bencher: Bencher<'_, '_>, views: usize) {
    let views = vec![Replies::new(1).read(); views];
    let mut map = adopted(&views[0]);
    bencher.bench_local(|| map.adopt(black_box(&views)));
}

/// MOVED after MOVED, each slot to the next node.
#[divan::bench]
fn patch(bencher: Bencher<'_, '_>) {
    let mut map = adopted(&Replies::new(33).read());
    let nodes: Vec<_> = map.primaries().collect();
    let mut turn = 0usize;
    bencher.bench_local(|| {
        turn += 1;
        let slot = Slot::new(u16::try_from(turn % usize::from(SLOTS)).unwrap()).unwrap();
        map.patch(slot, nodes[turn / 7 % nodes.len()]);
    });
}
