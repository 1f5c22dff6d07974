//! Fault cycles on a real cluster, as many as wanted:
//!
//!     cargo run --release -p slotpipe-rig -- --host in-process|component|node --cycles N [--seed S] [--first K] [--fault F]
//!
//! One line per cycle and a summary. The exit code is 1 if a cycle found something.

use std::{
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use slotpipe_rig::{
    hosts::Kind,
    soak::{self, Options},
};

fn main() -> ExitCode {
    let options = match options(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!(
                "{error}\nusage: slotpipe-rig --host in-process|component|node --cycles N [--seed S] [--first K]"
            );
            return ExitCode::from(2);
        }
    };
    println!("{} cycles of {}, seed {}", options.cycles, options.host, options.seed);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(soak(options));
    // Nobody waits for a thread that waits for a server: the servers end with the process at the latest.
    runtime.shutdown_background();
    code
}

/// Servers, proxies and processes end with the work that holds them.
async fn soak(options: Options) -> ExitCode {
    tokio::select! {
        summary = soak::run(options) => match summary {
            Ok(summary) => {
                println!("{summary}");
                ExitCode::from(u8::from(summary.failed > 0))
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        _ = tokio::signal::ctrl_c() => {
            eprintln!("interrupted");
            ExitCode::from(130)
        }
    }
}

fn options(mut words: impl Iterator<Item = String>) -> Result<Options, String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let mut options = Options { host: Kind::InProcess, seed: now, fault: None, first: 0, cycles: 15 };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} has no value"))?;
        let number = || value.parse().map_err(|_| format!("{word} {value}: a number is wanted"));
        match &*word {
            "--host" => options.host = value.parse()?,
            "--seed" => options.seed = number()?,
            "--fault" => options.fault = Some(value.parse()?),
            "--first" => options.first = number()?,
            "--cycles" => options.cycles = number()?,
            _ => return Err(format!("there is no {word}")),
        }
    }
    Ok(options)
}
