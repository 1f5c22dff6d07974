//! Days of the core in a cluster that goes wrong: one seed is one day, lived under a virtual clock and judged at its end.
//!
//! The core is driven through its verbs only, by a host in memory ([`host`]), over a network ([`network`]) between it
//! and the [`crate::model`] cluster. Callers ([`callers`], [`sessions`], [`listeners`], [`scans`], [`recipes`], [`many`],
//! [`fans`]) submit,
//! cancel and wait; passwords are given anew ([`passwords`]); servers fall ill ([`trouble`]); which faults a day has is drawn first ([`faults`]). A day has two
//! phases: faults, then none, in which everything must work again. What happened is written down ([`record`], [`day`])
//! and held against the contract ([`judge`]).
//!
//! What is proved, and what not: bytes that may have left a client run at the server at any later time, also when the
//! client has closed the connection long ago; a day ends only when the last of these has been read. The host's counts of
//! bytes are upper bounds, and always true.

mod callers;
mod commands;
pub mod day;
mod fans;
mod faults;
mod host;
pub mod judge;
mod lane;
mod listeners;
mod many;
mod network;
mod passwords;
pub mod probes;
mod random;
mod recipes;
mod record;
pub mod resp;
mod scans;
mod sessions;
mod told;
mod trouble;
mod units;
mod world;

use std::{
    fmt,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use self::{day::Day, probes::Probes, world::World};

/// A day that broke a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The day.
    pub seed: u64,
    /// The rule, see [`judge::INVARIANTS`].
    pub invariant: &'static str,
    /// How.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} breaks {}: {}", self.seed, self.invariant, self.what)?;
        write!(f, "  cargo run -p slotpipe-sim --bin sim -- {} --trace", self.seed)
    }
}

/// What many days came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Days lived.
    pub days: u64,
    /// How often the rare paths were seen.
    pub probes: Probes,
    /// In the order of their seeds.
    pub failures: Vec<Failure>,
}

/// Lives one day once, telling it on standard output if `trace`, and judges it.
pub fn live(seed: u64, trace: bool) -> (Probes, Option<Failure>) {
    match one_life(seed, trace) {
        Ok((day, probes, _)) => (probes, verdict(&day)),
        Err(failure) => (Probes::default(), Some(failure)),
    }
}

/// Lives one day twice, and judges it.
pub fn live_twice(seed: u64) -> (Probes, Option<Failure>) {
    let second = match one_life(seed, false) {
        Ok((_, _, digest)) => digest,
        Err(failure) => return (Probes::default(), Some(failure)),
    };
    match one_life(seed, false) {
        Ok((mut day, probes, digest)) => {
            day.digests = (digest, second);
            (probes, verdict(&day))
        }
        Err(failure) => (Probes::default(), Some(failure)),
    }
}

/// The first day among these that breaks a rule.
pub fn first_failure(seeds: Range<u64>) -> Option<Failure> {
    seeds.into_iter().find_map(|seed| live(seed, false).1)
}

/// Lives many days on a few threads. `twice`: each a second time, to see whether it is the same. Stops handing out days
/// once `most` have failed.
pub fn soak(seeds: Range<u64>, threads: usize, twice: bool, most: usize) -> Report {
    let (next, report) = (AtomicU64::new(seeds.start), Mutex::new(Report::default()));
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let (probes, failure) = if twice { live_twice(seed) } else { live(seed, false) };
                    let mut report = report.lock().expect("nobody panics with the report in hand");
                    report.days += 1;
                    report.probes.add(&probes);
                    report.failures.extend(failure);
                    if report.failures.len() >= most {
                        next.store(seeds.end, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let mut report = report.into_inner().expect("nobody panics with the report in hand");
    report.failures.sort_by_key(|failure| failure.seed);
    report
}

fn verdict(day: &Day) -> Option<Failure> {
    judge::judge(day).map(|(invariant, what)| Failure { seed: day.seed, invariant, what })
}

fn one_life(seed: u64, trace: bool) -> Result<(Day, Probes, u64), Failure> {
    catch_unwind(AssertUnwindSafe(|| World::new(seed, trace).live())).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        let what = text.unwrap_or_else(|| "a panic without words".into());
        // A core that never comes to rest can tell only by this.
        let invariant = if what.starts_with("NoBusyLoop") { "NoBusyLoop" } else { "NoPanic" };
        Failure { seed, invariant, what }
    })
}
