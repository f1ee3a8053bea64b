//! Workflows compiled to typed Rust, and a runtime that keeps their state safe.
