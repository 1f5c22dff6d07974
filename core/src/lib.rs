//! The brain of Slotpipe. (Crate documentation to come: the picture, the glossary, the run loop.)
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod cluster;
pub mod config;
mod flight;
pub mod port;
pub mod route;
pub mod wire;
