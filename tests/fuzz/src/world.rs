//! A core with a host around it that keeps the rules of the boundary, and looks whether the core keeps them too.
//!
//! Every poll is checked as it comes: an outcome for a ticket that was given out and has none yet, a tape that is one, a
//! word for a link that is there, a dial of somebody who is a seed or was listed. [`World::end`] sees to it that nothing is
//! left: every ticket told, nothing open inside.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use slotpipe_core::{
    cluster::Cluster,
    config::{Config, Trust},
    port::{
        Address, Answer, Cause, Input, LinkId, Micros, OutcomeKind, Output, Outputs, Refused, SubmitOptions, Submitted,
        Ticket,
    },
    wire::tape::Cursor,
};

use crate::{
    commands::{Argv, requests},
    reference::Value,
    tape,
};

/// What is driven: a core, or one that writes down what crosses its boundary.
pub(crate) trait Core {
    fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused>;
    fn handle(&mut self, now: Micros, input: Input);
    fn poll(&mut self, now: Micros, out: &mut Outputs);
    fn cancel(&mut self, now: Micros, tickets: std::ops::Range<Ticket>);
    fn explain(&mut self, now: Micros, batch: &Bytes, options: &SubmitOptions);
    /// For what only looks.
    fn cluster(&self) -> &Cluster;
}

impl Core for Cluster {
    fn submit(&mut self, now: Micros, batch: Bytes, options: &SubmitOptions) -> Result<Submitted, Refused> {
        Self::submit(self, now, batch, options)
    }

    fn handle(&mut self, now: Micros, input: Input) {
        Self::handle(self, now, input);
    }

    fn poll(&mut self, now: Micros, out: &mut Outputs) {
        Self::poll(self, now, out);
    }

    fn cancel(&mut self, now: Micros, tickets: std::ops::Range<Ticket>) {
        Self::cancel(self, now, tickets);
    }

    fn explain(&mut self, _: Micros, batch: &Bytes, options: &SubmitOptions) {
        // What it says is held against `submit` by the tests of the core; here only that it says something.
        drop(Self::explain(self, batch, options));
    }

    fn cluster(&self) -> &Cluster {
        self
    }
}

/// A connection, as the host sees it.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) address: Address,
    pub(crate) is_up: bool,
    /// The core has asked for its end.
    is_closing: bool,
    pub(crate) handed: u64,
    pub(crate) written: u64,
    /// Bytes of a request that is not whole yet.
    unread: Vec<u8>,
    /// Requests that have no answer.
    pub(crate) pending: std::collections::VecDeque<Argv>,
}

/// How a ticket ended: the outcome, and the nodes of its body.
pub(crate) type Told = (OutcomeKind, Vec<Value>);

/// A core and its host.
#[derive(Debug)]
pub(crate) struct World<C> {
    pub(crate) core: C,
    pub(crate) now: Micros,
    pub(crate) links: BTreeMap<LinkId, Link>,
    /// By ticket.
    pub(crate) told: Vec<Option<Told>>,
    pub(crate) pushes: usize,
    /// When the core wants to be called.
    pub(crate) until: Option<Micros>,
    config: Config,
    listed: BTreeSet<Address>,
    newest: Option<LinkId>,
    out: Outputs,
}

impl<C: Core> World<C> {
    pub(crate) fn new(config: Config, now: Micros, make: impl FnOnce(Config, Micros) -> C) -> Self {
        Self {
            core: make(config.clone(), now),
            now,
            links: BTreeMap::new(),
            told: Vec::new(),
            pushes: 0,
            until: None,
            config,
            listed: BTreeSet::new(),
            newest: None,
            out: Outputs::default(),
        }
    }

    /// Submits; the tickets of a batch that was taken are those that come next.
    pub(crate) fn submit(&mut self, batch: Vec<u8>, options: &SubmitOptions) -> Option<Submitted> {
        let commands = slotpipe_core::wire::request::count(&batch);
        let before = self.core.cluster().stats();
        match self.core.submit(self.now, batch.into(), options) {
            Ok(submitted) => {
                assert_eq!((submitted.first.0, submitted.count), (self.told.len() as u64, commands));
                self.told.resize_with(self.told.len() + commands as usize, || None);
                Some(submitted)
            }
            Err(refused) => {
                let after = self.core.cluster().stats();
                assert_eq!(before.commands, after.commands, "counted, and refused: {refused:?}");
                None
            }
        }
    }

    /// Tells the core what happened.
    pub(crate) fn handle(&mut self, input: Input) {
        self.core.handle(self.now, input);
        self.note_listed();
    }

    /// A dial that succeeds.
    pub(crate) fn connected(&mut self, link: LinkId) {
        let Some(known) = self.links.get_mut(&link).filter(|known| !known.is_up) else { return };
        known.is_up = true;
        self.handle(Input::Connected { link, credentials: None });
    }

    /// Bytes from a server.
    pub(crate) fn received(&mut self, link: LinkId, bytes: Vec<u8>) {
        if self.links.get(&link).is_some_and(|known| known.is_up) {
            self.handle(Input::Received { link, bytes: bytes.into() });
        }
    }

    /// The end of a link, of whose bytes at most so many have left.
    pub(crate) fn closed(&mut self, link: LinkId, cause: Cause, maybe_sent: u64) {
        let Some(known) = self.links.remove(&link) else { return };
        let maybe_sent = maybe_sent.clamp(known.written, known.handed);
        self.handle(Input::Closed { link, cause, maybe_sent });
    }

    /// The operating system has taken so many bytes more.
    pub(crate) fn written(&mut self, link: LinkId, more: u64) {
        let Some(known) = self.links.get_mut(&link) else { return };
        known.written = known.handed.min(known.written + more);
        let total = known.written;
        self.handle(Input::Written { link, total });
    }

    /// Time goes by, and the core is told.
    pub(crate) fn elapsed(&mut self, ms: u32) {
        self.now = self.now.plus_ms(ms);
        self.handle(Input::Elapsed);
    }

    pub(crate) fn cancel(&mut self, first: u64, count: u64) {
        self.core.cancel(self.now, Ticket(first)..Ticket(first.saturating_add(count)));
    }

    /// Polls. A call that is wanted at once is made at once; each brings one more command to its end, or is the last.
    pub(crate) fn poll(&mut self) {
        self.turn();
        let open = self.told.iter().filter(|told| told.is_none()).count();
        for _ in 0..open + 2 {
            if self.until.is_none_or(|until| until > self.now) {
                return;
            }
            self.handle(Input::Elapsed);
            self.turn();
        }
        panic!("a busy loop at {:?}", self.now);
    }

    /// Polls once, checks every word, and acts on it.
    fn turn(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        self.core.poll(self.now, &mut out);
        self.note_listed();
        let records: usize = out.answers.iter().map(|answer| answer.body.len() + 4).sum();
        assert_eq!(records, out.answers.tape.len(), "words behind the last record");
        for answer in out.answers.iter() {
            self.tell(&answer, &out.answers.buffers);
        }
        for action in out.actions.drain(..) {
            self.act(action, &out.answers.buffers);
        }
        self.out = out;
    }

    /// What is pending on a link gets an answer each, in order.
    pub(crate) fn answer_all(&mut self, link: LinkId, mut answer: impl FnMut(&Address, &Argv) -> Vec<u8>) {
        let Some(known) = self.links.get_mut(&link) else { return };
        let mut bytes = Vec::new();
        for argv in known.pending.drain(..) {
            bytes.extend(answer(&known.address, &argv));
        }
        if !bytes.is_empty() {
            self.received(link, bytes);
        }
    }

    /// The number `pick` of the links that there are.
    pub(crate) fn link(&self, pick: usize) -> Option<LinkId> {
        self.links.keys().nth(pick.checked_rem(self.links.len())?).copied()
    }

    /// The end: whatever was open is told, once, and the core holds nothing any more. `by_cancel`: the callers give up;
    /// else no server is to be had until every deadline has passed.
    pub(crate) fn end(&mut self, by_cancel: bool) {
        self.poll();
        if by_cancel {
            self.cancel(0, u64::MAX);
            self.poll();
        } else {
            for _ in 0..3 {
                for link in self.links.keys().copied().collect::<Vec<_>>() {
                    self.closed(link, Cause::Lost("the end".into()), u64::MAX);
                }
                self.poll();
                self.elapsed(u32::MAX);
                self.poll();
            }
            // Those that wait for ever.
            self.cancel(0, u64::MAX);
            self.poll();
        }
        let open: Vec<usize> = (0..self.told.len()).filter(|&ticket| self.told[ticket].is_none()).collect();
        assert!(open.is_empty(), "never told: {open:?}");
        for link in self.links.keys().copied().collect::<Vec<_>>() {
            self.closed(link, Cause::Lost("the end".into()), u64::MAX);
        }
        let stats = self.core.cluster().stats();
        assert!(stats.open.is_empty(), "left open: {:?}", stats.open);
    }

    fn note_listed(&mut self) {
        let map = self.core.cluster().topology();
        let listed = map.nodes().map(|id| map.node(id)).filter(|node| node.listed);
        for node in listed {
            if !self.listed.contains(&node.address) {
                self.listed.insert(node.address.clone());
            }
        }
    }

    fn tell(&mut self, answer: &Answer<'_>, buffers: &[Bytes]) {
        let Ticket(ticket) = answer.ticket;
        let place = usize::try_from(ticket).ok().and_then(|ticket| self.told.get_mut(ticket));
        let place = place.unwrap_or_else(|| panic!("ticket {ticket} was never given out"));
        assert!(place.is_none(), "ticket {ticket} was told twice");
        *place = Some((answer.outcome, body(answer, buffers)));
    }

    fn act(&mut self, action: Output, buffers: &[Bytes]) {
        match action {
            Output::Connect { link, address, timeout_ms } => {
                assert!(self.newest < Some(link), "a number that was used before");
                assert!(timeout_ms > 0);
                self.newest = Some(link);
                assert!(self.may_dial(&address), "dialled {address}, whom nobody listed");
                let fresh = Link {
                    address,
                    is_up: false,
                    is_closing: false,
                    handed: 0,
                    written: 0,
                    unread: Vec::new(),
                    pending: std::collections::VecDeque::new(),
                };
                self.links.insert(link, fresh);
            }
            Output::Send { link, bytes } => {
                // The host may have told of the end while this was on its way.
                let Some(known) = self.links.get_mut(&link) else { return };
                assert!(known.is_up && !known.is_closing, "bytes for a link that cannot take any");
                assert!(!bytes.is_empty(), "a write of nothing");
                known.handed += bytes.len() as u64;
                known.unread.extend_from_slice(&bytes);
                let (found, read) = requests(&known.unread);
                known.unread.drain(..read);
                known.pending.extend(found);
            }
            Output::Close { link } => {
                let Some(known) = self.links.get_mut(&link) else { return };
                assert!(!known.is_closing, "closed twice");
                known.is_closing = true;
            }
            Output::Push { tape, .. } => {
                drop(tape::tree(&tape, buffers));
                self.pushes += 1;
            }
            Output::Note(note) => drop(format!("{note:?}")),
            Output::Wait { until } => self.until = until,
        }
    }

    fn may_dial(&self, address: &Address) -> bool {
        let is_listed = || self.listed.contains(address) || self.core.cluster().topology().is_listed(address);
        self.config.seeds.contains(address)
            || match &self.config.trust {
                Trust::Listed => is_listed(),
                Trust::Only(allowed) => allowed.contains(address),
                Trust::Server => true,
            }
    }
}

/// The nodes of a record's body, which has the form that its outcome asks for.
fn body(answer: &Answer<'_>, buffers: &[Bytes]) -> Vec<Value> {
    let mut cursor = answer.cursor();
    let body = match answer.outcome {
        OutcomeKind::Reply => vec![tape::next(&mut cursor, buffers)],
        OutcomeKind::ServerError | OutcomeKind::NotExecuted | OutcomeKind::Unknown => {
            let body: Vec<_> = (0..4).map(|_| tape::next(&mut cursor, buffers)).collect();
            is_failure(answer.outcome, &body);
            body
        }
        OutcomeKind::Partial => vec![all_parts(&mut cursor, buffers)],
        OutcomeKind::Detailed => vec![tape::next(&mut cursor, buffers), all_parts(&mut cursor, buffers)],
    };
    assert_eq!(Cursor::rest(&cursor), &[] as &[u32], "words behind the body: {body:?}");
    body
}

fn all_parts(cursor: &mut Cursor<'_>, buffers: &[Bytes]) -> Value {
    let parts = tape::next(cursor, buffers);
    let Value::Array(all) = &parts else { panic!("parts: {parts:?}") };
    assert!(!all.is_empty());
    all.iter().for_each(is_part);
    parts
}

fn is_failure(outcome: OutcomeKind, body: &[Value]) {
    let [Value::Int(number), Value::Bulk(_) | Value::Error(_), Value::Bulk(_) | Value::Null, slot] = body else {
        panic!("{outcome:?}: {body:?}");
    };
    assert!(matches!(slot, Value::Int(0..=16_383) | Value::Null), "{outcome:?}: {body:?}");
    let known = match outcome {
        OutcomeKind::ServerError => 0..=1,
        OutcomeKind::NotExecuted => 0..=7,
        OutcomeKind::Reply | OutcomeKind::Detailed | OutcomeKind::Unknown | OutcomeKind::Partial => 0..=255,
    };
    assert!(known.contains(number), "{outcome:?}: {body:?}");
}

fn is_part(part: &Value) {
    let Value::Array(part) = part else { panic!("a part: {part:?}") };
    let [Value::Int(kind), _, Value::Int(_) | Value::Null, Value::Array(body)] = part.as_slice() else {
        panic!("a part: {part:?}");
    };
    let kind = OutcomeKind::from_word(u32::try_from(*kind).expect("an outcome"));
    match kind {
        OutcomeKind::Reply => assert_eq!(body.len(), 1, "{part:?}"),
        OutcomeKind::ServerError | OutcomeKind::NotExecuted | OutcomeKind::Unknown => is_failure(kind, body),
        OutcomeKind::Partial | OutcomeKind::Detailed => panic!("a part of parts: {part:?}"),
    }
}
