//! What scans gave, against what was there.

use std::collections::{BTreeMap, BTreeSet};

use slotpipe_core::port::LaneId;

use crate::{
    model::slot_of,
    sim::{
        commands::original_of,
        day::{Command, Day, Moment, Move, Scan, Verdict},
        scans::page,
    },
};

type Checked = Result<(), String>;

/// A node is read by a view of it that is no older.
const FRESH_US: u64 = 1_000_000;

/// The pages of a scan that were asked for.
fn asked<'d>(day: &'d Day, scan: &Scan) -> impl Iterator<Item = &'d Command> {
    let lane = Some(LaneId(scan.lane));
    day.commands.iter().filter(move |command| command.options.lane == lane)
}

/// Those that were read, each with its cursor and keys.
fn pages<'d>(day: &'d Day, scan: &Scan) -> impl Iterator<Item = (&'d Command, &'d [u8], Vec<&'d [u8]>)> {
    asked(day, scan).filter_map(|command| {
        let Verdict::Reply(value) = &command.outcome()?.verdict else { return None };
        let (cursor, keys) = page(value)?;
        Some((command, cursor, keys))
    })
}

fn has_ended(day: &Day, scan: &Scan) -> bool {
    pages(day, scan).last().is_some_and(|(_, cursor, _)| cursor == b"0")
}

pub(super) fn scan_is_whole(day: &Day) -> Checked {
    for scan in &day.scans {
        for (command, _, keys) in pages(day, scan) {
            let told = command.outcome().map(|told| told.when).unwrap_or_default();
            let is_written = |key: &&[u8]| {
                let has_it =
                    |ticket: usize| day.commands[ticket].keys.iter().any(|written| written == original_of(key));
                day.runs.iter().any(|run| run.wrote && run.when < told && has_it(run.ticket))
            };
            if let Some(key) = keys.iter().find(|key| !is_written(key)) {
                return Err(format!("lane {}: {} is given, and nobody has written it", scan.lane, key.escape_ascii()));
            }
        }
        if let Some(key) = given_twice(day, scan) {
            return Err(format!("lane {}: {} is given twice, and stayed where it was", scan.lane, key.escape_ascii()));
        }
        if !has_ended(day, scan) {
            continue;
        }
        let given: BTreeSet<&[u8]> = pages(day, scan).flat_map(|(.., keys)| keys).collect();
        let ended = pages(day, scan).last().and_then(|(command, ..)| command.outcome()).map(|told| told.when);
        let is_lost = |key: &Vec<u8>| {
            let slot = slot_of(key);
            let is_gone = day.lost_keys.contains(key) || day.torn.contains(&slot);
            is_gone || is_unmarked(day, scan, ended) || has_returned(day, scan, slot, ended)
        };
        if let Some(key) = scan.there.iter().find(|key| !given.contains(key.as_slice()) && !is_lost(key)) {
            return Err(format!(
                "lane {}: {} was there at {:?}, and the scan came to its end without it",
                scan.lane,
                key.escape_ascii(),
                scan.began
            ));
        }
    }
    Ok(())
}

/// A key that was given twice although it stayed where it was, as far as anybody had said, and no connection was lost that
/// the scan was read on. The model's SCAN repeats nothing by itself.
fn given_twice<'d>(day: &'d Day, scan: &Scan) -> Option<&'d [u8]> {
    let last = pages(day, scan).last()?.0.outcome()?.when;
    let is_lost = |frame: &usize| {
        let link = day.link(&day.frames[*frame]);
        let over = link.close_asked.into_iter().chain(link.closed.as_ref().map(|(when, ..)| *when));
        over.min().is_some_and(|over| over < last)
    };
    if asked(day, scan).flat_map(|command| command.parts.values().flatten()).any(is_lost) {
        return None;
    }
    // A replica that takes over, a server that lies, and a node that is announced under another name are named as owners
    // too; a migration that is given up was marked.
    let may_have_moved = |slot: u16| {
        let named = day.owners.get(&slot).into_iter().flat_map(BTreeMap::values).filter(|named| **named < last);
        named.count() > 1 || day.torn.contains(&slot) || moves(day, scan, Some(last)).any(|moved| moved.slot == slot)
    };
    let mut given: BTreeSet<&[u8]> = BTreeSet::new();
    pages(day, scan).flat_map(|(.., keys)| keys).find(|key| !given.insert(key) && !may_have_moved(slot_of(key)))
}

/// Whether a slot may have left a node and come back to it between two looks at the map: a scan does not notice that. The
/// first look may be older than the scan.
fn has_returned(day: &Day, scan: &Scan, slot: u16, ended: Option<Moment>) -> bool {
    let moves: Vec<_> = moves(day, scan, ended).filter(|moved| moved.slot == slot).collect();
    moves.iter().enumerate().any(|(at, left)| moves[at..].iter().any(|back| back.to == left.from))
}

/// Whether nodes told SLOTS and refused NODES while a scan was read: SLOTS names the old owner until the move is over, and
/// keys that have gone before are at the new one. Or whether one of them told, in maps or by MOVED, what is not so.
fn is_unmarked(day: &Day, scan: &Scan, ended: Option<Moment>) -> bool {
    let earliest = scan.began.at.saturating_sub(FRESH_US);
    day.unmarked.iter().any(|&(from, until)| until > earliest && ended.is_none_or(|ended| from < ended.at))
}

/// What moved while a scan was read, and before that if its first look may have been so long ago.
fn moves<'d>(day: &'d Day, scan: &Scan, ended: Option<Moment>) -> impl Iterator<Item = &'d Move> {
    let earliest = scan.began.at.saturating_sub(FRESH_US);
    day.moves.iter().filter(move |moved| moved.when.at > earliest && ended.is_none_or(|ended| moved.when < ended))
}

pub(super) fn scan_ends(day: &Day) -> Checked {
    // Of slots that have no owner nobody knows the keys.
    if !day.orphans.is_empty() {
        return Ok(());
    }
    match day.scans.iter().find(|scan| scan.is_probe && !has_ended(day, scan)) {
        Some(scan) => {
            let count = pages(day, scan).count();
            Err(format!("lane {}: begun at {:?}, after all faults, read {count} pages", scan.lane, scan.began))
        }
        None => Ok(()),
    }
}
