//! What the journal promises beyond the other stores: that reading it takes as long as
//! what is live, whatever was written before.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;
use std::path::Path;

use inflight::store::{
    Claim, InstanceId, JournalReader, JournalStore, ReadStore, Store, StoreError,
};

mod support;
use support::durable::fill;
use support::place::Place;
use support::records::{SOURCE, commit, id, record, versions};

/// A record that takes some space.
fn large(instance: &InstanceId, claim: &Claim, version: u64) -> inflight::store::Commit {
    let mut commit = commit(instance, claim, version);
    commit.record.state = "x".repeat(20_000).into();
    commit
}

fn open(place: &Place, retention: u64) -> JournalStore {
    let options = JournalStore::options().retention(retention);
    options.open(place.path()).unwrap()
}

/// The names of the files that hold records, without their numbers.
fn kinds(path: &Path) -> Vec<String> {
    let mut kinds: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.split_once('-')?.0.to_owned()))
        .collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn closing_leaves_no_file_that_is_not_needed() {
    let place = Place::new();
    fill::<JournalStore>(&place.path(), 3).await;
    let mut names: Vec<_> = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let segment = "journal-00000002-00000002";
    assert_eq!(names, ["epoch", segment, "lock", "opening"]);
}

/// Several segments are filled, so that there is a snapshot, and what was written before
/// it is an archive.
#[tokio::test]
async fn what_is_beyond_retention_is_given_back() {
    let place = Place::new();
    let store = open(&place, 3);
    let (unit, other) = (id("unit", "mysql-0"), id("unit", "mysql-1"));
    let reader = JournalReader::open(place.path()).unwrap();
    let claim = store.claim(&unit).await.unwrap();
    let rare = store.claim(&other).await.unwrap();
    store.commit(commit(&other, &rare, 1)).await.unwrap();
    for version in 1..=1000 {
        store.commit(large(&unit, &claim, version)).await.unwrap();
        if version % 100 == 0 {
            assert_eq!(reader.load(&unit).await.unwrap().unwrap().version, version);
            let kept = [version - 2, version - 1, version];
            assert_eq!(versions(&reader, &unit).await, kept);
        }
    }
    store.commit(commit(&other, &rare, 2)).await.unwrap();
    store.compact().await.unwrap();

    let size: u64 = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(size < 1_000_000, "{size} bytes for 5 records");
    let check = async |store: &dyn ReadStore| {
        assert_eq!(versions(store, &unit).await, [998, 999, 1000]);
        assert_eq!(versions(store, &other).await, [1, 2]);
        assert_eq!(store.load(&other).await.unwrap(), Some(record(2)));
        let source = store.source("unit", record(1).fingerprint).await.unwrap();
        assert_eq!(source.as_deref(), Some(SOURCE));
    };
    check(&store).await;
    check(&reader).await;
    drop((claim, rare));
    store.close().unwrap();
    let store = open(&place, 3);
    check(&store).await;
    check(&reader).await;
}

#[tokio::test]
async fn a_store_goes_on_after_it_was_compacted() {
    let place = Place::new();
    let unit = id("unit", "mysql-0");
    for round in 0..4 {
        let store = open(&place, 10);
        let claim = store.claim(&unit).await.unwrap();
        for version in round * 5 + 1..=round * 5 + 5 {
            store.commit(commit(&unit, &claim, version)).await.unwrap();
        }
        store.compact().await.unwrap();
        store.compact().await.unwrap();
        let last = round * 5 + 5;
        let kept: Vec<u64> = (last.saturating_sub(9).max(1)..=last).collect();
        assert_eq!(versions(&store, &unit).await, kept);
        assert_eq!(kinds(&place.path()).last().unwrap(), "snapshot");
    }
    assert_eq!(
        kinds(&place.path())
            .iter()
            .filter(|kind| *kind == "snapshot")
            .count(),
        1
    );
}

/// A segment stays for what is kept of one instance, with records of another that are not, and
/// of which the next ones are gone. Whoever keeps more finds no damage in that.
#[tokio::test]
async fn a_history_ends_where_fewer_were_kept_once() {
    let place = Place::new();
    let (hot, cold) = (id("unit", "mysql-0"), id("unit", "mysql-1"));
    let store = open(&place, 10);
    let often = store.claim(&hot).await.unwrap();
    let rare = store.claim(&cold).await.unwrap();
    for version in 1..=4 {
        store.commit(large(&hot, &often, version)).await.unwrap();
    }
    for version in 1..=7 {
        store.commit(large(&cold, &rare, version)).await.unwrap();
    }
    for version in 5..=100 {
        store.commit(large(&hot, &often, version)).await.unwrap();
    }
    store.compact().await.unwrap();
    drop((often, rare));
    store.close().unwrap();

    let store = open(&place, u64::MAX);
    let reader = JournalReader::open(place.path()).unwrap();
    for store in [&store as &dyn ReadStore, &reader] {
        let kept = versions(store, &hot).await;
        assert_eq!(kept, (91..=100).collect::<Vec<_>>());
        let kept = versions(store, &cold).await;
        assert_eq!(kept, (1..=7).collect::<Vec<_>>());
    }
    assert_eq!(reader.retention().await.unwrap(), u64::MAX);
    assert_eq!(JournalStore::verify(place.path()).unwrap(), []);
}

/// Owners that live for a moment leave a segment each; not for long.
#[tokio::test]
async fn many_short_lives_leave_little() {
    let place = Place::new();
    let unit = id("unit", "mysql-0");
    for life in 0..60 {
        let store = open(&place, 20);
        let claim = store.claim(&unit).await.unwrap();
        for version in life * 3 + 1..=life * 3 + 3 {
            store.commit(commit(&unit, &claim, version)).await.unwrap();
        }
        store.close().unwrap();
    }
    let kinds = kinds(&place.path());
    assert!(kinds.len() < 40, "{kinds:?}");
    let reader = JournalReader::open(place.path()).unwrap();
    let kept: Vec<u64> = (161..=180).collect();
    assert_eq!(versions(&reader, &unit).await, kept);
}

/// A record that is larger than any segment has one of its own.
#[tokio::test]
async fn a_record_may_be_large() {
    let place = Place::new();
    let store = open(&place, 10);
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=3 {
        let mut commit = commit(&unit, &claim, version);
        commit.record.state = "y".repeat(3_000_000).into();
        store.commit(commit).await.unwrap();
    }
    drop(claim);
    store.close().unwrap();
    assert_eq!(versions(&open(&place, 10), &unit).await, [1, 2, 3]);
}

#[test]
fn what_is_not_a_journal_is_refused() {
    let place = Place::new();
    fs::create_dir(place.path()).unwrap();
    fs::write(place.path().join("notes.txt"), "a letter").unwrap();
    let error = JournalStore::open(place.path()).unwrap_err();
    let path = fs::canonicalize(place.path()).unwrap();
    let expect = format!(
        "`{}` is not a store: the folder holds `notes.txt`; choose another path",
        path.display()
    );
    assert_eq!(error.to_string(), expect);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);

    let place = Place::new();
    fs::write(place.path(), "a letter").unwrap();
    let error = JournalStore::open(place.path()).unwrap_err();
    assert!(matches!(error, StoreError::NotAStore { .. }), "{error:?}");
}

/// By whichever of its files it is found out.
#[tokio::test]
async fn a_newer_journal_is_refused() {
    let place = Place::new();
    let store = open(&place, 10);
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=3 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
        store.compact().await.unwrap();
    }
    store.commit(commit(&unit, &claim, 4)).await.unwrap();
    drop(claim);
    store.close().unwrap();
    let names = kinds(&place.path());
    assert_eq!(names.last().unwrap(), "snapshot", "{names:?}");
    for file in fs::read_dir(place.path()).unwrap() {
        let file = file.unwrap().path();
        let sound = fs::read(&file).unwrap();
        let mut newer = sound.clone();
        match newer.get_mut(8) {
            Some(format) if sound.starts_with(b"inflight") => *format = 3,
            _ => continue,
        }
        fs::write(&file, &newer).unwrap();
        let is_current = JournalReader::open(place.path()).is_err();
        let history = || async {
            let reader = JournalReader::open(place.path()).unwrap();
            reader.history(&unit).await.unwrap_err()
        };
        let refused = match is_current {
            true => vec![
                JournalStore::open(place.path()).unwrap_err(),
                JournalStore::take_over(place.path()).unwrap_err(),
                JournalReader::open(place.path()).unwrap_err(),
                JournalStore::verify(place.path()).unwrap_err(),
            ],
            // One of the archive.
            false => vec![
                history().await,
                JournalStore::verify(place.path()).unwrap_err(),
            ],
        };
        for error in refused {
            let StoreError::Version {
                found, supported, ..
            } = error
            else {
                panic!("{}: {error:?}", file.display());
            };
            assert_eq!((found, supported), (3, 2));
        }
        assert!(fs::read(&file).unwrap() == newer, "it was changed");
        fs::write(&file, sound).unwrap();
    }
}

/// In one pass over several segments, of which some hold records that are kept no more.
#[tokio::test]
async fn histories_are_read_together() {
    let place = Place::new();
    let ids: Vec<_> = (0..20).map(|n| id("unit", &format!("mysql-{n}"))).collect();
    for round in 1..=3 {
        let store = open(&place, 4);
        for (n, unit) in (0..).zip(&ids) {
            let claim = store.claim(unit).await.unwrap();
            let before = claim.record.as_ref().map_or(0, |record| record.version);
            for version in before + 1..=before + (n % 3) * round {
                store.commit(commit(unit, &claim, version)).await.unwrap();
            }
        }
    }

    let mut asked = ids.clone();
    asked.insert(7, id("unit", "nobody"));
    let reader = JournalReader::open(place.path()).unwrap();
    let histories = reader.histories(&asked).await.unwrap();
    assert_eq!(histories.len(), asked.len());
    for (unit, history) in asked.iter().zip(&histories) {
        assert_eq!(*history, reader.history(unit).await.unwrap(), "{unit}");
    }
    let lengths: Vec<_> = histories.iter().map(Vec::len).collect();
    assert_eq!(lengths[..8], [0, 4, 4, 0, 4, 4, 0, 0]);
}
