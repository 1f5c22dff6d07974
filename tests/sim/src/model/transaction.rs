//! MULTI, EXEC, DISCARD, WATCH.

use super::{Argv, Conn, Model, data::Key, resp::Reply, spec::Spec};

/// A transaction that is being told.
#[derive(Clone, Debug, Default)]
pub(super) struct Multi {
    pub(super) commands: Vec<(&'static Spec, Argv)>,
    /// A command was refused: EXEC will be too.
    pub(super) failed: bool,
}

impl Multi {
    pub(super) fn has(&self, flag: char) -> bool {
        self.commands.iter().any(|(spec, _)| spec.has(flag))
    }
}

impl Model {
    pub(super) fn transaction_command(&mut self, conn: Conn, spec: &Spec, argv: &Argv) -> Option<Reply> {
        let session = self.conns.get_mut(&conn)?;
        Some(match spec.name {
            "multi" if session.multi.is_some() => Reply::error("ERR MULTI calls can not be nested"),
            "multi" => {
                session.multi = Some(Multi::default());
                Reply::ok()
            }
            "discard" if session.multi.is_none() => Reply::error("ERR DISCARD without MULTI"),
            "discard" => {
                self.discard(conn);
                Reply::ok()
            }
            "watch" if session.multi.is_some() => Reply::error("ERR WATCH inside MULTI is not allowed"),
            "watch" => {
                session.watched.extend(argv[1..].iter().cloned());
                Reply::ok()
            }
            "unwatch" => {
                session.watched.clear();
                session.dirty = false;
                Reply::ok()
            }
            "exec" => self.exec(conn),
            _ => return None,
        })
    }

    pub(super) fn discard(&mut self, conn: Conn) {
        if let Some(session) = self.conns.get_mut(&conn) {
            session.multi = None;
            session.watched.clear();
            session.dirty = false;
        }
    }

    /// A refused command spoils the transaction that it was meant for.
    pub(super) fn spoil(&mut self, conn: Conn) {
        if let Some(multi) = self.conns.get_mut(&conn).and_then(|session| session.multi.as_mut()) {
            multi.failed = true;
        }
    }

    fn exec(&mut self, conn: Conn) -> Reply {
        let Some(session) = self.conns.get_mut(&conn) else {
            return Reply::Nothing;
        };
        let Some(multi) = session.multi.clone() else {
            return Reply::error("ERR EXEC without MULTI");
        };
        let dirty = session.dirty;
        if multi.failed || dirty {
            self.discard(conn);
            return if multi.failed {
                Reply::error("EXECABORT Transaction discarded because of previous errors.")
            } else {
                Reply::NullArray
            };
        }
        // Watched keys are let go first: the transaction does not stumble over itself.
        if let Some(session) = self.conns.get_mut(&conn) {
            session.watched.clear();
        }
        self.transactions += 1;
        let number = self.transactions;
        let run = |(spec, argv): (&'static Spec, Argv)| match self.forbidden(conn, spec, &argv) {
            Some(refusal) => no_longer(refusal),
            None => self.call(conn, spec, argv, Some(number)),
        };
        let replies = multi.commands.into_iter().map(run).collect();
        self.discard(conn);
        Reply::Array(replies)
    }

    /// Tells those who watch.
    pub(super) fn mark_watchers(&mut self, node: super::NodeId, touched: &[Key]) {
        for session in self.conns.values_mut().filter(|session| session.node == node && !session.watched.is_empty()) {
            session.dirty |= touched.iter().any(|key| session.watched.contains(key));
        }
    }
}

/// NOPERM for a command that was allowed when it was queued.
fn no_longer(refusal: Reply) -> Reply {
    let Reply::Error(text) = refusal else {
        return refusal;
    };
    let reason = match () {
        () if text.contains("keys") => "no permission to touch the specified keys",
        () if text.contains("channels") => {
            "no permission to access one of the channels used as arguments to the command"
        }
        () => "no permission to execute the command or subcommand",
    };
    Reply::error(format!(
        "NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC call. This command is \
         no longer allowed for the following reason: {reason}"
    ))
}
