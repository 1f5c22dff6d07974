//! A small plugin host with a Redis cluster behind it: `cargo run --example plugin_host -- HOST:PORT`.
//!
//! The host owns the sockets (plain threads, no tokio), the clock and the policy: which commands a plugin may use, which
//! keys, which nodes may be dialled, how much memory and time its client has. The component, run by the host's own
//! wasmtime engine, does the thinking: where keys are in a command, which node owns them, order, redirects, replies. One
//! instance per plugin, so that what breaks in one is no matter of another.
//!
//! `main`, then the policy (`Plugin`), then the loop that serves one instance (`Client`), then a socket.

use std::{
    collections::HashMap,
    env,
    error::Error,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream, ToSocketAddrs as _},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use slotpipe::{
    component::{BYTES, Component, ComponentMaker, Sandbox, wasmtime},
    engine::{Broken, Engine as _, Make as _},
};
use slotpipe_core::{
    config::Config,
    port::{
        Address, Answer, Cause, Explained, Input, LinkId, Micros, OutcomeKind, Output, Outputs, Refused, SubmitOptions,
    },
    wire::tape::{Leaf, Node},
};

/// How often the host moves its engine's epoch on, and how many of these ticks a call of the component may take.
const TICK: Duration = Duration::from_millis(50);
const CALL_TICKS: u64 = 40;
/// What one plugin's client may have.
const MEMORY: usize = 8 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let seed = env::args().nth(1).unwrap_or("127.0.0.1:7000".to_owned());
    let (host, port) = seed.rsplit_once(':').ok_or("the seed is HOST:PORT")?;
    let seed = Address::new(host, port.parse()?);

    // Compiled once, for all plugins, by an engine that the rest of the host's guests can run in as well.
    let mut settings = wasmtime::Config::new();
    settings.epoch_interruption(true);
    let engine = wasmtime::Engine::new(&settings)?;
    let component = Component::new(&engine, BYTES)?.memory_limit(MEMORY).call_ticks(CALL_TICKS);
    thread::spawn(move || {
        loop {
            thread::sleep(TICK);
            engine.increment_epoch();
        }
    });

    let large = "x".repeat(4 * MEMORY);
    let greeter = Plugin { name: "greeter", commands: &["SET", "GET", "MGET", "INCR"] };
    let spy = Plugin { name: "spy", commands: &["GET", "MGET"] };
    let glutton = Plugin { name: "glutton", commands: &["SET", "GET"] };
    let wishes: [(&Plugin, &[&str]); 6] = [
        (&greeter, &["SET", "greeter:name", "Ada"]),
        (&greeter, &["MGET", "greeter:name", "greeter:friend"]),
        (&spy, &["MGET", "spy:notes", "greeter:name"]),
        (&spy, &["FLUSHALL"]),
        (&glutton, &["SET", "glutton:all", &large]),
        (&greeter, &["INCR", "greeter:visits"]),
    ];
    let mut clients = HashMap::new();
    for (plugin, argv) in wishes {
        if !clients.contains_key(plugin.name) {
            clients.insert(plugin.name, Client::start(component.clone(), seed.clone())?);
        }
        let Some(client) = clients.get_mut(plugin.name) else { continue };
        let said = match client.call(plugin, argv) {
            Ok(reply) => reply,
            Err(broken) => {
                // What it had sent is unknown now; its next wish has a fresh instance.
                clients.remove(plugin.name);
                let why = broken.to_string();
                format!(
                    "stopped, {}",
                    if why.contains("memory") { "it wanted more memory than it may have" } else { &why }
                )
            }
        };
        println!("{:<8} {} -> {said}", plugin.name, argv[0]);
    }
    Ok(())
}

/// What a plugin may do. Its keys are those that begin with its name.
struct Plugin {
    name: &'static str,
    commands: &'static [&'static str],
}

impl Plugin {
    /// Why these commands, as the component understands them, are none of this plugin's.
    fn objection(&self, plans: &[Explained]) -> Option<String> {
        plans.iter().find_map(|plan| {
            if !self.commands.contains(&&*plan.command) {
                return Some(format!("refused, {} is not one of its commands", plan.command));
            }
            let own = |key: &&Bytes| key.strip_prefix(self.name.as_bytes()).is_some_and(|rest| rest.starts_with(b":"));
            let foreign = plan.keys.iter().find(|key| !own(key))?;
            Some(format!("refused, {} is not one of its keys", String::from_utf8_lossy(foreign)))
        })
    }
}

/// One instance of the component and the sockets that it asked for.
struct Client {
    core: Sandbox,
    links: HashMap<LinkId, Link>,
    /// Nodes that may be dialled: this host's cluster is on one machine.
    host: String,
    events: Receiver<Event>,
    tell: Sender<Event>,
    began: Instant,
    wake: Option<Micros>,
    out: Outputs,
}

#[derive(Default)]
struct Link {
    socket: Option<TcpStream>,
    written: u64,
    asked: bool,
}

enum Event {
    Connected(LinkId, TcpStream),
    Received(LinkId, Bytes),
    Closed(LinkId, Cause),
}

impl Client {
    fn start(component: Component, seed: Address) -> Result<Self, Broken> {
        let host = seed.host.clone();
        let config = Config { seeds: vec![seed], ..Config::default() };
        let core = ComponentMaker::new(component, config).make(Micros(0))?;
        let (tell, events) = mpsc::channel();
        let (links, began, out) = (HashMap::new(), Instant::now(), Outputs::default());
        Ok(Self { core, links, host, events, tell, began, wake: None, out })
    }

    /// One command, if the plugin may: what came of it.
    fn call(&mut self, plugin: &Plugin, argv: &[&str]) -> Result<String, Broken> {
        let batch = encode(argv);
        let options = SubmitOptions::default();
        match self.core.explain(&batch, &options)? {
            Ok(plans) => {
                if let Some(objection) = plugin.objection(&plans) {
                    return Ok(objection);
                }
            }
            Err(misuse) => return Ok(format!("refused, {misuse}")),
        }
        let ticket = match self.core.submit(self.now(), batch, &options)? {
            Ok(submitted) => submitted.first,
            Err(Refused::Full) => return Ok("refused, too much is waiting".to_owned()),
            Err(Refused::Misuse(misuse)) => return Ok(format!("refused, {misuse}")),
        };
        loop {
            self.core.poll(self.now(), &mut self.out)?;
            self.perform();
            let answers = &self.out.answers;
            if let Some(answer) = answers.iter().find(|answer| answer.ticket == ticket) {
                return Ok(shown(&answer, &answers.buffers));
            }
            let input = self.wait();
            self.core.handle(self.now(), input)?;
        }
    }

    /// Does what the component says, as far as this host lets it.
    fn perform(&mut self) {
        let actions: Vec<_> = self.out.actions.drain(..).collect();
        for action in actions {
            match action {
                Output::Connect { link, address, timeout_ms } => {
                    self.links.insert(link, Link::default());
                    let (tell, may) = (self.tell.clone(), address.host == self.host);
                    thread::spawn(move || socket(link, &address, Duration::from_millis(timeout_ms.into()), may, &tell));
                }
                Output::Send { link, bytes } => {
                    let Some(Link { socket: Some(socket), written, .. }) = self.links.get_mut(&link) else { continue };
                    *written += bytes.len() as u64;
                    // The thread that reads sees the broken connection too, and tells.
                    let _ = socket.write_all(&bytes);
                }
                Output::Close { link } => {
                    let Some(link) = self.links.get_mut(&link) else { continue };
                    link.asked = true;
                    link.socket.iter().for_each(|socket| drop(socket.shutdown(Shutdown::Both)));
                }
                Output::Wait { until } => self.wake = until,
                Output::Note(_) | Output::Push { .. } => {}
            }
        }
    }

    /// The next thing that happens.
    fn wait(&mut self) -> Input {
        let patience = self.wake.map_or(u64::MAX, |wake| wake.0.saturating_sub(self.now().0));
        match self.events.recv_timeout(Duration::from_micros(patience)) {
            Ok(Event::Connected(link, socket)) => {
                self.links.entry(link).or_default().socket = Some(socket);
                Input::Connected { link, credentials: None }
            }
            Ok(Event::Received(link, bytes)) => Input::Received { link, bytes },
            Ok(Event::Closed(link, cause)) => {
                let gone = self.links.remove(&link).unwrap_or_default();
                Input::Closed { link, cause: if gone.asked { Cause::Asked } else { cause }, maybe_sent: gone.written }
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                self.wake = None;
                Input::Elapsed
            }
        }
    }

    fn now(&self) -> Micros {
        Micros(u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX))
    }
}

/// Dials, tells what comes, and ends with the connection. On a thread of its own.
fn socket(link: LinkId, address: &Address, timeout: Duration, may: bool, tell: &Sender<Event>) {
    let run = || {
        if !may {
            return Err(Cause::Refused(format!("{address} is not of this host's cluster")));
        }
        let refused = |error: std::io::Error| Cause::Refused(error.to_string());
        let at = (&*address.host, address.port).to_socket_addrs().map_err(refused)?.next();
        let at = at.ok_or_else(|| Cause::Refused(format!("{address} has no address")))?;
        let mut socket = TcpStream::connect_timeout(&at, timeout).map_err(refused)?;
        let lost = |error: std::io::Error| Cause::Lost(error.to_string());
        socket.set_nodelay(true).map_err(lost)?;
        // Nobody listens any more once the client is gone.
        let _ = tell.send(Event::Connected(link, socket.try_clone().map_err(lost)?));
        let mut buffer = [0; 16 << 10];
        loop {
            match socket.read(&mut buffer).map_err(lost)? {
                0 => return Err(Cause::Lost("closed by the server".to_owned())),
                count => drop(tell.send(Event::Received(link, Bytes::copy_from_slice(&buffer[..count])))),
            }
        }
    };
    let Err::<(), _>(cause) = run() else { return };
    let _ = tell.send(Event::Closed(link, cause));
}

fn encode(argv: &[&str]) -> Bytes {
    let mut bytes = format!("*{}\r\n", argv.len());
    argv.iter().for_each(|word| bytes += &format!("${}\r\n{word}\r\n", word.len()));
    bytes.into()
}

/// An outcome as one line: the texts and numbers of its body.
fn shown(answer: &Answer<'_>, buffers: &[Bytes]) -> String {
    let text = |leaf: Leaf| String::from_utf8_lossy(leaf.of(buffers).unwrap_or_default()).into_owned();
    let mut cursor = answer.cursor();
    let words = std::iter::from_fn(|| cursor.next()).filter_map(|node| match node {
        Node::Null => Some("nothing".to_owned()),
        Node::Bool(value) => Some(value.to_string()),
        Node::Int(value) => Some(value.to_string()),
        Node::Double(value) => Some(value.to_string()),
        Node::Bulk(leaf) | Node::Simple(leaf) | Node::Error(leaf) => Some(text(leaf)),
        Node::BigNumber(leaf) | Node::Verbatim(leaf) => Some(text(leaf)),
        Node::Array(_) | Node::Set(_) | Node::Map(_) | Node::Push(_) | Node::Attribute(_) => None,
    });
    let words: Vec<_> = words.collect();
    if answer.outcome == OutcomeKind::Reply {
        return words.join(", ");
    }
    format!("{:?}: {}", answer.outcome, words.join(", "))
}
