//! Where commands go: pure functions over the command table and the slot map. Nothing here knows a connection.

pub mod classify;
pub mod command;
pub(crate) mod endpoint;
pub mod plan;
pub mod reading;
pub mod recipe;
pub mod redirect;
pub mod scan;
pub mod slot;
pub mod table;
pub mod topology;
pub(crate) mod unit;
