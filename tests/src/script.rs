//! A core without a network: the test is the network.
//!
//! [`Script`] drives the public verbs in virtual time. It answers what every server answers alike (handshake, slot map) and
//! leaves all else to the test: what was sent stands in [`Script::sent`], what the servers say is given by
//! [`Script::reply`], in pieces cut wherever the test likes.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{
        Address, Answers, Cause, Input, LinkId, Micros, Note, OutcomeKind, Output, Outputs, SubmitOptions, Submitted,
    },
    wire::{
        encode,
        request::{Args, Requests},
        tape::{Cursor, Leaf, Node},
    },
};

/// A core, its virtual clock, and everything that it has said.
#[derive(Debug)]
pub struct Script {
    /// The machine under test.
    pub core: Cluster,
    /// Virtual time.
    pub now: Micros,
    /// Who is behind each open link.
    pub links: BTreeMap<LinkId, Address>,
    /// Commands written and not yet answered, by address, as words joined by spaces; internal ones are left out.
    pub sent: BTreeMap<Address, VecDeque<String>>,
    /// Bytes written by link.
    pub written: BTreeMap<LinkId, u64>,
    /// Outcomes by ticket, as text (see [`show`]).
    pub answers: BTreeMap<u64, String>,
    /// Notes in order.
    pub notes: Vec<Note>,
    /// How often `poll` was called: the crossings.
    pub polls: usize,
    /// Ranges of slots and who owns them, as CLUSTER SLOTS tells.
    pub map: Vec<(u16, u16, Address)>,
    /// Addresses where nobody listens.
    pub down: Vec<Address>,
    /// The answers of the last poll, for tests that look at the tape.
    pub last: Answers,
    out: Outputs,
    partial: BTreeMap<LinkId, Vec<u8>>,
    next_client: i64,
}

/// `127.0.0.1:port`.
pub fn at(port: u16) -> Address {
    Address::new("127.0.0.1", port)
}

/// Three primaries with equal shares on ports 7001 to 7003.
pub fn thirds() -> Vec<(u16, u16, Address)> {
    vec![(0, 5460, at(7001)), (5461, 10922, at(7002)), (10923, 16383, at(7003))]
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
        let mut config = Config { seeds: vec![map[0].2.clone()], ..Config::default() };
        configure(&mut config);
        let now = Micros(1_000_000);
        Self {
            core: Cluster::new(config, now),
            now,
            links: BTreeMap::new(),
            sent: BTreeMap::new(),
            written: BTreeMap::new(),
            answers: BTreeMap::new(),
            notes: Vec::new(),
            polls: 0,
            map,
            down: Vec::new(),
            last: Answers::default(),
            out: Outputs::default(),
            partial: BTreeMap::new(),
            next_client: 1,
        }
    }

    /// Submits and runs.
    pub fn submit(&mut self, lines: &[&str]) -> Submitted {
        self.submit_with(batch(lines), &SubmitOptions::default())
    }

    /// Submits and runs.
    pub fn submit_with(&mut self, batch: Bytes, options: &SubmitOptions) -> Submitted {
        let submitted = self.core.submit(self.now, batch, options).expect("accepted");
        self.run();
        submitted
    }

    /// Lets time pass in steps of the core's own wishes.
    pub fn pass_ms(&mut self, ms: u32) {
        let end = self.now.plus_ms(ms);
        while self.now < end {
            self.now = self.now.plus_ms(1);
            self.core.handle(self.now, Input::Elapsed);
            self.run();
        }
    }

    /// What `address` says, RESP as text with `\r\n` for each space-free line end already in it.
    pub fn reply(&mut self, address: &Address, bytes: &[u8]) {
        self.reply_cut(address, bytes, &[]);
    }

    /// The same, cut at these offsets.
    pub fn reply_cut(&mut self, address: &Address, bytes: &[u8], cuts: &[usize]) {
        let link = self.link(address);
        let mut start = 0;
        for end in cuts.iter().copied().chain([bytes.len()]) {
            let bytes = Bytes::copy_from_slice(&bytes[start..end]);
            self.core.handle(self.now, Input::Received { link, bytes });
            self.run();
            start = end;
        }
    }

    /// The oldest open link to an address.
    pub fn link(&self, address: &Address) -> LinkId {
        let open = self.links.iter().find(|(_, known)| *known == address);
        *open.unwrap_or_else(|| panic!("no link to {address}: {:?}", self.links)).0
    }

    /// The connection breaks; `maybe_sent` bytes may have left.
    pub fn close(&mut self, address: &Address, maybe_sent: u64) {
        let link = self.link(address);
        self.links.remove(&link);
        self.sent.remove(address);
        self.core.handle(self.now, Input::Closed { link, cause: Cause::Lost("reset".into()), maybe_sent });
        self.run();
    }

    /// What an address was sent and has not answered, oldest first; forgets it.
    pub fn take_sent(&mut self, address: &Address) -> Vec<String> {
        self.sent.remove(address).unwrap_or_default().into()
    }

    /// The outcome of a ticket, as text.
    pub fn answer(&self, ticket: u64) -> &str {
        self.answers.get(&ticket).map_or("open", String::as_str)
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
            if !out.answers.tape.is_empty() {
                self.last = std::mem::take(&mut out.answers);
            }
            for action in std::mem::take(&mut out.actions) {
                self.act(action);
            }
            self.out = out;
            if idle {
                return;
            }
        }
    }

    fn act(&mut self, action: Output) {
        match action {
            Output::Connect { link, address, .. } if self.down.contains(&address) => {
                let cause = Cause::Refused("connection refused".into());
                self.core.handle(self.now, Input::Closed { link, cause, maybe_sent: 0 });
            }
            Output::Connect { link, address, .. } => {
                self.links.insert(link, address);
                self.core.handle(self.now, Input::Connected { link, credentials: None });
            }
            Output::Send { link, bytes } => self.written(link, &bytes),
            Output::Close { link } => {
                self.links.remove(&link);
                let maybe_sent = self.written.get(&link).copied().unwrap_or(0);
                self.core.handle(self.now, Input::Closed { link, cause: Cause::Asked, maybe_sent });
            }
            Output::Note(note) => self.notes.push(note),
            Output::Push { .. } | Output::Wait { .. } => {}
        }
    }

    fn written(&mut self, link: LinkId, bytes: &[u8]) {
        let Some(address) = self.links.get(&link).cloned() else { return };
        let total = self.written.entry(link).or_default();
        *total += bytes.len() as u64;
        let total = *total;
        self.core.handle(self.now, Input::Written { link, total });
        let mut pending = self.partial.remove(&link).unwrap_or_default();
        pending.extend_from_slice(bytes);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&pending, 0);
        let mut replies = Vec::new();
        let mut end = 0;
        while let Some(Ok(range)) = requests.next(&mut spans) {
            end = range.end;
            let words: Vec<String> =
                Args::new(&pending, &spans).iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
            match self.own(&words) {
                Some(reply) => replies.extend(reply),
                None => self.sent.entry(address.clone()).or_default().push_back(words.join(" ")),
            }
        }
        self.partial.insert(link, pending.split_off(end));
        if !replies.is_empty() {
            self.core.handle(self.now, Input::Received { link, bytes: replies.into() });
        }
    }

    /// What every server answers alike.
    fn own(&mut self, words: &[String]) -> Option<Vec<u8>> {
        let text = match (words[0].as_str(), words.get(1).map_or("", String::as_str)) {
            ("HELLO", _) => {
                self.next_client += 1;
                format!("%1\r\n$2\r\nid\r\n:{}\r\n", self.next_client)
            }
            ("CLIENT", "KILL") => ":1\r\n".into(),
            ("CLIENT", _) => "+OK\r\n".into(),
            ("CLUSTER", "SLOTS") => {
                let mut text = format!("*{}\r\n", self.map.len());
                for (start, end, Address { host, port }) in &self.map {
                    let id = node_id(*port);
                    text += &format!(
                        "*3\r\n:{start}\r\n:{end}\r\n*3\r\n${}\r\n{host}\r\n:{port}\r\n$40\r\n{id}\r\n",
                        host.len()
                    );
                }
                text
            }
            ("CLUSTER", "NODES") => {
                let mut nodes: BTreeMap<&Address, String> = BTreeMap::new();
                for (start, end, address) in &self.map {
                    *nodes.entry(address).or_default() += &format!(" {start}-{end}");
                }
                let mut text = String::new();
                for (address, slots) in nodes {
                    let id = node_id(address.port);
                    text += &format!("{id} {address}@1{} master - 0 0 1 connected{slots}\n", address.port);
                }
                format!("${}\r\n{text}\r\n", text.len())
            }
            _ => return None,
        };
        Some(text.into_bytes())
    }
}

fn node_id(port: u16) -> String {
    format!("{port:040x}")
}

/// An outcome as text: `1`, `"bulk"`, `+simple`, `[...]`, `{k: v}`, and `server error(..)`, `not executed(..)`, `unknown(..)`,
/// `partial[..]`.
pub fn show(outcome: OutcomeKind, body: &[u32], buffers: &[Bytes]) -> String {
    let mut cursor = Cursor::new(body);
    let mut values = Vec::new();
    while !cursor.rest().is_empty() {
        values.push(value(&mut cursor, buffers));
    }
    match outcome {
        OutcomeKind::Reply => values.join(" "),
        OutcomeKind::ServerError => format!("server error({})", values.join(", ")),
        OutcomeKind::NotExecuted => format!("not executed({})", values.join(", ")),
        OutcomeKind::Unknown => format!("unknown({})", values.join(", ")),
        OutcomeKind::Partial => format!("partial{}", values.join(" ")),
    }
}

fn value(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> String {
    let text = |leaf: Leaf| {
        let bytes = &buffers[leaf.buffer as usize][leaf.offset as usize..][..leaf.length as usize];
        if bytes.len() > 200 { format!("<{} bytes>", bytes.len()) } else { bytes.escape_ascii().to_string() }
    };
    match cursor.next().expect("a tape ends with a whole value") {
        Node::Null => "null".into(),
        Node::Bool(value) => value.to_string(),
        Node::Int(value) => value.to_string(),
        Node::Double(value) => format!("{value:?}"),
        Node::Bulk(leaf) => format!("\"{}\"", text(leaf)),
        Node::Simple(leaf) => format!("+{}", text(leaf)),
        Node::Error(leaf) => format!("-{}", text(leaf)),
        Node::BigNumber(leaf) => format!("({}", text(leaf)),
        Node::Verbatim(leaf) => format!("=\"{}\"", text(leaf)),
        Node::Array(n) | Node::Push(n) => format!("[{}]", items(cursor, buffers, n)),
        Node::Set(n) => format!("~[{}]", items(cursor, buffers, n)),
        Node::Map(n) | Node::Attribute(n) => {
            let pair = |_| {
                let key = value(cursor, buffers);
                format!("{key}: {}", value(cursor, buffers))
            };
            format!("{{{}}}", (0..n).map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn items(cursor: &mut Cursor<'_>, buffers: &[Bytes], count: u32) -> String {
    (0..count).map(|_| value(cursor, buffers)).collect::<Vec<_>>().join(", ")
}
