//! Strings, and what goes for keys of every type.

use super::{
    Argv, Micros,
    data::{Db, Value, integer, not_an_integer, wrong_type},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &Argv, now: Micros) -> Option<Reply> {
    let reply = match name {
        "get" => get(db, &argv[1], now),
        "set" => {
            db.put(&argv[1], Value::Str(argv[2].clone()), None);
            Reply::ok()
        }
        "append" => append(db, argv, now),
        "incr" => add(db, &argv[1], 1, now),
        "incrby" => integer(&argv[2]).map_or_else(not_an_integer, |by| add(db, &argv[1], by, now)),
        "del" | "unlink" => Reply::count(argv[1..].iter().filter(|key| db.remove(key, now).is_some()).count()),
        "exists" | "touch" => Reply::count(argv[1..].iter().filter(|key| db.contains(key, now)).count()),
        _ => return None,
    };
    Some(reply)
}

fn get(db: &Db, key: &[u8], now: Micros) -> Reply {
    match db.peek(key, now) {
        None => Reply::Null,
        Some(Value::Str(bytes)) => Reply::bulk(bytes),
        Some(_) => wrong_type(),
    }
}

fn append(db: &mut Db, argv: &Argv, now: Micros) -> Reply {
    let length = match db.entry(&argv[1], now).map(|entry| &mut entry.value) {
        None => {
            db.put(&argv[1], Value::Str(argv[2].clone()), None);
            return Reply::count(argv[2].len());
        }
        Some(Value::Str(bytes)) => {
            bytes.extend_from_slice(&argv[2]);
            bytes.len()
        }
        Some(_) => return wrong_type(),
    };
    db.touch(&argv[1]);
    Reply::count(length)
}

fn add(db: &mut Db, key: &[u8], by: i64, now: Micros) -> Reply {
    let Some(entry) = db.entry(key, now) else {
        db.put(key, Value::Str(by.to_string().into_bytes()), None);
        return Reply::Int(by);
    };
    let Value::Str(bytes) = &mut entry.value else {
        return wrong_type();
    };
    let Some(number) = integer(bytes) else {
        return not_an_integer();
    };
    let Some(sum) = number.checked_add(by) else {
        return Reply::error("ERR increment or decrement would overflow");
    };
    *bytes = sum.to_string().into_bytes();
    db.touch(key);
    Reply::Int(sum)
}
