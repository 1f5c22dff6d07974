//! The Rust half of `make bench`: one process per client under measure, which node/run.mjs starts and asks in turn, and
//! the cluster that they all talk to.
//!
//! `slotpipe-bench lab` keeps a cluster while standard input is open; `slotpipe-bench client NAME SEED` is a client to be
//! measured, `slotpipe-bench scored NAME` one under the faults of `make scoreboard`; the other words measure one thing
//! each and print it.

mod client;
mod clients;
mod floor;
mod lab;
mod load;
mod plan;
mod scored;
mod start;
mod workload;

use std::{env, error, process::ExitCode, time::Duration};

use rustix::time::{ClockId, clock_gettime};
use slotpipe::lab::ClusterOptions;

/// What ends a process, or is told to who asked.
pub(crate) type Failure = Box<dyn error::Error + Send + Sync>;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["lab"] => lab::run(&ClusterOptions { replicas: 1, ..ClusterOptions::default() }),
        // Nobody is to be replaced because the machine is slow: the faults are the scripts' own.
        ["lab", "patient"] => lab::run(&ClusterOptions { node_timeout_ms: 30_000, ..ClusterOptions::default() }),
        ["scored", name] => scored::run(name),
        ["client", name, seed] => client::run(name, seed),
        ["plan"] => plan::run(),
        ["start", which, seed] => start::run(which, seed),
        ["load-file", path, count, below] => {
            numbers(count, below).and_then(|(count, below)| load::make(path, count, below))
        }
        ["load", path, seed] => load::floor(path, seed),
        _ => {
            Err("lab [patient] | client NAME SEED | scored NAME | plan | start NAME SEED | load-file PATH COUNT SLOTS | load PATH SEED".into())
        }
    };
    if let Err(failure) = done {
        eprintln!("slotpipe-bench: {failure}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// What this process has used of the CPU, user and system, all threads.
pub(crate) fn cpu_micros() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let [seconds, nanos] = [time.tv_sec, time.tv_nsec].map(|part| u64::try_from(part).unwrap_or_default());
    (Duration::from_secs(seconds) + Duration::from_nanos(nanos)).as_secs_f64() * 1e6
}

fn numbers(count: &str, below: &str) -> Result<(usize, usize), Failure> {
    Ok((count.parse()?, below.parse()?))
}
