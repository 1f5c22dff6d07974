//! `tests/tests/methods/samples.rs`: a call of every Rust method, and of every option by itself.
//!
//! Keys share one slot. Values are such that a server gets as far as looking for the key: bounds are bounds, ids are ids.

use std::fmt::Write as _;

use super::{
    Generator,
    methods::{Api, Method, Opt, OptItem, Param, Part, Place, camel},
    rust_methods::{builder_of, escape},
};

/// See above.
pub const GENERATOR: Generator =
    Generator { file: "tests/tests/methods/samples.rs", text: |commands| samples(&Api::new(commands)?) };

/// How many methods one function calls: large functions are slow to compile.
const PER_FUNCTION: usize = 50;

fn samples(api: &Api) -> Result<String, String> {
    let mut text = "\
//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use slotpipe::commands::*;

use super::Calls;

"
    .to_owned();
    let chunks: Vec<&[Method]> = api.methods.chunks(PER_FUNCTION).collect();
    text.push_str("/// Calls every method.\npub(super) fn call_all(r: &mut impl Calls) {\n");
    for number in 0..chunks.len() {
        writeln!(text, "    call_{number}(r);").unwrap();
    }
    text.push_str("}\n");
    for (number, methods) in chunks.iter().enumerate() {
        write!(text, "\nfn call_{number}(r: &mut impl Calls) {{\n").unwrap();
        for method in *methods {
            write_calls(&mut text, api, method);
        }
        text.push_str("}\n");
    }
    Ok(text)
}

fn write_calls(text: &mut String, api: &Api, method: &Method) {
    let mut call = |name: &str, arguments: &[String], form: &str| {
        let form = if form.is_empty() { name.to_owned() } else { format!("{name} {form}") };
        writeln!(text, "    r.next({:?}, {form:?}).{name}({});", method.command, arguments.join(", ")).unwrap();
    };
    let sample = Sample { api, command: &method.command };
    call(&escape(&method.name), &sample.arguments(&method.parts, false), "");
    if !method.has_options() {
        return;
    }
    let name = format!("{}_with", method.name);
    let arguments = sample.arguments(&method.parts, true);
    let Some(builder) = builder_of(api, method) else {
        call(&name, &arguments, "");
        return;
    };
    let mut chains = Vec::new();
    method.options().iter().for_each(|options| sample.chains(options, "", &mut chains));
    for chain in chains {
        let with_options: Vec<String> = arguments.iter().cloned().chain([format!("{builder}::new(){chain}")]).collect();
        call(&name, &with_options, &chain);
    }
}

struct Sample<'a> {
    api: &'a Api,
    command: &'a str,
}

impl Sample<'_> {
    fn arguments(&self, parts: &[Part], is_with: bool) -> Vec<String> {
        let mut arguments = Vec::new();
        for part in parts {
            match part {
                Part::Param(param) => arguments.push(self.param(param)),
                Part::Extra(parts) if is_with => arguments.extend(self.arguments(parts, is_with)),
                Part::Token(_) | Part::Options(_) | Part::Extra(_) => {}
            }
        }
        arguments
    }

    /// Calls that choose one option each, behind those without which it is not written.
    fn chains(&self, options: &[Opt], before: &str, chains: &mut Vec<String>) {
        for option in options {
            match option {
                Opt::Flag(token) => chains.push(format!("{before}.{}()", escape(&super::methods::snake(token)))),
                Opt::Group { name, items } => {
                    let params = items.iter().filter_map(|item| match item {
                        OptItem::Param(param) => Some(self.param(param)),
                        OptItem::Token(_) | OptItem::Opt(_) => None,
                    });
                    let chain = format!("{before}.{}({})", escape(name), params.collect::<Vec<_>>().join(", "));
                    chains.push(chain.clone());
                    for item in items {
                        if let OptItem::Opt(option) = item {
                            self.chains(std::slice::from_ref(option), &chain, chains);
                        }
                    }
                }
                Opt::Pick { alternatives, .. } => {
                    for one in alternatives {
                        let params: Vec<String> = one.values.iter().map(|value| self.param(value)).collect();
                        chains.push(format!("{before}.{}({})", escape(&one.name), params.join(", ")));
                    }
                }
                Opt::Append { name, values, .. } => {
                    let params: Vec<String> = values.iter().map(|value| self.param(value)).collect();
                    let call = format!(".{}({})", escape(name), params.join(", "));
                    chains.push(format!("{before}{call}{call}"));
                }
            }
        }
    }

    fn param(&self, param: &Param) -> String {
        match &param.place {
            Place::One => format!("{:?}", self.one(&param.name)),
            Place::Integer => "1".to_owned(),
            Place::Number if param.name == "timeout" => "0.01".to_owned(),
            Place::Number => "1.5".to_owned(),
            Place::Many if self.is_numeric(&param.name) => "[1, 2]".to_owned(),
            Place::Many => format!("[\"{{k}}{0}1\", \"{{k}}{0}2\"]", param.name),
            Place::Groups(2) if self.command.starts_with("CLUSTER") => "[(1, 2), (3, 4)]".to_owned(),
            Place::Groups(3) if self.command == "GEOADD" => {
                "[(13.4, 52.5, \"Berlin\"), (2.3, 48.9, \"Paris\")]".to_owned()
            }
            Place::Groups(2) => "[(\"{k}1\", 1), (\"{k}2\", 2)]".to_owned(),
            Place::Groups(_) => "[(\"{k}1\", 2, \"3\"), (\"{k}4\", 5, \"6\")]".to_owned(),
            Place::Named(name) => self.named(name),
        }
    }

    fn one(&self, name: &str) -> String {
        match name {
            "id" | "lastid" | "last_id" | "max_deleted_id" | "stream_id" => "1-1".to_owned(),
            "min" | "max" | "start" | "stop" if self.command.contains("LEX") => format!("[{name}"),
            "min" | "start" => "0".to_owned(),
            "max" | "stop" | "end" => "1".to_owned(),
            "by_pattern" => "nosort".to_owned(),
            "ip" => "127.0.0.1".to_owned(),
            _ => format!("{{k}}{name}"),
        }
    }

    fn is_numeric(&self, name: &str) -> bool {
        let is_ids = name == "ids" && self.command.starts_with('X');
        is_ids
            || ["client_ids", "indexes", "slots", "timestamps", "weights", "quantiles", "ranks", "values"]
                .contains(&name)
    }

    fn named(&self, name: &str) -> String {
        if let Some(tokens) = self.api.choices.get(name) {
            return format!("{name}::{}", camel(&super::methods::snake(&tokens[0])));
        }
        match name {
            "Bitfield" if self.command == "BITFIELD_RO" => "Bitfield::new().get(\"u8\", 0)",
            "Bitfield" => "Bitfield::new().get(\"u8\", 0).overflow_sat().set(\"u4\", \"#1\", 5).incrby(\"i5\", 3, -1)",
            "GeoOrigin" => "GeoOrigin::position(13.4, 52.5)",
            "GeoShape" => "GeoShape::radius(10, GeoUnit::Km)",
            "Predicates" => "Predicates::new().exact(\"a\").glob(\"b*\")",
            "ScoredMembers" => "[(1.5, \"one\"), (2.5, \"two\")]",
            "Streams" => "[(\"{k}1\", \"0\"), (\"{k}2\", \"0\")]",
            "Trim" => "Trim::maxlen(10).approximately().limit(5)",
            "Vector" => "Vector::values([0.5, 1.5])",
            "VectorQuery" => "VectorQuery::element(\"e\")",
            other => return format!("{other}::default()"),
        }
        .to_owned()
    }
}
