//! Generated from `core/commands.tsv` by `cargo run -p slotpipe-tests --bin generate`.

use crate::command::{CommandWriter, OneArg, ToArg};

/// `SUM` or `MIN` or `MAX` or `COUNT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// `SUM`.
    Sum,
    /// `MIN`.
    Min,
    /// `MAX`.
    Max,
    /// `COUNT`.
    Count,
}

impl ToArg for Aggregate {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Sum => "SUM",
            Self::Min => "MIN",
            Self::Max => "MAX",
            Self::Count => "COUNT",
        });
    }
}

impl OneArg for Aggregate {}

/// `SUM` or `MIN` or `MAX` or `AND` or `OR` or `XOR` or `USED`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayOperation {
    /// `SUM`.
    Sum,
    /// `MIN`.
    Min,
    /// `MAX`.
    Max,
    /// `AND`.
    And,
    /// `OR`.
    Or,
    /// `XOR`.
    Xor,
    /// `USED`.
    Used,
}

impl ToArg for ArrayOperation {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Sum => "SUM",
            Self::Min => "MIN",
            Self::Max => "MAX",
            Self::And => "AND",
            Self::Or => "OR",
            Self::Xor => "XOR",
            Self::Used => "USED",
        });
    }
}

impl OneArg for ArrayOperation {}

/// `AND` or `OR` or `XOR` or `NOT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitOperation {
    /// `AND`.
    And,
    /// `OR`.
    Or,
    /// `XOR`.
    Xor,
    /// `NOT`.
    Not,
}

impl ToArg for BitOperation {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Xor => "XOR",
            Self::Not => "NOT",
        });
    }
}

impl OneArg for BitOperation {}

/// `normal` or `master` or `replica` or `pubsub`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientType {
    /// `normal`.
    Normal,
    /// `master`.
    Master,
    /// `replica`.
    Replica,
    /// `pubsub`.
    Pubsub,
}

impl ToArg for ClientType {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Normal => "normal",
            Self::Master => "master",
            Self::Replica => "replica",
            Self::Pubsub => "pubsub",
        });
    }
}

impl OneArg for ClientType {}

/// `slow` or `large-request` or `large-reply`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandLog {
    /// `slow`.
    Slow,
    /// `large-request`.
    LargeRequest,
    /// `large-reply`.
    LargeReply,
}

impl ToArg for CommandLog {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Slow => "slow",
            Self::LargeRequest => "large-request",
            Self::LargeReply => "large-reply",
        });
    }
}

impl OneArg for CommandLog {}

/// `BLOCK` or `FIRST` or `LAST` or `MIN` or `MAX` or `SUM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicatePolicy {
    /// `BLOCK`.
    Block,
    /// `FIRST`.
    First,
    /// `LAST`.
    Last,
    /// `MIN`.
    Min,
    /// `MAX`.
    Max,
    /// `SUM`.
    Sum,
}

impl ToArg for DuplicatePolicy {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Block => "BLOCK",
            Self::First => "FIRST",
            Self::Last => "LAST",
            Self::Min => "MIN",
            Self::Max => "MAX",
            Self::Sum => "SUM",
        });
    }
}

impl OneArg for DuplicatePolicy {}

/// `MIN` or `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// `MIN`.
    Min,
    /// `MAX`.
    Max,
}

impl ToArg for Extreme {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Min => "MIN",
            Self::Max => "MAX",
        });
    }
}

impl OneArg for Extreme {}

/// `m` or `km` or `ft` or `mi`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeoUnit {
    /// `m`.
    M,
    /// `km`.
    Km,
    /// `ft`.
    Ft,
    /// `mi`.
    Mi,
}

impl ToArg for GeoUnit {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::M => "m",
            Self::Km => "km",
            Self::Ft => "ft",
            Self::Mi => "mi",
        });
    }
}

impl OneArg for GeoUnit {}

/// `OBO` or `BULK`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveMode {
    /// `OBO`.
    Obo,
    /// `BULK`.
    Bulk,
}

impl ToArg for MoveMode {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Obo => "OBO",
            Self::Bulk => "BULK",
        });
    }
}

impl OneArg for MoveMode {}

/// `SILENT` or `FAIL` or `FATAL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NackMode {
    /// `SILENT`.
    Silent,
    /// `FAIL`.
    Fail,
    /// `FATAL`.
    Fatal,
}

impl ToArg for NackMode {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Silent => "SILENT",
            Self::Fail => "FAIL",
            Self::Fatal => "FATAL",
        });
    }
}

impl OneArg for NackMode {}

/// `SEARCH` or `HYBRID` or `AGGREGATE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfiledQuery {
    /// `SEARCH`.
    Search,
    /// `HYBRID`.
    Hybrid,
    /// `AGGREGATE`.
    Aggregate,
}

impl ToArg for ProfiledQuery {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Search => "SEARCH",
            Self::Hybrid => "HYBRID",
            Self::Aggregate => "AGGREGATE",
        });
    }
}

impl OneArg for ProfiledQuery {}

/// `LEFT` or `RIGHT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `LEFT`.
    Left,
    /// `RIGHT`.
    Right,
}

impl ToArg for Side {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Left => "LEFT",
            Self::Right => "RIGHT",
        });
    }
}

impl OneArg for Side {}

/// `INCLUDE` or `EXCLUDE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// `INCLUDE`.
    Include,
    /// `EXCLUDE`.
    Exclude,
}

impl ToArg for Terms {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Include => "INCLUDE",
            Self::Exclude => "EXCLUDE",
        });
    }
}

impl OneArg for Terms {}

/// `BEFORE` or `AFTER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// `BEFORE`.
    Before,
    /// `AFTER`.
    After,
}

impl ToArg for Where {
    fn write_to(&self, out: &mut CommandWriter<'_>) {
        out.arg(match self {
            Self::Before => "BEFORE",
            Self::After => "AFTER",
        });
    }
}

impl OneArg for Where {}
