//! What a start costs in Rust: the component out of wasmtime's cache of compiled code, a client to its first reply, and
//! the memory of one that is idle. Prints figures as JSON; run in a process of its own.

use std::time::Instant;

use serde_json::json;
use slotpipe::{
    Cluster, Commands as _, Engine,
    component::{
        BYTES, Component, ComponentMaker,
        wasmtime::{self, Cache, CacheConfig},
    },
    engine::Make as _,
};
use slotpipe_core::{config::Config, port::Micros};

use crate::{Failure, client::resident};

/// `which`: `in-process` or `component`.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn run(which: &str, seed: &str) -> Result<(), Failure> {
    let before = resident()?;
    let start = Instant::now();
    let engine = if which == "component" { Engine::Component } else { Engine::InProcess };
    let db = Cluster::builder(seed).engine(engine).connect().await?;
    let _: Option<String> = db.get("s:32:0").into_type().await?;
    let first_reply_ms = millis(start);
    let idle_kb = resident()?.saturating_sub(before) / 1000;
    if which != "component" {
        println!("{}", json!({ "firstReplyMs": first_reply_ms, "idleKb": idle_kb }));
        return Ok(());
    }
    // The client before this has made sure that the code is in the cache.
    let mut config = wasmtime::Config::new();
    config.epoch_interruption(true).cache(Cache::new(CacheConfig::new()).ok());
    let engine = wasmtime::Engine::new(&config)?;
    let start = Instant::now();
    let component = Component::new(&engine, BYTES)?;
    let load_ms = millis(start);
    let start = Instant::now();
    let made = ComponentMaker::new(component, Config::default()).make(Micros(0));
    let instantiate_ms = millis(start);
    made.map_err(|broken| broken.to_string())?;
    let figures = json!({ "firstReplyMs": first_reply_ms, "idleKb": idle_kb, "loadMs": load_ms, "instantiateMs": instantiate_ms });
    println!("{figures}");
    Ok(())
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
