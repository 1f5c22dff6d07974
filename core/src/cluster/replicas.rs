//! Reads that need not go to the primary: which may go elsewhere, where, and how near the nodes are.
//!
//! Such a read has no place in the order of its slot. If its replica cannot serve it, or will not, it becomes an ordinary
//! job, once and for all, and [`Cluster::place`] takes it to the primary.

use alloc::{boxed::Box, vec::Vec};

use super::{Cluster, NodeState, Timer};
use crate::{
    flight::{
        JobId,
        ledger::{Facts, Job, NO_SLOT, Reads},
        link::{Question, Queued},
    },
    port::{Micros, NotExecuted, ReadFrom, ShardOrder, SubmitOptions},
    route::{
        command::Flags,
        reading::Wish,
        slot::{Slot, SlotSet},
        table::RowId,
        topology::NodeId,
    },
    sorted::SortedMap,
    wire::{decode::Frame, encode, tape::error_line},
};

/// How long a replica that would not serve a read is not asked again, and how long at least a slot that was redirected is
/// read from its primary: a replica answers nil for keys that moved.
const DOUBT_MS: u32 = 1_000;

const NO_REPLICA: &str = "its slot has no replica to read from: add one, or read with preferReplica";

/// What the machine keeps for reads that need not go to the primary.
#[derive(Debug, Default)]
pub(super) struct Replicas {
    /// Some batch has asked for them: from then on connections to replicas say READONLY.
    pub(super) are_read: bool,
    /// Whose turn it is next among equals.
    turn: u32,
    /// By primary, for [`ReadFrom::Listed`].
    lists: SortedMap<NodeId, Vec<NodeId>>,
    redirected: Redirected,
    /// When the nodes are asked again how near they are, and whether anybody has wanted to know since they were.
    measured_next: Option<Micros>,
    is_nearest_wanted: bool,
}

/// Slots that were redirected of late: in the second that began at `since`, and in the one before.
#[derive(Debug, Default)]
struct Redirected {
    since: Micros,
    now: SlotSet,
    before: SlotSet,
}

impl Redirected {
    fn insert(&mut self, slot: Slot, now: Micros) {
        if now >= self.since.plus_ms(DOUBT_MS) {
            core::mem::swap(&mut self.now, &mut self.before);
            self.now.clear();
            if now >= self.since.plus_ms(2 * DOUBT_MS) {
                self.before.clear();
            }
            self.since = now;
        }
        self.now.insert(slot);
    }

    fn contains(&self, slot: Slot, now: Micros) -> bool {
        (now < self.since.plus_ms(2 * DOUBT_MS) && self.now.contains(slot))
            || (now < self.since.plus_ms(DOUBT_MS) && self.before.contains(slot))
    }
}

/// How long the last PINGs to a node took. The least counts: what stands before a PING can only make it later.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times([Option<u32>; 3]);

impl Times {
    fn add(&mut self, time: u32) {
        self.0 = [Some(time), self.0[0], self.0[1]];
    }

    fn least(&self) -> Option<u32> {
        self.0.iter().flatten().min().copied()
    }
}

impl Replicas {
    /// `default` is who answers where a batch does not say.
    pub(super) fn new(default: &ReadFrom) -> Self {
        let is_nearest_wanted = *default == ReadFrom::Nearest;
        Self { are_read: *default != ReadFrom::Primary, is_nearest_wanted, ..Self::default() }
    }

    pub(super) const fn is_nearest_wanted(&self) -> bool {
        self.is_nearest_wanted
    }
}

impl Cluster {
    /// Who answers the reads of a batch with these options.
    pub(super) fn read_from<'a>(&'a self, options: &'a SubmitOptions) -> &'a ReadFrom {
        options.read_from.as_ref().unwrap_or(&self.config.read_from)
    }

    /// What a new batch keeps to read elsewhere than from the primaries; `None` if it is not to.
    pub(super) fn reads(&mut self, options: &SubmitOptions, written: Option<SlotSet>) -> Option<Box<Reads>> {
        let from = self.read_from(options).clone();
        if from == ReadFrom::Primary {
            return None;
        }
        let replicas = &mut self.replicas;
        replicas.are_read = true;
        let turn = replicas.turn;
        replicas.turn = turn.wrapping_add(1);
        if from == ReadFrom::Nearest && !core::mem::replace(&mut replicas.is_nearest_wanted, true) {
            self.measure_if_due();
        }
        Some(Box::new(Reads { from, turn, written: written.unwrap_or_default() }))
    }

    /// Marks a job that need not go to the primary.
    pub(super) fn mark_read(&self, job: &mut Job) {
        let Some(slot) = Slot::new(job.slot) else { return };
        let reads = self.ledger.batch(job.batch).and_then(|batch| batch.reads.as_ref());
        if reads.is_some_and(|reads| !reads.written.contains(slot)) && self.is_for_replicas(job.row, job.facts) {
            job.facts.set(Facts::REPLICA);
        }
    }

    /// Whether a replica may answer a command. What blocks has a connection of its own, which is not for that.
    pub(super) fn is_for_replicas(&self, row: RowId, facts: Facts) -> bool {
        !facts.has(Facts::BLOCKING | Facts::PINNED | Facts::AFTER_UNKNOWN | Facts::BY_HASH | Facts::HASHED)
            && self.table.row(row).flags.has(Flags::READONLY)
    }

    /// Brings a read to the node that shall answer it. Where that is the primary, it is a job like any other.
    pub(super) fn place_read(&mut self, id: JobId, job: &Job) {
        if let Some(slot) = Slot::new(job.slot)
            && let Some(reads) = self.ledger.batch_of(job).and_then(|batch| batch.reads.as_deref())
            && let Some(owner) = self.topology.owner(slot)
            && !self.is_doubtful(slot)
        {
            let wish = Wish { read_from: &reads.from, turn: reads.turn, lists: &self.replicas.lists };
            let Some(node) = self.chosen(&wish, slot) else {
                self.look_for_replicas();
                return self.not_executed(id, NotExecuted::Unreachable, NO_REPLICA);
            };
            self.revive(slot);
            if node != owner
                && let Ok(place) = self.way_to(node)
            {
                self.send(id, place);
                return;
            }
        }
        self.ledger_mut(id, |job| job.facts.clear(Facts::REPLICA));
        self.place(id);
    }

    /// The node that `explain` names for a read of a batch that would be submitted now.
    pub(super) fn reader(&self, slot: Slot, read_from: &ReadFrom) -> Option<NodeId> {
        if self.is_doubtful(slot) {
            return self.topology.owner(slot);
        }
        let replicas = &self.replicas;
        self.chosen(&Wish { read_from, turn: replicas.turn, lists: &replicas.lists }, slot)
    }

    fn chosen(&self, wish: &Wish<'_>, slot: Slot) -> Option<NodeId> {
        let time = |node| self.state(node).and_then(|state| state.times.least());
        wish.choose(&self.topology, slot, |node| self.can_read(node), time)
    }

    /// Whether a replica may not have all keys of a slot.
    fn is_doubtful(&self, slot: Slot) -> bool {
        self.topology.is_migrating(slot) || self.replicas.redirected.contains(slot, self.now)
    }

    /// Whether reads can be given to a replica now. Nothing waits for one that has been in trouble.
    fn can_read(&self, node: NodeId) -> bool {
        let is_trusted = || self.is_trusted(&self.topology.node(node).address);
        let Some(state) = self.state(node) else { return is_trusted() };
        if state.unfit_until > self.now || self.crowded.contains(&node) {
            return false;
        }
        match state.link.and_then(|place| self.links.get(place)) {
            Some(link) => link.is_ready() || state.failures == 0,
            None => state.failures == 0 && state.retry_at <= self.now && is_trusted(),
        }
    }

    /// Dials the replicas of a slot that have been in trouble, as far as it is time: the reads go to others meanwhile.
    fn revive(&mut self, slot: Slot) {
        let is_down = |state: &NodeState| state.failures > 0 && state.link.is_none();
        for at in 0.. {
            let Some(&node) = self.topology.replicas(slot).get(at) else { return };
            if self.state(node).is_some_and(is_down) {
                let _ = self.way_to(node);
            }
        }
    }

    /// READONLY or READWRITE was answered.
    pub(super) fn turned(&mut self, place: u32, frame: &Frame<'_>) {
        let must_end = self.links.get(place).is_some_and(|link| !link.readonly);
        if must_end && error_line(frame.words, frame.buffers).is_some() {
            self.condemn(place, "it would not stop reading from a replica (READWRITE)");
        }
    }

    /// Replicas come and go without a word of the primaries: that there is none may be old.
    fn look_for_replicas(&mut self) {
        if self.refresh.is_older_than(DOUBT_MS, self.now) {
            self.want_refresh();
        }
    }

    /// A read was given back by its replica.
    pub(super) fn turned_away(&mut self, job: &Job) {
        let until = self.now.plus_ms(DOUBT_MS);
        if let Some(state) = self.state_mut(job.node) {
            state.unfit_until = until;
        }
    }

    /// A slot was redirected.
    pub(super) fn doubt(&mut self, slot: u16) {
        if slot != NO_SLOT
            && let Some(slot) = Slot::new(slot)
        {
            self.replicas.redirected.insert(slot, self.now);
        }
    }

    /// Takes the order in which the nodes of shards are read from.
    pub(super) fn order_reads(&mut self, shards: &[ShardOrder]) {
        self.replicas.lists = SortedMap::default();
        for shard in shards {
            let Some(primary) = self.topology.find(&shard.primary) else { continue };
            let nodes = shard.nodes.iter().filter_map(|node| self.topology.find(node)).collect();
            self.replicas.lists.insert(primary, nodes);
        }
    }

    /// Asks the nodes how near they are, if it is time.
    pub(super) fn measure_if_due(&mut self) {
        let replicas = &mut self.replicas;
        let is_default = self.config.read_from == ReadFrom::Nearest;
        if !self.refresh.is_ready() || replicas.measured_next.is_some_and(|next| next > self.now) {
            return;
        }
        if !core::mem::replace(&mut replicas.is_nearest_wanted, is_default) {
            return replicas.measured_next = None;
        }
        let next = self.now.plus_ms(self.config.measure_ms.max(1));
        replicas.measured_next = Some(next);
        self.timers.insert((next, Timer::Measure));
        let nodes: Vec<NodeId> = self.topology.nodes().collect();
        for node in nodes {
            if let Ok(place) = self.way_to(node) {
                self.measure(place);
            }
        }
    }

    /// Asks one node, over a connection that is ready; one that is not yet is asked when it is.
    pub(super) fn measure(&mut self, place: u32) {
        let now = self.now;
        let Some(link) = self.links.get_mut(place).filter(|link| link.is_ready() && !link.dedicated) else { return };
        if self.replicas.measured_next.is_some() && link.pinged_at.is_none() {
            link.pinged_at = Some(now);
            let mut words = Vec::new();
            encode::command(&mut words, ["PING"]);
            link.enqueue(Queued::Own(&[Question::Nearness], words));
            self.mark_dirty(place);
        }
    }

    /// A node has told how near it is.
    pub(super) fn measured(&mut self, place: u32) {
        let now = self.now;
        let Some(link) = self.links.get_mut(place) else { return };
        let (node, asked) = (link.node, link.pinged_at.take());
        if let (Some(asked), Some(state)) = (asked, self.state_mut(node)) {
            state.times.add(u32::try_from(now.0.saturating_sub(asked.0)).unwrap_or(u32::MAX));
        }
    }
}
