//! What a lifecycle without a library keeps: a small file, replaced whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

/// A file that says the state and the transition in flight.
pub struct StateFile {
    folder: PathBuf,
}

impl StateFile {
    /// One in a folder of its own.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// A transition: what is in flight, and then where it led.
    pub fn fire(&self) -> io::Result<()> {
        self.replace("state: running\ninflight: step\n")?;
        self.replace("state: running\n")
    }

    /// Survives a loss of power: the new file before the name, and the name.
    fn replace(&self, text: &str) -> io::Result<()> {
        let (new, path) = (self.folder.join("state.new"), self.folder.join("state"));
        let mut file = File::create(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(new, path)?;
        File::open(&self.folder)?.sync_all()
    }
}
