//! What crosses rarely: options in, plans, the slot map and counters out.
//!
//! Options come as words, one RESP array as commands are, and are read by the reader of those: objects would bring along
//! a reader for each of their types. What goes out are objects, by serde. Names are in camel case. Maps are `Map`, so that
//! no object is keyed by a server's text; counters are bigint.

use bytes::Bytes;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};
use serde_wasm_bindgen::Serializer as ToJs;
use slotpipe_core::{
    cluster, config,
    port::{self, CrossSlot, Order, ReadFrom, Retry, Route},
    route::{slot::Slot, topology},
    wire::request::{Args, Requests},
};
use wasm_bindgen::JsValue;

#[derive(Serialize)]
struct Misuse<'a> {
    index: u32,
    code: &'a str,
    command: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Explained<'a> {
    index: u32,
    command: &'a str,
    keys: Vec<Binary<'a>>,
    readonly: bool,
    plan: Option<Plan<'a>>,
    refusal: Option<Misuse<'a>>,
}

#[derive(Serialize)]
struct Plan<'a> {
    route: &'a str,
    merge: &'a str,
    atomic: bool,
    steps: &'a [String],
    loses: Option<&'a str>,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    slot: Option<u16>,
    node: Option<String>,
    keys: Vec<Binary<'a>>,
}

#[derive(Serialize)]
struct Topology {
    nodes: Vec<Node>,
    slots: Vec<Range>,
    standalone: bool,
}

#[derive(Serialize)]
struct Node {
    address: String,
    host: String,
    port: u16,
    id: Option<String>,
    primary: Option<String>,
    role: &'static str,
    slots: Vec<(u16, u16)>,
    zone: Option<String>,
    health: &'static str,
}

#[derive(Serialize)]
struct Range {
    start: u16,
    end: u16,
    primary: String,
    replicas: Vec<String>,
}

/// One bigint per counter; what is open by kind, as a map.
struct Counters<'a>(&'a port::Stats);

impl Serialize for Counters<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let stats = self.0;
        let counts = [
            ("commands", stats.commands),
            ("moved", stats.moved),
            ("ask", stats.ask),
            ("tryAgain", stats.try_again),
            ("clusterDown", stats.cluster_down),
            ("masterDown", stats.master_down),
            ("loading", stats.loading),
            ("readOnly", stats.read_only),
            ("busy", stats.busy),
            ("retries", stats.retries),
            ("unknown", stats.unknown),
            ("notExecuted", stats.not_executed),
            ("untrusted", stats.untrusted),
            ("refreshes", stats.refreshes),
            ("dials", stats.dials),
            ("bytesIn", stats.bytes_in),
            ("bytesOut", stats.bytes_out),
        ];
        let mut object = to.serialize_struct("Counters", counts.len() + 4)?;
        for (name, count) in counts {
            object.serialize_field(name, &count)?;
        }
        object.serialize_field("connections", &stats.connections)?;
        object.serialize_field("waiting", &stats.waiting)?;
        object.serialize_field("nodes", &stats.nodes.iter().map(NodeStats::of).collect::<Vec<_>>())?;
        object.serialize_field("open", &Open(stats.open))?;
        object.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NodeStats {
    address: String,
    connections: u32,
    waiting: u32,
    in_flight: u32,
    latency_us: Option<u32>,
}

impl NodeStats {
    fn of(node: &port::NodeStats) -> Self {
        let port::NodeStats { address, connections, waiting, in_flight, latency_us } = node;
        let [connections, waiting, in_flight] = [*connections, *waiting, *in_flight];
        Self { address: address.to_string(), connections, waiting, in_flight, latency_us: *latency_us }
    }
}

struct Open(port::Open);

impl Serialize for Open {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let port::Open { jobs, batches, gathers, sources } = self.0;
        to.collect_map([("jobs", jobs), ("batches", batches), ("gathers", gathers), ("sources", sources)])
    }
}

/// Bytes as a `Uint8Array`.
struct Binary<'a>(&'a [u8]);

impl Serialize for Binary<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0)
    }
}

/// Words of options: each name is followed by its value, a list by how many it has and then these.
struct Words<'a> {
    args: Args<'a>,
    at: usize,
}

impl<'a> Words<'a> {
    fn text(&mut self) -> Option<&'a str> {
        let word = self.args.at(self.at)?;
        self.at += 1;
        str::from_utf8(word).ok()
    }

    fn owned(&mut self) -> Option<String> {
        self.text().map(String::from)
    }

    fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.text()?.parse().ok()?).ok()
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.text()? == "true")
    }

    fn address(&mut self) -> Option<port::Address> {
        Some(port::Address { host: self.owned()?, port: self.number()? })
    }

    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number::<u32>()?).map(|_| item(self)).collect()
    }
}

/// Gives each name to `take`, which reads what belongs to it.
fn read(words: &[u8], mut take: impl FnMut(&str, &mut Words<'_>) -> Option<()>) -> Result<(), JsValue> {
    let mut spans = Vec::new();
    // No words at all are no options.
    let _ = Requests::new(words, 0).next(&mut spans);
    let mut words = Words { args: Args::new(words, &spans), at: 0 };
    while words.at < words.args.len() {
        let name = words.text().unwrap_or_default();
        if take(name, &mut words).is_none() {
            return Err(JsValue::from(["the core has no option ", name, ", or not with this value"].concat()));
        }
    }
    Ok(())
}

/// Options of a core; what is missing keeps the core's default.
pub(crate) fn config(words: &[u8]) -> Result<config::Config, JsValue> {
    let mut config = config::Config::default();
    config.library.0 = "slotpipe-node".into();
    read(words, |name, words| {
        let limits = &mut config.limits;
        match name {
            "seeds" => config.seeds = words.list(Words::address)?,
            "resp3" => config.resp3 = words.flag()?,
            "clientName" => config.client_name = Some(words.owned()?),
            "library" => config.library = <[String; 2]>::try_from(words.list(Words::owned)?).ok()?.into(),
            "tls" => config.tls = words.flag()?,
            "trust" => {
                config.trust = match words.text()? {
                    "listed" => config::Trust::Listed,
                    "server" => config::Trust::Server,
                    _ => return None,
                }
            }
            "only" => config.trust = config::Trust::Only(words.list(Words::address)?),
            "database" => config.database = words.number()?,
            "deadlineMs" => config.deadline_ms = words.number()?,
            "slowDeadlineMs" => config.slow_deadline_ms = words.number()?,
            "connectMs" => config.connect_ms = words.number()?,
            "reconnectMs" => config.reconnect_ms = words.number()?,
            "reconnectMostMs" => config.reconnect_most_ms = words.number()?,
            "maxRedirects" => config.max_redirects = words.number()?,
            "readFrom" => config.read_from = read_from(words.text()?)?,
            "zone" => config.read_from = ReadFrom::Zone(words.owned()?),
            "measureMs" => config.measure_ms = words.number()?,
            "idleMs" => config.idle_ms = words.number()?,
            "unusedMs" => config.unused_ms = words.number()?,
            "refreshMs" => config.refresh_ms = words.number()?,
            "refreshGapMs" => config.refresh_gap_ms = words.number()?,
            "seedsFirst" => config.seeds_first = words.flag()?,
            "coverage" => {
                config.coverage = match words.text()? {
                    "partial" => config::Coverage::Partial,
                    "full" => config::Coverage::Full,
                    "server" => config::Coverage::Server,
                    _ => return None,
                }
            }
            "diagnostics" => config.diagnostics = words.flag()?,
            "randomSeed" => config.random_seed = words.number()?,
            "waitingPerNode" => limits.waiting_per_node = words.number()?,
            "waitingBytesPerNode" => limits.waiting_bytes_per_node = words.number()?,
            "inFlight" => limits.in_flight = words.number()?,
            "window" => limits.window = words.number()?,
            "windowBytes" => limits.window_bytes = words.number()?,
            "dedicatedPerNode" => limits.dedicated_per_node = words.number()?,
            "dedicated" => limits.dedicated = words.number()?,
            "dedicatedWaitMs" => limits.dedicated_wait_ms = Some(words.number()?),
            "nodes" => limits.nodes = words.number()?,
            "depth" => limits.decode.depth = words.number()?,
            "line" => limits.decode.line = words.number()?,
            "bulk" => limits.decode.bulk = words.number()?,
            "frame" => limits.decode.frame = words.number()?,
            _ => return None,
        }
        Some(())
    })?;
    Ok(config)
}

fn read_from(word: &str) -> Option<ReadFrom> {
    Some(match word {
        "primary" => ReadFrom::Primary,
        "any" => ReadFrom::Any,
        "preferReplica" => ReadFrom::PreferReplica,
        "replica" => ReadFrom::Replica,
        "nearest" => ReadFrom::Nearest,
        "listed" => ReadFrom::Listed,
        _ => return None,
    })
}

/// Who answers reads, by shard: each is a primary's address and a list of addresses.
pub(crate) fn read_order(words: &[u8]) -> Result<port::Configure, JsValue> {
    let mut shards = Vec::new();
    read(words, |name, words| {
        (name == "shards").then_some(())?;
        let shard = |words: &mut Words<'_>| {
            // A shard is a list of two.
            let _: u32 = words.number()?;
            Some(port::ShardOrder { primary: words.address()?, nodes: words.list(Words::address)? })
        };
        shards = words.list(shard)?;
        Some(())
    })?;
    Ok(port::Configure::ReadOrder(shards))
}

pub(crate) fn submit_options(words: &[u8]) -> Result<port::SubmitOptions, JsValue> {
    let mut options = port::SubmitOptions::default();
    read(words, |name, words| {
        match name {
            "deadlineMs" => options.deadline_ms = Some(words.number()?),
            "maxRedirects" => options.max_redirects = Some(words.number()?),
            "detailed" => options.detailed = words.flag()?,
            "noSplit" => options.no_split = words.flag()?,
            "pipeline" => options.pipeline = words.flag()?,
            "atomic" => options.atomic = words.flag()?,
            "byHash" => options.by_hash = words.flag()?,
            "keyPositions" => options.key_positions = Some(words.list(Words::number)?),
            "lane" => options.lane = Some(port::LaneId(words.number()?)),
            "node" => options.route = Route::Node(words.address()?),
            "nodes" => options.route = Route::Nodes(words.list(Words::address)?),
            "slot" => options.route = Route::Slot(words.number()?),
            "readFrom" => options.read_from = Some(read_from(words.text()?)?),
            "zone" => options.read_from = Some(ReadFrom::Zone(words.owned()?)),
            "order" => {
                options.order = match words.text()? {
                    "key" => Order::Key,
                    "slot" => Order::Slot,
                    "none" => Order::None,
                    _ => return None,
                }
            }
            "crossSlot" => {
                options.cross_slot = match words.text()? {
                    "refuse" => CrossSlot::Refuse,
                    "emulate" => CrossSlot::Emulate,
                    _ => return None,
                }
            }
            "retry" => {
                options.retry = match words.text()? {
                    "reads" => Retry::Reads,
                    "idempotent" => Retry::Idempotent,
                    "never" => Retry::Never,
                    _ => return None,
                }
            }
            "route" => {
                options.route = match words.text()? {
                    "table" => Route::Table,
                    "primaries" => Route::Primaries,
                    "replicas" => Route::Replicas,
                    "all" => Route::All,
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(())
    })?;
    Ok(options)
}

pub(crate) fn misuse(misuse: &port::Misuse) -> Result<JsValue, JsValue> {
    write(&Misuse::of(misuse))
}

pub(crate) fn explained(all: &[port::Explained]) -> Result<JsValue, JsValue> {
    write(&all.iter().map(Explained::of).collect::<Vec<_>>())
}

pub(crate) fn offline(batch: &Bytes) -> Result<JsValue, JsValue> {
    match cluster::explain_offline(&topology::Topology::new(0), batch, &port::SubmitOptions::default()) {
        Ok(all) => explained(&all),
        Err(found) => Err(misuse(&found)?),
    }
}

pub(crate) fn topology(map: &topology::Topology) -> Result<JsValue, JsValue> {
    let address = |id| map.node(id).address.to_string();
    let told = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let nodes = map.members().map(|id| {
        let info = map.node(id);
        Node {
            address: info.address.to_string(),
            host: info.address.host.clone(),
            port: info.address.port,
            id: told(&info.name),
            primary: info.primary.map(address),
            role: if info.primary.is_some() { "replica" } else { "primary" },
            slots: map.ranges_of(id),
            zone: told(&info.zone),
            health: if info.failing { "failed" } else { "online" },
        }
    });
    let replicas = |start| Slot::new(start).map(|slot| map.replicas(slot).iter().copied().map(address).collect());
    let ranges = map.ranges().into_iter();
    let slots = ranges.map(|(start, end, owner)| Range {
        start,
        end,
        primary: address(owner),
        replicas: replicas(start).unwrap_or_default(),
    });
    write(&Topology { nodes: nodes.collect(), slots: slots.collect(), standalone: map.is_standalone() })
}

pub(crate) fn stats(stats: &port::Stats) -> Result<JsValue, JsValue> {
    write(&Counters(stats))
}

impl<'a> Misuse<'a> {
    fn of(misuse: &'a port::Misuse) -> Self {
        Self { index: misuse.index, code: misuse.code, command: &misuse.command, message: &misuse.message }
    }
}

impl<'a> Explained<'a> {
    fn of(explained: &'a port::Explained) -> Self {
        let binary = |keys: &'a [Bytes]| keys.iter().map(|key| Binary(key)).collect();
        let plan = explained.plan.as_ref().ok().map(|plan| Plan {
            route: plan.route,
            merge: plan.merge,
            atomic: plan.atomic,
            steps: &plan.steps,
            loses: plan.loses.as_deref(),
            parts: plan
                .parts
                .iter()
                .map(|part| Part {
                    slot: part.slot,
                    node: part.node.as_ref().map(ToString::to_string),
                    keys: binary(&part.keys),
                })
                .collect(),
        });
        Self {
            index: explained.index,
            command: &explained.command,
            keys: binary(&explained.keys),
            readonly: explained.readonly,
            plan,
            refusal: explained.plan.as_ref().err().map(Misuse::of),
        }
    }
}

fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&ToJs::new().serialize_large_number_types_as_bigints(true)).map_err(Into::into)
}
