//! Servers that greet honestly, and then lie: redirects to anywhere, refusals of any kind, replies for nothing, maps of
//! nobody. Outcomes stay exactly once, and nobody is dialled whom no map has listed.

use arbitrary::{Result, Unstructured};
use slotpipe_core::{
    cluster::Cluster,
    port::{Cause, LinkId, Micros},
    route::slot::Slot,
};

use crate::{
    commands::{self, Argv},
    machine, resp, servers,
    world::{Core, World},
};

/// The most that happens in one day.
const MOST_ROUNDS: usize = 60;

const HOSTS: [&str; 16] = [
    "10.0.0.1:7001",
    "10.0.0.1:7002",
    "10.0.0.1:7003",
    "10.0.0.1:7009",
    ":7002",
    "?:7001",
    "169.254.169.254:80",
    "::1:7001",
    "[::1]:22",
    "127.0.0.1:6379",
    "__proto__:1",
    "a b:1",
    "h\0:1",
    "10.0.0.1:0",
    "10.0.0.1:65536",
    "10.0.0.1",
];

const LINES: [&str; 20] = [
    "TRYAGAIN Multiple keys request during rehashing of slot",
    "CLUSTERDOWN The cluster is down",
    "LOADING Redis is loading",
    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
    "BUSY Redis is busy",
    "READONLY You can't write against a read only replica.",
    "NOAUTH Authentication required.",
    "NOPERM no",
    "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
    "WRONGTYPE no",
    "EXECABORT Transaction discarded because of: MOVED 1 10.0.0.1:7002",
    "ERR unknown command 'x'",
    "ERR MOVED 1 h:1",
    "",
    "NOSCRIPT No matching script. Please use EVAL.",
    "OOM no",
    "moved 1 10.0.0.1:7002",
    "MOVED",
    "NOPROTO no",
    "DENIED no",
];

/// A configuration, a quiet beginning, and then lies.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let Ok(config) = machine::config(&mut given) else { return };
    let mut world = World::new(config, Micros(1_000_000), Cluster::new);
    let _ = live(&mut world, &mut given);
    world.end(data.len().is_multiple_of(2));
}

pub(crate) fn live<C: Core>(world: &mut World<C>, given: &mut Unstructured<'_>) -> Result<()> {
    let mut clients = 0;
    for _ in 0..MOST_ROUNDS {
        if given.is_empty() {
            return Ok(());
        }
        if given.ratio(1, 2)? {
            let (batch, options) = (commands::batch(given)?, commands::options(given, &servers::nodes())?);
            world.submit(batch, &options);
        }
        world.poll();
        for link in world.links.keys().copied().collect::<Vec<_>>() {
            world.connected(link);
            world.written(link, u64::MAX / 2);
            serve(world, given, link, &mut clients)?;
        }
        world.poll();
        if given.ratio(1, 3)? {
            world.elapsed(*given.choose(&[1, 10, 100, 1_000, 3_000])?);
        }
    }
    Ok(())
}

/// Answers what is pending on a link: honestly, or not.
fn serve<C: Core>(world: &mut World<C>, given: &mut Unstructured<'_>, link: LinkId, clients: &mut i64) -> Result<()> {
    let Some(known) = world.links.get_mut(&link) else { return Ok(()) };
    let pending: Vec<Argv> = known.pending.drain(..).collect();
    let mut bytes = Vec::new();
    let mut breaks = false;
    for argv in &pending {
        let is_greeting = matches!(argv[0].as_slice(), b"HELLO" | b"CLIENT" | b"AUTH" | b"READONLY" | b"SELECT");
        if is_greeting && !given.ratio(1, 24)? || given.ratio(1, 3)? {
            bytes.extend(servers::honest(argv, clients));
            continue;
        }
        match given.int_in_range(0..=19)? {
            0..=6 => {
                let code = given.choose(&["MOVED", "ASK"])?;
                let own = argv.get(1).map_or(0, |key| Slot::of(key).number());
                let slot = if given.ratio(7, 8)? { own } else { given.int_in_range(0..=20_000)? };
                bytes.extend(format!("-{code} {slot} {}\r\n", given.choose(&HOSTS)?).into_bytes());
            }
            7..=10 => bytes.extend(format!("-{}\r\n", given.choose(&LINES)?).into_bytes()),
            11..=13 => resp::write(&resp::any(given, 3)?, given.arbitrary()?, &mut bytes),
            // Twice, not at all, in half, or in front of a push.
            14 => bytes.extend(servers::honest(argv, clients).repeat(2)),
            15 => {}
            16 => {
                let whole = servers::honest(argv, clients);
                bytes.extend_from_slice(&whole[..given.int_in_range(0..=whole.len())?]);
                breaks = given.arbitrary()?;
            }
            17 => bytes.extend_from_slice(b">2\r\n+invalidate\r\n*1\r\n$1\r\na\r\n"),
            18 => {
                let host = given.choose(&["10.0.0.1", "10.0.0.9", "", "?", "169.254.169.254", "a b"])?;
                let port = given.choose(&[0, 7001, 7002, 7007, 80])?;
                let last = given.choose(&[0, 5_460, 16_383, 16_384])?;
                let map =
                    format!("*1\r\n*3\r\n:0\r\n:{last}\r\n*3\r\n${}\r\n{host}\r\n:{port}\r\n$2\r\nnx\r\n", host.len());
                bytes.extend(map.into_bytes());
            }
            _ => breaks = true,
        }
        if breaks {
            break;
        }
    }
    if !bytes.is_empty() {
        let at = if given.ratio(1, 2)? { bytes.len() } else { given.int_in_range(0..=bytes.len())? };
        let rest = bytes.split_off(at);
        world.received(link, bytes);
        if given.arbitrary()? {
            world.poll();
        }
        world.received(link, rest);
    }
    if breaks {
        world.closed(link, Cause::Lost("reset".into()), if given.arbitrary()? { 0 } else { u64::MAX });
    }
    Ok(())
}
