//! What every server answers alike: the handshake, and the slot map as it believes it to be.

use std::collections::BTreeMap;

use slotpipe_core::port::Address;

/// The servers behind a [`super::Script`].
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What the servers believe unless they have a belief of their own.
    pub map: Map,
    /// The belief of single servers.
    pub beliefs: BTreeMap<Address, Map>,
    /// Where nobody listens.
    pub refusing: Vec<Address>,
    /// Commands, by their first words, that the test answers itself.
    pub by_hand: Vec<String>,
    /// The servers are no cluster.
    pub standalone: bool,
    clients: i64,
}

/// A slot map as CLUSTER SLOTS and CLUSTER NODES tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// First slot, last slot, owner.
    pub ranges: Vec<(u16, u16, Address)>,
    /// Replicas by primary.
    pub replicas: BTreeMap<Address, Vec<Address>>,
    /// Config epochs; 1 where none is given.
    pub epochs: BTreeMap<Address, u64>,
    /// Slots that their owners say are being moved.
    pub moving: BTreeMap<Address, Vec<u16>>,
    /// Members without slots: only NODES lists them.
    pub empty: Vec<Address>,
}

/// `127.0.0.1:port`.
pub fn at(port: u16) -> Address {
    Address::new("127.0.0.1", port)
}

/// Three primaries with equal shares on ports 7001 to 7003.
pub fn thirds() -> Vec<(u16, u16, Address)> {
    vec![(0, 5460, at(7001)), (5461, 10922, at(7002)), (10923, 16383, at(7003))]
}

/// `7001` is 127.0.0.1:7001; `host:port` is itself.
pub(crate) fn address(text: &str) -> Result<Address, String> {
    let (host, port) = text.rsplit_once(':').unwrap_or(("127.0.0.1", text));
    let port = port.parse().map_err(|_| format!("{text:?} is no port and no host:port"))?;
    Ok(Address::new(host, port))
}

/// The short form of an address, as [`address`] reads it.
pub(crate) fn name(address: &Address) -> String {
    let long = address.to_string();
    long.strip_prefix("127.0.0.1:").unwrap_or(&long).into()
}

impl Network {
    /// Servers that all believe in `ranges`.
    pub fn new(ranges: Vec<(u16, u16, Address)>) -> Self {
        Self { map: Map { ranges, ..Map::default() }, ..Self::default() }
    }

    /// What a server answers to a command by itself; `None` leaves it to the test.
    pub(crate) fn reply(&mut self, address: &Address, words: &[String]) -> Option<Vec<u8>> {
        let line = words.join(" ");
        if self.by_hand.iter().any(|prefix| line.starts_with(prefix.as_str())) {
            return None;
        }
        let map = self.beliefs.get(address).unwrap_or(&self.map);
        let text = match (words[0].as_str(), words.get(1).map_or("", String::as_str)) {
            ("HELLO", _) => {
                self.clients += 1;
                format!("%1\r\n$2\r\nid\r\n:{}\r\n", self.clients)
            }
            ("CLIENT", "ID") => {
                self.clients += 1;
                format!(":{}\r\n", self.clients)
            }
            ("CLIENT", "KILL") => ":1\r\n".into(),
            ("CLIENT", "SETINFO" | "SETNAME") | ("AUTH" | "SELECT" | "READONLY", _) => "+OK\r\n".into(),
            ("CLUSTER", "SLOTS" | "NODES") if self.standalone => {
                "-ERR This instance has cluster support disabled\r\n".into()
            }
            ("CLUSTER", "SLOTS") => map.slots(),
            ("CLUSTER", "NODES") => map.nodes(address),
            _ => return None,
        };
        Some(text.into_bytes())
    }
}

impl Map {
    fn slots(&self) -> String {
        let mut text = format!("*{}\r\n", self.ranges.len());
        for (first, last, owner) in &self.ranges {
            let replicas = self.replicas.get(owner).map_or(&[][..], Vec::as_slice);
            text += &format!("*{}\r\n:{first}\r\n:{last}\r\n", 3 + replicas.len());
            for node @ Address { host, port } in [owner].into_iter().chain(replicas) {
                text += &format!("*3\r\n${}\r\n{host}\r\n:{port}\r\n$40\r\n{}\r\n", host.len(), node_id(node));
            }
        }
        text
    }

    fn nodes(&self, myself: &Address) -> String {
        let mut slots: BTreeMap<&Address, String> = self.empty.iter().map(|node| (node, String::new())).collect();
        for (first, last, owner) in &self.ranges {
            *slots.entry(owner).or_default() += &format!(" {first}-{last}");
        }
        let mut text = String::new();
        for (node, slots) in slots {
            let epoch = self.epochs.get(node).unwrap_or(&1);
            let moving = self.moving.get(node).filter(|_| node == myself).into_iter().flatten();
            let marks: String = moving.map(|slot| format!(" [{slot}->-{}]", node_id(&at(7001)))).collect();
            text += &format!("{}master - 0 0 {epoch} connected{slots}{marks}\n", line(node, myself));
            for replica in self.replicas.get(node).map_or(&[][..], Vec::as_slice) {
                text += &format!("{}slave {} 0 0 {epoch} connected\n", line(replica, myself), node_id(node));
            }
        }
        format!("${}\r\n{text}\r\n", text.len())
    }
}

fn line(node: &Address, myself: &Address) -> String {
    let myself = if node == myself { "myself," } else { "" };
    format!("{} {node}@1{} {myself}", node_id(node), node.port)
}

fn node_id(node: &Address) -> String {
    format!("{:040x}", node.port)
}

/// The length of the first whole reply, if there is one. Written apart from the core's decoder on purpose.
pub(crate) fn reply_length(bytes: &[u8]) -> Option<usize> {
    let line = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    let mut at = line + 2;
    let number = || std::str::from_utf8(bytes.get(1..line)?).ok()?.parse::<i64>().ok();
    match bytes.first()? {
        b'+' | b'-' | b':' | b'_' | b'#' | b',' | b'(' => {}
        b'$' | b'=' | b'!' => {
            if let Ok(length) = usize::try_from(number()?) {
                at += length + 2;
            }
        }
        kind @ (b'*' | b'~' | b'>' | b'%' | b'|') => {
            let count = number()?.max(0);
            let values = match kind {
                b'%' => count.saturating_mul(2),
                b'|' => count.saturating_mul(2).saturating_add(1),
                _ => count,
            };
            for _ in 0..values {
                at += reply_length(bytes.get(at..)?)?;
            }
        }
        _ => return None,
    }
    (at <= bytes.len()).then_some(at)
}
