//! Shapes: one value for one command, whichever protocol the server spoke.

use alloc::vec::Vec;

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
    /// An array of maps (XINFO GROUPS, MODULE LIST): each element as [`Shape::Map`].
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
    /// A map whose values are again maps where they are arrays of even length named by a schema of the server's own
    /// (XINFO STREAM, FUNCTION STATS, COMMAND DOCS, MEMORY STATS): every RESP2 array with text at even places, deep.
    DeepMap = 17,
    /// A map from node address to that node's reply.
    PerNode = 18,
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
            _ => Self::Any,
        }
    }
}

/// Copies one value's words to `out`, brought to `shape`, with attributes dropped. `bytes(leaf)` reads a leaf's bytes,
/// `place(buffer)` gives the number that a buffer has in the output. A value that does not fit the shape is copied
/// as it came.
pub fn copy<'b>(
    words: &[u32],
    shape: Shape,
    bytes: &dyn Fn(super::tape::Leaf) -> &'b [u8],
    place: &mut dyn FnMut(u32) -> u32,
    out: &mut Vec<u32>,
) {
    let _ = (words, shape, bytes, place, out);
    todo!("wire")
}
