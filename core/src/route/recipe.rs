//! Commands whose keys are in several slots, done step by step with ordinary commands where the caller asks for that. Pure.
//!
//! A recipe is a small program: what comes next is a function of the replies so far. It copies before it deletes, so that no
//! failure at any step loses data, and a copied key keeps its time to live. What it cannot keep is that the command happens
//! at once: what each recipe loses is told by [`Kind::loses`], and `explain` shows it.

use alloc::{format, vec, vec::Vec};

use bytes::Bytes;

use super::{command::seconds, plan, slot::Slot};
use crate::{
    broken::broken,
    wire::{
        encode,
        request::Args,
        tape::{Cursor, Leaf, Node},
    },
};

/// Which recipe a command has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// COPY: the whole key, any type.
    Copy,
    /// RENAME.
    Rename,
    /// RENAMENX.
    RenameNx,
    /// MSETNX.
    SetAll,
    /// LMOVE, RPOPLPUSH, and with a timeout BLMOVE, BRPOPLPUSH: one element of a list.
    MoveElement,
    /// SMOVE: one member of a set.
    MoveMember,
    /// SDIFF, SINTER, SUNION: sets are read and combined here.
    Combine,
    /// SDIFFSTORE, SINTERSTORE, SUNIONSTORE, PFMERGE, SORT … STORE: over copies of the keys that are elsewhere.
    Store,
}

impl Kind {
    /// Its steps, as `explain` shows them.
    pub const fn steps(self) -> &'static [&'static str] {
        match self {
            Self::Copy => &["DUMP source", "PTTL source", "RESTORE destination"],
            Self::Rename | Self::RenameNx => &["DUMP source", "PTTL source", "RESTORE destination", "DEL source"],
            Self::SetAll => &["EXISTS the keys of each slot", "MSETNX the keys of one slot after the other"],
            Self::MoveElement => &[
                "LINDEX source (BLMOVE source onto itself, to wait)",
                "LPUSH or RPUSH destination",
                "LREM source",
                "LREM destination and again, if another took the element",
            ],
            Self::MoveMember => {
                &["SISMEMBER source", "SADD destination", "SREM source", "SREM destination, if another took the member"]
            }
            Self::Combine => &["SUNION, SINTER or SDIFF of the keys of each slot", "combined by the client"],
            Self::Store => &[
                "DUMP each key of another slot",
                "RESTORE it under a name in the destination's slot, to expire",
                "the command over these copies",
                "DEL the copies",
            ],
        }
    }

    /// What is lost against the command that happens at once.
    pub const fn loses(self) -> &'static str {
        match self {
            Self::Copy => "the copy is the source as it was when it was read",
            Self::Rename => {
                "for a while both keys are there; what is written to the source after it was read is lost with it"
            }
            Self::RenameNx => {
                "racy: for a while both keys are there; what is written to the source after it was read is lost with it"
            }
            Self::SetAll => {
                "racy: slot by slot; a key that another client makes meanwhile stops it half way, and it says so"
            }
            Self::MoveElement => {
                "for a while the element is in both lists; two that take it at once settle which, and one begins again"
            }
            Self::MoveMember => "for a while the member is in both sets",
            Self::Combine => "the sets are read one after the other, each as it is then",
            Self::Store => {
                "racy: the destination is made of the sources as they were when each was read; it changes at once"
            }
        }
    }
}

/// A command under way.
#[derive(Debug)]
pub struct Recipe {
    kind: Kind,
    args: Vec<Bytes>,
    /// Positions of the keys.
    keys: Vec<u32>,
    /// Where the key stands that is written.
    home: usize,
    /// How many stages were begun.
    stage: u32,
    /// What is to be kept between two steps.
    value: Bytes,
    groups: Vec<plan::Piece>,
    copies: Vec<Vec<u8>>,
    whole: Option<Whole>,
    rounds: u8,
    salt: u64,
    keep_ms: u64,
}

/// What comes next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// These commands, RESP back to back, all at once.
    Steps(Vec<Vec<u8>>),
    /// It is done.
    Whole(Whole),
    /// One of the last steps failed, and that is how the command ends.
    Failed,
    /// It stops here, in the middle.
    Stuck,
}

/// The reply of the whole command.
#[derive(Clone, Debug, PartialEq)]
pub enum Whole {
    /// A number.
    Int(i64),
    /// +OK.
    Ok,
    /// Nothing was there.
    Null,
    /// An element.
    Bulk(Bytes),
    /// Members of a set.
    Members(Vec<Bytes>),
    /// An error that the server would have given.
    Error(&'static str),
}

/// How a step ended.
#[derive(Clone, Copy, Debug)]
pub enum Heard<'a> {
    /// The reply.
    Reply(&'a [u32], &'a [Bytes]),
    /// The server's error.
    Error(&'a [u8]),
    /// It did not run, or nobody knows.
    Nothing,
}

/// So often an element is looked for anew that others were quicker to take.
const ROUNDS: u8 = 16;

/// Why a command has no recipe, whatever its keys.
pub fn refusal(kind: Kind, args: Args<'_>) -> Option<&'static str> {
    let is = |at: usize, token: &[u8]| args.at(at).is_some_and(|arg| arg.eq_ignore_ascii_case(token));
    match kind {
        Kind::Copy => (3..args.len())
            .any(|at| !is(at, b"REPLACE"))
            .then_some("step by step it takes REPLACE and nothing else: a cluster has one database"),
        Kind::SetAll => {
            args.len().is_multiple_of(2).then_some("it takes pairs of key and value, and the last one is not whole")
        }
        Kind::MoveElement if args.len() > 4 => {
            let is_side = |at: usize| is(at, b"LEFT") || is(at, b"RIGHT");
            (!is_side(3) || !is_side(4)).then_some("each side is LEFT or RIGHT")
        }
        Kind::Store if is(0, b"SORT") => {
            let mut at = 2;
            while at < args.len() {
                match () {
                    () if is(at, b"BY") || is(at, b"GET") => {
                        return Some(
                            "BY and GET name keys that may be anywhere: sort without them, or share a hash tag",
                        );
                    }
                    () if is(at, b"LIMIT") => at += 3,
                    () if is(at, b"STORE") => at += 2,
                    () => at += 1,
                }
            }
            None
        }
        Kind::Rename | Kind::RenameNx | Kind::MoveElement | Kind::MoveMember => None,
        Kind::Combine | Kind::Store => None,
    }
}

impl Recipe {
    /// The recipe of a command whose keys stand at `keys`. `salt` makes the names of copies its own; a copy lives `keep_ms`
    /// at most: longer than any of its steps may be late.
    pub fn new(kind: Kind, args: Vec<Bytes>, keys: Vec<u32>, salt: u64, keep_ms: u64) -> Self {
        let (value, groups, copies) = (Bytes::new(), Vec::new(), Vec::new());
        // SORT alone names what it writes last.
        let is_sort = args.first().is_some_and(|name| name.eq_ignore_ascii_case(b"SORT"));
        let home = if is_sort { keys.last() } else { keys.first() }.map_or(0, |&at| at as usize);
        Self { kind, args, keys, home, stage: 0, value, groups, copies, whole: None, rounds: 0, salt, keep_ms }
    }

    /// What comes after the steps of the last stage, which ended like this; nothing before the first. `left_ms` is what is
    /// left of its timeout to a command that waits.
    pub fn next(&mut self, heard: &[Heard<'_>], left_ms: u64) -> Next {
        let stage = self.stage;
        self.stage += 1;
        match self.kind {
            Kind::Copy | Kind::Rename | Kind::RenameNx => self.move_key(stage, heard),
            Kind::SetAll => self.set_all(stage, heard),
            Kind::MoveElement => self.move_element(stage, heard, left_ms),
            Kind::MoveMember => self.move_member(stage, heard),
            Kind::Combine => self.combine(stage, heard),
            Kind::Store => self.store(stage, heard),
        }
    }

    fn move_key(&mut self, stage: u32, heard: &[Heard<'_>]) -> Next {
        let (source, destination) = (self.arg(1), self.arg(2));
        match (stage, heard) {
            (0, _) => Next::Steps(vec![step(&[b"DUMP", &source]), step(&[b"PTTL", &source])]),
            (1, [dump, ttl]) => {
                let (Some(value), Some(ttl)) = (dump.value(), ttl.int()) else { return Next::Failed };
                let (Some(value), true) = (value, ttl != -2) else {
                    let missing = Whole::Error("ERR no such key");
                    return Next::Whole(if self.kind == Kind::Copy { Whole::Int(0) } else { missing });
                };
                let replaces = self.kind == Kind::Rename
                    || self.args.iter().skip(3).any(|arg| arg.eq_ignore_ascii_case(b"REPLACE"));
                // No time to live is 0 here, and so the least is 1.
                let ttl = if ttl < 0 || broken!(RecipeForgetsEnd) { 0 } else { ttl.max(1) };
                let mut digits = itoa::Buffer::new();
                let words: [&[u8]; 5] = [b"RESTORE", &destination, digits.format(ttl).as_bytes(), &value, b"REPLACE"];
                let mut steps = vec![step(&words[..4 + usize::from(replaces)])];
                if broken!(RecipeDeletesAtOnce) && self.kind != Kind::Copy {
                    steps.push(step(&[b"DEL", &source]));
                }
                Next::Steps(steps)
            }
            (2, [Heard::Error(line)]) if line.starts_with(b"BUSYKEY ") => Next::Whole(Whole::Int(0)),
            (2, [Heard::Reply(..)]) if self.kind == Kind::Copy => Next::Whole(Whole::Int(1)),
            (2, [Heard::Reply(..)]) => Next::Steps(vec![step(&[b"DEL", &source])]),
            (3, [Heard::Reply(..)]) => Next::Whole(if self.kind == Kind::Rename { Whole::Ok } else { Whole::Int(1) }),
            _ => Next::Failed,
        }
    }

    fn set_all(&mut self, stage: u32, heard: &[Heard<'_>]) -> Next {
        if stage == 0 {
            self.groups = self.cut();
            return Next::Steps(self.groups.iter().map(|group| self.of_group(b"EXISTS", group, false)).collect());
        }
        let mut sum = 0;
        for one in heard {
            let Some(number) = one.int() else { return Next::Failed };
            sum += number;
        }
        match (stage, sum) {
            (1, 0) => {}
            (2.., 0) if broken!(RecipeSetsOn) => {}
            (1, _) | (2, 0) => return Next::Whole(Whole::Int(0)),
            (_, 0) => return Next::Stuck,
            (_, _) => {}
        }
        match self.groups.get(stage as usize - 1) {
            Some(group) => Next::Steps(vec![self.of_group(b"MSETNX", group, true)]),
            None => Next::Whole(Whole::Int(1)),
        }
    }

    fn move_element(&mut self, stage: u32, heard: &[Heard<'_>], left_ms: u64) -> Next {
        let (source, destination) = (self.arg(1), self.arg(2));
        let name = self.args.first().cloned().unwrap_or_default();
        let is_old = name.eq_ignore_ascii_case(b"RPOPLPUSH") || name.eq_ignore_ascii_case(b"BRPOPLPUSH");
        let side = |at: usize, old: &'static [u8]| if is_old { Bytes::from_static(old) } else { self.arg(at) };
        let (from, to) = (side(3, b"RIGHT"), side(4, b"LEFT"));
        let count = |side: &Bytes| if side.eq_ignore_ascii_case(b"LEFT") { b"1".as_slice() } else { b"-1" };
        let waits = name.first().is_some_and(|first| first.eq_ignore_ascii_case(&b'B'));
        match (stage, heard) {
            // A list that is moved onto itself at one end stays as it is: that is how to wait for an element and leave it.
            (0, _) if waits => {
                let timeout = self.args.last().cloned().unwrap_or_default();
                let is_endless = timeout.iter().all(|&digit| matches!(digit, b'0' | b'.'));
                if left_ms == 0 && !is_endless && self.rounds > 0 {
                    return Next::Whole(Whole::Null);
                }
                let left = seconds(left_ms);
                let timeout = if is_endless || self.rounds == 0 { &timeout[..] } else { left.as_bytes() };
                Next::Steps(vec![step(&[b"BLMOVE", &source, &source, &from, &from, timeout])])
            }
            (0, _) => {
                let end: &[u8] = if from.eq_ignore_ascii_case(b"LEFT") { b"0" } else { b"-1" };
                Next::Steps(vec![step(&[b"LINDEX", &source, end])])
            }
            (1, [one]) => {
                let Some(value) = one.value() else { return Next::Failed };
                let Some(value) = value else { return Next::Whole(Whole::Null) };
                self.value = value;
                let push: &[u8] = if to.eq_ignore_ascii_case(b"LEFT") { b"LPUSH" } else { b"RPUSH" };
                Next::Steps(vec![step(&[push, &destination, &self.value])])
            }
            (2, [Heard::Reply(..)]) => Next::Steps(vec![step(&[b"LREM", &source, count(&from), &self.value])]),
            (3, [removed]) => match removed.int() {
                None => Next::Failed,
                Some(0) => Next::Steps(vec![step(&[b"LREM", &destination, count(&to), &self.value])]),
                Some(_) => Next::Whole(Whole::Bulk(self.value.clone())),
            },
            (4, [Heard::Reply(..)]) if self.rounds < ROUNDS => {
                self.rounds += 1;
                self.stage = 0;
                self.next(&[], left_ms)
            }
            (4, [Heard::Reply(..)]) => Next::Stuck,
            _ => Next::Failed,
        }
    }

    fn move_member(&mut self, stage: u32, heard: &[Heard<'_>]) -> Next {
        let (source, destination, member) = (self.arg(1), self.arg(2), self.arg(3));
        match (stage, heard, heard.first().and_then(Heard::int)) {
            (0, ..) => Next::Steps(vec![step(&[b"SISMEMBER", &source, &member])]),
            (1, _, Some(0)) => Next::Whole(Whole::Int(0)),
            (1, _, Some(_)) => Next::Steps(vec![step(&[b"SADD", &destination, &member])]),
            (2, _, Some(added)) => {
                self.rounds = u8::from(added > 0);
                Next::Steps(vec![step(&[b"SREM", &source, &member])])
            }
            (3, _, Some(0)) if self.rounds > 0 => Next::Steps(vec![step(&[b"SREM", &destination, &member])]),
            (3, _, Some(removed)) => Next::Whole(Whole::Int(removed)),
            (4, _, Some(_)) => Next::Whole(Whole::Int(0)),
            _ => Next::Failed,
        }
    }

    fn combine(&mut self, stage: u32, heard: &[Heard<'_>]) -> Next {
        let first = self.args.first().map_or(0, |name| name.get(1).copied().unwrap_or_default().to_ascii_uppercase());
        let (is_diff, is_inter) = (first == b'D', first == b'I');
        if stage == 0 {
            self.groups = self.cut();
            let name = |at: usize| match (is_diff, is_inter, at) {
                (true, _, 0) => b"SDIFF".as_slice(),
                (_, true, _) => b"SINTER",
                _ => b"SUNION",
            };
            let groups = self.groups.iter().enumerate();
            return Next::Steps(groups.map(|(at, group)| self.of_group(name(at), group, false)).collect());
        }
        let mut sets = Vec::with_capacity(heard.len());
        for one in heard {
            let Some(mut members) = one.members() else { return Next::Failed };
            members.sort_unstable();
            sets.push(members);
        }
        let mut sets = sets.into_iter();
        let mut whole = sets.next().unwrap_or_default();
        for set in sets {
            if is_diff || is_inter {
                whole.retain(|member| set.binary_search(member).is_ok() == is_inter);
            } else {
                whole.extend(set);
            }
        }
        whole.sort_unstable();
        whole.dedup();
        Next::Whole(Whole::Members(whole))
    }

    fn store(&mut self, stage: u32, heard: &[Heard<'_>]) -> Next {
        let destination = self.arg(self.home);
        let slot = Slot::of(&destination);
        match stage {
            0 => {
                self.keys.retain(|&at| Slot::of(&self.args[at as usize]) != slot);
                Next::Steps(self.keys.iter().map(|&at| step(&[b"DUMP", &self.args[at as usize]])).collect())
            }
            1 => {
                let mut steps = Vec::new();
                for (number, (&at, one)) in self.keys.iter().zip(heard).enumerate() {
                    let Some(value) = one.value() else { return Next::Failed };
                    let copy = neighbour(&destination, self.salt, number);
                    if let Some(value) = value {
                        let ttl = if broken!(RecipeCopiesStay) { 0 } else { self.keep_ms };
                        let ttl = itoa::Buffer::new().format(ttl).as_bytes().to_vec();
                        steps.push(step(&[b"RESTORE", &copy, &ttl, &value]));
                        self.copies.push(copy.clone());
                    }
                    self.args[at as usize] = Bytes::from(copy);
                }
                if steps.is_empty() { self.next(&[], 0) } else { Next::Steps(steps) }
            }
            2 if heard.iter().all(|one| matches!(one, Heard::Reply(..))) => {
                let args: Vec<&[u8]> = self.args.iter().map(|arg| &arg[..]).collect();
                let mut steps = vec![step(&args)];
                if broken!(RecipeTidiesAtOnce)
                    && let Next::Steps(tidying) = self.tidied()
                {
                    steps.extend(tidying);
                }
                Next::Steps(steps)
            }
            3 if broken!(RecipeTidiesAtOnce) && matches!(heard, [Heard::Reply(..), Heard::Reply(..)]) => {
                Next::Whole(heard[0].int().map_or(Whole::Ok, Whole::Int))
            }
            3 if matches!(heard, [Heard::Reply(..)]) => {
                let whole = heard[0].int().map_or(Whole::Ok, Whole::Int);
                self.whole = Some(whole);
                self.tidied()
            }
            2 | 3 if !heard.iter().any(|one| matches!(one, Heard::Nothing)) => {
                self.stage = 4;
                self.tidied()
            }
            // The copies expire whatever became of DEL.
            4 => self.whole.take().map_or(Next::Failed, Next::Whole),
            _ => Next::Failed,
        }
    }

    /// The copies are deleted, if there are any.
    fn tidied(&mut self) -> Next {
        if self.copies.is_empty() {
            self.stage = 4;
            return self.next(&[], 0);
        }
        let mut words: Vec<&[u8]> = vec![b"DEL"];
        words.extend(self.copies.iter().map(|copy| &copy[..]));
        Next::Steps(vec![step(&words)])
    }

    fn arg(&self, at: usize) -> Bytes {
        self.args.get(at).cloned().unwrap_or_default()
    }

    fn cut(&self) -> Vec<plan::Piece> {
        plan::group(self.keys.iter().map(|&at| Slot::of(&self.arg(at as usize))))
    }

    /// A command over the keys of one slot, each with the argument behind it or without.
    fn of_group(&self, name: &[u8], group: &plan::Piece, with_values: bool) -> Vec<u8> {
        let mut words = vec![name];
        for &ordinal in &group.keys {
            let at = self.keys.get(ordinal as usize).map_or(0, |&at| at as usize);
            words.extend(self.args.iter().skip(at).take(1 + usize::from(with_values)).map(|arg| &arg[..]));
        }
        step(&words)
    }
}

impl Heard<'_> {
    fn first(&self) -> Option<(Node, Cursor<'_>, &[Bytes])> {
        let Self::Reply(words, buffers) = self else { return None };
        let mut cursor = Cursor::new(words);
        Some((cursor.next_value()?, cursor, buffers))
    }

    fn int(&self) -> Option<i64> {
        let Node::Int(value) = self.first()?.0 else { return None };
        Some(value)
    }

    /// A text, or nothing.
    fn value(&self) -> Option<Option<Bytes>> {
        let (node, _, buffers) = self.first()?;
        if node == Node::Null {
            return Some(None);
        }
        Some(Some(slice(node.text()?, buffers)?))
    }

    fn members(&self) -> Option<Vec<Bytes>> {
        let (node, mut cursor, buffers) = self.first()?;
        (0..node.elements()?).map(|_| slice(cursor.next()?.text()?, buffers)).collect()
    }
}

fn slice(leaf: Leaf, buffers: &[Bytes]) -> Option<Bytes> {
    Some(buffers.get(leaf.buffer as usize)?.slice_ref(leaf.of(buffers)?))
}

fn step(words: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    encode::command(&mut out, words.iter());
    out
}

/// A name in the slot of `key`, as like it as can be: rights that go by prefixes hold for it too, where the key has a hash
/// tag.
fn neighbour(key: &[u8], salt: u64, number: usize) -> Vec<u8> {
    let slot = Slot::of(key);
    let suffix = format!(":slotpipe:{salt:016x}:{number}");
    let tagged = [&[], b"{".as_slice()].map(|open| {
        let close: &[u8] = if open.is_empty() { b"" } else { b"}" };
        [open, key, close, suffix.as_bytes()].concat()
    });
    if let Some(name) = tagged.into_iter().find(|name| Slot::of(name) == slot) {
        return name;
    }
    // A key whose braces are no hash tag: some number behind it is in its slot, one of some sixteen thousand.
    let names =
        (0u32..).map(|extra| [key, suffix.as_bytes(), b":", itoa::Buffer::new().format(extra).as_bytes()].concat());
    names.into_iter().find(|name| Slot::of(name) == slot).unwrap_or_default()
}
