//! Tests that documents name, as `FILE::TEST`, and whether they are there.

use std::{fs, path::PathBuf};

use crate::source::root;

/// Whether the file, from the top or from tests/, has a test of this name in the way of its kind.
pub fn is_there(reference: &str) -> bool {
    let Some((path, name)) = reference.split_once("::") else { return false };
    let places: [PathBuf; 2] = [root().join("tests").join(path), root().join(path)];
    let Some(text) = places.iter().find_map(|place| fs::read_to_string(place).ok()) else { return false };
    match path.rsplit('.').next() {
        Some("rs") => text.contains(&format!("fn {name}(")) || has_row(&text, name),
        Some("txt") => text.lines().any(|line| line.strip_prefix("== ") == Some(name)),
        Some("mjs") => ['"', '`'].iter().any(|quote| text.contains(&format!("test({quote}{name}{quote}"))),
        _ => false,
    }
}

/// Whether a macro makes a test or a rule of this name: `name => …` in a table, or a word of a list `tests!(… name …);`.
fn has_row(text: &str, name: &str) -> bool {
    let lists = text.lines().filter_map(|line| line.split_once("!(")?.1.strip_suffix(");"));
    text.lines().any(|line| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(" => ")))
        || lists.flat_map(str::split_whitespace).any(|word| word == name)
}
