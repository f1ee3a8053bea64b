//! What was asked and acknowledged, and what must be found.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use crate::store::{Commit, InstanceId, StoredRecord};

/// The text of the workflow.
pub(super) const SOURCE: &str = "workflow unit { initial state new }";

/// Records that are committed together: they are there together, or not at all.
pub(super) type Group = Vec<(InstanceId, StoredRecord)>;

/// What was asked, in order, and how much of it was acknowledged.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    groups: std::sync::Arc<Vec<Group>>,
    pub(super) acknowledged: usize,
}

/// Every record of every instance, oldest first.
pub(super) type Histories = BTreeMap<InstanceId, Vec<StoredRecord>>;

impl Story {
    /// Asks for records of so many bytes, one of each of these instances.
    pub(super) fn ask(&mut self, records: &[(u8, usize)]) -> Group {
        let histories = self.histories(self.groups.len());
        let mut group = Group::new();
        for &(number, size) in records {
            let instance = InstanceId::new("unit", format!("unit/{number}"));
            let version = histories.get(&instance).map_or(0, Vec::len) as u64 + 1;
            // Told apart from one that was asked for before, and lost.
            let at = version * 1_000_000 + self.groups.len() as u64 + size as u64 * 1_000;
            let record = StoredRecord {
                committed: UNIX_EPOCH + Duration::from_micros(at),
                state: letters(size, at).into(),
                ..StoredRecord::empty(version)
            };
            group.push((instance, record));
        }
        std::sync::Arc::make_mut(&mut self.groups).push(group.clone());
        group
    }

    /// All that was asked for is acknowledged.
    pub(super) fn acknowledge(&mut self) {
        self.acknowledged = self.groups.len();
    }

    /// How many groups were asked for.
    pub(super) fn asked(&self) -> usize {
        self.groups.len()
    }

    /// This much was found, and so is what everything after it follows.
    pub(super) fn adopt(&mut self, found: usize) {
        std::sync::Arc::make_mut(&mut self.groups).truncate(found);
        self.acknowledged = found;
    }

    /// What the first groups come to.
    pub(super) fn histories(&self, groups: usize) -> Histories {
        let mut histories = Histories::new();
        for (instance, record) in self.groups.iter().take(groups).flatten() {
            let history = histories.entry(instance.clone()).or_default();
            history.push(record.clone());
        }
        histories
    }
}

/// The commits of a group, under an epoch.
pub(super) fn commits(group: &Group, epoch: u64) -> Vec<Commit> {
    let commits = group.iter().map(|(instance, record)| Commit {
        instance: instance.clone(),
        epoch,
        expected: record.version - 1,
        record: record.clone(),
        source: SOURCE,
    });
    commits.collect()
}

fn letters(count: usize, seed: u64) -> String {
    let mut random = super::chance::Random(seed);
    (0..count)
        .map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap()))
        .collect()
}
