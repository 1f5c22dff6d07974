//! The command table: the generated rows, and those that were learned from a server by COMMAND INFO.
//!
//! Generated rows are packed into five bytes each, with names, kinds, key specs and handlings in tables of their own:
//! there are over six hundred, and the wasm carries them. [`Table::row`] unpacks one into a [`Row`].
//!
//! A name is found by a perfect hash over the generated names (one multiplication chain, one displacement, one
//! compare; no allocation, any case). Subcommands stand right behind their container and are searched there. Learned
//! rows are asked only when the generated ones do not know a name.

use alloc::{string::String, vec::Vec};
use core::ops::Range;

use super::command::{Flags, Handling, Keys, Row};
use crate::wire::request::Args;

mod learn;
mod refusals;
#[rustfmt::skip]
mod rows;

pub use learn::read_command_info;

/// Index of a row; learned rows follow the generated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId(pub u16);

impl RowId {
    /// The row of a command that no table knows, whose keys the caller named: a write that goes by its keys.
    pub const STRANGER: Self = Self(u16::MAX);
}

/// Generated rows plus learned ones.
#[derive(Debug, Default)]
pub struct Table {
    learned: Vec<Learned>,
    /// Indexes into `learned`, by name.
    by_name: Vec<u16>,
}

/// A row that a server told about; see [`read_command_info`].
#[derive(Clone, Debug)]
pub struct Learned {
    /// As [`Row::name`].
    pub name: String,
    /// As [`Row::arity`].
    pub arity: i8,
    /// As [`Row::flags`].
    pub flags: Flags,
    /// As [`Row::keys`].
    pub keys: Keys,
    /// As [`Row::handling`].
    pub handling: Handling,
}

impl Learned {
    /// The row as a table shows it.
    pub fn row(&self) -> Row<'_> {
        let Self { name, arity, flags, keys, handling } = self;
        Row { name, arity: *arity, flags: *flags, keys, handling }
    }
}

/// A generated row. `name` (a `u16` without its alignment) and `length` cut [`rows::NAMES`], `kind` is a place in
/// [`rows::KINDS`].
struct Packed {
    name: [u8; 2],
    length: u8,
    arity: i8,
    kind: u8,
}

/// What many generated rows share; `keys` and `handling` are places in their tables.
struct Kind {
    flags: u16,
    keys: u8,
    handling: u8,
}

impl Packed {
    /// The name's bytes, for comparing: nothing has to be proven about characters.
    #[inline(always)]
    fn name(&self) -> &'static [u8] {
        rows::NAMES.as_bytes().get(self.range()).unwrap_or_default()
    }

    #[inline(always)]
    fn range(&self) -> Range<usize> {
        let start = usize::from(u16::from_le_bytes(self.name));
        start..start + usize::from(self.length)
    }

    #[inline(always)]
    fn row(&self) -> Row<'static> {
        let kind = &rows::KINDS[usize::from(self.kind)];
        Row {
            name: rows::NAMES.get(self.range()).unwrap_or_default(),
            arity: self.arity,
            flags: Flags(kind.flags),
            keys: &rows::KEYS[usize::from(kind.keys)],
            handling: &rows::HANDLINGS[usize::from(kind.handling)],
        }
    }
}

/// What stands for a command that only the caller knows.
const STRANGER: Row<'static> = Row {
    name: "",
    arity: -1,
    flags: Flags(Flags::WRITE | Flags::NEEDS_KEYS),
    keys: &Keys::None,
    handling: &Handling::DEFAULT,
};

/// What a command's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This row.
    Known(RowId),
    /// A container (`CLUSTER`) with a missing or unknown subcommand.
    UnknownSubcommand(RowId),
    /// No such name: ask a server.
    Unknown,
}

impl Table {
    /// Finds the row of a command by its first argument (and second, for containers), any case.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub fn lookup(&self, args: Args<'_>) -> Lookup {
        let Some(name) = args.at(0) else { return Lookup::Unknown };
        let Some(id) = generated(name) else { return self.lookup_learned(name, args.at(1)) };
        if !self.row(id).flags.has(Flags::CONTAINER) {
            return Lookup::Known(id);
        }
        let Some(subcommand) = args.at(1) else {
            // COMMAND alone is a command of its own.
            return if self.row(id).arity == -1 { Lookup::Known(id) } else { Lookup::UnknownSubcommand(id) };
        };
        if let Some(id) = generated_subcommand(id, subcommand) {
            return Lookup::Known(id);
        }
        self.find_learned(name, Some(subcommand)).map_or(Lookup::UnknownSubcommand(id), Lookup::Known)
    }

    /// The row behind an id; that of [`RowId::STRANGER`] for one that never was given out.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    pub fn row(&self, id: RowId) -> Row<'_> {
        let index = usize::from(id.0);
        if let Some(packed) = rows::ROWS.get(index) {
            return packed.row();
        }
        self.learned.get(index - rows::ROWS.len()).map_or(STRANGER, Learned::row)
    }

    /// Adds a row learned from a server; replaces an earlier learned one of that name. A table that is full (some
    /// sixty thousand names) gives [`RowId::STRANGER`].
    pub fn learn(&mut self, row: Learned) -> RowId {
        match self.by_name.binary_search_by(|&at| self.learned[usize::from(at)].name.cmp(&row.name)) {
            Ok(place) => {
                let at = self.by_name[place];
                self.learned[usize::from(at)] = row;
                learned_id(at)
            }
            Err(place) => {
                let at = u16::try_from(self.learned.len()).ok().filter(|&at| learned_id(at) != RowId::STRANGER);
                let Some(at) = at else { return RowId::STRANGER };
                self.by_name.insert(place, at);
                self.learned.push(row);
                learned_id(at)
            }
        }
    }

    /// Every generated row, containers before their subcommands.
    #[inline(always)]
    pub fn generated() -> impl ExactSizeIterator<Item = Row<'static>> {
        rows::ROWS.iter().map(Packed::row)
    }

    fn lookup_learned(&self, name: &[u8], subcommand: Option<&[u8]>) -> Lookup {
        let Some(id) = self.find_learned(name, None) else { return Lookup::Unknown };
        if !self.row(id).flags.has(Flags::CONTAINER) {
            return Lookup::Known(id);
        }
        self.find_learned(name, subcommand.or(Some(b""))).map_or(Lookup::UnknownSubcommand(id), Lookup::Known)
    }

    fn find_learned(&self, name: &[u8], subcommand: Option<&[u8]>) -> Option<RowId> {
        let wanted = || {
            let behind = subcommand.into_iter().flat_map(|subcommand| b" ".iter().chain(subcommand));
            name.iter().chain(behind).map(u8::to_ascii_uppercase)
        };
        let row_name = |at: u16| self.learned[usize::from(at)].name.bytes();
        let place = self.by_name.binary_search_by(|&at| row_name(at).cmp(wanted())).ok()?;
        Some(learned_id(self.by_name[place]))
    }
}

/// The hash by which generated names are placed: of a name's length and its first and last eight bytes, letters in
/// any case. The generator proves that no two names share one.
#[inline(always)]
pub fn name_hash(name: &[u8]) -> u64 {
    let (head, tail) = ends(name);
    let mixed = (head | CASE).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (tail | CASE);
    mixed.wrapping_add(name.len() as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The bucket of a hash, one of `buckets` (a power of two), whose displacement is then given to [`place_of`].
#[inline(always)]
pub const fn bucket_of(hash: u64, buckets: usize) -> usize {
    (hash >> 52) as usize & (buckets - 1)
}

/// The place of a hash in an index of `places` (a power of two).
#[inline(always)]
pub const fn place_of(hash: u64, displacement: u8, places: usize) -> usize {
    ((hash >> 36) as usize ^ displacement as usize) & (places - 1)
}

/// The bit that tells lower from upper case, in each byte of a word.
const CASE: u64 = 0x2020_2020_2020_2020;

/// The first and the last eight bytes; of fewer, what has the next smaller size (overlapping, so that all are in).
#[inline(always)]
fn ends(name: &[u8]) -> (u64, u64) {
    if let (Some(head), Some(tail)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else if let (Some(head), Some(tail)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
    } else if let (Some(head), Some(tail)) = (name.first_chunk(), name.last_chunk()) {
        (u64::from(u16::from_le_bytes(*head)), u64::from(u16::from_le_bytes(*tail)))
    } else {
        (name.first().map_or(0, |&byte| u64::from(byte)), 0)
    }
}

/// Whether `given` is this upper-case name in any case, eight bytes at a time.
#[inline(always)]
fn is_name(name: &[u8], given: &[u8]) -> bool {
    if name.len() != given.len() || name.len() > 16 {
        return name.eq_ignore_ascii_case(given);
    }
    let ((head, tail), (given_head, given_tail)) = (ends(name), ends(given));
    differs_in_case_only(head, given_head) && differs_in_case_only(tail, given_tail)
}

/// Whether each byte of `given` is that of `upper`, or its lower case.
#[inline(always)]
fn differs_in_case_only(upper: u64, given: u64) -> bool {
    const LOW_FIVE: u64 = 0x1f1f_1f1f_1f1f_1f1f;
    const FIVE: u64 = 0x0505_0505_0505_0505;
    // A letter is 0x41 to 0x5a: of the bytes with bit 0x40 one whose low five bits do not reach 27, where adding five
    // would set bit 0x20. ('@' would be one too, but is in no name; nothing is carried from byte to byte.)
    let letters = (upper >> 1) & !((upper & LOW_FIVE) + FIVE) & CASE;
    (upper ^ given) & !letters == 0
}

/// The generated row of a name; that of the container for a command with subcommands.
pub(super) fn find(name: &[u8]) -> Option<Row<'static>> {
    generated(name).map(|id| rows::ROWS[usize::from(id.0)].row())
}

#[cfg_attr(slotpipe_shipped, optimize(speed))]
fn generated(name: &[u8]) -> Option<RowId> {
    let hash = name_hash(name);
    let displacement = rows::DISPLACEMENTS[bucket_of(hash, rows::DISPLACEMENTS.len())];
    let id = rows::PLACES[place_of(hash, displacement, rows::PLACES.len())];
    let row = rows::ROWS.get(usize::from(id))?;
    is_name(row.name(), name).then_some(RowId(id))
}

fn generated_subcommand(container: RowId, subcommand: &[u8]) -> Option<RowId> {
    let first = usize::from(container.0) + 1;
    let skip = usize::from(rows::ROWS.get(container.0 as usize)?.length) + 1;
    let names = rows::ROWS.get(first..)?.iter().map(Packed::name);
    let offset = names
        .take_while(|name| name.get(skip - 1) == Some(&b' '))
        .position(|name| name[skip..].eq_ignore_ascii_case(subcommand))?;
    u16::try_from(first + offset).ok().map(RowId)
}

fn learned_id(at: u16) -> RowId {
    const GENERATED: usize = rows::ROWS.len();
    u16::try_from(GENERATED + usize::from(at)).map_or(RowId::STRANGER, RowId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_ascii_letters_in_any_case() {
        // What names are made of: the test below holds them to it.
        for upper in
            (0..=0x7f_u8).filter(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b".-_".contains(byte))
        {
            for given in 0..=0xff_u8 {
                for at in 0..9 {
                    let (mut name, mut other) = (*b"ABCDEFGHI", *b"abcdefghi");
                    (name[at], other[at]) = (upper, given);
                    assert_eq!(is_name(&name, &other), name.eq_ignore_ascii_case(&other), "{name:?} {other:?}");
                }
                assert_eq!(is_name(&[upper], &[given]), upper.eq_ignore_ascii_case(&given), "{upper} {given}");
            }
        }
    }

    #[test]
    fn names_are_made_of_upper_case_letters_digits_and_three_signs() {
        let belongs = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b".-_ ".contains(&byte);
        assert!(Table::generated().all(|row| row.name.bytes().all(belongs)));
    }
}
