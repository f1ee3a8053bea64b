//! How soon a store is open after a crash, and all current records are read, and what that
//! takes in memory.
//!
//! One process fills the store and is killed in the midst of it; another opens it.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inflight::store::{JournalStore, ReadStore, SqliteStore, StoredRecord};
use report::{Measure, Table};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::fill::DONE;

/// Instances, and records of each.
const SIZES: [(usize, u64); 5] = [
    (1_000, 10),
    (1_000, 1_000),
    (10_000, 10),
    (10_000, 1_000),
    (100_000, 10),
];

/// What is measured on request alone.
const LARGEST: [&str; 2] = ["100000", "1000"];

const STORES: [&str; 3] = ["JournalStore", "SqliteStore", ALONE];

pub const ALONE: &str = "SQLite alone";

/// What this is asked for by.
pub const NAME: &str = "recovery";

/// What the processes are started with.
pub const FILL: &str = "fill";
pub const OPEN: &str = "open";

/// Measures what was asked for: nothing, or `INSTANCES RECORDS`, or these and a store.
pub fn asked(arguments: &[String]) -> Result<Table, Box<dyn Error>> {
    let (sizes, only) = match arguments {
        [] => return table(),
        [instances, records] => ((instances.parse()?, records.parse()?), None),
        [instances, records, only] => ((instances.parse()?, records.parse()?), Some(only)),
        _ => return Err("recovery [INSTANCES RECORDS [STORE]]".into()),
    };
    let mut table = empty();
    let known = STORES.into_iter();
    for name in known.filter(|name| only.is_none_or(|only| name == only)) {
        measure(&mut table, sizes, name)?;
    }
    Ok(table)
}

/// Measures all sizes that fit into a run.
pub fn table() -> Result<Table, Box<dyn Error>> {
    let mut table = empty();
    for size in SIZES {
        for name in STORES {
            measure(&mut table, size, name)?;
        }
    }
    let [instances, records] = LARGEST;
    let reason = format!(
        "100 million records take longer than a run may: `-p durable -- {NAME} {instances} {records}`"
    );
    table.cut(&[instances, records, "all"], reason);
    let ms = table.value(&["100000", "10", "JournalStore"], "ms to open");
    table.goal("JournalStore: 100,000 instances in 0.2 s", ms, |ms| {
        ms <= 200.0
    });
    let read = table.ratio(&["100000", "10", "SqliteStore"], "ms until all are read");
    table.goal(
        "SqliteStore: 100,000 instances are read within 3 times of SQLite alone",
        read,
        |ratio| ratio <= 3.0,
    );
    let ms = |records| table.value(&["10000", records, "SqliteStore"], "ms to open");
    let grown = ms("1000").zip(ms("10")).map(|(long, short)| long / short);
    table.goal(
        "SqliteStore: opening does not grow with the history: with 1,000 records of each, to 10",
        grown,
        |grown| grown <= 1.5,
    );
    Ok(table)
}

fn empty() -> Table {
    let mut table = Table::new("recovery", "Opening a store after a crash")
        .keys(&["instances", "records of each", "store"])
        .measure(Measure::new("ms to open").digits(1))
        .measure(Measure::new("ms until all are read").digits(1))
        .measure(Measure::new("MB of memory").digits(1))
        .measure(Measure::new("MB on disk").alone())
        .beside(ALONE);
    table.note(
        "The process that wrote the records aborted, with the store open; the one that opens it \
         reads the current record of each instance, as a fleet does that recovers all, and makes \
         of it a record in memory. The whole history is kept: a store keeps 10,000 records of an \
         instance unless told otherwise. The files were written a moment ago, so the kernel has \
         in memory what it can hold of them.",
    );
    table.note(
        "What is done until it is open: *SQLite alone* reads the schema, and what its log holds \
         (4 MB at most). *SqliteStore* does that too, takes its lock, checks the table of current \
         records, one for each instance, and makes its new epoch durable; of the history nothing is \
         read. *JournalStore* takes its lock, reads its last snapshot and what was written since, \
         all of it checked, so that it has the current records in memory then, and makes its new \
         epoch durable. *SQLite alone* has a table of current records and one of the history, whose \
         records are JSON, and checks nothing.",
    );
    table
}

/// Has a store filled by one process, and opened by another.
fn measure(
    table: &mut Table,
    (instances, records): (usize, u64),
    name: &str,
) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir_in(".")?;
    let path = folder.path().join("store");
    let path = path.to_string_lossy().into_owned();
    let (instances, records) = (instances.to_string(), records.to_string());
    eprintln!("recovery: {name}, {instances} instances with {records} records each");
    let started = Instant::now();
    run(&[FILL, name, &path, &instances, &records])?;
    eprintln!("  filled in {:.1} s", started.elapsed().as_secs_f64());
    let text = run(&[OPEN, name, &path, &instances])?;
    let mut values: Vec<f64> = serde_json::from_str(&text)?;
    values.push(size(folder.path())? as f64 / 1e6);
    table.row(&[&instances, &records, name], &values);
    Ok(())
}

/// The bytes of all files in a folder.
fn size(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file = entry.metadata()?;
        sum += match file.is_dir() {
            true => size(&entry.path())?,
            false => file.len(),
        };
    }
    Ok(sum)
}

/// Runs this program with these arguments; what it printed. That it aborts is what filling
/// ends with.
fn run(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    let told = String::from_utf8(output.stdout)?;
    match output.status.success() || told.trim_end() == DONE {
        true => Ok(told),
        false => Err(format!("{arguments:?}: {}", output.status).into()),
    }
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
            let mut found = select.query(())?;
            let mut rows: Vec<(String, StoredRecord)> = Vec::new();
            while let Some(row) = found.next()? {
                let record = serde_json::from_str(row.get_ref(1)?.as_str()?)?;
                rows.push((row.get(0)?, record));
            }
            drop(found);
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
