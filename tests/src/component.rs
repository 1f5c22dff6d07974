//! The component: made of the core's wasm module, and what it asks of a host.

use std::{fs, path::PathBuf};

use wit_component::{ComponentEncoder, DecodedWasm, decode};

use crate::source::root;

/// What `cargo build -p slotpipe-component --profile wasm` writes, under the target directory.
pub const MODULE: &str = "wasm32-unknown-unknown/wasm/slotpipe_component.wasm";

/// Where `slotpipe` takes the component's bytes from when it is built.
pub fn path() -> PathBuf {
    root().join("host-native/component/slotpipe.wasm")
}

/// The component of a core module that was built with wit-bindgen; validated.
///
/// # Errors
/// What is wrong with the module.
pub fn encode(module: &[u8]) -> Result<Vec<u8>, String> {
    let encoder = ComponentEncoder::default().validate(true).module(module);
    encoder.and_then(|mut encoder| encoder.encode()).map_err(|error| format!("{error:#}"))
}

/// Encodes the module into [`path`]; a file that is the same already is not touched, so that nothing is built again.
/// Returns both sizes.
///
/// # Errors
/// The file that cannot be read or written, or what is wrong with the module.
pub fn write(module: &str) -> Result<(usize, usize), String> {
    let core = fs::read(module).map_err(|error| format!("{module}: {error}"))?;
    let component = encode(&core)?;
    let path = path();
    if fs::read(&path).is_ok_and(|present| present == component) {
        return Ok((core.len(), component.len()));
    }
    fs::write(&path, &component).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok((core.len(), component.len()))
}

/// What a component imports and exports, by name.
///
/// # Errors
/// The bytes are no component.
pub fn interface(component: &[u8]) -> Result<(Vec<String>, Vec<String>), String> {
    let decoded = decode(component).map_err(|error| format!("{error:#}"))?;
    let DecodedWasm::Component(resolve, world) = decoded else {
        return Err("a WIT package, not a component".to_owned());
    };
    let world = &resolve.worlds[world];
    let names = |items: &wit_parser::IndexMap<wit_parser::WorldKey, wit_parser::WorldItem>| {
        items.keys().map(|key| resolve.name_world_key(key)).collect()
    };
    Ok((names(&world.imports), names(&world.exports)))
}
