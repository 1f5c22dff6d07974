//! The incremental decoder: RESP2 and RESP3, any cut, never a byte twice.

use bytes::Bytes;

/// What the decoder refuses.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Nested aggregates.
    pub depth: u32,
    /// Bytes of a line (simple strings, errors, numbers, headers).
    pub line: u32,
    /// Bytes of one bulk string.
    pub bulk: u32,
    /// Bytes of one whole reply, and the bound of what its words may take.
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
    /// An attribute or push where it cannot be.
    Misplaced,
    /// Deeper than the limit.
    TooDeep,
    /// A line longer than the limit.
    LineTooLong,
    /// A bulk longer than the limit.
    BulkTooLong,
    /// A reply larger than the limit.
    FrameTooLong,
}

/// One complete top-level value. Leaf buffers index `buffers`.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The value's words.
    pub words: &'a [u32],
    /// Buffer 0 holds the leaves that were cut over chunks (empty if none was); 1.. are the chunks touched, in order.
    pub buffers: &'a [Bytes],
}

/// The decoder of one connection.
#[derive(Debug)]
pub struct Decoder {
    limits: Limits,
}

impl Decoder {
    /// Nothing received yet.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// Gives the next chunk. Call only when [`Decoder::next`] has returned `None` (or nothing was fed yet).
    pub fn feed(&mut self, chunk: Bytes) {
        let _ = (chunk, self.limits);
        todo!("wire")
    }

    /// The next complete frame, `None` when more bytes are needed. After an error every call repeats it.
    pub fn next(&mut self) -> Result<Option<Frame<'_>>, DecodeError> {
        todo!("wire")
    }

    /// Whether a frame has begun and not ended.
    pub fn is_mid_frame(&self) -> bool {
        todo!("wire")
    }
}
