//! Holds the simulator against cores that are wrong on purpose: each fault of `slotpipe_core::broken` must be found, by
//! what it does, within so many days. Two that are noticed by the same rules on the same days count as one.
//!
//! `make broken` builds and runs it: the faults are there only with `--cfg slotpipe_broken`. It keeps the first days on which
//! each was noticed, in `broken.tsv`; `--kept`, which is part of `make test`, lives only these again, until one is noticed.

fn main() -> std::process::ExitCode {
    #[cfg(slotpipe_broken)]
    return faults::main();
    #[cfg(not(slotpipe_broken))]
    {
        eprintln!(
            "this core has no faults to choose from: run `make broken`, which builds it with --cfg slotpipe_broken"
        );
        std::process::ExitCode::from(2)
    }
}

#[cfg(slotpipe_broken)]
mod faults {
    use std::{collections::BTreeMap, process::ExitCode, time::Instant};

    use slotpipe_core::broken::{Fault, choose};
    use slotpipe_sim::sim;

    /// Within how many days each is to be found.
    const DAYS: u64 = 2_000;

    /// How many bad days tell one fault from another.
    const TELLING: usize = 3;

    /// At least so many that differ.
    const KINDS: usize = 30;

    /// On which days a fault is noticed, and by which rule.
    type Traits = Vec<(u64, &'static str)>;

    /// Fault, day and rule, one line for each day that was kept.
    const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/broken.tsv");

    pub(super) fn main() -> ExitCode {
        let wanted: Vec<String> = std::env::args().skip(1).collect();
        if wanted == ["--kept"] {
            return kept();
        }
        let is_wanted = |fault: Fault| wanted.is_empty() || wanted.contains(&format!("{fault:?}"));
        // A day that panics is a finding like any other.
        std::panic::set_hook(Box::new(|_| {}));
        let (mut kinds, mut missed) = (BTreeMap::<Traits, Vec<Fault>>::new(), Vec::new());
        let mut keep = String::from("fault\tday\trule\n");
        for &(fault, rule) in Fault::ALL.iter().filter(|(fault, _)| is_wanted(*fault)) {
            let begun = Instant::now();
            let traits = traits(fault);
            let seconds = begun.elapsed().as_secs_f64();
            println!("{fault:?}: {} ({seconds:.1} s)\n    against:{rule}", told(&traits));
            if traits.is_empty() {
                missed.push(fault);
            }
            for (seed, invariant) in &traits {
                keep += &format!("{fault:?}\t{seed}\t{invariant}\n");
            }
            kinds.entry(traits).or_default().push(fault);
        }
        println!("{} faults, {} kinds, missed: {missed:?}", Fault::ALL.len(), kinds.len());
        for alike in kinds.values().filter(|alike| alike.len() > 1) {
            println!("alike: {alike:?}");
        }
        if wanted.is_empty()
            && let Err(error) = std::fs::write(KEPT, keep)
        {
            eprintln!("{KEPT} cannot be written: {error}");
            return ExitCode::FAILURE;
        }
        let is_enough = kinds.len() >= KINDS || !wanted.is_empty();
        if missed.is_empty() && is_enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// Whether each fault is still noticed on one of its days, by the rule that it was noticed by.
    fn kept() -> ExitCode {
        std::panic::set_hook(Box::new(|_| {}));
        let lines = std::fs::read_to_string(KEPT).unwrap_or_default();
        let mut missed = Vec::new();
        for &(fault, _) in Fault::ALL {
            let name = format!("{fault:?}");
            let mut days = lines.lines().filter_map(|line| {
                let [of, day, rule] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
                (of == name).then_some((day.parse::<u64>().ok()?, rule))
            });
            choose(Some(fault));
            let is_noticed = days.any(|(day, rule)| {
                let report = sim::soak(day..day + 1, 1, fault == Fault::ChanceFromOutside, 1);
                report.failures.iter().any(|failure| failure.invariant == rule)
            });
            choose(None);
            if !is_noticed {
                missed.push(fault);
            }
        }
        println!(
            "{} of {} deliberate faults are noticed on their days",
            Fault::ALL.len() - missed.len(),
            Fault::ALL.len()
        );
        if missed.is_empty() {
            return ExitCode::SUCCESS;
        }
        println!("missed: {missed:?}: if the days of the simulator are others now, `make broken` looks for new ones");
        ExitCode::FAILURE
    }

    fn traits(fault: Fault) -> Traits {
        choose(Some(fault));
        let report = sim::soak(0..DAYS, 2, fault == Fault::ChanceFromOutside, TELLING);
        choose(None);
        report.failures.iter().take(TELLING).map(|failure| (failure.seed, failure.invariant)).collect()
    }

    fn told(traits: &Traits) -> String {
        let days: Vec<String> = traits.iter().map(|(seed, invariant)| format!("{invariant} on day {seed}")).collect();
        if days.is_empty() { format!("not found within {DAYS} days") } else { days.join(", ") }
    }
}
