//! One day on two hosts: what the core that is linked in says to any calls, the core in wasmtime says too, byte for byte.
//!
//! The day is lived on the first and written down; the second plays the record again (`slotpipe_tests::conformance`).

use std::{ops::Range, sync::LazyLock};

use arbitrary::Unstructured;
use bytes::Bytes;
use slotpipe::component::{BYTES, Component, ComponentMaker, wasmtime};
use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{Input, Micros, Outputs, Refused, SubmitOptions, Submitted, Ticket},
};
use slotpipe_tests::conformance::{Recorder, first_difference, replay};

use crate::{
    liar, machine,
    world::{Core, World},
};

static COMPONENT: LazyLock<Component> = LazyLock::new(|| {
    let mut config = wasmtime::Config::new();
    // Compiled by a compiler that itself is not optimised: the less it does the better.
    config.cranelift_opt_level(wasmtime::OptLevel::None);
    let engine = wasmtime::Engine::new(&config).expect("an engine");
    Component::new(&engine, BYTES).expect("the component that the crate carries")
});

/// A day of [`machine`] or of [`liar`].
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let (Ok(lies), Ok(config)) = (given.arbitrary::<bool>(), machine::config(&mut given)) else { return };
    let mut world = World::new(config, Micros(1_000_000), Recorder::new);
    let _ = if lies { liar::live(&mut world, &mut given) } else { machine::live(&mut world, &mut given) };
    world.end(data.len().is_multiple_of(2));
    let now = world.now;
    let day = world.core.day("fuzzed", now);
    let played = replay(&day, &|config: Config| ComponentMaker::new(COMPONENT.clone(), config)).expect("a day");
    let difference = first_difference(["linked in", "wasmtime"], [&day, &played]);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

impl Core for Recorder {
    fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        Self::submit(self, now, batch, options)
    }

    fn handle(&mut self, now: Micros, input: Input) {
        Self::handle(self, now, input);
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) {
        Self::poll(self, now, out);
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) {
        Self::cancel(self, now, tickets);
    }

    fn explain(&mut self, now: Micros, batch: &Bytes, options: &SubmitOptions) {
        drop(self.explain_at(now, batch, options));
    }

    fn cluster(&self) -> &Cluster {
        self
    }
}
