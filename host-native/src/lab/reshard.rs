//! Slots on their way from one primary to another, by the server's own steps: mark at both ends, move keys, hand over.
//!
//! [`SlotMove`] stands still wherever a test wants to look; [`Resharder`] keeps many slots moving in the background.
//! Keys are moved without REPLACE: a key that is already at the target is a shadow, written there by a client that
//! sent ASKING for a key which the source still had, and that is a finding.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    Error, LocalCluster, Node, Result,
    resp::{Client, Reply},
};

/// One slot between two primaries, from the first mark to the handover.
pub struct SlotMove {
    cluster: LocalCluster,
    slot: u16,
    source: Arc<Node>,
    target: Arc<Node>,
    at_source: Client,
    at_target: Client,
}

impl SlotMove {
    /// Marks the slot as importing at `target` and as migrating at its owner. No key has moved yet, but from now on
    /// the owner answers ASK for keys that it does not have.
    pub fn begin(cluster: &LocalCluster, slot: u16, target: &Arc<Node>) -> Result<Self> {
        let source = cluster.primary_of(slot)?;
        if source.id == target.id {
            return Err(Error::new(format!("slot {slot} is at port {} already", target.port())));
        }
        let (mut at_source, mut at_target) = (source.client()?, target.client()?);
        at_target.ask(["CLUSTER", "SETSLOT", &slot.to_string(), "IMPORTING", &source.id])?;
        at_source.ask(["CLUSTER", "SETSLOT", &slot.to_string(), "MIGRATING", &target.id])?;
        Ok(Self { cluster: cluster.clone(), slot, source, target: target.clone(), at_source, at_target })
    }

    /// The slot.
    pub fn slot(&self) -> u16 {
        self.slot
    }

    /// Where it comes from.
    pub fn source(&self) -> &Arc<Node> {
        &self.source
    }

    /// Where it goes.
    pub fn target(&self) -> &Arc<Node> {
        &self.target
    }

    /// How many of its keys are still at the source.
    pub fn keys_at_source(&mut self) -> Result<u64> {
        let reply = self.at_source.ask(["CLUSTER", "COUNTKEYSINSLOT", &self.slot.to_string()])?;
        reply.int().and_then(|count| u64::try_from(count).ok()).ok_or_else(|| Error::new(format!("count is {reply:?}")))
    }

    /// Moves these keys; those that do not exist are passed over. Fails with the server's `BUSYKEY` where the target
    /// has one of them already.
    pub fn move_keys<K: AsRef<[u8]>>(&mut self, keys: &[K]) -> Result<()> {
        self.migrate(keys, false)
    }

    /// Moves up to `count` keys, whichever the source names first; says how many.
    pub fn move_some(&mut self, count: u64) -> Result<u64> {
        let keys = self.some_keys(count)?;
        self.migrate(&keys, false)?;
        Ok(keys.len() as u64)
    }

    /// Moves every key; says how many.
    pub fn move_rest(&mut self) -> Result<u64> {
        let mut moved = 0;
        loop {
            match self.move_some(BATCH)? {
                0 => return Ok(moved),
                some => moved += some,
            }
        }
    }

    /// Hands the slot over: the target first, so that there is no moment without an owner, then the source; returns
    /// when every node knows.
    ///
    /// The others are not told but hear it from the target, with its new epoch. Had they only been told, an old word
    /// of the source, still under way, could turn them back; and if the source then gains another slot and with it a
    /// newer epoch than the target's, they would believe that for good.
    pub fn finish(mut self) -> Result<()> {
        match self.keys_at_source()? {
            0 => {}
            left => return Err(Error::new(format!("slot {} still has {left} keys at its source", self.slot))),
        }
        let slot = self.slot.to_string();
        let handover = ["CLUSTER", "SETSLOT", &slot, "NODE", &self.target.id];
        self.at_target.ask(handover)?;
        self.at_source.ask(handover)?;
        self.cluster.wait_until_known(self.slot, &self.target)
    }

    /// Takes both marks away, as if nothing had begun; keys that have moved stay where they are.
    pub fn abandon(mut self) -> Result<()> {
        let slot = self.slot.to_string();
        self.at_source.ask(["CLUSTER", "SETSLOT", &slot, "STABLE"])?;
        self.at_target.ask(["CLUSTER", "SETSLOT", &slot, "STABLE"])?;
        Ok(())
    }

    fn some_keys(&mut self, count: u64) -> Result<Vec<Vec<u8>>> {
        let reply = self.at_source.ask(["CLUSTER", "GETKEYSINSLOT", &self.slot.to_string(), &count.to_string()])?;
        let keys = reply.array().unwrap_or_default().iter();
        Ok(keys.filter_map(|key| if let Reply::Bulk(key) = key { Some(key.clone()) } else { None }).collect())
    }

    fn migrate<K: AsRef<[u8]>>(&mut self, keys: &[K], replace: bool) -> Result<()> {
        if keys.is_empty() {
            return Ok(());
        }
        let (ip, port) = (self.target.ip().to_string(), self.target.announced_port().to_string());
        let mut command: Vec<&[u8]> = vec![b"MIGRATE", ip.as_bytes(), port.as_bytes(), b"", b"0", b"5000"];
        if replace {
            command.push(b"REPLACE");
        }
        if let Some(password) = &self.target.options().password {
            command.extend([b"AUTH", password.as_bytes()]);
        }
        command.push(b"KEYS");
        command.extend(keys.iter().map(AsRef::as_ref));
        self.at_source.ask(command).map(|_| ())
    }

    /// Moves these keys; shadows are written down and overwritten by what the source has.
    fn move_noting_shadows(&mut self, keys: &[Vec<u8>], report: &mut Report) -> Result<()> {
        let is_busy = |error: &Error| error.0.contains("BUSYKEY");
        match self.migrate(keys, false) {
            Err(error) if is_busy(&error) => {}
            outcome => return outcome,
        }
        for key in keys {
            match self.migrate(&[key], false) {
                Err(error) if is_busy(&error) => {
                    report.shadow_keys.push(key.clone());
                    self.migrate(&[key], true)?;
                }
                outcome => outcome?,
            }
        }
        Ok(())
    }
}

/// A slot that stands half way: every key is written at the owner (its value is its own name), the slot is opened
/// towards the next primary, and `at_target` are moved there. Multi-key commands over both answer TRYAGAIN.
pub fn half_migrated(cluster: &LocalCluster, slot: u16, at_source: &[&str], at_target: &[&str]) -> Result<SlotMove> {
    let mut source = cluster.primary_of(slot)?.client()?;
    for key in at_source.iter().chain(at_target) {
        source.ask(["SET", key, key])?;
    }
    let mut half = SlotMove::begin(cluster, slot, &next_primary(cluster, slot)?)?;
    half.move_keys(at_target)?;
    Ok(half)
}

/// The primary that comes after the owner of `slot`, in the order of [`LocalCluster::nodes`] and around its end.
pub fn next_primary(cluster: &LocalCluster, slot: u16) -> Result<Arc<Node>> {
    let owner = cluster.primary_of(slot)?;
    let primaries = cluster.primaries()?;
    let place = primaries.iter().position(|node| node.id == owner.id).map_or(0, |index| index + 1);
    let next = &primaries[place % primaries.len()];
    if next.id == owner.id {
        return Err(Error::new("there is no second primary to move a slot to"));
    }
    Ok(next.clone())
}

/// How a [`Resharder`] goes about it.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Slots on their way at the same time.
    pub open: usize,
    /// How long they stay half migrated.
    pub hold: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { open: 16, hold: Duration::from_millis(30) }
    }
}

/// What a [`Resharder`] did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Slots that were handed over; one that moved twice counts twice.
    pub slots_moved: u64,
    /// Keys that went with them.
    pub keys_moved: u64,
    /// Keys that the target had already when the source's were moved. A correct client leaves none.
    pub shadow_keys: Vec<Vec<u8>>,
    /// What went wrong on the way (a primary was killed, say); each such move was tried again.
    pub failures: Vec<String>,
}

/// A thread that moves slots from primary to primary, in waves, over and over, until told to stop.
pub struct Resharder {
    stop: mpsc::Sender<()>,
    slots_moved: Arc<AtomicU64>,
    thread: JoinHandle<Report>,
}

impl Resharder {
    /// Begins to move `slots`, each always to the primary after its owner. The cluster lives until the thread ends:
    /// dropping a resharder lets it finish its wave.
    pub fn start(cluster: &LocalCluster, slots: impl IntoIterator<Item = u16>, pace: Pace) -> Self {
        let (stop, stopped) = mpsc::channel();
        let slots_moved = Arc::new(AtomicU64::new(0));
        let work = Work {
            cluster: cluster.clone(),
            queue: slots.into_iter().collect(),
            unfinished: BTreeMap::new(),
            pace,
            stopped,
            slots_moved: slots_moved.clone(),
            report: Report::default(),
        };
        Self { stop, slots_moved, thread: thread::spawn(|| work.run()) }
    }

    /// Slots handed over so far.
    pub fn slots_moved(&self) -> u64 {
        self.slots_moved.load(Ordering::Relaxed)
    }

    /// Lets it finish the wave under way, so that no slot is left between two nodes, and tells what it did.
    pub fn stop(self) -> Report {
        drop(self.stop);
        self.thread.join().unwrap_or_else(|_| Report { failures: vec!["it panicked".into()], ..Report::default() })
    }
}

const BATCH: u64 = 100;
const AFTER_FAILURE: Duration = Duration::from_millis(200);
/// For how long a stopped resharder tries to finish what failed: longer than a failover takes.
const LAST_TRIES: Duration = Duration::from_secs(15);

struct Work {
    cluster: LocalCluster,
    queue: VecDeque<u16>,
    /// Where moves are going that have not ended: keys may be there, so a second try goes there too.
    unfinished: BTreeMap<u16, Heading>,
    pace: Pace,
    stopped: mpsc::Receiver<()>,
    slots_moved: Arc<AtomicU64>,
    report: Report,
}

/// A primary, or who takes its place.
struct Heading {
    target: Arc<Node>,
    replicas: Vec<Arc<Node>>,
}

impl Heading {
    fn to(cluster: &LocalCluster, target: Arc<Node>) -> Result<Self> {
        let replicas = cluster.replicas_of(&target)?;
        Ok(Self { target, replicas })
    }

    fn primary(&self, cluster: &LocalCluster) -> Result<Arc<Node>> {
        let primaries = cluster.primaries()?;
        let heir = |node: &&Arc<Node>| primaries.iter().any(|primary| primary.id == node.id);
        let found = [&self.target].into_iter().chain(&self.replicas).find(heir);
        found.cloned().ok_or_else(|| Error::new(format!("nobody stands in for port {} yet", self.target.port())))
    }
}

impl Work {
    fn run(mut self) -> Report {
        while !self.queue.is_empty() && !self.stops_within(Duration::ZERO) {
            let wave: Vec<_> = self.queue.drain(..self.pace.open.clamp(1, self.queue.len())).collect();
            self.wave(&wave);
            self.queue.extend(wave);
        }
        let end = Instant::now() + LAST_TRIES;
        while !self.unfinished.is_empty() && Instant::now() < end {
            let wave: Vec<_> = self.unfinished.keys().copied().collect();
            self.wave(&wave);
        }
        self.report
    }

    /// Opens every slot of the wave, moves half of the keys, holds, moves the rest, hands over.
    fn wave(&mut self, slots: &[u16]) {
        let opened: Vec<_> = slots.iter().filter_map(|&slot| self.step(slot, |work| work.open(slot))).collect();
        self.stops_within(self.pace.hold);
        for half in opened {
            let slot = half.slot;
            if self.step(slot, |work| work.close(half)).is_some() {
                self.unfinished.remove(&slot);
                self.report.slots_moved += 1;
                self.slots_moved.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn open(&mut self, slot: u16) -> Result<SlotMove> {
        let owner = self.cluster.primary_of(slot)?;
        let begun = self.unfinished.get(&slot).map(|heading| heading.primary(&self.cluster)).transpose()?;
        let target = match begun.filter(|target| target.id != owner.id) {
            Some(target) => target,
            None => next_primary(&self.cluster, slot)?,
        };
        self.unfinished.insert(slot, Heading::to(&self.cluster, target.clone())?);
        let mut half = SlotMove::begin(&self.cluster, slot, &target)?;
        // Every other one by name: neighbours, which belong together more often than not, are parted, whatever order the
        // server has them in.
        let mut keys = half.some_keys(BATCH)?;
        keys.sort();
        let keys: Vec<Vec<u8>> = keys.into_iter().step_by(2).collect();
        half.move_noting_shadows(&keys, &mut self.report)?;
        self.report.keys_moved += keys.len() as u64;
        Ok(half)
    }

    fn close(&mut self, mut half: SlotMove) -> Result<()> {
        loop {
            let keys = half.some_keys(BATCH)?;
            if keys.is_empty() {
                return half.finish();
            }
            half.move_noting_shadows(&keys, &mut self.report)?;
            self.report.keys_moved += keys.len() as u64;
        }
    }

    fn step<T>(&mut self, slot: u16, step: impl FnOnce(&mut Self) -> Result<T>) -> Option<T> {
        match step(self) {
            Ok(done) => Some(done),
            Err(error) => {
                self.report.failures.push(format!("slot {slot}: {error}"));
                thread::sleep(AFTER_FAILURE);
                None
            }
        }
    }

    fn stops_within(&self, limit: Duration) -> bool {
        self.stopped.recv_timeout(limit) != Err(RecvTimeoutError::Timeout)
    }
}
