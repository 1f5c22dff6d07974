//! Keys and slots, known without a connection.

use std::collections::BTreeMap;

use bytes::Bytes;
use slotpipe_core::{
    cluster::explain_offline,
    port::SubmitOptions,
    route::{slot::Slot, topology::Topology},
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_the_table_and_grouped_by_their_slot() {
        assert_eq!(keys_of(["MSET", "a", "1", "b", "2"]).unwrap(), ["a", "b"]);
        assert_eq!(keys_of(["PING"]).unwrap(), Vec::<Bytes>::new());
        assert_eq!(slot_of("foo"), 12_182);
        let by_slot = keys_by_slot(["{foo}1", "bar", "{foo}2"]);
        assert_eq!(by_slot, BTreeMap::from([(5_061, vec!["bar"]), (12_182, vec!["{foo}1", "{foo}2"])]));
    }
}
