//! The program that drives a machine.

use std::fmt::Write;

use machines::Source;

/// One event: the state before it, whether it resets, and the state after it.
type Leg = (usize, bool, usize);

/// The events of a round: ways of several lengths along the ring, each ended by a reset.
pub fn route(states: usize) -> Vec<Leg> {
    let mut route = Vec::new();
    let lengths = [
        states / 2 + 1,
        states + states / 4,
        states * 2 + 1,
        states / 3,
    ];
    for length in lengths.iter().cycle() {
        for step in 0..*length {
            route.push((step % states, false, (step + 1) % states));
        }
        route.push((length % states, true, 0));
        if route.len() >= 4_000 {
            break;
        }
    }
    route
}

/// Its source.
pub fn main(source: &Source, states: usize) -> String {
    let mut route_text = String::new();
    for (before, reset, after) in route(states) {
        // Writing to a string does not fail.
        let _ = write!(route_text, "({before},{reset},{after}),");
    }
    let (machine, face) = (&source.machine, &source.face);
    format!(
        "#![allow(dead_code, non_camel_case_types)]
{machine}
{face}
{DRIVER}
static ROUTE: &[(u16, bool, u16)] = &[{route_text}];
"
    )
}

const DRIVER: &str = r#"
#[inline(never)]
fn run(mut ring: Ring, events: &[Event], rounds: usize) -> Ring {
    for _ in 0..rounds {
        for &event in events {
            ring.step(std::hint::black_box(event));
        }
    }
    ring
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap();
    let events: Vec<Event> =
        ROUTE.iter().map(|&(before, reset, _)| event(before.into(), reset)).collect();
    match mode.as_str() {
        "check" => {
            let mut ring = Ring::new();
            if std::mem::size_of_val(&ring) == 1 && ring.state() == 1 { return } // the empty loop
            for (&event, &(_, _, after)) in events.iter().zip(ROUTE) {
                ring.step(event);
                assert_eq!(ring.state(), usize::from(after));
            }
        }
        "run" => {
            let rounds = arguments.next().unwrap().parse().unwrap();
            std::hint::black_box(run(Ring::new(), &events, rounds));
        }
        _ => {
            let mut best = f64::INFINITY;
            let mut rounds = 1;
            for _ in 0..20 {
                let start = std::time::Instant::now();
                std::hint::black_box(run(Ring::new(), &events, rounds));
                let taken = start.elapsed().as_nanos() as f64;
                best = best.min(taken / (rounds * events.len()) as f64);
                // About 5 ms each.
                rounds = (5e6 / (best * events.len() as f64)).ceil() as usize;
            }
            println!("{best}");
        }
    }
}
"#;
