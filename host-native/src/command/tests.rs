//! The bytes that arguments become.

use super::*;

/// The arguments that something writes, by commas.
fn written(args: impl ToArg) -> String {
    let mut batch = Vec::new();
    let mut command = CommandWriter::new(&mut batch);
    command.arg(args);
    command.finish().expect("arguments that can be");
    read(&batch).join(",")
}

/// The arguments of one command, each checked against its length.
fn read(command: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(command).expect("ASCII in these tests");
    let mut lines = text.split("\r\n");
    let count = lines.next().and_then(|line| line.strip_prefix('*')).expect("a header");
    let mut args = Vec::new();
    while let (Some(length), Some(arg)) = (lines.next(), lines.next()) {
        assert_eq!(length, format!("${}", arg.len()));
        args.push(arg.to_owned());
    }
    assert_eq!(count, args.len().to_string());
    args
}

#[test]
fn texts_and_bytes_are_one_argument_each() {
    assert_eq!(written(("a", String::from("b"), b"c", b"d".as_slice(), vec![b'e'], Bytes::from("f"))), "a,b,c,d,e,f");
}

#[test]
fn integers_are_decimal_and_slices_of_u8_are_bytes() {
    assert_eq!(written((u64::MAX, i64::MIN, 7_u8)), "18446744073709551615,-9223372036854775808,7");
    assert_eq!(written([55_u8]), "7");
}

#[test]
fn floats_are_written_as_the_server_reads_them() {
    assert_eq!(written((1.5, -0.25_f32, 3.0, 0.1_f32)), "1.5,-0.25,3,0.1");
    assert_eq!(written((f64::INFINITY, f64::NEG_INFINITY)), "inf,-inf");
    assert_eq!(written((f64::MAX, f64::MIN_POSITIVE)), "1.7976931348623157e308,2.2250738585072014e-308");
    assert_eq!(
        written((99_999_999_999_999_990.0, -0.000_012_345_678_901_234_567)),
        "99999999999999980,-0.000012345678901234568"
    );
}

#[test]
fn collections_are_as_many_arguments_as_they_hold() {
    assert_eq!(written((vec!["a", "b"], ["c"], &["d"][..], Some("e"), None::<&str>, ())), "a,b,c,d,e");
    assert_eq!(written((BTreeMap::from([("k", 1), ("l", 2)]), BTreeSet::from(["s", "t"]))), "k,1,l,2,s,t");
    assert_eq!(written((Box::new("a"), Arc::new("b"), Cow::Borrowed("c"))), "a,b,c");
}

#[test]
fn ten_arguments_and_more_have_a_longer_header() {
    for count in [0, 1, 9, 10, 99, 100, 1000] {
        let mut batch = b"before".to_vec();
        let mut command = CommandWriter::new(&mut batch);
        command.arg(vec!["x"; count]);
        assert_eq!(command.finish(), Ok(count));
        assert_eq!(read(batch.strip_prefix(b"before").unwrap()).len(), count);
    }
}

#[test]
fn a_count_of_any_length_precedes_its_keys() {
    for count in [0, 3, 9, 10, 123] {
        let mut batch = Vec::new();
        let mut command = CommandWriter::new(&mut batch);
        command.counted(1, vec!["k"; count]).counted(2, vec![("k", "v"); count]).arg("end");
        command.finish().unwrap();
        let args = read(&batch);
        assert_eq!(args[0], count.to_string());
        assert_eq!(args[count + 1], count.to_string());
        assert_eq!(args.len(), 1 + count + 1 + count * 2 + 1);
    }
}

#[test]
fn nan_takes_the_command_back() {
    let mut batch = b"before".to_vec();
    let mut command = CommandWriter::new(&mut batch);
    command.arg("ZADD").arg("key").arg(f64::NAN).arg("member").arg(f32::NAN);
    let bad = command.finish().unwrap_err();
    assert_eq!(bad, BadArgument { position: 2, reason: Reason::NotANumber });
    assert_eq!(bad.to_string(), "argument 2 is NaN, which no command takes: pass a number");
    assert_eq!(batch, b"before");
}

#[test]
fn nan_among_kept_arguments_is_told_at_its_place_in_the_command() {
    let mut batch = Vec::new();
    let mut command = CommandWriter::new(&mut batch);
    command.arg("VSIM").arg(Args::of(("EPSILON", f64::NAN)));
    assert_eq!(command.finish().unwrap_err().position, 2);
}

#[test]
fn an_incomplete_group_takes_the_command_back() {
    let mut batch = Vec::new();
    let mut command = CommandWriter::new(&mut batch);
    command.arg("MSETEX").counted(2, ["a", "1", "b"]);
    assert_eq!(command.finish(), Err(BadArgument { position: 2, reason: Reason::Uneven }));
    assert!(batch.is_empty());
}

#[test]
fn kept_arguments_are_written_as_they_were_given() {
    let mut args = Args::of(("GET", "a"));
    args.push(("GET", 1));
    assert_eq!((args.len(), args.is_empty()), (4, false));
    assert_eq!(written(("SORT", args)), "SORT,GET,a,GET,1");
}

#[test]
fn scores_stand_before_members_in_pairs_and_maps() {
    let scored = |members: &dyn ScoredMembers| {
        let mut batch = Vec::new();
        let mut command = CommandWriter::new(&mut batch);
        members.write_scored(&mut command);
        command.finish().unwrap();
        read(&batch).join(",")
    };
    assert_eq!(scored(&[(1.5, "a"), (2.0, "b")]), "1.5,a,2,b");
    assert_eq!(scored(&vec![(1, "a")]), "1,a");
    assert_eq!(scored(&(1, "a")), "1,a");
    assert_eq!(scored(&BTreeMap::from([("a", 1.5), ("b", 2.0)])), "1.5,a,2,b");
}

#[test]
fn streams_are_keys_first_and_positions_behind() {
    let streams = |streams: &dyn Streams| {
        let mut batch = Vec::new();
        let mut command = CommandWriter::new(&mut batch);
        streams.write_streams(&mut command);
        command.finish().unwrap();
        read(&batch).join(",")
    };
    assert_eq!(streams(&[("a", "0"), ("b", "$")]), "a,b,0,$");
    assert_eq!(streams(&BTreeMap::from([("a", "0"), ("b", "$")])), "a,b,0,$");
}

#[test]
fn the_types_of_one_place_accept_what_belongs_there() {
    fn one(_: impl OneArg) {}
    fn integer(arg: impl IntegerArg) -> i128 {
        arg.integer()
    }
    fn number(arg: impl NumberArg) -> Number {
        arg.number()
    }
    fn pairs(_: impl Groups<2>) {}
    one("a");
    one(b"a");
    one(String::new());
    assert_eq!(integer(7_u64), 7);
    assert_eq!((number(7), number(0.5)), (Number::Integer(7), Number::Float(0.5)));
    pairs([("a", 1)]);
    pairs(vec![("a", b"x".to_vec())]);
    pairs(HashMap::from([("a", 1)]));
    pairs(("a", 1));
}
