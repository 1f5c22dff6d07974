//! Submitted commands: what is read, what is refused and where, and that what is encoded is what is read.

mod wire_support;

use slotpipe_core::wire::{
    encode,
    request::{Args, BadFrame, Opening, Requests, Span},
};
use wire_support::*;

fn read_all(batch: &[u8]) -> Result<Vec<Vec<Vec<u8>>>, BadFrame> {
    let mut requests = Requests::new(batch, 0);
    let mut spans = Vec::new();
    let mut commands = Vec::new();
    let mut at = 0;
    while let Some(frame) = requests.next(&mut spans) {
        let frame = frame?;
        assert_eq!(frame.start, at, "frames are back to back");
        at = frame.end;
        assert_eq!(requests.position(), at);
        commands.push(Args::new(batch, &spans).iter().map(<[u8]>::to_vec).collect());
    }
    assert_eq!(at, batch.len());
    Ok(commands)
}

fn refused(batch: &[u8], offset: usize, expected: &str) {
    let bad = read_all(batch).expect_err(&batch.escape_ascii().to_string());
    assert_eq!(bad.offset, offset, "{} for {}", bad.expected, batch.escape_ascii());
    assert!(bad.expected.starts_with(expected), "{:?} for {}", bad.expected, batch.escape_ascii());
}

#[test]
fn commands_are_read_one_behind_the_other() {
    let batch = b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$0\r\n\r\n$13\r\n\r\n*1\r\n$1\r\nx\r\n\r\n";
    let commands = read_all(batch).unwrap();
    assert_eq!(
        commands,
        [vec![&b"GET"[..], b"k"], vec![b"PING"], vec![b"SET", b"", b"\r\n*1\r\n$1\r\nx\r\n"]]
            .map(|command| command.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>())
    );
}

#[test]
fn an_empty_batch_has_no_commands() {
    assert_eq!(read_all(b""), Ok(vec![]));
}

#[test]
fn spans_are_places_in_the_whole_batch() {
    let batch = b"*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
    let mut requests = Requests::new(batch, 14);
    let mut spans = vec![Span { start: 9, len: 9 }];
    assert_eq!(requests.next(&mut spans), Some(Ok(14..batch.len())));
    assert_eq!(spans, [Span { start: 22, len: 3 }, Span { start: 31, len: 1 }]);
    let args = Args::new(batch, &spans);
    assert_eq!((args.at(0), args.at(1), args.at(2)), (Some(&b"GET"[..]), Some(&b"k"[..]), None));
    assert_eq!(requests.next(&mut spans), None);
}

#[test]
fn a_frame_without_arguments_has_no_spans() {
    assert_eq!(read_all(b"*0\r\n*1\r\n$1\r\na\r\n"), Ok(vec![vec![], vec![b"a".to_vec()]]));
}

#[test]
fn inline_commands_are_refused() {
    refused(b"PING\r\n", 0, "'*'");
    refused(b"*1\r\n$4\r\nPING\r\n\r\n", 14, "'*'");
    refused(b"\r\n", 0, "'*'");
}

#[test]
fn arguments_are_bulk_strings() {
    refused(b"*1\r\n:1\r\n", 4, "'$'");
    refused(b"*1\r\n+PING\r\n", 4, "'$'");
    refused(b"*2\r\n$1\r\na\r\n*0\r\n", 11, "'$'");
}

#[test]
fn lengths_are_canonical_decimals() {
    for length in ["", "-1", "-0", "+1", "01", "00", " 1", "x", "9223372036854775808", "99999999999999999999"] {
        refused(format!("*{length}\r\n$1\r\na\r\n").as_bytes(), 1, "a length");
        refused(format!("*1\r\n${length}\r\na\r\n").as_bytes(), 5, "a length");
    }
    refused(b"*1x\r\n", 2, "CRLF");
    refused(b"*1 \r\n", 2, "CRLF");
    refused(b"*10\n", 3, "CRLF");
    refused(b"*1\rx", 3, "CRLF");
}

#[test]
fn arguments_end_in_crlf() {
    refused(b"*1\r\n$3\r\nabcd\r\n", 11, "CRLF");
    refused(b"*1\r\n$3\r\nabc\r*", 12, "CRLF");
    refused(b"*1\r\n$4\r\nabc\r\n*1\r\n$1\r\na\r\n", 12, "CRLF");
}

#[test]
fn a_truncated_batch_is_refused_at_its_end_or_at_the_broken_line() {
    let batch = b"*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$12\r\nabcdefghijkl\r\n";
    for end in 1..batch.len() {
        if end == 14 {
            continue;
        }
        let bad = read_all(&batch[..end]).expect_err("cut inside a frame");
        assert!(bad.offset <= end && bad.offset + 3 >= end, "{bad:?} for {end}");
    }
}

#[test]
fn sizes_beyond_the_batch_are_refused() {
    for size in ["6", "4294967299", "9223372036854775807"] {
        let batch = format!("*1\r\n${size}\r\nabc\r\n");
        refused(batch.as_bytes(), batch.len(), "more bytes");
        let batch = format!("*{size}\r\n$3\r\nabc\r\n");
        refused(batch.as_bytes(), batch.len(), "'$'");
    }
}

#[test]
fn the_position_stays_at_a_bad_frame() {
    let mut requests = Requests::new(b"*1\r\n$4\r\nPING\r\n*1\r\n!", 0);
    let mut spans = Vec::new();
    assert_eq!(requests.next(&mut spans), Some(Ok(0..14)));
    for _ in 0..2 {
        assert!(requests.next(&mut spans).unwrap().is_err());
        assert_eq!(requests.position(), 14);
    }
}

#[test]
fn what_is_encoded_is_read_back() {
    let mut random = Random(7);
    for _ in 0..200 {
        let commands: Vec<Vec<Vec<u8>>> = (0..random.below(5))
            .map(|_| (0..random.below(12)).map(|_| vec![b"\r\n$*x"[random.below(5)]; random.below(1200)]).collect())
            .collect();
        let mut batch = Vec::new();
        for command in &commands {
            encode::command(&mut batch, command);
        }
        assert_eq!(read_all(&batch), Ok(commands));
    }
}

#[test]
fn commands_are_encoded_as_servers_read_them() {
    let mut out = b"before".to_vec();
    encode::command(&mut out, ["SET", "key-of-10-", &"v".repeat(100)]);
    assert_eq!(
        out,
        format!("before*3\r\n$3\r\nSET\r\n$10\r\nkey-of-10-\r\n$100\r\n{}\r\n", "v".repeat(100)).into_bytes()
    );
    let mut out = Vec::new();
    encode::header(&mut out, 1000);
    encode::bulk(&mut out, b"");
    assert_eq!(out, b"*1000\r\n$0\r\n\r\n");
}

#[test]
fn an_encoded_command_is_what_the_decoder_reads() {
    let mut out = Vec::new();
    encode::command(&mut out, ["MSET", "a", "\r\n"]);
    let expected = Value::Array(vec![bulk("MSET"), bulk("a"), bulk("\r\n")]);
    assert_eq!(decode_every_way(&out, limits()), (vec![expected], End::Between));
}

/// Reads the command at `start` whole, and those behind it by its opening as far as that goes: their frames and keys.
fn alike(batch: &[u8], start: usize) -> Vec<(std::ops::Range<usize>, Vec<u8>)> {
    let (mut requests, mut spans) = (Requests::new(batch, start), Vec::new());
    let frame = requests.next(&mut spans).unwrap().unwrap();
    let opening = Opening::new(batch, frame.start, &spans).unwrap();
    std::iter::from_fn(|| requests.next_alike(&opening))
        .map(|alike| (alike.frame, batch[alike.first].to_vec()))
        .collect()
}

#[test]
fn a_command_read_by_the_opening_of_the_one_before_is_the_same_as_read_whole() {
    let mut random = Random(7);
    for name in ["X", "GET", "HSET", "GETSET", "HGETALL", "GEORADIUSBYMEMBER_RO"] {
        for args in 1..4 {
            let mut batch = Vec::new();
            for _ in 0..20 {
                let mut text = || vec![b'a'; random.below(120)];
                let values: Vec<Vec<u8>> = (0..args).map(|_| text()).collect();
                encode::command(&mut batch, [name.as_bytes().to_vec()].into_iter().chain(values).collect::<Vec<_>>());
            }
            let (mut requests, mut spans, mut whole) = (Requests::new(&batch, 0), Vec::new(), Vec::new());
            while let Some(frame) = requests.next(&mut spans) {
                whole.push((frame.unwrap(), Args::new(&batch, &spans).at(1).unwrap().to_vec()));
            }
            assert_eq!(alike(&batch, 0), whole[1..], "{name} with {args}");
        }
    }
}

#[test]
fn what_does_not_begin_alike_or_is_no_frame_is_left_where_it_is() {
    let get = b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
    for other in [
        &b""[..],
        b"*2\r\n$3\r\nGEX\r\n$1\r\nk\r\n",
        b"*2\r\n$3\r\nget\r\n$1\r\nk\r\n",
        b"*3\r\n$3\r\nGET\r\n$1\r\nk\r\n$1\r\nk\r\n",
        b"*1\r\n$4\r\nPING\r\n",
        b"*2\r\n$3\r\nGET\r\n",
        b"*2\r\n$3\r\nGET\r\n:1\r\n",
        b"*2\r\n$3\r\nGET\r\n$01\r\nk\r\n",
        b"*2\r\n$3\r\nGET\r\n$-1\r\n",
        b"*2\r\n$3\r\nGET\r\n$1\r\nk",
        b"*2\r\n$3\r\nGET\r\n$1\r\nk\r",
        b"*2\r\n$3\r\nGET\r\n$1\r\nkk\r\n",
        b"*2\r\n$3\r\nGET\r\n$9223372036854775807\r\nk\r\n",
        b"*2\r\n$3\r\nGET\r\n$18446744073709551615\r\nk\r\n",
    ] {
        let (mut requests, mut spans) = (Requests::new(get, 0), Vec::new());
        requests.next(&mut spans);
        let opening = Opening::new(get, 0, &spans).unwrap();
        let mut requests = Requests::new(other, 0);
        assert!(requests.next_alike(&opening).is_none(), "{}", other.escape_ascii());
        assert_eq!(requests.position(), 0, "{}", other.escape_ascii());
    }
}

#[test]
fn names_that_differ_in_their_middle_only_do_not_begin_alike() {
    let mut batch = Vec::new();
    encode::command(&mut batch, ["GEORADIUSBYMEMBER_RO", "k"]);
    encode::command(&mut batch, ["GEORADIUSBXMEMBER_RO", "k"]);
    assert_eq!(alike(&batch, 0), []);
}

#[test]
fn a_name_alone_opens_nothing() {
    let batch = b"*1\r\n$4\r\nPING\r\n";
    assert!(Opening::new(batch, 0, &[Span { start: 8, len: 4 }]).is_none());
}
