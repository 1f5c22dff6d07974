//! Replies that are more than their parts: arrays whose places have meanings, tuples told apart by their first text, and
//! what the core makes of texts. And the macro by which maps with known names become structs.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::{
    from_value::FromValue,
    reply::{Mismatch, Node, Reply, Step},
};

/// A struct that is read from a map with these names, of which some may be missing; other names are passed over.
macro_rules! reply_struct {
    (
        $(#[$about:meta])*
        $name:ident {
            $($(#[$of:meta])* $field:ident: $type:ty = $key:literal $(or $none:ident)?,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$of])* pub $field: $type,)*
        }

        impl $crate::from_value::FromValue for $name {
            fn from_value(
                reply: &mut $crate::reply::Reply<'_>,
            ) -> Result<Self, $crate::reply::Mismatch> {
                $(let mut $field: Option<$type> = None;)*
                let pairs = $crate::commands::answers::groups(reply, 2, "a map")?;
                for at in 0..pairs as usize {
                    match &$crate::commands::answers::key(reply, at)?[..] {
                        $(key if key == $key.as_bytes() => {
                            $field = Some($crate::commands::answers::value(reply, at)?);
                        })*
                        _ => reply.skip()?,
                    }
                }
                Ok(Self { $($field: reply_struct!(@end $field, $key $(, $none)?),)* })
            }
        }
    };
    (@end $field:ident, $key:literal) => { $crate::commands::answers::must($field, $key)? };
    (@end $field:ident, $key:literal, $none:ident) => { $field.flatten() };
}

pub(super) use reply_struct;

/// What each node answered, by its address.
pub type PerNode<T> = BTreeMap<String, T>;

/// What INFO tells, section by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// By the name of the section (`Server`) and then by that of the field.
    pub sections: BTreeMap<String, BTreeMap<String, InfoField>>,
}

/// One field of INFO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InfoField {
    /// A text, a number too.
    Text(String),
    /// Pairs: `keys=1,expires=0`.
    Pairs(BTreeMap<String, String>),
}

impl Info {
    /// The text of the field of this name, whatever its section.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields(name).find_map(|field| if let InfoField::Text(text) = field { Some(text.as_str()) } else { None })
    }

    /// The pairs of the field of this name, whatever its section.
    pub fn pairs(&self, name: &str) -> Option<&BTreeMap<String, String>> {
        self.fields(name).find_map(|field| if let InfoField::Pairs(pairs) = field { Some(pairs) } else { None })
    }

    fn fields(&self, name: &str) -> impl Iterator<Item = &InfoField> {
        self.sections.values().filter_map(move |section| section.get(name))
    }
}

impl FromValue for Info {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Ok(Self { sections: reply.read()? })
    }
}

impl FromValue for InfoField {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let is_map = matches!(reply.peek_node()?, Node::Map(_));
        if is_map { reply.read().map(Self::Pairs) } else { reply.read().map(Self::Text) }
    }
}

/// One client of a node, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientInfo {
    /// By name: `id`, `addr`, `name`, `cmd` and more from version to version.
    pub fields: BTreeMap<String, String>,
}

impl ClientInfo {
    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

impl FromValue for ClientInfo {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Ok(Self { fields: reply.read()? })
    }
}

reply_struct! {
    /// A node of a cluster as one of them sees it: a line of CLUSTER NODES.
    ClusterNode {
        /// 40 hexadecimal digits.
        id: String = "id",
        /// Empty while the node does not know its own.
        ip: String = "ip",
        /// Where clients reach it; 0 while it has no address.
        port: u16 = "port",
        /// Where nodes reach it.
        bus_port: Option<u16> = "bus-port",
        /// The name that it announces.
        hostname: Option<String> = "hostname",
        /// What else it announces: `shard-id` and the like.
        metadata: BTreeMap<String, String> = "metadata",
        /// `myself`, `master`, `slave`, `fail?`, `fail`, `handshake`, `noaddr`, `nofailover`.
        flags: Vec<String> = "flags",
        /// The primary that it replicates.
        primary: Option<String> = "primary",
        /// When it was last asked and has not answered yet, in milliseconds since 1970; 0 if it has.
        ping_sent_ms: u64 = "ping-sent",
        /// When it last answered, in milliseconds since 1970.
        pong_received_ms: u64 = "pong-received",
        /// The epoch of its configuration.
        config_epoch: u64 = "config-epoch",
        /// `connected` or `disconnected`: the link to it.
        link_state: String = "link-state",
        /// First and last slot of what it owns.
        slots: Vec<(u16, u16)> = "slots",
        /// Slots that leave, each with the id of the node that they go to.
        migrating: Vec<(u16, String)> = "migrating",
        /// Slots that arrive, each with the id of the node that they come from.
        importing: Vec<(u16, String)> = "importing",
    }
}

/// Slots with one owner, and the nodes that serve them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotOwners {
    /// The first slot.
    pub first: u16,
    /// The last slot.
    pub last: u16,
    /// The owner first, then its replicas.
    pub nodes: Vec<SlotNode>,
}

/// A node in CLUSTER SLOTS.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SlotNode {
    /// The preferred endpoint; `None` means the host that was asked, empty an unknown one.
    pub host: Option<String>,
    /// Where clients reach it.
    pub port: u16,
    /// 40 hexadecimal digits.
    pub id: String,
    /// Further endpoints, by kind.
    pub metadata: BTreeMap<String, String>,
}

impl FromValue for SlotOwners {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "slots and their nodes")?;
        let (first, last) = (place(reply, 0)?, place(reply, 1)?);
        let nodes = (2..count).map(|at| place(reply, at)).collect::<Result<_, _>>()?;
        Ok(Self { first, last, nodes })
    }
}

impl FromValue for SlotNode {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 3, "host, port, id")?;
        let node =
            Self { host: place(reply, 0)?, port: place(reply, 1)?, id: place(reply, 2)?, metadata: BTreeMap::new() };
        let metadata = if count > 3 { place(reply, 3)? } else { BTreeMap::new() };
        skip(reply, count, 4)?;
        Ok(Self { metadata, ..node })
    }
}

reply_struct! {
    /// What CLUSTER SLOT-STATS counts for one slot; all but the first hang on the server's configuration.
    SlotStats {
        /// How many keys it has.
        key_count: i64 = "key-count",
        /// What they take, since Redis 8.4.
        memory_bytes: Option<i64> = "memory-bytes" or none,
        /// Time spent on its commands.
        cpu_usec: Option<i64> = "cpu-usec" or none,
        /// Bytes of its commands.
        network_bytes_in: Option<i64> = "network-bytes-in" or none,
        /// Bytes of its replies.
        network_bytes_out: Option<i64> = "network-bytes-out" or none,
    }
}

/// A member that a search found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GeoMatch {
    /// Its name.
    pub member: Bytes,
    /// How far away it is, in the search's unit: WITHDIST.
    pub distance: Option<f64>,
    /// Its 52-bit geohash: WITHHASH.
    pub hash: Option<i64>,
    /// Longitude and latitude: WITHCOORD.
    pub position: Option<(f64, f64)>,
}

/// A member alone, or an array of it and what was asked for: told apart by type.
impl FromValue for GeoMatch {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        if !is_array(reply)? {
            return Ok(Self { member: reply.read()?, distance: None, hash: None, position: None });
        }
        let count = array(reply, 1, "a member and its details")?;
        let mut found = Self { member: place(reply, 0)?, distance: None, hash: None, position: None };
        for at in 1..count {
            if matches!(reply.peek_node()?, Node::Int(_)) {
                found.hash = Some(place(reply, at)?);
            } else if is_array(reply)? {
                found.position = Some(place(reply, at)?);
            } else {
                found.distance = Some(place(reply, at)?);
            }
        }
        Ok(found)
    }
}

/// A run of bytes that two strings have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LcsMatch {
    /// First and last byte in the first string.
    pub first: (u64, u64),
    /// First and last byte in the second string.
    pub second: (u64, u64),
    /// Its length: WITHMATCHLEN.
    pub len: Option<u64>,
}

impl FromValue for LcsMatch {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "two ranges")?;
        let (first, second) = (place(reply, 0)?, place(reply, 1)?);
        let len = if count > 2 { Some(place(reply, 2)?) } else { None };
        skip(reply, count, 3)?;
        Ok(Self { first, second, len })
    }
}

/// What a node is in its replication.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// It takes writes.
    Primary {
        /// How many bytes of replication it has written.
        offset: i64,
        /// Host, port and offset of each replica.
        replicas: Vec<(String, u16, i64)>,
    },
    /// It follows a primary.
    Replica {
        /// Where the primary is.
        host: String,
        /// Where the primary is.
        port: u16,
        /// `connect`, `connecting`, `sync`, `connected` and the like.
        state: String,
        /// How many bytes of replication it has read.
        offset: i64,
    },
    /// It watches others.
    Sentinel {
        /// By name.
        primaries: Vec<String>,
    },
}

impl FromValue for Role {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "a role and its details")?;
        match (place::<String>(reply, 0)?.as_str(), count) {
            ("master", 3) => Ok(Self::Primary { offset: place(reply, 1)?, replicas: place(reply, 2)? }),
            ("slave", 5) => Ok(Self::Replica {
                host: place(reply, 1)?,
                port: place(reply, 2)?,
                state: place(reply, 3)?,
                offset: place(reply, 4)?,
            }),
            ("sentinel", 2) => Ok(Self::Sentinel { primaries: place(reply, 1)? }),
            (role, _) => Err(Mismatch::new("a primary, a replica or a sentinel", format!("{count} places of {role}"))),
        }
    }
}

/// One page of a scan.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScanPage<T> {
    /// Where to go on; 0 at the end.
    pub cursor: u64,
    /// What was found; perhaps nothing although there is more.
    pub items: Vec<T>,
}

/// What a page holds: elements, or pairs one behind the other.
trait Scanned: Sized {
    const WIDTH: u32;
    fn scanned(reply: &mut Reply<'_>) -> Result<Self, Mismatch>;
}

impl Scanned for Bytes {
    const WIDTH: u32 = 1;

    fn scanned(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        reply.read()
    }
}

impl<V: FromValue> Scanned for (Bytes, V) {
    const WIDTH: u32 = 2;

    fn scanned(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        Ok((reply.read()?, reply.read()?))
    }
}

impl<T: Scanned> FromValue for ScanPage<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "a cursor and a page")?;
        let cursor = place(reply, 0)?;
        let items = scanned(reply).map_err(|error| error.within(Step::Element(1)))?;
        skip(reply, count, 2)?;
        Ok(Self { cursor, items })
    }
}

fn scanned<T: Scanned>(reply: &mut Reply<'_>) -> Result<Vec<T>, Mismatch> {
    let count = groups(reply, T::WIDTH, "elements one behind the other")?;
    let mut items = Vec::with_capacity(reply.room_for(count));
    for at in 0..count as usize {
        items.push(T::scanned(reply).map_err(|error| error.within(Step::Element(at)))?);
    }
    Ok(items)
}

reply_struct! {
    /// A command that took long, or many bytes.
    SlowlogEntry {
        /// Its number.
        id: u64 = "id",
        /// When it ended, in seconds since 1970.
        at_s: u64 = "time",
        /// How long it took; of COMMANDLOG's large ones the bytes.
        took_us: u64 = "duration",
        /// The command, shortened where it is long.
        arguments: Vec<Bytes> = "command",
        /// Address and port of the client.
        client: Option<String> = "client" or none,
        /// The client's name, empty if it set none.
        client_name: Option<Bytes> = "client-name" or none,
    }
}

/// An entry of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StreamEntry {
    /// `milliseconds-sequence`.
    pub id: String,
    /// In the order in which they were added; none if the entry has been deleted since it was delivered.
    pub fields: Vec<(Bytes, Bytes)>,
}

impl StreamEntry {
    /// The value of this field, the first if there are several.
    pub fn get(&self, field: impl AsRef<[u8]>) -> Option<&Bytes> {
        self.fields.iter().find(|(name, _)| name == field.as_ref()).map(|(_, value)| value)
    }
}

impl FromValue for StreamEntry {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "an id and fields")?;
        let id = place(reply, 0)?;
        let mut fields = Vec::new();
        if reply.peek_node()? == Node::Null {
            reply.skip()?;
        } else {
            let pairs = groups(reply, 2, "fields and values").map_err(|error| error.within(Step::Element(1)))?;
            fields.reserve(reply.room_for(pairs));
            for at in 0..pairs as usize {
                let name = reply.read().map_err(|error: Mismatch| error.within(Step::Key(at)))?;
                let value = reply.read().map_err(|error: Mismatch| error.within(Step::Value(at)))?;
                fields.push((name, value));
            }
        }
        skip(reply, count, 2)?;
        Ok(Self { id, fields })
    }
}

/// What XAUTOCLAIM took over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Autoclaimed<T> {
    /// Where to go on; `0-0` at the end.
    pub next: String,
    /// Entries, or with JUSTID their ids.
    pub claimed: Vec<T>,
    /// Ids of entries that were pending and do not exist any more; since 7.0.
    pub deleted: Vec<String>,
}

impl<T: FromValue> FromValue for Autoclaimed<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "an id and entries")?;
        let (next, claimed) = (place(reply, 0)?, place(reply, 1)?);
        let deleted = if count > 2 { place(reply, 2)? } else { Vec::new() };
        skip(reply, count, 3)?;
        Ok(Self { next, claimed, deleted })
    }
}

/// What a group has been given and has not acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingSummary {
    /// How many entries.
    pub count: u64,
    /// The first id, if there is any.
    pub first: Option<String>,
    /// The last id, if there is any.
    pub last: Option<String>,
    /// How many entries by consumer.
    pub consumers: Vec<(Bytes, u64)>,
}

impl FromValue for PendingSummary {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 4, "a count, two ids and consumers")?;
        let summary = Self {
            count: place(reply, 0)?,
            first: place(reply, 1)?,
            last: place(reply, 2)?,
            consumers: place::<Option<_>>(reply, 3)?.unwrap_or_default(),
        };
        skip(reply, count, 4)?;
        Ok(summary)
    }
}

/// What was found, if anything was: nothing is null or an empty array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Perhaps<T>(pub Option<T>);

/// One thing may stand in an array of its own.
impl<T: FromValue> FromValue for Perhaps<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let first = reply.peek_node()?;
        if matches!(first, Node::Null | Node::Array(0)) {
            return reply.skip().map(|()| Self(None));
        }
        if matches!(first, Node::Array(1)) {
            reply.next_node()?;
        }
        reply.read().map(Some).map(Self)
    }
}

/// One result, or one for each match of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneOrMany<T> {
    /// A path of the old syntax: `.field`.
    One(T),
    /// A path of the new syntax: `$.field`.
    Many(Vec<T>),
}

impl<T: FromValue> FromValue for OneOrMany<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        if is_array(reply)? { reply.read().map(Self::Many) } else { reply.read().map(Self::One) }
    }
}

/// Pairs that stand one behind the other without arrays of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flat<T>(pub Vec<T>);

impl<T: Scanned> FromValue for Flat<T> {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        scanned(reply).map(Self)
    }
}

/// A sample of a time series.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sample {
    /// Its time, in the series' unit.
    pub timestamp: i64,
    /// Its value, or one for each aggregator.
    pub values: Vec<f64>,
}

impl FromValue for Sample {
    fn from_value(reply: &mut Reply<'_>) -> Result<Self, Mismatch> {
        let count = array(reply, 2, "a time and values")?;
        let timestamp = place(reply, 0)?;
        let values = match is_array(reply)? {
            true => place(reply, 1)?,
            false => (1..count).map(|at| place(reply, at)).collect::<Result<_, _>>()?,
        };
        Ok(Self { timestamp, values })
    }
}

/// Opens an array of at least so many elements.
fn array(reply: &mut Reply<'_>, least: u32, expected: &'static str) -> Result<u32, Mismatch> {
    let node = reply.next_node()?;
    if let Node::Array(count) = node
        && count >= least
    {
        return Ok(count);
    }
    Err(reply.mismatch(expected, node))
}

/// Whether an array comes next.
fn is_array(reply: &Reply<'_>) -> Result<bool, Mismatch> {
    Ok(matches!(reply.peek_node()?, Node::Array(_)))
}

/// Reads element `at` of an array that has been opened.
fn place<T: FromValue>(reply: &mut Reply<'_>, at: u32) -> Result<T, Mismatch> {
    reply.read().map_err(|error: Mismatch| error.within(Step::Element(at as usize)))
}

/// Passes over what a newer server has behind the places that are known.
fn skip(reply: &mut Reply<'_>, count: u32, known: u32) -> Result<(), Mismatch> {
    (known..count).try_for_each(|_| reply.skip())
}

/// Opens a map or a flat array of groups, and says of how many.
pub(super) fn groups(reply: &mut Reply<'_>, size: u32, expected: &'static str) -> Result<u32, Mismatch> {
    let node = reply.next_node()?;
    if let Node::Array(count) | Node::Set(count) = node
        && count.is_multiple_of(size)
    {
        return Ok(count / size);
    }
    if let Node::Map(count) = node
        && size == 2
    {
        return Ok(count);
    }
    Err(reply.mismatch(expected, node))
}

pub(super) fn key(reply: &mut Reply<'_>, at: usize) -> Result<Bytes, Mismatch> {
    reply.read().map_err(|error: Mismatch| error.within(Step::Key(at)))
}

pub(super) fn value<T: FromValue>(reply: &mut Reply<'_>, at: usize) -> Result<T, Mismatch> {
    reply.read().map_err(|error: Mismatch| error.within(Step::Value(at)))
}

pub(super) fn must<T>(field: Option<T>, name: &str) -> Result<T, Mismatch> {
    field.ok_or_else(|| Mismatch::new(format!("a map with `{name}`"), "one without"))
}

#[cfg(test)]
mod tests;
