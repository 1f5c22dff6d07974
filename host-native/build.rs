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
            "cargo::error=host-native/{COMPONENT} is not there: run `make component`, which needs the target wasm32-unknown-unknown, or build without the feature `component`"
        );
    }
}
