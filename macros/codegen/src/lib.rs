//! What `inflight::workflow!` expands to.
//!
//! A library of its own, so that it can be tested and its output read: a proc macro
//! crate exports nothing but its macros.

mod expand;
mod spans;
