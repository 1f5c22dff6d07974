use slotpipe_core::route::slot::{SLOTS, Slot, hash_tag};

fn same_slot(a: &str, b: &str) -> bool {
    Slot::of(a.as_bytes()) == Slot::of(b.as_bytes())
}

#[test]
fn the_specification_s_own_vector_holds() {
    // Redis Cluster specification: CRC16 of "123456789" is 0x31C3.
    assert_eq!(Slot::of(b"123456789").number(), 0x31c3);
}

#[test]
fn slots_are_those_that_servers_give() {
    let vectors: [(&[u8], u16); 10] = [
        (b"", 0),
        (b"a", 15495),
        (b"b", 3300),
        (b"foo", 12182),
        (b"bar", 5061),
        (b"hello", 866),
        (b"somekey", 11058),
        (b"{user1000}.following", 3443),
        (b"\x00\xff\x00\xff", 4499),
        (b"foo{hash_tag}", 2515),
    ];
    for (key, slot) in vectors {
        assert_eq!(Slot::of(key).number(), slot, "{key:?}");
    }
}

#[test]
fn keys_of_one_hash_tag_share_a_slot() {
    assert!(same_slot("{user1000}.following", "{user1000}.followers"));
    assert!(same_slot("foo{hash_tag}", "bar{hash_tag}"));
    assert!(!same_slot("foo{hash_tag}", "bar{other}"));
}

#[test]
fn the_hash_tag_is_between_the_first_brace_and_the_first_one_that_closes_it() {
    let cases: [(&[u8], &[u8]); 11] = [
        (b"plain", b"plain"),
        (b"{a}b", b"a"),
        (b"x{a}y{b}", b"a"),
        (b"foo{}{bar}", b"foo{}{bar}"),
        (b"foo{{bar}}zap", b"{bar"),
        (b"{}", b"{}"),
        (b"{", b"{"),
        (b"}{", b"}{"),
        (b"}{a}", b"a"),
        (b"{a", b"{a"),
        (b"\xff{\x00\xfe}\xff", b"\x00\xfe"),
    ];
    for (key, tag) in cases {
        assert_eq!(hash_tag(key), tag, "{key:?}");
    }
}

#[test]
fn there_is_no_slot_16384() {
    assert_eq!(Slot::new(SLOTS), None);
    assert_eq!(Slot::new(SLOTS - 1).map(Slot::number), Some(16_383));
}
