//! The connections of one client, by the engine's numbers: dialling, open, gone.
//!
//! What happens on them is collected as [`Input`]s in the order in which it happened.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use bytes::Bytes;
use slotpipe_core::port::{Address, Cause, Input, LinkId};
use tokio::task::JoinHandle;

use crate::{
    dial::{Dialer, Dialled},
    ready::{LinkWaker, Ready},
    socket::{Socket, Turn},
};

/// The links of one engine.
#[derive(Debug)]
pub(crate) struct Links {
    table: BTreeMap<LinkId, Link>,
    dialer: Dialer,
    ready: Arc<Ready>,
    /// Reused from turn to turn.
    listed: Vec<Arc<LinkWaker>>,
    to_write: Vec<LinkId>,
}

#[derive(Debug)]
struct Link {
    address: Address,
    waker: Waker,
    state: State,
}

#[derive(Debug)]
enum State {
    Dialling(Dialling),
    Open(Box<Socket>),
}

/// Ends the dial when nobody wants it any more.
#[derive(Debug)]
struct Dialling(JoinHandle<Result<Dialled, Cause>>);

impl Drop for Dialling {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Links {
    pub(crate) fn new(dialer: Dialer) -> Self {
        Self { table: BTreeMap::new(), dialer, ready: Arc::default(), listed: Vec::new(), to_write: Vec::new() }
    }

    /// Whom to wake when a link has something to do.
    pub(crate) fn watch(&self, driver: &Waker) {
        self.ready.watch(driver);
    }

    /// Drops every connection without a word to anybody.
    pub(crate) fn clear(&mut self) {
        self.table.clear();
        self.to_write.clear();
    }

    /// Those that are up, with the addresses that the engine knows them by.
    pub(crate) fn open(&self) -> Vec<(LinkId, Address)> {
        let open = self.table.iter().filter(|(_, link)| matches!(link.state, State::Open(_)));
        open.map(|(&id, link)| (id, link.address.clone())).collect()
    }

    /// Whether this one is up, and leads there.
    pub(crate) fn is_open(&self, id: LinkId, address: &Address) -> bool {
        self.table.get(&id).is_some_and(|link| matches!(link.state, State::Open(_)) && link.address == *address)
    }

    /// Begins to dial.
    pub(crate) fn connect(&mut self, link: LinkId, address: Address, limit: Duration) {
        let task = tokio::spawn(self.dialer.clone().dial(address.clone(), limit));
        let waker = LinkWaker::new(link, &self.ready);
        // The first poll registers the waker.
        let waker = Waker::from(waker);
        waker.wake_by_ref();
        self.table.insert(link, Link { address, waker, state: State::Dialling(Dialling(task)) });
    }

    /// Queues bytes for [`Links::write`]. Bytes for a link that is gone have nowhere to go; its `Closed` said so.
    pub(crate) fn send(&mut self, link: LinkId, bytes: Bytes) {
        let Some(Link { state: State::Open(socket), .. }) = self.table.get_mut(&link) else { return };
        socket.queue(bytes);
        if self.to_write.last() != Some(&link) {
            self.to_write.push(link);
        }
    }

    /// Ends a link because the engine asked.
    pub(crate) fn close(&mut self, link: LinkId, inputs: &mut Vec<Input>) {
        let Some(Link { waker, state, .. }) = self.table.remove(&link) else { return };
        let mut maybe_sent = 0;
        if let State::Open(socket) = state {
            maybe_sent = socket.written();
            socket.shut_down(&mut Context::from_waker(&waker));
        }
        inputs.push(Input::Closed { link, cause: Cause::Asked, maybe_sent });
    }

    /// Writes everything queued since the last time, as far as the sockets take it.
    pub(crate) fn write(&mut self, inputs: &mut Vec<Input>) {
        for link in self.to_write.drain(..) {
            let Some(Link { waker, state: State::Open(socket), .. }) = self.table.get_mut(&link) else { continue };
            if socket.write(&mut Context::from_waker(waker)) {
                inputs.push(Input::Written { link, total: socket.written() });
            }
        }
    }

    /// Gives every link that is ready its turn.
    pub(crate) fn turn(&mut self, inputs: &mut Vec<Input>) {
        let mut listed = std::mem::take(&mut self.listed);
        self.ready.take(&mut listed);
        for waker in listed.drain(..) {
            self.turn_of(waker.link(), inputs);
        }
        self.listed = listed;
    }

    fn turn_of(&mut self, id: LinkId, inputs: &mut Vec<Input>) {
        let Some(link) = self.table.get_mut(&id) else { return };
        let waker = link.waker.clone();
        let mut cx = Context::from_waker(&waker);
        if let State::Dialling(Dialling(task)) = &mut link.state {
            let Poll::Ready(ended) = Pin::new(task).poll(&mut cx) else { return };
            match ended {
                Ok(Ok(Dialled { stream, credentials })) => {
                    link.state = State::Open(Box::new(Socket::new(stream)));
                    inputs.push(Input::Connected { link: id, credentials });
                }
                Ok(Err(cause)) => return self.gone(id, cause, inputs),
                // What it panicked with may be anything: it called the caller's own functions.
                Err(error) => {
                    let how = if error.is_panic() { "panicked" } else { "was cancelled" };
                    return self.gone(id, Cause::Refused(format!("the dial {how}")), inputs);
                }
            }
        }
        let State::Open(socket) = &mut link.state else { return };
        if socket.write(&mut cx) {
            inputs.push(Input::Written { link: id, total: socket.written() });
        }
        match socket.read(&mut cx, |bytes| inputs.push(Input::Received { link: id, bytes })) {
            Turn::Idle => {}
            Turn::More => waker.wake_by_ref(),
            Turn::Over(cause) => self.gone(id, cause, inputs),
        }
    }

    fn gone(&mut self, link: LinkId, cause: Cause, inputs: &mut Vec<Input>) {
        let maybe_sent = match self.table.remove(&link) {
            Some(Link { state: State::Open(socket), .. }) => socket.written(),
            Some(Link { state: State::Dialling(_), .. }) | None => 0,
        };
        inputs.push(Input::Closed { link, cause, maybe_sent });
    }
}
