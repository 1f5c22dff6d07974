//! The cluster, for as long as standard input is open. The first line of output has its addresses and the processes, to
//! be pinned.

use std::io;

use serde::Serialize;
use slotpipe::lab::{ClusterOptions, LocalCluster};

use crate::Failure;

#[derive(Serialize)]
struct Started {
    seeds: Vec<String>,
    pids: Vec<u32>,
}

pub(crate) fn run(options: &ClusterOptions) -> Result<(), Failure> {
    let cluster = LocalCluster::start_with(options).map_err(|error| error.to_string())?;
    let pids = cluster.nodes().iter().filter_map(|node| node.pid()).collect();
    println!("{}", serde_json::to_string(&Started { seeds: cluster.seeds(), pids })?);
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
