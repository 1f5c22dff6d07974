//! The sockets of a peer: one thread for each listener and each connection, all of them gone when the [`Peer`] is.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle, sleep},
    time::{Duration, Instant},
};

use rustls::{
    RootCertStore, ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::WebPkiClientVerifier,
};
use slotpipe_core::port::Address;
use socket2::{Domain, SockRef, Socket as Socket2, Type};

use super::{
    case::Place,
    request,
    rule::{self, Action, Directive, Event, Rule},
};
use crate::{
    certificates::Identity,
    script::{at, network::Network},
};

/// Between two pieces of a reply: long enough for the first to be read on its own, as a rule.
const BETWEEN_PIECES: Duration = Duration::from_micros(300);
/// What a connection takes unread where little is to be taken.
const NARROW_BYTES: usize = 4 << 10;
/// A story has so many commands.
const TOLD: usize = 40;
/// Connections that may wait for a listener.
const BACKLOG: i32 = 128;
/// So much is kept of what a connection says first.
const OVERHEARD: usize = 64 << 10;

/// A cluster of one or two nodes on the loopback that misbehaves when told to.
#[derive(Debug)]
pub struct Peer {
    shared: Arc<Shared>,
    /// Of each node; none while it is down.
    listeners: Mutex<Vec<Vec<Listener>>>,
    /// Ports of nodes that are down.
    held: Mutex<Vec<Option<Socket2>>>,
}

/// What a peer is made of.
#[derive(Debug, Default)]
pub(super) struct Setup {
    /// Nodes that share the slots.
    pub(super) nodes: usize,
    /// One more that nobody lists, also at `[::1]` where there is that.
    pub(super) foreign: bool,
    /// They speak TLS.
    pub(super) identity: Option<Identity>,
    /// Clients must show a certificate of this authority (PEM).
    pub(super) asks_for: Option<String>,
}

#[derive(Debug)]
struct Listener {
    socket: TcpListener,
    thread: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    /// The foreign node's is the last.
    ports: Vec<u16>,
    foreign: Option<usize>,
    tls: Option<Arc<ServerConfig>>,
    state: Mutex<State>,
    changed: Condvar,
    next_connection: AtomicU64,
    /// Counts what is said by a name of its own.
    said: AtomicUsize,
}

#[derive(Debug)]
struct State {
    network: Network,
    /// What is done otherwise than usual, for all nodes or one.
    rules: Vec<(Option<usize>, Rule)>,
    /// How often each node was connected to.
    accepted: Vec<usize>,
    /// What connections have said first, as it came over the wire.
    overheard: Vec<Vec<u8>>,
    /// Commands that have come whole.
    seen: Vec<Vec<String>>,
    /// Which nodes listen.
    listening: Vec<bool>,
    /// How often whoever stalls has been told to go on.
    resumed: u64,
    stopped: bool,
    connections: BTreeMap<u64, (usize, TcpStream)>,
}

impl Peer {
    /// Listens on as many free ports as there shall be nodes; with an identity, they speak TLS.
    ///
    /// # Errors
    ///
    /// There is no port to be had, or the identity is none.
    pub fn start(nodes: usize, identity: Option<&Identity>) -> Result<Self, String> {
        Self::set_up(&Setup { nodes, identity: identity.cloned(), ..Setup::default() })
    }

    pub(super) fn set_up(setup: &Setup) -> Result<Self, String> {
        let all = setup.nodes + usize::from(setup.foreign);
        let bound = (0..all).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let bound = bound.collect::<io::Result<Vec<_>>>().map_err(text)?;
        let ports = bound.iter().map(|listener| Ok(listener.local_addr()?.port()));
        let ports = ports.collect::<io::Result<Vec<_>>>().map_err(text)?;
        let state = State {
            network: Network::new(shares(&ports[..setup.nodes])),
            rules: Vec::new(),
            accepted: vec![0; all],
            overheard: Vec::new(),
            seen: Vec::new(),
            listening: vec![true; all],
            resumed: 0,
            stopped: false,
            connections: BTreeMap::new(),
        };
        let foreign = setup.foreign.then_some(setup.nodes);
        let also = foreign.and_then(|node| TcpListener::bind((Ipv6Addr::LOCALHOST, ports[node])).ok());
        let shared = Arc::new(Shared {
            ports,
            foreign,
            tls: setup.identity.as_ref().map(|identity| tls(identity, setup.asks_for.as_deref())).transpose()?,
            state: Mutex::new(state),
            changed: Condvar::new(),
            next_connection: AtomicU64::new(1),
            said: AtomicUsize::new(0),
        });
        let listeners =
            bound.into_iter().enumerate().map(|(node, listener)| Ok(vec![listen(&shared, node, listener)?]));
        let mut listeners = listeners.collect::<io::Result<Vec<_>>>().map_err(text)?;
        if let (Some(node), Some(also)) = (foreign, also) {
            listeners[node].push(listen(&shared, node, also).map_err(text)?);
        }
        let held = (0..all).map(|_| None).collect();
        Ok(Self { shared, listeners: Mutex::new(listeners), held: Mutex::new(held) })
    }

    /// Obeys what stands behind `peer` in a case.
    ///
    /// # Errors
    ///
    /// The words mean nothing, or the port cannot be had again.
    pub fn tell(&self, words: &str) -> Result<(), String> {
        self.obey(None, rule::read(words)?)
    }

    pub(super) fn obey(&self, place: Option<Place>, directive: Directive) -> Result<(), String> {
        let node = place.map(|place| self.index(place)).transpose()?;
        let nodes = node.map_or(0..self.shared.ports.len(), |node| node..node + 1);
        match directive {
            Directive::Rule(rule) => self.shared.lock().rules.push((node, rule)),
            Directive::Resume => {
                self.shared.lock().resumed += 1;
                self.shared.changed.notify_all();
            }
            Directive::Narrow => {
                // What is accepted from now on has the window of its listener.
                for Listener { socket, .. } in self.listeners().iter().flatten() {
                    SockRef::from(socket).set_recv_buffer_size(NARROW_BYTES).map_err(text)?;
                }
            }
            Directive::Give => {
                let foreign = at(self.shared.ports[self.index(Place::Foreign)?]);
                let map = &mut self.shared.lock().network.map;
                map.empty = map.ranges.iter().map(|(_, _, owner)| owner.clone()).collect();
                map.ranges = vec![(0, 16_383, foreign)];
            }
            Directive::Down => nodes.for_each(|node| self.down(node)),
            Directive::Up => {
                for node in nodes {
                    self.up(node)?;
                }
            }
        }
        Ok(())
    }

    /// The nodes, as `host:port`, without the foreign one.
    pub fn addresses(&self) -> Vec<String> {
        let known = self.shared.foreign.unwrap_or(self.shared.ports.len());
        self.shared.ports[..known].iter().map(|port| format!("127.0.0.1:{port}")).collect()
    }

    /// One node's address.
    pub(super) fn address(&self, place: Place) -> Result<String, String> {
        Ok(format!("127.0.0.1:{}", self.shared.ports[self.index(place)?]))
    }

    /// How often a node was connected to.
    pub(super) fn accepted(&self, place: Place) -> Result<usize, String> {
        Ok(self.shared.lock().accepted[self.index(place)?])
    }

    /// Whether any of these words came in the clear.
    pub(super) fn overheard<'w>(&self, words: &[&'w str]) -> Option<&'w str> {
        let state = self.shared.lock();
        let was_said = |word: &str| {
            let came =
                |bytes: &Vec<u8>| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
            state.overheard.iter().any(came)
        };
        words.iter().copied().find(|word| was_said(word))
    }

    /// How many commands that begin with these words have come whole.
    pub fn count(&self, words: &[String]) -> usize {
        self.shared.lock().seen.iter().filter(|seen| rule::begins(seen, words)).count()
    }

    /// The commands that have come, without those of the handshake.
    pub fn story(&self) -> String {
        let state = self.shared.lock();
        let own = |words: &&Vec<String>| !matches!(words[0].as_str(), "CLIENT" | "CLUSTER" | "HELLO");
        let told: Vec<_> = state.seen.iter().filter(own).map(|words| words.join(" ")).collect();
        let from = told.len().saturating_sub(TOLD);
        format!("{} connections; {}", self.shared.next_connection.load(Ordering::Relaxed) - 1, told[from..].join(" | "))
    }

    /// Waits until the clients have closed their connections; says how many are left after `limit`.
    pub fn farewell(&self, limit: Duration) -> usize {
        let end = Instant::now() + limit;
        let mut state = self.shared.lock();
        state.resumed += 1;
        self.shared.changed.notify_all();
        loop {
            let left = state.connections.len();
            let time = end.saturating_duration_since(Instant::now());
            if left == 0 || time.is_zero() {
                return left;
            }
            state = self.shared.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn index(&self, place: Place) -> Result<usize, String> {
        match place {
            Place::Node(node) if node < self.addresses().len() => Ok(node),
            Place::Node(_) => Err(format!("there are {} nodes", self.addresses().len())),
            Place::Foreign => self.shared.foreign.ok_or_else(|| "there is no foreign node".into()),
        }
    }

    fn down(&self, node: usize) {
        self.shared.lock().listening[node] = false;
        let listeners = self.listeners().get_mut(node).map(std::mem::take).unwrap_or_default();
        for Listener { thread, socket } in listeners {
            // A connection wakes the one who waits for it.
            let _ = socket.local_addr().and_then(TcpStream::connect);
            let _ = thread.join();
            drop(socket);
        }
        // Nobody listens, and nobody else gets the port: a client that comes back must not find another case's peer.
        if !self.shared.lock().stopped {
            self.held()[node] = held(self.at(node)).ok();
        }
        for (of, stream) in self.shared.lock().connections.values() {
            if *of == node {
                let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }

    fn up(&self, node: usize) -> Result<(), String> {
        let held = self.held()[node].take().map_or_else(|| held(self.at(node)), Ok).map_err(text)?;
        held.listen(BACKLOG).map_err(text)?;
        let listener = TcpListener::from(held);
        self.shared.lock().listening[node] = true;
        self.listeners()[node] = vec![listen(&self.shared, node, listener).map_err(text)?];
        Ok(())
    }

    fn at(&self, node: usize) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.shared.ports[node]))
    }

    fn listeners(&self) -> MutexGuard<'_, Vec<Vec<Listener>>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Vec<Option<Socket2>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_all();
        (0..self.shared.ports.len()).for_each(|node| self.down(node));
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the case says about an event; a rule for one time is used up.
    fn rule(&self, node: usize, fits: impl Fn(&Rule) -> bool) -> Option<Vec<Action>> {
        let rules = &mut self.lock().rules;
        let at = rules.iter().position(|(only, rule)| only.is_none_or(|only| only == node) && fits(rule))?;
        let rule = &mut rules[at].1;
        if rule.times == 1 {
            return Some(rules.remove(at).1.actions);
        }
        rule.times = if rule.times == usize::MAX { usize::MAX } else { rule.times - 1 };
        Some(rule.actions.clone())
    }

    /// Notes a command; what is usually answered, and what the case says about it.
    fn command(&self, node: usize, words: &[String]) -> (Vec<u8>, Option<Vec<Action>>) {
        let mut state = self.lock();
        state.seen.push(words.to_vec());
        let times = state.seen.iter().filter(|seen| *seen == words).count();
        let reply = request::answer(&mut state.network, &at(self.ports[node]), words, times);
        drop(state);
        (reply, self.rule(node, |rule| rule.fits(words, None)))
    }

    /// Waits to be told to go on.
    fn stall(&self) {
        let mut state = self.lock();
        let before = state.resumed;
        while state.resumed == before && !state.stopped {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A port that is taken, and where nobody listens.
fn held(address: SocketAddr) -> io::Result<Socket2> {
    let socket = Socket2::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    // Those who waited for the listener may have to be told first.
    let bind = || socket.bind(&address.into()).inspect_err(|_| sleep(Duration::from_millis(10)));
    (0..200).find_map(|_| bind().ok()).ok_or_else(|| io::Error::other(format!("{address} cannot be had again")))?;
    Ok(socket)
}

/// Equal shares of the slots.
fn shares(ports: &[u16]) -> Vec<(u16, u16, Address)> {
    let count = u16::try_from(ports.len()).expect("a node or two");
    let share = 16_384 / count;
    let last = |index: u16| if index + 1 == count { 16_383 } else { (index + 1) * share - 1 };
    ports.iter().zip(0..).map(|(port, index)| (index * share, last(index), at(*port))).collect()
}

fn tls(identity: &Identity, asks_for: Option<&str>) -> Result<Arc<ServerConfig>, String> {
    let chain = vec![CertificateDer::from_pem_slice(identity.certificate.as_bytes()).map_err(text)?];
    let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).map_err(text)?;
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(text)?;
    let builder = match asks_for {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).map_err(text)?).map_err(text)?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().map_err(text)?)
        }
    };
    Ok(Arc::new(builder.with_single_cert(chain, key).map_err(text)?))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn listen(shared: &Arc<Shared>, node: usize, listener: TcpListener) -> io::Result<Listener> {
    let shared = Arc::clone(shared);
    let socket = listener.try_clone()?;
    let thread = thread::spawn(move || {
        while let Ok((stream, _)) = listener.accept() {
            let mut state = shared.lock();
            if !state.listening[node] {
                return;
            }
            state.accepted[node] += 1;
            drop(state);
            let shared = Arc::clone(&shared);
            thread::spawn(move || serve(&shared, node, stream));
        }
    });
    Ok(Listener { socket, thread })
}

fn serve(shared: &Shared, node: usize, stream: TcpStream) {
    let id = shared.next_connection.fetch_add(1, Ordering::Relaxed);
    let Ok(known) = stream.try_clone() else { return };
    let _ = stream.set_nodelay(true);
    {
        let mut state = shared.lock();
        if state.stopped || !state.listening[node] {
            return;
        }
        state.connections.insert(id, (node, known));
    }
    let socket = Socket { stream, heard: Vec::new() };
    let mut connection = Connection { shared, node, id, wire: Wire::Plain(socket), input: Vec::new() };
    // That the client ends it is nothing to tell.
    let _ = connection.talk();
    connection.leave();
}

/// A socket that keeps the first of what comes over it.
struct Socket {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Read for Socket {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.stream.read(buffer)?;
        let room = OVERHEARD.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(&buffer[..taken.min(room)]);
        Ok(taken)
    }
}

impl Write for Socket {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// One connection.
struct Connection<'s> {
    shared: &'s Shared,
    node: usize,
    id: u64,
    wire: Wire,
    /// Read and not understood yet.
    input: Vec<u8>,
}

enum Wire {
    Plain(Socket),
    Tls(Box<StreamOwned<ServerConnection, Socket>>),
}

/// Whether a connection goes on.
#[derive(PartialEq, Eq)]
enum Goes {
    On,
    Over,
}

impl Connection<'_> {
    fn talk(&mut self) -> io::Result<()> {
        let accepted = self.shared.rule(self.node, |rule| rule.on == Event::Accept);
        for action in accepted.unwrap_or_default() {
            if self.act(&action, &[])? == Goes::Over {
                return Ok(());
            }
        }
        self.secure()?;
        let mut answers = Vec::new();
        loop {
            let request = match request::first(&self.input) {
                Ok(request) => request,
                Err(what) => return self.wire.write_all(format!("-ERR Protocol error: {what}\r\n").as_bytes()),
            };
            let (usual, actions) = match request.end {
                Some(end) => {
                    self.input.drain(..end);
                    self.shared.command(self.node, &request.words)
                }
                None => {
                    // Replies to what came together go together.
                    self.wire.write_all(&answers)?;
                    answers.clear();
                    let come = self.input.len();
                    let part = self.shared.rule(self.node, |rule| rule.fits(&request.words, Some(come)));
                    if part.is_none() && self.read_some()? == 0 {
                        return Ok(());
                    }
                    (Vec::new(), part.or(Some(Vec::new())))
                }
            };
            let Some(actions) = actions else {
                answers.extend(usual);
                continue;
            };
            self.wire.write_all(&answers)?;
            answers.clear();
            for action in actions {
                if self.act(&action, &usual)? == Goes::Over {
                    return Ok(());
                }
            }
        }
    }

    fn act(&mut self, action: &Action, usual: &[u8]) -> io::Result<Goes> {
        match action {
            Action::Reply => self.wire.write_all(usual)?,
            Action::ReplyBytes(count) => self.wire.write_all(&usual[..usual.len().min(*count)])?,
            Action::ReplyPieces(count) => {
                for piece in usual.chunks(*count) {
                    self.wire.write_all(piece)?;
                    sleep(BETWEEN_PIECES);
                }
            }
            Action::Say(said) => {
                let foreign = self.shared.foreign.map(|node| self.shared.ports[node]);
                let count = self.shared.said.fetch_add(1, Ordering::Relaxed);
                self.wire.write_all(&rule::filled(said, foreign, count))?;
            }
            Action::Read(count) => {
                let taken = self.input.len().min(*count);
                self.input.drain(..taken);
                self.wire.read_exact(&mut vec![0; count - taken])?;
            }
            Action::TlsBytes(count) => self.first_words(*count)?,
            Action::Pause(time) => sleep(*time),
            Action::Stall => self.shared.stall(),
            Action::Reset => {
                SockRef::from(self.wire.socket()).set_linger(Some(Duration::ZERO))?;
                return Ok(Goes::Over);
            }
            Action::Fin => {
                self.wire.socket().shutdown(Shutdown::Write)?;
                self.swallow()?;
                return Ok(Goes::Over);
            }
            Action::Close => return Ok(Goes::Over),
            Action::Silence => {
                self.swallow()?;
                return Ok(Goes::Over);
            }
        }
        Ok(Goes::On)
    }

    /// Begins TLS, where it is spoken.
    fn secure(&mut self) -> io::Result<()> {
        if let (Some(config), Wire::Plain(socket)) = (&self.shared.tls, &self.wire) {
            let tls = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
            let socket = Socket { stream: socket.stream.try_clone()?, heard: socket.heard.clone() };
            self.wire = Wire::Tls(Box::new(StreamOwned::new(tls, socket)));
        }
        Ok(())
    }

    /// Reads the client's first words of TLS and says the beginning of the answer.
    fn first_words(&mut self, count: usize) -> io::Result<()> {
        let Some(config) = &self.shared.tls else { return Err(io::Error::other("the peer has no certificate")) };
        let mut tls = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let mut socket = self.wire.socket();
        let mut words = Vec::new();
        while !tls.wants_write() {
            if tls.read_tls(&mut socket)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            tls.process_new_packets().map_err(io::Error::other)?;
        }
        while tls.wants_write() {
            tls.write_tls(&mut words)?;
        }
        socket.write_all(&words[..words.len().min(count)])
    }

    fn read_some(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 64 << 10];
        let taken = self.wire.read(&mut buffer)?;
        self.input.extend_from_slice(&buffer[..taken]);
        Ok(taken)
    }

    /// Reads and forgets until the client ends it.
    fn swallow(&mut self) -> io::Result<()> {
        let mut buffer = [0; 64 << 10];
        while self.wire.socket().read(&mut buffer)? > 0 {}
        Ok(())
    }

    /// The socket closes when nobody knows it any more.
    fn leave(self) {
        let Self { shared, id, wire, .. } = self;
        let mut state = shared.lock();
        state.overheard.push(wire.heard().to_vec());
        let known = state.connections.remove(&id);
        drop(state);
        drop((known, wire));
        shared.changed.notify_all();
    }
}

impl Wire {
    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => &socket.stream,
            Self::Tls(stream) => &stream.sock.stream,
        }
    }

    fn heard(&self) -> &[u8] {
        match self {
            Self::Plain(socket) => &socket.heard,
            Self::Tls(stream) => &stream.sock.heard,
        }
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
