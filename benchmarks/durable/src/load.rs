//! Tasks that commit one record after another, each for an instance of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use inflight::Fields;
use inflight::store::{Commit, InstanceId, Store, StoredRecord};
use tokio::runtime::Runtime;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::kernel::cpu;
use crate::raw::RawLog;

/// How long a record is in the raw log; as JSON, those of the stores are as long.
const LENGTH: usize = 200;

const SOURCE: &str = "workflow load { initial state running }";

/// What came of a run.
#[derive(Clone, Copy)]
pub struct Rate {
    /// Commits a second.
    pub commits: f64,
    /// Syncs for each of them.
    pub syncs: f64,
    /// Microseconds of processor time for each of them, in all threads.
    pub cpu: f64,
}

/// Counts the groups that stores write: each is one sync.
#[derive(Clone, Default)]
pub struct Groups(Arc<AtomicU64>);

impl Groups {
    /// How many there were.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Subscriber for Groups {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "inflight::store::committer"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The instance of a task.
pub fn instance(task: usize) -> InstanceId {
    InstanceId::new("load", format!("unit/{task}"))
}

/// A commit of the record of this version.
pub fn commit(instance: &InstanceId, epoch: u64, version: u64, variables: &Fields) -> Commit {
    Commit {
        instance: instance.clone(),
        epoch,
        expected: version - 1,
        record: StoredRecord {
            version,
            committed: SystemTime::now(),
            fingerprint: 0x1234_5678_9abc_def0,
            state: "running".into(),
            variables: variables.clone(),
            inflight: None,
            entered: None,
            spent: Vec::new(),
            intervention: None,
            failures: Vec::new(),
        },
        source: SOURCE,
    }
}

/// The variables of every record.
pub fn variables() -> Fields {
    let text = "of a length that makes all of it 200";
    serde_json::from_value(serde_json::json!({ "note": text })).unwrap_or_default()
}

/// Commits through a store for a while.
pub fn store(
    runtime: &Runtime,
    store: &Arc<dyn Store>,
    groups: &Groups,
    tasks: usize,
    time: Duration,
) -> Rate {
    let before = groups.count();
    let spent = cpu();
    let started = Instant::now();
    let handles: Vec<_> = (0..tasks)
        .map(|task| {
            let store = Arc::clone(store);
            runtime.spawn(async move {
                let instance = instance(task);
                let Ok(claim) = store.claim(&instance).await else {
                    return 0;
                };
                let first = claim.record.as_ref().map_or(0, |record| record.version);
                let variables = variables();
                let mut version = first;
                while started.elapsed() < time {
                    let next = commit(&instance, claim.epoch, version + 1, &variables);
                    if store.commit(next).await.is_err() {
                        break;
                    }
                    version += 1;
                }
                version - first
            })
        })
        .collect();
    rate(runtime, handles, (started, spent), || {
        groups.count() - before
    })
}

/// Commits to the raw log for a while.
pub fn raw(runtime: &Runtime, log: &RawLog, tasks: usize, time: Duration) -> Rate {
    let before = log.syncs();
    let spent = cpu();
    let started = Instant::now();
    let handles: Vec<_> = (0..tasks)
        .map(|_| {
            let log = log.clone();
            runtime.spawn(async move {
                let mut commits = 0;
                while started.elapsed() < time && log.commit(vec![7; LENGTH]).await {
                    commits += 1;
                }
                commits
            })
        })
        .collect();
    rate(runtime, handles, (started, spent), || log.syncs() - before)
}

fn rate(
    runtime: &Runtime,
    handles: Vec<tokio::task::JoinHandle<u64>>,
    (started, spent): (Instant, f64),
    syncs: impl FnOnce() -> u64,
) -> Rate {
    let mut commits = 0;
    for handle in handles {
        commits += runtime.block_on(handle).unwrap_or(0);
    }
    let commits = commits as f64;
    Rate {
        commits: commits / started.elapsed().as_secs_f64(),
        syncs: syncs() as f64 / commits,
        cpu: (cpu() - spent) / commits,
    }
}
