//! Who answers a read: the members of a shard, ranked by what the caller wants. Pure.

use alloc::vec::Vec;

use super::{
    slot::Slot,
    topology::{NodeId, Topology},
};
use crate::{port::ReadFrom, sorted::SortedMap};

/// Microseconds by which an answer may be later than the fastest, besides a quarter of that, and still be as near: less
/// is the noise of a network, and one node is not to have all the load for it.
const AS_NEAR: u32 = 250;

/// What a caller wants.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish<'a> {
    pub(crate) read_from: &'a ReadFrom,
    /// Whose turn it is among equals.
    pub(crate) turn: u32,
    /// For [`ReadFrom::Listed`], by primary.
    pub(crate) lists: &'a SortedMap<NodeId, Vec<NodeId>>,
}

impl Wish<'_> {
    /// The owner of a slot or one of its replicas; `None` where nobody owns it, or a replica must answer and there is
    /// none. `serves` says whether a replica can be asked now, `time` how many microseconds a node takes to answer.
    pub(crate) fn choose(
        &self,
        topology: &Topology,
        slot: Slot,
        serves: impl Fn(NodeId) -> bool,
        time: impl Fn(NodeId) -> Option<u32>,
    ) -> Option<NodeId> {
        let owner = topology.owner(slot)?;
        if *self.read_from == ReadFrom::Replica && topology.replicas(slot).is_empty() {
            return None;
        }
        let members = || {
            let replicas = topology.replicas(slot).iter().copied();
            core::iter::once(owner).chain(replicas).filter(|&node| node == owner || serves(node))
        };
        let is_near = *self.read_from == ReadFrom::Nearest;
        let fastest = if is_near { members().filter_map(&time).min().unwrap_or(0) } else { 0 };
        let near = fastest + fastest / 4 + AS_NEAR;
        let list = self.lists.get(&owner).map_or(&[][..], Vec::as_slice);
        let rank = |node: NodeId| {
            let is_owner = node == owner;
            Some(match self.read_from {
                ReadFrom::Primary => return is_owner.then_some(0),
                ReadFrom::Any => 0,
                ReadFrom::PreferReplica | ReadFrom::Replica => u32::from(is_owner),
                ReadFrom::Zone(zone) => u32::from(is_owner) + if topology.node(node).zone == *zone { 0 } else { 2 },
                ReadFrom::Nearest => match time(node) {
                    Some(time) if time <= near => 0,
                    Some(time) => time,
                    None => u32::MAX - u32::from(is_owner),
                },
                ReadFrom::Listed => match list.iter().position(|&listed| listed == node) {
                    Some(place) => u32::try_from(place).unwrap_or(u32::MAX),
                    None => return is_owner.then_some(u32::MAX),
                },
            })
        };
        let best = members().filter_map(rank).min()?;
        let equals = || members().filter(|&node| rank(node) == Some(best));
        let count = u32::try_from(equals().count()).ok().filter(|&count| count > 1);
        equals().nth(count.map_or(0, |count| self.turn % count) as usize)
    }
}
