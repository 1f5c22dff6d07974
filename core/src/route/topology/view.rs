//! One node's view of the cluster: SLOTS and NODES brought together by the nodes' names.

use alloc::{borrow::Cow, format, string::String, vec, vec::Vec};

use bytes::Bytes;

use super::{
    BadView, NOBODY,
    nodes_text::{self, Line, Owned},
    reader::{Item, Reader},
    slots_reply::{Endpoint, Opened, Served, SlotsReply},
};
use crate::{
    port::Address,
    route::{
        endpoint::usable_host,
        slot::{SLOTS, Slot},
    },
    sorted::SortedMap,
};

/// What every server without cluster mode answers to CLUSTER.
const STANDALONE: &[u8] = b"ERR This instance has cluster support disabled";

/// One node's view of the cluster: what its CLUSTER SLOTS and CLUSTER NODES said.
#[derive(Clone, Debug, Default)]
pub struct View {
    pub(super) nodes: Vec<Seen>,
    /// Index into `nodes` per slot, or [`NOBODY`]; empty if no slot has an owner.
    pub(super) owners: Vec<u16>,
    /// Slots being moved, each with the node that says so.
    pub(super) moving: Vec<(Slot, u16)>,
    /// The node that was asked.
    pub(super) myself: Option<u16>,
    /// NODES could be read: who is not in `nodes` is no member.
    pub(super) has_members: bool,
}

/// A node as one view shows it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Empty where the server gives none.
    pub(super) name: String,
    /// Where the cluster wants it to be reached; `None` where no usable address was given.
    pub(super) address: Option<Address>,
    /// The host of `address` was named by the server, not taken from what was dialled.
    pub(super) named: bool,
    /// Its other addresses.
    pub(super) others: Vec<Address>,
    /// Index of its primary.
    pub(super) primary: Option<u16>,
    /// Those that SLOTS lists behind it.
    pub(super) replicas: Vec<u16>,
    /// `None` without NODES.
    pub(super) epoch: Option<u64>,
    pub(super) standing: Standing,
    /// Marked `fail` or `noaddr`.
    pub(super) failing: bool,
    pub(super) zone: String,
}

/// How much a node matters to routing, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Owner,
    Replica,
    Member,
    Failing,
}

impl View {
    /// See [`super::Topology::read_view`].
    pub(super) fn read(
        slots: (&[u32], &[Bytes]),
        nodes: (&[u32], &[Bytes]),
        from: &Address,
        tls: bool,
    ) -> Result<Self, BadView> {
        let bad = |what| BadView::Form(Cow::Owned(format!("CLUSTER SLOTS: {what}")));
        let mut reply = match SlotsReply::open(slots).map_err(bad)? {
            Opened::Entries(reply) => reply,
            Opened::Error(line) if line.starts_with(STANDALONE) => return Err(BadView::Standalone),
            Opened::Error(line) => return Err(BadView::Server(String::from_utf8_lossy(line).into_owned())),
        };
        let mut draft = Draft::default();
        if let Some(text) = nodes_reply(nodes)? {
            draft.add_members(text, tls, false)?;
        }
        draft.add_served(&mut reply).map_err(bad)?;
        Ok(draft.finish(from))
    }

    /// See [`super::Topology::from_nodes_text`].
    pub(super) fn from_text(text: &str) -> Result<Self, BadView> {
        let mut draft = Draft::default();
        draft.add_members(text.as_bytes(), false, true)?;
        if draft.nodes.is_empty() {
            return Err(BadView::Form(Cow::Borrowed(
                "no node in the text; expected what `redis-cli cluster nodes` prints",
            )));
        }
        draft.replicas_by_role();
        Ok(draft.finish(&Address::new("127.0.0.1", 6379)))
    }

    /// The index of a slot's owner.
    pub(super) fn owner(&self, slot: usize) -> Option<u16> {
        self.owners.get(slot).copied().filter(|&owner| owner != NOBODY)
    }
}

/// The text of a CLUSTER NODES reply; `None` where the server refused it.
fn nodes_reply<'a>(reply: (&'a [u32], &'a [Bytes])) -> Result<Option<&'a [u8]>, BadView> {
    let what = match Reader::new(reply).item() {
        Ok(Item::Text(text)) => return Ok(Some(text)),
        Ok(Item::Error(_)) => return Ok(None),
        Ok(Item::Null | Item::Int(_) | Item::Array(_) | Item::Map(_) | Item::Other) => "not a text",
        Err(what) => what,
    };
    Err(BadView::Form(Cow::Owned(format!("CLUSTER NODES: {what}"))))
}

/// A view while its two replies are read.
#[derive(Debug, Default)]
struct Draft<'a> {
    nodes: Vec<Sketch<'a>>,
    by_name: SortedMap<NameKey<'a>, u16>,
    /// Answers of `by_name`, by a hash: names come again with each range of their node.
    recent: Vec<(NameKey<'a>, u16)>,
    owners: Vec<u16>,
    moving: Vec<(Slot, u16)>,
    myself: Option<u16>,
    has_members: bool,
}

#[derive(Debug, Default)]
struct Sketch<'a> {
    line: Option<Line<'a>>,
    served: Option<Served<'a>>,
    /// By its place in SLOTS.
    primary: Option<u16>,
    replicas: Vec<u16>,
    owns: bool,
    replicates: bool,
}

/// A name, its first eight bytes as a number: most comparisons end there. Nodes without a name are told apart by
/// port and endpoint; ports are below any text's number.
type NameKey<'a> = (u64, &'a [u8]);

const RECENT_BITS: u32 = 11;

fn name_key(name: &[u8]) -> NameKey<'_> {
    let mut head = [0; 8];
    for (to, from) in head.iter_mut().zip(name) {
        *to = *from;
    }
    (u64::from_be_bytes(head), name)
}

fn served_key<'a>(served: &Served<'a>) -> NameKey<'a> {
    if !served.name.is_empty() {
        return name_key(served.name);
    }
    let host = match served.endpoint {
        Endpoint::Named(host) => host,
        Endpoint::Dialled { .. } => b"",
        Endpoint::Unknown => b"?",
    };
    (u64::from(served.port), host)
}

impl<'a> Draft<'a> {
    /// Takes the lines of NODES. `owners`: their slots too.
    fn add_members(&mut self, text: &'a [u8], tls: bool, owners: bool) -> Result<(), BadView> {
        self.has_members = true;
        for (number, line) in nodes_text::lines(text, tls) {
            let bad = |what| BadView::Form(Cow::Owned(format!("CLUSTER NODES line {number}: {what}")));
            let line = line.map_err(bad)?;
            if line.handshake {
                continue;
            }
            let (index, known) = self.index_of(name_key(line.name)).map_err(bad)?;
            if known {
                return Err(bad("a second line for this node"));
            }
            self.nodes[usize::from(index)].line = Some(line);
            if line.myself {
                self.myself = Some(index);
            }
            for owned in line.slots(!owners) {
                match owned.map_err(bad)? {
                    Owned::Moving(slot) => self.moving.push((slot, index)),
                    Owned::Range(first, last) if owners => self.own(first, last, index).map_err(bad)?,
                    Owned::Range(..) => {}
                }
            }
        }
        Ok(())
    }

    /// Takes the entries of SLOTS.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    fn add_served(&mut self, reply: &mut SlotsReply<'a>) -> Result<(), &'static str> {
        while let Some(entry) = reply.entry()? {
            if entry.nodes == 0 {
                continue;
            }
            let served = reply.node()?;
            let owner = self.serve(served)?;
            // All ranges of a primary come with the same replicas: reading them once keeps this linear.
            let read_before = self.nodes[usize::from(owner)].owns;
            self.own(entry.first, entry.last, owner)?;
            for _ in 1..entry.nodes {
                if read_before {
                    reply.skip()?;
                    continue;
                }
                let served = reply.node()?;
                let replica = self.serve(served)?;
                let sketch = &mut self.nodes[usize::from(replica)];
                sketch.replicates = true;
                sketch.primary.get_or_insert(owner);
                self.nodes[usize::from(owner)].replicas.push(replica);
            }
        }
        Ok(())
    }

    fn serve(&mut self, served: Served<'a>) -> Result<u16, &'static str> {
        let (index, known) = self.index_of(served_key(&served))?;
        if !known && !served.name.is_empty() && !nodes_text::is_name(served.name) {
            return Err("a node's name is not one printable word");
        }
        self.nodes[usize::from(index)].served.get_or_insert(served);
        Ok(index)
    }

    /// The index of a name, and whether it was there before.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    fn index_of(&mut self, key: NameKey<'a>) -> Result<(u16, bool), &'static str> {
        if self.recent.is_empty() {
            self.recent = vec![(name_key(b""), NOBODY); 1 << RECENT_BITS];
        }
        // Fibonacci hashing; the shift leaves as many bits as the table has places.
        let place = usize::try_from(key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - RECENT_BITS)).unwrap_or(0);
        let (recent, index) = self.recent[place];
        if recent == key && index != NOBODY {
            return Ok((index, true));
        }
        let (index, known) = match self.by_name.get(&key) {
            Some(&index) => (index, true),
            None => (self.add(key)?, false),
        };
        self.recent[place] = (key, index);
        Ok((index, known))
    }

    fn add(&mut self, key: NameKey<'a>) -> Result<u16, &'static str> {
        let index = u16::try_from(self.nodes.len()).ok().filter(|&index| index != NOBODY).ok_or("too many nodes")?;
        self.by_name.insert(key, index);
        self.nodes.push(Sketch::default());
        Ok(index)
    }

    fn own(&mut self, first: Slot, last: Slot, owner: u16) -> Result<(), &'static str> {
        if self.owners.is_empty() {
            self.owners = vec![NOBODY; usize::from(SLOTS)];
        }
        for slot in &mut self.owners[usize::from(first.number())..=usize::from(last.number())] {
            if *slot != NOBODY {
                return Err("two ranges claim the same slot");
            }
            *slot = owner;
        }
        self.nodes[usize::from(owner)].owns = true;
        Ok(())
    }

    /// Replicas as the lines name their primaries, where there is no SLOTS to say which of them serve.
    fn replicas_by_role(&mut self) {
        for replica in 0..self.nodes.len() {
            let Some(line) = self.nodes[replica].line.filter(|line| !line.failing) else { continue };
            let Some(primary) = self.index_by_name(line.primary) else { continue };
            let Ok(replica) = u16::try_from(replica) else { continue };
            self.nodes[usize::from(primary)].replicas.push(replica);
        }
    }

    fn index_by_name(&self, name: Option<&[u8]>) -> Option<u16> {
        self.by_name.get(&name_key(name?)).copied()
    }

    fn finish(self, from: &Address) -> View {
        let habit = self.habit();
        let nodes = self.nodes.iter().map(|sketch| self.seen(sketch, habit, from)).collect();
        View { nodes, owners: self.owners, moving: self.moving, myself: self.myself, has_members: self.has_members }
    }

    /// What SLOTS shows of `cluster-preferred-endpoint-type`, for members that it does not list.
    fn habit(&self) -> Habit {
        for sketch in &self.nodes {
            let Some(served) = sketch.served else { continue };
            match served.endpoint {
                Endpoint::Unknown => return Habit::Hostname,
                Endpoint::Dialled { preferred: true } => return Habit::Dialled,
                Endpoint::Dialled { preferred: false } => {}
                Endpoint::Named(host) => {
                    if sketch.line.is_some_and(|line| line.hostname == host && line.ip != host) {
                        return Habit::Hostname;
                    }
                }
            }
        }
        Habit::Ip
    }

    fn seen(&self, sketch: &Sketch<'a>, habit: Habit, from: &Address) -> Seen {
        let line = sketch.line;
        let failing = line.is_some_and(|line| line.failing);
        let (address, named) = sketch.address(habit, from);
        let mut others = Vec::new();
        for other in sketch.all_addresses() {
            if address.as_ref() != Some(&other) && !others.contains(&other) {
                others.push(other);
            }
        }
        let name = line.map(|line| line.name).or(sketch.served.map(|served| served.name)).unwrap_or_default();
        let zone = line.map(|line| line.zone).filter(|zone| !zone.is_empty());
        let zone = zone.or(sketch.served.map(|served| served.zone)).unwrap_or_default();
        Seen {
            name: String::from_utf8_lossy(name).into_owned(),
            address,
            named,
            others,
            primary: match line {
                Some(line) => self.index_by_name(line.primary),
                None => sketch.primary,
            },
            replicas: sketch.replicas.clone(),
            epoch: line.map(|line| line.epoch),
            standing: sketch.standing(failing),
            failing,
            zone: String::from_utf8_lossy(zone).into_owned(),
        }
    }
}

/// How a cluster wants its nodes to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    Ip,
    Hostname,
    /// At the host that was dialled, only the port differs.
    Dialled,
}

impl Sketch<'_> {
    fn standing(&self, failing: bool) -> Standing {
        if self.owns {
            return Standing::Owner;
        }
        if failing {
            return Standing::Failing;
        }
        if self.replicates { Standing::Replica } else { Standing::Member }
    }

    /// The preferred address, and whether its host was named by the server.
    fn address(&self, habit: Habit, from: &Address) -> (Option<Address>, bool) {
        let is_myself = self.line.is_some_and(|line| line.myself);
        let dialled = |port| dialled(from, port, is_myself).map(|address| (address, false));
        let preferred = match (self.served, self.line) {
            (Some(Served { endpoint: Endpoint::Named(host), port, .. }), _) => named(host, port),
            (Some(Served { endpoint: Endpoint::Dialled { .. }, port, .. }), _) => dialled(port),
            (Some(Served { endpoint: Endpoint::Unknown, .. }), _) | (None, None) => None,
            (None, Some(line)) => match habit {
                Habit::Ip => None,
                Habit::Hostname => named(line.hostname, line.port),
                Habit::Dialled => dialled(line.port),
            },
        };
        let other = || self.all_addresses().next().map(|address| (address, true));
        // A node that does not know its own address yet is the one that answered.
        let own = || self.line.filter(|line| line.myself && line.ip.is_empty()).and_then(|line| dialled(line.port));
        match preferred.or_else(other).or_else(own) {
            Some((address, named)) => (Some(address), named),
            None => (None, false),
        }
    }

    /// Every address that was named, in the order of preference where SLOTS has none.
    fn all_addresses(&self) -> impl Iterator<Item = Address> {
        let served = self.served.map(|served| {
            let named = if let Endpoint::Named(host) = served.endpoint { host } else { b"" };
            [(named, served.port), (served.ip, served.port), (served.hostname, served.port)]
        });
        let line = self.line.map(|line| {
            let port = self.served.map(|served| served.port).filter(|&port| port != 0).unwrap_or(line.port);
            [(line.ip, port), (line.hostname, port)]
        });
        served.into_iter().flatten().chain(line.into_iter().flatten()).filter_map(|(host, port)| address(host, port))
    }
}

fn address(host: &[u8], port: u16) -> Option<Address> {
    if port == 0 {
        return None;
    }
    usable_host(host).map(|host| Address::new(host, port))
}

fn named(host: &[u8], port: u16) -> Option<(Address, bool)> {
    address(host, port).map(|address| (address, true))
}

/// The dialled host with another port. A unix socket has no host to share: it leads to one node only.
fn dialled(from: &Address, port: u16, is_myself: bool) -> Option<Address> {
    if from.port == 0 {
        return is_myself.then(|| from.clone());
    }
    (port != 0).then(|| Address::new(from.host.as_str(), port))
}
