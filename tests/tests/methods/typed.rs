//! What a real cluster answers, read as the type that the method says: every method by itself, then some by their values.

use std::collections::BTreeMap;

use slotpipe::{
    Bytes, Cluster, CommandWriter, Engine, ErrorKind, FromValue,
    commands::*,
    lab::{LocalCluster, resp::Client},
};
use tokio::runtime::{self, Runtime};

use super::{Calls, samples};

/// Not called: they would hold up or take apart the servers, or wait for what does not come.
const LEFT_OUT: [&str; 5] = ["CLIENT KILL", "CLIENT PAUSE", "CLUSTER RESET", "MIGRATE", "WAIT"];

#[test]
fn every_reply_is_of_its_methods_type_under_resp3_over_wasmtime() {
    probe_all(Engine::Component, false);
}

#[test]
fn every_reply_is_of_its_methods_type_under_resp2_in_process() {
    probe_all(Engine::InProcess, true);
}

#[test]
fn replies_are_what_their_types_promise_over_wasmtime() {
    promises(&Engine::Component);
}

#[test]
fn replies_are_what_their_types_promise_in_process() {
    promises(&Engine::InProcess);
}

fn promises(engine: &Engine) {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let runtime = runtime();
    for resp2 in [false, true] {
        runtime.block_on(async {
            let db = connect(&cluster, engine.clone(), resp2).await;
            strings(&db).await;
            collections(&db).await;
            streams(&db).await;
            places(&db).await;
            nodes(&db).await;
            db.flushall().await.unwrap();
        });
    }
}

async fn strings(db: &Cluster) {
    db.set("s", "1").await.unwrap();
    assert_eq!(db.get("s").await.unwrap().as_deref(), Some(&b"1"[..]));
    assert!(!db.set_with("s", "2", SetOptions::new().nx().ex(100)).await.unwrap());
    assert!(db.set_with("s", "2", SetOptions::new().xx().ex(100)).await.unwrap());
    assert_eq!(db.set_get("s", 3).await.unwrap().as_deref(), Some(&b"2"[..]));
    assert_eq!((db.incr("s").await.unwrap(), db.incrby("s", 6).await.unwrap()), (4, 10));
    assert_eq!(db.incrbyfloat("s", 0.5).await.unwrap(), 10.5);
    assert!(db.expire("s", 100).await.unwrap());
    assert!(!db.setnx("s", "x").await.unwrap());
    db.mset(BTreeMap::from([("m:1", "a"), ("m:2", "b"), ("m:3", "c")])).await.unwrap();
    let expected = [Some("a".into()), None, Some("c".into())];
    assert_eq!(db.mget(["m:1", "m:none", "m:3"]).await.unwrap(), expected);
    assert_eq!(db.type_("s").await.unwrap(), "string");
    assert_eq!(db.ping_with("hi").await.unwrap(), "hi");
    let operations = Bitfield::new().set("u8", 0, 200).overflow_fail().incrby("u8", 0, 100);
    assert_eq!(db.bitfield("bits", operations).await.unwrap(), [Some(0), None]);
    db.mset([("{l}a", "ohmytext"), ("{l}b", "mynewtext")]).await.unwrap();
    assert_eq!(db.lcs("{l}a", "{l}b").await.unwrap(), "mytext");
    let found = db.lcs_idx_with("{l}a", "{l}b", LcsOptions::new().withmatchlen()).await.unwrap();
    assert_eq!((found.len, found.matches[0].first, found.matches[0].len), (6, (4, 7), Some(4)));
}

async fn collections(db: &Cluster) {
    assert_eq!(db.hset("h", [("a", "1"), ("b", "2")]).await.unwrap(), 2);
    let all: BTreeMap<Bytes, Bytes> = db.hgetall("h").await.unwrap();
    assert_eq!(all, BTreeMap::from([("a".into(), "1".into()), ("b".into(), "2".into())]));
    let page = db.hscan("h", 0).await.unwrap();
    assert_eq!((page.cursor, page.items.len()), (0, 2));
    assert_eq!(page.items[0], ("a".into(), "1".into()));
    assert_eq!(db.hrandfield_withvalues("h", 2).await.unwrap().len(), 2);
    assert_eq!(db.hincrbyfloat("h", "a", 0.5).await.unwrap(), 1.5);

    db.rpush("l", ["a", "b", "c"]).await.unwrap();
    assert_eq!(db.lpop_count("l", 2).await.unwrap(), Some(vec!["a".into(), "b".into()]));
    assert_eq!(db.lpop_count("none", 2).await.unwrap(), None);
    assert_eq!(db.lmpop("l", Side::Left).await.unwrap(), Some(("l".into(), vec!["c".into()])));

    db.sadd("t", ["a", "b"]).await.unwrap();
    assert_eq!(db.smismember("t", ["a", "x"]).await.unwrap(), [true, false]);
    assert_eq!(db.smembers("t").await.unwrap().len(), 2);

    db.zadd("z", BTreeMap::from([("one", 1.0), ("two", 2.0), ("half", 0.5)])).await.unwrap();
    let ranked = db.zrange_withscores("z", 0, -1).await.unwrap();
    assert_eq!(ranked, [("half".into(), 0.5), ("one".into(), 1.0), ("two".into(), 2.0)]);
    let options = ZrangeOptions::new().byscore().rev().limit(0, 1);
    assert_eq!(db.zrange_with("z", "+inf", "(1", options).await.unwrap(), ["two"]);
    assert_eq!(db.zscore("z", "half").await.unwrap(), Some(0.5));
    assert_eq!(db.zmscore("z", ["half", "none"]).await.unwrap(), [Some(0.5), None]);
    assert_eq!(db.zadd_incr("z", 1.5, "one").await.unwrap(), Some(2.5));
    assert_eq!(db.zscan("z", 0).await.unwrap().items.len(), 3);
    assert_eq!(db.zpopmin("z").await.unwrap(), Perhaps(Some(("half".into(), 0.5))));
    assert_eq!(db.zpopmin("none").await.unwrap(), Perhaps(None));
    assert_eq!(db.zpopmax_count("z", 1).await.unwrap(), [("one".into(), 2.5)]);
    assert_eq!(db.zmpop(["z"], Extreme::Min).await.unwrap(), Some(("z".into(), vec![("two".into(), 2.0)])));
    assert_eq!(db.eval("return #KEYS", ["{e}1", "{e}2"], ()).await.unwrap(), slotpipe::Value::Int(2));
}

async fn streams(db: &Cluster) {
    db.xadd("x", "1-1", [("f", "v"), ("g", "w")]).await.unwrap();
    db.xadd_with("x", "2-1", ("f", "v"), XaddOptions::new().trim(Trim::maxlen(100))).await.unwrap();
    assert_eq!(db.xadd_with("none", "*", ("f", "v"), XaddOptions::new().nomkstream()).await.unwrap(), None);
    let entries = db.xrange("x", "-", "+").await.unwrap();
    assert_eq!((entries.len(), entries[0].id.as_str()), (2, "1-1"));
    assert_eq!(entries[0].get("g").map(|value| &value[..]), Some(&b"w"[..]));
    let read = db.xread([("x", "1-1")]).await.unwrap().unwrap();
    assert_eq!(read[&b"x"[..]][0].id, "2-1");
    assert_eq!(db.xread([("x", "2-1")]).await.unwrap(), None);

    db.xgroup_create("x", "g", "0").await.unwrap();
    assert_eq!(db.xpending("x", "g").await.unwrap().first, None);
    db.xreadgroup("g", "c", [("x", ">")]).await.unwrap().unwrap();
    let pending = db.xpending("x", "g").await.unwrap();
    assert_eq!((pending.count, pending.consumers), (2, vec![("c".into(), 2)]));
    assert_eq!(db.xpending_range("x", "g", "-", "+", 10).await.unwrap()[0].3, 1);
    assert_eq!(db.xdel("x", "2-1").await.unwrap(), 1);
    let claimed = db.xautoclaim("x", "g", "d", 0, "0").await.unwrap();
    assert_eq!(
        (claimed.next.as_str(), claimed.claimed.len(), &claimed.deleted[..]),
        ("0-0", 1, &["2-1".to_owned()][..])
    );
    assert_eq!(db.xclaim_justid("x", "g", "c", 0, "1-1").await.unwrap(), ["1-1"]);
    let info = db.xinfo_stream("x").await.unwrap();
    assert_eq!((info.length, info.groups, info.first_entry.unwrap().id.as_str()), (1, 1, "1-1"));
    let full = db.xinfo_stream_full("x").await.unwrap();
    assert_eq!((full.entries.len(), full.groups[0].consumers.len()), (1, 2));
    let group = &db.xinfo_groups("x").await.unwrap()[0];
    assert_eq!((&group.name[..], group.pending), (&b"g"[..], 1));
    assert_eq!(db.xinfo_consumers("x", "g").await.unwrap().len(), 2);
}

async fn places(db: &Cluster) {
    db.geoadd("g", [(13.361_389, 38.115_556, "Palermo"), (15.087_269, 37.502_669, "Catania")]).await.unwrap();
    let distance = db.geodist_with("g", "Palermo", "Catania", GeoUnit::Km).await.unwrap().unwrap();
    assert!((166.0..167.0).contains(&distance), "{distance}");
    assert_eq!(db.geopos("g", ["Palermo", "none"]).await.unwrap()[1], None);
    let around = || (GeoOrigin::position(15, 37), GeoShape::rectangle(400, 400, GeoUnit::Km));
    let (from, by) = around();
    assert_eq!(db.geosearch("g", from, by).await.unwrap().len(), 2);
    let (from, by) = around();
    let options = GeosearchOptions::new().asc().withcoord().withdist().withhash();
    let nearest = &db.geosearch_with("g", from, by, options).await.unwrap()[0];
    assert_eq!(nearest.member, "Catania");
    assert!(nearest.distance.unwrap() < 60.0 && nearest.hash.is_some() && nearest.position.unwrap().0 > 15.0);
}

async fn nodes(db: &Cluster) {
    let info = db.info_with("server").await.unwrap();
    assert_eq!(info.len(), 3);
    assert!(info.values().all(|info| info.get("redis_version").is_some()));
    let clients = db.client_list().await.unwrap();
    assert!(clients.values().all(|list| list.iter().all(|client| client.get("addr").is_some())));
    assert_eq!(db.config_get("maxmemory").await.unwrap().len(), 3);
    let slots = db.cluster_slots().await.unwrap();
    assert_eq!((slots.len(), slots[0].first, slots[2].last), (3, 0, 16_383));
    let shards = db.cluster_shards().await.unwrap();
    assert!(shards.iter().all(|shard| shard.nodes[0].role == "master" && shard.nodes[0].port.is_some()));
    let listed = db.cluster_nodes().await.unwrap();
    let covered: u32 = listed.iter().flat_map(|node| &node.slots).map(|(a, b)| u32::from(b - a) + 1).sum();
    assert_eq!((listed.len(), covered), (3, 16_384));
    assert_eq!(db.cluster_info().await.unwrap()[&b"cluster_state"[..]], "ok");
    assert!(db.time().await.unwrap().values().all(|(seconds, _)| *seconds > 1_600_000_000));
    let sha = db.script_load("return 1").await.unwrap();
    assert_eq!(db.script_exists([&sha[..], &[b'0'; 40]]).await.unwrap(), [true, false]);
    assert!(db.slowlog_get().await.is_ok() && db.memory_stats().await.is_ok() && db.role().await.is_ok());
}

fn runtime() -> Runtime {
    runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

async fn connect(cluster: &LocalCluster, engine: Engine, resp2: bool) -> Cluster {
    let builder = Cluster::builder(cluster.seeds()).engine(engine);
    if resp2 { builder.resp2() } else { builder }.connect().await.unwrap()
}

fn probe_all(engine: Engine, resp2: bool) {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let runtime = runtime();
    let db = runtime.block_on(connect(&cluster, engine, resp2));
    let owner = cluster.primary_of(cluster.slot_of("{k}").unwrap()).unwrap();
    let node = owner.client().unwrap();
    let mut prober =
        Prober { runtime, db, node, command: String::new(), form: String::new(), read: 0, wrong: Vec::new() };
    samples::call_all(&mut prober);
    assert!(prober.wrong.is_empty(), "{} of {}:\n{}", prober.wrong.len(), prober.read, prober.wrong.join("\n"));
    assert!(prober.read > 400, "{} replies read", prober.read);
}

/// Calls every method through the client, with keys of a fitting type.
struct Prober {
    runtime: Runtime,
    db: Cluster,
    node: Client,
    command: String,
    form: String,
    read: usize,
    wrong: Vec<String>,
}

impl Calls for Prober {
    type On<'a> = &'a mut Self;

    fn next(&mut self, command: &str, form: &str) -> &mut Self {
        (self.command, self.form) = (command.to_owned(), form.to_owned());
        self
    }
}

impl Commands for &mut Prober {
    type Out<T: FromValue> = ();
    type ByNode<T: FromValue> = ();

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) {
        self.run::<PerNode<T>>(write);
    }

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) {
        if LEFT_OUT.iter().any(|command| self.command.starts_with(command)) {
            return;
        }
        self.fill();
        let result = self.runtime.block_on(async { (&self.db).run::<T>(write).await });
        match result {
            Ok(_) => self.read += 1,
            Err(error) if matches!(error.kind(), ErrorKind::Type(_)) => {
                self.wrong.push(format!("{}: {error}", self.form))
            }
            // What else the server, or the core for it, says to samples is looked at elsewhere.
            Err(_) => {}
        }
    }
}

impl Prober {
    /// Makes keys of the type that the command is for.
    fn fill(&mut self) {
        let keys = ["key", "key1", "key2", "keys1", "keys2", "source", "1", "2"].map(|name| format!("{{k}}{name}"));
        self.node.ask(["FLUSHALL"]).unwrap();
        for key in &keys {
            for words in contents(&self.command) {
                let args = words.split(' ').map(|word| if word == "KEY" { key } else { word });
                self.node.ask(args).unwrap();
            }
        }
    }
}

/// Commands that fill a key for this one.
fn contents(command: &str) -> &'static [&'static str] {
    const STRING: &[&str] = &["SET KEY 10"];
    const HASH: &[&str] = &["HSET KEY {k}field 1 a 2"];
    const LIST: &[&str] = &["RPUSH KEY 1 2 3"];
    const SET: &[&str] = &["SADD KEY {k}member 2 3"];
    const SORTED: &[&str] = &["ZADD KEY 1 {k}member 2 two 0.5 half"];
    const GEO: &[&str] = &["GEOADD KEY 13.4 52.5 {k}member 13.5 52.6 {k}member1 13.6 52.5 {k}member2"];
    const STREAM: &[&str] = &[
        "XADD KEY 1-1 a 1 b 2",
        "XADD KEY 2-1 a 1",
        "XGROUP CREATE KEY {k}group 0",
        "XREADGROUP GROUP {k}group {k}consumer COUNT 1 STREAMS KEY >",
    ];
    const NOTHING: &[&str] = &[];
    let is = |prefixes: &[&str]| prefixes.iter().any(|prefix| command.starts_with(prefix));
    if is(&["GEO"]) {
        GEO
    } else if is(&["BZ", "Z"]) {
        SORTED
    } else if is(&["BL", "BR", "LA"]) && !is(&["LATENCY", "LASTSAVE"])
        || is(&["LI", "LL", "LM", "LP", "LR", "LS", "LT", "RP", "SORT"])
    {
        LIST
    } else if is(&["SADD", "SCARD", "SDIFF", "SINTER", "SIS", "SM", "SPOP", "SRAND", "SREM", "SSCAN", "SUNION"]) {
        SET
    } else if is(&["HD", "HE", "HG", "HI", "HK", "HL", "HM", "HP", "HR", "HS", "HT", "HV"]) {
        HASH
    } else if is(&["X"]) {
        STREAM
    } else if is(&["PF"]) {
        NOTHING
    } else {
        STRING
    }
}
