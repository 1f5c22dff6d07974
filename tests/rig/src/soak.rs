//! Many cycles of one host, and what they came to.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::PathBuf,
    sync::{Arc, atomic::AtomicU64},
    time::{Duration, Instant},
};

use slotpipe::lab::{Error, Result};

use crate::{
    check::{Defect, Finding},
    cycle::{self, Report},
    hosts::{Host, Kind, Made},
    nemesis::{Fault, Plan},
    rig::Rig,
};

/// Resident memory may be this much more at the end than after the first cycles.
const GROWTH_KIB: u64 = 192 << 10;
/// The same of what is allocated; the rig's own logs and what a broken cluster left are in it.
const KEPT_KIB: u64 = 16 << 10;
/// Cycles until caches and tables have their size.
const WARM: u64 = 3;

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The client under test.
    pub host: Kind,
    /// Decides what goes wrong.
    pub seed: u64,
    /// What every cycle is named for, instead of all faults in turn.
    pub fault: Option<Fault>,
    /// The first cycle's number.
    pub first: u64,
    /// How many.
    pub cycles: u64,
}

impl Options {
    /// How the client is made is the seed's choice too: RESP2 where it is odd, narrow where its half is.
    pub fn made(&self) -> Made {
        Made { resp2: self.seed & 1 != 0, narrow: self.seed & 2 != 0 }
    }
}

/// What all cycles came to.
#[derive(Debug)]
pub struct Summary {
    /// What was run.
    pub options: Options,
    /// Cycles that ended.
    pub cycles: u64,
    /// Cycles with findings.
    pub failed: u64,
    commands: usize,
    tokens: usize,
    outcomes: BTreeMap<&'static str, usize>,
    reasons: BTreeMap<String, usize>,
    refusals: BTreeMap<&'static str, usize>,
    hits: BTreeMap<Fault, (u64, u64)>,
    defects: BTreeMap<Defect, usize>,
    lost_tail: usize,
    surprised: u64,
    resident: Level,
    live: Level,
    lasted: Duration,
}

/// Runs the cycles and prints a line for each; what failed leaves its log, and a line that runs it again.
///
/// # Errors
/// The rig itself fails.
pub async fn run(options: Options) -> Result<Summary> {
    let began = Instant::now();
    let mut summary = Summary::new(options);
    let tokens = Arc::new(AtomicU64::new(1));
    let mut stage = None;
    for cycle in options.first..options.first + options.cycles {
        let (rig, host) = match stage.take() {
            Some(stage) => stage,
            None => set_up(&options).await?,
        };
        let mut plan = Plan::of(options.seed, cycle);
        plan.headline = options.fault.unwrap_or(plan.headline);
        let mut report = match cycle::run(&rig, &host, &plan, options.made(), cycle, &tokens).await {
            Ok(report) => report,
            Err(error) => {
                println!("{} cycle {cycle}: the rig fails: {error}\n  {}", options.host, replay(&options, cycle));
                return Err(error);
            }
        };
        match host.live_kib().await {
            Ok(kib) => report.live_kib = kib,
            Err(error) => {
                report.findings.push(Finding { defect: Defect::Kept, text: format!("nobody knows: {error}") })
            }
        }
        summary.add(&mut report);
        println!("{}", line(&options, &report));
        if !report.findings.is_empty() {
            tell(&options, &report)?;
        } else if !plan.spoils_the_cluster() {
            stage = Some((rig, host));
            continue;
        }
        // What went wrong once may go on; the next cycle begins on new servers.
        host.close().await;
    }
    if let Some((_, host)) = stage {
        host.close().await;
    }
    summary.lasted = began.elapsed();
    Ok(summary)
}

async fn set_up(options: &Options) -> Result<(Arc<Rig>, Arc<dyn Host>)> {
    let rig = Arc::new(Rig::start().await?);
    let host = options.host.connect(&rig.seeds(), options.made()).await.map_err(Error::new)?;
    Ok((rig, Arc::from(host)))
}

/// How to see a cycle again. What the scheduler does is not part of the seed: several tries may be needed.
fn replay(options: &Options, cycle: u64) -> String {
    let Options { host, seed, fault, .. } = options;
    let fault = fault.map_or_else(String::new, |fault| format!(" --fault {fault}"));
    format!(
        "again: cargo run --release -p slotpipe-rig -- --host {host} --seed {seed}{fault} --first {cycle} --cycles 1"
    )
}

fn line(options: &Options, report: &Report) -> String {
    let Report { cycle, named, commands, tokens, lost_tail, lasted, .. } = report;
    let told = |kind| report.outcomes.get(kind).copied().unwrap_or(0);
    let hit: u64 = report.hits.values().map(|(_, commands)| commands).sum();
    format!(
        "{} cycle {cycle} ({named}): {commands} commands, {tokens} tokens, {hit} hit in flight, {} unknown, \
         {} not executed, {} refused, lost tail {lost_tail}, {} findings, {:.1} s{}",
        options.host,
        told("unknown"),
        told("not executed"),
        told("server error"),
        report.findings.len(),
        lasted.as_secs_f64(),
        if report.surprised { ", a failover that nobody ordered" } else { "" },
    )
}

/// Prints the first findings, and leaves everything in a file.
fn tell(options: &Options, report: &Report) -> Result<()> {
    const SHOWN: usize = 5;
    let directory = std::env::temp_dir().join("slotpipe-rig");
    let name = format!("{}-{}-{}.log", options.host, options.seed, report.cycle);
    let path: PathBuf = directory.join(name);
    let findings: Vec<String> =
        report.findings.iter().map(|finding| format!("{}: {}", finding.defect, finding.text)).collect();
    let text = format!(
        "{}\n{}\n\n{}\n\n{}\n",
        line(options, report),
        replay(options, report.cycle),
        findings.join("\n"),
        report.log.join("\n")
    );
    let written = fs::create_dir_all(&directory).and_then(|()| fs::write(&path, text));
    written.map_err(|e| Error::new(format!("write {}: {e}", path.display())))?;
    for finding in findings.iter().take(SHOWN) {
        println!("  {finding}");
    }
    println!("  all of it: {}\n  {}", path.display(), replay(options, report.cycle));
    Ok(())
}

/// KiB of memory: the most that there was behind the first cycles, and what there was behind the last.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    first: u64,
    last: u64,
}

impl Level {
    fn note(&mut self, kib: u64, is_warm: bool) {
        if !is_warm {
            self.first = self.first.max(kib);
        }
        self.last = kib;
    }
}

impl Summary {
    fn new(options: Options) -> Self {
        Self {
            options,
            cycles: 0,
            failed: 0,
            commands: 0,
            tokens: 0,
            outcomes: BTreeMap::new(),
            reasons: BTreeMap::new(),
            refusals: BTreeMap::new(),
            hits: BTreeMap::new(),
            defects: BTreeMap::new(),
            lost_tail: 0,
            surprised: 0,
            resident: Level::default(),
            live: Level::default(),
            lasted: Duration::ZERO,
        }
    }

    /// Adds a cycle, and to the cycle what only many of them show.
    fn add(&mut self, report: &mut Report) {
        self.cycles += 1;
        let is_warm = self.cycles > WARM;
        self.resident.note(report.resident_kib, is_warm);
        self.live.note(report.live_kib, is_warm);
        for (what, Level { first, last }, most) in
            [("resident", self.resident, GROWTH_KIB), ("allocated", self.live, KEPT_KIB)]
        {
            if last > first + most {
                let text = format!("{last} KiB are {what}, {first} KiB were after the first cycles");
                report.findings.push(Finding { defect: Defect::Kept, text });
            }
        }
        self.failed += u64::from(!report.findings.is_empty());
        self.commands += report.commands;
        self.tokens += report.tokens;
        self.lost_tail += report.lost_tail;
        self.surprised += u64::from(report.surprised);
        for (kind, count) in &report.outcomes {
            *self.outcomes.entry(kind).or_default() += count;
        }
        for (reason, count) in &report.reasons {
            *self.reasons.entry(reason.clone()).or_default() += count;
        }
        for (code, count) in &report.refusals {
            *self.refusals.entry(code).or_default() += count;
        }
        for (fault, (times, commands)) in &report.hits {
            let all = self.hits.entry(*fault).or_default();
            *all = (all.0 + times, all.1 + commands);
        }
        for finding in &report.findings {
            *self.defects.entry(finding.defect).or_default() += 1;
        }
    }

    fn of(&self, defects: &[Defect]) -> usize {
        defects.iter().filter_map(|defect| self.defects.get(defect)).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Options { host, seed, .. } = self.options;
        let made = self.options.made();
        let told = |kind| self.outcomes.get(kind).copied().unwrap_or(0);
        writeln!(
            f,
            "{host}, seed {seed} (RESP{}{}): {} cycles in {:.0} s, {} failed",
            if made.resp2 { 2 } else { 3 },
            if made.narrow { ", narrow" } else { "" },
            self.cycles,
            self.lasted.as_secs_f64(),
            self.failed
        )?;
        writeln!(
            f,
            "  {} commands, {} tokens; {} replies, {} server errors, {} not executed, {} unknown outcomes",
            self.commands,
            self.tokens,
            told("reply"),
            told("server error"),
            told("not executed"),
            told("unknown"),
        )?;
        let hits: Vec<String> = self
            .hits
            .iter()
            .map(|(fault, (times, commands))| format!("{fault} {times} ({commands} in flight)"))
            .collect();
        writeln!(f, "  faults: {}", hits.join(", "))?;
        writeln!(f, "  refusals on the wires: {}", listed(&self.refusals))?;
        writeln!(f, "  told not to have run: {}", listed(&self.reasons))?;
        writeln!(
            f,
            "  double executions {}, reorderings {}, wrong replies {}, hanging {}, lost {}, other findings {}",
            self.of(&[Defect::Double, Defect::Resent]),
            self.of(&[Defect::Reordered]),
            self.of(&[Defect::WrongReply]),
            self.of(&[Defect::Hanging]),
            self.of(&[Defect::Lost]),
            self.defects.values().sum::<usize>()
                - self.of(&[
                    Defect::Double,
                    Defect::Resent,
                    Defect::Reordered,
                    Defect::WrongReply,
                    Defect::Hanging,
                    Defect::Lost
                ]),
        )?;
        writeln!(
            f,
            "  lost with replaced primaries {}, failovers that nobody ordered {}",
            self.lost_tail, self.surprised,
        )?;
        let Self { resident, live, .. } = self;
        write!(
            f,
            "  after the first cycles {} KiB resident, {} KiB allocated; after the last {} KiB, {} KiB",
            resident.first, live.first, resident.last, live.last
        )
    }
}

fn listed<K: fmt::Display>(counts: &BTreeMap<K, usize>) -> String {
    counts.iter().map(|(what, count)| format!("{what} {count}")).collect::<Vec<_>>().join(", ")
}
