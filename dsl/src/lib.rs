//! The Inflight workflow language.

pub mod model;
pub mod span;
