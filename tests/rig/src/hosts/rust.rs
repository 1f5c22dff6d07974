//! The Rust client, over either engine.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use slotpipe::{
    CallOptions, Cluster, Cmd, Credentials, Engine, Error, ErrorKind, Limits, Outcome, PipelineCmd, Ran, Retry,
};
use tokio::time::timeout;

use super::{Batch, Host, Inside, Made, NARROW, Told, Work, resident_kib};
use crate::{
    HEAP,
    rig::{PASSWORD, USER},
    wire::Value,
};

/// A connected client.
pub struct RustHost {
    db: Cluster,
    password: Arc<Mutex<String>>,
}

impl RustHost {
    /// Connects.
    ///
    /// # Errors
    /// It finds no cluster.
    pub async fn connect(seeds: &[String], made: Made, engine: Engine) -> Result<Self, String> {
        let password = Arc::new(Mutex::new(PASSWORD.to_owned()));
        let asked = Arc::clone(&password);
        let builder = Cluster::builder(seeds.to_vec()).engine(engine).credentials(move |_| {
            let password = asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
            async { Ok::<_, String>(Credentials { username: Some(USER.into()), password }) }
        });
        let builder = if made.resp2 { builder.resp2() } else { builder };
        let builder = if made.narrow { builder.limits(narrow()) } else { builder };
        let db = builder.connect().await.map_err(|error| error.to_string())?;
        Ok(Self { db, password })
    }
}

impl Host for RustHost {
    fn run(&self, batch: Batch) -> Work<'_, Vec<Told>> {
        let retry = if batch.idempotent { Retry::Idempotent } else { Retry::Reads };
        let db = self.db.with(CallOptions::new().deadline(batch.deadline).retry(retry));
        Box::pin(async move {
            // Whoever waits no longer drops the future.
            match timeout(batch.cancel_after.unwrap_or(NEVER), run(&db, &batch)).await {
                Ok(told) => told,
                Err(_) => vec![Told::Unknown("the caller did not wait".into()); batch.commands.len()],
            }
        })
    }

    fn use_password(&self, password: &str) {
        password.clone_into(&mut self.password.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn inside(&self) -> Work<'_, Result<Inside, String>> {
        Box::pin(async {
            let open = self.db.stats().await.map_err(|error| error.to_string())?.open;
            let open = [open.jobs, open.batches, open.gathers, open.sources].map(u64::from).iter().sum();
            Ok(Inside { open, resident_kib: resident_kib(std::process::id()) })
        })
    }

    fn live_kib(&self) -> Work<'_, Result<u64, String>> {
        let stats = HEAP.stats();
        let live = stats.bytes_allocated.saturating_sub(stats.bytes_deallocated);
        Box::pin(async move { u64::try_from(live >> 10).map_err(|error| error.to_string()) })
    }

    fn close(&self) -> Work<'_, ()> {
        Box::pin(self.db.clone().close())
    }
}

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(1 << 20);

fn narrow() -> Limits {
    Limits { in_flight: 8, window: NARROW, window_bytes: 32 << 10, dedicated_per_node: 2, ..Limits::default() }
}

/// One command as a call, which may block; several as a pipeline.
async fn run(db: &Cluster, Batch { commands, atomic, .. }: &Batch) -> Vec<Told> {
    if let [command] = &commands[..] {
        let words = command[1..].iter().map(String::as_str);
        let called: Result<slotpipe::Value, _> = words.fold(db.cmd(&command[0]), Cmd::arg).await;
        return vec![called.map_or_else(|error| refused(&error), |reply| Told::Reply(value(reply)))];
    }
    let mut pipe = db.pipeline();
    if *atomic {
        pipe.atomic();
    }
    for command in commands {
        let words = command[1..].iter().map(String::as_str);
        words.fold(pipe.cmd(&command[0]), PipelineCmd::arg);
    }
    match pipe.execute_settled().await {
        Ok(outcomes) => outcomes.into_iter().map(told).collect(),
        Err(error) => vec![Told::Odd(error.to_string()); commands.len()],
    }
}

/// What a call ends with where a pipeline has an outcome.
fn refused(error: &Error) -> Told {
    match error.kind() {
        ErrorKind::Server(error) => told(Outcome::ServerError(error.clone())),
        ErrorKind::NotExecuted(not) => told(Outcome::NotExecuted(not.clone())),
        ErrorKind::Unknown(unknown) => told(Outcome::Unknown(unknown.clone())),
        ErrorKind::Partial(partial) => told(Outcome::Partial(partial.clone())),
        ErrorKind::Misuse { .. }
        | ErrorKind::Hook(_)
        | ErrorKind::Type(_)
        | ErrorKind::Connect { .. }
        | ErrorKind::Closed
        | _ => Told::Odd(error.to_string()),
    }
}

fn told(outcome: Outcome) -> Told {
    match outcome {
        Outcome::Reply(reply) => Told::Reply(value(reply)),
        Outcome::ServerError(error) => Told::Error(error.line, error.ran == Ran::Maybe),
        Outcome::NotExecuted(not) => Told::NotExecuted(format!("{:?}: {}", not.reason, not.message)),
        Outcome::Unknown(unknown) => Told::Unknown(format!("{unknown}")),
        Outcome::Partial(partial) => Told::Odd(format!("partial: {partial}")),
        Outcome::HookFailed(failed) => Told::Odd(failed.message),
        other => Told::Odd(format!("{other:?}")),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all that no command of the workload answers is one")]
fn value(reply: slotpipe::Value) -> Value {
    use slotpipe::Value as Of;
    match reply {
        Of::Null => Value::Null,
        Of::Int(number) => Value::Int(number),
        Of::Bytes(bytes) | Of::Simple(bytes) => Value::Text(String::from_utf8_lossy(&bytes).into_owned()),
        Of::Array(items) => Value::List(items.into_iter().map(value).collect()),
        Of::ServerError(line) => Value::Error(line),
        other => Value::Other(format!("{other:?}")),
    }
}
