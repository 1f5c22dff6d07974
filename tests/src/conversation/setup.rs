//! What stands behind `config`, `map`, `credentials` and in the brackets of `submit`.

use slotpipe_core::{
    config::{Config, Trust},
    port::{Address, Credentials, Order, Retry, Route, SubmitOptions},
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
            "nodes" => limits.nodes = number()?,
            "depth" => limits.decode.depth = number()?,
            "line" => limits.decode.line = number()?,
            "bulk" => limits.decode.bulk = number()?,
            "frame" => limits.decode.frame = number()?,
            "deadline" => config.deadline_ms = number()?,
            "slow_deadline" => config.slow_deadline_ms = number()?,
            "connect" => config.connect_ms = number()?,
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

/// Reads the options of a submit: `retry=never order=slot deadline=50 max_redirects=0 route=7001 no_split keys=1,2`.
/// A route is a node, `slot/866`, `primaries` or `all`.
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
            ("no_split", "") => options.no_split = true,
            ("keys", "") => options.key_positions = Some(Vec::new()),
            ("keys", _) => {
                let keys: Result<_, _> = value.split(',').map(str::parse).collect();
                options.key_positions = Some(keys.map_err(|_| format!("{value:?} are no positions"))?);
            }
            ("route", "primaries") => options.route = Route::Primaries,
            ("route", "all") => options.route = Route::All,
            ("route", _) => {
                options.route = match value.strip_prefix("slot/") {
                    Some(slot) => Route::Slot(slot.parse().map_err(|_| format!("{slot:?} is no slot"))?),
                    None => Route::Node(address(value)?),
                }
            }
            _ => return unknown(),
        }
    }
    Ok(options)
}
