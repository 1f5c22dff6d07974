//! What a pipeline of a million commands takes above what it is given, and that its last command can still refuse it whole.

use std::{sync::LazyLock, time::Duration};

use slotpipe::{
    CallOptions, Cluster, Engine,
    component::{BYTES, Component, wasmtime},
    lab::resp::encode,
};
use slotpipe_tests::engine;

use super::{CLUSTER, MIB, TURN, forget_peak, resident};

const COMMANDS: usize = 1_000_000;
/// Bytes for each command, its outcome and reply included: ours are 32 bytes, every other time.
const PER_COMMAND: u64 = 96;
/// What the component may have besides the commands, which are copied into it whole.
const WINDOW: usize = 10 * MIB;
const LIMIT: Duration = Duration::from_secs(120);

fn key(n: usize) -> String {
    format!("million:{:05}", n % 50_000)
}

fn value(n: usize) -> String {
    format!("{n:032}")
}

fn is_in_process() -> bool {
    matches!(engine::of(module_path!()), Engine::InProcess)
}

/// `input` bytes are submitted at once.
async fn connect(input: usize) -> Cluster {
    let chosen = if is_in_process() {
        Engine::InProcess
    } else {
        static COMPONENT: LazyLock<Component> = LazyLock::new(|| {
            // As the client's own engine, so that it finds what that one has compiled.
            let mut config = wasmtime::Config::new();
            let cache = wasmtime::Cache::new(wasmtime::CacheConfig::new());
            config.epoch_interruption(true).cache(cache.ok());
            Component::new(&wasmtime::Engine::new(&config).unwrap(), BYTES).unwrap()
        });
        // One that wants more traps.
        Engine::Embedded(COMPONENT.clone().memory_limit(input + WINDOW))
    };
    let builder = Cluster::builder(CLUSTER.seeds()).engine(chosen);
    builder.call_options(CallOptions::new().deadline(LIMIT)).connect().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_commands_run_in_stated_memory() {
    let _turn = TURN.lock().await;
    let size = |args: &[&str]| encode(args).len();
    let input = COMMANDS / 2 * (size(&["SET", &key(0), &value(0)]) + size(&["GET", &key(0)]));
    let db = connect(input).await;
    let mut pipe = db.pipeline();
    for n in 0..COMMANDS / 2 {
        let key = key(n);
        pipe.cmd("SET").arg(&*key).arg(value(n));
        pipe.cmd("GET").arg(&*key);
    }
    forget_peak();
    let (before, _) = resident();
    let replies = pipe.execute_raw().await.unwrap();
    let (_, peak) = resident();

    assert_eq!(replies.len(), COMMANDS);
    replies.check().unwrap();
    for n in 0..COMMANDS / 2 {
        assert_eq!(replies.read::<u64>(2 * n + 1).unwrap(), n as u64);
    }
    let copied = if is_in_process() { 0 } else { input + WINDOW };
    let (taken, most) = (peak - before, COMMANDS as u64 * PER_COMMAND + copied as u64);
    println!("{} MiB above {} MiB of commands", taken / MIB as u64, input / MIB);
    assert!(taken < most, "{taken} bytes, of {most} at most");
    assert_eq!(db.stats().await.unwrap().commands, COMMANDS as u64, "it is still the first instance");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn misuse_behind_many_windows_is_told_before_the_first_byte() {
    const BEFORE: usize = 25_000;
    let _turn = TURN.lock().await;
    let mut batch: Vec<u8> = (0..BEFORE).flat_map(|n| encode(["INCR", &format!("{}:{n}", module_path!())])).collect();
    let whole = batch.len();
    batch.extend(encode(["MSET", "odd"]));
    let db = connect(batch.len()).await;
    db.raw(encode(["DBSIZE"])).await.unwrap().check().unwrap();
    let sent = db.stats().await.unwrap().bytes_out;
    let error = db.raw(batch.clone()).await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.command()), ("ARITY", Some(BEFORE), Some("MSET")));
    assert_eq!(db.stats().await.unwrap().bytes_out, sent, "nothing of it was sent");
    batch.truncate(whole);
    let replies = db.raw(batch).await.unwrap();
    assert!(replies.iter().all(|(at, _)| replies.read::<u8>(at).unwrap() == 1), "each ran once");
}
