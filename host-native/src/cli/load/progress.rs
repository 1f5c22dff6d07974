//! What a load shows while it runs: a bar over the input and a line per node, on a terminal only.
//!
//! What belongs to which node is told by the slot map, as the commands of a chunk have ended: nobody looks, nothing is counted.

use std::{collections::BTreeMap, fmt::Write, io::IsTerminal};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use slotpipe::Topology;
use slotpipe_core::{
    route::{
        classify::{Rules, Target, classify},
        slot::Slot,
        table::Table,
    },
    wire::request::{Args, Requests},
};

use super::tally::Counts;
use crate::cli::input::Chunk;

/// Nodes that have a line.
const NODES_SHOWN: usize = 12;

/// Bars on the standard error, or nothing.
pub(super) struct Progress {
    shown: Option<Shown>,
}

struct Shown {
    bars: MultiProgress,
    input: ProgressBar,
    nodes: BTreeMap<String, ProgressBar>,
    table: Table,
}

impl Progress {
    /// For an input of so many bytes, if that is known.
    pub(super) fn new(size: Option<u64>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { shown: None };
        }
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        let input = bars.add(size.map_or_else(ProgressBar::new_spinner, ProgressBar::new));
        input.set_style(style(match size {
            Some(_) => "{bytes:>10} of {total_bytes}  {bar:30}  {eta:>4}  {msg}",
            None => "{bytes:>10} {spinner}  {msg}",
        }));
        Self { shown: Some(Shown { bars, input, nodes: BTreeMap::new(), table: Table::default() }) }
    }

    /// So many bytes of the input are on their way.
    pub(super) fn read(&self, bytes: u64) {
        if let Some(shown) = &self.shown {
            shown.input.set_position(bytes);
        }
    }

    /// The commands of a chunk have ended.
    pub(super) fn settled(&mut self, chunk: &Chunk, counts: &Counts, topology: &Topology) {
        let Some(shown) = &mut self.shown else { return };
        let failed = match counts.commands - counts.ok {
            0 => String::new(),
            failed => format!(", {failed} failed"),
        };
        shown.input.set_message(format!("{} commands{failed}", counts.commands));
        for (name, commands) in shown.by_owner(chunk, topology) {
            if shown.nodes.len() == NODES_SHOWN && !shown.nodes.contains_key(&name) {
                continue;
            }
            let bar = shown.nodes.entry(name).or_insert_with_key(|name| {
                let bar = shown.bars.add(ProgressBar::new_spinner().with_prefix(name.clone()));
                bar.set_style(style("{prefix:>22}  {human_pos:>12} commands  {rate}"));
                bar
            });
            bar.inc(commands);
        }
    }

    /// What is under way is waited for.
    pub(super) fn interrupted(&self) {
        if let Some(shown) = &self.shown {
            shown.input.set_message("ending; Ctrl-C again does not wait");
        }
    }

    /// Takes everything off the terminal again.
    pub(super) fn finish(&self) {
        if let Some(shown) = &self.shown {
            // A terminal that is gone is no reason to fail.
            let _ = shown.bars.clear();
        }
    }
}

impl Shown {
    /// How many of a chunk's commands belong to each node; a command cut over several counts at each.
    fn by_owner(&self, chunk: &Chunk, topology: &Topology) -> BTreeMap<String, u64> {
        let (mut spans, mut keys) = (Vec::new(), Vec::new());
        let mut requests = Requests::new(&chunk.batch, 0);
        let mut slots: BTreeMap<u16, u64> = BTreeMap::new();
        while let Some(Ok(_)) = requests.next(&mut spans) {
            let args = Args::new(&chunk.batch, &spans);
            let Ok(class) = classify(&self.table, args, Rules::default(), &mut keys) else { continue };
            match class.target {
                Target::Slot(slot) => *slots.entry(slot.number()).or_default() += 1,
                Target::Split | Target::Recipe(_) => {
                    for key in keys.iter().filter_map(|key| args.at(*key as usize)) {
                        *slots.entry(Slot::of(key).number()).or_default() += 1;
                    }
                }
                Target::Any | Target::AllNodes | Target::AllPrimaries | Target::Owners | Target::Subscription => {}
            }
        }
        let mut owners = BTreeMap::new();
        for (slot, commands) in slots {
            if let Some(owner) = topology.owner(slot) {
                *owners.entry(owner.to_string()).or_default() += commands;
            }
        }
        owners
    }
}

fn style(template: &str) -> ProgressStyle {
    let rate = |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{:.0}/s", state.per_sec());
    };
    let style = ProgressStyle::with_template(template).expect("the templates of this file are right");
    style.with_key("rate", rate).progress_chars("▇▇ ")
}
