//! Measures how many commits and transitions a second survive a loss of power, and how fast
//! a store is opened again.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p durable
//! ```
//!
//! The files stand in the current folder, which should be on a real disk. All stores are
//! measured in turn, in several rounds, and the best round of each counts: compare
//! ratios, not times. `-- --help` tells what can be measured alone.

mod fill;
mod kernel;
mod load;
mod raw;
mod recovery;
mod state_file;
mod transitions;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use inflight::store::{JournalStore, SqliteStore, Store};
use report::{Measure, Table};
use tokio::runtime::Runtime;

use load::{Groups, Rate};
use raw::RawLog;

const ROUNDS: usize = 3;

const TIME: Duration = Duration::from_secs(2);

const HELP: &str = "\
Measures what survives a loss of power, and how fast a store is opened after a crash.
The files stand in the current folder.

durable                                    all of it
durable STORE [TASKS]                      the commits of a store, of so many tasks
durable recovery                           opening after a crash
durable recovery INSTANCES RECORDS [STORE] the same, of so many instances with so many records
                                           each. 100000 1000 is 100 million records: about half
                                           an hour, and 25 GB of disk for one store at a time

The stores are JournalStore, SqliteStore and, for opening, \"SQLite alone\".";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
    match arguments.split_first() {
        Some((first, rest)) if first == recovery::FILL => fill::fill(&runtime, rest),
        Some((first, rest)) if first == recovery::OPEN => recovery::open(&runtime, rest),
        Some((first, rest)) if first == recovery::NAME => Ok(recovery::asked(rest)?.print()?),
        Some((first, _)) if first == "--help" => {
            println!("{HELP}");
            Ok(())
        }
        Some((store, rest)) => {
            let tasks = rest.first().and_then(|tasks| tasks.parse().ok());
            commits(&runtime, Some(store), tasks)?.print()?;
            Ok(())
        }
        None => {
            commits(&runtime, None, None)?.print()?;
            transitions::table(&runtime)?.print()?;
            recovery::table()?.print()?;
            Ok(())
        }
    }
}

/// The table of commits, or only that of a store or of so many tasks.
fn commits(
    runtime: &Runtime,
    only: Option<&str>,
    size: Option<usize>,
) -> Result<Table, Box<dyn Error>> {
    let groups = Groups::default();
    tracing::subscriber::set_global_default(groups.clone())?;
    let folder = tempfile::tempdir_in(".")?;
    let log = RawLog::create(&folder.path().join("raw"))?;
    let journal = JournalStore::open(folder.path().join("journal"))?;
    let sqlite = SqliteStore::open(folder.path().join("sqlite.db"))?;
    let stores: [(&str, Arc<dyn Store>); 2] = [
        ("JournalStore", Arc::new(journal)),
        ("SqliteStore", Arc::new(sqlite)),
    ];

    let mut table = Table::new("durable", "Commits a second that survive a loss of power")
        .keys(&["tasks", "store"])
        .measure(Measure::new("commits/s"))
        .measure(Measure::new("syncs for each").digits(3).alone())
        .measure(Measure::new("CPU us for each").digits(1).alone())
        .beside("raw log");
    for tasks in [1, 64, 512]
        .into_iter()
        .filter(|&tasks| size.is_none_or(|size| size == tasks))
    {
        let mut best: Vec<(&str, Option<Rate>)> = vec![("raw log", None)];
        best.extend(stores.iter().map(|(name, _)| (*name, None)));
        best.retain(|(name, _)| only.is_none_or(|only| *name == "raw log" || *name == only));
        for _ in 0..ROUNDS {
            for (name, best) in &mut best {
                let store = stores.iter().find(|(it, _)| it == name);
                let rate = match store {
                    Some((_, store)) => load::store(runtime, store, &groups, tasks, TIME),
                    None => load::raw(runtime, &log, tasks, TIME),
                };
                if best.is_none_or(|best| best.commits < rate.commits) {
                    *best = Some(rate);
                }
            }
        }
        for (name, rate) in best {
            if let Some(rate) = rate {
                table.row(
                    &[&tasks.to_string(), name],
                    &[rate.commits, rate.syncs, rate.cpu],
                );
            }
        }
        let share = if tasks == 1 { 0.9 } else { 0.6 };
        let measured = table.ratio(&[&tasks.to_string(), "JournalStore"], "commits/s");
        table.goal(
            format!("JournalStore at least {share} of the raw log for {tasks}"),
            measured,
            |measured| measured >= share,
        );
    }
    table.note("Records of 200 bytes: as JSON, of which a store may make less.");
    Ok(table)
}
