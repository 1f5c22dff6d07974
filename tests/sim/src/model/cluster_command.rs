//! `CLUSTER …`, as a node sees the cluster.

use std::fmt::Write as _;

use super::{
    Announce, Argv, FalseMap, Model, Node, NodeId, SLOTS, Takeover, Told,
    data::{Key, integer, is},
    resp::Reply,
    spec::slot_of,
};

/// By so many slots a false range reaches into the next.
const OVERLAP: u16 = 3_000;

impl Model {
    pub(super) fn cluster_command(&mut self, node: NodeId, argv: &Argv) -> Reply {
        let sub = argv[1].to_ascii_lowercase();
        match sub.as_slice() {
            b"slots" => self.cluster_slots(node),
            b"nodes" => Reply::Verbatim(self.cluster_nodes(node)),
            b"shards" => self.cluster_shards(node),
            b"info" => Reply::Verbatim(self.cluster_info(node)),
            b"myid" => Reply::bulk(&self.node(node).name),
            b"keyslot" => Reply::Int(slot_of(&argv[2]).into()),
            b"countkeysinslot" => slot(&argv[2]).map_or_else(
                |_| Reply::error("ERR Invalid slot"),
                |slot| Reply::count(self.keys_of_slot_at(node, slot).len()),
            ),
            b"getkeysinslot" => match (slot(&argv[2]), integer(&argv[3])) {
                (Ok(slot), Ok(most)) => {
                    let most = usize::try_from(most).unwrap_or(0);
                    Reply::bulks(self.keys_of_slot_at(node, slot).into_iter().take(most))
                }
                _ => Reply::error("ERR Invalid slot or number of keys"),
            },
            b"setslot" => match self.set_slot_command(node, argv) {
                Ok(()) => Reply::ok(),
                Err(text) => Reply::error(text),
            },
            b"delslots" => {
                for word in &argv[2..] {
                    let Ok(slot) = slot(word) else {
                        return Reply::error("ERR Invalid or out of range slot");
                    };
                    if self.node(node).view.owner(slot).is_none() {
                        return Reply::error(format!("ERR Slot {slot} is already unassigned"));
                    }
                    self.node_mut(node).view.set_owner(slot, None);
                }
                Reply::ok()
            }
            b"failover" => self.failover_command(node, argv),
            _ => Reply::error("ERR unknown subcommand"),
        }
    }

    fn failover_command(&mut self, node: NodeId, argv: &Argv) -> Reply {
        let how = match argv.get(2) {
            None => Takeover::Plain,
            Some(word) if is(word, "FORCE") => Takeover::Force,
            Some(word) if is(word, "TAKEOVER") => Takeover::Takeover,
            Some(_) => return super::data::syntax(),
        };
        let Some(primary) = self.node(node).primary() else {
            return Reply::error("ERR You should send CLUSTER FAILOVER to a replica");
        };
        if how == Takeover::Plain && (!self.is_reachable(primary) || self.peer(node, primary).failed) {
            return Reply::error("ERR Master is down or failed, please use CLUSTER FAILOVER FORCE");
        }
        self.take_over(node, how);
        Reply::ok()
    }

    fn set_slot_command(&mut self, node: NodeId, argv: &Argv) -> Result<(), String> {
        let slot = slot(&argv[2])?;
        if self.node(node).primary().is_some() {
            return Err("ERR Please use SETSLOT only with masters.".into());
        }
        let named = |word: &Vec<u8>| self.nodes.iter().find(|known| known.name.as_bytes() == *word).map(|node| node.id);
        let text = argv.get(4).map(|word| String::from_utf8_lossy(word).into_owned()).unwrap_or_default();
        let other = argv.get(4).and_then(named);
        let stranger = || format!("ERR I don't know about node {text}");
        match argv[3].to_ascii_uppercase().as_slice() {
            b"MIGRATING" if argv.len() == 5 => self.mark_migrating(node, slot, other, stranger),
            b"IMPORTING" if argv.len() == 5 => self.mark_importing(node, slot, other, stranger),
            b"STABLE" if argv.len() == 4 => {
                self.mark_stable(node, slot);
                Ok(())
            }
            b"NODE" if argv.len() == 5 => {
                let owner = other.ok_or_else(|| format!("ERR Unknown node {text}"))?;
                self.assign_slot(node, slot, owner)
            }
            _ => Err("ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP".into()),
        }
    }

    pub(super) fn keys_of_slot_at(&self, node: NodeId, slot: u16) -> Vec<Key> {
        self.node(node).db.keys(self.now).filter(|key| slot_of(key) == slot).map(<[u8]>::to_vec).collect()
    }

    fn cluster_slots(&self, at: NodeId) -> Reply {
        let lie = self.lie_in(at, Told::InSlots);
        let rows = self.told_ranges(at, lie).into_iter().map(|(first, last, owner)| {
            let mut row = vec![Reply::Int(first.into()), Reply::Int(last.into()), self.endpoint(at, owner, lie)];
            row.extend(self.replicas_seen(at, owner).map(|id| self.endpoint(at, id, lie)));
            Reply::Array(row)
        });
        Reply::Array(rows.collect())
    }

    /// The replicas of a node that are up, as another sees them.
    fn replicas_seen(&self, at: NodeId, of: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.nodes().filter(move |id| {
            let peer = self.peer(at, *id);
            peer.primary == Some(of) && !peer.failed
        })
    }

    fn cluster_nodes(&self, at: NodeId) -> String {
        let mut text = String::new();
        let lie = self.lie_in(at, Told::InNodes);
        let ranges = self.told_ranges(at, lie);
        for node in &self.nodes {
            let peer = self.peer(at, node.id);
            let myself = if node.id == at { "myself," } else { "" };
            let role = if peer.primary.is_some() { "slave" } else { "master" };
            let failed = if peer.failed { ",fail" } else { "" };
            let primary = peer.primary.map_or("-", |id| &self.node(id).name);
            let link = if node.id == at || self.is_reachable(node.id) { "connected" } else { "disconnected" };
            let hostname = match (&node.announce, &node.hostname) {
                (Announce::Hostname(name), _) | (_, Some(name)) => format!(",{name}"),
                (Announce::Ip | Announce::Unnamed | Announce::Nothing, None) => String::new(),
            };
            let Node { name, port, .. } = node;
            let host = false_host(at, node.id, lie).unwrap_or(&node.host);
            let epoch = peer.primary.map_or(peer.epoch, |id| self.peer(at, id).epoch);
            let epoch = if lie == Some(FalseMap::Epochs) { 0 } else { epoch };
            let _ = write!(
                text,
                "{name} {host}:{port}@{}{hostname} {myself}{role}{failed} {primary} 0 0 {epoch} {link}",
                port + 10_000
            );
            for (first, last, _) in ranges.iter().filter(|(_, _, owner)| *owner == node.id) {
                let _ = if first == last { write!(text, " {first}") } else { write!(text, " {first}-{last}") };
            }
            if node.id == at {
                for (slot, to) in &node.migrating {
                    let _ = write!(text, " [{slot}->-{}]", self.node(*to).name);
                }
                for (slot, from) in &node.importing {
                    let _ = write!(text, " [{slot}-<-{}]", self.node(*from).name);
                }
            }
            text.push('\n');
        }
        text
    }

    fn cluster_shards(&self, at: NodeId) -> Reply {
        let text = |text: &str| Reply::bulk(text);
        let ranges = self.ranges(at);
        let heads = self.nodes().filter(|id| self.peer(at, *id).primary.is_none());
        let shards = heads.map(|head| {
            let own = ranges.iter().filter(|(_, _, owner)| *owner == head);
            let slots = own.flat_map(|(first, last, _)| [Reply::Int((*first).into()), Reply::Int((*last).into())]);
            let members = [head].into_iter().chain(self.nodes().filter(|id| self.peer(at, *id).primary == Some(head)));
            let members = members.map(|id| {
                let node = self.node(id);
                let mut fields = vec![
                    (text("id"), text(&node.name)),
                    (text("port"), Reply::Int(node.port.into())),
                    (text("ip"), text(&node.host)),
                    (text("endpoint"), Reply::bulk(self.told_host(at, id).unwrap_or_default())),
                ];
                if let Some(name) = &node.hostname {
                    fields.push((text("hostname"), text(name)));
                }
                let role = if id == head { "master" } else { "replica" };
                let health = if self.peer(at, id).failed { "fail" } else { "online" };
                fields.push((text("role"), text(role)));
                fields.push((text("replication-offset"), Reply::count(node.history.len())));
                fields.push((text("health"), text(health)));
                Reply::Map(fields)
            });
            Reply::Map(vec![
                (text("slots"), Reply::Array(slots.collect())),
                (text("nodes"), Reply::Array(members.collect())),
            ])
        });
        Reply::Array(shards.collect())
    }

    fn cluster_info(&self, at: NodeId) -> String {
        let view = &self.node(at).view;
        let state = if self.is_healthy(at) { "ok" } else { "fail" };
        let with_slots = view.peers.iter().filter(|peer| peer.slots > 0);
        let count = |failed: Option<bool>| {
            let counted = with_slots.clone().filter(|peer| failed.is_none_or(|failed| peer.failed == failed));
            counted.map(|peer| u32::from(peer.slots)).sum::<u32>()
        };
        format!(
            "cluster_enabled:1\r\ncluster_state:{state}\r\ncluster_slots_assigned:{}\r\ncluster_slots_ok:{}\r\n\
             cluster_slots_pfail:0\r\ncluster_slots_fail:{}\r\ncluster_known_nodes:{}\r\ncluster_size:{}\r\n\
             cluster_current_epoch:{}\r\ncluster_my_epoch:{}\r\ncluster_stats_messages_sent:0\r\n\
             cluster_stats_messages_received:0\r\ntotal_cluster_links_buffer_limit_exceeded:0\r\n",
            count(None),
            count(Some(false)),
            count(Some(true)),
            view.peers.len(),
            with_slots.clone().count(),
            view.current_epoch,
            view.peer(self.node(at).primary().unwrap_or(at)).epoch,
        )
    }

    /// Address, port, id, and what else is known: the ip where it is not the address, the name where that is not.
    fn endpoint(&self, at: NodeId, of: NodeId, lie: Option<FalseMap>) -> Reply {
        let node = self.node(of);
        let false_host = false_host(at, of, lie);
        let host = false_host.or_else(|| self.told_host(at, of));
        let mut more = Vec::new();
        if false_host.is_none() && host != Some(&node.host) {
            more.push((Reply::bulk("ip"), Reply::bulk(&node.host)));
        }
        if let Some(name) = node.hostname.as_deref().filter(|name| host != Some(name)) {
            more.push((Reply::bulk("hostname"), Reply::bulk(name)));
        }
        let more = if more.is_empty() { Reply::Array(Vec::new()) } else { Reply::Map(more) };
        let host = host.map_or(Reply::Null, Reply::bulk);
        Reply::Array(vec![host, Reply::Int(node.port.into()), Reply::bulk(&node.name), more])
    }

    /// What a node says of the cluster that is not so, in this answer.
    fn lie_in(&self, at: NodeId, answer: Told) -> Option<FalseMap> {
        let (lie, told) = self.node(at).false_map?;
        (told == answer || told == Told::InBoth).then_some(lie)
    }

    fn told_ranges(&self, at: NodeId, lie: Option<FalseMap>) -> Vec<(u16, u16, NodeId)> {
        let ranges = self.ranges(at);
        let next = ranges.iter().cycle().skip(1).map(|(.., owner)| *owner);
        match lie {
            Some(FalseMap::Owners) => {
                ranges.iter().zip(next).map(|((first, last, _), owner)| (*first, *last, owner)).collect()
            }
            Some(FalseMap::Holes) => {
                ranges.into_iter().map(|(first, last, owner)| (first, first + (last - first) / 2, owner)).collect()
            }
            Some(FalseMap::Overlaps) => {
                let far = |last: u16| (last + OVERLAP).min(SLOTS - 1);
                ranges.into_iter().map(|(first, last, owner)| (first, far(last), owner)).collect()
            }
            Some(FalseMap::Host(_) | FalseMap::Epochs) | None => ranges,
        }
    }

    fn ranges(&self, at: NodeId) -> Vec<(u16, u16, NodeId)> {
        let mut ranges: Vec<(u16, u16, NodeId)> = Vec::new();
        for slot in 0..SLOTS {
            let Some(owner) = self.node(at).view.owner(slot) else {
                continue;
            };
            match ranges.last_mut() {
                Some((_, last, of)) if *of == owner && *last + 1 == slot => *last = slot,
                Some(_) | None => ranges.push((slot, slot, owner)),
            }
        }
        ranges
    }
}

/// Where a node says that another is, if it lies of that.
fn false_host(at: NodeId, of: NodeId, lie: Option<FalseMap>) -> Option<&'static str> {
    match lie {
        Some(FalseMap::Host(host)) if at != of => Some(host),
        _ => None,
    }
}

fn slot(word: &[u8]) -> Result<u16, String> {
    let number = integer(word).ok().and_then(|number| u16::try_from(number).ok());
    number.filter(|slot| *slot < SLOTS).ok_or_else(|| "ERR Invalid or out of range slot".into())
}
