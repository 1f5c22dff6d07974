//! Lists, hashes, sets.

use std::{
    collections::{BTreeSet, VecDeque},
    ops::Range,
};

use super::{
    Micros,
    data::{Db, Ran, Value, integer, is, syntax},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Ran> {
    let key = argv.get(1).map_or(&[][..], Vec::as_slice);
    Some(match name {
        "rpush" | "lpush" => push(db, argv, name == "lpush", now),
        "lpop" | "rpop" => pop(db, argv, name == "lpop", now),
        "lrange" => lrange(db, argv, now),
        "lindex" => lindex(db, argv, now),
        "llen" => db.find(key, now, Value::list).map(|list| Reply::count(list.map_or(0, VecDeque::len))),
        "lrem" => lrem(db, argv, now),
        "lmove" => move_between(db, &argv[1], &argv[2], &argv[3], &argv[4], now),
        "rpoplpush" => move_between(db, &argv[1], &argv[2], b"RIGHT", b"LEFT", now),
        "hset" => hset(db, argv, now),
        "hget" => hget(db, argv, now),
        "hgetall" => hgetall(db, key, now),
        "hdel" => hdel(db, argv, now),
        "hlen" => db.find(key, now, Value::hash).map(|hash| Reply::count(hash.map_or(0, Vec::len))),
        "sadd" => sadd(db, argv, now),
        "srem" => srem(db, argv, now),
        "smembers" => db.find(key, now, Value::set).map(|set| Reply::Set(members(set))),
        "scard" => db.find(key, now, Value::set).map(|set| Reply::count(set.map_or(0, BTreeSet::len))),
        "sismember" => {
            let found = db.find(key, now, Value::set);
            found.map(|set| Reply::Int(set.is_some_and(|set| set.contains(&argv[2])).into()))
        }
        "sdiff" | "sinter" | "sunion" => combine(db, name, &argv[1..], now).map(|set| Reply::Set(members(Some(&set)))),
        "sdiffstore" | "sinterstore" | "sunionstore" => combine_into(db, name, argv, now),
        _ => return None,
    })
}

fn push(db: &mut Db, argv: &[Vec<u8>], in_front: bool, now: Micros) -> Ran {
    let list = db.demand(&argv[1], now, || Value::List(VecDeque::new()), Value::list_mut)?;
    for item in &argv[2..] {
        put(list, item.clone(), in_front);
    }
    let length = list.len();
    db.touch(&argv[1]);
    Ok(Reply::count(length))
}

fn put(list: &mut VecDeque<Vec<u8>>, item: Vec<u8>, in_front: bool) {
    if in_front {
        list.push_front(item);
    } else {
        list.push_back(item);
    }
}

fn pop(db: &mut Db, argv: &[Vec<u8>], in_front: bool, now: Micros) -> Ran {
    if argv.len() > 3 {
        let name = if in_front { "lpop" } else { "rpop" };
        return Err(Reply::error(format!("ERR wrong number of arguments for '{name}' command")));
    }
    let Some(count) = argv.get(2) else {
        return Ok(pop_one(db, &argv[1], in_front, now)?.map_or(Reply::Null, Reply::Bulk));
    };
    let count = usize::try_from(integer(count)?);
    let count = count.map_err(|_| Reply::error("ERR value is out of range, must be positive"))?;
    if db.find(&argv[1], now, Value::list)?.is_none() {
        return Ok(Reply::NullArray);
    }
    let mut items = Vec::new();
    while items.len() < count {
        match pop_one(db, &argv[1], in_front, now)? {
            Some(item) => items.push(Reply::Bulk(item)),
            None => break,
        }
    }
    Ok(Reply::Array(items))
}

/// Takes one item; a list that becomes empty is gone.
pub(super) fn pop_one(db: &mut Db, key: &[u8], in_front: bool, now: Micros) -> Result<Option<Vec<u8>>, Reply> {
    let Some(list) = db.find_mut(key, now, Value::list_mut)? else {
        return Ok(None);
    };
    let item = if in_front { list.pop_front() } else { list.pop_back() };
    if list.is_empty() {
        db.remove(key, now);
    } else {
        db.touch(key);
    }
    Ok(item)
}

/// LMOVE; nil if there is nothing to move.
pub(super) fn move_between(db: &mut Db, from: &[u8], to: &[u8], out: &[u8], into: &[u8], now: Micros) -> Ran {
    let side = |word: &[u8]| match (is(word, "LEFT"), is(word, "RIGHT")) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(syntax()),
    };
    let (out, into) = (side(out)?, side(into)?);
    if db.find(from, now, Value::list)?.is_none() {
        return Ok(Reply::Null);
    }
    db.find(to, now, Value::list)?;
    let Some(item) = pop_one(db, from, out, now)? else {
        return Ok(Reply::Null);
    };
    let list = db.demand(to, now, || Value::List(VecDeque::new()), Value::list_mut)?;
    put(list, item.clone(), into);
    db.touch(to);
    Ok(Reply::Bulk(item))
}

fn lrange(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let (first, last) = (integer(&argv[2])?, integer(&argv[3])?);
    let Some(list) = db.find(&argv[1], now, Value::list)? else {
        return Ok(Reply::Array(Vec::new()));
    };
    let range = range(first, last, list.len());
    Ok(Reply::bulks(list.iter().skip(range.start).take(range.len())))
}

fn lindex(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let at = integer(&argv[2])?;
    let Some(list) = db.find(&argv[1], now, Value::list)? else {
        return Ok(Reply::Null);
    };
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    let at = usize::try_from(if at < 0 { at + length } else { at });
    Ok(at.ok().and_then(|at| list.get(at)).map_or(Reply::Null, Reply::bulk))
}

fn lrem(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let count = integer(&argv[2])?;
    let Some(list) = db.find_mut(&argv[1], now, Value::list_mut)? else {
        return Ok(Reply::Int(0));
    };
    let most = if count == 0 { usize::MAX } else { usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX) };
    let mut places: Vec<usize> = (0..list.len()).filter(|&place| list[place] == argv[3]).collect();
    if count < 0 {
        places.reverse();
    }
    places.truncate(most);
    places.sort_unstable();
    for &place in places.iter().rev() {
        list.remove(place);
    }
    let empty = list.is_empty();
    changed(db, &argv[1], places.len(), empty, now)
}

/// The server's ranges: both ends count, negative ones from the back.
pub(super) fn range(first: i64, last: i64, length: usize) -> Range<usize> {
    let count = i64::try_from(length).unwrap_or(i64::MAX);
    let at = |index: i64| if index < 0 { count.saturating_add(index) } else { index };
    let start = at(first).clamp(0, count);
    let end = at(last).saturating_add(1).clamp(start, count);
    usize::try_from(start).unwrap_or(0)..usize::try_from(end).unwrap_or(0)
}

fn hset(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    if !argv.len().is_multiple_of(2) {
        return Err(Reply::error("ERR wrong number of arguments for 'hset' command"));
    }
    let hash = db.demand(&argv[1], now, || Value::Hash(Vec::new()), Value::hash_mut)?;
    let mut added = 0;
    for pair in argv[2..].chunks(2) {
        match hash.iter_mut().find(|(field, _)| *field == pair[0]) {
            Some((_, value)) => value.clone_from(&pair[1]),
            None => {
                hash.push((pair[0].clone(), pair[1].clone()));
                added += 1;
            }
        }
    }
    db.touch(&argv[1]);
    Ok(Reply::Int(added))
}

fn hget(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let hash = db.find(&argv[1], now, Value::hash)?;
    let found = hash.and_then(|hash| hash.iter().find(|(field, _)| *field == argv[2]));
    Ok(found.map_or(Reply::Null, |(_, value)| Reply::bulk(value)))
}

fn hgetall(db: &Db, key: &[u8], now: Micros) -> Ran {
    let hash = db.find(key, now, Value::hash)?;
    let pairs = hash.into_iter().flatten().map(|(field, value)| (Reply::bulk(field), Reply::bulk(value)));
    Ok(Reply::Map(pairs.collect()))
}

fn hdel(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let Some(hash) = db.find_mut(&argv[1], now, Value::hash_mut)? else {
        return Ok(Reply::Int(0));
    };
    let before = hash.len();
    hash.retain(|(field, _)| !argv[2..].contains(field));
    let (removed, empty) = (before - hash.len(), hash.is_empty());
    changed(db, &argv[1], removed, empty, now)
}

fn sadd(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let set = db.demand(&argv[1], now, || Value::Set(BTreeSet::new()), Value::set_mut)?;
    let added = argv[2..].iter().filter(|member| set.insert((*member).clone())).count();
    changed(db, &argv[1], added, false, now)
}

fn srem(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let Some(set) = db.find_mut(&argv[1], now, Value::set_mut)? else {
        return Ok(Reply::Int(0));
    };
    let removed = argv[2..].iter().filter(|member| set.remove(*member)).count();
    let empty = set.is_empty();
    changed(db, &argv[1], removed, empty, now)
}

/// SDIFF, SINTER or SUNION: where nothing is, is the empty set.
fn combine(db: &Db, name: &str, keys: &[Vec<u8>], now: Micros) -> Result<BTreeSet<Vec<u8>>, Reply> {
    let sets = keys.iter().map(|key| Ok(db.find(key, now, Value::set)?.cloned().unwrap_or_default()));
    let sets = sets.collect::<Result<Vec<_>, Reply>>()?;
    let whole = sets.into_iter().reduce(|whole, set| match name.as_bytes()[1] {
        b'd' => &whole - &set,
        b'i' => &whole & &set,
        _ => &whole | &set,
    });
    Ok(whole.unwrap_or_default())
}

/// The same to a key, whatever was there; an empty set is none.
fn combine_into(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Ran {
    let whole = combine(db, name, &argv[2..], now)?;
    let count = whole.len();
    if whole.is_empty() {
        db.remove(&argv[1], now);
    } else {
        db.put(&argv[1], Value::Set(whole), None);
    }
    Ok(Reply::count(count))
}

fn members(set: Option<&BTreeSet<Vec<u8>>>) -> Vec<Reply> {
    set.into_iter().flatten().map(Reply::bulk).collect()
}

/// Answers how many have changed; a collection that became empty is gone.
pub(super) fn changed(db: &mut Db, key: &[u8], count: usize, empty: bool, now: Micros) -> Ran {
    if empty {
        db.remove(key, now);
    } else if count > 0 {
        db.touch(key);
    }
    Ok(Reply::count(count))
}
