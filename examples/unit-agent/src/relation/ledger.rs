//! The relations of a unit: their ids, remote units and waiting changes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::durable::{self, FileError};
use crate::folder::DataFolder;
use crate::relation::changes::{Change, ChangeKind, Changes};
use crate::request::{RelationCommand, Values};

/// The relations of a unit. Each change to them is durable before it is seen.
#[derive(Debug)]
pub(crate) struct Ledger {
    folder: DataFolder,
    relations: Mutex<Relations>,
}

/// The relations of a unit, as they are kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Relations {
    /// The number of the next relation.
    next_id: u64,
    /// The number of the next change.
    next_change: u64,
    /// The request that was noted last; requests come one after another.
    last_request: Option<String>,
    /// The relations, by name.
    pub(crate) by_name: BTreeMap<String, RelationEntry>,
}

/// One relation, as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct RelationEntry {
    /// `NAME:N`, where N counts the unit's relations.
    pub(crate) id: String,
    /// The settings of its remote units, by their names.
    pub(crate) remote_units: BTreeMap<String, Values>,
    /// What has happened to them.
    pub(crate) changes: Changes,
}

impl Relations {
    /// Reads the relations of a unit.
    pub(crate) fn load(folder: &DataFolder) -> Result<Self, FileError> {
        Ok(durable::read_json(&folder.relations())?.unwrap_or_default())
    }

    /// Notes what a remote unit did. `departed` are the ids of relations that are no
    /// more; who joins one of those begins a new one.
    ///
    /// Returns why it is refused, if it is.
    fn note(
        &mut self,
        name: &str,
        command: &RelationCommand,
        departed: impl Fn(&str) -> bool,
    ) -> Result<(), String> {
        let known = self.by_name.get(name).filter(|entry| !departed(&entry.id));
        let (remote, kind, settings) = match command {
            RelationCommand::Join { remote, settings } => (remote, ChangeKind::Joined, settings),
            RelationCommand::Change { remote, settings } => {
                (remote, ChangeKind::Modified, settings)
            }
            RelationCommand::Depart { remote } => (remote, ChangeKind::Departed, &Values::new()),
            RelationCommand::Remove {} => return Ok(()),
        };
        let joined = known.is_some_and(|entry| entry.remote_units.contains_key(remote));
        match (kind, known) {
            (ChangeKind::Joined, _) if joined => {
                return Err(format!("`{remote}` has joined `{name}` already"));
            }
            (ChangeKind::Joined, None) => {
                let id = format!("{name}:{}", self.next_id);
                self.next_id += 1;
                let entry = RelationEntry {
                    id,
                    remote_units: BTreeMap::new(),
                    changes: Changes::default(),
                };
                self.by_name.insert(name.to_owned(), entry);
            }
            (ChangeKind::Joined, Some(_)) => {}
            (_, None) => return Err(format!("there is no relation `{name}`")),
            (_, Some(_)) if !joined => {
                return Err(format!("`{remote}` has not joined `{name}`"));
            }
            (_, Some(_)) => {}
        }
        let number = self.next_change;
        self.next_change += 1;
        if let Some(entry) = self.by_name.get_mut(name) {
            if kind == ChangeKind::Departed {
                entry.remote_units.remove(remote);
            } else {
                let known = entry.remote_units.entry(remote.clone()).or_default();
                known.extend(settings.clone());
            }
            entry.changes.add(Change {
                number,
                remote: remote.clone(),
                kind,
            });
        }
        Ok(())
    }
}

impl Ledger {
    /// Opens the relations of a unit.
    pub(crate) fn open(folder: &DataFolder) -> Result<Self, FileError> {
        Ok(Self {
            folder: folder.clone(),
            relations: Mutex::new(Relations::load(folder)?),
        })
    }

    /// The relations as they are now.
    pub(crate) fn read(&self) -> Relations {
        self.relations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// One relation as it is now.
    pub(crate) fn relation(&self, name: &str) -> Option<RelationEntry> {
        self.read().by_name.remove(name)
    }

    /// Notes what a remote unit did, once for each request. Returns why it is refused,
    /// if it is.
    pub(crate) fn note(
        &self,
        request: &str,
        name: &str,
        command: &RelationCommand,
        departed: impl Fn(&str) -> bool,
    ) -> Result<Result<(), String>, FileError> {
        self.once(request, Ok(()), |relations| {
            relations.note(name, command, departed)
        })
    }

    /// Gives up the change of a relation that failed, once for each request.
    pub(crate) fn dismiss(&self, request: &str, name: &str) -> Result<(), FileError> {
        self.once(request, (), |relations| {
            if let Some(entry) = relations.by_name.get_mut(name) {
                entry.changes.complete();
            }
        })
    }

    /// Takes the next change of a relation.
    pub(crate) fn begin(&self, name: &str) -> Result<Option<Change>, FileError> {
        self.change(name, Changes::begin)
    }

    /// Notes that the change which was taken is over.
    pub(crate) fn complete(&self, name: &str) -> Result<(), FileError> {
        self.change(name, |changes| {
            changes.complete();
            None::<Change>
        })?;
        Ok(())
    }

    /// Forgets the changes of a relation that is no more.
    pub(crate) fn clear(&self, name: &str) -> Result<(), FileError> {
        self.change(name, |changes| {
            *changes = Changes::default();
            None::<Change>
        })?;
        Ok(())
    }

    fn change<T>(
        &self,
        name: &str,
        change: impl FnOnce(&mut Changes) -> Option<T>,
    ) -> Result<Option<T>, FileError> {
        self.update(|relations| change(&mut relations.by_name.get_mut(name)?.changes))
    }

    /// Carries out a request, unless that was done before.
    fn once<T>(
        &self,
        request: &str,
        before: T,
        update: impl FnOnce(&mut Relations) -> T,
    ) -> Result<T, FileError> {
        self.update(|relations| {
            if relations.last_request.as_deref() == Some(request) {
                return before;
            }
            relations.last_request = Some(request.to_owned());
            update(relations)
        })
    }

    fn update<T>(&self, update: impl FnOnce(&mut Relations) -> T) -> Result<T, FileError> {
        let mut current = self
            .relations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut relations = current.clone();
        let result = update(&mut relations);
        if relations != *current {
            durable::write_json(&self.folder.relations(), &relations)?;
            *current = relations;
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Unit {
        _folder: tempfile::TempDir,
        data: DataFolder,
        requests: usize,
    }

    impl Unit {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let data = DataFolder::at(folder.path()).unwrap();
            Self {
                _folder: folder,
                data,
                requests: 0,
            }
        }

        /// Notes `+unit`, `*unit` or `-unit` of the relation `db`, twice, as after a crash.
        fn note(&mut self, what: &str, departed: bool) -> Result<(), String> {
            self.requests += 1;
            let request = self.requests.to_string();
            let remote = what[1..].to_owned();
            let settings = Values::from([(what.to_owned(), request.clone())]);
            let command = match what.as_bytes()[0] {
                b'+' => RelationCommand::Join { remote, settings },
                b'*' => RelationCommand::Change { remote, settings },
                _ => RelationCommand::Depart { remote },
            };
            let note = || {
                let ledger = Ledger::open(&self.data).unwrap();
                ledger.note(&request, "db", &command, |_| departed).unwrap()
            };
            let result = note();
            if result.is_ok() {
                let once = Relations::load(&self.data).unwrap();
                note().unwrap();
                assert_eq!(Relations::load(&self.data).unwrap(), once);
            }
            result
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let check = |before: &[&str], what: &str, expect: Result<(), &str>| {
            let mut unit = Unit::new();
            for what in before {
                unit.note(what, false).unwrap();
            }
            assert_eq!(
                unit.note(what, false),
                expect.map_err(str::to_owned),
                "{what}"
            );
        };
        check(&[], "+a", Ok(()));
        check(&[], "*a", Err("there is no relation `db`"));
        check(&[], "-a", Err("there is no relation `db`"));
        check(&["+a"], "+b", Ok(()));
        check(&["+a"], "+a", Err("`a` has joined `db` already"));
        check(&["+a"], "*b", Err("`b` has not joined `db`"));
        check(&["+a", "-a"], "*a", Err("`a` has not joined `db`"));
        check(&["+a", "-a"], "+a", Ok(()));
    }

    #[test]
    fn settings_are_merged_and_go_with_their_unit() {
        let mut unit = Unit::new();
        unit.note("+a", false).unwrap();
        unit.note("*a", false).unwrap();
        unit.note("+b", false).unwrap();
        unit.note("-b", false).unwrap();
        let entry = Ledger::open(&unit.data).unwrap().relation("db").unwrap();
        let settings = Values::from([("+a".into(), "1".into()), ("*a".into(), "2".into())]);
        assert_eq!(entry.remote_units, BTreeMap::from([("a".into(), settings)]));
    }

    #[test]
    fn joining_a_departed_relation_begins_the_next() {
        let mut unit = Unit::new();
        unit.note("+a", false).unwrap();
        unit.note("+a", true).unwrap();
        let entry = Ledger::open(&unit.data).unwrap().relation("db").unwrap();
        assert_eq!(entry.id, "db:1");
        assert_eq!(entry.changes.waiting(), 1);
    }

    #[test]
    fn a_failed_change_is_given_up_once() {
        let mut unit = Unit::new();
        unit.note("+a", false).unwrap();
        for _ in 0..2 {
            let ledger = Ledger::open(&unit.data).unwrap();
            ledger.begin("db").unwrap();
            ledger.dismiss("request", "db").unwrap();
        }
        let ledger = Ledger::open(&unit.data).unwrap();
        assert_eq!(
            ledger.begin("db").unwrap().unwrap().kind,
            ChangeKind::Modified
        );
    }
}
