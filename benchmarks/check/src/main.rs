//! Measures the compiler of workflows.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p check
//! ```
//!
//! Each stage runs in a process of its own, so that its memory is known. Times are CPU
//! seconds of the whole process; the share of a stage is what it adds to those before it.

mod text;

use std::env;
use std::fs;
use std::io::{self, Error};
use std::process::Command;

use inflight_dsl::diagram::{Format, render};
use report::{Cost, Limits, Measure, Spent, Table};

const LIMITS: Limits = Limits {
    seconds: 60,
    gigabytes: 8,
};

/// The stages, each of which does what those before it do.
const STAGES: [&str; 4] = ["read", "parse", "check", "diagram"];

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    match (arguments.next(), arguments.next()) {
        (Some(stage), Some(file)) => run(&stage, &file),
        _ => measure(),
    }
}

/// One stage on one file, again and again for a small one, so that its time can be told.
fn run(stage: &str, file: &str) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    for _ in 0..rounds(&text) {
        let bytes = match stage {
            "parse" => inflight_dsl::read(&text).len(),
            "check" | "diagram" => {
                let compiled = inflight_dsl::compile(&text);
                let model = compiled.model.ok_or_else(|| Error::other("mistakes"))?;
                let drawn = model.workflows.iter().filter(|_| stage == "diagram");
                drawn
                    .map(|workflow| render(workflow, Format::Mermaid).len())
                    .sum()
            }
            _ => text.len(),
        };
        std::hint::black_box(bytes);
    }
    Ok(())
}

/// Files of 2 MB are compiled once, smaller ones as often as makes 2 MB.
fn rounds(text: &str) -> usize {
    (2_000_000 / text.len().max(1)).max(1)
}

fn measure() -> io::Result<()> {
    let mut table = Table::new(
        "check",
        "Check: the compiler of workflows, to a Mermaid diagram",
    )
    .keys(&["transitions"])
    .measure(Measure::new("KB").alone())
    .measure(Measure::new("MB/s to a model").digits(1).alone())
    .measure(Measure::new("MB of memory").alone())
    .measure(Measure::new("memory to text").digits(1).alone())
    .measure(Measure::new("% parsing").alone())
    .measure(Measure::new("% checking").alone())
    .measure(Measure::new("% diagram").alone());
    let file = env::temp_dir().join(format!("inflight-check-{}.workflow", std::process::id()));
    for (transitions, shown) in [(1_000, "1,000"), (10_000, "10,000"), (100_000, "100,000")] {
        let text = text::of(transitions);
        fs::write(&file, &text)?;
        let mut spent = Vec::new();
        for stage in STAGES {
            match best(stage, &file.display().to_string())? {
                Ok(cost) => spent.push(cost),
                Err(reason) => {
                    table.cut(&[shown], format!("{stage}: {reason}"));
                    break;
                }
            }
        }
        if let [read, parse, check, diagram] = *spent {
            let megabytes = text.len() as f64 / 1e6;
            let seconds = |stage: Spent| stage.seconds() - read.seconds();
            let share = |stage: f64| stage / seconds(diagram) * 100.0;
            let memory = check.megabytes() - read.megabytes();
            table.row(
                &[shown],
                &[
                    megabytes * 1e3,
                    megabytes * rounds(&text) as f64 / seconds(check),
                    memory,
                    memory / megabytes,
                    share(seconds(parse)),
                    share(seconds(check) - seconds(parse)),
                    share(seconds(diagram) - seconds(check)),
                ],
            );
        }
    }
    fs::remove_file(&file)?;
    let rate = |transitions: &str| table.value(&[transitions], "MB/s to a model");
    let growth = rate("1,000")
        .zip(rate("100,000"))
        .map(|(few, many)| many / few);
    table.goal(
        "growth no worse than linear: MB/s at 100,000 transitions, to those at 1,000",
        growth,
        |ratio| ratio >= 0.7,
    );
    table.note(
        "A workflow has fewer transitions than 65,536: the file of 100,000 has ten workflows of \
         10,000. Checking is all between the syntax tree and the model.",
    );
    table.print()
}

/// The cheapest of three runs.
fn best(stage: &str, file: &str) -> io::Result<Result<Spent, String>> {
    let mut best: Option<Spent> = None;
    for _ in 0..3 {
        let mut command = Command::new(env::current_exe()?);
        command.args([stage, file]);
        match report::measure(&command, LIMITS)? {
            Cost::Cut(reason) => return Ok(Err(reason)),
            Cost::Spent(spent) => {
                let better = best.is_none_or(|best| spent.cpu < best.cpu);
                best = if better { Some(spent) } else { best };
            }
        }
    }
    best.map(Ok).ok_or_else(|| Error::other("no runs"))
}
