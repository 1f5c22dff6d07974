//! Options of one call or pipeline, and of everything that a handle sends.

use std::time::Duration;

use slotpipe_core::port::{Address, CrossSlot, Order, ReadFrom, Retry, Route, SubmitOptions};

/// How commands are to be treated. The default is what the client was built with.
///
/// Set on a handle ([`Cluster::with`](crate::Cluster::with)), on a pipeline or on one call.
///
/// ```
/// use std::time::Duration;
/// use slotpipe::{CallOptions, Retry};
///
/// let patient = CallOptions::new().deadline(Duration::from_secs(10)).retry(Retry::Idempotent);
/// # let _ = patient;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallOptions(pub(crate) SubmitOptions);

impl CallOptions {
    /// The defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Time for all attempts of a command together, in whole milliseconds, at least one.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.0.deadline_ms = Some(millis(deadline));
        self
    }

    /// What may not overtake what when refused commands are sent again.
    #[must_use]
    pub fn order(mut self, order: Order) -> Self {
        self.0.order = order;
        self
    }

    /// What may be sent again when its outcome is unknown.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.0.retry = retry;
        self
    }

    /// Redirects followed per command; 0 hands MOVED and ASK back as errors.
    #[must_use]
    pub fn max_redirects(mut self, hops: u8) -> Self {
        self.0.max_redirects = Some(hops);
        self
    }

    /// Where to send, whatever the keys.
    #[must_use]
    pub fn route(mut self, route: Route) -> Self {
        self.0.route = route;
        self
    }

    /// To this one node, whatever the keys; its redirects come back as errors.
    #[must_use]
    pub fn node(self, address: Address) -> Self {
        self.route(Route::Node(address))
    }

    /// Who answers commands that only read. All but the primary give up reading what was written before, unless in the
    /// same pipeline.
    #[must_use]
    pub fn read_from(mut self, read_from: ReadFrom) -> Self {
        self.0.read_from = Some(read_from);
        self
    }

    /// Refuse commands whose keys lie in several slots instead of splitting them.
    #[must_use]
    pub fn no_split(mut self) -> Self {
        self.0.no_split = true;
        self
    }

    /// Do commands across slots that cannot be split step by step, where they have a recipe: not atomically. What each one
    /// loses is told by `explain`.
    #[must_use]
    pub fn cross_slot(mut self, cross_slot: CrossSlot) -> Self {
        self.0.cross_slot = cross_slot;
        self
    }

    /// Positions of the keys among the arguments (0 is the command's name), for commands that nobody knows.
    #[must_use]
    pub fn key_positions(mut self, positions: impl Into<Vec<u32>>) -> Self {
        self.0.key_positions = Some(positions.into());
        self
    }
}

/// Whole milliseconds, at least one: a limit of nothing would be no limit to some and no chance to others.
pub(crate) fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX).max(1)
}
