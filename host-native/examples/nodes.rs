//! The cluster support of redis-py's documentation: connecting, the cluster and its nodes, keys of one slot, errors.
//!
//! `cargo run --example nodes -- 127.0.0.1:7000`

use std::{collections::BTreeMap, time::Duration};

use slotpipe::{Builder, Cluster, Commands, Coverage, Engine, Error, ErrorKind, Nodes, ReadFrom, Seeds, slot_of};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    run(&seed, Engine::default()).await
}

/// `Cluster::connect(seeds)` is enough where the engine is not to be chosen.
fn client(seeds: impl Into<Seeds>, engine: &Engine) -> Builder {
    Cluster::builder(seeds).engine(engine.clone())
}

pub(crate) async fn run(seed: &str, engine: Engine) -> Result<(), Error> {
    // Connection: a list of seeds, of which one that answers is enough. Text is asked for where it is read.
    let db = client([seed, "127.0.0.1:1"], &engine).connect().await?;
    println!("set: {}", db.set("key1", "value1").into_type::<String>().await?);
    println!("get: {}", db.get("key1").into_type::<String>().await?);

    // Connection from a URL; a user and a password would stand in it.
    let other = client(format!("redis://{seed}"), &engine).connect().await?;
    println!("by URL: {}", other.get("key1").into_type::<String>().await?);
    other.close().await;

    // The cluster: its state, its nodes, who has which slots.
    let info: BTreeMap<String, String> = db.cluster().info().into_type().await?;
    println!("state {}, size {}", info["cluster_state"], info["cluster_size"]);
    println!("nodes: {}", db.cluster().nodes().await?.len());
    let mut owners = db.cluster().slots().await?;
    owners.sort_by_key(|owner| owner.first);
    for owner in owners {
        let primary = &owner.nodes[0];
        println!("slots {}-{}: {}:{}", owner.first, owner.last, primary.host.as_deref().unwrap_or(""), primary.port);
    }

    // Chosen nodes: what the client knows of them, a command at each, and whose a key is.
    println!("{} primaries, {} replicas", db.primaries().len(), db.replicas().len());
    let memory = db.at(Nodes::Primaries).info_with("memory").await?;
    let evicting: Vec<_> = memory.values().filter_map(|info| info.get("maxmemory_policy")).collect();
    println!("eviction at {} nodes: {}", memory.len(), evicting.join(" "));
    let owner = db.node_for("user:1001").map(|node| node.address.to_string());
    println!("user:1001 is in slot {} at {}", slot_of("user:1001"), owner.unwrap_or_default());

    // A pipeline over several nodes.
    let mut pipe = db.pipeline();
    pipe.set("key1", "value1").set("key2", "value2").get("key1").get("key2");
    println!("pipeline: {}", pipe.query::<Vec<String>>().await?.join(" "));

    // High availability: options of the client. There is no pool to size: one connection per node carries everything.
    let spread = client(seed, &engine)
        .read_from(ReadFrom::Any)
        .max_redirects(5)
        .coverage(Coverage::Partial)
        .idle_ping(Duration::from_secs(30));
    println!("ping: {}", spread.connect().await?.ping().await?);

    // Several keys in one command: in one slot by a hash tag, where it is atomic; in any slots it is cut and merged.
    let keys = ["{user1001}:profile", "{user1001}:settings", "{user1001}:activity"];
    let mut pipe = db.pipeline();
    pipe.mset([(keys[0], "profile_data"), (keys[1], "settings_data"), (keys[2], "activity_data")]).mget(keys);
    let (stored, read) = pipe.query::<(String, Vec<String>)>().await?;
    println!("one slot: {stored}, {}", read.join(" "));
    println!("several slots: {}", db.mget(["key1", "key2"]).into_type::<Vec<String>>().await?.join(" "));

    // Errors: each says how the command ended.
    println!("set: {}", db.set("key", "value").into_type::<String>().await?);
    if let Err(error) = db.incr("key").await {
        if let ErrorKind::NotExecuted(not_run) = error.kind() {
            println!("it never ran: {}", not_run.message); // the cluster is down
        } else if let ErrorKind::Server(server) = error.kind() {
            println!("error {}: {}", error.code(), server.line);
        } else {
            return Err(error);
        }
    }
    let nobody = client("127.0.0.1:1", &engine).connect().await;
    println!("nobody there: {}", nobody.is_err_and(|error| matches!(error.kind(), ErrorKind::Connect { .. })));

    db.del((["key1", "key2", "key"], keys)).await?;
    Ok(())
}
