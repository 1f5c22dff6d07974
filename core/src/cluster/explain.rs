//! What `submit` would do, said instead of done: the same check, the same cut, the same map.

use alloc::{borrow::Cow, string::String, vec::Vec};

use bytes::Bytes;

use super::admit::{bad_frame, name, rules};
use crate::{
    port::{Explained, ExplainedPart, ExplainedPlan, Misuse, Route, SubmitOptions},
    route::{
        classify::{self, Class, Refusal, Target},
        command::{Flags, Merge, Row},
        plan,
        slot::Slot,
        table::Table,
        topology::Topology,
    },
    wire::request::{Args, Requests},
};

/// What `submit` would do on this map; `explain` for those who have no connection.
///
/// # Errors
/// The first frame that is none.
pub fn explain_offline(topology: &Topology, batch: &Bytes, options: &SubmitOptions) -> Result<Vec<Explained>, Misuse> {
    explain(&Table::default(), topology, batch, options)
}

pub(super) fn explain(
    table: &Table,
    topology: &Topology,
    batch: &Bytes,
    options: &SubmitOptions,
) -> Result<Vec<Explained>, Misuse> {
    let (mut spans, mut keys, mut all) = (Vec::new(), Vec::new(), Vec::new());
    let mut requests = Requests::new(batch, 0);
    for index in 0.. {
        match requests.next(&mut spans) {
            None => break,
            Some(Ok(_)) => {}
            Some(Err(bad)) => return Err(bad_frame(index, bad)),
        }
        let args = Args::new(batch, &spans);
        let class = classify::classify(table, args, rules(options, topology.is_standalone()), &mut keys);
        let mut found: Vec<Bytes> =
            keys.iter().filter_map(|&at| args.at(at as usize)).map(|key| batch.slice_ref(key)).collect();
        all.push(match class {
            Ok(class) => {
                let row = table.row(class.row);
                if row.flags.has(Flags::CHANNEL) {
                    // What it is routed by is no key.
                    found.clear();
                }
                let plan = plan_of(topology, row, class, args, &keys, &found, options);
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

fn plan_of(
    topology: &Topology,
    row: Row<'_>,
    class: Class,
    args: Args<'_>,
    positions: &[u32],
    keys: &[Bytes],
    options: &SubmitOptions,
) -> ExplainedPlan {
    let at_slot = |slot: Slot, keys: Vec<Bytes>| ExplainedPart {
        slot: Some(slot.number()),
        node: topology.owner(slot).map(|node| topology.node(node).address.clone()),
        keys,
    };
    let everywhere = |replicas: bool| -> Vec<ExplainedPart> {
        let nodes: Vec<_> = if replicas { topology.nodes().collect() } else { topology.owners().to_vec() };
        let address = |node| Some(topology.node(node).address.clone());
        nodes.into_iter().map(|node| ExplainedPart { slot: None, node: address(node), keys: Vec::new() }).collect()
    };
    let merge = if row.handling.merge == Merge::Single { Merge::PerNode } else { row.handling.merge };
    let alone = |route, parts| ExplainedPlan { route, parts, merge: merge_name(Merge::Single), atomic: true };
    let fan = |route, parts, merge| ExplainedPlan { route, parts, merge: merge_name(merge), atomic: false };
    match (&options.route, class.target) {
        (Route::Node(address), _) => {
            alone("node", Vec::from([ExplainedPart { slot: None, node: Some(address.clone()), keys: keys.to_vec() }]))
        }
        (Route::Slot(number), _) => match Slot::new(*number) {
            Some(slot) => alone("slots", Vec::from([at_slot(slot, keys.to_vec())])),
            None => alone("slots", Vec::new()),
        },
        (Route::Primaries, _) => fan("all-primaries", everywhere(false), Merge::PerNode),
        (Route::All, _) => fan("all-nodes", everywhere(true), Merge::PerNode),
        (Route::Table, Target::Slot(slot)) => alone("slots", Vec::from([at_slot(slot, keys.to_vec())])),
        (Route::Table, Target::Any) => {
            alone("any", Vec::from([ExplainedPart { slot: None, node: None, keys: Vec::new() }]))
        }
        (Route::Table, Target::AllPrimaries) => fan("all-primaries", everywhere(false), merge),
        (Route::Table, Target::AllNodes) => fan("all-nodes", everywhere(true), merge),
        (Route::Table, Target::Split) => {
            let own =
                |piece: &plan::Piece| piece.keys.iter().filter_map(|&key| keys.get(key as usize).cloned()).collect();
            let parts = plan::cut(args, positions).iter().map(|piece| at_slot(piece.slot, own(piece))).collect();
            fan("slots", parts, row.handling.merge)
        }
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
        Merge::FirstNonNull => "first-non-null",
        Merge::PerNode => "per-node",
    }
}
