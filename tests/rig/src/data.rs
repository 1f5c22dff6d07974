//! What the servers hold at the end, read from them without the client under test.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use slotpipe::lab::{
    Error, Result,
    resp::{Client, Reply},
};
use slotpipe_core::route::slot::Slot;

use crate::{
    rig::{Rig, direct},
    wire::Token,
    workload::{Issued, Kind, twin},
};

/// What a key holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Tokens in order; a register holds one or none.
    Tokens(Vec<Token>),
    /// A counter's value.
    Number(i64),
}

/// By key.
pub type Data = BTreeMap<String, Content>;

/// Every key of a history, from whoever owns it.
///
/// # Errors
/// A server does not answer.
pub fn read(rig: &Rig, history: &[Issued]) -> Result<Data> {
    let owners = rig.owners()?;
    let mut clients: BTreeMap<usize, Client> = BTreeMap::new();
    let mut data = Data::new();
    let keys: BTreeSet<(&str, Kind)> =
        history.iter().filter_map(|issued| Some((&*issued.key, issued.kind.stored()?))).collect();
    for (key, kind) in keys {
        let twins = kind.has_twin().then(|| twin(key));
        for key in [key.to_owned()].into_iter().chain(twins) {
            let slot = Slot::of(key.as_bytes()).number();
            let owner = owners.of(slot).ok_or_else(|| Error::new(format!("slot {slot} has no owner")))?;
            let client = match clients.entry(owner) {
                std::collections::btree_map::Entry::Occupied(there) => there.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(direct(rig.node(owner), Duration::from_secs(10))?)
                }
            };
            let content = content(client, &key, kind)?;
            data.insert(key, content);
        }
    }
    Ok(data)
}

fn content(client: &mut Client, key: &str, kind: Kind) -> Result<Content> {
    let text = |reply: &Reply| reply.text().unwrap_or_default().to_owned();
    Ok(match kind {
        Kind::List | Kind::SharedList | Kind::Queue | Kind::ScriptPair | Kind::Transaction => {
            let reply = client.ask(["LRANGE", key, "0", "-1"])?;
            Content::Tokens(
                reply.array().unwrap_or_default().iter().filter_map(|item| Token::first(&text(item))).collect(),
            )
        }
        Kind::Text => {
            let value = text(&client.ask(["GET", key])?);
            Content::Tokens(value.split(',').filter_map(Token::first).collect())
        }
        Kind::Stream => {
            let reply = client.ask(["XRANGE", key, "-", "+"])?;
            let token = |entry: &Reply| Token::first(&text(entry.array()?.get(1)?.array()?.get(1)?));
            Content::Tokens(reply.array().unwrap_or_default().iter().filter_map(token).collect())
        }
        Kind::Counter => Content::Number(text(&client.ask(["GET", key])?).parse().unwrap_or(0)),
        Kind::Register | Kind::Idempotent | Kind::Pair | Kind::Pop | Kind::Read => {
            Content::Tokens(Token::first(&text(&client.ask(["GET", key])?)).into_iter().collect())
        }
    })
}
