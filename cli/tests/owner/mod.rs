//! A program that owns a store of units, in a thread.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use inflight::request::RequestQueue;
use inflight::store::SqliteStore;
use inflight::testing::HandClock;
use inflight::{Clock, Fleet, Options};

inflight::workflow!("tests/stores/unit.workflow");

/// Installs on every port but 13, hangs on port 666, and is always idle but on port 90.
struct Unit;

impl unit::Actions for Unit {
    type Error = String;

    async fn install(&mut self, port: i64, _: &unit::Context) -> Result<(), String> {
        match port {
            13 => Err("the port is cursed".to_owned()),
            666 => std::future::pending().await,
            _ => Ok(()),
        }
    }

    async fn halt(&mut self, _: &unit::Context) -> Result<(), String> {
        Ok(())
    }

    fn idle(&self, state: &unit::State) -> bool {
        !matches!(state, unit::State::Started { port: 90 })
    }
}

/// The time of day, but what takes time takes as long as a hand says.
#[derive(Clone)]
struct Hand(HandClock);

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        self.0.instant()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.sleep(duration)
    }
}

impl Hand {
    /// Lets a second pass whenever a request waits and the program sleeps.
    fn serve(&self, queue: &RequestQueue, ends: &AtomicBool) {
        while !ends.load(Ordering::SeqCst) {
            let sleeping = self.0.sleeping();
            let sleeps = !sleeping.is_empty() && !sleeping.contains(&Duration::ZERO);
            if sleeps && !queue.pending().unwrap().is_empty() {
                self.0.advance(Duration::from_secs(1));
            }
            thread::yield_now();
        }
    }
}

/// A program that runs a fleet of units; it ends when this is dropped.
pub(crate) struct Program {
    fleet: Fleet,
    ends: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Program {
    /// Opens the store, recovers what is there, and runs.
    pub(crate) fn start(store: &Path) -> Self {
        let options = SqliteStore::options().owner("unit-agent");
        let queue = RequestQueue::of(store);
        let store = options.open(store).unwrap();
        let hand = Hand(HandClock::new());
        let fleet = Fleet::with(store, Options::new().clock(hand.clone()));
        let ends = Arc::<AtomicBool>::default();
        let end = Arc::clone(&ends);
        let hand = thread::spawn(move || hand.serve(&queue, &end));
        let members = fleet.register::<unit::Definition, _>(|_| Unit).unwrap();
        let running = fleet.clone();
        let (ready, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.build().unwrap();
            runtime.block_on(async {
                running.recover(4, |_| {}).await.unwrap();
                ready.send(()).unwrap();
                running.run().await.unwrap();
            });
            drop(members);
        });
        told.recv().unwrap();
        Self {
            fleet,
            ends,
            threads: vec![thread, hand],
        }
    }
}

impl Program {
    /// Ends it when no request waits any more.
    pub(crate) fn serve(self, store: &Path) {
        let queue = RequestQueue::of(store);
        while !queue.pending().unwrap().is_empty() {
            thread::yield_now();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        drop(runtime.block_on(self.fleet.shutdown(Duration::from_secs(5))));
        self.ends.store(true, Ordering::SeqCst);
        for thread in self.threads.drain(..) {
            thread.join().unwrap();
        }
    }
}
