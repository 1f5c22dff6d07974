//! A connection as its server has it, and the commands that concern it alone.

use std::collections::BTreeSet;

use super::{
    Argv, Conn, Model, NodeId, PauseKind,
    blocking::Blocked,
    data::{Key, integer, is, syntax},
    nemesis::Purpose,
    resp::{Reply, Requests},
    spec::Spec,
    table::SPECS,
    transaction::Multi,
};

/// One connection.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) node: NodeId,
    /// What CLIENT ID says.
    pub(super) client: u64,
    pub(super) protocol: u8,
    pub(super) user: String,
    pub(super) authenticated: bool,
    pub(super) input: Requests,
    pub(super) out: Vec<u8>,
    pub(super) open: bool,
    /// Hang up once what is to be said has been said.
    pub(super) ending: bool,
    pub(super) asking: bool,
    pub(super) readonly: bool,
    pub(super) multi: Option<Multi>,
    pub(super) watched: BTreeSet<Key>,
    /// A watched key has changed.
    pub(super) dirty: bool,
    pub(super) channels: BTreeSet<Vec<u8>>,
    pub(super) patterns: BTreeSet<Vec<u8>>,
    pub(super) shard_channels: BTreeSet<Vec<u8>>,
    pub(super) blocked: Option<Blocked>,
    /// A command that a pause holds back.
    pub(super) parked: Option<Argv>,
    pub(super) mute: Mute,
    /// How long the history of the node was after the last write from here: what WAIT waits for.
    pub(super) last_write: usize,
}

/// CLIENT REPLY.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mute {
    #[default]
    No,
    Off,
    /// SKIP has just been said.
    Next,
    /// The command under way is the one to skip.
    This,
}

impl Session {
    pub(super) fn new(node: NodeId) -> Self {
        Self { node, protocol: 2, user: "default".into(), open: true, ..Self::default() }
    }

    pub(super) fn say(&mut self, reply: &Reply) {
        let muted = matches!(self.mute, Mute::Off | Mute::This);
        if self.open && (!muted || matches!(reply, Reply::Push(_))) {
            reply.encode(self.protocol, &mut self.out);
        }
    }

    pub(super) fn subscriptions(&self) -> usize {
        self.channels.len() + self.patterns.len() + self.shard_channels.len()
    }
}

impl Model {
    /// The server takes a connection from its backlog.
    pub(super) fn accept(&mut self, conn: Conn) {
        let Some(id) = self.conns.get(&conn).map(|session| session.node) else {
            return;
        };
        let others = self.conns.values().filter(|session| session.node == id && session.open).count() - 1;
        let node = self.node_mut(id);
        let client = node.next_client;
        node.next_client += 1;
        let full = others >= node.max_clients;
        let Some(session) = self.conns.get_mut(&conn) else {
            return;
        };
        session.client = client;
        if full {
            session.say(&Reply::error("ERR max number of clients + cluster connections reached"));
            session.open = false;
        }
    }

    /// Whether a connection has to say who it is before it says anything else.
    pub(super) fn must_authenticate(&self, conn: Conn) -> bool {
        self.conns.get(&conn).is_some_and(|session| {
            let default = self.node(session.node).users.iter().find(|rights| rights.name == "default");
            !session.authenticated && default.is_some_and(|rights| !rights.nopass || !rights.on)
        })
    }

    pub(super) fn connection_command(&mut self, conn: Conn, spec: &Spec, argv: &Argv) -> Option<Reply> {
        let session = self.conns.get_mut(&conn)?;
        let node = session.node;
        Some(match spec.name {
            "ping" if session.protocol == 2 && session.subscriptions() > 0 => {
                Reply::Array(vec![Reply::bulk("pong"), argv.get(1).map_or(Reply::bulk(""), Reply::bulk)])
            }
            "ping" if argv.len() > 2 => Reply::error("ERR wrong number of arguments for 'ping' command"),
            "ping" => argv.get(1).map_or(Reply::Simple("PONG".into()), Reply::bulk),
            "echo" => Reply::bulk(&argv[1]),
            "quit" => {
                session.ending = true;
                Reply::ok()
            }
            "reset" => {
                let kept = (session.client, std::mem::take(&mut session.input), std::mem::take(&mut session.out));
                *session = Session::new(node);
                (session.client, session.input, session.out) = kept;
                Reply::Simple("RESET".into())
            }
            "select" => match integer(&argv[1]) {
                Ok(0) => Reply::ok(),
                Ok(1..) => Reply::error("ERR SELECT is not allowed in cluster mode"),
                Ok(_) => Reply::error("ERR DB index is out of range"),
                Err(error) => error,
            },
            "asking" => {
                session.asking = true;
                Reply::ok()
            }
            "readonly" => {
                session.readonly = true;
                Reply::ok()
            }
            "readwrite" => {
                session.readonly = false;
                Reply::ok()
            }
            "hello" => self.hello(conn, argv),
            "auth" => self.auth(conn, argv),
            "client|id" => Reply::Int(session.client.try_into().unwrap_or(i64::MAX)),
            "client|setname" => Reply::ok(),
            "client|reply" => {
                session.mute = match (is(&argv[2], "ON"), is(&argv[2], "OFF"), is(&argv[2], "SKIP")) {
                    (true, ..) => Mute::No,
                    (_, true, _) => Mute::Off,
                    (.., true) if session.mute != Mute::Off => Mute::Next,
                    (.., true) => session.mute,
                    _ => return Some(syntax()),
                };
                if is(&argv[2], "ON") { Reply::ok() } else { Reply::Nothing }
            }
            "client|kill" => self.client_kill(conn, argv),
            "client|pause" => client_pause(argv).map_or_else(
                |error| error,
                |(span, kind)| {
                    self.pause_for(node, Purpose::Command, span, kind);
                    Reply::ok()
                },
            ),
            "client|unpause" => {
                self.unpause(node, Purpose::Command);
                Reply::ok()
            }
            "command" => Reply::Array(SPECS.iter().filter(|spec| !spec.name.contains('|')).map(described).collect()),
            "command|count" => Reply::count(SPECS.iter().filter(|spec| !spec.name.contains('|')).count()),
            "command|info" => {
                let row = |name: &Vec<u8>| super::spec::named(name).map_or(Reply::Null, described);
                Reply::Array(argv[2..].iter().map(row).collect())
            }
            _ => return None,
        })
    }

    fn hello(&mut self, conn: Conn, argv: &Argv) -> Reply {
        let protocol = match argv.get(1).map(|word| integer(word)) {
            None => None,
            Some(Ok(number @ 2..=3)) => u8::try_from(number).ok(),
            Some(Ok(_)) => return Reply::error("NOPROTO unsupported protocol version"),
            Some(Err(_)) => return Reply::error("ERR Protocol version is not an integer or out of range"),
        };
        let mut user = None;
        let mut words = argv.iter().skip(2);
        while let Some(word) = words.next() {
            if is(word, "AUTH") && words.len() >= 2 {
                user = words.next().zip(words.next());
            } else if is(word, "SETNAME") && words.len() >= 1 {
                words.next();
            } else {
                let option = String::from_utf8_lossy(word);
                return Reply::error(format!("ERR Syntax error in HELLO option '{option}'"));
            }
        }
        if let Some((name, password)) = user
            && let Some(refusal) = self.log_in(conn, name, password)
        {
            return refusal;
        }
        if self.must_authenticate(conn) {
            return Reply::error(
                "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH \
                 <user> <pass> option can be used to authenticate the client and select the RESP protocol version at \
                 the same time",
            );
        }
        let Some(session) = self.conns.get_mut(&conn) else {
            return Reply::Nothing;
        };
        session.protocol = protocol.unwrap_or(session.protocol);
        let (protocol, client, node) = (session.protocol, session.client, session.node);
        let role = if self.node(node).primary().is_some() { "replica" } else { "master" };
        let text = |text: &str| Reply::bulk(text);
        Reply::Map(vec![
            (text("server"), text("redis")),
            (text("version"), text("7.0.15")),
            (text("proto"), Reply::Int(protocol.into())),
            (text("id"), Reply::Int(client.try_into().unwrap_or(i64::MAX))),
            (text("mode"), text("cluster")),
            (text("role"), text(role)),
            (text("modules"), Reply::Array(Vec::new())),
        ])
    }

    fn auth(&mut self, conn: Conn, argv: &Argv) -> Reply {
        let default = b"default".to_vec();
        let (name, password) = match &argv[1..] {
            [password] => (&default, password),
            [name, password] => (name, password),
            _ => return syntax(),
        };
        let Some(session) = self.conns.get(&conn) else {
            return Reply::Nothing;
        };
        let nopass = |rights: &super::acl::Rights| rights.name == "default" && rights.nopass;
        if argv.len() == 2 && self.node(session.node).users.iter().any(nopass) {
            return Reply::error(
                "ERR AUTH <password> called without any password configured for the default user. Are you sure your \
                 configuration is correct?",
            );
        }
        self.log_in(conn, name, password).unwrap_or_else(Reply::ok)
    }

    /// WRONGPASS, or nothing.
    fn log_in(&mut self, conn: Conn, name: &[u8], password: &[u8]) -> Option<Reply> {
        let session = self.conns.get(&conn)?;
        let (name, password) = (String::from_utf8_lossy(name), String::from_utf8_lossy(password));
        let rights = self.node(session.node).users.iter().find(|rights| rights.name == name);
        if !rights.is_some_and(|rights| rights.accepts(&password)) {
            return Some(Reply::error("WRONGPASS invalid username-password pair or user is disabled."));
        }
        let name = name.into_owned();
        let session = self.conns.get_mut(&conn)?;
        (session.user, session.authenticated) = (name, true);
        None
    }

    /// `CLIENT KILL ID n`, with `SKIPME`; `CLIENT KILL TYPE normal` and the old form by address are not known.
    fn client_kill(&mut self, conn: Conn, argv: &Argv) -> Reply {
        let Some(node) = self.conns.get(&conn).map(|session| session.node) else {
            return Reply::Nothing;
        };
        if argv.len() == 3 {
            return Reply::error("ERR No such client");
        }
        let (mut id, mut skips_me) = (None, true);
        for pair in argv[2..].chunks(2) {
            match pair {
                [word, value] if is(word, "ID") => match integer(value) {
                    Ok(number @ 1..) => id = u64::try_from(number).ok(),
                    _ => return Reply::error("ERR client-id should be greater than 0"),
                },
                [word, value] if is(word, "SKIPME") => skips_me = is(value, "YES"),
                _ => return syntax(),
            }
        }
        let mut killed = 0;
        for (other, session) in &mut self.conns {
            let meant = session.node == node && session.open && id.is_none_or(|id| id == session.client);
            if meant && !(skips_me && *other == conn) {
                session.ending = true;
                killed += 1;
            }
        }
        let mine = self.conns.get_mut(&conn).is_some_and(|session| std::mem::take(&mut session.ending));
        self.end_closing(node);
        if let Some(session) = self.conns.get_mut(&conn) {
            session.ending = mine;
        }
        Reply::Int(killed)
    }

    /// Hangs up on those that are to end.
    pub(super) fn end_closing(&mut self, node: NodeId) {
        for session in self.conns.values_mut().filter(|session| session.node == node && session.ending) {
            session.open = false;
            session.blocked = None;
        }
    }
}

fn client_pause(argv: &Argv) -> Result<(u64, PauseKind), Reply> {
    let kind = match argv.get(3) {
        None => PauseKind::All,
        Some(word) if is(word, "ALL") => PauseKind::All,
        Some(word) if is(word, "WRITE") => PauseKind::Write,
        Some(_) => return Err(Reply::error("ERR CLIENT PAUSE mode must be WRITE or ALL")),
    };
    let invalid = || Reply::error("ERR timeout is not an integer or out of range");
    let ms = integer(&argv[2]).map_err(|_| invalid())?;
    let ms = u64::try_from(ms).map_err(|_| Reply::error("ERR timeout is negative"))?;
    Ok((ms.saturating_mul(1_000), kind))
}

/// A row of COMMAND.
fn described(spec: &Spec) -> Reply {
    const NAMES: [(char, &str); 12] = [
        ('w', "write"),
        ('r', "readonly"),
        ('m', "denyoom"),
        ('a', "admin"),
        ('p', "pubsub"),
        ('o', "noscript"),
        ('b', "blocking"),
        ('l', "loading"),
        ('s', "stale"),
        ('f', "fast"),
        ('n', "no_auth"),
        ('v', "movablekeys"),
    ];
    let flags = NAMES.iter().filter(|(letter, _)| spec.has(*letter)).map(|(_, name)| Reply::Simple((*name).into()));
    let categories = spec.categories.split(' ').map(|name| Reply::Simple(format!("@{name}")));
    let (first, last, step) = spec.keys;
    Reply::Array(vec![
        Reply::bulk(spec.name),
        Reply::Int(spec.arity.into()),
        Reply::Set(flags.collect()),
        Reply::count(first),
        Reply::Int(last.into()),
        Reply::count(step),
        Reply::Set(categories.collect()),
        Reply::Array(Vec::new()),
        Reply::Array(key_specs(spec)),
        Reply::Array(Vec::new()),
    ])
}

fn key_specs(spec: &Spec) -> Vec<Reply> {
    let (first, last, step) = spec.keys;
    if first == 0 {
        return Vec::new();
    }
    let text = |text: &str| Reply::bulk(text);
    let named = |kind: &str, fields: Vec<(Reply, Reply)>| {
        Reply::Map(vec![(text("type"), text(kind)), (text("spec"), Reply::Map(fields))])
    };
    let last = if last < 0 { i64::from(last) } else { i64::from(last) - i64::try_from(first).unwrap_or(0) };
    let access = if spec.has('w') { "RW" } else { "RO" };
    vec![Reply::Map(vec![
        (text("flags"), Reply::Set(vec![Reply::Simple(access.into())])),
        (text("begin_search"), named("index", vec![(text("index"), Reply::count(first))])),
        (
            text("find_keys"),
            named(
                "range",
                vec![
                    (text("lastkey"), Reply::Int(last)),
                    (text("keystep"), Reply::count(step)),
                    (text("limit"), Reply::Int(0)),
                ],
            ),
        ),
    ])]
}
