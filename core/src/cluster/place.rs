//! The one way onto the wire: first sends, parts, redirected and retried jobs all pass through [`Cluster::place`].

use alloc::vec::Vec;

use bytes::Bytes;

use super::{Cluster, NodeState, Timer, dedicated::time_left};
use crate::{
    broken::broken,
    flight::{
        JobId,
        ledger::{Course, Facts, Gather, Job, Last, NO_SLOT, NONE},
        link::{Expected, Link, Permission, Question, Queued},
    },
    port::{LinkId, Micros, NotExecuted, Note, Order, Output},
    route::{slot::Slot, topology::NodeId},
    sorted::SortedMap,
};

/// Stands right before a command that was told ASK, in the same write.
const ASKING: &[u8] = b"*1\r\n$6\r\nASKING\r\n";

/// Stand around the commands of a unit.
pub(super) const MULTI: &[u8] = b"*1\r\n$5\r\nMULTI\r\n";
pub(super) const EXEC: &[u8] = b"*1\r\n$4\r\nEXEC\r\n";
const MULTI_EXEC: &[u8] = b"*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nEXEC\r\n";

/// Bytes handed to the host and not yet taken by its operating system, per connection: enough to keep a fast network
/// busy while the host sleeps, little enough that a stalled node's requests stay here, where they can be withdrawn.
const UNWRITTEN: u64 = 4 << 20;

/// How long a job waits for something that nothing announces.
pub(super) const PATIENCE_MS: u32 = 100;

/// What has run in a slot while something before it is open.
#[derive(Debug, Default)]
struct Evidence {
    slot: Ran,
    with_unknown_keys: Ran,
    by_key: SortedMap<Bytes, Ran>,
}

/// The latest places in the order of what ran.
#[derive(Clone, Copy, Debug, Default)]
struct Ran {
    all: u64,
    writes: u64,
}

impl Ran {
    fn new(place: u64, writes: bool) -> Self {
        Self { all: place, writes: if writes { place } else { 0 } }
    }

    fn latest(self, other: Self) -> Self {
        Self { all: self.all.max(other.all), writes: self.writes.max(other.writes) }
    }
}

impl Cluster {
    /// Brings a job to its node, or to the place where it waits.
    pub(super) fn place(&mut self, id: JobId) {
        let Some(job) = self.ledger.job_mut(id) else { return };
        if job.facts.has(Facts::CLOSED) {
            return;
        }
        if job.slot == NO_SLOT || job.facts.0 & (Facts::BLOCKING | Facts::REPLICA | Facts::ON_SESSION) != 0 {
            let job = *job;
            return self.place_alone(id, &job);
        }
        job.facts.set(Facts::LISTED);
        let (number, len, is_behind) = (job.slot, job.len, job.facts.has(Facts::AFTER_UNKNOWN));
        if (is_behind && !self.may_follow(id)) || (self.order.is_held(number) && !broken!(NoHold)) {
            self.disband();
            self.order.join_waiting(id, number, len, self.now);
            self.due.push_back(number);
            return;
        }
        let owner = Slot::new(number).and_then(|slot| self.topology.owner(slot));
        match owner.map_or(Err(Last::NoOwner), |node| self.way_to(node)) {
            Ok(link) if self.order.flies_elsewhere(number, self.link_id(link)) => {
                self.disband();
                self.order.join_waiting(id, number, len, self.now);
                self.due.push_back(number);
            }
            Ok(link) => {
                let on = self.send(id, link);
                self.order.join_flying(id, number, len, on);
            }
            Err(last) => {
                self.disband();
                self.ledger_mut(id, |job| job.last = last);
                let not_before = self.when_to_try(owner);
                self.order.join_waiting(id, number, len, not_before);
                self.due.push_back(number);
            }
        }
    }

    /// Whether a job that stands behind an unknown one keeps its place among the first writes to its node: the one before it
    /// was written on the same connection, where the order is the server's own, or the node is proven past it.
    fn may_follow(&self, id: JobId) -> bool {
        let Some(job) = self.ledger.job(id) else { return false };
        let owner = Slot::new(job.slot).and_then(|slot| self.topology.owner(slot));
        owner == Some(job.node) && self.is_past_unknown(job)
    }

    /// Makes jobs of all that goes in runs: something has happened, or is about to, that runs know nothing of. They need
    /// not be looked at one by one again: what is written from now on begins new runs.
    pub(super) fn disband(&mut self) {
        if !self.ledger.has_runs() {
            return;
        }
        let (ledger, mut listed) = (&mut self.ledger, Vec::new());
        for link in self.links.iter_mut() {
            let at = (link.node, link.id);
            link.disband(|run, member, is_written| {
                let (job, seq) = ledger.open_member(run, &member, at, is_written)?;
                listed.push((seq, job, (member.slot, member.len), at.1));
                Some(job)
            });
        }
        ledger.end_runs();
        listed.sort_unstable_by_key(|&(seq, ..)| core::cmp::Reverse(seq));
        for (seq, job, (slot, len), link) in listed {
            self.order.precede(job, slot, len, link, seq);
        }
    }

    /// Lets the waiting jobs of a slot leave, from the head, as far as order allows.
    pub(super) fn drain(&mut self, number: u16) {
        let Some(slot) = Slot::new(number) else { return };
        let mut evidence = None;
        while let Some((id, not_before)) = self.order.first_waiting(number) {
            crate::broken::step();
            if not_before > self.now {
                self.timers.insert((not_before, Timer::Slot(number)));
                return;
            }
            self.fence_unknowns();
            let Some(&job) = self.ledger.job(id) else { return };
            let target = job.asked.or_else(|| self.topology.owner(slot));
            // Where the next target differs, or something given later is under way, the replies come first: only then is
            // it known who overtook.
            if !broken!(NoDrain)
                && self.order.has_flying(number)
                && !target.and_then(|node| self.link_of(node)).is_some_and(|link| self.order.may_fly(number, link))
            {
                return;
            }
            // Only the node where the unknown command may still run can be proven past it.
            if job.facts.has(Facts::AFTER_UNKNOWN) && target.is_some_and(|target| target != job.node) {
                self.not_executed(
                    id,
                    NotExecuted::AfterUnknown,
                    "it stands behind a command of its keys whose outcome is unknown, and its slot has another owner now",
                );
                continue;
            }
            if job.facts.has(Facts::AFTER_UNKNOWN)
                && !self.is_past_unknown(&job)
                && (self.is_open_elsewhere(&job) || self.ready_link(job.node).is_some())
            {
                self.order.wait_until(number, self.now.plus_ms(PATIENCE_MS));
                continue;
            }
            if self.is_overtaken(id, &job, &mut evidence) {
                self.not_executed(
                    id,
                    NotExecuted::WouldReorder,
                    "a later command of its keys has run before it could be sent again",
                );
                continue;
            }
            match target.map_or(Err(Last::NoOwner), |node| self.way_to(node)) {
                Ok(link) => {
                    let on = self.send(id, link);
                    self.order.fly(id, on);
                }
                Err(last) => {
                    let (not_before, owner) = (self.when_to_try(target), self.topology.owner(slot));
                    self.ledger_mut(id, |job| {
                        job.last = if job.last == Last::Nothing { last } else { job.last };
                        job.asked = job.asked.filter(|_| job.asked == owner);
                    });
                    self.order.wait_until(number, not_before);
                }
            }
        }
        let owner = self.topology.owner(slot).and_then(|node| self.link_of(node));
        self.order.release(number, owner);
    }

    /// Whether a later command that may not change places with a job has run: one of the two writes, and they share a
    /// key (or may). `evidence` is what ran in the slot, once that had to be read.
    fn is_overtaken(&self, id: JobId, job: &Job, evidence: &mut Option<Evidence>) -> bool {
        let order = self.ledger.batch_of(job).map_or(Order::Key, |batch| batch.options.order);
        if order == Order::None || self.order.ran(job.slot) == 0 || broken!(NoOrderGuard) {
            return false;
        }
        // What one drain adds is earlier than what it still looks at.
        let evidence = evidence.get_or_insert_with(|| self.evidence(job.slot));
        let place = self.order.place_of(id);
        let is_later = |ran: &Ran| place < if job.facts.has(Facts::READONLY) { ran.writes } else { ran.all };
        if order == Order::Slot || job.facts.has(Facts::UNKNOWN_KEYS) {
            return is_later(&evidence.slot);
        }
        is_later(&evidence.with_unknown_keys)
            || self.keys_of(job).iter().any(|key| evidence.by_key.get(key).is_some_and(is_later))
    }

    fn evidence(&self, slot: u16) -> Evidence {
        let (mut evidence, mut by_key) = (Evidence::default(), Vec::new());
        for id in self.order.ran_in(slot) {
            let Some(job) = self.ledger.job(id) else { continue };
            let ran = Ran::new(self.order.place_of(id), !job.facts.has(Facts::READONLY));
            evidence.slot = evidence.slot.latest(ran);
            if job.facts.has(Facts::UNKNOWN_KEYS) || self.has_forgotten_keys(job) {
                evidence.with_unknown_keys = evidence.with_unknown_keys.latest(ran);
            }
            by_key.extend(self.keys_of(job).into_iter().map(|key| (key, ran)));
        }
        evidence.by_key.gather(by_key, Ran::latest);
        evidence
    }

    /// A job without a place in the order: keyless, pinned to a node, blocking, or a read that need not go to the primary.
    #[inline(never)]
    fn place_alone(&mut self, id: JobId, job: &Job) {
        if job.facts.has(Facts::REPLICA) {
            return self.place_read(id, job);
        }
        if job.facts.has(Facts::AFTER_UNKNOWN) {
            if !self.is_past_unknown(job) {
                let _ = self.way_to(job.node);
                return self.set_adrift(id, self.now.plus_ms(PATIENCE_MS));
            }
            self.ledger_mut(id, |job| job.facts.clear(Facts::AFTER_UNKNOWN));
        }
        if job.facts.has(Facts::ON_SESSION) {
            return self.place_on_session(id, job);
        }
        if let Some(&Gather { course: Course::Page(lane), .. }) = self.ledger.gather(job.gather) {
            return self.place_page(id, lane);
        }
        let node = if job.facts.has(Facts::PINNED) {
            Some(job.node)
        } else if let Some(slot) = Slot::new(job.slot) {
            job.asked.or_else(|| self.topology.owner(slot))
        } else {
            self.any_node(job.batch)
        };
        let way = match node {
            None => Err(Last::NoNode),
            Some(node) if job.facts.has(Facts::BLOCKING) => self.dedicated_way_to(node),
            Some(node) => self.way_to(node),
        };
        match way {
            Ok(link) => {
                self.send(id, link);
            }
            Err(Last::AllInUse) => self.wait_for_dedicated(id, job),
            Err(last) => {
                let at = self.when_to_try(node);
                self.ledger_mut(id, |job| job.last = last);
                self.set_adrift(id, at);
            }
        }
    }

    /// A primary for the keyless commands of a batch: the same for all of them, a connected one if there is any.
    fn any_node(&mut self, batch: u32) -> Option<NodeId> {
        if let Some(node) = self.ledger.batch(batch)?.any.filter(|&node| self.is_usable(node)) {
            return Some(node);
        }
        let node = self.any_primary(false)?;
        if let Some(batch) = self.ledger.batch_mut(batch) {
            batch.any = Some(node);
        }
        Some(node)
    }

    /// A primary, a connected one if there is any; where it `dials`, one that may be dialled.
    pub(super) fn any_primary(&mut self, dials: bool) -> Option<NodeId> {
        let owners = self.topology.owners();
        let count = u32::try_from(owners.len()).ok().filter(|&count| count > 0)?;
        let start = self.random.below(count) as usize;
        let around = || owners.iter().cycle().skip(start).take(owners.len()).copied();
        let connected = around().find(|&node| self.ready_link(node).is_some() && (!dials || self.is_usable(node)));
        connected.or_else(|| around().find(|&node| self.is_usable(node)))
    }

    fn is_usable(&self, node: NodeId) -> bool {
        self.state(node).is_none_or(|state| state.retry_at <= self.now)
    }

    /// The shared connection of a node, dialled if there is none.
    pub(super) fn way_to(&mut self, node: NodeId) -> Result<u32, Last> {
        let now = self.now;
        match self.state_mut(node) {
            Some(state) if state.link.is_some() => state.link.ok_or(Last::NoNode),
            Some(state) if state.retry_at > now && !broken!(DialAtOnce) => Err(Last::NoNode),
            Some(_) => self.dial(node, false).ok_or(Last::NoNode),
            None => Err(Last::NoNode),
        }
    }

    /// A connection for one caller alone: a blocking command, a subscription.
    pub(super) fn dedicated_way_to(&mut self, node: NodeId) -> Result<u32, Last> {
        let (limit, now) = (self.config.limits.dedicated_per_node, self.now);
        let Some(state) = self.state_mut(node) else { return Err(Last::NoNode) };
        if let Some(idle) = state.idle.pop() {
            return Ok(idle);
        }
        if state.dedicated >= limit {
            return Err(Last::AllInUse);
        }
        if state.retry_at > now {
            return Err(Last::NoNode);
        }
        if !self.may_have_one_more() {
            return Err(Last::AllInUse);
        }
        self.dial(node, true).ok_or(Last::NoNode)
    }

    /// When to look again for a node that cannot be used now.
    pub(super) fn when_to_try(&mut self, node: Option<NodeId>) -> Micros {
        self.want_refresh();
        let patience = self.now.plus_ms(PATIENCE_MS);
        let retry_at = node.and_then(|node| self.state(node)).map_or(patience, |state| state.retry_at);
        if retry_at > self.now { retry_at } else { patience }
    }

    /// Queues a job on a connection; says which.
    pub(super) fn send(&mut self, id: JobId, place: u32) -> LinkId {
        let (Some(link), Some(job)) = (self.links.get_mut(place), self.ledger.job_mut(id)) else {
            return LinkId(u32::MAX);
        };
        job.node = link.node;
        job.link = link.id;
        job.facts.set(Facts::HELD);
        job.facts.clear(Facts::SENT);
        link.enqueue(Queued::Job { job: id, bytes: job.len });
        let limits = &self.config.limits;
        // What one caller has to itself holds back nobody else.
        if !link.dedicated && link.is_crowded(limits) {
            self.crowded.insert(link.node, ());
        }
        if !core::mem::replace(&mut link.dirty, true) {
            self.dirty.push(place);
        }
        link.id
    }

    pub(super) fn mark_dirty(&mut self, place: u32) {
        let Some(link) = self.links.get_mut(place) else { return };
        if !core::mem::replace(&mut link.dirty, true) {
            self.dirty.push(place);
        }
    }

    /// Gives the host what the connections have to write: one piece per connection, large requests as slices.
    pub(super) fn flush(&mut self) {
        let mut dirty = core::mem::take(&mut self.dirty);
        for &place in &dirty {
            let Some(link) = self.links.get_mut(place) else { continue };
            link.dirty = false;
            let in_flight = if broken!(InFlightUnbounded) { usize::MAX } else { self.config.limits.in_flight as usize };
            while let Some(next) = link.next_to_write(in_flight, UNWRITTEN) {
                crate::broken::step();
                match next {
                    Queued::Run { .. } if link.readonly && !broken!(StaysReadonly) => link.turn(false),
                    Queued::Run { run, .. } => {
                        let source = self.ledger.run(run).map_or(NONE, |run| run.source);
                        link.write_run(self.ledger.bytes(source), in_flight, UNWRITTEN);
                    }
                    Queued::Own(questions, words) => {
                        if questions == [Question::Authenticate] {
                            link.multi = link.multi.renewed();
                        }
                        link.write_own(&words, questions);
                    }
                    Queued::Job { job: id, bytes } => {
                        let Some(job) = self.ledger.job_mut(id) else { continue };
                        if job.facts.has(Facts::CLOSED) {
                            self.ledger.unhold(id, Facts::HELD);
                            continue;
                        }
                        // Nobody has proven yet that the node is past what this one stands behind.
                        let is_fenced = job.facts.has(Facts::AFTER_UNKNOWN)
                            && self.nodes.get(usize::from(link.node.0)).is_some_and(NodeState::is_unproven);
                        if job.facts.has(Facts::LISTED) && (is_fenced || self.order.must_wait(id)) {
                            job.facts.clear(Facts::HELD);
                            self.order.refuse(id, self.now);
                            self.due.push_back(job.slot);
                            continue;
                        }
                        if job.facts.has(Facts::NEEDS_MULTI) && link.multi != Permission::Granted {
                            link.put_back(id, bytes);
                            if link.multi == Permission::Unasked {
                                link.multi = Permission::Asked;
                                link.write_own(MULTI_EXEC, &[Question::Multi, Question::Exec]);
                            }
                            break;
                        }
                        let for_replica = job.facts.has(Facts::REPLICA);
                        let is_bound = job.facts.has(Facts::PINNED) || (broken!(StaysReadonly) && !for_replica);
                        if link.readonly != for_replica && !is_bound {
                            link.put_back(id, bytes);
                            link.turn(for_replica);
                            continue;
                        }
                        job.facts.set(Facts::SENT);
                        job.attempts = job.attempts.saturating_add(1);
                        let (source, start, len) = (job.source, job.start as usize, job.len as usize);
                        let unit = job.facts.has(Facts::UNIT).then_some(job.gather);
                        let (is_by_hash, was_unblocked) =
                            (job.facts.has(Facts::BY_HASH), job.facts.has(Facts::UNBLOCKED));
                        let asks = job.asked == Some(link.node) || (broken!(AskingForAll) && job.hops > 0);
                        let asks = asks && !(broken!(NoAskingBeforeMulti) && job.facts.has(Facts::UNIT));
                        if asks && !broken!(AskingBehind) {
                            link.write_asking(ASKING);
                        }
                        if let Some(unit) = unit.and_then(|gather| self.units.get_mut(&gather)) {
                            unit.begin();
                            let left = u32::try_from(unit.commands().len() + 2).unwrap_or(u32::MAX);
                            let source = self.ledger.bytes(source);
                            link.write(source, start..start + len, Expected::Unit { job: id, left });
                            continue;
                        }
                        let other = if is_by_hash {
                            self.scripts.by_hash(link.id, id, &mut self.ledger)
                        } else if was_unblocked {
                            time_left(&self.ledger, &self.table, id, self.now)
                        } else {
                            None
                        };
                        match other {
                            Some(words) => link.write(&words, 0..words.len(), Expected::Job(id)),
                            None => link.write(self.ledger.bytes(source), start..start + len, Expected::Job(id)),
                        }
                        if asks && broken!(AskingBehind) {
                            link.write_asking(ASKING);
                        }
                    }
                }
            }
            let (id, node, before) = (link.id, link.node, self.stats.bytes_out);
            let has_nothing = link.dedicated && link.is_ready() && link.is_idle();
            for bytes in link.drain() {
                self.stats.bytes_out += bytes.len() as u64;
                self.actions.push(Output::Send { link: id, bytes });
            }
            link.time(self.now);
            if self.config.diagnostics && self.stats.bytes_out > before {
                let (address, bytes) = (self.topology.node(node).address.clone(), self.stats.bytes_out - before);
                self.actions.push(Output::Note(Note::Wrote { link: id, address, bytes }));
            }
            let limits = &self.config.limits;
            if !self.crowded.is_empty()
                && !link.dedicated
                && link.waiting() * 2 < limits.waiting_per_node as usize
                && link.waiting_bytes() * 2 < u64::from(limits.waiting_bytes_per_node)
            {
                self.less_crowded |= self.crowded.remove(&node).is_some();
            }
            // What it was dialled for may have been given up meanwhile: no answer will say that it is free.
            if has_nothing {
                self.rest(place);
            }
        }
        dirty.clear();
        self.dirty = dirty;
    }

    /// A job without a place in the order waits until `at`.
    pub(super) fn set_adrift(&mut self, id: JobId, at: Micros) {
        let Some(job) = self.ledger.job_mut(id) else { return };
        job.adrift = Some(at);
        self.adrift_bytes += u64::from(job.len);
        self.adrift.insert((at, Timer::Adrift(id)));
    }

    /// Whatever becomes of a job that was adrift, it is not looked for any more: its number may be given to another.
    pub(super) fn call_off(&mut self, id: JobId) {
        let Some(job) = self.ledger.job_mut(id) else { return };
        if let Some(at) = job.adrift.take() {
            self.adrift_bytes -= u64::from(job.len);
            self.adrift.remove(&(at, Timer::Adrift(id)));
        }
    }

    pub(super) fn link_id(&self, place: u32) -> LinkId {
        self.links.get(place).map_or(LinkId(u32::MAX), |link| link.id)
    }

    /// The number of a node's shared connection.
    pub(super) fn link_of(&self, node: NodeId) -> Option<LinkId> {
        self.state(node)?.link.and_then(|place| self.links.get(place)).map(|link| link.id)
    }

    pub(super) fn ready_link(&self, node: NodeId) -> Option<u32> {
        self.state(node)?.link.filter(|&place| self.links.get(place).is_some_and(Link::is_ready))
    }

    pub(super) fn ledger_mut(&mut self, id: JobId, change: impl FnOnce(&mut Job)) {
        if let Some(job) = self.ledger.job_mut(id) {
            change(job);
        }
    }
}
