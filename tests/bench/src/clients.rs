//! The clients of Rust, each in the form in which its own documents send many commands at once.

use std::{env, fs};

use fred::{
    interfaces::{
        ClientLike as _, HashesInterface as _, KeysInterface as _, ListInterface as _, SortedSetsInterface as _,
    },
    types::config::{Config, ServerConfig},
};
use redis::FromRedisValue;
use slotpipe::{
    Cluster, Commands as _, Engine, FromValue, Mismatch, ReplyNode,
    component::{self, Component, wasmtime},
};

use crate::{
    Failure,
    floor::Floor,
    workload::{Command, Replies, Reply},
};

/// A client under measure.
pub(crate) enum Client {
    Slotpipe(Cluster),
    Floor(Box<Floor>),
    Fred(fred::clients::Client),
    RedisRs(redis::cluster_async::ClusterConnection),
}

impl Client {
    pub(crate) async fn connect(name: &str, seed: &str) -> Result<Self, Failure> {
        let slotpipe = |engine| Cluster::builder(seed).engine(engine).connect();
        Ok(match name {
            "in-process" => Self::Slotpipe(slotpipe(Engine::InProcess).await?),
            "component" => Self::Slotpipe(slotpipe(Engine::Component).await?),
            "component-profiled" => Self::Slotpipe(slotpipe(Engine::Embedded(profiled()?)).await?),
            "floor" => Self::Floor(Box::new(Floor::connect(seed)?)),
            "fred" => {
                let (host, port) = seed.split_once(':').ok_or("a seed is host:port")?;
                let server = ServerConfig::new_clustered(vec![(host, port.parse()?)]);
                let config = Config { server, version: fred::types::RespVersion::RESP3, ..Config::default() };
                let client = fred::types::Builder::from_config(config).build()?;
                client.init().await?;
                Self::Fred(client)
            }
            "redis-rs" => {
                let client = redis::cluster::ClusterClient::new([format!("redis://{seed}/?protocol=resp3")])?;
                Self::RedisRs(client.get_async_connection().await?)
            }
            _ => return Err(format!("no client is called {name}").into()),
        })
    }

    /// One pipeline. `texts`: every reply is a text.
    pub(crate) async fn run(&mut self, batch: &[Command], texts: bool) -> Result<Replies, Failure> {
        match self {
            Self::Slotpipe(db) => {
                let mut pipe = db.pipeline();
                for args in batch {
                    match &args[..] {
                        [name, key] if name == "GET" => drop(pipe.get(key)),
                        [name, key, value] if name == "SET" => drop(pipe.set(key, value)),
                        args => drop(args[1..].iter().fold(pipe.cmd(&args[0]), |cmd, arg| cmd.arg(arg))),
                    }
                }
                Ok(if texts { Replies::Texts(pipe.query().await?) } else { Replies::Trees(pipe.query().await?) })
            }
            Self::Floor(floor) => floor.run(batch, texts),
            Self::Fred(client) => fred_pipeline(client, batch, texts).await,
            Self::RedisRs(connection) => {
                let mut pipe = redis::pipe();
                for args in batch {
                    pipe.cmd(&args[0]).arg(&args[1..]);
                }
                Ok(Replies::Trees(pipe.query_async(connection).await?))
            }
        }
    }

    /// One command by itself.
    pub(crate) async fn call(&self, args: &Command) -> Result<Reply, Failure> {
        match self {
            Self::Slotpipe(db) => match &args[..] {
                [name, key] if name == "GET" => Ok(Reply::Text(db.get(key).into_type::<String>().await?)),
                args => Err(format!("{} is not measured as a single call", args[0]).into()),
            },
            Self::Fred(client) => Ok(Reply::Text(client.get::<String, _>(&args[1]).await?)),
            Self::RedisRs(connection) => {
                let mut connection = connection.clone();
                Ok(Reply::Text(redis::cmd(&args[0]).arg(&args[1..]).query_async(&mut connection).await?))
            }
            Self::Floor(_) => Err("the floor has no single calls in flight: run a batch".into()),
        }
    }
}

/// The component, or the one in `SLOTPIPE_COMPONENT` (with names, if it was built with `strip` off), with a map of its
/// functions in /tmp/perf-PID.map for `perf record`.
fn profiled() -> Result<Component, Failure> {
    let mut config = wasmtime::Config::new();
    config.profiler(wasmtime::ProfilingStrategy::PerfMap).epoch_interruption(true);
    let bytes = env::var_os("SLOTPIPE_COMPONENT").map_or(Ok(component::BYTES.to_vec()), fs::read)?;
    // Without somebody who moves the epoch on, no call ends early.
    Ok(Component::new(&wasmtime::Engine::new(&config)?, &bytes)?)
}

async fn fred_pipeline(client: &fred::clients::Client, batch: &[Command], texts: bool) -> Result<Replies, Failure> {
    let pipe = client.pipeline();
    for args in batch {
        let key = args[1].as_str();
        let () = match args[0].as_str() {
            "GET" => pipe.get(key).await,
            "SET" => pipe.set(key, args[2].as_str(), None, None, false).await,
            "INCR" => pipe.incr(key).await,
            "HSET" => pipe.hset(key, (args[2].as_str(), args[3].as_str())).await,
            "HGETALL" => pipe.hgetall(key).await,
            "LPUSH" => pipe.lpush(key, args[2].as_str()).await,
            "LRANGE" => pipe.lrange(key, 0, 9).await,
            "ZADD" => pipe.zadd(key, None, None, false, false, (1.0, args[3].as_str())).await,
            // An MGET over slots is refused.
            _ => {
                let (last, others) = args[1..].split_last().ok_or("MGET without keys")?;
                for key in others {
                    let () = pipe.get(key.as_str()).await?;
                }
                pipe.get(last.as_str()).await
            }
        }?;
    }
    if texts {
        return Ok(Replies::Texts(pipe.all().await?));
    }
    let mut flat = pipe.all::<Vec<Reply>>().await?.into_iter();
    let replies = batch.iter().map(|args| match args[0].as_str() {
        "MGET" => Reply::List(flat.by_ref().take(args.len() - 1).collect()),
        _ => flat.next().unwrap_or(Reply::Null),
    });
    Ok(Replies::Trees(replies.collect()))
}

impl FromValue for Reply {
    fn from_value(reply: &mut slotpipe::Reply<'_>) -> Result<Self, Mismatch> {
        match reply.peek_node()? {
            ReplyNode::Null => reply.read::<()>().map(|()| Self::Null),
            ReplyNode::Int(_) => reply.read().map(Self::Int),
            ReplyNode::Array(_) => reply.read().map(Self::List),
            ReplyNode::Map(_) => reply.read().map(Self::Map),
            _ => reply.read().map(Self::Text),
        }
    }
}

impl fred::types::FromValue for Reply {
    fn from_value(value: fred::types::Value) -> Result<Self, fred::error::Error> {
        use fred::types::Value;
        Ok(match value {
            Value::Null => Self::Null,
            Value::Integer(value) => Self::Int(value),
            Value::Array(items) => Self::List(items.into_iter().map(Value::convert).collect::<Result<_, _>>()?),
            Value::Map(_) => Self::Map(value.convert::<Vec<(String, String)>>()?),
            value => Self::Text(value.convert()?),
        })
    }
}

impl FromRedisValue for Reply {
    fn from_redis_value(value: redis::Value) -> Result<Self, redis::ParsingError> {
        Ok(match value {
            redis::Value::Nil => Self::Null,
            redis::Value::Int(value) => Self::Int(value),
            redis::Value::Array(items) => {
                Self::List(items.into_iter().map(Self::from_redis_value).collect::<Result<_, _>>()?)
            }
            redis::Value::Map(_) => Self::Map(Vec::from_redis_value(value)?),
            value => Self::Text(String::from_redis_value(value)?),
        })
    }
}
