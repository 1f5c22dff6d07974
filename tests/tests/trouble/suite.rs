//! A real cluster in trouble: a primary dies, a slot has no owner, a slot stands half way, the first map is wrong.
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else comes out fails the test")]

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use slotpipe::{
    Cluster, Commands, ErrorKind, NotExecuted, Outcome, Value,
    lab::{
        LocalCluster,
        reshard::{SlotMove, half_migrated, next_primary},
    },
};
use slotpipe_core::route::slot::Slot;
use slotpipe_tests::engine;
use tokio::time::sleep;

fn slot(key: &str) -> u16 {
    Slot::of(key.as_bytes()).number()
}

async fn connect(cluster: &LocalCluster, deadline: Duration) -> Cluster {
    let builder = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!()));
    builder.deadline(deadline).connect().await.unwrap()
}

/// What became of the elements pushed onto one list.
#[derive(Default)]
struct Pushed {
    acknowledged: Vec<(usize, Instant)>,
    unknown: Vec<usize>,
    not_executed: Vec<usize>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_kill_9_the_promoted_replica_serves_and_no_element_is_pushed_twice_or_out_of_order() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let db = connect(&cluster, Duration::from_secs(10)).await;
    let lists: Vec<String> = (0..60).map(|n| format!("list:{n}")).collect();
    let mut pushed: BTreeMap<&str, Pushed> = BTreeMap::new();
    let victim = cluster.primary_of(slot(&lists[0])).unwrap();
    let served = db.topology().owner(slot(&lists[0])).unwrap().clone();

    let mut killed: Option<Instant> = None;
    let mut recovered = None;
    let began = Instant::now();
    let mut next = 0;
    while recovered.is_none_or(|at: Instant| at.elapsed() < Duration::from_millis(500)) {
        assert!(began.elapsed() < Duration::from_secs(60), "no promotion was seen");
        let mut pipe = db.pipeline();
        let elements: Vec<(&str, usize)> = (0..1_200).map(|n| (lists[n % lists.len()].as_str(), next + n)).collect();
        next += elements.len();
        for (list, element) in &elements {
            pipe.cmd("RPUSH").arg(*list).arg(*element);
        }
        let run = pipe.execute_settled();
        let outcomes = if killed.is_none() && began.elapsed() > Duration::from_millis(700) {
            // In the middle of a pipeline, not between two.
            let (outcomes, ()) = tokio::join!(run, async {
                sleep(Duration::from_millis(1)).await;
                victim.kill();
                killed = Some(Instant::now());
            });
            outcomes.unwrap()
        } else {
            run.await.unwrap()
        };
        assert_eq!(outcomes.len(), elements.len());
        let mut on_victim = true;
        for ((list, element), outcome) in elements.into_iter().zip(outcomes) {
            let became = pushed.entry(list).or_default();
            match outcome {
                Outcome::Reply(_) => became.acknowledged.push((element, Instant::now())),
                Outcome::Unknown(_) => became.unknown.push(element),
                Outcome::NotExecuted(_) => became.not_executed.push(element),
                other => panic!("{list} {element}: {other:?}"),
            }
            on_victim &= !(list == lists[0] && became.acknowledged.last().is_none_or(|(last, _)| *last != element));
        }
        if let Some(at) = killed
            && recovered.is_none()
            && on_victim
            && at.elapsed() > Duration::from_millis(100)
        {
            recovered = Some(Instant::now());
        }
    }
    let killed = killed.unwrap();
    let promoted = db.topology().owner(slot(&lists[0])).unwrap().clone();
    assert_ne!(promoted, served, "no promotion was seen");

    for (list, became) in pushed {
        let kept: Vec<usize> = db.cmd("LRANGE").arg(list).arg(0).arg(-1).read().await.unwrap();
        assert!(kept.is_sorted_by(|a, b| a < b), "{list} is out of order or has an element twice");
        for element in &became.not_executed {
            assert!(!kept.contains(element), "{list}: {element} was told not executed");
        }
        // What a primary acknowledged and had not replicated when it died is lost with it; nothing else may be.
        let lost: Vec<_> = became.acknowledged.iter().filter(|(element, _)| !kept.contains(element)).collect();
        let explained =
            |at: Instant| at <= killed + Duration::from_millis(50) && killed - at.min(killed) < Duration::from_secs(1);
        assert!(lost.iter().all(|(_, at)| explained(*at)), "{list} lost {lost:?}");
    }
    assert!(db.stats().await.unwrap().open.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_dead_owner_was_never_sent_waits_for_the_new_one_within_its_deadline() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let db = connect(&cluster, Duration::from_secs(30)).await;
    let orphan = slot("orphan");
    let elsewhere = (0..).map(|n| format!("elsewhere:{n}"));
    let elsewhere = elsewhere.into_iter().find(|key| db.node_for(key) != db.node_for("orphan")).unwrap();
    let victim = cluster.primary_of(orphan).unwrap();
    db.exists(["orphan"]).await.unwrap();
    let before = db.stats().await.unwrap().refreshes;
    victim.kill();
    // The connection is known to be lost by then, so that nothing more is written to it.
    sleep(Duration::from_millis(100)).await;

    // A deadline before the promotion is an end that is certain.
    let began = Instant::now();
    let hurried = db.incr("orphan").deadline(Duration::from_millis(400)).await.unwrap_err();
    assert!((300..1_000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
    assert!(matches!(hurried.kind(), ErrorKind::NotExecuted(_)), "{hurried}");
    assert!(hurried.to_string().contains("never sent"), "{hurried}");
    // The next refresh by the clock would be a minute away.
    assert!(db.stats().await.unwrap().refreshes > before, "nobody has asked for the new owner");

    let patient = tokio::spawn({
        let db = db.clone();
        async move {
            let count = db.incr("orphan").await;
            (count, Instant::now())
        }
    });
    // Others are not held up.
    let began = Instant::now();
    db.set(&elsewhere, 1).await.unwrap();
    assert!(began.elapsed() < Duration::from_millis(400) && !patient.is_finished(), "{:?}", began.elapsed());
    let promoted = tokio::task::spawn_blocking({
        let (cluster, victim) = (cluster.clone(), victim.clone());
        move || (cluster.wait_for_promotion(&victim, orphan).unwrap().port(), Instant::now())
    });
    let ((promoted, at), (count, ended)) = (promoted.await.unwrap(), patient.await.unwrap());
    assert_eq!(count.unwrap(), 1, "it ran once, and the one that was given up did not");
    assert!(ended.saturating_duration_since(at) < Duration::from_secs(3), "long behind the promotion");
    assert_eq!(db.topology().owner(orphan).unwrap().port, promoted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slot_without_an_owner_ends_as_not_executed_and_others_are_served() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    for node in cluster.nodes() {
        node.ask(["CONFIG", "SET", "cluster-require-full-coverage", "no"]).unwrap();
    }
    let hole = slot("hole");
    let owner = cluster.primary_of(hole).unwrap();
    let number = hole.to_string();
    for node in cluster.nodes() {
        // Gossip of the former owner may bring it back for a moment; it is the first to forget.
        node.ask(["CLUSTER", "DELSLOTS", number.as_str()]).ok();
    }
    owner.ask(["CLUSTER", "DELSLOTS", number.as_str()]).ok();
    let db = connect(&cluster, Duration::from_millis(800)).await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("hole").arg(1);
    pipe.cmd("SET").arg("elsewhere").arg(2);
    let outcomes = pipe.execute_settled().await.unwrap();
    match &outcomes[0] {
        Outcome::NotExecuted(not) => {
            assert!(matches!(not.reason, NotExecuted::Unreachable | NotExecuted::Expired), "{not:?}");
            assert!(not.message.contains("CLUSTERDOWN") || not.message.contains("no owner"), "{not:?}");
        }
        other => panic!("{other:?}"),
    }
    assert!(outcomes[1].is_reply(), "{:?}", outcomes[1]);
    // The hole is filled while a call waits: it is sent then.
    let waiting = tokio::spawn({
        let db = connect(&cluster, Duration::from_secs(10)).await;
        async move { db.cmd("SET").arg("hole").arg(3).read::<()>().await }
    });
    sleep(Duration::from_millis(300)).await;
    owner.ask(["CLUSTER", "ADDSLOTS", number.as_str()]).unwrap();
    waiting.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_migrated_slot_answers_every_command_and_gets_no_shadow_key() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let db = connect(&cluster, Duration::from_secs(5)).await;
    let here = ["{half}a", "{half}b"];
    let there = ["{half}c", "{half}d"];
    let mut half = half_migrated(&cluster, slot("{half}"), &here, &there).unwrap();
    let mut pipe = db.pipeline();
    for key in here.iter().chain(&there) {
        pipe.cmd("APPEND").arg(*key).arg("!");
        pipe.cmd("GET").arg(*key);
    }
    // New keys are born where the slot goes; keys at the source stay there.
    pipe.cmd("SET").arg("{half}new").arg(1);
    pipe.cmd("MGET").arg(here[0]).arg(here[1]);
    let outcomes = pipe.execute_settled().await.unwrap();
    assert!(outcomes.iter().all(Outcome::is_reply), "{outcomes:?}");
    assert_eq!(outcomes[1], Outcome::Reply(Value::Bytes("{half}a!".into())));
    assert_eq!(outcomes[7], Outcome::Reply(Value::Bytes("{half}d!".into())));
    let stats = db.stats().await.unwrap();
    assert!(stats.ask >= 3, "{stats:?}");

    // A command over both halves is refused until the move ends, and then runs.
    let both = tokio::spawn({
        let db = db.clone();
        async move { db.cmd("MGET").arg("{half}a").arg("{half}c").read::<Vec<String>>().await }
    });
    sleep(Duration::from_millis(200)).await;
    assert!(!both.is_finished());
    // Fails with BUSYKEY if a wrong ASKING had made one of them at the target.
    half.move_rest().unwrap();
    half.finish().unwrap();
    assert_eq!(both.await.unwrap().unwrap(), ["{half}a!", "{half}c!"]);
    let stats = db.stats().await.unwrap();
    assert!(stats.try_again >= 1, "{stats:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_map_that_was_right_an_hour_ago_is_put_right_by_moved_without_an_error() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let db = connect(&cluster, Duration::from_secs(5)).await;
    let keys: Vec<String> = (0..200).map(|n| format!("cold:{n}")).collect();
    let mut pipe = db.pipeline();
    for key in &keys {
        pipe.cmd("SET").arg(key.as_str()).arg("v");
    }
    pipe.execute().await.unwrap();
    for key in &keys[..40] {
        let target = next_primary(&cluster, slot(key)).unwrap();
        let mut way = SlotMove::begin(&cluster, slot(key), &target).unwrap();
        way.move_rest().unwrap();
        way.finish().unwrap();
    }
    let before = db.stats().await.unwrap();
    let mut pipe = db.pipeline();
    for key in &keys {
        pipe.cmd("GET").arg(key.as_str());
    }
    assert_eq!(pipe.execute().await.unwrap(), vec![Value::Bytes("v".into()); 200]);
    let after = db.stats().await.unwrap();
    assert!(after.moved - before.moved >= 40, "{after:?}");
    assert!(after.refreshes - before.refreshes <= 3, "a storm of MOVED is one refresh: {after:?}");
    assert_eq!(db.get("cold:0").await.unwrap().as_deref(), Some(b"v".as_slice()));
}
