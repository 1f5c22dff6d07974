//! Settled commands as the host keeps them: [`Replies`] of a whole batch, [`Settled`] of one single call.
//!
//! Both are copied out of an engine's [`Answers`] word by word and checked on the way: every leaf must lie in its
//! buffer, every tree must be whole and no deeper than [`MAX_DEPTH`]. What has been copied can be read without fear.
//! Bytes are not copied, only their buffers' numbers change.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the fields of an answer have one kind; every other one is a mismatch"
)]

use std::{collections::BTreeMap, iter};

use bytes::Bytes;
use slotpipe_core::{
    port::{Answer, OutcomeKind},
    wire::{
        request::{Requests, Span},
        tape::{Cursor, Leaf, Node, tag},
    },
};

use crate::{
    engine::Broken,
    error::{Error, HookFailed, NotExecuted, NotRun, Outcome, Part, Partial, Ran, ServerError, Unknown},
    from_value::FromValue,
    hooks::{self, Hooks},
    reply::{Mismatch, Reply, one_line},
    value::Value,
};

/// Deeper trees are an engine's mistake: the decoder refuses replies deeper than 128, and parts nest a few more.
const MAX_DEPTH: u32 = 200;

/// The outcomes of one batch, by position.
#[derive(Debug, Default)]
pub struct Replies {
    words: Vec<u32>,
    buffers: Vec<Bytes>,
    records: Vec<Option<Record>>,
    /// The batch that was sent: names of commands are read from it when an error needs one.
    batch: Bytes,
    /// Of keys, as the caller named them.
    key_positions: Option<Vec<u32>>,
    /// Commands whose replies a hook did not want.
    unwanted: BTreeMap<usize, HookFailed>,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    start: usize,
    words: u32,
    kind: OutcomeKind,
}

impl Record {
    const fn is_reply(self) -> bool {
        matches!(self.kind, OutcomeKind::Reply | OutcomeKind::Detailed)
    }
}

impl Replies {
    /// How many commands the batch had.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether the batch was empty.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How command `index` ended.
    pub fn get(&self, index: usize) -> Option<OutcomeRef<'_>> {
        let record = (*self.records.get(index)?)?;
        let words = self.words(record)?;
        let unwanted = self.unwanted.get(&index);
        Some(OutcomeRef { kind: record.kind, body: Reply::new(words, &self.buffers), unwanted })
    }

    #[inline]
    fn words(&self, record: Record) -> Option<&[u32]> {
        self.words.get(record.start..)?.get(..record.words as usize)
    }

    /// How each command ended, in the order of the batch.
    pub fn iter(&self) -> impl Iterator<Item = (usize, OutcomeRef<'_>)> {
        (0..self.len()).filter_map(|index| Some((index, self.get(index)?)))
    }

    /// Reads the reply of command `index`; anything but a reply of that type is an error that names the command.
    pub fn read<T: FromValue>(&self, index: usize) -> Result<T, Error> {
        let outcome = self.get(index).ok_or_else(|| Error::misuse("INDEX", "there is no such command in the batch"))?;
        outcome.read().map_err(|error| self.placed(error, index))
    }

    /// Reads the replies of all commands; the first that is something else is an error that names its command.
    pub fn read_all<T: FromValue>(&self) -> Result<Vec<T>, Error> {
        let mut values = Vec::with_capacity(self.len());
        for (index, record) in self.records.iter().enumerate() {
            let is_plain = |record: &Record| record.kind == OutcomeKind::Reply && !self.unwanted.contains_key(&index);
            let words = record.filter(is_plain).and_then(|record| self.words(record));
            match words.map(|words| T::from_value(&mut Reply::new(words, &self.buffers))) {
                Some(Ok(value)) => values.push(value),
                // Once more, for the error.
                Some(Err(_)) | None => values.push(self.read(index)?),
            }
        }
        Ok(values)
    }

    /// Position and outcome of the first command that did not end in a reply.
    pub fn first_failure(&self) -> Option<(usize, OutcomeRef<'_>)> {
        let failed = |record: &Option<Record>| record.is_some_and(|record| !record.is_reply());
        let index = self.records.iter().position(failed);
        let unwanted = self.unwanted.keys().next().copied();
        let index = index.map_or(unwanted, |index| Some(unwanted.map_or(index, |at| at.min(index))))?;
        Some((index, self.get(index)?))
    }

    /// All outcomes as owned values.
    pub fn to_outcomes(&self) -> Vec<Outcome> {
        self.iter().map(|(_, outcome)| outcome.to_outcome()).collect()
    }

    /// The error of the first failure, carrying every outcome; `Ok` if all commands ended in replies.
    pub fn check(&self) -> Result<(), Error> {
        let Some((index, outcome)) = self.first_failure() else { return Ok(()) };
        match outcome.to_outcome().into_result() {
            Ok(_) => Ok(()),
            Err(error) => Err(self.placed(error, index).with_outcomes(self.to_outcomes())),
        }
    }

    /// An error with what belongs to its command.
    fn placed(&self, error: Error, index: usize) -> Error {
        let command = nth_command(&self.batch, index);
        error.at(index, nth_name(command, 0)).keyed(command, self.key_positions.as_deref())
    }

    /// The same with the positions of keys that the batch was given with.
    pub(crate) fn with_key_positions(self, key_positions: Option<Vec<u32>>) -> Self {
        Self { key_positions, ..self }
    }

    /// The same with what the hooks make of each reply.
    pub(crate) fn heard_by(mut self, hooks: &Hooks) -> Self {
        for index in 0..self.len() {
            let name = self.command_name(index);
            let Some(heard) = self.get(index).and_then(|outcome| outcome.heard_by(hooks, &name, Some(index))) else {
                continue;
            };
            match heard {
                Ok(value) => {
                    let start = self.words.len();
                    hooks::write(&value, &mut self.words, &mut self.buffers);
                    let words = u32::try_from(self.words.len() - start).unwrap_or(u32::MAX);
                    self.records[index] = Some(Record { start, words, kind: OutcomeKind::Reply });
                }
                Err(failed) => drop(self.unwanted.insert(index, failed)),
            }
        }
        self
    }

    /// The name that command `index` was given.
    pub fn command_name(&self, index: usize) -> String {
        nth_name(&self.batch, index)
    }
}

/// Command `index` of a batch, empty if it has none.
pub(crate) fn nth_command(batch: &[u8], index: usize) -> &[u8] {
    let (mut spans, mut requests) = (Vec::new(), Requests::new(batch, 0));
    let frame = iter::from_fn(|| requests.next(&mut spans)?.ok()).nth(index);
    frame.map_or(&[], |frame| &batch[frame])
}

/// The name of command `index` of a batch, empty if it has none.
pub(crate) fn nth_name(batch: &[u8], index: usize) -> String {
    let command = nth_command(batch, index);
    next_name(command, &mut Requests::new(command, 0), &mut Vec::new())
}

/// The names of the first `count` commands of a batch.
pub(crate) fn names(batch: &[u8], count: usize) -> Vec<String> {
    let (mut spans, mut requests) = (Vec::new(), Requests::new(batch, 0));
    (0..count).map(|_| next_name(batch, &mut requests, &mut spans)).collect()
}

fn next_name(batch: &[u8], requests: &mut Requests<'_>, spans: &mut Vec<Span>) -> String {
    let Some(Ok(_)) = requests.next(spans) else { return String::new() };
    let name = spans.first().map(|span| &batch[span.start as usize..][..span.len as usize]);
    name.map(|name| one_line(&name.to_ascii_uppercase())).unwrap_or_default()
}

/// How one command ended, not yet copied.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeRef<'a> {
    kind: OutcomeKind,
    body: Reply<'a>,
    unwanted: Option<&'a HookFailed>,
}

impl<'a> OutcomeRef<'a> {
    /// How it ended.
    pub fn kind(&self) -> OutcomeKind {
        self.kind
    }

    /// The reply, if that is how it ended.
    pub fn reply(&self) -> Option<Reply<'a>> {
        let is_reply = matches!(self.kind, OutcomeKind::Reply | OutcomeKind::Detailed) && self.unwanted.is_none();
        is_reply.then_some(self.body)
    }

    /// What hooks make of a reply that came with its parts; nothing for anything else.
    pub(crate) fn heard_by(
        &self,
        hooks: &Hooks,
        command: &str,
        index: Option<usize>,
    ) -> Option<Result<Value, HookFailed>> {
        if self.kind != OutcomeKind::Detailed {
            return None;
        }
        let mut body = self.body;
        let value: Value = body.read().ok()?;
        let parts = parts(&mut body).ok()?;
        // A map by node has the names of its nodes, in the order of the parts.
        let is_name = |(key, part): (&(Value, Value), &Part)| key.0.as_str() == part.node.as_deref();
        let is_by_node = matches!(&value, Value::Map(pairs)
            if pairs.len() == parts.len() && pairs.iter().zip(&parts).all(is_name));
        Some(hooks.apply(command, index, value, parts, is_by_node))
    }

    /// Reads the reply; anything else is an error.
    pub fn read<T: FromValue>(&self) -> Result<T, Error> {
        let mismatch = |error| Error::new(crate::error::ErrorKind::Type(error));
        match self.reply() {
            Some(mut reply) => reply.read().map_err(mismatch),
            None => match self.to_outcome().into_result() {
                Err(error) => Err(error),
                Ok(_) => Err(mismatch(Mismatch::new("a reply", "an outcome without one"))),
            },
        }
    }

    /// The same as an owned value. A body that does not have its outcome's form is an unknown outcome, never a success.
    pub fn to_outcome(&self) -> Outcome {
        self.owned().unwrap_or_else(|error| {
            Outcome::Unknown(Unknown {
                attempts: 0,
                cause: format!("unreadable answer: {error}"),
                node: None,
                slot: None,
            })
        })
    }

    fn owned(&self) -> Result<Outcome, Mismatch> {
        if let Some(failed) = self.unwanted {
            return Ok(Outcome::HookFailed(failed.clone()));
        }
        let mut body = self.body;
        Ok(match self.kind {
            OutcomeKind::Reply | OutcomeKind::Detailed => Outcome::Reply(body.read()?),
            OutcomeKind::ServerError => {
                let ran = if body.read::<i64>()? == Ran::No as i64 { Ran::No } else { Ran::Maybe };
                Outcome::ServerError(ServerError {
                    line: text(&mut body)?.unwrap_or_default(),
                    ran,
                    node: text(&mut body)?,
                    slot: body.read()?,
                })
            }
            OutcomeKind::NotExecuted => Outcome::NotExecuted(NotRun {
                reason: not_executed(body.read()?)?,
                message: text(&mut body)?.unwrap_or_default(),
                node: text(&mut body)?,
                slot: body.read()?,
            }),
            OutcomeKind::Unknown => Outcome::Unknown(Unknown {
                attempts: body.read()?,
                cause: text(&mut body)?.unwrap_or_default(),
                node: text(&mut body)?,
                slot: body.read()?,
            }),
            OutcomeKind::Partial => Outcome::Partial(Partial { parts: parts(&mut body)? }),
        })
    }
}

/// `[[outcome kind, node, slot or null, [body...]], ...]`
fn parts(body: &mut Reply<'_>) -> Result<Vec<Part>, Mismatch> {
    let count = array(body)?;
    let mut parts = Vec::with_capacity(body.room_for(count));
    for _ in 0..count {
        let fields = array(body)?;
        if !matches!(fields, 4 | 5) {
            return Err(Mismatch::new("a part of 4 fields, or 5", "another array"));
        }
        let kind = OutcomeKind::from_word(body.read()?);
        let node = text(body)?;
        let slot = body.read()?;
        let values = array(body)?;
        let outcome = OutcomeRef { kind, body: *body, unwanted: None }.to_outcome();
        for _ in 0..values {
            body.skip()?;
        }
        let step = if fields == 5 { text(body)? } else { None };
        parts.push(Part { node, slot, step, outcome });
    }
    Ok(parts)
}

fn array(body: &mut Reply<'_>) -> Result<u32, Mismatch> {
    match body.next_node()? {
        Node::Array(count) => Ok(count),
        node => Err(body.mismatch("an array", node)),
    }
}

/// A text that may be null, printable.
fn text(body: &mut Reply<'_>) -> Result<Option<String>, Mismatch> {
    match body.next_node()? {
        Node::Null => Ok(None),
        Node::Bulk(leaf) | Node::Simple(leaf) | Node::Error(leaf) | Node::Verbatim(leaf) => {
            Ok(Some(one_line(body.slice(leaf))))
        }
        node => Err(body.mismatch("a text", node)),
    }
}

fn not_executed(number: i64) -> Result<NotExecuted, Mismatch> {
    const ALL: [NotExecuted; 10] = [
        NotExecuted::Unreachable,
        NotExecuted::Expired,
        NotExecuted::WouldReorder,
        NotExecuted::AfterUnknown,
        NotExecuted::Overloaded,
        NotExecuted::Cancelled,
        NotExecuted::Misused,
        NotExecuted::TooManyRedirects,
        NotExecuted::Conflict,
        NotExecuted::Discarded,
    ];
    let found = ALL.into_iter().find(|reason| *reason as i64 == number);
    found.ok_or_else(|| Mismatch::new("a reason", format!("the number {number}")))
}

/// [`Replies`] while they come in.
#[derive(Debug)]
pub(crate) struct Collector {
    replies: Replies,
    /// Buffer numbers of the poll being read, as they are in `replies`; `u32::MAX` where not taken over yet.
    places: Vec<u32>,
    poll: u64,
}

impl Collector {
    pub(crate) fn new(batch: Bytes, count: usize) -> Self {
        let replies = Replies { records: vec![None; count], batch, ..Replies::default() };
        Self { replies, places: Vec::new(), poll: 0 }
    }

    /// Takes one answer of poll number `poll`.
    pub(crate) fn take(
        &mut self,
        index: usize,
        answer: &Answer<'_>,
        buffers: &[Bytes],
        poll: u64,
    ) -> Result<(), Broken> {
        if self.poll != poll {
            self.poll = poll;
            self.places.clear();
            self.places.resize(buffers.len(), u32::MAX);
        }
        let Replies { words, buffers: kept, records, .. } = &mut self.replies;
        let record = records.get_mut(index).ok_or_else(|| Broken::new("a ticket outside its batch"))?;
        if record.is_some() {
            return Err(Broken::new("two outcomes for one ticket"));
        }
        let start = words.len();
        copy(answer.body, buffers, words, |buffer| {
            let place = &mut self.places[buffer];
            if *place == u32::MAX {
                *place = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                kept.push(buffers[buffer].clone());
            }
            *place
        })?;
        let length = u32::try_from(words.len() - start).map_err(|_| Broken::new("an endless answer"))?;
        *record = Some(Record { start, words: length, kind: answer.outcome });
        Ok(())
    }

    pub(crate) fn finish(self) -> Replies {
        self.replies
    }

    /// What has been answered, and outcome unknown for the rest.
    pub(crate) fn abandon(self, cause: &str) -> Replies {
        self.fill(OutcomeKind::Unknown, 1, cause)
    }

    /// What has been answered; the rest did not run.
    pub(crate) fn not_executed(self, reason: NotExecuted, message: &str) -> Replies {
        self.fill(OutcomeKind::NotExecuted, reason as u32, message)
    }

    /// Gives all that have none one outcome of the form `number, message, null`.
    fn fill(self, kind: OutcomeKind, number: u32, message: &str) -> Replies {
        let Replies { mut words, mut buffers, mut records, batch, key_positions, unwanted } = self.replies;
        let start = words.len();
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        let buffer = u32::try_from(buffers.len()).unwrap_or(u32::MAX);
        buffers.push(Bytes::copy_from_slice(message.as_bytes()));
        words.extend([tag::INT, number, 0, tag::BULK, buffer, 0, length, tag::NULL, tag::NULL]);
        for record in records.iter_mut().filter(|record| record.is_none()) {
            *record = Some(Record { start, words: 9, kind });
        }
        Replies { words, buffers, records, batch, key_positions, unwanted }
    }
}

/// The outcome of a single call. A scalar, which most replies are, takes no allocation.
#[derive(Debug)]
pub(crate) enum Settled {
    Scalar { words: [u32; 4], length: u8, kind: OutcomeKind, bytes: Bytes },
    Tree { words: Vec<u32>, kind: OutcomeKind, buffers: Vec<Bytes> },
}

impl Settled {
    pub(crate) fn of(answer: &Answer<'_>, buffers: &[Bytes]) -> Result<Self, Broken> {
        let kind = answer.outcome;
        if let Some(scalar) = Self::scalar(answer, buffers)? {
            return Ok(scalar);
        }
        let mut kept: Vec<(usize, Bytes)> = Vec::new();
        let mut words = Vec::with_capacity(answer.body.len());
        copy(answer.body, buffers, &mut words, |buffer| {
            let place = kept.iter().rposition(|(number, _)| *number == buffer).unwrap_or_else(|| {
                kept.push((buffer, buffers[buffer].clone()));
                kept.len() - 1
            });
            u32::try_from(place).unwrap_or(u32::MAX)
        })?;
        Ok(Self::Tree { words, kind, buffers: kept.into_iter().map(|(_, bytes)| bytes).collect() })
    }

    fn scalar(answer: &Answer<'_>, buffers: &[Bytes]) -> Result<Option<Self>, Broken> {
        let mut words = [0; 4];
        let Some(taken) = words.get_mut(..answer.body.len()) else { return Ok(None) };
        taken.copy_from_slice(answer.body);
        let mut cursor = answer.cursor();
        let node = cursor.next().ok_or_else(torn)?;
        if !cursor.rest().is_empty() || elements(node) > 0 {
            return Ok(None);
        }
        let mut bytes = Bytes::new();
        if let Some(leaf) = leaf(node) {
            bytes = checked(leaf, buffers)?.clone();
            words[1] = 0;
        }
        let length = u8::try_from(answer.body.len()).unwrap_or(4);
        Ok(Some(Self::Scalar { words, length, kind: answer.outcome, bytes }))
    }

    pub(crate) fn outcome(&self) -> OutcomeRef<'_> {
        match self {
            Self::Scalar { words, length, kind, bytes } => OutcomeRef {
                kind: *kind,
                body: Reply::new(&words[..usize::from(*length)], std::slice::from_ref(bytes)),
                unwanted: None,
            },
            Self::Tree { words, kind, buffers } => {
                OutcomeRef { kind: *kind, body: Reply::new(words, buffers), unwanted: None }
            }
        }
    }
}

/// Copies the values of `body`, checked, with buffer numbers replaced by what `place` says.
fn copy(
    body: &[u32],
    buffers: &[Bytes],
    out: &mut Vec<u32>,
    mut place: impl FnMut(usize) -> u32,
) -> Result<(), Broken> {
    // Most answers are one string.
    if let &[kind @ (tag::BULK | tag::SIMPLE), buffer, offset, length] = body {
        checked(Leaf { buffer, offset, length }, buffers)?;
        out.extend([kind, place(buffer as usize), offset, length]);
        return Ok(());
    }
    let mut cursor = Cursor::new(body);
    if body.is_empty() {
        return Err(torn());
    }
    while !cursor.rest().is_empty() {
        copy_value(&mut cursor, buffers, out, &mut place, MAX_DEPTH)?;
    }
    Ok(())
}

fn copy_value(
    cursor: &mut Cursor<'_>,
    buffers: &[Bytes],
    out: &mut Vec<u32>,
    place: &mut impl FnMut(usize) -> u32,
    depth: u32,
) -> Result<(), Broken> {
    let before = cursor.rest();
    let node = cursor.next().ok_or_else(torn)?;
    out.extend_from_slice(&before[..before.len() - cursor.rest().len()]);
    if let Some(leaf) = leaf(node) {
        checked(leaf, buffers)?;
        let at = out.len() - 3;
        out[at] = place(leaf.buffer as usize);
        return Ok(());
    }
    let children = elements(node);
    if children == 0 {
        return Ok(());
    }
    let depth = depth.checked_sub(1).ok_or_else(|| Broken::new("an answer that is too deep"))?;
    for _ in 0..children {
        copy_value(cursor, buffers, out, place, depth)?;
    }
    Ok(())
}

/// The buffer of a leaf that lies inside it.
fn checked(leaf: Leaf, buffers: &[Bytes]) -> Result<&Bytes, Broken> {
    let end = u64::from(leaf.offset) + u64::from(leaf.length);
    let buffer = buffers.get(leaf.buffer as usize).filter(|buffer| buffer.len() as u64 >= end);
    buffer.ok_or_else(|| Broken::new("bytes outside their buffer"))
}

fn leaf(node: Node) -> Option<Leaf> {
    match node {
        Node::Bulk(leaf) | Node::Simple(leaf) | Node::Error(leaf) | Node::BigNumber(leaf) | Node::Verbatim(leaf) => {
            Some(leaf)
        }
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Double(_) => None,
        Node::Array(_) | Node::Set(_) | Node::Map(_) | Node::Push(_) | Node::Attribute(_) => None,
    }
}

/// How many values follow that belong to this node.
fn elements(node: Node) -> u64 {
    match node {
        Node::Array(count) | Node::Set(count) | Node::Push(count) => u64::from(count),
        Node::Map(pairs) => u64::from(pairs) * 2,
        Node::Attribute(pairs) => u64::from(pairs) * 2 + 1,
        Node::Null | Node::Bool(_) | Node::Int(_) | Node::Double(_) => 0,
        Node::Bulk(_) | Node::Simple(_) | Node::Error(_) | Node::BigNumber(_) | Node::Verbatim(_) => 0,
    }
}

fn torn() -> Broken {
    Broken::new("an answer that ends inside a value")
}
