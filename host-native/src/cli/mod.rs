//! The command line: arguments, and how every failure becomes one line and an exit code.
//!
//! | file | |
//! |---|---|
//! | [`words`], [`input`] | text or RESP in, batches out |
//! | [`slot`], [`explain`] | what would be sent where, from the core alone |
//! | [`connect`] | which cluster, and as whom |
//! | [`load`] | mass insertion |
//! | [`demo`] | all of it on a cluster of its own |
//! | [`table`] | text laid out for a terminal of some width |

use std::{
    fmt::Display,
    io::{self, BufWriter, IsTerminal, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

mod connect;
#[cfg(unix)]
mod demo;
mod explain;
mod input;
mod load;
mod slot;
mod table;
mod words;

use connect::Where;
use input::Place;

/// One pipeline over a whole Redis or Valkey cluster, each command exactly one outcome
#[derive(Debug, Parser)]
#[command(name = "slotpipe", version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    /// Where the core runs, for the verbs that talk to a cluster
    #[arg(long, value_enum, value_name = "WHERE", default_value_t, global = true)]
    engine: Where,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Slot(slot::Args),
    Explain(explain::Args),
    Load(load::Args),
    #[cfg(unix)]
    Demo(demo::Args),
}

/// Why a verb did not do what it was asked to.
#[derive(Debug)]
enum Failure {
    /// Told in one line; the exit code is the second.
    Told(String, u8),
    /// Everything was told already.
    Silent(u8),
}

/// Something was asked for and did not happen, or not without errors.
const FAILED: u8 = 1;
/// The arguments or the input cannot be read.
const USAGE: u8 = 2;
/// Ctrl-C, as shells number it.
const INTERRUPTED: u8 = 130;

impl Failure {
    fn failed(message: impl Display) -> Self {
        Self::Told(message.to_string(), FAILED)
    }

    fn usage(message: impl Display) -> Self {
        Self::Told(message.to_string(), USAGE)
    }
}

impl From<io::Error> for Failure {
    /// Only writing to the standard output ends up here; nobody listening any more is no failure.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Silent(0);
        }
        Self::failed(format_args!("cannot write to the standard output: {error}"))
    }
}

/// Reads the arguments, does what they say.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() || error.kind() == HELP_INSTEAD => error.exit(),
        Err(error) => {
            eprintln!("slotpipe: {}", one_line(&mistake(&error.render().to_string())));
            return ExitCode::from(USAGE);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match cli.verb {
        Verb::Slot(args) => slot::run(&args, &mut out),
        Verb::Explain(args) => explain::run(&args, cli.engine, &mut out),
        Verb::Load(args) => load::run(&args, cli.engine, &mut out),
        #[cfg(unix)]
        Verb::Demo(args) => demo::run(&args, cli.engine, &mut out),
    };
    match done.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Silent(code)) => {
            // What was written before counts; that it cannot be written is no news.
            let _ = out.flush();
            ExitCode::from(code)
        }
        Err(Failure::Told(message, code)) => {
            let _ = out.flush();
            eprintln!("slotpipe: {}", one_line(&message));
            ExitCode::from(code)
        }
    }
}

/// Somebody who names no verb at all gets the help.
const HELP_INSTEAD: clap::error::ErrorKind = clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;

/// clap's page about a mistake in the arguments as one sentence: what is wrong, its tips, where to read on.
fn mistake(page: &str) -> String {
    let told = page.split("\n\n").take_while(|part| !part.starts_with("Usage:") && !part.starts_with("For more"));
    let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<_> = told.map(words).collect();
    let sentence = parts.join("; ");
    format!("{} (see --help)", without_userinfo(sentence.strip_prefix("error: ").unwrap_or(&sentence)))
}

/// A URL that stands where none belongs keeps its user and password to itself.
fn without_userinfo(text: &str) -> String {
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown += "://";
        let end = part.find(|c: char| c.is_whitespace()).unwrap_or(part.len());
        match part[..end].rfind('@') {
            Some(at) => shown = shown + "…" + &part[at..],
            None => shown += part,
        }
    }
    shown
}

/// Texts of servers and systems are shown, never obeyed by the terminal.
fn one_line(text: &str) -> String {
    text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// One line about a command that is refused.
fn refusal(place: Place, code: &str, command: &str, message: &str) -> String {
    if command.is_empty() || message.contains(command) {
        return format!("{place}: {code}: {message}");
    }
    format!("{place}: {code}: {command}: {message}")
}

/// A number of things.
fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Whether the standard output shows styles: a terminal, and `NO_COLOR` (no-color.org) is not set.
fn styled() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(args: &[&str]) -> String {
        mistake(&Cli::try_parse_from(args).expect_err("a mistake").render().to_string())
    }

    #[test]
    fn a_mistake_in_the_arguments_is_one_sentence() {
        assert_eq!(
            told(&["slotpipe", "explain", "--jsn"]),
            "unexpected argument '--jsn' found; tip: a similar argument exists: '--json' (see --help)"
        );
        assert_eq!(
            told(&["slotpipe", "slot"]),
            "the following required arguments were not provided: <KEY>... (see --help)"
        );
        assert_eq!(
            told(&["slotpipe", "explain", "--nodes", "0"]),
            "invalid value '0' for '--nodes <N>': 0 is not in 1..=1000 (see --help)"
        );
    }

    #[test]
    fn a_url_in_the_wrong_place_shows_no_password() {
        assert_eq!(told(&["slotpipe", "redis://app:p@ss@h:1"]), "unrecognized subcommand 'redis://…@h:1' (see --help)");
        assert_eq!(without_userinfo("a://b c@d e://f@g"), "a://b c@d e://…@g");
    }
}
