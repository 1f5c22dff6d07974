//! What the core says about a command, read from the tape into a [`Verdict`].

use bytes::Bytes;
use slotpipe_core::{
    port::{Answer, OutcomeKind, Ran},
    wire::tape::{Cursor, Leaf, Node},
};

use super::{
    day::{Part, Verdict},
    resp::Value,
};

/// Reads an answer; `None` where the tape does not hold what its outcome promises.
pub(super) fn read(answer: &Answer<'_>, buffers: &[Bytes]) -> Option<Verdict> {
    let mut cursor = answer.cursor();
    let verdict = verdict(answer.outcome, &mut cursor, buffers)?;
    cursor.rest().is_empty().then_some(verdict)
}

fn verdict(outcome: OutcomeKind, cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Option<Verdict> {
    Some(match outcome {
        OutcomeKind::Reply => Verdict::Reply(value(cursor, buffers)?),
        // Nobody here asks for it.
        OutcomeKind::Detailed => return None,
        OutcomeKind::ServerError => {
            let number = integer(cursor)?;
            let line = text(cursor, buffers)?;
            cursor.skip()?;
            cursor.skip()?;
            Verdict::ServerError { may_have_run: number != i64::from(Ran::No as u8), line }
        }
        OutcomeKind::NotExecuted => {
            let reason = integer(cursor)?;
            let message = text(cursor, buffers)?;
            cursor.skip()?;
            cursor.skip()?;
            Verdict::NotExecuted { reason, message }
        }
        OutcomeKind::Unknown => {
            let attempts = integer(cursor)?;
            let message = text(cursor, buffers)?;
            let node = text(cursor, buffers)?;
            cursor.skip()?;
            Verdict::Unknown { attempts, message, node }
        }
        OutcomeKind::Partial => {
            let Node::Array(count) = cursor.next()? else { return None };
            let parts = (0..count).map(|_| part(cursor, buffers)).collect::<Option<_>>()?;
            Verdict::Partial(parts)
        }
    })
}

/// `[outcome kind, node, slot or null, body of that kind as an array]`, and for a step its name.
fn part(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Option<Part> {
    let Node::Array(count @ (4 | 5)) = cursor.next()? else { return None };
    let outcome = OutcomeKind::from_word(u32::try_from(integer(cursor)?).ok()?);
    let node = text(cursor, buffers)?;
    let slot = cursor.next()?;
    let slot = if slot == Node::Null { None } else { Some(u16::try_from(number(slot)?).ok()?) };
    let Node::Array(_) = cursor.next()? else { return None };
    let verdict = verdict(outcome, cursor, buffers)?;
    let step = if count == 5 { Some(text(cursor, buffers)?) } else { None };
    Some(Part { node, slot, verdict, step })
}

fn integer(cursor: &mut Cursor<'_>) -> Option<i64> {
    number(cursor.next()?)
}

fn number(node: Node) -> Option<i64> {
    if let Node::Int(number) = node { Some(number) } else { None }
}

/// A text, or nothing.
fn text(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Option<String> {
    let node = cursor.next()?;
    if node == Node::Null {
        return Some(String::new());
    }
    let error = if let Node::Error(leaf) = node { Some(leaf) } else { None };
    let leaf = node.text().or(error)?;
    Some(String::from_utf8_lossy(leaf.of(buffers)?).into_owned())
}

/// A value as the judge compares it.
pub(super) fn value(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Option<Value> {
    let bytes = |leaf: Leaf| leaf.of(buffers).map(<[u8]>::to_vec);
    let items =
        |count: u64, cursor: &mut Cursor<'_>| (0..count).map(|_| value(cursor, buffers)).collect::<Option<Vec<_>>>();
    Some(match cursor.next()? {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Int(i64::from(value)),
        Node::Int(value) => Value::Int(value),
        Node::Double(value) => Value::Text(value.to_string().into_bytes()),
        Node::Bulk(leaf) | Node::Simple(leaf) | Node::BigNumber(leaf) | Node::Verbatim(leaf) => {
            Value::Text(bytes(leaf)?)
        }
        Node::Error(leaf) => Value::Error(String::from_utf8_lossy(&bytes(leaf)?).into_owned()),
        Node::Array(count) | Node::Set(count) => Value::List(items(u64::from(count), cursor)?),
        Node::Map(count) => Value::List(items(u64::from(count) * 2, cursor)?),
        Node::Push(count) => Value::Push(items(u64::from(count), cursor)?),
        Node::Attribute(count) => {
            items(u64::from(count) * 2, cursor)?;
            value(cursor, buffers)?
        }
    })
}
