//! Pipelines in bad weather, and a witness that tells afterwards what the servers really ran.
//!
//! Each pipeline pushes [`ROUNDS`] numbers onto every one of [`LISTS`] lists, among reads. The client says for each push how
//! it ended; afterwards the lists themselves are read by the lab's plain client. A push that was answered must be there
//! exactly once, one that never ran not at all, an unknown one at most once, and every list must be in the order in
//! which it was sent.

use std::{
    collections::BTreeMap,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use bytes::Bytes;
use slotpipe::{
    Cluster, OutcomeKind,
    lab::{
        self, LocalCluster,
        reshard::{Pace, Resharder},
        resp::Reply,
    },
};
use slotpipe_core::{route::slot::Slot, wire::encode};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::cli::Failure;

/// Lists that every pipeline writes to.
const LISTS: usize = 60;
/// Numbers that it pushes onto each.
const ROUNDS: usize = 10;
/// What else it does: one, several slots, several keys of one slot.
const READS: [&[&str]; 4] = [
    &["HGET", "element:Fe", "weight"],
    &["MGET", "capital:Peru", "capital:Kenya", "capital:Norway"],
    &["SDIFF", "{gases}:elements", "{gases}:noble"],
    &["ZSCORE", "planets:by-distance", "Saturn"],
];

fn list(number: usize) -> String {
    format!("log:{number}")
}

/// The slots that are moved.
pub(super) fn slots() -> Vec<u16> {
    let mut slots: Vec<u16> = (0..LISTS).map(|number| Slot::of(list(number).as_bytes()).number()).collect();
    slots.push(Slot::of(b"{gases}").number());
    slots
}

/// What the pipelines did, as the client says.
#[derive(Default)]
pub(super) struct Storm {
    /// Outcome of the push of number `i` onto list `n`, at `i * LISTS + n`.
    pushes: Vec<OutcomeKind>,
    counts: BTreeMap<&'static str, u64>,
    longest: Duration,
}

impl Storm {
    /// Sends one more pipeline and waits for all of its outcomes.
    pub(super) async fn pipeline(&mut self, cluster: &Cluster) -> Result<(), Failure> {
        let first = self.pushes.len() / LISTS;
        let mut batch = Vec::new();
        for number in first..first + ROUNDS {
            let number = number.to_string();
            for index in 0..LISTS {
                encode::command(&mut batch, ["RPUSH", &list(index), &number]);
                encode::command(&mut batch, READS[index % READS.len()].iter().copied());
            }
        }
        let began = Instant::now();
        let replies = cluster.raw(Bytes::from(batch)).await.map_err(Failure::failed)?;
        self.longest = self.longest.max(began.elapsed());
        for (index, outcome) in replies.iter() {
            if index % 2 == 0 {
                self.pushes.push(outcome.kind());
            }
            *self.counts.entry(name(outcome.kind())).or_default() += 1;
        }
        Ok(())
    }

    /// How many commands have ended.
    pub(super) fn commands(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many commands ended how.
    pub(super) fn outcomes(&self) -> String {
        let commands = self.commands();
        let pipelines = self.pushes.len() / LISTS / ROUNDS;
        let counts: Vec<_> = self.counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        format!("{commands} commands in {pipelines} pipelines, one outcome each: {}", counts.join(", "))
    }

    /// The longest that anybody waited.
    pub(super) fn longest(&self) -> Duration {
        self.longest
    }

    /// Reads the lists and holds them against the outcomes.
    pub(super) fn compare(&self, servers: &LocalCluster) -> lab::Result<Vec<Finding>> {
        let mut seen = Seen::default();
        for number in 0..LISTS {
            let pushed: Vec<usize> = read_list(servers, &list(number))?;
            seen.disordered += u64::from(!pushed.is_sorted());
            let mut times: BTreeMap<usize, u64> = BTreeMap::new();
            for item in pushed {
                *times.entry(item).or_default() += 1;
            }
            for (item, kind) in self.pushes.iter().skip(number).step_by(LISTS).enumerate() {
                seen.count(*kind, times.remove(&item).unwrap_or(0));
            }
            seen.strangers += times.len() as u64;
        }
        Ok(seen.findings())
    }
}

fn name(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Reply | OutcomeKind::Detailed => "reply",
        OutcomeKind::ServerError => "server error",
        OutcomeKind::NotExecuted => "not executed",
        OutcomeKind::Unknown => "unknown",
        OutcomeKind::Partial => "partial",
    }
}

fn read_list(servers: &LocalCluster, key: &str) -> lab::Result<Vec<usize>> {
    let owner = servers.primary_of(Slot::of(key.as_bytes()).number())?;
    let reply = owner.ask(["LRANGE", key, "0", "-1"])?;
    let items = reply.array().unwrap_or_default().iter();
    Ok(items.filter_map(Reply::text).filter_map(|text| text.parse().ok()).collect())
}

/// One sentence about what was found.
pub(super) struct Finding {
    pub(super) text: String,
    pub(super) wrong: bool,
}

/// What the lists say about the pushes.
#[derive(Default)]
struct Seen {
    answered: u64,
    lost: u64,
    unknown: u64,
    unknown_ran: u64,
    never: u64,
    never_ran: u64,
    twice: u64,
    strangers: u64,
    disordered: u64,
}

impl Seen {
    fn count(&mut self, kind: OutcomeKind, times: u64) {
        self.twice += u64::from(times > 1);
        match kind {
            OutcomeKind::Reply | OutcomeKind::Detailed => {
                self.answered += 1;
                self.lost += u64::from(times == 0);
            }
            OutcomeKind::Unknown | OutcomeKind::Partial => {
                self.unknown += 1;
                self.unknown_ran += u64::from(times > 0);
            }
            OutcomeKind::NotExecuted | OutcomeKind::ServerError => {
                self.never += 1;
                self.never_ran += u64::from(times > 0);
            }
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let Self { answered, lost, unknown, unknown_ran, never, never_ran, twice, strangers, disordered } = *self;
        let fine = |text: String| Finding { text, wrong: false };
        let mut findings = vec![
            Finding { text: format!("{twice} pushes ran twice"), wrong: twice > 0 },
            fine(format!("{answered} were answered; {} of them are in their lists", answered - lost)),
            fine(format!("{unknown} were unknown: {unknown_ran} had run, {} had not", unknown - unknown_ran)),
            Finding { text: format!("{never} were told not to have run: {never_ran} had"), wrong: never_ran > 0 },
            Finding {
                text: format!(
                    "{} of {LISTS} lists are in the order in which they were sent",
                    LISTS as u64 - disordered
                ),
                wrong: disordered > 0,
            },
        ];
        if lost > 0 {
            findings.push(fine(format!(
                "{lost} answered pushes died with the killed primary: Redis replicates after it answers"
            )));
        }
        if strangers > 0 {
            findings.push(Finding { text: format!("{strangers} items that nobody sent"), wrong: true });
        }
        findings
    }
}

/// The trouble, on a thread of its own.
pub(super) struct Weather {
    news: UnboundedReceiver<String>,
    thread: JoinHandle<lab::Result<()>>,
}

impl Weather {
    /// Moves `slots` around for half of the time, then kills a primary and waits for the rest.
    pub(super) fn start(servers: LocalCluster, slots: Vec<u16>, time: Duration) -> Self {
        let (tell, news) = mpsc::unbounded_channel();
        Self { news, thread: thread::spawn(move || trouble(&servers, slots, time, |text| drop(tell.send(text)))) }
    }

    pub(super) fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// The next thing that happens; `None` once nothing more will.
    pub(super) async fn news(&mut self) -> Option<String> {
        self.news.recv().await
    }

    pub(super) fn end(self) -> lab::Result<()> {
        self.thread.join().unwrap_or_else(|_| Err(lab::Error::new("the thread that makes it panicked")))
    }
}

fn trouble(servers: &LocalCluster, slots: Vec<u16>, time: Duration, tell: impl Fn(String)) -> lab::Result<()> {
    let end = Instant::now() + time;
    let victim_slot = Slot::of(list(0).as_bytes()).number();
    tell(format!("{} slots begin to wander from primary to primary", slots.len()));
    let resharder = Resharder::start(servers, slots, Pace::default());
    thread::sleep(time / 2);
    let report = resharder.stop();
    tell(format!("{} slots moved, with {} keys", report.slots_moved, report.keys_moved));
    if !report.shadow_keys.is_empty() {
        return Err(lab::Error::new(format!("{} keys were on two nodes", report.shadow_keys.len())));
    }
    let victim = servers.primary_of(victim_slot)?;
    victim.kill();
    let killed = Instant::now();
    tell(format!("kill -9 of the primary on port {}", victim.port()));
    let heir = servers.wait_for_promotion(&victim, victim_slot)?;
    tell(format!("its replica on port {} took over after {:.1} s", heir.port(), killed.elapsed().as_secs_f64()));
    let left = end.saturating_duration_since(Instant::now());
    thread::sleep(left.max(Duration::from_secs(1)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(pushes: &[(OutcomeKind, u64)]) -> Vec<bool> {
        let mut seen = Seen::default();
        pushes.iter().for_each(|(kind, times)| seen.count(*kind, *times));
        seen.findings().into_iter().map(|finding| finding.wrong).collect()
    }

    #[test]
    fn what_may_be_is_no_fault() {
        let pushes = [
            (OutcomeKind::Reply, 1),
            (OutcomeKind::Unknown, 1),
            (OutcomeKind::Unknown, 0),
            (OutcomeKind::NotExecuted, 0),
        ];
        assert_eq!(findings(&pushes), [false; 5]);
    }

    #[test]
    fn a_push_that_ran_twice_or_against_its_word_is_a_fault() {
        assert!(findings(&[(OutcomeKind::Unknown, 2)])[0]);
        assert!(findings(&[(OutcomeKind::NotExecuted, 1)])[3]);
    }
}
