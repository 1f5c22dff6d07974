//! The slot map: who owns which slot, who replicates whom, and how views of several nodes become one map.

use alloc::{string::String, vec::Vec};

use bytes::Bytes;

use super::slot::Slot;
use crate::port::Address;

/// A node of the map. The number stays with an address for as long as the core lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u16);

/// What is known of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeInfo {
    /// Where clients reach it.
    pub address: Address,
    /// The 40-digit name that the cluster gave it, once known.
    pub name: String,
    /// The primary that it replicates; `None` for a primary.
    pub primary: Option<NodeId>,
    /// Listed by the newest adopted view (false: known only from a redirect, a seed, or the past).
    pub listed: bool,
    /// Marked `fail` or `noaddr`, or unhealthy.
    pub failing: bool,
    /// Availability zone, where the server tells.
    pub zone: String,
}

/// One node's view of the cluster: what its CLUSTER SLOTS and CLUSTER NODES said.
#[derive(Clone, Debug, Default)]
pub struct View {}

/// Why a reply is no view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadView {
    /// The server runs without cluster mode: one node, all slots.
    Standalone,
    /// The server's error.
    Server(String),
    /// The reply does not have the form; the text says where.
    Form(&'static str),
}

/// What adopting views changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Any slot's owner or replicas, or the list of nodes.
    pub any: bool,
}

/// The map.
#[derive(Debug)]
pub struct Topology {}

impl Topology {
    /// Knows nothing; `max_nodes` bounds how many addresses it will ever hold at once.
    pub fn new(max_nodes: usize) -> Self {
        let _ = max_nodes;
        todo!("topology")
    }

    /// Reads one node's replies to CLUSTER SLOTS and CLUSTER NODES (as `words` over `buffers`). `from` is the address that
    /// was dialled (empty hosts mean it); `tls` picks TLS ports where a reply names both.
    pub fn read_view(
        slots: (&[u32], &[Bytes]),
        nodes: (&[u32], &[Bytes]),
        from: &Address,
        tls: bool,
    ) -> Result<View, BadView> {
        let _ = (slots, nodes, from, tls);
        todo!("topology")
    }

    /// Takes the views of one refresh: the newer config epoch wins per slot, else the majority, else the first. Holes keep
    /// the last owner until that node is listed as something else or gone from every view.
    pub fn adopt(&mut self, views: &[View]) -> Changes {
        let _ = views;
        todo!("topology")
    }

    /// Makes this one node the owner of every slot: a server without cluster mode.
    pub fn adopt_standalone(&mut self, address: &Address) -> Changes {
        let _ = address;
        todo!("topology")
    }

    /// A map from the text of `redis-cli cluster nodes`, for `explain` without a cluster.
    pub fn from_nodes_text(text: &str) -> Result<Self, BadView> {
        let _ = text;
        todo!("topology")
    }

    /// An invented map of `count` primaries with equal shares, for `explain --nodes`.
    pub fn invented(count: u16) -> Self {
        let _ = count;
        todo!("topology")
    }

    /// Whether the cluster is a single server without slots.
    pub fn is_standalone(&self) -> bool {
        todo!("topology")
    }

    /// MOVED: this slot belongs to that node from now on; replica knowledge of the shard is kept.
    pub fn patch(&mut self, slot: Slot, node: NodeId) {
        let _ = (slot, node);
        todo!("topology")
    }

    /// The number of an address, given now if it has none. `None` when the map is full.
    pub fn intern(&mut self, address: &Address) -> Option<NodeId> {
        let _ = address;
        todo!("topology")
    }

    /// The number of an address that is known.
    pub fn find(&self, address: &Address) -> Option<NodeId> {
        let _ = address;
        todo!("topology")
    }

    /// What is known of a node.
    pub fn node(&self, id: NodeId) -> &NodeInfo {
        let _ = id;
        todo!("topology")
    }

    /// The owner of a slot.
    pub fn owner(&self, slot: Slot) -> Option<NodeId> {
        let _ = slot;
        todo!("topology")
    }

    /// The replicas of a slot's shard that serve.
    pub fn replicas(&self, slot: Slot) -> &[NodeId] {
        let _ = slot;
        todo!("topology")
    }

    /// The primaries listed (with or without slots: an empty one can be chosen by name, but see [`Topology::owners`]).
    pub fn primaries(&self) -> impl Iterator<Item = NodeId> + '_ {
        core::iter::empty::<NodeId>()
    }

    /// The primaries that own at least one slot, in the order of their lowest slot.
    pub fn owners(&self) -> &[NodeId] {
        todo!("topology")
    }

    /// Every listed node that is not failing, primaries first.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        core::iter::empty::<NodeId>()
    }

    /// Whether NODES said that this slot is being moved.
    pub fn is_migrating(&self, slot: Slot) -> bool {
        let _ = slot;
        todo!("topology")
    }

    /// Contiguous ranges of slots with one owner, ascending; holes are left out.
    pub fn ranges(&self) -> Vec<(u16, u16, NodeId)> {
        todo!("topology")
    }
}
