//! CLUSTER SLOTS and CLUSTER NODES: an honest pair gives the map that it was made of; whatever else is said, the map
//! stays one that commands can be sent by.

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use bytes::Bytes;
use slotpipe_core::{
    port::Address,
    route::{
        slot::{SLOTS, Slot},
        topology::{NodeId, Topology, View},
    },
};

use crate::{
    reference::Value,
    resp::{self, bulk},
};

/// An honest view; then views with lies in them, adopted by a map with little room.
pub fn run(data: &[u8]) {
    let _ = try_run(&mut Unstructured::new(data));
}

fn try_run(given: &mut Unstructured<'_>) -> Result<()> {
    let resp3 = given.arbitrary()?;
    let told = Told::any(given)?;
    let view = view(&told.slots(), &bulk(told.nodes()), resp3).expect("a view as servers give it");
    let mut map = Topology::new(1_000);
    map.adopt(&[view]);
    told.is_the_map(&map);
    is_sound(&map, 1_000);

    let room = given.int_in_range(0..=6)?;
    let mut small = Topology::new(room);
    for _ in 0..given.int_in_range(0..=2)? {
        let mut views = Vec::new();
        for _ in 0..given.int_in_range(1..=2)? {
            let told = Told::any(given)?;
            let (mut slots, mut nodes) = (told.slots(), told.nodes());
            for _ in 0..given.int_in_range(0..=3)? {
                lie(&mut slots, given)?;
            }
            for _ in 0..given.int_in_range(0..=4)? {
                misspell(&mut nodes, given)?;
            }
            views.extend(self::view(&slots, &bulk(nodes), resp3));
        }
        small.adopt(&views);
        is_sound(&small, room);
        if given.ratio(1, 8)? {
            small.adopt_standalone(&Address::new("10.0.0.1", 6379));
            is_sound(&small, room);
        }
    }
    if let Ok(text) = std::str::from_utf8(given.peek_bytes(given.len()).unwrap_or_default())
        && let Ok(map) = Topology::from_nodes_text(text)
    {
        is_sound(&map, usize::MAX);
    }
    Ok(())
}

fn view(slots: &Value, nodes: &Value, resp3: bool) -> Option<View> {
    let tape = |value: &Value| {
        let mut bytes = Vec::new();
        resp::write(value, resp3, &mut bytes);
        resp::decoded(&bytes)
    };
    let (slots, nodes): ((Vec<u32>, Vec<Bytes>), _) = (tape(slots)?, tape(nodes)?);
    let from = Address::new("10.0.0.1", 6379);
    Topology::read_view((&slots.0, &slots.1), (&nodes.0, &nodes.1), &from, false).ok()
}

/// Nothing that is said makes a map by which nothing can be sent.
fn is_sound(map: &Topology, room: usize) {
    let nodes: Vec<NodeId> = map.nodes().collect();
    assert!(nodes.len() <= room, "{} nodes where {room} have room", nodes.len());
    for &id in &nodes {
        let Address { host, port } = &map.node(id).address;
        let is_name = |c: char| c.is_ascii_alphanumeric() || ".-_:%".contains(c);
        assert!(*port > 0 && (1..=253).contains(&host.len()) && host.chars().all(is_name), "{host:?}:{port}");
        assert_eq!(map.find(&map.node(id).address), Some(id));
    }
    let mut behind = 0;
    for (first, last, owner) in map.ranges() {
        assert!(behind <= first && first <= last && last < SLOTS, "{first}-{last} behind {behind}");
        behind = last + 1;
        let slot = Slot::new(first).expect("a slot");
        assert_eq!(map.owner(slot), Some(owner));
        assert!(nodes.contains(&owner), "{first}-{last} belongs to nobody");
        assert!(map.owners().contains(&owner));
        let replicas = map.replicas(slot);
        assert!(
            !replicas.contains(&owner) && replicas.iter().all(|one| nodes.contains(one)),
            "replicas of {first}-{last}"
        );
        assert!((1..replicas.len()).all(|at| !replicas[..at].contains(&replicas[at])), "a replica twice");
    }
}

/// Puts something else in the place of a value somewhere inside.
fn lie(value: &mut Value, given: &mut Unstructured<'_>) -> Result<()> {
    if let Value::Array(elements) | Value::Map(elements) = value
        && !elements.is_empty()
        && !given.ratio(1, 10)?
    {
        let at = given.choose_index(elements.len())?;
        return lie(&mut elements[at], given);
    }
    *value = match (value.clone(), given.int_in_range(0..=3)?) {
        (Value::Int(_), 0..=2) => {
            Value::Int(*given.choose(&[-1, 0, 1, 100, 16_383, 16_384, 65_535, 65_536, i64::MAX])?)
        }
        (Value::Bulk(_), 0..=2) => {
            bulk(*given.choose(&["", "?", "a b", "a\0b", "__proto__", "::1", "[::1]", "169.254.169.254", "n0"])?)
        }
        _ => resp::any(given, 2)?,
    };
    Ok(())
}

/// Puts a byte or a word in, or takes a piece away.
fn misspell(text: &mut String, given: &mut Unstructured<'_>) -> Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let at = given.choose_index(text.len())?;
    match given.int_in_range(0..=2)? {
        0 => text.insert_str(
            at,
            given.choose(&[" ", ",", "@", "\n", "-", "[5->-n1]", "[9-<-n0]", " 0-16383", "fail", ":", "é"])?,
        ),
        1 => drop(text.remove(at)),
        _ => {
            let end = (at + given.int_in_range(0..=40)?).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, "");
            }
        }
    }
    Ok(())
}

/// A cluster as one of its nodes shows it.
struct Told {
    /// First slot, last slot, primary.
    ranges: Vec<(u16, u16, usize)>,
    /// The primary of each node; its own number for a primary.
    primaries: Vec<usize>,
    epochs: Vec<u16>,
}

impl Told {
    fn any(given: &mut Unstructured<'_>) -> Result<Self> {
        let count = given.int_in_range(1..=6)?;
        let mut primaries = Vec::new();
        for node in 0..count {
            let primary = if node > 0 && given.ratio(1, 3)? { given.choose_index(node)? } else { node };
            // A replica of a replica is none of this cluster's.
            primaries.push(if primary < node && primaries[primary] != primary { node } else { primary });
        }
        let owners: Vec<usize> = (0..count).filter(|&node| primaries[node] == node).collect();
        let (mut ranges, mut next) = (Vec::new(), 0_u16);
        while next < SLOTS && ranges.len() < 12 && !given.is_empty() {
            let first = next.saturating_add(*given.choose(&[0, 0, 0, 1, 700])?);
            let last = first.saturating_add(*given.choose(&[0, 1, 99, 4_000, 16_383])?).min(SLOTS - 1);
            if first > last {
                break;
            }
            ranges.push((first, last, *given.choose(&owners)?));
            next = last + 1;
        }
        let epochs = (0..count).map(|_| given.arbitrary()).collect::<Result<_>>()?;
        Ok(Self { ranges, primaries, epochs })
    }

    fn slots(&self) -> Value {
        let node = |node: usize| {
            Value::Array(vec![
                bulk(host(node)),
                Value::Int(port(node).into()),
                bulk(format!("n{node}")),
                Value::Map(Vec::new()),
            ])
        };
        let entry = |&(first, last, primary): &(u16, u16, usize)| {
            let mut entry = vec![Value::Int(first.into()), Value::Int(last.into()), node(primary)];
            entry.extend(self.replicas(primary).map(node));
            Value::Array(entry)
        };
        Value::Array(self.ranges.iter().map(entry).collect())
    }

    fn nodes(&self) -> String {
        let mut text = String::new();
        for (node, &primary) in self.primaries.iter().enumerate() {
            let (role, of) =
                if primary == node { ("master", "-".to_owned()) } else { ("slave", format!("n{primary}")) };
            let me = if node == 0 { "myself," } else { "" };
            let (host, port, epoch) = (host(node), port(node), self.epochs[node]);
            text += &format!("n{node} {host}:{port}@1{port} {me}{role} {of} 0 0 {epoch} connected");
            for (first, last, _) in self.ranges.iter().filter(|&&(_, _, owner)| owner == node) {
                text += &format!(" {first}-{last}");
            }
            text.push('\n');
        }
        text
    }

    fn replicas(&self, of: usize) -> impl Iterator<Item = usize> {
        self.primaries
            .iter()
            .enumerate()
            .filter(move |&(node, &primary)| primary == of && node != of)
            .map(|(node, _)| node)
    }

    fn is_the_map(&self, map: &Topology) {
        let address = |id: NodeId| map.node(id).address.clone();
        let mut owned: BTreeMap<u16, usize> = BTreeMap::new();
        for &(first, last, owner) in &self.ranges {
            owned.extend([first, last, first.midpoint(last)].map(|slot| (slot, owner)));
        }
        for (&slot, &owner) in &owned {
            let slot = Slot::new(slot).expect("a slot");
            assert_eq!(map.owner(slot).map(address), Some(Address::new(host(owner), port(owner))));
            let replicas: Vec<Address> = map.replicas(slot).iter().copied().map(address).collect();
            let expected: Vec<Address> =
                self.replicas(owner).map(|node| Address::new(host(node), port(node))).collect();
            assert_eq!(replicas, expected);
        }
        let covered: usize = self.ranges.iter().map(|&(first, last, _)| usize::from(last - first) + 1).sum();
        let told: usize = map.ranges().iter().map(|&(first, last, _)| usize::from(last - first) + 1).sum();
        assert_eq!(told, covered, "slots without an owner");
        for node in 0..self.primaries.len() {
            assert!(map.is_listed(&Address::new(host(node), port(node))), "node {node} is not listed");
        }
    }
}

fn host(node: usize) -> &'static str {
    ["10.0.0.1", "10.0.0.1", "node-2.example.com", "::1", "fe80::1%eth0", "redis_5"][node]
}

fn port(node: usize) -> u16 {
    [6379, 6380, 7000, 1, 65_535, 6379][node]
}
