//! Days in the simulator: many new ones, and those that once found something.

use std::collections::BTreeSet;

use slotpipe_sim::sim::{self, judge::INVARIANTS};

/// The rules of the contract that must be among them.
const ASKED_FOR: [&str; 40] = [
    "AtMostOnce",
    "AckImpliesExecuted",
    "NotExecutedIsTrue",
    "UnknownIsHonest",
    "NoNeedlessUnknown",
    "PartialIsHonest",
    "ResendLegality",
    "ExactlyOneOutcome",
    "RightReply",
    "FifoPerConnection",
    "KeyOrder",
    "SlotOrder",
    "ProgramOrder",
    "AskingOnlyAfterAsk",
    "AskPatchesNothing",
    "TransactionContiguous",
    "WatchProtects",
    "ReplicasByWish",
    "RightMessage",
    "EverybodyHears",
    "ScanIsWhole",
    "ScanEnds",
    "NothingIsLost",
    "RecipeIsHonest",
    "StepByStep",
    "CopiesEnd",
    "RefreshBound",
    "HopBound",
    "Reconverge",
    "QueueBound",
    "ByteBound",
    "ReturnToBaseline",
    "ConnectionBound",
    "NoBusyLoop",
    "NoConnectOutsidePolicy",
    "NoSecretBeforeVerified",
    "RefusedIsLast",
    "Deterministic",
    "AllResolved",
    "Progress",
];

#[test]
fn two_thousand_days_break_no_rule_and_see_every_rare_path() {
    let report = sim::soak(0..2_000, 2, true, 5);
    let failures: Vec<_> = report.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    let unseen: Vec<_> = report.probes.table().into_iter().filter(|(_, count)| *count == 0).collect();
    assert!(unseen.is_empty(), "never seen in {} days: {unseen:?}", report.days);
}

#[test]
fn days_that_once_found_something_are_good_now() {
    let pinned = include_str!("../regressions.tsv").lines().skip(1).filter(|line| !line.is_empty());
    for line in pinned {
        let (seed, what) = line.split_once('\t').expect("a seed, a tab, and what it found");
        let seed = seed.parse().expect("a seed is a number");
        if let (_, Some(failure)) = sim::live_twice(seed) {
            panic!("it found {what:?} once, and now: {failure}");
        }
    }
}

#[test]
fn the_rules_are_those_that_are_asked_for() {
    let names: Vec<_> = INVARIANTS.iter().map(|invariant| invariant.name).filter(|name| *name != "NoPanic").collect();
    let checked: BTreeSet<_> = names.iter().copied().collect();
    assert_eq!(checked.len(), names.len(), "a rule stands twice in the list");
    assert_eq!(checked, ASKED_FOR.into_iter().collect());
    for invariant in INVARIANTS {
        assert!(
            invariant.rule.trim().ends_with('.'),
            "{} says its rule in a sentence: {:?}",
            invariant.name,
            invariant.rule
        );
    }
}

#[test]
fn the_first_bad_day_of_some_is_found() {
    assert_eq!(sim::first_failure(0..3), None);
}
