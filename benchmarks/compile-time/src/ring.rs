//! The ring, in each way to write it.

use std::io;

use machines::{Machine, Scratch};
use report::{Measure, Table};

use crate::build::{self, Way};

const STATES: [(usize, &str); 3] = [(10, "10"), (100, "100"), (1_000, "1,000")];

/// The tables of both ways to build.
pub fn measure() -> io::Result<()> {
    let mut release = table(
        "compile_release",
        "Compile: release build of a ring of states",
    )
    .measure(Measure::new("KB of text").digits(1).alone());
    let mut check = table(
        "compile_check",
        "Compile: `cargo check` of a ring of states",
    );
    for machine in Machine::BUILT {
        for (states, shown) in STATES {
            let name = format!("ring_{states}");
            let kind = format!("compile/{}", machine.slug());
            let scratch = Scratch::new(&kind, &name, &machine.dependency())?;
            build::prepare(&scratch)?;
            let source = machine.source(states);
            scratch.write("src/lib.rs", &format!("{ALLOWED}{}", source.machine))?;
            if let Some(workflow) = &source.workflow {
                scratch.write("ring.workflow", workflow)?;
            }
            let machine = shown_as(machine);
            let keys = [shown, machine.as_str()];
            match build::cost(&scratch, Way::Release)? {
                Ok(spent) => {
                    let library = format!("release/lib{name}.rlib");
                    let text = machines::text(&scratch.target().join(library))? / 1e3;
                    release.row(&keys, &[spent.seconds(), spent.megabytes(), text]);
                }
                Err(reason) => release.cut(&keys, reason),
            }
            match build::cost(&scratch, Way::Check)? {
                Ok(spent) => check.row(&keys, &[spent.seconds(), spent.megabytes()]),
                Err(reason) => check.cut(&keys, reason),
            }
        }
    }
    goals(&mut release);
    goals(&mut check);
    release.note(
        "Without what the crate depends on, which is built before; a build that comes to 60 CPU \
         seconds or 8 GB is cut off. What is written by hand is an enum of each and one function: \
         no names, no persistence, no way to fire; then the same with a name for each transition, \
         and the text of each name to write and to read, as records need it. Inflight and \
         `state-machines` generate a type for each state. Text is that of the library: generic \
         code is compiled where it is used, and not counted.",
    );
    release.print()?;
    check.print()
}

fn table(name: &'static str, title: &str) -> Table {
    Table::new(name, title)
        .keys(&["states", "machine"])
        .measure(Measure::new("CPU s").digits(2))
        .measure(Measure::new("MB"))
        .beside("hand-written enum and match")
}

fn goals(table: &mut Table) {
    let ours = shown_as(Machine::Inflight);
    for measure in ["CPU s", "MB"] {
        let ratio = table.ratio(&["1,000", &ours], measure);
        table.goal(
            format!("{measure} within 1.5 of the hand-written match with 1,000 states"),
            ratio,
            |ratio| ratio <= 1.5,
        );
    }
    let at = |states: &str, machine: &str| table.value(&[states, machine], "CPU s");
    let typed = at("1,000", &Machine::StateMachines.to_string());
    let ours_at = [at("10", &ours), at("100", &ours), at("1,000", &ours)];
    // A peer that was cut off is behind.
    let typed = ours_at[2].map(|ours| typed.map_or(0.0, |typed| ours / typed));
    table.goal(
        "CPU s ahead of the peer that generates typed states, `state-machines`",
        typed,
        |ratio| ratio < 1.0,
    );
    let growth = match ours_at {
        [Some(small), Some(middle), Some(large)] => {
            Some(((large - small) / 990.0) / ((middle - small) / 90.0))
        }
        _ => None,
    };
    table.goal(
        "growth no worse than linear: CPU s a state from 10 to 1,000, to those from 10 to 100",
        growth,
        |growth| growth <= 1.2,
    );
}

/// Its name where it is built, not run.
fn shown_as(machine: Machine) -> String {
    match machine {
        Machine::Inflight => "inflight: `workflow!`".to_owned(),
        machine => machine.to_string(),
    }
}

const ALLOWED: &str = "#![allow(dead_code, non_camel_case_types)]\n";
