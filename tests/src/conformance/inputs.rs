//! Calls as lines, written and read.

use std::fmt::Write as _;

use slotpipe_core::{
    config::{Config, Coverage, Limits, Trust},
    port::{
        Address, Cause, Configure, Credentials, CrossSlot, Input, LaneId, LinkId, Micros, Order, ReadFrom, Retry,
        Route, ShardOrder, SubmitOptions,
    },
    wire::decode,
};

use super::text::{Words, escape, list, plain, unescape, word};

/// One call.
#[derive(Debug)]
pub(super) enum Call {
    New(Box<Config>),
    Submit { batch: Vec<u8>, options: SubmitOptions },
    Handle(Input),
    Cancel { first: u64, end: u64 },
    Release(LaneId),
    Configure(Configure),
    Poll,
    Explain { batch: Vec<u8>, options: SubmitOptions },
    Stats,
    Topology,
}

/// Begins the line of a call.
pub(super) fn begin(out: &mut String, now: Micros, verb: &str) {
    let _ = write!(out, "> {} {verb}", now.0);
}

pub(super) fn new(out: &mut String, now: Micros, config: &Config) {
    let Config {
        seeds,
        resp3,
        client_name,
        library,
        tls,
        trust,
        database,
        deadline_ms,
        slow_deadline_ms,
        connect_ms,
        reconnect_ms,
        reconnect_most_ms,
        max_redirects,
        read_from,
        measure_ms,
        idle_ms,
        unused_ms,
        refresh_ms,
        refresh_gap_ms,
        seeds_first,
        coverage,
        diagnostics,
        random_seed,
        limits,
    } = config;
    begin(out, now, "new");
    list(out, "seeds", seeds.iter().map(socket));
    plain(out, "resp3", resp3);
    if let Some(name) = client_name {
        word(out, "client_name", name);
    }
    list(out, "library", [&library.0, &library.1]);
    plain(out, "tls", tls);
    match trust {
        Trust::Listed => plain(out, "trust", "listed"),
        Trust::Server => plain(out, "trust", "server"),
        Trust::Only(nodes) => {
            plain(out, "trust", "only");
            list(out, "trusted", nodes.iter().map(socket));
        }
    }
    plain(out, "database", database);
    plain(out, "deadline_ms", deadline_ms);
    plain(out, "slow_deadline_ms", slow_deadline_ms);
    plain(out, "connect_ms", connect_ms);
    plain(out, "reconnect_ms", reconnect_ms);
    plain(out, "reconnect_most_ms", reconnect_most_ms);
    plain(out, "max_redirects", max_redirects);
    reads(out, read_from);
    plain(out, "measure_ms", measure_ms);
    plain(out, "idle_ms", idle_ms);
    plain(out, "unused_ms", unused_ms);
    plain(out, "refresh_ms", refresh_ms);
    plain(out, "refresh_gap_ms", refresh_gap_ms);
    plain(out, "seeds_first", seeds_first);
    let coverage = match coverage {
        Coverage::Partial => "partial",
        Coverage::Full => "full",
        Coverage::Server => "server",
    };
    plain(out, "coverage", coverage);
    plain(out, "diagnostics", diagnostics);
    plain(out, "random_seed", random_seed);
    let Limits {
        waiting_per_node,
        waiting_bytes_per_node,
        in_flight,
        window,
        window_bytes,
        dedicated_per_node,
        dedicated,
        dedicated_wait_ms,
        ..
    } = limits;
    plain(out, "waiting_per_node", waiting_per_node);
    plain(out, "waiting_bytes_per_node", waiting_bytes_per_node);
    plain(out, "in_flight", in_flight);
    plain(out, "window", window);
    plain(out, "window_bytes", window_bytes);
    plain(out, "dedicated_per_node", dedicated_per_node);
    plain(out, "dedicated", dedicated);
    if let Some(ms) = dedicated_wait_ms {
        plain(out, "dedicated_wait_ms", ms);
    }
    plain(out, "nodes", limits.nodes);
    let decode::Limits { depth, line, bulk, frame } = limits.decode;
    plain(out, "depth", depth);
    plain(out, "line", line);
    plain(out, "bulk", bulk);
    plain(out, "frame", frame);
    out.push('\n');
}

fn config(words: &Words<'_>) -> Result<Config, String> {
    let addresses = |name| words.list(name).map(address).collect::<Result<Vec<_>, _>>();
    let mut library = words.list("library").map(text);
    let mut half = || library.next().ok_or("library has two parts")?;
    let trust = match words.get("trust") {
        Some("listed") => Trust::Listed,
        Some("server") => Trust::Server,
        Some("only") => Trust::Only(addresses("trusted")?),
        other => return Err(format!("trust is {other:?}")),
    };
    Ok(Config {
        seeds: addresses("seeds")?,
        resp3: words.number("resp3")?,
        client_name: words.optional_text("client_name")?,
        library: (half()?, half()?),
        tls: words.number("tls")?,
        trust,
        database: words.number("database")?,
        deadline_ms: words.number("deadline_ms")?,
        slow_deadline_ms: words.number("slow_deadline_ms")?,
        connect_ms: words.number("connect_ms")?,
        reconnect_ms: words.number("reconnect_ms")?,
        reconnect_most_ms: words.number("reconnect_most_ms")?,
        max_redirects: words.number("max_redirects")?,
        read_from: read_from(words)?.ok_or("no one to read from")?,
        measure_ms: words.number("measure_ms")?,
        idle_ms: words.number("idle_ms")?,
        unused_ms: words.number("unused_ms")?,
        refresh_ms: words.number("refresh_ms")?,
        refresh_gap_ms: words.number("refresh_gap_ms")?,
        seeds_first: words.number("seeds_first")?,
        coverage: match words.get("coverage") {
            Some("partial") => Coverage::Partial,
            Some("full") => Coverage::Full,
            Some("server") => Coverage::Server,
            other => return Err(format!("coverage is {other:?}")),
        },
        diagnostics: words.number("diagnostics")?,
        random_seed: words.number("random_seed")?,
        limits: Limits {
            waiting_per_node: words.number("waiting_per_node")?,
            waiting_bytes_per_node: words.number("waiting_bytes_per_node")?,
            in_flight: words.number("in_flight")?,
            window: words.number("window")?,
            window_bytes: words.number("window_bytes")?,
            dedicated_per_node: words.number("dedicated_per_node")?,
            dedicated: words.number("dedicated")?,
            dedicated_wait_ms: words.optional("dedicated_wait_ms")?,
            nodes: words.number("nodes")?,
            decode: decode::Limits {
                depth: words.number("depth")?,
                line: words.number("line")?,
                bulk: words.number("bulk")?,
                frame: words.number("frame")?,
            },
        },
    })
}

/// `submit` or `explain`.
pub(super) fn commands(out: &mut String, now: Micros, verb: &str, batch: &[u8], options: &SubmitOptions) {
    let SubmitOptions {
        deadline_ms,
        order,
        retry,
        max_redirects,
        route,
        no_split,
        pipeline,
        atomic,
        detailed,
        key_positions,
        by_hash,
        cross_slot,
        lane,
        read_from,
    } = options;
    begin(out, now, verb);
    if let Some(ms) = deadline_ms {
        plain(out, "deadline_ms", ms);
    }
    match order {
        Order::Key => {}
        Order::Slot => plain(out, "order", "slot"),
        Order::None => plain(out, "order", "none"),
    }
    match retry {
        Retry::Reads => {}
        Retry::Idempotent => plain(out, "retry", "idempotent"),
        Retry::Never => plain(out, "retry", "never"),
    }
    if let Some(count) = max_redirects {
        plain(out, "max_redirects", count);
    }
    match route {
        Route::Table => {}
        Route::Node(node) => word(out, "node", socket(node)),
        Route::Slot(slot) => plain(out, "slot", slot),
        Route::Primaries => plain(out, "route", "primaries"),
        Route::Replicas => plain(out, "route", "replicas"),
        Route::All => plain(out, "route", "all"),
        Route::Nodes(nodes) => {
            plain(out, "route", "nodes");
            list(out, "nodes", nodes.iter().map(socket));
        }
    }
    if *no_split {
        plain(out, "no_split", true);
    }
    for (name, is_set) in [("pipeline", *pipeline), ("atomic", *atomic), ("detailed", *detailed)] {
        if is_set {
            plain(out, name, true);
        }
    }
    if *by_hash {
        plain(out, "by_hash", true);
    }
    if *cross_slot == CrossSlot::Emulate {
        plain(out, "cross_slot", "emulate");
    }
    if let Some(positions) = key_positions {
        // Told apart from a list that is not given.
        plain(out, "keys_given", true);
        list(out, "key_positions", positions.iter().map(ToString::to_string));
    }
    if let Some(LaneId(lane)) = lane {
        plain(out, "lane", lane);
    }
    if let Some(read_from) = read_from {
        reads(out, read_from);
    }
    word(out, "batch", batch);
    out.push('\n');
}

fn reads(out: &mut String, read_from: &ReadFrom) {
    match read_from {
        ReadFrom::Primary => plain(out, "read_from", "primary"),
        ReadFrom::Any => plain(out, "read_from", "any"),
        ReadFrom::PreferReplica => plain(out, "read_from", "preferReplica"),
        ReadFrom::Replica => plain(out, "read_from", "replica"),
        ReadFrom::Nearest => plain(out, "read_from", "nearest"),
        ReadFrom::Zone(zone) => word(out, "zone", zone),
        ReadFrom::Listed => plain(out, "read_from", "listed"),
    }
}

fn read_from(words: &Words<'_>) -> Result<Option<ReadFrom>, String> {
    Ok(Some(match (words.get("read_from"), words.optional_text("zone")?) {
        (None, None) => return Ok(None),
        (None, Some(zone)) => ReadFrom::Zone(zone),
        (Some("primary"), None) => ReadFrom::Primary,
        (Some("any"), None) => ReadFrom::Any,
        (Some("preferReplica"), None) => ReadFrom::PreferReplica,
        (Some("replica"), None) => ReadFrom::Replica,
        (Some("nearest"), None) => ReadFrom::Nearest,
        (Some("listed"), None) => ReadFrom::Listed,
        other => return Err(format!("read_from is {other:?}")),
    }))
}

/// `configure`: a shard and its nodes are one list, the primary first.
pub(super) fn configure(out: &mut String, now: Micros, change: &Configure) {
    match change {
        Configure::ReadOrder(shards) => {
            begin(out, now, "read-order");
            for (at, shard) in shards.iter().enumerate() {
                list(out, &format!("shard{at}"), [&shard.primary].into_iter().chain(&shard.nodes).map(socket));
            }
        }
        Configure::Authenticate { link, credentials } => {
            begin(out, now, "authenticate");
            plain(out, "link", link.0);
            secrets(out, credentials);
        }
    }
    out.push('\n');
}

fn read_order(words: &Words<'_>) -> Result<Configure, String> {
    let mut shards = Vec::new();
    for at in 0.. {
        let mut nodes = words.list(&format!("shard{at}")).map(address).collect::<Result<Vec<_>, _>>()?;
        if nodes.is_empty() {
            break;
        }
        shards.push(ShardOrder { primary: nodes.remove(0), nodes });
    }
    Ok(Configure::ReadOrder(shards))
}

fn secrets(out: &mut String, Credentials { username, password }: &Credentials) {
    if let Some(name) = username {
        word(out, "username", name);
    }
    word(out, "password", password);
}

fn options(words: &Words<'_>) -> Result<SubmitOptions, String> {
    let positions = words.list("key_positions").map(str::parse).collect::<Result<Vec<u32>, _>>();
    Ok(SubmitOptions {
        deadline_ms: words.optional("deadline_ms")?,
        order: match words.get("order") {
            None => Order::Key,
            Some("slot") => Order::Slot,
            Some("none") => Order::None,
            other => return Err(format!("order is {other:?}")),
        },
        retry: match words.get("retry") {
            None => Retry::Reads,
            Some("idempotent") => Retry::Idempotent,
            Some("never") => Retry::Never,
            other => return Err(format!("retry is {other:?}")),
        },
        max_redirects: words.optional("max_redirects")?,
        route: match (words.get("node"), words.optional("slot")?, words.get("route")) {
            (None, None, None) => Route::Table,
            (Some(node), None, None) => Route::Node(address(node)?),
            (None, Some(slot), None) => Route::Slot(slot),
            (None, None, Some("primaries")) => Route::Primaries,
            (None, None, Some("replicas")) => Route::Replicas,
            (None, None, Some("all")) => Route::All,
            (None, None, Some("nodes")) => Route::Nodes(words.list("nodes").map(address).collect::<Result<_, _>>()?),
            other => return Err(format!("a route that is {other:?}")),
        },
        no_split: words.optional("no_split")?.unwrap_or(false),
        pipeline: words.optional("pipeline")?.unwrap_or(false),
        atomic: words.optional("atomic")?.unwrap_or(false),
        detailed: words.optional("detailed")?.unwrap_or(false),
        read_from: read_from(words)?,
        key_positions: match words.get("keys_given") {
            None => None,
            Some(_) => Some(positions.map_err(|error| error.to_string())?),
        },
        by_hash: words.optional("by_hash")?.unwrap_or(false),
        cross_slot: match words.get("cross_slot") {
            None => CrossSlot::Refuse,
            Some("emulate") => CrossSlot::Emulate,
            other => return Err(format!("cross_slot is {other:?}")),
        },
        lane: words.optional("lane")?.map(LaneId),
    })
}

pub(super) fn handle(out: &mut String, now: Micros, input: &Input) {
    match input {
        Input::Connected { link, credentials } => {
            begin(out, now, "connected");
            plain(out, "link", link.0);
            if let Some(credentials) = credentials {
                secrets(out, credentials);
            }
        }
        Input::Received { link, bytes } => {
            begin(out, now, "received");
            plain(out, "link", link.0);
            word(out, "bytes", bytes);
        }
        Input::Closed { link, cause, maybe_sent } => {
            begin(out, now, "closed");
            plain(out, "link", link.0);
            let (name, text) = match cause {
                Cause::Refused(text) => ("refused", Some(text)),
                Cause::UnknownHost(text) => ("unknown-host", Some(text)),
                Cause::Unreachable(text) => ("unreachable", Some(text)),
                Cause::Denied(text) => ("denied", Some(text)),
                Cause::Tls(text) => ("tls", Some(text)),
                Cause::Lost(text) => ("lost", Some(text)),
                Cause::TimedOut => ("timed-out", None),
                Cause::Asked => ("asked", None),
            };
            plain(out, "cause", name);
            if let Some(text) = text {
                word(out, "text", text);
            }
            plain(out, "maybe_sent", maybe_sent);
        }
        Input::Written { link, total } => {
            begin(out, now, "written");
            plain(out, "link", link.0);
            plain(out, "total", total);
        }
        Input::Elapsed => begin(out, now, "elapsed"),
    }
    out.push('\n');
}

pub(super) fn cancel(out: &mut String, now: Micros, first: u64, end: u64) {
    begin(out, now, "cancel");
    plain(out, "first", first);
    plain(out, "end", end);
    out.push('\n');
}

pub(super) fn release(out: &mut String, now: Micros, lane: LaneId) {
    begin(out, now, "release");
    plain(out, "lane", lane.0);
    out.push('\n');
}

pub(super) fn bare(out: &mut String, now: Micros, verb: &str) {
    begin(out, now, verb);
    out.push('\n');
}

/// Reads the line of a call.
pub(super) fn read(line: &str) -> Result<(Micros, Call), String> {
    let mut words = line.split(' ').skip(1);
    let now = words.next().and_then(|now| now.parse().ok()).ok_or("a call without its time")?;
    let verb = words.next().ok_or("a call without its verb")?;
    let words = &Words::of(words)?;
    let link = || words.number("link").map(LinkId);
    let call = match verb {
        "new" => Call::New(Box::new(config(words)?)),
        "submit" => Call::Submit { batch: words.bytes("batch")?, options: options(words)? },
        "explain" => Call::Explain { batch: words.bytes("batch")?, options: options(words)? },
        "connected" => Call::Handle(Input::Connected { link: link()?, credentials: credentials(words)? }),
        "read-order" => Call::Configure(read_order(words)?),
        "authenticate" => {
            let credentials = credentials(words)?.ok_or("nothing to authenticate with")?;
            Call::Configure(Configure::Authenticate { link: link()?, credentials })
        }
        "received" => Call::Handle(Input::Received { link: link()?, bytes: words.bytes("bytes")?.into() }),
        "closed" => {
            let cause = match words.get("cause") {
                Some("refused") => Cause::Refused(words.text("text")?),
                Some("unknown-host") => Cause::UnknownHost(words.text("text")?),
                Some("unreachable") => Cause::Unreachable(words.text("text")?),
                Some("denied") => Cause::Denied(words.text("text")?),
                Some("tls") => Cause::Tls(words.text("text")?),
                Some("lost") => Cause::Lost(words.text("text")?),
                Some("timed-out") => Cause::TimedOut,
                Some("asked") => Cause::Asked,
                other => return Err(format!("a cause that is {other:?}")),
            };
            Call::Handle(Input::Closed { link: link()?, cause, maybe_sent: words.number("maybe_sent")? })
        }
        "written" => Call::Handle(Input::Written { link: link()?, total: words.number("total")? }),
        "elapsed" => Call::Handle(Input::Elapsed),
        "cancel" => Call::Cancel { first: words.number("first")?, end: words.number("end")? },
        "release" => Call::Release(LaneId(words.number("lane")?)),
        "poll" => Call::Poll,
        "stats" => Call::Stats,
        "topology" => Call::Topology,
        other => return Err(format!("there is no call {other:?}")),
    };
    Ok((Micros(now), call))
}

fn credentials(words: &Words<'_>) -> Result<Option<Credentials>, String> {
    let username = words.optional_text("username")?;
    Ok(words.optional_text("password")?.map(|password| Credentials { username, password }))
}

fn socket(address: &Address) -> String {
    format!("{}:{}", address.host, address.port)
}

fn address(escaped: &str) -> Result<Address, String> {
    let whole = text(escaped)?;
    let (host, port) = whole.rsplit_once(':').ok_or_else(|| format!("{whole:?} is no host:port"))?;
    Ok(Address::new(host, port.parse().map_err(|_| format!("{whole:?} has no port"))?))
}

fn text(escaped: &str) -> Result<String, String> {
    String::from_utf8(unescape(escaped)?).map_err(|error| error.to_string())
}

/// Begins a day.
pub(super) fn day(out: &mut String, name: &str) {
    out.push_str("== ");
    escape(out, name.as_bytes());
    out.push('\n');
}
