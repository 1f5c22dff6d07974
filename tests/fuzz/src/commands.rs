//! Commands out of a fuzzer's bytes: of every row of the table, with words that mean something to some of them.

use std::sync::LazyLock;

use arbitrary::{Result, Unstructured};
use slotpipe_core::{
    port::{Address, CrossSlot, LaneId, Order, Retry, Route, SubmitOptions},
    route::table::Table,
    wire::{
        encode,
        request::{Args, Requests, Span},
    },
};

/// One command.
pub(crate) type Argv = Vec<Vec<u8>>;

/// A command as the core sees one: a frame and where its arguments are.
#[derive(Debug)]
pub(crate) struct Framed {
    frame: Vec<u8>,
    spans: Vec<Span>,
}

impl Framed {
    pub(crate) fn new(argv: &[Vec<u8>]) -> Self {
        let (mut frame, mut spans) = (Vec::new(), Vec::new());
        encode::command(&mut frame, argv);
        Requests::new(&frame, 0).next(&mut spans).expect("a frame").expect("a request");
        Self { frame, spans }
    }

    pub(crate) fn args(&self) -> Args<'_> {
        Args::new(&self.frame, &self.spans)
    }
}

/// The requests in `bytes`, back to back, and how many bytes they are.
pub(crate) fn requests(bytes: &[u8]) -> (Vec<Argv>, usize) {
    let (mut requests, mut spans, mut found) = (Requests::new(bytes, 0), Vec::new(), Vec::new());
    while let Some(Ok(_)) = requests.next(&mut spans) {
        found.push(Args::new(bytes, &spans).iter().map(<[u8]>::to_vec).collect());
    }
    (found, requests.position())
}

/// The names of all rows, in words.
static NAMES: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| Table::generated().map(|row| row.name.split(' ').collect()).collect());

/// Those that pipelines are mostly made of.
const USUAL: [&str; 24] = [
    "GET",
    "SET",
    "APPEND",
    "MGET",
    "MSET",
    "DEL",
    "EXISTS",
    "INCR",
    "PING",
    "DBSIZE",
    "KEYS",
    "FLUSHALL",
    "SCRIPT KILL",
    "EVAL",
    "BLPOP",
    "XREAD",
    "WAIT",
    "JSON.MSET",
    "MSETEX",
    "SORT",
    "PUBSUB NUMSUB",
    "SPUBLISH",
    "CLUSTER SLOTS",
    "COMMAND INFO",
];

const WORDS: [&str; 36] = [
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1000",
    "9223372036854775807",
    "0.001",
    "nan",
    "{a}1",
    "{a}2",
    "{b}1",
    "{b}2",
    "c",
    "d",
    "KEYS",
    "STREAMS",
    "STORE",
    "STOREDIST",
    "BY",
    "GET",
    "LIMIT",
    "AUTH",
    "AUTH2",
    "NX",
    "XX",
    "BLOCK",
    "COUNT",
    "GROUP",
    "WEIGHTS",
    "",
    "*",
    "$",
    "WITHSCORES",
    "INCRBY",
    "{}x",
];

/// A command: mostly one that is known, now and then one that is not.
pub(crate) fn argv(given: &mut Unstructured<'_>) -> Result<Argv> {
    let mut argv: Argv = match given.int_in_range(0..=9)? {
        0..=5 => given.choose(&USUAL)?.split(' ').map(|word| word.as_bytes().to_vec()).collect(),
        6..=8 => given.choose(&NAMES)?.iter().map(|word| word.as_bytes().to_vec()).collect(),
        _ => vec![given.choose(&["FOO", "foo.bar", "EVIL", "", "GETT"])?.as_bytes().to_vec()],
    };
    for _ in 0..given.int_in_range(0..=7)? {
        argv.push(word(given)?);
    }
    Ok(argv)
}

/// An argument.
pub(crate) fn word(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    if given.ratio(1, 12)? {
        let length = given.int_in_range(0..=6)?;
        return Ok(given.bytes(length.min(given.len()))?.to_vec());
    }
    Ok(given.choose(&WORDS)?.as_bytes().to_vec())
}

/// A few commands back to back.
pub(crate) fn batch(given: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut batch = Vec::new();
    for _ in 0..given.int_in_range(0..=6)? {
        encode::command(&mut batch, argv(given)?);
    }
    Ok(batch)
}

/// Options that mean something, most of the time those that nobody gives.
pub(crate) fn options(given: &mut Unstructured<'_>, nodes: &[Address]) -> Result<SubmitOptions> {
    if given.ratio(1, 2)? {
        return Ok(SubmitOptions::default());
    }
    Ok(SubmitOptions {
        deadline_ms: *given.choose(&[None, None, Some(0), Some(1), Some(50), Some(5_000), Some(u32::MAX)])?,
        order: *given.choose(&[Order::Key, Order::Slot, Order::None])?,
        retry: *given.choose(&[Retry::Reads, Retry::Idempotent, Retry::Never])?,
        max_redirects: *given.choose(&[None, None, Some(0), Some(1), Some(u8::MAX)])?,
        route: match given.int_in_range(0..=9)? {
            0 => Route::Primaries,
            1 => Route::All,
            2 => Route::Slot(given.int_in_range(0..=16_400)?),
            3 => Route::Node(given.choose(nodes)?.clone()),
            4 => Route::Replicas,
            5 => Route::Nodes(nodes.to_vec()),
            _ => Route::Table,
        },
        no_split: given.ratio(1, 8)?,
        pipeline: given.ratio(1, 8)?,
        detailed: false,
        read_from: None,
        key_positions: if given.ratio(1, 6)? {
            Some(vec![given.int_in_range(0..=4)?; given.int_in_range(0..=2)?])
        } else {
            None
        },
        by_hash: given.ratio(1, 8)?,
        cross_slot: *given.choose(&[CrossSlot::Refuse, CrossSlot::Emulate])?,
        lane: if given.ratio(1, 8)? { Some(LaneId(given.int_in_range(0..=2)?)) } else { None },
        // Last: what the kept inputs say before it means what it did.
        atomic: given.ratio(1, 8)?,
    })
}
