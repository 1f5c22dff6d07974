//! What callers gave and the engine has not taken yet.
//!
//! An engine that is full is full for some nodes only. What it refuses is parked and tried again when there is room, and
//! holds up nothing that goes elsewhere; joined calls are taken apart for that. Parked work waits no longer than its
//! deadline and then ends as not executed. A refused call of several is taken out in the same way.

use std::{collections::VecDeque, mem, ops::Range, sync::Arc};

use bytes::Bytes;
use slotpipe_core::port::{Micros, Misuse, NotExecuted, SubmitOptions};

use crate::{
    door::{Asker, Batch, Group, Waiting},
    engine::Broken,
    error::{Error, ErrorKind, NotRun},
    replies::{Collector, nth_command},
};

/// In the order in which it is to be submitted.
#[derive(Debug)]
pub(crate) struct Queue {
    fresh: VecDeque<Work>,
    parked: VecDeque<Work>,
    /// No parked work expires before.
    expires: Option<Micros>,
    deadline_ms: u32,
}

/// A batch on its way to the engine.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) options: Arc<SubmitOptions>,
    pub(crate) bytes: Bytes,
    pub(crate) who: For,
    since: Micros,
}

/// Who waits for it.
#[derive(Debug)]
pub(crate) enum For {
    Calls(Vec<Waiting>),
    Batch { id: u64, answer: Asker },
}

impl Queue {
    /// `deadline_ms` is for work that names none.
    pub(crate) fn new(deadline_ms: u32) -> Self {
        Self { fresh: VecDeque::new(), parked: VecDeque::new(), expires: None, deadline_ms }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fresh.is_empty() && self.parked.is_empty()
    }

    /// Whether there is something to submit now.
    pub(crate) fn is_due(&self) -> bool {
        !self.fresh.is_empty()
    }

    /// When to call [`Queue::expire`].
    pub(crate) fn expires(&self) -> Option<Micros> {
        self.expires
    }

    pub(crate) fn push_calls(&mut self, now: Micros, group: Group) {
        let Group { options, batch, calls, .. } = group;
        self.fresh.push_back(Work { options, bytes: batch.into(), who: For::Calls(calls), since: now });
    }

    pub(crate) fn push_batch(&mut self, now: Micros, batch: Batch) {
        let Batch { id, options, bytes, answer } = batch;
        self.fresh.push_back(Work { options, bytes, who: For::Batch { id, answer }, since: now });
    }

    /// The next to submit, without calls that nobody waits for any more.
    pub(crate) fn pop(&mut self) -> Option<Work> {
        while let Some(work) = self.fresh.pop_front() {
            if let Some(work) = work.still_wanted() {
                return Some(work);
            }
        }
        None
    }

    /// The engine had no room for this.
    pub(crate) fn refused(&mut self, work: Work) {
        let For::Calls(calls) = &work.who else { return self.park(work) };
        match calls.len() {
            0 | 1 => self.park(work),
            count => self.push_front(work.cut((0..count).map(|at| at..at + 1))),
        }
    }

    /// The engine found a mistake in this. Those that were joined with it are submitted without it, before and behind,
    /// and it alone: what cannot be in a pipeline may be fine by itself.
    pub(crate) fn misused(&mut self, work: Work, misuse: Misuse) -> Result<(), Broken> {
        let at = misuse.index as usize;
        match work.who {
            For::Calls(ref calls) if at >= calls.len() => Err(Broken::new("a misuse of a command that is not there")),
            For::Calls(ref calls) if calls.len() > 1 => {
                let count = calls.len();
                self.push_front(work.cut([0..at, at..at + 1, at + 1..count].into_iter()));
                Ok(())
            }
            For::Calls(_) => {
                work.fail(&Error::of_misuse(misuse).without_index());
                Ok(())
            }
            For::Batch { .. } => {
                let positions = work.options.key_positions.as_deref();
                let error = Error::of_misuse(misuse).keyed(nth_command(&work.bytes, at), positions);
                work.fail(&error);
                Ok(())
            }
        }
    }

    /// There is room again: what is parked goes first.
    pub(crate) fn room(&mut self) {
        self.expires = None;
        let mut parked = mem::take(&mut self.parked);
        parked.append(&mut self.fresh);
        self.fresh = parked;
    }

    /// Ends parked work whose deadline has passed.
    pub(crate) fn expire(&mut self, now: Micros) {
        if self.expires.is_none_or(|at| at > now) {
            return;
        }
        self.expires = None;
        for work in mem::take(&mut self.parked) {
            if self.deadline_of(&work) > now { self.park(work) } else { work.overloaded() }
        }
    }

    /// Ends everything.
    pub(crate) fn fail_all(&mut self, error: &Error) {
        self.expires = None;
        for work in self.fresh.drain(..).chain(self.parked.drain(..)) {
            work.fail(error);
        }
    }

    fn park(&mut self, work: Work) {
        let at = self.deadline_of(&work);
        self.expires = Some(self.expires.map_or(at, |known| known.min(at)));
        self.parked.push_back(work);
    }

    fn deadline_of(&self, work: &Work) -> Micros {
        work.since.plus_ms(work.options.deadline_ms.unwrap_or(self.deadline_ms))
    }

    fn push_front(&mut self, works: impl DoubleEndedIterator<Item = Work>) {
        for work in works.rev() {
            self.fresh.push_front(work);
        }
    }
}

impl Work {
    /// Ends it with this error.
    pub(crate) fn fail(self, error: &Error) {
        self.who.fail(error);
    }

    /// Joined calls as several works, by ranges that follow each other; empty ones are left out.
    fn cut(self, ranges: impl Iterator<Item = Range<usize>>) -> impl DoubleEndedIterator<Item = Self> {
        let Self { options, bytes, who, since } = self;
        let mut calls = match who {
            For::Calls(calls) => calls,
            For::Batch { .. } => Vec::new(),
        }
        .into_iter();
        let mut start = 0;
        let mut works = Vec::new();
        for range in ranges {
            let mut own: Vec<Waiting> = calls.by_ref().take(range.len()).collect();
            let Some(end) = own.last().map(|call| call.end) else { continue };
            for call in &mut own {
                call.end -= start;
            }
            let bytes = bytes.slice(start..end);
            works.push(Self { options: Arc::clone(&options), bytes, who: For::Calls(own), since });
            start = end;
        }
        works.into_iter()
    }

    fn still_wanted(mut self) -> Option<Self> {
        match &mut self.who {
            For::Batch { answer, .. } => (!answer.is_closed()).then_some(self),
            For::Calls(calls) if calls.iter().all(|call| !call.answer.is_closed()) => Some(self),
            For::Calls(calls) => {
                let mut bytes = Vec::with_capacity(self.bytes.len());
                let mut start = 0;
                calls.retain_mut(|call| {
                    let own = &self.bytes[start..call.end];
                    start = call.end;
                    if call.answer.is_closed() {
                        return false;
                    }
                    bytes.extend_from_slice(own);
                    call.end = bytes.len();
                    true
                });
                self.bytes = bytes.into();
                (!self.bytes.is_empty()).then_some(self)
            }
        }
    }

    fn overloaded(self) {
        let reason = NotExecuted::Overloaded;
        let message = "no room before the deadline: too much waits for a node that it goes to";
        match self.who {
            For::Batch { answer, .. } => {
                let count = slotpipe_core::wire::request::count(&self.bytes) as usize;
                answer.send(Ok(Collector::new(self.bytes, count).not_executed(reason, message)));
            }
            For::Calls(_) => {
                self.fail(&Error::new(ErrorKind::NotExecuted(NotRun {
                    reason,
                    message: message.into(),
                    node: None,
                    slot: None,
                })));
            }
        }
    }
}

impl For {
    /// Ends it with this error.
    pub(crate) fn fail(self, error: &Error) {
        match self {
            Self::Calls(calls) => {
                for call in calls {
                    let _ = call.answer.send(Err(error.clone()));
                }
            }
            Self::Batch { answer, .. } => answer.send(Err(error.clone())),
        }
    }
}
