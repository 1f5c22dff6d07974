//! What can be concluded from the record about one frame at one moment.

use crate::sim::{
    day::{Command, Day, Frame, Moment, PartKey, Run},
    resp::Value,
};

/// What was known of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fate<'d> {
    /// Its whole answer was in.
    Answered(&'d Value),
    /// A refusal before execution.
    Refused(&'d str),
    /// Its last byte never left.
    NeverLeft,
    /// It may have run: the connection ended, or is open and silent.
    Lost,
    Open,
}

/// Codes of refusals that say by themselves that a command did not run, and that it may be sent again.
const REFUSALS: [&str; 12] = [
    "MOVED",
    "ASK",
    "TRYAGAIN",
    "CLUSTERDOWN",
    "MASTERDOWN",
    "LOADING",
    "READONLY",
    "BUSY",
    "NOAUTH",
    "UNBLOCKED",
    "EXECABORT",
    "NOSCRIPT",
];

/// Whether an error line says by its code that its command did not run, and may be sent again.
pub(in super::super) fn is_refusal(line: &str) -> bool {
    REFUSALS.contains(&code(line))
}

/// The first word of an error line.
pub(super) fn code(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

/// What was known of a frame before `by`.
pub(super) fn fate<'d>(day: &'d Day, frame: &'d Frame, by: Moment) -> Fate<'d> {
    if let Some((_, value)) = frame.answer.as_ref().filter(|(when, _)| *when < by) {
        return match value.error().map(code).filter(|code| REFUSALS.contains(code)) {
            Some(code) => Fate::Refused(code),
            None => Fate::Answered(value),
        };
    }
    match &day.link(frame).closed {
        Some((when, _, maybe_sent)) if *when < by => {
            if *maybe_sent < frame.end {
                Fate::NeverLeft
            } else {
                Fate::Lost
            }
        }
        _ => Fate::Open,
    }
}

/// The runs of one part.
pub(super) fn runs<'d>(day: &'d Day, ticket: usize, part: &'d PartKey) -> impl Iterator<Item = &'d Run> {
    day.runs_of(ticket).filter(move |run| run.part == *part)
}

/// The runs that count for order: all of a write, of a read the one whose reply was told.
pub(super) fn relevant<'d>(day: &'d Day, ticket: usize, command: &'d Command, part: &'d PartKey) -> Vec<&'d Run> {
    let all = runs(day, ticket, part);
    if command.writes {
        return all.collect();
    }
    let Some(told) = command.outcome() else { return Vec::new() };
    let last = day.frames_of(command, part).filter(|frame| frame.sent < told.when).last();
    let Some(last) = last.filter(|last| matches!(fate(day, last, told.when), Fate::Answered(_))) else {
        return Vec::new();
    };
    all.filter(|run| run.link == Some(last.link)).last().into_iter().collect()
}
