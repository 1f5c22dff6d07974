//! How a client connects, and what it says when it cannot: single servers, sockets, passwords, TLS, and who is not there.

use std::{
    fs,
    future::IntoFuture as _,
    net::{Ipv4Addr, TcpListener},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use slotpipe::{
    Address, Builder, Bytes, Cluster, Commands, Coverage, Credentials, Error, Limits, Seeds, Tls,
    lab::{
        ClusterOptions, LocalCluster, Server, ServerOptions,
        reshard::{SlotMove, next_primary},
    },
    slot_of,
};
use slotpipe_tests::{certificates::Authority, engine, waiting::until};
use tokio::task::JoinSet;

fn client(seeds: impl Into<Seeds>) -> Builder {
    Cluster::builder(seeds).engine(engine::of(module_path!()))
}

/// The one line of a connect that must fail.
fn line<T>(result: Result<T, Error>) -> (String, String) {
    let Err(error) = result else { panic!("connected") };
    let line = error.to_string();
    assert!(!line.contains('\n'), "{line}");
    (error.code().to_owned(), line)
}

fn with_password(password: &str) -> Server {
    let reader = "user reader on >read-only ~* +@read +@connection +cluster".to_owned();
    let blind = "user blind on >no-map ~* +@all -cluster".to_owned();
    let config = vec![reader, blind];
    Server::start(&ServerOptions { password: Some(password.into()), config, ..ServerOptions::default() }).unwrap()
}

#[tokio::test]
async fn a_single_server_is_a_cluster_of_one() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(server.address()).connect().await.unwrap();
    assert!(db.topology().standalone);
    db.cmd("MSET").arg([("a", 1), ("b", 2)]).await.unwrap();
    let both = db.cmd("SUNION").arg(["none", "nothing"]).read::<Vec<String>>().await.unwrap();
    assert!(both.is_empty(), "keys of several slots are no matter here");
}

#[tokio::test]
async fn a_unix_socket_serves_as_well() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(format!("unix://{}", server.socket_path().display())).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    assert_eq!(db.get("a").await.unwrap(), Some(Bytes::from_static(b"1")));
}

#[tokio::test]
async fn the_urls_database_is_selected_on_a_single_server() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(format!("redis://{}/3", server.address())).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    assert_eq!(server.ask(["EXISTS", "a"]).unwrap().int(), Some(0), "not in database 0");
}

#[tokio::test]
async fn calls_of_one_tick_reach_the_server_in_one_write() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(server.address()).connect().await.unwrap();
    let reads = || {
        let info = server.ask(["INFO", "stats"]).unwrap();
        let line = info.text().unwrap().lines().find_map(|line| line.strip_prefix("total_reads_processed:")).unwrap();
        line.parse::<u32>().unwrap()
    };
    let before = reads();
    let mut tasks = JoinSet::new();
    (0..500).for_each(|n| drop(tasks.spawn(db.set(format!("tick:{n}"), n))));
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap().unwrap();
    }
    let taken = reads() - before;
    // The scheduler cuts 500 tasks into a few rounds; one write per call would be 500.
    assert!(taken < 30, "{taken} reads for 500 calls");
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_told_in_one_line_and_at_once() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let start = Instant::now();
    let (code, line) = line(client(format!("127.0.0.1:{free}")).connect().await);
    assert_eq!(code, "CONNECTION_REFUSED");
    assert!(line.contains(&format!("127.0.0.1:{free}")) && line.contains("connection refused"), "{line}");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_unknown_host_is_told_by_its_name() {
    let seeds = client("no-such-host.invalid:7000").connect_timeout(Duration::from_secs(10));
    let (code, line) = line(seeds.connect().await);
    assert_eq!(code, "UNKNOWN_HOST");
    assert!(line.contains("no-such-host.invalid"), "{line}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_after_the_connect_timeout() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = silent.local_addr().unwrap().to_string();
    let start = Instant::now();
    let result = client(address.clone()).connect_timeout(Duration::from_millis(300)).connect().await;
    let (_, line) = line(result);
    assert!(line.contains(&address), "{line}");
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[tokio::test]
async fn one_good_seed_is_enough() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().to_string();
    let db = client([free, server.address()]).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
}

#[tokio::test]
async fn passwords_come_from_the_url_the_builder_or_a_function() {
    let server = with_password("s3cret");
    let address = server.address();
    let by_url = client(format!("redis://:s3cret@{address}")).connect().await.unwrap();
    by_url.set("a", 1).await.unwrap();
    let by_builder = client(address.clone()).password("s3cret").connect().await.unwrap();
    by_builder.set("a", 1).await.unwrap();
    let ask = |_: Address| async { Ok::<_, String>(Credentials { username: None, password: "s3cret".into() }) };
    let by_function = client(address).credentials(ask).connect().await.unwrap();
    by_function.set("a", 1).await.unwrap();
}

#[tokio::test]
async fn a_wrong_or_missing_password_is_told_and_never_repeated() {
    let server = with_password("s3cret");
    for url in [format!("redis://:wr0ng@{}", server.address()), format!("redis://nobody:wr0ng@{}", server.address())] {
        let (code, line) = line(client(url).connect().await);
        assert_eq!(code, "AUTH", "{line}");
        assert!(line.contains("WRONGPASS") && !line.contains("wr0ng"), "{line}");
    }
    let (code, line) = line(client(server.address()).connect().await);
    assert_eq!(code, "AUTH", "{line}");
    assert!(line.contains("NOAUTH"), "{line}");
}

#[tokio::test]
async fn a_user_without_rights_reads_and_is_told_what_it_may_not() {
    let server = with_password("s3cret");
    server.ask(["SET", "a", "1"]).unwrap();
    let db = client(format!("redis://reader:read-only@{}", server.address())).connect().await.unwrap();
    assert_eq!(db.get("a").await.unwrap(), Some(Bytes::from_static(b"1")));
    let error = db.set("a", 2).await.unwrap_err();
    assert_eq!((error.code(), error.command()), ("NOPERM", Some("SET")), "{error}");
    assert!(error.to_string().contains("it did not run"), "{error}");
}

#[tokio::test]
async fn a_user_who_may_not_see_the_slot_map_is_told_so() {
    let server = with_password("s3cret");
    let (code, line) = line(client(format!("redis://blind:no-map@{}", server.address())).connect().await);
    assert_eq!(code, "AUTH", "{line}");
    assert!(line.contains("NOPERM") && line.contains("cluster|slots"), "{line}");
}

#[tokio::test]
async fn a_lazy_client_waits_with_its_first_command() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(server.address()).lazy().connect().await.unwrap();
    db.set("a", 1).await.unwrap();

    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().to_string();
    let nobody = client(free).lazy().deadline(Duration::from_millis(300)).connect().await.unwrap();
    let error = nobody.set("a", 1).await.unwrap_err();
    assert!(error.to_string().contains("it never ran"), "{error}");
}

#[tokio::test]
async fn announced_addresses_are_mapped_before_they_are_dialled() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let port = server.port();
    let builder = client("redis.internal:6379");
    let db = builder.map_address(move |_| Address::new("127.0.0.1", port)).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
}

#[tokio::test]
async fn a_cluster_that_speaks_tls_is_reached_by_it_and_only_by_those_who_trust_it() {
    let authority = Authority::new();
    let options = ClusterOptions {
        server: ServerOptions { tls: Some(authority.servers(true)), ..ServerOptions::default() },
        ..ClusterOptions::default()
    };
    let cluster = LocalCluster::start_with(&options).unwrap();
    let seed = format!("rediss://127.0.0.1:{}", cluster.nodes()[0].announced_port());
    let me = authority.sign(&["client"]);
    let trusting = Tls::new().ca_pem(authority.certificate());

    let tls = trusting.clone().identity_pem(&me.certificate, &me.key);
    let db = client(seed.clone()).tls(tls).connect().await.unwrap();
    let large = Bytes::from(vec![b'x'; 1_000_000]);
    let mut pipe = db.pipeline();
    for n in 0..300 {
        pipe.cmd("SET").arg(format!("tls:{n}")).arg(n);
    }
    pipe.cmd("SET").arg("tls:large").arg(&large);
    pipe.execute().await.unwrap();
    let keys: Vec<String> = (0..300).map(|n| format!("tls:{n}")).collect();
    let values = db.cmd("MGET").arg(&keys).read::<Vec<u16>>().await.unwrap();
    assert_eq!(values, (0..300).collect::<Vec<u16>>());
    assert!(db.get("tls:large").await.unwrap() == Some(large));
    // A slot is followed by it too, while it moves and when it has moved.
    let slot = slot_of("tls:0");
    let mut moving = SlotMove::begin(&cluster, slot, &next_primary(&cluster, slot).unwrap()).unwrap();
    moving.move_rest().unwrap();
    assert_eq!(db.incr("tls:0").await.unwrap(), 1);
    moving.finish().unwrap();
    assert_eq!(db.incr("tls:0").await.unwrap(), 2);
    let stats = db.stats().await.unwrap();
    assert_eq!((stats.ask, stats.moved), (1, 1));

    let (code, stranger) =
        line(client(seed.clone()).tls(Tls::new().ca_pem(Authority::new().certificate())).connect().await);
    assert_eq!(code, "TLS", "{stranger}");
    let (_, nameless) = line(client(seed.clone()).tls(trusting.clone()).connect().await);
    assert!(nameless.to_lowercase().contains("certificate"), "{nameless}");
    let misnamed = trusting.identity_pem(&me.certificate, &me.key).server_name("elsewhere");
    let (code, misnamed) = line(client(seed).tls(misnamed).connect().await);
    assert_eq!(code, "TLS", "{misnamed}");
}

/// How many connections of this user a server has.
fn connections_of(server: &Server, user: &str) -> usize {
    let list = server.ask(["CLIENT", "LIST"]).unwrap();
    list.text().unwrap().lines().filter(|line| line.contains(&format!("user={user} "))).count()
}

#[tokio::test]
async fn a_password_is_rotated_while_connected() {
    let options = ClusterOptions {
        server: ServerOptions { config: vec!["user app on >first ~* &* +@all".into()], ..ServerOptions::default() },
        ..ClusterOptions::default()
    };
    let cluster = LocalCluster::start_with(&options).unwrap();
    let rotate = |rule: &str| {
        for node in cluster.nodes() {
            node.ask(["ACL", "SETUSER", "app", rule]).unwrap();
        }
    };
    let password = Arc::new(Mutex::new("first".to_owned()));
    let known = Arc::clone(&password);
    let ask = move |_: Address| {
        let password = known.lock().unwrap().clone();
        async move { Ok::<_, String>(Credentials { username: Some("app".into()), password }) }
    };
    let db = client(cluster.seeds()).credentials(ask).connect().await.unwrap();
    let keys: Vec<String> = (0..30).map(|n| format!("rotate:{n}")).collect();
    let write_all = || {
        let mut pipe = db.pipeline();
        for key in &keys {
            pipe.incr(key);
        }
        async move { pipe.execute().await }
    };
    write_all().await.unwrap();

    // Both hold, the new one is said on the connections that are there, and then the old one goes.
    rotate(">second");
    *password.lock().unwrap() = "second".to_owned();
    let dials = db.stats().await.unwrap().dials;
    db.reauthenticate().await.unwrap();
    write_all().await.unwrap();
    assert_eq!(db.stats().await.unwrap().dials, dials, "no connection was made anew");
    for node in cluster.nodes() {
        let info = node.ask(["INFO", "commandstats"]).unwrap();
        assert!(info.text().unwrap().contains("cmdstat_auth:calls=1,"), "AUTH on the connection to {}", node.port());
    }
    rotate("<first");
    write_all().await.unwrap();

    // Refused, a connection is given up and the next is made with what is right by then.
    *password.lock().unwrap() = "wrong".to_owned();
    db.reauthenticate().await.unwrap();
    for _ in 0..100 {
        if cluster.nodes().iter().all(|node| connections_of(node, "app") == 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let error = write_all().await.unwrap_err();
    assert!(error.to_string().contains("WRONGPASS") && !error.to_string().contains("wrong "), "{error}");
    *password.lock().unwrap() = "second".to_owned();
    write_all().await.unwrap();

    let nobody = client(Server::start(&ServerOptions::default()).unwrap().address()).lazy().connect().await.unwrap();
    nobody.reauthenticate().await.unwrap();
}

#[tokio::test]
async fn a_connection_that_is_idle_is_asked_whether_it_lives() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(server.address()).idle_ping(Duration::from_millis(100)).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let info = server.ask(["INFO", "commandstats"]).unwrap();
    let line =
        info.text().unwrap().lines().find_map(|line| line.strip_prefix("cmdstat_ping:calls=")).unwrap().to_owned();
    let pings: u32 = line.split(',').next().unwrap().parse().unwrap();
    assert!((2..10).contains(&pings), "{pings} PINGs in half a second");
    db.set("a", 2).await.unwrap();
}

#[tokio::test]
async fn a_connection_that_nobody_uses_is_closed_if_that_is_wished_for() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let db = client(server.address()).idle_timeout(Duration::from_secs(1)).connect().await.unwrap();
    let stats = async || db.stats().await.unwrap();
    let began = Instant::now();
    // Longer than the timeout, and never unused for that long: there is no event to wait for, it is time that does nothing.
    while began.elapsed() < Duration::from_millis(2500) {
        db.set("a", 1).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(stats().await.dials, 1, "one that is used stays");
    until("the connection is closed", async || stats().await.connections == 0).await;
    assert_eq!(db.get("a").into_type::<i64>().await.unwrap(), 1);
    assert_eq!((stats().await.connections, stats().await.dials), (1, 2));
}

#[tokio::test]
async fn what_cannot_be_reached_is_tried_again_as_often_as_is_wished() {
    let mut dials = Vec::new();
    for delay in [Some(Duration::from_secs(20)), None, Some(Duration::from_millis(20))] {
        let server = Server::start(&ServerOptions::default()).unwrap();
        let builder = client(server.address()).deadline(Duration::from_millis(1500));
        let builder = if let Some(delay) = delay { builder.reconnect_delay(delay, delay) } else { builder };
        let db = builder.connect().await.unwrap();
        server.kill();
        db.get("a").into_type::<Option<i64>>().await.unwrap_err();
        dials.push(db.stats().await.unwrap().dials);
    }
    let [patient, usual, eager] = dials[..] else { unreachable!("three") };
    assert!(patient < usual && usual * 2 < eager, "{dials:?}");
}

/// The timers that the kernel has set for this process's connections to a port: 0 for none, 2 for keep-alive.
fn timers(port: u16) -> Vec<u8> {
    let links = fs::read_dir("/proc/self/fd").unwrap().filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let own: Vec<String> = links.map(|link| link.display().to_string()).collect();
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let rows = table.lines().map(|line| line.split_ascii_whitespace().collect::<Vec<_>>());
    let is_ours = |row: &Vec<&str>| {
        row[2].ends_with(&format!(":{port:04X}")) && row[3] == "01" && own.contains(&format!("socket:[{}]", row[9]))
    };
    let mut timers: Vec<u8> = rows.filter(is_ours).map(|row| row[5][..2].parse().unwrap()).collect();
    timers.sort_unstable();
    timers
}

#[tokio::test]
async fn the_kernel_is_told_to_look_after_an_idle_connection() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    server.ask(["PING"]).unwrap();
    assert_eq!(timers(server.port()), [0], "a plain connection, kept by the server's keeper");
    let db = client(server.address()).connect().await.unwrap();
    db.set("a", 1).await.unwrap();
    let began = Instant::now();
    // As long as something is not acknowledged there is another timer.
    while timers(server.port()) != [0, 2] {
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", timers(server.port()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_cluster_with_holes_will_do_or_not_as_the_caller_or_the_cluster_says() {
    let cluster = LocalCluster::start(3, 0).unwrap();
    let slot = cluster.slot_of("hole").unwrap();
    for node in cluster.nodes() {
        node.ask(["CONFIG", "SET", "cluster-require-full-coverage", "no"]).unwrap();
    }
    for node in cluster.nodes() {
        node.ask(["CLUSTER", "DELSLOTS", &slot.to_string()]).unwrap();
    }
    let connect = |coverage| client(cluster.seeds()).coverage(coverage).connect();
    let partly = connect(Coverage::Partial).await.unwrap();
    partly.set("whole", 1).await.unwrap();
    connect(Coverage::Server).await.unwrap().set("whole", 2).await.unwrap();
    let (_, refusal) = line(connect(Coverage::Full).await);
    assert!(refusal.contains("1 slots have no owner"), "{refusal}");
    for node in cluster.nodes() {
        node.ask(["CONFIG", "SET", "cluster-require-full-coverage", "yes"]).unwrap();
    }
    let (_, refusal) = line(connect(Coverage::Server).await);
    assert!(refusal.contains("cluster-require-full-coverage wants one"), "{refusal}");
    for node in cluster.nodes() {
        node.ask(["ACL", "SETUSER", "default", "-config"]).unwrap();
    }
    connect(Coverage::Server).await.unwrap();
}

#[tokio::test]
async fn dedicated_connections_are_so_many_and_the_next_waits_or_fails() {
    let server = Server::start(&ServerOptions::default()).unwrap();
    let limits = |wait| Limits { dedicated_per_node: 2, dedicated: 2, dedicated_wait_ms: wait, ..Limits::default() };
    let connect = |wait| client(server.address()).limits(limits(wait)).connect();
    let db = connect(Some(100)).await.unwrap();
    let block = |db: &Cluster, n: usize| db.cmd("BLPOP").arg(format!("dedicated:{n}")).arg(1);
    let blocked: Vec<_> = (0..2).map(|n| tokio::spawn(block(&db, n).into_future())).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    let error = block(&db, 9).await.unwrap_err();
    assert_eq!(error.code(), "OVERLOADED", "{error}");
    assert!(error.to_string().contains("all dedicated connections are in use"), "{error}");
    assert!(
        (Duration::from_millis(100)..Duration::from_millis(600)).contains(&start.elapsed()),
        "{:?}",
        start.elapsed()
    );
    for task in blocked {
        task.await.unwrap().unwrap();
    }

    let patient = connect(None).await.unwrap();
    let blocked: Vec<_> = (0..2).map(|n| tokio::spawn(block(&patient, n).into_future())).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.ask(["RPUSH", "dedicated:9", "x"]).unwrap();
    let third = tokio::spawn(block(&patient, 9).into_future());
    server.ask(["RPUSH", "dedicated:0", "x"]).unwrap();
    third.await.unwrap().unwrap();
    for task in blocked {
        task.await.unwrap().unwrap();
    }
}
