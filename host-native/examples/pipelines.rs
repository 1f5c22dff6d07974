//! The cluster pipelines of redis-py-cluster's documentation, in the order of that document.
//!
//! `cargo run --example pipelines -- 127.0.0.1:7000`

use std::collections::BTreeMap;

use slotpipe::{Cluster, Commands, Error, Outcome, Pipeline, ReadFrom, Value, slot_of};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    run(&Cluster::connect(seed).await?).await
}

pub(crate) async fn run(db: &Cluster) -> Result<(), Error> {
    // Basic use: two keys in two slots, each command's own reply.
    let mut pipe = db.pipeline();
    pipe.set("key1", "value1").set("key2", "value2").get("key1").incr("counter");
    let (first, second, value, counter) = pipe.query::<(String, String, String, i64)>().await?;
    println!("basic: {first} {second} {value} {counter}");

    // By hand: executing empties the queue, so that nothing needs to be cleared behind it.
    let mut user = db.pipeline();
    user.set("user:1:name", "Alice").set("user:1:email", "alice@example.com");
    user.hset("user:1:profile", [("age", "30"), ("city", "New York")]).get("user:1:name").hgetall("user:1:profile");
    let (name, email, fields, alice, profile) =
        user.query::<(String, String, i64, String, BTreeMap<String, String>)>().await?;
    println!("by hand: {name} {email} {fields}");
    println!("name: {alice}");
    println!("profile: age {}, city {}", profile["age"], profile["city"]);
    println!("queued afterwards: {}", user.len());

    // Errors in their places. INCR takes a missing key for 0, so that only a text makes it fail.
    let (stored, value, count) = risky(db).query::<(String, String, i64)>().await?;
    println!("a missing key: {stored} {value} {count}");
    db.set("non_numeric_key", "text").await?;
    for (index, outcome) in risky(db).execute_settled().await?.into_iter().enumerate() {
        if let Outcome::ServerError(error) = outcome {
            println!("command {index} failed: {}", error.line);
        } else {
            println!("command {index}: {}", text(&outcome.into_result()?));
        }
    }

    // Slots: these two differ, and one pipeline takes both. A common hash tag would put them together.
    let (key1, key2) = ("user:123:profile", "user:123:settings");
    println!("slots: {} and {}, with a tag: {}", slot_of(key1), slot_of(key2), slot_of("user:{123}:profile"));
    let mut both = db.pipeline();
    both.hset(key1, [("name", "John")]).hset(key2, [("theme", "dark")]).hget(key1, "name").hget(key2, "theme");
    let (one, other, name, theme) = both.query::<(i64, i64, String, String)>().await?;
    println!("in different slots: {one} {other} {name} {theme}");

    // Batches: in chunks, as there, or all at once.
    let keys: Vec<String> = (0..100).map(|i| format!("batch:key:{i}")).collect();
    let values: Vec<String> = (0..100).map(|i| format!("value_{i}")).collect();
    for (at, (keys, values)) in keys.chunks(50).zip(values.chunks(50)).enumerate() {
        println!("chunk {}: set {} keys", at + 1, store(db, keys, values).await?);
    }
    println!("at once: set {} keys", store(db, &keys, &values).await?);

    // Reads from replicas, for this pipeline only. They may lag behind, so that each write is waited for here.
    let session = db.session(["readonly_key1"])?;
    session.set("readonly_key1", "one").await?;
    session.wait(1, 1000).await?;
    let session = db.session(["readonly_key2"])?;
    session.set("readonly_key2", "two").await?;
    session.wait(1, 1000).await?;
    let session = db.session(["readonly_hash"])?;
    session.hset("readonly_hash", [("field", "three")]).await?;
    session.wait(1, 1000).await?;
    let mut reads = db.pipeline();
    reads.read_from(ReadFrom::PreferReplica).get("readonly_key1").get("readonly_key2").hgetall("readonly_hash");
    let (one, two, hash) = reads.query::<(String, String, BTreeMap<String, String>)>().await?;
    println!("from replicas: {one} {two} {}", hash["field"]);

    // Pattern: keys with a common prefix, two commands each.
    let mut pair = db.pipeline();
    for i in 0..3 {
        pair.set(format!("prefix:{i}"), format!("value_{i}")).expire(format!("prefix:{i}"), 3600);
    }
    let results = pair.execute().await?;
    let every_other = |first: usize| results.iter().skip(first).step_by(2).map(text).collect::<Vec<_>>().join(" ");
    println!("sets: {}", every_other(0));
    println!("expires: {}", every_other(1));

    // Pattern: operations of any slots. There is nothing to group: one pipeline does, and replies keep the order.
    let operations = [("SET", "op:1", Some("a")), ("SET", "op:2", Some("b")), ("APPEND", "op:1", Some("c"))];
    let mut mixed = db.pipeline();
    for (command, key, arg) in operations.into_iter().chain([("GET", "op:2", None)]) {
        mixed.cmd(command).arg(key).arg(arg);
    }
    println!("in the order given: {}", mixed.execute().await?.iter().map(text).collect::<Vec<_>>().join(" "));

    db.del(["key1", "key2", "counter", "user:1:name", "user:1:email", "user:1:profile"]).await?;
    db.del((["valid_key", "non_numeric_key", key1, key2], keys)).await?;
    db.del(["readonly_key1", "readonly_key2", "readonly_hash", "prefix:0", "prefix:1", "prefix:2", "op:1", "op:2"])
        .await?;
    Ok(())
}

fn risky(db: &Cluster) -> Pipeline {
    let mut pipe = db.pipeline();
    pipe.set("valid_key", "value").get("valid_key").incr("non_numeric_key");
    pipe
}

async fn store(db: &Cluster, keys: &[String], values: &[String]) -> Result<usize, Error> {
    let mut pipe = db.pipeline();
    for (key, value) in keys.iter().zip(values) {
        pipe.set(key, value);
    }
    Ok(pipe.execute().await?.len())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| format!("{value:?}"), str::to_owned)
}
