//! The conversations of `tests/conversations`, each told with the servers' words whole, byte by byte, and cut at random.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use slotpipe_tests::{
    conversation::{Conversation, all, play, read, rules},
    script::{Cut, Script},
};

/// All conversations, or those whose name or file contains the text of the environment's CONVERSATION.
fn wanted() -> Vec<Conversation> {
    let wanted = std::env::var("CONVERSATION").unwrap_or_default();
    let mut all = all().unwrap();
    all.retain(|conversation| conversation.name.contains(&wanted) || conversation.place.contains(&wanted));
    all
}

fn cuts() -> Vec<Cut> {
    let seeds = (1..=6u64).map(|seed| Cut::Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    [Cut::Whole, Cut::Bytes].into_iter().chain(seeds).collect()
}

/// Plays one; a panic of the core is a failure of this conversation and not the end of the others.
fn told(conversation: &Conversation, cut: Cut) -> Result<Script, String> {
    let told = catch_unwind(AssertUnwindSafe(|| play(conversation, cut)));
    let told = told.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default())
    });
    told.map_err(|error| format!("{} {:?}\n  {cut:?}, {error}", conversation.place, conversation.name))
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} failed:\n\n{}\n", failures.len(), failures.join("\n\n"));
}

#[test]
fn every_conversation_goes_as_written_however_the_replies_are_cut() {
    let mut failures = Vec::new();
    for conversation in wanted() {
        failures.extend(cuts().into_iter().find_map(|cut| told(&conversation, cut).err()));
    }
    report(&failures);
}

#[test]
fn a_conversation_told_twice_is_the_same_byte_for_byte() {
    for conversation in wanted() {
        for cut in [Cut::Whole, Cut::Random(1)] {
            let trace = || {
                let told = told(&conversation, cut);
                told.map_or_else(|error| error, |script| script.core.day(&conversation.name, script.now))
            };
            assert_eq!(trace(), trace(), "{}", conversation.place);
        }
    }
}

#[test]
fn each_conversation_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for conversation in all().unwrap() {
        assert!(names.insert(conversation.name.clone()), "twice: {}", conversation.name);
    }
}

#[test]
fn a_conversation_that_names_no_rule_is_refused() {
    for rule in ["", "rule: CONTRACT 9: whatever\n"] {
        let refused = read("memory", &format!("== A read\n{rule}submit GET foo\n")).unwrap_err();
        assert!(refused.starts_with("memory:1: "), "{refused}");
    }
}

#[test]
fn each_rule_would_be_broken_by_some_conversation() {
    let named: BTreeSet<String> = all().unwrap().into_iter().map(|conversation| conversation.rule).collect();
    let idle: Vec<_> = rules().filter(|rule| !named.contains(*rule)).collect();
    assert!(idle.is_empty(), "nothing shows these rules: {idle:#?}");
}
