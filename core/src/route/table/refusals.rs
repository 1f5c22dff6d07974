//! Why some commands cannot be sent on a shared connection of a cluster: code, reason, what to do instead.
//!
//! The `refusal` column of `commands.tsv` names these constants in lower case. What disturbs the connection itself is
//! refused on a single server too, for its connection is shared as well.

use crate::route::command::{OnLane, Refusal};

/// Not on a cluster, and no node could do it either.
const fn never(code: &'static str, message: &'static str) -> Refusal {
    Refusal { code, message, allowed_at_node: false, allowed_standalone: false, lifted_by: None, on_lane: None }
}

/// Not on a cluster, which has no such thing.
const fn not_on_cluster(code: &'static str, message: &'static str) -> Refusal {
    Refusal { code, message, allowed_at_node: false, allowed_standalone: true, lifted_by: None, on_lane: None }
}

/// Only with a node chosen by the caller.
const fn one_node(message: &'static str) -> Refusal {
    Refusal { code: "NODE", message, allowed_at_node: true, allowed_standalone: true, lifted_by: None, on_lane: None }
}

pub(super) static NODE: Refusal = one_node("it concerns one node and no key tells which: choose the node");
pub(super) static SCAN: Refusal = Refusal {
    on_lane: Some(OnLane::Scans),
    ..one_node("its cursor belongs to one node: scan all of them page by page, or send it to a chosen node")
};
pub(super) static CURSOR: Refusal = one_node("a cursor lives on the node that gave it: send this to that node");
pub(super) static SHUTDOWN: Refusal = one_node("it would stop a server of the cluster: choose which");

pub(super) static SELECT: Refusal = Refusal {
    lifted_by: Some("0"),
    ..never("DATABASE", "the connection is shared and a cluster has database 0 only: connect with the database wanted")
};
pub(super) static DATABASE: Refusal =
    not_on_cluster("DATABASE", "a cluster has database 0 only: write the keys under other names instead");
pub(super) static REPLICATION: Refusal =
    not_on_cluster("REPLICATION", "on a cluster use CLUSTER REPLICATE or CLUSTER FAILOVER on a chosen node instead");

pub(super) static TRANSACTION: Refusal = never(
    "SESSION",
    "on a shared connection it would catch other callers' commands: give a unit's commands together (atomic)",
);
pub(super) static WATCH: Refusal = Refusal {
    on_lane: Some(OnLane::Watches),
    ..never(
        "SESSION",
        "on a shared connection it would concern other callers' commands: watch keys in a session, which has its own",
    )
};
pub(super) static WAIT: Refusal = Refusal {
    on_lane: Some(OnLane::Waits),
    ..never(
        "SESSION",
        "it speaks of its own connection's writes, and this one is shared: wait in the session that wrote",
    )
};
pub(super) static FIELDSET: Refusal =
    never("SESSION", "its field sets live on one connection, and this one is shared: it needs a connection of its own");
pub(super) static SUBSCRIBE: Refusal = Refusal {
    on_lane: Some(OnLane::Subscribes),
    ..never(
        "SUBSCRIBE",
        "it would turn a shared connection into a subscriber's: subscriptions need a connection of their own",
    )
};
pub(super) static CONNECTION: Refusal = never(
    "CONNECTION",
    "it changes the state of a connection shared with other callers: set it in the client's options instead",
);
pub(super) static STREAM: Refusal =
    never("STREAM", "it never stops answering: use redis-cli or a connection of your own for it");
pub(super) static INTERNAL: Refusal = never("INTERNAL", "servers say it to each other, clients have no use for it");
pub(super) static SENTINEL: Refusal = never("SENTINEL", "it is for Sentinel servers, which are not part of a cluster");
