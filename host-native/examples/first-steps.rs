//! The first page of redis-py-cluster's documentation: a value, several, a pipeline, the cluster.
//!
//! `cargo run --example first-steps -- 127.0.0.1:7000`

use std::collections::BTreeMap;

use slotpipe::{Cluster, Commands, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    run(&Cluster::connect(seed).await?).await
}

pub(crate) async fn run(db: &Cluster) -> Result<(), Error> {
    // One command. A reply is what it is read as: bytes, or here text.
    println!("set: {}", db.set("key", "value").into_type::<String>().await?);
    println!("get: {}", db.get("key").into_type::<String>().await?);

    // Several keys, wherever they are.
    let pairs = [("key1", "value1"), ("key2", "value2"), ("key3", "value3")];
    println!("mset: {}", db.mset(pairs).into_type::<String>().await?);
    println!("mget: {}", db.mget(["key1", "key2", "key3"]).into_type::<Vec<String>>().await?.join(" "));

    // A pipeline.
    let mut pipe = db.pipeline();
    pipe.set("pkey1", "pvalue1").get("pkey1").incr("counter");
    let (stored, value, counter) = pipe.query::<(String, String, i64)>().await?;
    println!("pipeline: {stored} {value} {counter}");

    // The cluster.
    let info: BTreeMap<String, String> = db.cluster().info().into_type().await?;
    println!("slots assigned: {}", info["cluster_slots_assigned"]);
    let nodes = db.cluster().nodes().await?;
    println!("known nodes: {}, listed: {}", info["cluster_known_nodes"], nodes.len());

    db.del(["key", "key1", "key2", "key3", "pkey1", "counter"]).await?;
    Ok(())
}
