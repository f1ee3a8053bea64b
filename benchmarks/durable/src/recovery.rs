//! How fast a store with many instances is opened, and what it holds in memory.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use inflight::store::{JournalStore, SqliteStore, Store};
use report::{Measure, Table};
use tokio::runtime::Runtime;

use crate::load::{commit, instance, variables};

const INSTANCES: usize = 100_000;

/// How many records each instance has, so that there is something to leave out.
const RECORDS: u64 = 3;

const TASKS: usize = 500;

const ROUNDS: usize = 5;

pub fn table(runtime: &Runtime) -> Result<Table, Box<dyn Error>> {
    let mut table = Table::new(
        "recovery",
        format!("Opening a store of {INSTANCES} instances"),
    )
    .keys(&["store"])
    .measure(Measure::new("ms").digits(1).alone())
    .measure(Measure::new("bytes an instance").alone());
    let folder = tempfile::tempdir_in(".")?;
    let path = folder.path().join("journal");
    fill(runtime, Arc::new(JournalStore::open(&path)?));
    let (ms, memory) = measure(|| Ok(JournalStore::open(&path)?))?;
    table.row(&["JournalStore"], &[ms, memory]);
    table.goal("100,000 instances in 0.2 s", Some(ms / 1e3), |s| s <= 0.2);
    JournalStore::options().retention(1).open(&path)?.close()?;
    let path = folder.path().join("sqlite.db");
    fill(runtime, Arc::new(SqliteStore::open(&path)?));
    let (ms, memory) = measure(|| Ok(SqliteStore::open(&path)?))?;
    table.row(&["SqliteStore"], &[ms, memory]);
    Ok(table)
}

fn fill(runtime: &Runtime, store: Arc<dyn Store>) {
    let handles: Vec<_> = (0..TASKS)
        .map(|task| {
            let store = Arc::clone(&store);
            runtime.spawn(async move {
                let variables = variables();
                for number in (task..INSTANCES).step_by(TASKS) {
                    let instance = instance(number);
                    let Ok(claim) = store.claim(&instance).await else {
                        return;
                    };
                    for version in 1..=RECORDS {
                        let next = commit(&instance, claim.epoch, version, &variables);
                        if store.commit(next).await.is_err() {
                            return;
                        }
                    }
                }
            })
        })
        .collect();
    for handle in handles {
        // A task that failed shows in the number of instances.
        drop(runtime.block_on(handle));
    }
}

/// The median time to open, in milliseconds, and what is held afterwards.
fn measure<S>(
    mut open: impl FnMut() -> Result<S, Box<dyn Error>>,
) -> Result<(f64, f64), Box<dyn Error>> {
    let mut times = Vec::new();
    let mut memory = 0.0;
    for _ in 0..ROUNDS {
        let before = resident()?;
        let started = Instant::now();
        let store = open()?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        // What is freed in later rounds is used again.
        let held = (resident()?.saturating_sub(before)) as f64 / INSTANCES as f64;
        memory = held.max(memory);
        drop(store);
    }
    times.sort_by(f64::total_cmp);
    Ok((times.get(ROUNDS / 2).copied().unwrap_or(0.0), memory))
}

/// How many bytes of memory this process holds.
fn resident() -> Result<u64, Box<dyn Error>> {
    let statm = fs::read_to_string(Path::new("/proc/self/statm"))?;
    let pages = statm.split(' ').nth(1).ok_or("no second field")?;
    Ok(pages.parse::<u64>()? * 4096)
}
