//! Each exception of the clients that users come from, provoked, and what it is here: the table in host-node/MIGRATION.md
//! says so for Node, and the classes there are kinds of errors here, with the same codes. The table in
//! host-native/MIGRATION.md says it to those who come from other crates.
#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else comes out fails the test")]

use std::{collections::BTreeSet, fs, time::Duration};

use slotpipe::{Builder, CallOptions, Cluster, Commands, Credentials, Error, ErrorKind, Seeds, slot_of};
use slotpipe_tests::{engine, peer::Peer, source::root};

const SLOW: Duration = Duration::from_millis(150);

/// What the peer says otherwise than usual.
const RULES: [&str; 10] = [
    "always on GET down: say -CLUSTERDOWN The cluster is down\\r\\n",
    "always on GET unserved: say -CLUSTERDOWN Hash slot not served\\r\\n",
    "always on GET rehashed: say -TRYAGAIN Multiple keys request during rehashing of slot\\r\\n",
    "always on GET stale: say -MASTERDOWN Link with MASTER is down\\r\\n",
    "always on GET list: say -WRONGTYPE Operation against a key holding the wrong kind of value\\r\\n",
    "always on SET lost: reset",
    "always on SET silent: silence",
    "always on WATCH: say +OK\\r\\n",
    "always on MULTI: say +OK\\r\\n",
    "always on SET watched: say +QUEUED\\r\\n",
];

/// A server that refuses what its caller wants refused, and a client of it.
async fn connect() -> (Peer, Cluster) {
    let peer = Peer::start(1, None).unwrap();
    let address = peer.addresses().remove(0);
    let redirect = |code| format!("always on GET {code}: say -{code} {} {address}\\r\\n", slot_of(code));
    let redirects = ["MOVED", "ASK"].map(redirect);
    // The first one asks whether MULTI may be said.
    let executed = ["on EXEC: say *0\\r\\n", "always on EXEC: say *-1\\r\\n"];
    for rule in RULES.into_iter().chain(redirects.iter().map(String::as_str)).chain(executed) {
        peer.tell(rule).unwrap();
    }
    let db = client(&address).connect().await.unwrap();
    (peer, db)
}

fn client(seeds: impl Into<Seeds>) -> Builder {
    Cluster::builder(seeds).engine(engine::of(module_path!()))
}

/// By its name there: what provokes it.
async fn provoked(there: &str, peer: &Peer, db: &Cluster) -> Option<Error> {
    let slow = db.with(CallOptions::new().deadline(SLOW));
    let as_it_is = db.with(CallOptions::new().max_redirects(0));
    Some(match there {
        "RedisClusterException" => {
            let mut pipe = db.pipeline();
            pipe.cmd("MULTI");
            pipe.execute().await.unwrap_err()
        }
        "RedisClusterError" => client("127.0.0.1:1").connect().await.unwrap_err(),
        "ClusterError" => db.get("MOVED").await.unwrap_err(),
        "ClusterDownException" => slow.get("down").await.unwrap_err(),
        "ClusterDownError" => slow.get("unserved").await.unwrap_err(),
        "ClusterCrossSlotError" => db.sinter(["a", "b"]).await.unwrap_err(),
        "MovedError" => as_it_is.get("MOVED").await.unwrap_err(),
        "MovedException" => {
            let mut pipe = db.pipeline();
            pipe.max_redirects(0).get("MOVED");
            pipe.execute().await.unwrap_err()
        }
        "AskError" => as_it_is.get("ASK").await.unwrap_err(),
        "WatchError" => {
            let session = db.session(["watched"]).unwrap();
            session.watch("watched").await.unwrap();
            let mut unit = session.multi();
            unit.set("watched", 1);
            unit.execute().await.unwrap_err()
        }
        "TryAgainError" => slow.get("rehashed").await.unwrap_err(),
        "MasterDownError" => slow.get("stale").await.unwrap_err(),
        "ResponseError" => db.get("list").await.unwrap_err(),
        "ConnectionError" => db.set("lost", 1).await.unwrap_err(),
        "TimeoutError" => {
            // What waits for an answer holds up all behind it, for as long as a failover may take: nobody else is there.
            let alone = client(peer.addresses()).connect().await.unwrap();
            alone.set("silent", 1).deadline(SLOW).await.unwrap_err()
        }
        "AuthenticationError" => {
            let denied = |_| async { Err::<Credentials, _>("no password today") };
            client(peer.addresses()).credentials(denied).connect().await.unwrap_err()
        }
        _ => return None,
    })
}

/// What an error of Node's is in Rust.
fn kind_of(class: &str) -> &'static str {
    match class {
        "MisuseError" => "Misuse",
        "ServerError" => "Server",
        "WatchError" => "NotExecuted, is_conflict()",
        "NotExecutedError" => "NotExecuted",
        "UnknownOutcomeError" => "Unknown",
        "ConnectError" => "Connect",
        other => panic!("{other} is no class of errors"),
    }
}

/// What an error is.
fn name(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Misuse { .. } => "Misuse",
        ErrorKind::Server(_) => "Server",
        ErrorKind::NotExecuted(_) if error.is_conflict() => "NotExecuted, is_conflict()",
        ErrorKind::NotExecuted(_) => "NotExecuted",
        ErrorKind::Unknown(_) => "Unknown",
        ErrorKind::Connect { .. } => "Connect",
        ErrorKind::Type(_) => "Type",
        other => panic!("{other:?}"),
    }
}

/// Every exception that their documents name.
fn theirs() -> BTreeSet<String> {
    let list = fs::read_to_string(root().join("tests/data/exceptions.tsv")).unwrap();
    list.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

/// The cells of a table below this header, row by row.
fn rows<const CELLS: usize>(page: &str, header: &str) -> Vec<[String; CELLS]> {
    let page = fs::read_to_string(root().join(page)).unwrap();
    let (_, table) = page.split_once(&format!("\n{header}\n")).unwrap();
    let rows = table.lines().skip(1).map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>().try_into().unwrap()).collect()
}

#[tokio::test]
async fn every_exception_of_theirs_is_in_the_table_and_is_here_what_the_table_says() {
    let (peer, db) = connect().await;
    let table = rows::<3>("host-node/MIGRATION.md", "| there | here | code |");
    let in_table: BTreeSet<_> = table.iter().map(|[there, ..]| there.clone()).collect();
    assert_eq!(in_table, theirs());
    assert_eq!(in_table.len(), table.len(), "one stands twice");
    for [there, class, codes] in table {
        let error = provoked(&there, &peer, &db).await.unwrap_or_else(|| panic!("{there} is not provoked"));
        assert_eq!(name(&error), kind_of(&class), "{there}: {error}");
        let code = error.code();
        assert!(codes.contains(&format!("`{code}`")), "{there}: {error}, and the table has {codes}");
        let line = error.to_string();
        assert!(line.starts_with(code) && !line.contains('\n'), "{line}");
        if matches!(error.kind(), ErrorKind::Connect { .. }) {
            continue;
        }
        assert!(error.command().is_some(), "{there}: {error}");
        if matches!(error.kind(), ErrorKind::Misuse { .. }) {
            continue;
        }
        assert_eq!(error.node(), Some(peer.addresses()[0].as_str()), "{there}: {error}");
        assert!(error.slot().is_some(), "{there}: {error}");
        assert_eq!(error.is_uncertain(), matches!(error.kind(), ErrorKind::Unknown(_)), "{there}: {error}");
        if let Some((_, word)) = codes.split_once("message has `") {
            assert!(line.contains(word.trim_end_matches('`')), "{there}: {error}");
        }
    }
}

#[tokio::test]
async fn what_other_crates_say_otherwise_is_here_what_their_page_says() {
    let (peer, db) = connect().await;
    let table = rows::<5>("host-native/MIGRATION.md", "| what happens | redis-rs | fred | here | code |");
    assert_eq!(table.len(), 10);
    for [happens, _, _, kind, code] in table {
        let same = match happens.as_str() {
            "nobody listens at any seed" => "RedisClusterError",
            "the user or password is refused" => "AuthenticationError",
            "a connection is lost behind a write" => "ConnectionError",
            "a write is not answered in time" => "TimeoutError",
            "the cluster is down until the deadline" => "ClusterDownError",
            "keys are in two slots" => "ClusterCrossSlotError",
            "a redirect is not to be followed" => "MovedError",
            "a key holds something else" => "ResponseError",
            "a watched key has changed" => "WatchError",
            _ => "",
        };
        let error = match provoked(same, &peer, &db).await {
            Some(error) => error,
            None => db.get("text").into_type::<i64>().await.unwrap_err(),
        };
        assert_eq!([name(&error), error.code()], [kind, code].map(|cell| cell.replace('`', "")), "{happens}: {error}");
    }
}

#[tokio::test]
async fn moved_and_ask_say_slot_host_and_port() {
    let (peer, db) = connect().await;
    for code in ["MOVED", "ASK"] {
        let error = db.get(code).max_redirects(0).await.unwrap_err();
        let ErrorKind::Server(said) = error.kind() else { panic!("{error}") };
        let (slot, address) = said.redirect().unwrap();
        assert_eq!((said.code(), slot, address.to_string()), (code, slot_of(code), peer.addresses().remove(0)));
    }
    let error = db.get("list").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Server(said) if said.redirect().is_none()), "{error}");
}
