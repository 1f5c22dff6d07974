//! The same bytes over a socket: what a client allocates, all in all, while it meets them. The peer is another process, and
//! the memory of an instance of the component is looked at elsewhere.

use std::{
    io::{BufRead as _, BufReader, Lines, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use slotpipe::{CallOptions, Cluster, Commands as _, Engine, Retry};
use slotpipe_tests::built::program;

use crate::{MIB, measured};

/// As the cases of the adapter kit write them, and how many bytes they are.
const HOSTILE: [(&str, usize); 7] = [
    (r"{*1\r\n*100000}", 400_000),
    (r"%4294967295\r\n", 13),
    (r"$9223372036854775807\r\n", 22),
    (r"$4294967299\r\n", 13),
    ("+{x*10000000}", 10_000_001),
    (":{1*10000000}", 10_000_001),
    (r"{|1\r\n+a\r\n+b\r\n*100000}", 1_200_000),
];

#[test]
fn a_client_in_process_takes_less_than_a_mebibyte_for_hostile_bytes() {
    stays_small(&Engine::InProcess);
}

#[test]
fn a_client_in_the_sandbox_takes_less_than_a_mebibyte_for_hostile_bytes() {
    stays_small(&Engine::Component);
}

fn stays_small(engine: &Engine) {
    let _alone = measured::alone();
    let mut peer = Peer::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut failures = Vec::new();
    for (what, size) in HOSTILE {
        let (taken, error) = runtime.block_on(meet(engine, &mut peer, what));
        println!("{what}: {taken} bytes");
        // What is read is allocated, too.
        if taken >= size + MIB || !error.contains("no RESP") {
            failures.push(format!("{what}: {taken} bytes, {error}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is allocated while a call is answered so, and the call's error.
async fn meet(engine: &Engine, peer: &mut Peer, said: &str) -> (usize, String) {
    let seed = peer.node(&format!("on SET hostile: say {said}, silence"));
    let options = CallOptions::new().deadline(Duration::from_secs(10)).retry(Retry::Never);
    let db = Cluster::builder(seed).engine(engine.clone()).call_options(options).connect().await.unwrap();
    db.set("friendly", 1).await.unwrap();
    let count = measured::counting();
    let error = db.set("hostile", 1).await.unwrap_err();
    let taken = count();
    db.close().await;
    (taken, error.to_string())
}

/// The program `peer`, which ends with its standard input.
struct Peer {
    child: Child,
    orders: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    fn start() -> Self {
        let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/adapter");
        let mut child =
            Command::new(program("peer")).arg(cases).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (orders, answers) = (child.stdin.take(), child.stdout.take().unwrap());
        Self { child, orders, answers: BufReader::new(answers).lines() }
    }

    /// A node that does this; where it is.
    fn node(&mut self, directive: &str) -> String {
        let seed = self.ask("peer");
        self.ask(&format!("peer {directive}"));
        seed
    }

    fn ask(&mut self, order: &str) -> String {
        writeln!(self.orders.as_mut().unwrap(), "{order}").unwrap();
        let answer =
            self.answers.by_ref().map(Result::unwrap).find_map(|line| line.strip_prefix("peer ").map(Into::into));
        answer.expect("an answer of the peer")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.child.wait();
    }
}
