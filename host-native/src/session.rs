//! Sessions and transactions: commands on a connection of their own, where keys can be watched.

use std::{
    borrow::Cow,
    fmt,
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
    time::Duration,
};

use slotpipe_core::port::{Address, LaneId, Route, SubmitOptions};
use tokio::time::sleep;

use crate::{
    call::{Call, Cmd},
    cluster::{Client, Cluster},
    command::CommandWriter,
    commands::{Commands, PerNode},
    error::Error,
    from_value::FromValue,
    keys::slot_of,
    pipeline::Pipeline,
};

/// How often a transaction is tried unless told otherwise.
const ATTEMPTS: u32 = 100;

/// The connection of a session, for as long as somebody has to do with it.
pub(crate) struct Lane(Arc<Client>, LaneId);

impl Lane {
    pub(crate) fn new(client: Arc<Client>) -> Self {
        let lane = client.door().lane();
        Self(client, lane)
    }

    pub(crate) fn id(&self) -> LaneId {
        self.1
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.0.door().release(self.1);
    }
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({})", self.1.0)
    }
}

/// Commands on one connection that is nobody else's: WATCH, what is read under it, a unit that depends on it, WAIT.
///
/// Each command is sent when the one before it has settled. The connection follows the session's slot; what was watched
/// does not: with the connection the watch is lost, and the next unit is a conflict. Clones share the session; when the last
/// is dropped, the connection is given back.
///
/// ```no_run
/// # async fn run(db: slotpipe::Cluster) -> Result<(), slotpipe::Error> {
/// use slotpipe::Commands;
///
/// let session = db.session(["stock"])?;
/// session.watch("stock").await?;
/// let left: i64 = session.get("stock").into_type().await?;
/// let mut unit = session.multi();
/// unit.set("stock", left - 1).rpush("{stock}:sold", 1);
/// match unit.execute().await {
///     Ok(_) => {}
///     Err(error) if error.is_conflict() => println!("somebody else was faster"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    cluster: Cluster,
}

impl Cluster {
    /// A session on the slot of these keys. Nothing is watched yet, and nothing is sent.
    ///
    /// # Errors
    ///
    /// `CROSSSLOT`: the keys are in different slots; `KEYS`: there are none.
    pub fn session<K: AsRef<[u8]>>(&self, keys: impl IntoIterator<Item = K>) -> Result<Session, Error> {
        Ok(self.session_at_slot(self.one_slot(keys)?))
    }

    /// A session on this slot.
    pub fn session_at_slot(&self, slot: u16) -> Session {
        self.session_on(Route::Slot(slot))
    }

    /// A session on this node, whatever the keys; redirects come back as errors.
    pub fn session_at_node(&self, node: impl Into<Address>) -> Session {
        self.session_on(Route::Node(node.into()))
    }

    /// Watches the keys, calls `attempt` with a session on their slot, and calls it again if its unit was a conflict; gives
    /// what it returns. An error that is none ends it, and so does the hundredth conflict.
    ///
    /// What `attempt` does outside of a unit happens each time.
    ///
    /// ```no_run
    /// # async fn run(db: slotpipe::Cluster) -> Result<(), slotpipe::Error> {
    /// use slotpipe::Commands;
    ///
    /// let left: i64 = db
    ///     .transaction(["stock"], |session| async move {
    ///         let left: i64 = session.get("stock").into_type().await?;
    ///         let mut unit = session.multi();
    ///         unit.set("stock", left * 2).decr("stock");
    ///         let ((), left) = unit.query().await?;
    ///         Ok(left)
    ///     })
    ///     .await?;
    /// # let _ = left;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Cluster::session`], those of `attempt`, and the last conflict ([`Error::is_conflict`]).
    pub async fn transaction<K: AsRef<[u8]>, T, F: Future<Output = Result<T, Error>>>(
        &self,
        keys: impl IntoIterator<Item = K>,
        attempt: impl FnMut(Session) -> F,
    ) -> Result<T, Error> {
        self.transaction_within(ATTEMPTS, keys, attempt).await
    }

    /// The same, tried so many times at most (at least once).
    ///
    /// # Errors
    ///
    /// As [`Cluster::transaction`].
    pub async fn transaction_within<K: AsRef<[u8]>, T, F: Future<Output = Result<T, Error>>>(
        &self,
        attempts: u32,
        keys: impl IntoIterator<Item = K>,
        mut attempt: impl FnMut(Session) -> F,
    ) -> Result<T, Error> {
        let keys: Vec<Vec<u8>> = keys.into_iter().map(|key| key.as_ref().to_vec()).collect();
        let session = self.session(&keys)?;
        let mut left = attempts;
        loop {
            session.watch(&keys).await?;
            left = left.saturating_sub(1);
            match attempt(session.clone()).await {
                Err(error) if error.is_conflict() && left > 0 => {}
                ended => return ended,
            }
            // Those who meet are not to meet again; and a slot that is half moved takes a while.
            let tried = attempts - left;
            if tried > 2 {
                let chance = RandomState::new().build_hasher().finish();
                sleep(Duration::from_millis(chance % (1 << tried.min(6)))).await;
            }
        }
    }

    fn session_on(&self, route: Route) -> Session {
        let (client, options) = self.parts();
        let lane = Arc::new(Lane::new(client));
        let options = SubmitOptions { lane: Some(lane.id()), route, read_from: None, ..SubmitOptions::clone(options) };
        Session { cluster: self.with_submit(Arc::new(options)).on_lane(lane) }
    }

    /// The slot that all keys are in.
    fn one_slot<K: AsRef<[u8]>>(&self, keys: impl IntoIterator<Item = K>) -> Result<u16, Error> {
        let mut first: Option<(u16, K)> = None;
        for key in keys {
            let slot = slot_of(&key);
            match &first {
                Some((other, one)) if *other != slot && !self.is_standalone() => {
                    let [one, key] = [one.as_ref(), key.as_ref()].map(shown);
                    let message = format!(
                        "keys `{one}` (slot {other}) and `{key}` (slot {slot}) of a session are in different slots: give \
                         them a common hash tag, {{…}}"
                    );
                    return Err(Error::misuse("CROSSSLOT", message));
                }
                Some(_) => {}
                None => first = Some((slot, key)),
            }
        }
        let none = || Error::misuse("KEYS", "a session needs a key, a slot or a node: it is on one connection");
        first.map(|(slot, _)| slot).ok_or_else(none)
    }
}

fn shown(key: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&key[..key.len().min(40)])
}

impl Session {
    /// Any command by name.
    pub fn cmd(&self, name: &str) -> Cmd {
        self.cluster.cmd(name)
    }

    /// An empty unit: what is queued in it is sent between MULTI and EXEC, and runs only if nothing of what is watched has
    /// changed. Dropped without being executed it sends nothing, and what is watched stays so until
    /// [`unwatch`](Commands::unwatch) or [`Session::discard`].
    pub fn multi(&self) -> Pipeline {
        let mut unit = self.cluster.pipeline();
        unit.atomic();
        unit
    }

    /// Forgets a unit, and lets go what is watched.
    ///
    /// # Errors
    ///
    /// As any command's.
    pub async fn discard(&self, unit: Pipeline) -> Result<(), Error> {
        drop(unit);
        self.unwatch().await
    }
}

impl Commands for &Session {
    type Out<T: FromValue> = Call<T>;
    type ByNode<T: FromValue> = Call<PerNode<T>>;

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<T> {
        self.cluster.run(write)
    }

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<PerNode<T>> {
        self.cluster.run_by_node(write)
    }
}
