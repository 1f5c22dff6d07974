//! The host: it does what the core says, tells it what happened, and keeps one timer. Sometimes badly, as hosts do.

use slotpipe_core::port::{Input, LinkId, Micros, Note, Output};

use super::{
    network::Wire,
    world::{Event, World},
};

impl World {
    /// Tells the core what happened, and asks it what to do.
    pub(super) fn tell(&mut self, input: Input) {
        self.core.handle(Micros(self.now), input);
        self.note_refreshes();
        self.poll();
    }

    /// The same, but the host may have something else to do first.
    pub(super) fn tell_lazily(&mut self, input: Input) {
        self.core.handle(Micros(self.now), input);
        self.note_refreshes();
        self.poll_or_not();
    }

    pub(super) fn poll_or_not(&mut self) {
        if !self.random.permille(self.faults.lazy_permille) {
            return self.poll();
        }
        if !self.poll_is_due {
            (self.poll_is_due, self.settling_since) = (true, self.now);
            let delay = self.random.between(0, 2_000);
            self.after(delay, Event::Poll);
        }
    }

    /// Does what the core wants until it wants nothing more.
    pub(super) fn poll(&mut self) {
        if !std::mem::take(&mut self.poll_is_due) {
            self.settling_since = self.now;
        }
        loop {
            let mut out = std::mem::take(&mut self.out);
            self.core.poll(Micros(self.now), &mut out);
            self.digest(&out);
            self.ledger.writes += 1;
            self.note_refreshes();
            let before = self.tokens;
            let told: Vec<_> =
                out.answers.iter().map(|answer| self.read_answer(&answer, &out.answers.buffers)).collect();
            for (ticket, verdict) in told {
                self.told(ticket, verdict);
            }
            for action in out.actions.drain(..) {
                if let Output::Push { lane, tape } = &action {
                    self.pushed(*lane, tape, &out.answers.buffers);
                }
                self.act_on(action);
            }
            self.out = out;
            // What was submitted from within the handling of an outcome.
            if self.tokens == before {
                return;
            }
        }
    }

    fn act_on(&mut self, action: Output) {
        match action {
            Output::Connect { link, address, timeout_ms } => self.dial(link, address, timeout_ms),
            Output::Send { link, bytes } => {
                self.note_send(link, &bytes);
                let is_let_go = self.day.links[link.0 as usize].close_asked.is_some();
                let Some(wire) = self.wire(link) else { return };
                if !wire.connected || wire.gone || is_let_go {
                    return self
                        .offend("NoSecretBeforeVerified", format!("{link:?}: bytes for a connection that is not up"));
                }
                wire.host.extend_from_slice(&bytes);
                self.after(0, Event::HostWrites(link));
            }
            Output::Close { link } => {
                self.note_close_asked(link);
                let Some(wire) = self.wire(link) else { return };
                wire.deaf = true;
                let delay = self.random.pick(&[0, 0, 50, 1_000]);
                self.after(delay, Event::HostCloses(link));
            }
            // Told by whoever has what its words name.
            Output::Push { .. } => {}
            Output::Note(note) => self.note(&note),
            Output::Wait { until } => {
                self.wish = until.map(|until| until.0);
                self.wishes += 1;
                self.log(|world| format!("wants to be woken at {:?}", world.wish.map(|at| at % 100_000_000)));
                let Some(until) = self.wish else { return };
                if until <= self.now {
                    self.offend("NoBusyLoop", format!("asks to be woken at {until}, and it is {}", self.now));
                }
                let late = if self.faults.lateness == 0 { 0 } else { self.random.below(self.faults.lateness) };
                // However wrong a wish is, the world goes on.
                self.at(until.max(self.now + 1) + late, Event::Tick(self.wishes));
            }
        }
    }

    fn note(&mut self, note: &Note) {
        self.log(|_| format!("note {note:?}"));
        self.note_note(note);
    }

    /// The timer rings.
    pub(super) fn tick(&mut self, wish: u64) {
        if wish != self.wishes || self.wish.is_none() {
            return;
        }
        let moment = self.moment();
        self.log(|_| String::from("wakes"));
        self.day.wakes.push(moment);
        self.tell(Input::Elapsed);
        if self.wishes == wish && self.wish.is_some_and(|at| at <= self.now) {
            // It was woken at the instant that it asked for, and asks for nothing else.
            self.offend("NoBusyLoop", format!("woken at {:?} as asked, and asks for the same again", self.wish));
            self.wish = None;
        }
        if self.random.permille(self.faults.extra_tick_permille) {
            self.probes.extra_ticks += 1;
            let delay = self.random.pick(&[0, 0, 300, 20_000]);
            self.after(delay, Event::ExtraTick);
        }
    }

    pub(super) fn extra_tick(&mut self) {
        self.tell(Input::Elapsed);
    }

    pub(super) fn wire(&mut self, link: LinkId) -> Option<&mut Wire> {
        self.wires.get_mut(link.0 as usize)
    }
}
