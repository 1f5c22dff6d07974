//! The rig proves itself: what the other live tests take for granted about servers, seen with the plain client alone.

use std::{
    process::{Command, Stdio},
    sync::LazyLock,
    time::Duration,
};

use slotpipe::lab::{
    ClusterOptions, Error, LocalCluster, Server, ServerOptions,
    reshard::{Pace, Resharder, half_migrated},
    resp::{Client, Reply},
    wait_until,
};
use slotpipe_tests::certificates::Authority;

/// Three primaries for the tests that break nothing; each has hash tags of its own.
static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

fn code(reply: &Reply) -> &str {
    reply.error_code().unwrap_or_else(|| panic!("{reply:?} is no error"))
}

#[test]
fn the_source_of_a_half_migrated_slot_serves_what_it_has_and_asks_for_the_rest() {
    let slot = CLUSTER.slot_of("{ask}").unwrap();
    let half = half_migrated(&CLUSTER, slot, &["{ask}here"], &["{ask}gone"]).unwrap();
    let mut source = half.source().client().unwrap();

    assert_eq!(source.call(["GET", "{ask}here"]).unwrap(), Reply::Bulk(b"{ask}here".to_vec()));
    let ask = Reply::Error(format!("ASK {slot} {}", half.target().address()));
    assert_eq!(source.call(["GET", "{ask}gone"]).unwrap(), ask);
    assert_eq!(source.call(["GET", "{ask}never"]).unwrap(), ask);
}

#[test]
fn the_target_of_a_half_migrated_slot_serves_only_after_asking() {
    let slot = CLUSTER.slot_of("{asking}").unwrap();
    let half = half_migrated(&CLUSTER, slot, &[], &["{asking}gone"]).unwrap();
    let mut target = half.target().client().unwrap();

    let moved = Reply::Error(format!("MOVED {slot} {}", half.source().address()));
    assert_eq!(target.call(["GET", "{asking}gone"]).unwrap(), moved);
    target.ask(["ASKING"]).unwrap();
    assert_eq!(target.call(["GET", "{asking}gone"]).unwrap(), Reply::Bulk(b"{asking}gone".to_vec()));
    assert_eq!(target.call(["GET", "{asking}gone"]).unwrap(), moved, "ASKING is for one command");
}

#[test]
fn several_keys_on_both_sides_of_a_half_migrated_slot_answer_tryagain_at_both_ends() {
    let slot = CLUSTER.slot_of("{try}").unwrap();
    let half = half_migrated(&CLUSTER, slot, &["{try}here"], &["{try}gone"]).unwrap();
    let both = ["MGET", "{try}here", "{try}gone"];

    assert_eq!(code(&half.source().client().unwrap().call(both).unwrap()), "TRYAGAIN");
    let mut target = half.target().client().unwrap();
    target.ask(["ASKING"]).unwrap();
    assert_eq!(code(&target.call(both).unwrap()), "TRYAGAIN");
}

#[test]
fn asking_for_a_key_that_the_source_still_has_makes_a_shadow_and_stops_the_migration() {
    let slot = CLUSTER.slot_of("{shadow}").unwrap();
    let mut half = half_migrated(&CLUSTER, slot, &["{shadow}key"], &[]).unwrap();
    let mut target = half.target().client().unwrap();

    target.ask(["ASKING"]).unwrap();
    assert_eq!(target.call(["SET", "{shadow}key", "the other"]).unwrap(), Reply::Simple("OK".into()));
    let refused = half.move_rest().unwrap_err().to_string();
    assert!(refused.contains("BUSYKEY"), "{refused}");
    assert_eq!(half.keys_at_source().unwrap(), 1);
}

#[test]
fn a_finished_move_is_known_to_every_primary() {
    let slot = CLUSTER.slot_of("{moved}").unwrap();
    let mut half = half_migrated(&CLUSTER, slot, &["{moved}a"], &["{moved}b"]).unwrap();
    let target = half.target().clone();
    half.move_rest().unwrap();
    half.finish().unwrap();

    assert_eq!(CLUSTER.primary_of(slot).unwrap().id, target.id);
    for node in CLUSTER.nodes().iter().filter(|node| node.id != target.id) {
        let moved = Reply::Error(format!("MOVED {slot} {}", target.address()));
        assert_eq!(node.client().unwrap().call(["GET", "{moved}a"]).unwrap(), moved, "port {}", node.port());
    }
    assert_eq!(target.ask(["MGET", "{moved}a", "{moved}b"]).unwrap().array().unwrap().len(), 2);
}

#[test]
fn an_abandoned_move_leaves_the_slot_with_its_owner() {
    let slot = CLUSTER.slot_of("{abandoned}").unwrap();
    let half = half_migrated(&CLUSTER, slot, &["{abandoned}key"], &[]).unwrap();
    let source = half.source().clone();
    half.abandon().unwrap();

    assert_eq!(source.client().unwrap().call(["GET", "{abandoned}other"]).unwrap(), Reply::Nil);
}

#[test]
fn the_resharder_moves_slots_with_all_their_keys_and_leaves_none_half_way() {
    let tags: Vec<_> = (0..8).map(|tag| format!("{{resharded{tag}}}")).collect();
    let slots: Vec<_> = tags.iter().map(|tag| CLUSTER.slot_of(tag).unwrap()).collect();
    for (tag, &slot) in tags.iter().zip(&slots) {
        let mut owner = CLUSTER.primary_of(slot).unwrap().client().unwrap();
        for key in 0..5 {
            owner.ask(["SET", &format!("{tag}{key}"), "v"]).unwrap();
        }
    }

    let resharder = Resharder::start(&CLUSTER, slots.clone(), Pace { open: 4, hold: Duration::from_millis(5) });
    wait_until(Duration::from_secs(20), "two rounds of moves", || match resharder.slots_moved() {
        16.. => Ok(()),
        few => Err(Error::new(format!("{few} slots"))),
    })
    .unwrap();
    let report = resharder.stop();

    assert!(report.failures.is_empty() && report.shadow_keys.is_empty(), "{report:?}");
    assert!(report.slots_moved >= 16 && report.keys_moved == report.slots_moved * 5, "{report:?}");
    for (tag, &slot) in tags.iter().zip(&slots) {
        let owner = CLUSTER.primary_of(slot).unwrap();
        let count = owner.ask(["CLUSTER", "COUNTKEYSINSLOT", &slot.to_string()]).unwrap();
        assert_eq!(count, Reply::Int(5), "{tag}");
        assert_eq!(owner.client().unwrap().call(["GET", &format!("{tag}none")]).unwrap(), Reply::Nil, "{tag} is open");
    }
}

#[test]
fn a_killed_primary_is_a_clusterdown_until_its_replica_takes_over_and_comes_back_as_a_replica() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let old = cluster.primary_of(0).unwrap();
    let heir = cluster.replicas_of(&old).unwrap().remove(0);
    let bystander = cluster.primary_of(16_383).unwrap();

    old.kill();
    let key = (0..).map(|n| n.to_string()).find(|key| cluster.slot_of(key).unwrap() > 11_000).unwrap();
    wait_until(Duration::from_secs(10), "the bystander to call the cluster down", || {
        let reply = bystander.client()?.call(["GET", &key])?;
        if reply.error_code() == Some("CLUSTERDOWN") { Ok(()) } else { Err(Error::new(format!("{reply:?}"))) }
    })
    .unwrap();
    let promoted = cluster.wait_for_promotion(&old, 0).unwrap();
    assert_eq!(promoted.id, heir.id);

    old.restart().unwrap();
    cluster.wait_until_agreed(3).unwrap();
    assert_eq!(cluster.replicas_of(&promoted).unwrap()[0].id, old.id);
}

#[test]
fn the_resharder_finishes_its_moves_although_a_primary_dies_under_it() {
    let cluster = LocalCluster::start(3, 1).unwrap();
    let slots = [5_000, 10_000, 15_000];
    let resharder = Resharder::start(&cluster, slots, Pace { open: 3, hold: Duration::from_millis(50) });
    let dead = cluster.primary_of(0).unwrap();
    dead.kill();
    cluster.wait_for_promotion(&dead, 0).unwrap();
    let report = resharder.stop();

    assert!(!report.failures.is_empty(), "the primary died too late to matter");
    for node in cluster.primaries().unwrap() {
        let rows = node.ask(["CLUSTER", "NODES"]).unwrap();
        assert!(!rows.text().unwrap().contains("->-"), "port {} still migrates: {report:?}", node.port());
    }
    for slot in slots {
        cluster.wait_until_known(slot, &cluster.primary_of(slot).unwrap()).unwrap();
    }
}

#[test]
fn a_paused_server_keeps_its_connections_and_answers_when_it_goes_on() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let mut client = server.client().unwrap();
    server.pause().unwrap();
    client.set_timeout(Duration::from_millis(100)).unwrap();
    client.call(["PING"]).unwrap_err();
    assert!(!server.is_up());

    server.resume().unwrap();
    client.set_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(client.read().unwrap(), Reply::Simple("PONG".into()));
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let options = ServerOptions { config: vec!["no-such-directive yes".into()], ..ServerOptions::default() };
    let error = Server::start(&options).unwrap_err().to_string();
    assert!(error.contains("no-such-directive"), "{error}");
}

#[test]
fn a_server_with_a_password_and_users_lets_in_whom_it_should() {
    let options = ServerOptions {
        password: Some("secret".into()),
        config: vec!["user reader on >word ~* +@read".into()],
        ..ServerOptions::default()
    };
    let server = Server::start(&options).unwrap();
    server.ask(["SET", "k", "v"]).unwrap();

    let mut stranger = Client::connect(server.address()).unwrap();
    assert_eq!(code(&stranger.call(["GET", "k"]).unwrap()), "NOAUTH");
    stranger.ask(["AUTH", "reader", "word"]).unwrap();
    assert_eq!(stranger.call(["GET", "k"]).unwrap(), Reply::Bulk(b"v".to_vec()));
    assert_eq!(code(&stranger.call(["SET", "k", "w"]).unwrap()), "NOPERM");
}

#[test]
fn a_cluster_with_tls_and_a_password_forms_replicates_and_moves_slots() {
    let server = ServerOptions {
        password: Some("secret".into()),
        tls: Some(Authority::new().servers(true)),
        ..ServerOptions::default()
    };
    let options = ClusterOptions { primaries: 2, replicas: 1, server, ..ClusterOptions::default() };
    let cluster = LocalCluster::start_with(&options).unwrap();

    let slot = cluster.slot_of("{tls}").unwrap();
    let mut half = half_migrated(&cluster, slot, &["{tls}a"], &["{tls}b"]).unwrap();
    half.move_rest().unwrap();
    let target = half.target().clone();
    half.finish().unwrap();
    assert_eq!(cluster.primary_of(slot).unwrap().id, target.id);

    let mut plain = Client::connect(("127.0.0.1", target.tls_port().unwrap())).unwrap();
    plain.call(["PING"]).unwrap_err();
}

/// The test runs itself once more as a process that starts a server and aborts.
#[test]
fn a_process_that_aborts_leaves_no_server_behind() {
    const ABORTS: &str = "SLOTPIPE_RIG_ABORTS";
    if std::env::var_os(ABORTS).is_some() {
        let server = Server::start(&ServerOptions::default()).unwrap();
        let directory = server.socket_path();
        println!("\nserver {} {}", server.pid().unwrap(), directory.parent().unwrap().display());
        std::process::abort();
    }

    let name = "a_process_that_aborts_leaves_no_server_behind";
    let output = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(ABORTS, "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("server ")).unwrap_or_else(|| panic!("{output:?}"));
    let (pid, directory) = line.split_once(' ').unwrap();

    wait_until(Duration::from_secs(5), "the server to go", || {
        let alive = Command::new("sh").args(["-c", "kill -0 \"$0\"", pid]).stderr(Stdio::null()).status();
        if alive.is_ok_and(|status| status.success()) || std::path::Path::new(directory).exists() {
            return Err(Error::new("it is still there"));
        }
        Ok(())
    })
    .unwrap();
}
