//! What comes back: frames find their jobs, errors are judged, refusals wait in their place.

use alloc::string::String;

use bytes::Bytes;

use super::Cluster;
use crate::{
    broken::broken,
    flight::{
        JobId,
        judge::{self, Later, Verdict},
        ledger::{Facts, Job, Last, Run},
        link::{Expected, Question},
    },
    port::{Failure, LinkId, NotExecuted, Note, Output},
    route::{redirect::Redirect, slot::Slot, topology::NodeId},
    wire::{
        decode::{Decoder, Frame},
        shape::Shape,
        tape::{error_line, tag},
    },
};

/// What reading a chunk came to.
enum Read {
    Enough,
    Broken(String),
}

impl Cluster {
    pub(super) fn received(&mut self, id: LinkId, bytes: Bytes) {
        let Some(&place) = self.link_numbers.get(&id) else { return };
        let Some(mut decoder) = self.links.get_mut(place).and_then(|link| link.decoder.take()) else { return };
        self.stats.bytes_in += bytes.len() as u64;
        if let Some(link) = self.links.get_mut(place) {
            link.heard = self.now;
        }
        decoder.feed(bytes);
        match self.read(place, &mut decoder) {
            Read::Enough => {
                if let Some(link) = self.links.get_mut(place) {
                    link.decoder = Some(decoder);
                }
                self.time_write(place);
                self.mark_dirty(place);
                self.rest(place);
            }
            // Nothing is resynchronised by guessing.
            Read::Broken(reason) => self.condemn(place, &reason),
        }
    }

    /// Reads what the decoder has: the replies of runs in one go, all else frame by frame.
    fn read(&mut self, place: u32, decoder: &mut Decoder) -> Read {
        loop {
            self.read_strings(place, decoder);
            match decoder.next() {
                Ok(None) => return Read::Enough,
                Ok(Some(frame)) => {
                    if let Err(reason) = self.frame(place, frame) {
                        return Read::Broken(reason);
                    }
                }
                Err(error) => return Read::Broken(alloc::format!("the reply is no RESP: {error}")),
            }
        }
    }

    /// Reads the replies to members of runs, up to the first that is not a string of the chunk.
    #[cfg_attr(slotpipe_shipped, optimize(speed))]
    #[inline(never)]
    fn read_strings(&mut self, place: u32, decoder: &mut Decoder) {
        let mut buffer = None;
        while let Some(link) = self.links.get_mut(place)
            && let Some((index, count)) = link.awaited_run()
            && let Some(&run) = self.ledger.run(index)
            && run.shape == Shape::Any
        {
            let (mut answered, mut bytes) = (0, 0);
            for member in link.awaited_members().take(count as usize) {
                let Some(string) = decoder.next_string() else { break };
                let buffer = *buffer.get_or_insert_with(|| self.writer.buffer(decoder.chunk()));
                self.writer.string(run.ticket(member), buffer, string);
                answered += 1;
                bytes += u64::from(member.len);
            }
            self.members_over(place, index, answered, bytes);
            if answered < count {
                return;
            }
        }
    }

    /// One complete reply.
    fn frame(&mut self, place: u32, frame: Frame<'_>) -> Result<(), String> {
        if frame.words.first() == Some(&tag::PUSH) && !broken!(PushTakesEntry) {
            return self.pushed(place, &frame);
        }
        let Some(mut link) = self.links.get_mut(place) else { return Ok(()) };
        // A subscriber is told things by arrays in RESP2; AUTH, which is not its own, is not answered by one.
        if let Some(lane) = link.lane.filter(|_| link.is_ready())
            && (!matches!(link.first_unanswered(), Some(Expected::Own(Question::Authenticate)))
                || frame.words.first() == Some(&tag::ARRAY))
        {
            return self.subscriber_frame(lane, place, &frame);
        }
        if let Some((index, _)) = link.awaited_run() {
            let first = link.awaited_members().next().copied();
            if (frame.words.first() != Some(&tag::ERROR) || broken!(ErrorIsReply))
                && let (Some(run), Some(member)) = (self.ledger.run(index), first)
            {
                self.writer.reply(run.ticket(&member), run.shape, frame.words, frame.buffers);
                self.members_over(place, index, 1, u64::from(member.len));
                return Ok(());
            }
            // What an error means is told by jobs.
            self.disband();
            let Some(same) = self.links.get_mut(place) else { return Ok(()) };
            link = same;
        }
        match link.answered() {
            Some(Expected::Job(id)) => {
                self.answered(id, frame);
                Ok(())
            }
            Some(Expected::Unit { job, left }) => {
                self.unit_answered(job, left == 1, &frame);
                Ok(())
            }
            Some(Expected::Asking | Expected::Run { .. }) => Ok(()),
            Some(Expected::Handshake) => self.shaken(place, frame),
            Some(Expected::Own(question)) => {
                self.own_answer(place, question, frame);
                Ok(())
            }
            None => {
                let reason = String::from("a reply that nothing asked for");
                if link.is_shaking() {
                    let node = link.node;
                    self.node_failed(node, Failure::Unreachable, &reason);
                }
                Err(reason)
            }
        }
    }

    /// The answers to so many members of the run that comes first on a connection are in.
    fn members_over(&mut self, place: u32, run: u32, count: u32, bytes: u64) {
        let (Some(link), Some(&Run { batch, .. })) = (self.links.get_mut(place), self.ledger.run(run)) else { return };
        if count > 0 {
            link.members_answered(count);
            self.ledger.members_over(run, count);
            self.commands_over(batch, count, bytes);
        }
    }

    /// What a server says unasked concerns subscriptions, and otherwise nobody.
    #[inline(never)]
    fn pushed(&mut self, place: u32, frame: &Frame<'_>) -> Result<(), String> {
        let lane = self.links.get(place).filter(|link| link.is_ready()).and_then(|link| link.lane);
        lane.map_or(Ok(()), |lane| self.subscriber_frame(lane, place, frame))
    }

    fn answered(&mut self, id: JobId, frame: Frame<'_>) {
        let Some(&(mut job)) = self.ledger.job(id) else { return };
        if job.facts.has(Facts::CLOSED) && !broken!(LateReplyIsTold) {
            if broken!(LateReplyLeaks) {
                return;
            }
            // It timed out or was cancelled: the late reply is swallowed.
            self.ledger.unhold(id, Facts::HELD);
            return;
        }
        // Whatever was before it on this connection, the node is past that.
        job.facts.clear(Facts::HELD | Facts::AFTER_UNKNOWN);
        match error_line(frame.words, frame.buffers) {
            None => self.replied(id, &job, frame.words, frame.buffers),
            Some(line) => {
                self.ledger_mut(id, |own| own.facts = job.facts);
                self.errored(id, &job, line);
            }
        }
    }

    #[inline(never)]
    pub(super) fn errored(&mut self, id: JobId, job: &Job, line: &[u8]) {
        let slot = if job.facts.has(Facts::PINNED) { None } else { Slot::new(job.slot) };
        let limit = self.max_redirects(job);
        if job.facts.has(Facts::HASHED) && judge::is_noscript(line) {
            return self.not_known(id, job);
        }
        match judge::judge(line, slot, job.facts.has(Facts::SCRIPT)) {
            Verdict::Answer => self.server_error(id, line),
            Verdict::Moved(_) | Verdict::Ask(_) if limit == 0 => self.server_error(id, line),
            Verdict::Moved(_) | Verdict::Ask(_) if job.hops >= limit && !broken!(EndlessHops) => {
                self.want_refresh();
                let text = String::from_utf8_lossy(line);
                let message = alloc::format!("more than {limit} redirects; the last was {text}");
                self.not_executed(id, NotExecuted::TooManyRedirects, &message);
            }
            Verdict::Moved(redirect) => self.moved(id, job, &redirect),
            Verdict::Ask(redirect) => self.ask(id, job, &redirect),
            Verdict::Later(later) => {
                if job.facts.has(Facts::REPLICA) {
                    self.turned_away(job);
                }
                self.later(id, job, later);
            }
            Verdict::Unblocked if job.facts.has(Facts::BLOCKING) => {
                self.want_refresh();
                self.ledger_mut(id, |job| {
                    job.facts.set(Facts::UNBLOCKED);
                    job.asked = None;
                    job.last = Last::Refused("UNBLOCKED");
                });
                self.again(id, job, 5);
            }
            Verdict::Unblocked => self.server_error(id, line),
            Verdict::Unauthenticated if job.facts.has(Facts::REAUTHENTICATED) => self.server_error(id, line),
            Verdict::Unauthenticated => {
                self.ledger_mut(id, |job| {
                    job.facts.set(Facts::REAUTHENTICATED);
                    job.asked = None;
                    job.last = Last::Refused("NOAUTH");
                });
                self.again(id, job, 0);
                self.retire_link_of(job);
            }
        }
    }

    fn max_redirects(&self, job: &Job) -> u8 {
        let options = self.ledger.batch(job.batch).and_then(|batch| batch.options.max_redirects);
        options.unwrap_or(self.config.max_redirects)
    }

    fn moved(&mut self, id: JobId, job: &Job, redirect: &Redirect) {
        self.followed("MOVED", job);
        self.doubt(job.slot);
        if job.facts.has(Facts::REPLICA) {
            self.stats.moved += 1;
            return self.moved_by_replica(id, job, redirect);
        }
        let target = self.heed_moved(job.node, redirect);
        if broken!(WholePipelineAgain) {
            for id in self.ledger.open_jobs_where(|other| other.batch == job.batch && other.link == job.link) {
                if self.ledger.job(id).is_some_and(|other| other.ticket != job.ticket && other.facts.has(Facts::SENT)) {
                    self.unsent(id);
                }
            }
        }
        self.ledger_mut(id, |job| {
            job.asked = None;
            job.hops += 1;
            job.last = Last::Redirected;
        });
        self.again(id, job, patience(target, job.hops > 0));
        // Another connection may lead elsewhere: behind a name or a proxy there are several.
        if target == Some(job.node) {
            self.retire_link_of(job);
        }
    }

    /// What MOVED says of the map; where it leads.
    pub(super) fn heed_moved(&mut self, from: NodeId, redirect: &Redirect) -> Option<NodeId> {
        self.stats.moved += 1;
        let target = self.redirect_target(from, redirect);
        if let Some(node) = target {
            self.topology.patch(redirect.slot, node);
        }
        self.want_refresh();
        target
    }

    /// A replica may know less than this map: it is asked about, not believed. The primary has the last word.
    fn moved_by_replica(&mut self, id: JobId, job: &Job, redirect: &Redirect) {
        let address = redirect.address(&self.topology.node(job.node).address);
        let named = address.and_then(|address| self.topology.find(&address));
        if named.is_some() && named == self.topology.owner(redirect.slot) {
            // It does not serve reads at all: the slot is where it was thought to be.
            self.turned_away(job);
        }
        self.want_refresh();
        self.ledger_mut(id, |job| {
            job.hops += 1;
            job.last = Last::Redirected;
        });
        self.again(id, job, 0);
    }

    fn ask(&mut self, id: JobId, job: &Job, redirect: &Redirect) {
        self.stats.ask += 1;
        self.followed("ASK", job);
        self.doubt(job.slot);
        if job.facts.has(Facts::REPLICA) {
            return self.moved_by_replica(id, job, redirect);
        }
        let target = self.redirect_target(job.node, redirect);
        if let Some(node) = target.filter(|_| broken!(AskPatchesMap)) {
            self.topology.patch(redirect.slot, node);
        }
        if target.is_none() {
            self.want_refresh();
        }
        self.ledger_mut(id, |job| {
            job.asked = target;
            job.hops += 1;
            job.last = Last::Redirected;
        });
        self.again(id, job, patience(target, job.hops > 1));
    }

    /// The connection that brought a job its answer is not used any more. Its other answers may say the same again;
    /// what has been dialled since is none of theirs.
    fn retire_link_of(&mut self, job: &Job) {
        if job.facts.has(Facts::ON_SESSION) {
            return self.hang_up(job.link, "it led a command of its session astray");
        }
        if self.link_of(job.node) == Some(job.link) {
            self.retire(job.node);
        }
    }

    fn later(&mut self, id: JobId, job: &Job, later: Later) {
        self.heed_later(later);
        self.followed(later.code(), job);
        self.ledger_mut(id, |job| {
            job.asked = job.asked.filter(|_| broken!(AskAfterTryAgain));
            // While a slot is half moved, new keys go from ASK to TRYAGAIN and back: the deadline bounds that, not hops.
            job.hops = if later == Later::TryAgain { 0 } else { job.hops };
            job.last = Last::Refused(later.code());
        });
        self.again(id, job, 5);
    }

    /// What a refusal for a while says of the cluster.
    pub(super) fn heed_later(&mut self, later: Later) {
        *match later {
            Later::TryAgain => &mut self.stats.try_again,
            Later::ClusterDown => &mut self.stats.cluster_down,
            Later::MasterDown => &mut self.stats.master_down,
            Later::Loading => &mut self.stats.loading,
            Later::ReadOnly => &mut self.stats.read_only,
            Later::Busy => &mut self.stats.busy,
        } += 1;
        if later.doubts_the_map() {
            self.want_refresh();
        }
    }

    fn followed(&mut self, code: &'static str, job: &Job) {
        if self.config.diagnostics {
            self.note(Note::Redirected { code, ticket: job.ticket });
        }
    }

    /// Where a redirect leads, if that may be believed: an address that no trusted node lists is asked about first.
    fn redirect_target(&mut self, from: NodeId, redirect: &Redirect) -> Option<NodeId> {
        let address = redirect.address(&self.topology.node(from).address)?;
        if !self.is_trusted(&address) {
            self.stats.untrusted += 1;
            return None;
        }
        self.intern(&address)
    }

    /// A job that did not run waits in its place and is sent again; `base_ms` 0 means at once. What a replica did not
    /// answer goes to the primary, which has refused nothing yet.
    pub(super) fn again(&mut self, id: JobId, job: &Job, base_ms: u32) {
        if job.facts.has(Facts::REPLICA) {
            self.ledger_mut(id, |job| job.facts.clear(Facts::REPLICA));
            return self.set_adrift(id, self.now);
        }
        let not_before = if base_ms == 0 || broken!(NoBackoff) {
            self.now
        } else {
            self.backoff(base_ms, job.attempts.saturating_sub(1))
        };
        if job.facts.has(Facts::LISTED) {
            self.order.refuse(id, not_before);
            self.due.push_back(job.slot);
        } else {
            self.set_adrift(id, not_before);
        }
    }

    /// What was waiting for the replies of a link goes on.
    pub(super) fn rest(&mut self, place: u32) {
        let Some(link) = self.links.get_mut(place) else { return };
        if link.is_retiring() && !link.has_unanswered() {
            if link.begin_close() {
                let id = link.id;
                self.actions.push(Output::Close { link: id });
            }
            return;
        }
        let is_nobodys = link.lane.is_none() && link.session.is_none();
        if link.dedicated && is_nobodys && link.is_ready() && link.is_idle() {
            let node = link.node;
            if let Some(state) = self.state_mut(node)
                && !state.idle.contains(&place)
            {
                state.idle.push(place);
                self.dedicated_free();
            }
        }
    }
}

/// How long to wait before a redirect is followed. A target that may not be used needs a refresh, which ends the wait
/// when it lists the target; another redirect after the first (`again`) means that the nodes do not agree yet.
pub(super) const fn patience(target: Option<NodeId>, again: bool) -> u32 {
    match (target, again) {
        (None, _) => 100,
        (Some(_), true) => 5,
        (Some(_), false) => 0,
    }
}
