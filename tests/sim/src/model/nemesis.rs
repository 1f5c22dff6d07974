//! The trouble: what a driver may do to the servers at any time.

use super::{
    Announce, Conn, Event, Key, Micros, Model, NodeId, User,
    acl::Rights,
    replication::{Effect, Link},
    spec::slot_of,
};

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

/// What a pause is for: each has its own end, and neither ends the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// CLIENT PAUSE and UNPAUSE.
    Command,
    /// A manual failover.
    Failover,
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

/// What a lying node makes of the cluster in its answers to CLUSTER SLOTS and CLUSTER NODES.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FalseMap {
    /// What one node owns is another's.
    Owners,
    /// All others are at this host.
    Host(&'static str),
    /// No epoch is what it is: they are all like those of a new cluster.
    Epochs,
    /// Half of each range is nobody's.
    Holes,
    /// Each range reaches into the next.
    Overlaps,
}

/// Which of the two answers is false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Only CLUSTER SLOTS.
    InSlots,
    /// Only CLUSTER NODES.
    InNodes,
    /// Both.
    InBoth,
}

/// From a restart until a primary says that the cluster is ok.
const DOWN_AFTER_RESTART: Micros = 2_000_000;

impl Model {
    /// `kill -9`: its connections are reset, and it answers no more.
    pub fn crash(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        let at = self.node_mut(node);
        (at.running, at.frozen, at.paused, at.loading_until, at.busy_until) = (false, false, [None; 2], None, None);
        at.scripts.clear();
        at.next_client = 1;
        for session in self.conns.values_mut().filter(|session| session.node == node) {
            session.open = false;
            session.blocked = None;
        }
        for replica in self.nodes.iter_mut().filter(|other| other.primary() == Some(node)) {
            replica.link = Link::Down;
        }
        self.gone_missing(node);
    }

    /// A crashed server starts again, with the map that it had. A primary says CLUSTERDOWN for its first two seconds.
    pub fn restart(&mut self, node: NodeId, with: Restart, now: Micros) {
        self.advance(now);
        if self.node(node).running {
            return;
        }
        let is_primary = self.node(node).primary().is_none();
        self.restore(node, with);
        let at = self.node_mut(node);
        (at.running, at.link) = (true, Link::Down);
        if is_primary {
            at.down_until = now + DOWN_AFTER_RESTART;
            at.link = Link::Up;
            self.synchronise_replicas_of(node);
        } else {
            self.synchronise(node);
        }
        self.came_back(node);
    }

    fn restore(&mut self, node: NodeId, with: Restart) {
        let replicas = self.nodes.iter().filter(|other| other.primary() == Some(node));
        let best = replicas.max_by_key(|other| other.history.len());
        let (db, history) = match (with, best) {
            (Restart::WithData, _) => return,
            (Restart::LastReplicated, Some(best)) => (best.db.clone(), best.history.clone()),
            (Restart::LastReplicated, None) | (Restart::Empty, _) => Default::default(),
        };
        // A primary that was deposed and had not yet taken over its successor's data has some that nobody else has.
        let kept =
            self.node(node).primary().map_or_else(|| history.clone(), |primary| self.node(primary).history.clone());
        self.lose_beyond(node, &kept);
        let node = self.node_mut(node);
        (node.db, node.history) = (db, history);
    }

    /// SIGSTOP: connections stay open, input waits, nothing is answered.
    pub fn freeze(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        if self.node(node).running {
            self.node_mut(node).frozen = true;
            self.gone_missing(node);
        }
    }

    /// SIGCONT.
    pub fn thaw(&mut self, node: NodeId, now: Micros) {
        self.advance(now);
        if !std::mem::take(&mut self.node_mut(node).frozen) {
            return;
        }
        self.came_back(node);
        self.time_out_overdue(node);
        match self.node(node).primary() {
            Some(primary) if self.node(node).link_is_up() => self.after(0, Event::Replicate(primary)),
            Some(_) => self.synchronise(node),
            None => {
                self.after(0, Event::Replicate(node));
                let waits =
                    |other: &NodeId| self.node(*other).primary() == Some(node) && !self.node(*other).link_is_up();
                let waiting: Vec<_> = self.nodes().filter(waits).collect();
                for replica in waiting {
                    self.synchronise(replica);
                }
            }
        }
        self.resume(node);
    }

    /// First step of a migration: the target is told that it imports the slot, the source that it gives it away.
    /// False, here and in the other steps: a server that was to be told refused or did not answer.
    pub fn begin_migration(&mut self, slot: u16, to: NodeId, now: Micros) -> bool {
        self.importing(slot, to, now) && self.migrating(slot, to, now)
    }

    /// Only the target is told: `CLUSTER SETSLOT slot IMPORTING owner`.
    pub fn importing(&mut self, slot: u16, to: NodeId, now: Micros) -> bool {
        self.advance(now);
        let owner = self.owner(slot);
        self.answers(to) && self.mark_importing(to, slot, owner, String::new).is_ok()
    }

    /// Only the source is told: `CLUSTER SETSLOT slot MIGRATING to`.
    pub fn migrating(&mut self, slot: u16, to: NodeId, now: Micros) -> bool {
        self.advance(now);
        let owner = self.owner(slot).filter(|owner| *owner != to && self.answers(*owner));
        owner.is_some_and(|owner| self.mark_migrating(owner, slot, Some(to), String::new).is_ok())
    }

    /// MIGRATE of one key of a slot on its way, without REPLACE. False: it stays where it is, because a shadow key is at
    /// the target (BUSYKEY) or one of the two is not there.
    pub fn move_key(&mut self, key: &[u8], now: Micros) -> bool {
        self.advance(now);
        let slot = slot_of(key);
        let Some(from) = self.owner(slot).filter(|from| self.answers(*from)) else {
            return false;
        };
        let Some(to) = self.node(from).migrating.get(&slot).copied().filter(|to| self.answers(*to)) else {
            return false;
        };
        let moved = self.send_key(from, to, &key.to_vec(), false, false).is_ok();
        let effects = std::mem::take(&mut self.node_mut(from).effects);
        let gone = effects.iter().any(|effect| matches!(effect, Effect::Moved(_)));
        self.told(from, effects);
        self.run_all();
        moved && gone
    }

    /// The keys of a slot at its owner, for [`Model::move_key`].
    pub fn keys_in_slot(&self, slot: u16) -> Vec<Key> {
        self.owner(slot).map(|owner| self.keys_of_slot_at(owner, slot)).unwrap_or_default()
    }

    /// Last step: `SETSLOT slot NODE target` at the target, then at the source (which refuses while it holds keys).
    pub fn finish_migration(&mut self, slot: u16, now: Micros) -> bool {
        let source = self.owner(slot);
        let told = self.finish_at_target(slot, now);
        let (Some(source), Some(target)) = (source.filter(|source| self.answers(*source)), self.owner(slot)) else {
            return false;
        };
        told && self.assign_slot(source, slot, target).is_ok()
    }

    /// Only the target is told that the slot is its own. Word of it reaches the source by gossip, which then deletes
    /// the keys that it still has.
    pub fn finish_at_target(&mut self, slot: u16, now: Micros) -> bool {
        self.advance(now);
        let imports = |node: &&super::Node| self.answers(node.id) && node.importing.contains_key(&slot);
        let target = self.nodes.iter().find(imports).map(|node| node.id);
        target.is_some_and(|target| self.assign_slot(target, slot, target).is_ok())
    }

    /// Only the source is told that the slot is the target's: until the target is told too, each sends clients to the
    /// other.
    pub fn finish_at_source(&mut self, slot: u16, now: Micros) -> bool {
        self.advance(now);
        let gives = |node: &super::Node| node.migrating.get(&slot).map(|target| (node.id, *target));
        let known = self.nodes.iter().find_map(gives).filter(|(source, _)| self.answers(*source));
        known.is_some_and(|(source, target)| self.assign_slot(source, slot, target).is_ok())
    }

    /// `SETSLOT slot STABLE` at every node that answers: marks are gone, keys stay where they are.
    pub fn abort_migration(&mut self, slot: u16, now: Micros) {
        self.advance(now);
        for node in self.nodes() {
            if self.answers(node) {
                self.mark_stable(node, slot);
            }
        }
    }

    /// `CLUSTER FAILOVER` said to a replica.
    pub fn failover(&mut self, replica: NodeId, how: Takeover, now: Micros) {
        self.advance(now);
        if self.answers(replica) {
            self.take_over(replica, how);
        }
    }

    /// From now on (or no more) a node hears nothing of the others: it keeps answering by an old map.
    pub fn lag_behind(&mut self, node: NodeId, lags: bool, now: Micros) {
        self.advance(now);
        self.node_mut(node).deaf = lags;
        if !lags {
            self.came_back(node);
        }
    }

    /// The cluster bus of a node is cut (or mended): the others miss it, and it misses them. Clients reach it.
    pub fn isolate(&mut self, node: NodeId, cut: bool, now: Micros) {
        self.advance(now);
        self.node_mut(node).isolated = cut;
        if cut {
            self.gone_missing(node);
        } else {
            self.came_back(node);
        }
    }

    /// `CLIENT PAUSE`.
    pub fn pause(&mut self, node: NodeId, span: Micros, kind: PauseKind, now: Micros) {
        self.advance(now);
        self.pause_for(node, Purpose::Command, span, kind);
    }

    pub(super) fn pause_for(&mut self, node: NodeId, purpose: Purpose, span: Micros, kind: PauseKind) {
        let until = self.now.saturating_add(span);
        let (end, wider) = match self.node(node).paused[purpose as usize] {
            Some((end, old)) if end > self.now => (end.max(until), if old == PauseKind::All { old } else { kind }),
            Some(_) | None => (until, kind),
        };
        self.node_mut(node).paused[purpose as usize] = Some((end, wider));
        self.after(end - self.now, Event::Resume(node));
    }

    pub(super) fn unpause(&mut self, node: NodeId, purpose: Purpose) {
        if self.node_mut(node).paused[purpose as usize].take().is_some() {
            self.resume(node);
        }
    }

    /// The server answers LOADING until then.
    pub fn loading(&mut self, node: NodeId, until: Micros, now: Micros) {
        self.advance(now);
        self.node_mut(node).loading_until = Some(until);
    }

    /// A script runs until then: the server answers BUSY (unless SCRIPT KILL ends it).
    pub fn busy(&mut self, node: NodeId, until: Micros, now: Micros) {
        self.advance(now);
        self.node_mut(node).busy_until = Some(until);
    }

    /// Whether the last snapshot has failed: the server answers MISCONF to writes.
    pub fn cannot_save(&mut self, node: NodeId, is: bool) {
        self.node_mut(node).cannot_save = is;
    }

    /// `CONFIG SET min-replicas-to-write`: NOREPLICAS with fewer.
    pub fn demand_replicas(&mut self, node: NodeId, least: usize) {
        self.node_mut(node).config.least_replicas = least;
    }

    /// `CONFIG SET maxclients`: from the next connection on.
    pub fn max_clients(&mut self, node: NodeId, most: usize) {
        self.node_mut(node).max_clients = most;
    }

    /// Whether `maxmemory` is reached and nothing can be evicted.
    pub fn out_of_memory(&mut self, node: NodeId, is: bool) {
        self.node_mut(node).out_of_memory = is;
    }

    /// `ACL SETUSER name reset …` at every node: a new user, password, or permission. Connections that are
    /// authenticated stay so and are judged by the new rules.
    pub fn set_user(&mut self, user: &User) {
        for node in &mut self.nodes {
            node.users.retain(|known| known.name != user.name);
            node.users.push(Rights::of(user));
        }
    }

    /// What a node tells clients to connect to.
    pub fn announce(&mut self, node: NodeId, form: Announce) {
        self.node_mut(node).announce = form;
    }

    /// `CLIENT KILL`: the server hangs up.
    pub fn kill_client(&mut self, conn: Conn, now: Micros) {
        self.advance(now);
        if let Some(session) = self.conns.get_mut(&conn) {
            session.open = false;
            session.blocked = None;
        }
    }

    /// A node that lies, or no more.
    pub fn lie(&mut self, node: NodeId, lie: Option<Lie>) {
        self.node_mut(node).lie = lie;
    }

    /// A node that tells of a cluster that is not so, or no more.
    pub fn tell_falsely(&mut self, node: NodeId, map: Option<(FalseMap, Told)>) {
        self.node_mut(node).false_map = map;
    }

    /// Two nodes that send everybody to each other.
    pub fn lie_in_circles(&mut self, one: NodeId, other: NodeId) {
        let (at_one, at_other) = (self.address(one), self.address(other));
        self.lie(one, Some(Lie::Moved(at_other)));
        self.lie(other, Some(Lie::Moved(at_one)));
    }

    /// What was held back at a node goes on.
    pub(super) fn resume(&mut self, node: NodeId) {
        let now = self.now;
        let at = self.node_mut(node);
        for paused in &mut at.paused {
            *paused = paused.filter(|(until, _)| *until > now);
        }
        let held = |session: &super::session::Session| session.node == node && session.open;
        let waiting: Vec<_> = self.conns.iter().filter(|(_, session)| held(session)).map(|(conn, _)| *conn).collect();
        self.runnable.extend(waiting);
        self.run_all();
    }
}
