//! A proxy before one server: passes bytes on both ways, tells the oracle, and misbehaves when told to.
//!
//! What a network does is done here: connections are reset at a byte, halves are closed, bytes are held back, delayed,
//! or cut small, and sometimes nobody reads. Connections of replicas to their primaries pass unharmed.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    net::{Shutdown, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use socket2::SockRef;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
    time::sleep,
};

use crate::oracle::{Conn, Oracle};

/// From the client to the server, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Requests.
    There,
    /// Replies.
    Back,
}

/// What lasts until it is taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What is read is kept, per way.
    pub hold: [bool; 2],
    /// Nothing is read, per way.
    pub deaf: [bool; 2],
    /// Each chunk waits so long.
    pub delay: Duration,
    /// Chunks are cut into pieces of a few bytes.
    pub split: bool,
}

/// How a connection ends when its bytes are used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// RST to both sides.
    Reset,
    /// FIN to whom the bytes were for; the other way stays.
    HalfClose,
}

/// How a connection is stranded: its client is gone, and what it wrote arrives all the same, later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strand {
    /// It is not.
    Not,
    /// Requests are kept.
    Held,
    /// The client has been hung up on, and requests are still kept.
    HungUp,
    /// What was kept goes to the server; what that answers goes nowhere.
    Late,
}

/// The proxy of one node. It ends when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    rules: watch::Sender<Rules>,
    conns: Arc<Conns>,
    accepting: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Conns {
    next: AtomicU64,
    open: Mutex<BTreeMap<u64, Arc<Open>>>,
}

/// One connection.
#[derive(Debug)]
struct Open {
    log: Mutex<Conn>,
    /// Per way: how many bytes may still pass, and what comes then.
    ends: [Mutex<Option<(u64, End)>>; 2],
    reset: Notify,
    strand: watch::Sender<Strand>,
}

impl Proxy {
    /// Listens on a free port of this machine and passes everything on to `server`.
    ///
    /// # Errors
    /// There is no port.
    pub async fn start(node: usize, server: SocketAddr, oracle: Arc<Oracle>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let rules = watch::Sender::new(Rules::default());
        let conns = Arc::new(Conns::default());
        let accepting = tokio::spawn({
            let (rules, conns) = (rules.clone(), Arc::clone(&conns));
            async move {
                loop {
                    let Ok((client, _)) = listener.accept().await else { continue };
                    let (rules, conns) = (rules.subscribe(), Arc::clone(&conns));
                    let conn = oracle.connection(node);
                    tokio::spawn(async move { conns.serve(client, server, conn, rules).await });
                }
            }
        });
        Ok(Self { port, rules, conns, accepting })
    }

    /// Where clients find it.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Commands with tokens on its connections that have no answer.
    pub fn in_flight(&self) -> usize {
        self.conns.open().values().map(|open| open.log().in_flight()).sum()
    }

    /// From now on.
    pub fn set(&self, rules: Rules) {
        self.rules.send_replace(rules);
    }

    /// Passes everything on again.
    pub fn heal(&self) {
        self.set(Rules::default());
        for open in self.conns.open().values() {
            open.ends.iter().for_each(|end| *lock(end) = None);
            open.strand.send_if_modified(Strand::arrive);
        }
    }

    /// From now on requests on the connections that there are stay here.
    pub fn strand(&self) {
        for open in self.conns.open().values().filter(|open| !open.log().replicates()) {
            open.strand.send_replace(Strand::Held);
        }
    }

    /// The clients of those connections are hung up on; new connections are not concerned. Says how many commands were in
    /// flight there.
    pub fn hang_up_stranded(&self) -> usize {
        let mut hit = 0;
        for open in self.conns.open().values().filter(|open| *open.strand.borrow() == Strand::Held) {
            hit += open.log().in_flight();
            open.strand.send_replace(Strand::HungUp);
        }
        hit
    }

    /// What was kept arrives.
    pub fn deliver_stranded(&self) {
        for open in self.conns.open().values() {
            open.strand.send_if_modified(Strand::arrive);
        }
    }

    /// Every connection ends like this after so many more bytes of this way. Says how many commands were in flight there.
    pub fn end_after(&self, way: Way, bytes: u64, end: End) -> usize {
        let mut hit = 0;
        for open in self.conns.open().values() {
            let log = open.log();
            if log.replicates() {
                continue;
            }
            hit += log.in_flight();
            *lock(&open.ends[way as usize]) = Some((bytes, end));
        }
        hit
    }

    /// Every connection is reset now. Says how many commands were in flight there.
    pub fn reset_all(&self) -> usize {
        let mut hit = 0;
        for open in self.conns.open().values() {
            let log = open.log();
            if !log.replicates() {
                hit += log.in_flight();
                open.reset.notify_one();
            }
        }
        hit
    }
}

impl Strand {
    /// Whether anything was kept.
    fn arrive(&mut self) -> bool {
        match self {
            Self::Not | Self::Late => return false,
            Self::Held => *self = Self::Not,
            Self::HungUp => *self = Self::Late,
        }
        true
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        for open in self.conns.open().values() {
            open.reset.notify_one();
        }
    }
}

impl Conns {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Open>>> {
        lock(&self.open)
    }

    async fn serve(&self, client: TcpStream, server: SocketAddr, conn: Conn, rules: watch::Receiver<Rules>) {
        let Ok(server) = TcpStream::connect(server).await else {
            // A server that is down refuses; nearest to that is to be gone at once.
            return reset(&client);
        };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let strand = watch::Sender::new(Strand::Not);
        let open = Arc::new(Open { log: Mutex::new(conn), ends: Default::default(), reset: Notify::new(), strand });
        self.open().insert(number, Arc::clone(&open));
        let there = pump(Way::There, &client, &server, &open, rules.clone());
        let back = pump(Way::Back, &server, &client, &open, rules);
        let hang_up = async {
            let _ = open.strand.subscribe().wait_for(|strand| matches!(strand, Strand::HungUp | Strand::Late)).await;
            let _ = SockRef::from(&client).shutdown(Shutdown::Both);
            std::future::pending::<io::Result<()>>().await
        };
        let ended = tokio::select! {
            ended = async { tokio::try_join!(there, back) } => ended.is_err(),
            _ = hang_up => true,
            () = open.reset.notified() => true,
        };
        self.open().remove(&number);
        open.log().closed();
        if ended {
            reset(&client);
            reset(&server);
        }
    }
}

impl Open {
    fn log(&self) -> MutexGuard<'_, Conn> {
        lock(&self.log)
    }

    /// How many of `wanted` bytes may pass, and what comes after them.
    fn allowed(&self, way: Way, wanted: usize) -> (usize, Option<End>) {
        let mut ends = lock(&self.ends[way as usize]);
        let Some((left, end)) = ends.as_mut() else { return (wanted, None) };
        let allowed = usize::try_from(*left).unwrap_or(usize::MAX).min(wanted);
        *left -= allowed as u64;
        (allowed, (*left == 0).then_some(*end))
    }
}

/// Passes one way on until its end. An error resets both.
async fn pump(
    way: Way,
    from: &TcpStream,
    to: &TcpStream,
    open: &Open,
    mut rules: watch::Receiver<Rules>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 << 10];
    let mut passed = 0;
    let mut strand = open.strand.subscribe();
    loop {
        let spared = open.log().replicates();
        if !spared {
            let _ = rules.wait_for(|rules| !rules.deaf[way as usize]).await;
        }
        let count = read(from, &mut buffer).await?;
        if count == 0 {
            let _ = rules.wait_for(|rules| !rules.hold[way as usize]).await;
            return SockRef::from(to).shutdown(Shutdown::Write).or_else(gone);
        }
        let bytes = &buffer[..count];
        match way {
            Way::There => open.log().requested(bytes),
            Way::Back => open.log().answered(bytes),
        }
        let is_replica = open.log().replicates();
        if is_replica {
            write(to, bytes).await?;
            continue;
        }
        let delay = rules.borrow().delay;
        if !delay.is_zero() {
            sleep(delay).await;
        }
        let split = match rules.wait_for(|rules| !rules.hold[way as usize]).await {
            Ok(rules) => rules.split,
            Err(_) => false,
        };
        match way {
            Way::There => drop(strand.wait_for(|strand| !matches!(strand, Strand::Held | Strand::HungUp)).await),
            Way::Back if matches!(*strand.borrow(), Strand::HungUp | Strand::Late) => continue,
            Way::Back => {}
        }
        let (allowed, end) = open.allowed(way, count);
        for piece in bytes[..allowed].chunks(if split { 1 + count % 7 } else { count }) {
            passed += piece.len() as u64;
            match way {
                Way::There => open.log().passing_requests(passed),
                Way::Back => open.log().passing_replies(passed),
            }
            write(to, piece).await?;
            if split {
                tokio::task::yield_now().await;
            }
        }
        match end {
            None => {}
            Some(End::Reset) => return Err(ErrorKind::ConnectionReset.into()),
            Some(End::HalfClose) => {
                SockRef::from(to).shutdown(Shutdown::Write).or_else(gone)?;
                return swallow(way, from, &mut buffer, open).await;
            }
        }
    }
}

/// Reads what nobody will get: it has left its sender all the same.
async fn swallow(way: Way, from: &TcpStream, buffer: &mut [u8], open: &Open) -> io::Result<()> {
    loop {
        match read(from, buffer).await? {
            0 => return Ok(()),
            count if way == Way::There => open.log().requested(&buffer[..count]),
            count => open.log().answered(&buffer[..count]),
        }
    }
}

async fn read(from: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        from.readable().await?;
        match from.try_read(buffer) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            outcome => return outcome,
        }
    }
}

async fn write(to: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        to.writable().await?;
        match to.try_write(bytes) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            outcome => bytes = &bytes[outcome?..],
        }
    }
    Ok(())
}

/// The socket's last word will be RST.
fn reset(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO));
}

/// Shutting down what is gone is no failure.
fn gone(e: io::Error) -> io::Result<()> {
    if e.kind() == ErrorKind::NotConnected { Ok(()) } else { Err(e) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
