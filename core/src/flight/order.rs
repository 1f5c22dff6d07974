//! Order: for each slot the jobs in the order in which they were given, until nothing before them is open.
//!
//! A job that was refused (or never left) waits in its place; from then on the slot is *held*: what comes later
//! waits behind it, and the waiting ones leave from the head, one connection at a time, so that two jobs of a slot
//! are never under way on two connections because of us. A job that has run stays listed while an earlier one is
//! open: it is the evidence by which an earlier one, when it wants to be sent again, is found overtaken.

use alloc::{boxed::Box, vec, vec::Vec};

use super::JobId;
use crate::{
    port::{LinkId, Micros},
    route::slot::SLOTS,
    sorted::SortedMap,
};

const NONE: u32 = u32::MAX;

#[derive(Debug)]
pub(crate) struct Order {
    lists: Vec<List>,
    entries: Vec<Entry>,
    /// By slot. Boxed: in trouble many slots are held, and the vector is to stay small.
    holds: SortedMap<u16, Box<Hold>>,
    joined: u64,
    listed: u32,
}

#[derive(Clone, Copy, Debug)]
struct List {
    head: u32,
    tail: u32,
}

/// Parallel to the ledger's jobs: same index.
#[derive(Clone, Copy, Debug)]
struct Entry {
    next: u32,
    link: u32,
    /// Place in the order of joining, over all slots.
    seq: u64,
    /// Bytes of its request.
    len: u32,
    slot: u16,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Absent,
    Flying,
    Waiting,
    /// Has run, or may have: evidence against earlier ones.
    Ran,
    /// Never ran: no evidence.
    Gone,
}

/// A slot whose commands wait.
#[derive(Clone, Copy, Debug)]
struct Hold {
    /// The first waiting entry.
    first: u32,
    waiting: u32,
    waiting_bytes: u64,
    flying: u32,
    /// Where the flying ones are, if on one link.
    on: Option<LinkId>,
    /// The latest that flies has joined no later than this; 0 when nothing flies.
    latest: u64,
    /// Entries that ran and are still listed.
    ran: u32,
    not_before: Micros,
}

impl Hold {
    /// One less is under way.
    fn landed(&mut self) {
        self.flying -= 1;
        if self.flying == 0 {
            self.latest = 0;
        }
    }
}

impl Order {
    pub(crate) fn new() -> Self {
        let list = List { head: NONE, tail: NONE };
        Self {
            lists: vec![list; usize::from(SLOTS)],
            entries: Vec::new(),
            holds: SortedMap::default(),
            joined: 0,
            listed: 0,
        }
    }

    #[inline(always)]
    pub(crate) fn is_held(&self, slot: u16) -> bool {
        !self.holds.is_empty() && self.holds.contains(&slot)
    }

    /// The slots that wait.
    pub(crate) fn held(&self) -> impl Iterator<Item = u16> + '_ {
        self.holds.keys().copied()
    }

    /// Whether a slot that is not held has something under way on another link: its owner has changed since, and what
    /// comes now must not be first there.
    pub(crate) fn flies_elsewhere(&self, slot: u16, link: LinkId) -> bool {
        // The head is open, and without a hold it and all behind it fly on one link.
        let head = self.entries.get(self.lists[usize::from(slot)].head as usize);
        head.is_some_and(|head| head.link != link.0)
    }

    /// Whether a slot has something that a new command must join behind. Members of runs are none of it: they are under way
    /// on the connection of the slot's owner, and so will be what comes next.
    #[inline(always)]
    pub(crate) fn is_busy(&self, slot: u16) -> bool {
        (self.listed > 0 && self.lists[usize::from(slot)].head != NONE) || self.is_held(slot)
    }

    /// The place in the order of joining that a run begins with.
    pub(crate) fn next_seq(&self) -> u64 {
        self.joined + 1
    }

    /// So many places are taken by members of a run.
    pub(crate) fn skip(&mut self, members: u64) {
        self.joined += members;
    }

    /// Lists a job that was a member of a run: a member joins only where nothing is listed, so that it stands before all
    /// that is. To be called for the latest first.
    pub(crate) fn precede(&mut self, job: JobId, slot: u16, len: u32, link: LinkId, seq: u64) {
        let list = &mut self.lists[usize::from(slot)];
        let next = core::mem::replace(&mut list.head, job.0);
        if next == NONE {
            list.tail = job.0;
        }
        self.enter(job, Entry { next, link: link.0, seq, len, slot, state: State::Flying });
    }

    /// Lists a job of `len` bytes as under way on `link`. Not for held slots.
    pub(crate) fn join_flying(&mut self, job: JobId, slot: u16, len: u32, link: LinkId) {
        self.append(job, slot, len, State::Flying, link);
    }

    /// Lists a job of `len` bytes as waiting, behind everything of its slot.
    pub(crate) fn join_waiting(&mut self, job: JobId, slot: u16, len: u32, not_before: Micros) {
        self.append(job, slot, len, State::Waiting, LinkId(NONE));
        self.hold(job, not_before);
    }

    /// A job under way was refused, or never left: it waits in its place.
    pub(crate) fn refuse(&mut self, job: JobId, not_before: Micros) {
        let entry = &mut self.entries[job.index()];
        debug_assert_eq!(entry.state, State::Flying, "only what flies is refused");
        entry.state = State::Waiting;
        self.hold(job, not_before);
    }

    /// A job is settled; whatever can leave the list is appended to `left`.
    pub(crate) fn complete(&mut self, job: JobId, ran: bool, left: &mut Vec<JobId>) {
        let entry = &mut self.entries[job.index()];
        let (slot, before) = (entry.slot, entry.state);
        entry.state = if ran { State::Ran } else { State::Gone };
        if !self.holds.is_empty() {
            self.recount(job, slot, before, ran);
        }
        self.trim(slot, left);
    }

    /// The first waiting job of a held slot and the instant before which it must not leave.
    pub(crate) fn first_waiting(&self, slot: u16) -> Option<(JobId, Micros)> {
        let hold = self.holds.get(&slot)?;
        (hold.first != NONE).then_some((JobId(hold.first), hold.not_before))
    }

    /// How many jobs wait, over all slots.
    pub(crate) fn waiting(&self) -> usize {
        self.holds.iter().map(|(_, hold)| hold.waiting as usize).sum()
    }

    /// Their bytes.
    pub(crate) fn waiting_bytes(&self) -> u64 {
        self.holds.iter().map(|(_, hold)| hold.waiting_bytes).sum()
    }

    /// Whether the first waiting job of a held slot may leave on `link` now: nothing of the slot is under way on another,
    /// and nothing that was given later is under way at all. A refused job is sent behind what follows it on the same
    /// connection: whether that overtakes it shows only when the replies are in.
    pub(crate) fn may_fly(&self, slot: u16, link: LinkId) -> bool {
        let Some(hold) = self.holds.get(&slot) else { return true };
        let is_latest = || self.entries.get(hold.first as usize).is_none_or(|first| first.seq > hold.latest);
        hold.flying == 0 || (hold.on == Some(link) && is_latest())
    }

    /// Whether a job that has a place on a connection and was not written yet had better wait: one before it waits.
    pub(crate) fn must_wait(&self, job: JobId) -> bool {
        if self.holds.is_empty() {
            return false;
        }
        let Some(entry) = self.entries.get(job.index()).filter(|entry| entry.state == State::Flying) else {
            return false;
        };
        let first = self.holds.get(&entry.slot).and_then(|hold| self.entries.get(hold.first as usize));
        first.is_some_and(|first| first.seq < entry.seq)
    }

    /// Whether something of a held slot is under way.
    pub(crate) fn has_flying(&self, slot: u16) -> bool {
        self.holds.get(&slot).is_some_and(|hold| hold.flying > 0)
    }

    /// The first waiting job leaves on `link`.
    pub(crate) fn fly(&mut self, job: JobId, link: LinkId) {
        let entry = &mut self.entries[job.index()];
        entry.state = State::Flying;
        entry.link = link.0;
        let Entry { slot, next, seq, len, .. } = *entry;
        let first = self.waiting_from(next);
        let Some(hold) = self.holds.get_mut(&slot) else { return };
        hold.first = first;
        hold.waiting -= 1;
        hold.waiting_bytes -= u64::from(len);
        hold.flying += 1;
        hold.latest = hold.latest.max(seq);
        hold.on = if hold.flying == 1 || hold.on == Some(link) { Some(link) } else { None };
    }

    /// Ends the hold of a slot where nothing waits and what flies is on `owner`'s link.
    pub(crate) fn release(&mut self, slot: u16, owner: Option<LinkId>) {
        let Some(hold) = self.holds.get(&slot) else { return };
        if hold.waiting == 0 && (hold.flying == 0 || (owner.is_some() && hold.on == owner)) {
            self.holds.remove(&slot);
        }
    }

    /// The waiting ones of a slot leave no earlier than this.
    pub(crate) fn wait_until(&mut self, slot: u16, not_before: Micros) {
        if let Some(hold) = self.holds.get_mut(&slot) {
            hold.not_before = not_before;
        }
    }

    /// A job's place: the later it was given, the greater.
    pub(crate) fn place_of(&self, job: JobId) -> u64 {
        self.entries.get(job.index()).map_or(0, |entry| entry.seq)
    }

    /// How many jobs of a held slot have run (or may have) while one before them is open.
    pub(crate) fn ran(&self, slot: u16) -> u32 {
        self.holds.get(&slot).map_or(0, |hold| hold.ran)
    }

    /// Those, in order.
    pub(crate) fn ran_in(&self, slot: u16) -> impl Iterator<Item = JobId> + '_ {
        self.list(slot).filter(|&(_, state)| state == State::Ran).map(|(job, _)| job)
    }

    /// The jobs of a slot that are still open, in order.
    pub(crate) fn open_in(&self, slot: u16) -> impl Iterator<Item = JobId> + '_ {
        self.list(slot).filter(|&(_, state)| matches!(state, State::Flying | State::Waiting)).map(|(job, _)| job)
    }

    fn list(&self, slot: u16) -> impl Iterator<Item = (JobId, State)> + '_ {
        let mut at = self.lists[usize::from(slot)].head;
        core::iter::from_fn(move || {
            crate::broken::step();
            let entry = self.entries.get(at as usize)?;
            let found = (JobId(at), entry.state);
            at = entry.next;
            Some(found)
        })
    }

    fn append(&mut self, job: JobId, slot: u16, len: u32, state: State, link: LinkId) {
        self.joined += 1;
        let entry = Entry { next: NONE, link: link.0, seq: self.joined, len, slot, state };
        self.enter(job, entry);
        let list = &mut self.lists[usize::from(slot)];
        let tail = core::mem::replace(&mut list.tail, job.0);
        if tail == NONE {
            list.head = job.0;
        } else {
            self.entries[tail as usize].next = job.0;
        }
    }

    fn enter(&mut self, job: JobId, entry: Entry) {
        if job.index() >= self.entries.len() {
            let absent = Entry { next: NONE, link: NONE, seq: 0, len: 0, slot: 0, state: State::Absent };
            self.entries.resize(job.index() + 1, absent);
        }
        debug_assert_eq!(self.entries[job.index()].state, State::Absent, "listed once");
        self.entries[job.index()] = entry;
        self.listed += 1;
    }

    fn hold(&mut self, job: JobId, not_before: Micros) {
        let Entry { slot, seq, len, .. } = self.entries[job.index()];
        if !self.holds.contains(&slot) {
            let hold = self.survey(slot, not_before);
            self.holds.insert(slot, Box::new(hold));
            return;
        }
        let first = self.holds.get(&slot).map_or(NONE, |hold| hold.first);
        let is_first = first == NONE || self.entries[first as usize].seq > seq;
        let Some(hold) = self.holds.get_mut(&slot) else { return };
        hold.waiting += 1;
        hold.waiting_bytes += u64::from(len);
        // A job that joins as waiting was never flying; one that was refused was.
        if self.entries[job.index()].link != NONE {
            self.entries[job.index()].link = NONE;
            hold.landed();
        }
        if is_first {
            hold.first = job.0;
            hold.not_before = not_before;
        }
    }

    fn survey(&mut self, slot: u16, not_before: Micros) -> Hold {
        let mut hold =
            Hold { first: NONE, waiting: 0, waiting_bytes: 0, flying: 0, on: None, latest: 0, ran: 0, not_before };
        let mut at = self.lists[usize::from(slot)].head;
        while at != NONE {
            crate::broken::step();
            let entry = &mut self.entries[at as usize];
            match entry.state {
                State::Waiting => {
                    entry.link = NONE;
                    hold.waiting += 1;
                    hold.waiting_bytes += u64::from(entry.len);
                    if hold.first == NONE {
                        hold.first = at;
                    }
                }
                State::Flying => {
                    hold.flying += 1;
                    hold.latest = entry.seq;
                    let link = LinkId(entry.link);
                    hold.on = if hold.flying == 1 || hold.on == Some(link) { Some(link) } else { None };
                }
                State::Ran => hold.ran += 1,
                State::Gone | State::Absent => {}
            }
            at = entry.next;
        }
        hold
    }

    #[inline(never)]
    fn recount(&mut self, job: JobId, slot: u16, before: State, ran: bool) {
        let Some(hold) = self.holds.get(&slot) else { return };
        let first = if hold.first == job.0 { self.waiting_from(self.entries[job.index()].next) } else { hold.first };
        let Some(hold) = self.holds.get_mut(&slot) else { return };
        hold.first = first;
        hold.ran += u32::from(ran);
        match before {
            State::Flying => hold.landed(),
            State::Waiting => {
                hold.waiting -= 1;
                hold.waiting_bytes -= u64::from(self.entries[job.index()].len);
            }
            State::Ran | State::Gone | State::Absent => {}
        }
    }

    fn waiting_from(&self, mut at: u32) -> u32 {
        while at != NONE && self.entries[at as usize].state != State::Waiting {
            crate::broken::step();
            at = self.entries[at as usize].next;
        }
        at
    }

    fn trim(&mut self, slot: u16, left: &mut Vec<JobId>) {
        loop {
            let list = &mut self.lists[usize::from(slot)];
            if list.head == NONE {
                return;
            }
            let entry = &mut self.entries[list.head as usize];
            let ran = match entry.state {
                State::Ran => true,
                State::Gone => false,
                State::Flying | State::Waiting | State::Absent => return,
            };
            entry.state = State::Absent;
            self.listed -= 1;
            left.push(JobId(list.head));
            list.head = entry.next;
            if list.head == NONE {
                list.tail = NONE;
            }
            if ran
                && !self.holds.is_empty()
                && let Some(hold) = self.holds.get_mut(&slot)
            {
                hold.ran -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
