//! `slotpipe-bind CORE.wasm OUT-DIR`: writes `core.wasm`, its bindings `core.js` as a CommonJS file, and their types.
//!
//! `wasm-bindgen` writes an ES module for the web, which initialises from bytes without any file access. One form is
//! enough for both ways of loading it: a CommonJS module can be required and imported, and there is one core however it
//! was loaded. `build.mjs` puts the bytes where the bindings name `WASM`.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, directory] = &arguments[..] else { bail!("usage: slotpipe-bind CORE.wasm OUT-DIR") };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = bindgen.generate_output().with_context(|| format!("binding {input}"))?;
    ensure!(output.npm_dependencies().is_empty(), "the core asks for packages");

    let script = common_js(output.js())?;
    // What follows is how to initialise it, which is done here.
    let (types, _) = output.ts().and_then(|all| all.split_once("export type InitInput")).context("no types")?;
    let types = format!("{types}export const memory: {{ readonly buffer: ArrayBuffer }};\n");
    let wasm = output.wasm_mut().emit_wasm();
    println!("{} bytes of wasm", wasm.len());

    let script = format!(
        "{script}\nconst memory = initSync({{ module: WASM }}).memory;\n\
         module.exports = {{ Core, slot_of, explain_offline, memory }};\n"
    );
    let directory = Path::new(directory);
    fs::create_dir_all(directory)?;
    fs::write(directory.join("core.wasm"), wasm)?;
    fs::write(directory.join("core.js"), script)?;
    fs::write(directory.join("core.d.ts"), types)?;
    Ok(())
}

/// The module without its exports, of which the last line is the only one that names no declaration.
fn common_js(module: &str) -> Result<String> {
    let mut script = String::from("\"use strict\";\n");
    for line in module.lines() {
        match line.strip_prefix("export ") {
            Some(list) if list.starts_with('{') => {}
            Some(declaration) => script.extend([declaration, "\n"]),
            None => script.extend([line, "\n"]),
        }
    }
    for needed in ["function initSync(", "class Core ", "function slot_of(", "function explain_offline("] {
        ensure!(script.contains(needed), "no `{needed}` among the bindings");
    }
    let asks_for_files = script.contains("import.meta") || script.lines().any(|line| line.starts_with("import "));
    ensure!(!asks_for_files, "the bindings look for a file");
    Ok(script)
}
