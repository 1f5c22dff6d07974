//! The door between callers and the driver: a locked list of what callers want, and one waker.
//!
//! Concurrent single calls with equal options are joined here, while they enter: a call's bytes are appended to the
//! batch of the last group, so that the driver finds whole batches and copies nothing. The lock is held for one
//! `memcpy`; a queue that hands over one call at a time would cost an allocation and a copy for each.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};

use bytes::Bytes;
use slotpipe_core::port::{Address, Answer, Credentials, CrossSlot, Explained, LaneId, LinkId, Stats, SubmitOptions};
use tokio::sync::{mpsc, oneshot};

use crate::{
    engine::Broken,
    error::Error,
    mailbox::Mailbox,
    replies::{Replies, Settled},
};

/// A joined batch is not grown beyond this; the next call begins another.
const JOINED_BYTES: usize = 1 << 20;

/// What callers give to the driver, in order.
#[derive(Debug)]
pub(crate) enum Item {
    Calls(Group),
    Batch(Batch),
    Explain {
        batch: Bytes,
        options: Arc<SubmitOptions>,
        answer: oneshot::Sender<Result<Vec<Explained>, Error>>,
    },
    Stats(oneshot::Sender<Result<Stats, Error>>),
    /// What comes for this lane goes here.
    Listen(LaneId, Arc<Mailbox>),
    /// This lane has come to its end.
    Release(LaneId),
    /// The connections that are up.
    Links(oneshot::Sender<Vec<(LinkId, Address)>>),
    /// One of these is to be authenticated anew, if it is still there.
    Authenticate {
        link: LinkId,
        address: Address,
        credentials: Credentials,
    },
    /// The call or batch with this number is no longer waited for.
    Cancel(u64),
    /// Nothing is waited for any more.
    CancelAll,
    /// Answered when everything before has settled.
    Close(oneshot::Sender<()>),
}

/// Single calls with equal options, back to back.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) options: Arc<SubmitOptions>,
    pub(crate) batch: Vec<u8>,
    pub(crate) calls: Vec<Waiting>,
    /// Others may not be added.
    pub(crate) alone: bool,
}

/// Who waits for one call of a group.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) id: u64,
    /// Where its command ends in the group's batch.
    pub(crate) end: usize,
    pub(crate) answer: oneshot::Sender<Result<Settled, Error>>,
}

/// A pipeline.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) id: u64,
    pub(crate) options: Arc<SubmitOptions>,
    pub(crate) bytes: Bytes,
    pub(crate) answer: Asker,
}

/// Who waits for a pipeline: for all of it, and perhaps for each outcome as it settles.
#[derive(Debug)]
pub(crate) struct Asker {
    whole: oneshot::Sender<Result<Replies, Error>>,
    each: Option<mpsc::UnboundedSender<(usize, Settled)>>,
}

impl Asker {
    pub(crate) fn is_closed(&self) -> bool {
        self.whole.is_closed()
    }

    /// One command has settled.
    pub(crate) fn tell(&self, index: usize, answer: &Answer<'_>, buffers: &[Bytes]) -> Result<(), Broken> {
        let Some(each) = &self.each else { return Ok(()) };
        let _ = each.send((index, Settled::of(answer, buffers)?));
        Ok(())
    }

    /// All have, or none will.
    pub(crate) fn send(self, result: Result<Replies, Error>) {
        let _ = self.whole.send(result);
    }
}

/// What a pipeline's outcomes come by, each as it settles; behind the last of them comes the whole.
pub(crate) type Each = (mpsc::UnboundedReceiver<(usize, Settled)>, oneshot::Receiver<Result<Replies, Error>>);

/// Shared by every handle of a client and its driver.
#[derive(Debug, Default)]
pub(crate) struct Door {
    inbox: Mutex<Inbox>,
}

#[derive(Debug, Default)]
struct Inbox {
    items: Vec<Item>,
    next_id: u64,
    next_lane: u32,
    driver: Option<Waker>,
    state: State,
}

/// Who may still enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// Everybody.
    #[default]
    Open,
    /// Nobody; what is inside settles.
    Closing,
    /// Nobody, and nobody waits any more: the last handle is gone.
    Abandoned,
    /// The driver has left.
    Gone,
}

/// Receives one outcome; dropping it before tells the driver that nobody waits.
#[derive(Debug)]
pub(crate) struct Ticket<T> {
    pub(crate) id: u64,
    pub(crate) answer: oneshot::Receiver<Result<T, Error>>,
}

impl Door {
    /// The number of a new lane.
    pub(crate) fn lane(&self) -> LaneId {
        let mut inbox = self.lock();
        inbox.next_lane += 1;
        LaneId(inbox.next_lane - 1)
    }

    /// What the next new lane will be.
    pub(crate) fn next_lane(&self) -> LaneId {
        LaneId(self.lock().next_lane)
    }

    /// Gives one command. `alone` keeps it from being joined with others.
    pub(crate) fn call(
        &self,
        command: &[u8],
        options: &Arc<SubmitOptions>,
        alone: bool,
    ) -> Result<Ticket<Settled>, Error> {
        // What is done step by step holds back what stands behind it in its batch; calls are nothing to each other.
        let alone = alone || options.cross_slot == CrossSlot::Emulate || options.lane.is_some();
        let (sender, answer) = oneshot::channel();
        let mut inbox = self.enter()?;
        let id = inbox.number();
        let joinable = match inbox.items.last_mut() {
            Some(Item::Calls(group)) if !alone && group.takes(command, options) => Some(group),
            _ => None,
        };
        match joinable {
            Some(group) => {
                group.batch.extend_from_slice(command);
                group.calls.push(Waiting { id, end: group.batch.len(), answer: sender });
            }
            None => {
                let calls = vec![Waiting { id, end: command.len(), answer: sender }];
                let group = Group { options: Arc::clone(options), batch: command.to_vec(), calls, alone };
                inbox.items.push(Item::Calls(group));
            }
        }
        self.leave(inbox);
        Ok(Ticket { id, answer })
    }

    /// Gives a pipeline.
    pub(crate) fn batch(&self, bytes: Bytes, options: &Arc<SubmitOptions>) -> Result<Ticket<Replies>, Error> {
        let (whole, answer) = oneshot::channel();
        let id = self.give(bytes, options, Asker { whole, each: None })?;
        Ok(Ticket { id, answer })
    }

    /// Gives a pipeline whose outcomes are wanted as they settle. It is not cancelled when nobody waits any more.
    pub(crate) fn each(&self, bytes: Bytes, options: &Arc<SubmitOptions>) -> Result<Each, Error> {
        let ((whole, answer), (each, told)) = (oneshot::channel(), mpsc::unbounded_channel());
        self.give(bytes, options, Asker { whole, each: Some(each) })?;
        Ok((told, answer))
    }

    fn give(&self, bytes: Bytes, options: &Arc<SubmitOptions>, answer: Asker) -> Result<u64, Error> {
        let mut inbox = self.enter()?;
        let id = inbox.number();
        inbox.items.push(Item::Batch(Batch { id, options: Arc::clone(options), bytes, answer }));
        self.leave(inbox);
        Ok(id)
    }

    /// Asks what would be done with a batch.
    pub(crate) fn explain(
        &self,
        batch: Bytes,
        options: &Arc<SubmitOptions>,
    ) -> Result<oneshot::Receiver<Result<Vec<Explained>, Error>>, Error> {
        let (sender, answer) = oneshot::channel();
        let mut inbox = self.enter()?;
        inbox.items.push(Item::Explain { batch, options: Arc::clone(options), answer: sender });
        self.leave(inbox);
        Ok(answer)
    }

    /// Asks what has been counted.
    pub(crate) fn stats(&self) -> Result<oneshot::Receiver<Result<Stats, Error>>, Error> {
        let (sender, answer) = oneshot::channel();
        let mut inbox = self.enter()?;
        inbox.items.push(Item::Stats(sender));
        self.leave(inbox);
        Ok(answer)
    }

    /// A lane whose messages go into this mailbox.
    pub(crate) fn listen(&self, mailbox: Arc<Mailbox>) -> Result<LaneId, Error> {
        let mut inbox = self.enter()?;
        let lane = LaneId(inbox.next_lane);
        inbox.next_lane += 1;
        inbox.items.push(Item::Listen(lane, mailbox));
        self.leave(inbox);
        Ok(lane)
    }

    /// A lane has come to its end.
    pub(crate) fn release(&self, lane: LaneId) {
        let mut inbox = self.lock();
        if inbox.state != State::Gone {
            inbox.items.push(Item::Release(lane));
            self.leave(inbox);
        }
    }

    /// Asks which connections are up.
    pub(crate) fn links(&self) -> Result<oneshot::Receiver<Vec<(LinkId, Address)>>, Error> {
        let (sender, answer) = oneshot::channel();
        let mut inbox = self.enter()?;
        inbox.items.push(Item::Links(sender));
        self.leave(inbox);
        Ok(answer)
    }

    /// Gives credentials for a connection that is up.
    pub(crate) fn authenticate(&self, link: LinkId, address: Address, credentials: Credentials) -> Result<(), Error> {
        let mut inbox = self.enter()?;
        inbox.items.push(Item::Authenticate { link, address, credentials });
        self.leave(inbox);
        Ok(())
    }

    /// Nobody waits for this number any more.
    pub(crate) fn cancel(&self, id: u64) {
        let mut inbox = self.lock();
        if inbox.state == State::Gone {
            return;
        }
        inbox.items.push(Item::Cancel(id));
        self.leave(inbox);
    }

    /// Lets nobody in from now on. Resolves when what is inside has settled; `None` if that is so already.
    pub(crate) fn close(&self) -> Option<oneshot::Receiver<()>> {
        let (sender, done) = oneshot::channel();
        let mut inbox = self.lock();
        if inbox.state == State::Gone {
            return None;
        }
        inbox.state = State::Closing;
        inbox.items.push(Item::Close(sender));
        self.leave(inbox);
        Some(done)
    }

    /// Ends whatever a closing client still waits for.
    pub(crate) fn cancel_all(&self) {
        let mut inbox = self.lock();
        if inbox.state != State::Gone {
            inbox.items.push(Item::CancelAll);
            self.leave(inbox);
        }
    }

    /// The last handle is gone.
    pub(crate) fn abandon(&self) {
        let mut inbox = self.lock();
        if inbox.state == State::Gone {
            return;
        }
        inbox.state = State::Abandoned;
        self.leave(inbox);
    }

    /// The driver's side: swaps what was given into `into`, which must be empty.
    pub(crate) fn take(&self, into: &mut Vec<Item>) {
        mem::swap(&mut self.lock().items, into);
    }

    /// The driver's side: whether nothing has been given since the last [`Door::take`].
    pub(crate) fn is_empty(&self) -> bool {
        self.lock().items.is_empty()
    }

    /// Who may enter.
    pub(crate) fn state(&self) -> State {
        self.lock().state
    }

    /// The driver's side: sleeps until something is given. Says no if something is there.
    pub(crate) fn park(&self, driver: &Waker) -> bool {
        let mut inbox = self.lock();
        if !inbox.items.is_empty() || inbox.state == State::Abandoned {
            return false;
        }
        if !inbox.driver.as_ref().is_some_and(|known| known.will_wake(driver)) {
            inbox.driver = Some(driver.clone());
        }
        true
    }

    /// The driver's side: nobody comes in any more; what was given and not taken is returned.
    pub(crate) fn leave_for_good(&self) -> Vec<Item> {
        let mut inbox = self.lock();
        inbox.state = State::Gone;
        inbox.driver = None;
        mem::take(&mut inbox.items)
    }

    fn enter(&self) -> Result<MutexGuard<'_, Inbox>, Error> {
        let inbox = self.lock();
        if inbox.state == State::Open { Ok(inbox) } else { Err(Error::closed()) }
    }

    fn leave(&self, mut inbox: MutexGuard<'_, Inbox>) {
        let driver = inbox.driver.take();
        drop(inbox);
        if let Some(driver) = driver {
            driver.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox {
    fn number(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }
}

impl Group {
    fn takes(&self, command: &[u8], options: &Arc<SubmitOptions>) -> bool {
        !self.alone
            && self.batch.len() + command.len() <= JOINED_BYTES
            && (Arc::ptr_eq(&self.options, options) || self.options == *options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(deadline_ms: u32) -> Arc<SubmitOptions> {
        Arc::new(SubmitOptions { deadline_ms: Some(deadline_ms), ..SubmitOptions::default() })
    }

    fn sizes(door: &Door) -> Vec<usize> {
        let mut items = Vec::new();
        door.take(&mut items);
        let size = |item: &Item| match item {
            Item::Calls(group) => group.calls.len(),
            Item::Batch(_)
            | Item::Explain { .. }
            | Item::Stats(_)
            | Item::Listen(..)
            | Item::Links(_)
            | Item::Authenticate { .. }
            | Item::Cancel(_)
            | Item::Release(_)
            | Item::CancelAll
            | Item::Close(_) => 0,
        };
        items.iter().map(size).collect()
    }

    #[test]
    fn calls_with_equal_options_join_and_others_do_not() {
        let door = Door::default();
        let same = options(1);
        let _tickets = [
            door.call(b"a", &same, false),
            door.call(b"b", &options(1), false),
            door.call(b"c", &options(2), false),
            door.call(b"d", &same, false),
            door.call(b"e", &same, true),
            door.call(b"f", &same, false),
        ];
        assert_eq!(sizes(&door), [2, 1, 1, 1, 1]);
    }

    #[test]
    fn a_pipeline_stays_between_the_calls_around_it() {
        let door = Door::default();
        let same = options(1);
        let _calls = door.call(b"a", &same, false);
        let _pipeline = door.batch(Bytes::from_static(b"p"), &same);
        let _more = door.call(b"b", &same, false);
        assert_eq!(sizes(&door), [1, 0, 1]);
    }

    #[test]
    fn nobody_enters_a_closing_door() {
        let door = Door::default();
        let _done = door.close();
        let error = door.call(b"a", &options(1), false).expect_err("closed");
        assert_eq!(error.code(), "CLOSED");
    }
}
