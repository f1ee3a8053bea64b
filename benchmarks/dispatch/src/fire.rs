//! A whole `fire`, with the memory store.

use std::io;

use machines::{Machine, Scratch};
use report::{Measure, Table};

use crate::callgrind::Run;
use crate::{LIMITS, number};

/// How many times a round fires.
const FIRES: usize = 1_000;

/// What allocates, in the order in which it happens.
const ALLOCATIONS: &str = include_str!("allocations.md");

/// The table of whole fires.
pub fn measure(sizes: &[usize]) -> io::Result<()> {
    let mut table = Table::new("fire", "Dispatch: a whole `fire`, memory store, no action")
        .keys(&["states"])
        .measure(Measure::new("instructions").alone())
        .measure(Measure::new("ns").alone())
        .measure(Measure::new("allocations").digits(2).alone())
        .measure(Measure::new("bytes").alone());
    for &states in sizes {
        let keys = number(states);
        let scratch = Scratch::new("dispatch", &format!("fire_{states}"), &dependencies())?;
        let source = Machine::Inflight.source(states);
        scratch.write("ring.workflow", &source.workflow.unwrap_or_default())?;
        scratch.write("src/main.rs", PROGRAM)?;
        match scratch.program(&format!("fire_{states}"), LIMITS)? {
            Err(reason) => table.cut(&[&keys], format!("its build took {reason}")),
            Ok(program) => {
                let run = Run::of(&program, FIRES, [2, 12])?;
                let rest = |index: usize| run.rest.get(index).copied().unwrap_or(f64::NAN);
                let values = [run.instructions, run.nanoseconds, rest(0), rest(1)];
                table.row(&[&keys], &values);
            }
        }
    }
    let time = table.value(&["10"], "ns");
    let micros = time.map(|time| time / 1e3);
    table.goal("under 1 microsecond with 10 states", micros, |it| it < 1.0);
    let allocations = table.value(&["10"], "allocations");
    table.goal("at most 2 allocations, or each named", allocations, |_| {
        let named = ALLOCATIONS.lines().filter(|it| it.starts_with("- "));
        let named = named.flat_map(|line| line.trim_start_matches("- ").split(' ').next());
        let named: f64 = named.flat_map(str::parse::<f64>).sum();
        allocations.is_some_and(|found| found.round() <= named)
    });
    table.note(
        "A fire is two commits, and more than dispatch: guards, the record that says what is \
         in flight, an execution's id, history, observers, spans. The store keeps 10,000 \
         records.",
    );
    table.note(ALLOCATIONS.trim());
    table.print()
}

fn dependencies() -> String {
    format!(
        "{}\ntokio = {{ version = \"1\", features = [\"rt\"] }}\nstats_alloc = \"=0.1.10\"\nserde_json = \"1\"",
        Machine::Inflight.dependency()
    )
}

const PROGRAM: &str = r#"
use std::alloc::System;
use std::time::Instant;

use inflight::store::MemoryStore;
use ring::{Transition, TransitionName, Workflow};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

inflight::workflow!("ring.workflow");

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

struct Nothing;

impl ring::Actions for Nothing {
    type Error = String;
}

const FIRES: usize = 1_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // The ring is as long as its transitions, without the reset.
    let steps: Vec<Transition> = TransitionName::ALL[..TransitionName::ALL.len() - 1]
        .iter()
        .map(|name| serde_json::from_str(&format!("{{\"transition\":\"{name}\"}}")).unwrap())
        .collect();
    runtime.block_on(async {
        let workflow = Workflow::open(MemoryStore::new(), "1", Nothing).await.unwrap();
        let mut ring = workflow.lock().await;
        let mut next = steps.iter().cycle();
        macro_rules! round {
            () => {
                for step in next.by_ref().take(FIRES) {
                    assert!(ring.fire(step.clone()).await.unwrap().is_completed());
                }
            };
        }
        match mode.as_str() {
            "check" => {
                for _ in 0..3 {
                    let step = next.next().unwrap();
                    ring.fire(step.clone()).await.unwrap();
                }
                assert_eq!(ring.state().name(), ring::StateName::ALL[3]);
            }
            "run" => {
                let rounds: usize = arguments.next().unwrap().parse().unwrap();
                for _ in 0..rounds {
                    round!();
                }
            }
            _ => {
                let mut best = f64::INFINITY;
                for _ in 0..10 {
                    round!();
                }
                let region = Region::new(ALLOCATOR);
                for _ in 0..100 {
                    let start = Instant::now();
                    round!();
                    best = best.min(start.elapsed().as_nanos() as f64 / FIRES as f64);
                }
                let change = region.change();
                let fires = (100 * FIRES) as f64;
                let allocations = change.allocations + change.reallocations;
                println!(
                    "{best} {} {}",
                    allocations as f64 / fires,
                    change.bytes_allocated as f64 / fires
                );
            }
        }
    });
}
"#;
