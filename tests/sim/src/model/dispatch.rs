//! From requests to replies, in the order in which the server refuses.

use super::{Argv, Conn, Executed, Model, Reply, collections, spec::spec, strings};

impl Model {
    /// Runs what has arrived on a connection, as far as it may run now.
    pub(super) fn pump(&mut self, conn: Conn) {
        loop {
            let Some(session) = self.conns.get(&conn).filter(|session| session.open) else {
                return;
            };
            let node = self.node(session.node);
            if node.frozen || !node.running {
                return;
            }
            let Some(session) = self.conns.get_mut(&conn) else {
                return;
            };
            match session.input.next() {
                Ok(None) => return,
                Ok(Some(argv)) => {
                    let reply = self.process(conn, argv);
                    if let Some(session) = self.conns.get_mut(&conn) {
                        session.say(&reply);
                    }
                }
                Err(error) => {
                    session.say(&Reply::error(format!("ERR Protocol error: {}", error.0)));
                    session.open = false;
                    return;
                }
            }
        }
    }

    fn process(&mut self, conn: Conn, argv: Argv) -> Reply {
        let Some(spec) = spec(&argv[0]) else {
            return unknown(&argv);
        };
        if !spec.fits(argv.len()) {
            return Reply::error(format!("ERR wrong number of arguments for '{}' command", spec.name));
        }
        let asking = self.conns.get_mut(&conn).is_some_and(|session| std::mem::take(&mut session.asking));
        if let Some(refusal) = self.redirect(conn, &spec.keys(&argv), asking) {
            return refusal;
        }
        self.call(conn, argv)
    }

    fn call(&mut self, conn: Conn, argv: Argv) -> Reply {
        let Some(node) = self.conns.get(&conn).map(|session| session.node) else {
            return Reply::Nothing;
        };
        let name = argv[0].to_ascii_lowercase();
        let name = std::str::from_utf8(&name).unwrap_or_default();
        let now = self.now;
        let reply = match name {
            "ping" => Reply::Simple("PONG".into()),
            "hello" => self.hello(conn, &argv),
            "cluster" => self.cluster_command(node, &argv),
            _ => {
                let db = &mut self.node_mut(node).db;
                let reply = strings::run(db, name, &argv, now).or_else(|| collections::run(db, name, &argv, now));
                reply.unwrap_or_else(|| unknown(&argv))
            }
        };
        let wrote = !std::mem::take(&mut self.node_mut(node).db.touched).is_empty();
        let error = match &reply {
            Reply::Error(text) => Some(text.clone()),
            _ => None,
        };
        self.log.push(Executed { node, conn, at: now, argv, transaction: None, wrote, error });
        reply
    }
}

fn unknown(argv: &Argv) -> Reply {
    let shown = |word: &[u8]| String::from_utf8_lossy(&word[..word.len().min(128)]).into_owned();
    let mut text = format!("ERR unknown command '{}', with args beginning with: ", shown(&argv[0]));
    for word in &argv[1..] {
        if text.len() >= 128 {
            break;
        }
        text.push_str(&format!("'{}' ", shown(word)));
    }
    Reply::error(text)
}
