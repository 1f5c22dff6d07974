//! The days that all hosts play: every conversation of `tests/conversations`, and the harvested random days.

use super::harvest::{Harvested, digest};
use crate::{
    conversation::{Conversation, all, play},
    random::World,
    script::Cut,
};

/// How a conversation's replies are cut: as a server would send them, and anywhere.
const CUTS: [Cut; 2] = [Cut::Whole, Cut::Random(0x9E37_79B9_7F4A_7C15)];

/// Every conversation, played twice, with the replies cut differently.
///
/// # Errors
/// One that does not go as written.
pub fn conversations() -> Result<String, String> {
    let mut days = String::new();
    for conversation in all()? {
        for cut in CUTS {
            days.push_str(&of_conversation(&conversation, cut)?);
        }
    }
    Ok(days)
}

/// The record of one.
///
/// # Errors
/// Where it does not go as written, and how.
pub fn of_conversation(conversation: &Conversation, cut: Cut) -> Result<String, String> {
    let script = play(conversation, cut).map_err(|error| format!("{} {error}", conversation.place))?;
    let cut = match cut {
        Cut::Whole => "whole",
        Cut::Bytes => "byte by byte",
        Cut::Random(_) => "cut",
    };
    let now = script.now;
    Ok(script.core.day(&format!("{} {} ({cut})", conversation.place, conversation.name), now))
}

/// The harvested days, lived again.
///
/// # Errors
/// One that went otherwise than when it was harvested.
pub fn harvested(harvest: &[Harvested]) -> Result<String, String> {
    let mut days = String::new();
    for Harvested { seed, digest: expected, .. } in harvest {
        let day = of_seed(*seed);
        let found = digest(&day);
        if found != *expected {
            return Err(format!(
                "the random day {seed} is another than when it was harvested (its calls have the digest {found:016x} \
                 and not {expected:016x}): if the core was meant to act otherwise, harvest anew by \
                 `cargo run -p slotpipe-tests --bin conformance -- harvest`"
            ));
        }
        days.push_str(&day);
    }
    Ok(days)
}

/// The record of a random day.
pub(super) fn of_seed(seed: u64) -> String {
    let mut world = World::recorded(seed);
    world.live();
    world.record(&format!("random day {seed}"))
}
