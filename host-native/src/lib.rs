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
