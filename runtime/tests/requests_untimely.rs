//! What operators ask at a bad moment: of what is being committed, closed or recovered, or
//! panics, and what cannot be done while an action runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::collections::VecDeque;
use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use inflight::request::{Answer, Command, Request};
use inflight::store::{Claim, Commit, InstanceId, MemoryStore, Store, StoreFuture};
use inflight::{Fields, Fleet, Probe};
use serde::{Deserialize, Serialize, Serializer};
use tokio::sync::Notify;

#[path = "support/pump.rs"]
mod support;
use support::{ABANDON, Place, SKIP, done, now, poll, set_state};

inflight::workflow! {
    workflow valve {
        initial state shut
        state opened { turns: int }
        state ajar
        state odd { mood: "crate::Mood" }
        state fixed

        /// Supplies `turns`.
        action turn -> opened
        action fix

        transition open: shut -> opened {
            do turn
            on interrupt probe
        }
        transition loosen: shut -> ajar
        transition upset(mood: "crate::Mood"): shut -> odd
        transition settle: ajar -> fixed {
            automatic
            do fix
        }
        transition close: opened | odd | fixed -> shut
    }
}

/// It cannot be written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Mood(bool);

impl Serialize for Mood {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not today"))
    }
}

/// What the actions do, and the questions about them, one after the other; all is well when
/// nothing is left.
#[derive(Clone)]
enum Does {
    Hang,
    Await(Arc<Notify>),
    Panic,
}

#[derive(Clone, Default)]
struct Hand(Arc<Mutex<VecDeque<Does>>>);

impl Hand {
    fn that(does: &[Does]) -> Self {
        Self(Arc::new(Mutex::new(does.iter().cloned().collect())))
    }

    async fn act(&self) {
        let does = self.0.lock().unwrap().pop_front();
        match does {
            None => {}
            Some(Does::Hang) => pending().await,
            Some(Does::Await(word)) => word.notified().await,
            Some(Does::Panic) => panic!("it slipped"),
        }
    }
}

impl valve::Actions for Hand {
    type Error = String;

    async fn turn(&mut self, _: &valve::Context) -> Result<valve::results::Turn, String> {
        self.act().await;
        Ok(valve::results::Turn { turns: 3 })
    }

    async fn probe_turn(
        &mut self,
        _: &valve::Context,
    ) -> Result<Probe<valve::results::Turn>, String> {
        self.act().await;
        Ok(Probe::Unknown)
    }

    async fn fix(&mut self, _: &valve::Context) -> Result<(), String> {
        self.act().await;
        Ok(())
    }
}

fn open(place: &Place, store: impl Store, hand: &Hand) -> valve::Workflow<Hand> {
    let open = valve::Workflow::open_with(store, "1", hand.clone(), place.options());
    now(open).unwrap()
}

async fn fire(one: &valve::Workflow<Hand>, transition: valve::Transition) -> String {
    let fired = one.lock().await.fire(transition).await;
    fired.unwrap().to_string()
}

fn cancelling(command: Command) -> Request {
    Request {
        cancel: true,
        ..Request::new(InstanceId::new("valve", "1"), command)
    }
}

fn ask(place: &Place, command: Command) -> Request {
    let request = cancelling(command);
    place.queue.add(&request).unwrap();
    request
}

/// The process dies while it opens the valve.
fn interrupted(place: &Place) {
    let one = open(place, place.store.clone(), &Hand::that(&[Does::Hang]));
    let mut opening = pin!(fire(&one, valve::Transition::Open));
    assert!(poll(opening.as_mut()).is_none());
}

const CANCELLED: &str = "open: shut, cancelled, as an operator decided";

/// Whether the action runs, or it is asked whether it was done.
#[test]
fn what_is_refused_has_not_cancelled_anything() {
    let check = |dies: bool, command: Command, expect: &str| {
        let (place, word) = (Place::new(), Arc::new(Notify::new()));
        if dies {
            interrupted(&place);
        }
        let hand = Hand::that(&[Does::Await(Arc::clone(&word))]);
        let one = open(&place, place.store.clone(), &hand);
        let mut opening = pin!(async {
            match dies {
                false => fire(&one, valve::Transition::Open).await,
                true => {
                    let carried_on = one.lock().await.synchronize().await;
                    carried_on.unwrap().to_string()
                }
            }
        });
        assert!(poll(opening.as_mut()).is_none());
        let request = cancelling(command);
        let mut asking = pin!(one.carry_out(&request));
        let answer = poll(asking.as_mut()).or_else(|| {
            assert!(poll(opening.as_mut()).is_none(), "it was cancelled");
            poll(asking.as_mut())
        });
        let Some(Answer::Refused { reason }) = answer.unwrap().unwrap() else {
            panic!("it was done");
        };
        assert!(reason.starts_with(expect), "{reason}");
        word.notify_one();
        let came_to = match dies {
            false => "completed; open: shut -> opened",
            true => "parked; open: shut, unknown: whether it was done",
        };
        assert_eq!(poll(opening.as_mut()).unwrap(), came_to);
    };
    let needed = "`open`, which `valve/1` has in flight, cannot be skipped";
    let unwritable = "the state of `valve/1` cannot be written";
    let odd = || set_state("odd", Fields::new().with("mood", &true));
    for dies in [false, true] {
        check(dies, SKIP, needed);
        check(dies, odd(), unwritable);
    }
}

#[test]
fn what_was_done_before_a_panic_is_told() {
    let place = Place::new();
    let hand = Hand::that(&[Does::Panic]);
    let one = open(&place, place.store.clone(), &hand);
    let set = ask(&place, set_state("ajar", Fields::new()));
    let mut drive = pin!(one.drive());
    assert!(poll(drive.as_mut()).is_none());
    let expect = Answer::Done {
        verdict: "set before an action panicked (it slipped)".to_owned(),
        steps: Vec::new(),
        achieved: true,
        clean: false,
        state: "ajar".to_owned(),
    };
    assert_eq!(place.answer(&set), expect);
}

/// What follows a request may hang when all else is recovered.
#[test]
fn a_recovery_hears_operators_until_all_that_they_asked_is_done() {
    let place = Place::new();
    interrupted(&place);
    let hand = Hand::that(&[Does::Hang, Does::Hang]);
    let fleet = Fleet::with(place.store.clone(), place.options());
    let members = fleet.register::<valve::Definition, _>(move |_| hand.clone());
    let mut recover = pin!(fleet.recover(1, |_| {}));
    let mut go_on = || {
        place.clock.advance(std::time::Duration::from_secs(1));
        (0..3).find_map(|_| poll(recover.as_mut()))
    };
    assert!(go_on().is_none());
    let set = ask(&place, set_state("ajar", Fields::new()));
    assert!(go_on().is_none());
    assert!(
        members
            .unwrap()
            .list()
            .iter()
            .all(|one| one.state().is_ajar())
    );
    let abandon = ask(&place, ABANDON);
    let recovery = go_on().unwrap().unwrap();
    assert_eq!(recovery.to_string(), "1 recovered, 1 carried on");
    let settled = "settle: ajar, cancelled, as an operator decided";
    let abandoned = done("abandoned", &[settled], true, "ajar");
    assert_eq!(place.answer(&abandon), abandoned);
    let Answer::Done { steps, .. } = place.answer(&set) else {
        panic!("it was refused");
    };
    assert_eq!(steps, [CANCELLED, settled]);
}

#[test]
fn who_waits_to_close_an_instance_does_not_keep_operators_from_it() {
    let place = Place::new();
    let hand = Hand::that(&[Does::Hang]);
    let fleet = Fleet::with(place.store.clone(), place.options());
    let members = fleet.register::<valve::Definition, _>(move |_| hand.clone());
    let members = members.unwrap();
    let one = now(members.open("1")).unwrap();
    let mut opening = pin!(fire(&one, valve::Transition::Open));
    assert!(poll(opening.as_mut()).is_none());
    let mut close = pin!(members.close("1"));
    assert!(poll(close.as_mut()).is_none());
    let abandon = ask(&place, ABANDON);
    let mut run = pin!(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    let abandoned = format!("abandoned; {CANCELLED}");
    assert_eq!(poll(opening.as_mut()), Some(abandoned));
    assert!(poll(run.as_mut()).is_none());
    let abandoned = done("abandoned", &[CANCELLED], true, "shut");
    assert_eq!(place.answer(&abandon), abandoned);
    assert_eq!(poll(close.as_mut()), Some(true));
    assert!(members.list().is_empty());
}

/// A store in memory, one commit of which is durable before that is told.
#[derive(Clone)]
struct Late {
    records: MemoryStore,
    commits: Arc<AtomicUsize>,
    late: usize,
    word: Arc<Notify>,
}

inflight::__reads_behind!(Late, records);

impl Store for Late {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.records.claim(instance)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let committed = now(self.records.commit(commit));
        let is_late = self.commits.fetch_add(1, Ordering::Relaxed) + 1 == self.late;
        let word = Arc::clone(&self.word);
        Box::pin(async move {
            if is_late {
                word.notified().await;
            }
            committed
        })
    }

    fn held(&self) -> StoreFuture<u64> {
        self.records.held()
    }
}

#[test]
fn who_asks_while_a_record_is_committed_is_answered_after_it() {
    let place = Place::new();
    let store = Late {
        records: MemoryStore::new(),
        commits: Arc::default(),
        late: 2,
        word: Arc::default(),
    };
    let word = Arc::clone(&store.word);
    let one = open(&place, store, &Hand::that(&[Does::Hang]));
    let mut loosening = pin!(fire(&one, valve::Transition::Loosen));
    assert!(poll(loosening.as_mut()).is_none());
    let request = cancelling(ABANDON);
    let mut asking = pin!(one.carry_out(&request));
    assert!(poll(asking.as_mut()).is_none(), "nobody else has it");
    word.notify_one();
    assert!(poll(loosening.as_mut()).is_none());
    assert!(poll(asking.as_mut()).is_none());
    let settled = "settle: ajar, cancelled, as an operator decided";
    let loosened = format!("completed; loosen: shut -> ajar; {settled}");
    assert_eq!(poll(loosening.as_mut()), Some(loosened));
    let answer = poll(asking.as_mut()).unwrap().unwrap();
    let abandoned = done("abandoned", &[settled], true, "ajar");
    assert_eq!(answer, Some(abandoned));
}
