//! CONFIG and INFO: the few lines that concern a client, and the switches that tests turn.

use super::{Argv, Model, NodeId, acl::Rights, cluster::Endpoint, data::is, resp::Reply};

/// Lines of redis.conf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Config {
    /// `cluster-require-full-coverage`
    pub(super) full_coverage: bool,
    /// `cluster-allow-reads-when-down`
    pub(super) reads_when_down: bool,
    /// `replica-serve-stale-data`
    pub(super) serve_stale: bool,
}

impl Model {
    pub(super) fn config_command(&mut self, id: NodeId, argv: &Argv) -> Reply {
        if is(&argv[1], "GET") {
            return Reply::Map(Vec::new());
        }
        for pair in argv[2..].chunks(2) {
            let [name, value] = pair else {
                return Reply::error("ERR wrong number of arguments for 'config|set' command");
            };
            let value = String::from_utf8_lossy(value).into_owned();
            let yes = value == "yes";
            let node = self.node_mut(id);
            match String::from_utf8_lossy(name).to_ascii_lowercase().as_str() {
                "cluster-require-full-coverage" => node.config.full_coverage = yes,
                "cluster-allow-reads-when-down" => node.config.reads_when_down = yes,
                "replica-serve-stale-data" => node.config.serve_stale = yes,
                "maxclients" => node.max_clients = value.parse().unwrap_or(usize::MAX),
                "maxmemory" => node.out_of_memory = value != "0",
                "cluster-announce-hostname" => node.hostname = Some(value).filter(|name| !name.is_empty()),
                "cluster-preferred-endpoint-type" => {
                    node.prefers = match value.as_str() {
                        "ip" => Endpoint::Ip,
                        "hostname" => Endpoint::Hostname,
                        _ => Endpoint::Unknown,
                    }
                }
                "requirepass" => {
                    let secret = if value.is_empty() { "nopass".into() } else { format!("resetpass >{value}") };
                    if let Some(rights) = node.users.iter_mut().find(|rights| rights.name == "default") {
                        secret.split(' ').for_each(|rule| drop(Rights::apply(rights, rule)));
                    }
                }
                name => {
                    let text = format!("ERR Unknown option or number of arguments for CONFIG SET - '{name}'");
                    return Reply::error(text);
                }
            }
        }
        Reply::ok()
    }

    pub(super) fn info(&self, id: NodeId) -> Reply {
        let node = self.node(id);
        let replication = match node.primary() {
            None => "role:master\r\n".into(),
            Some(primary) => {
                let link = if node.link_is_up() { "up" } else { "down" };
                let primary = self.node(primary);
                format!(
                    "role:slave\r\nmaster_host:{}\r\nmaster_port:{}\r\nmaster_link_status:{link}\r\n",
                    primary.host, primary.port
                )
            }
        };
        let loading = u8::from(node.loading_until.is_some_and(|until| until > self.now));
        Reply::Verbatim(format!(
            "# Server\r\nredis_version:7.0.15\r\nredis_mode:cluster\r\n\r\n# Persistence\r\nloading:{loading}\r\n\r\n\
             # Replication\r\n{replication}\r\n# Cluster\r\ncluster_enabled:1\r\n"
        ))
    }
}
