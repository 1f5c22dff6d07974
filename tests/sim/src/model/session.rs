//! A connection as its server has it.

use super::{Conn, Model, NodeId, Reply, Requests};

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) node: NodeId,
    /// What CLIENT ID says.
    pub(super) client: u64,
    pub(super) protocol: u8,
    pub(super) input: Requests,
    pub(super) out: Vec<u8>,
    pub(super) open: bool,
    pub(super) asking: bool,
}

impl Session {
    pub(super) fn new(node: NodeId) -> Self {
        Self { node, client: 0, protocol: 2, input: Requests::default(), out: Vec::new(), open: true, asking: false }
    }

    pub(super) fn say(&mut self, reply: &Reply) {
        reply.encode(self.protocol, &mut self.out);
    }
}

impl Model {
    /// The server takes a connection from its backlog.
    pub(super) fn accept(&mut self, conn: Conn) {
        let Some(node) = self.conns.get(&conn).map(|session| session.node) else {
            return;
        };
        let others = self.conns.values().filter(|session| session.node == node && session.open).count() - 1;
        let node = self.node_mut(node);
        let (full, client) = (others >= node.max_clients, node.next_client);
        node.next_client += 1;
        let Some(session) = self.conns.get_mut(&conn) else {
            return;
        };
        session.client = client;
        if full {
            session.say(&Reply::error("ERR max number of clients reached"));
            session.open = false;
        }
    }

    pub(super) fn hello(&mut self, conn: Conn, argv: &[Vec<u8>]) -> Reply {
        let Some(session) = self.conns.get_mut(&conn) else {
            return Reply::Nothing;
        };
        match argv.get(1).map(Vec::as_slice) {
            None => {}
            Some(b"2") => session.protocol = 2,
            Some(b"3") => session.protocol = 3,
            Some(_) => return Reply::error("NOPROTO unsupported protocol version"),
        }
        let text = |text: &str| Reply::bulk(text);
        Reply::Map(vec![
            (text("server"), text("redis")),
            (text("version"), text("7.0.15")),
            (text("proto"), Reply::Int(session.protocol.into())),
            (text("id"), Reply::Int(session.client.try_into().unwrap_or(i64::MAX))),
            (text("mode"), text("cluster")),
            (text("role"), text("master")),
            (text("modules"), Reply::Array(Vec::new())),
        ])
    }
}
