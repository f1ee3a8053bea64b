//! The process dies at every point of a life, and again while it recovers: in every commit,
//! written or not, in every action, probe and wait, and wherever an activity is started or
//! stopped.
//!
//! Whatever runs is in flight according to what is durable, and neither waiting, parked nor
//! done; what activities run is what the workflow says; and it ends, at rest or parked.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use inflight::store::ReadStore;
use inflight::testing::{After, CrashStore, Crashes, Process, Survived};
use inflight::{Clock, Definition, Verdict};

use Act::{Fail, Hang, NotDone, Unknown, Well};
use service::Transition::{DropAll, Install, Look, MoveOn, Test};
use support::{Act, Script, now, seconds, serve, service};

/// A transition that is fired, and what its actions do.
type Step = (service::Transition, Vec<Act>);

/// The activities that run in a process.
type Running = Arc<Mutex<BTreeSet<String>>>;

/// Looks at every call of the user's code.
fn witness(script: &mut Script, store: CrashStore) -> Running {
    let running = Running::default();
    let seen = Arc::clone(&running);
    script.witness = Some(Arc::new(move |call, cx| {
        let mut running = seen.lock().unwrap();
        match (call.split_at(1), cx) {
            (_, Some(cx)) => {
                let record = now(store.load(cx.instance())).unwrap().unwrap();
                let record = service::Record::try_from(record).unwrap();
                let inflight = record.inflight.as_ref().unwrap();
                assert_eq!(&*inflight.execution, cx.execution(), "{call}");
                assert_eq!(inflight.name(), cx.transition(), "{call}");
                assert_eq!(inflight.attempt, cx.attempt(), "{call}");
                assert!(!record.is_waiting() && !record.is_parked(), "{call}");
                assert_eq!(*running, called_for(&record), "{call}");
            }
            (("+", name), None) => {
                running.insert(name.to_owned());
            }
            ((_, name), None) => {
                running.remove(name);
            }
        }
        false
    }));
    running
}

/// The activities that a record calls for.
fn called_for(record: &service::Record) -> BTreeSet<String> {
    let inflight = record.inflight.as_ref().map(|inflight| inflight.name());
    let running = service::Definition::activities(record.state.name(), inflight);
    running.into_iter().map(str::to_owned).collect()
}

/// Lives through these steps if it is the first process, and recovers if it is not, when
/// actions do what the last says. Then it is at rest, or parked.
async fn live(process: Process<Script>, steps: &[Step], recovery: &[Act]) -> Survived {
    let mut script = Script::clone(process.world());
    let running = witness(&mut script, process.store());
    let (store, options) = (process.store(), process.options());
    let workflow = service::Workflow::open_with(store, "web-0", script.clone(), options).await?;
    let mut locked = workflow.lock().await;
    if process.crashes() == 0 {
        for (transition, acts) in steps {
            script.acts(acts);
            locked.fire(transition.clone()).await?;
        }
    }
    script.acts(recovery);
    for _ in 0..3 {
        let verdict = locked.synchronize().await?.verdict;
        let record = workflow.record();
        assert_eq!(*running.lock().unwrap(), called_for(&record));
        if matches!(verdict, Verdict::Idle | Verdict::Parked) {
            assert!(record.inflight.is_none() || record.is_parked());
            return Ok(());
        }
    }
    Err("it never comes to rest".into())
}

#[test]
fn wherever_the_process_dies_it_carries_on() {
    let install = || (Install, vec![Fail("no disk")]);
    let up = || (serve(), vec![]);
    let retried = vec![Fail("a"), Hang, Well];
    let given_up = vec![Fail("a"), Fail("b"), Fail("c"), Fail("d"), Well];
    let scenarios: [Vec<Step>; 7] = [
        vec![install(), (serve(), retried)],
        vec![install(), (serve(), given_up)],
        vec![install(), up(), (MoveOn, vec![Fail("a"), Fail("b")])],
        vec![install(), up(), (MoveOn, vec![Fail("a")])],
        vec![install(), up(), (Look, vec![])],
        vec![install(), up(), (Test, vec![])],
        vec![install(), up(), (DropAll, vec![Fail("a")])],
    ];
    let tried = scenarios.iter().map(|steps| {
        let live = async |process| live(process, steps, &[]).await;
        let tried = Crashes::new().everywhere(Script::default, live, |_| {});
        assert!(tried.points > 30, "{tried}");
        tried.trials
    });
    let trials: usize = tried.sum();
    assert!(trials > 3_500, "{trials} trials");
}

/// The same with the answers that a probe can give.
#[test]
fn wherever_the_process_dies_a_probe_is_heard() {
    for answer in [Well, NotDone, Unknown, Fail("no network")] {
        let steps = [(Install, vec![]), (serve(), vec![])];
        let parked = matches!(answer, Unknown | Fail(_));
        let live = async |process| live(process, &steps, std::slice::from_ref(&answer)).await;
        let met = Mutex::new(BTreeSet::new());
        let note = |after: &After<Script>| {
            let record = after.record::<service::Definition>("web-0");
            let is_parked = record.is_some_and(|record| record.is_parked());
            assert!(!is_parked || parked, "{answer:?}");
            met.lock().unwrap().insert(is_parked);
        };
        Crashes::new().everywhere(Script::default, live, note);
        assert_eq!(met.lock().unwrap().contains(&true), parked, "{answer:?}");
    }
}

/// What falls due while no process runs fires late rather than never, wherever the one
/// before died.
#[test]
fn what_falls_due_meanwhile_is_not_lost() {
    let day = seconds(86_400);
    let live = async |process: Process<Script>| {
        let steps = [(Install, vec![]), (serve(), vec![])];
        live(process.clone(), &steps, &[]).await?;
        if process.crashes() > 0 {
            // It may have died before its time began.
            process.clock().sleep(day).await;
            live(process, &steps, &[]).await?;
        }
        Ok(())
    };
    let fired = |after: &After<Script>| {
        let web = inflight::store::InstanceId::new("service", "web-0");
        let history = now(after.store().history(&web)).unwrap();
        let fired = history.into_iter().filter_map(|record| record.inflight);
        let fired: BTreeSet<_> = fired.map(|inflight| inflight.transition).collect();
        let timers = ["expire", "tick", "doze"];
        let late = timers.iter().any(|timer| fired.contains(*timer));
        assert_eq!(late, after.crashes() > 0, "{fired:?}");
    };
    let crashes = Crashes::new().downtime(day);
    crashes.everywhere(Script::default, live, fired);
}
