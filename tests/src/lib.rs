//! Real servers, scripted ones, and shared helpers of the tests.

pub mod conversation;
pub mod generate;
pub mod script;
