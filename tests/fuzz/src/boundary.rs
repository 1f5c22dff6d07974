//! The boundary under a host that does not keep its side: numbers of links and tickets that never were or are no more,
//! counts that contradict each other, frames cut anywhere, time that goes back. The core may be told nonsense; it may not
//! panic, tell a ticket twice, or take a batch that is none.
//!
//! Time goes anywhere but to its end: `u64::MAX` is the instant of what never comes, and all timers would be due there.

use arbitrary::{Result, Unstructured};
use bytes::Bytes;
use slotpipe_core::{
    cluster::Cluster,
    port::{
        Address, Cause, Credentials, Input, LinkId, Micros, Output, Outputs, Refused, Route, SubmitOptions, Ticket,
    },
    wire::request::Requests,
};

use crate::{commands, machine, resp, servers};

const MOST_STEPS: usize = 200;

/// A configuration, and a host that errs.
pub fn run(data: &[u8]) {
    let mut given = Unstructured::new(data);
    let Ok(config) = machine::config(&mut given) else { return };
    let mut host = Host { core: Cluster::new(config, Micros(1_000_000)), now: 1_000_000, told: Vec::new(), newest: 0 };
    let mut out = Outputs::default();
    for _ in 0..MOST_STEPS {
        if given.is_empty() || host.step(&mut given, &mut out).is_err() {
            break;
        }
    }
    host.end(&mut out);
}

struct Host {
    core: Cluster,
    now: u64,
    /// By ticket.
    told: Vec<bool>,
    newest: u32,
}

impl Host {
    fn step(&mut self, given: &mut Unstructured<'_>, out: &mut Outputs) -> Result<()> {
        let now = Micros(self.now);
        let link = self.link(given)?;
        match given.int_in_range(0..=11)? {
            0..=2 => {
                let (batch, options) = (frames(given)?, options(given)?);
                self.submit(batch.into(), &options);
            }
            3 => {
                self.now = *given.choose(&[
                    0,
                    self.now / 2,
                    self.now,
                    self.now.saturating_add(1),
                    self.now.saturating_add(3_000_000),
                    1 << 62,
                    u64::MAX,
                ])?
            }
            4 => {
                let credentials = Credentials { username: None, password: String::new() };
                let credentials = given.arbitrary::<bool>()?.then_some(credentials);
                self.core.handle(now, Input::Connected { link, credentials });
            }
            5 => self.core.handle(now, Input::Closed { link, cause: Cause::TimedOut, maybe_sent: number(given)? }),
            6 => self.core.handle(now, Input::Written { link, total: number(given)? }),
            7 => self.core.handle(now, Input::Received { link, bytes: servers_words(given)?.into() }),
            8 => self.core.handle(now, Input::Elapsed),
            9 => self.core.cancel(now, Ticket(number(given)?)..Ticket(number(given)?)),
            10 => {
                let (batch, options) = (Bytes::from(frames(given)?), options(given)?);
                if let Ok(explained) = self.core.explain(&batch, &options) {
                    assert!(explained.iter().zip(0..).all(|(one, index)| one.index == index));
                }
            }
            _ => self.poll(out),
        }
        Ok(())
    }

    /// A link that is, was, or never will be.
    fn link(&self, given: &mut Unstructured<'_>) -> Result<LinkId> {
        Ok(LinkId(if given.ratio(1, 12)? { given.arbitrary()? } else { given.int_in_range(0..=self.newest)? }))
    }

    fn submit(&mut self, batch: Bytes, options: &SubmitOptions) {
        let (mut requests, mut spans, mut count) = (Requests::new(&batch, 0), Vec::new(), 0);
        let mut is_whole = true;
        while let Some(frame) = requests.next(&mut spans) {
            is_whole &= frame.is_ok();
            if !is_whole {
                break;
            }
            count += 1;
        }
        let before = self.core.stats();
        match self.core.submit(Micros(self.now), batch.clone(), options) {
            Ok(submitted) => {
                assert!(is_whole, "a batch that is none was taken: {}", batch.escape_ascii());
                assert_eq!((submitted.first.0, submitted.count), (self.told.len() as u64, count));
                self.told.resize(self.told.len() + count as usize, false);
            }
            Err(Refused::Misuse(misuse)) => {
                assert!(misuse.index <= count, "{misuse}");
                let after = self.core.stats();
                assert_eq!(before.commands, after.commands, "{misuse}");
                // Time has come with it, so that others may have ended.
                assert!(after.open.sources <= before.open.sources, "{misuse}");
            }
            Err(Refused::Full) => assert!(is_whole, "full of a batch that is none"),
        }
    }

    fn poll(&mut self, out: &mut Outputs) {
        self.core.poll(Micros(self.now), out);
        for answer in out.answers.iter() {
            let place = usize::try_from(answer.ticket.0).ok().and_then(|ticket| self.told.get_mut(ticket));
            let was_told = place.map(|told| std::mem::replace(told, true));
            assert_eq!(was_told, Some(false), "{:?} was told twice, or never given out", answer.ticket);
        }
        for action in &out.actions {
            if let Output::Connect { link, .. } = action {
                self.newest = link.0;
            }
        }
    }

    fn end(&mut self, out: &mut Outputs) {
        self.core.cancel(Micros(self.now), Ticket(0)..Ticket(u64::MAX));
        self.poll(out);
        assert!(self.told.iter().all(|&told| told), "never told");
        for link in 0..=self.newest {
            let gone = Input::Closed { link: LinkId(link), cause: Cause::TimedOut, maybe_sent: 0 };
            self.core.handle(Micros(self.now), gone);
        }
        let open = self.core.stats().open;
        assert!(open.is_empty(), "left open: {open:?}");
    }
}

/// A batch, mostly with something wrong in it.
fn frames(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut batch = commands::batch(given)?;
    for _ in 0..given.int_in_range(0..=3)? {
        if batch.is_empty() {
            break;
        }
        let at = given.choose_index(batch.len())?;
        match given.int_in_range(0..=3)? {
            0 => batch[at] = given.arbitrary()?,
            1 => batch.truncate(at),
            2 => {
                // A count that is not what follows.
                let head = batch.iter().skip(at).position(|byte| b"*$".contains(byte)).map_or(at, |more| at + more);
                if let Some(digit) = batch.get_mut(head + 1) {
                    *digit = *given.choose(b"0123456789-\r")?;
                }
            }
            _ => {
                let more = given.choose::<&[u8]>(&[
                    b"*1\r\n",
                    b"*0\r\n",
                    b"$-1\r\n",
                    b"*9999999999\r\n",
                    b"PING\r\n",
                    b"\r\n",
                ])?;
                batch.splice(at..at, more.iter().copied());
            }
        }
    }
    Ok(batch)
}

fn options(given: &mut Unstructured<'_>) -> Result<SubmitOptions> {
    let mut options = commands::options(given, &servers::nodes())?;
    match given.int_in_range(0..=9)? {
        0 => options.route = Route::Slot(given.arbitrary()?),
        1 => {
            options.route = Route::Node(Address::new(String::from_utf8_lossy(&resp::text(given)?), given.arbitrary()?))
        }
        2 => options.key_positions = Some(vec![*given.choose(&[0, 1, 2, 3, u32::MAX])?; given.int_in_range(0..=3)?]),
        _ => {}
    }
    Ok(options)
}

fn number(given: &mut Unstructured<'_>) -> Result<u64> {
    Ok(*given.choose(&[0, 1, 2, 3, 10, 100, 1_000, 1 << 32, u64::MAX - 1, u64::MAX])?)
}

/// What a server might say, whether or not anything was asked.
fn servers_words(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut clients = 0;
    for _ in 0..given.int_in_range(0..=6)? {
        let asked: &[&str] = given.choose::<&[&str]>(&[
            &["HELLO"],
            &["CLIENT", "SETINFO"],
            &["CLUSTER", "SLOTS"],
            &["CLUSTER", "NODES"],
            &["GET"],
        ])?;
        let argv = asked.iter().map(|word| word.as_bytes().to_vec()).collect();
        bytes.extend(servers::honest(&argv, &mut clients));
    }
    if given.ratio(1, 3)? {
        resp::write(&resp::any(given, 2)?, given.arbitrary()?, &mut bytes);
    }
    Ok(bytes)
}
