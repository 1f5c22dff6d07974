//! A cluster of real servers on this machine, formed by its own hands: slots, MEET, REPLICATE, and then waiting until
//! every node says the same.
//!
//! Start takes about three seconds, two of which are the server's own rule that a fresh primary waits before it calls
//! the cluster ok. What moves by itself in the field is switched off (replica migration), so that a test sees only
//! what it did.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::{Deref, RangeInclusive},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{Error, Result, Server, ServerOptions, wait_until};

/// Slots of a cluster.
const SLOTS: u16 = 16_384;

/// A running cluster; it ends with its last clone.
#[derive(Clone, Debug)]
pub struct LocalCluster {
    nodes: Vec<Arc<Node>>,
}

/// A server and the name by which its cluster knows it.
#[derive(Debug)]
pub struct Node {
    /// 40 hex digits.
    pub id: String,
    server: Server,
}

/// How many, and how.
#[derive(Clone, Debug)]
pub struct ClusterOptions {
    /// Nodes with slots.
    pub primaries: u16,
    /// Replicas of each of them.
    pub replicas: u16,
    /// `cluster-node-timeout`: a dead primary is replaced after about twice this.
    pub node_timeout_ms: u32,
    /// For every server.
    pub server: ServerOptions,
}

impl Default for ClusterOptions {
    fn default() -> Self {
        Self { primaries: 3, replicas: 0, node_timeout_ms: 1_500, server: ServerOptions::default() }
    }
}

impl LocalCluster {
    /// Starts a cluster whose primaries share the slots evenly, in order: the first has 0 to 5460 of three.
    pub fn start(primaries: u16, replicas_per_primary: u16) -> Result<Self> {
        Self::start_with(&ClusterOptions { primaries, replicas: replicas_per_primary, ..ClusterOptions::default() })
    }

    /// The same with all options.
    pub fn start_with(options: &ClusterOptions) -> Result<Self> {
        let cluster = Self { nodes: start_nodes(options)? };
        let (primaries, replicas) = cluster.nodes.split_at(usize::from(options.primaries));
        give_slots(primaries)?;
        introduce(&cluster.nodes)?;
        for (index, replica) in replicas.iter().enumerate() {
            replica.ask(["CLUSTER", "REPLICATE", &primaries[index % primaries.len()].id])?;
        }
        cluster.wait_until_agreed(replicas.len())?;
        Ok(cluster)
    }

    /// The nodes as they were started: first the primaries in the order of their slots, then the replicas; replica
    /// `i` began under primary `i % primaries`.
    pub fn nodes(&self) -> &[Arc<Node>] {
        &self.nodes
    }

    /// `127.0.0.1:PORT` or `[::1]:PORT` of every node, as seeds for a client without TLS.
    pub fn seeds(&self) -> Vec<String> {
        self.nodes.iter().map(|node| node.address()).collect()
    }

    /// Who serves `slot` now: the node that is up and says so of itself (after a failover the one with the newer
    /// epoch). What others say of it may be old.
    pub fn primary_of(&self, slot: u16) -> Result<Arc<Node>> {
        let mut newest = None;
        for node in self.up() {
            let own = node.view()?.into_iter().find(|row| row.myself && row.owns(slot));
            newest = newest.max(own.map(|row| (row.epoch, &node.id)));
        }
        let (_, id) = newest.ok_or_else(|| Error::new(format!("no node says that it has slot {slot}")))?;
        self.node(id)
    }

    /// Waits until every node that is up has heard that `owner` serves `slot`, and with which epoch. (Who was only told
    /// of the slot might take the same epoch for the next one that it gets. One of the two then has to take a newer one,
    /// and if that is the source of the next one, before it has let go of it, the target gives it back: it is nobody's.)
    pub fn wait_until_known(&self, slot: u16, owner: &Node) -> Result<()> {
        wait_until(LIMIT, &format!("slot {slot} to be known at port {}", owner.port()), || {
            let own = owner.view()?.into_iter().find(|row| row.myself).map(|row| row.epoch);
            for node in self.up() {
                let row = node.view()?.into_iter().find(|row| row.id == owner.id);
                if !row.as_ref().is_some_and(|row| row.owns(slot)) {
                    return Err(node.says("it is elsewhere"));
                }
                if row.map(|row| row.epoch) != own {
                    return Err(node.says("its owner has an older epoch"));
                }
            }
            Ok(())
        })
    }

    /// The primaries that are up, as the first node that is up sees them.
    pub fn primaries(&self) -> Result<Vec<Arc<Node>>> {
        let rows = self.witness()?.view()?;
        let is_primary =
            |node: &&Arc<Node>| rows.iter().any(|row| row.id == node.id && row.primary.is_none() && !row.failed());
        Ok(self.up().filter(is_primary).cloned().collect())
    }

    /// The replicas of a primary that are up, as it sees them.
    pub fn replicas_of(&self, primary: &Node) -> Result<Vec<Arc<Node>>> {
        let rows = primary.view()?;
        let of_it = rows.iter().filter(|row| row.primary.as_deref() == Some(&*primary.id) && !row.failed());
        of_it.map(|row| self.node(&row.id)).filter(|node| node.as_ref().map_or(true, |node| node.is_up())).collect()
    }

    /// A node by its cluster id.
    pub fn node(&self, id: &str) -> Result<Arc<Node>> {
        let found = self.nodes.iter().find(|node| node.id == id);
        found.cloned().ok_or_else(|| Error::new(format!("no node of this cluster has the id {id}")))
    }

    /// The slot of a key, by the word of a server.
    pub fn slot_of(&self, key: &str) -> Result<u16> {
        let witness = self.witness()?;
        let reply = witness.ask(["CLUSTER", "KEYSLOT", key])?;
        reply.int().and_then(|slot| slot.try_into().ok()).ok_or_else(|| witness.says(&format!("slot {reply:?}")))
    }

    /// Has clients told these hosts and ports instead of the nodes' own, one for each of [`LocalCluster::nodes`]; returns
    /// when every node knows.
    pub fn announce(&self, places: &[(String, u16)]) -> Result<()> {
        let mut known = Vec::new();
        for (node, (host, port)) in self.nodes.iter().zip(places) {
            let mut command = vec!["CONFIG", "SET", "cluster-preferred-endpoint-type", "hostname"];
            let port = port.to_string();
            command.extend(["cluster-announce-hostname", host, "cluster-announce-port", &port]);
            node.ask(command)?;
            known.push(format!(":{port}@{},{host} ", node.bus_port().unwrap_or(0)));
        }
        wait_until(LIMIT, "the nodes to know what each announces", || {
            for node in &self.nodes {
                let reply = node.ask(["CLUSTER", "NODES"])?;
                let text = reply.text().unwrap_or_default();
                if let Some(place) = known.iter().find(|place| !text.contains(*place)) {
                    return Err(node.says(&format!("nobody is at {place}")));
                }
            }
            Ok(())
        })
    }

    /// Waits until another node than `old` serves `slot` and all that are up agree; says which.
    pub fn wait_for_promotion(&self, old: &Node, slot: u16) -> Result<Arc<Node>> {
        let promoted = wait_until(LIMIT, &format!("a replica to take over from port {}", old.port()), || {
            let owner = self.primary_of(slot)?;
            if owner.id == old.id { Err(Error::new("the old primary is still listed")) } else { Ok(owner) }
        })?;
        self.wait_until_agreed(0)?;
        Ok(promoted)
    }

    /// Waits until all nodes that are up call the cluster ok, know who is up and who is not, name the same owner for
    /// each of the 16,384 slots, and at least `replicas` replicas are in step.
    pub fn wait_until_agreed(&self, replicas: usize) -> Result<()> {
        wait_until(LIMIT, "the cluster to agree", || {
            let mut first: Option<Owners> = None;
            let mut in_step = 0;
            for node in self.up() {
                node.expect_field(&["CLUSTER", "INFO"], "cluster_state", "ok")?;
                let rows = node.view()?;
                for row in &rows {
                    let up = self.node(&row.id)?.is_up();
                    if up && (!row.connected || row.suspected()) || !up && !row.failed() {
                        return Err(node.says(&format!("{} is {}", row.id, row.flags)));
                    }
                }
                if rows.iter().any(|row| row.myself && row.primary.is_some()) {
                    node.expect_field(&["INFO", "replication"], "master_link_status", "up")?;
                    in_step += 1;
                }
                let owners = owners(&rows);
                if owners.values().flatten().map(RangeInclusive::len).sum::<usize>() != usize::from(SLOTS) {
                    return Err(node.says("not all slots have an owner"));
                }
                if first.get_or_insert_with(|| owners.clone()) != &owners {
                    return Err(node.says("another slot map than the first node has"));
                }
            }
            if in_step < replicas {
                return Err(Error::new(format!("{in_step} of {replicas} replicas are in step")));
            }
            Ok(())
        })
    }

    fn witness(&self) -> Result<&Arc<Node>> {
        self.up().next().ok_or_else(|| Error::new("no node of the cluster is up"))
    }

    fn up(&self) -> impl Iterator<Item = &Arc<Node>> {
        self.nodes.iter().filter(|node| node.is_up())
    }
}

/// A node is its server and more.
impl Deref for Node {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

const LIMIT: Duration = Duration::from_secs(20);

fn start_nodes(options: &ClusterOptions) -> Result<Vec<Arc<Node>>> {
    let mut server = options.server.clone();
    server.cluster = true;
    server.config.splice(
        0..0,
        [
            format!("cluster-node-timeout {}", options.node_timeout_ms),
            "cluster-allow-replica-migration no".into(),
            "cluster-replica-validity-factor 0".into(),
        ],
    );
    let start = || {
        let server = Server::start(&server)?;
        let id = server.ask(["CLUSTER", "MYID"])?;
        let id = id.text().ok_or_else(|| Error::new("CLUSTER MYID answered no text"))?.to_owned();
        Ok(Arc::new(Node { id, server }))
    };
    let count = options.primaries * (1 + options.replicas);
    thread::scope(|scope| {
        let starting: Vec<_> = (0..count).map(|_| scope.spawn(start)).collect();
        let joined = starting.into_iter().map(|thread| thread.join());
        joined.map(|outcome| outcome.unwrap_or_else(|_| Err(Error::new("a starting thread panicked")))).collect()
    })
}

/// Slots in even ranges, and an epoch of its own for each primary, so that none has to give way to another.
fn give_slots(primaries: &[Arc<Node>]) -> Result<()> {
    let count = primaries.len();
    let edge = |index: usize| usize::from(SLOTS) * index / count;
    for (index, primary) in primaries.iter().enumerate() {
        let (first, last) = (edge(index).to_string(), (edge(index + 1) - 1).to_string());
        primary.ask(["CLUSTER", "SET-CONFIG-EPOCH", &(index + 1).to_string()])?;
        primary.ask(["CLUSTER", "ADDSLOTSRANGE", &first, &last])?;
    }
    Ok(())
}

/// Everyone meets everyone: gossip would take seconds.
fn introduce(nodes: &[Arc<Node>]) -> Result<()> {
    for (index, node) in nodes.iter().enumerate() {
        for other in &nodes[index + 1..] {
            let (port, bus) = (other.announced_port().to_string(), other.bus_port().unwrap_or(0).to_string());
            node.ask(["CLUSTER", "MEET", &other.ip().to_string(), &port, &bus])?;
        }
    }
    let all: BTreeSet<&str> = nodes.iter().map(|node| &*node.id).collect();
    wait_until(LIMIT, "the nodes to know each other", || {
        for node in nodes {
            let rows = node.view()?;
            let known: BTreeSet<&str> = rows.iter().filter(|row| row.connected).map(|row| &*row.id).collect();
            if known != all {
                return Err(node.says(&format!("{} nodes of {}", known.len(), all.len())));
            }
        }
        Ok(())
    })
}

type Owners = BTreeMap<String, Vec<RangeInclusive<u16>>>;

fn owners(rows: &[Row]) -> Owners {
    let owning = rows.iter().filter(|row| !row.slots.is_empty());
    owning.map(|row| (row.id.clone(), row.slots.clone())).collect()
}

/// One line of CLUSTER NODES.
#[derive(Clone, Debug)]
struct Row {
    id: String,
    primary: Option<String>,
    slots: Vec<RangeInclusive<u16>>,
    flags: String,
    epoch: u64,
    connected: bool,
    myself: bool,
}

impl Row {
    /// `id address flags primary ping pong epoch link-state slot…`; marks of migration (`[…]`) are left out.
    fn parse(line: &str) -> Option<Self> {
        let words: Vec<_> = line.split(' ').collect();
        let [id, _, flags, primary, _, _, epoch, link, slots @ ..] = words.as_slice() else {
            return None;
        };
        let range = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            Some(first.parse().ok()?..=last.parse().ok()?)
        };
        Some(Self {
            id: (*id).into(),
            primary: (*primary != "-").then(|| (*primary).into()),
            slots: slots.iter().filter(|text| !text.starts_with('[')).map(|text| range(text)).collect::<Option<_>>()?,
            flags: (*flags).into(),
            epoch: epoch.parse().ok()?,
            connected: *link == "connected" && !flags.contains("handshake"),
            myself: flags.contains("myself"),
        })
    }

    fn failed(&self) -> bool {
        self.flags.split(',').any(|flag| flag == "fail")
    }

    fn suspected(&self) -> bool {
        self.flags.split(',').any(|flag| flag == "fail" || flag == "fail?")
    }

    fn owns(&self, slot: u16) -> bool {
        self.slots.iter().any(|range| range.contains(&slot))
    }
}

impl Node {
    /// The cluster as this node sees it.
    fn view(&self) -> Result<Vec<Row>> {
        let reply = self.ask(["CLUSTER", "NODES"])?;
        let text = reply.text().unwrap_or_default();
        text.lines()
            .map(|line| Row::parse(line).ok_or_else(|| self.says(&format!("a line this lab cannot read: {line}"))))
            .collect()
    }

    fn expect_field(&self, command: &[&str], field: &str, wanted: &str) -> Result<()> {
        let reply = self.ask(command)?;
        let found =
            reply.text().unwrap_or_default().lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        if found == Some(wanted) {
            return Ok(());
        }
        Err(self.says(&format!("{field} is {}", found.unwrap_or("missing"))))
    }

    fn says(&self, what: &str) -> Error {
        Error::new(format!("the node on port {} says: {what}", self.port()))
    }
}
