//! The examples in host-native/examples that have a document's counterpart, on a cluster of three primaries with a replica
//! each. What they print stands in tests/data/examples, for Rust and Node alike; there the cluster is at 127.0.0.1:7000
//! and the ports behind it. Where that differs from what the documents print, tests/data/corrections.tsv says why, and
//! host-node/MIGRATION.md shows it to readers.

use std::{cell::RefCell, collections::BTreeSet, fs, path::PathBuf, process::Command};

use slotpipe::{Cluster, Commands, Engine, lab::LocalCluster};
use slotpipe_tests::{built::program, source::root};

const TOPICS: [&str; 5] = ["cluster-commands", "first-steps", "nodes", "pipelines", "transactions"];
/// Examples that no document has.
const OWN: [&str; 2] = ["plugin_host", "readme"];

/// What the examples below print is kept, for the run in process.
macro_rules! println {
    ($($text:tt)*) => {
        crate::print(&format!($($text)*))
    };
}

#[path = "../../host-native/examples/cluster-commands.rs"]
#[expect(dead_code, reason = "its main is run as a program")]
mod cluster_commands;
#[path = "../../host-native/examples/first-steps.rs"]
#[expect(dead_code, reason = "its main is run as a program")]
mod first_steps;
#[path = "../../host-native/examples/nodes.rs"]
#[expect(dead_code, reason = "its main is run as a program")]
mod nodes;
#[path = "../../host-native/examples/pipelines.rs"]
#[expect(dead_code, reason = "its main is run as a program")]
mod pipelines;
#[path = "../../host-native/examples/transactions.rs"]
#[expect(dead_code, reason = "its main is run as a program")]
mod transactions;

thread_local! {
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
}

fn print(line: &str) {
    PRINTED.with_borrow_mut(|text| {
        text.push_str(line);
        text.push('\n');
    });
}

#[test]
fn every_example_prints_what_is_expected_over_wasmtime() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    for topic in TOPICS {
        let output = Command::new(program(&format!("examples/{topic}"))).arg(&cluster.seeds()[0]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{topic}");
        assert_eq!(usual_ports(&String::from_utf8_lossy(&output.stdout), &cluster), expected(topic), "{topic}");
        assert!(output.status.success(), "{topic}");
    }
    let sizes = cluster.primaries().unwrap().into_iter().map(|node| node.ask(["DBSIZE"]).unwrap().int());
    assert_eq!(sizes.collect::<Vec<_>>(), [Some(0); 3], "keys are left");
}

#[tokio::test]
async fn every_example_prints_what_is_expected_in_process() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let seed = &cluster.seeds()[0];
    let db = Cluster::builder(seed).engine(Engine::InProcess).connect().await.unwrap();
    for topic in TOPICS {
        let ran = match topic {
            "cluster-commands" => cluster_commands::run(&db).await,
            "first-steps" => first_steps::run(&db).await,
            "nodes" => nodes::run(seed, Engine::InProcess).await,
            "pipelines" => pipelines::run(&db).await,
            "transactions" => transactions::run(&db).await,
            other => panic!("{other} is not run"),
        };
        ran.unwrap_or_else(|error| panic!("{topic}: {error}"));
        assert_eq!(usual_ports(&PRINTED.take(), &cluster), expected(topic), "{topic}");
    }
    assert_eq!(db.keys("*").await.unwrap(), [""; 0]);
}

#[test]
fn every_example_is_run_and_every_expected_text_has_its_examples() {
    let examples = names("host-native/examples");
    assert_eq!(examples, TOPICS.into_iter().chain(OWN).map(str::to_owned).collect());
    assert_eq!(names("tests/data/examples"), TOPICS.map(str::to_owned).into());
}

/// The topic of each document, by its number.
const DOCUMENTS: [&str; 5] = ["pipelines", "transactions", "nodes", "first-steps", "cluster-commands"];
const HEADER: &str = "document\texample\tthere\there\treason";

struct Correction {
    topic: &'static str,
    example: String,
    there: String,
    /// A line of what the topic's example prints, or a part of one; or nothing, and then the reason says why.
    here: Option<String>,
    reason: String,
}

fn corrections() -> Vec<Correction> {
    let text = fs::read_to_string(root().join("tests/data/corrections.tsv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER));
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
        let [document, example, there, here, reason] = <[String; 5]>::try_from(cells).unwrap();
        let topic = DOCUMENTS[document.parse::<usize>().unwrap()];
        Correction { topic, example, there, here: Some(here).filter(|here| here != "-"), reason }
    };
    lines.map(row).collect()
}

#[test]
fn what_a_correction_says_is_printed_here_is_printed_and_each_has_a_reason() {
    let corrections = corrections();
    for Correction { topic, example, there, here, reason } in &corrections {
        assert!(![example, there, reason].iter().any(|cell| cell.is_empty() || *cell == "-"), "{topic}, {example}");
        let Some(here) = here else { continue };
        assert!(expected(topic).contains(here.as_str()), "{topic}, {example}: {here} is not printed");
    }
    let told: BTreeSet<_> = corrections.iter().map(|row| (row.topic, &row.example)).collect();
    assert_eq!(told.len(), corrections.len(), "an example is corrected twice under one name");
    assert_eq!(told.iter().map(|(topic, _)| *topic).collect::<BTreeSet<_>>(), TOPICS.into());
}

#[test]
fn the_migration_notes_end_with_the_corrections() {
    let notes = fs::read_to_string(root().join("host-node/MIGRATION.md")).unwrap();
    let (_, section) = notes.split_once("\n## Where the documents differ\n").unwrap();
    let shown: Vec<_> = section.lines().filter(|line| line.starts_with("- ")).collect();
    let expected: Vec<_> = corrections().iter().map(line_of).collect();
    assert_eq!(shown, expected, "\n{}\n", expected.join("\n"));
}

/// Options, classes and methods that the documents have, and commands that they say something else about.
#[test]
fn the_migration_notes_name_what_the_documents_name() {
    let notes = fs::read_to_string(root().join("host-node/MIGRATION.md")).unwrap().to_lowercase();
    let list = fs::read_to_string(root().join("tests/data/names.tsv")).unwrap();
    let names = list.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_lowercase());
    let named: BTreeSet<_> = notes.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let missing: Vec<_> = names.filter(|name| !named.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "named there, and not in the notes: {missing:?}");
}

#[test]
fn each_difference_to_another_client_is_one_line() {
    for (page, sections) in [("host-node/MIGRATION.md", 4), ("host-native/MIGRATION.md", 2)] {
        let notes = fs::read_to_string(root().join(page)).unwrap();
        let from: Vec<_> = notes.split("\n## ").filter(|section| section.starts_with("From ")).collect();
        assert_eq!(from.len(), sections, "{page}");
        for section in from {
            // Examples are compiled as part of the crate's documentation.
            let prose = section.split("\n```").step_by(2).flat_map(str::lines).skip(1);
            for line in prose.filter(|line| !line.is_empty()) {
                assert!(line.starts_with("- ") && line.ends_with('.'), "{page}: {line}");
            }
        }
    }
}

/// A correction as the notes show it.
fn line_of(Correction { topic, example, there, here, reason }: &Correction) -> String {
    let here = here.as_ref().map_or(String::new(), |here| format!(", here `{here}`"));
    format!("- {topic}, {example}: there `{there}`{here}: {reason}.")
}

fn names(folder: &str) -> BTreeSet<String> {
    let files = fs::read_dir(root().join(folder)).unwrap();
    let stem = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    files.map(|file| stem(file.unwrap().path())).collect()
}

fn expected(topic: &str) -> String {
    fs::read_to_string(root().join(format!("tests/data/examples/{topic}.txt"))).unwrap()
}

/// The text with the addresses of a cluster at 127.0.0.1:7000.
fn usual_ports(text: &str, cluster: &LocalCluster) -> String {
    let mut usual = text.to_owned();
    for (address, port) in cluster.seeds().iter().zip(7000..) {
        usual = usual.replace(address, &format!("127.0.0.1:{port}"));
    }
    usual
}
