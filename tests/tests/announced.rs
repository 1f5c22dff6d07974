//! Clusters whose servers announce something else than the 127.0.0.1 that they were asked at, on both engines: one suite,
//! taken in twice. What is announced is the cluster's, so that each has one of its own, for both.

use std::sync::LazyLock;

use slotpipe::lab::{ClusterOptions, LocalCluster, Node, ServerOptions};

#[path = "announced/suite.rs"]
mod component;
#[path = "announced/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

/// Its slots move: one test at a time.
struct Announcing {
    cluster: LocalCluster,
    turn: tokio::sync::Mutex<()>,
}

impl Announcing {
    fn start(server: ServerOptions) -> Self {
        let cluster = LocalCluster::start_with(&ClusterOptions { server, ..ClusterOptions::default() }).unwrap();
        Self { cluster, turn: tokio::sync::Mutex::default() }
    }

    /// One whose nodes are at these places, if one asks them.
    fn at(place: impl Fn(usize, &Node) -> (String, u16)) -> Self {
        let announcing = Self::start(ServerOptions::default());
        let nodes = announcing.cluster.nodes().iter().enumerate();
        announcing.cluster.announce(&nodes.map(|(at, node)| place(at, node)).collect::<Vec<_>>()).unwrap();
        announcing
    }
}

/// Every node is `localhost`, each with its port.
static BY_NAME: LazyLock<Announcing> = LazyLock::new(|| Announcing::at(|_, node| ("localhost".into(), node.port())));

/// Nodes have no host: they are where the one is that was asked.
static BY_PORT: LazyLock<Announcing> = LazyLock::new(|| {
    let config = vec!["cluster-preferred-endpoint-type unknown-endpoint".into()];
    Announcing::start(ServerOptions { config, ..ServerOptions::default() })
});

/// As it is behind a translation of addresses: names that nobody can look up, and always the same port.
static MAPPED: LazyLock<Announcing> = LazyLock::new(|| Announcing::at(|at, _| (format!("node-{at}.invalid"), 6379)));

/// On ::1 and nowhere else.
static BY_IPV6: LazyLock<Announcing> =
    LazyLock::new(|| Announcing::start(ServerOptions { ipv6: true, ..ServerOptions::default() }));
