//! One row of the command table, and how keys are found by a row's key specs.

use alloc::{borrow::Cow, vec::Vec};

use crate::wire::{request::Args, shape::Shape};

/// Everything the core knows of one command or subcommand.
#[derive(Clone, Debug)]
pub struct Row {
    /// `SET`, `CLUSTER SLOTS`: upper case, one space before a subcommand.
    pub name: Cow<'static, str>,
    /// As the server counts: the name (container and subcommand are two) included, negative is "at least".
    pub arity: i8,
    /// Facts as bits.
    pub flags: Flags,
    /// Where its keys are.
    pub keys: Cow<'static, [KeySpec]>,
    /// Where a command without keys goes.
    pub request: Request,
    /// How a multi-key command over several slots is cut, if it may be.
    pub split: Split,
    /// How the replies of several parts or nodes become one.
    pub merge: Merge,
    /// What its reply is brought to.
    pub shape: Shape,
    /// Another shape where this token stands among the arguments (`WITHSCORES`); several are tried in order.
    pub shape_when: Cow<'static, [(&'static str, Shape)]>,
    /// How long it may take.
    pub pace: Pace,
    /// Why it is refused on shared connections of a cluster, if it is.
    pub refusal: Option<&'static Refusal>,
}

/// Flag bits of a [`Row`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub u16);

#[allow(missing_docs)]
impl Flags {
    pub const WRITE: u16 = 1;
    pub const READONLY: u16 = 1 << 1;
    pub const BLOCKING: u16 = 1 << 2;
    pub const ADMIN: u16 = 1 << 3;
    pub const PUBSUB: u16 = 1 << 4;
    pub const SCRIPT: u16 = 1 << 5;
    /// Its keys cannot be found for certain (SORT's BY and GET): shares keys with every command of its slot.
    pub const UNKNOWN_KEYS: u16 = 1 << 6;
    /// A container without a meaning of its own (`CLUSTER`), whose second argument names the command.
    pub const CONTAINER: u16 = 1 << 7;
    /// Its key is a channel for routing purposes (SPUBLISH, PUBLISH).
    pub const CHANNEL: u16 = 1 << 8;

    /// Whether all these bits are set.
    pub const fn has(self, bits: u16) -> bool {
        self.0 & bits == bits
    }
}

/// One key specification, as COMMAND INFO gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeySpec {
    /// Where to begin.
    pub begin: Begin,
    /// Which arguments from there.
    pub find: Find,
}

/// Where a key specification begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// At this argument.
    Index(u8),
    /// Behind this token, searched from `from` (negative: from the end, backwards).
    Keyword {
        /// Upper case.
        word: &'static str,
        /// First argument looked at.
        from: i8,
    },
    /// Only the command's own code knows (SORT's STORE).
    Unknown,
}

/// Which arguments are keys, counted from where the specification begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// `last` counts from the beginning (negative: from the end), every `step`-th is a key; `limit` > 1 takes only the
    /// first so-many-th of what is left (XREAD: half).
    Range {
        /// See above.
        last: i8,
        /// See above.
        step: u8,
        /// See above.
        limit: u8,
    },
    /// A number of keys stands at `index`, the first key at `first`.
    Keynum {
        /// See above.
        index: u8,
        /// See above.
        first: u8,
        /// See above.
        step: u8,
    },
    /// Only the command's own code knows.
    Unknown,
}

/// Where a command without keys goes (the server's request policy).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Request {
    /// Any one primary.
    #[default]
    Any,
    /// Each node, replicas included.
    AllNodes,
    /// Each primary.
    AllPrimaries,
    /// The owner of the slot given as an argument (CLUSTER COUNTKEYSINSLOT); the number is the argument's position.
    SlotArgument(u8),
}

/// How a command over several slots is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// Not at all.
    #[default]
    Never,
    /// Every argument behind the name is a key (MGET, DEL); `tail` arguments at the end go with each part (JSON.MGET's path).
    Keys {
        /// See above.
        tail: u8,
    },
    /// Arguments come in groups of `step`, key first (MSET 2, JSON.MSET 3).
    Groups {
        /// See above.
        step: u8,
    },
    /// A count at argument 1, then pairs, then options (MSETEX); not cut where NX or XX is among the options.
    Counted {
        /// Arguments per key.
        step: u8,
    },
}

/// How several replies become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Merge {
    /// There is only one.
    #[default]
    Single,
    /// One array, by the position of the keys.
    Position,
    /// The sum of integers.
    Sum,
    /// The least integer, element by element in arrays.
    Min,
    /// The greatest.
    Max,
    /// Logical and, element by element in arrays.
    And,
    /// Logical or.
    Or,
    /// One OK (any one of the equal replies) if all succeeded.
    AllOk,
    /// The first success; failures matter only if all failed.
    OneOk,
    /// Arrays one behind the other, in node order.
    Concat,
    /// Arrays without what stood before.
    Union,
    /// Channel, count, channel, count: counts added per channel.
    SumPairs,
    /// The first that is not null.
    FirstNonNull,
    /// A map from node to reply.
    PerNode,
}

/// How long a command may take by its nature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// The default deadline.
    #[default]
    Fast,
    /// The longer one (KEYS, FLUSHALL, SCRIPT).
    Slow,
    /// Its own timeout in seconds at this argument (negative: from the end) and one second more.
    Blocking {
        /// Position of the timeout.
        at: i8,
    },
    /// Its own timeout in milliseconds behind this token (XREAD BLOCK); fast without it.
    BlockingToken {
        /// Upper case.
        word: &'static str,
    },
    /// Its own timeout in milliseconds at this argument (WAIT).
    BlockingMs {
        /// Position of the timeout.
        at: i8,
    },
}

/// Why a command cannot be sent on a shared connection of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do instead, one sentence.
    pub message: &'static str,
    /// Whether it may be sent to a chosen node.
    pub allowed_at_node: bool,
}

/// Keys that a row's specs find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// All of them.
    All,
    /// These and perhaps more that only the server can find.
    Incomplete,
    /// The arguments contradict the specs (a key count that is no number, or larger than the arguments).
    Invalid,
}

/// Appends the positions (argument indexes, ascending per spec) of the keys of `args` to `out`.
pub fn find_keys(row: &Row, args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let _ = (row, args, out);
    todo!("route")
}
