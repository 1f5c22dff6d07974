//! The servers and their proxies: three primaries, three replicas, clients that only ever see proxies.
//!
//! Each node announces its proxy's port, so that slot maps and redirects lead there; the cluster bus goes direct, and so
//! do the rig's own words. Data is written to disk before it is acknowledged (`appendfsync always`), so that a killed and
//! restarted server has lost nothing.

use std::{collections::BTreeMap, future::Future, sync::Arc, time::Duration};

use slotpipe::lab::{
    ClusterOptions, Error, LocalCluster, Node, Result, ServerOptions,
    resp::{Client, Reply},
    wait_until,
};
use tokio::runtime::Handle;

use crate::{oracle::Oracle, proxy::Proxy};

/// The user that the clients under test are.
pub const USER: &str = "app";
/// Its first password.
pub const PASSWORD: &str = "first";

/// Shorter than this no server is silent for long enough to be replaced, on a machine that is busy.
pub const PATIENT_MS: u32 = 3_000;
/// Where a failover is wanted.
pub const IMPATIENT_MS: u32 = 1_200;

/// A running rig. Everything stops when it is dropped.
pub struct Rig {
    /// First, so that no client sees the servers go.
    proxies: Vec<Proxy>,
    /// The servers, without their proxies.
    pub cluster: LocalCluster,
    /// What the proxies have seen.
    pub oracle: Arc<Oracle>,
}

impl Rig {
    /// Starts everything.
    ///
    /// # Errors
    /// A server does not start, or the cluster does not agree.
    pub async fn start() -> Result<Self> {
        let cluster = blocking(|| {
            let config = ["appendonly yes", "appendfsync always", &format!("user {USER} on >{PASSWORD} ~* &* +@all")];
            LocalCluster::start_with(&ClusterOptions {
                primaries: 3,
                replicas: 1,
                node_timeout_ms: PATIENT_MS,
                server: ServerOptions { config: config.map(String::from).into(), ..ServerOptions::default() },
            })
        })
        .await?;
        let oracle = Arc::new(Oracle::default());
        let mut proxies = Vec::new();
        for (index, node) in cluster.nodes().iter().enumerate() {
            let proxy = Proxy::start(index, ([127, 0, 0, 1], node.port()).into(), Arc::clone(&oracle)).await;
            proxies.push(proxy.map_err(|e| Error::new(format!("listen for node {index}: {e}")))?);
        }
        let rig = Self { proxies, cluster, oracle };
        rig.announce().await?;
        Ok(rig)
    }

    /// Where clients begin.
    pub fn seeds(&self) -> Vec<String> {
        self.proxies.iter().map(|proxy| format!("127.0.0.1:{}", proxy.port())).collect()
    }

    /// The proxy before a node.
    pub fn proxy(&self, node: usize) -> &Proxy {
        &self.proxies[node]
    }

    /// All of them.
    pub fn proxies(&self) -> &[Proxy] {
        &self.proxies
    }

    /// A server by its number.
    pub fn node(&self, node: usize) -> &Arc<Node> {
        &self.cluster.nodes()[node]
    }

    /// The number of a server.
    pub fn number(&self, node: &Node) -> usize {
        self.cluster.nodes().iter().position(|other| other.id == node.id).unwrap_or(usize::MAX)
    }

    /// Commands of the workload that are on their way at this moment.
    pub fn in_flight(&self) -> usize {
        self.proxies.iter().map(Proxy::in_flight).sum()
    }

    /// The numbers of the primaries, by what each says of itself.
    pub fn primaries(&self) -> Vec<usize> {
        let is_primary = |node: &Arc<Node>| {
            let role = node.is_up().then(|| node.ask(["ROLE"]).ok()).flatten();
            role.and_then(|role| Some(role.array()?.first()?.text()? == "master")).unwrap_or(false)
        };
        (0..self.proxies.len()).filter(|&node| is_primary(self.node(node))).collect()
    }

    /// Who serves which slot, when all agree: node numbers by slot.
    ///
    /// # Errors
    /// No server tells.
    pub fn owners(&self) -> Result<Owners> {
        let primary = self.primaries().first().copied().ok_or_else(|| Error::new("no primary is up"))?;
        let reply = self.node(primary).ask(["CLUSTER", "SLOTS"])?;
        let mut owners = BTreeMap::new();
        for row in reply.array().unwrap_or_default() {
            let Some([Reply::Int(first), Reply::Int(last), node, ..]) = row.array() else { continue };
            let id = node.array().and_then(|words| words.get(2)?.text()).unwrap_or_default();
            let number = self.number(&*self.cluster.node(id)?);
            owners.insert(u16::try_from(*last).unwrap_or(u16::MAX), (u16::try_from(*first).unwrap_or(0), number));
        }
        Ok(Owners(owners))
    }

    /// The same word to every server that is up, whatever the others say.
    ///
    /// # Errors
    /// The first refusal.
    pub fn tell_all(&self, words: &[&str]) -> Result<()> {
        let mut first = Ok(());
        for node in self.cluster.nodes().iter().filter(|node| node.is_up()) {
            first = first.and(node.ask(words).map(|_| ()));
        }
        first
    }

    /// Another `cluster-node-timeout`, and whether replicas may take over by themselves.
    ///
    /// # Errors
    /// A server refuses.
    pub fn allow_failover(&self, allowed: bool) -> Result<()> {
        let (timeout, forbidden) = if allowed { (IMPATIENT_MS, "no") } else { (PATIENT_MS, "yes") };
        self.tell_all(&["CONFIG", "SET", "cluster-node-timeout", &timeout.to_string()])?;
        self.tell_all(&["CONFIG", "SET", "cluster-replica-no-failover", forbidden])?;
        // A server that is killed and started again reads its file.
        self.tell_all(&["CONFIG", "REWRITE"])
    }

    async fn announce(&self) -> Result<()> {
        let ports: Vec<(Arc<Node>, String)> = self
            .proxies
            .iter()
            .enumerate()
            .map(|(at, proxy)| (self.node(at).clone(), proxy.port().to_string()))
            .collect();
        blocking(move || {
            for (node, port) in &ports {
                node.ask(["CONFIG", "SET", "cluster-announce-port", port])?;
                node.ask(["CONFIG", "REWRITE"])?;
            }
            wait_until(Duration::from_secs(20), "the proxies' ports to be known", || {
                for (node, _) in &ports {
                    let reply = node.ask(["CLUSTER", "NODES"])?;
                    let text = reply.text().unwrap_or_default();
                    if let Some((_, port)) =
                        ports.iter().find(|(_, port)| !text.contains(&format!("127.0.0.1:{port}@")))
                    {
                        return Err(Error::new(format!("port {} does not list {port}", node.port())));
                    }
                }
                Ok(())
            })
        })
        .await
    }
}

/// Node numbers by slot.
#[derive(Clone, Debug)]
pub struct Owners(BTreeMap<u16, (u16, usize)>);

impl Owners {
    /// Who serves this slot.
    pub fn of(&self, slot: u16) -> Option<usize> {
        let (_, &(first, node)) = self.0.range(slot..).next()?;
        (first <= slot).then_some(node)
    }

    /// Who serves any.
    pub fn nodes(&self) -> Vec<usize> {
        let mut nodes: Vec<usize> = self.0.values().map(|(_, node)| *node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}

/// A connection to a server itself, past its proxy.
///
/// # Errors
/// It does not answer.
pub fn direct(node: &Node, limit: Duration) -> Result<Client> {
    let mut client = node.client()?;
    client.set_timeout(limit)?;
    Ok(client)
}

/// Runs what blocks on a thread for such.
pub fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> impl Future<Output = Result<T>> {
    let done = Handle::current().spawn_blocking(work);
    async { done.await.unwrap_or_else(|e| Err(Error::new(format!("a thread of the rig ended: {e}")))) }
}
