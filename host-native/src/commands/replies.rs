//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::answers::{reply_struct, *};

reply_struct! {
    /// From the reply of `ACL GETUSER`.
    AclGetuser {
        /// `flags`.
        flags: Vec<Bytes> = "flags",
        /// `passwords`.
        passwords: Vec<Bytes> = "passwords",
        /// `commands`.
        commands: Bytes = "commands",
        /// `keys`.
        keys: Bytes = "keys",
        /// `channels`.
        channels: Bytes = "channels",
        /// `selectors`.
        selectors: Vec<AclGetuserSelector> = "selectors",
    }
}

reply_struct! {
    /// From the reply of `ACL GETUSER`.
    AclGetuserSelector {
        /// `commands`.
        commands: Bytes = "commands",
        /// `keys`.
        keys: Bytes = "keys",
        /// `channels`.
        channels: Bytes = "channels",
    }
}

reply_struct! {
    /// From the reply of `ACL LOG`.
    AclLogEntry {
        /// `count`.
        count: i64 = "count",
        /// `reason`.
        reason: Bytes = "reason",
        /// `context`.
        context: Bytes = "context",
        /// `object`.
        object: Bytes = "object",
        /// `username`.
        username: Bytes = "username",
        /// `age-seconds`.
        age_seconds: f64 = "age-seconds",
        /// `client-info`.
        client_info: Bytes = "client-info",
        /// `entry-id`.
        entry_id: Option<i64> = "entry-id" or none,
        /// `timestamp-created`.
        timestamp_created: Option<i64> = "timestamp-created" or none,
        /// `timestamp-last-updated`.
        timestamp_last_updated: Option<i64> = "timestamp-last-updated" or none,
    }
}

reply_struct! {
    /// From the reply of `CLIENT TRACKINGINFO`.
    ClientTrackinginfo {
        /// `flags`.
        flags: Vec<String> = "flags",
        /// `redirect`.
        redirect: i64 = "redirect",
        /// `prefixes`.
        prefixes: Vec<Bytes> = "prefixes",
    }
}

reply_struct! {
    /// From the reply of `CLUSTER LINKS`.
    ClusterLink {
        /// `direction`.
        direction: String = "direction",
        /// `node`.
        node: Bytes = "node",
        /// `create-time`.
        create_time: i64 = "create-time",
        /// `events`.
        events: Bytes = "events",
        /// `send-buffer-allocated`.
        send_buffer_allocated: i64 = "send-buffer-allocated",
        /// `send-buffer-used`.
        send_buffer_used: i64 = "send-buffer-used",
    }
}

reply_struct! {
    /// From the reply of `CLUSTER SHARDS`.
    ClusterShard {
        /// `slots`.
        slots: Vec<i64> = "slots",
        /// `nodes`.
        nodes: Vec<ClusterShardNode> = "nodes",
    }
}

reply_struct! {
    /// From the reply of `CLUSTER SHARDS`.
    ClusterShardNode {
        /// `id`.
        id: Bytes = "id",
        /// `port`.
        port: Option<i64> = "port" or none,
        /// `tls-port`.
        tls_port: Option<i64> = "tls-port" or none,
        /// `ip`.
        ip: Bytes = "ip",
        /// `endpoint`.
        endpoint: Option<Bytes> = "endpoint",
        /// `hostname`.
        hostname: Option<Bytes> = "hostname" or none,
        /// `role`.
        role: Bytes = "role",
        /// `replication-offset`.
        replication_offset: i64 = "replication-offset",
        /// `health`.
        health: Bytes = "health",
    }
}

reply_struct! {
    /// From the reply of `FUNCTION LIST`.
    FunctionListEntry {
        /// `library_name`.
        library_name: Bytes = "library_name",
        /// `engine`.
        engine: Bytes = "engine",
        /// `functions`.
        functions: Vec<FunctionListEntryFunction> = "functions",
        /// `library_code`.
        library_code: Option<Bytes> = "library_code" or none,
    }
}

reply_struct! {
    /// From the reply of `FUNCTION LIST`.
    FunctionListEntryFunction {
        /// `name`.
        name: Bytes = "name",
        /// `description`.
        description: Option<Bytes> = "description",
        /// `flags`.
        flags: Vec<Bytes> = "flags",
    }
}

reply_struct! {
    /// From the reply of `FUNCTION STATS`.
    FunctionStats {
        /// `running_script`.
        running_script: Option<FunctionStatsRunningScript> = "running_script",
        /// `engines`.
        engines: BTreeMap<Bytes, FunctionStatsEngine> = "engines",
    }
}

reply_struct! {
    /// From the reply of `FUNCTION STATS`.
    FunctionStatsRunningScript {
        /// `name`.
        name: Bytes = "name",
        /// `command`.
        command: Vec<Bytes> = "command",
        /// `duration_ms`.
        duration_ms: i64 = "duration_ms",
    }
}

reply_struct! {
    /// From the reply of `FUNCTION STATS`.
    FunctionStatsEngine {
        /// `libraries_count`.
        libraries_count: i64 = "libraries_count",
        /// `functions_count`.
        functions_count: i64 = "functions_count",
    }
}

reply_struct! {
    /// From the reply of `LATENCY HISTOGRAM`.
    LatencyHistogramEntry {
        /// `calls`.
        calls: i64 = "calls",
        /// `histogram_usec`.
        histogram_usec: BTreeMap<i64, i64> = "histogram_usec",
    }
}

reply_struct! {
    /// From the reply of `LCS`.
    LcsIdx {
        /// `matches`.
        matches: Vec<LcsMatch> = "matches",
        /// `len`.
        len: i64 = "len",
    }
}

reply_struct! {
    /// From the reply of `MODULE LIST`.
    ModuleListEntry {
        /// `name`.
        name: Bytes = "name",
        /// `ver`.
        ver: i64 = "ver",
        /// `path`.
        path: Option<Bytes> = "path" or none,
        /// `args`.
        args: Option<Vec<Bytes>> = "args" or none,
    }
}

reply_struct! {
    /// From the reply of `XINFO CONSUMERS`.
    XinfoConsumer {
        /// `name`.
        name: Bytes = "name",
        /// `pending`.
        pending: i64 = "pending",
        /// `idle`.
        idle: i64 = "idle",
        /// `inactive`.
        inactive: Option<i64> = "inactive" or none,
    }
}

reply_struct! {
    /// From the reply of `XINFO GROUPS`.
    XinfoGroup {
        /// `name`.
        name: Bytes = "name",
        /// `consumers`.
        consumers: i64 = "consumers",
        /// `pending`.
        pending: i64 = "pending",
        /// `last-delivered-id`.
        last_delivered_id: Bytes = "last-delivered-id",
        /// `entries-read`.
        entries_read: Option<i64> = "entries-read" or none,
        /// `lag`.
        lag: Option<i64> = "lag" or none,
    }
}

reply_struct! {
    /// From the reply of `XINFO STREAM`.
    XinfoStream {
        /// `length`.
        length: i64 = "length",
        /// `radix-tree-keys`.
        radix_tree_keys: i64 = "radix-tree-keys",
        /// `radix-tree-nodes`.
        radix_tree_nodes: i64 = "radix-tree-nodes",
        /// `last-generated-id`.
        last_generated_id: Bytes = "last-generated-id",
        /// `max-deleted-entry-id`.
        max_deleted_entry_id: Option<Bytes> = "max-deleted-entry-id" or none,
        /// `recorded-first-entry-id`.
        recorded_first_entry_id: Option<Bytes> = "recorded-first-entry-id" or none,
        /// `entries-added`.
        entries_added: Option<i64> = "entries-added" or none,
        /// `groups`.
        groups: i64 = "groups",
        /// `first-entry`.
        first_entry: Option<StreamEntry> = "first-entry",
        /// `last-entry`.
        last_entry: Option<StreamEntry> = "last-entry",
    }
}

reply_struct! {
    /// From the reply of `XINFO STREAM`.
    XinfoStreamFull {
        /// `length`.
        length: i64 = "length",
        /// `radix-tree-keys`.
        radix_tree_keys: i64 = "radix-tree-keys",
        /// `radix-tree-nodes`.
        radix_tree_nodes: i64 = "radix-tree-nodes",
        /// `last-generated-id`.
        last_generated_id: Bytes = "last-generated-id",
        /// `max-deleted-entry-id`.
        max_deleted_entry_id: Option<Bytes> = "max-deleted-entry-id" or none,
        /// `recorded-first-entry-id`.
        recorded_first_entry_id: Option<Bytes> = "recorded-first-entry-id" or none,
        /// `entries-added`.
        entries_added: Option<i64> = "entries-added" or none,
        /// `entries`.
        entries: Vec<StreamEntry> = "entries",
        /// `groups`.
        groups: Vec<XinfoStreamFullGroup> = "groups",
    }
}

reply_struct! {
    /// From the reply of `XINFO STREAM`.
    XinfoStreamFullGroup {
        /// `name`.
        name: Bytes = "name",
        /// `last-delivered-id`.
        last_delivered_id: Bytes = "last-delivered-id",
        /// `entries-read`.
        entries_read: Option<i64> = "entries-read" or none,
        /// `lag`.
        lag: Option<i64> = "lag" or none,
        /// `pel-count`.
        pel_count: i64 = "pel-count",
        /// `pending`.
        pending: Vec<(Bytes, Bytes, i64, i64)> = "pending",
        /// `consumers`.
        consumers: Vec<XinfoStreamFullGroupConsumer> = "consumers",
    }
}

reply_struct! {
    /// From the reply of `XINFO STREAM`.
    XinfoStreamFullGroupConsumer {
        /// `name`.
        name: Bytes = "name",
        /// `active-time`.
        active_time: Option<i64> = "active-time" or none,
        /// `seen-time`.
        seen_time: i64 = "seen-time",
        /// `pel-count`.
        pel_count: i64 = "pel-count",
        /// `pending`.
        pending: Vec<(Bytes, i64, i64)> = "pending",
    }
}
