//! The TypeScript methods: `host-node/ts/commands.ts`.
//!
//! One abstract class with a method for each command; what a method returns hangs on the class's parameter (a promise, or a
//! pipeline that is one longer). What may be left out is an object of options behind the other parameters, and what has no
//! token stands there as parameters that may be missing.
//!
//! Types of replies: `string` is the class's text (a string, or bytes), `integer` a number (or bigint, where a user's
//! number can be beyond 2^53), `0|1` a boolean where the table's shape says so, `map<k,v>` a `Map`, `{a:b}` a `Map` with known
//! names, `Type` one of `replies.ts`, and what is decided by scripts and modules a `Value`. A reply that is a `Value` although
//! neither the table nor `methods.tsv` say that it has no type is an error.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    Generator,
    commands::{Command, Commands},
    methods::{Alternative, Api, Method, Opt, OptItem, Param, Part, Place, camel, snake},
    reply::{self, Field, Reply},
};

/// `class Commands`.
pub const GENERATOR: Generator =
    Generator { file: "host-node/ts/commands.ts", text: |commands| methods(&Api::new(commands)?, commands) };

/// Names of commands that the core may refuse whatever their keys are.
pub const REFUSABLE: Generator =
    Generator { file: "host-node/ts/refusable.ts", text: |commands| Ok(refusable(commands)) };

/// Words that name no parameter: JavaScript's, and what the methods call.
const TAKEN: &str = " args arguments bitfield case counted default delete do function geoOrigin geoShape given groups if in many \
    new options scoredMembers streams this trim with ";

/// Commands whose integers are the user's own and may be anything.
const WIDE: [&str; 7] = ["INCR", "INCRBY", "DECR", "DECRBY", "HINCRBY", "BITFIELD", "BITFIELD_RO"];

/// Types of arguments that `arguments.ts` has, each with a writer of its name in lower camel case.
const WRITTEN: [&str; 6] = ["Bitfield", "GeoOrigin", "GeoShape", "ScoredMembers", "Streams", "Trim"];

fn refusable(commands: &Commands) -> String {
    let may_be = |row: &&Command| !row.refusal.is_empty() || row.has_flag("blocking");
    let names: BTreeSet<&str> =
        commands.rows.iter().filter(may_be).filter_map(|row| row.name.split(' ').next()).collect();
    let lines: String = names.iter().map(|name| format!("  {name:?},\n")).collect();
    format!(
        "\
// Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

/** Commands that the core may refuse in a pipeline whatever their keys are: it is asked when one is queued. */
export const REFUSABLE: ReadonlySet<string> = new Set([
{lines}]);
"
    )
}

fn methods(api: &Api, commands: &Commands) -> Result<String, String> {
    let mut classes = String::new();
    let mut interfaces = BTreeMap::new();
    for method in &api.methods {
        let row = commands.find(&method.command).ok_or_else(|| format!("{} is not in the table", method.command))?;
        write_method(&mut classes, &mut interfaces, api, method, row)?;
    }
    let shorts = api.methods.iter().filter_map(|method| Some((method.short.as_ref()?, &method.name)));
    let shorts: String =
        shorts.map(|(short, name)| format!("  {}: \"{}\",\n", lower_camel(short), lower_camel(name))).collect();
    let mut text = String::from(
        "\
// Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

import {
  type BitOperation as BitfieldOperation,
  bitfield,
  counted,
  type GeoOrigin,
  geoOrigin,
  type GeoShape,
  geoShape,
  given,
  groups,
  type Int,
  type Many,
  many,
  type Pairs,
  refuseSurplus,
  type ScoredMembers,
  scoredMembers,
  type Streams,
  streams,
  type Trim,
  trim,
} from \"./arguments.js\";
import type { Value } from \"./decode.js\";
import type { Arg } from \"./encode.js\";
import type { Out } from \"./out.js\";
import { type Renamed, renamed } from \"./renamed.js\";
import type {
  Autoclaimed,
  ClientInfo,
  ClusterNode,
  Fields,
  GeoMatch,
  Info,
  LcsMatch,
  OneOrMany,
  PendingSummary,
  Perhaps,
  PerNode,
  Role,
  Sample,
  ScanPage,
  SlotOwners,
  SlotStats,
  SlowlogEntry,
  StreamEntry,
} from \"./replies.js\";
",
    );
    for (name, tokens) in &api.choices {
        let tokens: Vec<String> = tokens.iter().map(|token| format!("{token:?}")).collect();
        write!(text, "\nexport type {name} = {};\n", tokens.join(" | ")).unwrap();
    }
    for (name, fields) in &interfaces {
        write!(text, "\nexport interface {name} {{\n{fields}}}\n").unwrap();
    }
    text.push_str(
        "
/** Every command as a method. `S` is what texts are, `K` what methods return. */
export abstract class Commands<S, K> {
  /** The CLUSTER commands by their own names. */
  get cluster(): Renamed<this, typeof CLUSTER> {
    return renamed(this, CLUSTER);
  }

  /** Takes one command. */
  protected abstract send<R>(args: readonly Arg[]): Out<K, R>;
",
    );
    text.push_str(&classes);
    write!(text, "}}\n\nrefuseSurplus(Commands.prototype);\n\nconst CLUSTER = {{\n{shorts}}} as const;\n").unwrap();
    Ok(text)
}

fn write_method(
    text: &mut String,
    interfaces: &mut BTreeMap<String, String>,
    api: &Api,
    method: &Method,
    row: &Command,
) -> Result<(), String> {
    let mut writer = Writer { api, params: Vec::new(), extras: Vec::new(), fields: String::new(), body: String::new() };
    for part in &method.parts {
        writer.part(part, &method.command, false);
    }
    let Writer { params, extras, fields, body, .. } = writer;
    let name = lower_camel(&method.name);
    let words: Vec<String> = method.command.split(' ').map(|word| format!("{word:?}")).collect();
    let types = Types { method, table: reply::reply(&row.reply).ok(), has_booleans: row.shape.starts_with("bool") };
    let reply = types.answer(&method.reply)?;
    let with = method.with.as_ref().map_or_else(|| Ok(reply.clone()), |with| types.answer(with))?;

    let mut optional = extras.iter().map(|(name, kind)| format!("{name}?: {kind}")).collect::<Vec<_>>();
    let mut needed = extras.iter().map(|(name, kind)| format!("{name}: {kind}")).collect::<Vec<_>>();
    if !fields.is_empty() {
        let interface = format!("{}Options", camel(&method.name));
        optional.push(format!("options?: {interface}"));
        needed.push(format!("options: {interface}"));
        interfaces.insert(interface, fields);
    }
    let needs: Vec<String> = params.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    let list = |more: &[String]| [&needs[..], more].concat().join(", ");
    let since = if method.since.is_empty() { String::new() } else { format!(", since {}", method.since) };
    writeln!(text, "\n  /** `{}`{since}. */", method.usage.replace("*/", "* /")).unwrap();
    let returns = if reply == with {
        format!("Out<K, {reply}>")
    } else {
        writeln!(text, "  {name}({}): Out<K, {reply}>;", list(&[])).unwrap();
        // What stands before the last may be left out even then.
        let last = needed.len() - 1;
        let behind: Vec<String> = match extras.is_empty() {
            true => needed.clone(),
            false => [&needed[..1], &optional[1.min(last + 1)..]].concat(),
        };
        writeln!(text, "  {name}({}): Out<K, {with}>;", list(&behind)).unwrap();
        "unknown".to_owned()
    };
    writeln!(text, "  {name}({}): {returns} {{", list(&optional)).unwrap();
    let (first, body) = joined(&body);
    let words = words.into_iter().chain(first).collect::<Vec<_>>().join(", ");
    if body.is_empty() {
        writeln!(text, "    return this.send([{words}]);\n  }}").unwrap();
        return Ok(());
    }
    writeln!(text, "    const args: Arg[] = [{words}];").unwrap();
    text.push_str(&body);
    text.push_str("    return this.send(args);\n  }\n");
    Ok(())
}

/// Statements with neighbouring pushes joined; what is pushed first of all belongs into the array from the start.
fn joined(body: &str) -> (Option<String>, String) {
    let pushed = |line: &str| Some(line.trim_start().strip_prefix("args.push(")?.strip_suffix(");")?.to_owned());
    let mut lines: Vec<String> = Vec::new();
    for line in body.lines() {
        if let (Some(more), Some(last)) = (pushed(line), lines.last_mut())
            && pushed(last).is_some()
        {
            last.truncate(last.len() - 2);
            last.extend([", ", &more, ");"]);
            continue;
        }
        lines.push(line.to_owned());
    }
    let first = lines.first().and_then(|line| pushed(line));
    let rest = lines.iter().skip(usize::from(first.is_some()));
    (first, rest.map(|line| format!("{line}\n")).collect())
}

struct Writer<'a> {
    api: &'a Api,
    params: Vec<(String, String)>,
    /// Parameters that may be missing, all or none of them.
    extras: Vec<(String, String)>,
    fields: String,
    body: String,
}

impl Writer<'_> {
    fn part(&mut self, part: &Part, command: &str, is_extra: bool) {
        match part {
            Part::Token(word) => self.line(4, &format!("args.push({word:?});")),
            Part::Param(param) => {
                let name = variable(&param.name);
                let kind = self.kind(param);
                // Of several that go together the first says whether they are there; what is missing then is refused.
                let expression =
                    if is_extra && !self.extras.is_empty() { format!("({name} as {kind})") } else { name.clone() };
                if is_extra { &mut self.extras } else { &mut self.params }.push((name, kind));
                self.write(param, &expression, 4);
            }
            Part::Extra(parts) => {
                let before = self.body.len();
                for part in parts {
                    self.part(part, command, true);
                }
                let inner = self.body.split_off(before);
                let Some((first, _)) = self.extras.first() else { return self.body.push_str(&inner) };
                let condition = format!("    if ({first} !== undefined) {{\n");
                self.body.push_str(&condition);
                self.body.extend(inner.lines().map(|line| format!("  {line}\n")));
                self.body.push_str("    }\n");
            }
            Part::Options(options) => {
                let names: Vec<String> = options.iter().map(names).collect();
                self.line(4, &format!("if (given({command:?}, options, [{}])) {{", names.join(", ")));
                for option in options {
                    self.option(option, command, "options", 6, 2);
                }
                self.line(4, "}");
            }
        }
    }

    /// One option: a field of the interface, and what writes it from `object`.
    fn option(&mut self, option: &Opt, command: &str, object: &str, indent: usize, depth: usize) {
        match option {
            Opt::Flag(token) => {
                let name = lower_camel(&snake(token));
                self.field(depth, &format!("`{token}`"), &name, "boolean");
                self.line(indent, &format!("if ({object}.{name}) args.push({token:?});"));
            }
            Opt::Group { name, items } => self.group(name, items, command, object, indent, depth),
            Opt::Pick { prefix, alternatives } => {
                for alternative in alternatives {
                    self.alternative(prefix.as_deref(), alternative, object, indent, depth);
                }
            }
            Opt::Append { name, token, values } => {
                let name = lower_camel(name);
                let kinds: Vec<String> = values.iter().map(|value| self.kind(value)).collect();
                let each = match &kinds[..] {
                    [one] => one.clone(),
                    several => format!("readonly [{}]", several.join(", ")),
                };
                self.field(depth, &format!("`{token}`, once for each"), &name, &format!("readonly ({each})[]"));
                self.line(indent, &format!("for (const each of {object}.{name} ?? []) {{"));
                self.line(indent + 2, &format!("args.push({token:?});"));
                for (at, value) in values.iter().enumerate() {
                    let expression = if values.len() == 1 { "each".to_owned() } else { format!("each[{at}]") };
                    self.write(value, &expression, indent + 2);
                }
                self.line(indent, "}");
            }
        }
    }

    fn group(&mut self, name: &str, items: &[OptItem], command: &str, object: &str, indent: usize, depth: usize) {
        let name = lower_camel(name);
        let is_single = items.iter().filter(|item| !matches!(item, OptItem::Token(_))).count() == 1;
        let own = format!("{object}.{name}");
        let doc = items.iter().filter_map(|item| match item {
            OptItem::Token(word) => Some(word.as_str()),
            OptItem::Param(param) => Some(param.name.as_str()),
            OptItem::Opt(_) => None,
        });
        let doc = format!("`{}`", doc.collect::<Vec<_>>().join(" "));
        let condition = match is_single {
            true => format!("{own} !== undefined"),
            false => format!("given({command:?}, {own}, [{}])", inner_names(items)),
        };
        self.line(indent, &format!("if ({condition}) {{"));
        let before = self.fields.len();
        for item in items {
            match item {
                OptItem::Token(word) => self.line(indent + 2, &format!("args.push({word:?});")),
                OptItem::Param(param) if is_single => {
                    self.field(depth, &doc, &name, &self.kind(param));
                    self.write(param, &own, indent + 2);
                }
                OptItem::Param(param) => {
                    let inner = lower_camel(&param.name);
                    let kind = self.kind(param);
                    writeln!(self.fields, "{}readonly {inner}: {kind};", " ".repeat(depth + 2)).unwrap();
                    self.write(param, &format!("{own}.{inner}"), indent + 2);
                }
                OptItem::Opt(option) => self.option(option, command, &own, indent + 2, depth + 2),
            }
        }
        self.line(indent, "}");
        if !is_single {
            let inner = self.fields.split_off(before);
            let pad = " ".repeat(depth);
            write!(self.fields, "{pad}/** {doc}. */\n{pad}readonly {name}?: {{\n{inner}{pad}}};\n").unwrap();
        }
    }

    fn alternative(&mut self, prefix: Option<&str>, one: &Alternative, object: &str, indent: usize, depth: usize) {
        let name = lower_camel(&one.name);
        let own = format!("{object}.{name}");
        let names = one.values.iter().map(|value| value.name.as_str());
        let words: Vec<&str> = prefix.into_iter().chain([one.token.as_str()]).chain(names).collect();
        let tokens: Vec<String> =
            prefix.into_iter().chain([one.token.as_str()]).map(|word| format!("{word:?}")).collect();
        let doc = format!("`{}`", words.join(" "));
        let push = format!("args.push({});", tokens.join(", "));
        match &one.values[..] {
            [] => {
                self.field(depth, &doc, &name, "boolean");
                self.line(indent, &format!("if ({own}) {push}"));
                return;
            }
            [value] => self.field(depth, &doc, &name, &self.kind(value)),
            several => {
                let kinds: Vec<String> = several.iter().map(|value| self.kind(value)).collect();
                self.field(depth, &doc, &name, &format!("readonly [{}]", kinds.join(", ")));
            }
        }
        self.line(indent, &format!("if ({own} !== undefined) {{"));
        self.line(indent + 2, &push);
        for (at, value) in one.values.iter().enumerate() {
            let expression = if one.values.len() == 1 { own.clone() } else { format!("{own}[{at}]") };
            self.write(value, &expression, indent + 2);
        }
        self.line(indent, "}");
    }

    fn write(&mut self, param: &Param, expression: &str, indent: usize) {
        let statement = match (&param.place, param.counted) {
            (_, Some(size)) => format!("counted(args, {size}, {expression});"),
            (Place::Many, None) => format!("many(args, {expression});"),
            (Place::Groups(size), None) => format!("groups(args, {size}, {expression});"),
            (Place::Named(name), None) if WRITTEN.contains(&name.as_str()) => {
                format!("{}(args, {expression});", lower_camel_of(name))
            }
            (Place::Named(name), None) if !self.api.choices.contains_key(name) => format!("many(args, {expression});"),
            (Place::One | Place::Integer | Place::Number | Place::Named(_), None) => {
                format!("args.push({expression});")
            }
        };
        self.line(indent, &statement);
    }

    fn kind(&self, param: &Param) -> String {
        match &param.place {
            Place::One => "Arg".to_owned(),
            Place::Integer | Place::Number => "Int".to_owned(),
            Place::Many => "Many".to_owned(),
            Place::Groups(2) => "Pairs".to_owned(),
            Place::Groups(_) => "Iterable<readonly Arg[]>".to_owned(),
            Place::Named(name) if name == "Bitfield" => "readonly BitfieldOperation[]".to_owned(),
            Place::Named(name) if WRITTEN.contains(&name.as_str()) || self.api.choices.contains_key(name) => {
                name.clone()
            }
            // Its words as they are written.
            Place::Named(_) => "Many".to_owned(),
        }
    }

    fn field(&mut self, depth: usize, doc: &str, name: &str, kind: &str) {
        let pad = " ".repeat(depth);
        write!(self.fields, "{pad}/** {doc}. */\n{pad}readonly {name}?: {kind};\n").unwrap();
    }

    fn line(&mut self, indent: usize, line: &str) {
        writeln!(self.body, "{}{line}", " ".repeat(indent)).unwrap();
    }
}

/// The fields that an option has in its object, as JavaScript lists them: those that exclude each other are a list in it.
fn names(option: &Opt) -> String {
    match option {
        Opt::Flag(token) => format!("{:?}", lower_camel(&snake(token))),
        Opt::Group { name, .. } | Opt::Append { name, .. } => format!("{:?}", lower_camel(name)),
        Opt::Pick { alternatives, .. } => {
            let names: Vec<String> = alternatives.iter().map(|one| format!("{:?}", lower_camel(&one.name))).collect();
            format!("[{}]", names.join(", "))
        }
    }
}

/// The same of a group that is an object of its own.
fn inner_names(items: &[OptItem]) -> String {
    let of = |item: &OptItem| match item {
        OptItem::Token(_) => None,
        OptItem::Param(param) => Some(format!("{:?}", lower_camel(&param.name))),
        OptItem::Opt(option) => Some(names(option)),
    };
    items.iter().filter_map(of).collect::<Vec<_>>().join(", ")
}

/// Reply trees as types.
struct Types<'a> {
    method: &'a Method,
    /// What the command table says that it answers.
    table: Option<Reply>,
    has_booleans: bool,
}

impl Types<'_> {
    fn answer(&self, reply: &Reply) -> Result<String, String> {
        // What Rust has no one type for can be several here.
        let table = self.table.as_ref().filter(|table| *reply == Reply::Any && self.has_type(table));
        self.of(table.unwrap_or(reply))
    }

    fn has_type(&self, reply: &Reply) -> bool {
        self.of(reply).is_ok_and(|text| !text.contains("Value<"))
    }

    fn of(&self, reply: &Reply) -> Result<String, String> {
        let all = |all: &[Reply]| all.iter().map(|one| self.of(one)).collect::<Result<Vec<_>, _>>();
        Ok(match reply {
            Reply::String => "S".to_owned(),
            Reply::Integer if WIDE.contains(&self.method.command.as_str()) => "number | bigint".to_owned(),
            Reply::Integer | Reply::Number => "number".to_owned(),
            Reply::Exactly(number) => number.to_string(),
            Reply::Boolean => "boolean".to_owned(),
            Reply::Null => "null".to_owned(),
            Reply::Any => return self.untyped("anything"),
            Reply::Text(text) => format!("{text:?}"),
            Reply::Array(of) => format!("Array<{}>", self.of(of)?),
            Reply::Set(of) => format!("Set<{}>", self.of(of)?),
            Reply::Map(key, value) => format!("Map<{}, {}>", self.of(key)?, self.of(value)?),
            Reply::Tuple(items) => format!("[{}]", all(items)?.join(", ")),
            Reply::Struct(fields) => {
                let field = |field: &Field| {
                    let or = if field.optional { " | undefined" } else { "" };
                    Ok(format!("{:?}: {}{or}", field.name, self.of(&field.reply)?))
                };
                let fields: Vec<String> = fields.iter().map(field).collect::<Result<_, String>>()?;
                format!("Fields<S, {{ {} }}>", fields.join("; "))
            }
            Reply::Named(name, Some(of)) => match name.as_str() {
                "Flat" => "Array<S>".to_owned(),
                "ScanPage" => "ScanPage<S>".to_owned(),
                "Autoclaimed" => format!("Autoclaimed<S, {}>", self.of(of)?),
                "OneOrMany" | "Perhaps" | "PerNode" => format!("{name}<{}>", self.of(of)?),
                _ => return self.untyped(name),
            },
            Reply::Named(name, None) => match name.as_str() {
                "ClientInfo" | "ClusterNode" | "GeoMatch" | "Info" | "PendingSummary" | "Role" | "Sample"
                | "SlotOwners" | "SlotStats" | "SlowlogEntry" | "StreamEntry" => format!("{name}<S>"),
                "LcsMatch" => name.clone(),
                _ => return self.untyped(name),
            },
            Reply::Union(pair) if self.has_booleans && pair[..] == [Reply::Exactly(0), Reply::Exactly(1)] => {
                "boolean".to_owned()
            }
            Reply::Union(several) => all(several)?.join(" | "),
        })
    }

    fn untyped(&self, what: &str) -> Result<String, String> {
        if self.method.may_be_untyped || self.table == Some(Reply::Any) {
            return Ok("Value<S>".to_owned());
        }
        Err(format!(
            "{} answers {what}: give it a type in replies.ts, or list it in methods.tsv as untyped",
            self.method.name
        ))
    }
}

fn lower_camel(snake: &str) -> String {
    lower_camel_of(&camel(snake))
}

fn lower_camel_of(camel: &str) -> String {
    camel.split_at_checked(1).map_or_else(String::new, |(first, rest)| first.to_ascii_lowercase() + rest)
}

fn variable(snake: &str) -> String {
    let name = lower_camel(snake);
    if TAKEN.split(' ').any(|word| word == name) { format!("{name}_") } else { name }
}
