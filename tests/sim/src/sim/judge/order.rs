//! What ran, and what was written, against the order in which it was given.

use std::collections::BTreeMap;

use slotpipe_core::port::{Order, Retry, Route};

use super::facts::{Fate, code, fate, relevant};
use crate::{
    model::slot_of,
    sim::day::{Command, Day, Frame, PartKey, Run, Step, Verdict, What},
};

type Checked = Result<(), String>;

/// Pipelines: the tickets that were submitted together.
fn pipelines(day: &Day) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let batch = day.commands.get(from)?.batch;
        let to = from + day.commands[from..].iter().take_while(|command| command.batch == batch).count();
        let tickets = from..to;
        from = to;
        Some(tickets)
    })
}

/// Where of one command its place among others counts. Blocking commands have a connection of their own (CONTRACT 7),
/// what is sent to chosen nodes goes by nodes, and who declared a command idempotent lets it run when it will.
fn has_a_place(command: &Command) -> bool {
    command.blocks.is_none() && !command.everywhere && !command.may_run_twice_as_write()
}

/// The runs of two commands where both touch something: the last of the earlier one must be before the first of the
/// later one.
fn out_of_order<'d>(earlier: &[&'d Run], later: &[&'d Run]) -> Option<(&'d Run, &'d Run)> {
    let last = earlier.iter().max_by_key(|run| run.when)?;
    let first = later.iter().min_by_key(|run| run.when)?;
    (last.when > first.when).then_some((*last, *first))
}

/// Looks at each pair of a pipeline that shares something.
///
/// Behind an unknown command only those of its own keys wait until its node is proven past it.
fn pairs(day: &Day, is_bound: impl Fn(&Command) -> bool, shares: impl Fn(&Command, &Command) -> Vec<u16>) -> Checked {
    for tickets in pipelines(day) {
        if !is_bound(&day.commands[tickets.start]) {
            continue;
        }
        let runs: BTreeMap<(usize, &PartKey), Vec<&Run>> = tickets
            .clone()
            .flat_map(|ticket| day.commands[ticket].parts.keys().map(move |part| (ticket, part)))
            .map(|(ticket, part)| ((ticket, part), relevant(day, ticket, &day.commands[ticket], part)))
            .collect();
        for later in tickets.clone() {
            for earlier in tickets.start..later {
                let (a, b) = (&day.commands[earlier], &day.commands[later]);
                if !(a.writes || b.writes) || !has_a_place(a) || !has_a_place(b) {
                    continue;
                }
                for slot in shares(a, b) {
                    let part = PartKey::Slot(slot);
                    let has_key = a.keys.iter().any(|key| slot_of(key) == slot && b.keys.contains(key));
                    if is_uncertain(a, &part) && !has_key {
                        continue;
                    }
                    let of = |ticket: usize| runs.get(&(ticket, &part)).map_or(&[][..], Vec::as_slice);
                    if let Some((last, first)) = out_of_order(of(earlier), of(later)) {
                        return Err(format!(
                            "{} ran at {:?} on {}, before {} at {:?} on {}",
                            b.show(later),
                            first.when,
                            first.node,
                            a.show(earlier),
                            last.when,
                            last.node
                        ));
                    }
                }
            }
        }
    }
    Ok(())
}

pub(super) fn key_order(day: &Day) -> Checked {
    let shared = |a: &Command, b: &Command| {
        a.keys.iter().filter(|key| b.keys.contains(key)).map(|key| slot_of(key)).collect::<Vec<_>>()
    };
    pairs(day, Command::is_guarded, shared)
}

pub(super) fn slot_order(day: &Day) -> Checked {
    let shared = |a: &Command, b: &Command| {
        let of = |command: &Command| command.parts.keys().filter_map(PartKey::slot).collect::<Vec<_>>();
        let others = of(b);
        of(a).into_iter().filter(|slot| others.contains(slot)).collect::<Vec<_>>()
    };
    pairs(day, |command| command.options.order == Order::Slot, shared)?;
    undisturbed(day)
}

/// Without a refusal or a loss in a slot, its commands run in the order given, reads and all.
fn undisturbed(day: &Day) -> Checked {
    let mut last: BTreeMap<u16, (usize, &Run)> = BTreeMap::new();
    for tickets in pipelines(day) {
        last.clear();
        for ticket in tickets {
            let command = &day.commands[ticket];
            if !has_a_place(command) {
                continue;
            }
            for part in command.parts.keys() {
                let (Some(slot), [frame]) = (part.slot(), command.parts[part].as_slice()) else { continue };
                let runs: Vec<_> = super::facts::runs(day, ticket, part).collect();
                // Across nodes nothing is promised: what a replica answers is in no order with what the others do.
                let ([run], true) = (runs.as_slice(), day.frames[*frame].calm) else { continue };
                if run.at_replica {
                    continue;
                }
                if let Some((earlier, before)) = last.insert(slot, (ticket, run))
                    && before.when > run.when
                {
                    let (a, b) = (day.commands[earlier].show(earlier), command.show(ticket));
                    return Err(format!(
                        "{b} ran at {:?}, before {a} at {:?}, and nothing was wrong",
                        run.when, before.when
                    ));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn program_order(day: &Day) -> Checked {
    // Per task and key: what has been awaited, with its last run, and whether that wrote.
    let mut seen: BTreeMap<(usize, &[u8]), Vec<usize>> = BTreeMap::new();
    for (later, b) in day.commands.iter().enumerate() {
        let Some(task) = b.task.filter(|_| !b.everywhere) else { continue };
        for key in &b.keys {
            let part = PartKey::Slot(slot_of(key));
            let before = seen.entry((task, key)).or_default();
            for &earlier in before.iter() {
                let a = &day.commands[earlier];
                let is_known = a.outcome().is_some_and(|told| told.when < b.submitted) && !is_uncertain(a, &part);
                if !is_known || !(a.writes || b.writes) || a.may_run_twice_as_write() {
                    continue;
                }
                let (runs_a, runs_b) = (relevant(day, earlier, a, &part), relevant(day, later, b, &part));
                if let Some((last, first)) = out_of_order(&runs_a, &runs_b) {
                    return Err(format!(
                        "{} ran at {:?}, before {} at {:?}, which had been awaited",
                        b.show(later),
                        first.when,
                        a.show(earlier),
                        last.when
                    ));
                }
            }
            before.push(later);
        }
    }
    Ok(())
}

fn is_uncertain(command: &Command, part: &PartKey) -> bool {
    matches!(command.verdict_of(part), None | Some(Verdict::Unknown { .. }))
}

pub(super) fn fifo_per_connection(day: &Day) -> Checked {
    // Per link, and session there: the ticket written last among those to which nothing happened.
    let mut last: BTreeMap<(u32, Option<u32>), usize> = BTreeMap::new();
    for (index, frame) in day.frames.iter().enumerate() {
        let What::Job(ticket, part) = &frame.what else { continue };
        let command = &day.commands[*ticket];
        let is_first = command.parts.get(part).and_then(|all| all.first()) == Some(&index);
        if !is_first || !frame.calm || command.blocks.is_some() {
            continue;
        }
        let lane = command.options.lane.map(|lane| lane.0);
        let before = last.entry((frame.link.0, lane)).or_insert(*ticket);
        let other = &day.commands[*before];
        // A pipeline larger than its window lets others pass between its windows.
        let is_windowed = |command: &Command| {
            command.batch_len > day.config.limits.window as usize
                || command.batch_bytes > day.config.limits.window_bytes as usize
        };
        if *before > *ticket && (other.batch == command.batch || !(is_windowed(other) || is_windowed(command))) {
            return Err(format!(
                "{:?}: {} was first written behind {}, and nothing had happened to either",
                frame.link,
                command.show(*ticket),
                other.show(*before)
            ));
        }
        *before = (*before).max(*ticket);
    }
    Ok(())
}

pub(super) fn asking_only_after_ask(day: &Day) -> Checked {
    let mut asking: BTreeMap<u32, usize> = BTreeMap::new();
    // A script that was called by its hash and is not known goes to the same node as it is.
    let is_known = |one: &&Frame| {
        let line = one.answer.as_ref().and_then(|(_, value)| value.error());
        line.is_none_or(|line| code(line) != "NOSCRIPT")
    };
    for (index, frame) in day.frames.iter().enumerate() {
        let before = asking.remove(&frame.link.0);
        // It holds for all that stands between MULTI and EXEC.
        let is_in_unit = || {
            let before_it = day.frames[..index].iter().rev().filter(|one| one.link == frame.link);
            before_it.take_while(|one| one.what != What::Exec).any(|one| one.what == What::Multi)
        };
        if let Some(index) = before
            && (frame.what == What::Multi || (frame.what != What::Exec && is_in_unit()))
        {
            asking.insert(frame.link.0, index);
        }
        match (&frame.what, before) {
            (What::Multi | What::Exec, Some(_)) => {}
            (What::Asking, None) => {
                asking.insert(frame.link.0, index);
            }
            (What::Job(ticket, part), Some(_)) => {
                let command = &day.commands[*ticket];
                // A read that was lost on its way has not been answered since.
                let is_answered = |one: &&Frame| one.answer.as_ref().is_some_and(|(when, _)| *when < frame.sent);
                let last = day.frames_of(command, part).filter(is_answered).filter(is_known).last();
                let answer = last.and_then(|last| last.answer.as_ref());
                let line = answer.and_then(|(_, value)| value.error());
                let was_told = line.is_some_and(|line| code(line) == "ASK");
                if !was_told || last.and_then(|last| last.sent_to) != day.link(frame).node || !frame.asking {
                    return Err(format!(
                        "{} is behind ASKING on {:?}, and its last answer was {line:?}",
                        command.show(*ticket),
                        frame.link
                    ));
                }
            }
            (What::Job(ticket, part), None) => {
                let command = &day.commands[*ticket];
                let before = day.frames_of(command, part).take_while(|one| one.sent < frame.sent);
                let last = before.filter(is_known).last();
                let Some((when, value)) = last.and_then(|last| last.answer.as_ref()) else { continue };
                let is_told = value.error().is_some_and(|line| code(line) == "ASK") && *when < frame.sent;
                let is_there = last.is_some_and(|last| last.sent_to == day.link(frame).node && last.sent_to.is_some());
                let has_changed = day.maps.iter().any(|map| when < map && *map < frame.sent);
                // What a replica will not serve the primary is asked, whoever that is.
                if is_told && is_there && !has_changed && !command.reads_elsewhere() {
                    return Err(format!("{} was told {value:?}, and goes there without ASKING", command.show(*ticket)));
                }
            }
            (_, Some(_)) => return Err(format!("{:?}: ASKING, and then {:?}", frame.link, frame.what)),
            (_, None) => {}
        }
    }
    Ok(())
}

pub(super) fn ask_patches_nothing(day: &Day) -> Checked {
    for frame in day.frames.iter().filter(|frame| !frame.asking) {
        let What::Job(ticket, PartKey::Slot(slot) | PartKey::Step(Step { slot, .. })) = &frame.what else { continue };
        if day.commands[*ticket].reads_elsewhere() {
            continue;
        }
        // Nonsense keys have slots of their own, of which nobody keeps account.
        let Some(owners) = day.owners.get(slot) else { continue };
        let (command, port) = (&day.commands[*ticket], day.link(frame).address.port);
        let is_told = owners.iter().any(|(owner, when)| owner.port == port && *when < frame.sent);
        if !is_told && (matches!(command.options.route, Route::Table) || command.options.lane.is_some()) {
            return Err(format!(
                "{} goes to port {port}, which nobody has named the owner of slot {slot}",
                command.show(*ticket)
            ));
        }
    }
    Ok(())
}

pub(super) fn transaction_contiguous(day: &Day) -> Checked {
    let mut open: BTreeMap<u32, u64> = BTreeMap::new();
    for frame in &day.frames {
        match (&frame.what, open.get(&frame.link.0).copied()) {
            (What::Multi, None) => {
                open.insert(frame.link.0, frame.write);
            }
            (What::Exec, None) => return Err(format!("{:?}: EXEC without MULTI", frame.link)),
            (What::Exec, Some(write)) if write == frame.write => {
                open.remove(&frame.link.0);
            }
            (What::Job(..), Some(write)) if write == frame.write => {}
            (_, None) => {}
            (what, Some(_)) => return Err(format!("{:?}: {what:?} within a transaction", frame.link)),
        }
    }
    match open.keys().next() {
        Some(link) => Err(format!("link {link}: a transaction without an end")),
        None => Ok(()),
    }
}

/// What each session has watched, unit by unit: the ticket of the unit's first command, and of the WATCHes before it.
fn watched_units(day: &Day) -> Vec<(usize, Vec<usize>)> {
    let mut watches: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut units = Vec::new();
    for (ticket, command) in day.commands.iter().enumerate() {
        let Some(lane) = command.options.lane else { continue };
        let is_first = ticket == 0 || day.commands[ticket - 1].batch != command.batch;
        if command.words[0] == b"WATCH" {
            watches.entry(lane.0).or_default().push(ticket);
        } else if command.words[0].eq_ignore_ascii_case(b"UNWATCH") {
            watches.remove(&lane.0);
        } else if command.options.atomic && is_first {
            units.push((ticket, watches.remove(&lane.0).unwrap_or_default()));
        }
    }
    units
}

pub(super) fn watch_protects(day: &Day) -> Checked {
    let is_told = |ticket: &usize| {
        let told = day.commands[*ticket].outcome();
        told.is_some_and(|told| matches!(told.verdict, Verdict::Reply(_)))
    };
    for (unit, watches) in watched_units(day) {
        let Some(run) = day.runs_of(unit).find(|run| run.error.is_none()) else { continue };
        let watches = watches.into_iter().filter(is_told);
        for watch in watches {
            // It was answered on one connection, and there it holds.
            let Some(since) = day.runs_of(watch).last().map(|run| run.when) else { continue };
            let keys = &day.commands[watch].keys;
            let is_between =
                |other: &&Run| since < other.when && other.when < run.when && other.wrote && other.node == run.node;
            let foreign = day.runs.iter().filter(is_between).find(|other| {
                let is_there = |key: &&Vec<u8>| other.part == PartKey::Slot(slot_of(key)) && keys.contains(key);
                let other = &day.commands[other.ticket];
                other.batch != day.commands[unit].batch && other.keys.iter().any(|key| is_there(&key))
            });
            if let Some(other) = foreign {
                return Err(format!(
                    "{} ran at {:?} on {}, and {}, watched by {}, was written before that by {} at {:?}",
                    day.commands[unit].show(unit),
                    run.when,
                    run.node,
                    day.commands[other.ticket]
                        .keys
                        .iter()
                        .map(|key| key.escape_ascii().to_string())
                        .collect::<String>(),
                    day.commands[watch].show(watch),
                    day.commands[other.ticket].show(other.ticket),
                    other.when
                ));
            }
        }
    }
    Ok(())
}

impl Command {
    /// A write that may run twice because its caller said so.
    fn may_run_twice_as_write(&self) -> bool {
        self.writes && self.may_run_twice() && self.options.retry == Retry::Idempotent
    }
}

/// What was sent on after ASK, for `bounds`.
pub(super) fn hops(day: &Day, command: &Command, part: &PartKey) -> usize {
    let (mut hops, mut most) = (0, 0);
    for frame in day.frames_of(command, part) {
        match fate(day, frame, day.end) {
            Fate::Refused("MOVED" | "ASK") => hops += 1,
            // While a slot is half moved, new keys go from ASK to TRYAGAIN and back: the deadline bounds that (CONTRACT 2).
            Fate::Refused("TRYAGAIN") => hops = 0,
            Fate::Refused(_) | Fate::Answered(_) | Fate::NeverLeft | Fate::Lost | Fate::Open => {}
        }
        most = most.max(hops);
    }
    most
}
