//! A real cluster, real faults, and a judge: what `core` promises, held against redis-server.
//!
//! Six servers stand behind proxies that log and misbehave. Callers of one client under test (Rust over either engine, or
//! the npm package) write and read while a nemesis, driven by a seed, kills, stops, moves, pauses and cuts. Then the
//! cluster is healed and three witnesses are compared: what each command's caller was told, what the proxies saw of it on
//! the wires, and what the servers hold.
//!
//! | module | what it is |
//! |---|---|
//! | `rig`, `proxy` | the servers and what stands before them |
//! | `wire`, `oracle` | RESP as it passes; where each token has been |
//! | `hosts`, `workload` | the clients under test; what their callers do |
//! | `nemesis` | what goes wrong |
//! | `data`, `check` | what the servers hold; the judge |
//! | `cycle`, `soak` | one cycle; many, and what they came to |

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counts what is allocated, by the clients in Rust among others.
#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

pub mod check;
pub mod cycle;
pub mod data;
pub mod hosts;
pub mod nemesis;
pub mod oracle;
pub mod proxy;
pub mod random;
pub mod rig;
pub mod soak;
pub mod wire;
pub mod workload;
