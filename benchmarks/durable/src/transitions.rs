//! Whole transitions, with an action that does nothing, beside peers.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use inflight::store::{JournalStore, SqliteStore, Store};
use machines::Scratch;
use report::{Limits, Measure, Table};
use tokio::runtime::Runtime;

use crate::kernel::{Disk, cpu};
use crate::raw::RawLog;
use crate::state_file::StateFile;

inflight::workflow! {
    pub(crate) workflow load {
        initial state even
        state odd

        action work

        transition step: even -> odd {
            do work
        }
        transition back: odd -> even {
            do work
        }
    }
}

const INSTANCES: [usize; 4] = [1, 8, 64, 512];

const ROUNDS: usize = 2;

const TIME: Duration = Duration::from_secs(2);

/// The length of each of the two records of a transition in the raw log.
const LENGTH: usize = 200;

/// What a peer needs to build.
const LIMITS: Limits = Limits {
    seconds: 900,
    gigabytes: 16,
};

struct Idle;

impl load::Actions for Idle {
    type Error = std::convert::Infallible;

    async fn work(&mut self, _: &load::Context) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// Transitions a second, flushes and microseconds of processor time for each.
type Rate = [f64; 3];

#[derive(Clone, Copy, PartialEq)]
enum Peer {
    RawLog,
    Journal,
    Sqlite,
    StateFile,
    Duroxide,
}

impl Peer {
    const ALL: [Self; 5] = [
        Self::RawLog,
        Self::Journal,
        Self::Sqlite,
        Self::StateFile,
        Self::Duroxide,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::RawLog => "raw log",
            Self::Journal => "JournalStore",
            Self::Sqlite => "SqliteStore",
            Self::StateFile => "state file, fsync and rename",
            Self::Duroxide => "duroxide 0.1.32, SQLite",
        }
    }

    fn is_ours(self) -> bool {
        matches!(self, Self::Journal | Self::Sqlite)
    }
}

/// Measures all of them, in turn.
pub fn table(runtime: &Runtime) -> Result<Table, Box<dyn Error>> {
    let mut table = Table::new(
        "transitions",
        "Transitions a second that survive a loss of power",
    )
    .keys(&["instances", "runtime"])
    .measure(Measure::new("transitions/s"))
    .measure(Measure::new("flushes for each").digits(3).alone())
    .measure(Measure::new("CPU us for each").digits(1).alone())
    .beside("raw log");
    let duroxide = duroxide()?;
    for instances in INSTANCES {
        let mut best: [Option<Rate>; Peer::ALL.len()] = Default::default();
        for _ in 0..ROUNDS {
            for (peer, best) in Peer::ALL.into_iter().zip(&mut best) {
                let folder = tempfile::tempdir_in(".")?;
                let rate = match peer {
                    Peer::Duroxide => run(&duroxide, folder.path(), instances)?,
                    _ => measure(peer, runtime, folder.path(), instances)?,
                };
                if best.is_none_or(|best| best[0] < rate[0]) {
                    *best = Some(rate);
                }
            }
        }
        let instances = instances.to_string();
        for (peer, rate) in Peer::ALL.into_iter().zip(best) {
            table.row(&[&instances, peer.name()], &rate.unwrap_or_default());
        }
        let rate = |peer: Peer| table.value(&[&instances, peer.name()], "transitions/s");
        let peers = Peer::ALL.into_iter().skip(1).filter(|it| !it.is_ours());
        let fastest = peers.filter_map(rate).fold(0.0, f64::max);
        let ahead = rate(Peer::Journal).map(|ours| ours / fastest);
        table.goal(
            format!("JournalStore ahead of every peer with {instances}"),
            ahead,
            |ahead| ahead > 1.0,
        );
    }
    table.note(
        "A transition is two records: that it is in flight, and where it led. The raw log \
         writes two of 200 bytes, the state file is replaced twice, and duroxide runs one \
         activity of an orchestration that begins anew after 20. Each of its connections is \
         told `PRAGMA synchronous = FULL`: by itself duroxide does not sync a commit, so that \
         a loss of power takes what was acknowledged. Flushes are those of the disk, from the \
         kernel's statistics, whoever asked for them.",
    );
    Ok(table)
}

/// Has every instance fire, one transition after another, for a while.
fn measure(
    peer: Peer,
    runtime: &Runtime,
    folder: &Path,
    instances: usize,
) -> Result<Rate, Box<dyn Error>> {
    let disk = Disk::of(folder)?;
    let clock = || Ok::<_, io::Error>((Instant::now(), disk.flushes()?, cpu()));
    let (begun, fired) = match peer {
        Peer::RawLog => {
            let log = RawLog::create(&folder.join("raw"))?;
            let begun = clock()?;
            (begun, raw(runtime, &log, instances))
        }
        Peer::Journal => {
            let store = Arc::new(JournalStore::open(folder.join("journal"))?);
            let begun = clock()?;
            (begun, ours(runtime, store, instances))
        }
        Peer::Sqlite => {
            let store = Arc::new(SqliteStore::open(folder.join("sqlite.db"))?);
            let begun = clock()?;
            (begun, ours(runtime, store, instances))
        }
        Peer::StateFile | Peer::Duroxide => {
            let begun = clock()?;
            (begun, files(folder, instances)?)
        }
    };
    let (started, flushes, spent) = begun;
    let fired = fired as f64;
    Ok([
        fired / started.elapsed().as_secs_f64(),
        (disk.flushes()? - flushes) / fired,
        (cpu() - spent) / fired,
    ])
}

fn raw(runtime: &Runtime, log: &RawLog, instances: usize) -> u64 {
    let started = Instant::now();
    let tasks = (0..instances).map(|_| {
        let log = log.clone();
        runtime.spawn(async move {
            let mut fired = 0;
            while started.elapsed() < TIME
                && log.commit(vec![7; LENGTH]).await
                && log.commit(vec![7; LENGTH]).await
            {
                fired += 1;
            }
            fired
        })
    });
    let tasks: Vec<_> = tasks.collect();
    // What did not fire shows in the rate.
    let fired = tasks.into_iter().map(|task| runtime.block_on(task));
    fired.map(Result::unwrap_or_default).sum()
}

fn ours(runtime: &Runtime, store: Arc<dyn Store>, instances: usize) -> u64 {
    let started = Instant::now();
    let tasks = (0..instances).map(|number| {
        let store = Arc::clone(&store);
        runtime.spawn(async move {
            let mut fired = 0;
            let opened = load::Workflow::open(store, format!("unit/{number}"), Idle).await;
            let Ok(workflow) = opened else {
                return fired;
            };
            while started.elapsed() < TIME {
                let transition = match workflow.state() {
                    load::State::Even => load::Transition::Step,
                    load::State::Odd => load::Transition::Back,
                };
                match workflow.lock().await.fire(transition).await {
                    Ok(outcome) if outcome.is_completed() => fired += 1,
                    _ => break,
                }
            }
            fired
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let fired = tasks.into_iter().map(|task| runtime.block_on(task));
    fired.map(Result::unwrap_or_default).sum()
}

fn files(folder: &Path, instances: usize) -> io::Result<u64> {
    let files = (0..instances).map(|number| StateFile::new(folder.join(number.to_string())));
    let files = files.collect::<io::Result<Vec<_>>>()?;
    let started = Instant::now();
    let threads = files.into_iter().map(|file| {
        thread::spawn(move || {
            let mut fired = 0;
            while started.elapsed() < TIME && file.fire().is_ok() {
                fired += 1;
            }
            fired
        })
    });
    let threads: Vec<_> = threads.collect();
    let fired = threads.into_iter().map(thread::JoinHandle::join);
    Ok(fired.map(Result::unwrap_or_default).sum())
}

/// Builds the program of the peer, which links another SQLite than ours.
fn duroxide() -> io::Result<std::path::PathBuf> {
    let scratch = Scratch::new(
        "durable",
        "duroxide-load",
        "duroxide = { version = \"=0.1.32\", features = [\"sqlite\"] }\n\
         sqlx = { version = \"0.8\", default-features = false, features = [\"sqlite\"] }\n\
         tokio = { version = \"1\", features = [\"full\"] }",
    )?;
    scratch.write("src/main.rs", include_str!("../programs/duroxide.rs"))?;
    scratch.write("src/kernel.rs", include_str!("kernel.rs"))?;
    let program = scratch.program("duroxide-load", LIMITS)?;
    program.map_err(io::Error::other)
}

fn run(program: &Path, folder: &Path, instances: usize) -> io::Result<Rate> {
    let output = Command::new(program)
        .arg(fs::canonicalize(folder)?)
        .args([instances.to_string(), TIME.as_secs().to_string()])
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("measured "));
    let line = line.unwrap_or_default().split_whitespace();
    let mut figures = line.map(|figure| figure.parse().ok());
    let mut next = || figures.next().flatten();
    match (next(), next(), next()) {
        (Some(rate), Some(flushes), Some(cpu)) => Ok([rate, flushes, cpu]),
        _ => Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )),
    }
}
