//! How the commands of a load ended: counts, the first failure, and the file of all failures.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use bytes::Bytes;
use serde::Serialize;

use crate::cli::{
    input::{Chunk, Place},
    words::Quoted,
};

/// The object that `--json` ends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(super) struct Counts {
    pub(super) commands: u64,
    pub(super) ok: u64,
    pub(super) errors: u64,
    pub(super) unknown: u64,
    pub(super) not_executed: u64,
    pub(super) redirects: u64,
    pub(super) retries: u64,
    pub(super) seconds: f64,
}

impl Counts {
    /// Commands of which at least a part may have run.
    pub(super) fn sent(&self) -> u64 {
        self.ok + self.errors + self.unknown
    }
}

/// A command that did not end with a good reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failed {
    /// Position in its chunk.
    pub(super) index: usize,
    pub(super) how: How,
    pub(super) reason: String,
    pub(super) node: Option<String>,
}

/// Which of the contract's outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum How {
    /// The server's error, or parts of which at least one is an error and none is unknown.
    Error,
    /// It may have run, or a part of it.
    Unknown,
    /// It never ran.
    NotExecuted,
}

/// One line of the `--errors` file.
#[derive(Serialize)]
struct Record<'a> {
    index: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    command: &'a str,
    outcome: How,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<&'a str>,
}

/// Adds up.
pub(super) struct Tally {
    pub(super) counts: Counts,
    first: Option<String>,
    errors: Option<BufWriter<File>>,
}

impl Tally {
    /// Makes the file, if one is wanted, before anything is sent.
    pub(super) fn new(errors: Option<&Path>) -> io::Result<Self> {
        let errors = errors.map(File::create).transpose()?.map(BufWriter::new);
        Ok(Self { counts: Counts::default(), first: None, errors })
    }

    /// So many commands ended well.
    pub(super) fn good(&mut self, count: u64) {
        self.counts.commands += count;
        self.counts.ok += count;
    }

    /// One did not.
    pub(super) fn failed(&mut self, chunk: &Chunk, failed: &Failed) -> io::Result<()> {
        self.counts.commands += 1;
        match failed.how {
            How::Error => self.counts.errors += 1,
            How::Unknown => self.counts.unknown += 1,
            How::NotExecuted => self.counts.not_executed += 1,
        }
        if self.first.is_some() && self.errors.is_none() {
            return Ok(());
        }
        let args = chunk.args(failed.index);
        let place = chunk.place(failed.index);
        self.first.get_or_insert_with(|| {
            let at = failed.node.as_ref().map(|node| format!(" at {node}")).unwrap_or_default();
            format!("{place}: {}{at}: {}", shortened(&args), failed.reason)
        });
        let Some(file) = &mut self.errors else { return Ok(()) };
        let (line, byte) = match place {
            Place::Line(line) => (Some(line), None),
            Place::Byte(byte) => (None, Some(byte)),
        };
        let record = Record {
            index: chunk.first + failed.index as u64,
            line,
            byte,
            command: &command_line(&args),
            outcome: failed.how,
            reason: &failed.reason,
            node: failed.node.as_deref(),
        };
        serde_json::to_writer(&mut *file, &record)?;
        file.write_all(b"\n")
    }

    /// Everything is in the file.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.errors.as_mut().map_or(Ok(()), Write::flush)
    }

    /// One line about what failed, if anything did.
    pub(super) fn verdict(&self) -> Option<String> {
        let Counts { commands, ok, .. } = self.counts;
        let first = self.first.as_ref()?;
        let hint = if self.errors.is_some() || commands - ok == 1 { "" } else { " (--errors FILE keeps all)" };
        Some(format!("{} of {commands} commands failed; the first: {first}{hint}", commands - ok))
    }
}

/// The whole command as `redis-cli` (and `load`) would read it.
fn command_line(args: &[Bytes]) -> String {
    args.iter().map(|arg| Quoted(arg).to_string()).collect::<Vec<_>>().join(" ")
}

/// What of a command fits into a line of text.
fn shortened(args: &[Bytes]) -> String {
    let head = |arg: &Bytes| Quoted(&arg[..arg.len().min(40)]).to_string() + if arg.len() > 40 { "…" } else { "" };
    let shown = args.iter().take(3).map(head).collect::<Vec<_>>().join(" ");
    if args.len() > 3 { shown + " …" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::input::{self, Size};

    fn chunk() -> Chunk {
        input::chunks(&b"SET a 1\n\nLPUSH a \"x y\" z\n"[..], Size::default()).next().unwrap().unwrap()
    }

    #[test]
    fn the_verdict_names_the_first_failure_with_its_line() {
        let mut tally = Tally::new(None).unwrap();
        tally.good(1);
        let failed = Failed { index: 1, how: How::Error, reason: "WRONGTYPE no list".into(), node: None };
        tally.failed(&chunk(), &failed).unwrap();
        assert_eq!(
            tally.verdict().unwrap(),
            "1 of 2 commands failed; the first: line 3: LPUSH a \"x y\" …: WRONGTYPE no list"
        );
        assert_eq!((tally.counts.commands, tally.counts.ok, tally.counts.errors), (2, 1, 1));
    }

    #[test]
    fn the_errors_file_has_commands_that_can_be_given_again() {
        let path = std::env::temp_dir().join(format!("slotpipe-errors-{}", std::process::id()));
        let mut tally = Tally::new(Some(&path)).unwrap();
        let failed =
            Failed { index: 1, how: How::NotExecuted, reason: "no".into(), node: Some("127.0.0.1:7000".into()) };
        tally.failed(&chunk(), &failed).unwrap();
        tally.finish().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(
            text,
            concat!(
                r#"{"index":1,"line":3,"command":"LPUSH a \"x y\" z","#,
                r#""outcome":"not_executed","reason":"no","node":"127.0.0.1:7000"}"#,
                "\n"
            )
        );
    }
}
