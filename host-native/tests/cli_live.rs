//! `slotpipe load` and `slotpipe explain -c` against real servers, as a user runs them.
#![cfg(all(unix, feature = "cli"))]

mod cli_support;

use std::{fmt::Write as _, process::Stdio, sync::OnceLock, time::Duration};

use cli_support::{Run, Scratch, finish, run, slotpipe};
use slotpipe::lab::{
    LocalCluster, Server, ServerOptions, Tls,
    reshard::{Pace, Resharder},
};

/// Three primaries for all tests of this file; each test has keys of its own.
fn cluster() -> &'static LocalCluster {
    static CLUSTER: OnceLock<LocalCluster> = OnceLock::new();
    CLUSTER.get_or_init(|| LocalCluster::start(3, 0).unwrap())
}

fn seed() -> String {
    cluster().nodes()[0].address()
}

fn load(args: &[&str], input: impl AsRef<[u8]>) -> Run {
    let seed = seed();
    run(&[&["load", "-c", &seed], args].concat(), input)
}

/// How many of these keys the servers have.
fn present(keys: &[&str]) -> i64 {
    let exists = |key: &&str| {
        let slot = cluster().slot_of(key).unwrap();
        cluster().primary_of(slot).unwrap().ask(["EXISTS", key]).unwrap().int().unwrap()
    };
    keys.iter().map(exists).sum()
}

fn counts(run: &Run) -> serde_json::Value {
    serde_json::from_str(run.out.lines().last().unwrap()).unwrap()
}

#[test]
fn lines_and_resp_end_on_the_servers_and_are_counted() {
    let lines = load(&["--json"], "SET lines:a 1\nMSET lines:b 2 lines:c \"3 4\"\n");
    let counted = counts(&lines);
    lines.succeeds();
    assert_eq!((&counted["commands"], &counted["ok"]), (&2.into(), &2.into()));
    for field in ["errors", "unknown", "not_executed", "redirects", "retries"] {
        assert_eq!(counted[field], 0, "{field}");
    }
    assert!(counted["seconds"].as_f64().unwrap() > 0.0);
    assert_eq!(counted.as_object().unwrap().len(), 8);

    let resp = load(&[], "*3\r\n$3\r\nSET\r\n$6\r\nresp:a\r\n$2\r\n\r\n\r\n").succeeds();
    assert!(resp.starts_with("1 command in ") && resp.ends_with(": 1 ok\n"), "{resp}");
    assert_eq!(present(&["lines:a", "lines:b", "lines:c", "resp:a"]), 4);
}

#[cfg(feature = "component")]
#[test]
fn both_engines_load_and_explain_alike() {
    let seed = seed();
    let batch = "SET engines:a 1\nMGET engines:a engines:b\nLPUSH engines:a x\n";
    let with = |engine| {
        let plan = run(&["--engine", engine, "explain", "-c", &seed, "--json"], batch).succeeds();
        let mut counted = load(&["--engine", engine, "--json"], batch);
        counted.out.truncate(counted.out.find(",\"seconds\"").expect("seconds"));
        (plan, counted.code, counted.out, counted.err)
    };
    let (inside, linked) = (with("component"), with("in-process"));
    assert_eq!(inside, linked);
    assert!(inside.2.contains("\"ok\":2") && inside.3.contains("WRONGTYPE"), "{inside:?}");
}

/// A machine on which nothing can be kept compiles each time, and says nothing about it.
#[cfg(feature = "component")]
#[test]
fn compiled_code_is_kept_for_the_next_run() {
    let folder = std::env::temp_dir().join(format!("slotpipe-test-{}-compiled", std::process::id()));
    let seed = seed();
    let explain = || {
        let mut command = slotpipe(&["explain", "-c", &seed]);
        command.env("XDG_CACHE_HOME", &folder);
        let began = std::time::Instant::now();
        finish(command, "GET a\n").succeeds();
        began.elapsed()
    };
    let (first, second) = (explain(), explain());
    let kept = folder.join("wasmtime").is_dir();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(kept && second < first / 2, "compiled: {first:?}, loaded: {second:?}");
}

#[test]
fn what_fails_is_told_and_written_down_so_that_it_can_be_given_again() {
    let errors = Scratch::new("errors", "");
    let first = load(&["--json", "--errors", errors.path()], "SET fail:a 1\n\nLPUSH fail:a \"x y\"\nSET fail:b 1\n");
    first.fails(1, &["1 of 3 commands failed", "line 3", "LPUSH fail:a \"x y\"", "WRONGTYPE"]);
    let counted = counts(&first);
    assert_eq!((&counted["ok"], &counted["errors"]), (&2.into(), &1.into()));

    let written = std::fs::read_to_string(errors.path()).unwrap();
    let record: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!((&record["index"], &record["line"], &record["outcome"]), (&1.into(), &3.into(), &"error".into()));
    assert!(record["reason"].as_str().unwrap().starts_with("WRONGTYPE "));
    assert!(record["node"].as_str().unwrap().starts_with("127.0.0.1:"));

    load(&[], "DEL fail:a\n").succeeds();
    load(&[], record["command"].as_str().unwrap()).succeeds();
    assert_eq!(present(&["fail:a"]), 1);
}

#[test]
fn a_mistake_in_the_input_keeps_its_chunk_from_being_sent() {
    let mistakes: [(&str, &[&str]); 6] = [
        ("SET mistake:a 1\nSET mistake:b 'x\n", &["line 2, column 15: unbalanced quotes"]),
        ("SET mistake:a 1\nMSET mistake:b 1 mistake:c\n", &["line 2", "ARITY", "MSET"]),
        ("SET mistake:a 1\nSINTER mistake:a mistake:b\n", &["line 2", "CROSSSLOT"]),
        ("SET mistake:a 1\n\nBLPOP mistake:b 0\n", &["line 3", "BLPOP"]),
        ("SET mistake:a 1\nNO.SUCH mistake:b\n", &["line 2", "NO.SUCH"]),
        ("*3\r\n$3\r\nSET\r\n$9\r\nmistake:a\r\n$1\r\n1\r\n*2\r\n$3\r\nGET", &["byte 46", "begins at byte 35"]),
    ];
    for (input, words) in mistakes {
        let run = load(&[], input);
        run.fails(2, words);
        assert!(run.err.contains("0 commands were sent before it"), "{run:?}");
    }
    assert_eq!(present(&["mistake:a"]), 0);
}

#[test]
fn a_mistake_later_on_is_told_with_what_was_sent_before() {
    let mut input = String::new();
    (0..4_000).for_each(|number| writeln!(input, "SET later:{{a}}:{number} 1").unwrap());
    load(&[], input + "GET \"later\n").fails(2, &["line 4001, column 5", "4000 commands were sent before it"]);
}

#[test]
fn nobody_to_talk_to_is_told_in_one_line() {
    run(&["load", "-c", "no-such-host.invalid:7000"], "PING\n").fails(1, &["no-such-host.invalid"]);
    run(&["load", "-c", "127.0.0.1:1"], "PING\n").fails(1, &["127.0.0.1:1", "refused"]);
    run(&["explain", "-c", "127.0.0.1:1"], "PING\n").fails(1, &["127.0.0.1:1", "refused"]);
    run(&["load", "-c", "127.0.0.1:no"], "PING\n").fails(2, &["-c", "127.0.0.1", "port"]);
    run(&["load"], "PING\n").fails(2, &["-c HOST:PORT"]);
    let seed = seed();
    run(&["load", "-c", &seed, "/no/such/file"], "").fails(2, &["/no/such/file", "No such file"]);
    run(&["load", "-c", &seed, "--errors", "/no/such/dir/file"], "").fails(1, &["/no/such/dir/file", "No such file"]);
}

#[test]
fn the_errors_file_costs_neither_the_input_nor_what_it_held() {
    let input = Scratch::new("same", "SET same:a 1\n");
    load(&["--errors", input.path(), input.path()], "").fails(2, &["--errors", "input", input.path()]);
    let unreached = &["load", "-c", "127.0.0.1:1", "--errors", input.path()];
    run(unreached, "PING\n").fails(1, &["refused"]);
    assert_eq!(std::fs::read_to_string(input.path()).unwrap(), "SET same:a 1\n");
    assert_eq!(present(&["same:a"]), 0);
}

#[test]
fn ctrl_c_does_not_wait_for_a_server_that_stalls() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    server.ask(["CLIENT", "PAUSE", "60000", "WRITE"]).unwrap();
    let mut command = slotpipe(&["load", "-c", &server.address(), "--json"]);
    let (input, mut writer) = std::io::pipe().unwrap();
    let child = command.stdin(input).spawn().unwrap();
    std::io::Write::write_all(&mut writer, b"SET k v\n").unwrap();
    drop(writer);
    slotpipe::lab::wait_until(Duration::from_secs(10), "the command to arrive", || {
        let clients = server.ask(["INFO", "clients"]).unwrap();
        if clients.text().unwrap().contains("blocked_clients:1") {
            return Ok(());
        }
        Err(slotpipe::lab::Error::new("it is not there"))
    })
    .unwrap();
    let interrupt = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let asked = std::time::Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(10));
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let counted: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&counted["commands"], &counted["unknown"]), (&1.into(), &1.into()));
}

#[test]
fn passwords_and_rights() {
    let config = vec!["user reader on >hush ~* +@read +@connection +cluster +command".to_owned()];
    let options = ServerOptions { password: Some("secret".into()), config, ..ServerOptions::default() };
    let server = Server::start(&options).unwrap();
    let address = server.address();
    let load_as = |args: &[&str], password: &str| {
        let mut command = slotpipe(&[&["load", "-c", &address], args].concat());
        command.env("SLOTPIPE_PASSWORD", password);
        finish(command, "SET k v\n")
    };
    load_as(&[], "wrong").fails(1, &["WRONGPASS"]);
    load_as(&[], "").fails(1, &["NOAUTH", "SLOTPIPE_PASSWORD"]);
    load_as(&["--user", "reader"], "").fails(2, &["--user", "SLOTPIPE_PASSWORD"]);
    load_as(&["--askpass"], "").fails(2, &["--askpass", "no terminal"]);
    load_as(&["--user", "nobody"], "secret").fails(1, &["WRONGPASS"]);
    load_as(&["--user", "reader"], "hush").fails(1, &["line 1", "SET k v", "NOPERM"]);
    assert_eq!(server.ask(["EXISTS", "k"]).unwrap().int(), Some(0));
    load_as(&[], "secret").succeeds();
    assert_eq!(server.ask(["EXISTS", "k"]).unwrap().int(), Some(1));
    for run in [load_as(&[], "wrong"), load_as(&["--user", "reader"], "wrong")] {
        assert!(!run.err.contains("wrong ") && !run.err.contains("\"wrong\""), "no password in {run:?}");
    }
}

#[test]
fn tls_is_verified_with_the_given_authority() {
    let signed = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate = signed.cert.pem();
    let key = signed.signing_key.serialize_pem();
    let tls = Tls { certificate: certificate.clone(), key, authority: certificate.clone(), clients: false };
    let server = Server::start(&ServerOptions { tls: Some(tls), ..ServerOptions::default() }).unwrap();
    let address = format!("127.0.0.1:{}", server.tls_port().unwrap());
    let authority = Scratch::new("ca.pem", certificate);
    run(&["load", "-c", &address, "--cacert", authority.path()], "SET k v\n").succeeds();
    run(&["load", "-c", &format!("rediss://{address}"), "--cacert", authority.path()], "SET k v\n").succeeds();
    run(&["load", "-c", &address, "--tls"], "SET k v\n").fails(1, &[&address, "TLS"]);
    run(&["load", "-c", &address, "--cacert", "/no/such.pem"], "SET k v\n").fails(2, &["/no/such.pem", "No such file"]);
}

#[test]
fn explain_of_a_cluster_is_explain_of_its_map() {
    let map = cluster().nodes()[0].ask(["CLUSTER", "NODES"]).unwrap();
    let map = Scratch::new("live-map", map.text().unwrap());
    let batch = "SET a 1\nMGET a b c {b}d\nDBSIZE\nSINTER a b\nEVAL 'return 1' 1 a\n";
    let live = run(&["explain", "-c", &seed(), "--json"], batch).succeeds();
    let offline = run(&["explain", "--map", map.path(), "--json"], batch).succeeds();
    assert_eq!(live, offline);
    let owner = cluster().primary_of(15_495).unwrap().address();
    assert!(live.starts_with(&format!(
        r#"{{"index":0,"command":"SET","keys":["a"],"readonly":false,"route":"slots","parts":[{{"slot":15495,"node":"{owner}","keys":["a"]}}]"#
    )));
}

/// The servers' own record (MONITOR) against the plan: each part at its node, no part anywhere else.
#[test]
fn what_explain_says_is_what_load_then_sends() {
    let batch = "GET wire:a\nMGET wire:a wire:b wire:c {wire:b}:d\nDEL wire:e wire:f\nSET wire:g 1\n\
                 EXISTS wire:a wire:a wire:b\nUNLINK {wire}:1 {wire}:2\n";
    let mut monitors: Vec<_> = cluster().nodes().iter().map(|node| (node.address(), node.client().unwrap())).collect();
    for (_, monitor) in &mut monitors {
        monitor.ask(["MONITOR"]).unwrap();
    }

    let mut planned = Vec::new();
    for line in run(&["explain", "-c", &seed(), "--json"], batch).succeeds().lines() {
        let plan: serde_json::Value = serde_json::from_str(line).unwrap();
        for part in plan["parts"].as_array().unwrap() {
            let keys: Vec<_> = part["keys"].as_array().unwrap().iter().map(|key| format!("{key}")).collect();
            planned.push(format!("{} {} {}", part["node"].as_str().unwrap(), plan["command"], keys.join(" ")));
        }
    }
    load(&[], batch).succeeds();

    let mut sent = Vec::new();
    for (address, monitor) in &mut monitors {
        // The last thing that this node sees; what it monitored before is complete then.
        let end = format!("wire:end:{address}");
        cluster()
            .nodes()
            .iter()
            .find(|node| node.address() == *address)
            .unwrap()
            .client()
            .unwrap()
            .call(["ECHO", &end])
            .unwrap();
        loop {
            let reply = monitor.read().unwrap();
            let text = reply.text().unwrap();
            let Some((_, command)) = text.split_once("] ") else { panic!("no record: {text}") };
            if command.contains(&end) {
                break;
            }
            if command.contains("wire") {
                sent.push(format!("{address} {}", command.trim_end_matches(" \"1\"")));
            }
        }
    }
    planned.sort();
    sent.sort();
    assert_eq!(planned, sent);
    assert_eq!(planned.len(), 10, "{planned:?}");
}

#[test]
fn a_slow_writer_is_not_waited_for() {
    let seed = seed();
    let mut command = slotpipe(&["load", "-c", &seed]);
    let (reader, mut writer) = std::io::pipe().unwrap();
    command.stdin(reader);
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut writer, b"SET slow:a 1\nSET slow:").unwrap();
    let there = slotpipe::lab::wait_until(Duration::from_secs(10), "the first command to arrive", || {
        if present(&["slow:a"]) == 1 { Ok(()) } else { Err(slotpipe::lab::Error::new("it is not there")) }
    });
    std::io::Write::write_all(&mut writer, b"b 1\n").unwrap();
    drop(writer);
    assert!(child.wait().unwrap().success());
    there.unwrap();
    assert_eq!(present(&["slow:b"]), 1);
}

#[test]
fn a_million_sets_survive_a_reshard_in_little_memory() {
    const COMMANDS: usize = 1_000_000;
    let servers = LocalCluster::start(3, 0).unwrap();
    let mut input = Vec::with_capacity(COMMANDS * 40);
    for number in 0..COMMANDS {
        let key = format!("key:{number}");
        input.extend_from_slice(format!("*3\r\n$3\r\nSET\r\n${}\r\n{key}\r\n$4\r\nvery\r\n", key.len()).as_bytes());
    }
    let file = Scratch::new("million", &input);
    drop(input);

    let seed = servers.nodes()[0].address();
    // Who runs the component for the first time compiles it, in some 55 MB; it is kept then.
    let first = Scratch::new("first", b"SET key:0 very\n");
    let output = slotpipe(&["load", "-c", &seed, "--json", first.path()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let resharder = Resharder::start(&servers, (0..16_384).step_by(80), Pace::default());
    let mut command = slotpipe(&["load", "-c", &seed, "--json", file.path()]);
    let child = command.stdin(Stdio::null()).spawn().unwrap();
    let id = child.id();
    let peak = std::thread::spawn(move || peak_memory(id));
    let output = child.wait_with_output().unwrap();
    let report = resharder.stop();

    let peak = peak.join().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text} {}", String::from_utf8_lossy(&output.stderr));
    let counted: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
    assert_eq!(counted["ok"], COMMANDS);
    assert!(counted["redirects"].as_u64().unwrap() > 0 && report.slots_moved > 0, "{counted} {report:?}");
    assert!(report.shadow_keys.is_empty());
    let keys: i64 = servers.primaries().unwrap().iter().map(|node| node.ask(["DBSIZE"]).unwrap().int().unwrap()).sum();
    assert_eq!(keys, i64::try_from(COMMANDS).unwrap());
    assert!(peak > 1 << 10 && peak < 64 << 10, "{peak} KiB at most");
}

/// The most memory that a process had, in KiB, as long as it can be asked.
fn peak_memory(id: u32) -> u64 {
    let mut peak = 0;
    while let Ok(status) = std::fs::read_to_string(format!("/proc/{id}/status")) {
        let Some(line) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
        peak = line.trim().trim_end_matches(" kB").parse().unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(20));
    }
    peak
}

#[test]
fn pushes_stay_in_order_while_their_slots_move() {
    const LISTS: usize = 40;
    const PUSHES: usize = 3_000;
    let servers = LocalCluster::start(3, 0).unwrap();
    let keys: Vec<String> = (0..LISTS).map(|list| format!("list:{list}")).collect();
    let mut input = String::new();
    for push in 0..PUSHES {
        keys.iter().for_each(|key| writeln!(input, "RPUSH {key} {push}").unwrap());
    }
    let slots: Vec<u16> = keys.iter().map(|key| servers.slot_of(key).unwrap()).collect();
    let resharder = Resharder::start(&servers, slots, Pace::default());
    let seed = servers.nodes()[0].address();
    let loaded = run(&["load", "-c", &seed, "--json"], &input);
    let report = resharder.stop();
    let counted = counts(&loaded);
    loaded.succeeds();
    assert!(counted["redirects"].as_u64().unwrap() > 0 && report.slots_moved > 0, "{counted}");
    for key in &keys {
        let owner = servers.primary_of(servers.slot_of(key).unwrap()).unwrap();
        let reply = owner.ask(["LRANGE", key, "0", "-1"]).unwrap();
        let found: Vec<_> =
            reply.array().unwrap().iter().map(|item| item.text().unwrap().parse::<usize>().unwrap()).collect();
        assert!(found.iter().copied().eq(0..PUSHES), "{key} has {} items", found.len());
    }
}

#[cfg(feature = "component")]
#[test]
fn the_demo_keeps_its_word_and_leaves_nothing_behind() {
    demo("component");
}

#[test]
fn the_demo_does_the_same_in_process() {
    demo("in-process");
}

#[test]
fn the_demo_tells_what_differs_beside_it_and_ends() {
    let liar = "read pipeline; echo OK; echo 2; echo nothing else";
    let told = run(&["demo", "--beside", "sh", "-c", liar], "");
    told.fails(1, &["16 of 17 outcomes differ between ", " and sh"]);
    let row = |command: &str| told.out.lines().find(|line| line.contains(command)).expect("a row");
    assert!(row("SET probe").ends_with('✓'), "{}", told.out);
    assert!(row("HSET craft").ends_with('✗'), "{}", told.out);
    for line in [": 1\n", "sh: 2\n", "sh: nothing else\n", "sh: (nothing)\n"] {
        assert!(told.out.contains(line), "{line} is missing:\n{}", told.out);
    }
    nobody_listens(&told.out);
}

#[test]
fn a_program_beside_the_demo_that_fails_is_told_with_its_reason() {
    let fails = "echo; echo 'Error: no such package' >&2; exit 3";
    run(&["demo", "--beside", "sh", "-c", fails], "").fails(1, &["--beside sh -c", "3", "Error: no such package"]);
    run(&["demo", "--beside", "/no/such/node", "x.mjs"], "")
        .fails(1, &["--beside /no/such/node x.mjs: cannot be started"]);
}

fn demo(engine: &str) {
    let out = run(&["demo", "--seconds", "6", "--engine", engine], "").succeeds();
    for words in [
        "skipped: it needs the package for Node",
        "its replica on port",
        " MOVED",
        "✓ 0 pushes ran twice",
        "60 of 60 lists are in the order",
    ] {
        assert!(out.contains(words), "{words} is missing:\n{out}");
    }
    nobody_listens(&out);
}

/// The servers that the demo told of are gone.
fn nobody_listens(out: &str) {
    let ports = out.lines().find_map(|line| line.split_once("ports ")).expect("the ports are told").1;
    for port in ports.split(' ') {
        let port: u16 = port.parse().expect("a port");
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err(), "someone still listens on {port}");
    }
}
