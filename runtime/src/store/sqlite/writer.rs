//! What the owner does with its connection, on the thread of the committer.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use super::{database, records};
use crate::store::claims::Claims;
use crate::store::committer::Medium;
use crate::store::lock::Ownership;
use crate::store::{Claim, Commit, InstanceId, StoreError, check};

/// The owner's connection. The fields are dropped in this order: the connection before
/// the ownership.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    connection: Connection,
    epoch: u64,
    retention: u64,
    claims: Arc<Claims>,
    /// The workflows, with their fingerprints, of which the text is kept.
    sources: HashSet<(Arc<str>, u64)>,
    _ownership: Ownership,
}

impl Writer {
    pub(super) fn new(
        path: PathBuf,
        connection: Connection,
        epoch: u64,
        retention: u64,
        ownership: Ownership,
    ) -> Self {
        Self {
            path,
            connection,
            epoch,
            retention,
            claims: Arc::default(),
            sources: HashSet::new(),
            _ownership: ownership,
        }
    }

    /// Reads something.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        read(&self.connection).map_err(|error| database::fault(&self.path, "read", error))
    }

    /// Claims an instance.
    pub(super) fn claim(&self, instance: &InstanceId) -> Result<Claim, StoreError> {
        let (epoch, record) = self.read(|connection| records::claimed(connection, instance))?;
        check::epoch(self.epoch, epoch)?;
        Ok(Claim {
            epoch: self.epoch,
            release: self.claims.claim(instance)?,
            record,
        })
    }

    /// The epoch of this owner, unless somebody took the store over.
    pub(super) fn held(&self) -> Result<u64, StoreError> {
        check::epoch(self.epoch, self.read(records::epoch)?)?;
        Ok(self.epoch)
    }

    /// Gives back the space of what is not kept.
    pub(super) fn compact(&self) -> Result<(), StoreError> {
        self.held()?;
        records::drop_old(&self.connection, self.retention)
            .and_then(|()| {
                let whole = "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
                self.connection.execute_batch(whole)
            })
            .map_err(|error| database::fault(&self.path, "compact", error))
    }

    /// Notes which version of a workflow this owner has.
    pub(super) fn declare(
        &mut self,
        workflow: &str,
        fingerprint: u64,
        text: &str,
    ) -> Result<(), StoreError> {
        let newest = self.read(|connection| records::newest(connection, workflow))?;
        let is_newest = newest.is_some_and(|(newest, _)| newest == fingerprint);
        if is_newest || !self.read(|connection| records::has_source(connection, workflow))? {
            return Ok(());
        }
        let held = self.epoch;
        let path = &self.path;
        let write = |connection: &mut Connection| {
            let behavior = TransactionBehavior::Immediate;
            let transaction = connection.transaction_with_behavior(behavior)?;
            let epoch = records::epoch(&transaction)?;
            if epoch == held {
                records::declare(&transaction, workflow, fingerprint, text)?;
                transaction.commit()?;
            }
            Ok(epoch)
        };
        let epoch = write(&mut self.connection);
        let epoch = epoch.map_err(|error| database::fault(path, "write", error))?;
        check::epoch(held, epoch)
    }

    fn insert(&mut self, group: &[Commit]) -> rusqlite::Result<Vec<(usize, StoreError)>> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let epoch = records::epoch(&transaction)?;
        let mut refused = Vec::new();
        for (index, commit) in group.iter().enumerate() {
            let Commit {
                instance, record, ..
            } = commit;
            let found = records::version(&transaction, instance)?;
            let allowed = check::epoch(commit.epoch, epoch).and_then(|()| {
                check::version(|| instance.clone(), commit.expected, record.version, found)
            });
            if let Err(error) = allowed {
                refused.push((index, error));
                continue;
            }
            records::insert(&transaction, commit, self.retention)?;
            let written = (Arc::clone(&instance.workflow), record.fingerprint);
            if self.sources.insert(written) {
                records::insert_source(&transaction, commit)?;
            }
        }
        transaction.commit()?;
        Ok(refused)
    }
}

/// A group is one transaction.
impl Medium for Writer {
    type Item = Commit;

    fn write(&mut self, group: &mut Vec<Commit>) -> Result<Vec<(usize, StoreError)>, StoreError> {
        self.insert(group)
            .map_err(|error| database::fault(&self.path, "write", error))
    }

    fn close(self) -> Result<(), StoreError> {
        let Self {
            path,
            connection,
            _ownership,
            ..
        } = self;
        connection
            .close()
            .map_err(|(_, error)| database::fault(&path, "close", error))
    }
}
