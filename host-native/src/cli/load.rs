//! `slotpipe load`: mass insertion that knows the cluster.
//!
//! [`feed`] reads ahead and cuts the input into chunks; a few chunks are under way at once, each a batch of the client,
//! sent in the order of the input; [`tally`] adds up how their commands ended; [`progress`] shows it meanwhile.
//! Whatever the size of the input, memory holds those few chunks and their replies.

use std::{
    collections::VecDeque,
    io::{self, Write},
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use slotpipe::{CallOptions, Cluster, Error, ErrorKind, Outcome, OutcomeKind, Replies, Retry, Unknown};
use slotpipe_core::{cluster::explain_offline, port::SubmitOptions, route::topology::Topology};
use tokio::task::JoinSet;

use super::{
    FAILED, Failure, INTERRUPTED, USAGE,
    connect::{self, Connect, Where},
    counted,
    input::{self, Chunk, Place, Size},
    refusal,
};
use feed::Feed;
use progress::Progress;
use tally::{Counts, Failed, How, Tally};

mod feed;
mod progress;
mod tally;

/// Chunks under way at once: enough that no node waits for the slowest reply of a chunk.
const UNDER_WAY: usize = 4;
/// How much one chunk holds.
const CHUNK: Size = Size { commands: 4_000, bytes: 1 << 20 };
/// For all attempts of a command: a failover and a reshard take less.
const DEADLINE: Duration = Duration::from_secs(60);

const NOTES: &str = "\
Input:
  RESP (it begins with *), or one command per line in redis-cli syntax; blank lines and lines that begin with # are \
skipped. Commands that touch one key run in the order given.

Mistakes in the input:
  Unbalanced quotes, truncated RESP, an odd MSET, a command that cannot be sent in a batch: told with line or byte; \
nothing of its chunk (4000 commands or 1 MiB) and of what follows is sent.

Unknown outcomes:
  A write whose connection broke before the reply may have run. It counts as unknown and is not sent again, unless \
--idempotent says that running it twice does no harm.

Errors file:
  One JSON object per line for each command that failed: index, line (or byte), command (in redis-cli syntax, ready to \
be loaded again), outcome (error, unknown, not_executed), reason, node.

Exit code:
  0 every command got a good reply; 1 some did not, or the cluster cannot be reached; 2 a mistake in the input; 130 \
Ctrl-C, which lets what is under way end (a second one does not, and counts it as unknown).

Examples:
  slotpipe load -c 127.0.0.1:7000 commands.txt
  generate | slotpipe load -c node1:7000,node2:7000 --json --errors failed.jsonl
  jq -r .command failed.jsonl | slotpipe load -c 127.0.0.1:7000";

/// Send any number of commands to the nodes they belong to
#[derive(Debug, clap::Args)]
#[command(after_long_help = NOTES)]
pub(crate) struct Args {
    #[command(flatten)]
    connect: Connect,
    /// Send writes again whose outcome is unknown
    #[arg(long)]
    idempotent: bool,
    /// Write what failed and why to FILE
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Print the counts as one JSON object
    #[arg(long)]
    json: bool,
    /// The commands; the standard input if not given
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(args: &Args, engine: Where, out: &mut impl Write) -> Result<(), Failure> {
    let path = args.file.as_deref();
    let reader = input::open(path).map_err(|error| Failure::usage(format_args!("{}: {error}", input::name(path))))?;
    let errors = args.errors.as_deref();
    if is_input(path, errors) {
        return Err(Failure::usage(format_args!("--errors would overwrite the input, {}", input::name(path))));
    }
    let (ended, mut tally) = connect::runtime()?.block_on(async {
        let began = Instant::now();
        let retry = if args.idempotent { Retry::Idempotent } else { Retry::Reads };
        let cluster = args.connect.open(CallOptions::new().deadline(DEADLINE).retry(retry), engine).await?;
        // Not before there is a cluster: the failures of the last load are not lost to a wrong address.
        let mut tally = Tally::new(errors).map_err(|error| errors_file(errors, &error))?;
        let size =
            path.and_then(|path| std::fs::metadata(path).ok()).filter(|meta| meta.is_file()).map(|meta| meta.len());
        let mut load = Load {
            cluster: &cluster,
            path,
            under_way: VecDeque::new(),
            tally: &mut tally,
            progress: Progress::new(size),
        };
        let ended = load.run(Feed::start(reader, CHUNK)).await;
        load.progress.finish();
        let stats = cluster.stats().await.unwrap_or_default();
        tally.counts.redirects = stats.redirects();
        tally.counts.retries = stats.retries;
        tally.counts.seconds = began.elapsed().as_secs_f64();
        Ok::<_, Failure>((ended, tally))
    })?;
    tally.finish().map_err(|error| errors_file(errors, &error))?;
    print(&tally.counts, args.json, out)?;
    match (ended, tally.verdict()) {
        (Err(Stop::Told(what, code)), _) => Err(Failure::Told(
            format!("{what} ({} were sent before it)", counted(tally.counts.sent(), "command")),
            code,
        )),
        (Err(Stop::File(error)), _) => Err(errors_file(errors, &error)),
        (Ok(()), Some(verdict)) => Err(Failure::Told(verdict, FAILED)),
        (Ok(()), None) => Ok(()),
    }
}

/// Whether the file of failures is the input, which would be gone before it is read.
fn is_input(path: Option<&Path>, errors: Option<&Path>) -> bool {
    let input = path.filter(|path| path.as_os_str() != "-").unwrap_or("/dev/stdin".as_ref());
    let real = |path: &Path| path.canonicalize().ok().filter(|path| path.is_file());
    real(input).is_some_and(|input| errors.and_then(real) == Some(input))
}

fn errors_file(path: Option<&Path>, error: &io::Error) -> Failure {
    Failure::failed(format_args!("--errors {}: {error}", path.unwrap_or("".as_ref()).display()))
}

/// Why a load ended before its input did.
enum Stop {
    /// In words, with the exit code.
    Told(String, u8),
    /// The file of failures cannot be written.
    File(io::Error),
}

/// A load under way.
struct Load<'a> {
    cluster: &'a Cluster,
    /// Of the input, for messages.
    path: Option<&'a Path>,
    /// Sent and not ended, in the order of the input.
    under_way: VecDeque<Arc<Chunk>>,
    tally: &'a mut Tally,
    progress: Progress,
}

impl Load<'_> {
    /// Sends chunk after chunk; the first reason to stop lets those under way end. A Ctrl-C when nothing is read any more
    /// does not wait for them.
    async fn run(&mut self, mut feed: Feed) -> Result<(), Stop> {
        let mut sending = JoinSet::new();
        let mut ended = Ok(());
        let mut reading = true;
        let mut interrupted = pin!(tokio::signal::ctrl_c());
        while reading || !sending.is_empty() {
            let stop = tokio::select! {
                chunk = feed.next(), if reading && sending.len() < UNDER_WAY => match chunk {
                    Some(Ok(chunk)) => {
                        self.progress.read(feed.bytes_read());
                        let chunk = Arc::new(chunk);
                        self.under_way.push_back(Arc::clone(&chunk));
                        sending.spawn(send(self.cluster.clone(), chunk));
                        continue;
                    }
                    Some(Err(bad)) => Stop::Told(input::bad(self.path, &bad), USAGE),
                    None => {
                        reading = false;
                        continue;
                    }
                },
                Some(done) = sending.join_next(), if !sending.is_empty() => match done {
                    Ok((chunk, replies)) => match self.settle(&chunk, replies) {
                        Ok(()) => continue,
                        Err(stop) => stop,
                    },
                    Err(panic) => Stop::Told(format!("a task ended badly: {panic}"), FAILED),
                },
                _ = &mut interrupted => {
                    interrupted.set(tokio::signal::ctrl_c());
                    if !reading {
                        sending.abort_all();
                        return Err(self.abandon());
                    }
                    self.progress.interrupted();
                    Stop::Told("interrupted".into(), INTERRUPTED)
                }
            };
            reading = false;
            if ended.is_ok() {
                ended = Err(stop);
            }
        }
        ended
    }

    /// Nobody waits for the replies of what is under way.
    fn abandon(&mut self) -> Stop {
        for chunk in std::mem::take(&mut self.under_way) {
            let unknown = Unknown { attempts: 1, cause: "interrupted before the reply".into(), node: None, slot: None };
            if let Err(error) = self.unknown(&chunk, &unknown) {
                return Stop::File(error);
            }
        }
        Stop::Told("interrupted, without waiting for the last replies".into(), INTERRUPTED)
    }

    fn unknown(&mut self, chunk: &Chunk, unknown: &Unknown) -> io::Result<()> {
        (0..chunk.len())
            .try_for_each(|index| self.tally.failed(chunk, &failure(index, Outcome::Unknown(unknown.clone()))))
    }

    /// Adds up how the commands of one chunk ended.
    fn settle(&mut self, chunk: &Arc<Chunk>, replies: Result<Replies, Error>) -> Result<(), Stop> {
        self.under_way.retain(|other| !Arc::ptr_eq(other, chunk));
        let replies = match replies {
            Ok(replies) => replies,
            Err(error) => return self.not_taken(chunk, &error),
        };
        let mut good = 0;
        let mut never_ran = 0;
        let mut reason = String::new();
        for (index, outcome) in replies.iter() {
            if outcome.kind() == OutcomeKind::Reply {
                good += 1;
                continue;
            }
            let failed = failure(index, outcome.to_outcome());
            self.tally.failed(chunk, &failed).map_err(Stop::File)?;
            if failed.how == How::NotExecuted {
                never_ran += 1;
                reason = failed.reason;
            }
        }
        self.tally.good(good);
        self.progress.settled(chunk, &self.tally.counts, &self.cluster.topology());
        if never_ran == chunk.len() {
            return Err(match stranger(chunk) {
                Some(place) => Stop::Told(input::about(self.path, format_args!("{place}: {reason}")), USAGE),
                None => Stop::Told(
                    input::about(self.path, format_args!("from {} on nothing was executed: {reason}", chunk.place(0))),
                    FAILED,
                ),
            });
        }
        Ok(())
    }

    /// The client has no replies for a chunk: there is a mistake in it, or it cannot go on.
    fn not_taken(&mut self, chunk: &Chunk, error: &Error) -> Result<(), Stop> {
        match (error.kind(), error.index()) {
            (ErrorKind::Misuse { code, message }, Some(index)) => {
                let place = chunk.place(index);
                let command = error.command().unwrap_or_default();
                Err(Stop::Told(input::about(self.path, refusal(place, code, command, message)), USAGE))
            }
            (ErrorKind::Unknown(unknown), _) => self.unknown(chunk, unknown).map_err(Stop::File),
            _ => Err(Stop::Told(input::about(self.path, format_args!("{}: {error}", chunk.place(0))), FAILED)),
        }
    }
}

async fn send(cluster: Cluster, chunk: Arc<Chunk>) -> (Arc<Chunk>, Result<Replies, Error>) {
    let replies = cluster.raw(chunk.batch.clone()).await;
    (chunk, replies)
}

/// Where the command stands that made the client refuse a chunk after it had asked a server about it.
fn stranger(chunk: &Chunk) -> Option<Place> {
    let plans = explain_offline(&Topology::invented(1), &chunk.batch, &SubmitOptions::default()).ok()?;
    let unknown = plans.iter().find(|plan| plan.plan.is_err())?;
    Some(chunk.place(unknown.index as usize))
}

/// What is written down of an outcome that is no reply.
fn failure(index: usize, outcome: Outcome) -> Failed {
    let (how, reason, node) = match outcome {
        Outcome::ServerError(error) => (How::Error, error.line, error.node),
        Outcome::NotExecuted(not) => (How::NotExecuted, not.message, not.node),
        Outcome::Unknown(unknown) => (How::Unknown, unknown.cause, unknown.node),
        Outcome::Partial(partial) => {
            let how = if partial.is_uncertain() { How::Unknown } else { How::Error };
            (how, partial.to_string(), None)
        }
        Outcome::Reply(_) | _ => (How::Unknown, "an outcome this program does not know".into(), None),
    };
    Failed { index, how, reason, node }
}

fn print(counts: &Counts, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    if json {
        serde_json::to_writer(&mut *out, counts).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    let Counts { commands, ok, errors, unknown, not_executed, redirects, retries, seconds } = *counts;
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = commands as f64 / seconds.max(1e-9);
    write!(out, "{} in {seconds:.2} s ({rate:.0}/s): {ok} ok", counted(commands, "command"))?;
    let rest = [
        (errors, if errors == 1 { "error" } else { "errors" }),
        (unknown, "unknown"),
        (not_executed, "not executed"),
        (redirects, "redirected"),
        (retries, "sent again"),
    ];
    for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
        write!(out, ", {count} {what}")?;
    }
    Ok(writeln!(out)?)
}
