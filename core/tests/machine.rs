//! Single turns of the machine that are easier told by its verbs than by a conversation: what a host does between two
//! polls.

use slotpipe_core::{
    cluster::Cluster,
    config::Config,
    port::{Address, Input, LinkId, Micros, Output, Outputs},
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
