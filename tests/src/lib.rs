//! Real servers and shared helpers of the tests.

pub mod generate;
pub mod source;
