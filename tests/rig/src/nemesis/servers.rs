//! Faults of servers, by signals and by their own commands; and how they are undone.

use std::{sync::Arc, time::Duration};

use slotpipe::lab::{Error, Result, wait_until};
use slotpipe_core::route::slot::Slot;
use tokio::time::sleep;

use super::{Fault, Nemesis};
use crate::{
    random::Random,
    rig::{Rig, USER, blocking, direct},
};

/// For how long a server may take to say something while it is being ill-treated.
const PATIENCE: Duration = Duration::from_secs(3);
/// For how long a cluster may take to become whole.
const HEALING: Duration = Duration::from_secs(20);

impl Nemesis {
    /// Lets one thing happen, and undoes it where that is part of it.
    pub(super) async fn strike(&self, fault: Fault, random: &mut Random) {
        let Some(node) = self.victim(random).await else { return self.failed("no primary is up") };
        let rig = Arc::clone(&self.rig);
        let hit = rig.proxy(node).in_flight();
        let lasts = Duration::from_millis(random.between(300, 1_200));
        let done = match fault {
            Fault::MoveSlots => return self.move_slots(random).await,
            Fault::MoveSlotsAndStop => return self.move_slots_and_stop(random).await,
            Fault::MoveSlotsAndReplace => return self.move_slots_and_replace(random).await,
            Fault::KillAndRestart => {
                rig.node(node).kill();
                self.hit(fault, hit, &format!("node {node} for {lasts:?}"));
                sleep(lasts).await;
                blocking(move || rig.node(node).restart()).await
            }
            Fault::Stop => {
                let stopped = rig.node(node).pause();
                self.hit(fault, hit, &format!("node {node} for {lasts:?}"));
                sleep(lasts).await;
                stopped.and(rig.node(node).resume())
            }
            Fault::KillClients => {
                self.hit(fault, hit, &format!("node {node}"));
                told(&rig, node, &["CLIENT", "KILL", "USER", USER]).await
            }
            Fault::Pause => {
                let what = if random.percent(50) { "ALL" } else { "WRITE" };
                self.hit(fault, hit, &format!("node {node} {what} for {lasts:?}"));
                let paused = told(&rig, node, &["CLIENT", "PAUSE", &lasts.as_millis().to_string(), what]).await;
                sleep(lasts).await;
                paused
            }
            Fault::OutOfMemory => {
                self.hit(fault, hit, &format!("node {node} for {lasts:?}"));
                let full = told(&rig, node, &["CONFIG", "SET", "maxmemory", "1"]).await;
                sleep(lasts).await;
                full.and(told(&rig, node, &["CONFIG", "SET", "maxmemory", "0"]).await)
            }
            Fault::MaxClients => {
                self.hit(fault, hit, &format!("node {node} for {lasts:?}"));
                blocking(move || refuse_connections(&rig, node, lasts)).await
            }
            Fault::Password => {
                self.hit(fault, hit, "everywhere");
                self.change_password().await
            }
            Fault::Loading => {
                self.hit(fault, hit, &format!("node {node}"));
                blocking(move || reload(&rig, node)).await
            }
            Fault::Busy => {
                self.hit(fault, hit, &format!("node {node} for {lasts:?}"));
                blocking(move || keep_busy(&rig, node, lasts)).await
            }
            Fault::Failover => self.fail_over(fault, node, &["CLUSTER", "FAILOVER"]).await,
            Fault::FailoverForce => self.fail_over(fault, node, &["CLUSTER", "FAILOVER", "FORCE"]).await,
            Fault::FailoverTakeover => self.fail_over(fault, node, &["CLUSTER", "FAILOVER", "TAKEOVER"]).await,
            Fault::KillUntilReplaced => {
                let heir = self.depose(node).await;
                self.until_busy(|| rig.proxy(node).in_flight()).await;
                let hit = rig.proxy(node).in_flight();
                rig.node(node).kill();
                self.hit(fault, hit, &format!("node {node}"));
                let replaced = self.until_primary(heir).await;
                replaced.and(blocking(move || rig.node(node).restart()).await)
            }
            Fault::StopUntilReplaced => self.stop_until_replaced(fault, node).await,
            Fault::Wire(wire) => return self.wire(wire, random).await,
        };
        match done {
            Ok(()) => self.note(&format!("{fault} is over")),
            Err(error) => self.failed(format!("{fault} at node {node}: {error}")),
        }
    }

    /// Every server runs, and refuses nothing any more.
    pub(super) async fn revive(&self) -> Result<()> {
        let rig = Arc::clone(&self.rig);
        blocking(move || {
            for node in rig.cluster.nodes() {
                if node.pid().is_none() {
                    node.restart()?;
                }
                node.resume()?;
            }
            rig.tell_all(&["CLIENT", "UNPAUSE"])?;
            for (name, value) in [("maxmemory", "0"), ("maxclients", "10000"), ("key-load-delay", "0")] {
                rig.tell_all(&["CONFIG", "SET", name, value])?;
            }
            Ok(())
        })
        .await
    }

    /// Slots arrive; returns when all servers agree and the replicas are in step.
    pub(super) async fn heal(&self) -> Result<()> {
        self.mend_slots().await?;
        let rig = Arc::clone(&self.rig);
        blocking(move || {
            // What a lab calls agreed for its own tests has a limit of its own; after a failover that may be too short.
            wait_until(HEALING, "the cluster to be whole", || rig.cluster.wait_until_agreed(3))
        })
        .await
    }

    async fn fail_over(&self, fault: Fault, node: usize, words: &[&str]) -> Result<()> {
        let rig = &self.rig;
        let heir = self.depose(node).await?;
        self.until_busy(|| rig.proxy(node).in_flight()).await;
        let hit = rig.proxy(node).in_flight();
        told(rig, heir, words).await?;
        self.hit(fault, hit, &format!("node {node}, replica {heir}"));
        self.until_primary(Ok(heir)).await
    }

    pub(super) async fn stop_until_replaced(&self, fault: Fault, node: usize) -> Result<()> {
        let rig = &self.rig;
        let heir = self.depose(node).await;
        self.until_busy(|| rig.proxy(node).in_flight()).await;
        let hit = rig.proxy(node).in_flight();
        let stopped = rig.node(node).pause();
        self.hit(fault, hit, &format!("node {node}"));
        let replaced = self.until_primary(heir).await;
        stopped.and(replaced).and(rig.node(node).resume())
    }

    /// The replica of a primary that will not be one for long.
    async fn depose(&self, node: usize) -> Result<usize> {
        let rig = Arc::clone(&self.rig);
        self.struck().deposed.push(node);
        blocking(move || {
            let replicas = rig.cluster.replicas_of(rig.node(node))?;
            replicas.first().map(|heir| rig.number(heir)).ok_or_else(|| Error::new("it has no replica"))
        })
        .await
    }

    async fn until_primary(&self, heir: Result<usize>) -> Result<()> {
        let (heir, rig) = (heir?, Arc::clone(&self.rig));
        blocking(move || {
            wait_until(HEALING, "a replica to take over", || {
                let is_primary = rig.primaries().contains(&heir);
                if is_primary { Ok(()) } else { Err(Error::new(format!("node {heir} is a replica"))) }
            })
        })
        .await
    }

    /// A new password everywhere, then the client is told, then the old one goes, and with it every connection.
    async fn change_password(&self) -> Result<()> {
        let (rig, new) = (Arc::clone(&self.rig), format!(">{}", self.password));
        blocking(move || rig.tell_all(&["ACL", "SETUSER", USER, &new])).await?;
        self.host.use_password(&self.password);
        sleep(Duration::from_millis(50)).await;
        let (rig, new) = (Arc::clone(&self.rig), format!(">{}", self.password));
        blocking(move || {
            rig.tell_all(&["ACL", "SETUSER", USER, "resetpass", &new])?;
            rig.tell_all(&["CONFIG", "REWRITE"])?;
            rig.tell_all(&["CLIENT", "KILL", "USER", USER])
        })
        .await
    }
}

/// One word to one server, past its proxy.
pub(super) async fn told(rig: &Arc<Rig>, node: usize, words: &[&str]) -> Result<()> {
    let (rig, words): (_, Vec<String>) = (Arc::clone(rig), words.iter().map(|word| String::from(*word)).collect());
    blocking(move || direct(rig.node(node), PATIENCE)?.ask(words).map(|_| ())).await
}

/// The connections that there are stay; who loses his gets no other for a while.
fn refuse_connections(rig: &Rig, node: usize, lasts: Duration) -> Result<()> {
    let mut control = direct(rig.node(node), PATIENCE)?;
    control.ask(["CONFIG", "SET", "maxclients", "1"])?;
    control.ask(["CLIENT", "KILL", "USER", USER])?;
    std::thread::sleep(lasts);
    control.ask(["CONFIG", "SET", "maxclients", "10000"]).map(|_| ())
}

/// Keys that take their time to be read.
const FILL: &str = "for turn = 1, 4000 do redis.call('SET', KEYS[1] .. turn, turn) end";

/// Writes its data to disk and reads it again, slowly: LOADING for about a second. (DEBUG LOADAOF would hand the elements
/// that it reads to whoever waits at a queue, for the second time.)
fn reload(rig: &Rig, node: usize) -> Result<()> {
    let (mut control, owners) = (direct(rig.node(node), HEALING)?, rig.owners()?);
    let is_its_own = |key: &String| owners.of(Slot::of(key.as_bytes()).number()) == Some(node);
    let key = (0..1_000).map(|number| format!("{{filler:{number}}}")).find(is_its_own);
    let key = key.ok_or_else(|| Error::new("it serves no slot"))?;
    control.ask(["EVAL", FILL, "1", &key])?;
    control.ask(["CONFIG", "SET", "key-load-delay", "200", "loading-process-events-interval-bytes", "2048"])?;
    let reloaded = control.ask(["DEBUG", "RELOAD"]);
    control.ask(["CONFIG", "SET", "key-load-delay", "0"])?;
    reloaded.map(|_| ())
}

/// A script that does nothing for about so long, and is called too long soon.
fn keep_busy(rig: &Rig, node: usize, lasts: Duration) -> Result<()> {
    let mut control = direct(rig.node(node), HEALING)?;
    control.ask(["CONFIG", "SET", "busy-reply-threshold", "20"])?;
    // There is no clock in a script: some hundred million turns are a second.
    let turns = lasts.as_micros() * 100;
    let kept = control.ask(["EVAL", "for turn = 1, tonumber(ARGV[1]) do end", "0", &turns.to_string()]);
    control.ask(["CONFIG", "SET", "busy-reply-threshold", "5000"])?;
    kept.map(|_| ())
}
