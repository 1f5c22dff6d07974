//! Files made from `core/commands.tsv`, checked in so that nobody needs a build script to build Slotpipe.
//!
//! `cargo run -p slotpipe-tests --bin generate` writes them, with `-- --check` it only says which are out of date.

use std::{fs, io, path::PathBuf};

use commands::Commands;

pub mod commands;
pub mod core_table;
pub mod grammar;
pub mod methods;
pub mod reply;
pub mod rust_methods;
pub mod rust_samples;
pub mod typescript;

/// One generated file.
#[derive(Debug)]
pub struct Generator {
    /// Where, from the top of the repository.
    pub file: &'static str,
    /// Its text, or what is wrong with the table.
    pub text: fn(&Commands) -> Result<String, String>,
}

/// Every generated file; a new generator is one line here.
pub const GENERATORS: &[Generator] = &[
    core_table::GENERATOR,
    rust_methods::METHODS,
    rust_methods::CLUSTER,
    rust_methods::OPTIONS,
    rust_methods::CHOICES,
    rust_methods::REPLIES,
    rust_samples::GENERATOR,
    typescript::GENERATOR,
    typescript::REFUSABLE,
];

/// Writes every generated file that differs, and returns their names.
pub fn write_all() -> Result<Vec<&'static str>, String> {
    let mut written = Vec::new();
    for stale in stale_files()? {
        let path = repository().join(stale.file);
        fs::write(&path, stale.text).map_err(|error| format!("{}: {error}", path.display()))?;
        written.push(stale.file);
    }
    Ok(written)
}

/// What differs between the checked-in files and the table: one line per file, with the first line that differs.
pub fn differences() -> Result<Vec<String>, String> {
    Ok(stale_files()?.into_iter().map(|stale| stale.hint).collect())
}

/// The top of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

struct Stale {
    file: &'static str,
    text: String,
    hint: String,
}

fn stale_files() -> Result<Vec<Stale>, String> {
    let commands = Commands::read(&repository().join("core/commands.tsv"))?;
    let mut stale = Vec::new();
    for Generator { file, text } in GENERATORS {
        let text = text(&commands).map_err(|error| format!("{file}: {error}"))?;
        let old = match fs::read_to_string(repository().join(file)) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("{file}: {error}")),
        };
        if old != text {
            let hint = hint(file, &old, &text);
            stale.push(Stale { file, text, hint });
        }
    }
    Ok(stale)
}

fn hint(file: &str, old: &str, new: &str) -> String {
    let at = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
    format!("{file}:{}: has `{}`, the table says `{}`", at + 1, line(old), line(new))
}
