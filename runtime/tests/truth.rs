//! The table of truth: what each operation persists, and what it tells.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

#[path = "support/unit.rs"]
mod support;

use inflight::Resolution;
use inflight::store::{MemoryStore, ReadStore, StoredRecord};

use Act::{Fail, Hang, Interrupt, Well};
use support::{Act, Unit, configure, persisted, told, unit};

#[tokio::test]
async fn install_all_well() {
    let mut unit = Unit::open(&[]).await;
    let told = unit.fire(unit::Transition::Install).await;
    assert_eq!(
        told,
        [
            "completed",
            "install: new -> installed",
            "start: installed -> started"
        ]
    );
    assert_eq!(
        unit.news().await,
        "(new, install) (installed, start) (started)"
    );
    assert_eq!(unit.calls(), ["install(true)", "start"]);
}

#[tokio::test]
async fn install_fails() {
    let mut unit = Unit::open(&[Fail("no disk")]).await;
    let told = unit.fire(unit::Transition::Install).await;
    assert_eq!(
        told,
        [
            "failed, handled",
            "install: new, failed: no disk",
            "error_install: new -> install_error"
        ]
    );
    assert_eq!(
        unit.news().await,
        "(new, install) (new, error_install) (install_error)"
    );
    let reason = "no disk".to_owned();
    assert_eq!(unit.workflow.state(), unit::State::InstallError { reason });
}

#[tokio::test]
async fn the_automatic_start_fails() {
    let mut unit = Unit::open(&[Well, Fail("no port")]).await;
    let outcome = unit
        .workflow
        .lock()
        .await
        .fire(unit::Transition::Install)
        .await
        .unwrap();
    assert!(outcome.is_completed() && !outcome.is_clean());
    assert_eq!(outcome.failures().collect::<Vec<_>>(), ["no port"]);
    assert_eq!(
        unit.news().await,
        "(new, install) (installed, start) (installed, error_start) (start_error)"
    );
}

#[tokio::test]
async fn a_retry_without_an_error_transition_fails() {
    let mut unit = Unit::open(&[Fail("a"), Fail("b")]).await;
    unit.synchronize().await;
    unit.news().await;
    let told = unit.fire(unit::Transition::RetryInstallHook).await;
    assert_eq!(
        told,
        ["failed", "retry_install_hook: install_error, failed: b"]
    );
    assert_eq!(
        unit.news().await,
        "(install_error, retry_install_hook) (install_error)"
    );
    let reason = "a".to_owned();
    assert_eq!(unit.workflow.state(), unit::State::InstallError { reason });
}

#[tokio::test]
async fn the_error_transition_fails_too() {
    let mut unit = Unit::started(&[Fail("bad port"), Fail("cannot halt")]).await;
    let told = unit.fire(configure()).await;
    assert_eq!(
        told,
        [
            "failed",
            "configure: started, failed: bad port",
            "error_configure: started, failed: cannot halt"
        ]
    );
    assert_eq!(
        unit.news().await,
        "(started, configure) (started, error_configure) (started)"
    );
}

#[tokio::test]
async fn an_error_transition_has_the_failure_and_the_inputs_of_what_failed() {
    let mut unit = Unit::started(&[Fail("bad port"), Hang])
        .await
        .fire_and_die(configure())
        .await;
    assert_eq!(
        unit.news().await,
        "(started, configure) (started, error_configure)"
    );
    let told = unit.synchronize().await;
    assert_eq!(
        told,
        [
            "failed, handled",
            "error_configure: started -> configure_error"
        ]
    );
    assert_eq!(
        unit.news().await,
        "(started, error_configure, interrupted 1) (configure_error)"
    );
    let (reason, key) = ("bad port".to_owned(), Some("port".to_owned()));
    assert_eq!(
        unit.workflow.state(),
        unit::State::ConfigureError { reason, key }
    );
}

#[tokio::test]
async fn a_guard_keeps_an_automatic_transition_from_firing_until_synchronize() {
    let mut unit = Unit::open(&[]).await;
    unit.workflow.lock().await.actions_mut().ready = false;
    unit.synchronize().await;
    assert_eq!(unit.news().await, "(new, install) (installed)");
    assert_eq!(unit.synchronize().await, ["nothing to do"]);
    unit.workflow.lock().await.actions_mut().ready = true;
    unit.synchronize().await;
    assert_eq!(unit.news().await, "(installed, start) (started)");
}

#[tokio::test]
async fn killed_during_the_action() {
    let mut unit = Unit::open(&[Hang])
        .await
        .fire_and_die(unit::Transition::Install)
        .await;
    assert_eq!(unit.news().await, "(new, install)");
    let error = unit
        .workflow
        .lock()
        .await
        .fire(unit::Transition::Install)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`unit/mysql-0` has `install` in flight: synchronize it first, or have an \
         operator retry, skip or abandon it"
    );
    assert_eq!(unit.news().await, "");
    assert_eq!(unit.synchronize().await[0], "completed");
    assert_eq!(
        unit.news().await,
        "(new, install, interrupted 1) (installed, start) (started)"
    );
    assert_eq!(
        unit.calls(),
        ["install(true)", "install(true), interrupted 1", "start"]
    );
}

#[tokio::test]
async fn a_re_run_keeps_inputs_execution_and_cause() {
    let unit = Unit::started(&[Hang]).await;
    {
        let mut locked = unit.workflow.lock().await;
        let mut fire = std::pin::pin!(locked.fire(configure()).cause("request-7"));
        unit.until_hanging(fire.as_mut()).await;
    }
    let before = unit.workflow.record().inflight.clone().unwrap();
    let unit = unit.reborn().await;
    unit.script.next(&[Interrupt]);
    let outcome = unit.workflow.lock().await.synchronize().await.unwrap();
    assert!(outcome.is_interrupted());
    let after = unit.workflow.record().inflight.clone().unwrap();
    assert_eq!(after.interruptions, 1);
    assert_eq!(
        inflight::Inflight {
            interruptions: 0,
            ..after
        },
        before
    );
    assert_eq!(before.cause.as_deref(), Some("request-7"));
    assert_eq!(before.attempt, 1);
}

#[tokio::test]
async fn what_kills_its_process_every_time_takes_its_error_transition() {
    let mut unit = Unit::open(&[Hang])
        .await
        .fire_and_die(unit::Transition::Install)
        .await;
    for _ in 0..10 {
        unit.script.next(&[Hang]);
        unit = unit.synchronize_and_die().await;
    }
    unit.news().await;
    let told = unit.synchronize().await;
    assert_eq!(
        told,
        [
            "failed, handled",
            "install: new, failed: interrupted 11 times",
            "error_install: new -> install_error"
        ]
    );
    assert_eq!(unit.news().await, "(new, error_install) (install_error)");
}

#[tokio::test]
async fn without_an_error_transition_it_is_parked_until_it_is_resolved() {
    let mut unit = Unit::open(&[Fail("a")]).await;
    unit.synchronize().await;
    unit.script.next(&[Hang]);
    unit = unit.fire_and_die(unit::Transition::RetryInstallHook).await;
    for _ in 0..10 {
        unit.script.next(&[Hang]);
        unit = unit.synchronize_and_die().await;
    }
    unit.news().await;
    assert_eq!(unit.synchronize().await, ["parked"]);
    assert!(unit.workflow.record().is_parked());
    let mut locked = unit.workflow.lock().await;
    let error = locked
        .fire(unit::Transition::RetryInstall)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`unit/mysql-0` has `retry_install_hook` in flight, which was interrupted and waits for \
         an operator: resolve it by retrying, skipping or abandoning it"
    );
    assert_eq!(locked.possible().count(), 0);
    drop(locked);
    assert_eq!(
        unit.news().await,
        "(install_error, retry_install_hook, interrupted 11, parked)"
    );
    let mut unit = unit.reborn().await;
    assert_eq!(unit.synchronize().await, ["parked"]);
    assert_eq!(unit.news().await, "");

    unit.script.next(&[Hang]);
    {
        let mut locked = unit.workflow.lock().await;
        let retry = locked.resolve(Resolution::Retry).cause("operator");
        let mut retry = std::pin::pin!(retry);
        unit.until_hanging(retry.as_mut()).await;
    }
    unit = unit.reborn().await;
    assert_eq!(unit.news().await, "(install_error, retry_install_hook)");
    let inflight = unit.workflow.record().inflight.clone().unwrap();
    assert_eq!(inflight.cause.as_deref(), Some("operator"));

    let outcome = unit
        .workflow
        .lock()
        .await
        .resolve(Resolution::Abandon)
        .await
        .unwrap();
    assert_eq!(told(&outcome), ["abandoned"]);
    assert_eq!(unit.news().await, "(install_error)");
}

#[tokio::test]
async fn an_error_that_says_interrupted_leaves_the_transition_in_flight() {
    let mut unit = Unit::started(&[Interrupt]).await;
    let told = unit.fire(configure()).await;
    assert_eq!(
        told,
        [
            "interrupted",
            "configure: started, interrupted: shutting down"
        ]
    );
    assert_eq!(unit.news().await, "(started, configure)");
}

#[tokio::test]
async fn a_panic_propagates_and_leaves_the_transition_in_flight() {
    let mut unit = Unit::started(&[Act::Panic]).await;
    let workflow = unit.workflow.clone();
    let fired = tokio::spawn(async move {
        let mut locked = workflow.lock().await;
        locked
            .fire(configure())
            .await
            .map(|outcome| outcome.verdict)
    });
    assert!(fired.await.unwrap_err().is_panic());
    let records = "(started, configure) (started, configure, panicked)";
    assert_eq!(unit.news().await, records);
    let inflight = unit.workflow.record().inflight.clone().unwrap();
    assert_eq!(inflight.panicked.as_deref(), Some("an action panics"));
    assert_eq!(unit.synchronize().await[0], "completed");
}

#[tokio::test]
async fn synchronize_when_all_is_well_writes_nothing() {
    let mut unit = Unit::started(&[]).await;
    assert_eq!(unit.synchronize().await, ["nothing to do"]);
    assert_eq!(unit.news().await, "");
    let mut unit = unit.reborn().await;
    assert_eq!(unit.news().await, "");
    assert_eq!(unit.workflow.state(), unit::State::Started);
}

inflight::workflow! {
    workflow chain {
        initial state one
        state two
        state three
        state four
        state five
        final state six
        transition a: one -> two { automatic }
        transition b: two -> three { automatic }
        transition c: three -> four { automatic }
        transition d: four -> five { automatic }
        transition e: five -> six { automatic }
    }
}

struct Nothing;

impl chain::Actions for Nothing {
    type Error = std::convert::Infallible;
}

#[tokio::test]
async fn a_chain_of_n_automatic_transitions_costs_n_plus_one_commits() {
    let store = MemoryStore::new();
    let workflow = chain::Workflow::open(store.clone(), "only", Nothing)
        .await
        .unwrap();
    let outcome = workflow.lock().await.synchronize().await.unwrap();
    assert_eq!(outcome.steps.len(), 5);
    assert_eq!(
        persisted(&store, workflow.instance()).await,
        [
            "(one, a)",
            "(two, b)",
            "(three, c)",
            "(four, d)",
            "(five, e)",
            "(six)"
        ]
    );
}

#[tokio::test]
async fn a_record_read_from_a_store_has_its_types_again() {
    let unit = Unit::started(&[]).await;
    let stored = unit
        .store
        .load(unit.workflow.instance())
        .await
        .unwrap()
        .unwrap();
    let record = unit::Record::try_from(stored.clone()).unwrap();
    assert_eq!(record, *unit.workflow.record());
    assert!(
        unit.workflow
            .lock()
            .await
            .synchronize()
            .await
            .unwrap()
            .is_clean()
    );

    let state = "begun".into();
    let error = unit::Record::try_from(StoredRecord { state, ..stored }).unwrap_err();
    assert_eq!(error.to_string(), "there is no state `begun`");
}
