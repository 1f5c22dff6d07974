//! The whole machine: any verbs in any order, under a host that keeps its side of the boundary. What [`World`] checks at
//! every step is what is looked for; the input says what happens.

use arbitrary::{Result, Unstructured};
use slotpipe_core::{
    cluster::Cluster,
    config::{Config, Limits, Trust},
    port::{Address, Cause, Micros},
    wire::decode,
};

use crate::{
    commands, resp, servers,
    world::{Core, World},
};

/// The most that happens in one day.
const MOST_STEPS: usize = 200;

/// A configuration, and then whatever happens.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let Ok(config) = config(&mut given) else { return };
    let mut world = World::new(config, Micros(1_000_000), Cluster::new);
    // An input that ends in the middle of a day is a short day.
    let _ = live(&mut world, &mut given);
    world.end(data.len().is_multiple_of(2));
}

/// Small limits, so that little is needed to meet them.
pub(crate) fn config(given: &mut Unstructured<'_>) -> Result<Config> {
    let wild = given.arbitrary::<u16>()?;
    let is = |bit: u16| wild & 1 << bit != 0;
    Ok(Config {
        seeds: servers::nodes()[..if is(0) { 1 } else { 3 }].to_vec(),
        resp3: is(1),
        client_name: is(2).then(|| "fuzz".to_owned()),
        tls: is(3),
        trust: match wild >> 4 & 3 {
            0 => Trust::Server,
            1 => Trust::Only(servers::nodes()[1..].to_vec()),
            _ => Trust::Listed,
        },
        database: if is(6) && is(7) { 3 } else { 0 },
        refresh_ms: if is(8) { 60_000 } else { 200 },
        diagnostics: is(9),
        random_seed: u64::from(wild),
        limits: Limits {
            waiting_per_node: if is(10) { 10_000 } else { 6 },
            waiting_bytes_per_node: if is(11) { 1 << 20 } else { 300 },
            in_flight: if is(12) { 4_096 } else { 2 },
            window: if is(13) { 10_000 } else { 3 },
            window_bytes: if is(14) { 1 << 20 } else { 100 },
            dedicated_per_node: if is(15) { 64 } else { 1 },
            dedicated: if is(15) { 1_024 } else { 2 },
            dedicated_wait_ms: None,
            nodes: if is(15) { 1_000 } else { 4 },
            decode: decode::Limits { depth: 8, line: 4_096, bulk: 1 << 16, frame: 1 << 17 },
        },
        ..Config::default()
    })
}

/// One step after the other, until the input ends.
pub(crate) fn live<C: Core>(world: &mut World<C>, given: &mut Unstructured<'_>) -> Result<()> {
    let mut clients = 0;
    for _ in 0..MOST_STEPS {
        if given.is_empty() {
            return Ok(());
        }
        step(world, given, &mut clients)?;
        if given.ratio(3, 4)? {
            world.poll();
        }
    }
    Ok(())
}

fn step<C: Core>(world: &mut World<C>, given: &mut Unstructured<'_>, clients: &mut i64) -> Result<()> {
    let link = world.link(given.arbitrary::<u8>()?.into());
    match (given.int_in_range(0..=15)?, link) {
        (0..=3, _) => {
            let (batch, options) = (commands::batch(given)?, commands::options(given, &targets())?);
            world.submit(batch, &options);
        }
        (4, _) => world.elapsed(*given.choose(&[0, 1, 5, 99, 100, 250, 1_000, 2_000, 60_000])?),
        (5, _) => {
            if let Some(until) = world.until.filter(|&until| until > world.now) {
                world.now = until;
                world.elapsed(0);
            }
        }
        (6, _) => {
            let first = given.int_in_range(0..=world.told.len() as u64)?;
            world.cancel(first, given.int_in_range(0..=4)?);
        }
        (7, _) => {
            let (batch, options) = (commands::batch(given)?, commands::options(given, &targets())?);
            world.core.explain(world.now, &batch.into(), &options);
        }
        (8 | 9, _) => calm(world, clients),
        (10, Some(link)) => world.connected(link),
        (11, Some(link)) => {
            let cause = match given.int_in_range(0..=4)? {
                0 => Cause::Refused("nobody listens".into()),
                1 => Cause::Tls("a wrong name".into()),
                2 => Cause::TimedOut,
                3 => Cause::Asked,
                _ => Cause::Lost("reset".into()),
            };
            let sent = given.arbitrary::<u8>()?;
            let sent = world.links[&link].handed * u64::from(sent) / 255;
            world.closed(link, cause, sent);
        }
        (12, Some(link)) => world.written(link, given.arbitrary::<u16>()?.into()),
        (13, Some(link)) => {
            let count = given.int_in_range(0..=30)?;
            let bytes = given.bytes(count.min(given.len()))?.to_vec();
            world.received(link, bytes);
        }
        (14, Some(link)) => {
            let mut bytes = Vec::new();
            for _ in 0..given.int_in_range(1..=4)? {
                resp::write(&resp::any(given, 2)?, given.arbitrary()?, &mut bytes);
            }
            world.received(link, bytes);
        }
        (_, Some(link)) => {
            let mut said = 0;
            world.answer_all(link, |_, argv| {
                said += 1;
                servers::honest(argv, clients)
            });
        }
        (_, None) => {}
    }
    Ok(())
}

/// Everything goes well for a while.
fn calm<C: Core>(world: &mut World<C>, clients: &mut i64) {
    for _ in 0..4 {
        world.poll();
        for link in world.links.keys().copied().collect::<Vec<_>>() {
            world.connected(link);
            world.answer_all(link, |_, argv| servers::honest(argv, clients));
            world.written(link, u64::MAX / 2);
        }
    }
}

/// Where a batch may be told to go.
fn targets() -> Vec<Address> {
    [servers::nodes().to_vec(), vec![Address::new("169.254.169.254", 80), Address::new("h", 0)]].concat()
}
