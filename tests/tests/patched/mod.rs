//! The component with other code in some of its verbs.
#![expect(clippy::wildcard_enum_match_arm, reason = "most sections of a component are not looked at")]
#![allow(dead_code, reason = "not every test has a use for every body")]

use slotpipe::component::BYTES;
use wasmparser::{ExternalKind, Parser, Payload, TypeRef};

/// What a verb does instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// Traps.
    Unreachable,
    /// Never returns.
    ForEver,
    /// Takes memory until there is none.
    Memory,
    /// Lets the table of functions grow until it may not.
    Table,
    /// Calls itself until the stack is full; for verbs without arguments.
    Recursion,
}

impl Body {
    /// Instructions, in a function of this number.
    fn code(self, function: u32) -> Vec<u8> {
        match self {
            Self::Unreachable => vec![0x00],
            // loop br 0 end
            Self::ForEver => vec![0x03, 0x40, 0x0c, 0x00, 0x0b],
            // loop (memory.grow 1000) drop br 0 end
            Self::Memory => vec![0x03, 0x40, 0x41, 0xe8, 0x07, 0x40, 0x00, 0x1a, 0x0c, 0x00, 0x0b],
            // loop (table.grow 0 (ref.null func) 1000) drop br 0 end
            Self::Table => {
                vec![0x03, 0x40, 0xd0, 0x70, 0x41, 0xe8, 0x07, 0xfc, 0x0f, 0x00, 0x1a, 0x0c, 0x00, 0x0b]
            }
            // call itself with its first parameter
            Self::Recursion => {
                let seven = |at: u32| u8::try_from(function >> (7 * at) & 0x7f).unwrap_or(0);
                vec![0x20, 0x00, 0x10, seven(0) | 0x80, seven(1) | 0x80, seven(2)]
            }
        }
    }
}

/// The component with the bodies of these verbs replaced; what is left of each body is `unreachable`.
pub(crate) fn patched(verbs: &[(&str, Body)]) -> Vec<u8> {
    let mut bytes = BYTES.to_vec();
    for &(verb, body) in verbs {
        replace(&mut bytes, &format!("slotpipe:cluster/port@0.1.0#[method]cluster.{verb}"), body);
    }
    bytes
}

fn replace(bytes: &mut [u8], export: &str, instead: Body) {
    let (mut imported, mut wanted, mut body, mut number) = (0, None, None, 0);
    for payload in Parser::new(0).parse_all(BYTES) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } => (imported, wanted) = (0, None),
            Payload::ImportSection(section) => {
                let functions =
                    section.into_imports().filter(|import| matches!(import.as_ref().unwrap().ty, TypeRef::Func(_)));
                imported = u32::try_from(functions.count()).unwrap();
            }
            Payload::ExportSection(section) => {
                let mut functions = section.into_iter().map(Result::unwrap).filter(|at| at.kind == ExternalKind::Func);
                if let Some(found) = functions.find(|at| at.name == export) {
                    (wanted, number) = (Some(found.index - imported), found.index);
                }
            }
            Payload::CodeSectionEntry(function) => match wanted {
                Some(0) => (body, wanted) = (Some(function.range()), None),
                Some(left) => wanted = Some(left - 1),
                None => {}
            },
            _ => {}
        }
    }
    let body = &mut bytes[body.expect("the export and its body")];
    let code = instead.code(number);
    // No locals, the code, as many traps as there is room for, and the end of the function.
    body.fill(0);
    body[1..=code.len()].copy_from_slice(&code);
    *body.last_mut().unwrap() = 0x0b;
}
