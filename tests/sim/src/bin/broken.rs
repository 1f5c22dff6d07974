//! Holds the simulator against cores that are wrong on purpose: each fault of `slotpipe_core::broken` must be found, by
//! what it does, within so many days. Two that are noticed by the same rules on the same days count as one.
//!
//! `make broken` builds and runs it: the faults are there only with `--cfg slotpipe_broken`.

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
    const KINDS: usize = 25;

    /// On which days a fault is noticed, and by which rule.
    type Traits = Vec<(u64, &'static str)>;

    pub(super) fn main() -> ExitCode {
        let wanted: Vec<String> = std::env::args().skip(1).collect();
        let is_wanted = |fault: Fault| wanted.is_empty() || wanted.contains(&format!("{fault:?}"));
        // A day that panics is a finding like any other.
        std::panic::set_hook(Box::new(|_| {}));
        let (mut kinds, mut missed) = (BTreeMap::<Traits, Vec<Fault>>::new(), Vec::new());
        for &(fault, rule) in Fault::ALL.iter().filter(|(fault, _)| is_wanted(*fault)) {
            let begun = Instant::now();
            let traits = traits(fault);
            let seconds = begun.elapsed().as_secs_f64();
            println!("{fault:?}: {} ({seconds:.1} s)\n    against:{rule}", told(&traits));
            if traits.is_empty() {
                missed.push(fault);
            }
            kinds.entry(traits).or_default().push(fault);
        }
        println!("{} faults, {} kinds, missed: {missed:?}", Fault::ALL.len(), kinds.len());
        for alike in kinds.values().filter(|alike| alike.len() > 1) {
            println!("alike: {alike:?}");
        }
        let is_enough = kinds.len() >= KINDS || !wanted.is_empty();
        if missed.is_empty() && is_enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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
