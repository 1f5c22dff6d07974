//! The first words on a connection: HELLO 3 with AUTH and SETNAME, or what older servers understand instead.
//!
//! All of it is one write. If HELLO is refused because the server does not know it, a second write says the same in
//! RESP2 words. Besides, the handshake ends what its predecessors left behind: `CLIENT KILL ID` of a connection that
//! was lost with commands in flight is answered only after the server has done with them, so that whatever follows
//! on this connection comes after them.

use alloc::{collections::VecDeque, format, string::String, vec::Vec};

use bytes::Bytes;

use crate::{
    port::Credentials,
    wire::{
        encode,
        tape::{Cursor, Node, error_line},
    },
};

/// What there is to say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Greeting {
    pub(crate) resp3: bool,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) name: Option<String>,
    pub(crate) library: (String, String),
    pub(crate) database: u16,
    /// The node is a replica that shall serve reads.
    pub(crate) readonly: bool,
    /// Server-side ids of lost connections.
    pub(crate) predecessors: Vec<i64>,
}

#[derive(Debug)]
pub(crate) struct Handshake {
    greeting: Greeting,
    steps: VecDeque<Step>,
    /// HELLO was refused: say it in RESP2 when the other answers are in.
    fell_back: bool,
    welcome: Welcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Hello,
    Auth,
    Id,
    Select,
    Readonly,
    Kill,
    /// Nice to have: the answer does not matter.
    Courtesy,
}

/// What the handshake learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Welcome {
    /// The server's id of this connection.
    pub(crate) client_id: Option<i64>,
    /// Every predecessor is known to be over.
    pub(crate) proven: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// More answers to come.
    Going,
    /// Write this and go on.
    Say(Vec<u8>),
    Ready(Welcome),
    Failed(String),
}

impl Handshake {
    pub(crate) fn begin(greeting: Greeting) -> (Self, Vec<u8>) {
        let welcome = Welcome { client_id: None, proven: true };
        let mut shake = Self { fell_back: !greeting.resp3, greeting, steps: VecDeque::new(), welcome };
        let words = if shake.fell_back { shake.in_resp2() } else { shake.in_resp3() };
        (shake, words)
    }

    /// Takes the next answer.
    pub(crate) fn answered(&mut self, words: &[u32], buffers: &[Bytes]) -> Progress {
        let Some(step) = self.steps.pop_front() else {
            return Progress::Failed(String::from("an answer to nothing in the handshake"));
        };
        let error = error_line(words, buffers);
        match (step, error) {
            (Step::Hello, Some(line)) if speaks_resp2_only(line) => self.fell_back = true,
            (Step::Hello | Step::Auth | Step::Select, Some(line)) => {
                let what = if step == Step::Select { "SELECT" } else { "authentication" };
                return Progress::Failed(format!("{what} refused: {}", self.without_secrets(line)));
            }
            (Step::Hello | Step::Id, None) => self.welcome.client_id = client_id(words, buffers),
            (Step::Kill, Some(_)) if is_kill_refused(words, buffers) => self.welcome.proven = false,
            (Step::Readonly, Some(line)) if line.starts_with(b"NOPERM") => {
                return Progress::Failed(format!("READONLY refused: {}", self.without_secrets(line)));
            }
            _ => {}
        }
        if !self.steps.is_empty() {
            return Progress::Going;
        }
        if core::mem::take(&mut self.fell_back) && self.greeting.resp3 {
            self.greeting.resp3 = false;
            self.welcome.proven = true;
            return Progress::Say(self.in_resp2());
        }
        Progress::Ready(self.welcome)
    }

    /// A server that does not know a command repeats its arguments, the password among them; others may find other words
    /// for it. Shorter ones stand in any text.
    fn without_secrets(&self, line: &[u8]) -> String {
        const SHORTEST: usize = 4;
        let mut rest = &line[..find(line, b", with args").unwrap_or(line.len())];
        let mut text = Vec::new();
        let password = self.greeting.credentials.as_ref().map_or("", |credentials| &credentials.password).as_bytes();
        while let Some(at) = find(rest, password).filter(|_| password.len() >= SHORTEST) {
            text.extend_from_slice(&rest[..at]);
            text.extend_from_slice(b"***");
            rest = &rest[at + password.len()..];
        }
        text.extend_from_slice(rest);
        String::from_utf8_lossy(&text).into_owned()
    }

    fn in_resp3(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut hello: Vec<&[u8]> = Vec::from([b"HELLO".as_slice(), b"3"]);
        if let Some(credentials) = &self.greeting.credentials {
            let user = credentials.username.as_deref().unwrap_or("default");
            hello.extend([b"AUTH".as_slice(), user.as_bytes(), credentials.password.as_bytes()]);
        }
        if let Some(name) = &self.greeting.name {
            hello.extend([b"SETNAME".as_slice(), name.as_bytes()]);
        }
        encode::command(&mut out, hello);
        self.steps.push_back(Step::Hello);
        self.common(&mut out);
        out
    }

    fn in_resp2(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(credentials) = &self.greeting.credentials {
            match &credentials.username {
                Some(user) => encode::command(&mut out, ["AUTH", user, &credentials.password]),
                None => encode::command(&mut out, ["AUTH", &credentials.password]),
            }
            self.steps.push_back(Step::Auth);
        }
        if let Some(name) = &self.greeting.name {
            encode::command(&mut out, ["CLIENT", "SETNAME", name]);
            self.steps.push_back(Step::Courtesy);
        }
        encode::command(&mut out, ["CLIENT", "ID"]);
        self.steps.push_back(Step::Id);
        self.common(&mut out);
        out
    }

    fn common(&mut self, out: &mut Vec<u8>) {
        let (name, version) = &self.greeting.library;
        for (attribute, value) in [("LIB-NAME", name), ("LIB-VER", version)] {
            encode::command(out, ["CLIENT", "SETINFO", attribute, value]);
            self.steps.push_back(Step::Courtesy);
        }
        if self.greeting.database != 0 {
            encode::command(out, ["SELECT", itoa::Buffer::new().format(self.greeting.database)]);
            self.steps.push_back(Step::Select);
        }
        if self.greeting.readonly {
            encode::command(out, ["READONLY"]);
            self.steps.push_back(Step::Readonly);
        }
        for id in &self.greeting.predecessors {
            encode::command(out, ["CLIENT", "KILL", "ID", itoa::Buffer::new().format(*id)]);
            self.steps.push_back(Step::Kill);
        }
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    (0..text.len()).find(|&at| text[at..].starts_with(what))
}

/// Whether CLIENT KILL was refused; that the connection is gone already is as good as having ended it.
pub(crate) fn is_kill_refused(words: &[u32], buffers: &[Bytes]) -> bool {
    error_line(words, buffers).is_some_and(|line| !line.starts_with(b"ERR No such client"))
}

/// Redis before 6 does not know HELLO; a proxy or an ACL may hide it; 2 may be all it speaks.
fn speaks_resp2_only(line: &[u8]) -> bool {
    line.starts_with(b"ERR unknown command")
        || line.starts_with(b"NOPROTO")
        || (line.starts_with(b"NOPERM") && line.windows(5).any(|w| w.eq_ignore_ascii_case(b"hello")))
}

/// CLIENT ID's integer, or the `id` of HELLO's map.
fn client_id(words: &[u32], buffers: &[Bytes]) -> Option<i64> {
    let mut cursor = Cursor::new(words);
    let first = cursor.next()?;
    if let Node::Int(id) = first {
        return Some(id);
    }
    for _ in 0..first.pairs()? {
        let key = cursor.next()?.text()?.of(buffers)?;
        if key == b"id" {
            let Some(Node::Int(id)) = cursor.next() else { return None };
            return Some(id);
        }
        cursor.skip()?;
    }
    None
}

#[cfg(test)]
mod tests;
