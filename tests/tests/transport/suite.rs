//! A transport carries everything and is told where to; what it does wrong costs its own connection.

use std::{
    collections::BTreeSet,
    future::{Future, pending},
    io,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use slotpipe::{
    Address, Builder, Bytes, Cluster, Commands, Seeds, Target, Tls,
    lab::{LocalCluster, Server, ServerOptions},
};
use slotpipe_tests::{certificates::Authority, engine};
use tokio::{
    io::DuplexStream,
    net::{TcpStream, UnixStream},
    time::sleep,
};

use crate::tunnel::{Fault, Faulty, Tunnels};

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

fn client(seeds: impl Into<Seeds>) -> Builder {
    Cluster::builder(seeds).engine(engine::of(module_path!())).deadline(Duration::from_secs(20))
}

/// Digs a tunnel for each connection.
fn through(tunnels: &Tunnels) -> impl Fn(Target) -> BoxedTunnel + Send + Sync + 'static {
    let tunnels = tunnels.clone();
    move |target| {
        let tunnels = tunnels.clone();
        Box::pin(async move { tunnels.dig(&target.address).await })
    }
}

type BoxedTunnel = std::pin::Pin<Box<dyn Future<Output = io::Result<DuplexStream>> + Send>>;

#[tokio::test]
async fn a_transport_carries_everything_and_is_told_where_to() {
    let (tunnels, targets) = (Tunnels::default(), Arc::new(Mutex::new(Vec::new())));
    let open = {
        let (dig, targets) = (through(&tunnels), Arc::clone(&targets));
        move |target: Target| {
            targets.lock().unwrap().push(target.clone());
            dig(target)
        }
    };
    let by_name = |node: &Address| Address::new("localhost", node.port);
    let db = client(CLUSTER.seeds()).map_address(by_name).transport(open).connect().await.unwrap();
    let large = Bytes::from("0123456789abcdef".repeat(1 << 12));
    let mut pipe = db.pipeline();
    for n in 0..60 {
        let key = format!("{}:{n}", module_path!());
        pipe.set(&key, large.clone()).get(&key);
    }
    let replies = pipe.execute().await.unwrap();
    assert!(replies.iter().skip(1).step_by(2).all(|reply| reply.as_bytes() == Some(&large)));
    // What blocks has a connection of its own, and it is a tunnel too.
    let (before, list) = (tunnels.count(), format!("{}:none", module_path!()));
    db.blpop([list], 0.05).await.unwrap();
    assert_eq!(tunnels.count(), before + 1);

    let targets = targets.lock().unwrap().clone();
    let reached: BTreeSet<u16> = targets.iter().map(|target| target.announced.port).collect();
    assert_eq!(reached, CLUSTER.nodes().iter().map(|node| node.port()).collect());
    for Target { address, announced, .. } in targets {
        assert_eq!((address.host.as_str(), announced.host.as_str()), ("localhost", "127.0.0.1"));
        assert_eq!(address.port, announced.port);
    }
    assert!(!tunnels.are_over());
    db.close().await;
    for _ in 0..500 {
        if tunnels.are_over() {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("a closed client leaves tunnels behind");
}

#[tokio::test]
async fn no_network_is_needed() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let path = server.socket_path();
    let opened = Arc::new(AtomicUsize::new(0));
    let open = {
        let opened = Arc::clone(&opened);
        move |target: Target| {
            assert_eq!(target.address.to_string(), "nowhere:1");
            opened.fetch_add(1, Ordering::Relaxed);
            UnixStream::connect(path.clone())
        }
    };
    let db = client("nowhere:1").transport(open).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    assert_eq!(db.get("a").into_type::<i64>().await.unwrap(), 1);
    assert_eq!(opened.load(Ordering::Relaxed), 1);
    // Where the connection is lost another is opened.
    server.ask(["CLIENT", "KILL", "TYPE", "normal"]).unwrap();
    assert_eq!(db.get("a").into_type::<i64>().await.unwrap(), 1);
    assert_eq!(opened.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn tls_is_spoken_over_what_a_transport_gives() {
    let authority = Authority::new();
    let tls = Some(authority.servers(false));
    let server = Server::start(&ServerOptions { password: Some("s3cret".into()), tls, ..Default::default() }).unwrap();
    let seed = format!("127.0.0.1:{}", server.tls_port().unwrap());
    let connect = |tunnels: &Tunnels, trusted: &Authority| {
        let tls = Tls::new().ca_pem(trusted.certificate());
        client(seed.clone()).password("s3cret").tls(tls).transport(through(tunnels)).connect()
    };
    let tunnels = Tunnels::default();
    let db = connect(&tunnels, &authority).await.unwrap();
    db.set("a", "b").await.unwrap();
    assert!(tunnels.count() > 0 && !tunnels.heard("s3cret") && !tunnels.heard("SET"));
    // Whom nobody trusts is told nothing.
    let tunnels = Tunnels::default();
    let error = connect(&tunnels, &Authority::new()).await.unwrap_err();
    assert_eq!(error.code(), "TLS", "{error}");
    assert!(!tunnels.heard("s3cret"));
    // The same in the clear, so that what is not heard above would be.
    let tunnels = Tunnels::default();
    let open = through(&tunnels);
    let db = client(server.address()).password("s3cret").transport(open).connect().await.unwrap();
    db.set("a", "b").await.unwrap();
    assert!(tunnels.heard("s3cret") && tunnels.heard("SET"));
}

#[tokio::test]
async fn a_transport_that_fails_is_why_there_is_no_connection() {
    async fn nothing(how: &str) -> io::Result<TcpStream> {
        match how {
            "refuses" => Err(io::ErrorKind::ConnectionRefused.into()),
            "panics" => panic!("on purpose"),
            _ => Err(io::Error::other("no tunnel today")),
        }
    }
    for (how, code, words) in [
        ("fails", "UNREACHABLE", "no tunnel today"),
        ("refuses", "CONNECTION_REFUSED", "connection refused"),
        ("panics", "CONNECTION_REFUSED", "the dial panicked"),
    ] {
        let open = move |_| nothing(how);
        let seeds = client(CLUSTER.seeds()).connect_timeout(Duration::from_millis(300));
        let error = seeds.transport(open).connect().await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_transport_that_never_comes_is_dropped_after_the_connect_timeout() {
    struct Dropped(Arc<AtomicUsize>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let open = {
        let dropped = Arc::clone(&dropped);
        move |_| {
            let dropped = Dropped(Arc::clone(&dropped));
            async move {
                pending::<()>().await;
                drop(dropped);
                Err::<TcpStream, _>(io::ErrorKind::Other.into())
            }
        }
    };
    let began = Instant::now();
    let seeds = client(CLUSTER.seeds()).connect_timeout(Duration::from_millis(200));
    let error = seeds.transport(open).connect().await.unwrap_err();
    assert_eq!(error.code(), "CONNECT_TIMEOUT", "{error}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert!(dropped.load(Ordering::Relaxed) > 0);
}

#[tokio::test]
async fn a_stream_that_misbehaves_costs_its_connection_and_what_it_took_counts_as_sent() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let connect = async |fault, words| {
        let open = move |target: Target| async move {
            let stream = TcpStream::connect((target.address.host.as_str(), target.address.port)).await?;
            Ok(Faulty { stream, words, fault, is_over: false })
        };
        client(server.address()).connect_timeout(Duration::from_millis(300)).transport(open).connect().await
    };
    for (fault, is_sent) in [(Fault::Panics, false), (Fault::Boasts, false), (Fault::Swallows, true)] {
        let db = connect(fault, "poison").await.unwrap();
        db.set("a", 1).await.unwrap();
        let error = db.set("poison", 1).deadline(Duration::from_millis(300)).await.unwrap_err();
        assert_eq!(error.is_uncertain(), is_sent, "{fault:?}: {error}");
        assert_eq!(db.get("a").into_type::<i64>().await.unwrap(), 1, "{fault:?}");
    }
    assert_eq!(server.ask(["EXISTS", "poison"]).unwrap().int(), Some(0));
    for (fault, cause) in [(Fault::Panics, "panicked"), (Fault::Boasts, "took more than it was given")] {
        let error = connect(fault, "HELLO").await.unwrap_err();
        assert!(error.to_string().contains(&format!("the transport {cause}")), "{fault:?}: {error}");
    }
}
