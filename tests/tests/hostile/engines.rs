//! One core with one node and one call that waits for its reply: linked in, or as an instance of the component whose
//! memory and fuel are looked at.

use std::sync::LazyLock;

use bytes::Bytes;
use slotpipe::{
    component::{
        BYTES,
        wasmtime::{self, Store, component::Linker},
    },
    engine::{Engine as _, InProcess, InProcessMaker, Make as _},
};
use slotpipe_core::{
    config::Config,
    port::{Address, Answers, Cause, Input, LinkId, Micros, OutcomeKind, Output, Outputs, SubmitOptions},
};
use slotpipe_tests::script::batch;

use crate::measured::allocated;

mod bindings {
    slotpipe::component::wasmtime::component::bindgen!({
        path: "../wit/cluster.wit",
        world: "slotpipe",
        wasmtime_crate: slotpipe::component::wasmtime,
    });
}

use bindings::exports::slotpipe::cluster::port as wit;

/// A core to be fed.
pub(crate) trait Machine {
    /// A fresh core whose call waits for a reply.
    fn begin(&mut self);
    /// The node says this.
    fn received(&mut self, bytes: &[u8]);
    /// Whether the core wants the connection closed.
    fn hung_up(&self) -> bool;
    /// Closes the connection; how the call ended: `closed: why`, or `a reply`.
    fn ended(&mut self) -> String;
    /// The most that was taken since the beginning, without the input itself.
    fn taken(&self) -> usize;
}

/// Pieces of so many bytes at most.
pub(crate) fn chunked(bytes: &[u8], chunk: usize) -> impl Iterator<Item = &[u8]> {
    bytes.chunks(chunk.min(bytes.len()))
}

const LINK: u32 = 0;
const NOW: Micros = Micros(1_000_000);
/// What a server of one node answers to a handshake and to the first two questions.
const HANDSHAKE: &str = "%1\r\n$2\r\nid\r\n:1\r\n+OK\r\n+OK\r\n";
const SLOTS: &str = "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:7001\r\n$1\r\na\r\n";
const NODES: &str = "$63\r\na 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-16383\n\r\n";

fn config() -> Config {
    Config { seeds: vec![Address::new("127.0.0.1", 7001)], ..Config::default() }
}

fn question() -> Bytes {
    batch(&["SET k v"])
}

/// How the only answer reads.
fn read(answers: &Answers) -> Option<String> {
    let answer = answers.iter().next()?;
    if answer.outcome != OutcomeKind::Unknown {
        return Some("a reply".into());
    }
    let mut cursor = answer.cursor();
    // How often it was written comes first.
    cursor.next();
    let why = cursor.next()?.text()?.of(&answers.buffers)?;
    Some(format!("closed: {}", String::from_utf8_lossy(why)))
}

/// The core as a crate.
#[derive(Default)]
pub(crate) struct InCore {
    core: Option<InProcess>,
    out: Outputs,
    closed: bool,
    answer: Option<String>,
    taken: usize,
}

impl InCore {
    fn core(&mut self) -> &mut InProcess {
        self.core.as_mut().unwrap()
    }

    fn handle(&mut self, input: Input) {
        let (Some(core), out) = (&mut self.core, &mut self.out) else { return };
        core.handle(NOW, input).unwrap();
        core.poll(NOW, out).unwrap();
        self.closed |= out.actions.iter().any(|action| matches!(action, Output::Close { .. }));
        self.answer = self.answer.take().or_else(|| read(&out.answers));
    }
}

impl Machine for InCore {
    fn begin(&mut self) {
        *self = Self { core: Some(InProcessMaker(config()).make(NOW).unwrap()), ..Self::default() };
        let link = LinkId(LINK);
        self.core().poll(NOW, &mut Outputs::default()).unwrap();
        self.handle(Input::Connected { link, credentials: None });
        for words in [HANDSHAKE, SLOTS, NODES] {
            self.handle(Input::Received { link, bytes: Bytes::from_static(words.as_bytes()) });
        }
        self.core().submit(NOW, question(), &SubmitOptions::default()).unwrap().unwrap();
        self.handle(Input::Elapsed);
        assert!(self.out.actions.iter().any(|action| matches!(action, Output::Send { .. })), "{:?}", self.out.actions);
    }

    fn received(&mut self, bytes: &[u8]) {
        let bytes = Bytes::copy_from_slice(bytes);
        self.taken += allocated(|| self.handle(Input::Received { link: LinkId(LINK), bytes }));
    }

    fn hung_up(&self) -> bool {
        self.closed
    }

    fn ended(&mut self) -> String {
        let closed = Input::Closed { link: LinkId(LINK), cause: Cause::Asked, maybe_sent: u64::MAX };
        if self.closed {
            self.taken += allocated(|| self.handle(closed));
        }
        self.answer.take().unwrap_or_else(|| "no answer".into())
    }

    fn taken(&self) -> usize {
        self.taken
    }
}

/// Watches what an instance asks of its memory.
#[derive(Default)]
struct Watch {
    size: usize,
}

impl wasmtime::ResourceLimiter for Watch {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.size = self.size.max(desired);
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

static COMPONENT: LazyLock<bindings::SlotpipePre<Watch>> = LazyLock::new(|| {
    let mut config = wasmtime::Config::new();
    // Compiled by a compiler that itself is not optimised: the less it does the better.
    config.consume_fuel(true).cranelift_opt_level(wasmtime::OptLevel::None);
    let engine = wasmtime::Engine::new(&config).unwrap();
    let component = wasmtime::component::Component::new(&engine, BYTES).unwrap();
    bindings::SlotpipePre::new(Linker::new(&engine).instantiate_pre(&component).unwrap()).unwrap()
});

/// The core as a component.
pub(crate) struct InWasm {
    instance: Option<Instance>,
    closed: bool,
    answer: Option<String>,
    before: usize,
    /// The largest piece lent: it is copied into the instance's memory.
    lent: usize,
}

struct Instance {
    store: Store<Watch>,
    world: bindings::Slotpipe,
    cluster: wasmtime::component::ResourceAny,
}

impl InWasm {
    pub(crate) fn new() -> Self {
        Self { instance: None, closed: false, answer: None, before: 0, lent: 0 }
    }

    /// Instructions since the instance was made, as wasmtime counts them.
    pub(crate) fn burnt(&self) -> u64 {
        u64::MAX - self.instance.as_ref().unwrap().store.get_fuel().unwrap()
    }

    fn handle(&mut self, input: &wit::Input) {
        let Instance { store, world, cluster } = self.instance.as_mut().unwrap();
        let verbs = world.slotpipe_cluster_port().cluster();
        verbs.call_handle(&mut *store, *cluster, NOW.0, input).unwrap();
        self.poll();
    }

    fn poll(&mut self) {
        let Instance { store, world, cluster } = self.instance.as_mut().unwrap();
        let said = world.slotpipe_cluster_port().cluster().call_poll(store, *cluster, NOW.0).unwrap();
        self.closed |= said.actions.iter().any(|action| matches!(action, wit::Output::Close(_)));
        let buffers = said.answers.buffers.into_iter().map(Bytes::from).collect();
        let answers = Answers { tape: said.answers.tape, buffers };
        self.answer = self.answer.take().or_else(|| read(&answers));
    }
}

impl Machine for InWasm {
    fn begin(&mut self) {
        let mut store = Store::new(COMPONENT.engine(), Watch::default());
        store.limiter(|watch| watch);
        store.set_fuel(u64::MAX).unwrap();
        let world = COMPONENT.instantiate(&mut store).unwrap();
        let verbs = world.slotpipe_cluster_port().cluster();
        let cluster = verbs.call_constructor(&mut store, &wit_config(), NOW.0).unwrap();
        self.instance = Some(Instance { store, world, cluster });
        (self.closed, self.answer, self.lent) = (false, None, 0);
        self.poll();
        self.handle(&wit::Input::Connected(wit::Connected { link: LINK, credentials: None }));
        for words in [HANDSHAKE, SLOTS, NODES] {
            self.handle(&received(words.as_bytes()));
        }
        let Instance { store, world, cluster } = self.instance.as_mut().unwrap();
        let verbs = world.slotpipe_cluster_port().cluster();
        verbs.call_submit(store, *cluster, NOW.0, &question(), &wit_options()).unwrap().unwrap();
        self.poll();
        self.before = self.instance.as_ref().unwrap().store.data().size;
    }

    fn received(&mut self, bytes: &[u8]) {
        self.lent = self.lent.max(bytes.len());
        self.handle(&received(bytes));
    }

    fn hung_up(&self) -> bool {
        self.closed
    }

    fn ended(&mut self) -> String {
        if self.closed {
            let (link, cause) = (LINK, wit::Cause::Asked);
            self.handle(&wit::Input::Closed(wit::Closed { link, cause, maybe_sent: u64::MAX }));
        }
        self.answer.take().unwrap_or_else(|| "no answer".into())
    }

    fn taken(&self) -> usize {
        let grown = self.instance.as_ref().unwrap().store.data().size - self.before;
        grown.saturating_sub(self.lent)
    }
}

fn received(bytes: &[u8]) -> wit::Input {
    wit::Input::Received(wit::Received { link: LINK, bytes: bytes.to_vec() })
}

fn wit_options() -> wit::SubmitOptions {
    wit::SubmitOptions {
        deadline_ms: None,
        order: wit::Order::Key,
        retry: wit::Retry::Reads,
        max_redirects: None,
        route: wit::Route::Table,
        no_split: false,
        pipeline: false,
        atomic: false,
        key_positions: None,
        detailed: false,
        by_hash: false,
        cross_slot: wit::CrossSlot::Refuse,
        lane: None,
        read_from: None,
    }
}

fn wit_config() -> wit::Config {
    let Config { limits, .. } = config();
    wit::Config {
        seeds: vec![wit::Address { host: "127.0.0.1".into(), port: 7001 }],
        resp3: true,
        client_name: None,
        library: ("slotpipe".into(), "0".into()),
        tls: false,
        trust: wit::Trust::Listed,
        database: 0,
        deadline_ms: 2_000,
        slow_deadline_ms: 30_000,
        connect_ms: 1_000,
        reconnect_ms: 200,
        reconnect_most_ms: 250,
        max_redirects: 5,
        read_from: wit::ReadFrom::Primary,
        measure_ms: 10_000,
        idle_ms: 30_000,
        unused_ms: 0,
        refresh_ms: 60_000,
        refresh_gap_ms: 100,
        seeds_first: false,
        coverage: wit::Coverage::Partial,
        diagnostics: false,
        random_seed: 0,
        limits: wit::Limits {
            waiting_per_node: limits.waiting_per_node,
            waiting_bytes_per_node: limits.waiting_bytes_per_node,
            in_flight: limits.in_flight,
            window: limits.window,
            window_bytes: limits.window_bytes,
            dedicated_per_node: limits.dedicated_per_node,
            dedicated: limits.dedicated,
            dedicated_wait_ms: limits.dedicated_wait_ms,
            nodes: limits.nodes,
            decode: wit::DecodeLimits {
                depth: limits.decode.depth,
                line: limits.decode.line,
                bulk: limits.decode.bulk,
                frame: limits.decode.frame,
            },
        },
    }
}
