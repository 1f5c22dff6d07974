//! Commands that are done step by step: each step is a job like any other, and what comes next says
//! [`crate::route::recipe`]. All steps of a command are the parts of one gather.

use alloc::{boxed::Box, string::String, vec::Vec};

use bytes::Bytes;

use super::{
    Cluster,
    admit::{Reading, left_ms, own_left_ms},
    launch::part,
    settle::{write_ended, write_part},
};
use crate::{
    broken::broken,
    flight::{
        Ended, Part, Step,
        answer::At,
        ledger::{Cooking, Course, Facts, Gather, Job, NO_SLOT},
    },
    port::{OutcomeKind, Ran, SubmitOptions},
    route::{
        classify::Target,
        recipe::{Heard, Kind, Next, Recipe, Whole},
    },
    wire::{
        request::{Args, Requests},
        shape::Shape,
        tape::tag,
    },
};

/// A copy lives so long at least: no step is late by more.
const KEEP_MS: u64 = 3_600_000;

impl Cluster {
    /// Begins a command whose keys are in several slots.
    pub(super) fn start_recipe(&mut self, job: Job, kind: Kind) {
        let bytes = self.ledger.bytes(job.source).clone();
        let (mut spans, mut keys) = (Vec::new(), Vec::new());
        let Some(Ok(_)) = Requests::new(&bytes, job.start as usize).next(&mut spans) else { return };
        let args = Args::new(&bytes, &spans);
        crate::route::command::find_keys(self.table.row(job.row), args, &mut keys);
        let args = args.iter().map(|arg| bytes.slice_ref(arg)).collect();
        let salt = u64::from(self.random.below(u32::MAX)) << 32 | u64::from(self.random.below(u32::MAX));
        let keep_ms = KEEP_MS.max(left_ms(job.deadline, self.now).min(1 << 40).saturating_mul(2));
        let recipe = Recipe::new(kind, args, keys, salt, keep_ms);
        if let Some(batch) = self.ledger.batch_mut(job.batch) {
            batch.cooking = true;
        }
        let course = Course::Recipe(Box::new(Cooking { recipe, job, stage: 0 }));
        let gather = self.open_gather(&job, course, job.shape, Vec::new());
        self.goes_on(gather);
    }

    /// The steps of a stage have ended: whether there is more to come. A recipe that is over has been told to the caller.
    pub(super) fn goes_on(&mut self, index: u32) -> bool {
        let Some(gather) = self.ledger.gather_mut(index) else { return false };
        let Course::Recipe(cooking) = &mut gather.course else { return false };
        let heard: Vec<Heard<'_>> = gather.parts[cooking.stage..].iter().map(heard).collect();
        // What a blocking command has for its other steps.
        let left_ms = own_left_ms(cooking.job.deadline, self.now);
        let next = cooking.recipe.next(&heard, left_ms);
        let job = cooking.job;
        cooking.stage = gather.parts.len();
        match next {
            Next::Steps(steps) => {
                self.start_steps(index, job, &steps);
                return true;
            }
            Next::Whole(whole) => self.tell_whole(index, &whole),
            Next::Failed | Next::Stuck => self.tell_failure(index),
        }
        if let Some(batch) = self.ledger.batch_mut(job.batch) {
            batch.cooking = false;
        }
        false
    }

    /// Whether a job is a step of a recipe.
    pub(super) fn is_step(&self, job: &Job) -> bool {
        self.ledger.gather(job.gather).is_some_and(|gather| matches!(gather.course, Course::Recipe(_)))
    }

    fn start_steps(&mut self, index: u32, job: Job, steps: &[Vec<u8>]) {
        let (bytes, options) = (Bytes::from(steps.concat()), SubmitOptions::default());
        let (mut reading, mut prepared) = (Reading::new(&bytes, 0, &options), Vec::new());
        let mut parts = Vec::new();
        while let Some(Ok(())) = self.prepare(&mut reading, &mut prepared) {
            let args = Args::new(&bytes, &self.scratch.spans);
            let text = |at: usize| String::from_utf8_lossy(args.at(at).unwrap_or_default()).into_owned();
            let is_write = prepared.last().is_some_and(|one| !one.facts.has(Facts::READONLY));
            let step = Some(Step { name: [text(0), text(1)].join(" "), is_write });
            let slot = prepared.last().and_then(|one| match one.target {
                Target::Slot(slot) => Some(slot.number()),
                Target::Split | Target::Recipe(_) | Target::Any | Target::Subscription => None,
                Target::AllNodes | Target::AllPrimaries | Target::Owners => None,
            });
            parts.push(Part { step, ..part(slot, Vec::new()) });
        }
        let source = self.ledger.keep(bytes.clone());
        let Some(gather) = self.ledger.gather_mut(index) else { return };
        let first = u32::try_from(gather.parts.len()).unwrap_or(u32::MAX);
        let slots: Vec<u16> = parts.iter().map(|part| part.slot.unwrap_or(NO_SLOT)).collect();
        gather.open = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        gather.parts.extend(parts);
        // The deadline may have passed while the last reply was read.
        self.arm(job.batch, job.deadline);
        for ((part, one), slot) in (first..).zip(&prepared).zip(slots) {
            let (start, len, row, facts) = (one.start, one.len, one.row, one.facts);
            let shape = Shape::Any;
            self.start(Job { source, start, len, row, facts, shape, gather: index, part, slot, ..job });
        }
        self.ledger.let_go(source);
    }

    fn tell_whole(&mut self, index: u32, whole: &Whole) {
        let Some(&Gather { ticket, shape, batch, .. }) = self.ledger.gather(index) else { return };
        if let Whole::Error(line) = whole {
            let nowhere = At { node: "", slot: None };
            return self.writer.server_error(ticket, Ran::No, line.as_bytes(), nowhere);
        }
        let is_detailed = self.is_detailed(batch);
        let writer = &mut self.writer;
        let open = writer.begin(ticket, if is_detailed { OutcomeKind::Detailed } else { OutcomeKind::Reply }, shape);
        match whole {
            Whole::Int(value) if shape == Shape::Bool => writer.bool(*value != 0),
            Whole::Int(value) => writer.int(*value),
            Whole::Ok => writer.leaf(tag::SIMPLE, b"OK"),
            Whole::Null | Whole::Error(_) => writer.null(),
            Whole::Bulk(bytes) => writer.leaf(tag::BULK, bytes),
            Whole::Members(members) => {
                writer.aggregate(if shape == Shape::Set { tag::SET } else { tag::ARRAY }, members.len());
                for member in members {
                    writer.leaf(tag::BULK, member);
                }
            }
        }
        if is_detailed {
            // What its steps were told is no reply to the command.
            writer.aggregate(tag::ARRAY, 0);
        }
        writer.end(&open);
    }

    /// The failure of a step that came before any that writes, or by itself, is the command's. Else the steps that write
    /// are told one by one.
    fn tell_failure(&mut self, index: u32) {
        let Some(gather) = self.ledger.gather(index) else { return };
        let has_run = |part: &&Part| match &part.ended {
            Some(Ended::Reply(_) | Ended::Unknown { .. } | Ended::ServerError { ran: Ran::Maybe, .. }) => {
                part.step.as_ref().is_some_and(|step| step.is_write)
            }
            Some(Ended::ServerError { .. } | Ended::NotExecuted { .. }) | None => false,
        };
        let failed = gather.parts.iter().find(|part| !matches!(part.ended, Some(Ended::Reply(_))));
        let is_refusal = failed.is_some_and(|part| matches!(part.ended, Some(Ended::ServerError { .. })));
        let ran = gather.parts.iter().filter(has_run).count();
        let is_whole =
            broken!(RecipeFailsWhole) || ran == 0 || (ran == 1 && is_refusal && failed.as_ref().is_some_and(has_run));
        let writer = &mut self.writer;
        if let Some(part) = failed.filter(|_| is_whole) {
            let outcome = part.ended.as_ref().map_or(OutcomeKind::Unknown, Ended::outcome);
            let open = writer.begin(gather.ticket, outcome, Shape::Any);
            write_ended(writer, part, Shape::Any);
            return writer.end(&open);
        }
        let open = writer.begin(gather.ticket, OutcomeKind::Partial, Shape::Any);
        let writes =
            || gather.parts.iter().filter_map(|part| Some((part, part.step.as_ref().filter(|step| step.is_write)?)));
        writer.aggregate(tag::ARRAY, writes().count());
        for (part, step) in writes() {
            write_part(writer, part, Shape::Any, Some(&step.name));
        }
        writer.end(&open);
    }
}

fn heard(part: &Part) -> Heard<'_> {
    match &part.ended {
        Some(Ended::Reply(kept)) => Heard::Reply(&kept.words, &kept.buffers),
        Some(Ended::ServerError { line, .. }) => Heard::Error(line),
        Some(Ended::NotExecuted { .. } | Ended::Unknown { .. }) | None => Heard::Nothing,
    }
}
