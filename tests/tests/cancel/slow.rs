//! A slow network before a cluster: each node has a port of its own here, behind which replies take their time.

use std::{collections::BTreeMap, io, time::Duration};

use slotpipe::{Address, lab::LocalCluster};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::JoinSet,
    time::{Instant, sleep_until},
};

/// It ends when it is dropped.
pub(crate) struct Slow {
    /// By the node's port.
    ports: BTreeMap<u16, u16>,
    _accepting: JoinSet<()>,
}

impl Slow {
    /// Every reply of the cluster's nodes comes so much later.
    pub(crate) async fn before(cluster: &LocalCluster, delay: Duration) -> Self {
        let (mut ports, mut accepting) = (BTreeMap::new(), JoinSet::new());
        for node in cluster.nodes() {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            ports.insert(node.port(), listener.local_addr().unwrap().port());
            accepting.spawn(accept(listener, node.port(), delay));
        }
        Self { ports, _accepting: accepting }
    }

    /// The way through it, for the address of a node.
    pub(crate) fn way(&self) -> impl Fn(&Address) -> Address + Send + Sync + 'static {
        let ports = self.ports.clone();
        move |node| Address::new(node.host.clone(), ports[&node.port])
    }
}

async fn accept(listener: TcpListener, server: u16, delay: Duration) {
    // With the listener go its connections.
    let mut open = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        open.spawn(async move {
            // How a connection ends is its two sides' business.
            let _ = serve(client, server, delay).await;
        });
    }
}

async fn serve(client: TcpStream, server: u16, delay: Duration) -> io::Result<()> {
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
async fn late(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, delay: Duration) -> io::Result<()> {
    let (said, mut due) = mpsc::unbounded_channel();
    let hear = async move {
        loop {
            let mut chunk = vec![0; 16 << 10];
            let taken = from.read(&mut chunk).await?;
            chunk.truncate(taken);
            if taken == 0 || said.send((Instant::now() + delay, chunk)).is_err() {
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
