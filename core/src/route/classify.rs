//! What a command is: its row, its keys, its slot; or why it cannot be sent. Pure.
//!
//! Checks run from what is wrong whatever the cluster (no name, unknown name, too few arguments) to what is wrong on
//! it (refused commands, keys over several slots), so that the first complaint is the one to act on.

use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{
    command::{self, Blocks, Flags, Found, Keys, OnLane, Request, Row, Split},
    plan, recipe,
    slot::{Slot, hash_tag},
    table::{self, Lookup, RowId, Table},
};
use crate::wire::request::Args;

/// One classified command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its row; [`RowId::STRANGER`] where only the caller knows its keys.
    pub row: RowId,
    /// Where it goes.
    pub target: Target,
    /// Whether it changes nothing and so may be sent again (by the row; for SORT, BITFIELD, GEORADIUS without a write
    /// among the arguments too). A replica may answer it only if the row has [`Flags::READONLY`].
    pub readonly: bool,
    /// Whether keys may exist that were not found: it shares keys with every command of its slot.
    pub unknown_keys: bool,
}

/// Where a command goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The owner of one slot: all keys are there.
    Slot(Slot),
    /// Keys over several slots, and the row says how to cut.
    Split,
    /// Keys over several slots, and the caller asked for it step by step.
    Recipe(recipe::Kind),
    /// One primary, any.
    Any,
    /// Each node.
    AllNodes,
    /// Each primary.
    AllPrimaries,
    /// Each of the slots that the arguments name to its owner.
    Owners,
    /// The connections of its lane, a subscription.
    Subscription,
}

/// Why a command cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The table does not know the name; COMMAND INFO might.
    UnknownCommand,
    /// The caller's mistake: stable code and one sentence.
    Misuse {
        /// `EMPTY`, `ARITY`, `CROSSSLOT`, `KEYS`, `SUBCOMMAND`, or the code of the row's refusal.
        code: &'static str,
        /// What is wrong and what to do.
        message: Cow<'static, str>,
    },
}

/// What the caller asked for that bears on classification.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// Multi-key commands over several slots are refused, not cut.
    pub no_split: bool,
    /// Sent to chosen nodes: refusals that allow it are lifted, slots do not matter.
    pub at_node: bool,
    /// A single server without slots: several slots are no matter.
    pub standalone: bool,
    /// Other commands of one caller stand behind it: what may hold its connection is refused.
    pub pipeline: bool,
    /// Commands over several slots that have a recipe are done step by step.
    pub emulate: bool,
    /// On the connection of a lane: what that can bear is allowed.
    pub on_lane: OfLane,
    /// Between MULTI and EXEC.
    pub atomic: bool,
    /// Keys named by the caller, for commands that the table does not know.
    pub key_positions: Option<&'a [u32]>,
}

/// What kind of lane it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OfLane {
    /// None.
    #[default]
    None,
    /// One of a session.
    Session,
    /// One of a subscription or a scan.
    Other,
}

impl OfLane {
    const fn bears(self, what: OnLane) -> bool {
        match what {
            OnLane::Subscribes | OnLane::Scans => matches!(self, Self::Other),
            OnLane::Watches | OnLane::Waits => matches!(self, Self::Session),
        }
    }
}

/// Whether a command of this name may be refused whatever its keys are: for those that ask about each command.
pub fn may_be_refused(name: &[u8]) -> bool {
    table::find(name).is_some_and(|row| {
        let Row { flags, handling, .. } = row;
        handling.refusal.is_some() || flags.has(Flags::BLOCKING) || flags.has(Flags::CONTAINER)
    })
}

/// Classifies one command; `keys` is cleared and filled with the positions of its keys.
#[inline]
#[cfg_attr(slotpipe_shipped, optimize(speed))]
pub fn classify(table: &Table, args: Args<'_>, rules: Rules<'_>, keys: &mut Vec<u32>) -> Result<Class, Refusal> {
    keys.clear();
    if args.is_empty() {
        return Err(misuse("EMPTY", "a command needs at least its name"));
    }
    let id = match (table.lookup(args), rules.key_positions) {
        (Lookup::Known(id), _) => id,
        (Lookup::UnknownSubcommand(_) | Lookup::Unknown, Some(_)) => RowId::STRANGER,
        (Lookup::UnknownSubcommand(id), None) => return Err(unknown_subcommand(table.row(id), args)),
        (Lookup::Unknown, None) => return Err(Refusal::UnknownCommand),
    };
    let row = table.row(id);
    check_arity(row, args)?;
    check_refusal(row, args, rules)?;

    // Most commands have one key, right behind the name.
    if let (Keys::First, Some(key)) = (row.keys, args.at(1)) {
        keys.push(1);
        let target = Target::Slot(Slot::of(key));
        return Ok(Class { row: id, target, readonly: row.is_repeatable(args), unknown_keys: false });
    }
    by_keys(id, row, args, rules, keys)
}

/// A command with any keys.
#[inline(never)]
#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn by_keys(id: RowId, row: Row<'_>, args: Args<'_>, rules: Rules<'_>, keys: &mut Vec<u32>) -> Result<Class, Refusal> {
    if row.handling.subscribes() {
        // What it names may be in any number of slots, and nothing of it runs twice.
        return Ok(Class { row: id, target: Target::Subscription, readonly: true, unknown_keys: false });
    }
    let found = match rules.key_positions {
        Some(positions) if row.flags.has(Flags::NEEDS_KEYS) => named_keys(args, positions, keys)?,
        None if row.flags.has(Flags::NEEDS_KEYS) => return Err(needs_keys(row)),
        Some(_) | None => command::find_keys(row, args, keys),
    };
    if found == Found::Invalid {
        return Err(invalid_keys(row));
    }
    let target = match slots(args, keys) {
        Slots::None => without_keys(row, args),
        Slots::One(slot) => Target::Slot(slot),
        Slots::Several { first, .. } if rules.standalone || rules.at_node => Target::Slot(first),
        Slots::Several { .. } if !rules.no_split && may_split(row, args) => Target::Split,
        Slots::Several { .. } if let Some(kind) = row.handling.split.recipe().filter(|_| rules.emulate) => {
            if let Some(why) = recipe::refusal(kind, args) {
                return Err(misuse("CROSSSLOT", format!("{} over several slots: {why}", row.name)));
            }
            Target::Recipe(kind)
        }
        Slots::Several { first, other } => return Err(cross_slot(row, args, keys, (first, other), rules.no_split)),
    };
    Ok(Class { row: id, target, readonly: row.is_repeatable(args), unknown_keys: found == Found::Incomplete })
}

enum Slots {
    None,
    One(Slot),
    /// The slot of the first key, and the index among the keys of the first one elsewhere.
    Several {
        first: Slot,
        other: usize,
    },
}

fn slots(args: Args<'_>, keys: &[u32]) -> Slots {
    let slot_at = |at: &u32| Slot::of(args.at(*at as usize).unwrap_or_default());
    let Some((first, rest)) = keys.split_first() else { return Slots::None };
    let first = slot_at(first);
    match rest.iter().position(|at| slot_at(at) != first) {
        None => Slots::One(first),
        Some(at) => Slots::Several { first, other: at + 1 },
    }
}

fn without_keys(row: Row<'_>, args: Args<'_>) -> Target {
    match row.handling.request {
        Request::Any => Target::Any,
        Request::AllNodes => Target::AllNodes,
        Request::AllPrimaries => Target::AllPrimaries,
        // A number that is no slot goes anywhere: every node has the right error for it.
        Request::SlotArgument(at) => args
            .at(usize::from(at))
            .and_then(command::number)
            .and_then(|number| Slot::new(u16::try_from(number).ok()?))
            .map_or(Target::Any, Target::Slot),
        Request::Owners { at, step } => match plan::slots_named(args, at, step) {
            Some(_) => Target::Owners,
            None => Target::Any,
        },
    }
}

fn may_split(row: Row<'_>, args: Args<'_>) -> bool {
    match row.handling.split {
        Split::Never | Split::Recipe(_) => false,
        Split::Keys { .. } | Split::Groups { .. } => true,
        Split::Counted { .. } => {
            command::find_token(args, b"NX", 2).is_none() && command::find_token(args, b"XX", 2).is_none()
        }
    }
}

fn check_arity(row: Row<'_>, args: Args<'_>) -> Result<(), Refusal> {
    if !row.takes(args.len()) {
        return Err(wrong_arity(row, args.len()));
    }
    let Split::Groups { step } = row.handling.split else { return Ok(()) };
    if (args.len() - 1).is_multiple_of(usize::from(step)) {
        return Ok(());
    }
    let what = if step == 2 { "pairs of key and value" } else { "triples of key, path and value" };
    Err(misuse("ARITY", format!("{} takes {what}, and the last one is not whole: nothing was sent", row.name)))
}

fn check_refusal(row: Row<'_>, args: Args<'_>, rules: Rules<'_>) -> Result<(), Refusal> {
    if let Some(refusal) = row.handling.refusal {
        let is_lifted = rules.at_node && refusal.allowed_at_node
            || rules.standalone && refusal.allowed_standalone
            || refusal.on_lane.is_some_and(|what| rules.on_lane.bears(what))
            || refusal.lifted_by.is_some_and(|only| args.at(1) == Some(only.as_bytes()));
        if !is_lifted {
            return Err(misuse(refusal.code, refusal.message));
        }
    }
    if rules.pipeline && row.blocks(args) != Blocks::No { Err(misuse("BLOCKING", BLOCKING)) } else { Ok(()) }
}

fn named_keys(args: Args<'_>, positions: &[u32], keys: &mut Vec<u32>) -> Result<Found, Refusal> {
    if let Some(beyond) = positions.iter().find(|&&at| at as usize >= args.len()) {
        let last = args.len() - 1;
        return Err(misuse("KEYS", format!("key position {beyond} is behind the last argument, which is {last}")));
    }
    keys.extend_from_slice(positions);
    Ok(Found::All)
}

// What follows is off the hot path: complaints.

const BLOCKING: &str = "it may wait for long, and the rest of its pipeline with it: send it as a call of its own";

fn misuse(code: &'static str, message: impl Into<Cow<'static, str>>) -> Refusal {
    Refusal::Misuse { code, message: message.into() }
}

#[cold]
fn unknown_subcommand(row: Row<'_>, args: Args<'_>) -> Refusal {
    let name = row.name;
    match args.at(1) {
        None => misuse("SUBCOMMAND", format!("{name} needs a subcommand; `{name} HELP` lists them")),
        Some(subcommand) => misuse(
            "SUBCOMMAND",
            format!(
                "{name} has no subcommand `{}` in this client's table; name its keys (none is a list too) to send it all the same",
                shortened(subcommand)
            ),
        ),
    }
}

#[cold]
fn wrong_arity(row: Row<'_>, given: usize) -> Refusal {
    // The server counts the words of the name; people do not.
    let words = row.name.split(' ').count();
    // A row that a server told may count fewer than its name has.
    let wanted = usize::from(row.arity.unsigned_abs()).saturating_sub(words);
    let least = if row.arity < 0 { "at least " } else { "" };
    let count = |n: usize| match n {
        0 => String::from("no arguments"),
        1 => String::from("1 argument"),
        n => format!("{n} arguments"),
    };
    let given = given.saturating_sub(words);
    let wanted = count(wanted);
    misuse("ARITY", format!("{} takes {least}{wanted}, {given} given", row.name))
}

#[cold]
fn needs_keys(row: Row<'_>) -> Refusal {
    misuse("KEYS", format!("where the keys of {} are cannot be known: name their positions with the call", row.name))
}

#[cold]
fn invalid_keys(row: Row<'_>) -> Refusal {
    misuse(
        "KEYS",
        format!("the keys of {} cannot be found: its key count is no number or exceeds the arguments", row.name),
    )
}

#[cold]
fn cross_slot(
    row: Row<'_>,
    args: Args<'_>,
    keys: &[u32],
    (first_slot, other): (Slot, usize),
    no_split: bool,
) -> Refusal {
    let key = |index: usize| args.at(keys[index] as usize).unwrap_or_default();
    let (first, second) = (key(0), key(other));
    let (first_number, second_number) = (first_slot.number(), Slot::of(second).number());
    let tag = hash_tag(first);
    let advice = if tag.is_empty() || tag.contains(&b'}') {
        String::from("give them a common hash tag, {…}")
    } else {
        let tag = shortened(tag);
        let rest = if second.contains(&b'{') { "…".to_string() } else { shortened(second) };
        format!("put the hash tag {{{tag}}} into both names (`{{{tag}}}{rest}`)")
    };
    let why = if no_split && may_split(row, args) { "splitting is switched off" } else { "it runs on one node only" };
    let advice = match row.handling.split.recipe() {
        Some(_) => advice + "; or ask for it step by step, which is not atomic (emulate across slots)",
        None => advice,
    };
    misuse(
        "CROSSSLOT",
        format!(
            "keys `{}` (slot {first_number}) and `{}` (slot {second_number}) of {} are in different slots and {why}: {advice}",
            shortened(first),
            shortened(second),
            row.name
        ),
    )
}

/// At most forty characters of somebody's bytes, fit for a sentence.
fn shortened(bytes: &[u8]) -> String {
    const MOST: usize = 40;
    // Four bytes make at most one character less than four: enough to see whether something is cut.
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST * 4 + 4)]);
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
