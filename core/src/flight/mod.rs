//! What is under way: connections, the jobs on them, their order, and what their replies mean.
//!
//! Each file owns one thing and knows none of the others; `cluster` alone lets one affect another.
//! [`link`] is a connection, [`handshake`] its first words, [`judge`] reads errors, [`order`] keeps slots in order,
//! [`merge`] makes one reply of several, [`ledger`] knows what is still open.

pub(crate) mod answer;
pub(crate) mod handshake;
pub(crate) mod judge;
pub(crate) mod ledger;
pub(crate) mod link;
pub(crate) mod merge;
pub(crate) mod order;
pub(crate) mod slab;

/// One write to one node on behalf of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct JobId(pub(crate) u32);

impl JobId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}
