//! The numbers that the feature `metrics` gives.

#![allow(
    clippy::unwrap_used,
    reason = "the helpers fail where something is amiss"
)]

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use inflight::store::{MemoryStore, SqliteStore};
use inflight::testing::HandClock;
use inflight::{Options, Resolution};
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

#[path = "support/poll.rs"]
mod poll;
use poll::{now, poll};

inflight::workflow! {
    workflow pump {
        initial state off
        state on
        action turn
        transition start: off -> on { do turn retry 1 backoff 10s on interrupt ask }
        transition stop: on -> off { do turn }
    }
}

/// Fails, hangs, or is well.
struct Pump(Vec<&'static str>);

impl pump::Actions for Pump {
    type Error = String;

    async fn turn(&mut self, _: &pump::Context) -> Result<(), String> {
        match self.0.pop() {
            Some("hang") => std::future::pending().await,
            Some(failure) => Err(failure.to_owned()),
            None => Ok(()),
        }
    }
}

/// Keeps all numbers, by name and labels.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<BTreeMap<String, f64>>>);

struct One(Kept, String);

impl One {
    fn add(&self, more: f64) {
        *self.0.0.lock().unwrap().entry(self.1.clone()).or_default() += more;
    }
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
impl CounterFn for One {
    fn increment(&self, value: u64) {
        self.add(value as f64);
    }

    fn absolute(&self, _: u64) {}
}

impl GaugeFn for One {
    fn increment(&self, value: f64) {
        self.add(value);
    }

    fn decrement(&self, value: f64) {
        self.add(-value);
    }

    fn set(&self, _: f64) {}
}

impl HistogramFn for One {
    fn record(&self, value: f64) {
        self.add(value);
    }
}

impl Kept {
    fn one(&self, key: &Key) -> Arc<One> {
        let labels = key.labels().map(|label| label.value());
        let labels: Vec<_> = labels.collect();
        let name = format!("{} {}", key.name(), labels.join(" "));
        Arc::new(One(self.clone(), name.trim_end().to_owned()))
    }

    fn shown(&self) -> Vec<String> {
        let kept = self.0.lock().unwrap();
        let kept = kept.iter().filter(|(_, value)| **value != 0.0);
        kept.map(|(name, value)| format!("{name} {value}"))
            .collect()
    }
}

impl Recorder for Kept {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.one(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.one(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.one(key))
    }
}

fn gathered(work: impl FnOnce(&Kept)) -> Vec<String> {
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || work(&kept));
    kept.shown()
}

#[test]
fn attempts_failures_interruptions_and_ages_are_told() {
    let told = gathered(|kept| {
        let store = MemoryStore::new();
        let clock = HandClock::new();
        // Executions begin by the system's clock.
        let ahead = SystemTime::now().duration_since(inflight::Clock::now(&clock));
        clock.advance(ahead.unwrap_or_default());
        let options = || Options::new().clock(clock.clone()).random(|| u64::MAX);
        let pump = Pump(vec!["hang", "stuck"]);
        let workflow = pump::Workflow::open_with(store.clone(), "1", pump, options());
        let workflow = now(workflow).unwrap();
        {
            let mut lock = now(workflow.lock());
            let mut start = pin!(lock.fire(pump::Transition::Start));
            assert!(poll(start.as_mut()).is_none());
            clock.advance(Duration::from_secs(10));
            assert!(poll(start.as_mut()).is_none());
        }
        let mut lock = now(workflow.lock());
        now(lock.synchronize()).unwrap();
        assert!(kept.shown().contains(&"inflight_parked pump 1".to_owned()));
        clock.advance(Duration::from_secs(3_590));
        now(lock.resolve(Resolution::Abandon)).unwrap();
        let _fenced = store.take_over();
        now(lock.fire(pump::Transition::Start)).unwrap_err();
    });
    let (ages, told): (Vec<_>, Vec<_>) =
        (told.into_iter()).partition(|line| line.starts_with("inflight_age_seconds pump start "));
    assert_eq!(
        told,
        [
            "inflight_attempts_total pump start 2",
            "inflight_commits_total pump 5",
            "inflight_failures_total pump start 1",
            "inflight_fenced_total pump 1",
            "inflight_interruptions_total pump start 1",
        ]
    );
    let age: f64 = ages.concat().rsplit(' ').next().unwrap().parse().unwrap();
    assert!((3_599.0..3_700.0).contains(&age), "{age}");
}

#[test]
fn what_is_in_flight_is_counted_as_long_as_it_is_open() {
    let told = gathered(|kept| {
        let workflow = pump::Workflow::open(MemoryStore::new(), "1", Pump(vec!["hang"]));
        let workflow = now(workflow).unwrap();
        {
            let mut lock = now(workflow.lock());
            let mut start = pin!(lock.fire(pump::Transition::Start));
            assert!(poll(start.as_mut()).is_none());
        }
        let shown = kept.shown();
        assert!(
            shown.contains(&"inflight_in_flight pump 1".to_owned()),
            "{shown:?}"
        );
        // Somebody still has it in hand: it is closed all the same.
        now(workflow.close());
        let open = |line: &String| line.starts_with("inflight_in_flight");
        assert!(!kept.shown().iter().any(open), "{:?}", kept.shown());
    });
    assert!(
        !told
            .iter()
            .any(|line| line.starts_with("inflight_in_flight")),
        "{told:?}"
    );
}

/// Syncs are made by the thread of a store, which has the recorder of the process.
#[tokio::test]
async fn syncs_are_counted() {
    let kept = Kept::default();
    metrics::set_global_recorder(kept.clone())
        .map_err(drop)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("state.db")).unwrap();
    let workflow = pump::Workflow::open(store, "1", Pump(Vec::new()))
        .await
        .unwrap();
    workflow
        .lock()
        .await
        .fire(pump::Transition::Start)
        .await
        .unwrap();
    let shown = kept.shown();
    assert!(
        shown.contains(&"inflight_syncs_total 2".to_owned()),
        "{shown:?}"
    );
    assert!(
        shown
            .iter()
            .any(|line| line.starts_with("inflight_commit_seconds pump "))
    );
}
