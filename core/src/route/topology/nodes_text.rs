//! The text of CLUSTER NODES, line by line.
//!
//! `name ip:port@busport[,hostname[,key=value…]] flags primary ping pong epoch link slot…`, where a slot is `5461`,
//! `0-5460`, and on the line of `myself` also `[93->-name]` (leaving) and `[93-<-name]` (arriving). The ip is empty
//! while a node does not know its own. Key=value pairs stand in the servers' `nodes.conf`, which has this form too.

use crate::route::{
    endpoint::{self, split_last_colon},
    slot::Slot,
};

/// One line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) name: &'a [u8],
    /// Empty: not known to the server.
    pub(super) ip: &'a [u8],
    /// 0: not known to the server, or not open for this kind of connection.
    pub(super) port: u16,
    /// Empty: none.
    pub(super) hostname: &'a [u8],
    /// Empty: none.
    pub(super) zone: &'a [u8],
    pub(super) myself: bool,
    /// Not a member yet: an address that somebody wants to meet.
    pub(super) handshake: bool,
    pub(super) failing: bool,
    /// Name of the primary that it replicates.
    pub(super) primary: Option<&'a [u8]>,
    pub(super) epoch: u64,
    slots: &'a [u8],
}

/// One word of a line's slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owned {
    /// First to last, both owned.
    Range(Slot, Slot),
    /// Leaving or arriving.
    Moving(Slot),
}

/// The lines of a text with their numbers, counted from 1; an error says what is wrong with a line. `tls` picks the
/// TLS port where both are named.
pub(super) fn lines(text: &[u8], tls: bool) -> impl Iterator<Item = (usize, Result<Line<'_>, &'static str>)> {
    text.split(|&b| b == b'\n')
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_ascii()))
        // The last line of a nodes.conf: `vars currentEpoch 6 lastVoteEpoch 0`.
        .filter(|(_, line)| !line.is_empty() && !line.starts_with(b"vars "))
        .map(move |(number, line)| (number, parse(line, tls)))
}

impl<'a> Line<'a> {
    /// The slots, in the order of the line; `only_moving` passes over the owned ones, which the servers write first.
    pub(super) fn slots(&self, only_moving: bool) -> impl Iterator<Item = Result<Owned, &'static str>> + 'a {
        let first = if only_moving { memchr::memchr(b'[', self.slots).unwrap_or(self.slots.len()) } else { 0 };
        self.slots[first..]
            .split(|&b| b == b' ')
            .filter(|word| !word.is_empty())
            .map(|word| owned(word).ok_or("a slot is not `n`, `n-m`, `[n->-name]` or `[n-<-name]` within 0..16383"))
    }
}

/// A node's name: 40 hexadecimal digits in all servers so far, but only that it is one printable word matters.
pub(super) fn is_name(name: &[u8]) -> bool {
    (1..=64).contains(&name.len()) && name.iter().all(u8::is_ascii_graphic)
}

#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn parse(line: &[u8], tls: bool) -> Result<Line<'_>, &'static str> {
    let mut words = line.splitn(9, |&b| b == b' ');
    let mut word = || words.next().ok_or("fewer than 8 words; expected what CLUSTER NODES prints");
    let (name, place, flags, primary) = (word()?, word()?, word()?, word()?);
    let (_ping, _pong, epoch, _link) = (word()?, word()?, word()?, word()?);
    let slots = words.next().unwrap_or_default();

    if !is_name(name) {
        return Err("the first word is no node name");
    }
    let place = place_of(place, tls).ok_or("the second word is not ip:port@busport with a port within 0..65535")?;
    let flags = flags_of(flags);
    let primary = match primary {
        b"-" => None,
        name if is_name(name) => Some(name),
        _ => return Err("the fourth word is no primary's name and not `-`"),
    };
    let epoch = endpoint::decimal(epoch, u64::MAX).ok_or("the seventh word is no config epoch")?;
    Ok(Line {
        name,
        ip: place.ip,
        port: place.port,
        hostname: place.hostname,
        zone: place.zone,
        myself: flags.myself,
        handshake: flags.handshake,
        failing: flags.failing,
        primary,
        epoch,
        slots,
    })
}

#[derive(Default)]
struct Place<'a> {
    ip: &'a [u8],
    port: u16,
    hostname: &'a [u8],
    zone: &'a [u8],
}

fn place_of(word: &[u8], tls: bool) -> Option<Place<'_>> {
    let mut parts = word.split(|&b| b == b',');
    let socket = parts.next()?;
    // Before Redis 4 there is no bus port.
    let socket = socket.iter().rposition(|&byte| byte == b'@').map_or(socket, |at| &socket[..at]);
    let (ip, port) = split_last_colon(socket)?;
    let mut place = Place { ip, port: endpoint::port(port)?, ..Place::default() };
    place.hostname = parts.next().unwrap_or_default();
    for pair in parts {
        let Some(equals) = memchr::memchr(b'=', pair) else { continue };
        let (key, value) = (&pair[..equals], &pair[equals + 1..]);
        match key {
            b"availability-zone" => place.zone = value,
            b"tls-port" if tls => place.port = endpoint::port(value).filter(|&port| port != 0).unwrap_or(place.port),
            b"tcp-port" if !tls => place.port = endpoint::port(value).filter(|&port| port != 0).unwrap_or(place.port),
            _ => {}
        }
    }
    Some(place)
}

#[derive(Default)]
struct Flags {
    myself: bool,
    handshake: bool,
    failing: bool,
}

/// `fail?` is one node's suspicion, not yet the cluster's verdict. Roles are told by the primary's name.
fn flags_of(word: &[u8]) -> Flags {
    let mut flags = Flags::default();
    for flag in word.split(|&b| b == b',') {
        match flag {
            b"myself" => flags.myself = true,
            b"handshake" => flags.handshake = true,
            b"fail" | b"noaddr" => flags.failing = true,
            _ => {}
        }
    }
    flags
}

#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn owned(word: &[u8]) -> Option<Owned> {
    if let [b'[', mark @ .., b']'] = word {
        let dash = memchr::memchr(b'-', mark)?;
        let arrow = &mark[dash..];
        return (arrow.starts_with(b"->-") || arrow.starts_with(b"-<-"))
            .then_some(Owned::Moving(slot_of(&mark[..dash])?));
    }
    let (first, last) = match memchr::memchr(b'-', word) {
        Some(dash) => (slot_of(&word[..dash])?, slot_of(&word[dash + 1..])?),
        None => (slot_of(word)?, slot_of(word)?),
    };
    (first <= last).then_some(Owned::Range(first, last))
}

fn slot_of(digits: &[u8]) -> Option<Slot> {
    endpoint::port(digits).and_then(Slot::new)
}
