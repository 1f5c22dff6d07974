//! The README says what is so: its examples are run and their output compared.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use slotpipe::lab::LocalCluster;
use slotpipe_tests::built::program;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The text of the README's blocks in this language.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let begin = format!("```{language}\n");
    text.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_rust_example_is_the_one_that_runs_and_it_is_short() {
    let source = fs::read_to_string(root().join("host-native/examples/readme.rs")).unwrap();
    let code = source.split_once("\n\n").unwrap().1;
    assert_eq!(blocks("rust"), [code]);
    assert!(code.lines().count() <= 15, "{} lines", code.lines().count());

    let cluster = LocalCluster::start(3, 0).unwrap();
    let example = program("examples/readme");
    let output = Command::new(example).arg(&cluster.seeds()[0]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "visit 1: Ada and Grace\n");
}

#[test]
fn the_command_line_example_prints_what_the_readme_shows() {
    let binary = program("slotpipe");
    let block = blocks("console").remove(0);
    let (command, shown) = block.split_once('\n').unwrap();
    let (input, args) = command.strip_prefix("$ printf '").unwrap().split_once("' | slotpipe ").unwrap();
    let mut child = Command::new(binary)
        .args(args.split(' '))
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.replace("\\n", "\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), shown);
}

#[test]
fn the_two_commands_are_doors_of_the_makefile() {
    let makefile = fs::read_to_string(root().join("Makefile")).unwrap();
    for block in blocks("sh") {
        for door in block.lines().filter_map(|line| line.strip_prefix("make ")) {
            let door = door.split(' ').next().unwrap();
            assert!(makefile.lines().any(|line| line.starts_with(&format!("{door}:"))), "make {door}");
        }
    }
}
