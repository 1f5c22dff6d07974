//! One password, and everything that a client says of itself and of what went wrong: the password stands in none of it.
//! `host-node/test/canary.test.mjs` is the same for Node.

use std::{
    fmt::{Debug, Display},
    sync::Arc,
    time::Duration,
};

use slotpipe::{
    Address, CallOptions, Cluster, Commands as _, Credentials, Engine, Error, Retry, Tls,
    component::{BYTES, Component, wasmtime},
};
use slotpipe_tests::{
    certificates::Authority,
    peer::Peer,
    script::{Script, batch, thirds},
};
use tokio::time::timeout;

const USER: &str = "canary-user";
/// With what URLs, logs and patterns have their own ways with.
const PASSWORD: &str = "canary:pass/word@5e1f%";
/// The same in a URL.
const ENCODED: &str = "canary%3Apass%2Fword%405e1f%25";

/// For connections that come to be.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything that was said, by whom.
#[derive(Default)]
struct Said(Vec<(String, String)>);

impl Said {
    fn note(&mut self, who: &str, what: &(impl Debug + ?Sized)) {
        self.0.push((who.into(), format!("{what:?}\n{what:#?}")));
    }

    fn error(&mut self, who: &str, error: &Error) {
        let mut causes = String::new();
        let mut next = std::error::Error::source(error);
        while let Some(cause) = next {
            causes += &format!("\n{cause}\n{cause:?}");
            next = cause.source();
        }
        self.0.push((who.into(), format!("{error}\n{error:?}\n{error:#?}\n{:#?}{causes}", error.kind())));
        for outcome in error.outcomes() {
            self.note(who, outcome);
        }
    }

    fn result<T: Debug>(&mut self, who: &str, result: Result<T, Error>) {
        match result {
            Ok(value) => self.note(who, &value),
            Err(error) => self.error(who, &error),
        }
    }

    fn must_fail<T>(&mut self, who: &str, result: Result<T, Error>) {
        self.error(who, &result.map(drop).expect_err(who));
    }

    fn check(&self, least: usize) {
        let bytes = format!("{:?}", PASSWORD.as_bytes());
        let needles = ["canary:", "5e1f", ENCODED, bytes.trim_matches(['[', ']'])];
        for (who, what) in &self.0 {
            if let Some(needle) = needles.iter().find(|needle| what.contains(**needle)) {
                panic!("{who} tells the password ({needle}): {what}");
            }
        }
        assert!(self.0.len() >= least, "only {} have said something", self.0.len());
    }
}

/// What a server may answer to a password, repeating it or not.
fn refusals() -> Vec<String> {
    let with_args = |name: &str| {
        format!(r"-ERR unknown command '{name}', with args beginning with: '3' 'AUTH' '{USER}' '{PASSWORD}' \r\n")
    };
    vec![
        r"-WRONGPASS invalid username-password pair or user is disabled.\r\n".into(),
        r"-NOAUTH Authentication required.\r\n".into(),
        r"-NOPERM this user has no permissions to run the 'hello' command\r\n".into(),
        with_args("HELLO"),
        with_args("AUTH"),
        format!(r"-ERR {USER} may not log in with {PASSWORD}\r\n"),
        format!(r"{PASSWORD}\r\n"),
        format!(r"+{PASSWORD}\r\n"),
        format!(r"*5\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n$11\r\n{USER}\r\n$22\r\n{PASSWORD}\r\n"),
    ]
}

fn builder(engine: &Engine, peer: &Peer) -> slotpipe::Builder {
    let options = CallOptions::new().deadline(Duration::from_millis(100)).retry(Retry::Never);
    Cluster::builder(peer.addresses()).engine(engine.clone()).connect_timeout(PATIENCE).call_options(options)
}

async fn connecting(said: &mut Said, engine: &Engine) {
    for refusal in refusals() {
        for resp2 in [false, true] {
            let peer = Peer::start(1, None).unwrap();
            // A case's own line ends at `, `.
            let refusal = refusal.replace(", with", ",\\_with");
            for name in ["HELLO", "AUTH"] {
                peer.tell(&format!("always on {name}: say {refusal}, silence")).unwrap();
            }
            let builder = builder(engine, &peer).username(USER).password(PASSWORD);
            // Some of these answers are none: what was said before comes out when the time is over.
            let builder = builder.connect_timeout(Duration::from_millis(100));
            said.note("a builder", &builder);
            let builder = if resp2 { builder.resp2() } else { builder };
            said.result(&refusal, builder.connect().await.map(drop));
        }
    }
    let peer = Peer::start(1, None).unwrap();
    let address = peer.addresses().remove(0);
    for url in [
        format!("redis://{USER}:{ENCODED}@{address}/x"),
        format!("redis://{USER}:{ENCODED}@{address}?password={ENCODED}"),
        format!("redis://{USER}:{PASSWORD}@{address}"),
        format!("redis://{ENCODED}@{address}"),
        format!("redis://{USER}:{ENCODED}%@{address}"),
        format!("redis://{USER}:{ENCODED}@"),
        format!("redis://{USER}:{ENCODED}@{address}:{address}"),
        format!("http://{USER}:{ENCODED}@{address}"),
        format!("{USER}:{ENCODED}@{address}"),
        PASSWORD.into(),
    ] {
        said.note("a builder of a URL", &Cluster::builder(url.as_str()));
        said.must_fail(&format!("a URL like {}", url.len()), Cluster::connect(url.as_str()).await.map(drop));
    }
    let fixed = builder(engine, &peer).password(PASSWORD);
    let twice = fixed.credentials(|_| async { Ok::<_, String>(credentials()) });
    said.must_fail("credentials from two places", twice.connect().await.map(drop));
    said.note("credentials", &credentials());
    let panics = builder(engine, &peer).credentials(|_| async { refuse::<Credentials>() });
    said.must_fail("a panic where credentials are asked for", panics.connect().await.map(drop));
    let tls = Tls::new().identity_pem(PASSWORD, PASSWORD).ca_pem(PASSWORD);
    said.note("TLS", &tls);
    said.must_fail("TLS with keys that are none", builder(engine, &peer).tls(tls).connect().await.map(drop));
    let authority = Authority::new();
    let strange = Tls::new().ca_pem(authority.certificate());
    let plain = builder(engine, &peer).username(USER).password(PASSWORD).tls(strange);
    said.must_fail("a server without TLS", plain.connect().await.map(drop));
}

fn credentials() -> Credentials {
    Credentials { username: Some(USER.into()), password: PASSWORD.into() }
}

fn refuse<T>() -> Result<T, String> {
    panic!("{PASSWORD} is no good")
}

async fn calling(said: &mut Said, engine: &Engine) {
    let peer = Peer::start(2, None).unwrap();
    peer.tell("always on SET wrong: say -WRONGTYPE Operation against a key holding the wrong kind of value\\r\\n")
        .unwrap();
    peer.tell("always on SET noauth: say -NOAUTH Authentication required.\\r\\n").unwrap();
    peer.tell("always on SET lost: reset").unwrap();
    peer.tell("always on SET silent: silence").unwrap();
    peer.tell("always on SET hostile: say !!\\r\\n").unwrap();
    peer.tell("always on SET k: say -MOVED 7629 127.0.0.1:1\\r\\n").unwrap();
    peer.tell("always on SET later: say -TRYAGAIN Multiple keys request during rehashing of slot\\r\\n").unwrap();
    let asked = Arc::new(|_: Address| async { Ok::<_, String>(credentials()) });
    let db = builder(engine, &peer).credentials(move |address| asked(address)).connect().await.unwrap();
    for key in ["wrong", "noauth", "lost", "silent", "hostile", "k", "later"] {
        said.must_fail(key, db.set(key, PASSWORD).await);
        let mut pipe = db.pipeline();
        pipe.set(key, PASSWORD).get("fine");
        said.note("a pipeline", &pipe);
        said.result(key, pipe.execute_settled().await);
    }
    said.must_fail(
        "a part that fails",
        db.cmd("MSET").arg("lost").arg(PASSWORD).arg("foo").arg(PASSWORD).read::<()>().await,
    );
    said.must_fail("a reply of another type", db.cmd("GET").arg("k2").read::<u64>().await);
    // Its own secrets are nobody's business either where a command is refused.
    for words in [
        vec!["AUTH", USER, PASSWORD],
        vec!["HELLO", "3", "AUTH", USER, PASSWORD],
        vec!["SET", PASSWORD],
        vec!["MSET", "odd", "a", PASSWORD],
        vec!["SUBSCRIBE", PASSWORD],
    ] {
        let call = words[1..].iter().fold(db.cmd(words[0]), |cmd, word| cmd.arg(*word));
        said.must_fail(words[0], call.read::<()>().await);
        let line = words.join(" ");
        let explained = db.explain(batch(&[line.as_str()])).await;
        // Keys are what was asked for.
        said.result(words[0], explained.map(|all| all.into_iter().map(|one| one.plan.err()).collect::<Vec<_>>()));
    }
    said.note("the client", &db);
    said.note("its slot map", &*db.topology());
    said.note("its counts", &db.stats().await.unwrap());
    said.note("a call", &format_args!("{}", db.set("x", PASSWORD).await.is_ok()));
    let end = db.clone();
    assert!(timeout(Duration::from_secs(10), end.close()).await.is_ok());
    said.must_fail("a closed client", db.set("x", PASSWORD).await);
}

async fn all_of(engine: Engine) {
    let mut said = Said::default();
    connecting(&mut said, &engine).await;
    calling(&mut said, &engine).await;
    said.check(80);
}

#[tokio::test]
async fn the_password_stands_in_nothing_that_a_client_in_process_says() {
    all_of(Engine::InProcess).await;
}

#[tokio::test]
async fn the_password_stands_in_nothing_that_a_client_in_the_sandbox_says() {
    all_of(Engine::Component).await;
}

#[tokio::test]
async fn the_password_stands_in_nothing_that_a_trap_leaves_behind() {
    let engine = wasmtime::Engine::new(wasmtime::Config::new().cranelift_opt_level(wasmtime::OptLevel::None)).unwrap();
    let component = Component::new(&engine, BYTES).unwrap().memory_limit(8 << 20);
    let peer = Peer::start(1, None).unwrap();
    let builder = builder(&Engine::Embedded(component), &peer).username(USER).password(PASSWORD);
    let db = builder.connect().await.unwrap();
    let mut said = Said::default();
    said.must_fail("a trap", db.set(PASSWORD, PASSWORD.repeat(1 << 20)).await);
    said.check(1);
}

#[test]
fn the_password_stands_in_nothing_that_the_core_says() {
    let mut script = Script::new(thirds(), |config| config.diagnostics = true);
    script.credentials = Some(credentials());
    script.secret = Some(PASSWORD.into());
    script.run();
    script.submit(&["SET foo 1", "GET bar", "MGET foo bar"]);
    let text: &dyn Display = &format!("{:?}{:#?}", script.core, script.notes);
    assert!(!text.to_string().contains(PASSWORD));
}
