//! Callers that scan: each reads the keys of the whole cluster page by page on a lane of its own, asks again for a page
//! that failed or gives up, and some leave in the midst of it.

use std::collections::BTreeSet;

use slotpipe_core::port::{LaneId, Retry, SubmitOptions};

use super::{
    callers::hurried,
    commands,
    day::{Scan, Verdict},
    random::Random,
    resp::Value,
    world::{Event, HEARD_US, TAGS, World},
};

/// Tasks of scans are told apart from the others by this.
const TASK: usize = 1_000_000;

/// Pages that a caller asks for before it has had enough, whatever is left.
const MOST_PAGES: usize = 120;

/// One scan, and whoever reads it.
#[derive(Clone, Debug)]
pub(super) struct Scanner {
    lane: u32,
    /// How many keys it wants on a page, more or less.
    count: u64,
    /// Microseconds from one page to the next.
    pause: u64,
    /// The page that it waits for.
    open: Option<usize>,
    pages: usize,
    is_over: bool,
    is_probe: bool,
}

/// Whether a command asks for a page of a scan.
pub(super) fn is_page(words: &[Vec<u8>]) -> bool {
    words[0] == b"SCAN"
}

/// The cursor and the keys of a page.
pub(super) fn page(value: &Value) -> Option<(&[u8], Vec<&[u8]>)> {
    let Value::List(halves) = value else { return None };
    let [cursor, Value::List(keys)] = halves.as_slice() else { return None };
    Some((cursor.text()?, keys.iter().map(Value::text).collect::<Option<_>>()?))
}

impl World {
    /// One day in four has scans, and more keys than others.
    pub(super) fn begin_scans(&mut self) {
        if !self.scan_random.one_in(4) {
            return;
        }
        for tag in TAGS {
            if self.scan_random.one_in(2) {
                let (count, at) = (self.scan_random.between(3, 12), self.scan_random.between(0, 20_000));
                self.after(at, Event::Fill(tag, count));
            }
        }
        for _ in 0..self.scan_random.between(1, 2) {
            let first = self.scan_random.between(5_000, 100_000);
            self.open_scan(first, false);
        }
    }

    /// Keys that nobody takes away again.
    pub(super) fn fill(&mut self, tag: &'static str, count: u64) {
        let token = self.token();
        self.budget += 1;
        self.submit(vec![commands::fill(token, tag, count)], SubmitOptions::default(), None, false);
        self.poll_or_not();
    }

    fn open_scan(&mut self, delay: u64, is_probe: bool) {
        let lane = self.new_lane();
        let count = if is_probe { 10 } else { self.scan_random.pick(&[1, 3, 10, 100]) };
        let pause = if is_probe { 0 } else { self.scan_random.pick(&[0, 1_000, 30_000, 200_000]) };
        self.scanners.push(Scanner { lane, count, pause, open: None, pages: 0, is_over: false, is_probe });
        self.after(delay, Event::Scan(self.scanners.len() - 1));
    }

    /// The next page.
    pub(super) fn scan(&mut self, number: usize) {
        let scanner = self.scanners[number].clone();
        if scanner.is_over || scanner.open.is_some() {
            return;
        }
        // Nothing is to be open when the day is over.
        let is_late = self.day.healed.is_some_and(|healed| self.now >= healed.at + HEARD_US);
        if (scanner.pages >= MOST_PAGES || is_late) && !scanner.is_probe {
            return self.leave_scan(number);
        }
        if self.day.scans.iter().all(|scan| scan.lane != scanner.lane) {
            let began = self.moment();
            let there = self.lasting_keys();
            self.day.scans.push(Scan { lane: scanner.lane, began, there, left: None, is_probe: scanner.is_probe });
        }
        let token = self.token();
        let deadline_ms = if scanner.is_probe { Some(10_000) } else { hurried(&mut self.scan_random, &self.faults) };
        let options = SubmitOptions {
            lane: Some(LaneId(scanner.lane)),
            deadline_ms,
            retry: self.scan_random.pick(&[Retry::Reads, Retry::Reads, Retry::Never]),
            ..SubmitOptions::default()
        };
        // What scans ask for leaves the others what they would have without them.
        self.budget += 1;
        let task = TASK + scanner.lane as usize;
        let taken = self.submit(vec![commands::page(token, scanner.count)], options, Some(task), scanner.is_probe);
        self.scanners[number].pages += usize::from(taken.is_some());
        match taken {
            Some(ticket) if self.day.commands[ticket].told.is_empty() => self.scanners[number].open = Some(ticket),
            Some(_) => self.page_told(number, true),
            None => self.after(20_000, Event::Scan(number)),
        }
        if !scanner.is_probe && self.scan_random.one_in(60) {
            self.leave_scan(number);
        }
        self.poll_or_not();
    }

    /// The keys there are that nobody takes away again.
    fn lasting_keys(&self) -> BTreeSet<Vec<u8>> {
        let written = self.day.commands.iter().filter(|command| command.writes).flat_map(|command| &command.keys);
        let lasting = written.filter(|key| commands::is_lasting(key) && self.model.value(key).is_some());
        lasting.cloned().collect()
    }

    /// A command has ended: if it was a page, its scan goes on, or is over.
    pub(super) fn told_on_scan(&mut self, ticket: usize) {
        let Some(number) = self.scanners.iter().position(|scanner| scanner.open == Some(ticket)) else { return };
        self.scanners[number].open = None;
        let verdict = self.day.commands[ticket].outcome().map(|told| &told.verdict);
        let (is_last, is_read) = match verdict {
            Some(Verdict::Reply(value)) => (page(value).is_none_or(|(cursor, _)| cursor == b"0"), true),
            _ => (false, false),
        };
        self.probes.pages += u64::from(is_read);
        self.probes.scans += u64::from(is_last);
        if is_last || (!is_read && self.scan_random.one_in(3)) {
            self.leave_scan(number);
            // Keys move on, and so may another scan.
            if !self.healed && !self.scanners[number].is_probe && self.scan_random.one_in(2) {
                self.open_scan(30_000, false);
            }
            return;
        }
        self.page_told(number, is_read);
    }

    fn page_told(&mut self, number: usize, is_read: bool) {
        let pause = self.scanners[number].pause.max(if is_read { 0 } else { 10_000 });
        self.after(pause, Event::Scan(number));
    }

    /// Nobody wants more of it.
    fn leave_scan(&mut self, number: usize) {
        if std::mem::replace(&mut self.scanners[number].is_over, true) {
            return;
        }
        let lane = self.scanners[number].lane;
        let left = self.release(LaneId(lane));
        if let Some(scan) = self.day.scans.iter_mut().find(|scan| scan.lane == lane) {
            scan.left = Some(left);
        }
    }

    /// After the faults a scan comes to its end.
    pub(super) fn probe_scan(&mut self) {
        if !self.scanners.is_empty() {
            self.open_scan(0, true);
        }
    }
}

/// Dice for what scans do: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(24) ^ 0x5CA4_5CA4)
}
