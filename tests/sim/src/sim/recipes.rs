//! Callers that move and copy what is in one slot to another, which is done step by step. Each such command has keys of
//! its own, filled by a command before it, so that whatever becomes of them is its doing.

use std::collections::BTreeSet;

use slotpipe_core::port::{CrossSlot, Order, Retry, SubmitOptions};

use super::{
    callers::hurried,
    commands::{self, Request},
    day::{Command, PartKey, Step, Verdict},
    many::is_of_many,
    random::Random,
    world::{Event, TAGS, World},
};

/// Tasks of movers are told apart from the others by this.
const TASK: usize = 2_000_000;

/// So many commands a mover gives on a day.
const MOST: usize = 12;

/// What is moved, and how: a way to fill the source, and the command over both keys.
const WAYS: [Way; 8] = [
    Way { fill: "SET", words: &["RENAME", "FROM", "TO"], fills_target: false },
    Way { fill: "RPUSH", words: &["RENAME", "FROM", "TO"], fills_target: true },
    Way { fill: "SET", words: &["RENAMENX", "FROM", "TO"], fills_target: true },
    Way { fill: "SADD", words: &["COPY", "FROM", "TO"], fills_target: true },
    Way { fill: "SET", words: &["COPY", "FROM", "TO", "REPLACE"], fills_target: true },
    Way { fill: "RPUSH", words: &["LMOVE", "FROM", "TO", "LEFT", "RIGHT"], fills_target: false },
    Way { fill: "RPUSH", words: &["RPOPLPUSH", "FROM", "TO"], fills_target: false },
    Way { fill: "SADD", words: &["SMOVE", "FROM", "TO", "MEMBER"], fills_target: false },
];

/// See [`WAYS`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    fill: &'static str,
    words: &'static [&'static str],
    /// Something may stand at the destination before, as one text.
    fills_target: bool,
}

impl Way {
    /// The source, whatever it is, goes whole.
    pub(super) const WHOLE: &[Self] = WAYS.first_chunk::<5>().unwrap();
    pub(super) const RENAME: Self = WAYS[0];
}

/// What fills the keys, and the command over them.
pub(super) struct Drawn {
    pub(super) filling: Vec<Request>,
    pub(super) request: Request,
}

/// A caller that moves things.
#[derive(Clone, Debug, Default)]
pub(super) struct Mover {
    /// What it gives has many keys: it has dice of its own.
    is_of_many: bool,
    /// What it waits for, and what it does when that went well.
    open: BTreeSet<usize>,
    next: Option<Request>,
    given: usize,
}

/// Whether a command is done step by step, with keys as callers here give them.
pub(super) fn is_recipe(words: &[Vec<u8>]) -> bool {
    is_of_many(words) || WAYS.iter().any(|way| words[0] == way.words[0].as_bytes())
}

/// The step that a request is among those of its command that have been seen.
pub(super) fn step(words: &[Vec<u8>], seen: impl Iterator<Item = PartKey>) -> Step {
    let text = |at: usize| words.get(at).map_or(String::new(), |word| String::from_utf8_lossy(word).into_owned());
    let name = [text(0), text(1)].join(" ");
    let seen: Vec<Step> =
        seen.filter_map(|part| if let PartKey::Step(step) = part { Some(step) } else { None }).collect();
    let last = seen.iter().map(|step| step.round).max().unwrap_or_default();
    // An element that another has taken meanwhile is given back, and then looked for anew.
    let is_given_back =
        seen.iter().any(|step| step.round == last && step.name.starts_with("LREM") && step.name.contains("}to"));
    let round = last + u32::from(is_given_back && words[0] == b"LINDEX");
    let known = seen.iter().find(|step| step.round == round && step.name == name).cloned();
    known.unwrap_or_else(|| Step {
        round,
        place: seen.len(),
        name,
        slot: crate::model::slot_of(&words[1]),
        writes: !matches!(
            words[0].as_slice(),
            b"DUMP" | b"PTTL" | b"LINDEX" | b"SISMEMBER" | b"EXISTS" | b"SDIFF" | b"SINTER" | b"SUNION"
        ),
    })
}

/// The keys to which a command has copied others to have them in one slot.
pub(super) fn copies(command: &Command) -> impl Iterator<Item = Vec<u8>> {
    let names =
        command.parts.keys().filter_map(|part| if let PartKey::Step(step) = part { Some(&step.name) } else { None });
    let keys = names.filter_map(|name| name.strip_prefix("RESTORE ")).map(str::as_bytes);
    keys.filter(|key| commands::original_of(key) != *key).map(<[u8]>::to_vec)
}

impl World {
    /// One day in four has movers of a kind.
    pub(super) fn begin_movers(&mut self, is_of_many: bool) {
        if !self.dice(is_of_many).one_in(4) {
            return;
        }
        for _ in 0..self.dice(is_of_many).between(1, 3) {
            let first = self.dice(is_of_many).between(0, 20_000);
            self.after(first, Event::Move(self.movers.len()));
            self.movers.push(Mover { is_of_many, ..Mover::default() });
        }
    }

    /// A mover begins with something new.
    pub(super) fn begin_move(&mut self, number: usize) {
        let is_busy = !self.movers[number].open.is_empty() || self.movers[number].given >= MOST;
        if self.healed || is_busy {
            return;
        }
        self.movers[number].given += 1;
        let is_of_many = self.movers[number].is_of_many;
        let Drawn { filling, request } = if is_of_many {
            self.draw_of_many()
        } else {
            let way = self.move_random.pick(&WAYS);
            self.draw_moved(false, way)
        };
        // Half of the time all of it is one pipeline.
        if self.dice(is_of_many).one_in(2) || filling.is_empty() {
            let options = self.draw_move_options(is_of_many);
            let requests = filling.into_iter().chain([request]).collect();
            return self.give_on_move(number, requests, options, false);
        }
        self.movers[number].next = Some(request);
        self.give_on_move(number, filling, SubmitOptions::default(), false);
    }

    fn dice(&mut self, is_of_many: bool) -> &mut Random {
        if is_of_many { &mut self.many_random } else { &mut self.move_random }
    }

    pub(super) fn draw_moved(&mut self, is_of_many: bool, way: Way) -> Drawn {
        let random = self.dice(is_of_many);
        let (from, mut to) = (random.pick(&TAGS), random.pick(&TAGS));
        while from == to {
            to = random.pick(&TAGS);
        }
        let (first, second, token) = (self.token(), self.token(), self.token());
        let source = commands::moved_key(from, "from", token);
        let target = commands::moved_key(to, "to", token);
        let random = self.dice(is_of_many);
        let count = if way.fill == "SET" { 1 } else { random.between(1, 3) };
        let mut filling = vec![commands::filled(way.fill, first, &source, count)];
        if way.fills_target && random.one_in(3) {
            filling.push(commands::filled("SET", second, &target, 1));
        }
        let member = commands::content(first, 0);
        let words = way.words.iter().map(|word| match *word {
            "FROM" => source.clone(),
            "TO" => target.clone(),
            "MEMBER" => member.clone(),
            word => word.as_bytes().to_vec(),
        });
        Drawn { filling, request: Request { words: words.collect(), writes: true, blocks: None } }
    }

    fn draw_move_options(&mut self, is_of_many: bool) -> SubmitOptions {
        let random = if is_of_many { &mut self.many_random } else { &mut self.move_random };
        SubmitOptions {
            cross_slot: CrossSlot::Emulate,
            deadline_ms: hurried(random, &self.faults),
            order: random.pick(&[Order::Key, Order::Key, Order::Slot, Order::None]),
            retry: random.pick(&[Retry::Reads, Retry::Reads, Retry::Never, Retry::Idempotent]),
            max_redirects: random.pick(&[None, None, None, Some(0), Some(1)]),
            ..SubmitOptions::default()
        }
    }

    fn give_on_move(&mut self, number: usize, requests: Vec<Request>, options: SubmitOptions, probe: bool) {
        // What movers give leaves the others what they would have without them.
        self.budget += requests.len();
        let Some(first) = self.submit(requests, options, Some(TASK + number), probe) else {
            return self.after(20_000, Event::Move(number));
        };
        let open = self.open_since(first);
        self.movers[number].open.extend(open);
        if self.movers[number].open.is_empty() {
            self.after(20_000, Event::Move(number));
        }
        self.poll_or_not();
    }

    /// A command has ended: whoever waited for it goes on.
    pub(super) fn told_on_move(&mut self, ticket: usize) {
        let Some(number) = self.movers.iter().position(|mover| mover.open.contains(&ticket)) else { return };
        self.movers[number].open.remove(&ticket);
        let is_reply = matches!(self.day.commands[ticket].outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
        if is_recipe(&self.day.commands[ticket].words) {
            *(if is_reply { &mut self.probes.recipes } else { &mut self.probes.failed_recipes }) += 1;
        }
        if !is_reply {
            self.movers[number].next = None;
        }
        if self.movers[number].open.is_empty() {
            let is_of_many = self.movers[number].is_of_many;
            let pause = self.dice(is_of_many).pick(&[0, 1_000, 20_000, 100_000]);
            let next = if self.movers[number].next.is_some() { Event::MoveOver(number) } else { Event::Move(number) };
            self.after(pause, next);
        }
    }

    /// The source is filled: now for the command itself.
    pub(super) fn move_over(&mut self, number: usize) {
        let Some(request) = self.movers[number].next.take() else { return };
        let options = self.draw_move_options(self.movers[number].is_of_many);
        self.give_on_move(number, vec![request], options, false);
    }

    /// Somebody else sets what a mover is about to set.
    pub(super) fn rival(&mut self, request: Request) {
        if self.healed {
            return;
        }
        self.budget += 1;
        self.submit(vec![request], SubmitOptions::default(), None, false);
        self.poll_or_not();
    }

    /// After the faults each way works.
    pub(super) fn probe_moves(&mut self) {
        let mut drawn = Vec::new();
        if self.movers.iter().any(|mover| !mover.is_of_many) {
            drawn.extend(WAYS.map(|way| self.draw_moved(false, Way { fills_target: false, ..way })));
        }
        if self.movers.iter().any(|mover| mover.is_of_many) {
            drawn.extend(self.probes_of_many());
        }
        if drawn.is_empty() {
            return;
        }
        for Drawn { filling, request } in drawn {
            let options =
                SubmitOptions { deadline_ms: Some(10_000), cross_slot: CrossSlot::Emulate, ..SubmitOptions::default() };
            let requests = filling.into_iter().chain([request]).collect();
            self.submit(requests, options, None, true);
        }
        self.poll();
    }
}

/// Dice for what movers do: days without them are what they were.
pub(super) fn dice(seed: u64) -> Random {
    Random::new(seed.rotate_left(40) ^ 0x4EC1_9E50)
}
