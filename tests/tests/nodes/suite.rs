//! What a client does at nodes that are chosen, at all of them, and with what no cluster takes.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use slotpipe::{
    Address, Bytes, Cluster, Commands, Error, ErrorKind, Health, NodeRole, Nodes, Outcome, Value,
    commands::PerNode,
    keys_by_slot, keys_of,
    lab::{LocalCluster, resp},
    slot_of,
};
use slotpipe_tests::{engine, waiting::until};
use tokio::time::{sleep, timeout};

use super::CLUSTER;

async fn connect_to(cluster: &LocalCluster, resp2: bool) -> Cluster {
    let builder = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!()));
    if resp2 { builder.resp2() } else { builder }.connect().await.unwrap()
}

async fn connect() -> Cluster {
    connect_to(&CLUSTER, false).await
}

/// Asks until the answer is the one wanted: what nodes tell each other takes its time.
async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(Duration::from_secs(20), asking).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

fn words(line: &str) -> (&str, Vec<&str>) {
    let (name, args) = line.split_once(' ').unwrap_or((line, ""));
    (name, args.split_ascii_whitespace().collect())
}

#[tokio::test]
async fn nodes_have_id_role_slots_and_health_and_are_found_by_each_of_their_names() {
    let db = connect().await;
    let nodes = db.nodes();
    assert_eq!((nodes.len(), db.primaries().len(), db.replicas().len()), (6, 3, 3));
    for node in &nodes {
        let known = CLUSTER.node(&node.id).unwrap();
        assert_eq!((node.address.to_string(), node.health), (known.address(), Health::Online));
        assert_eq!(node.role() == NodeRole::Replica, node.slots.is_empty() && node.primary.is_some());
        assert_eq!(node.zone, "", "the server tells none");
        for found in [db.node(&node.id), db.node(&known.address()), db.node_at("127.0.0.1", known.port())] {
            assert_eq!(found.as_ref(), Some(node));
        }
    }
    assert!(nodes.contains(&db.random_node().unwrap()));
    assert_eq!((db.node("127.0.0.1:1"), db.node("")), (None, None));
    let covered: u32 = nodes.iter().flat_map(|node| &node.slots).map(|(a, b)| u32::from(b - a) + 1).sum();
    assert_eq!(covered, 16_384);
}

#[tokio::test]
async fn keys_are_grouped_by_slot_and_by_the_node_that_owns_it() {
    let db = connect().await;
    let keys = ["foo", "bar", "{foo}2", "hello"];
    let owner = |key: &str| CLUSTER.primary_of(CLUSTER.slot_of(key).unwrap()).unwrap().address();
    for key in keys {
        assert_eq!(slot_of(key), CLUSTER.slot_of(key).unwrap());
        assert_eq!(db.node_for(key).unwrap().address.to_string(), owner(key));
        assert_eq!(db.node_for(key), db.node_for_slot(slot_of(key)));
    }
    let mut expected: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for key in keys {
        let address = db.node(&owner(key)).unwrap().address;
        expected.entry(Some(address)).or_default().push(key);
    }
    assert_eq!(db.nodes_by_keys(keys), expected);
    assert_eq!(keys_by_slot(keys)[&slot_of("foo")], ["foo", "{foo}2"]);
    assert_eq!(keys_of(["MSET", "foo", "1", "bar", "2"]).unwrap(), ["foo", "bar"]);
    assert_eq!(db.node_for_slot(16_384), None);
}

#[tokio::test]
async fn commands_at_chosen_nodes_are_answered_node_by_node() {
    let db = connect().await;
    let addresses = |nodes: &[slotpipe::Node]| -> Vec<String> {
        let mut all: Vec<String> = nodes.iter().map(|node| node.address.to_string()).collect();
        all.sort();
        all
    };
    let asked = |replies: &PerNode<String>| replies.keys().cloned().collect::<Vec<_>>();
    assert_eq!(asked(&db.at(Nodes::Primaries).echo("x").await.unwrap().texts()), addresses(&db.primaries()));
    assert_eq!(asked(&db.at(Nodes::Replicas).echo("x").await.unwrap().texts()), addresses(&db.replicas()));
    assert_eq!(asked(&db.at(Nodes::All).echo("x").await.unwrap().texts()), addresses(&db.nodes()));

    let one = db.random_node().unwrap();
    let replies = db.at(&one).echo("x").await.unwrap();
    assert_eq!(replies, PerNode::from([(one.address.to_string(), Bytes::from("x"))]), "of one node a map too");
    let two = [db.primaries()[0].clone(), db.replicas()[0].clone()];
    assert_eq!(asked(&db.at(&two[..]).echo("x").await.unwrap().texts()), addresses(&two));
    let ids = db.at(Nodes::All).cluster().my_id().await.unwrap();
    assert_eq!(ids.len(), 6);
    assert!(ids.iter().all(|(address, id)| db.node(address).unwrap().id.as_bytes() == id), "{ids:?}");

    let by_name = db.at(Nodes::Primaries).cmd("DBSIZE").read::<PerNode<i64>>().await.unwrap();
    assert_eq!(by_name.len(), 3);
    assert!(matches!(db.at(Nodes::Primaries).cmd("PING").await.unwrap(), Value::Map(pairs) if pairs.len() == 3));
    // What is answered by node anyway is so once, not twice.
    let info = db.at(&one).info_with("server").await.unwrap();
    assert!(info[&one.address.to_string()].get("redis_version").is_some(), "{info:?}");
}

/// Replies as texts, for comparing their nodes.
trait Texts {
    fn texts(self) -> PerNode<String>;
}

impl Texts for PerNode<Bytes> {
    fn texts(self) -> PerNode<String> {
        self.into_iter().map(|(node, text)| (node, String::from_utf8(text.to_vec()).unwrap())).collect()
    }
}

#[tokio::test]
async fn replies_of_nodes_that_succeeded_are_kept_in_the_error() {
    let db = connect().await;
    db.set("partial", "kept").await.unwrap();
    let owner = db.node_for("partial").unwrap().address.to_string();
    let error = db.at(Nodes::Primaries).get("partial").await.unwrap_err();
    let ErrorKind::Partial(partial) = error.kind() else { panic!("{error}") };
    assert_eq!((error.code(), partial.parts.len(), partial.is_uncertain()), ("PARTIAL", 3, false));
    for part in &partial.parts {
        if let Outcome::Reply(value) = &part.outcome {
            assert_eq!((value, part.node.as_deref()), (&"kept".into(), Some(&*owner)));
        } else {
            let Outcome::ServerError(error) = &part.outcome else { panic!("{part:?}") };
            assert_eq!(error.code(), "MOVED", "redirects are the caller's");
        }
    }
    let nobody = Address::new("127.0.0.1", 1);
    let both = Nodes::Of(vec![nobody, db.primaries()[0].address.clone()]);
    let error = db.at(both).ping().deadline(Duration::from_millis(300)).await.unwrap_err();
    let ErrorKind::Partial(partial) = error.kind() else { panic!("{error}") };
    assert!(matches!(&partial.parts[0].outcome, Outcome::NotExecuted(_)), "{error}");
    assert_eq!(partial.parts[1].outcome, Outcome::Reply(Value::Simple("PONG".into())));
}

#[tokio::test]
async fn cluster_commands_are_parsed_the_same_under_both_protocols() {
    for resp2 in [false, true] {
        let db = connect_to(&CLUSTER, resp2).await;
        let info = db.cluster().info().await.unwrap();
        assert_eq!(info[&b"cluster_state"[..]], "ok");
        let nodes = db.cluster().nodes().await.unwrap();
        assert_eq!(nodes.len(), 6);
        for node in &nodes {
            let known = CLUSTER.node(&node.id).unwrap();
            assert_eq!((node.ip.as_str(), node.port, node.bus_port), ("127.0.0.1", known.port(), known.bus_port()));
            assert_eq!(node.slots.is_empty(), node.primary.is_some(), "{node:?}");
            assert_eq!(node.flags.iter().any(|flag| flag == "slave"), node.primary.is_some());
        }
        let primary = nodes.iter().find(|node| node.primary.is_none()).unwrap();
        let replicas = db.cluster().replicas(&primary.id).await.unwrap();
        assert_eq!(replicas.iter().map(|node| node.primary.clone()).collect::<Vec<_>>(), [Some(primary.id.clone())]);
        // A replica is listed when it has replicated something.
        for tag in ["{a}", "{b}", "{c}"] {
            db.set(tag, "listed").await.unwrap();
        }
        let slots = eventually("replicas in CLUSTER SLOTS", async || {
            let slots = db.cluster().slots().await.unwrap();
            slots.iter().all(|range| range.nodes.len() == 2).then_some(slots)
        })
        .await;
        assert_eq!((slots.len(), slots[0].nodes[0].metadata.len()), (3, 0));
        let shards = db.cluster().shards().await.unwrap();
        assert!(shards.iter().all(|shard| shard.nodes.len() == 2 && shard.slots.len() == 2), "{shards:?}");
        let links = db.cluster().links().await.unwrap();
        assert_eq!(links.len(), 6);
        assert!(links.values().flatten().all(|link| link.direction == "to" || link.direction == "from"));

        let info = db.info().await.unwrap();
        assert!(info.values().all(|node| node.sections["Server"].contains_key("redis_version")), "{info:?}");
        assert!(info.values().all(|node| node.get("role") == Some("master") && node.pairs("slave0").is_some()));
        let clients = db.client_list().await.unwrap();
        assert!(clients.values().flatten().all(|client| client.get("addr").is_some()));
        assert_eq!(clients.len(), 6);
        assert_eq!(db.client_info().await.unwrap().get("resp"), Some(if resp2 { "2" } else { "3" }));
    }
}

#[tokio::test]
async fn commands_about_a_slot_go_to_its_owner() {
    let db = connect().await;
    let tags = ["{sa}", "{sb}", "{sc}"];
    for tag in tags {
        let slot = slot_of(tag);
        for n in 0..3 {
            db.set(format!("{tag}{n}"), n).await.unwrap();
        }
        assert_eq!(db.cluster().keyslot(tag).await.unwrap(), i64::from(slot));
        assert_eq!(db.cluster().count_keys_in_slot(slot).await.unwrap(), 3);
        let keys: BTreeSet<Bytes> = db.cluster().get_keys_in_slot(slot, 10).await.unwrap().into_iter().collect();
        assert_eq!(keys, (0..3).map(|n| Bytes::from(format!("{tag}{n}"))).collect());
    }
    let owners: BTreeSet<_> = tags.iter().map(|tag| db.node_for(tag).unwrap().address).collect();
    assert!(owners.len() > 1, "the tags are on several nodes");
}

/// CLUSTER commands that say nothing about the node that they concern.
const OF_ONE_NODE: [&str; 21] = [
    "CLUSTER ADDSLOTS 1",
    "CLUSTER ADDSLOTSRANGE 1 2",
    "CLUSTER BUMPEPOCH",
    "CLUSTER CANCELSLOTMIGRATIONS",
    "CLUSTER COUNT-FAILURE-REPORTS abc",
    "CLUSTER FAILOVER",
    "CLUSTER FLUSHSLOTS",
    "CLUSTER FORGET abc",
    "CLUSTER GETSLOTMIGRATIONS",
    "CLUSTER MEET 127.0.0.1 1",
    "CLUSTER MIGRATESLOTS SLOTSRANGE 1 2 NODE abc",
    "CLUSTER MIGRATION STATUS ALL",
    "CLUSTER MYID",
    "CLUSTER MYSHARDID",
    "CLUSTER REPLICATE abc",
    "CLUSTER RESET",
    "CLUSTER SAVECONFIG",
    "CLUSTER SET-CONFIG-EPOCH 7",
    "CLUSTER SETSLOT 1 STABLE",
    "BGSAVE",
    "SHUTDOWN NOSAVE",
];

#[tokio::test]
async fn what_concerns_one_node_is_refused_until_one_is_chosen() {
    let db = connect().await;
    for line in OF_ONE_NODE {
        let (name, args) = words(line);
        let error = db.cmd(name).arg(args).await.unwrap_err();
        assert_eq!(error.code(), "NODE", "{line}: {error}");
        assert!(error.to_string().contains("choose"), "says what to do: {error}");
    }
    let node = db.replicas()[0].clone();
    let at = db.at(&node);
    let name = node.address.to_string();
    assert_eq!(at.cluster().my_id().await.unwrap()[&name], node.id);
    assert_eq!(at.cluster().count_failure_reports(&node.id).await.unwrap()[&name], 0);
    at.cluster().save_config().await.unwrap();
    // Not every server has these (`newer`): that one says so shows that they come through.
    for line in ["CLUSTER MYSHARDID", "CLUSTER MIGRATION STATUS ALL", "CLUSTER SLOT-STATS SLOTSRANGE 0 1"] {
        let (command, args) = words(line);
        match at.cmd(command).arg(args).await {
            Ok(Value::Map(replies)) => assert_eq!(replies.len(), 1),
            other => {
                let error = other.unwrap_err();
                assert!(error.to_string().to_lowercase().contains("unknown subcommand"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn a_cluster_is_changed_through_chosen_nodes_and_the_map_follows() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let db = connect_to(&cluster, false).await;
    let mut watch = db.watch_topology();

    // Slots: each to its owner, and back by hand.
    let owners = [0, 8_000, 16_000].map(|slot| db.node_for_slot(slot).unwrap());
    db.cluster().del_slots([0, 8_000, 16_000]).await.unwrap();
    for (slot, owner) in [0, 8_000, 16_000].into_iter().zip(&owners) {
        db.at(owner).cluster().add_slots(slot).await.unwrap();
    }
    db.cluster().del_slots_range([(5_460, 5_461)]).await.unwrap();
    for slot in [5_460, 5_461] {
        let owner = db.node(&cluster.nodes()[usize::from(slot == 5_461)].id).unwrap();
        db.at(&owner).cluster().add_slots_range([(slot, slot)]).await.unwrap();
    }
    let target = &owners[1].id;
    db.at(&owners[0]).cluster().set_slot_migrating(1, target).await.unwrap();
    let marked = db.at(&owners[0]).cluster().nodes().await.unwrap();
    let own = marked.values().flatten().find(|node| node.id == owners[0].id).unwrap();
    assert_eq!(own.migrating, [(1, target.clone())]);
    db.at(&owners[0]).cluster().set_slot_stable(1).await.unwrap();
    db.at(&owners[0]).cluster().bump_epoch().await.unwrap();

    // A failover, by which the map changes, as those who watch it are told.
    cluster.wait_until_agreed(3).unwrap();
    let replica = db.replicas().into_iter().find(|node| node.primary == Some(owners[2].address.clone())).unwrap();
    watch.mark_unchanged();
    db.at(&replica).cluster().failover().await.unwrap();
    eventually("the promoted replica", async || {
        let promoted = db.node_for_slot(16_000).is_some_and(|node| node.address == replica.address);
        promoted.then_some(())
    })
    .await;
    assert!(watch.has_changed().unwrap());

    // A node leaves, is another one, and comes back.
    let leaver = eventually("the old primary as a replica", async || {
        db.replicas().into_iter().find(|node| node.address == owners[2].address)
    })
    .await;
    db.at(&leaver).cluster().reset_with(slotpipe::commands::ClusterResetOptions::new().hard()).await.unwrap();
    let others: Vec<_> = db.nodes().into_iter().filter(|node| node.address != leaver.address).collect();
    db.at(&others[..]).cluster().forget(&leaver.id).await.unwrap();
    db.at(leaver.address.clone()).cluster().set_config_epoch(77).await.unwrap();
    db.at(leaver.address.clone()).cluster().flush_slots().await.unwrap();
    let (host, port) = (leaver.address.host.clone(), leaver.address.port);
    let bus = cluster.nodes().iter().find(|node| node.port() == port).unwrap().bus_port().unwrap();
    db.at(&others[0]).cluster().meet_with(host, port, bus).await.unwrap();
    let back = eventually("the node to be listed again", async || {
        db.nodes().into_iter().find(|node| node.address == leaver.address && node.id != leaver.id)
    })
    .await;
    let primary = db.node_for_slot(16_000).unwrap();
    eventually("the node to know its primary", async || db.at(&back).cluster().replicate(&primary.id).await.ok()).await;
    eventually("the replica to be listed", async || {
        db.replicas().into_iter().find(|node| node.address == back.address)
    })
    .await;
}

#[tokio::test]
async fn fan_out_is_merged_by_the_policy_of_each_command() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let db = connect_to(&cluster, false).await;
    let primaries: Vec<_> = cluster.nodes()[..3].to_vec();

    assert_eq!(db.randomkey().await.unwrap(), None, "all are empty");
    let names: BTreeSet<Bytes> = (0..30).map(|n| Bytes::from(format!("key:{n}"))).collect();
    for name in &names {
        db.set(name, 1).await.unwrap();
    }
    assert_eq!(db.dbsize().await.unwrap(), 30);
    assert_eq!(db.keys("key:*").await.unwrap().into_iter().collect::<BTreeSet<_>>(), names);
    let mut drawn = BTreeSet::new();
    for _ in 0..40 {
        drawn.insert(db.node_for(db.randomkey().await.unwrap().unwrap()).unwrap().address);
    }
    assert!(drawn.len() > 1, "of several primaries: {drawn:?}");
    let parts = db.at(Nodes::Primaries).dbsize().await.unwrap();
    assert_eq!((parts.len(), parts.values().sum::<i64>()), (3, 30));

    assert_eq!(db.ping().await.unwrap(), "PONG");
    db.config_set([("busy-reply-threshold", "50")]).await.unwrap();
    let set = db.config_get("busy-reply-threshold").await.unwrap();
    assert_eq!(set.len(), 6);
    assert!(set.values().all(|node| node[&b"busy-reply-threshold"[..]] == "50"), "{set:?}");
    db.config_resetstat().await.unwrap();
    db.config_set([("slowlog-log-slower-than", "0")]).await.unwrap();
    db.at(Nodes::All).echo("x").await.unwrap();
    db.config_set([("slowlog-log-slower-than", "-1")]).await.unwrap();
    let each = db.at(Nodes::All).slowlog_len().await.unwrap();
    assert_eq!(db.slowlog_len().await.unwrap(), each.values().sum::<i64>());
    assert!(each.values().all(|&count| count > 0), "{each:?}");
    let slow = db.slowlog_get().await.unwrap();
    let echoed = |entry: &slotpipe::commands::SlowlogEntry| entry.arguments == ["ECHO", "x"] && entry.at_s > 0;
    assert!(slow.len() == 6 && slow.values().all(|entries| entries.iter().any(echoed)), "{slow:?}");
    db.slowlog_reset().await.unwrap();
    assert_eq!(db.slowlog_len().await.unwrap(), 0);

    let sha = db.script_load("return 1").await.unwrap();
    assert_eq!(sha, "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    assert_eq!(db.script_exists([&sha[..], &[b'0'; 40]]).await.unwrap(), [true, false]);
    primaries[1].ask(["SCRIPT", "FLUSH"]).unwrap();
    assert_eq!(db.script_exists([&sha[..]]).await.unwrap(), [false], "one does not have it");
    db.script_flush().await.unwrap();

    let mut subscribers = Vec::new();
    for node in [&primaries[0], &primaries[2]] {
        let mut subscriber = node.client().unwrap();
        subscriber.ask(["SUBSCRIBE", "news"]).unwrap();
        subscriber.ask(["PSUBSCRIBE", "n*"]).unwrap();
        subscribers.push(subscriber);
    }
    subscribers[1].ask(["SUBSCRIBE", "more"]).unwrap();
    let owner = cluster.primary_of(cluster.slot_of("sharded").unwrap()).unwrap();
    let mut sharded = owner.client().unwrap();
    sharded.ask(["SSUBSCRIBE", "sharded"]).unwrap();
    let union: BTreeSet<Bytes> = db.pubsub_channels().await.unwrap().into_iter().collect();
    assert_eq!(union, BTreeSet::from(["more".into(), "news".into()]));
    assert_eq!(db.pubsub_channels().await.unwrap().len(), 2, "each once");
    let counts = db.pubsub_numsub(["news", "more", "none"]).await.unwrap();
    assert_eq!(counts, [("news", 2), ("more", 1), ("none", 0)].map(|(name, n)| (Bytes::from(name), n)).into());
    assert_eq!(db.pubsub_numpat().await.unwrap(), 2);
    assert_eq!(db.pubsub_shardchannels().await.unwrap(), ["sharded"]);
    assert_eq!(db.pubsub_shardnumsub(["sharded"]).await.unwrap(), [(Bytes::from("sharded"), 1)].into());

    let library = "#!lua name=busy\nredis.register_function('spin', function() while true do end end)";
    assert_eq!(db.function_load(library).await.unwrap(), "busy");
    for (kill, start) in
        [("SCRIPT KILL", vec!["EVAL", "while true do end", "0"]), ("FUNCTION KILL", vec!["FCALL", "spin", "0"])]
    {
        let error = db.cmd(kill).await.unwrap_err();
        assert_eq!(error.code(), "NOTBUSY", "nobody has one to kill: {error}");
        let mut busy = primaries[1].client().unwrap();
        busy.send(start).unwrap();
        sleep(Duration::from_millis(300)).await;
        assert_eq!(db.cmd(kill).await.unwrap(), "OK", "{kill}");
        assert!(matches!(busy.read().unwrap(), resp::Reply::Error(_)), "{kill} has ended it");
    }

    let by_node: [(&str, usize); 8] = [
        ("INFO server", 3),
        ("CLIENT LIST", 6),
        ("CONFIG GET port", 6),
        ("TIME", 6),
        ("LASTSAVE", 6),
        ("SLOWLOG GET", 6),
        ("CLUSTER LINKS", 6),
        ("ROLE", 6),
    ];
    for (line, count) in by_node {
        let (name, args) = words(line);
        let Value::Map(replies) = db.cmd(name).arg(args).await.unwrap() else { panic!("{line} is no map") };
        assert_eq!(replies.len(), count, "{line}");
    }
    // In a pipeline the same.
    let mut pipe = db.pipeline();
    pipe.dbsize().set("key:0", 2).ping();
    assert_eq!(pipe.query::<(i64, (), String)>().await.unwrap(), (30, (), "PONG".to_owned()));

    at_primaries(&db).await;
    db.flushall().await.unwrap();
    assert_eq!(db.dbsize().await.unwrap(), 0);
}

/// What S4 answers node by node.
async fn at_primaries(db: &Cluster) {
    let lines = [
        "BGREWRITEAOF",
        "BGSAVE SCHEDULE",
        "CLIENT GETNAME",
        "CLIENT KILL ID 9999999",
        "CLIENT LIST",
        "CLIENT SETNAME anna",
        "CONFIG GET port",
        "CONFIG RESETSTAT",
        "DBSIZE",
        "ECHO x",
        "INFO",
        "LASTSAVE",
        "PING",
        "PUBSUB CHANNELS",
        "PUBSUB NUMPAT",
        "PUBSUB NUMSUB x",
        "SCAN 0",
        "SLOWLOG GET",
        "SLOWLOG LEN",
        "SLOWLOG RESET",
        "TIME",
        "FLUSHDB",
        "FLUSHALL",
    ];
    for line in lines {
        let (name, args) = words(line);
        let reply = db.at(Nodes::Primaries).cmd(name).arg(args).await;
        let Value::Map(replies) = reply.unwrap_or_else(|error| panic!("{line}: {error}")) else {
            panic!("{line} is no map")
        };
        assert_eq!(replies.len(), 3, "{line}");
    }
    // SAVE has to wait until what BGSAVE and BGREWRITEAOF began is over, and CONFIG REWRITE wants a file.
    eventually("SAVE at each primary", async || db.at(Nodes::Primaries).cmd("SAVE").await.ok()).await;
    match db.at(Nodes::Primaries).cmd("CONFIG REWRITE").await {
        Ok(reply) => assert!(matches!(reply, Value::Map(replies) if replies.len() == 3)),
        Err(error) => assert!(error.to_string().contains("without a config file"), "{error}"),
    }
}

#[tokio::test]
async fn a_part_whose_connection_was_ended_is_sent_again_alone() {
    let db = connect().await;
    db.at(Nodes::Primaries).ping().await.unwrap();
    let node = CLUSTER.nodes()[1].clone();
    let ids = db.at(Nodes::Primaries).cmd("CLIENT ID").read::<PerNode<u64>>().await.unwrap();
    let before = executed(&db, "echo").await;
    node.ask(["CLIENT", "KILL", "ID", &ids[&node.address()].to_string()]).unwrap();
    assert_eq!(db.at(Nodes::Primaries).echo("once").await.unwrap().len(), 3);
    let after = executed(&db, "echo").await;
    for (address, (calls, _)) in after {
        assert_eq!(calls, before[&address].0 + 1, "{address}");
    }
}

#[tokio::test]
async fn a_part_that_was_refused_before_it_ran_is_sent_again_alone() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let db = connect_to(&cluster, false).await;
    let node = cluster.nodes()[1].clone();
    node.ask(["CONFIG", "SET", "busy-reply-threshold", "1"]).unwrap();
    let before = executed(&db, "echo").await;
    let mut busy = node.client().unwrap();
    busy.send(["EVAL", "while true do end", "0"]).unwrap();
    until("the node is busy", async || node.ask(["PING"]).is_err()).await;
    let echoed = db.at(Nodes::Primaries).echo("once").into_future();
    let refused = async {
        until("it has refused its part", async || db.stats().await.unwrap().busy > 2).await;
        node.ask(["SCRIPT", "KILL"]).unwrap();
    };
    let (echoed, ()) = tokio::join!(echoed, refused);
    assert_eq!(echoed.unwrap().into_values().collect::<Vec<_>>(), ["once"; 3]);
    assert!(matches!(busy.read().unwrap(), resp::Reply::Error(_)));
    let refusals = db.stats().await.unwrap().busy;
    for (address, (calls, rejected)) in executed(&db, "echo").await {
        let expected = if address == node.address() { refusals } else { 0 };
        assert_eq!((calls - before[&address].0, rejected - before[&address].1), (1, expected), "{address}");
    }
}

/// How often each primary has run a command, and refused it.
async fn executed(db: &Cluster, command: &str) -> BTreeMap<String, (u64, u64)> {
    let info = db.info_with("commandstats").await.unwrap();
    let counts = |node: &slotpipe::commands::Info| {
        let pairs = node.pairs(&format!("cmdstat_{command}"));
        pairs.map_or((0, 0), |pairs| (pairs["calls"].parse().unwrap(), pairs["rejected_calls"].parse().unwrap()))
    };
    info.iter().map(|(address, node)| (address.clone(), counts(node))).collect()
}

/// What no cluster takes, or no connection that is shared, with its code.
const REFUSED: [(&str, &str); 36] = [
    ("MOVE k 1", "DATABASE"),
    ("SWAPDB 0 1", "DATABASE"),
    ("SELECT 1", "DATABASE"),
    ("SENTINEL MASTERS", "SENTINEL"),
    ("SLAVEOF NO ONE", "REPLICATION"),
    ("REPLICAOF NO ONE", "REPLICATION"),
    ("SHUTDOWN", "NODE"),
    ("SYNC", "INTERNAL"),
    ("PSYNC ? -1", "INTERNAL"),
    ("MONITOR", "STREAM"),
    ("MULTI", "SESSION"),
    ("EXEC", "SESSION"),
    ("DISCARD", "SESSION"),
    ("WATCH k", "SESSION"),
    ("UNWATCH", "SESSION"),
    ("SUBSCRIBE c", "SUBSCRIBE"),
    ("PSUBSCRIBE c", "SUBSCRIBE"),
    ("SSUBSCRIBE c", "SUBSCRIBE"),
    ("UNSUBSCRIBE c", "SUBSCRIBE"),
    ("PUNSUBSCRIBE c", "SUBSCRIBE"),
    ("SUNSUBSCRIBE c", "SUBSCRIBE"),
    ("CLIENT REPLY OFF", "CONNECTION"),
    ("CLIENT TRACKING ON", "CONNECTION"),
    ("CLIENT CACHING YES", "CONNECTION"),
    ("CLIENT NO-EVICT ON", "CONNECTION"),
    ("CLIENT NO-TOUCH ON", "CONNECTION"),
    ("READONLY", "CONNECTION"),
    ("READWRITE", "CONNECTION"),
    ("ASKING", "CONNECTION"),
    ("HELLO 3", "CONNECTION"),
    ("AUTH secret", "CONNECTION"),
    ("RESET", "CONNECTION"),
    ("QUIT", "CONNECTION"),
    ("WAIT 1 0", "SESSION"),
    ("SCAN 0", "NODE"),
    ("CLUSTER RESET", "NODE"),
];

/// What may hold up the pipeline in which it stands.
const BLOCKING: [&str; 9] = [
    "BLPOP k 0",
    "BRPOP k 0",
    "BLMOVE {k}a {k}b LEFT RIGHT 0",
    "BRPOPLPUSH {k}a {k}b 0",
    "BLMPOP 0 1 k LEFT",
    "BZPOPMIN k 0",
    "BZPOPMAX k 0",
    "BZMPOP 0 1 k MIN",
    "XREAD BLOCK 0 STREAMS k $",
];

#[tokio::test]
async fn what_no_cluster_takes_is_refused_with_code_name_place_and_advice() {
    let db = connect().await;
    let misuse = |error: &Error, line: &str, code: &str| {
        let ErrorKind::Misuse { message, .. } = error.kind() else { panic!("{line}: {error}") };
        let (name, _) = words(line);
        assert_eq!((error.code(), error.command()), (code, Some(name)), "{line}");
        let place = error.index().map_or(String::new(), |index| format!(" (command {index})"));
        assert_eq!(error.to_string(), format!("{code} {name}{place}: {message}"), "one form of text");
        assert!(message.len() > 20 && !message.ends_with('.'), "a reason and what to do: {message}");
    };
    for (line, code) in REFUSED {
        let (name, args) = words(line);
        misuse(&db.cmd(name).arg(&args).await.unwrap_err(), line, code);
        let mut pipe = db.pipeline();
        pipe.set("refused", line);
        pipe.cmd(name).arg(&args);
        let error = pipe.execute().await.unwrap_err();
        assert_eq!(error.index(), Some(1), "{line}");
        misuse(&error, line, code);
    }
    for line in BLOCKING {
        let (name, args) = words(line);
        let mut pipe = db.pipeline();
        pipe.set("refused", line);
        pipe.cmd(name).arg(args);
        misuse(&pipe.execute().await.unwrap_err(), line, "BLOCKING");
    }
    assert_eq!(db.get("refused").await.unwrap(), None, "nothing of any pipeline was sent");
    assert_eq!(db.cmd("SELECT").arg(0).await.unwrap(), "OK");
    // A chosen node lifts what is refused for want of one, and nothing else.
    let at = db.at(Nodes::Primaries);
    assert!(at.cmd("SCAN").arg(0).await.is_ok());
    for line in ["MONITOR", "MULTI", "SUBSCRIBE c", "AUTH secret", "SWAPDB 0 1", "REPLICAOF NO ONE"] {
        let (name, args) = words(line);
        assert!(matches!(at.cmd(name).arg(args).await.unwrap_err().kind(), ErrorKind::Misuse { .. }), "{line}");
    }
}

#[tokio::test]
async fn the_clients_name_is_its_own_and_outlives_its_connections() {
    let db = connect().await;
    db.client_setname("crew").await.unwrap();
    let ids = db.at(Nodes::All).cmd("CLIENT ID").read::<PerNode<u64>>().await.unwrap();
    // Every connection of this client, by its own hand.
    for (address, id) in &ids {
        let node = db.node(address).unwrap();
        let killed = db.at(&node).cmd("CLIENT KILL").arg("ID").arg(*id).arg("SKIPME").arg("no");
        let _ = killed.await;
    }
    let again = db.at(Nodes::All).cmd("CLIENT ID").read::<PerNode<u64>>().await.unwrap();
    assert!(ids.iter().all(|(address, id)| again[address] != *id), "they are others: {ids:?} {again:?}");
    let named = db.at(Nodes::All).cmd("CLIENT GETNAME").read::<PerNode<String>>().await.unwrap();
    assert!(named.len() == 6 && named.values().all(|name| name == "crew"), "{named:?}");
    db.set("after", "kill").await.unwrap();
    assert_eq!(db.get("after").await.unwrap().unwrap(), "kill");
}

#[tokio::test]
async fn dump_and_restore_go_where_their_key_is() {
    let db = connect().await;
    db.set("dumped", "value").await.unwrap();
    let dump = db.dump("dumped").await.unwrap().unwrap();
    for target in ["restored:1", "restored:2", "restored:3", "restored:4"] {
        db.cmd("RESTORE").arg(target).arg(0).arg(&dump).arg("REPLACE").await.unwrap();
        assert_eq!(db.get(target).await.unwrap().unwrap(), "value");
    }
    let mut pipe = db.pipeline();
    pipe.dump("restored:1").dump("restored:2");
    assert_eq!(pipe.query::<(Bytes, Bytes)>().await.unwrap(), (dump.clone(), dump));
}
