//! Whether a map with slots that nobody owns will do to begin with.

use alloc::{format, vec::Vec};

use super::Cluster;
use crate::{
    config::Coverage,
    flight::link::{Question, Queued},
    port::Failure,
    route::topology::Changes,
    wire::{decode::Frame, encode, tape::Cursor},
};

const OPTION: &str = "cluster-require-full-coverage";

impl Cluster {
    /// Whether the first map will do. Where the servers must be asked, their answer goes on from there.
    pub(super) fn is_covered(&mut self) -> bool {
        let holes = self.topology.holes();
        if holes == 0 {
            return true;
        }
        let (is_wanted, who) = match self.config.coverage {
            Coverage::Partial => (Some(false), ""),
            Coverage::Full => (Some(true), "this client"),
            Coverage::Server => (self.refresh.wants_coverage, OPTION),
        };
        match is_wanted {
            Some(false) => return true,
            Some(true) => self.cannot_begin(
                Failure::Unreachable,
                format!("{holes} slots have no owner, and {who} wants one for each"),
            ),
            None => self.ask_coverage(),
        }
        false
    }

    fn ask_coverage(&mut self) {
        let place = self.connected_nodes().first().and_then(|&node| self.ready_link(node));
        let Some((place, link)) = place.and_then(|place| Some((place, self.links.get_mut(place)?))) else {
            return self.want_refresh();
        };
        let mut words = Vec::new();
        encode::command(&mut words, ["CONFIG", "GET", OPTION]);
        link.enqueue(Queued::Own(&[Question::Coverage], words));
        self.mark_dirty(place);
    }

    /// The answer: the option's name and its value. Where CONFIG is refused or has another name, the servers refuse
    /// themselves what they do not want to serve.
    pub(super) fn coverage_told(&mut self, frame: &Frame<'_>) {
        let mut cursor = Cursor::new(frame.words);
        let is_one = cursor.next().is_some_and(|head| head.pairs() == Some(1));
        let value = cursor.skip().and_then(|_| cursor.next()?.text()?.of(frame.buffers));
        self.refresh.wants_coverage = Some(is_one && value == Some(b"yes"));
        if !self.refresh.is_ready() {
            self.adopted(Changes { any: true });
        }
    }
}
