//! What the peer does, and when: one line of a case each.

use std::time::Duration;

/// What a `peer` line of a case says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    /// Another answer than the usual.
    Rule(Rule),
    /// Nobody listens any more, and every connection is broken.
    Down,
    /// Listens again, on the same port.
    Up,
    /// Whoever stalls goes on.
    Resume,
    /// New connections take few bytes before they are read.
    Narrow,
    /// All slots are the foreign node's.
    Give,
}

/// When something happens, the peer does this instead of what it does by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) on: Event,
    /// So often yet.
    pub(super) times: usize,
    pub(super) actions: Vec<Action>,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A connection has been accepted.
    Accept,
    /// A command has come that begins with these words.
    Command(Vec<String>),
    /// So many bytes are there of a command that begins with these words.
    Part(usize, Vec<String>),
}

/// What is done; the connection goes on behind the last one, unless that ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// The usual answer.
    Reply,
    /// So many bytes of it.
    ReplyBytes(usize),
    /// All of it, in pieces of so many bytes.
    ReplyPieces(usize),
    /// These words, with names for what is known by then only (see [`filled`]).
    Say(String),
    /// Reads so many bytes, one at a time, and forgets them.
    Read(usize),
    /// So many bytes of the server's first words of TLS.
    TlsBytes(usize),
    /// The next bytes come later.
    Pause(Duration),
    /// Does not read until it is told to resume.
    Stall,
    /// Ends the connection by RST.
    Reset,
    /// Ends the sending side by FIN; what still comes is read and forgotten.
    Fin,
    /// Closes the socket, read or not.
    Close,
    /// Reads and forgets, and never says a word again.
    Silence,
}

impl Rule {
    /// What a command, or a part of one, does to this rule.
    pub(super) fn fits(&self, words: &[String], come: Option<usize>) -> bool {
        match (&self.on, come) {
            (Event::Command(prefix), None) => begins(words, prefix),
            (Event::Part(bytes, prefix), Some(come)) => come >= *bytes && begins(words, prefix),
            (Event::Accept | Event::Command(_) | Event::Part(..), _) => false,
        }
    }
}

/// Whether a command begins with these words.
pub(super) fn begins(words: &[String], prefix: &[String]) -> bool {
    words.len() >= prefix.len() && words.iter().zip(prefix).all(|(word, wanted)| word.eq_ignore_ascii_case(wanted))
}

/// Reads what stands behind `peer`.
pub(super) fn read(text: &str) -> Result<Directive, String> {
    Ok(match text {
        "down" => Directive::Down,
        "up" => Directive::Up,
        "resume" => Directive::Resume,
        "narrow" => Directive::Narrow,
        "gives to foreign" => Directive::Give,
        _ => {
            let (times, rest) = match (text.strip_prefix("always "), text.split_once(" times ")) {
                (Some(rest), _) => (usize::MAX, rest),
                (None, Some((times, rest))) if times.bytes().all(|b| b.is_ascii_digit()) => (number(times)?, rest),
                (None, _) => (1, text),
            };
            let (on, actions) = rest.split_once(": ").ok_or("expected `on WHAT: ACTIONS`")?;
            let actions = actions.split(", ").map(action).collect::<Result<_, _>>()?;
            Directive::Rule(Rule { on: event(on)?, times, actions })
        }
    })
}

fn event(text: &str) -> Result<Event, String> {
    let words: Vec<&str> = text.split(' ').collect();
    let owned = |words: &[&str]| words.iter().map(|word| String::from(*word)).collect();
    match words[..] {
        ["on", "accept"] => Ok(Event::Accept),
        ["on", count, "bytes", "of", ..] => Ok(Event::Part(number(count)?, owned(&words[4..]))),
        ["on", ..] => Ok(Event::Command(owned(&words[1..]))),
        _ => Err(format!("{text:?} is no event: on accept, on WORDS, on N bytes of WORDS")),
    }
}

fn action(text: &str) -> Result<Action, String> {
    if let Some(said) = text.strip_prefix("say ") {
        return Ok(Action::Say(repeated(&unescaped(said))?));
    }
    Ok(match text.split(' ').collect::<Vec<_>>()[..] {
        ["reply"] => Action::Reply,
        ["reply", count, "bytes"] => Action::ReplyBytes(number(count)?),
        ["reply", "in", "pieces", "of", count] => Action::ReplyPieces(number(count)?),
        ["read", count, "bytes"] => Action::Read(number(count)?),
        ["tls", count, "bytes"] => Action::TlsBytes(number(count)?),
        ["pause", ms] => Action::Pause(Duration::from_millis(number(ms)? as u64)),
        ["stall"] => Action::Stall,
        ["reset"] => Action::Reset,
        ["fin"] => Action::Fin,
        ["close"] => Action::Close,
        ["silence"] => Action::Silence,
        _ => return Err(format!("{text:?} is nothing that the peer does")),
    })
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text:?} is no number"))
}

fn unescaped(text: &str) -> String {
    text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0").replace("\\t", "\t").replace("\\_", " ")
}

/// `{ab*3}` is `ababab`.
fn repeated(text: &str) -> Result<String, String> {
    let Some((before, rest)) = text.split_once('{') else { return Ok(text.into()) };
    let (inside, behind) = rest.split_once('}').ok_or_else(|| format!("{text:?}: a brace that is not closed"))?;
    let inside = match inside.rsplit_once('*').map(|(what, count)| (what, count.parse::<usize>())) {
        Some((what, Ok(count))) => what.repeat(count),
        _ => format!("{{{inside}}}"),
    };
    Ok(format!("{before}{inside}{}", repeated(behind)?))
}

/// What is said, with the foreign node's port for `{port}`, its address for `{foreign}`, and for `{another}` an address
/// on the loopback that was never said before: `count` is new each time.
pub(super) fn filled(said: &str, foreign: Option<u16>, count: usize) -> Vec<u8> {
    if !said.contains('{') {
        return said.as_bytes().to_vec();
    }
    let port = foreign.map_or_else(String::new, |port| port.to_string());
    let another = format!("127.77.{}.{}:6379", count / 250 % 250, count % 250 + 1);
    let said = said.replace("{foreign}", "127.0.0.1:{port}").replace("{port}", &port);
    said.replace("{another}", &another).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_may_be_long_without_being_written_out() {
        assert_eq!(repeated("a{xy*3}b{*1\r\n*2}").unwrap(), "axyxyxyb*1\r\n*1\r\n");
        assert_eq!(repeated("{foreign}").unwrap(), "{foreign}");
        assert!(repeated("{x*3").is_err());
    }

    #[test]
    fn names_stand_for_what_is_known_when_it_is_said() {
        assert_eq!(filled("MOVED 1 {foreign} [::1]:{port}", Some(7), 0), b"MOVED 1 127.0.0.1:7 [::1]:7");
        assert_ne!(filled("{another}", None, 1), filled("{another}", None, 2));
    }
}
