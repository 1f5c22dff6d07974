//! The Rust methods: `host-native/src/commands/`.
//!
//! | file | holds |
//! |---|---|
//! | `methods.rs` | `trait Commands` |
//! | `cluster.rs` | the CLUSTER commands by their own names |
//! | `options.rs` | one builder for each command with options |
//! | `choices.rs` | enums of tokens |
//! | `replies.rs` | structs for replies with known names |
//!
//! Types of replies: `string` is `Bytes`, `integer` (and several integers) `i64`, `0|1` a `bool`, `number` `f64`, `"OK"`
//! `()`, `"OK"|null` a `bool`, other texts `String`, `null|x` an `Option`, `array<x>` and `set<x>` a `Vec`, `map<k,v>` a
//! `BTreeMap`, `[a,b]` a tuple, `{a:b}` a struct; `any` and unions that are none of these are `Value`, which only commands
//! may answer that `methods.tsv` lists as `untyped`.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    Generator,
    methods::{Alternative, Api, Method, Opt, OptItem, Param, Part, Place, camel, snake},
    reply::{Field, Reply},
};

/// `trait Commands`.
pub const METHODS: Generator =
    Generator { file: "host-native/src/commands/methods.rs", text: |commands| methods(&Api::new(commands)?) };

/// `struct ClusterCommands`.
pub const CLUSTER: Generator =
    Generator { file: "host-native/src/commands/cluster.rs", text: |commands| cluster(&Api::new(commands)?) };

/// The builders.
pub const OPTIONS: Generator =
    Generator { file: "host-native/src/commands/options.rs", text: |commands| options(&Api::new(commands)?) };

/// The enums.
pub const CHOICES: Generator =
    Generator { file: "host-native/src/commands/choices.rs", text: |commands| choices(&Api::new(commands)?) };

/// The structs.
pub const REPLIES: Generator =
    Generator { file: "host-native/src/commands/replies.rs", text: |commands| replies(&Api::new(commands)?) };

const HEADER: &str = "Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.";

/// Words that Rust keeps for itself; an underscore behind them makes them names (`type_`).
const KEYWORDS: &str = " abstract as async await become box break const continue crate do dyn else enum extern false final fn \
    for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try \
    type typeof unsafe unsized use virtual where while yield ";

/// Types of parameters that are traits, and what writes them.
const WRITTEN_BY: [(&str, &str); 2] = [("ScoredMembers", "Scored"), ("Streams", "KeysThenIds")];

fn methods(api: &Api) -> Result<String, String> {
    let builders = builders(api);
    let mut text = format!(
        "\
//! {HEADER}

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{{answers::*, arguments::*, choices::*, cluster::ClusterCommands, options::*, replies::*}};
use crate::{{
    command::*,
    from_value::FromValue,
    value::Value,
}};

/// Every command as a method; see [the rules](super).
pub trait Commands: Sized {{
    /// What a method returns for a reply of type `T`.
    type Out<T: FromValue>;

    /// What a method returns whose reply is one of type `T` for each node.
    type ByNode<T: FromValue>;

    /// Takes one command, whose arguments `write` writes.
    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self::Out<T>;

    /// Takes one command that is answered node by node.
    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self::ByNode<T>;

    /// The CLUSTER commands by their own names: `cluster().info()`.
    fn cluster(self) -> ClusterCommands<Self> {{
        ClusterCommands(self)
    }}
"
    );
    for method in &api.methods {
        let name = escape(&method.name);
        let reply = reply_type(method, &method.reply)?;
        write_method(&mut text, method, &name, &method.plain_usage, &reply, None);
        if let Some(with) = &method.with {
            let reply = reply_type(method, with)?;
            let name = format!("{}_with", method.name);
            write_method(&mut text, method, &name, &method.usage, &reply, Some(builders.name_of(method)));
        }
    }
    text.push_str("}\n");
    Ok(text)
}

fn options(api: &Api) -> Result<String, String> {
    let mut text = format!("//! {HEADER}\n\nuse super::{{arguments::*, choices::*}};\nuse crate::command::*;\n");
    for (name, builder) in builders(api).all {
        write_builder(&mut text, &name, &builder);
    }
    Ok(text)
}

fn choices(api: &Api) -> Result<String, String> {
    let mut text = format!("//! {HEADER}\n\nuse crate::command::{{CommandWriter, OneArg, ToArg}};\n");
    for (name, tokens) in &api.choices {
        let listed = tokens.iter().map(|token| format!("`{token}`")).collect::<Vec<_>>().join(" or ");
        let variant = |token: &String| camel(&snake(token));
        write!(text, "\n/// {listed}.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum {name} {{\n").unwrap();
        for token in tokens {
            write!(text, "    /// `{token}`.\n    {},\n", variant(token)).unwrap();
        }
        text.push_str("}\n\n");
        write!(text, "impl ToArg for {name} {{\n    fn write_to(&self, out: &mut CommandWriter<'_>) {{\n").unwrap();
        text.push_str("        out.arg(match self {\n");
        for token in tokens {
            writeln!(text, "            Self::{} => {token:?},", variant(token)).unwrap();
        }
        write!(text, "        }});\n    }}\n}}\n\nimpl OneArg for {name} {{}}\n").unwrap();
    }
    Ok(text)
}

fn replies(api: &Api) -> Result<String, String> {
    let mut text = format!(
        "//! {HEADER}\n\nuse std::collections::BTreeMap;\n\nuse bytes::Bytes;\n\nuse super::answers::{{reply_struct, *}};\n"
    );
    for method in &api.methods {
        let mut structs = Vec::new();
        for reply in std::iter::once(&method.reply).chain(&method.with) {
            let name = camel(&method.name);
            Types { method, structs: &mut structs }.of(reply, &name)?;
        }
        let mut written = Vec::new();
        for (name, fields) in structs {
            if written.contains(&name) {
                continue;
            }
            write!(text, "\nreply_struct! {{\n    /// From the reply of `{}`.\n    {name} {{\n", method.command)
                .unwrap();
            for (field, reply) in fields {
                let or = if field.optional { " or none" } else { "" };
                let rust = escape(&snake(&field.name));
                write!(text, "        /// `{0}`.\n        {rust}: {reply} = {0:?}{or},\n", field.name).unwrap();
            }
            text.push_str("    }\n}\n");
            written.push(name);
        }
    }
    Ok(text)
}

fn write_method(
    text: &mut String,
    method: &Method,
    name: &str,
    usage: &str,
    reply: &str,
    options: Option<Option<&str>>,
) {
    let is_with = options.is_some();
    let mut params = vec!["self".to_owned()];
    let mut body = Body::new();
    for word in method.command.split(' ') {
        body.arg(&format!("{word:?}"));
    }
    method_parts(&method.parts, is_with, &mut params, &mut body, &mut 0);
    if let Some(Some(builder)) = options {
        params.push(format!("options: {builder}"));
    }
    let since = if method.since.is_empty() { String::new() } else { format!(", since {}", method.since) };
    write!(text, "\n    /// `{usage}`{since}.\n").unwrap();
    writeln!(text, "    fn {name}({}) -> {} {{", params.join(", "), returned("Self", reply)).unwrap();
    let run = if by_node(reply).is_some() { "run_by_node" } else { "run" };
    writeln!(text, "        self.{run}(|w| {{").unwrap();
    text.push_str(&body.statements("            "));
    text.push_str("        })\n    }\n");
}

/// What a method of `of` returns for this reply.
fn returned(of: &str, reply: &str) -> String {
    by_node(reply).map_or_else(|| format!("{of}::Out<{reply}>"), |each| format!("{of}::ByNode<{each}>"))
}

/// Each node's reply, if it is one by node.
fn by_node(reply: &str) -> Option<&str> {
    reply.strip_prefix("PerNode<")?.strip_suffix('>')
}

/// The CLUSTER commands once more, each handed on to its method.
fn cluster(api: &Api) -> Result<String, String> {
    let builders = builders(api);
    let mut text = format!(
        "\
//! {HEADER}

use std::collections::BTreeMap;

use bytes::Bytes;

use super::{{answers::*, methods::Commands, options::*, replies::*}};
use crate::{{command::*, value::Value}};

/// The CLUSTER commands of [`Commands`] by their own names; made by [`Commands::cluster`].
#[derive(Clone, Copy, Debug)]
pub struct ClusterCommands<C>(pub(super) C);

impl<C: Commands> ClusterCommands<C> {{
"
    );
    let shorts = api.methods.iter().filter_map(|method| Some((method, method.short.as_ref()?)));
    for (at, (method, short)) in shorts.enumerate() {
        let with = method.with.as_ref().map(|with| (format!("{}_with", method.name), format!("{short}_with"), with));
        let plain = (method.name.clone(), short.clone(), &method.reply);
        for (number, (name, short, reply)) in std::iter::once(plain).chain(with).enumerate() {
            let (mut params, mut body) = (vec!["self".to_owned()], Body::new());
            method_parts(&method.parts, number == 1, &mut params, &mut body, &mut 0);
            if let Some(builder) = builders.name_of(method).filter(|_| number == 1) {
                params.push(format!("options: {builder}"));
            }
            let given: Vec<&str> = params[1..].iter().filter_map(|param| Some(param.split_once(':')?.0)).collect();
            let gap = if at + number == 0 { "" } else { "\n" };
            let returned = returned("C", &reply_type(method, reply)?);
            write!(
                text,
                "{gap}    /// [`Commands::{name}`].\n    pub fn {}({}) -> {returned} {{\n        self.0.{name}({})\n    }}\n",
                escape(&short),
                params.join(", "),
                given.join(", ")
            )
            .unwrap();
        }
    }
    text.push_str("}\n");
    Ok(text)
}

fn method_parts(parts: &[Part], is_with: bool, params: &mut Vec<String>, body: &mut Body, segment: &mut usize) {
    for part in parts {
        match part {
            Part::Token(word) => body.arg(&format!("{word:?}")),
            Part::Param(param) => {
                let name = escape(&param.name);
                params.push(format!("{name}: {}", param_type(param)));
                body.param(param, &name);
            }
            Part::Extra(parts) if is_with => method_parts(parts, is_with, params, body, segment),
            Part::Options(_) if is_with => {
                body.statement(&format!("options.write_{segment}(w)"));
                *segment += 1;
            }
            Part::Extra(_) | Part::Options(_) => {}
        }
    }
}

/// Statements that write a command: chains of `arg`, and others between.
struct Body {
    done: Vec<String>,
    chain: String,
}

impl Body {
    fn new() -> Self {
        Self { done: Vec::new(), chain: String::new() }
    }

    fn arg(&mut self, expression: &str) {
        write!(self.chain, ".arg({expression})").unwrap();
    }

    fn param(&mut self, param: &Param, name: &str) {
        if let Some(size) = param.counted {
            write!(self.chain, ".counted({size}, {name})").unwrap();
            return;
        }
        match written_by(&param.place) {
            Some(wrapper) => self.arg(&format!("{wrapper}({name})")),
            None => self.arg(name),
        }
    }

    fn statement(&mut self, statement: &str) {
        self.end_chain();
        self.done.push(format!("{statement};\n"));
    }

    fn end_chain(&mut self) {
        if !self.chain.is_empty() {
            self.done.push(format!("w{};\n", std::mem::take(&mut self.chain)));
        }
    }

    fn statements(mut self, indent: &str) -> String {
        self.end_chain();
        self.done.iter().map(|statement| format!("{indent}{statement}")).collect()
    }
}

fn written_by(place: &Place) -> Option<&'static str> {
    let Place::Named(name) = place else { return None };
    WRITTEN_BY.iter().find(|(listed, _)| listed == name).map(|(_, wrapper)| *wrapper)
}

fn param_type(param: &Param) -> String {
    match &param.place {
        Place::One => "impl OneArg".to_owned(),
        Place::Integer => "impl IntegerArg".to_owned(),
        Place::Number => "impl NumberArg".to_owned(),
        Place::Many => "impl ToArg".to_owned(),
        Place::Groups(size) => format!("impl Groups<{size}>"),
        Place::Named(name) if written_by(&param.place).is_some() => format!("impl {name}"),
        Place::Named(name) => name.clone(),
    }
}

/// Builders by name: forms of a command that have the same options share one, the first is named after the command.
struct Builders<'a> {
    all: BTreeMap<String, Builder<'a>>,
    by_method: BTreeMap<&'a str, String>,
}

struct Builder<'a> {
    command: &'a str,
    segments: Vec<&'a [Opt]>,
}

impl Builders<'_> {
    fn name_of(&self, method: &Method) -> Option<&str> {
        self.by_method.get(method.name.as_str()).map(String::as_str)
    }
}

fn builders(api: &Api) -> Builders<'_> {
    let mut builders = Builders { all: BTreeMap::new(), by_method: BTreeMap::new() };
    for method in &api.methods {
        let segments = method.options();
        if segments.is_empty() {
            continue;
        }
        let shared =
            builders.all.iter().find(|(_, other)| other.command == method.command && other.segments == segments);
        let name = match shared {
            Some((name, _)) => name.clone(),
            None => {
                let of_command = format!("{}Options", camel(&snake(&method.command)));
                let is_taken = builders.all.contains_key(&of_command);
                if is_taken { format!("{}Options", camel(&method.name)) } else { of_command }
            }
        };
        builders.by_method.insert(&method.name, name.clone());
        builders.all.entry(name).or_insert(Builder { command: &method.command, segments });
    }
    builders
}

/// The builder of a method's options, if it has one.
pub(super) fn builder_of(api: &Api, method: &Method) -> Option<String> {
    builders(api).by_method.remove(method.name.as_str())
}

/// A builder's text while it grows: fields, methods and one writer for each segment.
#[derive(Default)]
struct BuilderText {
    fields: String,
    methods: String,
    writer: String,
}

fn write_builder(text: &mut String, name: &str, builder: &Builder<'_>) {
    let mut parts = BuilderText::default();
    let mut writers = String::new();
    for (number, options) in builder.segments.iter().enumerate() {
        for option in *options {
            builder_option(&mut parts, option, "        ");
        }
        writeln!(writers, "\n    pub(super) fn write_{number}(&self, w: &mut CommandWriter<'_>) {{").unwrap();
        writers.push_str(&std::mem::take(&mut parts.writer));
        writers.push_str("    }\n");
    }
    write!(
        text,
        "
/// Options of `{command}`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct {name} {{
{fields}}}

impl {name} {{
    /// None of them.
    pub fn new() -> Self {{
        Self::default()
    }}
{methods}{writers}}}
",
        command = builder.command,
        fields = parts.fields,
        methods = parts.methods,
    )
    .unwrap();
}

fn builder_option(out: &mut BuilderText, option: &Opt, indent: &str) {
    match option {
        Opt::Flag(token) => {
            let name = escape(&snake(token));
            field(out, &name, "bool");
            method(out, &format!("`{token}`."), &name, "", &format!("self.{name} = true"));
            writeln!(out.writer, "{indent}if self.{name} {{\n{indent}    w.arg({token:?});\n{indent}}}").unwrap();
        }
        Opt::Group { name, items } => builder_group(out, name, items, indent),
        Opt::Pick { prefix, alternatives } => builder_pick(out, prefix.as_deref(), alternatives, indent),
        Opt::Append { name, token, values } => {
            let name = escape(name);
            field(out, &name, "Args");
            let (params, names) = builder_params(values);
            let usage = usage(token, values);
            let body = format!("self.{name}.push(({token:?}, {names}))");
            method(out, &format!("`{usage}`, once more with each call."), &name, &params, &body);
            writeln!(out.writer, "{indent}w.arg(&self.{name});").unwrap();
        }
    }
}

fn builder_group(out: &mut BuilderText, name: &str, items: &[OptItem], indent: &str) {
    let name = escape(name);
    let params: Vec<Param> = items
        .iter()
        .filter_map(|item| if let OptItem::Param(param) = item { Some(param.clone()) } else { None })
        .collect();
    let stored: Vec<&str> = params.iter().map(stored_type).collect();
    let words = items.iter().filter_map(|item| match item {
        OptItem::Token(word) => Some(word.as_str()),
        OptItem::Param(param) => Some(param.name.as_str()),
        OptItem::Opt(_) => None,
    });
    let doc = format!("`{}`.", words.collect::<Vec<_>>().join(" "));
    let (declared, _) = builder_params(&params);
    let values: Vec<String> = params.iter().map(stored_value).collect();
    let several = params.len() > 1;
    let (stored, value) = match several {
        true => (format!("({})", stored.join(", ")), format!("({})", values.join(", "))),
        false => (stored[0].to_owned(), values[0].clone()),
    };
    field(out, &name, &format!("Option<{stored}>"));
    method(out, &doc, &name, &declared, &format!("self.{name} = Some({value})"));
    let names: Vec<String> = params.iter().map(|param| escape(&param.name)).collect();
    let pattern = if several { format!("({})", names.join(", ")) } else { names[0].clone() };
    writeln!(out.writer, "{indent}if let Some({pattern}) = &self.{name} {{").unwrap();
    let inner = format!("{indent}    ");
    let mut body = Body::new();
    for item in items {
        match item {
            OptItem::Token(word) => body.arg(&format!("{word:?}")),
            // Kept arguments have their count already.
            OptItem::Param(param) => body.arg(&escape(&param.name)),
            OptItem::Opt(option) => {
                out.writer.push_str(&std::mem::replace(&mut body, Body::new()).statements(&inner));
                builder_option(out, option, &inner);
            }
        }
    }
    out.writer.push_str(&body.statements(&inner));
    writeln!(out.writer, "{indent}}}").unwrap();
}

fn builder_pick(out: &mut BuilderText, prefix: Option<&str>, alternatives: &[Alternative], indent: &str) {
    let name = match alternatives {
        [one, other] => format!("{}_or_{}", one.name, other.name),
        _ => format!("{}_or_other", alternatives[0].name),
    };
    let places = || alternatives.iter().flat_map(|one| &one.values);
    let all_integers = alternatives.iter().all(|one| one.values.len() <= 1)
        && places().all(|value| value.place == Place::Integer && value.counted.is_none());
    let stored = match (places().next(), all_integers) {
        (None, _) => "&'static str",
        (Some(_), true) => "Picked<Option<i128>>",
        (Some(_), false) => "Picked<Args>",
    };
    field(out, &name, &format!("Option<{stored}>"));
    for Alternative { name: alternative, token, values } in alternatives {
        let (params, names) = builder_params(values);
        let value = match (stored, values.first()) {
            ("&'static str", _) => format!("{token:?}"),
            ("Picked<Args>", None) => format!("Picked({token:?}, Args::default())"),
            ("Picked<Args>", Some(Param { counted: Some(size), name, .. })) => {
                format!("Picked({token:?}, Args::counted({size}, {}))", escape(name))
            }
            ("Picked<Args>", Some(_)) => format!("Picked({token:?}, Args::of(({names},)))"),
            (_, None) => format!("Picked({token:?}, None)"),
            (_, Some(value)) => format!("Picked({token:?}, Some({}))", stored_value(value)),
        };
        let others: Vec<String> = alternatives
            .iter()
            .filter(|other| other.token != *token)
            .map(|other| format!("`{}`", other.token))
            .collect();
        let prefix = prefix.map(|prefix| format!("{prefix} ")).unwrap_or_default();
        let doc = format!("`{prefix}{}`, instead of {}.", usage(token, values), others.join(", "));
        method(out, &doc, &escape(alternative), &params, &format!("self.{name} = Some({value})"));
    }
    match prefix {
        None => {
            let borrow = if stored == "&'static str" { "" } else { "&" };
            writeln!(out.writer, "{indent}w.arg({borrow}self.{name});").unwrap();
        }
        Some(prefix) => {
            writeln!(out.writer, "{indent}if let Some(picked) = &self.{name} {{").unwrap();
            writeln!(out.writer, "{indent}    w.arg({prefix:?}).arg(picked);\n{indent}}}").unwrap();
        }
    }
}

fn field(out: &mut BuilderText, name: &str, stored: &str) {
    writeln!(out.fields, "    {name}: {stored},").unwrap();
}

fn method(out: &mut BuilderText, doc: &str, name: &str, params: &str, body: &str) {
    write!(
        out.methods,
        "
    /// {doc}
    pub fn {name}(mut self{params}) -> Self {{
        {body};
        self
    }}
"
    )
    .unwrap();
}

/// Parameters as they are declared behind `self`, and their names.
fn builder_params(params: &[Param]) -> (String, String) {
    let declared = params.iter().map(|param| format!(", {}: {}", escape(&param.name), param_type(param))).collect();
    let names = params.iter().map(|param| escape(&param.name)).collect::<Vec<_>>().join(", ");
    (declared, names)
}

fn stored_type(param: &Param) -> &str {
    match &param.place {
        Place::Integer => "i128",
        Place::Number => "Number",
        Place::Named(name) => name,
        Place::One | Place::Many | Place::Groups(_) => "Args",
    }
}

fn stored_value(param: &Param) -> String {
    let name = escape(&param.name);
    match (&param.place, param.counted) {
        (_, Some(size)) => format!("Args::counted({size}, {name})"),
        (Place::Integer, None) => format!("{name}.integer()"),
        (Place::Number, None) => format!("{name}.number()"),
        (Place::Named(_), None) => name,
        (Place::One | Place::Many | Place::Groups(_), None) => format!("Args::of({name})"),
    }
}

fn usage(token: &str, values: &[Param]) -> String {
    let names = values.iter().map(|value| value.name.as_str());
    std::iter::once(token).chain(names).collect::<Vec<_>>().join(" ")
}

/// A name that Rust allows.
pub(super) fn escape(name: &str) -> String {
    if KEYWORDS.split(' ').any(|word| word == name) { format!("{name}_") } else { name.to_owned() }
}

fn reply_type(method: &Method, reply: &Reply) -> Result<String, String> {
    Types { method, structs: &mut Vec::new() }.of(reply, &camel(&method.name))
}

/// Reply trees as Rust types; structs are found on the way.
struct Types<'a, 's> {
    method: &'a Method,
    structs: &'s mut Vec<(String, Vec<(Field, String)>)>,
}

impl Types<'_, '_> {
    /// `name` is what a struct right here would be called.
    fn of(&mut self, reply: &Reply, name: &str) -> Result<String, String> {
        Ok(match reply {
            Reply::String => "Bytes".to_owned(),
            Reply::Integer | Reply::Exactly(_) => "i64".to_owned(),
            Reply::Number => "f64".to_owned(),
            Reply::Boolean => "bool".to_owned(),
            Reply::Null => "()".to_owned(),
            Reply::Any => self.untyped("any")?,
            Reply::Text(text) if text == "OK" => "()".to_owned(),
            Reply::Text(_) => "String".to_owned(),
            Reply::Array(of) | Reply::Set(of) => format!("Vec<{}>", self.of(of, &entry(name))?),
            Reply::Map(key, value) => {
                format!("BTreeMap<{}, {}>", self.of(key, name)?, self.of(value, &entry(name))?)
            }
            Reply::Tuple(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| self.of(item, &entry(name))).collect::<Result<_, _>>()?;
                format!("({})", items.join(", "))
            }
            Reply::Struct(fields) => self.of_struct(fields, name)?,
            Reply::Named(named, None) => named.clone(),
            Reply::Named(named, Some(of)) => format!("{named}<{}>", self.of(of, name)?),
            Reply::Union(all) => self.of_union(all, name)?,
        })
    }

    fn of_struct(&mut self, fields: &[Field], name: &str) -> Result<String, String> {
        let at = self.structs.len();
        self.structs.push((name.to_owned(), Vec::new()));
        let mut typed = Vec::new();
        for field in fields {
            let inner = format!("{name}{}", camel(&snake(&field.name)));
            let reply = self.of(&field.reply, &inner)?;
            let reply =
                if field.optional && !reply.starts_with("Option<") { format!("Option<{reply}>") } else { reply };
            typed.push((field.clone(), reply));
        }
        self.structs[at].1 = typed;
        Ok(name.to_owned())
    }

    fn of_union(&mut self, all: &[Reply], name: &str) -> Result<String, String> {
        let is_ok = |reply: &Reply| matches!(reply, Reply::Text(text) if text == "OK");
        let is_integer = |reply: &Reply| matches!(reply, Reply::Integer | Reply::Exactly(_));
        let rest: Vec<&Reply> = all.iter().filter(|reply| **reply != Reply::Null).collect();
        let may_be_null = rest.len() < all.len();
        let rust = match rest[..] {
            [one] if may_be_null && is_ok(one) => return Ok("bool".to_owned()),
            [one] => self.of(one, name)?,
            [Reply::Exactly(0), Reply::Exactly(1)] | [Reply::Exactly(1), Reply::Exactly(0)] => "bool".to_owned(),
            _ if rest.iter().all(|reply| is_integer(reply)) => "i64".to_owned(),
            _ if rest.iter().all(|reply| is_integer(reply) || **reply == Reply::Number) => "f64".to_owned(),
            _ if rest.iter().all(|reply| matches!(reply, Reply::Text(_))) => "String".to_owned(),
            _ if rest.iter().all(|reply| matches!(reply, Reply::Text(_) | Reply::String)) => "Bytes".to_owned(),
            _ => self.untyped("a union")?,
        };
        Ok(if may_be_null { format!("Option<{rust}>") } else { rust })
    }

    fn untyped(&self, what: &str) -> Result<String, String> {
        if self.method.may_be_untyped {
            return Ok("Value".to_owned());
        }
        Err(format!("{} answers {what}: give it a reply in methods.tsv or list it there as untyped", self.method.name))
    }
}

/// The name of a struct of which there are several: `XinfoGroups` has `XinfoGroup`s, `AclLog` has `AclLogEntry`s.
fn entry(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    name.strip_suffix('s').map_or_else(|| format!("{name}Entry"), str::to_owned)
}
