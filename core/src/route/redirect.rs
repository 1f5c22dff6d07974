//! Redirects: what `MOVED 3999 127.0.0.1:6381` and `ASK 3999 127.0.0.1:6381` say.
//!
//! The servers print exactly three words, `<code> <slot> <endpoint>:<port>` (`clusterRedirectClient` in Redis and
//! Valkey). Parsers of the field split the line into just these, so that no server can add a fourth without breaking
//! its clients; a line with more words therefore is somebody's own text, and is refused here.

use alloc::string::String;

use super::{
    endpoint::{decimal, port, split_last_colon, usable_host},
    slot::{SLOTS, Slot},
};
use crate::port::Address;

/// What a node with `cluster-preferred-endpoint-type hostname` says of a node whose host name it does not know.
const UNKNOWN_ENDPOINT: &str = "?";

/// Where a server says that a slot, or for the moment one of its keys, is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// ASK: for this one command, behind ASKING. Otherwise MOVED: from now on.
    pub ask: bool,
    /// The slot that was asked for.
    pub slot: Slot,
    /// The host; `None` (nothing before the colon) is the host that said so, `?` is one that it does not know.
    pub host: Option<String>,
    /// The port.
    pub port: u16,
}

impl Redirect {
    /// The address meant, if `said_by` is where the connection that brought the line was dialled to. `None`: the
    /// server does not know the host (`?`), or a bare port came over a unix socket; only a refresh can tell.
    pub fn address(&self, said_by: &Address) -> Option<Address> {
        match self.host.as_deref() {
            Some(UNKNOWN_ENDPOINT) => None,
            Some(host) => Some(Address::new(host, self.port)),
            None if said_by.port == 0 => None,
            None => Some(Address::new(said_by.host.as_str(), self.port)),
        }
    }
}

/// Reads an error line (without its type byte and CRLF); `None` if it is no redirect in the servers' form.
pub fn parse_redirect(line: &[u8]) -> Option<Redirect> {
    let mut words = line.split(|&b| b == b' ');
    let (code, slot, endpoint) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let ask = match code {
        b"MOVED" => false,
        b"ASK" => true,
        _ => return None,
    };
    let slot = decimal(slot, u64::from(SLOTS) - 1).and_then(|slot| Slot::new(u16::try_from(slot).ok()?))?;
    let (host, digits) = split_last_colon(endpoint)?;
    let port = port(digits).filter(|&port| port != 0)?;
    let host = match host {
        b"" => None,
        b"?" => Some(String::from(UNKNOWN_ENDPOINT)),
        host => Some(String::from(usable_host(host)?)),
    };
    Some(Redirect { ask, slot, host, port })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<(bool, u16, Option<String>, u16)> {
        parse_redirect(line.as_bytes()).map(|r| (r.ask, r.slot.number(), r.host, r.port))
    }

    #[test]
    fn moved_and_ask_name_slot_host_and_port() {
        assert_eq!(parsed("MOVED 3999 127.0.0.1:6381"), Some((false, 3999, Some("127.0.0.1".into()), 6381)));
        assert_eq!(parsed("ASK 0 node-2.example.com:1"), Some((true, 0, Some("node-2.example.com".into()), 1)));
        assert_eq!(parsed("MOVED 16383 redis_1:65535"), Some((false, 16_383, Some("redis_1".into()), 65_535)));
    }

    #[test]
    fn ipv6_splits_at_the_last_colon() {
        assert_eq!(parsed("MOVED 1 2001:db8::5:7000"), Some((false, 1, Some("2001:db8::5".into()), 7000)));
        assert_eq!(parsed("MOVED 1 ::1:7000"), Some((false, 1, Some("::1".into()), 7000)));
        assert_eq!(parsed("MOVED 1 fe80::1%eth0:7000"), Some((false, 1, Some("fe80::1%eth0".into()), 7000)));
        assert_eq!(parsed("MOVED 1 [::1]:7000"), Some((false, 1, Some("::1".into()), 7000)));
    }

    #[test]
    fn an_empty_host_is_the_host_that_said_so() {
        let redirect = parse_redirect(b"MOVED 3999 :6381").unwrap();
        assert_eq!(redirect.host, None);
        assert_eq!(redirect.address(&Address::new("::1", 7000)), Some(Address::new("::1", 6381)));
        assert_eq!(redirect.address(&Address::new("/run/redis.sock", 0)), None);
    }

    #[test]
    fn an_unknown_endpoint_has_no_address() {
        let redirect = parse_redirect(b"MOVED 3999 ?:6381").unwrap();
        assert_eq!(redirect.address(&Address::new("127.0.0.1", 7000)), None);
    }

    #[test]
    fn what_no_server_prints_is_no_redirect() {
        for line in [
            "",
            "MOVED",
            "MOVED 1",
            "MOVED  1 a:1",
            "MOVED 1 a:1 ",
            "MOVED 1 a:1 extra",
            "moved 1 a:1",
            "MOVEDX 1 a:1",
            "MOVED 16384 a:1",
            "MOVED 99999999999999999999999 a:1",
            "MOVED -1 a:1",
            "MOVED +1 a:1",
            "MOVED x a:1",
            "MOVED 1 a",
            "MOVED 1 a:",
            "MOVED 1 a:0",
            "MOVED 1 a:65536",
            "MOVED 1 a:-1",
            "MOVED 1 a:1x",
            "MOVED 1 a/b:1",
            "MOVED 1 user@a:1",
            "MOVED 1 a\0b:1",
            "MOVED 1 a\tb:1",
            "MOVED 1 a\r\nb:1",
            "MOVED 1 é:1",
            "MOVED 1 []:1",
        ] {
            assert_eq!(parsed(line), None, "{line:?}");
        }
        let long = alloc::format!("MOVED 1 {}:1", "a".repeat(254));
        assert_eq!(parsed(&long), None);
        assert!(parsed(&long.replacen('a', "", 1)).is_some());
    }

    #[test]
    fn a_host_named_like_a_property_is_just_a_host() {
        assert_eq!(parsed("MOVED 1 __proto__:1"), Some((false, 1, Some("__proto__".into()), 1)));
    }
}
