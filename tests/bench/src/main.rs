//! The Rust half of `make bench`: one process per client under measure, which node/run.mjs starts and asks in turn, and
//! the cluster that they all talk to.
//!
//! `slotpipe-bench lab` keeps a cluster while standard input is open; `slotpipe-bench client NAME SEED` is a client.

mod client;
mod clients;
mod floor;
mod lab;
mod workload;

use std::{env, error, process::ExitCode};

/// What ends a process, or is told to who asked.
pub(crate) type Failure = Box<dyn error::Error + Send + Sync>;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["lab"] => lab::run(),
        ["client", name, seed] => client::run(name, seed),
        _ => Err("slotpipe-bench lab | client NAME SEED".into()),
    };
    if let Err(failure) = done {
        eprintln!("slotpipe-bench: {failure}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
