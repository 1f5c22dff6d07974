//! What must hold for any bytes whatever: one function per target, each taking what a fuzzer gives.
//!
//! A target takes its input apart (a choice here, a number there, the rest as it is), lets the core work on it, and
//! compares with something that is obviously right: [`reference`] for the decoder, a naive reading of the same rule for
//! the others. It panics where they differ. `tests/corpora.rs` plays every kept input again with a stable compiler;
//! `fuzz/` looks for new ones by `make fuzz TARGET=decode SECONDS=600`.
//!
//! | target | what is held against what |
//! |---|---|
//! | [`decode`] | the decoder, however its bytes are cut, against the reference |
//! | [`limits`] | the same near its limits, and what it allocates against what it was given |
//! | [`encode`] | requests written and read, against the text of the protocol |
//! | [`redirect`] | MOVED and ASK against the three words of the servers |
//! | [`topology`] | CLUSTER SLOTS and NODES against a map from slot to address |
//! | [`command_info`] | rows learned from COMMAND INFO against the specs that it was made of |
//! | [`keys`] | the keys of every row against the server's own rule |
//! | [`plan`] | commands that are cut: the parts cover the command, and the merged reply has each key's own |
//! | [`machine`] | any verbs in any order: outcomes exactly once, nothing left, nobody dialled who is not listed |
//! | [`liar`] | a server that greets honestly and then lies |
//! | [`boundary`] | stale numbers, wrong counts, time that goes back |
//! | [`hosts`] | the core linked in against the core in wasmtime |

pub mod boundary;
pub mod command_info;
mod commands;
pub mod decode;
pub mod encode;
#[cfg(feature = "hosts")]
pub mod hosts;
pub mod keys;
pub mod liar;
pub mod limits;
pub mod machine;
pub mod plan;
pub mod redirect;
pub mod reference;
mod resp;
mod servers;
mod tape;
pub mod topology;
mod world;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counted, so that [`limits`] can tell what the decoder takes.
#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What a target does with an input.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: &[(&str, Target)] = &[
    ("decode", decode::run),
    ("limits", limits::run),
    ("encode", encode::run),
    ("redirect", redirect::run),
    ("topology", topology::run),
    ("command_info", command_info::run),
    ("keys", keys::run),
    ("plan", plan::run),
    ("machine", machine::run),
    ("liar", liar::run),
    ("boundary", boundary::run),
    #[cfg(feature = "hosts")]
    ("hosts", hosts::run),
];
