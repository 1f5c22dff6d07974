//! One pipeline through two hosts of the core: this program's and another one beside it, such as the package for Node.
//!
//! [`PIPELINES`] run here, then the other program runs them on the same cluster, and [`Comparison`] holds one line per
//! command against the other. The program is started with the seeds as arguments. It reads one pipeline per line, an array
//! of commands in JSON whose characters are bytes, until its input ends, and prints a line per command: how it ended, in
//! the form of [`line_of`]. `host-node/examples/demo.mjs` does that.
//!
//! The last command deletes what the others wrote, so that both begin with the same.

use std::{
    io::{self, Write},
    process::{Output, Stdio},
    time::Duration,
};

use bytes::Bytes;
use slotpipe::{Cluster, Error, ErrorKind, Outcome, Ran, Value};
use tokio::{io::AsyncWriteExt as _, process::Command, time::timeout};

use super::{
    chunk,
    table::{self, Alignment, Column, GAP, Look, Style},
};
use crate::cli::{Failure, connect::Where, one_line};

/// Every kind of reply, an error in its place, and a pipeline that is refused before any of it is sent.
const PIPELINES: [&str; 2] = [
    r#"SET probe Juno
HSET craft kg 3625.5
HGETALL craft
RPUSH moons Io Europa
LRANGE moons 0 -1
SMEMBERS moons:Mars
ZADD au 5.2 Jupiter
ZSCORE au Jupiter
ZRANGE au 0 -1 WITHSCORES
SET image "\xff\xd8\r\n"
GET image
INCRBY mm 9007199254740993
LPUSH probe Io
GET crew
MGET probe crew capital:Peru
DEL probe craft moons au image mm
"#,
    "RENAME probe craft\n",
];

/// For all of what the other program does.
const PATIENCE: Duration = Duration::from_secs(30);
/// Columns of the table where no terminal limits them.
const WIDTH: usize = 117;

/// What this program is called in the table.
pub(super) fn name_here(engine: Where) -> &'static str {
    match engine {
        #[cfg(feature = "component")]
        Where::Component => "wasmtime",
        Where::InProcess => "in process",
    }
}

/// What the other one is called there.
pub(super) fn name_of(program: &str) -> &str {
    match std::path::Path::new(program).file_stem().and_then(|stem| stem.to_str()) {
        Some("node") => "Node",
        Some(stem) => stem,
        None => program,
    }
}

/// Runs the pipelines on `cluster`.
pub(super) async fn here(cluster: &Cluster) -> Vec<String> {
    let mut lines = Vec::new();
    for chunk in PIPELINES.map(|text| chunk(text.as_bytes())) {
        match cluster.raw(chunk.batch.clone()).await {
            Ok(replies) => lines.extend(replies.to_outcomes().iter().map(line_of)),
            Err(error) => lines.extend(std::iter::repeat_n(refusal(&error), chunk.len())),
        }
    }
    lines
}

/// Has them run by another program.
pub(super) async fn there(program: &[String], seeds: &[String]) -> Result<Vec<String>, Failure> {
    let failed = |what: &str| Failure::failed(format_args!("--beside {}: {what}", program.join(" ")));
    let (name, args) = program.split_first().expect("--beside has a value");
    let mut command = Command::new(name);
    command.args(args).args(seeds).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child =
        command.kill_on_drop(true).spawn().map_err(|error| failed(&format!("cannot be started: {error}")))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let talk = async {
        // Whoever ends before having read everything has a better reason to tell than this pipe.
        let _ = stdin.write_all(&questions()).await;
        drop(stdin);
        child.wait_with_output().await
    };
    let Output { status, stdout, stderr } = match timeout(PATIENCE, talk).await {
        Ok(output) => output.map_err(|error| failed(&error.to_string()))?,
        Err(_) => return Err(failed(&format!("did not end within {} s", PATIENCE.as_secs()))),
    };
    if !status.success() {
        let said = String::from_utf8_lossy(&stderr);
        let reason = said.lines().find(|line| line.contains("rror")).or(said.lines().next());
        return Err(failed(&format!("{status}, {}", reason.unwrap_or("without a word"))));
    }
    Ok(String::from_utf8_lossy(&stdout).lines().map(str::to_owned).collect())
}

/// What the other program reads.
fn questions() -> Vec<u8> {
    let characters = |arg: &Bytes| arg.iter().copied().map(char::from).collect::<String>();
    let mut text = Vec::new();
    for chunk in PIPELINES.map(|text| chunk(text.as_bytes())) {
        let commands: Vec<Vec<String>> =
            (0..chunk.len()).map(|index| chunk.args(index).iter().map(characters).collect()).collect();
        serde_json::to_writer(&mut text, &commands).expect("texts are JSON");
        text.push(b'\n');
    }
    text
}

/// How a command ended, as one line that every language can write.
fn line_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Reply(value) => shown(value),
        Outcome::ServerError(error) => {
            let ran = match error.ran {
                Ran::No => "did not run",
                Ran::Maybe => "may have run",
            };
            let node = error.node.as_deref().unwrap_or("no node");
            format!("error {} ({ran}, {node})", error.line)
        }
        Outcome::NotExecuted(_) | Outcome::Unknown(_) | Outcome::Partial(_) | _ => outcome
            .clone()
            .into_result()
            .map_or_else(|error| format!("no reply: {}", error.code()), |value| shown(&value)),
    }
}

/// The same for what was never sent.
fn refusal(error: &Error) -> String {
    let ErrorKind::Misuse { code, message } = error.kind() else { return format!("no reply: {}", error.code()) };
    format!("refused {code} {}: {message}", error.command().unwrap_or_default())
}

/// A value as nearly as JSON writes it. Strings are in quotes, the server's own words are not; what has no order is
/// sorted; whole doubles look like integers, which JavaScript does not tell apart.
fn shown(value: &Value) -> String {
    let list = |values: &[Value]| values.iter().map(shown).collect::<Vec<_>>();
    match value {
        Value::Null => "nil".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Bytes(bytes) => quoted(bytes),
        Value::Simple(word) | Value::BigNumber(word) => String::from_utf8_lossy(word).into_owned(),
        Value::Array(values) | Value::Push(values) => format!("[{}]", list(values).join(", ")),
        Value::Set(values) => {
            let mut values = list(values);
            values.sort();
            format!("{{{}}}", values.join(", "))
        }
        Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}: {}", shown(key), shown(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::ServerError(line) => format!("error {line}"),
        _ => "a value of a new kind".into(),
    }
}

/// Printable ASCII as it is, any other byte as `\xHH`.
fn quoted(bytes: &[u8]) -> String {
    let escaped = bytes.iter().map(|byte| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        b' '..=b'~' => char::from(*byte).into(),
        _ => format!("\\x{byte:02x}"),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// The outcomes of both, command by command.
pub(super) struct Comparison {
    rows: Vec<Row>,
}

struct Row {
    command: String,
    here: String,
    there: String,
}

impl Comparison {
    /// What one of them did not tell differs from whatever the other one told.
    pub(super) fn new(here: Vec<String>, there: Vec<String>) -> Self {
        let mut commands = PIPELINES.iter().flat_map(|text| text.lines());
        let (mut here, mut there) = (here.into_iter(), there.into_iter());
        let mut rows = Vec::new();
        loop {
            let (command, here, there) = (commands.next(), here.next(), there.next());
            if command.is_none() && here.is_none() && there.is_none() {
                return Self { rows };
            }
            let told = |line: Option<String>| line.unwrap_or_else(|| "(nothing)".into());
            rows.push(Row { command: command.unwrap_or("(none)").into(), here: told(here), there: told(there) });
        }
    }

    /// How many commands there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many of them ended in two ways.
    pub(super) fn differing(&self) -> usize {
        self.rows.iter().filter(|row| row.differs()).count()
    }

    /// A row per command, cut to the width. What differs follows in full.
    pub(super) fn write(&self, names: [&str; 2], look: Look, out: &mut impl Write) -> io::Result<()> {
        let mut columns = ["command", "", "", ""].map(|title| Column::new(title, Alignment::Left));
        let heading = ["command".to_owned(), names[0].to_owned(), names[1].to_owned(), String::new()];
        let rows: Vec<_> = self.rows.iter().map(|row| (row, row.cells())).collect();
        for cells in rows.iter().map(|(_, cells)| cells).chain([&heading]) {
            columns.iter_mut().zip(cells).for_each(|(column, cell)| column.fit(cell));
        }
        fit(&mut columns, look.width.map_or(WIDTH, |width| width - INDENT.len()));
        let heading = table::line(&columns, &heading, true);
        writeln!(out, "{INDENT}{}", look.paint(&Style::new().bold(), &heading))?;
        for (row, cells) in rows {
            let line = table::line(&columns, &cells, true);
            if !row.differs() {
                let line = line.strip_suffix(SAME).unwrap_or(&line);
                writeln!(out, "{INDENT}{line}{}", look.paint(&Style::new().green(), SAME))?;
                continue;
            }
            writeln!(out, "{INDENT}{}", look.paint(&Style::new().red().bold(), &line))?;
            for (name, line) in names.iter().zip([&row.here, &row.there]) {
                writeln!(out, "{INDENT}  {name}: {}", one_line(line))?;
            }
        }
        Ok(())
    }
}

const INDENT: &str = "   ";
const SAME: &str = "✓";
const DIFFERENT: &str = "✗";

impl Row {
    fn differs(&self) -> bool {
        self.here != self.there
    }

    fn cells(&self) -> [String; 4] {
        let mark = if self.differs() { DIFFERENT } else { SAME };
        [self.command.clone(), one_line(&self.here), one_line(&self.there), mark.into()]
    }
}

/// The outcomes share what the commands leave, of which these take two fifths at most.
fn fit(columns: &mut [Column; 4], width: usize) {
    let [command, here, there, mark] = columns;
    let room = width.saturating_sub(3 * GAP + mark.width);
    let outcomes = here.width.max(there.width);
    command.width = command.width.min((2 * room / 5).max(room.saturating_sub(2 * outcomes)));
    let outcomes = outcomes.min((room - command.width) / 2);
    (here.width, there.width) = (outcomes, outcomes);
}

#[cfg(test)]
mod tests {
    use slotpipe::ServerError;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    fn page(here: &str, there: &str, width: usize) -> (usize, String) {
        let both = Comparison::new(lines(here), lines(there));
        let mut out = Vec::new();
        both.write(["a", "b"], Look { width: Some(width), styled: false }, &mut out).expect("memory");
        (both.differing(), String::from_utf8(out).expect("UTF-8"))
    }

    /// One outcome per command, each its own.
    fn all() -> String {
        let count = PIPELINES.iter().flat_map(|text| text.lines()).count();
        (0..count).map(|number| format!("{number}\n")).collect()
    }

    #[test]
    fn outcomes_that_are_the_same_are_rows_with_a_mark() {
        let (differing, text) = page(&all(), &all(), 80);
        assert_eq!(differing, 0);
        assert_eq!(text.lines().skip(1).filter(|line| line.ends_with(SAME)).count(), all().lines().count());
        assert!(!text.contains(DIFFERENT), "{text}");
    }

    #[test]
    fn outcomes_that_differ_where_the_row_is_cut_are_told_in_full() {
        let long = "x".repeat(100);
        let (differing, text) = page(&format!("{long}1\n{}", all()), &format!("{long}2\n{}", all()), 80);
        assert_eq!(differing, 1);
        assert!(text.contains(&format!("a: {long}1\n")) && text.contains(&format!("b: {long}2\n")), "{text}");
    }

    #[test]
    fn an_outcome_too_few_or_too_many_is_a_difference() {
        let few = all().lines().skip(1).collect::<Vec<_>>().join("\n");
        assert_eq!(page(&all(), &(all() + "more"), 80).0, 1);
        assert_eq!(page(&all(), &few, 80).0, all().lines().count());
    }

    #[test]
    fn no_row_is_wider_than_the_terminal() {
        let wide = all().replace('0', &"w".repeat(90));
        for width in [40, 80, 120] {
            let (_, text) = page(&wide, &wide, width);
            let widest = text.lines().map(console::measure_text_width).max();
            assert!(widest <= Some(width), "{text}");
        }
    }

    #[test]
    fn an_outcome_is_one_line_of_text() {
        let bytes = |bytes: &'static [u8]| Value::Bytes(Bytes::from_static(bytes));
        let reply = |value| line_of(&Outcome::Reply(value));
        assert_eq!(reply(bytes(b"a\"\\\r\n\xff~")), r#""a\"\\\x0d\x0a\xff~""#);
        assert_eq!(reply(Value::Array(vec![Value::Null, Value::Double(9.0), Value::Int(-1)])), "[nil, 9, -1]");
        assert_eq!(reply(Value::Set(vec![bytes(b"b"), bytes(b"a")])), r#"{"a", "b"}"#);
        assert_eq!(reply(Value::Map(vec![(bytes(b"k"), Value::Bool(true))])), r#"{"k": true}"#);
        let error = ServerError { line: "OOM no".into(), ran: Ran::No, node: Some("h:1".into()), slot: None };
        assert_eq!(line_of(&Outcome::ServerError(error)), "error OOM no (did not run, h:1)");
    }

    #[test]
    fn the_other_program_reads_characters_that_are_bytes() {
        let text = String::from_utf8(questions()).expect("UTF-8");
        assert_eq!(text.lines().count(), PIPELINES.len());
        assert!(text.contains("[\"SET\",\"image\",\"\u{ff}\u{d8}\\r\\n\"]"), "{text}");
    }
}
