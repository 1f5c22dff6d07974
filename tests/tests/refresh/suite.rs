//! How often the map is looked at, who is asked, and how far redirects and attempts go.

use std::{
    net::TcpListener,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use slotpipe::{
    Address, Builder, CallOptions, Cluster, Commands, Error, ErrorKind, NotExecuted,
    lab::{
        LocalCluster,
        reshard::{SlotMove, next_primary},
    },
    slot_of,
};
use slotpipe_tests::{commandstats::calls_of, engine, waiting::until};
use tokio::time::sleep;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());
/// Servers count for all: one test at a time.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// No refresh of its own accord in the time of a test.
const NEVER: Duration = Duration::from_secs(600);
const SECOND: Duration = Duration::from_secs(1);

fn client() -> Builder {
    Cluster::builder(CLUSTER.seeds()).refresh_interval(NEVER).engine(engine::of(module_path!()))
}

/// How often each node has been asked for its map.
fn asked() -> Vec<u64> {
    CLUSTER.nodes().iter().map(|node| calls_of(node, "cluster|slots")).collect()
}

fn begin(key: &str) -> SlotMove {
    let slot = slot_of(key);
    SlotMove::begin(&CLUSTER, slot, &next_primary(&CLUSTER, slot).unwrap()).unwrap()
}

fn finish(mut moving: SlotMove) {
    moving.move_rest().unwrap();
    moving.finish().unwrap();
}

/// Why a command never ran, in words.
fn reason(error: &Error) -> (NotExecuted, String) {
    let ErrorKind::NotExecuted(not) = error.kind() else { panic!("{error}") };
    (not.reason, error.to_string())
}

#[tokio::test]
async fn the_map_is_looked_at_as_often_as_is_said() {
    let _turn = TURN.lock().await;
    let rounds = async |interval| {
        let db = client().refresh_interval(interval).connect().await.unwrap();
        db.cmd("DBSIZE").await.unwrap();
        let (earlier, before) = (asked(), db.stats().await.unwrap().refreshes);
        sleep(SECOND).await;
        let (later, after) = (asked(), db.stats().await.unwrap().refreshes);
        let counts: Vec<u64> = later.iter().zip(earlier).map(|(later, earlier)| later - earlier).collect();
        (counts, after - before)
    };
    assert_eq!(rounds(NEVER).await, (vec![0, 0, 0], 0));
    for interval in [100, 300] {
        let (counts, refreshes) = rounds(Duration::from_millis(interval)).await;
        let most = 1_200 / interval;
        let range = most / 3..=most;
        assert!(range.contains(&refreshes), "{refreshes} times in a second, every {interval} ms");
        // Each round asks as many nodes as there are.
        assert!(counts.iter().all(|count| count.abs_diff(refreshes) <= 2), "{counts:?} for {refreshes} rounds");
    }
}

#[tokio::test]
async fn discovered_nodes_are_asked_first_and_the_seeds_as_the_last_resort_or_the_seeds_first() {
    let _turn = TURN.lock().await;
    // Nobody listens there.
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // The nodes call themselves by their address: the name is the seed's alone.
    let seed = format!("localhost:{}", CLUSTER.nodes()[0].port());
    for seeds_first in [false, true] {
        let is_cut = Arc::new(AtomicBool::new(false));
        let dials = Arc::new(Mutex::new(Vec::new()));
        let dialled = || dials.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let map = {
            let (is_cut, dials) = (Arc::clone(&is_cut), Arc::clone(&dials));
            move |address: &Address| {
                dials.lock().unwrap_or_else(PoisonError::into_inner).push(address.host.to_string());
                let is_dead = is_cut.load(Ordering::Relaxed) && &*address.host != "localhost";
                Address { host: "127.0.0.1".into(), port: if is_dead { dead } else { address.port } }
            }
        };
        let builder = Cluster::builder(&*seed).engine(engine::of(module_path!()));
        let builder = if seeds_first { builder.seeds_first() } else { builder };
        let db = builder.map_address(map).refresh_interval(SECOND / 10).connect().await.unwrap();
        db.cmd("DBSIZE").await.unwrap();
        assert_eq!(dialled()[0], "localhost", "there was nothing else to begin with");
        let hang_up = async || {
            let refreshes = db.stats().await.unwrap().refreshes;
            dials.lock().unwrap_or_else(PoisonError::into_inner).clear();
            for node in CLUSTER.nodes() {
                node.ask(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]).unwrap();
            }
            let looked = async || !dialled().is_empty() && db.stats().await.unwrap().refreshes > refreshes + 1;
            until("it is connected and has looked again", looked).await;
        };
        hang_up().await;
        let names = dialled();
        assert_eq!(names[0], if seeds_first { "localhost" } else { "127.0.0.1" }, "{names:?}");
        assert_eq!(names.iter().any(|name| name == "localhost"), seeds_first, "{names:?}");

        // A node whose connections end one after the other without a word is left alone for a while.
        db.cmd("DBSIZE").await.unwrap();
        is_cut.store(true, Ordering::Relaxed);
        hang_up().await;
        until("the seed is dialled", async || dialled().iter().any(|name| name == "localhost")).await;
        assert_eq!(dialled()[0] == "localhost", seeds_first, "{:?}", dialled());
        // And what it says is taken.
        let key = format!("{{seeds:{seeds_first}}}");
        let owner = db.node_for(&*key).unwrap().address;
        finish(begin(&key));
        until("the client knows the new owner", async || db.node_for(&*key).unwrap().address != owner).await;
        is_cut.store(false, Ordering::Relaxed);
        db.with(CallOptions::new().deadline(10 * SECOND)).set(&*key, 1).await.unwrap();
        assert_eq!(db.stats().await.unwrap().moved, 0);
    }
}

#[tokio::test]
async fn so_many_redirects_are_followed_as_is_said_and_no_more() {
    let _turn = TURN.lock().await;
    let key = "{hops}k";
    let mut clients = Vec::new();
    for hops in 0..=2 {
        clients.push(client().max_redirects(hops).connect().await.unwrap());
    }
    let [none, one, two] = &clients[..] else { panic!("three clients") };
    none.set(key, "there").await.unwrap();
    // MOVED leads to the new owner, and from there ASK to where the key is.
    finish(begin(key));
    let mut moving = begin(key);
    moving.move_keys(&[key]).unwrap();
    assert_eq!(none.get(key).await.unwrap_err().code(), "MOVED");
    let (why, text) = reason(&one.get(key).await.unwrap_err());
    assert_eq!(why, NotExecuted::TooManyRedirects);
    assert!(text.contains("more than 1 redirects; the last was ASK"), "{text}");
    assert_eq!(two.get(key).await.unwrap().unwrap(), "there");
    let stats = two.stats().await.unwrap();
    assert_eq!((stats.moved, stats.ask), (1, 1));
    // The same by call.
    assert_eq!(two.get(key).max_redirects(0).await.unwrap_err().code(), "ASK");
    finish(moving);
}

#[tokio::test]
async fn attempts_end_with_the_time_of_the_call() {
    let _turn = TURN.lock().await;
    let [here, there] = ["{attempts}here", "{attempts}there"];
    let db = client().connect().await.unwrap();
    db.set(here, 1).await.unwrap();
    db.set(there, 2).await.unwrap();
    let mut moving = begin(here);
    moving.move_keys(&[there]).unwrap();
    for ms in [300, 900] {
        let limit = Duration::from_millis(ms);
        let before = db.stats().await.unwrap().try_again;
        let began = Instant::now();
        // Over both halves of a slot that is half way: TRYAGAIN until the rest has moved.
        let short = db.with(CallOptions::new().deadline(limit));
        let (_, text) = reason(&short.cmd("MGET").arg([here, there]).await.unwrap_err());
        assert!(text.contains("TRYAGAIN"), "{text}");
        let took = began.elapsed();
        assert!(took > limit * 3 / 5 && took < limit + SECOND, "{took:?} of {limit:?}");
        assert!(db.stats().await.unwrap().try_again - before >= 2, "it is tried again and again");
    }
    let patient = tokio::spawn({
        let db = db.with(CallOptions::new().deadline(10 * SECOND));
        async move { db.cmd("MGET").arg([here, there]).read::<Vec<String>>().await }
    });
    sleep(SECOND / 5).await;
    assert!(!patient.is_finished());
    finish(moving);
    assert_eq!(patient.await.unwrap().unwrap(), ["1", "2"]);
}
