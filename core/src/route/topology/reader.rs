//! Reading a reply's tape item by item, with every place checked.

use bytes::Bytes;

use crate::wire::tape::{Cursor, Leaf, Node};

/// A node of the tape, as far as cluster replies have such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item<'a> {
    Null,
    Int(i64),
    Text(&'a [u8]),
    Error(&'a [u8]),
    /// So many elements follow.
    Array(u32),
    /// So many pairs follow.
    Map(u32),
    /// Nothing that these replies are made of.
    Other,
}

/// Why nothing could be read.
pub(super) type Read<T> = Result<T, &'static str>;

/// Reads items in pre-order; attributes are passed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    cursor: Cursor<'a>,
    buffers: &'a [Bytes],
}

impl<'a> Reader<'a> {
    pub(super) fn new((words, buffers): (&'a [u32], &'a [Bytes])) -> Self {
        Self { cursor: Cursor::new(words), buffers }
    }

    /// The next item alone; the elements of an aggregate follow as items of their own.
    // A refresh reads up to half a million items; as a call of its own, this costs a sixth of it.
    #[inline(always)]
    pub(super) fn item(&mut self) -> Read<Item<'a>> {
        loop {
            return Ok(match self.cursor.next().ok_or(CUT)? {
                Node::Attribute(pairs) => {
                    for _ in 0..u64::from(pairs) * 2 {
                        self.skip()?;
                    }
                    continue;
                }
                Node::Null => Item::Null,
                Node::Int(number) => Item::Int(number),
                Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf) => Item::Text(self.bytes(leaf)?),
                Node::Error(leaf) => Item::Error(self.bytes(leaf)?),
                Node::Array(elements) => Item::Array(elements),
                Node::Map(pairs) => Item::Map(pairs),
                Node::Bool(_) | Node::Double(_) | Node::BigNumber(_) | Node::Set(_) | Node::Push(_) => Item::Other,
            });
        }
    }

    /// Passes over one whole value.
    pub(super) fn skip(&mut self) -> Read<()> {
        self.cursor.skip().map(|_| ()).ok_or(CUT)
    }

    /// The next value if it is a text; anything else is passed over and reads as empty.
    pub(super) fn text_or_skip(&mut self) -> Read<&'a [u8]> {
        let mut ahead = *self;
        if let Item::Text(text) = ahead.item()? {
            *self = ahead;
            return Ok(text);
        }
        self.skip().map(|()| &b""[..])
    }

    fn bytes(&self, leaf: Leaf) -> Read<&'a [u8]> {
        leaf_bytes(self.buffers, leaf).ok_or("a text lies outside of the reply")
    }
}

const CUT: &str = "the reply ends early";

fn leaf_bytes(buffers: &[Bytes], leaf: Leaf) -> Option<&[u8]> {
    let buffer = buffers.get(usize::try_from(leaf.buffer).ok()?)?;
    let start = usize::try_from(leaf.offset).ok()?;
    let end = start.checked_add(usize::try_from(leaf.length).ok()?)?;
    buffer.get(start..end)
}
