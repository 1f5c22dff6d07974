//! The async client on a real cluster: calls, pipelines, many tasks, cancelled calls, closing.

use std::{
    collections::HashMap,
    sync::LazyLock,
    time::{Duration, Instant},
};

use slotpipe::{Bytes, CallOptions, Cluster, Commands, ErrorKind, Outcome, Ran, Value, lab::LocalCluster};

/// Three primaries for the tests that break nothing; each test has keys of its own.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

async fn connect() -> Cluster {
    Cluster::connect(CLUSTER.seeds()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connected_means_that_every_slot_has_an_owner() {
    let db = connect().await;
    let topology = db.topology();
    assert_eq!(topology.covered(), 16_384);
    assert_eq!(topology.nodes.len(), 3);
    let slot = CLUSTER.slot_of("foo").unwrap();
    assert_eq!(topology.owner(slot).unwrap().port, CLUSTER.primary_of(slot).unwrap().port());
}

#[tokio::test]
async fn what_was_set_is_read_back_as_the_type_asked_for() {
    let db = connect().await;
    db.set("types:n", 42).await.unwrap();
    assert_eq!(db.get("types:n").await.unwrap(), Some(Bytes::from_static(b"42")));
    assert_eq!(db.get("types:n").into_type::<i64>().await.unwrap(), 42);
    assert_eq!(db.get("types:n").into_type::<String>().await.unwrap(), "42");
    assert_eq!(db.get("types:none").into_type::<Option<u8>>().await.unwrap(), None);
}
