//! The shapes of replies, version by version, written by hand.

use slotpipe_core::{
    port::Address,
    route::topology::{BadView, Topology},
};

use crate::tape::{addresses, adopted, bulk, dialled, from_resp, owner, read, replicas, reply, slot, view};

const REDIS_6_NODES: &str = "\
a 10.0.0.1:6379@16379 myself,master - 0 1426238316232 3 connected 0-8191
b 10.0.0.2:6379@16379 master - 0 1426238316232 4 connected 8192-16383
c 10.0.0.3:6379@16379 slave a 0 1426238318243 3 connected
";

#[test]
fn redis_6_gives_ip_port_and_name() {
    let map = adopted(&[view(
        "[[0 8191 ['10.0.0.1' 6379 'a'] ['10.0.0.3' 6379 'c']] [8192 16383 ['10.0.0.2' 6379 'b']]]",
        REDIS_6_NODES,
    )]);
    assert_eq!(owner(&map, 0), "10.0.0.1:6379");
    assert_eq!(replicas(&map, 8191), ["10.0.0.3:6379"]);
    assert_eq!(owner(&map, 8192), "10.0.0.2:6379");
    assert!(replicas(&map, 8192).is_empty());
}

#[test]
fn redis_6_leaves_its_own_ip_empty_until_it_has_met_another_node() {
    let view = view("[[0 16383 ['' 6379 'a']]]", "a :6379@16379 myself,master - 0 0 1 connected 0-16383\n");
    assert_eq!(owner(&adopted(&[view]), 0), "10.0.0.1:6379");
}

#[test]
fn before_redis_4_there_are_no_bus_ports_and_perhaps_no_names() {
    let nodes = "a 10.0.0.1:6379 myself,master - 0 0 1 connected 0-16383\n";
    let named = view("[[0 16383 ['10.0.0.1' 6379 'a']]]", nodes);
    assert_eq!(owner(&adopted(&[named]), 0), "10.0.0.1:6379");
    let nameless = read("[[0 8191 ['h' 1]] [8192 16383 ['h' 2] ['h' 3]]]", None, &dialled(), false).unwrap();
    let map = adopted(&[nameless]);
    assert_eq!((owner(&map, 0), owner(&map, 8192)), ("h:1".into(), "h:2".into()));
    assert_eq!(replicas(&map, 8192), ["h:3"]);
}

#[test]
fn metadata_is_a_flat_array_in_resp2_and_a_map_in_resp3() {
    let nodes = "a 10.0.0.1:6379@16379,one.example myself,master - 0 0 1 connected 0-16383\n";
    for metadata in ["['ip' '10.0.0.1' 'availability-zone' 'z1']", "{'ip' '10.0.0.1' 'availability-zone' 'z1'}"] {
        let map = adopted(&[view(&format!("[[0 16383 ['one.example' 6379 'a' {metadata}]]]"), nodes)]);
        assert_eq!(owner(&map, 0), "one.example:6379");
        assert_eq!(map.node(map.owner(slot(0)).unwrap()).zone, "z1");
        assert!(map.is_listed(&Address::new("10.0.0.1", 6379)));
    }
}

#[test]
fn metadata_of_later_versions_is_passed_over() {
    let slots = "[[0 16383 ['h' 1 'a' {'new' [1 ['x'] null] 'ip' '10.9.9.9' 'flag' 7} 'more' [1 2]]]]";
    let map = adopted(&[read(slots, None, &dialled(), false).unwrap()]);
    assert_eq!(owner(&map, 0), "h:1");
    assert!(map.is_listed(&Address::new("10.9.9.9", 1)));
}

#[test]
fn an_unknown_endpoint_falls_back_to_the_ip_of_nodes_then_to_its_host_name() {
    let line = |place: &str| format!("a {place} myself,master - 0 0 1 connected 0-16383\n");
    let slots = "[[0 16383 ['?' 6379 'a' []]]]";
    assert_eq!(owner(&adopted(&[view(slots, &line("10.0.0.9:6379@16379"))]), 0), "10.0.0.9:6379");
    let hostname = view(slots, &line(":6379@16379,nine.example"));
    assert_eq!(owner(&adopted(&[hostname]), 0), "nine.example:6379");
}

#[test]
fn without_any_usable_address_a_node_owns_nothing() {
    let map = adopted(&[read("[[0 16383 ['?' 6379 'a' []]]]", None, &dialled(), false).unwrap()]);
    assert_eq!(owner(&map, 0), "nobody");
    assert_eq!(map.nodes().count(), 0);
}

#[test]
fn a_null_endpoint_is_the_host_that_was_dialled_for_members_without_slots_too() {
    let nodes =
        "a 10.0.0.1:7000@1 myself,master - 0 0 1 connected 0-16383\nb 10.0.0.2:7001@1 master - 0 0 0 connected\n";
    let view = read("[[0 16383 [null 7000 'a' ['ip' '10.0.0.1']]]]", Some(nodes), &Address::new("nat", 1), false);
    let map = adopted(&[view.unwrap()]);
    assert_eq!(addresses(&map, map.primaries()), ["nat:7000", "nat:7001"]);
    assert!(map.is_listed(&Address::new("10.0.0.2", 7001)));
}

#[test]
fn members_without_slots_are_reached_by_name_where_the_cluster_prefers_names() {
    let nodes = "a 10.0.0.1:1@2,a.example myself,master - 0 0 1 connected 0-16383\n\
                 b 10.0.0.2:1@2,b.example master - 0 0 0 connected\n";
    let by_name = adopted(&[view("[[0 16383 ['a.example' 1 'a' []]]]", nodes)]);
    assert_eq!(addresses(&by_name, by_name.primaries()), ["a.example:1", "b.example:1"]);
    let by_ip = adopted(&[view("[[0 16383 ['10.0.0.1' 1 'a' []]]]", nodes)]);
    assert_eq!(addresses(&by_ip, by_ip.primaries()), ["10.0.0.1:1", "10.0.0.2:1"]);
}

#[test]
fn ipv6_splits_at_the_last_colon() {
    let nodes = "a 2001:db8::1:6379@16379 myself,master - 0 0 1 connected 0-16383\n\
                 b ::2:6380@16380 slave a 0 0 1 connected\n";
    let map = adopted(&[view("[[0 16383 ['2001:db8::1' 6379 'a' []]]]", nodes)]);
    assert_eq!(map.find(&Address::new("2001:db8::1", 6379)), map.owner(slot(0)));
    assert!(map.is_listed(&Address::new("::2", 6380)));
}

#[test]
fn tls_takes_the_tls_port_where_both_are_named() {
    let nodes = "a 10.0.0.1:6379@16379,,tls-port=6390,shard-id=5 myself,master - 0 0 1 connected 0-16383\n\
                 b 10.0.0.2:6379@16379,b.example,tcp-port=6379,tls-port=6391 master - 0 0 0 connected\n\
                 c 10.0.0.3:6379@16379,,tls-port=0 master - 0 0 0 connected\n\
                 d 10.0.0.4:6392@16379,,tcp-port=6379 master - 0 0 0 connected\n";
    let ports = |tls, port: u16| {
        let slots = format!("[[0 16383 ['10.0.0.1' {port} 'a' []]]]");
        let map = adopted(&[read(&slots, Some(nodes), &dialled(), tls).unwrap()]);
        map.primaries().map(|id| map.node(id).address.port).collect::<Vec<_>>()
    };
    assert_eq!(ports(true, 6390), [6390, 6391, 6379, 6392]);
    assert_eq!(ports(false, 6379), [6379, 6379, 6379, 6379]);
}

#[test]
fn zones_are_read_from_nodes() {
    let nodes = "a 10.0.0.1:1@2,,shard-id=x,availability-zone=eu-1a myself,master - 0 0 1 connected 0-16383\n";
    let map = adopted(&[view("[[0 16383 ['10.0.0.1' 1 'a' []]]]", nodes)]);
    assert_eq!(map.node(map.owner(slot(0)).unwrap()).zone, "eu-1a");
}

#[test]
fn flags_tell_members_from_strangers_and_the_healthy_from_the_failing() {
    let nodes = "a h:1@2 myself,master - 0 0 1 connected 0-16383\n\
                 b h:2@2 master,fail? - 0 0 2 connected\n\
                 c h:3@2 master,fail - 0 0 3 disconnected\n\
                 d h:4@2 handshake - 0 0 0 connected\n\
                 e :0@0 master,noaddr - 0 0 4 disconnected\n\
                 f h:6@2 slave,nofailover a 0 0 1 connected\n\
                 g h:7@2 noflags - 0 0 0 connected\n\
                 i h:8@2 slave,fail a 0 0 1 connected\n";
    let map = adopted(&[view("[[0 16383 ['h' 1 'a' []]]]", nodes)]);
    assert_eq!(addresses(&map, map.nodes()), ["h:1", "h:2", "h:7", "h:6"], "fail? is only a suspicion");
    assert_eq!(addresses(&map, map.primaries()), ["h:1", "h:2", "h:7", "h:3"]);
    assert!(!map.is_listed(&Address::new("h", 4)));
    assert!(map.is_listed(&Address::new("h", 8)));
}

#[test]
fn a_refused_nodes_leaves_slots_to_decide_alone() {
    let slots = "[[0 8191 ['h' 1 'a' []] ['h' 2 'b' []]] [8192 16383 ['h' 3 'c' []]]]";
    let map = adopted(&[read(slots, None, &dialled(), false).unwrap()]);
    assert_eq!(addresses(&map, map.nodes()), ["h:1", "h:3", "h:2"]);
    assert_eq!(replicas(&map, 0), ["h:2"]);
}

#[test]
fn attributes_in_front_of_values_are_passed_over() {
    let slots =
        from_resp(b"|1\r\n+ttl\r\n:1\r\n*1\r\n*3\r\n:0\r\n:16383\r\n|1\r\n+a\r\n*1\r\n:1\r\n*2\r\n$1\r\nh\r\n:1\r\n");
    let nodes = reply("!'NOPERM'");
    let view = Topology::read_view(slots[0].parts(), nodes.parts(), &dialled(), false).unwrap();
    assert_eq!(owner(&adopted(&[view]), 0), "h:1");
}

#[test]
fn a_server_without_cluster_mode_says_so() {
    let error = read("!'ERR This instance has cluster support disabled'", None, &dialled(), false);
    assert_eq!(error.unwrap_err(), BadView::Standalone);
}

#[test]
fn other_errors_are_the_servers() {
    let error = read("!'NOAUTH Authentication required.'", None, &dialled(), false).unwrap_err();
    assert_eq!(error, BadView::Server("NOAUTH Authentication required.".into()));
    assert_eq!(error.to_string(), "CLUSTER SLOTS was refused: NOAUTH Authentication required.");
}

#[test]
fn a_unix_socket_leads_to_the_node_behind_it_only() {
    let socket = Address::new("/run/redis.sock", 0);
    let nodes = "a :6379@16379 myself,master - 0 0 1 connected 0-8191\nb h:2@3 master - 0 0 2 connected 8192-16383\n";
    let view = read("[[0 8191 ['' 6379 'a']] [8192 16383 [null 2 'b']]]", Some(nodes), &socket, false).unwrap();
    let map = adopted(&[view]);
    assert_eq!(map.node(map.owner(slot(0)).unwrap()).address, socket);
    assert_eq!(owner(&map, 8192), "h:2");
}

#[test]
fn the_text_of_redis_cli_makes_a_map() {
    for text in [REDIS_6_NODES.to_owned(), REDIS_6_NODES.replace('\n', "\r\n"), format!("\n{REDIS_6_NODES}\n\n")] {
        let map = Topology::from_nodes_text(&text).unwrap();
        assert_eq!(owner(&map, 8191), "10.0.0.1:6379");
        assert_eq!(owner(&map, 8192), "10.0.0.2:6379");
        assert_eq!(replicas(&map, 0), ["10.0.0.3:6379"]);
    }
}

#[test]
fn the_servers_own_nodes_conf_makes_a_map_too() {
    let text = "a 10.0.0.1:6379@16379,,tls-port=0,shard-id=1 myself,master - 0 0 1 connected 0-99 200 [93->-b]\n\
                vars currentEpoch 6 lastVoteEpoch 0\n";
    let map = Topology::from_nodes_text(text).unwrap();
    let ranges: Vec<_> = map.ranges().into_iter().map(|(first, last, _)| (first, last)).collect();
    assert_eq!(ranges, [(0, 99), (200, 200)]);
    assert!(map.is_migrating(slot(93)));
}

#[test]
fn a_text_that_is_none_is_refused_with_its_line() {
    let good = "a h:1@2 myself,master - 0 0 1 connected 0-99\n";
    for (line, what) in [
        ("b h:1@2 master", "fewer than 8 words"),
        ("b h:x@2 master - 0 0 1 connected", "the second word"),
        ("b h:70000@2 master - 0 0 1 connected", "the second word"),
        ("b h master - 0 0 1 connected", "the second word"),
        ("b h:1@2 master - 0 0 x connected", "config epoch"),
        ("b h:1@2 master - 0 0 1 connected 5-4", "a slot is not"),
        ("b h:1@2 master - 0 0 1 connected 16384", "a slot is not"),
        ("b h:1@2 master - 0 0 1 connected [7->x]", "a slot is not"),
        ("b h:1@2 master - 0 0 1 connected 99", "two ranges claim the same slot"),
        ("a h:1@2 master - 0 0 1 connected", "a second line for this node"),
    ] {
        let error = Topology::from_nodes_text(&format!("{good}{line}\n")).unwrap_err().to_string();
        assert!(error.starts_with("CLUSTER NODES line 2: ") && error.contains(what), "{line}: {error}");
    }
    let error = Topology::from_nodes_text("\n").unwrap_err().to_string();
    assert!(error.contains("redis-cli cluster nodes"), "{error}");
}

#[test]
fn nodes_may_come_as_any_kind_of_text_but_must_be_one() {
    let slots = reply("[]");
    for (nodes, good) in [
        (bulk(REDIS_6_NODES), true),
        (from_resp(b"=7\r\ntxt:   \r\n").remove(0), true),
        (reply("null"), false),
        (reply("[1 2]"), false),
        (reply("7"), false),
    ] {
        let view = Topology::read_view(slots.parts(), nodes.parts(), &dialled(), false);
        assert_eq!(view.is_ok(), good);
    }
}
