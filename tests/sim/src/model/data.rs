//! What a server keeps: keys, values, their ends.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use super::{Micros, collections, dump, resp::Reply, sorted, streams, strings};

/// A key.
pub type Key = Vec<u8>;

/// What stands under a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Bytes.
    Str(Vec<u8>),
    /// A list, head first.
    List(VecDeque<Vec<u8>>),
    /// Fields in the order in which they came.
    Hash(Vec<(Vec<u8>, Vec<u8>)>),
    /// A set.
    Set(BTreeSet<Vec<u8>>),
    /// Members by score, then by name.
    Zset(Vec<(f64, Vec<u8>)>),
    /// A stream.
    Stream(Stream),
}

/// Entries by rising ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// The greatest id that it ever had.
    pub last: StreamId,
    /// Fields and values in turn.
    pub entries: Vec<(StreamId, Vec<Vec<u8>>)>,
}

/// Milliseconds, and a number among the entries of one millisecond.
pub type StreamId = (u64, u64);

/// A value and when it ends.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) value: Value,
    pub(super) expires: Option<Micros>,
}

/// What a command answers; an error that ends it early is an answer too.
pub(super) type Ran = Result<Reply, Reply>;

/// The keys of a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Db {
    entries: BTreeMap<Arc<[u8]>, Entry>,
    /// The keys that the command under way has changed.
    pub(super) touched: Vec<Key>,
}

/// Runs a command of data, if this is one.
pub(super) fn run(db: &mut Db, name: &str, argv: &[Vec<u8>], now: Micros) -> Option<Reply> {
    let ran = strings::run(db, name, argv, now)
        .or_else(|| collections::run(db, name, argv, now))
        .or_else(|| sorted::run(db, name, argv, now))
        .or_else(|| streams::run(db, name, argv, now))
        .or_else(|| dump::run(db, name, argv, now))?;
    Some(ran.unwrap_or_else(|error| error))
}

impl Db {
    /// What is there, unless it has expired.
    pub(super) fn peek(&self, key: &[u8], now: Micros) -> Option<&Value> {
        self.peek_entry(key, now).map(|entry| &entry.value)
    }

    pub(super) fn peek_entry(&self, key: &[u8], now: Micros) -> Option<&Entry> {
        self.entries.get(key).filter(|entry| entry.expires.is_none_or(|at| at > now))
    }

    /// The entry, to be changed; the caller touches the key if it does so.
    pub(super) fn entry(&mut self, key: &[u8], now: Micros) -> Option<&mut Entry> {
        self.entries.get_mut(key).filter(|entry| entry.expires.is_none_or(|at| at > now))
    }

    pub(super) fn put(&mut self, key: &[u8], value: Value, expires: Option<Micros>) {
        self.entries.insert(key.into(), Entry { value, expires });
        self.touch(key);
    }

    pub(super) fn remove(&mut self, key: &[u8], now: Micros) -> Option<Entry> {
        self.peek(key, now)?;
        self.touch(key);
        self.entries.remove(key)
    }

    pub(super) fn touch(&mut self, key: &[u8]) {
        self.touched.push(key.to_vec());
    }

    pub(super) fn contains(&self, key: &[u8], now: Micros) -> bool {
        self.peek(key, now).is_some()
    }

    pub(super) fn keys(&self, now: Micros) -> impl Iterator<Item = &[u8]> {
        let alive = self.entries.iter().filter(move |(_, entry)| entry.expires.is_none_or(|at| at > now));
        alive.map(|(key, _)| &**key)
    }

    /// The value under a key as one type, which is made if there is none. The caller touches the key.
    pub(super) fn demand<T>(
        &mut self,
        key: &[u8],
        now: Micros,
        make: fn() -> Value,
        cast: fn(&mut Value) -> Option<&mut T>,
    ) -> Result<&mut T, Reply> {
        if !self.contains(key, now) {
            self.entries.insert(key.into(), Entry { value: make(), expires: None });
        }
        let entry = self.entries.get_mut(key).ok_or_else(wrong_type)?;
        cast(&mut entry.value).ok_or_else(wrong_type)
    }

    /// The value under a key as one type, if it is there.
    pub(super) fn find<T>(&self, key: &[u8], now: Micros, cast: fn(&Value) -> Option<&T>) -> Result<Option<&T>, Reply> {
        self.peek(key, now).map(|value| cast(value).ok_or_else(wrong_type)).transpose()
    }

    /// The same, to be changed.
    pub(super) fn find_mut<T>(
        &mut self,
        key: &[u8],
        now: Micros,
        cast: fn(&mut Value) -> Option<&mut T>,
    ) -> Result<Option<&mut T>, Reply> {
        self.entry(key, now).map(|entry| cast(&mut entry.value).ok_or_else(wrong_type)).transpose()
    }
}

macro_rules! casts {
    ($($name:ident $name_mut:ident $variant:ident $type:ty;)*) => {
        impl Value {$(
            pub(super) fn $name(&self) -> Option<&$type> {
                if let Self::$variant(inner) = self { Some(inner) } else { None }
            }
            pub(super) fn $name_mut(&mut self) -> Option<&mut $type> {
                if let Self::$variant(inner) = self { Some(inner) } else { None }
            }
        )*}
    };
}

casts! {
    string string_mut Str Vec<u8>;
    list list_mut List VecDeque<Vec<u8>>;
    hash hash_mut Hash Vec<(Vec<u8>, Vec<u8>)>;
    set set_mut Set BTreeSet<Vec<u8>>;
    zset zset_mut Zset Vec<(f64, Vec<u8>)>;
    stream stream_mut Stream Stream;
}

impl Value {
    /// What TYPE says.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Str(_) => "string",
            Self::List(_) => "list",
            Self::Hash(_) => "hash",
            Self::Set(_) => "set",
            Self::Zset(_) => "zset",
            Self::Stream(_) => "stream",
        }
    }
}

pub(super) fn wrong_type() -> Reply {
    Reply::error("WRONGTYPE Operation against a key holding the wrong kind of value")
}

pub(super) fn syntax() -> Reply {
    Reply::error("ERR syntax error")
}

/// An argument as a number, as strict as the server: no plus, no leading zeros.
pub(super) fn integer(word: &[u8]) -> Result<i64, Reply> {
    let number: Option<i64> = std::str::from_utf8(word).ok().and_then(|text| text.parse().ok());
    number
        .filter(|number| number.to_string().as_bytes() == word)
        .ok_or_else(|| Reply::error("ERR value is not an integer or out of range"))
}

pub(super) fn is(word: &[u8], name: &str) -> bool {
    word.eq_ignore_ascii_case(name.as_bytes())
}

/// Redis globs: `*`, `?`, `[a-z]`, `[^a]`, `\`.
pub(super) fn glob(pattern: &[u8], text: &[u8]) -> bool {
    if pattern == b"*" {
        return true;
    }
    match (pattern.first(), text.first()) {
        (None, _) => text.is_empty(),
        (Some(b'*'), _) => glob(&pattern[1..], text) || (!text.is_empty() && glob(pattern, &text[1..])),
        (Some(_), None) => false,
        (Some(b'?'), Some(_)) => glob(&pattern[1..], &text[1..]),
        (Some(b'['), Some(byte)) => {
            let Some(end) = pattern.iter().position(|byte| *byte == b']') else {
                return false;
            };
            let (class, not) = match &pattern[1..end] {
                [b'^', class @ ..] => (class, true),
                class => (class, false),
            };
            let mut found = false;
            let mut at = 0;
            while at < class.len() {
                if let Some([first, b'-', last]) = class.get(at..at + 3) {
                    found |= (first..=last).contains(&byte);
                    at += 3;
                } else {
                    found |= class[at] == *byte;
                    at += 1;
                }
            }
            found != not && glob(&pattern[end + 1..], &text[1..])
        }
        (Some(b'\\'), Some(byte)) if pattern.len() > 1 => pattern[1] == *byte && glob(&pattern[2..], &text[1..]),
        (Some(wanted), Some(byte)) => wanted == byte && glob(&pattern[1..], &text[1..]),
    }
}
