//! [`Cluster`]: the handle that everything starts from. A handle is two counted pointers: clone it freely, use it from
//! any number of tasks. The last one to go stops the driver; [`Cluster::close`] lets what was sent settle first.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use slotpipe_core::port::{Explained, Stats, SubmitOptions};
use tokio::sync::watch;

use crate::{
    builder::Builder,
    call::{Call, Cmd, Run},
    command::CommandWriter,
    commands::Commands,
    door::Door,
    error::Error,
    from_value::FromValue,
    options::CallOptions,
    pipeline::Pipeline,
    replies::Replies,
    seeds::Seeds,
    topology::Topology,
};

/// A client of one cluster (or of one server that is no cluster).
///
/// Its commands are the methods of [`Commands`]; each returns a [`Call`] to await.
#[derive(Clone)]
pub struct Cluster {
    client: Arc<Client>,
    options: Arc<SubmitOptions>,
}

/// What all handles of a client share. Dropped with the last handle, call and pipeline.
pub(crate) struct Client {
    door: Arc<Door>,
    topology: watch::Receiver<Arc<Topology>>,
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

    pub(crate) fn new(door: Arc<Door>, topology: watch::Receiver<Arc<Topology>>, options: CallOptions) -> Self {
        Self { client: Arc::new(Client { door, topology }), options: Arc::new(options.0) }
    }

    /// The same client with these options for everything sent through the returned handle.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self { client: Arc::clone(&self.client), options: Arc::new(options.0) }
    }

    /// Any command by name; `CONFIG GET` may be given as one name. Keys are found by the client.
    pub fn cmd(&self, name: &str) -> Cmd {
        Cmd::new(self.clone(), name)
    }

    /// An empty pipeline.
    pub fn pipeline(&self) -> Pipeline {
        Pipeline::new(Arc::clone(&self.client), Arc::clone(&self.options))
    }

    /// Sends commands that are RESP arrays already, back to back. Replies stay on the tape in which they came, so that
    /// counting or filtering them costs nothing. The batch's size bounds the memory that its replies take.
    ///
    /// # Errors
    ///
    /// Misuse (a frame that is none, a command that cannot be sent) before anything of the batch was sent, or a closed
    /// client. What happens to single commands stands in the replies.
    pub async fn raw(&self, batch: impl Into<Bytes>) -> Result<Replies, Error> {
        Run::start(&self.client, batch.into(), &self.options)?.await
    }

    /// What would be done with commands that are RESP arrays, without doing it.
    pub async fn explain(&self, batch: impl Into<Bytes>) -> Result<Vec<Explained>, Error> {
        self.client.explain(batch.into(), &self.options).await
    }

    /// The nodes and the slot map as they are known now.
    pub fn topology(&self) -> Arc<Topology> {
        Arc::clone(&self.client.topology.borrow())
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

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<T> {
        Call::new(Arc::clone(&self.client), Arc::clone(&self.options), write)
    }
}

impl Client {
    pub(crate) fn door(&self) -> &Door {
        &self.door
    }

    pub(crate) async fn explain(&self, batch: Bytes, options: &Arc<SubmitOptions>) -> Result<Vec<Explained>, Error> {
        let answer = self.door.explain(batch, options)?;
        answer.await.unwrap_or_else(|_| Err(Error::closed()))
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
