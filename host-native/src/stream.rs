//! A pipeline's outcomes as they settle.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;

use crate::{
    door::Each,
    error::{Error, ErrorKind, Outcome},
    hooks::Hooks,
    replies::{OutcomeRef, Replies},
    session::Lane,
};

/// The outcomes of a pipeline, each with its position, as they settle: one slow node holds back nothing of the others. Made
/// by [`Pipeline::stream`](crate::Pipeline::stream).
///
/// What was sent is not lost when the stream is dropped: it runs, and its outcomes go nowhere. (A unit of a session is given
/// up with the session, if this was the last that held it.)
#[must_use = "a stream says nothing unless it is read"]
pub struct Outcomes {
    told: Option<Each>,
    names: Vec<String>,
    hooks: Hooks,
    /// The session that it is a unit of.
    _lane: Option<Arc<Lane>>,
    /// What has been given.
    given: Vec<bool>,
    /// What is left when the rest is known at once: nobody will say more.
    rest: vec::IntoIter<(usize, Outcome)>,
}

impl Outcomes {
    pub(crate) fn new(told: Option<Each>, names: Vec<String>, hooks: Hooks, lane: Option<Arc<Lane>>) -> Self {
        let given = vec![false; names.len()];
        Self { told, names, hooks, _lane: lane, given, rest: Vec::new().into_iter() }
    }

    /// The next outcome to settle; `None` when all have been given.
    ///
    /// # Errors
    ///
    /// Misuse, of which nothing was sent, or a closed client; nothing comes behind it.
    pub async fn next(&mut self) -> Option<Result<(usize, Outcome), Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// How many outcomes have been given, and how many there are in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.given.iter().filter(|given| **given).count(), self.given.len())
    }

    fn outcome(&mut self, index: usize, outcome: &OutcomeRef<'_>) -> Outcome {
        self.given[index] = true;
        match outcome.heard_by(&self.hooks, &self.names[index], Some(index)) {
            None => outcome.to_outcome(),
            Some(Ok(value)) => Outcome::Reply(value),
            Some(Err(failed)) => Outcome::HookFailed(failed),
        }
    }

    /// The client stopped, or broke: what has not been told is in the whole.
    fn left(&mut self, replies: &Replies) {
        let left: Vec<_> = replies.iter().filter(|(index, _)| !self.given[*index]).collect();
        let left = left.into_iter().map(|(index, outcome)| (index, self.outcome(index, &outcome)));
        self.rest = left.collect::<Vec<_>>().into_iter();
    }
}

impl Stream for Outcomes {
    type Item = Result<(usize, Outcome), Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        loop {
            if let Some(next) = stream.rest.next() {
                return Poll::Ready(Some(Ok(next)));
            }
            let Some((each, whole)) = &mut stream.told else { return Poll::Ready(None) };
            if let Some((index, settled)) = ready!(each.poll_recv(cx)) {
                let outcome = stream.outcome(index, &settled.outcome());
                return Poll::Ready(Some(Ok((index, outcome))));
            }
            let whole = ready!(Pin::new(whole).poll(cx));
            stream.told = None;
            match whole {
                Ok(Ok(replies)) => stream.left(&replies),
                Ok(Err(error)) => return Poll::Ready(Some(Err(error))),
                Err(_) => return Poll::Ready(Some(Err(Error::new(ErrorKind::Closed)))),
            }
        }
    }
}

impl fmt::Debug for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (given, all) = self.progress();
        write!(f, "Outcomes({given} of {all})")
    }
}
