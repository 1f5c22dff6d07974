//! Commands that were done step by step: what they told, against what became of what they moved.

use super::{
    facts::{Fate, fate, runs},
    ran::is_of_caller,
};
use crate::{
    model::slot_of,
    sim::{
        commands::content_of,
        day::{Command, Day, PartKey, Step, Verdict},
        recipes::is_recipe,
        resp::Value,
    },
};

type Checked = Result<(), String>;

fn recipes(day: &Day) -> impl Iterator<Item = (usize, &Command)> {
    day.commands.iter().enumerate().filter(|(_, command)| is_recipe(&command.words))
}

fn steps(command: &Command) -> impl Iterator<Item = (&PartKey, &Step)> {
    command.parts.keys().filter_map(|part| if let PartKey::Step(step) = part { Some((part, step)) } else { None })
}

/// What a recipe moves: what was put at its source, told as done, before it; and where each of it is at the end.
struct Moved<'d> {
    items: Vec<&'d [u8]>,
    source: &'d [u8],
    target: &'d [u8],
}

impl Moved<'_> {
    fn is_at(&self, place: &[u8], item: &[u8]) -> bool {
        place.windows(item.len()).any(|part| part == item)
    }

    fn all_at(&self, place: &[u8]) -> bool {
        self.items.iter().all(|item| self.is_at(place, item))
    }

    fn none_at(&self, place: &[u8]) -> bool {
        !self.items.iter().any(|item| self.is_at(place, item))
    }
}

/// `None` where nothing can be said of it: the source was not filled for sure and once, something that may run twice has, the
/// second time perhaps behind the recipe, or the cluster itself has lost some of it.
fn moved<'d>(day: &'d Day, ticket: usize, command: &'d Command) -> Option<Moved<'d>> {
    let is_lost = command.keys.iter().any(|key| {
        let slot = slot_of(key);
        day.torn.contains(&slot) || day.lost_keys.contains(key) || day.orphans.contains(&slot)
    });
    let is_its = |other: &&Command| other.keys.len() == 1 && other.keys[0] == command.keys[0];
    let filling = day.commands[..ticket].iter().rfind(is_its)?;
    let is_filled = matches!(filling.outcome()?.verdict, Verdict::Reply(_)) && filling.runs.len() == 1;
    let is_repeated = |other: &Command| other.runs.len() > 1 && other.keys.iter().any(|key| command.keys.contains(key));
    if is_lost || !is_filled || day.commands[..ticket].iter().any(is_repeated) {
        return None;
    }
    let at = |key: &Vec<u8>| day.values.get(key).map_or(&[][..], Vec::as_slice);
    Some(Moved { items: content_of(&filling.words), source: at(&command.keys[0]), target: at(&command.keys[1]) })
}

pub(super) fn nothing_is_lost(day: &Day) -> Checked {
    for (ticket, command) in recipes(day) {
        let Some(moved) = moved(day, ticket, command) else { continue };
        let is_anywhere = |item: &&&[u8]| moved.is_at(moved.source, item) || moved.is_at(moved.target, item);
        if let Some(item) = moved.items.iter().find(|item| !is_anywhere(item)) {
            let verdict = command.outcome().map(|told| &told.verdict);
            return Err(format!("{}: {} is nowhere, told {verdict:?}", command.show(ticket), item.escape_ascii()));
        }
    }
    Ok(())
}

pub(super) fn recipe_is_honest(day: &Day) -> Checked {
    for (ticket, command) in recipes(day) {
        let Some(told) = command.outcome() else { continue };
        let is_right = match &told.verdict {
            Verdict::Reply(value) => moved(day, ticket, command).is_none_or(|moved| is_done(command, value, &moved)),
            // An error that is the whole outcome is that of a step which changed nothing, and the first to go wrong.
            Verdict::NotExecuted { .. } | Verdict::ServerError { .. } => {
                is_unwritten(day, ticket, command)
                    && is_said(day, ticket, command, &told.verdict)
                    && is_of_caller(command, &told.verdict)
            }
            // A step that reads is unknown: behind one that writes it would be told which of those ran.
            Verdict::Unknown { .. } => {
                let is_lost = |part| day.frames_of(command, part).any(|frame| may_run(fate(day, frame, told.when)));
                is_unwritten(day, ticket, command) && steps(command).any(|(part, step)| !step.writes && is_lost(part))
            }
            Verdict::Partial(parts) => {
                let written: Vec<&str> =
                    steps(command).filter(|(_, step)| step.writes).map(|(_, step)| step.name.as_str()).collect();
                let shown: Vec<&str> = parts.iter().filter_map(|part| part.step.as_deref()).collect();
                // A step that failed before it was written is the last.
                let is_all = shown.starts_with(&written) && shown.len() <= written.len() + 1;
                is_all && parts.iter().any(|part| !matches!(part.verdict, Verdict::Reply(_)))
            }
        };
        if !is_right {
            let steps: Vec<_> = steps(command).map(|(_, step)| &step.name).collect();
            let moved = moved(day, ticket, command)
                .map(|moved| (moved.source.escape_ascii().to_string(), moved.target.escape_ascii().to_string()));
            return Err(format!(
                "{} was told {:?}; written were {steps:?}, and source and destination hold {moved:?}",
                command.show(ticket),
                told.verdict
            ));
        }
    }
    Ok(())
}

const fn may_run(fate: Fate<'_>) -> bool {
    matches!(fate, Fate::Lost | Fate::Open)
}

/// Whether none of the steps that write has changed anything, or may do so yet.
fn is_unwritten(day: &Day, ticket: usize, command: &Command) -> bool {
    let told = command.outcome().map(|told| told.when).unwrap_or_default();
    let is_idle = |part: &PartKey| {
        let ran = runs(day, ticket, part).any(|run| run.error.is_none());
        !ran && day.frames_of(command, part).all(|frame| !may_run(fate(day, frame, told)))
    };
    steps(command).filter(|(_, step)| step.writes).all(|(part, _)| is_idle(part))
        && moved(day, ticket, command).is_none_or(|moved| moved.all_at(moved.source))
}

/// Whether a server has said this line to one of the steps; that nothing was there a client can tell by itself.
fn is_said(day: &Day, ticket: usize, command: &Command, verdict: &Verdict) -> bool {
    let Verdict::ServerError { line, .. } = verdict else { return true };
    let answers =
        steps(command).flat_map(|(part, _)| day.frames_of(command, part)).filter_map(|frame| frame.answer.as_ref());
    // DUMP and PTTL say in their own ways that nothing is there.
    let is_nothing = |value: &Value| matches!(value, Value::Null | Value::Int(-2)) && line == "ERR no such key";
    let mut answers = answers.map(|(_, value)| value);
    let is_empty = moved(day, ticket, command).is_none();
    answers.any(|value| value.error() == Some(line) || (is_nothing(value) && is_empty))
}

/// Whether a reply says what is there at the end.
fn is_done(command: &Command, value: &Value, moved: &Moved<'_>) -> bool {
    let (source, target) = (moved.source, moved.target);
    match (command.words[0].as_slice(), value) {
        (b"RENAME", Value::Text(said)) => said == b"OK" && moved.all_at(target) && moved.none_at(source),
        (b"RENAMENX", Value::Int(1)) => moved.all_at(target) && moved.none_at(source),
        (b"COPY", Value::Int(1)) => moved.all_at(target) && moved.all_at(source),
        // Something was there.
        (b"RENAMENX" | b"COPY", Value::Int(0)) => moved.all_at(source) && moved.none_at(target) && !target.is_empty(),
        (b"LMOVE", Value::Text(item)) => moved.items.first() == Some(&item.as_slice()) && is_only(moved, item),
        (b"RPOPLPUSH", Value::Text(item)) => moved.items.last() == Some(&item.as_slice()) && is_only(moved, item),
        (b"SMOVE", Value::Int(1)) => is_only(moved, &command.words[3]),
        _ => false,
    }
}

/// Whether just this one has moved.
fn is_only(moved: &Moved<'_>, item: &[u8]) -> bool {
    moved.items.contains(&item)
        && moved.items.iter().all(|other| {
            let (is_here, is_there) = (moved.is_at(moved.source, other), moved.is_at(moved.target, other));
            if *other == item { is_there && !is_here } else { is_here && !is_there }
        })
}

pub(super) fn step_by_step(day: &Day) -> Checked {
    for (ticket, command) in recipes(day) {
        let mut before: Vec<(&PartKey, &Step)> = Vec::new();
        let mut ordered: Vec<(&PartKey, &Step)> = steps(command).collect();
        ordered.sort_by_key(|(_, step)| step.place);
        for (part, step) in ordered {
            let Some(first) = day.frames_of(command, part).next() else { continue };
            let is_open = |(earlier, _): &&(&PartKey, &Step)| {
                let mut frames = day.frames_of(command, earlier);
                !frames.any(|frame| matches!(fate(day, frame, first.sent), Fate::Answered(_)))
            };
            if let Some((_, earlier)) = before.iter().filter(|_| step.writes).find(is_open) {
                return Err(format!(
                    "{}: {} was written at {:?}, and {} had not been answered",
                    command.show(ticket),
                    step.name,
                    first.sent,
                    earlier.name
                ));
            }
            before.push((part, step));
        }
    }
    Ok(())
}
