//! An owner that goes on while somebody reads a history.

use std::future::ready;

use super::disk::Simulated;
use super::life::{Life, RETENTION, files, newest};
use super::story::Story;
use crate::store::InstanceId;
use crate::store::journal::{entry, history};

/// How many records there are when the history is asked for.
const BEFORE: u64 = 7;

/// The versions that somebody finds who learns which are kept, and then is overtaken by so many
/// commits, after which all that is not kept any more is given back.
async fn overtaken(commits: u64) -> Vec<u64> {
    let disk = Simulated::new();
    let mut life = Life::open(&disk, &Story::default()).unwrap();
    let commit = |life: &mut Life| life.commit(&[(1, 9_000)]).unwrap();
    (0..BEFORE).for_each(|_| commit(&mut life));
    let key = entry::key(&InstanceId::new("unit", "unit/1"));
    let mut version = BEFORE;
    let mut overtaking = commits;
    let ask = || {
        let asked = newest(version);
        while overtaking > 0 {
            commit(&mut life);
            (version, overtaking) = (version + 1, overtaking - 1);
        }
        if let Some(done) = life.writer.compact().unwrap() {
            std::thread::scope(|scope| scope.spawn(|| done.blocking_recv()).join())
                .unwrap()
                .unwrap()
                .unwrap();
        }
        ready(Ok(asked))
    };
    let found = history::kept(files(&disk), key.clone(), ask).await.unwrap();
    found.iter().map(|record| record.version).collect()
}

#[tokio::test]
async fn a_history_is_of_one_moment() {
    for commits in 0..=5 {
        let found = overtaken(commits).await;
        let last = *found.last().unwrap();
        assert!(last == BEFORE || last == BEFORE + commits, "{found:?}");
        let whole: Vec<_> = (last + 1 - RETENTION..=last).collect();
        assert_eq!(found, whole, "after {commits} commits");
    }
}
