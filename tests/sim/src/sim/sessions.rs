//! Callers that keep a connection: they watch keys, read them and write them in a unit, or say what they have to say one
//! command at a time; and some leave in the midst of it.

use std::collections::BTreeSet;

use slotpipe_core::port::{LaneId, Retry, Route, SubmitOptions};

use super::{
    callers::hurried,
    commands::{self, Request},
    random::Random,
    world::{Event, TAGS, World},
};
use crate::model::slot_of;

/// Tasks of sessions are told apart from the others by this.
const TASK: usize = 1_000;

/// One session, and whoever has it.
#[derive(Clone, Debug)]
pub(super) struct Session {
    lane: u32,
    tag: &'static str,
    /// What it waits for before it goes on.
    open: BTreeSet<usize>,
    next: Step,
    /// It is there for one pipeline after the faults.
    is_probe: bool,
}

/// What a session does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Begin,
    Read,
    Write,
    End,
}

impl World {
    /// One day in three has sessions, and each on which pipelines are torn.
    pub(super) fn begin_sessions(&mut self) {
        if !(self.session_random.one_in(3) || self.faults.forbids_kills) {
            return;
        }
        for _ in 0..self.session_random.between(1, 3) {
            let first = self.session_random.between(0, 10_000);
            let number = self.open_session(false);
            self.after(first, Event::Session(number));
        }
    }

    fn open_session(&mut self, is_probe: bool) -> usize {
        let (lane, tag) = (self.new_lane(), self.session_random.pick(&TAGS));
        self.sessions.push(Session { lane, tag, open: BTreeSet::new(), next: Step::Begin, is_probe });
        self.sessions.len() - 1
    }

    pub(super) fn new_lane(&mut self) -> u32 {
        self.lanes += 1;
        self.lanes
    }

    /// A session does the next thing.
    pub(super) fn act_on_session(&mut self, number: usize) {
        let session = self.sessions[number].clone();
        if !session.open.is_empty() || session.next == Step::End {
            return;
        }
        if self.healed || self.day.commands.len() >= self.budget {
            return self.leave_session(number);
        }
        if self.session_random.one_in(16) {
            self.leave_session(number);
            let number = self.open_session(false);
            return self.after(1_000, Event::Session(number));
        }
        self.say_more_on_session(number);
        let is_impatient = self.session_random.one_in(4);
        match session.next {
            Step::Begin if self.session_random.one_in(2) => {
                let count = self.session_random.between(1, 16);
                self.say_on_session(number, count, false);
            }
            // What is queued behind what is under way goes when that is over.
            Step::Begin if is_impatient => {
                self.watch(number);
                self.say_on_session(number, 1, false);
                self.say_on_session(number, 2, true);
            }
            Step::Begin => {
                self.watch(number);
                self.sessions[number].next = Step::Read;
            }
            Step::Read => {
                self.say_on_session(number, 1, false);
                self.sessions[number].next = Step::Write;
            }
            Step::Write | Step::End => {
                let count = self.session_random.between(1, 4);
                self.say_on_session(number, count, true);
                self.sessions[number].next = Step::Begin;
            }
        }
        if self.sessions[number].open.is_empty() {
            self.after(20_000, Event::Session(number));
        }
        if self.session_random.one_in(40) {
            let delay = self.session_random.pick(&[0, 500, 20_000]);
            self.after(delay, Event::Leave(number));
        }
        self.poll_or_not();
    }

    fn watch(&mut self, number: usize) {
        let (tag, token) = (self.sessions[number].tag, self.token());
        let request = commands::watch(&mut self.session_random, token, tag);
        self.on_session(number, vec![request], false);
    }

    fn say_on_session(&mut self, number: usize, count: u64, atomic: bool) {
        let tag = self.sessions[number].tag;
        // Half of the time it is all about one key.
        let is_insistent = self.session_random.one_in(2);
        let requests = (0..count).map(|_| {
            let token = self.token();
            match is_insistent {
                true => commands::append(token, tag, 0),
                false => commands::draw_for_unit(&mut self.session_random, token, tag),
            }
        });
        let requests = requests.collect();
        self.on_session(number, requests, atomic);
    }

    /// A command that is no other's kind, in a pipeline of its own.
    fn say_more_on_session(&mut self, number: usize) {
        let (lane, tag) = (self.sessions[number].lane, self.sessions[number].tag);
        if let Some(request) = self.draw_for_session(tag) {
            let options = SubmitOptions { deadline_ms: Some(500), ..on_lane(lane, tag, false) };
            self.give_on_session(number, vec![request], options, false);
        }
    }

    fn on_session(&mut self, number: usize, requests: Vec<Request>, atomic: bool) {
        let (lane, tag) = (self.sessions[number].lane, self.sessions[number].tag);
        let options = SubmitOptions {
            deadline_ms: hurried(&mut self.session_random, &self.faults),
            retry: self.session_random.pick(&[Retry::Reads, Retry::Reads, Retry::Never]),
            max_redirects: self.session_random.pick(&[None, None, None, Some(0)]),
            ..on_lane(lane, tag, atomic)
        };
        self.give_on_session(number, requests, options, false);
    }

    fn give_on_session(&mut self, number: usize, requests: Vec<Request>, options: SubmitOptions, probe: bool) {
        let task = TASK + self.sessions[number].lane as usize;
        let Some(first) = self.submit(requests, options, Some(task), probe) else { return };
        let open = self.open_since(first);
        self.sessions[number].open.extend(open);
    }

    /// Whoever has it does not want it any more, whatever is open on it.
    pub(super) fn leave_session(&mut self, number: usize) {
        if std::mem::replace(&mut self.sessions[number].next, Step::End) == Step::End {
            return;
        }
        self.release(LaneId(self.sessions[number].lane));
    }

    /// A command has ended: whoever waited for it goes on.
    pub(super) fn told_on_session(&mut self, ticket: usize) {
        let number = self.sessions.iter().position(|session| session.open.contains(&ticket));
        let Some(session) = number.and_then(|number| self.sessions.get_mut(number)) else { return };
        session.open.remove(&ticket);
        if session.open.is_empty() {
            let pause = if session.is_probe { 0 } else { self.session_random.pick(&[0, 300, 5_000, 60_000]) };
            self.after(pause, Event::Session(number.unwrap_or_default()));
        }
    }

    /// After the faults a session works like anything else.
    pub(super) fn probe_session(&mut self) {
        if self.sessions.is_empty() {
            return;
        }
        let number = self.open_session(true);
        let (lane, tag) = (self.sessions[number].lane, self.sessions[number].tag);
        let (one, other) = (self.token(), self.token());
        let requests = vec![commands::append(one, tag, 0), commands::get_range(other, tag, 0)];
        let options = SubmitOptions { deadline_ms: Some(10_000), ..on_lane(lane, tag, false) };
        self.give_on_session(number, requests, options, true);
    }
}

fn on_lane(lane: u32, tag: &str, atomic: bool) -> SubmitOptions {
    let route = Route::Slot(slot_of(tag.as_bytes()));
    SubmitOptions { lane: Some(LaneId(lane)), route, atomic, ..SubmitOptions::default() }
}

/// Dice for what sessions do: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(16) ^ 0x5E55_1015)
}
