//! The model is a cluster: scripted scenarios are played on it and on real servers, and both give the same replies.
//!
//! `SLOTPIPE_RECORD=1 cargo test -p slotpipe-sim --test scenarios record` writes down what the real servers say.

mod play;
mod reply;
mod script;
mod world;

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use play::{play, rewritten};
use script::File;
use world::{InMemory, Live, World};

#[test]
fn there_are_two_hundred_scenarios_and_each_says_what_it_shows() {
    let files = files();
    let names: Vec<_> = files.iter().flat_map(|file| &file.scenarios).map(|scenario| &scenario.name).collect();
    assert!(names.len() >= 200, "{} scenarios", names.len());
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "two scenarios have one name");
    for file in &files {
        for scenario in &file.scenarios {
            let shows = scenario.steps.iter().any(|step| !step.expected.is_empty());
            assert!(shows, "{}:{} expects nothing", file.name, scenario.line);
        }
    }
}

#[test]
fn the_model_answers_as_the_scenarios_say() {
    let mut differences = Vec::new();
    for file in &mut files() {
        let mut world = InMemory::start(file);
        differences.extend(play(file, &mut world, false));
    }
    report(differences);
}

#[test]
fn real_servers_answer_as_the_scenarios_say() {
    report(on_real_servers(|file, world| play(file, world, false)));
}

#[test]
fn record() {
    if std::env::var("SLOTPIPE_RECORD").is_err() {
        return;
    }
    report(on_real_servers(|file, world| {
        let differences = play(file, world, true);
        let path = directory().join(&file.name).with_extension("txt");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, rewritten(file, &text)).unwrap();
        differences
    }));
}

/// Several clusters at a time: most of their time is waiting.
fn on_real_servers(run: impl Fn(&mut File, &mut dyn World) -> Vec<String> + Sync) -> Vec<String> {
    const AT_ONCE: usize = 4;
    let files: Vec<_> = files().into_iter().map(Mutex::new).collect();
    let (next, differences) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut file = file.lock().unwrap();
                    let mut world = Live::start(&file);
                    let found = run(&mut file, &mut world);
                    differences.lock().unwrap().extend(found);
                }
            });
        }
    });
    differences.into_inner().unwrap()
}

fn report(differences: Vec<String>) {
    assert!(differences.is_empty(), "{} scenarios differ:\n{}", differences.len(), differences.join("\n"));
}

/// All of them, or those with `SLOTPIPE_SCENARIOS` in their names.
fn files() -> Vec<File> {
    let wanted = std::env::var("SLOTPIPE_SCENARIOS").unwrap_or_default();
    let mut paths: Vec<_> = fs::read_dir(directory()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut used = BTreeSet::new();
    let files = paths.iter().map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        File::parse(&name, &fs::read_to_string(path).unwrap(), &mut used)
    });
    files.filter(|file| file.name.contains(&wanted)).collect()
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}
