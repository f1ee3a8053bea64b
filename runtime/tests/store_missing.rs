//! A segment of a journal that somebody has deleted.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;
use std::path::Path;

use inflight::store::{InstanceId, JournalReader, JournalStore, ReadStore, Store, StoreError};

mod support;
use support::place::Place;
use support::records::{commit, id, record, versions};

/// How many records of an instance are in each segment: more than half of it, so that none is
/// written anew. Each segment is twice as large as the one before.
const EACH: [u64; 5] = [9, 18, 36, 72, 144];

fn busy() -> InstanceId {
    InstanceId::new("unit", "busy")
}

/// A journal of several segments. Each has records of one instance, and the only one of another.
async fn filled(retention: u64) -> Place {
    let place = Place::new();
    let options = JournalStore::options().retention(retention);
    let store = options.open(place.path()).unwrap();
    let claim = store.claim(&busy()).await.unwrap();
    let mut version = 0;
    for (segment, each) in EACH.into_iter().enumerate() {
        let resting = id("unit", &format!("resting-{segment}"));
        let rests = store.claim(&resting).await.unwrap();
        store.commit(commit(&resting, &rests, 1)).await.unwrap();
        for _ in 0..each {
            version += 1;
            let mut commit = commit(&busy(), &claim, version);
            commit.record.state = "x".repeat(20_000).into();
            store.commit(commit).await.unwrap();
        }
        store.compact().await.unwrap();
    }
    drop(claim);
    store.close().unwrap();
    place
}

/// The segments, the oldest first.
fn segments(path: &Path) -> Vec<String> {
    let files = fs::read_dir(path).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut segments: Vec<_> = names.filter(|name| name.starts_with("journal-")).collect();
    segments.sort();
    segments
}

/// What `verify` says, of which file.
fn verified(path: &Path) -> Vec<String> {
    let folder = format!("`{}", fs::canonicalize(path).unwrap().display());
    let damage = JournalStore::verify(path).unwrap();
    let damage = damage.iter().map(ToString::to_string);
    damage.map(|text| text.replace(&folder, "`")).collect()
}

#[tokio::test]
async fn a_segment_that_is_missing_is_told_of() {
    // The last one has nothing yet.
    for missing in 1..EACH.len() {
        let place = filled(1000).await;
        let path = place.path();
        let all = segments(&path);
        assert_eq!(all.len(), EACH.len() + 1, "{all:?}");
        assert_eq!(verified(&path), [""; 0]);
        let (file, before) = (path.join(&all[missing]), &all[missing - 1]);
        let content = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();

        let detail =
            "at byte 4096: the segment is missing or damaged that says where this one ends";
        assert_eq!(verified(&path), [format!("`/{before}` {detail}")]);
        let reader = JournalReader::open(&path).unwrap();
        let latest = reader.load(&busy()).await.unwrap().unwrap();
        assert_eq!(
            latest.version,
            EACH.iter().sum::<u64>(),
            "what is live is in the snapshot"
        );
        let error = reader.history(&busy()).await.unwrap_err();
        assert!(error.to_string().contains(detail), "{error}");
        // Behind the last of a former owner there may be one that is his, but not read.
        if missing + 1 < EACH.len() {
            let store = JournalStore::open(&path).unwrap();
            let error = store.compact().await.unwrap_err();
            assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
            store.close().unwrap();
            assert!(
                path.join(before).exists(),
                "it is not taken for an empty one"
            );
        }

        fs::write(&file, content).unwrap();
        assert_eq!(verified(&path), [""; 0]);
    }
}

/// An owner is stopped while it makes a segment, and woken long after somebody has taken over and
/// given back what stood next to that.
#[tokio::test]
async fn a_segment_that_a_former_owner_makes_late_is_not_followed() {
    let (former, place) = (filled(1000).await, Place::new());
    let path = place.path();
    let all = segments(&former.path());
    // Those it had, and what it is about to make, which has nothing yet.
    let (late, had) = all.split_last().unwrap();
    fs::create_dir(&path).unwrap();
    for file in had.iter().map(String::as_str).chain(["epoch"]) {
        fs::copy(former.path().join(file), path.join(file)).unwrap();
    }
    let mut version = EACH.iter().sum::<u64>();
    for _ in 0..3 {
        let store = JournalStore::options().retention(1).open(&path).unwrap();
        let claim = store.claim(&busy()).await.unwrap();
        for _ in 0..20 {
            version += 1;
            let mut commit = commit(&busy(), &claim, version);
            commit.record.state = "x".repeat(20_000).into();
            store.commit(commit).await.unwrap();
        }
        store.compact().await.unwrap();
        drop(claim);
        store.close().unwrap();
    }
    fs::copy(former.path().join(late), path.join(late)).unwrap();

    assert_eq!(verified(&path), [""; 0]);
    let reader = JournalReader::open(&path).unwrap();
    assert_eq!(versions(&reader, &busy()).await, [version]);
    let store = JournalStore::options().retention(1).open(&path).unwrap();
    store.compact().await.unwrap();
    store.close().unwrap();
    assert_eq!(verified(&path), [""; 0]);
}

/// Where segments may be removed, nothing tells that one is missing but what it should have.
#[tokio::test]
async fn a_current_record_that_is_in_no_segment_is_told_of() {
    let place = filled(1000).await;
    let path = place.path();
    fs::remove_file(path.join(&segments(&path)[0])).unwrap();
    let lacks = "the current record of `unit/resting-0` (version 1) is in none of the segments";
    assert_eq!(verified(&path), [format!("`` {lacks}")]);

    let store = JournalStore::open(&path).unwrap();
    let resting = id("unit", "resting-0");
    assert_eq!(store.load(&resting).await.unwrap(), Some(record(1)));
    let error = store.history(&resting).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
}

/// What is beyond retention is given back without being missed.
#[tokio::test]
async fn segments_that_are_given_back_are_not_missing() {
    let place = filled(3).await;
    let path = place.path();
    assert_eq!(verified(&path), [""; 0]);
    let before = segments(&path);
    for _ in 0..3 {
        let store = JournalStore::options().retention(1).open(&path).unwrap();
        store.compact().await.unwrap();
        assert_eq!(verified(&path), [""; 0]);
        store.close().unwrap();
        assert_eq!(verified(&path), [""; 0]);
    }
    assert_ne!(segments(&path), before);
}
