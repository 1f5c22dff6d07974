//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use super::{arguments::*, choices::*};
use crate::command::*;

/// Options of `ARGREP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ArgrepOptions {
    and_or_or: Option<&'static str>,
    limit: Option<i128>,
    nocase: bool,
}

impl ArgrepOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `AND`, instead of `OR`.
    pub fn and(mut self) -> Self {
        self.and_or_or = Some("AND");
        self
    }

    /// `OR`, instead of `AND`.
    pub fn or(mut self) -> Self {
        self.and_or_or = Some("OR");
        self
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    /// `NOCASE`.
    pub fn nocase(mut self) -> Self {
        self.nocase = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.and_or_or);
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
        if self.nocase {
            w.arg("NOCASE");
        }
    }
}

/// Options of `ARINFO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ArinfoOptions {
    full: bool,
}

impl ArinfoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FULL`.
    pub fn full(mut self) -> Self {
        self.full = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.full {
            w.arg("FULL");
        }
    }
}

/// Options of `ARLASTITEMS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ArlastitemsOptions {
    rev: bool,
}

impl ArlastitemsOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `REV`.
    pub fn rev(mut self) -> Self {
        self.rev = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.rev {
            w.arg("REV");
        }
    }
}

/// Options of `ARSCAN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ArscanOptions {
    limit: Option<i128>,
}

impl ArscanOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
    }
}

/// Options of `BF.INFO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BfInfoOptions {
    capacity_or_other: Option<&'static str>,
}

impl BfInfoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `CAPACITY`, instead of `SIZE`, `FILTERS`, `ITEMS`, `EXPANSION`.
    pub fn capacity(mut self) -> Self {
        self.capacity_or_other = Some("CAPACITY");
        self
    }

    /// `SIZE`, instead of `CAPACITY`, `FILTERS`, `ITEMS`, `EXPANSION`.
    pub fn size(mut self) -> Self {
        self.capacity_or_other = Some("SIZE");
        self
    }

    /// `FILTERS`, instead of `CAPACITY`, `SIZE`, `ITEMS`, `EXPANSION`.
    pub fn filters(mut self) -> Self {
        self.capacity_or_other = Some("FILTERS");
        self
    }

    /// `ITEMS`, instead of `CAPACITY`, `SIZE`, `FILTERS`, `EXPANSION`.
    pub fn items(mut self) -> Self {
        self.capacity_or_other = Some("ITEMS");
        self
    }

    /// `EXPANSION`, instead of `CAPACITY`, `SIZE`, `FILTERS`, `ITEMS`.
    pub fn expansion(mut self) -> Self {
        self.capacity_or_other = Some("EXPANSION");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.capacity_or_other);
    }
}

/// Options of `BF.INSERT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BfInsertOptions {
    capacity: Option<i128>,
    error: Option<Number>,
    expansion: Option<i128>,
    nocreate: bool,
    nonscaling: bool,
}

impl BfInsertOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `CAPACITY capacity`.
    pub fn capacity(mut self, capacity: impl IntegerArg) -> Self {
        self.capacity = Some(capacity.integer());
        self
    }

    /// `ERROR error`.
    pub fn error(mut self, error: impl NumberArg) -> Self {
        self.error = Some(error.number());
        self
    }

    /// `EXPANSION expansion`.
    pub fn expansion(mut self, expansion: impl IntegerArg) -> Self {
        self.expansion = Some(expansion.integer());
        self
    }

    /// `NOCREATE`.
    pub fn nocreate(mut self) -> Self {
        self.nocreate = true;
        self
    }

    /// `NONSCALING`.
    pub fn nonscaling(mut self) -> Self {
        self.nonscaling = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(capacity) = &self.capacity {
            w.arg("CAPACITY").arg(capacity);
        }
        if let Some(error) = &self.error {
            w.arg("ERROR").arg(error);
        }
        if let Some(expansion) = &self.expansion {
            w.arg("EXPANSION").arg(expansion);
        }
        if self.nocreate {
            w.arg("NOCREATE");
        }
        if self.nonscaling {
            w.arg("NONSCALING");
        }
    }
}

/// Options of `BF.RESERVE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BfReserveOptions {
    expansion: Option<i128>,
    nonscaling: bool,
}

impl BfReserveOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `EXPANSION expansion`.
    pub fn expansion(mut self, expansion: impl IntegerArg) -> Self {
        self.expansion = Some(expansion.integer());
        self
    }

    /// `NONSCALING`.
    pub fn nonscaling(mut self) -> Self {
        self.nonscaling = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(expansion) = &self.expansion {
            w.arg("EXPANSION").arg(expansion);
        }
        if self.nonscaling {
            w.arg("NONSCALING");
        }
    }
}

/// Options of `BGSAVE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BgsaveOptions {
    schedule_or_cancel: Option<&'static str>,
}

impl BgsaveOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `SCHEDULE`, instead of `CANCEL`.
    pub fn schedule(mut self) -> Self {
        self.schedule_or_cancel = Some("SCHEDULE");
        self
    }

    /// `CANCEL`, instead of `SCHEDULE`.
    pub fn cancel(mut self) -> Self {
        self.schedule_or_cancel = Some("CANCEL");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.schedule_or_cancel);
    }
}

/// Options of `BITCOUNT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BitcountOptions {
    byte_or_bit: Option<&'static str>,
}

impl BitcountOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BYTE`, instead of `BIT`.
    pub fn byte(mut self) -> Self {
        self.byte_or_bit = Some("BYTE");
        self
    }

    /// `BIT`, instead of `BYTE`.
    pub fn bit(mut self) -> Self {
        self.byte_or_bit = Some("BIT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.byte_or_bit);
    }
}

/// Options of `BITPOS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BitposOptions {
    byte_or_bit: Option<&'static str>,
}

impl BitposOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BYTE`, instead of `BIT`.
    pub fn byte(mut self) -> Self {
        self.byte_or_bit = Some("BYTE");
        self
    }

    /// `BIT`, instead of `BYTE`.
    pub fn bit(mut self) -> Self {
        self.byte_or_bit = Some("BIT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.byte_or_bit);
    }
}

/// Options of `BLMPOP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BlmpopOptions {
    count: Option<i128>,
}

impl BlmpopOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `BZMPOP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct BzmpopOptions {
    count: Option<i128>,
}

impl BzmpopOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `CF.INSERT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CfInsertOptions {
    capacity: Option<i128>,
    nocreate: bool,
}

impl CfInsertOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `CAPACITY capacity`.
    pub fn capacity(mut self, capacity: impl IntegerArg) -> Self {
        self.capacity = Some(capacity.integer());
        self
    }

    /// `NOCREATE`.
    pub fn nocreate(mut self) -> Self {
        self.nocreate = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(capacity) = &self.capacity {
            w.arg("CAPACITY").arg(capacity);
        }
        if self.nocreate {
            w.arg("NOCREATE");
        }
    }
}

/// Options of `CF.INSERTNX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CfInsertnxOptions {
    capacity: Option<i128>,
    nocreate: bool,
}

impl CfInsertnxOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `CAPACITY capacity`.
    pub fn capacity(mut self, capacity: impl IntegerArg) -> Self {
        self.capacity = Some(capacity.integer());
        self
    }

    /// `NOCREATE`.
    pub fn nocreate(mut self) -> Self {
        self.nocreate = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(capacity) = &self.capacity {
            w.arg("CAPACITY").arg(capacity);
        }
        if self.nocreate {
            w.arg("NOCREATE");
        }
    }
}

/// Options of `CF.RESERVE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CfReserveOptions {
    bucketsize: Option<i128>,
    maxiterations: Option<i128>,
    expansion: Option<i128>,
}

impl CfReserveOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BUCKETSIZE bucketsize`.
    pub fn bucketsize(mut self, bucketsize: impl IntegerArg) -> Self {
        self.bucketsize = Some(bucketsize.integer());
        self
    }

    /// `MAXITERATIONS maxiterations`.
    pub fn maxiterations(mut self, maxiterations: impl IntegerArg) -> Self {
        self.maxiterations = Some(maxiterations.integer());
        self
    }

    /// `EXPANSION expansion`.
    pub fn expansion(mut self, expansion: impl IntegerArg) -> Self {
        self.expansion = Some(expansion.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(bucketsize) = &self.bucketsize {
            w.arg("BUCKETSIZE").arg(bucketsize);
        }
        if let Some(maxiterations) = &self.maxiterations {
            w.arg("MAXITERATIONS").arg(maxiterations);
        }
        if let Some(expansion) = &self.expansion {
            w.arg("EXPANSION").arg(expansion);
        }
    }
}

/// Options of `CLIENT KILL`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClientKillOptions {
    maxage: Option<i128>,
    skipme_yes_or_skipme_no: Option<&'static str>,
}

impl ClientKillOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MAXAGE maxage`.
    pub fn maxage(mut self, maxage: impl IntegerArg) -> Self {
        self.maxage = Some(maxage.integer());
        self
    }

    /// `SKIPME YES`, instead of `NO`.
    pub fn skipme_yes(mut self) -> Self {
        self.skipme_yes_or_skipme_no = Some("YES");
        self
    }

    /// `SKIPME NO`, instead of `YES`.
    pub fn skipme_no(mut self) -> Self {
        self.skipme_yes_or_skipme_no = Some("NO");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(maxage) = &self.maxage {
            w.arg("MAXAGE").arg(maxage);
        }
        if let Some(picked) = &self.skipme_yes_or_skipme_no {
            w.arg("SKIPME").arg(picked);
        }
    }
}

/// Options of `CLIENT LIST`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClientListOptions {
    type_: Option<ClientType>,
    id: Option<Args>,
}

impl ClientListOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `TYPE type`.
    pub fn type_(mut self, type_: ClientType) -> Self {
        self.type_ = Some(type_);
        self
    }

    /// `ID client_ids`.
    pub fn id(mut self, client_ids: impl ToArg) -> Self {
        self.id = Some(Args::of(client_ids));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(type_) = &self.type_ {
            w.arg("TYPE").arg(type_);
        }
        if let Some(client_ids) = &self.id {
            w.arg("ID").arg(client_ids);
        }
    }
}

/// Options of `CLIENT PAUSE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClientPauseOptions {
    write_or_all: Option<&'static str>,
}

impl ClientPauseOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WRITE`, instead of `ALL`.
    pub fn write(mut self) -> Self {
        self.write_or_all = Some("WRITE");
        self
    }

    /// `ALL`, instead of `WRITE`.
    pub fn all(mut self) -> Self {
        self.write_or_all = Some("ALL");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.write_or_all);
    }
}

/// Options of `CLIENT UNBLOCK`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClientUnblockOptions {
    timeout_or_error: Option<&'static str>,
}

impl ClientUnblockOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `TIMEOUT`, instead of `ERROR`.
    pub fn timeout(mut self) -> Self {
        self.timeout_or_error = Some("TIMEOUT");
        self
    }

    /// `ERROR`, instead of `TIMEOUT`.
    pub fn error(mut self) -> Self {
        self.timeout_or_error = Some("ERROR");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.timeout_or_error);
    }
}

/// Options of `CLUSTER FAILOVER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClusterFailoverOptions {
    force_or_takeover: Option<&'static str>,
}

impl ClusterFailoverOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FORCE`, instead of `TAKEOVER`.
    pub fn force(mut self) -> Self {
        self.force_or_takeover = Some("FORCE");
        self
    }

    /// `TAKEOVER`, instead of `FORCE`.
    pub fn takeover(mut self) -> Self {
        self.force_or_takeover = Some("TAKEOVER");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.force_or_takeover);
    }
}

/// Options of `CLUSTER FLUSHSLOT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClusterFlushslotOptions {
    async_or_sync: Option<&'static str>,
}

impl ClusterFlushslotOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASYNC`, instead of `SYNC`.
    pub fn async_(mut self) -> Self {
        self.async_or_sync = Some("ASYNC");
        self
    }

    /// `SYNC`, instead of `ASYNC`.
    pub fn sync(mut self) -> Self {
        self.async_or_sync = Some("SYNC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.async_or_sync);
    }
}

/// Options of `CLUSTER RESET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClusterResetOptions {
    hard_or_soft: Option<&'static str>,
}

impl ClusterResetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `HARD`, instead of `SOFT`.
    pub fn hard(mut self) -> Self {
        self.hard_or_soft = Some("HARD");
        self
    }

    /// `SOFT`, instead of `HARD`.
    pub fn soft(mut self) -> Self {
        self.hard_or_soft = Some("SOFT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.hard_or_soft);
    }
}

/// Options of `CLUSTER SETSLOT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClusterSetslotOptions {
    timeout: Option<i128>,
}

impl ClusterSetslotOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `TIMEOUT timeout`.
    pub fn timeout(mut self, timeout: impl IntegerArg) -> Self {
        self.timeout = Some(timeout.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(timeout) = &self.timeout {
            w.arg("TIMEOUT").arg(timeout);
        }
    }
}

/// Options of `CLUSTER SLOT-STATS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ClusterSlotStatsOptions {
    limit: Option<i128>,
    asc_or_desc: Option<&'static str>,
}

impl ClusterSlotStatsOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `CMS.MERGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CmsMergeOptions {
    weights: Option<Args>,
}

impl CmsMergeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WEIGHTS weights`.
    pub fn weights(mut self, weights: impl ToArg) -> Self {
        self.weights = Some(Args::of(weights));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(weights) = &self.weights {
            w.arg("WEIGHTS").arg(weights);
        }
    }
}

/// Options of `COMMAND LIST`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CommandListOptions {
    filterby_module_or_other: Option<Picked<Args>>,
}

impl CommandListOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FILTERBY MODULE module_name`, instead of `ACLCAT`, `PATTERN`.
    pub fn filterby_module(mut self, module_name: impl OneArg) -> Self {
        self.filterby_module_or_other = Some(Picked("MODULE", Args::of((module_name,))));
        self
    }

    /// `FILTERBY ACLCAT category`, instead of `MODULE`, `PATTERN`.
    pub fn filterby_aclcat(mut self, category: impl OneArg) -> Self {
        self.filterby_module_or_other = Some(Picked("ACLCAT", Args::of((category,))));
        self
    }

    /// `FILTERBY PATTERN pattern`, instead of `MODULE`, `ACLCAT`.
    pub fn filterby_pattern(mut self, pattern: impl OneArg) -> Self {
        self.filterby_module_or_other = Some(Picked("PATTERN", Args::of((pattern,))));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(picked) = &self.filterby_module_or_other {
            w.arg("FILTERBY").arg(picked);
        }
    }
}

/// Options of `COMMANDLOG GET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CommandlogGetOptions {
    recency_or_magnitude: Option<&'static str>,
}

impl CommandlogGetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RECENCY`, instead of `MAGNITUDE`.
    pub fn recency(mut self) -> Self {
        self.recency_or_magnitude = Some("RECENCY");
        self
    }

    /// `MAGNITUDE`, instead of `RECENCY`.
    pub fn magnitude(mut self) -> Self {
        self.recency_or_magnitude = Some("MAGNITUDE");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.recency_or_magnitude);
    }
}

/// Options of `COPY`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct CopyOptions {
    db: Option<i128>,
    replace: bool,
}

impl CopyOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DB destination_db`.
    pub fn db(mut self, destination_db: impl IntegerArg) -> Self {
        self.db = Some(destination_db.integer());
        self
    }

    /// `REPLACE`.
    pub fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(destination_db) = &self.db {
            w.arg("DB").arg(destination_db);
        }
        if self.replace {
            w.arg("REPLACE");
        }
    }
}

/// Options of `DELEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct DelexOptions {
    ifeq_or_other: Option<Picked<Args>>,
}

impl DelexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `IFEQ ifeq_value`, instead of `IFNE`, `IFDEQ`, `IFDNE`.
    pub fn ifeq(mut self, ifeq_value: impl OneArg) -> Self {
        self.ifeq_or_other = Some(Picked("IFEQ", Args::of((ifeq_value,))));
        self
    }

    /// `IFNE ifne_value`, instead of `IFEQ`, `IFDEQ`, `IFDNE`.
    pub fn ifne(mut self, ifne_value: impl OneArg) -> Self {
        self.ifeq_or_other = Some(Picked("IFNE", Args::of((ifne_value,))));
        self
    }

    /// `IFDEQ ifdeq_digest`, instead of `IFEQ`, `IFNE`, `IFDNE`.
    pub fn ifdeq(mut self, ifdeq_digest: impl OneArg) -> Self {
        self.ifeq_or_other = Some(Picked("IFDEQ", Args::of((ifdeq_digest,))));
        self
    }

    /// `IFDNE ifdne_digest`, instead of `IFEQ`, `IFNE`, `IFDEQ`.
    pub fn ifdne(mut self, ifdne_digest: impl OneArg) -> Self {
        self.ifeq_or_other = Some(Picked("IFDNE", Args::of((ifdne_digest,))));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.ifeq_or_other);
    }
}

/// Options of `EXPIRE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ExpireOptions {
    nx_or_other: Option<&'static str>,
}

impl ExpireOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `EXPIREAT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ExpireatOptions {
    nx_or_other: Option<&'static str>,
}

impl ExpireatOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `FLUSHALL`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FlushallOptions {
    async_or_sync: Option<&'static str>,
}

impl FlushallOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASYNC`, instead of `SYNC`.
    pub fn async_(mut self) -> Self {
        self.async_or_sync = Some("ASYNC");
        self
    }

    /// `SYNC`, instead of `ASYNC`.
    pub fn sync(mut self) -> Self {
        self.async_or_sync = Some("SYNC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.async_or_sync);
    }
}

/// Options of `FLUSHDB`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FlushdbOptions {
    async_or_sync: Option<&'static str>,
}

impl FlushdbOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASYNC`, instead of `SYNC`.
    pub fn async_(mut self) -> Self {
        self.async_or_sync = Some("ASYNC");
        self
    }

    /// `SYNC`, instead of `ASYNC`.
    pub fn sync(mut self) -> Self {
        self.async_or_sync = Some("SYNC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.async_or_sync);
    }
}

/// Options of `FT.ALTER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtAlterOptions {
    skipinitialscan: bool,
}

impl FtAlterOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `SKIPINITIALSCAN`.
    pub fn skipinitialscan(mut self) -> Self {
        self.skipinitialscan = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.skipinitialscan {
            w.arg("SKIPINITIALSCAN");
        }
    }
}

/// Options of `FT.CREATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtCreateOptions {
    on_hash_or_on_json: Option<&'static str>,
    indexall_enable_or_indexall_disable: Option<&'static str>,
    prefix: Option<Args>,
    filter: Option<Args>,
    language: Option<Args>,
    language_field: Option<Args>,
    score: Option<Number>,
    score_field: Option<Args>,
    payload_field: Option<Args>,
    maxtextfields: bool,
    temporary: Option<Number>,
    nooffsets: bool,
    nohl: bool,
    nofields: bool,
    nofreqs: bool,
    stopwords: Option<Args>,
    skipinitialscan: bool,
}

impl FtCreateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ON HASH`, instead of `JSON`.
    pub fn on_hash(mut self) -> Self {
        self.on_hash_or_on_json = Some("HASH");
        self
    }

    /// `ON JSON`, instead of `HASH`.
    pub fn on_json(mut self) -> Self {
        self.on_hash_or_on_json = Some("JSON");
        self
    }

    /// `INDEXALL ENABLE`, instead of `DISABLE`.
    pub fn indexall_enable(mut self) -> Self {
        self.indexall_enable_or_indexall_disable = Some("ENABLE");
        self
    }

    /// `INDEXALL DISABLE`, instead of `ENABLE`.
    pub fn indexall_disable(mut self) -> Self {
        self.indexall_enable_or_indexall_disable = Some("DISABLE");
        self
    }

    /// `PREFIX prefixes`.
    pub fn prefix(mut self, prefixes: impl ToArg) -> Self {
        self.prefix = Some(Args::counted(1, prefixes));
        self
    }

    /// `FILTER filter`.
    pub fn filter(mut self, filter: impl OneArg) -> Self {
        self.filter = Some(Args::of(filter));
        self
    }

    /// `LANGUAGE default_lang`.
    pub fn language(mut self, default_lang: impl OneArg) -> Self {
        self.language = Some(Args::of(default_lang));
        self
    }

    /// `LANGUAGE_FIELD lang_attribute`.
    pub fn language_field(mut self, lang_attribute: impl OneArg) -> Self {
        self.language_field = Some(Args::of(lang_attribute));
        self
    }

    /// `SCORE default_score`.
    pub fn score(mut self, default_score: impl NumberArg) -> Self {
        self.score = Some(default_score.number());
        self
    }

    /// `SCORE_FIELD score_attribute`.
    pub fn score_field(mut self, score_attribute: impl OneArg) -> Self {
        self.score_field = Some(Args::of(score_attribute));
        self
    }

    /// `PAYLOAD_FIELD payload_attribute`.
    pub fn payload_field(mut self, payload_attribute: impl OneArg) -> Self {
        self.payload_field = Some(Args::of(payload_attribute));
        self
    }

    /// `MAXTEXTFIELDS`.
    pub fn maxtextfields(mut self) -> Self {
        self.maxtextfields = true;
        self
    }

    /// `TEMPORARY seconds`.
    pub fn temporary(mut self, seconds: impl NumberArg) -> Self {
        self.temporary = Some(seconds.number());
        self
    }

    /// `NOOFFSETS`.
    pub fn nooffsets(mut self) -> Self {
        self.nooffsets = true;
        self
    }

    /// `NOHL`.
    pub fn nohl(mut self) -> Self {
        self.nohl = true;
        self
    }

    /// `NOFIELDS`.
    pub fn nofields(mut self) -> Self {
        self.nofields = true;
        self
    }

    /// `NOFREQS`.
    pub fn nofreqs(mut self) -> Self {
        self.nofreqs = true;
        self
    }

    /// `STOPWORDS stopwords`.
    pub fn stopwords(mut self, stopwords: impl ToArg) -> Self {
        self.stopwords = Some(Args::counted(1, stopwords));
        self
    }

    /// `SKIPINITIALSCAN`.
    pub fn skipinitialscan(mut self) -> Self {
        self.skipinitialscan = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(picked) = &self.on_hash_or_on_json {
            w.arg("ON").arg(picked);
        }
        if let Some(picked) = &self.indexall_enable_or_indexall_disable {
            w.arg("INDEXALL").arg(picked);
        }
        if let Some(prefixes) = &self.prefix {
            w.arg("PREFIX").arg(prefixes);
        }
        if let Some(filter) = &self.filter {
            w.arg("FILTER").arg(filter);
        }
        if let Some(default_lang) = &self.language {
            w.arg("LANGUAGE").arg(default_lang);
        }
        if let Some(lang_attribute) = &self.language_field {
            w.arg("LANGUAGE_FIELD").arg(lang_attribute);
        }
        if let Some(default_score) = &self.score {
            w.arg("SCORE").arg(default_score);
        }
        if let Some(score_attribute) = &self.score_field {
            w.arg("SCORE_FIELD").arg(score_attribute);
        }
        if let Some(payload_attribute) = &self.payload_field {
            w.arg("PAYLOAD_FIELD").arg(payload_attribute);
        }
        if self.maxtextfields {
            w.arg("MAXTEXTFIELDS");
        }
        if let Some(seconds) = &self.temporary {
            w.arg("TEMPORARY").arg(seconds);
        }
        if self.nooffsets {
            w.arg("NOOFFSETS");
        }
        if self.nohl {
            w.arg("NOHL");
        }
        if self.nofields {
            w.arg("NOFIELDS");
        }
        if self.nofreqs {
            w.arg("NOFREQS");
        }
        if let Some(stopwords) = &self.stopwords {
            w.arg("STOPWORDS").arg(stopwords);
        }
        if self.skipinitialscan {
            w.arg("SKIPINITIALSCAN");
        }
    }
}

/// Options of `FT.CURSOR READ`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtCursorReadOptions {
    count: Option<i128>,
}

impl FtCursorReadOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT read_size`.
    pub fn count(mut self, read_size: impl IntegerArg) -> Self {
        self.count = Some(read_size.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(read_size) = &self.count {
            w.arg("COUNT").arg(read_size);
        }
    }
}

/// Options of `FT.DROP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtDropOptions {
    keepdocs: bool,
}

impl FtDropOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `KEEPDOCS`.
    pub fn keepdocs(mut self) -> Self {
        self.keepdocs = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.keepdocs {
            w.arg("KEEPDOCS");
        }
    }
}

/// Options of `FT.DROPINDEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtDropindexOptions {
    dd: bool,
}

impl FtDropindexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DD`.
    pub fn dd(mut self) -> Self {
        self.dd = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.dd {
            w.arg("DD");
        }
    }
}

/// Options of `FT.EXPLAIN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtExplainOptions {
    dialect: Option<i128>,
}

impl FtExplainOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DIALECT dialect`.
    pub fn dialect(mut self, dialect: impl IntegerArg) -> Self {
        self.dialect = Some(dialect.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(dialect) = &self.dialect {
            w.arg("DIALECT").arg(dialect);
        }
    }
}

/// Options of `FT.EXPLAINCLI`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtExplaincliOptions {
    dialect: Option<i128>,
}

impl FtExplaincliOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DIALECT dialect`.
    pub fn dialect(mut self, dialect: impl IntegerArg) -> Self {
        self.dialect = Some(dialect.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(dialect) = &self.dialect {
            w.arg("DIALECT").arg(dialect);
        }
    }
}

/// Options of `FT.PROFILE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtProfileOptions {
    limited: bool,
}

impl FtProfileOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMITED`.
    pub fn limited(mut self) -> Self {
        self.limited = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.limited {
            w.arg("LIMITED");
        }
    }
}

/// Options of `FT.SEARCH`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtSearchOptions {
    nocontent: bool,
    verbatim: bool,
    nostopwords: bool,
    withscores: bool,
    withpayloads: bool,
    withsortkeys: bool,
    filter: Args,
    geofilter: Args,
    inkeys: Option<Args>,
    infields: Option<Args>,
    return_: Option<Args>,
    summarize: Option<Args>,
    highlight: Option<Args>,
    slop: Option<i128>,
    timeout: Option<i128>,
    inorder: bool,
    language: Option<Args>,
    expander: Option<Args>,
    scorer: Option<Args>,
    explainscore: bool,
    payload: Option<Args>,
    sortby: Option<Args>,
    asc_or_desc: Option<&'static str>,
    limit: Option<(i128, i128)>,
    params: Option<Args>,
    dialect: Option<i128>,
}

impl FtSearchOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NOCONTENT`.
    pub fn nocontent(mut self) -> Self {
        self.nocontent = true;
        self
    }

    /// `VERBATIM`.
    pub fn verbatim(mut self) -> Self {
        self.verbatim = true;
        self
    }

    /// `NOSTOPWORDS`.
    pub fn nostopwords(mut self) -> Self {
        self.nostopwords = true;
        self
    }

    /// `WITHSCORES`.
    pub fn withscores(mut self) -> Self {
        self.withscores = true;
        self
    }

    /// `WITHPAYLOADS`.
    pub fn withpayloads(mut self) -> Self {
        self.withpayloads = true;
        self
    }

    /// `WITHSORTKEYS`.
    pub fn withsortkeys(mut self) -> Self {
        self.withsortkeys = true;
        self
    }

    /// `FILTER numeric_field min max`, once more with each call.
    pub fn filter(mut self, numeric_field: impl OneArg, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter.push(("FILTER", numeric_field, min, max));
        self
    }

    /// `GEOFILTER geo_field lon lat radius unit`, once more with each call.
    pub fn geofilter(mut self, geo_field: impl OneArg, lon: impl NumberArg, lat: impl NumberArg, radius: impl NumberArg, unit: GeoUnit) -> Self {
        self.geofilter.push(("GEOFILTER", geo_field, lon, lat, radius, unit));
        self
    }

    /// `INKEYS keys`.
    pub fn inkeys(mut self, keys: impl ToArg) -> Self {
        self.inkeys = Some(Args::counted(1, keys));
        self
    }

    /// `INFIELDS fields`.
    pub fn infields(mut self, fields: impl ToArg) -> Self {
        self.infields = Some(Args::counted(1, fields));
        self
    }

    /// `RETURN properties`.
    pub fn return_(mut self, properties: impl ToArg) -> Self {
        self.return_ = Some(Args::counted(1, properties));
        self
    }

    /// `SUMMARIZE arguments`.
    pub fn summarize(mut self, arguments: impl ToArg) -> Self {
        self.summarize = Some(Args::of(arguments));
        self
    }

    /// `HIGHLIGHT arguments`.
    pub fn highlight(mut self, arguments: impl ToArg) -> Self {
        self.highlight = Some(Args::of(arguments));
        self
    }

    /// `SLOP slop`.
    pub fn slop(mut self, slop: impl IntegerArg) -> Self {
        self.slop = Some(slop.integer());
        self
    }

    /// `TIMEOUT timeout`.
    pub fn timeout(mut self, timeout: impl IntegerArg) -> Self {
        self.timeout = Some(timeout.integer());
        self
    }

    /// `INORDER`.
    pub fn inorder(mut self) -> Self {
        self.inorder = true;
        self
    }

    /// `LANGUAGE language`.
    pub fn language(mut self, language: impl OneArg) -> Self {
        self.language = Some(Args::of(language));
        self
    }

    /// `EXPANDER expander`.
    pub fn expander(mut self, expander: impl OneArg) -> Self {
        self.expander = Some(Args::of(expander));
        self
    }

    /// `SCORER scorer`.
    pub fn scorer(mut self, scorer: impl OneArg) -> Self {
        self.scorer = Some(Args::of(scorer));
        self
    }

    /// `EXPLAINSCORE`.
    pub fn explainscore(mut self) -> Self {
        self.explainscore = true;
        self
    }

    /// `PAYLOAD payload`.
    pub fn payload(mut self, payload: impl OneArg) -> Self {
        self.payload = Some(Args::of(payload));
        self
    }

    /// `SORTBY sortby`.
    pub fn sortby(mut self, sortby: impl OneArg) -> Self {
        self.sortby = Some(Args::of(sortby));
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    /// `LIMIT offset num`.
    pub fn limit(mut self, offset: impl IntegerArg, num: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), num.integer()));
        self
    }

    /// `PARAMS pairs`.
    pub fn params(mut self, pairs: impl Groups<2>) -> Self {
        self.params = Some(Args::counted(1, pairs));
        self
    }

    /// `DIALECT dialect`.
    pub fn dialect(mut self, dialect: impl IntegerArg) -> Self {
        self.dialect = Some(dialect.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.nocontent {
            w.arg("NOCONTENT");
        }
        if self.verbatim {
            w.arg("VERBATIM");
        }
        if self.nostopwords {
            w.arg("NOSTOPWORDS");
        }
        if self.withscores {
            w.arg("WITHSCORES");
        }
        if self.withpayloads {
            w.arg("WITHPAYLOADS");
        }
        if self.withsortkeys {
            w.arg("WITHSORTKEYS");
        }
        w.arg(&self.filter);
        w.arg(&self.geofilter);
        if let Some(keys) = &self.inkeys {
            w.arg("INKEYS").arg(keys);
        }
        if let Some(fields) = &self.infields {
            w.arg("INFIELDS").arg(fields);
        }
        if let Some(properties) = &self.return_ {
            w.arg("RETURN").arg(properties);
        }
        if let Some(arguments) = &self.summarize {
            w.arg("SUMMARIZE").arg(arguments);
        }
        if let Some(arguments) = &self.highlight {
            w.arg("HIGHLIGHT").arg(arguments);
        }
        if let Some(slop) = &self.slop {
            w.arg("SLOP").arg(slop);
        }
        if let Some(timeout) = &self.timeout {
            w.arg("TIMEOUT").arg(timeout);
        }
        if self.inorder {
            w.arg("INORDER");
        }
        if let Some(language) = &self.language {
            w.arg("LANGUAGE").arg(language);
        }
        if let Some(expander) = &self.expander {
            w.arg("EXPANDER").arg(expander);
        }
        if let Some(scorer) = &self.scorer {
            w.arg("SCORER").arg(scorer);
        }
        if self.explainscore {
            w.arg("EXPLAINSCORE");
        }
        if let Some(payload) = &self.payload {
            w.arg("PAYLOAD").arg(payload);
        }
        if let Some(sortby) = &self.sortby {
            w.arg("SORTBY").arg(sortby);
            w.arg(self.asc_or_desc);
        }
        if let Some((offset, num)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(num);
        }
        if let Some(pairs) = &self.params {
            w.arg("PARAMS").arg(pairs);
        }
        if let Some(dialect) = &self.dialect {
            w.arg("DIALECT").arg(dialect);
        }
    }
}

/// Options of `FT.SPELLCHECK`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtSpellcheckOptions {
    distance: Option<i128>,
    terms: Args,
    dialect: Option<i128>,
}

impl FtSpellcheckOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DISTANCE distance`.
    pub fn distance(mut self, distance: impl IntegerArg) -> Self {
        self.distance = Some(distance.integer());
        self
    }

    /// `TERMS terms dictionary`, once more with each call.
    pub fn terms(mut self, terms: Terms, dictionary: impl OneArg) -> Self {
        self.terms.push(("TERMS", terms, dictionary));
        self
    }

    /// `DIALECT dialect`.
    pub fn dialect(mut self, dialect: impl IntegerArg) -> Self {
        self.dialect = Some(dialect.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(distance) = &self.distance {
            w.arg("DISTANCE").arg(distance);
        }
        w.arg(&self.terms);
        if let Some(dialect) = &self.dialect {
            w.arg("DIALECT").arg(dialect);
        }
    }
}

/// Options of `FT.SUGADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtSugaddOptions {
    incr: bool,
    payload: Option<Args>,
}

impl FtSugaddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `INCR`.
    pub fn incr(mut self) -> Self {
        self.incr = true;
        self
    }

    /// `PAYLOAD payload`.
    pub fn payload(mut self, payload: impl OneArg) -> Self {
        self.payload = Some(Args::of(payload));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.incr {
            w.arg("INCR");
        }
        if let Some(payload) = &self.payload {
            w.arg("PAYLOAD").arg(payload);
        }
    }
}

/// Options of `FT.SUGGET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtSuggetOptions {
    fuzzy: bool,
    max: Option<i128>,
}

impl FtSuggetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FUZZY`.
    pub fn fuzzy(mut self) -> Self {
        self.fuzzy = true;
        self
    }

    /// `MAX max`.
    pub fn max(mut self, max: impl IntegerArg) -> Self {
        self.max = Some(max.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.fuzzy {
            w.arg("FUZZY");
        }
        if let Some(max) = &self.max {
            w.arg("MAX").arg(max);
        }
    }
}

/// Options of `FT.SYNUPDATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FtSynupdateOptions {
    skipinitialscan: bool,
}

impl FtSynupdateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `SKIPINITIALSCAN`.
    pub fn skipinitialscan(mut self) -> Self {
        self.skipinitialscan = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.skipinitialscan {
            w.arg("SKIPINITIALSCAN");
        }
    }
}

/// Options of `FUNCTION FLUSH`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FunctionFlushOptions {
    async_or_sync: Option<&'static str>,
}

impl FunctionFlushOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASYNC`, instead of `SYNC`.
    pub fn async_(mut self) -> Self {
        self.async_or_sync = Some("ASYNC");
        self
    }

    /// `SYNC`, instead of `ASYNC`.
    pub fn sync(mut self) -> Self {
        self.async_or_sync = Some("SYNC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.async_or_sync);
    }
}

/// Options of `FUNCTION LIST`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FunctionListOptions {
    libraryname: Option<Args>,
    withcode: bool,
}

impl FunctionListOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIBRARYNAME library_name_pattern`.
    pub fn libraryname(mut self, library_name_pattern: impl OneArg) -> Self {
        self.libraryname = Some(Args::of(library_name_pattern));
        self
    }

    /// `WITHCODE`.
    pub fn withcode(mut self) -> Self {
        self.withcode = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(library_name_pattern) = &self.libraryname {
            w.arg("LIBRARYNAME").arg(library_name_pattern);
        }
        if self.withcode {
            w.arg("WITHCODE");
        }
    }
}

/// Options of `FUNCTION LOAD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FunctionLoadOptions {
    replace: bool,
}

impl FunctionLoadOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `REPLACE`.
    pub fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.replace {
            w.arg("REPLACE");
        }
    }
}

/// Options of `FUNCTION RESTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct FunctionRestoreOptions {
    flush_or_other: Option<&'static str>,
}

impl FunctionRestoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FLUSH`, instead of `APPEND`, `REPLACE`.
    pub fn flush(mut self) -> Self {
        self.flush_or_other = Some("FLUSH");
        self
    }

    /// `APPEND`, instead of `FLUSH`, `REPLACE`.
    pub fn append(mut self) -> Self {
        self.flush_or_other = Some("APPEND");
        self
    }

    /// `REPLACE`, instead of `FLUSH`, `APPEND`.
    pub fn replace(mut self) -> Self {
        self.flush_or_other = Some("REPLACE");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.flush_or_other);
    }
}

/// Options of `GEOADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoaddOptions {
    nx_or_xx: Option<&'static str>,
    ch: bool,
}

impl GeoaddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`.
    pub fn nx(mut self) -> Self {
        self.nx_or_xx = Some("NX");
        self
    }

    /// `XX`, instead of `NX`.
    pub fn xx(mut self) -> Self {
        self.nx_or_xx = Some("XX");
        self
    }

    /// `CH`.
    pub fn ch(mut self) -> Self {
        self.ch = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_xx);
        if self.ch {
            w.arg("CH");
        }
    }
}

/// Options of `GEORADIUS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusOptions {
    withcoord: bool,
    withdist: bool,
    withhash: bool,
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WITHCOORD`.
    pub fn withcoord(mut self) -> Self {
        self.withcoord = true;
        self
    }

    /// `WITHDIST`.
    pub fn withdist(mut self) -> Self {
        self.withdist = true;
        self
    }

    /// `WITHHASH`.
    pub fn withhash(mut self) -> Self {
        self.withhash = true;
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.withcoord {
            w.arg("WITHCOORD");
        }
        if self.withdist {
            w.arg("WITHDIST");
        }
        if self.withhash {
            w.arg("WITHHASH");
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEORADIUS_RO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusRoOptions {
    withcoord: bool,
    withdist: bool,
    withhash: bool,
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusRoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WITHCOORD`.
    pub fn withcoord(mut self) -> Self {
        self.withcoord = true;
        self
    }

    /// `WITHDIST`.
    pub fn withdist(mut self) -> Self {
        self.withdist = true;
        self
    }

    /// `WITHHASH`.
    pub fn withhash(mut self) -> Self {
        self.withhash = true;
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.withcoord {
            w.arg("WITHCOORD");
        }
        if self.withdist {
            w.arg("WITHDIST");
        }
        if self.withhash {
            w.arg("WITHHASH");
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEORADIUS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusStoreOptions {
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusStoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEORADIUSBYMEMBER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusbymemberOptions {
    withcoord: bool,
    withdist: bool,
    withhash: bool,
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusbymemberOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WITHCOORD`.
    pub fn withcoord(mut self) -> Self {
        self.withcoord = true;
        self
    }

    /// `WITHDIST`.
    pub fn withdist(mut self) -> Self {
        self.withdist = true;
        self
    }

    /// `WITHHASH`.
    pub fn withhash(mut self) -> Self {
        self.withhash = true;
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.withcoord {
            w.arg("WITHCOORD");
        }
        if self.withdist {
            w.arg("WITHDIST");
        }
        if self.withhash {
            w.arg("WITHHASH");
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEORADIUSBYMEMBER_RO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusbymemberRoOptions {
    withcoord: bool,
    withdist: bool,
    withhash: bool,
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusbymemberRoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WITHCOORD`.
    pub fn withcoord(mut self) -> Self {
        self.withcoord = true;
        self
    }

    /// `WITHDIST`.
    pub fn withdist(mut self) -> Self {
        self.withdist = true;
        self
    }

    /// `WITHHASH`.
    pub fn withhash(mut self) -> Self {
        self.withhash = true;
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.withcoord {
            w.arg("WITHCOORD");
        }
        if self.withdist {
            w.arg("WITHDIST");
        }
        if self.withhash {
            w.arg("WITHHASH");
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEORADIUSBYMEMBER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeoradiusbymemberStoreOptions {
    count: Option<i128>,
    any: bool,
    asc_or_desc: Option<&'static str>,
}

impl GeoradiusbymemberStoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        w.arg(self.asc_or_desc);
    }
}

/// Options of `GEOSEARCH`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeosearchOptions {
    asc_or_desc: Option<&'static str>,
    count: Option<i128>,
    any: bool,
    withcoord: bool,
    withdist: bool,
    withhash: bool,
}

impl GeosearchOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `WITHCOORD`.
    pub fn withcoord(mut self) -> Self {
        self.withcoord = true;
        self
    }

    /// `WITHDIST`.
    pub fn withdist(mut self) -> Self {
        self.withdist = true;
        self
    }

    /// `WITHHASH`.
    pub fn withhash(mut self) -> Self {
        self.withhash = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.asc_or_desc);
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        if self.withcoord {
            w.arg("WITHCOORD");
        }
        if self.withdist {
            w.arg("WITHDIST");
        }
        if self.withhash {
            w.arg("WITHHASH");
        }
    }
}

/// Options of `GEOSEARCHSTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GeosearchstoreOptions {
    asc_or_desc: Option<&'static str>,
    count: Option<i128>,
    any: bool,
    storedist: bool,
}

impl GeosearchstoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `ANY`.
    pub fn any(mut self) -> Self {
        self.any = true;
        self
    }

    /// `STOREDIST`.
    pub fn storedist(mut self) -> Self {
        self.storedist = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.asc_or_desc);
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
            if self.any {
                w.arg("ANY");
            }
        }
        if self.storedist {
            w.arg("STOREDIST");
        }
    }
}

/// Options of `GETEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct GetexOptions {
    ex_or_other: Option<Picked<Option<i128>>>,
}

impl GetexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `PERSIST`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `PERSIST`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `PERSIST`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn persist(mut self) -> Self {
        self.ex_or_other = Some(Picked("PERSIST", None));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.ex_or_other);
    }
}

/// Options of `HEXPIRE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HexpireOptions {
    nx_or_other: Option<&'static str>,
}

impl HexpireOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `HEXPIREAT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HexpireatOptions {
    nx_or_other: Option<&'static str>,
}

impl HexpireatOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `HGETEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HgetexOptions {
    ex_or_other: Option<Picked<Option<i128>>>,
}

impl HgetexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `PERSIST`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `PERSIST`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `PERSIST`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn persist(mut self) -> Self {
        self.ex_or_other = Some(Picked("PERSIST", None));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.ex_or_other);
    }
}

/// Options of `HOTKEYS START`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HotkeysStartOptions {
    count: Option<i128>,
    duration: Option<i128>,
    sample: Option<i128>,
    slots: Option<Args>,
}

impl HotkeysStartOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT k`.
    pub fn count(mut self, k: impl IntegerArg) -> Self {
        self.count = Some(k.integer());
        self
    }

    /// `DURATION seconds`.
    pub fn duration(mut self, seconds: impl IntegerArg) -> Self {
        self.duration = Some(seconds.integer());
        self
    }

    /// `SAMPLE ratio`.
    pub fn sample(mut self, ratio: impl IntegerArg) -> Self {
        self.sample = Some(ratio.integer());
        self
    }

    /// `SLOTS slots`.
    pub fn slots(mut self, slots: impl ToArg) -> Self {
        self.slots = Some(Args::counted(1, slots));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(k) = &self.count {
            w.arg("COUNT").arg(k);
        }
        if let Some(seconds) = &self.duration {
            w.arg("DURATION").arg(seconds);
        }
        if let Some(ratio) = &self.sample {
            w.arg("SAMPLE").arg(ratio);
        }
        if let Some(slots) = &self.slots {
            w.arg("SLOTS").arg(slots);
        }
    }
}

/// Options of `HPEXPIRE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HpexpireOptions {
    nx_or_other: Option<&'static str>,
}

impl HpexpireOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `HPEXPIREAT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HpexpireatOptions {
    nx_or_other: Option<&'static str>,
}

impl HpexpireatOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `HSCAN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HscanOptions {
    match_: Option<Args>,
    count: Option<i128>,
}

impl HscanOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MATCH pattern`.
    pub fn match_(mut self, pattern: impl OneArg) -> Self {
        self.match_ = Some(Args::of(pattern));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(pattern) = &self.match_ {
            w.arg("MATCH").arg(pattern);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `HSETEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct HsetexOptions {
    fnx_or_fxx: Option<&'static str>,
    ex_or_other: Option<Picked<Option<i128>>>,
}

impl HsetexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FNX`, instead of `FXX`.
    pub fn fnx(mut self) -> Self {
        self.fnx_or_fxx = Some("FNX");
        self
    }

    /// `FXX`, instead of `FNX`.
    pub fn fxx(mut self) -> Self {
        self.fnx_or_fxx = Some("FXX");
        self
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `KEEPTTL`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `KEEPTTL`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `KEEPTTL`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn keepttl(mut self) -> Self {
        self.ex_or_other = Some(Picked("KEEPTTL", None));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.fnx_or_fxx);
        w.arg(&self.ex_or_other);
    }
}

/// Options of `INCREX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct IncrexOptions {
    byfloat_or_byint: Option<Picked<Args>>,
    saturate: bool,
    lbound: Option<Args>,
    ubound: Option<Args>,
    ex_or_other: Option<Picked<Option<i128>>>,
    enx: bool,
}

impl IncrexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BYFLOAT float`, instead of `BYINT`.
    pub fn byfloat(mut self, float: impl NumberArg) -> Self {
        self.byfloat_or_byint = Some(Picked("BYFLOAT", Args::of((float,))));
        self
    }

    /// `BYINT integer`, instead of `BYFLOAT`.
    pub fn byint(mut self, integer: impl IntegerArg) -> Self {
        self.byfloat_or_byint = Some(Picked("BYINT", Args::of((integer,))));
        self
    }

    /// `SATURATE`.
    pub fn saturate(mut self) -> Self {
        self.saturate = true;
        self
    }

    /// `LBOUND lowerbound`.
    pub fn lbound(mut self, lowerbound: impl OneArg) -> Self {
        self.lbound = Some(Args::of(lowerbound));
        self
    }

    /// `UBOUND upperbound`.
    pub fn ubound(mut self, upperbound: impl OneArg) -> Self {
        self.ubound = Some(Args::of(upperbound));
        self
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `PERSIST`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `PERSIST`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `PERSIST`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `PERSIST`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn persist(mut self) -> Self {
        self.ex_or_other = Some(Picked("PERSIST", None));
        self
    }

    /// `ENX`.
    pub fn enx(mut self) -> Self {
        self.enx = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.byfloat_or_byint);
        if self.saturate {
            w.arg("SATURATE");
        }
        if let Some(lowerbound) = &self.lbound {
            w.arg("LBOUND").arg(lowerbound);
        }
        if let Some(upperbound) = &self.ubound {
            w.arg("UBOUND").arg(upperbound);
        }
        w.arg(&self.ex_or_other);
        if self.enx {
            w.arg("ENX");
        }
    }
}

/// Options of `JSON.GET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct JsonGetOptions {
    indent: Option<Args>,
    newline: Option<Args>,
    space: Option<Args>,
}

impl JsonGetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `INDENT indent`.
    pub fn indent(mut self, indent: impl OneArg) -> Self {
        self.indent = Some(Args::of(indent));
        self
    }

    /// `NEWLINE newline`.
    pub fn newline(mut self, newline: impl OneArg) -> Self {
        self.newline = Some(Args::of(newline));
        self
    }

    /// `SPACE space`.
    pub fn space(mut self, space: impl OneArg) -> Self {
        self.space = Some(Args::of(space));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(indent) = &self.indent {
            w.arg("INDENT").arg(indent);
        }
        if let Some(newline) = &self.newline {
            w.arg("NEWLINE").arg(newline);
        }
        if let Some(space) = &self.space {
            w.arg("SPACE").arg(space);
        }
    }
}

/// Options of `JSON.SET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct JsonSetOptions {
    nx_or_xx: Option<&'static str>,
    fpha_fp16_or_other: Option<&'static str>,
}

impl JsonSetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`.
    pub fn nx(mut self) -> Self {
        self.nx_or_xx = Some("NX");
        self
    }

    /// `XX`, instead of `NX`.
    pub fn xx(mut self) -> Self {
        self.nx_or_xx = Some("XX");
        self
    }

    /// `FPHA FP16`, instead of `BF16`, `FP32`, `FP64`.
    pub fn fpha_fp16(mut self) -> Self {
        self.fpha_fp16_or_other = Some("FP16");
        self
    }

    /// `FPHA BF16`, instead of `FP16`, `FP32`, `FP64`.
    pub fn fpha_bf16(mut self) -> Self {
        self.fpha_fp16_or_other = Some("BF16");
        self
    }

    /// `FPHA FP32`, instead of `FP16`, `BF16`, `FP64`.
    pub fn fpha_fp32(mut self) -> Self {
        self.fpha_fp16_or_other = Some("FP32");
        self
    }

    /// `FPHA FP64`, instead of `FP16`, `BF16`, `FP32`.
    pub fn fpha_fp64(mut self) -> Self {
        self.fpha_fp16_or_other = Some("FP64");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_xx);
        if let Some(picked) = &self.fpha_fp16_or_other {
            w.arg("FPHA").arg(picked);
        }
    }
}

/// Options of `LCS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct LcsOptions {
    minmatchlen: Option<i128>,
    withmatchlen: bool,
}

impl LcsOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MINMATCHLEN min_match_len`.
    pub fn minmatchlen(mut self, min_match_len: impl IntegerArg) -> Self {
        self.minmatchlen = Some(min_match_len.integer());
        self
    }

    /// `WITHMATCHLEN`.
    pub fn withmatchlen(mut self) -> Self {
        self.withmatchlen = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(min_match_len) = &self.minmatchlen {
            w.arg("MINMATCHLEN").arg(min_match_len);
        }
        if self.withmatchlen {
            w.arg("WITHMATCHLEN");
        }
    }
}

/// Options of `LMPOP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct LmpopOptions {
    count: Option<i128>,
}

impl LmpopOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `LOLWUT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct LolwutOptions {
    version: Option<i128>,
}

impl LolwutOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `VERSION version`.
    pub fn version(mut self, version: impl IntegerArg) -> Self {
        self.version = Some(version.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(version) = &self.version {
            w.arg("VERSION").arg(version);
        }
    }
}

/// Options of `LPOS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct LposOptions {
    rank: Option<i128>,
    maxlen: Option<i128>,
}

impl LposOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RANK rank`.
    pub fn rank(mut self, rank: impl IntegerArg) -> Self {
        self.rank = Some(rank.integer());
        self
    }

    /// `MAXLEN len`.
    pub fn maxlen(mut self, len: impl IntegerArg) -> Self {
        self.maxlen = Some(len.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(rank) = &self.rank {
            w.arg("RANK").arg(rank);
        }
        if let Some(len) = &self.maxlen {
            w.arg("MAXLEN").arg(len);
        }
    }
}

/// Options of `MEMORY USAGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct MemoryUsageOptions {
    samples: Option<i128>,
}

impl MemoryUsageOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `SAMPLES count`.
    pub fn samples(mut self, count: impl IntegerArg) -> Self {
        self.samples = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.samples {
            w.arg("SAMPLES").arg(count);
        }
    }
}

/// Options of `MIGRATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct MigrateOptions {
    copy: bool,
    replace: bool,
    auth_or_auth2: Option<Picked<Args>>,
    keys: Option<Args>,
}

impl MigrateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COPY`.
    pub fn copy(mut self) -> Self {
        self.copy = true;
        self
    }

    /// `REPLACE`.
    pub fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    /// `AUTH auth`, instead of `AUTH2`.
    pub fn auth(mut self, auth: impl OneArg) -> Self {
        self.auth_or_auth2 = Some(Picked("AUTH", Args::of((auth,))));
        self
    }

    /// `AUTH2 username password`, instead of `AUTH`.
    pub fn auth2(mut self, username: impl OneArg, password: impl OneArg) -> Self {
        self.auth_or_auth2 = Some(Picked("AUTH2", Args::of((username, password,))));
        self
    }

    /// `KEYS keys`.
    pub fn keys(mut self, keys: impl ToArg) -> Self {
        self.keys = Some(Args::of(keys));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.copy {
            w.arg("COPY");
        }
        if self.replace {
            w.arg("REPLACE");
        }
        w.arg(&self.auth_or_auth2);
        if let Some(keys) = &self.keys {
            w.arg("KEYS").arg(keys);
        }
    }
}

/// Options of `MODULE LOADEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ModuleLoadexOptions {
    config: Args,
    args: Option<Args>,
}

impl ModuleLoadexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `CONFIG name value`, once more with each call.
    pub fn config(mut self, name: impl OneArg, value: impl OneArg) -> Self {
        self.config.push(("CONFIG", name, value));
        self
    }

    /// `ARGS args`.
    pub fn args(mut self, args: impl ToArg) -> Self {
        self.args = Some(Args::of(args));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.config);
        if let Some(args) = &self.args {
            w.arg("ARGS").arg(args);
        }
    }
}

/// Options of `MSETEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct MsetexOptions {
    nx_or_xx: Option<&'static str>,
    ex_or_other: Option<Picked<Option<i128>>>,
}

impl MsetexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`.
    pub fn nx(mut self) -> Self {
        self.nx_or_xx = Some("NX");
        self
    }

    /// `XX`, instead of `NX`.
    pub fn xx(mut self) -> Self {
        self.nx_or_xx = Some("XX");
        self
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `KEEPTTL`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `KEEPTTL`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `KEEPTTL`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn keepttl(mut self) -> Self {
        self.ex_or_other = Some(Picked("KEEPTTL", None));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_xx);
        w.arg(&self.ex_or_other);
    }
}

/// Options of `PEXPIRE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct PexpireOptions {
    nx_or_other: Option<&'static str>,
}

impl PexpireOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `PEXPIREAT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct PexpireatOptions {
    nx_or_other: Option<&'static str>,
}

impl PexpireatOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `GT`, `LT`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some("NX");
        self
    }

    /// `XX`, instead of `NX`, `GT`, `LT`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some("XX");
        self
    }

    /// `GT`, instead of `NX`, `XX`, `LT`.
    pub fn gt(mut self) -> Self {
        self.nx_or_other = Some("GT");
        self
    }

    /// `LT`, instead of `NX`, `XX`, `GT`.
    pub fn lt(mut self) -> Self {
        self.nx_or_other = Some("LT");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_other);
    }
}

/// Options of `RESTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct RestoreOptions {
    replace: bool,
    absttl: bool,
    idletime: Option<i128>,
    freq: Option<i128>,
}

impl RestoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `REPLACE`.
    pub fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    /// `ABSTTL`.
    pub fn absttl(mut self) -> Self {
        self.absttl = true;
        self
    }

    /// `IDLETIME seconds`.
    pub fn idletime(mut self, seconds: impl IntegerArg) -> Self {
        self.idletime = Some(seconds.integer());
        self
    }

    /// `FREQ frequency`.
    pub fn freq(mut self, frequency: impl IntegerArg) -> Self {
        self.freq = Some(frequency.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.replace {
            w.arg("REPLACE");
        }
        if self.absttl {
            w.arg("ABSTTL");
        }
        if let Some(seconds) = &self.idletime {
            w.arg("IDLETIME").arg(seconds);
        }
        if let Some(frequency) = &self.freq {
            w.arg("FREQ").arg(frequency);
        }
    }
}

/// Options of `SCAN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ScanOptions {
    match_: Option<Args>,
    count: Option<i128>,
    type_: Option<Args>,
}

impl ScanOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MATCH pattern`.
    pub fn match_(mut self, pattern: impl OneArg) -> Self {
        self.match_ = Some(Args::of(pattern));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `TYPE type`.
    pub fn type_(mut self, type_: impl OneArg) -> Self {
        self.type_ = Some(Args::of(type_));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(pattern) = &self.match_ {
            w.arg("MATCH").arg(pattern);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some(type_) = &self.type_ {
            w.arg("TYPE").arg(type_);
        }
    }
}

/// Options of `SCRIPT FLUSH`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ScriptFlushOptions {
    async_or_sync: Option<&'static str>,
}

impl ScriptFlushOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ASYNC`, instead of `SYNC`.
    pub fn async_(mut self) -> Self {
        self.async_or_sync = Some("ASYNC");
        self
    }

    /// `SYNC`, instead of `ASYNC`.
    pub fn sync(mut self) -> Self {
        self.async_or_sync = Some("SYNC");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.async_or_sync);
    }
}

/// Options of `SDIFFCARD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SdiffcardOptions {
    limit: Option<i128>,
}

impl SdiffcardOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
    }
}

/// Options of `SET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SetOptions {
    nx_or_other: Option<Picked<Args>>,
    ex_or_other: Option<Picked<Option<i128>>>,
}

impl SetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`, `IFEQ`, `IFNE`, `IFDEQ`, `IFDNE`.
    pub fn nx(mut self) -> Self {
        self.nx_or_other = Some(Picked("NX", Args::default()));
        self
    }

    /// `XX`, instead of `NX`, `IFEQ`, `IFNE`, `IFDEQ`, `IFDNE`.
    pub fn xx(mut self) -> Self {
        self.nx_or_other = Some(Picked("XX", Args::default()));
        self
    }

    /// `IFEQ ifeq_value`, instead of `NX`, `XX`, `IFNE`, `IFDEQ`, `IFDNE`.
    pub fn ifeq(mut self, ifeq_value: impl OneArg) -> Self {
        self.nx_or_other = Some(Picked("IFEQ", Args::of((ifeq_value,))));
        self
    }

    /// `IFNE ifne_value`, instead of `NX`, `XX`, `IFEQ`, `IFDEQ`, `IFDNE`.
    pub fn ifne(mut self, ifne_value: impl OneArg) -> Self {
        self.nx_or_other = Some(Picked("IFNE", Args::of((ifne_value,))));
        self
    }

    /// `IFDEQ ifdeq_digest`, instead of `NX`, `XX`, `IFEQ`, `IFNE`, `IFDNE`.
    pub fn ifdeq(mut self, ifdeq_digest: impl OneArg) -> Self {
        self.nx_or_other = Some(Picked("IFDEQ", Args::of((ifdeq_digest,))));
        self
    }

    /// `IFDNE ifdne_digest`, instead of `NX`, `XX`, `IFEQ`, `IFNE`, `IFDEQ`.
    pub fn ifdne(mut self, ifdne_digest: impl OneArg) -> Self {
        self.nx_or_other = Some(Picked("IFDNE", Args::of((ifdne_digest,))));
        self
    }

    /// `EX seconds`, instead of `PX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn ex(mut self, seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EX", Some(seconds.integer())));
        self
    }

    /// `PX milliseconds`, instead of `EX`, `EXAT`, `PXAT`, `KEEPTTL`.
    pub fn px(mut self, milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PX", Some(milliseconds.integer())));
        self
    }

    /// `EXAT unix_time_seconds`, instead of `EX`, `PX`, `PXAT`, `KEEPTTL`.
    pub fn exat(mut self, unix_time_seconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("EXAT", Some(unix_time_seconds.integer())));
        self
    }

    /// `PXAT unix_time_milliseconds`, instead of `EX`, `PX`, `EXAT`, `KEEPTTL`.
    pub fn pxat(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.ex_or_other = Some(Picked("PXAT", Some(unix_time_milliseconds.integer())));
        self
    }

    /// `KEEPTTL`, instead of `EX`, `PX`, `EXAT`, `PXAT`.
    pub fn keepttl(mut self) -> Self {
        self.ex_or_other = Some(Picked("KEEPTTL", None));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(&self.nx_or_other);
        w.arg(&self.ex_or_other);
    }
}

/// Options of `SINTERCARD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SintercardOptions {
    limit: Option<i128>,
}

impl SintercardOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
    }
}

/// Options of `SORT`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SortOptions {
    by: Option<Args>,
    limit: Option<(i128, i128)>,
    get: Args,
    asc_or_desc: Option<&'static str>,
    alpha: bool,
}

impl SortOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BY by_pattern`.
    pub fn by(mut self, by_pattern: impl OneArg) -> Self {
        self.by = Some(Args::of(by_pattern));
        self
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    /// `GET get_pattern`, once more with each call.
    pub fn get(mut self, get_pattern: impl OneArg) -> Self {
        self.get.push(("GET", get_pattern));
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    /// `ALPHA`.
    pub fn alpha(mut self) -> Self {
        self.alpha = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(by_pattern) = &self.by {
            w.arg("BY").arg(by_pattern);
        }
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
        w.arg(&self.get);
        w.arg(self.asc_or_desc);
        if self.alpha {
            w.arg("ALPHA");
        }
    }
}

/// Options of `SORT_RO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SortRoOptions {
    by: Option<Args>,
    limit: Option<(i128, i128)>,
    get: Args,
    asc_or_desc: Option<&'static str>,
    alpha: bool,
}

impl SortRoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BY by_pattern`.
    pub fn by(mut self, by_pattern: impl OneArg) -> Self {
        self.by = Some(Args::of(by_pattern));
        self
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    /// `GET get_pattern`, once more with each call.
    pub fn get(mut self, get_pattern: impl OneArg) -> Self {
        self.get.push(("GET", get_pattern));
        self
    }

    /// `ASC`, instead of `DESC`.
    pub fn asc(mut self) -> Self {
        self.asc_or_desc = Some("ASC");
        self
    }

    /// `DESC`, instead of `ASC`.
    pub fn desc(mut self) -> Self {
        self.asc_or_desc = Some("DESC");
        self
    }

    /// `ALPHA`.
    pub fn alpha(mut self) -> Self {
        self.alpha = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(by_pattern) = &self.by {
            w.arg("BY").arg(by_pattern);
        }
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
        w.arg(&self.get);
        w.arg(self.asc_or_desc);
        if self.alpha {
            w.arg("ALPHA");
        }
    }
}

/// Options of `SSCAN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SscanOptions {
    match_: Option<Args>,
    count: Option<i128>,
}

impl SscanOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MATCH pattern`.
    pub fn match_(mut self, pattern: impl OneArg) -> Self {
        self.match_ = Some(Args::of(pattern));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(pattern) = &self.match_ {
            w.arg("MATCH").arg(pattern);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `SUNIONCARD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct SunioncardOptions {
    approx: bool,
    limit: Option<i128>,
}

impl SunioncardOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `APPROX`.
    pub fn approx(mut self) -> Self {
        self.approx = true;
        self
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.approx {
            w.arg("APPROX");
        }
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
    }
}

/// Options of `TDIGEST.CREATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TdigestCreateOptions {
    compression: Option<i128>,
}

impl TdigestCreateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COMPRESSION compression`.
    pub fn compression(mut self, compression: impl IntegerArg) -> Self {
        self.compression = Some(compression.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(compression) = &self.compression {
            w.arg("COMPRESSION").arg(compression);
        }
    }
}

/// Options of `TDIGEST.MERGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TdigestMergeOptions {
    compression: Option<i128>,
    override_: bool,
}

impl TdigestMergeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COMPRESSION compression`.
    pub fn compression(mut self, compression: impl IntegerArg) -> Self {
        self.compression = Some(compression.integer());
        self
    }

    /// `OVERRIDE`.
    pub fn override_(mut self) -> Self {
        self.override_ = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(compression) = &self.compression {
            w.arg("COMPRESSION").arg(compression);
        }
        if self.override_ {
            w.arg("OVERRIDE");
        }
    }
}

/// Options of `TS.ADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsAddOptions {
    retention: Option<i128>,
    encoding_uncompressed_or_encoding_compressed: Option<&'static str>,
    chunk_size: Option<i128>,
    duplicate_policy: Option<DuplicatePolicy>,
    on_duplicate: Option<DuplicatePolicy>,
    ignore: Option<(i128, Number)>,
    labels: Option<Args>,
}

impl TsAddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RETENTION retention_period`.
    pub fn retention(mut self, retention_period: impl IntegerArg) -> Self {
        self.retention = Some(retention_period.integer());
        self
    }

    /// `ENCODING UNCOMPRESSED`, instead of `COMPRESSED`.
    pub fn encoding_uncompressed(mut self) -> Self {
        self.encoding_uncompressed_or_encoding_compressed = Some("UNCOMPRESSED");
        self
    }

    /// `ENCODING COMPRESSED`, instead of `UNCOMPRESSED`.
    pub fn encoding_compressed(mut self) -> Self {
        self.encoding_uncompressed_or_encoding_compressed = Some("COMPRESSED");
        self
    }

    /// `CHUNK_SIZE size`.
    pub fn chunk_size(mut self, size: impl IntegerArg) -> Self {
        self.chunk_size = Some(size.integer());
        self
    }

    /// `DUPLICATE_POLICY duplicatepolicy`.
    pub fn duplicate_policy(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.duplicate_policy = Some(duplicatepolicy);
        self
    }

    /// `ON_DUPLICATE duplicatepolicy`.
    pub fn on_duplicate(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.on_duplicate = Some(duplicatepolicy);
        self
    }

    /// `IGNORE ignore_max_timediff ignore_max_val_diff`.
    pub fn ignore(mut self, ignore_max_timediff: impl IntegerArg, ignore_max_val_diff: impl NumberArg) -> Self {
        self.ignore = Some((ignore_max_timediff.integer(), ignore_max_val_diff.number()));
        self
    }

    /// `LABELS pairs`.
    pub fn labels(mut self, pairs: impl Groups<2>) -> Self {
        self.labels = Some(Args::of(pairs));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(retention_period) = &self.retention {
            w.arg("RETENTION").arg(retention_period);
        }
        if let Some(picked) = &self.encoding_uncompressed_or_encoding_compressed {
            w.arg("ENCODING").arg(picked);
        }
        if let Some(size) = &self.chunk_size {
            w.arg("CHUNK_SIZE").arg(size);
        }
        if let Some(duplicatepolicy) = &self.duplicate_policy {
            w.arg("DUPLICATE_POLICY").arg(duplicatepolicy);
        }
        if let Some(duplicatepolicy) = &self.on_duplicate {
            w.arg("ON_DUPLICATE").arg(duplicatepolicy);
        }
        if let Some((ignore_max_timediff, ignore_max_val_diff)) = &self.ignore {
            w.arg("IGNORE").arg(ignore_max_timediff).arg(ignore_max_val_diff);
        }
        if let Some(pairs) = &self.labels {
            w.arg("LABELS").arg(pairs);
        }
    }
}

/// Options of `TS.ALTER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsAlterOptions {
    retention: Option<i128>,
    chunk_size: Option<i128>,
    duplicate_policy: Option<DuplicatePolicy>,
    ignore: Option<(i128, Number)>,
    labels: Option<Args>,
}

impl TsAlterOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RETENTION retention_period`.
    pub fn retention(mut self, retention_period: impl IntegerArg) -> Self {
        self.retention = Some(retention_period.integer());
        self
    }

    /// `CHUNK_SIZE size`.
    pub fn chunk_size(mut self, size: impl IntegerArg) -> Self {
        self.chunk_size = Some(size.integer());
        self
    }

    /// `DUPLICATE_POLICY duplicatepolicy`.
    pub fn duplicate_policy(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.duplicate_policy = Some(duplicatepolicy);
        self
    }

    /// `IGNORE ignore_max_timediff ignore_max_val_diff`.
    pub fn ignore(mut self, ignore_max_timediff: impl IntegerArg, ignore_max_val_diff: impl NumberArg) -> Self {
        self.ignore = Some((ignore_max_timediff.integer(), ignore_max_val_diff.number()));
        self
    }

    /// `LABELS pairs`.
    pub fn labels(mut self, pairs: impl Groups<2>) -> Self {
        self.labels = Some(Args::of(pairs));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(retention_period) = &self.retention {
            w.arg("RETENTION").arg(retention_period);
        }
        if let Some(size) = &self.chunk_size {
            w.arg("CHUNK_SIZE").arg(size);
        }
        if let Some(duplicatepolicy) = &self.duplicate_policy {
            w.arg("DUPLICATE_POLICY").arg(duplicatepolicy);
        }
        if let Some((ignore_max_timediff, ignore_max_val_diff)) = &self.ignore {
            w.arg("IGNORE").arg(ignore_max_timediff).arg(ignore_max_val_diff);
        }
        if let Some(pairs) = &self.labels {
            w.arg("LABELS").arg(pairs);
        }
    }
}

/// Options of `TS.CREATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsCreateOptions {
    retention: Option<i128>,
    encoding_uncompressed_or_encoding_compressed: Option<&'static str>,
    chunk_size: Option<i128>,
    duplicate_policy: Option<DuplicatePolicy>,
    ignore: Option<(i128, Number)>,
    labels: Option<Args>,
}

impl TsCreateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RETENTION retention_period`.
    pub fn retention(mut self, retention_period: impl IntegerArg) -> Self {
        self.retention = Some(retention_period.integer());
        self
    }

    /// `ENCODING UNCOMPRESSED`, instead of `COMPRESSED`.
    pub fn encoding_uncompressed(mut self) -> Self {
        self.encoding_uncompressed_or_encoding_compressed = Some("UNCOMPRESSED");
        self
    }

    /// `ENCODING COMPRESSED`, instead of `UNCOMPRESSED`.
    pub fn encoding_compressed(mut self) -> Self {
        self.encoding_uncompressed_or_encoding_compressed = Some("COMPRESSED");
        self
    }

    /// `CHUNK_SIZE size`.
    pub fn chunk_size(mut self, size: impl IntegerArg) -> Self {
        self.chunk_size = Some(size.integer());
        self
    }

    /// `DUPLICATE_POLICY duplicatepolicy`.
    pub fn duplicate_policy(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.duplicate_policy = Some(duplicatepolicy);
        self
    }

    /// `IGNORE ignore_max_timediff ignore_max_val_diff`.
    pub fn ignore(mut self, ignore_max_timediff: impl IntegerArg, ignore_max_val_diff: impl NumberArg) -> Self {
        self.ignore = Some((ignore_max_timediff.integer(), ignore_max_val_diff.number()));
        self
    }

    /// `LABELS pairs`.
    pub fn labels(mut self, pairs: impl Groups<2>) -> Self {
        self.labels = Some(Args::of(pairs));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(retention_period) = &self.retention {
            w.arg("RETENTION").arg(retention_period);
        }
        if let Some(picked) = &self.encoding_uncompressed_or_encoding_compressed {
            w.arg("ENCODING").arg(picked);
        }
        if let Some(size) = &self.chunk_size {
            w.arg("CHUNK_SIZE").arg(size);
        }
        if let Some(duplicatepolicy) = &self.duplicate_policy {
            w.arg("DUPLICATE_POLICY").arg(duplicatepolicy);
        }
        if let Some((ignore_max_timediff, ignore_max_val_diff)) = &self.ignore {
            w.arg("IGNORE").arg(ignore_max_timediff).arg(ignore_max_val_diff);
        }
        if let Some(pairs) = &self.labels {
            w.arg("LABELS").arg(pairs);
        }
    }
}

/// Options of `TS.DECRBY`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsDecrbyOptions {
    timestamp: Option<Args>,
    retention: Option<i128>,
    uncompressed: bool,
    chunk_size: Option<i128>,
    duplicate_policy: Option<DuplicatePolicy>,
    ignore: Option<(i128, Number)>,
    labels: Option<Args>,
}

impl TsDecrbyOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `TIMESTAMP timestamp`.
    pub fn timestamp(mut self, timestamp: impl OneArg) -> Self {
        self.timestamp = Some(Args::of(timestamp));
        self
    }

    /// `RETENTION retention_period`.
    pub fn retention(mut self, retention_period: impl IntegerArg) -> Self {
        self.retention = Some(retention_period.integer());
        self
    }

    /// `UNCOMPRESSED`.
    pub fn uncompressed(mut self) -> Self {
        self.uncompressed = true;
        self
    }

    /// `CHUNK_SIZE size`.
    pub fn chunk_size(mut self, size: impl IntegerArg) -> Self {
        self.chunk_size = Some(size.integer());
        self
    }

    /// `DUPLICATE_POLICY duplicatepolicy`.
    pub fn duplicate_policy(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.duplicate_policy = Some(duplicatepolicy);
        self
    }

    /// `IGNORE ignore_max_timediff ignore_max_val_diff`.
    pub fn ignore(mut self, ignore_max_timediff: impl IntegerArg, ignore_max_val_diff: impl NumberArg) -> Self {
        self.ignore = Some((ignore_max_timediff.integer(), ignore_max_val_diff.number()));
        self
    }

    /// `LABELS pairs`.
    pub fn labels(mut self, pairs: impl Groups<2>) -> Self {
        self.labels = Some(Args::of(pairs));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(timestamp) = &self.timestamp {
            w.arg("TIMESTAMP").arg(timestamp);
        }
        if let Some(retention_period) = &self.retention {
            w.arg("RETENTION").arg(retention_period);
        }
        if self.uncompressed {
            w.arg("UNCOMPRESSED");
        }
        if let Some(size) = &self.chunk_size {
            w.arg("CHUNK_SIZE").arg(size);
        }
        if let Some(duplicatepolicy) = &self.duplicate_policy {
            w.arg("DUPLICATE_POLICY").arg(duplicatepolicy);
        }
        if let Some((ignore_max_timediff, ignore_max_val_diff)) = &self.ignore {
            w.arg("IGNORE").arg(ignore_max_timediff).arg(ignore_max_val_diff);
        }
        if let Some(pairs) = &self.labels {
            w.arg("LABELS").arg(pairs);
        }
    }
}

/// Options of `TS.GET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsGetOptions {
    latest: bool,
}

impl TsGetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
    }
}

/// Options of `TS.INCRBY`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsIncrbyOptions {
    timestamp: Option<Args>,
    retention: Option<i128>,
    uncompressed: bool,
    chunk_size: Option<i128>,
    duplicate_policy: Option<DuplicatePolicy>,
    ignore: Option<(i128, Number)>,
    labels: Option<Args>,
}

impl TsIncrbyOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `TIMESTAMP timestamp`.
    pub fn timestamp(mut self, timestamp: impl OneArg) -> Self {
        self.timestamp = Some(Args::of(timestamp));
        self
    }

    /// `RETENTION retention_period`.
    pub fn retention(mut self, retention_period: impl IntegerArg) -> Self {
        self.retention = Some(retention_period.integer());
        self
    }

    /// `UNCOMPRESSED`.
    pub fn uncompressed(mut self) -> Self {
        self.uncompressed = true;
        self
    }

    /// `CHUNK_SIZE size`.
    pub fn chunk_size(mut self, size: impl IntegerArg) -> Self {
        self.chunk_size = Some(size.integer());
        self
    }

    /// `DUPLICATE_POLICY duplicatepolicy`.
    pub fn duplicate_policy(mut self, duplicatepolicy: DuplicatePolicy) -> Self {
        self.duplicate_policy = Some(duplicatepolicy);
        self
    }

    /// `IGNORE ignore_max_timediff ignore_max_val_diff`.
    pub fn ignore(mut self, ignore_max_timediff: impl IntegerArg, ignore_max_val_diff: impl NumberArg) -> Self {
        self.ignore = Some((ignore_max_timediff.integer(), ignore_max_val_diff.number()));
        self
    }

    /// `LABELS pairs`.
    pub fn labels(mut self, pairs: impl Groups<2>) -> Self {
        self.labels = Some(Args::of(pairs));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(timestamp) = &self.timestamp {
            w.arg("TIMESTAMP").arg(timestamp);
        }
        if let Some(retention_period) = &self.retention {
            w.arg("RETENTION").arg(retention_period);
        }
        if self.uncompressed {
            w.arg("UNCOMPRESSED");
        }
        if let Some(size) = &self.chunk_size {
            w.arg("CHUNK_SIZE").arg(size);
        }
        if let Some(duplicatepolicy) = &self.duplicate_policy {
            w.arg("DUPLICATE_POLICY").arg(duplicatepolicy);
        }
        if let Some((ignore_max_timediff, ignore_max_val_diff)) = &self.ignore {
            w.arg("IGNORE").arg(ignore_max_timediff).arg(ignore_max_val_diff);
        }
        if let Some(pairs) = &self.labels {
            w.arg("LABELS").arg(pairs);
        }
    }
}

/// Options of `TS.INFO`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsInfoOptions {
    debug: bool,
}

impl TsInfoOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `DEBUG`.
    pub fn debug(mut self) -> Self {
        self.debug = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.debug {
            w.arg("DEBUG");
        }
    }
}

/// Options of `TS.MGET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsMgetOptions {
    latest: bool,
    withlabels_or_selected_labels: Option<Picked<Args>>,
}

impl TsMgetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `WITHLABELS`, instead of `SELECTED_LABELS`.
    pub fn withlabels(mut self) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("WITHLABELS", Args::default()));
        self
    }

    /// `SELECTED_LABELS labels`, instead of `WITHLABELS`.
    pub fn selected_labels(mut self, labels: impl ToArg) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("SELECTED_LABELS", Args::of((labels,))));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        w.arg(&self.withlabels_or_selected_labels);
    }
}

/// Options of `TS.MRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsMrangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    withlabels_or_selected_labels: Option<Picked<Args>>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
    groupby: Option<(Args, Args)>,
    excludeempty: bool,
}

impl TsMrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `WITHLABELS`, instead of `SELECTED_LABELS`.
    pub fn withlabels(mut self) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("WITHLABELS", Args::default()));
        self
    }

    /// `SELECTED_LABELS labels`, instead of `WITHLABELS`.
    pub fn selected_labels(mut self, labels: impl ToArg) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("SELECTED_LABELS", Args::of((labels,))));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl OneArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// `GROUPBY group_label REDUCE reducer`.
    pub fn groupby(mut self, group_label: impl OneArg, reducer: impl OneArg) -> Self {
        self.groupby = Some((Args::of(group_label), Args::of(reducer)));
        self
    }

    /// `EXCLUDEEMPTY`.
    pub fn excludeempty(mut self) -> Self {
        self.excludeempty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        w.arg(&self.withlabels_or_selected_labels);
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }

    pub(super) fn write_1(&self, w: &mut CommandWriter<'_>) {
        if let Some((group_label, reducer)) = &self.groupby {
            w.arg("GROUPBY").arg(group_label).arg("REDUCE").arg(reducer);
        }
        if self.excludeempty {
            w.arg("EXCLUDEEMPTY");
        }
    }
}

/// Options of `TS.MREVRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsMrevrangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    withlabels_or_selected_labels: Option<Picked<Args>>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
    groupby: Option<(Args, Args)>,
    excludeempty: bool,
}

impl TsMrevrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `WITHLABELS`, instead of `SELECTED_LABELS`.
    pub fn withlabels(mut self) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("WITHLABELS", Args::default()));
        self
    }

    /// `SELECTED_LABELS labels`, instead of `WITHLABELS`.
    pub fn selected_labels(mut self, labels: impl ToArg) -> Self {
        self.withlabels_or_selected_labels = Some(Picked("SELECTED_LABELS", Args::of((labels,))));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl OneArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    /// `GROUPBY group_label REDUCE reducer`.
    pub fn groupby(mut self, group_label: impl OneArg, reducer: impl OneArg) -> Self {
        self.groupby = Some((Args::of(group_label), Args::of(reducer)));
        self
    }

    /// `EXCLUDEEMPTY`.
    pub fn excludeempty(mut self) -> Self {
        self.excludeempty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        w.arg(&self.withlabels_or_selected_labels);
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }

    pub(super) fn write_1(&self, w: &mut CommandWriter<'_>) {
        if let Some((group_label, reducer)) = &self.groupby {
            w.arg("GROUPBY").arg(group_label).arg("REDUCE").arg(reducer);
        }
        if self.excludeempty {
            w.arg("EXCLUDEEMPTY");
        }
    }
}

/// Options of `TS.NRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsNrangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
}

impl TsNrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl ToArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }
}

/// Options of `TS.NREVRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsNrevrangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
}

impl TsNrevrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl ToArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }
}

/// Options of `TS.QUERYLABELS`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsQuerylabelsOptions {
    filter: Option<Args>,
}

impl TsQuerylabelsOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `FILTER filters`.
    pub fn filter(mut self, filters: impl ToArg) -> Self {
        self.filter = Some(Args::of(filters));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(filters) = &self.filter {
            w.arg("FILTER").arg(filters);
        }
    }
}

/// Options of `TS.RANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsRangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
}

impl TsRangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl OneArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }
}

/// Options of `TS.READ`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsReadOptions {
    block: Option<(i128, i128)>,
    max_count: Option<i128>,
}

impl TsReadOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BLOCK milliseconds min_count`.
    pub fn block(mut self, milliseconds: impl IntegerArg, min_count: impl IntegerArg) -> Self {
        self.block = Some((milliseconds.integer(), min_count.integer()));
        self
    }

    /// `MAX_COUNT max_count`.
    pub fn max_count(mut self, max_count: impl IntegerArg) -> Self {
        self.max_count = Some(max_count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some((milliseconds, min_count)) = &self.block {
            w.arg("BLOCK").arg(milliseconds).arg(min_count);
        }
        if let Some(max_count) = &self.max_count {
            w.arg("MAX_COUNT").arg(max_count);
        }
    }
}

/// Options of `TS.REVRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TsRevrangeOptions {
    latest: bool,
    filter_by_ts: Option<Args>,
    filter_by_value: Option<(Args, Args)>,
    count: Option<i128>,
    aggregation: Option<(Args, i128)>,
    align: Option<Args>,
    buckettimestamp: Option<Args>,
    empty: bool,
}

impl TsRevrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LATEST`.
    pub fn latest(mut self) -> Self {
        self.latest = true;
        self
    }

    /// `FILTER_BY_TS timestamps`.
    pub fn filter_by_ts(mut self, timestamps: impl ToArg) -> Self {
        self.filter_by_ts = Some(Args::of(timestamps));
        self
    }

    /// `FILTER_BY_VALUE min max`.
    pub fn filter_by_value(mut self, min: impl OneArg, max: impl OneArg) -> Self {
        self.filter_by_value = Some((Args::of(min), Args::of(max)));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `AGGREGATION aggregators bucket_duration`.
    pub fn aggregation(mut self, aggregators: impl OneArg, bucket_duration: impl IntegerArg) -> Self {
        self.aggregation = Some((Args::of(aggregators), bucket_duration.integer()));
        self
    }

    /// `ALIGN align`.
    pub fn align(mut self, align: impl OneArg) -> Self {
        self.align = Some(Args::of(align));
        self
    }

    /// `BUCKETTIMESTAMP bucket_timestamp`.
    pub fn buckettimestamp(mut self, bucket_timestamp: impl OneArg) -> Self {
        self.buckettimestamp = Some(Args::of(bucket_timestamp));
        self
    }

    /// `EMPTY`.
    pub fn empty(mut self) -> Self {
        self.empty = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.latest {
            w.arg("LATEST");
        }
        if let Some(timestamps) = &self.filter_by_ts {
            w.arg("FILTER_BY_TS").arg(timestamps);
        }
        if let Some((min, max)) = &self.filter_by_value {
            w.arg("FILTER_BY_VALUE").arg(min).arg(max);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some((aggregators, bucket_duration)) = &self.aggregation {
            if let Some(align) = &self.align {
                w.arg("ALIGN").arg(align);
            }
            w.arg("AGGREGATION").arg(aggregators).arg(bucket_duration);
            if let Some(bucket_timestamp) = &self.buckettimestamp {
                w.arg("BUCKETTIMESTAMP").arg(bucket_timestamp);
            }
            if self.empty {
                w.arg("EMPTY");
            }
        }
    }
}

/// Options of `VADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct VaddOptions {
    reduce: Option<i128>,
    cas: bool,
    noquant_or_other: Option<&'static str>,
    ef: Option<i128>,
    setattr: Option<Args>,
    m: Option<i128>,
}

impl VaddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `REDUCE dim`.
    pub fn reduce(mut self, dim: impl IntegerArg) -> Self {
        self.reduce = Some(dim.integer());
        self
    }

    /// `CAS`.
    pub fn cas(mut self) -> Self {
        self.cas = true;
        self
    }

    /// `NOQUANT`, instead of `Q8`, `BIN`.
    pub fn noquant(mut self) -> Self {
        self.noquant_or_other = Some("NOQUANT");
        self
    }

    /// `Q8`, instead of `NOQUANT`, `BIN`.
    pub fn q8(mut self) -> Self {
        self.noquant_or_other = Some("Q8");
        self
    }

    /// `BIN`, instead of `NOQUANT`, `Q8`.
    pub fn bin(mut self) -> Self {
        self.noquant_or_other = Some("BIN");
        self
    }

    /// `EF build_exploration_factor`.
    pub fn ef(mut self, build_exploration_factor: impl IntegerArg) -> Self {
        self.ef = Some(build_exploration_factor.integer());
        self
    }

    /// `SETATTR attributes`.
    pub fn setattr(mut self, attributes: impl OneArg) -> Self {
        self.setattr = Some(Args::of(attributes));
        self
    }

    /// `M numlinks`.
    pub fn m(mut self, numlinks: impl IntegerArg) -> Self {
        self.m = Some(numlinks.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(dim) = &self.reduce {
            w.arg("REDUCE").arg(dim);
        }
    }

    pub(super) fn write_1(&self, w: &mut CommandWriter<'_>) {
        if self.cas {
            w.arg("CAS");
        }
        w.arg(self.noquant_or_other);
        if let Some(build_exploration_factor) = &self.ef {
            w.arg("EF").arg(build_exploration_factor);
        }
        if let Some(attributes) = &self.setattr {
            w.arg("SETATTR").arg(attributes);
        }
        if let Some(numlinks) = &self.m {
            w.arg("M").arg(numlinks);
        }
    }
}

/// Options of `VSIM`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct VsimOptions {
    count: Option<i128>,
    epsilon: Option<Number>,
    ef: Option<i128>,
    filter: Option<Args>,
    filter_ef: Option<i128>,
    truth: bool,
    nothread: bool,
}

impl VsimOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `EPSILON delta`.
    pub fn epsilon(mut self, delta: impl NumberArg) -> Self {
        self.epsilon = Some(delta.number());
        self
    }

    /// `EF search_exploration_factor`.
    pub fn ef(mut self, search_exploration_factor: impl IntegerArg) -> Self {
        self.ef = Some(search_exploration_factor.integer());
        self
    }

    /// `FILTER expression`.
    pub fn filter(mut self, expression: impl OneArg) -> Self {
        self.filter = Some(Args::of(expression));
        self
    }

    /// `FILTER-EF max_filtering_effort`.
    pub fn filter_ef(mut self, max_filtering_effort: impl IntegerArg) -> Self {
        self.filter_ef = Some(max_filtering_effort.integer());
        self
    }

    /// `TRUTH`.
    pub fn truth(mut self) -> Self {
        self.truth = true;
        self
    }

    /// `NOTHREAD`.
    pub fn nothread(mut self) -> Self {
        self.nothread = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some(delta) = &self.epsilon {
            w.arg("EPSILON").arg(delta);
        }
        if let Some(search_exploration_factor) = &self.ef {
            w.arg("EF").arg(search_exploration_factor);
        }
        if let Some(expression) = &self.filter {
            w.arg("FILTER").arg(expression);
        }
        if let Some(max_filtering_effort) = &self.filter_ef {
            w.arg("FILTER-EF").arg(max_filtering_effort);
        }
        if self.truth {
            w.arg("TRUTH");
        }
        if self.nothread {
            w.arg("NOTHREAD");
        }
    }
}

/// Options of `XACKDEL`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XackdelOptions {
    keepref_or_other: Option<&'static str>,
}

impl XackdelOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `KEEPREF`, instead of `DELREF`, `ACKED`.
    pub fn keepref(mut self) -> Self {
        self.keepref_or_other = Some("KEEPREF");
        self
    }

    /// `DELREF`, instead of `KEEPREF`, `ACKED`.
    pub fn delref(mut self) -> Self {
        self.keepref_or_other = Some("DELREF");
        self
    }

    /// `ACKED`, instead of `KEEPREF`, `DELREF`.
    pub fn acked(mut self) -> Self {
        self.keepref_or_other = Some("ACKED");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.keepref_or_other);
    }
}

/// Options of `XADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XaddOptions {
    nomkstream: bool,
    keepref_or_other: Option<&'static str>,
    idmpauto_or_idmp: Option<Picked<Args>>,
    trim: Option<Trim>,
}

impl XaddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NOMKSTREAM`.
    pub fn nomkstream(mut self) -> Self {
        self.nomkstream = true;
        self
    }

    /// `KEEPREF`, instead of `DELREF`, `ACKED`.
    pub fn keepref(mut self) -> Self {
        self.keepref_or_other = Some("KEEPREF");
        self
    }

    /// `DELREF`, instead of `KEEPREF`, `ACKED`.
    pub fn delref(mut self) -> Self {
        self.keepref_or_other = Some("DELREF");
        self
    }

    /// `ACKED`, instead of `KEEPREF`, `DELREF`.
    pub fn acked(mut self) -> Self {
        self.keepref_or_other = Some("ACKED");
        self
    }

    /// `IDMPAUTO pid`, instead of `IDMP`.
    pub fn idmpauto(mut self, pid: impl OneArg) -> Self {
        self.idmpauto_or_idmp = Some(Picked("IDMPAUTO", Args::of((pid,))));
        self
    }

    /// `IDMP pid iid`, instead of `IDMPAUTO`.
    pub fn idmp(mut self, pid: impl OneArg, iid: impl OneArg) -> Self {
        self.idmpauto_or_idmp = Some(Picked("IDMP", Args::of((pid, iid,))));
        self
    }

    /// `trim`.
    pub fn trim(mut self, trim: Trim) -> Self {
        self.trim = Some(trim);
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.nomkstream {
            w.arg("NOMKSTREAM");
        }
        w.arg(self.keepref_or_other);
        w.arg(&self.idmpauto_or_idmp);
        if let Some(trim) = &self.trim {
            w.arg(trim);
        }
    }
}

/// Options of `XAUTOCLAIM`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XautoclaimOptions {
    count: Option<i128>,
}

impl XautoclaimOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `XCFGSET`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XcfgsetOptions {
    idmp_duration: Option<i128>,
    idmp_maxsize: Option<i128>,
}

impl XcfgsetOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `IDMP-DURATION idmp_duration`.
    pub fn idmp_duration(mut self, idmp_duration: impl IntegerArg) -> Self {
        self.idmp_duration = Some(idmp_duration.integer());
        self
    }

    /// `IDMP-MAXSIZE idmp_maxsize`.
    pub fn idmp_maxsize(mut self, idmp_maxsize: impl IntegerArg) -> Self {
        self.idmp_maxsize = Some(idmp_maxsize.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(idmp_duration) = &self.idmp_duration {
            w.arg("IDMP-DURATION").arg(idmp_duration);
        }
        if let Some(idmp_maxsize) = &self.idmp_maxsize {
            w.arg("IDMP-MAXSIZE").arg(idmp_maxsize);
        }
    }
}

/// Options of `XCLAIM`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XclaimOptions {
    idle: Option<i128>,
    time: Option<i128>,
    retrycount: Option<i128>,
    force: bool,
    lastid: Option<Args>,
}

impl XclaimOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `IDLE ms`.
    pub fn idle(mut self, ms: impl IntegerArg) -> Self {
        self.idle = Some(ms.integer());
        self
    }

    /// `TIME unix_time_milliseconds`.
    pub fn time(mut self, unix_time_milliseconds: impl IntegerArg) -> Self {
        self.time = Some(unix_time_milliseconds.integer());
        self
    }

    /// `RETRYCOUNT count`.
    pub fn retrycount(mut self, count: impl IntegerArg) -> Self {
        self.retrycount = Some(count.integer());
        self
    }

    /// `FORCE`.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    /// `LASTID lastid`.
    pub fn lastid(mut self, lastid: impl OneArg) -> Self {
        self.lastid = Some(Args::of(lastid));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(ms) = &self.idle {
            w.arg("IDLE").arg(ms);
        }
        if let Some(unix_time_milliseconds) = &self.time {
            w.arg("TIME").arg(unix_time_milliseconds);
        }
        if let Some(count) = &self.retrycount {
            w.arg("RETRYCOUNT").arg(count);
        }
        if self.force {
            w.arg("FORCE");
        }
        if let Some(lastid) = &self.lastid {
            w.arg("LASTID").arg(lastid);
        }
    }
}

/// Options of `XDELEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XdelexOptions {
    keepref_or_other: Option<&'static str>,
}

impl XdelexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `KEEPREF`, instead of `DELREF`, `ACKED`.
    pub fn keepref(mut self) -> Self {
        self.keepref_or_other = Some("KEEPREF");
        self
    }

    /// `DELREF`, instead of `KEEPREF`, `ACKED`.
    pub fn delref(mut self) -> Self {
        self.keepref_or_other = Some("DELREF");
        self
    }

    /// `ACKED`, instead of `KEEPREF`, `DELREF`.
    pub fn acked(mut self) -> Self {
        self.keepref_or_other = Some("ACKED");
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.keepref_or_other);
    }
}

/// Options of `XGROUP CREATE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XgroupCreateOptions {
    mkstream: bool,
    entriesread: Option<i128>,
}

impl XgroupCreateOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MKSTREAM`.
    pub fn mkstream(mut self) -> Self {
        self.mkstream = true;
        self
    }

    /// `ENTRIESREAD entriesread`.
    pub fn entriesread(mut self, entriesread: impl IntegerArg) -> Self {
        self.entriesread = Some(entriesread.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if self.mkstream {
            w.arg("MKSTREAM");
        }
        if let Some(entriesread) = &self.entriesread {
            w.arg("ENTRIESREAD").arg(entriesread);
        }
    }
}

/// Options of `XGROUP SETID`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XgroupSetidOptions {
    entriesread: Option<i128>,
}

impl XgroupSetidOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ENTRIESREAD entriesread`.
    pub fn entriesread(mut self, entriesread: impl IntegerArg) -> Self {
        self.entriesread = Some(entriesread.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(entriesread) = &self.entriesread {
            w.arg("ENTRIESREAD").arg(entriesread);
        }
    }
}

/// Options of `XINFO STREAM`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XinfoStreamOptions {
    count: Option<i128>,
}

impl XinfoStreamOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `XNACK`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XnackOptions {
    retrycount: Option<i128>,
    force: bool,
}

impl XnackOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `RETRYCOUNT count`.
    pub fn retrycount(mut self, count: impl IntegerArg) -> Self {
        self.retrycount = Some(count.integer());
        self
    }

    /// `FORCE`.
    pub fn force(mut self) -> Self {
        self.force = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.retrycount {
            w.arg("RETRYCOUNT").arg(count);
        }
        if self.force {
            w.arg("FORCE");
        }
    }
}

/// Options of `XPENDING`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XpendingOptions {
    idle: Option<i128>,
    consumer: Option<Args>,
}

impl XpendingOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `IDLE min_idle_time`.
    pub fn idle(mut self, min_idle_time: impl IntegerArg) -> Self {
        self.idle = Some(min_idle_time.integer());
        self
    }

    /// `consumer`.
    pub fn consumer(mut self, consumer: impl OneArg) -> Self {
        self.consumer = Some(Args::of(consumer));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(min_idle_time) = &self.idle {
            w.arg("IDLE").arg(min_idle_time);
        }
    }

    pub(super) fn write_1(&self, w: &mut CommandWriter<'_>) {
        if let Some(consumer) = &self.consumer {
            w.arg(consumer);
        }
    }
}

/// Options of `XRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XrangeOptions {
    count: Option<i128>,
}

impl XrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `XREAD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XreadOptions {
    count: Option<i128>,
    maxcount: Option<i128>,
    maxsize: Option<i128>,
    block: Option<i128>,
}

impl XreadOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `MAXCOUNT maxcount`.
    pub fn maxcount(mut self, maxcount: impl IntegerArg) -> Self {
        self.maxcount = Some(maxcount.integer());
        self
    }

    /// `MAXSIZE maxsize`.
    pub fn maxsize(mut self, maxsize: impl IntegerArg) -> Self {
        self.maxsize = Some(maxsize.integer());
        self
    }

    /// `BLOCK milliseconds`.
    pub fn block(mut self, milliseconds: impl IntegerArg) -> Self {
        self.block = Some(milliseconds.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some(maxcount) = &self.maxcount {
            w.arg("MAXCOUNT").arg(maxcount);
        }
        if let Some(maxsize) = &self.maxsize {
            w.arg("MAXSIZE").arg(maxsize);
        }
        if let Some(milliseconds) = &self.block {
            w.arg("BLOCK").arg(milliseconds);
        }
    }
}

/// Options of `XREADGROUP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XreadgroupOptions {
    count: Option<i128>,
    maxcount: Option<i128>,
    maxsize: Option<i128>,
    block: Option<i128>,
    claim: Option<i128>,
    noack: bool,
}

impl XreadgroupOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    /// `MAXCOUNT maxcount`.
    pub fn maxcount(mut self, maxcount: impl IntegerArg) -> Self {
        self.maxcount = Some(maxcount.integer());
        self
    }

    /// `MAXSIZE maxsize`.
    pub fn maxsize(mut self, maxsize: impl IntegerArg) -> Self {
        self.maxsize = Some(maxsize.integer());
        self
    }

    /// `BLOCK milliseconds`.
    pub fn block(mut self, milliseconds: impl IntegerArg) -> Self {
        self.block = Some(milliseconds.integer());
        self
    }

    /// `CLAIM min_idle_time`.
    pub fn claim(mut self, min_idle_time: impl IntegerArg) -> Self {
        self.claim = Some(min_idle_time.integer());
        self
    }

    /// `NOACK`.
    pub fn noack(mut self) -> Self {
        self.noack = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
        if let Some(maxcount) = &self.maxcount {
            w.arg("MAXCOUNT").arg(maxcount);
        }
        if let Some(maxsize) = &self.maxsize {
            w.arg("MAXSIZE").arg(maxsize);
        }
        if let Some(milliseconds) = &self.block {
            w.arg("BLOCK").arg(milliseconds);
        }
        if let Some(min_idle_time) = &self.claim {
            w.arg("CLAIM").arg(min_idle_time);
        }
        if self.noack {
            w.arg("NOACK");
        }
    }
}

/// Options of `XREVRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XrevrangeOptions {
    count: Option<i128>,
}

impl XrevrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `XSETID`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct XsetidOptions {
    entriesadded: Option<i128>,
    maxdeletedid: Option<Args>,
}

impl XsetidOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `ENTRIESADDED entries_added`.
    pub fn entriesadded(mut self, entries_added: impl IntegerArg) -> Self {
        self.entriesadded = Some(entries_added.integer());
        self
    }

    /// `MAXDELETEDID max_deleted_id`.
    pub fn maxdeletedid(mut self, max_deleted_id: impl OneArg) -> Self {
        self.maxdeletedid = Some(Args::of(max_deleted_id));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(entries_added) = &self.entriesadded {
            w.arg("ENTRIESADDED").arg(entries_added);
        }
        if let Some(max_deleted_id) = &self.maxdeletedid {
            w.arg("MAXDELETEDID").arg(max_deleted_id);
        }
    }
}

/// Options of `ZADD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZaddOptions {
    nx_or_xx: Option<&'static str>,
    gt_or_lt: Option<&'static str>,
    ch: bool,
}

impl ZaddOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `NX`, instead of `XX`.
    pub fn nx(mut self) -> Self {
        self.nx_or_xx = Some("NX");
        self
    }

    /// `XX`, instead of `NX`.
    pub fn xx(mut self) -> Self {
        self.nx_or_xx = Some("XX");
        self
    }

    /// `GT`, instead of `LT`.
    pub fn gt(mut self) -> Self {
        self.gt_or_lt = Some("GT");
        self
    }

    /// `LT`, instead of `GT`.
    pub fn lt(mut self) -> Self {
        self.gt_or_lt = Some("LT");
        self
    }

    /// `CH`.
    pub fn ch(mut self) -> Self {
        self.ch = true;
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.nx_or_xx);
        w.arg(self.gt_or_lt);
        if self.ch {
            w.arg("CH");
        }
    }
}

/// Options of `ZINTER`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZinterOptions {
    weights: Option<Args>,
    aggregate: Option<Aggregate>,
}

impl ZinterOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WEIGHTS weights`.
    pub fn weights(mut self, weights: impl ToArg) -> Self {
        self.weights = Some(Args::of(weights));
        self
    }

    /// `AGGREGATE aggregate`.
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = Some(aggregate);
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(weights) = &self.weights {
            w.arg("WEIGHTS").arg(weights);
        }
        if let Some(aggregate) = &self.aggregate {
            w.arg("AGGREGATE").arg(aggregate);
        }
    }
}

/// Options of `ZINTERCARD`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZintercardOptions {
    limit: Option<i128>,
}

impl ZintercardOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT limit`.
    pub fn limit(mut self, limit: impl IntegerArg) -> Self {
        self.limit = Some(limit.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(limit) = &self.limit {
            w.arg("LIMIT").arg(limit);
        }
    }
}

/// Options of `ZINTERSTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZinterstoreOptions {
    weights: Option<Args>,
    aggregate: Option<Aggregate>,
}

impl ZinterstoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WEIGHTS weights`.
    pub fn weights(mut self, weights: impl ToArg) -> Self {
        self.weights = Some(Args::of(weights));
        self
    }

    /// `AGGREGATE aggregate`.
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = Some(aggregate);
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(weights) = &self.weights {
            w.arg("WEIGHTS").arg(weights);
        }
        if let Some(aggregate) = &self.aggregate {
            w.arg("AGGREGATE").arg(aggregate);
        }
    }
}

/// Options of `ZMPOP`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZmpopOptions {
    count: Option<i128>,
}

impl ZmpopOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `ZRANGE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrangeOptions {
    byscore_or_bylex: Option<&'static str>,
    rev: bool,
    limit: Option<(i128, i128)>,
}

impl ZrangeOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BYSCORE`, instead of `BYLEX`.
    pub fn byscore(mut self) -> Self {
        self.byscore_or_bylex = Some("BYSCORE");
        self
    }

    /// `BYLEX`, instead of `BYSCORE`.
    pub fn bylex(mut self) -> Self {
        self.byscore_or_bylex = Some("BYLEX");
        self
    }

    /// `REV`.
    pub fn rev(mut self) -> Self {
        self.rev = true;
        self
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.byscore_or_bylex);
        if self.rev {
            w.arg("REV");
        }
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZRANGEBYLEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrangebylexOptions {
    limit: Option<(i128, i128)>,
}

impl ZrangebylexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZRANGEBYSCORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrangebyscoreOptions {
    limit: Option<(i128, i128)>,
}

impl ZrangebyscoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZRANGESTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrangestoreOptions {
    byscore_or_bylex: Option<&'static str>,
    rev: bool,
    limit: Option<(i128, i128)>,
}

impl ZrangestoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `BYSCORE`, instead of `BYLEX`.
    pub fn byscore(mut self) -> Self {
        self.byscore_or_bylex = Some("BYSCORE");
        self
    }

    /// `BYLEX`, instead of `BYSCORE`.
    pub fn bylex(mut self) -> Self {
        self.byscore_or_bylex = Some("BYLEX");
        self
    }

    /// `REV`.
    pub fn rev(mut self) -> Self {
        self.rev = true;
        self
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        w.arg(self.byscore_or_bylex);
        if self.rev {
            w.arg("REV");
        }
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZREVRANGEBYLEX`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrevrangebylexOptions {
    limit: Option<(i128, i128)>,
}

impl ZrevrangebylexOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZREVRANGEBYSCORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZrevrangebyscoreOptions {
    limit: Option<(i128, i128)>,
}

impl ZrevrangebyscoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `LIMIT offset count`.
    pub fn limit(mut self, offset: impl IntegerArg, count: impl IntegerArg) -> Self {
        self.limit = Some((offset.integer(), count.integer()));
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some((offset, count)) = &self.limit {
            w.arg("LIMIT").arg(offset).arg(count);
        }
    }
}

/// Options of `ZSCAN`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZscanOptions {
    match_: Option<Args>,
    count: Option<i128>,
}

impl ZscanOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `MATCH pattern`.
    pub fn match_(mut self, pattern: impl OneArg) -> Self {
        self.match_ = Some(Args::of(pattern));
        self
    }

    /// `COUNT count`.
    pub fn count(mut self, count: impl IntegerArg) -> Self {
        self.count = Some(count.integer());
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(pattern) = &self.match_ {
            w.arg("MATCH").arg(pattern);
        }
        if let Some(count) = &self.count {
            w.arg("COUNT").arg(count);
        }
    }
}

/// Options of `ZUNION`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZunionOptions {
    weights: Option<Args>,
    aggregate: Option<Aggregate>,
}

impl ZunionOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WEIGHTS weights`.
    pub fn weights(mut self, weights: impl ToArg) -> Self {
        self.weights = Some(Args::of(weights));
        self
    }

    /// `AGGREGATE aggregate`.
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = Some(aggregate);
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(weights) = &self.weights {
            w.arg("WEIGHTS").arg(weights);
        }
        if let Some(aggregate) = &self.aggregate {
            w.arg("AGGREGATE").arg(aggregate);
        }
    }
}

/// Options of `ZUNIONSTORE`.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ZunionstoreOptions {
    weights: Option<Args>,
    aggregate: Option<Aggregate>,
}

impl ZunionstoreOptions {
    /// None of them.
    pub fn new() -> Self {
        Self::default()
    }

    /// `WEIGHTS weights`.
    pub fn weights(mut self, weights: impl ToArg) -> Self {
        self.weights = Some(Args::of(weights));
        self
    }

    /// `AGGREGATE aggregate`.
    pub fn aggregate(mut self, aggregate: Aggregate) -> Self {
        self.aggregate = Some(aggregate);
        self
    }

    pub(super) fn write_0(&self, w: &mut CommandWriter<'_>) {
        if let Some(weights) = &self.weights {
            w.arg("WEIGHTS").arg(weights);
        }
        if let Some(aggregate) = &self.aggregate {
            w.arg("AGGREGATE").arg(aggregate);
        }
    }
}
