//! Looks at every byte that counts, of every file.

use std::path::Path;

use super::epoch::Epoch;
use super::files::Files;
use super::header::Kind;
use super::part::{Part, parts};
use super::patiently;
use super::reader::{self, View};
use super::replay::check_store;
use crate::store::{Damage, StoreError};

/// What is damaged in the store at a path.
pub(super) fn verify(path: &Path) -> Result<Vec<Damage>, StoreError> {
    match reader::existing(path) {
        Ok(files) => patiently(|| false, || look(&files)),
        Err(error) => Ok(vec![damage(error)?]),
    }
}

fn look(files: &Files) -> Result<Vec<Damage>, StoreError> {
    let store = match Epoch::open(files, false) {
        Ok((epoch, _)) => epoch.store,
        Err(error) => return Ok(vec![damage(error)?]),
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
            part.each(files, |_, _| Ok(()))
        });
        check(read)?;
    }
    if found.is_empty() {
        // What is sound by itself may not fit together; and there is the end.
        if let Err(error) = View::new(files.clone()).read(|_| ()) {
            found.push(damage(error)?);
        }
    }
    Ok(found)
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
