//! Replies that the server of the live tests does not give: other versions', modules', and such as are not there.

use slotpipe_core::{config, wire::decode::Decoder};

use super::*;

/// Reads one RESP value as `T`; all of it must be taken. Spaces stand for line ends.
fn read<T: FromValue>(resp: &str) -> Result<T, Mismatch> {
    let mut decoder = Decoder::new(config::Limits::default().decode);
    decoder.feed(Bytes::from(resp.replace(' ', "\r\n") + "\r\n"));
    let frame = decoder.next().expect("RESP").expect("a whole value");
    let mut reply = Reply::new(frame.words, frame.buffers);
    let value = reply.read()?;
    assert!(reply.is_at_end(), "{resp:?} was not read to its end");
    Ok(value)
}

#[test]
fn nothing_is_null_or_an_empty_array() {
    assert_eq!(read::<Perhaps<(String, f64)>>("*0").unwrap(), Perhaps(None));
    assert_eq!(read::<Perhaps<(String, f64)>>("_").unwrap(), Perhaps(None));
    assert_eq!(read::<Perhaps<(String, f64)>>("*2 $1 a ,1.5").unwrap(), Perhaps(Some(("a".into(), 1.5))));
    assert_eq!(read::<Perhaps<(String, f64)>>("*1 *2 $1 a ,1.5").unwrap(), Perhaps(Some(("a".into(), 1.5))));
}

#[test]
fn a_path_has_one_result_or_many() {
    assert_eq!(read::<OneOrMany<Option<i64>>>(":3").unwrap(), OneOrMany::One(Some(3)));
    assert_eq!(read::<OneOrMany<Option<i64>>>("*2 :3 _").unwrap(), OneOrMany::Many(vec![Some(3), None]));
}

#[test]
fn pairs_may_stand_flat() {
    assert_eq!(read::<Flat<(Bytes, i64)>>("*4 $1 a :1 $1 b :2").unwrap(), Flat(vec![("a".into(), 1), ("b".into(), 2)]));
    assert!(read::<Flat<(Bytes, i64)>>("*3 $1 a :1 $1 b").is_err());
}

#[test]
fn a_page_of_a_scan_is_read_flat() {
    let page = read::<ScanPage<(Bytes, f64)>>("*2 $2 17 *2 $1 a $3 1.5").unwrap();
    assert_eq!((page.cursor, page.items), (17, vec![("a".into(), 1.5)]));
    let error = read::<ScanPage<(Bytes, f64)>>("*2 $2 17 *2 $1 a $1 x").unwrap_err();
    assert_eq!(error.to_string(), "expected a number, found a bulk string of 1 bytes at [1][0]");
}

#[test]
fn samples_have_one_value_or_several() {
    assert_eq!(read::<Sample>("*2 :5 +1.5").unwrap(), Sample { timestamp: 5, values: vec![1.5] });
    assert_eq!(read::<Sample>("*3 :5 ,1 ,2").unwrap(), Sample { timestamp: 5, values: vec![1.0, 2.0] });
    assert_eq!(read::<Sample>("*2 :5 *2 ,1 ,2").unwrap(), Sample { timestamp: 5, values: vec![1.0, 2.0] });
}

#[test]
fn a_deleted_entry_has_no_fields() {
    let entry = read::<StreamEntry>("*2 $3 1-1 _").unwrap();
    assert_eq!((entry.id.as_str(), entry.fields.len()), ("1-1", 0));
}

#[test]
fn an_entry_may_have_more_places_on_newer_servers() {
    let entry = read::<StreamEntry>("*4 $3 1-1 *2 $1 f $1 v :1000 :2").unwrap();
    assert_eq!(entry.get("f").map(|value| &value[..]), Some(&b"v"[..]));
}

#[test]
fn what_was_deleted_is_told_since_7_0_only() {
    let claimed = read::<Autoclaimed<StreamEntry>>("*2 $3 0-0 *1 *2 $3 1-1 *2 $1 f $1 v").unwrap();
    assert_eq!((claimed.claimed.len(), claimed.deleted.len()), (1, 0));
}

#[test]
fn nodes_of_slots_had_no_metadata_before_7_0() {
    let old = read::<SlotOwners>("*3 :0 :99 *3 $9 127.0.0.1 :7000 $2 id").unwrap();
    assert_eq!(
        (old.first, old.last, old.nodes[0].host.as_deref(), old.nodes[0].port),
        (0, 99, Some("127.0.0.1"), 7000)
    );
    let new = read::<SlotOwners>("*3 :0 :99 *4 _ :7000 $2 id *2 $2 ip $1 x").unwrap();
    assert_eq!((new.nodes[0].host.as_deref(), new.nodes[0].metadata["ip"].as_str()), (None, "x"));
}

#[test]
fn a_role_is_told_by_its_first_text() {
    let replica = read::<Role>("*5 $5 slave $9 127.0.0.1 :7000 $9 connected :42").unwrap();
    assert!(matches!(replica, Role::Replica { port: 7000, offset: 42, .. }));
    let primary = read::<Role>("*3 $6 master :42 *1 *3 $9 127.0.0.1 $4 7001 $2 40").unwrap();
    assert_eq!(primary, Role::Primary { offset: 42, replicas: vec![("127.0.0.1".into(), 7001, 40)] });
    assert!(read::<Role>("*2 $6 master :42").is_err());
}

#[test]
fn a_member_that_was_found_comes_alone_or_with_details() {
    assert_eq!(read::<GeoMatch>("$1 m").unwrap().distance, None);
    let found = read::<GeoMatch>("*4 $1 m $4 1.25 :7 *2 ,13.5 ,52.5").unwrap();
    assert_eq!((found.distance, found.hash, found.position), (Some(1.25), Some(7), Some((13.5, 52.5))));
}

#[test]
fn structs_pass_over_what_they_do_not_know_and_miss_what_they_need() {
    let stats = read::<SlotStats>("%2 $5 added *1 :1 $9 key-count :3").unwrap();
    assert_eq!((stats.key_count, stats.cpu_usec), (3, None));
    assert_eq!(read::<SlotStats>("*2 $9 key-count :3").unwrap().key_count, 3);
    let error = read::<SlotStats>("%1 $8 cpu-usec :3").unwrap_err();
    assert_eq!(error.to_string(), "expected a map with `key-count`, found one without");
    let error = read::<SlotStats>("%1 $9 key-count $1 x").unwrap_err();
    assert!(error.to_string().ends_with("at {value 0}"), "{error}");
}
