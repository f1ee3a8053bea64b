//! What the journal holds in memory: the current record of each instance, encoded.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::entry::{self, Entry, Kept, Record};
use crate::store::InstanceId;

/// The current records, and the sources of the workflows that wrote them.
#[derive(Debug, Default)]
pub(super) struct State {
    records: HashSet<Kept>,
    /// By workflow, the newest last.
    sources: BTreeMap<String, Vec<Source>>,
    /// How many bytes the entries are.
    bytes: u64,
}

/// The text of a workflow, encoded, with its fingerprint.
type Source = (u64, Box<[u8]>);

/// An instance with its record.
pub(super) type Encoded = (InstanceId, Kept);

impl State {
    /// The version of the current record under a key, 0 if there is none.
    pub(super) fn version(&self, key: &[u8]) -> u64 {
        self.records.get(key).map_or(0, Kept::version)
    }

    /// The versions of all current records, by their keys.
    pub(super) fn versions(&self) -> HashMap<Vec<u8>, u64> {
        let records = self.records.iter();
        records
            .map(|kept| (kept.key().to_vec(), kept.version()))
            .collect()
    }

    /// The current record under a key.
    pub(super) fn record(&self, key: &[u8]) -> Option<Kept> {
        self.records.get(key).cloned()
    }

    /// Every current record, sorted by instance.
    pub(super) fn current(&self) -> Vec<Encoded> {
        let records = self.records.iter();
        let mut records: Vec<_> = records
            .map(|kept| (entry::instance(kept.key()), kept.clone()))
            .collect();
        records.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        records
    }

    /// The instances, sorted.
    pub(super) fn list(&self) -> Vec<InstanceId> {
        let keys = self.records.iter().map(Kept::key);
        let mut instances: Vec<_> = keys.map(entry::instance).collect();
        instances.sort_unstable();
        instances
    }

    /// Puts a record in the place of the one that is there, and returns that.
    pub(super) fn put(&mut self, record: Kept) -> Option<Kept> {
        self.bytes += record.bytes().len() as u64;
        let old = self.records.replace(record);
        self.bytes -= old.as_ref().map_or(0, |old| old.bytes().len() as u64);
        old
    }

    /// Takes back a record that was put under a key, in the place of another or of none.
    pub(super) fn put_back(&mut self, key: &[u8], old: Option<Kept>) {
        if let Some(old) = old {
            self.put(old);
        } else {
            let gone = self.records.take(key);
            self.bytes -= gone.map_or(0, |gone| gone.bytes().len() as u64);
        }
    }

    /// The text that declared a workflow.
    pub(super) fn source(&self, workflow: &str, fingerprint: u64) -> Option<&str> {
        let mut sources = self.sources.get(workflow)?.iter();
        text(&sources.find(|(found, _)| *found == fingerprint)?.1)
    }

    /// The newest text that declared a workflow, with its fingerprint.
    pub(super) fn newest(&self, workflow: &str) -> Option<(u64, &str)> {
        let (fingerprint, entry) = self.sources.get(workflow)?.last()?;
        Some((*fingerprint, text(entry)?))
    }

    pub(super) fn has_source(&self, workflow: &str, fingerprint: u64) -> bool {
        self.sources
            .get(workflow)
            .is_some_and(|texts| texts.iter().any(|(found, _)| *found == fingerprint))
    }

    /// Puts the text of a workflow, which thereby is the newest.
    pub(super) fn put_source(&mut self, workflow: &str, fingerprint: u64, entry: Box<[u8]>) {
        self.bytes += entry.len() as u64;
        let texts = self.sources.entry(workflow.to_owned()).or_default();
        let place = texts.iter().position(|(found, _)| *found == fingerprint);
        let old = place.map(|place| texts.remove(place));
        texts.push((fingerprint, entry));
        self.bytes -= old.map_or(0, |(_, old)| old.len() as u64);
    }

    /// Takes in an entry that was read; false if it does not follow what was there, and then
    /// nothing that is held is of any use.
    pub(super) fn apply(&mut self, entry: Entry<'_>, first: First) -> bool {
        match entry {
            Entry::Record(record) => {
                let found = self.put(record.into()).map_or(0, |old| old.version());
                match first {
                    First::Any => found == 0 && record.version > 0,
                    First::One => record.version == found + 1,
                }
            }
            Entry::Source {
                workflow,
                fingerprint,
                bytes,
                ..
            } => {
                self.put_source(workflow, fingerprint, bytes.into());
                true
            }
        }
    }

    /// Makes room for so many instances.
    pub(super) fn reserve(&mut self, instances: usize) {
        self.records.reserve(instances);
    }

    /// How many bytes all entries are.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// All entries; the sources first, and of these the newest of a workflow after the others.
    pub(super) fn entries(&self) -> impl Iterator<Item = &[u8]> {
        let sources = self.sources.values().flatten().map(|(_, entry)| entry);
        let records = self.records.iter().map(Kept::bytes);
        sources.map(|entry| &**entry).chain(records)
    }

    /// About how many bytes the newest records of all instances are.
    pub(super) fn kept(&self, retention: u64) -> u64 {
        let each = self.records.iter().map(|kept| {
            let records = kept.version().min(retention);
            records.saturating_mul(kept.bytes().len() as u64)
        });
        each.fold(0, u64::saturating_add)
    }

    /// Whether a record is among the newest ones of its instance.
    pub(super) fn keeps(&self, record: &Record<'_>, retention: u64) -> bool {
        let current = self.version(record.key);
        current < retention.saturating_add(record.version)
    }
}

/// The text within a source's entry.
fn text(entry: &[u8]) -> Option<&str> {
    match entry::parse(entry)? {
        Entry::Source { text, .. } => Some(text),
        Entry::Record(_) => None,
    }
}

/// Which version the first record of an instance may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// Any, and there is no second: a snapshot.
    Any,
    /// One, and each that follows is one more.
    One,
}
