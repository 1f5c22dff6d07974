//! Sorted sets.

use super::{
    Micros,
    collections::{changed, range},
    data::{Db, Ran, Value, integer, is, syntax},
    resp::Reply,
};

/// Runs one command, if it is one of these.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Ran> {
    Some(match name {
        "zadd" => zadd(db, argv, now),
        "zrange" => zrange(db, argv, now),
        "zscore" => zscore(db, argv, now),
        "zcard" => db.find(&argv[1], now, Value::zset).map(|zset| Reply::count(zset.map_or(0, Vec::len))),
        _ => return None,
    })
}

/// Scores and members, and of the options INCR.
fn zadd(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let increments = is(&argv[2], "INCR");
    let pairs = &argv[if increments { 3 } else { 2 }..];
    if pairs.is_empty() || !pairs.len().is_multiple_of(2) {
        return Err(syntax());
    }
    if increments && pairs.len() > 2 {
        return Err(Reply::error("ERR INCR option supports a single increment-element pair"));
    }
    let scores: Result<Vec<f64>, Reply> = pairs.chunks(2).map(|pair| float(&pair[0])).collect();
    let scores = scores?;
    let zset = db.demand(&argv[1], now, || Value::Zset(Vec::new()), Value::zset_mut)?;
    let (mut added, mut moved, mut sum) = (0, 0, 0.0);
    for (score, pair) in scores.into_iter().zip(pairs.chunks(2)) {
        match zset.iter_mut().find(|(_, member)| *member == pair[1]) {
            Some((old, _)) => {
                sum = if increments { *old + score } else { score };
                moved += usize::from(old.total_cmp(&sum).is_ne());
                *old = sum;
            }
            None => {
                sum = score;
                zset.push((score, pair[1].clone()));
                added += 1;
            }
        }
    }
    zset.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
    if added + moved > 0 {
        db.touch(&argv[1]);
    }
    if increments { Ok(Reply::Double(sum)) } else { changed(db, &argv[1], added, false, now) }
}

fn zrange(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let with_scores = match &argv[4..] {
        [] => false,
        [word] if is(word, "WITHSCORES") => true,
        _ => return Err(syntax()),
    };
    let (first, last) = (integer(&argv[2])?, integer(&argv[3])?);
    let Some(zset) = db.find(&argv[1], now, Value::zset)? else {
        return Ok(Reply::Array(Vec::new()));
    };
    let members = zset[range(first, last, zset.len())].iter();
    Ok(if with_scores {
        Reply::Pairs(members.map(|(score, member)| (Reply::bulk(member), Reply::Double(*score))).collect())
    } else {
        Reply::bulks(members.map(|(_, member)| member))
    })
}

fn zscore(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let zset = db.find(&argv[1], now, Value::zset)?;
    let found = zset.and_then(|zset| zset.iter().find(|(_, member)| *member == argv[2]));
    Ok(found.map_or(Reply::Null, |(score, _)| Reply::Double(*score)))
}

fn float(word: &[u8]) -> Result<f64, Reply> {
    let number = std::str::from_utf8(word).ok().and_then(|text| text.parse::<f64>().ok());
    number.filter(|number| !number.is_nan()).ok_or_else(|| Reply::error("ERR value is not a valid float"))
}
