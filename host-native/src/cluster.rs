//! [`Cluster`]: the handle that everything starts from. A handle is two counted pointers: clone it freely, use it from
//! any number of tasks. The last one to go stops the driver; [`Cluster::close`] lets what was sent settle first.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use slotpipe_core::port::{Address, Explained, Stats, SubmitOptions};
use tokio::sync::watch;

use crate::{
    builder::Builder,
    call::{Call, Cmd, Run},
    command::CommandWriter,
    commands::{Commands, PerNode},
    dial::WhoAmI,
    door::Door,
    error::Error,
    from_value::FromValue,
    hooks::{Heard, HookResult, Hooks},
    keys::slot_of,
    nodes::{AtNodes, Nodes},
    options::CallOptions,
    pipeline::Pipeline,
    replies::Replies,
    seeds::Seeds,
    session::Lane,
    topology::{Health, Node, Topology},
    value::Value,
};

/// A client of one cluster (or of one server that is no cluster).
///
/// Its commands are the methods of [`Commands`]; each returns a [`Call`] to await.
#[derive(Clone)]
pub struct Cluster {
    client: Arc<Client>,
    options: Arc<SubmitOptions>,
    hooks: Hooks,
    /// Whose connection all of it goes on, if on its own.
    lane: Option<Arc<Lane>>,
}

/// What all handles of a client share. Dropped with the last handle, call and pipeline.
pub(crate) struct Client {
    door: Arc<Door>,
    topology: watch::Receiver<Arc<Topology>>,
    who: WhoAmI,
}

impl Cluster {
    /// Connects with default options: `redis://user:password@host:port,host2:port2`, `rediss://…` for TLS,
    /// `unix:///path`, `host:port`, or a list of such. Ready when the slot map is known.
    pub async fn connect(seeds: impl Into<Seeds>) -> Result<Self, Error> {
        Self::builder(seeds).connect().await
    }

    /// Connects with options.
    pub fn builder(seeds: impl Into<Seeds>) -> Builder {
        Builder::new(seeds.into())
    }

    pub(crate) fn new(
        door: Arc<Door>,
        topology: watch::Receiver<Arc<Topology>>,
        who: WhoAmI,
        options: CallOptions,
    ) -> Self {
        let client = Arc::new(Client { door, topology, who });
        Self { client, options: Arc::new(options.0), hooks: Hooks::default(), lane: None }
    }

    /// The same client with these options for everything sent through the returned handle.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        let mut options = options.0;
        options.detailed = !self.hooks.is_none();
        Self {
            client: Arc::clone(&self.client),
            options: Arc::new(options),
            hooks: self.hooks.clone(),
            lane: self.lane.clone(),
        }
    }

    /// The same client with a hook for each node's reply of every command that is sent through the returned handle.
    ///
    /// Of a command that went to one node it makes the reply, of a map by node each value; of what is merged in another
    /// way it makes what the hook on results finds among the parts, and the merged value is made of what the servers said.
    /// One that fails, or panics, fails its own command alone: the code is `HOOK`.
    #[must_use]
    pub fn reply_with(&self, hook: impl Fn(&Heard<'_>, Value) -> HookResult + Send + Sync + 'static) -> Self {
        self.hooked(Hooks { reply: Some(Arc::new(hook)), ..self.hooks.clone() })
    }

    /// The same client with a hook for what the caller gets, behind that for each node's reply.
    #[must_use]
    pub fn result_with(&self, hook: impl Fn(&Heard<'_>, Value) -> HookResult + Send + Sync + 'static) -> Self {
        self.hooked(Hooks { result: Some(Arc::new(hook)), ..self.hooks.clone() })
    }

    fn hooked(&self, hooks: Hooks) -> Self {
        let options = SubmitOptions { detailed: true, ..(*self.options).clone() };
        Self { client: Arc::clone(&self.client), options: Arc::new(options), hooks, lane: self.lane.clone() }
    }

    pub(crate) fn on_lane(mut self, lane: Arc<Lane>) -> Self {
        self.lane = Some(lane);
        self
    }

    pub(crate) fn is_standalone(&self) -> bool {
        self.client.is_standalone()
    }

    /// What a call or pipeline takes of this handle.
    pub(crate) fn handle(&self) -> (Arc<Client>, Hooks, Option<Arc<Lane>>) {
        (Arc::clone(&self.client), self.hooks.clone(), self.lane.clone())
    }

    pub(crate) fn parts(&self) -> (Arc<Client>, &Arc<SubmitOptions>) {
        (Arc::clone(&self.client), &self.options)
    }

    pub(crate) fn with_submit(&self, options: Arc<SubmitOptions>) -> Self {
        Self { client: Arc::clone(&self.client), options, hooks: self.hooks.clone(), lane: self.lane.clone() }
    }

    /// Any command by name; `CONFIG GET` may be given as one name. Keys are found by the client.
    pub fn cmd(&self, name: &str) -> Cmd {
        Cmd::new(self.clone(), name)
    }

    /// An empty pipeline.
    pub fn pipeline(&self) -> Pipeline {
        let options = SubmitOptions { pipeline: true, ..(*self.options).clone() };
        Pipeline::new(self, Arc::new(options))
    }

    /// Sends commands that are RESP arrays already, back to back. Replies stay on the tape in which they came, so that
    /// counting or filtering them costs nothing. The batch's size bounds the memory that its replies take.
    ///
    /// # Errors
    ///
    /// Misuse (a frame that is none, a command that cannot be sent) before anything of the batch was sent, or a closed
    /// client. What happens to single commands stands in the replies.
    pub async fn raw(&self, batch: impl Into<Bytes>) -> Result<Replies, Error> {
        let replies = Run::start(&self.client, batch.into(), &self.options)?.await?;
        Ok(if self.hooks.is_none() { replies } else { replies.heard_by(&self.hooks) })
    }

    /// What would be done with commands that are RESP arrays, without doing it.
    pub async fn explain(&self, batch: impl Into<Bytes>) -> Result<Vec<Explained>, Error> {
        self.client.explain(batch.into(), &self.options).await
    }

    /// The nodes and the slot map as they are known now.
    pub fn topology(&self) -> Arc<Topology> {
        Arc::clone(&self.client.topology.borrow())
    }

    /// Every node of the cluster, primaries first.
    pub fn nodes(&self) -> Vec<Node> {
        self.topology().nodes.clone()
    }

    /// Those that are primaries, with slots or without.
    pub fn primaries(&self) -> Vec<Node> {
        self.topology().primaries().cloned().collect()
    }

    /// Those that replicate one.
    pub fn replicas(&self) -> Vec<Node> {
        self.topology().replicas().cloned().collect()
    }

    /// One of the nodes that are online, by chance.
    pub fn random_node(&self) -> Option<Node> {
        let topology = self.topology();
        let online: Vec<&Node> = topology.nodes.iter().filter(|node| node.health == Health::Online).collect();
        let chance = RandomState::new().build_hasher().finish();
        let count = u64::try_from(online.len()).ok().filter(|&count| count > 0)?;
        online.get(usize::try_from(chance % count).ok()?).map(|&node| node.clone())
    }

    /// The node of this name: `host:port`, `[::1]:7000`, or the id that the cluster gave it.
    pub fn node(&self, name: &str) -> Option<Node> {
        self.topology().node(name).cloned()
    }

    /// The node that listens there.
    pub fn node_at(&self, host: &str, port: u16) -> Option<Node> {
        self.topology().node_at(host, port).cloned()
    }

    /// The primary of a key's slot; `None` where nobody owns it.
    pub fn node_for(&self, key: impl AsRef<[u8]>) -> Option<Node> {
        self.node_for_slot(slot_of(key))
    }

    /// The primary of a slot; `None` where nobody owns it.
    pub fn node_for_slot(&self, slot: u16) -> Option<Node> {
        self.topology().node_for_slot(slot).cloned()
    }

    /// Keys by the address of the primary of their slot, each list in the order given; those of slots that nobody owns
    /// are under `None`.
    pub fn nodes_by_keys<K: AsRef<[u8]>>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> BTreeMap<Option<Address>, Vec<K>> {
        let topology = self.topology();
        let mut by_node: BTreeMap<_, Vec<K>> = BTreeMap::new();
        for key in keys {
            by_node.entry(topology.owner(slot_of(&key)).cloned()).or_default().push(key);
        }
        by_node
    }

    /// Commands at chosen nodes, each node's reply by its address, of one node too: `db.at(Nodes::Primaries).dbsize()`.
    /// Keys do not matter there, and redirects come back as errors.
    pub fn at(&self, nodes: impl Into<Nodes>) -> AtNodes {
        let options = SubmitOptions { route: nodes.into().route(), ..SubmitOptions::clone(&self.options) };
        AtNodes::new(Self {
            client: Arc::clone(&self.client),
            options: Arc::new(options),
            hooks: self.hooks.clone(),
            lane: self.lane.clone(),
        })
    }

    /// The same, each time it changes.
    pub fn watch_topology(&self) -> watch::Receiver<Arc<Topology>> {
        self.client.topology.clone()
    }

    /// What has happened so far, counted.
    ///
    /// # Errors
    ///
    /// The client is closed.
    pub async fn stats(&self) -> Result<Stats, Error> {
        self.client.door.stats()?.await.unwrap_or_else(|_| Err(Error::closed()))
    }

    /// Asks for the credentials again and authenticates every connection with them, behind what has been sent on it. One
    /// that is refused takes no more commands, and the next one dials. So does a subscription's in RESP2, where a
    /// subscriber may not say AUTH: what it misses meanwhile is told as after any lost connection.
    ///
    /// # Errors
    ///
    /// `CREDENTIALS`: there are none, or the function that was asked says why not. The client is closed.
    pub async fn reauthenticate(&self) -> Result<(), Error> {
        let links = self.client.door.links()?.await.map_err(|_| Error::closed())?;
        for (link, address) in links {
            let credentials = self.client.who.tell(&address).await;
            let credentials = credentials.map_err(|reason| Error::misuse("CREDENTIALS", reason))?;
            let credentials = credentials.ok_or_else(|| {
                Error::misuse(
                    "CREDENTIALS",
                    "there are none to give: build the client with password() or credentials()",
                )
            })?;
            self.client.door.authenticate(link, address, credentials)?;
        }
        Ok(())
    }

    /// Takes no more commands, waits until those under way have their outcomes, and closes every connection. Handles
    /// that are left refuse commands from now on. What has no outcome after 5 seconds (a blocking command without a
    /// timeout, say) is cancelled: it ends as unknown if it was sent, else as not executed.
    pub async fn close(self) {
        let Some(mut done) = self.client.door.close() else { return };
        if tokio::time::timeout(LAST_WAIT, &mut done).await.is_err() {
            self.client.door.cancel_all();
            let _ = done.await;
        }
    }
}

/// How long [`Cluster::close`] waits for outcomes.
const LAST_WAIT: Duration = Duration::from_secs(5);

impl Commands for &Cluster {
    type Out<T: FromValue> = Call<T>;
    type ByNode<T: FromValue> = Call<PerNode<T>>;

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<PerNode<T>> {
        self.run(write)
    }

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<T> {
        Call::new(self, write)
    }
}

impl Client {
    /// Whether there are no slots, as far as is known.
    pub(crate) fn is_standalone(&self) -> bool {
        self.topology.borrow().standalone
    }

    pub(crate) fn door(&self) -> &Door {
        &self.door
    }

    pub(crate) async fn explain(&self, batch: Bytes, options: &Arc<SubmitOptions>) -> Result<Vec<Explained>, Error> {
        let answer = self.door.explain(batch, options)?;
        answer.await.unwrap_or_else(|_| Err(Error::closed()))
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.door.abandon();
    }
}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let topology = self.topology();
        f.debug_struct("Cluster").field("nodes", &topology.nodes.len()).field("slots", &topology.covered()).finish()
    }
}

/// A handle goes wherever a task goes.
const _: () = {
    const fn shared<T: Clone + Send + Sync + 'static>() {}
    const fn sent<T: Send + 'static>() {}
    shared::<Cluster>();
    sent::<Call<()>>();
    sent::<Pipeline>();
};
