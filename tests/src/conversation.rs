//! Conversations: what a core and its servers say to each other, as text that a person can read.
//!
//! A file holds several. Each begins with `== its name, a sentence` and `rule: ` with the rule that it would break, as
//! `tests/conversations/RULES` has it; then come lines, one verb each. `#` begins a comment. Before anything happens:
//!
//! | line | meaning |
//! |---|---|
//! | `config window=3 seeds=7001,7002` | options of [`slotpipe_core::config::Config`], see [`setup`] |
//! | `map 7001+7004 0-8191, 7002 8192-16383, 7003 -` | owners (`+` replicas, `-` no slots, `epoch 2` and `moving 866` behind the slots); else thirds on 7001 to 7003 |
//! | `cold` | the first line happens to a core that knows its seeds only |
//! | `credentials user:password` | given with every connection; the password must be seen nowhere but on the wire |
//! | `clock 4294967290` | microseconds when it begins; else 1,000,000 |
//!
//! What happens (`map`, too, may come again: the servers have changed their minds):
//!
//! | line | meaning |
//! |---|---|
//! | `submit [retry=idempotent deadline=50] GET foo \| SET bar "1 2"` | words as in redis-cli; `raw` before bytes that are no words |
//! | `read order 7001: 7005 7004, 7002: 7006` | who answers the reads of shards, by their primaries |
//! | `authenticate 7001 user:password` | that connection, anew |
//! | `cancel 0-3` | the caller does not want these tickets any more |
//! | `7001 says +OK\r\n` | replies, pushes or garbage; `3x` in front says it three times; `7001#2` is the second connection to that node |
//! | `7001 breaks` | the connection is gone, all that was handed over may have left |
//! | `7001 breaks after 2 -1` | ... all up to the end of the second unanswered command, less one byte |
//! | `7001 breaks with 9007199254740991` | ... so many bytes, says the host |
//! | `7002 refuses`, `7002 accepts` | whether new connections to it come to be |
//! | `7002 believes 7001 0-16383` | a map of its own |
//! | `wait 20ms` | time passes; the core is woken when it asked to be |
//! | `by hand HELLO, CLUSTER` | from now on the lines below answer these commands, else the network does |
//! | `standalone` | the servers are no cluster |
//!
//! What must have come of it (`...` stands for any text):
//!
//! | line | meaning |
//! |---|---|
//! | `sent 7001: GET foo \| GET bar` | all that this connection was sent since it was last looked at, or `nothing` |
//! | `answer 0: "bar"`, `answers 0-9: +OK` | how tickets ended, as [`crate::script::show`] tells it |
//! | `open 0-3` | tickets not answered yet |
//! | `refused ARITY 2 (MSET): ...`, `full` | what became of the last submit, where that is no number |
//! | `note NodeDown 7002: ...`, `no note Ready` | since notes were last looked at |
//! | `dialled 7002 7003`, `dialled nobody` | since dials were last looked at |
//! | `hung up 7001` | the core closed this connection |
//! | `push 7001: ["invalidate", null]` | the next push |
//! | `stats moved=1 ask=0` | counters |
//! | `explain [route=all] MGET a b \| GET c` | asks what `submit` would do; the line behind it tells |
//! | `plan 1 GET: ...` | what `explain` said of the command at 1: route, merge, and each part with its slot, node and keys |
//!
//! At the end everything that was sent has been looked at, every ticket is known, and nothing is open inside; a
//! conversation that ends otherwise on purpose says `left open`.

mod play;
mod read;
pub mod setup;

pub use self::{
    play::play,
    read::{Conversation, Line, all, read, rules},
};
