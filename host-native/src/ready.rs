//! Which links have something to do: a waker per link that puts the link's number on one list and wakes the driver.
//!
//! One task polls many sockets. With the task's own waker it could not tell which of them woke it and would poll all,
//! which is dear with a thousand nodes.

use std::{
    fmt, mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Wake, Waker},
};

use slotpipe_core::port::LinkId;

/// The list.
#[derive(Debug, Default)]
pub(crate) struct Ready {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    links: Vec<Arc<LinkWaker>>,
    driver: Option<Waker>,
}

impl Ready {
    /// Whom to wake from now on.
    pub(crate) fn watch(&self, driver: &Waker) {
        let mut state = self.lock();
        if !state.driver.as_ref().is_some_and(|known| known.will_wake(driver)) {
            state.driver = Some(driver.clone());
        }
    }

    /// Swaps the links that are ready into `into`, which must be empty. Each will be listed again only by a new wake.
    pub(crate) fn take(&self, into: &mut Vec<Arc<LinkWaker>>) {
        mem::swap(&mut self.lock().links, into);
        for link in into {
            link.listed.store(false, Ordering::Release);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wakes one link.
pub(crate) struct LinkWaker {
    link: LinkId,
    listed: AtomicBool,
    ready: Arc<Ready>,
}

impl LinkWaker {
    pub(crate) fn new(link: LinkId, ready: &Arc<Ready>) -> Arc<Self> {
        Arc::new(Self { link, listed: AtomicBool::new(false), ready: Arc::clone(ready) })
    }

    pub(crate) fn link(&self) -> LinkId {
        self.link
    }
}

impl fmt::Debug for LinkWaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkWaker({})", self.link.0)
    }
}

impl Wake for LinkWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.listed.swap(true, Ordering::AcqRel) {
            return;
        }
        let mut state = self.ready.lock();
        state.links.push(Arc::clone(self));
        let driver = state.driver.clone();
        drop(state);
        if let Some(driver) = driver {
            driver.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_listed_once_however_often_it_wakes_and_again_after_it_was_taken() {
        let ready = Arc::new(Ready::default());
        ready.watch(Waker::noop());
        let waker = LinkWaker::new(LinkId(7), &ready);
        let mut taken = Vec::new();
        for _ in 0..2 {
            waker.wake_by_ref();
            waker.wake_by_ref();
            ready.take(&mut taken);
            assert_eq!(taken.iter().map(|link| link.link()).collect::<Vec<_>>(), [LinkId(7)]);
            taken.clear();
        }
        ready.take(&mut taken);
        assert!(taken.is_empty());
    }
}
