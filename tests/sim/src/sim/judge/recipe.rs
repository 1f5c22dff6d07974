//! Commands that were done step by step: what they told, against what became of what they moved.

use super::{
    facts::{Fate, fate, runs},
    many::{Combined, SetTogether},
    ran::is_of_caller,
};
use crate::{
    model::slot_of,
    sim::{
        commands::{content_of, original_of},
        day::{Command, Day, Part, PartKey, Step, Verdict},
        many::{is_of_many, is_of_sets},
        recipes::{copies, is_recipe},
        resp::Value,
        world::SETTLED_US,
    },
};

type Checked = Result<(), String>;

fn recipes(day: &Day) -> impl Iterator<Item = (usize, &Command)> {
    day.commands.iter().enumerate().filter(|(_, command)| is_recipe(&command.words))
}

fn steps(command: &Command) -> impl Iterator<Item = (&PartKey, &Step)> {
    command.parts.keys().filter_map(|part| if let PartKey::Step(step) = part { Some((part, step)) } else { None })
}

/// What is under the keys of a recipe at the end, against what was there before it.
enum Left<'d> {
    Moved(Moved<'d>),
    SetTogether(SetTogether<'d>),
    Combined(Combined<'d>),
}

impl Left<'_> {
    /// What should be somewhere, and is not.
    fn missing(&self) -> Option<&[u8]> {
        match self {
            Self::Moved(moved) => moved.missing(),
            Self::SetTogether(set) => set.missing(),
            Self::Combined(combined) => combined.missing(),
        }
    }

    /// Whether it is all as it was.
    fn is_untouched(&self) -> bool {
        match self {
            Self::Moved(moved) => moved.all_at(moved.source),
            Self::SetTogether(set) => set.is_untouched(),
            Self::Combined(combined) => combined.is_untouched(),
        }
    }

    /// Whether a reply says what is there.
    fn is_done(&self, command: &Command, value: &Value) -> bool {
        match self {
            Self::Moved(moved) => is_done(command, value, moved),
            Self::SetTogether(set) => set.is_done(value),
            Self::Combined(combined) => combined.is_done(value),
        }
    }

    /// Whether that is there which its steps say.
    fn is_as_told(&self, parts: &[Part]) -> bool {
        match self {
            Self::Moved(_) => true,
            Self::SetTogether(set) => set.is_as_told(parts),
            Self::Combined(combined) => combined.is_as_told(parts),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Moved(moved) => format!("{} and {}", moved.source.escape_ascii(), moved.target.escape_ascii()),
            Self::SetTogether(set) => format!("{set:?}"),
            Self::Combined(combined) => format!("{combined:?}"),
        }
    }
}

/// `None` where nothing can be said of it: what was there before is not known for sure, something that may run twice has, the
/// second time perhaps behind the recipe, or the cluster itself has lost some of it.
fn left<'d>(day: &'d Day, ticket: usize, command: &'d Command) -> Option<Left<'d>> {
    let is_repeated = |other: &Command| other.runs.len() > 1 && other.keys.iter().any(|key| command.keys.contains(key));
    if command.keys.iter().any(|key| is_lost(day, key)) || day.commands[..ticket].iter().any(is_repeated) {
        return None;
    }
    if is_of_sets(&command.words) {
        return Combined::new(day, ticket, command).map(Left::Combined);
    }
    if is_of_many(&command.words) {
        return Some(Left::SetTogether(SetTogether::new(day, command)));
    }
    moved(day, ticket, command).map(Left::Moved)
}

/// Whether the cluster itself has lost what is under a key, or under a copy of it, or has it in two places.
fn is_lost(day: &Day, key: &[u8]) -> bool {
    let slot = slot_of(key);
    let is_gone = || day.lost_keys.iter().any(|lost| original_of(lost) == original_of(key));
    day.torn.contains(&slot) || day.orphans.contains(&slot) || is_gone()
}

/// What a recipe moves: what was put at its source, told as done, before it; and where each of it is at the end.
struct Moved<'d> {
    items: Vec<&'d [u8]>,
    source: &'d [u8],
    target: &'d [u8],
    /// Whether what has gone whole ends when it was to end; or does not, if it was not to.
    keeps_its_end: bool,
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

    fn missing(&self) -> Option<&[u8]> {
        let is_anywhere = |item: &[u8]| self.is_at(self.source, item) || self.is_at(self.target, item);
        self.items.iter().copied().find(|item| !is_anywhere(item))
    }
}

fn moved<'d>(day: &'d Day, ticket: usize, command: &'d Command) -> Option<Moved<'d>> {
    let is_filling = |other: &&Command| other.keys == command.keys[..1] && other.words[0] != b"PEXPIRE";
    let filling = day.commands[..ticket].iter().rfind(is_filling)?;
    let is_filled = matches!(filling.outcome()?.verdict, Verdict::Reply(_)) && filling.runs.len() == 1;
    let at = |key: &Vec<u8>| day.values.get(key).map_or(&[][..], Vec::as_slice);
    is_filled.then(|| Moved {
        items: content_of(&filling.words),
        source: at(&command.keys[0]),
        target: at(&command.keys[1]),
        keeps_its_end: keeps_its_end(day, ticket, command),
    })
}

/// What was to end ends then where it has gone, no earlier, and no later than the command took.
fn keeps_its_end(day: &Day, ticket: usize, command: &Command) -> bool {
    const ROUNDED_US: u64 = 1_000;
    let is_ending = |other: &&Command| other.keys == command.keys[..1] && other.words[0] == b"PEXPIRE";
    let end = day.ends.get(&command.keys[1]);
    let Some(ending) = day.commands[..ticket].iter().find(is_ending) else { return end.is_none() };
    let (Some(told), Some(done)) = (ending.outcome(), command.outcome()) else { return true };
    let ms = ending.words.last().and_then(|ms| std::str::from_utf8(ms).ok()?.parse::<u64>().ok());
    match (&told.verdict, ending.runs.as_slice(), ms) {
        // It came when nothing was there yet.
        (Verdict::Reply(Value::Int(0)), ..) => end.is_none(),
        (Verdict::Reply(_), [run], Some(ms)) => {
            let first = day.runs[*run].when.at + ms * 1_000 - ROUNDED_US;
            let took = done.when.at - command.submitted.at;
            end.is_some_and(|end| (first..=first + took + 2 * ROUNDED_US).contains(end))
        }
        _ => true,
    }
}

pub(super) fn nothing_is_lost(day: &Day) -> Checked {
    for (ticket, command) in recipes(day) {
        let Some(left) = left(day, ticket, command) else { continue };
        if let Some(item) = left.missing() {
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
            Verdict::Reply(value) => left(day, ticket, command).is_none_or(|left| left.is_done(command, value)),
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
                let written = steps(command).filter(|(_, step)| step.writes).map(|(_, step)| step.name.as_str());
                is_shown(parts, &written.collect::<Vec<_>>())
                    && parts.iter().any(falls_short)
                    && left(day, ticket, command).is_none_or(|left| left.is_as_told(parts))
            }
        };
        if !is_right {
            let steps: Vec<_> = steps(command).map(|(_, step)| &step.name).collect();
            let left = left(day, ticket, command).map(|left| left.show());
            return Err(format!(
                "{} was told {:?}; written were {steps:?}, and its keys hold {left:?}",
                command.show(ticket),
                told.verdict
            ));
        }
    }
    Ok(())
}

/// Whether each step that was written is told, in order. What was never written stands behind: of a stage that was not over.
fn is_shown(parts: &[Part], written: &[&str]) -> bool {
    let shown: Vec<&str> = parts.iter().filter_map(|part| part.step.as_deref()).collect();
    let is_left_out = |part: &Part| matches!(part.verdict, Verdict::NotExecuted { .. });
    shown.len() == parts.len()
        && shown.starts_with(written)
        && parts[written.len()..].iter().all(is_left_out)
        && (shown.len() <= written.len() + 1 || shown[written.len()..].iter().all(|step| is_copying(step)))
}

/// Whether a step is no reason to go on. A key of MSETNX that has come meanwhile is one to stop.
fn falls_short(part: &Part) -> bool {
    let sets = part.step.as_ref().is_some_and(|step| step.starts_with("MSETNX "));
    let Verdict::Reply(value) = &part.verdict else { return true };
    sets && *value == Value::Int(0)
}

/// Whether a step makes a copy for the command itself.
fn is_copying(step: &str) -> bool {
    step.starts_with("RESTORE ") && is_of_copy(step)
}

/// Whether it deletes these.
fn is_tidying(step: &str) -> bool {
    step.starts_with("DEL ") && is_of_copy(step)
}

fn is_of_copy(step: &str) -> bool {
    original_of(step.as_bytes()).len() < step.len()
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
        && left(day, ticket, command).is_none_or(|left| left.is_untouched())
}

/// Whether a server has said this line to one of the steps; that nothing was there a client can tell by itself.
fn is_said(day: &Day, ticket: usize, command: &Command, verdict: &Verdict) -> bool {
    let Verdict::ServerError { line, .. } = verdict else { return true };
    let answers =
        steps(command).flat_map(|(part, _)| day.frames_of(command, part)).filter_map(|frame| frame.answer.as_ref());
    // DUMP and PTTL say in their own ways that nothing is there.
    let is_nothing = |value: &Value| matches!(value, Value::Null | Value::Int(-2)) && line == "ERR no such key";
    let mut answers = answers.map(|(_, value)| value);
    let is_empty = left(day, ticket, command).is_none();
    answers.any(|value| value.error() == Some(line) || (is_nothing(value) && is_empty))
}

/// Whether a reply says what is there at the end.
fn is_done(command: &Command, value: &Value, moved: &Moved<'_>) -> bool {
    let (source, target) = (moved.source, moved.target);
    match (command.words[0].as_slice(), value) {
        (b"RENAME", Value::Text(said)) => said == b"OK" && has_gone(moved) && moved.none_at(source),
        (b"RENAMENX", Value::Int(1)) => has_gone(moved) && moved.none_at(source),
        (b"COPY", Value::Int(1)) => has_gone(moved) && moved.all_at(source),
        // Something was there.
        (b"RENAMENX" | b"COPY", Value::Int(0)) => moved.all_at(source) && moved.none_at(target) && !target.is_empty(),
        (b"LMOVE", Value::Text(item)) => moved.items.first() == Some(&item.as_slice()) && is_only(moved, item),
        (b"RPOPLPUSH", Value::Text(item)) => moved.items.last() == Some(&item.as_slice()) && is_only(moved, item),
        (b"SMOVE", Value::Int(1)) => is_only(moved, &command.words[3]),
        _ => false,
    }
}

/// Whether all of it is there now, and for as long as it was to be.
fn has_gone(moved: &Moved<'_>) -> bool {
    moved.all_at(moved.target) && moved.keeps_its_end
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
            let is_open = |(earlier, before): &&(&PartKey, &Step)| {
                let goes_on = |frame| goes_on(before, step, fate(day, frame, first.sent));
                // Copies are made all at once.
                let is_beside = is_copying(&before.name) && is_copying(&step.name);
                !is_beside && !day.frames_of(command, earlier).any(goes_on)
            };
            if let Some((_, earlier)) = before.iter().filter(|_| step.writes).find(is_open) {
                return Err(format!(
                    "{}: {} was written at {:?}, and {} had not been answered, or not so that it goes on",
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

/// Whether what became of a step lets a later one follow. Copies are deleted whatever was answered.
fn goes_on(step: &Step, later: &Step, fate: Fate<'_>) -> bool {
    let is_end = is_tidying(&later.name);
    match fate {
        Fate::Answered(answer) => match step.name.split(' ').next() {
            Some("EXISTS") => *answer == Value::Int(0),
            Some("MSETNX") => *answer == Value::Int(1),
            _ => is_end || answer.error().is_none(),
        },
        Fate::Refused(_) => is_end,
        Fate::NeverLeft | Fate::Lost | Fate::Open => false,
    }
}

pub(super) fn copies_end(day: &Day) -> Checked {
    let settled = day.healed.map_or(u64::MAX, |healed| healed.at + SETTLED_US);
    for (ticket, command) in recipes(day) {
        let told = command.outcome().map(|told| &told.verdict);
        let is_answered = |frame| matches!(fate(day, frame, day.end), Fate::Answered(Value::Int(_)));
        let is_deleted =
            |(part, step): (_, &Step)| is_tidying(&step.name) && day.frames_of(command, part).any(is_answered);
        // What went as it should, with nothing in its way, has tidied up.
        let is_calm = command.submitted.at >= settled && matches!(told, Some(Verdict::Reply(_)));
        let is_over = is_calm || steps(command).any(is_deleted);
        let stays = |copy: &Vec<u8>| {
            day.values.contains_key(copy) && !is_lost(day, copy) && (is_over || !day.ends.contains_key(copy))
        };
        if let Some(copy) = copies(command).find(stays) {
            return Err(format!("{}: {} is still there, told {told:?}", command.show(ticket), copy.escape_ascii()));
        }
    }
    Ok(())
}
