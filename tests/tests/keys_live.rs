//! The command table against a real server: the facts of its COMMAND, the keys of its COMMAND GETKEYS, the slots of its
//! CLUSTER KEYSLOT.

#![expect(clippy::wildcard_enum_match_arm, reason = "replies and argument trees are looked at for one form at a time")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    sync::LazyLock,
};

use slotpipe::lab::{
    Server, ServerOptions,
    resp::{Client, Reply, encode},
};
use slotpipe_core::{
    route::{
        command::{Flags, Found, find_keys},
        slot::Slot,
        table::{Lookup, Table},
    },
    wire::request::{Requests, Span},
};
use slotpipe_tests::generate::{
    commands::{Command, Commands},
    grammar::{self, Arg, Kind},
    repository,
};

static SERVER: LazyLock<Server> =
    LazyLock::new(|| Server::start(&ServerOptions { cluster: true, ..ServerOptions::default() }).unwrap());

static TABLE: LazyLock<Commands> = LazyLock::new(|| Commands::read(&repository().join("core/commands.tsv")).unwrap());

fn client() -> Client {
    Client::connect(("127.0.0.1", SERVER.port())).unwrap()
}

/// What may differ, by command: a reason for each, from `tests/data/{file}`.
fn exceptions(file: &str) -> BTreeMap<String, String> {
    let path = repository().join("tests/data").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let fields = text.lines().skip(1).map(|line| line.split_once('\t').expect("command, tab, reason"));
    fields.map(|(command, reason)| (command.to_owned(), reason.to_owned())).collect()
}

/// One command or subcommand as the server's COMMAND tells it.
struct Told {
    name: String,
    facts: Facts,
}

/// What a client acts on, in COMMAND's words.
#[derive(Debug, PartialEq, Eq)]
struct Facts {
    arity: i64,
    flags: BTreeSet<String>,
    key_specs: Vec<String>,
}

/// Of the flags those that decide where and how often a command may go. The others speak of the server's own state
/// (loading, stale, denyoom) and change from version to version; `movablekeys` follows from the key specs.
const FLAGS: [&str; 7] = ["write", "readonly", "blocking", "admin", "pubsub", "no_mandatory_keys", "asking"];

/// Of the flags of key specs those that say what is no key, or not all of them. The others say what is done to a key.
const SPEC_FLAGS: [&str; 3] = ["not_key", "incomplete", "variable_flags"];

#[test]
fn every_command_that_the_server_lists_is_in_the_table_with_its_facts() {
    let mut told = Vec::new();
    read_commands(&client().ask(["COMMAND"]).unwrap(), &mut told);
    assert!(told.len() > 350, "COMMAND lists {} commands", told.len());
    let known = exceptions("command_exceptions.tsv");
    let mut unused: BTreeSet<&String> = known.keys().collect();
    let mut wrong = String::new();
    for Told { name, facts } in told {
        let ours = TABLE.find(&name).map(facts_of);
        if ours.as_ref() == Some(&facts) {
            continue;
        }
        if !unused.remove(&name) {
            writeln!(wrong, "{name}\n  server {facts:?}\n  table  {ours:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(unused.is_empty(), "these need no exception: {unused:?}");
}

#[test]
fn keys_are_those_that_the_server_finds() {
    const LISTS: usize = 40;
    let mut told = Vec::new();
    read_commands(&client().ask(["COMMAND"]).unwrap(), &mut told);
    let (known, table, mut client) = (exceptions("getkeys_exceptions.tsv"), Table::default(), client());
    let mut unused: BTreeSet<&String> = known.keys().collect();
    let (mut wrong, mut compared, mut with_keys) = (String::new(), 0, 0);
    for Told { name, .. } in told {
        let row = TABLE.find(&name).unwrap_or_else(|| panic!("{name} is not in the table"));
        if TABLE.is_container(&name) {
            continue;
        }
        let arguments = if row.arguments.is_empty() { Vec::new() } else { grammar::arguments(&row.arguments).unwrap() };
        for seed in 0..LISTS {
            let mut maker = Maker::new(&name, seed);
            maker.sequence(&arguments);
            let theirs = server_keys(&mut client, &maker.args);
            let ours = our_keys(&table, &maker.args);
            compared += 1;
            with_keys += usize::from(!theirs.is_empty());
            if ours == theirs {
                continue;
            }
            if known.contains_key(&name) {
                unused.remove(&name);
                continue;
            }
            let line: Vec<_> = maker.args.iter().map(|arg| String::from_utf8_lossy(arg)).collect();
            writeln!(wrong, "{}\n  server {theirs:?}\n  ours   {ours:?}", line.join(" ")).unwrap();
            break;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(unused.is_empty(), "these need no exception: {unused:?}");
    assert!(compared > 330 * LISTS && with_keys > 180 * LISTS, "only {compared} compared, {with_keys} with keys");
}

#[test]
fn slots_of_binary_keys_are_those_of_cluster_keyslot() {
    const KEYS: usize = 100_000;
    const PIPELINE: usize = 2_000;
    let (mut client, mut random) = (client(), Random(1));
    for _ in 0..KEYS / PIPELINE {
        let keys: Vec<Vec<u8>> = (0..PIPELINE).map(|_| random.key()).collect();
        let bytes: Vec<u8> =
            keys.iter().flat_map(|key| encode([b"CLUSTER".as_slice(), b"KEYSLOT", key.as_slice()])).collect();
        client.send_raw(&bytes).unwrap();
        for key in keys {
            let slot = Slot::of(&key).number();
            assert_eq!(client.read().unwrap(), Reply::Int(slot.into()), "{}", key.escape_ascii());
        }
    }
}

fn facts_of(row: &Command) -> Facts {
    let spec = |spec: &slotpipe_tests::generate::commands::KeySpec| {
        format!("{}/{}{:?}", spec.begin, spec.find, acted_on(&SPEC_FLAGS, spec.flags.iter().cloned()))
    };
    Facts {
        arity: row.arity.into(),
        flags: acted_on(&FLAGS, row.flags.iter().cloned()),
        key_specs: row.key_specs.iter().map(spec).collect(),
    }
}

fn acted_on(flags: &[&str], given: impl Iterator<Item = String>) -> BTreeSet<String> {
    given.filter(|flag| flags.contains(&flag.as_str())).collect()
}

fn read_commands(reply: &Reply, told: &mut Vec<Told>) {
    for command in reply.array().expect("a list of commands") {
        let fields = command.array().expect("a command's fields");
        told.push(Told {
            name: fields[0].text().expect("a name").to_ascii_uppercase().replace('|', " "),
            facts: Facts {
                arity: fields[1].int().expect("an arity"),
                flags: acted_on(&FLAGS, words(&fields[2])),
                key_specs: fields[8].array().expect("key specs").iter().map(spec_text).collect(),
            },
        });
        read_commands(&fields[9], told);
    }
}

fn words(list: &Reply) -> impl Iterator<Item = String> {
    list.array().expect("a list").iter().map(|word| word.text().expect("a word").to_ascii_lowercase())
}

fn spec_text(spec: &Reply) -> String {
    let field = |map: &Reply, name: &str| -> Option<Reply> {
        let items = map.array().expect("field, value, …");
        items.chunks(2).find(|pair| pair[0].text() == Some(name)).map(|pair| pair[1].clone())
    };
    let part = |name: &str, fields: &[&str]| -> String {
        let part = field(spec, name).expect("both parts");
        let inner = field(&part, "spec").expect("a spec");
        let values = fields.iter().filter_map(|name| field(&inner, name)).map(|value| match value {
            Reply::Int(number) => number.to_string(),
            other => other.text().expect("a number or a word").to_owned(),
        });
        let kind = field(&part, "type").expect("a type").text().expect("a word").to_owned();
        std::iter::once(kind).chain(values).collect::<Vec<_>>().join(":")
    };
    format!(
        "{}/{}{:?}",
        part("begin_search", &["index", "keyword", "startfrom"]),
        part("find_keys", &["lastkey", "keynumidx", "firstkey", "keystep", "limit"]),
        acted_on(&SPEC_FLAGS, words(&field(spec, "flags").expect("flags"))),
    )
}

/// What COMMAND GETKEYS answers; none where it says that there are none, and for a name alone, which this server does
/// not look at.
fn server_keys(client: &mut Client, args: &[Vec<u8>]) -> Vec<String> {
    const NONE: [&str; 3] =
        ["no key arguments", "Invalid arguments specified", "wrong number of arguments for 'command|getkeys'"];
    let head = [b"COMMAND".to_vec(), b"GETKEYS".to_vec()];
    match client.call(head.iter().chain(args)).unwrap() {
        Reply::Array(keys) => keys.iter().map(|key| format!("{key:?}")).collect(),
        Reply::Error(text) if NONE.iter().any(|none| text.contains(none)) => Vec::new(),
        other => vec![format!("{other:?}")],
    }
}

fn our_keys(table: &Table, args: &[Vec<u8>]) -> Vec<String> {
    let batch = encode(args);
    let mut spans: Vec<Span> = Vec::new();
    Requests::new(&batch, 0).next(&mut spans).unwrap().unwrap();
    let args = slotpipe_core::wire::request::Args::new(&batch, &spans);
    let row = match table.lookup(args) {
        Lookup::Known(id) => table.row(id),
        other @ (Lookup::UnknownSubcommand(_) | Lookup::Unknown) => return vec![format!("{other:?}")],
    };
    let mut keys = Vec::new();
    // A channel is found for its slot's sake; it is no key.
    if row.flags.has(Flags::CHANNEL) || find_keys(row, args, &mut keys) == Found::Invalid {
        return Vec::new();
    }
    keys.iter().map(|at| format!("{:?}", Reply::Bulk(args.at(*at as usize).unwrap().to_vec()))).collect()
}

/// Makes one argument list of an `arguments` tree: options there or not, choices either way, repetitions one to three
/// times, numbers of keys as many as follow.
struct Maker {
    args: Vec<Vec<u8>>,
    random: Random,
}

impl Maker {
    fn new(name: &str, seed: usize) -> Self {
        let mixed = name.bytes().fold(seed as u64, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(byte.into()));
        Self { args: name.split(' ').map(|word| word.as_bytes().to_vec()).collect(), random: Random(mixed) }
    }

    fn sequence(&mut self, items: &[Arg]) {
        // Repetitions that follow each other belong together: as many IDs as streams.
        let mut times = 1 + self.random.below(3);
        for (at, item) in items.iter().enumerate() {
            match item {
                Arg::Value { name, kind: Kind::Integer } if name.starts_with("num") && at + 1 < items.len() => {
                    times = match &items[at + 1] {
                        Arg::Optional(_) => self.random.below(4),
                        _ => 1 + self.random.below(3),
                    };
                    self.push(times.to_string());
                }
                Arg::Repeat(repeated) => self.repeat(repeated, times),
                Arg::Optional(optional) if counts(items, at) => match &**optional {
                    Arg::Repeat(repeated) => self.repeat(repeated, times),
                    _ => self.one(item),
                },
                _ => self.one(item),
            }
        }
    }

    fn repeat(&mut self, item: &Arg, times: usize) {
        (0..times).for_each(|_| self.one(item));
    }

    fn one(&mut self, item: &Arg) {
        match item {
            Arg::Token(word) if self.random.below(4) == 0 => self.push(word.to_ascii_lowercase()),
            Arg::Token(word) => self.push(word.clone()),
            Arg::Value { kind: Kind::Key, .. } => {
                let key = format!("key:{}", self.random.below(1_000_000));
                self.push(key);
            }
            Arg::Value { kind: Kind::Integer | Kind::UnixTime | Kind::Double, .. } => {
                let number = self.random.below(9).to_string();
                self.push(number);
            }
            Arg::Value { kind: Kind::String | Kind::Pattern | Kind::Named(_), .. } => {
                let text = format!("text{}", self.random.below(99));
                self.push(text);
            }
            Arg::Sequence(items) => self.sequence(items),
            Arg::Choice(items) => {
                let chosen = self.random.below(items.len());
                self.one(&items[chosen]);
            }
            Arg::Optional(item) => {
                if self.random.below(2) == 0 {
                    self.one(item);
                }
            }
            Arg::Repeat(item) => {
                let times = 1 + self.random.below(3);
                self.repeat(item, times);
            }
        }
    }

    fn push(&mut self, arg: String) {
        self.args.push(arg.into_bytes());
    }
}

/// Whether the item at `at` is what a number before it counts.
fn counts(items: &[Arg], at: usize) -> bool {
    at > 0 && matches!(&items[at - 1], Arg::Value { name, kind: Kind::Integer } if name.starts_with("num"))
}

/// SplitMix64: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    /// Up to forty bytes, rich in braces.
    fn key(&mut self) -> Vec<u8> {
        (0..self.below(41))
            .map(|_| match self.below(12) {
                0 => b'{',
                1 => b'}',
                _ => self.next().to_le_bytes()[0],
            })
            .collect()
    }
}
