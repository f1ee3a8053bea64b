//! The proc macro of Inflight.
