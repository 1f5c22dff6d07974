//! What a command is: its row, its keys, its slot; or why it cannot be sent. Pure.

use alloc::{borrow::Cow, vec::Vec};

use super::{
    slot::Slot,
    table::{RowId, Table},
};
use crate::wire::request::Args;

/// One classified command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its row.
    pub row: RowId,
    /// Where it goes.
    pub target: Target,
    /// Whether it only reads (by the row; for SORT, BITFIELD, GEORADIUS without a write among the arguments too).
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
    /// One primary, any.
    Any,
    /// Each node.
    AllNodes,
    /// Each primary.
    AllPrimaries,
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
    /// Keys named by the caller, for commands that the table does not know.
    pub key_positions: Option<&'a [u32]>,
}

/// Classifies one command; `keys` is cleared and filled with the positions of its keys.
pub fn classify(table: &Table, args: Args<'_>, rules: Rules<'_>, keys: &mut Vec<u32>) -> Result<Class, Refusal> {
    let _ = (table, args, rules, keys);
    todo!("route")
}
