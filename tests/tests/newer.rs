//! What only newer servers have, on both engines: one suite, taken in twice. `make test` puts such a server into place
//! (SLOTPIPE_NEWER_SERVER).

#[path = "newer/suite.rs"]
mod component;
#[path = "newer/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;
