//! Commands that are cut over slots: which keys go together, and in which words.

use slotpipe_core::route::{
    classify::{Rules, Target, classify},
    command::{Flags, Handling, Keys, Row, Split},
    plan::{Piece, Share, cut, share, slots_named, write_piece, write_share},
    slot::Slot,
    table::Table,
    topology::NodeId,
};

use crate::Command;

/// The pieces of a command of the table, each as a line.
fn pieces(line: &str) -> Vec<String> {
    let (table, command, mut keys) = (Table::default(), Command::line(line), Vec::new());
    let class = classify(&table, command.args(), Rules::default(), &mut keys).expect("a command that is taken");
    assert_eq!(class.target, Target::Split, "{line}");
    written(table.row(class.row), &command, &keys)
}

fn written(row: Row<'_>, command: &Command, keys: &[u32]) -> Vec<String> {
    let write = |piece: &Piece| {
        let mut bytes = Vec::new();
        write_piece(row, command.args(), keys, piece, &mut bytes);
        as_line(&bytes)
    };
    cut(command.args(), keys).iter().map(write).collect()
}

/// A request as its words; its count must be theirs.
fn as_line(request: &[u8]) -> String {
    let text = std::str::from_utf8(request).expect("text");
    let mut lines = text.split("\r\n");
    let count: usize =
        lines.next().and_then(|head| head.strip_prefix('*')).expect("a request").parse().expect("a count");
    let words: Vec<&str> = lines.skip(1).step_by(2).collect();
    assert_eq!(words.len(), count, "{text:?}");
    words.join(" ")
}

#[test]
fn keys_of_one_slot_stay_together_in_the_order_given() {
    assert_eq!(pieces("MGET {a}1 {b}1 {a}2 {b}2 {a}3"), ["MGET {a}1 {a}2 {a}3", "MGET {b}1 {b}2"]);
    assert_eq!(pieces("del {b}1 {a}1"), ["del {b}1", "del {a}1"]);
}

#[test]
fn a_piece_knows_which_of_the_keys_are_its_own() {
    let command = Command::line("MGET {a}1 {b}1 {a}2");
    let piece = |tag: &[u8], keys: &[u32]| Piece { slot: Slot::of(tag), keys: keys.to_vec() };
    assert_eq!(cut(command.args(), &[1, 2, 3]), [piece(b"a", &[0, 2]), piece(b"b", &[1])]);
}

#[test]
fn values_go_with_their_keys() {
    assert_eq!(pieces("MSET {a}1 x {b}1 y {a}2 z"), ["MSET {a}1 x {a}2 z", "MSET {b}1 y"]);
    assert_eq!(pieces("JSON.MSET {a}1 $ x {b}1 $.b y"), ["JSON.MSET {a}1 $ x", "JSON.MSET {b}1 $.b y"]);
}

#[test]
fn what_stands_behind_all_keys_goes_with_each_piece() {
    assert_eq!(pieces("JSON.MGET {a}1 {b}1 {a}2 $.x"), ["JSON.MGET {a}1 {a}2 $.x", "JSON.MGET {b}1 $.x"]);
}

#[test]
fn a_count_is_that_of_the_piece_and_options_go_with_each() {
    let whole = "MSETEX 3 {a}1 x {b}1 y {a}2 z EX 5";
    assert_eq!(pieces(whole), ["MSETEX 2 {a}1 x {a}2 z EX 5", "MSETEX 1 {b}1 y EX 5"]);
}

#[test]
fn a_command_that_is_never_cut_is_written_key_by_key() {
    let row = Row { name: "X", arity: -1, flags: Flags(0), keys: &Keys::None, handling: &Handling::DEFAULT };
    assert_eq!(row.handling.split, Split::Never);
    let command = Command::line("X a b");
    assert_eq!(written(row, &command, &[1, 2]), ["X a", "X b"]);
}

fn slot(number: u16) -> Slot {
    Slot::new(number).unwrap()
}

#[test]
fn slots_are_shared_among_their_owners_and_ranges_are_cut_where_these_change() {
    let owner = |slot: Slot| match slot.number() {
        0..3 => Some(NodeId(7)),
        3..11 => Some(NodeId(4)),
        _ => None,
    };
    let ranges = |ranges: &[(u16, u16)]| -> Vec<_> { ranges.iter().map(|&(a, b)| (slot(a), slot(b))).collect() };
    let of = |node: Option<u16>, of: &[(u16, u16)]| Share { owner: node.map(NodeId), ranges: ranges(of) };
    assert_eq!(
        share(&ranges(&[(1, 5), (10, 12), (0, 0), (2, 2)]), owner),
        [of(Some(7), &[(1, 2), (0, 0), (2, 2)]), of(Some(4), &[(3, 5), (10, 10)]), of(None, &[(11, 12)])]
    );
}

#[test]
fn the_command_of_a_share_names_its_slots_alone() {
    let written = |line: &str, step: u8| -> Vec<String> {
        let command = Command::line(line);
        let named = slots_named(command.args(), 2, step).unwrap();
        let shares = share(&named, |slot| Some(NodeId(u16::from(slot.number() >= 100))));
        let write = |share: &Share| {
            let mut bytes = Vec::new();
            write_share(command.args(), 2, step, share, &mut bytes);
            as_line(&bytes)
        };
        shares.iter().map(write).collect()
    };
    assert_eq!(written("CLUSTER DELSLOTS 5 100 3", 1), ["CLUSTER DELSLOTS 5 3", "CLUSTER DELSLOTS 100"]);
    assert_eq!(
        written("CLUSTER DELSLOTSRANGE 90 110 5 6", 2),
        ["CLUSTER DELSLOTSRANGE 90 99 5 6", "CLUSTER DELSLOTSRANGE 100 110"]
    );
}
