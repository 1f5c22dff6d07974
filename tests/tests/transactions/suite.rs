//! Units, sessions and transactions: what runs, what does not, and that nobody gets anybody else's.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use slotpipe::{
    Cluster, Commands, Error, ErrorKind, NotExecuted, Outcome, Partial, Value,
    lab::{
        LocalCluster, Server, ServerOptions,
        reshard::{Pace, Resharder, SlotMove},
    },
    slot_of,
};
use slotpipe_tests::{engine, waiting::settled};
use tokio::{sync::RwLock, time::sleep};

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// Whoever pauses a node or ends its connections is alone.
static TURN: LazyLock<RwLock<()>> = LazyLock::new(Default::default);

async fn connect() -> Cluster {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).connect().await.unwrap()
}

/// A hash tag of its own for a test on an engine.
fn tag(name: &str) -> String {
    format!("{{{name}:{}}}", module_path!())
}

async fn number(db: &Cluster, key: &str) -> i64 {
    db.get(key).into_type::<Option<i64>>().await.unwrap().unwrap_or(0)
}

#[tokio::test]
async fn a_unit_runs_as_one_step_and_each_command_has_its_reply() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("unit"));
    let mut unit = db.pipeline();
    unit.atomic().set(format!("{tag}n"), 1).incr(format!("{tag}n")).hset(format!("{tag}h"), [("f", "v")]);
    unit.hgetall(format!("{tag}h")).publish("news", "told");
    let replies = unit.execute().await.unwrap();
    assert_eq!(replies[1], Value::Int(2));
    assert!(matches!(&replies[3], Value::Map(pairs) if pairs.len() == 1), "{:?}", replies[3]);
    assert!(unit.is_empty(), "executing empties it");
    // It keeps its options, and a second time it is a unit again.
    unit.incr(format!("{tag}n")).lpush(format!("{tag}n"), "x").incr(format!("{tag}n"));
    let outcomes = unit.execute_settled().await.unwrap();
    assert_eq!(outcomes[0], Outcome::Reply(Value::Int(3)));
    assert!(matches!(&outcomes[1], Outcome::ServerError(error) if error.code() == "WRONGTYPE"), "{:?}", outcomes[1]);
    assert_eq!(outcomes[2], Outcome::Reply(Value::Int(4)), "a command that fails undoes nothing");
    assert_eq!(unit.execute().await.unwrap(), Vec::<Value>::new());
}

#[tokio::test]
async fn what_cannot_be_a_unit_is_refused_before_anything_is_sent() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("refused"));
    let key = format!("{tag}k");
    let misuse = async |fill: &dyn Fn(&mut slotpipe::Pipeline)| {
        let mut unit = db.pipeline();
        unit.atomic().set(&key, "sent");
        fill(&mut unit);
        let error = unit.execute().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Misuse { .. }), "{error}");
        (error.code().to_owned(), error.index(), error.to_string())
    };
    let (code, index, text) = misuse(&|unit| _ = unit.set("elsewhere", 1)).await;
    assert_eq!((code.as_str(), index), ("CROSSSLOT", Some(1)));
    let [slot, other] = [slot_of(&key), slot_of("elsewhere")];
    assert!(text.contains(&format!("slot {slot}")) && text.contains(&format!("slot {other}")), "{text}");
    assert_eq!(misuse(&|unit| _ = unit.time()).await.0, "KEYLESS");
    assert_eq!(misuse(&|unit| _ = unit.dbsize()).await.0, "KEYLESS");
    assert_eq!(misuse(&|unit| _ = unit.watch(&key)).await.0, "SESSION");
    assert_eq!(misuse(&|unit| drop(unit.cmd("MULTI"))).await.0, "SESSION");
    assert!(!db.exists([&key]).into_type::<bool>().await.unwrap(), "nothing of them was sent");
    // Between MULTI and EXEC nothing blocks.
    let mut unit = db.pipeline();
    unit.atomic().blpop([format!("{tag}empty")], 0.0);
    assert_eq!(unit.execute().await.unwrap(), [Value::Null]);
}

#[tokio::test]
async fn a_refused_command_takes_its_unit_with_it() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("discarded"));
    let key = format!("{tag}k");
    let mut unit = db.pipeline();
    // An option that only the server knows to be wrong fails when it runs; a name that it does not have, when it is queued.
    unit.atomic().set(&key, 1);
    unit.cmd("JSON.GET").arg(&key);
    let outcomes = unit.execute_settled().await.unwrap();
    assert!(
        matches!(&outcomes[1], Outcome::ServerError(error) if error.line.contains("unknown command")),
        "{outcomes:?}"
    );
    let Outcome::NotExecuted(not) = &outcomes[0] else { panic!("{:?}", outcomes[0]) };
    assert_eq!(not.reason, NotExecuted::Discarded);
    assert!(not.message.contains("command 1") && not.message.contains("unknown command"), "{}", not.message);
    assert!(!db.exists([&key]).into_type::<bool>().await.unwrap());
}

#[tokio::test]
async fn a_watched_key_that_changes_is_a_conflict_and_the_session_goes_on() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("watch"));
    let key = format!("{tag}k");
    db.set(&key, 7).await.unwrap();
    let session = db.session([&key]).unwrap();
    for round in 0..3 {
        session.watch(&key).await.unwrap();
        let seen: i64 = session.get(&key).into_type().await.unwrap();
        let mut unit = session.multi();
        unit.set(&key, seen + 1).get(&key);
        if round == 1 {
            db.set(&key, 100).await.unwrap();
            let error = unit.execute().await.unwrap_err();
            assert!(error.is_conflict() && error.code() == "CONFLICT" && !error.is_uncertain(), "{error}");
            assert_eq!(number(&db, &key).await, 100);
        } else {
            let ((), now): ((), i64) = unit.query().await.unwrap();
            assert_eq!(now, seen + 1);
        }
    }
    assert_eq!(number(&db, &key).await, 101);
    // More keys can be watched later, and let go.
    let other = format!("{tag}other");
    session.watch(&key).await.unwrap();
    session.watch([&other]).await.unwrap();
    db.set(&other, 1).await.unwrap();
    session.unwatch().await.unwrap();
    let mut unit = session.multi();
    unit.incr(&key);
    assert_eq!(unit.execute().await.unwrap(), [Value::Int(102)]);
    // Forgotten, a unit leaves nothing, and what was watched is not any more.
    session.watch(&key).await.unwrap();
    let mut unit = session.multi();
    unit.set(&key, "never");
    session.discard(unit).await.unwrap();
    db.incr(&key).await.unwrap();
    let mut unit = session.multi();
    unit.incr(&key);
    assert_eq!(unit.execute().await.unwrap(), [Value::Int(104)]);
    // So does executing an empty one.
    session.watch(&key).await.unwrap();
    assert!(session.multi().execute().await.unwrap().is_empty());
    db.incr(&key).await.unwrap();
    let mut unit = session.multi();
    unit.incr(&key);
    assert_eq!(unit.execute().await.unwrap(), [Value::Int(106)]);
}

#[tokio::test]
async fn a_session_is_on_one_slot_or_node() {
    let _turn = TURN.read().await;
    let db = connect().await;
    let tag = tag("bound");
    let code = |error: Error| error.code().to_owned();
    assert_eq!(code(db.session(["foo", "bar"]).unwrap_err()), "CROSSSLOT");
    assert_eq!(code(db.session::<&str>([]).unwrap_err()), "KEYS");
    let session = db.session([format!("{tag}k")]).unwrap();
    assert_eq!(code(session.get("elsewhere").await.unwrap_err()), "CROSSSLOT");
    let slot = slot_of(format!("{tag}k"));
    let at_slot = db.session_at_slot(slot);
    at_slot.set(format!("{tag}k"), 1).await.unwrap();
    // Commands without keys go to its node too.
    let owner = db.node_for_slot(slot).unwrap();
    let port = |info: Value| format!("{info:?}").contains(&format!("\"{}\"", owner.address.port));
    let info: Value = at_slot.cmd("CONFIG GET").arg("port").await.unwrap();
    assert!(port(info.clone()), "{info:?}");
    let at_node = db.session_at_node(owner.address.clone());
    assert_eq!(at_node.get(format!("{tag}k")).into_type::<i64>().await.unwrap(), 1);
    let away = CLUSTER.nodes().iter().find(|node| node.port() != owner.address.port).unwrap();
    let elsewhere = db.session_at_node(slotpipe::Address::new("127.0.0.1", away.port()));
    let error = elsewhere.get(format!("{tag}k")).await.unwrap_err();
    assert_eq!(error.code(), "MOVED");
}

#[tokio::test]
async fn wait_speaks_of_what_the_session_wrote() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("wait"));
    assert_eq!(db.cmd("WAIT").arg(1).arg(100).await.unwrap_err().code(), "SESSION");
    let session = db.session([&tag]).unwrap();
    session.set(&tag, 1).await.unwrap();
    let replicas: Value = session.cmd("WAIT").arg(0).arg(100).await.unwrap();
    assert_eq!(replicas, Value::Int(0), "there are no replicas here");
}

/// Many that count at once: each count is there once, however often they meet.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transactions_that_meet_lose_no_update() {
    let _turn = TURN.read().await;
    const TASKS: u32 = 8;
    const TIMES: u32 = 10;
    let (db, tag) = (connect().await, tag("counters"));
    let (key, log) = (format!("{tag}n"), format!("{tag}log"));
    let attempts = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let (db, key, log, attempts) = (db.clone(), key.clone(), log.clone(), Arc::clone(&attempts));
            tokio::spawn(async move {
                let (key, log, attempts) = (&key, &log, &attempts);
                for _ in 0..TIMES {
                    let counted = db
                        .transaction_within(10_000, [key, log], |session| async move {
                            attempts.fetch_add(1, Ordering::Relaxed);
                            let seen: Option<i64> = session.get(key).into_type().await?;
                            let next = seen.unwrap_or(0) + 1;
                            let mut unit = session.multi();
                            unit.set(key, next).rpush(log, next);
                            unit.execute().await?;
                            Ok(next)
                        })
                        .await
                        .unwrap();
                    assert!(counted > 0);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let all = i64::from(TASKS * TIMES);
    assert_eq!(number(&db, &key).await, all);
    let log: Vec<i64> = db.lrange(&log, 0, -1).into_type().await.unwrap();
    assert_eq!(log, (1..=all).collect::<Vec<_>>());
    assert!(attempts.load(Ordering::Relaxed) > TASKS * TIMES, "they never met");
    settled(&db).await;
}

#[tokio::test]
async fn a_transaction_gives_what_its_function_gives_and_is_tried_so_often() {
    let _turn = TURN.read().await;
    let (db, tag) = (&connect().await, tag("tried"));
    let key = &format!("{tag}k");
    db.set(key, 5).await.unwrap();
    // Without a unit it is what it read.
    let read: i64 = db.transaction([key], |session| async move { session.get(key).into_type().await }).await.unwrap();
    assert_eq!(read, 5);
    // One that always meets somebody ends with the conflict.
    let mut tried = 0;
    let error = db
        .transaction_within(3, [key], |session| {
            tried += 1;
            async move {
                db.incr(key).await?;
                let mut unit = session.multi();
                unit.set(key, 0);
                unit.execute().await
            }
        })
        .await
        .unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!((tried, number(db, key).await), (3, 8));
    // An error of its own ends it at once, and nothing stays watched.
    let mut tried = 0;
    let error = db
        .transaction([key], |session| {
            tried += 1;
            async move { session.lpush(key, "x").await }
        })
        .await
        .unwrap_err();
    assert_eq!((error.code(), tried), ("WRONGTYPE", 1));
    settled(db).await;
}

/// While slots move, units run whole, in order, once: the list and the counter of a slot never differ.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_run_whole_and_once_while_their_slots_move() {
    let _turn = TURN.read().await;
    let db = connect().await;
    let tags: Vec<String> = (0..6).map(|n| tag(&format!("moving{n}"))).collect();
    let slots: Vec<u16> = tags.iter().map(slot_of).collect();
    let resharder = Resharder::start(&CLUSTER, slots, Pace { open: 3, hold: Duration::from_millis(3) });
    let is_enough = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = tags
        .iter()
        .cloned()
        .map(|tag| {
            let (db, is_enough) = (db.clone(), Arc::clone(&is_enough));
            tokio::spawn(async move {
                let mut n = 0;
                while !is_enough.load(Ordering::Relaxed) {
                    n += 1;
                    let mut unit = db.pipeline();
                    unit.atomic().deadline(Duration::from_secs(30));
                    unit.incr(format!("{tag}n")).rpush(format!("{tag}l"), n);
                    let (count, len): (i64, i64) = unit.query().await.unwrap();
                    assert_eq!((count, len), (n, n), "{tag}");
                }
                n
            })
        })
        .collect();
    for _ in 0..3_000 {
        let stats = db.stats().await.unwrap();
        if stats.moved > 20 && stats.ask > 20 && stats.try_again > 5 {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    is_enough.store(true, Ordering::Relaxed);
    for (tag, task) in tags.iter().zip(tasks) {
        let count = task.await.unwrap();
        let list: Vec<i64> = db.lrange(format!("{tag}l"), 0, -1).into_type().await.unwrap();
        assert_eq!(list, (1..=count).collect::<Vec<_>>());
    }
    resharder.stop();
    let stats = db.stats().await.unwrap();
    assert!(stats.moved > 20 && stats.ask > 20 && stats.try_again > 5, "the slots hardly moved: {stats:?}");
}

#[tokio::test]
async fn a_slot_that_moves_under_a_watch_is_a_conflict() {
    let _turn = TURN.read().await;
    let (db, tag) = (connect().await, tag("moved"));
    let key = format!("{tag}k");
    db.set(&key, 1).await.unwrap();
    let session = db.session([&key]).unwrap();
    session.watch(&key).await.unwrap();
    let slot = slot_of(&key);
    let owner = db.node_for_slot(slot).unwrap().address.port;
    let target = CLUSTER.nodes().iter().find(|node| node.port() != owner).unwrap();
    let mut moving = SlotMove::begin(&CLUSTER, slot, target).unwrap();
    moving.move_rest().unwrap();
    moving.finish().unwrap();
    let mut unit = session.multi();
    unit.set(&key, 2);
    let error = unit.execute().await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!(number(&db, &key).await, 1);
    // The session goes on at the new owner.
    session.watch(&key).await.unwrap();
    let mut unit = session.multi();
    unit.incr(&key);
    assert_eq!(unit.execute().await.unwrap(), [Value::Int(2)]);
}

#[tokio::test]
async fn a_connection_that_is_lost_takes_its_watch_along() {
    let _turn = TURN.write().await;
    let (db, tag) = (connect().await, tag("lost"));
    let key = format!("{tag}k");
    let session = db.session([&key]).unwrap();
    session.watch(&key).await.unwrap();
    let owner = db.node_for(&key).unwrap();
    let node = CLUSTER.nodes().iter().find(|node| node.port() == owner.address.port).unwrap();
    node.ask(["CLIENT", "KILL", "TYPE", "normal"]).unwrap();
    sleep(Duration::from_millis(50)).await;
    let mut unit = session.multi();
    unit.set(&key, 2);
    let error = unit.execute().await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    let mut unit = session.multi();
    unit.set(&key, 3);
    unit.execute().await.unwrap();
    assert_eq!(number(&db, &key).await, 3);
}

#[tokio::test]
async fn a_user_who_may_not_say_multi_is_told_so_and_nothing_runs() {
    let _turn = TURN.read().await;
    let tag = tag("acl");
    for node in CLUSTER.nodes() {
        node.ask(["ACL", "SETUSER", "single", "on", ">secret", "allkeys", "allchannels", "+@all", "-multi"]).unwrap();
    }
    let db = Cluster::builder(CLUSTER.seeds())
        .engine(engine::of(module_path!()))
        .username("single")
        .password("secret")
        .connect()
        .await
        .unwrap();
    let mut unit = db.pipeline();
    unit.atomic().set(format!("{tag}k"), 1).incr(format!("{tag}k"));
    let outcomes = unit.execute_settled().await.unwrap();
    for outcome in &outcomes {
        assert!(matches!(outcome, Outcome::ServerError(error) if error.code() == "NOPERM"), "{outcome:?}");
    }
    assert!(!db.exists([format!("{tag}k")]).into_type::<bool>().await.unwrap(), "its commands have run without MULTI");
    // A watch without MULTI is of no use.
    let session = db.session([&tag]).unwrap();
    assert_eq!(session.watch(&tag).await.unwrap_err().code(), "NOPERM");
}

#[tokio::test]
async fn a_unit_whose_multi_was_forbidden_meanwhile_is_partial_and_no_other_runs() {
    let _turn = TURN.read().await;
    let tag = tag("revoked");
    let allow = |rules: &[&str]| {
        for node in CLUSTER.nodes() {
            node.ask([&["ACL", "SETUSER", tag.as_str()], rules].concat()).unwrap();
        }
    };
    allow(&["on", ">secret", "allkeys", "allchannels", "+@all"]);
    let db = Cluster::builder(CLUSTER.seeds())
        .engine(engine::of(module_path!()))
        .username(&tag)
        .password("secret")
        .connect()
        .await
        .unwrap();
    let (shared, own) = (format!("{tag}shared"), format!("{tag}own"));
    let unit = async || db.pipeline().atomic().incr(&shared).incr(&shared).execute_settled().await.unwrap();
    // That MULTI had been refused, and what became of the command for itself.
    let apart = |outcome: &Outcome| {
        let Outcome::Partial(Partial { parts }) = outcome else { panic!("{outcome:?}") };
        let [multi, command] = &parts[..] else { panic!("{parts:?}") };
        assert_eq!(multi.step.as_deref(), Some("MULTI"));
        assert!(matches!(&multi.outcome, Outcome::ServerError(error) if error.code() == "NOPERM"), "{multi:?}");
        command.outcome.clone()
    };
    let is_refused = |outcome: &Outcome| matches!(outcome, Outcome::ServerError(error) if error.code() == "NOPERM");
    assert_eq!(unit().await, [1, 2].map(|count| Outcome::Reply(Value::Int(count))));
    let session = db.session([&own]).unwrap();
    session.watch(&own).await.unwrap();

    allow(&["-multi"]);
    let outcomes: Vec<_> = unit().await.iter().map(apart).collect();
    assert_eq!(outcomes, [3, 4].map(|count| Outcome::Reply(Value::Int(count))));
    assert!(unit().await.iter().all(is_refused), "MULTI is asked for anew, and nothing runs without it");
    assert_eq!(number(&db, &shared).await, 4);

    // Nobody is told that a watch has held.
    db.set(&own, "somebody else's").await.unwrap();
    let outcomes = session.multi().set(&own, "mine").execute_settled().await.unwrap();
    assert!(matches!(apart(&outcomes[0]), Outcome::Reply(_)), "{outcomes:?}");
    assert_eq!(session.watch(&own).await.unwrap_err().code(), "NOPERM");
}

#[tokio::test]
async fn a_single_server_takes_any_keys_and_commands() {
    let _turn = TURN.read().await;
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = Cluster::builder(format!("127.0.0.1:{}", server.port()))
        .engine(engine::of(module_path!()))
        .connect()
        .await
        .unwrap();
    let mut unit = db.pipeline();
    unit.atomic().set("foo", 1).set("bar", 2).dbsize().ping();
    let replies = unit.execute().await.unwrap();
    assert_eq!(replies[2], Value::Int(2));
    let session = db.session(["foo", "bar"]).unwrap();
    session.watch(["foo", "bar"]).await.unwrap();
    db.set("bar", 3).await.unwrap();
    let mut unit = session.multi();
    unit.incr("foo");
    assert!(unit.execute().await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn a_unit_that_is_given_up_is_unknown_and_its_late_replies_are_nobodys() {
    let _turn = TURN.write().await;
    let (db, tag) = (connect().await, tag("late"));
    let key = format!("{tag}k");
    db.set(&key, 0).await.unwrap();
    let owner = db.node_for(&key).unwrap();
    let node = CLUSTER.nodes().iter().find(|node| node.port() == owner.address.port).unwrap();
    // MULTI is known to be allowed by now.
    let mut unit = db.pipeline();
    unit.atomic().incr(&key);
    unit.execute().await.unwrap();
    node.ask(["CLIENT", "PAUSE", "400", "ALL"]).unwrap();
    unit.deadline(Duration::from_millis(100)).incr(&key).incr(&key);
    for outcome in unit.execute_settled().await.unwrap() {
        assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    }
    let next = db.echo("mine").await.unwrap();
    assert_eq!(&next[..], b"mine");
    assert_eq!(number(&db, &key).await, 3, "it ran when the pause was over, once");
    settled(&db).await;
}
