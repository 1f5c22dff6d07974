//! Keys and slots, known without a connection.

use std::collections::BTreeMap;

use bytes::Bytes;
use slotpipe_core::{
    cluster::explain_offline,
    port::SubmitOptions,
    route::{
        command::{Flags, Found, find_keys},
        slot::Slot,
        table::{Lookup, Table},
        topology::Topology,
    },
    wire::request::{Args, Requests},
};

use crate::{
    command::{CommandWriter, ToArg},
    error::Error,
};

/// The slot of a key.
pub fn slot_of(key: impl AsRef<[u8]>) -> u16 {
    Slot::of(key.as_ref()).number()
}

/// Keys by their slot, each list in the order given.
pub fn keys_by_slot<K: AsRef<[u8]>>(keys: impl IntoIterator<Item = K>) -> BTreeMap<u16, Vec<K>> {
    let mut by_slot: BTreeMap<u16, Vec<K>> = BTreeMap::new();
    for key in keys {
        by_slot.entry(slot_of(&key)).or_default().push(key);
    }
    by_slot
}

/// The keys of a command, its name first among `args`, by the command table.
///
/// # Errors
///
/// `ARGUMENT`, if an argument is none (a number that is not one).
pub fn keys_of(args: impl ToArg) -> Result<Vec<Bytes>, Error> {
    let mut frame = Vec::new();
    let mut writer = CommandWriter::new(&mut frame);
    writer.arg(args);
    writer.finish().map_err(Error::of_argument)?;
    let explained = explain_offline(&Topology::new(0), &frame.into(), &SubmitOptions::default());
    Ok(explained.map_err(Error::of_misuse)?.into_iter().flat_map(|one| one.keys).collect())
}

/// The first key of a command, for errors: of those in `slot` if any is. None where too few arguments or too many leave open
/// which that is. `named` are the positions that the caller gave, for commands that the table does not know.
pub(crate) fn first_key<'a>(command: &'a [u8], slot: Option<u16>, named: Option<&[u32]>) -> Option<&'a [u8]> {
    let (table, mut spans, mut found) = (Table::default(), Vec::new(), Vec::new());
    Requests::new(command, 0).next(&mut spans)?.ok()?;
    let args = Args::new(command, &spans);
    match table.lookup(args) {
        Lookup::Known(id) => {
            let row = table.row(id);
            let is_routed = row.flags.has(Flags::CHANNEL) || row.handling.subscribes();
            if !row.takes(args.len()) || is_routed || find_keys(row, args, &mut found) == Found::Invalid {
                return None;
            }
        }
        Lookup::UnknownSubcommand(_) | Lookup::Unknown => {}
    }
    if found.is_empty() {
        found.extend_from_slice(named.unwrap_or_default());
    }
    found.sort_unstable();
    let mut keys = found.iter().filter_map(|&at| spans.get(at as usize)?.of(command));
    let is_there = |key: &&[u8]| Some(slot_of(key)) == slot;
    keys.clone().find(is_there).or_else(|| keys.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_an_error_is_the_first_or_the_first_of_its_slot_if_it_can_be_told_which_that_is() {
        fn first(args: &[&str], slot: Option<&str>, named: Option<&[u32]>) -> Option<String> {
            let mut frame = Vec::new();
            let mut writer = CommandWriter::new(&mut frame);
            writer.arg(args);
            writer.finish().unwrap();
            let found = first_key(&frame, slot.map(slot_of), named)?;
            Some(String::from_utf8(found.to_vec()).unwrap())
        }
        let key = |args| first(args, None, None);
        assert_eq!(key(&["MSET", "a", "1", "b", "2"]).unwrap(), "a");
        assert_eq!(first(&["MSET", "a", "1", "b", "2"], Some("b"), None).unwrap(), "b");
        assert_eq!(first(&["MSET", "a", "1", "b", "2"], Some("c"), None).unwrap(), "a");
        assert_eq!(key(&["eval", "return 1", "1", "k", "v"]).unwrap(), "k");
        assert_eq!(key(&["MOVE", "k", "1"]).unwrap(), "k");
        for without in [&["PING"] as &[_], &["SET", "k"], &["GET", "k", "v"], &["EVAL", "return 1", "9", "k"]] {
            assert_eq!(key(without), None, "{without:?}");
        }
        assert_eq!(
            (key(&["SSUBSCRIBE", "c"]), key(&["SPUBLISH", "c", "m"]), key(&["NO.SUCH", "k"])),
            (None, None, None)
        );
        assert_eq!(first(&["NO.SUCH", "x", "k"], None, Some(&[2, 9])).unwrap(), "k");
    }

    #[test]
    fn keys_are_found_by_the_table_and_grouped_by_their_slot() {
        assert_eq!(keys_of(["MSET", "a", "1", "b", "2"]).unwrap(), ["a", "b"]);
        assert_eq!(keys_of(["PING"]).unwrap(), Vec::<Bytes>::new());
        assert_eq!(slot_of("foo"), 12_182);
        let by_slot = keys_by_slot(["{foo}1", "bar", "{foo}2"]);
        assert_eq!(by_slot, BTreeMap::from([(5_061, vec!["bar"]), (12_182, vec!["{foo}1", "{foo}2"])]));
    }
}
