//! Fills a store with records, and crashes.

use std::error::Error;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use inflight::store::{JournalStore, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::load::{commit, instance, variables};
use crate::recovery::ALONE;

/// The records of a transaction of SQLite alone, as many as a store writes together.
const GROUP: usize = 1024;

/// How many instances are filled at once, and how many commits each asks for before it waits.
const TASKS: usize = 64;
const BATCH: usize = 128;

/// What is said before the crash.
pub const DONE: &str = "all is written";

/// Fills a store, and crashes.
pub fn fill(runtime: &Runtime, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [name, path, instances, records] = arguments else {
        return Err("STORE PATH INSTANCES RECORDS".into());
    };
    let (instances, records): (usize, u64) = (instances.parse()?, records.parse()?);
    let progress = Progress::of(instances as u64 * records);
    match name.as_str() {
        "JournalStore" => {
            let store = Arc::new(JournalStore::open(path)?);
            write(runtime, store, instances, records, progress)?;
        }
        "SqliteStore" => {
            let store = Arc::new(SqliteStore::open(path)?);
            write(runtime, store, instances, records, progress)?;
        }
        ALONE => alone(path, instances, records, &progress)?,
        _ => return Err(format!("there is no store `{name}`").into()),
    }
    println!("{DONE}");
    process::abort();
}

/// Says how far the filling of a large store is.
struct Progress {
    total: u64,
    done: AtomicU64,
}

impl Progress {
    const STEP: u64 = 5_000_000;

    fn of(total: u64) -> Self {
        Self {
            total,
            done: AtomicU64::new(0),
        }
    }

    fn add(&self, records: u64) {
        let before = self.done.fetch_add(records, Ordering::Relaxed);
        let done = before + records;
        if before / Self::STEP < done / Self::STEP {
            eprintln!(
                "  {} of {} million records",
                done / 1_000_000,
                self.total / 1_000_000
            );
        }
    }
}

/// Several instances at a time, each with many commits on the way: a store does what it is
/// asked for in this order, and makes it durable together.
fn write(
    runtime: &Runtime,
    store: Arc<dyn Store>,
    instances: usize,
    records: u64,
    progress: Progress,
) -> Result<(), Box<dyn Error>> {
    let next = Arc::new(AtomicUsize::new(0));
    let progress = Arc::new(progress);
    let tasks = (0..TASKS).map(|_| {
        let (store, next, progress) = (store.clone(), next.clone(), progress.clone());
        runtime.spawn(async move {
            let variables = variables();
            let versions: Vec<u64> = (1..=records).collect();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= instances {
                    return Ok::<_, StoreError>(());
                }
                let instance = instance(number);
                let claim = store.claim(&instance).await?;
                for versions in versions.chunks(BATCH) {
                    let commit = |&version| {
                        store.commit(commit(&instance, claim.epoch, version, &variables))
                    };
                    let commits: Vec<_> = versions.iter().map(commit).collect();
                    for commit in commits {
                        commit.await?;
                    }
                    progress.add(versions.len() as u64);
                }
            }
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        runtime.block_on(task)??;
    }
    // As long as it is open, nothing is put in order.
    std::mem::forget(store);
    Ok(())
}

/// A table of current records, and one of the history; many records in one transaction.
fn alone(
    path: &str,
    instances: usize,
    records: u64,
    progress: &Progress,
) -> Result<(), Box<dyn Error>> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE current (instance TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
         CREATE TABLE history (instance TEXT, version INTEGER, record TEXT,
                               PRIMARY KEY (instance, version)) WITHOUT ROWID;
         BEGIN",
    )?;
    let mut keep = connection.prepare("INSERT INTO history VALUES (?1, ?2, ?3)")?;
    let mut current = connection.prepare("INSERT INTO current VALUES (?1, ?2)")?;
    let variables = variables();
    let mut written = 0;
    for number in 0..instances {
        let name = instance(number);
        let key = name.to_string();
        for version in 1..=records {
            let record = commit(&name, 1, version, &variables).record;
            let record = serde_json::to_string(&record)?;
            keep.execute((&key, version.cast_signed(), &record))?;
            if version == records {
                current.execute((&key, &record))?;
            }
            written += 1;
            if written % GROUP == 0 {
                connection.execute_batch("COMMIT; BEGIN")?;
                progress.add(GROUP as u64);
            }
        }
    }
    connection.execute_batch("COMMIT")?;
    drop((keep, current));
    std::mem::forget(connection);
    Ok(())
}
