//! Leads a host through a case: says what to do next, takes what came of it, and judges.

use std::{sync::LazyLock, time::Duration};

use super::{
    case::{Alternative, Ask, Case, Certified, Does, Expected, Follow, Options, Place, Security, Step},
    server::{Peer, Setup},
};
use crate::certificates::Authority;

/// Certificates of one process's peers.
static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::new);
/// Somebody else's.
static STRANGER: LazyLock<Authority> = LazyLock::new(Authority::new);

/// How long a client that has been closed may take to close its connections.
const FAREWELL: Duration = Duration::from_secs(5);

/// User and password of clients that have them: texts that stand nowhere else.
const USER: &str = "canary-user";
const PASSWORD: &str = "canary-password";

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
    /// The order asked where the client has gone: nodes go by their names.
    by_name: bool,
    certified: bool,
    /// Nothing for verified servers only may have come in the clear, when all is over.
    is_secret: bool,
    /// The host has been told to close its client.
    closing: bool,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// The host does this and tells what came of it.
    Do(Box<Order>),
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
    /// User and password.
    pub credentials: Option<(&'static str, &'static str)>,
    /// Where the client may go, if not to listed nodes only.
    pub trust: Option<Trust>,
}

/// Where a client may go besides its seeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Wherever a server says.
    Server,
    /// To these addresses.
    Only(Vec<String>),
}

impl Run {
    /// Starts the peer of a case.
    ///
    /// # Errors
    ///
    /// There is no port to be had.
    pub fn begin(case: &Case, host: Host) -> Result<Self, String> {
        let identity = case.certified.as_ref().map(|certified| match certified {
            Certified::For(name) => AUTHORITY.sign(&[name]),
            Certified::Expired => AUTHORITY.sign_expired(),
            Certified::Early => AUTHORITY.sign_early(),
            Certified::Nameless => AUTHORITY.sign_nameless(),
            Certified::SelfSigned => Authority::self_signed(),
            Certified::Asking => AUTHORITY.sign(&["127.0.0.1"]),
        });
        let asks_for = (case.certified == Some(Certified::Asking)).then(|| AUTHORITY.certificate().into());
        let peer = Peer::set_up(&Setup { nodes: case.nodes, foreign: case.foreign, identity, asks_for })?;
        let steps = case.steps.clone().into_iter();
        let certified = case.certified.is_some();
        Ok(Self { host, peer, steps, given: None, by_name: false, certified, is_secret: false, closing: false })
    }

    /// Takes what came of the last order, one outcome for each command, and gives the next.
    ///
    /// # Errors
    ///
    /// Something is not as it must be: what, and what the peer has seen.
    pub fn next(&mut self, outcomes: &[String]) -> Result<Next, String> {
        if let Some((line, expected)) = self.given.take() {
            let named = if self.by_name { self.named(outcomes) } else { outcomes.to_vec() };
            judge(self.host, &expected, &named).map_err(|error| self.told(&line, &error))?;
        }
        while let Some(Step { line, does }) = self.steps.next() {
            match does {
                Does::Peer(node, directive) => {
                    self.peer.obey(node, directive).map_err(|error| self.told(&line, &error))?;
                }
                Does::Seen(words, times) => {
                    let count = self.peer.count(&words);
                    if !times.contains(&count) {
                        return Err(self.told(&line, &format!("it came {count} times")));
                    }
                }
                Does::Accepted(place, times) => {
                    let count = self.peer.accepted(place)?;
                    if !times.contains(&count) {
                        return Err(self.told(&line, &format!("it was connected to {count} times")));
                    }
                }
                Does::Unheard => self.is_secret = true,
                Does::Ask(ask, expected) => {
                    self.given = Some((line.clone(), expected));
                    self.by_name = ask == Ask::Dialled;
                    let order = self.order(ask).map_err(|error| self.told(&line, &error))?;
                    return Ok(Next::Do(Box::new(order)));
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
        let secrets = ["\r\nHELLO\r\n", "\r\nAUTH\r\n", USER, PASSWORD];
        if let Some(word) = self.peer.overheard(&secrets).filter(|_| self.is_secret) {
            return Err(self.told("unheard", &format!("{word:?} came in the clear")));
        }
        Ok(Next::Passed)
    }

    fn order(&self, ask: Ask) -> Result<Order, String> {
        let usual = if self.certified { Security::Tls } else { Security::Plain };
        let (security, follow, authenticated) = match &ask {
            Ask::Connect(options) => (options.security.unwrap_or(usual), options.follow.clone(), options.authenticated),
            Ask::Dialled | Ask::Calls { .. } => (Security::Plain, None, false),
        };
        let authority = match security {
            Security::Plain => None,
            Security::Tls => Some(AUTHORITY.certificate().into()),
            Security::Stranger => Some(STRANGER.certificate().into()),
        };
        let trust = match follow {
            None => None,
            Some(Follow::Server) => Some(Trust::Server),
            Some(Follow::Only(nodes)) => {
                Some(Trust::Only(nodes.into_iter().map(|node| self.peer.address(node)).collect::<Result<_, _>>()?))
            }
        };
        let credentials = authenticated.then_some((USER, PASSWORD));
        Ok(Order { ask, seeds: self.peer.addresses(), authority, credentials, trust })
    }

    /// Addresses of nodes by their names, as cases call them.
    fn named(&self, outcomes: &[String]) -> Vec<String> {
        let name = |address: &str| {
            let mut nodes = self.peer.addresses().into_iter().enumerate();
            if let Some((node, _)) = nodes.find(|(_, known)| known == address) {
                return (node + 1).to_string();
            }
            let by_v4 = address.replace("::1", "127.0.0.1");
            let is_foreign = self.peer.address(Place::Foreign).is_ok_and(|foreign| foreign == by_v4);
            String::from(if is_foreign { "foreign" } else { address })
        };
        let line = |addresses: &String| {
            let mut names: Vec<_> = addresses.split(' ').map(name).collect();
            names.sort();
            names.join(" ")
        };
        outcomes.iter().map(line).collect()
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
            Ask::Dialled => (&Options::default(), String::from(r#""do":"dialled""#)),
            Ask::Calls { options, commands, pipeline } => {
                let commands: Vec<_> = commands.iter().map(|command| list(command)).collect();
                (options, format!(r#""do":"calls","pipeline":{pipeline},"commands":[{}]"#, commands.join(",")))
            }
        };
        let number = |number: Option<u32>| number.map_or_else(|| "null".into(), |number| number.to_string());
        let text = |text: Option<&String>| text.map_or_else(|| "null".into(), |text| quoted(text));
        let trust = match &self.trust {
            None => "null".into(),
            Some(Trust::Server) => quoted("server"),
            Some(Trust::Only(addresses)) => list(addresses),
        };
        let credentials =
            self.credentials.map_or_else(|| "null".into(), |(user, password)| list(&[user.into(), password.into()]));
        format!(
            r#"{{{rest},"timeout":{},"connectTimeout":{},"retry":{},"resp2":{},"authority":{},"trust":{trust},"credentials":{credentials}}}"#,
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
    let split = |outcome: &'_ String| outcome.find(REMARK).unwrap_or(outcome.len());
    let plain: Vec<_> = outcomes.iter().map(|outcome| &outcome[..split(outcome)]).collect();
    for (index, outcome) in outcomes.iter().enumerate() {
        if !expected.get(index).unwrap_or(last).allows(host, plain[index], &outcome[split(outcome)..]) {
            return Err(format!("command {index} ended as: {outcome}"));
        }
    }
    if outcomes.is_empty() || (expected.len() > 1 && expected.len() != outcomes.len()) {
        return Err(format!("{} outcomes", outcomes.len()));
    }
    let of_host = |other: &&Alternative| other.host.is_none_or(|only| only == host);
    for other in expected.iter().flat_map(|expected| &expected.0).filter(of_host) {
        let count = plain.iter().filter(|outcome| ***outcome == other.outcome).count();
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
