//! What a reading of the machine against the contract found, each as the shortest conversation that shows it.

use slotpipe_core::port::{Cause, Input, LinkId, Output, Outputs, SubmitOptions};
use slotpipe_tests::script::{Script, at, batch, thirds};

/// What one poll has to send, by link.
fn sends(script: &mut Script) -> Vec<(LinkId, String)> {
    let mut out = Outputs::default();
    script.core.poll(script.now, &mut out);
    let send = |action: &Output| match action {
        Output::Send { link, bytes } => Some((*link, String::from_utf8_lossy(bytes).into_owned())),
        Output::Connect { .. } | Output::Close { .. } | Output::Push { .. } | Output::Note(_) | Output::Wait { .. } => {
            None
        }
    };
    out.actions.iter().filter_map(send).collect()
}

#[test]
fn what_stands_behind_an_unknown_command_waits_until_a_connection_that_is_up_already_has_ended_the_lost_one() {
    let mut script = Script::new(thirds(), |config| config.limits.window = 2);
    script.run();
    let node = at(7003);
    script.submit(&["GET a", "SET foo 1", "SET foo 2"]);
    assert_eq!(script.take_sent(&node), ["GET a", "SET foo 1"]);
    let old = script.link(&node);
    // The connection is retired with the SET under way; a new one is dialled for the GET.
    script.reply(&node, b"-NOAUTH Authentication required.\r\n");
    let new = LinkId(u32::try_from(script.dials.len() - 1).unwrap());
    assert_ne!(new, old);
    script.core.handle(script.now, Input::Received { link: new, bytes: "$1\r\nx\r\n".into() });
    assert!(sends(&mut script).is_empty(), "the second SET waits for the answer to the first");
    script
        .core
        .handle(script.now, Input::Closed { link: old, cause: Cause::Lost("reset".into()), maybe_sent: u64::MAX });
    let sent = sends(&mut script);
    let [(link, words)] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!(*link, new);
    assert!(words.contains("KILL") && !words.contains("SET"), "{words}");
    script.core.handle(script.now, Input::Received { link: new, bytes: ":1\r\n".into() });
    let sent = sends(&mut script);
    assert!(sent[0].1.contains("SET"), "{sent:?}");
}

#[test]
fn what_stands_behind_an_unknown_command_is_not_sent_when_the_lost_connection_will_not_be_ended() {
    let mut script = Script::new(thirds(), |config| config.limits.window = 2);
    script.run();
    let node = at(7003);
    let first = script.submit(&["GET a", "SET foo 1", "SET foo 2"]).first.0;
    let old = script.link(&node);
    script.reply(&node, b"-NOAUTH Authentication required.\r\n");
    let new = LinkId(u32::try_from(script.dials.len() - 1).unwrap());
    script.core.handle(script.now, Input::Received { link: new, bytes: "$1\r\nx\r\n".into() });
    script
        .core
        .handle(script.now, Input::Closed { link: old, cause: Cause::Lost("reset".into()), maybe_sent: u64::MAX });
    sends(&mut script);
    script.core.handle(script.now, Input::Received { link: new, bytes: "-NOPERM no\r\n".into() });
    script.run();
    assert!(script.answer(first + 2).contains("after-unknown"), "{}", script.answer(first + 2));
}

#[test]
fn a_refused_write_is_not_sent_again_behind_a_later_one_whose_reply_is_not_in() {
    let mut script = Script::ready(thirds());
    let node = at(7003);
    let first = script.submit(&["SET foo 1", "SET foo 2"]).first.0;
    script.take_sent(&node);
    script.reply(&node, b"-LOADING Redis is loading the dataset in memory\r\n");
    script.pass_ms(100);
    assert!(script.take_sent(&node).is_empty());
    script.reply(&node, b"+OK\r\n");
    script.pass_ms(100);
    assert!(script.answer(first).contains("would-reorder"), "{}", script.answer(first));
    assert_eq!(script.answer(first + 1), "+OK");
}

#[test]
fn parts_of_which_one_may_have_run_are_told_apart_from_one_that_did_not() {
    let mut script = Script::ready(thirds());
    let options = SubmitOptions { max_redirects: Some(0), ..SubmitOptions::default() };
    let first = script.submit_with(batch(&["MSET foo 1 bar 2"]), &options).expect("accepted").first.0;
    script.reply(&at(7003), b"-MOVED 12182 127.0.0.1:7001\r\n");
    script.reply(&at(7001), b"-WRONGTYPE Operation against a key\r\n");
    assert!(script.answer(first).starts_with("partial"), "{}", script.answer(first));
}

#[test]
fn a_connection_that_is_up_is_not_greeted_again_by_a_host_that_says_so_twice() {
    let mut script = Script::ready(thirds());
    let node = at(7003);
    let first = script.submit(&["GET foo"]).first.0;
    let link = script.link(&node);
    script.core.handle(script.now, Input::Connected { link, credentials: None });
    assert!(sends(&mut script).is_empty());
    script.reply(&node, b"$1\r\nx\r\n");
    assert_eq!(script.answer(first), "\"x\"");
}

#[test]
fn what_a_host_says_of_links_that_are_no_more_changes_nothing() {
    let mut script = Script::ready(thirds());
    let node = at(7003);
    let first = script.submit(&["SET foo 1"]).first.0;
    let link = script.link(&node);
    for _ in 0..2 {
        script.core.handle(script.now, Input::Written { link, total: u64::MAX });
        script.core.handle(script.now, Input::Closed { link, cause: Cause::TimedOut, maybe_sent: u64::MAX });
        script.core.handle(script.now, Input::Received { link, bytes: "+OK\r\n".into() });
        script.core.handle(script.now, Input::Connected { link, credentials: None });
        script.core.handle(script.now, Input::Connected { link: LinkId(u32::MAX), credentials: None });
    }
    script.run();
    assert!(script.answer(first).starts_with("unknown"), "{}", script.answer(first));
}
