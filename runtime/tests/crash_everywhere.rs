//! What `crash_everywhere` finds, and what it says of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "the helpers fail where something is amiss, and a process tells the test by printing"
)]

#[path = "crash_everywhere/bank.rs"]
mod bank;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bank::{Bank, Clerk, account, paid_once, pay};
use inflight::testing::{After, Crashes, Process, Tried, crash_everywhere};
use inflight::{Clock, Fleet, Resolution};

/// What is said when a scenario fails, or what was tried.
fn said(scenario: impl FnOnce() -> Tried) -> String {
    match catch_unwind(AssertUnwindSafe(scenario)) {
        Ok(tried) => tried.to_string(),
        Err(panic) => *panic.downcast::<String>().unwrap(),
    }
}

#[test]
fn what_bears_it_passes_and_says_how_much_was_tried() {
    let tried = crash_everywhere(
        Bank::default,
        async |process| pay(process, true, 2).await,
        paid_once,
    );
    let expect = "355 trials with up to 2 crashes each, at 22 points";
    assert_eq!(tried.to_string(), expect);
}

#[test]
fn more_and_fewer_crashes() {
    let trials = |depth| {
        let pay = async |process: Process<Bank>| pay(process, true, 0).await;
        let tried = Crashes::new()
            .depth(depth)
            .everywhere(Bank::default, pay, paid_once);
        (tried.points, tried.trials)
    };
    let (points, none) = trials(0);
    assert_eq!(none, 1);
    assert_eq!(trials(1), (points, points + 1));
    assert!(trials(3).1 > 5 * trials(2).1);
}

#[test]
fn an_action_that_is_not_idempotent_is_found() {
    let pay = async |process: Process<Bank>| pay(process, false, 1).await;
    let said = said(|| crash_everywhere(Bank::default, pay, paid_once));
    let expect = "\
the invariant: assertion `left == right` failed: paid 2 times
  left: 2
 right: 1

1. process: killed after the action `pay` of `pay` (point 7 of 21)

account/a-1: (open, pay) (open, pay, interrupted 1) (paid, close) (closed)

to try this alone: INFLIGHT_CRASH=7 cargo test an_action_that_is_not_idempotent_is_found";
    assert_eq!(said, expect);
}

#[test]
fn a_second_crash_finds_what_the_first_does_not() {
    // Its second recovery forgets to be careful.
    let process = async |process: Process<Bank>| {
        let careful = process.crashes() < 2;
        pay(process, careful, 0).await
    };
    let said = said(|| crash_everywhere(Bank::default, process, paid_once));
    let crashes = said.lines().filter(|line| line.contains(". process: "));
    let expect = [
        "1. process: killed before the commit of (open, pay) was written (point 1 of 20)",
        "2. process: killed after the action `pay` of `pay` (point 6 of 20)",
    ];
    assert_eq!(crashes.collect::<Vec<_>>(), expect);
}

#[test]
fn a_process_that_does_not_synchronize_is_found() {
    let forgetful = async |process: Process<Bank>| {
        if process.crashes() > 0 {
            return Ok(());
        }
        pay(process, true, 0).await
    };
    let said = said(|| crash_everywhere(Bank::default, forgetful, |_| {}));
    let expect = "`pay` of `account/a-1` is still in flight, and the process has ended: \
                  does it call `synchronize`?";
    assert_eq!(said.lines().next().unwrap(), expect);
}

#[test]
fn failures_and_waits_are_crashed_in_too() {
    let world = || Bank {
        refusals: AtomicU64::new(2),
        ..Bank::default()
    };
    let pay = async |process| pay(process, true, 1).await;
    let met = Mutex::new(Vec::new());
    let tried = crash_everywhere(world, pay, |after| {
        paid_once(after);
        let record = after.record::<account::Definition>("a-1").unwrap();
        met.lock().unwrap().push(record.version);
    });
    assert!(tried.points > 40, "{tried}");
    let versions = met.into_inner().unwrap();
    assert!(versions.iter().max() > versions.first());
}

#[test]
fn what_waits_for_ever_or_never_ends_is_found() {
    let waits = async |process: Process<Bank>| {
        pay(process, true, 0).await?;
        std::future::pending().await
    };
    let said_first = said(|| crash_everywhere(Bank::default, waits, paid_once));
    assert!(said_first.starts_with("it waits for ever"), "{said_first}");
    assert!(said_first.contains("without any crash"), "{said_first}");

    let ticks = async |process: Process<Bank>| {
        let clock = process.clock();
        loop {
            pay(process.clone(), true, 0).await?;
            clock.sleep(Duration::from_hours(1)).await;
            let clerk = Clerk {
                bank: Arc::default(),
                careful: true,
                waits: 0,
            };
            let (store, options) = (process.store(), process.options());
            let account = account::Workflow::open_with(store, "a-1", clerk, options).await?;
            account
                .lock()
                .await
                .fire(account::Transition::Reopen)
                .await?;
        }
    };
    let said = said(|| crash_everywhere(Bank::default, ticks, |_| {}));
    assert!(said.starts_with("it never ends"), "{said}");
}

#[test]
fn errors_and_chance_are_found() {
    let refused = async |process: Process<Bank>| {
        let again = process.clone();
        pay(process, true, 0).await?;
        let clerk = Clerk {
            bank: Arc::clone(again.world()),
            careful: true,
            waits: 0,
        };
        let (store, options) = (again.store(), again.options());
        let account = account::Workflow::open_with(store, "a-1", clerk, options).await?;
        account.lock().await.resolve(Resolution::Retry).await?;
        Ok(())
    };
    let first = said(|| crash_everywhere(Bank::default, refused, |_| {}));
    let expect = "the process returned an error: `account/a-1` has nothing in flight to resolve";
    assert_eq!(first.lines().next().unwrap(), expect);

    let calls = AtomicU64::new(0);
    let fickle = async |process: Process<Bank>| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => pay(process, true, 0).await,
        _ => Ok(()),
    };
    let said = said(|| crash_everywhere(Bank::default, fickle, |_| {}));
    assert!(said.contains(" points, and not to point "), "{said}");
}

/// A process that boots its machine ends itself, and is tried like any other.
#[test]
fn a_process_may_end_itself() {
    let boots = async |process: Process<Bank>| {
        if process.crashes() == 0 {
            process.crash().await;
        }
        pay(process, true, 0).await
    };
    let tried = crash_everywhere(Bank::default, boots, paid_once);
    assert_eq!(tried.points, 20);
}

/// What is spawned dies with its process, and crashes where it is.
#[test]
fn a_fleet_is_crashed_in_its_tasks_too() {
    let fleet = async |process: Process<Bank>| {
        let fleet = Fleet::with(process.store(), process.options());
        let bank = Arc::clone(process.world());
        let accounts = fleet.register::<account::Definition, _>(move |_| Clerk {
            bank: Arc::clone(&bank),
            careful: true,
            waits: 0,
        })?;
        let running = tokio::spawn(fleet.run());
        fleet.recover(2, |_| {}).await?;
        for name in ["a-1", "a-2"] {
            let mut account = accounts.lock(name).await?;
            if account.state().is_open() {
                account.fire(account::Transition::Pay { cents: 1 }).await?;
            }
        }
        // The last of them lapses by itself, in the task of the fleet.
        process.clock().sleep(Duration::from_hours(25)).await;
        let shutdown = fleet.shutdown(Duration::from_secs(1)).await;
        assert!(shutdown.left.is_empty(), "{shutdown}");
        running.await??;
        Ok(())
    };
    let tried = crash_everywhere(Bank::default, fleet, |after| {
        assert_eq!(after.world().payments.load(Ordering::Relaxed), 2);
        for name in ["a-1", "a-2"] {
            let record = after.record::<account::Definition>(name).unwrap();
            assert!(record.state.is_archived());
        }
    });
    assert!(tried.points > 40, "{tried}");
}

/// A failure says how to try it alone; then nothing else is tried.
#[test]
fn one_trial_can_be_repeated() {
    if env::var("INFLIGHT_CRASH").is_ok() {
        let pay = async |process: Process<Bank>| pay(process, false, 1).await;
        println!(
            "{}",
            said(|| crash_everywhere(Bank::default, pay, paid_once))
        );
        return;
    }
    let repeat = |path: &str| {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "one_trial_can_be_repeated", "--nocapture"]);
        let output = command.env("INFLIGHT_CRASH", path).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let said = repeat("7");
    assert!(said.contains("paid 2 times"), "{said}");
    assert!(
        said.contains("killed after the action `pay` of `pay` (point 7)"),
        "{said}"
    );
    let said = repeat("1.2");
    assert!(
        said.contains("1 trials with up to 2 crashes each"),
        "{said}"
    );
    let said = repeat("999");
    assert!(
        said.contains("it came to 21 points, and not to point 999"),
        "{said}"
    );
    for wrong in ["999/x", "", "0", "7."] {
        let expect = format!("`INFLIGHT_CRASH={wrong}` names no trial: write the points");
        let said = repeat(wrong);
        assert!(said.contains(&expect), "{said}");
    }
}

/// What LANGUAGE.md shows of a failure: its example, whose action does not look first.
#[test]
fn the_rent_is_booked_once() {
    inflight::workflow! {
        workflow ledger {
            initial state open
            state booked
            action book(line: string)
            transition book(line: string): open -> booked { do book(line: line) }
            transition next: booked -> open
        }
    }

    struct Book(Arc<Mutex<String>>);

    impl ledger::Actions for Book {
        type Error = std::convert::Infallible;

        async fn book(&mut self, line: String, _: &ledger::Context) -> Result<(), Self::Error> {
            *self.0.lock().unwrap() += &line;
            Ok(())
        }
    }

    let book = async |process: Process<Mutex<String>>| {
        let book = Book(Arc::clone(process.world()));
        let (store, options) = (process.store(), process.options());
        let ledger = ledger::Workflow::open_with(store, "2026", book, options).await?;
        let mut ledger = ledger.lock().await;
        ledger.synchronize().await?;
        if ledger.state().is_open() {
            let line = "rent".to_owned();
            ledger.fire(ledger::Transition::Book { line }).await?;
        }
        Ok(())
    };
    let booked_once = |after: &After<Mutex<String>>| {
        assert_eq!(*after.world().lock().unwrap(), "rent");
    };
    let said = said(|| crash_everywhere(Mutex::default, book, booked_once));
    let language = include_str!("../../LANGUAGE.md");
    assert!(
        language.contains(&format!("```text\n{said}\n```")),
        "{said}"
    );
}

/// Time goes on from process to process.
#[test]
fn time_passes_while_nothing_runs() {
    let times = Mutex::new(Vec::new());
    let process = async |process: Process<Bank>| {
        times.lock().unwrap().push(process.clock().now());
        pay(process, true, 1).await
    };
    let crashes = Crashes::new().depth(1).downtime(Duration::from_hours(2));
    crashes.everywhere(Bank::default, process, paid_once);
    let times = times.into_inner().unwrap();
    // The first trial has one process, the others two.
    let pair = &times[1..3];
    let between = pair[1].duration_since(pair[0]).unwrap();
    assert!(between >= Duration::from_hours(2), "{between:?}");
}
