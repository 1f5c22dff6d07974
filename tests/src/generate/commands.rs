//! Reads `core/commands.tsv`, the one table of commands.
//!
//! | column | holds |
//! |---|---|
//! | `command` `since` `arity` `flags` `key_specs` `request_policy` `response_policy` | facts, as servers tell them |
//! | `arguments` `reply` | facts, as the servers' documentation tells them (grammar below) |
//! | `keys` | where a command's keys are, if not by its key specs: `sort`, `georadius`, `migrate`, `channel` |
//! | `route` | where it goes without keys: `nodes`, `primaries`, `slot@N`, `owners@N`, `range-owners@N`; else any primary |
//! | `split` | how it is cut over slots: `keys`, `keys+TAIL`, `groups/STEP`, `counted/STEP` |
//! | `merge` | how several replies become one |
//! | `shape` | `SHAPE`, then `;SHAPE@TOKEN` or `;SHAPE@argc>=N` |
//! | `pace` | `slow`, `blocking@N`, `blocking-ms@N`, `blocking-token` |
//! | `retry` | what running it does: `harmless`: no read to the server, yet without effect; `by-token`: writes only with some \
//! tokens; `reshapes`: the cluster is another one; `client-name`: the client's connections have a name |
//! | `refusal` | why it is not sent on a shared connection of a cluster |
//!
//! `-` stands for nothing. `since` is a server's version; `redis-`, `valkey-` or a module's name stands before it
//! where only that server has the command.
//!
//! Arguments: `name:type` is a value, a bare word a token, `(a b)` a sequence, `(a|b)` a choice, `[a]` may be left out,
//! `a...` may be repeated, `(TOKEN a)...` is one token and then repeated values, `(TOKEN a)+...` repeats the token.
//! Replies: `string`, `integer`, `number`, `null`, `any`, `"literal"`, `array<T>`, `map<K,V>`, `{field:T,…}`, `[T,U]`,
//! `T|U`.

use std::{fs, path::Path};

/// The whole table, in the order of its file.
#[derive(Debug)]
pub struct Commands {
    /// One per line.
    pub rows: Vec<Command>,
}

/// One line of the table; an empty string where the file has `-`.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default)]
pub struct Command {
    pub name: String,
    pub since: String,
    pub arity: i8,
    pub flags: Vec<String>,
    pub key_specs: Vec<KeySpec>,
    pub request_policy: String,
    pub response_policy: String,
    pub arguments: String,
    pub reply: String,
    pub keys: String,
    pub route: String,
    pub split: String,
    pub merge: String,
    pub shape: String,
    pub pace: String,
    pub retry: String,
    pub refusal: String,
}

/// `index:1/range:0:1:0[ro,access]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySpec {
    /// `index:1`, `keyword:STREAMS:1` or `unknown`.
    pub begin: String,
    /// `range:LAST:STEP:LIMIT`, `keynum:INDEX:FIRST:STEP` or `unknown`.
    pub find: String,
    /// Lower case, as COMMAND INFO has them.
    pub flags: Vec<String>,
}

const COLUMNS: [&str; 17] = [
    "command",
    "since",
    "arity",
    "flags",
    "key_specs",
    "request_policy",
    "response_policy",
    "arguments",
    "reply",
    "keys",
    "route",
    "split",
    "merge",
    "shape",
    "pace",
    "retry",
    "refusal",
];

impl Commands {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}:{error}", path.display()))
    }

    /// Reads the file's text; an error begins with its line number.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.split('\t').collect::<Vec<_>>()));
        match lines.next() {
            Some((_, head)) if head == COLUMNS => {}
            _ => return Err(format!("1: the columns must be {}", COLUMNS.join(", "))),
        }
        let row = |(at, fields): (usize, Vec<&str>)| Command::parse(&fields).map_err(|error| format!("{at}: {error}"));
        Ok(Self { rows: lines.map(row).collect::<Result<_, _>>()? })
    }

    /// The row of this name.
    pub fn find(&self, name: &str) -> Option<&Command> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// Whether this row has subcommands.
    pub fn is_container(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.name.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
    }
}

impl Command {
    fn parse(fields: &[&str]) -> Result<Self, String> {
        let fields: &[&str; COLUMNS.len()] =
            fields.try_into().map_err(|_| format!("{} columns instead of {}", fields.len(), COLUMNS.len()))?;
        if let Some(empty) = fields.iter().position(|field| field.is_empty() || *field == "?") {
            return Err(format!("column {} is not filled in", COLUMNS[empty]));
        }
        let text = |at: usize| if fields[at] == "-" { String::new() } else { fields[at].to_owned() };
        Ok(Self {
            name: text(0),
            since: text(1),
            arity: fields[2].parse().map_err(|_| format!("arity `{}` is no number", fields[2]))?,
            flags: list(&text(3)),
            key_specs: text(4).split_whitespace().map(KeySpec::parse).collect::<Result<_, _>>()?,
            request_policy: text(5),
            response_policy: text(6),
            arguments: text(7),
            reply: text(8),
            keys: text(9),
            route: text(10),
            split: text(11),
            merge: text(12),
            shape: text(13),
            pace: text(14),
            retry: text(15),
            refusal: text(16),
        })
    }

    /// Whether the server gives it this flag.
    pub fn has_flag(&self, flag: &str) -> bool {
        self.flags.iter().any(|has| has == flag)
    }
}

impl KeySpec {
    fn parse(text: &str) -> Result<Self, String> {
        let parts = || {
            let (begin, rest) = text.split_once('/')?;
            let (find, flags) = rest.strip_suffix(']')?.split_once('[')?;
            Some(Self { begin: begin.to_owned(), find: find.to_owned(), flags: list(flags) })
        };
        parts().ok_or_else(|| format!("key spec `{text}` is not begin/find[flags]"))
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
