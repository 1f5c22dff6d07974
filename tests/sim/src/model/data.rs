//! What a server keeps: keys, values, their ends.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use super::{Micros, resp::Reply};

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
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) value: Value,
    pub(super) expires: Option<Micros>,
}

/// The keys of a server.
#[derive(Clone, Debug, Default)]
pub(super) struct Db {
    entries: BTreeMap<Arc<[u8]>, Entry>,
    /// The keys that the command under way has changed.
    pub(super) touched: Vec<Key>,
}

impl Db {
    /// What is there, unless it has expired.
    pub(super) fn peek(&self, key: &[u8], now: Micros) -> Option<&Value> {
        let entry = self.entries.get(key)?;
        entry.expires.is_none_or(|at| at > now).then_some(&entry.value)
    }

    /// The entry, to be changed; one that has expired is removed first.
    pub(super) fn entry(&mut self, key: &[u8], now: Micros) -> Option<&mut Entry> {
        self.peek(key, now).is_some().then(|| self.entries.get_mut(key)).flatten()
    }

    pub(super) fn put(&mut self, key: &[u8], value: Value, expires: Option<Micros>) {
        self.entries.insert(key.into(), Entry { value, expires });
        self.touch(key);
    }

    pub(super) fn remove(&mut self, key: &[u8], now: Micros) -> Option<Value> {
        self.peek(key, now)?;
        self.touch(key);
        self.entries.remove(key).map(|entry| entry.value)
    }

    pub(super) fn touch(&mut self, key: &[u8]) {
        self.touched.push(key.to_vec());
    }

    pub(super) fn contains(&self, key: &[u8], now: Micros) -> bool {
        self.peek(key, now).is_some()
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
    }
}

pub(super) fn wrong_type() -> Reply {
    Reply::error("WRONGTYPE Operation against a key holding the wrong kind of value")
}

pub(super) fn integer(word: &[u8]) -> Option<i64> {
    let number: i64 = std::str::from_utf8(word).ok()?.parse().ok()?;
    (number.to_string().as_bytes() == word).then_some(number)
}

pub(super) fn not_an_integer() -> Reply {
    Reply::error("ERR value is not an integer or out of range")
}
