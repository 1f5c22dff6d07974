//! Writes the files that are made from `core/commands.tsv`; with `--check` only says which are out of date.

use std::process::ExitCode;

use slotpipe_tests::generate;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [] => generate::write_all().map(|files| files.into_iter().map(|file| format!("wrote {file}")).collect()),
        [only] if only == "--check" => generate::differences(),
        _ => Err("usage: generate [--check]".to_owned()),
    };
    match result {
        Ok(lines) => {
            let is_stale = !arguments.is_empty() && !lines.is_empty();
            lines.iter().for_each(|line| println!("{line}"));
            if is_stale {
                println!("run `cargo run -p slotpipe-tests --bin generate`");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
    }
}
