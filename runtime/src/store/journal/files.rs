//! The files of a store: their names, and the errors of the disk in a store's words.

use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::Arc;

use super::disk::{Disk, DiskFile};
use super::header::{BLOCK, FORMAT, Header, Id, Kind, Unreadable};
use crate::store::StoreError;

/// The folder of a store.
#[derive(Clone, Debug)]
pub(super) struct Files {
    pub(super) path: PathBuf,
    disk: Arc<dyn Disk>,
}

/// The files that are there, by kind and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) segments: Vec<Id>,
    pub(super) snapshots: Vec<Id>,
    /// What is being written, or was when its writer died.
    pub(super) unfinished: Vec<String>,
    /// Whether there is a file `epoch`.
    pub(super) complete: bool,
    /// Any file that is not ours.
    pub(super) foreign: Option<String>,
}

/// What a file of this kind is called.
pub(super) fn name(kind: Kind, id: Id) -> String {
    let kind = match kind {
        Kind::Segment => "journal",
        Kind::Snapshot => "snapshot",
    };
    format!("{kind}-{:08}-{:08}", id.epoch, id.number)
}

fn parse(file: &str) -> Option<(Kind, Id)> {
    let (kind, rest) = file.split_once('-')?;
    let (epoch, number) = rest.split_once('-')?;
    let kind = match kind {
        "journal" => Kind::Segment,
        "snapshot" => Kind::Snapshot,
        _ => return None,
    };
    let id = Id {
        epoch: epoch.parse().ok()?,
        number: number.parse().ok()?,
    };
    (name(kind, id) == file).then_some((kind, id))
}

impl Files {
    pub(super) fn new(path: PathBuf, disk: Arc<dyn Disk>) -> Self {
        Self { path, disk }
    }

    pub(super) fn list(&self) -> Result<Listing, StoreError> {
        let mut listing = Listing::default();
        let names = self.disk.names();
        for file in names.map_err(|error| self.fault("read", "", error))? {
            match (file.as_str(), parse(&file)) {
                (_, Some((Kind::Segment, id))) => listing.segments.push(id),
                (_, Some((Kind::Snapshot, id))) => listing.snapshots.push(id),
                (super::epoch::NAME, _) => listing.complete = true,
                ("lock" | "lock.new" | "opening", _) => {}
                (text, _) => match text.strip_suffix(".new") {
                    Some(finished)
                        if finished == super::epoch::NAME || parse(finished).is_some() =>
                    {
                        listing.unfinished.push(file);
                    }
                    _ => listing.foreign = Some(file),
                },
            }
        }
        listing.segments.sort_unstable();
        listing.snapshots.sort_unstable();
        listing.unfinished.sort_unstable();
        Ok(listing)
    }

    pub(super) fn create(&self, name: &str) -> Result<Box<dyn DiskFile>, StoreError> {
        self.disk
            .create(name)
            .map_err(|error| self.fault("create", name, error))
    }

    pub(super) fn open(&self, name: &str) -> Result<Box<dyn DiskFile>, StoreError> {
        self.disk
            .open(name)
            .map_err(|error| self.fault("read", name, error))
    }

    pub(super) fn open_writable(&self, name: &str) -> Result<Box<dyn DiskFile>, StoreError> {
        self.disk
            .open_writable(name)
            .map_err(|error| self.fault("open", name, error))
    }

    /// Opens a file of the journal, and checks its header.
    pub(super) fn open_checked(
        &self,
        kind: Kind,
        id: Id,
    ) -> Result<(Box<dyn DiskFile>, Header), StoreError> {
        let name = name(kind, id);
        let file = self.open(&name)?;
        let mut block = [0; 128];
        let count = self.read(&*file, &name, &mut block, 0)?;
        let header = match Header::decode(block.get(..count).unwrap_or_default()) {
            Ok(header) if (header.kind, header.id) == (kind, id) => header,
            Err(Unreadable::Format(found)) => return Err(self.newer(found)),
            _ => return Err(self.damaged(&name, 0, "its header does not match its checksum")),
        };
        let size = file
            .size()
            .map_err(|error| self.fault("read", &name, error))?;
        if size < header.size || header.end.is_some_and(|end| end > size) {
            return Err(self.damaged(&name, size, "it was cut short"));
        }
        Ok((file, header))
    }

    pub(super) fn read(
        &self,
        file: &dyn DiskFile,
        name: &str,
        bytes: &mut [u8],
        offset: u64,
    ) -> Result<usize, StoreError> {
        file.read_at(bytes, offset)
            .map_err(|error| self.fault("read", name, error))
    }

    pub(super) fn write(
        &self,
        file: &dyn DiskFile,
        name: &str,
        bytes: &[u8],
        offset: u64,
    ) -> Result<(), StoreError> {
        file.write_at(bytes, offset)
            .map_err(|error| self.fault("write", name, error))
    }

    /// Fills a file with zeros up to a size, so that what is written there later changes
    /// no more than its content.
    pub(super) fn fill(
        &self,
        file: &dyn DiskFile,
        name: &str,
        size: u64,
    ) -> Result<(), StoreError> {
        let zeros = vec![0; 1 << 20];
        let mut at = 0;
        while at < size {
            let count = usize::try_from(size - at)
                .unwrap_or(usize::MAX)
                .min(zeros.len());
            self.write(file, name, zeros.get(..count).unwrap_or_default(), at)?;
            at += count as u64;
        }
        Ok(())
    }

    pub(super) fn sync(&self, file: &dyn DiskFile, name: &str) -> Result<(), StoreError> {
        file.sync().map_err(|error| self.fault("sync", name, error))
    }

    pub(super) fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.disk
            .rename(from, to)
            .map_err(|error| self.fault("rename", from, error))
    }

    /// Removes a file, if it is there.
    pub(super) fn remove(&self, name: &str) -> Result<(), StoreError> {
        match self.disk.remove(name) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(self.fault("remove", name, error))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn sync_folder(&self) -> Result<(), StoreError> {
        self.disk
            .sync()
            .map_err(|error| self.fault("sync", "", error))
    }

    pub(super) fn fault(&self, verb: &str, name: &str, error: io::Error) -> StoreError {
        let path = match name {
            "" => self.path.clone(),
            name => self.path.join(name),
        };
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full {
                path: self.path.clone(),
            },
            _ => StoreError::io(format!("{verb} `{}`", path.display()), error),
        }
    }

    /// Damage at an offset of a file.
    pub(super) fn damaged(&self, name: &str, offset: u64, detail: &str) -> StoreError {
        StoreError::Corrupt {
            path: self.path.clone(),
            detail: format!("`{name}` at byte {offset}: {detail}"),
        }
    }

    pub(super) fn newer(&self, found: u32) -> StoreError {
        StoreError::Version {
            path: self.path.clone(),
            found: i64::from(found),
            supported: i64::from(FORMAT),
        }
    }
}

/// Where the first batch of a file stands.
pub(super) const START: u64 = BLOCK;

/// Whether an error says that a file is not there.
pub(super) fn is_missing(error: &StoreError) -> bool {
    let StoreError::Io { source, .. } = error else {
        return false;
    };
    source
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::NotFound)
}
