//! The one task of a client. It owns the engine, every connection and one timer.
//!
//! A turn: let every ready link read and write, look at the timer, take what callers gave and submit it, then let the
//! engine say what to do until it has nothing more to say: write, dial, close, hand out answers.
//!
//! Before it takes what callers gave it lets the other tasks run once (the tick): a thousand tasks woken by one read
//! have then all asked again, and their calls are one submit and one write per node instead of a thousand.
//!
//! The engine is not trusted. What it says is checked where it is used; if it says what cannot be, or traps, everything
//! open ends as outcome unknown, every connection is dropped and a fresh engine begins.

use std::{
    collections::BTreeMap,
    future::Future,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use slotpipe_core::port::{Configure, Input, LaneId, Micros, NotExecuted, Note, Output, Outputs, Refused, Ticket};
use tokio::{
    sync::{oneshot, watch},
    time::{Instant, Sleep, sleep_until},
};

use crate::{
    diagnostics,
    dial::Dialer,
    door::{self, Batch, Door, Group, Item},
    engine::{Broken, Engine, Make},
    error::{ConnectFailure, Error, ErrorKind, NotRun},
    guard::Guarded,
    links::Links,
    mailbox::Mailbox,
    pending::Pending,
    queue::{For, Queue},
    read_order::ReadOrder,
    topology::Topology,
};

/// Turns before other tasks get the thread, and rounds with the engine in one of them, however much there is to do.
const TURNS: u32 = 32;
/// Engines that may break one after the other before the client gives up.
const STRIKES: u32 = 3;

/// What a driver is made of.
pub(crate) struct Parts<M> {
    pub(crate) door: Arc<Door>,
    pub(crate) make: M,
    pub(crate) dialer: Dialer,
    pub(crate) topology: watch::Sender<Arc<Topology>>,
    /// Asked each time the topology changes.
    pub(crate) read_order: Option<ReadOrder>,
    /// What happens is told to collectors of `tracing`.
    pub(crate) diagnostics: bool,
    /// How long work waits for room that names no deadline.
    pub(crate) deadline_ms: u32,
    /// Told once, when the first slot map is there or cannot be had; `None` does not wait for it.
    pub(crate) ready: Option<oneshot::Sender<Result<(), Error>>>,
}

/// The task.
pub(crate) struct Driver<M: Make> {
    parts: Parts<M>,
    engine: Guarded<M::Engine>,
    links: Links,
    pending: Pending,
    /// Of the subscriptions.
    mailboxes: BTreeMap<LaneId, Arc<Mailbox>>,
    /// Lanes to be released behind what was given before.
    released: Vec<LaneId>,
    /// Those before are of an engine that broke.
    first_lane: LaneId,
    queue: Queue,
    /// The tick has passed since callers gave something.
    gathered: bool,
    closers: Vec<oneshot::Sender<()>>,
    inputs: Vec<Input>,
    items: Vec<Item>,
    outs: Outputs,
    origin: Instant,
    timer: Pin<Box<Sleep>>,
    wake_at: Option<Micros>,
    strikes: u32,
    over: bool,
}

impl<M: Make> Driver<M> {
    pub(crate) fn new(mut parts: Parts<M>) -> Result<Self, Broken> {
        let origin = Instant::now();
        let engine = Guarded::made_by(&mut parts.make, Micros(0))?;
        let links = Links::new(parts.dialer.clone());
        let queue = Queue::new(parts.deadline_ms);
        Ok(Self {
            parts,
            engine,
            links,
            pending: Pending::default(),
            mailboxes: BTreeMap::new(),
            released: Vec::new(),
            first_lane: LaneId(0),
            queue,
            gathered: false,
            closers: Vec::new(),
            inputs: Vec::new(),
            items: Vec::new(),
            outs: Outputs::default(),
            origin,
            timer: Box::pin(sleep_until(origin)),
            // The first poll of an engine asks for connections.
            wake_at: Some(Micros(0)),
            strikes: 0,
            over: false,
        })
    }

    fn turns(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.links.watch(cx.waker());
        for _ in 0..TURNS {
            self.links.turn(&mut self.inputs);
            self.timer(cx);
            let tick = self.tick();
            let worked = !self.inputs.is_empty() || self.queue.is_due() || tick == Tick::Took;
            if worked && let Err(broken) = self.think() {
                self.start_over(&broken);
            }
            if self.is_over() {
                return Poll::Ready(());
            }
            if tick == Tick::Gathering {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if !worked && self.parts.door.park(cx.waker()) {
                return Poll::Pending;
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Takes what callers gave, one tick after they began to give.
    fn tick(&mut self) -> Tick {
        if self.parts.door.is_empty() {
            return Tick::Quiet;
        }
        self.gathered = !self.gathered;
        if self.gathered {
            return Tick::Gathering;
        }
        self.parts.door.take(&mut self.items);
        Tick::Took
    }

    fn timer(&mut self, cx: &mut Context<'_>) {
        let wishes = [self.wake_at, self.queue.expires()];
        let Some(wanted) = wishes.into_iter().flatten().min() else { return };
        let at = self.origin + Duration::from_micros(wanted.0);
        if Instant::now() >= at {
            self.wake_at = self.wake_at.filter(|wish| *wish > wanted);
            self.inputs.push(Input::Elapsed);
            return;
        }
        // A timer that rings early is cheaper than one that is moved at every turn.
        if self.timer.is_elapsed() || self.timer.deadline() > at {
            self.timer.as_mut().reset(at);
        }
        while self.timer.as_mut().poll(cx).is_ready() {
            self.timer.as_mut().reset(at.max(Instant::now() + Duration::from_millis(1)));
        }
    }

    /// Tells the engine everything, then does what it says, until neither has anything to add.
    fn think(&mut self) -> Result<(), Broken> {
        let now = self.now();
        for _ in 0..TURNS {
            for input in self.inputs.drain(..) {
                self.engine.handle(now, input)?;
            }
            self.take_in(now)?;
            self.submit(now)?;
            for lane in self.released.drain(..) {
                self.engine.release(now, lane)?;
            }
            self.engine.poll(now, &mut self.outs)?;
            self.perform(now)?;
            self.pending.settle(&self.outs.answers)?;
            if self.inputs.is_empty() && !self.queue.is_due() {
                break;
            }
        }
        Ok(())
    }

    /// Takes all of it, also when the engine breaks on one thing: the others were given to the client, not to that engine.
    fn take_in(&mut self, now: Micros) -> Result<(), Broken> {
        let mut whole = Ok(());
        for item in self.items.drain(..) {
            let taken = match item {
                Item::Calls(group) => {
                    self.queue.push_calls(now, group);
                    Ok(())
                }
                Item::Batch(batch) => {
                    self.queue.push_batch(now, batch);
                    Ok(())
                }
                Item::Explain { batch, options, answer } => {
                    let explained = self.engine.explain(&batch, &options);
                    tell(answer, explained.map(|explained| explained.map_err(Error::of_misuse)))
                }
                Item::Stats(answer) => tell(answer, self.engine.stats().map(Ok)),
                Item::Listen(lane, mailbox) => {
                    self.mailboxes.insert(lane, mailbox);
                    Ok(())
                }
                Item::Release(lane) => {
                    self.mailboxes.remove(&lane);
                    self.released.push(lane);
                    Ok(())
                }
                Item::Links(answer) => {
                    let _ = answer.send(self.links.open());
                    Ok(())
                }
                Item::Authenticate { link, address, credentials } if self.links.is_open(link, &address) => {
                    self.engine.configure(now, Configure::Authenticate { link, credentials })
                }
                Item::Authenticate { .. } => Ok(()),
                Item::Cancel(id) => self.pending.cancel(id).map_or(Ok(()), |tickets| self.engine.cancel(now, tickets)),
                Item::CancelAll => self.engine.cancel(now, Ticket(0)..Ticket(u64::MAX)),
                Item::Close(done) => {
                    self.closers.push(done);
                    Ok(())
                }
            };
            whole = whole.and(taken);
        }
        whole
    }

    fn submit(&mut self, now: Micros) -> Result<(), Broken> {
        self.queue.expire(now);
        while let Some(work) = self.queue.pop() {
            // The fresh engine does not know what was watched: what was to run only if that had not changed would run.
            if work.options.lane.is_some_and(|lane| lane < self.first_lane) {
                work.fail(&in_vain("the core broke that this session or scan was begun on: begin another".into()));
                continue;
            }
            match self.engine.submit(now, work.bytes.clone(), &work.options) {
                Ok(Ok(submitted)) => match work.who {
                    For::Calls(calls) => self.pending.open_calls(submitted, calls)?,
                    For::Batch { id, answer } => self.pending.open_batch(submitted, id, work.bytes, answer)?,
                },
                Ok(Err(Refused::Full)) => self.queue.refused(work),
                Ok(Err(Refused::Misuse(misuse))) => self.queue.misused(work, misuse)?,
                Err(broken) => {
                    work.fail(&Error::lost(broken.to_string()));
                    return Err(broken);
                }
            }
        }
        Ok(())
    }

    fn perform(&mut self, now: Micros) -> Result<(), Broken> {
        let mut actions = mem::take(&mut self.outs.actions);
        for action in actions.drain(..) {
            match action {
                Output::Connect { link, address, timeout_ms } => {
                    self.links.connect(link, address, Duration::from_millis(timeout_ms.into()));
                }
                Output::Send { link, bytes } => self.links.send(link, bytes),
                Output::Close { link } => self.links.close(link, &mut self.inputs),
                Output::Wait { until } => self.wake_at = until,
                Output::Push { lane, tape } => {
                    let mailbox = self.mailboxes.get(&lane);
                    let goes_on = mailbox.map_or(Ok(true), |to| to.put(&tape, &self.outs.answers.buffers))?;
                    self.go_on(now, lane, goes_on)?;
                }
                Output::Note(note @ Note::Resubscribed(lane)) => {
                    self.show(&note);
                    let goes_on = self.mailboxes.get(&lane).is_none_or(|mailbox| mailbox.resubscribed());
                    self.go_on(now, lane, goes_on)?;
                }
                Output::Note(note) => self.note(note)?,
            }
        }
        self.outs.actions = actions;
        self.links.write(&mut self.inputs);
        Ok(())
    }

    /// A subscription that has come to its end by itself is none any more; what the engine has to say to that comes next.
    fn go_on(&mut self, now: Micros, lane: LaneId, goes_on: bool) -> Result<(), Broken> {
        if goes_on {
            return Ok(());
        }
        self.mailboxes.remove(&lane);
        self.inputs.push(Input::Elapsed);
        self.engine.release(now, lane)
    }

    fn show(&self, note: &Note) {
        if self.parts.diagnostics {
            diagnostics::tell(note);
        }
    }

    fn note(&mut self, note: Note) -> Result<(), Broken> {
        self.show(&note);
        match note {
            Note::Ready => {
                self.strikes = 0;
                self.show_topology()?;
                if let Some(ready) = self.parts.ready.take() {
                    let _ = ready.send(Ok(()));
                }
            }
            Note::Unreachable { failure, reason } => {
                if let Some(ready) = self.parts.ready.take() {
                    let _ =
                        ready.send(Err(Error::new(ErrorKind::Connect { failure: failure.into(), message: reason })));
                    self.over = true;
                }
            }
            Note::Topology => self.show_topology()?,
            Note::Room => self.queue.room(),
            Note::Resubscribed(_)
            | Note::Redirected { .. }
            | Note::NodeDown { .. }
            | Note::Planned { .. }
            | Note::Wrote { .. }
            | Note::Refreshed { .. }
            | Note::Reconnected { .. } => {}
        }
        Ok(())
    }

    fn show_topology(&mut self) -> Result<(), Broken> {
        let topology = self.engine.topology()?;
        if let Some(order) = &self.parts.read_order {
            let now = self.now();
            self.engine.configure(now, Configure::ReadOrder(order.of(&topology)))?;
        }
        self.parts.topology.send_replace(Arc::new(topology));
        Ok(())
    }

    fn start_over(&mut self, broken: &Broken) {
        self.pending.fail_all(&broken.to_string());
        for (_, mailbox) in mem::take(&mut self.mailboxes) {
            mailbox.close(Some(Error::lost(broken.to_string())));
        }
        self.links.clear();
        self.inputs.clear();
        self.outs.clear();
        self.first_lane = self.parts.door.next_lane();
        // The fresh engine has room.
        self.queue.room();
        self.strikes += 1;
        let now = self.now();
        match Guarded::made_by(&mut self.parts.make, now) {
            Ok(engine) if self.strikes <= STRIKES => {
                self.engine = engine;
                self.wake_at = Some(now);
            }
            Ok(_) | Err(_) => {
                if let Some(ready) = self.parts.ready.take() {
                    let failure = ConnectFailure::Unreachable;
                    let _ = ready.send(Err(Error::new(ErrorKind::Connect { failure, message: broken.to_string() })));
                }
                self.over = true;
            }
        }
    }

    fn is_over(&self) -> bool {
        self.over
            || match self.parts.door.state() {
                door::State::Open => false,
                door::State::Closing => self.pending.is_empty() && self.queue.is_empty() && self.parts.door.is_empty(),
                door::State::Abandoned | door::State::Gone => true,
            }
    }

    fn now(&self) -> Micros {
        Micros(u64::try_from(self.origin.elapsed().as_micros()).unwrap_or(u64::MAX))
    }
}

impl<M: Make> Future for Driver<M>
where
    Self: Unpin,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.get_mut().turns(cx)
    }
}

/// Nobody may wait for a driver that is gone: closed, abandoned, or dropped together with its runtime.
impl<M: Make> Drop for Driver<M> {
    fn drop(&mut self) {
        let closed = Error::closed();
        for item in self.parts.door.leave_for_good() {
            match item {
                Item::Calls(Group { calls, .. }) => For::Calls(calls).fail(&closed),
                Item::Batch(Batch { id, answer, .. }) => For::Batch { id, answer }.fail(&closed),
                Item::Explain { answer, .. } => drop(answer.send(Err(closed.clone()))),
                Item::Close(done) => self.closers.push(done),
                Item::Listen(_, mailbox) => mailbox.close(None),
                Item::Cancel(_) | Item::CancelAll | Item::Stats(_) | Item::Release(_) => {}
                Item::Links(_) | Item::Authenticate { .. } => {}
            }
        }
        for mailbox in self.mailboxes.values() {
            mailbox.close(None);
        }
        self.queue.fail_all(&closed);
        self.pending.fail_all("the client stopped");
        if let Some(ready) = self.parts.ready.take() {
            let _ = ready.send(Err(closed));
        }
        for done in self.closers.drain(..) {
            let _ = done.send(());
        }
    }
}

/// Hands over what the engine said to a question, or that it broke on it: nothing was to be sent for that.
fn tell<T>(answer: oneshot::Sender<Result<T, Error>>, said: Result<Result<T, Error>, Broken>) -> Result<(), Broken> {
    let (told, taken) = match said {
        Ok(said) => (said, Ok(())),
        Err(broken) => (Err(in_vain(broken.to_string())), Err(broken)),
    };
    let _ = answer.send(told);
    taken
}

/// Nothing was sent, and nothing will be: the engine that was asked is gone.
fn in_vain(message: String) -> Error {
    Error::new(ErrorKind::NotExecuted(NotRun { reason: NotExecuted::Cancelled, message, node: None, slot: None }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tick {
    /// Nothing was given.
    Quiet,
    /// Something was given; the others have their turn before it is taken.
    Gathering,
    /// It was taken.
    Took,
}

#[cfg(test)]
mod tests;
