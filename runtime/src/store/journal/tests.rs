//! What is read from files that were changed, cut short, or written in part.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::batch::{Builder, HEAD};
use super::disk::Folder;
use super::epoch::Epoch;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind, Previous};
use super::history::{self, Newest};
use super::record::Part as _;
use super::replay::Replay;
use super::segment::{SMALLEST, Spare};
use super::{create, entry};
use crate::store::{InstanceId, JournalReader, JournalStore, StoreError, StoredRecord};

/// A journal of one segment with a batch for each version of one instance.
struct Place {
    folder: TempDir,
    files: Files,
    epoch: Epoch,
    segment: String,
    /// Where the batches begin, and where the last one ends.
    batches: Vec<u64>,
}

fn unit() -> InstanceId {
    InstanceId::new("unit", "mysql-0")
}

impl Place {
    /// Writes batches with contents of these lengths.
    fn new(lengths: &[usize]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let files = Files::new(path.clone(), Arc::new(Folder(path)));
        let mut opened = create::open(&files, 10).unwrap();
        let mut batches = vec![START];
        for (version, length) in (1..).zip(lengths) {
            let record = entry::record(&unit(), version, |bytes| {
                bytes.extend(std::iter::repeat_n(b'x', *length));
                Ok(())
            });
            let mut batch = Builder::new();
            batch.push(record.unwrap().unwrap().bytes());
            batch.finish(opened.epoch.store, version).unwrap();
            opened.segment.append(&files, batch.bytes()).unwrap();
            batches.push(opened.segment.offset);
        }
        Self {
            folder,
            files,
            epoch: opened.epoch,
            segment: opened.segment.name,
            batches,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join(&self.segment)
    }

    fn write(&self, bytes: &[u8], at: u64) {
        let file = OpenOptions::new().write(true).open(self.path()).unwrap();
        file.write_all_at(bytes, at).unwrap();
    }

    /// The version that is found, or where the damage is.
    fn found(&self) -> Result<u64, u64> {
        match Replay::all(&self.files, self.epoch.store) {
            Ok(replay) => Ok(replay.state.version(&entry::key(&unit()))),
            Err(StoreError::Corrupt { detail, .. }) => {
                let (_, at) = detail.split_once(" at byte ").expect("a place");
                let (at, _) = at.split_once(':').expect("a detail");
                Err(at.parse().expect("an offset"))
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Changes bytes, looks, and makes the change good.
    fn changed(&self, at: u64, change: impl FnOnce(&mut [u8]), length: usize) -> Result<u64, u64> {
        let file = OpenOptions::new().read(true).open(self.path()).unwrap();
        let mut before = vec![0; length];
        file.read_exact_at(&mut before, at).unwrap();
        let mut bytes = before.clone();
        change(&mut bytes);
        self.write(&bytes, at);
        let found = self.found();
        self.write(&before, at);
        found
    }
}

/// A bit that changes is found out wherever it stands, and said where.
#[test]
fn a_changed_bit_is_damage() {
    let place = Place::new(&[10, 700, 100, 300]);
    let end = place.batches[4];
    for at in (0..108).chain(START..end) {
        for bit in 0..8 {
            // A header of a newer format is no damage.
            if (8..12).contains(&at) {
                continue;
            }
            let found = place.changed(at, |bytes| bytes[0] ^= 1 << bit, 1);
            let batch = place.batches.iter().rev().find(|&&batch| batch <= at);
            let expect = batch.copied().unwrap_or(0);
            assert_eq!(found, Err(expect), "bit {bit} of byte {at}");
        }
    }
    assert_eq!(place.found(), Ok(4));
}

/// Behind the end nothing stands; what changes there hides nothing.
#[test]
fn a_changed_bit_behind_the_end_hides_nothing() {
    let place = Place::new(&[10, 700]);
    let end = place.batches[2];
    for at in end..end + 2048 {
        let found = place.changed(at, |bytes| bytes[0] ^= 1, 1);
        let same_sector = at / 512 == end / 512;
        let expect = if same_sector { Err(end) } else { Ok(2) };
        assert_eq!(found, expect, "byte {at}");
    }
}

#[test]
fn a_file_that_was_cut_short_is_damage() {
    let place = Place::new(&[10, 700]);
    let whole = fs::read(place.path()).unwrap();
    let interesting = (0..START + 1000).chain((START + 1000..whole.len() as u64).step_by(4099));
    for length in interesting {
        let file = OpenOptions::new().write(true).open(place.path()).unwrap();
        file.set_len(length).unwrap();
        let found = place.found();
        assert!(found.is_err(), "{found:?} at {length}");
        fs::write(place.path(), &whole).unwrap();
    }
}

/// Every set of sectors that can be missing of the last batch.
#[test]
fn a_last_batch_that_was_not_written_whole_is_the_end() {
    for first in [10, 200, 430, 440, 450, 460, 470] {
        let place = Place::new(&[first, 1500]);
        let (from, to) = (place.batches[1], place.batches[2]);
        let sectors: Vec<u64> = (from / 512..to.div_ceil(512)).collect();
        for missing in 1..1u32 << sectors.len() {
            let found = place.changed(
                from,
                |bytes| {
                    for (index, sector) in sectors.iter().enumerate() {
                        let begin = (sector * 512).max(from) - from;
                        let end = ((sector + 1) * 512).min(to) - from;
                        if missing & 1 << index != 0 {
                            bytes[begin as usize..end as usize].fill(0);
                        }
                    }
                },
                usize::try_from(to - from).unwrap(),
            );
            assert_eq!(found, Ok(1), "{first}: {missing:b}");
        }
    }
}

#[test]
fn a_sector_that_is_missing_before_the_last_batch_is_damage() {
    let place = Place::new(&[10, 1500, 10]);
    let (from, to) = (place.batches[1], place.batches[2]);
    for sector in from / 512..to.div_ceil(512) {
        let begin = (sector * 512).max(from);
        let end = ((sector + 1) * 512).min(to);
        let length = usize::try_from(end - begin).unwrap();
        let found = place.changed(begin, |bytes| bytes.fill(0), length);
        assert_eq!(found, Err(from), "sector {sector}");
    }
}

/// Bytes of another store, or of another place in this one, are no batch.
#[test]
fn a_batch_counts_only_where_it_belongs() {
    let place = Place::new(&[10, 10, 10]);
    let other = Place::new(&[10, 10, 10]);
    let (from, to) = (place.batches[2], place.batches[3]);
    let length = usize::try_from(to - from).unwrap();
    let foreign = &fs::read(other.path()).unwrap()[from as usize..to as usize];
    assert_eq!(
        place.changed(from, |bytes| bytes.copy_from_slice(foreign), length),
        Err(from)
    );
    let earlier = place.batches[1];
    let stale = &fs::read(place.path()).unwrap()[earlier as usize..][..length];
    assert_eq!(
        place.changed(from, |bytes| bytes.copy_from_slice(stale), length),
        Err(from)
    );
}

/// An owner finds what another left, however often it is opened without a commit.
#[test]
fn opening_leaves_one_segment() {
    let place = Place::new(&[10, 700, 10]);
    for _ in 0..3 {
        let opened = create::open(&place.files, 10).unwrap();
        assert_eq!(place.found(), Ok(3));
        let listing = place.files.list().unwrap();
        // One with the batches before the last, and one with the last.
        assert_eq!(listing.segments.len(), 2);
        assert_eq!(
            listing.segments.last().copied(),
            Some(opened.segment.header.id)
        );
        assert_eq!(opened.segment.header.sequence, 3);
    }
}

/// What a fenced owner writes late does not count.
#[test]
fn late_bytes_are_not_read() {
    let place = Place::new(&[10, 700]);
    let end = place.batches[2];
    create::open(&place.files, 10).unwrap();
    let record = entry::record(&unit(), 3, |bytes| {
        bytes.extend(b"late");
        Ok(())
    });
    let mut batch = Builder::new();
    batch.push(record.unwrap().unwrap().bytes());
    batch.finish(place.epoch.store, 3).unwrap();
    place.write(batch.bytes(), end);
    assert_eq!(place.found(), Ok(2));
    assert!(batch.len() > HEAD);
}

/// Every file that is needed is missed.
#[test]
fn a_file_that_is_missing_is_damage() {
    let place = Place::new(&[10, 700]);
    create::open(&place.files, 10).unwrap();
    let id = Id {
        epoch: 2,
        number: 2,
    };
    assert_eq!(place.segment, name(Kind::Segment, id));
    fs::remove_file(place.path()).unwrap();
    let error = create::open(&place.files, 10).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");

    let place = Place::new(&[10]);
    fs::remove_file(place.folder.path().join("epoch")).unwrap();
    let error = create::open(&place.files, 10).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    let error = JournalReader::open(place.folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    let found = JournalStore::verify(place.folder.path()).unwrap();
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    let epoch = fs::canonicalize(place.folder.path()).unwrap().join("epoch");
    let missing = "is missing, the file that says which store the others belong to and who may \
                   write to it";
    assert_eq!(found, [format!("`{}` {missing}", epoch.display())]);
}

/// The versions of a history whose records 1 and 2 are in a segment and these in the next, which
/// may have been written anew; or what is wrong with it.
fn history_over(versions: &[u64], anew: bool) -> Result<Vec<u64>, String> {
    let place = Place::new(&[10, 10]);
    let files = &place.files;
    let before = files.list().unwrap().segments.pop().unwrap();
    let (_, header) = files.open_checked(Kind::Segment, before).unwrap();
    let header = Header {
        id: Id {
            number: before.number + 1,
            ..before
        },
        previous: Some(Previous {
            id: before,
            end: place.batches[2],
        }),
        sequence: 3,
        ..header
    };
    let spare = Spare::prepare(files, &name(Kind::Segment, header.id), SMALLEST).unwrap();
    let mut segment = spare.into_segment(files, header, None).unwrap();
    for &version in versions {
        let record = StoredRecord::empty(version);
        let record = entry::record(&unit(), version, |bytes| record.write(bytes));
        let mut batch = Builder::new();
        batch.push(record.unwrap().unwrap().bytes());
        batch.finish(place.epoch.store, segment.sequence).unwrap();
        segment.append(files, batch.bytes()).unwrap();
    }
    if anew {
        let header = Header {
            end: Some(segment.offset),
            ..segment.header
        };
        let written = files.write(&*segment.file, &segment.name, &header.encode(), 0);
        written.unwrap();
    }
    let newest = Newest {
        version: 6,
        retention: 10,
    };
    match history::read(files, &entry::key(&unit()), newest) {
        Ok(records) => Ok(records.iter().map(|record| record.version).collect()),
        Err(StoreError::Corrupt { detail, .. }) => {
            Err(detail.rsplit(": ").next().unwrap().to_owned())
        }
        Err(error) => panic!("{error}"),
    }
}

/// Where older ones were dropped a history ends; anywhere else a gap is damage.
#[test]
fn a_history_ends_at_a_gap_only_where_a_segment_was_written_anew() {
    let damage = || Err("a record does not follow".to_owned());
    assert_eq!(history_over(&[4, 5, 6], true), Ok(vec![4, 5, 6]));
    assert_eq!(history_over(&[4, 5, 6], false), damage());
    // Within a segment, and before the current record.
    assert_eq!(history_over(&[4, 6], true), damage());
    assert_eq!(history_over(&[4, 5], true), damage());
}
