//! The same inputs give the same outputs, byte for byte: every conversation and the harvested random days, lived by the
//! core that is linked in and played again by the same core in wasmtime. `host-node/test/conformance.test.mjs` plays
//! them in V8.

use std::sync::LazyLock;

use slotpipe::{
    component::{BYTES, Component, ComponentMaker, wasmtime},
    engine::InProcessMaker,
};
use slotpipe_core::config::Config;
use slotpipe_tests::{
    conformance::{conversations, first_difference, harvested, of_conversation, read_harvest, replay},
    conversation::{all, read},
    script::Cut,
};

static COMPONENT: LazyLock<Component> = LazyLock::new(|| {
    let mut config = wasmtime::Config::new();
    // Compiled by a compiler that itself is not optimised: the less it does the better.
    config.cranelift_opt_level(wasmtime::OptLevel::None);
    let engine = wasmtime::Engine::new(&config).unwrap();
    Component::new(&engine, BYTES).unwrap()
});

/// Every conversation, as the core that is linked in lives it.
static CONVERSATIONS: LazyLock<String> = LazyLock::new(|| conversations().unwrap());

fn in_wasmtime(config: Config) -> ComponentMaker {
    ComponentMaker::new(COMPONENT.clone(), config)
}

#[track_caller]
fn assert_same_in_wasmtime(days: &str) {
    let played = replay(days, &in_wasmtime).unwrap();
    let difference = first_difference(["in-process", "wasmtime"], [days, &played]);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

fn days(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("== ")).count()
}

#[test]
fn every_conversation_is_the_same_in_process_and_in_wasmtime() {
    assert_eq!(days(&CONVERSATIONS), 2 * all().unwrap().len());
    assert_same_in_wasmtime(&CONVERSATIONS);
}

#[test]
fn a_thousand_random_days_are_the_same_in_process_and_in_wasmtime() {
    let recorded = harvested(&read_harvest().unwrap()).unwrap();
    assert!(days(&recorded) >= 1000, "{} days", days(&recorded));
    assert_same_in_wasmtime(&recorded);
}

#[test]
fn what_is_recorded_can_be_read_again() {
    let played = replay(&CONVERSATIONS, &InProcessMaker).unwrap();
    let difference = first_difference(["recorded", "read again"], [&CONVERSATIONS, &played]);
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}

/// The comparison itself can fail, and says where.
#[test]
fn a_day_that_goes_otherwise_in_one_host_is_told_by_its_first_line() {
    let text = "== A read\nrule: CONTRACT 1: a command resolves exactly once\nsubmit GET foo\nsent 7003: GET foo\n\
                7003 says $1\\r\\nx\\r\\nanswer 0: \"x\"";
    let text = text.replace("\\nanswer", "\\n\nanswer");
    let conversation = &read("memory", &text).unwrap()[0];
    let recorded = of_conversation(conversation, Cut::Whole).unwrap();
    let other = |mut config: Config| {
        config.connect_ms += 1;
        in_wasmtime(config)
    };
    let played = replay(&recorded, &other).unwrap();
    let difference = first_difference(["in-process", "wasmtime"], [&recorded, &played]).unwrap();
    assert!(difference.contains("  in-process: < connect link=0"), "{difference}");
    assert!(difference.contains("  wasmtime: < connect link=0"), "{difference}");
    assert!(difference.contains("memory:1%20A%20read%20(whole)"), "{difference}");
}
