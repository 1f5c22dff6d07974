//! What happens inside, as `tracing` events: off unless a client is built with
//! [`Builder::diagnostics`](crate::Builder::diagnostics). Nothing of it holds a key, a value or a secret.
//!
//! | target | fields |
//! |---|---|
//! | `slotpipe::plan` | `first`, `count`: a batch was taken, with these tickets |
//! | `slotpipe::write` | `link`, `node`, `bytes`: handed over to be sent |
//! | `slotpipe::redirect` | `code`, `ticket`: MOVED, ASK, TRYAGAIN, ... was followed |
//! | `slotpipe::refresh` | `changed`: the slot map was looked at anew |
//! | `slotpipe::reconnect` | `link`, `node`: a connection is up and greeted |
//! | `slotpipe::resubscribe` | `lane`: a subscription has all again that it had lost |
//! | `slotpipe::down` | `node`, `reason`: a node could not be reached, or refused the handshake |
//!
//! All are of level DEBUG but `down`, which is WARN. Names and units are those of the package for Node.

use slotpipe_core::port::{LinkId, Note, Ticket};
use tracing::{debug, warn};

/// Tells a note to whoever subscribes.
pub(crate) fn tell(note: &Note) {
    match note {
        Note::Planned { first: Ticket(first), count } => debug!(target: "slotpipe::plan", first, count),
        Note::Wrote { link: LinkId(link), address, bytes } => {
            debug!(target: "slotpipe::write", link, node = %address, bytes);
        }
        Note::Redirected { code, ticket: Ticket(ticket) } => debug!(target: "slotpipe::redirect", code, ticket),
        Note::Refreshed { changed } => debug!(target: "slotpipe::refresh", changed),
        Note::Reconnected { link: LinkId(link), address } => {
            debug!(target: "slotpipe::reconnect", link, node = %address);
        }
        Note::Resubscribed(lane) => debug!(target: "slotpipe::resubscribe", lane = lane.0),
        Note::NodeDown { address, reason, .. } => warn!(target: "slotpipe::down", node = %address, reason),
        Note::Ready | Note::Unreachable { .. } | Note::Topology | Note::Room => {}
    }
}
