//! What the agent promises, tried from outside: charms made in a temporary folder,
//! the built binary, its commands, and what its hooks wrote down.

// The helpers are test code too, but clippy knows only functions marked `#[test]`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod lab;

mod configure;
mod crash;
mod faults;
mod race;
mod relation;
mod relation_failure;
mod relation_queue;
mod requests;
mod status;
mod unit;
mod upgrade;
