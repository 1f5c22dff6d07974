//! A core that breaks in the middle, at each verb of the boundary: linked in, where that is a panic, and as a component,
//! where it is a trap or one of the sandbox's limits. Whatever breaks it: what was open ends honestly, nothing runs twice,
//! no reply reaches another's call, and the next call has a fresh core. `host-node/test/traps.test.mjs` is the same in V8.

mod patched;

use std::{
    collections::VecDeque,
    ops::Range,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use patched::{Body, patched};
use slotpipe::{
    Bytes, CallOptions, Cluster, Commands as _, Explained, Retry, Stats, Topology,
    component::{BYTES, Component, ComponentMaker, wasmtime},
    engine::{Broken, Engine, InProcessMaker, Make},
};
use slotpipe_core::{
    config::Config,
    port::{Configure, Input, LaneId, Micros, Misuse, Outputs, Refused, SubmitOptions, Submitted, Ticket},
};
use slotpipe_tests::{peer::Peer, script::batch};
use tokio::time::{sleep, timeout};

/// The verbs, as the component exports them.
const VERBS: [&str; 9] = ["submit", "handle", "poll", "release", "cancel", "configure", "explain", "topology", "stats"];
/// How the core breaks at each of them, in this order. The slot map is asked for, and the order of reads told, only when a
/// fresh core has found the cluster.
const ORDERS: [&[&str]; 10] = [
    &["submit"],
    &["handle"],
    &["poll"],
    &["release"],
    &["cancel"],
    &["configure"],
    &["explain"],
    &["poll", "topology"],
    &["poll", "configure"],
    &["stats"],
];
/// For what ends at once.
const SOON: Duration = Duration::from_secs(10);

/// An engine of the embedder's own. One tick is a second.
static ENGINE: LazyLock<wasmtime::Engine> = LazyLock::new(|| {
    let mut config = wasmtime::Config::new();
    // Compiled by a compiler that itself is not optimised: the less it does the better.
    config.epoch_interruption(true).cranelift_opt_level(wasmtime::OptLevel::None);
    config.cache(wasmtime::Cache::new(wasmtime::CacheConfig::new()).ok());
    let engine = wasmtime::Engine::new(&config).unwrap();
    let ticking = engine.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            ticking.increment_epoch();
        }
    });
    engine
});

static WHOLE: LazyLock<Component> = LazyLock::new(|| Component::new(&ENGINE, BYTES).unwrap());

/// Each verb is a trap.
static TRAPPED: LazyLock<Component> =
    LazyLock::new(|| Component::new(&ENGINE, &patched(&VERBS.map(|verb| (verb, Body::Unreachable)))).unwrap());

/// Verbs that run into a limit each.
static LIMITED: LazyLock<Component> = LazyLock::new(|| {
    let bodies =
        [("submit", Body::ForEver), ("handle", Body::Memory), ("poll", Body::Table), ("stats", Body::Recursion)];
    Component::new(&ENGINE, &patched(&bodies)).unwrap().memory_limit(64 << 20).call_ticks(1)
});

/// Verbs that are to break, in this order, each the next time that it is called.
type Armed = Arc<Mutex<VecDeque<&'static str>>>;
/// What breaks them.
type Bomb = Arc<dyn Fn(&str) -> Broken + Send + Sync>;

struct Breaking<T> {
    inner: T,
    armed: Armed,
    bomb: Bomb,
}

impl<T> Breaking<T> {
    fn at(&self, verb: &str) -> Result<(), Broken> {
        let mut armed = self.armed.lock().unwrap();
        if armed.front() != Some(&verb) {
            return Ok(());
        }
        armed.pop_front();
        drop(armed);
        Err((self.bomb)(verb))
    }
}

impl<M: Make> Make for Breaking<M> {
    type Engine = Breaking<M::Engine>;

    fn make(&mut self, now: Micros) -> Result<Self::Engine, Broken> {
        let Self { inner, armed, bomb } = self;
        Ok(Breaking { inner: inner.make(now)?, armed: Arc::clone(armed), bomb: Arc::clone(bomb) })
    }
}

impl<E: Engine> Engine for Breaking<E> {
    fn submit(
        &mut self,
        now: Micros,
        batch: Bytes,
        options: &SubmitOptions,
    ) -> Result<Result<Submitted, Refused>, Broken> {
        self.at("submit")?;
        self.inner.submit(now, batch, options)
    }

    fn handle(&mut self, now: Micros, input: Input) -> Result<(), Broken> {
        self.at("handle")?;
        self.inner.handle(now, input)
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) -> Result<(), Broken> {
        self.at("poll")?;
        self.inner.poll(now, out)
    }

    fn release(&mut self, now: Micros, lane: LaneId) -> Result<(), Broken> {
        self.at("release")?;
        self.inner.release(now, lane)
    }

    fn cancel(&mut self, now: Micros, tickets: Range<Ticket>) -> Result<(), Broken> {
        self.at("cancel")?;
        self.inner.cancel(now, tickets)
    }

    fn configure(&mut self, now: Micros, change: Configure) -> Result<(), Broken> {
        self.at("configure")?;
        self.inner.configure(now, change)
    }

    fn explain(&mut self, batch: &Bytes, options: &SubmitOptions) -> Result<Result<Vec<Explained>, Misuse>, Broken> {
        self.at("explain")?;
        self.inner.explain(batch, options)
    }

    fn topology(&mut self) -> Result<Topology, Broken> {
        self.at("topology")?;
        self.inner.topology()
    }

    fn stats(&mut self) -> Result<Stats, Broken> {
        self.at("stats")?;
        self.inner.stats()
    }
}

/// Ends as a verb of this component does, in an instance of its own.
fn broken_by(component: &Component, verb: &str) -> Broken {
    let mut engine = ComponentMaker::new(component.clone(), Config::default()).make(Micros(0)).unwrap();
    let (now, options, none) = (Micros(0), SubmitOptions::default(), Bytes::new());
    let ended = match verb {
        "submit" => engine.submit(now, none, &options).map(drop),
        "handle" => engine.handle(now, Input::Elapsed),
        "poll" => engine.poll(now, &mut Outputs::default()),
        "release" => engine.release(now, LaneId(0)),
        "cancel" => engine.cancel(now, Ticket(0)..Ticket(1)),
        "configure" => engine.configure(now, Configure::ReadOrder(Vec::new())),
        "explain" => engine.explain(&none, &options).map(drop),
        "topology" => engine.topology().map(drop),
        "stats" => engine.stats().map(drop),
        other => unreachable!("{other} is no verb"),
    };
    ended.expect_err("it breaks")
}

/// A client whose core breaks when it is told to.
struct Patient {
    peer: Peer,
    db: Cluster,
    armed: Armed,
}

impl Patient {
    async fn new<M: Make<Engine: Unpin> + Unpin>(make: impl FnOnce(Config) -> M, bomb: Bomb) -> Self {
        let peer = Peer::start(1, None).unwrap();
        peer.tell("always on SET slow: silence").unwrap();
        let armed = Armed::default();
        let theirs = Arc::clone(&armed);
        let options = CallOptions::new().deadline(SOON).retry(Retry::Never);
        let builder = Cluster::builder(peer.addresses())
            .call_options(options)
            .password("any")
            .read_order(|_, nodes| nodes.iter().map(|node| node.address.clone()).collect());
        let db =
            builder.connect_with(move |config| Breaking { inner: make(config), armed: theirs, bomb }).await.unwrap();
        Self { peer, db, armed }
    }

    /// Breaks the core at these verbs, one after the other, while calls wait. `why` is what is told of it.
    async fn broken_at(&self, verbs: &[&'static str], why: &str) {
        let Self { peer, db, armed } = self;
        let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        let name = verbs.join("-");
        let mut waiting = Vec::new();
        for n in 0..3 {
            let db = db.clone();
            waiting.push(tokio::spawn(async move { db.set("slow", n).await }));
        }
        let mut pipe = db.pipeline();
        pipe.set("slow", 3).get("k");
        let piped = tokio::spawn(async move { pipe.execute_settled().await });
        while peer.count(&words("SET slow")) == 0 {
            sleep(Duration::from_millis(5)).await;
        }
        armed.lock().unwrap().extend(verbs);
        let once = format!("once:{name}");
        match verbs[0] {
            "cancel" => drop(waiting.pop().map(|call| call.abort())),
            "release" => drop(db.session(["k"]).unwrap()),
            "configure" => db.reauthenticate().await.unwrap(),
            "explain" => {
                let error = db.explain(batch(&["GET k"])).await.unwrap_err().to_string();
                assert!(error.contains(why), "{error}");
            }
            "stats" => {
                let error = db.stats().await.unwrap_err().to_string();
                assert!(error.contains(why), "{error}");
            }
            _ => {
                let ended = timeout(SOON, async { db.incr(&once).await }).await.expect("it ends");
                if let Err(error) = ended {
                    assert!(error.is_uncertain() || error.to_string().contains("NOT"), "{error}");
                }
            }
        }
        for call in waiting {
            let error = timeout(SOON, call).await.expect("it ends").unwrap().unwrap_err();
            assert!(error.is_uncertain() && error.to_string().contains(why), "{name}: {error}");
        }
        let outcomes = timeout(SOON, piped).await.expect("it ends").unwrap().unwrap();
        assert!(outcomes.len() == 2 && outcomes.iter().all(|outcome| outcome.is_uncertain()), "{name}: {outcomes:?}");
        let all_broken = async {
            while !armed.lock().unwrap().is_empty() {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(SOON, all_broken).await.expect("the core breaks at each of the verbs");
        let echoes: Vec<_> = (0..50).map(|n| (n, db.cmd("ECHO").arg(format!("{name}:{n}")).read::<String>())).collect();
        for (n, echo) in echoes {
            assert_eq!(timeout(SOON, echo).await.expect("it ends").unwrap(), format!("{name}:{n}"));
        }
        assert_eq!(db.incr(format!("after:{name}")).await.unwrap(), 1);
        assert!(peer.count(&words(&format!("INCR {once}"))) <= 1, "{name}: it ran twice");
        for n in 0..4 {
            assert!(peer.count(&words(&format!("SET slow {n}"))) <= 1, "{name}: SET slow {n} ran twice");
        }
    }

    async fn farewell(self) {
        self.db.close().await;
        assert_eq!(self.peer.farewell(SOON), 0, "connections left open");
    }
}

#[tokio::test]
async fn a_core_that_panics_at_any_verb_is_replaced_and_calls_end_honestly() {
    for order in ORDERS {
        let patient = Patient::new(InProcessMaker, Arc::new(|verb| panic!("at {verb}"))).await;
        patient.broken_at(order, "the engine broke: it panicked").await;
        patient.farewell().await;
    }
}

#[tokio::test]
async fn a_component_that_traps_at_any_verb_is_replaced_and_calls_end_honestly() {
    for order in ORDERS {
        let bomb: Bomb = Arc::new(|verb| broken_by(&TRAPPED, verb));
        let patient = Patient::new(|config| ComponentMaker::new(WHOLE.clone(), config), bomb).await;
        patient.broken_at(order, "unreachable").await;
        patient.farewell().await;
    }
}

#[tokio::test]
async fn a_component_that_runs_into_any_limit_is_replaced_and_calls_end_honestly() {
    let limits = [("submit", "interrupt"), ("handle", "memory"), ("poll", "table"), ("stats", "stack")];
    for (limited, why) in limits {
        let bomb: Bomb = Arc::new(move |_| broken_by(&LIMITED, limited));
        let patient = Patient::new(|config| ComponentMaker::new(WHOLE.clone(), config), bomb).await;
        patient.broken_at(&["handle"], why).await;
        patient.farewell().await;
    }
}

#[tokio::test]
async fn a_core_that_breaks_again_and_again_is_replaced_as_long_as_it_reaches_the_cluster_in_between() {
    let patient = Patient::new(InProcessMaker, Arc::new(|verb| panic!("at {verb}"))).await;
    for round in 0..10 {
        patient.armed.lock().unwrap().push_back("submit");
        patient.db.incr(format!("broken:{round}")).await.unwrap_err();
        assert_eq!(patient.db.incr(format!("whole:{round}")).await.unwrap(), 1);
    }
    patient.farewell().await;
}
