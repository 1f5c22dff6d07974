//! What the Rust client tells collectors of `tracing`, on both engines: one suite, taken in twice.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use slotpipe::lab::LocalCluster;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

#[path = "diagnostics/suite.rs"]
mod component;
#[path = "diagnostics/suite.rs"]
#[expect(clippy::duplicate_mod, reason = "the same tests on the other engine")]
mod in_process;

static CLUSTER: LazyLock<LocalCluster> = LazyLock::new(|| LocalCluster::start(3, 0).unwrap());

/// All that is told goes to one place: one test at a time.
static TURN: LazyLock<tokio::sync::Mutex<()>> = LazyLock::new(Default::default);

/// Events as lines: target, and each field with its value.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    /// Everything told in this process from now on.
    fn begin() -> Self {
        static HEARD: LazyLock<Heard> = LazyLock::new(|| {
            let heard = Heard::default();
            tracing::subscriber::set_global_default(heard.clone()).unwrap();
            heard
        });
        HEARD.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
        HEARD.clone()
    }

    fn of(&self, target: &str) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = all.iter().filter_map(|line| line.strip_prefix(target)?.strip_prefix(' ').map(str::to_owned));
        own.collect()
    }

    fn all(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("slotpipe")
    }

    fn event(&self, event: &Event<'_>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
                self.0 += &format!(" {}={value:?}", field.name());
            }
        }
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}
