//! Connections that have been silent for a while are asked whether they live, before a caller finds out; those that nobody
//! has used for long are closed, if that is wished for.

use alloc::vec::Vec;

use super::{Cluster, Timer};
use crate::{
    flight::link::{Question, Queued},
    port::{LinkId, Micros},
    wire::encode,
};

impl Cluster {
    /// A connection is ready: from now on its silence counts.
    pub(super) fn watch_idle(&mut self) {
        let first_ms = [self.config.idle_ms, self.config.unused_ms].into_iter().filter(|&ms| ms > 0).min();
        if let (None, Some(ms)) = (self.idle_at, first_ms) {
            self.look_again(self.now.plus_ms(ms));
        }
    }

    /// Asks those that are silent, suspects those that were asked and have not said a word since, and closes those that are
    /// not used. One timer serves all.
    pub(super) fn look_at_idle(&mut self) {
        self.idle_at = None;
        let (now, idle_ms, patience_ms) = (self.now, self.config.idle_ms, self.config.connect_ms);
        let unused_ms = self.config.unused_ms;
        let (mut next, mut asked, mut silent, mut unused) = (None, Vec::new(), Vec::new(), Vec::new());
        let mut look_at = |at: Micros| next = Some(next.map_or(at, |next: Micros| next.min(at)));
        for (place, link) in self.links.iter().filter(|(_, link)| link.is_ready() && link.lane.is_none()) {
            if unused_ms > 0 {
                let is_scanned = || self.scans.iter().any(|(_, scan)| scan.is_on(link.id));
                let is_in_use = !link.is_idle() || link.session.is_some() || is_scanned();
                let until = if is_in_use { now } else { link.used }.plus_ms(unused_ms);
                if until <= now {
                    unused.push(place);
                    continue;
                }
                look_at(until);
            }
            if idle_ms == 0 || link.dedicated {
                continue;
            }
            match link.asked_idle.filter(|&at| link.heard <= at && link.has_unanswered()) {
                Some(at) if at.plus_ms(patience_ms) <= now => {
                    silent.push(link.id);
                    look_at(now.plus_ms(idle_ms));
                }
                Some(at) => look_at(at.plus_ms(patience_ms)),
                // What waits for an answer is looked after by its deadline.
                None if !link.is_idle() => look_at(now.plus_ms(idle_ms)),
                None if link.heard.plus_ms(idle_ms) <= now => {
                    asked.push(place);
                    // Once it has answered it may be silent again sooner than an answer would be late.
                    look_at(now.plus_ms(idle_ms.min(patience_ms)));
                }
                None => look_at(link.heard.plus_ms(idle_ms)),
            }
        }
        for place in unused {
            self.close_idle(place);
        }
        for place in asked {
            self.ask_idle(place);
        }
        for link in silent {
            self.suspect_idle(link);
        }
        if let Some(at) = next {
            self.look_again(at);
        }
    }

    fn ask_idle(&mut self, place: u32) {
        let now = self.now;
        let Some(link) = self.links.get_mut(place) else { return };
        link.asked_idle = Some(now);
        let mut ping = Vec::new();
        encode::command(&mut ping, ["PING"]);
        link.enqueue(Queued::Own(&[Question::Idle], ping));
        self.mark_dirty(place);
    }

    fn suspect_idle(&mut self, id: LinkId) {
        if let Some(link) = self.link_mut(id) {
            link.asked_idle = None;
        }
        self.suspect(id);
    }

    fn look_again(&mut self, at: Micros) {
        self.idle_at = Some(at);
        self.timers.insert((at, Timer::Idle));
    }
}
