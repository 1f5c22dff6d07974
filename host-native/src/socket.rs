//! One open connection: reads into a reused buffer, vectored writes of queued bytes, and exact counts of both.
//!
//! The driver's task polls its sockets itself. A task and a channel per socket would cost two wake-ups and two queue
//! hops per write and per read and would tear replies of one tick apart; here a tick's bytes go out and come in where
//! the engine is. To poll only what is ready, each socket has a waker of its own that puts its number on a list
//! ([`crate::ready`]).

use std::{
    collections::VecDeque,
    future::Future,
    io::{self, IoSlice},
    pin::{Pin, pin},
    task::{Context, Poll},
};

use bytes::{Buf, Bytes, BytesMut};
use slotpipe_core::port::Cause;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf},
    net::{TcpStream, UnixStream},
};
use tokio_rustls::client::TlsStream;

use crate::{dial::lost, transport::Own};

/// The first read of a connection; handshakes and small replies fit.
const FIRST_READ: usize = 8 << 10;
/// A read never asks for more: beyond this the copy out of the kernel dominates, and a slice kept pins this much.
const LARGEST_READ: usize = 256 << 10;
/// Reads of one socket before the others have their turn.
const READS_PER_TURN: u32 = 8;
/// What one `writev` takes on every system.
const SLICES_PER_WRITE: usize = 64;

/// The kinds of connections.
#[derive(Debug)]
pub(crate) enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// What a transport gave, with TLS over it where that was asked for.
    Own(Own),
}

/// An open connection with its queue.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: Stream,
    reading: BytesMut,
    next_read: usize,
    queue: VecDeque<Bytes>,
    /// Bytes that the stream took: the kernel for plain sockets, the TLS machine for TLS, the transport that is not ours.
    written: u64,
    /// Bytes may sit in the TLS machine, or in the transport.
    unflushed: bool,
    broken: Option<Cause>,
}

/// What one turn of reading brought.
#[derive(Debug)]
pub(crate) enum Turn {
    /// Nothing more for now; the waker will tell.
    Idle,
    /// There may be more; call again.
    More,
    /// The connection is over.
    Over(Cause),
}

impl Socket {
    pub(crate) fn new(stream: Stream) -> Self {
        Self {
            stream,
            reading: BytesMut::new(),
            next_read: FIRST_READ,
            queue: VecDeque::new(),
            written: 0,
            unflushed: false,
            broken: None,
        }
    }

    /// Bytes of everything queued so far that may have left.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Queues bytes behind all earlier ones; [`Socket::write`] sends them.
    pub(crate) fn queue(&mut self, bytes: Bytes) {
        if !bytes.is_empty() {
            self.queue.push_back(bytes);
        }
    }

    /// Reads what is there, chunk by chunk.
    pub(crate) fn read(&mut self, cx: &mut Context<'_>, mut take: impl FnMut(Bytes)) -> Turn {
        for _ in 0..READS_PER_TURN {
            match self.read_once(cx) {
                Poll::Ready(Ok(0)) => return Turn::Over(Cause::Lost("closed by the server".into())),
                Poll::Ready(Ok(_)) => take(self.reading.split().freeze()),
                Poll::Ready(Err(error)) => return Turn::Over(lost(&error)),
                Poll::Pending => {
                    // A connection that cannot be written is over as soon as it has nothing more to say.
                    return self.broken.take().map_or(Turn::Idle, Turn::Over);
                }
            }
        }
        Turn::More
    }

    /// Writes what the stream takes. Says whether it took anything.
    pub(crate) fn write(&mut self, cx: &mut Context<'_>) -> bool {
        let before = self.written;
        while self.broken.is_none() && !self.queue.is_empty() {
            match self.write_once(cx) {
                Poll::Ready(Ok(0)) => self.broken = Some(Cause::Lost("closed by the server".into())),
                Poll::Ready(Ok(taken)) => self.took(taken),
                Poll::Ready(Err(error)) => self.broken = Some(lost(&error)),
                Poll::Pending => break,
            }
        }
        if self.unflushed && self.broken.is_none() {
            match Pin::new(&mut self.stream).poll_flush(cx) {
                Poll::Ready(Ok(())) => self.unflushed = false,
                Poll::Ready(Err(error)) => self.broken = Some(lost(&error)),
                Poll::Pending => {}
            }
        }
        if self.broken.is_some() {
            // The reading side has the last word: replies may still lie there.
            cx.waker().wake_by_ref();
        }
        self.written != before
    }

    /// Says goodbye as far as that needs no waiting.
    pub(crate) fn shut_down(mut self, cx: &mut Context<'_>) {
        let _ = Pin::new(&mut self.stream).poll_shutdown(cx);
    }

    fn read_once(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if self.reading.capacity() - self.reading.len() < self.next_read / 2 {
            self.reading.reserve(self.next_read);
        }
        let room = self.reading.capacity() - self.reading.len();
        let read = pin!(self.stream.read_buf(&mut self.reading)).poll(cx);
        if matches!(read, Poll::Ready(Ok(taken)) if taken >= room) {
            self.next_read = (self.next_read * 2).min(LARGEST_READ);
        }
        read
    }

    fn write_once(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.unflushed = matches!(self.stream, Stream::Tls(_) | Stream::Own(_));
        if let (Some(only), 1) = (self.queue.front(), self.queue.len()) {
            return Pin::new(&mut self.stream).poll_write(cx, only);
        }
        let mut slices = [IoSlice::new(&[]); SLICES_PER_WRITE];
        let mut count = 0;
        for (slice, bytes) in slices.iter_mut().zip(&self.queue) {
            *slice = IoSlice::new(bytes);
            count += 1;
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, &slices[..count])
    }

    fn took(&mut self, taken: usize) {
        self.written += taken as u64;
        let mut left = taken;
        while let Some(front) = self.queue.front_mut() {
            if left < front.len() {
                front.advance(left);
                return;
            }
            left -= front.len();
            self.queue.pop_front();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_read(cx, buffer),
            Self::Unix(stream) => Pin::new(stream).poll_read(cx, buffer),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buffer),
            Self::Own(stream) => Pin::new(stream).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Own(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_write_vectored(cx, slices),
            Self::Unix(stream) => Pin::new(stream).poll_write_vectored(cx, slices),
            Self::Tls(stream) => Pin::new(stream).poll_write_vectored(cx, slices),
            Self::Own(stream) => Pin::new(stream).poll_write_vectored(cx, slices),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Self::Unix(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
            Self::Own(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Own(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
