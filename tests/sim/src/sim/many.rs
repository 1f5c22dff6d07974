//! Movers of the other kind: what they give has keys in many slots, which are set together or combined. One of them also
//! moves what ends by itself.

use std::collections::BTreeSet;

use super::{
    commands::{self, Request},
    random::Random,
    recipes::{Drawn, Way},
    world::{Event, TAGS, World},
};

/// What is given.
const NAMES: [&str; 7] = ["MSETNX", "SDIFF", "SINTER", "SUNION", "SDIFFSTORE", "SINTERSTORE", "SUNIONSTORE"];

/// A member that sets have in common.
const SHARED: [&str; 3] = ["=one=", "=two=", "=three="];

/// Whether a command has keys in many slots, as callers here give it.
pub(super) fn is_of_many(words: &[Vec<u8>]) -> bool {
    NAMES.iter().any(|name| words[0] == name.as_bytes())
}

/// Whether a command combines sets.
pub(super) fn is_of_sets(words: &[Vec<u8>]) -> bool {
    is_of_many(words) && words[0] != b"MSETNX"
}

/// Whether it also keeps what comes of that.
pub(super) fn is_store(words: &[Vec<u8>]) -> bool {
    is_of_many(words) && words[0].ends_with(b"STORE")
}

impl World {
    pub(super) fn draw_of_many(&mut self) -> Drawn {
        match self.many_random.below(12) {
            0..=3 => self.draw_set_all(),
            4..=9 => {
                let name = self.many_random.pick(&NAMES[1..]);
                self.draw_of_sets(name, true)
            }
            _ => self.draw_ending(None),
        }
    }

    /// After the faults each of them works.
    pub(super) fn probes_of_many(&mut self) -> Vec<Drawn> {
        let mut drawn = vec![self.draw_set_all()];
        drawn.extend(NAMES[1..].iter().map(|name| self.draw_of_sets(name, false)));
        drawn.push(self.draw_ending(Some(Way::RENAME)));
        drawn
    }

    /// MSETNX, and others who set one of its keys, before it or while it is done.
    fn draw_set_all(&mut self) -> Drawn {
        let (token, first, second) = (self.token(), self.token(), self.token());
        let tags = self.draw_tags();
        let keys: Vec<Vec<u8>> =
            (0..).zip(&tags).map(|(at, tag)| commands::moved_key(tag, &format!("{at}all"), token)).collect();
        let random = &mut self.many_random;
        let one_of = |random: &mut Random| keys[random.index(keys.len())].clone();
        let filling = random.one_in(4).then(|| commands::filled("SETNX", first, &one_of(random), 1));
        if random.one_in(2) {
            let rival = commands::filled("SETNX", second, &one_of(random), 1);
            let after = random.between(0, 20_000);
            self.after(after, Event::Rival(Box::new(rival)));
        }
        let pairs = (0..).zip(keys).flat_map(|(at, key)| [key, commands::content(token, at)]);
        let words = [b"MSETNX".to_vec()].into_iter().chain(pairs).collect();
        Drawn { filling: filling.into_iter().collect(), request: Request { words, writes: true, blocks: None } }
    }

    /// Sets that have something in common, and what combines them.
    fn draw_of_sets(&mut self, name: &str, may_fail: bool) -> Drawn {
        let token = self.token();
        let tags = self.draw_tags();
        let (mut filling, mut keys) = (Vec::new(), Vec::new());
        if name.ends_with("STORE") {
            let target = commands::moved_key(tags[0], "kept", token);
            // It may be one of the sources, and need not be new.
            let is_source = self.many_random.one_in(4);
            if self.many_random.one_in(3) {
                let own = self.token();
                let fill = if is_source || self.many_random.one_in(2) { "SADD" } else { "SET" };
                filling.push(commands::filled(fill, own, &target, 1));
            }
            keys.push(target.clone());
            keys.extend(is_source.then_some(target));
        }
        // With one in the target's slot, which needs no copy, or without.
        let copied = usize::from(!keys.is_empty() && self.many_random.one_in(2));
        for (at, tag) in (0..).zip(&tags[copied..]) {
            let source = commands::moved_key(tag, &format!("{at}from"), token);
            keys.push(source.clone());
            match self.many_random.below(12) {
                0 => {}
                1 if may_fail => {
                    let own = self.token();
                    filling.push(commands::filled("SET", own, &source, 1));
                }
                _ => {
                    let own = self.token();
                    let mut set = commands::filled("SADD", own, &source, 1);
                    let shared = SHARED.iter().filter(|_| !self.many_random.one_in(3));
                    set.words.extend(shared.map(|member| member.as_bytes().to_vec()));
                    filling.push(set);
                }
            }
        }
        let writes = name.ends_with("STORE");
        let words = [name.as_bytes().to_vec()].into_iter().chain(keys).collect();
        Drawn { filling, request: Request { words, writes, blocks: None } }
    }

    /// Something moves that would have ended by itself, though on no day so soon.
    fn draw_ending(&mut self, way: Option<Way>) -> Drawn {
        let way = way.unwrap_or_else(|| self.many_random.pick(Way::WHOLE));
        let Drawn { mut filling, request } = self.draw_moved(true, way);
        let token = self.token();
        filling.push(commands::ending(token, &request.words[1]));
        Drawn { filling, request }
    }

    /// Hash tags of keys, of several slots, some of them twice.
    fn draw_tags(&mut self) -> Vec<&'static str> {
        let count = self.many_random.between(2, 4);
        loop {
            let tags: Vec<_> = (0..count).map(|_| self.many_random.pick(&TAGS)).collect();
            if tags.iter().collect::<BTreeSet<_>>().len() > 1 {
                return tags;
            }
        }
    }
}

/// Dice for these: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(24) ^ 0x63D3)
}
