//! What a redis-server 7.0.15 cluster of three primaries and three replicas said, byte for byte, in both protocols:
//! `tests/data/topology/*.resp2` and `.resp3` hold its answers to CLUSTER SLOTS and CLUSTER NODES back to back.

use slotpipe_core::{port::Address, route::topology::Topology};

use crate::tape::{addresses, from_resp, owner, replicas, slot};

macro_rules! capture {
    ($name:literal) => {
        [
            &include_bytes!(concat!("../data/topology/redis-7.0.15-", $name, ".resp2"))[..],
            &include_bytes!(concat!("../data/topology/redis-7.0.15-", $name, ".resp3"))[..],
        ]
    };
}

/// Both protocols must give the same map.
fn both(captures: [&[u8]; 2], from: &Address, check: impl Fn(&Topology)) {
    for capture in captures {
        let replies = from_resp(capture);
        let view = Topology::read_view(replies[0].parts(), replies[1].parts(), from, false).expect("a view");
        let mut map = Topology::new(1000);
        assert!(map.adopt(std::slice::from_ref(&view)).any);
        assert!(!map.adopt(&[view]).any, "the same view changes nothing");
        check(&map);
    }
}

fn first() -> Address {
    Address::new("127.0.0.1", 21730)
}

#[test]
fn a_cluster_that_prefers_ips() {
    both(capture!("migrating"), &first(), |map| {
        let primaries = ["127.0.0.1:21730", "127.0.0.1:21731", "127.0.0.1:21732"];
        assert_eq!(addresses(map, map.owners().iter().copied()), primaries);
        let ranges: Vec<_> = map.ranges().into_iter().map(|(first, last, _)| (first, last)).collect();
        assert_eq!(ranges, [(0, 5460), (5461, 10922), (10923, 16383)]);
        assert_eq!(replicas(map, 0), ["127.0.0.1:21734"]);
        assert_eq!(replicas(map, 16383), ["127.0.0.1:21733"]);
        assert_eq!(map.nodes().count(), 6);
        let id = map.owner(slot(0)).unwrap();
        assert_eq!(map.node(id).name, "7ec8dac8a9692993dc53ea435f143b21fe232aca");
    });
}

#[test]
fn replicas_that_are_still_syncing_are_members_but_do_not_serve() {
    both(capture!("replicas-syncing"), &first(), |map| {
        assert_eq!(map.nodes().count(), 6);
        assert_eq!(map.primaries().count(), 3);
        for number in [0, 5461, 16383] {
            assert!(map.replicas(slot(number)).is_empty());
        }
    });
}

#[test]
fn a_leaving_and_an_arriving_slot_are_marked() {
    both(capture!("migrating"), &first(), |map| {
        assert!(map.is_migrating(slot(93)));
        assert!(!map.is_migrating(slot(92)));
    });
    both(capture!("importing"), &Address::new("127.0.0.1", 21731), |map| assert!(map.is_migrating(slot(93))));
}

#[test]
fn a_cluster_that_prefers_host_names_falls_back_to_the_ip_where_it_has_none() {
    both(capture!("hostname"), &first(), |map| {
        assert_eq!(owner(map, 0), "node-1.redis.example:21730");
        assert_eq!(replicas(map, 0), ["127.0.0.1:21734"], "the endpoint was `?`");
        assert_eq!(replicas(map, 5461), ["node-6.redis.example:21735"]);
        assert!(map.is_listed(&Address::new("127.0.0.1", 21730)), "its ip is another name of it");
        assert_eq!(map.find(&Address::new("127.0.0.1", 21730)), map.owner(slot(0)));
    });
}

#[test]
fn a_cluster_with_unknown_endpoints_is_reached_where_it_was_dialled() {
    both(capture!("unknown-endpoint"), &Address::new("gate.example", 21730), |map| {
        assert_eq!(owner(map, 0), "gate.example:21730");
        assert_eq!(owner(map, 16383), "gate.example:21732");
        assert_eq!(replicas(map, 0), ["gate.example:21734"]);
        assert!(map.is_listed(&Address::new("node-2.redis.example", 21731)));
    });
}

#[test]
fn a_node_alone_knows_no_slots_and_not_its_own_address() {
    both(capture!("alone"), &Address::new("::1", 21730), |map| {
        assert_eq!(addresses(map, map.nodes()), ["::1:21730"]);
        assert!(map.owners().is_empty());
        assert_eq!(owner(map, 0), "nobody");
    });
}

#[test]
fn after_a_failover_the_lost_primary_is_listed_as_failing() {
    both(capture!("failed-over"), &first(), |map| {
        assert_eq!(owner(map, 5461), "127.0.0.1:21735");
        assert!(map.replicas(slot(5461)).is_empty());
        assert_eq!(map.nodes().count(), 5);
        let lost = map.find(&Address::new("127.0.0.1", 21731)).unwrap();
        assert!(map.node(lost).failing && map.node(lost).listed);
    });
}
