//! The commands this server knows: how many arguments, what they may do, where their keys are.

use crc16::{State, XMODEM};

use super::{SLOTS, table::SPECS};

/// One row of the table.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) name: &'static str,
    /// Words including the name; negative: at least so many.
    pub(super) arity: i32,
    /// One letter each, see [`Spec::has`].
    pub(super) flags: &'static str,
    /// First key, last key (negative: from the end), step; zeros without keys, or where only the arguments tell them.
    pub(super) keys: (usize, i32, usize),
    /// Those of the access lists, without `@`.
    pub(super) categories: &'static str,
}

impl Spec {
    /// `r` reads, `w` writes, `R` may replicate without being a write, `m` may need memory, `a` administers, `p` publishes
    /// or subscribes, `b` may block, `l` allowed while loading, `s` allowed on a stale replica, `n` allowed before
    /// authentication, `o` not in scripts, `v` keys by the arguments, `f` fast.
    pub(super) fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }

    pub(super) fn fits(&self, words: usize) -> bool {
        let arity = usize::try_from(self.arity.unsigned_abs()).unwrap_or(usize::MAX);
        if self.arity < 0 { words >= arity } else { words == arity }
    }

    /// The keys among the arguments of a command.
    pub(super) fn keys<'a>(&self, argv: &'a [Vec<u8>]) -> Vec<&'a [u8]> {
        if self.has('v') {
            return movable(self.name, argv);
        }
        let (first, last, step) = self.keys;
        if first == 0 {
            return Vec::new();
        }
        let end = if last < 0 {
            argv.len().saturating_sub(usize::try_from(last.unsigned_abs()).unwrap_or(0)) + 1
        } else {
            usize::try_from(last).unwrap_or(0) + 1
        };
        argv[..end.min(argv.len())].iter().skip(first).step_by(step).map(Vec::as_slice).collect()
    }
}

/// What the server makes of the first words of a request.
pub(super) enum Lookup {
    Found(&'static Spec),
    /// The command has subcommands, and this is none of them.
    NoSubcommand(&'static Spec),
    Unknown,
}

/// The row of a command, in any case; of its subcommand where it has such.
pub(super) fn lookup(argv: &[Vec<u8>]) -> Lookup {
    let Some(spec) = named(&argv[0]) else {
        return Lookup::Unknown;
    };
    let (true, Some(second)) = (CONTAINERS.contains(&spec.name), argv.get(1)) else {
        return Lookup::Found(spec);
    };
    match named(&[spec.name.as_bytes(), b"|", second].concat()) {
        Some(spec) => Lookup::Found(spec),
        None => Lookup::NoSubcommand(spec),
    }
}

pub(super) fn named(name: &[u8]) -> Option<&'static Spec> {
    let name = name.to_ascii_lowercase();
    SPECS.binary_search_by(|spec| spec.name.as_bytes().cmp(&name)).ok().map(|at| &SPECS[at])
}

const CONTAINERS: [&str; 7] = ["acl", "client", "cluster", "command", "config", "pubsub", "script"];

/// The slot of a key: of what stands between the first `{` and the next `}`, if that is something.
pub fn slot_of(key: &[u8]) -> u16 {
    let tag = key.iter().position(|byte| *byte == b'{').and_then(|open| {
        let rest = &key[open + 1..];
        let close = rest.iter().position(|byte| *byte == b'}')?;
        (close > 0).then(|| &rest[..close])
    });
    State::<XMODEM>::calculate(tag.unwrap_or(key)) % SLOTS
}

fn movable<'a>(name: &str, argv: &'a [Vec<u8>]) -> Vec<&'a [u8]> {
    let word = |index: usize| argv.get(index).and_then(|word| std::str::from_utf8(word).ok());
    let keys = match name {
        "eval" | "evalsha" => {
            let count: usize = word(2).and_then(|count| count.parse().ok()).unwrap_or(0);
            // A count that cannot be leaves the server without keys to look at.
            argv.get(3..count.saturating_add(3)).unwrap_or_default().iter().collect::<Vec<_>>()
        }
        "xread" => {
            let streams = argv.iter().position(|word| word.eq_ignore_ascii_case(b"STREAMS"));
            let rest = streams.map_or(&[][..], |at| &argv[at + 1..]);
            rest[..rest.len() / 2].iter().collect()
        }
        "migrate" => {
            let many = argv.iter().position(|word| word.eq_ignore_ascii_case(b"KEYS"));
            match many {
                Some(at) if argv.get(3).is_some_and(Vec::is_empty) => argv[at + 1..].iter().collect(),
                Some(_) | None => argv.get(3).into_iter().collect(),
            }
        }
        _ => Vec::new(),
    };
    keys.into_iter().map(Vec::as_slice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slot_is_that_of_the_first_tag_with_something_in_it() {
        assert_eq!(slot_of(b"123456789"), 0x31c3);
        assert_eq!(slot_of(b"{user1000}.following"), slot_of(b"user1000"));
        assert_eq!(slot_of(b"foo{}{bar}"), slot_of(b"foo{}{bar}"));
        assert_ne!(slot_of(b"foo{}{bar}"), slot_of(b"bar"));
        assert_eq!(slot_of(b"foo{{bar}}zap"), slot_of(b"{bar"));
        assert_eq!(slot_of(b"foo{bar}{zap}"), slot_of(b"bar"));
    }

    #[test]
    fn the_table_is_sorted_for_the_search_and_names_no_command_twice() {
        assert!(SPECS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
