//! What one small reply and one small command cost in `wire`. Figures are per item (`item/s`, and the mean divided by
//! the thousand items of each run). Run with `cargo bench -p slotpipe-core --bench wire`.

use bytes::Bytes;
use divan::{Bencher, black_box, counter::ItemsCount};
use slotpipe_core::{
    config,
    wire::{
        decode::Decoder,
        encode,
        request::Requests,
        shape::{self, Shape},
    },
};

const ITEMS: usize = 1000;

fn main() {
    divan::main();
}

/// A decoder as a connection has it, past its first frame.
fn decoder() -> Decoder {
    Decoder::new(config::Limits::default().decode)
}

fn drain(decoder: &mut Decoder, chunk: Bytes) -> usize {
    decoder.feed(chunk);
    let mut words = 0;
    while let Some(frame) = decoder.next().expect("valid RESP") {
        words += black_box(frame.words).len();
    }
    words
}

#[divan::bench(args = [8, 32])]
fn decode_small_bulks(bencher: Bencher<'_, '_>, size: usize) {
    let reply = format!("${size}\r\n{}", "x".repeat(size));
    let chunk = Bytes::from(format!("{reply}\r\n").repeat(ITEMS));
    let mut decoder = decoder();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| drain(&mut decoder, chunk.clone()));
}

#[divan::bench(args = ["+OK", ":1000", "$-1", "_"])]
fn decode_small_others(bencher: Bencher<'_, '_>, reply: &str) {
    let chunk = Bytes::from(format!("{reply}\r\n").repeat(ITEMS));
    let mut decoder = decoder();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| drain(&mut decoder, chunk.clone()));
}

fn hgetall(header: &str) -> Bytes {
    let fields = (0..ITEMS).map(|i| format!("$8\r\nfield{i:03}\r\n$8\r\nvalue{i:03}\r\n")).collect::<String>();
    Bytes::from(format!("{header}\r\n{fields}"))
}

#[divan::bench]
fn decode_hgetall_of_1000_fields(bencher: Bencher<'_, '_>) {
    let chunk = hgetall("%1000");
    let mut decoder = decoder();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| drain(&mut decoder, chunk.clone()));
}

#[divan::bench(args = [Shape::Any, Shape::Map, Shape::DeepMap])]
fn copy_hgetall_of_1000_fields(bencher: Bencher<'_, '_>, shape: Shape) {
    let mut decoder = decoder();
    decoder.feed(hgetall("*2000"));
    let frame = decoder.next().expect("valid RESP").expect("complete");
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        out.clear();
        let bytes = |leaf: slotpipe_core::wire::tape::Leaf| {
            &frame.buffers[leaf.buffer as usize][leaf.offset as usize..][..leaf.length as usize]
        };
        shape::copy(frame.words, shape, &bytes, &mut |buffer| buffer + 3, &mut out);
        black_box(out.len())
    });
}

#[divan::bench]
fn copy_1000_small_bulks(bencher: Bencher<'_, '_>) {
    let words = black_box([5_u32, 1, 100, 32]);
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        out.clear();
        for _ in 0..ITEMS {
            shape::copy(black_box(&words), Shape::Any, &|_| &[], &mut |buffer| buffer + 3, &mut out);
        }
        black_box(out.len())
    });
}

fn keys() -> Vec<String> {
    (0..ITEMS).map(|i| format!("key:{i:08}")).collect()
}

#[divan::bench]
fn parse_1000_gets(bencher: Bencher<'_, '_>) {
    let mut batch = Vec::new();
    for key in keys() {
        encode::command(&mut batch, ["GET", &key]);
    }
    let mut spans = Vec::new();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        let mut requests = Requests::new(black_box(&batch), 0);
        let mut count = 0;
        while let Some(frame) = requests.next(&mut spans) {
            count += frame.expect("valid frame").len() + black_box(&spans).len();
        }
        count
    });
}

#[divan::bench]
fn encode_1000_sets(bencher: Bencher<'_, '_>) {
    let keys = keys();
    let value = "x".repeat(32);
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        out.clear();
        for key in black_box(&keys) {
            encode::command(&mut out, ["SET", key, &value]);
        }
        black_box(out.len())
    });
}
