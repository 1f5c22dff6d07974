//! Outcomes against what ran, and what was written against both.

use slotpipe_core::port::{NotExecuted, Order, Route};

use super::facts::{Fate, fate, runs};
use crate::{
    model::slot_of,
    sim::{
        commands::tokens_in,
        day::{Command, Day, Moment, Part, PartKey, Verdict, What},
        fans::{Merge, merge},
        listeners::is_listening,
        recipes::is_recipe,
        resp::Value,
        scans::{is_page, page},
    },
};

type Checked = Result<(), String>;

/// Each part of each command that has been told, with what was told of it.
fn parts(day: &Day) -> impl Iterator<Item = (usize, &Command, &PartKey, &Verdict)> {
    day.commands.iter().enumerate().flat_map(|(ticket, command)| {
        command.parts.keys().filter_map(move |part| Some((ticket, command, part, command.verdict_of(part)?)))
    })
}

pub(super) fn exactly_one_outcome(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        if command.told.len() > 1 {
            return Err(format!("{} was told {:?}", command.show(ticket), command.told));
        }
    }
    for frame in &day.frames {
        if let What::Strange(what) = &frame.what {
            return Err(format!("{:?}: a request that nobody submitted: {what}", frame.link));
        }
    }
    Ok(())
}

pub(super) fn at_most_once(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        for part in command.parts.keys().filter(|part| !command.may_run_part_twice(part)) {
            let times: Vec<_> = runs(day, ticket, part).collect();
            if times.len() > 1 {
                return Err(format!("{} ran {} times: {times:?}", command.show(ticket), times.len()));
            }
        }
    }
    Ok(())
}

pub(super) fn ack_implies_executed(day: &Day) -> Checked {
    for (ticket, command, part, verdict) in parts(day) {
        let Verdict::Reply(value) = verdict else { continue };
        // A blocking command whose time was up did nothing, and where nothing is left of a scan nobody is asked.
        if (command.blocks.is_some() && *value == Value::Null) || is_end_of_scan(command, value) {
            continue;
        }
        let told = command.outcome().map(|told| told.when).unwrap_or_default();
        if !runs(day, ticket, part).any(|run| run.when < told && run.error.is_none()) {
            return Err(format!("{} was told {verdict:?}, and {part:?} of it had not run", command.show(ticket)));
        }
    }
    effects(day)
}

/// What was appended and acknowledged stands under its key, once; what was not executed does not.
fn effects(day: &Day) -> Checked {
    for (ticket, command, part, verdict) in parts(day) {
        let is_kept = matches!(command.words[0].as_slice(), b"APPEND" | b"RPUSH")
            && [b"}s", b"}l"].iter().any(|family| command.keys[0].windows(2).any(|two| two == *family));
        if !is_kept || day.torn.contains(&slot_of(&command.keys[0])) || day.lost_keys.contains(&command.keys[0]) {
            continue;
        }
        let value = day.values.get(&command.keys[0]).map_or(&[][..], Vec::as_slice);
        let count = tokens_in(value).filter(|token| *token == command.token).count();
        let is_lost = runs(day, ticket, part).any(|run| day.lost.contains(&run.log));
        let is_there = matches!(verdict, Verdict::Reply(_)) && !is_lost;
        if is_there && count == 0 {
            return Err(format!(
                "{} was told {verdict:?}, and its effect is not there at the end",
                command.show(ticket)
            ));
        }
        if count > 1 && !command.may_run_twice() {
            return Err(format!("{} has its effect {count} times", command.show(ticket)));
        }
    }
    Ok(())
}

pub(super) fn not_executed_is_true(day: &Day) -> Checked {
    for (ticket, command, part, verdict) in parts(day) {
        let is_told_so =
            matches!(verdict, Verdict::NotExecuted { .. } | Verdict::ServerError { may_have_run: false, .. });
        if !is_told_so {
            continue;
        }
        if let Some(run) = runs(day, ticket, part).next() {
            return Err(format!("{} was told {verdict:?}, and ran: {run:?}", command.show(ticket)));
        }
        let told = command.outcome().map(|told| told.when).unwrap_or_default();
        for frame in day.frames_of(command, part) {
            if matches!(fate(day, frame, told), Fate::Lost | Fate::Open) {
                return Err(format!("{} was told {verdict:?}, and {frame:?} may still run", command.show(ticket)));
            }
        }
        if !is_true_reason(day, ticket, command, part, verdict) {
            return Err(format!("{} was told {verdict:?}, which is not the reason", command.show(ticket)));
        }
    }
    Ok(())
}

/// Whether the caller's own doing that is told as the reason has happened: its time was up, or it had given up.
pub(super) fn is_of_caller(command: &Command, verdict: &Verdict) -> bool {
    let told = command.outcome().map(|told| told.when).unwrap_or_default();
    let is_late = !verdict.is_not_executed(NotExecuted::Expired) || told.at >= command.ends_at();
    is_late && (!verdict.is_not_executed(NotExecuted::Cancelled) || command.cancelled.is_some())
}

/// Whether what is told as the reason has happened.
fn is_true_reason(day: &Day, ticket: usize, command: &Command, part: &PartKey, verdict: &Verdict) -> bool {
    let told = command.outcome().map(|told| told.when).unwrap_or_default();
    // A unit stands or falls as one.
    let is_same =
        |other: &&Command| other.batch == command.batch && (other.options.atomic || other.token == command.token);
    let own: Vec<&Command> = day.commands.iter().filter(is_same).collect();
    // A unit counts as a write, whatever is in it.
    let writes = command.options.atomic || own.iter().any(|one| one.writes);
    let shares = |other: &Command| {
        let of_slot = command.options.order == Order::Slot && other.parts.keys().any(|key| key.meets(part));
        of_slot || own.iter().flat_map(|one| &one.keys).any(|key| other.keys.contains(key))
    };
    let is = |reason| verdict.is_not_executed(reason);
    if is(NotExecuted::Conflict) {
        let is_watch = |earlier: &&Command| {
            earlier.options.lane == command.options.lane && earlier.words[0] == b"WATCH" && earlier.outcome().is_some()
        };
        return command.options.lane.is_some() && day.commands[..ticket].iter().rev().any(|one| is_watch(&one));
    }
    if is(NotExecuted::WouldReorder) {
        // A later command that has run, or may have, where one of the two writes. The guard spans all callers, and what
        // a window has let in later is later, whatever its ticket.
        return day.commands.iter().any(|later| {
            // A script can have said whatever it was answered by: what looks like a refusal is none.
            let was_told_so = |key| {
                let may_have_run = matches!(
                    later.verdict_of(key),
                    Some(Verdict::Unknown { .. } | Verdict::ServerError { may_have_run: true, .. })
                );
                may_have_run && later.outcome().is_some_and(|outcome| outcome.when < told)
            };
            let may_have_run = |key| {
                day.frames_of(later, key).any(|frame| {
                    frame.sent < told && !matches!(fate(day, frame, told), Fate::Refused(_) | Fate::NeverLeft)
                })
            };
            let later_writes = |key: &PartKey| match key {
                PartKey::Step(step) => step.writes,
                PartKey::Slot(_) | PartKey::Node(_) | PartKey::Any => later.writes || later.options.atomic,
            };
            let mut met = later.parts.keys().filter(|key| key.meets(part));
            own.iter().all(|one| one.token != later.token)
                && shares(later)
                && met.any(|key| (writes || later_writes(key)) && (may_have_run(key) || was_told_so(key)))
        });
    }
    if is(NotExecuted::AfterUnknown) {
        return day.commands[..ticket].iter().rev().take_while(|earlier| earlier.batch == command.batch).any(
            |earlier| {
                let is_unknown = matches!(earlier.verdict_of(part), Some(Verdict::Unknown { .. }));
                is_unknown && earlier.writes && earlier.keys.iter().any(|key| command.keys.contains(key))
            },
        );
    }
    is_of_caller(command, verdict)
}

pub(super) fn replicas_by_wish(day: &Day) -> Checked {
    for run in day.runs.iter().filter(|run| run.at_replica && !run.late) {
        let command = &day.commands[run.ticket];
        let PartKey::Slot(slot) = run.part else { continue };
        // What is published is heard wherever that is done.
        if command.words[0].ends_with(b"PUBLISH") {
            continue;
        }
        let is_its = |other: &&Command| other.batch == command.batch && other.parts.contains_key(&run.part);
        let writer = day.commands.iter().filter(is_its).find(|other| other.writes);
        if !command.reads_elsewhere() || writer.is_some() {
            return Err(format!(
                "{} ran at {}, which is a replica, and slot {slot} is written by {:?} of its pipeline",
                command.show(run.ticket),
                run.node,
                writer.map(|writer| writer.token)
            ));
        }
    }
    Ok(())
}

pub(super) fn unknown_is_honest(day: &Day) -> Checked {
    for (ticket, command, part, verdict) in parts(day) {
        let Verdict::Unknown { attempts, message, .. } = verdict else { continue };
        let told = command.outcome().map(|told| told.when).unwrap_or_default();
        let written = day.frames_of(command, part).filter(|frame| frame.sent < told).count();
        if written == 0 || message.is_empty() {
            return Err(format!("{} was told {verdict:?}, and {part:?} of it was never written", command.show(ticket)));
        }
        let is_alone =
            command.parts.len() == 1 || matches!(command.outcome().map(|t| &t.verdict), Some(Verdict::Partial(_)));
        if is_alone && usize::try_from(*attempts) != Ok(written) {
            return Err(format!("{} was told {verdict:?}, and was written {written} times", command.show(ticket)));
        }
    }
    Ok(())
}

pub(super) fn no_needless_unknown(day: &Day) -> Checked {
    for (ticket, command, part, verdict) in parts(day) {
        let Verdict::Unknown { message, .. } = verdict else { continue };
        let told = command.outcome().map(|told| told.when).unwrap_or_default();
        let settled_at = command.outcome().map(|told| told.settled_at).unwrap_or_default();
        // A reply of the moment in which it was given up, behind its time, came after that: a lazy host asked later.
        let is_late = |(when, _): &(Moment, Value)| when.at >= settled_at.max(command.ends_at());
        let frames = day.frames_of(command, part);
        let fates: Vec<_> = frames
            .map(|frame| if frame.answer.as_ref().is_some_and(is_late) { Fate::Open } else { fate(day, frame, told) })
            .collect();
        if let Some(answered) = fates.iter().find(|fate| matches!(fate, Fate::Answered(_))) {
            return Err(format!("{} was told {verdict:?}, and it was {answered:?}", command.show(ticket)));
        }
        if !fates.iter().any(|fate| matches!(fate, Fate::Lost | Fate::Open)) {
            return Err(format!("{} was told {verdict:?}, and provably did not run: {fates:?}", command.show(ticket)));
        }
        // One that may not be sent again for another reason is as unknown as a write.
        let is_held_back =
            ["a later command of its keys", "it stands behind", "more than"].iter().any(|why| message.starts_with(why));
        if is_held_back {
            continue;
        }
        let has_time = command.deadline_ms.is_some_and(|ms| told.at < command.submitted.at + ms * 1_000);
        if !command.writes && command.may_repeat() && has_time && command.cancelled.is_none() {
            return Err(format!("{} is a read with time left, and was told {verdict:?}", command.show(ticket)));
        }
    }
    Ok(())
}

pub(super) fn partial_is_honest(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        // Of steps another rule speaks.
        let Some(told) = command.outcome().filter(|_| !is_recipe(&command.words)) else { continue };
        match &told.verdict {
            Verdict::Partial(parts) => {
                let mut slots: Vec<_> = parts.iter().filter_map(|part| part.slot).collect();
                slots.sort_unstable();
                let expected: Vec<_> = command.parts.keys().filter_map(|part| part.slot()).collect();
                if slots != expected {
                    return Err(format!("{} has the slots {expected:?}, and was told {parts:?}", command.show(ticket)));
                }
                if parts.len() < 2 || parts.iter().all(|part| matches!(part.verdict, Verdict::Reply(_))) {
                    return Err(format!("{}: nothing is partial in {parts:?}", command.show(ticket)));
                }
            }
            Verdict::Reply(value) if is_end_of_scan(command, value) => {}
            Verdict::Reply(_) => {
                for part in command.parts.keys() {
                    let last = day.frames_of(command, part).filter(|frame| frame.sent < told.when).last();
                    let fate = last.map(|frame| fate(day, frame, told.when));
                    if !matches!(fate, Some(Fate::Answered(value)) if value.error().is_none()) {
                        return Err(format!(
                            "{} was told a reply, and {part:?} of it is {fate:?}",
                            command.show(ticket)
                        ));
                    }
                }
            }
            Verdict::ServerError { .. } | Verdict::NotExecuted { .. } | Verdict::Unknown { .. } => {}
        }
    }
    Ok(())
}

pub(super) fn resend_legality(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        for part in command.parts.keys() {
            let frames: Vec<_> = day.frames_of(command, part).collect();
            let mut unauthenticated = 0;
            for (place, frame) in frames.iter().enumerate() {
                if let Some(told) = command.outcome().filter(|told| told.when < frame.sent) {
                    return Err(format!(
                        "{} was told {told:?}, and written after that: {frame:?}",
                        command.show(ticket)
                    ));
                }
                for earlier in &frames[..place] {
                    let fate = fate(day, earlier, frame.sent);
                    let is_legal = match fate {
                        Fate::Refused(_) | Fate::NeverLeft => true,
                        Fate::Lost => command.may_repeat_part(part),
                        Fate::Answered(_) | Fate::Open => false,
                    };
                    if !is_legal {
                        return Err(format!(
                            "{} was written on {:?} and again on {:?}, and the first time it was {fate:?}",
                            command.show(ticket),
                            earlier.link,
                            frame.link
                        ));
                    }
                }
                let is_pinned = matches!(command.options.route, Route::Node(_));
                let last = place.checked_sub(1).map(|before| fate(day, frames[before], frame.sent));
                unauthenticated += usize::from(last == Some(Fate::Refused("NOAUTH")));
                if unauthenticated > 1 || (is_pinned && matches!(last, Some(Fate::Refused("MOVED" | "ASK")))) {
                    return Err(format!("{} was sent again after {last:?}", command.show(ticket)));
                }
            }
        }
    }
    Ok(())
}

pub(super) fn right_reply(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        let is_elsewhere = is_listening(&command.words[0]) || is_recipe(&command.words);
        let Some(told) = command.outcome().filter(|_| !is_elsewhere) else { continue };
        let answer = |part: &PartKey| -> Option<Value> {
            let last = day.frames_of(command, part).filter(|frame| frame.sent < told.when).last()?;
            last.answer.as_ref().filter(|(when, _)| *when < told.when).map(|(_, value)| value.clone())
        };
        match &told.verdict {
            Verdict::Reply(value) => {
                let answers: Vec<(&PartKey, Value)> =
                    command.parts.keys().filter_map(|part| Some((part, answer(part)?))).collect();
                if is_page(&command.words) {
                    right_page(value, answers.first().map(|(_, said)| said))
                        .map_err(|what| format!("{}: {what}", command.show(ticket)))?;
                    continue;
                }
                let expected = merged(command, &answers);
                if expected.as_ref() != Some(value) {
                    return Err(format!("{} was told {value:?}, and it is {expected:?}", command.show(ticket)));
                }
                carries_its_token(command, value).map_err(|what| format!("{}: {what}", command.show(ticket)))?;
            }
            Verdict::ServerError { line, .. } => {
                let is_said =
                    command.parts.keys().any(|part| answer(part).is_some_and(|said| said.error() == Some(line)));
                if !is_said {
                    return Err(format!("{} was told {line:?}, which nobody said to it", command.show(ticket)));
                }
            }
            Verdict::Partial(parts) => {
                for Part { slot, verdict, .. } in parts {
                    let said = slot.and_then(|slot| answer(&PartKey::Slot(slot)));
                    let is_right = match verdict {
                        Verdict::Reply(value) => slot.is_none() || said.as_ref() == Some(value),
                        Verdict::ServerError { line, .. } => {
                            slot.is_none() || said.as_ref().and_then(Value::error) == Some(line)
                        }
                        Verdict::NotExecuted { .. } | Verdict::Unknown { .. } | Verdict::Partial(_) => true,
                    };
                    if !is_right {
                        return Err(format!(
                            "{}: {slot:?} was told {verdict:?}, and it is {said:?}",
                            command.show(ticket)
                        ));
                    }
                }
            }
            Verdict::NotExecuted { .. } | Verdict::Unknown { .. } => {}
        }
    }
    Ok(())
}

/// Whether this tells that nothing is left of a scan, and gives no keys.
fn is_end_of_scan(command: &Command, value: &Value) -> bool {
    is_page(&command.words) && page(value).is_some_and(|(cursor, keys)| cursor == b"0" && keys.is_empty())
}

/// A page gives keys that the server gave, in its order, and a cursor that says no more than whether this was all.
fn right_page(told: &Value, said: Option<&Value>) -> Checked {
    let Some((cursor, keys)) = page(told).filter(|(cursor, _)| matches!(*cursor, b"0" | b"1")) else {
        return Err(format!("{told:?} is no page"));
    };
    let mut said_keys = said.and_then(page).map(|(_, keys)| keys).unwrap_or_default().into_iter();
    match keys.iter().find(|key| !said_keys.any(|said| said == **key)) {
        Some(key) => Err(format!("{key:?} of the page {cursor:?} is not of {said:?}")),
        None => Ok(()),
    }
}

/// The one reply of a command from those of its parts, as the sim itself would merge them.
fn merged(command: &Command, answers: &[(&PartKey, Value)]) -> Option<Value> {
    if answers.len() != command.parts.len() || answers.iter().any(|(_, value)| value.error().is_some()) {
        return None;
    }
    if command.everywhere && !matches!(command.options.route, Route::Node(_)) {
        return everywhere(command, answers);
    }
    if let [(_, alone)] = answers {
        return Some(alone.clone());
    }
    match command.words[0].as_slice() {
        b"MSET" => answers.first().map(|(_, value)| value.clone()),
        b"DEL" | b"EXISTS" => {
            let numbers = answers.iter().map(|(_, value)| if let Value::Int(n) = value { Some(*n) } else { None });
            numbers.sum::<Option<i64>>().map(Value::Int)
        }
        b"MGET" => {
            let mut rest: Vec<(u16, std::vec::IntoIter<Value>)> = Vec::new();
            for (part, value) in answers {
                let Value::List(items) = value else { return None };
                rest.push((part.slot()?, items.clone().into_iter()));
            }
            let of_key = |key: &Vec<u8>| rest.iter_mut().find(|(slot, _)| *slot == slot_of(key))?.1.next();
            command.keys.iter().map(of_key).collect::<Option<Vec<_>>>().map(Value::List)
        }
        _ => None,
    }
}

/// The reply of a command that went to several nodes: one for all, or one for each by its name.
fn everywhere(command: &Command, answers: &[(&PartKey, Value)]) -> Option<Value> {
    let route = &command.options.route;
    if let Some(merge) = merge(&command.words).filter(|_| *route == Route::Table) {
        let said: Vec<&Value> = answers.iter().map(|(_, value)| value).collect();
        return merged_by_name(merge, &said, command.outcome().map(|told| &told.verdict));
    }
    let Some(Verdict::Reply(Value::List(told))) = command.outcome().map(|told| &told.verdict) else { return None };
    let is_right = told.len() == 2 * answers.len()
        && told.chunks(2).all(|pair| {
            answers.iter().any(|(part, value)| {
                matches!(part, PartKey::Node(address) if pair[0] == Value::Text(address.to_string().into_bytes()))
                    && pair[1] == *value
            })
        });
    is_right.then(|| Value::List(told.clone()))
}

/// The reply of a command that went to several nodes because of its name. Where the order is the core's, or the choice, what
/// was told, if it can be that.
fn merged_by_name(merge: Merge, said: &[&Value], told: Option<&Verdict>) -> Option<Value> {
    let number = |value: &Value| if let Value::Int(number) = value { Some(*number) } else { None };
    let items = |value: &Value| if let Value::List(items) = value { Some(items.clone()) } else { None };
    let lists = || said.iter().map(|value| items(value)).collect::<Option<Vec<Vec<Value>>>>();
    let Some(Verdict::Reply(told)) = told else { return None };
    let sorted = |mut items: Vec<Value>| {
        items.sort_by_key(|item| item.text().map(<[u8]>::to_vec));
        items
    };
    match merge {
        Merge::First => said.first().map(|value| (*value).clone()),
        Merge::Sum => said.iter().map(|value| number(value)).sum::<Option<i64>>().map(Value::Int),
        Merge::And => {
            let lists = lists()?;
            let is_one = |at: usize| lists.iter().all(|list| list.get(at) == Some(&Value::Int(1)));
            Some(Value::List((0..lists.first()?.len()).map(|at| Value::Int(is_one(at).into())).collect()))
        }
        Merge::Concat | Merge::Union => {
            let mut all = sorted(lists()?.concat());
            if merge == Merge::Union {
                all.dedup();
            }
            (sorted(items(told)?) == all).then(|| told.clone())
        }
        Merge::SumPairs => {
            let pairs = lists()?.concat();
            let names = items(told)?.into_iter().step_by(2);
            let sum = |name: &Value| {
                let own = pairs.chunks_exact(2).filter(|pair| pair[0] == *name);
                own.map(|pair| number(&pair[1])).sum::<Option<i64>>().map(Value::Int)
            };
            let told_names: Vec<Value> = names.collect();
            let is_named = |pair: &[Value]| told_names.contains(&pair[0]);
            let all = told_names.iter().map(|name| Some([name.clone(), sum(name)?])).collect::<Option<Vec<_>>>()?;
            pairs.chunks_exact(2).all(is_named).then(|| Value::List(all.concat()))
        }
        Merge::AnyNonNull => {
            let is_any =
                said.contains(&told) && (*told != Value::Null || said.iter().all(|value| **value == Value::Null));
            is_any.then(|| told.clone())
        }
    }
}

fn carries_its_token(command: &Command, value: &Value) -> Result<(), String> {
    let wanted = match command.words[0].as_slice() {
        b"ECHO" | b"PING" => &command.words[1],
        b"EVAL" => &command.words[4],
        _ => return Ok(()),
    };
    let is_there = if let Value::List(pairs) = value {
        pairs.iter().skip(1).step_by(2).all(|one| one.text() == Some(wanted))
    } else {
        value.text() == Some(wanted)
    };
    if is_there { Ok(()) } else { Err(format!("{value:?} is the reply of another")) }
}
