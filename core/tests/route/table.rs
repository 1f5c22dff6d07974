use slotpipe_core::route::{
    command::Flags,
    table::{Lookup, Table},
};

use crate::Command;

fn found(line: &str) -> Option<String> {
    let table = Table::default();
    match table.lookup(Command::line(line).args()) {
        Lookup::Known(id) => Some(table.row(id).name.to_string()),
        Lookup::UnknownSubcommand(_) | Lookup::Unknown => None,
    }
}

#[test]
fn every_generated_name_is_found_in_any_case() {
    for row in Table::generated() {
        if row.flags.has(Flags::CONTAINER) {
            continue;
        }
        for name in [row.name.to_string(), row.name.to_ascii_lowercase()] {
            assert_eq!(found(&name).as_deref(), Some(&*row.name));
        }
    }
}
