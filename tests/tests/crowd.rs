//! Ten thousand addresses from a server that lies or has lost its mind: how many are remembered, how many are dialled, and
//! how often. By the core alone, in virtual time; `tests/adapter/rogue.txt` has the same storm over sockets.

use std::collections::BTreeMap;

use slotpipe_core::{
    config::Trust,
    port::{Address, SubmitOptions},
    route::slot::Slot,
};
use slotpipe_tests::script::{Script, at, batch, network::Map, thirds};

const CROWD: u16 = 10_000;
/// The limit of addresses known at once.
const KNOWN: usize = 1_000;

/// One of ten thousand addresses. The ports differ, too: nodes of the script go by them.
fn rogue(number: u16) -> Address {
    Address::new(format!("10.66.{}.{}", number / 250, number % 250), 20_000 + number)
}

/// How often each address was dialled.
fn dials(script: &Script) -> BTreeMap<&Address, usize> {
    let mut dials = BTreeMap::new();
    for address in &script.dials {
        *dials.entry(address).or_default() += 1;
    }
    dials
}

/// A key of each of these slots.
fn keys(slots: std::ops::Range<u16>) -> Vec<String> {
    let mut found = BTreeMap::new();
    for number in 0.. {
        let key = format!("k{number}");
        let slot = Slot::of(key.as_bytes()).number();
        if slots.contains(&slot) {
            found.entry(slot).or_insert(key);
        }
        if found.len() == slots.len() {
            break;
        }
    }
    found.into_values().collect()
}

/// Ten thousand commands for slots of the first node, each answered by a redirect to an address of its own.
fn storm(trust: Trust, code: &str) -> Script {
    let mut script = Script::new(thirds(), |config| {
        config.trust = trust;
        config.limits.in_flight = 20_000;
        config.limits.waiting_per_node = 20_000;
    });
    script.network.refusing = (0..CROWD).map(rogue).collect();
    script.run();
    let keys: Vec<String> = (0..)
        .map(|n| format!("k{n}"))
        .filter(|key| Slot::of(key.as_bytes()).number() <= 5460)
        .take(CROWD.into())
        .collect();
    let lines: Vec<String> = keys.iter().map(|key| format!("SET {key} 1")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    script.submit_with(batch(&lines), &SubmitOptions { deadline_ms: Some(1_000), ..SubmitOptions::default() }).unwrap();
    script.take_sent(&at(7001));
    let redirects: String = keys
        .iter()
        .zip(0..)
        .map(|(key, number)| format!("-{code} {} {}\r\n", Slot::of(key.as_bytes()).number(), rogue(number)))
        .collect();
    script.reply(&at(7001), redirects.as_bytes());
    script
}

#[test]
fn a_storm_of_redirects_to_strangers_dials_nobody_and_asks_ten_times_a_second_at_most() {
    for code in ["MOVED", "ASK"] {
        let mut script = storm(Trust::Listed, code);
        assert_eq!(script.core.stats().untrusted, u64::from(CROWD));
        let before = script.core.stats().refreshes;
        for _ in 0..10 {
            script.pass_ms(100);
        }
        assert!(script.dials.iter().all(|address| address.host == "127.0.0.1"), "{code}");
        assert!(script.core.stats().refreshes - before <= 11, "{code}: {} refreshes", script.core.stats().refreshes);
    }
}

#[test]
fn who_trusts_the_server_dials_no_more_than_can_be_known_and_each_five_times_a_second_at_most() {
    for code in ["MOVED", "ASK"] {
        let mut script = storm(Trust::Server, code);
        for _ in 0..20 {
            script.pass_ms(100);
        }
        let dials = dials(&script);
        let rogues: Vec<_> = dials.iter().filter(|(address, _)| address.host != "127.0.0.1").collect();
        assert!(!rogues.is_empty(), "{code}: none was followed");
        assert!(rogues.iter().all(|(_, count)| **count <= 11), "{code}: {rogues:?}");
        assert!(script.core.topology().nodes().count() <= KNOWN);
        assert_eq!(script.core.stats().open.batches, 0, "{code}");
    }
}

#[test]
fn of_a_map_with_ten_thousand_nodes_a_thousand_are_known_and_what_goes_elsewhere_did_not_run() {
    let mut ranges = vec![(0, 6383, at(7001))];
    ranges.extend((0..CROWD).map(|number| (6384 + number, 6384 + number, rogue(number))));
    let mut script = Script::new(thirds(), |_| {});
    script.network.map = Map { ranges, ..Map::default() };
    script.network.refusing = (0..CROWD).map(rogue).collect();
    script.run();
    assert!(script.core.topology().nodes().count() <= KNOWN, "{}", script.core.topology().nodes().count());
    let lines: Vec<String> = keys(6384..16_384).iter().map(|key| format!("SET {key} 1")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    script.submit_with(batch(&lines), &SubmitOptions { deadline_ms: Some(1_000), ..SubmitOptions::default() }).unwrap();
    for _ in 0..11 {
        script.pass_ms(100);
    }
    let dials = dials(&script);
    assert!((KNOWN / 2..=KNOWN).contains(&dials.len()), "{} addresses were dialled", dials.len());
    assert!(dials.values().all(|count| *count <= 6), "{dials:?}");
    assert_eq!(script.answers.len(), lines.len());
    assert!(script.answers.values().all(|answer| answer.starts_with("not executed")), "{:?}", script.answers);
    // Who is known goes on.
    script.submit(&["SET {06S} 1", "GET bar"]);
    assert!(!script.take_sent(&at(7001)).is_empty());
    assert!(script.core.stats().open.jobs <= 2);
}
