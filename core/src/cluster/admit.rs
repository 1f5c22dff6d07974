//! Letting commands in: the whole batch is checked first, then admitted window by window. What becomes of one that is more
//! than one write to the owner of its slot is in [`super::launch`].

mod reading;

use alloc::{
    borrow::Cow,
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};

use core::ops::Range;

use bytes::Bytes;

pub(super) use self::reading::Reading;
use self::reading::{Model, place};
use super::{Cluster, Timer};
use crate::{
    broken::broken,
    flight::{
        Member,
        ledger::{Batch, Facts, Job, Last, NO_SLOT, NONE, Run},
    },
    port::{
        CrossSlot, LinkId, Micros, Misuse, NotExecuted, ReadFrom, Refused, Route, SubmitOptions, Submitted, Ticket,
    },
    route::{
        classify::{self, Class, OfLane, Refusal, Rules, Target},
        command::{Blocks, Flags, Pace, Row},
        slot::{SLOTS, Slot, SlotSet},
        table::RowId,
        topology::NodeId,
    },
    sorted::{SortedMap, SortedSet},
    wire::{
        request::{Args, BadFrame, Opening},
        shape::Shape,
    },
};

/// A command that was checked: everything needed to send it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prepared {
    pub(super) start: u32,
    pub(super) len: u32,
    pub(super) row: RowId,
    pub(super) target: Target,
    pub(super) shape: Shape,
    pub(super) facts: Facts,
    /// Milliseconds; `None` waits for ever.
    pub(super) deadline_ms: Option<u32>,
}

impl Prepared {
    /// Whether it differs in its bytes and its slot only.
    fn is_like(&self, other: &Self) -> bool {
        self.row == other.row
            && self.shape == other.shape
            && self.facts == other.facts
            && self.deadline_ms == other.deadline_ms
    }
}

/// Why a command behind an unknown one is not sent.
pub(super) const UNPROVEN: &str = "it stands behind a command of its keys whose outcome is unknown, and the node would \
                                   not end the lost connection (CLIENT KILL)";

/// So much longer than its own timeout a blocking command has.
const GRACE_MS: u64 = 1_000;

/// A command that takes no deadline: its own timeout is 0.
pub(super) const FOR_EVER: Micros = Micros(u64::MAX);

/// A batch that may go.
pub(super) struct Checked {
    count: u32,
    /// The slots that it writes, if it reads elsewhere than from the primaries.
    written: Option<SlotSet>,
}

/// Commands looked at in one go where each is looked at.
const READ_AT_ONCE: u32 = 1_024;

pub(super) enum Stopped {
    /// Boxed: the way of the commands that may go is not to carry its size along.
    Misuse(Box<Misuse>),
    /// A name that only a server can explain.
    Unknown(Vec<u8>),
}

impl Cluster {
    pub(super) fn take_batch(&mut self, bytes: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        let mut prepared = core::mem::take(&mut self.scratch.prepared);
        let checked = self.check(&bytes, options, &mut prepared);
        let is_full = match &checked {
            Ok(_) => self.is_crowded(&prepared, self.must_park() || is_session(options)),
            Err(Stopped::Unknown(_)) => self.is_crowded(&prepared, true),
            Err(Stopped::Misuse(_)) => false,
        };
        self.room_wanted |= is_full;
        let taken = match checked {
            Err(Stopped::Misuse(misuse)) => Err(Refused::Misuse(*misuse)),
            Ok(_) | Err(Stopped::Unknown(_)) if is_full => Err(Refused::Full),
            Ok(checked) => Ok(self.open(bytes, options, checked, &prepared, true)),
            Err(Stopped::Unknown(_)) => {
                let checked = Checked { count: crate::wire::request::count(&bytes), written: None };
                Ok(self.open(bytes, options, checked, &[], false))
            }
        };
        prepared.clear();
        self.scratch.prepared = prepared;
        taken
    }

    /// Checks a whole batch; the first window of it stays in `prepared`.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    fn check(
        &mut self,
        bytes: &Bytes,
        options: &SubmitOptions,
        prepared: &mut Vec<Prepared>,
    ) -> Result<Checked, Stopped> {
        let (window, limit) = (self.config.limits.window as usize, self.config.limits.decode.bulk as usize);
        let mut reading = Reading::new(bytes, 0, options);
        let mut unknown = None;
        // What the batch writes must be known before the first of its reads goes to a replica.
        let mut written = (*self.read_from(options) != ReadFrom::Primary).then(SlotSet::default);
        let (most, kept) = if written.is_some() { (READ_AT_ONCE, usize::MAX) } else { (u32::MAX, window) };
        loop {
            let before = prepared.len();
            reading.alike(most, limit, kept, prepared);
            if let Some(written) = &mut written {
                for one in &prepared[before..] {
                    add_written(self.table.row(one.row), one.target, core::iter::empty(), written);
                }
                prepared.truncate(window);
            }
            match self.prepare(&mut reading, prepared) {
                None => break,
                Some(Ok(())) => {
                    if let (Some(written), Some(last)) = (&mut written, prepared.last()) {
                        let args = Args::new(bytes, &self.scratch.spans);
                        let keys = self.scratch.keys.iter().filter_map(|&at| args.at(at as usize));
                        add_written(self.table.row(last.row), last.target, keys, written);
                    }
                    prepared.truncate(window);
                }
                Some(Err(Stopped::Unknown(name))) => unknown = unknown.or(Some(name)),
                Some(Err(stopped)) => return Err(stopped),
            }
        }
        if let Some(name) = unknown {
            return Err(Stopped::Unknown(name));
        }
        if options.atomic || is_session(options) {
            self.check_lane(options)?;
            self.read_bound(bytes, options)?;
        }
        Ok(Checked { count: reading.count, written })
    }

    /// Reads and classifies the next command, and appends it to `prepared`.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    pub(super) fn prepare(
        &mut self,
        reading: &mut Reading<'_>,
        prepared: &mut Vec<Prepared>,
    ) -> Option<Result<(), Stopped>> {
        let index = reading.count;
        let frame = match reading.requests.next(&mut self.scratch.spans)? {
            Ok(range) => range,
            Err(bad) => return Some(Err(Stopped::Misuse(Box::new(bad_frame(index, bad))))),
        };
        reading.count += 1;
        Some(self.classified(reading, frame, prepared).map_err(|refusal| {
            let args = Args::new(reading.bytes, &self.scratch.spans);
            match refusal {
                Refusal::UnknownCommand => Stopped::Unknown(args.at(0).unwrap_or_default().to_ascii_uppercase()),
                Refusal::Misuse { code, message } => {
                    Stopped::Misuse(Box::new(Misuse { index, code, command: name(args), message }))
                }
            }
        }))
    }

    #[inline(always)]
    fn classified(
        &mut self,
        reading: &mut Reading<'_>,
        frame: Range<usize>,
        prepared: &mut Vec<Prepared>,
    ) -> Result<(), Refusal> {
        let options = reading.options;
        let args = Args::new(reading.bytes, &self.scratch.spans);
        if let Route::Slot(slot) = options.route
            && slot >= SLOTS
        {
            let message = Cow::Owned(format!("there is no slot {slot}: slots are 0 to {}", SLOTS - 1));
            return Err(Refusal::Misuse { code: "SLOT", message });
        }
        let limit = self.config.limits.decode.bulk as usize;
        if frame.len() > limit && args.iter().any(|arg| arg.len() > limit) {
            // A server answers a longer one by closing the connection, for everybody on it.
            let message = Cow::Owned(format!("an argument is longer than {limit} bytes: store it in pieces"));
            return Err(Refusal::Misuse { code: "TOOLONG", message });
        }
        let rules = rules(options, self.topology.is_standalone());
        let class = classify::classify(&self.table, args, rules, &mut self.scratch.keys)?;
        let row = self.table.row(class.row);
        let (deadline_ms, blocking) = self.deadline(row, args, options);
        // EXEC does not let it wait.
        let blocking = blocking && !options.atomic;
        let [start, len] = place(&frame);
        let mut facts = facts(row, class, blocking);
        if options.key_positions.is_some() && row.flags.has(Flags::NEEDS_KEYS) {
            facts.set(Facts::GIVEN_KEYS);
        }
        if options.by_hash && matches!(row.name, "EVAL" | "EVAL_RO") {
            facts.set(Facts::BY_HASH);
        }
        let shape = row.shape_of(args);
        let command = Prepared { start, len, row: class.row, target: class.target, shape, facts, deadline_ms };
        prepared.push(command);
        if row.is_plain() {
            let opening = Opening::new(reading.bytes, frame.start, &self.scratch.spans);
            reading.model = opening.map(|opening| Model { opening, command });
        }
        Ok(())
    }

    /// A command's deadline, and whether it may block its connection.
    fn deadline(&self, row: Row<'_>, args: Args<'_>, options: &SubmitOptions) -> (Option<u32>, bool) {
        let usual = match row.handling.pace {
            Pace::Slow => self.config.slow_deadline_ms,
            Pace::Fast | Pace::Blocking { .. } | Pace::BlockingToken | Pace::BlockingMs { .. } => {
                self.config.deadline_ms
            }
        };
        // Its page may wait until a slot has stopped moving.
        let is_page = options.lane.is_some() && !is_session(options) && row.is_scan();
        let usual = if is_page { self.config.slow_deadline_ms } else { usual };
        let own = match row.blocks(args) {
            _ if options.atomic => return (Some(options.deadline_ms.unwrap_or(usual)), false),
            Blocks::No => return (Some(options.deadline_ms.unwrap_or(usual)), false),
            Blocks::Forever => None,
            Blocks::Ms(ms) => Some(u32::try_from(ms.saturating_add(GRACE_MS)).unwrap_or(u32::MAX)),
        };
        (options.deadline_ms.or(own), true)
    }

    /// Whether a node or slot that the batch goes to has too much waiting, or, if it `parks` or waits for its turn in a
    /// session, all that waits for something else than room on a connection.
    fn is_crowded(&self, prepared: &[Prepared], parks: bool) -> bool {
        if broken!(QueueUnbounded) {
            return false;
        }
        let is_backed_up = self.is_backed_up();
        if is_backed_up && parks {
            return true;
        }
        if !is_backed_up && self.crowded.is_empty() {
            return false;
        }
        let is_full = |slot: Slot| {
            self.topology.owner(slot).is_some_and(|node| self.crowded.contains(&node))
                || (is_backed_up && self.order.is_held(slot.number()))
        };
        prepared.iter().any(|one| match one.target {
            Target::Slot(slot) => is_full(slot),
            Target::Split | Target::Recipe(_) | Target::Any | Target::Subscription => true,
            Target::AllNodes | Target::AllPrimaries | Target::Owners => true,
        })
    }

    /// Whether what is submitted now waits for the map, or for what waits for it.
    fn must_park(&self) -> bool {
        !self.refresh.is_ready() || !self.parked.is_empty()
    }

    fn is_backed_up(&self) -> bool {
        self.is_backlog_above(1)
    }

    /// Whether more waits for something else than room on its connection than one node's share, divided by so much.
    pub(super) fn is_backlog_above(&self, divisor: u64) -> bool {
        let limits = &self.config.limits;
        let parked = || self.parked.iter().filter_map(|&index| self.ledger.batch(index));
        let waiting = self.order.waiting() + self.adrift.len() + self.session_backlog.commands;
        let count = waiting + parked().map(|batch| (batch.count - batch.admitted) as usize).sum::<usize>();
        if count as u64 * divisor >= u64::from(limits.waiting_per_node) {
            return true;
        }
        let parked_bytes = parked().map(|batch| self.ledger.bytes(batch.source).len() as u64).sum::<u64>();
        let bytes = self.order.waiting_bytes() + self.adrift_bytes + self.session_backlog.bytes + parked_bytes;
        bytes * divisor >= u64::from(limits.waiting_bytes_per_node)
    }

    fn open(
        &mut self,
        bytes: Bytes,
        options: &SubmitOptions,
        Checked { count, written }: Checked,
        prepared: &[Prepared],
        is_known: bool,
    ) -> Submitted {
        let first = self.ledger.number(count);
        if count == 0 {
            return Submitted { first, count };
        }
        self.stats.commands += u64::from(count);
        let source = self.ledger.keep(bytes);
        let reads = self.reads(options, written);
        let batch = self.ledger.open_batch(Batch {
            options: options.clone(),
            source,
            first,
            count,
            admitted: 0,
            cursor: 0,
            open: 0,
            open_bytes: 0,
            any: None,
            deadlines: Vec::new(),
            cancelled: SortedSet::default(),
            unknown_keys: SortedMap::default(),
            cooking: false,
            reads,
        });
        if is_known && !self.must_park() {
            self.admit(batch, prepared);
        } else {
            let deadline = self.now.plus_ms(options.deadline_ms.unwrap_or(self.config.deadline_ms));
            self.arm(batch, deadline);
            self.parked.push_back(batch);
            if !is_known {
                self.ask_info();
            }
        }
        Submitted { first, count }
    }

    /// Lets the parked batches in, in order, as far as that can be done. Whether anything changed.
    pub(super) fn unpark(&mut self) -> bool {
        if !self.refresh.is_ready() || self.asked_info {
            return false;
        }
        let Some(&index) = self.parked.front() else { return false };
        let Some(batch) = self.ledger.batch(index) else {
            self.parked.pop_front();
            return true;
        };
        let (bytes, options) = (self.ledger.bytes(batch.source).clone(), batch.options.clone());
        let mut prepared = Vec::new();
        match self.check(&bytes, &options, &mut prepared) {
            Ok(checked) => {
                self.parked.pop_front();
                let reads = self.ledger.batch_mut(index).and_then(|batch| batch.reads.as_mut());
                if let (Some(reads), Some(written)) = (reads, checked.written) {
                    reads.written = written;
                }
                self.admit(index, &prepared);
            }
            Err(Stopped::Unknown(name)) if !self.strangers.contains(&name) => {
                self.ask_info();
                return self.asked_info;
            }
            Err(Stopped::Unknown(name)) => {
                self.parked.pop_front();
                let name = String::from_utf8_lossy(&name).into_owned();
                self.fail_rest(index, NotExecuted::Misused, &format!(
                    "neither the command table nor the server knows {name}; give the positions of its keys to send it"
                ));
            }
            Err(Stopped::Misuse(misuse)) => {
                self.parked.pop_front();
                self.fail_rest(index, NotExecuted::Misused, &misuse.to_string());
            }
        }
        true
    }

    /// The unknown names of the parked batches.
    pub(super) fn unknown_names(&mut self) -> Vec<Vec<u8>> {
        let limit = self.config.limits.decode.bulk as usize;
        let mut names = SortedSet::default();
        for index in self.parked.clone() {
            let Some(batch) = self.ledger.batch(index) else { continue };
            let (bytes, options) = (self.ledger.bytes(batch.source).clone(), batch.options.clone());
            let (mut reading, mut prepared) = (Reading::new(&bytes, 0, &options), Vec::new());
            loop {
                reading.alike(u32::MAX, limit, 0, &mut prepared);
                let Some(result) = self.prepare(&mut reading, &mut prepared) else { break };
                prepared.clear();
                if let Err(Stopped::Unknown(name)) = result
                    && !self.strangers.contains(&name)
                {
                    names.insert(name, ());
                }
            }
        }
        names.into_keys().collect()
    }

    /// Admits the next window of a batch whose first commands have settled.
    pub(super) fn feed(&mut self, index: u32) {
        let Some(batch) = self.ledger.batch(index).filter(|batch| !batch.is_admitted()) else { return };
        let (window, window_bytes) = (self.config.limits.window, u64::from(self.config.limits.window_bytes));
        let (room, mut room_bytes) = (window.saturating_sub(batch.open), window_bytes.saturating_sub(batch.open_bytes));
        let (bytes, options, cursor) = (self.ledger.bytes(batch.source).clone(), batch.options.clone(), batch.cursor);
        let mut prepared = core::mem::take(&mut self.scratch.prepared);
        let mut reading = Reading::new(&bytes, cursor, &options);
        let limit = self.config.limits.decode.bulk as usize;
        for _ in 0..room {
            // The batch was checked whole when it was submitted.
            if reading.alike(1, limit, usize::MAX, &mut prepared) == 0 {
                let Some(Ok(())) = self.prepare(&mut reading, &mut prepared) else { break };
            }
            // The last may be too large for what is left: `admit` says.
            room_bytes = room_bytes.saturating_sub(prepared.last().map_or(0, |one| u64::from(one.len)));
            if room_bytes == 0 {
                break;
            }
        }
        self.admit(index, &prepared);
        prepared.clear();
        self.scratch.prepared = prepared;
    }

    fn admit(&mut self, index: u32, prepared: &[Prepared]) {
        if self.ledger.batch(index).is_some_and(|batch| batch.options.atomic) {
            return self.launch_unit(index);
        }
        let mut rest = prepared;
        loop {
            // A recipe has its batch to itself: the order of its keys is not that of one slot.
            if self.ledger.batch(index).is_some_and(|batch| batch.cooking) {
                return;
            }
            rest = &rest[self.launch_run(index, rest)..];
            let (Some((one, behind)), Some(batch)) = (rest.split_first(), self.ledger.batch(index)) else { break };
            if batch.open > 0 && matches!(one.target, Target::Recipe(_)) {
                return;
            }
            // One command larger than the window is admitted alone.
            let bytes = batch.open_bytes + u64::from(one.len);
            if batch.open > 0 && bytes > u64::from(self.config.limits.window_bytes) {
                return;
            }
            self.launch(index, one);
            rest = behind;
        }
        // All of them may have been cancelled: then no answer brings the rest in.
        if self.ledger.batch(index).is_some_and(|batch| batch.open == 0 && !batch.is_admitted()) {
            self.unfed.push_back(index);
        }
        self.end_if_over(index);
    }

    /// Gives the first commands, as far as they are alike and nothing stands between them and the nodes of their slots, to
    /// the connections of these. Says how many.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    fn launch_run(&mut self, index: u32, prepared: &[Prepared]) -> usize {
        let (Some(model), Some(batch)) = (prepared.first(), self.ledger.batch(index)) else { return 0 };
        if model.facts.has(Facts::BLOCKING | Facts::BY_HASH)
            || !batch.is_plain()
            || (batch.reads.is_some() && self.is_for_replicas(model.row, model.facts))
        {
            return 0;
        }
        let limits = &self.config.limits;
        let deadline = model.deadline_ms.map_or(FOR_EVER, |ms| self.now.plus_ms(ms));
        let &Prepared { row, shape, facts, .. } = model;
        let (first, seq) = (Ticket(batch.first.0 + u64::from(batch.admitted)), self.order.next_seq());
        let (source, is_empty, mut bytes) = (batch.source, batch.open == 0, batch.open_bytes);
        let run = self.ledger.open_run(Run { first, seq, deadline, batch: index, source, open: 0, row, shape, facts });
        let (mut count, mut cursor) = (0, 0);
        let mut joined = core::mem::take(&mut self.scratch.joined);
        for one in prepared {
            let Target::Slot(slot) = one.target else { break };
            let more = bytes + u64::from(one.len);
            let is_too_much = more > u64::from(limits.window_bytes) && !(is_empty && count == 0);
            if is_too_much || !one.is_like(model) || self.order.is_busy(slot.number()) {
                break;
            }
            let place = self.topology.owner(slot).and_then(|node| self.nodes.get(usize::from(node.0))?.link);
            let link = place.and_then(|place| Some((place, self.links.get_mut(place).filter(|link| link.is_ready())?)));
            let Some((place, link)) = link else { break };
            if link.join(Member { offset: count, start: one.start, len: one.len, slot: slot.number() }) {
                joined.push(place);
            }
            count += 1;
            bytes = more;
            cursor = one.start + one.len;
        }
        for place in joined.drain(..) {
            let Some(link) = self.links.get_mut(place) else { continue };
            link.close_run(run);
            if link.is_crowded(limits) {
                self.crowded.insert(link.node, ());
            }
            if !core::mem::replace(&mut link.dirty, true) {
                self.dirty.push(place);
            }
        }
        self.scratch.joined = joined;
        self.ledger.man_run(run, count);
        if count == 0 {
            return 0;
        }
        self.order.skip(u64::from(count));
        if let Some(batch) = self.ledger.batch_mut(index) {
            batch.admitted += count;
            batch.open += count;
            (batch.open_bytes, batch.cursor) = (bytes, cursor);
        }
        self.arm(index, deadline);
        count as usize
    }

    fn launch(&mut self, index: u32, one: &Prepared) {
        let deadline = one.deadline_ms.map_or(FOR_EVER, |ms| self.now.plus_ms(ms));
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        if batch.cancelled.contains(&(batch.first.0 + u64::from(batch.admitted))) {
            batch.admitted += 1;
            batch.cursor = one.start + one.len;
            return;
        }
        let plain_slot = match one.target {
            Target::Slot(slot) if batch.is_plain() => Some(slot.number()),
            Target::Slot(_) | Target::Split | Target::Recipe(_) => None,
            Target::Any | Target::AllNodes | Target::AllPrimaries | Target::Owners | Target::Subscription => None,
        };
        let may_read_elsewhere = batch.reads.is_some();
        let mut job = Job {
            ticket: Ticket(batch.first.0 + u64::from(batch.admitted)),
            deadline,
            batch: index,
            source: batch.source,
            start: one.start,
            len: one.len,
            gather: NONE,
            part: 0,
            link: LinkId(u32::MAX),
            slot: plain_slot.unwrap_or(NO_SLOT),
            row: one.row,
            node: NodeId(u16::MAX),
            asked: None,
            shape: one.shape,
            hops: 0,
            attempts: 0,
            facts: one.facts,
            last: Last::Nothing,
            adrift: None,
        };
        batch.admitted += 1;
        batch.cursor = one.start + one.len;
        batch.open += 1;
        batch.open_bytes += u64::from(one.len);
        if batch.deadlines.last() != Some(&deadline) {
            self.arm(index, deadline);
        }
        if plain_slot.is_some() {
            if may_read_elsewhere {
                self.mark_read(&mut job);
            }
            let id = self.ledger.open_job(job);
            return self.place(id);
        }
        self.launch_to(index, job, one.target);
    }

    /// Sees to it that a batch is looked through at `deadline`.
    pub(super) fn arm(&mut self, index: u32, deadline: Micros) {
        let Some(batch) = self.ledger.batch_mut(index) else { return };
        if batch.deadlines.last() != Some(&deadline) && deadline != FOR_EVER && !batch.deadlines.contains(&deadline) {
            batch.deadlines.push(deadline);
            self.timers.insert((deadline, Timer::Batch(index)));
        }
    }

    /// A lane is one thing for as long as it lives.
    fn check_lane(&self, options: &SubmitOptions) -> Result<(), Stopped> {
        let message = match options.lane {
            Some(lane) if self.subscriptions.contains(&lane) => {
                "this lane is a subscription's: a session needs its own"
            }
            Some(lane) if self.scans.contains(&lane) => "this lane is a scan's: a session needs its own",
            Some(_) if !is_session(options) => "a unit on a lane needs the slot or the node of its session",
            Some(_) | None => return Ok(()),
        };
        let message = Cow::Borrowed(message);
        Err(Stopped::Misuse(Box::new(Misuse { index: 0, code: "LANE", command: String::new(), message })))
    }
}

/// Adds the slots that a command may write; `keys` are asked for where they are in several.
pub(super) fn add_written<'a>(
    row: Row<'_>,
    target: Target,
    keys: impl Iterator<Item = &'a [u8]>,
    written: &mut SlotSet,
) {
    match target {
        _ if row.flags.has(Flags::READONLY) => {}
        Target::Slot(slot) => written.insert(slot),
        Target::Split | Target::Recipe(_) => keys.for_each(|key| written.insert(Slot::of(key))),
        Target::Any | Target::Owners | Target::AllNodes | Target::AllPrimaries | Target::Subscription => {
            if row.flags.0 & (Flags::WRITE | Flags::SCRIPT) != 0 {
                written.fill();
            }
        }
    }
}

pub(super) fn rules(options: &SubmitOptions, standalone: bool) -> Rules<'_> {
    Rules {
        no_split: options.no_split || options.atomic || is_session(options),
        atomic: options.atomic,
        at_node: match options.route {
            Route::Node(_) | Route::Nodes(_) | Route::Primaries | Route::Replicas | Route::All => true,
            Route::Table | Route::Slot(_) => false,
        },
        standalone,
        pipeline: options.pipeline && !options.atomic,
        emulate: options.cross_slot == CrossSlot::Emulate && options.lane.is_none() && !options.atomic,
        on_lane: match options.lane {
            None => OfLane::None,
            Some(_) if options.atomic => OfLane::None,
            Some(_) if is_session(options) => OfLane::Session,
            Some(_) => OfLane::Other,
        },
        key_positions: options.key_positions.as_deref(),
    }
}

/// Whether it is for the connection of a session.
pub(super) const fn is_session(options: &SubmitOptions) -> bool {
    options.lane.is_some() && matches!(options.route, Route::Slot(_) | Route::Node(_))
}

/// A frame that is none, as the caller's mistake.
pub(super) fn bad_frame(index: u32, bad: BadFrame) -> Misuse {
    let message = Cow::Owned(format!("byte {} of the batch: expected {}", bad.offset, bad.expected));
    Misuse { index, code: "FRAME", command: String::new(), message }
}

/// The command's name as given, for messages.
pub(super) fn name(args: Args<'_>) -> String {
    let name = args.at(0).unwrap_or_default();
    String::from_utf8_lossy(&name[..name.len().min(64)]).into_owned()
}

#[inline(always)]
fn facts(row: Row<'_>, class: Class, blocking: bool) -> Facts {
    let mut facts = Facts::default();
    for (bit, set) in [
        (Facts::READONLY, class.readonly),
        (Facts::SCRIPT, row.flags.has(Flags::SCRIPT)),
        (Facts::BLOCKING, blocking),
        (Facts::UNKNOWN_KEYS, class.unknown_keys),
    ] {
        if set {
            facts.set(bit);
        }
    }
    facts
}

/// Milliseconds until a deadline.
pub(super) const fn left_ms(deadline: Micros, now: Micros) -> u64 {
    deadline.0.saturating_sub(now.0) / 1_000
}

/// Milliseconds that are left of its own timeout to a blocking command with this deadline.
pub(super) const fn own_left_ms(deadline: Micros, now: Micros) -> u64 {
    left_ms(deadline, now).saturating_sub(GRACE_MS)
}
