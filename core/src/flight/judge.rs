//! What a reply means for the command that it answers. Pure; the caller acts.
//!
//! Only a top-level error can mean anything but "this is the answer". Codes are compared as whole words. A script
//! can forge any text (`redis.error_reply`), so that for scripts the codes count only where the whole line is the
//! server's own.

use crate::route::{
    redirect::{self, Redirect},
    slot::Slot,
};

/// What to do about an error line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the caller's.
    Answer,
    /// The slot has another owner.
    Moved(Redirect),
    /// This key is being moved: there, once, behind ASKING.
    Ask(Redirect),
    /// Refused before execution for a while.
    Later(Later),
    /// This connection has lost its authentication.
    Unauthenticated,
    /// A blocking command was thrown out by a failover before it ran.
    Unblocked,
}

/// Why a command was refused for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Later {
    /// Its keys are on both sides of a migration.
    TryAgain,
    /// The node thinks that the cluster is down.
    ClusterDown,
    /// A replica without its primary.
    MasterDown,
    /// The data set is being read from disk.
    Loading,
    /// A write on a replica: the map is old.
    ReadOnly,
    /// A script runs for too long.
    Busy,
}

impl Later {
    /// Whether the slot map is suspect.
    pub(crate) const fn doubts_the_map(self) -> bool {
        match self {
            Self::ClusterDown | Self::MasterDown | Self::ReadOnly => true,
            Self::TryAgain | Self::Loading | Self::Busy => false,
        }
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::TryAgain => "TRYAGAIN",
            Self::ClusterDown => "CLUSTERDOWN",
            Self::MasterDown => "MASTERDOWN",
            Self::Loading => "LOADING",
            Self::ReadOnly => "READONLY",
            Self::Busy => "BUSY",
        }
    }
}

/// Whether this is what a server says to EVALSHA of a script that it does not have: nothing has run. Word for word: all of it
/// by redis-server since 2.6, the first half alone by Valkey since 8.
pub(crate) fn is_noscript(line: &[u8]) -> bool {
    line.strip_suffix(b" Please use EVAL.").unwrap_or(line) == b"NOSCRIPT No matching script."
}

/// Judges the error `line` (without its type byte) of a command of `slot`. `script`: it could have written the line itself.
pub(crate) fn judge(line: &[u8], slot: Option<Slot>, script: bool) -> Verdict {
    // EXECABORT carries its reason in its text: `flight::unit` reads it, and asks about that.
    let code = line.split(|&b| b == b' ').next().unwrap_or_default();
    if let Some(later) = later(code) {
        return if script && !is_servers_own(later, line) { Verdict::Answer } else { Verdict::Later(later) };
    }
    match code {
        b"MOVED" | b"ASK" => {
            let Some(redirect) = redirect::parse_redirect(line) else { return Verdict::Answer };
            // A redirect for a slot that this command has no key in did not come from the cluster's routing.
            if slot != Some(redirect.slot) {
                return Verdict::Answer;
            }
            if code == b"ASK" { Verdict::Ask(redirect) } else { Verdict::Moved(redirect) }
        }
        b"NOAUTH" if !script => Verdict::Unauthenticated,
        // By CLIENT UNBLOCK it would be what somebody wanted.
        b"UNBLOCKED" if !script && line.starts_with(b"UNBLOCKED force unblock") => Verdict::Unblocked,
        _ => Verdict::Answer,
    }
}

fn later(code: &[u8]) -> Option<Later> {
    Some(match code {
        b"TRYAGAIN" => Later::TryAgain,
        b"CLUSTERDOWN" => Later::ClusterDown,
        b"MASTERDOWN" => Later::MasterDown,
        b"LOADING" => Later::Loading,
        b"READONLY" => Later::ReadOnly,
        b"BUSY" => Later::Busy,
        _ => return None,
    })
}

/// The lines of redis-server 6.2 to 8 and Valkey 7.2 to 9, word for word.
fn is_servers_own(later: Later, line: &[u8]) -> bool {
    let known: &[&[u8]] = match later {
        Later::TryAgain => &[b"TRYAGAIN Multiple keys request during rehashing of slot"],
        Later::ClusterDown => &[
            b"CLUSTERDOWN The cluster is down",
            b"CLUSTERDOWN The cluster is down and only accepts read commands",
            b"CLUSTERDOWN Hash slot not served",
        ],
        Later::MasterDown => &[
            b"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
            b"MASTERDOWN Link with MASTER is down and slave-serve-stale-data is set to 'no'.",
        ],
        Later::Loading => {
            &[b"LOADING Redis is loading the dataset in memory", b"LOADING Valkey is loading the dataset in memory"]
        }
        Later::ReadOnly => &[b"READONLY You can't write against a read only replica."],
        Later::Busy => &[
            b"BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
            b"BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.",
            b"BUSY Valkey is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
            b"BUSY Valkey is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.",
        ],
    };
    known.contains(&line)
}

/// Whether a command that the server answered with this error may have run, in part or whole. A script can run and
/// then say anything.
pub(crate) fn may_have_run(line: &[u8], slot: Option<Slot>, script: bool) -> bool {
    if script {
        let is_refused = match judge(line, slot, true) {
            Verdict::Moved(_) | Verdict::Ask(_) | Verdict::Later(_) => true,
            Verdict::Answer | Verdict::Unauthenticated | Verdict::Unblocked => is_noscript(line),
        };
        return !is_refused;
    }
    const BEFORE_EXECUTION: [&[u8]; 20] = [
        b"MOVED",
        b"ASK",
        b"TRYAGAIN",
        b"CLUSTERDOWN",
        b"CROSSSLOT",
        b"MASTERDOWN",
        b"LOADING",
        b"READONLY",
        b"BUSY",
        b"OOM",
        b"MISCONF",
        b"NOREPLICAS",
        b"NOPERM",
        b"NOAUTH",
        b"WRONGPASS",
        b"NOSCRIPT",
        b"EXECABORT",
        b"NOPROTO",
        b"DENIED",
        b"UNBLOCKED",
    ];
    const BEFORE_EXECUTION_ERR: [&[u8]; 3] =
        [b"ERR unknown command", b"ERR unknown subcommand", b"ERR wrong number of arguments"];
    let code = line.split(|&b| b == b' ').next().unwrap_or_default();
    !BEFORE_EXECUTION.contains(&code) && !BEFORE_EXECUTION_ERR.iter().any(|text| line.starts_with(text))
}

#[cfg(test)]
mod tests;
