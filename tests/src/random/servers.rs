//! The servers: three of them that run commands, refuse, move slots and tell the map.

use std::collections::BTreeSet;

use slotpipe_core::{
    route::slot::Slot,
    wire::request::{Args, Requests},
};

use super::{
    PORTS, Run, TAGS, World,
    network::{Conn, identity},
};

impl World {
    /// Runs the first command that is there as a whole.
    pub(super) fn run_one(&mut self, conn: &mut Conn) {
        let bytes = std::mem::take(&mut conn.kernel);
        let mut spans = Vec::new();
        let mut requests = Requests::new(&bytes, 0);
        let Some(Ok(range)) = requests.next(&mut spans) else {
            conn.kernel = bytes;
            return;
        };
        let words: Vec<String> =
            Args::new(&bytes, &spans).iter().map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
        conn.kernel = bytes[range.end..].to_vec();
        let asking = std::mem::take(&mut conn.asking);
        let reply = self.run(conn, &words, asking);
        self.log(|| {
            format!(
                "node {} client {} runs {words:?}{}: {}",
                conn.node,
                conn.client,
                if asking { " asking" } else { "" },
                reply.trim_end().lines().next().unwrap_or("")
            )
        });
        conn.replies.extend(reply.into_bytes());
    }

    pub(super) fn run(&mut self, conn: &mut Conn, words: &[String], asking: bool) -> String {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        match (word(0), word(1)) {
            ("HELLO", _) => return format!("%1\r\n$2\r\nid\r\n:{}\r\n", conn.client),
            ("CLIENT", "KILL") => return self.kill(word(3)),
            ("CLIENT", _) => return "+OK\r\n".into(),
            ("PING", _) => return "+PONG\r\n".into(),
            ("CLUSTER", "SLOTS") => return self.slots(),
            ("CLUSTER", "NODES") => return self.nodes(),
            _ if !conn.authentic => return "-NOAUTH Authentication required.\r\n".into(),
            ("ASKING", _) => {
                conn.asking = true;
                return "+OK\r\n".into();
            }
            _ => {}
        }
        let (id, keys) = identity(words).unwrap_or_else(|| panic!("{words:?} is nobody's"));
        if self.loading[conn.node] {
            return "-LOADING Redis is loading the dataset in memory\r\n".into();
        }
        assert!(self.commands.len() > id, "an id of nobody");
        let me = (id, keys.first().cloned().unwrap_or_default());
        assert!(!asking || self.asked.contains_key(&me), "{words:?} came behind ASKING, and was never told ASK");
        if let Some(refusal) = self.refusal(conn.node, &keys, asking, self.asked.get(&me).copied()) {
            if refusal.starts_with("-ASK ") {
                self.asked.insert(me, self.migrations);
            }
            return refusal;
        }
        for key in &keys {
            if self.commands[id].writes && word(0) != "BLPOP" {
                self.keys[conn.node].insert(key.clone());
            }
            self.runs.push(Run { id, key: key.clone() });
        }
        if keys.is_empty() {
            self.runs.push(Run { id, key: String::new() });
        }
        match word(0) {
            "APPEND" => format!(":{id}\r\n"),
            "MSET" => "+OK\r\n".into(),
            "BLPOP" => "_\r\n".into(),
            _ => format!("${}\r\n{id}\r\n", id.to_string().len()),
        }
    }

    pub(super) fn refusal(&self, node: usize, keys: &[String], asking: bool, asked: Option<u64>) -> Option<String> {
        let slots: BTreeSet<u16> = keys.iter().map(|key| Slot::of(key.as_bytes()).number()).collect();
        assert!(slots.len() < 2, "one write for keys of several slots: {keys:?}");
        let slot = *slots.first()?;
        let owner = usize::from(self.owners[usize::from(slot)]);
        let missing = keys.iter().filter(|key| !self.keys[node].contains(*key)).count();
        let target = self.moving.get(&slot).copied();
        if owner == node {
            let target = target?;
            return match missing {
                0 => None,
                all if all == keys.len() => Some(format!("-ASK {slot} 127.0.0.1:{}\r\n", PORTS[target])),
                _ => Some("-TRYAGAIN Multiple keys request during rehashing of slot\r\n".into()),
            };
        }
        if target == Some(node) && asking {
            if keys.len() > 1 && missing > 0 {
                return Some("-TRYAGAIN Multiple keys request during rehashing of slot\r\n".into());
            }
            let shadow = keys.iter().any(|key| self.keys[owner].contains(key));
            assert!(!shadow || asked != Some(self.migrations), "a shadow key: {keys:?}");
            return None;
        }
        Some(format!("-MOVED {slot} 127.0.0.1:{}\r\n", PORTS[owner]))
    }

    pub(super) fn kill(&mut self, id: &str) -> String {
        if !self.may_kill {
            return "-NOPERM this user has no permissions to run the 'client|kill' command\r\n".into();
        }
        self.kills += 1;
        let id: i64 = id.parse().unwrap();
        let before = self.zombies.len();
        self.zombies.retain(|conn| conn.client != id);
        if before == self.zombies.len() { "-ERR No such client\r\n".into() } else { ":1\r\n".into() }
    }

    pub(super) fn slots(&self) -> String {
        let mut ranges: Vec<(usize, usize, u8)> = Vec::new();
        for (slot, &owner) in self.owners.iter().enumerate() {
            match ranges.last_mut() {
                Some((_, end, known)) if *known == owner => *end = slot,
                _ => ranges.push((slot, slot, owner)),
            }
        }
        let mut text = format!("*{}\r\n", ranges.len());
        for (start, end, owner) in ranges {
            let port = PORTS[usize::from(owner)];
            text += &format!("*3\r\n:{start}\r\n:{end}\r\n*3\r\n$9\r\n127.0.0.1\r\n:{port}\r\n$40\r\n{port:040x}\r\n");
        }
        text
    }

    pub(super) fn nodes(&self) -> String {
        let mut text = String::new();
        for (node, port) in PORTS.iter().enumerate() {
            text += &format!("{port:040x} 127.0.0.1:{port}@1{port} master - 0 0 1 connected");
            let mut start = None;
            for slot in 0..=16_384 {
                let ours = self.owners.get(slot).is_some_and(|&owner| usize::from(owner) == node);
                match (start, ours) {
                    (None, true) => start = Some(slot),
                    (Some(from), false) => {
                        text += &format!(" {from}-{}", slot - 1);
                        start = None;
                    }
                    _ => {}
                }
            }
            text += "\n";
        }
        format!("${}\r\n{text}\r\n", text.len())
    }

    pub(super) fn move_something(&mut self) {
        let slot = Slot::of(TAGS[self.random.below(TAGS.len())].as_bytes()).number();
        let owner = usize::from(self.owners[usize::from(slot)]);
        let Some(&target) = self.moving.get(&slot) else {
            let target = (owner + 1 + self.random.below(2)) % 3;
            self.log(|| format!("slot {slot} leaves node {owner} for {target}"));
            self.moving.insert(slot, target);
            self.migrations += 1;
            return;
        };
        let of_slot = |key: &&String| Slot::of(key.as_bytes()).number() == slot;
        match self.keys[owner].iter().find(of_slot).cloned() {
            Some(key) => {
                self.log(|| format!("key {key} is now at node {target}"));
                self.keys[owner].remove(&key);
                self.keys[target].insert(key);
            }
            None => {
                self.log(|| format!("slot {slot} is now at node {target}"));
                self.moving.remove(&slot);
                self.owners[usize::from(slot)] = u8::try_from(target).unwrap();
            }
        }
    }
}
