//! With the feature `component`: says what to do where the component has not been made yet.

use std::{env, path::Path};

const COMPONENT: &str = "component/slotpipe.wasm";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_COMPONENT").is_none() {
        return;
    }
    println!("cargo::rerun-if-changed={COMPONENT}");
    if !Path::new(COMPONENT).exists() {
        println!(
            "cargo::error=the component is not built: run `make component` first (it makes host-native/{COMPONENT}), or build without it: `--no-default-features --features cli`"
        );
    }
}
