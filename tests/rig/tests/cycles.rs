//! Five cycles of faults on a real cluster, for each host.

use slotpipe_rig::{
    hosts::Kind,
    soak::{self, Options},
};

async fn five_cycles(host: Kind, seed: u64) {
    let options = Options { host, seed, first: 0, cycles: 5 };
    let summary = soak::run(options).await.unwrap();
    println!("{summary}");
    assert_eq!(summary.failed, 0, "see above");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_core_in_process_keeps_its_promises_through_five_cycles_of_faults() {
    five_cycles(Kind::InProcess, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_core_in_wasmtime_keeps_its_promises_through_five_cycles_of_faults() {
    five_cycles(Kind::Component, 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_core_in_node_keeps_its_promises_through_five_cycles_of_faults() {
    five_cycles(Kind::Node, 3).await;
}
