//! `slotpipe slot`: the slot of keys, and what of them is hashed.

use std::{
    ffi::OsString,
    io::{self, BufRead, Write},
};

use serde::Serialize;
use slotpipe_core::route::slot::{Slot, hash_tag};

use super::{
    Failure,
    words::{self, Quoted, Words},
};

const EXAMPLES: &str = r#"Examples:
  slotpipe slot user:1 '{user:1}:name'    the same slot: only what stands in {} is hashed
  slotpipe slot --quoted '"\x00\xff"'     any bytes, in redis-cli syntax
  redis-cli --scan | slotpipe slot -      keys from a pipe, words in redis-cli syntax"#;

/// Print the slot of each KEY, and its hash tag if it has one
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// The keys; - reads them from the standard input
    #[arg(value_name = "KEY", required = true)]
    keys: Vec<OsString>,
    /// Read each KEY as redis-cli does: "\n", "\xff" and so on mean bytes
    #[arg(long)]
    quoted: bool,
    /// One JSON object per line
    #[arg(long)]
    json: bool,
}

/// Does it.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let mut words = Words::default();
    for (position, key) in (1..).zip(&args.keys) {
        if key == "-" {
            from_stdin(args, &mut words, out)?;
            continue;
        }
        let key = key.as_encoded_bytes();
        if !args.quoted {
            tell(key, args.json, out)?;
            continue;
        }
        words::split(key, &mut words).map_err(|bad| {
            Failure::usage(format_args!("key {position}, column {}: {}", words::column(key, bad.at), bad.what))
        })?;
        words.iter().try_for_each(|key| tell(key, args.json, out))?;
    }
    Ok(())
}

fn from_stdin(args: &Args, words: &mut Words, out: &mut impl Write) -> Result<(), Failure> {
    for (number, line) in (1..).zip(io::stdin().lock().split(b'\n')) {
        let line = line.map_err(|error| Failure::usage(format_args!("cannot read the standard input: {error}")))?;
        words::split(&line, words).map_err(|bad| {
            Failure::usage(format_args!("line {number}, column {}: {}", words::column(&line, bad.at), bad.what))
        })?;
        words.iter().try_for_each(|key| tell(key, args.json, out))?;
    }
    Ok(())
}

/// One line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    key: std::borrow::Cow<'a, str>,
    /// Only where the key is not UTF-8: its bytes in redis-cli syntax.
    #[serde(skip_serializing_if = "Option::is_none")]
    key_quoted: Option<String>,
    slot: u16,
    hash_tag: Option<std::borrow::Cow<'a, str>>,
}

fn tell(key: &[u8], json: bool, out: &mut impl Write) -> Result<(), Failure> {
    let slot = Slot::of(key).number();
    let tag = Some(hash_tag(key)).filter(|tag| tag.len() < key.len());
    if json {
        let line = Line {
            key: String::from_utf8_lossy(key),
            key_quoted: std::str::from_utf8(key).is_err().then(|| Quoted(key).to_string()),
            slot,
            hash_tag: tag.map(String::from_utf8_lossy),
        };
        serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    match tag {
        None => writeln!(out, "{slot:>5}  {}", Quoted(key))?,
        Some(tag) => writeln!(out, "{slot:>5}  {}  (hash tag {})", Quoted(key), Quoted(tag))?,
    }
    Ok(())
}
