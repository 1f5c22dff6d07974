//! What a transport may give: a stream with nothing of a socket, behind which is one; and streams that misbehave.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use slotpipe::Address;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, ReadBuf, duplex},
    net::TcpStream,
    task::JoinHandle,
};

/// It holds so many bytes each way, and reads so many at once.
const ROOM: usize = 1_000;

/// All tunnels of a client, and what went through them.
#[derive(Clone, Default)]
pub(crate) struct Tunnels(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    ends: Vec<JoinHandle<()>>,
    said: Vec<u8>,
}

impl Tunnels {
    /// A new one to this address.
    pub(crate) async fn dig(&self, to: &Address) -> io::Result<DuplexStream> {
        let socket = TcpStream::connect((to.host.as_str(), to.port)).await?;
        let (here, there) = duplex(ROOM);
        let tunnels = self.clone();
        let end = tokio::spawn(async move {
            // Whoever ends it first ends it.
            let _ = tunnels.carry(there, socket).await;
        });
        self.0.lock().unwrap().ends.push(end);
        Ok(here)
    }

    async fn carry(&self, there: DuplexStream, mut socket: TcpStream) -> io::Result<()> {
        let (mut requests, mut replies) = tokio::io::split(there);
        let (mut from, mut to) = socket.split();
        let asked = async {
            let mut chunk = [0; ROOM];
            loop {
                let taken = requests.read(&mut chunk).await?;
                if taken == 0 {
                    return to.shutdown().await;
                }
                self.0.lock().unwrap().said.extend_from_slice(&chunk[..taken]);
                to.write_all(&chunk[..taken]).await?;
            }
        };
        let answered = tokio::io::copy(&mut from, &mut replies);
        tokio::try_join!(asked, answered).map(|_| ())
    }

    /// How many there have been.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().ends.len()
    }

    /// Whether all have come to their end.
    pub(crate) fn are_over(&self) -> bool {
        self.0.lock().unwrap().ends.iter().all(JoinHandle::is_finished)
    }

    /// Whether these words went through one of them in the clear.
    pub(crate) fn heard(&self, words: &str) -> bool {
        let said = &self.0.lock().unwrap().said;
        said.windows(words.len()).any(|part| part == words.as_bytes())
    }
}

/// What a stream does from some write on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It panics.
    Panics,
    /// It says that it took more than there was.
    Boasts,
    /// It takes all, sends nothing, and ends.
    Swallows,
}

/// A stream that misbehaves when these words are written to it.
pub(crate) struct Faulty {
    pub(crate) stream: TcpStream,
    pub(crate) words: &'static str,
    pub(crate) fault: Fault,
    pub(crate) is_over: bool,
}

impl AsyncRead for Faulty {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.is_over {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Faulty {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { stream, words, fault, is_over } = self.get_mut();
        if !bytes.windows(words.len()).any(|part| part == words.as_bytes()) {
            return Pin::new(stream).poll_write(cx, bytes);
        }
        match fault {
            Fault::Panics => panic!("on purpose"),
            Fault::Boasts => Poll::Ready(Ok(bytes.len() + 1)),
            Fault::Swallows => {
                *is_over = true;
                cx.waker().wake_by_ref();
                Poll::Ready(Ok(bytes.len()))
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
