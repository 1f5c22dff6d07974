//! Reads submitted commands: RESP arrays of bulk strings back to back, each checked before anything is sent.

use alloc::vec::Vec;

/// Where one argument's bytes are in its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Number of bytes.
    pub len: u32,
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
        let span = self.spans.get(index)?;
        self.batch.get(span.start as usize..)?.get(..span.len as usize)
    }

    /// All arguments in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'a [u8]> + use<'a> {
        let batch = self.batch;
        self.spans.iter().map(move |span| &batch[span.start as usize..][..span.len as usize])
    }
}

/// A batch, read command by command.
#[derive(Clone, Debug)]
pub struct Requests<'a> {
    batch: &'a [u8],
    at: usize,
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

    /// Reads one command: fills `spans` (cleared first) and returns the frame's byte range; `None` at the end.
    /// A frame of no arguments (`*0`) leaves `spans` empty.
    pub fn next(&mut self, spans: &mut Vec<Span>) -> Option<Result<core::ops::Range<usize>, BadFrame>> {
        let _ = (self.batch, spans);
        todo!("wire")
    }
}
