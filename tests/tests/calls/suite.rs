//! Single calls: natural values, options of their own, over several nodes and in parts.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
    time::{Duration, Instant},
};

use slotpipe::{
    Address, CallOptions, Cluster, Commands, Error, ErrorKind, Nodes, Order, Outcome, Retry, Route, Value,
    commands::ScanOptions,
    lab::{LocalCluster, Node, reshard::SlotMove},
    slot_of,
};
use slotpipe_tests::{engine, waiting::settled};
use tokio::time::sleep;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// Whoever pauses a node or ends its connections is alone.
static TURN: LazyLock<tokio::sync::RwLock<()>> = LazyLock::new(Default::default);

async fn connect() -> Cluster {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).connect().await.unwrap()
}

/// A key of its own for a test on an engine.
fn key(name: &str) -> String {
    format!("{name}:{}", module_path!())
}

/// Keys of which each is at another node.
fn apart(db: &Cluster, name: &str) -> Vec<String> {
    let at = |port: u16| {
        let keys = (0..).map(|n| format!("{name}:{}:{n}", module_path!()));
        keys.into_iter().find(|key| db.node_for(key).unwrap().address.port == port).unwrap()
    };
    db.primaries().iter().map(|node| at(node.address.port)).collect()
}

fn server(port: u16) -> &'static Node {
    CLUSTER.nodes().iter().find(|node| node.port() == port).unwrap()
}

#[tokio::test]
async fn values_are_natural() {
    let _turn = TURN.read().await;
    let (db, key) = (connect().await, key("natural"));
    db.sadd(format!("{{{key}}}s"), ["a", "b"]).await.unwrap();
    db.zadd(format!("{{{key}}}z"), [(1.5, "one"), (f64::INFINITY, "two")]).await.unwrap();
    let members: BTreeSet<String> = db.smembers(format!("{{{key}}}s")).into_type().await.unwrap();
    assert_eq!(members, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    assert_eq!(db.zscore(format!("{{{key}}}z"), "two").await.unwrap(), Some(f64::INFINITY));
    assert_eq!(db.zscore(format!("{{{key}}}z"), "nobody").await.unwrap(), None);
    let expires: bool = db.expire(format!("{{{key}}}z"), 100).into_type().await.unwrap();
    assert!(expires);
    // Bytes are what they are; a text must be one.
    db.set(&key, [0xff, b'A']).await.unwrap();
    assert_eq!(db.get(&key).await.unwrap().as_deref(), Some(&[0xff, b'A'][..]));
    let error = db.get(&key).into_type::<String>().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Type(_)), "{error}");
}

#[tokio::test]
async fn route_retry_order_and_redirects_are_options_of_a_call() {
    let _turn = TURN.write().await;
    let (db, key) = (connect().await, key("optional"));
    db.set(&key, 0).await.unwrap();
    let owner = db.node_for(&key).unwrap().address;
    let other = db.primaries().iter().find(|node| node.address != owner).unwrap().address.clone();
    let error = db.get(&key).node(other).await.unwrap_err();
    assert_eq!(error.code(), "MOVED");
    let port: Value =
        db.with(CallOptions::new().route(Route::Slot(slot_of(&key)))).cmd("CONFIG GET").arg("port").await.unwrap();
    assert!(format!("{port:?}").contains(&owner.port.to_string()), "{port:?}");
    // With redirects switched off MOVED comes back as it is, and nothing is sent again.
    let target = CLUSTER.nodes().iter().find(|node| node.port() != owner.port).unwrap();
    let mut moving = SlotMove::begin(&CLUSTER, slot_of(&key), target).unwrap();
    moving.move_rest().unwrap();
    moving.finish().unwrap();
    let error = db.get(&key).max_redirects(0).await.unwrap_err();
    let ErrorKind::Server(moved) = error.kind() else { panic!("{error}") };
    assert_eq!(moved.redirect(), Some((slot_of(&key), Address::new("127.0.0.1", target.port()))));
    assert_eq!(db.get(&key).into_type::<i64>().await.unwrap(), 0);
    let owner = db.node_for(&key).unwrap().address;
    for order in [Order::Key, Order::Slot, Order::None] {
        db.incr(&key).order(order).await.unwrap();
    }
    // What may be sent again is, when its connection is lost: the caller sees nothing of it.
    let server = server(owner.port);
    let pause = || server.ask(["CLIENT", "PAUSE", "200", "ALL"]).unwrap();
    let kill = async || {
        sleep(Duration::from_millis(50)).await;
        // It waits for the end of the pause too, and comes before what it cuts off is read.
        let kill = move || server.ask(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
        let _ = tokio::task::spawn_blocking(kill).await.unwrap();
    };
    pause();
    let patient = db.with(CallOptions::new().deadline(Duration::from_secs(5)));
    let (read, ()) = tokio::join!(patient.get(&key).into_type::<i64>(), kill());
    assert_eq!(read.unwrap(), 3);
    pause();
    let (write, ()) = tokio::join!(patient.set(&key, 7).retry(Retry::Idempotent), kill());
    write.unwrap();
    assert_eq!(db.get(&key).into_type::<i64>().await.unwrap(), 7);
}

#[tokio::test]
async fn a_slow_node_holds_up_nobody_of_the_others() {
    let _turn = TURN.write().await;
    let db = connect().await;
    let keys = apart(&db, "slow");
    for key in &keys {
        db.set(key, "v").await.unwrap();
    }
    let slow = db.node_for(&keys[0]).unwrap().address.port;
    server(slow).ask(["CLIENT", "PAUSE", "400", "ALL"]).unwrap();
    let began = Instant::now();
    let waiting = tokio::spawn({
        let (db, key) = (db.clone(), keys[0].clone());
        async move { db.get(&key).await }
    });
    tokio::task::yield_now().await;
    for key in &keys[1..] {
        db.get(key).await.unwrap();
    }
    let quick = began.elapsed();
    waiting.await.unwrap().unwrap();
    assert!(quick < Duration::from_millis(200) && began.elapsed() > Duration::from_millis(300), "{quick:?}");
}

#[tokio::test]
async fn a_part_that_fails_leaves_the_others_outcomes_node_by_node() {
    let _turn = TURN.read().await;
    let db = connect().await;
    let keys = apart(&db, "partly");
    for node in CLUSTER.nodes() {
        let (mine, yours) = (format!("~{}", keys[0]), format!("~{}", keys[1]));
        node.ask(["ACL", "SETUSER", "partly", "reset", "on", ">secret", &mine, &yours, "&*", "+@all"]).unwrap();
    }
    let partly = Cluster::builder(CLUSTER.seeds())
        .engine(engine::of(module_path!()))
        .username("partly")
        .password("secret")
        .connect()
        .await
        .unwrap();
    let error = partly.mset([(&keys[0], 1), (&keys[1], 2), (&keys[2], 3)]).await.unwrap_err();
    let ErrorKind::Partial(partial) = error.kind() else { panic!("{error}") };
    assert!(!error.is_uncertain());
    for part in &partial.parts {
        let is_mine = part.slot != Some(slot_of(&keys[2]));
        assert_eq!(part.outcome.is_reply(), is_mine, "{part:?}");
        if let Outcome::ServerError(refused) = &part.outcome {
            assert_eq!(refused.code(), "NOPERM");
            assert_eq!(part.node.as_deref(), Some(&*db.node_for(&keys[2]).unwrap().address.to_string()));
        }
    }
    assert_eq!(db.get(&keys[1]).into_type::<i64>().await.unwrap(), 2);
    // The same in a pipeline, where it spares what stands beside it.
    let mut pipe = partly.pipeline();
    pipe.mget([&keys[0], &keys[2]]).get(&keys[0]);
    let outcomes = pipe.execute_settled().await.unwrap();
    assert!(matches!(outcomes[0], Outcome::Partial(_)), "{:?}", outcomes[0]);
    assert_eq!(outcomes[1], Outcome::Reply(Value::Bytes("1".into())));
}

#[tokio::test]
async fn channels_of_shards_are_published_to_in_pipelines_too() {
    let _turn = TURN.read().await;
    let db = connect().await;
    let channel = key("{shard}");
    let mut sub = db.ssubscribe([&channel]).await.unwrap();
    let mut pipe = db.pipeline();
    pipe.publish("nobody", "x").spublish(&channel, "hello");
    assert_eq!(pipe.query::<(i64, i64)>().await.unwrap(), (0, 1));
    let message = sub.get(Duration::from_secs(5)).await.unwrap().unwrap();
    assert_eq!(message.text(), "hello");
}

#[tokio::test]
async fn one_step_of_a_scan_at_one_node() {
    let _turn = TURN.read().await;
    let db = connect().await;
    let key = key("stepped");
    db.set(&key, 1).await.unwrap();
    let address: Address = db.node_for(&key).unwrap().address;
    let (mut found, mut cursor) = (HashSet::new(), 0);
    loop {
        let pages =
            db.at(Nodes::Of(vec![address.clone()])).scan_with(cursor, ScanOptions::new().count(100)).await.unwrap();
        let page = pages.into_iter().next().unwrap().1;
        found.extend(page.items.iter().map(|key| String::from_utf8_lossy(key).into_owned()));
        cursor = page.cursor;
        if cursor == 0 {
            break;
        }
    }
    assert!(found.contains(&key));
    assert_eq!(db.scan(0).await.unwrap_err().code(), "NODE");
}

#[tokio::test]
async fn a_pipelines_outcomes_come_as_they_settle() {
    let _turn = TURN.write().await;
    let db = connect().await;
    let keys = apart(&db, "streamed");
    let mut pipe = db.pipeline();
    for key in &keys {
        pipe.set(key, "v");
    }
    pipe.lpush(&keys[1], "x");
    let slow = db.node_for(&keys[0]).unwrap().address.port;
    server(slow).ask(["CLIENT", "PAUSE", "400", "ALL"]).unwrap();
    let began = Instant::now();
    let mut outcomes = pipe.stream().unwrap();
    assert!(pipe.is_empty());
    let mut seen = Vec::new();
    while let Some(next) = outcomes.next().await {
        let (index, outcome) = next.unwrap();
        let is_slow = began.elapsed() > Duration::from_millis(300);
        assert_eq!(is_slow, index == 0, "{index} after {:?}", began.elapsed());
        assert_eq!(outcome.is_reply(), index != 3, "{outcome:?}");
        seen.push(index);
    }
    assert_eq!((seen.last(), seen.len()), (Some(&0), 4));
    assert_eq!(outcomes.progress(), (4, 4));
    // Whoever leaves early loses nothing that was sent.
    let mut pipe = db.pipeline();
    for key in &keys {
        pipe.set(key, "later");
    }
    let mut outcomes = pipe.stream().unwrap();
    outcomes.next().await.unwrap().unwrap();
    drop(outcomes);
    for key in &keys {
        assert_eq!(db.get(key).into_type::<String>().await.unwrap(), "later");
    }
    // Misuse is told first and alone: nothing was sent.
    let mut pipe = db.pipeline();
    pipe.set(&keys[0], "never").sinter([&keys[0], &keys[1]]);
    let mut outcomes = pipe.stream().unwrap();
    assert_eq!(outcomes.next().await.unwrap().unwrap_err().code(), "CROSSSLOT");
    assert!(outcomes.next().await.is_none());
    assert_eq!(db.get(&keys[0]).into_type::<String>().await.unwrap(), "later");
    assert!(db.pipeline().stream().unwrap().next().await.is_none());
    // Hooks see them too.
    let mut pipe = db.pipeline();
    pipe.result_with(|heard, value| Ok(Value::Array(vec![Value::Bytes(heard.command.to_owned().into()), value])));
    pipe.get(&keys[0]);
    let (_, outcome) = pipe.stream().unwrap().next().await.unwrap().unwrap();
    assert!(matches!(&outcome, Outcome::Reply(Value::Array(items)) if items[0].as_str() == Some("GET")), "{outcome:?}");
    settled(&db).await;
}

/// Keeps the node of its key busy for that many milliseconds.
const BUSY: &str = "\
    local function now() local time = redis.call('TIME') return time[1] * 1000 + time[2] / 1000 end \
    local began = now() \
    while now() - began < tonumber(ARGV[1]) do end \
    return 'done'";

#[tokio::test]
async fn slow_commands_have_a_deadline_of_their_own() {
    let _turn = TURN.write().await;
    let (ms, key) = (Duration::from_millis, key("slow"));
    let connect = async |deadline, slow| {
        let builder = Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!()));
        builder.deadline(deadline).slow_deadline(slow).connect().await.unwrap()
    };
    // What is slow takes longer than any other command may, and the one behind it waits no longer for that. That the node
    // does not answer a second connection either, for longer than a connection may take, is the slow command's doing.
    let db = connect(ms(200), ms(10_000)).await;
    db.set(&key, "v").await.unwrap();
    let began = Instant::now();
    let (slow, behind) = tokio::join!(db.eval(BUSY, [&key], [1_600]), async {
        sleep(ms(50)).await;
        let ended = db.get(&key).await;
        (ended, began.elapsed())
    });
    assert_eq!(slow.unwrap(), "done");
    assert!(began.elapsed() >= ms(1_600), "{:?}", began.elapsed());
    let (behind, after) = behind;
    assert!(behind.as_ref().is_err_and(Error::is_uncertain), "{behind:?}");
    assert!((ms(240)..ms(700)).contains(&after), "{after:?}");
    // The other way round: the slow one is given up, what is behind it is waited for. A call's own deadline is above both.
    let db = connect(ms(10_000), ms(200)).await;
    let (slow, behind) = tokio::join!(db.eval(BUSY, [&key], [800]), async {
        sleep(ms(50)).await;
        db.get(&key).into_type::<String>().await
    });
    assert!(slow.as_ref().is_err_and(Error::is_uncertain), "{slow:?}");
    assert_eq!(behind.unwrap(), "v");
    let patient = db.eval(BUSY, [&key], [400]).deadline(ms(10_000)).await;
    assert_eq!(patient.unwrap(), "done");
}

#[tokio::test]
async fn blocking_commands_add_their_own_timeout() {
    let _turn = TURN.write().await;
    let (ms, list) = (Duration::from_millis, key("blocks"));
    let builder = Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).deadline(ms(200));
    let db = builder.connect().await.unwrap();
    let timed = async |timeout: f64| {
        let began = Instant::now();
        let ended = db.blpop([&list], timeout).into_type::<Option<(String, String)>>().await;
        (ended, began.elapsed())
    };
    // It blocks for longer than the deadline of others, and ends when the server says so.
    let (ended, after) = timed(0.6).await;
    assert_eq!(ended.unwrap(), None);
    assert!(after >= ms(600), "{after:?}");
    // Without a timeout it has no deadline.
    let pushed = async {
        sleep(ms(700)).await;
        db.rpush(&list, "x").await.unwrap()
    };
    let ((ended, after), _) = tokio::join!(timed(0.0), pushed);
    assert_eq!(ended.unwrap(), Some((list.clone(), "x".to_owned())));
    assert!(after >= ms(700), "{after:?}");
    // Where the server says nothing, it ends a second behind its timeout.
    let node = server(db.node_for(&list).unwrap().address.port);
    node.ask(["CLIENT", "PAUSE", "5000", "WRITE"]).unwrap();
    let (ended, after) = timed(0.3).await;
    node.ask(["CLIENT", "UNPAUSE"]).unwrap();
    assert!(ended.as_ref().is_err_and(Error::is_uncertain), "{ended:?}");
    assert!((ms(1_300)..ms(2_500)).contains(&after), "{after:?}");
}
