//! Plays a scenario in a world: sends, reads, and compares, or writes down what it saw.

use std::{collections::BTreeMap, fmt::Write as _};

use slotpipe_sim::model::slot_of;

use crate::{
    reply::Reply,
    script::{Act, File, Scenario, Step, unescape},
    world::{Came, NODES, World},
};

/// How long a reply may take, and how long silence is listened to.
const PATIENCE_MS: u64 = 4_000;
const QUIET_MS: u64 = 150;

/// Plays all scenarios of a file; says what differed. With `record`, expectations are replaced by what was seen.
pub(crate) fn play(file: &mut File, world: &mut dyn World, record: bool) -> Vec<String> {
    let File { name, replicas, password, scenarios, .. } = file;
    let mut differences = Vec::new();
    for scenario in scenarios {
        let mut player = Player {
            world,
            nodes: if *replicas { &NODES } else { &NODES[..3] },
            password: password.as_deref(),
            tags: &scenario.tags.clone(),
            buffers: BTreeMap::new(),
            captured: BTreeMap::new(),
            bytes: Vec::new(),
        };
        for step in &mut scenario.steps {
            if let Err(what) = player.step(step, record) {
                let line = step.line;
                differences.push(format!("{name}:{line} ({}): {}\n{what}", scenario.name, step.text));
                break;
            }
        }
        player.end();
    }
    differences
}

/// A file as it stands after recording.
pub(crate) fn rewritten(file: &File, text: &str) -> String {
    let steps = file.scenarios.iter().flat_map(|scenario: &Scenario| &scenario.steps);
    let by_line: BTreeMap<usize, &Step> = steps.map(|step| (step.line, step)).collect();
    let mut out = String::new();
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("  ") {
            continue;
        }
        let _ = writeln!(out, "{line}");
        for expected in by_line.get(&(index + 1)).into_iter().flat_map(|step| &step.expected) {
            let _ = writeln!(out, "  {expected}");
        }
    }
    out
}

struct Player<'a> {
    world: &'a mut dyn World,
    nodes: &'static [&'static str],
    password: Option<&'a str>,
    tags: &'a BTreeMap<String, String>,
    /// What has come and is not a whole reply yet, by connection.
    buffers: BTreeMap<String, Vec<u8>>,
    captured: BTreeMap<String, String>,
    /// The last text that came, as it came.
    bytes: Vec<u8>,
}

impl Player<'_> {
    fn step(&mut self, step: &mut Step, record: bool) -> Result<(), String> {
        match &step.act {
            Act::Send { conn, commands, reads } => {
                self.ready(conn);
                let bytes: Vec<u8> = commands.iter().flat_map(|command| self.encode(command)).collect();
                self.world.send(conn, &bytes);
                let (conn, count) = (conn.clone(), step.expected.len().max(commands.len()));
                if *reads { self.expect(&conn, step, count, record) } else { Ok(()) }
            }
            Act::Read { conn } => {
                let (conn, count) = (conn.clone(), step.expected.len().max(1));
                self.expect(&conn, step, count, record)
            }
            Act::Poll { conn, command } => self.poll(conn, command, &step.expected),
            Act::Raw { conn, bytes } => {
                self.ready(conn);
                let mut letters = bytes.trim_matches('"').chars();
                let mut raw = String::new();
                while let Some(letter) = letters.next() {
                    raw.push(if letter == '\\' { unescape(letters.next().unwrap_or('\\')) } else { letter });
                }
                self.world.send(conn, raw.as_bytes());
                Ok(())
            }
            Act::Closed { conn } => match self.reply(conn, PATIENCE_MS) {
                Err(text) if text == CLOSED => Ok(()),
                Err(text) => Err(text),
                Ok(reply) => Err(format!("  came instead: {reply}")),
            },
            Act::Quiet { conn } => match self.reply(conn, QUIET_MS) {
                Err(text) if text == NOTHING => Ok(()),
                Err(text) => Err(text),
                Ok(reply) => Err(format!("  came: {reply}")),
            },
            Act::Open { conn, protocol } => {
                self.ready(conn);
                if *protocol == 3 {
                    let hello = self.encode(&["HELLO".into(), "3".into()]);
                    self.world.send(conn, &hello);
                    let reply = self.reply(conn, PATIENCE_MS)?;
                    if !reply.starts_with('{') {
                        return Err(format!("  HELLO 3 answered {reply}"));
                    }
                }
                Ok(())
            }
            Act::Close { conn } => {
                self.buffers.remove(conn);
                self.world.close(conn);
                Ok(())
            }
            Act::Verb(words) => {
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                self.verb(&words)
            }
        }
    }

    fn verb(&mut self, words: &[&str]) -> Result<(), String> {
        match words {
            ["wait", ms] => self.world.wait(ms.parse().map_err(|_| "  no number")?),
            ["settle"] => self.world.settle()?,
            ["begin", slot, from, to] => {
                self.order(to, &format!("CLUSTER SETSLOT %{slot} IMPORTING #{from}"))?;
                self.order(from, &format!("CLUSTER SETSLOT %{slot} MIGRATING #{to}"))?;
            }
            ["finish", slot, from, to] => {
                self.order(to, &format!("CLUSTER SETSLOT %{slot} NODE #{to}"))?;
                self.order(from, &format!("CLUSTER SETSLOT %{slot} NODE #{to}"))?;
            }
            ["give", from, to] => {
                let (start, end) = range_of(from);
                let commands: String =
                    (start..=end).map(|slot| format!("CLUSTER SETSLOT {slot} NODE #{to}\n")).collect();
                // The owner first: else its next word of its slots takes them back.
                let others = self.nodes.iter().filter(|node| *node != from && *node != to);
                for node in [from].into_iter().chain(others).chain([to]) {
                    for order in commands.lines() {
                        self.order(node, order)?;
                    }
                }
            }
            ["carry", from, to, keys @ ..] => {
                let auth = self.password.map(|password| format!("AUTH {password} ")).unwrap_or_default();
                let keys = keys.join(" ");
                self.order(from, &format!("MIGRATE @{to}.host @{to}.port \"\" 0 1000 {auth}KEYS {keys}"))?;
            }
            _ => {
                self.world.verb(words);
                if let ["crash", node] = words {
                    // Its connections are gone: the next use of their names opens new ones.
                    let of_node = |conn: &String| conn.split('.').next() == Some(*node);
                    let gone: Vec<_> = self.buffers.keys().filter(|conn| of_node(conn)).cloned().collect();
                    for conn in gone {
                        self.buffers.remove(&conn);
                        self.world.close(&conn);
                    }
                }
            }
        }
        Ok(())
    }

    /// A command of the administrator, on a connection of its own.
    fn order(&mut self, node: &str, command: &str) -> Result<(), String> {
        let conn = format!("{node}.admin");
        self.ready(&conn);
        let words: Vec<String> = command.split(' ').map(|word| word.trim_matches('"').into()).collect();
        let bytes = self.encode(&words);
        self.world.send(&conn, &bytes);
        let reply = self.reply(&conn, PATIENCE_MS)?;
        if reply == "+OK" { Ok(()) } else { Err(format!("  {command} answered {reply}")) }
    }

    fn poll(&mut self, conn: &str, command: &[String], expected: &[String]) -> Result<(), String> {
        self.ready(conn);
        let mut reply = String::new();
        for _ in 0..400 {
            let bytes = self.encode(command);
            self.world.send(conn, &bytes);
            reply = self.reply(conn, PATIENCE_MS)?;
            if self.matches(&expected[0], &reply) {
                return Ok(());
            }
            self.world.wait(20);
        }
        Err(format!("  at last: {reply}"))
    }

    fn expect(&mut self, conn: &str, step: &mut Step, count: usize, record: bool) -> Result<(), String> {
        let mut seen = Vec::new();
        for _ in 0..count {
            seen.push(self.reply(conn, PATIENCE_MS).map_err(|error| format!("  after {seen:?}\n{error}"))?);
        }
        for (index, reply) in seen.into_iter().enumerate() {
            match step.expected.get(index) {
                Some(expected) if self.matches(expected, &reply) => {}
                Some(_) if record => step.expected[index] = reply,
                None if record => step.expected.push(reply),
                Some(expected) => return Err(format!("  expected {expected}\n  came     {reply}")),
                None => return Err(format!("  not expected: {reply}")),
            }
        }
        Ok(())
    }

    fn matches(&mut self, expected: &str, reply: &str) -> bool {
        if let Some(part) = expected.strip_prefix("~ ") {
            return reply.contains(part);
        }
        let Some((before, rest)) = expected.split_once('<') else {
            return expected == reply;
        };
        let Some((name, after)) = rest.split_once('>') else {
            return expected == reply;
        };
        let middle = reply.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        if let Some(middle) = middle {
            self.captured.insert(name.into(), middle.into());
        }
        middle.is_some()
    }

    /// The next reply of a connection, with names for what differs from run to run.
    fn reply(&mut self, conn: &str, patience: u64) -> Result<String, String> {
        loop {
            let buffer = self.buffers.entry(conn.into()).or_default();
            if let Some((reply, length)) = Reply::parse(buffer) {
                buffer.drain(..length);
                if let Reply::Bulk(_, content) = &reply {
                    self.bytes.clone_from(content);
                }
                return Ok(self.named(&reply.to_string()));
            }
            match self.world.receive(conn, patience) {
                Came::Bytes(bytes) => buffer.extend_from_slice(&bytes),
                Came::Nothing => return Err(NOTHING.into()),
                Came::Closed => return Err(CLOSED.into()),
            }
        }
    }

    fn named(&self, reply: &str) -> String {
        let mut text = reply.to_string();
        for name in self.nodes {
            let facts = self.world.node(name);
            text = text.replace(&format!("{}:{}", facts.host, facts.port), &format!("@{name}"));
            text = text.replace(&format!("\"{}\", :{}", facts.host, facts.port), &format!("@{name}"));
            text = text.replace(&format!(":{}", facts.port), &format!(":@{name}.port"));
            text = text.replace(&facts.id, &format!("#{name}"));
        }
        for name in self.nodes {
            text = text.replace(&format!("\"{}\"", self.world.node(name).host), "\"host\"");
        }
        for (name, tag) in self.tags {
            text = text.replace(&format!("{{{tag}}}"), &format!("${name}"));
            let slot = slot_of(tag.as_bytes());
            for code in ["MOVED", "ASK", "hash slot", "hashslot", "["] {
                let space = if code == "[" { "" } else { " " };
                for end in [" ", ".", "-", "\""] {
                    text = text.replace(&format!("{code}{space}{slot}{end}"), &format!("{code}{space}%{name}{end}"));
                }
                if text.ends_with(&format!("{code} {slot}")) {
                    text = format!("{}%{name}", &text[..text.len() - slot.to_string().len()]);
                }
            }
        }
        text
    }

    /// A command as bytes, its names replaced by what they stand for.
    fn encode(&self, command: &[String]) -> Vec<u8> {
        let mut bytes = format!("*{}\r\n", command.len()).into_bytes();
        for word in command {
            let word = if word == "<bytes>" { self.bytes.clone() } else { self.expand(word).into_bytes() };
            bytes.extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
            bytes.extend_from_slice(&word);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes
    }

    fn expand(&self, word: &str) -> String {
        let mut text = word.to_string();
        for (name, tag) in self.tags {
            text = replace_name(&text, '$', name, &format!("{{{tag}}}"));
            text = replace_name(&text, '%', name, &slot_of(tag.as_bytes()).to_string());
        }
        if let Some((letter, count)) = word.split_once('*')
            && let Ok(count) = count.parse()
            && letter.len() == 1
        {
            return letter.repeat(count);
        }
        for (name, value) in &self.captured {
            text = text.replace(&format!("<{name}>"), value.trim_matches('"'));
        }
        for name in self.nodes {
            let facts = self.world.node(name);
            text = text.replace(&format!("@{name}.host"), &facts.host);
            text = text.replace(&format!("@{name}.port"), &facts.port.to_string());
            text = replace_name(&text, '@', name, &format!("{}:{}", facts.host, facts.port));
            text = replace_name(&text, '#', name, &facts.id);
        }
        text
    }

    /// Opens a connection if it is not there: `a` or `a.name` to node a. The administrator's and the nameless ones log in.
    fn ready(&mut self, conn: &str) {
        if self.buffers.contains_key(conn) {
            return;
        }
        self.buffers.insert(conn.into(), Vec::new());
        let (node, name) = conn.split_once('.').unwrap_or((conn, ""));
        self.world.open(conn, node);
        if let Some(password) = self.password.filter(|_| ["", "admin"].contains(&name)) {
            let auth = self.encode(&["AUTH".into(), password.into()]);
            self.world.send(conn, &auth);
            let _ = self.reply(conn, PATIENCE_MS);
        }
    }

    fn end(self) {
        for conn in self.buffers.keys() {
            self.world.close(conn);
        }
    }
}

/// The slots with which a primary begins.
fn range_of(node: &str) -> (u16, u16) {
    match node {
        "a" => (0, 5460),
        "b" => (5461, 10_921),
        _ => (10_922, 16_383),
    }
}

/// A name behind its mark, unless it is the beginning of a longer one.
fn replace_name(text: &str, mark: char, name: &str, value: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(&format!("{mark}{name}")) {
        let end = at + 1 + name.len();
        let goes_on = rest[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
        out.push_str(&rest[..at]);
        out.push_str(if goes_on { &rest[at..end] } else { value });
        rest = &rest[end..];
    }
    out + rest
}

const NOTHING: &str = "  nothing came";
const CLOSED: &str = "  the server closed the connection";
