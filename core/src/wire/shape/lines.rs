//! Texts of lines become maps: what INFO, CLIENT LIST, CLUSTER INFO and CLUSTER NODES print, and places that get names.
//!
//! Nothing is copied: values are slices of the reply. The names that no reply has come from [`NAMES`], a buffer of its own.

use alloc::vec::Vec;

use super::{Copier, Leaf, Node};
/// The number that leaves out of [`NAMES`] have for their buffer before it is placed; no reply has so many.
pub const NAMES_BUFFER: u32 = u32::MAX;

/// Every name that a shape gives.
pub const NAMES: &str = "id ip port bus-port hostname metadata flags primary ping-sent pong-received config-epoch \
                         link-state slots migrating importing time duration command client-name";

/// The places of an entry of the slow log.
const SLOWLOG: [&str; 6] = ["id", "time", "duration", "command", "client", "client-name"];

/// Bytes of the reply with the leaf that names them.
#[derive(Clone, Copy)]
struct Text<'b> {
    leaf: Leaf,
    bytes: &'b [u8],
}

impl<'b> Text<'b> {
    fn part(self, start: usize, end: usize) -> Self {
        let [offset, length] = [start, end - start].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        Self { leaf: Leaf { offset: self.leaf.offset + offset, length, ..self.leaf }, bytes: &self.bytes[start..end] }
    }

    /// What stands before and behind the first such byte.
    fn cut(self, byte: u8) -> Option<(Self, Self)> {
        let at = memchr::memchr(byte, self.bytes)?;
        Some((self.part(0, at), self.part(at + 1, self.bytes.len())))
    }

    fn split(self, byte: u8) -> impl Iterator<Item = Self> + use<'b> {
        let mut rest = Some(self);
        core::iter::from_fn(move || {
            let whole = rest?;
            let (first, behind) = whole.cut(byte).map_or((whole, None), |(first, behind)| (first, Some(behind)));
            rest = behind;
            Some(first)
        })
    }

    /// The lines that are not empty, without their ends.
    fn lines(self) -> impl Iterator<Item = Self> + use<'b> {
        let line = |line: Self| line.part(0, line.bytes.trim_ascii_end().len());
        self.split(b'\n').map(line).filter(|line| !line.bytes.is_empty())
    }

    fn number(self) -> Option<Node> {
        if !self.bytes.iter().all(u8::is_ascii_digit) {
            return None;
        }
        core::str::from_utf8(self.bytes).ok()?.parse().ok().map(Node::Int)
    }

    /// First and last slot of `5461` or `0-5460`.
    fn range(self) -> Option<[Node; 2]> {
        let (first, last) = self.cut(b'-').unwrap_or((self, self));
        Some([first.number()?, last.number()?])
    }

    /// `a=1,b=2`: names as servers give them, or it is a text with an equals sign in it.
    fn pairs(self) -> Option<Vec<(Self, Self)>> {
        let is_name = |name: &[u8]| {
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
        };
        self.split(b',').map(|pair| pair.cut(b'=').filter(|(name, _)| is_name(name.bytes))).collect()
    }
}

impl<'b, B, P> Copier<'_, '_, B, P>
where
    B: Fn(Leaf) -> &'b [u8] + ?Sized,
    P: FnMut(u32) -> u32 + ?Sized,
{
    /// INFO: sections of fields, none where they are not known; a field of pairs (`keys=1,expires=0`) is a map too.
    pub(super) fn info(&mut self) -> Option<()> {
        let text = self.next_text()?;
        let sections = self.open(Node::Map(0));
        let (mut count, mut fields) = (0, None);
        for line in text.lines() {
            if line.bytes[0] == b'#' {
                let start = 1 + usize::from(line.bytes.get(1) == Some(&b' '));
                self.push(Node::Bulk(line.part(start, line.bytes.len()).leaf));
                fields = Some((self.open(Node::Map(0)), 0));
                count += 1;
                continue;
            }
            let (name, value) = line.cut(b':')?;
            let (place, fields) = fields.as_mut()?;
            *fields += 1;
            let (place, fields) = (*place, *fields);
            self.push(Node::Bulk(name.leaf));
            match value.pairs() {
                Some(pairs) => self.pairs_of_text(&pairs),
                None => self.push(Node::Bulk(value.leaf)),
            }
            self.close(place, fields);
        }
        self.close(sections, count);
        (count > 0 || text.bytes.is_empty()).then_some(())
    }

    /// CLUSTER INFO: lines of `name:value`.
    pub(super) fn text_fields(&mut self) -> Option<()> {
        let fields: Vec<_> = self.next_text()?.lines().map(|line| line.cut(b':')).collect::<Option<_>>()?;
        self.pairs_of_text(&fields);
        Some(())
    }

    /// CLIENT INFO: one line of `name=value`.
    pub(super) fn client(&mut self) -> Option<()> {
        let line = self.next_text()?.lines().next()?;
        self.client_line(line)
    }

    /// CLIENT LIST.
    pub(super) fn clients(&mut self) -> Option<()> {
        let lines: Vec<_> = self.next_text()?.lines().collect();
        self.push(Node::Array(count(lines.len())));
        lines.into_iter().try_for_each(|line| self.client_line(line))
    }

    fn client_line(&mut self, line: Text<'b>) -> Option<()> {
        let words = line.split(b' ').filter(|word| !word.bytes.is_empty());
        let fields: Vec<_> = words.map(|word| word.cut(b'=')).collect::<Option<_>>()?;
        self.pairs_of_text(&fields);
        Some(())
    }

    /// CLUSTER NODES, and CLUSTER REPLICAS, which has one text for each line.
    pub(super) fn cluster_nodes(&mut self) -> Option<()> {
        let mut lines = Vec::new();
        if let Node::Array(elements) = self.peek()? {
            self.input.next_value()?;
            for _ in 0..elements {
                lines.extend(self.next_text()?.lines());
            }
        } else {
            lines.extend(self.next_text()?.lines());
        }
        self.push(Node::Array(count(lines.len())));
        lines.into_iter().try_for_each(|line| self.cluster_node(line))
    }

    /// `id ip:port@bus,hostname,key=value… flags primary ping pong epoch link slot…`, where a slot is `5461`, `0-5460`,
    /// `[93->-id]` (leaving) or `[93-<-id]` (arriving).
    fn cluster_node(&mut self, line: Text<'b>) -> Option<()> {
        let mut words = line.split(b' ');
        let mut next = || words.next();
        let (id, place, flags, primary) = (next()?, next()?, next()?, next()?);
        let (ping, pong, epoch, link) = (next()?, next()?, next()?, next()?);
        let (marks, owned): (Vec<_>, Vec<_>) = words.partition(|word| word.bytes.starts_with(b"["));

        let mut place = place.split(b',');
        let socket = place.next()?;
        let (socket, bus) = socket.cut(b'@').map_or((socket, None), |(socket, bus)| (socket, Some(bus)));
        let colon = memchr::memrchr(b':', socket.bytes)?;
        let (ip, port) = (socket.part(0, colon), socket.part(colon + 1, socket.bytes.len()));
        let hostname = place.next().filter(|name| !name.bytes.is_empty());
        let metadata: Vec<_> = place.filter_map(|pair| pair.cut(b'=')).collect();

        self.push(Node::Map(15));
        self.field_of("id", Node::Bulk(id.leaf));
        self.field_of("ip", Node::Bulk(ip.leaf));
        self.field_of("port", port.number()?);
        self.field_of("bus-port", bus.map_or(Some(Node::Null), Text::number)?);
        self.field_of("hostname", hostname.map_or(Node::Null, |name| Node::Bulk(name.leaf)));
        self.name("metadata");
        self.pairs_of_text(&metadata);
        let flags: Vec<_> = flags.split(b',').collect();
        self.field_of("flags", Node::Array(count(flags.len())));
        for flag in flags {
            self.push(Node::Bulk(flag.leaf));
        }
        self.field_of("primary", if primary.bytes == b"-" { Node::Null } else { Node::Bulk(primary.leaf) });
        self.field_of("ping-sent", ping.number()?);
        self.field_of("pong-received", pong.number()?);
        self.field_of("config-epoch", epoch.number()?);
        self.field_of("link-state", Node::Bulk(link.leaf));
        let owned: Vec<_> = owned.into_iter().filter(|word| !word.bytes.is_empty()).collect();
        self.field_of("slots", Node::Array(count(owned.len())));
        for range in owned {
            let [first, last] = range.range()?;
            self.push(Node::Array(2));
            self.push(first);
            self.push(last);
        }
        for (name, arrow) in [("migrating", b">-"), ("importing", b"<-")] {
            let marks =
                marks.iter().map(|mark| mark.part(1, mark.bytes.len() - usize::from(mark.bytes.ends_with(b"]"))));
            let marks = marks.filter_map(|mark| mark.cut(b'-')).filter(|(_, other)| other.bytes.starts_with(arrow));
            let marks: Vec<_> = marks.collect();
            self.field_of(name, Node::Array(count(marks.len())));
            for (slot, other) in marks {
                self.push(Node::Array(2));
                self.push(slot.number()?);
                self.push(Node::Bulk(other.part(arrow.len(), other.bytes.len()).leaf));
            }
        }
        Some(())
    }

    /// CLUSTER SLOTS: the metadata of each node is a map.
    pub(super) fn slot_owners(&mut self) -> Option<()> {
        self.each(|this| {
            let node = this.input.next_value()?;
            let Node::Array(elements) = node else { return None };
            this.push(node);
            this.plain(u64::from(elements.min(2)))?;
            (2..elements).try_for_each(|_| {
                let node = this.input.next_value()?;
                let Node::Array(places) = node else { return None };
                this.push(node);
                this.plain(u64::from(places.min(3)))?;
                (3..places).try_for_each(|_| {
                    let is_map = matches!(this.peek()?, Node::Map(_) | Node::Array(_));
                    if is_map { this.flat_map() } else { this.plain(1) }
                })
            })
        })
    }

    /// CLUSTER SLOT-STATS: slots, each with a map; or one of them, when those of several nodes are joined.
    pub(super) fn slot_stats(&mut self) -> Option<()> {
        let mut ahead = self.input;
        ahead.next_value()?;
        let is_one = matches!(ahead.next_value(), Some(Node::Int(_)));
        if is_one { self.slot_stat() } else { self.each(Self::slot_stat) }
    }

    fn slot_stat(&mut self) -> Option<()> {
        self.array_of(2)?;
        self.plain(1)?;
        self.flat_map()
    }

    /// SLOWLOG GET and COMMANDLOG GET: entries of places become maps; servers before 4.0 tell no client.
    pub(super) fn slowlog(&mut self) -> Option<()> {
        self.each(|this| {
            let Node::Array(places) = this.input.next_value()? else { return None };
            let known = SLOWLOG.len().min(places as usize);
            this.push(Node::Map(count(known)));
            for name in &SLOWLOG[..known] {
                this.name(name);
                this.plain(1)?;
            }
            (known..places as usize).try_for_each(|_| this.input.skip().map(drop))
        })
    }

    /// A map of values as they come, flat or not.
    fn flat_map(&mut self) -> Option<()> {
        let pairs = self.open_map()?;
        self.plain(u64::from(pairs) * 2)
    }

    fn next_text(&mut self) -> Option<Text<'b>> {
        let leaf = self.input.next_value()?.text()?;
        Some(Text { leaf, bytes: (self.bytes)(leaf) })
    }

    fn pairs_of_text(&mut self, pairs: &[(Text<'b>, Text<'b>)]) {
        self.push(Node::Map(count(pairs.len())));
        for (name, value) in pairs {
            self.push(Node::Bulk(name.leaf));
            self.push(Node::Bulk(value.leaf));
        }
    }

    fn field_of(&mut self, name: &str, value: Node) {
        self.name(name);
        self.push(value);
    }

    /// One of [`NAMES`]: wherever its letters stand in there.
    fn name(&mut self, name: &str) {
        let found = NAMES.as_bytes().windows(name.len()).position(|window| window == name.as_bytes());
        let [offset, length] = [found.unwrap_or(0), name.len()].map(|n| u32::try_from(n).unwrap_or(0));
        self.push(Node::Bulk(Leaf { buffer: NAMES_BUFFER, offset, length }));
    }

    /// An aggregate whose size is not known yet; says where it stands.
    fn open(&mut self, node: Node) -> usize {
        self.push(node);
        self.out.len() - 1
    }

    fn close(&mut self, place: usize, size: usize) {
        self.out[place] = count(size);
    }
}

fn count(elements: usize) -> u32 {
    u32::try_from(elements).unwrap_or(u32::MAX)
}
