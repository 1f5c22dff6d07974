//! What the tests of several parts share. The servers themselves are in `slotpipe::lab`.

pub mod built;
pub mod certificates;
pub mod commandstats;
pub mod component;
pub mod conformance;
pub mod conversation;
pub mod engine;
pub mod generate;
pub mod newer;
pub mod peer;
pub mod random;
pub mod references;
pub mod script;
pub mod slow;
pub mod source;
pub mod waiting;
