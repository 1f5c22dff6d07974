//! The pipelines, transactions and watches of redis-py's documentation, in the order of that document.
//!
//! `cargo run --example transactions -- 127.0.0.1:7000`

use std::cell::Cell;

use slotpipe::{Cluster, Commands, Error};

const KEY: &str = "OUR-SEQUENCE-KEY";

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    run(&Cluster::connect(seed).await?).await
}

pub(crate) async fn run(db: &Cluster) -> Result<(), Error> {
    // The first example as it stands there is no transaction on a cluster: FLUSHDB and KEYS concern every node ...
    let mut unit = db.pipeline();
    let refused = unit.atomic().flushdb().execute().await.unwrap_err();
    println!("FLUSHDB in a transaction: refused, {}", refused.code());
    let mut unit = db.pipeline();
    let refused = unit.atomic().keys("*").execute().await.unwrap_err();
    println!("KEYS in a transaction: refused, {}", refused.code());
    // ... and its two keys are in two slots. Nothing has been sent.
    let mut unit = db.pipeline();
    let refused = unit.atomic().set("foo", "bar").set("bar", "foo").execute().await.unwrap_err();
    println!("two slots in a transaction: refused, {}", refused.code());

    // With a common hash tag it is one: MULTI ... EXEC in one write.
    let mut unit = db.pipeline();
    unit.atomic().set("{pair}foo", "bar").set("{pair}bar", "foo").mget(["{pair}foo", "{pair}bar"]);
    let (first, second, values) = unit.query::<(String, String, Vec<String>)>().await?;
    println!("atomic: {first} {second} {}", values.join(" "));

    // Without a transaction, which is what a pipeline is by itself: any keys.
    let mut plain = db.pipeline();
    plain.set("foo", "bar").set("bar", "foo").mget(["foo", "bar"]);
    let (first, second, values) = plain.query::<(String, String, Vec<String>)>().await?;
    println!("not atomic: {first} {second} {}", values.join(" "));

    // INCR by hand: watch, read, write in a unit, and again if somebody else was faster, as somebody is here once.
    let session = db.session([KEY])?;
    for attempt in 1.. {
        session.watch(KEY).await?;
        let current: Option<i64> = session.get(KEY).into_type().await?;
        if attempt == 1 {
            db.set(KEY, 41).await?;
        }
        let mut unit = session.multi();
        match unit.set(KEY, current.unwrap_or(0) + 1).query::<(String,)>().await {
            Ok((stored,)) => {
                println!("by hand: {stored}");
                break;
            }
            Err(error) if error.is_conflict() => println!("by hand: conflict, {}", error.code()),
            Err(error) => return Err(error),
        }
    }
    println!("sequence: {}", db.get(KEY).into_type::<i64>().await?);

    // The connection is given back when the session is dropped.
    session.watch(KEY).await?;
    session.discard(session.multi()).await?;
    drop(session);

    // The same as a transaction, which watches, tries again and releases by itself.
    let calls = Cell::new(0);
    let stored = db
        .transaction([KEY], async |session| {
            let current: Option<i64> = session.get(KEY).into_type().await?;
            calls.set(calls.get() + 1);
            if calls.get() == 1 {
                db.incr(KEY).await?;
            }
            let mut unit = session.multi();
            let (stored,) = unit.set(KEY, current.unwrap_or(0) + 1).query::<(String,)>().await?;
            Ok(stored)
        })
        .await?;
    println!("transaction: {stored}");
    println!("sequence: {}, after {} calls", db.get(KEY).into_type::<i64>().await?, calls.get());

    db.del(["{pair}foo", "{pair}bar", "foo", "bar", KEY]).await?;
    Ok(())
}
