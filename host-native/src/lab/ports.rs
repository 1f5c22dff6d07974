//! Free ports that stay free: several processes start servers at the same time, and a killed server's port must still
//! be there for its restart.
//!
//! Ports come from below the ephemeral range, so that no outgoing connection takes one. A process claims a block of
//! them by listening on the block's first port until it ends, and hands out the others once each.

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::{Mutex, PoisonError},
};

use super::{Error, Result};

const FIRST: u16 = 20_000;
const BLOCK: u16 = 100;
const BLOCKS: u16 = 120;

/// A port of this process's own that nobody listens on.
pub(super) fn free() -> Result<u16> {
    static CLAIM: Mutex<Claim> = Mutex::new(Claim { locks: Vec::new(), next: 0, end: 0 });

    let mut claim = CLAIM.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        while claim.next < claim.end {
            let port = claim.next;
            claim.next += 1;
            if listen(port).is_some() {
                return Ok(port);
            }
        }
        claim.another_block()?;
    }
}

struct Claim {
    locks: Vec<TcpListener>,
    next: u16,
    end: u16,
}

impl Claim {
    fn another_block(&mut self) -> Result<()> {
        let start = u16::try_from(std::process::id() % u32::from(BLOCKS)).unwrap_or(0);
        for offset in 0..BLOCKS {
            let base = FIRST + (start + offset) % BLOCKS * BLOCK;
            if let Some(lock) = listen(base) {
                self.locks.push(lock);
                (self.next, self.end) = (base + 1, base + BLOCK);
                return Ok(());
            }
        }
        Err(Error::new(format!("no free ports: all of {FIRST} to {} are in use", FIRST + BLOCKS * BLOCK - 1)))
    }
}

fn listen(port: u16) -> Option<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()
}
