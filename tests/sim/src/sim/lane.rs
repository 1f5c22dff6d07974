//! One direction of a connection: pieces under way, in order, each with the time at which it arrives.

use std::collections::VecDeque;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Lane {
    pieces: VecDeque<(u64, Vec<u8>)>,
    /// Nothing arrives before this.
    held_until: u64,
    /// Nothing arrives before what was sent before it.
    last: u64,
    /// When somebody looks for what has arrived.
    alarm: Option<u64>,
}

impl Lane {
    /// Sends a piece that would arrive at `at`.
    pub(super) fn send(&mut self, at: u64, bytes: Vec<u8>) {
        self.last = self.last.max(at);
        if !bytes.is_empty() {
            self.pieces.push_back((self.last, bytes));
        }
    }

    /// Nothing arrives before `until`.
    pub(super) fn hold(&mut self, until: u64) {
        self.held_until = self.held_until.max(until);
    }

    /// Whatever held it up does so no more.
    pub(super) fn release(&mut self, now: u64) {
        self.held_until = 0;
        self.last = self.last.min(now);
        for (at, _) in &mut self.pieces {
            *at = (*at).min(now);
        }
    }

    /// When the next piece arrives.
    pub(super) fn next(&self) -> Option<u64> {
        self.pieces.front().map(|(at, _)| (*at).max(self.held_until))
    }

    /// When to look for what has arrived, if nobody does so before.
    pub(super) fn alarm(&mut self) -> Option<u64> {
        let next = self.next()?;
        if self.alarm.is_some_and(|alarm| alarm <= next) {
            return None;
        }
        self.alarm = Some(next);
        Some(next)
    }

    /// Somebody looks.
    pub(super) fn rings(&mut self) {
        self.alarm = None;
    }

    /// When everything sent so far has arrived.
    pub(super) fn end(&self) -> u64 {
        self.last.max(self.held_until)
    }

    /// What has arrived by `now`, in one piece.
    pub(super) fn arrived(&mut self, now: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self.next().is_some_and(|at| at <= now) {
            if let Some((_, piece)) = self.pieces.pop_front() {
                bytes.extend_from_slice(&piece);
            }
        }
        bytes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Bytes under way.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|(_, piece)| piece.len()).sum()
    }

    /// Of what is under way only the first `keep` bytes will arrive.
    pub(super) fn truncate(&mut self, mut keep: usize) {
        for (_, piece) in &mut self.pieces {
            piece.truncate(keep);
            keep -= piece.len();
        }
        self.pieces.retain(|(_, piece)| !piece.is_empty());
    }
}
