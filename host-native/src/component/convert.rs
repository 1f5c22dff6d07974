//! Between the core's words and the component's, which have the same names.
//!
//! What goes in is borrowed and copied once, into the instance's memory. What comes out is not trusted: texts that the
//! core knows as constants are kept in a bounded list, slots are checked.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;
use slotpipe_core::{config, port, route::slot::SLOTS};

use super::bindings::exports::slotpipe::cluster::port as wit;
use crate::{
    engine::Broken,
    topology::{Health, Node, SlotRange, Topology},
};

/// Codes and kinds that a component may invent; the core has a few dozen.
const MOST_WORDS: usize = 256;
const LONGEST_WORD: usize = 64;

/// Hands the component's form of `config` to `then`, which is the only one to see the lists that it borrows from.
pub(super) fn config<R>(config: &config::Config, then: impl FnOnce(wit::Config<'_>) -> R) -> R {
    let seeds: Vec<_> = config.seeds.iter().map(address).collect();
    let only: Vec<_> = match &config.trust {
        config::Trust::Only(nodes) => nodes.iter().map(address).collect(),
        config::Trust::Listed | config::Trust::Server => Vec::new(),
    };
    let config::Limits {
        waiting_per_node,
        waiting_bytes_per_node,
        in_flight,
        window,
        window_bytes,
        dedicated_per_node,
        dedicated,
        dedicated_wait_ms,
        nodes,
        decode,
    } = config.limits;
    then(wit::Config {
        seeds: &seeds,
        resp3: config.resp3,
        client_name: config.client_name.as_deref(),
        library: (&config.library.0, &config.library.1),
        tls: config.tls,
        trust: match &config.trust {
            config::Trust::Listed => wit::Trust::Listed,
            config::Trust::Only(_) => wit::Trust::Only(&only),
            config::Trust::Server => wit::Trust::Server,
        },
        database: config.database,
        deadline_ms: config.deadline_ms,
        slow_deadline_ms: config.slow_deadline_ms,
        connect_ms: config.connect_ms,
        reconnect_ms: config.reconnect_ms,
        reconnect_most_ms: config.reconnect_most_ms,
        max_redirects: config.max_redirects,
        read_from: read_from(&config.read_from),
        measure_ms: config.measure_ms,
        idle_ms: config.idle_ms,
        unused_ms: config.unused_ms,
        refresh_ms: config.refresh_ms,
        refresh_gap_ms: config.refresh_gap_ms,
        seeds_first: config.seeds_first,
        coverage: match config.coverage {
            config::Coverage::Partial => wit::Coverage::Partial,
            config::Coverage::Full => wit::Coverage::Full,
            config::Coverage::Server => wit::Coverage::Server,
        },
        diagnostics: config.diagnostics,
        random_seed: config.random_seed,
        limits: wit::Limits {
            waiting_per_node,
            waiting_bytes_per_node,
            in_flight,
            window,
            window_bytes,
            dedicated_per_node,
            dedicated,
            dedicated_wait_ms,
            nodes,
            decode: wit::DecodeLimits {
                depth: decode.depth,
                line: decode.line,
                bulk: decode.bulk,
                frame: decode.frame,
            },
        },
    })
}

/// The nodes of a route, which [`options`] borrows.
pub(super) fn nodes(options: &port::SubmitOptions) -> Vec<wit::AddressParam<'_>> {
    match &options.route {
        port::Route::Nodes(nodes) => nodes.iter().map(address).collect(),
        port::Route::Table
        | port::Route::Node(_)
        | port::Route::Slot(_)
        | port::Route::Primaries
        | port::Route::Replicas
        | port::Route::All => Vec::new(),
    }
}

pub(super) fn options<'a>(
    options: &'a port::SubmitOptions,
    nodes: &'a [wit::AddressParam<'a>],
) -> wit::SubmitOptions<'a> {
    wit::SubmitOptions {
        deadline_ms: options.deadline_ms,
        order: match options.order {
            port::Order::Key => wit::Order::Key,
            port::Order::Slot => wit::Order::Slot,
            port::Order::None => wit::Order::None,
        },
        retry: match options.retry {
            port::Retry::Reads => wit::Retry::Reads,
            port::Retry::Idempotent => wit::Retry::Idempotent,
            port::Retry::Never => wit::Retry::Never,
        },
        max_redirects: options.max_redirects,
        route: match &options.route {
            port::Route::Table => wit::Route::Table,
            port::Route::Node(node) => wit::Route::Node(address(node)),
            port::Route::Slot(slot) => wit::Route::Slot(*slot),
            port::Route::Primaries => wit::Route::Primaries,
            port::Route::Replicas => wit::Route::Replicas,
            port::Route::All => wit::Route::All,
            port::Route::Nodes(_) => wit::Route::Nodes(nodes),
        },
        no_split: options.no_split,
        pipeline: options.pipeline,
        atomic: options.atomic,
        key_positions: options.key_positions.as_deref(),
        detailed: options.detailed,
        by_hash: options.by_hash,
        cross_slot: match options.cross_slot {
            port::CrossSlot::Refuse => wit::CrossSlot::Refuse,
            port::CrossSlot::Emulate => wit::CrossSlot::Emulate,
        },
        lane: options.lane.map(|lane| lane.0),
        read_from: options.read_from.as_ref().map(read_from),
    }
}

fn read_from(read_from: &port::ReadFrom) -> wit::ReadFrom<'_> {
    match read_from {
        port::ReadFrom::Primary => wit::ReadFrom::Primary,
        port::ReadFrom::Any => wit::ReadFrom::Any,
        port::ReadFrom::PreferReplica => wit::ReadFrom::PreferReplica,
        port::ReadFrom::Replica => wit::ReadFrom::Replica,
        port::ReadFrom::Nearest => wit::ReadFrom::Nearest,
        port::ReadFrom::Zone(zone) => wit::ReadFrom::Zone(zone),
        port::ReadFrom::Listed => wit::ReadFrom::Listed,
    }
}

/// Hands the component's form of `change` to `then`, which is the only one to see the lists that it borrows from.
pub(super) fn change<R>(change: &port::Configure, then: impl FnOnce(wit::Configure<'_>) -> R) -> R {
    match change {
        port::Configure::ReadOrder(shards) => {
            let nodes: Vec<Vec<_>> = shards.iter().map(|shard| shard.nodes.iter().map(address).collect()).collect();
            let shards = shards.iter().zip(&nodes);
            let shards = shards.map(|(shard, nodes)| wit::ShardOrder { primary: address(&shard.primary), nodes });
            then(wit::Configure::ReadOrder(&shards.collect::<Vec<_>>()))
        }
        port::Configure::Authenticate { link, credentials: given } => {
            then(wit::Configure::Authenticate(wit::Authenticate { link: link.0, credentials: credentials(given) }))
        }
    }
}

fn credentials(port::Credentials { username, password }: &port::Credentials) -> wit::Credentials<'_> {
    wit::Credentials { username: username.as_deref(), password }
}

pub(super) fn input(input: &port::Input) -> wit::Input<'_> {
    match input {
        port::Input::Connected { link, credentials } => {
            let credentials = credentials.as_ref().map(self::credentials);
            wit::Input::Connected(wit::Connected { link: link.0, credentials })
        }
        port::Input::Received { link, bytes } => wit::Input::Received(wit::Received { link: link.0, bytes }),
        port::Input::Closed { link, cause, maybe_sent } => {
            let cause = match cause {
                port::Cause::Refused(text) => wit::Cause::Refused(text),
                port::Cause::UnknownHost(text) => wit::Cause::UnknownHost(text),
                port::Cause::Unreachable(text) => wit::Cause::Unreachable(text),
                port::Cause::Denied(text) => wit::Cause::Denied(text),
                port::Cause::Tls(text) => wit::Cause::Tls(text),
                port::Cause::Lost(text) => wit::Cause::Lost(text),
                port::Cause::TimedOut => wit::Cause::TimedOut,
                port::Cause::Asked => wit::Cause::Asked,
            };
            wit::Input::Closed(wit::Closed { link: link.0, cause, maybe_sent: *maybe_sent })
        }
        port::Input::Written { link, total } => wit::Input::Written(wit::Written { link: link.0, total: *total }),
        port::Input::Elapsed => wit::Input::Elapsed,
    }
}

fn address(address: &port::Address) -> wit::AddressParam<'_> {
    wit::AddressParam { host: &address.host, port: address.port }
}

pub(super) fn all<T: Into<U>, U>(items: Vec<T>) -> Vec<U> {
    items.into_iter().map(Into::into).collect()
}

/// The map, if its ranges are ranges, ascending and apart.
pub(super) fn topology(topology: wit::Topology) -> Result<Topology, Broken> {
    let mut next = 0;
    for range in &topology.slots {
        if range.start < next || range.end < range.start || range.end >= SLOTS {
            return Err(Broken(format!("a range of slots from {} to {} after {next}", range.start, range.end)));
        }
        next = range.end + 1;
    }
    let is_range = |(start, end): &(u16, u16)| start <= end && *end < SLOTS;
    if let Some((start, end)) = topology.nodes.iter().flat_map(|node| &node.slots).find(|range| !is_range(range)) {
        return Err(Broken(format!("a node with slots from {start} to {end}")));
    }
    let node = |wit::Node { address, id, primary, slots, zone, health }| Node {
        address: address.into(),
        id,
        primary: primary.map(Into::into),
        slots,
        zone,
        health: match health {
            wit::Health::Online => Health::Online,
            wit::Health::Failed => Health::Failed,
        },
    };
    let range = |wit::SlotRange { start, end, primary, replicas }| SlotRange {
        start,
        end,
        primary: primary.into(),
        replicas: all(replicas),
    };
    Ok(Topology {
        nodes: topology.nodes.into_iter().map(node).collect(),
        slots: topology.slots.into_iter().map(range).collect(),
        standalone: topology.standalone,
    })
}

impl From<wit::AddressResult> for port::Address {
    fn from(wit::AddressResult { host, port }: wit::AddressResult) -> Self {
        Self { host, port }
    }
}

impl From<wit::Submitted> for port::Submitted {
    fn from(wit::Submitted { first, count }: wit::Submitted) -> Self {
        Self { first: port::Ticket(first), count }
    }
}

impl From<wit::Refused> for port::Refused {
    fn from(refused: wit::Refused) -> Self {
        match refused {
            wit::Refused::Full => Self::Full,
            wit::Refused::Misuse(misuse) => Self::Misuse(misuse.into()),
        }
    }
}

impl From<wit::Misuse> for port::Misuse {
    fn from(wit::Misuse { index, code, command, message }: wit::Misuse) -> Self {
        Self { index, code: word(code), command, message: message.into() }
    }
}

impl From<wit::Output> for port::Output {
    fn from(output: wit::Output) -> Self {
        let link = port::LinkId;
        match output {
            wit::Output::Connect(wit::Connect { link: id, address, timeout_ms }) => {
                Self::Connect { link: link(id), address: address.into(), timeout_ms }
            }
            wit::Output::Send(wit::Send { link: id, bytes }) => Self::Send { link: link(id), bytes: bytes.into() },
            wit::Output::Close(wit::Close { link: id }) => Self::Close { link: link(id) },
            wit::Output::Push(wit::Push { lane, tape }) => Self::Push { lane: port::LaneId(lane), tape },
            wit::Output::Note(note) => Self::Note(note.into()),
            wit::Output::Wait(wit::Wait { until }) => Self::Wait { until: until.map(port::Micros) },
        }
    }
}

impl From<wit::Note> for port::Note {
    fn from(note: wit::Note) -> Self {
        match note {
            wit::Note::Ready => Self::Ready,
            wit::Note::Unreachable(wit::Unreachable { failure, reason }) => {
                Self::Unreachable { failure: failure.into(), reason }
            }
            wit::Note::Topology => Self::Topology,
            wit::Note::Room => Self::Room,
            wit::Note::Resubscribed(lane) => Self::Resubscribed(port::LaneId(lane)),
            wit::Note::Redirected(wit::Redirected { code, ticket }) => {
                Self::Redirected { code: word(code), ticket: port::Ticket(ticket) }
            }
            wit::Note::NodeDown(wit::NodeDown { address, failure, reason }) => {
                Self::NodeDown { address: address.into(), failure: failure.into(), reason }
            }
            wit::Note::Planned(wit::Planned { first, count }) => Self::Planned { first: port::Ticket(first), count },
            wit::Note::Wrote(wit::Wrote { link, address, bytes }) => {
                Self::Wrote { link: port::LinkId(link), address: address.into(), bytes }
            }
            wit::Note::Refreshed(wit::Refreshed { changed }) => Self::Refreshed { changed },
            wit::Note::Reconnected(wit::Reconnected { link, address }) => {
                Self::Reconnected { link: port::LinkId(link), address: address.into() }
            }
        }
    }
}

impl From<wit::Failure> for port::Failure {
    fn from(failure: wit::Failure) -> Self {
        match failure {
            wit::Failure::Unreachable => Self::Unreachable,
            wit::Failure::TimedOut => Self::TimedOut,
            wit::Failure::UnknownHost => Self::UnknownHost,
            wit::Failure::Refused => Self::Refused,
            wit::Failure::Tls => Self::Tls,
            wit::Failure::Denied => Self::Denied,
        }
    }
}

impl From<wit::Explained> for port::Explained {
    fn from(wit::Explained { index, command, keys, readonly, plan }: wit::Explained) -> Self {
        let plan = plan.map(|wit::ExplainedPlan { route, parts, merge, atomic, steps, loses }| port::ExplainedPlan {
            route: word(route),
            parts: all(parts),
            merge: word(merge),
            atomic,
            steps,
            loses,
        });
        Self { index, command, keys: all(keys), readonly, plan: plan.map_err(Into::into) }
    }
}

impl From<wit::ExplainedPart> for port::ExplainedPart {
    fn from(wit::ExplainedPart { slot, node, keys }: wit::ExplainedPart) -> Self {
        Self { slot, node: node.map(Into::into), keys: keys.into_iter().map(Bytes::from).collect() }
    }
}

impl From<wit::Stats> for port::Stats {
    fn from(stats: wit::Stats) -> Self {
        let wit::Open { jobs, batches, gathers, sources } = stats.open;
        Self {
            commands: stats.commands,
            moved: stats.moved,
            ask: stats.ask,
            try_again: stats.try_again,
            cluster_down: stats.cluster_down,
            master_down: stats.master_down,
            loading: stats.loading,
            read_only: stats.read_only,
            busy: stats.busy,
            retries: stats.retries,
            unknown: stats.unknown,
            not_executed: stats.not_executed,
            untrusted: stats.untrusted,
            refreshes: stats.refreshes,
            dials: stats.dials,
            bytes_in: stats.bytes_in,
            bytes_out: stats.bytes_out,
            connections: stats.connections,
            waiting: stats.waiting,
            nodes: all(stats.nodes),
            open: port::Open { jobs, batches, gathers, sources },
        }
    }
}

impl From<wit::NodeStats> for port::NodeStats {
    fn from(of: wit::NodeStats) -> Self {
        let wit::NodeStats { address, connections, waiting, in_flight, latency_us } = of;
        Self { address: address.into(), connections, waiting, in_flight, latency_us }
    }
}

/// A text that is a constant inside the core. Kept for ever, so only so many, and none of any length.
fn word(text: String) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(text.as_str()) {
        return known;
    }
    if words.len() >= MOST_WORDS || text.len() > LONGEST_WORD {
        return "OTHER";
    }
    let kept = String::leak(text);
    words.insert(kept);
    kept
}
