//! `sim SEED [--trace]` lives one day; `sim --seeds A..B [--threads N] [--once] [--most N]` lives many.

use std::{fmt::Display, io::Write, ops::Range, process::ExitCode, time::Instant};

use slotpipe_sim::sim;

const USAGE: &str = "sim SEED [--trace]\nsim --seeds A..B [--threads N] [--once] [--most FAILURES]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| words.iter().any(|word| word == flag);
    let value = |flag: &str| words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1));
    if let Some(seed) = words.first().and_then(|word| word.parse().ok()) {
        return one(seed, has("--trace"));
    }
    let number = |flag: &str, usual: usize| value(flag).map_or(Some(usual), |text| text.parse().ok());
    let seeds = value("--seeds").and_then(|text| range(text));
    let (Some(seeds), Some(threads), Some(most)) = (seeds, number("--threads", 2), number("--most", 20)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    many(seeds, threads, !has("--once"), most)
}

fn one(seed: u64, trace: bool) -> ExitCode {
    let (_, failure) = if trace { sim::live(seed, true) } else { sim::live_twice(seed) };
    match failure {
        Some(failure) => {
            say(failure);
            ExitCode::FAILURE
        }
        None => {
            say(format_args!("seed {seed}: a good day"));
            ExitCode::SUCCESS
        }
    }
}

fn many(seeds: Range<u64>, threads: usize, twice: bool, most: usize) -> ExitCode {
    let begun = Instant::now();
    let report = sim::soak(seeds, threads, twice, most);
    for (name, count) in report.probes.table() {
        say(format_args!("{count:>12}  {name}"));
    }
    for failure in &report.failures {
        say(failure);
    }
    let seconds = begun.elapsed().as_secs_f64();
    say(format_args!("{} days in {seconds:.1} s, {} of them bad", report.days, report.failures.len()));
    if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn range(text: &str) -> Option<Range<u64>> {
    let (from, to) = text.split_once("..")?;
    Some(from.parse().ok()?..to.parse().ok()?)
}

/// A line, if anybody still listens.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
