//! Operations that fail, and power that fails later.

use std::io::ErrorKind;

use super::chance::Random;
use super::crashes::Context;
use super::disk::{Simulated, Trap};
use super::figures::{Figures, full, seed};
use super::image::Effort;
use super::life::{Life, Step};
use super::scenarios;
use super::story::Story;

/// Carries out a scenario of which one operation fails, then has the next owner carry it
/// on, on the same disk: power has not failed yet. What would be left at any moment of
/// that is recovered from.
fn check(
    steps: &[Step],
    operation: usize,
    kind: ErrorKind,
    effort: Effort,
    random: &mut Random,
    figures: &mut Figures,
) -> bool {
    let disk = Simulated::new();
    disk.trap(operation, Trap::Fail(kind));
    let story = live(&disk, steps);
    if disk.disarm() {
        return false;
    }
    disk.record();
    let mut life = Life::recover(&disk, &story).unwrap();
    life.commit(&[(1, 300), (3, 5_000)]).unwrap();
    life.check().unwrap();
    life.take(&Step::Compact).unwrap();
    life.commit(&[(1, 40)]).unwrap();
    life.close().unwrap();
    for point in disk.points() {
        for image in point.images(512, effort, random) {
            let disk = Simulated::from_image(image);
            Life::recover(&disk, &point.story).unwrap().close().unwrap();
            figures.trial(point.story.acknowledged);
        }
    }
    true
}

/// An owner that ends at its first failure. Returns what it was told.
fn live(disk: &Simulated, steps: &[Step]) -> Story {
    let Ok(mut life) = Life::open(disk, &Story::default()) else {
        return Story::default();
    };
    for step in steps {
        if life.take(step).is_err() {
            break;
        }
    }
    let story = life.story.clone();
    // It may fail again.
    drop(life.close());
    story
}

/// Each operation of these fails once, in turn.
fn each(steps: &[Step]) {
    let mut figures = Figures::new("simulated: any operation fails");
    let effort = Effort {
        exhaustive: 6,
        chance: 0,
    };
    for operation in 0.. {
        let _context = Context(format!("{steps:?}, operation {operation}"));
        let mut random = Random(seed());
        if !check(
            steps,
            operation,
            ErrorKind::Other,
            effort,
            &mut random,
            &mut figures,
        ) {
            break;
        }
    }
}

/// A creation of which the last sync failed left a name that only memory held, and the next
/// owner built on it.
#[test]
fn a_creation_that_failed_is_built_upon() {
    each(&[]);
}

#[test]
fn nothing_is_lost_when_an_operation_fails() {
    let mut random = Random(seed());
    for (name, kind) in [
        (
            "simulated: any operation fails, then the power",
            ErrorKind::Other,
        ),
        (
            "simulated: no space for any operation, then the power cut",
            ErrorKind::StorageFull,
        ),
    ] {
        let mut figures = Figures::new(name);
        let steps = scenarios::small();
        let stride = if full() { 1 } else { 2 };
        for operation in (0..).step_by(stride) {
            let _context = Context(format!("{name}, operation {operation}"));
            let chance = if full() { 8 } else { 0 };
            let effort = Effort {
                exhaustive: chance / 2,
                chance,
            };
            if !check(&steps, operation, kind, effort, &mut random, &mut figures) {
                break;
            }
        }
        figures.print("a failed sync drops what was written; a failed write wrote half");
    }
}
