//! Stores for operators to look at, written record by record.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, SystemTime};

use inflight::Json;
use inflight::store::{
    Commit, InstanceId, JournalStore, ReadStore as _, SqliteStore, Store, StoredFailure,
    StoredRecord,
};
use serde_json::json;

/// What the stores of the tests hold instances of.
pub(crate) const UNIT: &str = include_str!("unit.workflow");

/// What a future of a store's comes to.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::yield_now(),
        }
    }
}

/// Waits until nobody owns the store. A child that another test is just starting has the lock
/// of a store that was closed meanwhile, until it becomes the command.
pub(crate) fn until_free(path: &Path) {
    let owner = || match path.is_dir() {
        true => JournalStore::owner(path),
        false => SqliteStore::owner(path),
    };
    while owner().unwrap().is_some() {
        thread::yield_now();
    }
}

/// A store that is filled.
pub(crate) struct Filled {
    store: Arc<dyn Store>,
    path: PathBuf,
}

impl Filled {
    /// An empty store.
    pub(crate) fn new(path: &Path) -> Self {
        let options = SqliteStore::options().owner("unit-agent");
        Self::of(options.open(path).unwrap(), path)
    }

    /// An empty journal.
    pub(crate) fn journal(path: &Path) -> Self {
        Self::of(JournalStore::open(path).unwrap(), path)
    }

    fn of(store: impl Store, path: &Path) -> Self {
        Self {
            store: Arc::new(store),
            path: path.to_owned(),
        }
    }

    /// The store with an instance in each condition.
    pub(crate) fn demo(path: &Path) -> Self {
        let store = Self::new(path);
        store.fill();
        store
    }

    /// Adds an instance in each condition.
    pub(crate) fn fill(&self) {
        let store = self;
        let port = |port: u16| json!({"port": port});
        let halt = json!({"transition": "halt"});
        store.put("web/0", 7_300, "new", json!({}), Json::Null);
        let install = json!({"transition": "install", "inputs": {"port": 80}, "cause": "ticket 7"});
        store.put("web/0", 7_205, "new", json!({}), install.clone());
        store.put("web/0", 7_200, "started", port(80), Json::Null);

        store.put("web/1", 7_205, "new", json!({}), install.clone());
        store.put("web/1", 7_200, "started", port(80), Json::Null);
        store.put("web/1", 300, "started", port(80), halt.clone());
        let parked = json!({"transition": "halt", "interruptions": 1, "parked": true});
        store.put("web/1", 270, "started", port(80), parked);

        store.put("db/0", 90_000, "new", json!({}), install.clone());
        let failed = json!({
            "transition": "install_failed", "execution": "2",
            "failure": "no space left\non device 7", "cause": "ticket 7",
        });
        store.put("db/0", 89_990, "new", json!({}), failed);
        let reason = json!({"reason": "no space left\non device 7"});
        store.put("db/0", 89_980, "broken", reason, Json::Null);

        store.put("db/1", 630, "new", json!({}), install);
        let second = json!({
            "transition": "install", "inputs": {"port": 80}, "attempt": 2,
            "last_failure": "the port is taken", "until": -5_400, "cause": "ticket 7",
        });
        store.put("db/1", 590, "new", json!({}), second);

        store.put("cache/0", 210, "started", port(90), halt);
        store.put("cache/1", 172_800, "stopped", json!({}), Json::Null);
    }

    /// Lets it know a version of the workflow, as a program does that opens it.
    pub(crate) fn declare(&self, text: &str) {
        let source = text.to_owned().leak();
        wait(self.store.declare("unit", fingerprint(source), source)).unwrap();
    }

    /// Closes it, so that nobody owns it.
    pub(crate) fn close(self) {
        let Self { store, path } = self;
        drop(store);
        until_free(&path);
    }

    /// Writes the next record of a unit, as if so many seconds ago.
    pub(crate) fn put(&self, name: &str, ago: i64, state: &str, variables: Json, inflight: Json) {
        self.write(name, ago, (state, variables), inflight, Vec::new());
    }

    /// The same, where failures led, in words, from the transitions of these names.
    pub(crate) fn fail(
        &self,
        name: &str,
        ago: i64,
        state: (&str, Json),
        failures: &[(&str, &str)],
    ) {
        let failures = failures.iter().map(|(transition, failure)| StoredFailure {
            transition: (*transition).to_owned().into(),
            execution: "1".into(),
            cause: None,
            attempt: 1,
            interruptions: 0,
            at: at(ago),
            failure: (*failure).to_owned(),
            handled: false,
        });
        self.write(name, ago, state, Json::Null, failures.collect());
    }

    fn write(
        &self,
        name: &str,
        ago: i64,
        (state, variables): (&str, Json),
        inflight: Json,
        failures: Vec<StoredFailure>,
    ) {
        let instance = InstanceId::new("unit", name);
        let claim = wait(self.store.claim(&instance)).unwrap();
        let before = claim.record.as_ref();
        let committed = at(ago);
        let entered = before.filter(|before| before.state == state);
        let record = StoredRecord {
            version: before.map_or(0, |before| before.version) + 1,
            committed,
            fingerprint: fingerprint(UNIT),
            state: state.to_owned().into(),
            variables: serde_json::from_value(variables).unwrap(),
            inflight: self::inflight(inflight),
            entered: entered.map_or(Some(committed), |before| before.entered),
            spent: Vec::new(),
            intervention: None,
            failures,
        };
        let commit = Commit {
            epoch: claim.epoch,
            expected: record.version - 1,
            record,
            source: UNIT,
            instance,
        };
        wait(self.store.commit(commit)).unwrap();
    }

    /// The current record of a unit.
    pub(crate) fn record(&self, name: &str) -> StoredRecord {
        let instance = InstanceId::new("unit", name);
        wait(self.store.load(&instance)).unwrap().unwrap()
    }
}

fn inflight(given: Json) -> Option<inflight::store::StoredInflight> {
    let mut whole = json!({
        "inputs": {}, "execution": "1", "cause": null, "attempt": 1, "interruptions": 0,
        "failure": null,
    });
    let until = given.get("until").and_then(Json::as_i64).map(at);
    for (name, value) in given.as_object()? {
        if name != "until" {
            let fields = whole.as_object_mut().unwrap();
            fields.insert(name.clone(), value.clone());
        }
    }
    let mut inflight: inflight::store::StoredInflight = serde_json::from_value(whole).unwrap();
    inflight.until = until;
    Some(inflight)
}

fn at(ago: i64) -> SystemTime {
    let length = Duration::from_secs(ago.unsigned_abs());
    // A little more, so that an age does not change while the test runs.
    let little = Duration::from_millis(200);
    match ago < 0 {
        true => SystemTime::now() + length + little,
        false => SystemTime::now() - length - little,
    }
}

fn fingerprint(text: &str) -> u64 {
    let model = inflight_dsl::compile(text).model.unwrap();
    model.workflows.first().unwrap().fingerprint()
}
