//! The handshake alone: what is written, what each answer leads to.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use bytes::Bytes;

use super::*;
use crate::{
    config::Limits,
    wire::{
        decode::Decoder,
        request::{Args, Requests},
    },
};

fn greeting() -> Greeting {
    Greeting { resp3: true, library: ("lib".to_string(), "1".to_string()), ..Greeting::default() }
}

fn with_password(username: Option<&str>) -> Greeting {
    let credentials = Credentials { username: username.map(String::from), password: String::from("hunter2") };
    Greeting { credentials: Some(credentials), ..greeting() }
}

/// Commands as words joined by spaces.
fn commands(bytes: &[u8]) -> Vec<String> {
    let (mut requests, mut spans, mut all) = (Requests::new(bytes, 0), Vec::new(), Vec::new());
    while let Some(frame) = requests.next(&mut spans) {
        frame.expect("whole commands");
        let words: Vec<_> = Args::new(bytes, &spans).iter().map(String::from_utf8_lossy).collect();
        all.push(words.join(" "));
    }
    all
}

/// Feeds answers; the last progress.
fn answer(shake: &mut Handshake, resp: &str) -> Progress {
    let mut decoder = Decoder::new(Limits::default().decode);
    decoder.feed(Bytes::copy_from_slice(resp.as_bytes()));
    let mut last = Progress::Going;
    while let Some(frame) = decoder.next().unwrap() {
        assert_eq!(last, Progress::Going, "an answer behind the end");
        last = shake.answered(frame.words, frame.buffers);
    }
    last
}

fn ready(client_id: Option<i64>, proven: bool) -> Progress {
    Progress::Ready(Welcome { client_id, proven })
}

#[test]
fn all_of_it_is_one_write() {
    let greeting = Greeting {
        name: Some(String::from("me")),
        database: 3,
        readonly: true,
        predecessors: Vec::from([7, 9]),
        ..with_password(None)
    };
    let (mut shake, words) = Handshake::begin(greeting);
    assert_eq!(
        commands(&words),
        [
            "HELLO 3 AUTH default hunter2 SETNAME me",
            "CLIENT SETINFO LIB-NAME lib",
            "CLIENT SETINFO LIB-VER 1",
            "SELECT 3",
            "READONLY",
            "CLIENT KILL ID 7",
            "CLIENT KILL ID 9",
        ]
    );
    assert_eq!(answer(&mut shake, "%1\r\n+id\r\n:5\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n:1\r\n"), Progress::Going);
    assert_eq!(answer(&mut shake, ":1\r\n"), ready(Some(5), true));
}

#[test]
fn the_id_is_found_among_whatever_else_hello_says() {
    for hello in [
        "%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$2\r\nid\r\n:5\r\n$7\r\nmodules\r\n*0\r\n",
        "*4\r\n$7\r\nmodules\r\n*1\r\n%1\r\n+id\r\n:6\r\n$2\r\nid\r\n:5\r\n",
    ] {
        let (mut shake, _) = Handshake::begin(greeting());
        assert_eq!(answer(&mut shake, &(hello.to_string() + "+OK\r\n+OK\r\n")), ready(Some(5), true), "{hello:?}");
    }
    for hello in ["%0\r\n", "+OK\r\n", "%1\r\n$2\r\nid\r\n$1\r\n5\r\n", "%1\r\n:1\r\n:2\r\n"] {
        let (mut shake, _) = Handshake::begin(greeting());
        assert_eq!(answer(&mut shake, &(hello.to_string() + "+OK\r\n+OK\r\n")), ready(None, true), "{hello:?}");
    }
}

#[test]
fn courtesies_may_be_refused() {
    let (mut shake, _) = Handshake::begin(greeting());
    let refused = "-ERR Unknown subcommand or wrong number of arguments for 'setinfo'.\r\n";
    assert_eq!(answer(&mut shake, &("%0\r\n".to_string() + refused + refused)), ready(None, true));
}

#[test]
fn a_server_without_hello_is_greeted_in_resp2_when_all_answers_are_in() {
    for refusal in
        ["ERR unknown command 'HELLO'", "NOPROTO unsupported protocol version", "NOPERM no right to run 'hello'"]
    {
        let (mut shake, _) = Handshake::begin(Greeting { predecessors: Vec::from([7]), ..with_password(Some("app")) });
        let answers = "-".to_string() + refusal + "\r\n-ERR\r\n-ERR\r\n-NOAUTH\r\n";
        let Progress::Say(words) = answer(&mut shake, &answers) else { panic!("{refusal}") };
        let expected = [
            "AUTH app hunter2",
            "CLIENT ID",
            "CLIENT SETINFO LIB-NAME lib",
            "CLIENT SETINFO LIB-VER 1",
            "CLIENT KILL ID 7",
        ];
        assert_eq!(commands(&words), expected);
        assert_eq!(answer(&mut shake, "+OK\r\n:5\r\n-ERR\r\n-ERR\r\n:1\r\n"), ready(Some(5), true));
    }
}

#[test]
fn resp2_by_choice_authenticates_as_old_servers_understand() {
    let (mut shake, words) = Handshake::begin(Greeting { resp3: false, ..with_password(None) });
    assert_eq!(commands(&words)[..2], ["AUTH hunter2", "CLIENT ID"]);
    assert_eq!(answer(&mut shake, "+OK\r\n:5\r\n+OK\r\n+OK\r\n"), ready(Some(5), true));
}

#[test]
fn refused_authentication_says_why_and_not_with_which_password() {
    let (mut shake, _) = Handshake::begin(with_password(None));
    let refused = answer(&mut shake, "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    let why = "authentication refused: WRONGPASS invalid username-password pair or user is disabled.";
    assert_eq!(refused, Progress::Failed(String::from(why)));

    let (mut shake, _) = Handshake::begin(Greeting { resp3: false, ..with_password(None) });
    let refused = answer(&mut shake, "-ERR unknown command 'AUTH', with args beginning with: 'hunter2' \r\n");
    assert_eq!(refused, Progress::Failed(String::from("authentication refused: ERR unknown command 'AUTH'")));
}

#[test]
fn a_refused_database_is_no_connection() {
    let (mut shake, _) = Handshake::begin(Greeting { database: 3, ..greeting() });
    let refused = answer(&mut shake, "%0\r\n+OK\r\n+OK\r\n-ERR SELECT is not allowed in cluster mode\r\n");
    let why = "SELECT refused: ERR SELECT is not allowed in cluster mode";
    assert_eq!(refused, Progress::Failed(String::from(why)));
}

#[test]
fn only_an_ended_predecessor_is_proof() {
    for (killed, proven) in
        [(":1\r\n", true), (":0\r\n", true), ("-ERR No such client\r\n", true), ("-NOPERM no\r\n", false)]
    {
        let (mut shake, _) = Handshake::begin(Greeting { predecessors: Vec::from([7, 9]), ..greeting() });
        let answers = "%0\r\n+OK\r\n+OK\r\n".to_string() + killed + ":1\r\n";
        assert_eq!(answer(&mut shake, &answers), ready(None, proven), "{killed}");
    }
}
