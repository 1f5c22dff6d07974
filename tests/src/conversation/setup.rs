//! What stands behind `config`, `map`, `credentials` and in the brackets of `submit`.

use slotpipe_core::{
    config::{Config, Coverage, Trust},
    port::{
        Address, Configure, Credentials, CrossSlot, LaneId, Order, ReadFrom, Retry, Route, ShardOrder, SubmitOptions,
    },
};

use crate::script::network::{Map, address};

/// Sets options: `window=3 resp3=no trust=server seeds=7001,7002 ...`, milliseconds and counts as plain numbers.
///
/// # Errors
/// An option or value that is none.
pub fn configure(config: &mut Config, text: &str) -> Result<(), String> {
    for pair in text.split_whitespace() {
        let (name, value) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is not name=value"))?;
        let number = || value.parse::<u32>().map_err(|_| format!("{value:?} is no number"));
        let limits = &mut config.limits;
        match name {
            "window" => limits.window = number()?,
            "window_bytes" => limits.window_bytes = number()?,
            "in_flight" => limits.in_flight = number()?,
            "waiting" => limits.waiting_per_node = number()?,
            "waiting_bytes" => limits.waiting_bytes_per_node = number()?,
            "dedicated" => limits.dedicated_per_node = number()?,
            "dedicated_in_all" => limits.dedicated = number()?,
            "dedicated_wait" => limits.dedicated_wait_ms = Some(number()?),
            "nodes" => limits.nodes = number()?,
            "depth" => limits.decode.depth = number()?,
            "line" => limits.decode.line = number()?,
            "bulk" => limits.decode.bulk = number()?,
            "frame" => limits.decode.frame = number()?,
            "deadline" => config.deadline_ms = number()?,
            "slow_deadline" => config.slow_deadline_ms = number()?,
            "connect" => config.connect_ms = number()?,
            "reconnect" => config.reconnect_ms = number()?,
            "reconnect_most" => config.reconnect_most_ms = number()?,
            "read_from" => config.read_from = read_from(value)?,
            "measure" => config.measure_ms = number()?,
            "idle" => config.idle_ms = number()?,
            "unused" => config.unused_ms = number()?,
            "seeds_first" => config.seeds_first = value == "yes",
            "coverage" if value == "full" => config.coverage = Coverage::Full,
            "coverage" if value == "server" => config.coverage = Coverage::Server,
            "refresh" => config.refresh_ms = number()?,
            "gap" => config.refresh_gap_ms = number()?,
            "random" => config.random_seed = value.parse().map_err(|_| format!("{value:?} is no number"))?,
            "max_redirects" => config.max_redirects = u8::try_from(number()?).map_err(|error| error.to_string())?,
            "database" => config.database = u16::try_from(number()?).map_err(|error| error.to_string())?,
            "resp3" => config.resp3 = value == "yes",
            "tls" => config.tls = value == "yes",
            "diagnostics" => config.diagnostics = value == "yes",
            "name" => config.client_name = Some(value.into()),
            "seeds" => config.seeds = value.split(',').map(address).collect::<Result<_, _>>()?,
            "trust" if value == "server" => config.trust = Trust::Server,
            "trust" => config.trust = Trust::Only(value.split(',').map(address).collect::<Result<_, _>>()?),
            _ => return Err(format!("there is no option {name:?}")),
        }
    }
    Ok(())
}

/// Reads `7001+7004 0-5460 5500 epoch 2, 7002 -`.
///
/// # Errors
/// What is no map in it.
pub fn map(text: &str) -> Result<Map, String> {
    let mut map = Map::default();
    for node in text.split(',') {
        let mut words = node.split_whitespace();
        let mut names = words.next().ok_or("a node without a name")?.split('+').map(address);
        let owner = names.next().ok_or("a node without a name")??;
        let replicas = names.collect::<Result<Vec<Address>, _>>()?;
        map.replicas.insert(owner.clone(), replicas);
        while let Some(word) = words.next() {
            match word {
                "-" => map.empty.push(owner.clone()),
                "epoch" => {
                    let epoch = words.next().and_then(|epoch| epoch.parse().ok()).ok_or("an epoch is a number")?;
                    map.epochs.insert(owner.clone(), epoch);
                }
                "moving" => {
                    let slot = words.next().and_then(|slot| slot.parse().ok()).ok_or("a slot is moving")?;
                    map.moving.entry(owner.clone()).or_default().push(slot);
                }
                slots => {
                    let (first, last) = slots.split_once('-').unwrap_or((slots, slots));
                    let slot = |digits: &str| digits.parse().map_err(|_| format!("{slots:?} is no range of slots"));
                    map.ranges.push((slot(first)?, slot(last)?, owner.clone()));
                }
            }
        }
    }
    map.ranges.sort();
    Ok(map)
}

/// Reads `user:password`; the user may be empty.
///
/// # Errors
/// There is no colon.
pub fn credentials(text: &str) -> Result<Credentials, String> {
    let (user, password) = text.split_once(':').ok_or("credentials are user:password")?;
    let username = Some(user.to_string()).filter(|user| !user.is_empty());
    Ok(Credentials { username, password: password.into() })
}

/// Reads `preferReplica` or `zone/a`.
fn read_from(text: &str) -> Result<ReadFrom, String> {
    Ok(match text {
        "primary" => ReadFrom::Primary,
        "any" => ReadFrom::Any,
        "preferReplica" => ReadFrom::PreferReplica,
        "replica" => ReadFrom::Replica,
        "nearest" => ReadFrom::Nearest,
        "listed" => ReadFrom::Listed,
        _ => match text.strip_prefix("zone/") {
            Some(zone) => ReadFrom::Zone(zone.into()),
            None => return Err(format!("nobody is read from by {text:?}")),
        },
    })
}

/// Reads `7001: 7005 7004, 7002: 7006`, the order in which the nodes of shards are read from.
///
/// # Errors
/// What is no shard in it.
pub fn read_order(text: &str) -> Result<Configure, String> {
    let shards = text.split(',').map(|shard| {
        let (primary, nodes) = shard.split_once(':').ok_or_else(|| format!("{shard:?} is no PRIMARY: NODE NODE"))?;
        let nodes = nodes.split_whitespace().map(address).collect::<Result<_, _>>()?;
        Ok(ShardOrder { primary: address(primary.trim())?, nodes })
    });
    Ok(Configure::ReadOrder(shards.collect::<Result<_, String>>()?))
}

/// Reads the options of a submit: `retry=never order=slot deadline=50 max_redirects=0 route=7001 no_split pipeline atomic
/// detailed by_hash emulate lane=1 keys=1,2 read_from=preferReplica`, or `read_from=zone/a`.
/// A route is a node, `slot/866`, `primaries`, `replicas`, `all`, or several nodes: `7001+7004`.
///
/// # Errors
/// An option or value that is none.
pub fn submit_options(text: &str) -> Result<SubmitOptions, String> {
    let mut options = SubmitOptions::default();
    for word in text.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let unknown = || Err(format!("{word:?} is no option of submit"));
        let number = || value.parse::<u32>().map_err(|_| format!("{value:?} is no number"));
        match (name, value) {
            ("retry", "idempotent") => options.retry = Retry::Idempotent,
            ("retry", "never") => options.retry = Retry::Never,
            ("order", "slot") => options.order = Order::Slot,
            ("order", "none") => options.order = Order::None,
            ("deadline", _) => options.deadline_ms = Some(number()?),
            ("max_redirects", _) => options.max_redirects = Some(u8::try_from(number()?).map_err(|e| e.to_string())?),
            ("lane", _) => options.lane = Some(LaneId(number()?)),
            ("read_from", _) => options.read_from = Some(read_from(value)?),
            ("no_split", "") => options.no_split = true,
            ("pipeline", "") => options.pipeline = true,
            ("atomic", "") => options.atomic = true,
            ("detailed", "") => options.detailed = true,
            ("by_hash", "") => options.by_hash = true,
            ("emulate", "") => options.cross_slot = CrossSlot::Emulate,
            ("keys", "") => options.key_positions = Some(Vec::new()),
            ("keys", _) => {
                let keys: Result<_, _> = value.split(',').map(str::parse).collect();
                options.key_positions = Some(keys.map_err(|_| format!("{value:?} are no positions"))?);
            }
            ("route", "primaries") => options.route = Route::Primaries,
            ("route", "replicas") => options.route = Route::Replicas,
            ("route", "all") => options.route = Route::All,
            ("route", _) => {
                options.route = match value.strip_prefix("slot/") {
                    Some(slot) => Route::Slot(slot.parse().map_err(|_| format!("{slot:?} is no slot"))?),
                    None if value.contains('+') => {
                        Route::Nodes(value.split('+').map(address).collect::<Result<_, _>>()?)
                    }
                    None => Route::Node(address(value)?),
                }
            }
            _ => return unknown(),
        }
    }
    Ok(options)
}
