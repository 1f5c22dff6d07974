//! Who has a slot, as each node sees it, and how word of it spreads.

use std::sync::Arc;

use super::{Conn, Event, Model, NodeId, Reply, SLOTS, slot_of};

/// What a node tells clients to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announce {
    /// Its address (`cluster-preferred-endpoint-type ip`).
    Ip,
    /// A name (`hostname`).
    Hostname(String),
    /// `hostname` without a name: `?`.
    Unnamed,
    /// `unknown-endpoint`: nothing; the client is to use the host that it asked.
    Nothing,
}

/// The cluster as one node sees it.
#[derive(Clone, Debug)]
pub(super) struct View {
    owners: Arc<[Option<NodeId>]>,
    pub(super) peers: Vec<Peer>,
    pub(super) current_epoch: u64,
}

/// A node as another sees it.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    pub(super) epoch: u64,
    pub(super) primary: Option<NodeId>,
    pub(super) failed: bool,
}

/// What a node says of itself.
#[derive(Clone, Debug)]
pub(super) struct Claims {
    pub(super) of: NodeId,
}

impl View {
    pub(super) fn shared_evenly(primaries: u8, nodes: u8) -> Self {
        let (count, slots) = (usize::from(primaries), usize::from(SLOTS));
        let edge = |index: u8| slots * usize::from(index) / count;
        let owner = |slot: usize| (0..primaries).find(|index| slot < edge(index + 1)).map(NodeId);
        let peer = |index: u8| Peer {
            epoch: u64::from(index % primaries) + 1,
            primary: (index >= primaries).then_some(NodeId(index % primaries)),
            failed: false,
        };
        Self {
            owners: (0..slots).map(owner).collect(),
            peers: (0..nodes).map(peer).collect(),
            current_epoch: primaries.into(),
        }
    }

    pub(super) fn owner(&self, slot: u16) -> Option<NodeId> {
        self.owners[usize::from(slot)]
    }
}

impl Model {
    /// Who serves a slot by its own word, and by that of the newest epoch if several say so.
    pub fn owner(&self, slot: u16) -> Option<NodeId> {
        let says_so = self.nodes.iter().filter(|node| node.view.owner(slot) == Some(node.id));
        says_so.max_by_key(|node| node.view.peers[usize::from(node.id.0)].epoch).map(|node| node.id)
    }

    pub(super) fn redirect(&self, conn: Conn, keys: &[&[u8]], _asking: bool) -> Option<Reply> {
        let slot = slot_of(keys.first()?);
        if keys.iter().any(|key| slot_of(key) != slot) {
            return Some(Reply::error("CROSSSLOT Keys in request don't hash to the same slot"));
        }
        let here = self.conns.get(&conn)?.node;
        let owner = self.node(here).view.owner(slot)?;
        (owner != here).then(|| Reply::error(format!("MOVED {slot} {}", self.address(owner))))
    }

    pub(super) fn hear(&mut self, _to: NodeId, _claims: &Claims) {}

    pub(super) fn cluster_command(&mut self, node: NodeId, argv: &[Vec<u8>]) -> Reply {
        match argv[1].to_ascii_uppercase().as_slice() {
            b"SLOTS" => self.cluster_slots(node),
            b"NODES" => self.cluster_nodes(node),
            b"MYID" => Reply::bulk(&self.node(node).name),
            b"KEYSLOT" if argv.len() == 3 => Reply::Int(slot_of(&argv[2]).into()),
            _ => Reply::error("ERR unknown subcommand"),
        }
    }

    fn cluster_slots(&self, at: NodeId) -> Reply {
        let endpoint = |id: NodeId| {
            let node = self.node(id);
            Reply::Array(vec![
                Reply::bulk(&node.host),
                Reply::Int(node.port.into()),
                Reply::bulk(&node.name),
                Reply::Array(Vec::new()),
            ])
        };
        let ranges = self.ranges(at).into_iter().map(|(first, last, owner)| {
            let mut row = vec![Reply::Int(first.into()), Reply::Int(last.into()), endpoint(owner)];
            let replicas = self.nodes().filter(|id| self.peer(at, *id).primary == Some(owner));
            row.extend(replicas.map(endpoint));
            Reply::Array(row)
        });
        Reply::Array(ranges.collect())
    }

    fn cluster_nodes(&self, at: NodeId) -> Reply {
        let mut text = String::new();
        for node in &self.nodes {
            let peer = self.peer(at, node.id);
            let myself = if node.id == at { "myself," } else { "" };
            let role = if peer.primary.is_some() { "slave" } else { "master" };
            let primary = peer.primary.map_or("-", |id| &self.node(id).name);
            text.push_str(&format!(
                "{} {}:{}@{} {myself}{role} {primary} 0 0 {} connected",
                node.name,
                node.host,
                node.port,
                node.port + 10_000,
                peer.epoch
            ));
            for (first, last, owner) in self.ranges(at) {
                if owner == node.id {
                    text.push_str(&if first == last { format!(" {first}") } else { format!(" {first}-{last}") });
                }
            }
            text.push('\n');
        }
        Reply::Verbatim(text)
    }

    fn ranges(&self, at: NodeId) -> Vec<(u16, u16, NodeId)> {
        let mut ranges: Vec<(u16, u16, NodeId)> = Vec::new();
        for slot in 0..SLOTS {
            let Some(owner) = self.node(at).view.owner(slot) else {
                continue;
            };
            match ranges.last_mut() {
                Some((_, last, of)) if *of == owner && *last + 1 == slot => *last = slot,
                Some(_) | None => ranges.push((slot, slot, owner)),
            }
        }
        ranges
    }

    fn peer(&self, at: NodeId, of: NodeId) -> &Peer {
        &self.node(at).view.peers[usize::from(of.0)]
    }
}

/// 40 hex digits, different and in no order.
pub(super) fn name_of(index: u8) -> String {
    let mut state = u64::from(index) + 1;
    (0..40)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from_digit(u32::try_from(state >> 60).unwrap_or(0), 16).unwrap_or('0')
        })
        .collect()
}
