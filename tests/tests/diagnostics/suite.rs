//! What is told, that nothing is told unasked, and that nothing secret is in it.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use slotpipe::{
    Builder, Cluster, Commands,
    lab::{reshard::SlotMove, resp::encode},
    slot_of,
};
use slotpipe_tests::engine;
use tokio::time::sleep;

use super::{CLUSTER, Heard, TURN};

const CANARY: &str = "correct-horse-battery-canary";

fn client() -> Builder {
    Cluster::builder(CLUSTER.seeds()).engine(engine::of(module_path!()))
}

/// A hash tag of its own.
fn tag(name: &str) -> String {
    format!("{{{name}:{}}}", module_path!())
}

#[tokio::test]
async fn what_happens_is_told_if_it_is_asked_for_and_holds_no_argument_of_a_command() {
    let _turn = TURN.lock().await;
    let heard = Heard::begin();
    let db = client().diagnostics().connect().await.unwrap();
    let mut pipe = db.pipeline();
    pipe.set(format!("k:{CANARY}"), CANARY).get("other");
    pipe.execute().await.unwrap();
    db.cmd("AUTH").arg(CANARY).await.unwrap_err();
    assert_eq!(heard.of("slotpipe::plan")[0], "first=0 count=2");
    let nodes: Vec<String> = db.nodes().iter().map(|node| node.address.to_string()).collect();
    let is_at_a_node = |line: &String| nodes.iter().any(|node| line.contains(&format!("node={node}")));
    let (writes, reconnects) = (heard.of("slotpipe::write"), heard.of("slotpipe::reconnect"));
    assert!(writes.len() >= 2 && writes.iter().all(is_at_a_node), "{writes:?}");
    assert!(!reconnects.is_empty() && reconnects.iter().all(is_at_a_node), "{reconnects:?}");
    assert_eq!(heard.of("slotpipe::refresh")[0], "changed=true");
    assert!(!heard.all().contains(CANARY));
    // Unasked nothing is told.
    let silent = Heard::begin();
    let db = client().connect().await.unwrap();
    db.get("other").await.unwrap();
    assert!(silent.of("slotpipe::plan").is_empty(), "{}", silent.all());
}

#[tokio::test]
async fn redirects_and_what_is_down_and_held_again_are_told() {
    let _turn = TURN.lock().await;
    let (heard, tag) = (Heard::begin(), tag("told"));
    let db = client().diagnostics().connect().await.unwrap();
    let keys = [0, 1].map(|n| format!("{tag}{n}"));
    for key in &keys {
        db.set(key, 1).await.unwrap();
    }
    let begin = |tag: &str| {
        let owner = db.node_for(tag).unwrap().address.port;
        let target = CLUSTER.nodes().iter().find(|node| node.port() != owner).unwrap();
        SlotMove::begin(&CLUSTER, slot_of(tag), target).unwrap()
    };
    let mut moving = begin(&tag);
    moving.move_keys(&keys[..1]).unwrap();
    db.get(&keys[0]).await.unwrap();
    moving.move_rest().unwrap();
    moving.finish().unwrap();
    db.get(&keys[1]).await.unwrap();
    let redirects = heard.of("slotpipe::redirect");
    for code in ["ASK", "MOVED"] {
        assert!(redirects.iter().any(|line| line.starts_with(&format!("code=\"{code}\" ticket="))), "{redirects:?}");
    }
    let channel = format!("{tag}channel").replace("told", "held");
    let mut sub = db.ssubscribe([&channel]).await.unwrap();
    begin(&channel).finish().unwrap();
    for _ in 0..1_000 {
        if !heard.of("slotpipe::resubscribe").is_empty() {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(heard.of("slotpipe::resubscribe"), ["lane=0"]);
    db.spublish(&channel, "there").await.unwrap();
    assert_eq!(sub.next().await.unwrap().unwrap().text(), "there");

    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    client_of(&free.to_string()).diagnostics().connect().await.unwrap_err();
    let down = heard.of("slotpipe::down");
    assert!(down.iter().any(|line| line.contains(&format!("node={free}"))), "{down:?}");
}

#[tokio::test]
async fn a_pipeline_over_all_nodes_is_one_write_for_each_and_none_waits_for_another() {
    let _turn = TURN.lock().await;
    let db = client().diagnostics().connect().await.unwrap();
    let keys: Vec<String> = (0..300).map(|n| format!("{}{n}", module_path!())).collect();
    db.cmd("DBSIZE").await.unwrap();
    let before = db.stats().await.unwrap().bytes_out;
    let heard = Heard::begin();
    let mut pipe = db.pipeline();
    for key in &keys {
        pipe.set(key, key).get(key);
    }
    // No node answers before all of them have been written to.
    for node in CLUSTER.nodes() {
        node.pause().unwrap();
    }
    let running = tokio::spawn(async move { pipe.execute().await });
    let began = Instant::now();
    while heard.of("slotpipe::write").len() < 3 && began.elapsed() < Duration::from_secs(1) {
        sleep(Duration::from_millis(5)).await;
    }
    let writes = heard.of("slotpipe::write");
    let is_running = !running.is_finished();
    for node in CLUSTER.nodes() {
        node.resume().unwrap();
    }
    let replies = running.await.unwrap().unwrap();
    assert!(is_running);
    assert!(keys.iter().enumerate().all(|(at, key)| replies[2 * at + 1] == key.as_str()));
    assert_eq!(heard.of("slotpipe::write"), writes, "and nothing more is written");
    let field = |line: &String, name: &str| {
        line.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')).unwrap().to_owned()
    };
    let nodes: BTreeSet<String> = writes.iter().map(|line| field(line, "node")).collect();
    assert_eq!((writes.len(), nodes.len()), (3, 3), "{writes:?}");
    let bytes: u64 = writes.iter().map(|line| field(line, "bytes").parse::<u64>().unwrap()).sum();
    let commands = keys.iter().flat_map(|key| [encode(["SET", key, key]), encode(["GET", key])]);
    assert_eq!(bytes, commands.map(|command| command.len() as u64).sum::<u64>());
    assert_eq!(db.stats().await.unwrap().bytes_out - before, bytes);
}

fn client_of(seed: &str) -> Builder {
    Cluster::builder(seed).engine(engine::of(module_path!()))
}
