//! What the methods write, sent to a real server.

use std::collections::BTreeMap;

use slotpipe::lab::{
    Server, ServerOptions,
    resp::{Client, Reply},
};

use super::Recorder;

/// Forms that are not sent, and why.
const LEFT_OUT: [(&str, &str); 19] = [
    ("acl_cat_with", "the sample is no category"),
    ("acl_setuser", "the sample is no rule"),
    ("client_kill", "it would cut off the test"),
    ("client_pause", "it would hold up the test"),
    ("cluster_addslotsrange", "it may say that a slot is taken"),
    ("cluster_count_failure_reports", "the sample is no node"),
    ("cluster_forget", "the sample is no node"),
    ("cluster_repli", "the sample is no node"),
    ("cluster_setslot_node", "the sample is no node"),
    ("cluster_slaves", "the sample is no node"),
    ("command_getkeys", "the sample is no command"),
    ("config_set", "the sample is no parameter"),
    ("migrate", "the sample is no server"),
    ("zrange_with .bylex", "it goes with other bounds only"),
    ("zrange_with .limit", "it goes with BYSCORE or BYLEX only"),
    ("zrange_withscores_with .bylex", "the two do not go together"),
    ("zrange_withscores_with .limit", "it goes with BYSCORE only"),
    ("zrangestore_with .bylex", "it goes with other bounds only"),
    ("zrangestore_with .limit", "it goes with BYSCORE or BYLEX only"),
];

/// Forms that this server, 7.0, does not have yet, and since when there are servers that do.
const NEWER: [(&str, &str); 15] = [
    ("bgsave_with .cancel", "valkey 8.1"),
    ("cluster_setslot_importing_with .timeout", "valkey 8.0"),
    ("cluster_setslot_migrating_with .timeout", "valkey 8.0"),
    ("cluster_setslot_stable_with .timeout", "valkey 8.0"),
    ("set_get_with .if", "valkey 8.1, redis 8.4"),
    ("set_with .if", "valkey 8.1, redis 8.4"),
    ("xadd_with .acked", "redis 8.2"),
    ("xadd_with .delref", "redis 8.2"),
    ("xadd_with .idmp", "redis 8.6"),
    ("xadd_with .keepref", "redis 8.2"),
    ("xread_with .max", "a redis after 8.2"),
    ("xreadgroup_with .claim", "redis 8.4"),
    ("xreadgroup_with .max", "a redis after 8.2"),
    ("zrank_withscore", "redis 7.2"),
    ("zrevrank_withscore", "redis 7.2"),
];

#[test]
fn a_real_server_accepts_number_and_order_of_every_methods_arguments() {
    // Half of CLUSTER takes a cluster apart, and a broken cluster looks at nothing else.
    let plain = Server::start(&ServerOptions::default()).unwrap();
    let cluster = Server::start(&ServerOptions { cluster: true, ..ServerOptions::default() }).unwrap();
    let (mut plain, mut cluster) = (plain.client().unwrap(), cluster.client().unwrap());
    let known = known_commands(&mut plain);
    let mut wrong = Vec::new();
    let mut sent = 0;
    for call in Recorder::of_all().calls {
        let Some(arity) = known.get(&call.command.to_ascii_lowercase()) else { continue };
        if LEFT_OUT.iter().chain(&NEWER).any(|(form, _)| call.form.starts_with(form)) {
            continue;
        }
        let count = i64::try_from(call.args.len()).unwrap();
        if (*arity >= 0 && count != *arity) || count < -arity {
            wrong.push(format!("{}: {count} arguments, arity {arity}", call.form));
        }
        plain.ask(["FLUSHALL"]).unwrap();
        if call.command.starts_with('X') {
            // Without a stream and a group, half of them look no further.
            for key in ["{k}key", "{k}1", "{k}2"] {
                plain.ask(["XGROUP", "CREATE", key, "{k}group", "$", "MKSTREAM"]).unwrap();
            }
        }
        let server = if call.command.starts_with("CLUSTER") { &mut cluster } else { &mut plain };
        let reply = server.call(&call.args).unwrap_or_else(|error| panic!("{}: {error}", call.form));
        wrong.extend(complaint(&reply).map(|error| format!("{}: {error}", call.form)));
        sent += 1;
    }
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(sent > 550, "{sent} calls sent");
}

/// An error about how a command is written; that a key or a script is not there is none.
fn complaint(reply: &Reply) -> Option<String> {
    let Reply::Error(text) = reply else { return None };
    let words =
        ["syntax", "wrong number", "unknown", "unrecognized", "unsupported", "invalid", "not valid", "not a valid"];
    words.iter().any(|word| text.to_ascii_lowercase().contains(word)).then(|| text.clone())
}

/// Arity by name, `container|subcommand` as `container subcommand`.
fn known_commands(client: &mut Client) -> BTreeMap<String, i64> {
    let mut known = BTreeMap::new();
    let Reply::Array(commands) = client.ask(["COMMAND"]).unwrap() else { panic!("COMMAND answers an array") };
    for command in &commands {
        add(command, &mut known);
    }
    known
}

fn add(command: &Reply, known: &mut BTreeMap<String, i64>) {
    let places = command.array().expect("a command is an array");
    let name = places[0].text().expect("a name").replace('|', " ");
    known.insert(name, places[1].int().expect("an arity"));
    for subcommand in places.get(9).and_then(Reply::array).unwrap_or_default() {
        add(subcommand, known);
    }
}
