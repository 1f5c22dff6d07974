//! One cycle: callers at work, faults, healing, a last round that must succeed, and the judgement.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use slotpipe::lab::Result;
use slotpipe_core::route::slot::Slot;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    check::{Defect, Evidence, Finding, Judgement, judge},
    data::{self, Data},
    hosts::{Host, Made, Told},
    nemesis::{Fault, Nemesis, Plan, Struck},
    oracle::{Pass, Taken},
    random::Random,
    rig::{Rig, blocking},
    wire::Token,
    workload::{self, CALLERS, CONSUMERS, Issued, Work},
};

/// What a cycle came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Which.
    pub cycle: u64,
    /// What it was named for, and what happened beside.
    pub named: String,
    /// Commands with an outcome.
    pub commands: usize,
    /// Tokens seen on wires.
    pub tokens: usize,
    /// Outcomes by kind.
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Why commands were told not to have run.
    pub reasons: BTreeMap<String, usize>,
    /// Refusals on the wires by code.
    pub refusals: BTreeMap<&'static str, usize>,
    /// Per fault: how often it struck, and how many commands it found in flight.
    pub hits: BTreeMap<Fault, (u64, u64)>,
    /// Acknowledged writes that a replaced primary took with it.
    pub lost_tail: usize,
    /// A primary was replaced though nobody had ordered it.
    pub surprised: bool,
    /// What may not be.
    pub findings: Vec<Finding>,
    /// What happened when.
    pub log: Vec<String>,
    /// Resident memory of the host's process at the end.
    pub resident_kib: u64,
    /// What was still allocated when nothing of the cycle but this was left; see [`Host::live_kib`].
    pub live_kib: u64,
    /// Wall time.
    pub lasted: Duration,
}

/// Runs one cycle on a rig that is whole.
///
/// # Errors
/// The rig itself fails: servers do not start or do not agree.
pub async fn run(
    rig: &Arc<Rig>,
    host: &Arc<dyn Host>,
    plan: &Plan,
    made: Made,
    cycle: u64,
    tokens: &Arc<AtomicU64>,
) -> Result<Report> {
    let began = Instant::now();
    let before = {
        let (rig, allowed) = (Arc::clone(rig), !plan.is_durable());
        blocking(move || rig.allow_failover(allowed).and_then(|()| rig.owners())).await?
    };
    let work = Arc::new(Work {
        host: Arc::clone(host),
        prefix: format!("c{cycle}"),
        window: made.window(),
        began,
        stop: AtomicBool::new(false),
        tokens: Arc::clone(tokens),
    });
    let mut callers = JoinSet::new();
    for number in 0..CALLERS + CONSUMERS {
        let (work, random) = (Arc::clone(&work), plan.random(100 + number));
        if number < CALLERS {
            callers.spawn(workload::call(work, number, random));
        } else {
            callers.spawn(workload::consume(work, number, random));
        }
    }
    let slots = workload::keys(&work.prefix).iter().map(|key| Slot::of(key.as_bytes()).number()).collect();
    let password = format!("password{}", tokens.fetch_add(1, Ordering::Relaxed));
    let nemesis = Nemesis::new(Arc::clone(rig), Arc::clone(host), slots, password);
    let struck = nemesis.run(plan).await;
    work.stop.store(true, Ordering::Relaxed);
    let mut history: Vec<Issued> = callers.join_all().await.into_iter().flatten().collect();
    let struck = struck?;

    let mut report = Report { cycle, named: format!("{} + {}", plan.headline, plan.beside), ..Report::default() };
    let holds = !plan.spoils_the_cluster();
    if holds {
        last_round(&work, &mut history, &mut report).await;
    }
    left_inside(host, &mut report).await;
    let (after, read) = {
        let (rig, of) = (Arc::clone(rig), history.clone());
        blocking(move || Ok((rig.owners()?, if holds { data::read(&rig, &of)? } else { Data::new() }))).await?
    };
    let Taken { passes, unproven, odd } = rig.oracle.take();
    let mut deposed: BTreeSet<usize> = struck.deposed.iter().copied().collect();
    let now = after.nodes();
    let unordered: Vec<usize> =
        before.nodes().into_iter().filter(|node| !now.contains(node) && !deposed.contains(node)).collect();
    report.surprised = !unordered.is_empty();
    deposed.extend(unordered);
    let evidence =
        Evidence { history: &history, passes: &passes, data: &read, holds, deposed: &deposed, unproven: &unproven };
    let Judgement { findings, lost_tail } = judge(&evidence);
    report.findings.extend(findings);
    report.lost_tail = lost_tail;
    count(&history, &passes, &mut report);
    report.findings.extend(odd.into_iter().map(|text| Finding { defect: Defect::Odd, text }));
    of_the_nemesis(plan, struck, &mut report);
    if holds {
        forget(rig).await?;
    }
    report.lasted = began.elapsed();
    Ok(report)
}

fn count(history: &[Issued], passes: &HashMap<Token, Vec<Pass>>, report: &mut Report) {
    report.commands = history.len();
    report.tokens = passes.len();
    for code in passes.values().flatten().filter_map(Pass::refusal) {
        *report.refusals.entry(code).or_default() += 1;
    }
    for issued in history {
        *report.outcomes.entry(kind(&issued.told)).or_default() += 1;
        if let Told::NotExecuted(why) = &issued.told {
            *report.reasons.entry(reason(why)).or_default() += 1;
        }
    }
}

/// The cluster is whole: every call must succeed.
async fn last_round(work: &Arc<Work>, history: &mut Vec<Issued>, report: &mut Report) {
    let mut callers = JoinSet::new();
    for number in 0..CALLERS {
        let mine = history.iter().filter(|issued| issued.caller == number);
        let place = mine.map(|issued| issued.place).max().unwrap_or(0);
        callers.spawn(workload::last_round(Arc::clone(work), number, Random::new(number), place));
    }
    let last: Vec<Issued> = callers.join_all().await.into_iter().flatten().collect();
    for issued in last.iter().filter(|issued| !matches!(issued.told, Told::Reply(_))) {
        let text = format!(
            "in the last round {:?} {} of caller {}: {:?}",
            issued.kind, issued.key, issued.caller, issued.told
        );
        report.findings.push(Finding { defect: Defect::Unrecovered, text });
    }
    history.extend(last);
}

/// Nothing is open when every command has its outcome; late replies may take a moment.
async fn left_inside(host: &Arc<dyn Host>, report: &mut Report) {
    let mut open = Ok(0);
    for _ in 0..100 {
        match host.inside().await {
            Ok(inside) => {
                report.resident_kib = inside.resident_kib;
                open = Ok(inside.open);
                if inside.open == 0 {
                    return;
                }
            }
            Err(error) => open = Err(error),
        }
        sleep(Duration::from_millis(50)).await;
    }
    report.findings.push(Finding { defect: Defect::Kept, text: format!("open inside the client: {open:?}") });
}

fn of_the_nemesis(plan: &Plan, struck: Struck, report: &mut Report) {
    let Struck { hits, log, failures, shadows, .. } = struck;
    let named = hits.get(&plan.headline).copied().unwrap_or_default();
    if named.1 == 0 {
        let text = format!("{} found no command in flight", plan.headline);
        report.findings.push(Finding { defect: Defect::Missed, text });
    }
    let shadows = shadows.into_iter().filter(|_| !plan.spoils_the_cluster());
    report.findings.extend(shadows.map(|text| Finding { defect: Defect::Shadow, text }));
    report.findings.extend(failures.into_iter().map(|text| Finding { defect: Defect::Missed, text }));
    report.log = log;
    report.hits = hits;
}

/// The next cycle begins with empty servers.
async fn forget(rig: &Arc<Rig>) -> Result<()> {
    let rig = Arc::clone(rig);
    blocking(move || {
        for node in rig.primaries() {
            rig.node(node).ask(["FLUSHALL"])?;
        }
        // What is read again at a restart is one cycle's.
        for node in rig.cluster.nodes() {
            let _ = node.ask(["BGREWRITEAOF"]);
        }
        Ok(())
    })
    .await
}

/// `WouldReorder: …` and `WOULD_REORDER: …` are the same.
fn reason(why: &str) -> String {
    why.split(':').next().unwrap_or_default().replace('_', "").to_ascii_lowercase()
}

fn kind(told: &Told) -> &'static str {
    match told {
        Told::Reply(_) => "reply",
        Told::Error(..) => "server error",
        Told::NotExecuted(_) => "not executed",
        Told::Unknown(_) => "unknown",
        Told::Odd(_) => "odd",
        Told::Hanging => "hanging",
    }
}
