//! The journal on a simulated disk, which loses power, fails and decays wherever it may.
//!
//! - `disk` is that disk, `image` what may be left of it when power fails;
//! - `story` is what was asked and acknowledged, and what must be found;
//! - `life` is an owner that carries out steps, `scenarios` are such steps;
//! - `crashes`, `failures`, `owners`, `histories` and `decay` are the tests.
//!
//! They are short unless `RELIABILITY` is `full` in the environment; then they print their
//! figures for RELIABILITY.md.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, which fail where something is amiss"
)]

mod chance;
mod crashes;
mod decay;
mod disk;
mod failures;
mod figures;
mod histories;
mod image;
mod life;
mod owners;
mod scenarios;
mod story;
