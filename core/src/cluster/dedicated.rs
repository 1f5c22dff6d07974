//! Connections for one caller alone: so many per node and in all, and who waits for one.

use alloc::{string::ToString as _, vec::Vec};

use bytes::Bytes;

use super::{
    Cluster, Timer,
    admit::{FOR_EVER, own_left_ms},
};
use crate::{
    flight::{
        JobId,
        ledger::{Job, Last, Ledger},
    },
    port::{Micros, NotExecuted},
    route::{command::seconds, table::Table},
    sorted::SortedMap,
    wire::request::{Args, Requests},
};

const ALL_IN_USE: &str =
    "all dedicated connections are in use: allow more (per node, in all), or a longer wait for them";

/// Waiting jobs look again so often; one that gets free is given on at once.
const PATIENCE_MS: u32 = 100;

/// Since when jobs wait, where that is limited.
pub(super) type Waiting = SortedMap<JobId, (u64, Micros)>;

impl Cluster {
    /// Whether there may be another connection of this kind. An idle one of some other node makes room for it.
    pub(super) fn may_have_one_more(&mut self) -> bool {
        let in_all: u32 = self.nodes.iter().map(|state| state.dedicated).sum();
        if in_all < self.config.limits.dedicated {
            return true;
        }
        let Some(place) = self.nodes.iter().find_map(|state| state.idle.last().copied()) else { return false };
        self.close_idle(place);
        true
    }

    /// Every connection that a job could have is in use.
    pub(super) fn wait_for_dedicated(&mut self, id: JobId, job: &Job) {
        self.ledger_mut(id, |job| job.last = Last::AllInUse);
        let mut at = self.now.plus_ms(PATIENCE_MS);
        if let Some(ms) = self.config.limits.dedicated_wait_ms {
            let end = match self.dedicated_waiting.get(&id) {
                Some(&(ticket, end)) if ticket == job.ticket.0 => end,
                Some(_) | None => self.now.plus_ms(ms),
            };
            if end <= self.now {
                self.dedicated_waiting.remove(&id);
                return self.not_executed(id, NotExecuted::Overloaded, ALL_IN_USE);
            }
            let ledger = &self.ledger;
            self.dedicated_waiting
                .retain(|&id, &mut (ticket, _)| ledger.job(id).is_some_and(|job| job.ticket.0 == ticket));
            self.dedicated_waiting.insert(id, (job.ticket.0, end));
            at = at.min(end);
        }
        self.set_adrift(id, at);
    }

    /// One has got free: whoever has waited longest looks again.
    pub(super) fn dedicated_free(&mut self) {
        let waiting = self.adrift.iter().filter_map(|&(_, timer)| {
            let Timer::Adrift(id) = timer else { return None };
            self.ledger.job(id).filter(|job| job.last == Last::AllInUse).map(|job| (job.ticket, id))
        });
        let Some((_, first)) = waiting.min() else { return };
        self.call_off(first);
        self.set_adrift(first, self.now);
    }
}

/// The words of a job that was thrown out while it blocked, with what is left of its own timeout. Nothing where it had
/// none, or where the caller's deadline is what ends it.
#[inline(never)]
pub(super) fn time_left(ledger: &Ledger, table: &Table, id: JobId, now: Micros) -> Option<Bytes> {
    let job = ledger.job(id)?;
    ledger.batch(job.batch).filter(|batch| batch.options.deadline_ms.is_none() && job.deadline != FOR_EVER)?;
    let (bytes, mut spans) = (ledger.bytes(job.source), Vec::new());
    Requests::new(bytes, job.start as usize).next(&mut spans)?.ok()?;
    let args = Args::new(bytes, &spans);
    let (place, is_seconds) = table.row(job.row).timeout(args)?;
    // 0 would be for ever.
    let left = own_left_ms(job.deadline, now).max(1);
    let text = if is_seconds { seconds(left) } else { left.to_string() };
    Some(Bytes::from(args.with(place, text.as_bytes())))
}
