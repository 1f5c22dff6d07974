//! Whether what was told is true: outcomes against the log of what ran.

use std::collections::BTreeMap;

use bytes::Bytes;
use slotpipe_core::{
    port::{Answer, Order, OutcomeKind, Ran, Retry},
    route::slot::Slot,
    wire::tape::{Cursor, Node},
};

use super::{Command, Seen, World};
use crate::script::show;

#[derive(Debug)]
pub(super) struct Told {
    pub(super) outcome: OutcomeKind,
    /// Of a partial command: the outcome by slot.
    parts: BTreeMap<u16, Verdict>,
    whole: Verdict,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ran,
    MayHaveRun,
    NeverRan,
    Unknown,
}

impl World {
    pub(super) fn told(&mut self, answer: &Answer<'_>, buffers: &[Bytes]) {
        let id = usize::try_from(answer.ticket.0).unwrap();
        let text = show(answer.outcome, answer.body, buffers);
        self.log(|| format!("told {id}: {text}"));
        let mut cursor = answer.cursor();
        let whole = verdict(answer.outcome, &mut cursor);
        let mut parts = BTreeMap::new();
        if answer.outcome == OutcomeKind::Partial {
            let mut cursor = answer.cursor();
            let Some(Node::Array(count)) = cursor.next() else { panic!("partial: {text}") };
            for _ in 0..count {
                let Some(Node::Array(4)) = cursor.next() else { panic!("partial: {text}") };
                let Some(Node::Int(kind)) = cursor.next() else { panic!("partial: {text}") };
                cursor.skip();
                let Some(Node::Int(slot)) = cursor.next() else { panic!("partial: {text}") };
                let mut body = Cursor::new(cursor.skip().unwrap());
                body.next();
                let kind = OutcomeKind::from_word(u32::try_from(kind).unwrap());
                parts.insert(u16::try_from(slot).unwrap(), verdict(kind, &mut body));
            }
        }
        let command = &mut self.commands[id];
        assert!(command.outcome.is_none(), "{id} was told twice");
        if answer.outcome == OutcomeKind::Reply {
            let expected = match command.words[0].as_str() {
                "APPEND" => id.to_string(),
                "MSET" => "+OK".into(),
                "BLPOP" => "null".into(),
                _ => format!("\"{id}\""),
            };
            assert_eq!(text, expected, "{id} got the reply of another");
        }
        command.outcome = Some(Told { outcome: answer.outcome, parts, whole, text });
        if answer.outcome == OutcomeKind::Unknown {
            self.may_have_left(id);
        }
    }

    /// An unknown outcome needs a connection that the whole command may have left on.
    fn may_have_left(&self, id: usize) {
        let is_under_way = || self.conns.values().any(|conn| conn.ends.iter().any(|&(_, of)| of == id));
        assert!(self.left.contains(&id) || is_under_way(), "{id} is told unknown, and never left");
    }

    /// Panics unless what was told is true.
    pub fn judge(&mut self) {
        while !self.zombies.is_empty() {
            self.run_zombie();
        }
        // What is left to the connections may still run.
        for mut conn in std::mem::take(&mut self.conns).into_values() {
            for _ in 0..conn.kernel.len() {
                self.run_one(&mut conn);
            }
        }
        let open: Vec<usize> = (0..self.commands.len()).filter(|&id| self.commands[id].outcome.is_none()).collect();
        assert!(open.is_empty(), "never told: {open:?}");
        let stats = self.core.stats();
        assert!(stats.open.is_empty(), "left open: {:?}", stats.open);
        let mut runs: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (when, run) in self.runs.iter().enumerate() {
            runs.entry((run.id, &run.key)).or_default().push(when);
        }
        for (id, command) in self.commands.iter().enumerate() {
            let told = command.outcome.as_ref().unwrap();
            for key in command.keys.iter().map(String::as_str).chain(command.keys.is_empty().then_some("")) {
                let count = runs.get(&(id, key)).map_or(0, Vec::len);
                let slot = Slot::of(key.as_bytes()).number();
                let verdict = told.parts.get(&slot).copied().unwrap_or(told.whole);
                let what = format!("{id} {:?}, key {key:?}, told {told:?}, ran {count} times", command.words);
                match verdict {
                    Verdict::Ran => assert!(count > 0 || command.words[0] == "BLPOP", "{what}"),
                    Verdict::NeverRan => assert_eq!(count, 0, "{what}"),
                    Verdict::MayHaveRun | Verdict::Unknown => {}
                }
                if command.writes && command.retry != Retry::Idempotent {
                    assert!(count <= 1, "{what}");
                }
            }
        }
        if self.trace {
            let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
            for command in &self.commands {
                *reasons
                    .entry(
                        command
                            .outcome
                            .as_ref()
                            .unwrap()
                            .text
                            .chars()
                            .filter(|c| !c.is_ascii_digit())
                            .take(90)
                            .collect(),
                    )
                    .or_default() += 1;
            }
            println!("{reasons:#?}");
        }
        self.judge_order(&runs);
    }

    fn judge_order(&self, runs: &BTreeMap<(usize, &str), Vec<usize>>) {
        for (later, b) in self.commands.iter().enumerate() {
            let earlier = self.commands[..later].iter().enumerate().rev().take_while(|(_, a)| a.batch == b.batch);
            for (earlier, a) in earlier {
                if b.order == Order::None || b.retry == Retry::Idempotent || !(a.writes || b.writes) {
                    continue;
                }
                for key in a.keys.iter().filter(|key| b.keys.contains(key)) {
                    let (Some(first), Some(second)) = (runs.get(&(earlier, key)), runs.get(&(later, key))) else {
                        continue;
                    };
                    // A read counts by the run whose reply was told; nobody minds the others.
                    let relevant = |command: &Command, runs: &[usize]| -> Vec<usize> {
                        let told = command.outcome.as_ref().unwrap();
                        match (command.writes, told.outcome) {
                            (true, _) => runs.to_vec(),
                            (false, OutcomeKind::Reply) => vec![*runs.last().unwrap()],
                            (false, _) => Vec::new(),
                        }
                    };
                    let (first, second) = (relevant(a, first), relevant(b, second));
                    let (Some(last), Some(next)) = (first.iter().max(), second.iter().min()) else { continue };
                    assert!(last < next, "{later} {:?} ran before {earlier} {:?} of its key {key}", b.words, a.words);
                }
            }
        }
    }

    /// What happened in it.
    pub fn seen(&self) -> Seen {
        let stats = self.core.stats();
        let count = |fits: &dyn Fn(&Told) -> bool| {
            self.commands.iter().filter(|command| command.outcome.as_ref().is_some_and(fits)).count() as u64
        };
        Seen {
            days: 1,
            commands: self.commands.len() as u64,
            moved: stats.moved,
            ask: stats.ask,
            try_again: stats.try_again,
            unknown: count(&|told| told.outcome == OutcomeKind::Unknown),
            not_executed: count(&|told| told.outcome == OutcomeKind::NotExecuted),
            reordered: count(&|told| told.text.contains("(would-reorder)")),
            after_unknown: count(&|told| told.text.contains("(after-unknown)")),
            partial: count(&|told| told.outcome == OutcomeKind::Partial),
            kills: self.kills,
        }
    }
}

fn verdict(outcome: OutcomeKind, body: &mut Cursor<'_>) -> Verdict {
    match outcome {
        OutcomeKind::Reply => Verdict::Ran,
        OutcomeKind::NotExecuted => Verdict::NeverRan,
        OutcomeKind::ServerError => match body.next() {
            Some(Node::Int(ran)) if ran == Ran::No as i64 => Verdict::NeverRan,
            _ => Verdict::MayHaveRun,
        },
        OutcomeKind::Unknown | OutcomeKind::Partial | OutcomeKind::Detailed => Verdict::Unknown,
    }
}
