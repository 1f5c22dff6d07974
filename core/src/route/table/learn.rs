//! Reads COMMAND INFO: rows of commands that the generated table does not know.
//!
//! An element is `[name, arity, flags, first key, last key, step, categories, tips, key specs, subcommands]`; servers
//! before 7.0 end after the categories, before 6.0 after the step. What the reply does not say (how to cut, shape,
//! pace) is not guessed, but for `multi_shard` commands, which the server itself declares to be cut by their keys.

use alloc::{borrow::Cow, string::String, vec::Vec};

use crate::{
    route::command::{Begin, Find, Flags, Handling, KeySpec, Keys, Merge, Request, Split},
    wire::tape::{Cursor, Leaf, Node},
};

use super::Learned;

/// Reads one element of a COMMAND INFO reply (RESP2 or RESP3) into rows: the command and its subcommands. `None` for
/// a null element or one that does not have that form.
pub fn read_command_info<'b>(words: &[u32], bytes: &dyn Fn(Leaf) -> &'b [u8]) -> Option<Vec<Learned>> {
    let mut reader = Reader { cursor: Cursor::new(words), bytes };
    let mut rows = Vec::new();
    reader.element(&mut rows)?;
    Some(rows)
}

const FLAGS: [(&str, u16); 5] = [
    ("write", Flags::WRITE),
    ("readonly", Flags::READONLY),
    ("blocking", Flags::BLOCKING),
    ("admin", Flags::ADMIN),
    ("pubsub", Flags::PUBSUB),
];

const REQUESTS: [(&str, Request); 2] = [("all_nodes", Request::AllNodes), ("all_shards", Request::AllPrimaries)];

const MERGES: [(&str, Merge); 7] = [
    ("all_succeeded", Merge::AllOk),
    ("one_succeeded", Merge::OneOk),
    ("agg_sum", Merge::Sum),
    ("agg_min", Merge::Min),
    ("agg_max", Merge::Max),
    ("agg_logical_and", Merge::And),
    ("agg_logical_or", Merge::Or),
];

fn named<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|&&(own, _)| own == name).map(|&(_, meaning)| meaning)
}

/// Fields of specs that are numbers: two of where a search begins, and those of how keys are found.
const NUMBERS: [&[u8]; 7] = [b"index", b"startfrom", b"lastkey", b"keystep", b"limit", b"keynumidx", b"firstkey"];

/// The fields of one spec, numbers in the order of [`NUMBERS`].
#[derive(Default)]
struct Spec {
    keyword: Option<String>,
    numbers: [Option<i64>; NUMBERS.len()],
}

struct Reader<'w, 'b, 'f> {
    cursor: Cursor<'w>,
    bytes: &'f dyn Fn(Leaf) -> &'b [u8],
}

/// What key specs say together.
#[derive(Default)]
struct Specs {
    list: Vec<KeySpec>,
    are_incomplete: bool,
    /// At least one, and all of them: channels rather than keys.
    are_channels: bool,
}

/// What the tips say.
#[derive(Default)]
struct Tips {
    request: Request,
    is_multi_shard: bool,
    merge: Option<Merge>,
}

impl<'b> Reader<'_, 'b, '_> {
    fn element(&mut self, rows: &mut Vec<Learned>) -> Option<()> {
        let fields = self.list()?;
        if fields < 6 {
            return None;
        }
        let name = row_name(self.text()?)?;
        let arity = i8::try_from(self.int()?).ok()?;
        let mut flags = Flags::default();
        let mut has_movable_keys = false;
        for _ in 0..self.list()? {
            let flag = core::str::from_utf8(self.text()?).ok()?;
            flags.0 |= named(&FLAGS, flag).unwrap_or(0);
            has_movable_keys |= flag == "movablekeys";
        }
        let range = (self.int()?, self.int()?, self.int()?);
        if fields > 6 {
            self.cursor.skip()?;
        }
        let tips = if fields > 7 { self.tips()? } else { Tips::default() };
        let specs = if fields > 8 { self.specs()? } else { legacy_specs(range)? };
        if specs.are_channels {
            flags.0 |= Flags::CHANNEL;
        }
        if specs.list.is_empty() && has_movable_keys {
            flags.0 |= Flags::NEEDS_KEYS;
        } else if specs.are_incomplete {
            flags.0 |= Flags::UNKNOWN_KEYS;
        }
        let at = rows.len();
        rows.push(row(name, arity, flags, specs.list, &tips));
        let subcommands = if fields > 9 { self.list()? } else { 0 };
        if subcommands > 0 {
            rows[at].flags.0 |= Flags::CONTAINER;
        }
        for _ in 0..subcommands {
            self.element(rows)?;
        }
        for _ in 10..fields {
            self.cursor.skip()?;
        }
        Some(())
    }

    fn tips(&mut self) -> Option<Tips> {
        let mut tips = Tips::default();
        for _ in 0..self.list()? {
            let tip = core::str::from_utf8(self.text()?).ok()?;
            if let Some(policy) = tip.strip_prefix("request_policy:") {
                tips.request = named(&REQUESTS, policy).unwrap_or(tips.request);
                tips.is_multi_shard |= policy == "multi_shard";
            } else if let Some(policy) = tip.strip_prefix("response_policy:") {
                tips.merge = named(&MERGES, policy).or(tips.merge);
            }
        }
        Some(tips)
    }

    fn specs(&mut self) -> Option<Specs> {
        let mut specs = Specs { are_channels: true, ..Specs::default() };
        for _ in 0..self.list()? {
            let (mut begin, mut find, mut is_channel) = (Begin::Unknown, Find::Unknown, false);
            for _ in 0..self.pairs()? {
                match self.text()? {
                    b"flags" => {
                        for _ in 0..self.list()? {
                            match self.text()? {
                                b"not_key" => is_channel = true,
                                b"incomplete" => specs.are_incomplete = true,
                                _ => {}
                            }
                        }
                    }
                    b"begin_search" => begin = self.begin()?,
                    b"find_keys" => find = self.find()?,
                    _ => drop(self.cursor.skip()?),
                }
            }
            specs.are_channels &= is_channel;
            specs.list.push(KeySpec { begin, find });
        }
        specs.are_channels &= !specs.list.is_empty();
        Some(specs)
    }

    fn begin(&mut self) -> Option<Begin> {
        let Spec { keyword, numbers: [index, from, ..] } = self.spec()?;
        let from = from.and_then(|from| i8::try_from(from).ok());
        Some(match (byte(index), keyword, from) {
            (Some(index), _, _) => Begin::Index(index),
            (None, Some(word), Some(from)) => Begin::Keyword { word: Cow::Owned(word), from },
            _ => Begin::Unknown,
        })
    }

    fn find(&mut self) -> Option<Find> {
        let [_, _, last, step, limit, index, first] = self.spec()?.numbers;
        let last = last.and_then(|last| i8::try_from(last).ok());
        Some(match (last, byte(step), byte(limit), byte(index), byte(first)) {
            (Some(last), Some(step), Some(limit), _, _) => Find::Range { last, step, limit },
            (_, Some(step), _, Some(index), Some(first)) => Find::Keynum { index, first, step },
            _ => Find::Unknown,
        })
    }

    /// `{type, spec: {field: value}}`.
    fn spec(&mut self) -> Option<Spec> {
        let mut spec = Spec::default();
        for _ in 0..self.pairs()? {
            if self.text()? != b"spec" {
                self.cursor.skip()?;
                continue;
            }
            for _ in 0..self.pairs()? {
                let field = self.text()?;
                if field == b"keyword" {
                    spec.keyword = Some(upper(self.text()?)?);
                } else if let Some(place) = NUMBERS.iter().position(|&own| own == field) {
                    spec.numbers[place] = Some(self.int()?);
                } else {
                    self.cursor.skip()?;
                }
            }
        }
        Some(spec)
    }

    /// The elements of an array or set.
    fn list(&mut self) -> Option<u32> {
        let node = self.cursor.next()?;
        if let Node::Array(count) | Node::Set(count) = node { Some(count) } else { None }
    }

    /// The pairs of a map, or of RESP2's flat array.
    fn pairs(&mut self) -> Option<u32> {
        let node = self.cursor.next()?;
        if let Node::Map(count) = node {
            return Some(count);
        }
        if let Node::Array(count) = node
            && count % 2 == 0
        {
            return Some(count / 2);
        }
        None
    }

    fn text(&mut self) -> Option<&'b [u8]> {
        let node = self.cursor.next()?;
        if let Node::Bulk(leaf) | Node::Simple(leaf) = node { Some((self.bytes)(leaf)) } else { None }
    }

    fn int(&mut self) -> Option<i64> {
        if let Node::Int(number) = self.cursor.next()? { Some(number) } else { None }
    }
}

fn row(name: String, arity: i8, flags: Flags, specs: Vec<KeySpec>, tips: &Tips) -> Learned {
    const FIRST: KeySpec = KeySpec { begin: Begin::Index(1), find: Find::Range { last: 0, step: 1, limit: 0 } };
    let split = match specs.as_slice() {
        [KeySpec { begin: Begin::Index(1), find: Find::Range { last: -1, step, limit: 0 } }] if tips.is_multi_shard => {
            if *step > 1 {
                Split::Groups { step: *step }
            } else {
                Split::Keys { tail: 0 }
            }
        }
        _ => Split::Never,
    };
    let merge = match (tips.merge, split, tips.request) {
        (Some(merge), ..) => merge,
        (None, Split::Never, Request::Any | Request::SlotArgument(_) | Request::Owners { .. }) => Merge::Single,
        // Without a policy of its own nothing is known to merge by: keep what each node said.
        (None, Split::Never, Request::AllNodes | Request::AllPrimaries) => Merge::PerNode,
        (None, Split::Keys { .. } | Split::Groups { .. } | Split::Counted { .. }, _) => Merge::Position,
        (None, Split::Recipe(_), _) => Merge::Single,
    };
    let keys = match specs.as_slice() {
        [] => Keys::None,
        [only] if *only == FIRST => Keys::First,
        _ => Keys::Specs(Cow::Owned(specs)),
    };
    Learned {
        name,
        arity,
        flags,
        keys,
        handling: Handling { request: tips.request, split, merge, ..Handling::DEFAULT },
    }
}

/// First key, last key (absolute, or from the end) and step, as servers without key specs tell.
fn legacy_specs((first, last, step): (i64, i64, i64)) -> Option<Specs> {
    if first <= 0 {
        return Some(Specs::default());
    }
    let last = if last < 0 { last } else { last - first };
    let begin = Begin::Index(u8::try_from(first).ok()?);
    let find = Find::Range { last: i8::try_from(last).ok()?, step: u8::try_from(step).ok()?, limit: 0 };
    Some(Specs { list: Vec::from([KeySpec { begin, find }]), ..Specs::default() })
}

/// `cluster|slots` as `CLUSTER SLOTS`.
fn row_name(name: &[u8]) -> Option<String> {
    Some(upper(name)?.replace('|', " "))
}

fn byte(number: Option<i64>) -> Option<u8> {
    u8::try_from(number?).ok()
}

fn upper(text: &[u8]) -> Option<String> {
    Some(core::str::from_utf8(text).ok()?.to_ascii_uppercase())
}
