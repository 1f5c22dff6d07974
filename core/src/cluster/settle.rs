//! Telling the caller: each command once, and what became of it.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};

use bytes::Bytes;

use super::{Cluster, admit::UNPROVEN};
use crate::{
    broken::broken,
    flight::{
        Ended, JobId, Kept, Part,
        answer::{AnswerWriter, At},
        judge,
        ledger::{Course, Facts, Gather, Job, Last, NO_SLOT, NONE, UnknownKey},
        merge::{self, Piece, Whole},
    },
    port::{Cause, LinkId, NotExecuted, OutcomeKind, Ran, Route, Ticket},
    route::{
        command::{Flags, Merge},
        slot::Slot,
        topology::NodeId,
    },
    sorted::SortedMap,
    wire::{
        request::{Args, Requests},
        shape::Shape,
        tape::tag,
    },
};

const CANCELLED: &str = "cancelled by the caller";

impl Cluster {
    /// The server answered `job`, which is open.
    pub(super) fn replied(&mut self, id: JobId, job: &Job, words: &[u32], buffers: &[Bytes]) {
        self.ledger.close_as(id, job.facts);
        let flags = self.table.row(job.row).flags;
        if flags.has(Flags::RESHAPES) {
            self.cluster_changed();
        }
        if flags.has(Flags::CLIENT_NAME) {
            self.named(job);
        }
        if job.facts.has(Facts::ON_SESSION) {
            self.replied_on_session(job);
        }
        if job.gather == NONE {
            self.writer.reply(job.ticket, job.shape, words, buffers);
        } else {
            self.part_ended(job, Ended::Reply(Kept::new(words, buffers)));
        }
        self.finish(id, job, true);
    }

    /// A name that a node has taken, on behalf of the client and not of one of its connections.
    #[inline(never)]
    fn named(&mut self, job: &Job) {
        if self.ledger.batch_of(job).is_none_or(|batch| batch.options.route != Route::Table) {
            return;
        }
        let bytes = self.ledger.bytes(job.source);
        let mut spans = Vec::new();
        let Some(Ok(_)) = Requests::new(bytes, job.start as usize).next(&mut spans) else { return };
        let name = Args::new(bytes, &spans).at(2).map(String::from_utf8_lossy);
        self.config.client_name = name.filter(|name| !name.is_empty()).map(Cow::into_owned);
    }

    /// The server answered with an error that is the caller's.
    pub(super) fn server_error(&mut self, id: JobId, line: &[u8]) {
        let Some(job) = self.ledger.close(id) else { return };
        let may_have_run = judge::may_have_run(line, Slot::new(job.slot), job.facts.has(Facts::SCRIPT))
            || job.facts.has(Facts::MAYBE_RAN);
        let ran = if may_have_run { Ran::Maybe } else { Ran::No };
        if job.gather == NONE {
            self.writer.server_error(job.ticket, ran, line, at(&self.node_name(job.node), job.slot));
        } else {
            self.part_ended(&job, Ended::ServerError { ran, line: Bytes::copy_from_slice(line) });
        }
        self.finish(id, &job, ran == Ran::Maybe);
    }

    /// It never ran and never will; unless an earlier attempt of it may have.
    pub(super) fn not_executed(&mut self, id: JobId, reason: NotExecuted, message: &str) {
        if self.ledger.job(id).is_some_and(|job| job.facts.has(Facts::MAYBE_RAN)) {
            return self.unknown(id, message);
        }
        self.call_off(id);
        let Some(job) = self.ledger.close(id) else { return };
        self.stats.not_executed += 1;
        if job.gather == NONE {
            self.writer.not_executed(job.ticket, reason, message, at(&self.node_name(job.node), job.slot));
        } else {
            self.part_ended(&job, Ended::NotExecuted { reason, message: message.to_string() });
        }
        self.finish(id, &job, false);
    }

    /// It was possibly written, and nobody will say what became of it.
    pub(super) fn unknown(&mut self, id: JobId, message: &str) {
        self.call_off(id);
        let Some(job) = self.ledger.close(id) else { return };
        self.stats.unknown += 1;
        self.remember_unknown(&job);
        if job.gather == NONE {
            self.writer.unknown(job.ticket, job.attempts, message, at(&self.node_name(job.node), job.slot));
        } else {
            self.part_ended(&job, Ended::Unknown { attempts: job.attempts, message: message.to_string() });
        }
        self.finish(id, &job, true);
    }

    /// A possibly written job lost its connection: a read is sent again, a write is unknown.
    pub(super) fn lost(&mut self, id: JobId, cause: &Cause) {
        use crate::port::Retry;
        let Some(&job) = self.ledger.job(id) else { return };
        let retry = self.ledger.batch(job.batch).map_or(Retry::Never, |batch| batch.options.retry);
        let may_repeat = match retry {
            _ if broken!(ResendAfterEof) => true,
            Retry::Never => false,
            Retry::Reads => job.facts.has(Facts::READONLY),
            // What the caller said of the command says nothing of its steps.
            Retry::Idempotent => job.facts.has(Facts::READONLY) || !self.is_step(&job) || broken!(RecipeStepsRepeat),
        };
        let is_repeatable = job.facts.0 & (Facts::SCRIPT | Facts::BLOCKING | Facts::UNIT) == 0;
        let is_repeatable = is_repeatable || (broken!(RetryUnits) && job.facts.has(Facts::UNIT));
        if may_repeat && (is_repeatable || broken!(RetryScripts)) {
            self.stats.retries += 1;
            self.ledger_mut(id, |job| {
                job.last = Last::Lost;
                job.facts.set(Facts::MAYBE_RAN);
            });
            self.again(id, &job, 5);
        } else {
            self.unknown(id, &cause.to_string());
        }
    }

    /// Settles what of a batch has passed its deadline.
    pub(super) fn expire(&mut self, index: u32) {
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        let now = self.now;
        batch.deadlines.retain(|&deadline| deadline > now);
        if self.parked.contains(&index) {
            self.parked.retain(|&parked| parked != index);
            let why = self.why_unreachable();
            return self.fail_rest(index, NotExecuted::Unreachable, &why);
        }
        self.disband();
        for id in self.ledger.open_jobs_where(|job| job.batch == index && job.deadline <= now) {
            self.give_up(id, NotExecuted::Expired, "no answer before the deadline");
        }
    }

    pub(super) fn cancel_tickets(&mut self, tickets: &core::ops::Range<Ticket>) {
        self.disband();
        let ledger = &self.ledger;
        // A unit is given up whole.
        let last = |job: &Job| Ticket(job.ticket.0 + u64::from(ledger.commands_of(job)) - 1);
        let jobs = self.ledger.open_jobs_where(|job| job.ticket < tickets.end && last(job) >= tickets.start);
        let waiting: Vec<u32> =
            self.ledger.batches().filter(|(_, batch)| !batch.is_admitted()).map(|(index, _)| index).collect();
        for index in waiting {
            self.cancel_waiting(index, tickets);
        }
        for id in jobs {
            self.give_up(id, NotExecuted::Cancelled, CANCELLED);
        }
    }

    /// Those of the tickets that are commands of this batch and were not admitted yet.
    fn cancel_waiting(&mut self, index: u32, tickets: &core::ops::Range<Ticket>) {
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        let (first, end) = (batch.first.0 + u64::from(batch.admitted), batch.first.0 + u64::from(batch.count));
        let (from, to) = (first.max(tickets.start.0), end.min(tickets.end.0));
        // A unit is given up whole.
        let is_all = (from == first && to == end) || (batch.options.atomic && from < to);
        if is_all {
            self.parked.retain(|&parked| parked != index);
            return self.fail_rest(index, NotExecuted::Cancelled, CANCELLED);
        }
        let new: Vec<u64> = (from..to).filter(|&ticket| batch.cancelled.insert(ticket, ())).collect();
        let nothing_waits = batch.cancelled.len_from(&first) as u64 == end - first;
        for ticket in new {
            if broken!(CancelIsSilent) {
                continue;
            }
            self.stats.not_executed += 1;
            self.writer.not_executed(Ticket(ticket), NotExecuted::Cancelled, CANCELLED, At::default());
        }
        if nothing_waits {
            self.parked.retain(|&parked| parked != index);
            self.fail_rest(index, NotExecuted::Cancelled, CANCELLED);
        }
    }

    /// Ends a job before its answer: unknown if it was written, else not executed.
    pub(super) fn give_up(&mut self, id: JobId, reason: NotExecuted, message: &str) {
        let Some(&job) = self.ledger.job(id) else { return };
        if self.withdraw(id, &job) == Some(true) {
            self.ledger_mut(id, |job| job.attempts = 1);
            return self.unknown(id, message);
        }
        if job.facts.has(Facts::SENT) && job.facts.has(Facts::HELD) {
            if broken!(PopOnTimeout)
                && let Some(&place) = self.link_numbers.get(&job.link)
                && let Some(link) = self.links.get_mut(place)
            {
                link.answered();
            }
            if broken!(TimeoutIsNotExecuted) {
                return self.not_executed(id, reason, message);
            }
            self.unknown(id, message);
            return if job.facts.0 & (Facts::BLOCKING | Facts::ON_SESSION) != 0 {
                self.hang_up(job.link, "the command that it was kept for was given up")
            } else {
                self.suspect(job.link)
            };
        }
        if reason == NotExecuted::Expired && self.is_asking(&job) {
            self.not_executed(id, reason, &alloc::format!("{message}: it was never sent (MULTI was not answered)"));
            return match job.facts.has(Facts::ON_SESSION) {
                true => self.hang_up(job.link, "it does not say whether MULTI is allowed"),
                false => self.suspect(job.link),
            };
        }
        let (reason, message) = match job.last {
            _ if job.facts.has(Facts::AFTER_UNKNOWN) && reason != NotExecuted::Cancelled => {
                (NotExecuted::AfterUnknown, alloc::format!("{message}: {UNPROVEN}"))
            }
            Last::Refused(code) => (reason, alloc::format!("{message}; last refused with {code}")),
            Last::AllInUse => (reason, alloc::format!("{message}; all dedicated connections were in use")),
            Last::Redirected => (reason, alloc::format!("{message}; it was being redirected")),
            Last::Unsettled => (
                reason,
                alloc::format!("{message}: what is left is being moved, has no owner, or its node does not answer"),
            ),
            Last::NoOwner => (unless_cancelled(reason), alloc::format!("slot {} has no owner", job.slot)),
            Last::NoNode | Last::Lost | Last::Nothing if job.facts.has(Facts::MAYBE_RAN) => {
                let why = self.why_not_at(&job);
                (reason, alloc::format!("{message}: it was lost with its connection and not sent again ({why})"))
            }
            Last::NoNode | Last::Lost | Last::Nothing => {
                let why = self.why_not_at(&job);
                (unless_cancelled(reason), alloc::format!("{message}: it was never sent ({why})"))
            }
        };
        self.not_executed(id, reason, &message);
    }

    /// Why a job could not be sent to the node that it was, or would be, for.
    fn why_not_at(&self, job: &Job) -> String {
        let owner = || Slot::new(job.slot).and_then(|slot| self.topology.owner(slot));
        let node = if job.node.0 == u16::MAX { owner() } else { Some(job.node) };
        match node.and_then(|node| Some((node, self.state(node)?.reason.as_str()))) {
            Some((node, reason)) if !reason.is_empty() => alloc::format!("{}: {reason}", self.node_name(node)),
            Some(_) | None => self.why_unreachable(),
        }
    }

    /// Settles every command of a batch that was not admitted yet.
    pub(super) fn fail_rest(&mut self, index: u32, reason: NotExecuted, message: &str) {
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        let (first, count) = (batch.first.0 + u64::from(batch.admitted), batch.count - batch.admitted);
        batch.admitted = batch.count;
        let cancelled = core::mem::take(&mut batch.cancelled);
        for ticket in (first..first + u64::from(count)).filter(|ticket| !cancelled.contains(ticket)) {
            self.stats.not_executed += 1;
            self.writer.not_executed(Ticket(ticket), reason, message, At::default());
        }
        self.end_if_over(index);
    }

    pub(super) fn finish(&mut self, id: JobId, job: &Job, ran: bool) {
        if job.facts.has(Facts::ON_SESSION) {
            self.over_on_session(id, job);
        }
        if job.facts.has(Facts::LISTED) {
            let mut left = core::mem::take(&mut self.scratch.left);
            self.order.complete(id, ran, &mut left);
            for &id in &left {
                self.ledger.unhold(id, Facts::LISTED);
            }
            left.clear();
            self.scratch.left = left;
            if self.order.is_held(job.slot) {
                self.due.push_back(job.slot);
            }
        } else {
            self.ledger.free(id);
        }
        if job.gather == NONE {
            return self.commands_over(job.batch, 1, u64::from(job.len));
        }
        if let Some(gather) = self.ledger.gather_mut(job.gather) {
            gather.open -= 1;
            if gather.open == 0
                && !self.goes_on(job.gather)
                && let Some(gather) = self.ledger.end_gather(job.gather)
            {
                match &gather.course {
                    Course::Merge(merge) => self.conclude(&gather, *merge),
                    Course::Page(lane) => self.page_over(&gather, *lane),
                    Course::Recipe(_) => {}
                    Course::Unit => self.unit_over(job.gather, &gather),
                }
                self.commands_over(gather.batch, gather.commands, u64::from(gather.len));
            }
        }
    }

    pub(super) fn commands_over(&mut self, index: u32, count: u32, bytes: u64) {
        let (window, window_bytes) = (self.config.limits.window, u64::from(self.config.limits.window_bytes));
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        batch.open -= count;
        batch.open_bytes -= bytes;
        let has_room = batch.open == 0 || (batch.open <= window / 2 && batch.open_bytes <= window_bytes / 2);
        if !batch.is_admitted() && has_room && self.unfed.back() != Some(&index) {
            self.unfed.push_back(index);
        }
        self.end_if_over(index);
    }

    pub(super) fn end_if_over(&mut self, index: u32) {
        if !self.ledger.batch(index).is_some_and(crate::flight::ledger::Batch::is_over) {
            return;
        }
        let Some(batch) = self.ledger.end_batch(index) else { return };
        for deadline in batch.deadlines {
            self.timers.remove(&(deadline, super::Timer::Batch(index)));
        }
    }

    pub(super) fn part_ended(&mut self, job: &Job, ended: Ended) {
        let node = self.node_name(job.node);
        let Some(part) = self.ledger.gather_mut(job.gather).and_then(|g| g.parts.get_mut(job.part as usize)) else {
            return;
        };
        part.node = node;
        part.ended = Some(ended);
    }

    /// All parts have ended: one answer.
    #[inline(never)]
    pub(super) fn conclude(&mut self, gather: &Gather, merge: Merge) {
        let parts = &gather.parts;
        let is_by_chance = merge == Merge::AnyNonNull;
        let chance = if is_by_chance { self.random.below(u32::MAX) } else { 0 };
        let wants_details = self.is_detailed(gather.batch);
        let writer = &mut self.writer;
        let whole = merge::merge(merge, parts, chance);
        let outcome = match &whole {
            Whole::Failed(part) => parts[*part].ended.as_ref().map_or(OutcomeKind::Unknown, Ended::outcome),
            Whole::Partial => OutcomeKind::Partial,
            Whole::One(_) | Whole::Int(_) | Whole::Array(_) | Whole::Sums(_) | Whole::PerNode => OutcomeKind::Reply,
        };
        let is_detailed = outcome == OutcomeKind::Reply && wants_details;
        let outcome = if is_detailed { OutcomeKind::Detailed } else { outcome };
        let shape = if matches!(whole, Whole::PerNode) { Shape::PerNode } else { gather.shape };
        let open = writer.begin(gather.ticket, outcome, shape);
        match whole {
            Whole::One(part) => {
                if let Some(Ended::Reply(kept)) = &parts[part].ended {
                    writer.value(gather.shape, &kept.words, &kept.buffers);
                }
            }
            Whole::Int(value) if gather.shape == Shape::Bool => writer.bool(value != 0),
            Whole::Int(value) => writer.int(value),
            Whole::Array(pieces) => {
                writer.aggregate(tag::ARRAY, pieces.len());
                for piece in pieces {
                    match piece {
                        Piece::Int(value) if gather.shape == Shape::Bools => writer.bool(value != 0),
                        Piece::Int(value) => writer.int(value),
                        Piece::Of(part, words) => {
                            let shape = if gather.shape == Shape::SlotStats { gather.shape } else { Shape::Any };
                            if let Some(Ended::Reply(kept)) = &parts[part].ended {
                                writer.value(shape, words, &kept.buffers);
                            }
                        }
                    }
                }
            }
            Whole::Sums(sums) => {
                writer.aggregate(tag::MAP, sums.len());
                for (name, sum) in sums {
                    writer.leaf(tag::BULK, name);
                    writer.int(sum);
                }
            }
            Whole::PerNode => {
                writer.aggregate(tag::MAP, parts.len());
                for part in parts {
                    writer.text_or_null(&part.node);
                    if let Some(Ended::Reply(kept)) = &part.ended {
                        writer.value(gather.shape, &kept.words, &kept.buffers);
                    }
                }
            }
            Whole::Failed(part) => write_ended(writer, &parts[part], gather.shape),
            Whole::Partial if broken!(PartialForgetsParts) => {
                writer.aggregate(tag::ARRAY, 1);
                write_part(writer, &parts[0], gather.shape, None);
            }
            Whole::Partial => write_parts(writer, gather),
        }
        if is_detailed {
            write_parts(writer, gather);
        }
        writer.end(&open);
    }

    /// Whether the caller asked for what each node said.
    pub(super) fn is_detailed(&self, batch: u32) -> bool {
        self.ledger.batch(batch).is_some_and(|batch| batch.options.detailed)
    }

    /// Later commands of its keys in its batch depend on the node being proven past this one. They are looked for
    /// when everything that ended with it is known: one look per slot, not one per command.
    pub(super) fn remember_unknown(&mut self, job: &Job) {
        let has_no_place = job.slot == NO_SLOT || job.facts.has(Facts::BLOCKING);
        if job.facts.has(Facts::READONLY) || has_no_place || self.ledger.batch_of(job).is_none() {
            return;
        }
        let Job { ticket, batch, slot, node, link, .. } = *job;
        let has_all = job.facts.has(Facts::UNKNOWN_KEYS);
        self.unknowns.push(Unknown { batch, slot, ticket, node, link, has_all, keys: self.keys_of(job) });
    }

    /// Marks what stands behind the writes that have ended unknown.
    pub(super) fn fence_unknowns(&mut self) {
        if self.unknowns.is_empty() || broken!(NoFence) {
            return;
        }
        let mut unknowns = core::mem::take(&mut self.unknowns);
        unknowns.sort_unstable_by_key(|unknown| (unknown.batch, unknown.slot, unknown.ticket));
        for of_slot in unknowns.chunk_by(|a, b| (a.batch, a.slot) == (b.batch, b.slot)) {
            self.fence_slot(of_slot);
        }
        for of_batch in unknowns.chunk_by(|a, b| a.batch == b.batch) {
            let open = self.ledger.batch_mut(of_batch[0].batch).filter(|batch| !batch.is_admitted());
            let Some(batch) = open else { continue };
            let keys = of_batch.iter().flat_map(|unknown| {
                let known = UnknownKey { node: unknown.node, link: unknown.link, unproven: false };
                unknown.keys.iter().map(move |key| (key.clone(), known))
            });
            batch.unknown_keys.gather(keys, UnknownKey::gravest);
        }
    }

    /// The same for those of one batch and slot, in the order in which they were given.
    fn fence_slot(&mut self, unknowns: &[Unknown]) {
        let Some(first) = unknowns.first() else { return };
        let mut first_of_key: SortedMap<&Bytes, &Unknown> = SortedMap::default();
        let keys = unknowns.iter().flat_map(|unknown| unknown.keys.iter().map(move |key| (key, unknown)));
        first_of_key.gather(keys, |a, b| if b.ticket < a.ticket { b } else { a });
        let has_all = unknowns.iter().find(|unknown| unknown.has_all);
        let lane = self.ledger.batch(first.batch).and_then(|batch| batch.options.lane);
        let open: Vec<JobId> = match lane.and_then(|lane| self.sessions.get(&lane)) {
            Some(_) if broken!(SessionForgetsUnknown) => Vec::new(),
            Some(session) => session.waiting().collect(),
            None => self.order.open_in(first.slot).collect(),
        };
        for id in open {
            let Some(job) = self.ledger.job(id).filter(|job| job.batch == first.batch) else { continue };
            let is_before = |unknown: &&Unknown| unknown.ticket < job.ticket;
            let unknown = if job.facts.has(Facts::UNKNOWN_KEYS) { Some(first) } else { has_all };
            let unknown = unknown.filter(is_before).or_else(|| {
                is_before(&first).then_some(())?;
                self.keys_of(job).iter().find_map(|key| first_of_key.get(key).copied().filter(is_before))
            });
            let Some(&Unknown { node, link, .. }) = unknown else { continue };
            self.ledger_mut(id, |later| {
                later.facts.set(Facts::AFTER_UNKNOWN);
                if !later.facts.has(Facts::HELD) {
                    (later.node, later.link) = (node, link);
                }
            });
        }
    }

    /// A node has answered for the connections that were lost before. If it would not end them, what stands behind
    /// their unknown commands is not sent, whatever becomes of later ones. Of connections that are open it says nothing.
    pub(super) fn predecessors_over(&mut self, node: NodeId, proven: bool) {
        self.fence_unknowns();
        self.disband();
        // What has been written behind the unknown command, on the connection of that one, is the server's to order.
        let is_held_back = |job: &Job| !(job.facts.has(Facts::SENT) && job.facts.has(Facts::HELD));
        let is_behind = |job: &Job| job.facts.has(Facts::AFTER_UNKNOWN) && job.node == node && is_held_back(job);
        let behind = self.ledger.open_jobs_where(|job| is_behind(job) && !self.is_open_elsewhere(job));
        let links = &self.link_numbers;
        for batch in self.ledger.batches_mut() {
            batch.unknown_keys.retain(|_, unknown| {
                let is_meant = unknown.node == node && !links.contains(&unknown.link);
                unknown.unproven |= is_meant && !proven;
                !is_meant || unknown.unproven
            });
        }
        for id in behind {
            let Some(slot) = self.ledger.job(id).map(|job| job.slot) else { continue };
            self.order.wait_until(slot, self.now);
            self.due.push_back(slot);
            if proven {
                self.ledger_mut(id, |job| job.facts.clear(Facts::AFTER_UNKNOWN));
            } else {
                self.not_executed(id, NotExecuted::AfterUnknown, UNPROVEN);
            }
        }
    }

    pub(super) fn node_name(&self, node: NodeId) -> String {
        if node.0 == u16::MAX { String::new() } else { self.topology.node(node).address.to_string() }
    }
}

fn at(node: &str, slot: u16) -> At<'_> {
    At { node, slot: Slot::new(slot).map(Slot::number) }
}

/// An array of the parts: outcome, node, slot and what belongs to the outcome.
fn write_parts(writer: &mut AnswerWriter, gather: &Gather) {
    writer.aggregate(tag::ARRAY, gather.parts.len());
    for part in &gather.parts {
        write_part(writer, part, gather.shape, None);
    }
}

/// One part; of a recipe with its step.
pub(super) fn write_part(writer: &mut AnswerWriter, part: &Part, shape: Shape, step: Option<&str>) {
    let Some(ended) = &part.ended else { return };
    writer.aggregate(tag::ARRAY, 4 + usize::from(step.is_some()));
    writer.int(i64::from(ended.outcome() as u8));
    writer.at(At { node: &part.node, slot: part.slot });
    let items = if matches!(ended, Ended::Reply(_)) { 1 } else { 4 };
    writer.aggregate(tag::ARRAY, items);
    write_ended(writer, part, shape);
    if let Some(step) = step {
        writer.text_or_null(step);
    }
}

pub(super) fn write_ended(writer: &mut AnswerWriter, part: &Part, shape: Shape) {
    let at = At { node: &part.node, slot: part.slot };
    match &part.ended {
        Some(Ended::Reply(kept)) => writer.value(shape, &kept.words, &kept.buffers),
        Some(Ended::ServerError { ran, line }) => writer.server_error_body(*ran, line, at),
        Some(Ended::NotExecuted { reason, message }) => {
            writer.failure_body(i64::from(*reason as u8), message, at);
        }
        Some(Ended::Unknown { attempts, message }) => writer.failure_body(i64::from(*attempts), message, at),
        None => {}
    }
}

/// A write that ended unknown.
#[derive(Debug)]
pub(super) struct Unknown {
    batch: u32,
    slot: u16,
    ticket: Ticket,
    /// Where it may still run, and what it was sent on.
    node: NodeId,
    link: LinkId,
    /// It may have any key.
    has_all: bool,
    keys: Vec<Bytes>,
}

const fn unless_cancelled(reason: NotExecuted) -> NotExecuted {
    if matches!(reason, NotExecuted::Cancelled) { reason } else { NotExecuted::Unreachable }
}
