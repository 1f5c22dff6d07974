use bytes::Bytes;
use slotpipe_core::{
    config::Config,
    route::{
        classify::{Refusal, Rules, Target, classify},
        command::{Begin, Find, Flags, KeySpec, Keys, Merge, Request, Split},
        slot::Slot,
        table::{Learned, Lookup, Table, read_command_info},
    },
    wire::decode::Decoder,
};

use crate::Command;

/// RESP from a short hand: `*2` and `+text` and `:1` and `%1` lines as they are, apart by spaces.
fn learned(resp: &str) -> Option<Vec<Learned>> {
    let mut decoder = Decoder::new(Config::default().limits.decode);
    decoder.feed(Bytes::from(resp.split_whitespace().map(|line| format!("{line}\r\n")).collect::<String>()));
    let frame = decoder.next().expect("RESP").expect("a whole value");
    read_command_info(frame.words, &|leaf| {
        &frame.buffers[leaf.buffer as usize][leaf.offset as usize..][..leaf.length as usize]
    })
}

/// What redis-server 7.0 says of XREAD, without its categories and tips.
const XREAD_RESP2: &str = "*10 +xread :-4 *3 +readonly +blocking +movablekeys :0 :0 :0 *0 *0 \
    *1 *6 +flags *2 +RO +access +begin_search *4 +type +keyword +spec *4 +keyword +STREAMS +startfrom :1 \
    +find_keys *4 +type +range +spec *6 +lastkey :-1 +keystep :1 +limit :2 *0";

const XREAD_RESP3: &str = "*10 +xread :-4 ~3 +readonly +blocking +movablekeys :0 :0 :0 ~0 ~0 \
    ~1 %3 +flags ~2 +RO +access +begin_search %2 +type +keyword +spec %2 +keyword +STREAMS +startfrom :1 \
    +find_keys %2 +type +range +spec %3 +lastkey :-1 +keystep :1 +limit :2 *0";

#[test]
fn both_protocols_teach_the_same_row() {
    for resp in [XREAD_RESP2, XREAD_RESP3] {
        let rows = learned(resp).unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((&*row.name, row.arity), ("XREAD", -4));
        assert_eq!(row.flags, Flags(Flags::READONLY | Flags::BLOCKING));
        let begin = Begin::Keyword { word: "STREAMS".into(), from: 1 };
        let find = Find::Range { last: -1, step: 1, limit: 2 };
        assert_eq!(row.keys, Keys::Specs(vec![KeySpec { begin, find }].into()));
    }
}

#[test]
fn subcommands_are_learned_with_their_container() {
    let sub = |name: &str| {
        format!(
            "*10 +{name} :3 *1 +write :2 :2 :1 *0 *0 *1 *6 +flags *1 +RW +begin_search *4 +type +index +spec *2 +index :2 \
             +find_keys *4 +type +range +spec *6 +lastkey :0 +keystep :1 +limit :0 *0"
        )
    };
    let rows =
        learned(&format!("*10 +box :-2 *0 :0 :0 :0 *0 *0 *0 *2 {} {}", sub("box|put"), sub("box|take"))).unwrap();
    let mut table = Table::default();
    for row in rows {
        table.learn(row);
    }
    let name = |line: &str| match table.lookup(Command::line(line).args()) {
        Lookup::Known(id) => table.row(id).name.to_string(),
        other @ (Lookup::UnknownSubcommand(_) | Lookup::Unknown) => {
            format!("{other:?}").split('(').next().unwrap().into()
        }
    };
    assert_eq!(name("Box Take key"), "BOX TAKE");
    assert_eq!(name("box"), "UnknownSubcommand");
    assert_eq!(name("box nosuch"), "UnknownSubcommand");
    let mut keys = Vec::new();
    let class = classify(&table, Command::line("box put key").args(), Rules::default(), &mut keys).unwrap();
    assert_eq!(class.target, Target::Slot(Slot::of(b"key")));
    assert!(!class.readonly);
}

#[test]
fn a_new_subcommand_of_a_known_container_can_be_learned() {
    let mut table = Table::default();
    for row in learned("*10 +cluster|new :2 *1 +stale :0 :0 :0 *0 *0 *0 *0").unwrap() {
        table.learn(row);
    }
    let mut keys = Vec::new();
    let class = classify(&table, Command::line("CLUSTER NEW").args(), Rules::default(), &mut keys).unwrap();
    assert_eq!(table.row(class.row).name, "CLUSTER NEW");
}

#[test]
fn servers_without_key_specs_are_understood_by_first_last_and_step() {
    let rows = learned("*7 +mod.mset :-3 *2 +write +denyoom :1 :-1 :2 *0").unwrap();
    let find = Find::Range { last: -1, step: 2, limit: 0 };
    assert_eq!(rows[0].keys, Keys::Specs(vec![KeySpec { begin: Begin::Index(1), find }].into()));
    assert_eq!(learned("*6 +mod.get :2 *1 +readonly :1 :1 :1").unwrap()[0].keys, Keys::First);
    assert_eq!(learned("*7 +mod.ping :1 *0 :0 :0 :0 *0").unwrap()[0].keys, Keys::None);
    let movable = &learned("*7 +mod.any :-2 *1 +movablekeys :0 :0 :0 *0").unwrap()[0];
    assert!(movable.flags.has(Flags::NEEDS_KEYS));
}

#[test]
fn tips_tell_where_to_send_and_how_to_merge() {
    let tips =
        |tips: &str, specs: &str| learned(&format!("*10 +m.x :-2 *0 :0 :0 :0 *0 {tips} {specs} *0")).unwrap().remove(0);
    let sum = tips("*2 +request_policy:all_shards +response_policy:agg_sum", "*0");
    assert_eq!((sum.handling.request, sum.handling.merge), (Request::AllPrimaries, Merge::Sum));
    let unmerged = tips("*1 +request_policy:all_nodes", "*0");
    assert_eq!((unmerged.handling.request, unmerged.handling.merge), (Request::AllNodes, Merge::PerNode));
    let keys = "*1 *4 +begin_search *4 +type +index +spec *2 +index :1 \
                +find_keys *4 +type +range +spec *6 +lastkey :-1 +keystep :1 +limit :0";
    let cut = tips("*1 +request_policy:multi_shard", keys);
    assert_eq!((cut.handling.split, cut.handling.merge), (Split::Keys { tail: 0 }, Merge::Position));
    assert_eq!(tips("*0", keys).handling.split, Split::Never);
}

#[test]
fn specs_that_are_no_keys_make_a_channel() {
    let row = &learned(
        "*10 +m.pub :3 *1 +pubsub :0 :0 :0 *0 *0 *1 *6 +flags *1 +not_key +begin_search *4 +type +index +spec *2 +index :1 \
         +find_keys *4 +type +range +spec *6 +lastkey :0 +keystep :1 +limit :0 *0",
    )
    .unwrap()[0];
    assert!(row.flags.has(Flags::CHANNEL | Flags::PUBSUB));
    assert_eq!(row.keys, Keys::First);
}

#[test]
fn what_is_no_command_info_teaches_nothing() {
    for resp in [
        "_",
        "*-1",
        "*0",
        "+get",
        "*2 +get :2",
        "*10 :1 :-4 *0 :0 :0 :0 *0 *0 *0 *0",
        "*6 +get :99999 *0 :0 :0 :0",
        "*6 +get :2 +x :1 :1 :1",
    ] {
        assert!(learned(resp).is_none(), "{resp}");
    }
}

#[test]
fn learning_a_name_again_replaces_its_row() {
    let mut table = Table::default();
    let first = table.learn(learned("*7 +m.x :2 *0 :0 :0 :0 *0").unwrap().remove(0));
    let second = table.learn(learned("*7 +m.x :3 *0 :0 :0 :0 *0").unwrap().remove(0));
    assert_eq!(first, second);
    assert_eq!(table.row(first).arity, 3);
}

#[test]
fn an_arity_below_the_words_of_a_name_is_told_as_no_arguments() {
    let lie = "*10 +box :-1 *0 :0 :0 :0 *0 *0 *0 *1 *10 +box|put :1 *0 :0 :0 :0 *0 *0 *0 *0";
    let mut table = Table::default();
    for row in learned(lie).unwrap() {
        table.learn(row);
    }
    let refused = classify(&table, Command::line("box put key").args(), Rules::default(), &mut Vec::new());
    let Err(Refusal::Misuse { code, message }) = refused else { panic!("{refused:?}") };
    assert_eq!((code, &*message), ("ARITY", "BOX PUT takes no arguments, 1 given"));
}
