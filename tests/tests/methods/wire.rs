//! The words that methods write: parameters, options in the server's order, groups, counts, choices.

use std::collections::BTreeMap;

use slotpipe::commands::*;

use super::Recorder;

/// What a call writes, as a person would type it.
fn words(call: impl FnOnce(&mut Recorder)) -> String {
    let mut recorder = Recorder::default();
    call(&mut recorder);
    let [call] = &recorder.calls[..] else { panic!("one call writes one command") };
    let words: Vec<_> = call.args.iter().map(|arg| String::from_utf8_lossy(arg)).collect();
    words.join(" ")
}

#[test]
fn parameters_are_written_in_order() {
    assert_eq!(words(|r| r.get("k")), "GET k");
    assert_eq!(words(|r| r.set("k", 7)), "SET k 7");
    assert_eq!(words(|r| r.cluster_countkeysinslot(9)), "CLUSTER COUNTKEYSINSLOT 9");
    assert_eq!(words(|r| r.json_set("k", "$", "{}")), "JSON.SET k $ {}");
}

#[test]
fn names_that_rust_keeps_have_an_underscore() {
    assert_eq!(words(|r| r.type_("k")), "TYPE k");
    assert_eq!(words(|r| r.scan_with(0, ScanOptions::new().type_("hash").match_("a*"))), "SCAN 0 MATCH a* TYPE hash");
}

#[test]
fn options_are_written_in_the_servers_order_whatever_the_callers() {
    let options = SetOptions::new().ex(10).nx();
    assert_eq!(words(|r| r.set_with("k", "v", options.clone())), "SET k v NX EX 10");
    assert_eq!(words(|r| r.set_get_with("k", "v", options)), "SET k v GET NX EX 10");
    assert_eq!(words(|r| r.set_with("k", "v", SetOptions::new())), "SET k v");
}

#[test]
fn of_options_that_exclude_each_other_the_last_counts() {
    assert_eq!(words(|r| r.set_with("k", "v", SetOptions::new().nx().ex(10).keepttl().xx())), "SET k v XX KEEPTTL");
    assert_eq!(words(|r| r.expire_with("k", 10, ExpireOptions::new().gt().lt())), "EXPIRE k 10 LT");
}

#[test]
fn options_before_the_last_parameter_stand_before_it() {
    let options = ZaddOptions::new().gt().ch();
    assert_eq!(words(|r| r.zadd_with("z", (1.5, "m"), options.clone())), "ZADD z GT CH 1.5 m");
    assert_eq!(words(|r| r.zadd_incr_with("z", 2, "m", options)), "ZADD z GT CH INCR 2 m");
    assert_eq!(
        words(|r| r.function_load_with("code", FunctionLoadOptions::new().replace())),
        "FUNCTION LOAD REPLACE code"
    );
}

#[test]
fn options_in_two_places_stand_in_both() {
    let options = XpendingOptions::new().consumer("c").idle(9);
    assert_eq!(words(|r| r.xpending_range_with("s", "g", "-", "+", 10, options)), "XPENDING s g IDLE 9 - + 10 c");
}

#[test]
fn an_option_of_an_option_is_written_with_it_only() {
    let options = GeosearchOptions::new().any().withdist();
    let search =
        |options| words(|r| r.geosearch_with("g", GeoOrigin::member("m"), GeoShape::radius(5, GeoUnit::Km), options));
    assert_eq!(search(options.clone()), "GEOSEARCH g FROMMEMBER m BYRADIUS 5 km WITHDIST");
    assert_eq!(search(options.count(3)), "GEOSEARCH g FROMMEMBER m BYRADIUS 5 km COUNT 3 ANY WITHDIST");
}

#[test]
fn lists_take_one_or_many() {
    assert_eq!(words(|r| r.del("a")), "DEL a");
    assert_eq!(words(|r| r.del(["a", "b"])), "DEL a b");
    assert_eq!(words(|r| r.mget(vec!["a".to_owned(), "b".to_owned()])), "MGET a b");
    assert_eq!(words(|r| r.sadd("s", [1, 2, 3])), "SADD s 1 2 3");
    assert_eq!(words(|r| r.lpush("l", b"bytes")), "LPUSH l bytes");
}

#[test]
fn pairs_come_from_tuples_and_maps() {
    assert_eq!(words(|r| r.mset([("a", 1), ("b", 2)])), "MSET a 1 b 2");
    assert_eq!(words(|r| r.mset(BTreeMap::from([("a", "1"), ("b", "2")]))), "MSET a 1 b 2");
    assert_eq!(words(|r| r.hset("h", ("f", "v"))), "HSET h f v");
    assert_eq!(words(|r| r.hset("h", vec![("f", 1.5), ("g", 2.0)])), "HSET h f 1.5 g 2");
    assert_eq!(words(|r| r.geoadd("g", [(13.4, 52.5, "Berlin")])), "GEOADD g 13.4 52.5 Berlin");
    assert_eq!(words(|r| r.cluster_addslotsrange([(0, 5), (7, 9)])), "CLUSTER ADDSLOTSRANGE 0 5 7 9");
}

#[test]
fn members_with_scores_come_from_pairs_and_from_maps_to_scores() {
    assert_eq!(words(|r| r.zadd("z", [(1.5, "a"), (f64::INFINITY, "b")])), "ZADD z 1.5 a inf b");
    assert_eq!(words(|r| r.zadd("z", BTreeMap::from([("a", 1), ("b", 2)]))), "ZADD z 1 a 2 b");
}

#[test]
fn counts_are_counted() {
    assert_eq!(words(|r| r.eval("return 1", ["a", "b"], ["x"])), "EVAL return 1 2 a b x");
    assert_eq!(words(|r| r.eval("return 1", (), ())), "EVAL return 1 0");
    assert_eq!(words(|r| r.zunionstore("d", ["a", "b"])), "ZUNIONSTORE d 2 a b");
    assert_eq!(words(|r| r.blmpop(0.5, ["a", "b"], Side::Left)), "BLMPOP 0.5 2 a b LEFT");
    assert_eq!(words(|r| r.hexpire("h", 10, ["f", "g"])), "HEXPIRE h 10 FIELDS 2 f g");
    assert_eq!(words(|r| r.hsetex("h", [("f", "v"), ("g", "w")])), "HSETEX h FIELDS 2 f v g w");
    assert_eq!(words(|r| r.msetex_with([("a", 1)], MsetexOptions::new().nx().px(5))), "MSETEX 1 a 1 NX PX 5");
    let ten = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    assert_eq!(words(|r| r.sintercard(ten)), "SINTERCARD 10 a b c d e f g h i j");
    let options = FtSearchOptions::new().return_(["title", "price"]).params([("p", 1), ("q", 2)]);
    assert_eq!(words(|r| r.ft_search_with("i", "*", options)), "FT.SEARCH i * RETURN 2 title price PARAMS 4 p 1 q 2");
}

#[test]
fn choices_are_types_of_their_own() {
    assert_eq!(words(|r| r.linsert("l", Where::Before, "pivot", "x")), "LINSERT l BEFORE pivot x");
    assert_eq!(words(|r| r.lmove("a", "b", Side::Right, Side::Left)), "LMOVE a b RIGHT LEFT");
    assert_eq!(words(|r| r.bitop(BitOperation::Xor, "d", ["a", "b"])), "BITOP XOR d a b");
    let options = ZunionOptions::new().aggregate(Aggregate::Max).weights([2.0, 0.5]);
    assert_eq!(words(|r| r.zunion_with(["a", "b"], options)), "ZUNION 2 a b WEIGHTS 2 0.5 AGGREGATE MAX");
}

#[test]
fn values_left_out_are_parameters_where_they_are_all_there_is_to_leave_out() {
    assert_eq!(words(|r| r.ping()), "PING");
    assert_eq!(words(|r| r.ping_with("hi")), "PING hi");
    assert_eq!(words(|r| r.info()), "INFO");
    assert_eq!(words(|r| r.info_with(["cpu", "memory"])), "INFO cpu memory");
    assert_eq!(words(|r| r.geodist_with("g", "a", "b", GeoUnit::Mi)), "GEODIST g a b mi");
    assert_eq!(words(|r| r.bitcount_with("k", 0, -1, BitcountOptions::new().bit())), "BITCOUNT k 0 -1 BIT");
    assert_eq!(words(|r| r.pfadd("k", ())), "PFADD k");
}

#[test]
fn tokens_that_change_the_answer_are_methods() {
    let options = || ZrangeOptions::new().byscore().rev().limit(0, 10);
    assert_eq!(words(|r| r.zrange_with("z", "+inf", "(1", options())), "ZRANGE z +inf (1 BYSCORE REV LIMIT 0 10");
    let expected = "ZRANGE z +inf (1 BYSCORE REV LIMIT 0 10 WITHSCORES";
    assert_eq!(words(|r| r.zrange_withscores_with("z", "+inf", "(1", options())), expected);
    assert_eq!(words(|r| r.lpop_count("l", 2)), "LPOP l 2");
    assert_eq!(words(|r| r.cluster_setslot_node(5, "id")), "CLUSTER SETSLOT 5 NODE id");
    assert_eq!(
        words(|r| r.client_kill_type_with(ClientType::Pubsub, ClientKillOptions::new().skipme_no())),
        "CLIENT KILL TYPE pubsub SKIPME NO"
    );
}

#[test]
fn options_that_may_be_given_again_are_written_again() {
    let options = SortOptions::new().by("w_*").get("a_*").get("#").limit(0, 5).desc().alpha();
    let expected = "SORT k BY w_* LIMIT 0 5 GET a_* GET # DESC ALPHA";
    assert_eq!(words(|r| r.sort_with("k", options.clone())), expected);
    assert_eq!(words(|r| r.sort_store_with("k", "d", options)), format!("{expected} STORE d"));
}

#[test]
fn streams_are_trimmed_read_and_claimed() {
    let trim = || Trim::maxlen(1000).approximately().limit(50);
    let options = XaddOptions::new().nomkstream().trim(trim());
    assert_eq!(words(|r| r.xadd("s", "*", ("f", "v"))), "XADD s * f v");
    assert_eq!(
        words(|r| r.xadd_with("s", "*", [("f", "v")], options)),
        "XADD s NOMKSTREAM MAXLEN ~ 1000 LIMIT 50 * f v"
    );
    assert_eq!(words(|r| r.xtrim("s", Trim::minid("5-1"))), "XTRIM s MINID = 5-1");
    let options = XreadOptions::new().block(100).count(5);
    assert_eq!(words(|r| r.xread_with([("a", "0"), ("b", "$")], options)), "XREAD COUNT 5 BLOCK 100 STREAMS a b 0 $");
    let group = XreadgroupOptions::new().noack();
    assert_eq!(words(|r| r.xreadgroup_with("g", "c", [("a", ">")], group)), "XREADGROUP GROUP g c NOACK STREAMS a >");
    assert_eq!(words(|r| r.xclaim("s", "g", "c", 5, ["1-1", "2-1"])), "XCLAIM s g c 5 1-1 2-1");
}

#[test]
fn operations_on_bits_are_written_one_after_the_other() {
    let operations = Bitfield::new().incrby("i5", 100, 1).overflow_fail().set("u4", "#1", 3).get("u4", 0);
    let expected = "BITFIELD k INCRBY i5 100 1 OVERFLOW FAIL SET u4 #1 3 GET u4 0";
    assert_eq!(words(|r| r.bitfield("k", operations)), expected);
}

#[test]
fn vectors_are_bytes_or_counted_numbers() {
    let options = VaddOptions::new().reduce(2).q8();
    assert_eq!(
        words(|r| r.vadd_with("v", Vector::values([0.5, 1.0]), "e", options)),
        "VADD v REDUCE 2 VALUES 2 0.5 1 e Q8"
    );
    assert_eq!(words(|r| r.vsim_withscores("v", VectorQuery::element("e"))), "VSIM v ELE e WITHSCORES");
    assert_eq!(words(|r| r.vsim("v", VectorQuery::vector(Vector::fp32(b"1234")))), "VSIM v FP32 1234");
}
