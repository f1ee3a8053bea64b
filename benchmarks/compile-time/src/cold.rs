//! What is built before a user's first line is.

use std::collections::BTreeSet;
use std::io::{self, Error};

use machines::{Machine, Scratch, folder};
use report::{Cost, Measure, Table};

use crate::build::LIMITS;

/// The table of dependencies, built cold.
pub fn measure() -> io::Result<()> {
    let mut table = Table::new("compile_cold", "Compile: dependencies, built cold")
        .keys(&["crate"])
        .measure(Measure::new("crates").alone())
        .measure(Measure::new("CPU s").digits(2).alone())
        .measure(Measure::new("MB").alone());
    let path = |folder_name: &str| folder().join("../..").join(folder_name);
    let macros = format!("inflight-macros = {{ path = {:?} }}", path("macros"));
    let whole = format!("inflight = {{ path = {:?} }}", path("runtime"));
    let mut rows = vec![
        ("inflight: the macro alone".to_owned(), macros),
        ("inflight: the runtime, default features".to_owned(), whole),
        (
            "inflight: the runtime without SQLite".to_owned(),
            Machine::Inflight.dependency(),
        ),
    ];
    rows.extend(Machine::PEERS.map(|peer| (peer.to_string(), peer.dependency())));
    for (shown, dependency) in rows {
        let scratch = Scratch::new("compile/cold", "cold", &dependency)?;
        scratch.write("src/lib.rs", "")?;
        let crates = crates(&scratch)?;
        scratch.clean()?;
        let build = scratch.cargo(&["build"]);
        match report::measure(&build, LIMITS)? {
            Cost::Cut(reason) => table.cut(&[&shown], reason),
            Cost::Spent(spent) => {
                table.row(&[&shown], &[crates, spent.seconds(), spent.megabytes()]);
            }
        }
    }
    let crates = table.value(&["inflight: the macro alone"], "crates");
    let seconds = table.value(&["inflight: the macro alone"], "CPU s");
    table.goal("the macro alone: 10 crates at most", crates, |it| {
        it <= 10.0
    });
    table.goal("the macro alone: 6 CPU s at most", seconds, |it| it <= 6.0);
    table.note("`cargo build`, once each. SQLite is compiled from its source.");
    table.print()
}

/// How many crates it depends on.
fn crates(scratch: &Scratch) -> io::Result<f64> {
    let mut tree = scratch.cargo(&["tree", "--edges", "normal,build", "--prefix", "none"]);
    let output = tree.arg("--no-dedupe").output()?;
    let crates = String::from_utf8(output.stdout).map_err(Error::other)?;
    let crates: BTreeSet<_> = crates
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(crates.len() as f64)
}
