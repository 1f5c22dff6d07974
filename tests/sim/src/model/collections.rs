//! Lists, hashes, sets, sorted sets.

use std::collections::VecDeque;

use super::{
    Argv, Micros,
    data::{Db, Value, integer, not_an_integer, wrong_type},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &Argv, now: Micros) -> Option<Reply> {
    let reply = match name {
        "rpush" | "lpush" => push(db, argv, name == "lpush", now),
        "lrange" => lrange(db, argv, now),
        "llen" => match db.peek(&argv[1], now) {
            None => Reply::Int(0),
            Some(Value::List(items)) => Reply::count(items.len()),
            Some(_) => wrong_type(),
        },
        _ => return None,
    };
    Some(reply)
}

fn push(db: &mut Db, argv: &Argv, in_front: bool, now: Micros) -> Reply {
    if !db.contains(&argv[1], now) {
        db.put(&argv[1], Value::List(VecDeque::new()), None);
    }
    let Some(Value::List(items)) = db.entry(&argv[1], now).map(|entry| &mut entry.value) else {
        return wrong_type();
    };
    for item in &argv[2..] {
        if in_front {
            items.push_front(item.clone());
        } else {
            items.push_back(item.clone());
        }
    }
    let length = items.len();
    db.touch(&argv[1]);
    Reply::count(length)
}

fn lrange(db: &Db, argv: &Argv, now: Micros) -> Reply {
    let (Some(first), Some(last)) = (integer(&argv[2]), integer(&argv[3])) else {
        return not_an_integer();
    };
    match db.peek(&argv[1], now) {
        None => Reply::Array(Vec::new()),
        Some(Value::List(items)) => {
            let range = range(first, last, items.len());
            Reply::bulks(items.iter().skip(range.start).take(range.len()))
        }
        Some(_) => wrong_type(),
    }
}

/// The server's ranges: both ends count, negative ones from the back.
pub(super) fn range(first: i64, last: i64, length: usize) -> std::ops::Range<usize> {
    let count = i64::try_from(length).unwrap_or(i64::MAX);
    let at = |index: i64| if index < 0 { count.saturating_add(index) } else { index };
    let start = at(first).clamp(0, count);
    let end = at(last).saturating_add(1).clamp(start, count);
    usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0)
}
