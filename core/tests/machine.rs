//! Single turns of the machine that are easier told by its verbs than by a conversation: what a host does between two
//! polls.

use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{Address, Cause, Input, LinkId, Micros, NotExecuted, OutcomeKind, Output, Outputs, SubmitOptions},
    wire::{encode, tape::Node},
};

/// A core that has asked for its first connection, link 0, at 0 µs.
fn dialling() -> (Cluster, Outputs) {
    let config = Config { seeds: vec![Address::new("10.0.0.1", 7001)], ..Config::default() };
    let (mut core, mut out) = (Cluster::new(config, Micros(0)), Outputs::default());
    core.poll(Micros(0), &mut out);
    assert!(matches!(out.actions.first(), Some(Output::Connect { link: LinkId(0), .. })), "{:?}", out.actions);
    (core, out)
}

#[test]
fn nothing_is_written_on_a_connection_that_is_to_be_closed() {
    let (mut core, mut out) = dialling();
    core.handle(Micros(0), Input::Connected { link: LinkId(0), credentials: None });
    // The handshake's time is over before the host has asked what to write.
    core.poll(Micros(5_000_000), &mut out);
    let of_link = |action: &&Output| matches!(action, Output::Send { .. } | Output::Close { .. });
    let told: Vec<&Output> = out.actions.iter().filter(of_link).collect();
    assert!(matches!(told.as_slice(), [Output::Close { link: LinkId(0) }]), "{told:?}");
}

#[test]
fn a_clock_at_the_end_of_its_numbers_is_no_reason_to_work_for_ever() {
    let end = Micros(u64::MAX - 1_000);
    let config = Config { seeds: vec![Address::new("10.0.0.1", 7001)], ..Config::default() };
    let (mut core, mut out) = (Cluster::new(config, end), Outputs::default());
    core.poll(end, &mut out);
    core.handle(end, Input::Closed { link: LinkId(0), cause: Cause::TimedOut, maybe_sent: 0 });
    core.poll(Micros(u64::MAX), &mut out);
    let until = out.actions.iter().find_map(|action| if let Output::Wait { until } = action { *until } else { None });
    assert!(until.is_some_and(|until| until < Micros(u64::MAX)), "{:?}", out.actions);
}

/// A core whose one node, at the other end of link 0, owns all slots and waits for commands.
fn ready() -> (Cluster, Outputs) {
    let (mut core, mut out) = dialling();
    core.handle(Micros(1), Input::Connected { link: LinkId(0), credentials: None });
    core.poll(Micros(1), &mut out);
    said(&mut core, "%0\r\n+OK\r\n+OK\r\n");
    core.poll(Micros(1), &mut out);
    said(&mut core, "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$8\r\n10.0.0.1\r\n:7001\r\n$1\r\nx\r\n-NOPERM no\r\n");
    core.poll(Micros(1), &mut out);
    (core, out)
}

/// What the node says.
fn said(core: &mut Cluster, text: &'static str) {
    core.handle(Micros(1), Input::Received { link: LinkId(0), bytes: text.as_bytes().into() });
}

#[test]
fn positions_that_are_given_are_not_taken_for_the_keys_of_commands_that_the_table_knows() {
    let (mut core, mut out) = ready();
    let mut batch = Vec::new();
    encode::command(&mut batch, ["SET", "a", "first"]);
    encode::command(&mut batch, ["SET", "a", "second"]);
    // They are for a command that only the caller knows; this batch happens to have none.
    let options = SubmitOptions { key_positions: Some(vec![2]), ..SubmitOptions::default() };
    core.submit(Micros(1), batch.into(), &options).expect("a batch that is taken");
    core.poll(Micros(1), &mut out);
    said(&mut core, "-TRYAGAIN Multiple keys request during rehashing of slot\r\n+OK\r\n");
    core.poll(Micros(1_000_000), &mut out);
    let told: Vec<_> = out.answers.iter().map(|answer| (answer.ticket.0, answer.outcome, answer.first())).collect();
    let reason = Some(Node::Int(NotExecuted::WouldReorder as i64));
    assert_eq!(told[1..], [(0, OutcomeKind::NotExecuted, reason)], "the second has run: {told:?}");
}
