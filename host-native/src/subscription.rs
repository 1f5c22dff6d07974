//! [`Subscription`]: channels, patterns and shard channels on one object, and what is published to them as a stream.

use std::{
    borrow::Cow,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use slotpipe_core::port::{LaneId, Route, SubmitOptions};

use crate::{
    call::Call,
    cluster::{Client, Cluster},
    command::ToArg,
    error::Error,
    hooks::Hooks,
    mailbox::Mailbox,
};

/// What is kept for a subscriber that is slower than what is published, and what happens beyond that.
///
/// ```
/// use slotpipe::{Overflow, SubscribeOptions};
///
/// let options = SubscribeOptions::new().buffer(100).on_overflow(Overflow::Close);
/// # let _ = options;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SubscribeOptions {
    pub(crate) buffer: usize,
    pub(crate) buffer_bytes: usize,
    pub(crate) on_overflow: Overflow,
    pub(crate) confirmations: bool,
}

/// What happens to a subscription whose buffer is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The oldest messages make room; [`Subscription::dropped`] counts them.
    #[default]
    DropOldest,
    /// The new message is left out and counted.
    DropNewest,
    /// The subscription ends with an error of the code `OVERFLOW`, behind the messages that it has.
    Close,
}

impl Default for SubscribeOptions {
    fn default() -> Self {
        Self { buffer: 10_000, buffer_bytes: 16 << 20, on_overflow: Overflow::default(), confirmations: false }
    }
}

impl SubscribeOptions {
    /// 10,000 messages, 16 MiB; the oldest make room.
    pub fn new() -> Self {
        Self::default()
    }

    /// So many messages are kept that nobody has taken yet.
    #[must_use]
    pub fn buffer(mut self, messages: usize) -> Self {
        self.buffer = messages.max(1);
        self
    }

    /// And so many bytes of them, names included. A larger message has the buffer to itself.
    #[must_use]
    pub fn buffer_bytes(mut self, bytes: usize) -> Self {
        self.buffer_bytes = bytes;
        self
    }

    /// What happens beyond that.
    #[must_use]
    pub fn on_overflow(mut self, overflow: Overflow) -> Self {
        self.on_overflow = overflow;
        self
    }

    /// Whether what happens to the subscription itself comes as messages too: subscribed, unsubscribed, resubscribed.
    #[must_use]
    pub fn confirmations(mut self, shown: bool) -> Self {
        self.confirmations = shown;
        self
    }
}

/// Something that came for a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// What it is.
    pub kind: MessageKind,
    /// Where it was published; of a confirmation, the channel or pattern; empty for [`MessageKind::Resubscribed`].
    pub channel: Bytes,
    /// What was published.
    pub payload: Bytes,
    /// The pattern that it came by.
    pub pattern: Option<Bytes>,
    /// Of a confirmation: how many channels, patterns and shard channels the subscription has with it.
    pub count: u32,
}

/// What a [`Message`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageKind {
    /// Published to a channel that is subscribed to.
    Message,
    /// Published to a channel that a pattern fits.
    Pattern,
    /// Published to a shard channel.
    Shard,
    /// Subscribed to this, by the server's word.
    Subscribed,
    /// Not subscribed to this any more.
    Unsubscribed,
    /// Everything that was lost with a connection, or with a slot that moved, is subscribed to again. What was published
    /// meanwhile is gone.
    Resubscribed,
}

impl Message {
    pub(crate) fn new(kind: MessageKind, channel: &[u8]) -> Self {
        let channel = Bytes::copy_from_slice(channel);
        Self { kind, channel, payload: Bytes::new(), pattern: None, count: 0 }
    }

    /// The payload as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.payload)
    }

    pub(crate) fn size(&self) -> usize {
        self.channel.len() + self.payload.len() + self.pattern.as_ref().map_or(0, Bytes::len)
    }
}

/// Channels, patterns and shard channels, and what is published to them: a [`Stream`] of messages, or one by one with
/// [`Subscription::next`] and [`Subscription::get`].
///
/// Delivery is at most once, as the server's: what is published while a connection is lost is gone. The client subscribes
/// again by itself, elsewhere if need be, and shard channels follow their slot; [`Subscription::resubscriptions`] counts
/// how often that was done. An item of the stream that is an error tells of one channel that could not be subscribed to
/// again, and the stream goes on; it ends with the client. Dropping the subscription ends it.
///
/// ```no_run
/// # async fn run(db: slotpipe::Cluster) -> Result<(), slotpipe::Error> {
/// let mut sub = db.subscribe(["news"]).await?;
/// sub.psubscribe(["sport:*"]).await?;
/// while let Some(message) = sub.next().await {
///     let message = message?;
///     println!("{:?}: {}", message.channel, message.text());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Subscription {
    client: Arc<Client>,
    options: Arc<SubmitOptions>,
    lane: LaneId,
    mailbox: Arc<Mailbox>,
}

impl Cluster {
    /// Subscribes to channels. More can be added to the subscription, of any kind.
    ///
    /// # Errors
    /// The server's refusal (`NOPERM` for a channel that the user may not read), or that none could be reached in time.
    pub async fn subscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<Subscription, Error> {
        let subscription = self.subscription(SubscribeOptions::default())?;
        subscription.subscribe(channels).await?;
        Ok(subscription)
    }

    /// Subscribes to patterns.
    ///
    /// # Errors
    /// As [`Cluster::subscribe`].
    pub async fn psubscribe<A: ToArg>(&self, patterns: impl IntoIterator<Item = A>) -> Result<Subscription, Error> {
        let subscription = self.subscription(SubscribeOptions::default())?;
        subscription.psubscribe(patterns).await?;
        Ok(subscription)
    }

    /// Subscribes to shard channels, each at the node that has its slot.
    ///
    /// # Errors
    /// As [`Cluster::subscribe`].
    pub async fn ssubscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<Subscription, Error> {
        let subscription = self.subscription(SubscribeOptions::default())?;
        subscription.ssubscribe(channels).await?;
        Ok(subscription)
    }

    /// A subscription with options, to nothing yet.
    ///
    /// # Errors
    /// The client is closed.
    pub fn subscription(&self, options: SubscribeOptions) -> Result<Subscription, Error> {
        let mailbox = Arc::new(Mailbox::new(options));
        let (client, options) = self.parts();
        let lane = client.door().listen(Arc::clone(&mailbox))?;
        let options = SubmitOptions {
            lane: Some(lane),
            route: Route::Table,
            key_positions: None,
            ..SubmitOptions::clone(options)
        };
        Ok(Subscription { client, options: Arc::new(options), lane, mailbox })
    }
}

impl Subscription {
    /// Subscribes to more channels. Resolves when the server has confirmed all of them, with how many channels, patterns
    /// and shard channels the subscription has then; if one is refused, none of those that are new is subscribed to.
    ///
    /// # Errors
    /// As [`Cluster::subscribe`].
    pub async fn subscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("SUBSCRIBE", channels).await
    }

    /// The same with patterns.
    ///
    /// # Errors
    /// As [`Cluster::subscribe`].
    pub async fn psubscribe<A: ToArg>(&self, patterns: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("PSUBSCRIBE", patterns).await
    }

    /// The same with shard channels.
    ///
    /// # Errors
    /// As [`Cluster::subscribe`].
    pub async fn ssubscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("SSUBSCRIBE", channels).await
    }

    /// Ends the subscription to these channels, to all of them if none is given. From this call on no message of theirs is
    /// added; those that are here already can be taken.
    ///
    /// # Errors
    /// The client is closed, or the server did not confirm in time.
    pub async fn unsubscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("UNSUBSCRIBE", channels).await
    }

    /// The same with patterns.
    ///
    /// # Errors
    /// As [`Subscription::unsubscribe`].
    pub async fn punsubscribe<A: ToArg>(&self, patterns: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("PUNSUBSCRIBE", patterns).await
    }

    /// The same with shard channels.
    ///
    /// # Errors
    /// As [`Subscription::unsubscribe`].
    pub async fn sunsubscribe<A: ToArg>(&self, channels: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        self.send("SUNSUBSCRIBE", channels).await
    }

    /// The next message; `None` once there will be no more.
    pub async fn next(&mut self) -> Option<Result<Message, Error>> {
        std::future::poll_fn(|cx| self.mailbox.poll(cx)).await
    }

    /// The next message if it comes within this time; with a time of zero, if it is here.
    ///
    /// # Errors
    /// What a stream would have as an item, or that there will be no more messages.
    pub async fn get(&mut self, within: Duration) -> Result<Option<Message>, Error> {
        match tokio::time::timeout(within, self.next()).await {
            Err(_) => Ok(None),
            Ok(Some(message)) => message.map(Some),
            Ok(None) => Err(Error::closed()),
        }
    }

    /// Messages that were dropped because nobody took them in time.
    pub fn dropped(&self) -> u64 {
        self.mailbox.dropped()
    }

    /// How often all that had been lost was subscribed to again: messages may have been missed each time.
    pub fn resubscriptions(&self) -> u64 {
        self.mailbox.resubscriptions()
    }

    async fn send<A: ToArg>(&self, name: &str, topics: impl IntoIterator<Item = A>) -> Result<u32, Error> {
        let call: Call<u32> =
            Call::with(Arc::clone(&self.client), Arc::clone(&self.options), Hooks::default(), |command| {
                command.bytes(name.as_bytes());
                for topic in topics {
                    command.arg(topic);
                }
            });
        call.await
    }
}

impl Stream for Subscription {
    type Item = Result<Message, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.mailbox.poll(cx)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.client.door().release(self.lane);
    }
}
