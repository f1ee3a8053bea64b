//! Files in which a bit has flipped, or which were cut short.

use super::chance::Random;
use super::crashes::Context;
use super::disk::Simulated;
use super::figures::{Figures, full, seed};
use super::image::Image;
use super::life::{Life, Step};
use super::scenarios;
use super::story::Story;
use crate::store::StoreError;

/// A store that was closed in good order.
fn sound(steps: &[Step]) -> (Image, Story) {
    let disk = Simulated::new();
    let mut life = Life::open(&disk, &Story::default()).unwrap();
    for step in steps {
        life.take(step).unwrap();
    }
    let story = life.story.clone();
    life.close().unwrap();
    (disk.image(), story)
}

/// What came of a store that is not sound.
#[derive(Default)]
struct Count {
    same: u64,
    refused: u64,
}

impl Count {
    /// Opens what is left: all is there, now and when another commit has followed, or it is
    /// refused and said where.
    fn check(&mut self, image: Image, story: &Story) {
        let disk = Simulated::from_image(image);
        match go_on(&disk, story) {
            Ok(()) => self.same += 1,
            Err(StoreError::Corrupt { detail, .. }) => {
                assert!(detail.contains("at byte"), "where? {detail}");
                self.refused += 1;
            }
            Err(StoreError::Version { .. } | StoreError::NotAStore { .. }) => self.refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }

    fn note(&self) -> String {
        let Self { same, refused } = self;
        format!("{same} read as before, {refused} refused")
    }
}

fn go_on(disk: &Simulated, story: &Story) -> Result<(), StoreError> {
    let mut life = Life::recover(disk, story)?;
    life.commit(&[(1, 40)])?;
    let story = life.story.clone();
    life.close()?;
    Life::recover(disk, &story)?.close()
}

/// How far it is to the next byte that is tried. Headers are tried whole, and the heads of
/// batches, of which the first ones are there.
fn stride(at: usize, random: &mut Random) -> usize {
    match full() || at < 128 || (4096..4896).contains(&at) {
        true => 1,
        false => 1 + usize::try_from(random.below(400)).unwrap(),
    }
}

#[test]
fn a_bit_that_flips_is_found() {
    let mut figures = Figures::new("simulated: any single bit of any file flipped");
    let mut random = Random(seed());
    let (image, story) = sound(&scenarios::small());
    let mut count = Count::default();
    for (name, content) in &image.files {
        let mut at = 0;
        while at < content.len() {
            let bits: &[u8] = match full() || name == "epoch" {
                true => &[0, 1, 2, 3, 4, 5, 6, 7],
                false => &[u8::try_from(random.below(8)).unwrap()],
            };
            for bit in bits {
                let _context = Context(format!("{name}, byte {at}, bit {bit}"));
                let mut image = image.clone();
                image.files.get_mut(name).unwrap()[at] ^= 1 << bit;
                count.check(image, &story);
                figures.trial(story.acknowledged);
            }
            at += stride(at, &mut random);
        }
    }
    figures.print(&count.note());
}

#[test]
fn a_file_that_was_cut_short_is_found() {
    let mut figures = Figures::new("simulated: any file cut short at any byte");
    let mut random = Random(seed());
    let (image, story) = sound(&scenarios::small());
    let mut count = Count::default();
    for (name, content) in &image.files {
        let mut length = 0;
        while length < content.len() {
            let _context = Context(format!("{name}, cut at {length}"));
            let mut image = image.clone();
            image.files.get_mut(name).unwrap().truncate(length);
            count.check(image, &story);
            figures.trial(story.acknowledged);
            length += stride(length, &mut random);
        }
    }
    figures.print(&count.note());
}
