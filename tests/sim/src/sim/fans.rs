//! Commands that go to several nodes by their names, whose replies become one; routes to chosen nodes; what sessions say
//! besides watching and writing; scripts by their hashes, and who answers reads by lists.
//!
//! Some of these have no argument that could carry a token. Theirs is in their spelling, for servers do not mind which
//! letters of a name are large.

use slotpipe_core::port::{Configure, Micros, ReadFrom, Route, ShardOrder, SubmitOptions};

use super::{
    commands::{self, Request},
    random::Random,
    world::World,
};
use crate::model::NodeId;

/// What is told by its spelling. All letters of the first word large is how the core spells what it says itself.
const SPELLED: [&[&str]; 4] = [&["DBSIZE"], &["RANDOMKEY"], &["SCRIPT", "FLUSH"], &["UNWATCH"]];

/// Tokens of these are above all others: this, which of them, and which letters are large.
const BY_SPELLING: u64 = 1 << 40;

/// So many can be told apart.
const MOST_SPELLINGS: u64 = 62;

/// The name of the script that callers give, `return ARGV[1]`.
const SCRIPT: &str = "098e0f0d1448c0a81dafe820f66d460eb09263da";

/// Whose a command is that has no arguments.
pub(super) fn spelled(words: &[Vec<u8>]) -> Option<u64> {
    let is_it = |name: &&[&str]| {
        name.len() == words.len()
            && name.iter().zip(words).all(|(name, word)| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    let kind = SPELLED.iter().position(is_it)?;
    let letters = (0..).zip(&words[0]).filter(|(_, letter)| letter.is_ascii_uppercase());
    let spelling: u64 = letters.map(|(at, _)| 1 << at).sum();
    (spelling + 1 < 1 << words[0].len()).then_some(BY_SPELLING + ((kind as u64) << 16) + spelling)
}

/// One of [`SPELLED`].
fn spell(kind: usize, spelling: u64) -> Vec<Vec<u8>> {
    let mut words: Vec<Vec<u8>> = SPELLED[kind].iter().map(|word| word.as_bytes().to_vec()).collect();
    for (at, letter) in (0..).zip(&mut words[0]) {
        if spelling & (1 << at) == 0 {
            letter.make_ascii_lowercase();
        }
    }
    words
}

/// How the replies of the nodes become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    /// All say the same.
    First,
    Sum,
    /// Each place is 1 where it is that everywhere.
    And,
    /// All that any of them has, as often as they have it.
    Concat,
    /// All that any of them has, once.
    Union,
    /// Names, each with the sum of its numbers.
    SumPairs,
    /// One that is something, if there is one.
    AnyNonNull,
}

/// How a command's replies become one, if it goes to several nodes by its name.
pub(super) fn merge(words: &[Vec<u8>]) -> Option<Merge> {
    let word = |at: usize| words.get(at).map_or(Vec::new(), |word| word.to_ascii_uppercase());
    Some(match (word(0).as_slice(), word(1).as_slice()) {
        (b"PING", _) | (b"SCRIPT", b"LOAD" | b"FLUSH") => Merge::First,
        (b"DBSIZE", _) => Merge::Sum,
        (b"SCRIPT", b"EXISTS") => Merge::And,
        (b"KEYS", _) => Merge::Concat,
        (b"PUBSUB", b"CHANNELS") => Merge::Union,
        (b"PUBSUB", b"NUMSUB") => Merge::SumPairs,
        (b"RANDOMKEY", _) => Merge::AnyNonNull,
        _ => return None,
    })
}

/// Whether a command has the longer time.
pub(super) fn is_slow(words: &[Vec<u8>]) -> bool {
    words[0] == b"KEYS" || words[0].eq_ignore_ascii_case(b"SCRIPT")
}

impl World {
    /// What a task gives besides, on one day in three.
    pub(super) fn draw_fan(&mut self) -> Option<Request> {
        if !(self.has_fans && self.fan_random.one_in(6)) {
            return None;
        }
        let kind = self.fan_random.index(8);
        if kind < 3 && self.spellings < MOST_SPELLINGS {
            self.spellings += 1;
            // A script that is gone is missed by those who call it by its hash.
            return Some(commands::bare(spell(kind, self.spellings), kind == 2));
        }
        let token = self.token();
        Some(match kind {
            3 => commands::keyless(token, &["SCRIPT", "LOAD"], "return 'TOKEN'", &[]),
            4 => commands::keyless(token, &["SCRIPT", "EXISTS"], "TOKEN", &[SCRIPT]),
            5 => commands::keyless(token, &["PUBSUB", "CHANNELS"], "[^TOKEN]*", &[]),
            6 => commands::keyless(token, &["PUBSUB", "NUMSUB"], "TOKEN", &["east", "west", "east"]),
            _ => commands::keyless(token, &["KEYS"], "[^TOKEN]*", &[]),
        })
    }

    /// Other routes, other readers, and scripts by their hashes.
    pub(super) fn draw_fan_options(&mut self, options: &mut SubmitOptions) {
        if !self.has_fans || options.atomic {
            return;
        }
        options.by_hash = self.fan_random.one_in(2);
        if options.route == Route::Table && self.fan_random.one_in(20) {
            options.route = if self.fan_random.one_in(2) { Route::Replicas } else { Route::Nodes(self.draw_nodes()) };
        }
        if options.read_from.is_some() && self.fan_random.one_in(3) {
            options.read_from = Some(ReadFrom::Zone("west".into()));
            if self.fan_random.one_in(2) {
                self.list_readers();
                options.read_from = Some(ReadFrom::Listed);
            }
        }
    }

    /// Some nodes, one of them perhaps twice.
    fn draw_nodes(&mut self) -> Vec<slotpipe_core::port::Address> {
        let count = self.model.nodes().count();
        (0..self.fan_random.between(1, 3))
            .map(|_| {
                let node = self.fan_random.index(count);
                self.address_of(node)
            })
            .collect()
    }

    /// Who answers the reads of each shard: anybody, also such as are of another.
    fn list_readers(&mut self) {
        let primaries: Vec<NodeId> = self.model.nodes().filter(|node| self.model.primary_of(*node).is_none()).collect();
        let shards = primaries
            .into_iter()
            .map(|primary| ShardOrder { primary: self.address_of(usize::from(primary.0)), nodes: self.draw_nodes() });
        let shards = shards.collect();
        self.core.configure(Micros(self.now), Configure::ReadOrder(shards));
        self.note_refreshes();
    }

    /// What a session says besides: that it watches nothing any more, how many replicas have what it wrote, and that it
    /// waits for something.
    pub(super) fn draw_for_session(&mut self, tag: &str) -> Option<Request> {
        if !(self.has_fans && self.fan_random.one_in(5)) {
            return None;
        }
        if self.fan_random.one_in(3) && self.spellings < MOST_SPELLINGS {
            self.spellings += 1;
            return Some(commands::bare(spell(3, self.spellings), false));
        }
        let token = self.token();
        Some(if self.fan_random.one_in(2) {
            commands::wait(token)
        } else {
            commands::pop(&mut self.fan_random, token, tag)
        })
    }
}

/// Dice for these: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(52) ^ 0xFA25)
}
