//! From an address to a connection: mapping, name resolution, TCP or unix socket or the caller's own transport, TLS,
//! credentials, one time limit.
//!
//! A dial runs as a task of its own, because a TLS handshake computes for a millisecond and name resolution may block;
//! the driver only awaits its end. Several resolved addresses are tried in turn, each with its share of the time left.

use std::{fmt, future::Future, io, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use slotpipe_core::port::{Address, Cause, Credentials};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpSocket, TcpStream, UnixStream, lookup_host},
    time::{Instant, timeout_at},
};
use tokio_rustls::client::TlsStream;

use crate::{
    socket::Stream,
    tls::{self, Connector},
    transport::{Own, Target, Transport},
};

/// Asks for credentials, once per connection, so that they can rotate.
pub(crate) type AskCredentials =
    dyn Fn(Address) -> Pin<Box<dyn Future<Output = Result<Credentials, String>> + Send>> + Send + Sync;

/// Announced address in, dialled address out.
pub(crate) type MapAddress = dyn Fn(&Address) -> Address + Send + Sync;

/// Everything that a dial needs to know beyond the address.
#[derive(Clone, Default)]
pub(crate) struct Dialer {
    pub(crate) tls: Option<Connector>,
    pub(crate) credentials: WhoAmI,
    pub(crate) map_address: Option<Arc<MapAddress>>,
    pub(crate) transport: Option<Arc<Transport>>,
}

/// What a connection authenticates with.
#[derive(Clone, Default)]
pub(crate) enum WhoAmI {
    /// Nothing.
    #[default]
    Nobody,
    /// Always the same.
    Fixed(Credentials),
    /// What a function says at the time.
    Asked(Arc<AskCredentials>),
}

impl WhoAmI {
    /// What to authenticate with at this node.
    pub(crate) async fn tell(&self, node: &Address) -> Result<Option<Credentials>, String> {
        match self {
            Self::Nobody => Ok(None),
            Self::Fixed(credentials) => Ok(Some(credentials.clone())),
            Self::Asked(ask) => ask(node.clone()).await.map(Some),
        }
    }
}

/// A connection before the first byte of the protocol.
#[derive(Debug)]
pub(crate) struct Dialled {
    pub(crate) stream: Stream,
    pub(crate) credentials: Option<Credentials>,
}

impl Dialer {
    /// Dials, or gives up after `limit`.
    pub(crate) async fn dial(self, address: Address, limit: Duration) -> Result<Dialled, Cause> {
        let end = Instant::now() + limit;
        timeout_at(end, self.attempt(address, end)).await.unwrap_or_else(|_| Err(Cause::TimedOut))
    }

    async fn attempt(self, announced: Address, end: Instant) -> Result<Dialled, Cause> {
        let credentials = self.credentials.tell(&announced).await;
        let credentials = credentials.map_err(|reason| Cause::Denied(format!("no credentials: {reason}")))?;
        let dialled = self.map_address.as_ref().map_or_else(|| announced.clone(), |map| map(&announced));
        let stream = match (self.transport, self.tls) {
            (None, _) if dialled.port == 0 => {
                let socket = UnixStream::connect(&dialled.host).await;
                Stream::Unix(socket.map_err(|error| not_connected(&error, None))?)
            }
            (None, None) => Stream::Tcp(tcp(&dialled, end).await?),
            (None, Some(tls)) => Stream::Tls(Box::new(secure(&tls, &announced, tcp(&dialled, end).await?).await?)),
            (Some(open), tls) => {
                let socket = open(Target { address: dialled, announced: announced.clone() }).await;
                let socket = socket.map_err(|error| not_connected(&error, None))?;
                Stream::Own(match tls {
                    None => socket,
                    Some(tls) => Own::new(secure(&tls, &announced, socket).await?),
                })
            }
        };
        Ok(Dialled { stream, credentials })
    }
}

/// TLS over a connection to the node that is called so.
async fn secure<S>(tls: &Connector, announced: &Address, socket: S) -> Result<TlsStream<S>, Cause>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let name = tls.name_of(announced).map_err(Cause::Tls)?;
    tls.tls.connect(name, socket).await.map_err(|error| Cause::Tls(tls::reason(&error)))
}

async fn tcp(address: &Address, end: Instant) -> Result<TcpStream, Cause> {
    let found = lookup_host((address.host.as_str(), address.port)).await;
    let found: Vec<SocketAddr> = match found {
        Ok(found) => found.collect(),
        Err(error) => return Err(unknown_host(&address.host, &error)),
    };
    let mut last = None;
    for (at, candidate) in found.iter().enumerate() {
        let left = u32::try_from(found.len() - at).unwrap_or(u32::MAX);
        let share = end.saturating_duration_since(Instant::now()) / left;
        match timeout_at(Instant::now() + share, connect(*candidate)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = Some(not_connected(&error, (found.len() > 1).then_some(*candidate))),
            Err(_) => last = Some(Cause::TimedOut),
        }
    }
    Err(last.unwrap_or_else(|| unknown_host(&address.host, &io::Error::other("no address"))))
}

async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_keepalive(true)?;
    let stream = socket.connect(address).await?;
    // A batch is one write; there is nothing to wait for.
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn unknown_host(host: &str, error: &io::Error) -> Cause {
    let text = error.to_string();
    let detail = text.rsplit(": ").next().unwrap_or_default();
    Cause::UnknownHost(format!("unknown host {host:?} ({detail})"))
}

/// `candidate` is named where a host name stands for several addresses.
fn not_connected(error: &io::Error, candidate: Option<SocketAddr>) -> Cause {
    let reason = io_reason(error);
    let text = candidate.map_or_else(|| reason.clone(), |candidate| format!("{reason} by {candidate}"));
    if error.kind() == io::ErrorKind::ConnectionRefused {
        Cause::Refused(text)
    } else if error.kind() == io::ErrorKind::TimedOut {
        Cause::TimedOut
    } else {
        Cause::Unreachable(text)
    }
}

/// How a connection has ended that was up: a server may refuse a certificate when the handshake is over for the client.
pub(crate) fn lost(error: &io::Error) -> Cause {
    let is_tls = tls::failed(error).is_some();
    if is_tls { Cause::Tls(tls::reason(error)) } else { Cause::Lost(io_reason(error)) }
}

/// The system's words without their number.
pub(crate) fn io_reason(error: &io::Error) -> String {
    let text = tls::reason(error);
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer").field("tls", &self.tls.is_some()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn failure(dialer: Dialer, address: Address) -> Cause {
        dialer.dial(address, Duration::from_millis(500)).await.expect_err("a failure")
    }

    #[tokio::test]
    async fn a_port_where_nobody_listens_is_refused() {
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("bound").port();
        let error = failure(Dialer::default(), Address::new("127.0.0.1", free)).await;
        assert_eq!(error, Cause::Refused("connection refused".into()));
    }

    #[tokio::test]
    async fn a_name_without_an_address_is_an_unknown_host() {
        let dialer = Dialer::default();
        let error = dialer.dial(Address::new("no-such-host.invalid", 1), Duration::from_secs(10)).await;
        let error = error.expect_err("a failure");
        assert!(matches!(error, Cause::UnknownHost(_)), "{error}");
    }

    #[tokio::test]
    async fn a_listener_that_never_speaks_tls_runs_into_the_limit() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let tls = Some(crate::Tls::new().server_name("x").connector().expect("system roots"));
        let error = failure(Dialer { tls, ..Dialer::default() }, Address::new("127.0.0.1", port)).await;
        assert_eq!(error, Cause::TimedOut);
    }

    #[tokio::test]
    async fn the_mapped_address_is_dialled_and_the_function_asked_for_credentials_of_the_announced_one() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let dialer = Dialer {
            map_address: Some(Arc::new(move |_| Address::new("127.0.0.1", port))),
            credentials: WhoAmI::Asked(Arc::new(|address: Address| {
                Box::pin(async move { Ok(Credentials { username: None, password: address.host }) })
            })),
            ..Dialer::default()
        };
        let dialled = dialer.dial(Address::new("announced", 1), Duration::from_secs(1)).await.expect("a connection");
        assert_eq!(dialled.credentials.map(|credentials| credentials.password), Some("announced".to_owned()));
    }

    #[tokio::test]
    async fn a_function_without_credentials_fails_the_dial_with_its_reason() {
        let ask: Arc<AskCredentials> = Arc::new(|_| Box::pin(async { Err("vault is sealed".to_owned()) }));
        let dialer = Dialer { credentials: WhoAmI::Asked(ask), ..Dialer::default() };
        let error = failure(dialer, Address::new("127.0.0.1", 1)).await;
        assert_eq!(error, Cause::Denied("no credentials: vault is sealed".into()));
    }
}
