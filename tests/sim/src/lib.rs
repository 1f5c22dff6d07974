//! What Slotpipe has to withstand, simulated: a Redis Cluster in memory and the faults around it.
//!
//! [`model`] is the cluster. It is written from the server's rules and held against real servers by the scenarios in
//! `scenarios/`, and shares no line with the core.

pub mod model;
