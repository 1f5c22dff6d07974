//! Redis/Valkey Cluster for async Rust: one pipeline over the whole cluster, each command exactly one outcome.
//!
//! ```no_run
//! use slotpipe::{Cluster, Commands};
//!
//! # async fn run() -> Result<(), slotpipe::Error> {
//! let db = Cluster::connect("redis://127.0.0.1:7000").await?;
//!
//! db.set("user:1", "Ada").await?;
//! let name: Option<String> = db.get("user:1").into_type().await?;
//! assert_eq!(name.as_deref(), Some("Ada"));
//!
//! // Any commands over any keys: one write per node, replies in order.
//! let mut pipe = db.pipeline();
//! pipe.set("a", 1).incr("a").get("user:1");
//! let ((), count, name) = pipe.query::<((), i64, Option<String>)>().await?;
//! assert_eq!((count, name.as_deref()), (2, Some("Ada")));
//! # Ok(())
//! # }
//! ```
//!
//! What there is beside single calls and pipelines, in the order of the how-to in the project's README, which says more of
//! each:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use slotpipe::{
//!     Address, CallOptions, Cluster, Commands, Coverage, Credentials, CrossSlot, Limits, Node, ReadFrom,
//!     commands::{FunctionLoadOptions, HscanOptions, ScanOptions},
//! };
//!
//! # async fn run() -> Result<(), slotpipe::Error> {
//! # let db = Cluster::connect("127.0.0.1:7000").await?;
//! // Scans, over all primaries, also while slots move: streams, or all at once.
//! let keys = db.scan_iter(ScanOptions::new().match_("user:*").count(500)).all().await?;
//! let fields = db.hscan_iter("profile:1", HscanOptions::new()).all().await?;
//!
//! // A script by its hash where its node has it; a function of a library that all primaries get. Keys are in one slot.
//! let left: i64 = db.script("return redis.call('DECRBY', KEYS[1], ARGV[1])").run(["stock:1"], [2]).await?;
//! let library = "#!lua name=shop\nredis.register_function('left', function(keys) return 1 end)";
//! db.function_load_with(library, FunctionLoadOptions::new().replace()).await?;
//! let called: i64 = db.fcall("left", ["stock:1"], [0]).into_type().await?;
//!
//! // Across slots, step by step and not atomic; without it the code is CROSSSLOT.
//! let apart = db.with(CallOptions::new().cross_slot(CrossSlot::Emulate));
//! apart.rename("draft", "final").await?;
//!
//! // What blocks has a connection of its own, of so many per node and in all (64 and 1024). Where all are in use it waits
//! // so many milliseconds (else until its deadline), and the code is OVERLOADED then.
//! let limits = Limits { dedicated_per_node: 8, dedicated_wait_ms: Some(500), ..Limits::default() };
//! let queue = Cluster::builder("127.0.0.1:7000").limits(limits).connect().await?;
//! let job = queue.blpop("jobs", 5).await?;
//!
//! // Reads from replicas: for a client, a handle, a pipeline or a call; for a client also by a function.
//! let near = db.with(CallOptions::new().read_from(ReadFrom::Nearest));
//! let name: Option<String> = near.get("user:1").into_type().await?;
//! let last = |_slot: u16, nodes: &[Node]| nodes.iter().rev().map(|node| node.address.clone()).collect();
//! let listed = Cluster::builder("127.0.0.1:7000").read_order(last).connect().await?;
//! let zone = ReadFrom::Zone("eu-1a".into());
//! let often = Duration::from_secs(5);
//! let zoned = Cluster::builder("127.0.0.1:7000").read_from(zone).measure_interval(often).connect().await?;
//!
//! // Hooks on what the caller gets (`result_with`) and on what each node says (`reply_with`): the code is HOOK if one fails.
//! let checked = db.result_with(|heard, value| match value.as_str() {
//!     Some("") => Err(format!("{} found nothing", heard.command)),
//!     _ => Ok(value),
//! });
//! let found: Option<String> = checked.get("user:1").into_type().await?;
//!
//! // Counters; `diagnostics()` of the builder tells `tracing` what happens.
//! let stats = db.stats().await?;
//! println!("{} commands, {} times MOVED, {} connections", stats.commands, stats.moved, stats.connections);
//!
//! // Asked for every connection, and again by `reauthenticate()`, which says AUTH on all that are open.
//! let ask = |_: Address| async {
//!     std::env::var("PASSWORD").map(|password| Credentials { username: Some("app".into()), password })
//! };
//! let app = Cluster::builder("127.0.0.1:7000").credentials(ask).diagnostics().connect().await?;
//! app.reauthenticate().await?;
//!
//! // Where nodes are really reached; TLS verifies the name before. An owner for every slot, or the code is UNREACHABLE.
//! let mapped = Cluster::builder("10.0.0.1:7000")
//!     .map_address(|announced| Address::new("127.0.0.1", announced.port))
//!     .coverage(Coverage::Full)
//!     .connect()
//!     .await?;
//! let local = Cluster::connect("unix:///run/redis.sock").await?;
//! # let _ = (keys, fields, left, called, job, name, listed, zoned, found, mapped, local);
//! # Ok(())
//! # }
//! ```
//!
//! What a user may rely on, promise by promise with its tests, is in `GUARANTEES.md` of the crate [`slotpipe_core`]; what is
//! otherwise than in redis-rs or fred is in [`migration`].
//!
//! The brain is that crate, which does no I/O. This crate lends it what it lacks:
//!
//! | module | what it is |
//! |---|---|
//! | `cluster`, `pipeline`, `call`, `commands`, `command` | the API: handles, pipelines, one command, a method per command |
//! | `subscription`, `mailbox` | what is published, as a stream; bounded between the driver and a slow reader |
//! | `scan`, `script` | pages as a stream; scripts by their hash |
//! | `builder`, `seeds`, `options` | options of a client, where it begins, options of a call |
//! | `door` | between callers and the driver; joins concurrent calls |
//! | `driver`, `queue`, `pending` | the one task of a client; what is not submitted yet; who waits for which answer |
//! | `nodes`, `keys` | commands at chosen nodes; slots and keys without a connection |
//! | `engine`, `component`, `topology` | the core behind a trait; the same in wasmtime; the slot map as data |
//! | `links`, `ready`, `socket`, `dial`, `tls`, `transport` | connections, also of the caller's own making |
//! | `replies`, `reply`, `from_value`, `value`, `error` | from the tape to Rust values and errors |

mod builder;
mod call;
mod cluster;
pub mod command;
pub mod commands;
#[cfg(feature = "component")]
pub mod component;
pub mod diagnostics;
mod dial;
mod door;
mod driver;
pub mod engine;
mod error;
mod from_value;
mod guard;
mod hooks;
mod keys;
#[cfg(all(unix, feature = "lab"))]
#[doc(hidden)]
pub mod lab;
mod links;
mod mailbox;
mod nodes;
mod options;
mod pending;
mod pipeline;
mod queue;
mod read_order;
mod ready;
mod replies;
mod reply;
mod scan;
mod script;
mod seeds;
mod session;
mod socket;
mod stream;
mod subscription;
mod tls;
mod topology;
mod transport;
mod value;

#[doc = include_str!("../MIGRATION.md")]
pub mod migration {}

pub use builder::{Builder, Coverage, Engine, Limits, Trust};
pub use bytes::Bytes;
pub use call::{Call, Cmd};
pub use cluster::Cluster;
pub use command::{CommandWriter, ToArg};
pub use commands::Commands;
pub use error::{
    ConnectFailure, Error, ErrorKind, HookFailed, NotExecuted, NotRun, Outcome, Part, Partial, Ran, ServerError,
    Unknown,
};
pub use from_value::FromValue;
pub use hooks::{Heard, HookResult};
pub use keys::{keys_by_slot, keys_of, slot_of};
pub use nodes::{AtNodes, Nodes};
pub use options::CallOptions;
pub use pipeline::{FromReplies, Pipeline, PipelineCmd};
pub use replies::{OutcomeRef, Replies};
pub use reply::{Leaf, Mismatch, Node as ReplyNode, Reply, Step};
pub use scan::Scan;
pub use script::Script;
pub use seeds::Seeds;
pub use session::Session;
pub use slotpipe_core::port::{
    Address, Credentials, CrossSlot, Explained, ExplainedPart, ExplainedPlan, NodeStats, Order, OutcomeKind, ReadFrom,
    Retry, Route, Stats,
};
pub use stream::Outcomes;
pub use subscription::{Message, MessageKind, Overflow, SubscribeOptions, Subscription};
pub use tls::Tls;
pub use topology::{Health, Node, NodeRole, SlotRange, Topology};
pub use transport::Target;
pub use value::Value;
