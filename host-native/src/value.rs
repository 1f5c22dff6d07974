//! [`Value`]: any reply, whatever its form, as an owned tree. For replies whose form is known, typed reads
//! ([`FromValue`](crate::FromValue)) are cheaper and say what is wrong.

use std::fmt;

use bytes::Bytes;

use crate::{
    from_value::FromValue,
    reply::{Mismatch, Node, Reply, one_line},
};

/// Any reply. The same under RESP2 and RESP3 for every command that the client knows.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Nothing: the key is not there, the condition did not hold.
    Null,
    /// True or false.
    Bool(bool),
    /// A 64-bit integer.
    Int(i64),
    /// A floating point number.
    Double(f64),
    /// Bytes: a slice of the buffer they came in. Keep a copy instead if a small value is to live long.
    Bytes(Bytes),
    /// The server's own word, such as `OK` or `QUEUED`.
    Simple(Bytes),
    /// An integer of any size, as decimal digits.
    BigNumber(Bytes),
    /// Values in order.
    Array(Vec<Value>),
    /// Pairs in the order in which the server gave them.
    Map(Vec<(Value, Value)>),
    /// Values without order.
    Set(Vec<Value>),
    /// An out-of-band message inside a reply.
    Push(Vec<Value>),
    /// An error inside an aggregate (an EXEC result, one node's answer); it fails nothing by itself.
    ServerError(String),
}

impl Value {
    /// Whether this is [`Value::Null`].
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The integer, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// The bytes of a string of any kind.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) | Self::Simple(bytes) | Self::BigNumber(bytes) = self { Some(bytes) } else { None }
    }

    /// The text of a string of any kind, if it is UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.as_bytes()?).ok()
    }

    /// The elements of an array, a set or a push.
    pub fn as_slice(&self) -> Option<&[Value]> {
        if let Self::Array(items) | Self::Set(items) | Self::Push(items) = self { Some(items) } else { None }
    }

    /// The value that a map has under `key`.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<&Value> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(candidate, _)| candidate.as_bytes() == Some(key.as_ref())).map(|(_, value)| value)
    }
}

impl FromValue for Value {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Ok(match reply.next_node()? {
            Node::Null => Self::Null,
            Node::Bool(value) => Self::Bool(value),
            Node::Int(value) => Self::Int(value),
            Node::Double(value) => Self::Double(value),
            Node::Bulk(leaf) | Node::Verbatim(leaf) => Self::Bytes(reply.bytes(leaf)),
            Node::Simple(leaf) => Self::Simple(reply.bytes(leaf)),
            Node::BigNumber(leaf) => Self::BigNumber(reply.bytes(leaf)),
            Node::Error(leaf) => Self::ServerError(one_line(reply.slice(leaf))),
            Node::Array(count) => Self::Array(values(reply, count)?),
            Node::Set(count) => Self::Set(values(reply, count)?),
            Node::Push(count) => Self::Push(values(reply, count)?),
            Node::Map(count) => Self::Map(pairs(reply, count)?),
            node @ Node::Attribute(_) => return Err(reply.mismatch("a value", node)),
        })
    }

    fn from_pair(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Ok(Self::Array(values(reply, 2)?))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Bytes(Bytes::copy_from_slice(text.as_bytes()))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

/// Strings are equal to a string value of any kind.
impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == Some(other.as_bytes())
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Double(value) => write!(f, "{value:?}"),
            Self::Bytes(bytes) => write!(f, "{bytes:?}"),
            Self::Simple(word) | Self::BigNumber(word) => f.write_str(&String::from_utf8_lossy(word)),
            Self::Array(items) => f.debug_list().entries(items).finish(),
            Self::Map(pairs) => f.debug_map().entries(pairs.iter().map(|(key, value)| (key, value))).finish(),
            Self::Set(items) => f.debug_set().entries(items).finish(),
            Self::Push(items) => {
                f.write_str("push ")?;
                f.debug_list().entries(items).finish()
            }
            Self::ServerError(line) => write!(f, "error({line})"),
        }
    }
}

fn values(reply: &mut Reply<'_>, count: u32) -> Result<Vec<Value>, Mismatch> {
    let mut values = Vec::with_capacity(reply.room_for(count));
    for _ in 0..count {
        values.push(reply.read()?);
    }
    Ok(values)
}

fn pairs(reply: &mut Reply<'_>, count: u32) -> Result<Vec<(Value, Value)>, Mismatch> {
    let mut pairs = Vec::with_capacity(reply.room_for(count));
    for _ in 0..count {
        pairs.push((reply.read()?, reply.read()?));
    }
    Ok(pairs)
}
