//! From the words of a tape to the tree of the reference.

use bytes::Bytes;
use slotpipe_core::wire::tape::{Cursor, Leaf, Node};

use crate::reference::Value;

/// The one value of these words. Panics if they are not exactly one, or name bytes that are not there.
pub(crate) fn tree(words: &[u32], buffers: &[Bytes]) -> Value {
    let mut cursor = Cursor::new(words);
    let value = next(&mut cursor, buffers);
    assert_eq!(cursor.rest(), &[] as &[u32], "words behind the value");
    value
}

/// The next value of a cursor.
pub(crate) fn next(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Value {
    let text = |leaf: Leaf| leaf.of(buffers).expect("a leaf names bytes that are there").to_vec();
    let node = cursor.next().expect("words end inside a value");
    let mut values = |count: u64| (0..count).map(|_| next(cursor, buffers)).collect::<Vec<_>>();
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Bool(value),
        Node::Int(value) => Value::Int(value),
        Node::Double(value) => Value::Double(value.to_bits()),
        Node::Bulk(leaf) => Value::Bulk(text(leaf)),
        Node::Simple(leaf) => Value::Simple(text(leaf)),
        Node::Error(leaf) => Value::Error(text(leaf)),
        Node::BigNumber(leaf) => Value::BigNumber(text(leaf)),
        Node::Verbatim(leaf) => Value::Verbatim(text(leaf)),
        Node::Array(count) => Value::Array(values(count.into())),
        Node::Set(count) => Value::Set(values(count.into())),
        Node::Push(count) => Value::Push(values(count.into())),
        Node::Map(pairs) => Value::Map(values(u64::from(pairs) * 2)),
        Node::Attribute(pairs) => {
            let pairs = values(u64::from(pairs) * 2);
            Value::Attribute(pairs, Box::new(next(cursor, buffers)))
        }
    }
}
