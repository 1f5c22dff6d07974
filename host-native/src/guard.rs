//! An engine whose panic is a trap: the call answers [`Broken`], and the driver takes a fresh one.
//!
//! A core that is linked in has no sandbox around it. Its panic would unwind through the driver and take with it every
//! call of the client, those that were never sent among them. What it panicked with stays out of the error: the panic
//! hook has it already, and texts of panics repeat what was being looked at.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use bytes::Bytes;
use slotpipe_core::port::{
    Configure, Explained, Input, LaneId, Micros, Misuse, Outputs, Refused, Stats, SubmitOptions, Submitted, Ticket,
};

use crate::{
    engine::{Broken, Engine, Make},
    topology::Topology,
};

/// An engine that was not seen to panic.
pub(crate) struct Guarded<E>(E);

impl<E: Engine> Guarded<E> {
    /// The next engine of a maker.
    pub(crate) fn made_by(make: &mut impl Make<Engine = E>, now: Micros) -> Result<Self, Broken> {
        guarded(|| make.make(now)).map(Self)
    }
}

impl<E: Engine> Engine for Guarded<E> {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        guarded(|| self.0.submit(now, batch, options))
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        guarded(|| self.0.handle(now, input))
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        guarded(|| self.0.poll(now, out))
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        guarded(|| self.0.cancel(now, tickets))
    }

    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken> {
        guarded(|| self.0.release(now, lane))
    }

    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken> {
        guarded(|| self.0.configure(now, change))
    }

    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        guarded(|| self.0.explain(batch, options))
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        guarded(|| self.0.topology())
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        guarded(|| self.0.stats())
    }
}

/// What a panic leaves half done is never looked at again: the engine is dropped.
fn guarded<T>(verb: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(verb)).unwrap_or_else(|_| Err(Broken::new("it panicked")))
}
