//! Keeping the map: one round at a time, up to three nodes asked in each, the views weighed by the map itself.
//!
//! A round asks the connected nodes; where there are none it dials, discovered nodes first, seeds as the last resort.
//! COMMAND INFO for names that the table does not know goes the same way.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use super::{Cluster, Timer};
use crate::{
    broken::broken,
    config::Trust,
    flight::{
        Kept,
        link::{Question, Queued},
    },
    port::{Address, Failure, LinkId, Micros, Note},
    route::{
        table,
        topology::{BadView, Changes, NodeId, Topology, View},
    },
    sorted::{SortedMap, SortedSet},
    wire::{
        decode::Frame,
        encode,
        tape::{Cursor, Leaf, Node},
    },
};

/// Nodes asked in one round: enough to outvote one that lags behind.
const ASKED: usize = 3;

/// So many rounds, so far apart, look after a command that changed the cluster: nodes tell each other little by little.
const AFTER_CHANGES: u8 = 5;
const AFTER_CHANGES_MS: u32 = 1_000;

/// A round ends with the views that are there so long after the first node was asked.
const ROUND_MS: u32 = 1_000;

#[derive(Debug, Default)]
pub(super) struct Refresh {
    ready: bool,
    /// Whether the cluster itself wants every slot to have an owner, once that has been asked.
    pub(super) wants_coverage: Option<bool>,
    last: Option<Micros>,
    next: Option<Micros>,
    round: Option<Round>,
    failed_rounds: u8,
    /// Rounds to come soon, because the cluster has been changed.
    closer: u8,
    unreachable: String,
    /// When the nodes were asked for the newest of their views that was taken.
    seen: SortedMap<NodeId, Micros>,
}

#[derive(Debug)]
struct Round {
    deadline: Micros,
    asks: Vec<Ask>,
    tried: SortedSet<NodeId>,
    dialing: SortedSet<NodeId>,
}

#[derive(Debug)]
struct Ask {
    link: LinkId,
    node: NodeId,
    at: Micros,
    slots: Option<Kept>,
    nodes: Option<Kept>,
    failed: bool,
}

impl Ask {
    const fn is_over(&self) -> bool {
        self.failed || self.nodes.is_some()
    }
}

impl Round {
    fn has_nobody_to_ask(&self) -> bool {
        self.asks.iter().all(|ask| ask.failed)
    }
}

impl Refresh {
    pub(super) const fn is_ready(&self) -> bool {
        self.ready
    }

    pub(super) fn seen(&self, node: NodeId) -> Option<Micros> {
        self.seen.get(&node).copied()
    }

    pub(super) fn is_older_than(&self, ms: u32, now: Micros) -> bool {
        self.last.is_none_or(|last| last.plus_ms(ms) <= now)
    }
}

impl Cluster {
    /// Asks for a refresh: now if none is under way and the last is long enough ago, else as soon as that is so.
    pub(super) fn want_refresh(&mut self) {
        if self.refresh.round.is_some() || broken!(NoRefresh) {
            return;
        }
        if broken!(RefreshAtOnce) {
            return self.begin_round();
        }
        let earliest = self.refresh.last.map_or(self.now, |last| last.plus_ms(self.config.refresh_gap_ms));
        if earliest <= self.now {
            return self.begin_round();
        }
        if self.refresh.next.is_some_and(|next| next > self.now && next <= earliest.plus_ms(1_000)) {
            return;
        }
        // Many clients hear of one failover at one instant: spread them, the wider the larger the cluster.
        let nodes = u32::try_from(self.topology.owners().len()).unwrap_or(u32::MAX);
        let at = earliest.plus_ms(self.random.below(nodes.min(1_000)));
        self.next_refresh(at);
    }

    /// A command has changed the cluster: the map is looked at now, and some times more until that has got about.
    pub(super) fn cluster_changed(&mut self) {
        self.refresh.closer = AFTER_CHANGES;
        self.want_refresh();
    }

    fn next_refresh(&mut self, at: Micros) {
        if let Some(next) = self.refresh.next.replace(at) {
            self.timers.remove(&(next, Timer::Refresh));
        }
        self.timers.insert((at, Timer::Refresh));
    }

    fn begin_round(&mut self) {
        self.stats.refreshes += 1;
        let deadline = self.now.plus_ms(ROUND_MS);
        self.timers.insert((deadline, Timer::Round));
        self.refresh.round =
            Some(Round { deadline, asks: Vec::new(), tried: SortedSet::default(), dialing: SortedSet::default() });
        let mut ready: Vec<NodeId> = self.connected_nodes();
        for _ in 0..ASKED.min(ready.len()) {
            let pick = self.random.below(u32::try_from(ready.len()).unwrap_or(1)) as usize;
            self.ask_view(ready.swap_remove(pick));
        }
        // Scans need to hear it from these themselves.
        for node in self.wanted_by_scans() {
            if let Some(at) = ready.iter().position(|&other| other == node) {
                self.ask_view(ready.swap_remove(at));
            } else {
                let _ = self.way_to(node);
            }
        }
        self.dial_more();
    }

    pub(super) fn connected_nodes(&self) -> Vec<NodeId> {
        let shared = |place: u32, node: NodeId| self.state(node).is_some_and(|state| state.link == Some(place));
        self.links
            .iter()
            .filter(|(place, link)| link.is_ready() && shared(*place, link.node))
            .map(|(_, link)| link.node)
            .collect()
    }

    /// Dials further nodes as long as the round has nobody to ask.
    fn dial_more(&mut self) {
        loop {
            let Some(round) = &self.refresh.round else { return };
            if !round.has_nobody_to_ask() || round.dialing.len() >= ASKED {
                return;
            }
            let Some(node) = self.candidates().into_iter().find(|node| !round.tried.contains(node)) else { break };
            // Up already: nothing will tell that it is.
            if self.ready_link(node).is_some() {
                self.prolong_round();
                self.ask_view(node);
                return;
            }
            let usable = self.way_to(node).is_ok();
            let Some(round) = &mut self.refresh.round else { return };
            round.tried.insert(node, ());
            if usable {
                round.dialing.insert(node, ());
            }
        }
        if self.refresh.round.as_ref().is_some_and(|round| round.dialing.is_empty()) {
            self.end_round();
        }
    }

    /// Discovered nodes first, seeds as the last resort; or the other way round, if that is wanted.
    fn candidates(&self) -> Vec<NodeId> {
        let seeds = self.config.seeds.iter().filter_map(|seed| self.topology.find(seed));
        let nodes = self.topology.nodes();
        if self.config.seeds_first { seeds.chain(nodes).collect() } else { nodes.chain(seeds).collect() }
    }

    /// A connection is ready: a round that has nobody to ask asks here.
    pub(super) fn link_ready(&mut self, place: u32) {
        self.watch_idle();
        let Some(link) = self.links.get(place).filter(|link| !link.dedicated) else { return };
        let (node, id) = (link.node, link.id);
        self.measure(place);
        if let Some(round) = &mut self.refresh.round {
            let was_dialed = round.dialing.remove(&node).is_some();
            if was_dialed && round.asks.len() < ASKED && !round.asks.iter().any(|ask| ask.link == id) {
                if round.has_nobody_to_ask() {
                    self.prolong_round();
                }
                self.ask_view(node);
            }
        }
        if !self.asked_info && !self.parked.is_empty() {
            self.ask_info();
        }
    }

    fn ask_view(&mut self, node: NodeId) {
        let Some(place) = self.ready_link(node) else { return };
        let Some(link) = self.links.get_mut(place) else { return };
        // What an earlier round has asked and nobody answered is not asked again: it would pile up on a silent connection.
        let at = link.view_asked.unwrap_or(self.now);
        if link.view_asked.replace(at).is_none() {
            // One write, however full the connection is: what is read apart may tell of two maps.
            let mut words = Vec::new();
            encode::command(&mut words, ["CLUSTER", "SLOTS"]);
            encode::command(&mut words, ["CLUSTER", "NODES"]);
            link.enqueue(Queued::Own(&[Question::ClusterSlots, Question::ClusterNodes], words));
        }
        let link = link.id;
        if let Some(round) = &mut self.refresh.round {
            round.tried.insert(node, ());
            round.asks.push(Ask { link, node, at, slots: None, nodes: None, failed: false });
        }
        self.mark_dirty(place);
    }

    /// An answer to one of the core's own questions.
    #[inline(never)]
    pub(super) fn own_answer(&mut self, place: u32, question: Question, frame: Frame<'_>) {
        let link = self.link_id(place);
        match question {
            Question::Ping => self.answered_for(place),
            // Of a connection that is no subscription's any more.
            Question::Fence => {}
            Question::Nearness => self.measured(place),
            // Refused, READONLY shows in what the reads are answered; a connection that would not leave it is of no use.
            Question::Readonly => self.turned(place, &frame),
            Question::Idle => {}
            Question::Coverage => self.coverage_told(&frame),
            Question::Authenticate => self.authenticated(place, &frame),
            Question::Multi => self.multi_answered(place, &frame),
            Question::Exec => self.exec_answered(place, &frame),
            Question::Unwatch => self.unwatched(place, &frame),
            Question::Kill => self.killed(place, &frame),
            Question::CommandInfo => self.info_answered(frame),
            Question::ClusterSlots | Question::ClusterNodes => {
                if question == Question::ClusterSlots
                    && let Some(link) = self.links.get_mut(place)
                {
                    link.view_asked = None;
                }
                let Some(round) = &mut self.refresh.round else { return };
                let Some(ask) = round.asks.iter_mut().find(|ask| ask.link == link) else { return };
                let kept = Kept::new(frame.words, frame.buffers);
                if question == Question::ClusterSlots {
                    ask.slots = Some(kept);
                } else if ask.slots.is_some() {
                    ask.nodes = Some(kept);
                }
                if round.asks.iter().all(Ask::is_over) {
                    self.end_round();
                }
            }
        }
    }

    /// The connection is gone that was asked, or being dialled for it.
    pub(super) fn ask_failed(&mut self, link: LinkId) {
        let Some(round) = &mut self.refresh.round else { return };
        for ask in round.asks.iter_mut().filter(|ask| ask.link == link) {
            ask.failed = true;
        }
        let nodes = &self.nodes;
        round.dialing.retain(|node, ()| nodes.get(usize::from(node.0)).is_some_and(|state| state.link.is_some()));
        let over = !round.asks.is_empty() && round.asks.iter().all(Ask::is_over);
        if over && round.asks.iter().any(|ask| !ask.failed) {
            return self.end_round();
        }
        self.dial_more();
    }

    pub(super) fn question_lost(&mut self, question: Question) {
        match question {
            Question::CommandInfo => self.asked_info = false,
            Question::Coverage => self.want_refresh(),
            Question::ClusterSlots | Question::ClusterNodes | Question::Ping | Question::Nearness | Question::Idle => {}
            Question::Readonly | Question::Authenticate | Question::Kill | Question::Fence => {}
            // What has asked is placed anew with the connection's other jobs.
            Question::Multi | Question::Exec | Question::Unwatch => {}
        }
    }

    /// The round's time is over. As long as it waits for dials, which have a limit of their own, it has not begun.
    pub(super) fn round_overdue(&mut self) {
        let waits = |round: &Round| round.has_nobody_to_ask() && !round.dialing.is_empty();
        if self.refresh.round.as_ref().is_some_and(waits) { self.prolong_round() } else { self.end_round() }
    }

    /// The time for answers begins now.
    fn prolong_round(&mut self) {
        let Some(round) = &mut self.refresh.round else { return };
        self.timers.remove(&(round.deadline, Timer::Round));
        round.deadline = self.now.plus_ms(ROUND_MS);
        self.timers.insert((round.deadline, Timer::Round));
    }

    /// Takes the views that are there.
    pub(super) fn end_round(&mut self) {
        let Some(round) = self.refresh.round.take() else { return };
        self.timers.remove(&(round.deadline, Timer::Round));
        self.refresh.last = Some(self.now);
        let mut views = Vec::new();
        let mut standalone = None;
        for ask in &round.asks {
            match self.view(ask) {
                Some(Ok(view)) => {
                    views.push(view);
                    self.refresh.seen.insert(ask.node, ask.at);
                }
                Some(Err(BadView::Standalone)) => standalone = Some(self.topology.node(ask.node).address.clone()),
                Some(Err(BadView::Server(line))) => self.set_reason(ask.node, &line),
                Some(Err(BadView::Form(what))) => self.set_reason(ask.node, &what),
                None => {}
            }
        }
        self.disband();
        let changes = if !views.is_empty() {
            self.topology.adopt(&views)
        } else if let Some(address) = standalone {
            self.topology.adopt_standalone(&address)
        } else {
            return self.round_failed(&round);
        };
        self.adopted(changes);
        self.scans_look();
    }

    fn view(&self, ask: &Ask) -> Option<Result<View, BadView>> {
        let (slots, nodes) = (ask.slots.as_ref()?, ask.nodes.as_ref()?);
        let from = &self.topology.node(ask.node).address;
        let tls = self.config.tls;
        Some(Topology::read_view((&slots.words, &slots.buffers), (&nodes.words, &nodes.buffers), from, tls))
    }

    pub(super) fn adopted(&mut self, changes: Changes) {
        let nodes: Vec<NodeId> = self.topology.nodes().collect();
        for node in nodes {
            self.settle_in(node);
        }
        if !self.refresh.ready && !self.is_covered() {
            return;
        }
        self.refresh.failed_rounds = 0;
        self.refresh.unreachable.clear();
        let soon = if self.refresh.closer > 0 { AFTER_CHANGES_MS } else { u32::MAX };
        self.refresh.closer = self.refresh.closer.saturating_sub(1);
        let at = self.now.plus_ms(self.config.refresh_ms.min(soon));
        if !broken!(RefreshOnlyWhenTold) {
            self.next_refresh(at);
        }
        if !core::mem::replace(&mut self.refresh.ready, true) {
            self.note(Note::Ready);
        }
        if self.config.diagnostics {
            self.note(Note::Refreshed { changed: changes.any });
        }
        if changes.any {
            self.note(Note::Topology);
        }
        if self.replicas.is_nearest_wanted() {
            self.measure_if_due();
        }
        let held: Vec<u16> = self.order.held().collect();
        for slot in held {
            if changes.any {
                self.order.wait_until(slot, self.now);
            }
            self.due.push_back(slot);
        }
        if changes.any {
            self.adrift_bytes = 0;
            for (at, timer) in core::mem::take(&mut self.adrift) {
                if let Timer::Adrift(job) = timer {
                    self.set_adrift(job, at.min(self.now));
                }
            }
            self.hurry_subscriptions();
        }
        self.close_strays();
    }

    fn round_failed(&mut self, round: &Round) {
        let (mut failure, mut reasons) = (Failure::Unreachable, Vec::new());
        for node in round.tried.keys() {
            failure = failure.max(self.state(*node).map_or(Failure::Unreachable, |state| state.failure));
            let reason = self.state(*node).map_or("", |state| state.reason.as_str());
            let reason = if reason.is_empty() { "no answer" } else { reason };
            reasons.push(format!("{}: {reason}", self.topology.node(*node).address));
        }
        self.cannot_begin(
            failure,
            if reasons.is_empty() { String::from("no seed is known") } else { reasons.join("; ") },
        );
    }

    /// There is no map to work with; the next round may bring one.
    pub(super) fn cannot_begin(&mut self, failure: Failure, reason: String) {
        self.refresh.unreachable = reason;
        self.note(Note::Unreachable { failure, reason: self.refresh.unreachable.clone() });
        let at = self.backoff(100, self.refresh.failed_rounds);
        self.refresh.failed_rounds = self.refresh.failed_rounds.saturating_add(1);
        self.next_refresh(at);
    }

    fn set_reason(&mut self, node: NodeId, reason: &str) {
        if let Some(state) = self.state_mut(node) {
            state.failure = super::links::denied(reason);
            state.reason = reason.to_string();
        }
    }

    /// Why nothing can be sent, for messages.
    pub(super) fn why_unreachable(&self) -> String {
        if self.refresh.unreachable.is_empty() {
            String::from("no connection yet")
        } else {
            self.refresh.unreachable.clone()
        }
    }

    /// Whether a connection to this address may be asked for.
    pub(super) fn is_trusted(&self, address: &Address) -> bool {
        if self.config.seeds.contains(address) || broken!(TrustAnyHost) {
            return true;
        }
        match &self.config.trust {
            Trust::Server => true,
            Trust::Only(allowed) => allowed.contains(address),
            Trust::Listed => self.topology.is_listed(address),
        }
    }

    /// Asks a server for the commands that parked batches name and the table does not know.
    pub(super) fn ask_info(&mut self) {
        if self.asked_info {
            return;
        }
        let names = self.unknown_names();
        let Some(node) = self.connected_nodes().first().copied().filter(|_| !names.is_empty()) else { return };
        let Some(place) = self.ready_link(node) else { return };
        let Some(link) = self.links.get_mut(place) else { return };
        let mut words = Vec::new();
        encode::header(&mut words, 2 + names.len());
        encode::bulk(&mut words, b"COMMAND");
        encode::bulk(&mut words, b"INFO");
        for name in &names {
            encode::bulk(&mut words, name);
        }
        link.enqueue(Queued::Own(&[Question::CommandInfo], words));
        self.asked_info = true;
        self.asked_names = names;
        self.mark_dirty(place);
    }

    /// A refused COMMAND teaches nothing, and fails nothing but the commands that needed it.
    fn info_answered(&mut self, frame: Frame<'_>) {
        self.asked_info = false;
        // Names that the answer does not explain stay unknown; one that it explains is found in the table.
        let names = core::mem::take(&mut self.asked_names);
        for name in &names {
            self.strangers.insert(name.clone(), ());
        }
        let bytes = |leaf: Leaf| leaf.of(frame.buffers).unwrap_or_default();
        let mut cursor = Cursor::new(frame.words);
        let Some(Node::Array(count)) = cursor.next() else { return };
        for asked in names.iter().take(count as usize) {
            let Some(words) = cursor.skip() else { return };
            for mut row in table::read_command_info(words, &bytes).unwrap_or_default() {
                // A command that was renamed answers to its new name with its old one.
                let (container, subcommand) = row.name.split_once(' ').unwrap_or((&row.name, ""));
                if container.as_bytes() != asked.as_slice() {
                    let asked = String::from_utf8_lossy(asked);
                    row.name = if subcommand.is_empty() { asked.into_owned() } else { format!("{asked} {subcommand}") };
                }
                self.table.learn(row);
            }
        }
    }
}
