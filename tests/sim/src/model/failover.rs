//! Who is missed, and who takes over.

use super::{Event, Micros, Model, NodeId, Takeover, nemesis::Purpose};

/// From the moment a primary is known to have failed until the first replica asks for votes; up to as much again is
/// drawn by each replica.
const ELECTION_DELAY: Micros = 500_000;

/// From CLUSTER FAILOVER until the votes are in, beside the way of the messages.
const HANDSHAKE: Micros = 2_000;

/// How long writers wait for a handover at most.
const MANUAL_LIMIT: Micros = 10_000_000;

impl Model {
    /// Whether clients get answers from a node.
    pub(super) fn answers(&self, node: NodeId) -> bool {
        self.node(node).running && !self.node(node).frozen
    }

    /// Whether the others reach a node over the cluster bus.
    pub(super) fn is_reachable(&self, node: NodeId) -> bool {
        self.answers(node) && !self.node(node).isolated
    }

    /// From now on the others miss a node.
    pub(super) fn gone_missing(&mut self, node: NodeId) {
        let now = self.now;
        if self.node(node).missing_since.is_none() {
            self.node_mut(node).missing_since = Some(now);
            self.after(self.setup.node_timeout, Event::Suspect(node));
        }
    }

    /// A node is back on the bus: everybody tells everything.
    pub(super) fn came_back(&mut self, node: NodeId) {
        if !self.is_reachable(node) {
            return;
        }
        self.node_mut(node).missing_since = None;
        self.announce_claims(node);
        for other in self.nodes().filter(|other| *other != node) {
            let claims = self.own_claims(other);
            self.send_claims(other, node, claims);
        }
        let is_missing = |other: &NodeId| *other != node && self.node(*other).missing_since.is_some();
        let missing: Vec<_> = self.nodes().filter(is_missing).collect();
        for other in missing {
            self.after(self.setup.gossip_delay, Event::Suspect(other));
        }
    }

    /// A node has been missed for the node timeout: if most primaries say so, it has failed.
    pub(super) fn suspect(&mut self, node: NodeId) {
        let missed = |since: Micros| self.now >= since + self.setup.node_timeout;
        if !self.node(node).missing_since.is_some_and(missed) {
            return;
        }
        let witnesses: Vec<_> = self.nodes().filter(|id| self.is_reachable(*id) && !self.node(*id).deaf).collect();
        let Some(first) = witnesses.first() else {
            return;
        };
        let known = |id: &NodeId| self.peer(*first, *id).slots > 0 && self.peer(*first, *id).primary.is_none();
        let primaries = self.nodes().filter(known).count();
        if witnesses.iter().filter(|id| known(id)).count() * 2 <= primaries {
            return;
        }
        for witness in &witnesses {
            self.node_mut(*witness).view.peer_mut(node).failed = true;
            self.after(100_000, Event::CheckBlocked(*witness));
        }
        if !self.setup.automatic_failover || self.peer(*first, node).slots == 0 {
            return;
        }
        let mut replicas: Vec<_> = witnesses.into_iter().filter(|id| self.node(*id).primary() == Some(node)).collect();
        replicas.sort_by_key(|id| std::cmp::Reverse(self.node(*id).history.len()));
        for (rank, replica) in replicas.into_iter().enumerate() {
            let rank = Micros::try_from(rank).unwrap_or(0);
            let delay = ELECTION_DELAY + self.draw(ELECTION_DELAY) + rank * 1_000_000;
            self.after(delay, Event::Elect { replica, instead_of: node });
        }
    }

    /// A replica of a failed primary asks for votes.
    pub(super) fn elect(&mut self, replica: NodeId, instead_of: NodeId) {
        let failed = self.peer(replica, instead_of).failed;
        if !self.is_reachable(replica) || self.node(replica).primary() != Some(instead_of) || !failed {
            return;
        }
        if self.has_votes(replica) {
            self.promote(replica);
        } else {
            let again = (self.setup.node_timeout * 2).max(2_000_000);
            self.after(again, Event::Elect { replica, instead_of });
        }
    }

    pub(super) fn take_over(&mut self, replica: NodeId, how: Takeover) {
        let Some(primary) = self.node(replica).primary() else {
            return;
        };
        let way = self.setup.gossip_delay * 2 + HANDSHAKE;
        match how {
            Takeover::Takeover => self.promote(replica),
            Takeover::Force => self.after(way, Event::Handover { replica, from: primary, until: None }),
            Takeover::Plain => {
                self.pause_for(primary, Purpose::Failover, MANUAL_LIMIT, super::PauseKind::Write);
                let until = Some(self.now + MANUAL_LIMIT / 2);
                self.after(way, Event::Handover { replica, from: primary, until });
            }
        }
    }

    /// The end of a manual failover, if the replica has all it needs; a plain one waits for the last write, and the primary
    /// no longer than that, whatever becomes of the replica.
    pub(super) fn hand_over(&mut self, replica: NodeId, from: NodeId, until: Option<Micros>) {
        let is_there = self.is_reachable(replica) && self.node(replica).primary() == Some(from);
        if let Some(until) = until {
            if self.now >= until {
                // Another handover begun meanwhile has prolonged the pause, and has an end of its own.
                let is_own = |(end, _)| end == until + MANUAL_LIMIT / 2;
                if self.node(from).paused[Purpose::Failover as usize].is_some_and(is_own) {
                    self.unpause(from, Purpose::Failover);
                }
                return;
            }
            let behind = self.node(replica).history.len() < self.node(from).history.len();
            if !is_there || behind || !self.is_reachable(from) || !self.has_votes(replica) {
                let again = if is_there { self.setup.replication_lag.max(1_000) } else { until - self.now };
                return self.after(again, Event::Handover { replica, from, until: Some(until) });
            }
        }
        if !is_there {
            return;
        }
        if self.has_votes(replica) {
            self.promote(replica);
            if let Some(until) = until {
                // A primary that does not hear of it waits no longer either.
                self.after(until - self.now, Event::Handover { replica, from, until: Some(until) });
            }
        }
    }

    fn has_votes(&self, replica: NodeId) -> bool {
        let with_slots = |id: &NodeId| self.peer(replica, *id).slots > 0;
        let primaries = self.nodes().filter(with_slots).count();
        let voters = self.nodes().filter(with_slots).filter(|id| self.is_reachable(*id)).count();
        voters * 2 > primaries
    }

    /// The replica is the primary: what the old one had and it has not is lost.
    fn promote(&mut self, replica: NodeId) {
        let Some(old) = self.node(replica).primary() else {
            return;
        };
        let history = self.node(replica).history.clone();
        self.lose_beyond(old, &history);
        let view = &mut self.node_mut(replica).view;
        view.bump(replica);
        let slots: Vec<_> = view.slots_of(old).collect();
        for slot in &slots {
            view.set_owner(*slot, Some(replica));
        }
        view.peer_mut(replica).primary = None;
        self.node_mut(replica).link = super::replication::Link::Up;
        self.announce_claims(replica);
    }

    /// A number below `limit`, by the seed.
    fn draw(&mut self, limit: Micros) -> Micros {
        // SplitMix64.
        self.drawn = self.drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.drawn;
        number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ number >> 31) % limit.max(1)
    }
}
