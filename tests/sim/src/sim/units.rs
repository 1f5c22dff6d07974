//! Units in the record: what stands between MULTI and EXEC is answered when EXEC is.

use std::collections::BTreeMap;

use slotpipe_core::port::LinkId;

use super::{
    day::{PartKey, What},
    judge::is_refusal,
    resp::Value,
    world::World,
};

/// Units, each link's open one, and that of each frame of one.
#[derive(Debug, Default)]
pub(super) struct Units {
    all: Vec<Unit>,
    open: BTreeMap<LinkId, usize>,
    of_frame: BTreeMap<usize, usize>,
}

/// What was written between MULTI and EXEC.
#[derive(Debug, Default)]
struct Unit {
    asking: bool,
    jobs: Vec<usize>,
    /// MULTI was refused: its commands are answered one by one.
    apart: bool,
    refused: BTreeMap<usize, Value>,
}

/// Behind "EXECABORT Transaction discarded because of: ".
const BECAUSE: &str = "because of: ";

impl World {
    /// A frame that may be one of a unit's. Whether it is behind ASKING: with its unit.
    pub(super) fn note_unit(&mut self, link: LinkId, what: &What, index: usize, asking: bool, end: u64) -> bool {
        if *what == What::Multi {
            self.ledger.units.open.insert(link, self.ledger.units.all.len());
            self.ledger.units.all.push(Unit { asking, ..Unit::default() });
        }
        let Some(&number) = self.ledger.units.open.get(&link) else { return asking };
        self.ledger.units.of_frame.insert(index, number);
        let unit = &mut self.ledger.units.all[number];
        match what {
            What::Job(..) => {
                unit.jobs.push(index);
                return unit.asking;
            }
            What::Exec => {
                self.ledger.units.open.remove(&link);
                // Without its EXEC nothing of it runs.
                for &job in &unit.jobs {
                    self.day.frames[job].end = end;
                }
            }
            What::Multi | What::Asking | What::Own(_) | What::Listens(..) | What::Strange(_) => {}
        }
        asking
    }

    /// The answer to a frame of a unit. Says whether it is no answer for the command yet.
    pub(super) fn note_unit_answer(&mut self, index: usize, value: &Value) -> bool {
        let Some(&number) = self.ledger.units.of_frame.get(&index) else { return false };
        let unit = &mut self.ledger.units.all[number];
        match self.day.frames[index].what {
            What::Multi => unit.apart = value.error().is_some(),
            What::Job(..) if !unit.apart => {
                if value.error().is_some() {
                    unit.refused.insert(index, value.clone());
                }
                return true;
            }
            What::Exec if !unit.apart => {
                let jobs = unit.jobs.clone();
                if !jobs.is_empty() {
                    *(if value.error().is_none() { &mut self.probes.units } else { &mut self.probes.refused_units }) +=
                        1;
                }
                let refused = std::mem::take(&mut unit.refused);
                let first = refused.values().next().and_then(Value::error).or(value.error()).unwrap_or("EXECABORT");
                let cause = first.split_once(BECAUSE).map_or(first, |(_, cause)| cause).to_owned();
                let is_passing = is_refusal(&cause) && jobs.first().is_none_or(|&job| self.is_about(&cause, job));
                for (place, job) in jobs.into_iter().enumerate() {
                    let own = match (value, refused.get(&job)) {
                        (Value::List(items), _) => items.get(place).cloned().unwrap_or(Value::Null),
                        (_, Some(own)) if !is_passing => own.clone(),
                        (_, _) => Value::Error(cause.clone()),
                    };
                    self.note_answer_of(job, own);
                }
            }
            What::Job(..) | What::Exec | What::Asking | What::Own(_) | What::Listens(..) | What::Strange(_) => {}
        }
        false
    }

    /// Whether a redirect names the slot of this frame. One that names another is a lie, and an answer like any other.
    fn is_about(&self, line: &str, frame: usize) -> bool {
        let What::Job(_, PartKey::Slot(slot)) = &self.day.frames[frame].what else { return true };
        let mut words = line.split(' ');
        !matches!(words.next(), Some("MOVED" | "ASK")) || words.next() == Some(slot.to_string().as_str())
    }
}
