//! The incremental decoder: RESP2 and RESP3, any cut, never a byte twice.
//!
//! [`Decoder`] keeps the chunks that were fed; its [`Parser`] reads one chunk at a time and writes words. What a chunk's
//! end cuts in two (a line or a bulk, nothing else can be) is moved to the spill and continued there, so that every byte
//! is looked at once and copied at most once, and only what really is cut is copied. Sizes that the stream declares are
//! compared with the limits and never reserved.
//!
//! A small bulk in the middle of a chunk is the common case: what it passes through is inlined by force, because a call
//! in between costs as much as the work itself.

use alloc::{collections::VecDeque, vec, vec::Vec};
use core::{fmt, mem};

use bytes::Bytes;
use memchr::memchr;

use super::{
    double,
    tape::{self, Node, tag},
};

/// What the decoder refuses.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Nested aggregates; an attribute counts as one around the value that it belongs to.
    pub depth: u32,
    /// Bytes of a line (simple strings, errors, numbers, headers); at least 32, so that every number fits.
    pub line: u32,
    /// Bytes of one bulk string.
    pub bulk: u32,
    /// Bytes of one whole reply on the wire, and, counted apart, of its words. A reply of small values meets the second
    /// bound first: three bytes `_\r\n` are one word of four bytes, seven bytes `$1\r\nx\r\n` are four words.
    pub frame: u32,
}

/// Why a stream is no RESP; the connection cannot be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A first byte that names no type.
    UnknownType(u8),
    /// A length or number that is none.
    BadNumber,
    /// A length below what the type allows (or -1 where null is not allowed).
    BadLength,
    /// A line or bulk that does not end in CRLF.
    NoCrlf,
    /// Not `t` or `f`.
    BadBool,
    /// A verbatim string without `xxx:`.
    BadVerbatim,
    /// RESP3 streamed strings and aggregates (`$?`, `*?`, `.`), which no server sends.
    Streamed,
    /// A push inside another value or behind an attribute.
    Misplaced,
    /// Deeper than the limit.
    TooDeep,
    /// A line longer than the limit.
    LineTooLong,
    /// A bulk longer than the limit.
    BulkTooLong,
    /// A reply larger than the limit, or a count of elements that could not fit into it.
    FrameTooLong,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownType(byte) => return write!(f, "no value begins with `{}`", byte.escape_ascii()),
            Self::BadNumber => "a number is none",
            Self::BadLength => "a length is none",
            Self::NoCrlf => "a line or string does not end in CRLF",
            Self::BadBool => "a boolean is neither t nor f",
            Self::BadVerbatim => "a verbatim string has no format",
            Self::Streamed => "a streamed value, which no server sends",
            Self::Misplaced => "a push stands inside another value",
            Self::TooDeep => "values are nested deeper than the limit",
            Self::LineTooLong => "a line is longer than the limit",
            Self::BulkTooLong => "a string is longer than the limit",
            Self::FrameTooLong => "a reply is larger than the limit",
        })
    }
}

/// One complete top-level value. Leaf buffers index `buffers`.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The value's words.
    pub words: &'a [u32],
    /// Buffer 0 holds the leaves that were cut over chunks (empty if none was); 1.. are the chunks that leaves lie in,
    /// in order, and last the one in which the frame ended. A frame within one chunk has exactly `[empty, chunk]`.
    pub buffers: &'a [Bytes],
}

/// A frame that is one string: its kind and its place in the chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallString {
    /// [`tag::BULK`] or [`tag::SIMPLE`].
    pub tag: u32,
    /// First byte.
    pub offset: u32,
    /// Number of bytes.
    pub length: u32,
}

/// The decoder of one connection.
#[derive(Debug)]
pub struct Decoder {
    parser: Parser,
    /// As in [`Frame::buffers`]; the last is being read.
    buffers: Vec<Bytes>,
    /// Fed and not begun.
    queue: VecDeque<Bytes>,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// The last frame, if any, has been given out; the next begins when asked for.
    Between,
    Mid,
    Failed(DecodeError),
}

impl Decoder {
    /// Nothing received yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            parser: Parser::new(limits),
            buffers: vec![Bytes::new(), Bytes::new()],
            queue: VecDeque::new(),
            state: State::Between,
        }
    }

    /// Gives the next chunk. Best when [`Decoder::next`] has returned `None`; chunks given earlier wait.
    pub fn feed(&mut self, mut chunk: Bytes) {
        if matches!(self.state, State::Failed(_)) {
            return;
        }
        while chunk.len() > MAX_CHUNK {
            self.queue.push_back(chunk.split_to(MAX_CHUNK));
        }
        self.queue.push_back(chunk);
    }

    /// The next complete frame, `None` when more bytes are needed. After an error every call repeats it.
    #[expect(clippy::should_implement_trait, reason = "a frame borrows from the decoder; an Iterator cannot lend")]
    pub fn next(&mut self) -> Result<Option<Frame<'_>>, DecodeError> {
        match self.state {
            State::Between => self.begin(),
            State::Mid => {}
            State::Failed(error) => return Err(error),
        }
        let words = loop {
            let last = self.buffers.len() - 1;
            match self.parser.read(&self.buffers[last], word(last)) {
                Ok(Some(words)) => break words,
                Ok(None) if self.next_chunk() => {}
                Ok(None) => {
                    self.state = if self.parser.has_begun() { State::Mid } else { State::Between };
                    return Ok(None);
                }
                Err(error) => return Err(self.fail(error)),
            }
        };
        self.state = State::Between;
        if !self.parser.spill.is_empty() {
            self.buffers[0] = Bytes::from(mem::take(&mut self.parser.spill));
        }
        Ok(Some(Frame { words: &self.parser.words[..words], buffers: &self.buffers }))
    }

    /// The next frame, if it is a string that lies whole in the chunk that is being read ([`Decoder::chunk`]). Nearly all
    /// replies are that, and need no words of their own. Where this says `None`, [`Decoder::next`] says why.
    #[inline(always)]
    pub fn next_string(&mut self) -> Option<SmallString> {
        match (&self.state, &self.buffers[..]) {
            (State::Between, [spilled, chunk]) if spilled.is_empty() => self.parser.string(chunk),
            _ => None,
        }
    }

    /// The chunk that is being read.
    pub fn chunk(&self) -> &Bytes {
        &self.buffers[self.buffers.len() - 1]
    }

    /// Whether a frame has begun and not ended.
    pub fn is_mid_frame(&self) -> bool {
        matches!(self.state, State::Mid)
    }

    /// Lets go of the last frame.
    fn begin(&mut self) {
        self.parser.begin();
        if self.buffers.len() == 2 && self.buffers[0].is_empty() {
            return;
        }
        let current = self.buffers.pop().unwrap_or_default();
        self.buffers.clear();
        self.buffers.extend([Bytes::new(), current]);
    }

    /// Leaves the chunk that was read to its end, keeping it only if a leaf lies in it. False if there is no other.
    fn next_chunk(&mut self) -> bool {
        let keep = self.parser.leave_chunk();
        let next = self.queue.pop_front();
        let more = next.is_some();
        if !more && !self.parser.has_begun() {
            self.parser.rest();
        }
        let chunk = next.unwrap_or_default();
        match self.buffers.last_mut() {
            Some(last) if !keep => *last = chunk,
            _ => self.buffers.push(chunk),
        }
        more
    }

    #[cold]
    fn fail(&mut self, error: DecodeError) -> DecodeError {
        *self = Self::new(self.parser.limits);
        self.state = State::Failed(error);
        error
    }
}

/// Places are `u32`, so longer chunks are read in pieces.
const MAX_CHUNK: usize = u32::MAX as usize;

/// Chunks kept for one frame; leaves behind that are copied, lest a peer that sends a few bytes at a time pins one read
/// buffer for each.
const KEPT_CHUNKS: u32 = 4096;

/// As much of a simple string is looked at before it is read as any other line: `+OK` and its CRLF.
const SHORT_LINE: usize = 4;

/// Words kept between frames when nothing is left to read: a burst gives its memory back.
const KEPT_WORDS: usize = 16 << 10;

/// The fewest bytes that a value takes: `_\r\n`.
const MIN_VALUE: u64 = 3;

/// Reads chunks, writes words. Knows the chunk only while it reads in it.
#[derive(Debug)]
struct Parser {
    limits: Limits,
    words: Vec<u32>,
    max_words: usize,
    /// For each open aggregate, outermost first, how many values it still lacks.
    open: Vec<u32>,
    /// Bytes of leaves that chunk ends have cut, then those of the unfinished line or bulk.
    spill: Vec<u8>,
    cut: Option<Cut>,
    /// Position in the chunk.
    at: usize,
    /// The position in the chunk at which the frame has used up its bytes.
    bound: u64,
    /// Whether a leaf of this frame lies in this chunk.
    leaf_here: bool,
}

/// What the last chunk's end cut; its bytes so far are in the spill from `start`.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The text, perhaps with its CR, never with its LF.
    Line { kind: u8, start: usize },
    /// So many bytes with CRLF.
    Bulk { kind: u8, start: usize, total: usize },
}

/// What reading a little further has led to.
#[derive(Clone, Copy)]
enum Step {
    /// One value is complete.
    Value,
    /// An aggregate waits for its elements.
    Opened,
    /// The chunk is read to its end.
    Hungry,
}

impl Parser {
    fn new(limits: Limits) -> Self {
        let limits = Limits { line: limits.line.max(32), ..limits };
        Self {
            limits,
            words: Vec::new(),
            max_words: limits.frame as usize / size_of::<u32>(),
            open: Vec::new(),
            spill: Vec::new(),
            cut: None,
            at: 0,
            bound: u64::from(limits.frame),
            leaf_here: false,
        }
    }

    fn begin(&mut self) {
        self.words.clear();
        self.bound = self.at as u64 + u64::from(self.limits.frame);
        self.leaf_here = false;
    }

    fn has_begun(&self) -> bool {
        self.bound - (self.at as u64) < u64::from(self.limits.frame)
    }

    /// Positions count from the next chunk's start. Says whether a leaf lies in the one that is left.
    fn leave_chunk(&mut self) -> bool {
        self.bound -= self.at as u64;
        self.at = 0;
        mem::take(&mut self.leaf_here)
    }

    fn rest(&mut self) {
        self.words.shrink_to(KEPT_WORDS);
    }

    /// A whole bulk, or a simple string of a few bytes, between frames. Nothing has moved where this is `None`.
    #[inline(always)]
    fn string(&mut self, input: &[u8]) -> Option<SmallString> {
        let rest = &input[self.at..];
        let (tag, from, length) = match rest.first()? {
            b'$' => {
                let (length, size) = short_number(&rest[1..])?;
                (tag::BULK, 1 + size, u32::try_from(length).ok().filter(|&length| length <= self.limits.bulk)?)
            }
            b'+' => {
                let text = rest.get(1..1 + SHORT_LINE)?;
                (tag::SIMPLE, 1, (0..).zip(text).find(|(_, byte)| **byte == b'\r')?.0)
            }
            _ => return None,
        };
        let end = from + length as usize + 2;
        if rest.get(end - 2..end)? != b"\r\n" || end as u64 > u64::from(self.limits.frame) {
            return None;
        }
        let offset = word(self.at + from);
        self.at += end;
        Some(SmallString { tag, offset, length })
    }

    /// Reads until the frame is complete, then tells how many words it has, or the chunk is at its end. `buffer` is the
    /// chunk's number.
    fn read(&mut self, input: &[u8], buffer: u32) -> Result<Option<usize>, DecodeError> {
        let mut step = Step::Opened;
        if let Some(cut) = self.cut {
            step = self.resume(cut, input, buffer)?;
        }
        loop {
            match step {
                Step::Hungry => return Ok(None),
                Step::Opened => {}
                Step::Value => {
                    let words = self.words.len();
                    if words > self.max_words {
                        return Err(DecodeError::FrameTooLong);
                    }
                    if self.close() {
                        return Ok(Some(words));
                    }
                }
            }
            step = self.value(input, buffer)?;
        }
    }

    /// Counts one value for the aggregates that it may complete; true if nothing is open any more.
    fn close(&mut self) -> bool {
        while let Some(lacking) = self.open.last_mut() {
            *lacking -= 1;
            if *lacking > 0 {
                return false;
            }
            self.open.pop();
        }
        true
    }

    #[inline(always)]
    fn value(&mut self, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        let Some(&kind) = input.get(self.at) else { return Ok(Step::Hungry) };
        match kind {
            b'$' | b':' | b'*' | b'%' | b'~' | b'>' | b'|' | b'!' | b'=' => {
                let Some((number, size)) = short_number(&input[self.at + 1..]) else {
                    return self.line(kind, input, buffer);
                };
                self.at += 1 + size;
                self.check_frame(self.at)?;
                if kind == b'$' {
                    return self.bulk(kind, number, input, buffer);
                }
                self.number(kind, number, input, buffer)
            }
            b'+' | b'-' | b',' | b'#' | b'_' | b'(' => self.line(kind, input, buffer),
            b'.' | b';' => Err(DecodeError::Streamed),
            other => Err(DecodeError::UnknownType(other)),
        }
    }

    /// A whole line, or what the chunk has of it. It ends at its first CR; an LF alone is text, as some modules send it.
    fn line(&mut self, kind: u8, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        let from = self.at + 1;
        let rest = &input[from..];
        let cr = memchr(b'\r', rest);
        if let Some(length) = cr
            && let Some(&next) = rest.get(length + 1)
        {
            self.at = from + length + 2;
            self.check_line(length, 2)?;
            if next != b'\n' {
                return Err(DecodeError::NoCrlf);
            }
            return match Line::parse(kind, &rest[..length])? {
                Line::Leaf(tag) => {
                    self.leaf_in_chunk(tag, input, buffer, from, length);
                    Ok(Step::Value)
                }
                Line::Node(node) => self.node(node),
                Line::Number(number) => self.number(kind, number, input, buffer),
            };
        }
        let start = self.spill.len();
        self.at = input.len();
        let ending = usize::from(cr.is_some());
        self.check_line(rest.len() - ending, ending)?;
        self.spill.extend_from_slice(rest);
        self.cut = Some(Cut::Line { kind, start });
        Ok(Step::Hungry)
    }

    #[cold]
    fn resume(&mut self, cut: Cut, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        self.cut = None;
        match cut {
            Cut::Line { kind, start } => self.resume_line(kind, start, input, buffer),
            Cut::Bulk { kind, start, total } => self.resume_bulk(kind, start, total, input),
        }
    }

    fn resume_line(&mut self, kind: u8, start: usize, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        let rest = &input[self.at..];
        // Where the CR is, counted in the line's own bytes.
        let had = self.spill.len() - start;
        let cr = if self.spill[start..].last() == Some(&b'\r') {
            Some(had - 1)
        } else {
            memchr(b'\r', rest).map(|at| had + at)
        };
        let Some(length) = cr.filter(|length| length + 1 < had + rest.len()) else {
            self.at = input.len();
            let ending = usize::from(cr.is_some());
            self.check_line(had + rest.len() - ending, ending)?;
            self.spill.extend_from_slice(rest);
            self.cut = Some(Cut::Line { kind, start });
            return Ok(Step::Hungry);
        };
        let take = length + 2 - had;
        self.at += take;
        self.check_line(length, 2)?;
        self.spill.extend_from_slice(&rest[..take]);
        if self.spill.last() != Some(&b'\n') {
            return Err(DecodeError::NoCrlf);
        }
        self.spill.truncate(start + length);
        match Line::parse(kind, &self.spill[start..])? {
            Line::Leaf(tag) => {
                self.leaf(tag, 0, start, length);
                Ok(Step::Value)
            }
            Line::Node(node) => {
                self.spill.truncate(start);
                self.node(node)
            }
            Line::Number(number) => {
                self.spill.truncate(start);
                self.number(kind, number, input, buffer)
            }
        }
    }

    fn number(&mut self, kind: u8, number: i64, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        match kind {
            b':' => self.node(Node::Int(number)),
            b'$' | b'!' | b'=' => self.bulk(kind, number, input, buffer),
            _ => self.aggregate(kind, number),
        }
    }

    #[inline(always)]
    fn bulk(&mut self, kind: u8, length: i64, input: &[u8], buffer: u32) -> Result<Step, DecodeError> {
        let Ok(length) = u64::try_from(length) else {
            return if length == -1 && kind == b'$' { self.node(Node::Null) } else { Err(DecodeError::BadLength) };
        };
        if length > u64::from(self.limits.bulk) {
            return Err(DecodeError::BulkTooLong);
        }
        if kind == b'=' && length < 4 {
            return Err(DecodeError::BadVerbatim);
        }
        // A frame's bytes are a u32, so that what passes here is one too and fits every usize.
        let total = length + 2;
        if self.at as u64 + total > self.bound {
            return Err(DecodeError::FrameTooLong);
        }
        let total = narrow(total);
        let rest = &input[self.at..];
        let Some(bulk) = rest.get(..total) else { return Ok(self.cut_bulk(kind, rest, total)) };
        let (tag, head) = bulk_kind(kind, bulk)?;
        let from = self.at + head;
        self.at += total;
        self.leaf_in_chunk(tag, input, buffer, from, total - 2 - head);
        Ok(Step::Value)
    }

    #[cold]
    fn cut_bulk(&mut self, kind: u8, rest: &[u8], total: usize) -> Step {
        let start = self.spill.len();
        self.spill_part(rest, total);
        self.at += rest.len();
        self.cut = Some(Cut::Bulk { kind, start, total });
        Step::Hungry
    }

    fn resume_bulk(&mut self, kind: u8, start: usize, total: usize, input: &[u8]) -> Result<Step, DecodeError> {
        let missing = total - (self.spill.len() - start);
        let rest = &input[self.at..];
        let part = &rest[..rest.len().min(missing)];
        self.spill_part(part, missing);
        self.at += part.len();
        if part.len() < missing {
            self.cut = Some(Cut::Bulk { kind, start, total });
            return Ok(Step::Hungry);
        }
        let (tag, head) = bulk_kind(kind, &self.spill[start..])?;
        self.spill.truncate(start + total - 2);
        self.leaf(tag, 0, start + head, total - 2 - head);
        Ok(Step::Value)
    }

    /// Appends part of a bulk that lacks `missing` bytes. Grows by what has come, as any vector would, but never beyond
    /// the bulk's end.
    fn spill_part(&mut self, part: &[u8], missing: usize) {
        if self.spill.capacity() - self.spill.len() < part.len() {
            self.spill.reserve_exact(self.spill.len().clamp(part.len(), missing));
        }
        self.spill.extend_from_slice(part);
    }

    fn aggregate(&mut self, kind: u8, count: i64) -> Result<Step, DecodeError> {
        let Ok(count) = u64::try_from(count) else {
            return if count == -1 && kind == b'*' { self.node(Node::Null) } else { Err(DecodeError::BadLength) };
        };
        if kind == b'>' && !self.open.is_empty() {
            return Err(DecodeError::Misplaced);
        }
        if self.open.len() >= self.limits.depth as usize {
            return Err(DecodeError::TooDeep);
        }
        let (tag, values) = match kind {
            b'*' => (tag::ARRAY, count),
            b'~' => (tag::SET, count),
            b'>' => (tag::PUSH, count),
            b'%' => (tag::MAP, count * 2),
            // The value that an attribute belongs to is one more.
            _ => (tag::ATTRIBUTE, count * 2 + 1),
        };
        if values > self.bound.saturating_sub(self.at as u64) / MIN_VALUE {
            return Err(DecodeError::FrameTooLong);
        }
        self.words.extend_from_slice(&[tag, word(narrow(count))]);
        if values == 0 {
            return Ok(Step::Value);
        }
        self.open.push(word(narrow(values)));
        Ok(Step::Opened)
    }

    fn node(&mut self, node: Node) -> Result<Step, DecodeError> {
        tape::push(&mut self.words, node);
        Ok(Step::Value)
    }

    #[inline(always)]
    fn leaf_in_chunk(&mut self, tag: u32, input: &[u8], buffer: u32, from: usize, length: usize) {
        if buffer > KEPT_CHUNKS {
            let start = self.spill.len();
            self.spill.extend_from_slice(&input[from..from + length]);
            return self.leaf(tag, 0, start, length);
        }
        self.leaf_here = true;
        self.leaf(tag, buffer, from, length);
    }

    #[inline(always)]
    fn leaf(&mut self, tag: u32, buffer: u32, offset: usize, length: usize) {
        // One by one: as an array they would be put on the stack first and stored twice.
        self.words.reserve(4);
        self.words.push(tag);
        self.words.push(buffer);
        self.words.push(word(offset));
        self.words.push(word(length));
    }

    #[inline]
    fn check_frame(&self, end: usize) -> Result<(), DecodeError> {
        if end as u64 > self.bound { Err(DecodeError::FrameTooLong) } else { Ok(()) }
    }

    /// Checks a line of which `length` bytes of text and `ending` bytes of CRLF have been read. Where both limits are
    /// passed, names the one that was passed first, so that cuts do not change the answer.
    fn check_line(&self, length: usize, ending: usize) -> Result<(), DecodeError> {
        let Some(over) = length.checked_sub(self.limits.line as usize).filter(|&over| over > 0) else {
            return self.check_frame(self.at);
        };
        self.check_frame(self.at.saturating_sub(ending + over))?;
        Err(DecodeError::LineTooLong)
    }
}

/// What a line says.
enum Line {
    /// Its text is a leaf with this tag.
    Leaf(u32),
    Node(Node),
    /// An integer, a length or a count.
    Number(i64),
}

impl Line {
    fn parse(kind: u8, text: &[u8]) -> Result<Self, DecodeError> {
        match kind {
            b'+' => Ok(Self::Leaf(tag::SIMPLE)),
            b'-' => Ok(Self::Leaf(tag::ERROR)),
            b'(' if is_big_number(text) => Ok(Self::Leaf(tag::BIG_NUMBER)),
            b'(' => Err(DecodeError::BadNumber),
            b',' => double::parse(text).map(|value| Self::Node(Node::Double(value))).ok_or(DecodeError::BadNumber),
            b'#' if text == b"t" => Ok(Self::Node(Node::Bool(true))),
            b'#' if text == b"f" => Ok(Self::Node(Node::Bool(false))),
            b'#' => Err(DecodeError::BadBool),
            b'_' if text.is_empty() => Ok(Self::Node(Node::Null)),
            b'_' => Err(DecodeError::NoCrlf),
            b':' => integer(text).map(Self::Number),
            _ if text == b"?" => Err(DecodeError::Streamed),
            _ if text.first() == Some(&b'+') => Err(DecodeError::BadNumber),
            _ => integer(text).map(Self::Number),
        }
    }
}

fn integer(text: &[u8]) -> Result<i64, DecodeError> {
    core::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).ok_or(DecodeError::BadNumber)
}

fn is_big_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// Tag and prefix length of a complete bulk, given with its CRLF.
#[inline]
fn bulk_kind(kind: u8, bulk: &[u8]) -> Result<(u32, usize), DecodeError> {
    if !bulk.ends_with(b"\r\n") {
        return Err(DecodeError::NoCrlf);
    }
    match kind {
        b'$' => Ok((tag::BULK, 0)),
        b'!' => Ok((tag::ERROR, 0)),
        _ if bulk[3] == b':' => Ok((tag::VERBATIM, 4)),
        _ => Err(DecodeError::BadVerbatim),
    }
}

/// A number of up to 18 digits with its CRLF, and the bytes that it takes. `None` means: look at the line as a whole.
#[inline(always)]
fn short_number(rest: &[u8]) -> Option<(i64, usize)> {
    let negative = *rest.first()? == b'-';
    let first = usize::from(negative);
    let mut at = first;
    let mut value = 0;
    loop {
        let byte = *rest.get(at)?;
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            let ends = byte == b'\r' && *rest.get(at + 1)? == b'\n' && at > first;
            return ends.then_some((if negative { -value } else { value }, at + 2));
        }
        if at - first == 18 {
            return None;
        }
        value = value * 10 + i64::from(digit);
        at += 1;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "chunks are cut at u32::MAX, all else is bounded by a frame's u32")]
const fn word(n: usize) -> u32 {
    n as u32
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by a frame's bytes, which are a u32")]
const fn narrow(n: u64) -> usize {
    n as usize
}
