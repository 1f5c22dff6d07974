//! The core for JavaScript: [`Core`] with the verbs of `slotpipe_core`, one call each, and nothing else.
//!
//! Commands enter as RESP bytes, copied once into this memory; what [`Core::poll`] has to say stays here, in one flat
//! row of words that JavaScript reads through a view before it calls again:
//!
//! ```text
//! frame   = tape-address tape-words buffers { address length } actions { action }
//! action  = 1 link host-address host-length port timeout-ms      connect
//!         | 2 link address length                                send
//!         | 3 link                                               close
//!         | 4 lane tape-address tape-words                       push
//!         | 5 kind number text-address text-length               note; the number is its failure, if it has one
//!         | 6 low high                                           wait, in microseconds; all ones: no timer
//! ```
//!
//! Everything that the words point at lives until the next call of any kind. What is rare (options, plans, the
//! slot map, counters) crosses in [`cold`].

mod cold;

use bytes::Bytes;
use slotpipe_core::{
    cluster::Cluster,
    port::{Cause, Configure, Credentials, Input, LaneId, LinkId, Micros, Note, Output, Outputs, Refused, Ticket},
    route::slot::Slot,
};
use wasm_bindgen::prelude::*;

/// One core, for one client.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core {
    cluster: Cluster,
    outputs: Outputs,
    frame: Vec<u32>,
    /// Texts that the frame points at.
    texts: Vec<String>,
}

#[wasm_bindgen]
impl Core {
    /// A core with these options; see `cold::config`.
    ///
    /// # Errors
    /// Says which option cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(now: f64, config: &[u8]) -> Result<Core, JsValue> {
        let cluster = Cluster::new(cold::config(config)?, micros(now));
        Ok(Self { cluster, outputs: Outputs::default(), frame: Vec::new(), texts: Vec::new() })
    }

    /// The ticket of the first command, or -1 if there is no room.
    ///
    /// # Errors
    /// The mistake, as an object with `index`, `code`, `command` and `message`.
    pub fn submit(&mut self, now: f64, batch: Vec<u8>, options: &[u8]) -> Result<f64, JsValue> {
        let options = cold::submit_options(options)?;
        match self.cluster.submit(micros(now), Bytes::from(batch), &options) {
            Ok(submitted) => Ok(number(submitted.first.0)),
            Err(Refused::Full) => Ok(-1.0),
            Err(Refused::Misuse(misuse)) => Err(cold::misuse(&misuse)?),
        }
    }

    /// `handle(Connected)`; a link without a password has no credentials.
    pub fn connected(&mut self, now: f64, link: u32, username: Option<String>, password: Option<String>) {
        let credentials = password.map(|password| Credentials { username, password });
        self.cluster.handle(micros(now), Input::Connected { link: LinkId(link), credentials });
    }

    /// `handle(Received)`.
    pub fn received(&mut self, now: f64, link: u32, bytes: Vec<u8>) {
        self.cluster.handle(micros(now), Input::Received { link: LinkId(link), bytes: Bytes::from(bytes) });
    }

    /// `handle(Closed)`; causes are refused, tls, lost, timed out, asked, unknown host,
    /// unreachable, denied.
    pub fn closed(&mut self, now: f64, link: u32, cause: u8, text: String, maybe_sent: f64) {
        let cause = match cause {
            0 => Cause::Refused(text),
            1 => Cause::Tls(text),
            5 => Cause::UnknownHost(text),
            6 => Cause::Unreachable(text),
            7 => Cause::Denied(text),
            3 => Cause::TimedOut,
            4 => Cause::Asked,
            _ => Cause::Lost(text),
        };
        let input = Input::Closed { link: LinkId(link), cause, maybe_sent: micros(maybe_sent).0 };
        self.cluster.handle(micros(now), input);
    }

    /// `handle(Written)`.
    pub fn written(&mut self, now: f64, link: u32, total: f64) {
        self.cluster.handle(micros(now), Input::Written { link: LinkId(link), total: micros(total).0 });
    }

    /// `handle(Elapsed)`.
    pub fn elapsed(&mut self, now: f64) {
        self.cluster.handle(micros(now), Input::Elapsed);
    }

    /// What to do: the frame's address; [`Core::frame_words`] has its length.
    pub fn poll(&mut self, now: f64) -> *const u32 {
        self.cluster.poll(micros(now), &mut self.outputs);
        self.describe();
        self.frame.as_ptr()
    }

    /// How many words the last frame has.
    pub fn frame_words(&self) -> usize {
        self.frame.len()
    }

    /// Nobody waits for these any more.
    pub fn cancel(&mut self, now: f64, first: f64, count: u32) {
        let first = micros(first).0;
        self.cluster.cancel(micros(now), Ticket(first)..Ticket(first + u64::from(count)));
    }

    /// A lane ends.
    pub fn release(&mut self, now: f64, lane: u32) {
        self.cluster.release(micros(now), LaneId(lane));
    }

    /// `configure(ReadOrder)`; see `cold::read_order`.
    ///
    /// # Errors
    /// The words are none.
    pub fn read_order(&mut self, now: f64, shards: &[u8]) -> Result<(), JsValue> {
        self.cluster.configure(micros(now), cold::read_order(shards)?);
        Ok(())
    }

    /// `configure(Authenticate)`.
    pub fn authenticate(&mut self, now: f64, link: u32, username: Option<String>, password: String) {
        let change = Configure::Authenticate { link: LinkId(link), credentials: Credentials { username, password } };
        self.cluster.configure(micros(now), change);
    }

    /// What `submit` would do.
    ///
    /// # Errors
    /// The mistake, as from `submit`.
    pub fn explain(&self, batch: Vec<u8>, options: &[u8]) -> Result<JsValue, JsValue> {
        let options = cold::submit_options(options)?;
        match self.cluster.explain(&Bytes::from(batch), &options) {
            Ok(explained) => cold::explained(&explained),
            Err(misuse) => Err(cold::misuse(&misuse)?),
        }
    }

    /// The slot map as it is.
    ///
    /// # Errors
    /// None that is known.
    pub fn topology(&self) -> Result<JsValue, JsValue> {
        cold::topology(self.cluster.topology())
    }

    /// What has happened so far, counted.
    ///
    /// # Errors
    /// None that is known.
    pub fn stats(&self) -> Result<JsValue, JsValue> {
        cold::stats(&self.cluster.stats())
    }

    fn describe(&mut self) {
        let Self { outputs, frame, texts, .. } = self;
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        frame.clear();
        texts.clear();
        frame.extend([address(outputs.answers.tape.as_ptr()), count(outputs.answers.tape.len())]);
        frame.push(count(outputs.answers.buffers.len()));
        for buffer in &outputs.answers.buffers {
            frame.extend([address(buffer.as_ptr()), count(buffer.len())]);
        }
        frame.push(count(outputs.actions.len()));
        for action in &outputs.actions {
            match action {
                Output::Connect { link, address: to, timeout_ms } => {
                    let host = [address(to.host.as_ptr()), count(to.host.len())];
                    frame.extend([1, link.0, host[0], host[1], u32::from(to.port), *timeout_ms]);
                }
                Output::Send { link, bytes } => frame.extend([2, link.0, address(bytes.as_ptr()), count(bytes.len())]),
                Output::Close { link } => frame.extend([3, link.0]),
                Output::Push { lane, tape } => frame.extend([4, lane.0, address(tape.as_ptr()), count(tape.len())]),
                Output::Note(note) => {
                    let (kind, number, text) = note_words(note);
                    frame.extend([5, kind, number, address(text.as_ptr()), count(text.len())]);
                    texts.push(text);
                }
                Output::Wait { until } => {
                    let [low, high] = until.map_or([u32::MAX; 2], |at| halves(at.0));
                    frame.extend([6, low, high]);
                }
            }
        }
    }
}

/// The slot of a key.
#[wasm_bindgen]
pub fn slot_of(key: &[u8]) -> u16 {
    Slot::of(key).number()
}

/// What `submit` would do with these commands on an empty slot map.
///
/// # Errors
/// The mistake, as from [`Core::submit`].
#[wasm_bindgen]
pub fn explain_offline(batch: Vec<u8>) -> Result<JsValue, JsValue> {
    cold::offline(&Bytes::from(batch))
}

fn note_words(note: &Note) -> (u32, u32, String) {
    match note {
        Note::Ready => (0, 0, String::new()),
        Note::Unreachable { failure, reason } => (1, *failure as u32, reason.clone()),
        Note::Topology => (2, 0, String::new()),
        Note::Room => (3, 0, String::new()),
        Note::Redirected { code, ticket } => (4, 0, [code, " ", &ticket.0.to_string()].concat()),
        Note::NodeDown { address, failure, reason } => {
            (5, *failure as u32, [&address.to_string(), ": ", reason].concat())
        }
        Note::Planned { first, count } => (6, 0, [&first.0.to_string(), " ", &count.to_string()].concat()),
        Note::Wrote { link, address, bytes } => {
            (7, 0, [&link.0.to_string(), " ", &address.to_string(), " ", &bytes.to_string()].concat())
        }
        Note::Refreshed { changed } => (8, 0, changed.to_string()),
        Note::Reconnected { link, address } => (9, 0, [&link.0.to_string(), " ", &address.to_string()].concat()),
        Note::Resubscribed(lane) => (10, 0, lane.0.to_string()),
    }
}

fn address<T>(of: *const T) -> u32 {
    u32::try_from(of.addr()).unwrap_or(0)
}

fn halves(word: u64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = word.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}

/// A count of JavaScript's, which is whole and below 2^53.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn micros(count: f64) -> Micros {
    Micros(count as u64)
}

#[expect(clippy::cast_precision_loss, reason = "a core does not live to see 2^53 tickets")]
fn number(count: u64) -> f64 {
    count as f64
}
