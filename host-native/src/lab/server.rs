//! One redis-server on free ports, in a directory of its own.
//!
//! The server is a child of this process, so its id stays ours until we have waited for it: signals can go to no
//! stranger. Its configuration is a file, its output a log whose end stands in every error message.

use std::{
    fmt::Write as _,
    fs::{self, DirBuilder, File},
    io::{self, ErrorKind},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    os::unix::{fs::DirBuilderExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use super::{
    Error, Result, ports,
    resp::{Client, Reply},
    wait_until,
};

/// A running redis-server (or a killed one that can be started again).
#[derive(Debug)]
pub struct Server {
    process: Mutex<Option<Running>>, // first: it ends before its directory goes
    kept: Mutex<Option<Client>>,
    home: Home,
    options: ServerOptions,
    port: u16,
    tls_port: Option<u16>,
    bus_port: Option<u16>,
}

/// How to start it.
#[derive(Clone, Debug, Default)]
pub struct ServerOptions {
    /// What to start; else what SLOTPIPE_REDIS_SERVER names, else `redis-server`.
    pub program: Option<PathBuf>,
    /// Cluster mode, with a bus port of its own.
    pub cluster: bool,
    /// Listen on ::1 and nowhere else; otherwise on 127.0.0.1 and nowhere else.
    pub ipv6: bool,
    /// `requirepass` (and `masterauth`) for the default user.
    pub password: Option<String>,
    /// TLS on a second port; the cluster bus and replication use it too. The plain port stays, for the lab.
    pub tls: Option<Tls>,
    /// More lines of redis.conf, such as `user reader on >secret ~* +@read`.
    pub config: Vec<String>,
}

/// PEM texts.
#[derive(Clone, Debug)]
pub struct Tls {
    /// What the server shows.
    pub certificate: String,
    /// Its key.
    pub key: String,
    /// Who signed it, and those of clients.
    pub authority: String,
    /// Refuse clients without a certificate.
    pub clients: bool,
}

impl Server {
    /// Starts a server and waits until it answers.
    pub fn start(options: &ServerOptions) -> Result<Self> {
        let mut attempts = 5;
        loop {
            match Self::start_once(options) {
                Err(error) if attempts > 1 && error.0.contains("Address already in use") => attempts -= 1,
                outcome => return outcome,
            }
        }
    }

    fn start_once(options: &ServerOptions) -> Result<Self> {
        let server = Self {
            process: Mutex::new(None),
            kept: Mutex::new(None),
            home: Home::new()?,
            options: options.clone(),
            port: ports::free()?,
            tls_port: options.tls.as_ref().map(|_| ports::free()).transpose()?,
            bus_port: options.cluster.then(ports::free).transpose()?,
        };
        server.home.write("redis.conf", &server.config())?;
        if let Some(tls) = &options.tls {
            server.home.write("certificate.pem", &tls.certificate)?;
            server.home.write("key.pem", &tls.key)?;
            server.home.write("authority.pem", &tls.authority)?;
        }
        server.restart()?;
        Ok(server)
    }

    /// The address that it listens on.
    pub fn ip(&self) -> IpAddr {
        if self.options.ipv6 { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() }
    }

    /// Where the lab (and any client without TLS) connects.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port that speaks TLS.
    pub fn tls_port(&self) -> Option<u16> {
        self.tls_port
    }

    /// The port of the cluster bus.
    pub fn bus_port(&self) -> Option<u16> {
        self.bus_port
    }

    /// The port by which the nodes of its cluster know it: the TLS port if it has one.
    pub fn announced_port(&self) -> u16 {
        self.tls_port.unwrap_or(self.port)
    }

    /// `127.0.0.1:PORT` or `[::1]:PORT`, of the plain port.
    pub fn address(&self) -> String {
        SocketAddr::new(self.ip(), self.port).to_string()
    }

    /// Its unix socket.
    pub fn socket_path(&self) -> PathBuf {
        self.home.0.join("redis.sock")
    }

    /// What it was started with.
    pub fn options(&self) -> &ServerOptions {
        &self.options
    }

    /// A connection as the default user, authenticated.
    pub fn client(&self) -> Result<Client> {
        let mut client = Client::connect((self.ip(), self.port))?;
        if let Some(password) = &self.options.password {
            client.ask(["AUTH", password])?;
        }
        Ok(client)
    }

    /// One command on a connection kept for such; an error reply is a failure.
    pub fn ask<A: AsRef<[u8]>>(&self, args: impl IntoIterator<Item = A>) -> Result<Reply> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = kept().take().filter(Client::is_quiet);
        let mut client = idle.map_or_else(|| self.client(), Ok)?;
        let reply = client.ask(args)?;
        *kept() = Some(client);
        Ok(reply)
    }

    /// Its process id while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.process().as_ref().map(|running| running.child.id())
    }

    /// Whether it runs and is not paused.
    pub fn is_up(&self) -> bool {
        self.process().as_ref().is_some_and(|running| !running.paused)
    }

    /// `kill -9`, as a crash would end it; returns when it is gone. Its ports and directory stay.
    pub fn kill(&self) {
        *self.process() = None;
    }

    /// Starts it (again, if it was killed) on its ports and in its directory; returns when it answers.
    pub fn restart(&self) -> Result<()> {
        let mut process = self.process();
        *process = None;
        let running = process.insert(Running::start(&self.home.0, self.options.program.as_deref())?);
        wait_until(START_LIMIT, &format!("redis-server on port {} to answer", self.port), || {
            if let Ok(Some(status)) = running.child.try_wait() {
                return Ok(Err(Error::new(format!("redis-server ended ({status}):\n{}", self.log_tail()))));
            }
            let reply = Client::connect((self.ip(), self.port))?.call(["PING"])?;
            if reply.error_code() == Some("LOADING") {
                return Err(Error::new("it is loading its data"));
            }
            Ok(Ok(()))
        })?
    }

    /// SIGSTOP: connections stay open and nothing answers.
    pub fn pause(&self) -> Result<()> {
        self.signal("STOP", true)
    }

    /// SIGCONT.
    pub fn resume(&self) -> Result<()> {
        self.signal("CONT", false)
    }

    /// The last lines it logged.
    pub fn log_tail(&self) -> String {
        let log = fs::read_to_string(self.home.0.join(LOG)).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(12)..].join("\n")
    }

    fn signal(&self, name: &str, pauses: bool) -> Result<()> {
        let mut process = self.process();
        let running =
            process.as_mut().ok_or_else(|| Error::new(format!("the server on port {} does not run", self.port)))?;
        running.signal(name)?;
        running.paused = pauses;
        Ok(())
    }

    fn process(&self) -> MutexGuard<'_, Option<Running>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Loopback only, nothing on disk but the cluster's own state, no waiting where a server in the field would wait.
    fn config(&self) -> String {
        let mut conf = String::from(
            "protected-mode no\nunixsocket redis.sock\nsave \"\"\nappendonly no\n\
             repl-diskless-sync-delay 0\nshutdown-timeout 0\nenable-debug-command local\n",
        );
        let mut line = |text: std::fmt::Arguments<'_>| {
            let _ = writeln!(conf, "{text}");
        };
        line(format_args!("bind {}\nport {}", self.ip(), self.port));
        if let Some(bus) = self.bus_port {
            line(format_args!("cluster-enabled yes\ncluster-port {bus}\ncluster-config-file nodes.conf"));
        }
        if let Some(password) = &self.options.password {
            line(format_args!("requirepass \"{password}\"\nmasterauth \"{password}\""));
        }
        if let (Some(tls), Some(port)) = (&self.options.tls, self.tls_port) {
            line(format_args!("tls-port {port}\ntls-replication yes\ntls-ca-cert-file authority.pem"));
            line(format_args!("tls-cert-file certificate.pem\ntls-key-file key.pem"));
            line(format_args!("tls-auth-clients {}", if tls.clients { "yes" } else { "optional" }));
            if self.options.cluster {
                line(format_args!("tls-cluster yes"));
            }
        }
        for extra in &self.options.config {
            line(format_args!("{extra}"));
        }
        conf
    }
}

const LOG: &str = "redis.log";
const START_LIMIT: Duration = Duration::from_secs(15);

/// The child, and the shell that sees to its end should we not live to do it.
#[derive(Debug)]
struct Running {
    child: Child,
    leash: Option<Child>,
    paused: bool,
}

impl Running {
    fn start(home: &Path, program: Option<&Path>) -> Result<Self> {
        let named = || std::env::var_os("SLOTPIPE_REDIS_SERVER").map(PathBuf::from);
        let program = program.map(Path::to_path_buf).or_else(named).unwrap_or_else(|| "redis-server".into());
        let failed = |e: io::Error| {
            if e.kind() == ErrorKind::NotFound {
                return Error::new(format!(
                    "cannot find {}: install it (Debian: apt-get install redis-server) \
                     or name it in SLOTPIPE_REDIS_SERVER",
                    program.display()
                ));
            }
            Error::new(format!("cannot start {}: {e}", program.display()))
        };
        let log = File::create(home.join(LOG)).map_err(failed)?;
        let child = Command::new(&program)
            .arg("redis.conf")
            .current_dir(home)
            .process_group(0) // Ctrl-C at the terminal is for this process alone
            .stdin(Stdio::null())
            .stderr(log.try_clone().map_err(failed)?)
            .stdout(log)
            .spawn()
            .map_err(failed)?;
        let mut running = Self { child, leash: None, paused: false };
        running.leash = Some(leash(running.child.id(), home)?);
        Ok(running)
    }

    fn signal(&self, name: &str) -> Result<()> {
        let pid = self.child.id().to_string();
        let status = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &pid]).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(Error::new(format!("kill -s {name} {pid}: {status}"))),
            Err(e) => Err(Error::new(format!("kill -s {name} {pid}: {e}"))),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for process in self.leash.iter_mut().chain([&mut self.child]) {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// A shell that reads a pipe which only we hold open: when it ends, so have we, and the server and its directory go.
fn leash(pid: u32, home: &Path) -> Result<Child> {
    const SCRIPT: &str = r#"while read -r _; do :; done; kill -s KILL "$1"; rm -rf -- "$2""#;
    Command::new("sh")
        .args(["-c", SCRIPT, "leash"])
        .arg(pid.to_string())
        .arg(home)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Error::new(format!("cannot start sh: {e}")))
}

/// A directory for one server, removed with it.
#[derive(Debug)]
struct Home(PathBuf);

impl Home {
    fn new() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("slotpipe-lab-{}-{number}", std::process::id()));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(Error::new(format!("create {}: {e}", path.display()))),
            }
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.0.join(name);
        fs::write(&path, text).map_err(|e| Error::new(format!("write {}: {e}", path.display())))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
