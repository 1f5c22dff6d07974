//! The cases of `tests/adapter/` on the Rust hosts; `host-node/test/adapter.test.mjs` runs the same on Node. Here are also
//! the ends that no case can tell: a runtime that is dropped while calls wait.

#![expect(clippy::wildcard_enum_match_arm, reason = "what no case expects fails it, whatever it is")]

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use slotpipe::{
    Address, CallOptions, Cluster, Commands as _, Engine, Error, ErrorKind, Outcome, Ran, Retry, Tls, Trust, Value,
};
use slotpipe_tests::peer::{self, Ask, Case, Host, Next, Options, Order, Peer, Run, cases};
use tokio::{
    runtime::{Builder, Handle, Runtime},
    task::spawn_blocking,
    time::timeout,
};

/// Cases under way at once: most of their time they wait.
const AT_ONCE: usize = 16;
/// For a call without a time of its own.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long after its time a call may end.
const GRACE: Duration = Duration::from_secs(4);
/// A text that is longer is told by its length.
const LONGEST: usize = 64;

#[test]
fn every_case_ends_as_it_must_in_process() {
    run_all(&Engine::InProcess);
}

#[test]
fn every_case_ends_as_it_must_in_the_sandbox() {
    run_all(&Engine::Component);
}

#[test]
fn a_runtime_that_is_dropped_while_calls_wait_ends_at_once_and_the_calls_are_told() {
    drop_runtime(Engine::InProcess);
    drop_runtime(Engine::Component);
}

#[test]
fn a_client_that_is_dropped_while_calls_wait_closes_its_connections() {
    let peer = silent_peer();
    runtime().block_on(async {
        let db = Cluster::builder(peer.addresses()).deadline(Duration::from_secs(60)).connect().await.unwrap();
        let mut calls: Vec<_> = (0..100).map(|n| (&db).set(format!("k{n}"), 1)).collect();
        for call in &mut calls {
            assert!(timeout(Duration::from_millis(1), call).await.is_err());
        }
        drop((db, calls));
        let left = spawn_blocking(move || peer.farewell(Duration::from_secs(5))).await.unwrap();
        assert_eq!(left, 0, "connections left open");
    });
}

fn drop_runtime(engine: Engine) {
    let peer = silent_peer();
    let runtime = runtime();
    let (db, calls) = runtime.block_on(async {
        let builder = Cluster::builder(peer.addresses()).engine(engine).deadline(Duration::from_secs(60));
        let db = builder.connect().await.unwrap();
        let mut calls: Vec<_> = (0..100).map(|n| (&db).set(format!("k{n}"), 1)).collect();
        for call in &mut calls {
            assert!(timeout(Duration::from_millis(1), call).await.is_err());
        }
        // Asked behind them, it is answered behind them; what they wrote is with the system a moment later. There is nothing
        // to watch: a silent peer reads and forgets.
        db.stats().await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        (db, calls)
    });
    let began = Instant::now();
    drop(runtime);
    let others = self::runtime();
    for call in calls {
        let error = others.block_on(call).unwrap_err();
        assert_eq!(error_text(&error), "unknown 1", "{error}");
    }
    assert_eq!(error_text(&others.block_on(db.set("k", 1)).unwrap_err()), "closed");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(peer.farewell(Duration::from_secs(5)), 0, "connections left open");
}

fn silent_peer() -> Peer {
    let peer = Peer::start(1, None).unwrap();
    peer.tell("always on SET: silence").unwrap();
    peer
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Held by cases that may have others beside them, and by those that may not, of all hosts.
static COMPANY: RwLock<()> = RwLock::new(());

fn run_all(engine: &Engine) {
    let cases = cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("adapter")).unwrap();
    assert!(cases.len() > 100, "{} cases", cases.len());
    // `SLOTPIPE_CASE=words` runs those whose names have these words.
    let only = std::env::var("SLOTPIPE_CASE").unwrap_or_default();
    let cases: Vec<Case> = cases.into_iter().filter(|case| case.title.contains(&only)).collect();
    let count = cases.len();
    let (alone, together): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.alone);
    let company = COMPANY.read().unwrap_or_else(PoisonError::into_inner);
    let mut failures = run_some(engine, &together, AT_ONCE);
    drop(company);
    let _nobody = COMPANY.write().unwrap_or_else(PoisonError::into_inner);
    failures.extend(run_some(engine, &alone, 1));
    assert!(failures.is_empty(), "{} of {count} cases failed:\n\n{}", failures.len(), failures.join("\n\n"));
}

fn run_some(engine: &Engine, cases: &[Case], at_once: usize) -> Vec<String> {
    let runtime = runtime();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = lead(runtime.handle(), engine, case) {
                        failures.lock().unwrap().push(format!("{}\n  {error}", case.title));
                    }
                }
            });
        }
    });
    failures.into_inner().unwrap()
}

fn lead(handle: &Handle, engine: &Engine, case: &Case) -> Result<(), String> {
    let mut run = Run::begin(case, Host::Rust)?;
    let mut client = Client::default();
    let mut outcomes = Vec::new();
    loop {
        outcomes = match run.next(&outcomes)? {
            Next::Do(order) => handle.block_on(obey(engine, &mut client, *order)),
            Next::Close => {
                if let Some(db) = client.db.take() {
                    handle.block_on(db.close());
                }
                Vec::new()
            }
            Next::Passed => return Ok(()),
        }
    }
}

/// The client of a case, and where it has gone.
#[derive(Default)]
struct Client {
    db: Option<Cluster>,
    dialled: Arc<Mutex<BTreeSet<String>>>,
}

async fn obey(engine: &Engine, client: &mut Client, order: Order) -> Vec<String> {
    match order.ask {
        Ask::Connect(options) => {
            *client = Client::default();
            let mut builder = Cluster::builder(order.seeds).engine(engine.clone());
            let dialled = Arc::clone(&client.dialled);
            builder = builder.map_address(move |address| {
                dialled.lock().unwrap().insert(address.to_string());
                kept_inside(address)
            });
            if let Some((user, password)) = order.credentials {
                builder = builder.username(user).password(password);
            }
            builder = match order.trust {
                None => builder,
                Some(peer::Trust::Server) => builder.trust(Trust::Server),
                Some(peer::Trust::Only(nodes)) => {
                    builder.trust(Trust::Only(nodes.iter().map(|node| address(node)).collect()))
                }
            };
            if let Some(ms) = options.connect_timeout_ms {
                builder = builder.connect_timeout(Duration::from_millis(ms.into()));
            }
            if options.resp2 {
                builder = builder.resp2();
            }
            if let Some(authority) = order.authority {
                builder = builder.tls(Tls::new().ca_pem(authority));
            }
            let outcome = match timeout(PATIENCE, builder.call_options(call_options(&options)).connect()).await {
                Ok(Ok(connected)) => {
                    client.db = Some(connected);
                    "ok".into()
                }
                Ok(Err(error)) => remarked(&error),
                Err(_) => "hung".into(),
            };
            vec![outcome]
        }
        Ask::Dialled => vec![client.dialled.lock().unwrap().iter().cloned().collect::<Vec<_>>().join(" ")],
        Ask::Calls { options, commands, pipeline } => {
            let count = commands.len();
            let limit = options.timeout_ms.map_or(PATIENCE, |ms| Duration::from_millis(ms.into())) + GRACE;
            let Some(db) = &client.db else { return vec!["no client".into(); count] };
            let db = db.with(call_options(&options));
            let told = if pipeline { piped(&db, commands, limit).await } else { called(&db, commands, limit).await };
            told.unwrap_or_else(|_| vec!["hung".into(); count])
        }
    }
}

/// Where a mistake of the client's does no harm: nobody but this machine is dialled.
fn kept_inside(address: &Address) -> Address {
    let is_here = address.host.starts_with("127.") || address.host == "::1";
    if is_here { address.clone() } else { Address::new("127.0.0.1", 1) }
}

fn address(text: &str) -> Address {
    let (host, port) = text.rsplit_once(':').unwrap();
    Address::new(host, port.parse().unwrap())
}

fn call_options(options: &Options) -> CallOptions {
    let limit = options.timeout_ms.map_or(PATIENCE, |ms| Duration::from_millis(ms.into()));
    let retry = match options.retry.as_deref() {
        Some("idempotent") => Retry::Idempotent,
        Some("never") => Retry::Never,
        Some(_) | None => Retry::Reads,
    };
    CallOptions::new().deadline(limit).retry(retry)
}

type InTime<T> = Result<T, tokio::time::error::Elapsed>;

async fn called(db: &Cluster, commands: Vec<Vec<String>>, limit: Duration) -> InTime<Vec<String>> {
    let calls: Vec<_> = commands
        .into_iter()
        .map(|command| {
            let call = command.iter().skip(1).fold(db.cmd(&command[0]), |cmd, word| cmd.arg(argument(word)));
            tokio::spawn(async move { call.read::<Value>().await })
        })
        .collect();
    timeout(limit, async {
        let mut told = Vec::new();
        for call in calls {
            told.push(match call.await.expect("a call does not panic") {
                Ok(value) => value_text(&value),
                Err(error) => remarked(&error),
            });
        }
        told
    })
    .await
}

async fn piped(db: &Cluster, commands: Vec<Vec<String>>, limit: Duration) -> InTime<Vec<String>> {
    let count = commands.len();
    let mut pipe = db.pipeline();
    for command in commands {
        command.iter().skip(1).fold(pipe.cmd(&command[0]), |cmd, word| cmd.arg(argument(word)));
    }
    Ok(match timeout(limit, pipe.execute_settled()).await? {
        Ok(outcomes) => outcomes
            .iter()
            .map(|outcome| {
                outcome.clone().into_result().map_or_else(|error| remarked(&error), |value| value_text(&value))
            })
            .collect(),
        Err(error) => vec![remarked(&error); count],
    })
}

/// `x*n` is that many x.
fn argument(word: &str) -> Vec<u8> {
    match word.strip_prefix("x*").and_then(|count| count.parse().ok()) {
        Some(count) => vec![b'x'; count],
        None => word.as_bytes().to_vec(),
    }
}

fn outcome_text(outcome: &Outcome) -> String {
    match outcome.clone().into_result() {
        Ok(value) => value_text(&value),
        Err(error) => error_text(&error),
    }
}

/// With the error's own words, for whoever has to find out why.
fn remarked(error: &Error) -> String {
    format!("{} # {error}", error_text(error))
}

fn error_text(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Server(server) => {
            let ran = if server.ran == Ran::No { "no" } else { "maybe" };
            format!("server-error {} {ran}", error.code())
        }
        ErrorKind::NotExecuted(_) => format!("not-executed {}", error.code()),
        ErrorKind::Unknown(unknown) => format!("unknown {}", unknown.attempts),
        ErrorKind::Partial(partial) => {
            let mut parts: Vec<_> = partial.parts.iter().map(|part| outcome_text(&part.outcome)).collect();
            parts.sort();
            format!("partial ({})", parts.join(", "))
        }
        ErrorKind::Connect { .. } => format!("connect {}", error.code()),
        ErrorKind::Closed => "closed".into(),
        ErrorKind::Misuse { code, .. } => format!("misuse {code}"),
        other => format!("{other:?}"),
    }
}

fn value_text(value: &Value) -> String {
    let list = |values: &[Value]| values.iter().map(value_text).collect::<Vec<_>>().join(" ");
    match value {
        Value::Null => "nil".into(),
        Value::Int(value) => value.to_string(),
        Value::Bytes(bytes) | Value::Simple(bytes) if bytes.len() > LONGEST => format!("<{} bytes>", bytes.len()),
        Value::Bytes(bytes) | Value::Simple(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Array(values) => format!("[{}]", list(values)),
        Value::Map(pairs) => {
            let pair = |(name, value): &(Value, Value)| format!("{}: {}", value_text(name), value_text(value));
            format!("{{{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        other => format!("{other:?}"),
    }
}
