//! Slots that are counted, and moved whole.

use std::{collections::BTreeMap, time::Duration};

use slotpipe::{
    Bytes, Cluster, Commands, ErrorKind, Value, commands::ClusterSlotStatsOptions, lab::LocalCluster, slot_of,
};
use slotpipe_tests::{engine, newer, waiting::until};
use tokio::time::timeout;

/// Of each primary one: 15,495, 3,300, 7,365.
const TAGS: [&str; 3] = ["{a}", "{b}", "{c}"];

/// A client, and `count` keys in the slot of each tag.
async fn filled(cluster: &LocalCluster, count: usize) -> Cluster {
    let db = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!())).connect().await.unwrap();
    for key in TAGS.iter().flat_map(|tag| (0..count).map(move |at| format!("{tag}{at}"))) {
        db.set(&key, &key).await.unwrap();
    }
    db
}

/// What a field of a migration says.
fn text<'v>(migration: &'v BTreeMap<Bytes, Value>, field: &str) -> &'v str {
    migration[field.as_bytes()].as_str().unwrap_or_else(|| panic!("{field}: {migration:?}"))
}

#[tokio::test]
async fn slots_are_counted_by_the_nodes_that_own_them() {
    let Some(cluster) = newer::cluster_with("cluster|slot-stats") else { return };
    let db = filled(&cluster, 2).await;
    let all = db.cluster().slot_stats_slotsrange(0, 16_383).await.unwrap();
    let mut slots: Vec<i64> = all.iter().map(|(slot, _)| *slot).collect();
    slots.sort_unstable();
    assert_eq!(slots, (0..16_384).collect::<Vec<_>>(), "of each slot once, whoever owns it");
    let mut held: Vec<_> = all.iter().filter(|(_, stats)| stats.key_count > 0).collect();
    held.sort_by_key(|(slot, _)| *slot);
    let mut tagged = TAGS.map(|tag| i64::from(slot_of(tag)));
    tagged.sort_unstable();
    assert_eq!(held.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), tagged);
    assert!(held.iter().all(|(_, stats)| (stats.key_count, stats.cpu_usec) == (2, None)), "{held:?}");

    // A limit is one of each primary.
    let first = ClusterSlotStatsOptions::new().limit(1).desc();
    let most = db.cluster().slot_stats_orderby_with("key-count", first).await.unwrap();
    assert!(most.iter().all(|(_, stats)| stats.key_count == 2) && most.len() == 3, "{most:?}");

    // What costs something is counted where it is switched on.
    if db.config_set([("cluster-slot-stats-enabled", "cpu net")]).await.is_err() {
        // Valkey's is all or nothing.
        db.config_set([("cluster-slot-stats-enabled", "yes")]).await.unwrap();
    }
    assert_eq!(db.get("{b}0").await.unwrap().unwrap(), "{b}0");
    let slot = slot_of("{b}");
    let busy = db.cluster().slot_stats_slotsrange(slot, slot).await.unwrap();
    let [(_, stats)] = &busy[..] else { panic!("{busy:?}") };
    let traffic = (stats.network_bytes_in, stats.network_bytes_out);
    assert!(traffic.0.is_some_and(|bytes| bytes > 0) && traffic.1.is_some_and(|bytes| bytes > 0), "{stats:?}");
    assert!(stats.cpu_usec.is_some());
}

#[tokio::test]
async fn a_slot_moves_whole_and_its_keys_are_found() {
    let Some(cluster) = newer::cluster_with("cluster|migration") else { return };
    let db = filled(&cluster, 100).await;
    let slot = slot_of("{b}");
    let from = db.node_for_slot(slot).unwrap();
    let to = db.primaries().into_iter().find(|node| node.id != from.id).unwrap();
    let (source, target) = (from.address.to_string(), to.address.to_string());

    let error = db.cmd("CLUSTER").arg(("MIGRATION", "STATUS", "ALL")).await.unwrap_err();
    assert_eq!(error.code(), "NODE", "{error}");
    let error = db.at(&to).cluster().migration_import([(slot, slot + 1), (slot, slot)]).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Server(_)) && error.to_string().contains("multiple times"), "{error}");

    let task = db.at(&to).cluster().migration_import([(slot, slot)]).await.unwrap()[&target].clone();
    until("the slot has moved", async || {
        let states = db.at(&to).cluster().migration_status(&task).await.unwrap().remove(&target).unwrap();
        let [state] = &states[..] else { panic!("{states:?}") };
        assert_eq!(text(state, "slots"), format!("{slot}-{slot}"));
        // Written while it moves: it is where its slot is.
        db.set("{b}0", "moved").await.unwrap();
        text(state, "state") == "completed"
    })
    .await;
    db.set("{b}1", "after").await.unwrap();
    for at in 2..100 {
        assert_eq!(db.get(format!("{{b}}{at}")).await.unwrap().unwrap(), format!("{{b}}{at}"));
    }
    assert_eq!(db.get("{b}1").await.unwrap().unwrap(), "after");
    let mut map = db.watch_topology();
    while db.node_for_slot(slot).unwrap().address != to.address {
        timeout(Duration::from_secs(5), map.changed()).await.expect("a MOVED has the map asked for").unwrap();
    }
    assert_eq!(db.cluster().count_keys_in_slot(slot).await.unwrap(), 100);

    let told = db.at(&from).cluster().migration_status_all().await.unwrap();
    assert_eq!(text(&told[&source][0], "operation"), "migrate");
    assert_eq!(db.at(&to).cluster().migration_cancel_all().await.unwrap()[&target], 0, "nothing is under way");
    assert_eq!(db.at(&to).cluster().migration_cancel(&task).await.unwrap()[&target], 0);
}
