//! What crosses as objects: options in, plans, the slot map and counters out.
//!
//! Names are in camel case. Maps are `Map`, so that no object is keyed by a server's text; counters are bigint.

use bytes::Bytes;
use serde::{
    Deserialize, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
    ser::SerializeStruct as _,
};
use serde_wasm_bindgen::{Serializer as ToJs, from_value};
use slotpipe_core::{
    cluster, config,
    port::{self, Order, Retry, Route},
    route::{slot::Slot, topology},
    wire::decode,
};
use wasm_bindgen::JsValue;

#[derive(Deserialize)]
struct Address {
    host: String,
    port: u16,
}

/// Options of a core; what is missing keeps the core's default.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Config {
    seeds: Vec<Address>,
    resp3: Option<bool>,
    client_name: Option<String>,
    /// Name and version.
    library: Option<(String, String)>,
    tls: bool,
    trust: Option<Trust>,
    database: u16,
    deadline_ms: Option<u32>,
    slow_deadline_ms: Option<u32>,
    connect_ms: Option<u32>,
    max_redirects: Option<u8>,
    refresh_ms: Option<u32>,
    refresh_gap_ms: Option<u32>,
    diagnostics: bool,
    /// A number, or a bigint.
    random_seed: u64,
    limits: Limits,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Limits {
    waiting_per_node: Option<u32>,
    waiting_bytes_per_node: Option<u32>,
    in_flight: Option<u32>,
    window: Option<u32>,
    window_bytes: Option<u32>,
    dedicated_per_node: Option<u32>,
    nodes: Option<u32>,
    decode: DecodeLimits,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DecodeLimits {
    depth: Option<u32>,
    line: Option<u32>,
    bulk: Option<u32>,
    frame: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Trust {
    Listed,
    Server,
    Only(Vec<Address>),
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct SubmitOptions {
    deadline_ms: Option<u32>,
    /// `key` (the default), `slot` or `none`.
    order: Option<String>,
    /// `reads` (the default), `idempotent` or `never`.
    retry: Option<String>,
    max_redirects: Option<u8>,
    route: RouteName,
    no_split: bool,
    key_positions: Option<Vec<u32>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum RouteName {
    #[default]
    Table,
    Node(Address),
    Slot(u16),
    Primaries,
    All,
}

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
    id: String,
    primary: Option<String>,
    zone: String,
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
        let mut object = to.serialize_struct("Counters", counts.len() + 1)?;
        for (name, count) in counts {
            object.serialize_field(name, &count)?;
        }
        object.serialize_field("open", &Open(stats.open))?;
        object.end()
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

impl From<Address> for port::Address {
    fn from(Address { host, port }: Address) -> Self {
        Self { host, port }
    }
}

pub(crate) fn config(value: JsValue) -> Result<config::Config, JsValue> {
    let given: Config = read(value)?;
    let default = config::Config::default();
    let trust = match given.trust {
        None | Some(Trust::Listed) => config::Trust::Listed,
        Some(Trust::Server) => config::Trust::Server,
        Some(Trust::Only(addresses)) => config::Trust::Only(addresses.into_iter().map(Into::into).collect()),
    };
    Ok(config::Config {
        seeds: given.seeds.into_iter().map(Into::into).collect(),
        library: given.library.unwrap_or(("slotpipe-node".into(), default.library.1)),
        client_name: given.client_name,
        tls: given.tls,
        trust,
        database: given.database,
        random_seed: given.random_seed,
        resp3: given.resp3.unwrap_or(default.resp3),
        deadline_ms: given.deadline_ms.unwrap_or(default.deadline_ms),
        slow_deadline_ms: given.slow_deadline_ms.unwrap_or(default.slow_deadline_ms),
        connect_ms: given.connect_ms.unwrap_or(default.connect_ms),
        max_redirects: given.max_redirects.unwrap_or(default.max_redirects),
        refresh_ms: given.refresh_ms.unwrap_or(default.refresh_ms),
        refresh_gap_ms: given.refresh_gap_ms.unwrap_or(default.refresh_gap_ms),
        diagnostics: given.diagnostics,
        limits: limits(&given.limits),
    })
}

fn limits(given: &Limits) -> config::Limits {
    let default = config::Limits::default();
    config::Limits {
        waiting_per_node: given.waiting_per_node.unwrap_or(default.waiting_per_node),
        waiting_bytes_per_node: given.waiting_bytes_per_node.unwrap_or(default.waiting_bytes_per_node),
        in_flight: given.in_flight.unwrap_or(default.in_flight),
        window: given.window.unwrap_or(default.window),
        window_bytes: given.window_bytes.unwrap_or(default.window_bytes),
        dedicated_per_node: given.dedicated_per_node.unwrap_or(default.dedicated_per_node),
        nodes: given.nodes.unwrap_or(default.nodes),
        decode: decode::Limits {
            depth: given.decode.depth.unwrap_or(default.decode.depth),
            line: given.decode.line.unwrap_or(default.decode.line),
            bulk: given.decode.bulk.unwrap_or(default.decode.bulk),
            frame: given.decode.frame.unwrap_or(default.decode.frame),
        },
    }
}

pub(crate) fn submit_options(value: JsValue) -> Result<port::SubmitOptions, JsValue> {
    if value.is_undefined() {
        return Ok(port::SubmitOptions::default());
    }
    let given: SubmitOptions = read(value)?;
    Ok(port::SubmitOptions {
        deadline_ms: given.deadline_ms,
        order: match given.order.as_deref() {
            None | Some("key") => Order::Key,
            Some("slot") => Order::Slot,
            Some("none") => Order::None,
            Some(other) => return Err(no_option("order", other, "key, slot or none")),
        },
        retry: match given.retry.as_deref() {
            None | Some("reads") => Retry::Reads,
            Some("idempotent") => Retry::Idempotent,
            Some("never") => Retry::Never,
            Some(other) => return Err(no_option("retry", other, "reads, idempotent or never")),
        },
        max_redirects: given.max_redirects,
        route: match given.route {
            RouteName::Table => Route::Table,
            RouteName::Node(address) => Route::Node(address.into()),
            RouteName::Slot(slot) => Route::Slot(slot),
            RouteName::Primaries => Route::Primaries,
            RouteName::All => Route::All,
        },
        no_split: given.no_split,
        key_positions: given.key_positions,
    })
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
    let nodes = map.nodes().map(|id| {
        let info = map.node(id);
        Node {
            address: info.address.to_string(),
            host: info.address.host.clone(),
            port: info.address.port,
            id: info.name.clone(),
            primary: info.primary.map(address),
            zone: info.zone.clone(),
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

fn no_option(option: &str, given: &str, known: &str) -> JsValue {
    serde_wasm_bindgen::Error::custom(format_args!("{option} is {known}, not `{given}`")).into()
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    from_value(value).map_err(Into::into)
}

fn write(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&ToJs::new().serialize_large_number_types_as_bigints(true)).map_err(Into::into)
}
