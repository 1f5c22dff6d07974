//! The slot map: who owns which slot, who replicates whom, and how views of several nodes become one map.
//!
//! The way of a refresh:
//!
//! ```text
//! CLUSTER SLOTS ─> slots_reply ─┐
//!                               ├─> view: one node's View ─┐
//! CLUSTER NODES ─> nodes_text ──┘                          ├─> merge ─> map: the Topology
//!                                    views of other nodes ─┘
//! ```
//!
//! Routing and the endpoints that the cluster prefers come from SLOTS. Membership (whom to trust), config epochs and
//! migration marks come from NODES: a primary without slots is not in SLOTS, and epochs are nowhere else. Nodes are
//! known by their cluster name inside a refresh, and by their address in the map.

mod map;
mod merge;
mod nodes_text;
mod reader;
mod slots_reply;
mod view;

use alloc::{borrow::Cow, string::String};
use core::fmt;

pub use map::Topology;
pub use view::View;

use crate::port::Address;

/// A node of the map. The number stays with an address for as long as the map remembers it, see [`Topology::intern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u16);

impl NodeId {
    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What is known of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeInfo {
    /// Where clients reach it.
    pub address: Address,
    /// The 40-digit name that the cluster gave it, once known.
    pub name: String,
    /// The primary that it replicates; `None` for a primary.
    pub primary: Option<NodeId>,
    /// Listed by the newest adopted view (false: known only from a redirect, a seed, or the past).
    pub listed: bool,
    /// Marked `fail` or `noaddr` by most of the views that list it.
    pub failing: bool,
    /// Availability zone, where the server tells.
    pub zone: String,
}

/// Why a reply is no view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadView {
    /// The server runs without cluster mode: one node, all slots.
    Standalone,
    /// The server's error.
    Server(String),
    /// The reply does not have the form, or contradicts itself; the text says where.
    Form(Cow<'static, str>),
}

impl fmt::Display for BadView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standalone => f.write_str("the server runs without cluster mode"),
            Self::Server(line) => write!(f, "CLUSTER SLOTS was refused: {line}"),
            Self::Form(text) => f.write_str(text),
        }
    }
}

/// What adopting views changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Any slot's owner or replicas, or the list of nodes.
    pub any: bool,
}

/// In place of a node's number: none.
const NOBODY: u16 = u16::MAX;
