//! Reads submitted commands: RESP arrays of bulk strings back to back, each checked before anything is sent.

use alloc::vec::Vec;

use super::encode;

/// Where one argument's bytes are in its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Number of bytes.
    pub len: u32,
}

impl Span {
    /// Its bytes.
    #[inline]
    pub fn of(self, batch: &[u8]) -> Option<&[u8]> {
        batch.get(self.start as usize..)?.get(..self.len as usize)
    }
}

/// The arguments of one command, name first.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    batch: &'a [u8],
    spans: &'a [Span],
}

impl<'a> Args<'a> {
    /// Arguments over a batch and the spans that [`Requests::next`] found in it.
    pub const fn new(batch: &'a [u8], spans: &'a [Span]) -> Self {
        Self { batch, spans }
    }

    /// How many, the name included.
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is not even a name.
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The bytes of argument `index`; 0 is the name.
    pub fn at(&self, index: usize) -> Option<&'a [u8]> {
        self.spans.get(index)?.of(self.batch)
    }

    /// All arguments in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        let batch = self.batch;
        self.spans.iter().map(move |span| &batch[span.start as usize..][..span.len as usize])
    }

    /// The command with another word in the place of argument `index`.
    pub fn with(&self, index: usize, word: &[u8]) -> Vec<u8> {
        let mut words = Vec::new();
        encode::command(&mut words, self.iter().enumerate().map(|(at, arg)| if at == index { word } else { arg }));
        words
    }
}

/// A batch, read command by command.
#[derive(Clone, Debug)]
pub struct Requests<'a> {
    batch: &'a [u8],
    at: usize,
}

/// How many commands a batch holds, up to its end or the first frame that is none.
pub fn count(batch: &[u8]) -> u32 {
    let (mut requests, mut spans) = (Requests::new(batch, 0), Vec::new());
    let mut count = 0;
    while let Some(Ok(_)) = requests.next(&mut spans) {
        count += 1;
    }
    count
}

/// How commands of one name and one number of arguments begin, and how many arguments follow.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    bytes: &'a [u8],
    ends: [u64; 2],
    args: usize,
}

/// A command that begins like another one.
#[derive(Clone, Debug)]
pub struct Alike {
    /// Where it is.
    pub frame: core::ops::Range<usize>,
    /// Where its first argument behind the name is.
    pub first: core::ops::Range<usize>,
}

impl<'a> Opening<'a> {
    /// That of the command that starts at `start`, with these arguments; `None` if it is a name alone.
    pub fn new(batch: &'a [u8], start: usize, spans: &[Span]) -> Option<Self> {
        let name = spans.first().filter(|_| spans.len() > 1)?;
        let bytes = batch.get(start..name.start as usize + name.len as usize + 2)?;
        Some(Self { bytes, ends: ends(bytes)?, args: spans.len() - 1 })
    }

    /// Whether these bytes begin so. A comparison of any length is a call, and the longest names are rare.
    #[inline(always)]
    fn is_of(&self, bytes: &[u8]) -> bool {
        let length = self.bytes.len();
        bytes.get(..length).is_some_and(|opening| {
            ends(opening) == Some(self.ends) && (length <= 16 || opening[8..length - 8] == self.bytes[8..length - 8])
        })
    }
}

/// The first and the last eight bytes, which may be partly the same.
#[inline(always)]
fn ends(bytes: &[u8]) -> Option<[u64; 2]> {
    Some([u64::from_le_bytes(*bytes.first_chunk()?), u64::from_le_bytes(*bytes.last_chunk()?)])
}

/// What is wrong with a submitted frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadFrame {
    /// Offset of the byte that cannot be.
    pub offset: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl<'a> Requests<'a> {
    /// Starts at byte `at` of a batch.
    pub const fn new(batch: &'a [u8], at: usize) -> Self {
        Self { batch, at }
    }

    /// Where the next command starts.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// Reads one command if it has this opening; otherwise nothing has happened, whatever the reason.
    #[inline(always)]
    pub fn next_alike(&mut self, opening: &Opening<'_>) -> Option<Alike> {
        if !opening.is_of(self.batch.get(self.at..)?) {
            return None;
        }
        let mut at = self.at + opening.bytes.len();
        let mut first = 0..0;
        for arg in 0..opening.args {
            let (length, start) = length(self.batch, at, b'$', "").ok()?;
            let end = start.checked_add(usize::try_from(length).ok()?)?;
            at = crlf(self.batch.get(..end.checked_add(2)?)?, end).ok()?;
            if arg == 0 {
                first = start..end;
            }
        }
        let frame = self.at..at;
        self.at = at;
        Some(Alike { frame, first })
    }

    /// Goes back to a command that has been read.
    pub const fn back_to(&mut self, start: usize) {
        self.at = start;
    }

    /// Reads one command: fills `spans` (cleared first) and returns the frame's byte range; `None` at the end.
    /// A frame of no arguments (`*0`) leaves `spans` empty. After an error the position stays at the bad frame.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub fn next(&mut self, spans: &mut Vec<Span>) -> Option<Result<core::ops::Range<usize>, BadFrame>> {
        spans.clear();
        if self.at >= self.batch.len() {
            return None;
        }
        if self.batch.len() > MAX_BATCH {
            return Some(Err(BadFrame {
                offset: MAX_BATCH,
                expected: "the batch's end: it may have 4294967295 bytes",
            }));
        }
        let start = self.at;
        Some(frame(self.batch, start, spans).map(|end| {
            self.at = end;
            start..end
        }))
    }
}

/// Places are `u32`.
const MAX_BATCH: usize = u32::MAX as usize;

/// Reads the frame at `at`, returns its end.
#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn frame(batch: &[u8], at: usize, spans: &mut Vec<Span>) -> Result<usize, BadFrame> {
    let (count, mut at) = length(batch, at, b'*', "'*': a RESP array (inline commands are not taken)")?;
    // Arguments are counted as they are found, so that a count alone reserves nothing.
    for _ in 0..count {
        let (length, start) = length(batch, at, b'$', "'$': a bulk string")?;
        let rest = &batch[start..];
        let end = usize::try_from(length).ok().filter(|&end| end <= rest.len());
        let Some(end) = end else {
            return Err(BadFrame {
                offset: batch.len(),
                expected: "more bytes: the argument is longer than the batch",
            });
        };
        spans.push(Span { start: word(start), len: word(end) });
        at = crlf(batch, start + end)?;
    }
    Ok(at)
}

/// Reads `kind`, a length in canonical decimal and CRLF; returns the length and where the line ends.
#[inline(always)]
fn length(batch: &[u8], at: usize, kind: u8, expected: &'static str) -> Result<(u64, usize), BadFrame> {
    if let Some(&[first, digit @ b'0'..=b'9', b'\r', b'\n']) = batch[at..].first_chunk()
        && first == kind
    {
        return Ok((u64::from(digit - b'0'), at + 4));
    }
    if let Some(&[first, tens @ b'1'..=b'9', units @ b'0'..=b'9', b'\r', b'\n']) = batch[at..].first_chunk()
        && first == kind
    {
        return Ok((u64::from(tens - b'0') * 10 + u64::from(units - b'0'), at + 5));
    }
    long_length(batch, at, kind, expected)
}

#[inline(never)]
fn long_length(batch: &[u8], at: usize, kind: u8, expected: &'static str) -> Result<(u64, usize), BadFrame> {
    if batch.get(at) != Some(&kind) {
        return Err(BadFrame { offset: at, expected });
    }
    let first = at + 1;
    let bad =
        |offset| BadFrame { offset, expected: "a length: decimal digits without sign or leading zero, then CRLF" };
    let mut value = 0_u64;
    let mut at = first;
    while let Some(digit @ b'0'..=b'9') = batch.get(at) {
        if value == 0 && at > first {
            return Err(bad(first));
        }
        let next = value.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit - b'0')));
        value = next.filter(|&value| i64::try_from(value).is_ok()).ok_or(bad(first))?;
        at += 1;
    }
    if at == first {
        return Err(bad(first));
    }
    Ok((value, crlf(batch, at)?))
}

#[inline(always)]
fn crlf(batch: &[u8], at: usize) -> Result<usize, BadFrame> {
    if batch[at..].starts_with(b"\r\n") {
        return Ok(at + 2);
    }
    let offset = at + usize::from(batch.get(at) == Some(&b'\r'));
    Err(BadFrame { offset, expected: "CRLF" })
}

#[expect(clippy::cast_possible_truncation, reason = "a batch has at most u32::MAX bytes, checked before it is read")]
const fn word(n: usize) -> u32 {
    n as u32
}
