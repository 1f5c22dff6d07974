//! Merges by table: parts' replies as RESP, what they come to as text.

use alloc::{format, string::String, vec::Vec};

use bytes::Bytes;

use super::*;
use crate::{
    config::Limits,
    port::{NotExecuted, Ran},
    wire::decode::Decoder,
};

fn reply(resp: &str) -> Ended {
    let mut decoder = Decoder::new(Limits::default().decode);
    decoder.feed(Bytes::copy_from_slice(resp.as_bytes()));
    let frame = decoder.next().unwrap().expect("a whole reply");
    Ended::Reply(Kept::new(frame.words, frame.buffers))
}

fn error(ran: Ran, line: &'static str) -> Ended {
    Ended::ServerError { ran, line: Bytes::from_static(line.as_bytes()) }
}

fn not_executed(reason: NotExecuted) -> Ended {
    Ended::NotExecuted { reason, message: String::from("why") }
}

fn unknown() -> Ended {
    Ended::Unknown { attempts: 1, message: String::from("lost") }
}

/// Parts with the keys 0, 1, 2, ... dealt round.
fn parts(ended: Vec<Ended>, keys: u32) -> Vec<Part> {
    let count = u32::try_from(ended.len()).unwrap();
    let keys_of = |part: u32| (0..keys).filter(move |key| key % count == part).collect();
    (0..)
        .zip(ended)
        .map(|(part, ended)| Part {
            slot: None,
            node: String::new(),
            keys: keys_of(part),
            step: None,
            ended: Some(ended),
        })
        .collect()
}

fn text(words: &[u32], buffers: &[Bytes]) -> String {
    let node = Cursor::new(words).next().unwrap();
    if let Some(number) = integer(words) {
        return format!("{number}");
    }
    if node == Node::Null {
        return String::from("null");
    }
    let bytes = node.text().and_then(|leaf| leaf.of(buffers)).expect("a text");
    String::from_utf8_lossy(bytes).into_owned()
}

/// `One 0`, `Int 3`, `[a, 1]`, `{x: 1}`, `PerNode`, `Failed 0`, `Partial`. Of two that would do the second is taken.
fn merged(how: Merge, parts: &[Part]) -> String {
    let kept = |part: usize| match &parts[part].ended {
        Some(Ended::Reply(kept)) => kept,
        other => panic!("{other:?} has no value"),
    };
    match merge(how, parts, 3) {
        Whole::One(part) => format!("One {part}"),
        Whole::Int(value) => format!("Int {value}"),
        Whole::Array(pieces) => {
            let piece = |piece: &Piece<'_>| match piece {
                Piece::Int(value) => format!("{value}"),
                Piece::Of(part, words) => text(words, &kept(*part).buffers),
            };
            format!("[{}]", pieces.iter().map(piece).collect::<Vec<_>>().join(", "))
        }
        Whole::Sums(sums) => {
            let pair = |(name, sum): &(&[u8], i64)| format!("{}: {sum}", String::from_utf8_lossy(name));
            format!("{{{}}}", sums.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
        Whole::PerNode => String::from("PerNode"),
        Whole::Failed(part) => format!("Failed {part}"),
        Whole::Partial => String::from("Partial"),
    }
}

#[test]
fn replies_of_the_right_form_become_one() {
    let table: &[(Merge, &[&str], &str)] = &[
        (Merge::Single, &["+OK\r\n"], "One 0"),
        (Merge::Sum, &[":1\r\n", ":20\r\n", ":-300\r\n"], "Int -279"),
        (Merge::Min, &[":3\r\n", ":1\r\n", ":2\r\n"], "Int 1"),
        (Merge::Max, &[":3\r\n", ":1\r\n", ":7\r\n"], "Int 7"),
        (Merge::Min, &["*2\r\n:1\r\n:5\r\n", "*2\r\n:2\r\n:4\r\n"], "[1, 4]"),
        (Merge::And, &[":1\r\n", ":2\r\n"], "Int 1"),
        (Merge::And, &["*2\r\n:1\r\n:1\r\n", "*2\r\n:1\r\n:0\r\n"], "[1, 0]"),
        (Merge::And, &["*1\r\n#t\r\n", "*1\r\n#t\r\n"], "[1]"),
        (Merge::Or, &["#f\r\n", "#t\r\n"], "Int 1"),
        (Merge::Or, &["*2\r\n:0\r\n:0\r\n", "*2\r\n:1\r\n:0\r\n"], "[1, 0]"),
        (Merge::AllOk, &["+OK\r\n", "+OK\r\n"], "One 0"),
        (Merge::OneOk, &["+OK\r\n", "+OK\r\n"], "One 0"),
        (Merge::Concat, &["*1\r\n$1\r\nb\r\n", "*0\r\n", "~2\r\n$1\r\na\r\n$1\r\nb\r\n"], "[b, a, b]"),
        (Merge::Union, &["*2\r\n$1\r\nb\r\n$1\r\nb\r\n", "*2\r\n$1\r\na\r\n+b\r\n"], "[b, a]"),
        (Merge::AnyNonNull, &["_\r\n", "$1\r\nx\r\n", "$1\r\ny\r\n"], "One 2"),
        (Merge::AnyNonNull, &["$1\r\nx\r\n", "_\r\n", "_\r\n"], "One 0"),
        (Merge::AnyNonNull, &["$-1\r\n", "*-1\r\n"], "One 0"),
        (Merge::PerNode, &[":1\r\n", "+x\r\n"], "PerNode"),
        (Merge::SumPairs, &["*4\r\n$1\r\nx\r\n:1\r\n$1\r\ny\r\n:2\r\n", "*2\r\n$1\r\ny\r\n:5\r\n"], "{x: 1, y: 7}"),
        (Merge::SumPairs, &["%1\r\n$1\r\nx\r\n:1\r\n", "*2\r\n$1\r\nx\r\n:1\r\n"], "{x: 2}"),
        (Merge::SumPairs, &["*0\r\n", "%0\r\n"], "{}"),
    ];
    for (how, replies, expected) in table {
        let parts = parts(replies.iter().map(|resp| reply(resp)).collect(), 0);
        assert_eq!(merged(*how, &parts), *expected, "{how:?} of {replies:?}");
    }
}

#[test]
fn keys_find_their_position_again() {
    // Keys 0, 2, 4 went to the first part, 1 and 3 to the second.
    let ended = Vec::from([reply("*3\r\n$1\r\na\r\n$-1\r\n$1\r\ne\r\n"), reply("*2\r\n$1\r\nb\r\n:4\r\n")]);
    assert_eq!(merged(Merge::Position, &parts(ended, 5)), "[a, b, null, 4, e]");
}

#[test]
fn a_reply_of_another_form_is_shown_per_node_and_not_bent() {
    let table: &[(Merge, &[&str])] = &[
        (Merge::Sum, &[":1\r\n", "+many\r\n"]),
        (Merge::Sum, &[":9223372036854775807\r\n", ":1\r\n"]),
        (Merge::Sum, &[":1\r\n", "_\r\n"]),
        (Merge::Min, &[":1\r\n", "*1\r\n:1\r\n"]),
        (Merge::Min, &["*2\r\n:1\r\n:1\r\n", "*1\r\n:1\r\n"]),
        (Merge::And, &["*1\r\n$1\r\n1\r\n", "*1\r\n:1\r\n"]),
        (Merge::Or, &["%0\r\n", ":1\r\n"]),
        (Merge::Concat, &["*0\r\n", "$1\r\nx\r\n"]),
        (Merge::Concat, &["*0\r\n", "%1\r\n+a\r\n+b\r\n"]),
        (Merge::Union, &["*0\r\n", ":1\r\n"]),
        (Merge::SumPairs, &["*2\r\n$1\r\nx\r\n$1\r\n1\r\n"]),
        (Merge::SumPairs, &["*2\r\n$1\r\nx\r\n:9223372036854775807\r\n", "*2\r\n$1\r\nx\r\n:1\r\n"]),
        (Merge::SumPairs, &["+x\r\n"]),
    ];
    for (how, replies) in table {
        let parts = parts(replies.iter().map(|resp| reply(resp)).collect(), 0);
        assert_eq!(merged(*how, &parts), "PerNode", "{how:?} of {replies:?}");
    }
}

#[test]
fn an_array_of_another_length_than_its_keys_has_no_positions() {
    for wrong in ["*1\r\n$1\r\na\r\n", "*3\r\n:1\r\n:2\r\n:3\r\n", "$1\r\na\r\n", "*-1\r\n"] {
        let ended = Vec::from([reply(wrong), reply("*2\r\n:1\r\n:2\r\n")]);
        assert_eq!(merged(Merge::Position, &parts(ended, 4)), "PerNode", "{wrong:?}");
    }
}

#[test]
fn a_merge_never_upgrades() {
    let every = [
        Merge::Sum,
        Merge::Min,
        Merge::And,
        Merge::AllOk,
        Merge::Concat,
        Merge::Position,
        Merge::AnyNonNull,
        Merge::PerNode,
    ];
    for how in every {
        for other in [error(Ran::No, "OOM"), not_executed(NotExecuted::Expired), unknown()] {
            let told = format!("{how:?} with {other:?}");
            assert_eq!(merged(how, &parts(Vec::from([reply(":1\r\n"), other]), 2)), "Partial", "{told}");
        }
    }
}

#[test]
fn parts_that_failed_alike_fail_as_a_whole_and_others_are_told_apart() {
    let oom = || error(Ran::No, "OOM command not allowed");
    let table = [
        (Vec::from([oom(), oom()]), "Failed 0"),
        (Vec::from([oom(), error(Ran::Maybe, "ERR else")]), "Partial"),
        (Vec::from([oom(), error(Ran::No, "NOPERM else")]), "Partial"),
        (Vec::from([oom(), error(Ran::Maybe, "OOM command not allowed")]), "Partial"),
        (Vec::from([unknown(), unknown()]), "Failed 0"),
        (Vec::from([unknown(), oom()]), "Partial"),
        (Vec::from([not_executed(NotExecuted::Expired), not_executed(NotExecuted::Expired)]), "Failed 0"),
        (Vec::from([not_executed(NotExecuted::Expired), not_executed(NotExecuted::Cancelled)]), "Partial"),
        (Vec::from([not_executed(NotExecuted::Expired), unknown()]), "Partial"),
    ];
    for (ended, expected) in table {
        let told = format!("{ended:?}");
        assert_eq!(merged(Merge::AllOk, &parts(ended, 2)), expected, "{told}");
    }
}

#[test]
fn one_success_is_enough_where_one_node_can_succeed() {
    let busy = || error(Ran::No, "NOTBUSY No scripts in execution right now.");
    assert_eq!(merged(Merge::OneOk, &parts(Vec::from([busy(), reply("+OK\r\n"), unknown()]), 0)), "One 1");
    assert_eq!(merged(Merge::OneOk, &parts(Vec::from([busy(), busy()]), 0)), "Failed 0");
    assert_eq!(merged(Merge::OneOk, &parts(Vec::from([busy(), unknown()]), 0)), "Partial");
}
