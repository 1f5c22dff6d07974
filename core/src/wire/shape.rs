//! Shapes: one value for one command, whichever protocol the server spoke.
//!
//! [`copy`] moves a reply's words to where answers are collected. Most replies have [`Shape::Any`] and are copied word
//! by word; the others are rewritten node by node, and a reply that turns out not to fit is copied as it came. Nulls and
//! errors fit everywhere: they stay what they are.

mod lines;

use alloc::vec::Vec;

use super::{
    double,
    tape::{self, Cursor, Leaf, Node, tag},
};

pub use lines::{NAMES, NAMES_BUFFER};

/// What a command's reply is brought to. The word of a shape stands in each answer's header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// As it came.
    #[default]
    Any = 0,
    /// A map: RESP2's flat array of field, value, field, value.
    Map = 1,
    /// An array of `[member, double]` pairs: RESP2's flat array, RESP3's nested one.
    ScoredPairs = 2,
    /// An array of `[field, value]` pairs (HRANDFIELD WITHVALUES).
    Pairs = 3,
    /// One double (or null): a RESP2 bulk string with its text.
    Double = 4,
    /// An array of doubles and nulls.
    Doubles = 5,
    /// A set: RESP2's array.
    Set = 6,
    /// An array of maps (XINFO GROUPS, CLUSTER SHARDS, FUNCTION LIST): each element as [`Shape::DeepMap`].
    Maps = 7,
    /// A map from an array of `[key, value]` pairs (XREAD) or a RESP3 map.
    MapOfPairs = 8,
    /// One `[member, double]` pair or null, or an empty array (ZPOPMIN without count).
    ScoredPair = 9,
    /// `[key, [[member, double], ...]]` or null (ZMPOP, BZMPOP).
    KeyedScoredPairs = 10,
    /// `[key, member, double]` or null (BZPOPMIN, BZPOPMAX).
    KeyedScore = 11,
    /// An array of `[double, double]` and nulls (GEOPOS).
    Coordinates = 12,
    /// A boolean: integer 0 or 1.
    Bool = 13,
    /// An array of booleans (SMISMEMBER, SCRIPT EXISTS).
    Bools = 14,
    /// A text: bulk, simple or verbatim string as one bulk string.
    Text = 15,
    /// `[rank, double]`, or the integer alone, or null (ZRANK WITHSCORE).
    RankScore = 16,
    /// A map with maps inside (XINFO STREAM, FUNCTION STATS, COMMAND DOCS, MEMORY STATS): at any depth, an array with
    /// text at its even places is a map, unless the field that it stands under is known to be something else.
    DeepMap = 17,
    /// A map from node address to that node's reply.
    PerNode = 18,
    /// INFO's text as a map from section to a map of fields; `a=1,b=2` is a map again, all else a text.
    Info = 19,
    /// Lines of `name:value` as a map (CLUSTER INFO).
    Fields = 20,
    /// A line of `name=value` as a map (CLIENT INFO).
    Client = 21,
    /// An array of such (CLIENT LIST).
    Clients = 22,
    /// CLUSTER NODES and CLUSTER REPLICAS as an array of maps: `id`, `ip`, `port`, `bus-port`, `hostname`, `metadata`, `flags`,
    /// `primary`, `ping-sent`, `pong-received`, `config-epoch`, `link-state`, `slots` (first and last of each range),
    /// `migrating` and `importing` (slots, each with the other node's id).
    ClusterNodes = 23,
    /// CLUSTER SLOTS with the nodes' metadata as maps.
    SlotOwners = 24,
    /// An array of `[slot, map]` (CLUSTER SLOT-STATS), or one of its elements.
    SlotStats = 25,
    /// SLOWLOG GET as an array of maps: `id`, `time`, `duration`, `command`, `client`, `client-name`.
    Slowlog = 26,
}

impl Shape {
    /// The shape of a header word; unknown numbers read as [`Shape::Any`].
    pub const fn from_word(word: u32) -> Self {
        match word {
            1 => Self::Map,
            2 => Self::ScoredPairs,
            3 => Self::Pairs,
            4 => Self::Double,
            5 => Self::Doubles,
            6 => Self::Set,
            7 => Self::Maps,
            8 => Self::MapOfPairs,
            9 => Self::ScoredPair,
            10 => Self::KeyedScoredPairs,
            11 => Self::KeyedScore,
            12 => Self::Coordinates,
            13 => Self::Bool,
            14 => Self::Bools,
            15 => Self::Text,
            16 => Self::RankScore,
            17 => Self::DeepMap,
            18 => Self::PerNode,
            19 => Self::Info,
            20 => Self::Fields,
            21 => Self::Client,
            22 => Self::Clients,
            23 => Self::ClusterNodes,
            24 => Self::SlotOwners,
            25 => Self::SlotStats,
            26 => Self::Slowlog,
            _ => Self::Any,
        }
    }
}

/// Copies one value's words to `out`, brought to `shape`, with attributes dropped. `bytes(leaf)` reads a leaf's bytes,
/// `place(buffer)` gives the number that a buffer has in the output; it is asked at least once for each buffer that the
/// output names, and must give the same answer each time. Buffer
/// [`NAMES_BUFFER`] is [`NAMES`]. A value that does not fit the shape is copied as it came.
#[inline(never)]
pub fn copy<'b>(
    words: &[u32],
    shape: Shape,
    bytes: &(impl Fn(Leaf) -> &'b [u8] + ?Sized),
    place: &mut (impl FnMut(u32) -> u32 + ?Sized),
    out: &mut Vec<u32>,
) {
    let mut places = Places { place, last: None };
    if matches!(shape, Shape::Any | Shape::PerNode) {
        return copy_words(words, &mut places, out);
    }
    let start = out.len();
    let mut copier = Copier { input: Cursor::new(words), bytes, places, out };
    if copier.value(shape).is_some() {
        return;
    }
    // A text that does not have the form of its lines is a text all the same.
    if matches!(shape, Shape::Info | Shape::Fields | Shape::Client | Shape::Clients | Shape::ClusterNodes) {
        copier.input = Cursor::new(words);
        copier.out.truncate(start);
        if copier.value(Shape::Text).is_some() {
            return;
        }
    }
    let Copier { mut places, out, .. } = copier;
    out.truncate(start);
    copy_words(words, &mut places, out);
}

/// Remembers the last answer: neighbouring leaves share their buffer.
struct Places<'p, P: ?Sized> {
    place: &'p mut P,
    last: Option<(u32, u32)>,
}

impl<P: FnMut(u32) -> u32 + ?Sized> Places<'_, P> {
    #[inline]
    fn of(&mut self, buffer: u32) -> u32 {
        match self.last {
            Some((known, placed)) if known == buffer => placed,
            _ => {
                let placed = (self.place)(buffer);
                self.last = Some((buffer, placed));
                placed
            }
        }
    }
}

/// Copies whole values: all words at once, then the buffer numbers in place. Falls back to nodes at an attribute.
#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn copy_words<P: FnMut(u32) -> u32 + ?Sized>(words: &[u32], places: &mut Places<'_, P>, out: &mut Vec<u32>) {
    let start = out.len();
    out.extend_from_slice(words);
    let mut rest = &mut out[start..];
    while let Some(&mut first) = rest.first_mut() {
        let size = match first {
            tag::NULL | tag::FALSE | tag::TRUE => 1,
            tag::INT | tag::DOUBLE => 3,
            tag::BULK | tag::SIMPLE | tag::ERROR | tag::BIG_NUMBER | tag::VERBATIM => {
                if let Some(buffer) = rest.get_mut(1) {
                    *buffer = places.of(*buffer);
                }
                4
            }
            tag::ARRAY | tag::SET | tag::MAP | tag::PUSH => 2,
            _ => {
                let done = words.len() - rest.len();
                out.truncate(start + done);
                let mut input = Cursor::new(&words[done..]);
                while let Some(node) = input.next_value() {
                    tape::push(out, placed(node, places));
                }
                return;
            }
        };
        rest = rest.get_mut(size..).unwrap_or_default();
    }
}

fn placed<P: FnMut(u32) -> u32 + ?Sized>(node: Node, places: &mut Places<'_, P>) -> Node {
    let mut move_leaf = |leaf: Leaf| Leaf { buffer: places.of(leaf.buffer), ..leaf };
    match node {
        Node::Bulk(leaf) => Node::Bulk(move_leaf(leaf)),
        Node::Simple(leaf) => Node::Simple(move_leaf(leaf)),
        Node::Error(leaf) => Node::Error(move_leaf(leaf)),
        Node::BigNumber(leaf) => Node::BigNumber(move_leaf(leaf)),
        Node::Verbatim(leaf) => Node::Verbatim(move_leaf(leaf)),
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Double(_) => node,
        Node::Array(_) | Node::Set(_) | Node::Map(_) | Node::Push(_) | Node::Attribute(_) => node,
    }
}

/// Aggregates deeper than this stay as they came: rewriting recurses, and stacks end.
const MAX_DEPTH: u32 = 128;

/// Rewrites values. Every method reads what it is named after, writes it, and answers `None` where the input is
/// something else; the caller of [`copy`] then never sees what has been written.
struct Copier<'w, 'x, B: ?Sized, P: ?Sized> {
    input: Cursor<'w>,
    bytes: &'x B,
    places: Places<'x, P>,
    out: &'x mut Vec<u32>,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "all that a shape does not name is one case: it does not fit")]
impl<'b, B, P> Copier<'_, '_, B, P>
where
    B: Fn(Leaf) -> &'b [u8] + ?Sized,
    P: FnMut(u32) -> u32 + ?Sized,
{
    fn value(&mut self, shape: Shape) -> Option<()> {
        if self.is_null_or_error()? {
            return self.plain(1);
        }
        match shape {
            Shape::Any | Shape::PerNode => self.plain(1),
            Shape::Map => self.map(),
            Shape::ScoredPairs => self.pairs(Self::double),
            Shape::Pairs => self.pairs(|this| this.plain(1)),
            Shape::Double => self.double(),
            Shape::Doubles => self.each(Self::double),
            Shape::Set => self.set(),
            Shape::Maps => self.each(|this| this.deep(0)),
            Shape::MapOfPairs => self.map_of_pairs(),
            Shape::ScoredPair => self.scored_pair(),
            Shape::KeyedScoredPairs => {
                self.array_of(2)?;
                self.plain(1)?;
                self.pairs(Self::double)
            }
            Shape::KeyedScore => {
                self.array_of(3)?;
                self.plain(2)?;
                self.double()
            }
            Shape::Coordinates => self.each(|this| {
                this.array_of(2)?;
                this.double()?;
                this.double()
            }),
            Shape::Bool => self.bool(),
            Shape::Bools => self.each(Self::bool),
            Shape::Text => self.text(),
            Shape::RankScore => self.rank_score(),
            Shape::DeepMap => self.deep_map(),
            Shape::Info => self.info(),
            Shape::Fields => self.text_fields(),
            Shape::Client => self.client(),
            Shape::Clients => self.clients(),
            Shape::ClusterNodes => self.cluster_nodes(),
            Shape::SlotOwners => self.slot_owners(),
            Shape::SlotStats => self.slot_stats(),
            Shape::Slowlog => self.slowlog(),
        }
    }

    /// So many whole values as they come.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    fn plain(&mut self, values: u64) -> Option<()> {
        let mut left = values;
        while left > 0 {
            let node = self.input.next_value()?;
            left = left - 1 + node.children();
            self.push(node);
        }
        Some(())
    }

    /// The values that are left, which are all there are.
    fn rest(&mut self) -> Option<()> {
        copy_words(self.input.rest(), &mut self.places, self.out);
        Some(())
    }

    fn map(&mut self) -> Option<()> {
        let pairs = self.open_map()?;
        // An array of arrays is no flat map, however even its length.
        if pairs > 0 && self.peek()?.children() > 0 {
            return None;
        }
        self.rest()
    }

    /// A map's header, from a map or from a flat array; gives the number of pairs.
    fn open_map(&mut self) -> Option<u32> {
        let pairs = match self.input.next_value()? {
            Node::Map(pairs) => pairs,
            Node::Array(count) if count.is_multiple_of(2) => count / 2,
            _ => return None,
        };
        self.push(Node::Map(pairs));
        Some(pairs)
    }

    fn map_of_pairs(&mut self) -> Option<()> {
        match self.input.next_value()? {
            map @ Node::Map(_) => {
                self.push(map);
                self.rest()
            }
            Node::Array(count) => {
                self.push(Node::Map(count));
                (0..count).try_for_each(|_| match self.input.next_value()? {
                    Node::Array(2) => self.plain(2),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    fn set(&mut self) -> Option<()> {
        let (Node::Array(count) | Node::Set(count)) = self.input.next_value()? else { return None };
        self.push(Node::Set(count));
        self.rest()
    }

    /// An array of pairs, nested or flat; `second` writes the other half of each.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    fn pairs(&mut self, second: fn(&mut Self) -> Option<()>) -> Option<()> {
        let Node::Array(count) = self.input.next_value()? else { return None };
        let nested = count > 0 && matches!(self.peek()?, Node::Array(_));
        if nested {
            self.push(Node::Array(count));
            return (0..count).try_for_each(|_| {
                self.array_of(2)?;
                self.plain(1)?;
                second(self)
            });
        }
        if !count.is_multiple_of(2) {
            return None;
        }
        self.push(Node::Array(count / 2));
        (0..count / 2).try_for_each(|_| {
            self.push(Node::Array(2));
            self.plain(1)?;
            second(self)
        })
    }

    fn scored_pair(&mut self) -> Option<()> {
        if self.peek()? == Node::Array(0) {
            return self.plain(1);
        }
        self.array_of(2)?;
        self.plain(1)?;
        self.double()
    }

    fn rank_score(&mut self) -> Option<()> {
        if matches!(self.peek()?, Node::Int(_)) {
            return self.plain(1);
        }
        self.array_of(2)?;
        self.plain(1)?;
        self.double()
    }

    /// An array, its elements by `element` where they are neither null nor errors.
    fn each(&mut self, element: fn(&mut Self) -> Option<()>) -> Option<()> {
        let Node::Array(count) = self.input.next_value()? else { return None };
        self.push(Node::Array(count));
        (0..count).try_for_each(|_| if self.is_null_or_error()? { self.plain(1) } else { element(self) })
    }

    /// The header of an array of exactly so many elements.
    fn array_of(&mut self, count: u32) -> Option<()> {
        let node = self.input.next_value()?;
        self.push(node);
        (node == Node::Array(count)).then_some(())
    }

    fn double(&mut self) -> Option<()> {
        let node = match self.input.next_value()? {
            Node::Bulk(leaf) | Node::Simple(leaf) => Node::Double(double::parse((self.bytes)(leaf))?),
            #[expect(clippy::cast_precision_loss, reason = "a score is a double, however the server wrote it")]
            Node::Int(value) => Node::Double(value as f64),
            node @ (Node::Double(_) | Node::Null | Node::Error(_)) => node,
            _ => return None,
        };
        self.push(node);
        Some(())
    }

    fn bool(&mut self) -> Option<()> {
        let node = match self.input.next_value()? {
            Node::Int(value @ 0..=1) => Node::Bool(value == 1),
            node @ Node::Bool(_) => node,
            _ => return None,
        };
        self.push(node);
        Some(())
    }

    fn text(&mut self) -> Option<()> {
        let (Node::Bulk(leaf) | Node::Simple(leaf) | Node::Verbatim(leaf)) = self.input.next_value()? else {
            return None;
        };
        self.push(Node::Bulk(leaf));
        Some(())
    }

    fn deep_map(&mut self) -> Option<()> {
        if self.peek()? == Node::Array(0) {
            self.push(Node::Map(0));
            return Some(());
        }
        self.deep(0)
    }

    /// One value with maps at any depth.
    fn deep(&mut self, depth: u32) -> Option<()> {
        if depth >= MAX_DEPTH {
            return self.plain(1);
        }
        let node = self.peek()?;
        match node {
            Node::Map(_) => self.fields(depth),
            Node::Array(count) if self.has_names(count)? => self.fields(depth),
            Node::Array(count) | Node::Set(count) => {
                self.input.next_value()?;
                self.push(node);
                (0..count).try_for_each(|_| self.deep(depth + 1))
            }
            _ => self.plain(1),
        }
    }

    /// A map, each value by what its field's name says.
    fn fields(&mut self, depth: u32) -> Option<()> {
        for _ in 0..self.open_map()? {
            let name = match self.peek()? {
                Node::Bulk(leaf) | Node::Simple(leaf) => (self.bytes)(leaf),
                _ => &[],
            };
            self.plain(1)?;
            match (field(name), self.peek()?) {
                (Field::Same, _) => self.plain(1)?,
                (Field::Set, Node::Array(count)) => {
                    self.input.next_value()?;
                    self.push(Node::Set(count));
                    self.plain(u64::from(count))?;
                }
                (Field::Set, _) => self.plain(1)?,
                (Field::Map, Node::Map(_) | Node::Array(_)) => self.fields(depth + 1)?,
                (Field::Flat, Node::Map(_) | Node::Array(_)) => {
                    let pairs = self.open_map()?;
                    self.plain(u64::from(pairs) * 2)?;
                }
                (Field::Double, Node::Bulk(_) | Node::Simple(_) | Node::Int(_)) => self.double()?,
                (Field::Other | Field::Map | Field::Flat | Field::Double, _) => self.deep(depth + 1)?,
            }
        }
        Some(())
    }

    /// Whether the array that comes next, of so many elements, has text at its even places.
    fn has_names(&self, count: u32) -> Option<bool> {
        if count == 0 || !count.is_multiple_of(2) {
            return Some(false);
        }
        let mut ahead = self.input;
        ahead.next_value()?;
        for _ in 0..count / 2 {
            if !matches!(ahead.next_value()?, Node::Bulk(_) | Node::Simple(_)) {
                return Some(false);
            }
            ahead.skip()?;
        }
        Some(true)
    }

    fn is_null_or_error(&self) -> Option<bool> {
        Some(matches!(self.peek()?, Node::Null | Node::Error(_)))
    }

    fn peek(&self) -> Option<Node> {
        let mut ahead = self.input;
        ahead.next_value()
    }

    fn push(&mut self, node: Node) {
        tape::push(self.out, placed(node, &mut self.places));
    }
}

/// What stands under a field of a map that a server builds.
enum Field {
    /// Nothing special: a map if it looks like one.
    Other,
    /// The same in both protocols: copied as it comes.
    Same,
    /// A set, an array in RESP2.
    Set,
    /// A map even when it is empty, with maps inside.
    Map,
    /// A map even when it is empty, with values as they come.
    Flat,
    /// A double, text in RESP2.
    Double,
}

/// Fields whose value cannot be told by its looks, and what the server's source makes of them in RESP3.
const FIELDS: &[(&[u8], Field)] = &[
    // XINFO STREAM: entries are arrays of id and flat fields, pending entries are tuples.
    (b"first-entry", Field::Same),
    (b"last-entry", Field::Same),
    (b"entries", Field::Same),
    (b"pending", Field::Same),
    (b"pel", Field::Same),
    // MODULE LIST.
    (b"args", Field::Same),
    // ACL GETUSER.
    (b"passwords", Field::Same),
    // CLIENT TRACKINGINFO.
    (b"prefixes", Field::Same),
    // CLUSTER SHARDS.
    (b"slots", Field::Same),
    // COMMAND DOCS, FUNCTION LIST, ACL GETUSER, CLIENT TRACKINGINFO.
    (b"flags", Field::Set),
    (b"doc_flags", Field::Set),
    (b"history", Field::Set),
    (b"subcommands", Field::Map),
    // FUNCTION STATS; the script's command is an array of arguments.
    (b"running_script", Field::Flat),
    (b"engines", Field::Map),
    // LATENCY HISTOGRAM: from integers to integers.
    (b"histogram_usec", Field::Flat),
    // ACL LOG.
    (b"age-seconds", Field::Double),
    // MEMORY STATS.
    (b"dataset.percentage", Field::Double),
    (b"peak.percentage", Field::Double),
    (b"allocator-fragmentation.ratio", Field::Double),
    (b"allocator-rss.ratio", Field::Double),
    (b"rss-overhead.ratio", Field::Double),
    (b"fragmentation", Field::Double),
];

fn field(name: &[u8]) -> &'static Field {
    FIELDS.iter().find(|(known, _)| *known == name).map_or(&Field::Other, |(_, field)| field)
}
