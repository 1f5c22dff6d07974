//! What keys in many slots hold at the end, against what was there before a command that sets or combines them.

use std::collections::BTreeSet;

use crate::{
    model::slot_of,
    sim::{
        commands::content_of,
        day::{Command, Day, Part, Verdict},
        many::is_store,
        resp::Value,
    },
};

fn held<'d>(day: &'d Day, key: &[u8]) -> Option<&'d [u8]> {
    day.values.get(key).map(Vec::as_slice)
}

/// The keys of MSETNX. What is set there is never set anew: all others do is SETNX.
#[derive(Debug)]
pub(super) struct SetTogether<'d>(Vec<SetKey<'d>>);

#[derive(Debug)]
struct SetKey<'d> {
    slot: u16,
    own: &'d [u8],
    /// What another was told that it has set.
    of_other: Option<&'d [u8]>,
    held: Option<&'d [u8]>,
}

impl SetKey<'_> {
    fn is_own(&self) -> bool {
        self.held == Some(self.own)
    }
}

impl<'d> SetTogether<'d> {
    pub(super) fn new(day: &'d Day, command: &'d Command) -> Self {
        let pairs = command.words[1..].chunks_exact(2);
        Self(
            pairs
                .map(|pair| {
                    let is_told = |other: &&Command| {
                        let told = other.outcome().map(|told| &told.verdict);
                        other.keys == pair[..1] && told == Some(&Verdict::Reply(Value::Int(1)))
                    };
                    SetKey {
                        slot: slot_of(&pair[0]),
                        own: &pair[1],
                        of_other: day.commands.iter().find(is_told).map(|other| other.words[2].as_slice()),
                        held: held(day, &pair[0]),
                    }
                })
                .collect(),
        )
    }

    pub(super) fn missing(&self) -> Option<&'d [u8]> {
        self.0.iter().filter(|key| key.held != key.of_other).find_map(|key| key.of_other)
    }

    pub(super) fn is_untouched(&self) -> bool {
        !self.0.iter().any(SetKey::is_own)
    }

    pub(super) fn is_done(&self, value: &Value) -> bool {
        match value {
            Value::Int(1) => self.0.iter().all(SetKey::is_own),
            // Something was there.
            Value::Int(0) => self.is_untouched() && self.0.iter().any(|key| key.held.is_some()),
            Value::Int(_) | Value::Null | Value::Text(_) | Value::Error(_) | Value::List(_) | Value::Push(_) => false,
        }
    }

    /// The keys of a slot are set together, or none of them.
    pub(super) fn is_as_told(&self, parts: &[Part]) -> bool {
        let slots: BTreeSet<u16> = self.0.iter().map(|key| key.slot).collect();
        slots.into_iter().all(|slot| {
            let keys = || self.0.iter().filter(|key| key.slot == slot);
            let part = parts.iter().find(|part| part.slot == Some(slot));
            let (all, none) = (keys().all(SetKey::is_own), !keys().any(SetKey::is_own));
            match part.map(|part| &part.verdict) {
                Some(Verdict::Reply(Value::Int(1))) => all,
                Some(Verdict::Reply(_)) => none && keys().any(|key| key.held.is_some()),
                Some(Verdict::Unknown { .. }) => all || none,
                _ => none,
            }
        })
    }
}

/// Sets that are combined, and where that goes.
#[derive(Debug)]
pub(super) struct Combined<'d> {
    name: &'d [u8],
    sources: Vec<Place<'d>>,
    target: Option<Place<'d>>,
}

#[derive(Clone, Debug)]
struct Place<'d> {
    key: &'d [u8],
    before: Before<'d>,
    held: Option<&'d [u8]>,
}

#[derive(Clone, Debug)]
enum Before<'d> {
    Text(&'d [u8]),
    /// An empty set is nothing.
    Set(BTreeSet<&'d [u8]>),
}

impl<'d> Place<'d> {
    /// `None` where it is not known for sure what was there.
    fn new(day: &'d Day, ticket: usize, key: &'d Vec<u8>) -> Option<Self> {
        let filling = day.commands[..ticket].iter().rfind(|other| other.keys == [key.clone()]);
        let before = match filling {
            None => Before::Set(BTreeSet::new()),
            Some(filling) if !matches!(filling.outcome()?.verdict, Verdict::Reply(_)) => return None,
            Some(filling) if filling.words[0] == b"SET" => Before::Text(&filling.words[2]),
            Some(filling) => Before::Set(content_of(&filling.words).into_iter().collect()),
        };
        Some(Self { key, before, held: held(day, key) })
    }

    fn is_as_before(&self) -> bool {
        match &self.before {
            Before::Text(text) => self.held == Some(text),
            Before::Set(members) => self.holds(members),
        }
    }

    fn holds(&self, members: &BTreeSet<&[u8]>) -> bool {
        let whole: Vec<u8> = members.iter().copied().flatten().copied().collect();
        self.held.unwrap_or_default() == whole
    }
}

impl<'d> Combined<'d> {
    pub(super) fn new(day: &'d Day, ticket: usize, command: &'d Command) -> Option<Self> {
        let mut keys = command.keys.iter();
        let place = |key: &'d Vec<u8>| Place::new(day, ticket, key);
        let target = if is_store(&command.words) { Some(place(keys.next()?)?) } else { None };
        Some(Self { name: &command.words[0], sources: keys.map(place).collect::<Option<_>>()?, target })
    }

    /// What has to come of it; nothing where one of them is no set.
    fn whole(&self) -> Option<BTreeSet<&'d [u8]>> {
        let sets = self.sources.iter().map(|source| match &source.before {
            Before::Set(members) => Some(members.clone()),
            Before::Text(_) => None,
        });
        sets.collect::<Option<Vec<_>>>()?.into_iter().reduce(|whole, set| match self.name[1] {
            b'D' => &whole - &set,
            b'I' => &whole & &set,
            _ => &whole | &set,
        })
    }

    pub(super) fn missing(&self) -> Option<&'d [u8]> {
        let is_target = |source: &&Place<'_>| self.target.as_ref().is_some_and(|target| target.key == source.key);
        let mut sources = self.sources.iter().filter(|source| !is_target(source));
        sources.find(|source| !source.is_as_before()).map(|source| source.key)
    }

    pub(super) fn is_untouched(&self) -> bool {
        self.target.as_ref().is_none_or(Place::is_as_before)
    }

    pub(super) fn is_done(&self, value: &Value) -> bool {
        let Some(whole) = self.whole() else { return false };
        match (&self.target, value) {
            (None, Value::List(members)) => {
                let told: Option<BTreeSet<&[u8]>> = members.iter().map(Value::text).collect();
                members.len() == whole.len() && told == Some(whole)
            }
            (Some(target), Value::Int(count)) => usize::try_from(*count) == Ok(whole.len()) && target.holds(&whole),
            _ => false,
        }
    }

    /// The target changes at once, by one step.
    pub(super) fn is_as_told(&self, parts: &[Part]) -> bool {
        let Some(target) = &self.target else { return false };
        let is_store = |part: &&Part| part.step.as_ref().is_some_and(|step| step.as_bytes().starts_with(self.name));
        let is_new = || self.whole().is_some_and(|whole| target.holds(&whole));
        match parts.iter().find(is_store).map(|part| &part.verdict) {
            Some(Verdict::Reply(_)) => is_new(),
            Some(Verdict::Unknown { .. }) => is_new() || target.is_as_before(),
            _ => target.is_as_before(),
        }
    }
}
