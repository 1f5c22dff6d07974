//! One command on its own: [`Call`], a lazy future with options, and [`Cmd`], which builds one by name.

use std::{
    future::{Future, IntoFuture},
    marker::PhantomData,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use slotpipe_core::port::{Address, CrossSlot, Order, ReadFrom, Retry, Route, SubmitOptions};

use crate::{
    cluster::{Client, Cluster},
    command::{Args, CommandWriter, ToArg},
    commands::Commands,
    door::Ticket,
    error::{Error, ErrorKind},
    from_value::FromValue,
    hooks::{self, Hooks},
    options::millis,
    replies::{OutcomeRef, Replies, Settled, nth_name},
    reply::Reply,
    session::Lane,
    value::Value,
};

/// One command, sent when first polled.
///
/// Dropping it before it is done cancels it: what was not written is not sent, what was written is not waited for.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<T> {
    client: Arc<Client>,
    options: Arc<SubmitOptions>,
    hooks: Hooks,
    /// Kept until the end, for the name and the key in an error.
    command: Vec<u8>,
    state: State,
    alone: bool,
    lane: Option<Arc<Lane>>,
    reply: PhantomData<fn() -> T>,
}

enum State {
    Made,
    /// It cannot be sent: an argument is none.
    Refused(Error),
    Sent(Ticket<Settled>),
    Done,
}

impl<T: FromValue> Call<T> {
    pub(crate) fn new(cluster: &Cluster, write: impl FnOnce(&mut CommandWriter<'_>)) -> Self {
        let (client, hooks, lane) = cluster.handle();
        let options = Arc::clone(cluster.parts().1);
        let mut call = Self::with(client, options, hooks, write);
        call.lane = lane;
        call
    }

    /// A call that is on no lane, or on one that outlives it.
    pub(crate) fn with(
        client: Arc<Client>,
        options: Arc<SubmitOptions>,
        hooks: Hooks,
        write: impl FnOnce(&mut CommandWriter<'_>),
    ) -> Self {
        let mut command = Vec::with_capacity(64);
        let mut writer = CommandWriter::new(&mut command);
        write(&mut writer);
        let state = match writer.finish() {
            Ok(_) => State::Made,
            Err(bad) => State::Refused(Error::of_argument(bad)),
        };
        Self { client, options, hooks, command, state, alone: false, lane: None, reply: PhantomData }
    }

    /// Reads the reply as another type.
    pub fn into_type<U: FromValue>(mut self) -> Call<U> {
        Call {
            client: Arc::clone(&self.client),
            options: Arc::clone(&self.options),
            hooks: self.hooks.clone(),
            command: mem::take(&mut self.command),
            state: mem::replace(&mut self.state, State::Done),
            alone: self.alone,
            lane: self.lane.clone(),
            reply: PhantomData,
        }
    }

    /// Time for all attempts together.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.option(|options| options.deadline_ms = Some(millis(deadline)))
    }

    /// What may be sent again when the outcome is unknown.
    pub fn retry(self, retry: Retry) -> Self {
        self.option(|options| options.retry = retry)
    }

    /// What it may not overtake when it is sent again.
    pub fn order(self, order: Order) -> Self {
        self.option(|options| options.order = order)
    }

    /// Redirects to follow; 0 hands MOVED and ASK back as errors.
    pub fn max_redirects(self, hops: u8) -> Self {
        self.option(|options| options.max_redirects = Some(hops))
    }

    /// Where to send, whatever the keys.
    pub fn route(self, route: Route) -> Self {
        self.option(|options| options.route = route)
    }

    /// Across slots step by step, where the command has a recipe: not atomically.
    pub fn cross_slot(self, cross_slot: CrossSlot) -> Self {
        self.option(|options| options.cross_slot = cross_slot)
    }

    /// Who answers, if the command only reads.
    pub fn read_from(self, read_from: ReadFrom) -> Self {
        self.option(|options| options.read_from = Some(read_from))
    }

    /// To this one node, whatever the keys.
    pub fn node(self, address: Address) -> Self {
        self.route(Route::Node(address))
    }

    fn option(mut self, set: impl FnOnce(&mut SubmitOptions)) -> Self {
        set(Arc::make_mut(&mut self.options));
        self
    }

    fn end(&mut self, result: Result<T, Error>) -> Poll<Result<T, Error>> {
        self.state = State::Done;
        let positions = self.options.key_positions.as_deref();
        Poll::Ready(result.map_err(|error| error.named(nth_name(&self.command, 0)).keyed(&self.command, positions)))
    }
}

impl State {
    fn sent(&mut self, ticket: Ticket<Settled>) -> &mut Ticket<Settled> {
        *self = Self::Sent(ticket);
        match self {
            Self::Sent(ticket) => ticket,
            Self::Made | Self::Refused(_) | Self::Done => unreachable!("set in the line before"),
        }
    }
}

impl<T: FromValue> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.get_mut();
        let ticket = match &mut call.state {
            State::Sent(ticket) => ticket,
            State::Made => match call.client.door().call(&call.command, &call.options, call.alone) {
                Ok(ticket) => call.state.sent(ticket),
                Err(error) => return call.end(Err(error)),
            },
            State::Refused(_) | State::Done => {
                let ended = || Error::misuse("POLLED", "a call that has ended was polled again");
                let State::Refused(error) = mem::replace(&mut call.state, State::Done) else {
                    return call.end(Err(ended()));
                };
                return call.end(Err(error));
            }
        };
        let Poll::Ready(settled) = Pin::new(&mut ticket.answer).poll(cx) else { return Poll::Pending };
        call.end(match settled {
            Ok(Ok(settled)) => read(&settled.outcome(), &call.hooks, &call.command),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::lost("the client stopped")),
        })
    }
}

/// What the caller gets of an outcome.
fn read<T: FromValue>(outcome: &OutcomeRef<'_>, hooks: &Hooks, command: &[u8]) -> Result<T, Error> {
    if hooks.is_none() {
        return outcome.read();
    }
    match outcome.heard_by(hooks, &nth_name(command, 0), None) {
        None => outcome.read(),
        Some(Err(failed)) => Err(Error::new(ErrorKind::Hook(failed))),
        Some(Ok(value)) => {
            let (mut words, mut buffers) = (Vec::new(), Vec::new());
            hooks::write(&value, &mut words, &mut buffers);
            Reply::new(&words, &buffers).read().map_err(|error| Error::new(ErrorKind::Type(error)))
        }
    }
}

impl<T> Drop for Call<T> {
    fn drop(&mut self) {
        if let State::Sent(ticket) = &mut self.state {
            ticket.answer.close();
            self.client.door().cancel(ticket.id);
        }
    }
}

impl<T> std::fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({})", nth_name(&self.command, 0))
    }
}

/// A batch on its way; dropping it cancels what has not settled.
pub(crate) struct Run {
    client: Arc<Client>,
    ticket: Ticket<Replies>,
    done: bool,
}

impl Run {
    pub(crate) fn start(client: &Arc<Client>, batch: Bytes, options: &Arc<SubmitOptions>) -> Result<Self, Error> {
        let ticket = client.door().batch(batch, options)?;
        Ok(Self { client: Arc::clone(client), ticket, done: false })
    }
}

impl Future for Run {
    type Output = Result<Replies, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let run = self.get_mut();
        let Poll::Ready(replies) = Pin::new(&mut run.ticket.answer).poll(cx) else { return Poll::Pending };
        run.done = true;
        Poll::Ready(replies.unwrap_or_else(|_| Err(Error::lost("the client stopped"))))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if !self.done {
            self.ticket.answer.close();
            self.client.door().cancel(self.ticket.id);
        }
    }
}

/// A command by name, built argument by argument. Await it for a [`Value`], or [`Cmd::read`] it as a type.
#[derive(Debug)]
#[must_use = "a command is sent when it is awaited"]
pub struct Cmd {
    cluster: Cluster,
    args: Args,
}

impl Cmd {
    pub(crate) fn new(cluster: Cluster, name: &str) -> Self {
        Self { cluster, args: words(name) }
    }

    /// Adds an argument (or several, where a list is given).
    pub fn arg(mut self, arg: impl ToArg) -> Self {
        self.args.push(arg);
        self
    }

    /// The command as a call that reads its reply as `T`; options can be set on it.
    pub fn read<T: FromValue>(self) -> Call<T> {
        let mut call = (&self.cluster).run::<T>(|command| {
            command.arg(&self.args);
        });
        // A batch with a name that the core does not know waits whole until a server has explained it; and a name that
        // no server knows fails its batch. Neither is the business of calls that happen at the same time.
        call.alone = true;
        call
    }
}

impl IntoFuture for Cmd {
    type Output = Result<Value, Error>;
    type IntoFuture = Call<Value>;

    fn into_future(self) -> Call<Value> {
        self.read()
    }
}

/// A name of two words, such as CONFIG GET, is two arguments.
pub(crate) fn words(name: &str) -> Args {
    let mut args = Args::default();
    for word in name.split_ascii_whitespace() {
        args.push(word);
    }
    args
}
