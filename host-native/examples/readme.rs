//! The README's example: `cargo run --example readme -- HOST:PORT`.

use slotpipe::{Cluster, Commands, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let seed = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    let db = Cluster::connect(seed).await?;

    // Any commands over any keys: one write per node, all nodes at once, replies in order.
    let mut pipe = db.pipeline();
    pipe.set("user:1", "Ada").set("user:2", "Grace").incr("visits").mget(["user:1", "user:2"]);
    let ((), (), visits, names) = pipe.query::<((), (), i64, Vec<String>)>().await?;
    println!("visit {visits}: {}", names.join(" and "));
    Ok(())
}
