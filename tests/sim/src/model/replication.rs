//! Who follows whom, how far, and what is lost when histories part.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Argv, Event, Model, Node, NodeId,
    data::{self, Entry, Key},
    nemesis::Purpose,
    spec::{Lookup, lookup},
};

/// A change of data as replicas are told of it.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    Run(Argv),
    /// A key has come from another shard.
    Put(Key, Entry),
    /// A key has gone to another shard.
    Moved(Key),
}

/// One change, in the order of all.
#[derive(Debug)]
pub(super) struct Change {
    at: super::Micros,
    effect: Effect,
    /// The command that made it.
    log: Option<usize>,
}

/// A replica's connection to its primary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Up,
    Down,
    /// A full copy is under way: the number tells it from earlier ones.
    Syncing(u64),
}

impl Node {
    pub(super) fn link_is_up(&self) -> bool {
        self.link == Link::Up
    }
}

impl Model {
    /// A node has changed its data: its replicas will hear of it.
    pub(super) fn record(&mut self, node: NodeId, effects: Vec<Effect>, log: Option<usize>) {
        let at = self.now;
        for effect in effects {
            let number = self.changes.len();
            self.changes.push(Change { at, effect, log });
            self.node_mut(node).history.push(number);
        }
        let due = at + self.setup.replication_lag;
        let replicated = self.nodes.iter().any(|other| other.primary() == Some(node));
        if replicated && self.node(node).streamed_at != Some(due) {
            self.node_mut(node).streamed_at = Some(due);
            self.after(self.setup.replication_lag, Event::Replicate(node));
        }
    }

    /// What a primary has sent arrives.
    pub(super) fn replicate(&mut self, primary: NodeId) {
        if !self.node(primary).running || self.node(primary).frozen {
            return;
        }
        let arrived = self.now.saturating_sub(self.setup.replication_lag);
        let sent = self.node(primary).history.partition_point(|change| self.changes[*change].at <= arrived);
        for replica in self.nodes() {
            let node = self.node(replica);
            if node.primary() != Some(primary) || !node.running || node.frozen || !node.link_is_up() {
                continue;
            }
            for place in node.history.len()..sent {
                let change = self.node(primary).history[place];
                self.apply(replica, change);
            }
        }
        self.replicas_advanced(primary);
        self.run_all();
    }

    fn apply(&mut self, replica: NodeId, number: usize) {
        let Change { at, effect, .. } = &self.changes[number];
        let node = &mut self.nodes[usize::from(replica.0)];
        match effect {
            Effect::Run(argv) => {
                if let Lookup::Found(spec) = lookup(argv) {
                    data::run(&mut node.db, spec.name, argv, *at);
                }
            }
            Effect::Put(key, entry) => node.db.put(key, entry.value.clone(), entry.expires),
            Effect::Moved(key) => drop(node.db.remove(key, *at)),
        }
        node.history.push(number);
        let touched = std::mem::take(&mut node.db.touched);
        node.ready.extend(touched);
        self.serve_blocked(replica);
    }

    /// How many replicas have all of a history up to a length.
    pub(super) fn replicas_with(&self, primary: NodeId, length: usize) -> usize {
        let has = |node: &&Node| {
            node.primary() == Some(primary) && node.running && node.link_is_up() && node.history.len() >= length
        };
        self.nodes.iter().filter(has).count()
    }

    /// `CLUSTER REPLICATE`, or the end of being a primary.
    pub(super) fn follow(&mut self, node: NodeId, primary: NodeId) {
        let was_primary = self.node(node).primary().is_none();
        let at = self.node_mut(node);
        at.view.peer_mut(node).primary = Some(primary);
        at.migrating.clear();
        at.importing.clear();
        if was_primary {
            self.unpause(node, Purpose::Failover);
            self.unblock_all(node);
        }
        self.announce_claims(node);
        self.synchronise(node);
    }

    /// A replica asks for a full copy.
    pub(super) fn synchronise(&mut self, replica: NodeId) {
        self.next_event += 1;
        let number = self.next_event;
        self.node_mut(replica).link = Link::Syncing(number);
        self.after(self.setup.replication_lag * 2, Event::Synchronised { replica, number });
    }

    /// The copy has come: what the replica had beside it is gone.
    pub(super) fn synchronised(&mut self, replica: NodeId, number: u64) {
        let node = self.node(replica);
        if node.link != Link::Syncing(number) || !node.running || node.frozen {
            return;
        }
        let Some(primary) = node.primary() else {
            return;
        };
        if !self.node(primary).running || self.node(primary).frozen {
            self.node_mut(replica).link = Link::Down;
            return;
        }
        let (db, history) = (self.node(primary).db.clone(), self.node(primary).history.clone());
        self.lose_beyond(replica, &history);
        let node = self.node_mut(replica);
        (node.db, node.history, node.link) = (db, history, Link::Up);
        node.db.touched.clear();
        self.replicas_advanced(primary);
        self.run_all();
    }

    /// Replicas that wait for this node to come back ask again.
    pub(super) fn synchronise_replicas_of(&mut self, primary: NodeId) {
        let theirs = |node: &&Node| node.primary() == Some(primary) && node.running;
        let replicas: Vec<_> = self.nodes.iter().filter(theirs).map(|node| node.id).collect();
        for replica in replicas {
            self.synchronise(replica);
        }
    }

    /// What a node has that is not in the history which takes the place of its own.
    pub(super) fn lose_beyond(&mut self, node: NodeId, kept: &[usize]) {
        let history = &self.node(node).history;
        let common = history.iter().zip(kept).take_while(|(one, other)| one == other).count();
        let kept: BTreeSet<usize> = kept[common..].iter().copied().collect();
        let gone: Vec<usize> = history[common..].iter().copied().filter(|change| !kept.contains(change)).collect();
        let mut lost: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for number in gone {
            let Change { effect, log, .. } = &self.changes[number];
            match effect {
                Effect::Moved(key) => drop(lost.remove(key)),
                Effect::Put(key, _) => drop(lost.entry(key.clone()).or_default()),
                Effect::Run(argv) => {
                    if let Lookup::Found(spec) = lookup(argv) {
                        for key in spec.keys(argv) {
                            lost.entry(key.to_vec()).or_default().extend(log);
                        }
                    }
                }
            }
        }
        for (key, writes) in lost {
            self.lost.keys.insert(key);
            self.lost.writes.extend(writes);
        }
    }

    /// Keys that a node deletes though nobody asked for it.
    pub(super) fn lose_keys(&mut self, node: NodeId, keys: &[Key]) {
        for number in &self.nodes[usize::from(node.0)].history {
            let Change { effect: Effect::Run(argv), log: Some(log), .. } = &self.changes[*number] else {
                continue;
            };
            let Lookup::Found(spec) = lookup(argv) else {
                continue;
            };
            if spec.keys(argv).iter().any(|key| keys.iter().any(|lost| lost == key)) {
                self.lost.writes.insert(*log);
            }
        }
        self.lost.keys.extend(keys.iter().cloned());
    }
}
