//! What one command costs before it is placed: its name, its keys, its slot. `cargo bench -p slotpipe-core --bench route`

use divan::{Bencher, black_box};
use slotpipe_core::{
    route::{
        classify::{Rules, classify},
        slot::Slot,
        table::Table,
    },
    wire::request::{Args, Requests, Span},
};

fn main() {
    divan::main();
}

const LINES: [&str; 7] = [
    "GET user:0123456789",
    "SET user:0123456789 value EX 60",
    "MGET {user:01}a {user:01}b {user:01}c {user:01}d",
    "MGET user:01 user:02 user:03 user:04",
    "ZUNIONSTORE {z}d 2 {z}a {z}b WEIGHTS 1 2",
    "XREAD COUNT 10 STREAMS {s}a {s}b 0 0",
    "CLUSTER SLOTS",
];

fn command(line: &str) -> (Vec<u8>, Vec<Span>) {
    let args: Vec<&str> = line.split(' ').collect();
    let mut batch = Vec::new();
    slotpipe_core::wire::encode::command(&mut batch, args);
    let mut spans = Vec::new();
    Requests::new(&batch, 0).next(&mut spans).expect("a command").expect("that is well formed");
    (batch, spans)
}

#[divan::bench(args = LINES, sample_size = 2000)]
fn classified(bencher: Bencher<'_, '_>, line: &str) {
    let (table, (batch, spans)) = (Table::default(), command(line));
    let mut keys = Vec::with_capacity(8);
    bencher.bench_local(|| classify(&table, black_box(Args::new(&batch, &spans)), Rules::default(), &mut keys));
}

#[divan::bench(args = ["GET", "SET", "ZUNIONSTORE", "GEORADIUSBYMEMBER_RO", "CLUSTER SLOTS", "NOSUCH"], sample_size = 2000)]
fn looked_up(bencher: Bencher<'_, '_>, name: &str) {
    let (table, (batch, spans)) = (Table::default(), command(name));
    bencher.bench_local(|| table.lookup(black_box(Args::new(&batch, &spans))));
}

#[divan::bench(args = ["user:0123456789", "{user:0123456789}:name"], sample_size = 2000)]
fn slot(bencher: Bencher<'_, '_>, key: &str) {
    bencher.bench_local(|| Slot::of(black_box(key.as_bytes())));
}
