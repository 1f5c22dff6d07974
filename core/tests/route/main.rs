//! Slots, the command table, keys and classification, through the public names of `route`.

mod classify;
mod keys;
mod learn;
mod plan;
mod slot;
mod table;

use slotpipe_core::wire::request::{Args, Span};

/// A command as a batch and its spans.
struct Command {
    batch: Vec<u8>,
    spans: Vec<Span>,
}

impl Command {
    /// From a line: arguments apart by spaces, `''` is the empty one.
    fn line(line: &str) -> Self {
        Self::new(line.split_whitespace().map(|word| if word == "''" { b"" } else { word.as_bytes() }))
    }

    fn new<A: AsRef<[u8]>>(args: impl IntoIterator<Item = A>) -> Self {
        let (mut batch, mut spans) = (Vec::new(), Vec::new());
        for arg in args {
            let arg = arg.as_ref();
            batch.extend_from_slice(format!("${}\r\n", arg.len()).as_bytes());
            spans.push(Span { start: batch.len().try_into().unwrap(), len: arg.len().try_into().unwrap() });
            batch.extend_from_slice(arg);
            batch.extend_from_slice(b"\r\n");
        }
        Self { batch, spans }
    }

    fn args(&self) -> Args<'_> {
        Args::new(&self.batch, &self.spans)
    }
}
