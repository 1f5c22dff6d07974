//! A core that can write down what crosses its boundary.

use std::{
    fmt,
    ops::{Deref, Range},
};

use bytes::Bytes;
use slotpipe::Topology;
use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{Configure, Explained, Input, LaneId, Micros, Misuse, Outputs, Refused, SubmitOptions, Submitted, Ticket},
};

use super::{inputs, outputs};

/// The in-process core and, if asked for, its record. What only looks (`stats`, `topology`) is reached by dereference
/// and leaves no trace.
pub struct Recorder {
    core: Cluster,
    record: Option<String>,
}

impl Recorder {
    /// A core of which nothing is written down.
    pub fn silent(config: Config, now: Micros) -> Self {
        Self { core: Cluster::new(config, now), record: None }
    }

    /// A core with a record of everything.
    pub fn new(config: Config, now: Micros) -> Self {
        let mut record = String::new();
        inputs::new(&mut record, now, &config);
        Self { core: Cluster::new(config, now), record: Some(record) }
    }

    /// [`Cluster::submit`].
    ///
    /// # Errors
    /// The core's refusal.
    pub fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        let Some(record) = &mut self.record else { return self.core.submit(now, batch, options) };
        inputs::commands(record, now, "submit", &batch, options);
        let submitted = self.core.submit(now, batch, options);
        outputs::submitted(record, &submitted);
        submitted
    }

    /// [`Cluster::handle`].
    pub fn handle(&mut self, now: Micros, input: Input) {
        if let Some(record) = &mut self.record {
            inputs::handle(record, now, &input);
        }
        self.core.handle(now, input);
    }

    /// [`Cluster::poll`].
    pub fn poll(&mut self, now: Micros, out: &mut Outputs) {
        self.core.poll(now, out);
        if let Some(record) = &mut self.record {
            inputs::bare(record, now, "poll");
            outputs::polled(record, out);
        }
    }

    /// [`Cluster::cancel`].
    pub fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) {
        if let Some(record) = &mut self.record {
            inputs::cancel(record, now, tickets.start.0, tickets.end.0);
        }
        self.core.cancel(now, tickets);
    }

    /// [`Cluster::release`].
    pub fn release(&mut self, now: Micros, lane: LaneId) {
        if let Some(record) = &mut self.record {
            inputs::release(record, now, lane);
        }
        self.core.release(now, lane);
    }

    /// [`Cluster::configure`].
    pub fn configure(&mut self, now: Micros, change: Configure) {
        if let Some(record) = &mut self.record {
            inputs::configure(record, now, &change);
        }
        self.core.configure(now, change);
    }

    /// [`Cluster::explain`], written down.
    ///
    /// # Errors
    /// The first frame that is none.
    pub fn explain_at(
        &mut self,
        now: Micros,
        batch: &Bytes,
        options: &SubmitOptions,
    ) -> Result<Vec<Explained>, Misuse> {
        let explained = self.core.explain(batch, options);
        if let Some(record) = &mut self.record {
            inputs::commands(record, now, "explain", batch, options);
            outputs::explained(record, &explained);
        }
        explained
    }

    /// Ends the day by its counters and its map, and names it; the whole record. Empty if nothing was written down.
    pub fn day(mut self, name: &str, now: Micros) -> String {
        let Some(mut record) = self.record.take() else { return String::new() };
        inputs::bare(&mut record, now, "stats");
        outputs::stats(&mut record, &self.core.stats());
        inputs::bare(&mut record, now, "topology");
        outputs::topology(&mut record, &Topology::of(self.core.topology()));
        let mut day = String::with_capacity(record.len() + name.len() + 8);
        inputs::day(&mut day, name);
        day.push_str(&record);
        day
    }
}

impl Deref for Recorder {
    type Target = Cluster;

    fn deref(&self) -> &Cluster {
        &self.core
    }
}

/// Without the record, in which the passwords are.
impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.fmt(f)
    }
}
