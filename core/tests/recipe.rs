//! Recipes on a small server in memory that fails at any step, in any way: no failure loses the data.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use slotpipe_core::{
    route::{
        recipe::{Heard, Kind, Next, Recipe, Whole},
        slot::Slot,
    },
    wire::{
        request::{Args, Requests},
        tape::{self, Leaf, Node},
    },
};

/// A key's value; in DUMP it is written as words.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Text(String),
    List(Vec<String>),
    Set(BTreeSet<String>),
}

type World = BTreeMap<String, (Held, i64)>;

enum Said {
    Int(i64),
    Null,
    Ok,
    Text(String),
    Members(Vec<String>),
    Error(&'static str),
}

/// What of a step is to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The server refuses it.
    Refused,
    /// It never ran.
    Lost,
    /// It ran, and nobody heard.
    Unheard,
}

fn dump(held: &Held) -> String {
    match held {
        Held::Text(text) => format!("T {text}"),
        Held::List(items) => format!("L {}", items.join(" ")),
        Held::Set(members) => format!("S {}", members.iter().cloned().collect::<Vec<_>>().join(" ")),
    }
}

fn restored(payload: &str) -> Held {
    let words = || payload[2..].split(' ').map(String::from);
    match &payload[..1] {
        "T" => Held::Text(payload[2..].into()),
        "L" => Held::List(words().collect()),
        _ => Held::Set(words().collect()),
    }
}

fn list<'w>(world: &'w mut World, key: &str) -> Result<&'w mut Vec<String>, Said> {
    match &mut world.entry(key.into()).or_insert((Held::List(Vec::new()), -1)).0 {
        Held::List(items) => Ok(items),
        Held::Text(_) | Held::Set(_) => Err(Said::Error("WRONGTYPE")),
    }
}

fn set<'w>(world: &'w mut World, key: &str) -> Result<&'w mut BTreeSet<String>, Said> {
    match &mut world.entry(key.into()).or_insert((Held::Set(BTreeSet::new()), -1)).0 {
        Held::Set(members) => Ok(members),
        Held::Text(_) | Held::List(_) => Err(Said::Error("WRONGTYPE")),
    }
}

fn serve(world: &mut World, words: &[String]) -> Said {
    let said = served(world, words).unwrap_or_else(|said| said);
    world.retain(|_, (held, _)| {
        !matches!(held, Held::List(items) if items.is_empty())
            && !matches!(held, Held::Set(members) if members.is_empty())
    });
    said
}

fn served(world: &mut World, words: &[String]) -> Result<Said, Said> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let key = word(1);
    let int = |n: usize| Said::Int(i64::try_from(n).unwrap());
    Ok(match word(0) {
        "DUMP" => world.get(key).map_or(Said::Null, |(held, _)| Said::Text(dump(held))),
        "PTTL" => Said::Int(world.get(key).map_or(-2, |(_, ttl)| *ttl)),
        "RESTORE" if world.contains_key(key) && word(4) != "REPLACE" => {
            Said::Error("BUSYKEY Target key name already exists.")
        }
        "RESTORE" => {
            let ttl = word(2).parse().unwrap();
            world.insert(key.into(), (restored(word(3)), if ttl == 0 { -1 } else { ttl }));
            Said::Ok
        }
        "DEL" => int(words[1..].iter().filter(|key| world.remove(*key).is_some()).count()),
        "EXISTS" => int(words[1..].iter().filter(|key| world.contains_key(*key)).count()),
        "MSETNX" if words[1..].chunks(2).any(|pair| world.contains_key(&pair[0])) => Said::Int(0),
        "MSETNX" => {
            for pair in words[1..].chunks(2) {
                world.insert(pair[0].clone(), (Held::Text(pair[1].clone()), -1));
            }
            Said::Int(1)
        }
        "LINDEX" => {
            let items = list(world, key)?;
            let item = if word(2) == "0" { items.first() } else { items.last() };
            item.map_or(Said::Null, |item| Said::Text(item.clone()))
        }
        "LPUSH" => {
            list(world, key)?.insert(0, word(2).into());
            Said::Int(1)
        }
        "RPUSH" => {
            list(world, key)?.push(word(2).into());
            Said::Int(1)
        }
        "LREM" => {
            let items = list(world, key)?;
            let mut all = items.iter();
            let at = if word(2) == "1" {
                all.position(|item| item == word(3))
            } else {
                all.rposition(|item| item == word(3))
            };
            Said::Int(at.map_or(0, |at| (items.remove(at), 1).1))
        }
        "SISMEMBER" => Said::Int(i64::from(set(world, key)?.contains(word(2)))),
        "SADD" => Said::Int(i64::from(set(world, key)?.insert(word(2).into()))),
        "SREM" => Said::Int(i64::from(set(world, key)?.remove(word(2)))),
        "SUNION" | "SUNIONSTORE" => {
            let is_store = word(0) == "SUNIONSTORE";
            let mut all = BTreeSet::new();
            for key in &words[1 + usize::from(is_store)..] {
                all.extend(set(world, key)?.clone());
            }
            if !is_store {
                return Ok(Said::Members(all.into_iter().collect()));
            }
            let count = all.len();
            world.insert(key.into(), (Held::Set(all), -1));
            int(count)
        }
        other => panic!("the server does not know {other}"),
    })
}

/// Words over a buffer, as a reply comes.
fn taped(said: &Said) -> (Vec<u32>, Vec<Bytes>) {
    let (mut words, mut bytes) = (Vec::new(), Vec::new());
    let mut text = |words: &mut Vec<u32>, text: &str| {
        let place = [bytes.len(), text.len()].map(|n| u32::try_from(n).unwrap());
        bytes.extend_from_slice(text.as_bytes());
        tape::push(words, Node::Bulk(Leaf { buffer: 0, offset: place[0], length: place[1] }));
    };
    match said {
        Said::Int(value) => tape::push(&mut words, Node::Int(*value)),
        Said::Null => tape::push(&mut words, Node::Null),
        Said::Ok => text(&mut words, "OK"),
        Said::Text(value) => text(&mut words, value),
        Said::Members(members) => {
            tape::push(&mut words, Node::Set(u32::try_from(members.len()).unwrap()));
            members.iter().for_each(|member| text(&mut words, member));
        }
        Said::Error(_) => {}
    }
    (words, vec![Bytes::from(bytes)])
}

fn request(step: &[u8]) -> Vec<String> {
    let mut spans = Vec::new();
    Requests::new(step, 0).next(&mut spans).unwrap().unwrap();
    Args::new(step, &spans).iter().map(|arg| String::from_utf8(arg.to_vec()).unwrap()).collect()
}

/// Runs a recipe; step `fault.0`, counted from 0, goes wrong. How it ended, and the steps that were sent.
fn cooked(
    world: &mut World,
    kind: Kind,
    command: &str,
    keys: &[u32],
    fault: Option<(usize, Fault)>,
) -> (Next, Vec<String>) {
    let args = command.split(' ').map(|word| Bytes::copy_from_slice(word.as_bytes())).collect();
    let mut recipe = Recipe::new(kind, args, keys.to_vec(), 7, 3_600_000);
    let (mut heard, mut sent) = (Vec::new(), Vec::new());
    loop {
        let told: Vec<Heard<'_>> = heard
            .iter()
            .map(|(said, (words, buffers)): &(Option<Said>, (Vec<u32>, Vec<Bytes>))| match said {
                None => Heard::Nothing,
                Some(Said::Error(line)) => Heard::Error(line.as_bytes()),
                Some(_) => Heard::Reply(words, buffers),
            })
            .collect();
        let steps = match recipe.next(&told, 100) {
            Next::Steps(steps) => steps,
            end @ (Next::Whole(_) | Next::Failed | Next::Stuck) => return (end, sent),
        };
        heard = steps
            .iter()
            .map(|step| {
                let words = request(step);
                let slots: BTreeSet<Slot> = match words[0].as_str() {
                    "RESTORE" | "LREM" | "LINDEX" | "LPUSH" | "RPUSH" | "SADD" | "SREM" | "SISMEMBER" => {
                        BTreeSet::new()
                    }
                    "MSETNX" => words[1..].iter().step_by(2).map(|key| Slot::of(key.as_bytes())).collect(),
                    _ => words[1..].iter().map(|key| Slot::of(key.as_bytes())).collect(),
                };
                assert!(slots.len() <= 1, "a step over several slots: {words:?}");
                let fault = fault.filter(|(at, _)| *at == sent.len()).map(|(_, fault)| fault);
                sent.push(words.join(" "));
                let said = match fault {
                    Some(Fault::Refused) => Some(Said::Error("NOPERM no permissions")),
                    Some(Fault::Lost) => None,
                    Some(Fault::Unheard) => (serve(world, &words), None).1,
                    None => Some(serve(world, &words)),
                };
                let tape = said.as_ref().map(taped).unwrap_or_default();
                (said, tape)
            })
            .collect();
        assert!(sent.len() < 200, "{command} does not end: {sent:?}");
    }
}

fn world(keys: &[(&str, &str, i64)]) -> World {
    keys.iter().map(|&(key, payload, ttl)| (key.into(), (restored(payload), ttl))).collect()
}

/// The command, its keys, what is there before, and the elements that may not be lost.
type Case = (Kind, &'static str, &'static [u32], &'static [(&'static str, &'static str, i64)], &'static [&'static str]);

const CASES: &[Case] = &[
    (Kind::Rename, "RENAME a b", &[1, 2], &[("a", "T precious", 1500), ("b", "T old", -1)], &["precious"]),
    (Kind::RenameNx, "RENAMENX a b", &[1, 2], &[("a", "L precious 2", -1)], &["precious"]),
    (Kind::Copy, "COPY a b REPLACE", &[1, 2], &[("a", "S precious", -1)], &["precious"]),
    (
        Kind::MoveElement,
        "LMOVE a b LEFT RIGHT",
        &[1, 2],
        &[("a", "L precious 2", -1), ("b", "L 9", -1)],
        &["precious", "2", "9"],
    ),
    (Kind::MoveElement, "RPOPLPUSH a b", &[1, 2], &[("a", "L 1 precious", 99)], &["precious", "1"]),
    (
        Kind::MoveMember,
        "SMOVE a b precious",
        &[1, 2],
        &[("a", "S 1 precious", -1), ("b", "S 9", -1)],
        &["precious", "1", "9"],
    ),
    (Kind::Store, "SUNIONSTORE a b c", &[1, 2, 3], &[("b", "S precious", -1), ("c", "S 2", -1)], &["precious", "2"]),
    (Kind::Combine, "SUNION a b c", &[1, 2, 3], &[("b", "S precious", -1), ("c", "S 2", -1)], &["precious", "2"]),
    (Kind::SetAll, "MSETNX a 1 b 2", &[1, 3], &[("c", "T precious", -1)], &["precious"]),
];

#[test]
fn without_a_failure_each_recipe_ends_as_its_command_does() {
    for &(kind, command, keys, before, _) in CASES {
        let mut after = world(before);
        let (end, sent) = cooked(&mut after, kind, command, keys, None);
        let Next::Whole(whole) = end else { panic!("{command}: {end:?} after {sent:?}") };
        assert!(after.keys().all(|key| !key.contains("slotpipe")), "{command} leaves copies: {after:?}");
        let held = |key: &str| after.get(key).map(|(held, ttl)| (dump(held), *ttl));
        match command {
            "RENAME a b" => {
                assert_eq!((whole, held("a"), held("b")), (Whole::Ok, None, Some(("T precious".into(), 1500))))
            }
            "LMOVE a b LEFT RIGHT" => {
                assert_eq!((held("a"), held("b")), (Some(("L 2".into(), -1)), Some(("L 9 precious".into(), -1))));
            }
            "SUNIONSTORE a b c" => assert_eq!((whole, held("a")), (Whole::Int(2), Some(("S 2 precious".into(), -1)))),
            _ => {}
        }
    }
}

#[test]
fn no_failure_at_any_step_loses_the_data() {
    for &(kind, command, keys, before, precious) in CASES {
        let steps = cooked(&mut world(before), kind, command, keys, None).1.len();
        for (at, fault) in
            (0..steps).flat_map(|at| [Fault::Refused, Fault::Lost, Fault::Unheard].map(|fault| (at, fault)))
        {
            let mut after = world(before);
            let (end, sent) = cooked(&mut after, kind, command, keys, Some((at, fault)));
            let is_tidying = sent[at].starts_with("DEL") && sent[at].contains("slotpipe");
            assert_eq!(matches!(end, Next::Whole(_)), is_tidying, "{command}, {fault:?} at {at} of {sent:?}: {end:?}");
            for element in precious {
                let is_held = |key: &&String| {
                    !key.contains("slotpipe") && dump(&after[*key].0).split(' ').any(|word| word == *element)
                };
                assert!(
                    after.keys().any(|key| is_held(&key)),
                    "{command}, {fault:?} at {at} of {sent:?}: {element} is lost, {after:?}"
                );
            }
            let may_leave = fault != Fault::Refused || is_tidying;
            assert!(
                may_leave || after.keys().all(|key| !key.contains("slotpipe")),
                "{command} at {at}: copies are left"
            );
            assert!(
                after.iter().all(|(key, (_, ttl))| !key.contains("slotpipe") || *ttl > 0),
                "a copy that stays for ever"
            );
        }
    }
}

#[test]
fn copies_stand_in_the_slot_of_their_destination_whatever_its_braces() {
    for destination in ["a", "{a}b", "a}b", "a{}b", "{", "}", "{}", "x{y}z{w}"] {
        let mut world = world(&[("b", "S 1", -1), ("c", "S 2", -1)]);
        let command = format!("SUNIONSTORE {destination} b c");
        let (end, sent) = cooked(&mut world, Kind::Store, &command, &[1, 2, 3], None);
        assert_eq!(end, Next::Whole(Whole::Int(2)), "{sent:?}");
    }
}

#[test]
fn who_is_always_second_gives_up() {
    let args = ["LMOVE", "a", "b", "LEFT", "LEFT"].map(|word| Bytes::from_static(word.as_bytes())).to_vec();
    let mut recipe = Recipe::new(Kind::MoveElement, args, vec![1, 2], 7, 1);
    let mut reply: Option<Said> = None;
    for _ in 0..200 {
        let tape = reply.as_ref().map(taped).unwrap_or_default();
        let heard: Vec<Heard<'_>> = reply.iter().map(|_| Heard::Reply(&tape.0, &tape.1)).collect();
        match recipe.next(&heard, 0) {
            Next::Steps(steps) => {
                let words = request(&steps[0]);
                reply = Some(match words[0].as_str() {
                    "LINDEX" => Said::Text("x".into()),
                    "LREM" if words[1] == "a" => Said::Int(0),
                    _ => Said::Int(1),
                });
            }
            end @ (Next::Whole(_) | Next::Failed | Next::Stuck) => return assert_eq!(end, Next::Stuck),
        }
    }
    panic!("it goes on for ever");
}
