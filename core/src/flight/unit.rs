//! A unit: MULTI, commands and EXEC in one write, and one reply to each of them.
//!
//! What the replies to the commands mean is known only with the last: "QUEUED" is a promise, an error there is why EXEC
//! will say EXECABORT, and if MULTI itself was refused, the commands have run one by one.

use alloc::vec::Vec;

use bytes::Bytes;

use super::Kept;
use crate::wire::{
    shape::Shape,
    tape::{Cursor, Node, error_line},
};

#[derive(Debug, Default)]
pub(crate) struct Unit {
    commands: Vec<Command>,
    /// Replies heard of the present attempt.
    heard: usize,
    /// The refusal of MULTI.
    multi: Option<Bytes>,
    /// Commands that were refused when they were to be queued.
    refused: Vec<(usize, Bytes)>,
    /// What commands said that ran for themselves.
    apart: Vec<Kept>,
    /// What became of it, where that is not the same for all of its commands.
    pub(crate) fate: Option<Fate>,
}

/// One command of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Command {
    pub(crate) shape: Shape,
    /// It could have written an error line itself.
    pub(crate) is_script: bool,
}

/// What became of a unit whose replies are all in.
#[derive(Debug)]
pub(crate) enum Fate {
    /// All of it ran: the array of replies.
    Ran(Kept),
    /// MULTI was refused, with this line, and each command fared for itself.
    Apart(Bytes, Vec<Kept>),
    /// Nothing of it ran: these commands were refused.
    Discarded(Vec<(usize, Bytes)>),
}

/// What a reply comes to.
#[derive(Debug)]
pub(crate) enum Heard {
    /// More replies are due.
    More,
    /// It ran.
    Ran(Kept),
    /// MULTI was refused, for this reason, and its commands have been taken one by one.
    Apart(Bytes, Vec<Kept>),
    /// A watched key was changed.
    Conflict,
    /// Nothing of it ran: why, and which commands were refused.
    Refused(Bytes, Vec<(usize, Bytes)>),
    /// No server answers a unit like that.
    Odd,
}

impl Unit {
    pub(crate) fn new(commands: Vec<Command>) -> Self {
        Self { commands, ..Self::default() }
    }

    pub(crate) fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// It is written: nothing has been heard of this attempt.
    pub(crate) fn begin(&mut self) {
        self.heard = 0;
        self.multi = None;
        self.refused.clear();
        self.apart.clear();
    }

    /// Whether its commands are run one by one.
    pub(crate) const fn is_apart(&self) -> bool {
        self.multi.is_some()
    }

    /// Takes the next reply.
    pub(crate) fn hear(&mut self, words: &[u32], buffers: &[Bytes]) -> Heard {
        let number = self.heard;
        self.heard += 1;
        let line = error_line(words, buffers).map(Bytes::copy_from_slice);
        match (number.checked_sub(1), line) {
            (None, line) => self.multi = line,
            (Some(index), line) if index >= self.commands.len() => return self.executed(words, buffers, line),
            (Some(_), _) if self.is_apart() => self.apart.push(Kept::new(words, buffers)),
            (Some(index), Some(line)) => self.refused.push((index, line)),
            (Some(_), None) => {}
        }
        Heard::More
    }

    /// EXEC has answered.
    fn executed(&mut self, words: &[u32], buffers: &[Bytes], line: Option<Bytes>) -> Heard {
        if let Some(multi) = self.multi.take() {
            return Heard::Apart(multi, core::mem::take(&mut self.apart));
        }
        if let Some(line) = line {
            let refused = core::mem::take(&mut self.refused);
            let why = refused.first().map_or_else(|| line.slice_ref(cause(&line)), |(_, first)| first.clone());
            return Heard::Refused(why, refused);
        }
        match Cursor::new(words).next_value() {
            Some(Node::Array(count)) if count as usize == self.commands.len() => Heard::Ran(Kept::new(words, buffers)),
            Some(Node::Null) => Heard::Conflict,
            _ => Heard::Odd,
        }
    }
}

/// Why EXEC would not: a server says it behind "EXECABORT Transaction discarded because of: ".
pub(crate) fn cause(line: &[u8]) -> &[u8] {
    const BECAUSE: &[u8] = b"because of: ";
    if !line.starts_with(b"EXECABORT ") {
        return line;
    }
    let at = line.windows(BECAUSE.len()).position(|window| window == BECAUSE);
    at.map_or(line, |at| &line[at + BECAUSE.len()..])
}

#[cfg(test)]
mod tests;
