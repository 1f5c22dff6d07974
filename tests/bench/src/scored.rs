//! One client of Rust for `make scoreboard`, in a process of its own: obeys scoreboard/run.mjs as scoreboard/client.mjs
//! does, where the orders and the words of outcomes are told.

use std::{
    future::Future,
    io::{self, BufRead as _, Write as _},
    time::Duration,
};

use futures_util::future;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tokio::time::{Instant, sleep, timeout};

use crate::{Failure, workload::Command};

mod clients;

use clients::Client;

/// A caller that has heard nothing after this long is said to wait for ever.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", rename_all_fields = "camelCase")]
enum Order {
    /// A timeout that the order may have is for clients that have no other way to cancel.
    Connect {
        seed: String,
        password: Option<String>,
    },
    Pipeline {
        commands: Vec<Args>,
    },
    Calls {
        commands: Vec<Args>,
    },
    Cancel {
        first: Vec<Args>,
        at: usize,
        after_ms: u64,
        then: Vec<Args>,
        then_ms: u64,
    },
    Load {
        keys: Vec<String>,
        ms: u64,
        callers: usize,
    },
}

/// Words and numbers.
type Args = Vec<Json>;

/// How a command ended.
#[derive(Clone, Debug)]
pub(crate) enum Ended {
    /// With a reply.
    Ok(Json),
    /// With the server's error.
    Server(String),
    /// The client says that it never ran.
    Never(String),
    /// The client says that nobody knows.
    Unknown(String),
    /// The client has one word for the last three.
    Error(String),
    /// Not yet.
    Waiting,
    /// Its caller has given up.
    Dropped,
}

#[tokio::main]
pub(crate) async fn run(name: &str) -> Result<(), Failure> {
    let mut client = None;
    for line in io::stdin().lock().lines() {
        let order = serde_json::from_str(&line?)?;
        let answer = obey(name, &mut client, order).await;
        let mut out = io::stdout();
        writeln!(out, "{}", answer.unwrap_or_else(|failure| json!({ "error": failure.to_string() })))?;
        out.flush()?;
    }
    Ok(())
}

async fn obey(name: &str, kept: &mut Option<Client>, order: Order) -> Result<Json, Failure> {
    if let Order::Connect { seed, password } = order {
        let client = Client::connect(name, &seed, password).await?;
        let about = json!({ "version": client.version(), "config": client.config(), "cancels": true });
        *kept = Some(client);
        return Ok(about);
    }
    let client = kept.as_ref().ok_or("connect first")?;
    match order {
        Order::Connect { .. } => Err("connected above".into()),
        Order::Pipeline { commands } => {
            let commands = words(commands);
            let ended = timeout(PATIENCE, client.pipeline(&commands)).await;
            Ok(told(ended.unwrap_or_else(|_| vec![Ended::Waiting; commands.len()])))
        }
        Order::Calls { commands } => Ok(told(calls(client, words(commands)).await)),
        Order::Cancel { first, at, after_ms, then, then_ms } => {
            let (after, then_after) = (Duration::from_millis(after_ms), Duration::from_millis(after_ms + then_ms));
            let before = words(first).into_iter().enumerate().map(|(index, args)| async move {
                if index != at {
                    return outcome(client.call(&args)).await;
                }
                timeout(after, client.call(&args)).await.unwrap_or(Ended::Dropped)
            });
            let behind = async {
                sleep(then_after).await;
                calls(client, words(then)).await
            };
            let (mut ended, behind) = future::join(future::join_all(before), behind).await;
            ended.extend(behind);
            Ok(told(ended))
        }
        Order::Load { keys, ms, callers } => {
            let end = Instant::now() + Duration::from_millis(ms);
            let each = (0..callers).map(|caller| load(client, &keys, caller, callers, end));
            let (mut done, mut failed) = (0, 0);
            for (own_done, own_failed) in future::join_all(each).await {
                done += own_done;
                failed += own_failed;
            }
            Ok(json!({ "done": done, "failed": failed }))
        }
    }
}

/// One caller that reads its share of the keys, over and over.
async fn load(client: &Client, keys: &[String], caller: usize, callers: usize, end: Instant) -> (u64, u64) {
    let (mut done, mut failed) = (0, 0);
    for key in keys.iter().cycle().skip(caller).step_by(callers) {
        if Instant::now() >= end {
            break;
        }
        match outcome(client.call(&["GET".to_owned(), key.clone()])).await {
            Ended::Ok(_) => done += 1,
            _ => failed += 1,
        }
    }
    (done, failed)
}

/// All made in one go: none waits for another.
async fn calls(client: &Client, commands: Vec<Command>) -> Vec<Ended> {
    future::join_all(commands.iter().map(|args| outcome(client.call(args)))).await
}

async fn outcome(call: impl Future<Output = Ended>) -> Ended {
    timeout(PATIENCE, call).await.unwrap_or(Ended::Waiting)
}

fn words(commands: Vec<Args>) -> Vec<Command> {
    let word = |arg: Json| if let Json::String(text) = arg { text } else { arg.to_string() };
    commands.into_iter().map(|args| args.into_iter().map(word).collect()).collect()
}

fn told(ended: Vec<Ended>) -> Json {
    let pair = |ended| match ended {
        Ended::Ok(value) => json!(["ok", value]),
        Ended::Server(text) => json!(["server", text]),
        Ended::Never(text) => json!(["never", text]),
        Ended::Unknown(text) => json!(["unknown", text]),
        Ended::Error(text) => json!(["error", text]),
        Ended::Waiting => json!(["none", ""]),
        Ended::Dropped => json!(["error", "dropped by its caller"]),
    };
    json!({ "outcomes": ended.into_iter().map(pair).collect::<Vec<_>>() })
}
