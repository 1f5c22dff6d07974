//! What scenarios cannot ask of real servers: the trouble that a driver makes, and what the model tells of it.
//!
//! Not played on real servers, and why: lying nodes (a real one does not), a node that hears nothing of the others
//! while it answers them (their bus is one connection per pair), data lost by a failover (a real server loses it when it
//! likes), protocols before 6.0 (another server).

use slotpipe_sim::model::{
    Announce, Conn, Lie, Micros, Model, NodeId, PauseKind, Refused, Restart, Setup, Takeover, User, Value, slot_of,
};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const AR: NodeId = NodeId(3);

/// A cluster and a clock.
struct World {
    model: Model,
    now: Micros,
}

impl World {
    fn new(setup: Setup) -> Self {
        Self { model: Model::new(setup), now: 0 }
    }

    fn plain() -> Self {
        Self::new(Setup::default())
    }

    fn replicated() -> Self {
        Self::new(Setup { replicas: 1, ..Setup::default() })
    }

    fn connect(&mut self, node: NodeId) -> Conn {
        self.model.connect(node, self.now).unwrap()
    }

    fn wait(&mut self, ms: u64) {
        self.now += ms * 1_000;
        self.model.advance(self.now);
    }

    /// Sends a command and takes what is there at once.
    fn say(&mut self, conn: Conn, command: &str) -> String {
        self.model.receive(conn, &request(command), self.now);
        String::from_utf8(self.model.output(conn)).unwrap()
    }

    /// The same on a connection of its own.
    fn ask(&mut self, node: NodeId, command: &str) -> String {
        let conn = self.connect(node);
        let reply = self.say(conn, command);
        self.model.hang_up(conn, self.now);
        reply
    }

    /// What is under a key of the current owner.
    fn text(&self, key: &str) -> Option<&str> {
        let value = self.model.value(key.as_bytes())?;
        let Value::Str(bytes) = value else { panic!("{value:?}") };
        std::str::from_utf8(bytes).ok()
    }

    fn ran(&self) -> Vec<String> {
        self.model.log().iter().map(|ran| words(&ran.argv)).collect()
    }

    fn lost(&self) -> Vec<String> {
        self.model.lost().writes.iter().map(|place| words(&self.model.log()[*place].argv)).collect()
    }
}

fn words(argv: &[Vec<u8>]) -> String {
    argv.iter().map(|word| String::from_utf8_lossy(word)).collect::<Vec<_>>().join(" ")
}

fn request(command: &str) -> Vec<u8> {
    let words: Vec<_> = command.split(' ').collect();
    let mut bytes = format!("*{}\r\n", words.len());
    for word in words {
        bytes += &format!("${}\r\n{word}\r\n", word.len());
    }
    bytes.into_bytes()
}

/// Keys of node a: their slots are below 5461.
fn key_of_a(number: usize) -> String {
    (0..).map(|index| format!("k{index}")).filter(|key| slot_of(key.as_bytes()) < 5_461).nth(number).unwrap()
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let day = || {
        let mut world = World::replicated();
        let conn = world.connect(NodeId(3));
        let key = key_of_a(0);
        let mut seen = world.ask(A, &format!("SET {key} v"));
        world.model.crash(A, world.now);
        for _ in 0..60 {
            world.wait(50);
            seen += &world.say(conn, &format!("APPEND {key} w"));
            seen += &world.say(conn, "CLUSTER NODES");
        }
        seen
    };
    assert_eq!(day(), day());
    assert!(day().contains("+OK") && day().contains(":2\r\n"), "the replica took over");
}

#[test]
fn a_replica_has_a_write_after_the_lag_and_not_before() {
    let mut world = World::new(Setup { replicas: 1, replication_lag: 5_000, ..Setup::default() });
    let key = key_of_a(0);
    world.ask(A, &format!("SET {key} v"));
    world.wait(4);
    assert_eq!(world.model.value_at(AR, key.as_bytes()), None);
    world.wait(1);
    assert_eq!(world.model.value_at(AR, key.as_bytes()), Some(&Value::Str(b"v".to_vec())));
}

#[test]
fn a_replica_takes_over_from_a_crashed_primary_and_what_it_had_not_is_told_as_lost() {
    let mut world = World::new(Setup { replicas: 1, replication_lag: 5_000, ..Setup::default() });
    let key = key_of_a(0);
    world.ask(A, &format!("SET {key} kept"));
    world.wait(5);
    world.ask(A, &format!("APPEND {key} -gone"));
    world.model.crash(A, world.now);
    assert_eq!(world.text(&key), Some("kept-gone"), "nobody has taken over yet");
    assert!(world.lost().is_empty());

    world.wait(1_400);
    assert_eq!(world.model.owner(slot_of(key.as_bytes())), Some(A));
    world.wait(1_200);
    assert_eq!(world.model.owner(slot_of(key.as_bytes())), Some(AR));
    assert_eq!(world.text(&key), Some("kept"));
    assert_eq!(world.lost(), [format!("APPEND {key} -gone")]);
    assert!(world.model.lost().keys.contains(key.as_bytes()));
}

#[test]
fn without_a_majority_nobody_takes_over_until_there_is_one() {
    let mut world = World::replicated();
    world.model.crash(A, 0);
    world.model.crash(B, 0);
    world.wait(20_000);
    assert_eq!(world.model.primary_of(AR), Some(A));
    world.model.restart(B, Restart::WithData, world.now);
    world.wait(10_000);
    assert_eq!(world.model.primary_of(AR), None);
}

#[test]
fn a_plain_failover_holds_writers_until_the_replica_has_all_and_loses_nothing() {
    let mut world = World::new(Setup { replicas: 1, replication_lag: 50_000, ..Setup::default() });
    let key = key_of_a(0);
    let (early, late) = (world.connect(A), world.connect(A));
    world.say(early, &format!("SET {key} v"));
    world.model.failover(AR, Takeover::Plain, world.now);
    assert_eq!(world.say(late, &format!("APPEND {key} w")), "");
    assert_eq!(world.ask(A, &format!("GET {key}")), "$1\r\nv\r\n");
    world.wait(200);
    let redirect = String::from_utf8(world.model.output(late)).unwrap();
    assert!(redirect.starts_with("-MOVED"), "{redirect}");
    assert_eq!((world.text(&key), world.lost().len()), (Some("v"), 0));
}

#[test]
fn a_takeover_loses_what_was_under_way() {
    let mut world = World::new(Setup { replicas: 1, replication_lag: 50_000, ..Setup::default() });
    let key = key_of_a(0);
    world.ask(A, &format!("SET {key} v"));
    world.model.failover(AR, Takeover::Takeover, world.now);
    assert_eq!(world.lost(), [format!("SET {key} v")]);
}

#[test]
fn a_frozen_primary_runs_what_waited_when_it_thaws_and_that_is_lost_with_its_office() {
    let mut world = World::replicated();
    let key = key_of_a(0);
    let conn = world.connect(A);
    world.model.freeze(A, 0);
    assert_eq!(world.say(conn, &format!("SET {key} late")), "");
    world.wait(5_000);
    assert_eq!(world.ask(AR, &format!("SET {key} new")), "+OK\r\n");
    world.model.thaw(A, world.now);
    assert_eq!(world.model.output(conn), b"+OK\r\n");
    assert_eq!(world.text(&key), Some("new"));
    world.wait(100);
    assert_eq!(world.model.primary_of(A), Some(AR));
    assert_eq!(world.lost(), [format!("SET {key} late")]);
    assert_eq!(world.model.value_at(A, key.as_bytes()), Some(&Value::Str(b"new".to_vec())));
}

#[test]
fn a_restart_brings_back_all_or_nothing_or_what_replicas_had() {
    for (with, left, lost) in
        [(Restart::WithData, Some("v-w"), 0), (Restart::Empty, None, 2), (Restart::LastReplicated, Some("v"), 1)]
    {
        let mut world = World::new(Setup { replicas: 1, replication_lag: 5_000, ..Setup::default() });
        let key = key_of_a(0);
        world.ask(A, &format!("SET {key} v"));
        world.wait(5);
        world.ask(A, &format!("APPEND {key} -w"));
        world.model.crash(A, world.now);
        world.model.restart(A, with, world.now + 100);
        assert_eq!(world.text(&key), left, "{with:?}");
        assert_eq!(world.lost().len(), lost, "{with:?}");
        assert!(world.ask(A, &format!("GET {key}")).starts_with("-CLUSTERDOWN"));
        world.wait(2_100);
        assert!(world.ask(A, &format!("GET {key}")).starts_with('$'));
    }
}

#[test]
fn a_crash_resets_connections_and_forgets_scripts_and_client_numbers() {
    let mut world = World::plain();
    let conn = world.connect(A);
    assert_eq!(world.say(conn, "CLIENT ID"), ":1\r\n");
    world.model.crash(A, world.now);
    assert!(!world.model.is_open(conn));
    assert_eq!(world.model.stirred().collect::<Vec<_>>(), [conn]);
    assert_eq!(world.model.connect(A, world.now), Err(Refused::Down));
    world.model.restart(A, Restart::WithData, world.now);
    let again = world.connect(A);
    assert_ne!(again, conn);
    assert_eq!(world.say(again, "CLIENT ID"), ":1\r\n");
}

#[test]
fn a_deaf_node_answers_by_an_old_map_until_it_hears() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    world.model.lag_behind(NodeId(2), true, 0);
    world.model.begin_migration(slot, B, 0);
    world.model.finish_migration(slot, 0);
    world.wait(10_000);
    let to = |node| format!("-MOVED {slot} {}\r\n", Model::new(Setup::default()).address(node));
    assert_eq!(world.ask(A, &format!("GET {key}")), to(B));
    assert_eq!(world.ask(NodeId(2), &format!("GET {key}")), to(A));
    world.model.lag_behind(NodeId(2), false, world.now);
    world.wait(10);
    assert_eq!(world.ask(NodeId(2), &format!("GET {key}")), to(B));
}

#[test]
fn an_isolated_primary_serves_until_it_notices_and_gives_way_when_it_is_back() {
    let mut world = World::replicated();
    let key = key_of_a(0);
    world.model.isolate(A, true, 0);
    assert_eq!(world.ask(A, &format!("SET {key} 1")), "+OK\r\n");
    world.wait(1_600);
    assert!(world.ask(A, &format!("SET {key} 2")).starts_with("-CLUSTERDOWN"));
    world.wait(3_000);
    assert_eq!(world.ask(AR, &format!("SET {key} 3")), "+OK\r\n");
    world.model.isolate(A, false, world.now);
    world.wait(10);
    assert_eq!(world.model.primary_of(A), Some(AR));
}

#[test]
fn a_liar_lies_about_keys_and_about_nothing_else() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    for (lie, said) in [
        (Lie::Moved("6.6.6.6:1".into()), format!("-MOVED {slot} 6.6.6.6:1\r\n")),
        (Lie::Ask("6.6.6.6:1".into()), format!("-ASK {slot} 6.6.6.6:1\r\n")),
        (Lie::WrongSlot("6.6.6.6:1".into()), format!("-MOVED {} 6.6.6.6:1\r\n", slot + 1)),
    ] {
        world.model.lie(A, Some(lie));
        assert_eq!(world.ask(A, &format!("SET {key} v")), said);
        assert_eq!(world.ask(A, "PING"), "+PONG\r\n");
    }
    world.model.lie(A, None);
    assert_eq!(world.ask(A, &format!("SET {key} v")), "+OK\r\n");

    world.model.lie_in_circles(A, B);
    let (at_a, at_b) = (world.ask(A, &format!("GET {key}")), world.ask(B, &format!("GET {key}")));
    assert_eq!(at_a, format!("-MOVED {slot} {}\r\n", world.model.address(B)));
    assert_eq!(at_b, format!("-MOVED {slot} {}\r\n", world.model.address(A)));
}

#[test]
fn the_state_of_a_server_can_be_set() {
    let mut world = World::plain();
    let key = key_of_a(0);
    world.model.loading(A, 1_000_000, 0);
    assert!(world.ask(A, &format!("GET {key}")).starts_with("-LOADING"));
    world.wait(1_000);
    assert_eq!(world.ask(A, &format!("GET {key}")), "$-1\r\n");

    world.model.out_of_memory(A, true);
    assert!(world.ask(A, &format!("SET {key} v")).starts_with("-OOM"));
    world.model.out_of_memory(A, false);

    world.model.max_clients(A, 0);
    let conn = world.connect(A);
    assert!(String::from_utf8(world.model.output(conn)).unwrap().starts_with("-ERR max number of clients"));
    assert!(!world.model.is_open(conn));
}

#[test]
fn a_pause_of_writers_ends_by_itself() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let conn = world.connect(A);
    world.model.pause(A, 100_000, PauseKind::Write, 0);
    assert_eq!(world.say(conn, &format!("SET {key} v")), "");
    assert_eq!(world.model.wake(), Some(100_000));
    world.wait(99);
    assert_eq!(world.model.output(conn), b"");
    world.wait(1);
    assert_eq!(world.model.output(conn), b"+OK\r\n");
}

#[test]
fn a_slot_moves_key_by_key_and_a_shadow_keeps_its_key_from_moving() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let (slot, other) = (slot_of(key.as_bytes()), format!("{{{key}}}x"));
    world.ask(A, &format!("SET {key} v"));
    world.ask(A, &format!("SET {other} w"));
    world.model.begin_migration(slot, B, 0);
    let at_target = world.connect(B);
    world.say(at_target, "ASKING");
    assert_eq!(world.say(at_target, &format!("SET {key} shadow")), "+OK\r\n");
    assert_eq!(world.model.keys_in_slot(slot).len(), 2);
    assert!(!world.model.move_key(key.as_bytes(), 0));
    assert!(world.model.move_key(other.as_bytes(), 0));
    assert_eq!(world.model.keys_in_slot(slot), [key.as_bytes()]);
    assert_eq!((world.text(&key), world.text(&other)), (Some("v"), Some("w")));
    assert_eq!(world.model.value_at(B, key.as_bytes()), Some(&Value::Str(b"shadow".to_vec())));
    assert!(world.lost().is_empty() && world.model.lost().keys.is_empty());
}

#[test]
fn a_migration_given_up_leaves_its_keys_where_they_are() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    world.ask(A, &format!("SET {key} v"));
    world.model.begin_migration(slot, B, 0);
    assert!(world.model.move_key(key.as_bytes(), 0));
    world.model.abort_migration(slot, 0);
    assert_eq!(world.ask(A, &format!("GET {key}")), "$-1\r\n");
    assert_eq!(world.text(&key), None);
    assert!(world.model.value_at(B, key.as_bytes()).is_some());
}

#[test]
fn one_side_told_sends_clients_to_and_fro_until_the_other_is_told() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    assert!(world.model.begin_migration(slot, B, 0));
    assert!(world.model.finish_at_source(slot, 0));
    world.wait(1_000);
    assert_eq!(world.ask(A, &format!("GET {key}")), format!("-MOVED {slot} {}\r\n", world.model.address(B)));
    assert_eq!(world.ask(B, &format!("GET {key}")), format!("-MOVED {slot} {}\r\n", world.model.address(A)));
    world.model.finish_at_target(slot, world.now);
    assert_eq!(world.ask(B, &format!("GET {key}")), "$-1\r\n");
}

#[test]
fn a_dead_server_cannot_be_told_of_a_migration() {
    let mut world = World::plain();
    let slot = slot_of(key_of_a(0).as_bytes());
    world.model.crash(B, 0);
    assert!(!world.model.begin_migration(slot, B, 0));
    assert!(world.ask(A, &format!("GET {}", key_of_a(0))).starts_with("$-1"));
    world.model.restart(B, Restart::WithData, 0);
    assert!(world.model.begin_migration(slot, B, 0));
    world.model.freeze(A, 0);
    assert!(!world.model.finish_migration(slot, 0));
    assert_eq!(world.model.owner(slot), Some(B));
}

#[test]
fn keys_that_a_source_deletes_when_it_hears_of_its_loss_are_told_as_lost() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    world.ask(A, &format!("SET {key} v"));
    world.model.begin_migration(slot, B, 0);
    world.model.finish_at_target(slot, 0);
    world.wait(10);
    assert_eq!(world.model.value_at(A, key.as_bytes()), None);
    assert_eq!(world.lost(), [format!("SET {key} v")]);
}

#[test]
fn a_key_that_moved_to_a_primary_which_failed_before_its_replica_had_it_is_told_as_lost() {
    let mut world = World::new(Setup { replicas: 1, replication_lag: 50_000, ..Setup::default() });
    let key = key_of_a(0);
    world.ask(A, &format!("SET {key} v"));
    world.wait(100);
    world.model.begin_migration(slot_of(key.as_bytes()), B, world.now);
    assert!(world.model.move_key(key.as_bytes(), world.now));
    world.model.failover(NodeId(4), Takeover::Takeover, world.now);
    assert!(world.model.lost().keys.contains(key.as_bytes()));
}

#[test]
fn the_log_has_what_ran_and_not_what_was_refused_or_waits() {
    let mut world = World::plain();
    let (key, list) = (key_of_a(0), key_of_a(1));
    let (one, other) = (world.connect(A), world.connect(A));
    world.say(one, &format!("BLPOP {list} 0"));
    world.say(other, "NOSUCH");
    world.say(other, &format!("GET {key} {key}"));
    world.say(other, "MULTI");
    world.say(other, &format!("SET {key} v"));
    assert_eq!(world.ran(), ["MULTI"]);
    world.say(other, "EXEC");
    world.say(other, &format!("RPUSH {list} x"));
    let push = format!("RPUSH {list} x");
    assert_eq!(world.ran()[1..], [format!("SET {key} v"), "EXEC".into(), push, format!("BLPOP {list} 0")]);
    let log = world.model.log();
    assert_eq!(log.iter().map(|ran| ran.transaction).collect::<Vec<_>>(), [None, Some(1), None, None, None]);
    assert_eq!(log.iter().map(|ran| ran.wrote).collect::<Vec<_>>(), [false, true, false, true, true]);
    assert_eq!((log[4].conn, log[4].node), (one, A));
}

#[test]
fn an_error_while_running_is_in_the_log() {
    let mut world = World::plain();
    let key = key_of_a(0);
    world.ask(A, &format!("SET {key} v"));
    world.ask(A, &format!("LLEN {key}"));
    let last = world.model.log().last().unwrap();
    assert!(last.error.as_ref().unwrap().starts_with("WRONGTYPE") && !last.wrote);
}

#[test]
fn who_hangs_up_while_waiting_is_served_nothing() {
    let mut world = World::plain();
    let list = key_of_a(0);
    let conn = world.connect(A);
    world.say(conn, &format!("BLPOP {list} 0"));
    world.model.hang_up(conn, world.now);
    world.ask(A, &format!("RPUSH {list} x"));
    assert_eq!(world.ran(), [format!("RPUSH {list} x")]);
}

#[test]
fn a_killed_connection_is_closed_and_takes_no_more() {
    let mut world = World::plain();
    let conn = world.connect(A);
    world.model.kill_client(conn, 0);
    assert!(!world.model.is_open(conn));
    assert_eq!(world.say(conn, "PING"), "");
    assert!(world.ran().is_empty());
}

#[test]
fn half_a_command_does_nothing() {
    let mut world = World::plain();
    let conn = world.connect(A);
    let bytes = request(&format!("SET {} v", key_of_a(0)));
    world.model.receive(conn, &bytes[..bytes.len() - 1], 0);
    assert!(world.ran().is_empty());
    world.model.receive(conn, &bytes[bytes.len() - 1..], 0);
    assert_eq!(world.ran().len(), 1);
}

#[test]
fn a_new_password_is_asked_of_newcomers_and_rules_hold_at_once_for_all() {
    let mut world = World::new(Setup { password: Some("old".into()), ..Setup::default() });
    let key = key_of_a(0);
    let conn = world.connect(A);
    assert_eq!(world.say(conn, "AUTH old"), "+OK\r\n");
    world.model.set_user(&User { name: "default".into(), rules: "on >new ~* &* +@all -set".into() });
    assert_eq!(world.say(conn, &format!("GET {key}")), "$-1\r\n");
    assert!(world.say(conn, &format!("SET {key} v")).starts_with("-NOPERM"));
    assert!(world.ask(A, "AUTH old").starts_with("-WRONGPASS"));
    assert_eq!(world.ask(A, "AUTH new"), "+OK\r\n");
}

#[test]
fn a_node_can_be_announced_by_other_means() {
    let mut world = World::plain();
    let key = key_of_a(0);
    let slot = slot_of(key.as_bytes());
    for (form, host) in [
        (Announce::Hostname("a.example".into()), "a.example"),
        (Announce::Unnamed, "?"),
        (Announce::Nothing, ""),
        (Announce::Ip, "10.0.0.1"),
    ] {
        world.model.announce(A, form);
        assert_eq!(world.ask(B, &format!("GET {key}")), format!("-MOVED {slot} {host}:7001\r\n"));
    }
    world.model.announce(A, Announce::Hostname("a.example".into()));
    assert_eq!(world.model.node_at("a.example:7001"), Some(A));
    assert_eq!(world.model.node_at("10.0.0.1:7001"), Some(A));
    assert_eq!(world.model.node_at("10.0.0.1:7002"), None);
}

#[test]
fn nothing_wakes_a_cluster_that_rests() {
    let mut world = World::replicated();
    assert_eq!(world.model.wake(), None);
    world.ask(A, &format!("SET {} v", key_of_a(0)));
    assert_eq!(world.model.wake(), Some(1_000));
    world.wait(1);
    assert_eq!(world.model.wake(), None);
}

#[test]
fn a_wait_of_any_length_is_a_wait() {
    let mut world = World::plain();
    let key = key_of_a(0);
    for command in [
        format!("BLPOP {key} 999999999"),
        format!("XREAD BLOCK 9223372036854775807 STREAMS {key} $"),
        "WAIT 1 9223372036854775807".into(),
    ] {
        assert_eq!(world.ask(A, &command), "", "{command}");
    }
    assert_eq!(world.ask(A, "CLIENT PAUSE 9223372036854775807"), "+OK\r\n");
    assert_eq!(world.ask(A, "PING"), "");
}

#[test]
fn an_old_server_does_not_know_hello() {
    let mut world = World::new(Setup { without_hello: true, ..Setup::default() });
    assert!(world.ask(A, "HELLO 3").starts_with("-ERR unknown command 'HELLO'"));
}
