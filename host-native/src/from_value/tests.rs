//! Values as servers send them, read as what a caller may ask for. Replies go through the core's own decoder.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bytes::Bytes;
use slotpipe_core::{config, wire::decode::Decoder};

use super::FromValue;
use crate::{
    reply::{Mismatch, Reply},
    value::Value,
};

/// Reads one RESP value as `T`; all of it must be taken.
fn read<T: FromValue>(resp: &str) -> Result<T, Mismatch> {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    decoder.feed(Bytes::copy_from_slice(resp.as_bytes()));
    let frame = decoder.next().expect("RESP").expect("a whole value");
    let mut reply = Reply::new(frame.words, frame.buffers);
    let value = reply.read()?;
    assert!(reply.is_at_end(), "{resp:?} was not read to its end");
    Ok(value)
}

fn refusal<T: FromValue + std::fmt::Debug>(resp: &str) -> String {
    read::<T>(resp).expect_err(resp).to_string()
}

#[test]
fn strings_are_bytes_text_or_numbers() {
    assert_eq!(read::<Bytes>("$3\r\nabc\r\n").unwrap(), "abc");
    assert_eq!(read::<Vec<u8>>("$3\r\nabc\r\n").unwrap(), b"abc");
    assert_eq!(read::<[u8; 3]>("$3\r\nabc\r\n").unwrap(), *b"abc");
    assert_eq!(read::<String>("+OK\r\n").unwrap(), "OK");
    assert_eq!(read::<String>("=7\r\ntxt:abc\r\n").unwrap(), "abc");
    assert_eq!(read::<i64>("$3\r\n-42\r\n").unwrap(), -42);
    assert_eq!(read::<f64>("$4\r\n-inf\r\n").unwrap(), f64::NEG_INFINITY);
    assert_eq!(read::<u128>("(18446744073709551616\r\n").unwrap(), 1 << 64);
}

#[test]
fn integers_must_fit() {
    assert_eq!(read::<u8>(":255\r\n").unwrap(), 255);
    assert_eq!(refusal::<u8>(":256\r\n"), "expected an integer that fits u8, found a larger one");
    assert_eq!(refusal::<u32>(":-1\r\n"), "expected an integer that fits u32, found a larger or negative one");
    assert_eq!(refusal::<i64>("$2\r\nxy\r\n"), "expected an integer that fits i64, found a bulk string of 2 bytes");
}

#[test]
fn doubles_come_from_doubles_integers_and_text() {
    assert_eq!(read::<f64>(",1.5\r\n").unwrap(), 1.5);
    assert_eq!(read::<f64>(":3\r\n").unwrap(), 3.0);
    assert_eq!(refusal::<i64>(",1.5\r\n"), "expected an integer that fits i64, found a double");
}

#[test]
fn text_that_is_not_utf8_says_so_and_what_to_do() {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    decoder.feed(Bytes::from_static(b"$3\r\na\xff\xff\r\n"));
    let frame = decoder.next().unwrap().unwrap();
    let error = Reply::new(frame.words, frame.buffers).read::<String>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected UTF-8 text (read bytes as Bytes or Vec<u8>), found a string of 3 bytes that is not UTF-8 from byte 1 on"
    );
}

#[test]
fn null_is_none_and_nothing_else() {
    assert_eq!(read::<Option<String>>("_\r\n").unwrap(), None);
    assert_eq!(read::<Option<i64>>("$-1\r\n").unwrap(), None);
    assert_eq!(read::<Vec<Option<i64>>>("*2\r\n:1\r\n_\r\n").unwrap(), [Some(1), None]);
    assert_eq!(refusal::<String>("_\r\n"), "expected a string, found null");
    assert_eq!(refusal::<Vec<i64>>("_\r\n"), "expected an array, found null");
}

#[test]
fn booleans_are_also_zero_one_ok_and_null() {
    let truths = ["#t\r\n", ":1\r\n", "+OK\r\n"].map(|resp| read::<bool>(resp).unwrap());
    let lies = ["#f\r\n", ":0\r\n", "_\r\n"].map(|resp| read::<bool>(resp).unwrap());
    assert_eq!((truths, lies), ([true; 3], [false; 3]));
    assert_eq!(refusal::<bool>(":2\r\n"), "expected a boolean, 0 or 1, OK or null, found an integer");
}

#[test]
fn maps_come_from_maps_pairs_and_flat_arrays() {
    let expected = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let forms = [
        "%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n",
        "*2\r\n*2\r\n+a\r\n:1\r\n*2\r\n+b\r\n:2\r\n",
        "*4\r\n+a\r\n:1\r\n+b\r\n:2\r\n",
    ];
    for form in forms {
        assert_eq!(read::<BTreeMap<String, i64>>(form).unwrap(), expected, "{form:?}");
    }
    assert_eq!(read::<HashMap<String, i64>>("*0\r\n").unwrap(), HashMap::new());
    assert_eq!(refusal::<BTreeMap<String, i64>>("*3\r\n+a\r\n:1\r\n+b\r\n"), "expected a map, found an array of 3");
}

#[test]
fn a_map_is_also_a_list_of_pairs_in_the_servers_order() {
    let pairs: Vec<(String, i64)> = read("%2\r\n+z\r\n:1\r\n+a\r\n:2\r\n").unwrap();
    assert_eq!(pairs, [("z".to_owned(), 1), ("a".to_owned(), 2)]);
    assert!(refusal::<Vec<i64>>("%1\r\n+z\r\n:1\r\n").contains("read a map as pairs or as a map"));
}

#[test]
fn sets_come_from_sets_and_arrays() {
    let expected = BTreeSet::from([1, 2]);
    assert_eq!(read::<BTreeSet<i64>>("~2\r\n:2\r\n:1\r\n").unwrap(), expected);
    assert_eq!(read::<BTreeSet<i64>>("*2\r\n:2\r\n:1\r\n").unwrap(), expected);
}

#[test]
fn a_tuple_takes_an_array_of_exactly_its_size() {
    let resp = "*3\r\n:1\r\n+a\r\n_\r\n";
    assert_eq!(read::<(i64, String, Option<()>)>(resp).unwrap(), (1, "a".to_owned(), None));
    assert_eq!(refusal::<(i64, String)>(resp), "expected an array of 2, found an array of 3");
    assert_eq!(refusal::<[i64; 2]>("*3\r\n:1\r\n:2\r\n:3\r\n"), "expected an array of 2, found an array of 3");
}

#[test]
fn a_mismatch_says_where_in_the_value() {
    let resp = "*2\r\n%1\r\n+a\r\n*1\r\n:1\r\n%1\r\n+b\r\n*2\r\n:1\r\n+x\r\n";
    assert_eq!(
        refusal::<Vec<BTreeMap<String, Vec<i64>>>>(resp),
        "expected an integer that fits i64, found a simple string of 1 bytes at [1]{value 0}[1]"
    );
}

#[test]
fn unit_takes_anything_and_all_of_it() {
    for resp in ["+OK\r\n", "_\r\n", "*2\r\n:1\r\n*1\r\n+x\r\n", "%1\r\n+a\r\n%1\r\n+b\r\n:1\r\n"] {
        read::<()>(resp).unwrap();
    }
}

#[test]
fn an_error_inside_a_value_is_a_value_and_no_type() {
    let resp = "*2\r\n:1\r\n-WRONGTYPE no list\r\n";
    let value: Value = read(resp).unwrap();
    assert_eq!(value, Value::Array(vec![Value::Int(1), Value::ServerError("WRONGTYPE no list".into())]));
    assert_eq!(
        refusal::<Vec<i64>>(resp),
        "expected an integer that fits i64, found the error WRONGTYPE no list at [1]"
    );
}

#[test]
fn any_value_is_kept_as_it_came() {
    let resp = "%2\r\n+k\r\n~2\r\n#t\r\n,2.5\r\n$1\r\nb\r\n*2\r\n(123\r\n_\r\n";
    let value: Value = read(resp).unwrap();
    assert_eq!(format!("{value:?}"), r#"{k: {true, 2.5}, b"b": [123, null]}"#);
    assert_eq!(value.get("b").and_then(Value::as_slice).map(<[Value]>::len), Some(2));
}

#[test]
fn attributes_are_passed_over() {
    assert_eq!(read::<i64>("|1\r\n+ttl\r\n:9\r\n:5\r\n").unwrap(), 5);
}

#[test]
fn bytes_are_slices_of_the_buffer_that_came() {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    let chunk = Bytes::from_static(b"$5\r\nhello\r\n");
    decoder.feed(chunk.clone());
    let frame = decoder.next().unwrap().unwrap();
    let value: Bytes = Reply::new(frame.words, frame.buffers).read().unwrap();
    assert_eq!(value.as_ptr(), chunk[4..].as_ptr());
}

#[test]
fn a_tape_that_is_none_is_a_mismatch_and_no_panic() {
    use slotpipe_core::wire::tape::tag;
    let tapes: [&[u32]; 6] = [
        &[],
        &[99],
        &[tag::INT, 1],
        &[tag::ARRAY, u32::MAX],
        &[tag::BULK, 7, u32::MAX, u32::MAX],
        &[tag::ATTRIBUTE, u32::MAX, tag::NULL],
    ];
    for tape in tapes {
        let mut reply = Reply::new(tape, &[]);
        // Bytes of nowhere are no bytes; everything else is refused.
        assert!(reply.read::<Value>().is_err() || tape[0] == tag::BULK, "{tape:?}");
    }
}
