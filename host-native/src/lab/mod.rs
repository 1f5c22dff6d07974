//! Real servers on this machine, started and taken apart again: what the demo and the live tests run on.
//!
//! [`Server`] is one redis-server on a free port in a directory of its own; [`LocalCluster`] makes a cluster of
//! several; [`reshard`] moves slots between them step by step, so that every state in between can be looked at;
//! [`resp`] is the plain client they use, which knows nothing of the core on purpose: it is the witness.
//!
//! Nothing outlives the process that started it. A dropped [`Server`] is killed and its directory removed; should the
//! process end without running destructors (a `static`, an abort, `kill -9`), a small shell that waits on a pipe does
//! the same (`Leash` in `server.rs`).
//!
//! Not part of the client's interface: behind the feature `lab`, blocking, std only.

mod cluster;
mod ports;
pub mod reshard;
pub mod resp;
mod server;

use std::{
    fmt,
    thread::sleep,
    time::{Duration, Instant},
};

pub use cluster::{ClusterOptions, LocalCluster, Node};
pub use server::{Server, ServerOptions, Tls};

/// What went wrong, in words: where, what, and what to do if something can be done.
#[derive(Clone)]
pub struct Error(String);

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error in these words.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The same words: tests unwrap, and a person reads what they print.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Tries `attempt` until it succeeds, every millisecond at first and less often later; after `limit`, fails with its
/// last reason.
pub fn wait_until<T>(limit: Duration, what: &str, mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        let reason = match attempt() {
            Ok(value) => return Ok(value),
            Err(reason) => reason,
        };
        if Instant::now() >= end {
            return Err(Error::new(format!("waited {} ms for {what}: {reason}", limit.as_millis())));
        }
        sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}
