//! Who waits for which ticket.
//!
//! Tickets are kept by submit, not one by one: a pipeline and a group of joined calls are one entry each, found by
//! range. Answers mostly come in runs of one submit, so that the lookup is paid once per run. Everything that the
//! engine says is checked here: a ticket nobody opened, or answered twice, is a broken engine.

use std::{
    collections::BTreeMap,
    mem,
    ops::{Range, RangeInclusive},
};

use bytes::Bytes;
use slotpipe_core::port::{Answer, Answers, Submitted, Ticket};

use crate::{
    door::{Asker, Waiting},
    engine::Broken,
    error::Error,
    replies::{Collector, Settled},
};

/// The open tickets.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    /// By first ticket; ranges do not overlap.
    open: BTreeMap<u64, Open>,
    polls: u64,
}

#[derive(Debug)]
struct Open {
    count: u64,
    left: u64,
    who: Who,
}

#[derive(Debug)]
enum Who {
    /// `ids` spans the numbers of the calls.
    Calls {
        ids: RangeInclusive<u64>,
        calls: Vec<Option<Waiting>>,
    },
    Batch {
        id: u64,
        collector: Box<Collector>,
        answer: Asker,
    },
    Nobody,
}

impl Pending {
    /// Whether nothing is open.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Opens the tickets of joined calls.
    pub(crate) fn open_calls(&mut self, submitted: Submitted, calls: Vec<Waiting>) -> Result<(), Broken> {
        let (Some(first), Some(last)) = (calls.first(), calls.last()) else { return Ok(()) };
        let (ids, count) = (first.id..=last.id, calls.len());
        self.insert(submitted, Who::Calls { ids, calls: calls.into_iter().map(Some).collect() })?;
        if submitted.count as usize == count { Ok(()) } else { Err(miscounted()) }
    }

    /// Opens the tickets of a pipeline.
    pub(crate) fn open_batch(
        &mut self,
        submitted: Submitted,
        id: u64,
        batch: Bytes,
        answer: Asker,
    ) -> Result<(), Broken> {
        let empty = batch.is_empty();
        let collector = Collector::new(batch, submitted.count as usize);
        if empty && submitted.count == 0 {
            answer.send(Ok(collector.finish()));
            return Ok(());
        }
        self.insert(submitted, Who::Batch { id, collector: Box::new(collector), answer })?;
        if submitted.count > 0 { Ok(()) } else { Err(miscounted()) }
    }

    /// Hands out everything that one poll answered.
    pub(crate) fn settle(&mut self, answers: &Answers) -> Result<(), Broken> {
        if answers.tape.is_empty() {
            return Ok(());
        }
        self.polls += 1;
        let mut read = 0;
        let mut records = answers.iter().inspect(|answer| read += Answers::HEADER + answer.body.len()).peekable();
        while let Some(answer) = records.next() {
            let (&first, open) = self
                .open
                .range_mut(..=answer.ticket.0)
                .next_back()
                .filter(|(first, open)| answer.ticket.0 - **first < open.count)
                .ok_or_else(|| Broken::new(format!("an outcome for ticket {}, which is not open", answer.ticket.0)))?;
            let range = first..first + open.count;
            open.settle(first, &answer, answers, self.polls)?;
            while let Some(answer) = records.next_if(|answer| range.contains(&answer.ticket.0)) {
                open.settle(first, &answer, answers, self.polls)?;
            }
            if open.left == 0
                && let Some(open) = self.open.remove(&first)
            {
                open.finish();
            }
        }
        drop(records);
        if read == answers.tape.len() { Ok(()) } else { Err(Broken::new("a torn tape of answers")) }
    }

    /// The tickets of a call or pipeline that nobody waits for any more. Their outcomes will be dropped.
    pub(crate) fn cancel(&mut self, id: u64) -> Option<Range<Ticket>> {
        self.open.iter_mut().find_map(|(&first, open)| {
            let (offset, count) = open.forget(id)?;
            Some(Ticket(first + offset)..Ticket(first + offset + count))
        })
    }

    /// Ends everything as outcome unknown: the engine that knew more is gone.
    pub(crate) fn fail_all(&mut self, cause: &str) {
        for (_, open) in mem::take(&mut self.open) {
            open.who.fail(cause);
        }
    }

    fn insert(&mut self, submitted: Submitted, who: Who) -> Result<(), Broken> {
        let count = u64::from(submitted.count);
        let overlaps = || {
            let before = self.open.range(..=submitted.first.0).next_back();
            let after = self.open.range(submitted.first.0..).next();
            before.is_some_and(|(first, open)| first + open.count > submitted.first.0)
                || after.is_some_and(|(first, _)| *first < submitted.first.0.saturating_add(count))
        };
        if overlaps() || submitted.first.0.checked_add(count).is_none() {
            let broken = Broken::new("tickets that are open already");
            who.fail(&broken.to_string());
            return Err(broken);
        }
        self.open.insert(submitted.first.0, Open { count, left: count, who });
        Ok(())
    }
}

impl Who {
    fn fail(self, cause: &str) {
        match self {
            Self::Calls { calls, .. } => {
                for call in calls.into_iter().flatten() {
                    let _ = call.answer.send(Err(Error::lost(cause)));
                }
            }
            Self::Batch { collector, answer, .. } => answer.send(Ok(collector.abandon(cause))),
            Self::Nobody => {}
        }
    }
}

impl Open {
    fn settle(&mut self, first: u64, answer: &Answer<'_>, answers: &Answers, poll: u64) -> Result<(), Broken> {
        let index = usize::try_from(answer.ticket.0 - first).map_err(|_| Broken::new("a ticket outside its batch"))?;
        self.left = self.left.checked_sub(1).ok_or_else(|| Broken::new("two outcomes for one ticket"))?;
        match &mut self.who {
            Who::Calls { calls, .. } => {
                let waiting = calls.get_mut(index).and_then(Option::take);
                let waiting = waiting.ok_or_else(|| Broken::new("two outcomes for one ticket"))?;
                if !waiting.answer.is_closed() {
                    let _ = waiting.answer.send(Ok(Settled::of(answer, &answers.buffers)?));
                }
                Ok(())
            }
            Who::Batch { collector, answer: asker, .. } => {
                asker.tell(index, answer, &answers.buffers)?;
                collector.take(index, answer, &answers.buffers, poll)
            }
            Who::Nobody => Ok(()),
        }
    }

    fn finish(self) {
        if let Who::Batch { collector, answer, .. } = self.who {
            answer.send(Ok(collector.finish()));
        }
    }

    /// Offset and number of the tickets of `id`, if it is one of these.
    fn forget(&mut self, id: u64) -> Option<(u64, u64)> {
        match &self.who {
            Who::Calls { ids, calls } if ids.contains(&id) => {
                let at = calls.iter().position(|call| call.as_ref().is_some_and(|call| call.id == id))?;
                Some((at as u64, 1))
            }
            Who::Batch { id: own, .. } if *own == id => {
                self.who = Who::Nobody;
                Some((0, self.count))
            }
            Who::Calls { .. } | Who::Batch { .. } | Who::Nobody => None,
        }
    }
}

fn miscounted() -> Broken {
    Broken::new("another number of tickets than commands")
}
