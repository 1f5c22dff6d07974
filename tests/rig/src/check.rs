//! The judge: what was told about each command, what passed over the wires, and what the servers hold at the end, held
//! against each other.
//!
//! In a durable cycle the three agree exactly. Where a primary was replaced, acknowledged writes may be missing, if the
//! oracle saw the acknowledgement pass from that primary and nothing behind it on the same connection is there: a suffix
//! that had not been replicated. That is the servers' loss, and counted apart.
//!
//! What nobody knows to have run may run later than what its caller did next, where a node would not end the connection that
//! was lost: one that is busy with a script, say.

mod keys;
mod wires;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use crate::{data::Data, hosts::Told, oracle::Pass, wire::Token, workload::Issued};

/// What may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// A write took effect twice, or an element was handed over twice.
    Double,
    /// A write was sent again that may have run.
    Resent,
    /// Writes of one caller took effect in another order.
    Reordered,
    /// A reply that the server did not give, or not to this command.
    WrongReply,
    /// An acknowledged write is missing.
    Lost,
    /// A write took effect that was told not to have run, or that nobody issued.
    Phantom,
    /// Told not to have run, though it may have.
    Dishonest,
    /// One half of what is atomic.
    Half,
    /// No outcome long after the deadline.
    Hanging,
    /// ASKING where nobody had said ASK, or a key at both ends of a move.
    Shadow,
    /// An end, an error or bytes that nothing in the workload explains.
    Odd,
    /// The cluster was whole again, and the client was not.
    Unrecovered,
    /// Something is open inside the client, or its memory has grown.
    Kept,
    /// The faults hit nothing.
    Missed,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// One defect, with its evidence.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What.
    pub defect: Defect,
    /// Where, and what was seen.
    pub text: String,
}

/// What there is to judge.
pub struct Evidence<'a> {
    /// Everything issued, with what was told.
    pub history: &'a [Issued],
    /// Where each token has been.
    pub passes: &'a HashMap<Token, Vec<Pass>>,
    /// What the servers hold.
    pub data: &'a Data,
    /// Whether what the servers hold says anything of the client.
    pub holds: bool,
    /// Primaries that were replaced; none in a durable cycle.
    pub deposed: &'a BTreeSet<usize>,
    /// Nodes that would not end a connection which had been lost.
    pub unproven: &'a BTreeSet<usize>,
}

/// What came out.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// What may not be.
    pub findings: Vec<Finding>,
    /// Acknowledged writes that went with a replaced primary.
    pub lost_tail: usize,
}

/// Judges a cycle.
pub fn judge(evidence: &Evidence<'_>) -> Judgement {
    let mut judge = Judge::new(evidence);
    judge.outcomes();
    judge.wires();
    if evidence.holds {
        judge.keys();
        judge.losses();
    }
    Judgement { findings: judge.findings, lost_tail: judge.lost_tail }
}

struct Judge<'a> {
    evidence: &'a Evidence<'a>,
    by_token: HashMap<Token, &'a Issued>,
    /// Per key, in each caller's order.
    by_key: BTreeMap<&'a str, Vec<&'a Issued>>,
    findings: Vec<Finding>,
    lost: BTreeSet<Token>,
    kept: BTreeSet<Token>,
    lost_tail: usize,
}

impl<'a> Judge<'a> {
    fn new(evidence: &'a Evidence<'a>) -> Self {
        let mut by_key: BTreeMap<&str, Vec<&Issued>> = BTreeMap::new();
        for issued in evidence.history {
            by_key.entry(&issued.key).or_default().push(issued);
        }
        for of_key in by_key.values_mut() {
            of_key.sort_by_key(|issued| (issued.caller, issued.place));
        }
        let by_token = evidence.history.iter().filter_map(|issued| Some((issued.token?, issued))).collect();
        let (findings, lost, kept) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        Self { evidence, by_token, by_key, findings, lost, kept, lost_tail: 0 }
    }

    /// Every command has one of the outcomes that there are, and no error but those that were provoked.
    fn outcomes(&mut self) {
        for issued in self.evidence.history {
            match &issued.told {
                Told::Reply(_) | Told::NotExecuted(_) | Told::Unknown(_) => {}
                Told::Error(line, _) if line.starts_with("OOM ") => {}
                Told::Error(line, _) => self.find(Defect::Odd, format!("an error: {line}"), issued),
                Told::Odd(what) => self.find(Defect::Odd, what.clone(), issued),
                Told::Hanging => self.find(Defect::Hanging, "no outcome".into(), issued),
            }
        }
    }

    /// What is missing must be the tail of a replaced primary.
    fn losses(&mut self) {
        let mut last_kept: HashMap<u64, (u64, Token)> = HashMap::new();
        for &token in &self.kept {
            // Of what may have run twice, the first time may be the one that is there.
            if let [pass] = self.executions(token)[..] {
                let last = last_kept.entry(pass.conn).or_insert((0, token));
                *last = (pass.place, token).max(*last);
            }
        }
        for token in std::mem::take(&mut self.lost) {
            let Some(issued) = self.by_token.get(&token).copied() else { continue };
            let Some(pass) = self.execution(token) else {
                self.find(Defect::WrongReply, "acknowledged, and no server did".into(), issued);
                continue;
            };
            let behind = last_kept.get(&pass.conn).filter(|(kept, _)| *kept > pass.place);
            if !self.evidence.deposed.contains(&pass.node) {
                let why = format!("node {} acknowledged it and was not replaced", pass.node);
                self.find(Defect::Lost, why, issued);
            } else if let Some((_, kept)) = behind {
                let kept = self.by_token.get(kept).map_or_else(String::new, |kept| self.story(kept));
                let why = format!("missing, and what ran behind it is there:\n    {kept}");
                self.find(Defect::Lost, why, issued);
            } else {
                self.lost_tail += 1;
            }
        }
    }

    /// The times that a server ran it, or may have.
    fn executions(&self, token: Token) -> Vec<&'a Pass> {
        let passes = self.evidence.passes.get(&token).map_or(&[][..], Vec::as_slice);
        passes.iter().filter(|pass| pass.left && pass.refusal().is_none()).collect()
    }

    /// The time that a server ran it.
    fn execution(&self, token: Token) -> Option<&'a Pass> {
        self.evidence.passes.get(&token)?.iter().find(|pass| pass.has_run())
    }

    /// Whether a command may have run behind what its caller did in calls after it: nobody knew whether it had run, and its
    /// node would not end the connection that had brought it. In one pipeline nothing is sent behind such a command.
    fn may_be_late(&self, issued: &Issued, later: &Issued) -> bool {
        let may_run = |pass: &&Pass| pass.left && pass.refusal().is_none();
        issued.at != later.at
            && matches!(issued.told, Told::Unknown(_))
            && self.passes(issued).iter().filter(may_run).any(|pass| self.evidence.unproven.contains(&pass.node))
    }

    fn passes(&self, issued: &Issued) -> &'a [Pass] {
        let passes = issued.token.and_then(|token| self.evidence.passes.get(&token));
        passes.map_or(&[], Vec::as_slice)
    }

    fn find(&mut self, defect: Defect, what: String, issued: &Issued) {
        let text = format!("{what}\n    {}", self.story(issued));
        self.findings.push(Finding { defect, text });
    }

    /// All that is known of a command.
    fn story(&self, issued: &Issued) -> String {
        let Issued { kind, key, caller, place, at, told, .. } = issued;
        let token = issued.token.map_or_else(|| "no token".into(), |token| token.to_string());
        let mut text =
            format!("{kind:?} {key} {token} (caller {caller}.{place} at {:.3}s): {told:?}", at.as_secs_f64());
        for pass in self.passes(issued) {
            text.push_str(&format!("\n      {pass}"));
        }
        text
    }
}

#[cfg(test)]
mod tests;
