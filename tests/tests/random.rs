//! Random days, judged; see [`slotpipe_tests::random`]. One seed is one day; `SLOTPIPE_SEED=n` runs that one alone,
//! `SLOTPIPE_SEEDS=n` so many of them.

use slotpipe_tests::random::{Seen, World};

#[test]
fn whatever_happens_every_command_has_one_outcome_and_it_is_true() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("SLOTPIPE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SLOTPIPE_SEEDS").unwrap_or(300),
    };
    let mut seen = Seen::default();
    let mut failures = Vec::new();
    for seed in seeds {
        let day = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            world.live();
            world.judge();
            world.seen()
        });
        match day {
            Ok(day) => seen.add(&day),
            Err(why) => {
                let text = why.downcast_ref::<String>().cloned().or(why.downcast_ref::<&str>().map(|s| (*s).into()));
                failures.push(format!("seed {seed}: {}", text.unwrap_or_default()));
            }
        }
    }
    println!("{seen:?}");
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures[..failures.len().min(20)].join("\n"));
    if seen.days >= 100 {
        let Seen { moved, ask, try_again, unknown, not_executed, partial, .. } = seen;
        assert!(moved.min(ask).min(try_again).min(unknown).min(not_executed).min(partial) >= 50, "{seen:?}");
    }
}
