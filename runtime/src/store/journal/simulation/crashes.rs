//! Power that fails at any moment, and again while the store recovers.

use super::chance::Random;
use super::disk::Simulated;
use super::figures::{Figures, full, seed};
use super::image::{Effort, Image, Point};
use super::life::{Life, Step};
use super::scenarios;
use super::story::Story;

/// Of what is left of a recovery one image is chosen, among these.
const AGAIN: Effort = Effort {
    exhaustive: 2,
    chance: 2,
};

/// The sizes of what a disk writes at once.
const UNITS: [usize; 2] = [512, 4096];

/// What would be left before each operation of a scenario.
fn points(steps: &[Step]) -> Vec<Point> {
    let disk = Simulated::new();
    disk.record();
    let mut life = Life::open(&disk, &Story::default()).unwrap();
    for step in steps {
        life.take(step).unwrap();
    }
    life.close().unwrap();
    disk.points()
}

/// Recovers from an image, commits, and opens once more. Returns what would be left at
/// any moment of that.
fn recover(image: Image, story: &Story) -> Vec<Point> {
    let disk = Simulated::from_image(image);
    disk.record();
    let mut life = Life::recover(&disk, story).unwrap();
    life.commit(&[(1, 300), (4, 40)]).unwrap();
    assert_eq!(life.check().unwrap(), life.story.asked());
    let story = life.story.clone();
    life.close().unwrap();
    let again = Life::recover(&disk, &story).unwrap();
    assert_eq!(again.story.acknowledged, story.acknowledged);
    again.close().unwrap();
    disk.points()
}

/// Tries every moment of a scenario, and, for what is left then, moments of the recovery.
fn check(
    name: &str,
    steps: &[Step],
    effort: Effort,
    random: &mut Random,
    (first, second): (&mut Figures, &mut Figures),
) {
    for (at, point) in points(steps).iter().enumerate() {
        for unit in UNITS {
            for image in point.images(unit, effort, random) {
                let _context = Context(format!("{name}, operation {at}, unit {unit}"));
                let again = recover(image, &point.story);
                first.trial(point.story.acknowledged);
                let at = usize::try_from(random.below(again.len() as u64)).unwrap();
                let point = &again[at];
                let images = point.images(unit, AGAIN, random);
                let one = usize::try_from(random.below(images.len() as u64)).unwrap();
                recover(images[one].clone(), &point.story);
                second.trial(point.story.acknowledged);
            }
        }
    }
}

/// Says where a test was when it failed.
pub(super) struct Context(pub(super) String);

impl Drop for Context {
    #[expect(clippy::print_stderr, reason = "a test that fails says where")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("with RELIABILITY_SEED={}: {}", seed(), self.0);
        }
    }
}

#[test]
fn nothing_is_lost_when_power_fails_at_any_moment() {
    let mut first = Figures::new("simulated: the power cut at any operation");
    let mut second = Figures::new("simulated: cut again while it recovers");
    let mut random = Random(seed());
    let both = (&mut first, &mut second);
    let effort = |exhaustive, chance| Effort { exhaustive, chance };
    let most = if full() { effort(10, 64) } else { effort(3, 1) };
    check("small", &scenarios::small(), most, &mut random, both);
    let both = (&mut first, &mut second);
    let steps = scenarios::given_back();
    check("given back", &steps, most, &mut random, both);
    if full() {
        for number in 0..12 {
            let steps = scenarios::any(&mut random, 40);
            let both = (&mut first, &mut second);
            let name = format!("any {number}");
            check(&name, &steps, effort(6, 8), &mut random, both);
        }
    }
    let note = "unsynced writes dropped, reordered, torn at 512 and 4,096 bytes; names lost";
    first.print(note);
    second.print(note);
}
