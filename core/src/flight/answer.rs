//! Writes settled commands to the tape of [`Answers`].
//!
//! Leaves of a reply keep naming the chunk that they came in: the chunk itself becomes a buffer of the answers, once
//! per chunk. What the core says itself goes into the arena, buffer 0.

use alloc::vec::Vec;

use bytes::Bytes;

use crate::{
    port::{Answers, NotExecuted, OutcomeKind, Ran, Ticket},
    wire::{
        decode::SmallString,
        shape::{self, Shape},
        tape::{Leaf, tag},
    },
};

#[derive(Debug, Default)]
pub(crate) struct AnswerWriter {
    answers: Answers,
    arena: Vec<u8>,
}

/// Where a command failed: the name of the node, empty for none, and the slot.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At<'a> {
    pub(crate) node: &'a str,
    pub(crate) slot: Option<u16>,
}

/// A place in the tape whose length is not known yet.
#[derive(Debug)]
pub(crate) struct Open(usize);

impl AnswerWriter {
    /// Hands out everything written so far and takes the emptied vectors of `out` for the next round.
    pub(crate) fn take(&mut self, out: &mut Answers) {
        out.clear();
        core::mem::swap(out, &mut self.answers);
        if let Some(arena) = out.buffers.first_mut() {
            *arena = Bytes::from(core::mem::take(&mut self.arena));
        }
    }

    /// A reply as the server gave it, brought to its shape.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub(crate) fn reply(&mut self, ticket: Ticket, shape: Shape, words: &[u32], buffers: &[Bytes]) {
        let open = self.begin(ticket, OutcomeKind::Reply, shape);
        self.value(shape, words, buffers);
        self.end(&open);
    }

    /// The number that a chunk has among the buffers of the answers.
    #[inline(always)]
    pub(crate) fn buffer(&mut self, chunk: &Bytes) -> u32 {
        if self.answers.buffers.is_empty() {
            self.answers.buffers.push(Bytes::new());
        }
        place(&mut self.answers.buffers, chunk)
    }

    /// A reply that is one string as it is, in the chunk of this number.
    #[inline(always)]
    pub(crate) fn string(&mut self, ticket: Ticket, buffer: u32, string: SmallString) {
        let [low, high] = halves(ticket.0);
        let tape = &mut self.answers.tape;
        // One by one: as an array they would be put on the stack first and stored twice.
        tape.reserve(Answers::HEADER + 4);
        tape.push(low);
        tape.push(high);
        tape.push(OutcomeKind::Reply as u32 | (Shape::Any as u32) << 8);
        tape.push(4);
        tape.push(string.tag);
        tape.push(buffer);
        tape.push(string.offset);
        tape.push(string.length);
    }

    pub(crate) fn server_error(&mut self, ticket: Ticket, ran: Ran, line: &[u8], at: At<'_>) {
        let open = self.begin(ticket, OutcomeKind::ServerError, Shape::Any);
        self.server_error_body(ran, line, at);
        self.end(&open);
    }

    pub(crate) fn not_executed(&mut self, ticket: Ticket, reason: NotExecuted, message: &str, at: At<'_>) {
        let open = self.begin(ticket, OutcomeKind::NotExecuted, Shape::Any);
        self.failure_body(i64::from(reason as u8), message, at);
        self.end(&open);
    }

    pub(crate) fn unknown(&mut self, ticket: Ticket, attempts: u8, message: &str, at: At<'_>) {
        let open = self.begin(ticket, OutcomeKind::Unknown, Shape::Any);
        self.failure_body(i64::from(attempts), message, at);
        self.end(&open);
    }

    pub(crate) fn server_error_body(&mut self, ran: Ran, line: &[u8], at: At<'_>) {
        self.int(i64::from(ran as u8));
        self.leaf(tag::ERROR, line);
        self.at(at);
    }

    /// The body of a command that was not executed (`number`: the reason) or is unknown (`number`: attempts).
    pub(crate) fn failure_body(&mut self, number: i64, message: &str, at: At<'_>) {
        self.int(number);
        self.leaf(tag::BULK, message.as_bytes());
        self.at(at);
    }

    /// The node and the slot, each null where there is none.
    pub(crate) fn at(&mut self, at: At<'_>) {
        self.text_or_null(at.node);
        match at.slot {
            Some(slot) => self.int(i64::from(slot)),
            None => self.null(),
        }
    }

    /// Begins a record; [`AnswerWriter::end`] fills in its length.
    pub(crate) fn begin(&mut self, ticket: Ticket, outcome: OutcomeKind, shape: Shape) -> Open {
        if self.answers.buffers.is_empty() {
            self.answers.buffers.push(Bytes::new());
        }
        let tape = &mut self.answers.tape;
        let [low, high] = halves(ticket.0);
        tape.extend_from_slice(&[low, high, outcome as u32 | (shape as u32) << 8, 0]);
        Open(tape.len())
    }

    pub(crate) fn end(&mut self, open: &Open) {
        let tape = &mut self.answers.tape;
        // A tape of 2^32 words would be 16 GiB; the window and the frame limit keep it far below.
        tape[open.0 - 1] = u32::try_from(tape.len() - open.0).unwrap_or(u32::MAX);
    }

    /// The words of a value outside of any record, naming the buffers of the next answers.
    pub(crate) fn detached(&mut self, words: &[u32], buffers: &[Bytes]) -> Vec<u32> {
        let start = self.answers.tape.len();
        if self.answers.buffers.is_empty() {
            self.answers.buffers.push(Bytes::new());
        }
        self.value(Shape::Any, words, buffers);
        self.answers.tape.split_off(start)
    }

    /// A push of our own, outside of any record: a word, a topic, and a number or an error.
    pub(crate) fn said(&mut self, word: &str, topic: &[u8], about: Result<i64, &[u8]>) -> Vec<u32> {
        let start = self.answers.tape.len();
        if self.answers.buffers.is_empty() {
            self.answers.buffers.push(Bytes::new());
        }
        self.aggregate(tag::PUSH, 3);
        self.leaf(tag::BULK, word.as_bytes());
        self.leaf(tag::BULK, topic);
        match about {
            Ok(count) => self.int(count),
            Err(line) => self.leaf(tag::ERROR, line),
        }
        self.answers.tape.split_off(start)
    }

    pub(crate) fn int(&mut self, value: i64) {
        let [low, high] = halves(value.cast_unsigned());
        self.answers.tape.extend_from_slice(&[tag::INT, low, high]);
    }

    pub(crate) fn bool(&mut self, value: bool) {
        self.answers.tape.push(if value { tag::TRUE } else { tag::FALSE });
    }

    pub(crate) fn null(&mut self) {
        self.answers.tape.push(tag::NULL);
    }

    pub(crate) fn text_or_null(&mut self, text: &str) {
        if text.is_empty() { self.null() } else { self.leaf(tag::BULK, text.as_bytes()) }
    }

    /// A leaf of our own, its bytes in the arena.
    pub(crate) fn leaf(&mut self, kind: u32, bytes: &[u8]) {
        let offset = self.arena.len();
        self.arena.extend_from_slice(bytes);
        let words = [offset, bytes.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        self.answers.tape.extend_from_slice(&[kind, 0, words[0], words[1]]);
    }

    /// The head of an aggregate of `count` elements (pairs for maps).
    pub(crate) fn aggregate(&mut self, kind: u32, count: usize) {
        self.answers.tape.extend_from_slice(&[kind, u32::try_from(count).unwrap_or(u32::MAX)]);
    }

    /// A value that the server gave.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub(crate) fn value(&mut self, shape: Shape, words: &[u32], buffers: &[Bytes]) {
        let Answers { tape, buffers: ours } = &mut self.answers;
        if let ([kind, 1, offset, length], Shape::Any, [_, chunk]) = (words, shape, buffers) {
            let buffer = place(ours, chunk);
            tape.extend_from_slice(&[*kind, buffer, *offset, *length]);
            return;
        }
        let bytes = |leaf: Leaf| leaf.of(buffers).unwrap_or_default();
        let mut rename = |buffer: u32| match buffers.get(buffer as usize) {
            Some(chunk) => place(ours, chunk),
            None if buffer == shape::NAMES_BUFFER => place(ours, &Bytes::from_static(shape::NAMES.as_bytes())),
            None => 0,
        };
        shape::copy(words, shape, &bytes, &mut rename, tape);
    }
}

const fn halves(value: u64) -> [u32; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are what is wanted")]
    [value as u32, (value >> 32) as u32]
}

/// The number of a chunk among the buffers of the answers. It is nearly always the newest.
#[inline(always)]
fn place(buffers: &mut Vec<Bytes>, chunk: &Bytes) -> u32 {
    let same = |known: &Bytes| known.as_ptr() == chunk.as_ptr() && known.len() == chunk.len();
    let found = buffers.iter().skip(1).rposition(same).map(|index| index + 1);
    let index = found.unwrap_or_else(|| {
        buffers.push(chunk.clone());
        buffers.len() - 1
    });
    u32::try_from(index).unwrap_or(u32::MAX)
}
