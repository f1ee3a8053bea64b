//! One trial: processes that crash, and one that comes to its end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

use super::fate::{End, Fate};
use super::process::{After, Process, ProcessClock};
use super::store::CrashStore;
use super::{Crashes, Survived};
use crate::chain::Chain;
use crate::crowd::message;
use crate::race::before;
use crate::store::{MemoryStore, ReadStore};
use crate::testing::{notation, now};

/// Nobody waits for so long who does not wait for ever.
const FOR_EVER: Duration = Duration::from_secs(20 * 365 * 86_400);

/// How often a scenario may end itself in one trial.
const RESTARTS: usize = 1_000;

/// What is tried.
pub(super) struct Scenario<N, P, I> {
    pub(super) crashes: Crashes,
    pub(super) world: N,
    pub(super) process: P,
    pub(super) invariant: I,
}

/// What came of a trial that was survived.
pub(super) struct Passed {
    /// How many points the last process came to.
    pub(super) points: usize,
}

/// Why a trial was not survived.
pub(super) struct Failed {
    pub(super) why: String,
    /// How the processes before the last ended.
    pub(super) crashes: Vec<End>,
    /// What was committed, an instance a line.
    pub(super) records: Vec<String>,
}

/// How a process ended.
enum Ended {
    Returned(Survived),
    Panicked(String),
    Killed,
    Waits,
}

impl<W, N, P, I> Scenario<N, P, I>
where
    N: Fn() -> W,
    P: AsyncFn(Process<W>) -> Survived,
    I: Fn(&After<W>),
{
    /// Crashes at the points of these numbers, one in each process, and comes to an end.
    pub(super) fn attempt(&self, path: &[usize]) -> Result<Passed, Failed> {
        let mut life = Life {
            after: After {
                world: Arc::new((self.world)()),
                store: MemoryStore::with_retention(u64::MAX),
                crashes: 0,
            },
            wall: UNIX_EPOCH + Duration::from_secs(1_700_000_000),
            crashes: Vec::new(),
        };
        let result = self.live(&mut life, path);
        result.map_err(|why| Failed {
            why,
            records: life.records(),
            crashes: life.crashes,
        })
    }

    fn live(&self, life: &mut Life<W>, path: &[usize]) -> Result<Passed, String> {
        for point in path {
            self.process(life, Some(*point))?;
        }
        let points = self.process(life, None)?;
        if let Some(left) = life.left_behind() {
            return Err(format!(
                "{left} is still in flight, and the process has ended: does it call \
                 `synchronize`?"
            ));
        }
        let after = &life.after;
        caught(|| (self.invariant)(after)).map_err(|why| format!("the invariant: {why}"))?;
        Ok(Passed { points })
    }

    /// Runs a process, and those that follow it because it ends itself, until it crashes at
    /// this point, or comes to its end. Returns how many points it came to.
    fn process(&self, life: &mut Life<W>, ends_at: Option<usize>) -> Result<usize, String> {
        let mut points = 0;
        for _ in 0..RESTARTS {
            let fate = Fate::new(ends_at, points);
            let ended = self.run(life, &fate)?;
            points = fate.points();
            let end = fate.end();
            if let Some(end) = &end {
                life.after.crashes += 1;
                life.crashes.push(end.clone());
                life.wall += self.crashes.downtime;
            }
            if let (None, Some(point)) = (&end, ends_at)
                && !matches!(ended, Ended::Waits)
            {
                return Err(format!(
                    "it came to {points} points, and not to point {point}: does it wait for \
                     another thread, or for chance, or is the number of another test?"
                ));
            }
            match (end, ended) {
                (Some(End::Endless), _) => return Err("it never ends".to_owned()),
                (Some(End::Itself), _) => {}
                (_, Ended::Waits) => {
                    return Err("it waits for ever, and not for time to pass".to_owned());
                }
                (Some(_), _) => return Ok(points),
                (None, Ended::Returned(Ok(())) | Ended::Killed) => return Ok(points),
                (None, Ended::Returned(Err(error))) => {
                    return Err(format!("the process returned an error: {}", Chain(&*error)));
                }
                (None, Ended::Panicked(why)) => return Err(format!("the process: {why}")),
            }
        }
        Err("it ends itself again and again".to_owned())
    }

    /// Runs one process.
    fn run(&self, life: &mut Life<W>, fate: &Arc<Fate>) -> Result<Ended, String> {
        let runtime = runtime()?;
        // What the one before still holds is of no use any more.
        life.after.store = life.after.store.take_over();
        let (began, clock) = {
            let _inside = runtime.enter();
            let began = Instant::now();
            let wall = life.wall;
            (began, ProcessClock { wall, began })
        };
        let process = Process {
            world: Arc::clone(&life.after.world),
            store: CrashStore::new(life.after.store.clone(), Arc::clone(fate)),
            clock,
            fate: Arc::clone(fate),
            crashes: life.after.crashes,
        };
        let ended = caught(|| {
            runtime.block_on(async {
                let alive = before((self.process)(process), Box::pin(fate.killed()));
                let ended = tokio::time::timeout(FOR_EVER, alive).await;
                life.wall += began.elapsed();
                match ended {
                    Ok(Some(survived)) => Ended::Returned(survived),
                    Ok(None) => Ended::Killed,
                    Err(_) => Ended::Waits,
                }
            })
        });
        // What it has spawned dies with it.
        runtime.shutdown_background();
        Ok(ended.unwrap_or_else(Ended::Panicked))
    }
}

/// What outlives the processes of a trial.
struct Life<W> {
    after: After<W>,
    /// The time of day.
    wall: SystemTime,
    /// How the processes so far ended.
    crashes: Vec<End>,
}

impl<W> Life<W> {
    /// What is in flight although nobody has to decide about it.
    fn left_behind(&self) -> Option<String> {
        let instances = now(self.after.store.list())?.ok()?;
        instances.into_iter().find_map(|instance| {
            let record = now(self.after.store.load(&instance))?.ok()??;
            let inflight = record.inflight.filter(|inflight| !inflight.parked)?;
            Some(format!("`{}` of `{instance}`", inflight.transition))
        })
    }

    /// What was committed, an instance a line.
    fn records(&self) -> Vec<String> {
        let store = &self.after.store;
        let instances = now(store.list()).and_then(Result::ok).unwrap_or_default();
        let lines = instances.into_iter().map(|instance| {
            let history = now(store.history(&instance)).and_then(Result::ok);
            format!("{instance}: {}", notation(&history.unwrap_or_default()))
        });
        lines.collect()
    }
}

fn runtime() -> Result<Runtime, String> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build();
    runtime.map_err(|error| format!("a runtime cannot be made: {error}"))
}

/// What a function returns, or what it says in its panic.
fn caught<T>(function: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(function)).map_err(|panic| message(&panic))
}
