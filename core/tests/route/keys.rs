use std::sync::LazyLock;

use slotpipe_core::{
    route::{
        command::{Begin, Blocks, Find, Flags, Found, KeySpec, Keys, Row, find_keys},
        table::{Lookup, Table},
    },
    wire::shape::Shape,
};

use crate::Command;

fn row(command: &Command) -> Row<'static> {
    static TABLE: LazyLock<Table> = LazyLock::new(Table::default);
    match TABLE.lookup(command.args()) {
        Lookup::Known(id) => TABLE.row(id),
        other @ (Lookup::UnknownSubcommand(_) | Lookup::Unknown) => panic!("{other:?}"),
    }
}

fn found(line: &str) -> (Found, Vec<u32>) {
    let command = Command::line(line);
    let mut keys = Vec::new();
    let found = find_keys(row(&command), command.args(), &mut keys);
    (found, keys)
}

#[test]
fn each_kind_of_key_spec_finds_the_keys_that_the_server_finds() {
    let cases: [(&str, &[u32]); 48] = [
        ("GET a", &[1]),
        ("PING", &[]),
        ("MGET a b c", &[1, 2, 3]),
        ("MSET a 1 b 2", &[1, 3]),
        ("LCS a b", &[1, 2]),
        ("BLPOP a b 0", &[1, 2]),
        ("BITOP AND d a b", &[2, 3, 4]),
        ("OBJECT ENCODING a", &[2]),
        ("MEMORY USAGE a SAMPLES 5", &[2]),
        ("XINFO STREAM a", &[2]),
        ("ZUNION 2 a b WEIGHTS 1 2", &[2, 3]),
        ("ZUNIONSTORE d 2 a b", &[1, 3, 4]),
        ("ZUNIONSTORE d 0", &[1]),
        ("EVAL s 0", &[]),
        ("EVAL s 0 a b", &[]),
        ("EVAL s 2 a b c", &[3, 4]),
        ("FCALL f 1 a b", &[3]),
        ("LMPOP 2 a b LEFT", &[2, 3]),
        ("BLMPOP 0 2 a b LEFT", &[3, 4]),
        ("BZMPOP 0 1 a MIN", &[3]),
        ("SINTERCARD 2 a b LIMIT 1", &[2, 3]),
        ("MSETEX 2 a 1 b 2 EX 5", &[2, 4]),
        ("XREAD STREAMS a b 0 0", &[2, 3]),
        ("XREAD COUNT 2 BLOCK 0 STREAMS a 0", &[6]),
        ("xread count 2 streams a 0", &[4]),
        ("XREADGROUP GROUP g c STREAMS a >", &[5]),
        ("XREADGROUP GROUP g STREAMS STREAMS a >", &[5]),
        ("XREADGROUP GROUP g c COUNT 1 NOACK STREAMS a b > >", &[8, 9]),
        ("SORT a", &[1]),
        ("SORT a STORE b", &[1, 3]),
        ("SORT a STORE b STORE c", &[1, 5]),
        ("SORT a LIMIT 0 STORE ALPHA", &[1]),
        ("SORT a store", &[1]),
        ("GEORADIUS a 1 2 3 m", &[1]),
        ("GEORADIUS a 1 2 3 m STORE b", &[1, 7]),
        ("GEORADIUS a 1 2 3 m STORE b STOREDIST c", &[1, 9]),
        ("GEORADIUSBYMEMBER a STORE 3 m storedist c", &[1, 6]),
        ("MIGRATE h 1 a 0 10", &[3]),
        ("MIGRATE h 1 '' 0 10 KEYS a b", &[7, 8]),
        ("MIGRATE h 1 '' 0 10 COPY AUTH KEYS KEYS a b", &[10, 11]),
        ("MIGRATE h 1 '' 0 10 AUTH2 u KEYS KEYS a", &[10]),
        ("MIGRATE h 1 '' 0 10", &[3]),
        ("MIGRATE h 1 a 0 10 KEYS b", &[]),
        ("JSON.MGET a b $", &[1, 2]),
        ("JSON.MSET a $ 1 b $ 2", &[1, 4]),
        ("TS.MADD a 1 1 b 1 1", &[1, 4]),
        ("CMS.MERGE d 2 a b WEIGHTS 1 2", &[1, 3, 4]),
        ("TDIGEST.MERGE d 1 a OVERRIDE", &[1, 3]),
    ];
    for (line, keys) in cases {
        assert_eq!(found(line), (Found::All, keys.to_vec()), "{line}");
    }
}

#[test]
fn patterns_of_sort_make_its_keys_incomplete() {
    assert_eq!(found("SORT a BY w_* STORE b"), (Found::Incomplete, vec![1, 5]));
    assert_eq!(found("SORT a GET STORE b"), (Found::Incomplete, vec![1]), "STORE is what GET is given");
    assert_eq!(found("SORT_RO a GET #"), (Found::Incomplete, vec![1]));
}

#[test]
fn counts_that_contradict_the_arguments_are_invalid() {
    for line in [
        "ZUNION 3 a b",
        "ZUNION -2 a b",
        "ZUNION 2x a b",
        "ZUNION 02 a b",
        "EVAL s 2 a",
        "LMPOP 18446744073709551617 a LEFT",
    ] {
        assert_eq!(found(line).0, Found::Invalid, "{line}");
    }
}

#[test]
fn a_keyword_that_is_missing_names_no_keys() {
    assert_eq!(found("XREAD COUNT 1 BLOCK 5"), (Found::All, vec![]));
}

#[test]
fn specs_that_only_the_server_understands_leave_the_keys_incomplete() {
    let first = KeySpec { begin: Begin::Index(1), find: Find::Range { last: 0, step: 1, limit: 0 } };
    let unknown = KeySpec { begin: Begin::Unknown, find: Find::Unknown };
    let command = Command::line("GET a b");
    let specs = Keys::Specs(vec![first.clone(), unknown].into());
    let mut row = Row { keys: &specs, ..row(&Command::line("GET a")) };
    let mut keys = Vec::new();
    assert_eq!(find_keys(row, command.args(), &mut keys), Found::Incomplete);
    assert_eq!(keys, [1]);

    let specs = Keys::Specs(vec![first].into());
    row.keys = &specs;
    row.flags.0 |= Flags::UNKNOWN_KEYS;
    assert_eq!(find_keys(row, command.args(), &mut keys), Found::Incomplete);
}

#[test]
fn backward_keywords_are_searched_from_the_end() {
    let begin = Begin::Keyword { word: "KEYS".into(), from: -2 };
    let specs = Keys::Specs(vec![KeySpec { begin, find: Find::Range { last: -1, step: 1, limit: 0 } }].into());
    let row = Row { keys: &specs, ..row(&Command::line("GET a")) };
    for (line, wanted) in [("X KEYS a KEYS b c", vec![4, 5]), ("X a KEYS", vec![]), ("X a b keys c", vec![4])] {
        let command = Command::line(line);
        let mut keys = Vec::new();
        assert_eq!(find_keys(row, command.args(), &mut keys), Found::All);
        assert_eq!(keys, wanted, "{line}");
    }
}

#[test]
fn blocking_commands_tell_how_long_they_may_wait() {
    let cases = [
        ("GET a", Blocks::No),
        ("BLPOP a 0", Blocks::Forever),
        ("BLPOP a 1.5", Blocks::Ms(1500)),
        ("BLPOP a 0.0001", Blocks::Ms(1)),
        ("BLPOP a x", Blocks::No),
        ("BLPOP a -1", Blocks::No),
        ("BLMOVE a b LEFT LEFT 2", Blocks::Ms(2000)),
        ("BLMPOP 3 1 a LEFT", Blocks::Ms(3000)),
        ("BZPOPMIN a 1", Blocks::Ms(1000)),
        ("XREAD STREAMS a 0", Blocks::No),
        ("XREAD BLOCK 0 STREAMS a 0", Blocks::Forever),
        ("XREADGROUP GROUP g c block 250 STREAMS a >", Blocks::Ms(250)),
        ("WAIT 1 100", Blocks::Ms(100)),
        ("KEYS *", Blocks::No),
    ];
    for (line, blocks) in cases {
        let command = Command::line(line);
        assert_eq!(row(&command).blocks(command.args()), blocks, "{line}");
    }
}

#[test]
fn shapes_follow_the_arguments() {
    let cases = [
        ("GET a", Shape::Any),
        ("HGETALL a", Shape::Map),
        ("ZRANGE a 0 -1", Shape::Any),
        ("ZRANGE a 0 -1 withscores", Shape::ScoredPairs),
        ("ZPOPMIN a", Shape::ScoredPair),
        ("ZPOPMIN a 2", Shape::ScoredPairs),
        ("HRANDFIELD a 2 WITHVALUES", Shape::Pairs),
        ("ZADD a 1 m", Shape::Any),
        ("ZADD a INCR 1 m", Shape::Double),
        ("SPOP a", Shape::Any),
        ("SPOP a 2", Shape::Set),
        ("LCS a b IDX", Shape::Map),
        ("CONFIG GET x", Shape::Map),
        ("ZRANK withscore m", Shape::Any),
    ];
    for (line, shape) in cases {
        let command = Command::line(line);
        assert_eq!(row(&command).shape_of(command.args()), shape, "{line}");
    }
}
