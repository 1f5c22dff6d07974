//! One connection: what is to be written, what was written, and which answer belongs to which.
//!
//! An entry of `sent` leaves only by a complete reply, in order, or with the connection. Nothing of a caller's is
//! written before the handshake has been answered.

mod handshake;

use alloc::{collections::VecDeque, string::String, vec::Vec};
use core::fmt;

use bytes::{Bytes, BytesMut};

pub(crate) use self::handshake::{Greeting, Progress, is_kill_refused};
use self::handshake::{Handshake, Welcome};
use super::{JobId, Member};
use crate::{
    broken::broken,
    config,
    port::{LaneId, LinkId, Micros},
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
    /// When the handshake was over.
    pub(crate) ready_since: Micros,
    /// When bytes last came in.
    pub(crate) heard: Micros,
    /// When something of a caller's was last answered, or the handshake was over.
    pub(crate) used: Micros,
    /// When a call got no answer in time, and a second connection was asked.
    pub(crate) suspected: Option<Micros>,
    /// When it was asked for its view of the cluster, as long as it has not begun to answer.
    pub(crate) view_asked: Option<Micros>,
    /// Has something to do at the next flush.
    pub(crate) dirty: bool,
    /// Has said READONLY last: in its handshake, or since; see [`Link::turn`].
    pub(crate) readonly: bool,
    /// When it was asked how near its node is, if that is not answered.
    pub(crate) pinged_at: Option<Micros>,
    /// When it was asked for its silence whether it lives.
    pub(crate) asked_idle: Option<Micros>,
    /// Serves one caller alone (blocking commands), not the shared traffic.
    pub(crate) dedicated: bool,
    /// The subscription that it belongs to.
    pub(crate) lane: Option<LaneId>,
    /// The session that it belongs to.
    pub(crate) session: Option<LaneId>,
    /// Whether this user may say MULTI here.
    pub(crate) multi: Permission,
    /// The host has been told to close it.
    closing: bool,
    phase: Phase,
    /// The handshake says more, and has not been heard yet: whatever is read now answers nothing.
    speaks: bool,
    queue: VecDeque<Queued>,
    queued_bytes: u64,
    /// Requests in `queue`, and answers due to `sent`: a run is one entry there.
    waiting: usize,
    unanswered: usize,
    /// Of the runs in `sent` and then in `queue`; so many of the first kind.
    members: VecDeque<Member>,
    joining: u32,
    sent_members: usize,
    sent: VecDeque<Sent>,
    out: Vec<Bytes>,
    tail: BytesMut,
    handed: u64,
    written: u64,
    /// Where a write ended and when it was handed over; its last reply is not in.
    timed: Option<(u64, Micros)>,
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

/// Whether MULTI is allowed. A unit goes in one write: were its MULTI refused, its commands would run all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Permission {
    #[default]
    Unasked,
    /// An empty unit has been written.
    Asked,
    /// Its MULTI was refused: EXEC's answer is still to come.
    Refused(Bytes),
    /// It was asked as somebody who this connection is not any more.
    Outdated,
    Granted,
}

impl Permission {
    /// What it is once the connection is somebody else's.
    pub(crate) const fn renewed(&self) -> Self {
        match self {
            Self::Unasked | Self::Granted => Self::Unasked,
            Self::Asked | Self::Refused(_) | Self::Outdated => Self::Outdated,
        }
    }
}

/// Something to write.
#[derive(Debug)]
pub(crate) enum Queued {
    /// The requests of so many members of a run.
    Run { run: u32, count: u32 },
    /// A job's request.
    Job { job: JobId, bytes: u32 },
    /// The core's own questions, in one write.
    Own(&'static [Question], Vec<u8>),
}

/// What the core itself asks a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    ClusterSlots,
    ClusterNodes,
    CommandInfo,
    Ping,
    /// PING, for the time that it takes.
    Nearness,
    /// PING, for that it answers at all.
    Idle,
    /// CONFIG GET cluster-require-full-coverage.
    Coverage,
    Readonly,
    /// AUTH, after the handshake.
    Authenticate,
    /// CLIENT KILL ID of a connection that was lost after this one had been greeted.
    Kill,
    /// PING behind a subscriber's request.
    Fence,
    /// The two commands of an empty unit.
    Multi,
    Exec,
    /// UNWATCH, after a session.
    Unwatch,
}

/// Whose answer comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Handshake,
    /// ASKING's OK, or its refusal, which the command behind it repeats.
    Asking,
    Job(JobId),
    /// So many members of a run, one after the other.
    Run {
        run: u32,
        count: u32,
    },
    /// All replies to a unit, so many of which are due.
    Unit {
        job: JobId,
        left: u32,
    },
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
            ready_since: born,
            heard: born,
            used: born,
            suspected: None,
            view_asked: None,
            dirty: false,
            readonly: false,
            pinged_at: None,
            asked_idle: None,
            dedicated: false,
            lane: None,
            session: None,
            multi: Permission::Unasked,
            closing: false,
            phase: Phase::Dialing,
            speaks: false,
            queue: VecDeque::new(),
            queued_bytes: 0,
            waiting: 0,
            unanswered: 0,
            members: VecDeque::new(),
            joining: 0,
            sent_members: 0,
            sent: VecDeque::new(),
            out: Vec::new(),
            tail: BytesMut::new(),
            handed: 0,
            written: 0,
            timed: None,
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

    /// No more reading; [`Link::begin_close`] ends the writing.
    pub(crate) fn condemn(&mut self, reason: &str) {
        self.phase = Phase::Condemned(String::from(reason));
        self.decoder = None;
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

    /// What is to be answered next.
    pub(crate) fn first_unanswered(&self) -> Option<Expected> {
        self.sent.front().map(|sent| sent.expected)
    }

    /// Something was written whose answer is not in.
    pub(crate) fn has_unanswered(&self) -> bool {
        !self.sent.is_empty()
    }

    pub(crate) const fn client_id(&self) -> Option<i64> {
        self.welcome.client_id
    }

    pub(crate) const fn waiting(&self) -> usize {
        self.waiting
    }

    pub(crate) const fn unanswered(&self) -> usize {
        self.unanswered
    }

    /// Begins to take the time of what was handed over, unless another write is being timed.
    pub(crate) fn time(&mut self, now: Micros) {
        if self.timed.is_none() && !self.dedicated && !self.sent.is_empty() {
            self.timed = Some((self.handed, now));
        }
    }

    /// Microseconds that the timed write took, once all of its replies are in.
    pub(crate) fn time_of_write(&mut self, now: Micros) -> Option<u32> {
        let (end, began) = self.timed?;
        if self.sent.front().is_some_and(|sent| sent.end <= end) {
            return None;
        }
        self.timed = None;
        u32::try_from(now.0.saturating_sub(began.0)).ok()
    }

    /// Whether more waits than may.
    #[inline(always)]
    pub(crate) fn is_crowded(&self, limits: &config::Limits) -> bool {
        self.waiting >= limits.waiting_per_node as usize
            || self.queued_bytes >= u64::from(limits.waiting_bytes_per_node)
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
                self.speaks = true;
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

    /// Ends the writing: what is not on its way, as the greeting of one that has just been made, never will be. Whether the
    /// host is still to be told to close it; true once.
    pub(crate) fn begin_close(&mut self) -> bool {
        if !broken!(WritesBehindClose) {
            self.out.clear();
            self.tail.clear();
        }
        !core::mem::replace(&mut self.closing, true)
    }

    /// No more jobs for this link.
    pub(crate) fn retire(&mut self) {
        self.phase = Phase::Retiring;
    }

    /// Nothing of it is wanted any more, neither what waits nor what may still come; [`Link::begin_close`] ends the writing.
    pub(crate) fn abandon(&mut self) {
        self.retire();
        self.decoder = None;
        self.take_queue();
    }

    pub(crate) fn enqueue(&mut self, queued: Queued) {
        if let Queued::Job { bytes, .. } = queued {
            self.queued_bytes += u64::from(bytes);
        }
        self.waiting += 1;
        self.queue.push_back(queued);
    }

    /// Queues the next member of a run, which [`Link::close_run`] will name. Says whether it is the first.
    #[inline(always)]
    pub(crate) fn join(&mut self, member: Member) -> bool {
        self.queued_bytes += u64::from(member.len);
        self.members.push_back(member);
        self.joining += 1;
        self.joining == 1
    }

    /// All members of this run have joined.
    pub(crate) fn close_run(&mut self, run: u32) {
        let count = core::mem::take(&mut self.joining);
        self.waiting += count as usize;
        self.queue.push_back(Queued::Run { run, count });
    }

    /// The next thing to write, if the connection may take more. A run stays until [`Link::write_run`] has written it.
    pub(crate) fn next_to_write(&mut self, in_flight: usize, unwritten: u64) -> Option<Queued> {
        if !self.is_ready() || self.unanswered >= in_flight || self.handed - self.written >= unwritten {
            return None;
        }
        if let Some(&Queued::Run { run, count }) = self.queue.front() {
            return Some(Queued::Run { run, count });
        }
        let next = self.queue.pop_front()?;
        self.waiting -= 1;
        if let Queued::Job { bytes, .. } = next {
            self.queued_bytes -= u64::from(bytes);
        }
        Some(next)
    }

    /// Puts back what was next to be written: it is that still.
    pub(crate) fn put_back(&mut self, job: JobId, bytes: u32) {
        self.queued_bytes += u64::from(bytes);
        self.waiting += 1;
        self.queue.push_front(Queued::Job { job, bytes });
    }

    /// The job that is next to be written.
    pub(crate) fn first_job(&self) -> Option<JobId> {
        match self.queue.front() {
            Some(&Queued::Job { job, .. }) => Some(job),
            Some(Queued::Run { .. } | Queued::Own(..)) | None => None,
        }
    }

    /// Takes it.
    pub(crate) fn take_first_job(&mut self) -> Option<JobId> {
        let Some(&Queued::Job { job, bytes }) = self.queue.front() else { return None };
        self.queue.pop_front();
        self.queued_bytes -= u64::from(bytes);
        self.waiting -= 1;
        Some(job)
    }

    /// Writes one request: its `range` of `source`.
    pub(crate) fn write(&mut self, source: &Bytes, range: core::ops::Range<usize>, expected: Expected) {
        self.put(source, range);
        self.expect(expected);
    }

    #[inline(always)]
    fn put(&mut self, source: &Bytes, range: core::ops::Range<usize>) {
        if range.len() >= SLICED {
            self.seal();
            self.handed += range.len() as u64;
            self.out.push(source.slice(range));
        } else {
            self.append(&source[range]);
        }
    }

    /// Writes of the run that is next what the connection may take.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    pub(crate) fn write_run(&mut self, source: &Bytes, in_flight: usize, unwritten: u64) {
        let Some(&Queued::Run { run, count }) = self.queue.front() else { return };
        let mut written = 0;
        while written < count && self.unanswered < in_flight && self.handed - self.written < unwritten {
            let Some(&Member { start, len, .. }) = self.members.get(self.sent_members) else { break };
            self.put(source, start as usize..start as usize + len as usize);
            self.queued_bytes -= u64::from(len);
            self.sent_members += 1;
            self.unanswered += 1;
            written += 1;
        }
        self.waiting -= written as usize;
        match self.queue.front_mut() {
            Some(Queued::Run { count, .. }) if *count > written => *count -= written,
            _ => drop(self.queue.pop_front()),
        }
        match self.sent.back_mut() {
            Some(Sent { expected: Expected::Run { run: last, count }, end }) if *last == run => {
                *count += written;
                *end = self.handed;
            }
            _ => {
                let expected = Expected::Run { run, count: written };
                self.sent.push_back(Sent { expected, end: self.handed });
            }
        }
    }

    /// The run that the next answers are for, and how many of them.
    #[inline(always)]
    pub(crate) fn awaited_run(&self) -> Option<(u32, u32)> {
        match (&self.phase, self.sent.front()?.expected) {
            (Phase::Ready | Phase::Retiring, Expected::Run { run, count }) => Some((run, count)),
            _ => None,
        }
    }

    /// Those whose answers come next, in order.
    #[inline(always)]
    pub(crate) fn awaited_members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter()
    }

    /// The answers to so many of them have come.
    pub(crate) fn members_answered(&mut self, answered: u32) {
        self.used = self.heard;
        self.members.drain(..answered as usize);
        self.sent_members -= answered as usize;
        self.unanswered -= answered as usize;
        match self.sent.front_mut() {
            Some(Sent { expected: Expected::Run { count, .. }, .. }) if *count > answered => *count -= answered,
            _ => drop(self.sent.pop_front()),
        }
    }

    /// Makes all members jobs; `job` says which, given the run, the member and whether it was written.
    pub(crate) fn disband(&mut self, mut job: impl FnMut(u32, Member, bool) -> Option<JobId>) {
        if self.members.is_empty() {
            return;
        }
        let mut members = core::mem::take(&mut self.members).into_iter();
        self.sent_members = 0;
        for Sent { expected, end } in core::mem::take(&mut self.sent) {
            let Expected::Run { run, count } = expected else {
                self.sent.push_back(Sent { expected, end });
                continue;
            };
            let of_run: Vec<Member> = members.by_ref().take(count as usize).collect();
            let mut end = end - of_run.iter().map(|member| u64::from(member.len)).sum::<u64>();
            for member in of_run {
                end += u64::from(member.len);
                let Some(id) = job(run, member, true) else { continue };
                self.sent.push_back(Sent { expected: Expected::Job(id), end });
            }
        }
        for queued in core::mem::take(&mut self.queue) {
            let Queued::Run { run, count } = queued else {
                self.queue.push_back(queued);
                continue;
            };
            for member in members.by_ref().take(count as usize) {
                let Some(id) = job(run, member, false) else { continue };
                self.queue.push_back(Queued::Job { job: id, bytes: member.len });
            }
        }
    }

    /// Writes ASKING, for the command that is written next.
    pub(crate) fn write_asking(&mut self, words: &[u8]) {
        self.append(words);
        self.expect(Expected::Asking);
    }

    /// Writes the core's own words: so many questions.
    pub(crate) fn write_own(&mut self, words: &[u8], questions: &[Question]) {
        self.append(words);
        for &question in questions {
            self.expect(Expected::Own(question));
        }
    }

    /// Lets its node answer reads also as a replica, or no longer: a replica that is taken for a primary is to say MOVED.
    pub(crate) fn turn(&mut self, readonly: bool) {
        const READONLY: &[u8] = b"*1\r\n$8\r\nREADONLY\r\n";
        const READWRITE: &[u8] = b"*1\r\n$9\r\nREADWRITE\r\n";
        self.readonly = readonly;
        self.write_own(if readonly { READONLY } else { READWRITE }, &[Question::Readonly]);
    }

    /// Hands out what is to be sent.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = Bytes> + '_ {
        self.seal();
        self.speaks = false;
        if broken!(ExecComesLater) {
            self.keep_exec();
        }
        self.out.drain(..)
    }

    pub(crate) fn note_written(&mut self, total: u64) {
        self.written = self.written.max(total.min(self.handed));
    }

    /// Whose the answer is that comes now.
    pub(crate) fn answered(&mut self) -> Option<Expected> {
        match self.phase {
            Phase::Dialing | Phase::Condemned(_) => None,
            Phase::Shaking(_) if self.speaks => None,
            Phase::Shaking(_) => Some(Expected::Handshake),
            Phase::Ready | Phase::Retiring => {
                let sent = self.sent.front_mut()?;
                let expected = sent.expected;
                if !matches!(expected, Expected::Own(_)) {
                    self.used = self.heard;
                }
                if let Expected::Unit { left: left @ 2.., .. } = &mut sent.expected {
                    *left -= 1;
                } else {
                    self.sent.pop_front();
                    self.unanswered -= 1;
                }
                Some(expected)
            }
        }
    }

    pub(crate) fn remains(self) -> Remains {
        Remains { sent: self.sent, queue: self.queue }
    }

    /// Takes the whole queue: nothing of it was written.
    pub(crate) fn take_queue(&mut self) -> VecDeque<Queued> {
        self.queued_bytes = 0;
        self.waiting = 0;
        core::mem::take(&mut self.queue)
    }

    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    fn append(&mut self, words: &[u8]) {
        self.tail.extend_from_slice(words);
        self.handed += words.len() as u64;
    }

    fn expect(&mut self, expected: Expected) {
        self.unanswered += 1;
        self.sent.push_back(Sent { expected, end: self.handed });
    }

    /// Of what ends with EXEC, that is handed out later.
    fn keep_exec(&mut self) {
        const EXEC: &[u8] = b"*1\r\n$4\r\nEXEC\r\n";
        if let Some(last) = self.out.last_mut().filter(|last| last.len() > EXEC.len() && last.ends_with(EXEC)) {
            self.tail.extend_from_slice(&last.split_off(last.len() - EXEC.len()));
        }
    }

    fn seal(&mut self) {
        if !self.tail.is_empty() {
            self.out.push(self.tail.split().freeze());
        }
    }
}
