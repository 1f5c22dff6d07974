//! What a core says, as lines.

use std::fmt::Write as _;

use bytes::Bytes;
use slotpipe::{Health, Topology};
use slotpipe_core::{
    port::{
        Address, Explained, ExplainedPart, ExplainedPlan, Misuse, NodeStats, Note, Open, Output, Outputs, Refused,
        Stats, Submitted,
    },
    wire::tape::{Cursor, Leaf, Node},
};

use super::text::{escape, list, plain, word};

pub(super) fn submitted(out: &mut String, submitted: &Result<Submitted, Refused>) {
    match submitted {
        // How many they are is in the batch; JavaScript is told the first alone.
        Ok(Submitted { first, .. }) => {
            let _ = writeln!(out, "< submitted first={}", first.0);
        }
        Err(Refused::Full) => out.push_str("< full\n"),
        Err(Refused::Misuse(found)) => misuse(out, "misuse", found),
    }
}

pub(super) fn polled(out: &mut String, said: &Outputs) {
    let Outputs { actions, answers } = said;
    if !answers.tape.is_empty() || !answers.buffers.is_empty() {
        out.push_str("< tape");
        plain(out, "words", answers.tape.len());
        list(out, "buffers", answers.buffers.iter().map(|buffer| buffer.len().to_string()));
        out.push('\n');
    }
    for answer in answers.iter() {
        out.push_str("< answer");
        plain(out, "ticket", answer.ticket.0);
        plain(out, "outcome", answer.outcome as u8);
        plain(out, "shape", answer.shape as u8);
        value(out, answer.body, &answers.buffers);
    }
    for action in actions {
        match action {
            Output::Connect { link, address, timeout_ms } => {
                out.push_str("< connect");
                plain(out, "link", link.0);
                word(out, "host", &address.host);
                plain(out, "port", address.port);
                plain(out, "timeout_ms", timeout_ms);
            }
            Output::Send { link, bytes } => {
                out.push_str("< send");
                plain(out, "link", link.0);
                word(out, "bytes", bytes);
            }
            Output::Close { link } => {
                out.push_str("< close");
                plain(out, "link", link.0);
            }
            Output::Push { lane, tape } => {
                out.push_str("< push");
                plain(out, "lane", lane.0);
                value(out, tape, &answers.buffers);
                continue;
            }
            Output::Note(told) => note(out, told),
            Output::Wait { until } => {
                out.push_str("< wait");
                if let Some(at) = until {
                    plain(out, "until", at.0);
                }
            }
        }
        out.push('\n');
    }
}

fn note(out: &mut String, note: &Note) {
    let (kind, text) = match note {
        Note::Ready => ("ready", String::new()),
        Note::Unreachable { reason, .. } => ("unreachable", reason.clone()),
        Note::Topology => ("topology", String::new()),
        Note::Room => ("room", String::new()),
        Note::Resubscribed(lane) => ("resubscribed", lane.0.to_string()),
        Note::Redirected { code, ticket } => ("redirected", format!("{code} {}", ticket.0)),
        Note::NodeDown { address, reason, .. } => ("node-down", format!("{address}: {reason}")),
        Note::Planned { first, count } => ("planned", format!("{} {count}", first.0)),
        Note::Wrote { link, address, bytes } => ("wrote", format!("{} {address} {bytes}", link.0)),
        Note::Refreshed { changed } => ("refreshed", changed.to_string()),
        Note::Reconnected { link, address } => ("reconnected", format!("{} {address}", link.0)),
    };
    out.push_str("< note");
    plain(out, "kind", kind);
    if let Note::Unreachable { failure, .. } | Note::NodeDown { failure, .. } = note {
        plain(out, "failure", *failure as u32);
    }
    word(out, "text", text);
}

/// The nodes of a body with their bytes, to the end of the line.
fn value(out: &mut String, words: &[u32], buffers: &[Bytes]) {
    let mut cursor = Cursor::new(words);
    while let Some(node) = cursor.next() {
        out.push(' ');
        match node {
            Node::Null => out.push('_'),
            Node::Bool(value) => out.push_str(if value { "#t" } else { "#f" }),
            Node::Int(value) => {
                let _ = write!(out, ":{value}");
            }
            Node::Double(value) => {
                let _ = write!(out, ",{:016x}", value.to_bits());
            }
            Node::Bulk(leaf) => bytes(out, '$', leaf, buffers),
            Node::Simple(leaf) => bytes(out, '+', leaf, buffers),
            Node::Error(leaf) => bytes(out, '-', leaf, buffers),
            Node::BigNumber(leaf) => bytes(out, '(', leaf, buffers),
            Node::Verbatim(leaf) => bytes(out, '=', leaf, buffers),
            Node::Array(count) => counted(out, '*', count),
            Node::Set(count) => counted(out, '~', count),
            Node::Push(count) => counted(out, '>', count),
            Node::Map(count) => counted(out, '%', count),
            Node::Attribute(count) => counted(out, '|', count),
        }
    }
    assert!(cursor.rest().is_empty(), "words that are no tape: {:?}", cursor.rest());
    out.push('\n');
}

fn bytes(out: &mut String, sigil: char, leaf: Leaf, buffers: &[Bytes]) {
    out.push(sigil);
    escape(out, leaf.of(buffers).expect("a leaf names bytes that are there"));
}

fn counted(out: &mut String, sigil: char, count: u32) {
    let _ = write!(out, "{sigil}{count}");
}

fn misuse(out: &mut String, verb: &str, misuse: &Misuse) {
    let Misuse { index, code, command, message } = misuse;
    let _ = write!(out, "< {verb}");
    plain(out, "index", index);
    word(out, "code", code);
    word(out, "command", command);
    word(out, "message", message.as_bytes());
    out.push('\n');
}

pub(super) fn explained(out: &mut String, result: &Result<Vec<Explained>, Misuse>) {
    let all = match result {
        Ok(all) => all,
        Err(found) => return misuse(out, "misuse", found),
    };
    for Explained { index, command, keys, readonly, plan } in all {
        out.push_str("< explained");
        plain(out, "index", index);
        word(out, "command", command);
        plain(out, "readonly", readonly);
        list(out, "keys", keys);
        out.push('\n');
        match plan {
            Ok(ExplainedPlan { route, parts, merge, atomic, steps, loses }) => {
                out.push_str("< plan");
                word(out, "route", route);
                word(out, "merge", merge);
                plain(out, "atomic", atomic);
                list(out, "steps", steps);
                if let Some(text) = loses {
                    word(out, "loses", text);
                }
                out.push('\n');
                parts.iter().for_each(|of_plan| part(out, of_plan));
            }
            Err(refusal) => misuse(out, "refusal", refusal),
        }
    }
}

fn part(out: &mut String, part: &ExplainedPart) {
    let ExplainedPart { slot, node, keys } = part;
    out.push_str("< part");
    if let Some(slot) = slot {
        plain(out, "slot", slot);
    }
    if let Some(node) = node {
        word(out, "node", node.to_string());
    }
    list(out, "keys", keys);
    out.push('\n');
}

pub(super) fn stats(out: &mut String, stats: &Stats) {
    let Stats {
        commands,
        moved,
        ask,
        try_again,
        cluster_down,
        master_down,
        loading,
        read_only,
        busy,
        retries,
        unknown,
        not_executed,
        untrusted,
        refreshes,
        dials,
        bytes_in,
        bytes_out,
        connections,
        waiting,
        nodes,
        open,
    } = stats;
    let counters = [
        ("commands", commands),
        ("moved", moved),
        ("ask", ask),
        ("try_again", try_again),
        ("cluster_down", cluster_down),
        ("master_down", master_down),
        ("loading", loading),
        ("read_only", read_only),
        ("busy", busy),
        ("retries", retries),
        ("unknown", unknown),
        ("not_executed", not_executed),
        ("untrusted", untrusted),
        ("refreshes", refreshes),
        ("dials", dials),
        ("bytes_in", bytes_in),
        ("bytes_out", bytes_out),
    ];
    out.push_str("< stats");
    counters.into_iter().for_each(|(name, count)| plain(out, name, count));
    plain(out, "connections", connections);
    plain(out, "waiting", waiting);
    for NodeStats { address, connections, waiting, in_flight, latency_us } in nodes {
        let latency = latency_us.map_or("none".into(), |us| us.to_string());
        let _ = write!(out, " node={address}/{connections}/{waiting}/{in_flight}/{latency}");
    }
    let Open { jobs, batches, gathers, sources } = open;
    let kinds = [("jobs", jobs), ("batches", batches), ("gathers", gathers), ("sources", sources)];
    for (kind, count) in kinds {
        let _ = write!(out, " open.{kind}={count}");
    }
    out.push('\n');
}

pub(super) fn topology(out: &mut String, map: &Topology) {
    let _ = writeln!(out, "< topology standalone={}", map.standalone);
    for node in &map.nodes {
        out.push_str("< node");
        word(out, "host", &node.address.host);
        plain(out, "port", node.address.port);
        word(out, "id", &node.id);
        if let Some(primary) = &node.primary {
            word(out, "primary", primary.to_string());
        }
        list(out, "slots", node.slots.iter().map(|(start, end)| format!("{start}-{end}")));
        word(out, "zone", &node.zone);
        plain(out, "health", if node.health == Health::Failed { "failed" } else { "online" });
        out.push('\n');
    }
    for range in &map.slots {
        out.push_str("< range");
        plain(out, "start", range.start);
        plain(out, "end", range.end);
        word(out, "primary", range.primary.to_string());
        list(out, "replicas", range.replicas.iter().map(Address::to_string));
        out.push('\n');
    }
}
