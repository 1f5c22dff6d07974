//! The tape: values as flat `u32` words in pre-order.
//!
//! | node | words |
//! |---|---|
//! | null, true, false | `tag` |
//! | integer, double | `tag, low, high` (two's complement; IEEE 754 bits) |
//! | bulk, simple, error, big number, verbatim | `tag, buffer, offset, length` |
//! | array, set, push | `tag, elements` and then the elements |
//! | map, attribute | `tag, pairs` and then key, value, key, value, ... |
//!
//! [`push`] writes a node, [`Cursor`] reads nodes. An attribute stands before the value that it belongs to, and together
//! they are one value.

use alloc::vec::Vec;

use bytes::Bytes;

/// Bytes of a leaf: a place in one of the buffers that come with the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Index of the buffer.
    pub buffer: u32,
    /// First byte.
    pub offset: u32,
    /// Number of bytes.
    pub length: u32,
}

impl Leaf {
    /// Its bytes; `None` if the buffers do not hold what it names.
    pub fn of(self, buffers: &[Bytes]) -> Option<&[u8]> {
        buffers.get(self.buffer as usize)?.get(self.offset as usize..)?.get(..self.length as usize)
    }
}

/// One node as read from the words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// RESP3 `_`, RESP2 `$-1` and `*-1`.
    Null,
    /// RESP3 `#`.
    Bool(bool),
    /// `:`.
    Int(i64),
    /// RESP3 `,`.
    Double(f64),
    /// `$`.
    Bulk(Leaf),
    /// `+`.
    Simple(Leaf),
    /// `-`, and RESP3 `!`.
    Error(Leaf),
    /// RESP3 `(`.
    BigNumber(Leaf),
    /// RESP3 `=`, without its three-letter format and colon.
    Verbatim(Leaf),
    /// `*` with so many elements following.
    Array(u32),
    /// RESP3 `~`.
    Set(u32),
    /// RESP3 `%`, so many pairs following.
    Map(u32),
    /// RESP3 `>`.
    Push(u32),
    /// RESP3 `|`, so many pairs following, then the value they belong to.
    Attribute(u32),
}

/// The number of a node's kind in its first word.
#[allow(missing_docs)]
pub mod tag {
    pub const NULL: u32 = 0;
    pub const FALSE: u32 = 1;
    pub const TRUE: u32 = 2;
    pub const INT: u32 = 3;
    pub const DOUBLE: u32 = 4;
    pub const BULK: u32 = 5;
    pub const SIMPLE: u32 = 6;
    pub const ERROR: u32 = 7;
    pub const BIG_NUMBER: u32 = 8;
    pub const VERBATIM: u32 = 9;
    pub const ARRAY: u32 = 10;
    pub const SET: u32 = 11;
    pub const MAP: u32 = 12;
    pub const PUSH: u32 = 13;
    pub const ATTRIBUTE: u32 = 14;
}

impl Node {
    /// The bytes of a text: bulk, simple or verbatim string.
    pub const fn text(self) -> Option<Leaf> {
        match self {
            Self::Bulk(leaf) | Self::Simple(leaf) | Self::Verbatim(leaf) => Some(leaf),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Double(_) | Self::Error(_) | Self::BigNumber(_) => None,
            Self::Array(_) | Self::Set(_) | Self::Map(_) | Self::Push(_) | Self::Attribute(_) => None,
        }
    }

    /// How many elements an array or set has.
    pub const fn elements(self) -> Option<u32> {
        match self {
            Self::Array(count) | Self::Set(count) => Some(count),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Double(_) | Self::Error(_) | Self::BigNumber(_) => None,
            Self::Bulk(_) | Self::Simple(_) | Self::Verbatim(_) => None,
            Self::Map(_) | Self::Push(_) | Self::Attribute(_) => None,
        }
    }

    /// How many pairs a map has, or the flat array that RESP2 sends for one.
    pub const fn pairs(self) -> Option<u32> {
        if let Self::Map(pairs) = self {
            return Some(pairs);
        }
        match self.elements() {
            Some(count) => Some(count / 2),
            None => None,
        }
    }

    /// How many values follow as its children; for an attribute, the value that it belongs to included.
    pub const fn children(self) -> u64 {
        match self {
            Self::Array(n) | Self::Set(n) | Self::Push(n) => n as u64,
            Self::Map(n) => n as u64 * 2,
            Self::Attribute(n) => n as u64 * 2 + 1,
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Double(_) => 0,
            Self::Bulk(_) | Self::Simple(_) | Self::Error(_) | Self::BigNumber(_) | Self::Verbatim(_) => 0,
        }
    }
}

/// Appends one node; what [`Cursor::next`] reads. The children of an aggregate are pushed after it.
#[inline]
#[cfg_attr(slotpipe_shipped, optimize(speed))]
pub fn push(out: &mut Vec<u32>, node: Node) {
    match node {
        Node::Null => out.push(tag::NULL),
        Node::Bool(value) => out.push(if value { tag::TRUE } else { tag::FALSE }),
        Node::Int(value) => push_bits(out, tag::INT, value.cast_unsigned()),
        Node::Double(value) => push_bits(out, tag::DOUBLE, value.to_bits()),
        Node::Bulk(leaf) => push_leaf(out, tag::BULK, leaf),
        Node::Simple(leaf) => push_leaf(out, tag::SIMPLE, leaf),
        Node::Error(leaf) => push_leaf(out, tag::ERROR, leaf),
        Node::BigNumber(leaf) => push_leaf(out, tag::BIG_NUMBER, leaf),
        Node::Verbatim(leaf) => push_leaf(out, tag::VERBATIM, leaf),
        Node::Array(count) => out.extend_from_slice(&[tag::ARRAY, count]),
        Node::Set(count) => out.extend_from_slice(&[tag::SET, count]),
        Node::Map(pairs) => out.extend_from_slice(&[tag::MAP, pairs]),
        Node::Push(count) => out.extend_from_slice(&[tag::PUSH, count]),
        Node::Attribute(pairs) => out.extend_from_slice(&[tag::ATTRIBUTE, pairs]),
    }
}

/// Appends a leaf with one of the five tags that have bytes.
#[inline]
pub fn push_leaf(out: &mut Vec<u32>, tag: u32, leaf: Leaf) {
    out.extend_from_slice(&[tag, leaf.buffer, leaf.offset, leaf.length]);
}

#[inline]
fn push_bits(out: &mut Vec<u32>, tag: u32, bits: u64) {
    let [a, b, c, d, e, f, g, h] = bits.to_le_bytes();
    out.extend_from_slice(&[tag, u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]);
}

/// Reads words node by node, pre-order. Ends early, never panics, on words that are no tape.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    words: &'a [u32],
}

impl<'a> Cursor<'a> {
    /// From the first word.
    pub const fn new(words: &'a [u32]) -> Self {
        Self { words }
    }

    /// What has not been read yet.
    pub const fn rest(&self) -> &'a [u32] {
        self.words
    }

    /// The next node alone; the elements of an aggregate follow as nodes of their own.
    #[expect(
        clippy::should_implement_trait,
        reason = "a cursor is copied to look ahead; an Iterator that is Copy misleads"
    )]
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub fn next(&mut self) -> Option<Node> {
        let (&first, rest) = self.words.split_first()?;
        let (node, rest) = match first {
            tag::NULL => (Node::Null, rest),
            tag::FALSE => (Node::Bool(false), rest),
            tag::TRUE => (Node::Bool(true), rest),
            tag::INT | tag::DOUBLE => {
                let (&[low, high], rest) = rest.split_first_chunk()?;
                let bits = u64::from(low) | u64::from(high) << 32;
                (
                    if first == tag::INT { Node::Int(bits.cast_signed()) } else { Node::Double(f64::from_bits(bits)) },
                    rest,
                )
            }
            tag::BULK | tag::SIMPLE | tag::ERROR | tag::BIG_NUMBER | tag::VERBATIM => {
                let (&[buffer, offset, length], rest) = rest.split_first_chunk()?;
                let leaf = Leaf { buffer, offset, length };
                let node = match first {
                    tag::BULK => Node::Bulk(leaf),
                    tag::SIMPLE => Node::Simple(leaf),
                    tag::ERROR => Node::Error(leaf),
                    tag::BIG_NUMBER => Node::BigNumber(leaf),
                    _ => Node::Verbatim(leaf),
                };
                (node, rest)
            }
            tag::ARRAY | tag::SET | tag::MAP | tag::PUSH | tag::ATTRIBUTE => {
                let (&count, rest) = rest.split_first()?;
                let node = match first {
                    tag::ARRAY => Node::Array(count),
                    tag::SET => Node::Set(count),
                    tag::MAP => Node::Map(count),
                    tag::PUSH => Node::Push(count),
                    _ => Node::Attribute(count),
                };
                (node, rest)
            }
            _ => return None,
        };
        self.words = rest;
        Some(node)
    }

    /// Passes over one whole value, children included, and returns its words.
    pub fn skip(&mut self) -> Option<&'a [u32]> {
        let start = self.words;
        let mut left = 1u64;
        while left > 0 {
            left -= 1;
            left += self.next()?.children();
        }
        Some(&start[..start.len() - self.words.len()])
    }

    /// The next node that is not an attribute: attributes on the way are passed over with their pairs.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub fn next_value(&mut self) -> Option<Node> {
        loop {
            let node = self.next()?;
            let Node::Attribute(pairs) = node else { return Some(node) };
            for _ in 0..u64::from(pairs) * 2 {
                self.skip()?;
            }
        }
    }
}

/// The line of a top-level error.
pub(crate) fn error_line<'b>(words: &[u32], buffers: &'b [Bytes]) -> Option<&'b [u8]> {
    let Some(Node::Error(leaf)) = Cursor::new(words).next() else { return None };
    leaf.of(buffers)
}
