//! What goes wrong on a day: each seed first draws which kinds of faults it has, and how strong they are. Days with few
//! kinds reach deep into one of them, days with many into what they do to each other.

use super::random::Random;

/// A day's faults. Numbers named `_permille` say how often, the others how much; zero is never.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    /// Microseconds of one way, and by how much they vary.
    pub(super) latency: u64,
    pub(super) jitter: u64,
    /// A server to which everything takes so much longer.
    pub(super) slow_node: Option<(u8, u64)>,
    /// What is sent in one piece arrives in several, cut at any byte.
    pub(super) cut_permille: u32,
    /// A direction of a connection stands still for so long.
    pub(super) stall_permille: u32,
    pub(super) stall: u64,
    /// Replies of a connection do not come for many seconds, while requests arrive.
    pub(super) silence_permille: u32,
    /// The connection breaks, at any byte of what is under way, in either direction.
    pub(super) reset_permille: u32,
    /// Bytes that are no RESP, and replies that nothing asked for.
    pub(super) garbage_permille: u32,
    pub(super) extra_reply_permille: u32,
    /// Pushes between the replies.
    pub(super) push_permille: u32,
    /// Dials that are refused, that take long, that never end by themselves.
    pub(super) refuse_permille: u32,
    pub(super) slow_dial_permille: u32,
    pub(super) dial_timeout_permille: u32,
    /// What a closed connection had under way arrives, and runs, much later.
    pub(super) linger_permille: u32,
    pub(super) linger: u64,
    /// No node ends a connection for another: what lingers is not proven to be over.
    pub(super) forbids_kills: bool,
    /// Bytes that a connection's kernel takes at once.
    pub(super) kernel: usize,
    /// The host counts every byte handed over as possibly sent.
    pub(super) counts_handed: bool,
    /// The timer rings late; early; twice.
    pub(super) lateness: u64,
    pub(super) extra_tick_permille: u32,
    /// The host polls only after several words.
    pub(super) lazy_permille: u32,
    /// Callers give up, are in a hurry, submit from within the handling of an outcome.
    pub(super) cancel_permille: u32,
    pub(super) hurry_permille: u32,
    pub(super) reentrant_permille: u32,
    /// Callers submit more than there is room for.
    pub(super) burst_permille: u32,
    /// What befalls the servers, and how far apart.
    pub(super) troubles: Vec<Trouble>,
    pub(super) trouble_every: u64,
}

/// What may befall the servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Crash,
    CrashLosing,
    Freeze,
    Migrate,
    Failover,
    StaleView,
    Isolate,
    WrongAddress,
    Lie,
    Circles,
    Pause,
    Load,
    MaxClients,
    OutOfMemory,
    Forbid,
    Password,
    KillClient,
}

const TROUBLES: [Trouble; 17] = [
    Trouble::Crash,
    Trouble::CrashLosing,
    Trouble::Freeze,
    Trouble::Migrate,
    Trouble::Failover,
    Trouble::StaleView,
    Trouble::Isolate,
    Trouble::WrongAddress,
    Trouble::Lie,
    Trouble::Circles,
    Trouble::Pause,
    Trouble::Load,
    Trouble::MaxClients,
    Trouble::OutOfMemory,
    Trouble::Forbid,
    Trouble::Password,
    Trouble::KillClient,
];

impl Faults {
    /// `whims` are further dice, for what is not to change what the first decide.
    pub(super) fn draw(random: &mut Random, whims: &mut Random) -> Self {
        // One day in twelve has none, one in twelve all of them, the others each with this chance.
        let chance = match random.below(12) {
            0 => 0,
            1 => 1_000,
            2..6 => 120,
            6..10 => 280,
            _ => 500,
        };
        let has = |random: &mut Random| random.permille(chance);
        let mut faults = Self { latency: random.pick(&[20, 200, 500, 2_000]), kernel: 1 << 20, ..Self::default() };
        let strength = |random: &mut Random, of: [u32; 3]| random.pick(&of);
        if has(random) {
            faults.jitter = random.pick(&[100, 1_000, 20_000]);
        }
        if has(random) {
            faults.slow_node =
                Some((u8::try_from(random.below(3)).unwrap_or(0), random.pick(&[20_000, 150_000, 600_000])));
        }
        if has(random) {
            faults.cut_permille = strength(random, [50, 300, 900]);
        }
        if has(random) {
            faults.stall_permille = strength(random, [3, 10, 30]);
            faults.stall = random.pick(&[20_000, 300_000, 1_500_000]);
        }
        if has(random) {
            faults.silence_permille = strength(random, [2, 5, 15]);
        }
        if has(random) {
            faults.reset_permille = strength(random, [3, 15, 50]);
        }
        if has(random) {
            faults.garbage_permille = strength(random, [1, 3, 10]);
        }
        if has(random) {
            faults.extra_reply_permille = strength(random, [1, 3, 10]);
        }
        if has(random) {
            faults.refuse_permille = strength(random, [30, 150, 500]);
        }
        if has(random) {
            faults.slow_dial_permille = strength(random, [50, 200, 500]);
        }
        if has(random) {
            faults.dial_timeout_permille = strength(random, [30, 100, 300]);
        }
        if has(random) {
            faults.linger_permille = strength(random, [200, 500, 900]);
            faults.linger = random.pick(&[5_000, 100_000, 2_000_000]);
        }
        if has(random) {
            faults.kernel = random.pick(&[100, 600, 8_000]);
        }
        faults.counts_handed = has(random);
        if has(random) {
            faults.lateness = random.pick(&[500, 5_000, 60_000]);
        }
        if has(random) {
            faults.extra_tick_permille = strength(random, [20, 100, 400]);
        }
        if has(random) {
            faults.lazy_permille = strength(random, [100, 400, 800]);
        }
        if has(random) {
            faults.cancel_permille = strength(random, [30, 100, 250]);
        }
        if has(random) {
            faults.hurry_permille = strength(random, [50, 200, 500]);
        }
        if has(random) {
            faults.reentrant_permille = strength(random, [50, 200, 400]);
        }
        if has(random) {
            faults.burst_permille = strength(random, [20, 60, 150]);
        }
        faults.troubles = TROUBLES.into_iter().filter(|_| has(random)).collect();
        // Slots that move are what a cluster client is for.
        if chance > 0 && random.one_in(2) && !faults.troubles.contains(&Trouble::Migrate) {
            faults.troubles.push(Trouble::Migrate);
        }
        if whims.permille(chance) {
            faults.push_permille = strength(whims, [3, 10, 100]);
        }
        if chance > 0 && whims.one_in(16) {
            faults.tear_pipelines(whims);
        }
        faults.trouble_every = random.pick(&[30_000, 100_000, 400_000]);
        faults
    }

    /// Connections break in the midst of pipelines, half of which was written, and that half arrives when the other half
    /// could have gone a new way long ago.
    fn tear_pipelines(&mut self, whims: &mut Random) {
        self.forbids_kills = true;
        self.reset_permille = whims.pick(&[15, 50]);
        self.linger_permille = 900;
        self.linger = whims.pick(&[100_000, 2_000_000]);
        self.kernel = whims.pick(&[100, 600]);
        self.counts_handed = false;
    }

    /// Nothing goes wrong any more. How the host counts, and how fast the network is, stays.
    pub(super) fn heal(&mut self) {
        *self = Self {
            latency: self.latency,
            jitter: self.jitter.min(1_000),
            kernel: self.kernel.max(4_000),
            counts_handed: self.counts_handed,
            linger_permille: self.linger_permille,
            linger: self.linger,
            ..Self::default()
        };
    }
}
