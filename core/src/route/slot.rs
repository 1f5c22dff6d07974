//! The slot of a key: CRC16 of its hash tag, modulo 16384 (Redis Cluster specification, "Key distribution model").

use alloc::boxed::Box;

/// How many slots a cluster has.
pub const SLOTS: u16 = 16_384;

/// One of the 16384 slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u16);

impl Slot {
    /// The slot with this number, if there is one.
    pub const fn new(number: u16) -> Option<Self> {
        if number < SLOTS { Some(Self(number)) } else { None }
    }

    /// The slot of a key.
    #[inline(always)]
    pub fn of(key: &[u8]) -> Self {
        Self(crc16::State::<crc16::XMODEM>::calculate(hash_tag(key)) % SLOTS)
    }

    /// Its number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

/// Some of the slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotSet(Box<[u64; SLOTS as usize / 64]>);

impl Default for SlotSet {
    fn default() -> Self {
        Self(Box::new([0; SLOTS as usize / 64]))
    }
}

impl SlotSet {
    /// Adds a slot.
    pub fn insert(&mut self, slot: Slot) {
        self.0[usize::from(slot.0 / 64)] |= 1 << (slot.0 % 64);
    }

    /// Adds all of them.
    pub fn fill(&mut self) {
        self.0.fill(u64::MAX);
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Whether a slot is among them.
    pub fn contains(&self, slot: Slot) -> bool {
        self.0[usize::from(slot.0 / 64)] & 1 << (slot.0 % 64) != 0
    }
}

/// Whether there is a `{`. Most keys are shorter than what a search takes to begin: eight bytes at a time, a zero among
/// them after the exclusive or.
#[inline(always)]
fn has_brace(key: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let (words, rest) = key.as_chunks();
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7) != 0;
    let rest = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    words.iter().any(|&word| has_zero(u64::from_le_bytes(word) ^ (ONES * 0x7b))) || has_zero(rest ^ (ONES * 0x7b))
}

/// What of a key is hashed: the bytes between the first `{` and the first `}` after it, if there are any; else all.
pub fn hash_tag(key: &[u8]) -> &[u8] {
    if !has_brace(key) {
        return key;
    }
    let Some(open) = memchr::memchr(b'{', key) else { return key };
    let tag = &key[open + 1..];
    match memchr::memchr(b'}', tag) {
        None | Some(0) => key,
        Some(close) => &tag[..close],
    }
}
