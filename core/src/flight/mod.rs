//! What is under way: connections, the jobs on them, their order, and what their replies mean.
//!
//! Each file owns one thing and knows none of the others; `cluster` alone lets one affect another.
//! [`link`] is a connection, [`judge`] reads errors, [`order`] keeps slots in order,
//! [`merge`] makes one reply of several, [`subscription`] is what one subscriber has, [`ledger`] knows what is still open.

pub(crate) mod answer;
pub(crate) mod judge;
pub(crate) mod ledger;
pub(crate) mod link;
pub(crate) mod merge;
pub(crate) mod order;
pub(crate) mod subscription;
pub(crate) mod unit;

use alloc::{string::String, vec::Vec};

use bytes::Bytes;

use crate::port::{NotExecuted, OutcomeKind, Ran};

/// One write to one node on behalf of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct JobId(pub(crate) u32);

impl JobId {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One command of a run: all that a connection is told of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// How many tickets behind the first.
    pub(crate) offset: u32,
    /// Its bytes in the batch.
    pub(crate) start: u32,
    pub(crate) len: u32,
    pub(crate) slot: u16,
}

/// One part of a command.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) slot: Option<u16>,
    /// Where it went last.
    pub(crate) node: String,
    /// Which of the command's keys are its own, in its own order.
    pub(crate) keys: Vec<u32>,
    pub(crate) step: Option<Step>,
    pub(crate) ended: Option<Ended>,
}

/// What a part is in a recipe.
#[derive(Debug)]
pub(crate) struct Step {
    /// Its command and its key: `RESTORE destination`.
    pub(crate) name: String,
    pub(crate) is_write: bool,
}

/// How a part ended.
#[derive(Debug)]
pub(crate) enum Ended {
    Reply(Kept),
    ServerError { ran: Ran, line: Bytes },
    NotExecuted { reason: NotExecuted, message: String },
    Unknown { attempts: u8, message: String },
}

/// A reply that waits for the others.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) words: Vec<u32>,
    pub(crate) buffers: Vec<Bytes>,
}

impl Kept {
    pub(crate) fn new(words: &[u32], buffers: &[Bytes]) -> Self {
        Self { words: words.to_vec(), buffers: buffers.to_vec() }
    }
}

impl Ended {
    pub(crate) const fn outcome(&self) -> OutcomeKind {
        match self {
            Self::Reply(_) => OutcomeKind::Reply,
            Self::ServerError { .. } => OutcomeKind::ServerError,
            Self::NotExecuted { .. } => OutcomeKind::NotExecuted,
            Self::Unknown { .. } => OutcomeKind::Unknown,
        }
    }
}
