//! Which cluster, and as whom: the options that all verbs with a cluster share.

use std::path::PathBuf;

use slotpipe::{CallOptions, Cluster, ConnectFailure, Engine, Error, ErrorKind, Tls};
use tokio::runtime::{self, Runtime};

use super::Failure;

/// Where the password may come from instead of the terminal; the second is what redis-cli reads.
const PASSWORD_VARIABLES: [&str; 2] = ["SLOTPIPE_PASSWORD", "REDISCLI_AUTH"];

/// Where --help lists these options.
const HEADING: &str = "Cluster";

/// The password is never an argument, where every process could read it.
#[derive(Debug, clap::Args)]
pub(crate) struct Connect {
    /// A node of the cluster, or several parted by commas, or a URL: redis://, rediss://
    #[arg(short = 'c', long = "cluster", value_name = "HOST:PORT", help_heading = HEADING)]
    pub(crate) cluster: Option<String>,
    /// ACL user; the password comes from SLOTPIPE_PASSWORD or REDISCLI_AUTH, or see --askpass
    #[arg(long, value_name = "NAME", help_heading = HEADING)]
    user: Option<String>,
    /// Ask for the password on the terminal
    #[arg(long, help_heading = HEADING)]
    askpass: bool,
    /// Speak TLS
    #[arg(long, help_heading = HEADING)]
    tls: bool,
    /// Trust this PEM file's authorities instead of the system's
    #[arg(long, value_name = "FILE", help_heading = HEADING)]
    cacert: Option<PathBuf>,
    /// Show this certificate to the servers (PEM, with --key)
    #[arg(long, value_name = "FILE", help_heading = HEADING, requires = "key")]
    cert: Option<PathBuf>,
    /// The certificate's key (PEM)
    #[arg(long, value_name = "FILE", help_heading = HEADING, requires = "cert")]
    key: Option<PathBuf>,
}

/// Where the core runs, for all verbs that connect.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(crate) enum Where {
    /// In a WebAssembly sandbox: bounded in memory and time, a fault in it costs the calls that were open
    #[cfg(feature = "component")]
    #[default]
    Component,
    /// Linked into this program: the least work for the processor
    #[cfg_attr(not(feature = "component"), default)]
    InProcess,
}

impl From<Where> for Engine {
    fn from(chosen: Where) -> Self {
        match chosen {
            #[cfg(feature = "component")]
            Where::Component => Self::Component,
            Where::InProcess => Self::InProcess,
        }
    }
}

impl Connect {
    /// Connects; `options` are those of everything that is then sent.
    pub(crate) async fn open(&self, options: CallOptions, engine: Where) -> Result<Cluster, Failure> {
        let Some(seeds) = &self.cluster else {
            return Err(Failure::usage("which cluster? Name one of its nodes with -c HOST:PORT"));
        };
        let mut builder = Cluster::builder(seeds.as_str()).call_options(options).engine(engine.into());
        if let Some(user) = &self.user {
            builder = builder.username(user);
        }
        if let Some(password) = self.password()? {
            builder = builder.password(password);
        }
        if let Some(tls) = self.tls()? {
            builder = builder.tls(tls);
        }
        builder.connect().await.map_err(|error| self.told(&error))
    }

    /// Why there is no connection, and which option would help.
    fn told(&self, error: &Error) -> Failure {
        if let ErrorKind::Misuse { code, message } = error.kind() {
            return match *code {
                "CREDENTIALS" => Failure::usage("--user needs a password: set SLOTPIPE_PASSWORD or give --askpass"),
                _ => Failure::usage(format_args!("-c: {message}")),
            };
        }
        match self.hint(error.kind()) {
            Some(hint) => Failure::failed(format_args!("{error} ({hint})")),
            None => Failure::failed(error),
        }
    }

    fn hint(&self, kind: &ErrorKind) -> Option<&'static str> {
        let ErrorKind::Connect { failure, message } = kind else { return None };
        if message.contains("no RESP") {
            return Some("is that a Redis server?");
        }
        let encrypted = self.tls || self.cacert.is_some() || self.cert.is_some();
        let hint = match failure {
            ConnectFailure::Auth if message.contains("NOPERM") => {
                "the user needs the rights to CLUSTER SLOTS and CLUSTER NODES"
            }
            ConnectFailure::Auth => "the password comes from SLOTPIPE_PASSWORD or REDISCLI_AUTH, --askpass, or a URL",
            ConnectFailure::Tls => "see --cacert, --cert and --key",
            ConnectFailure::TimedOut | ConnectFailure::Unreachable if encrypted => "does that port speak TLS?",
            ConnectFailure::Unreachable if message.contains("connection lost") => "does that port want --tls?",
            ConnectFailure::UnknownHost | ConnectFailure::Refused => return None,
            ConnectFailure::TimedOut | ConnectFailure::Unreachable | _ => return None,
        };
        Some(hint)
    }

    fn password(&self) -> Result<Option<String>, Failure> {
        if !self.askpass {
            return Ok(PASSWORD_VARIABLES
                .iter()
                .find_map(|name| std::env::var(name).ok())
                .filter(|word| !word.is_empty()));
        }
        let terminal = console::Term::stderr();
        if !terminal.is_term() {
            return Err(Failure::usage("--askpass: there is no terminal to ask on: set SLOTPIPE_PASSWORD instead"));
        }
        let read = || {
            terminal.write_str("Password: ")?;
            terminal.read_secure_line()
        };
        read().map(Some).map_err(|error| Failure::usage(format_args!("--askpass: no password could be read: {error}")))
    }

    fn tls(&self) -> Result<Option<Tls>, Failure> {
        if !self.tls && self.cacert.is_none() && self.cert.is_none() {
            return Ok(None);
        }
        let read = |path: &PathBuf| {
            std::fs::read(path).map_err(|error| Failure::usage(format_args!("{}: {error}", path.display())))
        };
        let mut tls = Tls::new();
        if let Some(path) = &self.cacert {
            tls = tls.ca_pem(read(path)?);
        }
        if let (Some(cert), Some(key)) = (&self.cert, &self.key) {
            tls = tls.identity_pem(read(cert)?, read(key)?);
        }
        Ok(Some(tls))
    }
}

/// One thread runs the client: its work for a command is less than handing the command to another thread.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::failed(format_args!("cannot start: {error}")))
}
