//! From the command table to methods: which there are, what they take, what they answer. Knows no language.
//!
//! Rules, in the order in which they are applied:
//!
//! 1. A method has the command's name in snake case. `methods.tsv` leaves commands out (`omit`, one by one or by the
//!    table's refusal), replaces what one takes or answers (`base`; `=` keeps a cell, `= x -> y` edits it), says what it
//!    answers with options (`with`), and adds methods for tokens that change the answer (`form`: `zrange_withscores`).
//!    CLUSTER commands have a name without that word besides (`words`: the words of one that the server writes as one).
//!    Containers that have subcommands only are left out by themselves.
//! 2. What must be there is a parameter. A choice of tokens is a type of its own (`choice`).
//! 3. A count right before what it counts is never asked for.
//! 4. A list that may be empty is a parameter too, if there are parameters before it (`EVAL`'s keys and arguments).
//! 5. If all that may be left out is one thing without a token, `name_with` takes it as parameters (`ping_with(message)`).
//! 6. Everything else that may be left out is an option, and `name_with` takes a builder. Options that exclude each other
//!    are one field: the last one chosen counts.

#![expect(clippy::wildcard_enum_match_arm, reason = "a rule is about one form of a tree, whatever others there are")]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    commands::{Command, Commands},
    grammar::{self, Arg, Kind},
    reply::{self, Reply},
};

const EXCEPTIONS: &str = include_str!("methods.tsv");

/// All methods.
#[derive(Debug)]
pub struct Api {
    /// In the table's order.
    pub methods: Vec<Method>,
    /// Choices between tokens, by name.
    pub choices: BTreeMap<String, Vec<String>>,
    /// Commands that have no method, and why.
    pub omitted: Vec<(String, String)>,
}

/// One command in one form.
#[derive(Debug)]
pub struct Method {
    /// `CLUSTER SLOTS`.
    pub command: String,
    /// Snake case.
    pub name: String,
    /// Among the CLUSTER commands, if it is one: snake case too.
    pub short: Option<String>,
    /// The first server version that has the command.
    pub since: String,
    /// Everything behind the command's name, in order.
    pub parts: Vec<Part>,
    /// As the server's documentation writes it, with what may be left out.
    pub usage: String,
    /// The same without.
    pub plain_usage: String,
    /// What it answers.
    pub reply: Reply,
    /// What it answers with options; `None` if there are none.
    pub with: Option<Reply>,
    /// Whether the table of exceptions allows a reply without a type.
    pub may_be_untyped: bool,
}

/// One piece of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A word that is written as it stands.
    Token(String),
    /// What the caller gives.
    Param(Param),
    /// What only `name_with` takes and writes.
    Extra(Vec<Part>),
    /// Options that stand here.
    Options(Vec<Opt>),
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Snake case.
    pub name: String,
    /// What it may be.
    pub place: Place,
    /// Groups of so many arguments are counted, and the count is written before them.
    pub counted: Option<usize>,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One argument.
    One,
    /// One whole number.
    Integer,
    /// One number.
    Number,
    /// Any number of arguments.
    Many,
    /// Any number of groups of so many arguments.
    Groups(usize),
    /// A type that the hosts have for it.
    Named(String),
}

/// Something that may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opt {
    /// A token.
    Flag(String),
    /// Tokens, values and further options in order, written if the values were given.
    Group {
        /// Snake case.
        name: String,
        /// In order; at least one is a parameter.
        items: Vec<OptItem>,
    },
    /// One of several, behind a token or not.
    Pick {
        /// Written before.
        prefix: Option<String>,
        /// What excludes each other.
        alternatives: Vec<Alternative>,
    },
    /// A token with values that may be given several times.
    Append {
        /// Snake case.
        name: String,
        /// The token.
        token: String,
        /// What follows it.
        values: Vec<Param>,
    },
}

/// One piece of an [`Opt::Group`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptItem {
    /// A word that is written as it stands.
    Token(String),
    /// What the caller gives.
    Param(Param),
    /// What may be left out even then.
    Opt(Opt),
}

/// One of several that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Snake case.
    pub name: String,
    /// Its token.
    pub token: String,
    /// What follows it.
    pub values: Vec<Param>,
}

impl Api {
    /// Makes the methods of the table's commands.
    pub fn new(commands: &Commands) -> Result<Self, String> {
        let exceptions = Exceptions::read(EXCEPTIONS)?;
        let mut api = Self { methods: Vec::new(), choices: exceptions.choices.clone(), omitted: Vec::new() };
        for row in &commands.rows {
            if let Some(reason) = exceptions.omission(row, commands) {
                api.omitted.push((row.name.clone(), reason));
                continue;
            }
            let methods = exceptions.methods(row).map_err(|error| format!("{}: {error}", row.name))?;
            api.methods.extend(methods);
        }
        exceptions.check_used(commands)?;
        let mut names = BTreeSet::new();
        match api.methods.iter().find(|method| !names.insert(&method.name)) {
            Some(twice) => Err(format!("two methods are called {}", twice.name)),
            None => Ok(api),
        }
    }
}

impl Method {
    /// Whether any of it may be left out.
    pub fn has_options(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Extra(_) | Part::Options(_)))
    }

    /// The groups of options in the order in which they are written.
    pub fn options(&self) -> Vec<&[Opt]> {
        fn collect<'a>(parts: &'a [Part], found: &mut Vec<&'a [Opt]>) {
            for part in parts {
                match part {
                    Part::Options(options) => found.push(options),
                    Part::Extra(parts) => collect(parts, found),
                    Part::Token(_) | Part::Param(_) => {}
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.parts, &mut found);
        found
    }
}

/// Words of any spelling as one name: `CLUSTER COUNT-FAILURE-REPORTS`, `JSON.SET`, `FT._LIST`.
pub fn snake(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("_")
}

/// A snake case name in camel case.
pub fn camel(snake: &str) -> String {
    let capitalised = |word: &str| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => String::new(),
    };
    snake.split('_').map(capitalised).collect()
}

/// What the table of exceptions says.
struct Exceptions {
    lines: Vec<Line>,
    choices: BTreeMap<String, Vec<String>>,
}

struct Line {
    what: String,
    command: String,
    name: String,
    arguments: String,
    reply: String,
    reason: String,
}

impl Exceptions {
    fn read(text: &str) -> Result<Self, String> {
        let mut lines = Vec::new();
        for (at, line) in text.lines().enumerate().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [what, command, name, arguments, reply, reason] = fields[..] else {
                return Err(format!("methods.tsv:{}: six columns expected, found {}", at + 1, fields.len()));
            };
            if !["omit", "base", "with", "form", "choice", "untyped", "words"].contains(&what) {
                return Err(format!("methods.tsv:{}: `{what}` is no kind of exception", at + 1));
            }
            let [what, command, name, arguments, reply, reason] =
                [what, command, name, arguments, reply, reason].map(str::to_owned);
            lines.push(Line { what, command, name, arguments, reply, reason });
        }
        let mut choices = BTreeMap::new();
        for line in lines.iter().filter(|line| line.what == "choice") {
            let tree = grammar::arguments(&line.arguments).map_err(|error| format!("{}: {error}", line.name))?;
            let tokens =
                tree.first().and_then(tokens_of).ok_or(format!("{}: a choice of tokens expected", line.name))?;
            choices.insert(line.name.clone(), tokens);
        }
        Ok(Self { lines, choices })
    }

    fn of<'a>(&'a self, what: &str, command: &str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.what == what && line.command == command)
    }

    /// Why a command has no method, if it has none.
    fn omission(&self, row: &Command, commands: &Commands) -> Option<String> {
        let is_meant = |line: &&Line| match line.command.strip_prefix("refusal:") {
            Some(refusal) => row.refusal == refusal,
            None => line.command == row.name,
        };
        if let Some(line) = self.lines.iter().filter(|line| line.what == "omit").find(is_meant) {
            return Some(line.reason.clone());
        }
        let is_container = commands.is_container(&row.name) && row.reply.is_empty();
        is_container.then(|| "a container: its subcommands have methods".to_owned())
    }

    fn methods(&self, row: &Command) -> Result<Vec<Method>, String> {
        let base = self.of("base", &row.name).next();
        let with = self.of("with", &row.name).next();
        let forms: Vec<&Line> = self.of("form", &row.name).collect();
        let reply_of = |line: &Line| if line.reply == "=" { row.reply.clone() } else { line.reply.clone() };
        let mut methods = Vec::new();
        // A command all of whose forms have a method of their own has no other.
        if base.is_some() || forms.is_empty() {
            let arguments = base.map_or(Ok(row.arguments.clone()), |line| edited(&row.arguments, &line.arguments))?;
            let reply = base.map_or(row.reply.clone(), reply_of);
            let with = with.map_or(reply.clone(), reply_of);
            methods.push(self.method(row, snake(&row.name), &arguments, &reply, &with)?);
        }
        for form in forms {
            let name = format!("{}_{}", snake(&row.name), form.name);
            let reply = reply_of(form);
            methods.push(self.method(row, name, &edited(&row.arguments, &form.arguments)?, &reply, &reply)?);
        }
        Ok(methods)
    }

    fn method(&self, row: &Command, name: String, arguments: &str, reply: &str, with: &str) -> Result<Method, String> {
        let items = grammar::arguments(arguments).map_err(|error| error.to_string())?;
        let read = |cell: &str| {
            let reply = reply::reply(cell).map_err(|error| error.to_string())?;
            Ok::<_, String>(match row.merge.as_str() {
                "per-node" => Reply::Named("PerNode".to_owned(), Some(Box::new(reply))),
                _ => reply,
            })
        };
        let plain: Vec<Arg> = items.iter().filter(|item| !matches!(item, Arg::Optional(_))).cloned().collect();
        let usage = |items: &[Arg]| format!("{} {}", row.name, grammar::join(items, " ")).trim_end().to_owned();
        let parts = self.parts(&items)?;
        check_names(&parts)?;
        let mut method = Method {
            command: row.name.clone(),
            short: self.short(&row.name, &name),
            name,
            since: row.since.clone(),
            parts,
            usage: usage(&items),
            plain_usage: usage(&plain),
            reply: read(reply)?,
            with: None,
            may_be_untyped: self.of("untyped", &row.name).next().is_some(),
        };
        match method.has_options() {
            true => method.with = Some(read(with)?),
            false => method.plain_usage.clone_from(&method.usage),
        }
        Ok(method)
    }

    /// `CLUSTER SETSLOT` in the form `cluster_setslot_stable` is `set_slot_stable` among the CLUSTER commands.
    fn short(&self, command: &str, name: &str) -> Option<String> {
        let own = snake(command.strip_prefix("CLUSTER ")?);
        let form = name.strip_prefix("cluster_")?.strip_prefix(&own)?;
        let words = self.of("words", command).next().map_or(own.as_str(), |line| &line.name);
        Some(format!("{words}{form}"))
    }

    /// Rules 2 to 6.
    fn parts(&self, items: &[Arg]) -> Result<Vec<Part>, String> {
        let is_list =
            |item: &Arg| matches!(item, Arg::Optional(inner) if matches!(&**inner, Arg::Repeat(of) if is_values(of)));
        let has_params = items.iter().take_while(|item| !is_list(item)).any(|item| matches!(item, Arg::Value { .. }));
        let left_out = items.iter().filter(|item| matches!(item, Arg::Optional(_)) && !(has_params && is_list(item)));
        let is_alone = left_out.count() == 1;
        let mut parts = Vec::new();
        let mut rest = items;
        while let Some((item, behind)) = rest.split_first() {
            rest = behind;
            if let (Arg::Value { name, .. }, Some(counted)) = (item, rest.first().and_then(list_of))
                && is_count(name)
            {
                rest = &rest[1..];
                parts.push(Part::Param(self.counted(name, counted)?));
                continue;
            }
            match item {
                Arg::Token(word) => parts.push(Part::Token(word.clone())),
                Arg::Optional(inner) if has_params && is_list(item) => parts.push(Part::Param(self.param(inner)?)),
                Arg::Optional(inner) if is_alone && begins_with_value(inner) => {
                    let inner = match &**inner {
                        Arg::Sequence(items) => &items[..],
                        one => std::slice::from_ref(one),
                    };
                    parts.push(Part::Extra(self.parts(inner)?));
                }
                Arg::Optional(inner) => {
                    let option = self.opt(inner)?;
                    match parts.last_mut() {
                        Some(Part::Options(options)) => options.push(option),
                        _ => parts.push(Part::Options(vec![option])),
                    }
                }
                Arg::Sequence(items) => parts.extend(self.parts(items)?),
                Arg::Value { .. } | Arg::Choice(_) | Arg::Repeat(_) => parts.push(Part::Param(self.param(item)?)),
            }
        }
        Ok(parts)
    }

    fn param(&self, item: &Arg) -> Result<Param, String> {
        let (name, place) = match item {
            Arg::Value { name, kind } => (snake(name), place(name, kind)),
            Arg::Repeat(inner) => match &**inner {
                Arg::Value { name, kind: Kind::Named(_) } => return Err(format!("{name} is repeated by its type")),
                Arg::Value { name, .. } => (plural(&snake(name)), Place::Many),
                Arg::Sequence(items) if is_values(inner) => {
                    (if items.len() == 2 { "pairs" } else { "groups" }.to_owned(), Place::Groups(items.len()))
                }
                other => return Err(format!("`{other}` repeated is no parameter: give it a type")),
            },
            Arg::Choice(alternatives) => match tokens_of(item) {
                Some(tokens) => {
                    let found = self.choices.iter().find(|(_, listed)| **listed == tokens);
                    let (name, _) = found.ok_or(format!("the choice `{item}` needs a name"))?;
                    (snake(name), Place::Named(name.clone()))
                }
                None => {
                    let mut values = alternatives.iter().filter(|one| !matches!(one, Arg::Token(_)));
                    match (values.next(), values.next()) {
                        (Some(Arg::Value { name, .. }), None) => (snake(name), Place::One),
                        _ => return Err(format!("the choice `{item}` is no parameter: give it a type or forms")),
                    }
                }
            },
            other => return Err(format!("`{other}` is no parameter")),
        };
        Ok(Param { name, place, counted: None })
    }

    fn counted(&self, count: &str, list: &Arg) -> Result<Param, String> {
        let param = self.param(list)?;
        let size = match param.place {
            Place::Groups(size) if count != "nargs" => size,
            _ => 1,
        };
        Ok(Param { counted: Some(size), ..param })
    }

    fn opt(&self, item: &Arg) -> Result<Opt, String> {
        match item {
            Arg::Token(word) => Ok(Opt::Flag(word.clone())),
            Arg::Value { name, .. } => {
                Ok(Opt::Group { name: snake(name), items: vec![OptItem::Param(self.param(item)?)] })
            }
            Arg::Choice(alternatives) => self.pick(None, alternatives),
            Arg::Optional(inner) => self.opt(inner),
            Arg::Repeat(inner) => match &**inner {
                Arg::Sequence(items) if let Some((Arg::Token(token), values)) = items.split_first() => {
                    Ok(Opt::Append { name: snake(token), token: token.clone(), values: self.values(values)? })
                }
                _ => {
                    let param = self.param(item)?;
                    Ok(Opt::Group { name: param.name.clone(), items: vec![OptItem::Param(param)] })
                }
            },
            Arg::Sequence(items) => match &items[..] {
                [Arg::Token(prefix), Arg::Choice(alternatives)] if self.param(&items[1]).is_err() => {
                    self.pick(Some(prefix), alternatives)
                }
                _ => self.group(items),
            },
        }
    }

    fn pick(&self, prefix: Option<&str>, alternatives: &[Arg]) -> Result<Opt, String> {
        let alternative = |item: &Arg| {
            let (token, values) = match item {
                Arg::Token(token) => (token, &[][..]),
                Arg::Sequence(items) if let Some((Arg::Token(token), values)) = items.split_first() => (token, values),
                other => return Err(format!("`{other}` among alternatives has no token: give it a form")),
            };
            let name = prefix.map_or_else(|| snake(token), |prefix| snake(&format!("{prefix}_{token}")));
            Ok(Alternative { name, token: token.clone(), values: self.values(values)? })
        };
        let alternatives = alternatives.iter().map(alternative).collect::<Result<_, String>>()?;
        Ok(Opt::Pick { prefix: prefix.map(str::to_owned), alternatives })
    }

    fn group(&self, items: &[Arg]) -> Result<Opt, String> {
        let mut group = Vec::new();
        let mut rest = items;
        while let Some((item, behind)) = rest.split_first() {
            rest = behind;
            if let (Arg::Value { name, .. }, Some(counted)) = (item, rest.first().and_then(list_of))
                && is_count(name)
            {
                rest = &rest[1..];
                group.push(OptItem::Param(self.counted(name, counted)?));
                continue;
            }
            group.push(match item {
                Arg::Token(word) => OptItem::Token(word.clone()),
                Arg::Optional(inner) => OptItem::Opt(self.opt(inner)?),
                other => OptItem::Param(self.param(other)?),
            });
        }
        let token =
            group.iter().find_map(|item| if let OptItem::Token(word) = item { Some(snake(word)) } else { None });
        let first = group
            .iter()
            .find_map(|item| if let OptItem::Param(param) = item { Some(param.name.clone()) } else { None });
        let Some(first) = first else { return Err(format!("`{}` has no value", grammar::join(items, " "))) };
        Ok(Opt::Group { name: token.unwrap_or(first), items: group })
    }

    /// The values behind a token, of which none may be left out.
    fn values(&self, items: &[Arg]) -> Result<Vec<Param>, String> {
        if let [Arg::Value { name, .. }, list] = items
            && is_count(name)
            && let Some(counted) = list_of(list)
        {
            return Ok(vec![self.counted(name, counted)?]);
        }
        items.iter().map(|item| self.param(item)).collect()
    }

    /// Every exception is about something that the table has.
    fn check_used(&self, commands: &Commands) -> Result<(), String> {
        let is_known = |line: &&Line| match line.command.strip_prefix("refusal:") {
            Some(refusal) => commands.rows.iter().any(|row| row.refusal == refusal),
            None => line.what == "choice" || commands.find(&line.command).is_some(),
        };
        match self.lines.iter().find(|line| !is_known(line)) {
            Some(line) => Err(format!("methods.tsv: the table has no {}", line.command)),
            None => Ok(()),
        }
    }
}

/// What an exception makes of the table's cell: `= x -> y; z -> ` replaces parts of it, `=` alone keeps it, and everything
/// else stands for itself.
fn edited(cell: &str, exception: &str) -> Result<String, String> {
    let Some(edits) = exception.strip_prefix('=') else { return Ok(exception.to_owned()) };
    let mut cell = cell.to_owned();
    for edit in edits.split("; ").map(str::trim_start).filter(|edit| !edit.is_empty()) {
        let (old, new) = edit.split_once(" ->").ok_or_else(|| format!("`{edit}` has no ` ->`"))?;
        if cell.matches(old).count() != 1 {
            return Err(format!("`{cell}` must have `{old}` once"));
        }
        cell = cell.replacen(old, new.trim(), 1);
    }
    Ok(cell.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn place(name: &str, kind: &Kind) -> Place {
    match kind {
        Kind::Integer | Kind::UnixTime => Place::Integer,
        // Bounds of ranges are written `(1` and `+inf` too.
        Kind::Double if ["min", "max"].contains(&name) => Place::One,
        Kind::Double => Place::Number,
        Kind::Key | Kind::String | Kind::Pattern => Place::One,
        Kind::Named(name) => Place::Named(name.clone()),
    }
}

fn is_count(name: &str) -> bool {
    name.starts_with("num") || ["count", "nargs"].contains(&name)
}

/// What is repeated here, be it optional.
fn list_of(item: &Arg) -> Option<&Arg> {
    match item {
        Arg::Repeat(_) => Some(item),
        Arg::Optional(inner) if matches!(**inner, Arg::Repeat(_)) => Some(inner),
        _ => None,
    }
}

fn is_values(item: &Arg) -> bool {
    match item {
        Arg::Value { .. } => true,
        Arg::Sequence(items) => items.iter().all(|item| matches!(item, Arg::Value { .. })),
        Arg::Token(_) | Arg::Choice(_) | Arg::Optional(_) | Arg::Repeat(_) => false,
    }
}

fn begins_with_value(item: &Arg) -> bool {
    match item {
        Arg::Value { .. } => true,
        Arg::Sequence(items) => matches!(items[0], Arg::Value { .. }),
        Arg::Repeat(inner) => is_values(inner),
        Arg::Token(_) | Arg::Choice(_) | Arg::Optional(_) => false,
    }
}

fn tokens_of(item: &Arg) -> Option<Vec<String>> {
    let Arg::Choice(alternatives) = item else { return None };
    alternatives.iter().map(|one| if let Arg::Token(word) = one { Some(word.clone()) } else { None }).collect()
}

fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if name.ends_with('s') => name.to_owned(),
        _ if name.ends_with('x') => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// No two parameters and no two options may have one name.
fn check_names(parts: &[Part]) -> Result<(), String> {
    fn options(list: &[Opt], names: &mut Vec<String>) {
        for option in list {
            match option {
                Opt::Flag(token) => names.push(snake(token)),
                Opt::Group { name, items } => {
                    names.push(name.clone());
                    for item in items {
                        if let OptItem::Opt(option) = item {
                            options(std::slice::from_ref(option), names);
                        }
                    }
                }
                Opt::Pick { alternatives, .. } => names.extend(alternatives.iter().map(|one| one.name.clone())),
                Opt::Append { name, .. } => names.push(name.clone()),
            }
        }
    }
    fn params(parts: &[Part], names: &mut Vec<String>, chosen: &mut Vec<String>) {
        for part in parts {
            match part {
                Part::Token(_) => {}
                Part::Param(param) => names.push(param.name.clone()),
                Part::Extra(parts) => params(parts, names, chosen),
                Part::Options(list) => options(list, chosen),
            }
        }
    }
    // What methods call their builder and their writer.
    let (mut names, mut chosen) = (vec!["options".to_owned(), "w".to_owned()], Vec::new());
    params(parts, &mut names, &mut chosen);
    for names in [names, chosen] {
        let mut seen = BTreeSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(*name)) {
            return Err(format!("two things are called {twice}"));
        }
    }
    Ok(())
}
