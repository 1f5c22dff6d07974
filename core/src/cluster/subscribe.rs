//! Subscriptions: lanes whose commands are SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE and what undoes them.
//!
//! What such a lane wants is data ([`Subscription`]); here its connections are brought to that. Channels and patterns live
//! on one primary, any, for as long as that connection does; shard channels on the owner of their slot. Each request names
//! one topic and has a PING behind it, so that a refusal is known for what it refuses, on both protocols alike. What is
//! lost (a connection, a slot that moved) is asked for again, and when all of it is held the caller is told once.

use alloc::{string::String, vec::Vec};

use bytes::Bytes;

use super::{Cluster, Timer, reply::patience};
use crate::{
    broken::broken,
    flight::{
        JobId,
        judge::{self, Verdict},
        ledger::{Job, Last},
        link::{Expected, Question, Queued},
        subscription::{Asked, Kind, Step, Subscription, Topic},
    },
    port::{LaneId, LinkId, Micros, NotExecuted, Note, Output},
    route::{slot::Slot, topology::NodeId},
    wire::{
        decode::Frame,
        encode,
        request::{Args, Requests},
        tape::{Cursor, Node, error_line, tag},
    },
};

/// A connection that says nothing for so long is asked whether it lives; one that does not answer for so long is given up.
/// No shorter: a failover may pause a server for that long.
const PULSE_MS: u32 = 10_000;

/// What was lost with a connection younger than this is not asked for again at once: a server that ends each connection
/// as soon as it is used would be dialled without a pause.
const YOUNG_MS: u32 = 1_000;

/// What a server says unasked to a subscriber.
enum Said {
    Message,
    Subscribed,
    Unsubscribed,
}

impl Cluster {
    /// A command of a subscription: what it wants is noted at once, in its place among the others of its lane.
    pub(super) fn start_subscribing(&mut self, job: Job) {
        let lane = self.ledger.batch(job.batch).and_then(|batch| batch.options.lane);
        let bytes = self.ledger.bytes(job.source).clone();
        let (row, mut spans) = (self.table.row(job.row), Vec::new());
        let (Some(lane), Some(Ok(_))) = (lane, Requests::new(&bytes, job.start as usize).next(&mut spans)) else {
            return;
        };
        let (kind, leaves) = match row.name {
            "SUBSCRIBE" => (Kind::Channel, false),
            "PSUBSCRIBE" => (Kind::Pattern, false),
            "SSUBSCRIBE" => (Kind::Shard, false),
            "UNSUBSCRIBE" => (Kind::Channel, true),
            "PUNSUBSCRIBE" => (Kind::Pattern, true),
            _ => (Kind::Shard, true),
        };
        let topics = Args::new(&bytes, &spans).iter().skip(1).map(|name| Topic::new(kind, name)).collect();
        let id = self.ledger.open_job(job);
        if !self.subscriptions.contains(&lane) {
            self.subscriptions.insert(lane, Subscription::default());
        }
        if let Some(subscription) = self.subscriptions.get_mut(&lane) {
            subscription.want(id, leaves, kind, topics);
        }
        self.lane_is_due(lane);
    }

    pub(super) fn lane_is_due(&mut self, lane: LaneId) {
        if !self.due_lanes.contains(&lane) {
            self.due_lanes.push_back(lane);
        }
    }

    /// Brings a subscription to what it wants, as far as that can be done now.
    pub(super) fn tend(&mut self, lane: LaneId) {
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return };
        for step in subscription.steps(self.now) {
            self.step(lane, step);
        }
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return };
        let (done, count) = (subscription.done(), subscription.count());
        let (needless, is_restored) = (subscription.needless(), subscription.is_restored());
        if let Some(at) = subscription.next_try() {
            self.timers.insert((at, Timer::Lane(lane)));
        }
        for id in done {
            let Some(&job) = self.ledger.job(id) else { continue };
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            self.replied(id, &job, &[tag::INT, count, 0], &[]);
        }
        if is_restored {
            self.note(Note::Resubscribed(lane));
        }
        for place in needless {
            self.dismiss(lane, place);
        }
    }

    fn step(&mut self, lane: LaneId, step: Step) {
        let (place, asked) = match step {
            Step::Over(topic, left) => {
                return self.tell_standing(lane, &topic, UNSUBSCRIBE[topic.kind as usize], left);
            }
            Step::Unsubscribe(topic, link) => {
                let Some(&place) = self.link_numbers.get(&link) else { return };
                (place, Asked::Unsubscribe(topic))
            }
            Step::Subscribe(topic) => {
                let node = match topic.kind {
                    Kind::Shard => self.topology.owner(Slot::of(&topic.name)),
                    Kind::Channel | Kind::Pattern => self.home(lane),
                };
                let Some(place) = node.and_then(|node| self.post(lane, node)) else {
                    let at = self.when_to_try(node);
                    return self.put_off(lane, &topic, at, if node.is_some() { Last::NoNode } else { Last::NoOwner });
                };
                if topic.kind != Kind::Shard
                    && let (Some(node), Some(subscription)) = (node, self.subscriptions.get_mut(&lane))
                {
                    subscription.settle_at(node);
                }
                (place, Asked::Subscribe(topic))
            }
        };
        self.request(lane, place, asked);
    }

    /// Writes a request and its fence.
    fn request(&mut self, lane: LaneId, place: u32, asked: Asked) {
        let mut words = Vec::new();
        let (name, topic) = match &asked {
            Asked::Subscribe(topic) => (Some(SUBSCRIBE[topic.kind as usize]), Some(topic)),
            Asked::Unsubscribe(topic) => (Some(UNSUBSCRIBE[topic.kind as usize]), Some(topic)),
            Asked::Pulse => (None, None),
        };
        if let (Some(name), Some(topic)) = (name, topic) {
            encode::command(&mut words, [name.as_bytes(), &topic.name]);
        }
        encode::command(&mut words, ["PING"]);
        let (Some(link), Some(subscription)) = (self.links.get_mut(place), self.subscriptions.get_mut(&lane)) else {
            return;
        };
        link.enqueue(Queued::Own(&[Question::Fence], words));
        subscription.ask(place, asked, self.now);
        self.mark_dirty(place);
    }

    /// Where channels and patterns live: where they do, or where the subscription has a connection already, or anywhere.
    fn home(&mut self, lane: LaneId) -> Option<NodeId> {
        let subscription = self.subscriptions.get(&lane)?;
        let known = subscription.home().or_else(|| subscription.posts().first().map(|post| post.node));
        known.or_else(|| self.any_primary(true))
    }

    /// The subscription's own connection to a node, dialled if there is none.
    fn post(&mut self, lane: LaneId, node: NodeId) -> Option<u32> {
        if let Some(post) = self.subscriptions.get(&lane)?.post_at(node) {
            return Some(post.place);
        }
        let place = self.dedicated_way_to(node).ok()?;
        let link = self.links.get_mut(place)?;
        link.lane = Some(lane);
        let id = link.id;
        self.subscriptions.get_mut(&lane)?.open(place, id, node, self.now);
        self.timers.insert((self.now.plus_ms(PULSE_MS), Timer::Pulse(id)));
        Some(place)
    }

    fn put_off(&mut self, lane: LaneId, topic: &Topic, not_before: Micros, last: Last) {
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return };
        subscription.put_off(topic, not_before);
        if let Some(job) = subscription.asker(topic) {
            self.ledger_mut(job, |job| job.last = last);
        }
    }

    /// What comes on a connection of a subscription, once it is greeted.
    pub(super) fn subscriber_frame(&mut self, lane: LaneId, place: u32, frame: &Frame<'_>) -> Result<(), String> {
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return Ok(()) };
        let nothing_asked = || Err(String::from("a reply that nothing asked for"));
        if let Some(line) = error_line(frame.words, frame.buffers) {
            return match subscription.refused(place, line) {
                Some(true) => self.fenced(lane, place),
                Some(false) => Ok(()),
                None => nothing_asked(),
            };
        }
        let text = |node: Option<Node>| match node {
            Some(Node::Bulk(leaf) | Node::Simple(leaf)) => leaf.of(frame.buffers),
            _ => None,
        };
        let mut words = Cursor::new(frame.words);
        match words.next_value() {
            Some(Node::Push(2..) | Node::Array(2..)) => {
                let mut items = words;
                let is_push = frame.words.first() == Some(&tag::PUSH);
                let (word, topic) = (text(words.next()), text(words.next()));
                match (word.and_then(reading), topic) {
                    (Some((said, kind)), Some(topic)) => self.said(lane, place, &said, kind, topic, &mut items, frame),
                    // Some other push: what this client never asked for.
                    _ if is_push => {}
                    _ if word == Some(b"pong") => return self.fenced(lane, place),
                    _ => return nothing_asked(),
                }
                Ok(())
            }
            other if text(other) == Some(b"PONG") => self.fenced(lane, place),
            _ => nothing_asked(),
        }
    }

    /// What a server says unasked, in one form for both protocols.
    #[expect(clippy::too_many_arguments, reason = "one frame, read once")]
    fn said(
        &mut self,
        lane: LaneId,
        place: u32,
        said: &Said,
        kind: Kind,
        name: &[u8],
        items: &mut Cursor<'_>,
        frame: &Frame<'_>,
    ) {
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return };
        match said {
            Said::Message if !subscription.takes(kind, name, place) => {}
            Said::Message => {
                let mut next = || items.skip().unwrap_or_default();
                let (word, first, second) = (next(), next(), next());
                // A pattern comes before the channel; here it comes last.
                let third = if kind == Kind::Pattern { next() } else { &[] };
                let parts = if kind == Kind::Pattern && !broken!(PatternComesFirst) {
                    [word, second, third, first]
                } else {
                    [word, first, second, third]
                };
                let mut words = Vec::from([tag::PUSH, if kind == Kind::Pattern { 4 } else { 3 }]);
                parts.iter().for_each(|part| words.extend_from_slice(part));
                let tape = self.writer.detached(&words, frame.buffers);
                self.actions.push(Output::Push { lane, tape });
            }
            Said::Subscribed => {
                let topic = Topic::new(kind, name);
                subscription.heard(place, &Asked::Subscribe(topic.clone()));
                if let Some(count) = subscription.confirmed(&topic, place) {
                    self.tell_standing(lane, &topic, SUBSCRIBE[kind as usize], count);
                }
            }
            Said::Unsubscribed => {
                let topic = Topic::new(kind, name);
                subscription.heard(place, &Asked::Unsubscribe(topic.clone()));
                if subscription.revoked(&topic, place) {
                    self.want_refresh();
                    self.lane_is_due(lane);
                }
            }
        }
    }

    /// Tells the caller that a topic is subscribed to, or is not any more, and how many there are then.
    fn tell_standing(&mut self, lane: LaneId, topic: &Topic, command: &str, count: u32) {
        let tape = self.writer.said(&command.to_ascii_lowercase(), &topic.name, Ok(i64::from(count)));
        self.actions.push(Output::Push { lane, tape });
    }

    /// A fence has come back: what it stood behind is granted or refused.
    fn fenced(&mut self, lane: LaneId, place: u32) -> Result<(), String> {
        let answered = self.links.get_mut(place).and_then(crate::flight::link::Link::answered);
        let Some(subscription) = self.subscriptions.get_mut(&lane) else { return Ok(()) };
        let fenced = subscription.fenced(place, self.now);
        let (Some(Expected::Own(Question::Fence)), Some((asked, refusal))) = (answered, fenced) else {
            return Err(String::from("a reply that nothing asked for"));
        };
        match (asked, refusal) {
            (Asked::Subscribe(topic), Some(line)) => self.subscribe_refused(lane, place, &topic, &line),
            (asked, _) => subscription.granted(&asked, place),
        }
        self.lane_is_due(lane);
        Ok(())
    }

    /// The same judge and the same redirects as for any command.
    #[inline(never)]
    fn subscribe_refused(&mut self, lane: LaneId, place: u32, topic: &Topic, line: &Bytes) {
        let Some(node) = self.links.get(place).map(|link| link.node) else { return };
        let setbacks = self.subscriptions.get(&lane).map_or(0, |subscription| subscription.setbacks(topic));
        let slot = (topic.kind == Kind::Shard).then(|| Slot::of(&topic.name));
        match judge::judge(line, slot, false) {
            Verdict::Moved(redirect) => {
                let target = self.heed_moved(node, &redirect);
                let base = patience(target, setbacks > 0);
                let at = if base == 0 { self.now } else { self.backoff(base, setbacks) };
                self.put_off(lane, topic, at, Last::Redirected);
            }
            Verdict::Later(later) => {
                self.heed_later(later);
                let at = self.backoff(5, setbacks);
                self.put_off(lane, topic, at, Last::Refused(later.code()));
            }
            Verdict::Unauthenticated if setbacks == 0 => {
                self.put_off(lane, topic, self.now, Last::Refused("NOAUTH"));
                self.condemn(place, "it has lost its authentication");
            }
            Verdict::Answer | Verdict::Ask(_) | Verdict::Unblocked | Verdict::Unauthenticated => {
                let Some(subscription) = self.subscriptions.get_mut(&lane) else { return };
                let askers = subscription.denied(topic);
                if askers.is_empty() {
                    let tape = self.writer.said("refused", &topic.name, Err(line));
                    self.actions.push(Output::Push { lane, tape });
                }
                for job in askers {
                    self.ledger_mut(job, |job| job.node = node);
                    self.server_error(job, line);
                }
            }
        }
    }

    /// A connection of a subscription is gone. One that never was ready says for itself when its node is to be tried again.
    pub(super) fn lane_lost(&mut self, lane: LaneId, place: u32, was_ready: bool) {
        let Some(post) = self.subscriptions.get(&lane).and_then(|subscription| subscription.post(place)) else {
            return;
        };
        let is_young = was_ready && post.opened.plus_ms(YOUNG_MS) > self.now;
        let again_at = if is_young { self.backoff(200, 0) } else { self.now };
        if let Some(subscription) = self.subscriptions.get_mut(&lane) {
            subscription.lose(place, again_at);
        }
        self.lane_is_due(lane);
    }

    /// The caller gives up a command of a subscription. `None` if it is none; else whether anything of it was written.
    pub(super) fn withdraw(&mut self, id: JobId, job: &Job) -> Option<bool> {
        let lane = self.ledger.batch(job.batch)?.options.lane?;
        let was_asked = self.subscriptions.get_mut(&lane)?.withdraw(id)?;
        self.lane_is_due(lane);
        Some(was_asked)
    }

    /// A lane is released: nothing comes of it any more.
    pub(super) fn end_subscription(&mut self, lane: LaneId) {
        let waiting = self.subscriptions.get(&lane).map_or(Vec::new(), Subscription::waiting);
        for id in waiting {
            self.give_up(id, NotExecuted::Cancelled, "its lane was released");
        }
        let Some(subscription) = self.subscriptions.remove(&lane) else { return };
        for post in subscription.posts() {
            self.hang_up_unasked(post.place);
        }
    }

    /// Nothing is held on this connection and nothing asked of it.
    fn dismiss(&mut self, lane: LaneId, place: u32) {
        if let Some(subscription) = self.subscriptions.get_mut(&lane) {
            subscription.lose(place, self.now);
        }
        self.hang_up_unasked(place);
    }

    fn hang_up_unasked(&mut self, place: u32) {
        let Some(link) = self.links.get_mut(place) else { return };
        link.lane = None;
        link.abandon();
        let (id, node, is_open) = (link.id, link.node, link.begin_close());
        self.forget_link(node, place, true);
        if is_open {
            self.actions.push(Output::Close { link: id });
        }
    }

    /// Asks a connection that has been silent whether it lives, and gives up one that does not say so.
    pub(super) fn pulse(&mut self, id: LinkId) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        let Some((lane, link)) = self.links.get(place).and_then(|link| Some((link.lane?, link))) else { return };
        let Some(post) = self.subscriptions.get(&lane).and_then(|subscription| subscription.post(place)) else {
            return;
        };
        let overdue = link.heard.max(post.since).plus_ms(PULSE_MS);
        if overdue <= self.now && link.is_ready() {
            if post.is_waiting() {
                return self.condemn(place, "no answer for longer than any failover pauses");
            }
            self.request(lane, place, Asked::Pulse);
        }
        let next = if overdue > self.now { overdue } else { self.now.plus_ms(PULSE_MS) };
        self.timers.insert((next, Timer::Pulse(id)));
    }

    /// The map has changed: what waited for it is tried.
    pub(super) fn hurry_subscriptions(&mut self) {
        let lanes: Vec<LaneId> = self.subscriptions.keys().copied().collect();
        for lane in lanes {
            if let Some(subscription) = self.subscriptions.get_mut(&lane) {
                subscription.hurry(self.now);
            }
            self.lane_is_due(lane);
        }
    }
}

/// By [`Kind`].
const SUBSCRIBE: [&str; 3] = ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"];
const UNSUBSCRIBE: [&str; 3] = ["UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE"];

fn reading(word: &[u8]) -> Option<(Said, Kind)> {
    Some(match word {
        b"message" => (Said::Message, Kind::Channel),
        b"pmessage" => (Said::Message, Kind::Pattern),
        b"smessage" => (Said::Message, Kind::Shard),
        b"subscribe" => (Said::Subscribed, Kind::Channel),
        b"psubscribe" => (Said::Subscribed, Kind::Pattern),
        b"ssubscribe" => (Said::Subscribed, Kind::Shard),
        b"unsubscribe" => (Said::Unsubscribed, Kind::Channel),
        b"punsubscribe" => (Said::Unsubscribed, Kind::Pattern),
        b"sunsubscribe" => (Said::Unsubscribed, Kind::Shard),
        _ => return None,
    })
}
