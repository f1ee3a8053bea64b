//! What can be fired where, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

#[path = "support/unit.rs"]
mod support;

use Act::{Fail, Interrupt, Well};
use support::{Act, Unit, unit};

#[tokio::test]
async fn a_guard_refuses() {
    let mut unit = Unit::open(&[Well, Fail("no port")]).await;
    unit.synchronize().await;
    unit.news().await;
    let mut locked = unit.workflow.lock().await;
    locked.actions_mut().ready = false;
    let error = locked.fire(unit::Transition::RetryStart).await.unwrap_err();
    drop(locked);
    assert_eq!(
        error.to_string(),
        "`retry_start` is refused in `start_error` by the guard `ready`"
    );
    assert_eq!(unit.news().await, "");
}

#[tokio::test]
async fn a_transition_that_does_not_leave_the_state_is_refused() {
    let mut unit = Unit::started(&[]).await;
    let mut locked = unit.workflow.lock().await;
    let mut refused = async |transition| locked.fire(transition).await.unwrap_err().to_string();
    assert_eq!(
        refused(unit::Transition::Install).await,
        "`install` cannot be fired in `started`; possible there: `configure`, `stop`, `kill`"
    );
    let reason = unit::Transition::ErrorConfigure {
        key: "port".to_owned(),
    };
    assert_eq!(
        refused(reason).await,
        "`error_configure` cannot be fired in `started`; possible there: `configure`, `stop`, `kill`"
    );
    drop(locked);
    assert_eq!(unit.news().await, "");
}

#[tokio::test]
async fn an_alias_means_what_it_means_in_the_state() {
    let mut unit = Unit::open(&[Fail("a")]).await;
    unit.synchronize().await;
    unit.news().await;
    let mut locked = unit.workflow.lock().await;
    let outcome = locked.fire_alias(unit::Alias::Retry).await.unwrap();
    assert!(outcome.is_completed());
    let error = locked.fire_alias(unit::Alias::RetryHook).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`retry_hook` means nothing in `started`; possible there: `configure`, `stop`, `kill`"
    );
    drop(locked);
    assert_eq!(
        unit.news().await,
        "(install_error, retry_install) (installed, start) (started)"
    );
}

#[tokio::test]
async fn a_named_state_is_gone_to_where_one_transition_leads_there() {
    let unit = Unit::started(&[]).await;
    let mut locked = unit.workflow.lock().await;
    let mut refused = async |state| locked.go_to(state).await.unwrap_err().to_string();
    assert_eq!(
        refused(unit::StateName::Stopped).await,
        "several transitions lead from `started` to `stopped`: fire one of `stop`, `kill`"
    );
    assert_eq!(
        refused(unit::StateName::Started).await,
        "`configure` needs inputs: fire it with them"
    );
    assert_eq!(
        refused(unit::StateName::New).await,
        "no transition leads from `started` to `new`; possible there: `configure`, `stop`, `kill`"
    );
    drop(locked);

    let unit = Unit::open(&[]).await;
    let mut locked = unit.workflow.lock().await;
    locked.go_to(unit::StateName::Installed).await.unwrap();
    assert!(locked.state().is_started());
}

#[tokio::test]
async fn a_state_offers_its_own_transitions_as_methods() {
    let unit = Unit::started(&[Interrupt]).await;
    let mut locked = unit.workflow.lock().await;
    let outcome = match locked.at().unwrap() {
        unit::At::Started(started) => started.configure("port".to_owned()).await.unwrap(),
        _ => panic!("the unit should be started"),
    };
    assert!(outcome.is_interrupted());
    assert_eq!(
        locked.at().map(drop).unwrap_err().to_string(),
        "`unit/mysql-0` has `configure` in flight: synchronize it first, or have an \
         operator retry, skip or abandon it"
    );
}
