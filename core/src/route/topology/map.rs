//! The map itself: 16384 owners as numbers, and what is known of each number.

use alloc::{boxed::Box, collections::BinaryHeap, format, string::String, vec, vec::Vec};
use core::mem;

use bytes::Bytes;

use super::{
    BadView, Changes, NOBODY, NodeId, NodeInfo, View,
    merge::{Member, Merged},
    view::Standing,
};
use crate::{
    broken::broken,
    port::Address,
    route::slot::{SLOTS, Slot},
    sorted::SortedMap,
};

/// The map.
#[derive(Debug)]
pub struct Topology {
    max_nodes: usize,
    nodes: Vec<Entry>,
    numbers: SortedMap<Address, NodeId>,
    /// Other addresses of listed nodes.
    aliases: SortedMap<Address, NodeId>,
    /// The owner per slot, or [`NOBODY`].
    slots: Box<[u16]>,
    owners: Vec<NodeId>,
    /// Slots being moved, each with the node that said so; ascending.
    moving: Vec<(Slot, NodeId)>,
    standalone: bool,
    /// Counts what makes nodes younger or older.
    age: u64,
}

#[derive(Debug)]
struct Entry {
    info: NodeInfo,
    replicas: Vec<NodeId>,
    /// How many slots it owns, and the lowest of them.
    slots: u16,
    lowest: u16,
    /// Never forgotten.
    is_seed: bool,
    /// When it was last asked for or listed.
    used: u64,
}

impl Topology {
    /// Knows nothing; `max_nodes` bounds how many addresses it will ever hold at once.
    pub fn new(max_nodes: usize) -> Self {
        Self {
            max_nodes: max_nodes.min(usize::from(NOBODY)),
            nodes: Vec::new(),
            numbers: SortedMap::default(),
            aliases: SortedMap::default(),
            slots: vec![NOBODY; usize::from(SLOTS)].into_boxed_slice(),
            owners: Vec::new(),
            moving: Vec::new(),
            standalone: false,
            age: 0,
        }
    }

    /// Reads one node's replies to CLUSTER SLOTS and CLUSTER NODES (as `words` over `buffers`). `from` is the address that
    /// was dialled (empty hosts mean it); `tls` picks TLS ports where a reply names both.
    ///
    /// NODES may be an error (an ACL without it): the view then has no epochs, and SLOTS alone decides.
    pub fn read_view(
        slots: (&[u32], &[Bytes]),
        nodes: (&[u32], &[Bytes]),
        from: &Address,
        tls: bool,
    ) -> Result<View, BadView> {
        View::read(slots, nodes, from, tls)
    }

    /// A map from the text of `redis-cli cluster nodes`, for `explain` without a cluster. A node that does not know its
    /// own address is taken to be at 127.0.0.1, as `redis-cli` takes it.
    pub fn from_nodes_text(text: &str) -> Result<Self, BadView> {
        let mut map = Self::new(usize::MAX);
        map.adopt(&[View::from_text(text)?]);
        Ok(map)
    }

    /// An invented map of `count` primaries with equal shares (at least one, at most one per slot), for
    /// `explain --nodes`. The shares are those of `redis-cli --cluster create`.
    pub fn invented(count: u16) -> Self {
        let count = count.clamp(1, SLOTS);
        let mut map = Self::new(usize::MAX);
        for node in 0..count {
            let Some(id) = map.intern(&Address::new(format!("node-{}", node + 1), 6379)) else { break };
            map.nodes[id.index()].info.listed = true;
            map.slots[share(node, count)..share(node + 1, count)].fill(id.0);
        }
        map.count_slots();
        map
    }

    /// Whether the cluster is a single server without slots.
    pub fn is_standalone(&self) -> bool {
        self.standalone
    }

    /// Makes this one node the owner of every slot: a server without cluster mode.
    pub fn adopt_standalone(&mut self, address: &Address) -> Changes {
        let Some(id) = self.intern(address) else { return Changes::default() };
        let before = self.snapshot();
        let was_standalone = core::mem::replace(&mut self.standalone, true);
        for entry in &mut self.nodes {
            entry.info.listed = false;
            entry.info.primary = None;
            entry.replicas.clear();
        }
        self.nodes[id.index()].info.listed = true;
        self.nodes[id.index()].info.failing = false;
        self.aliases.clear();
        self.moving.clear();
        self.slots.fill(id.0);
        self.count_slots();
        Changes { any: !was_standalone || before != self.snapshot() }
    }

    /// Takes the views of one refresh: the newer config epoch wins per slot, else the majority, else the first. Holes keep
    /// the last owner until that node is listed as something else or gone from every view.
    ///
    /// Gone is proven only by NODES of a node that knows slots: one that was reset lists nobody but itself, and one that
    /// refuses NODES does not list empty primaries.
    pub fn adopt(&mut self, views: &[View]) -> Changes {
        if views.is_empty() {
            return Changes::default();
        }
        let before = self.snapshot();
        let was_standalone = core::mem::take(&mut self.standalone);
        let merged = Merged::new(views, |address| self.numbers.get(address).is_some_and(|&id| self.node(id).listed));
        let numbers = self.list(&merged);
        let kept = self.assign(&merged, &numbers, was_standalone);
        self.regroup(&merged, &numbers);
        self.mark_moving(&merged, &numbers, kept);
        self.count_slots();
        Changes { any: was_standalone || before != self.snapshot() }
    }

    /// MOVED: this slot belongs to that node from now on; replica knowledge of the shard is kept. A replica that is
    /// named was promoted: its siblings, and the primary whose place it took, are the replicas of what it owns.
    pub fn patch(&mut self, slot: Slot, node: NodeId) {
        let node = self.listed_as(node);
        let position = usize::from(slot.number());
        let former = self.slots[position];
        if let Some(primary) = self.nodes[node.index()].info.primary.take() {
            let mut replicas = self.nodes[primary.index()].replicas.clone();
            replicas.retain(|&replica| replica != node);
            if !self.nodes[primary.index()].info.failing {
                replicas.push(primary);
            }
            self.nodes[node.index()].replicas = replicas;
        }
        if former == node.0 {
            return;
        }
        self.slots[position] = node.0;
        if former != NOBODY {
            self.lose(NodeId(former), slot.number());
        }
        let entry = &mut self.nodes[node.index()];
        entry.lowest = if entry.slots == 0 { slot.number() } else { entry.lowest.min(slot.number()) };
        entry.slots += 1;
        if entry.slots == 1 {
            self.owners.push(node);
        }
        self.owners.sort_by_key(|owner| self.nodes[owner.index()].lowest);
    }

    /// The number of an address, given now if it has none; another name of a listed node is that node. `None` when the
    /// map is full of nodes that are listed, own slots, or are seeds: of others, the one longest not listed nor asked
    /// for is forgotten, and its number used again.
    pub fn intern(&mut self, address: &Address) -> Option<NodeId> {
        self.age += 1;
        if let Some(id) = self.find(address) {
            self.nodes[id.index()].used = self.age;
            return Some(id);
        }
        self.number(address)
    }

    /// [`Topology::intern`] for an address that is never to be forgotten, and that stays itself even where it is
    /// another name of a listed node: it is the last resort when that node's own address cannot be reached.
    pub fn intern_seed(&mut self, address: &Address) -> Option<NodeId> {
        self.age += 1;
        let id = match self.numbers.get(address) {
            Some(&id) => id,
            None => self.number(address)?,
        };
        self.nodes[id.index()].is_seed = true;
        Some(id)
    }

    /// The number of an address that is known, as an address or as another name of a listed node.
    pub fn find(&self, address: &Address) -> Option<NodeId> {
        self.numbers.get(address).or_else(|| self.aliases.get(address)).copied()
    }

    /// Whether the newest views list this address, as a node's preferred one or another: for the trust policy.
    pub fn is_listed(&self, address: &Address) -> bool {
        let listed = |id: &NodeId| self.nodes[id.index()].info.listed;
        self.numbers.get(address).is_some_and(listed) || self.aliases.contains(address)
    }

    /// What is known of a node.
    pub fn node(&self, id: NodeId) -> &NodeInfo {
        &self.nodes[id.index()].info
    }

    /// The owner of a slot.
    #[inline]
    pub fn owner(&self, slot: Slot) -> Option<NodeId> {
        Some(NodeId(self.slots[usize::from(slot.number())])).filter(|owner| owner.0 != NOBODY)
    }

    /// The replicas of a slot's shard that serve.
    pub fn replicas(&self, slot: Slot) -> &[NodeId] {
        self.owner(slot).map_or(&[], |owner| &self.nodes[owner.index()].replicas)
    }

    /// The primaries listed (with or without slots: an empty one can be chosen by name, but see [`Topology::owners`]).
    pub fn primaries(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.listed().filter(|(_, info)| info.primary.is_none()).map(|(id, _)| id)
    }

    /// The primaries that own at least one slot, in the order of their lowest slot.
    pub fn owners(&self) -> &[NodeId] {
        &self.owners
    }

    /// Every listed node that is not failing, primaries first.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.members().filter(|id| !self.node(*id).failing)
    }

    /// The replicas among them.
    pub fn all_replicas(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes().filter(|id| self.node(*id).primary.is_some())
    }

    /// Every listed node, failing or not, primaries first.
    pub fn members(&self) -> impl Iterator<Item = NodeId> + '_ {
        let with = |is_replica| self.listed().filter(move |(_, info)| info.primary.is_some() == is_replica);
        with(false).chain(with(true)).map(|(id, _)| id)
    }

    /// Whether NODES said that this slot is being moved.
    pub fn is_migrating(&self, slot: Slot) -> bool {
        self.moving.binary_search_by_key(&slot, |&(moving, _)| moving).is_ok()
    }

    /// The ranges of [`Topology::ranges`] that one node owns.
    pub fn ranges_of(&self, node: NodeId) -> Vec<(u16, u16)> {
        let own = self.ranges().into_iter().filter(|&(.., owner)| owner == node);
        own.map(|(first, last, _)| (first, last)).collect()
    }

    /// The slots being moved, each with the node that said so, ascending.
    pub fn marks(&self) -> impl Iterator<Item = (Slot, NodeId)> + '_ {
        self.moving.iter().copied()
    }

    /// How many slots have no owner.
    pub fn holes(&self) -> usize {
        self.slots.iter().filter(|&&owner| owner == NOBODY).count()
    }

    /// Contiguous ranges of slots with one owner, ascending; holes are left out.
    pub fn ranges(&self) -> Vec<(u16, u16, NodeId)> {
        let mut ranges = Vec::new();
        let mut first = 0;
        for run in self.slots.chunk_by(|a, b| a == b) {
            let Ok(length) = u16::try_from(run.len()) else { break };
            if run[0] != NOBODY {
                ranges.push((first, first + length - 1, NodeId(run[0])));
            }
            first += length;
        }
        ranges
    }
}

/// The steps of [`Topology::adopt`], in their order.
impl Topology {
    /// Gives every member its number and takes over what the views say of it. Returns the numbers by member.
    fn list(&mut self, merged: &Merged<'_>) -> Vec<u16> {
        self.age += 1;
        let mut numbers = vec![NOBODY; merged.members.len()];
        let was_listed: Vec<bool> = self.nodes.iter().map(|entry| entry.info.listed).collect();
        for entry in &mut self.nodes {
            entry.info.listed = false;
            entry.info.primary = None;
            entry.replicas.clear();
        }
        // Those that are known first, so that the newcomers find out who can be forgotten.
        let order = merged.by_standing();
        let mut shown = Vec::with_capacity(order.len());
        for is_newcomer in [false, true] {
            for &member in &order {
                let Some(address) = merged.members[member].address.filter(|_| numbers[member] == NOBODY) else {
                    continue;
                };
                let known = self.numbers.get(address).copied();
                let number = if is_newcomer { known.or_else(|| self.number(address)) } else { known };
                let Some(id) = number else { continue };
                numbers[member] = id.0;
                // Two members may share an address, a lost node and its successor: the one that matters more is shown.
                if !self.nodes[id.index()].info.listed {
                    self.take_over(id, &merged.members[member]);
                    shown.push((id, member));
                }
            }
        }
        for (id, member) in shown {
            let primary = merged.primary(&merged.members[member]).map(|primary| NodeId(numbers[primary]));
            self.nodes[id.index()].info.primary = primary.filter(|&primary| primary.0 != NOBODY && primary != id);
        }
        self.aliases.clear();
        for (member, &number) in merged.members.iter().zip(&numbers).filter(|&(_, &number)| number != NOBODY) {
            for &other in &member.others {
                if !self.aliases.contains(other) {
                    self.aliases.insert(other.clone(), NodeId(number));
                }
            }
        }
        if !merged.proves_absence() {
            for (entry, was_listed) in self.nodes.iter_mut().zip(was_listed) {
                entry.info.listed |= was_listed && entry.slots > 0;
            }
        }
        numbers
    }

    fn take_over(&mut self, id: NodeId, member: &Member<'_>) {
        let entry = &mut self.nodes[id.index()];
        entry.used = self.age;
        entry.info.listed = true;
        entry.info.failing = member.is_failing();
        for (ours, theirs) in [(&mut entry.info.name, &member.seen.name), (&mut entry.info.zone, &member.seen.zone)] {
            if !theirs.is_empty() && ours != theirs {
                ours.clone_from(theirs);
            }
        }
    }

    /// Gives every slot its owner; holes keep the last one while they may. Returns those.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    fn assign(&mut self, merged: &Merged<'_>, numbers: &[u16], was_standalone: bool) -> Vec<(Slot, NodeId)> {
        let mut kept = Vec::new();
        if broken!(MapKeepsOwners) && self.slots.iter().any(|&owner| owner != NOBODY) {
            return kept;
        }
        let mut slots = merged.owners(numbers);
        for &owner in slots.iter().filter(|&&owner| owner != NOBODY) {
            self.nodes[usize::from(owner)].info.primary = None;
        }
        if !was_standalone {
            for ((slot, &last), number) in slots.iter_mut().zip(&self.slots).zip((0..SLOTS).filter_map(Slot::new)) {
                if *slot == NOBODY && last != NOBODY && self.may_still_own(last) {
                    *slot = last;
                    kept.push((number, NodeId(last)));
                }
            }
        }
        self.slots = slots.into_boxed_slice();
        kept
    }

    fn may_still_own(&self, node: u16) -> bool {
        let info = &self.nodes[usize::from(node)].info;
        info.listed && info.primary.is_none()
    }

    /// Puts the replicas behind their primaries: those that SLOTS names, for it leaves out what does not serve yet;
    /// behind a primary that SLOTS does not list, those that NODES lists as its replicas.
    fn regroup(&mut self, merged: &Merged<'_>, numbers: &[u16]) {
        let mut is_served = vec![false; self.nodes.len()];
        let mut is_placed = vec![false; self.nodes.len()];
        for (member, &number) in merged.members.iter().zip(numbers).filter(|&(_, &number)| number != NOBODY) {
            is_served[usize::from(number)] |= member.standing == Standing::Owner;
            for replica in merged.replicas(member) {
                let replica = NodeId(numbers[replica]);
                if replica.0 == NOBODY || is_placed[replica.index()] || !self.serves_behind(replica, NodeId(number)) {
                    continue;
                }
                is_placed[replica.index()] = true;
                self.nodes[usize::from(number)].replicas.push(replica);
            }
        }
        for replica in (0..NOBODY).map(NodeId).take(self.nodes.len()) {
            let Some(primary) = self.nodes[replica.index()].info.primary else { continue };
            if !is_served[primary.index()] && !is_placed[replica.index()] && self.serves_behind(replica, primary) {
                self.nodes[primary.index()].replicas.push(replica);
            }
        }
    }

    fn serves_behind(&self, replica: NodeId, primary: NodeId) -> bool {
        let info = &self.nodes[replica.index()].info;
        info.listed && !info.failing && info.primary == Some(primary)
    }

    /// Only a node's own line carries its marks, so that what a node said stays until it is asked again or gone. What was
    /// `kept` by a node that was asked, it does not own by its own word: that is on its way too.
    fn mark_moving(&mut self, merged: &Merged<'_>, numbers: &[u16], mut kept: Vec<(Slot, NodeId)>) {
        let mut was_asked = vec![false; self.nodes.len()];
        for asked in merged.asked().map(|member| numbers[member]).filter(|&number| number != NOBODY) {
            was_asked[usize::from(asked)] = true;
        }
        let nodes = &self.nodes;
        self.moving.retain(|(_, teller)| nodes[teller.index()].info.listed && !was_asked[teller.index()]);
        let told = merged.moving().map(|(slot, teller)| (slot, NodeId(numbers[teller])));
        self.moving.extend(told.filter(|(_, teller)| teller.0 != NOBODY));
        kept.retain(|(_, owner)| was_asked[owner.index()]);
        self.moving.append(&mut kept);
        // Few and seldom: a heap sorts them in a tenth of the code that a slice's sort brings.
        self.moving = BinaryHeap::from(mem::take(&mut self.moving)).into_sorted_vec();
        self.moving.dedup();
    }
}

/// What keeps the parts of the map in step.
impl Topology {
    fn listed(&self) -> impl Iterator<Item = (NodeId, &NodeInfo)> {
        let numbers = 0..NOBODY;
        numbers.zip(&self.nodes).map(|(id, entry)| (NodeId(id), &entry.info)).filter(|(_, info)| info.listed)
    }

    /// The listed node that a node is another name of; itself if it is none.
    fn listed_as(&self, id: NodeId) -> NodeId {
        let info = self.node(id);
        if info.listed { id } else { self.aliases.get(&info.address).copied().unwrap_or(id) }
    }

    /// A new number for an address that has none.
    fn number(&mut self, address: &Address) -> Option<NodeId> {
        let entry = Entry {
            info: NodeInfo {
                address: address.clone(),
                name: String::new(),
                primary: None,
                listed: false,
                failing: false,
                zone: String::new(),
            },
            replicas: Vec::new(),
            slots: 0,
            lowest: 0,
            is_seed: false,
            used: self.age,
        };
        let id = if self.nodes.len() < self.max_nodes {
            self.nodes.push(entry);
            NodeId(u16::try_from(self.nodes.len() - 1).ok()?)
        } else {
            let id = self.forgettable()?;
            let forgotten = core::mem::replace(&mut self.nodes[id.index()], entry);
            self.numbers.remove(&forgotten.info.address);
            self.moving.retain(|&(_, teller)| teller != id);
            id
        };
        self.numbers.insert(address.clone(), id);
        Some(id)
    }

    /// The oldest node that nothing refers to.
    fn forgettable(&self) -> Option<NodeId> {
        let mut is_needed = vec![false; self.nodes.len()];
        for (id, entry) in self.nodes.iter().enumerate() {
            is_needed[id] |= entry.info.listed || entry.slots > 0 || entry.is_seed;
            for other in entry.info.primary.iter().chain(&entry.replicas) {
                is_needed[other.index()] = true;
            }
        }
        let candidates = (0..NOBODY).zip(&self.nodes).filter(|&(id, _)| !is_needed[usize::from(id)]);
        candidates.min_by_key(|(_, entry)| entry.used).map(|(id, _)| NodeId(id))
    }

    /// Counts all slots anew.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    fn count_slots(&mut self) {
        self.owners.clear();
        for entry in &mut self.nodes {
            entry.slots = 0;
        }
        for (slot, &owner) in (0..SLOTS).zip(&self.slots) {
            if owner == NOBODY {
                continue;
            }
            let entry = &mut self.nodes[usize::from(owner)];
            if entry.slots == 0 {
                entry.lowest = slot;
                self.owners.push(NodeId(owner));
            }
            entry.slots += 1;
        }
    }

    /// Takes one slot, now another's, from the count of its former owner.
    fn lose(&mut self, former: NodeId, slot: u16) {
        let entry = &mut self.nodes[former.index()];
        entry.slots -= 1;
        if entry.slots == 0 {
            self.owners.retain(|&owner| owner != former);
        } else if entry.lowest == slot {
            let next = (slot..SLOTS).zip(&self.slots[usize::from(slot)..]).find(|&(_, &owner)| owner == former.0);
            entry.lowest = next.map_or(slot, |(next, _)| next);
        }
    }

    /// What routing depends on, to be compared. Nodes that are only remembered make no difference.
    fn snapshot(&self) -> (Box<[u16]>, Vec<(NodeId, NodeState)>) {
        let states = self.listed().map(|(id, info)| {
            let state = NodeState {
                address: info.address.clone(),
                primary: info.primary,
                failing: info.failing,
                zone: info.zone.clone(),
                replicas: self.nodes[id.index()].replicas.clone(),
            };
            (id, state)
        });
        (self.slots.clone(), states.collect())
    }
}

/// A node as far as routing depends on it.
#[derive(Debug, PartialEq, Eq)]
struct NodeState {
    address: Address,
    primary: Option<NodeId>,
    failing: bool,
    zone: String,
    replicas: Vec<NodeId>,
}

/// The first slot of a node's share, rounded as `redis-cli --cluster create` rounds.
fn share(node: u16, count: u16) -> usize {
    let (node, count) = (usize::from(node), usize::from(count));
    (node * usize::from(SLOTS) * 2 + count) / (count * 2)
}
