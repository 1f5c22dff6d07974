//! What the callers do: pipelines of writes and reads over keys of every kind, one after the other, until told to stop.
//!
//! Most keys have one writer, so that the order in which they were written is known: a caller waits for a pipeline's
//! outcomes before it begins the next. Every write has a token ([`crate::wire`]). What was issued and what was told about
//! it is the history that [`crate::check`] judges.
//!
//! What is atomic is written by MSET, by scripts, and by transactions: two commands between MULTI and EXEC with one token,
//! which end together and so are one thing issued.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};

use crate::{
    hosts::{Batch, Host, Told},
    random::Random,
    wire::{Token, Value},
};

/// Callers that run pipelines.
pub const CALLERS: u64 = 16;
/// Callers that wait at queues.
pub const CONSUMERS: u64 = 3;
/// Queues.
const QUEUES: u64 = 4;
/// How long after its deadline a command may take to be told.
pub const SLACK: Duration = Duration::from_secs(4);

/// What a key holds, and so how its writes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// RPUSH of tokens, by one caller.
    List,
    /// RPUSH of tokens, by all.
    SharedList,
    /// APPEND of tokens and a comma.
    Text,
    /// INCRBY of tokens.
    Counter,
    /// XADD of tokens as a field's value.
    Stream,
    /// SET of tokens.
    Register,
    /// SET of tokens by calls that say that they may run twice.
    Idempotent,
    /// MSET of one token to two keys of a slot.
    Pair,
    /// A script that pushes one token to two lists of a slot.
    ScriptPair,
    /// MULTI, RPUSH of one token to each of two lists of a slot, EXEC.
    Transaction,
    /// RPUSH of tokens, for consumers.
    Queue,
    /// BLPOP at a queue; the token is in the timeout.
    Pop,
    /// GET of a register.
    Read,
}

impl Kind {
    /// As which kind of key what it wrote is found; a read says nothing of that.
    pub const fn stored(self) -> Option<Self> {
        match self {
            Self::Read => None,
            Self::Pop => Some(Self::Queue),
            Self::List
            | Self::SharedList
            | Self::Text
            | Self::Counter
            | Self::Stream
            | Self::Register
            | Self::Idempotent
            | Self::Pair
            | Self::ScriptPair
            | Self::Transaction
            | Self::Queue => Some(self),
        }
    }

    /// Whether a second key is to hold the same.
    pub const fn has_twin(self) -> bool {
        matches!(self, Self::Pair | Self::ScriptPair | Self::Transaction)
    }
}

/// One command and what became of it.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Its own; a read has none.
    pub token: Option<Token>,
    /// What it does.
    pub kind: Kind,
    /// To which key (the first of a pair).
    pub key: String,
    /// Who.
    pub caller: u64,
    /// Its place in the caller's order.
    pub place: u64,
    /// When, since the cycle began.
    pub at: Duration,
    /// How it ended.
    pub told: Told,
}

/// What callers share.
pub struct Work {
    /// The client under test.
    pub host: Arc<dyn Host>,
    /// First word of every key.
    pub prefix: String,
    /// How many commands of a pipeline the client has under way at least: the others' time begins when they are.
    pub window: u32,
    /// When the cycle began.
    pub began: Instant,
    /// No new pipelines.
    pub stop: AtomicBool,
    /// Numbers of tokens; goes on through all cycles.
    pub tokens: Arc<AtomicU64>,
}

/// A caller's commands over its own keys and the shared ones.
struct Caller {
    work: Arc<Work>,
    number: u64,
    random: Random,
    place: u64,
    history: Vec<Issued>,
}

/// Runs pipelines until told to stop; says what happened.
pub async fn call(work: Arc<Work>, number: u64, random: Random) -> Vec<Issued> {
    let mut caller = Caller { work, number, random, place: 0, history: Vec::new() };
    while !caller.work.stop.load(Ordering::Relaxed) {
        caller.pipeline().await;
        let pause = caller.random.below(3_000);
        sleep(Duration::from_micros(pause)).await;
    }
    caller.history
}

/// Pops from queues until told to stop; says what happened.
pub async fn consume(work: Arc<Work>, number: u64, random: Random) -> Vec<Issued> {
    let mut caller = Caller { work, number, random, place: 0, history: Vec::new() };
    while !caller.work.stop.load(Ordering::Relaxed) {
        let token = caller.token();
        let queue = caller.random.below(QUEUES);
        let key = caller.queue_of(queue);
        let fraction = caller.random.between(0, 1);
        let words = ["BLPOP", &key, &format!("{fraction}.{token}")].map(String::from).to_vec();
        // The deadline of a blocking command is its own timeout and a second.
        let cancel_after = caller.patience(10, 500);
        caller.run(vec![(Some(token), Kind::Pop, key, words)], Duration::from_secs(3), false, cancel_after).await;
    }
    caller.history
}

/// One write of every kind to the caller's keys, which must succeed: the cluster is whole again.
pub async fn last_round(work: Arc<Work>, number: u64, random: Random, place: u64) -> Vec<Issued> {
    let mut caller = Caller { work, number, random, place, history: Vec::new() };
    let kinds = [Kind::List, Kind::SharedList, Kind::Text, Kind::Counter, Kind::Stream, Kind::Register, Kind::Pair];
    let commands = kinds.into_iter().chain([Kind::ScriptPair, Kind::Queue]).map(|kind| caller.write(kind)).collect();
    caller.run(commands, Duration::from_secs(10), false, None).await;
    caller.transaction(Duration::from_secs(10), None).await;
    caller.history
}

type Command = (Option<Token>, Kind, String, Vec<String>);

const SCRIPT: &str = "redis.call('RPUSH', KEYS[1], ARGV[1]) return redis.call('RPUSH', KEYS[2], ARGV[1])";

/// Keys of a cycle, enough of them to say where its slots are.
pub fn keys(prefix: &str) -> Vec<String> {
    let own = (0..CALLERS).flat_map(|number| {
        let kinds = [Kind::List, Kind::Text, Kind::Counter, Kind::Stream, Kind::Register];
        let plain = kinds.map(|kind| format!("{prefix}:{number}:{kind:?}:0"));
        let pairs =
            [Kind::Pair, Kind::ScriptPair, Kind::Transaction].map(|kind| format!("{prefix}:{{{number}:{kind:?}:0}}"));
        plain.into_iter().chain(pairs).chain([format!("{prefix}:{{{number}}}")])
    });
    let shared = (0..3).flat_map(|place| [format!("{prefix}:all:list:{place}"), format!("{prefix}:queue:{place}")]);
    own.chain(shared).collect()
}

/// The second key of a pair.
pub fn twin(key: &str) -> String {
    format!("{key}:twin")
}

impl Caller {
    async fn pipeline(&mut self) {
        let deadline = Duration::from_millis(*self.random.pick(&[500, 2_000, 2_000, 5_000]));
        if self.random.percent(8) {
            let count = self.random.between(1, 6);
            let commands = (0..count).map(|_| self.write(Kind::Idempotent)).collect();
            return self.run(commands, deadline, true, None).await;
        }
        if self.random.percent(15) {
            let cancel_after = self.patience(4, 20);
            return self.transaction(deadline, cancel_after).await;
        }
        let count = if self.random.percent(30) { 1 } else { self.random.between(2, 40) };
        let commands = (0..count).map(|_| self.any()).collect();
        let cancel_after = self.patience(4, 20);
        self.run(commands, deadline, false, cancel_after).await;
    }

    /// Some callers do not wait for the end.
    fn patience(&mut self, percent: u64, most_ms: u64) -> Option<Duration> {
        let gives_up = self.random.percent(percent);
        gives_up.then(|| Duration::from_millis(self.random.below(most_ms)))
    }

    fn any(&mut self) -> Command {
        const KINDS: [Kind; 12] = [
            Kind::List,
            Kind::List,
            Kind::SharedList,
            Kind::Text,
            Kind::Counter,
            Kind::Stream,
            Kind::Register,
            Kind::Register,
            Kind::Pair,
            Kind::ScriptPair,
            Kind::Queue,
            Kind::Read,
        ];
        let kind = *self.random.pick(&KINDS);
        if kind == Kind::Read {
            let key = self.key(Kind::Register);
            return (None, Kind::Read, key.clone(), vec!["GET".into(), key]);
        }
        self.write(kind)
    }

    fn write(&mut self, kind: Kind) -> Command {
        let token = self.token();
        let key = self.key(kind);
        let text = token.to_string();
        let words: Vec<&str> = match kind {
            Kind::List | Kind::SharedList | Kind::Queue => vec!["RPUSH", &key, &text],
            Kind::Text => vec!["APPEND", &key, &text],
            Kind::Counter => vec!["INCRBY", &key, &text],
            Kind::Stream => vec!["XADD", &key, "*", "token", &text],
            Kind::Register | Kind::Idempotent => vec!["SET", &key, &text],
            Kind::Pair => {
                return (
                    Some(token),
                    kind,
                    key.clone(),
                    ["MSET", &key, &text, &twin(&key), &text].map(String::from).to_vec(),
                );
            }
            Kind::ScriptPair => {
                let words = ["EVAL", SCRIPT, "2", &key, &twin(&key), &text].map(String::from).to_vec();
                return (Some(token), kind, key, words);
            }
            Kind::Transaction | Kind::Pop | Kind::Read => Vec::new(),
        };
        let mut words: Vec<String> = words.into_iter().map(String::from).collect();
        if kind == Kind::Text {
            words[2].push(',');
        }
        // Some are so large that they are cut on their way.
        if matches!(kind, Kind::List | Kind::SharedList) && self.random.percent(5) {
            let padding = self.random.between(1_000, 40_000);
            words[2].push_str(&":".repeat(usize::try_from(padding).unwrap_or(0)));
        }
        (Some(token), kind, key, words)
    }

    fn key(&mut self, kind: Kind) -> String {
        let Self { work, number, random, .. } = self;
        let prefix = &work.prefix;
        match kind {
            Kind::SharedList => format!("{prefix}:all:list:{}", random.below(3)),
            Kind::Queue | Kind::Pop => self.queue(),
            Kind::Pair | Kind::ScriptPair | Kind::Transaction => {
                format!("{prefix}:{{{number}:{kind:?}:{}}}", random.below(2))
            }
            // A slot that they share: order is asked for per key, and neighbours are redirected together.
            Kind::List | Kind::Text if random.percent(50) => format!("{prefix}:{{{number}}}:{kind:?}"),
            Kind::List | Kind::Text | Kind::Counter | Kind::Stream | Kind::Register | Kind::Idempotent | Kind::Read => {
                format!("{prefix}:{number}:{kind:?}:{}", random.below(2))
            }
        }
    }

    fn queue(&mut self) -> String {
        // The last is empty more often than not: whoever pops there waits.
        let queue = if self.random.percent(3) { QUEUES - 1 } else { self.random.below(QUEUES - 1) };
        self.queue_of(queue)
    }

    fn queue_of(&self, queue: u64) -> String {
        format!("{}:queue:{queue}", self.work.prefix)
    }

    fn token(&self) -> Token {
        Token::new(self.work.tokens.fetch_add(1, Ordering::Relaxed))
    }

    async fn run(
        &mut self,
        commands: Vec<Command>,
        deadline: Duration,
        idempotent: bool,
        cancel_after: Option<Duration>,
    ) {
        let at = self.work.began.elapsed();
        let words = commands.iter().map(|(_, _, _, words)| words.clone()).collect();
        let told = self.tell(Batch { commands: words, deadline, idempotent, atomic: false, cancel_after }).await;
        for ((token, kind, key, _), told) in commands.into_iter().zip(told) {
            self.issued(token, kind, key, at, told);
        }
    }

    /// Two commands that run together or not at all.
    async fn transaction(&mut self, deadline: Duration, cancel_after: Option<Duration>) {
        let at = self.work.began.elapsed();
        let (token, key) = (self.token(), self.key(Kind::Transaction));
        let push = |key: &str| ["RPUSH", key, &token.to_string()].map(String::from).to_vec();
        let commands = vec![push(&key), push(&twin(&key))];
        let told = self.tell(Batch { commands, deadline, idempotent: false, atomic: true, cancel_after }).await;
        self.issued(Some(token), Kind::Transaction, key, at, united(told));
    }

    /// An outcome for each command of a batch, whatever the client says.
    async fn tell(&self, batch: Batch) -> Vec<Told> {
        let count = batch.commands.len();
        let turns = 1 + u32::try_from(count).unwrap_or(u32::MAX) / self.work.window;
        match timeout(batch.deadline * turns + SLACK, self.work.host.run(batch)).await {
            Ok(told) if told.len() == count => told,
            Ok(told) => vec![Told::Odd(format!("{} outcomes for {count} commands", told.len())); count],
            Err(_) => vec![Told::Hanging; count],
        }
    }

    fn issued(&mut self, token: Option<Token>, kind: Kind, key: String, at: Duration, told: Told) {
        self.place += 1;
        let (caller, place) = (self.number, self.place);
        self.history.push(Issued { token, kind, key, caller, place, at, told });
    }
}

/// How a transaction ended, by the ends of its commands: all have run, or none has, or nobody knows of any.
fn united(told: Vec<Told>) -> Told {
    let is = |which: fn(&Told) -> bool| told.iter().all(which);
    let has_no_effect = |told: &Told| matches!(told, Told::NotExecuted(_) | Told::Error(_, false));
    if is(|told| matches!(told, Told::Reply(_))) {
        let reply = |told| if let Told::Reply(value) = told { Some(value) } else { None };
        return Told::Reply(Value::List(told.into_iter().filter_map(reply).collect()));
    }
    if is(|told| matches!(told, Told::Unknown(_))) || is(|told| matches!(told, Told::Hanging)) {
        return told.into_iter().next().unwrap_or(Told::Hanging);
    }
    if told.iter().all(has_no_effect) {
        // The command that the server did not like is why none of them ran.
        let why = told.iter().position(|told| matches!(told, Told::Error(..))).unwrap_or(0);
        return told.into_iter().nth(why).unwrap_or(Told::Hanging);
    }
    Told::Odd(format!("the commands of a transaction ended apart: {told:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_a_transaction_end_together() {
        let (ran, lost) = (Told::Reply(Value::Int(1)), Told::Unknown("lost".into()));
        let (refused, oom) = (Told::NotExecuted("EXECABORT".into()), Told::Error("OOM x".into(), false));
        let both = Told::Reply(Value::List(vec![Value::Int(1), Value::Int(1)]));
        assert_eq!(united(vec![ran.clone(), ran.clone()]), both);
        assert_eq!(united(vec![lost.clone(), lost.clone()]), lost);
        assert_eq!(united(vec![refused.clone(), refused.clone()]), refused);
        assert_eq!(united(vec![refused.clone(), oom.clone()]), oom);
        for apart in [vec![ran.clone(), lost.clone()], vec![ran, refused.clone()], vec![lost, refused]] {
            assert!(matches!(united(apart), Told::Odd(_)));
        }
    }
}
