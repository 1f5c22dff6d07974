//! What befalls the servers: the verbs of the model's nemesis, when they are used, and how each comes to an end.

use slotpipe_core::port::Address;

use super::{
    day::Move,
    faults::Trouble,
    random::Random,
    world::{Event, TAGS, World, address},
};
use crate::model::{Announce, FalseMap, Lie, NodeId, PauseKind, Restart, Takeover, Told, User, slot_of};

/// Nobody listens there, and nobody may ever try.
pub(super) const ROGUE: &str = "169.254.169.254:80";

/// Nobody listens there either, whatever the port.
const NOWHERE: &str = "198.51.100.7";

/// After so long a map that was false is known to be.
const CORRECTED_US: u64 = 4_500_000;

/// What is not granted to one who is not to see which slots are being moved.
const NO_NODES: &str = "-cluster|nodes";

/// What is to be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    Crash(NodeId, Restart),
    Freeze(NodeId),
    StaleView(NodeId),
    Isolate(NodeId),
    Announce(NodeId),
    Lie(NodeId),
    FalseMap(NodeId),
    MaxClients(NodeId),
    OutOfMemory(NodeId),
    Forbid,
}

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Ways {
    undo: Vec<Undo>,
    migrations: Vec<Migration>,
    passwords: u32,
    /// Before this the servers have not all heard of the last slot that moved: no tool is so fast.
    heard_at: u64,
}

/// A slot that moves.
#[derive(Clone, Debug)]
struct Migration {
    slot: u16,
    from: NodeId,
    to: NodeId,
    step: Step,
    pace: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Announced,
    Keys,
    Finished,
}

impl World {
    /// One more trouble, and the next one is appointed.
    pub(super) fn trouble(&mut self) {
        if self.healed {
            return;
        }
        let next = self.random.between(1_000, 2 * self.faults.trouble_every);
        self.after(next, Event::Trouble);
        let troubles = self.faults.troubles.clone();
        if troubles.is_empty() {
            return;
        }
        let trouble = self.random.pick(&troubles);
        let nodes: Vec<NodeId> = self.model.nodes().collect();
        let node = self.random.pick(&nodes);
        let for_us = self.random.pick(&[2_000, 80_000, 700_000, 2_500_000]);
        self.log(|_| format!("TROUBLE {trouble:?} {node:?} for {for_us} us"));
        if self.has_victim(trouble) {
            self.probes.note_trouble(trouble);
        }
        let now = self.now;
        // Who takes over half way knows nothing of the slot that comes in: what has been moved there may be gone.
        let may_depose = [Trouble::Failover, Trouble::Crash, Trouble::CrashLosing, Trouble::Freeze, Trouble::Isolate];
        if may_depose.contains(&trouble) {
            self.day.torn.extend(self.ways.migrations.iter().map(|migration| migration.slot));
        }
        match trouble {
            Trouble::Crash => self.crash(node, Restart::WithData, for_us),
            Trouble::CrashLosing => {
                let with = self.random.pick(&[Restart::Empty, Restart::LastReplicated]);
                self.crash(node, with, for_us);
            }
            Trouble::Freeze => {
                if !self.down.contains(&node) && self.frozen.insert(node) {
                    self.model.freeze(node, now);
                    self.undo_after(for_us, Undo::Freeze(node));
                }
            }
            Trouble::Migrate => self.begin_migration(),
            Trouble::Failover => {
                let how = self.random.pick(&[Takeover::Plain, Takeover::Plain, Takeover::Force, Takeover::Takeover]);
                let replicas: Vec<NodeId> = nodes.into_iter().skip(3).collect();
                if !replicas.is_empty() {
                    let replica = self.random.pick(&replicas);
                    self.model.failover(replica, how, now);
                    self.ways.heard_at = now + 3 * self.gossip_delay;
                }
            }
            Trouble::StaleView => {
                self.model.lag_behind(node, true, now);
                self.undo_after(for_us, Undo::StaleView(node));
            }
            Trouble::Isolate => {
                self.model.isolate(node, true, now);
                self.undo_after(for_us, Undo::Isolate(node));
            }
            Trouble::WrongAddress => {
                let form = match self.random.below(3) {
                    0 => Announce::Hostname(format!("node-{}.sim", node.0)),
                    1 => Announce::Unnamed,
                    _ => Announce::Nothing,
                };
                self.model.announce(node, form);
                self.undo_after(for_us, Undo::Announce(node));
            }
            Trouble::Lie => {
                let other = self.other(node);
                let to = if self.random.one_in(2) { ROGUE.into() } else { self.model.address(other) };
                let lie = match self.random.below(3) {
                    0 => {
                        self.mislead_scans(for_us);
                        Lie::Moved(to)
                    }
                    1 => Lie::Ask(to),
                    _ => Lie::WrongSlot(to),
                };
                self.model.lie(node, Some(lie));
                self.undo_after(for_us, Undo::Lie(node));
            }
            Trouble::Circles => {
                let other = self.other(node);
                self.mislead_scans(for_us);
                self.model.lie_in_circles(node, other);
                self.undo_after(for_us, Undo::Lie(node));
                self.undo_after(for_us, Undo::Lie(other));
            }
            Trouble::Pause => {
                // A pause cannot be shortened by the same word.
                let for_us = for_us.min(self.heals_at.saturating_sub(now));
                let kind = self.random.pick(&[PauseKind::Write, PauseKind::All]);
                self.model.pause(node, for_us, kind, now);
            }
            Trouble::Load => self.model.loading(node, now + for_us, now),
            Trouble::MaxClients => {
                let most = self.random.index(3);
                self.model.max_clients(node, most);
                self.undo_after(for_us, Undo::MaxClients(node));
            }
            Trouble::OutOfMemory => {
                self.model.out_of_memory(node, true);
                self.undo_after(for_us, Undo::OutOfMemory(node));
            }
            Trouble::Forbid => {
                let what = self.random.pick(&["-client|kill", "-append", NO_NODES, "-eval", "-asking"]);
                self.forbid(what, for_us);
            }
            Trouble::Password => self.change_password(),
            Trouble::KillClient => {
                let conns: Vec<_> = self.conns.keys().copied().collect();
                if !conns.is_empty() {
                    let conn = self.random.pick(&conns);
                    self.model.kill_client(conn, now);
                }
            }
        }
    }

    /// One day in six has a node, now and then another, that tells of a cluster that is not so.
    pub(super) fn begin_false_maps(&mut self) {
        if self.map_random.one_in(6) {
            let first = self.map_random.between(0, 20_000);
            self.after(first, Event::FalseMap);
        }
    }

    /// One node lies, and the others tell the truth.
    pub(super) fn false_map(&mut self) {
        if self.healed {
            return;
        }
        let nodes: Vec<NodeId> = self.model.nodes().collect();
        let random = &mut self.map_random;
        let node = random.pick(&nodes);
        let maps = [FalseMap::Owners, FalseMap::Host(NOWHERE), FalseMap::Epochs, FalseMap::Holes, FalseMap::Overlaps];
        let (map, told) = (random.pick(&maps), random.pick(&[Told::InSlots, Told::InNodes, Told::InBoth]));
        // SLOTS tells none.
        let told = if map == FalseMap::Epochs { Told::InNodes } else { told };
        let for_us = random.pick(&[200_000, 1_000_000, 4_000_000]);
        let next = for_us + random.pick(&[1_000, 50_000]);
        self.log(|_| format!("{node:?} tells of false {map:?} {told:?} for {for_us} us"));
        self.probes.false_maps += 1;
        self.model.tell_falsely(node, Some((map, told)));
        self.mislead_scans(for_us);
        self.undo_after(for_us, Undo::FalseMap(node));
        self.after(next, Event::FalseMap);
    }

    /// Whoever reads the keys of a node goes by what is said of its slots, in maps and by MOVED.
    fn mislead_scans(&mut self, for_us: u64) {
        self.day.unmarked.push((self.now, self.now + for_us + CORRECTED_US));
    }

    /// Whether there is anything that this could befall.
    fn has_victim(&self, trouble: Trouble) -> bool {
        match trouble {
            Trouble::Failover => self.model.nodes().count() > 3,
            Trouble::Password => self.credentials.is_some(),
            Trouble::KillClient => !self.conns.is_empty(),
            Trouble::Crash
            | Trouble::CrashLosing
            | Trouble::Freeze
            | Trouble::Migrate
            | Trouble::StaleView
            | Trouble::Isolate
            | Trouble::WrongAddress
            | Trouble::Lie
            | Trouble::Circles
            | Trouble::Pause
            | Trouble::Load
            | Trouble::MaxClients
            | Trouble::OutOfMemory
            | Trouble::Forbid => true,
        }
    }

    /// What the client may not do, by a rule of the servers' ACL.
    pub(super) fn forbid(&mut self, what: &str, for_us: u64) {
        let rules = format!("{} ~* &* +@all {what}", self.password_rule());
        self.model.set_user(&User { name: "default".into(), rules });
        if what == NO_NODES {
            self.day.unmarked.push((self.now, self.now + for_us));
        }
        self.undo_after(for_us, Undo::Forbid);
    }

    fn crash(&mut self, node: NodeId, with: Restart, for_us: u64) {
        if !self.down.insert(node) {
            return;
        }
        if self.frozen.remove(&node) {
            self.model.thaw(node, self.now);
        }
        self.model.crash(node, self.now);
        if self.random.one_in(3) {
            // Not the process but the machine: nobody answers, and nobody resets.
            self.dark.insert(node);
        } else {
            self.break_wires(node);
        }
        self.undo_after(for_us, Undo::Crash(node, with));
    }

    fn undo_after(&mut self, delay: u64, undo: Undo) {
        self.ways.undo.push(undo);
        self.after(delay, Event::Undo(undo));
    }

    pub(super) fn undo(&mut self, undo: Undo) {
        let Some(at) = self.ways.undo.iter().position(|known| *known == undo) else { return };
        self.ways.undo.swap_remove(at);
        self.ways.heard_at = self.now + 3 * self.gossip_delay;
        self.log(|_| format!("end of {undo:?}"));
        let now = self.now;
        match undo {
            Undo::Crash(node, with) => {
                self.down.remove(&node);
                self.model.restart(node, with, now);
                if self.dark.remove(&node) {
                    self.break_wires(node);
                }
            }
            Undo::Freeze(node) => {
                if self.frozen.remove(&node) {
                    self.model.thaw(node, now);
                }
                self.wake_wires(node);
            }
            Undo::StaleView(node) => self.model.lag_behind(node, false, now),
            Undo::Isolate(node) => self.model.isolate(node, false, now),
            Undo::Announce(node) => self.model.announce(node, Announce::Ip),
            Undo::Lie(node) => self.model.lie(node, None),
            Undo::FalseMap(node) => self.model.tell_falsely(node, None),
            Undo::MaxClients(node) => self.model.max_clients(node, 10_000),
            Undo::OutOfMemory(node) => self.model.out_of_memory(node, false),
            Undo::Forbid => {
                let rules = format!("{} ~* &* +@all", self.password_rule());
                self.model.set_user(&User { name: "default".into(), rules });
            }
        }
    }

    /// The faults end.
    pub(super) fn undo_all(&mut self) {
        for undo in self.ways.undo.clone() {
            self.undo(undo);
        }
        let now = self.now;
        let nodes: Vec<NodeId> = self.model.nodes().collect();
        for node in nodes {
            self.model.loading(node, now, now);
        }
        for migration in &mut self.ways.migrations {
            migration.pace = migration.pace.min(2_000);
        }
        self.release_wires();
    }

    fn begin_migration(&mut self) {
        let slot = slot_of(self.random.pick(&TAGS).as_bytes());
        // Epochs of moves that cross each other on the bus collide, and two nodes may be left that both name the other.
        let is_moving = !self.ways.migrations.is_empty();
        if is_moving {
            return;
        }
        let Some(from) = self.model.owner(slot) else { return };
        let targets: Vec<NodeId> = self.primaries().into_iter().filter(|node| *node != from).collect();
        if targets.is_empty() || !self.is_agreed() {
            return;
        }
        let to = self.random.pick(&targets);
        let pace = self.random.pick(&[50, 2_000, 30_000]);
        self.log(|_| format!("slot {slot} leaves {from:?} for {to:?}"));
        self.model.importing(slot, to, self.now);
        self.ways.migrations.push(Migration { slot, from, to, step: Step::Announced, pace });
        self.pace(slot, pace);
    }

    /// Whether all nodes hear each other, and have had the time to: a tool that moves slots waits for that.
    fn is_agreed(&self) -> bool {
        let is_apart =
            |undo: &Undo| matches!(undo, Undo::Crash(..) | Undo::Freeze(_) | Undo::StaleView(_) | Undo::Isolate(_));
        self.now >= self.ways.heard_at && !self.ways.undo.iter().any(is_apart)
    }

    fn pace(&mut self, slot: u16, pace: u64) {
        let delay = self.random.between(1, 2 * pace);
        self.after(delay, Event::MoveOn(slot));
    }

    /// The next step of a migration.
    pub(super) fn move_on(&mut self, slot: u16) {
        let Some(at) = self.ways.migrations.iter().position(|known| known.slot == slot) else { return };
        let Migration { from, to, step, pace, .. } = self.ways.migrations[at].clone();
        let now = self.now;
        // The tool cannot reach a node that does not run; what it has to say last, it says when all can hear it.
        let is_last = matches!(step, Step::Finished) || self.model.keys_in_slot(slot).is_empty();
        let can_be_told = self.frozen.is_empty() && self.down.is_empty();
        if !can_be_told || (is_last && !self.is_agreed()) {
            return self.pace(slot, 10_000);
        }
        let next = match step {
            Step::Announced => {
                self.model.migrating(slot, to, now);
                Step::Keys
            }
            Step::Keys => match self.model.keys_in_slot(slot).first() {
                Some(key) => {
                    self.log(|_| format!("MIGRATE {} to {to:?}", super::network::show(key)));
                    if !self.model.move_key(key, now) {
                        self.probes.busy_keys += 1;
                        // Somebody wrote a shadow of it at the target: a slot that cannot be moved.
                        self.log(|_| String::from("BUSYKEY"));
                        self.tear(slot);
                        self.ways.migrations.remove(at);
                        return;
                    }
                    Step::Keys
                }
                None if self.model.finish_at_target(slot, now) => {
                    let when = self.moment();
                    self.day.moves.push(Move { when, slot, from: from.0, to: to.0 });
                    Step::Finished
                }
                // It is a replica by now, or has forgotten what it imports: the keys' owner keeps the slot.
                None => {
                    self.tear(slot);
                    self.ways.migrations.remove(at);
                    return;
                }
            },
            Step::Finished => {
                self.model.finish_at_source(slot, now);
                self.ways.migrations.remove(at);
                self.ways.heard_at = now + 3 * self.gossip_delay;
                self.log(|_| format!("slot {slot} is {to:?}'s"));
                return;
            }
        };
        self.ways.migrations[at].step = next;
        self.pace(slot, pace);
    }

    /// A migration that cannot be brought to its end.
    fn tear(&mut self, slot: u16) {
        self.log(|_| format!("the migration of slot {slot} is given up"));
        self.model.abort_migration(slot, self.now);
        self.day.torn.insert(slot);
    }

    /// A new password for all: connections that are open stay so.
    fn change_password(&mut self) {
        if self.credentials.is_none() {
            return;
        }
        self.ways.passwords += 1;
        self.credentials = Some(format!("{}-{}", super::world::CANARY, self.ways.passwords));
        let rules = format!("{} ~* &* +@all", self.password_rule());
        self.model.set_user(&User { name: "default".into(), rules });
    }

    fn password_rule(&self) -> String {
        self.credentials.as_ref().map_or_else(|| "on nopass".into(), |password| format!("on >{password}"))
    }

    /// Those that own slots.
    fn primaries(&self) -> Vec<NodeId> {
        let mut owners: Vec<NodeId> =
            TAGS.iter().chain(&["x", "y", "z"]).filter_map(|tag| self.model.owner(slot_of(tag.as_bytes()))).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    fn other(&mut self, node: NodeId) -> NodeId {
        let others: Vec<NodeId> = self.model.nodes().filter(|other| *other != node).collect();
        self.random.pick(&others)
    }

    pub(super) fn address_of(&self, node: usize) -> Address {
        address(&self.model.address(NodeId(u8::try_from(node).unwrap_or(0))))
    }
}

/// Dice for false maps: days without them are what they were.
pub(super) fn map_dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(20) ^ 0xFA15_E3A9)
}
