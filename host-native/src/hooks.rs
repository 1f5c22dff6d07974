//! Hooks on replies: what each node said, and what came of it for the caller.
//!
//! With a hook the core tells each node's reply beside what they were merged to. Hooks run where the call or pipeline is
//! awaited, so that one that fails, or panics, fails its own command alone.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bytes::Bytes;
use slotpipe_core::wire::tape::tag;

use crate::{
    error::{HookFailed, Part},
    value::Value,
};

/// Whose reply it is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Heard<'a> {
    /// The command's name, upper case.
    pub command: &'a str,
    /// Its position in the pipeline.
    pub index: Option<usize>,
    /// Who said it; nobody alone for what several said.
    pub node: Option<&'a str>,
    /// The slot of its keys, if it went by one.
    pub slot: Option<u16>,
    /// For the hook on results: what each node said.
    pub parts: &'a [Part],
}

/// Why a hook does not want a reply, in words.
pub type HookResult = Result<Value, String>;
type Hook = dyn Fn(&Heard<'_>, Value) -> HookResult + Send + Sync;

/// The hooks of a handle or pipeline.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) reply: Option<Arc<Hook>>,
    pub(crate) result: Option<Arc<Hook>>,
}

impl Hooks {
    pub(crate) fn is_none(&self) -> bool {
        self.reply.is_none() && self.result.is_none()
    }

    /// What the caller gets instead of `value`, which the core made of `parts`.
    pub(crate) fn apply(
        &self,
        command: &str,
        index: Option<usize>,
        value: Value,
        mut parts: Vec<Part>,
        is_by_node: bool,
    ) -> Result<Value, HookFailed> {
        let run = || {
            if let Some(hook) = &self.reply {
                for part in &mut parts {
                    let Part { node, slot, outcome, .. } = part;
                    let heard = Heard { command, index, node: node.as_deref(), slot: *slot, parts: &[] };
                    outcome.with_reply(|reply| hook(&heard, reply))?;
                }
            }
            let value = match parts.as_slice() {
                _ if self.reply.is_none() => value,
                _ if is_by_node => by_node(&parts),
                [only] => only.outcome.reply().cloned().unwrap_or(value),
                _ => value,
            };
            let Some(hook) = &self.result else { return Ok(value) };
            hook(&Heard { command, index, node: None, slot: None, parts: &parts }, value)
        };
        let message = match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(message)) => message,
            Err(_) => String::from("it panicked"),
        };
        Err(HookFailed { message })
    }
}

fn by_node(parts: &[Part]) -> Value {
    let name = |part: &Part| part.node.as_deref().map_or(Value::Null, Value::from);
    let said = |part: &Part| part.outcome.reply().cloned().unwrap_or(Value::Null);
    Value::Map(parts.iter().map(|part| (name(part), said(part))).collect())
}

/// Writes a value as the words of a tape, so that it is read as any type that a reply can be read as.
pub(crate) fn write(value: &Value, words: &mut Vec<u32>, buffers: &mut Vec<Bytes>) {
    let mut leaf = |words: &mut Vec<u32>, tag: u32, bytes: Bytes| {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        words.extend([tag, u32::try_from(buffers.len()).unwrap_or(u32::MAX), 0, length]);
        buffers.push(bytes);
    };
    let (tag, items) = match value {
        Value::Null => return words.push(tag::NULL),
        Value::Bool(value) => return words.push(if *value { tag::TRUE } else { tag::FALSE }),
        Value::Int(value) => return number(words, tag::INT, value.cast_unsigned()),
        Value::Double(value) => return number(words, tag::DOUBLE, value.to_bits()),
        Value::Bytes(bytes) => return leaf(words, tag::BULK, bytes.clone()),
        Value::Simple(bytes) => return leaf(words, tag::SIMPLE, bytes.clone()),
        Value::BigNumber(digits) => return leaf(words, tag::BIG_NUMBER, digits.clone()),
        Value::ServerError(line) => return leaf(words, tag::ERROR, Bytes::copy_from_slice(line.as_bytes())),
        Value::Map(pairs) => {
            words.extend([tag::MAP, u32::try_from(pairs.len()).unwrap_or(u32::MAX)]);
            for (key, value) in pairs {
                write(key, words, buffers);
                write(value, words, buffers);
            }
            return;
        }
        Value::Array(items) => (tag::ARRAY, items),
        Value::Set(items) => (tag::SET, items),
        Value::Push(items) => (tag::PUSH, items),
    };
    words.extend([tag, u32::try_from(items.len()).unwrap_or(u32::MAX)]);
    for item in items {
        write(item, words, buffers);
    }
}

fn number(words: &mut Vec<u32>, tag: u32, bits: u64) {
    let [a, b, c, d, e, f, g, h] = bits.to_le_bytes();
    words.extend([tag, u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]);
}
