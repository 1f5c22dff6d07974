//! core/GUARANTEES.md says what users may rely on: each promise names tests, and each test that it names is there.

use std::{fs, path::PathBuf};

use slotpipe_tests::source::root;

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

/// Whether the file, from the top or from tests/, has a test of this name in the way of its kind.
fn is_there(reference: &str) -> bool {
    let Some((path, name)) = reference.split_once("::") else { return false };
    let places: [PathBuf; 2] = [root().join("tests").join(path), root().join(path)];
    let Some(text) = places.iter().find_map(|place| fs::read_to_string(place).ok()) else { return false };
    match path.rsplit('.').next() {
        Some("rs") => text.contains(&format!("fn {name}(")) || has_row(&text, name),
        Some("txt") => text.lines().any(|line| line.strip_prefix("== ") == Some(name)),
        Some("mjs") => ['"', '`'].iter().any(|quote| text.contains(&format!("test({quote}{name}{quote}"))),
        _ => false,
    }
}

/// Whether a macro makes a test or a rule of this name: `name => …` in a table, or a word of a list `tests!(… name …);`.
fn has_row(text: &str, name: &str) -> bool {
    let lists = text.lines().filter_map(|line| line.split_once("!(")?.1.strip_suffix(");"));
    text.lines().any(|line| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(" => ")))
        || lists.flat_map(str::split_whitespace).any(|word| word == name)
}
