//! Connections of the caller's own making, instead of TCP and unix sockets.
//!
//! They are foreign code that is polled by the driver's task: one that panics or lies about what it took costs its own
//! connection, and not the client.

use std::{
    fmt,
    future::Future,
    io::{self, IoSlice},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use slotpipe_core::port::Address;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Opens connections.
pub(crate) type Transport = dyn Fn(Target) -> Pin<Box<dyn Future<Output = io::Result<Own>> + Send>> + Send + Sync;

/// Where a transport goes: for [`Builder::transport`](crate::Builder::transport).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// What is to be dialled: the announced address as [`Builder::map_address`](crate::Builder::map_address) maps it. The path
    /// of a unix socket is a host with port 0.
    pub address: Address,
    /// What the cluster calls the node, and what TLS verifies.
    pub announced: Address,
}

/// What a transport gave, or TLS over it.
pub(crate) struct Own(Pin<Box<dyn Duplex>>);

/// Both ways of one connection.
trait Duplex: AsyncRead + AsyncWrite + Send {}

impl<S: AsyncRead + AsyncWrite + Send> Duplex for S {}

impl Own {
    pub(crate) fn new(stream: impl AsyncRead + AsyncWrite + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }

    fn guarded<T>(
        mut self: Pin<&mut Self>,
        poll: impl FnOnce(Pin<&mut dyn Duplex>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let stream = self.0.as_mut();
        catch_unwind(AssertUnwindSafe(|| poll(stream))).unwrap_or_else(|_| failed("the transport panicked"))
    }
}

/// What was taken, if there was so much to take: more would count as sent what was not.
fn at_most(given: usize, taken: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
    if matches!(taken, Poll::Ready(Ok(count)) if count > given) {
        return failed("the transport took more than it was given");
    }
    taken
}

fn failed<T>(why: &'static str) -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::Error::other(why)))
}

impl AsyncRead for Own {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.guarded(|stream| stream.poll_read(cx, buffer))
    }
}

impl AsyncWrite for Own {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        at_most(bytes.len(), self.guarded(|stream| stream.poll_write(cx, bytes)))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let given = slices.iter().map(|slice| slice.len()).sum();
        at_most(given, self.guarded(|stream| stream.poll_write_vectored(cx, slices)))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.guarded(|stream| stream.poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.guarded(|stream| stream.poll_shutdown(cx))
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Own")
    }
}
