//! Commands that are cut or sent everywhere: the parts cover the command exactly, each goes to the owner of its slot, and
//! the one reply that comes of the parts' replies has for every key its own.

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{LinkId, Micros, OutcomeKind, SubmitOptions},
    route::{
        command::{Flags, Handling, Keys, Row, Split},
        plan,
        slot::Slot,
    },
    wire::encode,
};

use crate::{
    commands::{Argv, Framed, requests},
    reference::Value,
    resp::{self, bulk},
    servers,
    world::World,
};

/// A command that is cut by any rule, and one that a cluster of three answers.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let _ = pieces_cover(&mut given);
    let _ = replies_meet(&mut given);
}

/// As many as there are slots to tell apart, and some that share one.
fn key(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let number: u8 = given.arbitrary()?;
    let tag = number % 9;
    Ok(match number % 3 {
        0 => format!("{{{tag}}}:{number}").into_bytes(),
        1 => number.to_string().into_bytes(),
        _ => resp::text(given)?,
    })
}

/// Any way to cut, without a cluster: what was given comes out again, once.
fn pieces_cover(given: &mut Unstructured<'_>) -> Result<()> {
    let (split, step, counted, tail) = match given.int_in_range(0..=2)? {
        0 => {
            let tail = given.int_in_range(0..=2)?;
            (Split::Keys { tail }, 1, false, usize::from(tail))
        }
        1 => {
            let step = given.int_in_range(1..=4)?;
            (Split::Groups { step }, usize::from(step), false, 0)
        }
        _ => {
            let step = given.int_in_range(1..=3)?;
            (Split::Counted { step }, usize::from(step), true, given.int_in_range(0..=2)?)
        }
    };
    let count = given.int_in_range(1..=12)?;
    let mut groups = Vec::new();
    for _ in 0..count {
        let mut group = vec![key(given)?];
        group.extend((1..step).map(|at| format!("value {at}").into_bytes()));
        groups.push(group);
    }
    let ending: Argv = (0..tail).map(|at| format!("ending {at}").into_bytes()).collect();
    let mut argv = vec![b"CUT".to_vec()];
    argv.extend(counted.then(|| count.to_string().into_bytes()));
    let first = argv.len();
    argv.extend(groups.concat());
    argv.extend(ending.clone());

    let handling = Handling { split, ..Handling::DEFAULT };
    let row = Row { name: "CUT", arity: -2, flags: Flags(Flags::WRITE), keys: &Keys::None, handling: &handling };
    let framed = Framed::new(&argv);
    let positions: Vec<u32> =
        (0..groups.len()).map(|at| u32::try_from(first + at * step).expect("a position")).collect();
    let pieces = plan::cut(framed.args(), &positions);

    let mut seen: Vec<Option<Slot>> = vec![None; groups.len()];
    let mut slots: Vec<Slot> = Vec::new();
    for piece in &pieces {
        assert!(!slots.contains(&piece.slot), "two pieces for one slot");
        slots.push(piece.slot);
        assert!(piece.keys.is_sorted() && !piece.keys.is_empty());
        let mut expected = vec![b"CUT".to_vec()];
        expected.extend(counted.then(|| piece.keys.len().to_string().into_bytes()));
        for &ordinal in &piece.keys {
            let group = &groups[ordinal as usize];
            assert_eq!(Slot::of(&group[0]), piece.slot);
            assert_eq!(seen[ordinal as usize].replace(piece.slot), None, "a key in two pieces");
            expected.extend(group.clone());
        }
        expected.extend(ending.clone());
        let mut written = Vec::new();
        plan::write_piece(row, framed.args(), &positions, piece, &mut written);
        assert_eq!(requests(&written), (vec![expected], written.len()));
    }
    assert!(seen.iter().all(Option::is_some), "a key in no piece");
    // In the order in which the slots first appear.
    let firsts: Vec<u32> = pieces.iter().map(|piece| piece.keys[0]).collect();
    assert!(firsts.is_sorted());
    Ok(())
}

/// Commands that a user may give with keys anywhere, or for every node.
const COMMANDS: [&str; 12] = [
    "MGET",
    "MSET",
    "DEL",
    "EXISTS",
    "TOUCH",
    "UNLINK",
    "DBSIZE",
    "KEYS",
    "PUBSUB NUMSUB",
    "SCRIPT EXISTS",
    "JSON.MGET",
    "FLUSHALL",
];

/// A cluster of three: who gets what, and what the caller gets.
fn replies_meet(given: &mut Unstructured<'_>) -> Result<()> {
    let name = given.choose(&COMMANDS)?;
    let mut keys = Vec::new();
    for _ in 0..given.int_in_range(1..=10)? {
        keys.push(key(given)?);
    }
    let mut argv: Argv = name.split(' ').map(|word| word.as_bytes().to_vec()).collect();
    match *name {
        "MSET" => argv.extend(keys.iter().flat_map(|key| [key.clone(), value(key)])),
        "DBSIZE" | "FLUSHALL" => {}
        "KEYS" => argv.push(b"*".to_vec()),
        "JSON.MGET" => argv.extend(keys.iter().cloned().chain([b"$".to_vec()])),
        _ => argv.extend(keys.iter().cloned()),
    }

    let mut world = ready();
    let mut batch = Vec::new();
    encode::command(&mut batch, &argv);
    let submitted = world.submit(batch, &SubmitOptions::default()).expect("a command that is taken");
    world.poll();
    let mut sent: Vec<(u16, Argv)> = Vec::new();
    for _ in 0..64 {
        for link in world.links.keys().copied().collect::<Vec<_>>() {
            answer(&mut world, link, &mut sent);
        }
        world.poll();
        if world.told[0].is_some() {
            break;
        }
    }
    assert_eq!((submitted.first.0, submitted.count), (0, 1));
    covers(name, &argv, &keys, &sent);
    let (outcome, body) = world.told[0].clone().expect("an outcome");
    assert_eq!(outcome, OutcomeKind::Reply, "{body:?}");
    is_merged(name, &keys, &sent, &body[0]);
    Ok(())
}

fn ready() -> World<Cluster> {
    let config = Config { seeds: servers::nodes()[..1].to_vec(), ..Config::default() };
    let mut world = World::new(config, Micros(1_000_000), Cluster::new);
    let mut clients = 0;
    for _ in 0..4 {
        world.poll();
        for link in world.links.keys().copied().collect::<Vec<_>>() {
            world.connected(link);
            world.answer_all(link, |_, argv| servers::honest(argv, &mut clients));
        }
    }
    world
}

/// Answers what is pending, and keeps what users sent.
fn answer(world: &mut World<Cluster>, link: LinkId, sent: &mut Vec<(u16, Argv)>) {
    world.connected(link);
    world.poll();
    let mut clients = 0;
    world.answer_all(link, |address, argv| {
        servers::greeting(argv, &mut clients).unwrap_or_else(|| {
            sent.push((address.port, argv.clone()));
            let mut bytes = Vec::new();
            resp::write(&reply(address.port, argv), true, &mut bytes);
            bytes
        })
    });
}

fn value(key: &[u8]) -> Vec<u8> {
    [b"value of ", key].concat()
}

/// What the node at `port` answers: of each key its own, of the node a number that no other has.
fn reply(port: u16, argv: &Argv) -> Value {
    let values = |keys: &[Vec<u8>]| Value::Array(keys.iter().map(|key| bulk(value(key))).collect());
    match argv[0].as_slice() {
        b"MGET" => values(&argv[1..]),
        b"JSON.MGET" => values(&argv[1..argv.len() - 1]),
        b"DEL" | b"EXISTS" | b"TOUCH" | b"UNLINK" => Value::Int(i64::try_from(argv.len() - 1).expect("a number")),
        b"DBSIZE" => Value::Int(i64::from(port)),
        b"KEYS" => Value::Array(vec![bulk(format!("key of {port}"))]),
        b"PUBSUB" => Value::Array(argv[2..].iter().flat_map(|channel| [bulk(channel), Value::Int(1)]).collect()),
        b"SCRIPT" => {
            Value::Array(argv[2..].iter().map(|sha| Value::Int(i64::from(!sha.is_empty() || port == 7002))).collect())
        }
        _ => Value::Simple(b"OK".to_vec()),
    }
}

/// Whether every key went to the owner of its slot, once, with what belongs to it; or the whole to each primary, once.
fn covers(name: &str, argv: &Argv, keys: &[Vec<u8>], sent: &[(u16, Argv)]) {
    let owner = |key: &[u8]| {
        let slot = Slot::of(key).number();
        servers::SHARES.into_iter().find(|&(first, last, _)| (first..=last).contains(&slot)).map(|(.., port)| port)
    };
    let step = if name == "MSET" { 2 } else { 1 };
    let tail = usize::from(name == "JSON.MGET");
    let is_cut = ["MGET", "MSET", "DEL", "EXISTS", "TOUCH", "UNLINK", "JSON.MGET"].contains(&name);
    if !is_cut {
        let mut ports: Vec<u16> = sent.iter().map(|&(port, _)| port).collect();
        ports.sort_unstable();
        assert_eq!(ports, [7001, 7002, 7003]);
        return assert!(sent.iter().all(|(_, part)| part == argv));
    }
    let mut got: BTreeMap<u16, Vec<&[Vec<u8>]>> = BTreeMap::new();
    for (port, part) in sent {
        assert_eq!(part[0], argv[0]);
        let groups = part[1..part.len() - tail].chunks(step);
        assert_eq!(part[part.len() - tail..], argv[argv.len() - tail..]);
        for group in groups {
            assert_eq!(owner(&group[0]), Some(*port), "{group:?}");
            got.entry(Slot::of(&group[0]).number()).or_default().push(group);
        }
    }
    let mut expected: BTreeMap<u16, Vec<&[Vec<u8>]>> = BTreeMap::new();
    for group in argv[1..argv.len() - tail].chunks(step) {
        expected.entry(Slot::of(&group[0]).number()).or_default().push(group);
    }
    assert_eq!(got, expected, "by slot, in the order given");
    assert_eq!(keys.len(), expected.values().map(Vec::len).sum::<usize>());
}

/// Whether the one reply is what the parts' replies come to.
fn is_merged(name: &str, keys: &[Vec<u8>], sent: &[(u16, Argv)], merged: &Value) {
    let count = i64::try_from(keys.len()).expect("a number");
    let expected = match name {
        "MGET" | "JSON.MGET" => Value::Array(keys.iter().map(|key| bulk(value(key))).collect()),
        "DEL" | "EXISTS" | "TOUCH" | "UNLINK" => Value::Int(count),
        "DBSIZE" => Value::Int(7001 + 7002 + 7003),
        "KEYS" => {
            let (Value::Array(found) | Value::Set(found)) = merged else { panic!("{merged:?}") };
            let mut found: Vec<String> = found.iter().map(|key| format!("{key:?}")).collect();
            let mut all: Vec<String> =
                sent.iter().map(|(port, _)| format!("{:?}", bulk(format!("key of {port}")))).collect();
            found.sort();
            all.sort();
            return assert_eq!(found, all);
        }
        "PUBSUB NUMSUB" => {
            let Value::Map(pairs) = merged else { panic!("{merged:?}") };
            let sum: i64 = pairs.iter().map(|value| if let Value::Int(sum) = value { *sum } else { 0 }).sum();
            return assert_eq!(sum, count * 3);
        }
        // And over the nodes: an empty digest is known to one node alone.
        "SCRIPT EXISTS" => Value::Array(keys.iter().map(|key| Value::Bool(!key.is_empty())).collect()),
        _ => Value::Simple(b"OK".to_vec()),
    };
    assert_eq!(*merged, expected);
}
