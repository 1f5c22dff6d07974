//! How the day ended.

use slotpipe_core::port::NotExecuted;

use super::facts::{Fate, fate};
use crate::{
    model::slot_of,
    sim::{
        day::{Command, Day, Frame, PartKey, Verdict},
        recipes::is_recipe,
        world::SETTLED_US,
    },
};

type Checked = Result<(), String>;

const WOULD_REORDER: i64 = NotExecuted::WouldReorder as i64;

pub(super) fn all_resolved(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        let Some(told) = command.outcome() else {
            return Err(format!("{} was never told anything", command.show(ticket)));
        };
        if command.cancelled.is_some_and(|cancelled| told.when.at > cancelled.at) {
            return Err(format!(
                "{} was cancelled at {:?}, and told at {:?}",
                command.show(ticket),
                command.cancelled,
                told.when
            ));
        }
        let Some(ms) = command.deadline_ms else { continue };
        // A chunk's clock starts when it is admitted: behind the window's before it, or behind the wait for the map.
        let windows = command.batch_len.div_ceil(day.config.limits.window as usize).max(1);
        let is_narrow = day.config.limits.window_bytes < 1 << 20;
        // What is done step by step is admitted alone.
        let is_apart = day.commands.iter().any(|other| other.batch == command.batch && is_recipe(&other.words));
        let chunks = if is_narrow || is_apart { command.batch_len } else { windows } as u64;
        let until_admitted = u64::from(day.config.deadline_ms).max(ms) * 1_000;
        let latest =
            command.submitted.at + until_admitted + chunks * (longest(day, command.batch, ms) * 1_000 + day.lateness);
        if told.when.at > latest {
            return Err(format!("{} was told at {:?}, and had {ms} ms", command.show(ticket), told.when));
        }
    }
    Ok(())
}

/// What comes before a chunk may be slower than what is in it.
fn longest(day: &Day, batch: usize, ms: u64) -> u64 {
    let others = day.commands.iter().filter(|command| command.batch == batch);
    others.filter_map(|command| command.deadline_ms).max().unwrap_or(ms)
}

pub(super) fn progress(day: &Day) -> Checked {
    let Some(healed) = day.healed else { return Ok(()) };
    let settled = healed.at + SETTLED_US;
    let is_lost = |command: &Command| {
        let of_keys = command.keys.iter().map(|key| slot_of(key));
        command.parts.keys().filter_map(PartKey::slot).chain(of_keys).any(|slot| day.orphans.contains(&slot))
    };
    let probes = || {
        let all = day.commands.iter().enumerate();
        all.filter(|(_, command)| command.probe && command.submitted.at >= settled && !is_lost(command))
    };
    for (ticket, command) in probes() {
        let verdict = command.outcome().map(|told| &told.verdict);
        // A primary that starts again says CLUSTERDOWN for two seconds, longer than days need to settle: what it refuses
        // may be overtaken, and is then not sent again (CONTRACT 3).
        let was_down = |frame: &Frame| matches!(fate(day, frame, day.end), Fate::Refused("CLUSTERDOWN"));
        let is_overtaken = matches!(verdict, Some(Verdict::NotExecuted { reason: WOULD_REORDER, .. }))
            && command.parts.keys().any(|part| day.frames_of(command, part).any(was_down));
        if !is_overtaken && !matches!(verdict, Some(Verdict::Reply(_))) {
            return Err(format!(
                "{}: submitted at {:?}, after all faults, and told {verdict:?}",
                command.show(ticket),
                command.submitted
            ));
        }
    }
    if probes().count() == 0 {
        return Err("no call at all was taken after the faults".into());
    }
    Ok(())
}

pub(super) fn reconverge(day: &Day) -> Checked {
    match day.misplaced.first() {
        Some((slot, believed, owner)) => Err(format!("slot {slot} is believed at {believed:?} and is at {owner:?}")),
        None => Ok(()),
    }
}

pub(super) fn deterministic(day: &Day) -> Checked {
    let (first, second) = day.digests;
    if first == second { Ok(()) } else { Err(format!("one life came to {first:016x}, the other to {second:016x}")) }
}

/// Panics end a day: they are told where it is lived.
pub(super) fn no_panic(_: &Day) -> Checked {
    Ok(())
}
