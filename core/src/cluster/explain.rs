//! What `submit` would do, said instead of done: the same check, the same cut, the same map.

use alloc::{borrow::Cow, string::String, vec::Vec};

use bytes::Bytes;

use super::admit::{add_written, bad_frame, is_session, name, rules};
use crate::{
    port::{Address, Explained, ExplainedPart, ExplainedPlan, Misuse, ReadFrom, Route, SubmitOptions},
    route::{
        classify::{self, Class, Refusal, Target},
        command::{Blocks, Flags, Merge, Request, Row},
        plan,
        reading::Wish,
        slot::{Slot, SlotSet},
        table::Table,
        topology::{NodeId, Topology},
        unit::Bound,
    },
    sorted::SortedMap,
    wire::request::{Args, Requests},
};

/// Who answers the reads of a slot, if not its owner.
pub(super) type Reader<'a> = &'a dyn Fn(Slot) -> Option<NodeId>;

/// What `submit` would do on this map; `explain` for those who have no connection.
///
/// # Errors
/// The first frame that is none.
pub fn explain_offline(topology: &Topology, batch: &Bytes, options: &SubmitOptions) -> Result<Vec<Explained>, Misuse> {
    let lists = SortedMap::default();
    let wish = |read_from| Wish { read_from, turn: 0, lists: &lists };
    let reader = options
        .read_from
        .as_ref()
        .filter(|&read_from| *read_from != ReadFrom::Primary)
        .map(|read_from| |slot| wish(read_from).choose(topology, slot, |_| true, |_| None));
    explain(&Table::default(), topology, batch, options, reader.as_ref().map(|reader| reader as Reader<'_>))
}

/// Whether a command may be refused whatever its keys are: a look at its name, for those that ask about each one.
pub fn may_be_refused(command: &[u8]) -> bool {
    let mut lines = command.splitn(4, |&byte| byte == b'\n');
    let name = lines.nth(2).unwrap_or_default();
    classify::may_be_refused(name.strip_suffix(b"\r").unwrap_or(name))
}

/// Why a single command would be refused, whatever the slot map is.
pub fn refusal(command: &Bytes, options: &SubmitOptions, standalone: bool) -> Option<Misuse> {
    let (mut spans, mut keys) = (Vec::new(), Vec::new());
    Requests::new(command, 0).next(&mut spans)?.ok()?;
    let args = Args::new(command, &spans);
    match classify::classify(&Table::default(), args, rules(options, standalone), &mut keys) {
        Ok(_) | Err(Refusal::UnknownCommand) => None,
        Err(Refusal::Misuse { code, message }) => Some(Misuse { index: 0, code, command: name(args), message }),
    }
}

pub(super) fn explain(
    table: &Table,
    topology: &Topology,
    batch: &Bytes,
    options: &SubmitOptions,
    reader: Option<Reader<'_>>,
) -> Result<Vec<Explained>, Misuse> {
    let (mut spans, mut keys, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let written = reader.map(|_| written(table, topology, batch, options));
    let is_bound = options.atomic || is_session(options);
    let mut bound = is_bound.then(|| Bound::new(rules(options, topology.is_standalone()), &options.route));
    let mut requests = Requests::new(batch, 0);
    for index in 0.. {
        match requests.next(&mut spans) {
            None => break,
            Some(Ok(_)) => {}
            Some(Err(bad)) => return Err(bad_frame(index, bad)),
        }
        let args = Args::new(batch, &spans);
        let class = classify::classify(table, args, rules(options, topology.is_standalone()), &mut keys);
        let class = class.and_then(|class| match &mut bound {
            Some(bound) => {
                let taken = bound.take(table.row(class.row), class.target);
                taken.map(|()| class).map_err(|(code, message)| Refusal::Misuse { code, message })
            }
            None => Ok(class),
        });
        let mut found: Vec<Bytes> =
            keys.iter().filter_map(|&at| args.at(at as usize)).map(|key| batch.slice_ref(key)).collect();
        all.push(match class {
            Ok(class) => {
                let row = table.row(class.row);
                if row.flags.has(Flags::CHANNEL) {
                    // What it is routed by is no key.
                    found.clear();
                }
                let may_read = row.flags.has(Flags::READONLY) && row.blocks(args) == Blocks::No;
                let node_of = |slot: Slot| match (reader, &written) {
                    (Some(reader), Some(written)) if may_read && !written.contains(slot) => reader(slot),
                    (Some(_) | None, _) => topology.owner(slot),
                };
                let plan = plan_of((topology, &node_of), row, class, args, &keys, &found, options);
                let command = String::from(row.name);
                Explained { index, command, keys: found, readonly: class.readonly, plan: Ok(plan) }
            }
            Err(refusal) => {
                let (code, message) = match refusal {
                    Refusal::Misuse { code, message } => (code, message),
                    Refusal::UnknownCommand => (
                        "UNKNOWN",
                        Cow::Borrowed("not in the command table; a connected client asks the server for its keys"),
                    ),
                };
                let command = name(args).to_ascii_uppercase();
                let misuse = Misuse { index, code, command: command.clone(), message };
                Explained { index, command, keys: found, readonly: false, plan: Err(misuse) }
            }
        });
    }
    Ok(all)
}

/// The slots that a batch writes.
fn written(table: &Table, topology: &Topology, batch: &Bytes, options: &SubmitOptions) -> SlotSet {
    let (mut spans, mut keys, mut written) = (Vec::new(), Vec::new(), SlotSet::default());
    let mut requests = Requests::new(batch, 0);
    while let Some(Ok(_)) = requests.next(&mut spans) {
        let args = Args::new(batch, &spans);
        if let Ok(class) = classify::classify(table, args, rules(options, topology.is_standalone()), &mut keys) {
            let keys = keys.iter().filter_map(|&at| args.at(at as usize));
            add_written(table.row(class.row), class.target, keys, &mut written);
        }
    }
    written
}

fn plan_of(
    (topology, node_of): (&Topology, &dyn Fn(Slot) -> Option<NodeId>),
    row: Row<'_>,
    class: Class,
    args: Args<'_>,
    positions: &[u32],
    keys: &[Bytes],
    options: &SubmitOptions,
) -> ExplainedPlan {
    let at_slot = |slot: Slot, keys: Vec<Bytes>| ExplainedPart {
        slot: Some(slot.number()),
        node: node_of(slot).map(|node| topology.node(node).address.clone()),
        keys,
    };
    let at_node = |address: &Address| ExplainedPart { slot: None, node: Some(address.clone()), keys: keys.to_vec() };
    let at_each = |nodes: Vec<NodeId>| nodes.iter().map(|node| at_node(&topology.node(*node).address)).collect();
    let all_primaries = || at_each(topology.owners().to_vec());
    let all_nodes = || at_each(topology.nodes().collect());
    let merge = if row.handling.merge == Merge::Single { Merge::PerNode } else { row.handling.merge };
    let plan = |route, parts, merge, atomic| {
        let merge = merge_name(merge);
        ExplainedPlan { route, parts, merge, atomic, steps: Vec::new(), loses: None }
    };
    let alone = |route, parts| plan(route, parts, Merge::Single, true);
    let fan = |route, parts, merge| plan(route, parts, merge, false);
    let cut = || {
        let own = |piece: &plan::Piece| piece.keys.iter().filter_map(|&key| keys.get(key as usize).cloned()).collect();
        plan::cut(args, positions).iter().map(|piece| at_slot(piece.slot, own(piece))).collect()
    };
    match (&options.route, class.target) {
        (_, Target::Subscription) => alone("subscription", Vec::new()),
        (Route::Node(address), _) => alone("node", Vec::from([at_node(address)])),
        (Route::Nodes(addresses), _) => fan("nodes", addresses.iter().map(at_node).collect(), Merge::PerNode),
        (Route::Slot(number), _) => match Slot::new(*number) {
            Some(slot) => alone("slots", Vec::from([at_slot(slot, keys.to_vec())])),
            None => alone("slots", Vec::new()),
        },
        (Route::Primaries, _) => fan("all-primaries", all_primaries(), Merge::PerNode),
        (Route::Replicas, _) => fan("all-replicas", at_each(topology.all_replicas().collect()), Merge::PerNode),
        (Route::All, _) => fan("all-nodes", all_nodes(), Merge::PerNode),
        (Route::Table, Target::Slot(slot)) => alone("slots", Vec::from([at_slot(slot, keys.to_vec())])),
        (Route::Table, Target::Any) => {
            alone("any", Vec::from([ExplainedPart { slot: None, node: None, keys: Vec::new() }]))
        }
        (Route::Table, Target::AllPrimaries) => fan("all-primaries", all_primaries(), merge),
        (Route::Table, Target::AllNodes) => fan("all-nodes", all_nodes(), merge),
        (Route::Table, Target::Owners) => {
            let Request::Owners { at, step } = row.handling.request else { return fan("owners", Vec::new(), merge) };
            let ranges = plan::slots_named(args, at, step).unwrap_or_default();
            let shares = plan::share(&ranges, |slot| topology.owner(slot));
            let address = |share: &plan::Share| share.owner.map(|node| topology.node(node).address.clone());
            let part = |share| ExplainedPart { slot: None, node: address(share), keys: Vec::new() };
            fan("owners", shares.iter().map(part).collect(), merge)
        }
        (Route::Table, Target::Split) => fan("slots", cut(), row.handling.merge),
        (Route::Table, Target::Recipe(kind)) => ExplainedPlan {
            steps: kind.steps().iter().copied().map(String::from).collect(),
            loses: Some(String::from(kind.loses())),
            ..fan("recipe", cut(), Merge::Single)
        },
    }
}

const fn merge_name(merge: Merge) -> &'static str {
    match merge {
        Merge::Single => "single",
        Merge::Position => "position",
        Merge::Sum => "sum",
        Merge::Min => "min",
        Merge::Max => "max",
        Merge::And => "and",
        Merge::Or => "or",
        Merge::AllOk => "all-ok",
        Merge::OneOk => "one-ok",
        Merge::Concat => "concat",
        Merge::Union => "union",
        Merge::SumPairs => "sum-pairs",
        Merge::AnyNonNull => "any-non-null",
        Merge::PerNode => "per-node",
    }
}
