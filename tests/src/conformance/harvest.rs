//! A thousand random days that differ in what they exercise.
//!
//! Seeds are tried in order; a day is kept if no kept day has shown the same set of things. What is seen is read from
//! the record: outcomes with their reasons, refusals, causes, notes, calls, and for each counter its order of magnitude.
//! The kept ones are named in `tests/conversations/harvest.tsv`, each with the digest of its calls: all hosts play the
//! same, today and tomorrow.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use super::days::of_seed;

/// Days to keep.
const WANTED: usize = 1000;
/// Seeds to try at most: fewer than one in so many days is new when this is reached.
const TRIED: u64 = 100_000;

/// One kept day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harvested {
    /// Its seed.
    pub seed: u64,
    /// Of its calls, see [`digest`].
    pub digest: u64,
    /// What it exercises.
    pub exercises: String,
}

/// Lives days until enough of them differ.
///
/// # Errors
/// There are not enough.
pub fn harvest() -> Result<Vec<Harvested>, String> {
    let mut known = BTreeSet::new();
    let mut kept = Vec::new();
    for seed in 0..TRIED {
        if kept.len() == WANTED {
            return Ok(kept);
        }
        let day = of_seed(seed);
        let exercises = exercised(&day);
        if known.insert(exercises.clone()) {
            kept.push(Harvested { seed, digest: digest(&day), exercises });
        }
    }
    Err(format!("{TRIED} days have only {} that differ", kept.len()))
}

/// FNV-1a of the calls of a record, each with its time and its bytes; what the core said is not in it.
pub fn digest(day: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for line in day.lines().filter(|line| line.starts_with("> ")) {
        for &byte in line.as_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// The things that happened in a day, as words in order.
fn exercised(day: &str) -> String {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut see = |thing: String| *counts.entry(thing).or_default() += 1;
    for line in day.lines() {
        let mut words = line.split(' ');
        let value = |name: &str| {
            let word = line.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
            word.unwrap_or_default().to_owned()
        };
        match (words.next(), words.next()) {
            (Some("<"), Some("answer")) => {
                // A body begins with whether it ran, or why not; elsewhere with a count, which is no kind of thing.
                let reason = words.nth(3).filter(|_| matches!(value("outcome").as_str(), "1" | "2"));
                see(format!("outcome-{}{}", value("outcome"), reason.unwrap_or_default()));
            }
            (Some("<"), Some("note")) => see(format!("note-{}", value("kind"))),
            (Some("<"), Some(said @ ("full" | "misuse" | "close" | "push"))) => see(said.into()),
            (Some("<"), Some("stats")) => {
                let counters = ["moved", "ask", "try_again", "loading", "retries", "untrusted"];
                for (counter, count) in counters.map(|counter| (counter, value(counter))) {
                    // As often as not is all that matters of small numbers.
                    let magnitude = count.len() - usize::from(count == "0");
                    if magnitude > 0 {
                        see(format!("{counter}-{magnitude}"));
                    }
                }
            }
            (Some(">"), Some(_)) => match words.next() {
                Some("closed") => see(format!("closed-{}", value("cause"))),
                Some("new") => see(format!("window-{}-{}", value("window"), value("in_flight"))),
                Some("cancel") => see("cancel".into()),
                _ => {}
            },
            _ => {}
        }
    }
    counts.into_keys().collect::<Vec<_>>().join(" ")
}

/// The kept days, as the repository has them.
///
/// # Errors
/// The file is missing or no list of days.
pub fn read_harvest() -> Result<Vec<Harvested>, String> {
    let text = std::fs::read_to_string(file()).map_err(|error| format!("{}: {error}", file().display()))?;
    let day = |line: &str| {
        let mut columns = line.split('\t');
        let seed = columns.next()?.parse().ok()?;
        let digest = u64::from_str_radix(columns.next()?, 16).ok()?;
        Some(Harvested { seed, digest, exercises: columns.next()?.into() })
    };
    let days = text.lines().filter(|line| !line.starts_with('#'));
    days.map(|line| day(line).ok_or_else(|| format!("{line:?} is no day"))).collect()
}

/// Puts them there.
///
/// # Errors
/// The file cannot be written.
pub fn write_harvest(days: &[Harvested]) -> Result<(), String> {
    let mut text = String::from("# seed, digest of its calls, what it exercises; made by `conformance harvest`\n");
    for Harvested { seed, digest, exercises } in days {
        text.push_str(&format!("{seed}\t{digest:016x}\t{exercises}\n"));
    }
    std::fs::write(file(), text).map_err(|error| format!("{}: {error}", file().display()))
}

fn file() -> PathBuf {
    crate::source::root().join("tests/conversations/harvest.tsv")
}
