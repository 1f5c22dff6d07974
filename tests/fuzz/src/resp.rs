//! Replies for targets that need them: trees out of a fuzzer's bytes, and trees as bytes.

use std::fmt::Write as _;

use arbitrary::{Result, Unstructured};
use bytes::Bytes;
use slotpipe_core::{config, wire::decode::Decoder};

use crate::reference::Value;

/// A reply as the decoder of a connection would have it; `None` where the bytes are not exactly one.
pub(crate) fn decoded(resp: &[u8]) -> Option<(Vec<u32>, Vec<Bytes>)> {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    decoder.feed(Bytes::copy_from_slice(resp));
    let frame = decoder.next().ok()??;
    let parts = (frame.words.to_vec(), frame.buffers.to_vec());
    matches!(decoder.next(), Ok(None)).then_some(parts)
}

/// A text.
pub(crate) fn bulk(text: impl AsRef<[u8]>) -> Value {
    Value::Bulk(text.as_ref().to_vec())
}

/// Appends a reply as RESP3 has it, or RESP2: maps as flat arrays, booleans and doubles as numbers and texts.
pub(crate) fn write(value: &Value, resp3: bool, out: &mut Vec<u8>) {
    let mut head = String::new();
    let (kind, elements): (_, &[Value]) = match value {
        Value::Null => return out.extend_from_slice(if resp3 { b"_\r\n" } else { b"$-1\r\n" }),
        Value::Bool(value) if resp3 => return out.extend_from_slice(if *value { b"#t\r\n" } else { b"#f\r\n" }),
        Value::Bool(value) => return out.extend_from_slice(if *value { b":1\r\n" } else { b":0\r\n" }),
        Value::Int(number) => return line(out, b':', number.to_string().as_bytes()),
        Value::Double(bits) => {
            let text = f64::from_bits(*bits).to_string();
            return if resp3 { line(out, b',', text.as_bytes()) } else { text_of(out, b'$', b"", text.as_bytes()) };
        }
        Value::Bulk(text) => return text_of(out, b'$', b"", text),
        Value::Verbatim(text) if resp3 => return text_of(out, b'=', b"txt:", text),
        Value::Verbatim(text) => return text_of(out, b'$', b"", text),
        Value::Simple(text) => return line(out, b'+', text),
        Value::Error(text) => return line(out, b'-', text),
        Value::BigNumber(text) => return line(out, if resp3 { b'(' } else { b'+' }, text),
        Value::Array(elements) => ('*', elements),
        Value::Set(elements) => (if resp3 { '~' } else { '*' }, elements),
        Value::Push(elements) => (if resp3 { '>' } else { '*' }, elements),
        Value::Map(elements) => (if resp3 { '%' } else { '*' }, elements),
        Value::Attribute(_, value) if !resp3 => return write(value, resp3, out),
        Value::Attribute(elements, _) => ('|', elements),
    };
    let count = if "%|".contains(kind) { elements.len() / 2 } else { elements.len() };
    let _ = write!(head, "{kind}{count}\r\n");
    out.extend_from_slice(head.as_bytes());
    elements.iter().for_each(|element| write(element, resp3, out));
    if let Value::Attribute(_, value) = value {
        write(value, resp3, out);
    }
}

fn line(out: &mut Vec<u8>, kind: u8, text: &[u8]) {
    out.push(kind);
    out.extend(text.iter().map(|&byte| if byte == b'\r' || byte == b'\n' { b' ' } else { byte }));
    out.extend_from_slice(b"\r\n");
}

fn text_of(out: &mut Vec<u8>, kind: u8, prefix: &[u8], text: &[u8]) {
    out.push(kind);
    out.extend_from_slice(format!("{}\r\n", prefix.len() + text.len()).as_bytes());
    out.extend_from_slice(prefix);
    out.extend_from_slice(text);
    out.extend_from_slice(b"\r\n");
}

/// Any reply, not deep and not wide.
pub(crate) fn any(given: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    let kinds = if depth == 0 { 9 } else { 14 };
    Ok(match given.int_in_range(0..=kinds)? {
        0 => Value::Null,
        1 => Value::Bool(given.arbitrary()?),
        2 => Value::Int(given.int_in_range(-2..=9)?),
        3 => Value::Int(given.arbitrary()?),
        4 => Value::Double(f64::from(given.arbitrary::<i16>()?).to_bits()),
        5 | 6 => Value::Bulk(text(given)?),
        7 => Value::Simple(text(given)?),
        8 => Value::Error(text(given)?),
        9 => Value::Verbatim(text(given)?),
        10 | 11 => Value::Array(elements(given, depth, 1)?),
        12 => Value::Set(elements(given, depth, 1)?),
        13 => Value::Map(elements(given, depth, 2)?),
        _ => Value::Attribute(elements(given, depth, 2)?, Box::new(any(given, depth - 1)?)),
    })
}

fn elements(given: &mut Unstructured<'_>, depth: u32, per: usize) -> Result<Vec<Value>> {
    (0..given.int_in_range(0..=4)? * per).map(|_| any(given, depth - 1)).collect()
}

/// A few of the fuzzer's bytes.
pub(crate) fn text(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = given.int_in_range(0..=20)?;
    Ok(given.bytes(length.min(given.len()))?.to_vec())
}
