//! Plays a conversation on a [`Script`] and looks whether it goes as written.

use std::collections::BTreeSet;

use slotpipe_core::{
    config::Config,
    port::{Explained, ExplainedPart, LaneId, Micros, Note, Refused, SubmitOptions, Submitted},
    wire::encode,
};

use super::{
    read::{Conversation, Line, matches, range, unescaped, words},
    setup,
};
use crate::script::{
    Cut, Script,
    network::{Map, address, name},
    thirds,
};

/// Plays it with the servers' words cut like this; the trace of what crossed the boundary.
///
/// # Errors
/// Where it did not go as written, and how.
pub fn play(conversation: &Conversation, cut: Cut) -> Result<Script, String> {
    let is_setup = |line: &&Line| SETUP.contains(&verb(line));
    let setup: Vec<&Line> = conversation.lines.iter().take_while(is_setup).collect();
    let at = |line: &Line, error: String| format!("line {}: {}\n    {error}", line.number, line.text);
    let mut player = begin(&setup, cut)?;
    for line in &conversation.lines[setup.len()..] {
        player.line(&line.text).map_err(|error| at(line, error))?;
    }
    player.end().map_err(|error| format!("at the end: {error}"))?;
    Ok(player.script)
}

const SETUP: [&str; 7] = ["config", "map", "cold", "credentials", "standalone", "by", "clock"];

fn verb(line: &Line) -> &str {
    line.text.split(' ').next().unwrap_or_default()
}

struct Player {
    script: Script,
    /// What became of the last submit, if nobody has looked yet.
    refused: Option<Refused>,
    tickets: u64,
    known: BTreeSet<u64>,
    notes_seen: usize,
    dials_seen: usize,
    pushes_seen: usize,
    may_stay_open: bool,
    /// What was explained last.
    explained: Vec<Explained>,
}

fn begin(setup: &[&Line], cut: Cut) -> Result<Player, String> {
    let mut map = Map { ranges: thirds(), ..Map::default() };
    let (mut options, mut is_cold, mut clock) = (String::new(), false, Micros(1_000_000));
    for line in setup {
        match line.text.split_once(' ').unwrap_or((&line.text, "")) {
            ("map", text) => map = setup::map(text)?,
            ("config", text) => {
                options.push(' ');
                options.push_str(text);
            }
            ("cold", _) => is_cold = true,
            ("clock", text) => clock = Micros(text.parse().map_err(|_| format!("{text:?} are no microseconds"))?),
            _ => {}
        }
    }
    let mut configured = Ok(());
    let configure = |config: &mut Config| {
        // The one name that the core in JavaScript goes by.
        config.library.0 = "slotpipe-node".into();
        configured = setup::configure(config, &options);
    };
    let mut script = Script::recorded(map.ranges.clone(), configure, clock);
    configured?;
    script.network.map = map;
    script.cut = cut;
    let mut player = Player {
        script,
        refused: None,
        tickets: 0,
        known: BTreeSet::new(),
        notes_seen: 0,
        dials_seen: 0,
        pushes_seen: 0,
        may_stay_open: false,
        explained: Vec::new(),
    };
    for line in setup {
        match line.text.split_once(' ').unwrap_or((&line.text, "")) {
            ("credentials", text) => {
                let credentials = setup::credentials(text)?;
                player.script.secret = Some(credentials.password.clone());
                player.script.credentials = Some(credentials);
            }
            ("standalone", _) => player.line(&line.text)?,
            ("by", _) if is_cold => player.line(&line.text)?,
            _ => {}
        }
    }
    if !is_cold {
        player.script.run();
        if !player.script.notes.contains(&Note::Ready) {
            return Err(format!("the core did not become ready: {:?}", player.script.notes));
        }
        player.notes_seen = player.script.notes.len();
        player.dials_seen = player.script.dials.len();
        for line in setup.iter().filter(|line| verb(line) == "by") {
            player.line(&line.text)?;
        }
    }
    Ok(player)
}

impl Player {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Some(refused) = self.refused.take() {
            return match (verb, &refused) {
                ("full", Refused::Full) => Ok(()),
                ("refused", Refused::Misuse(misuse)) => {
                    let misuse = misuse.to_string().replacen(" command ", " ", 1);
                    expect("refused", &misuse, rest)
                }
                _ => Err(format!("the submit before was refused: {refused:?}")),
            };
        }
        match verb {
            "submit" => self.submit(rest),
            "explain" => self.explain(rest),
            "plan" => self.plan(rest),
            "cancel" => {
                self.script.cancel(range(rest)?);
                Ok(())
            }
            "release" => {
                let lane = rest.parse().map_err(|_| format!("{rest:?} is no lane"))?;
                self.script.release(LaneId(lane));
                Ok(())
            }
            "read" => {
                let change = setup::read_order(rest.strip_prefix("order ").ok_or("read order PRIMARY: NODE NODE")?)?;
                self.script.configure(change);
                Ok(())
            }
            "authenticate" => {
                let (node, text) = rest.split_once(' ').ok_or("authenticate NODE user:password")?;
                let credentials = setup::credentials(text)?;
                self.script.secret = Some(credentials.password.clone());
                self.script.authenticate(node, credentials)
            }
            "wait" => {
                let ms = rest.strip_suffix("ms").and_then(|ms| ms.parse().ok()).ok_or("wait 20ms")?;
                self.script.pass_ms(ms);
                Ok(())
            }
            "map" => {
                self.script.network.map = setup::map(rest)?;
                Ok(())
            }
            "by" => {
                let rest = rest.strip_prefix("hand").ok_or("by hand ...")?;
                let prefixes = rest.split(',').map(|prefix| prefix.trim().to_string());
                self.script.network.by_hand = prefixes.filter(|prefix| !prefix.is_empty()).collect();
                Ok(())
            }
            "standalone" => {
                self.script.network.standalone = true;
                Ok(())
            }
            "run" => {
                self.script.run();
                Ok(())
            }
            "sent" => self.sent(rest),
            "answer" | "answers" => self.answers(rest),
            "open" => self.open(rest),
            "refused" | "full" => Err("the submit before was accepted".into()),
            "note" => self.note(rest),
            "no" if rest == "push" => self.no_push(),
            "no" => self.no_note(rest),
            "dialled" => self.dialled(rest),
            "hung" => self.hung_up(rest),
            "push" => self.push(rest),
            "stats" => self.stats(rest),
            "left" => {
                self.may_stay_open = true;
                Ok(())
            }
            node => self.happens(node, rest),
        }
    }

    fn submit(&mut self, text: &str) -> Result<(), String> {
        let (batch, options) = commands(text)?;
        match self.script.submit_with(batch.into(), &options) {
            Ok(Submitted { first, count }) => {
                if first.0 != self.tickets {
                    return Err(format!("tickets begin at {} and not at {}", first.0, self.tickets));
                }
                self.tickets += u64::from(count);
            }
            Err(refused) => self.refused = Some(refused),
        }
        Ok(())
    }

    fn explain(&mut self, text: &str) -> Result<(), String> {
        let (batch, options) = commands(text)?;
        match self.script.core.explain_at(self.script.now, &batch.into(), &options) {
            Ok(explained) => self.explained = explained,
            Err(misuse) => self.refused = Some(Refused::Misuse(misuse)),
        }
        Ok(())
    }

    fn plan(&self, rest: &str) -> Result<(), String> {
        let (place, expected) = rest.split_once(' ').ok_or("plan PLACE COMMAND: TEXT")?;
        let place: usize = place.parse().map_err(|_| format!("{place:?} is no place in a batch"))?;
        let explained = self.explained.get(place).ok_or("fewer commands were explained")?;
        expect("plan", &plan_text(explained), expected)
    }

    fn happens(&mut self, node: &str, what: &str) -> Result<(), String> {
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        let network = &mut self.script.network;
        match verb {
            "says" => {
                let (times, text) = match rest.split_once("x ") {
                    Some((digits, text)) if digits.parse::<usize>().is_ok() => (digits.parse().unwrap_or(1), text),
                    _ => (1, rest),
                };
                self.script.say(node, &unescaped(text)?.repeat(times))
            }
            "breaks" => {
                let mut words = rest.split_whitespace();
                let number = |word: Option<&str>| word.map(|word| word.parse::<i64>().map_err(|e| e.to_string()));
                let after = match words.next() {
                    None => None,
                    Some("with") => {
                        let total = words.next().and_then(|total| total.parse().ok()).ok_or("breaks with how many?")?;
                        return self.script.break_with(node, total);
                    }
                    Some("after") => {
                        let count = number(words.next()).ok_or("breaks after how many?")??;
                        let less = number(words.next()).transpose()?.unwrap_or(0);
                        let count = usize::try_from(count).map_err(|e| e.to_string())?;
                        Some((count, less.unsigned_abs()))
                    }
                    Some(other) => return Err(format!("breaks {other:?}?")),
                };
                self.script.break_off(node, after)
            }
            "refuses" => {
                network.refusing.push(address(node)?);
                Ok(())
            }
            "accepts" => {
                let node = address(node)?;
                network.refusing.retain(|refusing| *refusing != node);
                Ok(())
            }
            "believes" => {
                network.beliefs.insert(address(node)?, setup::map(rest)?);
                Ok(())
            }
            _ => Err(format!("there is no verb {verb:?}")),
        }
    }

    fn sent(&mut self, rest: &str) -> Result<(), String> {
        let (node, expected) = rest.split_once(": ").ok_or("sent NODE: COMMAND | COMMAND")?;
        let sent = self.script.take_sent_on(node);
        let sent = if sent.is_empty() { String::from("nothing") } else { sent.join(" | ") };
        expect("sent", &sent, expected)
    }

    fn answers(&mut self, rest: &str) -> Result<(), String> {
        let (tickets, expected) = rest.split_once(": ").ok_or("answer TICKET: TEXT")?;
        for ticket in range(tickets)? {
            self.known.insert(ticket);
            expect(&format!("ticket {ticket}"), self.script.answer(ticket), expected)?;
        }
        Ok(())
    }

    fn open(&self, rest: &str) -> Result<(), String> {
        for ticket in range(rest)? {
            expect(&format!("ticket {ticket}"), self.script.answer(ticket), "open")?;
        }
        Ok(())
    }

    fn new_notes(&mut self) -> Vec<String> {
        let new = self.script.notes[self.notes_seen..].iter().map(note_text).collect();
        self.notes_seen = self.script.notes.len();
        new
    }

    fn note(&mut self, expected: &str) -> Result<(), String> {
        let notes = self.new_notes();
        if notes.iter().any(|note| matches(note, expected)) {
            return Ok(());
        }
        Err(format!("noted was: {}", notes.join(" | ")))
    }

    fn no_note(&mut self, rest: &str) -> Result<(), String> {
        let unwanted = rest.strip_prefix("note ").ok_or("no note TEXT")?;
        match self.new_notes().iter().find(|note| matches(note, unwanted)) {
            Some(note) => Err(format!("noted was: {note}")),
            None => Ok(()),
        }
    }

    fn dialled(&mut self, expected: &str) -> Result<(), String> {
        let dials: Vec<String> = self.script.dials[self.dials_seen..].iter().map(name).collect();
        self.dials_seen = self.script.dials.len();
        let dials = if dials.is_empty() { String::from("nobody") } else { dials.join(" ") };
        expect("dialled", &dials, expected)
    }

    fn hung_up(&self, rest: &str) -> Result<(), String> {
        let link = rest.strip_prefix("up ").ok_or("hung up NODE")?;
        let hung_up = &self.script.hung_up;
        if hung_up.iter().any(|name| name == link) { Ok(()) } else { Err(format!("hung up were {hung_up:?}")) }
    }

    fn push(&mut self, rest: &str) -> Result<(), String> {
        let next = self.script.pushes.get(self.pushes_seen).ok_or("there was no push")?;
        self.pushes_seen += 1;
        expect("push", &format!("{}: {}", next.0, next.1), rest)
    }

    fn no_push(&self) -> Result<(), String> {
        self.script.pushes.get(self.pushes_seen).map_or(Ok(()), |(lane, text)| Err(format!("there was {lane}: {text}")))
    }

    fn stats(&self, rest: &str) -> Result<(), String> {
        let text = format!("{:?}", self.script.core.stats());
        for pair in rest.split_whitespace() {
            let wanted = pair.replacen('=', ": ", 1);
            let found = text.contains(&format!(" {wanted},"));
            if !found {
                return Err(format!("not {pair}: {text}"));
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        if let Some(refused) = &self.refused {
            return Err(format!("the last submit was refused: {refused:?}"));
        }
        let unseen = self.script.unseen();
        if !unseen.is_empty() {
            return Err(format!("nobody looked at what was sent: {unseen:?}"));
        }
        self.no_push()?;
        if let Some(ticket) = (0..self.tickets).find(|ticket| !self.known.contains(ticket)) {
            return Err(format!("nobody asked about ticket {ticket}: {}", self.script.answer(ticket)));
        }
        let open = self.script.core.stats().open;
        if !self.may_stay_open && !open.is_empty() {
            return Err(format!("something is still open: {open:?}"));
        }
        Ok(())
    }
}

/// The words behind `submit` and `explain`.
fn commands(text: &str) -> Result<(Vec<u8>, SubmitOptions), String> {
    let (options, commands) = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']').ok_or("the options are not closed by ]")?,
        None => ("", text),
    };
    let options = setup::submit_options(options)?;
    let mut batch = Vec::new();
    match commands.trim().strip_prefix("raw") {
        Some(raw) => batch = unescaped(raw.trim_start())?,
        None => {
            for command in words(commands)?.split(|word| word == b"|") {
                encode::command(&mut batch, command);
            }
        }
    }
    Ok((batch, options))
}

fn plan_text(explained: &Explained) -> String {
    let plan = match &explained.plan {
        Ok(plan) => plan,
        Err(misuse) => return format!("{}: refused {}", explained.command, misuse.code),
    };
    let part = |part: &ExplainedPart| {
        let slot = part.slot.map_or(String::new(), |slot| format!(" slot {slot}"));
        let node = part.node.as_ref().map_or(String::new(), |node| format!(" at {}", name(node)));
        let keys: String = part.keys.iter().map(|key| format!(" {}", key.escape_ascii())).collect();
        format!(" |{slot}{node}:{keys}")
    };
    let parts: String = plan.parts.iter().map(part).collect();
    let steps: String = plan.steps.iter().map(|step| format!(" > {step}")).collect();
    let loses = plan.loses.as_ref().map_or(String::new(), |loses| format!(" ! {loses}"));
    format!("{}: {} {}{parts}{steps}{loses}", explained.command, plan.route, plan.merge)
}

fn expect(what: &str, found: &str, expected: &str) -> Result<(), String> {
    if matches(found, expected) { Ok(()) } else { Err(format!("{what}: {found}")) }
}

fn note_text(note: &Note) -> String {
    match note {
        Note::Ready => "Ready".into(),
        Note::Unreachable { reason, .. } => format!("Unreachable {reason}"),
        Note::Topology => "Topology".into(),
        Note::Room => "Room".into(),
        Note::Resubscribed(lane) => format!("Resubscribed {}", lane.0),
        Note::Redirected { code, ticket } => format!("Redirected {code} {}", ticket.0),
        Note::NodeDown { address, reason, .. } => format!("NodeDown {}: {reason}", name(address)),
        Note::Planned { first, count } => format!("Planned {} {count}", first.0),
        Note::Wrote { address, bytes, .. } => format!("Wrote {} {bytes}", name(address)),
        Note::Refreshed { changed } => format!("Refreshed {changed}"),
        Note::Reconnected { address, .. } => format!("Reconnected {}", name(address)),
    }
}
