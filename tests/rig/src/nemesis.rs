//! What goes wrong in a cycle, drawn from its seed: one thing for which the cycle is named, another beside it, and all the
//! while trouble on the wires.
//!
//! A cycle is *durable* (no failover: nothing that was acknowledged may be lost) or not (a primary is replaced: what it
//! had not replicated may be).

mod servers;
mod slots;

use std::{
    collections::BTreeMap,
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::time::{Instant as At, sleep, sleep_until};

use crate::{
    hosts::Host,
    proxy::{End, Rules, Way},
    random::Random,
    rig::Rig,
};

/// Strikes more, at most, of what a cycle is named for, if it has met no command.
const AGAIN: usize = 5;

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `kill -9` of a primary, started again before anyone takes its place.
    KillAndRestart,
    /// SIGSTOP of a primary, and SIGCONT before anyone takes its place.
    Stop,
    /// Slots move; the mover dies half way, and another finishes.
    MoveSlots,
    /// The same while the source stands still for a while.
    MoveSlotsAndStop,
    /// CLIENT KILL of all connections to a primary.
    KillClients,
    /// CLIENT PAUSE of everything, or of writes.
    Pause,
    /// New connections are refused at accept.
    MaxClients,
    /// Writes are refused with OOM.
    OutOfMemory,
    /// The user's password changes, and every connection has to be made anew.
    Password,
    /// A primary reads its data from disk for a while. (One that is started again says CLUSTERDOWN before LOADING.)
    Loading,
    /// A script runs for longer than it may.
    Busy,
    /// CLUSTER FAILOVER at a replica.
    Failover,
    /// CLUSTER FAILOVER FORCE.
    FailoverForce,
    /// CLUSTER FAILOVER TAKEOVER.
    FailoverTakeover,
    /// `kill -9` of a primary until its replica has taken over.
    KillUntilReplaced,
    /// SIGSTOP of a primary until its replica has taken over.
    StopUntilReplaced,
    /// Slots wander while a primary stands still until its replica has taken over. What servers lose then is nobody's to
    /// tell: keys on their way are lost whole, or come back, and the old primary may keep a slot. Only what was told and
    /// what passed is judged.
    MoveSlotsAndReplace,
    /// Trouble on the wires of a node.
    Wire(Wire),
}

/// Trouble on the wires of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// Connections are reset, now or after some bytes of requests or of replies.
    Reset,
    /// What is sent to a node, comes from it, or both, arrives later or never.
    Silence,
    /// Every chunk takes its time.
    Delay,
    /// Chunks are cut into pieces.
    Split,
    /// Connections are closed in one direction.
    HalfClose,
    /// Requests, or replies, are not read.
    Deaf,
    /// Clients are hung up on, and what they wrote arrives all the same, long after they have come back.
    Strand,
}

impl Wire {
    /// How often each is drawn.
    const DRAWN: [Self; 10] = [
        Self::Reset,
        Self::Reset,
        Self::Reset,
        Self::Silence,
        Self::Delay,
        Self::Split,
        Self::HalfClose,
        Self::Deaf,
        Self::Strand,
        Self::Strand,
    ];
}

impl Fault {
    /// What durable cycles are named for.
    pub const DURABLE: [Self; 11] = [
        Self::KillAndRestart,
        Self::MoveSlots,
        Self::Password,
        Self::Loading,
        Self::MoveSlotsAndStop,
        Self::MaxClients,
        Self::Stop,
        Self::OutOfMemory,
        Self::Pause,
        Self::KillClients,
        Self::Busy,
    ];
    /// What the others are named for.
    pub const REPLACING: [Self; 6] = [
        Self::KillUntilReplaced,
        Self::FailoverTakeover,
        Self::StopUntilReplaced,
        Self::FailoverForce,
        Self::Failover,
        Self::MoveSlotsAndReplace,
    ];
    /// What may happen beside what a cycle is named for.
    const BESIDE: [Self; 5] = [Self::KillClients, Self::Pause, Self::OutOfMemory, Self::MaxClients, Self::Busy];
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Wire(wire) = self { fmt::Debug::fmt(wire, f) } else { fmt::Debug::fmt(self, f) }
    }
}

/// By the name that it is printed by, if a cycle can be named for it.
impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = || Self::DURABLE.into_iter().chain(Self::REPLACING);
        let names = || all().map(|fault| fault.to_string()).collect::<Vec<_>>().join(", ");
        all()
            .find(|fault| fault.to_string() == text)
            .ok_or_else(|| format!("no fault {text:?}: choose one of {}", names()))
    }
}

/// What a cycle is to suffer.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is named for.
    pub headline: Fault,
    /// What happens beside it.
    pub beside: Fault,
    /// For how long there is trouble on the wires.
    pub lasts: Duration,
    random: Random,
}

impl Plan {
    /// The plan of one cycle: every fault that a cycle can be named for gets its turn, in an order that the seed decides.
    pub fn of(seed: u64, cycle: u64) -> Self {
        let mut order = Random::of(seed, u64::MAX);
        let (mut durable, mut replacing) = (Fault::DURABLE, Fault::REPLACING);
        order.shuffle(&mut durable);
        order.shuffle(&mut replacing);
        let mut random = Random::of(seed, cycle);
        let turn = |among: &[Fault], turn: u64| among[usize::try_from(turn).unwrap_or(0) % among.len()];
        // Two of three are durable.
        let headline =
            if cycle % 3 == 2 { turn(&replacing, cycle / 3) } else { turn(&durable, cycle - (cycle + 1) / 3) };
        let beside = *random.pick(&Fault::BESIDE);
        let lasts = Duration::from_millis(random.between(2_500, 3_500));
        Self { headline, beside, lasts, random }
    }

    /// A stream of choices for a part of the cycle that is none of the nemesis.
    pub fn random(&self, part: u64) -> Random {
        Random::of(self.random.clone().number(), part)
    }

    /// Whether what the servers hold at the end, and who serves what, is as their own luck has it.
    pub fn spoils_the_cluster(&self) -> bool {
        self.headline == Fault::MoveSlotsAndReplace
    }

    /// Whether nothing that was acknowledged may be lost.
    pub fn is_durable(&self) -> bool {
        !Fault::REPLACING.contains(&self.headline)
    }
}

/// Faults as they struck.
#[derive(Debug, Default)]
pub struct Struck {
    /// Per fault: how often, and how many commands were in flight where it struck.
    pub hits: BTreeMap<Fault, (u64, u64)>,
    /// What happened when.
    pub log: Vec<String>,
    /// Primaries that were, or may have been, replaced.
    pub deposed: Vec<usize>,
    /// What the nemesis itself could not do.
    pub failures: Vec<String>,
    /// Keys that a target had already when the source's were moved: the mark of a wrong ASKING.
    pub shadows: Vec<String>,
}

/// One cycle's trouble.
pub struct Nemesis {
    rig: Arc<Rig>,
    host: Arc<dyn Host>,
    began: Instant,
    struck: Arc<Mutex<Struck>>,
    /// Those that may move.
    slots: Vec<u16>,
    password: String,
}

impl Nemesis {
    /// A nemesis for a cycle that begins now. `slots` are those that may move; `password` is what the user's
    /// password becomes if it is changed.
    pub fn new(rig: Arc<Rig>, host: Arc<dyn Host>, slots: Vec<u16>, password: String) -> Self {
        Self { rig, host, began: Instant::now(), struck: Arc::default(), slots, password }
    }

    /// Lets everything of the plan happen, and heals the cluster again, unless that is spoilt. Says what struck.
    ///
    /// # Errors
    /// The cluster does not become whole.
    pub async fn run(&self, plan: &Plan) -> slotpipe::lab::Result<Struck> {
        let mut random = plan.random.clone();
        let mut wires = Random::of(random.number(), 1);
        sleep(Duration::from_millis(300)).await;
        let end = At::now() + plan.lasts;
        let (headline, beside, is_durable) = (plan.headline, plan.beside, plan.is_durable());
        {
            let named = async {
                sleep(Duration::from_millis(200)).await;
                self.strike(headline, &mut random).await;
                self.strike(beside, &mut random).await;
                // A failover is enough for one cycle: of two, nobody could say which lost what.
                while is_durable && At::now() < end {
                    let pause = random.between(50, 400);
                    sleep(Duration::from_millis(pause)).await;
                    self.strike(if random.percent(50) { headline } else { beside }, &mut random).await;
                }
                // What found nobody has tested nothing.
                for _ in 0..AGAIN {
                    if !is_durable || self.has_hit(headline) {
                        break;
                    }
                    self.strike(headline, &mut random).await;
                }
                sleep_until(end).await;
            };
            let wires = async {
                loop {
                    let fault = *wires.pick(&Wire::DRAWN);
                    self.wire(fault, &mut wires).await;
                    let pause = wires.between(20, 120);
                    sleep(Duration::from_millis(pause)).await;
                }
            };
            tokio::select! {
                () = named => {}
                () = wires => {}
            }
        }
        self.note("heal");
        for proxy in self.rig.proxies() {
            proxy.heal();
        }
        self.revive().await?;
        if plan.spoils_the_cluster() {
            self.note("left as it is");
        } else {
            self.heal().await?;
            self.note("healed");
        }
        Ok(std::mem::take(&mut *self.struck()))
    }

    /// A primary that is up, preferably one with commands in flight at this moment.
    async fn victim(&self, random: &mut Random) -> Option<usize> {
        let primaries = self.primaries().await;
        if primaries.is_empty() {
            return None;
        }
        let victim = *random.pick(&primaries);
        self.until_busy(|| self.rig.proxy(victim).in_flight()).await;
        Some(victim)
    }

    async fn primaries(&self) -> Vec<usize> {
        let rig = Arc::clone(&self.rig);
        tokio::task::spawn_blocking(move || rig.primaries()).await.unwrap_or_default()
    }

    /// Faults are to hit something: waits a little for commands in flight.
    async fn until_busy(&self, in_flight: impl Fn() -> usize) {
        for _ in 0..150 {
            if in_flight() > 0 {
                return;
            }
            sleep(Duration::from_millis(2)).await;
        }
    }

    async fn wire(&self, fault: Wire, random: &mut Random) {
        let Some(node) = self.victim(random).await else { return };
        let proxy = self.rig.proxy(node);
        let way = if random.percent(50) { Way::There } else { Way::Back };
        let bytes = random.below(600);
        // Some longer than the shortest deadline.
        let lasts = Duration::from_millis(if random.percent(25) { 900 } else { random.between(50, 300) });
        let mut rules = Rules::default();
        match fault {
            Wire::Silence => {
                rules.hold[way as usize] = true;
                rules.hold[1 - way as usize] = random.percent(33);
            }
            Wire::Deaf => rules.deaf[way as usize] = true,
            Wire::Delay => rules.delay = Duration::from_millis(random.between(2, 60)),
            Wire::Split => rules.split = true,
            Wire::Strand => {
                proxy.strand();
                sleep(Duration::from_millis(bytes / 10)).await;
                let hit = proxy.hang_up_stranded();
                self.hit(Fault::Wire(fault), hit, &format!("node {node} for {lasts:?}"));
                sleep(lasts).await;
                return proxy.deliver_stranded();
            }
            Wire::Reset | Wire::HalfClose => {
                let now = fault == Wire::Reset && random.percent(25);
                let end = if fault == Wire::Reset { End::Reset } else { End::HalfClose };
                let hit = if now { proxy.reset_all() } else { proxy.end_after(way, bytes, end) };
                let when = if now { "now".into() } else { format!("{way:?} after {bytes} bytes") };
                return self.hit(Fault::Wire(fault), hit, &format!("node {node} {when}"));
            }
        }
        self.hit(Fault::Wire(fault), proxy.in_flight(), &format!("node {node} for {lasts:?}, {rules:?}"));
        proxy.set(rules);
        sleep(lasts).await;
        // What was held back may never arrive.
        if fault == Wire::Silence && random.percent(30) {
            proxy.reset_all();
        }
        proxy.set(Rules::default());
    }

    /// Whether it has met commands in flight.
    fn has_hit(&self, fault: Fault) -> bool {
        self.struck().hits.get(&fault).is_some_and(|&(_, commands)| commands > 0)
    }

    fn hit(&self, fault: Fault, in_flight: usize, what: &str) {
        self.note(&format!("{fault} {what}: {in_flight} in flight"));
        let mut struck = self.struck();
        let (times, commands) = struck.hits.entry(fault).or_default();
        *times += 1;
        *commands += in_flight as u64;
    }

    fn note(&self, what: &str) {
        let at = self.began.elapsed().as_secs_f64();
        self.struck().log.push(format!("{at:7.3}s {what}"));
    }

    fn failed(&self, what: impl fmt::Display) {
        self.note(&format!("failed: {what}"));
        self.struck().failures.push(what.to_string());
    }

    fn struck(&self) -> std::sync::MutexGuard<'_, Struck> {
        self.struck.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn eighteen_cycles_are_named_for_all_faults_whatever_the_seed() {
        for seed in 0..20 {
            let named: BTreeSet<Fault> = (0..18).map(|cycle| Plan::of(seed, cycle).headline).collect();
            assert_eq!(named.len(), Fault::DURABLE.len() + Fault::REPLACING.len(), "{named:?}");
        }
    }

    #[test]
    fn five_cycles_have_both_modes() {
        let durable: Vec<bool> = (0..5).map(|cycle| Plan::of(1, cycle).is_durable()).collect();
        assert_eq!(durable, [true, true, false, true, true]);
    }
}
