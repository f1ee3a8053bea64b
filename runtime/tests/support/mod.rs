//! What several tests need.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

#[cfg(feature = "sqlite")]
pub mod durable;
#[cfg(feature = "sqlite")]
pub mod place;
pub mod process;
pub mod records;
