//! A cluster for tests in other languages: three primaries, each with as many replicas as the first argument says (none
//! without it), that live as long as standard input is open.
//!
//! The first line of output has the seeds. Then each line of input is obeyed and answered by `ok` or the error:
//! `begin SLOT` marks a slot as moving to the next primary, `move KEY…` moves keys of it, `finish` moves the rest and
//! hands it over, `kill PORT` ends a server at once.

use std::{
    io::{self, BufRead as _, Write as _},
    sync::Arc,
};

use slotpipe::lab::{Error, LocalCluster, Node, Result, reshard::SlotMove};

fn main() -> Result<()> {
    let replicas = std::env::args().nth(1).map_or(Ok(0), |count| count.parse());
    let cluster = LocalCluster::start(3, replicas.map_err(|_| Error::new("lab [REPLICAS]"))?)?;
    say(&cluster.seeds().join(" "))?;
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
        ["kill", port] => {
            let is_it = |node: &&Arc<Node>| node.port().to_string() == *port;
            cluster.nodes().iter().find(is_it).ok_or_else(|| Error::new(format!("no server has port {port}")))?.kill();
            Ok(())
        }
        _ => Err(Error::new("begin SLOT, move KEY..., finish or kill PORT")),
    }
}

fn say(line: &str) -> Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| Error::new(error.to_string()))
}
