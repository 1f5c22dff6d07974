//! COMMAND INFO: a row that is told is the row that is learned; a reply that no server gives teaches nothing and breaks
//! nothing.

use arbitrary::{Result, Unstructured};
use slotpipe_core::{
    route::{
        command::{Begin, Find, Flags, KeySpec, Keys},
        table::{Learned, Lookup, Table, read_command_info},
    },
    wire::tape::Leaf,
};

use crate::{
    commands::{Argv, Framed, word},
    keys,
    reference::Value,
    resp::{self, bulk},
};

/// An honest element and what is learned from it; then the same with lies in it, and commands of what that taught.
pub fn run(data: &[u8]) {
    let _ = try_run(&mut Unstructured::new(data));
}

fn try_run(given: &mut Unstructured<'_>) -> Result<()> {
    let resp3 = given.arbitrary()?;
    let told = Told::any(given)?;
    let rows = read(&told.element(), resp3).expect("an element as servers write it");
    told.is_learned_as(&rows);

    let mut element = told.element();
    for _ in 0..given.int_in_range(0..=3)? {
        lie(&mut element, given)?;
    }
    let mut table = Table::default();
    for row in read(&element, resp3).unwrap_or_default() {
        let name = row.name.clone();
        table.learn(row);
        let mut argv: Argv = if given.ratio(1, 2)? {
            name.split(' ').map(|word| word.as_bytes().to_vec()).collect()
        } else {
            vec![name.into_bytes()]
        };
        for _ in 0..given.int_in_range(0..=6)? {
            argv.push(word(given)?);
        }
        keys::known(&table, &argv);
        if let Lookup::Known(id) = table.lookup(Framed::new(&argv).args()) {
            keys::found(table.row(id), &argv);
        }
    }
    Ok(())
}

fn read(element: &Value, resp3: bool) -> Option<Vec<Learned>> {
    let mut bytes = Vec::new();
    resp::write(element, resp3, &mut bytes);
    let (words, buffers) = resp::decoded(&bytes)?;
    let leaf = |leaf: Leaf| leaf.of(&buffers).expect("bytes that are there");
    read_command_info(&words, &leaf)
}

/// Puts something else in the place of a value somewhere inside.
fn lie(value: &mut Value, given: &mut Unstructured<'_>) -> Result<()> {
    if let Value::Array(elements) | Value::Set(elements) | Value::Map(elements) = value
        && !elements.is_empty()
        && !given.ratio(1, 8)?
    {
        let at = given.choose_index(elements.len())?;
        return lie(&mut elements[at], given);
    }
    *value = match (value.clone(), given.int_in_range(0..=3)?) {
        (Value::Int(_), 0..=2) => {
            Value::Int(*given.choose(&[-1, 0, 1, 2, 127, 128, -128, -129, 255, 256, i64::MIN, i64::MAX])?)
        }
        (Value::Bulk(_), 0..=2) => bulk(*given.choose(&["", "a|b", "a b|c d", "é", "flags", "spec", "|", " "])?),
        _ => resp::any(given, 2)?,
    };
    Ok(())
}

/// What an element says.
struct Told {
    name: &'static str,
    arity: i8,
    flags: Vec<&'static str>,
    specs: Vec<(KeySpec, Vec<&'static str>)>,
    tips: Vec<&'static str>,
    subcommands: Vec<Told>,
}

impl Told {
    fn any(given: &mut Unstructured<'_>) -> Result<Self> {
        let mut told = Self::alone(given, &["foo", "foo.bar", "json.get", "x"])?;
        for _ in 0..given.int_in_range(0..=2)? {
            told.subcommands.push(Self::alone(given, &["foo|one", "foo|two", "x|y|z"])?);
        }
        Ok(told)
    }

    fn alone(given: &mut Unstructured<'_>, names: &[&'static str]) -> Result<Self> {
        let some = |given: &mut Unstructured<'_>, of: &[&'static str]| -> Result<Vec<&'static str>> {
            (0..given.int_in_range(0..=3)?).map(|_| given.choose(of).copied()).collect()
        };
        let name = given.choose(names)?;
        let flags = some(given, &["write", "readonly", "blocking", "admin", "pubsub", "fast", "movablekeys"])?;
        let tips = some(
            given,
            &[
                "request_policy:all_nodes",
                "request_policy:all_shards",
                "request_policy:multi_shard",
                "response_policy:agg_sum",
                "response_policy:all_succeeded",
                "nondeterministic_output",
            ],
        )?;
        let mut specs = Vec::new();
        for _ in 0..given.int_in_range(0..=2)? {
            specs.push((keys::spec(given)?, some(given, &["RW", "not_key", "incomplete", "access"])?));
        }
        Ok(Self { name, arity: given.int_in_range(-5..=5)?, flags, specs, tips, subcommands: Vec::new() })
    }

    fn element(&self) -> Value {
        let texts = |texts: &[&str]| Value::Set(texts.iter().map(bulk).collect());
        let specs = self.specs.iter().map(|(spec, flags)| {
            Value::Map(vec![
                bulk("flags"),
                texts(flags),
                bulk("begin_search"),
                begin(&spec.begin),
                bulk("find_keys"),
                find(spec.find),
            ])
        });
        Value::Array(vec![
            bulk(self.name),
            Value::Int(self.arity.into()),
            texts(&self.flags),
            Value::Int(1),
            Value::Int(1),
            Value::Int(1),
            texts(&["@all"]),
            texts(&self.tips),
            Value::Array(specs.collect()),
            Value::Array(self.subcommands.iter().map(Self::element).collect()),
        ])
    }

    fn is_learned_as(&self, rows: &[Learned]) {
        assert_eq!(rows.len(), 1 + self.subcommands.len());
        for (told, row) in [self].into_iter().chain(&self.subcommands).zip(rows) {
            assert_eq!(row.name, told.name.to_ascii_uppercase().replace('|', " "));
            assert_eq!(row.arity, told.arity);
            let says = |flag: &str| told.flags.contains(&flag);
            for (flag, bit) in [("write", Flags::WRITE), ("readonly", Flags::READONLY), ("blocking", Flags::BLOCKING)] {
                assert_eq!(row.flags.has(bit), says(flag), "{flag}");
            }
            assert_eq!(row.flags.has(Flags::CONTAINER), !told.subcommands.is_empty());
            assert_eq!(row.flags.has(Flags::NEEDS_KEYS), told.specs.is_empty() && says("movablekeys"));
            let is_channel = |flags: &Vec<&str>| flags.contains(&"not_key");
            let are_channels = !told.specs.is_empty() && told.specs.iter().all(|(_, flags)| is_channel(flags));
            assert_eq!(row.flags.has(Flags::CHANNEL), are_channels);
            let specs: Vec<KeySpec> = told.specs.iter().map(|(spec, _)| spec.clone()).collect();
            match &row.keys {
                Keys::None => assert_eq!(specs, []),
                Keys::First => {
                    let find = Find::Range { last: 0, step: 1, limit: 0 };
                    assert_eq!(specs, [KeySpec { begin: Begin::Index(1), find }]);
                }
                Keys::Specs(own) => assert_eq!(own.as_ref(), specs),
                other @ (Keys::Sort | Keys::Georadius | Keys::Migrate) => panic!("{other:?} is never learned"),
            }
        }
    }
}

fn begin(begin: &Begin) -> Value {
    let number = |value: i64| Value::Int(value);
    match begin {
        Begin::Index(index) => spec("index", vec![bulk("index"), number((*index).into())]),
        Begin::Keyword { word, from } => {
            let word = word.to_ascii_lowercase();
            spec("keyword", vec![bulk("keyword"), bulk(word), bulk("startfrom"), number((*from).into())])
        }
        Begin::Unknown => spec("unknown", Vec::new()),
    }
}

fn find(find: Find) -> Value {
    let field = |name: &str, value: i64| [bulk(name), Value::Int(value)];
    match find {
        Find::Range { last, step, limit } => {
            let fields = [field("lastkey", last.into()), field("keystep", step.into()), field("limit", limit.into())];
            spec("range", fields.concat())
        }
        Find::Keynum { index, first, step } => {
            let fields =
                [field("keynumidx", index.into()), field("firstkey", first.into()), field("keystep", step.into())];
            spec("keynum", fields.concat())
        }
        Find::Unknown => spec("unknown", Vec::new()),
    }
}

fn spec(kind: &str, fields: Vec<Value>) -> Value {
    Value::Map(vec![bulk("type"), bulk(kind), bulk("spec"), Value::Map(fields)])
}
