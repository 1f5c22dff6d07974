//! A cluster for tests in other languages: `lab [REPLICAS] [ipv6] [tls=FOLDER]` starts three primaries, each with as many
//! replicas (none without the number), that live as long as standard input is open. With `ipv6` they listen on ::1. With
//! `tls` the seeds speak it, with clients that have a certificate; in the folder are `server.pem` and `server.key`, and the
//! `authority.pem` that signs for servers and clients.
//!
//! The first line of output has the seeds. Then each line of input is obeyed and answered by `ok` or the error:
//! `begin SLOT` marks a slot as moving to the next primary, `move KEY…` moves keys of it, `finish` moves the rest and
//! hands it over, `announce HOST:PORT…` has the nodes, in the order of the seeds, tell their clients these places,
//! `kill PORT` ends a server at once.

use std::{
    fs,
    io::{self, BufRead as _, Write as _},
    net::SocketAddr,
    path::Path,
    sync::Arc,
};

use slotpipe::lab::{ClusterOptions, Error, LocalCluster, Node, Result, Tls, reshard::SlotMove};

fn main() -> Result<()> {
    let cluster = LocalCluster::start_with(&options(std::env::args().skip(1))?)?;
    let seeds = cluster.nodes().iter().map(|node| SocketAddr::new(node.ip(), node.announced_port()).to_string());
    say(&seeds.collect::<Vec<_>>().join(" "))?;
    let mut moving = None;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| Error::new(error.to_string()))?;
        let words: Vec<&str> = line.split(' ').collect();
        match obey(&cluster, &mut moving, &words) {
            Ok(()) => say("ok")?,
            Err(error) => say(&error.to_string())?,
        }
    }
    Ok(())
}

fn options(words: impl Iterator<Item = String>) -> Result<ClusterOptions> {
    let mut options = ClusterOptions::default();
    for word in words {
        match word.split_once('=') {
            None if word == "ipv6" => options.server.ipv6 = true,
            Some(("tls", folder)) => options.server.tls = Some(tls(Path::new(folder))?),
            _ => options.replicas = word.parse().map_err(|_| Error::new("lab [REPLICAS] [ipv6] [tls=FOLDER]"))?,
        }
    }
    Ok(options)
}

fn tls(folder: &Path) -> Result<Tls> {
    let read = |name| fs::read_to_string(folder.join(name)).map_err(|error| Error::new(format!("{name}: {error}")));
    let (certificate, key, authority) = (read("server.pem")?, read("server.key")?, read("authority.pem")?);
    Ok(Tls { certificate, key, authority, clients: true })
}

fn obey(cluster: &LocalCluster, moving: &mut Option<SlotMove>, words: &[&str]) -> Result<()> {
    let none = || Error::new("no slot is moving: begin first");
    match words {
        ["begin", slot] => {
            let slot = slot.parse().map_err(|_| Error::new(format!("{slot} is no slot")))?;
            let owner = cluster.primary_of(slot)?;
            let target = cluster.primaries()?.into_iter().find(|node| node.id != owner.id).ok_or_else(none)?;
            *moving = Some(SlotMove::begin(cluster, slot, &target)?);
            Ok(())
        }
        ["move", keys @ ..] => moving.as_mut().ok_or_else(none)?.move_keys(keys),
        ["finish"] => {
            let mut moving = moving.take().ok_or_else(none)?;
            moving.move_rest()?;
            moving.finish()
        }
        ["announce", places @ ..] => {
            let place = |text: &&str| {
                let (host, port) = text.rsplit_once(':')?;
                Some((host.to_owned(), port.parse().ok()?))
            };
            let places: Option<Vec<_>> = places.iter().map(place).collect();
            cluster.announce(&places.ok_or_else(|| Error::new("announce HOST:PORT..."))?)
        }
        ["kill", port] => {
            let is_it = |node: &&Arc<Node>| node.announced_port().to_string() == *port;
            cluster.nodes().iter().find(is_it).ok_or_else(|| Error::new(format!("no server has port {port}")))?.kill();
            Ok(())
        }
        _ => Err(Error::new("begin SLOT, move KEY..., finish, announce HOST:PORT... or kill PORT")),
    }
}

fn say(line: &str) -> Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| Error::new(error.to_string()))
}
