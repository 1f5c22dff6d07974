//! From requests to replies, in the order in which the server refuses: unknown command, arity, NOAUTH, NOPERM,
//! redirects (CROSSSLOT, CLUSTERDOWN, TRYAGAIN, ASK, MOVED), OOM, READONLY, MASTERDOWN, LOADING, a pause, MULTI's queue.

use super::{
    Argv, Conn, Executed, Model, NodeId, PauseKind, data,
    replication::Effect,
    resp::Reply,
    session::Mute,
    spec::{Lookup, Spec, lookup},
};

impl Model {
    /// Runs what has arrived on a connection, and then what that set free elsewhere.
    pub(super) fn run(&mut self, conn: Conn) {
        self.runnable.push_back(conn);
        self.run_all();
    }

    pub(super) fn run_all(&mut self) {
        while let Some(conn) = self.runnable.pop_front() {
            self.pump(conn);
        }
    }

    fn pump(&mut self, conn: Conn) {
        loop {
            let stranger = self.must_authenticate(conn);
            let runs = |session: &&mut super::session::Session| session.open && session.blocked.is_none();
            let Some(session) = self.conns.get_mut(&conn).filter(runs) else {
                return;
            };
            let node = &self.nodes[usize::from(session.node.0)];
            if node.frozen || !node.running {
                return;
            }
            let argv = match session.parked.take().map_or_else(|| session.input.next(stranger), |argv| Ok(Some(argv))) {
                Ok(Some(argv)) => argv,
                Ok(None) => return,
                Err(error) => {
                    session.say(&Reply::error(format!("ERR Protocol error: {}", error.0)));
                    session.open = false;
                    return;
                }
            };
            let id = session.node;
            if !self.process(conn, argv) {
                return;
            }
            self.serve_blocked(id);
        }
    }

    /// One command, to its reply. False: a pause holds it back.
    fn process(&mut self, conn: Conn, argv: Argv) -> bool {
        let found = lookup(&argv);
        let spec = if let Lookup::Found(spec) = found { Some(spec) } else { None };
        let reply = match self.refusal(conn, &found, &argv) {
            Some(Refusal::Redirect(refusal)) => {
                if spec.is_some_and(|spec| spec.name == "exec") {
                    self.discard(conn);
                } else {
                    self.spoil(conn);
                }
                refusal
            }
            Some(Refusal::Rejection(refusal)) => self.reject(conn, spec, refusal),
            None => {
                let Lookup::Found(spec) = found else {
                    return true;
                };
                if self.is_held(conn, spec) {
                    if let Some(session) = self.conns.get_mut(&conn) {
                        session.parked = Some(argv);
                    }
                    return false;
                }
                if self.queues(conn, spec, &argv) {
                    Reply::Simple("QUEUED".into())
                } else {
                    self.call(conn, spec, argv, None)
                }
            }
        };
        if let Some(session) = self.conns.get_mut(&conn) {
            session.say(&reply);
            session.mute = match session.mute {
                Mute::Next => Mute::This,
                Mute::This => Mute::No,
                kept @ (Mute::No | Mute::Off) => kept,
            };
            if session.multi.is_none() && spec.is_none_or(|spec| spec.name != "asking") {
                session.asking = false;
            }
            if session.ending {
                session.open = false;
            }
        }
        true
    }

    /// Why the server does not run this, if so.
    fn refusal(&mut self, conn: Conn, found: &Lookup, argv: &Argv) -> Option<Refusal> {
        let rejection = |reply: Reply| Some(Refusal::Rejection(reply));
        let spec = match found {
            Lookup::Unknown => return rejection(unknown(argv)),
            Lookup::NoSubcommand(container) => return rejection(no_subcommand(container, argv)),
            Lookup::Found(spec) if spec.name == "hello" && self.setup.without_hello => return rejection(unknown(argv)),
            Lookup::Found(spec) => *spec,
        };
        if !spec.fits(argv.len()) {
            let text = format!("ERR wrong number of arguments for '{}' command", spec.name);
            return rejection(Reply::error(text));
        }
        if self.must_authenticate(conn) && !spec.has('n') {
            return rejection(Reply::error("NOAUTH Authentication required."));
        }
        if let Some(refusal) = self.forbidden(conn, spec, argv) {
            return rejection(refusal);
        }
        if let Some(redirect) = self.redirect(conn, spec, argv) {
            return Some(Refusal::Redirect(redirect));
        }
        self.state_refusal(conn, spec).map(Refusal::Rejection)
    }

    /// What the state of the server refuses.
    fn state_refusal(&self, conn: Conn, spec: &Spec) -> Option<Reply> {
        let session = self.conns.get(&conn)?;
        let node = self.node(session.node);
        let multi = session.multi.as_ref();
        let of_exec = |flag| spec.name == "exec" && multi.is_some_and(|multi| multi.has(flag));
        let queues = multi.is_some() && !RUN_IN_MULTI.contains(&spec.name);
        if node.out_of_memory && (spec.has('m') || of_exec('m') || queues) {
            return Some(Reply::error("OOM command not allowed when used memory > 'maxmemory'."));
        }
        let writes = spec.has('w') || of_exec('w');
        if node.cannot_save && (writes || spec.name == "ping") {
            return Some(Reply::error(
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands \
                 that may modify the data set are disabled, because this instance is configured to report errors during \
                 writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for \
                 details about the RDB error.",
            ));
        }
        let is_primary = node.primary().is_none();
        if is_primary && writes && self.replicas_with(node.id, 0) < node.config.least_replicas {
            return Some(Reply::error("NOREPLICAS Not enough good replicas to write."));
        }
        if !is_primary && writes {
            return Some(Reply::error("READONLY You can't write against a read only replica."));
        }
        if session.protocol == 2 && session.subscriptions() > 0 && !WHILE_SUBSCRIBED.contains(&spec.name) {
            return Some(Reply::error(format!(
                "ERR Can't execute '{}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in \
                 this context",
                spec.name
            )));
        }
        // Scripts are allowed by their row and refused by the check of the script itself.
        let runs_stale = spec.has('s') && !matches!(spec.name, "eval" | "evalsha");
        if node.primary().is_some() && !node.link_is_up() && !node.config.serve_stale && !runs_stale {
            return Some(Reply::error(
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
            ));
        }
        if node.loading_until.is_some_and(|until| until > self.now) && !spec.has('l') {
            return Some(Reply::error("LOADING Redis is loading the dataset in memory"));
        }
        if node.busy_until.is_some_and(|until| until > self.now) && !WHILE_BUSY.contains(&spec.name) {
            return Some(Reply::error(
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
            ));
        }
        None
    }

    /// A refusal spoils a transaction; that of EXEC, also where there is none, ends it in other words.
    fn reject(&mut self, conn: Conn, spec: Option<&'static Spec>, refusal: Reply) -> Reply {
        if spec.is_none_or(|spec| spec.name != "exec") {
            self.spoil(conn);
            return refusal;
        }
        self.discard(conn);
        let text = refusal.failure().unwrap_or_default();
        let cause = text.strip_prefix("ERR ").unwrap_or(text);
        Reply::error(format!("EXECABORT Transaction discarded because of: {cause}"))
    }

    fn is_held(&self, conn: Conn, spec: &Spec) -> bool {
        let Some(session) = self.conns.get(&conn) else {
            return false;
        };
        let of_exec = |multi: &super::transaction::Multi| spec.name == "exec" && (multi.has('w') || multi.has('R'));
        let writes = spec.has('w') || spec.has('R') || session.multi.as_ref().is_some_and(of_exec);
        let pauses = self.node(session.node).paused.iter().flatten();
        pauses.clone().any(|&(until, kind)| until > self.now && (kind == PauseKind::All || writes))
    }

    fn queues(&mut self, conn: Conn, spec: &'static Spec, argv: &Argv) -> bool {
        let multi = self.conns.get_mut(&conn).and_then(|session| session.multi.as_mut());
        let Some(multi) = multi.filter(|_| !RUN_IN_MULTI.contains(&spec.name)) else {
            return false;
        };
        multi.commands.push((spec, argv.clone()));
        true
    }

    /// Runs one command that nothing refuses any more.
    pub(super) fn call(&mut self, conn: Conn, spec: &'static Spec, argv: Argv, transaction: Option<u64>) -> Reply {
        let Some(node) = self.conns.get(&conn).map(|session| session.node) else {
            return Reply::Nothing;
        };
        let now = self.now;
        let known = self
            .connection_command(conn, spec, &argv)
            .or_else(|| self.transaction_command(conn, spec, &argv))
            .or_else(|| self.pubsub_command(conn, spec, &argv))
            .or_else(|| self.blocking_command(conn, spec, &argv, transaction.is_none()))
            .or_else(|| self.server_command(conn, node, spec, &argv));
        let reply = match known {
            Some(reply) => reply,
            None => data::run(&mut self.node_mut(node).db, spec.name, &argv, now).unwrap_or_else(|| unknown(&argv)),
        };
        if self.conns.get(&conn).is_some_and(|session| session.blocked.is_none()) {
            self.settle(conn, argv, transaction, &reply);
        }
        reply
    }

    fn server_command(&mut self, conn: Conn, node: NodeId, spec: &Spec, argv: &Argv) -> Option<Reply> {
        Some(match spec.name {
            "eval" | "evalsha" => self.eval(conn, node, argv),
            "info" => self.info(node),
            "migrate" => self.migrate(node, argv),
            name if name.starts_with("script|") => self.script_command(node, argv),
            name if name.starts_with("acl|") => self.acl_command(conn, argv),
            name if name.starts_with("cluster|") => self.cluster_command(node, argv),
            name if name.starts_with("config|") => self.config_command(node, argv),
            _ => return None,
        })
    }

    /// A command has been executed: the log, the replicas, and those who watch or wait learn of it.
    pub(super) fn settle(&mut self, conn: Conn, argv: Argv, transaction: Option<u64>, reply: &Reply) {
        let Some(id) = self.conns.get(&conn).map(|session| session.node) else {
            return;
        };
        let node = self.node_mut(id);
        let touched = std::mem::take(&mut node.db.touched);
        let mut effects = std::mem::take(&mut node.effects);
        let wrote = !touched.is_empty();
        if wrote {
            if effects.is_empty() {
                effects.push(Effect::Run(argv.clone()));
            }
            self.record(id, effects, Some(self.log.len()));
            self.mark_watchers(id, &touched);
            self.node_mut(id).ready.extend(touched);
            let length = self.node(id).history.len();
            if let Some(session) = self.conns.get_mut(&conn) {
                session.last_write = length;
            }
        }
        let error = reply.failure().map(String::from);
        self.log.push(Executed { node: id, conn, at: self.now, argv, transaction, wrote, error });
    }
}

/// Why a command is not run.
enum Refusal {
    /// It is to go elsewhere, or nowhere.
    Redirect(Reply),
    Rejection(Reply),
}

const RUN_IN_MULTI: [&str; 6] = ["exec", "discard", "multi", "watch", "quit", "reset"];

const WHILE_BUSY: [&str; 9] = ["auth", "discard", "hello", "multi", "quit", "reset", "script|kill", "unwatch", "watch"];

const WHILE_SUBSCRIBED: [&str; 9] =
    ["ping", "subscribe", "ssubscribe", "unsubscribe", "sunsubscribe", "psubscribe", "punsubscribe", "quit", "reset"];

fn unknown(argv: &Argv) -> Reply {
    let shown = |word: &[u8]| String::from_utf8_lossy(&word[..word.len().min(128)]).into_owned();
    let mut arguments = String::new();
    for word in &argv[1..] {
        if arguments.len() >= 128 {
            break;
        }
        arguments.push_str(&format!("'{}' ", shown(word)));
    }
    Reply::error(format!("ERR unknown command '{}', with args beginning with: {arguments}", shown(&argv[0])))
}

fn no_subcommand(container: &Spec, argv: &Argv) -> Reply {
    let shown = String::from_utf8_lossy(&argv[1]);
    Reply::error(format!("ERR unknown subcommand '{shown}'. Try {} HELP.", container.name.to_uppercase()))
}
