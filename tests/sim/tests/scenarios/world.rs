//! The two worlds in which a scenario is played: the model, and real servers.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread::sleep,
    time::Duration,
};

use slotpipe::lab::{ClusterOptions, LocalCluster, ServerOptions};
use slotpipe_sim::model::{Conn, Micros, Model, NodeId, Restart, Setup};

use crate::script::File;

/// What came from a connection.
pub(crate) enum Came {
    Bytes(Vec<u8>),
    /// Nothing, though there was time for it.
    Nothing,
    Closed,
}

pub(crate) trait World {
    fn node(&self, name: &str) -> NodeFacts;
    fn open(&mut self, conn: &str, node: &str);
    fn close(&mut self, conn: &str);
    fn send(&mut self, conn: &str, bytes: &[u8]);
    /// What comes within so many milliseconds.
    fn receive(&mut self, conn: &str, patience: u64) -> Came;
    fn wait(&mut self, ms: u64);
    /// Waits until the nodes agree; says why not.
    fn settle(&mut self) -> Result<(), String>;
    fn verb(&mut self, words: &[&str]);
}

pub(crate) struct NodeFacts {
    pub(crate) id: String,
    pub(crate) host: String,
    pub(crate) port: u16,
}

pub(crate) const NODES: [&str; 6] = ["a", "b", "c", "ar", "br", "cr"];

/// How long the model says LOADING; the servers do for as long as their configuration makes them.
const LOADS_FOR: Micros = 1_500_000;

fn index_of(node: &str) -> usize {
    NODES.iter().position(|name| *name == node).unwrap_or_else(|| panic!("no node is called {node}"))
}

pub(crate) struct InMemory {
    model: Model,
    now: Micros,
    conns: BTreeMap<String, Conn>,
}

impl InMemory {
    pub(crate) fn start(file: &File) -> Self {
        let setup = Setup {
            primaries: 3,
            replicas: u8::from(file.replicas),
            password: file.password.clone(),
            node_timeout: Micros::from(file.node_timeout_ms) * 1_000,
            ..Setup::default()
        };
        let mut world = Self { model: Model::new(setup), now: 1_700_000_000_000_000, conns: BTreeMap::new() };
        world.model.advance(world.now);
        world
    }

    fn id(node: &str) -> NodeId {
        NodeId(u8::try_from(index_of(node)).unwrap())
    }
}

impl World for InMemory {
    fn node(&self, name: &str) -> NodeFacts {
        let id = Self::id(name);
        let address = self.model.address(id);
        let (host, port) = address.rsplit_once(':').unwrap();
        NodeFacts { id: self.model.id(id).into(), host: host.into(), port: port.parse().unwrap() }
    }

    fn open(&mut self, conn: &str, node: &str) {
        let opened = self.model.connect(Self::id(node), self.now);
        self.conns.insert(conn.into(), opened.unwrap_or_else(|refused| panic!("connect to {node}: {refused:?}")));
    }

    fn close(&mut self, conn: &str) {
        if let Some(conn) = self.conns.remove(conn) {
            self.model.hang_up(conn, self.now);
        }
    }

    fn send(&mut self, conn: &str, bytes: &[u8]) {
        self.now += 100;
        self.model.receive(self.conns[conn], bytes, self.now);
    }

    fn receive(&mut self, conn: &str, patience: u64) -> Came {
        let conn = self.conns[conn];
        let end = self.now + patience * 1_000;
        loop {
            let bytes = self.model.output(conn);
            if !bytes.is_empty() {
                return Came::Bytes(bytes);
            }
            if !self.model.is_open(conn) {
                return Came::Closed;
            }
            match self.model.wake().filter(|wake| *wake <= end) {
                Some(wake) => self.now = self.now.max(wake),
                None => {
                    self.now = end;
                    return Came::Nothing;
                }
            }
            self.model.advance(self.now);
        }
    }

    fn wait(&mut self, ms: u64) {
        self.now += ms * 1_000;
        self.model.advance(self.now);
    }

    fn settle(&mut self) -> Result<(), String> {
        self.wait(5_000);
        Ok(())
    }

    fn verb(&mut self, words: &[&str]) {
        let (node, now) = (Self::id(words[1]), self.now);
        match words {
            ["crash", _] => self.model.crash(node, now),
            ["restart", _] => self.model.restart(node, Restart::WithData, now),
            ["restart", _, "empty"] => self.model.restart(node, Restart::Empty, now),
            ["loading", _] => self.model.loading(node, now + LOADS_FOR, now),
            ["freeze", _] => self.model.freeze(node, now),
            ["thaw", _] => self.model.thaw(node, now),
            _ => panic!("no such verb: {words:?}"),
        }
    }
}

pub(crate) struct Live {
    cluster: LocalCluster,
    conns: BTreeMap<String, TcpStream>,
}

impl Live {
    pub(crate) fn start(file: &File) -> Self {
        let server =
            ServerOptions { password: file.password.clone(), config: file.config.clone(), ..ServerOptions::default() };
        let options = ClusterOptions {
            primaries: 3,
            replicas: u16::from(file.replicas),
            node_timeout_ms: file.node_timeout_ms,
            server,
        };
        let cluster = LocalCluster::start_with(&options).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        Self { cluster, conns: BTreeMap::new() }
    }
}

impl World for Live {
    fn node(&self, name: &str) -> NodeFacts {
        let node = &self.cluster.nodes()[index_of(name)];
        NodeFacts { id: node.id.clone(), host: "127.0.0.1".into(), port: node.port() }
    }

    fn open(&mut self, conn: &str, node: &str) {
        let stream = TcpStream::connect(("127.0.0.1", self.node(node).port));
        let stream = stream.unwrap_or_else(|error| panic!("connect to {node}: {error}"));
        stream.set_nodelay(true).unwrap();
        self.conns.insert(conn.into(), stream);
    }

    fn close(&mut self, conn: &str) {
        self.conns.remove(conn);
    }

    fn send(&mut self, conn: &str, bytes: &[u8]) {
        // One that is closed already is seen when its replies are read.
        let _ = self.conns[conn].try_clone().unwrap().write_all(bytes);
    }

    fn receive(&mut self, conn: &str, patience: u64) -> Came {
        let stream = self.conns.get_mut(conn).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(patience.max(1)))).unwrap();
        let mut bytes = vec![0; 65_536];
        match stream.read(&mut bytes) {
            Ok(0) => Came::Closed,
            Ok(length) => Came::Bytes(bytes[..length].to_vec()),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Came::Nothing,
            Err(_) => Came::Closed,
        }
    }

    fn wait(&mut self, ms: u64) {
        sleep(Duration::from_millis(ms));
    }

    fn settle(&mut self) -> Result<(), String> {
        self.cluster.wait_until_agreed(0).map_err(|error| {
            let view = |node: &std::sync::Arc<slotpipe::lab::Node>| format!("{:?}", node.ask(["CLUSTER", "NODES"]));
            let views: Vec<_> = self.cluster.nodes().iter().map(view).collect();
            format!("  {error}\n  {}", views.join("\n  "))
        })
    }

    fn verb(&mut self, words: &[&str]) {
        let node = &self.cluster.nodes()[index_of(words[1])];
        match words {
            ["crash", _] => node.kill(),
            ["restart", _] | ["restart", _, "empty"] => node.restart().unwrap(),
            // A new replication id and a cut link make a replica ask for everything.
            ["loading", _] => {
                let primary = node.ask(["INFO", "replication"]).unwrap();
                let port = primary.text().and_then(|text| text.split("master_port:").nth(1)?.split("\r\n").next());
                let primary = self.cluster.nodes().iter().find(|node| Some(&*node.port().to_string()) == port);
                primary.unwrap().ask(["DEBUG", "CHANGE-REPL-ID"]).unwrap();
                node.ask(["CLIENT", "KILL", "TYPE", "master"]).unwrap();
            }
            ["freeze", _] => node.pause().unwrap(),
            ["thaw", _] => node.resume().unwrap(),
            _ => panic!("no such verb: {words:?}"),
        }
    }
}
