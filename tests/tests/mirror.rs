//! `wit/cluster.wit` says what the Rust sources say: every type, case, field and verb, in the same order.
//!
//! Both are read into one notation, WIT's own, and compared type by type. What only one side has is listed here.
#![expect(clippy::wildcard_enum_match_arm, reason = "syntax that the boundary does not use fails the test")]

use std::{collections::BTreeMap, fs};

use slotpipe_tests::source::root;
use syn::{Fields, FnArg, GenericArgument, ImplItem, Item, Pat, PathArguments, ReturnType, Type, Visibility};
use wit_parser::{Function, Handle, Resolve, TypeDefKind, TypeId};

/// Files with the types of the boundary, and those of their types that do not cross it.
const SOURCES: [(&str, &[&str]); 4] = [
    ("core/src/port.rs", &["answer"]),
    ("core/src/config.rs", &[]),
    ("core/src/wire/decode.rs", &["decode-error", "decoder", "frame", "small-string"]),
    ("host-native/src/topology.rs", &["node-role"]),
];
/// The verbs of `core/src/cluster.rs` whose form differs: an output given back instead of filled, a range in two words.
const IN_OTHER_WORDS: [(&str, &str, &str); 2] = [
    ("poll", "(now: micros, out: outputs)", "(now: micros) -> outputs"),
    ("cancel", "(now: micros, tickets: range<ticket>)", "(now: micros, first: ticket, end: ticket)"),
];

/// Name and notation of what there is.
type Words = BTreeMap<String, String>;

#[test]
fn the_types_of_the_component_are_those_of_the_port() {
    let mut rust = Words::new();
    for (path, others) in SOURCES {
        let mut words = rust_types(path);
        if path.ends_with("decode.rs") {
            words = words.into_iter().map(|(name, text)| (name.replace("limits", "decode-limits"), text)).collect();
        }
        for other in others {
            assert!(words.remove(*other).is_some(), "{path} has no {other}: take it off the list");
        }
        rust.extend(words);
    }
    assert_same(&rust, &wit().types);
}

#[test]
fn the_verbs_of_the_component_are_those_of_the_core() {
    let mut rust = rust_verbs("core/src/cluster.rs", "Cluster");
    for (verb, from, into) in IN_OTHER_WORDS {
        let text = rust.get_mut(verb).unwrap();
        assert_eq!(text, from, "{verb} in core/src/cluster.rs");
        into.clone_into(text);
    }
    assert_same(&rust, &wit().verbs);
}

#[test]
fn every_item_of_the_component_is_documented_and_has_the_version_that_brought_it() {
    let bare = wit().bare;
    assert!(bare.is_empty(), "in wit/cluster.wit without a word or without @since: {bare:?}");
}

#[track_caller]
fn assert_same(rust: &Words, wit: &Words) {
    let names = rust.keys().chain(wit.keys().filter(|name| !rust.contains_key(*name)));
    let differ = names.filter(|name| rust.get(*name) != wit.get(*name));
    let told = |words: &Words, name: &String| words.get(name).map_or("nothing", |text| text).to_owned();
    let lines: Vec<_> =
        differ.map(|name| format!("{name}\n    Rust: {}\n    WIT:  {}", told(rust, name), told(wit, name))).collect();
    assert!(lines.is_empty(), "wit/cluster.wit and the Rust sources differ:\n  {}", lines.join("\n  "));
}

struct Wit {
    types: Words,
    verbs: Words,
    bare: Vec<String>,
}

fn wit() -> Wit {
    let mut resolve = Resolve::default();
    let path = root().join("wit/cluster.wit");
    let package = resolve.push_str(&path, &fs::read_to_string(&path).unwrap()).unwrap();
    let interface = resolve.packages[package].interfaces["port"];
    let interface = &resolve.interfaces[interface];
    let (mut types, mut verbs, mut bare) = (Words::new(), Words::new(), Vec::new());
    for (name, id) in &interface.types {
        let item = &resolve.types[*id];
        if item.docs.is_empty() || item.stability.is_unknown() {
            bare.push(name.clone());
        }
        bare.extend(bare_parts(&item.kind).into_iter().map(|part| format!("{name}.{part}")));
        if !matches!(item.kind, TypeDefKind::Resource) {
            types.insert(name.clone(), wit_definition(&resolve, *id));
        }
    }
    // The record that a case carries stands for the fields that the case has in Rust.
    let carried: Vec<String> = types.values().flat_map(|text| carried(text)).collect();
    for name in carried {
        if let Some(fields) = types.remove(&name) {
            for text in types.values_mut() {
                *text = text
                    .replace(&format!("{name}({name})"), &format!("{name}{}", fields.trim_start_matches("record ")));
            }
        }
    }
    for (name, function) in &interface.functions {
        if function.docs.is_empty() || function.stability.is_unknown() {
            bare.push(name.clone());
        }
        let name = if name.starts_with("[constructor]") { "new" } else { name.rsplit('.').next().unwrap() };
        verbs.insert(name.to_owned(), wit_function(&resolve, function));
    }
    Wit { types, verbs, bare }
}

/// The cases of a variant that carry a record of their own name.
fn carried(variant: &str) -> Vec<String> {
    let cases = variant.strip_prefix("variant {").into_iter().flat_map(|cases| cases.split(['{', '}', ' ', ',']));
    let pairs = cases.filter_map(|case| case.strip_suffix(')')?.split_once('('));
    pairs
        .filter(|(case, payload)| case == payload && *case != "note" && *case != "misuse")
        .map(|(case, _)| case.to_owned())
        .collect()
}

fn bare_parts(kind: &TypeDefKind) -> Vec<String> {
    let parts: Vec<_> = match kind {
        TypeDefKind::Record(record) => record.fields.iter().map(|part| (&part.name, &part.docs)).collect(),
        TypeDefKind::Variant(variant) => variant.cases.iter().map(|part| (&part.name, &part.docs)).collect(),
        TypeDefKind::Enum(cases) => cases.cases.iter().map(|part| (&part.name, &part.docs)).collect(),
        _ => Vec::new(),
    };
    parts.into_iter().filter(|(_, docs)| docs.is_empty()).map(|(name, _)| name.clone()).collect()
}

fn wit_definition(resolve: &Resolve, id: TypeId) -> String {
    match &resolve.types[id].kind {
        TypeDefKind::Record(record) => {
            let fields = record.fields.iter().map(|field| format!("{}: {}", field.name, wit_type(resolve, &field.ty)));
            format!("record {{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Variant(variant) => {
            let cases = variant.cases.iter().map(|case| {
                let payload = case.ty.as_ref().map(|ty| format!("({})", wit_type(resolve, ty)));
                format!("{}{}", case.name, payload.unwrap_or_default())
            });
            format!("variant {{{}}}", cases.collect::<Vec<_>>().join(", "))
        }
        TypeDefKind::Enum(cases) => {
            let cases: Vec<_> = cases.cases.iter().map(|case| case.name.as_str()).collect();
            format!("variant {{{}}}", cases.join(", "))
        }
        TypeDefKind::Type(ty) => wit_type(resolve, ty),
        other => panic!("{other:?} is not of the boundary"),
    }
}

fn wit_type(resolve: &Resolve, ty: &wit_parser::Type) -> String {
    let of = |ty| wit_type(resolve, ty);
    let wit_parser::Type::Id(id) = ty else {
        return format!("{ty:?}").to_lowercase();
    };
    let item = &resolve.types[*id];
    if let Some(name) = &item.name {
        return name.clone();
    }
    match &item.kind {
        TypeDefKind::List(item) => format!("list<{}>", of(item)),
        TypeDefKind::Option(item) => format!("option<{}>", of(item)),
        TypeDefKind::Tuple(tuple) => format!("tuple<{}>", tuple.types.iter().map(of).collect::<Vec<_>>().join(", ")),
        TypeDefKind::Result(result) => {
            format!("result<{}, {}>", of(result.ok.as_ref().unwrap()), of(result.err.as_ref().unwrap()))
        }
        TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => resolve.types[*id].name.clone().unwrap(),
        other => panic!("{other:?} is not of the boundary"),
    }
}

fn wit_function(resolve: &Resolve, function: &Function) -> String {
    let own = function.params.iter().filter(|param| param.name != "self");
    let params: Vec<_> = own.map(|param| format!("{}: {}", param.name, wit_type(resolve, &param.ty))).collect();
    let result = function.result.as_ref().map(|ty| wit_type(resolve, ty)).filter(|result| result != "cluster");
    format!("({}){}", params.join(", "), result.map_or(String::new(), |result| format!(" -> {result}")))
}

fn read(path: &str) -> Vec<Item> {
    syn::parse_file(&fs::read_to_string(root().join(path)).unwrap()).unwrap().items
}

/// The public types of a file.
fn rust_types(path: &str) -> Words {
    let mut words = Words::new();
    for item in read(path) {
        match item {
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                let text = match &item.fields {
                    Fields::Named(_) => format!("record {}", rust_fields(&item.fields)),
                    Fields::Unnamed(fields) => rust_type(&fields.unnamed[0].ty),
                    Fields::Unit => panic!("{path}: {} is empty", item.ident),
                };
                words.insert(kebab(&item.ident), text);
            }
            Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => {
                let cases =
                    item.variants.iter().map(|case| format!("{}{}", kebab(&case.ident), rust_fields(&case.fields)));
                words.insert(kebab(&item.ident), format!("variant {{{}}}", cases.collect::<Vec<_>>().join(", ")));
            }
            _ => {}
        }
    }
    words
}

/// The public methods of a type.
fn rust_verbs(path: &str, name: &str) -> Words {
    let mut words = Words::new();
    for item in read(path) {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() || rust_type(&block.self_ty) != kebab(name) {
            continue;
        }
        for item in block.items {
            let ImplItem::Fn(function) = item else { continue };
            if !matches!(function.vis, Visibility::Public(_)) {
                continue;
            }
            let params = function.sig.inputs.iter().filter_map(|param| match param {
                FnArg::Typed(param) => {
                    let Pat::Ident(name) = &*param.pat else { panic!("a pattern in {}", function.sig.ident) };
                    Some(format!("{}: {}", kebab(&name.ident), rust_type(&param.ty)))
                }
                FnArg::Receiver(_) => None,
            });
            let params = params.collect::<Vec<_>>().join(", ");
            let result = match &function.sig.output {
                ReturnType::Type(_, ty) => Some(rust_type(ty)).filter(|ty| ty != "self"),
                ReturnType::Default => None,
            };
            let result = result.map_or(String::new(), |ty| format!(" -> {ty}"));
            words.insert(kebab(&function.sig.ident), format!("({params}){result}"));
        }
    }
    words
}

fn rust_fields(fields: &Fields) -> String {
    match fields {
        Fields::Named(fields) => {
            let fields = fields.named.iter();
            let fields =
                fields.map(|field| format!("{}: {}", kebab(field.ident.as_ref().unwrap()), rust_type(&field.ty)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Fields::Unnamed(fields) => format!("({})", rust_type(&fields.unnamed[0].ty)),
        Fields::Unit => String::new(),
    }
}

fn rust_type(ty: &Type) -> String {
    let path = match ty {
        Type::Path(path) => &path.path,
        Type::Reference(reference) => return rust_type(&reference.elem),
        Type::Tuple(tuple) => {
            return format!("tuple<{}>", tuple.elems.iter().map(rust_type).collect::<Vec<_>>().join(", "));
        }
        Type::Slice(slice) => return format!("list<{}>", rust_type(&slice.elem)),
        _ => panic!("a type that cannot cross the boundary"),
    };
    let last = path.segments.last().unwrap();
    let arguments: Vec<_> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| if let GenericArgument::Type(ty) = argument { Some(rust_type(ty)) } else { None })
            .collect(),
        PathArguments::None | PathArguments::Parenthesized(_) => Vec::new(),
    };
    match (last.ident.to_string().as_str(), arguments.as_slice()) {
        ("Bytes", []) => "list<u8>".to_owned(),
        ("str", []) => "string".to_owned(),
        ("usize", []) => "u32".to_owned(),
        ("Cow", [inner]) => inner.clone(),
        ("Vec", [item]) => format!("list<{item}>"),
        ("BTreeMap", [key, value]) => format!("list<tuple<{key}, {value}>>"),
        ("Limits", []) if path.segments.len() == 2 => "decode-limits".to_owned(),
        (_, []) => kebab(&last.ident),
        (_, arguments) => format!("{}<{}>", kebab(&last.ident), arguments.join(", ")),
    }
}

/// `SubmitOptions` and `deadline_ms` as WIT writes them.
fn kebab(name: &(impl ToString + ?Sized)) -> String {
    let name = name.to_string();
    let mut text = String::new();
    for (at, c) in name.trim_start_matches("r#").chars().enumerate() {
        if c == '_' || (c.is_uppercase() && at > 0) {
            text.push('-');
        }
        text.extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    text
}
