//! Tapes as text, for people and for comparison.

use bytes::Bytes;
use slotpipe_core::{
    port::OutcomeKind,
    wire::tape::{Cursor, Leaf, Node},
};

/// An outcome as text: `1`, `"bulk"`, `+simple`, `[...]`, `{k: v}`, or
/// `server error (ran: no) at 7001: OOM ...`, `not executed (expired) at 7001: ...`, `unknown (1 attempt) at 7001: ...`,
/// `partial [slot 866 at 7001: 1 | ...]`.
pub fn show(outcome: OutcomeKind, body: &[u32], buffers: &[Bytes]) -> String {
    let mut cursor = Cursor::new(body);
    let text = outcome_text(outcome, &mut cursor, buffers);
    assert!(cursor.rest().is_empty(), "words behind the body of an answer: {:?}", cursor.rest());
    text
}

/// A value as text.
pub fn show_value(words: &[u32], buffers: &[Bytes]) -> String {
    value(&mut Cursor::new(words), buffers)
}

fn outcome_text(outcome: OutcomeKind, cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    if outcome == OutcomeKind::Reply {
        return value(cursor, buffers);
    }
    if outcome == OutcomeKind::Detailed {
        let whole = value(cursor, buffers);
        let Some(Node::Array(count)) = cursor.next() else { panic!("a detailed reply without its parts") };
        return format!("{whole} of [{}]", (0..count).map(|_| part(cursor, buffers)).collect::<Vec<_>>().join(" | "));
    }
    let Some(head) = cursor.next() else { return format!("{outcome:?} without a body") };
    if outcome == OutcomeKind::Partial {
        let Node::Array(count) = head else { return format!("partial that is {head:?}") };
        return format!("partial [{}]", (0..count).map(|_| part(cursor, buffers)).collect::<Vec<_>>().join(" | "));
    }
    let Node::Int(number) = head else { return format!("{outcome:?} that is {head:?}") };
    let message = text(cursor, buffers);
    let node = node(cursor, buffers);
    assert!(matches!(cursor.next(), Some(Node::Int(0..=16_383) | Node::Null)), "a slot, or none");
    match outcome {
        OutcomeKind::ServerError => {
            let ran = ["no", "maybe"].get(usize::try_from(number).unwrap_or(9)).unwrap_or(&"?");
            format!("server error (ran: {ran}){node}: {message}")
        }
        OutcomeKind::NotExecuted => format!("not executed ({}){node}: {message}", reason(number)),
        OutcomeKind::Unknown if number == 1 => format!("unknown (1 attempt){node}: {message}"),
        OutcomeKind::Unknown => format!("unknown ({number} attempts){node}: {message}"),
        OutcomeKind::Reply | OutcomeKind::Detailed | OutcomeKind::Partial => unreachable!("told above"),
    }
}

/// `[outcome kind, node, slot or null, body of that kind as an array]`, and the step of a recipe.
fn part(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    let Some(Node::Array(fields @ (4 | 5))) = cursor.next() else { panic!("a part has four fields, or five") };
    let Some(Node::Int(kind)) = cursor.next() else { panic!("a part begins with its outcome") };
    let outcome = OutcomeKind::from_word(u32::try_from(kind).expect("a small number"));
    let node = node(cursor, buffers);
    let slot = match cursor.next() {
        Some(Node::Int(slot)) => format!("slot {slot}"),
        Some(Node::Null) => String::from("part"),
        other => panic!("a slot that is {other:?}"),
    };
    let Some(Node::Array(_)) = cursor.next() else { panic!("the body of a part is an array") };
    let ended = outcome_text(outcome, cursor, buffers);
    let step = if fields == 5 { format!(" ({})", text(cursor, buffers)) } else { String::new() };
    format!("{slot}{node}{step}: {ended}")
}

fn reason(number: i64) -> &'static str {
    let reasons = [
        "unreachable",
        "expired",
        "would-reorder",
        "after-unknown",
        "overloaded",
        "cancelled",
        "misused",
        "too-many-redirects",
        "conflict",
        "discarded",
    ];
    usize::try_from(number).ok().and_then(|number| reasons.get(number)).unwrap_or(&"?")
}

fn node(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    match cursor.next() {
        Some(Node::Null) => String::new(),
        Some(Node::Bulk(leaf)) => {
            let long = bytes(leaf, buffers);
            format!(" at {}", long.strip_prefix("127.0.0.1:").unwrap_or(&long))
        }
        other => panic!("a node that is {other:?}"),
    }
}

fn text(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    match cursor.next() {
        Some(Node::Bulk(leaf) | Node::Error(leaf)) => bytes(leaf, buffers),
        other => panic!("a message that is {other:?}"),
    }
}

fn bytes(leaf: Leaf, buffers: &[Bytes]) -> String {
    let bytes = &buffers[leaf.buffer as usize][leaf.offset as usize..][..leaf.length as usize];
    if bytes.len() > 400 { format!("<{} bytes>", bytes.len()) } else { escaped(bytes) }
}

/// Printable ASCII as it is, but for the backslash; all else escaped.
pub(super) fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\'' | b'"' => text.push(char::from(byte)),
            _ => text.extend(std::ascii::escape_default(byte).map(char::from)),
        }
    }
    text
}

fn value(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    match cursor.next().expect("a tape ends with a whole value") {
        Node::Null => "null".into(),
        Node::Bool(value) => value.to_string(),
        Node::Int(value) => value.to_string(),
        Node::Double(value) => format!("{value:?}"),
        Node::Bulk(leaf) => format!("\"{}\"", bytes(leaf, buffers)),
        Node::Simple(leaf) => format!("+{}", bytes(leaf, buffers)),
        Node::Error(leaf) => format!("-{}", bytes(leaf, buffers)),
        Node::BigNumber(leaf) => format!("({}", bytes(leaf, buffers)),
        Node::Verbatim(leaf) => format!("=\"{}\"", bytes(leaf, buffers)),
        Node::Array(n) | Node::Push(n) => format!("[{}]", items(cursor, buffers, n)),
        Node::Set(n) => format!("~[{}]", items(cursor, buffers, n)),
        Node::Map(n) | Node::Attribute(n) => {
            let pair = |_| {
                let key = value(cursor, buffers);
                format!("{key}: {}", value(cursor, buffers))
            };
            format!("{{{}}}", (0..n).map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn items(cursor: &mut Cursor<'_>, buffers: &[Bytes], count: u32) -> String {
    (0..count).map(|_| value(cursor, buffers)).collect::<Vec<_>>().join(", ")
}
