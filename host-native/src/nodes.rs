//! Commands at chosen nodes: [`Nodes`] says which, [`AtNodes`] has the commands.

use slotpipe_core::port::{Address, Route};

use crate::{
    call::{Call, Cmd},
    cluster::Cluster,
    command::CommandWriter,
    commands::{Commands, PerNode},
    from_value::FromValue,
    topology::Node,
};

/// Which nodes: for [`Cluster::at`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nodes {
    /// Each primary that owns slots.
    Primaries,
    /// Each replica that serves.
    Replicas,
    /// Each node that is not failing.
    All,
    /// These.
    Of(Vec<Address>),
}

impl Nodes {
    pub(crate) fn route(self) -> Route {
        match self {
            Self::Primaries => Route::Primaries,
            Self::Replicas => Route::Replicas,
            Self::All => Route::All,
            Self::Of(addresses) => Route::Nodes(addresses),
        }
    }
}

impl From<Address> for Nodes {
    fn from(address: Address) -> Self {
        Self::Of(vec![address])
    }
}

impl From<&Node> for Nodes {
    fn from(node: &Node) -> Self {
        node.address.clone().into()
    }
}

impl From<&[Node]> for Nodes {
    fn from(nodes: &[Node]) -> Self {
        Self::Of(nodes.iter().map(|node| node.address.clone()).collect())
    }
}

/// The commands at chosen nodes; made by [`Cluster::at`].
///
/// Each method's reply is a map by the node's address, of one node too. If some nodes fail, the error is
/// [`Partial`](crate::Partial) and keeps what the others replied.
#[derive(Clone, Debug)]
pub struct AtNodes {
    cluster: Cluster,
}

impl AtNodes {
    pub(crate) fn new(cluster: Cluster) -> Self {
        Self { cluster }
    }

    /// Any command by name; read it as a [`PerNode`], or await it for a map.
    pub fn cmd(&self, name: &str) -> Cmd {
        self.cluster.cmd(name)
    }
}

impl Commands for &AtNodes {
    type Out<T: FromValue> = Call<PerNode<T>>;
    type ByNode<T: FromValue> = Call<PerNode<T>>;

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<PerNode<T>> {
        self.cluster.run(write)
    }

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Call<PerNode<T>> {
        self.cluster.run(write)
    }
}
