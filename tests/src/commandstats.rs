//! What servers have run, as they count it themselves.

use slotpipe::lab::Server;

/// How often a server has run a command, named as in its INFO commandstats: `cluster|slots`.
///
/// # Panics
/// The server does not answer.
pub fn calls_of(server: &Server, command: &str) -> u64 {
    let info = server.ask(["INFO", "commandstats"]).unwrap();
    let own = format!("cmdstat_{command}:calls=");
    let line = info.text().unwrap().lines().find_map(|line| line.strip_prefix(&own));
    line.map_or(0, |line| line.split(',').next().unwrap().parse().unwrap())
}
