//! A snapshot of the cluster as plain data: the nodes and who owns which slots.

use slotpipe_core::{
    port::Address,
    route::{
        slot::{SLOTS, Slot},
        topology as map,
    },
};

/// What the client knew of the cluster at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topology {
    /// Every node that is listed, primaries first.
    pub nodes: Vec<Node>,
    /// Contiguous ranges of slots with one owner, ascending; a slot in none of them has no owner.
    pub slots: Vec<SlotRange>,
    /// A single server without cluster mode: one node owns everything.
    pub standalone: bool,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where clients reach it.
    pub address: Address,
    /// The 40-digit name that the cluster gave it; empty when not known.
    pub id: String,
    /// The primary that it replicates; `None` for a primary.
    pub primary: Option<Address>,
    /// First and last slot of each range that it owns, ascending.
    pub slots: Vec<(u16, u16)>,
    /// Availability zone where the server tells, else empty.
    pub zone: String,
    /// What the cluster thinks of it.
    pub health: Health,
}

/// What a node is in its shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeRole {
    /// It takes writes.
    Primary,
    /// It follows one that does.
    Replica,
}

impl Node {
    /// What it is in its shard.
    pub fn role(&self) -> NodeRole {
        if self.primary.is_some() { NodeRole::Replica } else { NodeRole::Primary }
    }
}

/// What the cluster thinks of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It serves, as far as anybody knows.
    Online,
    /// Most of the nodes that were asked call it failed, or have no address of it.
    Failed,
}

/// Slots with one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRange {
    /// First slot.
    pub start: u16,
    /// Last slot, included.
    pub end: u16,
    /// Who owns them.
    pub primary: Address,
    /// Who replicates them and serves.
    pub replicas: Vec<Address>,
}

impl Topology {
    /// The address of the primary that owns `slot`.
    pub fn owner(&self, slot: u16) -> Option<&Address> {
        let at = self.slots.partition_point(|range| range.end < slot);
        self.slots.get(at).filter(|range| range.start <= slot).map(|range| &range.primary)
    }

    /// The nodes that are primaries, with slots or without.
    pub fn primaries(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.primary.is_none())
    }

    /// The nodes that replicate one.
    pub fn replicas(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.primary.is_some())
    }

    /// The node of this name: `host:port`, `[::1]:7000`, or the id that the cluster gave it.
    pub fn node(&self, name: &str) -> Option<&Node> {
        let bare = name.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        let place = bare.map_or_else(|| name.to_owned(), |(host, port)| format!("{host}:{port}"));
        self.nodes.iter().find(|node| node.address.to_string() == place || (!name.is_empty() && node.id == name))
    }

    /// The node that listens there.
    pub fn node_at(&self, host: &str, port: u16) -> Option<&Node> {
        self.nodes.iter().find(|node| node.address.host == host && node.address.port == port)
    }

    /// The primary that owns `slot`.
    pub fn node_for_slot(&self, slot: u16) -> Option<&Node> {
        let owner = self.owner(slot)?;
        self.nodes.iter().find(|node| node.address == *owner)
    }

    /// How many slots have an owner.
    pub fn covered(&self) -> u16 {
        self.slots.iter().map(|range| range.end - range.start + 1).sum::<u16>().min(SLOTS)
    }

    /// The snapshot of a core's own map.
    pub fn of(map: &map::Topology) -> Self {
        let address = |id| map.node(id).address.clone();
        let nodes = map.members().map(|id| {
            let info = map.node(id);
            Node {
                address: info.address.clone(),
                id: info.name.clone(),
                primary: info.primary.map(address),
                slots: map.ranges_of(id),
                zone: info.zone.clone(),
                health: if info.failing { Health::Failed } else { Health::Online },
            }
        });
        let slots = map.ranges().into_iter().map(|(start, end, owner)| SlotRange {
            start,
            end,
            primary: address(owner),
            replicas: Slot::new(start)
                .map(|slot| map.replicas(slot).iter().copied().map(address).collect())
                .unwrap_or_default(),
        });
        Self { nodes: nodes.collect(), slots: slots.collect(), standalone: map.is_standalone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u16, end: u16, port: u16) -> SlotRange {
        SlotRange { start, end, primary: Address::new("h", port), replicas: Vec::new() }
    }

    #[test]
    fn the_owner_of_a_slot_is_that_of_its_range_and_a_hole_has_none() {
        let map = Topology { slots: vec![range(0, 10, 1), range(20, 30, 2)], ..Topology::default() };
        let owner = |slot| map.owner(slot).map(|address| address.port);
        assert_eq!([0, 10, 11, 19, 20, 30, 31].map(owner), [Some(1), Some(1), None, None, Some(2), Some(2), None]);
        assert_eq!(map.covered(), 22);
    }
}
