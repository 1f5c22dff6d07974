//! Cuts a command over slots or owners and puts the pieces into words. Pure.

use alloc::vec::Vec;

use super::{
    command::{self, Row, Split},
    slot::Slot,
    topology::NodeId,
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
    group(keys.iter().map(|&position| Slot::of(args.at(position as usize).unwrap_or_default())))
}

/// The same for keys whose slots are known.
pub fn group(slots: impl Iterator<Item = Slot>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // From slot to piece: a wide MGET has as many pieces as keys.
    let mut places = SortedMap::default();
    for (ordinal, slot) in (0u32..).zip(slots) {
        let place = places.get(&slot).copied().unwrap_or_else(|| {
            pieces.push(Piece { slot, keys: Vec::new() });
            places.insert(slot, pieces.len() - 1);
            pieces.len() - 1
        });
        pieces[place].keys.push(ordinal);
    }
    pieces
}

/// Slots of one owner, as the first and the last of each range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// `None` for slots that nobody owns.
    pub owner: Option<NodeId>,
    /// In the order given.
    pub ranges: Vec<(Slot, Slot)>,
}

/// The slots that a command names from argument `at` on, by ones or by ranges (`step` 2); `None` where an argument is no
/// slot, or a range ends before it begins: every node has the right error for that.
pub fn slots_named(args: Args<'_>, at: u8, step: u8) -> Option<Vec<(Slot, Slot)>> {
    let slot = |index| Slot::new(u16::try_from(command::number(args.at(index)?)?).ok()?);
    let (at, step) = (usize::from(at), usize::from(step));
    let range = |first| Some((slot(first)?, slot(first + step - 1)?)).filter(|(first, last)| first <= last);
    (at..args.len()).step_by(step).map(range).collect()
}

/// Groups slots by their owner, in the order in which the owners first appear; a range of several owners is cut.
pub fn share(ranges: &[(Slot, Slot)], owner: impl Fn(Slot) -> Option<NodeId>) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for &(first, last) in ranges {
        let mut latest = None;
        for slot in (first.number()..=last.number()).filter_map(Slot::new) {
            let owner = owner(slot);
            let place = shares.iter().position(|share| share.owner == owner).unwrap_or_else(|| {
                shares.push(Share { owner, ranges: Vec::new() });
                shares.len() - 1
            });
            match shares[place].ranges.last_mut().filter(|_| latest == Some(place)) {
                Some(range) => range.1 = slot,
                None => shares[place].ranges.push((slot, slot)),
            }
            latest = Some(place);
        }
    }
    shares
}

/// Writes the command of one share: the same command for these slots alone.
pub fn write_share(args: Args<'_>, at: u8, step: u8, share: &Share, out: &mut Vec<u8>) {
    let slots = share.ranges.iter().flat_map(|&(first, last)| [first, last].into_iter().take(usize::from(step)));
    encode::header(out, usize::from(at) + share.ranges.len() * usize::from(step));
    for arg in args.iter().take(usize::from(at)) {
        encode::bulk(out, arg);
    }
    for slot in slots {
        encode::bulk(out, itoa::Buffer::new().format(slot.number()).as_bytes());
    }
}

/// Writes the command of one piece: the same command over these keys alone.
pub fn write_piece(row: Row<'_>, args: Args<'_>, keys: &[u32], piece: &Piece, out: &mut Vec<u8>) {
    let arg = |index: usize| args.at(index).unwrap_or_default();
    let (counted, step, tail) = match row.handling.split {
        Split::Never | Split::Recipe(_) => (false, 1, 0),
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
