//! Strings, and what goes for keys of every type.

use super::{
    Micros,
    collections::range,
    data::{Db, Key, Ran, Value, glob, integer, is, syntax},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Ran> {
    let key = argv.get(1).map_or(&[][..], Vec::as_slice);
    Some(match name {
        "get" => get(db, key, now),
        "set" => set(db, argv, now),
        "setnx" => Ok(Reply::Int(i64::from(set_if_absent(db, argv, now)))),
        "getrange" => get_range(db, argv, now),
        "getdel" => get(db, key, now).inspect(|_| drop(db.remove(key, now))),
        "append" => append(db, argv, now),
        "strlen" => db.find(key, now, Value::string).map(|bytes| Reply::count(bytes.map_or(0, Vec::len))),
        "incr" => add(db, key, 1, now),
        "decr" => add(db, key, -1, now),
        "incrby" => integer(&argv[2]).and_then(|by| add(db, key, by, now)),
        "decrby" => integer(&argv[2]).and_then(|by| add(db, key, by.wrapping_neg(), now)),
        "mget" => Ok(Reply::Array(argv[1..].iter().map(|key| get(db, key, now).unwrap_or(Reply::Null)).collect())),
        "mset" | "msetnx" => mset(db, argv, name == "msetnx", now),
        "del" | "unlink" => Ok(count(argv, |key| db.remove(key, now).is_some())),
        "exists" | "touch" => Ok(count(argv, |key| db.contains(key, now))),
        "type" => Ok(Reply::Simple(db.peek(key, now).map_or("none", Value::type_name).into())),
        "expire" | "pexpire" => expire(db, argv, if name == "expire" { 1_000_000 } else { 1_000 }, now),
        "ttl" => Ok(remaining(db, key, 1_000_000, now)),
        "pttl" => Ok(remaining(db, key, 1_000, now)),
        "persist" => Ok(persist(db, key, now)),
        "dbsize" => Ok(Reply::count(db.keys(now).count())),
        "keys" => Ok(Reply::bulks(db.keys(now).filter(|name| glob(key, name)))),
        "randomkey" => Ok(db.keys(now).next().map_or(Reply::Null, Reply::bulk)),
        "scan" => scan(db, argv, now),
        "flushall" => Ok(flush(db, now)),
        _ => return None,
    })
}

fn get(db: &Db, key: &[u8], now: Micros) -> Ran {
    Ok(db.find(key, now, Value::string)?.map_or(Reply::Null, Reply::bulk))
}

fn get_range(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let (first, last) = (integer(&argv[2])?, integer(&argv[3])?);
    let text = db.find(&argv[1], now, Value::string)?.map_or(&[][..], Vec::as_slice);
    Ok(Reply::bulk(&text[range(first, last, text.len())]))
}

fn count(argv: &[Vec<u8>], counts: impl FnMut(&&Vec<u8>) -> bool) -> Reply {
    Reply::count(argv[1..].iter().filter(counts).count())
}

#[derive(Default)]
struct SetOptions {
    only_new: bool,
    only_old: bool,
    answer_old: bool,
    keep_ttl: bool,
    expires: Option<Micros>,
}

fn set_options(words: &[Vec<u8>], now: Micros) -> Result<SetOptions, Reply> {
    let mut options = SetOptions::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let unit = if is(word, "EX") || is(word, "EXAT") { 1_000_000 } else { 1_000 };
        if is(word, "NX") && !options.only_old {
            options.only_new = true;
        } else if is(word, "XX") && !options.only_new {
            options.only_old = true;
        } else if is(word, "GET") {
            options.answer_old = true;
        } else if is(word, "KEEPTTL") && options.expires.is_none() {
            options.keep_ttl = true;
        } else if ["EX", "PX", "EXAT", "PXAT"].iter().any(|name| is(word, name))
            && options.expires.is_none()
            && !options.keep_ttl
        {
            let number = integer(words.next().ok_or_else(syntax)?)?;
            let invalid = || Reply::error("ERR invalid expire time in 'set' command");
            let number = Micros::try_from(number).ok().filter(|number| *number > 0).ok_or_else(invalid)?;
            let from = if word.len() == 4 { 0 } else { now };
            options.expires =
                Some(number.checked_mul(unit).and_then(|span| span.checked_add(from)).ok_or_else(invalid)?);
        } else {
            return Err(syntax());
        }
    }
    Ok(options)
}

fn set(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let options = set_options(&argv[3..], now)?;
    let key = &argv[1];
    let old = if options.answer_old { get(db, key, now)? } else { Reply::Null };
    let exists = db.contains(key, now);
    if options.only_new && exists || options.only_old && !exists {
        return Ok(old);
    }
    let kept = db.peek_entry(key, now).and_then(|entry| entry.expires).filter(|_| options.keep_ttl);
    db.put(key, Value::Str(argv[2].clone()), options.expires.or(kept));
    Ok(if options.answer_old { old } else { Reply::ok() })
}

fn set_if_absent(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> bool {
    let absent = !db.contains(&argv[1], now);
    if absent {
        db.put(&argv[1], Value::Str(argv[2].clone()), None);
    }
    absent
}

fn mset(db: &mut Db, argv: &[Vec<u8>], only_new: bool, now: Micros) -> Ran {
    if argv.len().is_multiple_of(2) {
        let name = if only_new { "msetnx" } else { "mset" };
        return Err(Reply::error(format!("ERR wrong number of arguments for '{name}' command")));
    }
    if only_new && argv[1..].iter().step_by(2).any(|key| db.contains(key, now)) {
        return Ok(Reply::Int(0));
    }
    for pair in argv[1..].chunks(2) {
        db.put(&pair[0], Value::Str(pair[1].clone()), None);
    }
    Ok(if only_new { Reply::Int(1) } else { Reply::ok() })
}

fn append(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let bytes = db.demand(&argv[1], now, || Value::Str(Vec::new()), Value::string_mut)?;
    bytes.extend_from_slice(&argv[2]);
    let length = bytes.len();
    db.touch(&argv[1]);
    Ok(Reply::count(length))
}

fn add(db: &mut Db, key: &[u8], by: i64, now: Micros) -> Ran {
    let bytes = match db.find_mut(key, now, Value::string_mut)? {
        Some(bytes) => bytes,
        None => {
            db.put(key, Value::Str(by.to_string().into_bytes()), None);
            return Ok(Reply::Int(by));
        }
    };
    let sum = integer(bytes)?.checked_add(by);
    let sum = sum.ok_or_else(|| Reply::error("ERR increment or decrement would overflow"))?;
    *bytes = sum.to_string().into_bytes();
    db.touch(key);
    Ok(Reply::Int(sum))
}

fn expire(db: &mut Db, argv: &[Vec<u8>], unit: i64, now: Micros) -> Ran {
    let span = integer(&argv[2])?.saturating_mul(unit);
    let end = i64::try_from(now).unwrap_or(i64::MAX).saturating_add(span);
    let end = Micros::try_from(end).unwrap_or(0);
    let Some(entry) = db.entry(&argv[1], now) else {
        return Ok(Reply::Int(0));
    };
    entry.expires = Some(end);
    db.touch(&argv[1]);
    Ok(Reply::Int(1))
}

fn remaining(db: &Db, key: &[u8], unit: Micros, now: Micros) -> Reply {
    let Some(entry) = db.peek_entry(key, now) else {
        return Reply::Int(-2);
    };
    let Some(end) = entry.expires else {
        return Reply::Int(-1);
    };
    Reply::Int(i64::try_from((end - now + unit / 2) / unit).unwrap_or(i64::MAX))
}

fn persist(db: &mut Db, key: &[u8], now: Micros) -> Reply {
    let ended = db.entry(key, now).is_some_and(|entry| entry.expires.take().is_some());
    if ended {
        db.touch(key);
    }
    Reply::Int(i64::from(ended))
}

fn flush(db: &mut Db, now: Micros) -> Reply {
    let keys: Vec<Key> = db.keys(now).map(<[u8]>::to_vec).collect();
    for key in keys {
        db.remove(&key, now);
    }
    Reply::ok()
}

/// Keys in the order of a hash: the cursor is the place among the hashes, so that a key which stays is always met.
fn scan(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let cursor = std::str::from_utf8(&argv[1]).ok().and_then(|text| text.parse::<u64>().ok());
    let cursor = cursor.ok_or_else(|| Reply::error("ERR invalid cursor"))?;
    let (mut pattern, mut wanted, mut most) = (None, None, 10);
    let mut words = argv[2..].iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(syntax)?;
        if is(word, "MATCH") {
            pattern = Some(value);
        } else if is(word, "TYPE") {
            wanted = Some(String::from_utf8_lossy(value).to_lowercase());
        } else if is(word, "COUNT") {
            most = usize::try_from(integer(value)?).ok().filter(|most| *most > 0).ok_or_else(syntax)?;
        } else {
            return Err(syntax());
        }
    }
    let mut keys: Vec<_> = db.keys(now).map(|key| (place(key), key)).filter(|(place, _)| *place >= cursor).collect();
    keys.sort_unstable();
    // Keys of one place are never parted.
    let end = keys.get(most).map_or(keys.len(), |next| keys.partition_point(|(place, _)| *place < next.0).max(1));
    let next = keys.get(end).map_or(0, |(place, _)| *place);
    let matches = |key: &[u8]| {
        let typed = |name: &String| db.peek(key, now).is_some_and(|value| value.type_name() == name);
        pattern.is_none_or(|pattern| glob(pattern, key)) && wanted.as_ref().is_none_or(typed)
    };
    let page = keys[..end].iter().map(|(_, key)| *key).filter(|key| matches(key));
    Ok(Reply::Array(vec![Reply::bulk(next.to_string()), Reply::bulks(page)]))
}

/// FNV-1a, never 0: that is where a scan begins and ends.
fn place(key: &[u8]) -> u64 {
    let hash = key
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 16) | 1
}
