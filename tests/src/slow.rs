//! A slow network before nodes of a cluster: each has a port of its own here, behind which replies take their time.

use std::{collections::BTreeMap, io, time::Duration};

use slotpipe::Address;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until},
};

/// It ends when it is dropped.
#[derive(Debug)]
pub struct Slow {
    /// By the node's port.
    ports: BTreeMap<u16, (u16, watch::Sender<Duration>)>,
    _accepting: JoinSet<()>,
}

impl Slow {
    /// Every reply of the servers at these ports comes so much later.
    ///
    /// # Panics
    /// This machine has no port left.
    pub async fn before(servers: impl IntoIterator<Item = u16>, delay: Duration) -> Self {
        let (mut ports, mut accepting) = (BTreeMap::new(), JoinSet::new());
        for server in servers {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let (set, delay) = watch::channel(delay);
            ports.insert(server, (port, set));
            accepting.spawn(accept(listener, server, delay));
        }
        Self { ports, _accepting: accepting }
    }

    /// From now on the replies of this server come so much later.
    ///
    /// # Panics
    /// It is not before that one.
    pub fn delay(&self, server: u16, delay: Duration) {
        self.ports[&server].1.send_replace(delay);
    }

    /// The way through it, for the address of a node; there is none but the straight one to others.
    pub fn way(&self) -> impl Fn(&Address) -> Address + Send + Sync + 'static {
        let ports: BTreeMap<u16, u16> = self.ports.iter().map(|(&server, &(port, _))| (server, port)).collect();
        move |node| Address::new(node.host.clone(), ports.get(&node.port).copied().unwrap_or(node.port))
    }
}

async fn accept(listener: TcpListener, server: u16, delay: watch::Receiver<Duration>) {
    // With the listener go its connections.
    let mut open = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let delay = delay.clone();
        open.spawn(async move {
            // How a connection ends is its two sides' business.
            let _ = serve(client, server, delay).await;
        });
    }
}

async fn serve(client: TcpStream, server: u16, delay: watch::Receiver<Duration>) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut requests, back) = client.into_split();
    let (replies, mut there) = server.into_split();
    let asked = async {
        copy(&mut requests, &mut there).await?;
        there.shutdown().await
    };
    tokio::try_join!(asked, late(replies, back, delay)).map(|_| ())
}

/// Each chunk comes `delay` after it was said, however many are on their way.
async fn late(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: watch::Receiver<Duration>) -> io::Result<()> {
    let (said, mut due) = mpsc::unbounded_channel();
    let hear = async move {
        loop {
            let mut chunk = vec![0; 16 << 10];
            let taken = from.read(&mut chunk).await?;
            chunk.truncate(taken);
            let due = Instant::now() + *delay.borrow();
            if taken == 0 || said.send((due, chunk)).is_err() {
                return Ok(());
            }
        }
    };
    let pass_on = async {
        while let Some((at, chunk)) = due.recv().await {
            sleep_until(at).await;
            to.write_all(&chunk).await?;
        }
        to.shutdown().await
    };
    tokio::try_join!(hear, pass_on).map(|_| ())
}
