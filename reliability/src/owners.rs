//! Two owners: one is stopped at any moment, another takes over, the first is woken.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use inflight::store::{InstanceId, StoredRecord};
use rustix::process::Signal;

use crate::Settings;
use crate::chance::Random;
use crate::ledger::Ledger;
use crate::load::Plan;
use crate::process::{Fault, Process, Strike};
use crate::report::Report;
use crate::said::Said;
use crate::strikes::{COMMITTING, guarded};
use crate::subject::{Opened, Subject};
use crate::trial::{Trial, wait};

/// How long whoever takes over may be kept waiting by a stopped owner before that is woken.
const WAIT: Duration = Duration::from_millis(200);

/// How long it may take then.
const PATIENCE: Duration = Duration::from_secs(60);

/// What became of a trial.
struct Met {
    /// How many commits of the first were refused as fenced.
    fenced: u64,
    /// Whether the second had to wait until the first was woken.
    waited: bool,
}

/// Stops owners, takes over, and wakes them.
pub(crate) fn stopped_and_woken(settings: &Settings, subject: Subject, report: &mut Report) {
    let trials = if settings.short { 15 } else { 250 };
    for (name, middle) in [
        ("its owner stopped at any moment, taken over, woken", false),
        ("its owner stopped in a commit, taken over, woken", true),
    ] {
        let mut random = Random(settings.seed);
        let mut entry = report.begin(name, subject);
        let (mut fenced, mut waited) = (0, 0);
        let mut number = 0;
        while number < trials {
            let plan = Plan {
                instances: 4,
                rounds: 20,
                compactions: 10,
                seed: settings.seed + number,
            };
            let mut trial = Trial::new(subject, plan);
            let context = format!("{name}, number {number}");
            let met = guarded(&mut trial, &context, |trial| {
                meet(trial, &mut random, middle)
            });
            // It may have ended before the call at which it was to be stopped.
            let Some(met) = met else {
                continue;
            };
            number += 1;
            fenced += met.fenced;
            waited += u64::from(met.waited);
            entry.trial(trial.ledger.acknowledged);
        }
        assert!(fenced > trials, "the first owner is hardly ever fenced");
        entry.end(format!(
            "stale commits accepted: 0; {fenced} refused as `Fenced`; {waited} times the second \
             owner waited for the first to finish a commit"
        ));
    }
}

fn meet(trial: &mut Trial, random: &mut Random, middle: bool) -> Option<Met> {
    let mut first = trial.process(false);
    first.go();
    assert!(matches!(first.hear(), Some(Said::Opened)));
    if middle {
        first.strike(&Fault {
            strike: Strike::Signal("SIGSTOP"),
            call: random.pick(&COMMITTING),
            at: u32::try_from(random.below(30)).unwrap() + 1,
        });
    }
    first.go();
    if !middle {
        for _ in 0..random.below(400) {
            trial.ledger.hear(first.hear().unwrap());
        }
        first.signal(Signal::STOP);
    }
    if !first.stopped() {
        return None;
    }
    let (second, waited) = take_over(trial, &first);
    let found = trial.plan.instances().map(|instance| {
        let history = wait(second.store.history(&instance)).unwrap();
        (instance, history)
    });
    let found: BTreeMap<InstanceId, Vec<StoredRecord>> = found.collect();
    let half = Plan {
        rounds: 2,
        ..trial.plan
    };
    let mut told = carry_out(&half, &second);
    first.signal(Signal::CONT);
    told.extend(carry_out(&trial.plan, &second));
    trial.hear_out(&first);
    let ended = first.end();
    ended.expect_no_panic();

    let former = &mut trial.ledger;
    former.check_found(&found);
    let fenced = former.fenced;
    expect_nothing_but_fenced(former);
    former.hear(Said::Opened);
    former.ended.clear();
    for said in told {
        former.hear(said);
    }
    assert_eq!(former.ended, [""; 0], "the second owner does not carry on");
    wait(former.check(&*second.store));
    second.close().unwrap();
    trial.recover();
    Some(Met { fenced, waited })
}

/// Takes over from an owner that is stopped. If that one is in the middle of something
/// which has to be finished first, it is woken for it.
fn take_over(trial: &Trial, first: &Process) -> (Opened, bool) {
    let (done, opened) = mpsc::channel();
    let (subject, path) = (trial.subject, trial.path());
    thread::spawn(move || done.send(subject.open(&path, true)));
    let (opened, waited) = match opened.recv_timeout(WAIT) {
        Err(RecvTimeoutError::Timeout) => {
            first.signal(Signal::CONT);
            (opened.recv_timeout(PATIENCE), true)
        }
        opened => (opened, false),
    };
    (opened.expect("taken over in time").unwrap(), waited)
}

/// What was told while a plan was carried out.
fn carry_out(plan: &Plan, on: &Opened) -> Vec<Said> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    plan.carry_out(on, Arc::new(move |said| hears.lock().unwrap().push(said)));
    std::mem::take(&mut *told.lock().unwrap())
}

/// The first owner was told that it is fenced, if it was refused anything.
fn expect_nothing_but_fenced(former: &Ledger) {
    for ended in &former.ended {
        let well = ["done", "closed", "fenced"].contains(&ended.as_str());
        assert!(well, "{ended}");
    }
}
