//! SUBSCRIBE and its kin. Messages cross the cluster bus: everywhere, or within the shard.

use super::{
    Conn, Event, Model, NodeId,
    data::glob,
    resp::Reply,
    session::Session,
    spec::{Spec, slot_of},
};

/// Three kinds of subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Channel,
    Pattern,
    Shard,
}

impl Session {
    fn set(&mut self, kind: Kind) -> &mut std::collections::BTreeSet<Vec<u8>> {
        match kind {
            Kind::Channel => &mut self.channels,
            Kind::Pattern => &mut self.patterns,
            Kind::Shard => &mut self.shard_channels,
        }
    }

    /// One subscription begins or ends, and the client is told.
    fn change(&mut self, kind: Kind, word: &str, channel: Option<&[u8]>, on: bool) {
        if let Some(channel) = channel {
            if on {
                self.set(kind).insert(channel.to_vec());
            } else {
                self.set(kind).remove(channel);
            }
        }
        let count = match kind {
            Kind::Shard => self.shard_channels.len(),
            Kind::Channel | Kind::Pattern => self.channels.len() + self.patterns.len(),
        };
        let channel = channel.map_or(Reply::Null, Reply::bulk);
        self.say(&Reply::Push(vec![Reply::bulk(word), channel, Reply::count(count)]));
    }
}

impl Model {
    pub(super) fn pubsub_command(&mut self, conn: Conn, spec: &Spec, argv: &[Vec<u8>]) -> Option<Reply> {
        let session = self.conns.get_mut(&conn)?;
        let node = session.node;
        let (kind, on) = match spec.name {
            "subscribe" => (Kind::Channel, true),
            "psubscribe" => (Kind::Pattern, true),
            "ssubscribe" => (Kind::Shard, true),
            "unsubscribe" => (Kind::Channel, false),
            "punsubscribe" => (Kind::Pattern, false),
            "sunsubscribe" => (Kind::Shard, false),
            "publish" => return Some(self.publish(node, &argv[1], &argv[2])),
            "pubsub|channels" => return Some(self.channels_heard(node, argv.get(2))),
            "pubsub|numsub" => return Some(self.listeners_of(node, &argv[2..])),
            "spublish" => return Some(self.publish_in_shard(node, &argv[1], &argv[2])),
            _ => return None,
        };
        let named: Vec<_> = match &argv[1..] {
            [] => session.set(kind).iter().cloned().collect(),
            named => named.to_vec(),
        };
        for channel in &named {
            session.change(kind, spec.name, Some(channel), on);
        }
        if named.is_empty() {
            session.change(kind, spec.name, None, on);
        }
        Some(Reply::Nothing)
    }

    /// The channels that somebody has subscribed to at a node.
    fn channels_heard(&self, node: NodeId, pattern: Option<&Vec<u8>>) -> Reply {
        let here = self.conns.values().filter(|session| session.node == node && session.open);
        let heard = here.flat_map(|session| &session.channels);
        let wanted = heard.filter(|channel| pattern.is_none_or(|pattern| glob(pattern, channel)));
        Reply::bulks(wanted.collect::<std::collections::BTreeSet<_>>())
    }

    /// Each of these channels with how many have subscribed to it at a node.
    fn listeners_of(&self, node: NodeId, channels: &[Vec<u8>]) -> Reply {
        let count = |channel: &Vec<u8>| {
            let here = self.conns.values().filter(|session| session.node == node && session.open);
            Reply::count(here.filter(|session| session.channels.contains(channel)).count())
        };
        Reply::Array(channels.iter().flat_map(|channel| [Reply::bulk(channel), count(channel)]).collect())
    }

    fn publish(&mut self, node: NodeId, channel: &[u8], message: &[u8]) -> Reply {
        let heard = self.deliver(node, channel, message, false);
        for other in self.nodes().filter(|other| *other != node) {
            self.send_message(other, channel, message, false);
        }
        Reply::count(heard)
    }

    fn publish_in_shard(&mut self, node: NodeId, channel: &[u8], message: &[u8]) -> Reply {
        let heard = self.deliver(node, channel, message, true);
        let head = |of: NodeId| self.peer(node, of).primary.unwrap_or(of);
        let shard: Vec<_> = self.nodes().filter(|other| *other != node && head(*other) == head(node)).collect();
        for other in shard {
            self.send_message(other, channel, message, true);
        }
        Reply::count(heard)
    }

    fn send_message(&mut self, to: NodeId, channel: &[u8], message: &[u8], sharded: bool) {
        let (channel, message) = (channel.to_vec(), message.to_vec());
        self.after(self.setup.gossip_delay, Event::Message { to, channel, message, sharded });
    }

    /// To the subscribers at one node; how many.
    pub(super) fn deliver(&mut self, node: NodeId, channel: &[u8], message: &[u8], sharded: bool) -> usize {
        let (channel_text, message) = (Reply::bulk(channel), Reply::bulk(message));
        let mut heard = 0;
        for session in self.conns.values_mut().filter(|session| session.node == node && session.open) {
            let (set, word) =
                if sharded { (&session.shard_channels, "smessage") } else { (&session.channels, "message") };
            if set.contains(channel) {
                session.say(&Reply::Push(vec![Reply::bulk(word), channel_text.clone(), message.clone()]));
                heard += 1;
            }
            let patterns: Vec<_> = session.patterns.iter().filter(|pattern| glob(pattern, channel)).cloned().collect();
            for pattern in patterns.iter().filter(|_| !sharded) {
                let parts = [Reply::bulk("pmessage"), Reply::bulk(pattern), channel_text.clone(), message.clone()];
                session.say(&Reply::Push(parts.to_vec()));
                heard += 1;
            }
        }
        heard
    }

    /// Slots have left their owner, a node of this shard: the server ends the subscriptions there, even where it has the
    /// slot now.
    pub(super) fn drop_shard_channels(&mut self, node: NodeId, slots: &[u16]) {
        for session in self.conns.values_mut().filter(|session| session.node == node && session.open) {
            let gone = |channel: &&Vec<u8>| slots.contains(&slot_of(channel));
            let lost: Vec<_> = session.shard_channels.iter().filter(gone).cloned().collect();
            for channel in lost {
                session.change(Kind::Shard, "sunsubscribe", Some(&channel), false);
            }
        }
    }
}
