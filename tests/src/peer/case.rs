//! Cases as text. Each begins with `== its name, a sentence` and `rule: the rule that it would break`; `#` begins a
//! comment. Then one line for each step:
//!
//! | line | meaning |
//! |---|---|
//! | `each N: 0-4`, `each END: reset fin` | the case once for each value, which stands for `{N}` below; `0-99/7` is every seventh |
//! | `alone` | no other case runs at the same time: this one moves so much that it would slow them down |
//! | `nodes 2` | two nodes with half of the slots each; else one |
//! | `foreign` | one more node that answers like the others, and that is neither a seed nor listed by anybody |
//! | `plain`, `tls`, `tls for elsewhere.invalid` | whether the nodes speak TLS, by a certificate for 127.0.0.1 or for that name |
//! | `tls expired`, `early`, `nameless`, `self-signed` | ... by one whose time is over or has not come, that names nobody but in its subject, or that vouches for itself |
//! | `tls asking` | ... and clients must show a certificate, which ours have not |
//! | `peer on SET k: reply 2 bytes, reset` | what happens when a command comes that begins so, the first time; `always on …` whenever, `7 times on …` |
//! | `peer on SET k: say -MOVED 7629 {foreign}\\r\\n` | `{foreign}` is that node's address, `{port}` its port, `{another}` one of its own each time, `{ab*3}` is `ababab` |
//! | `peer on 70000 bytes of SET k: reset` | ... when so much is there of a command that is not whole |
//! | `peer on accept: close` | ... when a connection is accepted |
//! | `peer down`, `up`, `resume`, `narrow` | nobody listens; again; whoever stalls goes on; little is taken unread |
//! | `peer gives to foreign` | from now on the map says that all slots are the foreign node's |
//! | `node 2 down` | the same for one node |
//! | `connect [connect-timeout=300 tls=no] => ok` | a new client; the old one is dropped. `ok` may be left out |
//! | `connect [follow=server]`, `[follow=1,foreign]` | ... that goes wherever a server says, or to these nodes only |
//! | `connect [auth=yes]` | ... with a user and a password |
//! | `call [timeout=300] SET k v => OK` | one call, awaited |
//! | `pipeline SET a 1 ; GET a => OK ; value` | a pipeline |
//! | `at once 40 SET k# x*1000000 => OK` | as many calls in one tick; `#` is the number, `x*n` that many x |
//! | `seen SET k: 1`, `seen SET k: at most 1` | how often such a command has come whole |
//! | `accepted foreign: 0` | how often a node was connected to |
//! | `dialled => 1 foreign` | where the client went since it was made: nodes by number, all else by its address |
//! | `unheard` | at the end, no byte of HELLO, AUTH, user or password has come in the clear |
//!
//! Outcomes are told alike by every host:
//!
//! | outcome | meaning |
//! |---|---|
//! | `OK`, `1`, `nil`, `[a b]`, `{f: 1}`, `<1000000 bytes>` | a reply |
//! | `server-error WRONGTYPE maybe` | the server's error, and whether the command ran |
//! | `not-executed UNREACHABLE` | it never ran, and why |
//! | `unknown 1` | it may have run; how often it was written |
//! | `partial (OK, unknown 1)` | its parts, sorted |
//! | `connect TLS`, `closed`, `misuse ARITY` | other errors |
//! | `hung` | no outcome long after its time |
//!
//! Several may be right: `OK | unknown 1`. `[node] unknown 1` is right for that host only (`rust` or `node`), and one of
//! several calls at once must end as `+OK` says, and no more than three of them as `OK at most 3` does. The words of
//! `connect TLS saying has expired` must stand in the error's own text.

use std::{fs, path::Path};

use super::{
    rule::{self, Directive},
    run::Host,
};

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name, and which of its variants this is.
    pub title: String,
    /// No other case may run at the same time.
    pub alone: bool,
    pub(super) nodes: usize,
    /// There is one more, which nobody lists.
    pub(super) foreign: bool,
    /// What the nodes' certificate says, if they have one.
    pub(super) certified: Option<Certified>,
    pub(super) steps: Vec<Step>,
}

/// What a certificate says that an authority has signed for 127.0.0.1, if nothing else is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Certified {
    /// It is for this name or address.
    For(String),
    /// It was good until yesterday.
    Expired,
    /// It will be good from tomorrow.
    Early,
    /// Its subject is 127.0.0.1, and no alternative name is.
    Nameless,
    /// Nobody but itself has signed it.
    SelfSigned,
    /// It is as it should be, and the server wants one, too.
    Asking,
}

/// One line of a case.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) line: String,
    pub(super) does: Does,
}

#[derive(Clone, Debug)]
pub(super) enum Does {
    /// The peer changes, or one node of it.
    Peer(Option<Place>, Directive),
    /// The client is asked.
    Ask(Ask, Vec<Expected>),
    /// The peer must have seen this so often, at least and at most.
    Seen(Vec<String>, Times),
    /// A node must have been connected to so often.
    Accepted(Place, Times),
    /// Nothing may have come in the clear that is for verified servers only.
    Unheard,
}

/// How often something may be, at least and at most.
pub(super) type Times = std::ops::RangeInclusive<usize>;

/// A node of the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// By its number, from 0.
    Node(usize),
    /// The one that nobody lists.
    Foreign,
}

/// What a host is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A new client; the one before is dropped.
    Connect(Options),
    /// Where did the client go? The addresses in one line, each once, sorted.
    Dialled,
    /// Commands, awaited together.
    Calls {
        /// How each is to be treated.
        options: Options,
        /// Their arguments; `x*n` stands for that many x.
        commands: Vec<Vec<String>>,
        /// As one pipeline, else as calls of one tick.
        pipeline: bool,
    },
}

/// What a case may say about a client or a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Milliseconds for all attempts of a call.
    pub timeout_ms: Option<u32>,
    /// Milliseconds for one connection.
    pub connect_timeout_ms: Option<u32>,
    /// May be sent again when the outcome is unknown: `reads`, `idempotent`, `never`.
    pub retry: Option<String>,
    /// The client speaks RESP2.
    pub resp2: bool,
    /// How the connection is secured, if not as the nodes want it.
    pub security: Option<Security>,
    /// Where redirects may lead, if not to listed nodes only.
    pub(super) follow: Option<Follow>,
    /// The client has a user and a password.
    pub authenticated: bool,
}

/// Where the client may go besides its seeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Wherever a server says.
    Server,
    /// To these nodes.
    Only(Vec<Place>),
}

/// How the client secures its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    Plain,
    /// TLS, and it trusts the nodes' authority.
    Tls,
    /// TLS, and it trusts another authority.
    Stranger,
}

/// How a call may end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected(pub(super) Vec<Alternative>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alternative {
    pub(super) host: Option<Host>,
    /// One of the calls must end so.
    pub(super) required: bool,
    /// No more of the calls may.
    pub(super) most: usize,
    pub(super) outcome: String,
    /// What the error's own words must have, in any case.
    pub(super) saying: String,
}

impl Expected {
    pub(super) fn allows(&self, host: Host, outcome: &str, remark: &str) -> bool {
        let is_said = |other: &Alternative| remark.to_lowercase().contains(&other.saying.to_lowercase());
        let of_host = |other: &&Alternative| other.host.is_none_or(|only| only == host);
        self.0.iter().filter(of_host).any(|other| other.outcome == outcome && is_said(other))
    }
}

/// The cases of all files of a folder, by file and place.
///
/// # Errors
///
/// The folder cannot be read, or a line of a case: which, and why.
pub fn cases(folder: &Path) -> Result<Vec<Case>, String> {
    let listed = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = listed.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        read(&text, &mut cases).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(cases)
}

fn read(text: &str, cases: &mut Vec<Case>) -> Result<(), String> {
    let mut parts = text.split("\n== ");
    if parts.next().is_some_and(|head| head.lines().any(|line| !line.is_empty() && !line.starts_with('#'))) {
        return Err("something stands before the first case".into());
    }
    for part in parts {
        let mut lines = part.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let title = lines.next().unwrap_or_default();
        let in_case = |error: String| format!("{title}: {error}");
        if !lines.next().is_some_and(|line| line.starts_with("rule: ")) {
            return Err(in_case("its second line is not `rule: ...`".into()));
        }
        let mut variants = vec![Vec::new()];
        for line in lines {
            match line.strip_prefix("each ") {
                Some(each) => variants = multiplied(&variants, each).map_err(in_case)?,
                None => variants.iter_mut().for_each(|variant| variant.push(Line::Step(line.into()))),
            }
        }
        for variant in variants {
            cases.push(case(title, &variant).map_err(in_case)?);
        }
    }
    Ok(())
}

#[derive(Clone)]
enum Line {
    Step(String),
    /// From here on, this stands for that.
    Value(String, String),
}

fn multiplied(variants: &[Vec<Line>], each: &str) -> Result<Vec<Vec<Line>>, String> {
    let (name, values) = each.split_once(": ").ok_or_else(|| format!("each {each}: no `: ` with values"))?;
    let values: Vec<String> = values.split(' ').flat_map(range).collect();
    let with = |variant: &Vec<Line>, value: &String| {
        let mut variant = variant.clone();
        variant.push(Line::Value(format!("{{{name}}}"), value.clone()));
        variant
    };
    Ok(variants.iter().flat_map(|variant| values.iter().map(move |value| with(variant, value))).collect())
}

/// `0-4` and `0-99/7` are their numbers, all else is itself.
fn range(text: &str) -> Vec<String> {
    let (bounds, step) = text.split_once('/').unwrap_or((text, "1"));
    let Some((first, last)) = bounds.split_once('-') else { return vec![text.into()] };
    let number = |text: &str| text.parse::<usize>().ok();
    match (number(first), number(last), number(step)) {
        (Some(first), Some(last), Some(step)) => {
            (first..=last).step_by(step.max(1)).map(|value| value.to_string()).collect()
        }
        _ => vec![text.into()],
    }
}

fn case(title: &str, lines: &[Line]) -> Result<Case, String> {
    let mut case =
        Case { title: title.into(), alone: false, nodes: 1, foreign: false, certified: None, steps: Vec::new() };
    let mut values: Vec<(&str, &str)> = Vec::new();
    for line in lines {
        match line {
            Line::Value(name, value) => {
                case.title += &format!(" [{}={value}]", &name[1..name.len() - 1]);
                values.push((name, value));
            }
            Line::Step(line) => {
                let line = values.iter().fold(line.clone(), |line, (name, value)| line.replace(name, value));
                step(&mut case, &line).map_err(|error| format!("{line:?}: {error}"))?;
            }
        }
    }
    Ok(case)
}

fn step(case: &mut Case, line: &str) -> Result<(), String> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let does = match verb {
        "nodes" => {
            case.nodes = rest.parse().map_err(|_| "no number of nodes")?;
            return Ok(());
        }
        "plain" => return Ok(()),
        "alone" => {
            case.alone = true;
            return Ok(());
        }
        "foreign" => {
            case.foreign = true;
            return Ok(());
        }
        "tls" => {
            case.certified = Some(match rest.strip_prefix("for ").unwrap_or(rest) {
                "" => Certified::For("127.0.0.1".into()),
                "expired" => Certified::Expired,
                "early" => Certified::Early,
                "nameless" => Certified::Nameless,
                "self-signed" => Certified::SelfSigned,
                "asking" => Certified::Asking,
                name => Certified::For(name.into()),
            });
            return Ok(());
        }
        "peer" => Does::Peer(None, rule::read(rest)?),
        "node" => {
            let (node, rest) = rest.split_once(' ').ok_or("no node")?;
            Does::Peer(Some(place(node)?), rule::read(rest)?)
        }
        "connect" => {
            let (text, expected) = rest.split_once("=>").unwrap_or((rest, "ok"));
            let (options, rest) = options(text)?;
            if !rest.is_empty() {
                return Err(format!("{rest:?} behind the options"));
            }
            Does::Ask(Ask::Connect(options), vec![alternatives(expected)?])
        }
        "call" | "pipeline" | "at" => {
            let (text, expected) = rest.split_once(" => ").ok_or("no ` => ` with what must come of it")?;
            let (count, text) = match text.strip_prefix("once ").filter(|_| verb == "at") {
                Some(text) => text.split_once(' ').ok_or("no number of calls")?,
                None => ("1", text),
            };
            let count: usize = count.parse().map_err(|_| "no number of calls")?;
            let (options, words) = options(text)?;
            let command = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
            let numbered = |n: usize| words.split(" ; ").map(move |text| command(&text.replace('#', &n.to_string())));
            let commands: Vec<_> = (0..count).flat_map(numbered).collect();
            let expected = expected.split(" ; ").map(alternatives).collect::<Result<Vec<_>, _>>()?;
            if expected.len() != 1 && expected.len() != commands.len() {
                return Err(format!("{} outcomes for {} commands", expected.len(), commands.len()));
            }
            Does::Ask(Ask::Calls { options, commands, pipeline: verb == "pipeline" }, expected)
        }
        "seen" => {
            let (words, count) = rest.rsplit_once(": ").ok_or("no `: ` with a number")?;
            Does::Seen(words.split(' ').map(String::from).collect(), times(count)?)
        }
        "accepted" => {
            let (node, count) = rest.split_once(": ").ok_or("no `: ` with a number")?;
            Does::Accepted(place(node)?, times(count)?)
        }
        "dialled" => {
            let expected = rest.strip_prefix("=> ").ok_or("no `=> ` with where it may have gone")?;
            Does::Ask(Ask::Dialled, vec![alternatives(expected)?])
        }
        "unheard" => Does::Unheard,
        _ => return Err("no such step".into()),
    };
    case.steps.push(Step { line: line.into(), does });
    Ok(())
}

fn place(text: &str) -> Result<Place, String> {
    if text == "foreign" {
        return Ok(Place::Foreign);
    }
    let number: usize = text.parse().map_err(|_| format!("{text:?} is no number of a node, and not foreign"))?;
    Ok(Place::Node(number.checked_sub(1).ok_or("nodes count from 1")?))
}

/// `3` is just that, `at most 3` also less.
fn times(text: &str) -> Result<Times, String> {
    let number = |text: &str| text.parse::<usize>().map_err(|_| format!("{text:?} is no number"));
    match text.strip_prefix("at most ") {
        Some(most) => Ok(0..=number(most)?),
        None => Ok(number(text)?..=number(text)?),
    }
}

/// `[timeout=300 retry=never]` in front of the rest.
fn options(text: &str) -> Result<(Options, &str), String> {
    let text = text.trim();
    let mut options = Options::default();
    let Some((given, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else {
        return Ok((options, text));
    };
    for option in given.split(' ') {
        let (name, value) = option.split_once('=').ok_or_else(|| format!("{option:?} is no option"))?;
        let number = || value.parse::<u32>().map_err(|_| format!("{option}: no number"));
        match (name, value) {
            ("timeout", _) => options.timeout_ms = Some(number()?),
            ("connect-timeout", _) => options.connect_timeout_ms = Some(number()?),
            ("retry", "reads" | "idempotent" | "never") => options.retry = Some(value.into()),
            ("protocol", "2") => options.resp2 = true,
            ("tls", "no") => options.security = Some(Security::Plain),
            ("tls", "yes") => options.security = Some(Security::Tls),
            ("trust", "stranger") => options.security = Some(Security::Stranger),
            ("auth", "yes") => options.authenticated = true,
            ("follow", "server") => options.follow = Some(Follow::Server),
            ("follow", nodes) => {
                options.follow = Some(Follow::Only(nodes.split(',').map(place).collect::<Result<_, _>>()?));
            }
            _ => return Err(format!("{option:?} is no option")),
        }
    }
    Ok((options, rest.trim()))
}

fn alternatives(text: &str) -> Result<Expected, String> {
    let alternative = |text: &str| {
        let text = text.trim();
        let (host, text) = match text.strip_prefix('[').and_then(|text| text.split_once("] ")) {
            Some(("rust", rest)) => (Some(Host::Rust), rest),
            Some(("node", rest)) => (Some(Host::Node), rest),
            Some(_) | None => (None, text),
        };
        let (text, most) = match text.split_once(" at most ") {
            Some((text, most)) => (text, most.parse().map_err(|_| "no number behind `at most`")?),
            None => (text, usize::MAX),
        };
        let (text, saying) = text.split_once(" saying ").unwrap_or((text, ""));
        let outcome = text.strip_prefix('+').unwrap_or(text);
        if outcome.is_empty() {
            return Err("an outcome that is empty");
        }
        let required = outcome.len() < text.len();
        Ok(Alternative { host, required, most, outcome: outcome.into(), saying: saying.into() })
    };
    Ok(Expected(text.split(" | ").map(alternative).collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        read(&format!("\n== A case\nrule: none\n{text}"), &mut cases).map(|()| cases)
    }

    #[test]
    fn a_case_with_values_is_one_case_for_each_of_their_pairs() {
        let cases = one("each N: 0-4/2\neach END: reset fin\npeer on SET k: reply {N} bytes, {END}\n").unwrap();
        let titles: Vec<_> = cases.iter().map(|case| case.title.as_str()).collect();
        assert_eq!(titles.len(), 6);
        assert_eq!(titles[3], "A case [N=2] [END=fin]");
        assert_eq!(cases[3].steps[0].line, "peer on SET k: reply 2 bytes, fin");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        for line in ["call GET k", "peer on GET k: dance", "pipeline GET a ; GET b ; GET c => 1 ; 2", "sing"] {
            let error = one(line).expect_err(line);
            assert!(error.contains(line), "{error}");
        }
    }
}
