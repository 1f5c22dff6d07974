//! What a reader must always find true of the source: the rules of the house, held against the files themselves.

use std::{collections::BTreeSet, fs, process::Command};

use slotpipe_tests::source::{Source, files, root};

/// Logic per file, tests and generated tables not counted: more than anyone reads in one sitting.
const MOST_LINES: usize = 900;

#[test]
fn the_core_is_no_std_and_forbids_unsafe_code() {
    let text = fs::read_to_string(root().join("core/src/lib.rs")).unwrap();
    for attribute in ["#![no_std]", "#![forbid(unsafe_code)]"] {
        assert!(text.lines().any(|line| line == attribute), "core/src/lib.rs has no line {attribute}");
    }
}

#[test]
fn the_core_names_std_only_in_its_tests() {
    let offences = core().into_iter().flat_map(|file| {
        let code = file.code();
        let named = code.lines().enumerate().filter(|(_, line)| names_std(line));
        named.map(|(line, _)| format!("{}:{}", file.path, line + 1)).collect::<Vec<_>>()
    });
    assert_none(offences, "std in the core");
}

#[test]
fn imports_in_the_core_point_one_way() {
    const MAY_NOT_KNOW: [(&str, &[&str]); 5] = [
        ("wire", &["route", "flight", "cluster"]),
        ("route", &["flight", "cluster"]),
        ("flight", &["cluster"]),
        ("port", &["flight", "cluster"]),
        ("config", &["flight", "cluster"]),
    ];
    let offences = core().into_iter().flat_map(|file| {
        let module = file.module();
        let forbidden = MAY_NOT_KNOW.iter().find(|(layer, _)| module.first().is_some_and(|first| first == layer));
        let forbidden = forbidden.map_or(&[][..], |(_, others)| others);
        let named =
            file.references().into_iter().filter(|path| path.first().is_some_and(|top| forbidden.contains(&&**top)));
        named.map(|path| format!("{} names {}", file.path, path.join("::"))).collect::<Vec<_>>()
    });
    assert_none(offences, "imports against the direction cluster -> flight -> route -> wire");
}

#[test]
fn the_files_of_flight_do_not_know_each_other() {
    let flight: Vec<_> = core().into_iter().filter(|file| file.path.starts_with("core/src/flight/")).collect();
    let parts: BTreeSet<_> = flight.iter().filter_map(|file| file.module().get(1).cloned()).collect();
    let offences = flight.iter().filter_map(|file| {
        let own = file.module().get(1).cloned()?;
        let other = file.references().into_iter().find(|path| {
            path.first().is_some_and(|top| top == "flight")
                && path.get(1).is_some_and(|part| *part != own && parts.contains(part))
        })?;
        Some(format!("{} names {}", file.path, other.join("::")))
    });
    assert_none(offences, "flight files that name each other (only cluster.rs sees them all)");
}

#[test]
fn the_top_level_holds_the_fixed_entries_only() {
    const ENTRIES: [&str; 10] = [
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "Makefile",
        "README.md",
        "core",
        "host-native",
        "tests",
        "wit",
    ];
    const ALSO: [&str; 2] = ["host-node", "target"];
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strangers = entries
        .filter(|name| !name.starts_with('.') && !ENTRIES.contains(&name.as_str()) && !ALSO.contains(&name.as_str()));
    assert_none(strangers, "entries at the top level that have their place elsewhere");
}

#[test]
fn no_file_of_logic_is_longer_than_one_sitting() {
    let long = rust().into_iter().filter(|file| !file.is_test() && !file.is_generated()).filter_map(|file| {
        let lines = file.code().lines().filter(|line| !line.trim().is_empty()).count();
        (lines > MOST_LINES).then(|| format!("{} has {lines} lines of code", file.path))
    });
    assert_none(long, &format!("files of more than {MOST_LINES} lines"));
}

#[test]
fn the_core_depends_on_five_crates_and_they_on_none() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "-p", "slotpipe-core", "--target", "wasm32-unknown-unknown", "--edges", "normal,features"])
        .args(["--prefix", "none", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));

    let crates: BTreeSet<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(crates, BTreeSet::from(["bytes", "crc16", "itoa", "memchr", "sha1_smol", "slotpipe-core"]));
    assert!(!tree.contains("feature \"std\""), "a dependency of the core is built with std:\n{tree}");
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let offences = files("", &["Cargo.toml"]).into_iter().flat_map(|manifest| {
        let lines = unexplained(&manifest.text).into_iter();
        lines.map(|line| format!("{}: {line}", manifest.path)).collect::<Vec<_>>()
    });
    assert_none(offences, "dependencies without a reason (a comment above the line, or in the workspace's table)");
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let members = files("", &["Cargo.toml"]).into_iter().filter(|manifest| manifest.path.contains('/'));
    // The calling convention of components is unsafe code, generated; nothing else in that crate may be.
    let (guest, members): (Vec<_>, Vec<_>) = members.partition(|manifest| manifest.path == "wit/Cargo.toml");
    assert!(guest.iter().all(|manifest| manifest.text.contains("[lints.rust]\nunsafe_code = \"deny\"")));
    let own = members.into_iter().filter(|manifest| !manifest.text.contains("[lints]\nworkspace = true"));
    assert_none(own.map(|manifest| manifest.path), "manifests without `[lints] workspace = true`");
}

#[test]
fn nothing_is_left_to_do_in_the_tree() {
    let marks = [concat!("to", "do!("), concat!("un", "implemented!("), concat!("FIX", "ME"), concat!("TO", "DO")];
    let sources = files("", &[".rs", ".ts", ".js", ".mjs", ".wit", ".toml", ".sh", "Makefile"]);
    let found = sources.iter().flat_map(|file| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
        lines.map(|(line, text)| format!("{}:{}: {}", file.path, line + 1, text.trim())).collect::<Vec<_>>()
    });
    assert_none(found, "unfinished places");
}

fn core() -> Vec<Source> {
    files("core/src", &[".rs"]).into_iter().filter(|file| !file.is_test()).collect()
}

fn rust() -> Vec<Source> {
    files("", &[".rs"])
}

fn names_std(line: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices("std").any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + 3..]);
        !before.ends_with(word) && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

/// The lines of `[dependencies]` and `[workspace.dependencies]` that stand under no comment. Members of this workspace
/// need none, inherited ones have theirs in the workspace, and `serde_json` shares that of `serde`.
fn unexplained(manifest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut inside, mut commented, mut last) = (false, false, "");
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line == "[dependencies]" || line == "[workspace.dependencies]";
            continue;
        }
        if line.starts_with('#') {
            commented = true;
            continue;
        }
        let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
        let family = name.split(['-', '_']).next().unwrap_or_default();
        let explained = commented || family == "slotpipe" || line.contains("workspace = true") || family == last;
        if inside && !line.trim().is_empty() && line.starts_with(|c: char| c.is_alphabetic()) && !explained {
            found.push(line);
        }
        (commented, last) = (false, if explained { family } else { "" });
    }
    found
}

#[track_caller]
fn assert_none(offences: impl IntoIterator<Item = String>, what: &str) {
    let offences: Vec<_> = offences.into_iter().collect();
    assert!(offences.is_empty(), "{what}:\n  {}", offences.join("\n  "));
}
