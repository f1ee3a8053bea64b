//! Measures what a transition costs at run time, beside peers.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p dispatch
//! ```
//!
//! Instructions are counted by callgrind (Debian's package `valgrind`): the difference of a
//! long run and a short one, by how many events they differ. They are the same on every run;
//! times are for orientation only.

mod callgrind;
mod fire;
mod program;

use std::io;

use machines::{Machine, Scratch};
use report::{Measure, Table};

use callgrind::Run;

const STATES: [usize; 3] = [10, 100, 1_000];

fn main() -> io::Result<()> {
    dispatch()?;
    fire::measure(&STATES)
}

/// The table of all machines.
fn dispatch() -> io::Result<()> {
    let mut table = Table::new("dispatch", "Dispatch: one transition, nothing kept")
        .keys(&["states", "machine"])
        .measure(Measure::new("instructions").digits(1))
        .measure(Measure::new("ns").digits(1).alone())
        .measure(Measure::new("KB of text").digits(1).alone())
        .beside("hand-written enum and match");
    for states in STATES {
        let mut empty = None;
        for machine in Machine::ALL {
            let keys = [number(states), machine.to_string()];
            let keys = [keys[0].as_str(), keys[1].as_str()];
            match measure(machine, states)? {
                Ok((run, text)) => {
                    let empty = *empty.get_or_insert(text);
                    let more = (text - empty).max(0.0) / 1e3;
                    table.row(&keys, &[run.instructions, run.nanoseconds, more]);
                }
                Err(reason) => table.cut(&keys, reason),
            }
        }
    }
    for states in STATES {
        let states = number(states);
        let ours = table.ratio(&[&states, "inflight: `next`"], "instructions");
        table.goal(
            format!("`next` at or below the hand-written match with {states} states"),
            ours,
            |ratio| ratio <= 1.0,
        );
    }
    let names = Machine::HandWrittenNames.to_string();
    for states in STATES {
        let states = number(states);
        let value = |name: &str| table.value(&[states.as_str(), name], "instructions");
        let ours = value("inflight: `next`").zip(value(&names));
        table.goal(
            format!("and of one with a name for each transition, with {states} states"),
            ours.map(|(ours, names)| ours / names),
            |ratio| ratio <= 1.0,
        );
    }
    let value = |machine: Machine| table.value(&["1,000", &machine.to_string()], "instructions");
    let best = Machine::PEERS
        .into_iter()
        .filter_map(value)
        .reduce(f64::min);
    let ours = value(Machine::Inflight).zip(best);
    table.goal(
        "`next` below every peer with 1,000 states: ratio to the best of them",
        ours.map(|(ours, best)| ours / best),
        |ratio| ratio < 1.0,
    );
    table.note(
        "The events are an array of a few thousand, which every machine reads through \
         `black_box`; the empty loop is what that costs. A state machine without a name for \
         each transition has two events, `step` and `reset`. Text is what the program has more \
         than that of the empty loop: the machine as far as it is used.",
    );
    table.print()
}

/// One machine of one size; or why it was not measured.
fn measure(machine: Machine, states: usize) -> io::Result<Result<(Run, f64), String>> {
    let name = format!("{}_{states}", machine.slug());
    let scratch = Scratch::new("dispatch", &name, &machine.dependency())?;
    let source = machine.source(states);
    let main = program::main(&source, states);
    scratch.write("src/main.rs", &main)?;
    if let Some(workflow) = &source.workflow {
        scratch.write("ring.workflow", workflow)?;
    }
    let program = match scratch.program(&name, LIMITS)? {
        Ok(program) => program,
        Err(reason) => return Ok(Err(format!("its build took {reason}"))),
    };
    let events = program::route(states).len();
    let run = Run::of(&program, events, [2, 6])?;
    Ok(Ok((run, machines::text(&program)?)))
}

/// What a build may take.
const LIMITS: report::Limits = report::Limits {
    seconds: 60,
    gigabytes: 8,
};

/// A number with its thousands parted.
fn number(states: usize) -> String {
    match states {
        1_000 => "1,000".to_owned(),
        states => states.to_string(),
    }
}
