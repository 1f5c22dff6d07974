//! Who has a slot, as each node sees it: where a command is sent on, and how word of a change spreads.

use std::sync::Arc;

use super::{
    Argv, Conn, Event, Lie, Micros, Model, Node, NodeId, SLOTS,
    resp::Reply,
    spec::{Spec, slot_of},
};

/// What clients are told to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announce {
    /// As the configuration says: the address, unless a scenario changed `cluster-preferred-endpoint-type`.
    Ip,
    /// A name.
    Hostname(String),
    /// `?`: names are preferred, and this node has none.
    Unnamed,
    /// Nothing: the client is to use the host that it asked.
    Nothing,
}

/// `cluster-preferred-endpoint-type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint {
    Ip,
    Hostname,
    Unknown,
}

/// The cluster as one node sees it.
#[derive(Clone, Debug)]
pub(super) struct View {
    owners: Arc<[Option<NodeId>]>,
    pub(super) peers: Vec<Peer>,
    pub(super) current_epoch: u64,
}

/// A node as another sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer {
    pub(super) epoch: u64,
    pub(super) primary: Option<NodeId>,
    pub(super) failed: bool,
    /// How many slots it has.
    pub(super) slots: u16,
}

/// What a node says of itself on the cluster bus (or another of it, who knows better).
#[derive(Clone, Debug)]
pub(super) struct Claims {
    pub(super) of: NodeId,
    epoch: u64,
    current_epoch: u64,
    primary: Option<NodeId>,
    owners: Arc<[Option<NodeId>]>,
}

impl View {
    pub(super) fn shared_evenly(primaries: u8, nodes: u8) -> Self {
        let (count, slots) = (usize::from(primaries), usize::from(SLOTS));
        let edge = |index: u8| slots * usize::from(index) / count;
        let owner = |slot: usize| (0..primaries).find(|index| slot < edge(index + 1)).map(NodeId);
        let owners: Arc<[_]> = (0..slots).map(owner).collect();
        let has = |id: NodeId| owners.iter().filter(|owner| **owner == Some(id)).count();
        let peer = |index: u8| Peer {
            epoch: u64::from(index % primaries) + 1,
            primary: (index >= primaries).then_some(NodeId(index % primaries)),
            failed: false,
            slots: u16::try_from(has(NodeId(index))).unwrap_or(u16::MAX),
        };
        let peers = (0..nodes).map(peer).collect();
        Self { owners, peers, current_epoch: primaries.into() }
    }

    pub(super) fn owner(&self, slot: u16) -> Option<NodeId> {
        self.owners[usize::from(slot)]
    }

    pub(super) fn set_owner(&mut self, slot: u16, owner: Option<NodeId>) {
        if let Some(old) = self.owner(slot) {
            self.peer_mut(old).slots -= 1;
        }
        if let Some(new) = owner {
            self.peer_mut(new).slots += 1;
        }
        Arc::make_mut(&mut self.owners)[usize::from(slot)] = owner;
    }

    pub(super) fn slots_of(&self, node: NodeId) -> impl Iterator<Item = u16> + '_ {
        (0..SLOTS).filter(move |slot| self.owner(*slot) == Some(node))
    }

    pub(super) fn peer(&self, of: NodeId) -> &Peer {
        &self.peers[usize::from(of.0)]
    }

    pub(super) fn peer_mut(&mut self, of: NodeId) -> &mut Peer {
        &mut self.peers[usize::from(of.0)]
    }

    /// An epoch greater than all that are known, for this node.
    pub(super) fn bump(&mut self, node: NodeId) {
        self.current_epoch += 1;
        self.peer_mut(node).epoch = self.current_epoch;
    }

    fn claims(&self, of: NodeId) -> Claims {
        let Peer { epoch, primary, .. } = *self.peer(of);
        Claims { of, epoch, primary, current_epoch: self.current_epoch, owners: self.owners.clone() }
    }
}

impl Node {
    /// Whom it follows by its own word.
    pub(super) fn primary(&self) -> Option<NodeId> {
        self.view.peer(self.id).primary
    }
}

impl Model {
    /// Who serves a slot by its own word, and by that of the newest epoch if several say so. Dead nodes count.
    pub fn owner(&self, slot: u16) -> Option<NodeId> {
        let says_so = self.nodes.iter().filter(|node| node.view.owner(slot) == Some(node.id));
        says_so.max_by_key(|node| node.view.peer(node.id).epoch).map(|node| node.id)
    }

    /// Whom a node follows by its own word; a primary nobody.
    pub fn primary_of(&self, node: NodeId) -> Option<NodeId> {
        self.node(node).primary()
    }

    pub(super) fn peer(&self, at: NodeId, of: NodeId) -> &Peer {
        self.node(at).view.peer(of)
    }

    /// Where a command is to go instead, or why it can go nowhere. For EXEC, all that was queued counts.
    pub(super) fn redirect(&self, conn: Conn, spec: &Spec, argv: &Argv) -> Option<Reply> {
        let session = self.conns.get(&conn)?;
        let here = self.node(session.node);
        let keys: Vec<&[u8]> = if spec.name == "exec" {
            let commands = &session.multi.as_ref()?.commands;
            commands.iter().flat_map(|(spec, argv)| spec.keys(argv)).collect()
        } else {
            spec.keys(argv)
        };
        let first = *keys.first()?;
        let slot = slot_of(first);
        if let Some(lie) = &here.lie {
            return Some(Reply::Error(match lie {
                Lie::Moved(to) => format!("MOVED {slot} {to}"),
                Lie::Ask(to) => format!("ASK {slot} {to}"),
                Lie::WrongSlot(to) => format!("MOVED {} {to}", (slot + 1) % SLOTS),
            }));
        }
        let Some(owner) = here.view.owner(slot) else {
            return Some(Reply::error("CLUSTERDOWN Hash slot not served"));
        };
        if keys.iter().any(|key| slot_of(key) != slot) {
            return Some(Reply::error("CROSSSLOT Keys in request don't hash to the same slot"));
        }
        let writes = spec.has('w') || spec.name == "exec" && session.multi.as_ref().is_some_and(|m| m.has('w'));
        let sharded = matches!(spec.name, "ssubscribe" | "sunsubscribe" | "spublish");
        if !self.is_healthy(here.id) {
            if !sharded && !here.config.reads_when_down {
                return Some(Reply::error("CLUSTERDOWN The cluster is down"));
            }
            if writes {
                return Some(Reply::error("CLUSTERDOWN The cluster is down and only accepts read commands"));
            }
        }
        let migrating = here.migrating.get(&slot).filter(|_| owner == here.id);
        let importing = migrating.is_none() && here.importing.contains_key(&slot);
        if (migrating.is_some() || importing) && spec.name == "migrate" {
            return None;
        }
        let present = keys.iter().filter(|key| sharded || here.db.contains(key, self.now)).count();
        let tryagain = || Some(Reply::error("TRYAGAIN Multiple keys request during rehashing of slot"));
        if let Some(target) = migrating
            && present < keys.len()
        {
            if present > 0 {
                return tryagain();
            }
            return Some(Reply::error(format!("ASK {slot} {}", self.told_address(here.id, *target))));
        }
        if importing && session.asking {
            let several = keys.iter().any(|key| *key != first);
            return if several && present < keys.len() { tryagain() } else { None };
        }
        let reads_here = (session.readonly && !writes || sharded) && here.primary() == Some(owner);
        if owner == here.id || reads_here {
            return None;
        }
        Some(Reply::error(format!("MOVED {slot} {}", self.told_address(here.id, owner))))
    }

    /// `cluster_state` of a node, as it is now.
    pub(super) fn is_healthy(&self, node: NodeId) -> bool {
        let node = self.node(node);
        if node.down_until > self.now {
            return false;
        }
        let (mut primaries, mut reachable, mut covered) = (0, 0, 0);
        for peer in node.view.peers.iter().filter(|peer| peer.slots > 0) {
            primaries += 1;
            reachable += u32::from(!peer.failed);
            covered += if peer.failed { 0 } else { u32::from(peer.slots) };
        }
        let missed = |since: Micros| self.now >= since + self.setup.node_timeout;
        let alone = node.isolated && node.missing_since.is_some_and(missed) && primaries > 1;
        !alone && reachable * 2 > primaries && (!node.config.full_coverage || covered == u32::from(SLOTS))
    }

    /// `HOST:PORT` as clients hear it from a node.
    pub(super) fn told_address(&self, at: NodeId, of: NodeId) -> String {
        format!("{}:{}", self.told_host(at, of).unwrap_or_default(), self.node(of).port)
    }

    pub(super) fn told_host(&self, at: NodeId, of: NodeId) -> Option<&str> {
        let node = self.node(of);
        match (&node.announce, self.node(at).prefers) {
            (Announce::Hostname(name), _) => Some(name),
            (Announce::Unnamed, _) => Some("?"),
            (Announce::Nothing, _) | (Announce::Ip, Endpoint::Unknown) => None,
            (Announce::Ip, Endpoint::Ip) => Some(&node.host),
            (Announce::Ip, Endpoint::Hostname) => Some(node.hostname.as_deref().unwrap_or("?")),
        }
    }

    /// Word of a node goes out to all others.
    pub(super) fn announce_claims(&mut self, of: NodeId) {
        let claims = self.node(of).view.claims(of);
        for to in self.nodes().filter(|to| *to != of) {
            self.send_claims(of, to, claims.clone());
        }
    }

    pub(super) fn send_claims(&mut self, from: NodeId, to: NodeId, claims: Claims) {
        self.after(self.setup.gossip_delay, Event::Gossip { from, to, claims: Box::new(claims) });
    }

    pub(super) fn own_claims(&self, of: NodeId) -> Claims {
        self.node(of).view.claims(of)
    }

    /// A node hears what another says of itself: slots go to the greater epoch.
    pub(super) fn hear(&mut self, from: NodeId, to: NodeId, claims: &Claims) {
        if !self.is_reachable(from) || !self.is_reachable(to) || self.node(to).deaf {
            return;
        }
        let of = claims.of;
        let node = self.node_mut(to);
        let followed = node.primary();
        node.view.current_epoch = node.view.current_epoch.max(claims.current_epoch);
        let peer = node.view.peer_mut(of);
        if of == to || from != of && claims.epoch < peer.epoch {
            return;
        }
        peer.epoch = peer.epoch.max(claims.epoch);
        peer.primary = claims.primary;
        peer.failed &= from != of;
        let mut lost = Vec::new();
        let mut better = Vec::new();
        if claims.primary.is_none() && !Arc::ptr_eq(&node.view.owners, &claims.owners) {
            for slot in 0..SLOTS {
                if claims.owners[usize::from(slot)] != Some(of) || node.view.owner(slot) == Some(of) {
                    continue;
                }
                let owner = node.view.owner(slot);
                match owner {
                    Some(owner) if node.view.peer(owner).epoch >= claims.epoch => {
                        if !better.contains(&owner) {
                            better.push(owner);
                        }
                    }
                    Some(_) | None if node.importing.contains_key(&slot) => {}
                    Some(_) | None => {
                        node.view.set_owner(slot, Some(of));
                        lost.push((slot, owner));
                    }
                }
            }
        }
        for owner in better {
            let news = self.node(to).view.claims(owner);
            self.send_claims(to, of, news);
        }
        self.slots_left(to, of, &lost);
        self.settle_collision(to, of);
        let now_followed = self.node(to).primary();
        if now_followed == followed && self.node(to).view.peer(of).primary.is_some() && followed == Some(of) {
            // Whom it follows has become a replica itself: go on to the head of the shard.
            let head = self.node(to).view.peer(of).primary.filter(|head| *head != to);
            if let Some(head) = head {
                self.follow(to, head);
            }
        }
    }

    /// Slots have gone from their owners to `winner`, in the view of `at`.
    fn slots_left(&mut self, at: NodeId, winner: NodeId, lost: &[(u16, Option<NodeId>)]) {
        if lost.is_empty() {
            return;
        }
        let node = self.node_mut(at);
        let head = node.primary().unwrap_or(at);
        let mine: Vec<u16> = lost.iter().filter(|(_, owner)| *owner == Some(head)).map(|(slot, _)| *slot).collect();
        for slot in &mine {
            node.migrating.remove(slot);
        }
        let all_gone = !mine.is_empty() && node.view.peer(head).slots == 0;
        let all_of_winner = usize::from(node.view.peer(winner).slots) == mine.len();
        self.drop_shard_channels(at, &mine);
        if all_gone && all_of_winner && winner != at {
            self.follow(at, winner);
        } else if head == at {
            self.delete_strays(at, &mine);
        }
        self.after(100_000, Event::CheckBlocked(at));
    }

    /// Two primaries of one epoch: the one with the smaller name takes a new one.
    fn settle_collision(&mut self, at: NodeId, of: NodeId) {
        let (mine, theirs) = (*self.peer(at, at), *self.peer(at, of));
        let both_primaries = mine.primary.is_none() && theirs.primary.is_none();
        if both_primaries && mine.epoch == theirs.epoch && self.node(at).name < self.node(of).name {
            self.node_mut(at).view.bump(at);
            self.announce_claims(at);
        }
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
