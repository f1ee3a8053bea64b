//! How soon a store is open after a crash, and all current records are read, and what that
//! takes in memory.
//!
//! One process fills the store and is killed in the midst of it; another opens it.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{self, Command};
use std::sync::Arc;
use std::time::{Duration, Instant};

use inflight::store::{JournalStore, ReadStore, SqliteStore, Store};
use report::{Measure, Table};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::load::{commit, instance, variables};

/// Instances, and records of each.
const SIZES: [(usize, u64); 4] = [(1_000, 10), (1_000, 1_000), (10_000, 10), (100_000, 10)];

const STORES: [&str; 3] = ["JournalStore", "SqliteStore", ALONE];

const ALONE: &str = "SQLite alone";

const TASKS: usize = 500;

/// What the processes are started with.
pub const FILL: &str = "fill";
pub const OPEN: &str = "open";

pub fn table() -> Result<Table, Box<dyn Error>> {
    let mut table = Table::new("recovery", "Opening a store after a crash")
        .keys(&["instances", "records of each", "store"])
        .measure(Measure::new("ms to open").digits(1))
        .measure(Measure::new("ms until all are read").digits(1))
        .measure(Measure::new("MB of memory").digits(1))
        .beside(ALONE);
    for (instances, records) in SIZES {
        for name in STORES {
            let folder = tempfile::tempdir_in(".")?;
            let path = folder.path().join("store");
            let path = path.to_string_lossy().into_owned();
            let (instances, records) = (instances.to_string(), records.to_string());
            run(&[FILL, name, &path, &instances, &records])?;
            let text = run(&[OPEN, name, &path, &instances])?;
            let values: Vec<f64> = serde_json::from_str(&text)?;
            table.row(&[&instances, &records, name], &values);
        }
    }
    for instances in ["10000", "100000"] {
        let reason = "10 and 100 million records are not written within the time of a run";
        table.cut(&[instances, "1000", "all"], reason);
    }
    let ms = table.value(&["100000", "10", "JournalStore"], "ms to open");
    table.goal("JournalStore: 100,000 instances in 0.2 s", ms, |ms| {
        ms <= 200.0
    });
    table.note(
        "The process that wrote the records aborted; the one that opens them reads the current \
         record of each instance, as a fleet does that recovers all. SQLite alone has a table of current records, which is read \
         row by row as text, and one of history, which is not.",
    );
    Ok(table)
}

/// Runs this program with these arguments. That it aborts is what filling ends with.
fn run(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    match output.status.success() || told.trim_end().ends_with(DONE) {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err(format!("{arguments:?}: {told}").into()),
    }
}

/// What is said before the crash.
const DONE: &str = "all is written";

/// Fills a store, and crashes.
pub fn fill(runtime: &Runtime, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [name, path, instances, records] = arguments else {
        return Err("STORE PATH INSTANCES RECORDS".into());
    };
    let (instances, records): (usize, u64) = (instances.parse()?, records.parse()?);
    match name.as_str() {
        "JournalStore" => write(
            runtime,
            Arc::new(JournalStore::open(path)?),
            instances,
            records,
        )?,
        "SqliteStore" => write(
            runtime,
            Arc::new(SqliteStore::open(path)?),
            instances,
            records,
        )?,
        _ => alone(path, instances, records)?,
    }
    eprintln!("{DONE}");
    process::abort();
}

fn write(
    runtime: &Runtime,
    store: Arc<dyn Store>,
    instances: usize,
    records: u64,
) -> Result<(), Box<dyn Error>> {
    let tasks = (0..TASKS.min(instances)).map(|task| {
        let store = Arc::clone(&store);
        runtime.spawn(async move {
            let variables = variables();
            for number in (task..instances).step_by(TASKS) {
                let instance = instance(number);
                let claim = store.claim(&instance).await?;
                for version in 1..=records {
                    store
                        .commit(commit(&instance, claim.epoch, version, &variables))
                        .await?;
                }
            }
            Ok::<_, inflight::store::StoreError>(())
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

fn alone(path: &str, instances: usize, records: u64) -> Result<(), Box<dyn Error>> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(
        "CREATE TABLE current (instance TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
         CREATE TABLE history (instance TEXT, version INTEGER, record TEXT,
                               PRIMARY KEY (instance, version)) WITHOUT ROWID;",
    )?;
    let record = "x".repeat(200);
    for number in 0..instances {
        let transaction = connection.transaction()?;
        let instance = instance(number).to_string();
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO history VALUES (?1, ?2, ?3)")?;
            for version in 1..=records {
                insert.execute((&instance, version.cast_signed(), &record))?;
            }
        }
        let current = "INSERT INTO current VALUES (?1, ?2)";
        transaction.execute(current, (&instance, &record))?;
        transaction.commit()?;
    }
    std::mem::forget(connection);
    Ok(())
}

/// Opens a store, and prints the milliseconds and the megabytes.
pub fn open(runtime: &Runtime, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [name, path, instances] = arguments else {
        return Err("STORE PATH INSTANCES".into());
    };
    let before = resident()?;
    let started = Instant::now();
    let (opened, found, held) = match name.as_str() {
        "JournalStore" => read(runtime, JournalStore::open(path)?, started)?,
        "SqliteStore" => read(runtime, SqliteStore::open(path)?, started)?,
        _ => {
            let connection = Connection::open(path)?;
            let mut select = connection.prepare("SELECT instance, record FROM current")?;
            let opened = started.elapsed();
            let rows = select.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
            drop(select);
            (opened, rows.len(), Box::new((connection, rows)) as Held)
        }
    };
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let read = started.elapsed();
    let megabytes = resident()?.saturating_sub(before) as f64 / 1e6;
    drop(held);
    if found.to_string() != *instances {
        return Err(format!("found {found} of {instances}").into());
    }
    println!(
        "{}",
        serde_json::to_string(&[ms(opened), ms(read), megabytes])?
    );
    Ok(())
}

/// What is held as long as memory is measured.
type Held = Box<dyn Send>;

/// Reads all current records; how long it took until then, and how many there are.
fn read(
    runtime: &Runtime,
    store: impl ReadStore,
    started: Instant,
) -> Result<(Duration, usize, Held), Box<dyn Error>> {
    let opened = started.elapsed();
    let records = runtime.block_on(store.current())?;
    Ok((opened, records.len(), Box::new((store, records))))
}

/// How many bytes of memory this process holds.
fn resident() -> Result<u64, Box<dyn Error>> {
    let statm = fs::read_to_string(Path::new("/proc/self/statm"))?;
    let pages = statm.split(' ').nth(1).ok_or("no second field")?;
    Ok(pages.parse::<u64>()? * 4096)
}
