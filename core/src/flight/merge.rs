//! Several replies become one. Pure: parts in, words out.
//!
//! A merge never upgrades: only where every part replied is there a merged reply. Parts that all failed in one way
//! fail as a whole; anything else is told part by part.

use alloc::{vec, vec::Vec};

use super::{Ended, Kept, Part};
use crate::{
    broken::broken,
    route::command::Merge,
    wire::tape::{Cursor, Node},
};

/// How a merge reads a part's reply.
impl Kept {
    fn text(&self, words: &[u32]) -> Option<&[u8]> {
        Cursor::new(words).next()?.text()?.of(&self.buffers)
    }

    /// The elements of an array or set; `None` for anything else.
    fn elements(&self) -> Option<Vec<&[u32]>> {
        let mut cursor = Cursor::new(&self.words);
        let count = cursor.next()?.elements()?;
        (0..count).map(|_| cursor.skip()).collect()
    }

    fn integer(&self) -> Option<i64> {
        integer(&self.words)
    }
}

/// What the parts come to.
#[derive(Debug, PartialEq)]
pub(crate) enum Whole<'p> {
    /// This part's reply stands for all.
    One(usize),
    Int(i64),
    /// An array of pieces of the parts' replies.
    Array(Vec<Piece<'p>>),
    /// Names and sums, as pairs in one flat array.
    Sums(Vec<(&'p [u8], i64)>),
    /// A map from node to reply.
    PerNode,
    /// All failed in the way of this part.
    Failed(usize),
    /// They differ.
    Partial,
}

/// An element of a merged array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Piece<'p> {
    /// These words of that part's reply.
    Of(usize, &'p [u32]),
    Int(i64),
}

impl<'p> Piece<'p> {
    fn text(&self, replies: &[&'p Kept]) -> Option<&'p [u8]> {
        match *self {
            Self::Of(part, words) => replies.get(part)?.text(words),
            Self::Int(_) => None,
        }
    }
}

/// Brings parts together. Every part has ended. `chance` picks one where any would do.
pub(crate) fn merge(how: Merge, parts: &[Part], chance: u32) -> Whole<'_> {
    if how == Merge::OneOk {
        return one_ok(parts);
    }
    let mut replies = Vec::with_capacity(parts.len());
    for part in parts {
        match &part.ended {
            Some(Ended::Reply(kept)) => replies.push(kept),
            _ if broken!(MergeUpgrades) => {}
            _ => return not_all_replied(parts),
        }
    }
    // A reply that does not have the form which its merge needs is not bent into it: each node's is shown.
    combine(how, parts, &replies, chance).unwrap_or(Whole::PerNode)
}

fn combine<'p>(how: Merge, parts: &'p [Part], replies: &[&'p Kept], chance: u32) -> Option<Whole<'p>> {
    Some(match how {
        Merge::Single | Merge::AllOk | Merge::OneOk => Whole::One(0),
        Merge::Sum => Whole::Int(fold(replies, i64::checked_add)?),
        Merge::Min => each(replies, |a, b| Some(a.min(b)))?,
        Merge::Max => each(replies, |a, b| Some(a.max(b)))?,
        Merge::And => each(replies, |a, b| Some(i64::from(a != 0 && b != 0)))?,
        Merge::Or => each(replies, |a, b| Some(i64::from(a != 0 || b != 0)))?,
        Merge::AnyNonNull => {
            let full: Vec<usize> = (0..replies.len()).filter(|&part| !is_null(&replies[part].words)).collect();
            Whole::One(if full.is_empty() { 0 } else { full[chance as usize % full.len()] })
        }
        Merge::PerNode => Whole::PerNode,
        Merge::Position => by_position(parts, replies)?,
        Merge::Concat => Whole::Array(pieces(replies)?),
        Merge::Union => {
            let mut all = pieces(replies)?;
            let texts: Vec<_> = all.iter().map(|piece| piece.text(replies)).collect();
            let mut firsts = first_places(&texts).into_iter().zip(&texts).enumerate();
            all.retain(|_| firsts.next().is_some_and(|(place, (first, text))| text.is_none() || first == place));
            Whole::Array(all)
        }
        Merge::SumPairs => sum_pairs(replies)?,
    })
}

/// SCRIPT KILL: one node had a script to kill; the others' NOTBUSY is no failure.
fn one_ok(parts: &[Part]) -> Whole<'_> {
    if let Some(index) = parts.iter().position(|part| matches!(part.ended, Some(Ended::Reply(_)))) {
        return Whole::One(index);
    }
    not_all_replied(parts)
}

fn not_all_replied(parts: &[Part]) -> Whole<'_> {
    let first = parts.first().and_then(|part| part.ended.as_ref());
    let alike = first.is_some_and(|first| {
        parts.iter().all(|part| part.ended.as_ref().is_some_and(|ended| failed_alike(first, ended)))
    });
    if alike { Whole::Failed(0) } else { Whole::Partial }
}

/// Whether one failure says all that the other does. Who asks where it failed sees the first part's node.
fn failed_alike(a: &Ended, b: &Ended) -> bool {
    match (a, b) {
        (Ended::ServerError { ran: a, line: said_a }, Ended::ServerError { ran: b, line: said_b }) => {
            (a, said_a) == (b, said_b)
        }
        (Ended::NotExecuted { reason: a, .. }, Ended::NotExecuted { reason: b, .. }) => a == b,
        (Ended::Unknown { .. }, Ended::Unknown { .. }) => true,
        (Ended::Reply(_) | Ended::ServerError { .. } | Ended::NotExecuted { .. } | Ended::Unknown { .. }, _) => false,
    }
}

fn fold(replies: &[&Kept], with: fn(i64, i64) -> Option<i64>) -> Option<i64> {
    let mut numbers = replies.iter().map(|kept| kept.integer());
    let first = numbers.next()??;
    numbers.try_fold(first, |sum, n| with(sum, n?))
}

/// Integers, or arrays of integers element by element.
fn each<'p>(replies: &[&'p Kept], with: fn(i64, i64) -> Option<i64>) -> Option<Whole<'p>> {
    if let Some(number) = fold(replies, with) {
        return Some(Whole::Int(number));
    }
    let mut columns: Vec<i64> = Vec::new();
    for (row, kept) in replies.iter().enumerate() {
        let numbers: Vec<i64> = kept.elements()?.into_iter().map(integer).collect::<Option<_>>()?;
        if row == 0 {
            columns = numbers;
        } else if columns.len() == numbers.len() {
            columns = columns.into_iter().zip(numbers).map(|(a, b)| with(a, b)).collect::<Option<_>>()?;
        } else {
            return None;
        }
    }
    Some(Whole::Array(columns.into_iter().map(Piece::Int).collect()))
}

fn by_position<'p>(parts: &[Part], replies: &[&'p Kept]) -> Option<Whole<'p>> {
    let total = parts.iter().map(|part| part.keys.len()).sum();
    let mut places: Vec<Option<Piece<'p>>> = alloc::vec![None; total];
    for (index, (part, kept)) in parts.iter().zip(replies).enumerate() {
        let elements = kept.elements()?;
        if elements.len() != part.keys.len() {
            return None;
        }
        for (key, words) in part.keys.iter().zip(elements) {
            let key = if broken!(MergeByArrival) { places.iter().position(Option::is_none)? } else { *key as usize };
            *places.get_mut(key)? = Some(Piece::Of(index, words));
        }
    }
    Some(Whole::Array(places.into_iter().collect::<Option<_>>()?))
}

fn pieces<'p>(replies: &[&'p Kept]) -> Option<Vec<Piece<'p>>> {
    let mut all = Vec::new();
    for (index, kept) in replies.iter().enumerate() {
        all.extend(kept.elements()?.into_iter().map(|words| Piece::Of(index, words)));
    }
    Some(all)
}

/// PUBSUB NUMSUB: channel, count, channel, count. In order of the first reply's channels.
fn sum_pairs<'p>(replies: &[&'p Kept]) -> Option<Whole<'p>> {
    let mut names = Vec::new();
    let mut counts = Vec::new();
    for kept in replies {
        let mut cursor = Cursor::new(&kept.words);
        for _ in 0..cursor.next()?.pairs()? {
            names.push(Some(kept.text(cursor.skip()?)?));
            counts.push(integer(cursor.skip()?)?);
        }
    }
    let firsts = first_places(&names);
    for (place, &first) in firsts.iter().enumerate() {
        if first != place {
            counts[first] = counts[first].checked_add(counts[place])?;
        }
    }
    let is_first = |&(place, _): &(usize, _)| firsts[place] == place;
    let sums = names.into_iter().zip(counts).enumerate().filter(is_first);
    Some(Whole::Sums(sums.filter_map(|(_, (name, sum))| Some((name?, sum))).collect()))
}

/// For each name the place where it stands first.
fn first_places(names: &[Option<&[u8]>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_unstable_by_key(|&place| (names[place], place));
    let mut firsts = vec![0; names.len()];
    for same in order.chunk_by(|&a, &b| names[a] == names[b]) {
        for &place in same {
            firsts[place] = same[0];
        }
    }
    firsts
}

fn integer(words: &[u32]) -> Option<i64> {
    let first = Cursor::new(words).next()?;
    if let Node::Bool(value) = first {
        return Some(i64::from(value));
    }
    let Node::Int(value) = first else { return None };
    Some(value)
}

fn is_null(words: &[u32]) -> bool {
    Cursor::new(words).next() == Some(Node::Null)
}

#[cfg(test)]
mod tests;
