//! Slots on the move: a mover that dies half way and another that finishes, or one that goes on while primaries stand
//! still. What is left open is read from the servers themselves and brought to its end.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use slotpipe::lab::{
    Error, LocalCluster, Result,
    reshard::{Pace, Resharder, SlotMove},
    wait_until,
};
use tokio::time::sleep;

use super::{Fault, Nemesis};
use crate::{
    random::Random,
    rig::{Rig, blocking},
};

/// Slots on their way at the same time.
const OPEN: usize = 8;
/// For how long a move that failed is tried again.
const MENDING: Duration = Duration::from_secs(15);

impl Nemesis {
    /// Opens some slots towards another primary and moves a key of each; then the mover is gone. A while later another
    /// one takes over, and the slots arrive.
    pub(super) async fn move_slots(&self, random: &mut Random) {
        let mut slots = self.slots.clone();
        random.shuffle(&mut slots);
        slots.truncate(OPEN);
        let primaries = self.primaries().await;
        if primaries.is_empty() {
            return self.failed("no primary is up");
        }
        self.until_busy(|| self.rig.in_flight()).await;
        self.hit(Fault::MoveSlots, self.rig.in_flight(), &format!("slots {slots:?}"));
        for slot in slots {
            let target = self.rig.node(*random.pick(&primaries)).id.clone();
            let cluster = self.rig.cluster.clone();
            if let Err(error) = blocking(move || half(&cluster, slot, &target)).await {
                self.note(&format!("slot {slot}: {error}"));
            }
        }
        let pause = random.between(50, 600);
        sleep(Duration::from_millis(pause)).await;
        if let Err(error) = self.mend_slots().await {
            self.note(&format!("slots stay half way: {error}"));
        }
        self.note("MoveSlots is over");
    }

    /// Slots wander from primary to primary, and now and then a primary stands still.
    pub(super) async fn move_slots_and_stop(&self, random: &mut Random) {
        let resharder = self.wander(random);
        for _ in 0..3 {
            let pause = random.between(100, 400);
            sleep(Duration::from_millis(pause)).await;
            let Some(node) = self.victim(random).await else { continue };
            let hit = self.rig.in_flight();
            let lasts = Duration::from_millis(random.between(100, 1_000));
            let stopped = self.rig.node(node).pause();
            self.hit(Fault::MoveSlotsAndStop, hit, &format!("node {node} stands still for {lasts:?}"));
            sleep(lasts).await;
            if let Err(error) = stopped.and(self.rig.node(node).resume()) {
                self.failed(error);
            }
        }
        let shadows = self.settle(resharder).await;
        self.struck().shadows.extend(shadows);
    }

    /// Slots wander, and a primary is replaced.
    pub(super) async fn move_slots_and_replace(&self, random: &mut Random) {
        let resharder = self.wander(random);
        let pause = random.between(100, 600);
        sleep(Duration::from_millis(pause)).await;
        if let Some(node) = self.victim(random).await
            && let Err(error) = self.stop_until_replaced(Fault::MoveSlotsAndReplace, node).await
        {
            self.failed(error);
        }
        self.note("the mover is gone for good");
        drop(resharder);
    }

    fn wander(&self, random: &mut Random) -> Resharder {
        let mut slots = self.slots.clone();
        random.shuffle(&mut slots);
        let pace = Pace { open: OPEN, hold: Duration::from_millis(random.between(5, 60)) };
        Resharder::start(&self.rig.cluster, slots, pace)
    }

    /// Lets the slots that are on their way arrive. Says which keys were at both ends.
    async fn settle(&self, resharder: Resharder) -> Vec<String> {
        match blocking(move || Ok(resharder.stop())).await {
            Ok(report) => {
                self.note(&format!("{} slots have moved, {} keys with them", report.slots_moved, report.keys_moved));
                report.failures.iter().for_each(|failure| self.note(failure));
                report.shadow_keys.iter().map(|key| format!("{} at both ends", key.escape_ascii())).collect()
            }
            Err(error) => {
                self.failed(error);
                Vec::new()
            }
        }
    }

    /// Brings every slot that is left half way to where it was going.
    pub(super) async fn mend_slots(&self) -> Result<()> {
        let rig = Arc::clone(&self.rig);
        let shadows = blocking(move || {
            let mut shadows = BTreeSet::new();
            wait_until(MENDING, "slots to arrive", || {
                let open = open_slots(&rig)?;
                open.iter().try_for_each(|(&slot, target)| bring(&rig.cluster, slot, target, &mut shadows))?;
                if open.is_empty() { Ok(()) } else { Err(Error::new(format!("{open:?} were open"))) }
            })?;
            Ok(shadows)
        })
        .await?;
        self.struck().shadows.extend(shadows);
        Ok(())
    }
}

/// Slots that a primary calls open, and where they are going: to who imports them, else where the owner sends them.
fn open_slots(rig: &Rig) -> Result<BTreeMap<u16, String>> {
    let mut open = BTreeMap::new();
    for number in rig.primaries() {
        let node = rig.node(number);
        let reply = node.ask(["CLUSTER", "NODES"])?;
        let own = reply.text().unwrap_or_default().lines().find(|line| line.contains("myself")).unwrap_or_default();
        for mark in own.split(' ').filter_map(|word| word.strip_prefix('[')?.strip_suffix(']')) {
            if let Some((slot, target)) = mark.split_once("->-") {
                open.entry(slot.parse().unwrap_or(0)).or_insert_with(|| target.to_owned());
            } else if let Some((slot, _)) = mark.split_once("-<-") {
                open.insert(slot.parse().unwrap_or(0), node.id.clone());
            }
        }
    }
    Ok(open)
}

/// Opens a slot and moves one of its keys: of a pair, one half.
fn half(cluster: &LocalCluster, slot: u16, target: &str) -> Result<()> {
    let target = cluster.node(target)?;
    if cluster.primary_of(slot)?.id == target.id {
        return Ok(());
    }
    SlotMove::begin(cluster, slot, &target)?.move_some(1).map(|_| ())
}

fn bring(cluster: &LocalCluster, slot: u16, target: &str, shadows: &mut BTreeSet<String>) -> Result<()> {
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
        shadows.insert(format!("slot {slot}: {error}"));
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
