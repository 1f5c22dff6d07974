//! Somebody who has all connections authenticated anew, as a host does when it is told to: with the password of the
//! day, with the one before it, and with one that was never right.

use slotpipe_core::port::{Configure, Credentials, LinkId, Micros};

use super::{
    random::Random,
    world::{CANARY, Event, World},
};

impl World {
    /// One day in four has somebody who does that.
    pub(super) fn begin_passwords(&mut self) {
        if self.password_random.one_in(4) {
            let first = self.password_random.between(5_000, 100_000);
            self.after(first, Event::Authenticate);
        }
    }

    /// Every connection that is up is given credentials, behind what has been asked on it.
    pub(super) fn authenticate(&mut self) {
        if self.healed {
            return;
        }
        let next = self.password_random.pick(&[5_000, 60_000, 400_000]);
        self.after(next, Event::Authenticate);
        let credentials = self.draw_credentials();
        let links: Vec<LinkId> = (0..)
            .zip(&self.wires)
            .filter(|(_, wire)| wire.connected && !wire.gone)
            .map(|(number, _)| LinkId(number))
            .collect();
        self.log(|_| format!("credentials for {links:?}"));
        for link in links {
            self.note_credentials(link);
            let credentials = credentials.clone();
            self.core.configure(Micros(self.now), Configure::Authenticate { link, credentials });
            self.note_refreshes();
        }
        self.poll_or_not();
    }

    fn draw_credentials(&mut self) -> Credentials {
        // A server without a password takes any, if it is told whose.
        let username = self.password_random.one_in(3).then(|| String::from("default"));
        let password = match (self.password_random.below(6), &self.credentials) {
            (0..=3, Some(password)) => password.clone(),
            (4, _) => CANARY.into(),
            _ => format!("{CANARY}-wrong"),
        };
        Credentials { username, password }
    }
}

/// Dice for these: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(12) ^ 0xA074)
}
