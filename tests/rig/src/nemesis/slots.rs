//! Slots on the move, and a mover that dies half way.

use std::{collections::BTreeMap, sync::Mutex, sync::PoisonError, time::Duration};

use slotpipe::lab::{Error, LocalCluster, Result, reshard::SlotMove, wait_until};
use tokio::time::sleep;

use super::{Fault, Nemesis};
use crate::{random::Random, rig::blocking};

/// Slots on their way at the same time.
const OPEN: usize = 6;
/// For how long a move that failed is tried again.
const MENDING: Duration = Duration::from_secs(15);

/// Which slots may move, and where those go that a dead mover has left half way.
#[derive(Debug, Default)]
pub struct Moves {
    slots: Vec<u16>,
    left: Mutex<BTreeMap<u16, String>>,
}

impl Moves {
    /// These may move.
    pub fn of(slots: Vec<u16>) -> Self {
        Self { slots, left: Mutex::default() }
    }

    fn left(&self) -> std::sync::MutexGuard<'_, BTreeMap<u16, String>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Nemesis {
    /// Opens some slots towards another primary and moves a part of their keys; then the mover is gone. A while later
    /// another one takes over, and the slots arrive.
    pub(super) async fn move_slots(&self, fault: Fault, node: usize, random: &mut Random) {
        for _ in 0..2 {
            let mut slots = self.moves.slots.clone();
            random.shuffle(&mut slots);
            slots.truncate(OPEN);
            let primaries = self.primaries().await;
            if primaries.is_empty() {
                return self.failed("no primary is up");
            }
            self.until_busy(|| self.rig.in_flight()).await;
            let hit = self.rig.in_flight();
            self.hit(fault, hit, &format!("slots {slots:?}"));
            for slot in slots {
                let target = self.rig.node(*random.pick(&primaries)).id.clone();
                let cluster = self.rig.cluster.clone();
                let heading = target.clone();
                if let Err(error) = blocking(move || half(&cluster, slot, &heading)).await {
                    self.note(&format!("slot {slot} stays half way: {error}"));
                }
                self.moves.left().insert(slot, target);
            }
            let pause = random.between(50, 600);
            if fault == Fault::MoveSlotsAndStop {
                let stopped = self.rig.node(node).pause();
                self.note(&format!("node {node} stands still for {pause} ms"));
                sleep(Duration::from_millis(pause)).await;
                if let Err(error) = stopped.and(self.rig.node(node).resume()) {
                    self.failed(error);
                }
            } else {
                sleep(Duration::from_millis(pause)).await;
            }
            if let Err(error) = self.mend_slots().await {
                self.note(&format!("slots stay half way: {error}"));
            }
        }
        self.note(&format!("{fault} is over"));
    }

    /// Brings every slot that was left half way to where it was going.
    pub(super) async fn mend_slots(&self) -> Result<()> {
        let left = self.moves.left().clone();
        for (slot, target) in left {
            let cluster = self.rig.cluster.clone();
            let shadows = blocking(move || {
                let mut shadows = Vec::new();
                wait_until(MENDING, &format!("slot {slot} to arrive"), || {
                    bring(&cluster, slot, &target, &mut shadows)
                })?;
                Ok(shadows)
            })
            .await?;
            self.moves.left().remove(&slot);
            self.struck().shadows.extend(shadows);
        }
        Ok(())
    }
}

/// Opens a slot and moves one of its keys: of a pair, one half.
fn half(cluster: &LocalCluster, slot: u16, target: &str) -> Result<()> {
    let target = cluster.node(target)?;
    if cluster.primary_of(slot)?.id == target.id {
        return Ok(());
    }
    SlotMove::begin(cluster, slot, &target)?.move_some(1).map(|_| ())
}

fn bring(cluster: &LocalCluster, slot: u16, target: &str, shadows: &mut Vec<String>) -> Result<()> {
    let target = cluster.node(target)?;
    if cluster.primary_of(slot)?.id == target.id {
        for node in cluster.nodes().iter().filter(|node| node.is_up()) {
            let _ = node.ask(["CLUSTER", "SETSLOT", &slot.to_string(), "STABLE"]);
        }
        return cluster.wait_until_known(slot, &target);
    }
    let mut rest = SlotMove::begin(cluster, slot, &target)?;
    while let Err(error) = rest.move_rest() {
        if !error.to_string().contains("BUSYKEY") {
            return Err(error);
        }
        // The source has the truth. A move that was interrupted leaves both; else it is a shadow.
        shadows.push(format!("slot {slot}: {error}"));
        replace(&rest, slot)?;
    }
    rest.finish()
}

fn replace(half: &SlotMove, slot: u16) -> Result<()> {
    let mut source = half.source().client()?;
    let keys = source.ask(["CLUSTER", "GETKEYSINSLOT", &slot.to_string(), "100"])?;
    let keys: Vec<&str> = keys.array().unwrap_or_default().iter().filter_map(|key| key.text()).collect();
    if keys.is_empty() {
        return Err(Error::new(format!("slot {slot} has no keys, and some at its target")));
    }
    let port = half.target().port().to_string();
    let mut words = vec!["MIGRATE", "127.0.0.1", &port, "", "0", "5000", "REPLACE", "KEYS"];
    words.extend(keys);
    source.ask(words).map(|_| ())
}
