//! `slotpipe explain`: what a batch would do, before it does it.
//!
//! The plan comes from the core, the same code that plans a real pipeline; this file reads the input, names a slot map,
//! and writes the answer as JSON lines or, in [`text`], as a table.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use serde::Serialize;
use slotpipe::CallOptions;
use slotpipe_core::{
    cluster::explain_offline,
    port::{Explained, ExplainedPart, Misuse, SubmitOptions},
    route::topology::{BadView, Topology},
};

use super::{
    Failure,
    connect::{self, Connect, Where},
    input::{self, Chunk},
    refusal,
    table::Look,
    words::Quoted,
};

mod text;

pub(crate) use text::Page;

const NOTES: &str = "\
Input:
  One command per line in redis-cli syntax (blank lines and lines that begin with # are skipped), or RESP.

JSON:
  One object per command, index from 0. Keys that are not UTF-8 are shown with U+FFFD; \"keys_quoted\" beside \"keys\" \
then has them all in redis-cli syntax. A part's node is null where it is chosen when the command is sent, or where its \
slot has no owner.

Exit code:
  0 the plan was told, with what a cluster refuses in it; 1 a command is malformed (an odd MSET), or anything is \
refused and --check was given, or the cluster cannot be asked; 2 the input cannot be read.

Examples:
  echo 'MGET a b c' | slotpipe explain
  slotpipe explain -c 127.0.0.1:7000 batch.txt
  redis-cli cluster nodes > map.txt; slotpipe explain --map map.txt --json < batch.txt";

/// Show which node gets what of a batch, and how the replies become one; nothing is sent
#[derive(Debug, clap::Args)]
#[command(after_long_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    connect: Connect,
    /// A file that has what `redis-cli cluster nodes` prints
    #[arg(long, value_name = "FILE", conflicts_with = "cluster")]
    map: Option<PathBuf>,
    /// An invented cluster of so many primaries with equal shares
    #[arg(long, value_name = "N", default_value_t = 3, conflicts_with_all = ["map", "cluster"],
          value_parser = clap::value_parser!(u16).range(1..=1000))]
    nodes: u16,
    /// One JSON object per command and line
    #[arg(long)]
    json: bool,
    /// Exit with 1 if any command would be refused
    #[arg(long)]
    check: bool,
    /// The commands; the standard input if not given
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(args: &Args, engine: Where, out: &mut impl Write) -> Result<(), Failure> {
    if args.connect.cluster.is_none() {
        let topology = topology(args)?;
        return explain(args, out, |batch| {
            explain_offline(&topology, batch, &SubmitOptions::default()).map_err(Failure::usage)
        });
    }
    let runtime = connect::runtime()?;
    let cluster = runtime.block_on(args.connect.open(CallOptions::new(), engine))?;
    explain(args, out, |batch| runtime.block_on(cluster.explain(batch.clone())).map_err(Failure::failed))
}

/// Reads the input, asks `plan` about it chunk by chunk, and writes what it says.
fn explain(
    args: &Args,
    out: &mut impl Write,
    plan: impl Fn(&Bytes) -> Result<Vec<Explained>, Failure>,
) -> Result<(), Failure> {
    let path = args.file.as_deref();
    let input = input::open(path).map_err(|error| Failure::usage(format_args!("{}: {error}", input::name(path))))?;
    let mut text = (!args.json).then(|| text::Page::new(Look::of_stdout()));
    let mut refused = Refused::default();
    for chunk in input::chunks(input, input::Size { commands: 10_000, bytes: 16 << 20 }) {
        let chunk = chunk.map_err(|bad| Failure::usage(input::bad(path, &bad)))?;
        let plans = plan(&chunk.batch)?;
        refused.count(&chunk, &plans);
        match &mut text {
            Some(page) => page.chunk(&chunk, &plans, out)?,
            None => plans.iter().try_for_each(|plan| json(chunk.first, plan, out))?,
        }
    }
    if let Some(page) = text {
        page.summary(out)?;
    }
    refused.verdict(args.check, path)
}

/// The slot map that was asked for.
fn topology(args: &Args) -> Result<Topology, Failure> {
    let Some(path) = &args.map else { return Ok(Topology::invented(args.nodes)) };
    let bad = |what: &dyn std::fmt::Display| Failure::usage(format_args!("{}: {what}", path.display()));
    let text = std::fs::read(path).map_err(|error| bad(&error))?;
    Topology::from_nodes_text(&String::from_utf8_lossy(&text)).map_err(|view| match view {
        BadView::Standalone => bad(&"this server has no cluster"),
        BadView::Server(error) => bad(&error),
        BadView::Form(what) => bad(&format_args!("not what `redis-cli cluster nodes` prints: {what}")),
    })
}

/// The refusal of one command in one line.
fn told(chunk: &Chunk, misuse: &Misuse) -> String {
    refusal(chunk.place(misuse.index as usize), misuse.code, &misuse.command, &misuse.message)
}

/// What was refused so far.
#[derive(Default)]
struct Refused {
    count: u64,
    first: Option<String>,
    first_malformed: Option<String>,
}

impl Refused {
    fn count(&mut self, chunk: &Chunk, plans: &[Explained]) {
        for misuse in plans.iter().filter_map(|plan| plan.plan.as_ref().err()) {
            self.count += 1;
            if self.first.is_none() {
                self.first = Some(told(chunk, misuse));
            }
            if self.first_malformed.is_none() && is_malformed(misuse) {
                self.first_malformed = Some(told(chunk, misuse));
            }
        }
    }

    fn verdict(self, check: bool, path: Option<&Path>) -> Result<(), Failure> {
        let Some(first) = self.first_malformed.or(self.first.filter(|_| check)) else { return Ok(()) };
        let more = match self.count {
            1 => String::new(),
            count => format!(" (and {} more refused)", count - 1),
        };
        Err(Failure::failed(input::about(path, format_args!("{first}{more}"))))
    }
}

/// Wrong on every server, whatever the slots.
fn is_malformed(misuse: &Misuse) -> bool {
    matches!(misuse.code, "ARITY" | "EMPTY" | "FRAME" | "KEYS")
}

/// One line of `--json`.
#[derive(Serialize)]
struct Line<'a> {
    index: u64,
    command: &'a str,
    #[serde(flatten)]
    keys: Keys,
    #[serde(flatten)]
    plan: Plan<'a>,
}

#[derive(Serialize)]
struct Keys {
    keys: Vec<String>,
    /// Only where a key is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    keys_quoted: Option<Vec<String>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Plan<'a> {
    Sent {
        readonly: bool,
        route: &'a str,
        parts: Vec<Part>,
        merge: &'a str,
        atomic: bool,
        #[serde(flatten)]
        recipe: Option<Recipe<'a>>,
    },
    Refused {
        refused: Reason<'a>,
    },
}

#[derive(Serialize)]
struct Recipe<'a> {
    steps: &'a [String],
    loses: &'a str,
}

#[derive(Serialize)]
struct Part {
    slot: Option<u16>,
    node: Option<String>,
    #[serde(flatten)]
    keys: Keys,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: &'a str,
    message: &'a str,
}

impl Keys {
    fn new(keys: &[Bytes]) -> Self {
        let quote = keys.iter().any(|key| std::str::from_utf8(key).is_err());
        Self {
            keys: keys.iter().map(|key| String::from_utf8_lossy(key).into_owned()).collect(),
            keys_quoted: quote.then(|| keys.iter().map(|key| Quoted(key).to_string()).collect()),
        }
    }
}

fn json(first: u64, explained: &Explained, out: &mut impl Write) -> Result<(), Failure> {
    let part = |part: &ExplainedPart| Part {
        slot: part.slot,
        node: part.node.as_ref().map(ToString::to_string),
        keys: Keys::new(&part.keys),
    };
    let plan = match &explained.plan {
        Ok(plan) => Plan::Sent {
            readonly: explained.readonly,
            route: plan.route,
            parts: plan.parts.iter().map(part).collect(),
            merge: plan.merge,
            atomic: plan.atomic,
            recipe: plan.loses.as_deref().map(|loses| Recipe { steps: &plan.steps, loses }),
        },
        Err(misuse) => Plan::Refused { refused: Reason { code: misuse.code, message: &misuse.message } },
    };
    let line = Line {
        index: first + u64::from(explained.index),
        command: &explained.command,
        keys: Keys::new(&explained.keys),
        plan,
    };
    serde_json::to_writer(&mut *out, &line).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use slotpipe_core::port::{Address, ExplainedPlan};

    use super::*;

    fn written(explained: &Explained) -> String {
        let mut out = Vec::new();
        json(0, explained, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_planned_command_is_one_json_object() {
        let explained = Explained {
            index: 0,
            command: "MGET".into(),
            keys: vec!["a".into(), "b".into()],
            readonly: true,
            plan: Ok(ExplainedPlan {
                route: "slots",
                parts: vec![
                    ExplainedPart {
                        slot: Some(15495),
                        node: Some(Address::new("127.0.0.1", 7002)),
                        keys: vec!["a".into()],
                    },
                    ExplainedPart { slot: Some(3300), node: None, keys: vec!["b".into()] },
                ],
                merge: "position",
                atomic: false,
                steps: Vec::new(),
                loses: None,
            }),
        };
        assert_eq!(
            written(&explained),
            concat!(
                r#"{"index":0,"command":"MGET","keys":["a","b"],"readonly":true,"route":"slots","#,
                r#""parts":[{"slot":15495,"node":"127.0.0.1:7002","keys":["a"]},{"slot":3300,"node":null,"keys":["b"]}],"#,
                r#""merge":"position","atomic":false}"#,
                "\n"
            )
        );
    }

    #[test]
    fn a_refused_command_has_code_and_message_and_a_binary_key_its_bytes() {
        let explained = Explained {
            index: 1,
            command: "SINTER".into(),
            keys: vec!["a".into(), Bytes::from_static(b"\xff")],
            readonly: true,
            plan: Err(Misuse { index: 1, code: "CROSSSLOT", command: "SINTER".into(), message: "no".into() }),
        };
        assert_eq!(
            written(&explained),
            concat!(
                r#"{"index":1,"command":"SINTER","keys":["a","�"],"keys_quoted":["a","\"\\xff\""],"#,
                r#""refused":{"code":"CROSSSLOT","message":"no"}}"#,
                "\n"
            )
        );
    }
}
