//! What `explain` says is what is then sent: plan and wire compared, on random batches of every kind of command; once for
//! the core alone, and on a real cluster on both engines: one suite, taken in twice.

use std::collections::BTreeMap;

use slotpipe_core::{
    port::{Address, SubmitOptions},
    route::{
        command::{Flags, find_keys},
        table::{Lookup, Table},
    },
    wire::{
        encode,
        request::{Args, Requests},
    },
};
use slotpipe_tests::script::{Script, at, batch, thirds};

#[path = "plan_and_wire/suite.rs"]
mod component;
#[path = "plan_and_wire/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

/// A command on the wire: its name in the table, and its keys.
type Sent = (String, Vec<String>);

/// What the table says of words joined by spaces.
fn read(table: &Table, line: &str) -> Sent {
    let mut bytes = Vec::new();
    encode::command(&mut bytes, line.split(' ').collect::<Vec<_>>());
    let (mut spans, mut keys) = (Vec::new(), Vec::new());
    Requests::new(&bytes, 0).next(&mut spans).unwrap().unwrap();
    let args = Args::new(&bytes, &spans);
    let Lookup::Known(id) = table.lookup(args) else { panic!("{line}") };
    let row = table.row(id);
    if !row.flags.has(Flags::CHANNEL) {
        find_keys(row, args, &mut keys);
    }
    let key = |&at: &u32| String::from_utf8_lossy(args.at(at as usize).unwrap()).into_owned();
    (row.name.to_string(), keys.iter().map(key).collect())
}

fn random_batch(seed: u64) -> Vec<String> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = |sides: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    };
    let count = 1 + roll(60);
    (0..count)
        .map(|_| {
            let (a, b, c) = (roll(500), roll(500), roll(500));
            match roll(17) {
                0 => format!("GET k{a}"),
                1 => format!("SET k{a} v EX {}", b + 1),
                2 => format!("MGET k{a} k{b} k{c} k{a}"),
                3 => format!("MSET k{a} 1 k{b} 2 k{c} 3"),
                4 => format!("DEL k{a} k{b}"),
                5 => "DBSIZE".into(),
                6 => "PING".into(),
                7 => format!("ZUNIONSTORE {{t{a}}}d 2 {{t{a}}}x {{t{a}}}y"),
                8 => format!("EVAL return 1 {{t{a}}}x {b}").replace("return 1 ", "return:1 1 "),
                9 => format!("XREAD COUNT 2 STREAMS {{s{a}}}1 {{s{a}}}2 0 0"),
                10 => "SCRIPT EXISTS abc".into(),
                11 => format!("SORT {{t{a}}}l LIMIT 0 5 STORE {{t{a}}}o"),
                12 => format!("PUBLISH channel{a} message"),
                13 => format!("EXISTS k{a} k{b} k{c}"),
                14 => "RANDOMKEY".into(),
                15 => "EVAL return:1 0".into(),
                _ => format!("HSET h{a} f v"),
            }
        })
        .collect()
}

#[test]
fn what_explain_says_is_what_is_sent_node_by_node_in_order() {
    let table = Table::default();
    let nodes = [at(7001), at(7002), at(7003)];
    let (mut parts, mut anywhere) = (0, 0);
    for seed in 1..=300 {
        let mut script = Script::ready(thirds());
        let lines = random_batch(seed);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let bytes = batch(&lines);
        let explained = script.core.explain(&bytes, &SubmitOptions::default()).unwrap();
        assert_eq!(explained.len(), lines.len());

        let mut planned: BTreeMap<Option<Address>, Vec<Sent>> = BTreeMap::new();
        for command in explained {
            let plan = command.plan.unwrap_or_else(|misuse| panic!("{misuse}"));
            for part in plan.parts {
                let keys = part.keys.iter().map(|key| String::from_utf8_lossy(key).into_owned()).collect();
                planned.entry(part.node).or_default().push((command.command.clone(), keys));
            }
        }
        script.submit(&lines);
        let sent = nodes.clone().map(|node| {
            let sent = script.take_sent(&node).iter().map(|line| read(&table, line)).collect();
            (node, sent)
        });
        let (bound, free) = compare(planned, sent, &format!("seed {seed}"));
        parts += bound;
        anywhere += free;
    }
    assert!(parts > 10_000 && anywhere > 100, "too little was compared: {parts}, {anywhere}");
}

/// Holds what each node was sent against what was planned for it, in order; how many commands were planned for a node, and
/// how many for any.
fn compare(
    mut planned: BTreeMap<Option<Address>, Vec<Sent>>,
    sent: impl IntoIterator<Item = (Address, Vec<Sent>)>,
    of: &str,
) -> (usize, usize) {
    let mut left = planned.remove(&None).unwrap_or_default();
    let (mut bound, free) = (0, left.len());
    for (node, mut sent) in sent {
        // What may go to any node was planned for none: it is taken out first.
        let planned = planned.remove(&Some(node.clone())).unwrap_or_default();
        sent.retain(|command| {
            let found = !planned.contains(command) && left.contains(command);
            if found {
                left.remove(left.iter().position(|free| free == command).unwrap());
            }
            !found
        });
        bound += sent.len();
        assert_eq!(sent, planned, "{of}, {node}");
    }
    assert!(left.is_empty(), "{of}: never sent: {left:?}");
    assert!(planned.is_empty(), "{of}: planned for nobody: {planned:?}");
    (bound, free)
}
