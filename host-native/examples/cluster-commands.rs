//! The manual of redis-py-cluster: commands for all nodes, keys of one slot, redirects in pipelines, publish and
//! subscribe, reads from replicas.
//!
//! `cargo run --example cluster-commands -- 127.0.0.1:7000`

use std::{collections::BTreeSet, time::Duration};

use slotpipe::{
    CallOptions, Cluster, Commands, Error, Message, MessageKind, Nodes, Outcome, Pipeline, ReadFrom, Route, slot_of,
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    run(&Cluster::connect(seed).await?).await
}

pub(crate) async fn run(db: &Cluster) -> Result<(), Error> {
    // Usage example.
    println!("set: {}", db.set("foo", "bar").into_type::<String>().await?);
    println!("get: {}", db.get("foo").into_type::<String>().await?);
    println!("as bytes: {}", db.get("foo").await?.unwrap_or_default().len());

    // Commands for all nodes: one reply where they can be merged, a map by node where they cannot.
    println!("dbsize: {} in all of {} nodes", db.dbsize().await?, db.at(Nodes::Primaries).dbsize().await?.len());
    println!("time: of {} nodes", db.time().await?.len());
    println!("keys: {}", db.keys("fo*").into_type::<Vec<String>>().await?.join(" "));
    let hash = db.script_load("return 1").await?;
    println!("script at every primary: {}", db.script_exists(hash).await?[0]);

    // A command whose keys must be in one slot: they have a hash tag in common.
    let mut pipe = db.pipeline();
    pipe.zadd("a{foo}", [(1, "x")]).zadd("b{foo}", [(2, "y")]).zadd("c{foo}", [(3, "z")]).execute().await?;
    println!("zunionstore: {}", db.zunionstore("d{foo}", ["a{foo}", "b{foo}", "c{foo}"]).await?);
    if let Err(error) = db.zunionstore("d", ["a", "b"]).await {
        println!("zunionstore without a tag: refused, {}", error.code());
    }

    // MOVED in a pipeline. A wrong table is no concern of a caller's: what is moved is sent on, in its place.
    let mut pipe = db.pipeline();
    pipe.set("ert", "tre").set("wer", "rew");
    println!("pipeline: {}", pipe.query::<Vec<String>>().await?.join(" "));
    // To see the error, both are sent to the node that has the first only.
    let astray = |mut pipe: Pipeline| {
        pipe.route(db.node_for("ert").map_or(Route::Table, |node| Route::Node(node.address)));
        pipe
    };
    let outcomes = astray(db.pipeline()).set("ert", "tre").set("wer", "rew").execute_settled().await?;
    if let [Outcome::Reply(right), Outcome::ServerError(wrong)] = &outcomes[..] {
        println!("at one node: {}, {}", right.as_str().unwrap_or_default(), wrong.line);
    }
    // Between MULTI and EXEC the error is the same, with the slot and where it is now.
    let outcomes = astray(db.pipeline()).atomic().set("wer", "rew").execute_settled().await?;
    if let [Outcome::ServerError(inside)] = &outcomes[..] {
        println!("in a transaction: {}, slot {}", inside.code(), slot_of("wer"));
    }

    // Nodes work at the same time without threads: one write per node, of which `explain` tells.
    let mut pipe = db.pipeline();
    let plans = pipe.set("foo", 1).set("bar", 2).set("user:1", 3).explain().await?;
    let parts = plans.iter().filter_map(|told| told.plan.as_ref().ok()).flat_map(|plan| &plan.parts);
    println!("nodes at once: {}", parts.filter_map(|part| part.node.as_ref()).collect::<BTreeSet<_>>().len());

    // Publish and subscribe: messages reach every subscriber, patterns too; the number counts those at one node.
    let mut sub = db.subscribe(["news"]).await?;
    sub.psubscribe(["ne*"]).await?;
    let count = db.publish("news", "hello").await;
    println!("published, a number: {}", count.is_ok());
    let mut messages = Vec::new();
    for _ in 0..2 {
        messages.extend(sub.get(Duration::from_secs(5)).await?.map(|message| line_of(&message)));
    }
    messages.sort();
    messages.iter().for_each(|line| println!("{line}"));
    drop(sub);

    // Reads from replicas. They may lag behind, so that each write is waited for here.
    for (key, value) in [("foo16706", "bar"), ("foo81", "foo")] {
        let session = db.session([key])?;
        session.set(key, value).await?;
        session.wait(1, 1000).await?;
    }
    let readonly = db.with(CallOptions::new().read_from(ReadFrom::PreferReplica));
    let first: String = readonly.get("foo16706").into_type().await?;
    let second: String = readonly.get("foo81").into_type().await?;
    println!("readonly: {first} {second}");
    let mut pipe = readonly.pipeline();
    pipe.get("foo81").get("foo16706");
    println!("readonly pipeline: {}", pipe.query::<Vec<String>>().await?.join(" "));
    // Such a client writes as well: writes go to the primary.
    println!("readonly client sets: {}", readonly.set("foo81", "foo").into_type::<String>().await?);

    db.del(["foo", "ert", "wer", "a{foo}", "b{foo}", "c{foo}", "d{foo}", "foo16706", "foo81"]).await?;
    Ok(())
}

fn line_of(message: &Message) -> String {
    let kind = if message.kind == MessageKind::Pattern { "pmessage" } else { "message" };
    format!("{kind} on {}: {}", String::from_utf8_lossy(&message.channel), message.text())
}
