//! Leads a host through a case: says what to do next, takes what came of it, and judges.

use std::{sync::LazyLock, time::Duration};

use super::{
    case::{Alternative, Ask, Case, Does, Expected, Options, Security, Step},
    server::Peer,
};
use crate::certificates::Authority;

/// Certificates of one process's peers.
static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::new);
/// Somebody else's.
static STRANGER: LazyLock<Authority> = LazyLock::new(Authority::new);

/// How long a client that has been closed may take to close its connections.
const FAREWELL: Duration = Duration::from_secs(5);

/// What a host has to say besides an outcome stands behind this: the words of an error, which differ from host to host.
const REMARK: &str = " # ";

/// Where the client under test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// The Rust client, with whatever engine.
    Rust,
    /// The Node package.
    Node,
}

/// A case under way.
#[derive(Debug)]
pub struct Run {
    host: Host,
    peer: Peer,
    steps: std::vec::IntoIter<Step>,
    /// The order that has been given and not answered.
    given: Option<(String, Vec<Expected>)>,
    certified: bool,
    /// The host has been told to close its client.
    closing: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// The host does this and tells what came of it.
    Do(Order),
    /// The host closes its client, and tells that.
    Close,
    /// Everything was as it must be.
    Passed,
}

/// What the host has to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Order {
    /// The thing itself.
    pub ask: Ask,
    /// Where the peer is.
    pub seeds: Vec<String>,
    /// The authority that the client trusts, as PEM, if it speaks TLS.
    pub authority: Option<String>,
}

impl Run {
    /// Starts the peer of a case.
    ///
    /// # Errors
    ///
    /// There is no port to be had.
    pub fn begin(case: &Case, host: Host) -> Result<Self, String> {
        let identity = case.certified.as_ref().map(|name| AUTHORITY.sign(&[name]));
        let peer = Peer::start(case.nodes, identity.as_ref())?;
        let steps = case.steps.clone().into_iter();
        Ok(Self { host, peer, steps, given: None, certified: case.certified.is_some(), closing: false })
    }

    /// Takes what came of the last order, one outcome for each command, and gives the next.
    ///
    /// # Errors
    ///
    /// Something is not as it must be: what, and what the peer has seen.
    pub fn next(&mut self, outcomes: &[String]) -> Result<Next, String> {
        if let Some((line, expected)) = self.given.take() {
            judge(self.host, &expected, outcomes).map_err(|error| self.told(&line, &error))?;
        }
        while let Some(Step { line, does }) = self.steps.next() {
            match does {
                Does::Peer(node, directive) => {
                    self.peer.obey(node, directive).map_err(|error| self.told(&line, &error))?;
                }
                Does::Seen(words, least, most) => {
                    let count = self.peer.count(&words);
                    if !(least..=most).contains(&count) {
                        return Err(self.told(&line, &format!("it came {count} times")));
                    }
                }
                Does::Ask(ask, expected) => {
                    self.given = Some((line, expected));
                    return Ok(Next::Do(self.order(ask)));
                }
            }
        }
        if !std::mem::replace(&mut self.closing, true) {
            return Ok(Next::Close);
        }
        let left = self.peer.farewell(FAREWELL);
        if left > 0 {
            return Err(self.told("at the end", &format!("the closed client left {left} connections open")));
        }
        Ok(Next::Passed)
    }

    fn order(&self, ask: Ask) -> Order {
        let usual = if self.certified { Security::Tls } else { Security::Plain };
        let security = match &ask {
            Ask::Connect(Options { security, .. }) => security.unwrap_or(usual),
            Ask::Calls { .. } => Security::Plain,
        };
        let authority = match security {
            Security::Plain => None,
            Security::Tls => Some(AUTHORITY.certificate().into()),
            Security::Stranger => Some(STRANGER.certificate().into()),
        };
        Order { ask, seeds: self.peer.addresses(), authority }
    }

    fn told(&self, line: &str, error: &str) -> String {
        format!("{line}\n    {error}\n    the peer saw: {}", self.peer.story())
    }
}

impl Order {
    /// The order as one line of JSON.
    pub fn to_json(&self) -> String {
        let list =
            |items: &[String]| format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(","));
        let (options, rest) = match &self.ask {
            Ask::Connect(options) => (options, format!(r#""do":"connect","seeds":{}"#, list(&self.seeds))),
            Ask::Calls { options, commands, pipeline } => {
                let commands: Vec<_> = commands.iter().map(|command| list(command)).collect();
                (options, format!(r#""do":"calls","pipeline":{pipeline},"commands":[{}]"#, commands.join(",")))
            }
        };
        let number = |number: Option<u32>| number.map_or_else(|| "null".into(), |number| number.to_string());
        let text = |text: Option<&String>| text.map_or_else(|| "null".into(), |text| quoted(text));
        format!(
            r#"{{{rest},"timeout":{},"connectTimeout":{},"retry":{},"resp2":{},"authority":{}}}"#,
            number(options.timeout_ms),
            number(options.connect_timeout_ms),
            text(options.retry.as_ref()),
            options.resp2,
            text(self.authority.as_ref()),
        )
    }
}

fn judge(host: Host, expected: &[Expected], outcomes: &[String]) -> Result<(), String> {
    let Some(last) = expected.last() else { return Ok(()) };
    let plain: Vec<_> = outcomes.iter().map(|outcome| outcome.split(REMARK).next().unwrap_or_default()).collect();
    for (index, outcome) in outcomes.iter().enumerate() {
        if !expected.get(index).unwrap_or(last).allows(host, plain[index]) {
            return Err(format!("command {index} ended as: {outcome}"));
        }
    }
    if outcomes.is_empty() || (expected.len() > 1 && expected.len() != outcomes.len()) {
        return Err(format!("{} outcomes", outcomes.len()));
    }
    let of_host = |other: &&Alternative| other.host.is_none_or(|only| only == host);
    for other in expected.iter().flat_map(|expected| &expected.0).filter(of_host) {
        let count = plain.iter().filter(|outcome| **outcome == other.outcome).count();
        if count < usize::from(other.required) || count > other.most {
            return Err(format!("{count} of {} ended as: {}", outcomes.len(), other.outcome));
        }
    }
    Ok(())
}

/// Case files and certificates are ASCII.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r"))
}
