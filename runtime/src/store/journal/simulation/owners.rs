//! Somebody who takes over between any two operations of an owner.

use std::sync::{Arc, Mutex};

use super::crashes::Context;
use super::disk::{Simulated, Trap};
use super::figures::Figures;
use super::life::{Life, Step};
use super::scenarios;
use super::story::Story;
use crate::store::StoreError;

/// Has a second owner take over before an operation of the first and commit; then the
/// first goes on. Returns whether there was such an operation.
fn check(steps: &[Step], operation: usize, figures: &mut Figures) -> bool {
    let disk = Simulated::new();
    let mut first = Life::open(&disk, &Story::default()).unwrap();
    let second = Arc::new(Mutex::new(None));
    let (on, taken) = (disk.clone(), Arc::clone(&second));
    let told = Arc::new(Mutex::new(first.story.clone()));
    let tells = Arc::clone(&told);
    let take_over = move || {
        let story = tells.lock().unwrap().clone();
        let mut life = Life::recover(&on, &story).unwrap();
        let found = life.story.acknowledged;
        life.commit(&[(1, 300), (4, 6_000)]).unwrap();
        *taken.lock().unwrap() = Some((life, found));
    };
    disk.trap(
        disk.operations() + operation,
        Trap::Call(Box::new(take_over)),
    );
    for step in steps {
        if let Step::Commit(records) = step {
            // What is asked is known to whoever takes over in the middle of it.
            let mut story = first.story.clone();
            story.ask(records);
            *told.lock().unwrap() = story;
        }
        if let Err(error) = first.take(step) {
            assert!(matches!(error, StoreError::Fenced { .. }), "{error:?}");
            break;
        }
        *told.lock().unwrap() = first.story.clone();
        if let Some((_, found)) = &*second.lock().unwrap() {
            assert!(
                first.story.acknowledged <= *found,
                "STALE: acknowledged after somebody took over: {step:?}"
            );
        }
    }
    let Some((mut second, _)) = second.lock().unwrap().take() else {
        return false;
    };
    let error = first.commit(&[(0, 40)]).unwrap_err();
    assert!(matches!(error, StoreError::Fenced { .. }), "{error:?}");
    drop(first.close());
    second.check().unwrap();
    second.commit(&[(0, 40)]).unwrap();
    second.take(&Step::Compact).unwrap();
    second.check().unwrap();
    let story = second.story.clone();
    second.close().unwrap();
    let last = Life::recover(&disk, &story).unwrap();
    assert_eq!(last.story.acknowledged, story.acknowledged);
    last.close().unwrap();
    figures.trial(story.acknowledged);
    true
}

#[test]
fn who_was_taken_over_commits_nothing_more() {
    let mut figures = Figures::new("simulated: taken over between any two operations");
    // Without others that open it: those wait for their turn.
    let mut steps = scenarios::small();
    steps.retain(|step| !matches!(step, Step::Reopen));
    for operation in 0.. {
        let _context = Context(format!("operation {operation}"));
        if !check(&steps, operation, &mut figures) {
            break;
        }
    }
    figures.print("stale commits accepted: 0");
}
