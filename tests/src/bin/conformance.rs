//! `conformance`: writes the days that every host plays, as the in-process core lives them, for `host-node/test` to
//! play again; `conformance harvest` chooses the random ones anew.

use std::{
    io::{Write as _, stdout},
    process::ExitCode,
};

use slotpipe_tests::conformance::{conversations, harvest, harvested, read_harvest, write_harvest};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    match std::env::args().nth(1).as_deref() {
        None => {
            let days = conversations()? + &harvested(&read_harvest()?)?;
            stdout().write_all(days.as_bytes()).map_err(|error| error.to_string())
        }
        Some("harvest") => write_harvest(&harvest()?),
        Some(other) => Err(format!("there is no {other:?}: say `harvest`, or nothing")),
    }
}
