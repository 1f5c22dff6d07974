//! The callers: tasks that wait for each call before the next, tasks that throw pipelines over the wall, callers that
//! give up, are in a hurry, submit from within the handling of an outcome, or ask for what nobody should.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use slotpipe_core::port::{LaneId, Micros, Order, ReadFrom, Refused, Retry, Route, SubmitOptions, Ticket};

use super::{
    commands::{self, Request},
    day::{Command, Moment, Verdict},
    fans::{is_slow, merge},
    faults::Faults,
    listeners::is_listening,
    random::Random,
    recipes::is_recipe,
    scans::is_page,
    world::{Event, TAGS, World},
};

/// One task.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// Waits for its calls before it goes on.
    awaits: bool,
    /// Of these it waits for the outcome.
    open: BTreeSet<usize>,
    /// How large its pipelines are at most.
    most: u64,
    /// Microseconds between two acts.
    pause: u64,
    /// Over these hash tags.
    tags: Vec<&'static str>,
}

impl World {
    pub(super) fn begin_tasks(&mut self) {
        self.budget = self.random.pick(&[40, 120, 250]);
        let count = self.random.between(1, 4);
        for number in 0..count {
            let mut tags = TAGS.to_vec();
            while tags.len() > 1 && self.random.one_in(2) {
                tags.remove(self.random.index(tags.len()));
            }
            self.tasks.push(Task {
                awaits: number == 0 || self.random.one_in(2),
                open: BTreeSet::new(),
                most: self.random.pick(&[1, 1, 4, 12, 30]),
                pause: self.random.pick(&[200, 5_000, 60_000]),
                tags,
            });
            let first = self.random.between(0, 3_000);
            self.after(first, Event::Task(usize::try_from(number).unwrap_or(0)));
        }
    }

    /// A task does the next thing.
    pub(super) fn act(&mut self, number: usize) {
        if self.healed || self.day.commands.len() >= self.budget {
            return;
        }
        let task = self.tasks[number].clone();
        if !task.open.is_empty() {
            return;
        }
        let burst = self.random.permille(self.faults.burst_permille);
        let count = self.random.between(1, if burst { 60 } else { task.most });
        let mut options = self.draw_options();
        if self.has_units && options.route == Route::Table && self.unit_random.one_in(4) {
            options.atomic = true;
        }
        if self.reads_elsewhere && self.read_random.one_in(2) {
            let from = [ReadFrom::Any, ReadFrom::PreferReplica, ReadFrom::Replica, ReadFrom::Nearest];
            options.read_from = Some(from[self.read_random.index(from.len())].clone());
        }
        self.draw_fan_options(&mut options);
        let taken = if self.random.one_in(60) {
            self.submit_nonsense(&task.tags)
        } else {
            let mut requests = self.draw_requests(count, &task.tags, &options);
            if !options.atomic && self.random.one_in(150) {
                let token = self.token();
                requests.push(commands::stranger(token, task.tags[0]));
            }
            if options.route == Route::Table && !options.atomic {
                requests.extend(self.draw_fan());
            }
            self.submit(requests, options, Some(number).filter(|_| task.awaits), false)
        };
        if task.awaits
            && let Some(first) = taken
        {
            self.tasks[number].open = self.open_since(first);
            if self.tasks[number].open.is_empty() {
                self.after(task.pause, Event::Task(number));
            }
        } else {
            // Turned away: there may be room later.
            let least = if taken.is_none() { 20_000 } else { 0 };
            let pause = self.random.between(least, least + 2 * task.pause);
            self.after(pause, Event::Task(number));
        }
        self.poll_or_not();
    }

    fn draw_options(&mut self) -> SubmitOptions {
        let order = self.random.pick(&[Order::Key, Order::Key, Order::Key, Order::Slot, Order::None]);
        let retry = self.random.pick(&[Retry::Reads, Retry::Reads, Retry::Reads, Retry::Never, Retry::Idempotent]);
        let deadline_ms = hurried(&mut self.random, &self.faults);
        let max_redirects = self.random.pick(&[None, None, None, None, Some(0), Some(1), Some(2)]);
        let route = match self.random.below(40) {
            0 => {
                let node = self.random.index(3);
                Route::Node(self.address_of(node))
            }
            1 => Route::Primaries,
            2 => Route::All,
            3 => Route::Slot(u16::try_from(self.random.below(16_384)).unwrap_or(0)),
            _ => Route::Table,
        };
        SubmitOptions { deadline_ms, order, retry, max_redirects, route, ..SubmitOptions::default() }
    }

    fn draw_requests(&mut self, count: u64, tags: &[&str], options: &SubmitOptions) -> Vec<Request> {
        // Most of a pipeline is about one tag, so that its commands meet.
        let main = self.random.index(tags.len());
        (0..count)
            .map(|_| {
                let token = self.token();
                let mut tags = tags.to_vec();
                let first = if !options.atomic && self.random.one_in(3) { self.random.index(tags.len()) } else { main };
                tags.swap(0, first);
                match options.route {
                    Route::Primaries | Route::Replicas | Route::All | Route::Nodes(_) | Route::Slot(_) => {
                        commands::echo(token)
                    }
                    Route::Table if options.atomic => commands::draw_for_unit(&mut self.unit_random, token, tags[0]),
                    // What is pinned to a node has one part: there.
                    Route::Node(_) => commands::draw(&mut self.random, token, &tags[..1]),
                    Route::Table => commands::draw(&mut self.random, token, &tags),
                }
            })
            .collect()
    }

    /// A batch in which one command is nonsense: none of it may ever be sent.
    fn submit_nonsense(&mut self, tags: &[&str]) -> Option<usize> {
        let options = SubmitOptions::default();
        let mut requests = self.draw_requests(3, tags, &options);
        self.day.refused.extend(requests.iter().filter_map(|request| commands::token_of(&request.words)));
        let bad: &[&str] = self.random.pick(&[
            &["MULTI"] as &[&str],
            &["SUBSCRIBE", "c"],
            &["SELECT", "1"],
            &["MSET", "{a}v0"],
            &["GET"],
            &["RENAME", "{a}s0", "{b}s0"],
        ]);
        let words = bad.iter().map(|word| word.as_bytes().to_vec()).collect();
        let at = self.random.index(requests.len() + 1);
        requests.insert(at, Request { words, writes: true, blocks: None });
        let result = self.core.submit(Micros(self.now), Bytes::from(encode(&requests)), &options);
        match result {
            Err(Refused::Misuse(misuse)) if misuse.index as usize == at => self.probes.misuse += 1,
            Err(Refused::Full) => self.probes.full += 1,
            other => self.offend("ExactlyOneOutcome", format!("{bad:?} at {at} of a batch is not refused: {other:?}")),
        }
        None
    }

    /// Submits a batch; says which ticket is its first, if it was taken.
    pub(super) fn submit(
        &mut self,
        requests: Vec<Request>,
        options: SubmitOptions,
        task: Option<usize>,
        probe: bool,
    ) -> Option<usize> {
        let bytes = encode(&requests);
        let batch_bytes = bytes.len();
        let submitted = self.moment();
        let first = self.day.commands.len();
        let result = self.core.submit(Micros(self.now), Bytes::from(bytes), &options);
        self.note_refreshes();
        let tokens: Vec<u64> =
            requests.iter().map(|request| commands::token_of(&request.words).unwrap_or(u64::MAX)).collect();
        match result {
            Ok(taken) if taken.first == Ticket(first as u64) && taken.count as usize == requests.len() => {}
            Ok(taken) => {
                self.offend("ExactlyOneOutcome", format!("{} commands from {first} are {taken:?}", requests.len()));
                return None;
            }
            Err(refused) => {
                self.day.refused.extend(tokens);
                match refused {
                    Refused::Full => self.probes.full += 1,
                    Refused::Misuse(misuse) => {
                        self.offend("ExactlyOneOutcome", format!("a sane batch is refused: {misuse}"));
                    }
                }
                return None;
            }
        }
        self.batches += 1;
        let (batch, batch_len) = (self.batches, requests.len());
        let has_script = requests.iter().any(|request| request.words[0] == b"EVAL");
        for (request, token) in requests.into_iter().zip(tokens) {
            let keys: Vec<Vec<u8>> = commands::keys_of(&request.words).into_iter().map(<[u8]>::to_vec).collect();
            let name = request.words[0].as_slice();
            let script = name == b"EVAL";
            let is_pinned = !matches!(options.route, Route::Table | Route::Slot(_));
            // What listeners say has no parts: the core says it in its own words, as often as it has to. The steps of a
            // recipe are known when they are written.
            let everywhere =
                is_pinned || merge(&request.words).is_some() || is_listening(name) || is_recipe(&request.words);
            let parts: BTreeMap<_, _> = if everywhere {
                BTreeMap::new()
            } else {
                let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
                commands::parts_of(&keys).into_iter().map(|part| (part, Vec::new())).collect()
            };
            // A unit has the time of its slowest command, and what a page waits for may take long.
            let usual =
                if script || (options.atomic && has_script) || is_page(&request.words) || is_slow(&request.words) {
                    self.day.config.slow_deadline_ms
                } else {
                    self.day.config.deadline_ms
                };
            let own = request.blocks.map_or(u64::from(usual), |ms| ms + 1_000);
            let deadline_ms = Some(options.deadline_ms.map_or(own, u64::from));
            let calm = self.is_calm_now(&parts);
            self.day.commands.push(Command {
                token,
                batch,
                batch_len,
                batch_bytes,
                task,
                keys,
                writes: request.writes,
                script,
                blocks: request.blocks,
                everywhere,
                options: options.clone(),
                probe,
                submitted,
                calm,
                deadline_ms,
                cancelled: None,
                told: Vec::new(),
                parts,
                runs: Vec::new(),
                words: request.words,
            });
        }
        self.log(|world| {
            let shown: Vec<_> = (first..).zip(&world.day.commands[first..]).map(|(at, one)| one.show(at)).collect();
            format!("submit {:?}: {}", options, shown.join(", "))
        });
        self.note_submitted(first);
        if self.random.permille(self.faults.cancel_permille) {
            let from = first + self.random.index(batch_len);
            let to = from + 1 + self.random.index(batch_len);
            let delay = self.random.pick(&[0, 300, 3_000, 40_000]);
            self.after(delay, Event::Cancel(from as u64, to as u64));
        }
        Some(first)
    }

    /// What was submitted from this ticket on and has not ended.
    pub(super) fn open_since(&self, first: usize) -> BTreeSet<usize> {
        (first..self.day.commands.len()).filter(|&ticket| self.day.commands[ticket].told.is_empty()).collect()
    }

    /// Somebody does not want these any more.
    pub(super) fn cancel(&mut self, from: u64, to: u64) {
        let moment = self.moment();
        self.log(|_| format!("cancel {from}..{to}"));
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0).min(self.day.commands.len());
        let batches: BTreeSet<usize> = range.clone().map(|ticket| self.day.commands[ticket].batch).collect();
        let of_units = |command: &Command| command.options.atomic && batches.contains(&command.batch);
        let of_units = (0..self.day.commands.len()).filter(|&ticket| of_units(&self.day.commands[ticket]));
        // A unit is given up whole.
        let all: BTreeSet<usize> = range.chain(of_units).collect();
        for ticket in all {
            let command = &mut self.day.commands[ticket];
            if command.told.is_empty() {
                command.cancelled.get_or_insert(moment);
            }
        }
        self.core.cancel(Micros(self.now), Ticket(from)..Ticket(to));
        self.note_refreshes();
        self.poll();
    }

    /// Nobody wants this lane any more, whatever is open on it. When that was.
    pub(super) fn release(&mut self, lane: LaneId) -> Moment {
        let moment = self.moment();
        self.log(|_| format!("release {lane:?}"));
        self.probes.releases += 1;
        for command in &mut self.day.commands {
            if command.options.lane == Some(lane) && command.told.is_empty() {
                command.cancelled.get_or_insert(moment);
            }
        }
        self.core.release(Micros(self.now), lane);
        self.note_refreshes();
        self.poll();
        moment
    }

    /// The core tells how a command ended.
    pub(super) fn told(&mut self, ticket: u64, verdict: Option<Verdict>) {
        let number = usize::try_from(ticket).unwrap_or(usize::MAX);
        let Some(verdict) = verdict else {
            return self.offend("RightReply", format!("the answer to ticket {ticket} cannot be read"));
        };
        if number >= self.day.commands.len() {
            return self.offend("ExactlyOneOutcome", format!("ticket {ticket}, which was never given, ended"));
        }
        self.note_told(number, verdict);
        for task in 0..self.tasks.len() {
            if self.tasks[task].open.remove(&number) && self.tasks[task].open.is_empty() {
                let pause = self.random.between(0, self.tasks[task].pause);
                self.after(pause, Event::Task(task));
            }
        }
        self.told_on_session(number);
        self.told_on_scan(number);
        self.told_on_move(number);
        if self.random.permille(self.faults.reentrant_permille) && self.day.commands.len() < self.budget {
            self.probes.reentrant += 1;
            let (tag, token) = (self.random.pick(&TAGS), self.token());
            let request = commands::draw(&mut self.random, token, &[tag]);
            self.submit(vec![request], SubmitOptions::default(), None, false);
        }
    }

    /// After the faults: everything must work, each key of it.
    pub(super) fn probe(&mut self) {
        let options = SubmitOptions { deadline_ms: Some(10_000), ..SubmitOptions::default() };
        for tag in TAGS {
            let (one, other) = (self.token(), self.token());
            let requests = vec![commands::append(one, tag, 0), commands::get_range(other, tag, 0)];
            if self.submit(requests, options.clone(), None, true).is_none() {
                // Full: what waits has to end first, and does so within its deadline.
                self.after(500_000, Event::Probe);
                break;
            }
        }
        let token = self.token();
        self.submit(vec![commands::echo(token)], options, None, true);
        self.probe_session();
        self.poll();
    }

    pub(super) fn token(&mut self) -> u64 {
        self.tokens += 1;
        self.tokens
    }
}

/// The deadline of whoever is in a hurry, and some are on some days.
pub(super) fn hurried(random: &mut Random, faults: &Faults) -> Option<u32> {
    random.permille(faults.hurry_permille).then(|| random.pick(&[1, 10, 60, 300]))
}

fn encode(requests: &[Request]) -> Vec<u8> {
    commands::encode(requests.iter().map(|request| request.words.as_slice()))
}
