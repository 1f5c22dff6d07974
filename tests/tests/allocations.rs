//! Nothing on the hot path allocates per command: counted, not believed.

use std::{
    alloc::System,
    sync::{Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use slotpipe_core::port::{Input, LinkId, Output, Outputs, SubmitOptions, Ticket};
use slotpipe_tests::script::{Script, at, batch, thirds};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const COMMANDS: usize = 10_000;

/// One test at a time: the counts are of the whole process.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A core that has had an answer from each node.
fn warm() -> Script {
    let mut script = Script::ready(thirds());
    script.submit(&["GET foo", "GET bar", "GET key:2"]);
    for node in [at(7001), at(7002), at(7003)] {
        script.take_sent(&node);
        script.reply(&node, b"$1\r\nx\r\n");
    }
    script
}

/// The commands of each test, over all three nodes.
fn gets() -> Bytes {
    let lines: Vec<String> = (0..COMMANDS).map(|i| format!("GET key:{i}")).collect();
    batch(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What the core wants written, with the number of GETs in each piece.
fn written(out: &mut Outputs) -> Vec<(LinkId, usize)> {
    let gets = |bytes: Bytes| bytes.windows(5).filter(|window| window == b"GET\r\n").count();
    let sends = out.actions.drain(..);
    sends
        .filter_map(|action| if let Output::Send { link, bytes } = action { Some((link, gets(bytes))) } else { None })
        .collect()
}

#[test]
fn ten_thousand_commands_out_and_back_allocate_a_few_dozen_times_in_all() {
    let _alone = alone();
    let mut script = warm();
    let (batch, core, now) = (gets(), &mut script.core, script.now);
    let mut out = Outputs::default();
    // What grows has grown after the first rounds.
    let mut allocations = 0;
    for _ in 0..3 {
        let region = Region::new(ALLOCATOR);
        core.submit(now, batch.clone(), &SubmitOptions::default()).unwrap();
        core.poll(now, &mut out);
        allocations = region.change().allocations + region.change().reallocations;
        let replies: Vec<_> = written(&mut out)
            .into_iter()
            .map(|(link, commands)| (link, Bytes::from(b"$4\r\nabcd\r\n".repeat(commands))))
            .collect();
        let region = Region::new(ALLOCATOR);
        for (link, bytes) in replies {
            core.handle(now, Input::Written { link, total: u64::MAX });
            core.handle(now, Input::Received { link, bytes });
        }
        core.poll(now, &mut out);
        allocations += region.change().allocations + region.change().reallocations;
        assert_eq!(out.answers.iter().count(), COMMANDS);
    }
    assert!(allocations < 50, "{allocations} allocations for {COMMANDS} commands");
}

#[test]
fn after_every_burst_the_core_holds_the_bytes_that_it_held_before() {
    let _alone = alone();
    let mut script = warm();
    let (batch, core, now) = (gets(), &mut script.core, script.now);
    let mut out = Outputs::default();
    let mut held = Vec::new();
    let region = Region::new(ALLOCATOR);
    for _ in 0..20 {
        let first = core.submit(now, batch.clone(), &SubmitOptions::default()).unwrap().first.0;
        core.poll(now, &mut out);
        let pieces = written(&mut out);
        // Some are given up: their replies come all the same. Of the others some are errors, and the rest values.
        core.cancel(now, Ticket(first)..Ticket(first + 500));
        for (link, commands) in pieces {
            core.handle(now, Input::Written { link, total: u64::MAX });
            let reply = |i| if i % 7 == 0 { "-WRONGTYPE no\r\n" } else { "$4\r\nabcd\r\n" };
            let bytes = (0..commands).map(reply).collect::<String>().into_bytes();
            core.handle(now, Input::Received { link, bytes: bytes.into() });
        }
        core.poll(now, &mut out);
        assert_eq!(out.answers.iter().count(), COMMANDS);
        out = Outputs::default();
        // The core hands out its vectors in turns: it is asked once more for those that it has just got.
        core.poll(now, &mut out);
        out = Outputs::default();
        let counted = region.change();
        held.push(counted.bytes_allocated as isize - counted.bytes_deallocated as isize);
    }
    assert!(core.stats().open.is_empty(), "{:?}", core.stats().open);
    // What grows has its size after the first bursts.
    let (least, most) = (held[3..].iter().min().unwrap(), held[3..].iter().max().unwrap());
    assert!(most - least < 4_096, "bytes held after each burst: {held:?}");
}
