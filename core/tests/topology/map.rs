//! The map between refreshes: redirects, numbers, room.

use slotpipe_core::{
    port::Address,
    route::topology::{NodeId, Topology},
};

use crate::tape::{addresses, adopted, owner, replicas, slot, view};

fn two_shards() -> Topology {
    let nodes = "a h:1@9 master - 0 0 1 c\nb h:2@9 slave a 0 0 1 c\nc h:3@9 slave a 0 0 1 c\n\
                 d h:4@9 master - 0 0 2 c\ne h:5@9 slave d 0 0 2 c\n";
    adopted(&[view(
        "[[0 99 ['h' 1 'a' []] ['h' 2 'b' []] ['h' 3 'c' []]] [100 199 ['h' 4 'd' []] ['h' 5 'e' []]]]",
        nodes,
    )])
}

fn at(map: &Topology, port: u16) -> NodeId {
    map.find(&Address::new("h", port)).expect("a known node")
}

#[test]
fn moved_gives_the_slot_to_the_other_shard_with_its_replicas() {
    let mut map = two_shards();
    map.patch(slot(7), at(&map, 4));
    assert_eq!((owner(&map, 6), owner(&map, 7), owner(&map, 8)), ("h:1".into(), "h:4".into(), "h:1".into()));
    assert_eq!(replicas(&map, 7), ["h:5"]);
    assert_eq!(replicas(&map, 8), ["h:2", "h:3"]);
}

#[test]
fn moved_to_a_replica_swaps_the_roles_for_that_slot() {
    let mut map = two_shards();
    map.patch(slot(7), at(&map, 2));
    assert_eq!(owner(&map, 7), "h:2");
    assert_eq!(replicas(&map, 7), ["h:3", "h:1"]);
    assert_eq!(owner(&map, 8), "h:1");
    assert_eq!(replicas(&map, 8), ["h:2", "h:3"], "other slots wait for their own news");
    assert_eq!(map.node(at(&map, 2)).primary, None);
    map.patch(slot(8), at(&map, 2));
    assert_eq!(replicas(&map, 8), ["h:3", "h:1"]);
}

#[test]
fn moved_to_a_stranger_has_no_replicas_yet() {
    let mut map = two_shards();
    let stranger = map.intern(&Address::new("new", 1)).unwrap();
    assert!(!map.node(stranger).listed);
    map.patch(slot(7), stranger);
    assert_eq!(owner(&map, 7), "new:1");
    assert!(replicas(&map, 7).is_empty());
    assert!(!map.is_listed(&Address::new("new", 1)), "a redirect lists nobody");
    assert!(map.nodes().all(|id| id != stranger));
}

#[test]
fn moved_of_a_slot_without_owner_fills_the_hole() {
    let mut map = two_shards();
    map.patch(slot(5000), at(&map, 4));
    assert_eq!(owner(&map, 5000), "h:4");
    assert_eq!(map.ranges().len(), 3);
}

#[test]
fn moved_to_another_name_of_a_listed_node_is_moved_to_that_node() {
    let mut map = Topology::new(10);
    let by_name = map.intern(&Address::new("a.example", 1)).unwrap();
    map.adopt(&[view("[[0 99 ['10.0.0.1' 1 'a' []]]]", "a 10.0.0.1:1@9,a.example master - 0 0 1 c\n")]);
    map.patch(slot(500), by_name);
    assert_eq!(owner(&map, 500), "10.0.0.1:1");
    assert_eq!(map.owners().len(), 1);
}

#[test]
fn owners_stay_in_the_order_of_their_lowest_slot_whatever_is_patched() {
    let mut map = two_shards();
    let nodes: Vec<NodeId> = map.nodes().collect();
    let mut random = 7u64;
    for _ in 0..3000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = (random >> 33) % 60 * 3;
        let node = nodes[usize::try_from(random >> 50).unwrap() % nodes.len()];
        map.patch(slot(u16::try_from(number).unwrap()), node);
        let mut expected = Vec::new();
        for (_, _, owner) in map.ranges() {
            if !expected.contains(&owner) {
                expected.push(owner);
            }
        }
        assert_eq!(map.owners(), expected);
    }
}

#[test]
fn a_number_stays_with_its_address() {
    let mut map = two_shards();
    let (first, other) = (at(&map, 1), at(&map, 5));
    map.adopt(&[view("[[0 99 ['h' 5 'e' []]]]", "e h:5@9 master - 0 0 9 c\n")]);
    assert_eq!((at(&map, 1), at(&map, 5)), (first, other));
    assert!(!map.node(first).listed);
    assert_eq!(map.intern(&Address::new("h", 1)), Some(first));
}

#[test]
fn a_full_map_forgets_the_stranger_longest_not_asked_for() {
    let mut map = Topology::new(4);
    let name = |host: &str| Address::new(host, 1);
    let seed = map.intern_seed(&name("seed")).unwrap();
    map.adopt(&[view("[[0 99 ['h' 1 'a' []]]]", "a h:1@9 master - 0 0 1 c\n")]);
    let first = map.intern(&name("first")).unwrap();
    let second = map.intern(&name("second")).unwrap();
    assert_eq!(map.intern(&name("first")), Some(first));
    assert_eq!(map.intern(&name("third")), Some(second), "its number is used again");
    assert_eq!(map.find(&name("second")), None);
    assert_eq!(map.find(&name("first")), Some(first));
    assert_eq!(map.find(&name("seed")), Some(seed));
    assert_eq!(map.node(second).address, name("third"));
}

#[test]
fn owners_listed_nodes_and_seeds_are_never_forgotten() {
    let mut map = Topology::new(3);
    map.intern_seed(&Address::new("seed", 1)).unwrap();
    map.adopt(&[view("[[0 99 ['h' 1 'a' []]]]", "a h:1@9 master - 0 0 1 c\n")]);
    let stranger = map.intern(&Address::new("owner", 1)).unwrap();
    map.patch(slot(7), stranger);
    assert_eq!(map.intern(&Address::new("one", 1)), None, "nobody can go");
    assert_eq!(owner(&map, 7), "owner:1");
    map.patch(slot(7), at(&map, 1));
    assert_eq!(map.intern(&Address::new("one", 1)), Some(stranger));
}

#[test]
fn more_nodes_than_fit_leave_their_slots_without_owner_and_the_owners_come_first() {
    let mut nodes = String::new();
    for port in 1..=9 {
        nodes += &format!("n{port} h:{port}@9 master - 0 0 {port} c\n");
    }
    let mut map = Topology::new(3);
    map.adopt(&[view("[[0 9 ['h' 8 'n8' []]] [10 19 ['h' 9 'n9' []]]]", &nodes)]);
    assert_eq!((owner(&map, 0), owner(&map, 10)), ("h:8".into(), "h:9".into()));
    assert_eq!(map.nodes().count(), 3);
    let mut tight = Topology::new(1);
    tight.adopt(&[view("[[0 9 ['h' 8 'n8' []]] [10 19 ['h' 9 'n9' []]]]", &nodes)]);
    assert_eq!((owner(&tight, 0), owner(&tight, 10)), ("h:8".into(), "nobody".into()));
}

#[test]
fn a_cluster_that_moves_house_again_and_again_never_fills_the_map() {
    let mut map = Topology::new(8);
    for generation in 0..100 {
        let nodes = format!("a g{generation}:1@9 master - 0 0 1 c\nb g{generation}:2@9 slave a 0 0 1 c\n");
        let slots = format!("[[0 16383 ['g{generation}' 1 'a' []] ['g{generation}' 2 'b' []]]]");
        assert!(map.adopt(&[view(&slots, &nodes)]).any);
        assert_eq!(owner(&map, 0), format!("g{generation}:1"));
        assert_eq!(replicas(&map, 0), [format!("g{generation}:2")]);
    }
}

#[test]
fn an_invented_map_shares_slots_as_redis_cli_does() {
    let map = Topology::invented(3);
    let ranges: Vec<_> = map.ranges().into_iter().map(|(first, last, _)| (first, last)).collect();
    assert_eq!(ranges, [(0, 5460), (5461, 10922), (10923, 16383)]);
    assert_eq!(addresses(&map, map.nodes()), ["node-1:6379", "node-2:6379", "node-3:6379"]);
    assert_eq!(Topology::invented(0).owners().len(), 1);
    assert_eq!(Topology::invented(1000).owners().len(), 1000);
    assert_eq!(Topology::invented(u16::MAX).owners().len(), 16384);
}
