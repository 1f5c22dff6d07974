//! Nodes are known, dialled, trusted and followed under what they announce: host names, ports alone, IPv6, or addresses
//! that only a map of the caller's makes any use of.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::Duration,
};

use slotpipe::{
    Address, Builder, Cluster, Commands, Seeds, Trust, Value,
    lab::{
        LocalCluster,
        reshard::{Pace, Resharder, SlotMove, next_primary},
    },
    slot_of,
};
use slotpipe_tests::engine;

use crate::{BY_IPV6, BY_NAME, BY_PORT, MAPPED};

fn client(seeds: impl Into<Seeds>) -> Builder {
    Cluster::builder(seeds).engine(engine::of(module_path!())).deadline(Duration::from_secs(20))
}

/// Counts these keys up in one pipeline; all have been counted this often then.
async fn count(db: &Cluster, keys: &[String], times: i64) {
    let mut pipe = db.pipeline();
    for key in keys {
        pipe.incr(key);
    }
    assert_eq!(pipe.execute().await.unwrap(), vec![Value::Int(times); keys.len()]);
}

/// A pipeline reaches every node, and a slot is followed to another: by ASK while half of it is there, then by MOVED.
async fn reaches_and_follows(db: &Cluster, cluster: &LocalCluster) {
    let spread: Vec<String> = (0..100).map(|n| format!("{}:{n}", module_path!())).collect();
    count(db, &spread, 1).await;
    for node in cluster.nodes() {
        assert!(node.ask(["DBSIZE"]).unwrap().int().unwrap() > 20, "keys at port {}", node.port());
    }
    let together: Vec<String> = (0..4).map(|n| format!("{{{}}}:{n}", module_path!())).collect();
    count(db, &together, 1).await;

    let before = db.stats().await.unwrap();
    let slot = slot_of(&together[0]);
    let mut moving = SlotMove::begin(cluster, slot, &next_primary(cluster, slot).unwrap()).unwrap();
    moving.move_keys(&together[..2]).unwrap();
    count(db, &together, 2).await;
    let half = db.stats().await.unwrap();
    assert_eq!((half.ask - before.ask, half.untrusted), (2, 0));
    moving.move_rest().unwrap();
    moving.finish().unwrap();
    count(db, &together, 3).await;
    let after = db.stats().await.unwrap();
    assert!(after.moved > half.moved && after.untrusted == 0, "{after:?}");
}

fn addresses(db: &Cluster) -> BTreeSet<Address> {
    db.nodes().into_iter().map(|node| node.address).collect()
}

/// Where the servers listen, under this host.
fn at_host(cluster: &LocalCluster, host: &str) -> BTreeSet<Address> {
    cluster.nodes().iter().map(|node| Address::new(host, node.port())).collect()
}

#[tokio::test]
async fn nodes_that_announce_names_are_known_dialled_and_followed_by_them() {
    let (cluster, _turn) = (&BY_NAME.cluster, BY_NAME.turn.lock().await);
    let named = at_host(cluster, "localhost");
    let dialled = Arc::new(Mutex::new(BTreeSet::new()));
    let noted = Arc::clone(&dialled);
    let note = move |announced: &Address| {
        noted.lock().unwrap().insert(announced.clone());
        announced.clone()
    };
    let db = client(cluster.nodes()[0].address()).map_address(note).connect().await.unwrap();
    assert_eq!(addresses(&db), named);
    for server in cluster.nodes() {
        let node = db.node_at("localhost", server.port()).unwrap();
        assert_eq!(node.id, server.id);
        assert_eq!(db.node(&format!("localhost:{}", server.port())), Some(node));
    }
    reaches_and_follows(&db, cluster).await;
    assert_eq!(addresses(&db), named);
    assert!(dialled.lock().unwrap().is_superset(&named), "{dialled:?}");

    // Whom to trust is said by the same names: the nodes' addresses are not they.
    let listed = named.into_iter().collect();
    client(cluster.nodes()[0].address()).trust(Trust::Only(listed)).connect().await.unwrap().set("a", 1).await.unwrap();
    let others = at_host(cluster, "127.0.0.1").into_iter().collect();
    let refused = client(cluster.nodes()[0].address())
        .trust(Trust::Only(others))
        .deadline(Duration::from_millis(500))
        .lazy()
        .connect()
        .await
        .unwrap();
    let error = refused.set("a", 1).await.unwrap_err();
    assert!(error.to_string().contains("trust"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_command_runs_once_while_slots_move_between_nodes_with_names() {
    let (cluster, _turn) = (&BY_NAME.cluster, BY_NAME.turn.lock().await);
    let db = client(cluster.nodes()[0].address()).connect().await.unwrap();
    let keys: Vec<String> = (0..200).map(|n| format!("{{{}:{}}}:{n}", module_path!(), n % 20)).collect();
    let slots: BTreeSet<u16> = keys.iter().map(slot_of).collect();
    let resharder = Resharder::start(cluster, slots, Pace { open: 6, hold: Duration::from_millis(10) });
    let mut times = 0;
    while times < 20 || resharder.slots_moved() < 40 {
        times += 1;
        count(&db, &keys, times).await;
    }
    let report = resharder.stop();
    println!("{} slots moved, failures {:?}", report.slots_moved, report.failures);
    assert!(report.shadow_keys.is_empty(), "{:?}", report.shadow_keys);
    let stats = db.stats().await.unwrap();
    assert!(stats.moved > 0 && stats.ask > 0 && stats.untrusted == 0, "{stats:?}");
}

#[tokio::test]
async fn nodes_that_announce_no_host_are_where_the_one_is_that_said_so() {
    let (cluster, _turn) = (&BY_PORT.cluster, BY_PORT.turn.lock().await);
    for host in ["localhost", "127.0.0.1"] {
        let db = client((host, cluster.nodes()[0].port())).connect().await.unwrap();
        assert_eq!(addresses(&db), at_host(cluster, host));
    }
    let db = client(("localhost", cluster.nodes()[1].port())).connect().await.unwrap();
    reaches_and_follows(&db, cluster).await;
    assert_eq!(addresses(&db), at_host(cluster, "localhost"));
}

#[tokio::test]
async fn a_cluster_on_ipv6_is_reached_and_followed() {
    if let Err(error) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) {
        println!("not tested: this machine has no ::1 ({error})");
        return;
    }
    let (cluster, _turn) = (&BY_IPV6.cluster, BY_IPV6.turn.lock().await);
    let port = cluster.nodes()[0].port();
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap_err();
    for seeds in [
        Seeds::from(format!("[::1]:{port}")),
        format!("redis://[::1]:{port}").into(),
        ("::1", port).into(),
        cluster.seeds().into(),
    ] {
        let db = client(seeds).connect().await.unwrap();
        assert_eq!(addresses(&db), at_host(cluster, "::1"));
        let node = db.node_at("::1", port).unwrap();
        for name in [&format!("[::1]:{port}"), &node.address.to_string(), &node.id] {
            assert_eq!(db.node(name).as_ref(), Some(&node), "{name}");
        }
    }
    reaches_and_follows(&client(format!("redis://[::1]:{port}")).connect().await.unwrap(), cluster).await;
}

#[tokio::test]
async fn addresses_that_cannot_be_dialled_are_mapped_for_every_node_and_redirect() {
    let (cluster, _turn) = (&MAPPED.cluster, MAPPED.turn.lock().await);
    let doors: BTreeMap<Address, Address> = (0..)
        .zip(cluster.nodes())
        .map(|(at, node)| (Address::new(format!("node-{at}.invalid"), 6379), Address::new("127.0.0.1", node.port())))
        .collect();
    let announced: BTreeSet<Address> = doors.keys().cloned().collect();
    let dialled = Arc::new(Mutex::new(BTreeSet::new()));
    let noted = Arc::clone(&dialled);
    let map = move |address: &Address| {
        noted.lock().unwrap().insert(address.clone());
        doors.get(address).cloned().unwrap_or_else(|| Address::new("nowhere.invalid", 1))
    };
    let db = client("node-1.invalid").map_address(map).connect().await.unwrap();
    assert_eq!(addresses(&db), announced);
    reaches_and_follows(&db, cluster).await;
    assert_eq!(*dialled.lock().unwrap(), announced);

    let error = client("node-1.invalid").connect().await.unwrap_err();
    assert_eq!(error.code(), "UNKNOWN_HOST", "{error}");
}
