//! One machine, written for Inflight, by hand and for its peers.
//!
//! It is a ring of states: `step` leads from each to the next, `reset` from any of them back
//! to the first. It is written in each language as its documentation shows, in the shortest
//! form. Sources are generated when they are measured, so that none of thousands of lines is
//! kept.

mod peers;
mod ring;
mod scratch;

pub use ring::{Machine, Source};
pub use scratch::{Scratch, folder, manifest, text};
