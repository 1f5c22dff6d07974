//! Three servers that answer as servers do: the handshake, the map, and to a command what its shape asks for.

use slotpipe_core::port::Address;

use crate::commands::Argv;

/// The nodes of the cluster; the first is the seed.
pub(crate) fn nodes() -> [Address; 3] {
    [7001, 7002, 7003].map(|port| Address::new("10.0.0.1", port))
}

/// First slot, last slot, and whose they are.
pub(crate) const SHARES: [(u16, u16, u16); 3] = [(0, 5_460, 7001), (5_461, 10_922, 7002), (10_923, 16_383, 7003)];

/// What a server says before a command of a user can come; `None`: it is a command of a user.
pub(crate) fn greeting(argv: &Argv, clients: &mut i64) -> Option<Vec<u8>> {
    let word = |at: usize| argv.get(at).map_or_else(Vec::new, |word| word.to_ascii_uppercase());
    *clients += 1;
    Some(match (word(0).as_slice(), word(1).as_slice()) {
        (b"HELLO", _) => format!("%1\r\n$2\r\nid\r\n:{clients}\r\n").into_bytes(),
        (b"CLIENT", b"ID") => format!(":{clients}\r\n").into_bytes(),
        (b"CLIENT", b"KILL") => b":1\r\n".to_vec(),
        (b"CLIENT" | b"AUTH" | b"SELECT" | b"READONLY" | b"ASKING", _) => b"+OK\r\n".to_vec(),
        (b"PING", b"") => b"+PONG\r\n".to_vec(),
        (b"CLUSTER", b"SLOTS") => slots(),
        (b"CLUSTER", b"NODES") => members(),
        (b"COMMAND", b"INFO") => {
            [format!("*{}\r\n", argv.len() - 2).into_bytes(), b"_\r\n".repeat(argv.len() - 2)].concat()
        }
        _ => return None,
    })
}

/// An honest server's answer to anything.
pub(crate) fn honest(argv: &Argv, clients: &mut i64) -> Vec<u8> {
    greeting(argv, clients).unwrap_or_else(|| b"+OK\r\n".to_vec())
}

fn slots() -> Vec<u8> {
    let mut reply = format!("*{}\r\n", SHARES.len());
    for (first, last, port) in SHARES {
        reply += &format!("*3\r\n:{first}\r\n:{last}\r\n*3\r\n$8\r\n10.0.0.1\r\n:{port}\r\n$5\r\nn{port}\r\n");
    }
    reply.into_bytes()
}

fn members() -> Vec<u8> {
    let mut text = String::new();
    for (first, last, port) in SHARES {
        text += &format!("n{port} 10.0.0.1:{port}@1{port} master - 0 0 1 connected {first}-{last}\n");
    }
    format!("${}\r\n{text}\r\n", text.len()).into_bytes()
}
