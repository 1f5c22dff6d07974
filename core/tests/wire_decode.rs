//! The decoder on every type, fed whole, byte by byte and at random cuts, and where its leaves lie.

mod wire_support;

use bytes::Bytes;
use slotpipe_core::wire::{
    decode::{Decoder, Limits, SmallString},
    tape::tag,
};
use wire_support::*;

/// Fed every way, alone and with junk behind it, `input` is this one value.
fn is(input: &[u8], value: Value) {
    assert_eq!(decode_every_way(input, limits()), (vec![value.clone()], End::Between), "{}", input.escape_ascii());
    let twice = [input, b"+next\r\n", input].concat();
    let (values, end) = decode_every_way(&twice, limits());
    assert_eq!((values.len(), end), (3, End::Between));
    assert_eq!([&values[0], &values[2]], [&value, &value]);
    let (values, end) = decode_every_way(&[input, b"\x00junk"].concat(), limits());
    assert!(matches!(end, End::Failed(_)), "junk behind a value is found");
    assert_eq!(values, [value], "and the value before it stands");
}

#[test]
fn simple_strings() {
    is(b"+OK\r\n", Value::Simple(b"OK".into()));
    is(b"+\r\n", Value::Simple(b"".into()));
    is(b"+a\nb\r\n", Value::Simple(b"a\nb".into()));
}

#[test]
fn errors_are_lines_or_blobs() {
    is(b"-MOVED 1 h:1\r\n", Value::Error(b"MOVED 1 h:1".into()));
    is(b"!8\r\nERR a\r\nb\r\n", Value::Error(b"ERR a\r\nb".into()));
    is(b"!0\r\n\r\n", Value::Error(b"".into()));
}

#[test]
fn integers_reach_both_ends_of_i64() {
    is(b":0\r\n", Value::Int(0));
    is(b":-0\r\n", Value::Int(0));
    is(b":+5\r\n", Value::Int(5));
    is(b":-1000\r\n", Value::Int(-1000));
    is(b":9223372036854775807\r\n", Value::Int(i64::MAX));
    is(b":-9223372036854775808\r\n", Value::Int(i64::MIN));
    is(b":999999999999999999\r\n", Value::Int(999_999_999_999_999_999));
    is(b":1000000000000000000\r\n", Value::Int(1_000_000_000_000_000_000));
}

#[test]
fn bulk_strings_hold_any_byte() {
    is(b"$5\r\nhello\r\n", bulk("hello"));
    is(b"$0\r\n\r\n", bulk(""));
    is(b"$4\r\n\r\n\r\n\r\n", bulk("\r\n\r\n"));
    is(b"$3\r\n\x00\xff+\r\n", bulk(b"\x00\xff+"));
    is(b"$10\r\n0123456789\r\n", bulk("0123456789"));
}

#[test]
fn the_three_nulls_are_one() {
    is(b"_\r\n", Value::Null);
    is(b"$-1\r\n", Value::Null);
    is(b"*-1\r\n", Value::Null);
    is(b"*3\r\n$-1\r\n*-1\r\n_\r\n", Value::Array(vec![Value::Null; 3]));
}

#[test]
fn booleans() {
    is(b"#t\r\n", Value::Bool(true));
    is(b"#f\r\n", Value::Bool(false));
}

#[test]
fn doubles_with_their_infinities_and_one_nan() {
    is(b",2.5\r\n", double(2.5));
    is(b",10\r\n", double(10.0));
    is(b",-1.5e-3\r\n", double(-0.0015));
    is(b",+1E2\r\n", double(100.0));
    is(b",inf\r\n", double(f64::INFINITY));
    is(b",-inf\r\n", double(f64::NEG_INFINITY));
    is(b",nan\r\n", double(f64::NAN));
    is(b",-nan\r\n", double(f64::NAN));
}

#[test]
fn big_numbers_stay_text() {
    is(
        b"(3492890328409238509324850943850943825024385\r\n",
        Value::BigNumber(b"3492890328409238509324850943850943825024385".into()),
    );
    is(b"(-1\r\n", Value::BigNumber(b"-1".into()));
}

#[test]
fn verbatim_strings_lose_their_format() {
    is(b"=15\r\ntxt:Some string\r\n", Value::Verbatim(b"Some string".into()));
    is(b"=4\r\nmkd:\r\n", Value::Verbatim(b"".into()));
}

#[test]
fn aggregates_nest() {
    is(b"*0\r\n", Value::Array(vec![]));
    is(b"~0\r\n", Value::Set(vec![]));
    is(b"%0\r\n", Value::Map(vec![]));
    is(
        b"*3\r\n*1\r\n:1\r\n%1\r\n+k\r\n~2\r\n*0\r\n#t\r\n$1\r\nx\r\n",
        Value::Array(vec![
            Value::Array(vec![Value::Int(1)]),
            Value::Map(vec![Value::Simple(b"k".into()), Value::Set(vec![Value::Array(vec![]), Value::Bool(true)])]),
            bulk("x"),
        ]),
    );
}

#[test]
fn pushes_are_top_level_values() {
    is(
        b">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n",
        Value::Push(vec![bulk("invalidate"), Value::Array(vec![bulk("k")])]),
    );
}

#[test]
fn an_attribute_is_one_value_with_what_it_belongs_to() {
    let attribute = |value| Value::Attribute(vec![Value::Simple(b"ttl".into()), Value::Int(9)], Box::new(value));
    is(b"|1\r\n+ttl\r\n:9\r\n$1\r\nx\r\n", attribute(bulk("x")));
    is(b"*2\r\n:1\r\n|1\r\n+ttl\r\n:9\r\n:2\r\n", Value::Array(vec![Value::Int(1), attribute(Value::Int(2))]));
    is(b"|0\r\n_\r\n", Value::Attribute(vec![], Box::new(Value::Null)));
    is(b"|1\r\n+ttl\r\n:9\r\n|0\r\n*0\r\n", attribute(Value::Attribute(vec![], Box::new(Value::Array(vec![])))));
}

#[test]
fn an_attribute_alone_is_not_yet_a_frame() {
    assert_eq!(decode_every_way(b"|1\r\n+ttl\r\n:9\r\n", limits()), (vec![], End::MidFrame));
}

#[test]
fn generated_values_decode_as_the_reference_decodes_them() {
    let mut random = Random(1);
    for _ in 0..1000 {
        let mut input = Vec::new();
        let values: Vec<_> = (0..1 + random.below(4)).map(|_| generate(&mut random, 4, &mut input)).collect();
        let mut rest = &input[..];
        for value in &values {
            let (expected, next) = reference(rest);
            assert_eq!(&expected, value, "the generator agrees with the reference");
            rest = next;
        }
        assert_eq!(decode_every_way(&input, limits()), (values, End::Between));
    }
}

#[test]
fn every_prefix_of_a_value_waits_for_more() {
    let mut random = Random(2);
    for _ in 0..100 {
        let mut input = Vec::new();
        generate(&mut random, 3, &mut input);
        for end in 1..input.len() {
            let (values, state) = decode_cut(&input[..end], limits(), || usize::MAX);
            assert_eq!((values, state), (vec![], End::MidFrame), "{}", input[..end].escape_ascii());
        }
    }
}

#[test]
fn broken_streams_end_the_same_way_however_they_are_cut() {
    let mut random = Random(3);
    let mut failures = 0;
    for _ in 0..3000 {
        let mut input = Vec::new();
        for _ in 0..3 {
            generate(&mut random, 3, &mut input);
        }
        for _ in 0..1 + random.below(3) {
            let at = random.below(input.len());
            input[at] = b"\r\n0123?-+$*%_#,|>x"[random.below(18)];
        }
        let mut tight = limits();
        if random.below(2) == 0 {
            (tight.line, tight.bulk, tight.frame, tight.depth) = (32, 12, 100, 3);
        }
        let (_, end) = decode_every_way(&input, tight);
        failures += usize::from(matches!(end, End::Failed(_)));
    }
    assert!(failures > 1000, "the mutations break streams: {failures}");
}

#[test]
fn a_frame_within_one_chunk_lies_in_that_chunk() {
    let chunk = Bytes::from_static(b"+a\r\n*2\r\n$5\r\nhello\r\n+OK\r\n");
    let mut decoder = Decoder::new(limits());
    decoder.feed(chunk.clone());
    decoder.next().unwrap().unwrap();
    let frame = decoder.next().unwrap().unwrap();
    assert_eq!(frame.words, [tag::ARRAY, 2, tag::BULK, 1, 12, 5, tag::SIMPLE, 1, 20, 2]);
    assert_eq!(frame.buffers, [Bytes::new(), chunk.clone()]);
    assert_eq!(frame.buffers[1].as_ptr(), chunk.as_ptr(), "not copied");
}

#[test]
fn only_leaves_that_are_cut_are_copied() {
    let mut decoder = Decoder::new(limits());
    for chunk in ["*4\r\n$3\r\none\r\n$3\r\nt", "wo\r\n$5\r\nthree\r", "\n+fo", "ur\r\n+rest"] {
        assert!(decoder.next().unwrap().is_none());
        decoder.feed(Bytes::from_static(chunk.as_bytes()));
    }
    let frame = decoder.next().unwrap().unwrap();
    let leaves: &[u32] = &[tag::BULK, 1, 8, 3, tag::BULK, 0, 0, 3, tag::BULK, 0, 3, 5, tag::SIMPLE, 0, 8, 4];
    assert_eq!(frame.words, [&[tag::ARRAY, 4], leaves].concat());
    assert_eq!(frame.buffers[0], "twothreefour");
    assert_eq!(frame.buffers[1..], ["*4\r\n$3\r\none\r\n$3\r\nt", "ur\r\n+rest"], "chunks without a leaf are let go");
}

#[test]
fn a_megabyte_in_three_cuts_is_one_leaf() {
    let value: Vec<u8> = (0..1_000_000_u32).map(|i| i.to_le_bytes()[0]).collect();
    let input = [b"$1000000\r\n", &value[..], b"\r\n"].concat();
    assert_eq!(decode_cut(&input, limits(), || 333_340), (vec![Value::Bulk(value)], End::Between));
}

#[test]
fn chunks_may_be_fed_ahead() {
    let mut decoder = Decoder::new(limits());
    for chunk in ["+a\r\n+", "", "b\r\n", "+c\r", "\n"] {
        decoder.feed(Bytes::from_static(chunk.as_bytes()));
    }
    for expected in [b"a", b"b", b"c"] {
        assert_eq!(frame_tree(decoder.next().unwrap().unwrap()), Value::Simple(expected.to_vec()));
    }
    assert!(decoder.next().unwrap().is_none());
    assert!(!decoder.is_mid_frame());
}

#[test]
fn a_frame_of_very_many_tiny_chunks_keeps_few_of_them() {
    let mut decoder = Decoder::new(limits());
    decoder.feed(Bytes::from_static(b"*10000\r\n"));
    for i in 0..10_000 {
        assert!(decoder.next().unwrap().is_none());
        decoder.feed(Bytes::from(format!("$4\r\n{i:04}\r\n")));
    }
    let frame = decoder.next().unwrap().unwrap();
    assert!(frame.buffers.len() < 5_000, "{} chunks are held", frame.buffers.len());
    let expected = (0..10_000).map(|i| bulk(format!("{i:04}"))).collect();
    assert_eq!(frame_tree(frame), Value::Array(expected));
}

/// As [`slotpipe_core::wire::decode::Frame::buffers`] promises.
#[test]
fn a_frame_within_one_chunk_has_no_more_buffers_whatever_came_before_it() {
    for (cut, rest) in [("$3\r\na", "bc\r\n+OK\r\n"), ("*2\r\n$1\r\na\r\n", "$1\r\nb\r\n+OK\r\n")] {
        let mut decoder = Decoder::new(limits());
        decoder.feed(Bytes::from_static(cut.as_bytes()));
        assert!(decoder.next().unwrap().is_none(), "{cut:?}");
        decoder.feed(Bytes::from_static(rest.as_bytes()));
        assert!(decoder.next().unwrap().is_some(), "{cut:?}");
        let frame = decoder.next().unwrap().expect("the frame behind the cut one");
        assert_eq!(frame.buffers, [&b""[..], rest.as_bytes()], "{cut:?}");
    }
}

#[test]
fn a_frame_keeps_four_thousand_of_its_chunks_and_copies_what_lies_in_the_others() {
    const LEAVES: usize = 4_200;
    let mut decoder = Decoder::new(limits());
    decoder.feed(Bytes::from(format!("*{LEAVES}\r\n")));
    for at in 0..LEAVES {
        assert!(decoder.next().unwrap().is_none(), "{at}");
        decoder.feed(Bytes::from_static(b"$1\r\nx\r\n"));
    }
    let frame = decoder.next().unwrap().expect("the whole frame");
    // Before them the copies, behind them the chunk that ends the frame.
    assert_eq!((frame.buffers[0].len(), frame.buffers.len()), (LEAVES - 4_096, 1 + 4_096 + 1));
    assert_eq!(frame_tree(frame), Value::Array(vec![bulk("x"); LEAVES]));
}

/// What [`Decoder::next_string`] reads behind a first frame, at the offsets of the whole chunk.
fn ahead(limits: Limits, strings: &[u8]) -> Vec<(u32, u32, u32)> {
    let mut decoder = Decoder::new(limits);
    decoder.feed(Bytes::from([b"_\r\n", strings].concat()));
    assert_eq!(decoder.next_string(), None, "no chunk is open yet");
    assert!(decoder.next().unwrap().is_some());
    let string = |SmallString { tag, offset, length }| (tag, offset, length);
    std::iter::from_fn(|| decoder.next_string().map(string)).collect()
}

#[test]
fn strings_that_lie_whole_in_their_chunk_are_read_without_words() {
    let (bulk, simple) = (tag::BULK, tag::SIMPLE);
    assert_eq!(ahead(limits(), b"$5\r\nhello\r\n$0\r\n\r\n"), [(bulk, 7, 5), (bulk, 18, 0)]);
    assert_eq!(ahead(limits(), b"$12\r\nhello, world\r\n"), [(bulk, 8, 12)]);
    assert_eq!(ahead(limits(), b"+OK\r\n+\r\n+abc\r\n"), [(simple, 4, 2), (simple, 9, 0), (simple, 12, 3)]);
    for other in ["+long\r\n", "+O", ":1\r\n", "-no\r\n", "$-1\r\n", "$5\r\nhell", "$5\r\nhello\r", "*1\r\n$1\r\na\r\n"]
    {
        assert_eq!(ahead(limits(), format!("$1\r\na\r\n{other}").as_bytes()), [(bulk, 7, 1)], "{other:?}");
    }
    let frame = |frame| Limits { frame, ..limits() };
    assert_eq!(ahead(frame(11), b"$5\r\nhello\r\n$6\r\nhello!\r\n"), [(bulk, 7, 5)], "as long as a frame may be");
    let string = |bulk| Limits { bulk, ..limits() };
    assert_eq!(ahead(string(5), b"$5\r\nhello\r\n$6\r\nhello!\r\n"), [(bulk, 7, 5)], "as long as a string may be");
}

#[test]
fn behind_a_frame_over_several_chunks_the_next_one_lets_it_go_first() {
    let mut decoder = Decoder::new(limits());
    decoder.feed(Bytes::from_static(b"$5\r\nhel"));
    assert!(decoder.next().unwrap().is_none());
    decoder.feed(Bytes::from_static(b"lo\r\n$1\r\na\r\n$1\r\nb\r\n"));
    assert_eq!(frame_tree(decoder.next().unwrap().unwrap()), bulk("hello"));
    assert_eq!(decoder.next_string(), None);
    assert_eq!(frame_tree(decoder.next().unwrap().unwrap()), bulk("a"));
    assert_eq!(decoder.next_string().map(|string| (string.offset, string.length)), Some((15, 1)));
}
