//! The commands of a workload and the digest of their replies: the same as in node/workload.mjs, so that every client is
//! given the same commands and must give the same replies.

use std::iter;

use serde::Deserialize;
use serde_json::{Value as Json, json};

/// One command, its name first.
pub(crate) type Command = Vec<String>;

/// What is sent.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Work {
    pub(crate) kind: Kind,
    /// Commands per batch.
    pub(crate) count: usize,
    /// Bytes of a value.
    pub(crate) size: usize,
    /// Single calls, so many at a time, instead of a pipeline.
    pub(crate) in_flight: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Get,
    Set,
    Mix,
}

/// A reply as an application keeps it: texts are strings of its own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reply {
    Null,
    Int(i64),
    Text(String),
    List(Vec<Reply>),
    Map(Vec<(String, String)>),
}

/// The replies of a batch: where all are texts, as texts.
#[derive(Debug)]
pub(crate) enum Replies {
    Texts(Vec<String>),
    Trees(Vec<Reply>),
}

impl Replies {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Trees(trees) => trees.len(),
        }
    }

    pub(crate) fn last_text(&self) -> Option<&str> {
        match self {
            Self::Texts(texts) => texts.last().map(String::as_str),
            Self::Trees(trees) => match trees.last() {
                Some(Reply::Text(text)) => Some(text),
                Some(Reply::Null | Reply::Int(_) | Reply::List(_) | Reply::Map(_)) | None => None,
            },
        }
    }

    /// FNV-1a over one canonical form, in which a hash is its sorted pairs; and how long that form is.
    pub(crate) fn digest(&self) -> String {
        let all = match self {
            Self::Texts(texts) => json!(texts),
            Self::Trees(trees) => trees.iter().map(canonical).collect(),
        };
        let text = all.to_string();
        let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{hash:08x}/{}", text.len())
    }
}

/// As JSON, a hash as its sorted pairs.
pub(crate) fn canonical(reply: &Reply) -> Json {
    match reply {
        Reply::Null => Json::Null,
        Reply::Int(value) => json!(value),
        Reply::Text(text) => json!(text),
        Reply::List(items) => items.iter().map(canonical).collect(),
        Reply::Map(pairs) => {
            let mut pairs = pairs.clone();
            pairs.sort();
            json!(pairs)
        }
    }
}

const NAMES: [&str; 9] = ["GET", "SET", "INCR", "HSET", "HGETALL", "LPUSH", "LRANGE", "ZADD", "MGET"];

/// The value that is kept at key `at`: each another one.
pub(crate) fn value(at: usize, size: usize) -> String {
    let mut text = format!("{at}:");
    text.extend(iter::repeat_n('v', size.saturating_sub(text.len())));
    text
}

/// The commands of a batch.
pub(crate) fn commands(work: &Work) -> Vec<Command> {
    let name = |at: usize| match work.kind {
        Kind::Get => "GET",
        Kind::Set => "SET",
        Kind::Mix => NAMES[at % NAMES.len()],
    };
    (0..work.count).map(|at| command(name(at), work, at)).collect()
}

/// What makes keys before a workload: those that it reads, and none of those whose replies depend on what was there.
pub(crate) fn fill(work: &Work) -> Vec<Command> {
    let mut commands = Vec::new();
    for at in 0..work.count {
        commands.push(command("SET", work, at));
        if work.kind != Kind::Mix {
            continue;
        }
        let text = value(at, work.size);
        let key = |prefix| key(prefix, work, at);
        commands.push(vec!["DEL".into(), key("n")]);
        commands.push(vec!["DEL".into(), key("p")]);
        commands.push(vec!["DEL".into(), key("l")]);
        commands.push([vec!["RPUSH".into(), key("l")], vec![text.clone(); 10]].concat());
        let fields = (0..4).flat_map(|field| [format!("f{field}"), text.clone()]);
        commands.push(["HSET".into(), key("h")].into_iter().chain(fields).collect());
        commands.push(vec!["ZADD".into(), key("z"), "1".into(), "member".into()]);
    }
    commands
}

fn key(prefix: &str, work: &Work, at: usize) -> String {
    format!("{prefix}:{}:{}", work.size, at % work.count)
}

fn command(name: &str, work: &Work, at: usize) -> Command {
    let key = |prefix, at| key(prefix, work, at);
    let text = || value(at, work.size);
    let args = match name {
        "GET" => vec![key("s", at)],
        "SET" => vec![key("s", at), text()],
        "INCR" => vec![key("n", at)],
        "HSET" => vec![key("h", at), "f0".to_owned(), text()],
        "HGETALL" => vec![key("h", at - 1)],
        "LPUSH" => vec![key("p", at), text()],
        "LRANGE" => vec![key("l", at), "0".to_owned(), "9".to_owned()],
        "ZADD" => vec![key("z", at), "1".to_owned(), "member".to_owned()],
        _ => vec![key("s", at), key("s", at + 1), key("s", at + 2)],
    };
    [vec![name.to_owned()], args].concat()
}
