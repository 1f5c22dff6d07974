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
    topology::{Node, SlotRange, Topology},
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
        max_redirects: config.max_redirects,
        refresh_ms: config.refresh_ms,
        refresh_gap_ms: config.refresh_gap_ms,
        diagnostics: config.diagnostics,
        random_seed: config.random_seed,
        limits: wit::Limits {
            waiting_per_node,
            waiting_bytes_per_node,
            in_flight,
            window,
            window_bytes,
            dedicated_per_node,
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

pub(super) fn options(options: &port::SubmitOptions) -> wit::SubmitOptions<'_> {
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
            port::Route::All => wit::Route::All,
        },
        no_split: options.no_split,
        key_positions: options.key_positions.as_deref(),
    }
}

pub(super) fn input(input: &port::Input) -> wit::Input<'_> {
    match input {
        port::Input::Connected { link, credentials } => {
            let credentials = credentials.as_ref().map(|port::Credentials { username, password }| wit::Credentials {
                username: username.as_deref(),
                password,
            });
            wit::Input::Connected(wit::Connected { link: link.0, credentials })
        }
        port::Input::Received { link, bytes } => wit::Input::Received(wit::Received { link: link.0, bytes }),
        port::Input::Closed { link, cause, maybe_sent } => {
            let cause = match cause {
                port::Cause::Refused(text) => wit::Cause::Refused(text),
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
    let node = |wit::Node { address, id, primary, zone }| Node {
        address: address.into(),
        id,
        primary: primary.map(Into::into),
        zone,
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
            wit::Output::Push(wit::Push { link: id, tape }) => Self::Push { link: link(id), tape },
            wit::Output::Note(note) => Self::Note(note.into()),
            wit::Output::Wait(wit::Wait { until }) => Self::Wait { until: until.map(port::Micros) },
        }
    }
}

impl From<wit::Note> for port::Note {
    fn from(note: wit::Note) -> Self {
        match note {
            wit::Note::Ready => Self::Ready,
            wit::Note::Unreachable(text) => Self::Unreachable(text),
            wit::Note::Topology => Self::Topology,
            wit::Note::Room => Self::Room,
            wit::Note::Redirected(wit::Redirected { code, ticket }) => {
                Self::Redirected { code: word(code), ticket: port::Ticket(ticket) }
            }
            wit::Note::NodeDown(wit::NodeDown { address, reason }) => {
                Self::NodeDown { address: address.into(), reason }
            }
        }
    }
}

impl From<wit::Explained> for port::Explained {
    fn from(wit::Explained { index, command, keys, readonly, plan }: wit::Explained) -> Self {
        let plan = plan.map(|wit::ExplainedPlan { route, parts, merge, atomic }| port::ExplainedPlan {
            route: word(route),
            parts: all(parts),
            merge: word(merge),
            atomic,
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
            open: port::Open { jobs, batches, gathers, sources },
        }
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
