//! Programs of the client that tests run as a user does.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The examples, and the command line.
const WHAT: [&str; 6] = ["--example", "readme", "--example", "plugin_host", "--bin", "slotpipe"];

/// Where one of the programs is, under the directory of the profile; built if it is not there or out of date.
///
/// All of them together and as a part of the workspace: that is what `cargo test --workspace` has built already, while
/// `-p slotpipe` would compile all of wasmtime once more, with other features.
///
/// # Panics
/// It cannot be built, or this is no test.
#[must_use]
pub fn program(path: &str) -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--locked", "--workspace"]).args(WHAT);
    let status = build.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs");
    assert!(status.success(), "{path} does not build");
    // target/debug/deps/readme-...
    let test = env::current_exe().expect("a test has a path");
    test.ancestors().nth(2).unwrap_or(Path::new("")).join(path)
}
