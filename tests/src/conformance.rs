//! One day on every host: what crossed the boundary, as text that can be played again.
//!
//! A [`Recorder`] is a core that writes down every call and every word that it says. [`replay`] plays the calls to any
//! engine of the native host, and `host-node/test/conformance.mjs` to the core in JavaScript. Each writes the same text
//! anew: one byte that differs is a difference between the hosts, and [`first_difference`] shows its line.
//!
//! A text holds many days. A day begins with `== its name`; then come lines, `>` for what goes in and `<` for what comes
//! out, each a verb and `name=value` words. A value is bytes: what is no printable ASCII, and each of `%,=` and space,
//! stands as `%` and two digits; lists have commas. What is none, and an empty list, is left out.
//!
//! | line | words |
//! |---|---|
//! | `> NOW new` | every option of [`slotpipe_core::config::Config`] |
//! | `> NOW submit` | the options that are not the default, `batch`; answered by `submitted`, `full` or `misuse` |
//! | `> NOW connected`, `received`, `closed`, `written`, `elapsed` | as [`slotpipe_core::port::Input`] has them |
//! | `> NOW cancel` | `first`, `end` |
//! | `> NOW poll` | answered by `tape` and `answer` lines, then `connect`, `send`, `close`, `push`, `note`, `wait` in their order |
//! | `> NOW explain` | as `submit`; answered by `explained`, each with `plan` and `part` lines or a `refusal` |
//! | `> NOW stats`, `> NOW topology` | the last two of each day; `node` and `range` lines make the map |
//!
//! Behind the words of `answer` and `push` stands the value with its bytes, node by node in pre-order: `_` null, `#t`,
//! `#f`, `:1` integer, `,3ff0000000000000` the bits of a double, `$` bulk, `+` simple, `-` error, `(` big number, `=`
//! verbatim, and `*2` array, `~2` set, `>2` push, `%2` map, `|2` attribute with their counts.

mod days;
mod harvest;
mod inputs;
mod outputs;
mod record;
mod replay;
mod text;

pub use self::{
    days::{conversations, harvested, of_conversation},
    harvest::{Harvested, digest, harvest, read_harvest, write_harvest},
    record::Recorder,
    replay::{Players, replay},
    text::first_difference,
};
