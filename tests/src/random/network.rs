//! The network and the host's half of it: connections that come up late, write in pieces, break, and linger at the server
//! after the host has closed them.

use std::collections::VecDeque;

use slotpipe_core::{
    port::{Cause, Input, LinkId, Output},
    wire::request::{Args, Requests},
};

use super::{PORTS, World};

/// One connection, with both of its ends.
pub(super) struct Conn {
    pub(super) node: usize,
    pub(super) client: i64,
    pub(super) connected: bool,
    /// Handed by the core, not yet by the host to the kernel; and in the kernel, not yet run.
    pub(super) host: VecDeque<u8>,
    pub(super) kernel: Vec<u8>,
    pub(super) written: u64,
    pub(super) handed: u64,
    /// The callers' commands in all that was handed: where each ends; and what of the next is there.
    pub(super) ends: Vec<(u64, usize)>,
    pub(super) begun: Vec<u8>,
    pub(super) asking: bool,
    pub(super) authentic: bool,
    pub(super) replies: VecDeque<u8>,
    pub(super) closing: bool,
}

impl World {
    /// One of the connections that fit, if there is any.
    pub(super) fn pick(&mut self, fits: impl Fn(&Conn) -> bool) -> Option<LinkId> {
        let fitting: Vec<LinkId> = self.conns.iter().filter(|(_, conn)| fits(conn)).map(|(&id, _)| id).collect();
        (!fitting.is_empty()).then(|| fitting[self.random.below(fitting.len())])
    }

    pub(super) fn write_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.connected || conn.closing || !conn.host.is_empty()) else { return };
        let conn = self.conns.get_mut(&link).unwrap();
        if conn.closing {
            return self.end(link, Cause::Asked);
        }
        if !conn.connected {
            if !self.quiet && self.random.one_in(16) {
                return self.end(link, Cause::Refused("refused".into()));
            }
            conn.connected = true;
            self.core.handle(self.now, Input::Connected { link, credentials: None });
            return self.poll();
        }
        let all = conn.host.len();
        let count = if self.random.one_in(2) { all } else { 1 + self.random.below(all) };
        let taken: Vec<u8> = conn.host.drain(..count).collect();
        conn.kernel.extend(taken);
        conn.written += count as u64;
        let total = conn.written;
        if self.quiet || self.random.one_in(2) {
            self.core.handle(self.now, Input::Written { link, total });
            self.poll();
        }
    }

    pub(super) fn run_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.kernel.is_empty()) else { return };
        let mut conn = self.conns.remove(&link).unwrap();
        for _ in 0..1 + self.random.below(6) {
            self.run_one(&mut conn);
        }
        self.conns.insert(link, conn);
    }

    pub(super) fn deliver_some(&mut self) {
        let Some(link) = self.pick(|conn| !conn.replies.is_empty() && !conn.closing) else { return };
        let conn = self.conns.get_mut(&link).unwrap();
        let all = conn.replies.len();
        let count = if self.random.one_in(2) { all } else { 1 + self.random.below(all) };
        let bytes: Vec<u8> = conn.replies.drain(..count).collect();
        self.core.handle(self.now, Input::Received { link, bytes: bytes.into() });
        if !self.random.one_in(3) {
            self.poll();
        }
    }

    pub(super) fn break_one(&mut self) {
        if let Some(link) = self.pick(|_| true) {
            self.end(link, Cause::Lost("reset".into()));
        }
    }

    pub(super) fn end(&mut self, link: LinkId, cause: Cause) {
        let conn = self.conns.remove(&link).unwrap();
        let maybe_sent = conn.written;
        self.log(|| format!("close {link:?} client {} {cause:?} after {maybe_sent} of {}", conn.client, conn.handed));
        self.left.extend(conn.ends.iter().filter(|&&(end, _)| end <= maybe_sent).map(|&(_, id)| id));
        if conn.connected && !conn.kernel.is_empty() && self.random.one_in(2) {
            self.zombies.push(conn);
        }
        self.core.handle(self.now, Input::Closed { link, cause, maybe_sent });
        self.poll();
    }

    pub(super) fn run_zombie(&mut self) {
        if self.zombies.is_empty() {
            return;
        }
        let index = self.random.below(self.zombies.len());
        let mut conn = self.zombies.swap_remove(index);
        self.run_one(&mut conn);
        if !conn.kernel.is_empty() && !self.random.one_in(10) {
            self.zombies.push(conn);
        }
    }

    pub(super) fn poll(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        self.core.poll(self.now, &mut out);
        for answer in out.answers.iter() {
            self.told(&answer, &out.answers.buffers);
        }
        for action in std::mem::take(&mut out.actions) {
            match action {
                Output::Connect { link, address, .. } => {
                    let node = PORTS.iter().position(|&port| port == address.port).expect("a known address");
                    self.next_client += 1;
                    self.log(|| format!("dial {link:?} to node {node}"));
                    self.conns.insert(link, Conn::new(node, self.next_client));
                }
                Output::Send { link, bytes } => {
                    let Some(conn) = self.conns.get_mut(&link) else { continue };
                    conn.hand(&bytes);
                }
                Output::Close { link } => {
                    if let Some(conn) = self.conns.get_mut(&link) {
                        conn.closing = true;
                    }
                }
                Output::Wait { until } => self.wait = until,
                Output::Note(_) | Output::Push { .. } => {}
            }
        }
        self.out = out;
    }
}

impl Conn {
    pub(super) fn new(node: usize, client: i64) -> Self {
        Self {
            node,
            client,
            connected: false,
            host: VecDeque::new(),
            kernel: Vec::new(),
            written: 0,
            handed: 0,
            ends: Vec::new(),
            begun: Vec::new(),
            asking: false,
            authentic: true,
            replies: VecDeque::new(),
            closing: false,
        }
    }

    pub(super) fn hand(&mut self, bytes: &[u8]) {
        assert!(self.connected, "bytes before the connection");
        self.host.extend(bytes);
        self.begun.extend(bytes);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&self.begun, 0);
        let mut taken = 0;
        while let Some(Ok(range)) = requests.next(&mut spans) {
            taken = range.end;
            let args = Args::new(&self.begun, &spans);
            let words: Vec<String> = args.iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
            if let Some((id, _)) = identity(&words) {
                self.ends.push((self.handed + taken as u64, id));
            }
        }
        self.handed += taken as u64;
        self.begun.drain(..taken);
    }
}

/// Whose a command is, and its keys.
pub(super) fn identity(words: &[String]) -> Option<(usize, Vec<String>)> {
    let (id, keys): (&str, Vec<String>) = match words[0].as_str() {
        "MSET" => (&words[2], words[1..].iter().step_by(2).cloned().collect()),
        "EVAL" => (&words[4], vec![words[3].clone()]),
        "BLPOP" => (&words[2][2..], vec![words[1].clone()]),
        "ECHO" => (&words[1], vec![]),
        "APPEND" | "GETRANGE" => (words.last()?, vec![words[1].clone()]),
        _ => return None,
    };
    Some((id.parse().ok()?, keys))
}
