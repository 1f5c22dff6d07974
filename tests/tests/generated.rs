//! The command table and what is made from it.

use slotpipe_core::route::command::{Merge, Request};
use slotpipe_core::route::table::Table;
use slotpipe_tests::generate::{self, commands::Commands, grammar, repository};

fn commands() -> Commands {
    Commands::read(&repository().join("core/commands.tsv")).unwrap()
}

#[test]
fn generated_files_are_up_to_date() {
    let differences = generate::differences().unwrap();
    assert!(differences.is_empty(), "run `cargo run -p slotpipe-tests --bin generate`:\n{}", differences.join("\n"));
}

#[test]
fn every_line_of_the_table_is_a_row_of_the_core() {
    let names: Vec<String> = commands().rows.into_iter().map(|row| row.name).collect();
    assert_eq!(names, Table::generated().map(|row| row.name.to_string()).collect::<Vec<_>>());
}

#[test]
fn the_arguments_of_every_command_can_be_read() {
    for row in commands().rows.iter().filter(|row| !row.arguments.is_empty()) {
        grammar::arguments(&row.arguments).unwrap_or_else(|error| panic!("{}: {error}", row.name));
    }
}

#[test]
fn every_policy_of_the_server_is_followed_or_replaced_on_purpose() {
    for (row, core) in commands().rows.iter().zip(Table::generated()) {
        let request = match row.request_policy.as_str() {
            "all_nodes" => Some(Request::AllNodes),
            "all_shards" => Some(Request::AllPrimaries),
            _ => None,
        };
        assert!(request.is_none_or(|request| core.handling.request == request), "{}", row.name);
        let merge = match row.response_policy.as_str() {
            "all_succeeded" => Some(Merge::AllOk),
            "one_succeeded" => Some(Merge::OneOk),
            "agg_sum" => Some(Merge::Sum),
            "agg_min" => Some(Merge::Min),
            "agg_max" => Some(Merge::Max),
            "agg_logical_and" => Some(Merge::And),
            "agg_logical_or" => Some(Merge::Or),
            _ => None,
        };
        assert!(merge.is_none_or(|merge| core.handling.merge == merge), "{}", row.name);
        let is_special = row.request_policy == "special" || row.response_policy == "special";
        assert!(
            !is_special || core.handling.refusal.is_some() || core.handling.merge != Merge::Single,
            "{} needs a merge",
            row.name
        );
        assert!(row.request_policy != "multi_shard" || !row.split.is_empty(), "{} needs a split", row.name);
    }
}

#[test]
fn readers_find_nothing_left_out() {
    assert!(Commands::parse("command\tsince\nGET\t1").unwrap_err().starts_with("1: the columns"));
    let head = std::fs::read_to_string(repository().join("core/commands.tsv")).unwrap();
    let head = head.lines().next().unwrap();
    let line =
        |arity: &str, reply: &str| format!("{head}\nX\t1\t{arity}\t-\t-\t-\t-\t-\t{reply}\t-\t-\t-\t-\t-\t-\t-\t-");
    assert!(Commands::parse(&line("1", "string")).is_ok());
    assert!(Commands::parse(&line("1", "?")).unwrap_err().contains("2: column reply"));
    assert!(Commands::parse(&line("x", "string")).unwrap_err().contains("arity"));
}
