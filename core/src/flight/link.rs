//! One connection: what is to be written, what was written, and which answer belongs to which.
//!
//! An entry of `sent` leaves only by a complete reply, in order, or with the connection. Nothing of a caller's is
//! written before the handshake has been answered.

mod handshake;

use alloc::{collections::VecDeque, string::String, vec::Vec};
use core::fmt;

use bytes::{Bytes, BytesMut};

pub(crate) use self::handshake::{Greeting, Progress, error_line, is_kill_refused};
use self::handshake::{Handshake, Welcome};
use super::JobId;
use crate::{
    port::{LinkId, Micros},
    route::topology::NodeId,
    wire::decode::{Decoder, Limits},
};

/// A request from this size on is given to the host as a slice of the caller's own batch instead of being copied.
const SLICED: usize = 16 << 10;

pub(crate) struct Link {
    pub(crate) id: LinkId,
    pub(crate) node: NodeId,
    /// Away while a chunk is being read; gone when the stream broke.
    pub(crate) decoder: Option<Decoder>,
    /// When the dial began; a handshake has until `born + connect_ms`.
    pub(crate) born: Micros,
    /// When bytes last came in.
    pub(crate) heard: Micros,
    /// A call got no answer in time, and a second connection is being asked.
    pub(crate) suspected: bool,
    /// Has something to do at the next flush.
    pub(crate) dirty: bool,
    /// Serves one caller alone (blocking commands), not the shared traffic.
    pub(crate) dedicated: bool,
    /// The host has been told to close it.
    closing: bool,
    phase: Phase,
    queue: VecDeque<Queued>,
    queued_bytes: u64,
    sent: VecDeque<Sent>,
    out: Vec<Bytes>,
    tail: BytesMut,
    handed: u64,
    written: u64,
    welcome: Welcome,
}

#[derive(Debug)]
enum Phase {
    Dialing,
    Shaking(alloc::boxed::Box<Handshake>),
    Ready,
    /// No more jobs; closed when the last answer is in.
    Retiring,
    /// Being closed for this reason; whatever still comes is not read.
    Condemned(String),
}

/// Something to write.
#[derive(Debug)]
pub(crate) enum Queued {
    /// A job's request.
    Job { job: JobId, bytes: u32 },
    /// The core's own question.
    Own(Question, Vec<u8>),
}

/// What the core itself asks a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    ClusterSlots,
    ClusterNodes,
    CommandInfo,
    Ping,
    /// CLIENT KILL ID of a connection that was lost after this one had been greeted.
    Kill,
}

/// Whose answer comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Handshake,
    /// ASKING's OK, or its refusal, which the command behind it repeats.
    Asking,
    Job(JobId),
    Own(Question),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) expected: Expected,
    /// Where its last byte ends in all that was handed out.
    pub(crate) end: u64,
}

/// What is left of a link that closed.
#[derive(Debug)]
pub(crate) struct Remains {
    pub(crate) sent: VecDeque<Sent>,
    pub(crate) queue: VecDeque<Queued>,
}

/// Not what is to be written: the handshake says the password.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("id", &self.id)
            .field("node", &self.node)
            .field("phase", &self.phase)
            .field("queue", &self.queue.len())
            .field("sent", &self.sent.len())
            .field("handed", &self.handed)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

impl Link {
    pub(crate) fn new(id: LinkId, node: NodeId, limits: Limits, born: Micros) -> Self {
        Self {
            id,
            node,
            decoder: Some(Decoder::new(limits)),
            born,
            heard: born,
            suspected: false,
            dirty: false,
            dedicated: false,
            closing: false,
            phase: Phase::Dialing,
            queue: VecDeque::new(),
            queued_bytes: 0,
            sent: VecDeque::new(),
            out: Vec::new(),
            tail: BytesMut::new(),
            handed: 0,
            written: 0,
            welcome: Welcome { client_id: None, proven: true },
        }
    }

    pub(crate) const fn is_ready(&self) -> bool {
        matches!(self.phase, Phase::Ready)
    }

    /// Asked for, and not yet heard of.
    pub(crate) const fn is_dialing(&self) -> bool {
        matches!(self.phase, Phase::Dialing)
    }

    pub(crate) const fn is_shaking(&self) -> bool {
        matches!(self.phase, Phase::Dialing | Phase::Shaking(_))
    }

    pub(crate) const fn is_retiring(&self) -> bool {
        matches!(self.phase, Phase::Retiring)
    }

    pub(crate) const fn is_condemned(&self) -> bool {
        matches!(self.phase, Phase::Condemned(_))
    }

    /// No more reading, no more writing.
    pub(crate) fn condemn(&mut self, reason: &str) {
        self.phase = Phase::Condemned(String::from(reason));
        self.decoder = None;
        self.out.clear();
        self.tail.clear();
    }

    /// Why it was condemned, if it was.
    pub(crate) fn reason(&self) -> Option<&str> {
        match &self.phase {
            Phase::Condemned(reason) => Some(reason),
            Phase::Dialing | Phase::Shaking(_) | Phase::Ready | Phase::Retiring => None,
        }
    }

    /// Nothing is to be written or answered.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.sent.is_empty()
    }

    /// Something was written whose answer is not in.
    pub(crate) fn has_unanswered(&self) -> bool {
        !self.sent.is_empty()
    }

    pub(crate) const fn client_id(&self) -> Option<i64> {
        self.welcome.client_id
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    pub(crate) const fn waiting_bytes(&self) -> u64 {
        self.queued_bytes
    }

    /// The dial succeeded: the handshake is written.
    pub(crate) fn connected(&mut self, greeting: Greeting) {
        let (shake, words) = Handshake::begin(greeting);
        self.phase = Phase::Shaking(alloc::boxed::Box::new(shake));
        self.append(&words);
    }

    /// Takes an answer of the handshake.
    pub(crate) fn shaken(&mut self, words: &[u32], buffers: &[Bytes]) -> Progress {
        let Phase::Shaking(shake) = &mut self.phase else {
            return Progress::Failed(String::from("an unexpected reply"));
        };
        match shake.answered(words, buffers) {
            Progress::Say(words) => {
                self.append(&words);
                Progress::Going
            }
            Progress::Ready(welcome) => {
                self.welcome = welcome;
                self.phase = Phase::Ready;
                Progress::Ready(welcome)
            }
            other @ (Progress::Going | Progress::Failed(_)) => other,
        }
    }

    /// Whether the host is still to be told to close it; asked once.
    pub(crate) fn begin_close(&mut self) -> bool {
        !core::mem::replace(&mut self.closing, true)
    }

    /// No more jobs for this link.
    pub(crate) fn retire(&mut self) {
        self.phase = Phase::Retiring;
    }

    #[inline(always)]
    pub(crate) fn enqueue(&mut self, queued: Queued) {
        if let Queued::Job { bytes, .. } = queued {
            self.queued_bytes += u64::from(bytes);
        }
        self.queue.push_back(queued);
    }

    /// The next thing to write, if the connection may take more.
    #[inline(always)]
    pub(crate) fn next_to_write(&mut self, in_flight: usize, unwritten: u64) -> Option<Queued> {
        if !self.is_ready() || self.sent.len() >= in_flight || self.handed - self.written >= unwritten {
            return None;
        }
        let next = self.queue.pop_front()?;
        if let Queued::Job { bytes, .. } = next {
            self.queued_bytes -= u64::from(bytes);
        }
        Some(next)
    }

    /// Writes one request: its `range` of `source`.
    #[inline(always)]
    pub(crate) fn write(&mut self, source: &Bytes, range: core::ops::Range<usize>, expected: Expected) {
        if range.len() >= SLICED {
            self.seal();
            self.handed += range.len() as u64;
            self.out.push(source.slice(range));
        } else {
            self.append(&source[range]);
        }
        self.expect(expected);
    }

    /// Writes the core's own words.
    pub(crate) fn write_own(&mut self, words: &[u8], expected: Expected) {
        self.append(words);
        self.expect(expected);
    }

    /// Hands out what is to be sent.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = Bytes> + '_ {
        self.seal();
        self.out.drain(..)
    }

    pub(crate) fn note_written(&mut self, total: u64) {
        self.written = self.written.max(total.min(self.handed));
    }

    /// Whose the answer is that comes now.
    pub(crate) fn answered(&mut self) -> Option<Expected> {
        match self.phase {
            Phase::Dialing | Phase::Condemned(_) => None,
            Phase::Shaking(_) => Some(Expected::Handshake),
            Phase::Ready | Phase::Retiring => self.sent.pop_front().map(|sent| sent.expected),
        }
    }

    pub(crate) fn remains(self) -> Remains {
        Remains { sent: self.sent, queue: self.queue }
    }

    /// Takes the whole queue: nothing of it was written.
    pub(crate) fn take_queue(&mut self) -> VecDeque<Queued> {
        self.queued_bytes = 0;
        core::mem::take(&mut self.queue)
    }

    fn append(&mut self, words: &[u8]) {
        self.tail.extend_from_slice(words);
        self.handed += words.len() as u64;
    }

    #[inline(always)]
    fn expect(&mut self, expected: Expected) {
        self.sent.push_back(Sent { expected, end: self.handed });
    }

    fn seal(&mut self) {
        if !self.tail.is_empty() {
            self.out.push(self.tail.split().freeze());
        }
    }
}
