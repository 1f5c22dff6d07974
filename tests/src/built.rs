//! Programs of the client that tests run as a user does.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// What tests run, apart from what cargo builds for them anyway.
const WHAT: [&str; 5] = ["--package", "slotpipe", "--examples", "--bin", "slotpipe"];

/// Where one of the programs is, under the directory of the profile; built first, unless `SLOTPIPE_BUILT` says that they
/// are there and of today. `cargo test --workspace` builds them, and a second build of one package alone would compile
/// all of wasmtime once more, with other features.
///
/// # Panics
/// It cannot be built, or this is no test.
#[must_use]
pub fn program(path: &str) -> PathBuf {
    if env::var_os("SLOTPIPE_BUILT").is_none() {
        let mut build = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        build.args(["build", "--quiet", "--locked"]).args(WHAT);
        let status = build.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs");
        assert!(status.success(), "{path} does not build");
    }
    // target/debug/deps/readme-...
    let test = env::current_exe().expect("a test has a path");
    test.ancestors().nth(2).unwrap_or(Path::new("")).join(path)
}
