//! DUMP and RESTORE: a value as one text. What stands in that is the model's own: to a client it is nothing but bytes.

use super::{
    Micros,
    data::{Db, Ran, Value, integer, is, syntax},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Ran> {
    Some(match name {
        "dump" => db.peek(&argv[1], now).map_or(Ok(Reply::Null), dump),
        "restore" => restore(db, argv, now),
        _ => return None,
    })
}

fn dump(value: &Value) -> Ran {
    let mut text = vec![kind(value).ok_or_else(|| Reply::error("ERR the model has no text for such a value"))?];
    let mut add = |item: &[u8]| {
        text.extend_from_slice(format!("{}:", item.len()).as_bytes());
        text.extend_from_slice(item);
    };
    match value {
        Value::Str(bytes) => add(bytes),
        Value::List(items) => items.iter().for_each(|item| add(item)),
        Value::Set(members) => members.iter().for_each(|member| add(member)),
        Value::Hash(pairs) => pairs.iter().for_each(|(field, value)| {
            add(field);
            add(value);
        }),
        Value::Zset(_) | Value::Stream(_) => {}
    }
    text.push(checksum(&text));
    Ok(Reply::bulk(&text))
}

fn restore(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let (mut replaces, mut is_absolute) = (false, false);
    for word in &argv[4..] {
        if is(word, "REPLACE") {
            replaces = true;
        } else if is(word, "ABSTTL") {
            is_absolute = true;
        } else {
            return Err(syntax());
        }
    }
    if !replaces && db.contains(&argv[1], now) {
        return Err(Reply::error("BUSYKEY Target key name already exists."));
    }
    let ttl = Micros::try_from(integer(&argv[2])?);
    let ttl = ttl.map_err(|_| Reply::error("ERR Invalid TTL value, must be >= 0"))?.saturating_mul(1_000);
    let value = read(&argv[3]).ok_or_else(|| Reply::error("ERR DUMP payload version or checksum are wrong"))?;
    let from = if is_absolute { 0 } else { now };
    let ends = (ttl > 0).then(|| ttl.saturating_add(from));
    if ends.is_some_and(|ends| ends <= now) {
        db.remove(&argv[1], now);
    } else {
        db.put(&argv[1], value, ends);
    }
    Ok(Reply::ok())
}

fn read(text: &[u8]) -> Option<Value> {
    let (sum, text) = text.split_last()?;
    let (kind, mut rest) = text.split_first()?;
    if checksum(text) != *sum {
        return None;
    }
    let mut items = Vec::new();
    while !rest.is_empty() {
        let colon = rest.iter().position(|&byte| byte == b':')?;
        let len: usize = std::str::from_utf8(&rest[..colon]).ok()?.parse().ok()?;
        items.push(rest.get(colon + 1..colon + 1 + len)?.to_vec());
        rest = &rest[colon + 1 + len..];
    }
    Some(match kind {
        b's' => Value::Str(items.pop()?),
        b'l' => Value::List(items.into()),
        b'e' => Value::Set(items.into_iter().collect()),
        b'h' => Value::Hash(items.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()),
        _ => return None,
    })
}

fn kind(value: &Value) -> Option<u8> {
    Some(match value {
        Value::Str(_) => b's',
        Value::List(_) => b'l',
        Value::Set(_) => b'e',
        Value::Hash(_) => b'h',
        Value::Zset(_) | Value::Stream(_) => return None,
    })
}

fn checksum(text: &[u8]) -> u8 {
    text.iter().fold(7, |sum: u8, byte| sum.rotate_left(3) ^ byte)
}
