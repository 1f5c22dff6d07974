//! Runs: commands of one batch, given one after the other, that differ in nothing but their bytes and their slot.
//!
//! Nearly every command is sent once, to the owner of its slot, and answered there: it needs no [`Job`](super::ledger::Job)
//! and no place in the [order](super::order) of its slot. It is a [`Member`] of its run: a few words on its connection.
//! As soon as anything else happens than a reply (an error, a lost connection, a deadline, a new map), the members still
//! open are made jobs, as if they had been that from the start, and what follows knows only jobs.

use super::ledger::{Facts, Index};
use crate::{
    port::{Micros, Ticket},
    route::table::RowId,
    wire::shape::Shape,
};

/// What the members have in common.
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

/// One command of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// How many tickets behind the first.
    pub(crate) offset: u32,
    /// Its bytes in the batch.
    pub(crate) start: u32,
    pub(crate) len: u32,
    pub(crate) slot: u16,
}

impl Run {
    pub(crate) fn ticket(&self, member: &Member) -> Ticket {
        Ticket(self.first.0 + u64::from(member.offset))
    }
}
