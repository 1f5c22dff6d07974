//! Slots and keys on their way from one primary to another, by the server's own steps.

use super::{
    Argv, Key, Model, NodeId,
    data::{Entry, integer, is, syntax},
    replication::Effect,
    resp::Reply,
    spec::slot_of,
};

impl Model {
    pub(super) fn mark_migrating(
        &mut self,
        node: NodeId,
        slot: u16,
        to: Option<NodeId>,
        stranger: impl Fn() -> String,
    ) -> Result<(), String> {
        if self.node(node).view.owner(slot) != Some(node) {
            return Err(format!("ERR I'm not the owner of hash slot {slot}"));
        }
        let to = to.ok_or_else(stranger)?;
        if self.peer(node, to).primary.is_some() {
            return Err("ERR Target node is not a master".into());
        }
        self.node_mut(node).migrating.insert(slot, to);
        Ok(())
    }

    pub(super) fn mark_importing(
        &mut self,
        node: NodeId,
        slot: u16,
        from: Option<NodeId>,
        stranger: impl Fn() -> String,
    ) -> Result<(), String> {
        if self.node(node).view.owner(slot) == Some(node) {
            return Err(format!("ERR I'm already the owner of hash slot {slot}"));
        }
        let from = from.ok_or_else(stranger)?;
        if self.peer(node, from).primary.is_some() {
            return Err("ERR Target node is not a master".into());
        }
        self.node_mut(node).importing.insert(slot, from);
        Ok(())
    }

    pub(super) fn mark_stable(&mut self, node: NodeId, slot: u16) {
        let node = self.node_mut(node);
        node.importing.remove(&slot);
        node.migrating.remove(&slot);
    }

    /// `SETSLOT slot NODE owner`, as `node` is told.
    pub(super) fn assign_slot(&mut self, node: NodeId, slot: u16, owner: NodeId) -> Result<(), String> {
        if self.peer(node, owner).primary.is_some() {
            return Err("ERR Target node is not a master".into());
        }
        let before = self.node(node).view.owner(slot);
        let empty = self.keys_of_slot_at(node, slot).is_empty();
        if before == Some(node) && owner != node && !empty {
            return Err(format!(
                "ERR Can't assign hashslot {slot} to a different node while I still hold keys for this hash slot."
            ));
        }
        let at = self.node_mut(node);
        if empty {
            at.migrating.remove(&slot);
        }
        at.view.set_owner(slot, Some(owner));
        if owner == node && at.importing.remove(&slot).is_some() {
            at.view.bump(node);
        }
        if before == Some(node) && owner != node {
            self.drop_shard_channels(node, &[slot]);
        }
        self.after(100_000, super::Event::CheckBlocked(node));
        self.announce_claims(node);
        Ok(())
    }

    /// `MIGRATE host port key|"" 0 timeout [COPY] [REPLACE] [KEYS key …]`
    pub(super) fn migrate(&mut self, node: NodeId, argv: &Argv) -> Reply {
        let (mut copies, mut replaces, mut keys) = (false, false, vec![argv[3].clone()]);
        let mut words = argv[6..].iter();
        while let Some(word) = words.next() {
            if is(word, "COPY") {
                copies = true;
            } else if is(word, "REPLACE") {
                replaces = true;
            } else if is(word, "AUTH") && words.len() >= 1 {
                words.next();
            } else if is(word, "KEYS") && argv[3].is_empty() {
                keys = words.by_ref().cloned().collect();
            } else {
                return syntax();
            }
        }
        if let Err(error) = integer(&argv[4]).and_then(|_| integer(&argv[5])) {
            return error;
        }
        let now = self.now;
        keys.retain(|key| self.node(node).db.contains(key, now));
        if keys.is_empty() {
            return Reply::Simple("NOKEY".into());
        }
        let address = format!("{}:{}", String::from_utf8_lossy(&argv[1]), String::from_utf8_lossy(&argv[2]));
        let target = self.node_at(&address).filter(|target| self.is_reachable(*target));
        let Some(target) = target else {
            return Reply::error("IOERR error or timeout connecting to the client");
        };
        let mut failure = None;
        for key in keys {
            if let Err(text) = self.send_key(node, target, &key, replaces, copies) {
                failure = failure.or(Some(text));
            }
        }
        failure.map_or_else(Reply::ok, |text| Reply::error(format!("ERR Target instance replied with error: {text}")))
    }

    /// RESTORE-ASKING there, DEL here.
    pub(super) fn send_key(
        &mut self,
        from: NodeId,
        to: NodeId,
        key: &Key,
        replaces: bool,
        copies: bool,
    ) -> Result<(), String> {
        let now = self.now;
        let slot = slot_of(key);
        let target = self.node(to);
        if target.view.owner(slot) != Some(to) && !target.importing.contains_key(&slot) {
            let owner = target.view.owner(slot).map(|owner| self.told_address(to, owner));
            return Err(owner.map_or("CLUSTERDOWN Hash slot not served".into(), |at| format!("MOVED {slot} {at}")));
        }
        if target.out_of_memory {
            return Err("OOM command not allowed when used memory > 'maxmemory'.".into());
        }
        if !replaces && target.db.contains(key, now) {
            return Err("BUSYKEY Target key name already exists.".into());
        }
        let Some(Entry { value, expires }) = self.node(from).db.peek_entry(key, now).cloned() else {
            return Ok(());
        };
        let entry = Entry { value: value.clone(), expires };
        self.node_mut(to).db.put(key, value, expires);
        self.told(to, vec![Effect::Put(key.clone(), entry)]);
        if !copies {
            self.node_mut(from).db.remove(key, now);
            self.node_mut(from).effects.push(Effect::Moved(key.clone()));
        }
        Ok(())
    }

    /// Data of a node has changed by no command of a client of its own.
    pub(super) fn told(&mut self, node: NodeId, effects: Vec<Effect>) {
        let touched = std::mem::take(&mut self.node_mut(node).db.touched);
        self.node_mut(node).effects.clear();
        self.record(node, effects, None);
        self.mark_watchers(node, &touched);
        self.node_mut(node).ready.extend(touched);
        self.serve_blocked(node);
    }

    /// Keys of slots that another node has taken: the server deletes them.
    pub(super) fn delete_strays(&mut self, node: NodeId, slots: &[u16]) {
        let now = self.now;
        let strays: Vec<Key> = slots.iter().flat_map(|slot| self.keys_of_slot_at(node, *slot)).collect();
        if strays.is_empty() {
            return;
        }
        self.lose_keys(node, &strays);
        for key in &strays {
            self.node_mut(node).db.remove(key, now);
        }
        let effect = Effect::Run([vec![b"DEL".to_vec()], strays].concat());
        self.told(node, vec![effect]);
    }
}
