//! The component: what it is, that it thinks as the core does, how it starts, and what becomes of calls when it traps.

mod patched;

use std::{
    ops::Range,
    process::{self, Command},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use patched::{Body, patched};
use slotpipe::{
    Bytes, Cluster, Commands, Engine, Explained, Stats, Topology,
    component::{BYTES, Component, ComponentMaker, wasmtime},
    engine::{self, Broken, Make},
    lab::LocalCluster,
};
use slotpipe_core::{
    config::Config,
    port::{
        Address, Configure, Input, LaneId, Micros, Misuse, Output, Outputs, Refused, SubmitOptions, Submitted, Ticket,
    },
};
use slotpipe_tests::{built::program, component::interface};
use tokio::task::JoinSet;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// An engine of the embedder's own, whose epoch moves on while the process lives.
static ENGINE: LazyLock<wasmtime::Engine> = LazyLock::new(|| {
    let mut config = wasmtime::Config::new();
    // Compiled by a compiler that itself is not optimised: the less it does the better.
    config.epoch_interruption(true).cranelift_opt_level(wasmtime::OptLevel::None);
    let engine = wasmtime::Engine::new(&config).unwrap();
    let ticking = engine.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            ticking.increment_epoch();
        }
    });
    engine
});

static COMPONENT: LazyLock<Component> = LazyLock::new(|| Component::new(&ENGINE, BYTES).unwrap());

async fn connect(component: Component) -> Cluster {
    let engine = Engine::Embedded(component);
    Cluster::builder(CLUSTER.seeds()).engine(engine).deadline(Duration::from_secs(10)).connect().await.unwrap()
}

#[test]
fn the_component_imports_nothing_and_exports_one_interface() {
    let (imports, exports) = interface(BYTES).unwrap();
    assert_eq!(imports, [""; 0]);
    assert_eq!(exports, ["slotpipe:cluster/port@0.1.0"]);
}

/// A ratchet: the goal is 200 kB.
#[test]
fn the_component_does_not_grow() {
    assert!(BYTES.len() <= 381_000, "{} bytes", BYTES.len());
}

#[tokio::test]
async fn a_component_that_traps_leaves_the_outcome_unknown() {
    let db = connect(Component::new(&ENGINE, &patched(&[("submit", Body::Unreachable)])).unwrap()).await;
    let error = db.set("trap:a", 1).await.unwrap_err();
    assert!(error.is_uncertain(), "{error}");
    assert!(error.to_string().contains("unreachable"), "{error}");
}

#[tokio::test]
async fn a_component_that_does_not_return_is_stopped() {
    let component = Component::new(&ENGINE, &patched(&[("submit", Body::ForEver)])).unwrap().call_ticks(2);
    let error = connect(component).await.set("forever:a", 1).await.unwrap_err();
    assert!(error.is_uncertain(), "{error}");
    assert!(error.to_string().contains("interrupt"), "{error}");
}

#[tokio::test]
async fn after_a_trap_the_next_call_has_a_fresh_instance() {
    let component = COMPONENT.clone().memory_limit(16 << 20);
    let db = connect(component).await;
    db.set("fresh:a", "before").await.unwrap();
    let error = db.set("fresh:b", Bytes::from(vec![b'x'; 32 << 20])).await.unwrap_err();
    assert!(error.is_uncertain(), "{error}");
    let value: Option<String> = db.get("fresh:a").into_type().await.unwrap();
    assert_eq!(value.as_deref(), Some("before"));
    assert_eq!(db.stats().await.unwrap().commands, 1, "the first instance is gone");
}

/// The fresh instance does not know of the watch: a unit on it would run whatever had become of its keys.
#[tokio::test]
async fn a_session_does_not_outlive_the_instance_that_it_was_opened_on() {
    let db = connect(COMPONENT.clone().memory_limit(16 << 20)).await;
    db.set("watched:a", "before").await.unwrap();
    let session = db.session(["watched:a"]).unwrap();
    session.watch(["watched:a"]).await.unwrap();
    db.set("watched:large", Bytes::from(vec![b'x'; 32 << 20])).await.unwrap_err();
    db.set("watched:a", "changed").await.unwrap();
    let mut unit = session.multi();
    unit.set("watched:a", "lost");
    let error = unit.execute().await.unwrap_err();
    assert!(!error.is_uncertain() && error.to_string().contains("begin another"), "{error}");
    let error = session.get("watched:a").into_type::<Option<String>>().await.unwrap_err();
    assert_eq!(error.code(), "CANCELLED");
    let value: Option<String> = db.get("watched:a").into_type().await.unwrap();
    assert_eq!(value.as_deref(), Some("changed"));
    let session = db.session(["watched:a"]).unwrap();
    session.watch(["watched:a"]).await.unwrap();
    let mut unit = session.multi();
    unit.set("watched:a", "kept");
    assert_eq!(unit.execute().await.unwrap().len(), 1);
}

/// What a burst of commands takes of an instance's memory is there for the next one: thirty go through what holds two.
#[tokio::test]
async fn bursts_cost_their_peak_once() {
    const COMMANDS: usize = 5_000;
    let burst = async |db: &Cluster| {
        let mut pipe = db.pipeline();
        for n in 0..COMMANDS {
            pipe.set(format!("burst:{n}"), [b'x'; 200]).get(format!("burst:{n}"));
        }
        let outcomes = pipe.lpush("burst:0", "x").execute_settled().await.unwrap();
        assert_eq!(outcomes.len(), 2 * COMMANDS + 1);
        // Some wait for nothing: their replies come all the same.
        let mut dropped = db.pipeline();
        for n in 0..500 {
            dropped.get(format!("burst:{n}"));
        }
        tokio::select! {
            biased;
            _ = dropped.execute() => {}
            () = tokio::task::yield_now() => {}
        }
        outcomes.iter().filter(|outcome| !outcome.is_reply()).count()
    };
    // Two bursts need no more than this; without what is given back, fewer than ten would.
    let db = connect(COMPONENT.clone().memory_limit(12 << 20)).await;
    for number in 0..30 {
        assert_eq!(burst(&db).await, 1, "burst {number}: the list that is none, and nothing else");
    }
    let stats = db.stats().await.unwrap();
    assert!(stats.commands >= 30 * 2 * COMMANDS as u64, "it is still the first instance: {}", stats.commands);
}

#[tokio::test]
async fn a_trap_costs_no_other_client_of_the_component_anything() {
    let component = COMPONENT.clone().memory_limit(16 << 20);
    let (breaks, lives) = (connect(component.clone()).await, connect(component).await);
    lives.set("apart:a", 1).await.unwrap();
    breaks.set("apart:b", Bytes::from(vec![b'x'; 32 << 20])).await.unwrap_err();
    lives.set("apart:a", 2).await.unwrap();
    assert_eq!(lives.stats().await.unwrap().commands, 2, "still its first instance");
}

#[test]
fn one_compiled_component_makes_many_instances_that_know_nothing_of_each_other() {
    let began = Instant::now();
    let instance = |port| {
        let config = Config { seeds: vec![Address::new("h", port)], ..Config::default() };
        ComponentMaker::new(COMPONENT.clone(), config).make(Micros(0)).unwrap()
    };
    LazyLock::force(&COMPONENT);
    let compiled = began.elapsed();
    let mut instances: Vec<_> = (1..=100).map(instance).collect();
    assert!(began.elapsed() < compiled + Duration::from_secs(2), "{:?}", began.elapsed());
    for (port, core) in (1..).zip(&mut instances) {
        let mut out = Outputs::default();
        engine::Engine::poll(core, Micros(0), &mut out).unwrap();
        let dialled: Vec<_> = out.actions.iter().filter(|action| matches!(action, Output::Connect { .. })).collect();
        let [Output::Connect { address, .. }] = dialled.as_slice() else { panic!("{:?}", out.actions) };
        assert_eq!(address.port, port);
    }
}

#[test]
fn what_was_compiled_once_is_loaded_the_next_time() {
    let place = std::env::temp_dir().join(format!("slotpipe-test-{}-cache", process::id()));
    let start = || {
        let mut cache = wasmtime::CacheConfig::new();
        cache.with_directory(&place);
        let cache = wasmtime::Cache::new(cache).unwrap();
        let mut config = wasmtime::Config::new();
        config.cranelift_opt_level(wasmtime::OptLevel::None).cache(Some(cache.clone()));
        let began = Instant::now();
        Component::new(&wasmtime::Engine::new(&config).unwrap(), BYTES).unwrap();
        (cache.cache_hits(), began.elapsed())
    };
    let (first, second) = (start(), start());
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!((first.0, second.0), (0, 1));
    assert!(second.1 < first.1 / 4, "compiled in {:?}, loaded in {:?}", first.1, second.1);
}

#[test]
fn the_plugin_host_serves_those_who_may_and_stops_those_who_take_too_much() {
    let output = Command::new(program("examples/plugin_host")).arg(&CLUSTER.seeds()[0]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let expected = [
        "greeter  SET -> OK",
        "greeter  MGET -> Ada, nothing",
        "spy      MGET -> refused, greeter:name is not one of its keys",
        "spy      FLUSHALL -> refused, FLUSHALL is not one of its commands",
        "glutton  SET -> stopped, it wanted more memory than it may have",
        "greeter  INCR -> 1",
    ];
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn bytes_that_are_no_such_component_are_refused() {
    let error = Component::new(&ENGINE, b"\0asm").unwrap_err();
    assert_eq!(error.code(), "COMPONENT");
    let empty = b"\0asm\x0d\0\x01\0";
    assert!(Component::new(&ENGINE, empty).unwrap_err().to_string().contains("slotpipe:cluster"));
}

/// The crossings of the boundary, by verb.
#[derive(Clone, Debug, Default)]
struct Crossings {
    submits: Arc<AtomicUsize>,
    handles: Arc<AtomicUsize>,
    polls: Arc<AtomicUsize>,
}

impl Crossings {
    /// Those since the last time.
    fn take(&self) -> [usize; 3] {
        [&self.submits, &self.handles, &self.polls].map(|count| count.swap(0, Ordering::Relaxed))
    }
}

struct Counting<E> {
    engine: E,
    crossings: Crossings,
}

impl<M: Make> Make for Counting<M> {
    type Engine = Counting<M::Engine>;

    fn make(&mut self, now: Micros) -> Result<Self::Engine, Broken> {
        Ok(Counting { engine: self.engine.make(now)?, crossings: self.crossings.clone() })
    }
}

impl<E: engine::Engine> engine::Engine for Counting<E> {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        self.crossings.submits.fetch_add(1, Ordering::Relaxed);
        self.engine.submit(now, batch, options)
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        self.crossings.handles.fetch_add(1, Ordering::Relaxed);
        self.engine.handle(now, input)
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        self.crossings.polls.fetch_add(1, Ordering::Relaxed);
        self.engine.poll(now, out)
    }

    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken> {
        self.engine.release(now, lane)
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        self.engine.cancel(now, tickets)
    }

    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken> {
        self.engine.configure(now, change)
    }

    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        self.engine.explain(batch, options)
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        self.engine.topology()
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        self.engine.stats()
    }
}

async fn counted() -> (Cluster, Crossings) {
    let (crossings, component) = (Crossings::default(), COMPONENT.clone());
    let make = |config| Counting { engine: ComponentMaker::new(component, config), crossings: crossings.clone() };
    let db = Cluster::builder(CLUSTER.seeds()).deadline(Duration::from_secs(20)).connect_with(make).await.unwrap();
    crossings.take();
    (db, crossings)
}

#[tokio::test]
async fn ten_thousand_commands_cross_the_boundary_once_and_their_replies_once_per_read() {
    let (db, crossings) = counted().await;
    let mut pipe = db.pipeline();
    for n in 0..10_000 {
        pipe.cmd("SET").arg(format!("crossing:{n}")).arg(n);
    }
    pipe.execute_raw().await.unwrap().check().unwrap();
    let [submits, handles, polls] = crossings.take();
    assert_eq!(submits, 1);
    assert!(handles < 400, "{handles} events for 10,000 commands");
    assert!(polls <= submits + handles, "{polls} polls after {submits} submits and {handles} events");
}

#[tokio::test]
async fn ten_thousand_calls_of_one_tick_cross_the_boundary_together() {
    let (db, crossings) = counted().await;
    let mut calls = JoinSet::new();
    (0..10_000).for_each(|n| drop(calls.spawn(db.set(format!("crossing:{n}"), n))));
    while let Some(ended) = calls.join_next().await {
        ended.unwrap().unwrap();
    }
    let [submits, handles, polls] = crossings.take();
    // The scheduler cuts 10,000 tasks into rounds.
    assert!(submits < 300, "{submits} submits for 10,000 calls");
    assert!(handles < 1_000, "{handles} events for 10,000 calls");
    assert!(polls <= submits + handles, "{polls} polls after {submits} submits and {handles} events");
}

#[tokio::test]
async fn explain_topology_and_stats_say_what_the_linked_core_says() {
    let inside = connect(COMPONENT.clone()).await;
    let linked = Cluster::connect(CLUSTER.seeds()).await.unwrap();
    assert_eq!(inside.topology(), linked.topology());
    let explain = async |db: &Cluster| {
        let mut pipe = db.pipeline();
        pipe.cmd("MGET").arg("explain:a").arg("explain:b");
        pipe.cmd("MSET").arg("explain:a");
        pipe.cmd("DBSIZE");
        pipe.explain().await.unwrap()
    };
    assert_eq!(explain(&inside).await, explain(&linked).await);
    assert_eq!(inside.stats().await.unwrap().open, linked.stats().await.unwrap().open);
}
