//! What the decoder and the request reader do not allocate.

mod wire_support;

use std::{
    alloc::System,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use slotpipe_core::wire::{
    decode::Decoder,
    encode,
    request::Requests,
    shape::{self, Shape},
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use wire_support::*;

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One test at a time: the counts are of the whole process.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The least that any of several runs allocated, so that the test harness's own threads do not count.
fn least(mut run: impl FnMut()) -> Stats {
    let count = |_| {
        let region = Region::new(COUNTED);
        run();
        region.change()
    };
    (0..5).map(count).min_by_key(|stats| stats.bytes_allocated + stats.allocations + stats.reallocations).unwrap()
}

#[test]
fn frames_within_one_chunk_allocate_nothing() {
    let _alone = alone();
    let replies = "$5\r\nhello\r\n*3\r\n:1\r\n%1\r\n+k\r\n,1.5\r\n_\r\n-ERR no\r\n|1\r\n+a\r\n+b\r\n=7\r\ntxt:abc\r\n";
    let chunk = Bytes::from(replies.repeat(100));
    let mut decoder = Decoder::new(limits());
    let mut words = Vec::new();
    let stats = least(|| {
        decoder.feed(chunk.clone());
        while let Some(frame) = decoder.next().unwrap() {
            words.clear();
            shape::copy(frame.words, Shape::Any, &leaf_of(frame.buffers), &mut |buffer| buffer, &mut words);
        }
    });
    assert_eq!((stats.allocations, stats.reallocations), (0, 0), "{stats:?}");
}

#[test]
fn reading_requests_allocates_nothing() {
    let _alone = alone();
    let mut batch = Vec::new();
    for i in 0..100 {
        encode::command(&mut batch, ["SET", &format!("key:{i}"), "value"]);
    }
    let mut spans = Vec::new();
    let stats = least(|| {
        let mut requests = Requests::new(&batch, 0);
        while let Some(frame) = requests.next(&mut spans) {
            frame.unwrap();
        }
    });
    assert_eq!((stats.allocations, stats.reallocations), (0, 0), "{stats:?}");
}

#[test]
fn a_declared_size_allocates_nothing_in_its_proportion() {
    let _alone = alone();
    let headers = [
        "$536870000\r\nabc",
        "=536870000\r\ntxt:",
        "*170000000\r\n:1\r\n",
        "%80000000\r\n:1\r\n",
        "~170000000\r\n:1\r\n",
        ">170000000\r\n:1\r\n",
        "|80000000\r\n:1\r\n",
        "*1000\r\n*100000000\r\n*90000000\r\n*80000000\r\n",
    ];
    for header in headers {
        let stats = least(|| assert_eq!(decode_cut(header.as_bytes(), limits(), || usize::MAX).1, End::MidFrame));
        assert!(stats.bytes_allocated < 1000, "{header:?}: {stats:?}");
    }
    let mut spans = Vec::new();
    let stats = least(|| {
        let bad = [&b"*9223372036854775807\r\n$1\r\nx\r\n"[..], b"*1\r\n$9223372036854775807\r\nx\r\n"];
        for batch in bad {
            assert!(Requests::new(batch, 0).next(&mut spans).unwrap().is_err());
        }
    });
    assert!(stats.bytes_allocated < 1000, "{stats:?}");
}

#[test]
fn a_cut_bulk_is_held_once_and_never_beyond_its_size() {
    let _alone = alone();
    let size = 1 << 20;
    let input = Bytes::from(format!("${size}\r\n{}\r\n", "x".repeat(size)));
    let stats = least(|| {
        let mut decoder = Decoder::new(limits());
        for at in (0..input.len()).step_by(1000) {
            decoder.feed(input.slice(at..input.len().min(at + 1000)));
            decoder.next().unwrap();
        }
        let frame = decoder.next().unwrap();
        assert!(frame.is_none(), "given out by the last feed");
    });
    // Growing by doubling moves at most twice the size altogether; the last step ends at the bulk's end.
    assert!(stats.bytes_allocated < size * 2 + 10_000, "{stats:?}");
}

#[test]
fn a_cut_bulk_has_no_room_for_more_than_itself() {
    let _alone = alone();
    // A thousand bytes doubled again and again pass it by nearly as much again.
    let size = (1 << 20) + 1_000;
    let input = Bytes::from(format!("${size}\r\n{}\r\n", "x".repeat(size)));
    let mut decoder = Decoder::new(limits());
    let region = Region::new(COUNTED);
    for at in (0..size).step_by(1000) {
        decoder.feed(input.slice(at..size.min(at + 1000)));
        assert!(decoder.next().unwrap().is_none());
    }
    let change = region.change();
    let held = change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed();
    let most = isize::try_from(size).unwrap() + 100_000;
    assert!(held < most, "{held} bytes are held of {change:?}");
}

#[test]
fn a_burst_gives_its_words_back() {
    let _alone = alone();
    let burst = Bytes::from(format!("*100000\r\n{}", ":1\r\n".repeat(100_000)));
    let mut decoder = Decoder::new(limits());
    let held = Region::new(COUNTED);
    decoder.feed(burst.clone());
    assert!(decoder.next().unwrap().is_some());
    assert!(decoder.next().unwrap().is_none());
    let change = held.change();
    let held = change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed();
    assert!(held < 100_000, "{held} bytes are kept of {change:?}");
}

#[test]
fn a_failed_decoder_holds_nothing() {
    let _alone = alone();
    let region = Region::new(COUNTED);
    let mut decoder = Decoder::new(limits());
    let mut chunk = b"*100000\r\n".to_vec();
    chunk.extend_from_slice(&b":1\r\n".repeat(90_000));
    chunk.push(b'?');
    decoder.feed(Bytes::from(chunk));
    assert!(decoder.next().is_err());
    let change = region.change();
    let held = change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed();
    assert!(held < 10_000, "{held} bytes are kept of {change:?}");
}

#[test]
fn a_string_over_many_chunks_takes_no_more_than_its_own_length() {
    const LENGTH: usize = 600_000;
    let _alone = alone();
    let text = Bytes::from("x".repeat(LENGTH));
    for piece in [1_000, 250_000, 400_000] {
        let kept = |_| {
            let region = Region::new(COUNTED);
            let mut decoder = Decoder::new(limits());
            decoder.feed(Bytes::from(format!("${LENGTH}\r\n")));
            for from in (0..LENGTH).step_by(piece) {
                decoder.feed(text.slice(from..LENGTH.min(from + piece)));
                assert!(decoder.next().unwrap().is_none());
            }
            decoder.feed(Bytes::from_static(b"\r\n"));
            assert_eq!(frame_tree(decoder.next().unwrap().unwrap()), Value::Bulk(text.to_vec()));
            let stats = region.change();
            stats.bytes_allocated - stats.bytes_deallocated
        };
        // The test harness's own threads allocate and free too, now and then.
        let kept: Vec<_> = (0..5).map(kept).collect();
        assert!(
            kept.iter().any(|kept| (LENGTH..LENGTH + 4_096).contains(kept)),
            "in pieces of {piece}: {kept:?} bytes"
        );
    }
}
