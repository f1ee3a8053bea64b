//! The text of a failure, whatever stands in it: its first 4 KiB are kept as they are, and
//! handed on. What an operator sets is kept whole.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "helpers of tests"
)]

use std::path::Path;

use inflight::store::{JournalStore, MemoryStore, SqliteStore, Store};

inflight::workflow! {
    workflow pot {
        initial state cold
        state boiling
        /// Scrub it.
        error state burnt { reason: string }

        action heat
        action report(text: string)

        transition cook: cold -> boiling {
            do heat
            retry 1
            on error burn -> burnt(reason: failure) { do report(text: failure) }
        }
        transition cool: boiling | burnt -> cold
    }
}

struct Stove {
    text: String,
    reported: Vec<String>,
}

impl pot::Actions for Stove {
    type Error = String;

    async fn heat(&mut self, _: &pot::Context) -> Result<(), String> {
        Err(self.text.clone())
    }

    async fn report(&mut self, text: String, _: &pot::Context) -> Result<(), String> {
        self.reported.push(text);
        Err(self.text.clone())
    }
}

/// Fails with a text, and opens what was written.
async fn check<S: Store + Clone>(open: impl Fn() -> S, text: &str) {
    let stove = || Stove {
        text: text.to_owned(),
        reported: Vec::new(),
    };
    let store = open();
    let pot = pot::Workflow::open(store, "1", stove()).await.unwrap();
    let mut locked = pot.lock().await;
    let outcome = locked.fire(pot::Transition::Cook).await.unwrap();
    let kept = &text[..text.floor_char_boundary(4096)];
    let failures: Vec<_> = outcome.failures().collect();
    assert!(failures == [kept; 3], "{} failures", failures.len());
    assert!(locked.actions().reported == [kept]);
    let reason = text.to_owned();
    let set = locked.set_state(pot::State::Burnt { reason }).cause(text);
    set.await.unwrap();
    let (id, record) = (pot.instance().clone(), pot.record());
    drop((locked, pot));

    let store = open();
    let history = store.history(&id).await.unwrap();
    let [.., failed, set] = history.as_slice() else {
        panic!("{} records", history.len());
    };
    let cause = set.intervention.as_ref().and_then(|it| it.cause.as_deref());
    assert!(cause == Some(text));
    let failures: Vec<_> = { failed.failures.iter() }.map(|it| &*it.failure).collect();
    assert!(failures == [kept; 2], "{} failures", failures.len());
    let again = history
        .iter()
        .filter_map(|it| it.inflight.as_ref()?.last_failure.as_deref());
    assert!(again.eq([kept]));
    let pot = pot::Workflow::open(store, "1", stove()).await.unwrap();
    assert!(*pot.record() == *record);
}

#[tokio::test]
async fn a_text_is_kept_whatever_stands_in_it() {
    let odd = "\u{0}\u{1b}[31m\"\\\r\n\u{202e}\u{fffd}\u{fffe}\u{10ffff}\u{feff}";
    let huge = format!("{odd}{}", "it is stuck; ".repeat(200_000));
    for text in ["", odd, &huge] {
        let memory = MemoryStore::new();
        check(|| memory.take_over(), text).await;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| Path::join(folder.path(), name);
        check(|| SqliteStore::open(at("state.db")).unwrap(), text).await;
        check(|| JournalStore::open(at("state")).unwrap(), text).await;
    }
}
