//! [`Pipeline`]: commands over any keys, sent together, each with an outcome of its own.
//!
//! Commands are written as RESP when they are queued; executing hands that one buffer to the driver, and all outcomes
//! come back together, by position.

use std::{mem, sync::Arc, time::Duration};

use bytes::Bytes;
use slotpipe_core::{
    cluster::{may_be_refused, refusal},
    port::{CrossSlot, Explained, Order, ReadFrom, Retry, Route, SubmitOptions},
};

use crate::{
    call::{Call, Run, words},
    cluster::{Client, Cluster},
    command::{Args, CommandWriter, ToArg},
    commands::Commands,
    error::{Error, Outcome},
    from_value::FromValue,
    hooks::{Heard, HookResult, Hooks},
    options::millis,
    replies::{Replies, names, nth_name},
    session::Lane,
    stream::Outcomes,
    value::Value,
};

/// Commands that wait to be sent together. Not atomic, unless that is asked for: other clients' commands may run in between.
///
/// Executing empties the queue and leaves the options; the pipeline can then be filled again.
pub struct Pipeline {
    client: Arc<Client>,
    options: Arc<SubmitOptions>,
    hooks: Hooks,
    /// The session that it is a unit of.
    lane: Option<Arc<Lane>>,
    batch: Vec<u8>,
    len: usize,
    /// What the last batch took: the next one is likely to be as large.
    last: usize,
    /// The first queued command that cannot be sent.
    refused: Option<Error>,
}

impl Pipeline {
    pub(crate) fn new(cluster: &Cluster, mut options: Arc<SubmitOptions>) -> Self {
        Arc::make_mut(&mut options).pipeline = true;
        let (client, hooks, lane) = cluster.handle();
        Self { client, options, hooks, lane, batch: Vec::new(), len: 0, last: 0, refused: None }
    }

    /// How many commands are queued.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is queued.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets the queued commands.
    pub fn clear(&mut self) -> &mut Self {
        self.batch.clear();
        self.len = 0;
        self.refused = None;
        self
    }

    /// Queues any command by name; it is complete when the returned value goes out of scope.
    pub fn cmd(&mut self, name: &str) -> PipelineCmd<'_> {
        PipelineCmd { pipeline: self, args: words(name) }
    }

    /// Time for all attempts of each command.
    pub fn deadline(&mut self, deadline: Duration) -> &mut Self {
        self.option(|options| options.deadline_ms = Some(millis(deadline)))
    }

    /// What may not overtake what when refused commands are sent again.
    pub fn order(&mut self, order: Order) -> &mut Self {
        self.option(|options| options.order = order)
    }

    /// What may be sent again when its outcome is unknown.
    pub fn retry(&mut self, retry: Retry) -> &mut Self {
        self.option(|options| options.retry = retry)
    }

    /// Redirects followed per command; 0 hands MOVED and ASK back as errors in place.
    pub fn max_redirects(&mut self, hops: u8) -> &mut Self {
        self.option(|options| options.max_redirects = Some(hops))
    }

    /// Where to send, whatever the keys.
    pub fn route(&mut self, route: Route) -> &mut Self {
        self.option(|options| options.route = route)
    }

    /// Who answers the reads of slots that the pipeline does not write.
    pub fn read_from(&mut self, read_from: ReadFrom) -> &mut Self {
        self.option(|options| options.read_from = Some(read_from))
    }

    /// Refuse commands whose keys lie in several slots instead of splitting them.
    pub fn no_split(&mut self) -> &mut Self {
        self.option(|options| options.no_split = true)
    }

    /// Run all of it or nothing, as one step: MULTI … EXEC, in one write. All keys are in one slot; commands without keys and
    /// for several nodes are refused on a cluster. Commands that block do not, between MULTI and EXEC.
    ///
    /// Each command has its own outcome all the same: one that fails when it runs undoes nothing of the others.
    pub fn atomic(&mut self) -> &mut Self {
        self.option(|options| options.atomic = true)
    }

    /// The first queued command that cannot be sent, as soon as it is queued: name, position, reason and what to do. It
    /// fails the pipeline before anything of it is sent; [`Pipeline::clear`] forgets it.
    pub fn refusal(&self) -> Option<&Error> {
        self.refused.as_ref()
    }

    /// A hook for each node's reply, as [`Cluster::reply_with`](crate::Cluster::reply_with).
    pub fn reply_with(&mut self, hook: impl Fn(&Heard<'_>, Value) -> HookResult + Send + Sync + 'static) -> &mut Self {
        self.hooks.reply = Some(Arc::new(hook));
        self.option(|options| options.detailed = true)
    }

    /// A hook for what the caller gets, as [`Cluster::result_with`](crate::Cluster::result_with).
    pub fn result_with(&mut self, hook: impl Fn(&Heard<'_>, Value) -> HookResult + Send + Sync + 'static) -> &mut Self {
        self.hooks.result = Some(Arc::new(hook));
        self.option(|options| options.detailed = true)
    }

    /// Across slots step by step, where a command has a recipe: not atomically. What stands before such a command is waited
    /// for, and what stands behind it waits.
    pub fn cross_slot(&mut self, cross_slot: CrossSlot) -> &mut Self {
        self.option(|options| options.cross_slot = cross_slot)
    }

    /// Runs what is queued. Replies in order.
    ///
    /// # Errors
    ///
    /// The first command that did not end in a reply; [`Error::outcomes`] has all of them. Misuse is told before
    /// anything is sent.
    pub async fn execute(&mut self) -> Result<Vec<Value>, Error> {
        self.query().await
    }

    /// Runs what is queued. One outcome per command, in order.
    ///
    /// # Errors
    ///
    /// Misuse, before anything is sent, or a closed client.
    pub async fn execute_settled(&mut self) -> Result<Vec<Outcome>, Error> {
        Ok(self.execute_raw().await?.to_outcomes())
    }

    /// Runs what is queued and reads the replies as `T`: a tuple with one type per command, or a `Vec`.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::execute`]; a tuple of another size than the queue is refused and nothing is sent.
    pub async fn query<T: FromReplies>(&mut self) -> Result<T, Error> {
        if let Some(expected) = T::COUNT
            && expected != self.len
        {
            let message = format!("{} commands are queued and {expected} replies are asked for", self.len);
            return Err(Error::misuse("COUNT", message));
        }
        let replies = self.execute_raw().await?;
        replies.check()?;
        T::from_replies(&replies).map_err(|error| error.with_outcomes(replies.to_outcomes()))
    }

    /// Runs what is queued. Outcomes as they lie on the tape.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::execute_settled`].
    pub async fn execute_raw(&mut self) -> Result<Replies, Error> {
        if self.is_empty() {
            self.let_go().await?;
            return Ok(Replies::default());
        }
        self.last = self.batch.len();
        self.len = 0;
        if let Some(error) = self.refused.take() {
            self.batch.clear();
            return Err(error);
        }
        let batch = mem::take(&mut self.batch);
        let replies = Run::start(&self.client, batch.into(), &self.options)?.await?;
        let replies = replies.with_key_positions(self.options.key_positions.clone());
        Ok(if self.hooks.is_none() { replies } else { replies.heard_by(&self.hooks) })
    }

    /// Runs what is queued and empties the queue, as the others do, and gives the outcomes as they settle, in no order, each with
    /// its position. Dropping the stream loses nothing that was sent.
    ///
    /// ```no_run
    /// # async fn run(db: slotpipe::Cluster) -> Result<(), slotpipe::Error> {
    /// use slotpipe::Commands;
    ///
    /// let mut pipe = db.pipeline();
    /// pipe.get("a").get("b");
    /// let mut outcomes = pipe.stream()?;
    /// while let Some(next) = outcomes.next().await {
    ///     let (index, outcome) = next?;
    ///     println!("{index}: {outcome:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A queued command that cannot be sent, or a closed client. What else is misuse is the stream's first item: nothing was
    /// sent then.
    pub fn stream(&mut self) -> Result<Outcomes, Error> {
        self.last = self.batch.len();
        let count = mem::take(&mut self.len);
        let batch = mem::take(&mut self.batch);
        if let Some(error) = self.refused.take() {
            return Err(error);
        }
        let names = if self.hooks.is_none() { vec![String::new(); count] } else { names(&batch, count) };
        let told = if count == 0 { None } else { Some(self.client.door().each(batch.into(), &self.options)?) };
        Ok(Outcomes::new(told, names, self.hooks.clone(), self.lane.clone()))
    }

    /// An empty unit of a session ends the watch, as EXEC would.
    async fn let_go(&self) -> Result<(), Error> {
        if self.lane.is_none() {
            return Ok(());
        }
        let options = SubmitOptions { atomic: false, ..SubmitOptions::clone(&self.options) };
        Call::with(Arc::clone(&self.client), Arc::new(options), Hooks::default(), |command| {
            command.arg("UNWATCH");
        })
        .await
    }

    /// What executing would do: per command its keys, slots, node and parts, or why it would be refused. Sends nothing.
    pub async fn explain(&self) -> Result<Vec<Explained>, Error> {
        self.client.explain(self.batch.clone().into(), &self.options).await
    }

    /// Whether the command that begins here cannot work in a pipeline, whatever its keys are. Most names say no.
    fn refusal_of(&self, start: usize) -> Option<Error> {
        let command = &self.batch[start..];
        if !may_be_refused(command) {
            return None;
        }
        let refusal = refusal(&Bytes::copy_from_slice(command), &self.options, self.client.is_standalone())?;
        let error = Error::of_misuse(refusal).at(self.len, nth_name(command, 0));
        Some(error.keyed(command, self.options.key_positions.as_deref()))
    }

    pub(crate) fn option(&mut self, set: impl FnOnce(&mut SubmitOptions)) -> &mut Self {
        set(Arc::make_mut(&mut self.options));
        // Another route may permit what was refused; what is still refused then is so when it is sent.
        self.refused.take_if(|error| error.code() != "ARGUMENT");
        self
    }
}

impl<'a> Commands for &'a mut Pipeline {
    type Out<T: FromValue> = &'a mut Pipeline;
    type ByNode<T: FromValue> = &'a mut Pipeline;

    fn run_by_node<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> &'a mut Pipeline {
        self.run::<T>(write)
    }

    fn run<T: FromValue>(self, write: impl FnOnce(&mut CommandWriter<'_>)) -> &'a mut Pipeline {
        if self.batch.capacity() == 0 {
            self.batch.reserve(self.last);
        }
        let before = self.batch.len();
        let mut writer = CommandWriter::new(&mut self.batch);
        write(&mut writer);
        match writer.finish() {
            Err(bad) => _ = self.refused.get_or_insert_with(|| Error::of_argument(bad).at(self.len, "")),
            Ok(_) if self.refused.is_none() => self.refused = self.refusal_of(before),
            Ok(_) => {}
        }
        self.len += 1;
        self
    }
}

impl std::fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline").field("len", &self.len).finish_non_exhaustive()
    }
}

/// A command being queued by name.
#[derive(Debug)]
pub struct PipelineCmd<'a> {
    pipeline: &'a mut Pipeline,
    args: Args,
}

impl PipelineCmd<'_> {
    /// Adds an argument (or several, where a list is given).
    #[expect(clippy::return_self_not_must_use, reason = "the command is queued whether or not more arguments follow")]
    pub fn arg(mut self, arg: impl ToArg) -> Self {
        self.args.push(arg);
        self
    }
}

impl Drop for PipelineCmd<'_> {
    fn drop(&mut self) {
        let args = &self.args;
        self.pipeline.run::<()>(|command| {
            command.arg(args);
        });
    }
}

/// What the replies of a pipeline can be read as.
pub trait FromReplies: Sized {
    /// How many commands it takes; `None` takes any number.
    const COUNT: Option<usize>;

    /// Reads all replies.
    fn from_replies(replies: &Replies) -> Result<Self, Error>;
}

impl<T: FromValue> FromReplies for Vec<T> {
    const COUNT: Option<usize> = None;

    fn from_replies(replies: &Replies) -> Result<Self, Error> {
        replies.read_all()
    }
}

macro_rules! tuples {
    ($count:literal: $($type:ident $at:literal),*) => {
        impl<$($type: FromValue),*> FromReplies for ($($type,)*) {
            const COUNT: Option<usize> = Some($count);

            fn from_replies(replies: &Replies) -> Result<Self, Error> {
                Ok(($(replies.read::<$type>($at)?,)*))
            }
        }
    };
}

tuples!(1: A 0);
tuples!(2: A 0, B 1);
tuples!(3: A 0, B 1, C 2);
tuples!(4: A 0, B 1, C 2, D 3);
tuples!(5: A 0, B 1, C 2, D 3, E 4);
tuples!(6: A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
