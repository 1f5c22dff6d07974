//! Deliberate faults, one at a time, for the simulator to find: a core that is wrong in each of the ways in which clients
//! have been wrong. Only built with `--cfg slotpipe_broken`; without it, [`broken!`] is `false` and nothing is left of it.

/// A number that no seed decides.
#[cfg(slotpipe_broken)]
pub(crate) use self::chosen::chance;

/// A verb begins, and takes one step more: one that never comes to rest is a finding, not a program that hangs.
#[cfg(slotpipe_broken)]
pub(crate) use self::chosen::{begin, step};

#[cfg(not(slotpipe_broken))]
#[inline(always)]
pub(crate) const fn begin() {}

#[cfg(not(slotpipe_broken))]
#[inline(always)]
pub(crate) const fn step() {}

#[cfg(not(slotpipe_broken))]
pub(crate) const fn chance() -> u64 {
    0
}

#[cfg(not(slotpipe_broken))]
pub(crate) const NOTHING: bool = false;

#[cfg(not(slotpipe_broken))]
macro_rules! broken {
    ($fault:ident) => {
        $crate::broken::NOTHING
    };
}

#[cfg(slotpipe_broken)]
macro_rules! broken {
    ($fault:ident) => {
        $crate::broken::is($crate::broken::Fault::$fault)
    };
}

pub(crate) use broken;

#[cfg(slotpipe_broken)]
pub use self::chosen::{Fault, choose, is};

#[cfg(slotpipe_broken)]
mod chosen {
    use core::sync::atomic::{AtomicUsize, Ordering};

    static CHOSEN: AtomicUsize = AtomicUsize::new(usize::MAX);

    macro_rules! faults {
        ($($(#[doc = $rule:literal])+ $name:ident,)+) => {
            /// What can be broken. Each tells the rule that it breaks.
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[expect(missing_docs, reason = "the text of each is its rule, for those who look at the list")]
            pub enum Fault {
                $($name,)+
            }

            impl Fault {
                /// All of them, each with the rule that it breaks.
                pub const ALL: &[(Self, &str)] = &[$((Self::$name, concat!($($rule),+)),)+];
            }
        };
    }

    faults! {
        /// A write whose connection was lost is unknown: it is not sent again.
        ResendAfterEof,
        /// How many bytes may have left decides what was never sent; not whether the connection is gone.
        LostIsUnsent,
        /// What provably never left is sent as if for the first time, not told as unknown.
        UnsentIsUnknown,
        /// A script or blocking command is not sent again by `retry`.
        RetryScripts,
        /// A unit whose EXEC may have been sent is not sent again by `retry`.
        RetryUnits,
        /// ASKING stands once before the MULTI of a unit that was told ASK.
        NoAskingBeforeMulti,
        /// A unit whose watch was lost with its connection is a conflict.
        LostWatchRuns,
        /// What stands in a session behind an unknown command of its keys waits for the node to be past that one.
        SessionForgetsUnknown,
        /// READONLY is taken back before what is meant for the primary.
        StaysReadonly,
        /// A pending entry leaves only by its reply: a deadline marks it.
        PopOnTimeout,
        /// What was written and given up is unknown.
        TimeoutIsNotExecuted,
        /// The late reply of a command that was given up is swallowed.
        LateReplyIsTold,
        /// The late reply of a command that was given up frees what was kept for it.
        LateReplyLeaks,
        /// A cancelled command that was not admitted yet is told so.
        CancelIsSilent,
        /// ASKING stands right before its command.
        AskingBehind,
        /// ASKING precedes what was told ASK, not all that goes to that node.
        AskingForAll,
        /// After TRYAGAIN behind ASKING a command goes to the owner of its slot.
        AskAfterTryAgain,
        /// ASK is about one key and never patches the map.
        AskPatchesMap,
        /// MOVED is followed so many times, and then told.
        EndlessHops,
        /// One refused command is sent again, not the whole pipeline.
        WholePipelineAgain,
        /// What is refused waits in its place; a later command of its key that has run keeps it from being sent.
        NoOrderGuard,
        /// New commands for a slot wait behind what was refused for it.
        NoHold,
        /// Replies before it come first where the next target of a slot differs.
        NoDrain,
        /// Behind an unknown command, later ones of its keys wait until its node is proven past it.
        NoFence,
        /// A push is no reply.
        PushTakesEntry,
        /// Errors nested in a reply never act, and top-level ones of runs are judged as any.
        ErrorIsReply,
        /// A length is compared with its limit before it is cast.
        LengthAsU32,
        /// A merge never upgrades: one unknown part makes the whole uncertain.
        MergeUpgrades,
        /// Parts are merged in the order of the keys as they were given.
        MergeByArrival,
        /// An address is a seed, allowed or listed by a trusted node.
        TrustAnyHost,
        /// Refreshes are single flight and apart.
        RefreshAtOnce,
        /// MOVED schedules a refresh.
        NoRefresh,
        /// A slot is done with a pass only where its node says, when asked after the pass, that it is still its own.
        ScanTrustsFirstLook,
        /// A scan reads every primary.
        ScanReadsOneNode,
        /// What is open on a scan's lane settles when the lane is released.
        PageOutlivesLane,
        /// The source is deleted when the destination is known to be written.
        RecipeDeletesAtOnce,
        /// Of a recipe that failed after some of it ran, each step that writes is told.
        RecipeFailsWhole,
        /// A step is not sent again because the caller called the command idempotent.
        RecipeStepsRepeat,
        /// What is copied keeps its time to live.
        RecipeForgetsEnd,
        /// MSETNX stops where a key has come meanwhile.
        RecipeSetsOn,
        /// A copy that a recipe makes for itself ends by itself.
        RecipeCopiesStay,
        /// A step of a recipe that writes comes when those before it have been answered.
        RecipeTidiesAtOnce,
        /// What a node has confirmed after a pass is done.
        ScanIsNeverSure,
        /// A subscription that is lost with its connection is asked for again.
        LostTopicsStayLost,
        /// The channel of a message comes before its pattern.
        PatternComesFirst,
        /// Behind a close nothing goes out.
        WritesBehindClose,
        /// What is refused when it is authenticated anew takes no more commands.
        RefusedLinkStays,
        /// A unit is one write.
        ExecComesLater,
        /// A partial outcome tells of every part.
        PartialForgetsParts,
        /// The map is looked at now and then, whatever happens.
        RefreshOnlyWhenTold,
        /// A slot is whose the newest views say, whatever was believed before.
        MapKeepsOwners,
        /// After a failed attempt an address is left alone for a while.
        DialAtOnce,
        /// So many commands wait for a node, and no more.
        QueueUnbounded,
        /// So many commands are under way on a connection.
        InFlightUnbounded,
        /// What is refused for a while comes again with a growing pause.
        NoBackoff,
        /// A host is told when to call again.
        NoTimer,
        /// Same inputs, same outputs.
        ChanceFromOutside,
    }

    /// Breaks this from now on, for every core of the process; `None` mends all.
    pub fn choose(fault: Option<Fault>) {
        CHOSEN.store(fault.map_or(usize::MAX, |fault| fault as usize), Ordering::Relaxed);
    }

    /// More than any verb takes on any day.
    const MOST_STEPS: usize = 10_000_000;

    static STEPS: AtomicUsize = AtomicUsize::new(0);

    pub(crate) fn begin() {
        STEPS.store(0, Ordering::Relaxed);
    }

    pub(crate) fn step() {
        let steps = STEPS.fetch_add(1, Ordering::Relaxed);
        assert!(steps < MOST_STEPS, "NoBusyLoop: the core does not come to rest");
    }

    pub(crate) fn chance() -> u64 {
        static CALLS: AtomicUsize = AtomicUsize::new(0);
        CALLS.fetch_add(1, Ordering::Relaxed) as u64
    }

    /// Whether this is broken.
    pub fn is(fault: Fault) -> bool {
        CHOSEN.load(Ordering::Relaxed) == fault as usize
    }
}
