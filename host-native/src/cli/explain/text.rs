//! The plan as a table: a row per command and slot, then what each node gets.

use std::io::{self, Write};

use slotpipe_core::port::{Address, Explained, ExplainedPart, ExplainedPlan, Misuse};

use crate::cli::{
    counted,
    input::{Chunk, Place},
    table::{self, Alignment, Column, GAP, Look, Style},
    words::Quoted,
};

/// Parts of one command that are listed; `--json` has all.
const PARTS_SHOWN: usize = 12;
/// Nodes whose writes are listed.
const NODES_SHOWN: usize = 16;
/// Keys stand in a column at least this wide, and no wider than the second where nothing limits the line.
const KEYS_WIDTH: (usize, usize) = (12, 48);

/// The text output of one `explain`, fed chunk by chunk.
pub(crate) struct Page {
    look: Look,
    columns: [Column; 6],
    nodes: Vec<Node>,
    totals: Totals,
}

struct Node {
    address: Address,
    /// Chunks in which it gets something: one write each.
    writes: u64,
    last_chunk: u64,
    commands: u64,
}

#[derive(Default)]
struct Totals {
    chunks: u64,
    commands: u64,
    refused: u64,
    /// What sending command by command would take.
    one_by_one: u64,
    /// Commands that may go to any primary.
    anywhere: u64,
    /// Commands with a slot that no node has.
    ownerless: u64,
}

const NUMBER: usize = 0;
const COMMAND: usize = 1;
const KEYS: usize = 2;
const SLOT: usize = 3;
const NODE: usize = 4;
const NOTES: usize = 5;

/// A row before it is laid out.
struct Row {
    number: String,
    command: String,
    keys: Vec<String>,
    slot: String,
    node: Where,
    notes: String,
}

enum Where {
    Nowhere,
    Node(Address),
    Words(String),
    Refused(&'static str, String),
}

impl Page {
    pub(crate) fn new(look: Look) -> Self {
        let left = |title| Column::new(title, Alignment::Left);
        let right = |title| Column::new(title, Alignment::Right);
        let columns = [right("line"), left("command"), left("keys"), right("slot"), left("node"), left("notes")];
        Self { look, columns, nodes: Vec::new(), totals: Totals::default() }
    }

    /// Writes the rows of one chunk; the first one decides how wide the columns are.
    pub(crate) fn chunk(&mut self, chunk: &Chunk, plans: &[Explained], out: &mut impl Write) -> io::Result<()> {
        self.totals.chunks += 1;
        let mut rows = Vec::new();
        for plan in plans {
            self.count(plan);
            rows_of(chunk, plan, &mut rows);
        }
        if self.totals.chunks == 1 {
            if matches!(chunk.place(0), Place::Byte(_)) {
                self.columns[NUMBER].title = "#";
            }
            self.fit(&rows);
            let titles = self.columns.map(|column| column.title.to_owned());
            let heading = table::line(&self.columns, &titles, self.look.width.is_some());
            writeln!(out, "{}", self.look.paint(&Style::new().bold(), &heading))?;
        }
        rows.iter().try_for_each(|row| self.write(row, out))
    }

    /// Writes what each node gets and how many round trips that is.
    pub(crate) fn summary(&self, out: &mut impl Write) -> io::Result<()> {
        let Totals { chunks, commands, refused, one_by_one, anywhere, ownerless } = self.totals;
        if commands == 0 {
            return writeln!(out, "no commands");
        }
        self.write_nodes(out)?;
        let mut writes: u64 = self.nodes.iter().map(|node| node.writes).sum();
        if writes == 0 && anywhere > 0 {
            writes = chunks;
        }
        let mut sentence = format!("{}, ", counted(commands, "command"));
        if refused > 0 {
            sentence += &self.look.paint(&Style::new().red().bold(), &format!("{refused} refused"));
            sentence += ", ";
        }
        if ownerless > 0 {
            let some = format!("{ownerless} without an owner of a slot");
            sentence += &self.look.paint(&Style::new().red().bold(), &some);
            sentence += ", ";
        }
        let trips = if writes == 0 { 0 } else { chunks };
        sentence += &format!("{}, {}", counted(writes, "write"), counted(trips, "round trip"));
        if one_by_one > trips {
            sentence += &format!(" (one command at a time: {one_by_one})");
        }
        if refused > 0 {
            sentence +=
                "; with a refused command in it nothing of a pipeline is sent, so these are the counts without it";
        }
        table::wrap(&sentence, self.look.width).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    fn count(&mut self, explained: &Explained) {
        self.totals.commands += 1;
        let Ok(plan) = &explained.plan else {
            self.totals.refused += 1;
            return;
        };
        let ownerless = plan.parts.iter().filter(|part| part.slot.is_some() && part.node.is_none()).count();
        self.totals.ownerless += u64::from(ownerless > 0);
        self.totals.one_by_one += (plan.parts.len().max(1) - ownerless) as u64;
        let mut placed = ownerless > 0;
        for address in plan.parts.iter().filter_map(|part| part.node.as_ref()) {
            placed = true;
            let position = self.nodes.iter().position(|node| node.address == *address).unwrap_or_else(|| {
                self.nodes.push(Node { address: address.clone(), writes: 0, last_chunk: 0, commands: 0 });
                self.nodes.len() - 1
            });
            let node = &mut self.nodes[position];
            node.commands += 1;
            if node.last_chunk != self.totals.chunks {
                node.last_chunk = self.totals.chunks;
                node.writes += 1;
            }
        }
        if !placed {
            self.totals.anywhere += 1;
        }
    }

    fn fit(&mut self, rows: &[Row]) {
        for row in rows {
            self.columns[NUMBER].fit(&row.number);
            self.columns[COMMAND].fit(&row.command);
            self.columns[KEYS].fit(&row.keys.join(" "));
            self.columns[SLOT].fit(&row.slot);
            match &row.node {
                Where::Node(address) => self.columns[NODE].fit(&address.to_string()),
                Where::Words(words) => self.columns[NODE].fit(words),
                Where::Nowhere | Where::Refused(..) => self.columns[NODE].fit(""),
            }
            self.columns[NOTES].fit(&row.notes);
        }
        let Some(width) = self.look.width else {
            self.columns[KEYS].width = self.columns[KEYS].width.min(KEYS_WIDTH.1);
            return;
        };
        // What does not fit is taken from the keys first, then from the notes.
        for (column, least) in [(KEYS, KEYS_WIDTH.0), (NOTES, 0)] {
            let total = self.columns.iter().map(|column| column.width + GAP).sum::<usize>() - GAP;
            let cells = &mut self.columns[column].width;
            *cells = cells.saturating_sub(total.saturating_sub(width)).max(least.min(*cells));
        }
    }

    fn write(&self, row: &Row, out: &mut impl Write) -> io::Result<()> {
        let cut = self.look.width.is_some();
        let dim = Style::new().dim();
        let mut cells: Vec<String> = vec![
            self.look.paint(&dim, &row.number),
            row.command.clone(),
            table::list(&row.keys, self.look.width.map(|_| self.columns[KEYS].width)),
            self.look.paint(&dim, &row.slot),
        ];
        let (code, message) = match &row.node {
            Where::Refused(code, message) => (code, message),
            Where::Node(address) => {
                cells.push(self.look.paint(&self.style(address), &address.to_string()));
                cells.push(self.look.paint(&dim, &row.notes));
                return writeln!(out, "{}", table::line(&self.columns, &cells, cut));
            }
            Where::Words(words) => {
                cells.push(words.clone());
                cells.push(self.look.paint(&dim, &row.notes));
                return writeln!(out, "{}", table::line(&self.columns, &cells, cut));
            }
            Where::Nowhere => return writeln!(out, "{}", table::line(&self.columns, &cells, cut)),
        };
        let red = Style::new().red();
        writeln!(out, "{}", table::line(&self.columns, &cells[..SLOT], cut))?;
        let indent = self.columns[NUMBER].width + GAP;
        let room = self.look.width.map(|width| width - indent - 2);
        for (position, line) in table::wrap(&format!("{code}: {message}"), room).iter().enumerate() {
            let mark = if position == 0 { "✗" } else { " " };
            writeln!(out, "{:indent$}{}", "", self.look.paint(&red, &format!("{mark} {line}")))?;
        }
        Ok(())
    }

    /// The nodes that get something, with a bar as long as their share.
    fn write_nodes(&self, out: &mut impl Write) -> io::Result<()> {
        if self.nodes.is_empty() {
            return writeln!(out);
        }
        let mut nodes: Vec<&Node> = self.nodes.iter().collect();
        nodes.sort_by(|a, b| a.address.cmp(&b.address));
        let most = nodes.iter().map(|node| node.commands).max().unwrap_or(1);
        let width = nodes.iter().map(|node| node.address.to_string().len()).max().unwrap_or(0);
        // The name, "99 writes", "9999 commands", and what parts them.
        let room =
            self.look.width.map_or(24, |columns| columns.saturating_sub(width + 3 * GAP + 8 + 12).min(24)) as u64;
        let more = nodes.len().saturating_sub(NODES_SHOWN);
        nodes.truncate(NODES_SHOWN);
        writeln!(out)?;
        for node in nodes {
            let name = format!("{:width$}", node.address.to_string());
            let writes = counted(node.writes, "write");
            let commands = counted(node.commands, "command");
            let cells = usize::try_from((node.commands * room).div_ceil(most)).unwrap_or(0);
            let style = self.style(&node.address);
            let bar = self.look.paint(&style, &"▇".repeat(cells));
            writeln!(out, "{}  {writes:>8}  {commands:>12}  {bar}", self.look.paint(&style, &name))?;
        }
        if more > 0 {
            writeln!(out, "… and {more} more nodes")?;
        }
        writeln!(out)
    }

    /// Each node has a colour, in the order of their first appearance.
    fn style(&self, address: &Address) -> Style {
        let position = self.nodes.iter().position(|node| node.address == *address).unwrap_or(0);
        let style = match position % 6 {
            0 => Style::new().cyan(),
            1 => Style::new().yellow(),
            2 => Style::new().magenta(),
            3 => Style::new().green(),
            4 => Style::new().blue(),
            _ => Style::new().white(),
        };
        if position / 6 % 2 == 1 { style.bright() } else { style }
    }
}

fn rows_of(chunk: &Chunk, explained: &Explained, rows: &mut Vec<Row>) {
    let number = match chunk.place(explained.index as usize) {
        Place::Line(line) => line.to_string(),
        Place::Byte(_) => (chunk.first + u64::from(explained.index)).to_string(),
    };
    let first = |keys: &[bytes::Bytes], slot, node, notes| Row {
        number: number.clone(),
        command: explained.command.clone(),
        keys: keys.iter().map(|key| Quoted(key).to_string()).collect(),
        slot,
        node,
        notes,
    };
    let plan = match &explained.plan {
        Ok(plan) => plan,
        Err(Misuse { code, message, .. }) => {
            rows.push(first(&explained.keys, String::new(), Where::Refused(code, message.to_string()), String::new()));
            return;
        }
    };
    let mut notes = notes(explained.readonly, plan).into_iter();
    let [part, others @ ..] = &plan.parts[..] else {
        rows.push(first(&explained.keys, String::new(), Where::Words(target(plan)), notes.next().unwrap_or_default()));
        return;
    };
    if part.slot.is_none() && !others.is_empty() {
        rows.push(first(&explained.keys, String::new(), Where::Words(target(plan)), notes.next().unwrap_or_default()));
        return;
    }
    rows.push(first(&part.keys, slot_of(part), node_of(part, plan), notes.next().unwrap_or_default()));
    for part in others.iter().take(PARTS_SHOWN - 1) {
        rows.push(Row {
            number: String::new(),
            command: String::new(),
            keys: part.keys.iter().map(|key| Quoted(key).to_string()).collect(),
            slot: slot_of(part),
            node: node_of(part, plan),
            notes: notes.next().unwrap_or_default(),
        });
    }
    if plan.parts.len() > PARTS_SHOWN {
        let more = format!("… {} more slots", plan.parts.len() - PARTS_SHOWN);
        rows.push(Row {
            number: String::new(),
            command: String::new(),
            keys: vec![more],
            slot: String::new(),
            node: Where::Nowhere,
            notes: String::new(),
        });
    }
    for left in notes {
        let (number, command, slot) = (String::new(), String::new(), String::new());
        rows.push(Row { number, command, keys: Vec::new(), slot, node: Where::Nowhere, notes: left });
    }
}

fn slot_of(part: &ExplainedPart) -> String {
    part.slot.map(|slot| slot.to_string()).unwrap_or_default()
}

fn node_of(part: &ExplainedPart, plan: &ExplainedPlan) -> Where {
    match &part.node {
        Some(address) => Where::Node(address.clone()),
        None if part.slot.is_some() => Where::Words("no owner".into()),
        None => Where::Words(target(plan)),
    }
}

fn target(plan: &ExplainedPlan) -> String {
    match (plan.route, plan.parts.len()) {
        ("any", _) => "any primary".into(),
        ("all-nodes", count) => format!("all {}", counted(count as u64, "node")),
        ("all-primaries", 1) => "the only primary".into(),
        ("all-primaries", count) => format!("all {count} primaries"),
        (route, _) => route.into(),
    }
}

/// What else is worth saying, a line for each row of the command.
fn notes(readonly: bool, plan: &ExplainedPlan) -> Vec<String> {
    let mut first = Vec::new();
    if readonly {
        first.push("read");
    }
    if plan.merge != "single" {
        first.push(plan.merge);
    }
    let mut notes = vec![first.join(", ")];
    if !plan.atomic && plan.parts.len() > 1 {
        notes.push("not atomic".into());
    }
    notes.extend(plan.steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)));
    notes.extend(plan.loses.iter().cloned());
    notes
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::cli::input::{self, Size};

    fn part(slot: impl Into<Option<u16>>, port: u16, keys: &[&'static str]) -> ExplainedPart {
        ExplainedPart {
            slot: slot.into(),
            node: Some(Address::new("127.0.0.1", port)),
            keys: keys.iter().map(|key| Bytes::from_static(key.as_bytes())).collect(),
        }
    }

    fn plan(index: u32, command: &str, plan: Result<ExplainedPlan, Misuse>) -> Explained {
        let keys = match &plan {
            Ok(plan) => plan.parts.iter().flat_map(|part| part.keys.clone()).collect(),
            Err(_) => vec!["user:1".into(), "a key of its own".into()],
        };
        Explained { index, command: command.into(), keys, readonly: command == "MGET", plan }
    }

    fn batch() -> (Chunk, Vec<Explained>) {
        let chunk = input::chunks(&b"SET\nMGET\nDBSIZE\n\nSINTER\n"[..], Size::default()).next().unwrap().unwrap();
        let ok = |route, parts, merge, atomic| {
            Ok(ExplainedPlan { route, parts, merge, atomic, steps: Vec::new(), loses: None })
        };
        let long = "user:1234567890:preferences:notifications:email:weekly";
        let plans = vec![
            plan(0, "SET", ok("slots", vec![part(10778, 7001, &[long])], "single", true)),
            plan(1, "MGET", ok("slots", vec![part(15495, 7002, &["a"]), part(3300, 7000, &["b"])], "position", false)),
            plan(2, "DBSIZE", ok("all-primaries", (7000..7003).map(|p| part(None, p, &[])).collect(), "sum", false)),
            plan(
                3,
                "SINTER",
                Err(Misuse {
                    index: 3,
                    code: "CROSSSLOT",
                    command: "SINTER".into(),
                    message: "its keys are in 2 slots: a part of each key in braces, {like this}, puts them in one"
                        .into(),
                }),
            ),
        ];
        (chunk, plans)
    }

    fn page(width: Option<usize>, styled: bool) -> String {
        let (chunk, plans) = batch();
        let mut page = Page::new(Look { width, styled });
        let mut out = Vec::new();
        page.chunk(&chunk, &plans, &mut out).unwrap();
        page.summary(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_gets_lines_that_fit_and_a_file_gets_all() {
        for width in [56, 80, 140] {
            let widest = page(Some(width), false).lines().map(console::measure_text_width).max();
            assert!(widest <= Some(width), "{widest:?} of {width}:\n{}", page(Some(width), false));
        }
        assert!(page(None, false).contains("notifications:email:weekly"));
        assert!(page(Some(80), false).contains("user:1234567890:pre"));
        assert!(!page(Some(80), false).contains("notifications:email:weekly"));
    }

    #[test]
    fn there_are_styles_only_where_asked_for_and_they_change_no_text() {
        let plain = page(Some(80), false);
        assert!(!plain.contains('\u{1b}'));
        let styled = page(Some(80), true);
        assert!(styled.contains('\u{1b}'));
        assert_eq!(console::strip_ansi_codes(&styled), plain);
    }

    #[test]
    fn the_page_ends_with_writes_and_round_trips() {
        let page = page(None, false);
        assert!(page.contains("\n127.0.0.1:7000   1 write    2 commands  ▇"), "{page}");
        assert!(
            page.contains("\n4 commands, 1 refused, 3 writes, 1 round trip (one command at a time: 6); with a refused"),
            "{page}"
        );
        assert!(page.contains("✗ CROSSSLOT: its keys are in 2 slots"));
    }
}
