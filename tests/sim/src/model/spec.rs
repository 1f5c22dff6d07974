//! The commands this server knows: how many arguments, what they may do, where their keys are.

use crc16::{State, XMODEM};

use super::SLOTS;

/// One row of the table.
#[derive(Debug)]
pub(super) struct Spec {
    pub(super) name: &'static str,
    /// Words including the name; negative: at least so many.
    pub(super) arity: i32,
    /// One letter each, see [`Spec::has`].
    flags: &'static str,
    /// First key, last key (negative: from the end), step; 0 0 0 without keys or with keys that only the arguments tell.
    keys: (usize, i32, usize),
}

impl Spec {
    /// `r` reads, `w` writes, `m` may need memory, `l` allowed while loading, `s` allowed on a stale replica, `n`
    /// allowed before authentication, `x` not in a transaction, `b` may block, `p` publishes or subscribes,
    /// `c` connection, `t` transaction, `d` dangerous or administrative, `e` script, `v` keys by the arguments,
    /// `k` not in `@fast` matters: spelled for the letters in use only.
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

    /// Whether the server looks for keys at all before it runs this.
    pub(super) fn has_keys(&self) -> bool {
        self.has('v') || self.keys.0 > 0
    }
}

/// The row of a name, in any case.
pub(super) fn spec(name: &[u8]) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.name.as_bytes().eq_ignore_ascii_case(name))
}

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
            let count = word(2).and_then(|count| count.parse().ok()).unwrap_or(0);
            argv.get(3..).unwrap_or_default().iter().take(count).collect::<Vec<_>>()
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

const fn row(name: &'static str, arity: i32, flags: &'static str, first: usize, last: i32, step: usize) -> Spec {
    Spec { name, arity, flags, keys: (first, last, step) }
}

#[rustfmt::skip]
static SPECS: &[Spec] = &[
    row("get",              2, "r",     1,  1, 1),
    row("set",             -3, "wm",    1,  1, 1),
    row("append",           3, "wm",    1,  1, 1),
    row("incr",             2, "wm",    1,  1, 1),
    row("incrby",           3, "wm",    1,  1, 1),
    row("mget",            -2, "r",     1, -1, 1),
    row("mset",            -3, "wm",    1, -1, 2),
    row("del",             -2, "w",     1, -1, 1),
    row("unlink",          -2, "w",     1, -1, 1),
    row("exists",          -2, "r",     1, -1, 1),
    row("touch",           -2, "r",     1, -1, 1),
    row("rpush",           -3, "wm",    1,  1, 1),
    row("lpush",           -3, "wm",    1,  1, 1),
    row("lrange",           4, "r",     1,  1, 1),
    row("llen",             2, "r",     1,  1, 1),
    row("ping",            -1, "",      0,  0, 0),
    row("hello",           -1, "lsnxc", 0,  0, 0),
    row("cluster",         -2, "ls",    0,  0, 0),
];

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
    fn no_command_stands_twice_in_the_table() {
        let names: std::collections::BTreeSet<_> = SPECS.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), SPECS.len());
    }
}
