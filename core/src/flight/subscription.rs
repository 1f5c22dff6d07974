//! One subscription: the channels, patterns and shard channels that its caller wants, and where each of them is held.
//!
//! The caller says what is wanted, at once and in the order of the commands given; the connections are brought to that.
//! So what was lost is not a case of its own: a topic that is wanted and not held is asked for, whether it never was or
//! its connection is gone, and a command is done when what it wanted is so, or when a later one wants otherwise.
//! A topic has at most one request under way. A request is answered by the PING behind it, the fence: an error before
//! that is its refusal. Messages of a topic count only from the connection that it is asked for or held on.

use alloc::{collections::VecDeque, vec::Vec};

use bytes::Bytes;

use super::JobId;
use crate::{
    broken::broken,
    port::{LinkId, Micros},
    route::topology::NodeId,
    sorted::SortedMap,
};

/// What one can subscribe to; the numbers are places in [`Subscription`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Channel,
    Pattern,
    Shard,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Topic {
    pub(crate) kind: Kind,
    pub(crate) name: Bytes,
}

impl Post {
    /// Something was asked and has no answer.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.asked.is_empty()
    }
}

impl Topic {
    /// Keeps the name alone, not the buffer that it stands in.
    pub(crate) fn new(kind: Kind, name: &[u8]) -> Self {
        Self { kind, name: Bytes::copy_from_slice(name) }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Subscription {
    topics: [SortedMap<Bytes, Standing>; 3],
    posts: Vec<Post>,
    waiters: Vec<Waiter>,
    /// Where channels and patterns live, for as long as the connection does.
    home: Option<NodeId>,
    /// The caller has been told that so many are subscribed to.
    told: u32,
    /// Something that was held has been lost, and not all is held again.
    was_lost: bool,
}

/// How it stands with a topic.
#[derive(Clone, Copy, Debug)]
struct Standing {
    wanted: bool,
    told: bool,
    phase: Phase,
    /// Refusals and losses since it was held last.
    setbacks: u8,
    not_before: Micros,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Nowhere,
    Asked(LinkId),
    Held(LinkId),
    Leaving(LinkId),
}

impl Phase {
    const fn link(self) -> Option<LinkId> {
        match self {
            Self::Nowhere => None,
            Self::Asked(link) | Self::Held(link) | Self::Leaving(link) => Some(link),
        }
    }
}

/// A connection of the subscription.
#[derive(Debug)]
pub(crate) struct Post {
    /// Its place among the links, and its number.
    pub(crate) place: u32,
    pub(crate) link: LinkId,
    pub(crate) node: NodeId,
    pub(crate) opened: Micros,
    /// Since when the first of `asked` has waited.
    pub(crate) since: Micros,
    asked: VecDeque<Asked>,
    /// The error that has come since the last fence.
    refusal: Option<Bytes>,
    /// The first of `asked` has been granted or refused: what comes next is its fence.
    is_said: bool,
}

/// What a fence stands behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Subscribe(Topic),
    Unsubscribe(Topic),
    /// Nothing: whether anybody is there.
    Pulse,
}

/// A command that has no answer yet.
#[derive(Debug)]
struct Waiter {
    job: JobId,
    /// Wants to have these, or not to have them.
    leaves: bool,
    /// Each with whether it was not wanted before.
    topics: Vec<(Topic, bool)>,
}

/// The next thing to do for a topic.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Subscribe(Topic),
    Unsubscribe(Topic, LinkId),
    /// It is over: the caller had been told of it, and with how many are left.
    Over(Topic, u32),
}

impl Subscription {
    /// A command of the caller's: it wants `topics`, or (`leaves`) wants them no more; all of its kind if none is named.
    pub(crate) fn want(&mut self, job: JobId, leaves: bool, kind: Kind, names: Vec<Topic>) {
        let topics = &mut self.topics[kind as usize];
        let names = if leaves && names.is_empty() {
            topics.keys().map(|name| Topic { kind, name: name.clone() }).collect()
        } else {
            names
        };
        let mut of_waiter = Vec::with_capacity(names.len());
        for topic in names {
            let known = topics.get_mut(&topic.name);
            let is_new = !leaves && known.as_ref().is_none_or(|standing| !standing.wanted);
            match known {
                Some(standing) => standing.wanted = !leaves,
                None if leaves => {}
                None => {
                    let phase = Phase::Nowhere;
                    let standing =
                        Standing { wanted: true, told: false, phase, setbacks: 0, not_before: Micros::default() };
                    topics.insert(topic.name.clone(), standing);
                }
            }
            of_waiter.push((topic, is_new));
        }
        self.waiters.push(Waiter { job, leaves, topics: of_waiter });
    }

    /// What is to be done now. What is over is forgotten with this.
    pub(crate) fn steps(&mut self, now: Micros) -> Vec<Step> {
        let (mut steps, told) = (Vec::new(), &mut self.told);
        for (kind, topics) in [Kind::Channel, Kind::Pattern, Kind::Shard].into_iter().zip(&mut self.topics) {
            topics.retain(|name, standing| {
                let topic = || Topic { kind, name: name.clone() };
                match standing.phase {
                    Phase::Nowhere if !standing.wanted => {
                        if standing.told {
                            *told -= 1;
                            steps.push(Step::Over(topic(), *told));
                        }
                        return false;
                    }
                    Phase::Nowhere if standing.not_before <= now => steps.push(Step::Subscribe(topic())),
                    Phase::Held(link) if !standing.wanted => steps.push(Step::Unsubscribe(topic(), link)),
                    Phase::Nowhere | Phase::Asked(_) | Phase::Held(_) | Phase::Leaving(_) => {}
                }
                true
            });
        }
        steps
    }

    /// When there will be something to do again that nothing announces.
    pub(crate) fn next_try(&self) -> Option<Micros> {
        let waits = |standing: &&Standing| standing.wanted && standing.phase == Phase::Nowhere;
        self.standings().filter(waits).map(|standing| standing.not_before).min()
    }

    /// A topic could not be asked for, or was refused for a while.
    pub(crate) fn put_off(&mut self, topic: &Topic, not_before: Micros) {
        let Some(standing) = self.standing_mut(topic) else { return };
        standing.phase = Phase::Nowhere;
        standing.not_before = not_before;
        standing.setbacks = standing.setbacks.saturating_add(1);
    }

    /// How often a topic was put off in a row.
    pub(crate) fn setbacks(&self, topic: &Topic) -> u8 {
        self.topics[topic.kind as usize].get(&topic.name).map_or(0, |standing| standing.setbacks)
    }

    /// A request is being written on one of the connections.
    pub(crate) fn ask(&mut self, place: u32, asked: Asked, now: Micros) {
        let Some(post) = self.posts.iter_mut().find(|post| post.place == place) else { return };
        if post.asked.is_empty() {
            post.since = now;
        }
        post.asked.push_back(asked.clone());
        let link = post.link;
        let (topic, phase) = match &asked {
            Asked::Subscribe(topic) => (topic, Phase::Asked(link)),
            Asked::Unsubscribe(topic) => (topic, Phase::Leaving(link)),
            Asked::Pulse => return,
        };
        if let Some(standing) = self.standing_mut(topic) {
            standing.phase = phase;
        }
    }

    /// An error has come on a connection, where something was asked: whether it is the answer to the fence. A server that is
    /// loading lets its clients subscribe, and answers PING with an error.
    pub(crate) fn refused(&mut self, place: u32, line: &[u8]) -> Option<bool> {
        let post = self.post_mut(place)?;
        let is_fence = *post.asked.front()? == Asked::Pulse || post.is_said;
        if !is_fence {
            post.is_said = true;
            post.refusal = Some(Bytes::copy_from_slice(line));
        }
        Some(is_fence)
    }

    /// The server has said that a topic is subscribed to, or is not any more: the answer to the first request, if that
    /// asked for it.
    pub(crate) fn heard(&mut self, place: u32, said: &Asked) {
        if let Some(post) = self.post_mut(place) {
            post.is_said |= post.asked.front() == Some(said);
        }
    }

    /// A fence has come back: what it stood behind, and the refusal of that.
    pub(crate) fn fenced(&mut self, place: u32, now: Micros) -> Option<(Asked, Option<Bytes>)> {
        let post = self.post_mut(place)?;
        post.since = now;
        post.is_said = false;
        Some((post.asked.pop_front()?, post.refusal.take()))
    }

    /// A request was granted.
    pub(crate) fn granted(&mut self, asked: &Asked, place: u32) {
        let Some(link) = self.post(place).map(|post| post.link) else { return };
        match asked {
            Asked::Subscribe(topic) => {
                if let Some(standing) = self.standing_mut(topic).filter(|s| s.phase == Phase::Asked(link)) {
                    standing.phase = Phase::Held(link);
                    standing.setbacks = 0;
                }
            }
            Asked::Unsubscribe(topic) => self.over_at(topic, link),
            Asked::Pulse => {}
        }
    }

    /// The server has said that it will send no more of a topic, and nobody had asked for that. Whether it was there.
    pub(crate) fn revoked(&mut self, topic: &Topic, place: u32) -> bool {
        let Some(link) = self.post(place).map(|post| post.link) else { return false };
        let Some(standing) = self.standing_mut(topic) else { return false };
        if ![Phase::Asked(link), Phase::Held(link)].contains(&standing.phase) {
            return false;
        }
        let was_held = standing.phase == Phase::Held(link);
        standing.phase = Phase::Nowhere;
        self.was_lost |= was_held && standing.wanted;
        true
    }

    /// The server has said that it sends messages of a topic from now on. If the caller does not know yet: how many these
    /// are now.
    pub(crate) fn confirmed(&mut self, topic: &Topic, place: u32) -> Option<u32> {
        let link = self.post(place)?.link;
        let is_news =
            |standing: &&mut Standing| !standing.told && standing.wanted && standing.phase == Phase::Asked(link);
        self.standing_mut(topic).filter(is_news)?.told = true;
        self.told += 1;
        Some(self.told)
    }

    /// Whether a message of a topic is for the caller.
    pub(crate) fn takes(&self, kind: Kind, name: &[u8], place: u32) -> bool {
        let Some(post) = self.post(place) else { return false };
        self.topics[kind as usize].get(name).is_some_and(|standing| {
            standing.wanted && [Phase::Asked(post.link), Phase::Held(post.link)].contains(&standing.phase)
        })
    }

    /// A topic was refused for good: it is not wanted any more, nor what else the commands wanted that asked for it. These
    /// commands; none if it is an old one, whose connection was lost.
    pub(crate) fn denied(&mut self, topic: &Topic) -> Vec<JobId> {
        if let Some(standing) = self.standing_mut(topic) {
            standing.phase = Phase::Nowhere;
            standing.wanted = false;
        }
        let mut askers = Vec::new();
        while let Some(job) = self.asker(topic) {
            self.withdraw(job);
            askers.push(job);
        }
        askers
    }

    /// The caller does not wait for a command any more, and has not what it would have brought. Whether any of it was
    /// asked for; `None` if it is none of these.
    pub(crate) fn withdraw(&mut self, job: JobId) -> Option<bool> {
        let place = self.waiters.iter().position(|waiter| waiter.job == job)?;
        let waiter = self.waiters.remove(place);
        let was_asked = waiter.topics.iter().any(|(topic, _)| {
            self.topics[topic.kind as usize].get(&topic.name).is_some_and(|standing| standing.phase != Phase::Nowhere)
        });
        let claims = |other: &Waiter, topic: &Topic| !other.leaves && other.topics.iter().any(|(own, _)| own == topic);
        for (topic, is_new) in &waiter.topics {
            if *is_new
                && !self.waiters.iter().any(|other| claims(other, topic))
                && let Some(standing) = self.topics[topic.kind as usize].get_mut(&topic.name)
            {
                standing.wanted = false;
            }
        }
        Some(was_asked)
    }

    /// The commands that are done.
    pub(crate) fn done(&mut self) -> Vec<JobId> {
        let topics = &self.topics;
        let standing = |topic: &Topic| topics[topic.kind as usize].get(&topic.name);
        // What a later command wants otherwise is that one's business.
        let is_done = |waiter: &Waiter| {
            waiter.topics.iter().all(|(topic, _)| match standing(topic) {
                None => true,
                Some(standing) if waiter.leaves => standing.wanted,
                Some(standing) => !standing.wanted || matches!(standing.phase, Phase::Held(_)),
            })
        };
        let mut done = Vec::new();
        self.waiters.retain(|waiter| {
            let is_over = is_done(waiter);
            if is_over {
                done.push(waiter.job);
            }
            !is_over
        });
        done
    }

    /// Whether all is held again that was lost; asked once.
    pub(crate) fn is_restored(&mut self) -> bool {
        let is_held = |standing: &Standing| !standing.wanted || matches!(standing.phase, Phase::Held(_));
        let is_restored = self.was_lost && self.standings().all(is_held);
        self.was_lost &= !is_restored;
        is_restored
    }

    /// How many topics are wanted.
    pub(crate) fn count(&self) -> usize {
        self.standings().filter(|standing| standing.wanted).count()
    }

    /// A connection more.
    pub(crate) fn open(&mut self, place: u32, link: LinkId, node: NodeId, now: Micros) {
        let asked = VecDeque::new();
        self.posts.push(Post { place, link, node, opened: now, since: now, asked, refusal: None, is_said: false });
    }

    /// The connection to a node.
    pub(crate) fn post_at(&self, node: NodeId) -> Option<&Post> {
        self.posts.iter().find(|post| post.node == node)
    }

    pub(crate) fn post(&self, place: u32) -> Option<&Post> {
        self.posts.iter().find(|post| post.place == place)
    }

    pub(crate) fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// The map has changed: what was put off is tried at once.
    pub(crate) fn hurry(&mut self, now: Micros) {
        for topics in &mut self.topics {
            topics.retain(|_, standing| {
                standing.not_before = standing.not_before.min(now);
                true
            });
        }
    }

    /// A connection is gone; what was on it is asked for again at `again_at`.
    pub(crate) fn lose(&mut self, place: u32, again_at: Micros) {
        let Some(at) = self.posts.iter().position(|post| post.place == place) else { return };
        let post = self.posts.remove(at);
        if self.home == Some(post.node) {
            self.home = None;
        }
        let mut was_lost = false;
        for topics in &mut self.topics {
            topics.retain(|_, standing| {
                if standing.phase.link() == Some(post.link) && !broken!(LostTopicsStayLost) {
                    was_lost |= standing.wanted && matches!(standing.phase, Phase::Held(_));
                    standing.phase = Phase::Nowhere;
                    standing.not_before = again_at;
                }
                true
            });
        }
        self.was_lost |= was_lost;
    }

    /// The connections that nothing is held on and nothing asked of.
    pub(crate) fn needless(&self) -> Vec<u32> {
        let is_used = |post: &Post| self.standings().any(|standing| standing.phase.link() == Some(post.link));
        let idle = |post: &&Post| post.asked.is_empty() && !is_used(post);
        self.posts.iter().filter(idle).map(|post| post.place).collect()
    }

    /// Where channels and patterns live.
    pub(crate) const fn home(&self) -> Option<NodeId> {
        self.home
    }

    pub(crate) fn settle_at(&mut self, node: NodeId) {
        self.home = Some(node);
    }

    /// The commands that have no answer yet.
    pub(crate) fn waiting(&self) -> Vec<JobId> {
        self.waiters.iter().map(|waiter| waiter.job).collect()
    }

    /// The command that asks for a topic.
    pub(crate) fn asker(&self, topic: &Topic) -> Option<JobId> {
        let asks = |waiter: &&Waiter| !waiter.leaves && waiter.topics.iter().any(|(own, _)| own == topic);
        self.waiters.iter().find(asks).map(|waiter| waiter.job)
    }

    fn over_at(&mut self, topic: &Topic, link: LinkId) {
        if let Some(standing) = self.standing_mut(topic).filter(|standing| standing.phase == Phase::Leaving(link)) {
            standing.phase = Phase::Nowhere;
            standing.not_before = Micros::default();
        }
    }

    fn standings(&self) -> impl Iterator<Item = &Standing> {
        self.topics.iter().flat_map(|topics| topics.iter().map(|(_, standing)| standing))
    }

    fn standing_mut(&mut self, topic: &Topic) -> Option<&mut Standing> {
        self.topics[topic.kind as usize].get_mut(&topic.name)
    }

    fn post_mut(&mut self, place: u32) -> Option<&mut Post> {
        self.posts.iter_mut().find(|post| post.place == place)
    }
}
