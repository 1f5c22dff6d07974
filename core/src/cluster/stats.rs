//! What has happened so far and what is under way, in numbers.

use alloc::vec::Vec;

use super::Cluster;
use crate::{
    port::{NodeStats, Stats},
    route::topology::NodeId,
};

impl Cluster {
    /// The counters, and a look at every connection.
    pub(super) fn counted(&self) -> Stats {
        let mut nodes: Vec<NodeStats> = Vec::new();
        let mut places: Vec<NodeId> = Vec::new();
        for (_, link) in self.links.iter() {
            let at = places.iter().position(|&node| node == link.node).unwrap_or_else(|| {
                let address = self.topology.node(link.node).address.clone();
                let latency_us = self.state(link.node).and_then(|state| state.latency_us);
                nodes.push(NodeStats { address, connections: 0, waiting: 0, in_flight: 0, latency_us });
                places.push(link.node);
                places.len() - 1
            });
            let node = &mut nodes[at];
            node.connections += 1;
            node.waiting += count(link.waiting());
            node.in_flight += count(link.unanswered());
        }
        nodes.sort_unstable_by(|a, b| a.address.cmp(&b.address));
        let elsewhere = count(self.order.waiting() + self.adrift.len());
        Stats {
            connections: nodes.iter().map(|node| node.connections).sum(),
            waiting: nodes.iter().map(|node| node.waiting).sum::<u32>() + elsewhere,
            nodes,
            open: self.ledger.census(),
            ..self.stats.clone()
        }
    }

    /// Takes the time of a write whose last reply is in.
    pub(super) fn time_write(&mut self, place: u32) {
        let now = self.now;
        let Some(link) = self.links.get_mut(place) else { return };
        let Some((node, took)) = link.time_of_write(now).map(|took| (link.node, took)) else { return };
        let Some(state) = self.state_mut(node) else { return };
        state.latency_us = Some(smoothed(state.latency_us, took));
    }
}

/// An eighth of what is new, so that one slow reply does not make a slow node.
fn smoothed(before: Option<u32>, took: u32) -> u32 {
    let Some(before) = before else { return took };
    let smoothed = (u64::from(before) * 7 + u64::from(took)) / 8;
    u32::try_from(smoothed).unwrap_or(u32::MAX)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
