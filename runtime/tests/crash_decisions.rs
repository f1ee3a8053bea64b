//! What an operator decides in the middle of what fails, waits, hangs and panics, with a crash
//! at every point of it; and again while it recovers, if `RELIABILITY` is `full`.
//!
//! Whatever runs is in flight according to what is durable; the decision is carried out once,
//! or refused and not at all; and it ends, at rest or parked.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inflight::request::{Answer, Command, Request};
use inflight::store::{InstanceId, ReadStore};
use inflight::testing::{After, CrashStore, Crashes, Process, Survived};
use inflight::{Clock, Fields, Fleet, Probe, Verdict};
use tokio::sync::Notify;

#[path = "support/poll.rs"]
mod polling;
use polling::now;

inflight::workflow! {
    workflow boiler {
        initial state cold
        state warm
        state hot { note: string }
        final state steaming
        /// Mend it.
        error state leaking { reason: string }
        /// Buy another.
        error state wrecked { reason: string }

        action heat
        action drain(reason: string)
        action vent

        transition light: cold -> warm { do heat }
        transition boil: warm -> hot(note: "boiled") {
            automatic
            do heat
            retry 1 backoff 10s
            on error leak -> leaking(reason: failure) {
                do drain(reason: failure)
                retry 1 backoff 5s
                on error wreck -> wrecked(reason: failure)
            }
        }
        transition steam: hot -> steaming {
            automatic
            do vent
            retry 1 backoff 1m
            timeout 30m
            on interrupt probe
            on error burst -> leaking(reason: failure) { do drain(reason: failure) }
        }
        transition mend: leaking | wrecked -> cold
    }
}

/// What an action does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Fail,
    /// It goes on for an hour.
    Hang,
    /// The first time; then it hangs.
    Panic,
}

use Act::{Fail, Hang, Panic};

/// What no crash takes away.
struct World {
    /// What actions do, by the transition and its attempt; all others do well.
    acts: BTreeMap<(&'static str, u32), Act>,
    panicked: Mutex<bool>,
    request: Request,
    answer: Mutex<Option<Answer>>,
}

struct Hands(Process<World>);

impl Hands {
    async fn act(&self, cx: &boiler::Context) -> Result<(), String> {
        let store: CrashStore = self.0.store();
        let record = now(store.load(cx.instance())).unwrap().unwrap();
        let record = boiler::Record::try_from(record).unwrap();
        let inflight = record.inflight.as_ref().unwrap();
        assert_eq!(&*inflight.execution, cx.execution());
        assert_eq!(inflight.attempt, cx.attempt());
        assert!(!record.is_waiting() && !record.is_parked());

        let world = self.0.world();
        let name = cx.transition().to_string();
        let mut acts = world.acts.iter();
        let act = acts.find(|((known, attempt), _)| *known == name && *attempt == cx.attempt());
        match act.map(|(_, act)| *act) {
            None => Ok(()),
            // It is long, and has what no text should have.
            Some(Fail) => Err(format!("{}\u{0}\u{fffd}\u{202e}\r\n", "no ".repeat(2_000))),
            Some(Hang) => self.hang().await,
            Some(Panic) => {
                let panicked = std::mem::replace(&mut *world.panicked.lock().unwrap(), true);
                assert!(panicked, "a pipe burst");
                self.hang().await
            }
        }
    }

    async fn hang(&self) -> Result<(), String> {
        self.0.clock().sleep(Duration::from_secs(3_600)).await;
        Ok(())
    }
}

impl boiler::Actions for Hands {
    type Error = String;

    async fn heat(&mut self, cx: &boiler::Context) -> Result<(), String> {
        self.act(cx).await
    }

    async fn drain(&mut self, _: String, cx: &boiler::Context) -> Result<(), String> {
        self.act(cx).await
    }

    async fn vent(&mut self, cx: &boiler::Context) -> Result<(), String> {
        self.act(cx).await
    }

    async fn probe_vent(&mut self, _: &boiler::Context) -> Result<Probe, String> {
        Ok(Probe::NotDone)
    }
}

/// When the operator decides: what is in flight, and whether it waits for its next attempt.
type When = (&'static str, bool);

/// Lights the boiler, and an operator decides when it is time; or carries on.
async fn live(process: Process<World>, (meant, waits): When) -> Survived {
    let (world, clock) = (process.world().clone(), process.clock());
    let (store, options) = (process.store(), process.options());
    let boiler = boiler::Workflow::open_with(store, "1", Hands(process.clone()), options).await?;
    let news = Arc::new(Notify::new());
    let told = Arc::clone(&news);
    boiler.observe(move |_| told.notify_one());
    let operating = async {
        loop {
            let boiler = boiler.clone();
            let operation = tokio::spawn(async move {
                let mut locked = boiler.lock().await;
                let verdict = locked.synchronize().await?.verdict;
                if verdict == Verdict::Idle && locked.state().is_cold() {
                    locked.fire(boiler::Transition::Light).await?;
                }
                Ok::<_, inflight::Error>(())
            });
            // What panics is carried on with.
            if let Ok(ended) = operation.await {
                return ended;
            }
        }
    };
    let deciding = async {
        if world.answer.lock().unwrap().is_some() {
            return Ok(());
        }
        loop {
            let record = boiler.record();
            let inflight = record.inflight.as_ref();
            let is_meant = inflight.is_some_and(|it| it.name().to_string() == meant);
            if is_meant && record.is_waiting() == waits {
                break;
            }
            tokio::select! {
                () = news.notified() => {}
                // It may never be time, after a crash.
                () = clock.sleep(Duration::from_secs(86_400)) => break,
            }
        }
        loop {
            let (boiler, request) = (boiler.clone(), world.request.clone());
            let decision = tokio::spawn(async move { boiler.carry_out(&request).await });
            // If it panics, another call finds out what was done.
            if let Ok(answer) = decision.await {
                let answer = answer?.ok_or("it was taken over")?;
                *world.answer.lock().unwrap() = Some(answer);
                return Ok::<_, Box<dyn std::error::Error>>(());
            }
        }
    };
    let (operated, decided) = tokio::join!(operating, deciding);
    operated?;
    decided?;
    for _ in 0..4 {
        let verdict = boiler.lock().await.synchronize().await?.verdict;
        if matches!(verdict, Verdict::Idle | Verdict::Parked) {
            return Ok(());
        }
    }
    Err("it never comes to rest".into())
}

/// The answer tells what the history proves.
fn is_honest(after: &After<World>, ends: &Mutex<BTreeSet<String>>) {
    let world = after.world();
    let answer = world.answer.lock().unwrap().clone().unwrap();
    let boiler = InstanceId::new("boiler", "1");
    let history = now(after.store().history(&boiler)).unwrap();
    let led_to: Vec<_> = { history.iter() }
        .filter(|record| world.request.led_to(record))
        .collect();
    let decided = { led_to.iter() }
        .filter(|record| {
            let intervention = record.intervention.as_ref();
            intervention.is_some_and(|it| it.cause == Some(world.request.cause()))
        })
        .count();
    assert!(decided <= 1, "it was carried out {decided} times");
    match &answer {
        Answer::Refused { reason } => assert_eq!(led_to.len(), 0, "{reason}"),
        Answer::Done { verdict, .. } => assert!(decided == 1, "{verdict}"),
    }
    let last = history.last().unwrap();
    let word = match answer {
        Answer::Refused { .. } => "refused",
        Answer::Done { achieved: true, .. } => "done",
        Answer::Done { .. } => "not achieved",
    };
    ends.lock()
        .unwrap()
        .insert(format!("{word}: {}", last.state));
}

fn set_state(state: &str, variables: Fields) -> Command {
    Command::SetState {
        state: state.to_owned(),
        variables,
    }
}

/// What the operator may decide.
fn commands() -> Vec<Command> {
    let odd = "\u{0}\"\u{202e}".repeat(1_000);
    vec![
        Command::Retry { execution: None },
        Command::Skip { execution: None },
        Command::Abandon { execution: None },
        set_state("warm", Fields::new()),
        set_state("hot", Fields::new().with("note", &odd)),
        set_state("wrecked", Fields::new().with("reason", &odd)),
    ]
}

fn crashes() -> Crashes {
    let full = std::env::var("RELIABILITY").is_ok_and(|it| it == "full");
    Crashes::new().depth(if full { 2 } else { 1 })
}

/// Tries every decision at a moment of a life in which actions do this; where it may end.
#[track_caller]
fn decided(acts: &[(&'static str, u32, Act)], when: When, expect: [&[&str]; 6]) {
    for (command, expect) in commands().into_iter().zip(expect) {
        let ends = Mutex::new(BTreeSet::new());
        let world = || World {
            acts: acts
                .iter()
                .map(|&(name, n, act)| ((name, n), act))
                .collect(),
            panicked: Mutex::new(false),
            request: Request {
                id: "7".to_owned(),
                cancel: true,
                ..Request::new(InstanceId::new("boiler", "1"), command.clone())
            },
            answer: Mutex::new(None),
        };
        let tried = crashes().everywhere(
            world,
            async |process| live(process, when).await,
            |after| is_honest(after, &ends),
        );
        assert!(tried.points > 5, "{tried}");
        let ends = ends.into_inner().unwrap();
        let may = |end: &String| expect.contains(&end.as_str());
        assert!(ends.iter().all(may), "{command:?}: {ends:?}");
    }
}

const DONE: &[&str] = &["done: steaming"];
const LEAKING: &[&str] = &["done: leaking"];
const WRECKED: &[&str] = &["done: wrecked"];

#[test]
fn in_an_automatic_chain() {
    let retried: &[&str] = &["done: steaming", "not achieved: steaming"];
    let ends = [retried, DONE, DONE, DONE, DONE, WRECKED];
    decided(&[("boil", 1, Hang)], ("boil", false), ends);
}

/// After a crash it may not wait any more.
#[test]
fn while_an_automatic_transition_waits_for_its_next_attempt() {
    let either: &[&str] = &["done: steaming", "refused: steaming"];
    let ends = [either, either, either, DONE, DONE, WRECKED];
    decided(&[("boil", 1, Fail)], ("boil", true), ends);
}

#[test]
fn of_an_error_transition_whose_action_failed() {
    let either: &[&str] = &["done: leaking", "refused: leaking"];
    let acts = [("boil", 1, Fail), ("boil", 2, Fail), ("leak", 1, Fail)];
    let ends = [either, either, either, LEAKING, DONE, WRECKED];
    decided(&acts, ("leak", true), ends);
}

#[test]
fn after_a_panic_in_an_error_transition() {
    let retried: &[&str] = &["done: leaking", "not achieved: leaking"];
    let acts = [("boil", 1, Fail), ("boil", 2, Fail), ("leak", 1, Panic)];
    let ends = [retried, LEAKING, LEAKING, LEAKING, DONE, WRECKED];
    decided(&acts, ("leak", false), ends);
}

#[test]
fn while_the_last_of_a_chain_waits_after_its_time_was_up() {
    let retried: &[&str] = &["done: leaking", "not achieved: leaking", "refused: leaking"];
    let acts = [("steam", 1, Hang), ("steam", 2, Hang)];
    let skipped = &["done: steaming", "refused: leaking"];
    let abandoned = &["done: leaking", "refused: leaking"];
    let ends = [retried, skipped, abandoned, LEAKING, LEAKING, WRECKED];
    decided(&acts, ("steam", true), ends);
}

/// A fleet that is shut down while its boiler waits for its next attempt, and comes back.
async fn shut_down(process: Process<World>) -> Survived {
    let clock = process.clock();
    let fleet = Fleet::with(process.store(), process.options());
    let hands = process.clone();
    let boilers = fleet.register::<boiler::Definition, _>(move |_| Hands(hands.clone()))?;
    fleet.recover(1, |_| {}).await?;
    let running = tokio::spawn(fleet.run());
    let boiler = boilers.open("1").await?;
    if process.crashes() > 0 {
        if boiler.state().is_cold() {
            boiler.lock().await.fire(boiler::Transition::Light).await?;
        }
        clock.sleep(Duration::from_secs(60)).await;
        let shutdown = fleet.shutdown(Duration::from_secs(1)).await;
        assert!(shutdown.left.is_empty(), "{shutdown}");
        running.await??;
        return Ok(());
    }
    let firing = tokio::spawn(async move {
        let mut boiler = boiler.lock().await;
        boiler.fire(boiler::Transition::Light).await
    });
    // In the middle of the wait.
    clock.sleep(Duration::from_secs(2)).await;
    let shutdown = fleet.shutdown(Duration::from_secs(1)).await;
    let left: Vec<_> = shutdown.left.iter().map(ToString::to_string).collect();
    let waits = |it: &String| it.starts_with("boiler/1: warm, boil in flight, waits until");
    assert!(matches!(left.as_slice(), [one] if waits(one)), "{left:?}");
    assert!(!firing.await??.is_clean());
    running.await??;
    match process.crash().await {}
}

#[test]
fn when_a_fleet_is_shut_down_while_it_waits() {
    let world = || World {
        acts: [(("boil", 1), Fail)].into(),
        panicked: Mutex::new(false),
        request: Request::new(
            InstanceId::new("boiler", "1"),
            Command::Retry { execution: None },
        ),
        answer: Mutex::new(None),
    };
    let tried = crashes().everywhere(world, shut_down, |after| {
        let record = after.record::<boiler::Definition>("1").unwrap();
        assert!(record.state.is_steaming());
        let history = now(after.store().history(&InstanceId::new("boiler", "1"))).unwrap();
        // Whoever ends it while it waits, that is no interruption.
        let waited = history.windows(2).filter_map(|pair| match pair {
            [before, after] => Some((before.inflight.as_ref()?, after.inflight.as_ref()?)),
            _ => None,
        });
        for (before, after) in waited.filter(|(before, _)| before.until.is_some()) {
            assert_eq!(before.interruptions, after.interruptions);
            assert_eq!((before.attempt, after.until), (after.attempt, None));
        }
    });
    assert!(tried.points > 15, "{tried}");
}
