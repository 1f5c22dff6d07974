//! What each key holds, against what was told of the writes to it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Defect, Finding, Judge};
use crate::{
    data::Content,
    hosts::Told,
    wire::{Token, Value},
    workload::{Issued, Kind, twin},
};

/// More unknown increments of one counter than this are not tried in all combinations.
const COMBINED: usize = 22;

impl<'a> Judge<'a> {
    pub(super) fn keys(&mut self) {
        for (key, of_key) in std::mem::take(&mut self.by_key) {
            let reads: Vec<&Issued> = of_key.iter().filter(|issued| issued.kind == Kind::Read).copied().collect();
            let writes: Vec<&Issued> = of_key.iter().filter(|issued| issued.kind != Kind::Read).copied().collect();
            let Some(content) = self.evidence.data.get(key) else { continue };
            let kind = writes.first().map_or(Kind::Read, |issued| issued.kind);
            match (kind, content) {
                (Kind::Queue | Kind::Pop, Content::Tokens(left)) => self.queue(&writes, left),
                (Kind::Register | Kind::Idempotent, Content::Tokens(found)) => {
                    self.register(&writes, found.first().copied());
                    self.reads(&reads, &writes);
                }
                (Kind::Pair, Content::Tokens(found)) => {
                    self.twins(key, content);
                    self.register(&writes, found.first().copied());
                }
                (Kind::ScriptPair | Kind::Transaction, Content::Tokens(found)) => {
                    self.twins(key, content);
                    self.list(key, &writes, found);
                }
                (Kind::List | Kind::SharedList | Kind::Text | Kind::Stream, Content::Tokens(found)) => {
                    self.list(key, &writes, found);
                }
                (Kind::Counter, Content::Number(found)) => self.counter(key, &writes, *found),
                (kind, content) => self.note(Defect::Odd, format!("{key} of {kind:?} holds {content:?}")),
            }
        }
    }

    /// Each token at most once, acknowledged ones there, refused ones not, each caller's in its order.
    fn list(&mut self, key: &str, writes: &[&'a Issued], found: &[Token]) {
        let mut places = BTreeMap::new();
        for (place, &token) in found.iter().enumerate() {
            if places.insert(token, place).is_some() {
                match self.by_token.get(&token).copied() {
                    Some(issued) => self.find(Defect::Double, format!("twice in {key}"), issued),
                    None => self.note(Defect::Phantom, format!("{token} in {key} was issued by nobody")),
                }
            }
        }
        self.presence(writes, &places.keys().copied().collect(), key);
        let mut last: BTreeMap<u64, (usize, &Issued)> = BTreeMap::new();
        for issued in writes {
            let Some(&place) = issued.token.and_then(|token| places.get(&token)) else { continue };
            if let Some((before, earlier)) = last.insert(issued.caller, (place, *issued))
                && before > place
                && !self.may_be_late(earlier, issued)
            {
                let what = format!("in {key} it stands before an earlier one:\n    {}", self.story(earlier));
                self.find(Defect::Reordered, what, issued);
            }
        }
    }

    fn presence(&mut self, writes: &[&'a Issued], found: &BTreeSet<Token>, key: &str) {
        let issued: BTreeSet<Token> = writes.iter().filter_map(|issued| issued.token).collect();
        for token in found.difference(&issued) {
            self.note(Defect::Phantom, format!("{token} in {key} was issued to another key, or by nobody"));
        }
        for issued in writes {
            let Some(token) = issued.token else { continue };
            match (&issued.told, found.contains(&token)) {
                (Told::Reply(_), false) => drop(self.lost.insert(token)),
                (Told::NotExecuted(_) | Told::Error(_, false), true) => {
                    self.find(Defect::Phantom, "told not to have run, and it is there".into(), issued);
                }
                (_, true) => drop(self.kept.insert(token)),
                (_, false) => {}
            }
        }
    }

    /// The last acknowledged value, or one issued after it whose outcome is unknown.
    fn register(&mut self, writes: &[&'a Issued], found: Option<Token>) {
        let at = found.and_then(|token| writes.iter().position(|issued| issued.token == Some(token)));
        match (found, at.map(|at| writes[at])) {
            (Some(token), None) => {
                self.note(Defect::Phantom, format!("a register holds {token}, which is not its own"))
            }
            (Some(_), Some(issued)) if matches!(issued.told, Told::NotExecuted(_) | Told::Error(_, false)) => {
                self.find(Defect::Phantom, "told not to have run, and it is there".into(), issued);
            }
            (Some(token), Some(_)) => drop(self.kept.insert(token)),
            (None, _) => {}
        }
        let behind = writes.iter().skip(at.map_or(0, |at| at + 1));
        let lost = behind.filter(|issued| matches!(issued.told, Told::Reply(_)));
        let lost = lost.filter(|issued| !at.is_some_and(|at| self.may_be_late(writes[at], issued)));
        let lost: Vec<Token> = lost.filter_map(|issued| issued.token).collect();
        self.lost.extend(lost);
    }

    /// A caller reads what it wrote.
    fn reads(&mut self, reads: &[&'a Issued], writes: &[&'a Issued]) {
        let is_durable = self.evidence.deposed.is_empty();
        for read in reads {
            let before = &writes[..writes.partition_point(|write| write.place < read.place)];
            let acknowledged = before.iter().rposition(|write| matches!(write.told, Told::Reply(_)));
            let first = acknowledged.filter(|_| is_durable);
            let may_be = match &read.told {
                Told::Reply(Value::Null) => first.is_none(),
                Told::Reply(Value::Text(text)) => {
                    let token = Token::first(text);
                    let is_late = |write: &&Issued| first.is_some_and(|first| self.may_be_late(write, before[first]));
                    let (old, new) = before.split_at(first.unwrap_or(0));
                    let old = old.iter().filter(|write| is_late(write));
                    let of_read = old.chain(new).find(|write| write.token == token);
                    of_read.is_some_and(|write| !matches!(write.told, Told::NotExecuted(_) | Told::Error(_, false)))
                }
                Told::Reply(_) => false,
                Told::Error(..) | Told::NotExecuted(_) | Told::Unknown(_) | Told::Odd(_) | Told::Hanging => true,
            };
            if !may_be {
                let written = first.map_or_else(|| "nothing".into(), |at| self.story(before[at]));
                let what = format!("it reads what the key did not hold; the last write was\n    {written}");
                self.find(Defect::WrongReply, what, read);
            }
        }
    }

    /// The sum of what was acknowledged, and of any of the unknown ones; of a replaced primary without a tail.
    fn counter(&mut self, key: &str, writes: &[&'a Issued], found: i64) {
        let tokens = |which: fn(&Told) -> bool| -> Vec<Token> {
            writes.iter().filter(|issued| which(&issued.told)).filter_map(|issued| issued.token).collect()
        };
        let acknowledged = tokens(|told| matches!(told, Told::Reply(_)));
        let unknown = tokens(|told| !matches!(told, Told::Reply(_) | Told::NotExecuted(_) | Told::Error(_, false)));
        // What a replaced primary ran, in its order; it may have taken the end of that with it.
        let is_deposed =
            |token: &&Token| self.execution(**token).is_some_and(|pass| self.evidence.deposed.contains(&pass.node));
        let (mut tail, others): (Vec<Token>, Vec<Token>) = acknowledged.iter().partition(is_deposed);
        let sum = |tokens: &[Token]| tokens.iter().map(|token| i128::from(token.0)).sum::<i128>();
        let amounts: Vec<i128> = unknown.iter().map(|token| i128::from(token.0)).collect();
        let rest = i128::from(found) - sum(&others);
        let kept = (0..=tail.len()).rev().find(|&kept| is_sum_of_some(rest - sum(&tail[..kept]), &amounts));
        match kept {
            Some(kept) => {
                self.lost.extend(tail.split_off(kept));
                self.kept.extend(tail.into_iter().chain(others));
            }
            None => {
                let off = i128::from(found) - sum(&acknowledged);
                let defect = if off > 0 { Defect::Double } else { Defect::Lost };
                let of = (acknowledged.len(), unknown.len());
                self.note(defect, format!("{key} is off by {off}; {} were acknowledged, {} are unknown", of.0, of.1));
            }
        }
        let mut last = 0;
        for issued in writes {
            let Told::Reply(reply) = &issued.told else { continue };
            let Value::Int(value) = *reply else { continue };
            if value <= last && self.evidence.deposed.is_empty() {
                self.find(Defect::Reordered, format!("an earlier increment answered {last}"), issued);
            }
            last = value;
        }
    }

    /// What is written at once is there at once.
    fn twins(&mut self, key: &str, content: &Content) {
        let other = self.evidence.data.get(&twin(key));
        if other != Some(content) {
            self.note(Defect::Half, format!("{key} holds {content:?}, and its twin {other:?}"));
        }
    }

    /// Each element is handed to one consumer or is still there; a pop whose outcome is unknown may have taken one.
    fn queue(&mut self, of_key: &[&'a Issued], left: &[Token]) {
        let (pops, pushes): (Vec<&Issued>, Vec<&Issued>) = of_key.iter().partition(|issued| issued.kind == Kind::Pop);
        let mut found: BTreeMap<Token, Vec<Option<&Issued>>> = BTreeMap::new();
        for token in left {
            found.entry(*token).or_default().push(None);
        }
        let mut takers = 0;
        for pop in pops {
            match &pop.told {
                Told::Reply(Value::Null) | Told::NotExecuted(_) | Told::Error(_, false) => {}
                Told::Reply(reply) => match popped(reply) {
                    Some(token) => found.entry(token).or_default().push(Some(pop)),
                    None => self.find(Defect::WrongReply, "a BLPOP of something else".into(), pop),
                },
                Told::Error(_, true) | Told::Unknown(_) | Told::Odd(_) | Told::Hanging => takers += 1,
            }
        }
        for (token, holders) in found.iter().filter(|(_, holders)| holders.len() > 1) {
            let pops = || holders.iter().flatten().copied();
            // A pop that went with its primary puts the element back.
            let was_lost = |pop: &Issued| {
                let node = pop.token.and_then(|token| self.execution(token)).map(|pass| pass.node);
                node.is_some_and(|node| self.evidence.deposed.contains(&node))
            };
            if pops().filter(|pop| !was_lost(pop)).count() + usize::from(holders.iter().any(Option::is_none)) > 1
                || !pops().any(was_lost)
            {
                let told: Vec<String> = pops().map(|pop| self.story(pop)).collect();
                let text = format!("{token} was handed over {} times:\n    {}", holders.len(), told.join("\n    "));
                self.note(Defect::Double, text);
            }
        }
        let mut there: BTreeSet<Token> = found.into_keys().collect();
        let handed_over: Vec<Token> = there.iter().filter(|token| !left.contains(token)).copied().collect();
        // Who may have taken one is held to account for what nothing else explains: what no replaced primary could have
        // taken with it, then what was pushed first.
        let mut missing: Vec<(bool, u64, Token)> = Vec::new();
        for push in pushes.iter().filter(|push| matches!(push.told, Told::Reply(_))) {
            let Some(token) = push.token.filter(|token| !there.contains(token)) else { continue };
            let Some(pass) = self.execution(token) else { continue };
            missing.push((self.evidence.deposed.contains(&pass.node), pass.seen, token));
        }
        missing.sort_unstable();
        let taken: Vec<Token> = missing.into_iter().map(|(_, _, token)| token).take(takers).collect();
        there.extend(&taken);
        let key = of_key.first().map_or("", |issued| &issued.key);
        self.presence(&pushes, &there, key);
        // What is not on a server any more is no evidence of what a replaced one had replicated.
        for token in handed_over.into_iter().chain(taken) {
            self.kept.remove(&token);
        }
    }

    fn note(&mut self, defect: Defect, text: String) {
        self.findings.push(Finding { defect, text });
    }
}

fn popped(reply: &Value) -> Option<Token> {
    let Value::List(items) = reply else { return None };
    if let [Value::Text(_), Value::Text(element)] = &items[..] { Token::first(element) } else { None }
}

/// Whether some of the amounts, each once, come to `sum`.
fn is_sum_of_some(sum: i128, amounts: &[i128]) -> bool {
    let most: i128 = amounts.iter().sum();
    if sum == 0 || sum == most {
        return true;
    }
    if sum < 0 || sum > most {
        return false;
    }
    let Some((first, rest)) = amounts.split_first() else { return false };
    amounts.len() > COMBINED || is_sum_of_some(sum - first, rest) || is_sum_of_some(sum, rest)
}
