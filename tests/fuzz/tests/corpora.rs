//! Every input that was worth keeping, played again: those by which the fuzzer reaches all that it has reached
//! (`corpus/TARGET`), and those that once broke something (`regressions/TARGET`).

use std::{fs, panic, path::Path, sync::Mutex};

use slotpipe_fuzz::{TARGETS, Target};

/// Targets that count allocations count those of the whole process.
static ALONE: Mutex<()> = Mutex::new(());

/// Plays the inputs of a target, and says which of them breaks it.
fn play(name: &str) {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let &(_, target) = TARGETS.iter().find(|&&(own, _)| own == name).expect("a target of this name");
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut played = 0;
    for kind in ["corpus", "regressions"] {
        let Ok(inputs) = fs::read_dir(top.join(kind).join(name)) else { continue };
        for input in inputs {
            let path = input.expect("a directory that can be read").path();
            one(target, &path);
            played += 1;
        }
    }
    assert!(played > 0, "no input of {name} is kept");
}

fn one(target: Target, path: &Path) {
    let input = fs::read(path).expect("a file that can be read");
    if let Err(panic) = panic::catch_unwind(|| target(&input)) {
        eprintln!("broken by {}", path.display());
        panic::resume_unwind(panic);
    }
}

macro_rules! corpora {
    ($($target:ident)*) => {
        $(#[test]
        fn $target() {
            play(stringify!($target));
        })*

        #[test]
        fn every_target_has_its_test() {
            let names: Vec<&str> = TARGETS.iter().map(|&(name, _)| name).collect();
            assert_eq!(names, [$(stringify!($target)),*]);
        }
    };
}

corpora!(decode limits encode redirect topology command_info keys plan machine liar boundary hosts);
