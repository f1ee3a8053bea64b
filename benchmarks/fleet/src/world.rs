//! Many instances of a small workflow, and the stores that keep them.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use inflight::Definition;
use inflight::store::{
    Commit, InstanceId, JournalStore, MemoryStore, SqliteStore, Store, StoreError, StoredInflight,
    StoredRecord,
};

inflight::workflow! {
    pub(crate) workflow keeper {
        initial state new
        state kept { revision: int }
        /// It could not be looked after.
        error state lost { why: string }

        action look

        transition keep(revision: int): new -> kept
        transition tend: kept -> same {
            after 1d
            do look
            on error lose -> lost(why: failure)
        }
        transition find: lost -> new
    }
}

/// Does nothing, at once.
pub(crate) struct Keeper;

impl keeper::Actions for Keeper {
    type Error = std::convert::Infallible;

    async fn look(&mut self, _: &keeper::Context) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// A kind of store.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Memory,
    Sqlite,
    Journal,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Memory, Self::Sqlite, Self::Journal];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Memory => "MemoryStore",
            Self::Sqlite => "SqliteStore",
            Self::Journal => "JournalStore",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where a store rests while nobody has it open.
pub(crate) enum Rest {
    Memory(MemoryStore),
    Sqlite(tempfile::TempDir),
    Journal(tempfile::TempDir),
}

impl Rest {
    /// An empty one.
    pub(crate) fn new(kind: Kind) -> io::Result<Self> {
        Ok(match kind {
            Kind::Memory => Self::Memory(MemoryStore::new()),
            // Not in memory, as the folder for temporary files may be.
            Kind::Sqlite => Self::Sqlite(tempfile::tempdir_in(folder()?)?),
            Kind::Journal => Self::Journal(tempfile::tempdir_in(folder()?)?),
        })
    }

    /// Opens it; nobody else has it open any more.
    pub(crate) fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::Memory(store) => Arc::new(store.take_over()),
            Self::Sqlite(folder) => Arc::new(SqliteStore::open(folder.path().join("state.db"))?),
            Self::Journal(folder) => Arc::new(JournalStore::open(folder.path().join("state"))?),
        })
    }
}

fn folder() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.with_file_name("fleet-stores");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The name of an instance.
pub(crate) fn name(number: usize) -> String {
    format!("keeper-{number:06}")
}

/// Writes the records of so many instances, of which some have an action in flight.
pub(crate) async fn populate(
    store: &dyn Store,
    many: usize,
    inflight: usize,
) -> Result<(), StoreError> {
    let numbers: Vec<usize> = (0..many).collect();
    // So many share a sync; and no more, so that little memory is left over from it.
    for chunk in numbers.chunks(1_000) {
        let mut claims = Vec::new();
        for &number in chunk {
            let instance = InstanceId::new(keeper::Definition::TABLES.workflow, name(number));
            let claim = store.claim(&instance).await?;
            claims.push((number, instance, claim));
        }
        let commits = claims.iter().map(|(number, instance, claim)| {
            let busy = inflight > 0 && number % (many / inflight.min(many)) == 0;
            store.commit(Commit {
                instance: instance.clone(),
                epoch: claim.epoch,
                expected: 0,
                record: record(*number, busy),
                source: keeper::Definition::SOURCE,
            })
        });
        let commits: Vec<_> = commits.collect();
        for commit in commits {
            commit.await?;
        }
    }
    Ok(())
}

fn record(number: usize, inflight: bool) -> StoredRecord {
    let now = SystemTime::now();
    let revision = i64::try_from(number).unwrap_or(i64::MAX);
    StoredRecord {
        version: 1,
        committed: now,
        fingerprint: keeper::Definition::TABLES.fingerprint,
        state: "kept".into(),
        variables: keeper::Definition::variables(&keeper::State::Kept { revision }),
        inflight: inflight.then(|| StoredInflight {
            transition: "tend".into(),
            inputs: keeper::Definition::inputs(&keeper::Transition::Tend),
            execution: number.to_string().into(),
            cause: None,
            attempt: 1,
            interruptions: 0,
            failure: None,
            until: None,
            parked: false,
            last_failure: None,
            panicked: None,
        }),
        entered: now.checked_sub(Duration::from_secs(60)),
        spent: Vec::new(),
        intervention: None,
        failures: Vec::new(),
    }
}

/// How much memory this process holds, in bytes.
pub(crate) fn resident() -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let mut lines = status
        .lines()
        .filter_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = lines.next().and_then(|rest| rest.split_whitespace().next());
    let kilobytes = kilobytes.and_then(|kilobytes| kilobytes.parse::<u64>().ok());
    kilobytes
        .map(|kilobytes| kilobytes * 1024)
        .ok_or_else(|| io::Error::other("the system does not say"))
}

/// How long the processors have worked for this process, in seconds.
pub(crate) fn worked() -> io::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name of the program, in brackets, may have blanks; the two are its 14th and 15th word.
    let words = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks = words
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / 100.0)
}
