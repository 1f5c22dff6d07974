//! Scans: each page is one job, which takes its node and its cursor when it is placed.
//!
//! A page that finds nothing to read waits for the next look at the map, adrift like any job without a place in the
//! order. What is read, what is given and when it is over says [`crate::route::scan`].

use alloc::vec::Vec;

use bytes::Bytes;

use super::{Cluster, launch::part, place::PATIENCE_MS, session::RELEASED};
use crate::{
    broken::broken,
    flight::{
        Ended, JobId, Kept, Part,
        answer::At,
        ledger::{Course, Gather, Job, Last},
    },
    port::{LaneId, LinkId, NotExecuted, OutcomeKind},
    route::{
        command::Merge,
        scan::{Next, Scan},
        topology::NodeId,
    },
    wire::{
        request::{Args, Requests},
        shape::Shape,
        tape::{Cursor, Node, tag},
    },
};

#[derive(Debug, Default)]
pub(super) struct Scanning {
    scan: Scan,
    /// What the present pass is read on.
    link: Option<LinkId>,
    /// The page that is asked for.
    page: Option<JobId>,
}

impl Scanning {
    /// Whether its cursor is of this connection: on another the pass begins anew.
    pub(super) fn is_on(&self, link: LinkId) -> bool {
        self.link == Some(link)
    }
}

impl Cluster {
    /// A page was submitted.
    pub(super) fn start_page(&mut self, job: Job, lane: LaneId) {
        if !self.scans.contains(&lane) {
            self.scans.insert(lane, Scanning::default());
        }
        let is_alone = self.ledger.batch(job.batch).is_some_and(|batch| batch.count == 1);
        let is_first = self.scans.get(&lane).is_some_and(|scanning| scanning.page.is_none());
        if !(is_alone && is_first) {
            let id = self.ledger.open_job(job);
            let message = "a scan gives one page at a time, each in a batch of its own";
            return self.not_executed(id, NotExecuted::Misused, message);
        }
        let gather = self.open_gather(&job, Course::Page(lane), job.shape, Vec::from([part(None, Vec::new())]));
        let id = self.ledger.open_job(Job { gather, ..job });
        if let Some(scanning) = self.scans.get_mut(&lane) {
            scanning.page = Some(id);
        }
        self.place(id);
    }

    /// Sends a page where the scan is, or lets it wait.
    pub(super) fn place_page(&mut self, id: JobId, lane: LaneId) {
        let Some(scanning) = self.scans.get_mut(&lane) else {
            return self.not_executed(id, NotExecuted::Cancelled, RELEASED);
        };
        let refresh = &self.refresh;
        let mut next = scanning.scan.next(&self.topology, &|node| refresh.seen(node), self.now);
        if let Next::Read { node, .. } = next
            && let Some(on) = scanning.link
            && self.link_of(node) != Some(on)
            && let Some(scanning) = self.scans.get_mut(&lane)
        {
            scanning.link = None;
            scanning.scan.begin_pass_anew();
            next = Next::Wait;
        }
        match next {
            Next::Done => self.last_page(id),
            Next::Wait => {
                self.want_refresh();
                self.ledger_mut(id, |job| job.last = Last::Unsettled);
                self.set_adrift(id, self.now.plus_ms(PATIENCE_MS));
            }
            Next::Read { node, cursor } => self.read_page(id, lane, node, cursor),
        }
    }

    fn read_page(&mut self, id: JobId, lane: LaneId, node: NodeId, cursor: u64) {
        let way = self.way_to(node);
        let Ok(link) = way else {
            let at = self.when_to_try(Some(node));
            self.ledger_mut(id, |job| (job.last, job.node) = (Last::NoNode, node));
            return self.set_adrift(id, at);
        };
        let Some(words) = self.page_words(id, cursor) else { return };
        let len = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let source = self.ledger.keep(Bytes::from(words));
        let mut former = source;
        self.ledger_mut(id, |job| {
            former = core::mem::replace(&mut job.source, source);
            (job.start, job.len) = (0, len);
        });
        self.ledger.let_go(former);
        let on = self.send(id, link);
        if let Some(scanning) = self.scans.get_mut(&lane) {
            scanning.link = Some(on);
        }
    }

    /// The caller's words with the cursor of the node.
    fn page_words(&self, id: JobId, cursor: u64) -> Option<Vec<u8>> {
        let batch = self.ledger.batch(self.ledger.job(id)?.batch)?;
        let (bytes, mut spans) = (self.ledger.bytes(batch.source), Vec::new());
        Requests::new(bytes, 0).next(&mut spans)?.ok()?;
        let args = Args::new(bytes, &spans);
        Some(args.with(1, itoa::Buffer::new().format(cursor).as_bytes()))
    }

    /// Nothing is left to read.
    fn last_page(&mut self, id: JobId) {
        let Some(job) = self.ledger.close(id) else { return };
        let words = [tag::ARRAY, 2, tag::BULK, 0, 0, 1, tag::ARRAY, 0];
        self.part_ended(&job, Ended::Reply(Kept::new(&words, &[Bytes::from_static(b"0")])));
        self.finish(id, &job, false);
    }

    /// A page has ended.
    pub(super) fn page_over(&mut self, gather: &Gather, lane: LaneId) {
        let scanning = self.scans.get_mut(&lane);
        if let Some(scanning) = scanning {
            scanning.page = None;
            if let (true, Some(Part { ended: Some(Ended::Reply(kept)), node, .. })) =
                (scanning.scan.is_reading(), gather.parts.first())
            {
                return self.page_read(gather, lane, kept, node);
            }
        }
        self.conclude(gather, Merge::Single);
    }

    /// The keys that count, and a cursor of our own: 0 when nothing is left.
    fn page_read(&mut self, gather: &Gather, lane: LaneId, kept: &Kept, node: &str) {
        let Some((cursor, keys)) = page(kept) else {
            return self.writer.unknown(gather.ticket, 1, "the reply is no page of a scan", At { node, slot: None });
        };
        let outcome = if self.is_detailed(gather.batch) { OutcomeKind::Detailed } else { OutcomeKind::Reply };
        let Some(scanning) = self.scans.get_mut(&lane) else { return };
        let mut given = Vec::with_capacity(keys.len());
        for words in keys {
            let key = Cursor::new(words).next().and_then(Node::text).and_then(|leaf| leaf.of(&kept.buffers));
            if key.is_some_and(|key| scanning.scan.gives(key, &self.topology)) {
                given.push(words);
            }
        }
        let is_over = scanning.scan.read(cursor, &self.topology, self.now);
        let is_done = scanning.scan.is_done();
        let writer = &mut self.writer;
        let open = writer.begin(gather.ticket, outcome, gather.shape);
        writer.aggregate(tag::ARRAY, 2);
        writer.leaf(tag::BULK, if is_done { b"0" } else { b"1" });
        writer.aggregate(tag::ARRAY, given.len());
        for words in given {
            writer.value(Shape::Any, words, &kept.buffers);
        }
        if outcome == OutcomeKind::Detailed {
            writer.aggregate(tag::ARRAY, 0);
        }
        writer.end(&open);
        if is_over {
            scanning.link = None;
            self.want_refresh();
        }
    }

    /// Whose views scans need to have from themselves.
    pub(super) fn wanted_by_scans(&self) -> Vec<NodeId> {
        self.scans.iter().flat_map(|(_, scanning)| scanning.scan.wanted(&self.topology)).collect()
    }

    /// The map was looked at again: what waits for that goes on.
    pub(super) fn scans_look(&mut self) {
        let (map, refresh, mut pages) = (&self.topology, &self.refresh, Vec::new());
        self.scans.retain(|_, scanning| {
            scanning.scan.look(map, &|node| refresh.seen(node));
            pages.extend(scanning.page);
            true
        });
        for page in pages {
            self.look_at(page);
        }
    }

    /// Nobody asks for more pages of this scan.
    pub(super) fn end_scan(&mut self, lane: LaneId) {
        if let Some(page) = self.scans.remove(&lane).and_then(|scanning| scanning.page) {
            if broken!(PageOutlivesLane) {
                return self.look_at(page);
            }
            self.give_up(page, NotExecuted::Cancelled, RELEASED);
        }
    }

    /// A page that waits is looked at now.
    fn look_at(&mut self, page: JobId) {
        if self.ledger.job(page).is_some_and(|job| job.adrift.is_some()) {
            self.call_off(page);
            self.set_adrift(page, self.now);
        }
    }
}

/// The cursor and the keys of a reply to SCAN.
fn page(kept: &Kept) -> Option<(u64, Vec<&[u32]>)> {
    let mut cursor = Cursor::new(&kept.words);
    if cursor.next()?.elements()? != 2 {
        return None;
    }
    let next = core::str::from_utf8(cursor.next()?.text()?.of(&kept.buffers)?).ok()?.parse().ok()?;
    let count = cursor.next()?.elements()?;
    Some((next, (0..count).map(|_| cursor.skip()).collect::<Option<_>>()?))
}
