//! Measures what the macro costs its users when they build, beside peers.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p compile-time
//! ```
//!
//! Times are CPU seconds (user and system, of the compiler and all it starts), the smallest
//! of several runs; memory is the most that one of its processes held. Compare ratios, not
//! values, for machines differ.

mod build;
mod cold;
mod graph;
mod rich;
mod ring;

use std::io;

fn main() -> io::Result<()> {
    ring::measure()?;
    rich::measure()?;
    cold::measure()
}
