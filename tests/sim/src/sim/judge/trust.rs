//! Who was spoken to, and what was said first.

use std::collections::BTreeMap;

use crate::sim::{
    day::{Day, What},
    trouble::ROGUE,
};

type Checked = Result<(), String>;

pub(super) fn no_connect_outside_policy(day: &Day) -> Checked {
    for link in &day.links {
        let is_listed = || {
            matches!(day.config.trust, slotpipe_core::config::Trust::Listed)
                && day.listed.get(&link.address).is_some_and(|listed| *listed < link.dialed)
        };
        if !day.is_given(&link.address) && !is_listed() {
            return Err(format!("{} is dialled at {:?}, and nobody who may has named it", link.address, link.dialed));
        }
        let may_be_fooled = matches!(day.config.trust, slotpipe_core::config::Trust::Server);
        if link.address.to_string() == ROGUE && !may_be_fooled {
            return Err(format!("{ROGUE} is dialled at {:?}", link.dialed));
        }
    }
    Ok(())
}

pub(super) fn refused_is_last(day: &Day) -> Checked {
    let mut refused = BTreeMap::new();
    for frame in &day.frames {
        if let Some(when) = refused.get(&frame.link.0).filter(|when| **when < frame.sent) {
            return Err(format!("{:?}: {:?} is written, and AUTH was refused at {when:?}", frame.link, frame.what));
        }
        let refusal = frame.answer.as_ref().filter(|(_, value)| value.error().is_some());
        if let (What::Own(name), Some((when, _))) = (&frame.what, refusal)
            && name == "AUTH"
        {
            refused.insert(frame.link.0, *when);
        }
    }
    Ok(())
}

/// The bytes are looked at as they are written; see `record`. Here: no message names the password.
pub(super) fn no_secret_before_verified(day: &Day) -> Checked {
    for (ticket, command) in day.commands.iter().enumerate() {
        let told = format!("{:?}", command.told);
        if told.contains(crate::sim::world::CANARY) {
            return Err(format!("the password in what {} was told", command.show(ticket)));
        }
    }
    Ok(())
}
