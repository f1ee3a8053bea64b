//! Graphs whose transitions run actions and have error transitions.

use std::io;

use machines::{Machine, Scratch};
use report::{Measure, Table};

use crate::build::{self, Way};
use crate::graph::{Graph, Variant};

/// The table of release builds.
pub fn measure() -> io::Result<()> {
    let mut table = Table::new(
        "compile_rich",
        "Compile: release build of a graph whose every transition has an action and an error \
         transition",
    )
    .keys(&["graph", "variant"])
    .measure(Measure::new("CPU s").digits(2))
    .measure(Measure::new("MB"))
    .beside("hand-written enums and matches");
    for states in [100, 1_000] {
        let graph = Graph { states, rich: true };
        for variant in Variant::ALL {
            let name = format!("rich_{states}");
            let dependency = match variant {
                Variant::Macro => Machine::Inflight.dependency(),
                _ => String::new(),
            };
            let kind = match variant {
                Variant::Macro => "compile/inflight",
                _ => "compile/hand_written",
            };
            let scratch = Scratch::new(kind, &name, &dependency)?;
            build::prepare(&scratch)?;
            let sources = graph.sources(variant);
            scratch.write("graph.workflow", &sources.workflow)?;
            scratch.write("src/lib.rs", &sources.rust)?;
            let keys = [graph.to_string(), variant.to_string()];
            let keys = [keys[0].as_str(), keys[1].as_str()];
            match build::cost(&scratch, Way::Release)? {
                Ok(spent) => table.row(&keys, &[spent.seconds(), spent.megabytes()]),
                Err(reason) => table.cut(&keys, reason),
            }
        }
    }
    table.print()
}
