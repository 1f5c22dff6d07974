//! What `explain` says, held against what the servers say by MONITOR that they were sent.

use std::{collections::BTreeMap, time::Duration};

use slotpipe::{
    Address, Cluster,
    lab::{LocalCluster, Node, resp::Client},
};
use slotpipe_core::route::table::Table;
use slotpipe_tests::engine;

use super::{Sent, compare, random_batch, read};

/// One node, overheard.
struct Wire<'a> {
    node: &'a Node,
    monitor: Client,
}

impl<'a> Wire<'a> {
    fn tap(node: &'a Node) -> Self {
        let mut monitor = node.client().unwrap();
        monitor.ask(["MONITOR"]).unwrap();
        Self { node, monitor }
    }

    /// What the node has run since, in its order: commands as words joined by spaces.
    fn take(&mut self) -> Vec<String> {
        self.node.ask(["ECHO", "until here"]).unwrap();
        let mut lines = Vec::new();
        loop {
            let line = self.monitor.read().unwrap();
            // `1700000000.123456 [0 127.0.0.1:50000] "GET" "key"`; what scripts run has no address.
            let (_, words) = line.text().unwrap().split_once("] \"").unwrap();
            let words = words.trim_end_matches('"').split("\" \"").collect::<Vec<_>>();
            match words[..] {
                ["ECHO", "until here"] => return lines,
                // How the client keeps its map.
                ["CLUSTER", ..] => {}
                _ => lines.push(words.join(" ")),
            }
        }
    }
}

#[tokio::test]
async fn what_explain_says_is_what_the_nodes_of_a_real_cluster_are_sent_in_order() {
    const DAY: Duration = Duration::from_secs(86_400);
    let cluster = LocalCluster::start(3, 0).unwrap();
    let builder = Cluster::builder(cluster.seeds()).engine(engine::of(module_path!()));
    // What the client asks of its own accord is no matter of a plan.
    let db = builder.idle_ping(DAY).refresh_interval(DAY).connect().await.unwrap();
    db.cmd("DBSIZE").await.unwrap();
    let mut wires: Vec<Wire<'_>> = cluster.nodes().iter().map(|node| Wire::tap(node)).collect();
    let table = Table::default();
    let (mut parts, mut anywhere) = (0, 0);
    for seed in 1..=40 {
        let mut pipe = db.pipeline();
        for line in random_batch(seed) {
            let (name, args) = line.split_once(' ').unwrap_or((&line, ""));
            pipe.cmd(name).arg(args.split_terminator(' ').collect::<Vec<_>>());
        }
        let mut planned: BTreeMap<Option<Address>, Vec<Sent>> = BTreeMap::new();
        for command in pipe.explain().await.unwrap() {
            let plan = command.plan.unwrap_or_else(|misuse| panic!("{misuse}"));
            for part in plan.parts {
                let keys = part.keys.iter().map(|key| String::from_utf8_lossy(key).into_owned()).collect();
                planned.entry(part.node).or_default().push((command.command.clone(), keys));
            }
        }
        assert!(wires.iter_mut().all(|wire| wire.take().is_empty()), "seed {seed}: explain has sent something");
        pipe.execute_settled().await.unwrap();
        let sent = wires.iter_mut().map(|wire| {
            let node = Address { host: "127.0.0.1".into(), port: wire.node.port() };
            (node, wire.take().iter().map(|line| read(&table, line)).collect())
        });
        let (bound, free) = compare(planned, sent, &format!("seed {seed}"));
        parts += bound;
        anywhere += free;
    }
    assert!(parts > 1_000 && anywhere > 10, "too little was compared: {parts}, {anywhere}");
}
