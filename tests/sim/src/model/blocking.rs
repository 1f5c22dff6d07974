//! Commands that wait: BLPOP, BRPOP, BLMOVE, XREAD BLOCK, WAIT.

use super::{
    Argv, Conn, Event, Micros, Model, NodeId,
    collections::{move_between, pop_one},
    data::{Db, Value, is, syntax},
    replication::Effect,
    resp::Reply,
    spec::{Spec, slot_of},
    streams::Read,
};

/// A connection that waits.
#[derive(Clone, Debug)]
pub(super) struct Blocked {
    /// Rises with every wait: who came first is served first.
    pub(super) turn: u64,
    until: Option<Micros>,
    argv: Argv,
    wait: Wait,
}

#[derive(Clone, Debug)]
enum Wait {
    Pop { keys: Vec<Vec<u8>>, in_front: bool },
    Move { from: Vec<u8>, to: Vec<u8>, sides: [Vec<u8>; 2] },
    Read(Read),
    Replicas { wanted: usize, offset: usize },
}

impl Wait {
    fn keys(&self) -> Vec<&Vec<u8>> {
        match self {
            Self::Pop { keys, .. } => keys.iter().collect(),
            Self::Move { from, .. } => vec![from],
            Self::Read(read) => read.keys().collect(),
            Self::Replicas { .. } => Vec::new(),
        }
    }

    /// What it waits for, if that is there, and the command that does the same elsewhere.
    fn attempt(&self, db: &mut Db, now: Micros) -> Result<Option<(Reply, Option<Argv>)>, Reply> {
        match self {
            Self::Pop { keys, in_front } => {
                for key in keys {
                    if let Some(item) = pop_one(db, key, *in_front, now)? {
                        let name = if *in_front { "LPOP" } else { "RPOP" };
                        let effect = vec![name.into(), key.clone()];
                        return Ok(Some((Reply::bulks([key, &item]), Some(effect))));
                    }
                }
                Ok(None)
            }
            Self::Move { from, to, sides: [out, into] } => {
                let reply = move_between(db, from, to, out, into, now)?;
                let words = [&b"LMOVE"[..], from, to, out, into];
                Ok((reply != Reply::Null).then(|| (reply, Some(words.map(<[u8]>::to_vec).to_vec()))))
            }
            Self::Read(read) => Ok(read.run(db, now)?.map(|reply| (reply, None))),
            Self::Replicas { .. } => Ok(None),
        }
    }

    fn when_nothing_came(&self) -> Reply {
        match self {
            Self::Move { .. } | Self::Pop { .. } | Self::Read(_) => Reply::NullArray,
            Self::Replicas { .. } => Reply::Int(0),
        }
    }
}

impl Model {
    /// Runs one of these at once, or lets it wait: then the reply is [`Reply::Nothing`].
    pub(super) fn blocking_command(&mut self, conn: Conn, spec: &Spec, argv: &Argv, may_wait: bool) -> Option<Reply> {
        let node = self.conns.get(&conn)?.node;
        let now = self.now;
        let parsed = match spec.name {
            "blpop" | "brpop" => seconds(&argv[argv.len() - 1]).map(|span| {
                (Some(span), Wait::Pop { keys: argv[1..argv.len() - 1].to_vec(), in_front: spec.name == "blpop" })
            }),
            "blmove" if !argv[3..5].iter().all(|side| is(side, "LEFT") || is(side, "RIGHT")) => Err(syntax()),
            "blmove" => seconds(&argv[5]).map(|span| {
                let sides = [argv[3].clone(), argv[4].clone()];
                (Some(span), Wait::Move { from: argv[1].clone(), to: argv[2].clone(), sides })
            }),
            "xread" => Read::parse(&self.node(node).db, argv, now)
                .map(|read| (read.block.map(|ms| ms.saturating_mul(1_000)), Wait::Read(read))),
            "wait" => return Some(self.wait_command(conn, argv, may_wait)),
            _ => return None,
        };
        let (span, wait) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => return Some(error),
        };
        match wait.attempt(&mut self.node_mut(node).db, now) {
            Err(error) => return Some(error),
            Ok(Some((reply, effect))) => {
                self.node_mut(node).effects.extend(effect.map(Effect::Run));
                return Some(reply);
            }
            Ok(None) => {}
        }
        let Some(span) = span.filter(|_| may_wait) else {
            return Some(if spec.name == "blmove" { Reply::Null } else { wait.when_nothing_came() });
        };
        self.block(conn, argv, wait, span);
        Some(Reply::Nothing)
    }

    fn wait_command(&mut self, conn: Conn, argv: &Argv, may_wait: bool) -> Reply {
        let number = |word: &Vec<u8>| super::data::integer(word);
        let (wanted, ms) = match (number(&argv[1]), number(&argv[2])) {
            (Ok(wanted), Ok(ms)) => (wanted, ms),
            (Err(error), _) => return error,
            (_, Err(_)) => return Reply::error("ERR timeout is not an integer or out of range"),
        };
        let Ok(ms) = u64::try_from(ms) else {
            return Reply::error("ERR timeout is negative");
        };
        let Some(session) = self.conns.get(&conn) else {
            return Reply::Nothing;
        };
        let (node, offset) = (session.node, session.last_write);
        if self.node(node).primary().is_some() {
            return Reply::error(
                "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a replica is \
                 configured to be writable (which is not the default) writes to replicas are just local and are not \
                 propagated.",
            );
        }
        let wanted = usize::try_from(wanted).unwrap_or(0);
        let reached = self.replicas_with(node, offset);
        if reached >= wanted || !may_wait {
            return Reply::count(reached);
        }
        self.block(conn, argv, Wait::Replicas { wanted, offset }, ms.saturating_mul(1_000));
        Reply::Nothing
    }

    fn block(&mut self, conn: Conn, argv: &Argv, wait: Wait, span: Micros) {
        self.next_event += 1;
        let turn = self.next_event;
        let until = (span > 0).then(|| self.now.saturating_add(span));
        if let Some(session) = self.conns.get_mut(&conn) {
            session.blocked = Some(Blocked { turn, until, argv: argv.clone(), wait });
        }
        if span > 0 {
            self.after(span, Event::Timeout { conn, turn });
        }
    }

    /// Serves those who wait at a node for keys that have come, the longest waiting first.
    pub(super) fn serve_blocked(&mut self, node: NodeId) {
        loop {
            let ready = std::mem::take(&mut self.node_mut(node).ready);
            if ready.is_empty() {
                return;
            }
            let waits = |blocked: &Blocked| blocked.wait.keys().iter().any(|key| ready.contains(*key));
            for conn in self.blocked_at(node, waits) {
                self.try_blocked(conn);
            }
        }
    }

    fn try_blocked(&mut self, conn: Conn) {
        let Some(session) = self.conns.get(&conn) else {
            return;
        };
        let (node, now) = (session.node, self.now);
        let Some(Blocked { argv, wait, .. }) = session.blocked.clone() else {
            return;
        };
        // The key may have come as something else: who waits for a list goes on waiting.
        let of_type = |key: &&Vec<u8>| {
            matches!(
                (&wait, self.node(node).db.peek(key, now)),
                (_, None)
                    | (Wait::Pop { .. } | Wait::Move { .. }, Some(Value::List(_)))
                    | (Wait::Read(_), Some(Value::Stream(_)))
            )
        };
        if !wait.keys().iter().all(of_type) && !matches!(wait, Wait::Pop { .. }) {
            return;
        }
        let mut wait_for = wait.clone();
        if let Wait::Pop { keys, .. } = &mut wait_for {
            keys.retain(|key| of_type(&key));
        }
        let reply = match wait_for.attempt(&mut self.node_mut(node).db, now) {
            Ok(None) => return,
            Ok(Some((reply, effect))) => {
                self.node_mut(node).effects.extend(effect.map(Effect::Run));
                reply
            }
            Err(error) => error,
        };
        self.settle(conn, argv, None, &reply);
        self.release(conn, &reply);
    }

    /// A wait that has come to its end.
    pub(super) fn timed_out(&mut self, conn: Conn, turn: u64) {
        let Some(session) = self.conns.get(&conn) else {
            return;
        };
        let Some(blocked) = session.blocked.clone().filter(|blocked| blocked.turn == turn) else {
            return;
        };
        if self.node(session.node).frozen {
            return;
        }
        let reply = match blocked.wait {
            Wait::Replicas { offset, .. } => Reply::count(self.replicas_with(session.node, offset)),
            Wait::Pop { .. } | Wait::Move { .. } | Wait::Read(_) => blocked.wait.when_nothing_came(),
        };
        self.settle(conn, blocked.argv, None, &reply);
        self.release(conn, &reply);
    }

    /// Waits that ended while the node was frozen.
    pub(super) fn time_out_overdue(&mut self, node: NodeId) {
        let now = self.now;
        for conn in self.blocked_at(node, |blocked| blocked.until.is_some_and(|until| until <= now)) {
            let turn = self.conns.get(&conn).and_then(|session| session.blocked.as_ref()).map(|blocked| blocked.turn);
            if let Some(turn) = turn {
                self.timed_out(conn, turn);
            }
        }
    }

    /// WAIT, after replicas have come nearer.
    pub(super) fn replicas_advanced(&mut self, node: NodeId) {
        for conn in self.blocked_at(node, |blocked| matches!(blocked.wait, Wait::Replicas { .. })) {
            let Some(blocked) = self.conns.get(&conn).and_then(|session| session.blocked.clone()) else {
                continue;
            };
            let Wait::Replicas { wanted, offset } = blocked.wait else {
                continue;
            };
            let reached = self.replicas_with(node, offset);
            if reached >= wanted {
                let reply = Reply::count(reached);
                self.settle(conn, blocked.argv, None, &reply);
                self.release(conn, &reply);
            }
        }
    }

    /// The server looks after those whose slot is no longer served here: they are sent on.
    pub(super) fn redirect_blocked(&mut self, node: NodeId) {
        if !self.node(node).running || self.node(node).frozen {
            return;
        }
        for conn in self.blocked_at(node, |_| true) {
            let Some(session) = self.conns.get(&conn) else {
                continue;
            };
            let Some(blocked) = &session.blocked else {
                continue;
            };
            let keys = blocked.wait.keys();
            let Some(slot) = keys.first().map(|key| slot_of(key)) else {
                continue;
            };
            let here = self.node(node);
            let owner = here.view.owner(slot);
            let read_here = session.readonly && owner.is_some() && owner == here.primary();
            let refusal = if !self.is_healthy(node) {
                Reply::error("CLUSTERDOWN The cluster is down")
            } else if owner == Some(node) || here.importing.contains_key(&slot) || read_here {
                continue;
            } else {
                match owner {
                    None => Reply::error("CLUSTERDOWN Hash slot not served"),
                    Some(owner) => Reply::error(format!("MOVED {slot} {}", self.told_address(node, owner))),
                }
            };
            self.release(conn, &refusal);
        }
    }

    /// The node has become a replica: nobody waits there, and everybody who did is sent away.
    pub(super) fn unblock_all(&mut self, node: NodeId) {
        let text = "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)";
        for conn in self.blocked_at(node, |_| true) {
            if let Some(session) = self.conns.get_mut(&conn) {
                session.blocked = None;
                session.say(&Reply::error(text));
                session.open = false;
            }
        }
    }

    /// The reply of a command that waited; what came behind it may go on.
    fn release(&mut self, conn: Conn, reply: &Reply) {
        if let Some(session) = self.conns.get_mut(&conn) {
            session.blocked = None;
            session.say(reply);
            self.runnable.push_back(conn);
        }
    }

    fn blocked_at(&self, node: NodeId, wanted: impl Fn(&Blocked) -> bool) -> Vec<Conn> {
        let here = self.conns.iter().filter(|(_, session)| session.node == node && session.open);
        let blocked = here.filter_map(|(conn, session)| Some((session.blocked.as_ref()?, *conn)));
        let mut found: Vec<_> =
            blocked.filter(|(blocked, _)| wanted(blocked)).map(|(blocked, conn)| (blocked.turn, conn)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, conn)| conn).collect()
    }
}

/// A timeout in seconds, with a fraction.
fn seconds(word: &[u8]) -> Result<Micros, Reply> {
    let number = std::str::from_utf8(word).ok().and_then(|text| text.parse::<f64>().ok());
    let number = number.filter(|number| number.is_finite() && *number < 1e9);
    let number = number.ok_or_else(|| Reply::error("ERR timeout is not a float or out of range"))?;
    if number < 0.0 {
        return Err(Reply::error("ERR timeout is negative"));
    }
    // A second has few enough parts that a Duration holds them exactly.
    let span = std::time::Duration::from_secs_f64(number);
    Ok(Micros::try_from(span.as_micros()).unwrap_or(Micros::MAX))
}
