//! A core without a network: the test is the network.
//!
//! [`Script`] drives the public verbs in virtual time. It answers what every server answers alike (handshake, slot map)
//! and leaves all else to the test: what was sent is looked at by [`Script::take_sent`], what the servers say is given
//! by [`Script::reply`], in pieces cut wherever the test likes. A script made by [`Script::recorded`] writes down every
//! word that crosses the boundary, so that two runs can be compared byte for byte and other hosts can play it again.

pub mod network;
mod show;

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write as _,
};

use bytes::Bytes;
use slotpipe_core::{
    config::Config,
    port::{
        Address, Answers, Cause, Configure, Credentials, Input, LaneId, LinkId, Micros, Note, Output, Outputs, Refused,
        SubmitOptions, Submitted, Ticket,
    },
    wire::{
        encode,
        request::{Args, Requests},
    },
};

use self::network::Network;
pub use self::{
    network::{at, thirds},
    show::{show, show_value},
};
use crate::conformance::Recorder;

/// A core, its virtual clock, and everything that it has said.
#[derive(Debug)]
pub struct Script {
    /// The machine under test.
    pub core: Recorder,
    /// Virtual time.
    pub now: Micros,
    /// Outcomes by ticket, as text (see [`show`]).
    pub answers: BTreeMap<u64, String>,
    /// Notes in order.
    pub notes: Vec<Note>,
    /// Pushes in order, by the name of their link.
    pub pushes: Vec<(String, String)>,
    /// Addresses dialled, in order.
    pub dials: Vec<Address>,
    /// Connections that the core has closed, by name.
    pub hung_up: Vec<String>,
    /// How often `poll` was called: the crossings.
    pub polls: usize,
    /// What the servers answer by themselves.
    pub network: Network,
    /// Given with every connection.
    pub credentials: Option<Credentials>,
    /// Must be seen nowhere but on the wire.
    pub secret: Option<String>,
    /// The answers of the last poll, for tests that look at the tape.
    pub last: Answers,
    /// How the servers' words are cut.
    pub cut: Cut,
    links: BTreeMap<LinkId, Wire>,
    until: Option<Micros>,
    out: Outputs,
}

/// How the bytes of a server are cut into chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Not at all.
    Whole,
    /// Behind every byte.
    Bytes,
    /// Anywhere, by this seed; now and then two chunks come before the core is polled.
    Random(u64),
}

/// A connection as the network sees it.
#[derive(Debug)]
struct Wire {
    address: Address,
    /// `7001` for the first to a node, then `7001#2`, ...
    name: String,
    open: bool,
    /// Bytes that the core has handed over, and the last of them, in which a command may be unfinished.
    handed: u64,
    unfinished: Vec<u8>,
    /// Commands that lack their answer.
    pending: VecDeque<Pending>,
    /// Commands that the test has not looked at.
    unseen: Vec<String>,
}

#[derive(Debug)]
struct Pending {
    /// What the network answers by itself, when its turn comes.
    reply: Option<Vec<u8>>,
    /// Its first byte and the byte behind its last, counted from the connection's beginning.
    start: u64,
    end: u64,
}

/// A batch from words: each line a command, words separated by spaces.
pub fn batch(lines: &[&str]) -> Bytes {
    let mut out = Vec::new();
    for line in lines {
        encode::command(&mut out, line.split(' ').collect::<Vec<_>>());
    }
    out.into()
}

impl Script {
    /// A core that has found its map on `map` and is ready.
    pub fn ready(map: Vec<(u16, u16, Address)>) -> Self {
        let mut script = Self::new(map, |_| {});
        script.run();
        assert!(script.notes.contains(&Note::Ready), "not ready: {:?}", script.notes);
        script
    }

    /// A core that has done nothing yet; the seed is the map's first node.
    pub fn new(map: Vec<(u16, u16, Address)>, configure: impl FnOnce(&mut Config)) -> Self {
        Self::with(map, configure, Micros(1_000_000), Recorder::silent)
    }

    /// The same, made at this instant and with a record; [`Recorder::day`] hands it out.
    pub fn recorded(map: Vec<(u16, u16, Address)>, configure: impl FnOnce(&mut Config), now: Micros) -> Self {
        Self::with(map, configure, now, Recorder::new)
    }

    fn with(
        map: Vec<(u16, u16, Address)>,
        configure: impl FnOnce(&mut Config),
        now: Micros,
        core: impl FnOnce(Config, Micros) -> Recorder,
    ) -> Self {
        let mut config = Config { seeds: vec![map[0].2.clone()], ..Config::default() };
        configure(&mut config);
        Self {
            core: core(config, now),
            now,
            answers: BTreeMap::new(),
            notes: Vec::new(),
            pushes: Vec::new(),
            dials: Vec::new(),
            hung_up: Vec::new(),
            polls: 0,
            network: Network::new(map),
            credentials: None,
            secret: None,
            last: Answers::default(),
            cut: Cut::Whole,
            links: BTreeMap::new(),
            until: None,
            out: Outputs::default(),
        }
    }

    /// Submits and runs; the batch must be accepted.
    pub fn submit(&mut self, lines: &[&str]) -> Submitted {
        self.submit_with(batch(lines), &SubmitOptions::default()).expect("accepted")
    }

    /// Submits and runs.
    ///
    /// # Errors
    /// The core's refusal.
    pub fn submit_with(&mut self, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        let submitted = self.core.submit(self.now, batch, options);
        self.check_secret();
        self.run();
        submitted
    }

    /// The caller does not want these tickets any more.
    pub fn cancel(&mut self, tickets: std::ops::Range<u64>) {
        self.core.cancel(self.now, Ticket(tickets.start)..Ticket(tickets.end));
        self.check_secret();
        self.run();
    }

    /// A lane ends.
    pub fn release(&mut self, lane: LaneId) {
        self.core.release(self.now, lane);
        self.check_secret();
        self.run();
    }

    /// Changes what is told apart from commands.
    pub fn configure(&mut self, change: Configure) {
        self.core.configure(self.now, change);
        self.check_secret();
        self.run();
    }

    /// The connection of this name is authenticated anew.
    ///
    /// # Errors
    /// There is no such connection.
    pub fn authenticate(&mut self, name: &str, credentials: Credentials) -> Result<(), String> {
        let link = self.named(name)?;
        self.configure(Configure::Authenticate { link, credentials });
        Ok(())
    }

    /// Lets time pass; the core is woken at the instants that it asked for, and at no others.
    pub fn pass_ms(&mut self, ms: u32) {
        let end = self.now.plus_ms(ms);
        while let Some(until) = self.until.filter(|&until| until <= end) {
            self.now = self.now.max(until);
            self.handle(Input::Elapsed);
            self.run();
            assert!(self.until.is_none_or(|next| next > self.now), "woken at {until:?}, the core wants the same again");
        }
        self.now = end;
    }

    /// What `address` says on its oldest open connection.
    pub fn reply(&mut self, address: &Address, bytes: &[u8]) {
        let link = self.link(address);
        let stream = self.with_own_replies(link, bytes);
        self.deliver(link, &stream);
    }

    /// The same, cut at these offsets.
    pub fn reply_cut(&mut self, address: &Address, bytes: &[u8], cuts: &[usize]) {
        let link = self.link(address);
        let stream = self.with_own_replies(link, bytes);
        self.deliver_cut(link, &stream, cuts);
    }

    /// What is said on the connection of this name.
    ///
    /// # Errors
    /// There is no such connection.
    pub fn say(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let link = self.named(name)?;
        let stream = self.with_own_replies(link, bytes);
        self.deliver(link, &stream);
        Ok(())
    }

    /// The connection of this name breaks. All that was handed over may have left; or only what ends with the given
    /// number of unanswered commands, less so many bytes.
    ///
    /// # Errors
    /// There is no such connection, or fewer commands.
    pub fn break_off(&mut self, name: &str, after: Option<(usize, u64)>) -> Result<(), String> {
        let link = self.named(name)?;
        let wire = &self.links[&link];
        let mut asked = wire.pending.iter().filter(|pending| pending.reply.is_none());
        let maybe_sent = match after {
            None => wire.handed,
            Some((0, less)) => asked.next().map_or(wire.handed, |pending| pending.start) - less,
            Some((count, less)) => asked.nth(count - 1).ok_or("fewer commands are unanswered")?.end - less,
        };
        self.closed(link, Cause::Lost("reset".into()), maybe_sent);
        self.run();
        Ok(())
    }

    /// The connection of this name breaks, and the host says that so many bytes may have left.
    ///
    /// # Errors
    /// There is no such connection.
    pub fn break_with(&mut self, name: &str, maybe_sent: u64) -> Result<(), String> {
        let link = self.named(name)?;
        self.closed(link, Cause::Lost("reset".into()), maybe_sent);
        self.run();
        Ok(())
    }

    /// The oldest open link to an address.
    pub fn link(&self, address: &Address) -> LinkId {
        let open = self.links.iter().find(|(_, wire)| wire.open && wire.address == *address);
        *open.unwrap_or_else(|| panic!("no link to {address}")).0
    }

    /// What an address was sent on all its links and the test has not looked at, oldest first.
    pub fn take_sent(&mut self, address: &Address) -> Vec<String> {
        let wires = self.links.values_mut().filter(|wire| wire.address == *address);
        wires.flat_map(|wire| std::mem::take(&mut wire.unseen)).collect()
    }

    /// What the connection of this name was sent and the test has not looked at.
    pub fn take_sent_on(&mut self, name: &str) -> Vec<String> {
        let Ok(link) = self.named(name) else { return Vec::new() };
        self.links.get_mut(&link).map(|wire| std::mem::take(&mut wire.unseen)).unwrap_or_default()
    }

    /// What the test has not looked at, by connection.
    pub fn unseen(&self) -> Vec<(&str, &[String])> {
        let wires = self.links.values().filter(|wire| !wire.unseen.is_empty());
        wires.map(|wire| (wire.name.as_str(), wire.unseen.as_slice())).collect()
    }

    /// The outcome of a ticket, as text.
    pub fn answer(&self, ticket: u64) -> &str {
        self.answers.get(&ticket).map_or("open", String::as_str)
    }

    /// Tells the core what happened.
    pub fn handle(&mut self, input: Input) {
        self.core.handle(self.now, input);
        self.check_secret();
    }

    /// Polls until there is nothing to do.
    pub fn run(&mut self) {
        loop {
            let mut out = std::mem::take(&mut self.out);
            self.core.poll(self.now, &mut out);
            self.polls += 1;
            let idle = out.actions.iter().all(|action| matches!(action, Output::Wait { .. } | Output::Note(_)));
            for answer in out.answers.iter() {
                let text = show(answer.outcome, answer.body, &out.answers.buffers);
                let before = self.answers.insert(answer.ticket.0, text);
                assert_eq!(before, None, "{:?} was answered twice", answer.ticket);
            }
            let actions = std::mem::take(&mut out.actions);
            for action in actions {
                self.act(action, &out.answers);
            }
            if !out.answers.tape.is_empty() {
                self.last = std::mem::take(&mut out.answers);
            }
            self.out = out;
            if idle {
                return;
            }
        }
    }

    fn act(&mut self, action: Output, answers: &Answers) {
        match action {
            Output::Connect { link, address, .. } => self.dial(link, address),
            Output::Send { link, bytes } => self.written(link, &bytes),
            Output::Close { link } => {
                let wire = &self.links[&link];
                assert!(wire.open, "{} is closed twice", wire.name);
                self.hung_up.push(wire.name.clone());
                let maybe_sent = wire.handed;
                self.closed(link, Cause::Asked, maybe_sent);
            }
            Output::Note(note) => self.notes.push(note),
            Output::Push { lane, tape } => {
                let text = show_value(&tape, &answers.buffers);
                self.pushes.push((format!("lane {}", lane.0), text));
            }
            Output::Wait { until } => self.until = until,
        }
    }

    fn dial(&mut self, link: LinkId, address: Address) {
        self.dials.push(address.clone());
        let before = self.links.values().filter(|wire| wire.address == address).count();
        let mut name = network::name(&address);
        if before > 0 {
            let _ = write!(name, "#{}", before + 1);
        }
        let refused = self.network.refusing.contains(&address);
        let wire = Wire {
            address,
            name,
            open: true,
            handed: 0,
            unfinished: Vec::new(),
            pending: VecDeque::new(),
            unseen: Vec::new(),
        };
        self.links.insert(link, wire);
        if refused {
            return self.closed(link, Cause::Refused("connection refused".into()), 0);
        }
        let credentials = self.credentials.clone();
        self.handle(Input::Connected { link, credentials });
    }

    fn closed(&mut self, link: LinkId, cause: Cause, maybe_sent: u64) {
        if let Some(wire) = self.links.get_mut(&link) {
            wire.open = false;
            wire.pending.clear();
        }
        self.handle(Input::Closed { link, cause, maybe_sent });
    }

    fn written(&mut self, link: LinkId, bytes: &[u8]) {
        let Some(wire) = self.links.get_mut(&link).filter(|wire| wire.open) else { return };
        let mut start = wire.handed - wire.unfinished.len() as u64;
        wire.handed += bytes.len() as u64;
        wire.unfinished.extend_from_slice(bytes);
        let pending = std::mem::take(&mut wire.unfinished);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&pending, 0);
        let mut end = 0;
        while let Some(Ok(range)) = requests.next(&mut spans) {
            end = range.end;
            let words: Vec<String> = Args::new(&pending, &spans).iter().map(show::escaped).collect();
            let reply = self.network.reply(&wire.address, &words);
            if reply.is_none() {
                wire.unseen.push(words.join(" "));
            }
            let length = range.len() as u64;
            wire.pending.push_back(Pending { reply, start, end: start + length });
            start += length;
        }
        wire.unfinished = pending[end..].to_vec();
        let total = wire.handed;
        self.handle(Input::Written { link, total });
        let own = self.own_replies(link);
        if !own.is_empty() {
            let cuts = self.cut.of(own.len());
            self.receive(link, &own, &cuts, false);
        }
    }

    /// What the network answers by itself before the next answer of the test.
    fn own_replies(&mut self, link: LinkId) -> Vec<u8> {
        let mut own = Vec::new();
        let Some(wire) = self.links.get_mut(&link).filter(|wire| wire.open) else { return own };
        while let Some(reply) = wire.pending.front_mut().and_then(|pending| pending.reply.take()) {
            own.extend(reply);
            wire.pending.pop_front();
        }
        own
    }

    /// The test's words, with the network's own where their turn comes.
    fn with_own_replies(&mut self, link: LinkId, mut bytes: &[u8]) -> Vec<u8> {
        let mut stream = Vec::new();
        while let Some(length) = network::reply_length(bytes) {
            let (reply, rest) = bytes.split_at(length);
            stream.extend_from_slice(reply);
            if reply[0] != b'>' {
                if let Some(wire) = self.links.get_mut(&link) {
                    wire.pending.pop_front();
                }
                stream.extend(self.own_replies(link));
            }
            bytes = rest;
        }
        stream.extend_from_slice(bytes);
        stream
    }

    fn deliver(&mut self, link: LinkId, bytes: &[u8]) {
        let cuts = self.cut.of(bytes.len());
        self.deliver_cut(link, bytes, &cuts);
    }

    fn deliver_cut(&mut self, link: LinkId, bytes: &[u8], cuts: &[usize]) {
        self.receive(link, bytes, cuts, true);
        self.run();
    }

    fn receive(&mut self, link: LinkId, bytes: &[u8], cuts: &[usize], polled: bool) {
        let mut start = 0;
        for end in cuts.iter().copied().chain([bytes.len()]) {
            if !self.links.get(&link).is_some_and(|wire| wire.open) {
                return;
            }
            let bytes = Bytes::copy_from_slice(&bytes[start..end]);
            self.handle(Input::Received { link, bytes });
            let skip = matches!(self.cut, Cut::Random(seed) if seed & 2 == 0);
            if polled && !skip {
                self.run();
            }
            start = end;
        }
    }

    /// `7001` is the oldest open connection to that node, `7001#2` the second ever.
    fn named(&self, name: &str) -> Result<LinkId, String> {
        let address = network::address(name.split('#').next().unwrap_or(name))?;
        let mut all = self.links.iter().filter(|(_, wire)| wire.address == address);
        let found = if name.contains('#') {
            all.find(|(_, wire)| wire.name == name)
        } else {
            all.clone().find(|(_, wire)| wire.open).or_else(|| all.next_back())
        };
        found.map(|(&link, _)| link).ok_or_else(|| format!("there is no connection {name}"))
    }

    fn check_secret(&self) {
        let Some(secret) = &self.secret else { return };
        assert!(!format!("{:?}{:?}", self.notes, self.answers).contains(secret.as_str()), "the password was told");
        // The core's whole state is a long text: not for every byte.
        if self.cut != Cut::Whole {
            return;
        }
        let text = format!("{:?}", self.core);
        let as_numbers = format!("{:?}", secret.as_bytes());
        let as_numbers = as_numbers.trim_matches(['[', ']']);
        assert!(!text.contains(secret.as_str()) && !text.contains(as_numbers), "Debug shows the password");
    }
}

impl Cut {
    /// Where to cut so many bytes; the next call cuts elsewhere.
    fn of(&mut self, length: usize) -> Vec<usize> {
        match self {
            Self::Whole => Vec::new(),
            Self::Bytes => (1..length).collect(),
            Self::Random(seed) => {
                let mut next = || {
                    *seed ^= *seed << 13;
                    *seed ^= *seed >> 7;
                    *seed ^= *seed << 17;
                    *seed >> 33
                };
                let share = next() % 16 + 2;
                (1..length).filter(|_| next() % share == 0).collect()
            }
        }
    }
}
