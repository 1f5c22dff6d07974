//! The simulator is held against cores that are wrong on purpose: each of `slotpipe_core::broken` must be found, by what
//! it does. Run by `make broken`, which builds the core with `--cfg slotpipe_broken`; there is nothing here otherwise.

#![cfg(slotpipe_broken)]

use std::{collections::BTreeMap, time::Instant};

use slotpipe_core::broken::{Fault, choose};
use slotpipe_sim::sim;

/// Within how many days each is to be found.
const DAYS: u64 = 2_000;

/// How many bad days tell one fault from another.
const TELLING: usize = 3;

/// At least so many that differ.
const KINDS: usize = 20;

/// By which rule a fault is noticed, and on which days.
type Traits = Vec<(u64, &'static str)>;

#[test]
fn each_deliberate_fault_is_found_and_they_differ() {
    std::panic::set_hook(Box::new(|_| {}));
    let (mut kinds, mut missed) = (BTreeMap::<Traits, Vec<Fault>>::new(), Vec::new());
    for &(fault, rule) in Fault::ALL {
        choose(Some(fault));
        let begun = Instant::now();
        let report = sim::soak(0..DAYS, 2, fault == Fault::ChanceFromOutside, TELLING);
        choose(None);
        let traits: Traits =
            report.failures.iter().take(TELLING).map(|failure| (failure.seed, failure.invariant)).collect();
        println!("{fault:?} ({rule}): {traits:?}, {} days, {:.1?}", report.days, begun.elapsed());
        if traits.is_empty() {
            missed.push(fault);
        }
        kinds.entry(traits).or_default().push(fault);
    }
    let _ = std::panic::take_hook();
    assert!(missed.is_empty(), "not found within {DAYS} days: {missed:?}");
    assert!(kinds.len() >= KINDS, "{} faults that differ: {kinds:?}", kinds.len());
}
