//! Workflows compiled to typed Rust, and a runtime that keeps their state safe.

pub mod fields;
pub mod store;
