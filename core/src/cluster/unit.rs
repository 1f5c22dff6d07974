//! Units: a batch that is one job, with MULTI and EXEC around its commands, and one answer for each of them.
//!
//! A unit goes the way of any job: it waits, is redirected and is sent again whole, because nothing of it ran. Which of its
//! replies mean what is told by [`crate::flight::unit`]; here is what becomes of it.

use alloc::{boxed::Box, format, string::String, vec::Vec};

use bytes::Bytes;

use super::{
    Cluster,
    admit::{FOR_EVER, Prepared, Reading, Stopped, name, rules},
    launch::part,
    place::{EXEC, MULTI},
    session::LOST,
    settle::{write_ended, write_part},
};
use crate::{
    flight::{
        Ended, JobId, Kept, Part,
        answer::{AnswerWriter, At},
        judge::{self, Verdict},
        ledger::{Course, Facts, Gather, Job, Last, NO_SLOT, NONE},
        link::Permission,
        unit::{self, Command, Fate, Heard, Unit},
    },
    port::{LinkId, Misuse, NotExecuted, OutcomeKind, Ran, SubmitOptions, Ticket},
    route::{slot::Slot, topology::NodeId, unit::Bound},
    wire::{
        decode::Frame,
        request::Args,
        shape::Shape,
        tape::{Cursor, error_line, tag},
    },
};

const CHANGED: &str = "a watched key was changed before EXEC: read it again and try again";
const ASTRAY: &str = "the slot of the watched keys was redirected before EXEC, and the watch was lost: try again";

impl Cluster {
    /// Reads all commands of a unit, or of a session, and sees to it that they may go together.
    pub(super) fn read_bound(
        &mut self,
        bytes: &Bytes,
        options: &SubmitOptions,
    ) -> Result<(Vec<Prepared>, Option<Slot>), Stopped> {
        let mut bound = Bound::new(rules(options, self.topology.is_standalone()), &options.route);
        let (mut reading, mut prepared) = (Reading::new(bytes, 0, options), Vec::new());
        let mut index = 0;
        while let Some(read) = self.prepare(&mut reading, &mut prepared) {
            read?;
            let Some(one) = prepared.last() else { break };
            let row = self.table.row(one.row);
            if let Err((code, message)) = bound.take(row, one.target) {
                let command = name(Args::new(bytes, &self.scratch.spans));
                return Err(Stopped::Misuse(Box::new(Misuse { index, code, command, message })));
            }
            index += 1;
        }
        Ok((prepared, bound.slot()))
    }

    /// Sends a batch as one.
    pub(super) fn launch_unit(&mut self, index: u32) {
        let Some(batch) = self.ledger.batch(index) else { return };
        let (bytes, options, ticket) = (self.ledger.bytes(batch.source).clone(), batch.options.clone(), batch.first);
        // It was checked when it was submitted.
        let Ok((prepared, slot)) = self.read_bound(&bytes, &options) else { return };
        let Some(first) = prepared.first() else { return };
        let command = |one: &Prepared| Command { shape: one.shape, is_script: one.facts.has(Facts::SCRIPT) };
        let unit = Unit::new(prepared.iter().map(command).collect());
        let deadline = prepared.iter().map(|one| one.deadline_ms.map_or(FOR_EVER, |ms| self.now.plus_ms(ms))).max();
        let mut facts = Facts::default();
        facts.set(Facts::UNIT | Facts::NEEDS_MULTI);
        if prepared.iter().any(|one| one.facts.0 & (Facts::UNKNOWN_KEYS | Facts::GIVEN_KEYS) != 0) {
            facts.set(Facts::UNKNOWN_KEYS);
        }
        let written = [MULTI, &bytes, EXEC].concat();
        let len = u32::try_from(written.len()).unwrap_or(u32::MAX);
        let source = self.ledger.keep(Bytes::from(written));
        let count = u32::try_from(prepared.len()).unwrap_or(u32::MAX);
        let mut job = Job {
            ticket,
            deadline: deadline.unwrap_or(self.now),
            batch: index,
            source,
            start: 0,
            len,
            gather: NONE,
            part: 0,
            link: LinkId(u32::MAX),
            slot: slot.map_or(NO_SLOT, Slot::number),
            row: first.row,
            node: NodeId(u16::MAX),
            asked: None,
            shape: Shape::Any,
            hops: 0,
            attempts: 0,
            facts,
            last: Last::Nothing,
            adrift: None,
        };
        let parts = Vec::from([part(slot.map(Slot::number), Vec::new())]);
        job.gather = self.open_gather(&job, Course::Unit, Shape::Any, parts);
        if let Some(gather) = self.ledger.gather_mut(job.gather) {
            gather.commands = count;
        }
        self.units.insert(job.gather, unit);
        if let Some(batch) = self.ledger.batch_mut(index) {
            (batch.admitted, batch.open, batch.open_bytes) = (count, count, u64::from(len));
        }
        self.arm(index, job.deadline);
        self.launch_whole(job, &options);
        self.ledger.let_go(source);
    }

    fn launch_whole(&mut self, job: Job, options: &SubmitOptions) {
        if let Some(lane) = options.lane {
            return self.start_on_session(job, lane, &options.route);
        }
        let Some(mut job) = self.bind(job, &options.route) else { return };
        if job.facts.has(Facts::PINNED) {
            job.slot = NO_SLOT;
        }
        self.start(job);
    }

    /// A reply to a unit.
    #[inline(never)]
    pub(super) fn unit_answered(&mut self, id: JobId, is_last: bool, frame: &Frame<'_>) {
        let Some(&(mut job)) = self.ledger.job(id) else { return };
        if job.facts.has(Facts::CLOSED) {
            if is_last {
                self.ledger.unhold(id, Facts::HELD);
            }
            return;
        }
        let Some(unit) = self.unit_mut(&job) else { return };
        let heard = unit.hear(frame.words, frame.buffers);
        if matches!(heard, Heard::More) {
            return;
        }
        // Whatever was before it on this connection, the node is past that.
        job.facts.clear(Facts::HELD | Facts::AFTER_UNKNOWN);
        self.ledger_mut(id, |own| own.facts = job.facts);
        let watched = self.executed_on_session(&job);
        match heard {
            Heard::More => {}
            Heard::Ran(kept) => self.unit_ended(id, &job, Fate::Ran(kept)),
            Heard::Conflict => self.not_executed(id, NotExecuted::Conflict, CHANGED),
            Heard::Odd => self.unknown(id, "the server's answer to EXEC is none"),
            Heard::Apart(multi, replies) => {
                // The rights of its user are others now.
                if let Some(link) = self.link_mut(job.link) {
                    link.multi = link.multi.renewed();
                }
                // EXEC without MULTI ends no watch.
                if watched {
                    self.unwatch_link(job.link);
                }
                let has_run = |kept: &Kept| {
                    error_line(&kept.words, &kept.buffers).is_none_or(|line| judge::may_have_run(line, None, true))
                };
                if replies.iter().any(has_run) {
                    self.unit_ended(id, &job, Fate::Apart(multi, replies));
                } else {
                    self.unit_refused(id, &job, watched, &multi, Vec::new());
                }
            }
            Heard::Refused(why, refused) => self.unit_refused(id, &job, watched, &why, refused),
        }
    }

    /// Nothing of it ran; `watched`: it was to depend on watched keys.
    fn unit_refused(&mut self, id: JobId, job: &Job, watched: bool, why: &[u8], refused: Vec<(usize, Bytes)>) {
        let slot = if job.facts.has(Facts::PINNED) { None } else { Slot::new(job.slot) };
        let verdict = judge::judge(why, slot, false);
        match verdict {
            Verdict::Answer if refused.is_empty() => self.server_error(id, why),
            Verdict::Answer => self.unit_ended(id, job, Fate::Discarded(refused)),
            // The watch ended with EXEC: sent again, it would run whatever has become of the keys.
            Verdict::Moved(redirect) if watched => {
                self.heed_moved(job.node, &redirect);
                self.not_executed(id, NotExecuted::Conflict, ASTRAY);
            }
            Verdict::Later(later) if watched => {
                self.heed_later(later);
                let message = format!("refused with {}, and the watch was lost with that: try again", later.code());
                self.not_executed(id, NotExecuted::Conflict, &message);
            }
            Verdict::Ask(_) if watched => self.not_executed(id, NotExecuted::Conflict, ASTRAY),
            _ if watched => self.not_executed(id, NotExecuted::Conflict, LOST),
            Verdict::Moved(_) | Verdict::Ask(_) | Verdict::Later(_) | Verdict::Unauthenticated | Verdict::Unblocked => {
                self.errored(id, job, why);
            }
        }
    }

    fn unit_ended(&mut self, id: JobId, job: &Job, fate: Fate) {
        let ran = !matches!(fate, Fate::Discarded(_));
        if let Some(unit) = self.unit_mut(job) {
            unit.fate = Some(fate);
        }
        if ran {
            self.wrote_on_session(job);
        }
        self.ledger.close_as(id, job.facts);
        let node = self.node_name(job.node);
        if let Some(part) = self.ledger.gather_mut(job.gather).and_then(|gather| gather.parts.first_mut()) {
            part.node = node;
        }
        self.finish(id, job, ran);
    }

    /// Tells each command of a unit what became of it.
    pub(super) fn unit_over(&mut self, index: u32, gather: &Gather) {
        let (Some(unit), Some(part)) = (self.units.remove(&index), gather.parts.first()) else { return };
        let at = At { node: &part.node, slot: part.slot };
        let is_detailed = self.is_detailed(gather.batch);
        let tickets = (gather.ticket.0..).map(Ticket);
        let writer = &mut self.writer;
        match (&unit.fate, &part.ended) {
            (Some(Fate::Ran(kept)), _) => {
                let mut items = Cursor::new(&kept.words);
                items.next_value();
                for (ticket, command) in tickets.zip(unit.commands()) {
                    let reply = (items.skip().unwrap_or_default(), &kept.buffers[..]);
                    write_reply(writer, ticket, *command, reply, at, is_detailed);
                }
            }
            (Some(Fate::Apart(multi, replies)), _) => {
                for ((ticket, command), kept) in tickets.zip(unit.commands()).zip(replies) {
                    let own = match error_line(&kept.words, &kept.buffers) {
                        Some(line) => refusal(line, command.is_script),
                        None => Ended::Reply(Kept::new(&kept.words, &kept.buffers)),
                    };
                    let open = writer.begin(ticket, OutcomeKind::Partial, command.shape);
                    writer.aggregate(tag::ARRAY, 2);
                    for (ended, step) in [(refusal(multi, false), Some("MULTI")), (own, None)] {
                        let told = told(at, ended);
                        write_part(writer, &told, command.shape, step);
                    }
                    writer.end(&open);
                }
            }
            (Some(Fate::Discarded(refused)), _) => {
                let (first, line) = refused.first().map_or((0, &[][..]), |(index, line)| (*index, &line[..]));
                let message = format!(
                    "nothing of its unit ran, for command {first} was refused: {}",
                    String::from_utf8_lossy(line)
                );
                for (index, ticket) in tickets.enumerate().take(unit.commands().len()) {
                    match refused.iter().find(|(refused, _)| *refused == index) {
                        Some((_, line)) => writer.server_error(ticket, Ran::No, line, at),
                        None => writer.not_executed(ticket, NotExecuted::Discarded, &message, at),
                    }
                }
            }
            (None, Some(ended)) => {
                for ticket in tickets.take(unit.commands().len()) {
                    let open = writer.begin(ticket, ended.outcome(), Shape::Any);
                    write_ended(writer, part, Shape::Any);
                    writer.end(&open);
                }
            }
            (None, None) => {}
        }
    }

    /// Whether the commands of a unit are being run one by one: MULTI was refused.
    pub(super) fn is_apart(&self, id: JobId) -> bool {
        let open = self.ledger.job(id).filter(|job| !job.facts.has(Facts::CLOSED));
        open.and_then(|job| self.units.get(&job.gather)).is_some_and(Unit::is_apart)
    }

    fn unit_mut(&mut self, job: &Job) -> Option<&mut Unit> {
        self.units.get_mut(&job.gather)
    }

    /// Whether a job waits on its connection to be told whether MULTI is allowed.
    pub(super) fn is_asking(&self, job: &Job) -> bool {
        let link = self.link_numbers.get(&job.link).and_then(|&place| self.links.get(place));
        job.facts.has(Facts::NEEDS_MULTI)
            && job.facts.has(Facts::HELD)
            && link.is_some_and(|link| matches!(link.multi, Permission::Asked | Permission::Outdated))
    }

    /// The MULTI of an empty unit, which asks whether one may be said, was answered.
    pub(super) fn multi_answered(&mut self, place: u32, frame: &Frame<'_>) {
        let Some(link) = self.links.get_mut(place).filter(|link| link.multi == Permission::Asked) else { return };
        if let Some(line) = error_line(frame.words, frame.buffers) {
            link.multi = Permission::Refused(Bytes::copy_from_slice(line));
        }
    }

    /// The same for its EXEC: now it is known.
    pub(super) fn exec_answered(&mut self, place: u32, frame: &Frame<'_>) {
        let Some(link) = self.links.get_mut(place) else { return };
        match (core::mem::take(&mut link.multi), error_line(frame.words, frame.buffers)) {
            (Permission::Refused(refusal), _) => self.multi_refused(place, &refusal),
            (Permission::Asked | Permission::Outdated, Some(line)) => {
                let cause = unit::cause(line);
                let is_aborted = cause.len() < line.len();
                if is_aborted {
                    self.watch_ended(place);
                }
                self.multi_refused(place, cause);
                if !is_aborted {
                    // MULTI was taken and EXEC was not: whatever came next on this connection would be queued.
                    self.condemn(place, "it takes MULTI and refuses EXEC");
                }
            }
            (asked @ (Permission::Asked | Permission::Outdated), None) => {
                if asked == Permission::Asked {
                    link.multi = Permission::Granted;
                }
                self.watch_ended(place);
            }
            (other @ (Permission::Granted | Permission::Unasked), _) => link.multi = other,
        }
    }

    /// The unit, or the WATCH, that has asked for MULTI gets the server's answer.
    fn multi_refused(&mut self, place: u32, refusal: &[u8]) {
        let Some((id, job)) = self.take_asker(place, Facts::NEEDS_MULTI) else { return };
        if job.facts.has(Facts::UNIT) {
            let watched = self.is_watched(&job);
            self.unit_refused(id, &job, watched, refusal, Vec::new());
        } else {
            self.errored(id, &job, refusal);
        }
    }

    /// The EXEC of the empty unit has ended what was watched on this connection, which had been authenticated anew: the unit
    /// that was to depend on it does not run.
    fn watch_ended(&mut self, place: u32) {
        let Some(lane) = self.links.get(place).and_then(|link| link.session) else { return };
        if self.lose_watch(lane)
            && let Some((id, _)) = self.take_asker(place, Facts::UNIT)
        {
            self.not_executed(id, NotExecuted::Conflict, LOST);
        }
    }

    /// Takes the job that is next to be written, if it is open and like that.
    fn take_asker(&mut self, place: u32, fact: u32) -> Option<(JobId, Job)> {
        let link = self.links.get_mut(place)?;
        let id = link.first_job()?;
        let job = *self.ledger.job(id).filter(|job| job.facts.has(fact) && !job.facts.has(Facts::CLOSED))?;
        link.take_first_job();
        self.ledger_mut(id, |job| job.facts.clear(Facts::HELD));
        Some((id, Job { facts: self.ledger.job(id)?.facts, ..job }))
    }
}

fn told(at: At<'_>, ended: Ended) -> Part {
    Part { node: String::from(at.node), ended: Some(ended), ..part(at.slot, Vec::new()) }
}

fn ran(line: &[u8], is_script: bool) -> Ran {
    if judge::may_have_run(line, None, is_script) { Ran::Maybe } else { Ran::No }
}

fn refusal(line: &[u8], is_script: bool) -> Ended {
    Ended::ServerError { ran: ran(line, is_script), line: Bytes::copy_from_slice(line) }
}

fn write_reply(
    writer: &mut AnswerWriter,
    ticket: Ticket,
    Command { shape, is_script }: Command,
    (words, buffers): (&[u32], &[Bytes]),
    at: At<'_>,
    is_detailed: bool,
) {
    if let Some(line) = error_line(words, buffers) {
        return writer.server_error(ticket, ran(line, is_script), line, at);
    }
    if !is_detailed {
        return writer.reply(ticket, shape, words, buffers);
    }
    let open = writer.begin(ticket, OutcomeKind::Detailed, shape);
    writer.value(shape, words, buffers);
    writer.aggregate(tag::ARRAY, 1);
    write_part(writer, &told(at, Ended::Reply(Kept::new(words, buffers))), shape, None);
    writer.end(&open);
}
