//! A Redis 7.0 cluster in memory: deterministic, sans I/O, under a clock that the caller holds.
//!
//! Bytes go in by [`Model::receive`] and come out by [`Model::output`]; whoever drives it decides when and how much of
//! them a client gets to see. Every call carries the time in microseconds; what the servers do by themselves
//! (replication, gossip, elections, timeouts) happens in [`Model::advance`], and [`Model::wake`] says when the next of
//! it is due. Trouble is made by the verbs of `nemesis`: crash, freeze, pause, lie, move slots, fail over.
//! What was really executed stands in [`Model::log`], and what a failover or a restart threw away in [`Model::lost`].
//!
//! The files: `resp` the wire, `spec` and `table` the commands it knows, `dispatch` the order in which the server
//! refuses, `data` with `strings`, `collections`, `sorted`, `streams`, `dump` and `scripts` what commands do, `cluster`,
//! `cluster_command` and `migration` who has a slot, `replication` and `failover` who follows whom, `session`, `acl`,
//! `transaction`, `pubsub`, `blocking` what belongs to a connection, `settings` CONFIG and INFO, `nemesis` the trouble.

mod acl;
mod blocking;
mod cluster;
mod cluster_command;
mod collections;
mod data;
mod dispatch;
mod dump;
mod failover;
mod migration;
mod nemesis;
mod pubsub;
mod replication;
mod resp;
mod scripts;
mod session;
mod settings;
mod sorted;
mod spec;
mod streams;
mod strings;
mod table;
mod transaction;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use acl::User;
pub use cluster::Announce;
pub use data::{Key, Stream, StreamId, Value};
pub use nemesis::{FalseMap, Lie, PauseKind, Restart, Takeover, Told};
pub use spec::slot_of;

use self::{
    acl::Rights,
    cluster::{Claims, Endpoint, View},
    data::{Db, Entry},
    replication::{Change, Effect, Link},
    session::Session,
    settings::Config,
};

/// Microseconds on the caller's clock.
pub type Micros = u64;

/// One command: its name and its arguments.
pub type Argv = Vec<Vec<u8>>;

/// Slots of a cluster.
pub const SLOTS: u16 = 16_384;

/// A server, by its place in [`Model::nodes`]: first the primaries in the order of their slots, then the replicas;
/// replica `i` began under primary `i % primaries`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u8);

/// A connection, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conn(pub u32);

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The server does not run: its machine answers with a reset.
    Down,
}

/// How a cluster begins.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Nodes with slots, shared evenly and in order.
    pub primaries: u8,
    /// Replicas of each of them.
    pub replicas: u8,
    /// `requirepass`: the password of the user `default`.
    pub password: Option<String>,
    /// More users.
    pub users: Vec<User>,
    /// What elections draw from.
    pub seed: u64,
    /// From a write on a primary until its replicas have it.
    pub replication_lag: Micros,
    /// From a change in the cluster until the other nodes have heard of it.
    pub gossip_delay: Micros,
    /// `cluster-node-timeout`.
    pub node_timeout: Micros,
    /// Replicas take over from dead primaries by themselves.
    pub automatic_failover: bool,
    /// `replica-serve-stale-data`: if not, a replica that lost its primary answers MASTERDOWN.
    pub serve_stale: bool,
    /// `cluster-require-full-coverage`.
    pub full_coverage: bool,
    /// A server before 6.0: it does not know HELLO.
    pub without_hello: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            primaries: 3,
            replicas: 0,
            password: None,
            users: Vec::new(),
            seed: 1,
            replication_lag: 1_000,
            gossip_delay: 2_000,
            node_timeout: 1_500_000,
            automatic_failover: true,
            serve_stale: true,
            full_coverage: true,
            without_hello: false,
        }
    }
}

/// One command that a server really ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// Where.
    pub node: NodeId,
    /// For whom. (A script's commands count as the script.)
    pub conn: Conn,
    /// When.
    pub at: Micros,
    /// What.
    pub argv: Argv,
    /// The transaction that it was part of: a number per EXEC.
    pub transaction: Option<u64>,
    /// Whether it changed data.
    pub wrote: bool,
    /// The error that it answered, if it did.
    pub error: Option<String>,
}

/// Data that servers had acknowledged and then threw away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Places in [`Model::log`] of the writes that no server of the shard has any more.
    pub writes: BTreeSet<usize>,
    /// Their keys, and those that had been moved there from another shard.
    pub keys: BTreeSet<Key>,
}

/// A cluster.
#[derive(Debug)]
pub struct Model {
    setup: Setup,
    now: Micros,
    nodes: Vec<Node>,
    conns: BTreeMap<Conn, Session>,
    next_conn: u32,
    log: Vec<Executed>,
    transactions: u64,
    changes: Vec<Change>,
    lost: Lost,
    events: BTreeMap<(Micros, u64), Event>,
    next_event: u64,
    /// Connections whose input may go on.
    runnable: VecDeque<Conn>,
    /// The state of the draws.
    drawn: u64,
}

/// One server.
#[derive(Debug)]
struct Node {
    id: NodeId,
    name: String,
    host: String,
    port: u16,
    announce: Announce,
    hostname: Option<String>,
    prefers: Endpoint,
    config: Config,
    users: Vec<Rights>,
    next_client: u64,
    max_clients: usize,
    out_of_memory: bool,
    /// A snapshot has failed: writes are refused.
    cannot_save: bool,
    /// Until then a script runs.
    busy_until: Option<Micros>,
    loading_until: Option<Micros>,
    /// By [`Purpose`].
    paused: [Option<(Micros, PauseKind)>; 2],
    lie: Option<Lie>,
    false_map: Option<(FalseMap, Told)>,

    running: bool,
    frozen: bool,
    /// Cut off from the cluster bus.
    isolated: bool,
    /// Hears nothing of the others, though they hear it.
    deaf: bool,
    /// Since when the others do not reach it.
    missing_since: Option<Micros>,
    /// Until then it says CLUSTERDOWN.
    down_until: Micros,

    db: Db,
    scripts: BTreeMap<Vec<u8>, Vec<u8>>,
    /// What the command under way tells the replicas, if not itself.
    effects: Vec<Effect>,
    /// Keys that have changed since those who wait for them were served.
    ready: BTreeSet<Key>,
    /// The changes that made the data, in order.
    history: Vec<usize>,
    link: Link,
    /// When the next changes reach its replicas.
    streamed_at: Option<Micros>,

    view: View,
    migrating: BTreeMap<u16, NodeId>,
    importing: BTreeMap<u16, NodeId>,
}

/// What is going to happen by itself.
#[derive(Debug)]
enum Event {
    Gossip {
        from: NodeId,
        to: NodeId,
        claims: Box<Claims>,
    },
    Message {
        to: NodeId,
        channel: Vec<u8>,
        message: Vec<u8>,
        sharded: bool,
    },
    Replicate(NodeId),
    Synchronised {
        replica: NodeId,
        number: u64,
    },
    /// A blocking command has waited long enough.
    Timeout {
        conn: Conn,
        turn: u64,
    },
    /// The server looks after those who wait for keys of slots that have gone.
    CheckBlocked(NodeId),
    /// A pause may have ended.
    Resume(NodeId),
    /// A node may have been missed for long enough.
    Suspect(NodeId),
    Elect {
        replica: NodeId,
        instead_of: NodeId,
    },
    Handover {
        replica: NodeId,
        from: NodeId,
        until: Option<Micros>,
    },
}

impl Model {
    /// A cluster that is up and agreed.
    pub fn new(setup: Setup) -> Self {
        let mut model = Self {
            now: 0,
            nodes: Vec::new(),
            conns: BTreeMap::new(),
            next_conn: 1,
            log: Vec::new(),
            transactions: 0,
            changes: Vec::new(),
            lost: Lost::default(),
            events: BTreeMap::new(),
            next_event: 0,
            runnable: VecDeque::new(),
            drawn: setup.seed,
            setup,
        };
        let count = model.setup.primaries * (1 + model.setup.replicas);
        let users = acl::users(&model.setup);
        let view = View::shared_evenly(model.setup.primaries, count);
        let config = Config {
            full_coverage: model.setup.full_coverage,
            reads_when_down: false,
            serve_stale: model.setup.serve_stale,
            least_replicas: 0,
        };
        let node = |index: u8| Node {
            id: NodeId(index),
            name: cluster::name_of(index),
            host: format!("10.0.0.{}", index + 1),
            port: 7001 + u16::from(index),
            announce: Announce::Ip,
            hostname: None,
            prefers: Endpoint::Ip,
            config,
            users: users.clone(),
            next_client: 1,
            max_clients: 10_000,
            out_of_memory: false,
            cannot_save: false,
            busy_until: None,
            loading_until: None,
            paused: [None; 2],
            lie: None,
            false_map: None,
            running: true,
            frozen: false,
            isolated: false,
            deaf: false,
            missing_since: None,
            down_until: 0,
            db: Db::default(),
            scripts: BTreeMap::new(),
            effects: Vec::new(),
            ready: BTreeSet::new(),
            history: Vec::new(),
            link: Link::Up,
            streamed_at: None,
            view: view.clone(),
            migrating: BTreeMap::new(),
            importing: BTreeMap::new(),
        };
        model.nodes.extend((0..count).map(node));
        model
    }

    /// All servers, dead or alive.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.setup.primaries * (1 + self.setup.replicas)).map(NodeId)
    }

    /// `HOST:PORT`, where a node listens whatever it announces.
    pub fn address(&self, node: NodeId) -> String {
        let node = self.node(node);
        format!("{}:{}", node.host, node.port)
    }

    /// A node's name on the cluster bus: 40 hex digits.
    pub fn id(&self, node: NodeId) -> &str {
        &self.node(node).name
    }

    /// Who listens at `HOST:PORT`; the host may be a name that a node announces.
    pub fn node_at(&self, address: &str) -> Option<NodeId> {
        let (host, port) = address.rsplit_once(':')?;
        let listens = |node: &&Node| {
            let named = matches!(&node.announce, Announce::Hostname(name) if name == host);
            (node.host == host || named) && node.port.to_string() == port
        };
        self.nodes.iter().find(listens).map(|node| node.id)
    }

    /// A client's SYN arrives.
    pub fn connect(&mut self, node: NodeId, now: Micros) -> Result<Conn, Refused> {
        self.advance(now);
        if !self.node(node).running {
            return Err(Refused::Down);
        }
        let conn = Conn(self.next_conn);
        self.next_conn += 1;
        self.conns.insert(conn, Session::new(node));
        self.accept(conn);
        Ok(conn)
    }

    /// Bytes from the client arrive. Those for a connection that has ended go nowhere.
    pub fn receive(&mut self, conn: Conn, bytes: &[u8], now: Micros) {
        self.advance(now);
        let Some(session) = self.conns.get_mut(&conn).filter(|session| session.open) else {
            return;
        };
        session.input.push(bytes);
        self.run(conn);
    }

    /// What the server has put on the wire since this was last called, also if it hung up behind it.
    pub fn output(&mut self, conn: Conn) -> Vec<u8> {
        self.conns.get_mut(&conn).map(|session| std::mem::take(&mut session.out)).unwrap_or_default()
    }

    /// Whether the server still has the connection.
    pub fn is_open(&self, conn: Conn) -> bool {
        self.conns.get(&conn).is_some_and(|session| session.open)
    }

    /// The connections for which [`Model::output`] has something, or which ended, in order: a driver's work list. One
    /// that ended stays in it until [`Model::hang_up`].
    pub fn stirred(&self) -> impl Iterator<Item = Conn> {
        self.conns.iter().filter(|(_, session)| !session.out.is_empty() || !session.open).map(|(conn, _)| *conn)
    }

    /// The client's FIN or RST arrives: the server forgets the connection, and what it waited for.
    pub fn hang_up(&mut self, conn: Conn, now: Micros) {
        self.advance(now);
        self.conns.remove(&conn);
    }

    /// When something happens by itself next.
    pub fn wake(&self) -> Option<Micros> {
        self.events.keys().next().map(|(at, _)| *at)
    }

    /// Lets happen what is due.
    pub fn advance(&mut self, now: Micros) {
        while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((at, _), event) = entry.remove_entry();
            self.now = self.now.max(at);
            self.happen(event);
        }
        self.now = self.now.max(now);
    }

    /// Every command that was really executed, in order.
    pub fn log(&self) -> &[Executed] {
        &self.log
    }

    /// What was acknowledged and is gone.
    pub fn lost(&self) -> &Lost {
        &self.lost
    }

    /// What a node has under a key.
    pub fn value_at(&self, node: NodeId, key: &[u8]) -> Option<&Value> {
        self.node(node).db.peek(key, self.now)
    }

    /// What the cluster has under a key: at the owner of its slot, or where a migration has taken it.
    pub fn value(&self, key: &[u8]) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// When that ends, if it ever does.
    pub fn end(&self, key: &[u8]) -> Option<Micros> {
        self.entry(key)?.expires
    }

    fn entry(&self, key: &[u8]) -> Option<&Entry> {
        let slot = slot_of(key);
        let owner = self.owner(slot)?;
        let target = self.node(owner).migrating.get(&slot);
        let at = |node: NodeId| self.node(node).db.peek_entry(key, self.now);
        at(owner).or_else(|| at(*target?))
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Gossip { from, to, claims } => self.hear(from, to, &claims),
            Event::Message { to, channel, message, sharded } => {
                if self.is_reachable(to) {
                    self.deliver(to, &channel, &message, sharded);
                }
            }
            Event::Replicate(primary) => self.replicate(primary),
            Event::Synchronised { replica, number } => self.synchronised(replica, number),
            Event::Timeout { conn, turn } => self.timed_out(conn, turn),
            Event::CheckBlocked(node) => self.redirect_blocked(node),
            Event::Resume(node) => self.resume(node),
            Event::Suspect(node) => self.suspect(node),
            Event::Elect { replica, instead_of } => self.elect(replica, instead_of),
            Event::Handover { replica, from, until } => self.hand_over(replica, from, until),
        }
        self.run_all();
    }

    fn after(&mut self, delay: Micros, event: Event) {
        self.next_event += 1;
        self.events.insert((self.now.saturating_add(delay), self.next_event), event);
    }

    fn node(&self, node: NodeId) -> &Node {
        &self.nodes[usize::from(node.0)]
    }

    fn node_mut(&mut self, node: NodeId) -> &mut Node {
        &mut self.nodes[usize::from(node.0)]
    }
}
