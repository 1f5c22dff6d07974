//! What concerns many slots at once: scans while slots move, scripts and functions, commands step by step.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
    time::Duration,
};

use slotpipe::{
    Bytes, CallOptions, Cluster, Commands, CrossSlot, ErrorKind, Value,
    commands::{FunctionLoadOptions, HscanOptions, ScanOptions, SscanOptions, ZscanOptions},
    lab::{
        LocalCluster,
        reshard::{Pace, Resharder},
    },
};
use slotpipe_core::route::slot::Slot;
use slotpipe_tests::{engine, waiting::settled};

use crate::cutting::{Cut, Cutting, Step};

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// What concerns all keys or all scripts of the cluster: one test at a time.
static TURN: LazyLock<tokio::sync::Mutex<()>> = LazyLock::new(Default::default);

async fn connect() -> Cluster {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).connect().await.unwrap()
}

const KEYS: usize = 100_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scan_finds_every_key_while_slots_move() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    let mut pipe = db.pipeline();
    for number in 0..KEYS {
        pipe.set(format!("scanned:{number}"), number);
    }
    pipe.deadline(Duration::from_secs(60)).execute_raw().await.unwrap().check().unwrap();
    let slots: BTreeSet<u16> = (0..400).map(|n| Slot::of(format!("scanned:{n}").as_bytes()).number()).collect();
    let pace = Pace { open: 4, hold: Duration::from_millis(5) };
    let resharder = Resharder::start(&CLUSTER, slots, pace);
    let mut moved = 0;
    while moved < 60 {
        let options = ScanOptions::new().match_("scanned:*").count(500);
        let found =
            db.with(CallOptions::new().deadline(Duration::from_secs(30))).scan_iter(options).all().await.unwrap();
        let different: BTreeSet<&Bytes> = found.iter().collect();
        assert_eq!(different.len(), KEYS, "of {} found", found.len());
        moved = resharder.slots_moved();
    }
    let report = resharder.stop();
    println!("{} slots moved, failures {:?}", report.slots_moved, report.failures);
    let found = db.scan_iter(ScanOptions::new().match_("scanned:*").count(1000)).all().await.unwrap();
    assert_eq!(found.len(), KEYS, "at rest each is found once");
    settled(&db).await;
    for keys in found.chunks(5_000) {
        db.unlink(keys).await.unwrap();
    }
}

#[tokio::test]
async fn a_scan_that_is_left_early_leaves_nothing_behind() {
    let db = connect().await;
    for number in 0..50 {
        db.set(format!("early:{number}"), number).await.unwrap();
    }
    let mut scan = db.scan_iter(ScanOptions::new().match_("early:*").count(1));
    assert!(scan.next().await.unwrap().unwrap().starts_with(b"early:"));
    drop(scan);
    settled(&db).await;
    let lists = db.scan_iter(ScanOptions::new().match_("early:*").type_("list")).all().await.unwrap();
    assert!(lists.is_empty());
}

#[tokio::test]
async fn a_hash_a_set_and_a_sorted_set_are_scanned_page_by_page() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    for number in 0..1_000 {
        pipe.hset("it:hash", [(format!("f{number}"), number)]);
        pipe.sadd("it:set", number);
        pipe.zadd("it:zset", [(f64::from(number) / 2.0, number)]);
    }
    pipe.execute().await.unwrap();
    let hash = db.hscan_iter("it:hash", HscanOptions::new().count(10)).all().await.unwrap();
    assert_eq!(hash.into_iter().collect::<BTreeMap<_, _>>().len(), 1_000);
    let set = db.sscan_iter("it:set", SscanOptions::new().match_("*7")).all().await.unwrap();
    assert_eq!(set.into_iter().collect::<BTreeSet<_>>().len(), 100);
    let zset = db.zscan_iter("it:zset", ZscanOptions::new()).all().await.unwrap();
    let zset: BTreeMap<_, _> = zset.into_iter().collect();
    assert!((zset[&Bytes::from_static(b"7")] - 3.5).abs() < 1e-9);
    assert_eq!(zset.len(), 1_000);
}

#[tokio::test]
async fn a_script_runs_by_its_hash_and_is_sent_again_where_it_was_lost() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    let script = db.script("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}");
    for round in 1..=3_i64 {
        let reply: (String, String, i64) = script.run("script:n", "x").await.unwrap();
        assert_eq!(reply, ("script:n".into(), "x".into(), round));
    }
    db.script_flush().await.unwrap();
    assert_eq!(script.run::<(String, String, i64)>("script:n", "x").await.unwrap().2, 4);

    let mut pipe = db.pipeline();
    for number in 0..300 {
        pipe.script("return redis.call('INCRBY', KEYS[1], ARGV[1])", format!("script:{}", number % 30), 2);
    }
    let replies: Vec<i64> = pipe.query().await.unwrap();
    assert_eq!(replies.iter().max(), Some(&20));
    db.script_flush().await.unwrap();
    let read: i64 = db.script("return tonumber(redis.call('GET', KEYS[1]))").run_ro("script:7", ()).await.unwrap();
    assert_eq!(read, 20);
    let anywhere: i64 = db.script("return 7").run((), ()).await.unwrap();
    assert_eq!(anywhere, 7);
}

#[tokio::test]
async fn scripts_go_where_their_keys_are() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    let error = db.eval("return 1", ["foo", "bar"], ()).await.unwrap_err();
    assert_eq!(error.code(), "CROSSSLOT", "{error}");
    assert_eq!(db.eval("return KEYS[2]", ["{t}1", "{t}2"], ()).await.unwrap(), "{t}2");
    assert_eq!(db.eval_ro("return ARGV[1]", (), 5).await.unwrap(), "5");
    let hash = db.script_load("return 'loaded'").await.unwrap();
    let none = Bytes::from_static(b"ffffffffffffffffffffffffffffffffffffffff");
    assert_eq!(db.script_exists([&hash, &none]).await.unwrap(), [true, false]);
    for key in ["foo", "bar", "c"] {
        assert_eq!(db.evalsha(&hash, key, ()).await.unwrap(), "loaded", "on every node");
    }
    db.script_flush().await.unwrap();
    assert_eq!(db.evalsha(&hash, "foo", ()).await.unwrap_err().code(), "NOSCRIPT");
    assert_eq!(db.script_kill().await.unwrap_err().code(), "NOTBUSY");
}

const LIBRARY: &str = "#!lua name=lib\n\
    redis.register_function('bump', function(keys, args) return redis.call('INCRBY', keys[1], args[1]) end)\n\
    redis.register_function{function_name='peek', callback=function(keys) return redis.call('GET', keys[1]) end, \
    flags={'no-writes'}}";

#[tokio::test]
async fn functions_are_loaded_everywhere_and_called_where_their_keys_are() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    db.function_flush().await.unwrap();
    assert_eq!(db.function_load(LIBRARY).await.unwrap(), "lib");
    for (at, key) in ["fn:a", "fn:b", "fn:c", "fn:d"].into_iter().enumerate() {
        db.del(key).await.unwrap();
        assert_eq!(db.fcall("bump", key, at).await.unwrap(), Value::Int(i64::try_from(at).unwrap()));
        assert_eq!(db.fcall_ro("peek", key, ()).await.unwrap(), *at.to_string());
    }
    assert!(db.function_load(LIBRARY).await.unwrap_err().to_string().contains("already exists"));
    db.function_load_with(LIBRARY, FunctionLoadOptions::new().replace()).await.unwrap();
    let dump = db.cmd("FUNCTION DUMP").read::<Bytes>().await.unwrap();
    db.function_delete("lib").await.unwrap();
    assert!(db.fcall("bump", "fn:a", 1).await.unwrap_err().to_string().contains("Function not found"));
    db.cmd("FUNCTION RESTORE").arg(&dump).await.unwrap();
    assert_eq!(db.fcall("peek", "fn:d", ()).await.unwrap(), "3");
    let listed = format!("{:?}", db.cmd("FUNCTION LIST").await.unwrap());
    assert!(listed.contains("bump") && listed.contains("peek"), "{listed}");
    let Value::Map(stats) = db.cmd("FUNCTION STATS").await.unwrap() else { panic!("not per node") };
    assert_eq!(stats.len(), 3);
    db.function_flush().await.unwrap();
}

/// What is done before, and the command; `A`, `B` and `C` are keys.
const CASES: &[(&str, &str)] = &[
    ("SET A one PX 50000|SET B two", "RENAME A B"),
    ("RPUSH A 1 2 3", "RENAME A B"),
    ("SET B two", "RENAME A B"),
    ("HSET A f v|PEXPIRE A 50000", "RENAMENX A B"),
    ("SET A one|SET B two", "RENAMENX A B"),
    ("ZADD A 1 x 2 y|PEXPIRE A 50000", "COPY A B"),
    ("SET A one|SET B two PX 50000", "COPY A B"),
    ("SET A one|SET B two PX 50000", "COPY A B REPLACE"),
    ("", "COPY A B"),
    ("", "MSETNX A 1 B 2 C 3"),
    ("SET B x", "MSETNX A 1 B 2 C 3"),
    ("RPUSH A 1 2 3|RPUSH B 9", "LMOVE A B LEFT RIGHT"),
    ("RPUSH A 1 2 3 1|RPUSH B 9", "LMOVE A B RIGHT LEFT"),
    ("RPUSH A 1", "LMOVE A B LEFT LEFT"),
    ("", "LMOVE A B LEFT LEFT"),
    ("RPUSH A 1 2|SET B x", "LMOVE A B LEFT LEFT"),
    ("SET A x", "LMOVE A B LEFT LEFT"),
    ("RPUSH A 1 2 3|PEXPIRE A 50000", "RPOPLPUSH A B"),
    ("RPUSH A 1 2 3", "BRPOPLPUSH A B 1"),
    ("RPUSH A 1 2 3", "BLMOVE A B LEFT RIGHT 1"),
    ("", "BLMOVE A B LEFT RIGHT 0.05"),
    ("SADD A x y|SADD B z", "SMOVE A B x"),
    ("SADD A x y|SADD B x", "SMOVE A B x"),
    ("SADD A x y", "SMOVE A B z"),
    ("SADD A x|SET B y", "SMOVE A B x"),
    ("SADD A x y z|SADD B y|SADD C z w", "SDIFF A B C"),
    ("SADD A x y z|SADD B y z|SADD C z w", "SINTER A B C"),
    ("SADD A x y z|SADD B y z", "SINTER A B C"),
    ("SADD A x y z|SADD B y|SADD C z w", "SUNION A B C"),
    ("SADD B x y z|SADD C y|SET A old PX 50000", "SDIFFSTORE A B C"),
    ("SADD B x y z|SADD C y z|SADD A z", "SINTERSTORE A B C A"),
    ("SADD B x y z|SET A old", "SINTERSTORE A B C"),
    ("SADD B x y z|SADD C y w", "SUNIONSTORE A B C"),
    ("PFADD A a b|PFADD B b c|PFADD C d", "PFMERGE A B C"),
    ("RPUSH A 3 1 2", "SORT A STORE B"),
    ("RPUSH A 3 1 2|SET B old", "SORT A LIMIT 0 2 DESC STORE B"),
    ("RPUSH A c a b", "SORT A ALPHA STORE B"),
];

/// Type, contents and whether it expires.
async fn state(db: &Cluster, key: &str) -> String {
    let kind = db.cmd("TYPE").arg(key).read::<String>().await.unwrap();
    let read = match kind.as_str() {
        "string" => vec!["GET"],
        "list" => vec!["LRANGE", "0", "-1"],
        "set" => vec!["SMEMBERS"],
        "zset" => vec!["ZRANGE", "0", "-1"],
        "hash" => vec!["HGETALL"],
        _ => return kind,
    };
    let mut value = db.cmd(read[0]).arg(key).arg(&read[1..]).await.unwrap();
    if let Value::Set(members) = &mut value {
        members.sort_by_key(|member| format!("{member:?}"));
    }
    let ttl = db.pttl(key).await.unwrap();
    let expires = if ttl < 0 {
        "never"
    } else if ttl > 40_000 && ttl <= 50_000 {
        "in time"
    } else {
        "too soon"
    };
    format!("{kind} {value:?} {expires}")
}

async fn run(db: &Cluster, text: &str, keys: [&str; 3]) -> String {
    let words = text.split(' ').map(|word| match word {
        "A" => keys[0],
        "B" => keys[1],
        "C" => keys[2],
        word => word,
    });
    let words: Vec<&str> = words.collect();
    match db.cmd(words[0]).arg(&words[1..]).await {
        Ok(Value::Set(mut members)) => {
            members.sort_by_key(|member| format!("{member:?}"));
            format!("{members:?}")
        }
        Ok(value) => format!("{value:?}"),
        Err(error) => error.code().to_string(),
    }
}

#[tokio::test]
async fn every_recipe_does_what_the_command_does_in_one_slot() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    let emulating = db.with(CallOptions::new().cross_slot(CrossSlot::Emulate));
    for (number, (before, command)) in CASES.iter().enumerate() {
        let tagged = ["a", "b", "c"].map(|name| format!("{{oracle:{number}}}{name}"));
        let apart = ["a", "b", "c"].map(|name| format!("apart:{number}:{name}"));
        let slots: BTreeSet<Slot> = apart.iter().map(|key| Slot::of(key.as_bytes())).collect();
        assert_eq!(slots.len(), 3);
        let mut ends = Vec::new();
        for (client, keys) in [(&db, &tagged), (&emulating, &apart)] {
            let keys = [&keys[0][..], &keys[1], &keys[2]];
            for key in keys {
                db.del(key).await.unwrap();
            }
            for one in before.split('|').filter(|one| !one.is_empty()) {
                run(&db, one, keys).await;
            }
            let mut end = vec![run(client, command, keys).await];
            for key in keys {
                end.push(state(&db, key).await);
            }
            ends.push(end);
        }
        assert_eq!(ends[0], ends[1], "{command} behind {before:?}: in one slot, and across");
    }
    let left = db.scan_iter(ScanOptions::new().match_("*slotpipe*")).all().await.unwrap();
    assert!(left.is_empty(), "copies are left: {left:?}");
    settled(&db).await;
}

#[tokio::test]
async fn across_slots_the_default_is_a_refusal_with_the_hash_tag_to_use() {
    let db = connect().await;
    for command in ["RENAME a b", "SINTERSTORE a b c", "ZUNIONSTORE a 2 b c", "BITOP AND a b c"] {
        let words: Vec<&str> = command.split(' ').collect();
        let error = db.cmd(words[0]).arg(&words[1..]).await.unwrap_err();
        assert_eq!(error.code(), "CROSSSLOT", "{error}");
        assert!(error.to_string().contains("{a}") || error.to_string().contains("{b}"), "{error}");
    }
    let emulating = db.with(CallOptions::new().cross_slot(CrossSlot::Emulate));
    for command in ["ZUNIONSTORE a 2 b c", "BITOP AND a b c", "SORT a BY w_* STORE b"] {
        let words: Vec<&str> = command.split(' ').collect();
        assert_eq!(emulating.cmd(words[0]).arg(&words[1..]).await.unwrap_err().code(), "CROSSSLOT", "{command}");
    }
}

#[tokio::test]
async fn a_recipe_in_a_pipeline_keeps_the_order_of_its_keys() {
    let db = connect().await;
    let mut pipe = db.pipeline();
    pipe.cross_slot(CrossSlot::Emulate);
    for number in 0..20 {
        let (from, to) = (format!("order:{number}:from"), format!("order:{number}:to"));
        pipe.set(&from, number).rename(&from, &to).get(&to).exists(&from).del(&to);
    }
    let plan = pipe.explain().await.unwrap();
    let rename = plan[1].plan.as_ref().unwrap();
    assert_eq!((rename.route, rename.atomic, rename.steps.len()), ("recipe", false, 4));
    assert!(rename.loses.as_ref().unwrap().contains("both keys"));
    let values = pipe.execute().await.unwrap();
    for (number, five) in values.chunks(5).enumerate() {
        assert_eq!(
            (&five[2], &five[3], &five[4]),
            (&Value::Bytes(number.to_string().into()), &Value::Int(0), &Value::Int(1))
        );
    }
    settled(&db).await;
}

#[tokio::test]
async fn what_stops_half_way_says_which_steps_ran() {
    let db = connect().await;
    let emulating = db.with(CallOptions::new().cross_slot(CrossSlot::Emulate));
    db.del(["half:a", "half:b"]).await.unwrap();
    db.rpush("half:b", [3, 1, 2]).await.unwrap();
    let error = emulating.cmd("SORT").arg("half:b").arg("STORE").arg("half:a").arg("NONSENSE").await.unwrap_err();
    let ErrorKind::Partial(partial) = error.kind() else { panic!("{error}") };
    let steps: Vec<&str> = partial.parts.iter().filter_map(|part| part.step.as_deref()).collect();
    assert!(
        steps[0].starts_with("RESTORE {half:a}") && steps[1].starts_with("SORT") && steps[2].starts_with("DEL"),
        "{steps:?}"
    );
    assert_eq!(db.llen("half:b").await.unwrap(), 3);
}

/// What is done before, and the command: it takes from `A` only what it gives to `B`.
const FAILING: [(&str, &str); 5] = [
    ("SET A one PX 50000|SET B old", "RENAME A B"),
    ("RPUSH A 1 2|RPUSH B 9", "LMOVE A B LEFT RIGHT"),
    ("SADD A x y|SADD B z", "SMOVE A B x"),
    ("SADD B x y|SADD C y w|SADD A old", "SUNIONSTORE A B C"),
    ("PFADD A a|PFADD B b c|PFADD C c d", "PFMERGE A B C"),
];

/// How a step fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The server refuses it to this user.
    Refused,
    /// The connection is cut there.
    Cut(Cut),
}

const FAULTS: [Fault; 3] = [Fault::Refused, Fault::Cut(Cut::Before), Fault::Cut(Cut::Behind)];

/// What a client says about itself and its cluster.
const OWN: [&str; 5] = ["AUTH", "CLIENT", "CLUSTER", "HELLO", "PING"];

#[tokio::test]
async fn no_step_that_fails_at_a_real_server_loses_what_the_command_is_about() {
    let _turn = TURN.lock().await;
    let db = connect().await;
    let user = "cook";
    for node in CLUSTER.nodes() {
        node.ask(["ACL", "SETUSER", user, "reset", "on", "nopass", "~*", "&*", "+@all"]).unwrap();
    }
    let cutting = Cutting::before(&CLUSTER).await;
    let cook = Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!())).map_address(cutting.way());
    let cook = cook.username(user).password("any").reconnect_delay(Duration::from_millis(10), Duration::ZERO);
    let cook = cook.call_options(CallOptions::new().cross_slot(CrossSlot::Emulate)).connect().await.unwrap();
    let mut left = 0;
    for (number, (before, command)) in FAILING.into_iter().enumerate() {
        let keys = ["a", "b", "c"].map(|name| format!("failing:{number}:{name}"));
        let keys = [&keys[0][..], &keys[1], &keys[2]];
        let prepare = async || {
            db.del(keys).await.unwrap();
            for one in before.split('|') {
                run(&db, one, keys).await;
            }
            states(&db, keys).await
        };
        let first = prepare().await;
        cutting.heard();
        run(&cook, command, keys).await;
        let last = states(&db, keys).await;
        let steps: BTreeSet<Step> = cutting.heard().into_iter().filter(|(_, name)| !OWN.contains(&&**name)).collect();
        assert!(steps.len() >= 3 && first != last, "{command}: {steps:?}");

        for (step, fault) in steps.iter().flat_map(|step| FAULTS.map(|fault| (step, fault))) {
            let what = format!("{command}, {step:?} {fault:?}");
            assert_eq!(prepare().await, first, "{what}");
            let refuse = |sign: char| {
                let server = CLUSTER.nodes().iter().find(|node| node.port() == step.0).unwrap();
                let rule = format!("{sign}{}", step.1.to_lowercase());
                server.ask(["ACL", "SETUSER", user, &rule]).unwrap();
            };
            match fault {
                Fault::Refused => refuse('-'),
                Fault::Cut(cut) => cutting.arm(step.clone(), cut),
            }
            let said = run(&cook, command, keys).await;
            match fault {
                Fault::Refused => refuse('+'),
                Fault::Cut(_) => assert!(cutting.has_cut(), "{what}: it has not come"),
            }
            let now = states(&db, keys).await;
            let known = now.iter().zip(first.iter().zip(&last)).all(|(now, (first, last))| now == first || now == last);
            assert!(known, "{what}, {said}: {now:?}");
            assert!(now[0] == first[0] || now[1] == last[1], "{what}, {said}: it is lost, {now:?}");
            match said.as_str() {
                // One step at least has run, or may have.
                "PARTIAL" => {}
                "NOPERM" => assert_eq!(now, first, "{what}: nothing has run"),
                _ => assert_eq!(now, last, "{what}: {said}"),
            }
            for copy in db.keys("*failing:*:slotpipe:*").await.unwrap() {
                assert!(db.pttl(&copy).await.unwrap() > 0, "{what}: a copy stays for ever");
                left += db.del(copy).await.unwrap();
            }
        }
    }
    assert!(left > 0, "no copy was left: that each ends by itself is not shown");
    settled(&cook).await;
}

async fn states(db: &Cluster, keys: [&str; 3]) -> [String; 3] {
    [state(db, keys[0]).await, state(db, keys[1]).await, state(db, keys[2]).await]
}
