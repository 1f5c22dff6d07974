//! The machine: submit, handle, poll.

use alloc::vec::Vec;

use bytes::Bytes;

use crate::{
    config::Config,
    port::{Explained, Input, Micros, Misuse, Outputs, Refused, SubmitOptions, Submitted, Ticket},
    route::topology::Topology,
};

/// The core of one client.
#[derive(Debug)]
pub struct Cluster {}

impl Cluster {
    /// A core that knows its seeds and nothing else; the first `poll` asks for connections.
    pub fn new(config: Config, now: Micros) -> Self {
        let _ = (config, now);
        todo!()
    }

    /// Takes a batch of commands (RESP arrays back to back).
    pub fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        let _ = (now, batch, options);
        todo!()
    }

    /// Takes what happened.
    pub fn handle(&mut self, now: Micros, input: Input) {
        let _ = (now, input);
        todo!()
    }

    /// Says what to do; `out` is cleared first.
    pub fn poll(&mut self, now: Micros, out: &mut Outputs) {
        let _ = (now, out);
        todo!()
    }

    /// The caller does not want these any more; unsent ones settle as not executed, sent ones as unknown.
    pub fn cancel(&mut self, now: Micros, tickets: core::ops::Range<Ticket>) {
        let _ = (now, tickets);
        todo!()
    }

    /// What `submit` would do, without doing it.
    pub fn explain(&self, batch: &Bytes, options: &SubmitOptions) -> Result<Vec<Explained>, Misuse> {
        let _ = (batch, options);
        todo!()
    }

    /// The slot map as it is.
    pub fn topology(&self) -> &Topology {
        todo!()
    }
}

/// What `submit` would do on this map; `explain` of a core that has no connection.
pub fn explain_offline(topology: &Topology, batch: &Bytes, options: &SubmitOptions) -> Result<Vec<Explained>, Misuse> {
    let _ = (topology, batch, options);
    todo!()
}
