//! Measures what the macro costs its users when they build, and how long `next` is.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p compile-time
//! ```
//!
//! Times are CPU seconds (user and system, of the compiler and all it starts), the
//! smallest of several runs: compare ratios, not times, for machines differ. All
//! variants of a graph are measured in turn, so that a busy machine slows all of them.

mod asm;
mod crates;
mod graph;
mod measure;

use std::io;

use graph::{Graph, Variant};

fn main() -> io::Result<()> {
    let bench = crates::Crate::new("graph")?;
    println!("Release build of a library with one graph, CPU seconds\n");
    println!("| graph | variant | CPU s | to hand-written |");
    println!("| --- | --- | --- | --- |");
    for rich in [false, true] {
        for states in [100, 1_000] {
            let graph = Graph { states, rich };
            let times = bench.times(&Variant::ALL.map(|variant| graph.sources(variant)))?;
            let [hand, ..] = *times else { continue };
            for (variant, time) in Variant::ALL.iter().zip(&times) {
                let ratio = time / hand;
                println!("| {graph} | {variant} | {time:.2} | {ratio:.2} |");
            }
        }
    }

    println!("\nInstructions of `next`, on its longest way\n");
    println!("| states | one source each | sets of sources |");
    println!("| --- | --- | --- |");
    for states in [10, 1_000] {
        let single = asm::longest_way(&bench.assembly(&graph::probe(states, false))?);
        let sets = asm::longest_way(&bench.assembly(&graph::probe(states, true))?);
        println!("| {states} | {single} | {sets} |");
    }

    let macros = crates::Crate::macros_only("dependencies")?;
    println!("\nThe macro and what it depends on, built cold\n");
    println!("| crates | CPU s |");
    println!("| --- | --- |");
    println!("| {} | {:.2} |", macros.dependencies()?, macros.cold()?);
    Ok(())
}
