//! Writing the day down: every word between core and host, read by the sim's own eyes, and what the servers ran.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bytes::Bytes;
use slotpipe_core::{
    port::{Address, Answer, Cause, LinkId, Note, Output, Outputs, Route},
    route::slot::Slot,
};

use super::{
    commands, day,
    day::{Day, Frame, Link, PartKey, Run, Step, Verdict, What},
    fans::merge,
    listeners::{grants, is_listening, is_said},
    network::show,
    recipes::{self, copies, is_recipe},
    resp::Value,
    told,
    units::Units,
    world::{CANARY, TAGS, World, address},
};
use crate::model::{self, slot_of};

/// What the record needs to be kept, and the judge does not need.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Tickets by token.
    tickets: BTreeMap<u64, usize>,
    /// Per link, the frames whose answers have not come.
    pending: Vec<VecDeque<usize>>,
    /// Polls so far: what one poll has to say on a link is one write, in however many slices.
    pub(super) writes: u64,
    /// Slots with open commands: how many, whether one was refused or lost since there were none, and when last.
    slots: BTreeMap<u16, Unrest>,
    /// Nodes that were failed to reach, until they are reached.
    shunned: Vec<Address>,
    /// What the first node asked in a round said of the slots.
    view: Option<(u64, Vec<Owned>)>,
    /// A chunk has brought what closes its connection.
    spoiled: Option<LinkId>,
    pub(super) units: Units,
}

#[derive(Debug, Default)]
struct Unrest {
    open: usize,
    is_troubled: bool,
    last: u64,
}

impl World {
    pub(super) fn digest(&mut self, out: &Outputs) {
        let mut digest = self.digest;
        let mut eat = |bytes: &[u8]| {
            for &byte in bytes {
                digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        };
        eat(&self.now.to_le_bytes());
        for word in &out.answers.tape {
            eat(&word.to_le_bytes());
        }
        for buffer in out.answers.buffers.iter().take(1) {
            eat(buffer);
        }
        for action in &out.actions {
            match action {
                Output::Send { link, bytes } => {
                    eat(&link.0.to_le_bytes());
                    eat(bytes);
                }
                Output::Connect { .. }
                | Output::Close { .. }
                | Output::Push { .. }
                | Output::Note(_)
                | Output::Wait { .. } => {
                    eat(format!("{action:?}").as_bytes());
                }
            }
        }
        self.digest = digest;
    }

    /// A batch was taken: its commands have these tickets.
    pub(super) fn note_submitted(&mut self, first: usize) {
        for ticket in first..self.day.commands.len() {
            let command = &self.day.commands[ticket];
            self.ledger.tickets.insert(command.token, ticket);
            for slot in touched(command) {
                let unrest = self.ledger.slots.entry(slot).or_default();
                unrest.open += 1;
                // What comes behind one that waits waits too.
                unrest.is_troubled |= !command.calm;
            }
        }
    }

    /// Whether the first write of a command submitted now is bound to its place among all others.
    pub(super) fn is_calm_now(&self, parts: &BTreeMap<PartKey, Vec<usize>>) -> bool {
        parts.keys().filter_map(PartKey::slot).all(|slot| {
            let owner = Slot::new(slot).and_then(|slot| self.core.topology().owner(slot));
            let shunned =
                owner.is_none_or(|owner| self.ledger.shunned.contains(&self.core.topology().node(owner).address));
            !shunned && self.ledger.slots.get(&slot).is_none_or(|unrest| !unrest.is_troubled)
        })
    }

    fn trouble_slot(&mut self, slot: u16) {
        let step = self.step;
        let unrest = self.ledger.slots.entry(slot).or_default();
        unrest.last = step;
        unrest.is_troubled = unrest.open > 0;
    }

    fn trouble_all(&mut self) {
        let step = self.step;
        for unrest in self.ledger.slots.values_mut().filter(|unrest| unrest.open > 0) {
            unrest.is_troubled = true;
            unrest.last = step;
        }
    }

    pub(super) fn note_dial(&mut self, link: LinkId, address: &Address) {
        let dialed = self.moment();
        self.log(|_| format!("{link:?} dials {address}"));
        if link.0 as usize != self.day.links.len() {
            self.offend("ConnectionBound", format!("{link:?} is not the next number"));
        }
        self.ledger.pending.push(VecDeque::new());
        self.day.links.push(Link {
            address: address.clone(),
            dialed,
            connected: None,
            ready: None,
            close_asked: None,
            closed: None,
            handed: 0,
            node: self.model.node_at(&address.to_string()).map(|node| node.0),
            authenticated: false,
            renewed: false,
        });
    }

    /// The core is to give credentials on a connection that is up.
    pub(super) fn note_credentials(&mut self, link: LinkId) {
        self.day.links[link.0 as usize].renewed = true;
    }

    pub(super) fn note_connected(&mut self, link: LinkId, authenticated: bool) {
        let moment = self.moment();
        self.log(|_| format!("{link:?} is up"));
        let known = &mut self.day.links[link.0 as usize];
        known.connected = Some(moment);
        known.authenticated = authenticated;
    }

    /// What waited for this connection goes on without it, slot by slot (CONTRACT 3: what was held up drains from the head of
    /// its slot's list), over a new one that may be up before the host has closed this one.
    pub(super) fn note_close_asked(&mut self, link: LinkId) {
        let moment = self.moment();
        self.log(|_| format!("{link:?} to be closed"));
        if let Some(known) = self.day.links.get_mut(link.0 as usize) {
            known.close_asked.get_or_insert(moment);
        }
        self.trouble_all();
    }

    pub(super) fn note_closed(&mut self, link: LinkId, cause: &Cause, maybe_sent: u64) {
        let moment = self.moment();
        let known = &mut self.day.links[link.0 as usize];
        let handed = known.handed;
        known.closed = Some((moment, cause.clone(), maybe_sent));
        self.log(|_| format!("{link:?} is over ({cause}): {maybe_sent} of {handed} bytes may have left"));
        self.trouble_all();
    }

    pub(super) fn note_send(&mut self, link: LinkId, bytes: &[u8]) {
        let number = link.0 as usize;
        let Some(known) = self.day.links.get_mut(number) else {
            return self.offend("NoSecretBeforeVerified", format!("bytes for {link:?}, which was never dialled"));
        };
        known.handed += bytes.len() as u64;
        self.wires[number].requests.push(bytes);
        while let Some((words, end)) = self.wires[number].requests.request() {
            self.note_frame(link, words, end);
        }
    }

    fn note_frame(&mut self, link: LinkId, words: Vec<Vec<u8>>, end: u64) {
        let sent = self.moment();
        let number = link.0 as usize;
        let what = self.recognise(&words, &self.day.links[number].address.clone());
        let pending = &self.ledger.pending[number];
        let write = self.ledger.writes;
        let asking = pending.back().is_some_and(|&last| {
            let last = &self.day.frames[last];
            last.what == What::Asking && last.write == write
        });
        self.log(|_| {
            let words: Vec<_> = words.iter().map(|word| show(word)).collect();
            let words = words.join(" ").replace(CANARY, "<password>");
            format!("{link:?} <- {words}")
        });
        // These are said in a handshake or by themselves, for what has come since: that is when nothing is owed, and of AUTH
        // when the handshake's has been granted.
        let own = if let What::Own(name) = &what { name.as_str() } else { "" };
        let is_by_itself = match own {
            "CLIENT KILL" | "READONLY" => pending.is_empty(),
            "AUTH" => self.has_said_who(link),
            _ => false,
        };
        let is_handshake = matches!(&what, What::Own(name) if is_greeting(name)) && !is_by_itself;
        if !is_handshake && self.day.links[number].ready.is_none() {
            // An end of a lost connection may be asked for before a caller's first word, and shows nobody anything.
            let is_open = |open: &&usize| self.day.frames[**open].what != What::Own("CLIENT KILL".into());
            if let Some(&open) = pending.iter().find(is_open) {
                let open = format!("{:?}", self.day.frames[open].what);
                self.offend("NoSecretBeforeVerified", format!("{link:?}: {what:?} written, {open} not answered yet"));
            }
            self.day.links[number].ready = Some(sent);
            // A connection for one caller alone says nothing of the one that all the others wait for.
            let is_shared = match &what {
                What::Job(ticket, _) => self.day.commands[*ticket].is_shared(),
                What::Own(name) => name == "CLUSTER SLOTS",
                What::Asking | What::Multi | What::Exec | What::Listens(..) | What::Strange(_) => false,
            };
            let address = self.day.links[number].address.clone();
            self.ledger.shunned.retain(|shunned| !is_shared || *shunned != address);
        }
        let has_secret = words.iter().any(|word| contains(word, CANARY.as_bytes()));
        let may_have = matches!(&what, What::Own(name) if name == "HELLO" || name == "AUTH");
        let known = &self.day.links[number];
        if has_secret && (!may_have || !(known.authenticated || known.renewed)) {
            self.offend("NoSecretBeforeVerified", format!("{link:?}: the password in {what:?}"));
        }
        let index = self.day.frames.len();
        let mut calm = false;
        if let What::Job(ticket, part) = &what {
            let (ticket, part) = (*ticket, part.clone());
            calm = self.is_calm(ticket, &part);
            let command = &mut self.day.commands[ticket];
            command.parts.entry(part).or_default().push(index);
        }
        if let What::Own(name) = &what {
            self.probes.note_own(name);
        }
        self.probes.by_hash += u64::from(words[0] == b"EVALSHA");
        let asking = self.note_unit(link, &what, index, asking, end);
        self.day.frames.push(Frame { link, sent, write, end, what, asking, calm, answer: None, sent_to: None });
        self.ledger.pending[number].push_back(index);
    }

    /// Whether the handshake of a connection has no more to say of who it is.
    fn has_said_who(&self, link: LinkId) -> bool {
        let says_who = |frame: &&Frame| {
            let is_granted = frame.answer.as_ref().is_some_and(|(_, value)| value.error().is_none());
            frame.link == link
                && is_granted
                && matches!(&frame.what, What::Own(name) if name == "HELLO" || name == "AUTH")
        };
        !self.day.links[link.0 as usize].authenticated || self.day.frames.iter().any(|frame| says_who(&frame))
    }

    fn is_calm(&self, ticket: usize, part: &PartKey) -> bool {
        let PartKey::Slot(slot) = part else { return false };
        let command = &self.day.commands[ticket];
        let unrest = self.ledger.slots.get(slot).map_or(0, |unrest| unrest.last);
        command.calm && unrest < command.submitted.step
    }

    fn recognise(&self, words: &[Vec<u8>], address: &Address) -> What {
        let name = |word: &[u8]| String::from_utf8_lossy(word).to_ascii_uppercase();
        if let Some(token) = commands::token_of(words) {
            let Some(&ticket) = self.ledger.tickets.get(&token) else {
                return What::Strange(format!("token {token} of a batch that was refused: {}", name(&words[0])));
            };
            let command = &self.day.commands[ticket];
            let part = if is_recipe(&command.words) {
                PartKey::Step(recipes::step(words, command.parts.keys().cloned()))
            } else if command.everywhere {
                PartKey::Node(address.clone())
            } else {
                commands::parts_of(&commands::keys_of(words)).swap_remove(0)
            };
            return What::Job(ticket, part);
        }
        match name(&words[0]).as_str() {
            "ASKING" => What::Asking,
            "MULTI" => What::Multi,
            "EXEC" => What::Exec,
            container @ ("CLIENT" | "CLUSTER" | "COMMAND") => {
                What::Own(format!("{container} {}", words.get(1).map_or(String::new(), |word| name(word))))
            }
            own @ ("HELLO" | "AUTH" | "SELECT" | "READONLY" | "READWRITE" | "UNWATCH") => What::Own(own.into()),
            word if is_listening(word.as_bytes()) => {
                What::Listens(word.into(), words.get(1).cloned().unwrap_or_default())
            }
            "PING" if words.len() == 1 => What::Own("PING".into()),
            other => What::Strange(other.into()),
        }
    }

    /// Whether all that was asked on a connection has been answered.
    pub(super) fn is_owed_nothing(&self, link: LinkId) -> bool {
        let wire = &self.wires[link.0 as usize];
        self.ledger.pending[link.0 as usize].is_empty() && !wire.deaf && wire.replies.is_between()
    }

    /// Bytes reach the core. Says whether they are nothing but answers that were asked for.
    pub(super) fn note_received(&mut self, link: LinkId, bytes: &[u8]) -> bool {
        let number = link.0 as usize;
        if self.wires[number].deaf {
            return true;
        }
        self.log(|_| format!("{link:?} -> {}", bytes.escape_ascii()));
        self.wires[number].replies.push(bytes);
        let mut is_plain = self.day.links[number].ready.is_some();
        while let Some(value) = self.wires[number].replies.value() {
            let is_said = is_said(&value);
            if is_said && self.takes_grant(number, &value) {
                continue;
            }
            if is_said || matches!(value, Value::Push(_)) {
                continue;
            }
            let Some(frame) = self.ledger.pending[number].pop_front() else {
                self.spoil(link);
                return false;
            };
            let is_refused = self.day.frames[frame].what == What::Own("AUTH".into()) && value.error().is_some();
            self.note_answer(frame, value);
            // What serves one caller alone is let go at once, with all that is owed on it.
            if is_refused && self.is_of_one(link) {
                self.wires[number].deaf = true;
                return is_plain;
            }
        }
        if self.wires[number].replies.is_broken() {
            self.spoil(link);
            is_plain = false;
        }
        is_plain
    }

    /// Whether a connection serves one caller alone.
    fn is_of_one(&self, link: LinkId) -> bool {
        self.day.frames.iter().filter(|frame| frame.link == link).any(|frame| match &frame.what {
            What::Job(ticket, _) => !self.day.commands[*ticket].is_shared(),
            What::Asking | What::Multi | What::Exec | What::Own(_) | What::Listens(..) | What::Strange(_) => false,
        })
    }

    /// A request to listen is answered by what is said to listeners, if it is not refused.
    fn takes_grant(&mut self, link: usize, value: &Value) -> bool {
        let (Value::Push(items) | Value::List(items)) = value else { return false };
        let Some(&first) = self.ledger.pending[link].front() else { return false };
        let is_granted =
            matches!(&self.day.frames[first].what, What::Listens(word, topic) if grants(word, topic, items));
        if is_granted {
            self.ledger.pending[link].pop_front();
        }
        is_granted
    }

    fn spoil(&mut self, link: LinkId) {
        self.wires[link.0 as usize].deaf = true;
        self.ledger.spoiled = Some(link);
    }

    /// Nothing is resynchronised by guessing: behind such words a connection is of no use.
    pub(super) fn check_heard(&mut self, link: LinkId) {
        if self.ledger.spoiled.take().is_some() && self.day.links[link.0 as usize].close_asked.is_none() {
            self.offend(
                "RightReply",
                format!("{link:?} is not closed after a reply that nothing asked for, or no RESP"),
            );
        }
    }

    fn note_answer(&mut self, index: usize, value: Value) {
        if !self.note_unit_answer(index, &value) {
            self.note_answer_of(index, value);
        }
    }

    pub(super) fn note_answer_of(&mut self, index: usize, value: Value) {
        let moment = self.moment();
        let frame = &mut self.day.frames[index];
        let (link, what) = (frame.link, frame.what.clone());
        let refusal = value.error().map(|line| line.split(' ').next().unwrap_or_default().to_owned());
        if let What::Own(name) = &what
            && name.starts_with("CLUSTER")
        {
            let said_by = &self.day.links[link.0 as usize].address;
            let (owners, listed) = (owners(&value, said_by), listed(&value, said_by));
            if name == "CLUSTER SLOTS" {
                self.note_owners(&owners);
                self.compare_views(owners);
            }
            for address in listed {
                self.day.listed.entry(address).or_insert(moment);
            }
        }
        if what == What::Own("AUTH".into()) && self.day.links[link.0 as usize].ready.is_some() {
            self.note_renewal(value.error().is_none());
        }
        self.day.frames[index].sent_to = value.error().and_then(|line| self.redirect(line, link));
        self.day.frames[index].answer = Some((moment, value));
        if refusal.as_deref() == Some("MOVED") {
            self.day.maps.push(moment);
            let line = self.day.frames[index].answer.as_ref().and_then(|(_, value)| value.error()).unwrap_or_default();
            let mut words = line.split(' ').skip(1);
            let slot = words.next().and_then(|slot| slot.parse().ok());
            let owner = words.next().and_then(|place| named(place, &self.day.links[link.0 as usize].address));
            if let (Some(slot), Some(owner)) = (slot, owner) {
                self.day.owners.entry(slot).or_default().entry(owner).or_insert(moment);
                // Whoever was told so, also a subscription.
                self.trouble_slot(slot);
            }
        }
        if let (What::Job(_, PartKey::Slot(slot) | PartKey::Step(Step { slot, .. })), Some(code)) = (&what, refusal) {
            self.probes.note_refusal(&code);
            self.trouble_slot(*slot);
        }
    }

    /// What waited for a connection that was refused goes over another.
    fn note_renewal(&mut self, is_granted: bool) {
        *(if is_granted { &mut self.probes.renewals } else { &mut self.probes.refused_renewals }) += 1;
        if !is_granted {
            self.trouble_all();
        }
    }

    /// Who owns the slots of this day's keys, as a server says; and the first of each range, so that no owner is missed.
    fn note_owners(&mut self, owners: &[Owned]) {
        let moment = self.moment();
        let firsts = owners.iter().filter_map(|(first, ..)| u16::try_from(*first).ok());
        for slot in TAGS.iter().map(|tag| slot_of(tag.as_bytes())).chain(firsts) {
            for (.., owner) in owners.iter().filter(|(first, last, _)| (*first..=*last).contains(&i64::from(slot))) {
                self.day.owners.entry(slot).or_default().entry(owner.clone()).or_insert(moment);
            }
        }
    }

    /// Whether nodes that are asked in one round agree.
    fn compare_views(&mut self, owners: Vec<Owned>) {
        let round = self.refreshes;
        match &self.ledger.view {
            Some((of, known)) if *of == round => self.probes.disagreements += u64::from(*known != owners),
            _ => self.ledger.view = Some((round, owners)),
        }
    }

    /// The node that `MOVED 1 host:port` names, by its own address or by another under which it has been listed: no host
    /// means the host that says so.
    fn redirect(&self, line: &str, said_on: LinkId) -> Option<u8> {
        let mut words = line.split(' ').skip_while(|word| *word != "MOVED" && *word != "ASK").skip(2);
        let place = named(words.next()?, &self.day.links[said_on.0 as usize].address)?;
        let has_its_port = |node: &model::NodeId| address(&self.model.address(*node)).port == place.port;
        let listed = || self.model.nodes().find(has_its_port).filter(|_| self.day.listed.contains_key(&place));
        self.model.node_at(&place.to_string()).or_else(listed).map(|node| node.0)
    }

    pub(super) fn note_note(&mut self, note: &Note) {
        match note {
            Note::NodeDown { address, reason, .. } => {
                self.probes.node_down += 1;
                self.ledger.shunned.push(address.clone());
                if reason.contains(CANARY) {
                    self.offend("NoSecretBeforeVerified", format!("the password in a note: {note:?}"));
                }
                self.trouble_all();
            }
            Note::Topology => {
                self.probes.new_map += 1;
                let moment = self.moment();
                self.day.maps.push(moment);
                self.trouble_all();
            }
            Note::Room => self.probes.room += 1,
            Note::Unreachable { reason, .. } => {
                self.probes.unreachable_rounds += 1;
                if reason.contains(CANARY) {
                    self.offend("NoSecretBeforeVerified", format!("the password in a note: {note:?}"));
                }
            }
            Note::Ready
            | Note::Resubscribed(_)
            | Note::Redirected { .. }
            | Note::Planned { .. }
            | Note::Wrote { .. }
            | Note::Refreshed { .. }
            | Note::Reconnected { .. } => {}
        }
    }

    pub(super) fn note_refreshes(&mut self) {
        let refreshes = self.core.stats().refreshes;
        for _ in self.refreshes..refreshes {
            let moment = self.moment();
            self.day.refreshes.push(moment);
        }
        self.refreshes = refreshes;
    }

    pub(super) fn read_answer(&mut self, answer: &Answer<'_>, buffers: &[Bytes]) -> (u64, Option<Verdict>) {
        (answer.ticket.0, told::read(answer, buffers))
    }

    pub(super) fn note_told(&mut self, ticket: usize, verdict: Verdict) {
        let (when, settled_at) = (self.moment(), self.settling_since);
        self.log(|world| format!("told {}: {verdict:?}", world.day.commands[ticket].show(ticket)));
        self.probes.note_told(&verdict);
        self.note_fan(ticket, &verdict);
        let command = &mut self.day.commands[ticket];
        command.told.push(day::Told { when, settled_at, verdict });
        if command.told.len() > 1 {
            return;
        }
        for slot in touched(&self.day.commands[ticket]) {
            if let Some(unrest) = self.ledger.slots.get_mut(&slot) {
                unrest.open = unrest.open.saturating_sub(1);
                unrest.is_troubled &= unrest.open > 0;
            }
        }
    }

    fn note_fan(&mut self, ticket: usize, verdict: &Verdict) {
        let command = &self.day.commands[ticket];
        let is_reply = matches!(verdict, Verdict::Reply(_));
        let is_aside = command.blocks.is_some() || command.words[0].eq_ignore_ascii_case(b"UNWATCH");
        self.probes.merged +=
            u64::from(is_reply && command.options.route == Route::Table && merge(&command.words).is_some());
        self.probes.chosen += u64::from(is_reply && matches!(command.options.route, Route::Replicas | Route::Nodes(_)));
        self.probes.asides += u64::from(is_reply && is_aside && command.options.lane.is_some());
    }

    /// Takes over what the servers have run since this was last asked.
    pub(super) fn note_runs(&mut self) {
        let from = self.logged;
        self.logged = self.model.log().len();
        for index in from..self.logged {
            let executed = &self.model.log()[index];
            let Some(token) = commands::token_of(&executed.argv) else { continue };
            let (node, conn) = (address(&self.model.address(executed.node)), executed.conn);
            let Some(&ticket) = self.ledger.tickets.get(&token) else { continue };
            let command = &self.day.commands[ticket];
            let link = self.conns.get(&conn).copied();
            // By the name under which it was dialled: a node may have several.
            let dialled = link.map(|link| self.wires[link.0 as usize].address.clone());
            let part = if is_recipe(&command.words) {
                step_that_ran(command, &executed.argv)
            } else if command.everywhere {
                PartKey::Node(dialled.unwrap_or_else(|| node.clone()))
            } else {
                commands::parts_of(&commands::keys_of(&executed.argv)).swap_remove(0)
            };
            let (wrote, error) = (executed.wrote, executed.error.clone());
            // Of a script that it does not know a server runs nothing.
            if error.as_ref().is_some_and(|line| line.starts_with("NOSCRIPT")) {
                continue;
            }
            let at_replica = self.model.primary_of(executed.node).is_some();
            let late = link.is_some_and(|link| self.wires[link.0 as usize].gone);
            self.probes.replica_reads += u64::from(at_replica);
            let when = self.moment();
            self.probes.late_runs += u64::from(late);
            self.log(|_| {
                format!(
                    "{node} runs {:?} of ticket {ticket} for {link:?}{}",
                    part,
                    if late { ", which is gone" } else { "" }
                )
            });
            self.day.commands[ticket].runs.push(self.day.runs.len());
            self.day.runs.push(Run { when, node, ticket, part, link, late, at_replica, wrote, error, log: index });
        }
    }
}

/// The slots that a command keeps busy as long as it is open.
fn touched(command: &day::Command) -> BTreeSet<u16> {
    let of_steps = command.keys.iter().filter(|_| is_recipe(&command.words)).map(|key| slot_of(key));
    command.parts.keys().filter_map(PartKey::slot).chain(of_steps).collect()
}

/// The step that ran: of several rounds the newest.
fn step_that_ran(command: &day::Command, words: &[Vec<u8>]) -> PartKey {
    let step = recipes::step(words, std::iter::empty());
    let is_it = |part: &&PartKey| matches!(part, PartKey::Step(known) if known.name == step.name);
    command.parts.keys().rfind(is_it).cloned().unwrap_or(PartKey::Step(step))
}

fn is_greeting(name: &str) -> bool {
    matches!(name, "HELLO" | "AUTH" | "SELECT" | "READONLY") || name.starts_with("CLIENT ")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The addresses that an answer to CLUSTER SLOTS or CLUSTER NODES names.
fn listed(value: &Value, said_by: &Address) -> Vec<Address> {
    match value {
        Value::Text(text) => {
            String::from_utf8_lossy(text).lines().flat_map(|line| line_addresses(line, said_by)).collect()
        }
        Value::List(rows) => {
            let nodes = rows.iter().filter_map(|row| if let Value::List(row) = row { Some(row) } else { None });
            nodes.flat_map(|row| row.iter().skip(2)).flat_map(|node| row_addresses(node, said_by)).collect()
        }
        Value::Null | Value::Int(_) | Value::Error(_) | Value::Push(_) => Vec::new(),
    }
}

/// First slot, last slot and owner of a range.
type Owned = (i64, i64, Address);

/// The ranges that an answer to CLUSTER SLOTS shows.
fn owners(value: &Value, said_by: &Address) -> Vec<Owned> {
    let Value::List(rows) = value else { return Vec::new() };
    let row = |row: &Value| -> Option<Owned> {
        let Value::List(row) = row else { return None };
        let [Value::Int(first), Value::Int(last), node, ..] = row.as_slice() else { return None };
        Some((*first, *last, row_addresses(node, said_by).into_iter().next()?))
    };
    let mut owners: Vec<_> = rows.iter().filter_map(row).collect();
    owners.sort_by_key(|(first, ..)| *first);
    owners
}

/// The `host:port` of a redirect; no host means the host that says so.
fn named(place: &str, said_by: &Address) -> Option<Address> {
    let (host, port) = place.rsplit_once(':')?;
    let host = if host.is_empty() { &said_by.host } else { host };
    Some(Address::new(host, port.parse().ok()?))
}

/// `<name> <host>:<port>@<bus port>[,<host name>] ...`. Where a cluster names no endpoints, its nodes are also to be
/// reached at the host that says so.
fn line_addresses(line: &str, said_by: &Address) -> Vec<Address> {
    let place = line.split(' ').nth(1).and_then(|place| place.split_once('@'));
    let Some(((host, port), rest)) = place.and_then(|(place, rest)| Some((place.rsplit_once(':')?, rest))) else {
        return Vec::new();
    };
    let host = if host.is_empty() { said_by.host.as_str() } else { host };
    let names = rest.split(',').skip(1).filter(|name| !name.is_empty() && !name.contains('='));
    let port = port.parse().unwrap_or(0);
    [host, &said_by.host].into_iter().chain(names).map(|host| Address::new(host, port)).collect()
}

/// `[host, port, name, metadata]`: the metadata may name more hosts, `?` is none.
fn row_addresses(node: &Value, said_by: &Address) -> Vec<Address> {
    let Value::List(fields) = node else { return Vec::new() };
    let (Some(named), Some(Value::Int(port))) = (fields.first(), fields.get(1)) else { return Vec::new() };
    let Ok(port) = u16::try_from(*port) else { return Vec::new() };
    let text = |value: &Value| String::from_utf8_lossy(value.text().unwrap_or_default()).into_owned();
    let named = Some(text(named)).filter(|host| !host.is_empty()).unwrap_or_else(|| said_by.host.clone());
    let metadata = if let Some(Value::List(metadata)) = fields.get(3) { metadata.as_slice() } else { &[] };
    let is_host = |pair: &&[Value]| matches!(pair[0].text(), Some(b"ip" | b"hostname"));
    let others = metadata.chunks_exact(2).filter(is_host).map(|pair| text(&pair[1]));
    let hosts = std::iter::once(named).chain(others).filter(|host| !host.is_empty() && host != "?");
    hosts.map(|host| Address::new(host, port)).collect()
}

impl Day {
    pub(super) fn new(seed: u64, config: slotpipe_core::config::Config, lateness: u64) -> Self {
        Self {
            seed,
            config,
            lateness,
            commands: Vec::new(),
            refused: Vec::new(),
            frames: Vec::new(),
            links: Vec::new(),
            runs: Vec::new(),
            refreshes: Vec::new(),
            wakes: Vec::new(),
            offences: Vec::new(),
            listed: BTreeMap::new(),
            healed: None,
            values: BTreeMap::new(),
            ends: BTreeMap::new(),
            lost: Default::default(),
            lost_keys: Default::default(),
            torn: Default::default(),
            moves: Vec::new(),
            unmarked: Vec::new(),
            maps: Vec::new(),
            pushes: Vec::new(),
            left: BTreeMap::new(),
            scans: Vec::new(),
            owners: BTreeMap::new(),
            digests: (0, 0),
            misplaced: Vec::new(),
            orphans: Default::default(),
            left_open: String::new(),
            end: Default::default(),
        }
    }
}

impl World {
    /// What is still under way arrives, and the record gets its last page.
    pub(super) fn close_the_book(&mut self) {
        self.release_wires();
        for wire in &mut self.wires {
            wire.to_server.release(self.now);
            let bytes = wire.to_server.arrived(self.now);
            if let (Some(conn), false) = (wire.conn, bytes.is_empty()) {
                self.model.receive(conn, &bytes, self.now);
            }
        }
        self.note_runs();
        self.day.end = self.moment();
        let stats = self.core.stats();
        self.probes.commands = self.day.commands.len() as u64;
        self.probes.untrusted = stats.untrusted;
        self.probes.retries = stats.retries;
        self.probes.asking = self.day.frames.iter().filter(|frame| frame.asking).count() as u64;
        self.probes.resends = self
            .day
            .commands
            .iter()
            .flat_map(|one| one.parts.values())
            .map(|all| all.len().saturating_sub(1) as u64)
            .sum();
        if !stats.open.is_empty() {
            self.day.left_open = format!("{:?}", stats.open);
        }
        self.day.lost = self.model.lost().writes.clone();
        self.day.lost_keys = self.model.lost().keys.clone();
        let tags = TAGS.iter().map(|tag| slot_of(tag.as_bytes()));
        for slot in (0..16_384).step_by(61).chain(tags) {
            let believed = Slot::new(slot).and_then(|slot| self.core.topology().owner(slot));
            let believed = believed.map(|node| self.core.topology().node(node).address.to_string());
            let Some(owner) = self.model.owner(slot) else {
                self.day.orphans.insert(slot);
                continue;
            };
            let (owner, believed) = (self.model.address(owner), believed.unwrap_or_default());
            if believed != owner {
                self.day.misplaced.push((slot, believed, owner));
            }
        }
        let keys = self.day.commands.iter().flat_map(|one| one.keys.iter().cloned().chain(copies(one)));
        for key in keys.collect::<BTreeSet<_>>() {
            let value = match self.model.value(&key) {
                Some(model::Value::Str(text)) => text.clone(),
                Some(model::Value::List(items)) => items.iter().flatten().copied().collect(),
                Some(model::Value::Set(members)) => members.iter().flatten().copied().collect(),
                _ => continue,
            };
            self.day.ends.extend(self.model.end(&key).map(|end| (key.clone(), end)));
            self.day.values.insert(key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_lists_the_hosts_of_metadata_and_not_what_nobody_knows() {
        let text = |text: &str| Value::Text(text.into());
        let metadata = ["ip", "10.0.0.4", "hostname", "", "availability-zone", "west"].map(text);
        let unnamed = Value::List(vec![text("?"), Value::Int(7_004), text("name"), Value::List(metadata.into())]);
        let nameless = Value::List(vec![Value::Null, Value::Int(7_005), text("name"), Value::List(Vec::new())]);
        let slots = Value::List(vec![Value::List(vec![Value::Int(0), Value::Int(1), unnamed, nameless])]);
        let addresses = listed(&slots, &Address::new("10.0.0.1", 7_001));
        assert_eq!(addresses, [Address::new("10.0.0.4", 7_004), Address::new("10.0.0.1", 7_005)]);
    }
}
