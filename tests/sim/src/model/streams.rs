//! Streams: XADD, XLEN, XRANGE, and what XREAD finds.

use super::{
    Micros,
    data::{Db, Ran, Stream, StreamId, Value, integer, is, syntax},
    resp::Reply,
};

/// Runs one command, if it is one of these. XREAD is here as it is without BLOCK.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Ran> {
    Some(match name {
        "xadd" => xadd(db, argv, now),
        "xlen" => {
            db.find(&argv[1], now, Value::stream).map(|stream| Reply::count(stream.map_or(0, |s| s.entries.len())))
        }
        "xrange" => xrange(db, argv, now),
        _ => return None,
    })
}

fn xadd(db: &mut Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    if argv.len() < 5 || argv.len().is_multiple_of(2) {
        return Err(Reply::error("ERR wrong number of arguments for 'xadd' command"));
    }
    let last = db.find(&argv[1], now, Value::stream)?.map_or((0, 0), |stream| stream.last);
    let wanted = if argv[2] == b"*" {
        let ms = now / 1_000;
        if ms > last.0 { (ms, 0) } else { (last.0, last.1 + 1) }
    } else {
        stream_id(&argv[2], 0)?
    };
    if wanted == (0, 0) {
        return Err(Reply::error("ERR The ID specified in XADD must be greater than 0-0"));
    }
    if wanted <= last {
        return Err(Reply::error("ERR The ID specified in XADD is equal or smaller than the target stream top item"));
    }
    let stream = db.demand(&argv[1], now, || Value::Stream(Stream::default()), Value::stream_mut)?;
    stream.last = wanted;
    stream.entries.push((wanted, argv[3..].to_vec()));
    db.touch(&argv[1]);
    Ok(Reply::bulk(show(wanted)))
}

fn xrange(db: &Db, argv: &[Vec<u8>], now: Micros) -> Ran {
    let first = if argv[2] == b"-" { (0, 0) } else { stream_id(&argv[2], 0)? };
    let last = if argv[3] == b"+" { (u64::MAX, u64::MAX) } else { stream_id(&argv[3], u64::MAX)? };
    let stream = db.find(&argv[1], now, Value::stream)?;
    let entries = stream.into_iter().flat_map(|stream| &stream.entries);
    Ok(Reply::Array(entries.filter(|(id, _)| (first..=last).contains(id)).map(entry).collect()))
}

fn entry((id, fields): &(StreamId, Vec<Vec<u8>>)) -> Reply {
    Reply::Array(vec![Reply::bulk(show(*id)), Reply::bulks(fields)])
}

/// XREAD, its arguments understood once: `$` is what was last when it came.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    /// Milliseconds; 0 is for ever.
    pub(super) block: Option<u64>,
    count: Option<usize>,
    streams: Vec<(Vec<u8>, StreamId)>,
}

impl Read {
    pub(super) fn parse(db: &Db, argv: &[Vec<u8>], now: Micros) -> Result<Self, Reply> {
        let (mut block, mut count) = (None, None);
        let mut at = 1;
        while let Some(word) = argv.get(at).filter(|word| !is(word, "STREAMS")) {
            let value = argv.get(at + 1).ok_or_else(syntax)?;
            if is(word, "BLOCK") {
                let negative = |_| Reply::error("ERR timeout is negative");
                let number =
                    integer(value).map_err(|_| Reply::error("ERR timeout is not an integer or out of range"))?;
                block = Some(u64::try_from(number).map_err(negative)?);
            } else if is(word, "COUNT") {
                count = usize::try_from(integer(value)?).ok().filter(|count| *count > 0);
            } else {
                return Err(syntax());
            }
            at += 2;
        }
        let rest = argv.get(at + 1..).ok_or_else(syntax)?;
        if rest.is_empty() || !rest.len().is_multiple_of(2) {
            return Err(Reply::error(
                "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.",
            ));
        }
        let (keys, ids) = rest.split_at(rest.len() / 2);
        let streams = keys.iter().zip(ids).map(|(key, id)| {
            let last = db.find(key, now, Value::stream)?.map_or((0, 0), |stream| stream.last);
            Ok((key.clone(), if id == b"$" { last } else { stream_id(id, 0)? }))
        });
        Ok(Self { block, count, streams: streams.collect::<Result<_, _>>()? })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.streams.iter().map(|(key, _)| key)
    }

    /// What is newer than the ids; nothing if there is none.
    pub(super) fn run(&self, db: &Db, now: Micros) -> Result<Option<Reply>, Reply> {
        let mut found = Vec::new();
        for (key, after) in &self.streams {
            let Some(stream) = db.find(key, now, Value::stream)? else {
                continue;
            };
            let newer = stream.entries.iter().filter(|(id, _)| id > after).take(self.count.unwrap_or(usize::MAX));
            let newer: Vec<_> = newer.map(entry).collect();
            if !newer.is_empty() {
                found.push((Reply::bulk(key), Reply::Array(newer)));
            }
        }
        Ok((!found.is_empty()).then_some(Reply::Keyed(found)))
    }
}

fn stream_id(word: &[u8], rest: u64) -> Result<StreamId, Reply> {
    let invalid = || Reply::error("ERR Invalid stream ID specified as stream command argument");
    let text = std::str::from_utf8(word).map_err(|_| invalid())?;
    let number = |text: &str| text.parse().map_err(|_| invalid());
    match text.split_once('-') {
        Some((ms, sequence)) => Ok((number(ms)?, number(sequence)?)),
        None => Ok((number(text)?, rest)),
    }
}

fn show(id: StreamId) -> String {
    format!("{}-{}", id.0, id.1)
}
