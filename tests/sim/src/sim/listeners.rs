//! Callers that listen: each has a lane with channels, patterns and shard channels on it, asks for more of them and gives
//! some up; and others publish to these.

use std::collections::BTreeSet;

use slotpipe_core::{
    port::{LaneId, SubmitOptions},
    wire::tape::Cursor,
};

use super::{
    commands,
    random::Random,
    resp::Value,
    told,
    world::{Event, World},
};

/// What there is to listen to: how it is asked for, how it is published to, by which name, and as which channel.
const TOPICS: [Topic; 7] = [
    Topic { word: "SSUBSCRIBE", undo: "SUNSUBSCRIBE", name: "{a}news", publish: "SPUBLISH", channel: "{a}news" },
    Topic { word: "SSUBSCRIBE", undo: "SUNSUBSCRIBE", name: "{b}news", publish: "SPUBLISH", channel: "{b}news" },
    Topic { word: "SSUBSCRIBE", undo: "SUNSUBSCRIBE", name: "{c}news", publish: "SPUBLISH", channel: "{c}news" },
    Topic { word: "SSUBSCRIBE", undo: "SUNSUBSCRIBE", name: "{d}news", publish: "SPUBLISH", channel: "{d}news" },
    Topic { word: "SUBSCRIBE", undo: "UNSUBSCRIBE", name: "east", publish: "PUBLISH", channel: "east" },
    Topic { word: "SUBSCRIBE", undo: "UNSUBSCRIBE", name: "west", publish: "PUBLISH", channel: "west" },
    Topic { word: "PSUBSCRIBE", undo: "PUNSUBSCRIBE", name: "*st", publish: "PUBLISH", channel: "west" },
];

/// See [`TOPICS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Topic {
    word: &'static str,
    undo: &'static str,
    name: &'static str,
    publish: &'static str,
    channel: &'static str,
}

/// One lane, and who listens on it.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    lane: u32,
    has_left: bool,
}

/// Whether a command is one of a subscription's.
pub(super) fn is_listening(word: &[u8]) -> bool {
    TOPICS.iter().any(|topic| word == topic.word.as_bytes() || word == topic.undo.as_bytes())
}

/// Whether a server grants by this what was asked with this word of this topic. Unasked, too, servers say that a channel is
/// not theirs any more.
pub(super) fn grants(word: &str, topic: &[u8], said: &[Value]) -> bool {
    let said = |at: usize| said.get(at).and_then(Value::text);
    said(0) == Some(word.to_ascii_lowercase().as_bytes()) && said(1) == Some(topic)
}

/// Whether this is what a server says to subscribers, asked or not.
pub(super) fn is_said(value: &Value) -> bool {
    let (Value::Push(items) | Value::List(items)) = value else { return false };
    let word = items.first().and_then(Value::text).unwrap_or_default();
    matches!(word, b"message" | b"pmessage" | b"smessage") || is_listening(&word.to_ascii_uppercase())
}

impl World {
    /// One day in four has listeners.
    pub(super) fn begin_listeners(&mut self) {
        if !self.has_listeners {
            return;
        }
        for _ in 0..self.listen_random.between(1, 3) {
            let number = self.new_listener();
            let first = self.listen_random.between(0, 10_000);
            self.after(first, Event::Listener(number));
        }
        self.after(20_000, Event::Publish);
    }

    fn new_listener(&mut self) -> usize {
        let lane = self.new_lane();
        self.listeners.push(Listener { lane, has_left: false });
        self.listeners.len() - 1
    }

    /// Somebody wants to hear more, or less, or nothing any more.
    pub(super) fn listen(&mut self, number: usize) {
        if self.healed || self.listeners[number].has_left || self.day.commands.len() >= self.budget {
            return;
        }
        if self.listen_random.one_in(20) {
            self.leave_listener(number);
            let number = self.new_listener();
            return self.after(5_000, Event::Listener(number));
        }
        let topic = self.listen_random.pick(&TOPICS);
        let word = if self.listen_random.one_in(4) { topic.undo } else { topic.word };
        let words = vec![word.as_bytes().to_vec(), topic.name.as_bytes().to_vec()];
        let options = SubmitOptions { lane: Some(LaneId(self.listeners[number].lane)), ..SubmitOptions::default() };
        self.submit(vec![commands::listen(words)], options, None, false);
        let pause = self.listen_random.pick(&[0, 2_000, 50_000, 200_000]);
        self.after(pause, Event::Listener(number));
        self.poll_or_not();
    }

    fn leave_listener(&mut self, number: usize) {
        self.listeners[number].has_left = true;
        let lane = self.listeners[number].lane;
        let moment = self.release(LaneId(lane));
        self.day.left.insert(lane, moment);
    }

    /// Somebody has something to say.
    pub(super) fn publish(&mut self) {
        if self.healed || self.day.commands.len() >= self.budget {
            return;
        }
        let topic = self.listen_random.pick(&TOPICS);
        self.publish_to(topic, false);
        let pause = self.listen_random.pick(&[1_000, 20_000, 100_000]);
        self.after(pause, Event::Publish);
        self.poll_or_not();
    }

    fn publish_to(&mut self, topic: Topic, probe: bool) {
        let token = self.token();
        let request = commands::publish(token, topic.publish, topic.channel);
        let options = SubmitOptions { deadline_ms: probe.then_some(5_000), ..SubmitOptions::default() };
        self.submit(vec![request], options, None, probe);
    }

    /// After the faults, whoever listens hears.
    pub(super) fn publish_everywhere(&mut self) {
        if self.listeners.is_empty() {
            return;
        }
        let channels: BTreeSet<&str> = TOPICS.iter().map(|topic| topic.channel).collect();
        for channel in channels {
            let topic = TOPICS.iter().find(|topic| topic.channel == channel && topic.name == channel);
            if let Some(&topic) = topic {
                self.publish_to(topic, true);
            }
        }
        self.poll();
    }

    /// The core hands on what a server has said.
    pub(super) fn pushed(&mut self, lane: LaneId, tape: &[u32], buffers: &[bytes::Bytes]) {
        let Some(Value::Push(words)) = told::value(&mut Cursor::new(tape), buffers) else {
            return self.offend("RightMessage", format!("{lane:?}: a push that cannot be read"));
        };
        let when = self.moment();
        self.log(|_| format!("push for {lane:?}: {words:?}"));
        self.probes.pushes_told += 1;
        self.day.pushes.push(super::day::Pushed { when, lane: lane.0, words });
    }
}

/// Dice for what listeners do: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(8) ^ 0x1157_E4E5)
}
