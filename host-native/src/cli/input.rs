//! Commands from a file or a pipe, as batches for the core: bounded chunks that remember where each command stood.
//!
//! The first byte decides: `*` means RESP, passed through as it is; anything else means lines in `redis-cli` syntax
//! ([`words`]), where blank lines and lines that begin with `#` say nothing.
//!
//! [`Chunker`] does no I/O: bytes are pushed, chunks are taken. [`chunks`] runs it over a reader.

use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
};

use bytes::{Buf, Bytes, BytesMut};
use slotpipe_core::wire::encode;

use super::{
    without_userinfo,
    words::{self, Words},
};

/// Commands that are submitted together.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// RESP arrays back to back.
    pub(crate) batch: Bytes,
    /// Position of the first command in the whole input, from 0.
    pub(crate) first: u64,
    starts: Vec<u32>,
    places: Places,
}

#[derive(Debug)]
enum Places {
    /// The line of each command, from 1.
    Lines(Vec<u64>),
    /// Offset of the chunk's first byte.
    Bytes(u64),
}

impl Chunk {
    /// How many commands.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where command `index` of this chunk stands in the input.
    pub(crate) fn place(&self, index: usize) -> Place {
        match &self.places {
            Places::Lines(lines) => Place::Line(lines.get(index).copied().unwrap_or_default()),
            Places::Bytes(base) => Place::Byte(base + self.starts.get(index).copied().map_or(0, u64::from)),
        }
    }

    /// The arguments of command `index`, name first.
    pub(crate) fn args(&self, index: usize) -> Vec<Bytes> {
        let start = self.starts.get(index).map_or(self.batch.len(), |start| *start as usize);
        let mut frame = Frame { at: start, ..Frame::default() };
        let mut args = Vec::new();
        // The batch was read once already, so that nothing here can fail.
        let _ = frame.read(&self.batch, 0, |span| args.push(self.batch.slice(span)));
        args
    }
}

/// A place in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A line, from 1.
    Line(u64),
    /// A byte offset, from 0.
    Byte(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Byte(offset) => write!(f, "byte {offset}"),
        }
    }
}

/// Why the input cannot be read further.
#[derive(Debug)]
pub(crate) enum BadInput {
    /// A line without words: line, column, what is wrong.
    Line(u64, usize, &'static str),
    /// Bytes that are no RESP command.
    Frame(u64, &'static str),
    /// The input ends inside of a command that begins at this offset; so many bytes were read in all.
    Truncated(u64, u64),
    /// One command is larger than any server takes.
    TooLong(Place),
    /// A command that was read and cannot be taken; the text says why.
    Refused(Place, String),
    /// The operating system.
    Io(io::Error),
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line, column, what) => write!(f, "line {line}, column {column}: {what}"),
            Self::Frame(offset, what) => write!(f, "byte {offset}: {what}"),
            Self::Truncated(start, end) => {
                write!(f, "byte {end}: the input ends inside the RESP command that begins at byte {start}")
            }
            Self::TooLong(place) => write!(f, "{place}: this command is longer than {} MiB", LONGEST >> 20),
            Self::Refused(place, why) => write!(f, "{place}: {why}"),
            Self::Io(error) => write!(f, "read failed: {error}"),
        }
    }
}

/// The longest bulk string that a server takes.
const LONGEST: usize = 512 << 20;

/// How large a chunk grows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Commands.
    pub(crate) commands: usize,
    /// Bytes of RESP; a longer command is a chunk of its own.
    pub(crate) bytes: usize,
}

impl Default for Size {
    /// What the core admits of one pipeline at once, in commands, and enough bytes to keep sockets busy.
    fn default() -> Self {
        Self { commands: 10_000, bytes: 1 << 20 }
    }
}

/// Cuts pushed bytes into chunks.
#[derive(Debug)]
pub(crate) struct Chunker {
    size: Size,
    /// Bytes that were not yet read as commands; for RESP also those read but not yet taken.
    pending: BytesMut,
    /// What `pending` began with in the whole input.
    offset: u64,
    commands: u64,
    starts: Vec<u32>,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Unknown,
    Resp(Frame),
    Lines(Lines),
}

#[derive(Debug, Default)]
struct Lines {
    /// Where the next line begins in what is pending.
    at: usize,
    /// How far its end was looked for in vain.
    searched: usize,
    /// Lines read.
    count: u64,
    words: Words,
    batch: Vec<u8>,
    places: Vec<u64>,
}

impl Chunker {
    pub(crate) fn new(size: Size) -> Self {
        Self { size, pending: BytesMut::new(), offset: 0, commands: 0, starts: Vec::new(), form: Form::Unknown }
    }

    /// Takes more of the input.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// A full chunk, if there is one.
    pub(crate) fn next(&mut self) -> Result<Option<Chunk>, BadInput> {
        self.read()?;
        Ok(if self.is_full() { Some(self.take()) } else { None })
    }

    /// What there is of complete commands, full or not.
    pub(crate) fn flush(&mut self) -> Result<Option<Chunk>, BadInput> {
        self.read()?;
        Ok(if self.starts.is_empty() { None } else { Some(self.take()) })
    }

    /// The rest, once the input has ended: as long as there are chunks.
    pub(crate) fn finish(&mut self) -> Result<Option<Chunk>, BadInput> {
        self.read()?;
        if self.is_full() {
            return Ok(Some(self.take()));
        }
        match &self.form {
            Form::Resp(frame) if frame.start < self.pending.len() => {
                let end = self.offset + self.pending.len() as u64;
                return Err(BadInput::Truncated(self.offset + frame.start as u64, end));
            }
            // The last line may lack its line end.
            Form::Lines(_) if !self.pending.is_empty() => self.pending.extend_from_slice(b"\n"),
            Form::Unknown | Form::Resp(_) | Form::Lines(_) => {}
        }
        self.flush()
    }

    fn is_full(&self) -> bool {
        let bytes = match &self.form {
            Form::Unknown => 0,
            Form::Resp(frame) => frame.start,
            Form::Lines(lines) => lines.batch.len(),
        };
        self.starts.len() >= self.size.commands || bytes >= self.size.bytes
    }

    fn read(&mut self) -> Result<(), BadInput> {
        if let (Form::Unknown, Some(first)) = (&self.form, self.pending.first()) {
            self.form = match first {
                b'*' => Form::Resp(Frame::default()),
                _ => Form::Lines(Lines::default()),
            };
        }
        while !self.is_full() {
            let complete = match &mut self.form {
                Form::Unknown => None,
                Form::Resp(frame) => read_frame(frame, &self.pending, self.offset)?,
                Form::Lines(lines) => lines.read(&self.pending)?,
            };
            match complete {
                None => break,
                Some(Some(start)) => self.starts.push(start),
                Some(None) => {}
            }
        }
        if let Form::Lines(lines) = &mut self.form {
            self.pending.advance(std::mem::take(&mut lines.at));
        }
        Ok(())
    }

    fn take(&mut self) -> Chunk {
        let first = self.commands;
        let starts = std::mem::take(&mut self.starts);
        self.commands += starts.len() as u64;
        let (batch, places) = match &mut self.form {
            Form::Unknown => (Bytes::new(), Places::Bytes(0)),
            Form::Resp(frame) => {
                let length = frame.start;
                frame.start = 0;
                frame.at -= length;
                let base = self.offset;
                self.offset += length as u64;
                (self.pending.split_to(length).freeze(), Places::Bytes(base))
            }
            Form::Lines(lines) => {
                (std::mem::take(&mut lines.batch).into(), Places::Lines(std::mem::take(&mut lines.places)))
            }
        };
        Chunk { batch, first, starts, places }
    }
}

/// Reads one line or command: `None` if it is not all there, else where it begins in the batch, if it is a command.
type ReadOn = Result<Option<Option<u32>>, BadInput>;

impl Lines {
    fn read(&mut self, pending: &[u8]) -> ReadOn {
        let rest = &pending[self.at..];
        let Some(length) = memchr::memchr(b'\n', &rest[self.searched..]).map(|found| self.searched + found) else {
            self.searched = rest.len();
            if self.searched > LONGEST {
                return Err(BadInput::TooLong(Place::Line(self.count + 1)));
            }
            return Ok(None);
        };
        let line = &rest[..length];
        self.searched = 0;
        self.at += length + 1;
        self.count += 1;
        if line.trim_ascii_start().starts_with(b"#") {
            return Ok(Some(None));
        }
        words::split(line, &mut self.words)
            .map_err(|bad| BadInput::Line(self.count, words::column(line, bad.at), bad.what))?;
        if self.words.is_empty() {
            return Ok(Some(None));
        }
        let start = self.batch.len();
        encode::command(&mut self.batch, self.words.iter());
        self.places.push(self.count);
        Ok(Some(Some(offset_in_batch(start))))
    }
}

fn read_frame(frame: &mut Frame, pending: &[u8], base: u64) -> ReadOn {
    let start = frame.start;
    if frame.read(pending, base, |_| ())? {
        return Ok(Some(Some(offset_in_batch(start))));
    }
    if pending.len() - start > LONGEST {
        return Err(BadInput::TooLong(Place::Byte(base + start as u64)));
    }
    Ok(None)
}

/// Where reading stands inside one RESP command, so that nothing is read twice however the bytes arrive.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// Where the command begins.
    start: usize,
    /// Next byte to read.
    at: usize,
    /// Arguments still to come; `None` before the header.
    left: Option<u64>,
}

impl Frame {
    /// Reads on; true at the end of a command, which is then the start of the next.
    fn read(
        &mut self,
        bytes: &[u8],
        base: u64,
        mut argument: impl FnMut(std::ops::Range<usize>),
    ) -> Result<bool, BadInput> {
        let mut left = match self.left {
            Some(left) => left,
            None => match header(bytes, self.at, b'*', base)? {
                Some((count, at)) => {
                    self.at = at;
                    count
                }
                None => return Ok(false),
            },
        };
        while left > 0 {
            self.left = Some(left);
            let Some((length, start)) = header(bytes, self.at, b'$', base)? else { return Ok(false) };
            // Checked by `header`: fits.
            let end = start + usize::try_from(length).unwrap_or(LONGEST);
            match bytes.get(end..end + 2) {
                None => return Ok(false),
                Some(b"\r\n") => argument(start..end),
                Some(_) => {
                    return Err(BadInput::Frame(base + end as u64, "expected \\r\\n behind an argument's bytes"));
                }
            }
            self.at = end + 2;
            left -= 1;
        }
        *self = Self { start: self.at, at: self.at, left: None };
        Ok(true)
    }
}

/// Reads `*3\r\n` or `$5\r\n` at `at`: the number and where it ends; `None` if it is not all there.
fn header(bytes: &[u8], at: usize, kind: u8, base: u64) -> Result<Option<(u64, usize)>, BadInput> {
    let bad = |at: usize, what| Err(BadInput::Frame(base + at as u64, what));
    match bytes.get(at) {
        None => return Ok(None),
        Some(found) if *found == kind => {}
        Some(_) if kind == b'*' => return bad(at, "expected * and a number of arguments: RESP commands are arrays"),
        Some(_) => return bad(at, "expected $ and a length: the arguments of RESP commands are bulk strings"),
    }
    let mut number = 0u64;
    for (position, byte) in (at + 1..).zip(&bytes[at + 1..]) {
        match byte {
            b'0'..=b'9' => number = number * 10 + u64::from(byte - b'0'),
            b'\r' if position > at + 1 => {
                return match bytes.get(position + 1) {
                    None => Ok(None),
                    Some(b'\n') => Ok(Some((number, position + 2))),
                    Some(_) => bad(position + 1, "expected \\n behind \\r"),
                };
            }
            _ => return bad(position, "expected a digit"),
        }
        if number > LONGEST as u64 {
            return bad(at, "no server takes so large a number of arguments or bytes");
        }
    }
    Ok(None)
}

/// A batch ends with the first command that passes its size, and a command is at most [`LONGEST`] long.
fn offset_in_batch(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Opens the input: a file, or what is piped in.
pub(crate) fn open(path: Option<&Path>) -> io::Result<Box<dyn Read + Send>> {
    Ok(match file(path) {
        None => Box::new(io::stdin()),
        Some(path) => Box::new(File::open(path)?),
    })
}

/// What messages call the input.
pub(crate) fn name(path: Option<&Path>) -> String {
    file(path).map_or_else(|| "standard input".into(), |path| without_userinfo(&path.display().to_string()))
}

/// What is wrong in the input, with its name if it is a file.
pub(crate) fn about(path: Option<&Path>, what: impl fmt::Display) -> String {
    if file(path).is_none() { what.to_string() } else { format!("{}: {what}", name(path)) }
}

/// Why the input cannot be read further, with its name.
pub(crate) fn bad(path: Option<&Path>, bad: &BadInput) -> String {
    match bad {
        BadInput::Io(error) => format!("{}: {error}", name(path)),
        BadInput::Line(..)
        | BadInput::Frame(..)
        | BadInput::Truncated(..)
        | BadInput::TooLong(_)
        | BadInput::Refused(..) => about(path, bad),
    }
}

fn file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| path.as_os_str() != "-")
}

/// How much is read at once.
pub(crate) const BLOCK: usize = 256 << 10;

/// Reads everything, chunk by chunk; the first error ends it.
pub(crate) fn chunks(mut reader: impl Read, size: Size) -> impl Iterator<Item = Result<Chunk, BadInput>> {
    let mut chunker = Chunker::new(size);
    let mut block = vec![0; BLOCK];
    let mut ended = false;
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed {
            return None;
        }
        let next = loop {
            if ended {
                break chunker.finish();
            }
            match chunker.next() {
                Ok(None) => {}
                other => break other,
            }
            match reader.read(&mut block) {
                Ok(0) => ended = true,
                Ok(length) => chunker.push(&block[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(BadInput::Io(error)),
            }
        };
        failed = next.is_err();
        next.transpose()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Size = Size { commands: 2, bytes: 1 << 20 };

    /// Everything in one string per chunk, and the error that ended it.
    fn read(input: &[u8], size: Size, step: usize) -> (Vec<Chunk>, Option<String>) {
        let mut chunks = Vec::new();
        for chunk in super::chunks(Stepwise(input, step), size) {
            match chunk {
                Ok(chunk) => chunks.push(chunk),
                Err(bad) => return (chunks, Some(bad.to_string())),
            }
        }
        (chunks, None)
    }

    struct Stepwise<'a>(&'a [u8], usize);

    impl Read for Stepwise<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len());
            let (now, later) = self.0.split_at(length);
            buffer[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    fn command(chunk: &Chunk, index: usize) -> Vec<String> {
        chunk.args(index).iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect()
    }

    #[test]
    fn lines_become_chunks_that_know_their_lines() {
        let input = b"SET a 1\n\n# a comment\n  GET \"a b\"\r\n\t\nPING";
        for step in [1, 3, 1000] {
            let (chunks, error) = read(input, SMALL, step);
            assert_eq!(error, None);
            assert_eq!(chunks.iter().map(|c| (c.first, c.len())).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
            assert_eq!(
                chunks[0].batch,
                &b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n*2\r\n$3\r\nGET\r\n$3\r\na b\r\n"[..]
            );
            assert_eq!(command(&chunks[0], 1), ["GET", "a b"]);
            assert_eq!(chunks[0].place(1), Place::Line(4));
            assert_eq!(chunks[1].place(0), Place::Line(6));
            assert_eq!(command(&chunks[1], 0), ["PING"]);
        }
    }

    #[test]
    fn resp_passes_through_as_it_is() {
        let input = b"*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$2\r\n\r\n\r\n*2\r\n$3\r\nGET\r\n$0\r\n\r\n";
        for step in [1, 5, 1000] {
            let (chunks, error) = read(input, SMALL, step);
            assert_eq!(error, None);
            assert_eq!(chunks.iter().map(|c| (c.first, c.len())).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
            assert_eq!(chunks.iter().flat_map(|c| c.batch.to_vec()).collect::<Vec<_>>(), input);
            assert_eq!(command(&chunks[0], 1), ["GET", "\r\n"]);
            assert_eq!(chunks[0].place(1), Place::Byte(14));
            assert_eq!(chunks[1].place(0), Place::Byte(35));
            assert_eq!(command(&chunks[1], 0), ["GET", ""]);
        }
    }

    #[test]
    fn a_chunk_ends_with_the_command_that_passes_its_bytes() {
        let (chunks, error) = read(b"SET k 0123456789\nSET k 1\nSET k 2\n", Size { commands: 10, bytes: 32 }, 7);
        assert_eq!(error, None);
        assert_eq!(chunks.iter().map(Chunk::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn nothing_in_nothing_out() {
        for input in [&b""[..], b"\n\n", b"# only words\n"] {
            let (chunks, error) = read(input, SMALL, 1);
            assert!(chunks.is_empty() && error.is_none());
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let cases: [(&[u8], &str); 9] = [
            (b"PING\nSET k \"v\n", "line 2, column 7: unbalanced quotes: the quote that opens here is never closed"),
            (b"SET 'k'v 1", "line 1, column 8: unbalanced quotes: a closing quote must be followed by a space"),
            (
                b"*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$5\r\nab",
                "byte 33: the input ends inside the RESP command that begins at byte 14",
            ),
            (b"*1\r\n$4\r\nPING", "byte 12: the input ends inside the RESP command that begins at byte 0"),
            (b"*1\r\n$4\r\nPINGS\r\n", "byte 12: expected \\r\\n behind an argument's bytes"),
            (
                b"*1\r\n$4\r\nPING\r\nPING\r\n",
                "byte 14: expected * and a number of arguments: RESP commands are arrays",
            ),
            (b"*1\r\n:4\r\n", "byte 4: expected $ and a length: the arguments of RESP commands are bulk strings"),
            (b"*-1\r\n", "byte 1: expected a digit"),
            (b"*1\r\n$99999999999\r\n", "byte 4: no server takes so large a number of arguments or bytes"),
        ];
        for (input, message) in cases {
            for step in [1, 1000] {
                let (chunks, error) = read(input, Size::default(), step);
                assert_eq!(error.as_deref(), Some(message));
                assert!(chunks.is_empty(), "nothing of a chunk with a mistake is given out");
            }
        }
    }
}
