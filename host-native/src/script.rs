//! Lua scripts that are called by their hash where the node has them.

use std::sync::Arc;

use bytes::Bytes;

use crate::{
    call::Call,
    cluster::Cluster,
    command::{OneArg, ToArg},
    commands::Commands,
    from_value::FromValue,
    pipeline::Pipeline,
};

/// A script. It goes as EVALSHA where the node is known to have it, and else as EVAL: a node that has lost it (NOSCRIPT) has
/// run nothing, and is sent it again. (An answer with that very line from the script itself is taken for the node's.)
#[derive(Clone, Debug)]
pub struct Script {
    cluster: Cluster,
    text: Bytes,
}

impl Cluster {
    /// A script of this text.
    pub fn script(&self, lua: impl Into<Bytes>) -> Script {
        let (_, options) = self.parts();
        let mut options = options.clone();
        Arc::make_mut(&mut options).by_hash = true;
        Script { cluster: self.with_submit(options), text: lua.into() }
    }
}

impl Script {
    /// Runs it where its keys are: all in one slot. Without keys it runs on any primary.
    pub fn run<T: FromValue>(&self, keys: impl ToArg, args: impl ToArg) -> Call<T> {
        (&self.cluster).eval(&self.text, keys, args).into_type()
    }

    /// The same by EVAL_RO, for a script that writes nothing: since 7.0.
    pub fn run_ro<T: FromValue>(&self, keys: impl ToArg, args: impl ToArg) -> Call<T> {
        (&self.cluster).eval_ro(&self.text, keys, args).into_type()
    }
}

impl Pipeline {
    /// Queues a script. Its first use on a node goes as EVAL, so that nothing is sent again behind what follows it; the
    /// others go by its hash.
    pub fn script(&mut self, lua: impl OneArg, keys: impl ToArg, args: impl ToArg) -> &mut Self {
        self.option(|options| options.by_hash = true).eval(lua, keys, args)
    }
}
