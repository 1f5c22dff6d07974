//! core/GUARANTEES.md says what users may rely on: each promise names tests, and each test that it names is there. Beside
//! it, core/SCOREBOARD.md holds what `make scoreboard` has written.

use std::fs;

use slotpipe_tests::{references::is_there, source::root};

/// Sections whose points are no promises.
const NO_PROMISES: [&str; 2] = ["What no client can promise", "Figures of the soak"];

fn document() -> String {
    fs::read_to_string(root().join("core/GUARANTEES.md")).unwrap()
}

#[test]
fn every_promise_names_a_test() {
    let text = document();
    let promises: Vec<_> = promises(&text).collect();
    assert!(promises.len() > 20, "{} promises: the list is not read", promises.len());
    let bare: Vec<_> = promises.iter().filter(|promise| references(promise).is_empty()).collect();
    assert!(bare.is_empty(), "promises without a test:\n{bare:#?}");
}

#[test]
fn every_test_that_is_named_is_there() {
    let text = document();
    let missing: Vec<_> = references(&text).into_iter().filter(|reference| !is_there(reference)).collect();
    assert!(missing.is_empty(), "named and not there:\n  {}", missing.join("\n  "));
}

#[test]
fn every_file_that_is_linked_is_there() {
    let text = document();
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let missing: Vec<_> = linked.filter(|path| !root().join("core").join(path).is_file()).collect();
    assert!(missing.is_empty(), "linked and not there: {missing:?}");
}

#[test]
fn the_scoreboard_is_written_by_its_door_and_has_a_row_for_every_host() {
    let text = fs::read_to_string(root().join("core/SCOREBOARD.md")).unwrap();
    let makefile = fs::read_to_string(root().join("Makefile")).unwrap();
    assert!(text.contains("\nmake scoreboard ") && makefile.contains("\nscoreboard:"), "no door makes the scoreboard");

    let writer = fs::read_to_string(root().join("tests/bench/scoreboard/run.mjs")).unwrap();
    let mut rest = text.as_str();
    for mark in ["<!-- make scoreboard: from here -->", "<!-- make scoreboard: to here -->"] {
        assert!(writer.contains(mark), "the run writes between other marks than {mark}");
        rest = rest.split_once(mark).unwrap_or_else(|| panic!("no mark {mark} in its place")).1;
    }
    let twice = text.split("### Executed twice").nth(1).and_then(|rest| rest.split("###").next()).unwrap();
    for host in ["slotpipe, Node", "slotpipe, Rust", "slotpipe, Rust over wasmtime"] {
        let row = twice.lines().find_map(|line| line.strip_prefix(&format!("| {host} | "))).expect(host);
        assert!(row.split('|').all(|cell| cell.trim().is_empty() || cell.trim().starts_with("0 of ")), "{host}: {row}");
    }
}

#[test]
fn a_test_that_is_not_there_is_found_missing() {
    for (reference, expected) in [
        ("tests/guarantees.rs::every_promise_names_a_test", true),
        ("tests/guarantees.rs::every_promise", false),
        ("tests/nowhere.rs::every_promise_names_a_test", false),
        ("conversations/lost.txt::Half a reply is no reply", true),
        ("conversations/lost.txt::Half a reply", false),
        ("host-node/test/client.test.mjs::RESP2 and RESP3 give one value", true),
        ("host-node/test/client.test.mjs::RESP2", false),
        ("fuzz/tests/corpora.rs::decode", true),
        ("fuzz/tests/corpora.rs::dec", false),
        ("README.md::Slotpipe", false),
    ] {
        assert_eq!(is_there(reference), expected, "{reference}");
    }
}

#[test]
fn a_promise_is_a_point_with_all_that_stands_below_it() {
    let text = "# T\n\n## A\n\n- **one**\n  more\n  - `a.rs::b`\n- **two**\n\n## Figures of the soak\n\n- three\n";
    let found: Vec<_> = promises(text).collect();
    assert_eq!(found, ["**one**\n  more\n  - `a.rs::b`", "**two**\n"]);
    assert_eq!(references(found[0]), ["a.rs::b"]);
}

/// The points of all sections that make promises.
fn promises(text: &str) -> impl Iterator<Item = &str> {
    let sections =
        text.split("\n## ").skip(1).filter(|section| !NO_PROMISES.iter().any(|title| section.starts_with(title)));
    sections.flat_map(|section| section.split("\n- ").skip(1))
}

/// What stands in code marks and has the form `file::test`.
fn references(text: &str) -> Vec<&str> {
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|span| span.split_once("::").is_some_and(|(path, _)| path.contains(['.', '/']))).collect()
}
