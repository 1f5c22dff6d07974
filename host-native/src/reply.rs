//! Reading one reply from the tape: a cursor over its words and the buffers that its leaves point into.
//!
//! Typed reads build no tree: [`FromValue`](crate::FromValue) asks a [`Reply`] for the next node, and an aggregate's
//! elements follow as nodes of their own. Bytes are slices of the buffer that came from the socket.
//! A value that is not what the reader wants is a [`Mismatch`]: what was expected, what came, and where.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use slotpipe_core::wire::tape::{Cursor, tag};
pub use slotpipe_core::wire::tape::{Leaf, Node};

use crate::from_value::FromValue;

/// A reply, read from its front.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    cursor: Cursor<'a>,
    buffers: &'a [Bytes],
}

impl<'a> Reply<'a> {
    /// Words of one or more values over their buffers.
    pub fn new(words: &'a [u32], buffers: &'a [Bytes]) -> Self {
        Self { cursor: Cursor::new(words), buffers }
    }

    /// Reads a value of type `T`.
    #[inline]
    pub fn read<T: FromValue>(&mut self) -> Result<T, Mismatch> {
        T::from_value(self)
    }

    /// The bytes of a bulk or simple string, if that is what comes next; else nothing has been read.
    #[inline]
    pub(crate) fn next_string(&mut self) -> Option<&'a [u8]> {
        let &[tag::BULK | tag::SIMPLE, buffer, offset, length, ref rest @ ..] = self.cursor.rest() else { return None };
        self.cursor = Cursor::new(rest);
        Some(self.slice(Leaf { buffer, offset, length }))
    }

    /// The next node; the elements of an aggregate follow as nodes of their own.
    pub fn next_node(&mut self) -> Result<Node, Mismatch> {
        loop {
            let node = self.cursor.next().ok_or_else(|| Mismatch::new("a value", "the end of the reply"))?;
            let Node::Attribute(pairs) = node else { return Ok(node) };
            for _ in 0..u64::from(pairs) * 2 {
                self.skip()?;
            }
        }
    }

    /// The next node, which stays unread.
    pub fn peek_node(&self) -> Result<Node, Mismatch> {
        Self::next_node(&mut self.clone())
    }

    /// Passes over one whole value.
    pub fn skip(&mut self) -> Result<(), Mismatch> {
        self.cursor.skip().map(drop).ok_or_else(|| Mismatch::new("a value", "the end of the reply"))
    }

    /// Whether everything has been read.
    pub fn is_at_end(&self) -> bool {
        self.cursor.rest().is_empty()
    }

    /// The bytes of a leaf.
    #[inline]
    pub fn slice(&self, leaf: Leaf) -> &'a [u8] {
        let bytes = self.buffers.get(leaf.buffer as usize).map_or(&[][..], |buffer| &buffer[..]);
        bytes.get(leaf.offset as usize..).and_then(|rest| rest.get(..leaf.length as usize)).unwrap_or_default()
    }

    /// The bytes of a leaf, shared with the buffer that they came in.
    pub fn bytes(&self, leaf: Leaf) -> Bytes {
        let slice = self.slice(leaf);
        if slice.is_empty() {
            return Bytes::new();
        }
        self.buffers[leaf.buffer as usize].slice_ref(slice)
    }

    /// How many elements a reader may make room for: a count never asks for more memory than its words take.
    pub fn room_for(&self, count: u32) -> usize {
        (count as usize).min(self.cursor.rest().len())
    }

    /// That `node` came where `expected` was wanted.
    pub fn mismatch(&self, expected: impl Into<Cow<'static, str>>, node: Node) -> Mismatch {
        Mismatch::new(expected, self.describe(node))
    }

    /// Kind and size of a node, never its contents: a value may be secret, an error may be logged.
    fn describe(&self, node: Node) -> Cow<'static, str> {
        match node {
            Node::Null => "null".into(),
            Node::Bool(value) => format!("the boolean {value}").into(),
            Node::Int(_) => "an integer".into(),
            Node::Double(_) => "a double".into(),
            Node::Bulk(leaf) => format!("a bulk string of {} bytes", leaf.length).into(),
            Node::Simple(leaf) => format!("a simple string of {} bytes", leaf.length).into(),
            Node::Verbatim(leaf) => format!("a verbatim string of {} bytes", leaf.length).into(),
            Node::BigNumber(_) => "a big number".into(),
            Node::Error(leaf) => format!("the error {}", one_line(self.slice(leaf))).into(),
            Node::Array(count) => format!("an array of {count}").into(),
            Node::Set(count) => format!("a set of {count}").into(),
            Node::Push(count) => format!("a push of {count}").into(),
            Node::Map(pairs) => format!("a map of {pairs}").into(),
            Node::Attribute(_) => "an attribute".into(),
        }
    }
}

/// A reply that is not of the type asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    expected: Cow<'static, str>,
    found: Cow<'static, str>,
    /// Innermost step first.
    path: Vec<Step>,
}

/// One step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The element at this position.
    Element(usize),
    /// The key of the pair at this position.
    Key(usize),
    /// The value of the pair at this position.
    Value(usize),
}

impl Mismatch {
    /// `found` came where `expected` was wanted.
    pub fn new(expected: impl Into<Cow<'static, str>>, found: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { expected: expected.into(), found: found.into(), path: Vec::new() }))
    }

    /// The same, seen from one level further out.
    #[must_use]
    pub fn within(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { expected, found, path } = &*self.0;
        write!(f, "expected {expected}, found {found}")?;
        if path.is_empty() {
            return Ok(());
        }
        f.write_str(" at ")?;
        for step in path.iter().rev() {
            match step {
                Step::Element(at) => write!(f, "[{at}]")?,
                Step::Key(at) => write!(f, "{{key {at}}}")?,
                Step::Value(at) => write!(f, "{{value {at}}}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mismatch({self})")
    }
}

impl std::error::Error for Mismatch {}

/// Server text as one printable line.
pub(crate) fn one_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
