//! The npm package, driven through the standard streams of `node/workload.mjs`: a line for each batch, a line for each
//! outcome. The form of both is told there.

use std::{
    collections::HashMap,
    process::Stdio,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdout, Command},
    sync::{mpsc, oneshot},
};

use super::{Batch, Host, Inside, Made, Told, Work, resident_kib};
use crate::{
    rig::{PASSWORD, USER},
    wire::Value,
};

/// A running process.
pub struct NodeHost {
    child: Mutex<Child>,
    pid: u32,
    lines: mpsc::UnboundedSender<String>,
    next: AtomicU64,
    waiting: Arc<Waiting>,
}

#[derive(Default)]
struct Waiting(Mutex<HashMap<u64, Pending>>);

/// Who waits for a batch, and the outcomes that are there.
struct Pending {
    told: Vec<Option<Told>>,
    left: usize,
    done: oneshot::Sender<Vec<Told>>,
}

impl NodeHost {
    /// Starts the process and waits until it is connected.
    ///
    /// # Errors
    /// Node or the built package is missing, or it finds no cluster.
    pub async fn connect(seeds: &[String], made: Made) -> Result<Self, String> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/node/workload.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .args([USER, PASSWORD, if made.resp2 { "2" } else { "3" }])
            .args(seeds)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| format!("cannot start node: {e}"))?;
        let (Some(mut input), Some(output), Some(pid)) = (child.stdin.take(), child.stdout.take(), child.id()) else {
            return Err("node has no standard streams".into());
        };
        let mut output = BufReader::new(output);
        let mut first = String::new();
        output.read_line(&mut first).await.map_err(|e| format!("node: {e}"))?;
        if first.trim_end() != "ready" {
            return Err(format!("the Node host is not connected (`make node` builds it): {first}"));
        }
        let (lines, mut to_write) = mpsc::unbounded_channel::<String>();
        tokio::spawn(async move {
            while let Some(mut line) = to_write.recv().await {
                line.push('\n');
                if input.write_all(line.as_bytes()).await.is_err() {
                    return;
                }
            }
        });
        let waiting = Arc::new(Waiting::default());
        tokio::spawn(listen(output, Arc::clone(&waiting)));
        Ok(Self { child: Mutex::new(child), pid, lines, next: AtomicU64::new(0), waiting })
    }

    fn ask(&self, words: &str, outcomes: usize) -> Work<'_, Vec<Told>> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (done, told) = oneshot::channel();
        self.waiting.all().insert(number, Pending { told: vec![None; outcomes], left: outcomes, done });
        let sent = self.lines.send(format!("{number} {words}"));
        Box::pin(async move {
            let lost = || vec![Told::Odd("the Node process is gone".into()); outcomes];
            if sent.is_err() { lost() } else { told.await.unwrap_or_else(|_| lost()) }
        })
    }

    /// What is answered by one number.
    fn count(&self, words: &str) -> Work<'_, Result<u64, String>> {
        let told = self.ask(words, 1);
        Box::pin(async move {
            match &told.await[..] {
                [Told::Reply(Value::Int(count))] => Ok(u64::try_from(*count).unwrap_or(u64::MAX)),
                other => Err(format!("{other:?}")),
            }
        })
    }
}

impl Host for NodeHost {
    fn run(&self, batch: Batch) -> Work<'_, Vec<Told>> {
        let retry = if batch.idempotent { "idempotent" } else { "reads" };
        let commands: Vec<String> = batch.commands.iter().map(|command| json(command)).collect();
        let deadline = batch.deadline.as_millis();
        let cancel = batch.cancel_after.map_or_else(|| "-".into(), |after| after.as_millis().to_string());
        let atomic = if batch.atomic { "atomic" } else { "-" };
        self.ask(&format!("run {deadline} {retry} {cancel} {atomic} [{}]", commands.join(",")), batch.commands.len())
    }

    fn use_password(&self, password: &str) {
        drop(self.ask(&format!("password {password}"), 1));
    }

    fn inside(&self) -> Work<'_, Result<Inside, String>> {
        let open = self.count("stats");
        Box::pin(async move { Ok(Inside { open: open.await?, resident_kib: resident_kib(self.pid) }) })
    }

    fn live_kib(&self) -> Work<'_, Result<u64, String>> {
        self.count("live")
    }

    fn close(&self) -> Work<'_, ()> {
        let told = self.ask("close", 1);
        Box::pin(async move {
            let _ = told.await;
            let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).start_kill();
        })
    }
}

impl Waiting {
    fn all(&self) -> MutexGuard<'_, HashMap<u64, Pending>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `number index outcome`
    fn hear(&self, line: &str) -> Option<()> {
        let (number, rest) = line.split_once(' ')?;
        let (index, outcome) = rest.split_once(' ')?;
        let (number, index): (u64, usize) = (number.parse().ok()?, index.parse().ok()?);
        let mut all = self.all();
        let pending = all.get_mut(&number)?;
        let place = pending.told.get_mut(index)?;
        if place.replace(read(outcome)).is_some() {
            *place = Some(Told::Odd(format!("two outcomes: {line}")));
            return Some(());
        }
        pending.left -= 1;
        if pending.left == 0 {
            let pending = all.remove(&number)?;
            let _ = pending.done.send(pending.told.into_iter().flatten().collect());
        }
        Some(())
    }
}

async fn listen(mut output: BufReader<ChildStdout>, waiting: Arc<Waiting>) {
    let mut line = String::new();
    while let Ok(1..) = output.read_line(&mut line).await {
        if waiting.hear(line.trim_end()).is_none() {
            eprintln!("a line of the Node host that nobody waits for: {}", line.trim_end());
        }
        line.clear();
    }
    // Whoever waits is told by the closed channel.
    waiting.all().clear();
}

fn read(outcome: &str) -> Told {
    let (kind, rest) = outcome.split_once(' ').unwrap_or((outcome, ""));
    let text = || plain(rest);
    match kind {
        "reply" => value(&mut rest.split(' ')).map_or_else(|| Told::Odd(outcome.into()), Told::Reply),
        "error-no" => Told::Error(text(), false),
        "error-maybe" => Told::Error(text(), true),
        "not-executed" => Told::NotExecuted(text()),
        "unknown" => Told::Unknown(text()),
        _ => Told::Odd(format!("{kind} {}", text())),
    }
}

fn value<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Value> {
    let word = words.next()?;
    let (kind, rest) = word.split_at_checked(1)?;
    Some(match kind {
        "_" => Value::Null,
        ":" => Value::Int(rest.parse().ok()?),
        "$" => Value::Text(plain(rest)),
        "*" => Value::List((0..rest.parse::<usize>().ok()?).map(|_| value(words)).collect::<Option<_>>()?),
        _ => Value::Other(word.into()),
    })
}

/// Undoes encodeURIComponent.
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The workload's words have nothing to escape.
fn json(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("[{}]", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_of_the_script_are_read() {
        assert_eq!(
            read("reply *2 $a%20b :7"),
            Told::Reply(Value::List(vec![Value::Text("a b".into()), Value::Int(7)]))
        );
        assert_eq!(read("reply _"), Told::Reply(Value::Null));
        assert_eq!(read("error-no OOM%20x"), Told::Error("OOM x".into(), false));
        assert_eq!(read("unknown lost"), Told::Unknown("lost".into()));
        assert_eq!(read("reply"), Told::Odd("reply".into()));
    }
}
