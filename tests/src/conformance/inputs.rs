//! Calls as lines, written and read.

use std::fmt::Write as _;

use slotpipe_core::{
    config::{Config, Limits, Trust},
    port::{Address, Cause, Credentials, Input, LinkId, Micros, Order, Retry, Route, SubmitOptions},
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
        max_redirects,
        refresh_ms,
        refresh_gap_ms,
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
    plain(out, "max_redirects", max_redirects);
    plain(out, "refresh_ms", refresh_ms);
    plain(out, "refresh_gap_ms", refresh_gap_ms);
    plain(out, "diagnostics", diagnostics);
    plain(out, "random_seed", random_seed);
    let Limits {
        waiting_per_node, waiting_bytes_per_node, in_flight, window, window_bytes, dedicated_per_node, ..
    } = limits;
    plain(out, "waiting_per_node", waiting_per_node);
    plain(out, "waiting_bytes_per_node", waiting_bytes_per_node);
    plain(out, "in_flight", in_flight);
    plain(out, "window", window);
    plain(out, "window_bytes", window_bytes);
    plain(out, "dedicated_per_node", dedicated_per_node);
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
        max_redirects: words.number("max_redirects")?,
        refresh_ms: words.number("refresh_ms")?,
        refresh_gap_ms: words.number("refresh_gap_ms")?,
        diagnostics: words.number("diagnostics")?,
        random_seed: words.number("random_seed")?,
        limits: Limits {
            waiting_per_node: words.number("waiting_per_node")?,
            waiting_bytes_per_node: words.number("waiting_bytes_per_node")?,
            in_flight: words.number("in_flight")?,
            window: words.number("window")?,
            window_bytes: words.number("window_bytes")?,
            dedicated_per_node: words.number("dedicated_per_node")?,
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
    let SubmitOptions { deadline_ms, order, retry, max_redirects, route, no_split, key_positions } = options;
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
        Route::All => plain(out, "route", "all"),
    }
    if *no_split {
        plain(out, "no_split", true);
    }
    if let Some(positions) = key_positions {
        // Told apart from a list that is not given.
        plain(out, "keys_given", true);
        list(out, "key_positions", positions.iter().map(ToString::to_string));
    }
    word(out, "batch", batch);
    out.push('\n');
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
            (None, None, Some("all")) => Route::All,
            other => return Err(format!("a route that is {other:?}")),
        },
        no_split: words.optional("no_split")?.unwrap_or(false),
        key_positions: match words.get("keys_given") {
            None => None,
            Some(_) => Some(positions.map_err(|error| error.to_string())?),
        },
    })
}

pub(super) fn handle(out: &mut String, now: Micros, input: &Input) {
    match input {
        Input::Connected { link, credentials } => {
            begin(out, now, "connected");
            plain(out, "link", link.0);
            if let Some(Credentials { username, password }) = credentials {
                if let Some(name) = username {
                    word(out, "username", name);
                }
                word(out, "password", password);
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
        "connected" => {
            let username = words.optional_text("username")?;
            let credentials = words.optional_text("password")?.map(|password| Credentials { username, password });
            Call::Handle(Input::Connected { link: link()?, credentials })
        }
        "received" => Call::Handle(Input::Received { link: link()?, bytes: words.bytes("bytes")?.into() }),
        "closed" => {
            let cause = match words.get("cause") {
                Some("refused") => Cause::Refused(words.text("text")?),
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
        "poll" => Call::Poll,
        "stats" => Call::Stats,
        "topology" => Call::Topology,
        other => return Err(format!("there is no call {other:?}")),
    };
    Ok((Micros(now), call))
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
