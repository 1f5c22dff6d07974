//! Pipelines of ten thousand mixed commands while their slots are on the move, against a model that knows each reply.
//!
//! One client sends pipeline after pipeline; nobody else writes. So the reply of every command is known beforehand if,
//! and only if, each command ran once and in its place: a counter tells a command that ran twice, a list tells the order.
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else comes out fails the test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
    time::{Duration, Instant},
};

use slotpipe::{
    Cluster, NotExecuted, Order, Outcome, Pipeline, Value,
    lab::{
        LocalCluster,
        reshard::{Pace, Resharder},
    },
};
use slotpipe_core::route::slot::Slot;
use slotpipe_tests::engine;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// The slots under way are the cluster's: one test at a time.
static TURN: LazyLock<tokio::sync::Mutex<()>> = LazyLock::new(Default::default);

const COMMANDS: usize = 10_000;
const WANTED: u64 = 50;

/// xorshift: which command comes next is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// A command of the mix. Pairs are written and read together and by nothing else: a multi-key command that is refused
/// while a later single one of its keys runs would rightly be `would-reorder`.
#[derive(Clone, Debug)]
enum Step {
    Incr(String),
    Push(String, usize),
    Range(String),
    Set(String, usize),
    Append(String),
    Get(String),
    PairSet(String, usize),
    PairGet(String),
}

#[derive(Default)]
struct Model {
    counters: BTreeMap<String, i64>,
    lists: BTreeMap<String, Vec<usize>>,
    texts: BTreeMap<String, String>,
    pairs: BTreeMap<String, usize>,
}

impl Step {
    fn queue(&self, pipe: &mut Pipeline) {
        let command = match self {
            Self::Incr(tag) => pipe.cmd("INCR").arg(format!("{tag}c")),
            Self::Push(tag, n) => pipe.cmd("RPUSH").arg(format!("{tag}l")).arg(*n),
            Self::Range(tag) => pipe.cmd("LRANGE").arg(format!("{tag}l")).arg(-3).arg(-1),
            Self::Set(tag, n) => pipe.cmd("SET").arg(format!("{tag}t")).arg(*n),
            Self::Append(tag) => pipe.cmd("APPEND").arg(format!("{tag}t")).arg("+"),
            Self::Get(tag) => pipe.cmd("GET").arg(format!("{tag}t")),
            Self::PairSet(tag, n) => pipe.cmd("MSET").arg(format!("{tag}p")).arg(*n).arg(format!("{tag}q")).arg(*n),
            Self::PairGet(tag) => pipe.cmd("MGET").arg(format!("{tag}p")).arg(format!("{tag}q")),
        };
        drop(command);
    }

    /// Runs it on the model; the reply that the server must give.
    fn run(&self, model: &mut Model) -> Value {
        let bytes = |text: String| Value::Bytes(text.into());
        let ok = Value::Simple("OK".into());
        match self {
            Self::Incr(tag) => {
                let counter = model.counters.entry(tag.clone()).or_default();
                *counter += 1;
                Value::Int(*counter)
            }
            Self::Push(tag, n) => {
                let list = model.lists.entry(tag.clone()).or_default();
                list.push(*n);
                Value::Int(i64::try_from(list.len()).unwrap())
            }
            Self::Range(tag) => {
                let list = model.lists.entry(tag.clone()).or_default();
                let last = list.len().saturating_sub(3);
                Value::Array(list[last..].iter().map(|n| bytes(n.to_string())).collect())
            }
            Self::Set(tag, n) => {
                model.texts.insert(tag.clone(), n.to_string());
                ok
            }
            Self::Append(tag) => {
                let text = model.texts.entry(tag.clone()).or_default();
                text.push('+');
                Value::Int(i64::try_from(text.len()).unwrap())
            }
            Self::Get(tag) => model.texts.get(tag).map_or(Value::Null, |text| bytes(text.clone())),
            Self::PairSet(tag, n) => {
                model.pairs.insert(tag.clone(), *n);
                ok
            }
            Self::PairGet(tag) => {
                let pair = model.pairs.get(tag).map_or(Value::Null, |n| bytes(n.to_string()));
                Value::Array(vec![pair.clone(), pair])
            }
        }
    }
}

#[derive(Debug, Default)]
struct Seen {
    pipelines: u64,
    moved: u64,
    ask: u64,
    try_again: u64,
    would_reorder: u64,
}

/// Pipelines over `tags` until enough redirects were met.
async fn shake(tags: &[String], pairs: bool, order: Order) -> Seen {
    let _turn = TURN.lock().await;
    let deadline = Duration::from_secs(20);
    let builder = Cluster::builder(CLUSTER.seeds()).engine(engine::under_test()).deadline(deadline);
    let db = builder.connect().await.unwrap();
    let mut model = Model::default();
    let mut dice = Dice(0x5107_919E);
    // A pair that exists only in part answers TRYAGAIN on both sides for as long as the move lasts.
    let begin: Vec<Step> = tags.iter().map(|tag| Step::PairSet(tag.clone(), 0)).collect();
    if pairs {
        check(&db, &begin, &mut model, order).await;
    }
    let before = db.stats().await.unwrap();
    let slots: BTreeSet<u16> = tags.iter().map(|tag| Slot::of(format!("{tag}c").as_bytes()).number()).collect();
    let pace = Pace { open: 24, hold: Duration::from_millis(40) };
    let resharder = Resharder::start(&CLUSTER, slots, pace);
    let mut seen = Seen::default();
    let began = Instant::now();
    loop {
        let steps: Vec<Step> = (0..COMMANDS)
            .map(|n| {
                let tag = tags[dice.roll(tags.len())].clone();
                match dice.roll(if pairs { 8 } else { 6 }) {
                    0 => Step::Incr(tag),
                    1 => Step::Push(tag, n),
                    2 => Step::Range(tag),
                    3 => Step::Set(tag, n),
                    4 => Step::Append(tag),
                    5 => Step::Get(tag),
                    6 => Step::PairSet(tag, n),
                    _ => Step::PairGet(tag),
                }
            })
            .collect();
        seen.would_reorder += check(&db, &steps, &mut model, order).await;
        seen.pipelines += 1;
        let now = db.stats().await.unwrap();
        seen.moved = now.moved - before.moved;
        seen.ask = now.ask - before.ask;
        seen.try_again = now.try_again - before.try_again;
        let enough = seen.moved >= WANTED && seen.ask >= WANTED && (!pairs || seen.try_again >= WANTED);
        if (enough && seen.pipelines >= 5) || began.elapsed() > Duration::from_secs(60) {
            break;
        }
    }
    let report = resharder.stop();
    assert!(report.shadow_keys.is_empty(), "a wrong ASKING made shadow keys: {:?}", report.shadow_keys);
    let stats = db.stats().await.unwrap();
    assert!(stats.open.is_empty(), "{:?}", stats.open);
    println!("{order:?}: {seen:?}, {} slots moved, failures {:?}", report.slots_moved, report.failures);
    seen
}

/// Runs a pipeline and compares every outcome with the model; counts the commands that would have been reordered.
async fn check(db: &Cluster, steps: &[Step], model: &mut Model, order: Order) -> u64 {
    let mut pipe = db.pipeline();
    pipe.order(order);
    for step in steps {
        step.queue(&mut pipe);
    }
    let outcomes = pipe.execute_settled().await.unwrap();
    assert_eq!(outcomes.len(), steps.len());
    let mut would_reorder = 0;
    for (index, (step, outcome)) in steps.iter().zip(outcomes).enumerate() {
        match outcome {
            Outcome::Reply(reply) => assert_eq!(reply, step.run(model), "command {index}, {step:?}"),
            Outcome::NotExecuted(not) if not.reason == NotExecuted::WouldReorder && order == Order::Slot => {
                would_reorder += 1;
            }
            other => panic!("command {index}, {step:?}: {other:?}"),
        }
    }
    would_reorder
}

fn hash_tags() -> Vec<String> {
    (0..400).map(|n| format!("{{tag{n}}}")).collect()
}

fn assert_met(seen: &Seen, pairs: bool) {
    assert!(seen.moved >= WANTED && seen.ask >= WANTED, "too little was met: {seen:?}");
    assert!(!pairs || seen.try_again >= WANTED, "too little was met: {seen:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hash_tags_on_the_move_keep_the_order_of_each_key_and_give_the_caller_no_error() {
    let seen = shake(&hash_tags(), true, Order::Key).await;
    assert_met(&seen, true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uniform_keys_on_the_move_keep_the_order_of_each_key_and_give_the_caller_no_error() {
    // Every key in a slot of its own; a pair over two slots is cut, so each of its parts is a key alone.
    let tags: Vec<String> = (0..400).map(|n| format!("uniform:{n}:")).collect();
    let seen = shake(&tags, false, Order::Key).await;
    assert_met(&seen, false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_slot_order_nothing_but_would_reorder_reaches_the_caller() {
    let tags: Vec<String> = (0..400).map(|n| format!("{{slot{n}}}")).collect();
    let seen = shake(&tags, true, Order::Slot).await;
    assert_met(&seen, true);
}
