//! The ledger: which commands are open, and what each of them still waits for.
//!
//! A [`Batch`] is what was submitted together, a [`Job`] one write to one node, a [`Gather`] the parts of a command
//! that is more than one job, a [`Run`] commands that need no job yet. A job settles once: [`Ledger::close`] hands it out and marks it, and a closed job is
//! never handed out again. Its place is freed when neither the order nor a link holds on to it.

use alloc::{boxed::Box, vec::Vec};

use bytes::Bytes;

use super::{JobId, Member, Part};
use crate::{
    port::{LaneId, LinkId, Micros, Open, ReadFrom, Route, SubmitOptions, Ticket},
    route::{command::Merge, recipe::Recipe, slot::SlotSet, table::RowId, topology::NodeId},
    slab::Slab,
    sorted::{SortedMap, SortedSet},
    wire::shape::Shape,
};

#[derive(Debug, Default)]
pub(crate) struct Ledger {
    jobs: Slab<Job>,
    runs: Slab<Run>,
    batches: Slab<Batch>,
    gathers: Slab<Gather>,
    sources: Slab<Source>,
    tickets: u64,
}

/// A number in one of the ledger's books.
pub(crate) type Index = u32;

/// No such thing, where an index is optional.
pub(crate) const NONE: Index = u32::MAX;

/// No slot: the job is listed in no order.
pub(crate) const NO_SLOT: u16 = u16::MAX;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    pub(crate) ticket: Ticket,
    pub(crate) deadline: Micros,
    pub(crate) batch: Index,
    pub(crate) source: Index,
    pub(crate) start: u32,
    pub(crate) len: u32,
    /// The gather that it is a part of, and which.
    pub(crate) gather: Index,
    pub(crate) part: u32,
    pub(crate) link: LinkId,
    pub(crate) slot: u16,
    pub(crate) row: RowId,
    /// Pinned there, or sent there last.
    pub(crate) node: NodeId,
    /// Its own last answer was ASK: there.
    pub(crate) asked: Option<NodeId>,
    pub(crate) shape: Shape,
    pub(crate) hops: u8,
    pub(crate) attempts: u8,
    pub(crate) facts: Facts,
    pub(crate) last: Last,
    /// Has no place in the order and is looked at again at this instant.
    pub(crate) adrift: Option<Micros>,
}

/// Bits of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(pub(crate) u32);

impl Facts {
    pub(crate) const READONLY: u32 = 1;
    pub(crate) const SCRIPT: u32 = 1 << 1;
    pub(crate) const BLOCKING: u32 = 1 << 2;
    /// Sent to a chosen node: redirects are the caller's.
    pub(crate) const PINNED: u32 = 1 << 3;
    /// Its bytes have been given to a link.
    pub(crate) const SENT: u32 = 1 << 4;
    /// Listed in the order of its slot.
    pub(crate) const LISTED: u32 = 1 << 5;
    /// A link's queue names it.
    pub(crate) const HELD: u32 = 1 << 6;
    /// Settled.
    pub(crate) const CLOSED: u32 = 1 << 7;
    /// Stands behind an unknown command of its keys and its batch.
    pub(crate) const AFTER_UNKNOWN: u32 = 1 << 8;
    /// Shares keys with every command of its slot, for all that can be known.
    pub(crate) const UNKNOWN_KEYS: u32 = 1 << 10;
    /// An earlier attempt was possibly sent and got no answer: it can end as unknown, not as "not executed".
    pub(crate) const MAYBE_RAN: u32 = 1 << 11;
    /// Its keys are where the options of its batch say.
    pub(crate) const GIVEN_KEYS: u32 = 1 << 12;
    /// Goes to whoever shall answer reads, and has no place in the order.
    pub(crate) const REPLICA: u32 = 1 << 15;
    /// Has been authenticated anew once.
    pub(crate) const REAUTHENTICATED: u32 = 1 << 9;
    /// A script that may be called by its hash.
    pub(crate) const BY_HASH: u32 = 1 << 13;
    /// Was called by its hash when it was last written.
    pub(crate) const HASHED: u32 = 1 << 14;
    /// All commands of a unit, with MULTI and EXEC around them.
    pub(crate) const UNIT: u32 = 1 << 16;
    /// On the connection of a session.
    pub(crate) const ON_SESSION: u32 = 1 << 17;
    /// Is not written before the server has said that this user may say MULTI.
    pub(crate) const NEEDS_MULTI: u32 = 1 << 18;
    /// It was thrown out while it blocked: its own timeout has begun.
    pub(crate) const UNBLOCKED: u32 = 1 << 19;

    pub(crate) const fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    pub(crate) const fn set(&mut self, bit: u32) {
        self.0 |= bit;
    }

    pub(crate) const fn clear(&mut self, bit: u32) {
        self.0 &= !bit;
    }
}

/// Why a job is not where it wants to be: what is told if it never gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    Nothing,
    NoNode,
    NoOwner,
    Lost,
    Redirected,
    /// What is left of its scan cannot be read now.
    Unsettled,
    /// Every connection that it could have had to itself.
    AllInUse,
    Refused(&'static str),
}

/// Commands of one batch, given one after the other, that differ in nothing but their bytes and their slot: what its
/// members have in common.
///
/// Nearly every command is sent once, to the owner of its slot, and answered there: it needs no [`Job`] and no place in the
/// order of its slot. It is a [`Member`] of its run, a few words on its connection. As soon as anything else happens than a
/// reply (an error, a lost connection, a deadline, a new map), the members still open are made jobs, as if they had been
/// that from the start, and what follows knows only jobs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    /// The first member's; the others' count up from there.
    pub(crate) first: Ticket,
    /// Likewise their place in the order of joining.
    pub(crate) seq: u64,
    pub(crate) deadline: Micros,
    pub(crate) batch: Index,
    pub(crate) source: Index,
    /// Members that have not settled.
    pub(crate) open: u32,
    pub(crate) row: RowId,
    pub(crate) shape: Shape,
    pub(crate) facts: Facts,
}

impl Run {
    pub(crate) fn ticket(&self, member: &Member) -> Ticket {
        Ticket(self.first.0 + u64::from(member.offset))
    }
}

/// What was submitted together.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) options: SubmitOptions,
    pub(crate) source: Index,
    pub(crate) first: Ticket,
    pub(crate) count: u32,
    /// Commands admitted, and where the next one starts.
    pub(crate) admitted: u32,
    pub(crate) cursor: u32,
    /// Admitted and not settled.
    pub(crate) open: u32,
    pub(crate) open_bytes: u64,
    /// Where its keyless commands go, so that they share a write.
    pub(crate) any: Option<NodeId>,
    /// The instants at which its jobs are looked through.
    pub(crate) deadlines: Vec<Micros>,
    /// Tickets that were cancelled before they were admitted.
    pub(crate) cancelled: SortedSet<u64>,
    /// Keys of commands that ended unknown while more of the batch was to come.
    pub(crate) unknown_keys: SortedMap<Bytes, UnknownKey>,
    /// One of its commands is under way step by step, and the others wait for it.
    pub(crate) cooking: bool,
    /// Its reads need not go to the primaries.
    pub(crate) reads: Option<Box<Reads>>,
}

/// Who answers the reads of a batch.
#[derive(Debug)]
pub(crate) struct Reads {
    pub(crate) from: ReadFrom,
    /// Whose turn it is among equals: the same in all of the batch, so that it takes one write per node.
    pub(crate) turn: u32,
    /// What the batch itself writes is read from the primary.
    pub(crate) written: SlotSet,
}

/// What is to be known of a key of a command that ended unknown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnknownKey {
    /// Where the command may still run, and what it was sent on.
    pub(crate) node: NodeId,
    pub(crate) link: LinkId,
    /// The node could not be proven past it: later commands of this key are not sent.
    pub(crate) unproven: bool,
}

impl UnknownKey {
    /// Of two for one key: that which no node will be proven past any more, else that on the newest connection.
    pub(crate) fn gravest(self, other: Self) -> Self {
        if (other.unproven, other.link) > (self.unproven, self.link) { other } else { self }
    }
}

impl Batch {
    pub(crate) const fn is_admitted(&self) -> bool {
        self.admitted == self.count
    }

    /// Whether its commands go where the table says, all of them, behind nothing.
    pub(crate) fn is_plain(&self) -> bool {
        let SubmitOptions { route, detailed, .. } = &self.options;
        self.cancelled.is_empty() && self.unknown_keys.is_empty() && *route == Route::Table && !detailed
    }

    pub(crate) const fn is_over(&self) -> bool {
        self.admitted == self.count && self.open == 0
    }
}

/// A command of several jobs.
#[derive(Debug)]
pub(crate) struct Gather {
    pub(crate) ticket: Ticket,
    pub(crate) batch: Index,
    /// How many commands it is: more than one is a unit.
    pub(crate) commands: u32,
    /// Bytes of the whole command as it was given.
    pub(crate) len: u32,
    pub(crate) course: Course,
    pub(crate) shape: Shape,
    pub(crate) parts: Vec<Part>,
    pub(crate) open: u32,
}

/// What becomes of a command of several jobs when those have ended.
#[derive(Debug)]
pub(crate) enum Course {
    /// Its parts' replies are made one.
    Merge(Merge),
    /// It is a page of the scan on this lane.
    Page(LaneId),
    /// What has ended is told the recipe, and it says what comes next.
    Recipe(Box<Cooking>),
    /// It is all commands of a unit, each of which is told for itself.
    Unit,
}

/// A recipe under way.
#[derive(Debug)]
pub(crate) struct Cooking {
    pub(crate) recipe: Recipe,
    /// What its steps are like.
    pub(crate) job: Job,
    /// The first part of the present stage.
    pub(crate) stage: usize,
}

#[derive(Debug)]
struct Source {
    bytes: Bytes,
    users: u32,
}

impl Ledger {
    /// The next `count` tickets.
    pub(crate) fn number(&mut self, count: u32) -> Ticket {
        let first = Ticket(self.tickets);
        self.tickets += u64::from(count);
        first
    }

    /// Keeps bytes for as long as somebody uses them; the caller is the first user.
    pub(crate) fn keep(&mut self, bytes: Bytes) -> Index {
        self.sources.insert(Source { bytes, users: 1 })
    }

    pub(crate) fn bytes(&self, source: Index) -> &Bytes {
        static EMPTY: Bytes = Bytes::new();
        self.sources.get(source).map_or(&EMPTY, |source| &source.bytes)
    }

    pub(crate) fn let_go(&mut self, source: Index) {
        let Some(kept) = self.sources.get_mut(source) else { return };
        kept.users -= 1;
        if kept.users == 0 {
            self.sources.discard(source);
        }
    }

    pub(crate) fn open_job(&mut self, job: Job) -> JobId {
        if let Some(source) = self.sources.get_mut(job.source) {
            source.users += 1;
        }
        JobId(self.jobs.insert(job))
    }

    pub(crate) fn open_run(&mut self, run: Run) -> Index {
        self.runs.insert(run)
    }

    pub(crate) fn run(&self, run: Index) -> Option<&Run> {
        self.runs.get(run)
    }

    /// A run has so many members; without any there is none.
    pub(crate) fn man_run(&mut self, index: Index, count: u32) {
        match self.runs.get_mut(index) {
            Some(run) if count > 0 => run.open = count,
            Some(_) | None => self.runs.discard(index),
        }
    }

    /// So many members of a run have settled; the run ends with its last one.
    pub(crate) fn members_over(&mut self, index: Index, count: u32) {
        let Some(run) = self.runs.get_mut(index) else { return };
        run.open -= count;
        if run.open == 0 {
            self.runs.discard(index);
        }
    }

    pub(crate) fn has_runs(&self) -> bool {
        self.runs.len() > 0
    }

    /// Makes a member the job that it would have been: under way on `link`, whether or not it was written yet. Also says
    /// its place in the order.
    pub(crate) fn open_member(
        &mut self,
        run: Index,
        member: &Member,
        (node, link): (NodeId, LinkId),
        is_written: bool,
    ) -> Option<(JobId, u64)> {
        let run = *self.runs.get(run)?;
        let mut facts = run.facts;
        facts.set(Facts::LISTED);
        facts.set(Facts::HELD);
        if is_written {
            facts.set(Facts::SENT);
        }
        let id = self.open_job(Job {
            ticket: run.ticket(member),
            deadline: run.deadline,
            batch: run.batch,
            source: run.source,
            start: member.start,
            len: member.len,
            gather: NONE,
            part: 0,
            link,
            slot: member.slot,
            row: run.row,
            node,
            asked: None,
            shape: run.shape,
            hops: 0,
            attempts: u8::from(is_written),
            facts,
            last: Last::Nothing,
            adrift: None,
        });
        Some((id, run.seq + u64::from(member.offset)))
    }

    /// All members are jobs now.
    pub(crate) fn end_runs(&mut self) {
        self.runs = Slab::default();
    }

    pub(crate) fn job(&self, id: JobId) -> Option<&Job> {
        self.jobs.get(id.0)
    }

    pub(crate) fn job_mut(&mut self, id: JobId) -> Option<&mut Job> {
        self.jobs.get_mut(id.0)
    }

    /// Closes an open job: from here on it is nobody's. `None` if it was closed before.
    pub(crate) fn close(&mut self, id: JobId) -> Option<Job> {
        let job = *self.jobs.get(id.0).filter(|job| !job.facts.has(Facts::CLOSED))?;
        self.close_as(id, job.facts);
        Some(job)
    }

    /// Closes a job that is open, with these facts of it.
    pub(crate) fn close_as(&mut self, id: JobId, facts: Facts) {
        if let Some(job) = self.jobs.get_mut(id.0) {
            job.facts = Facts(facts.0 | Facts::CLOSED);
        }
    }

    /// Takes away one of the reasons ([`Facts::LISTED`], [`Facts::HELD`]) why a job's place is kept.
    pub(crate) fn unhold(&mut self, id: JobId, reason: u32) {
        let Some(job) = self.jobs.get_mut(id.0) else { return };
        job.facts.clear(reason);
        self.free(id);
    }

    /// Frees a closed job's place if nothing holds on to it.
    pub(crate) fn free(&mut self, id: JobId) {
        let Some(job) = self.jobs.get(id.0) else { return };
        if job.facts.0 & (Facts::LISTED | Facts::HELD) == 0 && job.facts.has(Facts::CLOSED) {
            let source = job.source;
            self.jobs.discard(id.0);
            self.let_go(source);
        }
    }

    /// The open jobs that `filter` lets pass, in the order in which their commands were given.
    pub(crate) fn open_jobs_where(&self, filter: impl Fn(&Job) -> bool) -> Vec<JobId> {
        let open = self.jobs.iter().filter(|(_, job)| !job.facts.has(Facts::CLOSED) && filter(job));
        let mut found: Vec<_> = open.map(|(index, job)| (job.ticket, job.part, JobId(index))).collect();
        found.sort_unstable();
        found.into_iter().map(|(.., id)| id).collect()
    }

    pub(crate) fn open_batch(&mut self, batch: Batch) -> Index {
        self.batches.insert(batch)
    }

    pub(crate) fn batch(&self, index: Index) -> Option<&Batch> {
        self.batches.get(index)
    }

    /// The batch of a job, open or closed: the batch may be over, and its number another's.
    pub(crate) fn batch_of(&self, job: &Job) -> Option<&Batch> {
        let is_its_own =
            |batch: &&Batch| job.ticket >= batch.first && job.ticket.0 - batch.first.0 < u64::from(batch.count);
        self.batch(job.batch).filter(is_its_own)
    }

    pub(crate) fn batch_mut(&mut self, index: Index) -> Option<&mut Batch> {
        self.batches.get_mut(index)
    }

    pub(crate) fn batches(&self) -> impl Iterator<Item = (Index, &Batch)> {
        self.batches.iter()
    }

    pub(crate) fn batches_mut(&mut self) -> impl Iterator<Item = &mut Batch> {
        self.batches.iter_mut()
    }

    #[inline(never)]
    pub(crate) fn end_batch(&mut self, index: Index) -> Option<Batch> {
        let batch = self.batches.remove(index)?;
        self.let_go(batch.source);
        Some(batch)
    }

    pub(crate) fn open_gather(&mut self, gather: Gather) -> Index {
        self.gathers.insert(gather)
    }

    pub(crate) fn gather(&self, index: Index) -> Option<&Gather> {
        self.gathers.get(index)
    }

    pub(crate) fn gather_mut(&mut self, index: Index) -> Option<&mut Gather> {
        self.gathers.get_mut(index)
    }

    /// How many commands a job is: more than one is a unit.
    pub(crate) fn commands_of(&self, job: &Job) -> u32 {
        if job.facts.has(Facts::UNIT) { self.gather(job.gather).map_or(1, |gather| gather.commands) } else { 1 }
    }

    pub(crate) fn end_gather(&mut self, index: Index) -> Option<Gather> {
        self.gathers.remove(index)
    }

    /// What is open: nothing after everything has settled.
    pub(crate) fn census(&self) -> Open {
        Open {
            jobs: self.jobs.len() + self.runs.iter().map(|(_, run)| run.open).sum::<u32>(),
            batches: self.batches.len(),
            gathers: self.gathers.len(),
            sources: self.sources.len(),
        }
    }
}

#[cfg(test)]
mod tests;
