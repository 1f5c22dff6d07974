//! Replies for the tests: tapes from RESP as a server sends it, or from a notation that a person can read.

use bytes::Bytes;
use slotpipe_core::{
    config,
    port::Address,
    route::{
        slot::Slot,
        topology::{BadView, NodeId, Topology, View},
    },
    wire::decode::Decoder,
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

/// The replies in `resp`, one behind the other, decoded as they would be on a connection.
pub(crate) fn from_resp(resp: &[u8]) -> Vec<Tape> {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    decoder.feed(Bytes::copy_from_slice(resp));
    let mut tapes = Vec::new();
    while let Some(frame) = decoder.next().expect("RESP") {
        tapes.push(Tape { words: frame.words.to_vec(), buffers: frame.buffers.to_vec() });
    }
    assert!(!decoder.is_mid_frame(), "a test's RESP ends early");
    tapes
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
