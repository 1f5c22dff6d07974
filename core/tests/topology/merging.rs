//! Several views become one map.

use std::fmt::Write;

use slotpipe_core::{
    port::Address,
    route::topology::{Topology, View},
};

use crate::tape::{addresses, adopted, dialled, owner, read, replicas, slot, view};

/// A view in which slots 0..99 belong to the node with this letter at this epoch; `a` to `d` at ports 1 to 4 are members.
fn claim(letter: char, epoch: u64) -> View {
    let mut nodes = String::new();
    for (member, port) in ('a'..='d').zip(1..) {
        let epoch = if member == letter { epoch } else { 0 };
        writeln!(nodes, "{member} h:{port}@9 master - 0 0 {epoch} connected").unwrap();
    }
    view(&format!("[[0 99 ['h' {} '{letter}' []]]]", port(letter)), &nodes)
}

fn port(letter: char) -> u32 {
    u32::from(letter) - u32::from('a') + 1
}

/// The same with NODES refused.
fn bare_claim(letter: char) -> View {
    read(&format!("[[0 99 ['h' {} '{letter}' []]]]", port(letter)), None, &dialled(), false).unwrap()
}

/// A view without slots, of these lines.
fn listing(nodes: &str) -> View {
    view("[]", nodes)
}

#[test]
fn the_greatest_config_epoch_wins_over_any_majority() {
    let map = adopted(&[claim('a', 3), claim('a', 3), claim('b', 4)]);
    assert_eq!(owner(&map, 50), "h:2");
}

#[test]
fn what_a_third_node_has_heard_does_not_make_an_owner_of_one_that_names_another() {
    let says = |myself: char, owner: char| {
        let mut nodes = String::new();
        for (member, epoch, port) in [('a', 6, 1), ('b', 5, 2), ('c', 3, 3)] {
            let flags = if member == myself { "myself,master" } else { "master" };
            writeln!(nodes, "{member} h:{port}@9 {flags} - 0 0 {epoch} connected").unwrap();
        }
        view(&format!("[[0 99 ['h' {} '{owner}' []]]]", port(owner)), &nodes)
    };
    // c has not heard of the move from a to b, and a has the newer epoch.
    assert_eq!(owner(&adopted(&[says('c', 'a'), says('a', 'b'), says('b', 'b')]), 50), "h:2");
    assert_eq!(owner(&adopted(&[says('c', 'a'), says('b', 'b')]), 50), "h:1");
}

#[test]
fn on_equal_epochs_the_majority_wins() {
    assert_eq!(owner(&adopted(&[claim('a', 3), claim('b', 3), claim('b', 3)]), 50), "h:2");
    assert_eq!(owner(&adopted(&[bare_claim('c'), bare_claim('b'), bare_claim('b')]), 50), "h:2");
}

#[test]
fn without_a_majority_the_first_view_wins() {
    assert_eq!(owner(&adopted(&[claim('c', 3), claim('b', 3)]), 50), "h:3");
}

#[test]
fn a_claim_without_epoch_loses_to_one_with() {
    assert_eq!(owner(&adopted(&[bare_claim('a'), bare_claim('a'), claim('b', 0)]), 50), "h:2");
}

#[test]
fn a_node_that_left_its_role_behind_is_not_also_a_replica() {
    let before = "a h:1@9 master - 0 0 1 connected 0-99\nb h:2@9 slave a 0 0 1 connected\n";
    let after = "a h:1@9 slave b 0 0 2 connected\nb h:2@9 master - 0 0 2 connected 0-99\n";
    let old = view("[[0 99 ['h' 1 'a' []] ['h' 2 'b' []]]]", before);
    let new = view("[[0 99 ['h' 2 'b' []] ['h' 1 'a' []]]]", after);
    for views in [[old.clone(), new.clone()], [new, old]] {
        let map = adopted(&views);
        assert_eq!(owner(&map, 0), "h:2");
        assert_eq!(replicas(&map, 0), ["h:1"]);
        assert_eq!(addresses(&map, map.primaries()), ["h:2"]);
    }
}

#[test]
fn a_hole_keeps_its_owner_while_that_is_a_listed_primary() {
    let mut map = adopted(&[claim('a', 1)]);
    let others = view("[[200 299 ['h' 2 'b' []]]]", "a h:1@9 master,fail - 0 0 1 c\nb h:2@9 master - 0 0 2 c\n");
    map.adopt(&[others]);
    assert_eq!(owner(&map, 50), "h:1");
}

#[test]
fn a_hole_opens_when_its_owner_is_listed_as_a_replica() {
    let mut map = adopted(&[claim('a', 1)]);
    let others = view("[[200 299 ['h' 2 'b' []]]]", "a h:1@9 slave b 0 0 2 c\nb h:2@9 master - 0 0 2 c\n");
    assert!(map.adopt(&[others]).any);
    assert_eq!(owner(&map, 50), "nobody");
}

#[test]
fn a_hole_opens_when_its_owner_is_gone_from_every_view() {
    let mut map = adopted(&[claim('a', 1)]);
    let without = view("[[200 299 ['h' 2 'b' []]]]", "b h:2@9 master - 0 0 2 c\n");
    map.adopt(&[without.clone(), listing("a h:1@9 master - 0 0 1 c\n")]);
    assert_eq!(owner(&map, 50), "h:1", "one view still lists it");
    map.adopt(&[without]);
    assert_eq!(owner(&map, 50), "nobody");
    assert!(!map.is_listed(&Address::new("h", 1)));
}

#[test]
fn a_node_that_was_reset_proves_nobody_gone() {
    let mut map = adopted(&[claim('a', 1)]);
    map.adopt(&[listing("z h:9@9 myself,master - 0 0 0 connected\n")]);
    assert_eq!(owner(&map, 50), "h:1");
    assert!(map.is_listed(&Address::new("h", 1)));
    assert!(map.is_listed(&Address::new("h", 9)));
}

#[test]
fn a_refused_nodes_proves_nobody_gone() {
    let mut map = adopted(&[claim('a', 1)]);
    map.adopt(&[read("[[200 299 ['h' 2 'b' []]]]", None, &dialled(), false).unwrap()]);
    assert_eq!(owner(&map, 50), "h:1");
    assert!(map.is_listed(&Address::new("h", 1)));
}

#[test]
fn an_empty_primary_is_listed_but_owns_nothing() {
    let map = adopted(&[claim('a', 1)]);
    assert!(map.is_listed(&Address::new("h", 2)));
    assert_eq!(addresses(&map, map.owners().iter().copied()), ["h:1"]);
    assert_eq!(map.primaries().count(), 4);
}

#[test]
fn replicas_of_an_empty_primary_are_known_before_its_first_slot_comes() {
    let nodes = "a h:1@9 master - 0 0 1 c 0-99\nb h:2@9 master - 0 0 0 c\nc h:3@9 slave b 0 0 0 c\n";
    let mut map = adopted(&[view("[[0 99 ['h' 1 'a' []]]]", nodes)]);
    let empty = map.find(&Address::new("h", 2)).unwrap();
    map.patch(slot(7), empty);
    assert_eq!(replicas(&map, 7), ["h:3"]);
    assert!(replicas(&map, 8).is_empty());
}

#[test]
fn nodes_are_the_same_by_name_however_they_were_dialled() {
    let own = |from: &str| {
        let nodes = "a :1@9 myself,master - 0 0 1 c 0-99\n";
        read("[[0 99 ['' 1 'a']]]", Some(nodes), &Address::new(from, 1), false).unwrap()
    };
    let named = view("[[0 99 ['h' 1 'a']]]", "a h:1@9 master - 0 0 1 c\n");
    let map = adopted(&[own("seed.example"), named]);
    assert_eq!(addresses(&map, map.nodes()), ["h:1"], "an address that a server names is preferred");
    assert!(map.is_listed(&Address::new("seed.example", 1)));
}

#[test]
fn dialled_hosts_do_not_take_turns() {
    let own = |from: &str| {
        let nodes = "a :1@9 myself,master - 0 0 1 c 0-99\n";
        read("[[0 99 [null 1 'a' []]]]", Some(nodes), &Address::new(from, 1), false).unwrap()
    };
    let mut map = adopted(&[own("one.example"), own("two.example")]);
    assert_eq!(owner(&map, 0), "one.example:1");
    assert!(!map.adopt(&[own("two.example"), own("one.example")]).any);
    assert_eq!(owner(&map, 0), "one.example:1");
}

#[test]
fn one_opinion_does_not_make_a_node_failing_where_most_see_it_well() {
    let sees = |flags: &str| listing(&format!("a h:1@9 master{flags} - 0 0 1 c\n"));
    let failing = |views: &[View]| {
        let map = adopted(views);
        map.node(map.find(&Address::new("h", 1)).unwrap()).failing
    };
    assert!(failing(&[sees(",fail")]));
    assert!(failing(&[sees(",fail"), sees(",fail"), sees("")]));
    assert!(!failing(&[sees(",fail"), sees(""), sees("")]));
    assert!(!failing(&[sees(",fail"), sees("")]));
}

#[test]
fn the_successor_at_a_lost_nodes_address_is_shown() {
    let nodes = "old h:1@9 master,fail - 0 0 1 c\nnew h:1@9 master - 0 0 2 c\nb h:2@9 slave new 0 0 2 c\n";
    let map = adopted(&[view("[[0 99 ['h' 1 'new' []] ['h' 2 'b' []]]]", nodes)]);
    let node = map.node(map.owner(slot(0)).unwrap());
    assert_eq!((node.name.as_str(), node.failing), ("new", false));
    assert_eq!(replicas(&map, 0), ["h:2"]);
}

#[test]
fn a_migration_mark_stays_until_its_node_is_asked_again() {
    let nodes = |myself: char, mark: &str| {
        let mut text = String::new();
        for (node, port) in [('a', 1), ('b', 2)] {
            let (flags, mark) = if node == myself { ("myself,master", mark) } else { ("master", "") };
            writeln!(text, "{node} h:{port}@9 {flags} - 0 0 1 connected {mark}").unwrap();
        }
        view("[[0 99 ['h' 1 'a' []]]]", &text)
    };
    let mut map = adopted(&[nodes('a', "0-99 [7->-b]")]);
    assert!(map.is_migrating(slot(7)));
    map.adopt(&[nodes('b', "")]);
    assert!(map.is_migrating(slot(7)), "b does not know");
    map.adopt(&[nodes('b', "[8-<-a]")]);
    assert!(map.is_migrating(slot(7)) && map.is_migrating(slot(8)));
    map.adopt(&[nodes('a', "0-99"), nodes('b', "")]);
    assert!(!map.is_migrating(slot(7)) && !map.is_migrating(slot(8)));
}

#[test]
fn what_a_node_does_not_own_by_its_own_word_and_keeps_for_want_of_another_is_being_moved() {
    let says = |myself: char, owner: char| {
        let mut nodes = String::new();
        for (member, port) in [('a', 1), ('b', 2)] {
            let flags = if member == myself { "myself,master" } else { "master" };
            writeln!(nodes, "{member} h:{port}@9 {flags} - 0 0 {port} connected").unwrap();
        }
        view(&format!("[[0 0 ['h' {} '{owner}' []]] [1 1 ['h' 1 'a' []]] [2 2 ['h' 2 'b' []]]]", port(owner)), &nodes)
    };
    let mut map = adopted(&[says('a', 'a')]);
    assert!(!map.is_migrating(slot(0)));
    // Each says that it is the other's.
    map.adopt(&[says('a', 'b'), says('b', 'a')]);
    assert_eq!(owner(&map, 0), "h:1");
    assert_eq!([0, 1, 2].map(|number| map.is_migrating(slot(number))), [true, false, false]);
    map.adopt(&[says('b', 'b')]);
    assert!(map.is_migrating(slot(0)), "a was not asked");
    map.adopt(&[says('a', 'b')]);
    assert_eq!((owner(&map, 0).as_str(), map.is_migrating(slot(0))), ("h:2", false));
}

#[test]
fn only_what_routing_depends_on_counts_as_a_change() {
    let lines = |epoch, ping, flags, replica| {
        view(
            &format!("[[0 99 ['h' 1 'a' []]{}]]", if replica { "['h' 2 'b' []]" } else { "" }),
            &format!("a h:1@9 master{flags} - {ping} {ping} {epoch} c\nb h:2@9 slave a 0 0 1 c\n"),
        )
    };
    let mut map = adopted(&[lines(1, 0, "", false)]);
    assert!(!map.adopt(&[lines(2, 77, "", false)]).any, "an epoch and pings are no change of routing");
    map.intern(&Address::new("elsewhere", 1));
    assert!(!map.adopt(&[lines(2, 77, "", false)]).any, "neither is a number for a stranger");
    assert!(!map.adopt(&[]).any, "nor a refresh without views");
    assert!(map.adopt(&[lines(2, 77, ",fail", false)]).any);
    assert!(map.adopt(&[lines(2, 77, "", false)]).any);
    assert!(map.adopt(&[lines(2, 77, "", true)]).any, "a replica began to serve");
    map.patch(slot(3), map.find(&Address::new("h", 2)).unwrap());
    assert!(map.adopt(&[lines(2, 77, "", true)]).any, "a patch is undone");
    assert!(map.adopt(&[view("[]", "a h:1@9 master - 0 0 1 c\n")]).any, "a node left");
}

#[test]
fn a_map_of_one_server_gives_way_to_a_cluster() {
    let mut map = Topology::new(10);
    assert!(map.adopt_standalone(&Address::new("solo", 1)).any);
    assert!(!map.adopt_standalone(&Address::new("solo", 1)).any);
    assert!(map.is_standalone());
    assert_eq!(map.ranges().len(), 1);
    assert_eq!(addresses(&map, map.nodes()), ["solo:1"]);
    map.adopt(&[claim('a', 1)]);
    assert!(!map.is_standalone());
    assert_eq!(owner(&map, 0), "h:1");
    assert_eq!(owner(&map, 100), "nobody", "the single server owned all slots for want of a cluster only");
    assert!(map.adopt_standalone(&Address::new("solo", 1)).any);
    assert_eq!(addresses(&map, map.owners().iter().copied()), ["solo:1"]);
}
