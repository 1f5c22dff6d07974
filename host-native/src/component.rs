//! The core as a WebAssembly component in wasmtime, behind the same [`Engine`] as the one that is linked in.
//!
//! A [`Component`] is compiled once and shared; each client has an instance and a memory of its own, bounded in bytes
//! and in time per call. The component imports nothing, so that what it can do is compute. A trap ends the instance:
//! the call answers [`Broken`], and the driver takes a fresh one. One verb is one crossing, whatever is in the batch;
//! `convert` turns the words of one side into those of the other.

mod convert;

use std::{fmt, ops::Range, sync::OnceLock, thread, time::Duration};

use bytes::Bytes;
use slotpipe_core::{
    config::Config,
    port::{
        Configure, Explained, Input, LaneId, Micros, Misuse, Outputs, Refused, Stats, SubmitOptions, Submitted, Ticket,
    },
};
/// The version that [`Component::new`] wants an engine of.
pub use wasmtime;
use wasmtime::{
    Cache, CacheConfig, Store, StoreLimits, StoreLimitsBuilder,
    component::{Linker, ResourceAny},
};

use self::bindings::{Slotpipe, SlotpipePre, exports::slotpipe::cluster::port::GuestCluster};
use crate::{
    engine::{Broken, Engine, Make},
    error::Error,
    topology::Topology,
};

#[allow(missing_docs, unreachable_pub, clippy::all, reason = "made from cluster.wit")]
mod bindings {
    wasmtime::component::bindgen!({
        path: "component/cluster.wit",
        world: "slotpipe",
        ownership: Borrowing { duplicate_if_necessary: true },
    });
}

/// The component that this crate was built with.
pub const BYTES: &[u8] = include_bytes!("../component/slotpipe.wasm");

/// How often the epoch of the engine that clients share moves on.
const TICK: Duration = Duration::from_millis(500);
/// So many ticks for one call: far more than the largest batch needs, and an end to what never ends.
const CALL_TICKS: u64 = 10;
/// The reply that the core's limits allow, twice: as it comes in and as it goes out.
const MEMORY: usize = 1 << 30;

/// Entries of an instance's table of functions: ours has hundreds, and none is ever added.
const TABLE: usize = 100_000;

/// A compiled component and the limits of its instances. Clones share the code.
#[derive(Clone)]
pub struct Component {
    pre: SlotpipePre<StoreLimits>,
    memory: usize,
    call_ticks: u64,
}

impl Component {
    /// Compiles a component for the embedder's own wasmtime engine. [`BYTES`] is the one that this crate carries.
    ///
    /// Time is bounded if the engine has `epoch_interruption` and its owner moves the epoch on; see
    /// [`Component::call_ticks`].
    ///
    /// # Errors
    /// `COMPONENT`: the bytes are no component, import something, or do not export `slotpipe:cluster/port`.
    pub fn new(engine: &wasmtime::Engine, bytes: &[u8]) -> Result<Self, Error> {
        let compiled = wasmtime::component::Component::new(engine, bytes);
        let pre = compiled.and_then(|component| Linker::new(engine).instantiate_pre(&component));
        let pre = pre.and_then(SlotpipePre::new);
        let pre = pre.map_err(|error| {
            Error::misuse(
                "COMPONENT",
                format!("not a component that exports slotpipe:cluster and imports nothing: {error:#}"),
            )
        })?;
        Ok(Self { pre, memory: MEMORY, call_ticks: CALL_TICKS })
    }

    /// Bytes that one client's instance may have; one that wants more traps. One GiB if not given.
    #[must_use]
    pub fn memory_limit(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// Ticks of the engine's epoch that one call may take before it traps.
    #[must_use]
    pub fn call_ticks(mut self, ticks: u64) -> Self {
        self.call_ticks = ticks.max(1);
        self
    }

    /// [`BYTES`], compiled at most once per process, and once per machine where wasmtime's cache can be used.
    pub(crate) fn shared() -> Result<Self, Error> {
        static SHARED: OnceLock<Result<Component, Error>> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(&shared_engine()?, BYTES)).clone()
    }
}

impl fmt::Debug for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Component")
            .field("memory", &self.memory)
            .field("call_ticks", &self.call_ticks)
            .finish_non_exhaustive()
    }
}

/// The wasmtime engine of all clients that bring none, and the thread that moves its epoch on.
fn shared_engine() -> Result<wasmtime::Engine, Error> {
    let mut config = wasmtime::Config::new();
    // Without a home directory there is no cache, and each process compiles for itself.
    config.epoch_interruption(true).cache(Cache::new(CacheConfig::new()).ok());
    let cannot = |error: &dyn fmt::Display| Error::misuse("COMPONENT", format!("wasmtime cannot start: {error:#}"));
    let engine = wasmtime::Engine::new(&config).map_err(|error| cannot(&error))?;
    let weak = engine.weak();
    let ticker = move || {
        while let Some(engine) = weak.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    };
    thread::Builder::new().name("slotpipe-epoch".to_owned()).spawn(ticker).map_err(|error| cannot(&error))?;
    Ok(engine)
}

/// Makes [`Sandbox`] engines of one configuration.
#[derive(Debug)]
pub struct ComponentMaker {
    component: Component,
    config: Config,
}

impl ComponentMaker {
    /// Instances of `component` that begin with `config`.
    pub fn new(component: Component, config: Config) -> Self {
        Self { component, config }
    }
}

impl Make for ComponentMaker {
    type Engine = Sandbox;

    fn make(&mut self, now: Micros) -> Result<Sandbox, Broken> {
        let Component { pre, memory, call_ticks } = &self.component;
        let limits = StoreLimitsBuilder::new().memory_size(*memory).table_elements(TABLE).trap_on_grow_failure(true);
        let limits = limits.build();
        let mut store = Store::new(pre.engine(), limits);
        store.limiter(|limits| limits);
        store.set_epoch_deadline(*call_ticks);
        let world = pre.instantiate(&mut store).map_err(broken)?;
        let verbs = world.slotpipe_cluster_port().cluster();
        let cluster = convert::config(&self.config, |config| verbs.call_constructor(&mut store, config, now.0));
        let cluster = cluster.map_err(broken)?;
        Ok(Sandbox { store, world, cluster, call_ticks: *call_ticks })
    }
}

/// One instance of the component.
pub struct Sandbox {
    store: Store<StoreLimits>,
    world: Slotpipe,
    cluster: ResourceAny,
    call_ticks: u64,
}

impl Sandbox {
    fn call<R>(
        &mut self,
        verb: impl FnOnce(GuestCluster<'_>, &mut Store<StoreLimits>, ResourceAny) -> wasmtime::Result<R>,
    ) -> Result<R, Broken> {
        self.store.set_epoch_deadline(self.call_ticks);
        verb(self.world.slotpipe_cluster_port().cluster(), &mut self.store, self.cluster).map_err(broken)
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("cluster", &self.cluster).finish_non_exhaustive()
    }
}

impl Engine for Sandbox {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        let nodes = convert::nodes(options);
        let options = convert::options(options, &nodes);
        let submitted = self.call(|verbs, store, cluster| verbs.call_submit(store, cluster, now.0, &batch, options))?;
        Ok(submitted.map(Into::into).map_err(Into::into))
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        let input = convert::input(&input);
        self.call(|verbs, store, cluster| verbs.call_handle(store, cluster, now.0, input))
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        out.clear();
        let said = self.call(|verbs, store, cluster| verbs.call_poll(store, cluster, now.0))?;
        out.actions.extend(said.actions.into_iter().map(Into::into));
        out.answers.tape = said.answers.tape;
        out.answers.buffers.extend(said.answers.buffers.into_iter().map(Bytes::from));
        Ok(())
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        let Range { start, end } = tickets;
        self.call(|verbs, store, cluster| verbs.call_cancel(store, cluster, now.0, start.0, end.0))
    }

    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken> {
        self.call(|verbs, store, cluster| verbs.call_release(store, cluster, now.0, lane.0))
    }

    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken> {
        convert::change(&change, |change| {
            self.call(|verbs, store, cluster| verbs.call_configure(store, cluster, now.0, change))
        })
    }

    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        let nodes = convert::nodes(options);
        let options = convert::options(options, &nodes);
        let explained = self.call(|verbs, store, cluster| verbs.call_explain(store, cluster, batch, options))?;
        Ok(explained.map(convert::all).map_err(Into::into))
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        let topology = self.call(|verbs, store, cluster| verbs.call_topology(store, cluster))?;
        convert::topology(topology)
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        Ok(self.call(|verbs, store, cluster| verbs.call_stats(store, cluster))?.into())
    }
}

fn broken(error: wasmtime::Error) -> Broken {
    Broken(format!("{error:#}"))
}
