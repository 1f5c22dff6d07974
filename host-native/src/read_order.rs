//! The order in which a caller's function wants shards to be read, as the core takes it.
//!
//! It is asked when the topology changes, once per shard, and not for every command.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use slotpipe_core::port::{Address, ShardOrder};

use crate::topology::{Node, Topology};

/// Given a shard's lowest slot and its nodes, the primary first: whom to read from, in this order.
type Choose = dyn Fn(u16, &[Node]) -> Vec<Address> + Send + Sync;

/// A caller's function.
#[derive(Clone)]
pub(crate) struct ReadOrder(Arc<Choose>);

impl ReadOrder {
    pub(crate) fn new(choose: impl Fn(u16, &[Node]) -> Vec<Address> + Send + Sync + 'static) -> Self {
        Self(Arc::new(choose))
    }

    /// What the function says of each shard. Where it panics, the shard is read from its primary: the client is not to
    /// end for it.
    pub(crate) fn of(&self, topology: &Topology) -> Vec<ShardOrder> {
        let mut shards: Vec<ShardOrder> = Vec::new();
        for range in &topology.slots {
            if shards.iter().any(|shard| shard.primary == range.primary) {
                continue;
            }
            let members = [&range.primary].into_iter().chain(&range.replicas);
            let members: Vec<Node> =
                members.filter_map(|address| topology.node_at(&address.host, address.port).cloned()).collect();
            let chosen = catch_unwind(AssertUnwindSafe(|| (self.0)(range.start, &members)));
            shards.push(ShardOrder { primary: range.primary.clone(), nodes: chosen.unwrap_or_default() });
        }
        shards
    }
}

impl fmt::Debug for ReadOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadOrder(..)")
    }
}
