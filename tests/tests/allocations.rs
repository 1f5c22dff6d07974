//! Nothing on the hot path allocates per command: counted, not believed.

use std::alloc::System;

use slotpipe_core::port::{Input, Output, Outputs, SubmitOptions};
use slotpipe_tests::script::{Script, at, batch, thirds};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const COMMANDS: usize = 10_000;

#[test]
fn ten_thousand_commands_out_and_back_allocate_a_few_dozen_times_in_all() {
    let mut script = Script::ready(thirds());
    script.submit(&["GET foo", "GET bar", "GET key:2"]);
    for node in [at(7001), at(7002), at(7003)] {
        script.take_sent(&node);
        script.reply(&node, b"$1\r\nx\r\n");
    }
    let lines: Vec<String> = (0..COMMANDS).map(|i| format!("GET key:{i}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (batch, core, now) = (batch(&lines), &mut script.core, script.now);
    let mut out = Outputs::default();
    // What grows has grown after the first rounds.
    let mut allocations = 0;
    for _ in 0..3 {
        let region = Region::new(ALLOCATOR);
        core.submit(now, batch.clone(), &SubmitOptions::default()).unwrap();
        core.poll(now, &mut out);
        allocations = region.change().allocations + region.change().reallocations;
        let sends: Vec<_> = out
            .actions
            .drain(..)
            .filter_map(|action| if let Output::Send { link, bytes } = action { Some((link, bytes)) } else { None })
            .collect();
        let replies: Vec<_> = sends
            .iter()
            .map(|(link, bytes)| {
                let commands = bytes.windows(5).filter(|window| window == b"GET\r\n").count();
                (*link, bytes::Bytes::from(b"$4\r\nabcd\r\n".repeat(commands)))
            })
            .collect();
        drop(sends);
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
