//! Replies for the tests: tapes from RESP as a server sends it, or from a notation that a person can read.

use bytes::Bytes;
use slotpipe_core::{
    port::Address,
    route::{
        slot::Slot,
        topology::{BadView, NodeId, Topology, View},
    },
    wire::tape::tag,
};

/// A tape with its buffers.
#[derive(Clone)]
pub(crate) struct Tape {
    pub(crate) words: Vec<u32>,
    pub(crate) buffers: Vec<Bytes>,
}

impl Tape {
    pub(crate) fn parts(&self) -> (&[u32], &[Bytes]) {
        (&self.words, &self.buffers)
    }
}

/// The replies in `resp`, one behind the other. The bytes are put into buffer 1, so that a mix-up of buffers shows.
pub(crate) fn from_resp(resp: &[u8]) -> Vec<Tape> {
    let buffers = vec![Bytes::from_static(b"not here"), Bytes::copy_from_slice(resp)];
    let mut at = 0;
    let mut tapes = Vec::new();
    while at < resp.len() {
        let mut words = Vec::new();
        value(resp, &mut at, &mut words);
        tapes.push(Tape { words, buffers: buffers.clone() });
    }
    tapes
}

fn value(resp: &[u8], at: &mut usize, words: &mut Vec<u32>) {
    let end = *at + resp[*at..].windows(2).position(|two| two == b"\r\n").expect("CRLF");
    let (kind, line) = (resp[*at], (*at + 1, end));
    let number = || std::str::from_utf8(&resp[line.0..line.1]).unwrap().parse::<i64>().expect("a number");
    let word = |n: usize| u32::try_from(n).unwrap();
    *at = end + 2;
    match kind {
        b'_' => words.push(tag::NULL),
        b':' => {
            let bits = number().cast_unsigned();
            words.extend([tag::INT, (bits & 0xffff_ffff) as u32, (bits >> 32) as u32]);
        }
        b'+' | b'-' => {
            let kind = if kind == b'+' { tag::SIMPLE } else { tag::ERROR };
            words.extend([kind, 1, word(line.0), word(line.1 - line.0)]);
        }
        b'$' if number() < 0 => words.push(tag::NULL),
        b'$' | b'=' => {
            let (start, length) = (*at, usize::try_from(number()).unwrap());
            *at = start + length + 2;
            let head = if kind == b'=' { 4 } else { 0 };
            let kind = if kind == b'=' { tag::VERBATIM } else { tag::BULK };
            words.extend([kind, 1, word(start + head), word(length - head)]);
        }
        b'*' | b'%' | b'|' => {
            let count = usize::try_from(number()).unwrap();
            let (kind, values) = match kind {
                b'*' => (tag::ARRAY, count),
                b'%' => (tag::MAP, count * 2),
                _ => (tag::ATTRIBUTE, count * 2 + 1),
            };
            words.extend([kind, word(count)]);
            for _ in 0..values {
                value(resp, at, words);
            }
        }
        other => panic!("{} in a test's RESP", other as char),
    }
}

/// A reply in a notation: `[…]` arrays, `{…}` maps, numbers, `'text'`, `null`, `!'error'`.
pub(crate) fn reply(notation: &str) -> Tape {
    let mut resp = Vec::new();
    let mut rest = notation.trim();
    notated(&mut rest, &mut resp);
    assert_eq!(rest, "", "left over in a test's notation");
    from_resp(&resp).remove(0)
}

fn notated(rest: &mut &str, resp: &mut Vec<u8>) {
    let first = rest.chars().next().expect("a value");
    let close = match first {
        '[' => ']',
        '{' => '}',
        '\'' | '!' => {
            let start = rest.find('\'').unwrap() + 1;
            let text = &rest[start..start + rest[start..].find('\'').expect("a quote")];
            *rest = rest[start + text.len() + 1..].trim_start();
            if first == '!' {
                resp.extend(format!("-{text}\r\n").bytes());
            } else {
                resp.extend(format!("${}\r\n{text}\r\n", text.len()).bytes());
            }
            return;
        }
        _ => {
            let end = rest.find([' ', ']', '}', '\n']).unwrap_or(rest.len());
            let word = &rest[..end];
            *rest = rest[end..].trim_start();
            resp.extend(if word == "null" { "_\r\n".to_owned() } else { format!(":{word}\r\n") }.bytes());
            return;
        }
    };
    *rest = rest[1..].trim_start();
    let (mut inner, mut count) = (Vec::new(), 0);
    while !rest.starts_with(close) {
        notated(rest, &mut inner);
        count += 1;
    }
    *rest = rest[1..].trim_start();
    let head = if close == ']' { format!("*{count}\r\n") } else { format!("%{}\r\n", count / 2) };
    resp.extend(head.bytes());
    resp.extend(inner);
}

/// A reply that is one bulk string.
pub(crate) fn bulk(text: &str) -> Tape {
    from_resp(format!("${}\r\n{text}\r\n", text.len()).as_bytes()).remove(0)
}

pub(crate) fn dialled() -> Address {
    Address::new("10.0.0.1", 6379)
}

/// Reads SLOTS in the notation, and NODES as text; without a text, NODES was refused.
pub(crate) fn read(slots: &str, nodes: Option<&str>, from: &Address, tls: bool) -> Result<View, BadView> {
    let nodes = nodes.map_or_else(|| reply("!'NOPERM this user has no permissions'"), bulk);
    Topology::read_view(reply(slots).parts(), nodes.parts(), from, tls)
}

/// [`read`] over a plain connection to [`dialled`], expected to succeed.
pub(crate) fn view(slots: &str, nodes: &str) -> View {
    read(slots, Some(nodes), &dialled(), false).expect("a view")
}

/// A map that has adopted these.
pub(crate) fn adopted(views: &[View]) -> Topology {
    let mut map = Topology::new(1000);
    map.adopt(views);
    map
}

pub(crate) fn slot(number: u16) -> Slot {
    Slot::new(number).expect("a slot")
}

pub(crate) fn owner(map: &Topology, number: u16) -> String {
    map.owner(slot(number)).map_or_else(|| "nobody".to_owned(), |id| map.node(id).address.to_string())
}

pub(crate) fn addresses<'m>(map: &'m Topology, ids: impl IntoIterator<Item = NodeId> + 'm) -> Vec<String> {
    ids.into_iter().map(|id| map.node(id).address.to_string()).collect()
}

pub(crate) fn replicas(map: &Topology, number: u16) -> Vec<String> {
    addresses(map, map.replicas(slot(number)).iter().copied())
}
