//! What was said to those who listen, against what was published.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::slot_of,
    sim::{
        commands::tokens_in,
        day::{Command, Day, Frame, Moment, Pushed, Verdict, What},
        resp::Value,
        world::HEARD_US,
    },
};

type Checked = Result<(), String>;

/// How one asks for what.
const LISTENING: [&str; 3] = ["SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"];

/// One message as a listener was given it.
struct Message<'d> {
    when: Moment,
    lane: u32,
    /// SUBSCRIBE, PSUBSCRIBE or SSUBSCRIBE, and of what.
    topic: (&'static str, &'d [u8]),
    channel: &'d [u8],
    token: u64,
}

fn messages(day: &Day) -> impl Iterator<Item = Result<Message<'_>, String>> {
    day.pushes.iter().filter_map(|push| {
        let words: Vec<&[u8]> = push.words.iter().filter_map(Value::text).collect();
        let (topic, channel, payload) = match words.as_slice() {
            [b"message", channel, payload] => (("SUBSCRIBE", *channel), *channel, *payload),
            [b"smessage", channel, payload] => (("SSUBSCRIBE", *channel), *channel, *payload),
            [b"pmessage", channel, payload, pattern] => (("PSUBSCRIBE", *pattern), *channel, *payload),
            [b"message" | b"smessage" | b"pmessage", ..] => return Some(Err(format!("{push:?} is no message"))),
            _ => return None,
        };
        let token = tokens_in(payload).next().ok_or(format!("{push:?} carries no token"));
        Some(token.map(|token| Message { when: push.when, lane: push.lane, topic, channel, token }))
    })
}

/// Commands of a lane about one topic: SUBSCRIBE and what undoes it.
fn about<'d>(day: &'d Day, lane: u32, topic: (&'d str, &'d [u8])) -> impl Iterator<Item = (bool, &'d Command)> {
    let undo = topic.0.replace("SUB", "UNSUB");
    day.commands.iter().filter_map(move |command| {
        let is_its = command.options.lane.is_some_and(|of| of.0 == lane) && command.words.get(1)? == topic.1;
        let word = command.words[0].as_slice();
        let on = word == topic.0.as_bytes();
        (is_its && (on || word == undo.as_bytes())).then_some((on, command))
    })
}

pub(super) fn right_message(day: &Day) -> Checked {
    let published: BTreeMap<u64, &Command> = day
        .commands
        .iter()
        .filter(|command| matches!(command.words[0].as_slice(), b"PUBLISH" | b"SPUBLISH"))
        .map(|command| (command.token, command))
        .collect();
    let mut seen = BTreeMap::new();
    for message in messages(day) {
        let Message { when, lane, topic, channel, token } = message?;
        let what = format!("lane {lane}: {token} on {:?}", String::from_utf8_lossy(channel));
        let Some(source) = published.get(&token).filter(|source| source.submitted < when) else {
            return Err(format!("{what}, which nobody has published"));
        };
        let is_sharded = source.words[0] == b"SPUBLISH";
        if source.words[1] != channel || is_sharded != (topic.0 == "SSUBSCRIBE") {
            return Err(format!("{what}, which was published as {:?}", source.words));
        }
        if topic.0 == "PSUBSCRIBE" && !channel.ends_with(b"st") {
            return Err(format!("{what}, which its pattern does not mean"));
        }
        if day.left.get(&lane).is_some_and(|left| *left < when) {
            return Err(format!("{what}, and the lane was released"));
        }
        // Whoever has been told that it is over hears no more of it.
        let last = about(day, lane, topic).take_while(|(_, command)| command.submitted < when).last();
        let is_over = match last {
            None => true,
            Some((true, _)) => false,
            Some((false, undone)) => {
                undone.outcome().is_some_and(|told| told.when < when && matches!(told.verdict, Verdict::Reply(_)))
            }
        };
        if is_over {
            return Err(format!("{what}, which it does not listen to"));
        }
        // What a cluster is told late at a node that is listened to since is heard there again.
        if let Some(first) = seen.insert((lane, topic, token), when) {
            let is_it =
                |what: &What| matches!(what, What::Listens(word, of) if (word.as_str(), of.as_slice()) == topic);
            let is_new = |frame: &&Frame| is_it(&frame.what) && frame.sent > first;
            if !day.frames.iter().any(|frame| is_new(&frame) && frame.sent < when) {
                return Err(format!("{what}, for the second time"));
            }
        }
    }
    Ok(())
}

pub(super) fn everybody_hears(day: &Day) -> Checked {
    let Some(healed) = day.healed else { return Ok(()) };
    let heard: BTreeSet<_> = messages(day).flatten().map(|one| (one.lane, one.topic, one.token)).collect();
    let asked: BTreeSet<(u32, (&str, &[u8]))> = day
        .commands
        .iter()
        .filter_map(|command| {
            let word = LISTENING.into_iter().find(|word| command.words[0] == word.as_bytes())?;
            Some((command.options.lane?.0, (word, command.words.get(1)?.as_slice())))
        })
        .collect();
    for (lane, topic) in asked {
        let name = topic.1;
        let is_held = match about(day, lane, topic).last() {
            Some((true, command)) => matches!(command.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_))),
            _ => false,
        };
        let is_lost = day.orphans.contains(&slot_of(name)) || was_refused(day, lane, name);
        if !is_held || day.left.contains_key(&lane) || is_lost {
            continue;
        }
        for command in
            day.commands.iter().filter(|command| command.probe && command.submitted.at >= healed.at + HEARD_US)
        {
            let is_meant = match topic.0 {
                "SSUBSCRIBE" => command.words[0] == b"SPUBLISH" && command.words[1] == name,
                "SUBSCRIBE" => command.words[0] == b"PUBLISH" && command.words[1] == name,
                _ => command.words[0] == b"PUBLISH" && command.words[1].ends_with(b"st"),
            };
            let is_told = matches!(command.outcome().map(|told| &told.verdict), Some(Verdict::Reply(_)));
            if is_meant && is_told && !heard.contains(&(lane, topic, command.token)) {
                return Err(format!(
                    "lane {lane} listens to {:?} and has not heard {} of {:?}",
                    String::from_utf8_lossy(name),
                    command.token,
                    command.submitted
                ));
            }
        }
    }
    Ok(())
}

/// What was to be asked for again was refused by the server, and the caller was told.
fn was_refused(day: &Day, lane: u32, name: &[u8]) -> bool {
    let is_it = |push: &&Pushed| {
        push.lane == lane
            && push.words.first().and_then(Value::text) == Some(b"refused")
            && push.words[1].text() == Some(name)
    };
    day.pushes.iter().any(|push| is_it(&push))
}
