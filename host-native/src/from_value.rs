//! [`FromValue`]: a Rust value read straight from the tape, and the types that can be.
//!
//! A read never guesses across kinds that lose something: text becomes a number only if all of it is one, an integer
//! must fit its type, text must be UTF-8, a tuple takes an array of exactly its size. Null is `None` and nothing else,
//! but for `()` (which takes anything) and `bool` (whose null is `false`: a condition that did not hold).

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a read names the kinds that it takes; every other one, of today or tomorrow, is a mismatch"
)]

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::{BuildHasher, Hash},
    str::{self, FromStr, Utf8Error},
};

use bytes::Bytes;

use crate::reply::{Mismatch, Node, Reply, Step};

/// A type that a reply can be read as.
pub trait FromValue: Sized {
    /// Reads one value from the front of `reply`, all of it.
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch>;

    /// Reads one pair of a map where `Self` is an element of a list: what pairs are, everything else refuses.
    #[doc(hidden)]
    fn from_pair(_reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Err(Mismatch::new("a value (read a map as pairs or as a map)", "a key with its value"))
    }

    /// A list of `Self` from one string: bytes for `u8`, refused by everything else.
    #[doc(hidden)]
    fn list_from_bytes(_bytes: &[u8]) -> Option<Vec<Self>> {
        None
    }
}

/// Takes anything and keeps nothing.
impl FromValue for () {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        reply.skip()
    }

    fn from_pair(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        reply.skip()?;
        reply.skip()
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        if reply.peek_node()? == Node::Null {
            reply.next_node()?;
            return Ok(None);
        }
        reply.read().map(Some)
    }

    fn from_pair(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        T::from_pair(reply).map(Some)
    }
}

/// Booleans, the integers 0 and 1, `OK` (true) and null (false).
impl FromValue for bool {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        match reply.next_node()? {
            Node::Bool(value) => Ok(value),
            Node::Int(value @ (0 | 1)) => Ok(value == 1),
            Node::Null => Ok(false),
            Node::Simple(leaf) if reply.slice(leaf) == b"OK" => Ok(true),
            node => Err(reply.mismatch("a boolean, 0 or 1, OK or null", node)),
        }
    }
}

/// The bytes of a string, shared with the buffer that they came in.
impl FromValue for Bytes {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        match reply.next_node()? {
            Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf) | Node::BigNumber(leaf) => {
                Ok(reply.bytes(leaf))
            }
            node => Err(reply.mismatch("a string", node)),
        }
    }
}

/// The text of a string, or an integer in decimal.
impl FromValue for String {
    #[inline]
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        match reply.next_string() {
            Some(bytes) => text(bytes),
            None => other_text(reply),
        }
    }
}

#[inline]
fn text(bytes: &[u8]) -> Result<String, Mismatch> {
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(not_text(bytes, error)),
    }
}

#[cold]
fn not_text(bytes: &[u8], error: Utf8Error) -> Mismatch {
    let (length, valid) = (bytes.len(), error.valid_up_to());
    Mismatch::new(
        "UTF-8 text (read bytes as Bytes or Vec<u8>)",
        format!("a string of {length} bytes that is not UTF-8 from byte {valid} on"),
    )
}

fn other_text(reply: &mut Reply<'_>) -> Result<String, Mismatch> {
    match reply.next_node()? {
        Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf) | Node::BigNumber(leaf) => text(reply.slice(leaf)),
        Node::Int(value) => Ok(value.to_string()),
        node => Err(reply.mismatch("a string", node)),
    }
}

macro_rules! integers {
    ($($type:ident),*) => {$(
        /// An integer, or text that is one; it must fit.
        impl FromValue for $type {
            fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
                match reply.next_node()? {
                    Node::Int(value) => value
                        .try_into()
                        .map_err(|_| Mismatch::new(concat!("an integer that fits ", stringify!($type)), "a larger or negative one")),
                    Node::Bool(value) => Ok(value.into()),
                    node => number(reply, node, concat!("an integer that fits ", stringify!($type))),
                }
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u16, u32, u64, u128, usize);

/// An integer, or text that is one; it must fit. A list of bytes is also read from a string.
impl FromValue for u8 {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let wide: u64 = reply.read()?;
        Self::try_from(wide).map_err(|_| Mismatch::new("an integer that fits u8", "a larger one"))
    }

    fn list_from_bytes(bytes: &[u8]) -> Option<Vec<Self>> {
        Some(bytes.to_vec())
    }
}

/// A double, an integer, or text that is one (`inf`, `-inf` and `nan` included).
impl FromValue for f64 {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        match reply.next_node()? {
            Node::Double(value) => Ok(value),
            #[expect(clippy::cast_precision_loss, reason = "a caller who reads a count as f64 asks for the nearest")]
            Node::Int(value) => Ok(value as Self),
            node => number(reply, node, "a number"),
        }
    }
}

/// The elements of an array or a set, the pairs of a map, the bytes of a string (`Vec<u8>`).
impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let node = reply.next_node()?;
        match node {
            Node::Array(count) | Node::Set(count) | Node::Push(count) => {
                let mut list = Self::with_capacity(reply.room_for(count));
                for at in 0..count as usize {
                    list.push(reply.read().map_err(|error: Mismatch| error.within(Step::Element(at)))?);
                }
                Ok(list)
            }
            Node::Map(count) => {
                let mut list = Self::with_capacity(reply.room_for(count));
                for at in 0..count as usize {
                    list.push(T::from_pair(reply).map_err(|error| error.within(Step::Element(at)))?);
                }
                Ok(list)
            }
            Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf) => {
                T::list_from_bytes(reply.slice(leaf)).ok_or_else(|| reply.mismatch("an array", node))
            }
            node => Err(reply.mismatch("an array", node)),
        }
    }
}

impl<T: FromValue, const N: usize> FromValue for [T; N] {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let list: Vec<T> = reply.read()?;
        list.try_into()
            .map_err(|list: Vec<T>| Mismatch::new(format!("an array of {N}"), format!("an array of {}", list.len())))
    }
}

impl<T: FromValue + Ord> FromValue for BTreeSet<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let mut set = Self::new();
        elements(reply, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}

impl<T: FromValue + Eq + Hash, S: BuildHasher + Default> FromValue for HashSet<T, S> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let mut set = Self::default();
        elements(reply, |item| {
            set.insert(item);
        })?;
        Ok(set)
    }
}

impl<K: FromValue + Ord, V: FromValue> FromValue for BTreeMap<K, V> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let mut map = Self::new();
        pairs(reply, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

impl<K: FromValue + Eq + Hash, V: FromValue, S: BuildHasher + Default> FromValue for HashMap<K, V, S> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let mut map = Self::default();
        pairs(reply, |key, value| {
            map.insert(key, value);
        })?;
        Ok(map)
    }
}

macro_rules! tuples {
    ($count:literal: $($type:ident $at:literal),*) => {
        /// An array of exactly this many.
        impl<$($type: FromValue),*> FromValue for ($($type,)*) {
            fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
                match reply.next_node()? {
                    Node::Array($count) | Node::Set($count) | Node::Push($count) => {}
                    node => return Err(reply.mismatch(concat!("an array of ", $count), node)),
                }
                Ok(($(reply.read::<$type>().map_err(|error| error.within(Step::Element($at)))?,)*))
            }
        }
    };
}

tuples!(1: A 0);
tuples!(3: A 0, B 1, C 2);
tuples!(4: A 0, B 1, C 2, D 3);
tuples!(5: A 0, B 1, C 2, D 3, E 4);
tuples!(6: A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// An array of two, or one pair of a map.
impl<A: FromValue, B: FromValue> FromValue for (A, B) {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        match reply.next_node()? {
            Node::Array(2) | Node::Set(2) | Node::Push(2) | Node::Map(1) => {}
            node => return Err(reply.mismatch("an array of 2", node)),
        }
        Self::from_pair(reply)
    }

    fn from_pair(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let first = reply.read().map_err(|error: Mismatch| error.within(Step::Element(0)))?;
        let second = reply.read().map_err(|error: Mismatch| error.within(Step::Element(1)))?;
        Ok((first, second))
    }
}

fn number<T: FromStr>(reply: &Reply<'_>, node: Node, expected: &'static str) -> Result<T, Mismatch> {
    let (Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf) | Node::BigNumber(leaf)) = node else {
        return Err(reply.mismatch(expected, node));
    };
    let text = str::from_utf8(reply.slice(leaf)).ok();
    text.and_then(|text| text.parse().ok()).ok_or_else(|| reply.mismatch(expected, node))
}

fn elements<T: FromValue>(reply: &mut Reply<'_>, mut add: impl FnMut(T)) -> Result<(), Mismatch> {
    match reply.next_node()? {
        Node::Array(count) | Node::Set(count) | Node::Push(count) => {
            for at in 0..count as usize {
                add(reply.read().map_err(|error: Mismatch| error.within(Step::Element(at)))?);
            }
            Ok(())
        }
        node => Err(reply.mismatch("a set or an array", node)),
    }
}

/// Pairs of a map, of an array of pairs, or of a flat array of key, value, key, value (what scripts return).
fn pairs<K: FromValue, V: FromValue>(reply: &mut Reply<'_>, mut add: impl FnMut(K, V)) -> Result<(), Mismatch> {
    let node = reply.next_node()?;
    let (count, nested) = match node {
        Node::Map(count) => (count, false),
        Node::Array(0) => (0, false),
        Node::Array(count) if matches!(reply.peek_node()?, Node::Array(2)) => (count, true),
        Node::Array(count) if count % 2 == 0 => (count / 2, false),
        node => return Err(reply.mismatch("a map", node)),
    };
    for at in 0..count as usize {
        if nested {
            match reply.next_node()? {
                Node::Array(2) => {}
                node => return Err(reply.mismatch("a pair", node).within(Step::Element(at))),
            }
        }
        let key = reply.read().map_err(|error: Mismatch| error.within(Step::Key(at)))?;
        let value = reply.read().map_err(|error: Mismatch| error.within(Step::Value(at)))?;
        add(key, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
