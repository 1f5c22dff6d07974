//! A network before a cluster that is cut at one command: before a server has it, or behind it, when nobody hears the reply.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use slotpipe::{Address, lab::LocalCluster};
use slotpipe_core::wire::request::{Args, Requests};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Where a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The server never has the command.
    Before,
    /// It has run it, and its reply is lost.
    Behind,
}

/// A command, by the port of its server and its name.
pub(crate) type Step = (u16, String);

/// It ends when it is dropped.
pub(crate) struct Cutting {
    /// By the node's port.
    ports: BTreeMap<u16, u16>,
    wire: Arc<Mutex<Wire>>,
    _accepting: JoinSet<()>,
}

#[derive(Default)]
struct Wire {
    /// What has passed.
    heard: Vec<Step>,
    /// What is cut once, and where.
    armed: Option<(Step, Cut)>,
}

impl Cutting {
    pub(crate) async fn before(cluster: &LocalCluster) -> Self {
        let (mut ports, mut accepting) = (BTreeMap::new(), JoinSet::new());
        let wire = Arc::new(Mutex::new(Wire::default()));
        for node in cluster.nodes() {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            ports.insert(node.port(), listener.local_addr().unwrap().port());
            accepting.spawn(accept(listener, node.port(), Arc::clone(&wire)));
        }
        Self { ports, wire, _accepting: accepting }
    }

    /// The way through it, for the address of a node.
    pub(crate) fn way(&self) -> impl Fn(&Address) -> Address + Send + Sync + 'static {
        let ports = self.ports.clone();
        move |node| Address::new(node.host.clone(), ports[&node.port])
    }

    /// The commands that came since this was last asked.
    pub(crate) fn heard(&self) -> Vec<Step> {
        std::mem::take(&mut self.wire.lock().unwrap_or_else(PoisonError::into_inner).heard)
    }

    /// Cuts the connection at the next such command.
    pub(crate) fn arm(&self, step: Step, cut: Cut) {
        self.wire.lock().unwrap_or_else(PoisonError::into_inner).armed = Some((step, cut));
    }

    /// Whether it has come.
    pub(crate) fn has_cut(&self) -> bool {
        self.wire.lock().unwrap_or_else(PoisonError::into_inner).armed.is_none()
    }
}

async fn accept(listener: TcpListener, server: u16, wire: Arc<Mutex<Wire>>) {
    // With the listener go its connections.
    let mut open = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let wire = Arc::clone(&wire);
        open.spawn(async move {
            // With either way both end.
            let _ = serve(client, server, &wire).await;
        });
    }
}

async fn serve(client: TcpStream, port: u16, wire: &Mutex<Wire>) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", port)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let ((mut requests, mut back), (mut replies, mut there)) = (client.into_split(), server.into_split());
    let asked = async {
        let mut chunk = vec![0; 16 << 10];
        loop {
            let taken = requests.read(&mut chunk).await?;
            if taken == 0 {
                return io::Result::Ok(None);
            }
            let cut = wire.lock().unwrap_or_else(PoisonError::into_inner).pass(port, &chunk[..taken]);
            if cut != Some(Cut::Before) {
                there.write_all(&chunk[..taken]).await?;
            }
            if cut.is_some() {
                return Ok(cut);
            }
        }
    };
    let cut = tokio::select! {
        cut = asked => cut?,
        ended = copy(&mut replies, &mut back) => return ended.map(|_| ()),
    };
    if cut == Some(Cut::Behind) {
        // What it says proves that it has run.
        replies.read_exact(&mut [0; 1]).await?;
    }
    Ok(())
}

impl Wire {
    /// Hears requests that are whole, as the client writes them; where the connection is cut at one of them.
    fn pass(&mut self, server: u16, requests: &[u8]) -> Option<Cut> {
        let steps: Vec<Step> = names(requests).into_iter().map(|name| (server, name)).collect();
        let cut = self.armed.take_if(|(armed, _)| steps.contains(armed)).map(|(_, cut)| cut);
        self.heard.extend(steps);
        cut
    }
}

/// The names of the commands.
fn names(requests: &[u8]) -> Vec<String> {
    let (mut commands, mut spans, mut names) = (Requests::new(requests, 0), Vec::new(), Vec::new());
    while let Some(Ok(_)) = commands.next(&mut spans) {
        let name = Args::new(requests, &spans).iter().next().unwrap();
        names.push(String::from_utf8_lossy(name).into_owned());
    }
    names
}
