//! What the component asks of a host, and offers.

use wit_component::{DecodedWasm, decode};

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
