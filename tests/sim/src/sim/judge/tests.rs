//! The judge is judged: a record that was tampered with is found by the rule that it breaks.

use slotpipe_core::port::{Address, NotExecuted};

use super::{INVARIANTS, judge};
use crate::sim::{
    day::{Command, Day, Frame, Moment, Part, PartKey, Run, Verdict, What},
    one_life,
    recipes::copies,
    resp::Value,
};

/// Changes a good record into a bad one; `None` where it has nothing to change.
type Tamper = fn(&mut Day) -> Option<()>;

const LATER: u64 = 1 << 40;

const TAMPERS: [(&str, Tamper); 51] = [
    ("ExactlyOneOutcome", |day| {
        let told = replied(day, b"APPEND")?.1.told[0].clone();
        let ticket = replied(day, b"APPEND")?.0;
        day.commands[ticket].told.push(told);
        Some(())
    }),
    ("AtMostOnce", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        let run = day.runs_of(ticket).next()?.clone();
        day.commands[ticket].runs.push(day.runs.len());
        day.runs.push(run);
        Some(())
    }),
    ("AckImpliesExecuted", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        day.commands[ticket].runs.clear();
        Some(())
    }),
    ("NotExecutedIsTrue", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        let reason = NotExecuted::Expired as i64;
        day.commands[ticket].told[0].verdict = Verdict::NotExecuted { reason, message: "late".into() };
        Some(())
    }),
    ("UnknownIsHonest", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        day.commands[ticket].told[0].verdict = unknown(7);
        Some(())
    }),
    ("NoNeedlessUnknown", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        let attempts = day.commands[ticket].parts.values().map(Vec::len).sum::<usize>();
        day.commands[ticket].told[0].verdict = unknown(i64::try_from(attempts).ok()?);
        Some(())
    }),
    ("PartialIsHonest", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        let Verdict::Reply(value) = day.commands[ticket].told[0].verdict.clone() else { return None };
        let slot = day.commands[ticket].parts.keys().next()?.slot();
        let part = Part { node: "".into(), slot, verdict: Verdict::Reply(value), step: None };
        day.commands[ticket].told[0].verdict = Verdict::Partial(vec![part]);
        Some(())
    }),
    ("ResendLegality", |day| {
        let (ticket, index) = answered(day)?;
        again(day, ticket, index)
    }),
    ("RightReply", |day| {
        let ticket = replied(day, b"ECHO")?.0;
        day.commands[ticket].told[0].verdict = Verdict::Reply(Value::Text(b"~0~".to_vec()));
        Some(())
    }),
    ("WatchProtects", |day| {
        // Somebody else's write of a watched key, between WATCH and the unit.
        let is_unit = |one: &Command| one.options.atomic && one.options.lane.is_some() && !one.runs.is_empty();
        let foreign = (0..day.commands.len()).rev().filter(|&unit| is_unit(&day.commands[unit])).find_map(|unit| {
            let (lane, run) = (day.commands[unit].options.lane, day.runs_of(unit).next()?.clone());
            let watch = (0..unit).rev().take_while(|&one| {
                let one = &day.commands[one];
                !(one.options.atomic && one.options.lane == lane && one.batch != day.commands[unit].batch)
            });
            let is_watch = |one: &Command| {
                let is_told = matches!(one.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
                one.options.lane == lane && one.words[0] == b"WATCH" && is_told
            };
            let watch = watch.into_iter().find(|&one| is_watch(&day.commands[one]))?;
            let since = day.runs_of(watch).last()?.when;
            let writer = (0..day.commands.len()).find(|&other| {
                let other = &day.commands[other];
                let is_same = other.keys.iter().any(|key| day.commands[watch].keys.contains(key));
                is_same && other.writes && other.batch != day.commands[unit].batch
            })?;
            let when = Moment { step: since.step, at: since.at + 1 };
            Some(Run { when, ticket: writer, wrote: true, error: None, ..run })
        })?;
        day.runs.push(foreign);
        Some(())
    }),
    ("ReplicasByWish", |day| {
        let run = *day.commands[replied(day, b"APPEND")?.0].runs.first()?;
        (day.runs[run].at_replica, day.runs[run].late) = (true, false);
        Some(())
    }),
    ("RightMessage", |day| {
        let push = day.pushes.iter_mut().find(|push| push.words[0].text() == Some(b"smessage"))?;
        push.words[2] = Value::Text(b"~0~".to_vec());
        Some(())
    }),
    ("EverybodyHears", |day| {
        let before = day.pushes.len();
        day.pushes.retain(|push| push.words[0].text().is_none_or(|word| !word.ends_with(b"message")));
        let has_probes = day.commands.iter().any(|one| one.probe && one.words[0] == b"SPUBLISH");
        (has_probes && day.pushes.len() < before).then_some(())
    }),
    ("ScanIsWhole", |day| {
        // A page that was read gave nothing.
        *given(day).next()? = Vec::new();
        Some(())
    }),
    ("ScanIsWhole", |day| {
        // A page that was read gave all that one before it gave.
        let mut given = given(day);
        let before = given.next()?.clone();
        given.last()?.extend(before);
        Some(())
    }),
    ("ScanEnds", |day| {
        let lane = day.scans.iter().find(|scan| scan.is_probe)?.lane;
        let is_its = |one: &&mut Command| one.options.lane.is_some_and(|of| of.0 == lane);
        day.commands.iter_mut().filter(is_its).for_each(|page| page.told[0].verdict = unknown(1));
        Some(())
    }),
    ("NothingIsLost", |day| {
        let keys = day.commands[renamed(day)?].keys.clone();
        keys.iter().for_each(|key| drop(day.values.remove(key)));
        Some(())
    }),
    ("NothingIsLost", |day| {
        // A set that was only read is not there any more.
        let source = day.commands[done(day, b"SUNIONSTORE")?].keys.last()?.clone();
        day.values.remove(&source).map(drop)
    }),
    ("NothingIsLost", |day| {
        // What another has set was set anew.
        let other = day.commands.iter().find(|one| one.words[0] == b"SETNX" && is_told(one, &Value::Int(1)))?;
        let is_its = |one: &&Command| one.words[0] == b"MSETNX" && one.keys.contains(&other.keys[0]);
        let set = day.commands.iter().find(is_its)?;
        let at = set.words.iter().position(|word| *word == other.keys[0])?;
        day.values.insert(other.keys[0].clone(), set.words[at + 1].clone()).map(drop)
    }),
    ("RecipeIsHonest", |day| {
        let ticket = done(day, b"MSETNX")?;
        let Verdict::Reply(Value::Int(set)) = &mut day.commands[ticket].told[0].verdict else { return None };
        *set = 1 - *set;
        Some(())
    }),
    ("RecipeIsHonest", |day| {
        // A key of a slot was set, and the other was not.
        let ticket = day.commands.iter().position(|one| one.words[0] == b"MSETNX" && is_told(one, &Value::Int(1)))?;
        day.values.remove(day.commands[ticket].keys.last()?).map(drop)
    }),
    ("RecipeIsHonest", |day| {
        // Half of it was set, and that is told as nothing.
        let parts = day.commands.iter_mut().filter(|one| one.words[0] == b"MSETNX").find_map(|one| {
            let Verdict::Partial(parts) = &mut one.told.first_mut()?.verdict else { return None };
            parts.iter_mut().find(|part| part.verdict == Verdict::Reply(Value::Int(1)))
        })?;
        parts.verdict = Verdict::Reply(Value::Int(0));
        Some(())
    }),
    ("RecipeIsHonest", |day| {
        let ticket = done(day, b"SUNION")?;
        let Verdict::Reply(Value::List(members)) = &mut day.commands[ticket].told[0].verdict else { return None };
        members.pop().map(drop)
    }),
    ("RecipeIsHonest", |day| {
        let target = day.commands[done(day, b"SUNIONSTORE")?].keys[0].clone();
        day.values.get_mut(&target)?.pop().map(drop)
    }),
    ("RecipeIsHonest", |day| {
        let is_moved = |key: &&Vec<u8>| key.windows(3).any(|side| side == b"}to");
        let moved = day.ends.keys().find(is_moved)?.clone();
        day.ends.remove(&moved).map(drop)
    }),
    ("RecipeIsHonest", |day| {
        let ticket = renamed(day)?;
        let reason = NotExecuted::Expired as i64;
        day.commands[ticket].told[0].verdict = Verdict::NotExecuted { reason, message: "late".into() };
        Some(())
    }),
    ("StepByStep", |day| {
        let ticket = renamed(day)?;
        let dump = |part: &&PartKey| matches!(part, PartKey::Step(step) if step.name.starts_with("DUMP"));
        let frames = day.commands[ticket].parts.iter().find(|(part, _)| dump(part))?.1.clone();
        frames.iter().for_each(|&frame| day.frames[frame].answer = None);
        Some(())
    }),
    ("StepByStep", |day| {
        // Something was there, and it went on.
        let ticket = day.commands.iter().position(|one| one.words[0] == b"MSETNX" && is_told(one, &Value::Int(1)))?;
        let frame = *day.commands[ticket].parts.values().next()?.last()?;
        day.frames[frame].answer.as_mut()?.1 = Value::Int(1);
        Some(())
    }),
    ("CopiesEnd", |day| {
        // One that was deleted is there.
        let (ticket, end) = (done(day, b"SUNIONSTORE")?, day.end.at + LATER);
        let copy = copies(&day.commands[ticket]).next()?;
        day.ends.insert(copy.clone(), end);
        day.values.insert(copy, Vec::new());
        Some(())
    }),
    ("CopiesEnd", |day| {
        // One that was not deleted stays for ever.
        let ticket = done(day, b"SUNIONSTORE")?;
        let copy = copies(&day.commands[ticket]).next()?;
        let deletes = |part: &&PartKey| matches!(part, PartKey::Step(step) if step.name.starts_with("DEL"));
        let frames = day.commands[ticket].parts.iter().find(|(part, _)| deletes(part))?.1.clone();
        frames.iter().for_each(|&frame| day.frames[frame].answer = None);
        day.values.insert(copy, Vec::new());
        Some(())
    }),
    ("FifoPerConnection", |day| {
        let calm: Vec<usize> = firsts(day).collect();
        let two = calm.iter().flat_map(|a| calm.iter().map(move |b| (*a, *b))).find(|(a, b)| {
            let (x, y) = (&day.frames[*a], &day.frames[*b]);
            x.link == y.link && a < b && same_pipeline(day, x, y)
        });
        let (a, b) = two?;
        let (one, other) = (day.frames[a].what.clone(), day.frames[b].what.clone());
        for (what, index) in [(&one, b), (&other, a)] {
            let What::Job(ticket, part) = what else { return None };
            day.commands[*ticket].parts.insert(part.clone(), vec![index]);
        }
        (day.frames[a].what, day.frames[b].what) = (other, one);
        Some(())
    }),
    ("KeyOrder", |day| swap_runs(day, |a, b| a.batch == b.batch && a.is_guarded())),
    ("SlotOrder", |day| {
        swap_runs(day, |a, b| a.batch == b.batch && a.options.order == slotpipe_core::port::Order::Slot)
    }),
    ("ProgramOrder", |day| swap_runs(day, |a, b| a.batch != b.batch && a.task.is_some() && a.task == b.task)),
    ("AskingOnlyAfterAsk", |day| {
        let (_, index) = answered(day)?;
        let mut asking = day.frames[index].clone();
        asking.what = What::Asking;
        day.frames[index].asking = true;
        day.frames.insert(index, asking);
        for frames in day.commands.iter_mut().flat_map(|command| command.parts.values_mut()).flatten() {
            *frames += usize::from(*frames >= index);
        }
        Some(())
    }),
    ("AskPatchesNothing", |day| {
        let frame = day.frames.iter().find(|frame| match &frame.what {
            What::Job(ticket, part) => {
                let is_routed = day.commands[*ticket].options.route == slotpipe_core::port::Route::Table;
                is_routed && !frame.asking && part.slot().is_some_and(|slot| day.owners.contains_key(&slot))
            }
            What::Asking | What::Multi | What::Exec | What::Own(_) | What::Listens(..) | What::Strange(_) => false,
        })?;
        let What::Job(_, part) = &frame.what else { return None };
        let port = day.link(frame).address.port;
        let slot = part.slot()?;
        day.owners.get_mut(&slot)?.retain(|owner, _| owner.port != port);
        Some(())
    }),
    ("TransactionContiguous", |day| {
        day.frames.last_mut()?.what = What::Multi;
        Some(())
    }),
    ("RefreshBound", |day| {
        let twice = *day.refreshes.last()?;
        day.refreshes.push(twice);
        Some(())
    }),
    ("HopBound", |day| {
        let (ticket, index) = answered(day)?;
        day.frames[index].answer.as_mut()?.1 = Value::Error("MOVED 1 10.0.0.1:6379".into());
        for _ in 0..7 {
            again(day, ticket, index)?;
        }
        Some(())
    }),
    ("QueueBound", |day| {
        day.config.limits.in_flight = 0;
        let frame = day.frames.iter().rfind(|frame| matches!(frame.what, What::Job(..)))?.clone();
        day.frames.extend([frame.clone(), frame]);
        Some(())
    }),
    ("ByteBound", |day| {
        day.config.limits.waiting_bytes_per_node = 1;
        day.maps.clear();
        for command in &mut day.commands {
            command.told.clear();
            command.parts.values_mut().for_each(Vec::clear);
        }
        Some(())
    }),
    ("ReturnToBaseline", |day| {
        day.left_open = "a batch".into();
        Some(())
    }),
    ("ConnectionBound", |day| {
        let link = day.links.first()?.clone();
        let failed = slotpipe_core::port::Cause::TimedOut;
        for place in 0..8 {
            let at = |step| Moment { step: LATER + step, at: day.end.at + step };
            let mut link = link.clone();
            (link.dialed, link.ready, link.closed) =
                (at(2 * place), None, Some((at(2 * place + 1), failed.clone(), 0)));
            day.links.push(link);
        }
        Some(())
    }),
    ("NoBusyLoop", |day| {
        let wake = *day.wakes.last()?;
        day.wakes.extend(vec![wake; 5_000]);
        Some(())
    }),
    ("NoConnectOutsidePolicy", |day| {
        day.links.last_mut()?.address = Address::new("192.0.2.1", 80);
        (day.config.trust != slotpipe_core::config::Trust::Server).then_some(())
    }),
    ("NoSecretBeforeVerified", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        let line = format!("ERR who is {}", crate::sim::world::CANARY);
        day.commands[ticket].told[0].verdict = Verdict::ServerError { may_have_run: true, line };
        Some(())
    }),
    ("RefusedIsLast", |day| {
        // What was written behind AUTH when that had been answered.
        let is_refused = |frame: &&mut Frame| frame.what == What::Own("AUTH".into()) && frame.answer.is_some();
        let links: Vec<_> = day.frames.iter().map(|frame| (frame.link, frame.sent)).collect();
        let is_followed = |auth: &&mut Frame| {
            let answered = auth.answer.as_ref().map(|(when, _)| *when);
            links.iter().any(|(link, sent)| *link == auth.link && answered.is_some_and(|when| when < *sent))
        };
        let mut granted = day.frames.iter_mut().filter(is_refused).filter(is_followed);
        granted.next()?.answer.as_mut()?.1 = Value::Error("WRONGPASS".into());
        Some(())
    }),
    ("AllResolved", |day| {
        let ticket = replied(day, b"APPEND")?.0;
        day.commands[ticket].told.clear();
        Some(())
    }),
    ("Progress", |day| {
        let probe = day.commands.iter_mut().rfind(|command| command.probe)?;
        probe.told[0].verdict = unknown(1);
        Some(())
    }),
    ("Reconverge", |day| {
        day.misplaced.push((1, "10.0.0.1:6379".into(), "10.0.0.2:6379".into()));
        Some(())
    }),
    ("Deterministic", |day| {
        day.digests = (1, 2);
        Some(())
    }),
];

#[test]
fn each_rule_finds_the_record_that_breaks_it() {
    let good: Vec<u64> =
        (0..60).filter(|&seed| one_life(seed, false).is_ok_and(|(day, ..)| judge(&day).is_none())).collect();
    for (name, tamper) in TAMPERS {
        let invariant = INVARIANTS.iter().find(|invariant| invariant.name == name).expect("a rule of the list");
        // A change that only some days notice is looked for on all of them.
        let found = good.iter().find_map(|&seed| {
            let (mut day, ..) = one_life(seed, false).ok()?;
            tamper(&mut day)?;
            Some((invariant.check)(&day)).filter(Result::is_err)
        });
        assert!(matches!(found, Some(Err(_))), "{name}: {found:?}");
    }
}

#[test]
fn no_rule_goes_untried() {
    let tried: Vec<_> = TAMPERS.iter().map(|(name, _)| *name).collect();
    let all: Vec<_> = INVARIANTS.iter().map(|invariant| invariant.name).filter(|name| *name != "NoPanic").collect();
    for name in all {
        assert!(tried.contains(&name), "{name}");
    }
}

fn unknown(attempts: i64) -> Verdict {
    Verdict::Unknown { attempts, message: "lost".into(), node: String::new() }
}

/// A command of this name that runs once at most and was told a reply.
fn replied<'d>(day: &'d Day, name: &[u8]) -> Option<(usize, &'d Command)> {
    day.commands.iter().enumerate().find(|(_, command)| {
        let is_told = matches!(command.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
        let is_plain = !(command.everywhere || command.writes && command.may_run_twice());
        command.words[0] == name && is_told && is_plain && !command.probe
    })
}

/// The keys of the pages that scans have read, page by page, where there are any.
fn given(day: &mut Day) -> impl Iterator<Item = &mut Vec<Value>> {
    let lanes: Vec<_> = day.scans.iter().map(|scan| Some(slotpipe_core::port::LaneId(scan.lane))).collect();
    let pages = day.commands.iter_mut().filter(move |one| one.words[0] == b"SCAN" && lanes.contains(&one.options.lane));
    pages.filter_map(|one| {
        let Verdict::Reply(Value::List(halves)) = &mut one.told.first_mut()?.verdict else { return None };
        let Value::List(keys) = halves.get_mut(1)? else { return None };
        Some(keys).filter(|keys| !keys.is_empty())
    })
}

/// A key that has gone to another slot.
fn renamed(day: &Day) -> Option<usize> {
    done(day, b"RENAME")
}

/// A command that was done step by step.
fn done(day: &Day, name: &[u8]) -> Option<usize> {
    let is_done = |one: &Command| matches!(one.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
    day.commands.iter().position(|one| one.words[0] == name && is_done(one))
}

fn is_told(command: &Command, value: &Value) -> bool {
    command.outcome().is_some_and(|told| told.verdict == Verdict::Reply(value.clone()))
}

/// A command that was written once, and the frame.
fn answered(day: &Day) -> Option<(usize, usize)> {
    let (ticket, command) = replied(day, b"APPEND")?;
    let [index] = command.parts.values().next()?.as_slice() else { return None };
    Some((ticket, *index))
}

/// A second time on the same wire, behind the answer.
fn again(day: &mut Day, ticket: usize, index: usize) -> Option<()> {
    let mut frame = day.frames[index].clone();
    let (answer, value) = frame.answer.clone()?;
    frame.sent = Moment { step: answer.step, at: answer.at };
    frame.answer = Some((answer, value));
    let place = day.frames.len();
    day.frames.push(frame);
    day.commands[ticket].parts.values_mut().next()?.push(place);
    Some(())
}

/// Frames that are the first of their commands, with nothing wrong around them.
fn firsts(day: &Day) -> impl Iterator<Item = usize> + '_ {
    (0..day.frames.len()).filter(|&index| {
        let What::Job(ticket, part) = &day.frames[index].what else { return false };
        let command = &day.commands[*ticket];
        day.frames[index].calm && command.blocks.is_none() && command.parts.get(part).is_some_and(|all| *all == [index])
    })
}

fn same_pipeline(day: &Day, x: &Frame, y: &Frame) -> bool {
    let of = |frame: &Frame| {
        let What::Job(ticket, _) = &frame.what else { return None };
        Some((*ticket, day.commands[*ticket].batch))
    };
    let (Some((a, one)), Some((b, other))) = (of(x), of(y)) else { return false };
    one == other && a < b
}

/// Two writes of one key that fit have run the other way round.
fn swap_runs(day: &mut Day, fits: fn(&Command, &Command) -> bool) -> Option<()> {
    let is_usable = |command: &Command| {
        command.words[0] == b"APPEND" && command.runs.len() == 1 && !command.everywhere && !command.may_run_twice()
    };
    let (a, b) =
        (0..day.commands.len()).flat_map(|a| (a + 1..day.commands.len()).map(move |b| (a, b))).find(|&(a, b)| {
            let (one, other) = (&day.commands[a], &day.commands[b]);
            let is_known = matches!(one.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
            let is_before = one.outcome().is_some_and(|told| told.when < other.submitted) || one.batch == other.batch;
            is_usable(one) && is_usable(other) && one.keys == other.keys && is_known && is_before && fits(one, other)
        })?;
    let (x, y) = (day.commands[a].runs[0], day.commands[b].runs[0]);
    let (before, after) = (day.runs[x].when, day.runs[y].when);
    (day.runs[x].when, day.runs[y].when) = (after, before);
    Some(())
}
