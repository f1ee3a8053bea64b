//! Writes `BENCHMARKS.md` and its chart from what the benchmarks printed: see
//! `benchmarks/run`.

mod chart;
mod versions;

use std::env;
use std::fmt::Write;
use std::fs;
use std::io::{self, Error};
use std::path::Path;

use serde_json::Value;

const HEAD: &str = "\
# Benchmarks

Written by `benchmarks/run`, which measures all of this in one run. Instructions and ratios are
the figures: they hold on other machines, and the peer of a ratio was measured in the same run.
Times are for orientation only.

![The most telling figures as bars](benchmarks/chart.svg)
";

const TAIL: &str = "
## What is hard to reach

- Building 1,000 states within 1.5 of a bare hand-written match. rustc takes 0.1 to 0.2 ms for a
  function, almost whatever is in it, and there is a type for each state with a method for each
  of its transitions, so that what cannot be fired there does not compile. Of the instructions of
  `cargo check`, 28 in a hundred are for those methods, 10 for choosing among the types, and 9 for
  the functions `is_..`; the names of 1,000 states, their texts and their docs take most of the
  others. One method for each transition, shared by the states that it leaves, takes a seventh
  off, and makes the errors of the compiler harder to read.
- Growth of `cargo check` from 100 to 1,000 states. rustc finds out in time that grows with the
  square of the arms whether a match names every variant: 9 in a hundred instructions at 1,000
  states, and 1 at 100. Loans in the function that chooses among the types take 3 more. It would
  need matches in parts, which every smaller workflow would pay for in code to read.
- 0.9 of the raw log with one task: 0.89, 0.96 and 1.10 in runs on several days. Both wait for the
  disk nearly all of the time, and its pace differs more than that from one minute to the next.

## What was not measured

- Opening 100 million records in a run: asked for by itself, beside other work, JournalStore opened
  100,000 instances with 1,000 records each in 94 ms, and all were read after 333 ms, of 14 GB. The
  other two were not filled so far.
- Other machines, other processors than x86-64, other file systems than the one named above.
- Peers that have no present release on crates.io, and peers in other languages, other than as
  stores.
- Incremental builds, and builds by rust-analyzer. `benchmarks/editor` measures how soon the
  language server answers.
- Machines with variables, guards and actions for the peers of dispatch and builds: each has
  others, so that no two are the same machine. One graph with actions and error transitions is
  compared with what is written by hand.
";

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or_else(|| Error::other("see benchmarks/run"))
    };
    let (folder, page, picture) = (next()?, next()?, next()?);
    let folder = Path::new(&folder);
    let names: Vec<String> = arguments.collect();
    let mut tables = Vec::new();
    let mut sections = String::new();
    for name in &names {
        let heading = format!(
            "\n## {name}\n\n`cargo run --release --manifest-path benchmarks/Cargo.toml -p {name}`"
        );
        sections += &heading;
        match fs::read_to_string(folder.join(format!("{name}.md"))) {
            Ok(text) => {
                let seconds = fs::read_to_string(folder.join(format!("{name}.seconds")));
                let seconds = seconds.unwrap_or_default();
                // Writing to a string does not fail.
                let _ = write!(sections, ", {} s\n\n{}\n", seconds.trim(), text.trim_end());
                tables.extend(rows(&folder.join(format!("{name}.jsonl")))?);
            }
            Err(_) => sections += "\n\nIt failed in this run.\n",
        }
    }
    let text = [
        HEAD.to_owned(),
        goals(&tables),
        sections,
        TAIL.to_owned(),
        versions::section(),
    ];
    fs::write(page, text.concat())?;
    fs::write(picture, chart::draw(&tables))
}

/// The tables that a benchmark has written.
fn rows(file: &Path) -> io::Result<Vec<Value>> {
    let text = fs::read_to_string(file)?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(Error::other))
        .collect()
}

/// All goals, and whether they are met.
fn goals(tables: &[Value]) -> String {
    let mut text = "\n## Goals\n\n| | goal | measured |\n| --- | --- | ---: |\n".to_owned();
    for table in tables {
        for goal in table["goals"].as_array().into_iter().flatten() {
            let met = match goal["met"].as_bool() {
                Some(true) => "met",
                _ => "**missed**",
            };
            let measured = match goal["measured"].as_f64() {
                Some(measured) => format!("{measured:.2}"),
                None => "not measured".to_owned(),
            };
            let goal = goal["goal"].as_str().unwrap_or_default();
            let title = table["title"].as_str().unwrap_or_default();
            let _ = writeln!(text, "| {met} | {title}: {goal} | {measured} |");
        }
    }
    text
}
