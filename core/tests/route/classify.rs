use slotpipe_core::route::{
    classify::{Class, OfLane, Refusal, Rules, Target, classify},
    command::Flags,
    slot::Slot,
    table::{RowId, Table},
};

use crate::Command;

fn classified(command: &Command, rules: Rules<'_>) -> (Result<Class, Refusal>, Vec<u32>) {
    // What an earlier command left must not matter.
    let mut keys = vec![9, 9, 9];
    let class = classify(&Table::default(), command.args(), rules, &mut keys);
    (class, keys)
}

fn class(line: &str) -> Class {
    classified(&Command::line(line), Rules::default()).0.unwrap_or_else(|refusal| panic!("{line}: {refusal:?}"))
}

fn refusal(line: &str, rules: Rules<'_>) -> (&'static str, String) {
    match classified(&Command::line(line), rules).0 {
        Err(Refusal::Misuse { code, message }) => (code, message.into_owned()),
        Err(Refusal::UnknownCommand) => ("UNKNOWN", String::new()),
        Ok(class) => panic!("{line}: {class:?}"),
    }
}

fn code(line: &str) -> &'static str {
    refusal(line, Rules::default()).0
}

fn target(line: &str) -> Target {
    class(line).target
}

fn slot(key: &str) -> Target {
    Target::Slot(Slot::of(key.as_bytes()))
}

const AT_NODE: Rules<'_> = Rules {
    no_split: false,
    at_node: true,
    standalone: false,
    pipeline: false,
    emulate: false,
    on_lane: OfLane::None,
    atomic: false,
    key_positions: None,
};
const STANDALONE: Rules<'_> = Rules {
    no_split: false,
    at_node: false,
    standalone: true,
    pipeline: false,
    emulate: false,
    on_lane: OfLane::None,
    atomic: false,
    key_positions: None,
};

#[test]
fn commands_go_to_the_slot_of_their_keys() {
    for (line, key) in [
        ("GET a", "a"),
        ("get {a}b", "a"),
        ("SET a v EX 10", "a"),
        ("MGET {t}1 {t}2", "t"),
        ("ZUNIONSTORE {t}1 2 {t}2 {t}3", "t"),
        ("XREAD COUNT 1 STREAMS {t}1 {t}2 0 0", "t"),
        ("EVAL script 1 a b", "a"),
        ("OBJECT ENCODING a", "a"),
        ("memory usage a", "a"),
        ("XGROUP CREATE a g $", "a"),
        ("PUBLISH news hello", "news"),
        ("SPUBLISH news hello", "news"),
        ("RESTORE a 0 x", "a"),
        ("BF.ADD a x", "a"),
        ("JSON.DEBUG MEMORY a", "a"),
        ("FT.SUGADD a x 1", "a"),
    ] {
        assert_eq!(target(line), slot(key), "{line}");
    }
}

#[test]
fn commands_without_keys_go_where_the_table_says() {
    for (line, wanted) in [
        ("PING", Target::AllPrimaries),
        ("ECHO hello", Target::Any),
        ("DBSIZE", Target::AllPrimaries),
        ("KEYS *", Target::AllPrimaries),
        ("INFO", Target::AllPrimaries),
        ("CONFIG SET a b", Target::AllNodes),
        ("CONFIG GET a", Target::AllNodes),
        ("PUBSUB NUMPAT", Target::AllNodes),
        ("SCRIPT LOAD x", Target::AllNodes),
        ("FUNCTION LIST", Target::Any),
        ("CLUSTER SLOTS", Target::Any),
        ("COMMAND", Target::Any),
        ("command docs", Target::Any),
        ("EVAL script 0", Target::Any),
        ("FT.SEARCH index *", Target::Any),
    ] {
        assert_eq!(target(line), wanted, "{line}");
    }
}

#[test]
fn commands_about_a_slot_go_to_its_owner() {
    assert_eq!(target("CLUSTER COUNTKEYSINSLOT 42"), Target::Slot(Slot::new(42).unwrap()));
    assert_eq!(target("CLUSTER GETKEYSINSLOT 16383 5"), Target::Slot(Slot::new(16_383).unwrap()));
    assert_eq!(target("CLUSTER COUNTKEYSINSLOT 16384"), Target::Any, "the server says what is wrong with it");
    assert_eq!(target("CLUSTER COUNTKEYSINSLOT x"), Target::Any);
}

#[test]
fn commands_that_name_slots_go_to_their_owners() {
    assert_eq!(target("CLUSTER DELSLOTS 0 16383"), Target::Owners);
    assert_eq!(target("CLUSTER DELSLOTSRANGE 0 5 7 7"), Target::Owners);
    for line in
        ["CLUSTER DELSLOTS 16384", "CLUSTER DELSLOTS x", "CLUSTER DELSLOTSRANGE 5 0", "CLUSTER DELSLOTSRANGE 1 2 3"]
    {
        assert_eq!(target(line), Target::Any, "the server says what is wrong with it: {line}");
    }
}

#[test]
fn what_may_block_is_refused_in_a_pipeline_and_only_there() {
    let rules = Rules { pipeline: true, ..Rules::default() };
    for line in ["BLPOP a 0", "BLPOP a 1.5", "XREAD BLOCK 0 STREAMS a $", "BZMPOP 0 1 a MIN"] {
        assert_eq!(refusal(line, rules).0, "BLOCKING", "{line}");
        assert!(matches!(target(line), Target::Slot(_)), "{line}");
    }
    assert!(classified(&Command::line("XREAD STREAMS a 0"), rules).0.is_ok());
}

#[test]
fn what_may_be_split_is_split() {
    for line in [
        "MGET a b",
        "DEL a b",
        "UNLINK a b",
        "EXISTS a b",
        "TOUCH a b",
        "MSET a 1 b 2",
        "JSON.MGET a b $",
        "JSON.MSET a $ 1 b $ 2",
        "MSETEX 2 a 1 b 2 EX 5",
    ] {
        assert_eq!(target(line), Target::Split, "{line}");
    }
}

#[test]
fn what_may_not_be_split_is_refused_with_the_hash_tag_to_use() {
    for line in [
        "MSETNX a 1 b 2",
        "PFCOUNT a b",
        "SINTERCARD 2 a b",
        "LCS a b",
        "RENAME a b",
        "EVAL script 2 a b",
        "XREAD STREAMS a b 0 0",
        "MSETEX 2 a 1 b 2 NX",
        "TS.MADD a 1 1 b 1 1",
    ] {
        let (code, message) = refusal(line, Rules::default());
        assert_eq!(code, "CROSSSLOT", "{line}");
        assert!(message.contains("keys `a` (slot 15495) and `b` (slot 3300)"), "{line}: {message}");
        assert!(message.contains("`{a}b`"), "{line}: {message}");
    }
}

#[test]
fn the_hash_tag_of_the_first_key_is_the_one_proposed() {
    let (_, message) = refusal("RENAME user:{42}:a user:{43}:a", Rules::default());
    assert!(message.contains("{42} into both names"), "{message}");
    let (_, message) = refusal("RENAME x}y b", Rules::default());
    assert!(message.contains("common hash tag"), "{message}");
}

#[test]
fn messages_shorten_long_keys_and_survive_bytes_that_are_no_text() {
    let long = "k".repeat(10_000);
    let (_, message) = refusal(&format!("RENAME {long} b"), Rules::default());
    assert!(message.len() < 400 && message.contains("kkk…"), "{message}");
    let command = Command::new([b"RENAME".as_slice(), b"\xff\xfe\r\n", b"b"]);
    let Err(Refusal::Misuse { message, .. }) = classified(&command, Rules::default()).0 else { panic!() };
    assert!(!message.contains('\n'), "{message}");
}

#[test]
fn splitting_can_be_forbidden() {
    let rules = Rules { no_split: true, ..Rules::default() };
    let (code, message) = refusal("MGET a b", rules);
    assert_eq!(code, "CROSSSLOT");
    assert!(message.contains("switched off"), "{message}");
}

#[test]
fn slots_are_no_matter_at_a_chosen_node_or_on_a_single_server() {
    for rules in [AT_NODE, STANDALONE] {
        let (class, keys) = classified(&Command::line("RENAME a b"), rules);
        assert_eq!(class.unwrap().target, slot("a"));
        assert_eq!(keys, [1, 2]);
    }
}

#[test]
fn names_are_checked_first() {
    assert_eq!(code(""), "EMPTY");
    assert_eq!(code("NOSUCH a"), "UNKNOWN");
    assert_eq!(code("CLUSTER"), "SUBCOMMAND");
    assert_eq!(code("CLUSTER NOSUCH"), "SUBCOMMAND");
    assert_eq!(code("''"), "UNKNOWN");
}

#[test]
fn the_number_of_arguments_is_checked_as_people_count_them() {
    for (line, says) in [
        ("GET", "GET takes 1 argument, 0 given"),
        ("GET a b", "GET takes 1 argument, 2 given"),
        ("SET a", "SET takes at least 2 arguments, 1 given"),
        ("CLUSTER KEYSLOT", "CLUSTER KEYSLOT takes 1 argument, 0 given"),
        ("DBSIZE x", "DBSIZE takes no arguments, 1 given"),
    ] {
        assert_eq!(refusal(line, Rules::default()), ("ARITY", says.to_owned()));
    }
}

#[test]
fn a_key_without_its_value_is_misuse() {
    let (code, message) = refusal("MSET a 1 b", Rules::default());
    assert_eq!(code, "ARITY");
    assert!(message.contains("pairs of key and value"), "{message}");
    assert_eq!(refusal("JSON.MSET a $ 1 b $", STANDALONE).0, "ARITY", "also where slots do not matter");
}

#[test]
fn key_counts_that_cannot_be_are_misuse() {
    for line in [
        "ZUNION 3 a b",
        "ZUNION x a b",
        "ZUNION -1 a b",
        "EVAL script 2 a",
        "ZUNION 99999999999999999999 a",
        "MSETEX 3 a 1 b 2",
        "ZUNION +1 a",
        "ZUNION 9223372036854775807 a",
    ] {
        assert_eq!(code(line), "KEYS", "{line}");
    }
}

#[test]
fn what_disturbs_a_shared_connection_is_refused_everywhere() {
    for line in [
        "MULTI",
        "EXEC",
        "WATCH a",
        "SUBSCRIBE c",
        "SSUBSCRIBE c",
        "MONITOR",
        "CLIENT REPLY OFF",
        "CLIENT TRACKING ON",
        "HELLO 3",
        "AUTH x",
        "SELECT 1",
        "WAIT 1 0",
        "READONLY",
        "ASKING",
        "RESET",
        "QUIT",
        "SYNC",
    ] {
        for rules in [Rules::default(), AT_NODE, STANDALONE] {
            let (code, message) = refusal(line, rules);
            assert!(
                code.bytes().all(|byte| byte.is_ascii_uppercase()) && message.len() > 20,
                "{line}: {code} {message}"
            );
        }
    }
    assert_eq!(target("SELECT 0"), Target::Any, "it is the only database");
}

#[test]
fn what_concerns_one_node_needs_one() {
    for line in
        ["SCAN 0", "CLUSTER MEET h 1", "CLUSTER FAILOVER", "BGSAVE", "SHUTDOWN", "CLUSTER MYID", "DEBUG SLEEP 0"]
    {
        assert_eq!(code(line), "NODE", "{line}");
        for rules in [AT_NODE, STANDALONE] {
            assert!(classified(&Command::line(line), rules).0.is_ok(), "{line}");
        }
    }
}

#[test]
fn what_a_cluster_does_not_have_works_on_a_single_server() {
    for line in ["MOVE a 1", "SWAPDB 0 1", "REPLICAOF NO ONE"] {
        assert!(matches!(code(line), "DATABASE" | "REPLICATION"));
        assert!(classified(&Command::line(line), STANDALONE).0.is_ok(), "{line}");
        assert!(classified(&Command::line(line), AT_NODE).0.is_err(), "{line}");
    }
}

#[test]
fn only_what_changes_nothing_may_be_sent_again() {
    let reads = [
        "GET a",
        "MGET a b",
        "PING",
        "INFO",
        "CLUSTER SLOTS",
        "SORT a",
        "SORT a BY nosort GET #",
        "BITFIELD a GET u8 0",
        "EVAL_RO s 1 a",
        "FCALL_RO f 1 a",
        "GEORADIUS a 1 2 3 m",
        "XREAD STREAMS a 0",
        "PFCOUNT a",
        "BITFIELD_RO a GET u8 0",
        "DBSIZE",
        "COMMAND",
    ];
    for line in reads {
        assert!(class(line).readonly, "{line}");
    }
    let writes = [
        "SET a b",
        "SORT {a} STORE {a}b",
        "sort {a} store {a}b",
        "BITFIELD a GET u8 0 SET u8 0 1",
        "bitfield a incrby u8 0 1",
        "EVAL s 1 a",
        "GEORADIUS {a} 1 2 3 m STORE {a}b",
        "GEORADIUS {a} 1 2 3 m storedist {a}b",
        "XREADGROUP GROUP g c STREAMS a >",
        "PUBLISH c m",
        "SPUBLISH c m",
        "GETEX a",
        "SCRIPT FLUSH",
        "CONFIG SET a b",
        "CLIENT SETNAME x",
        "FLUSHALL",
        "HGETDEL a FIELDS 1 f",
    ];
    for line in writes {
        assert!(!class(line).readonly, "{line}");
    }
}

#[test]
fn keys_that_only_the_server_finds_are_reported() {
    assert!(class("SORT a BY w_*").unknown_keys);
    assert!(class("SORT_RO a GET o_*").unknown_keys);
    assert!(!class("SORT a LIMIT 0 1").unknown_keys);
    assert!(!class("MGET a b").unknown_keys);
}

#[test]
fn commands_that_no_table_knows_go_by_the_keys_that_the_caller_names() {
    let rules = |positions| Rules { key_positions: Some(positions), ..Rules::default() };
    let (class, keys) = classified(&Command::line("NEW.THING x a"), rules(&[2]));
    assert_eq!(class.unwrap(), Class { row: RowId::STRANGER, target: slot("a"), readonly: false, unknown_keys: false });
    assert_eq!(keys, [2]);
    assert_eq!(classified(&Command::line("NEW.THING x"), rules(&[])).0.unwrap().target, Target::Any);
    assert_eq!(classified(&Command::line("CLUSTER NEW"), rules(&[])).0.unwrap().target, Target::Any);
    assert_eq!(refusal("NEW.THING x", rules(&[2])).0, "KEYS");
    assert_eq!(refusal("NEW.THING a b", rules(&[1, 2])).0, "CROSSSLOT");
    assert_eq!(classified(&Command::line("GET a"), rules(&[])).1, [1], "a known command's keys are the table's");
}

#[test]
fn every_command_with_too_few_arguments_is_refused_before_its_keys_are_sought() {
    for row in Table::generated().filter(|row| !row.flags.has(Flags::CONTAINER)) {
        let words = row.name.split(' ').count();
        for count in words..usize::from(row.arity.unsigned_abs()) {
            let args = row.name.split(' ').chain(std::iter::repeat("1")).take(count);
            let (class, _) = classified(&Command::new(args), AT_NODE);
            assert!(
                matches!(class, Err(Refusal::Misuse { code: "ARITY", .. })),
                "{} with {count}: {class:?}",
                row.name
            );
        }
    }
}
