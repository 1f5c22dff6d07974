//! The guest: `slotpipe:cluster` over [`slotpipe_core`], for `wasm32-unknown-unknown`.
//!
//! Nothing is decided here. Arguments become the core's types, results become the component's; both have the same names.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

use alloc::{borrow::ToOwned, vec::Vec};
use core::cell::RefCell;

use self::bindings::exports::slotpipe::cluster::port as wit;
use slotpipe_core::{cluster, config, port, route, wire::decode};

#[allow(missing_docs, unreachable_pub, unexpected_cfgs, clippy::all, reason = "made from cluster.wit")]
#[allow(unsafe_code, reason = "the calling convention of components: pointers and lengths")]
mod bindings {
    wit_bindgen::generate!({ path: "cluster.wit", world: "slotpipe", std_feature });
    export!(Component with_types_in self);

    use super::Component;
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// A host sees the trap, its place and nothing else: the text would bring half of the formatting machinery with it.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn trap(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

struct Component;

impl wit::Guest for Component {
    type Cluster = Cluster;
}

struct Cluster(RefCell<cluster::Cluster>);

impl wit::GuestCluster for Cluster {
    fn new(config: wit::Config, now: u64) -> Self {
        Self(RefCell::new(cluster::Cluster::new(config.into(), port::Micros(now))))
    }

    fn submit(&self, now: u64, batch: Vec<u8>, options: wit::SubmitOptions) -> Result<wit::Submitted, wit::Refused> {
        match self.0.borrow_mut().submit(port::Micros(now), batch.into(), &options.into()) {
            Ok(port::Submitted { first, count }) => Ok(wit::Submitted { first: first.0, count }),
            Err(port::Refused::Full) => Err(wit::Refused::Full),
            Err(port::Refused::Misuse(misuse)) => Err(wit::Refused::Misuse(misuse.into())),
        }
    }

    fn handle(&self, now: u64, input: wit::Input) {
        self.0.borrow_mut().handle(port::Micros(now), input.into());
    }

    fn poll(&self, now: u64) -> wit::Outputs {
        let mut out = port::Outputs::default();
        self.0.borrow_mut().poll(port::Micros(now), &mut out);
        let port::Answers { tape, buffers } = out.answers;
        wit::Outputs { actions: all(out.actions), answers: wit::Answers { tape, buffers: all(buffers) } }
    }

    fn cancel(&self, now: u64, first: u64, end: u64) {
        self.0.borrow_mut().cancel(port::Micros(now), port::Ticket(first)..port::Ticket(end));
    }

    fn release(&self, now: u64, lane: u32) {
        self.0.borrow_mut().release(port::Micros(now), port::LaneId(lane));
    }

    fn configure(&self, now: u64, change: wit::Configure) {
        self.0.borrow_mut().configure(port::Micros(now), change.into());
    }

    fn explain(&self, batch: Vec<u8>, options: wit::SubmitOptions) -> Result<Vec<wit::Explained>, wit::Misuse> {
        let explained = self.0.borrow().explain(&batch.into(), &options.into());
        explained.map(all).map_err(wit::Misuse::from)
    }

    fn topology(&self) -> wit::Topology {
        self.0.borrow().topology().into()
    }

    fn stats(&self) -> wit::Stats {
        self.0.borrow().stats().into()
    }
}

fn all<T: Into<U>, U>(items: impl IntoIterator<Item = T>) -> Vec<U> {
    items.into_iter().map(Into::into).collect()
}

/// `From` between two records with fields of the same names: those converted as they are, lists, options and results.
macro_rules! record {
    ($from:ty => $into:ty { $($field:ident)* } $(lists { $($list:ident)* })? $(options { $($option:ident)* })?
        $(results { $($result:ident)* })?) => {
        impl From<$from> for $into {
            fn from(from: $from) -> Self {
                Self {
                    $($field: from.$field.into(),)*
                    $($($list: all(from.$list),)*)?
                    $($($option: from.$option.map(Into::into),)*)?
                    $($($result: from.$result.map(Into::into).map_err(Into::into),)*)?
                }
            }
        }
    };
}

/// `From` between two enums whose cases have the same names; what a case carries is converted by itself.
macro_rules! cases {
    ($from:ty => $into:ty { $($case:ident $(($value:ident))?),* } $($pattern:pat => $result:expr),* $(,)?) => {
        impl From<$from> for $into {
            fn from(from: $from) -> Self {
                use $from as From;
                match from {
                    $(From::$case $(($value))? => Self::$case $(($value.into()))?,)*
                    $($pattern => $result,)*
                }
            }
        }
    };
}

record!(wit::Address => port::Address { host port });
record!(port::Address => wit::Address { host port });
record!(wit::Credentials => port::Credentials { password } options { username });
record!(wit::Config => config::Config {
    resp3 library tls trust database deadline_ms slow_deadline_ms connect_ms reconnect_ms reconnect_most_ms max_redirects
    read_from measure_ms idle_ms unused_ms refresh_ms refresh_gap_ms seeds_first coverage diagnostics random_seed limits
} lists { seeds } options { client_name });
record!(wit::Limits => config::Limits {
    waiting_per_node waiting_bytes_per_node in_flight window window_bytes dedicated_per_node dedicated dedicated_wait_ms
    nodes decode
});
record!(wit::DecodeLimits => decode::Limits { depth line bulk frame });
record!(wit::SubmitOptions => port::SubmitOptions {
    deadline_ms order retry max_redirects route no_split pipeline atomic detailed key_positions by_hash
    cross_slot
} options { lane read_from });
record!(wit::ShardOrder => port::ShardOrder { primary } lists { nodes });
record!(port::Misuse => wit::Misuse { index code command message });
record!(port::Explained => wit::Explained { index command readonly } lists { keys } results { plan });
record!(port::ExplainedPlan => wit::ExplainedPlan { route merge atomic steps loses } lists { parts });
record!(port::Stats => wit::Stats {
    commands moved ask try_again cluster_down master_down loading read_only busy retries unknown not_executed untrusted
    refreshes dials bytes_in bytes_out connections waiting open
} lists { nodes });
record!(port::NodeStats => wit::NodeStats { address connections waiting in_flight latency_us });
record!(port::Open => wit::Open { jobs batches gathers sources });
record!(port::ExplainedPart => wit::ExplainedPart { slot } lists { keys } options { node });

cases!(wit::Trust => config::Trust { Listed, Server } wit::Trust::Only(nodes) => Self::Only(all(nodes)));
cases!(wit::Coverage => config::Coverage { Partial, Full, Server });
cases!(wit::ReadFrom => port::ReadFrom { Primary, Any, PreferReplica, Replica, Nearest, Zone(zone), Listed });
cases!(wit::Configure => port::Configure {}
    From::ReadOrder(shards) => Self::ReadOrder(all(shards)),
    From::Authenticate(of) =>
        Self::Authenticate { link: port::LinkId(of.link), credentials: of.credentials.into() },
);
cases!(wit::Order => port::Order { Key, Slot, None });
cases!(wit::CrossSlot => port::CrossSlot { Refuse, Emulate });
cases!(wit::Retry => port::Retry { Reads, Idempotent, Never });
cases!(wit::Route => port::Route { Table, Node(address), Slot(slot), Primaries, Replicas, All }
    wit::Route::Nodes(nodes) => Self::Nodes(all(nodes)),
);
cases!(wit::Cause => port::Cause {
    Refused(text), UnknownHost(text), Unreachable(text), Denied(text), Tls(text), Lost(text), TimedOut, Asked
});

impl From<wit::Input> for port::Input {
    fn from(input: wit::Input) -> Self {
        match input {
            wit::Input::Connected(of) => {
                Self::Connected { link: port::LinkId(of.link), credentials: of.credentials.map(Into::into) }
            }
            wit::Input::Received(of) => Self::Received { link: port::LinkId(of.link), bytes: of.bytes.into() },
            wit::Input::Closed(of) => {
                Self::Closed { link: port::LinkId(of.link), cause: of.cause.into(), maybe_sent: of.maybe_sent }
            }
            wit::Input::Written(of) => Self::Written { link: port::LinkId(of.link), total: of.total },
            wit::Input::Elapsed => Self::Elapsed,
        }
    }
}

cases!(port::Output => wit::Output { Note(note) }
    From::Connect { link, address, timeout_ms } =>
        Self::Connect(wit::Connect { link: link.0, address: address.into(), timeout_ms }),
    From::Send { link, bytes } => Self::Send(wit::Send { link: link.0, bytes: bytes.into() }),
    From::Close { link } => Self::Close(wit::Close { link: link.0 }),
    From::Push { lane, tape } => Self::Push(wit::Push { lane: lane.0, tape }),
    From::Wait { until } => Self::Wait(wit::Wait { until: until.map(|at| at.0) }),
);

cases!(port::Failure => wit::Failure { Unreachable, TimedOut, UnknownHost, Refused, Tls, Denied });

cases!(port::Note => wit::Note { Ready, Topology, Room }
    From::Resubscribed(lane) => Self::Resubscribed(lane.0),
    From::Unreachable { failure, reason } =>
        Self::Unreachable(wit::Unreachable { failure: failure.into(), reason }),
    From::Redirected { code, ticket } =>
        Self::Redirected(wit::Redirected { code: code.to_owned(), ticket: ticket.0 }),
    From::NodeDown { address, failure, reason } =>
        Self::NodeDown(wit::NodeDown { address: address.into(), failure: failure.into(), reason }),
    From::Planned { first, count } => Self::Planned(wit::Planned { first: first.0, count }),
    From::Wrote { link, address, bytes } =>
        Self::Wrote(wit::Wrote { link: link.0, address: address.into(), bytes }),
    From::Refreshed { changed } => Self::Refreshed(wit::Refreshed { changed }),
    From::Reconnected { link, address } =>
        Self::Reconnected(wit::Reconnected { link: link.0, address: address.into() }),
);

impl From<&route::topology::Topology> for wit::Topology {
    fn from(map: &route::topology::Topology) -> Self {
        let address = |id| wit::Address::from(map.node(id).address.clone());
        let nodes = map.members().map(|id| {
            let info = map.node(id);
            wit::Node {
                address: address(id),
                id: info.name.clone(),
                primary: info.primary.map(address),
                slots: map.ranges_of(id),
                zone: info.zone.clone(),
                health: if info.failing { wit::Health::Failed } else { wit::Health::Online },
            }
        });
        let slots = map.ranges().into_iter().map(|(start, end, owner)| wit::SlotRange {
            start,
            end,
            primary: address(owner),
            replicas: route::slot::Slot::new(start)
                .map(|slot| map.replicas(slot).iter().copied().map(address).collect())
                .unwrap_or_default(),
        });
        Self { nodes: nodes.collect(), slots: slots.collect(), standalone: map.is_standalone() }
    }
}
