//! One row of the command table, and how keys are found by a row's key specs.
//!
//! A row is data: facts as the server tells them, and what this client does with them. What follows from a row and a
//! command's arguments is computed here: its keys ([`find_keys`]), its shape ([`Row::shape_of`]), how long it may
//! block ([`Row::blocks`]).

use alloc::{borrow::Cow, format, string::String, vec::Vec};

use super::recipe;
use crate::wire::{double, request::Args, shape::Shape};

/// Everything the core knows of one command or subcommand: a view into the table, cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    /// `SET`, `CLUSTER SLOTS`: upper case, one space before a subcommand.
    pub name: &'t str,
    /// As the server counts: the name (container and subcommand are two) included, negative is "at least".
    pub arity: i8,
    /// Facts as bits.
    pub flags: Flags,
    /// Where its keys are.
    pub keys: &'t Keys,
    /// What this client does with it.
    pub handling: &'t Handling,
}

/// What this client does with a command; many commands share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handling {
    /// Where a command without keys goes.
    pub request: Request,
    /// How a multi-key command over several slots is cut, if it may be.
    pub split: Split,
    /// How the replies of several parts or nodes become one.
    pub merge: Merge,
    /// What its reply is brought to; each node's reply where they are merged per node.
    pub shape: Shape,
    /// Another shape under a condition; the last that holds counts. See [`Row::shape_of`].
    pub shape_when: &'static [(When, Shape)],
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
    /// The server says that it writes; it never goes to a replica.
    pub const WRITE: u16 = 1;
    /// The server says that it only reads; a replica may answer it.
    pub const READONLY: u16 = 1 << 1;
    pub const BLOCKING: u16 = 1 << 2;
    pub const ADMIN: u16 = 1 << 3;
    pub const PUBSUB: u16 = 1 << 4;
    /// Runs code that is given or named (EVAL, FCALL): the server's errors may be forged by it.
    pub const SCRIPT: u16 = 1 << 5;
    /// Its specs may miss keys (SORT's BY and GET): where they do, it shares keys with every command of its slot.
    pub const UNKNOWN_KEYS: u16 = 1 << 6;
    /// A container without a meaning of its own (`CLUSTER`), whose second argument names the command.
    pub const CONTAINER: u16 = 1 << 7;
    /// Its key is a channel for routing purposes (SPUBLISH, PUBLISH): not a key to show, nor to guard the order of.
    pub const CHANNEL: u16 = 1 << 8;
    /// Writes only where one of [`WRITING_TOKENS`] stands among its arguments (SORT's STORE); else it may be repeated.
    pub const WRITES_BY_TOKEN: u16 = 1 << 9;
    /// Neither read nor write to the server, and without effect (PING, INFO): may be sent again like a read.
    pub const HARMLESS: u16 = 1 << 10;
    /// Has keys, but nothing says where: the caller must.
    pub const NEEDS_KEYS: u16 = 1 << 11;
    /// Changes who is in the cluster, or who owns what (CLUSTER FAILOVER): the map is looked at again behind it.
    pub const RESHAPES: u16 = 1 << 12;
    /// Names the caller's connections (CLIENT SETNAME): those to come have the name too.
    pub const CLIENT_NAME: u16 = 1 << 13;

    /// Whether all these bits are set.
    pub const fn has(self, bits: u16) -> bool {
        self.0 & bits == bits
    }
}

/// Tokens that make a write of a command flagged [`Flags::WRITES_BY_TOKEN`]: SORT's and GEORADIUS's destination, the
/// writing operations of BITFIELD.
pub const WRITING_TOKENS: [&[u8]; 4] = [b"STORE", b"STOREDIST", b"SET", b"INCRBY"];

/// Where the keys of a row's commands are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    /// It has none.
    None,
    /// The first argument: most commands, so told apart from the general case.
    First,
    /// By the server's key specs.
    Specs(Cow<'static, [KeySpec]>),
    /// SORT: the first argument, and the last STORE's; BY and GET name keys that only the server can find.
    Sort,
    /// GEORADIUS: the first argument, and that of the last STORE or STOREDIST.
    Georadius,
    /// MIGRATE: the third argument, or what follows KEYS where that is empty.
    Migrate,
}

/// One key specification, as COMMAND INFO gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySpec {
    /// Where to begin.
    pub begin: Begin,
    /// Which arguments from there.
    pub find: Find,
}

/// Where a key specification begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begin {
    /// At this argument.
    Index(u8),
    /// Behind this token, searched from `from` (negative: from the end, backwards).
    Keyword {
        /// Upper case.
        word: Cow<'static, str>,
        /// First argument looked at.
        from: i8,
    },
    /// Only the command's own code knows.
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
    /// Each of the slots given as arguments to its owner (CLUSTER DELSLOTS).
    Owners {
        /// Position of the first.
        at: u8,
        /// Arguments per element: 1 for a slot, 2 for the first and the last of a range.
        step: u8,
    },
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
    /// Not at all; but it has a recipe, for callers that ask for it.
    Recipe(recipe::Kind),
}

impl Split {
    /// Its recipe, if it has one.
    pub const fn recipe(self) -> Option<recipe::Kind> {
        match self {
            Self::Recipe(kind) => Some(kind),
            Self::Never | Self::Keys { .. } | Self::Groups { .. } | Self::Counted { .. } => None,
        }
    }
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
    /// One by chance of those that are not null.
    AnyNonNull,
    /// A map from node to reply.
    PerNode,
}

/// A condition on the arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// This token (upper case) stands behind the name and its first argument, in any case.
    Token(&'static str),
    /// There are at least so many arguments, the name included.
    Argc(u8),
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
    /// Its own timeout in milliseconds behind the token BLOCK (XREAD); fast without it.
    BlockingToken,
    /// Its own timeout in milliseconds at this argument (WAIT).
    BlockingMs {
        /// Position of the timeout.
        at: i8,
    },
}

/// How long a command may hold its connection before the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// It does not block.
    No,
    /// So many milliseconds at most.
    Ms(u64),
    /// Until something comes.
    Forever,
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
    /// Whether a single server without slots may be sent it (never what would disturb a shared connection).
    pub allowed_standalone: bool,
    /// The only first argument with which it is harmless (SELECT 0).
    pub lifted_by: Option<&'static str>,
    /// What it does on a lane, where a lane may be sent it.
    pub on_lane: Option<OnLane>,
}

/// What a command means for the connection of a lane: those that a shared connection could not bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLane {
    /// It says what the lane, a subscription, shall hold.
    Subscribes,
    /// It reads the keys of all primaries, page by page.
    Scans,
    /// It says which keys the session watches.
    Watches,
    /// It waits for what the session's connection has written.
    Waits,
}

impl Handling {
    /// Whether it says what a subscription shall hold.
    pub fn subscribes(&self) -> bool {
        self.refusal.is_some_and(|refusal| refusal.on_lane == Some(OnLane::Subscribes))
    }

    /// To any primary, one reply as it came, nothing special.
    pub const DEFAULT: Self = Self {
        request: Request::Any,
        split: Split::Never,
        merge: Merge::Single,
        shape: Shape::Any,
        shape_when: &[],
        pace: Pace::Fast,
        refusal: None,
    };
}

impl Row<'_> {
    /// Whether it may have so many arguments, its name among them.
    pub fn takes(self, count: usize) -> bool {
        let wanted = usize::from(self.arity.unsigned_abs());
        count == wanted || (self.arity < 0 && count > wanted)
    }

    /// The shape of the reply to these arguments.
    pub fn shape_of(self, args: Args<'_>) -> Shape {
        let holds = |when: &When| match when {
            When::Token(token) => find_token(args, token.as_bytes(), 2).is_some(),
            When::Argc(least) => args.len() >= usize::from(*least),
        };
        self.handling
            .shape_when
            .iter()
            .rev()
            .find(|(when, _)| holds(when))
            .map_or(self.handling.shape, |&(_, shape)| shape)
    }

    /// Whether all that is to be known of such a command follows from its name, how many arguments it has, and where its
    /// first one is.
    pub fn is_plain(self) -> bool {
        let Handling { split, shape_when, pace, refusal, .. } = self.handling;
        matches!(self.keys, Keys::First)
            && !self.flags.has(Flags::WRITES_BY_TOKEN)
            && !matches!(split, Split::Groups { .. })
            && shape_when.is_empty()
            && matches!(pace, Pace::Fast | Pace::Slow)
            && refusal.is_none()
    }

    /// Whether it reads the keys of a node, page by page.
    pub fn is_scan(self) -> bool {
        self.handling.refusal.is_some_and(|refusal| refusal.on_lane == Some(OnLane::Scans))
    }

    /// The place of its own timeout among the arguments, and whether that is in seconds; else in milliseconds.
    pub fn timeout(self, args: Args<'_>) -> Option<(usize, bool)> {
        match self.handling.pace {
            Pace::Fast | Pace::Slow => None,
            Pace::Blocking { at } => Some((from_end(at, args.len())?, true)),
            Pace::BlockingMs { at } => Some((from_end(at, args.len())?, false)),
            Pace::BlockingToken => Some((find_token(args, b"BLOCK", 1)? + 1, false)),
        }
    }

    /// Whether and how long it may block with these arguments. A timeout that cannot be read does not block: the
    /// server will refuse it.
    pub fn blocks(self, args: Args<'_>) -> Blocks {
        let milliseconds = self.timeout(args).and_then(|(at, is_seconds)| {
            let text = args.at(at)?;
            if is_seconds { seconds_as_ms(text) } else { number(text) }
        });
        match milliseconds.map(u64::try_from) {
            None | Some(Err(_)) => Blocks::No,
            Some(Ok(0)) => Blocks::Forever,
            Some(Ok(ms)) => Blocks::Ms(ms),
        }
    }

    /// Whether these arguments let it change nothing, so that it may be sent again when its outcome is unknown.
    /// Which reads a replica may answer is told by [`Flags::READONLY`] alone.
    pub fn is_repeatable(self, args: Args<'_>) -> bool {
        if self.flags.has(Flags::WRITES_BY_TOKEN) {
            return !args.iter().skip(2).any(|arg| WRITING_TOKENS.iter().any(|token| arg.eq_ignore_ascii_case(token)));
        }
        self.flags.0 & (Flags::READONLY | Flags::HARMLESS) != 0
    }
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
#[cfg_attr(slotpipe_shipped, optimize(speed))]
pub fn find_keys(row: Row<'_>, args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let specs = match row.keys {
        Keys::None => return Found::All,
        Keys::First if args.len() > 1 => {
            out.push(1);
            return Found::All;
        }
        Keys::First => return Found::Invalid,
        Keys::Sort => return sort_keys(args, out),
        Keys::Georadius => return georadius_keys(args, out),
        Keys::Migrate => return migrate_keys(args, out),
        Keys::Specs(specs) => specs,
    };
    let mut found = if row.flags.has(Flags::UNKNOWN_KEYS) { Found::Incomplete } else { Found::All };
    for spec in specs.iter() {
        match spec_keys(spec, args, out) {
            Found::All => {}
            Found::Incomplete => found = Found::Incomplete,
            Found::Invalid => return Found::Invalid,
        }
    }
    found
}

/// As the server's `getKeysUsingKeySpecs`: a keyword that is not there names no keys, a range that runs over the end
/// of the arguments is an error.
fn spec_keys(spec: &KeySpec, args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let begin = match &spec.begin {
        Begin::Index(index) => usize::from(*index),
        Begin::Keyword { word, from } => match keyword(args, word.as_bytes(), *from) {
            Some(at) => at + 1,
            None => return Found::All,
        },
        Begin::Unknown => return Found::Incomplete,
    };
    let left = args.len().saturating_sub(begin);
    let (first, keys, step) = match spec.find {
        Find::Range { last, step, limit } => {
            let step = usize::from(step.max(1));
            let span = match usize::try_from(last) {
                Ok(last) => last + 1,
                Err(_) => {
                    let behind = usize::from(last.unsigned_abs()) - 1;
                    let usable = if limit > 1 { left / usize::from(limit) } else { left };
                    usable.saturating_sub(behind)
                }
            };
            (begin, span.div_ceil(step), step)
        }
        Find::Keynum { index, first, step } => {
            let Some(count) = args.at(begin + usize::from(index)).and_then(number) else { return Found::Invalid };
            let Ok(count) = usize::try_from(count) else { return Found::Invalid };
            (begin + usize::from(first), count, usize::from(step.max(1)))
        }
        Find::Unknown => return Found::Incomplete,
    };
    if keys == 0 {
        return Found::All;
    }
    // Compared without multiplying: a hostile count must not wrap.
    if first >= args.len() || keys - 1 > (args.len() - 1 - first) / step {
        return Found::Invalid;
    }
    out.extend((first..args.len()).step_by(step).take(keys).filter_map(|at| u32::try_from(at).ok()));
    Found::All
}

/// The position of a keyword, searched as the server does: forwards without the last argument, or backwards from the
/// end without the name.
fn keyword(args: Args<'_>, word: &[u8], from: i8) -> Option<usize> {
    let is_word = |at: &usize| args.at(*at).is_some_and(|arg| arg.eq_ignore_ascii_case(word));
    let start = from_end(from, args.len())?;
    if from >= 0 { (start..args.len().checked_sub(1)?).find(is_word) } else { (2..=start).rev().find(is_word) }
}

fn sort_keys(args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let mut found = Found::All;
    let mut store = None;
    let mut at = 2;
    while let Some(arg) = args.at(at) {
        if arg.eq_ignore_ascii_case(b"LIMIT") {
            at += 2;
        } else if arg.eq_ignore_ascii_case(b"BY") || arg.eq_ignore_ascii_case(b"GET") {
            at += 1;
            found = Found::Incomplete;
        } else if arg.eq_ignore_ascii_case(b"STORE") && at + 1 < args.len() {
            store = u32::try_from(at + 1).ok();
        }
        at += 1;
    }
    out.push(1);
    out.extend(store);
    found
}

fn georadius_keys(args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let mut store = None;
    let mut at = 5;
    while at + 1 < args.len() {
        if args.at(at).is_some_and(|arg| arg.eq_ignore_ascii_case(b"STORE") || arg.eq_ignore_ascii_case(b"STOREDIST")) {
            at += 1;
            store = u32::try_from(at).ok();
        }
        at += 1;
    }
    out.push(1);
    out.extend(store);
    Found::All
}

fn migrate_keys(args: Args<'_>, out: &mut Vec<u32>) -> Found {
    let has_key = args.at(3).is_some_and(|key| !key.is_empty());
    let mut at = 6;
    while let Some(arg) = args.at(at) {
        if arg.eq_ignore_ascii_case(b"AUTH") {
            at += 1;
        } else if arg.eq_ignore_ascii_case(b"AUTH2") {
            at += 2;
        } else if arg.eq_ignore_ascii_case(b"KEYS") {
            // A key and KEYS is an error of syntax, which any server tells.
            if !has_key {
                out.extend((at + 1..args.len()).filter_map(|at| u32::try_from(at).ok()));
            }
            return Found::All;
        }
        at += 1;
    }
    out.push(3);
    Found::All
}

/// The position of a token from `from` on, in any case.
pub(super) fn find_token(args: Args<'_>, token: &[u8], from: usize) -> Option<usize> {
    args.iter().enumerate().skip(from).find(|(_, arg)| arg.eq_ignore_ascii_case(token)).map(|(at, _)| at)
}

/// A decimal integer in the only form that the server takes: no plus, no leading zero, no spaces.
pub(super) fn number(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let is_canonical = match digits {
        [b'0'] => digits.len() == text.len(),
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if is_canonical { core::str::from_utf8(text).ok()?.parse().ok() } else { None }
}

/// A timeout in seconds with an optional fraction, as whole milliseconds; a fraction of one counts as one, so that it
/// is not taken for "for ever".
fn seconds_as_ms(text: &[u8]) -> Option<i64> {
    let seconds = double::parse(text)?;
    let ms = seconds * 1000.0;
    if !(0.0..=9.0e15).contains(&ms) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = ms as i64;
    #[expect(clippy::cast_precision_loss, reason = "whole is below 2^53")]
    let is_short = (whole as f64) < ms;
    Some(if is_short { whole + 1 } else { whole })
}

/// Milliseconds as a timeout in seconds.
pub(crate) fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

/// An index that counts from the end where negative.
fn from_end(at: i8, len: usize) -> Option<usize> {
    match usize::try_from(at) {
        Ok(at) => Some(at),
        Err(_) => len.checked_sub(usize::from(at.unsigned_abs())),
    }
}
