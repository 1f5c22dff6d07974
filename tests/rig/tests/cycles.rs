//! Five cycles of faults on a real cluster, for each host; and a client that breaks the rule, which is found.

use std::sync::{Arc, atomic::AtomicU64};

use slotpipe_rig::{
    check::Defect,
    cycle,
    hosts::{Batch, Host, Inside, Kind, Made, Told, Work},
    nemesis::Plan,
    rig::Rig,
    soak::{self, Options},
};

async fn five_cycles(host: Kind, seed: u64) {
    let summary = soak::run(Options { host, seed, fault: None, first: 0, cycles: 5 }).await.unwrap();
    println!("{summary}");
    assert_eq!(summary.failed, 0, "what was found stands above, and in the logs that it names:\n{summary}");
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
    five_cycles(Kind::Node, 4).await;
}

/// What most clients do by default: a write whose connection was lost is sent again.
struct Resending(Box<dyn Host>);

impl Host for Resending {
    fn run(&self, batch: Batch) -> Work<'_, Vec<Told>> {
        Box::pin(async move {
            let mut told = self.0.run(batch.clone()).await;
            for (command, told) in batch.commands.iter().zip(&mut told) {
                if let Told::Unknown(_) = told {
                    let again = Batch { commands: vec![command.clone()], ..batch.clone() };
                    *told = self.0.run(again).await.remove(0);
                }
            }
            told
        })
    }

    fn use_password(&self, password: &str) {
        self.0.use_password(password);
    }

    fn inside(&self) -> Work<'_, Result<Inside, String>> {
        self.0.inside()
    }

    fn live_kib(&self) -> Work<'_, Result<u64, String>> {
        self.0.live_kib()
    }

    fn close(&self) -> Work<'_, ()> {
        self.0.close()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_sends_unknown_writes_again_is_found() {
    let rig = Arc::new(Rig::start().await.unwrap());
    let host: Arc<dyn Host> =
        Arc::new(Resending(Kind::InProcess.connect(&rig.seeds(), Made::default()).await.unwrap()));
    let report =
        cycle::run(&rig, &host, &Plan::of(1, 0), Made::default(), 0, &Arc::new(AtomicU64::new(1))).await.unwrap();
    for defect in [Defect::Resent, Defect::Double] {
        assert!(report.findings.iter().any(|finding| finding.defect == defect), "{defect}: {:#?}", report.findings);
    }
}
