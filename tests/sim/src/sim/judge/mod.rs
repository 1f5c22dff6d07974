//! The judge: the contract as functions over the record of a day, each with its rule in words.
//!
//! [`ran`] holds outcomes against what ran, [`order`] what ran against the order given, [`bounds`] what was used against
//! what is allowed, [`ends`] how the day ended, [`trust`] who was spoken to, [`heard`] what subscribers were told, [`scan`]
//! what scans gave, [`recipe`] and [`many`] what commands over several slots left behind.

mod bounds;
mod ends;
mod facts;
mod heard;
mod many;
mod order;
mod ran;
mod recipe;
mod scan;
mod trust;

#[cfg(test)]
mod tests;

pub(super) use self::facts::is_refusal;
use super::day::Day;

/// What is wrong, in words.
pub type Check = fn(&Day) -> Result<(), String>;

/// One rule of the contract.
#[derive(Clone, Copy)]
pub struct Invariant {
    /// Its name.
    pub name: &'static str,
    /// What must hold.
    pub rule: &'static str,
    /// Says what does not.
    pub check: Check,
}

macro_rules! invariants {
    ($($(#[doc = $rule:literal])+ $name:ident => $check:path,)+) => {
        /// All of them, in the order in which they are looked at: what is told wrong before what is done wrong.
        pub const INVARIANTS: &[Invariant] = &[
            $(Invariant { name: stringify!($name), rule: concat!($($rule),+), check: $check },)+
        ];
    };
}

invariants! {
    /// Each accepted command is told exactly one outcome, and nothing of a refused batch is told or written.
    ExactlyOneOutcome => ran::exactly_one_outcome,
    /// A command runs at most once (each part of it), unless its caller declared it idempotent.
    AtMostOnce => ran::at_most_once,
    /// What was told as a reply has run before, and its effect is there at the end unless the cluster itself lost it.
    AckImpliesExecuted => ran::ack_implies_executed,
    /// What was told as not executed, or as an error before execution, has not run and does not run until the last
    /// byte under way anywhere has been read.
    NotExecutedIsTrue => ran::not_executed_is_true,
    /// Unknown is told only of what was written, with as many attempts as there were.
    UnknownIsHonest => ran::unknown_is_honest,
    /// Nothing is unknown that the bytes prove: a write that never left, that was refused, or that was answered; a read
    /// that may be sent again and has time left.
    NoNeedlessUnknown => ran::no_needless_unknown,
    /// A partial outcome has one outcome for each part, and its parts differ; a reply has a reply of each part.
    PartialIsHonest => ran::partial_is_honest,
    /// What was written is written again only if it was refused before execution, provably never left, or was lost and
    /// may be repeated; and never after its outcome.
    ResendLegality => ran::resend_legality,
    /// A reply is what the server said to this command, carrying its token where it has one, the parts' replies merged.
    RightReply => ran::right_reply,
    /// A listener is given what was published to what it listens to, once, and nothing else.
    RightMessage => heard::right_message,
    /// After the faults, everybody hears what is published to what was granted.
    EverybodyHears => heard::everybody_hears,
    /// A scan that came to its end has given each key that was there from its beginning to its end, unless the cluster
    /// itself lost it; no scan gives a key that nobody has written, or one twice that stayed where it was.
    ScanIsWhole => scan::scan_is_whole,
    /// After the faults, a scan comes to its end.
    ScanEnds => scan::scan_ends,
    /// What is moved step by step is at its source or at its destination whatever becomes of the command, what is only
    /// read stays, and what others have set is not set anew, unless the cluster itself lost it.
    NothingIsLost => recipe::nothing_is_lost,
    /// A reply of a command that was done step by step says what is there and for how long, one that was not executed has
    /// changed nothing, and a partial outcome shows each step that writes, and what is there is what these say.
    RecipeIsHonest => recipe::recipe_is_honest,
    /// A step that writes is written when all steps before it have been answered, and so that the command goes on.
    StepByStep => recipe::step_by_step,
    /// A copy that a command makes for itself ends by itself, and is gone where its deletion was answered.
    CopiesEnd => recipe::copies_end,
    /// On one connection, commands whose slots nothing disturbed are first written in the order in which they were given.
    FifoPerConnection => order::fifo_per_connection,
    /// Commands of a pipeline that share a key, one of them writing, run in the order given.
    KeyOrder => order::key_order,
    /// With `order: slot` that holds for all commands of the slot, unknowns excepted; with any, as long as nothing
    /// disturbed the slot.
    SlotOrder => order::slot_order,
    /// A task that awaits a call and then issues the next sees them run in that order, unknowns excepted.
    ProgramOrder => order::program_order,
    /// ASKING stands right before exactly those commands whose own last answer was ASK, in the same write, at the node
    /// that it named.
    AskingOnlyAfterAsk => order::asking_only_after_ask,
    /// A replica is asked only for reads whose callers said so, and not for what their own pipeline writes.
    ReplicasByWish => ran::replicas_by_wish,
    /// ASK is about one key: but for what was told ASK itself, a command goes only where some server has said that its slot is.
    AskPatchesNothing => order::ask_patches_nothing,
    /// MULTI to EXEC is one write with nothing else in it.
    TransactionContiguous => order::transaction_contiguous,
    /// A unit that ran on a session's connection ran with the keys that were watched there as they were.
    WatchProtects => order::watch_protects,
    /// One refresh at a time, no more often than configured, each asking a few nodes, SLOTS and NODES in one write.
    RefreshBound => bounds::refresh_bound,
    /// No more MOVED and ASK are followed than the limit allows.
    HopBound => bounds::hop_bound,
    /// No more commands wait, or are under way on a connection, than the limits allow.
    QueueBound => bounds::queue_bound,
    /// No more bytes wait than the limits allow.
    ByteBound => bounds::byte_bound,
    /// When everything has settled, nothing is left open inside.
    ReturnToBaseline => bounds::return_to_baseline,
    /// No more connections are open than there is use for, and after a failed attempt at most five dials a second go to
    /// one address.
    ConnectionBound => bounds::connection_bound,
    /// The core asks to be woken in the future, for a reason, and not for ever and ever.
    NoBusyLoop => bounds::no_busy_loop,
    /// Only addresses are dialled that are seeds, allowed, or listed by a node that is one of these.
    NoConnectOutsidePolicy => trust::no_connect_outside_policy,
    /// Credentials go out first, once the connection is up; no caller's byte before the handshake has been answered; and
    /// the password is nowhere else.
    NoSecretBeforeVerified => trust::no_secret_before_verified,
    /// A connection on which AUTH was refused takes no more commands.
    RefusedIsLast => trust::refused_is_last,
    /// Each command is told in time: within its deadline and the host's lateness.
    AllResolved => ends::all_resolved,
    /// After the faults, each new call succeeds within ten seconds.
    Progress => ends::progress,
    /// After the faults, the map is the cluster's.
    Reconverge => ends::reconverge,
    /// The same seed lives the same day, byte for byte.
    Deterministic => ends::deterministic,
    /// The core does not panic: no rule of the contract, but a bug.
    NoPanic => ends::no_panic,
}

/// The first invariant that a day violates, and how. What was seen at once comes first: the rest may follow from it.
pub fn judge(day: &Day) -> Option<(&'static str, String)> {
    if let Some(offence) = day.offences.first() {
        return Some(offence.clone());
    }
    INVARIANTS.iter().find_map(|invariant| Some((invariant.name, (invariant.check)(day).err()?)))
}
