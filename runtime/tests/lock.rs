//! The lock: fair, named, and never in the way of readers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/unit.rs"]
mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use inflight::store::MemoryStore;

use support::{Act, Script, unit};

async fn started(acts: &[Act]) -> unit::Workflow<Script> {
    let script = Script::new(&[]);
    let workflow = unit::Workflow::open(MemoryStore::new(), "mysql-0", script.clone())
        .await
        .unwrap();
    workflow.lock().await.synchronize().await.unwrap();
    script.next(acts);
    workflow
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_is_not_free_in_time_names_its_holder() {
    let workflow = started(&[]).await;
    let held = workflow.lock().await;
    let line = line!() - 1;
    let waiting = workflow.clone();
    let waiter = tokio::spawn(async move {
        waiting
            .lock_timeout(Duration::from_secs(5))
            .await
            .map(drop)
            .unwrap_err()
    });
    let error = waiter.await.unwrap();
    drop(held);
    assert_eq!(error.waited, Duration::from_secs(5));
    let holder = error.holder.as_ref().unwrap();
    assert_eq!(
        (holder.location.file(), holder.location.line()),
        (file!(), line)
    );
    let text = error.to_string();
    assert!(
        text.starts_with("the lock of `unit/mysql-0` was not free within 5s: held by "),
        "{text}"
    );
    assert!(text.contains(&format!("{}:{line}:", file!())), "{text}");
    assert!(format!("{workflow:?}").contains("holder: None"));
}

#[tokio::test(start_paused = true)]
async fn a_lock_that_is_free_is_taken_whatever_the_timeout() {
    let workflow = started(&[]).await;
    assert!(workflow.lock_timeout(Duration::ZERO).await.is_ok());
}

#[tokio::test]
async fn debug_output_names_the_holder() {
    let workflow = started(&[]).await;
    let held = workflow.lock().await;
    let line = line!() - 1;
    let here = format!("line: {line}");
    assert!(format!("{workflow:?}").contains(&here), "{workflow:?}");
    assert!(format!("{held:?}").contains(&here), "{held:?}");
}

#[tokio::test]
async fn first_come_first_served() {
    let workflow = started(&[]).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let held = workflow.lock().await;
    let mut waiters = Vec::new();
    for number in 0..10 {
        let (workflow, order) = (workflow.clone(), Arc::clone(&order));
        waiters.push(tokio::spawn(async move {
            let _held = workflow.lock().await;
            order.lock().unwrap().push(number);
        }));
        tokio::task::yield_now().await;
    }
    drop(held);
    for waiter in waiters {
        waiter.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..10).collect::<Vec<_>>());
}

#[tokio::test]
async fn reading_does_not_wait_for_the_lock() {
    let workflow = started(&[]).await;
    let _held = workflow.lock().await;
    assert_eq!(workflow.state(), unit::State::Started);
    assert_eq!(workflow.record().version, 3);
}

#[tokio::test]
async fn an_instance_is_opened_once() {
    let store = MemoryStore::new();
    let open = async || unit::Workflow::open(store.clone(), "mysql-0", Script::new(&[])).await;
    let first = open().await.unwrap();
    assert!(open().await.is_err());
    drop(first);
    assert!(open().await.is_ok());
}

#[tokio::test]
async fn observers_hear_of_a_record_once_it_is_durable() {
    let workflow = started(&[Act::Fail("bad port")]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&seen);
    workflow.observe(move |record| {
        let inflight = record.inflight.as_ref().map(inflight::Inflight::name);
        heard.lock().unwrap().push((record.state.name(), inflight));
    });
    let key = "port".to_owned();
    let mut locked = workflow.lock().await;
    let outcome = locked
        .fire(unit::Transition::Configure { key })
        .await
        .unwrap();
    assert_eq!(outcome.failures().collect::<Vec<_>>(), ["bad port"]);
    use unit::{StateName as S, TransitionName as T};
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (S::Started, Some(T::Configure)),
            (S::Started, Some(T::ErrorConfigure)),
            (S::ConfigureError, None)
        ]
    );
}

/// Whatever is awaited can be awaited on any thread.
#[tokio::test]
async fn futures_are_send() {
    fn send<T: Send>(future: T) -> T {
        future
    }
    let workflow = started(&[]).await;
    let mut locked = send(workflow.lock()).await;
    drop(send(locked.fire(unit::Transition::Stop)));
    drop(send(locked.go_to(unit::StateName::Stopped)));
    send(locked.synchronize()).await.unwrap();
    if let unit::At::Started(started) = locked.at().unwrap() {
        send(started.stop()).await.unwrap();
    }
    assert!(locked.state().is_stopped());
}
