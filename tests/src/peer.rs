//! The adapter kit: a peer that misbehaves by a script, and cases that are the same for every host.
//!
//! What a core decides is tested without a network (`conversations/`). Here are the hosts: sockets that break in the
//! middle of a reply, handshakes that are cut, ports where nobody listens, peers that do not read. A [`Peer`] is a
//! cluster of one or two nodes with real sockets on the loopback; it answers the handshake, the slot map and a handful
//! of commands, until the case says otherwise. A [`Case`] (the files in `tests/adapter/`) says what the peer does, what
//! the client is asked, how each call must end and what the peer must have seen. A [`Run`] leads a host through a case:
//! the Rust hosts in `tests/adapter.rs`, Node over a pipe through the program `peer`.
//!
//! | module | what it is |
//! |---|---|
//! | `case` | cases as text: the grammar and its reader |
//! | `rule` | what the peer does, and when |
//! | `request` | commands as the peer reads them, and what it answers by itself |
//! | `server` | the sockets |
//! | `run` | leads a host through a case and judges |

mod case;
mod request;
mod rule;
mod run;
mod server;

pub use self::{
    case::{Ask, Case, Options, Security, cases},
    run::{Host, Next, Order, Run, Trust},
    server::Peer,
};
