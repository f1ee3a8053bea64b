//! What compaction leaves of a journal.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use inflight::store::{JournalReader, JournalStore, Store};

mod support;
use support::records::{commit, id, versions};

/// The segment between two others has to stay, for it says where the one before it ends.
#[tokio::test]
async fn a_segment_of_which_nothing_is_kept_is_still_one() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("state");
    let store = JournalStore::options().retention(1).open(&path).unwrap();
    let (lasting, busy) = (id("unit", "lasting"), id("unit", "busy"));
    let claim = store.claim(&lasting).await.unwrap();
    store.commit(commit(&lasting, &claim, 1)).await.unwrap();
    store.compact().await.unwrap();
    let claim = store.claim(&busy).await.unwrap();
    for version in 1..=3 {
        store.commit(commit(&busy, &claim, version)).await.unwrap();
        store.compact().await.unwrap();
    }
    let reader = JournalReader::open(&path).unwrap();
    assert_eq!(versions(&reader, &lasting).await, [1]);
    assert_eq!(versions(&reader, &busy).await, [3]);
    store.close().unwrap();
    let store = JournalStore::open(&path).unwrap();
    assert_eq!(versions(&store, &lasting).await, [1]);
}
