//! Shapes: the replies of a redis-server 7.0.15 under RESP2 and RESP3, side by side, become the same value.

mod wire_support;

use slotpipe_core::wire::shape::{self, Shape};
use wire_support::*;

/// Copies a reply with its buffers renumbered, and reads the result back.
fn shaped(input: &[u8], shape: Shape) -> Value {
    let (words, buffers) = decode_one(input);
    let mut out = vec![77];
    shape::copy(&words, shape, &leaf_of(&buffers), &mut |buffer| buffer.wrapping_add(1000), &mut out);
    assert_eq!(out[0], 77, "appended");
    tree(&out[1..], &|leaf| {
        let names = || shape::NAMES.as_bytes();
        let buffer = buffers.get(leaf.buffer.wrapping_sub(1000) as usize).map_or_else(names, |buffer| &buffer[..]);
        buffer[leaf.offset as usize..][..leaf.length as usize].to_vec()
    })
}

/// Both protocols' replies become `expected`; so does either with attributes in front of every value.
fn both(shape: Shape, resp2: &str, resp3: &str, expected: Value) {
    for input in [resp2, resp3] {
        assert_eq!(shaped(input.as_bytes(), shape), expected, "{input:?}");
        assert_eq!(shaped(&attributed(input.as_bytes()), shape), expected, "attributes in {input:?}");
    }
}

/// This reply does not fit and stays what it is.
fn stays(shape: Shape, input: &str) {
    let (words, buffers) = decode_one(input.as_bytes());
    let bytes = leaf_of(&buffers);
    assert_eq!(shaped(input.as_bytes(), shape), tree(&words, &|leaf| bytes(leaf).to_vec()), "{input:?}");
}

/// The same reply with an attribute in front of every value.
fn attributed(input: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = input;
    while !rest.is_empty() {
        let line = rest.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2;
        let length = std::str::from_utf8(&rest[1..line - 2]).unwrap_or_default().parse::<usize>();
        let end = match (rest[0], length) {
            (b'$' | b'=' | b'!', Ok(length)) => line + length + 2,
            _ => line,
        };
        out.extend_from_slice(b"|1\r\n+note\r\n*1\r\n%1\r\n:1\r\n:2\r\n");
        out.extend_from_slice(&rest[..end]);
        rest = &rest[end..];
    }
    out
}

fn pair(first: Value, second: Value) -> Value {
    Value::Array(vec![first, second])
}

fn simple(text: &str) -> Value {
    Value::Simple(text.into())
}

const ALL: [Shape; 27] = [
    Shape::Any,
    Shape::Map,
    Shape::ScoredPairs,
    Shape::Pairs,
    Shape::Double,
    Shape::Doubles,
    Shape::Set,
    Shape::Maps,
    Shape::MapOfPairs,
    Shape::ScoredPair,
    Shape::KeyedScoredPairs,
    Shape::KeyedScore,
    Shape::Coordinates,
    Shape::Bool,
    Shape::Bools,
    Shape::Text,
    Shape::RankScore,
    Shape::DeepMap,
    Shape::PerNode,
    Shape::Info,
    Shape::Fields,
    Shape::Client,
    Shape::Clients,
    Shape::ClusterNodes,
    Shape::SlotOwners,
    Shape::SlotStats,
    Shape::Slowlog,
];

#[test]
fn every_shape_survives_its_word() {
    for shape in ALL {
        assert_eq!(Shape::from_word(shape as u32), shape);
    }
    assert_eq!(Shape::from_word(27), Shape::Any);
}

#[test]
fn nulls_and_errors_stay_what_they_are_under_every_shape() {
    for shape in ALL {
        both(shape, "$-1\r\n", "_\r\n", Value::Null);
        both(shape, "*-1\r\n", "_\r\n", Value::Null);
        both(shape, "-ERR no\r\n", "!6\r\nERR no\r\n", Value::Error(b"ERR no".into()));
    }
}

#[test]
fn any_value_is_copied_without_its_attributes() {
    let mut random = Random(11);
    for _ in 0..300 {
        let mut input = Vec::new();
        let value = generate(&mut random, 4, &mut input);
        assert_eq!(shaped(&input, Shape::Any), without_attributes(value.clone()));
        assert_eq!(shaped(&input, Shape::PerNode), without_attributes(value));
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "what is no aggregate has nothing inside")]
fn without_attributes(value: Value) -> Value {
    let each = |values: Vec<Value>| values.into_iter().map(without_attributes).collect();
    match value {
        Value::Attribute(_, value) => without_attributes(*value),
        Value::Array(values) => Value::Array(each(values)),
        Value::Set(values) => Value::Set(each(values)),
        Value::Push(values) => Value::Push(each(values)),
        Value::Map(values) => Value::Map(each(values)),
        leaf => leaf,
    }
}

#[test]
fn no_shape_breaks_a_value_that_has_another_form() {
    let mut random = Random(12);
    for _ in 0..300 {
        let mut input = Vec::new();
        generate(&mut random, 4, &mut input);
        for shape in ALL {
            // Reads back as one complete value, or `shaped` panics.
            shaped(&input, shape);
        }
    }
}

#[test]
fn words_that_are_no_tape_do_not_panic() {
    let mut random = Random(13);
    for _ in 0..2000 {
        let words: Vec<u32> = (0..random.below(12)).map(|_| u32::try_from(random.below(18)).unwrap()).collect();
        for shape in ALL {
            shape::copy(&words, shape, &|_| b"1", &mut |buffer| buffer, &mut Vec::new());
        }
    }
}

#[test]
fn buffers_are_asked_for_only_when_named() {
    let (words, _) = decode_one(b"*3\r\n$1\r\na\r\n$1\r\nb\r\n:1\r\n");
    let mut asked = Vec::new();
    let place = &mut |buffer| {
        asked.push(buffer);
        buffer
    };
    shape::copy(&words, Shape::Any, &|_| b"", place, &mut Vec::new());
    shape::copy(&[3, 1, 0], Shape::Any, &|_| b"", place, &mut Vec::new());
    assert_eq!(asked, [1]);
}

#[test]
fn each_leaf_keeps_to_its_own_buffer() {
    let words = [10, 4, 5, 0, 0, 1, 5, 1, 2, 3, 5, 1, 5, 1, 5, 0, 7, 1];
    let leaves = [[5, 7, 0, 1], [5, 17, 2, 3], [5, 17, 5, 1], [5, 7, 7, 1]];
    let cases = [
        (Shape::Any, [&[10, 4], leaves.as_flattened()].concat()),
        (Shape::Set, [&[11, 4], leaves.as_flattened()].concat()),
        (Shape::Pairs, [&[10, 2, 10, 2], leaves[..2].as_flattened(), &[10, 2], leaves[2..].as_flattened()].concat()),
    ];
    for (shape, expected) in cases {
        let mut out = Vec::new();
        shape::copy(&words, shape, &|_| b"", &mut |buffer| buffer * 10 + 7, &mut out);
        assert_eq!(out, expected, "{shape:?}");
    }
}

#[test]
fn hgetall_and_config_get_are_maps() {
    both(
        Shape::Map,
        "*4\r\n$1\r\nf\r\n$1\r\nv\r\n$1\r\ng\r\n$1\r\nw\r\n",
        "%2\r\n$1\r\nf\r\n$1\r\nv\r\n$1\r\ng\r\n$1\r\nw\r\n",
        Value::Map(vec![bulk("f"), bulk("v"), bulk("g"), bulk("w")]),
    );
    both(
        Shape::Map,
        "*4\r\n$17\r\nmaxmemory-clients\r\n$1\r\n0\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n",
        "%2\r\n$17\r\nmaxmemory-clients\r\n$1\r\n0\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n",
        Value::Map(vec![bulk("maxmemory-clients"), bulk("0"), bulk("maxmemory"), bulk("0")]),
    );
    both(Shape::Map, "*0\r\n", "%0\r\n", Value::Map(vec![]));
}

#[test]
fn a_map_keeps_its_values_as_they_came() {
    both(
        Shape::Map,
        "*4\r\n$7\r\nmatches\r\n*1\r\n*2\r\n*2\r\n:0\r\n:0\r\n*2\r\n:0\r\n:0\r\n$3\r\nlen\r\n:1\r\n",
        "%2\r\n$7\r\nmatches\r\n*1\r\n*2\r\n*2\r\n:0\r\n:0\r\n*2\r\n:0\r\n:0\r\n$3\r\nlen\r\n:1\r\n",
        Value::Map(vec![
            bulk("matches"),
            Value::Array(vec![pair(pair(Value::Int(0), Value::Int(0)), pair(Value::Int(0), Value::Int(0)))]),
            bulk("len"),
            Value::Int(1),
        ]),
    );
}

#[test]
fn what_is_no_map_stays() {
    for input in
        ["*3\r\n:1\r\n:2\r\n:3\r\n", "*2\r\n*2\r\n+a\r\n+b\r\n*2\r\n+c\r\n+d\r\n", "+OK\r\n", "~2\r\n:1\r\n:2\r\n"]
    {
        stays(Shape::Map, input);
    }
}

#[test]
fn zrange_withscores_is_pairs_of_member_and_double() {
    both(
        Shape::ScoredPairs,
        "*8\r\n$1\r\nd\r\n$4\r\n-inf\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$3\r\n2.5\r\n$1\r\nc\r\n$3\r\ninf\r\n",
        "*4\r\n*2\r\n$1\r\nd\r\n,-inf\r\n*2\r\n$1\r\na\r\n,1\r\n*2\r\n$1\r\nb\r\n,2.5\r\n*2\r\n$1\r\nc\r\n,inf\r\n",
        Value::Array(vec![
            pair(bulk("d"), double(f64::NEG_INFINITY)),
            pair(bulk("a"), double(1.0)),
            pair(bulk("b"), double(2.5)),
            pair(bulk("c"), double(f64::INFINITY)),
        ]),
    );
    both(Shape::ScoredPairs, "*0\r\n", "*0\r\n", Value::Array(vec![]));
}

#[test]
fn zpopmin_with_a_count_is_pairs_and_without_it_one_pair() {
    both(
        Shape::ScoredPairs,
        "*2\r\n$1\r\na\r\n$1\r\n1\r\n",
        "*1\r\n*2\r\n$1\r\na\r\n,1\r\n",
        Value::Array(vec![pair(bulk("a"), double(1.0))]),
    );
    both(Shape::ScoredPair, "*2\r\n$1\r\na\r\n$1\r\n1\r\n", "*2\r\n$1\r\na\r\n,1\r\n", pair(bulk("a"), double(1.0)));
    both(Shape::ScoredPair, "*0\r\n", "*0\r\n", Value::Array(vec![]));
}

#[test]
fn pairs_whose_score_is_no_number_stay() {
    stays(Shape::ScoredPairs, "*4\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\nx\r\n");
    stays(Shape::ScoredPairs, "*3\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n");
    stays(Shape::ScoredPairs, "*1\r\n*3\r\n$1\r\na\r\n,1\r\n:1\r\n");
    stays(Shape::ScoredPair, "*4\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\nb\r\n$1\r\n2\r\n");
    stays(Shape::KeyedScore, "*2\r\n$1\r\na\r\n$1\r\n1\r\n");
}

#[test]
fn hrandfield_withvalues_is_pairs() {
    both(
        Shape::Pairs,
        "*4\r\n$1\r\nf\r\n$1\r\n1\r\n$1\r\ng\r\n$1\r\nw\r\n",
        "*2\r\n*2\r\n$1\r\nf\r\n$1\r\n1\r\n*2\r\n$1\r\ng\r\n$1\r\nw\r\n",
        Value::Array(vec![pair(bulk("f"), bulk("1")), pair(bulk("g"), bulk("w"))]),
    );
}

#[test]
fn scores_are_doubles() {
    both(Shape::Double, "$3\r\n2.5\r\n", ",2.5\r\n", double(2.5));
    both(Shape::Double, "$3\r\ninf\r\n", ",inf\r\n", double(f64::INFINITY));
    both(Shape::Double, "$4\r\n-inf\r\n", ",-inf\r\n", double(f64::NEG_INFINITY));
    both(Shape::Double, "$3\r\nnan\r\n", ",nan\r\n", double(f64::NAN));
    both(Shape::Double, "$4\r\n-nan\r\n", ",nan\r\n", double(f64::NAN));
    both(Shape::Double, "$23\r\n1.7976931348623157e+308\r\n", ",1.7976931348623157e+308\r\n", double(f64::MAX));
    both(Shape::Double, ":5\r\n", ",5\r\n", double(5.0));
    stays(Shape::Double, "$5\r\nhello\r\n");
    stays(Shape::Double, "*1\r\n,1\r\n");
}

#[test]
fn zmscore_is_doubles_and_nulls() {
    both(
        Shape::Doubles,
        "*4\r\n$3\r\n2.5\r\n$-1\r\n$3\r\ninf\r\n$4\r\n-inf\r\n",
        "*4\r\n,2.5\r\n_\r\n,inf\r\n,-inf\r\n",
        Value::Array(vec![double(2.5), Value::Null, double(f64::INFINITY), double(f64::NEG_INFINITY)]),
    );
}

#[test]
fn errors_inside_arrays_are_not_touched() {
    both(
        Shape::Doubles,
        "*2\r\n$1\r\n1\r\n-ERR no\r\n",
        "*2\r\n,1\r\n-ERR no\r\n",
        Value::Array(vec![double(1.0), Value::Error(b"ERR no".into())]),
    );
}

#[test]
fn smembers_is_a_set() {
    both(
        Shape::Set,
        "*2\r\n$1\r\na\r\n$1\r\nb\r\n",
        "~2\r\n$1\r\na\r\n$1\r\nb\r\n",
        Value::Set(vec![bulk("a"), bulk("b")]),
    );
    both(Shape::Set, "*0\r\n", "~0\r\n", Value::Set(vec![]));
    stays(Shape::Set, "$1\r\na\r\n");
}

#[test]
fn xread_is_a_map_from_stream_to_entries() {
    let entries = "*2\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n*2\r\n$3\r\n2-1\r\n$-1\r\n";
    both(
        Shape::MapOfPairs,
        &format!("*2\r\n*2\r\n$1\r\ns\r\n{entries}*2\r\n$1\r\nt\r\n*0\r\n"),
        &format!("%2\r\n$1\r\ns\r\n{entries}$1\r\nt\r\n*0\r\n"),
        Value::Map(vec![
            bulk("s"),
            Value::Array(vec![pair(bulk("1-1"), pair(bulk("f"), bulk("v"))), pair(bulk("2-1"), Value::Null)]),
            bulk("t"),
            Value::Array(vec![]),
        ]),
    );
    stays(Shape::MapOfPairs, "*2\r\n$1\r\ns\r\n*0\r\n");
}

#[test]
fn zmpop_is_a_key_and_its_pairs() {
    both(
        Shape::KeyedScoredPairs,
        "*2\r\n$1\r\nz\r\n*2\r\n*2\r\n$1\r\nd\r\n$4\r\n-inf\r\n*2\r\n$1\r\na\r\n$1\r\n1\r\n",
        "*2\r\n$1\r\nz\r\n*2\r\n*2\r\n$1\r\nd\r\n,-inf\r\n*2\r\n$1\r\na\r\n,1\r\n",
        pair(bulk("z"), Value::Array(vec![pair(bulk("d"), double(f64::NEG_INFINITY)), pair(bulk("a"), double(1.0))])),
    );
}

#[test]
fn bzpopmin_is_a_key_a_member_and_a_double() {
    both(
        Shape::KeyedScore,
        "*3\r\n$1\r\nz\r\n$1\r\na\r\n$1\r\n1\r\n",
        "*3\r\n$1\r\nz\r\n$1\r\na\r\n,1\r\n",
        Value::Array(vec![bulk("z"), bulk("a"), double(1.0)]),
    );
}

#[test]
fn geopos_is_coordinates_and_nulls() {
    both(
        Shape::Coordinates,
        "*2\r\n*2\r\n$20\r\n13.36138933897018433\r\n$20\r\n38.11555639549629859\r\n*-1\r\n",
        "*2\r\n*2\r\n,13.36138933897018433\r\n,38.11555639549629859\r\n_\r\n",
        Value::Array(vec![pair(double(13.361_389_338_970_184), double(38.115_556_395_496_3)), Value::Null]),
    );
}

#[test]
fn smismember_is_booleans() {
    both(
        Shape::Bools,
        "*2\r\n:1\r\n:0\r\n",
        "*2\r\n#t\r\n#f\r\n",
        Value::Array(vec![Value::Bool(true), Value::Bool(false)]),
    );
    both(Shape::Bool, ":1\r\n", "#t\r\n", Value::Bool(true));
    both(Shape::Bool, ":0\r\n", "#f\r\n", Value::Bool(false));
    stays(Shape::Bool, ":2\r\n");
    stays(Shape::Bools, "*2\r\n:1\r\n:-1\r\n");
}

#[test]
fn texts_are_bulk_strings() {
    both(Shape::Text, "$15\r\n# Server\r\nredis\r\n", "=19\r\ntxt:# Server\r\nredis\r\n", bulk("# Server\r\nredis"));
    both(Shape::Text, "+OK\r\n", "+OK\r\n", bulk("OK"));
    stays(Shape::Text, ":1\r\n");
}

#[test]
fn zrank_withscore_is_a_rank_and_a_double() {
    both(Shape::RankScore, "*2\r\n:2\r\n$3\r\n2.5\r\n", "*2\r\n:2\r\n,2.5\r\n", pair(Value::Int(2), double(2.5)));
    both(Shape::RankScore, ":2\r\n", ":2\r\n", Value::Int(2));
}

#[test]
fn xinfo_groups_is_maps() {
    both(
        Shape::Maps,
        "*1\r\n*6\r\n$4\r\nname\r\n$1\r\ng\r\n$9\r\nconsumers\r\n:1\r\n$3\r\nlag\r\n$-1\r\n",
        "*1\r\n%3\r\n$4\r\nname\r\n$1\r\ng\r\n$9\r\nconsumers\r\n:1\r\n$3\r\nlag\r\n_\r\n",
        Value::Array(vec![Value::Map(vec![
            bulk("name"),
            bulk("g"),
            bulk("consumers"),
            Value::Int(1),
            bulk("lag"),
            Value::Null,
        ])]),
    );
    both(Shape::Maps, "*0\r\n", "*0\r\n", Value::Array(vec![]));
}

#[test]
fn cluster_shards_and_function_list_are_maps_with_maps() {
    both(
        Shape::Maps,
        "*1\r\n*4\r\n$5\r\nslots\r\n*2\r\n:0\r\n:16383\r\n$5\r\nnodes\r\n*1\r\n*4\r\n$2\r\nid\r\n$2\r\n94\r\n$4\r\nport\r\n:7001\r\n",
        "*1\r\n%2\r\n$5\r\nslots\r\n*2\r\n:0\r\n:16383\r\n$5\r\nnodes\r\n*1\r\n%2\r\n$2\r\nid\r\n$2\r\n94\r\n$4\r\nport\r\n:7001\r\n",
        Value::Array(vec![Value::Map(vec![
            bulk("slots"),
            pair(Value::Int(0), Value::Int(16383)),
            bulk("nodes"),
            Value::Array(vec![Value::Map(vec![bulk("id"), bulk("94"), bulk("port"), Value::Int(7001)])]),
        ])]),
    );
    both(
        Shape::Maps,
        "*1\r\n*4\r\n$12\r\nlibrary_name\r\n$3\r\nlib\r\n$9\r\nfunctions\r\n*1\r\n*4\r\n$4\r\nname\r\n$1\r\nf\r\n$5\r\nflags\r\n*2\r\n+no-writes\r\n+allow-stale\r\n",
        "*1\r\n%2\r\n$12\r\nlibrary_name\r\n$3\r\nlib\r\n$9\r\nfunctions\r\n*1\r\n%2\r\n$4\r\nname\r\n$1\r\nf\r\n$5\r\nflags\r\n~2\r\n+no-writes\r\n+allow-stale\r\n",
        Value::Array(vec![Value::Map(vec![
            bulk("library_name"),
            bulk("lib"),
            bulk("functions"),
            Value::Array(vec![Value::Map(vec![
                bulk("name"),
                bulk("f"),
                bulk("flags"),
                Value::Set(vec![simple("no-writes"), simple("allow-stale")]),
            ])]),
        ])]),
    );
}

#[test]
fn xinfo_stream_full_is_a_map_whose_entries_stay_arrays() {
    let entries = "*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nf\r\n$1\r\nv\r\n";
    let pending = "*1\r\n*4\r\n$3\r\n1-1\r\n$1\r\nc\r\n:1795225931398\r\n:1\r\n";
    both(
        Shape::DeepMap,
        &format!(
            "*6\r\n$6\r\nlength\r\n:2\r\n$7\r\nentries\r\n{entries}$6\r\ngroups\r\n*1\r\n*4\r\n$4\r\nname\r\n$1\r\ng\r\n$7\r\npending\r\n{pending}"
        ),
        &format!(
            "%3\r\n$6\r\nlength\r\n:2\r\n$7\r\nentries\r\n{entries}$6\r\ngroups\r\n*1\r\n%2\r\n$4\r\nname\r\n$1\r\ng\r\n$7\r\npending\r\n{pending}"
        ),
        Value::Map(vec![
            bulk("length"),
            Value::Int(2),
            bulk("entries"),
            Value::Array(vec![pair(bulk("1-1"), pair(bulk("f"), bulk("v")))]),
            bulk("groups"),
            Value::Array(vec![Value::Map(vec![
                bulk("name"),
                bulk("g"),
                bulk("pending"),
                Value::Array(vec![Value::Array(vec![
                    bulk("1-1"),
                    bulk("c"),
                    Value::Int(1_795_225_931_398),
                    Value::Int(1),
                ])]),
            ])]),
        ]),
    );
}

#[test]
fn function_stats_is_a_map_of_maps_but_its_command_stays_an_array() {
    both(
        Shape::DeepMap,
        "*4\r\n$14\r\nrunning_script\r\n*4\r\n$4\r\nname\r\n$1\r\nf\r\n$7\r\ncommand\r\n*2\r\n$5\r\nFCALL\r\n$1\r\nf\r\n$7\r\nengines\r\n*2\r\n$3\r\nLUA\r\n*2\r\n$15\r\nlibraries_count\r\n:1\r\n",
        "%2\r\n$14\r\nrunning_script\r\n%2\r\n$4\r\nname\r\n$1\r\nf\r\n$7\r\ncommand\r\n*2\r\n$5\r\nFCALL\r\n$1\r\nf\r\n$7\r\nengines\r\n%1\r\n$3\r\nLUA\r\n%1\r\n$15\r\nlibraries_count\r\n:1\r\n",
        Value::Map(vec![
            bulk("running_script"),
            Value::Map(vec![bulk("name"), bulk("f"), bulk("command"), pair(bulk("FCALL"), bulk("f"))]),
            bulk("engines"),
            Value::Map(vec![bulk("LUA"), Value::Map(vec![bulk("libraries_count"), Value::Int(1)])]),
        ]),
    );
    both(
        Shape::DeepMap,
        "*2\r\n$14\r\nrunning_script\r\n$-1\r\n",
        "%1\r\n$14\r\nrunning_script\r\n_\r\n",
        Value::Map(vec![bulk("running_script"), Value::Null]),
    );
}

#[test]
fn command_docs_is_maps_and_sets_at_every_depth() {
    both(
        Shape::DeepMap,
        "*2\r\n$7\r\ncommand\r\n*6\r\n$5\r\nsince\r\n$5\r\n2.8.1\r\n$7\r\nhistory\r\n*2\r\n*2\r\n$5\r\n6.0.0\r\n$1\r\na\r\n*2\r\n$5\r\n7.0.0\r\n$1\r\nb\r\n$11\r\nsubcommands\r\n*2\r\n$12\r\ncommand|info\r\n*4\r\n$4\r\nname\r\n$4\r\nfull\r\n$9\r\narguments\r\n*1\r\n*4\r\n$4\r\nname\r\n$5\r\ncount\r\n$5\r\nflags\r\n*2\r\n+optional\r\n+multiple\r\n",
        "%1\r\n$7\r\ncommand\r\n%3\r\n$5\r\nsince\r\n$5\r\n2.8.1\r\n$7\r\nhistory\r\n~2\r\n*2\r\n$5\r\n6.0.0\r\n$1\r\na\r\n*2\r\n$5\r\n7.0.0\r\n$1\r\nb\r\n$11\r\nsubcommands\r\n%1\r\n$12\r\ncommand|info\r\n%2\r\n$4\r\nname\r\n$4\r\nfull\r\n$9\r\narguments\r\n*1\r\n%2\r\n$4\r\nname\r\n$5\r\ncount\r\n$5\r\nflags\r\n~2\r\n+optional\r\n+multiple\r\n",
        Value::Map(vec![
            bulk("command"),
            Value::Map(vec![
                bulk("since"),
                bulk("2.8.1"),
                bulk("history"),
                Value::Set(vec![pair(bulk("6.0.0"), bulk("a")), pair(bulk("7.0.0"), bulk("b"))]),
                bulk("subcommands"),
                Value::Map(vec![
                    bulk("command|info"),
                    Value::Map(vec![
                        bulk("name"),
                        bulk("full"),
                        bulk("arguments"),
                        Value::Array(vec![Value::Map(vec![
                            bulk("name"),
                            bulk("count"),
                            bulk("flags"),
                            Value::Set(vec![simple("optional"), simple("multiple")]),
                        ])]),
                    ]),
                ]),
            ]),
        ]),
    );
    both(Shape::DeepMap, "*0\r\n", "%0\r\n", Value::Map(vec![]));
}

#[test]
fn memory_stats_is_a_map_with_doubles_and_a_map_per_database() {
    both(
        Shape::DeepMap,
        "*6\r\n$4\r\ndb.0\r\n*2\r\n$23\r\noverhead.hashtable.main\r\n:304\r\n$13\r\nfragmentation\r\n$18\r\n13.434443473815918\r\n$13\r\naof.buffer..x\r\n:0\r\n",
        "%3\r\n$4\r\ndb.0\r\n%1\r\n$23\r\noverhead.hashtable.main\r\n:304\r\n$13\r\nfragmentation\r\n,13.434443473815918\r\n$13\r\naof.buffer..x\r\n:0\r\n",
        Value::Map(vec![
            bulk("db.0"),
            Value::Map(vec![bulk("overhead.hashtable.main"), Value::Int(304)]),
            bulk("fragmentation"),
            double(13.434_443_473_815_918),
            bulk("aof.buffer..x"),
            Value::Int(0),
        ]),
    );
}

#[test]
fn latency_histogram_is_maps_of_integers() {
    both(
        Shape::DeepMap,
        "*2\r\n$3\r\nset\r\n*4\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n*2\r\n:1\r\n:1\r\n",
        "%1\r\n$3\r\nset\r\n%2\r\n$5\r\ncalls\r\n:1\r\n$14\r\nhistogram_usec\r\n%1\r\n:1\r\n:1\r\n",
        Value::Map(vec![
            bulk("set"),
            Value::Map(vec![
                bulk("calls"),
                Value::Int(1),
                bulk("histogram_usec"),
                Value::Map(vec![Value::Int(1), Value::Int(1)]),
            ]),
        ]),
    );
}

fn map<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Map(fields.into_iter().flat_map(|(name, value)| [bulk(name), value]).collect())
}

/// A text as RESP2's bulk and RESP3's verbatim string.
fn texts(text: &str) -> [String; 2] {
    [format!("${}\r\n{text}\r\n", text.len()), format!("={}\r\ntxt:{text}\r\n", text.len() + 4)]
}

fn both_texts(shape: Shape, text: &str, expected: Value) {
    let [resp2, resp3] = texts(text);
    both(shape, &resp2, &resp3, expected);
}

#[test]
fn info_is_sections_of_fields_and_of_pairs() {
    let text =
        "# Server\r\nredis_version:7.0.15\r\nexecutable:/a=b\r\nempty:\r\n\r\n# Keyspace\r\ndb0:keys=1,expires=0\r\n";
    let server = map([("redis_version", bulk("7.0.15")), ("executable", bulk("/a=b")), ("empty", bulk(""))]);
    let keyspace = map([("db0", map([("keys", bulk("1")), ("expires", bulk("0"))]))]);
    both_texts(Shape::Info, text, map([("Server", server), ("Keyspace", keyspace)]));
    both_texts(Shape::Info, "# Keyspace\r\n", map([("Keyspace", Value::Map(Vec::new()))]));
    both_texts(Shape::Info, "", Value::Map(Vec::new()));
    for other in ["a:b\r\n", "# Server\r\nno field\r\n"] {
        both_texts(Shape::Info, other, bulk(other));
    }
}

#[test]
fn lines_of_fields_are_maps() {
    both_texts(Shape::Fields, "a:1\r\nb:x:y\r\n", map([("a", bulk("1")), ("b", bulk("x:y"))]));
    both_texts(
        Shape::Client,
        "id=3 name= cmd=a=b\n",
        map([("id", bulk("3")), ("name", bulk("")), ("cmd", bulk("a=b"))]),
    );
    let clients = Value::Array(vec![map([("id", bulk("3"))]), map([("id", bulk("4"))])]);
    both_texts(Shape::Clients, "id=3\nid=4\n", clients);
    both_texts(Shape::Clients, "", Value::Array(Vec::new()));
    for shape in [Shape::Fields, Shape::Client, Shape::Clients] {
        stays(shape, "$4\r\nword\r\n");
    }
}

#[test]
fn lines_of_cluster_nodes_are_nodes() {
    let node = |id: &str, rest: Vec<(&str, Value)>| map([("id", bulk(id))].into_iter().chain(rest));
    let numbers = |numbers: &[i64]| Value::Array(numbers.iter().copied().map(Value::Int).collect());
    let primary = node(
        "e7d1",
        vec![
            ("ip", bulk("127.0.0.1")),
            ("port", Value::Int(7000)),
            ("bus-port", Value::Int(17_000)),
            ("hostname", Value::Null),
            ("metadata", Value::Map(Vec::new())),
            ("flags", Value::Array(vec![bulk("myself"), bulk("master")])),
            ("primary", Value::Null),
            ("ping-sent", Value::Int(0)),
            ("pong-received", Value::Int(5)),
            ("config-epoch", Value::Int(7)),
            ("link-state", bulk("connected")),
            ("slots", Value::Array(vec![numbers(&[0, 5]), numbers(&[7, 7])])),
            ("migrating", Value::Array(vec![pair(Value::Int(8), bulk("07c3"))])),
            ("importing", Value::Array(vec![pair(Value::Int(9), bulk("07c3"))])),
        ],
    );
    let line = "e7d1 127.0.0.1:7000@17000 myself,master - 0 5 7 connected 0-5 7 [8->-07c3] [9-<-07c3]";
    let replica = node(
        "07c3",
        vec![
            ("ip", bulk("::1")),
            ("port", Value::Int(7001)),
            ("bus-port", Value::Null),
            ("hostname", bulk("host")),
            ("metadata", map([("shard-id", bulk("x"))])),
            ("flags", Value::Array(vec![bulk("slave"), bulk("fail?")])),
            ("primary", bulk("e7d1")),
            ("ping-sent", Value::Int(1)),
            ("pong-received", Value::Int(2)),
            ("config-epoch", Value::Int(3)),
            ("link-state", bulk("disconnected")),
            ("slots", Value::Array(Vec::new())),
            ("migrating", Value::Array(Vec::new())),
            ("importing", Value::Array(Vec::new())),
        ],
    );
    let other = "07c3 ::1:7001,host,shard-id=x slave,fail? e7d1 1 2 3 disconnected";
    both_texts(Shape::ClusterNodes, &format!("{line}\n{other}\n"), Value::Array(vec![primary, replica.clone()]));
    let [bulk_line, _] = texts(other);
    both(
        Shape::ClusterNodes,
        &format!("*1\r\n{bulk_line}"),
        &format!("*1\r\n{bulk_line}"),
        Value::Array(vec![replica]),
    );
    for torn in ["e7d1 127.0.0.1:7000@17000 myself", "a b - - 0 0 0 c", "a b:x - - 0 0 0 c", "a b:1 - - 0 0 0 c 1-"] {
        stays(Shape::ClusterNodes, &texts(torn)[0]);
    }
}

#[test]
fn metadata_of_cluster_slots_and_slot_stats_are_maps() {
    let node = Value::Array(vec![bulk("h"), Value::Int(7000), bulk("id"), map([("ip", bulk("i"))])]);
    let expected = Value::Array(vec![Value::Array(vec![Value::Int(0), Value::Int(5), node])]);
    let reply = |metadata| format!("*1\r\n*3\r\n:0\r\n:5\r\n*4\r\n$1\r\nh\r\n:7000\r\n$2\r\nid\r\n{metadata}");
    both(Shape::SlotOwners, &reply("*2\r\n$2\r\nip\r\n$1\r\ni\r\n"), &reply("%1\r\n$2\r\nip\r\n$1\r\ni\r\n"), expected);
    let stats = Value::Array(vec![pair(Value::Int(7), map([("key-count", Value::Int(2))]))]);
    let reply = |map| format!("*1\r\n*2\r\n:7\r\n{map}$9\r\nkey-count\r\n:2\r\n");
    both(Shape::SlotStats, &reply("*2\r\n"), &reply("%1\r\n"), stats);
}

#[test]
fn places_of_the_slow_log_have_names() {
    let entry = "*6\r\n:1\r\n:2\r\n:3\r\n*1\r\n$4\r\nPING\r\n$1\r\na\r\n$0\r\n\r\n";
    let known = [
        ("id", Value::Int(1)),
        ("time", Value::Int(2)),
        ("duration", Value::Int(3)),
        ("command", Value::Array(vec![bulk("PING")])),
        ("client", bulk("a")),
        ("client-name", bulk("")),
    ];
    let reply = format!("*1\r\n{entry}");
    both(Shape::Slowlog, &reply, &reply, Value::Array(vec![map(known.clone())]));
    let old = "*1\r\n*4\r\n:1\r\n:2\r\n:3\r\n*1\r\n$4\r\nPING\r\n";
    both(Shape::Slowlog, old, old, Value::Array(vec![map(known[..4].to_vec())]));
    let new = format!("*1\r\n*7{}:9\r\n", &entry[2..]);
    both(Shape::Slowlog, &new, &new, Value::Array(vec![map(known)]));
}
