//! [`Builder`]: options of a client, checked and turned into a running driver by [`Builder::connect`].

use std::{
    collections::hash_map::RandomState,
    fmt,
    future::Future,
    hash::{BuildHasher, Hasher},
    io,
    sync::Arc,
    time::Duration,
};

pub use slotpipe_core::config::{Coverage, Limits, Trust};
use slotpipe_core::{
    config::Config,
    port::{Address, Credentials, ReadFrom},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{oneshot, watch},
};

#[cfg(feature = "component")]
use crate::component::{Component, ComponentMaker};
use crate::{
    cluster::Cluster,
    dial::{Dialer, WhoAmI},
    door::Door,
    driver::{Driver, Parts},
    engine::{InProcessMaker, Make},
    error::{ConnectFailure, Error, ErrorKind},
    options::{CallOptions, millis},
    read_order::ReadOrder,
    seeds::Seeds,
    tls::Tls,
    topology::{Node, Topology},
    transport::{Own, Target},
};

/// Where the core of a client runs. [`Builder::connect_with`] takes any other.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Engine {
    /// Linked in, as an ordinary crate. Taken if none is named and the feature `component` is off.
    #[cfg_attr(not(feature = "component"), default)]
    InProcess,
    /// The component that this crate carries, in wasmtime. Taken if none is named. Compiled once per process; wasmtime's
    /// cache keeps the code for the next.
    #[cfg(feature = "component")]
    #[default]
    Component,
    /// A component of the embedder's wasmtime engine, or with limits of its own.
    #[cfg(feature = "component")]
    Embedded(Component),
}

/// Options of a client. See [`Cluster::builder`].
#[must_use = "options do nothing until connect() is awaited"]
pub struct Builder {
    seeds: Seeds,
    config: Config,
    username: Option<String>,
    password: Option<String>,
    who: Option<WhoAmI>,
    tls: Option<Tls>,
    dialer: Dialer,
    defaults: CallOptions,
    read_order: Option<ReadOrder>,
    lazy: bool,
    engine: Engine,
}

impl Builder {
    pub(crate) fn new(seeds: Seeds) -> Self {
        let library = ("slotpipe".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        Self {
            seeds,
            config: Config { library, random_seed: RandomState::new().build_hasher().finish(), ..Config::default() },
            username: None,
            password: None,
            who: None,
            tls: None,
            dialer: Dialer::default(),
            defaults: CallOptions::default(),
            read_order: None,
            lazy: false,
            engine: Engine::default(),
        }
    }

    /// ACL user; the default user if not given.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// The user's password.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Asks this function for credentials, for every connection anew.
    pub fn credentials<F, R, E>(mut self, ask: F) -> Self
    where
        F: Fn(Address) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Credentials, E>> + Send + 'static,
        E: fmt::Display,
    {
        self.who = Some(WhoAmI::Asked(Arc::new(move |address| {
            let answer = ask(address);
            Box::pin(async move { answer.await.map_err(|error| error.to_string()) })
        })));
        self
    }

    /// Encrypts every connection. `rediss://` does the same with [`Tls::new`].
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Dials another address than the announced one (NAT, containers). TLS verifies the announced name.
    pub fn map_address(mut self, map: impl Fn(&Address) -> Address + Send + Sync + 'static) -> Self {
        self.dialer.map_address = Some(Arc::new(map));
        self
    }

    /// Opens every connection by this function instead of TCP or a unix socket: through a tunnel, or to something in this
    /// process. What it gives carries bytes both ways in their order; TLS, if it was asked for, is spoken over it. Bytes that it
    /// has taken count as possibly sent. It is dropped where it takes longer than [`Builder::connect_timeout`].
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), slotpipe::Error> {
    /// use slotpipe::Cluster;
    /// use tokio::net::TcpStream;
    ///
    /// let db = Cluster::builder("10.0.0.1:7000")
    ///     .transport(|target| async move {
    ///         println!("to {}", target.announced);
    ///         TcpStream::connect(("127.0.0.1", target.address.port)).await
    ///     })
    ///     .connect()
    ///     .await?;
    /// # drop(db);
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport<F, R, S>(mut self, open: F) -> Self
    where
        F: Fn(Target) -> R + Send + Sync + 'static,
        R: Future<Output = io::Result<S>> + Send + 'static,
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        self.dialer.transport = Some(Arc::new(move |target| {
            let opened = open(target);
            Box::pin(async move { opened.await.map(Own::new) })
        }));
        self
    }

    /// The connections' name on the servers (CLIENT SETNAME).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.config.client_name = Some(name.into());
        self
    }

    /// Speaks RESP2 and does not ask for RESP3.
    pub fn resp2(mut self) -> Self {
        self.config.resp3 = false;
        self
    }

    /// Database of a single server; a cluster has only 0.
    pub fn database(mut self, database: u16) -> Self {
        self.config.database = database;
        self
    }

    /// Which addresses may be connected to.
    pub fn trust(mut self, trust: Trust) -> Self {
        self.config.trust = trust;
        self
    }

    /// Time for all attempts of a call.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.config.deadline_ms = millis(deadline);
        self
    }

    /// The same for commands that are slow by nature (KEYS, FLUSHALL, SCRIPT).
    pub fn slow_deadline(mut self, deadline: Duration) -> Self {
        self.config.slow_deadline_ms = millis(deadline);
        self
    }

    /// Time for one dial, TLS and handshake included.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.config.connect_ms = millis(limit);
        self
    }

    /// How long to wait before a node that could not be reached is tried again: at least `least` (10 ms or more), then twice
    /// as long after each attempt that fails, up to `most` if that is more, and up to half as long again. 200 ms and 250 ms
    /// if not given.
    pub fn reconnect_delay(mut self, least: Duration, most: Duration) -> Self {
        self.config.reconnect_ms = millis(least);
        self.config.reconnect_most_ms = millis(most);
        self
    }

    /// Redirects followed per command.
    pub fn max_redirects(mut self, hops: u8) -> Self {
        self.config.max_redirects = hops;
        self
    }

    /// Who answers commands that only read, where a call or pipeline does not say: [`ReadFrom::Primary`] if not given. All
    /// others give up reading what was written before, unless in the same pipeline.
    pub fn read_from(mut self, read_from: ReadFrom) -> Self {
        self.config.read_from = read_from;
        self
    }

    /// Reads from the nodes that this function names, the first that can serve; where none can, from the primary. It is
    /// given the lowest slot of a shard and the shard's nodes, the primary first, each time the topology changes. This is
    /// what [`ReadFrom::Listed`] means, and the default from then on.
    pub fn read_order(mut self, choose: impl Fn(u16, &[Node]) -> Vec<Address> + Send + Sync + 'static) -> Self {
        self.read_order = Some(ReadOrder::new(choose));
        self.read_from(ReadFrom::Listed)
    }

    /// Time between two PINGs to each node, as long as anybody reads from the nearest: 10 s if not given.
    pub fn measure_interval(mut self, interval: Duration) -> Self {
        self.config.measure_ms = millis(interval);
        self
    }

    /// How long a connection may be silent before it is asked by PING whether it lives: 30 s if not given.
    pub fn idle_ping(mut self, silence: Duration) -> Self {
        self.config.idle_ms = millis(silence);
        self
    }

    /// How long a connection may go unused by callers before it is closed: for ever if not given, or zero. Sessions,
    /// subscriptions and scans keep theirs. What is needed is dialled anew: by the next command, by refreshes of the slot map
    /// (one node), and to measure which node is nearest (all).
    pub fn idle_timeout(mut self, unused: Duration) -> Self {
        self.config.unused_ms = if unused.is_zero() { 0 } else { millis(unused) };
        self
    }

    /// Dials the seeds before discovered nodes, where the slot map is refreshed and nothing is connected.
    pub fn seeds_first(mut self) -> Self {
        self.config.seeds_first = true;
        self
    }

    /// Whether a slot map with slots that nobody owns will do to begin with: it will, if not given.
    pub fn coverage(mut self, coverage: Coverage) -> Self {
        self.config.coverage = coverage;
        self
    }

    /// Time between periodic refreshes of the slot map.
    pub fn refresh_interval(mut self, interval: Duration) -> Self {
        self.config.refresh_ms = millis(interval);
        self
    }

    /// Least time between two refreshes, whatever asks for them.
    pub fn refresh_gap(mut self, gap: Duration) -> Self {
        self.config.refresh_gap_ms = millis(gap);
        self
    }

    /// What is bounded, and by how much.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.config.limits = limits;
        self
    }

    /// Options of every call that names none of its own.
    pub fn call_options(mut self, options: CallOptions) -> Self {
        self.defaults = options;
        self
    }

    /// Tells what happens inside as `tracing` events: see [`diagnostics`](crate::diagnostics). Counters are kept anyway.
    pub fn diagnostics(mut self) -> Self {
        self.config.diagnostics = true;
        self
    }

    /// Does not wait for the slot map: the first commands do, within their deadlines.
    pub fn lazy(mut self) -> Self {
        self.lazy = true;
        self
    }

    /// Where the core runs: [`Engine::default`] if not given.
    pub fn engine(mut self, engine: Engine) -> Self {
        self.engine = engine;
        self
    }

    /// Connects. Ready when the slot map is known.
    ///
    /// # Errors
    ///
    /// One line: what is wrong with the options, or every seed with the reason why it could not be used.
    pub async fn connect(self) -> Result<Cluster, Error> {
        match self.engine.clone() {
            Engine::InProcess => self.connect_with(InProcessMaker).await,
            #[cfg(feature = "component")]
            Engine::Component => {
                // Compiling takes long enough to be no work for the threads that run tasks.
                let compiled = tokio::task::spawn_blocking(Component::shared).await;
                let component = compiled.unwrap_or_else(|_| Err(Error::closed()))?;
                self.connect_with(|config| ComponentMaker::new(component, config)).await
            }
            #[cfg(feature = "component")]
            Engine::Embedded(component) => self.connect_with(|config| ComponentMaker::new(component, config)).await,
        }
    }

    /// Connects with engines of another kind; `maker` is given the checked configuration.
    ///
    /// # Errors
    ///
    /// As [`Builder::connect`].
    pub async fn connect_with<M: Make<Engine: Unpin> + Unpin>(
        self,
        maker: impl FnOnce(Config) -> M,
    ) -> Result<Cluster, Error> {
        let lazy = self.lazy;
        let (defaults, read_order) = (self.defaults.clone(), self.read_order.clone());
        let (config, dialer) = self.check()?;
        let who = dialer.credentials.clone();
        let (topology, watched) = watch::channel(Arc::new(Topology::default()));
        let door = Arc::new(Door::default());
        let (ready, is_ready) = oneshot::channel();
        let (deadline_ms, diagnostics) = (config.deadline_ms, config.diagnostics);
        let driver = Driver::new(Parts {
            door: Arc::clone(&door),
            make: maker(config),
            dialer,
            deadline_ms,
            diagnostics,
            topology,
            read_order,
            ready: (!lazy).then_some(ready),
        });
        let driver = driver.map_err(|broken| {
            Error::new(ErrorKind::Connect { failure: ConnectFailure::Unreachable, message: broken.to_string() })
        })?;
        let cluster = Cluster::new(door, watched, who, defaults);
        tokio::spawn(driver);
        if !lazy {
            is_ready.await.unwrap_or_else(|_| Err(Error::closed()))?;
        }
        Ok(cluster)
    }

    fn check(self) -> Result<(Config, Dialer), Error> {
        let Self { seeds, mut config, username, password, who, tls, mut dialer, .. } = self;
        let parsed = seeds.parse()?;
        config.seeds = parsed.addresses;
        if parsed.database != 0 {
            config.database = parsed.database;
        }
        let tls = tls.or_else(|| parsed.tls.then(Tls::new));
        if tls.is_some() && config.seeds.iter().any(|seed| seed.port == 0) {
            return Err(Error::misuse("URL", "a unix socket cannot speak TLS: drop tls() or name host:port"));
        }
        config.tls = tls.is_some();
        dialer.tls = tls.map(|tls| tls.connector()).transpose()?;
        dialer.credentials = match (who, username, password) {
            (Some(who), None, None) => who,
            (Some(_), _, _) => {
                let message = "credentials() and username()/password() are both given: choose one";
                return Err(Error::misuse("CREDENTIALS", message));
            }
            (None, Some(_), None) if parsed.credentials.is_none() => {
                return Err(Error::misuse("CREDENTIALS", "a username is given without a password: add password()"));
            }
            (None, None, None) => parsed.credentials.map_or(WhoAmI::Nobody, WhoAmI::Fixed),
            (None, username, password) => {
                let Credentials { username: url_user, password: url_password } =
                    parsed.credentials.unwrap_or(Credentials { username: None, password: String::new() });
                WhoAmI::Fixed(Credentials {
                    username: username.or(url_user),
                    password: password.unwrap_or(url_password),
                })
            }
        };
        Ok((config, dialer))
    }
}

/// Credentials and keys stay out of logs.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("seeds", &self.seeds).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(builder: Builder) -> String {
        builder.check().expect_err("a refusal").to_string()
    }

    #[test]
    fn credentials_come_from_one_place() {
        let twice = Cluster::builder("h:1")
            .password("secret")
            .credentials(|_| async { Ok::<_, String>(Credentials { username: None, password: String::new() }) });
        assert_eq!(refusal(twice), "CREDENTIALS: credentials() and username()/password() are both given: choose one");
        let half = Cluster::builder("h:1").username("app");
        assert_eq!(refusal(half), "CREDENTIALS: a username is given without a password: add password()");
    }

    #[test]
    fn a_builder_prints_no_secret() {
        let builder = Cluster::builder("redis://u:secret@h:1").password("secret");
        assert!(!format!("{builder:?}").contains("secret"));
    }

    #[test]
    fn a_url_sets_tls_and_database_and_a_unix_socket_refuses_tls() {
        let roots = Tls::new().server_name("x");
        let (config, dialer) = Cluster::builder("rediss://h:1/3").tls(roots.clone()).check().expect("options");
        assert!(config.tls && dialer.tls.is_some());
        assert_eq!(config.database, 3);
        assert!(refusal(Cluster::builder("unix:///run/x").tls(roots)).contains("unix socket"));
    }
}
