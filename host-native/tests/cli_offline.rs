//! `slotpipe slot` and `slotpipe explain` without a cluster: output, exit codes, and one line for every mistake.
#![cfg(feature = "cli")]

mod cli_support;

use cli_support::{Scratch, finish, run, slotpipe};

/// What `redis-cli cluster nodes` prints on a cluster of 2 primaries, a replica, and a hole from 16000 on.
const MAP: &str = "\
07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004,host4 slave e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected
67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master - 0 1426238316232 2 connected 5461-15999
e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001 myself,master - 0 0 1 connected 0-5460
";

#[test]
fn slot_prints_slot_key_and_hash_tag() {
    let out = run(&["slot", "foo", "{user:1}:name", "{}x", "a b"], "").succeeds();
    assert_eq!(out, "12182  foo\n10778  {user:1}:name  (hash tag user:1)\n10595  {}x\n 9817  \"a b\"\n");
}

#[test]
fn slot_reads_any_bytes_in_redis_cli_syntax() {
    let quoted = run(&["slot", "--quoted", r#""\x66\x6fo""#], "").succeeds();
    let piped = run(&["slot", "-"], "\"\\x66oo\"\n\n").succeeds();
    assert_eq!((&*quoted, &*piped), ("12182  foo\n", "12182  foo\n"));
}

#[test]
fn slot_speaks_json() {
    let out = run(&["slot", "--json", "--quoted", "foo", "{a}b", r#""\xff""#], "").succeeds();
    assert_eq!(
        out,
        concat!(
            r#"{"key":"foo","slot":12182,"hash_tag":null}"#,
            "\n",
            r#"{"key":"{a}b","slot":15495,"hash_tag":"a"}"#,
            "\n",
            r#"{"key":"�","key_quoted":"\"\\xff\"","slot":7920,"hash_tag":null}"#,
            "\n"
        )
    );
}

#[test]
fn explain_prints_one_json_object_per_command() {
    let out = run(
        &["explain", "--nodes", "3", "--json"],
        "SET foo bar\n\n# split\nmget a b {a}c\nDBSIZE\nEVAL 'return 1' 0\n",
    )
    .succeeds();
    let expected = [
        r#"{"index":0,"command":"SET","keys":["foo"],"readonly":false,"route":"slots","parts":[{"slot":12182,"node":"node-3:6379","keys":["foo"]}],"merge":"single","atomic":true}"#,
        r#"{"index":1,"command":"MGET","keys":["a","b","{a}c"],"readonly":true,"route":"slots","parts":[{"slot":15495,"node":"node-3:6379","keys":["a","{a}c"]},{"slot":3300,"node":"node-1:6379","keys":["b"]}],"merge":"position","atomic":false}"#,
        r#"{"index":2,"command":"DBSIZE","keys":[],"readonly":true,"route":"all-primaries","parts":[{"slot":null,"node":"node-1:6379","keys":[]},{"slot":null,"node":"node-2:6379","keys":[]},{"slot":null,"node":"node-3:6379","keys":[]}],"merge":"sum","atomic":false}"#,
        r#"{"index":3,"command":"EVAL","keys":[],"readonly":false,"route":"any","parts":[{"slot":null,"node":null,"keys":[]}],"merge":"single","atomic":true}"#,
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn explain_reads_a_map_and_knows_its_holes() {
    let map = Scratch::new("map", MAP);
    let out = run(&["explain", "--map", map.path(), "--json"], "GET foo\nGET b\nGET hole31\n").succeeds();
    let expected = [
        r#""parts":[{"slot":12182,"node":"127.0.0.1:30002","keys":["foo"]}]"#,
        r#""parts":[{"slot":3300,"node":"127.0.0.1:30001","keys":["b"]}]"#,
        r#""parts":[{"slot":16048,"node":null,"keys":["hole31"]}]"#,
    ];
    for (line, parts) in out.lines().zip(expected) {
        assert!(line.contains(parts), "{line}");
    }
    assert_eq!(out.lines().count(), 3);
}

#[test]
fn explain_reads_resp_too() {
    let lines = run(&["explain", "--json"], "GET foo\n").succeeds();
    let resp = run(&["explain", "--json"], "*2\r\n$3\r\nGET\r\n$3\r\nfoo\r\n").succeeds();
    assert_eq!(lines, resp);
}

#[test]
fn a_refusal_is_part_of_the_plan_and_fails_only_with_check() {
    let refused = run(&["explain", "--json"], "SINTER a b\n");
    assert!(
        refused
            .out
            .starts_with(r#"{"index":0,"command":"SINTER","keys":["a","b"],"refused":{"code":"CROSSSLOT","message":""#)
    );
    refused.succeeds();
    let checked = run(&["explain", "--check"], "GET a\nSINTER a b\n");
    checked.fails(1, &["line 2", "CROSSSLOT", "{a}"]);
    assert!(checked.out.contains("✗ CROSSSLOT"));
}

#[test]
fn a_malformed_command_fails_with_its_line() {
    run(&["explain"], "GET a\n\nMSET a 1 b\n").fails(1, &["line 3", "ARITY", "MSET"]);
    run(&["explain"], "GET\n").fails(1, &["line 1", "ARITY", "GET"]);
}

#[test]
fn input_that_cannot_be_read_fails_with_its_place() {
    run(&["explain"], "GET a\nGET b\nSET key1234 \"x\n").fails(2, &["line 3, column 13: unbalanced quotes"]);
    run(&["explain"], "*2\r\n$3\r\nGET\r\n$3\r\nfo").fails(2, &["byte 19", "ends inside", "byte 0"]);
    run(&["explain", "/no/such/file"], "").fails(2, &["/no/such/file", "No such file"]);
    run(&["explain", "--map", "/no/such/map"], "").fails(2, &["/no/such/map", "No such file"]);
    run(&["slot", "--quoted", "foo", "'x"], "").fails(2, &["key 2, column 1: unbalanced quotes"]);
    run(&["slot", "-"], "ok\n\"x\n").fails(2, &["line 2, column 1: unbalanced quotes"]);
}

#[test]
fn a_map_that_is_none_is_told() {
    let map = Scratch::new("no-map", "this is no map\n");
    run(&["explain", "--map", map.path()], "GET a\n").fails(2, &[map.path(), "cluster nodes"]);
}

#[test]
fn there_are_no_styles_where_no_terminal_is() {
    let out = run(&["explain"], "GET a\nDBSIZE\n").succeeds();
    assert!(!out.contains('\u{1b}'));
    assert!(out.starts_with("line  command"));
    assert!(out.ends_with("\n2 commands, 3 writes, 1 round trip (one command at a time: 4)\n"), "{out}");
}

/// `script` gives its command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_styles_unless_no_color_is_set() {
    let on_a_terminal = |no_color: &str| {
        let mut command = std::process::Command::new("script");
        let inner = format!("echo 'GET a' | {} explain", env!("CARGO_BIN_EXE_slotpipe"));
        command.args(["-qec", &inner, "/dev/null"]).env("NO_COLOR", no_color).env("TERM", "xterm");
        let output = command.stdin(std::process::Stdio::null()).output().expect("script (util-linux) runs");
        String::from_utf8(output.stdout).unwrap()
    };
    let (plain, styled) = (on_a_terminal("1"), on_a_terminal(""));
    assert!(plain.contains("GET") && !plain.contains('\u{1b}'), "{plain:?}");
    assert!(styled.contains("\u{1b}["), "{styled:?}");
}

#[test]
fn nothing_to_explain_is_no_failure() {
    assert_eq!(run(&["explain"], "\n# nothing\n").succeeds(), "no commands\n");
    assert_eq!(run(&["explain", "--json"], "").succeeds(), "");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut command = slotpipe(&["explain", "--json"]);
    let (reader, writer) = std::io::pipe().unwrap();
    command.stdout(writer);
    drop(reader);
    let run = finish(command, "GET a\n".repeat(20_000));
    assert_eq!((run.code, &*run.err), (0, ""));
}

#[test]
fn arguments_that_exclude_each_other_are_refused() {
    run(&["explain", "--map", "x", "--nodes", "3"], "").fails(2, &["--map", "--nodes"]);
}

#[test]
fn a_mistake_in_the_arguments_is_one_line_like_any_other() {
    run(&["explain", "--jsn"], "").fails(2, &["'--jsn'", "'--json'", "--help"]);
    run(&["explain", "--nodes", "0"], "").fails(2, &["--nodes", "1..=1000"]);
    run(&["slot"], "").fails(2, &["<KEY>"]);
    run(&["explian"], "").fails(2, &["'explain'"]);
    run(&["--engine", "inprocess", "explain"], "").fails(2, &["'inprocess'", "--engine", "in-process"]);
}

#[test]
fn a_mistake_in_a_file_comes_with_its_name() {
    let folder = std::env::temp_dir();
    let folder = folder.to_str().unwrap();
    run(&["explain", folder], "").fails(2, &[folder, "directory"]);
    let quotes = Scratch::new("quotes", "GET a\nGET 'b\n");
    run(&["explain", quotes.path()], "").fails(2, &[&format!("{}: line 2, column 5: ", quotes.path())]);
    let odd = Scratch::new("odd", "GET a\nMSET b\n");
    run(&["explain", odd.path()], "").fails(1, &[&format!("{}: line 2: ARITY", odd.path())]);
}

#[test]
fn a_slot_without_an_owner_is_no_write() {
    let map = Scratch::new("hole", MAP);
    let out = run(&["explain", "--map", map.path()], "GET foo\nGET hole31\n").succeeds();
    assert!(out.contains("16048  no owner"), "{out}");
    assert!(out.ends_with("\n2 commands, 1 without an owner of a slot, 1 write, 1 round trip\n"), "{out}");
}

#[test]
fn every_verb_has_help_with_examples() {
    for verb in ["slot", "explain", "load"] {
        let out = run(&[verb, "--help"], "").succeeds();
        assert!(out.contains("Examples:") && out.contains(&format!("slotpipe {verb}")), "{out}");
    }
}
