//! Pipelines: what is refused when it is queued, hooks, options of their own, what errors say, what is counted.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use slotpipe::{
    Address, Cluster, Cmd, Commands, Error, Order, Outcome, Retry, Route, Value, lab::LocalCluster, slot_of,
};
use slotpipe_tests::engine;

/// Three primaries; each test has keys of its own.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

async fn connect() -> Cluster {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).connect().await.unwrap()
}

#[tokio::test]
async fn what_cannot_work_in_a_pipeline_is_refused_when_it_is_queued() {
    let db = connect().await;
    for (line, code) in [
        ("BLPOP queue:l 0", "BLOCKING"),
        ("brpop queue:l 0", "BLOCKING"),
        ("XREAD BLOCK 0 STREAMS queue:s $", "BLOCKING"),
        ("SUBSCRIBE c", "SUBSCRIBE"),
        ("psubscribe c*", "SUBSCRIBE"),
        ("MULTI", "SESSION"),
        ("EXEC", "SESSION"),
        ("WATCH queue:a", "SESSION"),
        ("WAIT 1 0", "SESSION"),
        ("SELECT 1", "DATABASE"),
        ("CLIENT REPLY OFF", "CONNECTION"),
        ("MONITOR", "STREAM"),
    ] {
        let mut words = line.split(' ');
        let mut pipe = db.pipeline();
        pipe.cmd("SET").arg("queue:a").arg(1);
        assert!(pipe.refusal().is_none());
        pipe.cmd(words.next().unwrap()).arg(words.collect::<Vec<_>>());
        let refusal = pipe.refusal().unwrap_or_else(|| panic!("{line} was queued"));
        let name = line.split(' ').next().unwrap().to_ascii_uppercase();
        assert_eq!((refusal.code(), refusal.index(), refusal.command()), (code, Some(1), Some(&*name)), "{line}");
        let refusal = refusal.to_string();
        assert_eq!(pipe.execute().await.unwrap_err().to_string(), refusal);
    }
    assert_eq!(db.cmd("EXISTS").arg("queue:a").read::<u8>().await.unwrap(), 0, "nothing of them was sent");
    let mut pipe = db.pipeline();
    pipe.cmd("XREAD").arg("STREAMS").arg("queue:s").arg("0");
    (&mut pipe).blpop("queue:l", 0).clear().cmd("GET").arg("queue:a");
    assert!(pipe.refusal().is_none(), "what is cleared is forgotten");
    assert_eq!(pipe.execute().await.unwrap(), [Value::Null]);
}

#[tokio::test]
async fn a_pipeline_has_options_of_its_own() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.no_split().retry(Retry::Never).order(Order::Slot).max_redirects(2);
    pipe.cmd("MGET").arg(["own:a", "own:b"]);
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.command()), ("CROSSSLOT", Some(0), Some("MGET")));
    let mut pipe = db.pipeline();
    pipe.route(Route::Primaries).cmd("PING");
    let Value::Map(pongs) = &pipe.execute().await.unwrap()[0] else { panic!("no map") };
    assert_eq!(pongs.len(), 3);
}

#[tokio::test]
async fn multi_key_commands_are_cut_in_a_pipeline_and_others_are_refused_with_the_tag_to_use() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("MSET").arg([("cut:a", 1), ("cut:b", 2), ("cut:c", 3)]);
    pipe.cmd("MGET").arg(["cut:c", "cut:none", "cut:a"]);
    pipe.cmd("DEL").arg(["cut:a", "cut:b", "cut:c"]);
    pipe.cmd("SADD").arg("{same}a").arg("x");
    pipe.cmd("SINTER").arg(["{same}a", "{same}a"]);
    pipe.cmd("EVAL").arg("return {KEYS[1], KEYS[2]}").arg(2).arg(["{same}a", "{same}b"]);
    let (_, got, deleted, _, inter, keys) =
        pipe.query::<((), Vec<Option<u8>>, u8, u8, Vec<String>, Vec<String>)>().await.unwrap();
    assert_eq!((got, deleted), (vec![Some(3), None, Some(1)], 3));
    assert_eq!((inter, keys), (vec!["x".to_owned()], vec!["{same}a".to_owned(), "{same}b".to_owned()]));
    pipe.cmd("PFCOUNT").arg(["one", "two"]);
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.command()), ("CROSSSLOT", Some(0), Some("PFCOUNT")));
    assert!(error.to_string().contains("hash tag {one}"), "{error}");
}

#[tokio::test]
async fn fan_out_commands_are_merged_in_a_pipeline_and_messages_go_to_the_node_of_their_channel() {
    let db = connect().await;
    db.cmd("MSET").arg([("fan:a", 1), ("fan:b", 2), ("fan:c", 3)]).await.unwrap();
    let mut pipe = db.pipeline();
    pipe.cmd("DBSIZE");
    pipe.cmd("KEYS").arg("fan:*");
    pipe.cmd("PING");
    pipe.cmd("PUBLISH").arg("c").arg("m");
    let (size, mut keys, pong, heard) = pipe.query::<(u32, Vec<String>, String, u8)>().await.unwrap();
    keys.sort();
    assert!(size >= 3);
    assert_eq!((keys, &*pong, heard), (vec!["fan:a".into(), "fan:b".into(), "fan:c".into()], "PONG", 0));
}

#[tokio::test]
async fn a_hook_gets_each_nodes_reply_and_another_what_came_of_them() {
    let db = connect().await;
    db.cmd("MSET").arg([("hook:a", 1), ("hook:b", 2)]).await.unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut pipe = db.pipeline();
    pipe.reply_with({
        let seen = Arc::clone(&seen);
        move |heard, reply| {
            assert!(heard.node.is_some() && heard.slot.is_some());
            seen.lock().unwrap().push(format!("{} {}", heard.command, heard.index.unwrap()));
            Ok(reply.as_str().and_then(|text| text.parse().ok()).map_or(reply.clone(), Value::Int))
        }
    });
    pipe.result_with(|heard, value| {
        Ok(if heard.command == "MGET" { Value::Int(heard.parts.len().try_into().unwrap()) } else { value })
    });
    pipe.cmd("GET").arg("hook:a");
    pipe.cmd("MGET").arg(["hook:a", "hook:b"]);
    assert_eq!(pipe.execute().await.unwrap(), [Value::Int(1), Value::Int(2)]);
    let mut seen = std::mem::take(&mut *seen.lock().unwrap());
    seen.sort();
    assert_eq!(seen, ["GET 0", "MGET 1", "MGET 1"]);

    let calls = Arc::new(AtomicUsize::new(0));
    let hooked = db.reply_with({
        let calls = Arc::clone(&calls);
        move |_, _| {
            calls.fetch_add(1, Ordering::Relaxed);
            Ok(Value::Int(7))
        }
    });
    let (one, other) =
        tokio::join!(hooked.cmd("GET").arg("hook:a").read::<u8>(), db.cmd("GET").arg("hook:a").read::<u8>());
    assert_eq!((one.unwrap(), other.unwrap()), (7, 1));
    let mut sizes = hooked.pipeline();
    sizes.route(Route::Primaries).cmd("DBSIZE");
    let Value::Map(sizes) = &sizes.execute().await.unwrap()[0] else { panic!("no map") };
    assert!(sizes.iter().all(|(_, size)| *size == Value::Int(7)), "{sizes:?}");
    assert_eq!(calls.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn a_hook_that_fails_or_panics_fails_its_own_call_alone() {
    let db = connect().await;
    db.cmd("MSET").arg([("fail:a", 1), ("fail:b", 2), ("fail:c", 3)]).await.unwrap();
    let hooked = db.result_with(|_, value| match value.as_str() {
        Some("1") => Err("not this one".into()),
        Some("3") => panic!("nor this"),
        _ => Ok(value),
    });
    let mut pipe = hooked.pipeline();
    for key in ["fail:a", "fail:b", "fail:c"] {
        pipe.cmd("GET").arg(key);
    }
    let outcomes = pipe.execute_settled().await.unwrap();
    assert!(matches!(&outcomes[0], Outcome::HookFailed(failed) if failed.message == "not this one"), "{outcomes:?}");
    assert_eq!(outcomes[1], Outcome::Reply("2".into()));
    assert!(matches!(&outcomes[2], Outcome::HookFailed(_)), "{outcomes:?}");
    let (failed, fine) = tokio::join!(hooked.cmd("GET").arg("fail:a"), hooked.cmd("GET").arg("fail:b"));
    let failed = failed.unwrap_err();
    assert_eq!((failed.code(), failed.command(), failed.is_uncertain()), ("HOOK", Some("GET"), false));
    assert_eq!(fine.unwrap(), "2");
}

#[tokio::test]
async fn an_error_says_its_code_command_position_node_slot_and_outcome() {
    let db = connect().await;
    let slot = CLUSTER.slot_of("says:a").unwrap();
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("says:a").arg("text");
    pipe.cmd("INCR").arg("says:a");
    let error = pipe.execute().await.unwrap_err();
    assert_eq!(
        (error.code(), error.command(), error.index(), error.slot()),
        ("ERR", Some("INCR"), Some(1), Some(slot))
    );
    assert_eq!(error.node(), Some(&*CLUSTER.primary_of(slot).unwrap().address()));
    assert_eq!(error.outcomes().len(), 2);
}

#[tokio::test]
async fn the_errors_of_a_pipeline_over_several_slots_have_their_keys() {
    let db = connect().await;
    let binary: &[u8] = b"keyed\xff\r\n";
    let keys: [&[u8]; 3] = [b"keyed:a", b"keyed:b", binary];
    assert!(keys.iter().map(slot_of).collect::<BTreeSet<_>>().len() == 3);
    for failing in keys {
        let mut pipe = db.pipeline();
        pipe.cmd("PING");
        pipe.cmd("MGET").arg(["keyed:x", "keyed:y"]);
        for key in keys {
            pipe.cmd("SET").arg(key).arg("keyed-value");
        }
        pipe.cmd("LPUSH").arg(failing).arg("keyed-value");
        let error = pipe.execute().await.unwrap_err();
        assert_eq!((error.code(), error.index(), error.key()), ("WRONGTYPE", Some(5), Some(failing)));
        let said = format!("{error} {error:?}");
        assert!(!said.contains("keyed"), "{said}");
    }
    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("keyed:a").arg(1);
    pipe.cmd("CONFIG").arg(["SET", "no-such", "keyed:a"]);
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.index(), error.key()), (Some(1), None));

    let mut pipe = db.pipeline();
    pipe.cmd("SET").arg("keyed:a").arg("x");
    pipe.cmd("GET").arg("keyed:a");
    let error = pipe.query::<(String, i64)>().await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.key()), ("TYPE", Some(1), Some(&b"keyed:a"[..])), "{error}");
}

#[tokio::test]
async fn every_call_that_fails_has_its_key_however_it_fails() {
    let db = connect().await;
    db.cmd("SET").arg("call:a").arg("text").await.unwrap();
    let key_of = |error: &Error| error.key().map(|key| String::from_utf8_lossy(key).into_owned());
    let told = async |call: Cmd| {
        let error = call.read::<Value>().deadline(Duration::from_millis(100)).await.unwrap_err();
        (error.code().to_owned(), key_of(&error))
    };
    let is = |code: &str, key: &str| (code.to_owned(), Some(key).filter(|key| !key.is_empty()).map(String::from));
    assert_eq!(told(db.cmd("INCR").arg("call:a")).await, is("ERR", "call:a"));
    assert_eq!(told(db.cmd("BLPOP").arg("call:none").arg(0)).await, is("UNKNOWN_OUTCOME", "call:none"));
    assert_eq!(told(db.cmd("SINTER").arg(["call:b", "call:c"])).await, is("CROSSSLOT", "call:b"));
    assert_eq!(told(db.cmd("MOVE").arg("call:a").arg(1)).await, is("DATABASE", "call:a"));
    assert_eq!(told(db.cmd("EVAL").arg(["return X", "1", "call:s", "arg"])).await, is("ERR", "call:s"));
    // Which of too few arguments is the key is not known, and a password may stand there.
    assert_eq!(told(db.cmd("SET").arg("call:a")).await, is("ARITY", ""));
    assert_eq!(told(db.cmd("CONFIG").arg(["SET", "no-such", "1"])).await, is("ERR", ""));
    assert_eq!(told(db.cmd("NO.SUCH").arg("call:a")).await, is("MISUSED", ""));
    let typed = (&db).get("call:a").into_type::<i64>().await.unwrap_err();
    assert_eq!((typed.code(), key_of(&typed)), ("TYPE", Some("call:a".into())));
    let hooked = db.result_with(|_, _| Err("no".into())).cmd("GET").arg("call:a").await.unwrap_err();
    assert_eq!((hooked.code(), key_of(&hooked)), ("HOOK", Some("call:a".into())));
    db.clone().close().await;
    assert_eq!(told(db.cmd("GET").arg("call:a")).await, is("CLOSED", "call:a"));
}

#[tokio::test]
async fn refusals_units_and_parts_have_their_keys() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cmd("GET").arg("refused:a");
    pipe.cmd("BLPOP").arg("refused:b").arg(0);
    assert_eq!(pipe.refusal().and_then(Error::key), Some(&b"refused:b"[..]));
    pipe.clear().cmd("GET").arg("refused:a");
    pipe.cmd("SINTERSTORE").arg(["{refused}to", "{refused}a", "other"]);
    let error = pipe.execute().await.unwrap_err();
    assert_eq!((error.code(), error.index(), error.key()), ("CROSSSLOT", Some(1), Some(&b"{refused}to"[..])));

    let session = db.session(["{refused}a"]).unwrap();
    let mut unit = session.multi();
    unit.cmd("SET").arg("{refused}a").arg("x");
    unit.cmd("INCR").arg("{refused}a");
    let error = unit.execute().await.unwrap_err();
    assert_eq!((error.index(), error.key()), (Some(1), Some(&b"{refused}a"[..])));

    for node in CLUSTER.nodes() {
        let allowed = ["SETUSER", "keyed", "on", ">p", "resetkeys", "~part:a", "~part:c", "+@all"];
        db.cmd("ACL").arg(allowed).read::<Value>().node(Address::new("127.0.0.1", node.port())).await.unwrap();
    }
    let builder = Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!()));
    let half = builder.username("keyed").password("p").connect().await.unwrap();
    let error = half.cmd("MGET").arg(["part:a", "part:b", "part:c"]).await.unwrap_err();
    assert_eq!((error.code(), error.key()), ("PARTIAL", Some(&b"part:b"[..])), "{error}");
}

#[tokio::test]
async fn counters_name_every_node_with_its_connections_and_how_long_it_takes() {
    let db = connect().await;
    db.cmd("MSET").arg([("stats:a", 1), ("stats:b", 2), ("stats:c", 3)]).await.unwrap();
    let stats = db.stats().await.unwrap();
    assert_eq!((stats.nodes.len(), stats.connections, stats.waiting), (3, 3, 0), "{stats:?}");
    assert!(stats.commands >= 1 && stats.bytes_in > 0 && stats.bytes_out > 0, "{stats:?}");
    let known = stats.nodes.iter().filter_map(|node| node.latency_us);
    assert!(known.clone().count() > 0 && known.clone().all(|us| us < 5_000_000), "{stats:?}");
    assert!(stats.nodes.iter().all(|node| node.in_flight == 0 && node.waiting == 0), "{stats:?}");
}
