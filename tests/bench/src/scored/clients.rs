//! The clients, each set up as its own documents recommend and otherwise with its defaults.

use fred::{
    interfaces::{ClientLike as _, KeysInterface as _, ListInterface as _},
    types::config::{Config, ReconnectPolicy, ServerConfig},
};
use serde_json::Value as Json;
use slotpipe::{Cluster, Engine, ErrorKind, Outcome};

use super::Ended;
use crate::{
    Failure,
    workload::{Command, Reply, canonical},
};

/// A client under faults.
pub(crate) enum Client {
    Slotpipe(Cluster),
    Fred(fred::clients::Client),
    RedisRs(redis::cluster_async::ClusterConnection),
}

impl Client {
    pub(crate) async fn connect(name: &str, seed: &str, password: Option<String>) -> Result<Self, Failure> {
        match name {
            "in-process" | "component" => {
                let engine = if name == "component" { Engine::Component } else { Engine::InProcess };
                let mut builder = Cluster::builder(seed).engine(engine);
                if let Some(password) = password {
                    builder = builder.password(password);
                }
                Ok(Self::Slotpipe(builder.connect().await?))
            }
            "fred" => {
                let (host, port) = seed.split_once(':').ok_or("a seed is host:port")?;
                let server = ServerConfig::new_clustered(vec![(host, port.parse()?)]);
                let mut builder = fred::types::Builder::from_config(Config { server, password, ..Config::default() });
                builder.set_policy(ReconnectPolicy::new_exponential(0, 100, 30_000, 2));
                let client = builder.build()?;
                client.init().await?;
                Ok(Self::Fred(client))
            }
            "redis-rs" => {
                let mut builder = redis::cluster::ClusterClient::builder([format!("redis://{seed}/")]);
                if let Some(password) = password {
                    builder = builder.password(password);
                }
                Ok(Self::RedisRs(builder.build()?.get_async_connection().await?))
            }
            _ => Err(format!("no client is called {name}").into()),
        }
    }

    /// As the lock file has it.
    pub(crate) fn version(&self) -> String {
        let name = match self {
            Self::Slotpipe(_) => "slotpipe",
            Self::Fred(_) => "fred",
            Self::RedisRs(_) => "redis",
        };
        let lock = include_str!("../../Cargo.lock");
        let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{name}\"\n")));
        let line = entry.and_then(|entry| entry.lines().find_map(|line| line.strip_prefix("version = ")));
        line.unwrap_or_default().trim_matches('"').to_owned()
    }

    /// What is not a default.
    pub(crate) fn config(&self) -> &'static str {
        match self {
            Self::Slotpipe(_) => "defaults; to cancel: the future is dropped",
            Self::Fred(_) => "defaults, and the reconnect policy of its examples; to cancel: the future is dropped",
            Self::RedisRs(_) => "defaults, async; to cancel: the future is dropped",
        }
    }

    /// What it calls a pipeline.
    pub(crate) async fn pipeline(&self, commands: &[Command]) -> Vec<Ended> {
        match self {
            Self::Slotpipe(db) => {
                let mut pipe = db.pipeline();
                for args in commands {
                    drop(args[1..].iter().fold(pipe.cmd(&args[0]), |cmd, arg| cmd.arg(arg)));
                }
                let outcomes = pipe.execute_settled().await;
                all(commands, outcomes.map(|outcomes| outcomes.into_iter().map(settled).collect()))
            }
            Self::Fred(client) => {
                let pipe = client.pipeline();
                for args in commands {
                    let queued: Result<(), _> = match &args[..] {
                        [name, key] if name == "GET" => pipe.get(key).await,
                        [name, key] if name == "INCR" => pipe.incr(key).await,
                        [name, key, value] if name == "SET" => pipe.set(key, value, None, None, false).await,
                        [_, key, value] => pipe.rpush(key, value).await,
                        _ => unheard_of(),
                    };
                    if let Err(error) = queued {
                        return vec![Ended::Error(error.to_string()); commands.len()];
                    }
                }
                pipe.try_all::<Reply>().await.into_iter().map(plain).collect()
            }
            Self::RedisRs(connection) => {
                let mut pipe = redis::pipe();
                for args in commands {
                    pipe.cmd(&args[0]).arg(&args[1..]);
                }
                let replies = pipe.query_async::<Vec<Reply>>(&mut connection.clone()).await;
                all(commands, replies.map(|replies| replies.into_iter().map(ok).collect()))
            }
        }
    }

    /// One command by itself.
    pub(crate) async fn call(&self, args: &[String]) -> Ended {
        match self {
            Self::Slotpipe(db) => {
                let call = args[1..].iter().fold(db.cmd(&args[0]), |cmd, arg| cmd.arg(arg)).read::<Reply>();
                match call.await {
                    Ok(reply) => ok(reply),
                    Err(error) => failed(&error),
                }
            }
            Self::Fred(client) => plain(match args {
                [name, key] if name == "GET" => client.get(key).await,
                [name, key] if name == "INCR" => client.incr(key).await,
                [name, key, value] if name == "SET" => client.set(key, value, None, None, false).await,
                [_, key, value] => client.rpush(key, value).await,
                _ => unheard_of(),
            }),
            Self::RedisRs(connection) => {
                plain(redis::cmd(&args[0]).arg(&args[1..]).query_async(&mut connection.clone()).await)
            }
        }
    }
}

fn unheard_of<T>() -> Result<T, fred::error::Error> {
    Err(fred::error::Error::new(fred::error::ErrorKind::InvalidArgument, "no such command in the scripts"))
}

fn ok(reply: Reply) -> Ended {
    Ended::Ok(canonical(&reply))
}

fn plain<E: ToString>(result: Result<Reply, E>) -> Ended {
    result.map_or_else(|error| Ended::Error(error.to_string()), ok)
}

/// Of a pipeline that succeeds or fails as a whole.
fn all<E: ToString>(commands: &[Command], result: Result<Vec<Ended>, E>) -> Vec<Ended> {
    result.unwrap_or_else(|error| vec![Ended::Error(error.to_string()); commands.len()])
}

fn settled(outcome: Outcome) -> Ended {
    match outcome {
        Outcome::Reply(value) => Ended::Ok(Json::from(value.as_i64())),
        other => other.into_result().map_or_else(|error| failed(&error), |_| Ended::Ok(Json::Null)),
    }
}

fn failed(error: &slotpipe::Error) -> Ended {
    let text = error.to_string();
    match error.kind() {
        ErrorKind::Server(_) => Ended::Server(text),
        ErrorKind::NotExecuted(_) => Ended::Never(text),
        ErrorKind::Unknown(_) | ErrorKind::Partial(_) => Ended::Unknown(text),
        _ => Ended::Error(text),
    }
}
