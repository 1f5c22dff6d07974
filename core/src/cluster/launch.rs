//! What a command becomes when it is let in: one job, one per slot, one per node, or the beginning of something longer.

use alloc::{format, string::String, vec::Vec};

use bytes::Bytes;

use super::{
    Cluster,
    admit::{UNPROVEN, is_session},
};
use crate::{
    flight::{
        Part,
        ledger::{Batch, Course, Facts, Gather, Job, NONE, UnknownKey},
    },
    port::{NotExecuted, Route},
    route::{
        classify::Target,
        command::{Merge, Request},
        plan,
        slot::Slot,
        table::Lookup,
        topology::NodeId,
    },
    wire::{
        request::{Args, Requests},
        shape::Shape,
    },
};

impl Cluster {
    /// A job that goes to more than one place, or not where the table says, or behind an unknown one.
    #[inline(never)]
    pub(super) fn launch_to(&mut self, index: u32, job: Job, target: Target) {
        let Some(Batch { options, .. }) = self.ledger.batch(index) else { return };
        let route = options.route.clone();
        match options.lane {
            Some(lane) if is_session(options) => return self.start_on_session(job, lane, &route),
            Some(lane) if self.table.row(job.row).is_scan() => return self.start_page(job, lane),
            Some(_) | None => {}
        }
        match (route, target) {
            (_, Target::Subscription) => self.start_subscribing(job),
            (Route::Table, Target::Slot(slot)) => self.start(Job { slot: slot.number(), ..job }),
            (Route::Slot(slot), _) => self.start(Job { slot, ..job }),
            (Route::Table, Target::Any) => self.start(job),
            (Route::Table, Target::Split) => self.start_pieces(job),
            (Route::Table, Target::Recipe(kind)) => self.start_recipe(job, kind),
            (Route::Table, Target::Owners) => self.start_shares(job),
            (Route::Table, Target::AllPrimaries) => self.start_everywhere(job, self.topology.owners().to_vec(), false),
            (Route::Table, Target::AllNodes) => self.start_everywhere(job, self.topology.nodes().collect(), false),
            (Route::Primaries, _) => self.start_everywhere(job, self.topology.owners().to_vec(), true),
            (Route::Replicas, _) => self.start_everywhere(job, self.topology.all_replicas().collect(), true),
            (Route::All, _) => self.start_everywhere(job, self.topology.nodes().collect(), true),
            (Route::Nodes(addresses), _) => {
                let mut nodes = Vec::with_capacity(addresses.len());
                for address in &addresses {
                    let Some(node) = self.intern(address) else {
                        let id = self.ledger.open_job(job);
                        return self.not_executed(id, NotExecuted::Unreachable, "the map of nodes is full");
                    };
                    if !nodes.contains(&node) {
                        nodes.push(node);
                    }
                }
                self.start_everywhere(job, nodes, true);
            }
            (route @ Route::Node(_), _) => {
                if let Some(job) = self.bind(job, &route) {
                    self.start(job);
                }
            }
        }
    }

    /// A job for the slot or the node that the caller chose, if any. Where the map has no room for the node it is not executed.
    pub(super) fn bind(&mut self, mut job: Job, route: &Route) -> Option<Job> {
        match route {
            Route::Slot(slot) => job.slot = *slot,
            Route::Node(address) => {
                let Some(node) = self.intern(address) else {
                    let id = self.ledger.open_job(job);
                    self.not_executed(id, NotExecuted::Unreachable, "the map of nodes is full");
                    return None;
                };
                job.node = node;
                job.facts.set(Facts::PINNED);
            }
            Route::Table | Route::Primaries | Route::Replicas | Route::All | Route::Nodes(_) => {}
        }
        Some(job)
    }

    pub(super) fn start(&mut self, mut job: Job) {
        self.detail(&mut job);
        let unproven = self.mark_behind(&mut job);
        self.mark_read(&mut job);
        let id = self.ledger.open_job(job);
        if unproven {
            return self.not_executed(id, NotExecuted::AfterUnknown, UNPROVEN);
        }
        self.place(id);
    }

    /// Notes on a job behind which command of its batch and keys with an unknown outcome it stands, if any. Whether it is
    /// known already that the node cannot be proven past that one.
    pub(super) fn mark_behind(&self, job: &mut Job) -> bool {
        let Some(UnknownKey { node, link, unproven }) = self.unknown_before(job) else { return false };
        (job.node, job.link) = (node, link);
        job.facts.set(Facts::AFTER_UNKNOWN);
        unproven
    }

    /// Where the caller wants to know what each node said, a command of one job has a part too.
    pub(super) fn detail(&mut self, job: &mut Job) {
        if job.gather == NONE && self.is_detailed(job.batch) {
            let whole = Vec::from([part(Slot::new(job.slot).map(Slot::number), Vec::new())]);
            job.gather = self.open_gather(job, Course::Merge(Merge::Single), job.shape, whole);
        }
    }

    /// One job per slot of a command that is cut.
    fn start_pieces(&mut self, job: Job) {
        let bytes = self.ledger.bytes(job.source).clone();
        let mut requests = Requests::new(&bytes, job.start as usize);
        let (mut spans, mut keys) = (Vec::new(), Vec::new());
        let Some(Ok(_)) = requests.next(&mut spans) else { return };
        let args = Args::new(&bytes, &spans);
        let row = self.table.row(job.row);
        crate::route::command::find_keys(row, args, &mut keys);
        let pieces = plan::cut(args, &keys);
        let mut written = Vec::with_capacity(job.len as usize + pieces.len() * 32);
        let mut ranges = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            let start = written.len();
            plan::write_piece(row, args, &keys, piece, &mut written);
            ranges.push([start, written.len() - start].map(|n| u32::try_from(n).unwrap_or(u32::MAX)));
        }
        let merge = row.handling.merge;
        let source = self.ledger.keep(Bytes::from(written));
        let parts = pieces.iter().map(|piece| part(Some(piece.slot.number()), piece.keys.clone())).collect();
        let gather = self.open_gather(&job, Course::Merge(merge), job.shape, parts);
        for ((number, piece), [start, len]) in (0u32..).zip(&pieces).zip(ranges) {
            self.start(Job { source, start, len, gather, part: number, slot: piece.slot.number(), ..job });
        }
        self.ledger.let_go(source);
    }

    /// One job per owner of slots that a command names.
    fn start_shares(&mut self, job: Job) {
        let bytes = self.ledger.bytes(job.source).clone();
        let mut spans = Vec::new();
        let Some(Ok(_)) = Requests::new(&bytes, job.start as usize).next(&mut spans) else { return };
        let args = Args::new(&bytes, &spans);
        let handling = self.table.row(job.row).handling;
        let (Request::Owners { at, step }, merge) = (handling.request, handling.merge) else { return };
        let ranges = plan::slots_named(args, at, step).unwrap_or_default();
        let shares = plan::share(&ranges, |slot| self.topology.owner(slot));
        let gather = self.open_gather(
            &job,
            Course::Merge(merge),
            job.shape,
            shares.iter().map(|_| part(None, Vec::new())).collect(),
        );
        for (number, share) in (0u32..).zip(&shares) {
            let mut written = Vec::new();
            plan::write_share(args, at, step, share, &mut written);
            let len = u32::try_from(written.len()).unwrap_or(u32::MAX);
            let source = self.ledger.keep(Bytes::from(written));
            let mut job = Job { source, start: 0, len, gather, part: number, ..job };
            if let Some(node) = share.owner {
                job.node = node;
                job.facts.set(Facts::PINNED);
                self.start(job);
            } else {
                let id = self.ledger.open_job(job);
                let slot = share.ranges.first().map_or(0, |(first, _)| first.number());
                self.not_executed(id, NotExecuted::Unreachable, &format!("slot {slot} has no owner"));
            }
            self.ledger.let_go(source);
        }
    }

    /// One job per node.
    fn start_everywhere(&mut self, job: Job, nodes: Vec<NodeId>, per_node: bool) {
        let row = self.table.row(job.row);
        let merge = if per_node || row.handling.merge == Merge::Single { Merge::PerNode } else { row.handling.merge };
        if nodes.is_empty() {
            let id = self.ledger.open_job(job);
            self.not_executed(id, NotExecuted::Unreachable, "the slot map names no such node");
            return;
        }
        let parts = nodes.iter().map(|_| part(None, Vec::new())).collect();
        let gather = self.open_gather(&job, Course::Merge(merge), job.shape, parts);
        for (number, node) in (0u32..).zip(nodes) {
            let mut job = Job { node, gather, part: number, ..job };
            job.facts.set(Facts::PINNED);
            self.start(job);
        }
    }

    pub(super) fn open_gather(&mut self, job: &Job, course: Course, shape: Shape, parts: Vec<Part>) -> u32 {
        let open = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let Job { ticket, batch, len, .. } = *job;
        self.ledger.open_gather(Gather { ticket, batch, commands: 1, len, course, shape, parts, open })
    }

    /// A key that this command shares with one of its batch that ended unknown.
    fn unknown_before(&self, job: &Job) -> Option<UnknownKey> {
        let unknown = &self.ledger.batch(job.batch)?.unknown_keys;
        if unknown.is_empty() || job.facts.has(Facts::PINNED) {
            return None;
        }
        let shared = self.keys_of(job).into_iter().filter_map(|key| unknown.get(&key).copied());
        shared.max_by_key(|unknown| unknown.unproven)
    }

    /// The keys of a job, read from its request.
    pub(super) fn keys_of(&self, job: &Job) -> Vec<Bytes> {
        let (mut spans, mut keys) = (Vec::new(), Vec::new());
        let bytes = self.ledger.bytes(job.source);
        if job.facts.has(Facts::UNIT) {
            return self.keys_of_all(bytes);
        }
        let Some(Ok(_)) = Requests::new(bytes, job.start as usize).next(&mut spans) else { return Vec::new() };
        let args = Args::new(bytes, &spans);
        let positions = self.ledger.batch_of(job).and_then(|batch| batch.options.key_positions.as_ref());
        if let Some(positions) = positions.filter(|_| job.facts.has(Facts::GIVEN_KEYS)) {
            keys.clone_from(positions);
        } else {
            crate::route::command::find_keys(self.table.row(job.row), args, &mut keys);
        }
        keys.iter().filter_map(|&at| args.at(at as usize)).map(|key| bytes.slice_ref(key)).collect()
    }

    /// The keys of several commands.
    fn keys_of_all(&self, bytes: &Bytes) -> Vec<Bytes> {
        let (mut spans, mut positions, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        let mut requests = Requests::new(bytes, 0);
        while let Some(Ok(_)) = requests.next(&mut spans) {
            let args = Args::new(bytes, &spans);
            let Lookup::Known(row) = self.table.lookup(args) else { continue };
            positions.clear();
            crate::route::command::find_keys(self.table.row(row), args, &mut positions);
            keys.extend(positions.iter().filter_map(|&at| args.at(at as usize)).map(|key| bytes.slice_ref(key)));
        }
        keys
    }

    /// Whether a job's keys were given by the caller, with a batch that is over.
    pub(super) fn has_forgotten_keys(&self, job: &Job) -> bool {
        job.facts.has(Facts::GIVEN_KEYS) && self.ledger.batch_of(job).is_none()
    }
}

pub(super) fn part(slot: Option<u16>, keys: Vec<u32>) -> Part {
    Part { slot, node: String::new(), keys, step: None, ended: None }
}
