//! Which commands may stand together in a unit, or on the connection of a session. Pure.

use alloc::{borrow::Cow, format};

use super::{
    classify::{Rules, Target},
    command::{Flags, Row},
    slot::Slot,
};
use crate::port::Route;

/// The commands so far.
#[derive(Debug)]
pub(crate) struct Bound {
    slot: Option<Slot>,
    /// The slot is the session's, not that of a command before.
    is_given: bool,
    /// Any slot will do: a single server, or a node that the caller chose.
    is_free: bool,
    /// It is a unit: what has no key would run wherever the others are.
    needs_keys: bool,
    is_everywhere: bool,
}

impl Bound {
    pub(crate) fn new(rules: Rules<'_>, route: &Route) -> Self {
        let given = match route {
            Route::Slot(slot) => Slot::new(*slot),
            Route::Table | Route::Node(_) | Route::Primaries | Route::Replicas | Route::All | Route::Nodes(_) => None,
        };
        Self {
            slot: given,
            is_given: given.is_some(),
            is_free: rules.standalone || matches!(route, Route::Node(_)),
            needs_keys: rules.atomic,
            is_everywhere: matches!(route, Route::Primaries | Route::Replicas | Route::All | Route::Nodes(_)),
        }
    }

    /// The one slot of all keys, if there are any.
    pub(crate) const fn slot(&self) -> Option<Slot> {
        self.slot
    }

    /// Takes one more; or why it cannot be: a code and a sentence.
    pub(crate) fn take(&mut self, row: Row<'_>, target: Target) -> Result<(), (&'static str, Cow<'static, str>)> {
        if self.is_everywhere {
            return Err(("ROUTE", "a unit runs on one node: choose one, or none".into()));
        }
        // Published anywhere it is heard everywhere.
        if row.flags.has(Flags::CHANNEL) && row.name == "PUBLISH" {
            return Ok(());
        }
        match target {
            Target::Slot(slot) => match self.slot {
                Some(other) if other != slot && !self.is_free => Err(("CROSSSLOT", self.elsewhere(slot, other).into())),
                Some(_) => Ok(()),
                None => {
                    self.slot = Some(slot);
                    Ok(())
                }
            },
            _ if self.is_free || !self.needs_keys => Ok(()),
            Target::Any => Err((
                "KEYLESS",
                format!(
                    "{} has no key, and a unit of a cluster runs where its keys are: send it outside of the unit",
                    row.name
                )
                .into(),
            )),
            Target::Split
            | Target::Recipe(_)
            | Target::AllNodes
            | Target::AllPrimaries
            | Target::Owners
            | Target::Subscription => Err((
                "KEYLESS",
                format!("{} concerns several nodes, and a unit runs on one: send it outside of the unit", row.name)
                    .into(),
            )),
        }
    }

    fn elsewhere(&self, slot: Slot, other: Slot) -> alloc::string::String {
        let (slot, other) = (slot.number(), other.number());
        let what = if self.is_given { "the session is on" } else { "the commands before it are in" };
        format!("its key is in slot {slot} and {what} slot {other}: all keys need one hash tag, {{…}}")
    }
}
