//! A store that should be there and is not, and one that root has looked into.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use inflight::request::{Command, Request, RequestQueue};
use inflight::store::{JournalStore, SqliteReader, SqliteStore, StoreError};

mod support;
use support::durable::{Durable, fill};
use support::place::Place;
use support::records::id;

/// What a store that must exist is opened with.
type Open = fn(&Path) -> Result<(), StoreError>;

const OPENS: [(Open, Open); 2] = [
    (
        |path| SqliteStore::options().must_exist().open(path)?.close(),
        |path| SqliteStore::open(path)?.close(),
    ),
    (
        |path| JournalStore::options().must_exist().open(path)?.close(),
        |path| JournalStore::open(path)?.close(),
    ),
];

#[test]
fn a_store_that_must_exist_is_not_created() {
    for (existing, any) in OPENS {
        let place = Place::new();
        let gone = |path: &Path| match existing(path) {
            Err(error @ StoreError::Gone { .. }) => error.to_string(),
            other => panic!("{other:?}"),
        };
        let told = format!(
            "there is no store at `{}`, where one must exist; look whether its volume is mounted \
             and the path is right",
            place.path().display()
        );
        assert_eq!(gone(&place.path()), told);
        gone(&place.folder().join("unmounted/state"));
        assert_eq!(place.files(), [], "nothing was created");
        any(&place.path()).unwrap();
        existing(&place.path()).unwrap();
    }
    let place = Place::new();
    File::create(place.path()).unwrap();
    let empty = SqliteStore::options().must_exist().open(place.path());
    assert!(matches!(empty, Err(StoreError::Gone { .. })));
    let empty = JournalStore::options().must_exist().open(place.folder());
    assert!(matches!(empty, Err(StoreError::NotAStore { .. })));
    fs::remove_file(place.path()).unwrap();
    let empty = JournalStore::options().must_exist().open(place.folder());
    assert!(matches!(empty, Err(StoreError::Gone { .. })));
    assert_eq!(place.files(), []);
}

#[tokio::test]
async fn a_store_that_was_emptied_is_damaged() {
    let place = Place::new();
    File::create(place.path()).unwrap();
    fill::<SqliteStore>(&place.path(), 2).await;
    File::create(place.path()).unwrap();
    let before = place.files();
    let told = format!(
        "`{0}` is damaged: it is empty, and was a store, as `{0}.lock` tells (remove both to begin \
         without one); restore it from a copy",
        fs::canonicalize(place.path()).unwrap().display()
    );
    let opened = SqliteStore::open(place.path()).map(drop);
    let read = SqliteReader::open(place.path()).map(drop);
    for refused in [opened, read] {
        assert_eq!(refused.unwrap_err().to_string(), told);
    }
    assert_eq!(SqliteStore::verify(place.path()).unwrap().len(), 1);
    let mut after = place.files();
    after.retain(|(name, _)| name != "state.db.opening");
    let mut unchanged = before;
    unchanged.retain(|(name, _)| name != "state.db.opening");
    assert_eq!(after, unchanged);
    fs::remove_file(place.folder().join("state.db.lock")).unwrap();
    SqliteStore::open(place.path()).unwrap().close().unwrap();
}

#[tokio::test]
async fn what_is_not_of_a_journal_is_told() {
    let place = Place::new();
    fill::<JournalStore>(&place.path(), 2).await;
    assert_eq!(JournalStore::verify(place.path()).unwrap(), []);
    fs::create_dir(place.path().join("copy")).unwrap();
    let found = JournalStore::verify(place.path()).unwrap();
    let told = format!(
        "`{}/copy` is no file of this journal: move it away",
        fs::canonicalize(place.path()).unwrap().display()
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].to_string(), told);
}

/// The files of a store, and those beside it.
fn files(place: &Place) -> Vec<PathBuf> {
    let listed = |folder: &Path| -> Vec<PathBuf> {
        let files = fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    };
    let (folders, mut files): (Vec<_>, Vec<_>) = listed(place.folder())
        .into_iter()
        .partition(|it| it.is_dir());
    files.extend(folders.iter().flat_map(|folder| listed(folder)));
    files
}

/// What opens a store that is another's leaves nothing that the other could not open.
async fn whose<S: Durable>(main: &str) {
    let place = Place::new();
    fill::<S>(&place.path(), 1).await;
    let main = place.folder().join(main);
    // Where root runs the tests, it becomes somebody else's.
    let owner = fs::metadata(&main).unwrap().uid();
    let owner = if owner == 0 { 4321 } else { owner };
    for file in files(&place) {
        if file != main && fs::metadata(&file).unwrap().len() < 1000 {
            fs::remove_file(file).unwrap();
        } else {
            chown(&file, Some(owner), None).unwrap();
            fs::set_permissions(&file, Permissions::from_mode(0o660)).unwrap();
        }
    }
    let requests = place.folder().join("state.db.requests");
    fs::create_dir(&requests).unwrap();
    chown(&requests, Some(owner), None).unwrap();
    fs::set_permissions(&requests, Permissions::from_mode(0o770)).unwrap();
    S::open(&place.path(), "root", 10_000)
        .unwrap()
        .close()
        .unwrap();
    let unit = id("unit", "mysql-0");
    let request = Request::new(unit, Command::Retry { execution: None });
    RequestQueue::of(place.path()).add(&request).unwrap();
    for file in files(&place) {
        let found = fs::metadata(&file).unwrap();
        let found = (found.uid(), found.mode() & 0o666);
        assert_eq!(found, (owner, 0o660), "{}", file.display());
    }
}

#[tokio::test]
async fn files_beside_a_store_are_whose_the_store_is() {
    whose::<SqliteStore>("state.db").await;
    whose::<JournalStore>("state.db/epoch").await;
}
