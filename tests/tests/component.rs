//! The component: what it is, that it thinks as the core does, and what becomes of calls when it traps.
#![expect(clippy::wildcard_enum_match_arm, reason = "most sections of a component are not looked at")]

use std::{
    ops::Range,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use slotpipe::{
    Bytes, Cluster, Commands, Engine, Explained, Stats, Topology,
    component::{BYTES, Component, ComponentMaker, wasmtime},
    engine::{self, Broken, Make},
    lab::LocalCluster,
};
use slotpipe_core::port::{Input, Micros, Misuse, Outputs, Refused, SubmitOptions, Submitted, Ticket};
use slotpipe_tests::component::interface;
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};

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

const SUBMIT: &str = "slotpipe:cluster/port@0.1.0#[method]cluster.submit";
/// `unreachable`, and an end for the block that follows none.
const TRAP: &[u8] = &[0x00];
/// `loop br 0 end`.
const FOR_EVER: &[u8] = &[0x03, 0x40, 0x0c, 0x00, 0x0b];

/// The component with the body of `export` replaced by `code`; what is left of the body is `unreachable`.
fn with_body(export: &str, code: &[u8]) -> Vec<u8> {
    let mut bytes = BYTES.to_vec();
    let (mut imported, mut wanted, mut body) = (0, None, None);
    for payload in Parser::new(0).parse_all(BYTES) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } => (imported, wanted) = (0, None),
            Payload::ImportSection(section) => {
                let functions =
                    section.into_imports().filter(|import| matches!(import.as_ref().unwrap().ty, TypeRef::Func(_)));
                imported = u32::try_from(functions.count()).unwrap();
            }
            Payload::ExportSection(section) => {
                let mut functions = section.into_iter().map(Result::unwrap).filter(|at| at.kind == ExternalKind::Func);
                wanted = functions.find(|at| at.name == export).map(|at| at.index - imported);
            }
            Payload::CodeSectionEntry(function) => match wanted {
                Some(0) => (body, wanted) = (Some(function.range()), None),
                Some(left) => wanted = Some(left - 1),
                None => {}
            },
            _ => {}
        }
    }
    let body = &mut bytes[body.expect("the export and its body")];
    // No locals, the code, as many traps as there is room for, and the end of the function.
    body.fill(0);
    body[1..=code.len()].copy_from_slice(code);
    *body.last_mut().unwrap() = 0x0b;
    bytes
}

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
    assert!(BYTES.len() <= 240_000, "{} bytes", BYTES.len());
}

#[tokio::test]
async fn a_component_that_traps_leaves_the_outcome_unknown() {
    let db = connect(Component::new(&ENGINE, &with_body(SUBMIT, TRAP)).unwrap()).await;
    let error = db.set("trap:a", 1).await.unwrap_err();
    assert!(error.is_uncertain(), "{error}");
    assert!(error.to_string().contains("unreachable"), "{error}");
}

#[tokio::test]
async fn a_component_that_does_not_return_is_stopped() {
    let component = Component::new(&ENGINE, &with_body(SUBMIT, FOR_EVER)).unwrap().call_ticks(2);
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

#[test]
fn bytes_that_are_no_such_component_are_refused() {
    let error = Component::new(&ENGINE, b"\0asm").unwrap_err();
    assert_eq!(error.code(), "COMPONENT");
    let empty = b"\0asm\x0d\0\x01\0";
    assert!(Component::new(&ENGINE, empty).unwrap_err().to_string().contains("slotpipe:cluster"));
}

/// Counts the crossings of the boundary.
struct Counting<E> {
    engine: E,
    submits: Arc<AtomicUsize>,
    others: Arc<AtomicUsize>,
}

impl<M: Make> Make for Counting<M> {
    type Engine = Counting<M::Engine>;

    fn make(&mut self, now: Micros) -> Result<Self::Engine, Broken> {
        let Self { engine, submits, others } = self;
        Ok(Counting { engine: engine.make(now)?, submits: Arc::clone(submits), others: Arc::clone(others) })
    }
}

impl<E: engine::Engine> engine::Engine for Counting<E> {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        self.submits.fetch_add(1, Ordering::Relaxed);
        self.engine.submit(now, batch, options)
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        self.others.fetch_add(1, Ordering::Relaxed);
        self.engine.handle(now, input)
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        self.others.fetch_add(1, Ordering::Relaxed);
        self.engine.poll(now, out)
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        self.engine.cancel(now, tickets)
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

#[tokio::test]
async fn ten_thousand_commands_cross_the_boundary_once_and_their_replies_once_per_read() {
    let (submits, others) = (Arc::default(), Arc::default());
    let component = COMPONENT.clone();
    let make = |config| Counting {
        engine: ComponentMaker::new(component, config),
        submits: Arc::clone(&submits),
        others: Arc::clone(&others),
    };
    let db = Cluster::builder(CLUSTER.seeds()).connect_with(make).await.unwrap();
    let before = others.load(Ordering::Relaxed);
    let mut pipe = db.pipeline();
    for n in 0..10_000 {
        pipe.cmd("SET").arg(format!("crossing:{n}")).arg(n);
    }
    pipe.deadline(Duration::from_secs(20));
    pipe.execute_raw().await.unwrap().check().unwrap();
    assert_eq!(submits.load(Ordering::Relaxed), 1);
    let others = others.load(Ordering::Relaxed) - before;
    assert!(others < 500, "{others} crossings for 10,000 commands");
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
