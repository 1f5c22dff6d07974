//! `slotpipe-encode MODULE.wasm COMPONENT.wasm`: the component of a module that was built with wit-bindgen, validated.
//!
//! A crate of its own because all others that could hold it depend on the crate that carries its output.

use std::{env, fs, process::ExitCode};

use wit_component::ComponentEncoder;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [module, component] => encode(module, component),
        _ => Err("usage: slotpipe-encode MODULE.wasm COMPONENT.wasm".to_owned()),
    };
    match done {
        Ok(sizes) => {
            println!("{sizes}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("slotpipe-encode: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A file that is the same already is not touched, so that nothing is built again because of it.
fn encode(module: &str, component: &str) -> Result<String, String> {
    let core = fs::read(module).map_err(|error| format!("{module}: {error}"))?;
    let encoder = ComponentEncoder::default().validate(true).module(&core);
    let encoded = encoder.and_then(|mut encoder| encoder.encode()).map_err(|error| format!("{module}: {error:#}"))?;
    let encoded =
        without_names(&encoded).ok_or_else(|| format!("{module}: the component's sections cannot be read"))?;
    if fs::read(component).is_ok_and(|present| present == encoded) {
        return Ok(format!("{component} is up to date"));
    }
    fs::write(component, &encoded).map_err(|error| format!("{component}: {error}"))?;
    Ok(format!("{component}: {} bytes, of which the core's module is {}", encoded.len(), core.len()))
}

/// A component without its custom sections: names of its parts, and who produced it.
fn without_names(component: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    let (header, mut rest) = component.split_at_checked(8)?;
    let mut kept = header.to_vec();
    while let Some(&kind) = rest.first() {
        // The section's length, in LEB128.
        let digits = rest[1..].iter().position(|byte| byte & 0x80 == 0)? + 1;
        let length = rest[1..=digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7f));
        let (section, behind) = rest.split_at_checked(1 + digits + length)?;
        if kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = behind;
    }
    Some(kept)
}
