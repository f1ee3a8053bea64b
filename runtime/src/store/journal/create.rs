//! Opening a store for writing: an empty folder becomes one, and a store gets a new
//! segment. Dying anywhere in it leaves a store that opens.

use uuid::Uuid;

use super::batch::{Order, Scanner, StoreId};
use super::epoch::Epoch;
use super::files::{Files, Listing, START, is_missing, name};
use super::header::{Header, Id, Kind, Previous};
use super::replay::{Position, Replay};
use super::segment::{SMALLEST, Segment, Spare, size_for};
use crate::store::StoreError;

/// A store that was opened for writing.
pub(super) struct Opened {
    pub(super) epoch: Epoch,
    /// The epoch of this owner.
    pub(super) held: u64,
    pub(super) replay: Replay,
    pub(super) segment: Segment,
}

/// Refuses a folder that is certainly not a store of ours. Changes nothing.
pub(super) fn inspect(files: &Files, must_exist: bool) -> Result<(), StoreError> {
    let listing = files.list()?;
    match listing.foreign {
        Some(file) if !listing.complete => Err(StoreError::NotAStore {
            path: files.path.clone(),
            detail: format!("the folder holds `{file}`"),
        }),
        _ if listing.complete => Epoch::open(files, false).map(drop),
        _ if must_exist => {
            unfinished(files, &listing)?;
            Err(StoreError::Gone {
                path: files.path.clone(),
            })
        }
        _ => Ok(()),
    }
}

/// Opens a store, and creates it if there is none or if its creation was cut short.
pub(super) fn open(files: &Files, retention: u64) -> Result<Opened, StoreError> {
    match files.list()?.complete {
        false => create(files, retention)?,
        // Whoever made it may have died, or failed, before its name was durable.
        true => files.sync_folder()?,
    }
    // Nothing is written before all was found in order.
    let (epoch, _) = Epoch::open(files, true)?;
    let mut replay = Replay::all(files, epoch.store).map_err(|error| lost(files, error))?;
    let held = epoch.current(files)? + 1;
    epoch.raise(files, held)?;
    // Whoever owned it may have gone on until now, and can go on no longer.
    if !replay
        .refresh(files, epoch.store)
        .map_err(|error| lost(files, error))?
    {
        replay = Replay::all(files, epoch.store).map_err(|error| lost(files, error))?;
    }
    let segment = begin(files, (epoch.store, held, retention), &replay)?;
    clean(files, held, &replay, &segment)?;
    Ok(Opened {
        epoch,
        held,
        replay,
        segment,
    })
}

/// Makes a store of a folder that has none. The file `epoch` comes last: it says that all
/// others are there.
fn create(files: &Files, retention: u64) -> Result<(), StoreError> {
    unfinished(files, &files.list()?)?;
    let store: StoreId = Uuid::now_v7().into_bytes();
    let id = Id {
        epoch: 1,
        number: 1,
    };
    let header = Header {
        kind: Kind::Segment,
        store,
        id,
        previous: None,
        sequence: 1,
        size: 0,
        end: None,
        retention,
    };
    Spare::prepare(files, &name(Kind::Segment, id), SMALLEST)?.into_segment(files, header, None)?;
    Epoch::create(files, store, 1)?;
    Ok(())
}

/// Refuses files without `epoch`, if there is more than a creation that was cut short
/// can have left.
pub(super) fn unfinished(files: &Files, listing: &Listing) -> Result<(), StoreError> {
    let missing = || {
        Err(StoreError::Corrupt {
            path: files.path.clone(),
            detail: "`epoch` is missing, the file that says which store the others belong to and \
                     who may write to it"
                .to_owned(),
        })
    };
    if !listing.snapshots.is_empty() || listing.segments.len() > 1 {
        return missing();
    }
    let Some(&id) = listing.segments.first() else {
        return Ok(());
    };
    let (file, header) = files.open_checked(Kind::Segment, id)?;
    let from = (START, header.sequence);
    let mut scanner = Scanner::new(&*file, header.store, Order::Consecutive, from, header.size);
    let first = scanner
        .next()
        .map_err(|error| files.fault("read", &name(Kind::Segment, id), error))?;
    match first {
        None if id.number == 1 => Ok(()),
        _ => missing(),
    }
}

/// Begins the owner's first segment.
///
/// The last batch that was found may have been written and not synced, and may be in
/// memory only. So it is written again, and the segment that it was found in is said to
/// end before it.
fn begin(
    files: &Files,
    (store, held, retention): (StoreId, u64, u64),
    replay: &Replay,
) -> Result<Segment, StoreError> {
    let Position {
        segment: found,
        offset,
        sequence,
        last,
        ..
    } = replay.position;
    let (file, header) = files.open_checked(Kind::Segment, found)?;
    let (end, sequence) = match last {
        Some(last) => (last, sequence - 1),
        None => (offset, sequence),
    };
    let mut batch = vec![0; usize::try_from(offset - end).unwrap_or(0)];
    files.read(&*file, &name(Kind::Segment, found), &mut batch, end)?;
    let id = Id {
        epoch: held,
        number: found.number + 1,
    };
    let new = Header {
        id,
        // A segment of which nothing is left is left out.
        previous: match end {
            START => header.previous,
            end => Some(Previous { id: found, end }),
        },
        sequence,
        size: 0,
        store,
        retention,
        ..header
    };
    let size = size_for(batch.len() * 2, SMALLEST);
    let first = (!batch.is_empty()).then_some(&*batch);
    Spare::prepare(files, &name(Kind::Segment, id), size)?.into_segment(files, new, first)
}

/// Removes what nobody will read any more: what others left unfinished, segments that
/// were left out, and snapshots before the newest.
fn clean(files: &Files, held: u64, replay: &Replay, new: &Segment) -> Result<(), StoreError> {
    let listing = files.list()?;
    for file in &listing.unfinished {
        files.remove(file)?;
    }
    let followed = new.header.previous.map(|previous| previous.id);
    for &id in &listing.segments {
        let read = replay.chain.contains(&id) && Some(id) <= followed;
        if id.epoch < held && Some(id) > replay.snapshot && !read {
            files.remove(&name(Kind::Segment, id))?;
        }
    }
    for &id in &listing.snapshots {
        if Some(id) < replay.snapshot {
            files.remove(&name(Kind::Snapshot, id))?;
        }
    }
    files.sync_folder()
}

/// A file that is not there although another says so is damage.
fn lost(files: &Files, error: StoreError) -> StoreError {
    match is_missing(&error) {
        true => StoreError::Corrupt {
            path: files.path.clone(),
            detail: format!("a file is missing: {error}"),
        },
        false => error,
    }
}
