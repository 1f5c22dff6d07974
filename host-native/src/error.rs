//! One family of errors, each with a stable code, the command, its position, its key, the node, and what it means for the data.
//!
//! [`Outcome`] is how one command of a pipeline ended; [`Error`] is what a call returns when that was no reply, and what
//! is wrong before or around commands (misuse, connecting, a closed client, a reply of another type). An error prints
//! as one line, in `Debug` too, and nothing of that line is an argument of a command, so that no secret reaches a log; the only
//! argument that it holds is the first key.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use slotpipe_core::port;
pub use slotpipe_core::port::{NotExecuted, Ran};

use crate::{
    command::BadArgument,
    keys::first_key,
    reply::{Mismatch, one_line},
    value::Value,
};

/// How one command ended. Each command has exactly one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// It ran once, and this is what the server said.
    Reply(Value),
    /// The server answered with an error.
    ServerError(ServerError),
    /// It never ran and never will.
    NotExecuted(NotRun),
    /// It was possibly written and no complete reply came: it has run or may still run, at most once.
    Unknown(Unknown),
    /// It was made of parts that ended differently.
    Partial(Partial),
    /// It ran, and a hook did not want its reply.
    HookFailed(HookFailed),
}

impl Outcome {
    /// The reply, if it is one.
    pub fn reply(&self) -> Option<&Value> {
        if let Self::Reply(value) = self { Some(value) } else { None }
    }

    /// Puts what `change` makes of the reply in its place.
    pub(crate) fn with_reply(&mut self, change: impl FnOnce(Value) -> Result<Value, String>) -> Result<(), String> {
        if let Self::Reply(value) = self {
            *value = change(std::mem::replace(value, Value::Null))?;
        }
        Ok(())
    }

    /// The reply, or the error that it is instead.
    pub fn into_result(self) -> Result<Value, Error> {
        let kind = match self {
            Self::Reply(value) => return Ok(value),
            Self::ServerError(error) => ErrorKind::Server(error),
            Self::NotExecuted(error) => ErrorKind::NotExecuted(error),
            Self::Unknown(error) => ErrorKind::Unknown(error),
            Self::Partial(error) => ErrorKind::Partial(error),
            Self::HookFailed(error) => ErrorKind::Hook(error),
        };
        Err(Error::new(kind))
    }

    /// Whether it is a reply.
    pub fn is_reply(&self) -> bool {
        matches!(self, Self::Reply(_))
    }

    /// Whether the command, or a part of it, may have run without anyone being able to tell.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Reply(_) | Self::ServerError(_) | Self::NotExecuted(_) | Self::HookFailed(_) => false,
            Self::Unknown(_) => true,
            Self::Partial(partial) => partial.is_uncertain(),
        }
    }
}

/// The server's error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerError {
    /// The whole line, its code included, without `-` and line end.
    pub line: String,
    /// Whether the command has run.
    pub ran: Ran,
    /// Who said so.
    pub node: Option<String>,
    /// The slot of its keys, if it went by one.
    pub slot: Option<u16>,
}

impl ServerError {
    /// The first word of the line: `WRONGTYPE`, `OOM`, `ERR`, ...
    pub fn code(&self) -> &str {
        self.line.split(' ').next().unwrap_or_default()
    }

    /// Of MOVED and ASK: the slot and where it is; the host is empty where the server means itself.
    pub fn redirect(&self) -> Option<(u16, port::Address)> {
        let (code, rest) = self.line.split_once(' ')?;
        let (slot, address) = rest.split_once(' ')?;
        let (host, port) = address.rsplit_once(':')?;
        let is_redirect = matches!(code, "MOVED" | "ASK");
        is_redirect.then_some((slot.parse().ok()?, port::Address::new(host, port.parse().ok()?)))
    }
}

/// Why a command never ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRun {
    /// The reason.
    pub reason: NotExecuted,
    /// The same in words, with the last refusal where there was one.
    pub message: String,
    /// The node concerned, if there is one.
    pub node: Option<String>,
    /// The slot of its keys, if it went by one.
    pub slot: Option<u16>,
}

/// A command of which nobody knows whether it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// How often it was written.
    pub attempts: u32,
    /// What ended the wait for the reply.
    pub cause: String,
    /// Where it was written last.
    pub node: Option<String>,
    /// The slot of its keys, if it went by one.
    pub slot: Option<u16>,
}

/// A command that ran, and whose reply a hook did not want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookFailed {
    /// What the hook said.
    pub message: String,
}

/// A command made of parts that ended differently. Of a unit whose MULTI was refused, although it had been allowed on this
/// connection before: MULTI and the command, which ran for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// One outcome per part.
    pub parts: Vec<Part>,
}

/// One part of a split or fanned-out command, or one writing step of a command that was done step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Where it went.
    pub node: Option<String>,
    /// The slot of its keys, if it has keys.
    pub slot: Option<u16>,
    /// Of a command that was done step by step: its own command and key, `RESTORE destination`.
    pub step: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Partial {
    /// Whether any part's outcome is unknown.
    pub fn is_uncertain(&self) -> bool {
        self.parts.iter().any(|part| part.outcome.is_uncertain())
    }

    fn failed_slot(&self) -> Option<u16> {
        self.parts.iter().find(|part| !part.outcome.is_reply())?.slot
    }
}

/// What went wrong.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    command: Option<String>,
    index: Option<usize>,
    key: Option<Bytes>,
    outcomes: Vec<Outcome>,
}

/// The kinds of errors.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller's mistake, found before anything was sent.
    Misuse {
        /// Stable upper-case code: `CROSSSLOT`, `ARITY`, `URL`, ...
        code: &'static str,
        /// What is wrong and what to do.
        message: Cow<'static, str>,
    },
    /// The server answered with an error.
    Server(ServerError),
    /// The command never ran and never will.
    NotExecuted(NotRun),
    /// The command may have run.
    Unknown(Unknown),
    /// Some parts of the command ran.
    Partial(Partial),
    /// The command ran; a hook did not want its reply.
    Hook(HookFailed),
    /// The command ran; its reply is not of the type asked for.
    Type(Mismatch),
    /// No connection could be had.
    Connect {
        /// Why.
        failure: ConnectFailure,
        /// Every seed with its reason.
        message: String,
    },
    /// The client is closed; the command was not sent.
    Closed,
}

/// Why no connection could be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectFailure {
    /// The name has no address.
    UnknownHost,
    /// Nobody listens there.
    Refused,
    /// The server did not accept the user or the password.
    Auth,
    /// The TLS handshake or its verification failed.
    Tls,
    /// No answer in time.
    TimedOut,
    /// Anything else.
    Unreachable,
}

impl From<port::Failure> for ConnectFailure {
    fn from(failure: port::Failure) -> Self {
        match failure {
            port::Failure::Unreachable => Self::Unreachable,
            port::Failure::TimedOut => Self::TimedOut,
            port::Failure::UnknownHost => Self::UnknownHost,
            port::Failure::Refused => Self::Refused,
            port::Failure::Tls => Self::Tls,
            port::Failure::Denied => Self::Auth,
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner { kind, command: None, index: None, key: None, outcomes: Vec::new() }))
    }

    pub(crate) fn misuse(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Misuse { code, message: message.into() })
    }

    pub(crate) fn closed() -> Self {
        Self::new(ErrorKind::Closed)
    }

    /// Written perhaps, and nobody left who could know.
    pub(crate) fn lost(cause: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unknown(Unknown { attempts: 1, cause: cause.into(), node: None, slot: None }))
    }

    pub(crate) fn of_misuse(misuse: port::Misuse) -> Self {
        Self::misuse(misuse.code, misuse.message).at(misuse.index as usize, misuse.command)
    }

    pub(crate) fn of_argument(bad: BadArgument) -> Self {
        Self::misuse("ARGUMENT", bad.to_string())
    }

    /// A single call's view of a misuse: it has no position.
    pub(crate) fn without_index(mut self) -> Self {
        self.0.index = None;
        self
    }

    pub(crate) fn named(mut self, command: impl Into<String>) -> Self {
        let command = command.into();
        self.0.command = Some(command).filter(|name| !name.is_empty());
        self
    }

    pub(crate) fn at(mut self, index: usize, command: impl Into<String>) -> Self {
        self.0.index = Some(index);
        self.named(command)
    }

    /// With the command's first key; `positions` are those that the caller named.
    pub(crate) fn keyed(mut self, command: &[u8], positions: Option<&[u32]>) -> Self {
        let slot = if let ErrorKind::Partial(partial) = &self.0.kind { partial.failed_slot() } else { self.slot() };
        self.0.key = first_key(command, slot, positions).map(Bytes::copy_from_slice);
        self
    }

    pub(crate) fn with_outcomes(mut self, outcomes: Vec<Outcome>) -> Self {
        self.0.outcomes = outcomes;
        self
    }

    /// What kind of error this is, with its details.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// A code that stays: the server's own for its errors, else one of ours.
    pub fn code(&self) -> &str {
        match &self.0.kind {
            ErrorKind::Misuse { code, .. } => code,
            ErrorKind::Server(error) => error.code(),
            ErrorKind::NotExecuted(error) => match error.reason {
                NotExecuted::Unreachable => "UNREACHABLE",
                NotExecuted::Expired => "EXPIRED",
                NotExecuted::WouldReorder => "WOULD_REORDER",
                NotExecuted::AfterUnknown => "AFTER_UNKNOWN",
                NotExecuted::Overloaded => "OVERLOADED",
                NotExecuted::Cancelled => "CANCELLED",
                NotExecuted::Misused => "MISUSED",
                NotExecuted::TooManyRedirects => "TOO_MANY_REDIRECTS",
                NotExecuted::Conflict => "CONFLICT",
                NotExecuted::Discarded => "DISCARDED",
            },
            ErrorKind::Unknown(_) => "UNKNOWN_OUTCOME",
            ErrorKind::Partial(_) => "PARTIAL",
            ErrorKind::Hook(_) => "HOOK",
            ErrorKind::Type(_) => "TYPE",
            ErrorKind::Connect { failure, .. } => match failure {
                ConnectFailure::UnknownHost => "UNKNOWN_HOST",
                ConnectFailure::Refused => "CONNECTION_REFUSED",
                ConnectFailure::Auth => "AUTH",
                ConnectFailure::Tls => "TLS",
                ConnectFailure::TimedOut => "CONNECT_TIMEOUT",
                ConnectFailure::Unreachable => "UNREACHABLE",
            },
            ErrorKind::Closed => "CLOSED",
        }
    }

    /// The name of the command concerned.
    pub fn command(&self) -> Option<&str> {
        self.0.command.as_deref()
    }

    /// The command's position in its pipeline, from 0.
    pub fn index(&self) -> Option<usize> {
        self.0.index
    }

    /// The command's first key, as it was given; where it failed in one slot, or a part of it did, the first key in that slot.
    /// None where it has no keys, or too few or too many arguments to tell which they are. It is not printed with the error.
    pub fn key(&self) -> Option<&[u8]> {
        self.0.key.as_deref()
    }

    /// The node concerned.
    pub fn node(&self) -> Option<&str> {
        match &self.0.kind {
            ErrorKind::Server(error) => error.node.as_deref(),
            ErrorKind::NotExecuted(error) => error.node.as_deref(),
            ErrorKind::Unknown(error) => error.node.as_deref(),
            ErrorKind::Misuse { .. }
            | ErrorKind::Partial(_)
            | ErrorKind::Hook(_)
            | ErrorKind::Type(_)
            | ErrorKind::Connect { .. }
            | ErrorKind::Closed => None,
        }
    }

    /// The slot of the command's keys, where it went by one.
    pub fn slot(&self) -> Option<u16> {
        match &self.0.kind {
            ErrorKind::Server(error) => error.slot,
            ErrorKind::NotExecuted(error) => error.slot,
            ErrorKind::Unknown(error) => error.slot,
            ErrorKind::Misuse { .. }
            | ErrorKind::Partial(_)
            | ErrorKind::Hook(_)
            | ErrorKind::Type(_)
            | ErrorKind::Connect { .. }
            | ErrorKind::Closed => None,
        }
    }

    /// Every outcome of the pipeline whose first failure this is, in order; empty for anything but a pipeline.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.0.outcomes
    }

    /// Takes the outcomes out.
    pub fn into_outcomes(self) -> Vec<Outcome> {
        self.0.outcomes
    }

    /// Whether nothing of a unit ran because what it watched was changed, or because the watch was lost: it can be read again
    /// and tried again.
    pub fn is_conflict(&self) -> bool {
        matches!(&self.0.kind, ErrorKind::NotExecuted(NotRun { reason: NotExecuted::Conflict, .. }))
    }

    /// Whether the command may have run without anyone being able to tell.
    pub fn is_uncertain(&self) -> bool {
        match &self.0.kind {
            ErrorKind::Unknown(_) => true,
            ErrorKind::Partial(partial) => partial.is_uncertain(),
            ErrorKind::Misuse { .. }
            | ErrorKind::Server(_)
            | ErrorKind::NotExecuted(_)
            | ErrorKind::Hook(_)
            | ErrorKind::Type(_)
            | ErrorKind::Connect { .. }
            | ErrorKind::Closed => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, command, index, .. } = &*self.0;
        f.write_str(self.code())?;
        match (command, index) {
            (Some(command), Some(index)) => write!(f, " {command} (command {index})")?,
            (Some(command), None) => write!(f, " {command}")?,
            (None, Some(index)) => write!(f, " (command {index})")?,
            (None, None) => {}
        }
        if let Some(node) = self.node() {
            write!(f, " at {node}")?;
        }
        f.write_str(": ")?;
        match kind {
            ErrorKind::Misuse { message, .. } => f.write_str(message),
            ErrorKind::Server(error) => error.fmt(f),
            ErrorKind::NotExecuted(error) => error.fmt(f),
            ErrorKind::Unknown(error) => error.fmt(f),
            ErrorKind::Partial(error) => error.fmt(f),
            ErrorKind::Hook(error) => write!(f, "a hook failed: {}; the command has run", error.message),
            ErrorKind::Type(error) => write!(f, "{error}; the command has run"),
            ErrorKind::Connect { message, .. } => f.write_str(&one_line(message.as_bytes())),
            ErrorKind::Closed => f.write_str("the client is closed; the command was not sent"),
        }
    }
}

/// The same line as `Display`: errors end in logs by their `Debug` form more often than not.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.line.split_once(' ').map_or("", |(_, text)| text);
        match self.ran {
            Ran::No => write!(f, "{text} (it did not run)"),
            Ran::Maybe => f.write_str(text),
        }
    }
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (it never ran)", self.message)
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after {} attempt(s); it may have run, at most once", self.cause, self.attempts)
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ok = self.parts.iter().filter(|part| part.outcome.is_reply()).count();
        write!(f, "{ok} of {} parts succeeded", self.parts.len())?;
        let failed = self.parts.iter().find(|part| !part.outcome.is_reply());
        let Some(part) = failed else { return Ok(()) };
        f.write_str("; first failure")?;
        if let Some(step) = &part.step {
            write!(f, " ({step})")?;
        }
        if let Some(slot) = part.slot {
            write!(f, " in slot {slot}")?;
        }
        if let Some(node) = &part.node {
            write!(f, " at {node}")?;
        }
        match &part.outcome {
            Outcome::Reply(_) => Ok(()),
            Outcome::ServerError(error) => write!(f, ": {} {error}", error.code()),
            Outcome::NotExecuted(error) => write!(f, ": {error}"),
            Outcome::Unknown(error) => write!(f, ": {error}"),
            Outcome::HookFailed(error) => write!(f, ": {}", error.message),
            Outcome::Partial(error) => write!(f, ": {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong_type() -> ServerError {
        ServerError {
            line: "WRONGTYPE Operation against a key".into(),
            ran: Ran::Maybe,
            node: Some("127.0.0.1:7000".into()),
            slot: None,
        }
    }

    #[test]
    fn an_error_says_code_command_position_node_and_reason_in_one_line() {
        let error = Error::new(ErrorKind::Server(wrong_type())).at(3, "INCR");
        assert_eq!(error.to_string(), "WRONGTYPE INCR (command 3) at 127.0.0.1:7000: Operation against a key");
        assert_eq!(format!("{error:?}"), format!("Error({error})"));
    }

    #[test]
    fn a_partial_outcome_is_uncertain_if_one_part_is_unknown() {
        let part = |outcome| Part { node: None, slot: Some(5), step: None, outcome };
        let unknown = Unknown { attempts: 1, cause: "connection lost".into(), node: None, slot: None };
        let mut partial = Partial { parts: vec![part(Outcome::Reply(Value::Int(1)))] };
        assert!(!partial.is_uncertain());
        partial.parts.push(part(Outcome::Unknown(unknown)));
        assert!(partial.is_uncertain());
        let error = Outcome::Partial(partial).into_result().expect_err("a failure");
        assert_eq!(
            error.to_string(),
            "PARTIAL: 1 of 2 parts succeeded; first failure in slot 5: connection lost after 1 attempt(s); it may have \
             run, at most once"
        );
    }
}
