//! What the tests of `wire` share: values as trees, an obviously correct decoder, a generator, and every way of cutting.
#![allow(dead_code, reason = "each test crate uses a part")]

use bytes::Bytes;
use slotpipe_core::{
    config,
    wire::{
        decode::{DecodeError, Decoder, Frame, Limits, SmallString},
        tape::{Cursor, Leaf, Node, tag},
    },
};

/// A reply as a tree. Doubles are bits, so that nan equals nan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Double(u64),
    Bulk(Vec<u8>),
    Simple(Vec<u8>),
    Error(Vec<u8>),
    BigNumber(Vec<u8>),
    Verbatim(Vec<u8>),
    Array(Vec<Value>),
    Set(Vec<Value>),
    Push(Vec<Value>),
    Map(Vec<Value>),
    Attribute(Vec<Value>, Box<Value>),
}

pub(crate) fn bulk(text: impl AsRef<[u8]>) -> Value {
    Value::Bulk(text.as_ref().to_vec())
}

pub(crate) fn double(value: f64) -> Value {
    Value::Double(value.to_bits())
}

pub(crate) fn limits() -> Limits {
    config::Limits::default().decode
}

/// Reads exactly one value and expects nothing behind it.
pub(crate) fn tree(words: &[u32], bytes: &dyn Fn(Leaf) -> Vec<u8>) -> Value {
    let mut cursor = Cursor::new(words);
    let value = read(&mut cursor, bytes);
    assert_eq!(cursor.rest(), &[] as &[u32], "words behind the value");
    value
}

pub(crate) fn leaf_of<'a>(buffers: &'a [Bytes]) -> impl Fn(Leaf) -> &'a [u8] {
    |leaf| &buffers[leaf.buffer as usize][leaf.offset as usize..][..leaf.length as usize]
}

fn string_tree(decoder: &Decoder, SmallString { tag, offset, length }: SmallString) -> Value {
    let bytes = decoder.chunk()[offset as usize..][..length as usize].to_vec();
    if tag == tag::BULK { Value::Bulk(bytes) } else { Value::Simple(bytes) }
}

pub(crate) fn frame_tree(frame: Frame<'_>) -> Value {
    let bytes = leaf_of(frame.buffers);
    tree(frame.words, &|leaf| bytes(leaf).to_vec())
}

fn read(cursor: &mut Cursor<'_>, bytes: &dyn Fn(Leaf) -> Vec<u8>) -> Value {
    let node = cursor.next().expect("words end inside a value");
    let mut values = |count: u64| (0..count).map(|_| read(cursor, bytes)).collect::<Vec<_>>();
    match node {
        Node::Null => Value::Null,
        Node::Bool(value) => Value::Bool(value),
        Node::Int(value) => Value::Int(value),
        Node::Double(value) => double(value),
        Node::Bulk(leaf) => Value::Bulk(bytes(leaf)),
        Node::Simple(leaf) => Value::Simple(bytes(leaf)),
        Node::Error(leaf) => Value::Error(bytes(leaf)),
        Node::BigNumber(leaf) => Value::BigNumber(bytes(leaf)),
        Node::Verbatim(leaf) => Value::Verbatim(bytes(leaf)),
        Node::Array(count) => Value::Array(values(count.into())),
        Node::Set(count) => Value::Set(values(count.into())),
        Node::Push(count) => Value::Push(values(count.into())),
        Node::Map(pairs) => Value::Map(values(u64::from(pairs) * 2)),
        Node::Attribute(pairs) => {
            let about = values(u64::from(pairs) * 2);
            Value::Attribute(about, Box::new(read(cursor, bytes)))
        }
    }
}

/// How a stream was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Between,
    MidFrame,
    Failed(DecodeError),
}

/// Decodes `input` in chunks whose sizes `cut` chooses.
pub(crate) fn decode_cut(input: &[u8], limits: Limits, cut: impl FnMut() -> usize) -> (Vec<Value>, End) {
    decode(input, limits, false, cut)
}

/// `ahead`: strings that lie whole in their chunk are read as such, and all else as frames.
fn decode(input: &[u8], limits: Limits, ahead: bool, mut cut: impl FnMut() -> usize) -> (Vec<Value>, End) {
    let mut decoder = Decoder::new(limits);
    let mut values = Vec::new();
    let mut rest = input;
    while !rest.is_empty() {
        let (chunk, next) = rest.split_at(cut().clamp(1, rest.len()));
        rest = next;
        decoder.feed(Bytes::copy_from_slice(chunk));
        loop {
            while ahead && let Some(string) = decoder.next_string() {
                values.push(string_tree(&decoder, string));
            }
            match decoder.next() {
                Ok(Some(frame)) => values.push(frame_tree(frame)),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(decoder.next().unwrap_err(), error, "errors are final");
                    return (values, End::Failed(error));
                }
            }
        }
    }
    let end = if decoder.is_mid_frame() { End::MidFrame } else { End::Between };
    (values, end)
}

/// Decodes `input` whole, byte by byte and at random cuts, and expects one result.
pub(crate) fn decode_every_way(input: &[u8], limits: Limits) -> (Vec<Value>, End) {
    let whole = decode_cut(input, limits, || usize::MAX);
    assert_eq!(decode(input, limits, true, || usize::MAX), whole, "strings ahead: {}", input.escape_ascii());
    assert_eq!(decode_cut(input, limits, || 1), whole, "byte by byte: {}", input.escape_ascii());
    let mut random = Random(input.len() as u64 + 1);
    for most in [2, 3, 7, 20, 200] {
        let cut = decode_cut(input, limits, || 1 + random.below(most));
        assert_eq!(cut, whole, "cut at random: {}", input.escape_ascii());
        let ahead = decode(input, limits, true, || 1 + random.below(most));
        assert_eq!(ahead, whole, "cut at random, strings ahead: {}", input.escape_ascii());
    }
    whole
}

/// Decodes one frame in one chunk and gives its words and buffers away.
pub(crate) fn decode_one(input: &[u8]) -> (Vec<u32>, Vec<Bytes>) {
    let mut decoder = Decoder::new(limits());
    decoder.feed(Bytes::copy_from_slice(input));
    let frame = decoder.next().expect("valid RESP").expect("a complete frame");
    (frame.words.to_vec(), frame.buffers.to_vec())
}

/// Xorshift64*: deterministic, and enough to choose cuts and values.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap() % bound
    }

    fn bytes(&mut self, alphabet: &[u8]) -> Vec<u8> {
        let length = self.below(20);
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }
}

/// A random value and one of its forms on the wire, appended to `out`.
pub(crate) fn generate(random: &mut Random, depth: usize, out: &mut Vec<u8>) -> Value {
    let line = |out: &mut Vec<u8>, text: &[u8]| out.extend_from_slice(&[text, b"\r\n"].concat());
    let kinds = if depth == 0 { 9 } else { 14 };
    match random.below(kinds) {
        0 => {
            line(out, [&b"_"[..], b"$-1", b"*-1"][random.below(3)]);
            Value::Null
        }
        1 => {
            let value = random.below(2) == 1;
            line(out, if value { b"#t" } else { b"#f" });
            Value::Bool(value)
        }
        2 => {
            let value = random.next().cast_signed() >> random.below(64);
            let sign = if value >= 0 && random.below(4) == 0 { "+" } else { "" };
            line(out, format!(":{sign}{value}").as_bytes());
            Value::Int(value)
        }
        3 => {
            let (text, value) = match random.below(5) {
                0 => ("inf".into(), f64::INFINITY),
                1 => ("-inf".into(), f64::NEG_INFINITY),
                2 => ("nan".into(), f64::NAN),
                3 => ("1.5e3".into(), 1500.0),
                _ => {
                    let value = f64::from_bits(random.next() >> 2);
                    (format!("{value:e}"), value)
                }
            };
            line(out, format!(",{text}").as_bytes());
            double(value)
        }
        4 => {
            let text = random.bytes(b"ab \r\n$*\0\xff");
            line(out, format!("${}", text.len()).as_bytes());
            line(out, &text);
            Value::Bulk(text)
        }
        5 => {
            let text = random.bytes(b"OK $\xc3\n");
            line(out, &[b"+", &text[..]].concat());
            Value::Simple(text)
        }
        6 => {
            let text = random.bytes(b"ERR \r\n:");
            if text.contains(&b'\r') || random.below(2) == 0 {
                line(out, format!("!{}", text.len()).as_bytes());
                line(out, &text);
            } else {
                line(out, &[b"-", &text[..]].concat());
            }
            Value::Error(text)
        }
        7 => {
            let text = [["", "-", "+"][random.below(3)].as_bytes(), &random.bytes(b"0123456789")[..], b"7"].concat();
            line(out, &[b"(", &text[..]].concat());
            Value::BigNumber(text)
        }
        8 => {
            let text = random.bytes(b"# Server\r\n:");
            line(out, format!("={}", text.len() + 4).as_bytes());
            line(out, &[b"txt:", &text[..]].concat());
            Value::Verbatim(text)
        }
        kind => {
            let count = random.below(5);
            let header = [b'*', b'~', b'%', b'|', b'*'][kind - 9];
            line(out, &[&[header][..], count.to_string().as_bytes()].concat());
            let mut values = |count| (0..count).map(|_| generate(random, depth - 1, out)).collect::<Vec<_>>();
            match header {
                b'~' => Value::Set(values(count)),
                b'%' => Value::Map(values(count * 2)),
                b'|' => {
                    let about = values(count * 2);
                    Value::Attribute(about, Box::new(generate(random, depth - 1, out)))
                }
                _ => Value::Array(values(count)),
            }
        }
    }
}

/// The obviously correct decoder: recursive, over all the bytes at once, valid input only. Gives the value and the rest.
pub(crate) fn reference(input: &[u8]) -> (Value, &[u8]) {
    let end = input.windows(2).position(|pair| pair == b"\r\n").expect("a line");
    let (text, rest) = (&input[1..end], &input[end + 2..]);
    let number = || std::str::from_utf8(text).unwrap().parse::<i64>().unwrap();
    let blob = |skip: usize, kind: fn(Vec<u8>) -> Value| {
        let length = usize::try_from(number()).unwrap();
        assert_eq!(&rest[length..length + 2], b"\r\n");
        (kind(rest[skip..length].to_vec()), &rest[length + 2..])
    };
    let values = |per: i64, kind: &dyn Fn(Vec<Value>) -> Value| {
        let mut values = Vec::new();
        let mut rest = rest;
        for _ in 0..number() * per {
            let (value, next) = reference(rest);
            values.push(value);
            rest = next;
        }
        (kind(values), rest)
    };
    match (input[0], text) {
        (b'_', b"") | (b'$' | b'*', b"-1") => (Value::Null, rest),
        (b'#', b"t") => (Value::Bool(true), rest),
        (b'#', b"f") => (Value::Bool(false), rest),
        (b':', _) => (Value::Int(number()), rest),
        (b',', b"nan") => (double(f64::NAN), rest),
        (b',', _) => (double(std::str::from_utf8(text).unwrap().parse().unwrap()), rest),
        (b'+', _) => (Value::Simple(text.to_vec()), rest),
        (b'-', _) => (Value::Error(text.to_vec()), rest),
        (b'(', _) => (Value::BigNumber(text.to_vec()), rest),
        (b'$', _) => blob(0, Value::Bulk),
        (b'!', _) => blob(0, Value::Error),
        (b'=', _) => blob(4, Value::Verbatim),
        (b'*', _) => values(1, &Value::Array),
        (b'~', _) => values(1, &Value::Set),
        (b'>', _) => values(1, &Value::Push),
        (b'%', _) => values(2, &Value::Map),
        (b'|', _) => {
            let (about, rest) = values(2, &Value::Map);
            let Value::Map(about) = about else { unreachable!() };
            let (value, rest) = reference(rest);
            (Value::Attribute(about, Box::new(value)), rest)
        }
        (kind, _) => panic!("no type {kind:?}"),
    }
}
