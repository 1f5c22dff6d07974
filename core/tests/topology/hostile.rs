//! Replies that no honest server sends: refused or read as nothing, never a panic, never time out of proportion.

use bytes::Bytes;
use slotpipe_core::{
    port::Address,
    route::topology::{BadView, Topology},
};

use crate::tape::{Tape, addresses, adopted, dialled, from_resp, owner, read, replicas, view};

#[test]
fn malformed_slots_are_no_view() {
    for slots in [
        "null",
        "7",
        "'text'",
        "{}",
        "[7]",
        "[[]]",
        "[[0]]",
        "[['0' 1 ['h' 1 'a']]]",
        "[[0 16384 ['h' 1 'a']]]",
        "[[-1 5 ['h' 1 'a']]]",
        "[[65536 65536 ['h' 1 'a']]]",
        "[[4294967296 4294967297 ['h' 1 'a']]]",
        "[[5 4 ['h' 1 'a']]]",
        "[[0 5 'h']]",
        "[[0 5 []]]",
        "[[0 5 ['h']]]",
        "[[0 5 [7 1 'a']]]",
        "[[0 5 ['h' '1' 'a']]]",
        "[[0 5 ['h' 1 7]]]",
        "[[0 5 ['h' 1 '']]]",
        "[[0 5 ['h' 1 'two words']]]",
        "[[0 5 ['h' 1 'a' 7]]]",
        "[[0 5 ['h' 1 'a' ['odd']]]]",
        "[[0 5 ['h' 1 'a']] [5 6 ['h' 2 'b']]]",
        "[[0 5 ['h' 1 'a']] [0 5 ['h' 1 'a']]]",
    ] {
        let error = read(slots, None, &dialled(), false);
        assert!(matches!(error, Err(BadView::Form(_))), "{slots}: {error:?}");
    }
}

#[test]
fn more_entries_than_slots_are_no_view() {
    let slots = format!("[{}]", "[0 0] ".repeat(16_385));
    assert!(matches!(read(&slots, None, &dialled(), false), Err(BadView::Form(_))));
}

#[test]
fn a_range_without_nodes_is_a_hole() {
    let map = adopted(&[read("[[0 5] [6 9 ['h' 1 'a']]]", None, &dialled(), false).unwrap()]);
    assert_eq!((owner(&map, 0), owner(&map, 6)), ("nobody".into(), "h:1".into()));
}

#[test]
fn unusable_hosts_and_ports_are_not_dialled() {
    for (host, port) in [
        ("a b", 1),
        ("a\0b", 1),
        ("a\nb", 1),
        ("a/b", 1),
        ("user@a", 1),
        ("é", 1),
        ("h", 0),
        ("h", -1),
        ("h", 65536),
        ("h", i64::MAX),
    ] {
        let map = adopted(&[read(&format!("[[0 5 ['{host}' {port} 'a']]]"), None, &dialled(), false).unwrap()]);
        assert_eq!(owner(&map, 0), "nobody", "{host:?}:{port}");
        assert_eq!(map.nodes().count(), 0);
    }
    let long = "x".repeat(254);
    let map = adopted(&[read(&format!("[[0 5 ['{long}' 1 'a']]]"), None, &dialled(), false).unwrap()]);
    assert_eq!(owner(&map, 0), "nobody");
}

#[test]
fn names_that_mean_something_elsewhere_mean_nothing_here() {
    let nodes = "__proto__ __proto__:1@9 master - 0 0 1 c\nconstructor toString:2@9 slave __proto__ 0 0 1 c\n";
    let map = adopted(&[view("[[0 99 ['__proto__' 1 '__proto__' []] ['toString' 2 'constructor' []]]]", nodes)]);
    assert_eq!(owner(&map, 0), "__proto__:1");
    assert_eq!(replicas(&map, 0), ["toString:2"]);
}

#[test]
fn a_node_that_replicates_itself_or_is_listed_twice_is_no_replica_of_itself() {
    let nodes = "a h:1@9 slave a 0 0 1 c\nb h:2@9 slave a 0 0 1 c\n";
    let slots = "[[0 9 ['h' 1 'a' []] ['h' 1 'a' []] ['h' 2 'b' []] ['h' 2 'b' []]]]";
    let map = adopted(&[view(slots, nodes)]);
    assert_eq!(owner(&map, 0), "h:1");
    assert_eq!(replicas(&map, 0), ["h:2"]);
    let circle = "a h:1@9 slave b 0 0 1 c\nb h:2@9 slave a 0 0 1 c\n";
    let map = adopted(&[view("[[0 9 ['h' 1 'a' []] ['h' 2 'b' []]]]", circle)]);
    assert_eq!(addresses(&map, map.primaries()), ["h:1"]);
}

#[test]
fn malformed_nodes_are_no_view_and_the_line_is_named() {
    let nodes = "a h:1@9 master - 0 0 1 c\n\nb h:1\n";
    let error = read("[]", Some(nodes), &dialled(), false).unwrap_err().to_string();
    assert!(error.starts_with("CLUSTER NODES line 3: "), "{error}");
    let error = read("[]", Some("a\u{7} h:1@9 master - 0 0 1 c"), &dialled(), false).unwrap_err().to_string();
    assert!(error.contains("no node name"), "{error}");
}

fn captured() -> (Tape, Tape) {
    let mut replies = from_resp(include_bytes!("../data/topology/redis-7.0.15-unknown-endpoint.resp3"));
    let nodes = replies.remove(1);
    (replies.remove(0), nodes)
}

/// Adopting walks all slots, which takes its time in a debug build: only some are.
fn survives(slots: (&[u32], &[Bytes]), nodes: (&[u32], &[Bytes]), turn: usize) {
    let view = Topology::read_view(slots, nodes, &dialled(), true);
    if let (Ok(view), true) = (view, turn.is_multiple_of(16)) {
        Topology::new(4).adopt(&[view.clone(), view]);
    }
}

#[test]
fn a_tape_cut_anywhere_is_refused_without_a_panic() {
    let (slots, nodes) = captured();
    for cut in 0..slots.words.len() {
        let view = Topology::read_view((&slots.words[..cut], &slots.buffers), nodes.parts(), &dialled(), false);
        assert!(view.is_err(), "cut at word {cut}");
    }
    for cut in 0..nodes.words.len() {
        assert!(Topology::read_view(slots.parts(), (&nodes.words[..cut], &nodes.buffers), &dialled(), false).is_err());
    }
}

#[test]
fn a_tape_whose_places_do_not_exist_is_refused_without_a_panic() {
    let (slots, nodes) = captured();
    let none: &[Bytes] = &[];
    assert!(Topology::read_view((&slots.words, none), nodes.parts(), &dialled(), false).is_err());
    assert!(Topology::read_view(slots.parts(), (&nodes.words, none), &dialled(), false).is_err());
    for position in 0..slots.words.len() {
        for word in [0, 1, 2, 5, 10, 12, 13, 14, 200, 16_384, u32::MAX - 1, u32::MAX] {
            let mut words = slots.words.clone();
            words[position] = word;
            survives((&words, &slots.buffers), nodes.parts(), position);
        }
    }
}

#[test]
fn texts_of_nodes_with_any_byte_exchanged_are_read_or_refused_without_a_panic() {
    let (slots, nodes) = captured();
    let text = nodes.buffers[1].to_vec();
    for position in 0..text.len() {
        for byte in [b' ', b',', 0xff] {
            let mut text = text.clone();
            text[position] = byte;
            let buffers = [Bytes::new(), Bytes::from(text)];
            survives(slots.parts(), (&nodes.words, &buffers), position);
        }
    }
}

#[test]
fn a_million_replicas_of_one_primary_are_one() {
    let slots = format!("[[0 16383 ['h' 1 'a'] {}]]", "['h' 2 'b'] ".repeat(1_000_000));
    let map = adopted(&[read(&slots, None, &dialled(), false).unwrap()]);
    assert_eq!(replicas(&map, 0), ["h:2"]);
}

#[test]
fn more_nodes_than_numbers_are_no_view() {
    let mut nodes = String::new();
    for node in 0..65_536 {
        nodes += &format!("n{node} h:1@9 master - 0 0 1 c\n");
    }
    let error = read("[]", Some(&nodes), &dialled(), false).unwrap_err().to_string();
    assert_eq!(error, "CLUSTER NODES line 65536: too many nodes");
    assert!(!Topology::new(10).is_listed(&Address::new("h", 1)));
}
