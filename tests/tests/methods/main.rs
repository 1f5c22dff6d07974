//! The generated methods: what they write, that the core takes it, that a real server takes it.

#[rustfmt::skip]
mod samples;
mod server;
mod typed;
mod wire;

use std::collections::BTreeSet;

use slotpipe::{CommandWriter, FromValue, commands::Commands};
use slotpipe_core::{
    route::{
        classify::{Refusal, Rules, classify},
        table::Table,
    },
    wire::request::{Args, Requests},
};
use slotpipe_tests::generate::{self, commands::Commands as Facts, methods::Api, rust_methods};

/// One call that was recorded.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// The command that it should be.
    pub(crate) command: String,
    /// The method, and which of its options.
    pub(crate) form: String,
    /// What it wrote, argument by argument.
    pub(crate) args: Vec<Vec<u8>>,
}

/// Writes commands down instead of sending them.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    announced: Option<(String, String)>,
    pub(crate) calls: Vec<Recorded>,
}

/// What every method is called on.
pub(crate) trait Calls {
    /// What has the methods.
    type On<'a>: Commands
    where
        Self: 'a;

    /// Says which command the next call should be, and by which form of which method.
    fn next(&mut self, command: &str, form: &str) -> Self::On<'_>;
}

impl Calls for Recorder {
    type On<'a> = &'a mut Self;

    fn next(&mut self, command: &str, form: &str) -> &mut Self {
        self.announced = Some((command.to_owned(), form.to_owned()));
        self
    }
}

impl Recorder {
    /// Every method called once, and once with each option.
    fn of_all() -> Self {
        let mut recorder = Self::default();
        samples::call_all(&mut recorder);
        recorder
    }
}

impl Commands for &mut Recorder {
    type Out<T: FromValue> = ();
    type ByNode<T: FromValue> = ();

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) {
        self.run::<T>(write);
    }

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) {
        let mut frame = Vec::new();
        let mut writer = CommandWriter::new(&mut frame);
        write(&mut writer);
        let (command, form) = self.announced.take().unwrap_or_default();
        let count = writer.finish().unwrap_or_else(|error| panic!("{form}: {error}"));
        let mut spans = Vec::new();
        let mut requests = Requests::new(&frame, 0);
        let range = requests.next(&mut spans).expect("one command").unwrap_or_else(|error| panic!("{form}: {error:?}"));
        assert_eq!((range.end, spans.len()), (frame.len(), count), "{form} is one whole command");
        let args = Args::new(&frame, &spans).iter().map(<[u8]>::to_vec).collect();
        self.calls.push(Recorded { command, form, args });
    }
}

#[test]
fn generated_files_are_what_the_table_says() {
    assert_eq!(generate::differences().unwrap(), Vec::<String>::new());
}

#[test]
fn every_cell_of_the_table_is_in_its_grammar() {
    let mut wrong = Vec::new();
    for row in facts().rows {
        wrong.extend(generate::grammar::arguments(&row.arguments).err().map(|error| format!("{}: {error}", row.name)));
        if !row.reply.is_empty() {
            wrong.extend(generate::reply::reply(&row.reply).err().map(|error| format!("{}: {error}", row.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_has_a_method_or_a_reason_to_have_none() {
    let facts = facts();
    let api = Api::new(&facts).unwrap();
    let has_method = |name: &str| api.methods.iter().any(|method| method.command == name);
    let is_omitted = |name: &str| api.omitted.iter().any(|(omitted, reason)| omitted == name && reason.len() > 10);
    for row in &facts.rows {
        assert!(has_method(&row.name) != is_omitted(&row.name), "{}", row.name);
    }
    // Whoever leaves another command out changes this number and says why in methods.tsv.
    assert_eq!(api.omitted.len(), 94);
}

#[test]
fn only_listed_commands_answer_without_a_type() {
    let facts = facts();
    let listed: BTreeSet<String> = Api::new(&facts)
        .unwrap()
        .methods
        .into_iter()
        .filter(|method| method.may_be_untyped)
        .map(|method| method.command)
        .collect();
    let text = (rust_methods::METHODS.text)(&facts).unwrap();
    let mut untyped = BTreeSet::new();
    let mut lines = text.lines();
    while let Some(usage) = lines.find(|line| line.starts_with("    /// `")) {
        let reply = lines.next().unwrap().split_once(" -> ").unwrap().1;
        if reply.contains("Value") {
            let usage = usage.trim_start_matches("    /// `");
            untyped.extend(listed.iter().filter(|command| usage.starts_with(*command)).cloned());
            assert!(listed.iter().any(|command| usage.starts_with(command)), "{usage} answers {reply}");
        }
    }
    assert_eq!(untyped, listed, "methods.tsv lists commands that have a type");
    // Whoever adds one changes this number.
    assert_eq!(listed.len(), 36);
}

#[test]
fn every_method_writes_its_own_command() {
    for call in Recorder::of_all().calls {
        let words: Vec<String> = call.command.split(' ').map(str::to_owned).collect();
        let written: Vec<String> =
            call.args.iter().take(words.len()).map(|arg| String::from_utf8_lossy(arg).into_owned()).collect();
        assert_eq!(written, words, "{}", call.form);
    }
}

#[test]
fn the_core_finds_nothing_wrong_with_what_any_method_writes() {
    let table = Table::default();
    let mut wrong = Vec::new();
    for call in Recorder::of_all().calls {
        let mut frame = Vec::new();
        slotpipe_core::wire::encode::command(&mut frame, &call.args);
        let mut spans = Vec::new();
        Requests::new(&frame, 0).next(&mut spans).unwrap().unwrap();
        let mut keys = Vec::new();
        let rules = Rules { at_node: true, ..Rules::default() };
        match classify(&table, Args::new(&frame, &spans), rules, &mut keys) {
            Ok(_) => {}
            Err(Refusal::UnknownCommand) => wrong.push(format!("{}: unknown", call.form)),
            // What the table refuses is refused for what it is, not for how it is written.
            Err(Refusal::Misuse { code, .. })
                if !["EMPTY", "ARITY", "CROSSSLOT", "KEYS", "SUBCOMMAND"].contains(&code) => {}
            Err(Refusal::Misuse { code, message }) => wrong.push(format!("{}: {code} {message}", call.form)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn facts() -> Facts {
    Facts::read(&generate::repository().join("core/commands.tsv")).unwrap()
}
