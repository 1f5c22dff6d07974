//! The conversations of `tests/conversations`, each told with the servers' words whole, byte by byte, and cut at random.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use slotpipe_tests::{
    conversation::{Conversation, play, read},
    script::{Cut, Script},
};

/// All conversations, or those whose name or file contains the text of the environment's CONVERSATION.
fn all() -> Vec<Conversation> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("conversations");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let wanted = std::env::var("CONVERSATION").unwrap_or_default();
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "txt")) {
        let name = file.file_name().unwrap().to_string_lossy();
        all.extend(read(&name, &std::fs::read_to_string(file).unwrap()).unwrap());
    }
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
    for conversation in all() {
        failures.extend(cuts().into_iter().find_map(|cut| told(&conversation, cut).err()));
    }
    report(&failures);
}

#[test]
fn a_conversation_told_twice_is_the_same_byte_for_byte() {
    for conversation in all() {
        for cut in [Cut::Whole, Cut::Random(1)] {
            let trace = || told(&conversation, cut).map_or_else(|error| error, |script| script.trace);
            assert_eq!(trace(), trace(), "{}", conversation.place);
        }
    }
}

#[test]
fn each_conversation_has_a_name_of_its_own_and_a_rule_that_it_would_break() {
    let mut names = BTreeSet::new();
    for conversation in all() {
        assert!(names.insert(conversation.name.clone()), "twice: {}", conversation.name);
        assert!(conversation.rule.starts_with("CONTRACT "), "{} names no rule", conversation.place);
    }
}
