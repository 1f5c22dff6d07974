//! What the decoder refuses, that it refuses it in time, and that its work is linear.

mod wire_support;

use std::time::{Duration, Instant};

use bytes::Bytes;
use slotpipe_core::wire::decode::{DecodeError, Decoder, Limits};
use wire_support::*;

fn fails(input: &[u8], limits: Limits, error: DecodeError) {
    assert_eq!(decode_every_way(input, limits).1, End::Failed(error), "{}", input.escape_ascii());
}

fn passes(input: &[u8], limits: Limits) {
    let (values, end) = decode_every_way(input, limits);
    assert_eq!((values.len(), end), (1, End::Between), "{}", input.escape_ascii());
}

#[test]
fn unknown_first_bytes_are_refused() {
    for byte in 0..=u8::MAX {
        if !b"+-:$*_#,(!=%~>|.;".contains(&byte) {
            fails(&[byte], limits(), DecodeError::UnknownType(byte));
        }
    }
}

#[test]
fn numbers_are_strict() {
    let texts =
        ["", "-", "+", "--1", "+-1", " 1", "1 ", "1a", "0x1", "1.0", "9223372036854775808", "-9223372036854775809"];
    for text in texts {
        for kind in [":", "$", "*", "%", "~", ">", "|", "!", "="] {
            fails(format!("{kind}{text}\r\n").as_bytes(), limits(), DecodeError::BadNumber);
        }
    }
    fails(b"$+5\r\nhello\r\n", limits(), DecodeError::BadNumber);
    fails(b"*+1\r\n:1\r\n", limits(), DecodeError::BadNumber);
    for text in ["", "-", "+", "1-2", "1.5", "abc", " 1", "?"] {
        fails(format!("({text}\r\n").as_bytes(), limits(), DecodeError::BadNumber);
    }
    for text in ["", "-", ".", "1.5.5", "abc", " 1", "1e", "0x1p3", "1,5"] {
        fails(format!(",{text}\r\n").as_bytes(), limits(), DecodeError::BadNumber);
    }
}

#[test]
fn negative_lengths_are_null_only_where_resp2_has_a_null() {
    for header in ["$-2", "*-2", "%-1", "~-1", ">-1", "|-1", "!-1", "=-1", "$-9223372036854775808"] {
        fails(format!("{header}\r\n").as_bytes(), limits(), DecodeError::BadLength);
    }
}

#[test]
fn crlf_must_be_crlf() {
    for input in ["+OK\rx", ":1\rx", "$3\r\nabcd\r\n", "$3\r\nabc\rx", "$3\rx", "_x\r\n", "=4\r\ntxt:\n\r", "*1\r\r"] {
        fails(input.as_bytes(), limits(), DecodeError::NoCrlf);
    }
}

#[test]
fn booleans_are_t_or_f() {
    for input in ["#\r\n", "#1\r\n", "#true\r\n", "#T\r\n"] {
        fails(input.as_bytes(), limits(), DecodeError::BadBool);
    }
}

#[test]
fn verbatim_strings_name_their_format() {
    for input in ["=0\r\n\r\n", "=3\r\ntxt\r\n", "=4\r\ntxt \r\n", "=8\r\ntext:abc\r\n"] {
        fails(input.as_bytes(), limits(), DecodeError::BadVerbatim);
    }
}

#[test]
fn streamed_types_are_refused() {
    for input in ["$?\r\n", "*?\r\n", "%?\r\n", "~?\r\n", ">?\r\n", "|?\r\n", ".\r\n", ";4\r\nabcd\r\n"] {
        fails(input.as_bytes(), limits(), DecodeError::Streamed);
    }
}

#[test]
fn pushes_inside_values_or_behind_attributes_are_misplaced() {
    for input in ["*1\r\n>0\r\n", "%1\r\n+k\r\n>1\r\n:1\r\n", "|1\r\n+k\r\n+v\r\n>1\r\n+m\r\n"] {
        fails(input.as_bytes(), limits(), DecodeError::Misplaced);
    }
}

#[test]
fn nesting_ends_at_the_limit() {
    for (header, inner) in
        [("*1\r\n", ":1\r\n"), ("~1\r\n", "*0\r\n"), ("|0\r\n", "$1\r\nx\r\n"), ("%1\r\n:1\r\n", "_\r\n")]
    {
        let nested = |depth| format!("{}{inner}", header.repeat(depth));
        let most = if inner == "*0\r\n" { 127 } else { 128 };
        passes(nested(most).as_bytes(), limits());
        fails(nested(most + 1).as_bytes(), limits(), DecodeError::TooDeep);
    }
    fails("*1\r\n".repeat(1_000_000).as_bytes(), limits(), DecodeError::TooDeep);
}

#[test]
fn lines_end_at_the_limit() {
    let limits = Limits { line: 50, ..limits() };
    for kind in ["+", "-", "("] {
        let line = |length| format!("{kind}{}\r\n", "1".repeat(length));
        passes(line(50).as_bytes(), limits);
        fails(line(51).as_bytes(), limits, DecodeError::LineTooLong);
        fails(&line(51).as_bytes()[..52], limits, DecodeError::LineTooLong);
    }
    fails(&[b'$'; 60], limits, DecodeError::LineTooLong);
}

#[test]
fn a_line_at_the_limit_may_be_cut_before_any_byte_of_its_end() {
    let limits = Limits { line: 50, ..limits() };
    for (text, error) in [(50, None), (51, Some(DecodeError::LineTooLong))] {
        let line = format!("+{}\r\n", "1".repeat(text));
        for cut in 1..line.len() {
            let mut decoder = Decoder::new(limits);
            let pieces = [&line[..cut], &line[cut..]];
            let fed = pieces.map(|piece| {
                decoder.feed(Bytes::copy_from_slice(piece.as_bytes()));
                decoder.next().map(|frame| frame.is_some())
            });
            assert_eq!(fed[1], error.map_or(Ok(true), Err), "{text} bytes, cut at {cut}");
        }
    }
}

#[test]
fn the_limit_that_is_passed_first_is_named() {
    let line = format!("+{}\r\n", "x".repeat(70));
    fails(line.as_bytes(), Limits { line: 50, frame: 40, ..limits() }, DecodeError::FrameTooLong);
    fails(line.as_bytes(), Limits { line: 40, frame: 50, ..limits() }, DecodeError::LineTooLong);
}

#[test]
fn bulks_end_at_the_limit() {
    let limits = Limits { bulk: 10, ..limits() };
    passes(b"$10\r\n0123456789\r\n", limits);
    for header in ["$11\r\n", "!11\r\n", "=11\r\n", "$4294967299\r\n", "$9223372036854775807\r\n"] {
        fails(header.as_bytes(), limits, DecodeError::BulkTooLong);
    }
}

#[test]
fn frames_end_at_the_limit_of_their_bytes() {
    let limits = Limits { frame: 100, ..limits() };
    passes(format!("+{}\r\n", "x".repeat(97)).as_bytes(), limits);
    fails(format!("+{}", "x".repeat(100)).as_bytes(), limits, DecodeError::FrameTooLong);
    passes(format!("$93\r\n{}\r\n", "x".repeat(93)).as_bytes(), limits);
    fails(b"$94\r\n", limits, DecodeError::FrameTooLong);
    fails(b"*2\r\n$40\r\n0123456789012345678901234567890123456789\r\n$45\r\n", limits, DecodeError::FrameTooLong);
}

#[test]
fn the_limit_of_a_frame_counts_anew_for_each() {
    let limits = Limits { frame: 40, ..limits() };
    let (values, end) = decode_every_way("$20\r\n01234567890123456789\r\n".repeat(100).as_bytes(), limits);
    assert_eq!((values.len(), end), (100, End::Between));
}

#[test]
fn frames_end_at_the_limit_of_their_words() {
    let limits = Limits { frame: 4000, ..limits() };
    passes(format!("*998\r\n{}", "_\r\n".repeat(998)).as_bytes(), limits);
    fails(format!("*999\r\n{}", "_\r\n".repeat(999)).as_bytes(), limits, DecodeError::FrameTooLong);
    passes(format!("*249\r\n{}", "+\r\n".repeat(249)).as_bytes(), limits);
    fails(format!("*250\r\n{}", "+\r\n".repeat(250)).as_bytes(), limits, DecodeError::FrameTooLong);
}

#[test]
fn counts_that_cannot_fit_into_a_frame_are_refused_at_the_header() {
    for kind in ["*", "~", "%", ">", "|"] {
        for count in ["200000000", "2147483648", "4294967295", "4294967296", "4294967299", "9223372036854775807"] {
            fails(format!("{kind}{count}\r\n").as_bytes(), limits(), DecodeError::FrameTooLong);
        }
    }
    let widest = Limits { depth: 128, line: u32::MAX, bulk: u32::MAX, frame: u32::MAX };
    assert_eq!(decode_every_way(b"*1431655760\r\n", widest).1, End::MidFrame);
    fails(b"%2147483648\r\n", widest, DecodeError::FrameTooLong);
    fails(b"$4294967295\r\n", widest, DecodeError::FrameTooLong);
    fails(b"$4294967296\r\n", widest, DecodeError::BulkTooLong);
}

#[test]
fn an_error_ends_the_stream_for_good() {
    let mut decoder = Decoder::new(limits());
    decoder.feed(Bytes::from_static(b"+OK\r\n?"));
    assert!(decoder.next().unwrap().is_some());
    for _ in 0..3 {
        assert_eq!(decoder.next().unwrap_err(), DecodeError::UnknownType(b'?'));
        decoder.feed(Bytes::from_static(b"+OK\r\n"));
    }
    assert!(!decoder.is_mid_frame());
}

#[test]
fn every_error_says_something_of_its_own() {
    let all = [
        DecodeError::UnknownType(b'?'),
        DecodeError::BadNumber,
        DecodeError::BadLength,
        DecodeError::NoCrlf,
        DecodeError::BadBool,
        DecodeError::BadVerbatim,
        DecodeError::Streamed,
        DecodeError::Misplaced,
        DecodeError::TooDeep,
        DecodeError::LineTooLong,
        DecodeError::BulkTooLong,
        DecodeError::FrameTooLong,
    ];
    let texts: std::collections::BTreeSet<String> = all.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), all.len());
    assert_eq!(DecodeError::UnknownType(b'\n').to_string(), "no value begins with `\\n`");
    assert!(texts.iter().all(|text| text.len() > 10), "{texts:?}");
}

/// The shortest of several runs, so that a busy machine does not count.
fn shortest(mut run: impl FnMut()) -> Duration {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..5).map(|_| time(&mut run)).min().unwrap()
}

/// Feeds byte by byte; eight times the bytes must not take more than twenty times as long. Work that is done again for
/// every chunk would take sixty-four times as long, whenever it is measured; a machine that is busy just while the large
/// one runs is measured again.
fn is_linear(input: impl Fn(usize) -> Vec<u8>, size: usize) {
    let limits = Limits { line: u32::MAX, ..limits() };
    let time = |size: usize| {
        let input = Bytes::from(input(size));
        shortest(|| {
            let mut decoder = Decoder::new(limits);
            let mut frames = 0;
            for at in 0..input.len() {
                decoder.feed(input.slice(at..=at));
                frames += usize::from(decoder.next().unwrap().is_some());
            }
            assert_eq!(frames, 1);
        })
    };
    let mut measured = Vec::new();
    let is_so = (0..5).any(|_| {
        let (small, large) = (time(size), time(size * 8));
        measured.push((small, large));
        large < small * 20
    });
    assert!(is_so, "for {size} bytes, and for eight times as many: {measured:?}");
}

#[test]
fn a_bulk_byte_by_byte_takes_linear_time() {
    is_linear(|size| format!("${size}\r\n{}\r\n", "x".repeat(size)).into_bytes(), 100_000);
}

#[test]
fn a_line_byte_by_byte_takes_linear_time() {
    is_linear(|size| format!("+{}\r\n", "x".repeat(size)).into_bytes(), 100_000);
}

#[test]
fn an_array_byte_by_byte_takes_linear_time() {
    is_linear(|size| format!("*{size}\r\n{}", "$3\r\nabc\r\n".repeat(size)).into_bytes(), 10_000);
}
