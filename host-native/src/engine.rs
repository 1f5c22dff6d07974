//! The brain behind a door: what the driver needs of a core, whether it is linked in or runs in a sandbox.
//!
//! [`Engine`] has the core's verbs and nothing else: data goes in, data comes out, time is an argument. Every verb may
//! answer [`Broken`]: a sandbox can trap, and a core that says something impossible is as good as trapped. The driver
//! then ends everything that was pending as outcome unknown and asks its [`Make`] for a fresh one.
//! [`InProcess`] is the core as an ordinary crate; it never breaks by itself.

use std::{fmt, ops::Range};

use bytes::Bytes;
use slotpipe_core::{
    cluster,
    config::Config,
    port::{
        Configure, Explained, Input, LaneId, Micros, Misuse, Outputs, Refused, Stats, SubmitOptions, Submitted, Ticket,
    },
};

use crate::topology::Topology;

/// One core, native or sandboxed.
pub trait Engine: Send + 'static {
    /// Takes a batch of commands (RESP arrays back to back), whole or not at all.
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken>;

    /// Takes what happened.
    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken>;

    /// Says what to do; `out` is cleared first.
    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken>;

    /// Nobody waits for these tickets any more.
    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken>;

    /// Ends a lane.
    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken>;

    /// Changes what is told apart from commands.
    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken>;

    /// What `submit` would do, without doing it.
    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken>;

    /// The slot map as it is.
    fn topology(&mut self) -> Result<Topology, Broken>;

    /// What has happened so far, counted.
    fn stats(&mut self) -> Result<Stats, Broken>;
}

/// Makes an engine, the first and every one that follows a broken one.
pub trait Make: Send + 'static {
    /// What is made.
    type Engine: Engine;

    /// A fresh engine that knows its configuration and nothing else.
    fn make(&mut self, now: Micros) -> Result<Self::Engine, Broken>;
}

/// The engine cannot be used any more: it trapped, or said what cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl Broken {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the engine broke: {}", self.0)
    }
}

impl std::error::Error for Broken {}

/// The core as an ordinary crate.
#[derive(Debug)]
pub struct InProcess(cluster::Cluster);

/// Makes [`InProcess`] engines of one configuration.
#[derive(Clone, Debug)]
pub struct InProcessMaker(pub Config);

impl Make for InProcessMaker {
    type Engine = InProcess;

    fn make(&mut self, now: Micros) -> Result<InProcess, Broken> {
        Ok(InProcess(cluster::Cluster::new(self.0.clone(), now)))
    }
}

impl Engine for InProcess {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        Ok(self.0.submit(now, batch, options))
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        self.0.handle(now, input);
        Ok(())
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        self.0.poll(now, out);
        Ok(())
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        self.0.cancel(now, tickets);
        Ok(())
    }

    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken> {
        self.0.release(now, lane);
        Ok(())
    }

    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken> {
        self.0.configure(now, change);
        Ok(())
    }

    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        Ok(self.0.explain(batch, options))
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        Ok(Topology::of(self.0.topology()))
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        Ok(self.0.stats())
    }
}
