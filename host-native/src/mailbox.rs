//! What has come for one subscription and nobody has taken yet: bounded by count and by bytes, so that a slow reader costs
//! neither memory without end nor anybody else's time. The driver puts in and never waits.

use std::{
    collections::VecDeque,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use slotpipe_core::{
    port::Ran,
    wire::tape::{Cursor, Leaf, Node},
};

use crate::{
    engine::Broken,
    error::{Error, ErrorKind, ServerError},
    subscription::{Message, MessageKind, Overflow, SubscribeOptions},
};

#[derive(Debug)]
pub(crate) struct Mailbox {
    options: SubscribeOptions,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    waiting: VecDeque<Result<Message, Error>>,
    bytes: usize,
    dropped: u64,
    resubscribed: u64,
    reader: Option<Waker>,
    is_closed: bool,
}

impl Mailbox {
    pub(crate) fn new(options: SubscribeOptions) -> Self {
        Self { options, inner: Mutex::default() }
    }

    /// The driver's side: a push of the engine. Says no if the subscription has to end.
    pub(crate) fn put(&self, tape: &[u32], buffers: &[Bytes]) -> Result<bool, Broken> {
        let torn = || Broken::new("a push that is none");
        let mut words = Cursor::new(tape);
        let Some(Node::Push(3 | 4)) = words.next() else { return Err(torn()) };
        let bytes = |leaf: Leaf| leaf.of(buffers).ok_or_else(torn);
        let mut text = || match words.next() {
            Some(Node::Bulk(leaf) | Node::Simple(leaf)) => bytes(leaf),
            _ => Err(torn()),
        };
        let (word, channel) = (text()?, text()?);
        let kind = match word {
            b"message" => MessageKind::Message,
            b"pmessage" => MessageKind::Pattern,
            b"smessage" => MessageKind::Shard,
            b"subscribe" | b"psubscribe" | b"ssubscribe" => MessageKind::Subscribed,
            b"unsubscribe" | b"punsubscribe" | b"sunsubscribe" => MessageKind::Unsubscribed,
            b"refused" => {
                let Some(Node::Error(leaf)) = words.next() else { return Err(torn()) };
                let line = String::from_utf8_lossy(bytes(leaf)?).into_owned();
                self.fail(Error::new(ErrorKind::Server(ServerError { line, ran: Ran::No, node: None, slot: None })));
                return Ok(true);
            }
            _ => return Err(torn()),
        };
        if matches!(kind, MessageKind::Subscribed | MessageKind::Unsubscribed) {
            let Some(Node::Int(count)) = words.next() else { return Err(torn()) };
            let count = u32::try_from(count).map_err(|_| torn())?;
            return Ok(!self.options.confirmations || self.add(Message { count, ..Message::new(kind, channel) }));
        }
        let payload = Bytes::copy_from_slice(text()?);
        let pattern = if kind == MessageKind::Pattern { Some(Bytes::copy_from_slice(text()?)) } else { None };
        Ok(self.add(Message { payload, pattern, ..Message::new(kind, channel) }))
    }

    /// The driver's side: all that was lost is held again.
    pub(crate) fn resubscribed(&self) -> bool {
        self.lock().resubscribed += 1;
        !self.options.confirmations || self.add(Message::new(MessageKind::Resubscribed, b""))
    }

    /// The driver's side: an error in the place of a message.
    pub(crate) fn fail(&self, error: Error) {
        let mut inner = self.lock();
        if !inner.is_closed {
            inner.waiting.push_back(Err(error));
            wake(inner);
        }
    }

    /// Nothing comes any more.
    pub(crate) fn close(&self, why: Option<Error>) {
        let mut inner = self.lock();
        if !mem::replace(&mut inner.is_closed, true) {
            inner.waiting.extend(why.map(Err));
            wake(inner);
        }
    }

    /// The reader's side: the next message, or that there will be none.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        let mut inner = self.lock();
        if let Some(next) = inner.take() {
            return Poll::Ready(Some(next));
        }
        if inner.is_closed {
            return Poll::Ready(None);
        }
        inner.reader = Some(cx.waker().clone());
        Poll::Pending
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.lock().dropped
    }

    pub(crate) fn resubscriptions(&self) -> u64 {
        self.lock().resubscribed
    }

    /// Says no if there is no room and the subscription ends with that.
    fn add(&self, message: Message) -> bool {
        let SubscribeOptions { buffer, buffer_bytes, on_overflow, .. } = self.options;
        let mut inner = self.lock();
        if inner.is_closed {
            return true;
        }
        let size = message.size();
        while inner.waiting.len() >= buffer || inner.bytes + size > buffer_bytes {
            // One that is larger than the whole buffer has it to itself.
            if inner.waiting.is_empty() && buffer > 0 {
                break;
            }
            match on_overflow {
                Overflow::DropOldest if inner.take().is_some() => inner.dropped += 1,
                Overflow::DropOldest | Overflow::DropNewest => {
                    inner.dropped += 1;
                    return true;
                }
                Overflow::Close => {
                    inner.is_closed = true;
                    inner.waiting.push_back(Err(Error::misuse(
                        "OVERFLOW",
                        "messages came faster than they were taken: take them faster, or give a larger buffer",
                    )));
                    wake(inner);
                    return false;
                }
            }
        }
        inner.bytes += size;
        inner.waiting.push_back(Ok(message));
        wake(inner);
        true
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn take(&mut self) -> Option<Result<Message, Error>> {
        let next = self.waiting.pop_front()?;
        self.bytes -= next.as_ref().map_or(0, Message::size);
        Some(next)
    }
}

fn wake(mut inner: MutexGuard<'_, Inner>) {
    let reader = inner.reader.take();
    drop(inner);
    if let Some(reader) = reader {
        reader.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &'static str) -> Message {
        Message { payload: Bytes::from_static(text.as_bytes()), ..Message::new(MessageKind::Message, b"c") }
    }

    fn texts(mailbox: &Mailbox) -> Vec<String> {
        let cx = Context::from_waker(Waker::noop());
        let mut texts = Vec::new();
        while let Poll::Ready(Some(next)) = mailbox.poll(&cx) {
            texts.push(next.map_or_else(|error| error.code().to_owned(), |message| message.text().into_owned()));
        }
        texts
    }

    fn filled(options: SubscribeOptions, with: &[&'static str]) -> (Mailbox, bool) {
        let mailbox = Mailbox::new(options);
        let goes_on = with.iter().all(|text| mailbox.add(message(text)));
        (mailbox, goes_on)
    }

    #[test]
    fn the_oldest_make_room() {
        let (mailbox, goes_on) = filled(SubscribeOptions::new().buffer(2), &["a", "b", "c"]);
        assert!(goes_on);
        assert_eq!((texts(&mailbox), mailbox.dropped()), (vec!["b".to_owned(), "c".to_owned()], 1));
    }

    #[test]
    fn the_newest_are_left_out() {
        let (mailbox, goes_on) =
            filled(SubscribeOptions::new().buffer(2).on_overflow(Overflow::DropNewest), &["a", "b", "c"]);
        assert!(goes_on);
        assert_eq!((texts(&mailbox), mailbox.dropped()), (vec!["a".to_owned(), "b".to_owned()], 1));
    }

    #[test]
    fn the_subscription_ends_behind_what_it_has() {
        let (mailbox, goes_on) = filled(SubscribeOptions::new().buffer(1).on_overflow(Overflow::Close), &["a", "b"]);
        assert!(!goes_on);
        assert!(mailbox.add(message("late")));
        assert_eq!(texts(&mailbox), ["a", "OVERFLOW"]);
    }

    #[test]
    fn bytes_count_too_and_one_larger_than_the_buffer_is_alone() {
        let (mailbox, _) = filled(SubscribeOptions::new().buffer_bytes(12), &["12345", "123", "123456789012345"]);
        assert_eq!((texts(&mailbox), mailbox.dropped()), (vec!["123456789012345".to_owned()], 2));
    }
}
