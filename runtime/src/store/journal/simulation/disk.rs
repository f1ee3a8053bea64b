//! A disk in memory that knows what of it is durable.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard};

use super::image::{Change, Image, Point, Remains, Write};
use super::story::Story;
use crate::store::journal::disk::{Disk, DiskFile};

/// A folder on a simulated disk. Clones are the same.
#[derive(Clone)]
pub(super) struct Simulated(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    /// What is in the folder now, and which file it is.
    names: BTreeMap<String, usize>,
    /// What is in the files now.
    contents: Vec<Vec<u8>>,
    /// What is durable, and what is on its way there.
    remains: Remains,
    /// How many operations there were that change something.
    operations: usize,
    trap: Option<(usize, Trap)>,
    /// What was asked and acknowledged so far.
    story: Story,
    /// What would be left if power failed before each operation.
    points: Option<Vec<Point>>,
}

/// What befalls an operation.
pub(super) enum Trap {
    /// It fails.
    Fail(ErrorKind),
    /// This is called before it.
    Call(Box<dyn FnOnce() + Send>),
}

impl fmt::Debug for Simulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Simulated")
    }
}

impl Simulated {
    pub(super) fn new() -> Self {
        Self(Arc::default())
    }

    /// The disk that is left.
    pub(super) fn from_image(image: Image) -> Self {
        let this = Self::new();
        let mut inner = this.lock();
        for (name, content) in image.files {
            let file = inner.contents.len();
            inner.names.insert(name.clone(), file);
            inner.remains.names.insert(name, file);
            inner.remains.durable.push(Arc::new(content.clone()));
            inner.remains.writes.push(Vec::new());
            inner.contents.push(content);
        }
        drop(inner);
        this
    }

    /// What is there now, as whoever reads it sees it.
    pub(super) fn image(&self) -> Image {
        let inner = self.lock();
        let names = inner.names.iter();
        Image {
            files: names
                .map(|(name, &file)| (name.clone(), inner.contents[file].clone()))
                .collect(),
        }
    }

    /// Takes down from now on what would be left.
    pub(super) fn record(&self) {
        self.lock().points = Some(Vec::new());
    }

    /// What would have been left before each operation, and now.
    pub(super) fn points(&self) -> Vec<Point> {
        let mut inner = self.lock();
        inner.point();
        inner.points.take().unwrap_or_default()
    }

    /// Sets a trap for an operation, counted from 0.
    pub(super) fn trap(&self, operation: usize, trap: Trap) {
        self.lock().trap = Some((operation, trap));
    }

    /// How many operations there were.
    pub(super) fn operations(&self) -> usize {
        self.lock().operations
    }

    /// Whether the trap has not been sprung; it will not be any more.
    pub(super) fn disarm(&self) -> bool {
        self.lock().trap.take().is_some()
    }

    /// What was asked and acknowledged so far.
    pub(super) fn tell(&self, story: &Story) {
        self.lock().story = story.clone();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Begins an operation that changes something.
    fn operate(&self) -> io::Result<MutexGuard<'_, Inner>> {
        let mut inner = self.lock();
        inner.point();
        let operation = inner.operations;
        inner.operations += 1;
        match inner.trap.take_if(|(at, _)| *at == operation) {
            None => Ok(inner),
            Some((_, Trap::Fail(kind))) => Err(kind.into()),
            Some((_, Trap::Call(call))) => {
                drop(inner);
                call();
                Ok(self.lock())
            }
        }
    }

    fn handle(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let file = self.lock().names.get(name).copied();
        let file = file.ok_or(ErrorKind::NotFound)?;
        let disk = self.clone();
        Ok(Box::new(OpenFile { disk, file }))
    }
}

impl Inner {
    fn point(&mut self) {
        if let Some(points) = &mut self.points {
            points.push(Point {
                remains: self.remains.clone(),
                story: self.story.clone(),
            });
        }
    }

    fn change(&mut self, change: Change) {
        change.apply(&mut self.names);
        self.remains.changes.push(change);
    }
}

impl Disk for Simulated {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.lock().names.keys().cloned().collect())
    }

    fn create(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        let mut inner = self.operate()?;
        let file = inner.contents.len();
        inner.contents.push(Vec::new());
        inner.remains.durable.push(Arc::default());
        inner.remains.writes.push(Vec::new());
        let name = name.to_owned();
        inner.change(Change::Create { name, file });
        let disk = self.clone();
        Ok(Box::new(OpenFile { disk, file }))
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        self.handle(name)
    }

    fn open_writable(&self, name: &str) -> io::Result<Box<dyn DiskFile>> {
        self.handle(name)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut inner = self.operate()?;
        let file = inner.names.get(from).copied();
        let file = file.ok_or(ErrorKind::NotFound)?;
        let (from, to) = (from.to_owned(), to.to_owned());
        inner.change(Change::Rename { from, to, file });
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut inner = self.operate()?;
        let file = inner.names.get(name).copied();
        let file = file.ok_or(ErrorKind::NotFound)?;
        let name = name.to_owned();
        inner.change(Change::Remove { name, file });
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut inner = self.operate()?;
        inner.remains.names = inner.names.clone();
        inner.remains.changes.clear();
        Ok(())
    }
}

/// A file that is open, whatever becomes of its name.
struct OpenFile {
    disk: Simulated,
    file: usize,
}

impl fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file {}", self.file)
    }
}

impl DiskFile for OpenFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.disk.lock().contents[self.file].len() as u64)
    }

    fn read_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
        let inner = self.disk.lock();
        let content = &inner.contents[self.file];
        let rest = content.get(usize::try_from(offset).unwrap()..);
        let rest = rest.unwrap_or_default();
        let count = rest.len().min(bytes.len());
        bytes[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let operated = self.disk.operate();
        let failed = operated.as_ref().err().map(io::Error::kind);
        let mut inner = operated.unwrap_or_else(|_| self.disk.lock());
        let offset = usize::try_from(offset).unwrap();
        // One that fails may have written some of it, up to where a sector begins.
        let some = ((offset + bytes.len() / 2) & !511).saturating_sub(offset);
        let written = match failed {
            Some(_) => &bytes[..some],
            None => bytes,
        };
        let write = Write {
            offset,
            bytes: written.into(),
        };
        write.apply(&mut inner.contents[self.file]);
        inner.remains.writes[self.file].push(write);
        failed.map_or(Ok(()), |kind| Err(kind.into()))
    }

    fn sync(&self) -> io::Result<()> {
        let operated = self.disk.operate();
        let failed = operated.as_ref().err().map(io::Error::kind);
        let mut inner = operated.unwrap_or_else(|_| self.disk.lock());
        let writes = std::mem::take(&mut inner.remains.writes[self.file]);
        if let Some(kind) = failed {
            // What was written stays in memory, where it can be read, and is not written
            // by any later sync.
            return Err(kind.into());
        }
        let durable = Arc::make_mut(&mut inner.remains.durable[self.file]);
        for write in writes {
            write.apply(durable);
        }
        Ok(())
    }
}
