//! What an operator sees in traces.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/unit.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use inflight::store::MemoryStore;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use support::{Act, Script, unit};

type Fields = BTreeMap<&'static str, String>;

/// The spans and warnings, with their fields.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(String, Fields)>>>);

struct Record<'a>(&'a mut Fields);

impl Visit for Record<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl<S: Subscriber> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Record(&mut fields));
        let name = attributes.metadata().name().to_owned();
        self.0.lock().unwrap().push((name, fields));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == tracing::Level::WARN {
            let mut fields = Fields::new();
            event.record(&mut Record(&mut fields));
            self.0.lock().unwrap().push(("warning".to_owned(), fields));
        }
    }
}

impl Seen {
    fn take(&self, name: &str) -> Vec<Fields> {
        let mut seen = self.0.lock().unwrap();
        let all = std::mem::take(&mut *seen);
        let (taken, left) = all.into_iter().partition(|(this, _)| this == name);
        *seen = left;
        taken.into_iter().map(|(_, fields)| fields).collect()
    }
}

#[tokio::test]
async fn lock_fire_action_and_commit_say_what_they_are_about() {
    let seen = Seen::default();
    let _guard =
        tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));
    let workflow = unit::Workflow::open(MemoryStore::new(), "mysql-0", Script::new(&[]))
        .await
        .unwrap();
    let mut locked = workflow.lock().await;
    assert!(seen.take("lock")[0]["location"].contains("spans.rs"));
    locked
        .fire(unit::Transition::Install)
        .cause("request-1")
        .await
        .unwrap();

    let [fire] = <[Fields; 1]>::try_from(seen.take("fire")).unwrap();
    assert_eq!(fire["instance"], "unit/mysql-0");
    assert_eq!(fire["transition"], "install");
    assert_eq!(fire["cause"], "request-1");
    assert_eq!(fire["attempt"], "1");

    let [install, start] = <[Fields; 2]>::try_from(seen.take("action")).unwrap();
    assert_eq!(install["execution"], fire["execution"]);
    assert_eq!(install["transition"], "install");
    assert_eq!(install["attempt"], "1");
    assert_eq!(start["transition"], "start");
    assert_ne!(start["execution"], fire["execution"]);

    let [begin, enter, rest] = <[Fields; 3]>::try_from(seen.take("commit")).unwrap();
    assert_eq!(begin["execution"], fire["execution"]);
    assert_eq!((&*begin["state"], &*begin["version"]), ("new", "1"));
    assert_eq!(enter["execution"], start["execution"]);
    assert_eq!((&*rest["state"], &*rest["version"]), ("started", "3"));
    assert!(!rest.contains_key("transition"));
}

#[tokio::test]
async fn locking_twice_in_one_task_is_reported() {
    let seen = Seen::default();
    let _guard =
        tracing::subscriber::set_default(tracing_subscriber::registry().with(seen.clone()));
    let workflow = unit::Workflow::open(MemoryStore::new(), "mysql-0", Script::new(&[Act::Well]))
        .await
        .unwrap();
    let _held = workflow.lock().await;
    let line = line!() - 1;
    let timeout = std::time::Duration::from_millis(1);
    let error = workflow.lock_timeout(timeout).await.map(drop).unwrap_err();
    assert!(
        error.to_string().contains(&format!("spans.rs:{line}:")),
        "{error}"
    );
    let [warning] = <[Fields; 1]>::try_from(seen.take("warning")).unwrap();
    assert_eq!(
        warning["message"],
        "waiting for a lock that the same task holds"
    );
    assert!(
        warning["holder"].contains(&format!("spans.rs:{line}:")),
        "{warning:?}"
    );
    assert!(warning["location"].contains("spans.rs"), "{warning:?}");
}
