//! `slotpipe demo`: a cluster of real servers, a real data set, and a bad day.
//!
//! The stages are the sections of [`stages`]. Everything is started on free ports of this machine and gone again at the
//! end; the lab sees to that even if this process is killed.

use std::{
    io::Write,
    pin::pin,
    time::{Duration, Instant},
};

use bytes::Bytes;
use slotpipe::{
    CallOptions, Cluster, Stats, Value,
    lab::{self, LocalCluster},
};

use super::{
    FAILED, Failure,
    connect::{self, Where},
    explain,
    input::{self, Chunk, Size},
    table::{self, Look, Style},
    words::Quoted,
};
use beside::Comparison;
use storm::{Storm, Weather};

mod beside;
mod storm;

/// The data set.
const FACTS: &[u8] = include_bytes!("demo/facts.redis");

/// Questions to it, over many slots and of every kind.
const QUESTIONS: &[u8] = b"HGETALL element:Au
MGET capital:France capital:Japan \"capital:New Zealand\" capital:Iceland
SDIFF {gases}:elements {gases}:noble
SMEMBERS elements:group:17
ZRANGE elements:by-weight 0 4 WITHSCORES
GEOSEARCH capitals FROMMEMBER Bern BYRADIUS 500 km ASC
SMEMBERS moons:Jupiter
LRANGE planets:order 0 -1
EXISTS element:Fe element:Xx planet:Earth capital:Peru
INCR visits
DBSIZE
";

/// Long enough for a failover.
const DEADLINE: Duration = Duration::from_secs(15);

const NOTES: &str = "\
Needs redis-server in the PATH (Debian and Ubuntu: apt install redis-server). Nothing is left behind: the servers listen \
on free ports of 127.0.0.1, keep their files in a temporary directory, and end with the demo, whichever way it ends.";

/// Start a private cluster of real servers, load facts into it, and let things go wrong while pipelines run
#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(crate) struct Args {
    /// Seconds of trouble
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(6..=3600))]
    seconds: u16,
    /// Run a pipeline through another program too, and compare outcomes: `make demo` names the package for Node.
    /// What follows are its arguments, so this option comes last
    #[arg(long, value_name = "PROGRAM", num_args = 1.., allow_hyphen_values = true)]
    beside: Vec<String>,
}

/// Does it.
pub(crate) fn run(args: &Args, engine: Where, out: &mut impl Write) -> Result<(), Failure> {
    let mut stage = Stages { look: Look::of_stdout(), number: 0, began: Instant::now() };
    stage.begin(out, "Starting 3 primaries and 3 replicas")?;
    let servers = LocalCluster::start(3, 1).map_err(no_cluster)?;
    let ports: Vec<_> = servers.nodes().iter().map(|node| node.port().to_string()).collect();
    stage.done(out, &format!("redis-server on 127.0.0.1, ports {}", ports.join(" ")))?;
    connect::runtime()?.block_on(async {
        let options = CallOptions::new().deadline(DEADLINE);
        let builder = Cluster::builder(servers.seeds()).call_options(options).engine(engine.into());
        let cluster = builder.connect().await.map_err(Failure::failed)?;
        stages(args, engine, &servers, cluster, &mut stage, out).await
    })
}

fn no_cluster(error: lab::Error) -> Failure {
    let missing = which("redis-server").is_none();
    if missing {
        return Failure::failed(
            "the demo needs redis-server, which is not in the PATH: install it (Debian and Ubuntu: apt install redis-server)",
        );
    }
    Failure::failed(format_args!("the demo's cluster did not start: {error}"))
}

fn which(program: &str) -> Option<std::path::PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

async fn stages(
    args: &Args,
    engine: Where,
    servers: &LocalCluster,
    cluster: Cluster,
    stage: &mut Stages,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let facts = chunk(FACTS);
    stage.begin(out, &format!("Loading {} commands: the elements, the planets, capitals", facts.len()))?;
    let began = Instant::now();
    let replies = cluster.raw(facts.batch.clone()).await.map_err(Failure::failed)?;
    replies.check().map_err(Failure::failed)?;
    stage.done(out, &format!("in one pipeline, {:.1} ms", began.elapsed().as_secs_f64() * 1e3))?;

    let questions = chunk(QUESTIONS);
    stage.begin(out, "A mixed pipeline, as `slotpipe explain` sees it")?;
    let plans = cluster.explain(questions.batch.clone()).await.map_err(Failure::failed)?;
    let mut page = explain::Page::new(stage.look);
    page.chunk(&questions, &plans, out)?;
    page.summary(out)?;

    stage.begin(out, "Running it")?;
    let began = Instant::now();
    let replies = cluster.raw(questions.batch.clone()).await.map_err(Failure::failed)?;
    let took = began.elapsed();
    for (index, outcome) in replies.iter() {
        let name = String::from_utf8_lossy(&questions.args(index)[0]).into_owned();
        let reply = match outcome.read::<Value>() {
            Ok(value) => shown(&value),
            Err(error) => error.to_string(),
        };
        stage.line(out, &format!("{name:<10} {reply}"))?;
    }
    stage.done(out, &format!("{:.1} ms", took.as_secs_f64() * 1e3))?;

    compare(args, engine, servers, &cluster, stage, out).await?;

    stage.begin(out, &format!("Pipelines for {} s, while slots move and a primary is killed", args.seconds))?;
    let mut weather = Weather::start(servers.clone(), storm::slots(), Duration::from_secs(args.seconds.into()));
    let mut storm = Storm::default();
    let began = Instant::now();
    let mut told = began;
    while !weather.is_over() {
        {
            let mut pipeline = pin!(storm.pipeline(&cluster));
            loop {
                tokio::select! {
                    Some(news) = weather.news() => stage.at(out, began, &news)?,
                    done = &mut pipeline => break done?,
                }
            }
        }
        if told.elapsed() >= Duration::from_secs(2) {
            told = Instant::now();
            stage.at(out, began, &format!("{} commands", storm.commands()))?;
        }
    }
    weather.end().map_err(|error| Failure::failed(format_args!("the demo's trouble went wrong: {error}")))?;
    let stats = cluster.stats().await.map_err(Failure::failed)?;
    stage.done(out, &storm.outcomes())?;
    let Stats { moved, ask, try_again, cluster_down, .. } = stats;
    stage.line(
        out,
        &format!("on the way: {moved} MOVED, {ask} ASK, {try_again} TRYAGAIN, {cluster_down} CLUSTERDOWN"),
    )?;
    stage.line(out, &format!("the longest wait for a pipeline: {:.1} s", storm.longest().as_secs_f64()))?;

    stage.begin(out, "Asking the servers what really ran")?;
    let findings = storm.compare(servers).map_err(|error| Failure::failed(format_args!("no comparison: {error}")))?;
    let mut wrong = false;
    for finding in findings {
        wrong |= finding.wrong;
        stage.finding(out, &finding.text, finding.wrong)?;
    }
    stage.done(out, &format!("{:.0} s in all; stopping the servers", stage.began.elapsed().as_secs_f64()))?;
    if wrong {
        return Err(Failure::Told("the demo found outcomes that do not agree with the servers".into(), FAILED));
    }
    Ok(())
}

/// One pipeline through this program and the one beside it. Any difference ends the demo.
async fn compare(
    args: &Args,
    engine: Where,
    servers: &LocalCluster,
    cluster: &Cluster,
    stage: &mut Stages,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let here = beside::name_here(engine);
    let Some(program) = args.beside.first() else {
        stage.begin(out, &format!("One pipeline through {here} and through Node"))?;
        return stage.line(out, "skipped: it needs the package for Node, with which `make demo` runs both");
    };
    let names = [here, beside::name_of(program)];
    stage.begin(out, &format!("One pipeline through {} and through {}", names[0], names[1]))?;
    let lines = beside::here(cluster).await;
    let both = Comparison::new(lines, beside::there(&args.beside, &servers.seeds()).await?);
    both.write(names, stage.look, out)?;
    match both.differing() {
        0 => stage.done(out, &format!("{} outcomes, identical byte for byte", both.len())),
        some => Err(Failure::failed(format_args!(
            "the demo found that {some} of {} outcomes differ between {} and {}",
            both.len(),
            names[0],
            names[1]
        ))),
    }
}

/// The commands of a text of this program.
fn chunk(text: &'static [u8]) -> Chunk {
    let mut chunks = input::chunks(text, Size { commands: usize::MAX, bytes: usize::MAX });
    chunks.next().expect("the text has commands").expect("the text is well formed")
}

/// A reply as one line.
fn shown(value: &Value) -> String {
    let list = |values: &[Value]| values.iter().map(element).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "(nil)".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Bytes(bytes) | Value::Simple(bytes) | Value::BigNumber(bytes) => text(bytes),
        Value::Array(values) | Value::Set(values) | Value::Push(values) if values.is_empty() => "(none)".into(),
        Value::Array(values) | Value::Set(values) | Value::Push(values) => list(values),
        Value::Map(pairs) => {
            let pair = |(key, value): &(Value, Value)| format!("{} {}", shown(key), shown(value));
            pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
        Value::ServerError(line) => line.clone(),
        _ => "…".into(),
    }
}

/// A value inside a list: a pair stays together.
fn element(value: &Value) -> String {
    if let Value::Array(pair) = value
        && let [first, second] = &pair[..]
    {
        return format!("{} {}", shown(first), shown(second));
    }
    shown(value)
}

fn text(bytes: &Bytes) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        Ok(_) | Err(_) => Quoted(bytes).to_string(),
    }
}

/// The demo's own voice.
struct Stages {
    look: Look,
    number: u32,
    began: Instant,
}

impl Stages {
    fn begin(&mut self, out: &mut impl Write, title: &str) -> Result<(), Failure> {
        if self.number > 0 {
            writeln!(out)?;
        }
        self.number += 1;
        writeln!(out, "{}", self.look.paint(&Style::new().bold(), &format!("{}. {title}", self.number)))?;
        Ok(out.flush()?)
    }

    fn line(&self, out: &mut impl Write, text: &str) -> Result<(), Failure> {
        let text = match self.look.width {
            Some(width) => console::truncate_str(text, width - 3, "…"),
            None => text.into(),
        };
        Ok(writeln!(out, "   {text}")?)
    }

    /// What happened so many seconds after `began`.
    fn at(&self, out: &mut impl Write, began: Instant, text: &str) -> Result<(), Failure> {
        let seconds = format!("{:>5.1} s", began.elapsed().as_secs_f64());
        self.line(out, &format!("{}  {text}", self.look.paint(&Style::new().dim(), &seconds)))?;
        Ok(out.flush()?)
    }

    fn done(&self, out: &mut impl Write, text: &str) -> Result<(), Failure> {
        for line in table::wrap(text, self.look.width.map(|width| width - 3)) {
            writeln!(out, "   {}", self.look.paint(&Style::new().green(), &line))?;
        }
        Ok(out.flush()?)
    }

    fn finding(&self, out: &mut impl Write, text: &str, wrong: bool) -> Result<(), Failure> {
        let (mark, style) = if wrong { ("✗", Style::new().red().bold()) } else { ("✓", Style::new().green()) };
        Ok(writeln!(out, "   {} {text}", self.look.paint(&style, mark))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_are_commands_on_many_keys() {
        let facts = chunk(FACTS);
        assert_eq!(facts.len(), 207);
        let elements = (0..facts.len()).filter(|index| facts.args(*index)[1].starts_with(b"element:")).count();
        assert_eq!(elements, 118);
    }

    #[test]
    fn the_questions_are_commands() {
        assert_eq!(chunk(QUESTIONS).len(), 11);
    }
}
