//! Where keys are: every row of the table and rows of any specs, against the rule of the server's `getKeysUsingKeySpecs`
//! (and of `sortGetKeys`, `georadiusGetKeys`, `migrateGetKeys`), written as the rule reads.

use arbitrary::{Result, Unstructured};
use slotpipe_core::route::{
    classify::{self, Refusal, Rules, Target},
    command::{Begin, Find, Flags, Found, Handling, KeySpec, Keys, Row, find_keys},
    plan,
    slot::Slot,
    table::{Learned, Table},
};

use crate::commands::{Argv, Framed, argv};

/// One command of the table, and one of a row whose specs are the input's.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let Ok(command) = argv(&mut given) else { return };
    let table = Table::default();
    known(&table, &command);
    for row in Table::generated().filter(|row| named(row, &command)) {
        found(row, &command);
    }
    let Ok(learned) = learned(&mut given) else { return };
    found(learned.row(), &command);
}

fn named(row: &Row<'_>, command: &Argv) -> bool {
    command
        .first()
        .is_some_and(|name| row.name.split(' ').next().is_some_and(|own| name.eq_ignore_ascii_case(own.as_bytes())))
}

/// What `classify` says holds of the command.
pub(crate) fn known(table: &Table, command: &Argv) {
    let framed = Framed::new(command);
    let args = framed.args();
    for (no_split, at_node, standalone) in
        [(false, false, false), (true, false, false), (false, true, false), (false, false, true)]
    {
        for key_positions in [None, Some([1, 2].as_slice())] {
            let mut keys = Vec::new();
            let rules = Rules { no_split, at_node, standalone, key_positions, ..Rules::default() };
            let class = match classify::classify(table, args, rules, &mut keys) {
                Ok(class) => class,
                Err(Refusal::UnknownCommand) => continue,
                Err(Refusal::Misuse { code, message }) => {
                    assert!(!code.is_empty() && message.len() < 600, "{code}: {message}");
                    continue;
                }
            };
            let row = table.row(class.row);
            row.shape_of(args);
            row.blocks(args);
            let slots: Vec<Slot> = keys.iter().map(|&at| Slot::of(&command[at as usize])).collect();
            match class.target {
                Target::Slot(slot) => {
                    assert!(slots.is_empty() || slots[0] == slot, "{command:?}");
                    assert!(at_node || standalone || slots.iter().all(|&one| one == slot), "{command:?}");
                }
                Target::Split => {
                    assert!(slots.iter().any(|&one| one != slots[0]) && !no_split, "{command:?}");
                    let pieces = plan::cut(args, &keys);
                    assert!(pieces.len() > 1);
                }
                Target::Recipe(_) => assert!(slots.iter().any(|&one| one != slots[0]), "{command:?}"),
                Target::Any | Target::AllNodes | Target::AllPrimaries | Target::Owners | Target::Subscription => {
                    assert!(slots.is_empty(), "{command:?}")
                }
            }
        }
    }
}

/// Whether the row's keys are found where the rule says.
pub(crate) fn found(row: Row<'_>, command: &Argv) {
    let framed = Framed::new(command);
    let mut keys = Vec::new();
    let found = find_keys(row, framed.args(), &mut keys);
    let Some(expected) = naive(row, command) else { return };
    if expected.0 == Found::Invalid || found == Found::Invalid {
        return assert_eq!(found, expected.0, "{} {:?} {command:?}", row.name, row.keys);
    }
    let keys: Vec<usize> = keys.into_iter().map(|at| at as usize).collect();
    assert_eq!((found, keys), expected, "{} {:?} {command:?}", row.name, row.keys);
}

/// What the server finds. `None`: a command without its first argument, which its arity refuses before.
fn naive(row: Row<'_>, command: &Argv) -> Option<(Found, Vec<usize>)> {
    let is = |at: usize, word: &str| command.get(at).is_some_and(|arg| arg.eq_ignore_ascii_case(word.as_bytes()));
    let argc = command.len();
    let mut keys = Vec::new();
    let mut found = if row.flags.has(Flags::UNKNOWN_KEYS) { Found::Incomplete } else { Found::All };
    match row.keys {
        Keys::None => found = Found::All,
        Keys::First if argc < 2 => found = Found::Invalid,
        Keys::First => (keys, found) = (vec![1], Found::All),
        Keys::Specs(specs) => {
            for spec in specs.iter() {
                match naive_spec(spec, command) {
                    (Found::Invalid, _) => return Some((Found::Invalid, Vec::new())),
                    (Found::Incomplete, _) => found = Found::Incomplete,
                    (Found::All, more) => keys.extend(more),
                }
            }
        }
        Keys::Sort if argc < 2 => return None,
        Keys::Sort => {
            let mut store = None;
            let mut at = 2;
            found = Found::All;
            while at < argc {
                if is(at, "LIMIT") {
                    at += 2;
                } else if is(at, "GET") || is(at, "BY") {
                    (at, found) = (at + 1, Found::Incomplete);
                } else if is(at, "STORE") && at + 1 < argc {
                    store = Some(at + 1);
                }
                at += 1;
            }
            keys = [Some(1), store].into_iter().flatten().collect();
        }
        Keys::Georadius if argc < 6 => return None,
        Keys::Georadius => {
            let mut store = None;
            let mut at = 5;
            while at < argc {
                if (is(at, "STORE") || is(at, "STOREDIST")) && at + 1 < argc {
                    at += 1;
                    store = Some(at);
                }
                at += 1;
            }
            (keys, found) = ([Some(1), store].into_iter().flatten().collect(), Found::All);
        }
        Keys::Migrate if argc < 6 => return None,
        Keys::Migrate => {
            let mut at = 6;
            while at < argc && !is(at, "KEYS") {
                at += if is(at, "AUTH") {
                    2
                } else if is(at, "AUTH2") {
                    3
                } else {
                    1
                };
            }
            found = Found::All;
            keys = match (command[3].is_empty(), at < argc) {
                (true, true) => (at + 1..argc).collect(),
                (false, true) => Vec::new(),
                (_, false) => vec![3],
            };
        }
    }
    Some((found, keys))
}

fn naive_spec(spec: &KeySpec, command: &Argv) -> (Found, Vec<usize>) {
    let argc = i128::try_from(command.len()).expect("a number");
    let arg = |at: i128| usize::try_from(at).ok().and_then(|at| command.get(at));
    let begin = match &spec.begin {
        Begin::Unknown => return (Found::Incomplete, Vec::new()),
        Begin::Index(index) => i128::from(*index),
        Begin::Keyword { word, from } => {
            let is_word = |at: &i128| arg(*at).is_some_and(|arg| arg.eq_ignore_ascii_case(word.as_bytes()));
            // Forwards to before the last argument, or backwards to before the first.
            let from = i128::from(*from);
            let place = if from >= 0 { (from..argc - 1).find(is_word) } else { (2..=argc + from).rev().find(is_word) };
            let Some(place) = place else { return (Found::All, Vec::new()) };
            place + 1
        }
    };
    let (first, last, step) = match spec.find {
        Find::Unknown => return (Found::Incomplete, Vec::new()),
        Find::Range { last, step, limit } => {
            let last = i128::from(last);
            let left = (argc - begin).max(0);
            let end = if last >= 0 { begin + last } else { begin + left / i128::from(limit.max(1)) + last };
            (begin, end, i128::from(step.max(1)))
        }
        Find::Keynum { index, first, step } => {
            let count = arg(begin + i128::from(index)).and_then(|arg| canonical(arg)).filter(|&count| count >= 0);
            let Some(count) = count else { return (Found::Invalid, Vec::new()) };
            let (first, step) = (begin + i128::from(first), i128::from(step.max(1)));
            (first, first + (i128::from(count) - 1) * step, step)
        }
    };
    if last < first {
        return (Found::All, Vec::new());
    }
    let furthest = first + (last - first) / step * step;
    if furthest >= argc {
        return (Found::Invalid, Vec::new());
    }
    let step = usize::try_from(step).expect("a step");
    (Found::All, (first..=last).step_by(step).filter_map(|at| usize::try_from(at).ok()).collect())
}

/// A number as the server writes it.
fn canonical(text: &[u8]) -> Option<i64> {
    let number: i64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    (number.to_string().as_bytes() == text).then_some(number)
}

fn learned(given: &mut Unstructured<'_>) -> Result<Learned> {
    let specs = (0..given.int_in_range(0..=3)?).map(|_| spec(given)).collect::<Result<Vec<_>>>()?;
    let flags = *given.choose(&[0, Flags::UNKNOWN_KEYS, Flags::WRITE])?;
    Ok(Learned {
        name: "LEARNED".to_owned(),
        arity: -1,
        flags: Flags(flags),
        keys: Keys::Specs(specs.into()),
        handling: Handling::DEFAULT,
    })
}

/// Any key spec; most numbers are small, so that they find something.
pub(crate) fn spec(given: &mut Unstructured<'_>) -> Result<KeySpec> {
    let begin = match given.int_in_range(0..=5)? {
        0..=2 => Begin::Index(small(given)?),
        3 | 4 => {
            Begin::Keyword { word: (*given.choose(&["KEYS", "STREAMS", "STORE", "1"])?).into(), from: signed(given)? }
        }
        _ => Begin::Unknown,
    };
    let find = match given.int_in_range(0..=5)? {
        0..=2 => Find::Range { last: signed(given)?, step: small(given)?, limit: small(given)? },
        3 | 4 => Find::Keynum { index: small(given)?, first: small(given)?, step: small(given)? },
        _ => Find::Unknown,
    };
    Ok(KeySpec { begin, find })
}

fn small(given: &mut Unstructured<'_>) -> Result<u8> {
    if given.ratio(1, 10)? { given.arbitrary() } else { given.int_in_range(0..=4) }
}

fn signed(given: &mut Unstructured<'_>) -> Result<i8> {
    if given.ratio(1, 10)? { given.arbitrary() } else { given.int_in_range(-4..=4) }
}
