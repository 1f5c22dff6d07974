//! The core's rows: `core/src/route/table/rows.rs`.
//!
//! Rows are sorted by name, so that subcommands follow their container. What many rows have in common, what kind of
//! command they are, where their keys are and how they are handled, stands in tables of its own. Names are cut from one
//! text in which they overlap. Top-level names are placed by a perfect hash: names are thrown into buckets, and for
//! each bucket, the fullest first, a displacement is searched that sends its names to free places.

use std::fmt::Write as _;

use slotpipe_core::route::table::{bucket_of, name_hash, place_of};

use super::{
    Generator,
    commands::{Command, Commands, KeySpec},
};

/// See above.
pub const GENERATOR: Generator = Generator { file: "core/src/route/table/rows.rs", text };

const BUCKETS: usize = 256;
const PLACES: usize = 512;
const NO_ROW: usize = u16::MAX as usize;

fn text(commands: &Commands) -> Result<String, String> {
    let mut rows: Vec<&Command> = commands.rows.iter().collect();
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(twice) = rows.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(format!("{} has two rows", twice[0].name));
    }
    let mut shared = Shared::default();
    let names = overlapped(&rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>());
    let mut lines = String::new();
    for row in &rows {
        let is_container = commands.is_container(&row.name);
        let start = names.find(&row.name).ok_or("a name was lost among the others")?;
        let line = row_text(row, start, is_container, &mut shared).map_err(|error| format!("{}: {error}", row.name))?;
        writeln!(lines, "    {line}, // {}", row.name).unwrap();
    }
    let names = wrapped(&names);
    let (displacements, places) = perfect_hash(&rows)?;
    let count = rows.len();
    Ok(format!(
        "\
//! Every command and subcommand. Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use alloc::borrow::Cow::Borrowed;

use super::{{Kind, Packed, refusals}};
use crate::{{
    route::command::{{Begin, Find, Flags as F, Handling, KeySpec, Keys, Merge, Pace, Request, Split, When}},
    route::recipe::Kind as Recipe,
    wire::shape::Shape,
}};

const fn row(name: u16, length: u8, arity: i8, kind: u8) -> Packed {{
    Packed {{ name: name.to_le_bytes(), length, arity, kind }}
}}

const fn kind(flags: u16, keys: u8, handling: u8) -> Kind {{
    Kind {{ flags, keys, handling }}
}}

/// By name, which puts subcommands behind their container.
pub(super) static ROWS: [Packed; {count}] = [
{lines}];

/// Each is in it somewhere.
pub(super) static NAMES: &str = \"{names}\";

{shared}
/// By bucket of a top-level name's hash.
pub(super) static DISPLACEMENTS: [u8; {BUCKETS}] = [{displacements}];

/// Rows by place of a top-level name's hash; {NO_ROW} where there is none.
pub(super) static PLACES: [u16; {PLACES}] = [{places}];
",
        shared = shared.text(),
        displacements = numbers(&displacements),
        places = numbers(&places),
    ))
}

/// What several rows use, in the order of its first use.
#[derive(Default)]
struct Shared {
    kinds: Vec<String>,
    keys: Vec<String>,
    handlings: Vec<String>,
}

impl Shared {
    fn text(&self) -> String {
        let list = |items: &[String]| {
            items.iter().enumerate().map(|(at, item)| format!("    /* {at} */ {item},\n")).collect::<String>()
        };
        format!(
            "pub(super) static KINDS: [Kind; {}] = [\n{}];\n\n\
             pub(super) static KEYS: [Keys; {}] = [\n{}];\n\n\
             pub(super) static HANDLINGS: [Handling; {}] = [\n{}];\n",
            self.kinds.len(),
            list(&self.kinds),
            self.keys.len(),
            list(&self.keys),
            self.handlings.len(),
            list(&self.handlings)
        )
    }
}

/// The place of an item among those that are shared.
fn place(items: &mut Vec<String>, item: String) -> usize {
    items.iter().position(|known| *known == item).unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}

fn row_text(row: &Command, start: usize, is_container: bool, shared: &mut Shared) -> Result<String, String> {
    let keys = place(&mut shared.keys, keys(row)?);
    let handling = place(&mut shared.handlings, handling(row)?);
    let kind = place(&mut shared.kinds, format!("kind({}, {keys}, {handling})", flags(row, is_container)?));
    Ok(format!("row({start}, {}, {}, {kind})", row.name.len(), row.arity))
}

fn handling(row: &Command) -> Result<String, String> {
    let (shape, when) = shapes(&row.shape)?;
    Ok(format!(
        "Handling {{ request: {}, split: {}, merge: {}, shape: {shape}, shape_when: &[{}], pace: {}, refusal: {} }}",
        request(&row.route)?,
        split(&row.split)?,
        merge(&row.merge)?,
        when.join(", "),
        pace(&row.pace)?,
        refusal(&row.refusal),
    ))
}

fn flags(row: &Command, is_container: bool) -> Result<String, String> {
    let is_script = matches!(row.name.as_str(), "EVAL" | "EVALSHA" | "EVAL_RO" | "EVALSHA_RO" | "FCALL" | "FCALL_RO");
    let is_channel = row.keys == "channel"
        || !row.key_specs.is_empty()
            && row.key_specs.iter().all(|spec| spec.flags.iter().any(|flag| flag == "not_key"));
    let is_known = matches!(row.retry.as_str(), "" | "harmless" | "by-token" | "reshapes" | "client-name");
    if !is_known {
        return Err(format!("retry `{}` is not known", row.retry));
    }
    let bits = [
        ("WRITE", row.has_flag("write")),
        ("READONLY", row.has_flag("readonly")),
        ("BLOCKING", row.has_flag("blocking")),
        ("ADMIN", row.has_flag("admin")),
        ("PUBSUB", row.has_flag("pubsub")),
        ("SCRIPT", is_script),
        ("CONTAINER", is_container),
        ("CHANNEL", is_channel),
        ("WRITES_BY_TOKEN", row.retry == "by-token"),
        ("HARMLESS", row.retry == "harmless"),
        ("NEEDS_KEYS", row.keys == "unknown"),
        ("RESHAPES", row.retry == "reshapes"),
        ("CLIENT_NAME", row.retry == "client-name"),
    ];
    let names: Vec<String> = bits.iter().filter(|(_, is)| *is).map(|(name, _)| format!("F::{name}")).collect();
    Ok(if names.is_empty() { "0".to_owned() } else { names.join(" | ") })
}

fn keys(row: &Command) -> Result<String, String> {
    let only_first = matches!(row.key_specs.as_slice(), [KeySpec { begin, find, .. }] if begin == "index:1" && find == "range:0:1:0");
    Ok(match row.keys.as_str() {
        "" if row.key_specs.is_empty() => "Keys::None".to_owned(),
        "" if only_first => "Keys::First".to_owned(),
        "" => {
            let specs = row.key_specs.iter().map(spec).collect::<Result<Vec<_>, _>>()?;
            format!("Keys::Specs(Borrowed(&[{}]))", specs.join(", "))
        }
        "channel" => "Keys::First".to_owned(),
        "sort" => "Keys::Sort".to_owned(),
        "georadius" => "Keys::Georadius".to_owned(),
        "migrate" => "Keys::Migrate".to_owned(),
        "unknown" => "Keys::None".to_owned(),
        other => return Err(format!("keys `{other}` is not known")),
    })
}

fn spec(spec: &KeySpec) -> Result<String, String> {
    let begin = match spec.begin.split(':').collect::<Vec<_>>().as_slice() {
        ["index", at] => format!("Begin::Index({at})"),
        ["keyword", word, from] => format!("Begin::Keyword {{ word: Borrowed({word:?}), from: {from} }}"),
        ["unknown"] => "Begin::Unknown".to_owned(),
        _ => return Err(format!("begin `{}` is not known", spec.begin)),
    };
    let find = match spec.find.split(':').collect::<Vec<_>>().as_slice() {
        ["range", last, step, limit] => format!("Find::Range {{ last: {last}, step: {step}, limit: {limit} }}"),
        ["keynum", index, first, step] => format!("Find::Keynum {{ index: {index}, first: {first}, step: {step} }}"),
        ["unknown"] => "Find::Unknown".to_owned(),
        _ => return Err(format!("find `{}` is not known", spec.find)),
    };
    Ok(format!("KeySpec {{ begin: {begin}, find: {find} }}"))
}

fn request(route: &str) -> Result<String, String> {
    Ok(match route.split_once('@') {
        None if route.is_empty() => "Request::Any".to_owned(),
        None if route == "nodes" => "Request::AllNodes".to_owned(),
        None if route == "primaries" => "Request::AllPrimaries".to_owned(),
        Some(("slot", at)) => format!("Request::SlotArgument({at})"),
        Some(("owners", at)) => format!("Request::Owners {{ at: {at}, step: 1 }}"),
        Some(("range-owners", at)) => format!("Request::Owners {{ at: {at}, step: 2 }}"),
        _ => return Err(format!("route `{route}` is not known")),
    })
}

fn split(split: &str) -> Result<String, String> {
    if let Some(tail) = split.strip_prefix("keys") {
        return Ok(format!("Split::Keys {{ tail: {} }}", if tail.is_empty() { "0" } else { &tail[1..] }));
    }
    Ok(match split.split_once('/') {
        None if split.is_empty() => "Split::Never".to_owned(),
        Some(("recipe", kind)) => format!("Split::Recipe(Recipe::{})", variant(kind)),
        Some(("groups", step)) => format!("Split::Groups {{ step: {step} }}"),
        Some(("counted", step)) => format!("Split::Counted {{ step: {step} }}"),
        _ => return Err(format!("split `{split}` is not known")),
    })
}

fn merge(merge: &str) -> Result<&'static str, String> {
    Ok(match merge {
        "" => "Merge::Single",
        "position" => "Merge::Position",
        "sum" => "Merge::Sum",
        "min" => "Merge::Min",
        "max" => "Merge::Max",
        "and" => "Merge::And",
        "or" => "Merge::Or",
        "all-ok" => "Merge::AllOk",
        "one-ok" => "Merge::OneOk",
        "concat" => "Merge::Concat",
        "union" => "Merge::Union",
        "sum-pairs" => "Merge::SumPairs",
        "any-non-null" => "Merge::AnyNonNull",
        "per-node" => "Merge::PerNode",
        _ => return Err(format!("merge `{merge}` is not known")),
    })
}

/// The first shape, and those under a condition.
fn shapes(text: &str) -> Result<(&'static str, Vec<String>), String> {
    let mut parts = text.split(';');
    let first = shape(parts.next().unwrap_or_default())?;
    let mut when = Vec::new();
    for part in parts {
        let (name, condition) = part.split_once('@').ok_or_else(|| format!("shape `{part}` has no condition"))?;
        let condition = match condition.strip_prefix("argc>=") {
            Some(least) => format!("When::Argc({least})"),
            None => format!("When::Token({condition:?})"),
        };
        when.push(format!("({condition}, {})", shape(name)?));
    }
    Ok((first, when))
}

fn shape(name: &str) -> Result<&'static str, String> {
    Ok(match name {
        "" | "any" => "Shape::Any",
        "map" => "Shape::Map",
        "scored-pairs" => "Shape::ScoredPairs",
        "pairs" => "Shape::Pairs",
        "double" => "Shape::Double",
        "doubles" => "Shape::Doubles",
        "set" => "Shape::Set",
        "maps" => "Shape::Maps",
        "map-of-pairs" => "Shape::MapOfPairs",
        "scored-pair" => "Shape::ScoredPair",
        "keyed-scored-pairs" => "Shape::KeyedScoredPairs",
        "keyed-score" => "Shape::KeyedScore",
        "coordinates" => "Shape::Coordinates",
        "bool" => "Shape::Bool",
        "bools" => "Shape::Bools",
        "text" => "Shape::Text",
        "rank-score" => "Shape::RankScore",
        "deep-map" => "Shape::DeepMap",
        "info" => "Shape::Info",
        "fields" => "Shape::Fields",
        "client" => "Shape::Client",
        "clients" => "Shape::Clients",
        "cluster-nodes" => "Shape::ClusterNodes",
        "slot-owners" => "Shape::SlotOwners",
        "slot-stats" => "Shape::SlotStats",
        "slowlog" => "Shape::Slowlog",
        _ => return Err(format!("shape `{name}` is not known")),
    })
}

/// `move-key` as `MoveKey`.
fn variant(name: &str) -> String {
    name.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn pace(pace: &str) -> Result<String, String> {
    Ok(match pace.split_once('@') {
        None if pace.is_empty() => "Pace::Fast".to_owned(),
        None if pace == "slow" => "Pace::Slow".to_owned(),
        None if pace == "blocking-token" => "Pace::BlockingToken".to_owned(),
        Some(("blocking", at)) => format!("Pace::Blocking {{ at: {at} }}"),
        Some(("blocking-ms", at)) => format!("Pace::BlockingMs {{ at: {at} }}"),
        _ => return Err(format!("pace `{pace}` is not known")),
    })
}

/// The compiler checks that there is such a refusal.
fn refusal(name: &str) -> String {
    if name.is_empty() { "None".to_owned() } else { format!("Some(&refusals::{})", name.to_ascii_uppercase()) }
}

/// A text that contains all these, short if not the shortest: always those two are joined that overlap the most.
fn overlapped(names: &[&str]) -> String {
    let is_part = |name: &str| names.iter().any(|other| *other != name && other.contains(name));
    let mut texts: Vec<String> = names.iter().filter(|name| !is_part(name)).map(|name| (*name).to_owned()).collect();
    let overlap = |a: &str, b: &str| (1..a.len().min(b.len())).rev().find(|&n| a.ends_with(&b[..n])).unwrap_or(0);
    for length in (1..texts.iter().map(String::len).max().unwrap_or(1)).rev() {
        let mut first = 0;
        while first < texts.len() {
            match (0..texts.len()).find(|&next| next != first && overlap(&texts[first], &texts[next]) >= length) {
                None => first += 1,
                Some(next) => {
                    let joined = overlap(&texts[first], &texts[next]);
                    let tail = texts[next][joined..].to_owned();
                    texts[first] += &tail;
                    texts.remove(next);
                    first = first.saturating_sub(usize::from(next < first));
                }
            }
        }
    }
    texts.concat()
}

/// In lines of a string literal. A line's first space would not count.
fn wrapped(text: &str) -> String {
    let lines = text.as_bytes().chunks(110).map(|line| String::from_utf8_lossy(line));
    lines
        .map(|line| {
            format!("\\\n    {}", line.strip_prefix(' ').map_or(line.to_string(), |rest| format!("\\x20{rest}")))
        })
        .collect()
}

/// Displacements by bucket, rows by place.
fn perfect_hash(rows: &[&Command]) -> Result<(Vec<usize>, Vec<usize>), String> {
    let mut buckets: Vec<(usize, Vec<(usize, u64)>)> = (0..BUCKETS).map(|bucket| (bucket, Vec::new())).collect();
    for (id, row) in rows.iter().enumerate().filter(|(_, row)| !row.name.contains(' ')) {
        let hash = name_hash(row.name.as_bytes());
        buckets[bucket_of(hash, BUCKETS)].1.push((id, hash));
    }
    buckets.sort_by_key(|(bucket, names)| (usize::MAX - names.len(), *bucket));
    let mut displacements = vec![0; BUCKETS];
    let mut places = vec![NO_ROW; PLACES];
    for (bucket, names) in buckets.iter().filter(|(_, names)| !names.is_empty()) {
        let fits = |displacement: &u8| {
            let mut taken: Vec<usize> = names.iter().map(|(_, hash)| place_of(*hash, *displacement, PLACES)).collect();
            let is_free = taken.iter().all(|place| places[*place] == NO_ROW);
            taken.sort_unstable();
            is_free && taken.windows(2).all(|pair| pair[0] != pair[1])
        };
        let Some(displacement) = (0..=u8::MAX).find(fits) else {
            let names: Vec<&str> = names.iter().map(|(id, _)| rows[*id].name.as_str()).collect();
            return Err(format!("no places for {}: change the constants of the hash", names.join(", ")));
        };
        displacements[*bucket] = usize::from(displacement);
        for (id, hash) in names {
            places[place_of(*hash, displacement, PLACES)] = *id;
        }
    }
    Ok((displacements, places))
}

fn numbers(numbers: &[usize]) -> String {
    let lines = numbers.chunks(32).map(|line| line.iter().map(|n| format!("{n}, ")).collect::<String>());
    lines.fold("\n".to_owned(), |text, line| text + "    " + line.trim_end() + "\n")
}
