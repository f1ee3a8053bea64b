//! A program that owns a store of units, in a thread.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use inflight::request::RequestQueue;
use inflight::store::SqliteStore;
use inflight::{Clock, Fleet, Options};

inflight::workflow!("tests/stores/unit.workflow");

/// Installs on every port but 13, and is always idle but on port 90.
struct Unit;

impl unit::Actions for Unit {
    type Error = String;

    async fn install(&mut self, port: i64, _: &unit::Context) -> Result<(), String> {
        match port {
            13 => Err("the port is cursed".to_owned()),
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

/// A clock on which all takes a hundredth of the time.
struct Quick;

impl Clock for Quick {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration / 100))
    }
}

/// A program that runs a fleet of units; it ends when this is dropped.
pub(crate) struct Program {
    fleet: Fleet,
    thread: Option<JoinHandle<()>>,
}

impl Program {
    /// Opens the store, recovers what is there, and runs.
    pub(crate) fn start(store: &Path) -> Self {
        let options = SqliteStore::options().owner("unit-agent");
        let store = options.open(store).unwrap();
        let fleet = Fleet::with(store, Options::new().clock(Quick));
        let members = fleet.register::<unit::Definition, _>(|_| Unit).unwrap();
        let running = fleet.clone();
        let (ready, told) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_time().build().unwrap();
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
            thread: Some(thread),
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
        let runtime = { runtime }.enable_time().build().unwrap();
        drop(runtime.block_on(self.fleet.shutdown(Duration::from_secs(5))));
        self.thread.take().map(JoinHandle::join);
    }
}
