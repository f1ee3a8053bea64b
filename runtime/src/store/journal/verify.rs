//! Looks at every byte that counts, of every file.

use std::collections::HashMap;
use std::path::Path;

use super::batch::Batch;
use super::entry::{self, Entry};
use super::epoch::Epoch;
use super::files::Files;
use super::header::Kind;
use super::part::{Part, parts};
use super::patiently;
use super::reader::{self, View};
use super::replay::check_store;
use super::state::State;
use crate::store::{Damage, StoreError};

/// What is damaged in the store at a path.
pub(super) fn verify(path: &Path) -> Result<Vec<Damage>, StoreError> {
    match reader::existing(path) {
        Ok(files) => patiently(|| false, || look(&files)),
        Err(error) => Ok(vec![damage(error)?]),
    }
}

/// What is damaged in these files.
pub(super) fn look(files: &Files) -> Result<Vec<Damage>, StoreError> {
    let store = match Epoch::open(files, false) {
        Ok((epoch, _)) => epoch.store,
        Err(error) => return Ok(vec![damage(error)?]),
    };
    let mut view = View::new(files.clone());
    let (mut sought, whole) = match view.read(State::versions) {
        Ok(current) => (Sought(current), Ok(())),
        Err(error) => (Sought::default(), Err(error)),
    };
    let mut found = Vec::new();
    let mut check = |result: Result<(), StoreError>| {
        if let Err(error) = result {
            found.push(damage(error)?);
        }
        Ok::<_, StoreError>(())
    };
    for id in files.list()?.snapshots {
        let read = files
            .open_checked(Kind::Snapshot, id)
            .and_then(|(file, header)| {
                check_store(files, &header, store)?;
                let end = header.end;
                Part { file, header, end }.each(files, |_, _| Ok(()))
            });
        check(read)?;
    }
    for (_, part) in parts(files)? {
        let read = part.and_then(|part| {
            check_store(files, &part.header, store)?;
            part.each(files, |_, batch| {
                sought.find(batch);
                Ok(())
            })
        });
        check(read)?;
    }
    found.extend(files.list()?.foreign.map(|file| Damage {
        file: files.path.join(file),
        detail: "is no file of this journal: move it away".to_owned(),
    }));
    if found.is_empty() {
        // What is sound by itself may not fit together; and there is the end.
        let whole = whole.and_then(|()| sought.none(files, &mut view));
        found.extend(whole.err().map(damage).transpose()?);
    }
    Ok(found)
}

/// The current records that no segment was found to have.
#[derive(Default)]
struct Sought(HashMap<Vec<u8>, u64>);

impl Sought {
    fn find(&mut self, batch: Batch<'_>) {
        for entry in batch.entries() {
            if let Some(Entry::Record(record)) = entry
                && self.0.get(record.key) == Some(&record.version)
            {
                self.0.remove(record.key);
            }
        }
    }

    /// Refuses if there are any left that are still current: what was current all the time was
    /// there all the time.
    fn none(mut self, files: &Files, view: &mut View) -> Result<(), StoreError> {
        view.read(|state| self.0.retain(|key, version| state.version(key) == *version))?;
        let mut lacking: Vec<_> = self.0.into_iter().collect();
        lacking.sort_unstable();
        let Some((key, version)) = lacking.first() else {
            return Ok(());
        };
        let instance = entry::instance(key);
        let others = match lacking.len() - 1 {
            0 => String::new(),
            others => format!(", and {others} more are not"),
        };
        Err(StoreError::Corrupt {
            path: files.path.clone(),
            detail: format!(
                "the current record of `{instance}` (version {version}) is in none of the \
                 segments{others}"
            ),
        })
    }
}

/// An error as damage, if that is what it is.
fn damage(error: StoreError) -> Result<Damage, StoreError> {
    let StoreError::Corrupt { path, detail } = error else {
        return Err(error);
    };
    // It begins with the name of the file, see `Files::damaged`.
    let named = detail
        .strip_prefix('`')
        .and_then(|rest| rest.split_once("` "));
    Ok(match named {
        Some((name, detail)) => Damage {
            file: path.join(name),
            detail: detail.to_owned(),
        },
        None => Damage { file: path, detail },
    })
}
