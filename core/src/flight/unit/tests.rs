//! Replies to units as servers give them.

use alloc::string::String;

use super::*;
use crate::{config::Limits, wire::decode::Decoder};

fn hear(commands: usize, replies: &[&str]) -> Heard {
    let command = Command { shape: Shape::Any, is_script: false };
    let mut unit = Unit::new((0..commands).map(|_| command).collect());
    unit.begin();
    let mut decoder = Decoder::new(Limits::default().decode);
    decoder.feed(Bytes::from(replies.concat()));
    let mut last = Heard::More;
    while let Ok(Some(frame)) = decoder.next() {
        assert!(matches!(last, Heard::More), "more replies than a unit has: {last:?}");
        last = unit.hear(frame.words, frame.buffers);
    }
    last
}

#[test]
fn what_ran_is_known_with_the_last_reply() {
    let queued = ["+OK\r\n", "+QUEUED\r\n", "+QUEUED\r\n"];
    assert!(matches!(hear(2, &queued), Heard::More));
    let ran = |last: &'static str| hear(2, &[&queued[..], &[last]].concat());
    assert!(matches!(ran("*2\r\n:1\r\n-ERR no\r\n"), Heard::Ran(_)));
    assert!(matches!(ran("*-1\r\n"), Heard::Conflict));
    assert!(matches!(ran("_\r\n"), Heard::Conflict));
    assert!(matches!(ran("*1\r\n:1\r\n"), Heard::Odd), "one reply to two commands");
    assert!(matches!(ran("+OK\r\n"), Heard::Odd));
}

#[test]
fn the_reason_is_the_first_refusal_or_inside_of_execabort() {
    let why = |replies: &[&str]| {
        let Heard::Refused(why, refused) = hear(2, replies) else { panic!("not taken for refused") };
        (String::from_utf8(why.to_vec()).unwrap(), refused.len())
    };
    let abort = "-EXECABORT Transaction discarded because of previous errors.\r\n";
    let moved = "-MOVED 7 127.0.0.1:7001\r\n";
    assert_eq!(why(&["+OK\r\n", "+QUEUED\r\n", moved, abort]), ("MOVED 7 127.0.0.1:7001".into(), 1));
    assert_eq!(why(&["+OK\r\n", moved, moved, abort]), ("MOVED 7 127.0.0.1:7001".into(), 2));
    let because = "-EXECABORT Transaction discarded because of: LOADING Redis is loading the dataset in memory\r\n";
    let all_queued = ["+OK\r\n", "+QUEUED\r\n", "+QUEUED\r\n"];
    let at_exec = |line| why(&[&all_queued[..], &[line]].concat());
    assert_eq!(at_exec(because), ("LOADING Redis is loading the dataset in memory".into(), 0));
    assert_eq!(at_exec("-ASK 7 127.0.0.1:7001\r\n"), ("ASK 7 127.0.0.1:7001".into(), 0));
    assert_eq!(at_exec(abort), ("EXECABORT Transaction discarded because of previous errors.".into(), 0));
}

#[test]
fn without_multi_the_commands_have_run() {
    let replies = ["-NOPERM no\r\n", "+OK\r\n", ":7\r\n", "-ERR EXEC without MULTI\r\n"];
    let Heard::Apart(multi, apart) = hear(2, &replies) else { panic!("not taken for refused") };
    assert_eq!((&multi[..], apart.len()), (&b"NOPERM no"[..], 2));
}
