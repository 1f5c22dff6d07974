//! The reply of CLUSTER SLOTS, entry by entry.
//!
//! `[first, last, primary, replica…]`, a node being `[endpoint, port, name, metadata]`. The endpoint is what the
//! cluster prefers clients to use: an IP, a host name, `?` (should be a name, but none is known), null ("the host you
//! are talking to"), or empty (before Redis 7: the node does not know its own IP yet). Metadata came with Redis 7: a
//! flat array in RESP2 and a map in RESP3, holding `ip` and `hostname` where these are not the endpoint.

use bytes::Bytes;

use super::reader::{Item, Read, Reader};
use crate::route::slot::{SLOTS, Slot};

/// How SLOTS names a node's host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    /// By name or IP; not checked yet.
    Named(&'a [u8]),
    /// Null or empty: the host that was dialled.
    Dialled {
        /// Null, so that this is how the cluster wants all nodes to be reached.
        preferred: bool,
    },
    /// `?`.
    Unknown,
}

/// One node of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Served<'a> {
    pub(super) endpoint: Endpoint<'a>,
    /// 0: out of range, or not open for this kind of connection.
    pub(super) port: u16,
    /// Empty where the server gives none; not checked yet.
    pub(super) name: &'a [u8],
    /// From the metadata; empty: not there.
    pub(super) ip: &'a [u8],
    /// From the metadata; empty: not there.
    pub(super) hostname: &'a [u8],
    /// From the metadata; empty: not there.
    pub(super) zone: &'a [u8],
}

/// One range and the number of nodes that follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) first: Slot,
    pub(super) last: Slot,
    pub(super) nodes: u32,
}

/// Reads the entries one after the other.
#[derive(Debug)]
pub(super) struct SlotsReply<'a> {
    reader: Reader<'a>,
    left: u32,
}

/// What the reply is.
#[derive(Debug)]
pub(super) enum Opened<'a> {
    Entries(SlotsReply<'a>),
    Error(&'a [u8]),
}

impl<'a> SlotsReply<'a> {
    pub(super) fn open(reply: (&'a [u32], &'a [Bytes])) -> Read<Opened<'a>> {
        let mut reader = Reader::new(reply);
        let entries = match reader.item()? {
            Item::Error(line) => return Ok(Opened::Error(line)),
            Item::Array(entries) => entries,
            Item::Null | Item::Int(_) | Item::Text(_) | Item::Map(_) | Item::Other => return Err("not an array"),
        };
        if entries > u32::from(SLOTS) {
            return Err("more entries than there are slots");
        }
        Ok(Opened::Entries(Self { reader, left: entries }))
    }

    /// The next entry; its nodes must then be read or skipped.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub(super) fn entry(&mut self) -> Read<Option<Entry>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let Item::Array(elements) = self.reader.item()? else { return Err("an entry is not an array") };
        let Some(nodes) = elements.checked_sub(2) else { return Err("an entry has no range") };
        let (first, last) = (self.slot()?, self.slot()?);
        if first > last {
            return Err("a range ends before it begins");
        }
        Ok(Some(Entry { first, last, nodes }))
    }

    /// The next node of the entry.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub(super) fn node(&mut self) -> Read<Served<'a>> {
        let Item::Array(elements) = self.reader.item()? else { return Err("a node is not an array") };
        let Some(extra) = elements.checked_sub(2) else { return Err("a node has no endpoint and port") };
        let endpoint = match self.reader.item()? {
            Item::Null => Endpoint::Dialled { preferred: true },
            Item::Text(b"") => Endpoint::Dialled { preferred: false },
            Item::Text(b"?") => Endpoint::Unknown,
            Item::Text(host) => Endpoint::Named(host),
            Item::Int(_) | Item::Error(_) | Item::Array(_) | Item::Map(_) | Item::Other => {
                return Err("a node's endpoint is no text");
            }
        };
        let Item::Int(port) = self.reader.item()? else { return Err("a node's port is no number") };
        let port = u16::try_from(port).unwrap_or(0);
        let mut served = Served { endpoint, port, name: b"", ip: b"", hostname: b"", zone: b"" };
        for position in 0..extra {
            match position {
                0 => served.name = self.name()?,
                1 => self.metadata(&mut served)?,
                _ => self.skip()?,
            }
        }
        Ok(served)
    }

    /// Passes over one node.
    pub(super) fn skip(&mut self) -> Read<()> {
        self.reader.skip()
    }

    fn name(&mut self) -> Read<&'a [u8]> {
        if let Item::Text(name) = self.reader.item()?
            && !name.is_empty()
        {
            return Ok(name);
        }
        Err("a node's name is no text")
    }

    fn metadata(&mut self, served: &mut Served<'a>) -> Read<()> {
        let pairs = match self.reader.item()? {
            Item::Map(pairs) => pairs,
            Item::Array(elements) if elements % 2 == 0 => elements / 2,
            Item::Null => 0,
            Item::Array(_) | Item::Int(_) | Item::Text(_) | Item::Error(_) | Item::Other => {
                return Err("a node's metadata is no map");
            }
        };
        for _ in 0..pairs {
            let (key, value) = (self.reader.text_or_skip()?, self.reader.text_or_skip()?);
            match key {
                b"ip" => served.ip = value,
                b"hostname" => served.hostname = value,
                b"availability-zone" => served.zone = value,
                _ => {}
            }
        }
        Ok(())
    }

    fn slot(&mut self) -> Read<Slot> {
        let Item::Int(number) = self.reader.item()? else { return Err("a range is not made of numbers") };
        u16::try_from(number).ok().and_then(Slot::new).ok_or("a range reaches beyond slots 0..16383")
    }
}
