//! A scan over all primaries: which node is read next, which of its keys are given, and when a slot is done. Pure.
//!
//! A *pass* reads one node from cursor 0 to cursor 0. A slot is done with a pass only if the node owned it, with no
//! migration mark, when the pass began and when it had ended; both are told by a view that this node itself was asked for,
//! the second one after the end. What is not done then is read again, at its owner of that time. So every key that exists
//! throughout the scan is given at least once, wherever its slot moves meanwhile. (A slot that leaves a node and comes back
//! between two looks at the map is not noticed.)
//!
//! Keys of slots that the pass will not settle are left out: a key is given twice only where the server's SCAN repeats it,
//! where its slot began to move while it was being read, or where the connection was lost in the middle of a pass, which
//! then begins anew: a cursor means nothing to another server.

use alloc::{boxed::Box, vec, vec::Vec};

use super::{
    slot::{SLOTS, Slot},
    topology::{NodeId, Topology},
};
use crate::{broken::broken, port::Micros};

/// A pass begins with a view of its node that is no older.
const FRESH_MS: u32 = 1_000;

/// So many nodes to be read next are asked for their views in advance.
const AHEAD: usize = 3;

/// How far a scan has come.
#[derive(Debug)]
pub struct Scan {
    done: Slots,
    reading: Option<Pass>,
    /// Read to the end and not counted yet, each with the instant of its end.
    ended: Vec<(Pass, Micros)>,
}

#[derive(Debug)]
struct Pass {
    node: NodeId,
    /// What it settles if nothing happens to them.
    slots: Slots,
    cursor: u64,
}

/// What is to be done for the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Read there, from this cursor.
    Read {
        /// The node.
        node: NodeId,
        /// 0 begins a pass.
        cursor: u64,
    },
    /// Nothing before the next look at the map.
    Wait,
    /// Every slot is done.
    Done,
}

/// Which nodes have been asked for their views, and when each was asked for the newest that has been taken.
pub type Seen<'a> = &'a dyn Fn(NodeId) -> Option<Micros>;

impl Default for Scan {
    fn default() -> Self {
        Self { done: Slots::none(), reading: None, ended: Vec::new() }
    }
}

impl Scan {
    /// What comes next on this map.
    pub fn next(&mut self, map: &Topology, seen: Seen<'_>, now: Micros) -> Next {
        if let Some(&Pass { node, cursor, .. }) = self.reading.as_ref().filter(|pass| map.owners().contains(&pass.node))
        {
            return Next::Read { node, cursor };
        }
        self.reading = None;
        if self.done.is_all() {
            return Next::Done;
        }
        let is_fresh = |node: &NodeId| seen(*node).is_some_and(|asked| now <= asked.plus_ms(FRESH_MS));
        for &node in map.owners().iter().filter(|node| map.is_standalone() || is_fresh(node)) {
            let slots = self.open_at(node, map);
            if !slots.is_empty() {
                self.reading = Some(Pass { node, slots, cursor: 0 });
                return Next::Read { node, cursor: 0 };
            }
        }
        Next::Wait
    }

    /// Whose views are to be in the next look at the map.
    pub fn wanted(&self, map: &Topology) -> Vec<NodeId> {
        let mut wanted: Vec<NodeId> = self.ended.iter().map(|(pass, _)| pass.node).collect();
        let is_left = |slot: Slot| !self.done.has(slot) && !self.is_ended(slot);
        let left =
            |node: NodeId| (0..SLOTS).filter_map(Slot::new).any(|slot| map.owner(slot) == Some(node) && is_left(slot));
        let reading = self.reading.as_ref().map(|pass| pass.node);
        wanted.extend(map.owners().iter().copied().filter(|&node| Some(node) != reading && left(node)).take(AHEAD));
        // A mark stays until who told it is asked again.
        wanted.extend(map.marks().filter(|&(slot, _)| !self.done.has(slot)).map(|(_, teller)| teller));
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// Whether a key of the page that was read now is given.
    pub fn gives(&mut self, key: &[u8], map: &Topology) -> bool {
        let (slot, Some(pass)) = (Slot::of(key), &mut self.reading) else { return false };
        if map.owner(slot) != Some(pass.node) {
            pass.slots.remove(slot);
        }
        map.is_standalone() || pass.slots.has(slot)
    }

    /// A page was read; the server's cursor for the next one. Whether the pass has ended.
    pub fn read(&mut self, cursor: u64, map: &Topology, now: Micros) -> bool {
        let Some(pass) = &mut self.reading else { return false };
        pass.cursor = cursor;
        if cursor > 0 {
            return false;
        }
        if map.is_standalone() || broken!(ScanReadsOneNode) {
            self.done = Slots::all();
            self.reading = None;
        }
        if broken!(ScanTrustsFirstLook)
            && let Some(pass) = self.reading.take()
        {
            self.done.add(&pass.slots);
        }
        self.ended.extend(self.reading.take().map(|pass| (pass, now)));
        true
    }

    /// What was read of the present pass is worth nothing: its connection is gone.
    pub fn begin_pass_anew(&mut self) {
        self.reading = None;
    }

    /// The map was looked at again.
    pub fn look(&mut self, map: &Topology, seen: Seen<'_>) {
        if broken!(ScanIsNeverSure) {
            return;
        }
        for pass in self.ended.iter_mut().map(|(pass, _)| pass).chain(&mut self.reading) {
            let node = pass.node;
            pass.slots.retain(|slot| map.owner(slot) == Some(node) && !map.is_migrating(slot));
        }
        let done = &mut self.done;
        self.ended.retain(|(pass, ended)| {
            let is_sure = seen(pass.node).is_some_and(|asked| asked >= *ended);
            if is_sure {
                done.add(&pass.slots);
            }
            // Of what has another owner, nobody will ask this node again.
            !is_sure && !pass.slots.is_empty()
        });
    }

    /// Whether a node is being read.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether every slot is done.
    pub fn is_done(&self) -> bool {
        self.done.is_all()
    }

    /// A slot that is not done: why a scan waits.
    pub fn first_left(&self) -> Option<Slot> {
        (0..SLOTS).filter_map(Slot::new).find(|&slot| !self.done.has(slot))
    }

    fn is_ended(&self, slot: Slot) -> bool {
        self.ended.iter().any(|(pass, _)| pass.slots.has(slot))
    }

    /// The slots that a pass over this node would settle.
    fn open_at(&self, node: NodeId, map: &Topology) -> Slots {
        let mut slots = Slots::all();
        slots.retain(|slot| {
            map.owner(slot) == Some(node) && !self.done.has(slot) && !map.is_migrating(slot) && !self.is_ended(slot)
        });
        slots
    }
}

/// A set of slots: 2 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slots(Box<[u64]>);

impl Slots {
    const WORDS: usize = SLOTS as usize / 64;

    fn none() -> Self {
        Self(vec![0; Self::WORDS].into_boxed_slice())
    }

    fn all() -> Self {
        Self(vec![u64::MAX; Self::WORDS].into_boxed_slice())
    }

    fn has(&self, slot: Slot) -> bool {
        self.0[usize::from(slot.number() / 64)] & bit(slot) != 0
    }

    fn remove(&mut self, slot: Slot) {
        self.0[usize::from(slot.number() / 64)] &= !bit(slot);
    }

    fn add(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    fn retain(&mut self, keep: impl Fn(Slot) -> bool) {
        for slot in (0..SLOTS).filter_map(Slot::new) {
            if self.has(slot) && !keep(slot) {
                self.remove(slot);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    fn is_all(&self) -> bool {
        self.0.iter().all(|&word| word == u64::MAX)
    }
}

const fn bit(slot: Slot) -> u64 {
    1 << (slot.number() % 64)
}
