//! What the kernel counts.

use std::fs;
use std::io::{self, Error};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The disk on which a folder is.
pub struct Disk {
    stat: PathBuf,
}

impl Disk {
    /// Finds it.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let device = fs::metadata(folder)?.dev();
        let (major, minor) = (
            device >> 8 & 0xfff,
            device & 0xff | device >> 12 & 0xfff_ff00,
        );
        let device = PathBuf::from(format!("/sys/dev/block/{major}:{minor}"));
        let stat = match device.join("partition").exists() {
            true => device.canonicalize()?.join("../stat"),
            false => device.join("stat"),
        };
        match stat.exists() {
            true => Ok(Self { stat }),
            false => Err(Error::other(format!("{} is on no disk", folder.display()))),
        }
    }

    /// How often its cache has been flushed, by whomever.
    pub fn flushes(&self) -> io::Result<f64> {
        let stat = fs::read_to_string(&self.stat)?;
        let count = stat.split_whitespace().nth(15);
        let count = count.and_then(|count| count.parse().ok());
        count.ok_or_else(|| Error::other("the kernel does not count flushes"))
    }
}

/// The processor time that this process has used, in microseconds.
pub fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    ticks * 10_000.0
}
