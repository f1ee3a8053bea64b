//! An owner of a journal on a simulated disk.

use std::path::PathBuf;
use std::sync::Arc;

use super::disk::Simulated;
use super::story::{Story, commits};
use crate::store::committer::Medium;
use crate::store::journal::files::Files;
use crate::store::journal::history::{self, Newest};
use crate::store::journal::writer::Writer;
use crate::store::journal::{create, decode, encode, entry, verify};
use crate::store::{InstanceId, StoreError, StoredRecord};

/// How many records of an instance are kept.
pub(super) const RETENTION: u64 = 3;

/// What an owner does next.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// It commits, together, records of so many bytes of these instances.
    Commit(Vec<(u8, usize)>),
    /// It compacts the store.
    Compact,
    /// It closes the store and opens it again.
    Reopen,
}

/// An owner.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) disk: Simulated,
    pub(super) story: Story,
    held: u64,
    pub(super) writer: Writer,
}

impl Life {
    /// Opens the store.
    pub(super) fn open(disk: &Simulated, story: &Story) -> Result<Self, StoreError> {
        disk.tell(story);
        let files = files(disk);
        let opened = create::open(&files, RETENTION)?;
        Ok(Self {
            disk: disk.clone(),
            story: story.clone(),
            held: opened.held,
            writer: Writer::new(files, opened, RETENTION, None),
        })
    }

    /// Opens the store after anything, and checks what is found; that is what everything
    /// else follows.
    pub(super) fn recover(disk: &Simulated, story: &Story) -> Result<Self, StoreError> {
        let mut life = Self::open(disk, story)?;
        let found = life.check()?;
        life.story.adopt(found);
        disk.tell(&life.story);
        Ok(life)
    }

    pub(super) fn take(&mut self, step: &Step) -> Result<(), StoreError> {
        match step {
            Step::Commit(records) => self.commit(records),
            Step::Compact => match self.writer.compact()? {
                Some(done) => done.blocking_recv().unwrap(),
                None => Ok(()),
            },
            Step::Reopen => {
                let (disk, story) = (self.disk.clone(), self.story.clone());
                let next = Self::open(&disk, &story);
                std::mem::replace(self, next?).close()
            }
        }
    }

    /// Commits records together.
    pub(super) fn commit(&mut self, records: &[(u8, usize)]) -> Result<(), StoreError> {
        let group = self.story.ask(records);
        self.disk.tell(&self.story);
        let commits = commits(&group, self.held);
        let mut items: Vec<_> = commits.iter().map(|it| encode(it).unwrap()).collect();
        let refused = self.writer.write(&mut items)?;
        assert_eq!(format!("{refused:?}"), "[]");
        self.story.acknowledge();
        self.disk.tell(&self.story);
        Ok(())
    }

    /// Closes the store.
    pub(super) fn close(self) -> Result<(), StoreError> {
        self.writer.close()
    }

    /// Checks all that is found, and returns how many groups that is: all that were
    /// acknowledged, and perhaps the one more that was asked for.
    pub(super) fn check(&mut self) -> Result<usize, StoreError> {
        let current = self.writer.current()?;
        let files = files(&self.disk);
        let current: Vec<(InstanceId, StoredRecord)> = current
            .into_iter()
            .map(|(instance, record)| Ok((instance, decode(&files, &record)?)))
            .collect::<Result<_, StoreError>>()?;
        let (least, most) = (self.story.acknowledged, self.story.asked());
        let found = (least..=most).find(|&groups| {
            let histories = self.story.histories(groups);
            let last = histories
                .iter()
                .map(|(instance, history)| (instance.clone(), history.last().unwrap().clone()));
            last.eq(current.iter().cloned())
        });
        let Some(found) = found else {
            panic!("LOST or INVENTED: neither {least} nor {most} groups: {current:?}");
        };
        for (instance, all) in self.story.histories(found) {
            let version = all.len() as u64;
            let kept = history::read(&files, &entry::key(&instance), newest(version))?;
            let from = version.saturating_sub(RETENTION);
            let expected = &all[usize::try_from(from).unwrap()..];
            assert_eq!(kept, expected, "LOST or CHANGED: the history of {instance}");
            let source = self.writer.source("unit", 7)?;
            assert!(source.is_some(), "LOST: the text");
        }
        let damage = verify::look(&files)?;
        assert_eq!(damage, [], "DAMAGED, or a false alarm");
        Ok(found)
    }
}

/// Which records are kept of an instance that is at this version.
pub(super) fn newest(version: u64) -> Newest {
    Newest {
        version,
        retention: RETENTION,
    }
}

/// What the journal sees of a disk.
pub(super) fn files(disk: &Simulated) -> Files {
    Files::new(PathBuf::from("simulated"), Arc::new(disk.clone()))
}
