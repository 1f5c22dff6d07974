//! A batch that is being read: most commands are like the one before, and those are read in one go.

use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;

use super::Prepared;
use crate::{
    port::SubmitOptions,
    route::{classify::Target, slot::Slot},
    wire::request::{Alike, Opening, Requests},
};

/// A batch that is being read.
pub(in super::super) struct Reading<'b> {
    pub(super) bytes: &'b Bytes,
    pub(super) options: &'b SubmitOptions,
    pub(super) requests: Requests<'b>,
    /// Commands read.
    pub(super) count: u32,
    /// The last one that others can be like.
    pub(super) model: Option<Model<'b>>,
}

/// A command of which all but the slot holds for others of its name and its number of arguments: mostly the next one.
#[derive(Clone, Copy)]
pub(super) struct Model<'b> {
    pub(super) opening: Opening<'b>,
    pub(super) command: Prepared,
}

impl<'b> Reading<'b> {
    pub(in super::super) fn new(bytes: &'b Bytes, at: u32, options: &'b SubmitOptions) -> Self {
        Self { bytes, options, requests: Requests::new(bytes, at as usize), count: 0, model: None }
    }

    /// Reads the commands that are like the model, up to `most` of them and none longer than `limit`. As many as fit into
    /// the window stay in `prepared`.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    pub(super) fn alike(&mut self, most: u32, limit: usize, window: usize, prepared: &mut Vec<Prepared>) -> u32 {
        let Some(Model { opening, command }) = self.model else { return 0 };
        for read in 0..most {
            let Some(Alike { frame, first }) = self.requests.next_alike(&opening) else { return read };
            if frame.len() > limit {
                self.requests.back_to(frame.start);
                return read;
            }
            self.count += 1;
            if prepared.len() < window {
                let [start, len] = place(&frame);
                prepared.push(Prepared { start, len, target: Target::Slot(Slot::of(&self.bytes[first])), ..command });
            }
        }
        most
    }
}

/// Where a command's bytes begin in their batch, and how many they are.
pub(super) fn place(frame: &Range<usize>) -> [u32; 2] {
    [frame.start, frame.len()].map(|n| u32::try_from(n).unwrap_or(u32::MAX))
}
