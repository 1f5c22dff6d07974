//! The wire oracle: where each token has been.
//!
//! A proxy tells it of each connection what the client wrote, how far that was passed on to the server, what the server
//! answered and how far that was passed on to the client. From that it knows, for each *pass* of a token over a wire,
//! whether the server can have seen the whole command, and whether the client can know that it did not run.
//!
//! What stands between MULTI and EXEC runs by EXEC: its token passes once, leaves when EXEC does, and is answered by EXEC.
//!
//! The rule: a write may be on a wire again only if every earlier time it was refused before execution, or its last byte
//! never left the client, or the caller opted in.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::wire::{Request, Stream, Token, Value};

/// The codes by which a server says that a command did not run and may be sent again.
pub const REFUSALS: [&str; 11] = [
    "MOVED",
    "ASK",
    "TRYAGAIN",
    "CLUSTERDOWN",
    "MASTERDOWN",
    "LOADING",
    "READONLY",
    "BUSY",
    "NOAUTH",
    "UNBLOCKED",
    "EXECABORT",
];

/// One time that a token was on a wire.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Number of the node, as the rig counts them.
    pub node: usize,
    /// Number of the connection.
    pub conn: u64,
    /// Which request of the connection this was.
    pub place: u64,
    /// The command's name.
    pub name: String,
    /// Whether ASKING came right before it.
    pub asking: bool,
    /// Whether its last byte has left the client, and whether it was passed on to the server.
    pub left: bool,
    /// Whether all of it was passed on to the server.
    pub reached: bool,
    /// What the server answered.
    pub reply: Option<Value>,
    /// Order in which things happened: when it was seen.
    pub seen: u64,
    /// When all of its answer was passed on to the client.
    pub told: Option<u64>,
    /// The same in time, since the oracle began.
    pub at: Duration,
}

impl Pass {
    /// Refused before execution, and the client has been told so.
    pub fn is_refused_before(&self, seen: u64) -> bool {
        self.refusal().is_some() && self.told.is_some_and(|told| told < seen)
    }

    /// By which code it was refused before execution.
    pub fn refusal(&self) -> Option<&'static str> {
        let code = self.reply.as_ref().and_then(Value::error_code)?;
        REFUSALS.into_iter().find(|refusal| *refusal == code)
    }

    /// The server has run it for certain.
    pub fn has_run(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| reply.error_code().is_none())
    }
}

impl fmt::Display for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { node, conn, place, name, at, seen, .. } = self;
        let asking = if self.asking { "ASKING " } else { "" };
        write!(f, "[{:8.3}s #{seen}] node {node} conn {conn}.{place}: {asking}{name}", at.as_secs_f64())?;
        f.write_str(match (self.left, self.reached) {
            (false, _) => ", not all of it left the client",
            (true, false) => ", all of it left the client, not all of it reached the server",
            (true, true) => "",
        })?;
        match (&self.reply, self.told) {
            (None, _) => f.write_str(", no answer"),
            (Some(reply), None) => write!(f, ", answered {reply:?}, which the client was not told"),
            (Some(reply), Some(told)) => write!(f, ", answered {reply:?} (told #{told})"),
        }
    }
}

/// What all proxies have seen.
#[derive(Debug)]
pub struct Oracle {
    began: Instant,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    clock: u64,
    conns: u64,
    tokens: HashMap<Token, Vec<Pass>>,
    unproven: BTreeSet<usize>,
    odd: Vec<String>,
}

/// What all proxies have seen since somebody asked.
#[derive(Debug, Default)]
pub struct Taken {
    /// The passes of each token.
    pub passes: HashMap<Token, Vec<Pass>>,
    /// Nodes that would not end a connection which had been lost: what it has brought may still run.
    pub unproven: BTreeSet<usize>,
    /// What was no protocol.
    pub odd: Vec<String>,
}

/// A pass, by token and position.
type PassId = (Token, usize);

impl Default for Oracle {
    fn default() -> Self {
        Self { began: Instant::now(), seen: Mutex::default() }
    }
}

impl Oracle {
    /// Takes out everything seen since the last time.
    pub fn take(&self) -> Taken {
        let mut seen = self.seen();
        let Seen { tokens, unproven, odd, .. } = &mut *seen;
        Taken { passes: mem::take(tokens), unproven: mem::take(unproven), odd: mem::take(odd) }
    }

    /// A new connection to a node.
    pub fn connection(self: &Arc<Self>, node: usize) -> Conn {
        let mut seen = self.seen();
        seen.conns += 1;
        Conn {
            oracle: Arc::clone(self),
            node,
            number: seen.conns,
            requests: Stream::default(),
            replies: Stream::default(),
            place: 0,
            asking: false,
            transaction: None,
            queued: Vec::new(),
            to_server: VecDeque::new(),
            unanswered: VecDeque::new(),
            to_client: VecDeque::new(),
            replicates: false,
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn pass(&mut self, (token, at): PassId) -> Option<&mut Pass> {
        self.tokens.get_mut(&token)?.get_mut(at)
    }
}

/// What a request is, as far as transactions go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Alone,
    Multi,
    Queued,
    Exec,
    /// Of a connection that was lost.
    Kill,
}

/// Behind MULTI.
#[derive(Debug)]
struct Transaction {
    /// Whether ASKING came right before MULTI.
    asking: bool,
    passes: Vec<PassId>,
}

/// One connection, as its proxy sees it. What is on its way is told before it is passed on, so that nothing that follows
/// from it can be seen earlier.
#[derive(Debug)]
pub struct Conn {
    oracle: Arc<Oracle>,
    node: usize,
    number: u64,
    requests: Stream,
    replies: Stream,
    place: u64,
    asking: bool,
    /// The client has written MULTI and not yet EXEC.
    transaction: Option<Transaction>,
    /// What the server has answered to the commands since MULTI.
    queued: Vec<Value>,
    /// Read from the client, not yet passed on to the end: where they end.
    to_server: VecDeque<(u64, Vec<PassId>)>,
    /// Without an answer, in order.
    unanswered: VecDeque<(Role, Vec<PassId>)>,
    /// Answered, not yet passed on to the end.
    to_client: VecDeque<(u64, Vec<PassId>)>,
    replicates: bool,
}

impl Conn {
    /// Whether this is a replica's connection to its primary: no fault is meant for it.
    pub fn replicates(&self) -> bool {
        self.replicates
    }

    /// Commands with tokens that have been read from the client and have no answer.
    pub fn in_flight(&self) -> usize {
        self.unanswered.iter().map(|(_, passes)| passes.len().min(1)).sum()
    }

    /// The client wrote these bytes.
    pub fn requested(&mut self, bytes: &[u8]) {
        if self.replicates {
            return;
        }
        self.requests.feed(bytes);
        loop {
            match self.requests.request() {
                Ok(None) => return,
                Ok(Some(request)) => {
                    if let "REPLCONF" | "PSYNC" | "SYNC" = &*request.name {
                        self.replicates = true;
                        return;
                    }
                    let (role, passes) = self.request(&request);
                    self.place += 1;
                    self.asking = request.name == "ASKING";
                    self.to_server.push_back((request.end, passes.clone()));
                    self.unanswered.push_back((role, passes));
                }
                Err(what) => return self.odd(&what),
            }
        }
    }

    /// What a request is, and the passes that are answered by its reply.
    fn request(&mut self, request: &Request) -> (Role, Vec<PassId>) {
        match (&*request.name, self.transaction.take()) {
            ("MULTI", None) => {
                self.transaction = Some(Transaction { asking: self.asking, passes: Vec::new() });
                (Role::Multi, Vec::new())
            }
            ("DISCARD", Some(_)) => (Role::Queued, Vec::new()),
            ("EXEC", Some(Transaction { passes, .. })) => {
                let mut seen = self.oracle.seen();
                for &id in &passes {
                    if let Some(pass) = seen.pass(id) {
                        pass.left = true;
                    }
                }
                (Role::Exec, passes)
            }
            (_, Some(mut transaction)) => {
                if transaction.passes.is_empty() {
                    self.asking = transaction.asking;
                    transaction.passes = self.passes(request, false);
                }
                let is_of_it = |token| transaction.passes.iter().any(|(of_it, _)| of_it == token);
                if request.tokens.is_empty() || !request.tokens.iter().all(is_of_it) {
                    self.odd(&format!("{} {:?} in a transaction of others", request.name, request.tokens));
                }
                self.transaction = Some(transaction);
                // It is in flight with EXEC, which tells of it.
                (Role::Queued, Vec::new())
            }
            ("CLIENT KILL", None) => (Role::Kill, Vec::new()),
            (_, None) => (Role::Alone, self.passes(request, true)),
        }
    }

    /// So many bytes in total are being passed on to the server.
    pub fn passing_requests(&mut self, total: u64) {
        while self.to_server.front().is_some_and(|(end, _)| *end <= total) {
            let Some((_, passes)) = self.to_server.pop_front() else { return };
            let mut seen = self.oracle.seen();
            for id in passes {
                if let Some(pass) = seen.pass(id) {
                    pass.reached = true;
                }
            }
        }
    }

    /// The server wrote these bytes.
    pub fn answered(&mut self, bytes: &[u8]) {
        if self.replicates {
            return;
        }
        self.replies.feed(bytes);
        loop {
            match self.replies.reply() {
                Ok(None) => return,
                Ok(Some((None, _))) => {}
                Ok(Some((Some(reply), end))) => match self.unanswered.pop_front() {
                    Some((role, passes)) => {
                        let Some(reply) = self.reply(role, reply) else { continue };
                        let mut seen = self.oracle.seen();
                        for &id in &passes {
                            if let Some(pass) = seen.pass(id) {
                                pass.reply = Some(reply.clone());
                            }
                        }
                        drop(seen);
                        self.to_client.push_back((end, passes));
                    }
                    // Told at accept.
                    None if is_goodbye(&reply) => {}
                    None => return self.odd(&format!("an answer to nothing: {reply:?}")),
                },
                Err(what) => return self.odd(&what),
            }
        }
    }

    /// The reply that decides, if this one does.
    fn reply(&mut self, role: Role, reply: Value) -> Option<Value> {
        match role {
            Role::Alone => Some(reply),
            Role::Kill => {
                let is_over = |line: &str| line.starts_with("ERR No such client");
                if matches!(&reply, Value::Error(line) if !is_over(line)) {
                    self.oracle.seen().unproven.insert(self.node);
                }
                None
            }
            Role::Multi => {
                self.queued.clear();
                None
            }
            Role::Queued => {
                self.queued.push(reply);
                None
            }
            Role::Exec if reply.error_code().is_none() => Some(reply),
            Role::Exec => {
                let queued = mem::take(&mut self.queued);
                let has_run = |reply: &Value| reply.error_code().is_none() && *reply != Value::Text("QUEUED".into());
                if queued.iter().any(has_run) {
                    // MULTI was refused, and they have run by themselves.
                    return Some(Value::List(queued));
                }
                // Refused already where it was to be queued.
                Some(queued.into_iter().find(|reply| reply.error_code().is_some()).unwrap_or(reply))
            }
        }
    }

    /// So many bytes in total are being passed on to the client.
    pub fn passing_replies(&mut self, total: u64) {
        while self.to_client.front().is_some_and(|(end, _)| *end <= total) {
            let Some((_, passes)) = self.to_client.pop_front() else { return };
            let mut seen = self.oracle.seen();
            let now = seen.tick();
            for id in passes {
                if let Some(pass) = seen.pass(id) {
                    pass.told = Some(now);
                }
            }
        }
    }

    /// The connection is over: what has come of a command that is not whole was on the wire too.
    pub fn closed(&mut self) {
        if self.replicates {
            return;
        }
        let mut tokens = Token::find(self.requests.partial());
        let of_transaction = self.transaction.take().map_or_else(Vec::new, |transaction| transaction.passes);
        tokens.retain(|token| of_transaction.iter().all(|(of_it, _)| of_it != token));
        let cut = Request { name: "(cut)".into(), tokens, end: self.requests.total() };
        self.passes(&cut, false);
        self.unanswered.clear();
    }

    fn passes(&mut self, request: &Request, left: bool) -> Vec<PassId> {
        let at = self.oracle.began.elapsed();
        let mut seen = self.oracle.seen();
        let clock = seen.tick();
        let mut ids = Vec::new();
        for &token in &request.tokens {
            let passes = seen.tokens.entry(token).or_default();
            ids.push((token, passes.len()));
            passes.push(Pass {
                node: self.node,
                conn: self.number,
                place: self.place,
                name: request.name.clone(),
                asking: self.asking,
                left,
                reached: false,
                reply: None,
                seen: clock,
                told: None,
                at,
            });
        }
        ids
    }

    fn odd(&self, what: &str) {
        let text = format!("node {} conn {}: {what}", self.node, self.number);
        self.oracle.seen().odd.push(text);
    }
}

fn is_goodbye(reply: &Value) -> bool {
    matches!(reply, Value::Error(line) if line.starts_with("ERR max number of clients"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(token: Token) -> Vec<u8> {
        format!("*3\r\n$5\r\nRPUSH\r\n$1\r\nk\r\n$13\r\n{token}\r\n").into_bytes()
    }

    #[test]
    fn a_command_is_followed_to_the_server_and_its_answer_to_the_client() {
        let (oracle, token) = (Arc::new(Oracle::default()), Token::new(1));
        let mut conn = oracle.connection(3);
        let bytes = push(token);
        conn.requested(&bytes);
        conn.passing_requests(bytes.len() as u64 - 1);
        assert_eq!(conn.in_flight(), 1);
        conn.passing_requests(bytes.len() as u64);
        conn.answered(b":1\r\n");
        conn.passing_replies(3);
        assert_eq!(conn.in_flight(), 0);
        let Taken { passes, odd, .. } = oracle.take();
        let [pass] = &passes[&token][..] else { panic!("{passes:?}") };
        assert!(pass.left && pass.reached && pass.has_run() && pass.told.is_none() && odd.is_empty(), "{pass}");
    }

    #[test]
    fn a_refusal_counts_once_the_client_has_been_told() {
        let (oracle, token) = (Arc::new(Oracle::default()), Token::new(2));
        let mut conn = oracle.connection(0);
        conn.requested(&push(token));
        conn.answered(b"-MOVED 1 h:1\r\n");
        conn.requested(b"*1\r\n$6\r\nASKING\r\n");
        conn.requested(&push(token));
        conn.passing_replies(14);
        conn.requested(&push(token)[..30]);
        conn.closed();
        let passes = &oracle.take().passes[&token];
        assert!(!passes[0].is_refused_before(passes[1].seen) && passes[0].is_refused_before(u64::MAX));
        assert!(passes[1].asking && !passes[1].reached);
    }

    #[test]
    fn a_request_that_was_cut_has_not_left() {
        let (oracle, token) = (Arc::new(Oracle::default()), Token::new(3));
        let mut conn = oracle.connection(0);
        let bytes = push(token);
        conn.requested(&bytes[..bytes.len() - 1]);
        conn.closed();
        let passes = &oracle.take().passes[&token];
        assert!(!passes[0].left && !passes[0].reached, "{}", passes[0]);
    }

    /// A transaction of two commands, and what passes of its token when the server has answered this, unless it was cut.
    fn transaction(answer: &str, cut: usize) -> (Vec<Pass>, Vec<String>) {
        let (oracle, token) = (Arc::new(Oracle::default()), Token::new(4));
        let mut conn = oracle.connection(0);
        let mut bytes = b"*1\r\n$6\r\nASKING\r\n*1\r\n$5\r\nMULTI\r\n".to_vec();
        bytes.extend(push(token).repeat(2));
        bytes.extend(b"*1\r\n$4\r\nEXEC\r\n");
        bytes.truncate(bytes.len() - cut);
        conn.requested(&bytes);
        conn.passing_requests(bytes.len() as u64);
        conn.answered(format!("+OK\r\n{answer}").as_bytes());
        conn.passing_replies(5 + answer.len() as u64);
        conn.closed();
        let Taken { mut passes, odd, .. } = oracle.take();
        (passes.remove(&token).unwrap_or_default(), odd)
    }

    #[test]
    fn a_transaction_passes_once_and_is_answered_by_exec() {
        let one = |answer| {
            let (passes, odd) = transaction(answer, 0);
            let [pass] = &passes[..] else { panic!("{passes:?}") };
            assert!(
                pass.asking && pass.left && pass.reached && pass.told.is_some() && odd.is_empty(),
                "{pass} {odd:?}"
            );
            pass.clone()
        };
        let both = Some(Value::List(vec![Value::Int(1), Value::Int(2)]));
        let ran = one("+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n:1\r\n:2\r\n");
        assert!(ran.has_run() && ran.reply == both);
        let moved = one("+OK\r\n-MOVED 1 h:1\r\n-MOVED 1 h:1\r\n-EXECABORT Transaction discarded\r\n");
        assert_eq!(moved.refusal(), Some("MOVED"));
        let at_exec = one("+OK\r\n+QUEUED\r\n+QUEUED\r\n-EXECABORT Transaction discarded because of: LOADING\r\n");
        assert_eq!(at_exec.refusal(), Some("EXECABORT"));
        let alone = one("-NOPERM no MULTI\r\n:1\r\n:2\r\n-ERR EXEC without MULTI\r\n");
        assert!(alone.has_run() && alone.reply == both);
    }

    #[test]
    fn a_transaction_leaves_when_exec_does() {
        for cut in 1..50 {
            let (passes, odd) = transaction("", cut);
            let [pass] = &passes[..] else { panic!("{cut}: {passes:?}") };
            assert!(!pass.left && !pass.reached && odd.is_empty(), "{cut}: {pass} {odd:?}");
        }
    }

    #[test]
    fn a_command_in_the_transaction_of_another_is_odd() {
        let [mine, other] = [5, 6].map(Token::new);
        for intruder in [push(other), b"*2\r\n$3\r\nGET\r\n$1\r\nk\r\n".to_vec()] {
            let oracle = Arc::new(Oracle::default());
            let mut conn = oracle.connection(0);
            conn.requested(b"*1\r\n$5\r\nMULTI\r\n");
            conn.requested(&push(mine));
            conn.requested(&intruder);
            assert_eq!(oracle.take().odd.len(), 1);
        }
    }

    #[test]
    fn a_node_that_will_not_end_a_lost_connection_is_remembered() {
        let kill = b"*4\r\n$6\r\nclient\r\n$4\r\nkill\r\n$2\r\nID\r\n$1\r\n7\r\n";
        for (answer, unproven) in [(":1", vec![]), ("-ERR No such client", vec![]), ("-BUSY Redis is busy", vec![3])] {
            let oracle = Arc::new(Oracle::default());
            let mut conn = oracle.connection(3);
            conn.requested(kill);
            conn.answered(format!("{answer}\r\n").as_bytes());
            assert_eq!(Vec::from_iter(oracle.take().unproven), unproven, "{answer}");
        }
    }

    #[test]
    fn an_answer_to_nothing_is_odd_and_one_at_accept_is_not() {
        let oracle = Arc::new(Oracle::default());
        oracle.connection(0).answered(b"-ERR max number of clients reached\r\n");
        assert!(oracle.take().odd.is_empty());
        oracle.connection(0).answered(b"+OK\r\n");
        assert_eq!(oracle.take().odd.len(), 1);
    }
}
