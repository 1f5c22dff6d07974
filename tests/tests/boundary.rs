//! The boundary first: what crosses it, and in what form (DESIGN 2.1 to 2.3).

use bytes::Bytes;
use slotpipe_core::{
    port::{Input, OutcomeKind, Output, Outputs, Refused, SubmitOptions},
    route::slot::Slot,
    wire::{encode, tape::Node},
};
use slotpipe_tests::script::{Script, at, batch, thirds};

const MEGABYTE: usize = 1_000_000;

fn big_reply() -> (Vec<u8>, Vec<u8>) {
    let value: Vec<u8> = (0..MEGABYTE).map(|i| b'a' + u8::try_from(i % 26).unwrap()).collect();
    let mut reply = format!("${MEGABYTE}\r\n").into_bytes();
    reply.extend_from_slice(&value);
    reply.extend_from_slice(b"\r\n");
    (value, reply)
}

#[test]
fn a_value_of_a_megabyte_in_three_cuts_is_one_leaf_in_a_buffer_of_the_answers() {
    let mut script = Script::ready(thirds());
    let submitted = script.submit(&["GET foo"]);
    let (value, reply) = big_reply();
    script.reply_cut(&at(7003), &reply, &[5, 400_000]);
    assert_eq!(script.answer(submitted.first.0), "\"<1000000 bytes>\"");
    let answers = std::mem::take(&mut script.last);
    let answer = answers.iter().next().unwrap();
    assert_eq!(answer.outcome, OutcomeKind::Reply);
    let Some(Node::Bulk(leaf)) = answer.first() else { panic!("{answer:?}") };
    let buffer = &answers.buffers[leaf.buffer as usize];
    assert_eq!(&buffer[leaf.offset as usize..][..leaf.length as usize], &value[..]);
}

#[test]
fn a_large_value_within_one_chunk_is_not_copied() {
    let mut script = Script::ready(thirds());
    script.submit(&["GET foo"]);
    let (_, reply) = big_reply();
    let chunk = Bytes::from(reply);
    let link = script.link(&at(7003));
    script.core.handle(script.now, Input::Received { link, bytes: chunk.clone() });
    let mut out = Outputs::default();
    script.core.poll(script.now, &mut out);
    let answer = out.answers.iter().next().unwrap();
    let Some(Node::Bulk(leaf)) = answer.first() else { panic!("{answer:?}") };
    assert_eq!(out.answers.buffers[leaf.buffer as usize].as_ptr(), chunk.as_ptr());
}

#[test]
fn a_large_request_is_sent_as_a_slice_of_the_batch() {
    let mut script = Script::ready(thirds());
    script.submit(&["GET foo"]);
    let mut bytes = Vec::new();
    encode::command(&mut bytes, ["SET", "foo", &"x".repeat(MEGABYTE)]);
    let bytes = Bytes::from(bytes);
    script.core.submit(script.now, bytes.clone(), &SubmitOptions::default()).unwrap();
    let mut out = Outputs::default();
    script.core.poll(script.now, &mut out);
    let sent: Vec<_> = out
        .actions
        .iter()
        .filter_map(|a| if let Output::Send { bytes, .. } = a { Some(bytes) } else { None })
        .collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].as_ptr(), bytes.as_ptr());
}

#[test]
fn an_mget_over_three_nodes_is_one_array_in_the_order_of_its_keys() {
    let mut script = Script::ready(thirds());
    // Slots 12182, 5061 and 866, of the nodes 7003, 7001 and 7001; 8000 of 7002.
    let keys = ["foo", "bar", "hello", "key:2"];
    let owner = |key: &str| {
        script
            .network
            .map
            .ranges
            .iter()
            .find(|(a, b, _)| (*a..=*b).contains(&Slot::of(key.as_bytes()).number()))
            .unwrap()
            .2
            .clone()
    };
    let owners: Vec<_> = keys.iter().map(|key| owner(key)).collect();
    assert_eq!(owners.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{owners:?}");
    let submitted = script.submit(&[&format!("MGET {}", keys.join(" "))]);
    for node in [at(7002), at(7001), at(7003)] {
        let sent = script.take_sent(&node);
        for command in sent {
            let key = command.strip_prefix("MGET ").unwrap();
            assert_eq!(script.answer(submitted.first.0), "open");
            let value = format!("of {key}");
            script.reply(&node, format!("*1\r\n${}\r\n{value}\r\n", value.len()).as_bytes());
        }
    }
    assert_eq!(script.answer(submitted.first.0), r#"["of foo", "of bar", "of hello", "of key:2"]"#);
}

#[test]
fn ten_thousand_small_commands_are_one_write_per_node_and_one_answer_each() {
    let mut script = Script::ready(thirds());
    // Connections first, so that what follows is the pipeline alone.
    script.submit(&["GET foo", "GET bar", "GET key:2"]);
    for node in [at(7001), at(7002), at(7003)] {
        script.take_sent(&node);
        script.reply(&node, b"$1\r\nx\r\n");
    }
    let lines: Vec<String> = (0..10_000).map(|i| format!("SET key:{i} {i}")).collect();
    let mut out = Outputs::default();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let submitted = script.core.submit(script.now, batch(&lines), &SubmitOptions::default()).unwrap();
    assert_eq!(submitted.count, 10_000);
    script.core.poll(script.now, &mut out);
    let sends: Vec<_> = out
        .actions
        .iter()
        .filter_map(|a| if let Output::Send { link, bytes } = a { Some((*link, bytes.clone())) } else { None })
        .collect();
    assert_eq!(sends.len(), 3, "one write per node");
    for (link, bytes) in &sends {
        let commands = bytes.windows(5).filter(|w| w == b"SET\r\n").count();
        assert!((3_200..3_500).contains(&commands), "{commands}");
        script.core.handle(script.now, Input::Received { link: *link, bytes: b"+OK\r\n".repeat(commands).into() });
    }
    script.core.poll(script.now, &mut out);
    assert_eq!(out.answers.iter().filter(|answer| answer.outcome == OutcomeKind::Reply).count(), 10_000);
    let mut tickets: Vec<_> = out.answers.iter().map(|answer| answer.ticket.0 - submitted.first.0).collect();
    tickets.sort_unstable();
    assert!(tickets.iter().copied().eq(0..10_000));
    assert!(script.core.stats().open.is_empty(), "{:?}", script.core.stats().open);
}

#[test]
fn an_argument_that_no_server_takes_is_refused_before_anything_is_sent() {
    let mut script = Script::new(thirds(), |config| config.limits.decode.bulk = 1_000);
    script.run();
    let mut bytes = Vec::new();
    encode::command(&mut bytes, ["SET", "a", "x"]);
    encode::command(&mut bytes, ["SET", "b", &"x".repeat(1_001)]);
    let refused = script.core.submit(script.now, bytes.into(), &SubmitOptions::default());
    let Err(Refused::Misuse(misuse)) = refused else { panic!("{refused:?}") };
    assert_eq!((misuse.index, misuse.code), (1, "TOOLONG"), "{misuse}");
    script.run();
    assert!(script.unseen().is_empty(), "{:?}", script.unseen());
}

#[test]
fn a_pipeline_far_larger_than_the_window_costs_no_more_per_command_than_a_small_one() {
    // Windows limited by bytes: each settled command makes room for one, and must not have the rest read again.
    let work = |commands: usize| {
        let mut script = Script::new(vec![(0, 16_383, at(7001))], |config| config.limits.window_bytes = 100_000);
        script.run();
        let value = "x".repeat(1_000);
        let mut bytes = Vec::new();
        for i in 0..commands {
            encode::command(&mut bytes, ["SET", &format!("key:{i}"), &value]);
        }
        let began = std::time::Instant::now();
        script.core.submit(script.now, bytes.into(), &SubmitOptions::default()).unwrap();
        let link = script.link(&at(7001));
        let (mut out, mut settled, mut total) = (Outputs::default(), 0, 0);
        while settled < commands {
            script.core.poll(script.now, &mut out);
            settled += out.answers.iter().count();
            for action in out.actions.drain(..) {
                let Output::Send { bytes, .. } = action else { continue };
                total += bytes.len() as u64;
                script.core.handle(script.now, Input::Written { link, total });
                let sent = bytes.windows(5).filter(|window| window == b"SET\r\n").count();
                for _ in 0..sent {
                    let bytes = Bytes::from_static(b"+OK\r\n");
                    script.core.handle(script.now, Input::Received { link, bytes });
                }
            }
        }
        began.elapsed().as_secs_f64() / f64::from(u32::try_from(commands).unwrap())
    };
    let best = |commands| (0..3).map(|_| work(commands)).fold(f64::INFINITY, f64::min);
    let (small, large) = (best(2_000), best(16_000));
    assert!(large < small * 4.0, "{small} s per command of 2000, {large} of 16000");
}
