//! tests/data/features.tsv is the list of everything that the clients do: each capability names its tests in Node, in Rust
//! over wasmtime and in process. Its last column is for what is missing, and nothing is.

use std::{collections::BTreeSet, fs};

use slotpipe_tests::{references::is_there, source::root};

const HEADER: &str = "section\tcapability\tnode\twasmtime\tin-process\topen";
/// The sections of the list; what concerns several of them stands under the last.
const SECTIONS: [&str; 15] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "all"];
const NOTHING: &str = "-";

struct Row<'a> {
    section: &'a str,
    capability: &'a str,
    /// Names of tests in Node, over wasmtime, in process.
    tests: [Vec<&'a str>; 3],
    /// What is missing, for a row that lacks a test.
    open: Option<&'a str>,
}

fn list() -> String {
    fs::read_to_string(root().join("tests/data/features.tsv")).unwrap()
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER));
    lines.map(row).collect()
}

fn row(line: &str) -> Row<'_> {
    let cells: Vec<_> = line.split('\t').collect();
    let [section, capability, node, wasmtime, in_process, open] = cells[..] else {
        panic!("{} cells instead of 6: {line}", cells.len())
    };
    let names = |cell| if cell == NOTHING { Vec::new() } else { str::split(cell, " | ").collect() };
    let tests = [names(node), names(wasmtime), names(in_process)];
    Row { section, capability, tests, open: Some(open).filter(|open| *open != NOTHING) }
}

#[test]
fn every_capability_has_a_test_in_node_over_wasmtime_and_in_process() {
    let text = list();
    let lacks = |row: &Row<'_>| row.tests.iter().any(Vec::is_empty) || row.open.is_some();
    let bare = rows(&text).into_iter().filter(lacks);
    let bare: Vec<_> = bare.map(|row| format!("{} {}: {:?}", row.section, row.capability, row.open)).collect();
    assert!(bare.is_empty(), "without a test in one of the hosts, or open:\n  {}", bare.join("\n  "));
}

#[test]
fn every_test_that_a_capability_names_is_there_and_runs_in_its_host() {
    let text = list();
    let rows = rows(&text);
    let named = rows.iter().flat_map(|row| row.tests.iter().enumerate());
    let named = named.flat_map(|(host, names)| names.iter().map(move |name| (host, *name)));
    let missing: Vec<_> = named.filter(|(host, name)| !is_there(name) || !runs_in(*host, name)).collect();
    assert!(missing.is_empty(), "not there, or not run in this host (0 Node, 1 wasmtime, 2 in process):\n{missing:#?}");
}

#[test]
fn every_section_has_rows_and_each_row_stands_once_in_the_order_of_the_sections() {
    let text = list();
    let rows = rows(&text);
    let told: BTreeSet<_> = rows.iter().map(|row| row.capability).collect();
    assert_eq!(told.len(), rows.len(), "a capability stands twice");
    let mut sections: Vec<_> = rows.iter().map(|row| row.section).collect();
    sections.dedup();
    assert_eq!(sections, SECTIONS);
}

#[test]
fn a_test_of_another_host_is_no_test_of_this_one() {
    for (reference, expected) in [
        ("host-node/test/client.test.mjs::any", [true, false, false]),
        ("tests/native/suite.rs::any", [false, true, true]),
        ("tests/component.rs::one_compiled_component_makes_many_instances", [false, true, false]),
        ("tests/canary.rs::what_a_client_in_the_sandbox_says", [false, true, false]),
        ("tests/reshard.rs::any", [false, false, true]),
        ("adapter/cut.txt::any", [true, true, true]),
        ("conversations/lost.txt::any", [false, false, false]),
    ] {
        assert_eq!([0, 1, 2].map(|host| runs_in(host, reference)), expected, "{reference}");
    }
}

/// Whether a test of this name runs in the host: 0 is Node, 1 wasmtime, 2 in process.
fn runs_in(host: usize, reference: &str) -> bool {
    let Some((path, name)) = reference.split_once("::") else { return false };
    if path.starts_with("adapter/") {
        return true;
    }
    if path.ends_with(".mjs") {
        return host == 0;
    }
    if !path.ends_with(".rs") || host == 0 {
        return false;
    }
    if let Some(suite) = path.strip_suffix("/suite.rs") {
        // Taken in twice, once for each engine.
        let both = fs::read_to_string(root().join("tests").join(suite).with_extension("rs")).unwrap_or_default();
        return ["mod component;", "mod in_process;"].iter().all(|taken| both.contains(taken));
    }
    let sandbox =
        path == "tests/component.rs" || ["sandbox", "wasmtime", "component"].iter().any(|word| name.contains(word));
    sandbox == (host == 1)
}
