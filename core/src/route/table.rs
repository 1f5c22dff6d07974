//! The command table: the generated rows, and those that were learned from a server by COMMAND INFO.

use alloc::{borrow::Cow, vec::Vec};

use super::command::Row;
use crate::wire::request::Args;

/// Index of a row; learned rows follow the generated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId(pub u16);

/// Generated rows plus learned ones.
#[derive(Debug, Default)]
pub struct Table {
    learned: Vec<Row>,
}

/// What a command's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This row.
    Known(RowId),
    /// A container (`CLUSTER`) with a missing or unknown subcommand.
    UnknownSubcommand(RowId),
    /// No such name: ask a server.
    Unknown,
}

impl Table {
    /// Finds the row of a command by its first argument (and second, for containers), any case.
    pub fn lookup(&self, args: Args<'_>) -> Lookup {
        let _ = args;
        todo!("route")
    }

    /// The row behind an id.
    pub fn row(&self, id: RowId) -> &Row {
        let _ = (id, &self.learned);
        todo!("route")
    }

    /// Adds a row learned from a server; replaces an earlier learned one of that name.
    pub fn learn(&mut self, row: Row) -> RowId {
        let _ = row;
        todo!("route")
    }
}

/// Reads one element of a COMMAND INFO reply (RESP2 or RESP3) into rows: the command and its subcommands. `None` for
/// a null element or one that does not have that form.
pub fn read_command_info<'b>(words: &[u32], bytes: &dyn Fn(crate::wire::tape::Leaf) -> &'b [u8]) -> Option<Vec<Row>> {
    let _ = (words, bytes, Cow::Borrowed(""));
    todo!("route")
}
