//! What all benchmarks print: tables, each with the ratio to a peer of the same run.
//!
//! ```no_run
//! use report::{Measure, Table};
//!
//! # fn main() -> std::io::Result<()> {
//! // The last key says what is measured, those before it of which size.
//! let mut table = Table::new("durable", "Transitions a second that survive power loss")
//!     .keys(&["instances", "store"])
//!     .measure(Measure::new("transitions/s"))
//!     .measure(Measure::new("syncs for each").digits(2).alone())
//!     .beside("raw log");
//! table.row(&["64", "raw log"], &[195_000.0, 0.02]);
//! table.row(&["64", "journal"], &[150_000.0, 0.02]);
//! table.cut(&["64", "another"], "took over 60 s");
//! let share = table.ratio(&["64", "journal"], "transitions/s");
//! table.goal("at least 0.6 of the raw log for 64", share, |share| share >= 0.6);
//! table.note("Records of 200 bytes.");
//! table.print()
//! # }
//! ```
//!
//! A table goes to standard output as Markdown. If the environment names a file in
//! `BENCHMARK_ROWS`, it is added to that file too, as one line of JSON: this is what
//! `benchmarks/run` draws its chart and the list of goals from.

mod cost;
mod table;

pub use cost::{Cost, Limits, Spent, measure};
pub use table::{Measure, Table};
