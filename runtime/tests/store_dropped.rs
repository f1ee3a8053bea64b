//! A store whose last handle goes where its own thread wakes somebody.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::pin::pin;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use inflight::store::{InstanceId, SqliteStore, Store};

/// Lets go of a store when it is woken.
struct Last(Mutex<Option<SqliteStore>>, Sender<()>);

impl Wake for Last {
    fn wake(self: Arc<Self>) {
        let store = self.0.lock().unwrap().take();
        drop(store);
        self.1.send(()).unwrap();
    }
}

#[test]
fn a_store_can_be_dropped_on_its_own_thread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    loop {
        let store = SqliteStore::open(&path).unwrap();
        let (sender, dropped) = mpsc::channel();
        let mut claim = pin!(store.claim(&InstanceId::new("unit", "1")));
        let waker = Waker::from(Arc::new(Last(Mutex::new(Some(store)), sender)));
        let polled = claim.as_mut().poll(&mut Context::from_waker(&waker));
        if matches!(polled, Poll::Pending) {
            drop(waker);
            dropped.recv().unwrap();
            return;
        }
    }
}
