//! Sessions: lanes with a connection of their own, on which keys are watched and waited for.
//!
//! A session's commands are sent one at a time, each when the one before it has settled: what is refused and sent again
//! is overtaken by nothing. Its connection follows its slot; a watch does not, and is lost with the connection.

use alloc::{collections::VecDeque, vec::Vec};

use super::{Cluster, admit::UNPROVEN};
use crate::{
    broken::broken,
    flight::{
        JobId,
        ledger::{Batch, Facts, Job, Last},
        link::{Question, Queued},
    },
    port::{LaneId, LinkId, NotExecuted, Route},
    route::{command::OnLane, slot::Slot},
    wire::{decode::Frame, encode, tape::error_line},
};

pub(super) const LOST: &str = "the connection that watched its keys is gone: watch and read them again, and try again";
pub(super) const RELEASED: &str = "its lane was released";
const WROTE_ELSEWHERE: &str = "the connection that wrote is gone, and on another this speaks of none of those writes";

#[derive(Debug, Default)]
pub(super) struct Session {
    /// What waits for the one under way.
    waiting: VecDeque<JobId>,
    current: Option<JobId>,
    /// Its connection.
    place: Option<u32>,
    /// Keys are watched there.
    watches: bool,
    /// Keys were watched on a connection that is gone.
    lost: bool,
    /// The connection of the last write.
    wrote: Option<LinkId>,
}

/// What waits in all sessions together for what is under way there.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    pub(super) commands: usize,
    pub(super) bytes: u64,
}

impl Backlog {
    fn add(&mut self, job: &Job) {
        self.commands += 1;
        self.bytes += u64::from(job.len);
    }

    fn remove(&mut self, job: &Job) {
        self.commands -= 1;
        self.bytes -= u64::from(job.len);
    }
}

impl Session {
    pub(super) fn waiting(&self) -> impl Iterator<Item = JobId> {
        self.waiting.iter().copied()
    }
}

impl Cluster {
    /// A command of a session, or a whole unit.
    pub(super) fn start_on_session(&mut self, job: Job, lane: LaneId, route: &Route) {
        let Some(mut job) = self.bind(job, route) else { return };
        job.facts.set(Facts::ON_SESSION);
        if self.on_lane(&job) == Some(OnLane::Watches) {
            job.facts.set(Facts::NEEDS_MULTI);
        }
        self.detail(&mut job);
        let unproven = self.mark_behind(&mut job);
        let id = self.ledger.open_job(job);
        if unproven {
            return self.not_executed(id, NotExecuted::AfterUnknown, UNPROVEN);
        }
        if !self.sessions.contains(&lane) {
            self.sessions.insert(lane, Session::default());
        }
        if let Some(session) = self.sessions.get_mut(&lane) {
            session.waiting.push_back(id);
            self.session_backlog.add(&job);
        }
        self.lane_is_due(lane);
    }

    fn on_lane(&self, job: &Job) -> Option<OnLane> {
        if job.facts.has(Facts::UNIT) {
            return None;
        }
        self.table.row(job.row).handling.refusal?.on_lane
    }

    /// Sends the next command of a session, if none is under way.
    pub(super) fn next_on_session(&mut self, lane: LaneId) {
        let Some(session) = self.sessions.get_mut(&lane) else { return };
        if session.current.is_some() {
            return;
        }
        session.current = session.waiting.pop_front();
        if let Some(id) = session.current {
            if let Some(job) = self.ledger.job(id) {
                self.session_backlog.remove(job);
            }
            self.place(id);
        }
    }

    /// Brings a command to the connection of its session, dialled if there is none.
    pub(super) fn place_on_session(&mut self, id: JobId, job: &Job) {
        let Some(lane) = self.lane_of(job).filter(|lane| self.sessions.contains(lane)) else {
            return self.not_executed(id, NotExecuted::Cancelled, RELEASED);
        };
        let node = match job.facts.has(Facts::PINNED) {
            true => Some(job.node),
            false => job.asked.or_else(|| Slot::new(job.slot).and_then(|slot| self.topology.owner(slot))),
        };
        let Some(node) = node else {
            let at = self.when_to_try(None);
            self.ledger_mut(id, |job| job.last = Last::NoOwner);
            return self.set_adrift(id, at);
        };
        let place = self.sessions.get(&lane).and_then(|session| session.place);
        let is_there = |place: &u32| self.links.get(*place).is_some_and(|link| link.node == node);
        let place = place.filter(is_there);
        if place.is_none() {
            self.leave_connection(lane);
        }
        let is_lost = self.sessions.get(&lane).is_some_and(|session| session.lost) && !broken!(LostWatchRuns);
        if job.facts.has(Facts::UNIT) && is_lost {
            return self.not_executed(id, NotExecuted::Conflict, LOST);
        }
        if let Some(place) = place {
            return self.send_on_session(id, job, lane, place);
        }
        match self.dedicated_way_to(node) {
            Ok(place) => {
                if let (Some(link), Some(session)) = (self.links.get_mut(place), self.sessions.get_mut(&lane)) {
                    link.session = Some(lane);
                    session.place = Some(place);
                }
                self.send_on_session(id, job, lane, place);
            }
            Err(Last::AllInUse) => self.wait_for_dedicated(id, job),
            Err(last) => {
                let at = self.when_to_try(Some(node));
                self.ledger_mut(id, |job| job.last = last);
                self.set_adrift(id, at);
            }
        }
    }

    fn send_on_session(&mut self, id: JobId, job: &Job, lane: LaneId, place: u32) {
        let on = self.link_id(place);
        let Some(session) = self.sessions.get(&lane) else { return };
        if self.on_lane(job) == Some(OnLane::Waits) && session.wrote.is_some_and(|wrote| wrote != on) {
            return self.not_executed(id, NotExecuted::Unreachable, WROTE_ELSEWHERE);
        }
        self.send(id, place);
    }

    /// The connection is given back; what it watched is watched no more.
    fn leave_connection(&mut self, lane: LaneId) {
        let Some(session) = self.sessions.get_mut(&lane) else { return };
        let (place, watched) = (session.place.take(), core::mem::take(&mut session.watches));
        session.lost |= watched;
        let Some(place) = place else { return };
        if watched {
            self.unwatch(place);
        }
        let Some(link) = self.links.get_mut(place) else { return };
        link.session = None;
        let (node, is_free) = (link.node, link.is_ready() && link.is_idle());
        if is_free && let Some(state) = self.state_mut(node) {
            state.idle.push(place);
            self.dedicated_free();
        }
    }

    /// Has a connection forget what it watches.
    fn unwatch(&mut self, place: u32) {
        let mut words = Vec::new();
        encode::command(&mut words, ["UNWATCH"]);
        if let Some(link) = self.links.get_mut(place) {
            link.enqueue(Queued::Own(&[Question::Unwatch], words));
        }
        self.mark_dirty(place);
    }

    /// One that would not is of no more use.
    pub(super) fn unwatched(&mut self, place: u32, frame: &Frame<'_>) {
        if error_line(frame.words, frame.buffers).is_some() {
            self.condemn(place, "it would not forget what it watched");
        }
    }

    /// The connection of a session is gone.
    pub(super) fn session_lost(&mut self, lane: LaneId, place: u32) {
        let Some(session) = self.sessions.get_mut(&lane).filter(|session| session.place == Some(place)) else { return };
        session.place = None;
        session.lost |= core::mem::take(&mut session.watches);
    }

    /// What a session watched is watched no more, and not because of its unit. Whether it watched anything.
    pub(super) fn lose_watch(&mut self, lane: LaneId) -> bool {
        let Some(session) = self.sessions.get_mut(&lane) else { return false };
        let watched = core::mem::take(&mut session.watches);
        session.lost |= watched;
        watched
    }

    pub(super) fn unwatch_link(&mut self, link: LinkId) {
        if let Some(&place) = self.link_numbers.get(&link) {
            self.unwatch(place);
        }
    }

    /// Whether a unit depends on watched keys.
    pub(super) fn is_watched(&self, job: &Job) -> bool {
        let session = self.lane_of(job).and_then(|lane| self.sessions.get(&lane));
        session.is_some_and(|session| session.watches || session.lost)
    }

    /// The server has answered a command of a session.
    pub(super) fn replied_on_session(&mut self, job: &Job) {
        let name = self.table.row(job.row).name;
        let session = self.lane_of(job).and_then(|lane| self.sessions.get_mut(&lane));
        let Some(session) = session else { return };
        match name {
            "WATCH" => session.watches = true,
            "UNWATCH" => (session.watches, session.lost) = (false, false),
            _ if !job.facts.has(Facts::READONLY) => session.wrote = Some(job.link),
            _ => {}
        }
    }

    /// EXEC was answered, which ends the watch. Whether there was one.
    pub(super) fn executed_on_session(&mut self, job: &Job) -> bool {
        let session = self.lane_of(job).and_then(|lane| self.sessions.get_mut(&lane));
        session.is_some_and(|session| core::mem::take(&mut session.watches) || session.lost)
    }

    /// A unit has run.
    pub(super) fn wrote_on_session(&mut self, job: &Job) {
        if let Some(session) = self.lane_of(job).and_then(|lane| self.sessions.get_mut(&lane)) {
            session.wrote = Some(job.link);
        }
    }

    /// A command of a session has settled, under way or not: the next one is sent. A unit ends the watch, however it ended.
    pub(super) fn over_on_session(&mut self, id: JobId, job: &Job) {
        let Some(lane) = self.lane_of(job) else { return };
        let Some(session) = self.sessions.get_mut(&lane) else { return };
        if session.current != Some(id) {
            let before = session.waiting.len();
            session.waiting.retain(|&waiting| waiting != id);
            if session.waiting.len() < before {
                self.session_backlog.remove(job);
            }
            return;
        }
        session.current = None;
        if job.facts.has(Facts::UNIT) {
            session.lost = false;
            if core::mem::take(&mut session.watches)
                && let Some(place) = session.place
            {
                self.unwatch(place);
            }
        }
        self.lane_is_due(lane);
    }

    /// A lane is released: what is open on it is given up, its connection is anybody's.
    pub(super) fn end_session(&mut self, lane: LaneId) {
        // What waits for the map, or for room, is not to begin the session anew.
        let is_its = |batch: &Batch| batch.options.lane == Some(lane) && !batch.is_admitted();
        let waiting: Vec<u32> =
            self.ledger.batches().filter(|(_, batch)| is_its(batch)).map(|(index, _)| index).collect();
        for index in waiting {
            self.parked.retain(|&parked| parked != index);
            self.fail_rest(index, NotExecuted::Cancelled, RELEASED);
        }
        let Some(session) = self.sessions.get_mut(&lane) else { return };
        let open: VecDeque<JobId> = session.current.into_iter().chain(session.waiting.iter().copied()).collect();
        for id in open {
            self.give_up(id, NotExecuted::Cancelled, RELEASED);
        }
        self.leave_connection(lane);
        self.sessions.remove(&lane);
    }

    fn lane_of(&self, job: &Job) -> Option<LaneId> {
        self.ledger.batch(job.batch)?.options.lane
    }
}
