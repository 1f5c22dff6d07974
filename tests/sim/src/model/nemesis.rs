//! The trouble: what a driver may do to the servers at any time.

use super::{Micros, Model, NodeId, acl::User, cluster::Announce};

/// With what a crashed server comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// All that it had (an append-only file synced always).
    WithData,
    /// Nothing.
    Empty,
    /// What its best replica has; nothing without one.
    LastReplicated,
}

/// How a replica takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takeover {
    /// The primary stops writers until the replica has everything: nothing is lost.
    Plain,
    /// Without the primary, by vote.
    Force,
    /// Without anybody.
    Takeover,
}

/// What CLIENT PAUSE stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseKind {
    /// Commands that may write.
    Write,
    /// All commands.
    All,
}

/// What a lying node answers to every command with keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lie {
    /// `-MOVED slot address`.
    Moved(String),
    /// `-ASK slot address`.
    Ask(String),
    /// `-MOVED` of another slot than the keys have, to this address.
    WrongSlot(String),
}

impl Model {
    /// `kill -9`: its connections are reset, and it answers no more.
    pub fn crash(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        self.node_mut(node).running = false;
        for session in self.conns.values_mut().filter(|session| session.node == node) {
            session.open = false;
        }
    }

    /// A crashed server starts again.
    pub fn restart(&mut self, node: NodeId, with: Restart, now: Micros) {
        self.advance(now);
        let node = self.node_mut(node);
        node.running = true;
        match with {
            Restart::WithData => {}
            Restart::Empty | Restart::LastReplicated => node.db.clear(),
        }
    }

    /// SIGSTOP: connections stay open, input waits, nothing is answered.
    pub fn freeze(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        self.node_mut(node).frozen = true;
    }

    /// SIGCONT.
    pub fn thaw(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        self.node_mut(node).frozen = false;
        self.resume(node);
    }

    /// First step of a migration: the target is told that it imports the slot, the source that it gives it away.
    pub fn begin_migration(&mut self, slot: u16, to: NodeId, now: Micros) {
        self.importing(slot, to, now);
        self.migrating(slot, to, now);
    }

    /// Only the target is told: `CLUSTER SETSLOT slot IMPORTING owner`.
    pub fn importing(&mut self, _slot: u16, _to: NodeId, now: Micros) {
        self.advance(now);
    }

    /// Only the source is told: `CLUSTER SETSLOT slot MIGRATING to`.
    pub fn migrating(&mut self, _slot: u16, _to: NodeId, now: Micros) {
        self.advance(now);
    }

    /// MIGRATE of one key of a slot on its way, without REPLACE. False: BUSYKEY, a shadow key is at the target.
    pub fn move_key(&mut self, _key: &[u8], now: Micros) -> bool {
        self.advance(now);
        true
    }

    /// The keys of a slot at its owner, for [`Model::move_key`].
    pub fn keys_in_slot(&self, _slot: u16) -> Vec<Vec<u8>> {
        Vec::new()
    }

    /// Last step: `SETSLOT slot NODE target` at the target, then at the source.
    pub fn finish_migration(&mut self, slot: u16, now: Micros) {
        self.finish_at_target(slot, now);
        self.finish_at_source(slot, now);
    }

    /// Only the target is told that the slot is its own.
    pub fn finish_at_target(&mut self, _slot: u16, now: Micros) {
        self.advance(now);
    }

    /// Only the source is told that the slot is the target's.
    pub fn finish_at_source(&mut self, _slot: u16, now: Micros) {
        self.advance(now);
    }

    /// `SETSLOT slot STABLE` at every node: marks are gone, keys stay where they are.
    pub fn abort_migration(&mut self, _slot: u16, now: Micros) {
        self.advance(now);
    }

    /// `CLUSTER FAILOVER` said to a replica.
    pub fn failover(&mut self, _replica: NodeId, _how: Takeover, now: Micros) {
        self.advance(now);
    }

    /// From now on (or no more) a node hears nothing of the others: it keeps answering by an old map.
    pub fn lag_behind(&mut self, _node: NodeId, _lags: bool, now: Micros) {
        self.advance(now);
    }

    /// The cluster bus of a node is cut (or mended): the others miss it, and it misses them. Clients reach it.
    pub fn isolate(&mut self, _node: NodeId, _cut: bool, now: Micros) {
        self.advance(now);
    }

    /// `CLIENT PAUSE`.
    pub fn pause(&mut self, node: NodeId, for_us: Micros, kind: PauseKind, now: Micros) {
        self.advance(now);
        self.node_mut(node).paused = Some((now + for_us, kind));
        self.after(for_us, super::Event::Resume(node));
    }

    /// The server answers LOADING until then.
    pub fn loading(&mut self, node: NodeId, until: Micros, now: Micros) {
        self.advance(now);
        self.node_mut(node).loading_until = Some(until);
        self.after(until.saturating_sub(now), super::Event::Resume(node));
    }

    /// `CONFIG SET maxclients`: from the next connection on.
    pub fn max_clients(&mut self, node: NodeId, most: usize) {
        self.node_mut(node).max_clients = most;
    }

    /// Whether `maxmemory` is reached and nothing can be evicted.
    pub fn out_of_memory(&mut self, node: NodeId, is: bool) {
        self.node_mut(node).out_of_memory = is;
    }

    /// `ACL SETUSER` at every node, from nothing: a new user, password, or permission. Connections that are
    /// authenticated stay so and are judged by the new rules.
    pub fn set_user(&mut self, user: &User) {
        for node in &mut self.nodes {
            node.users.retain(|known| known.name != user.name);
            node.users.push(user.clone());
        }
    }

    /// What a node tells clients to connect to.
    pub fn announce(&mut self, node: NodeId, form: Announce) {
        self.node_mut(node).announce = form;
    }

    /// `CLIENT KILL`: the server hangs up.
    pub fn kill_client(&mut self, conn: super::Conn, now: Micros) {
        self.advance(now);
        if let Some(session) = self.conns.get_mut(&conn) {
            session.open = false;
        }
    }

    /// A node that lies, or no more.
    pub fn lie(&mut self, node: NodeId, lie: Option<Lie>) {
        self.node_mut(node).lie = lie;
    }

    /// Two nodes that send everybody to each other.
    pub fn lie_in_circles(&mut self, one: NodeId, other: NodeId) {
        let (at_one, at_other) = (self.address(one), self.address(other));
        self.lie(one, Some(Lie::Moved(at_other)));
        self.lie(other, Some(Lie::Moved(at_one)));
    }

    /// What was held back at a node goes on.
    pub(super) fn resume(&mut self, node: NodeId) {
        let waiting: Vec<_> = self.conns.iter().filter(|(_, session)| session.node == node).map(|(c, _)| *c).collect();
        for conn in waiting {
            self.pump(conn);
        }
    }
}
