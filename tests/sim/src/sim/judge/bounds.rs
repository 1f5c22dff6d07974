//! What was used, against what is allowed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    facts::{Fate, fate},
    order::hops,
};
use crate::sim::{
    commands,
    day::{Command, Day, Frame, Link, Moment, PartKey, What},
    listeners::is_listening,
    scans::is_page,
};

type Checked = Result<(), String>;

/// Wakes within a second that no day needs: a slot that is looked at every 5 ms, for each of a few slots.
const MOST_WAKES: usize = 1_500;

/// Nodes that are asked for the map in one refresh.
const ASKED: usize = 3;

pub(super) fn refresh_bound(day: &Day) -> Checked {
    let gap = u64::from(day.config.refresh_gap_ms) * 1_000;
    for two in day.refreshes.windows(2) {
        if two[1].at < two[0].at + gap {
            return Err(format!("refreshes at {:?} and {:?}, and the least gap is {gap} us", two[0], two[1]));
        }
    }
    let asked: Vec<_> =
        day.frames.iter().enumerate().filter(|(_, frame)| is_own(&frame.what, "CLUSTER SLOTS")).collect();
    for (index, slots) in &asked {
        let next = day.frames[index + 1..].iter().find(|frame| frame.link == slots.link);
        if !next.is_some_and(|next| is_own(&next.what, "CLUSTER NODES") && next.write == slots.write) {
            return Err(format!("{:?}: CLUSTER SLOTS without CLUSTER NODES in the same write", slots.link));
        }
        // On a connection that is full the questions of one round are written much later than those of another.
        if day.config.limits.in_flight < 100 {
            continue;
        }
        // So are those that stood behind a unit for which it was asked whether MULTI is allowed, until that was answered or
        // the unit was given up.
        let is_let_go = day.frames[..*index].iter().any(|one| {
            let is_waited_for = one.answer.as_ref().is_none_or(|(when, _)| when.at >= slots.sent.at);
            one.link == slots.link && one.what == What::Exec && is_waited_for
        });
        if is_let_go {
            continue;
        }
        let at_once = asked.iter().map(|(_, other)| *other).filter(|other| {
            let has_failed = day.link(other).closed.as_ref().is_some_and(|(when, ..)| *when < slots.sent);
            !has_failed
                && other.sent <= slots.sent
                && day.refreshes.iter().all(|refresh| *refresh < other.sent || *refresh > slots.sent)
        });
        let at_once: Vec<_> = at_once.collect();
        // What scans read next, or have read, they need to hear of from each owner itself; one that is let go when the refresh
        // has begun does not take its questions back.
        let first = at_once.iter().map(|other| other.sent).min();
        let begun = day.refreshes.iter().copied().filter(|refresh| Some(*refresh) <= first).max();
        let has_scans =
            day.scans.iter().any(|scan| scan.began < slots.sent && scan.left.is_none_or(|left| Some(left) >= begun));
        let is_owner = |other: &&&Frame| {
            let port = day.link(other).address.port;
            let mut named = day.owners.values().flatten();
            has_scans && named.any(|(owner, named)| owner.port == port && *named < other.sent)
        };
        let count = at_once.iter().filter(|other| !is_owner(other)).count();
        if count > ASKED {
            let asked: Vec<_> = at_once.iter().map(|other| (other.link, other.sent, is_owner(&other))).collect();
            return Err(format!("{count} nodes are asked in one refresh that no scan reads: {asked:?}"));
        }
    }
    Ok(())
}

pub(super) fn hop_bound(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        let most = command.options.max_redirects.unwrap_or(day.config.max_redirects);
        for part in command.parts.keys() {
            // The last redirect is one that was not followed.
            let hops = hops(day, command, part);
            if hops > usize::from(most) + 1 {
                return Err(format!("{}: {hops} redirects, and the limit is {most}", command.show(ticket)));
            }
            let last = command.parts[part].last().map(|&last| fate(day, &day.frames[last], day.end));
            let was_followed = command.parts[part].len() > 1 && most == 0;
            let first = command.parts[part].first().map(|&first| fate(day, &day.frames[first], day.end));
            if was_followed && matches!(first, Some(Fate::Refused("MOVED" | "ASK"))) {
                return Err(format!("{}: a redirect was followed that was not to be: {last:?}", command.show(ticket)));
            }
        }
    }
    Ok(())
}

pub(super) fn queue_bound(day: &Day) -> Checked {
    under_way(day)?;
    let most = day.config.limits.waiting_per_node as usize;
    // A unit is one call.
    let is_first = |ticket: usize| ticket == 0 || day.commands[ticket - 1].batch != day.commands[ticket].batch;
    let weight = |ticket: usize| usize::from(!day.commands[ticket].options.atomic || is_first(ticket));
    waiting(day, most, weight)?;
    waiting_in_sessions(day, most, weight)
}

pub(super) fn byte_bound(day: &Day) -> Checked {
    let most = day.config.limits.waiting_bytes_per_node as usize;
    let weight = |ticket: usize| commands::encode(std::iter::once(day.commands[ticket].words.as_slice())).len();
    waiting(day, most, weight)?;
    waiting_in_sessions(day, most, weight)
}

/// On one connection: no more requests without an answer than the limit. One step may write ASKING and a command.
fn under_way(day: &Day) -> Checked {
    let most = day.config.limits.in_flight as usize + 1;
    let mut steps: Vec<(u64, u32, bool)> = Vec::new();
    // A unit is one request.
    let mut in_units: BTreeSet<u32> = BTreeSet::new();
    for frame in day.frames.iter().filter(|frame| day.link(frame).ready.is_some_and(|ready| ready <= frame.sent)) {
        match frame.what {
            What::Multi => drop(in_units.insert(frame.link.0)),
            What::Exec => drop(in_units.remove(&frame.link.0)),
            What::Job(..) | What::Asking | What::Own(_) | What::Listens(..) | What::Strange(_) => {}
        }
        if in_units.contains(&frame.link.0) {
            continue;
        }
        // A request to listen and the PING behind it are one.
        if matches!(frame.what, What::Listens(..)) {
            continue;
        }
        steps.push((frame.sent.step, frame.link.0, true));
        if let Some((when, _)) = &frame.answer {
            steps.push((when.step, frame.link.0, false));
        }
    }
    steps.sort_unstable();
    let mut open: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, link, is_sent) in steps {
        let count = open.entry(link).or_default();
        *count = if is_sent { *count + 1 } else { *count - 1 };
        if *count > most {
            return Err(format!("link {link}: {count} requests without an answer, and the limit is {}", most - 1));
        }
    }
    Ok(())
}

/// What waits for a slot before a pipeline for that slot is taken: what waits on its node's connection, and what waits for
/// its turn, each have the limit. Pipelines that are fed in windows are not counted: they are never refused for their size.
fn waiting(day: &Day, most: usize, weight: impl Fn(usize) -> usize) -> Checked {
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Step {
        Leaves,
        Comes,
    }
    // What waits in a session holds back nobody else.
    let is_counted = |command: &Command| is_whole(day, command) && command.options.lane.is_none();
    // What leaves at an instant has left before anything comes: a poll may have said so, and not been heard yet.
    let mut steps: Vec<((u64, Step, u64), usize)> = Vec::new();
    let step = |when: Moment, step: Step| (when.at, step, when.step);
    for (ticket, command) in day.commands.iter().enumerate().filter(|(_, command)| is_counted(command)) {
        let written = command.parts.values().flatten().map(|&frame| day.frames[frame].sent).min();
        let told = command.outcome().map(|told| Moment { at: told.settled_at.max(command.submitted.at), ..told.when });
        steps.push((step(command.submitted, Step::Comes), ticket));
        let over = written.into_iter().chain(told).min().map(|over| over.max(command.submitted));
        // What never waited neither comes nor leaves.
        match over {
            Some(over) if over.at == command.submitted.at => drop(steps.pop()),
            Some(over) => steps.push((step(over, Step::Leaves), ticket)),
            None => {}
        }
    }
    steps.sort_unstable();
    // Per slot what waits, and since when: what waits at a former owner is none of the new one's.
    let mut open: BTreeMap<u16, (usize, Moment)> = BTreeMap::new();
    let has_moved = |since: Moment, until: Moment| day.maps.iter().any(|map| (since..until).contains(map));
    // Those of one pipeline come at once: what they bring counts for the next.
    for of_step in steps.chunk_by(|a, b| a.0 == b.0) {
        for ((_, step, _), ticket) in of_step {
            let command = &day.commands[*ticket];
            for slot in command.parts.keys().filter_map(PartKey::slot) {
                let (waits, since) = open.entry(slot).or_default();
                // Where the keys are of a name that nobody knows, nobody knows.
                let is_known = command.words[0] != b"SIM.NOSUCH";
                if *step == Step::Leaves {
                    *waits -= weight(*ticket);
                } else if *waits >= 2 * most
                    && command.parts.len() == 1
                    && is_known
                    && !has_moved(*since, command.submitted)
                {
                    return Err(format!("{} was taken, and {waits} were waiting for its slot", command.show(*ticket)));
                }
            }
        }
        for (_, ticket) in of_step.iter().filter(|((_, step, _), _)| *step == Step::Comes) {
            let command = &day.commands[*ticket];
            for slot in command.parts.keys().filter_map(PartKey::slot) {
                let (waits, since) = open.entry(slot).or_default();
                if *waits == 0 {
                    *since = command.submitted;
                }
                *waits += weight(*ticket);
            }
        }
    }
    Ok(())
}

/// Whether a command's pipeline is let in at once.
fn is_whole(day: &Day, command: &Command) -> bool {
    let limits = &day.config.limits;
    command.batch_len <= limits.window as usize && command.batch_bytes <= limits.window_bytes as usize
}

/// What waits, in all sessions together, for what is under way there.
fn waiting_in_sessions(day: &Day, most: usize, weight: impl Fn(usize) -> usize) -> Checked {
    let mut waiting: BTreeMap<u32, BTreeMap<usize, u64>> = BTreeMap::new();
    for (ticket, command) in day.commands.iter().enumerate().filter(|(_, command)| is_whole(day, command)) {
        let is_session = !is_listening(&command.words[0]) && !is_page(&command.words);
        let Some(lane) = command.options.lane.filter(|_| is_session) else { continue };
        let now = command.submitted.at;
        for of_lane in waiting.values_mut() {
            of_lane.retain(|_, over| *over > now);
        }
        let is_new = ticket == 0 || day.commands[ticket - 1].batch != command.batch;
        let behind = waiting.values().flat_map(|of_lane| of_lane.keys().skip(1)).map(|&other| weight(other));
        let behind: usize = behind.sum();
        if is_new && behind >= 2 * most {
            return Err(format!("{} was taken, and {behind} were waiting in sessions", command.show(ticket)));
        }
        // A unit waits as one.
        if command.options.atomic && !is_new {
            continue;
        }
        let written = command.parts.values().flatten().map(|&frame| day.frames[frame].sent.at).min();
        let over = written.into_iter().chain(command.outcome().map(|told| told.when.at)).min().unwrap_or(u64::MAX);
        waiting.entry(lane.0).or_default().insert(ticket, over);
    }
    Ok(())
}

pub(super) fn return_to_baseline(day: &Day) -> Checked {
    if day.left_open.is_empty() { Ok(()) } else { Err(format!("left open: {}", day.left_open)) }
}

pub(super) fn connection_bound(day: &Day) -> Checked {
    let mut by_address: BTreeMap<String, Vec<&Link>> = BTreeMap::new();
    for link in &day.links {
        by_address.entry(link.address.to_string()).or_default().push(link);
    }
    for (address, links) in &by_address {
        open_at_once(day, address, links)?;
        dials_after_failures(day, address, links)?;
    }
    Ok(())
}

/// One shared connection, those of blocking commands, one that asks after a silent one; and those that are on their way
/// out: retired ones wait for their last answers.
fn open_at_once(day: &Day, address: &str, links: &[&Link]) -> Checked {
    let most = day.config.limits.dedicated_per_node as usize + 1;
    let mut steps: Vec<(u64, i32)> = Vec::new();
    for link in links {
        steps.push((link.dialed.step, 1));
        let over = link.close_asked.into_iter().chain(link.closed.as_ref().map(|(when, ..)| *when)).min();
        steps.extend(over.map(|when| (when.step, -1)));
    }
    steps.sort_unstable();
    let mut open = 0;
    for (step, change) in steps {
        open += change;
        if usize::try_from(open).unwrap_or(0) > most + 3 {
            return Err(format!("{open} connections to {address} at step {step}"));
        }
    }
    Ok(())
}

/// "At most 5 connections/s to one address after a failed attempt", or as many as are wished for.
fn dials_after_failures(day: &Day, address: &str, links: &[&Link]) -> Checked {
    // One that is closed because nobody used it may have been fit for use without having been used: no success to go by.
    if day.config.unused_ms > 0 {
        return Ok(());
    }
    // One that is given up before its time is not needed any more.
    let time = u64::from(day.config.connect_ms) * 1_000;
    // Longer waits do not bind the connection that asks whether a silent one lives: that is one for each silence.
    let most = (1_000 / day.config.reconnect_ms.max(10) as usize).max(5);
    let is_needless = |link: &Link| link.close_asked.is_some_and(|asked| asked.at < link.dialed.at + time);
    for (index, failed) in links.iter().enumerate().filter(|(_, link)| !is_needless(link)) {
        let Some((when, ..)) = failed.closed.as_ref().filter(|_| failed.ready.is_none()) else { continue };
        let until = when.at + 1_000_000;
        // What was dialled first need not be up first.
        let success = links.iter().filter_map(|link| link.ready).filter(|ready| ready > when).min();
        let success = success.map_or(u64::MAX, |ready| ready.at);
        let after = links[index + 1..].iter().filter(|link| link.dialed > *when && link.dialed.at < until.min(success));
        let count = after.count();
        if count > most {
            return Err(format!("{count} dials to {address} within a second of a failed one at {when:?}"));
        }
    }
    Ok(())
}

pub(super) fn no_busy_loop(day: &Day) -> Checked {
    for window in day.wakes.windows(MOST_WAKES + 1) {
        let (first, last) = (window[0].at, window[MOST_WAKES].at);
        if last < first + 1_000_000 {
            return Err(format!("{MOST_WAKES} wakes from {first} to {last} us"));
        }
    }
    Ok(())
}

fn is_own(what: &What, name: &str) -> bool {
    matches!(what, What::Own(own) if own == name)
}
