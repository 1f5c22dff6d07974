//! Connections between the host and the servers: they come up late or not at all, carry bytes in pieces, stand still,
//! fall silent, break, and linger at the server when the client has long forgotten them.

use bytes::Bytes;
use slotpipe_core::port::{Address, Cause, Credentials, Input, LinkId};

use super::{
    day,
    lane::Lane,
    resp::Stream,
    world::{Event, World},
};
use crate::model::{Conn, NodeId};

/// What is no RESP: no type begins like this; a text of 4 GiB and 3 bytes, which is more than any server sends.
const GARBAGE: [&[u8]; 2] = [b"@this is no RESP\r\n", b"$4294967299\r\nabc\r\n"];

/// Nobody asked for it, and it is no reply.
const PUSH: &[u8] = b">2\r\n+invalidate\r\n*1\r\n$1\r\na\r\n";

/// One connection, with both of its ends.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) address: Address,
    pub(super) node: Option<NodeId>,
    /// The server's end, as long as it has one.
    pub(super) conn: Option<Conn>,
    pub(super) connected: bool,
    /// The core has been told that it is over.
    pub(super) gone: bool,
    /// The core does not listen any more.
    pub(super) deaf: bool,
    /// The server has closed its end.
    server_closed: bool,
    /// Handed by the core, not yet taken by the kernel.
    pub(super) host: Vec<u8>,
    /// Taken by the kernel, in all.
    pub(super) taken: u64,
    pub(super) to_server: Lane,
    pub(super) to_client: Lane,
    pub(super) requests: Stream,
    pub(super) replies: Stream,
}

/// How a dial ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum DialEnd {
    Reached,
    Refused,
    TimedOut,
}

impl World {
    pub(super) fn dial(&mut self, link: LinkId, address: Address, timeout_ms: u32) {
        self.note_dial(link, &address);
        let node = self.model.node_at(&address.to_string());
        let is_dark = node.is_some_and(|node| self.dark.contains(&node));
        let way = self.way(node);
        let (delay, end) = if is_dark || self.random.permille(self.faults.dial_timeout_permille) {
            (u64::from(timeout_ms) * 1_000, DialEnd::TimedOut)
        } else if self.random.permille(self.faults.refuse_permille) || node.is_none() {
            (way, DialEnd::Refused)
        } else if self.random.permille(self.faults.slow_dial_permille) {
            (self.random.between(way, u64::from(timeout_ms) * 1_200), DialEnd::Reached)
        } else {
            (way, DialEnd::Reached)
        };
        self.wires.push(Wire {
            address,
            node,
            conn: None,
            connected: false,
            gone: false,
            deaf: false,
            server_closed: false,
            host: Vec::new(),
            taken: 0,
            to_server: Lane::default(),
            to_client: Lane::default(),
            requests: Stream::default(),
            replies: Stream::default(),
        });
        self.after(delay, Event::DialEnds(link, end));
    }

    pub(super) fn dial_ends(&mut self, link: LinkId, end: DialEnd) {
        let now = self.now;
        let Some(wire) = self.wire(link).filter(|wire| !wire.gone && !wire.connected) else { return };
        let node = wire.node;
        match end {
            DialEnd::TimedOut => return self.ends(link, Cause::TimedOut),
            DialEnd::Refused => return self.ends(link, Cause::Refused("connection refused".into())),
            DialEnd::Reached => {}
        }
        let Some(Ok(conn)) = node.map(|node| self.model.connect(node, now)) else {
            return self.ends(link, Cause::Refused("connection refused".into()));
        };
        self.conns.insert(conn, link);
        if let Some(wire) = self.wire(link) {
            wire.conn = Some(conn);
            wire.connected = true;
        }
        let credentials = self.credentials.clone().map(|password| Credentials { username: None, password });
        self.note_connected(link, credentials.is_some());
        self.tell(Input::Connected { link, credentials });
    }

    /// The host writes what it can.
    pub(super) fn host_writes(&mut self, link: LinkId) {
        let (now, room) = (self.now, self.faults.kernel);
        let Some(wire) = self.wire(link).filter(|wire| wire.connected && !wire.gone && !wire.host.is_empty()) else {
            return;
        };
        let node = wire.node;
        let count = room.saturating_sub(wire.to_server.len()).min(wire.host.len());
        if count == 0 {
            return;
        }
        let is_whole = self.faults.kernel >= 1 << 20 && !self.random.permille(self.faults.cut_permille);
        let count = if is_whole { count } else { 1 + self.random.index(count) };
        let at = now + self.way(node);
        let is_stalled = self.random.permille(self.faults.stall_permille);
        let stall = self.faults.stall;
        let is_broken = self.random.permille(self.faults.reset_permille);
        let Some(wire) = self.wire(link) else { return };
        let taken: Vec<u8> = wire.host.drain(..count).collect();
        wire.taken += taken.len() as u64;
        let (total, has_more) = (wire.taken, !wire.host.is_empty());
        if is_stalled {
            wire.to_server.hold(now + stall);
        }
        wire.to_server.send(at, taken);
        self.arm_server(link);
        if has_more {
            self.after(1, Event::HostWrites(link));
        }
        if is_broken {
            let delay = self.random.between(0, 2 * self.faults.latency);
            self.after(delay, Event::Breaks(link));
        }
        self.tell_lazily(Input::Written { link, total });
    }

    /// Bytes arrive at a server.
    pub(super) fn reaches_server(&mut self, link: LinkId) {
        let now = self.now;
        let Some(wire) = self.wires.get_mut(link.0 as usize) else { return };
        wire.to_server.rings();
        // What a stopped process has not read waits in its kernel.
        if wire.node.is_some_and(|node| self.frozen.contains(&node) || self.dark.contains(&node)) {
            return;
        }
        let bytes = wire.to_server.arrived(now);
        let conn = wire.conn;
        let may_write = !wire.host.is_empty() && !bytes.is_empty();
        if let (Some(conn), false) = (conn, bytes.is_empty()) {
            self.model.receive(conn, &bytes, now);
        }
        self.arm_server(link);
        if may_write {
            self.after(1, Event::HostWrites(link));
        }
    }

    /// What the servers have said goes on its way, and what they have run is written down.
    pub(super) fn stir(&mut self) {
        let stirred: Vec<Conn> = self.model.stirred().collect();
        for conn in stirred {
            let bytes = self.model.output(conn);
            let is_open = self.model.is_open(conn);
            let Some(&link) = self.conns.get(&conn) else {
                self.model.hang_up(conn, self.now);
                continue;
            };
            self.say(link, bytes);
            if !is_open {
                self.model.hang_up(conn, self.now);
                self.conns.remove(&conn);
                self.server_closes(link);
            }
        }
        self.note_runs();
        let wakes = self.model.wake();
        if let Some(at) = wakes.filter(|&at| self.model_wakes.is_none_or(|known| at < known)) {
            self.model_wakes = Some(at);
            self.at(at, Event::ModelWakes);
        }
    }

    /// A server's words leave for the client.
    fn say(&mut self, link: LinkId, mut bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let (node, now) = (self.wires[link.0 as usize].node, self.now);
        if self.random.permille(self.faults.garbage_permille) {
            self.probes.garbage += 1;
            bytes.extend_from_slice(self.random.pick(&GARBAGE));
        }
        if self.whims.permille(self.faults.push_permille) {
            self.probes.pushes += 1;
            bytes.splice(0..0, PUSH.iter().copied());
        }
        let mut pieces = Vec::new();
        while bytes.len() > 1 && self.random.permille(self.faults.cut_permille) {
            let rest = bytes.split_off(1 + self.random.index(bytes.len() - 1));
            pieces.push(std::mem::replace(&mut bytes, rest));
        }
        pieces.push(bytes);
        for piece in pieces {
            let at = now + self.way(node);
            let stall = if self.random.permille(self.faults.silence_permille) {
                self.probes.silences += 1;
                self.random.between(3_000_000, 15_000_000)
            } else if self.random.permille(self.faults.stall_permille) {
                self.faults.stall
            } else {
                0
            };
            let wire = &mut self.wires[link.0 as usize];
            if stall > 0 {
                wire.to_client.hold(now + stall);
            }
            wire.to_client.send(at, piece);
            self.arm_client(link);
        }
        if self.random.permille(self.faults.reset_permille) {
            let delay = self.random.between(0, 2 * self.faults.latency);
            self.after(delay, Event::Breaks(link));
        }
    }

    /// Bytes arrive at the host.
    pub(super) fn reaches_client(&mut self, link: LinkId) {
        let now = self.now;
        let Some(wire) = self.wire(link).filter(|wire| wire.connected && !wire.gone) else { return };
        wire.to_client.rings();
        let node = wire.node;
        if node.is_some_and(|node| self.dark.contains(&node)) {
            return;
        }
        let Some(wire) = self.wire(link) else { return };
        let bytes = wire.to_client.arrived(now);
        self.arm_client(link);
        if !bytes.is_empty() {
            self.deliver(link, bytes);
        }
        let is_over = self.wire(link).is_some_and(|wire| wire.server_closed && wire.to_client.is_empty() && !wire.gone);
        if is_over {
            self.ends(link, Cause::Lost("the server closed the connection".into()));
        }
    }

    fn deliver(&mut self, link: LinkId, mut bytes: Vec<u8>) {
        let mut is_plain = self.note_received(link, &bytes);
        // A reply that nothing asked for can be told as such only where nothing is asked for.
        if self.is_owed_nothing(link) && self.random.permille(self.faults.extra_reply_permille) {
            self.probes.extra_replies += 1;
            bytes.extend_from_slice(b":777\r\n");
            is_plain = self.note_received(link, b":777\r\n");
        }
        let input = Input::Received { link, bytes: Bytes::from(bytes) };
        if is_plain {
            self.tell_lazily(input)
        } else {
            self.tell(input)
        }
        self.check_heard(link);
    }

    fn arm_server(&mut self, link: LinkId) {
        if let Some(at) = self.wires[link.0 as usize].to_server.alarm() {
            self.at(at, Event::ToServer(link));
        }
    }

    fn arm_client(&mut self, link: LinkId) {
        if let Some(at) = self.wires[link.0 as usize].to_client.alarm() {
            self.at(at, Event::ToClient(link));
        }
    }

    fn server_closes(&mut self, link: LinkId) {
        let node = self.wires[link.0 as usize].node;
        let wire = &mut self.wires[link.0 as usize];
        wire.server_closed = true;
        wire.conn = None;
        if wire.gone {
            return;
        }
        // A reset drops what has not arrived yet; an orderly end comes behind it.
        if self.random.one_in(2) && !self.healed {
            let delay = self.way(node);
            self.after(delay, Event::Breaks(link));
        } else {
            let at = self.now + self.way(node);
            let wire = &mut self.wires[link.0 as usize];
            wire.to_client.send(at, Vec::new());
            let at = wire.to_client.end();
            self.at(at, Event::ToClient(link));
        }
    }

    /// The connection breaks: half a reply may still come, half a request may still arrive.
    pub(super) fn breaks(&mut self, link: LinkId) {
        let Some(wire) = self.wire(link).filter(|wire| !wire.gone) else { return };
        if !wire.connected {
            return self.ends(link, Cause::Lost("reset".into()));
        }
        let (down, up) = (wire.to_client.len(), wire.to_server.len());
        if down > 0 && self.random.one_in(2) {
            let keep = self.random.index(down + 1);
            let (now, wire) = (self.now, &mut self.wires[link.0 as usize]);
            wire.to_client.truncate(keep);
            wire.to_client.release(now);
            let bytes = wire.to_client.arrived(now);
            if !bytes.is_empty() {
                self.probes.half_replies += 1;
                self.deliver(link, bytes);
            }
        }
        let keep = match self.random.below(3) {
            0 => 0,
            1 => up,
            _ => self.random.index(up + 1),
        };
        let Some(wire) = self.wire(link).filter(|wire| !wire.gone) else { return };
        wire.to_server.truncate(keep);
        self.ends(link, Cause::Lost("reset by peer".into()));
    }

    /// The host does what the core asked for.
    pub(super) fn host_closes(&mut self, link: LinkId) {
        if self.wire(link).is_some_and(|wire| !wire.gone) {
            self.ends(link, Cause::Asked);
        }
    }

    /// For the client a connection is over. For the server it may live on.
    pub(super) fn ends(&mut self, link: LinkId, cause: Cause) {
        let Some(wire) = self.wires.get_mut(link.0 as usize) else { return };
        wire.gone = true;
        wire.host.clear();
        let handed = self.day.links[link.0 as usize].handed;
        let maybe_sent = if self.faults.counts_handed { handed } else { wire.taken };
        let has_left = !wire.to_server.is_empty();
        self.note_closed(link, &cause, maybe_sent);
        if self.wires[link.0 as usize].conn.is_some() {
            let mut delay = self.random.between(0, 2 * self.faults.latency);
            if self.random.permille(self.faults.linger_permille) {
                if has_left {
                    self.probes.lingering += 1;
                }
                delay += self.random.between(0, self.faults.linger);
                let until = self.now + delay;
                self.wires[link.0 as usize].to_server.hold(until);
            }
            let arrives = self.wires[link.0 as usize].to_server.end().max(self.now) + delay;
            self.at(arrives, Event::HangsUp(link));
        }
        self.tell(Input::Closed { link, cause, maybe_sent });
    }

    /// The server learns that the client has gone.
    pub(super) fn hangs_up(&mut self, link: LinkId) {
        let Some(wire) = self.wires.get(link.0 as usize) else { return };
        let Some(conn) = wire.conn else { return };
        // Behind all bytes; and a stopped process learns nothing.
        let waits = wire.node.is_some_and(|node| self.frozen.contains(&node) || self.dark.contains(&node));
        if waits || !wire.to_server.is_empty() {
            return self.after(10_000, Event::HangsUp(link));
        }
        self.model.hang_up(conn, self.now);
        self.conns.remove(&conn);
        self.wires[link.0 as usize].conn = None;
    }

    /// Whatever waits for a node, or from it, moves again.
    pub(super) fn wake_wires(&mut self, node: NodeId) {
        let links: Vec<u32> =
            (0u32..).zip(&self.wires).filter(|(_, wire)| wire.node == Some(node)).map(|(n, _)| n).collect();
        for link in links.into_iter().map(LinkId) {
            self.after(0, Event::ToServer(link));
            self.after(0, Event::ToClient(link));
        }
    }

    /// All connections to a node break, as seen by the client.
    pub(super) fn break_wires(&mut self, node: NodeId) {
        let links: Vec<u32> = (0u32..)
            .zip(&self.wires)
            .filter(|(_, wire)| wire.node == Some(node) && !wire.gone && wire.connected)
            .map(|(number, _)| number)
            .collect();
        for link in links {
            let delay = self.way(Some(node));
            self.after(delay, Event::Breaks(LinkId(link)));
        }
    }

    /// Silence ends, and what was under way arrives.
    pub(super) fn release_wires(&mut self) {
        let now = self.now;
        for number in 0..self.wires.len() {
            let wire = &mut self.wires[number];
            if wire.gone {
                continue;
            }
            wire.to_client.release(now);
            wire.to_server.release(now);
            let link = LinkId(u32::try_from(number).unwrap_or(u32::MAX));
            self.after(1, Event::ToServer(link));
            self.after(1, Event::ToClient(link));
            self.after(2, Event::HostWrites(link));
        }
    }

    /// How long one way takes now.
    pub(super) fn way(&mut self, node: Option<NodeId>) -> u64 {
        let slow = match self.faults.slow_node {
            Some((slow, more)) if node == Some(NodeId(slow)) => more,
            _ => 0,
        };
        let jitter = if self.faults.jitter == 0 { 0 } else { self.random.below(self.faults.jitter) };
        1 + self.faults.latency + jitter + slow
    }
}

/// For traces.
pub(super) fn show(bytes: &[u8]) -> String {
    day::show_bytes(bytes)
}
