//! Who answers reads: primaries, replicas, the nearest, a zone, or whom a function names; and what the servers counted.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use slotpipe::{
    Address, Builder, CallOptions, Cluster, Commands, ErrorKind, NotExecuted, ReadFrom,
    lab::{
        LocalCluster, Server,
        reshard::{SlotMove, next_primary},
        resp::Reply,
    },
    slot_of,
};
use slotpipe_tests::{commandstats::calls_of, engine, slow::Slow, waiting::until};
use tokio::{sync::Mutex, time::sleep};

use super::zoned;

/// Two primaries with two replicas each.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(2, MEMBERS - 1).unwrap());
/// Servers count for all: one test at a time.
static TURN: Mutex<()> = Mutex::const_new(());

const KEYS: usize = 40;
/// Nodes of a shard.
const MEMBERS: u16 = 3;

fn client() -> Builder {
    client_of(&CLUSTER)
}

fn client_of(cluster: &LocalCluster) -> Builder {
    Cluster::builder(cluster.seeds()).refresh_interval(Duration::from_millis(100)).engine(engine::of(module_path!()))
}

/// Waits until the client knows of so many replicas of each shard: a server lists them only when they are in step.
async fn listed(db: &Cluster, replicas: usize) {
    let is_listed = async || db.topology().slots.iter().all(|range| range.replicas.len() == replicas);
    until("all replicas are listed", is_listed).await;
}

fn key(n: usize) -> String {
    format!("replicas:{n}")
}

/// How often a server has run GET.
fn gets(server: &Server) -> u64 {
    calls_of(server, "get")
}

/// How many GETs the primaries and the replicas have run, in all.
fn counted() -> (u64, u64) {
    let (primaries, replicas) = CLUSTER.nodes().split_at(2);
    let sum = |nodes: &[Arc<slotpipe::lab::Node>]| nodes.iter().map(|node| gets(node)).sum();
    (sum(primaries), sum(replicas))
}

/// Keys that every replica has.
async fn filled(db: &Cluster) {
    let mut pipe = db.pipeline();
    for n in 0..KEYS {
        pipe.set(key(n), n);
    }
    pipe.execute().await.unwrap();
    told_of().await;
    listed(db, 2).await;
    replicated().await;
}

/// Waits until every server lists all replicas: one hears of them later than another, and the client asks now this one, now
/// that.
async fn told_of() {
    let is_whole = |range: &Reply| range.array().unwrap().len() == 2 + usize::from(MEMBERS);
    for node in CLUSTER.nodes() {
        let lists_all = async || node.ask(["CLUSTER", "SLOTS"]).unwrap().array().unwrap().iter().all(is_whole);
        until("a server lists all replicas", lists_all).await;
    }
}

/// Waits until the replicas have all that their primaries have.
async fn replicated() {
    for primary in &CLUSTER.nodes()[..2] {
        let is_in_step = async || {
            let info = primary.ask(["INFO", "replication"]).unwrap();
            let text = info.text().unwrap();
            let own = text.lines().find_map(|line| line.strip_prefix("master_repl_offset:")).unwrap();
            text.matches(&format!("offset={own},")).count() == 2
        };
        until("the replicas have it all", is_in_step).await;
    }
}

/// Reads all keys in one pipeline; how many of the reads the primaries and the replicas have answered.
async fn read(db: &Cluster) -> (u64, u64) {
    let before = counted();
    let mut pipe = db.pipeline();
    for n in 0..KEYS {
        pipe.get(key(n));
    }
    let values = pipe.query::<Vec<String>>().await.unwrap();
    assert_eq!(values, (0..KEYS).map(|n| n.to_string()).collect::<Vec<_>>());
    let after = counted();
    (after.0 - before.0, after.1 - before.1)
}

#[tokio::test]
async fn reads_go_where_the_client_the_handle_the_pipeline_or_the_call_says() {
    let _turn = TURN.lock().await;
    let db = client().connect().await.unwrap();
    filled(&db).await;
    let all = KEYS as u64;
    assert_eq!(read(&db).await, (all, 0), "the primaries, unless told otherwise");
    for read_from in [ReadFrom::PreferReplica, ReadFrom::Replica, ReadFrom::Zone("nowhere".into())] {
        let there = db.with(CallOptions::new().read_from(read_from.clone()));
        assert_eq!(read(&there).await, (0, all), "{read_from:?}");
    }
    let by_default = client().read_from(ReadFrom::Replica).connect().await.unwrap();
    listed(&by_default, 2).await;
    assert_eq!(read(&by_default).await, (0, all));

    let before = counted();
    let mut pipe = db.pipeline();
    pipe.read_from(ReadFrom::Replica).get(key(1));
    pipe.execute().await.unwrap();
    assert_eq!(db.get(key(1)).read_from(ReadFrom::Replica).await.unwrap().unwrap(), "1");
    let after = counted();
    assert_eq!((after.0 - before.0, after.1 - before.1), (0, 2));
}

#[tokio::test]
async fn the_load_is_spread_over_the_replicas_and_with_any_over_the_primary_too() {
    let _turn = TURN.lock().await;
    let db = client().connect().await.unwrap();
    filled(&db).await;
    let each = || CLUSTER.nodes().iter().map(|node| gets(node)).collect::<Vec<_>>();
    for (read_from, first) in [(ReadFrom::PreferReplica, 2), (ReadFrom::Any, 0)] {
        let there = db.with(CallOptions::new().read_from(read_from.clone()));
        let before = each();
        for _ in 0..12 {
            read(&there).await;
        }
        let counts: Vec<u64> = each().iter().zip(before).map(|(after, before)| after - before).collect();
        let (idle, busy) = counts.split_at(first);
        assert!(
            idle.iter().all(|&count| count == 0) && busy.iter().all(|&count| count > 0),
            "{read_from:?}: {counts:?}"
        );
    }
}

#[tokio::test]
async fn a_pipeline_reads_what_it_writes() {
    let _turn = TURN.lock().await;
    let db = client().read_from(ReadFrom::Replica).connect().await.unwrap();
    for round in 0..50 {
        let mut pipe = db.pipeline();
        for n in 0..KEYS {
            pipe.set(key(n), round * n).get(key(n));
        }
        let values = pipe.execute().await.unwrap();
        for n in 0..KEYS {
            assert_eq!(values[2 * n + 1], (round * n).to_string().as_str(), "round {round}, key {n}");
        }
    }
    // A replica would have redirected a write.
    assert_eq!(db.stats().await.unwrap().moved, 0);
    filled(&db).await;
}

#[tokio::test]
async fn explain_names_the_nodes_that_are_then_asked() {
    let _turn = TURN.lock().await;
    filled(&client().read_from(ReadFrom::Replica).connect().await.unwrap()).await;
    // Not one that refreshes all the time: another server lists the replicas in another order, and has another's turn come.
    let db = client().refresh_interval(Duration::from_secs(60)).read_from(ReadFrom::Replica).connect().await.unwrap();
    listed(&db, 2).await;
    for n in 0..10 {
        let mut pipe = db.pipeline();
        pipe.get(key(n));
        let plan = pipe.explain().await.unwrap();
        let node = plan[0].plan.as_ref().unwrap().parts[0].node.clone().unwrap();
        let named = CLUSTER.nodes().iter().find(|server| server.port() == node.port).unwrap();
        let before = gets(named);
        pipe.execute().await.unwrap();
        assert_eq!(gets(named), before + 1, "{node}");
    }
}

#[tokio::test]
async fn a_function_is_asked_when_the_topology_is_known_and_obeyed() {
    let _turn = TURN.lock().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let last = move |_: u16, nodes: &[slotpipe::Node]| {
        count.fetch_add(1, Ordering::Relaxed);
        assert!(nodes[0].primary.is_none(), "the primary comes first: {nodes:?}");
        vec![nodes.iter().map(|node| node.address.clone()).max().unwrap()]
    };
    let db = client().read_order(last).connect().await.unwrap();
    filled(&db).await;
    let chosen: Vec<u16> = db
        .topology()
        .slots
        .iter()
        .map(|range| range.replicas.iter().chain([&range.primary]).max().unwrap().port)
        .collect();
    let before: Vec<u64> = CLUSTER.nodes().iter().map(|node| gets(node)).collect();
    let asked_before = asked.load(Ordering::Relaxed);
    for _ in 0..5 {
        read(&db).await;
    }
    let asked = asked.load(Ordering::Relaxed) - asked_before;
    for (node, before) in CLUSTER.nodes().iter().zip(before) {
        assert_eq!(gets(node) > before, chosen.contains(&node.port()), "port {}", node.port());
    }
    // A refresh may come in between, a read asks for nothing.
    assert!(asked < KEYS, "asked {asked} times in {} reads", 5 * KEYS);
}

#[tokio::test]
async fn a_function_that_panics_leaves_the_reads_to_the_primaries() {
    let _turn = TURN.lock().await;
    let db = client().read_order(|_, _| panic!("on purpose")).connect().await.unwrap();
    filled(&db).await;
    assert_eq!(read(&db).await, (KEYS as u64, 0));
}

#[tokio::test]
async fn the_nearest_are_measured_and_answer() {
    let _turn = TURN.lock().await;
    let interval = Duration::from_millis(50);
    let db = client().read_from(ReadFrom::Nearest).measure_interval(interval).connect().await.unwrap();
    filled(&db).await;
    let pings = || CLUSTER.nodes().iter().map(|node| calls_of(node, "ping")).collect::<Vec<_>>();
    let before = pings();
    sleep(4 * interval).await;
    assert!(pings().iter().zip(before).all(|(after, before)| *after > before), "each node is asked again and again");
    let (primaries, replicas) = read(&db).await;
    assert_eq!(primaries + replicas, KEYS as u64);
}

#[tokio::test]
async fn the_nearest_are_those_that_answer_soon_and_others_once_they_do() {
    let _turn = TURN.lock().await;
    let (far, near) = (Duration::from_millis(150), Duration::ZERO);
    let slow = Slow::before(CLUSTER.nodes().iter().map(|node| node.port()), near).await;
    let nearest = client().map_address(slow.way()).read_from(ReadFrom::Nearest);
    let db = nearest.measure_interval(Duration::from_millis(50)).connect().await.unwrap();
    filled(&db).await;
    // Everything but these is far away. Nodes that are as near as each other take turns, batch by batch: nobody else's turn
    // comes.
    let settle = async |these: &[Arc<slotpipe::lab::Node>]| {
        let is_one = |node: &Arc<slotpipe::lab::Node>| these.iter().any(|one| one.port() == node.port());
        for node in CLUSTER.nodes() {
            slow.delay(node.port(), if is_one(node) { near } else { far });
        }
        let others: Vec<_> = CLUSTER.nodes().iter().filter(|node| !is_one(node)).collect();
        let are_the_readers = async || {
            let before: Vec<_> = others.iter().map(|node| gets(node)).collect();
            for _ in 0..MEMBERS {
                let (primaries, replicas) = read(&db).await;
                assert_eq!(primaries + replicas, KEYS as u64);
            }
            others.iter().map(|node| gets(node)).eq(before)
        };
        until("nobody but these is read from", are_the_readers).await;
    };
    let (primaries, replicas) = CLUSTER.nodes().split_at(2);
    settle(replicas).await;
    settle(primaries).await;
    // One of each shard is enough, whoever it is.
    settle(&[primaries[0].clone(), CLUSTER.replicas_of(&primaries[1]).unwrap().remove(0)]).await;
}

#[tokio::test]
async fn wait_waits_for_the_replicas_of_what_the_session_wrote_and_waitaof_is_the_servers_to_know() {
    let _turn = TURN.lock().await;
    let db = client().connect().await.unwrap();
    for words in [&["WAIT", "1", "100"][..], &["WAITAOF", "0", "1", "100"]] {
        let error = db.cmd(words[0]).arg(&words[1..]).await.unwrap_err();
        assert_eq!(error.code(), "SESSION", "{error}");
    }
    filled(&db).await;
    let session = db.session(["waited"]).unwrap();
    session.set("waited", 1).await.unwrap();
    assert_eq!(session.wait(2, 5_000).await.unwrap(), 2);
    let start = Instant::now();
    assert_eq!(session.wait(3, 200).await.unwrap(), 2, "there are no three");
    assert!(start.elapsed() >= Duration::from_millis(190), "{:?}", start.elapsed());

    let owner = CLUSTER.primary_of(slot_of("waited")).unwrap();
    let replica = CLUSTER.replicas_of(&owner).unwrap().remove(0);
    replica.pause().unwrap();
    session.set("waited", 2).await.unwrap();
    assert_eq!(session.wait(2, 200).await.unwrap(), 1);
    replica.resume().unwrap();
    assert_eq!(session.wait(2, 5_000).await.unwrap(), 2);

    // It came with 7.2: before, the server's answer says so, and the session goes on.
    match session.waitaof(0, 2, 200).await {
        Ok(_) => {}
        Err(error) => assert!(matches!(error.kind(), ErrorKind::Server(said) if said.code() == "ERR"), "{error}"),
    }
    assert_eq!(session.wait(2, 5_000).await.unwrap(), 2);
}

/// Reads one key some times in turn; how many of the reads the primaries and the replicas have answered.
async fn read_one(db: &Cluster, key: &str, times: usize) -> (u64, u64) {
    let before = counted();
    for _ in 0..times {
        assert_eq!(db.get(key).await.unwrap().as_deref(), Some(key.as_bytes()));
    }
    let after = counted();
    (after.0 - before.0, after.1 - before.1)
}

/// The node that `explain` names for a read.
async fn reader(db: &Cluster, key: &str) -> String {
    let mut pipe = db.pipeline();
    pipe.get(key);
    let plan = pipe.explain().await.unwrap();
    plan[0].plan.as_ref().unwrap().parts[0].node.clone().unwrap().to_string()
}

fn begin(slot: u16) -> SlotMove {
    SlotMove::begin(&CLUSTER, slot, &next_primary(&CLUSTER, slot).unwrap()).unwrap()
}

fn finish(mut moving: SlotMove) {
    moving.move_rest().unwrap();
    moving.finish().unwrap();
}

#[tokio::test]
async fn a_slot_that_is_known_to_be_migrating_is_read_from_its_primary_until_it_has_moved() {
    let _turn = TURN.lock().await;
    let db = client().read_from(ReadFrom::Replica).connect().await.unwrap();
    filled(&db).await;
    let (here, there) = ("{migrating}here", "{migrating}there");
    for key in [here, there] {
        db.set(key, key).await.unwrap();
    }
    replicated().await;
    assert_eq!(read_one(&db, here, 10).await, (0, 10));

    let mut moving = begin(slot_of(here));
    let owner = moving.source().address();
    until("the client hears that the slot is migrating", async || reader(&db, here).await == owner).await;
    assert_eq!(read_one(&db, here, 10).await, (10, 0));
    let stats = db.stats().await.unwrap();
    assert_eq!((stats.ask, stats.moved), (0, 0), "nothing was redirected: the mark alone is the reason");
    assert_eq!(read(&db).await, (0, KEYS as u64), "other slots are not concerned");
    // The source's replicas do not have it any more, and would say so.
    moving.move_keys(&[there]).unwrap();
    assert_eq!(read_one(&db, there, 10).await, (10, 0));
    assert_eq!(db.stats().await.unwrap().ask, 10);

    finish(moving);
    until("the replicas of the new owner are asked", async || read_one(&db, there, 1).await == (0, 1)).await;
    let follows = async || db.node_for(here).is_some_and(|node| node.address.to_string() != owner);
    until("the map has the new owner", follows).await;
    assert_eq!(read_one(&db, here, 10).await, (0, 10));
}

#[tokio::test]
async fn a_slot_that_was_redirected_within_the_last_second_is_read_from_its_primary() {
    let _turn = TURN.lock().await;
    filled(&client().connect().await.unwrap()).await;
    // It never looks at the slot map again: what it knows of the move is what it is told by redirects.
    let db = client().refresh_interval(Duration::from_secs(60)).read_from(ReadFrom::Replica).connect().await.unwrap();
    listed(&db, 2).await;
    let (here, there) = ("{redirected}here", "{redirected}there");
    for key in [here, there] {
        db.set(key, key).await.unwrap();
    }
    replicated().await;
    let mut moving = begin(slot_of(here));
    moving.move_keys(&[there]).unwrap();
    assert_eq!(read_one(&db, here, 5).await, (0, 5), "it has heard of nothing");

    let second = Duration::from_secs(1);
    let redirected = loop {
        let redirected = Instant::now();
        db.set(there, there).await.unwrap();
        let answers = read_one(&db, here, 5).await;
        // A pause of the whole machine is not to be held against the client.
        if redirected.elapsed() < second {
            assert_eq!(answers, (5, 0));
            break redirected;
        }
    };
    assert!(db.stats().await.unwrap().ask >= 1);
    until("the replicas are asked again", async || read_one(&db, here, 1).await == (0, 1)).await;
    assert!(redirected.elapsed() > second, "{:?} after the redirect", redirected.elapsed());
    finish(moving);
}

#[tokio::test]
async fn reads_of_a_zone_go_to_its_replicas_else_to_its_primary_else_to_other_replicas() {
    const ZONES: [&str; 6] = ["centre", "centre", "east", "east", "west", "west"];
    let _turn = TURN.lock().await;
    let mut doors = BTreeMap::new();
    for (node, zone) in CLUSTER.nodes().iter().zip(ZONES) {
        node.ask(["CONFIG", "SET", "cluster-announce-hostname", zone]).unwrap();
        doors.insert(node.port(), zoned(([127, 0, 0, 1], node.port()).into()).await);
    }
    let to_door = move |address: &Address| Address { host: address.host.clone(), port: doors[&address.port] };
    let db = client().map_address(to_door).connect().await.unwrap();
    filled(&db).await;
    let told = async || ZONES.iter().zip(CLUSTER.nodes()).all(|(zone, node)| db.node(&node.id).unwrap().zone == *zone);
    until("all zones are told", told).await;
    let each = || CLUSTER.nodes().iter().map(|node| gets(node)).collect::<Vec<_>>();
    for (zone, expected) in [("east", [2, 3]), ("west", [4, 5]), ("centre", [0, 1])] {
        let before = each();
        read(&db.with(CallOptions::new().read_from(ReadFrom::Zone(zone.into())))).await;
        let counts: Vec<u64> = each().iter().zip(before).map(|(after, before)| after - before).collect();
        let used: Vec<usize> = (0..6).filter(|&node| counts[node] > 0).collect();
        assert_eq!(used, expected, "{zone}: {counts:?}");
    }
    let nowhere = db.with(CallOptions::new().read_from(ReadFrom::Zone("nowhere".into())));
    assert_eq!(read(&nowhere).await, (0, KEYS as u64));
    for node in CLUSTER.nodes() {
        node.ask(["CONFIG", "SET", "cluster-announce-hostname", ""]).unwrap();
    }
}

#[tokio::test]
async fn a_replica_that_is_gone_leaves_its_reads_to_the_primary_and_replica_without_one_is_not_executed() {
    let cluster = LocalCluster::start(1, 1).unwrap();
    let db = client_of(&cluster).read_from(ReadFrom::Replica).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    listed(&db, 1).await;
    let [primary, replica] = cluster.nodes() else { panic!("two nodes") };
    let before = gets(replica);
    db.get("a").await.unwrap();
    assert_eq!(gets(replica), before + 1);
    replica.kill();
    let db = db.with(CallOptions::new().read_from(ReadFrom::PreferReplica));
    let before = gets(primary);
    for _ in 0..20 {
        assert_eq!(db.get("a").await.unwrap().unwrap(), "1");
    }
    assert_eq!(gets(primary), before + 20);

    let alone = LocalCluster::start(1, 0).unwrap();
    let db = client_of(&alone).connect().await.unwrap();
    let error = db.get("a").read_from(ReadFrom::Replica).await.unwrap_err();
    let ErrorKind::NotExecuted(not) = error.kind() else { panic!("{error}") };
    assert_eq!(not.reason, NotExecuted::Unreachable);
    assert!(error.to_string().contains("no replica to read from"), "{error}");
    assert_eq!(db.get("a").read_from(ReadFrom::PreferReplica).await.unwrap(), None);
}
