//! Connections come and go: dials, handshakes, losses, silence.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Cluster, NodeState, Timer};
use crate::{
    broken::broken,
    flight::{
        ledger::{Facts, Job, Last},
        link::{Expected, Greeting, Link, Progress, Question, Queued, is_kill_refused},
    },
    port::{Address, Cause, Credentials, Failure, LinkId, Micros, Note, Output},
    route::{command::Pace, slot::Slot, topology::NodeId},
    wire::{decode::Frame, encode, tape::error_line},
};

/// A manual failover pauses writers for up to 10 s: silence is proof of nothing before that has passed.
const PAUSE_MS: u32 = 10_000;

/// Whatever is configured, a node that could not be reached is tried again no sooner than this.
const ATTEMPT_MS: u32 = 10;

impl Cluster {
    /// Begins a connection to a node; `None` where the policy does not let it. Whatever named the address, this is
    /// where it is checked.
    pub(super) fn dial(&mut self, node: NodeId, dedicated: bool) -> Option<u32> {
        let address = self.topology.node(node).address.clone();
        if !self.is_trusted(&address) {
            self.stats.untrusted += 1;
            if let Some(state) = self.state_mut(node) {
                state.reason = String::from("the trust policy does not allow this address");
            }
            return None;
        }
        let id = LinkId(self.next_link);
        self.next_link += 1;
        let mut link = Link::new(id, node, self.config.limits.decode, self.now);
        link.dedicated = dedicated;
        let place = self.links.insert(link);
        self.link_numbers.insert(id, place);
        let (timeout_ms, again_at) = (self.config.connect_ms, self.now.plus_ms(self.attempt_ms()));
        if let Some(state) = self.state_mut(node) {
            // Until one succeeds, each attempt counts, also one that is under way.
            if state.failures > 0 {
                state.retry_at = again_at;
            }
            if dedicated {
                state.dedicated += 1;
            } else {
                state.link = Some(place);
            }
        }
        self.timers.insert((self.now.plus_ms(timeout_ms), Timer::Link(id)));
        self.stats.dials += 1;
        self.actions.push(Output::Connect { link: id, address, timeout_ms });
        Some(place)
    }

    /// The connection of this number, if there is one still.
    pub(super) fn link_mut(&mut self, id: LinkId) -> Option<&mut Link> {
        self.links.get_mut(*self.link_numbers.get(&id)?)
    }

    pub(super) fn connected(&mut self, id: LinkId, credentials: Option<Credentials>) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        // A second handshake would take the answers of the commands under way for its own.
        let Some(node) = self.links.get(place).filter(|link| link.is_dialing()).map(|link| link.node) else { return };
        let is_shared = self.state(node).is_some_and(|state| state.link == Some(place));
        let is_read = is_shared && self.replicas.are_read && self.topology.node(node).primary.is_some();
        let mut predecessors = Vec::new();
        if let Some(state) = self.state_mut(node).filter(|_| is_shared) {
            predecessors.clone_from(&state.predecessors);
            state.ended = predecessors.len();
        }
        let greeting = Greeting {
            resp3: self.config.resp3,
            credentials,
            name: self.config.client_name.clone(),
            library: self.config.library.clone(),
            database: self.config.database,
            readonly: is_read,
            predecessors,
        };
        if let Some(link) = self.links.get_mut(place) {
            link.readonly = greeting.readonly;
            link.connected(greeting);
        }
        self.mark_dirty(place);
    }

    /// An answer of the handshake.
    #[inline(never)]
    pub(super) fn shaken(&mut self, place: u32, frame: Frame<'_>) -> Result<(), String> {
        let Some(link) = self.links.get_mut(place) else { return Ok(()) };
        let (node, dedicated, id, born) = (link.node, link.dedicated, link.id, link.born);
        match link.shaken(frame.words, frame.buffers) {
            Progress::Going | Progress::Say(_) => Ok(()),
            Progress::Failed(reason) => {
                self.node_failed(node, denied(&reason), &reason);
                Err(reason)
            }
            Progress::Ready(welcome) => {
                self.timers.remove(&(born.plus_ms(self.config.connect_ms), Timer::Link(id)));
                link.ready_since = self.now;
                link.used = self.now;
                if let Some(state) = self.state_mut(node) {
                    state.failures = 0;
                    state.retry_at = Micros(0);
                    state.reason.clear();
                    if !dedicated {
                        state.kill_refused = !welcome.proven;
                        self.kills_answered(node);
                    }
                }
                if self.config.diagnostics {
                    let address = self.topology.node(node).address.clone();
                    self.note(Note::Reconnected { link: id, address });
                }
                self.mark_dirty(place);
                self.link_ready(place);
                Ok(())
            }
        }
    }

    /// Authenticates a connection anew, behind what has been asked on it.
    pub(super) fn authenticate(&mut self, id: LinkId, credentials: &Credentials) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        let Some(link) = self.links.get_mut(place).filter(|link| !link.is_dialing() && !link.is_condemned()) else {
            return;
        };
        let mut words = Vec::new();
        match &credentials.username {
            Some(user) => encode::command(&mut words, ["AUTH", user, &credentials.password]),
            None => encode::command(&mut words, ["AUTH", &credentials.password]),
        }
        link.enqueue(Queued::Own(&[Question::Authenticate], words));
        self.mark_dirty(place);
    }

    /// A connection that was not authenticated anew may not be what its commands are meant to run as.
    pub(super) fn authenticated(&mut self, place: u32, frame: &Frame<'_>) {
        if error_line(frame.words, frame.buffers).is_none() || broken!(RefusedLinkStays) {
            return;
        }
        let Some(link) = self.links.get(place) else { return };
        let (node, dedicated) = (link.node, link.dedicated);
        if dedicated {
            self.condemn(place, "it was not authenticated anew");
        } else if self.state(node).is_some_and(|state| state.link == Some(place)) {
            self.retire(node);
        }
    }

    pub(super) fn written(&mut self, id: LinkId, total: u64) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        if let Some(link) = self.links.get_mut(place) {
            link.note_written(total);
        }
        self.mark_dirty(place);
    }

    /// The last word about a link: what was never sent is placed again, what may have been sent is lost.
    pub(super) fn closed(&mut self, id: LinkId, cause: &Cause, maybe_sent: u64) {
        let Some(place) = self.link_numbers.remove(&id) else { return };
        self.disband();
        let Some(link) = self.links.remove(place) else { return };
        self.scripts.forget(id);
        self.dirty.retain(|&dirty| dirty != place);
        self.timers.remove(&(link.born.plus_ms(self.config.connect_ms), Timer::Link(id)));
        let (node, shaking, condemned, client_id) =
            (link.node, link.is_shaking(), link.is_condemned(), link.client_id());
        // What was condemned or retired has been forgotten then, and is not to be taken off the count twice.
        if !condemned && !link.is_retiring() {
            self.forget_link(node, place, link.dedicated);
        }
        if let Some(lane) = link.lane {
            self.lane_lost(lane, place, !shaking);
        }
        if let Some(lane) = link.session {
            self.session_lost(lane, place);
        }
        if !condemned && (shaking || self.was_in_vain(&link)) {
            self.node_failed(node, failure_of(cause), &cause.to_string());
        } else if !link.is_retiring() {
            self.want_refresh();
        }
        self.ask_failed(id);
        // That this client closed it explains nothing; why it did does.
        let own = link.reason().map(|reason| Cause::Lost(String::from(reason)));
        let cause = own.as_ref().unwrap_or(cause);
        let remains = link.remains();
        let left = if broken!(LostIsUnsent) { 0 } else { maybe_sent };
        let left = if broken!(UnsentIsUnknown) { u64::MAX } else { left };
        let was_sent = |end: u64| end <= left;
        let is_commands = |expected| matches!(expected, Expected::Job(_) | Expected::Unit { .. });
        if remains.sent.iter().any(|sent| is_commands(sent.expected) && was_sent(sent.end))
            && let Some(state) = self.state_mut(node)
        {
            match client_id {
                Some(client_id) => state.predecessors.push(client_id),
                None => state.lost_nameless = true,
            }
        }
        for sent in remains.sent {
            match sent.expected {
                Expected::Job(job) if was_sent(sent.end) => self.job_lost(job, cause),
                Expected::Job(job) => self.unsent(job),
                // Without its EXEC nothing of it runs; unless MULTI was refused.
                Expected::Unit { job, .. } if was_sent(sent.end) || self.is_apart(job) => self.job_lost(job, cause),
                Expected::Unit { job, .. } => self.unsent(job),
                Expected::Own(question) => self.question_lost(question),
                // A run was made jobs before anything else.
                Expected::Asking | Expected::Handshake | Expected::Run { .. } => {}
            }
        }
        for queued in remains.queue {
            self.requeue(queued);
        }
        self.fence_unknowns();
        self.end_predecessors(node);
    }

    /// Whether a connection that is gone was the second in turn on which nothing came behind the handshake: as good as none,
    /// and not to be tried again at once.
    fn was_in_vain(&mut self, link: &Link) -> bool {
        if link.dedicated || link.is_retiring() {
            return false;
        }
        let is_mute = link.heard <= link.ready_since;
        let was_mute = self.state_mut(link.node).map(|state| core::mem::replace(&mut state.was_mute, is_mute));
        is_mute && was_mute == Some(true)
    }

    /// Has the shared connection, where it is up already, end what was lost since its handshake.
    fn end_predecessors(&mut self, node: NodeId) {
        let Some(place) = self.ready_link(node) else { return };
        let Some(state) = self.state_mut(node) else { return };
        let nameless = core::mem::take(&mut state.lost_nameless);
        let new: Vec<i64> = state.predecessors.iter().skip(state.ended).copied().collect();
        state.ended += new.len();
        state.kills_due += u32::try_from(new.len()).unwrap_or(u32::MAX);
        if let Some(link) = self.links.get_mut(place) {
            for id in new {
                let mut kill = Vec::new();
                encode::command(&mut kill, ["CLIENT", "KILL", "ID", &id.to_string()]);
                link.enqueue(Queued::Own(&[Question::Kill], kill));
            }
        }
        self.mark_dirty(place);
        if nameless {
            self.predecessors_over(node, false);
        }
    }

    /// An answer to CLIENT KILL outside of a handshake.
    pub(super) fn killed(&mut self, place: u32, frame: &Frame<'_>) {
        let Some(node) = self.links.get(place).map(|link| link.node) else { return };
        let refused = is_kill_refused(frame.words, frame.buffers);
        let Some(state) = self.state_mut(node).filter(|state| state.link == Some(place)) else { return };
        state.kill_refused |= refused;
        state.kills_due = state.kills_due.saturating_sub(1);
        if state.kills_due == 0 {
            self.kills_answered(node);
        }
    }

    /// What the shared connection was told to end is over, or will not be ended.
    fn kills_answered(&mut self, node: NodeId) {
        let Some(state) = self.state_mut(node) else { return };
        state.predecessors.drain(..state.ended.min(state.predecessors.len()));
        state.ended = 0;
        let refused = core::mem::take(&mut state.kill_refused) || core::mem::take(&mut state.lost_nameless);
        let is_over = state.predecessors.is_empty();
        if refused || is_over {
            self.predecessors_over(node, !refused);
        }
        if !is_over {
            self.end_predecessors(node);
        }
    }

    /// Whether a job that stands behind an unknown one may be sent: nothing of that one's connection is left at its node.
    pub(super) fn is_past_unknown(&self, job: &Job) -> bool {
        !self.is_open_elsewhere(job) && !self.state(job.node).is_some_and(NodeState::is_unproven)
    }

    /// Whether what a job stands behind is on a connection that is still open, and not the one that it would take itself:
    /// on that one, the order is the server's own.
    pub(super) fn is_open_elsewhere(&self, job: &Job) -> bool {
        self.link_numbers.contains(&job.link) && self.link_of(job.node) != Some(job.link)
    }

    /// Ends a connection that cannot be used any more. What was not written yet goes elsewhere at once.
    pub(super) fn condemn(&mut self, place: u32, reason: &str) {
        self.disband();
        let Some(link) = self.links.get_mut(place) else { return };
        if link.is_condemned() {
            return;
        }
        let (is_forgotten, shaking) = (link.is_retiring(), link.is_shaking());
        link.condemn(reason);
        let (id, node, dedicated) = (link.id, link.node, link.dedicated);
        let (lane, session, queue) = (link.lane.take(), link.session.take(), link.take_queue());
        let is_open = link.begin_close();
        if !is_forgotten {
            self.forget_link(node, place, dedicated);
        }
        if is_open {
            self.actions.push(Output::Close { link: id });
        }
        if let Some(state) = self.state_mut(node)
            && state.reason.is_empty()
        {
            state.reason = String::from(reason);
        }
        self.ask_failed(id);
        for queued in queue {
            self.requeue(queued);
        }
        if let Some(lane) = lane {
            self.lane_lost(lane, place, !shaking);
        }
        if let Some(lane) = session {
            self.session_lost(lane, place);
        }
        self.want_refresh();
    }

    /// Ends a connection whose command nobody waits for: a server that goes on blocking would hand its result to nobody.
    pub(super) fn hang_up(&mut self, id: LinkId, reason: &str) {
        if let Some(&place) = self.link_numbers.get(&id) {
            self.condemn(place, reason);
        }
    }

    /// No more jobs for a node's connection; it closes when its answers are in, and the next job dials anew.
    pub(super) fn retire(&mut self, node: NodeId) {
        let Some(place) = self.state(node).and_then(|state| state.link) else { return };
        self.disband();
        let Some(link) = self.links.get_mut(place) else { return };
        let queue = link.take_queue();
        link.retire();
        if !link.has_unanswered() && link.begin_close() {
            let id = link.id;
            self.actions.push(Output::Close { link: id });
        }
        self.forget_link(node, place, false);
        for queued in queue {
            self.requeue(queued);
        }
    }

    /// Closes the idle connections to nodes that the map does not list any more.
    pub(super) fn close_strays(&mut self) {
        let strays: Vec<u32> = self
            .links
            .iter()
            .filter(|(_, link)| link.is_ready() && link.is_idle() && link.session.is_none())
            .filter(|(_, link)| !self.topology.node(link.node).listed)
            .map(|(place, _)| place)
            .collect();
        for place in strays {
            self.close_idle(place);
        }
    }

    /// Closes a connection that has nothing to do.
    pub(super) fn close_idle(&mut self, place: u32) {
        let Some(link) = self.links.get_mut(place) else { return };
        link.retire();
        let (id, node, dedicated, is_open) = (link.id, link.node, link.dedicated, link.begin_close());
        self.forget_link(node, place, dedicated);
        if is_open {
            self.actions.push(Output::Close { link: id });
        }
    }

    pub(super) fn dial_overdue(&mut self, id: LinkId) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        let Some(link) = self.links.get(place).filter(|link| link.is_shaking()) else { return };
        let (node, is_taken) = (link.node, !link.is_dialing());
        let reason = alloc::format!("no connection within {} ms", self.config.connect_ms);
        self.leave_alone(node, Failure::TimedOut, &reason);
        // A server that is busy with a slow command takes a second connection, and says nothing there either.
        let is_busy = |silent: u32| is_taken && self.slow_until(silent).is_some();
        if let Some(silent) = self.silent_link(node).filter(|&silent| !is_busy(silent)) {
            self.condemn(silent, &reason);
        }
        self.condemn(place, &reason);
    }

    /// A call on this link got no answer in time. That alone proves nothing: a second connection is asked.
    pub(super) fn suspect(&mut self, id: LinkId) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        let Some(link) = self.links.get_mut(place) else { return };
        if link.dedicated || link.suspected.is_some() || !link.is_ready() {
            return;
        }
        link.suspected = Some(self.now);
        let (node, heard) = (link.node, link.heard);
        self.timers.insert((heard.plus_ms(PAUSE_MS).max(self.now.plus_ms(self.config.connect_ms)), Timer::Silence(id)));
        let Some(probe) = self.dial(node, true) else { return };
        let mut ping = Vec::new();
        encode::command(&mut ping, ["PING"]);
        if let Some(link) = self.links.get_mut(probe) {
            link.enqueue(Queued::Own(&[Question::Ping], ping));
        }
    }

    /// The second connection has answered: it was opened for that, and closes when this answer has been taken.
    pub(super) fn answered_for(&mut self, probe: u32) {
        let Some(link) = self.links.get_mut(probe).filter(|link| link.dedicated) else { return };
        link.retire();
        let node = link.node;
        self.forget_link(node, probe, true);
    }

    /// The pause that a failover may take is over: a link that is still silent is given up.
    pub(super) fn still_silent(&mut self, id: LinkId) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        if let Some(until) = self.slow_until(place) {
            self.timers.insert((until, Timer::Silence(id)));
            return;
        }
        let Some(link) = self.links.get_mut(place) else { return };
        link.suspected = None;
        if link.heard.plus_ms(PAUSE_MS) <= self.now && link.has_unanswered() {
            self.condemn(place, "no answer for longer than any failover pauses");
        }
    }

    /// The node could not be reached or refused the handshake.
    pub(super) fn node_failed(&mut self, node: NodeId, failure: Failure, reason: &str) {
        self.leave_alone(node, failure, reason);
        // The second connection was refused: the silent one is dead too.
        if let Some(silent) = self.silent_link(node) {
            self.condemn(silent, reason);
        }
    }

    /// No attempt to reach this node for a while.
    fn leave_alone(&mut self, node: NodeId, failure: Failure, reason: &str) {
        let failures = self.state(node).map_or(0, |state| state.failures);
        let (least, most) = (self.attempt_ms(), self.config.reconnect_most_ms);
        let retry_at = self.backoff_to(least, most.max(least), failures);
        if let Some(state) = self.state_mut(node) {
            state.failures = failures.saturating_add(1);
            state.retry_at = retry_at;
            state.failure = failure;
            state.reason = String::from(reason);
        }
        let address: Address = self.topology.node(node).address.clone();
        self.note(Note::NodeDown { address, failure, reason: String::from(reason) });
        self.want_refresh();
    }

    fn attempt_ms(&self) -> u32 {
        self.config.reconnect_ms.max(ATTEMPT_MS)
    }

    fn silent_link(&self, node: NodeId) -> Option<u32> {
        let place = self.state(node)?.link?;
        let link = self.links.get(place)?;
        link.suspected.is_some_and(|since| link.heard <= since).then_some(place)
    }

    /// Until when the silence of a connection is that of the command that it owes an answer to first: one that may take long,
    /// and whose caller still waits.
    fn slow_until(&self, place: u32) -> Option<Micros> {
        let (row, deadline) = match self.links.get(place)?.first_unanswered()? {
            Expected::Job(id) | Expected::Unit { job: id, .. } => {
                let job = self.ledger.job(id).filter(|job| !job.facts.has(Facts::CLOSED))?;
                (job.row, job.deadline)
            }
            Expected::Run { run, .. } => self.ledger.run(run).map(|run| (run.row, run.deadline))?,
            Expected::Asking | Expected::Handshake | Expected::Own(_) => return None,
        };
        (self.table.row(row).handling.pace == Pace::Slow && deadline > self.now).then_some(deadline)
    }

    pub(super) fn forget_link(&mut self, node: NodeId, place: u32, dedicated: bool) {
        let Some(state) = self.state_mut(node) else { return };
        let is_shared = state.link == Some(place);
        if is_shared {
            state.link = None;
            state.ended = 0;
            state.kills_due = 0;
            state.kill_refused = false;
        }
        state.idle.retain(|&idle| idle != place);
        if dedicated {
            state.dedicated = state.dedicated.saturating_sub(1);
        }
        self.less_crowded |= is_shared && self.crowded.remove(&node).is_some();
    }

    fn job_lost(&mut self, job: crate::flight::JobId, cause: &Cause) {
        let Some(&given_up) = self.ledger.job(job) else { return };
        if given_up.facts.has(Facts::CLOSED) {
            // What was let past it because its connection was open stands behind it again.
            self.remember_unknown(&given_up);
            return self.ledger.unhold(job, Facts::HELD);
        }
        self.ledger_mut(job, |job| job.facts.clear(Facts::HELD));
        self.lost(job, cause);
    }

    /// The last byte of its request never left: it is sent again as if for the first time.
    pub(super) fn unsent(&mut self, id: crate::flight::JobId) {
        let Some(&job) = self.ledger.job(id) else { return };
        if job.facts.has(Facts::CLOSED) {
            return self.ledger.unhold(id, Facts::HELD);
        }
        let owner = Slot::new(job.slot).and_then(|slot| self.topology.owner(slot));
        self.ledger_mut(id, |job| {
            job.facts.clear(Facts::HELD | Facts::SENT);
            job.asked = job.asked.filter(|_| job.asked == owner);
            job.last = if job.last == Last::Nothing { Last::Lost } else { job.last };
        });
        self.again(id, &job, 0);
    }

    fn requeue(&mut self, queued: Queued) {
        match queued {
            Queued::Job { job, .. } => self.unsent(job),
            Queued::Own(questions, _) => questions.iter().for_each(|&question| self.question_lost(question)),
            Queued::Run { .. } => {}
        }
    }

    /// The number of an address.
    pub(super) fn intern(&mut self, address: &Address) -> Option<NodeId> {
        let node = self.topology.intern(address)?;
        self.settle_in(node);
        Some(node)
    }

    /// A number that belonged to a forgotten address brings nothing of that one along.
    pub(super) fn settle_in(&mut self, node: NodeId) {
        // Another name of a listed node is that node: what counts is the address that would be dialled.
        let address = &self.topology.node(node).address;
        if self.state(node).is_some_and(|state| state.address.as_ref() == Some(address)) {
            return;
        }
        let address = address.clone();
        let Some(state) = self.state_mut(node) else { return };
        if state.address.replace(address.clone()).is_some() {
            self.retire(node);
            let idle = self.state_mut(node).map_or(Vec::new(), |state| core::mem::take(&mut state.idle));
            for place in idle {
                self.condemn(place, "its address has been forgotten");
            }
            if let Some(state) = self.state_mut(node) {
                *state = NodeState { address: Some(address), ..NodeState::default() };
            }
        }
    }

    pub(super) fn state(&self, node: NodeId) -> Option<&NodeState> {
        self.nodes.get(usize::from(node.0))
    }

    pub(super) fn state_mut(&mut self, node: NodeId) -> Option<&mut NodeState> {
        if node.0 == u16::MAX {
            return None;
        }
        let needed = usize::from(node.0) + 1;
        if self.nodes.len() < needed {
            self.nodes.resize_with(needed, NodeState::default);
        }
        self.nodes.get_mut(needed - 1)
    }
}

const fn failure_of(cause: &Cause) -> Failure {
    match cause {
        Cause::Refused(_) => Failure::Refused,
        Cause::UnknownHost(_) => Failure::UnknownHost,
        Cause::Tls(_) => Failure::Tls,
        Cause::Denied(_) => Failure::Denied,
        Cause::TimedOut => Failure::TimedOut,
        Cause::Unreachable(_) | Cause::Lost(_) | Cause::Asked => Failure::Unreachable,
    }
}

/// What a server's refusal of a handshake or a question comes to, by its codes; old servers have none for passwords.
pub(super) fn denied(line: &str) -> Failure {
    const DENIED: [&str; 4] = ["WRONGPASS", "NOAUTH", "NOPERM", "invalid username-password"];
    if DENIED.iter().any(|code| line.contains(code)) { Failure::Denied } else { Failure::Unreachable }
}
