use std::collections::BTreeSet;

use slotpipe_core::route::{
    command::{Flags, Keys, Merge, Request, Row, Split},
    table::{Lookup, RowId, Table, name_hash},
};

use crate::Command;

fn found(line: &str) -> Lookup {
    Table::default().lookup(Command::line(line).args())
}

fn complaints(is_wrong: impl Fn(&Row<'_>) -> bool) -> Vec<String> {
    Table::generated().filter(|row| is_wrong(row)).map(|row| row.name.to_string()).collect()
}

#[test]
fn every_generated_name_is_found_in_any_case() {
    let table = Table::default();
    for (at, row) in Table::generated().enumerate() {
        let id = RowId(at.try_into().unwrap());
        assert_eq!(table.row(id).name, row.name);
        let wanted = if row.flags.has(Flags::CONTAINER) && row.arity != -1 {
            Lookup::UnknownSubcommand(id)
        } else {
            Lookup::Known(id)
        };
        let mixed: String =
            row.name.chars().enumerate().map(|(at, c)| if at % 2 == 0 { c.to_ascii_lowercase() } else { c }).collect();
        for name in [row.name.to_string(), row.name.to_ascii_lowercase(), mixed] {
            assert_eq!(found(&name), wanted, "{name}");
        }
    }
}

#[test]
fn names_that_are_almost_right_are_unknown() {
    for name in [
        "GE",
        "GETT",
        "GET\0",
        "G",
        "",
        "SENTINE",
        "CLUSTERS",
        "SET ",
        "MSETE",
        "G\u{5}T",
        "gEt!",
        "CONFIG|GET",
        "AVERYLONGNAMETHATNOBODYHAS",
    ] {
        let command = Command::new([name]);
        assert_eq!(Table::default().lookup(command.args()), Lookup::Unknown, "{name}");
    }
}

#[test]
fn a_space_in_the_first_argument_does_not_reach_a_subcommand() {
    assert_eq!(Table::default().lookup(Command::new(["CLUSTER SLOTS"]).args()), Lookup::Unknown);
    assert!(matches!(
        Table::default().lookup(Command::new(["CLUSTER", "SLOTS "]).args()),
        Lookup::UnknownSubcommand(_)
    ));
}

#[test]
fn names_are_unique_sorted_and_hashed_apart() {
    let names: Vec<&str> = Table::generated().map(|row| row.name).collect();
    assert!(names.is_sorted());
    let top: Vec<&&str> = names.iter().filter(|name| !name.contains(' ')).collect();
    assert_eq!(top.iter().map(|name| name_hash(name.as_bytes())).collect::<BTreeSet<_>>().len(), top.len());
}

#[test]
fn an_id_that_was_never_given_out_is_a_stranger_s() {
    let table = Table::default();
    for id in [RowId::STRANGER, RowId(u16::MAX - 1), RowId(Table::generated().len().try_into().unwrap())] {
        assert_eq!(table.row(id).name, "");
        assert!(table.row(id).flags.has(Flags::WRITE | Flags::NEEDS_KEYS));
    }
}

#[test]
fn no_row_both_reads_and_writes() {
    assert!(complaints(|row| row.flags.has(Flags::WRITE | Flags::READONLY)).is_empty());
    assert!(complaints(|row| row.flags.has(Flags::WRITE | Flags::HARMLESS)).is_empty());
    assert!(complaints(|row| row.flags.has(Flags::WRITES_BY_TOKEN) && !row.flags.has(Flags::WRITE)).is_empty());
}

#[test]
fn every_split_has_a_merge_and_keys() {
    assert!(
        complaints(|row| row.handling.split != Split::Never
            && row.handling.split.recipe().is_none()
            && (row.handling.merge == Merge::Single || *row.keys == Keys::None))
        .is_empty()
    );
}

#[test]
fn every_fan_out_has_a_merge() {
    // WAIT is refused outside sessions, and merges as the server says all the same.
    let fans_out = |row: &Row<'_>| match row.handling.request {
        Request::AllNodes | Request::AllPrimaries | Request::Owners { .. } => true,
        Request::Any | Request::SlotArgument(_) => false,
    };
    assert_eq!(complaints(|row| fans_out(row) && row.handling.merge == Merge::Single), Vec::<String>::new());
    assert_eq!(
        complaints(|row| !fans_out(row) && row.handling.split == Split::Never && row.handling.merge != Merge::Single),
        Vec::<String>::new()
    );
}

#[test]
fn rows_with_keys_do_not_fan_out() {
    assert_eq!(complaints(|row| *row.keys != Keys::None && row.handling.request != Request::Any), Vec::<String>::new());
}

#[test]
fn the_arity_lets_every_first_key_exist() {
    assert_eq!(complaints(|row| *row.keys == Keys::First && row.arity.unsigned_abs() < 2), Vec::<String>::new());
}

#[test]
fn containers_route_nothing_themselves() {
    let is_wrong = |row: &Row<'_>| {
        row.flags.has(Flags::CONTAINER) && (*row.keys != Keys::None || row.handling.request != Request::Any)
    };
    assert_eq!(complaints(is_wrong), Vec::<String>::new());
}

#[test]
fn blocking_commands_have_their_pace() {
    use slotpipe_core::route::command::Pace;
    let blocks = |row: &Row<'_>| {
        matches!(row.handling.pace, Pace::Blocking { .. } | Pace::BlockingMs { .. } | Pace::BlockingToken)
    };
    assert_eq!(complaints(|row| row.flags.has(Flags::BLOCKING) && !blocks(row)), Vec::<String>::new());
}

#[test]
fn refusals_say_what_to_do_in_one_sentence() {
    for row in Table::generated() {
        let Some(refusal) = row.handling.refusal else { continue };
        assert!(refusal.message.len() > 30 && !refusal.message.ends_with('.'), "{}: {}", row.name, refusal.message);
        assert!(refusal.code.bytes().all(|byte| byte.is_ascii_uppercase()), "{}", refusal.code);
    }
}
