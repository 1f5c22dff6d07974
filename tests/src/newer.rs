//! A server with more than the one has that the other tests run on.

use std::{env, path::PathBuf};

use slotpipe::lab::{ClusterOptions, LocalCluster, ServerOptions};

/// Three primaries with a replica each, of the server that `SLOTPIPE_NEWER_SERVER` names, if all of them have the command
/// (`cluster|slot-stats`). What is missing else is printed: nothing can be shown without it.
///
/// # Panics
/// The server does not start.
#[must_use]
pub fn cluster_with(command: &str) -> Option<LocalCluster> {
    let Some(program) = env::var_os("SLOTPIPE_NEWER_SERVER").map(PathBuf::from).filter(|program| program.exists())
    else {
        println!("not tested: SLOTPIPE_NEWER_SERVER names no server that may have {command}");
        return None;
    };
    let server = ServerOptions { program: Some(program.clone()), ..ServerOptions::default() };
    let cluster = LocalCluster::start_with(&ClusterOptions { replicas: 1, server, ..ClusterOptions::default() });
    let cluster = cluster.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let told = cluster.nodes()[0].ask(["COMMAND", "INFO", command]).unwrap_or_else(|error| panic!("{error}"));
    let has_it = told.array().is_some_and(|found| found.iter().all(|entry| entry.array().is_some()));
    if !has_it {
        println!("not tested: {} has no {command}", program.display());
    }
    has_it.then_some(cluster)
}
