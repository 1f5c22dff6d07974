//! What a client does with calls, pipelines, many tasks, cancelled calls, and when it is closed.

use std::{
    collections::{BTreeSet, HashMap},
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, LazyLock},
    task::Poll,
    time::{Duration, Instant},
};

use slotpipe::{
    Bytes, CallOptions, Cluster, Commands, ErrorKind, Outcome, Ran, Value,
    lab::{
        self, ClusterOptions, LocalCluster, ServerOptions,
        reshard::{Pace, Resharder},
        resp,
    },
    slot_of,
};
use slotpipe_tests::{engine, waiting::settled};
use tokio::{
    task::{JoinSet, yield_now},
    time::timeout,
};

/// Three primaries for the tests that break nothing; each test has keys of its own.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

async fn connect() -> Cluster {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).connect().await.unwrap()
}

#[tokio::test]
async fn connected_means_that_every_slot_has_an_owner() {
    let topology = connect().await.topology();
    assert_eq!(topology.covered(), 16_384);
    assert_eq!(topology.nodes.len(), 3);
    let slot = CLUSTER.slot_of("foo").unwrap();
    assert_eq!(topology.owner(slot).unwrap().port, CLUSTER.primary_of(slot).unwrap().port());
}

#[tokio::test]
async fn what_was_set_is_read_back_as_the_type_asked_for() {
    let db = connect().await;
    db.set("types:n", 42).await.unwrap();
    assert_eq!(db.cmd("GET").arg("types:n").await.unwrap(), "42");
    assert_eq!(db.cmd("GET").arg("types:n").read::<i64>().await.unwrap(), 42);
    assert_eq!(db.cmd("GET").arg("types:n").read::<String>().await.unwrap(), "42");
    assert_eq!(db.cmd("GET").arg("types:n").read::<Bytes>().await.unwrap(), "42");
    assert_eq!(db.cmd("GET").arg("types:none").read::<Option<u8>>().await.unwrap(), None);
}

#[tokio::test]
async fn a_reply_of_another_type_is_an_error_that_names_the_command() {
    let db = connect().await;
    db.cmd("SET").arg("types:text").arg("not a number").await.unwrap();
    let error = db.cmd("GET").arg("types:text").read::<i64>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "TYPE GET: expected an integer that fits i64, found a bulk string of 12 bytes; the command has run"
    );
}

#[tokio::test]
async fn an_error_of_the_server_has_its_code_its_node_and_whether_the_command_ran() {
    let db = connect().await;
    db.cmd("SET").arg("errors:text").arg("x").await.unwrap();
    let error = db.cmd("INCR").arg("errors:text").await.unwrap_err();
    let ErrorKind::Server(server) = error.kind() else { panic!("{error}") };
    assert_eq!((error.code(), error.command()), ("ERR", Some("INCR")));
    let owner = CLUSTER.primary_of(CLUSTER.slot_of("errors:text").unwrap()).unwrap();
    assert_eq!(server.node, Some(owner.address()));

    let unknown = db.cmd("NOSUCHCOMMAND").arg("k").await.unwrap_err();
    assert!(unknown.to_string().contains("NOSUCHCOMMAND"), "{unknown}");
    assert!(!unknown.is_uncertain());
}

#[tokio::test]
async fn a_pipeline_over_all_nodes_gives_its_replies_in_order() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    for n in 0..1_000 {
        pipe.cmd("SET").arg(format!("order:{n}")).arg(n);
        pipe.cmd("GET").arg(format!("order:{n}"));
    }
    assert_eq!(pipe.len(), 2_000);
    let replies = pipe.execute().await.unwrap();
    assert_eq!(replies.len(), 2_000);
    for (n, pair) in replies.chunks(2).enumerate() {
        assert_eq!(pair[0], "OK");
        assert_eq!(pair[1], *n.to_string());
    }
}

#[tokio::test]
async fn executing_empties_the_queue_and_a_second_time_runs_nothing() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("INCR").arg("twice");
    assert_eq!(pipe.execute().await.unwrap(), [Value::Int(1)]);
    assert!(pipe.execute().await.unwrap().is_empty());
    pipe.cmd("INCR").arg("twice");
    assert_eq!(pipe.query::<(i64,)>().await.unwrap(), (2,));
    pipe.cmd("INCR").arg("twice");
    pipe.clear();
    assert!(pipe.is_empty());
    assert_eq!(pipe.execute_settled().await.unwrap(), []);
}

#[tokio::test]
async fn the_first_failure_is_raised_and_carries_every_outcome() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("fails:a").arg("text");
    pipe.cmd("INCR").arg("fails:a");
    pipe.cmd("SET").arg("fails:b").arg("after");
    pipe.cmd("LPUSH").arg("fails:b").arg("x");
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.command()), ("ERR", Some(1), Some("INCR")));
    let outcomes = error.outcomes();
    assert_eq!(outcomes.iter().map(Outcome::is_reply).collect::<Vec<_>>(), [true, false, true, false]);
    let Outcome::ServerError(wrong_type) = &outcomes[3] else { panic!("{outcomes:?}") };
    assert_eq!((wrong_type.code(), wrong_type.ran), ("WRONGTYPE", Ran::Maybe));
}

#[tokio::test]
async fn settled_outcomes_keep_failures_in_their_places() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("settled:a").arg("text");
    pipe.cmd("INCR").arg("settled:a");
    pipe.cmd("GET").arg("settled:a");
    let outcomes = pipe.execute_settled().await.unwrap();
    assert!(matches!(&outcomes[1], Outcome::ServerError(_)), "{outcomes:?}");
    assert_eq!(outcomes[2], Outcome::Reply("text".into()));
}

#[tokio::test]
async fn a_tuple_of_another_size_is_refused_and_nothing_is_sent() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("INCR").arg("count");
    let error = pipe.query::<(i64, i64)>().await.unwrap_err();
    assert_eq!(error.code(), "COUNT");
    assert_eq!(db.cmd("EXISTS").arg("count").read::<u8>().await.unwrap(), 0);
    assert_eq!(pipe.query::<(i64,)>().await.unwrap(), (1,), "the queue is as it was");
}

#[tokio::test]
async fn misuse_names_its_position_and_nothing_of_the_pipeline_is_sent() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("misuse:a").arg(1);
    pipe.cmd("SET").arg("misuse:b").arg(2);
    pipe.cmd("MSET").arg("misuse:c").arg(3).arg("odd");
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.index(), error.command()), (Some(2), Some("MSET")));
    assert!(matches!(error.kind(), ErrorKind::Misuse { .. }), "{error}");
    assert_eq!(db.cmd("EXISTS").arg("misuse:a").arg("misuse:b").read::<u8>().await.unwrap(), 0);
}

#[tokio::test]
async fn not_a_number_is_refused_at_its_position() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("nan:a").arg(1);
    pipe.cmd("INCRBYFLOAT").arg("nan:b").arg(f64::NAN);
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.code(), error.index()), ("ARGUMENT", Some(1)));
    let error = db.cmd("SET").arg("nan:c").arg(f64::NAN).await.unwrap_err();
    assert_eq!(error.code(), "ARGUMENT");
    assert_eq!(db.cmd("EXISTS").arg("nan:a").arg("nan:c").read::<u8>().await.unwrap(), 0);
}

#[tokio::test]
async fn a_refused_call_does_not_touch_those_that_were_joined_with_it() {
    let db = connect().await;
    let (first, refused, last, refused_too) = tokio::join!(
        db.set("joined:a", 1),
        (&db).run::<Value>(|command| {
            command.arg("MSET").arg("joined:b").arg(2).arg("odd");
        }),
        db.set("joined:c", 3),
        (&db).run::<Value>(|command| {
            command.arg("GET");
        }),
    );
    first.unwrap();
    last.unwrap();
    for error in [refused.unwrap_err(), refused_too.unwrap_err()] {
        assert!(matches!(error.kind(), ErrorKind::Misuse { .. }), "{error}");
        assert_eq!(error.index(), None, "{error}");
    }
    assert_eq!(
        db.cmd("MGET").arg(["joined:a", "joined:b", "joined:c"]).read::<Vec<Option<u8>>>().await.unwrap(),
        [Some(1), None, Some(3)]
    );
}

#[tokio::test]
async fn a_blocking_call_holds_nobody_and_gets_its_reply() {
    let db = connect().await;
    let (popped, others) = tokio::join!(
        (&db).run::<(String, String)>(|command| {
            command.arg("BLPOP").arg("blocking:list").arg(5);
        }),
        async {
            for n in 0..50 {
                db.set("blocking:other", n).await.unwrap();
            }
            timeout(Duration::from_secs(1), db.cmd("RPUSH").arg("blocking:list").arg("x")).await.unwrap().unwrap()
        }
    );
    assert_eq!(popped.unwrap(), ("blocking:list".to_owned(), "x".to_owned()));
    assert_eq!(others, Value::Int(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks_share_one_client_and_each_gets_its_own_replies() {
    let db = connect().await;
    let mut tasks = JoinSet::new();
    for task in 0..64 {
        let db = db.clone();
        tasks.spawn(async move {
            for round in 0..100 {
                let key = format!("tasks:{task}:{round}");
                db.set(&key, format!("{task}-{round}")).await.unwrap();
                let value: String = db.get(&key).into_type().await.unwrap();
                assert_eq!(value, format!("{task}-{round}"));
                assert_eq!(db.incr(format!("tasks:{task}")).await.unwrap(), round + 1);
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    settled(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tasks_share_one_client_while_slots_move_and_each_command_runs_once() {
    const TASKS: usize = 32;
    const SLOTS: u64 = 40;
    let cluster = LocalCluster::start(3, 0).unwrap();
    let db = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!())).connect().await.unwrap();
    let keys = |task| [0, 1, 2].map(|at| format!("reshard:{task}:{at}"));
    let slots: BTreeSet<u16> = (0..TASKS).flat_map(keys).map(slot_of).collect();
    let pace = Pace { open: 4, hold: Duration::from_millis(5) };
    let resharder = Arc::new(Resharder::start(&cluster, slots, pace));
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (db, resharder) = (db.clone(), Arc::clone(&resharder));
        tasks.spawn(async move {
            let [text, count, list] = keys(task);
            let mut round = 0;
            while resharder.slots_moved() < SLOTS || round < 20 {
                round += 1;
                let said = format!("{task}-{round}");
                db.set(&text, &said).await.unwrap();
                assert_eq!(db.get(&text).into_type::<String>().await.unwrap(), said);
                assert_eq!(db.incr(&count).await.unwrap(), round);
                assert_eq!(db.rpush(&list, round).await.unwrap(), round);
                let values: Vec<String> = db.mget([&text, &count]).into_type().await.unwrap();
                assert_eq!(values, [said, round.to_string()]);
            }
            assert_eq!(db.lrange(list, 0, -1).into_type::<Vec<i64>>().await.unwrap(), (1..=round).collect::<Vec<_>>());
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    let report = Arc::into_inner(resharder).unwrap().stop();
    assert!(report.slots_moved >= SLOTS && report.failures.is_empty(), "{report:?}");
    let stats = db.stats().await.unwrap();
    assert!(stats.moved > 0 && stats.ask > 0, "nothing was redirected: the test proves nothing");
    settled(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelled_calls_and_pipelines_never_cost_another_its_reply() {
    let db = connect().await;
    let mut fill = db.pipeline();
    for n in 0..200 {
        fill.cmd("SET").arg(format!("cancel:{n}")).arg(n);
    }
    fill.execute().await.unwrap();

    let mut tasks = JoinSet::new();
    for task in 0..32_u64 {
        let db = db.clone();
        tasks.spawn(async move {
            let mut cancelled = 0;
            for round in 0..200_u64 {
                let n = (task * 31 + round * 7) % 200;
                let patience = Duration::from_micros((task * 13 + round * 29) % 400);
                let mut pipe = db.pipeline();
                (0..5).for_each(|at| drop(pipe.cmd("GET").arg(format!("cancel:{}", (n + at) % 200))));
                match timeout(patience, pipe.query::<Vec<u64>>()).await {
                    Ok(values) => {
                        assert_eq!(values.unwrap(), (0..5).map(|at| (n + at) % 200).collect::<Vec<_>>());
                    }
                    Err(_) => cancelled += 1,
                }
                match timeout(patience, db.cmd("GET").arg(format!("cancel:{n}")).read::<u64>()).await {
                    Ok(value) => assert_eq!(value.unwrap(), n),
                    Err(_) => cancelled += 1,
                }
                let call = db.get(format!("cancel:{n}"));
                match timeout(patience / 2, call).await {
                    Ok(value) => assert_eq!(value.unwrap(), Some(Bytes::from(n.to_string()))),
                    Err(_) => cancelled += 1,
                }
            }
            cancelled
        });
    }
    let mut cancelled = 0;
    while let Some(ended) = tasks.join_next().await {
        cancelled += ended.unwrap();
    }
    assert!(cancelled > 100, "only {cancelled} were cancelled: the test proves nothing");
    settled(&db).await;
}

#[tokio::test]
async fn a_call_that_is_never_awaited_is_never_sent() {
    let db = connect().await;
    drop(db.set("lazy", 1));
    yield_now().await;
    assert_eq!(db.cmd("EXISTS").arg("lazy").read::<u8>().await.unwrap(), 0);
}

#[tokio::test]
async fn large_values_pass_both_ways() {
    let db = connect().await;
    let large: Bytes = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect::<Vec<u8>>().into();
    db.set("large:a", large.clone()).await.unwrap();
    db.set("large:b", &large[..]).await.unwrap();
    let mut pipe = db.pipeline();
    pipe.cmd("GET").arg("large:a");
    pipe.cmd("GET").arg("large:b");
    pipe.cmd("STRLEN").arg("large:a");
    let (a, b, length) = pipe.query::<(Bytes, Vec<u8>, usize)>().await.unwrap();
    assert!(a == large && b == large);
    assert_eq!(length, large.len());
}

#[tokio::test]
async fn a_pipeline_larger_than_the_window_runs_whole() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    for n in 0..50_000 {
        pipe.cmd("SET").arg(format!("window:{}", n % 5_000)).arg(n);
    }
    pipe.deadline(Duration::from_secs(60));
    let replies = pipe.execute_raw().await.unwrap();
    replies.check().unwrap();
    assert_eq!(replies.len(), 50_000);
    assert_eq!(db.cmd("GET").arg("window:4999").read::<u32>().await.unwrap(), 49_999);
}

#[tokio::test]
async fn raw_batches_give_outcomes_without_copies() {
    let db = connect().await;
    let mut batch = resp::encode(["SET", "raw:a", "text"]);
    batch.extend(resp::encode(["INCR", "raw:a"]));
    batch.extend(resp::encode(["GET", "raw:a"]));
    let replies = db.raw(batch).await.unwrap();
    let failed: Vec<usize> =
        replies.iter().filter(|(_, outcome)| outcome.reply().is_none()).map(|(at, _)| at).collect();
    assert_eq!(failed, [1]);
    assert_eq!(replies.command_name(1), "INCR");
    assert_eq!(replies.read::<String>(2).unwrap(), "text");

    let mut torn = resp::encode(["SET", "raw:b", "1"]);
    torn.extend(b"*1\r\n$4\r\nPI");
    let error = db.raw(torn).await.unwrap_err();
    assert_eq!((error.code(), error.index()), ("FRAME", Some(1)));
    assert_eq!(db.cmd("EXISTS").arg("raw:b").read::<u8>().await.unwrap(), 0);
}

#[tokio::test]
async fn replies_have_the_same_shape_under_both_protocols() {
    for resp2 in [false, true] {
        let builder = Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!()));
        let db = if resp2 { builder.resp2() } else { builder }.connect().await.unwrap();
        let mut pipe = db.pipeline();
        pipe.cmd("DEL").arg("shape:h");
        pipe.cmd("HSET").arg("shape:h").arg("f").arg(1).arg("g").arg(2);
        pipe.cmd("HGETALL").arg("shape:h");
        pipe.cmd("DEL").arg("shape:z");
        pipe.cmd("ZADD").arg("shape:z").arg(1.5).arg("m");
        pipe.cmd("ZRANGE").arg("shape:z").arg(0).arg(-1).arg("WITHSCORES");
        pipe.cmd("ZSCORE").arg("shape:z").arg("m");
        let replies = pipe.execute_raw().await.unwrap();
        let map: HashMap<String, i64> = replies.read(2).unwrap();
        assert_eq!(map, HashMap::from([("f".to_owned(), 1), ("g".to_owned(), 2)]), "resp2: {resp2}");
        let value: Value = replies.read(2).unwrap();
        assert_eq!(value.get("g"), Some(&"2".into()));
        assert_eq!(replies.read::<Vec<(String, f64)>>(5).unwrap(), [("m".to_owned(), 1.5)]);
        assert_eq!(replies.read::<Value>(6).unwrap(), Value::Double(1.5));
    }
}

#[tokio::test]
async fn a_command_over_several_slots_is_merged_or_refused_as_asked() {
    let db = connect().await;
    db.cmd("MSET").arg([("split:a", 1), ("split:b", 2), ("split:c", 3)]).await.unwrap();
    let keys = ["split:a", "split:none", "split:b", "split:c"];
    let values = db.cmd("MGET").arg(keys).read::<Vec<Option<u8>>>().await.unwrap();
    assert_eq!(values, [Some(1), None, Some(2), Some(3)]);
    let whole = db.with(CallOptions::new().no_split());
    let error = whole.cmd("MGET").arg(keys).await.unwrap_err();
    assert_eq!(error.code(), "CROSSSLOT");
}

#[tokio::test]
async fn explain_says_where_a_pipeline_would_go_and_sends_nothing() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("explain:a").arg(1);
    pipe.cmd("MGET").arg(["explain:a", "explain:b"]);
    let explained = pipe.explain().await.unwrap();
    let owner = CLUSTER.primary_of(CLUSTER.slot_of("explain:a").unwrap()).unwrap();
    let plan = explained[0].plan.as_ref().unwrap();
    assert_eq!(plan.parts[0].node.as_ref().unwrap().port, owner.port());
    assert_eq!(explained[1].keys, ["explain:a", "explain:b"]);
    assert_eq!(pipe.len(), 2);
    assert_eq!(db.cmd("EXISTS").arg("explain:a").read::<u8>().await.unwrap(), 0);
}

#[tokio::test]
async fn closing_lets_everything_settle_and_then_refuses() {
    let db = connect().await;
    let mut calls: Vec<_> = (0..100).map(|_| db.incr("closing")).collect();
    // All are on their way before the door closes.
    poll_fn(|cx| {
        assert!(calls.iter_mut().all(|call| Pin::new(call).poll(cx).is_pending()));
        Poll::Ready(())
    })
    .await;
    let other = db.clone();
    db.close().await;
    for call in calls {
        call.await.unwrap();
    }
    let error = other.get("closing").await.unwrap_err();
    assert_eq!(error.to_string(), "CLOSED GET: the client is closed; the command was not sent");
    other.close().await;
    assert_eq!(connect().await.get("closing").into_type::<i64>().await.unwrap(), 100);
}

#[tokio::test]
async fn the_last_handle_takes_the_connections_with_it() {
    let db = Cluster::builder(CLUSTER.seeds())
        .engine(engine::of(module_path!()))
        .name("short-lived")
        .connect()
        .await
        .unwrap();
    db.cmd("MSET").arg([("last:a", 1), ("last:b", 2), ("last:c", 3)]).await.unwrap();
    let count = || {
        let lists = CLUSTER.nodes().iter().map(|node| node.ask(["CLIENT", "LIST"]).unwrap());
        lists.map(|list| list.text().unwrap().matches("name=short-lived").count()).sum::<usize>()
    };
    assert!(count() >= 1);
    let clone = db.clone();
    drop(db);
    clone.cmd("GET").arg("last:a").await.unwrap();
    drop(clone);
    // The driver sees it when it next runs.
    let gone = move || if count() == 0 { Ok(()) } else { Err(lab::Error::new("still connected")) };
    tokio::task::spawn_blocking(move || lab::wait_until(Duration::from_secs(5), "the connections to go", gone))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn topology_watchers_are_told() {
    let db = connect().await;
    let mut watch = db.watch_topology();
    assert_eq!(watch.borrow_and_update().covered(), 16_384);
    assert_eq!(Arc::as_ptr(&db.topology()), Arc::as_ptr(&watch.borrow()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_does_not_wait_for_ever_for_a_command_that_blocks_for_ever() {
    let db = connect().await;
    let blocked = tokio::spawn({
        let db = db.clone();
        async move { db.cmd("BLPOP").arg("native:never").arg(0).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    db.close().await;
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    let error = blocked.await.unwrap().unwrap_err();
    assert!(error.is_uncertain(), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renamed_command_is_asked_about_and_sent_by_its_keys() {
    let config = vec!["rename-command GETDEL TAKE".to_owned()];
    let server = ServerOptions { config, ..ServerOptions::default() };
    let options = ClusterOptions { primaries: 3, server, ..ClusterOptions::default() };
    let cluster = LocalCluster::start_with(&options).unwrap();
    let db = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!())).connect().await.unwrap();
    for n in 0..20 {
        let key = format!("renamed:{n}");
        db.set(&key, n).await.unwrap();
        assert_eq!(db.cmd("TAKE").arg(&key).read::<i64>().await.unwrap(), n);
    }
    let error = db.cmd("NOSUCH").arg("x").await.unwrap_err();
    assert!(error.to_string().contains("NOSUCH"), "{error}");
}
