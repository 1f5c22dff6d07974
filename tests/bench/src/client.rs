//! One client in a process of its own. Reads an order per line and answers it with a line, both JSON, as
//! node/client.mjs does; `fill` is the floor's alone.

use std::{
    io::{self, BufRead as _, Write as _},
    time::{Duration, Instant},
};

use futures_util::future;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::{
    Failure,
    clients::Client,
    cpu_micros,
    workload::{self, Command, Kind, Replies, Work},
};

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum Order {
    /// Makes the keys that a workload reads.
    Fill {
        work: Work,
    },
    /// Makes the commands, and runs them once.
    Prepare {
        work: Work,
    },
    /// Runs for so long, and says how many batches that was.
    Warm {
        ms: u64,
    },
    /// Runs so many.
    Round {
        batches: u64,
    },
    Memory,
}

/// A runtime of one thread: less noise than several on a machine of two cores, and the same for all.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(name: &str, seed: &str) -> Result<(), Failure> {
    let mut bench = Bench { client: Client::connect(name, seed).await?, batch: Vec::new(), work: None, last: None };
    say(&json!({ "ready": true }))?;
    for line in io::stdin().lock().lines() {
        let answer = bench.obey(serde_json::from_str(&line?)?).await;
        say(&answer.unwrap_or_else(|failure| json!({ "error": failure.to_string() })))?;
    }
    Ok(())
}

struct Bench {
    client: Client,
    batch: Vec<Command>,
    work: Option<Work>,
    last: Option<String>,
}

impl Bench {
    async fn obey(&mut self, order: Order) -> Result<Json, Failure> {
        match order {
            Order::Fill { work } => {
                for part in workload::fill(&work).chunks(1000) {
                    self.client.run(part, false).await?;
                }
                Ok(json!({}))
            }
            Order::Prepare { work } => {
                self.batch = workload::commands(&work);
                (self.work, self.last) = (Some(work), None);
                let replies = self.once(&mut None).await?;
                self.last = replies.last_text().map(str::to_owned);
                Ok(json!({ "digest": replies.digest(), "count": replies.len() }))
            }
            Order::Warm { ms } => {
                let end = Instant::now() + Duration::from_millis(ms);
                let mut batches = 0;
                while batches == 0 || Instant::now() < end {
                    self.once(&mut None).await?;
                    batches += 1;
                }
                Ok(json!({ "batches": batches }))
            }
            Order::Round { batches } => {
                let mut latencies =
                    self.work.and_then(|work| work.in_flight).filter(|most| *most == 1).map(|_| Vec::new());
                let (cpu, start) = (cpu_micros(), Instant::now());
                for _ in 0..batches {
                    self.once(&mut latencies).await?;
                }
                let (wall, cpu) = (start.elapsed().as_secs_f64() * 1e6, cpu_micros() - cpu);
                Ok(json!({ "wall": wall, "cpu": cpu, "latencies": latencies }))
            }
            Order::Memory => Ok(json!({ "rss": resident()? })),
        }
    }

    /// One batch, by one pipeline or by calls. Replies are counted, and the last one is looked at.
    async fn once(&mut self, latencies: &mut Option<Vec<f64>>) -> Result<Replies, Failure> {
        let work = self.work.ok_or("prepare first")?;
        let replies = match work.in_flight {
            None => self.client.run(&self.batch, work.kind != Kind::Mix).await?,
            Some(most) => self.calls(most, latencies).await?,
        };
        if replies.len() != self.batch.len() {
            return Err(format!("{} replies to {} commands", replies.len(), self.batch.len()).into());
        }
        if self.last.as_deref().is_some_and(|last| replies.last_text() != Some(last)) {
            return Err("a wrong reply".into());
        }
        Ok(replies)
    }

    async fn calls(&mut self, most: usize, latencies: &mut Option<Vec<f64>>) -> Result<Replies, Failure> {
        let mut replies = Vec::with_capacity(self.batch.len());
        for part in self.batch.chunks(most) {
            let start = Instant::now();
            if let Client::Floor(floor) = &mut self.client {
                let Replies::Trees(own) = floor.run(part, false)? else { return Err("not what was asked for".into()) };
                replies.extend(own);
            } else {
                replies.extend(future::try_join_all(part.iter().map(|args| self.client.call(args))).await?);
            }
            if let Some(latencies) = latencies {
                latencies.push(start.elapsed().as_secs_f64() * 1e6);
            }
        }
        Ok(Replies::Trees(replies))
    }
}

pub(crate) fn resident() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

fn say(answer: &Json) -> Result<(), Failure> {
    let mut out = io::stdout();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}
