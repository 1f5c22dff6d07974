//! Probes: how often the rare paths were seen. A test demands that each of them is.

use slotpipe_core::port::NotExecuted;

use super::{day::Verdict, faults::Trouble};

macro_rules! probes {
    ($($(#[doc = $what:literal])+ $name:ident,)+) => {
        /// Counts of what was seen.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Probes {
            $($(#[doc = $what])+ pub $name: u64,)+
        }

        impl Probes {
            /// Name and count of each.
            pub fn table(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name),)+]
            }

            /// Adds another day's.
            pub fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)+
            }
        }
    };
}

probes! {
    /// Commands submitted.
    commands,
    /// Refused: MOVED.
    moved,
    /// Refused: ASK.
    ask,
    /// Refused: TRYAGAIN.
    try_again,
    /// Refused: CLUSTERDOWN.
    cluster_down,
    /// Refused: LOADING.
    loading,
    /// Refused: MASTERDOWN.
    master_down,
    /// Refused: OOM.
    out_of_memory,
    /// Refused: NOPERM.
    no_permission,
    /// Refused: UNBLOCKED.
    unblocked,
    /// Answered: WRONGTYPE.
    wrong_type,
    /// Ended: reply.
    replies,
    /// Ended: the server's error.
    server_errors,
    /// Ended: unknown.
    unknown,
    /// Ended: partial.
    partial,
    /// Not executed: no connection before the deadline.
    unreachable,
    /// Not executed: refused until the deadline.
    expired,
    /// Not executed: the order guard.
    would_reorder,
    /// Not executed: behind an unknown one.
    after_unknown,
    /// Not executed: cancelled.
    cancelled,
    /// Not executed: of a batch with an impossible command.
    misused,
    /// Not executed: the hop limit.
    hop_limit,
    /// Not executed: of a unit with a refused command.
    discarded,
    /// Units that ran.
    units,
    /// Units that were refused.
    refused_units,
    /// Commands that replicas ran.
    replica_reads,
    /// Lanes that were given back.
    releases,
    /// Units that were not to run: a watched key was changed, or the watch lost.
    conflicts,
    /// Batches turned away because too much was waiting.
    full,
    /// ... and told that there is room again.
    room,
    /// Batches with nonsense in them.
    misuse,
    /// Submitted from within the handling of an outcome.
    reentrant,
    /// Ticks that nobody had asked for.
    extra_ticks,
    /// The core asked for an end of a lost connection: CLIENT KILL.
    kills,
    /// A silent node was asked over a second connection.
    suspects,
    /// COMMAND INFO for an unknown name.
    infos,
    /// CLUSTER SLOTS asked.
    views,
    /// A node could not be reached: its circuit is open.
    node_down,
    /// The map changed.
    new_map,
    /// Nodes of one round did not agree on who owns a slot.
    disagreements,
    /// No seed could be used in a round.
    unreachable_rounds,
    /// Redirects to addresses that nobody lists.
    untrusted,
    /// Commands that ran when their client was long gone.
    late_runs,
    /// Connections that had bytes under way when the client closed them, and lingered.
    lingering,
    /// Half a reply came, and then the end.
    half_replies,
    /// Bytes that are no RESP.
    garbage,
    /// Replies that nothing asked for.
    extra_replies,
    /// Pages of scans that were read.
    pages,
    /// Scans that came to their ends.
    scans,
    /// Told: done step by step.
    recipes,
    /// ... and not.
    failed_recipes,
    /// MSETNX, which stopped half way at a key that had come meanwhile.
    half_set,
    /// Told to listeners.
    pushes_told,
    /// Pushes between the replies.
    pushes,
    /// Replies that stood still for seconds.
    silences,
    /// A key could not be moved because a shadow of it was at the target.
    busy_keys,
    /// Resends of what was refused or never left.
    resends,
    /// Reads, and what was declared idempotent, sent again after a loss.
    retries,
    /// Behind ASKING.
    asking,
    /// Slots that moved, or began to.
    migrations,
    /// Failovers.
    failovers,
    /// Crashes.
    crashes,
    /// Stopped processes.
    freezes,
    /// Lying nodes.
    lies,
    /// Nodes that told of a cluster that is not so.
    false_maps,
    /// Nodes that hear nothing of the others.
    stale_views,
    /// Nodes that the others do not hear.
    isolations,
    /// Nodes that are announced under another name, or under none.
    wrong_addresses,
    /// CLIENT PAUSE.
    pauses,
    /// Servers that load their data.
    loads,
    /// Servers that take no more connections.
    full_servers,
    /// Servers without memory.
    exhausted,
    /// Commands taken from what a user may do.
    prohibitions,
    /// New passwords.
    passwords,
    /// Connections that a server ended.
    killed_clients,
    /// Merged: replies of several nodes.
    merged,
    /// Replies by node, of nodes that the caller chose.
    chosen,
    /// Scripts that were called by their hashes.
    by_hash,
    /// ... and were not known.
    unknown_scripts,
    /// Said in sessions besides: UNWATCH, WAIT, BLPOP.
    asides,
    /// Connections that were authenticated anew.
    renewals,
    /// ... and those that were not.
    refused_renewals,
}

impl Probes {
    pub(super) fn note_refusal(&mut self, code: &str) {
        *match code {
            "MOVED" => &mut self.moved,
            "ASK" => &mut self.ask,
            "TRYAGAIN" => &mut self.try_again,
            "CLUSTERDOWN" => &mut self.cluster_down,
            "LOADING" => &mut self.loading,
            "MASTERDOWN" => &mut self.master_down,
            "OOM" => &mut self.out_of_memory,
            "NOPERM" => &mut self.no_permission,
            "UNBLOCKED" => &mut self.unblocked,
            "WRONGTYPE" => &mut self.wrong_type,
            "NOSCRIPT" => &mut self.unknown_scripts,
            _ => return,
        } += 1;
    }

    pub(super) fn note_own(&mut self, name: &str) {
        *match name {
            "CLIENT KILL" => &mut self.kills,
            "PING" => &mut self.suspects,
            "COMMAND INFO" => &mut self.infos,
            "CLUSTER SLOTS" => &mut self.views,
            _ => return,
        } += 1;
    }

    pub(super) fn note_told(&mut self, verdict: &Verdict) {
        let reasons = [
            (NotExecuted::Unreachable, &mut self.unreachable),
            (NotExecuted::Expired, &mut self.expired),
            (NotExecuted::WouldReorder, &mut self.would_reorder),
            (NotExecuted::AfterUnknown, &mut self.after_unknown),
            (NotExecuted::Cancelled, &mut self.cancelled),
            (NotExecuted::Misused, &mut self.misused),
            (NotExecuted::TooManyRedirects, &mut self.hop_limit),
            (NotExecuted::Discarded, &mut self.discarded),
            (NotExecuted::Conflict, &mut self.conflicts),
        ];
        match verdict {
            Verdict::Reply(_) => self.replies += 1,
            Verdict::ServerError { .. } => self.server_errors += 1,
            Verdict::Unknown { .. } => self.unknown += 1,
            Verdict::Partial(parts) => {
                self.partial += 1;
                let has_stopped = parts.iter().all(|part| matches!(part.verdict, Verdict::Reply(_)));
                self.half_set += u64::from(has_stopped);
            }
            Verdict::NotExecuted { .. } => {
                for (reason, count) in reasons {
                    *count += u64::from(verdict.is_not_executed(reason));
                }
            }
        }
    }

    pub(super) fn note_trouble(&mut self, trouble: Trouble) {
        *match trouble {
            Trouble::Migrate => &mut self.migrations,
            Trouble::Failover => &mut self.failovers,
            Trouble::Crash | Trouble::CrashLosing => &mut self.crashes,
            Trouble::Freeze => &mut self.freezes,
            Trouble::Lie | Trouble::Circles => &mut self.lies,
            Trouble::StaleView => &mut self.stale_views,
            Trouble::Isolate => &mut self.isolations,
            Trouble::WrongAddress => &mut self.wrong_addresses,
            Trouble::Pause => &mut self.pauses,
            Trouble::Load => &mut self.loads,
            Trouble::MaxClients => &mut self.full_servers,
            Trouble::OutOfMemory => &mut self.exhausted,
            Trouble::Forbid => &mut self.prohibitions,
            Trouble::Password => &mut self.passwords,
            Trouble::KillClient => &mut self.killed_clients,
        } += 1;
    }
}
