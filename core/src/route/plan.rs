//! Cuts a command over slots and puts the pieces into words. Pure.

use alloc::vec::Vec;

use super::{
    command::{Row, Split},
    slot::Slot,
};
use crate::{
    sorted::SortedMap,
    wire::{encode, request::Args},
};

/// What of a command goes to one slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The slot of its keys.
    pub slot: Slot,
    /// Which of the command's keys, counted from 0, in the order given.
    pub keys: Vec<u32>,
}

/// Groups the keys (argument positions) of a command by slot, in the order in which the slots first appear.
pub fn cut(args: Args<'_>, keys: &[u32]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // From slot to piece: a wide MGET has as many pieces as keys.
    let mut places = SortedMap::default();
    for (ordinal, &position) in (0u32..).zip(keys) {
        let slot = Slot::of(args.at(position as usize).unwrap_or_default());
        let place = places.get(&slot).copied().unwrap_or_else(|| {
            pieces.push(Piece { slot, keys: Vec::new() });
            places.insert(slot, pieces.len() - 1);
            pieces.len() - 1
        });
        pieces[place].keys.push(ordinal);
    }
    pieces
}

/// Writes the command of one piece: the same command over these keys alone.
pub fn write_piece(row: Row<'_>, args: Args<'_>, keys: &[u32], piece: &Piece, out: &mut Vec<u8>) {
    let arg = |index: usize| args.at(index).unwrap_or_default();
    let (counted, step, tail) = match row.handling.split {
        Split::Never => (false, 1, 0),
        Split::Keys { tail } => (false, 1, usize::from(tail)),
        Split::Groups { step } => (false, usize::from(step), 0),
        Split::Counted { step } => {
            let step = usize::from(step);
            (true, step, args.len().saturating_sub(2 + keys.len() * step))
        }
    };
    encode::header(out, 1 + usize::from(counted) + piece.keys.len() * step + tail);
    encode::bulk(out, arg(0));
    if counted {
        encode::bulk(out, itoa::Buffer::new().format(piece.keys.len()).as_bytes());
    }
    for &ordinal in &piece.keys {
        let first = keys.get(ordinal as usize).map_or(0, |&position| position as usize);
        for index in first..first + step {
            encode::bulk(out, arg(index));
        }
    }
    for index in args.len() - tail..args.len() {
        encode::bulk(out, arg(index));
    }
}
