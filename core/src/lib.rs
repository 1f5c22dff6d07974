//! The brain of Slotpipe: a Redis/Valkey Cluster client that does no I/O.
//!
//! Commands go in as bytes, bytes for sockets come out; bytes from sockets go in, replies come out. Between them this
//! crate hashes slots, cuts commands over slots, follows redirects in order, and sees to it that every command gets
//! exactly one outcome. A *host* lends what is missing: sockets, TLS, a clock. There is no clock in here, no
//! randomness and no allocation per command on the hot path, and the same calls give the same outputs, byte for byte,
//! on every platform.
//!
//! What users may rely on, promise by promise with its tests, is in `GUARANTEES.md` beside this crate's manifest.
//!
//! # The way of the data
//!
//! ```text
//!           submit                                                       poll -> Send
//! commands ────────> Batch ─> classify ─> plan ─> place ──────────────────────────────> bytes out
//!                    route     route      route     │  cluster -> flight::link
//!                                                   ^
//!                                      Moved/Ask/Later (the only back edge)
//!                                                   │
//! replies <───────── ledger.settle <─ merge <─ Answer ─ judge <─ decode <────────────── bytes in
//!           poll -> Answers  flight    flight          flight   wire     handle(Received)
//! ```
//!
//! [`wire`] knows bytes and nothing of clusters. [`route`] says where a command goes and knows no connection. `flight`
//! is what is under way: connections, order, the meaning of replies. [`cluster`] alone lets one affect another.
//! [`port`] is the vocabulary of the boundary, [`config`] the options. Imports point one way:
//! `cluster -> flight -> route -> wire`.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | batch | commands submitted together |
//! | command | one argv |
//! | ticket | the number of one command |
//! | job | one write to one node for a ticket; a command that is cut over slots has several |
//! | link | one connection |
//! | frame | one complete reply |
//! | verdict | what a reply means for the job that it answers |
//! | ledger | what is still open |
//! | run | commands of a batch that go out and come back without a job each, as long as nothing but replies happens |
//! | hold | a slot whose jobs wait in their order because one of them was refused or lost |
//!
//! # The run loop
//!
//! A host calls `submit` and `handle` with what its users and its sockets say, and after each of them `poll`.
//!
//! ```
//! use slotpipe_core::{
//!     cluster::Cluster,
//!     config::Config,
//!     port::{Address, Input, Micros, OutcomeKind, Output, Outputs, SubmitOptions},
//!     wire::encode,
//! };
//!
//! let config = Config { seeds: vec![Address::new("127.0.0.1", 7000)], ..Config::default() };
//! let mut core = Cluster::new(config, Micros(0));
//! let mut out = Outputs::default();
//!
//! // A user's batch: RESP arrays back to back. It waits until the map is known.
//! let mut batch = Vec::new();
//! encode::command(&mut batch, ["SET", "greeting", "hello"]);
//! let submitted = core.submit(Micros(1), batch.into(), &SubmitOptions::default()).expect("well formed");
//!
//! // A server for this example: it answers everything that it is sent.
//! let mut outcome = None;
//! for now in 2..10 {
//!     core.poll(Micros(now), &mut out);
//!     for answer in out.answers.iter() {
//!         assert_eq!(answer.ticket, submitted.first);
//!         outcome = Some(answer.outcome);
//!     }
//!     for action in out.actions.drain(..) {
//!         match action {
//!             // Dial, then say how it went.
//!             Output::Connect { link, .. } => core.handle(Micros(now), Input::Connected { link, credentials: None }),
//!             // Write; what comes back goes to `handle`.
//!             Output::Send { link, bytes } => {
//!                 core.handle(Micros(now), Input::Written { link, total: bytes.len() as u64 });
//!                 let mut reply = Vec::new();
//!                 for line in String::from_utf8_lossy(&bytes).split('*').skip(1) {
//!                     reply.extend_from_slice(match line {
//!                         line if line.contains("HELLO") => b"%0\r\n".as_slice(),
//!                         line if line.contains("SLOTS") => b"*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:7000\r\n$1\r\nx\r\n",
//!                         line if line.contains("NODES") => b"-NOPERM no\r\n",
//!                         _ => b"+OK\r\n",
//!                     });
//!                 }
//!                 core.handle(Micros(now), Input::Received { link, bytes: reply.into() });
//!             }
//!             Output::Close { .. } | Output::Push { .. } | Output::Note(_) | Output::Wait { .. } => {}
//!         }
//!     }
//! }
//! assert_eq!(outcome, Some(OutcomeKind::Reply));
//! ```
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod cluster;
pub mod config;
mod flight;
pub mod port;
pub mod route;
mod slab;
mod sorted;
pub mod wire;
