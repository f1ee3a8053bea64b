//! The loss of power: an ext4 file system in an image, which is copied in the middle of a
//! load as the disk that is left.
//!
//! The process is stopped while its disk is copied, between two system calls or after the
//! one in which it was: what it wrote and did not sync is in the kernel's memory, and not in
//! the copy. A copy during which the kernel wrote to the disk is made again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;

use crate::Settings;
use crate::chance::Random;
use crate::load::Plan;
use crate::report::Report;
use crate::strikes::guarded;
use crate::subject::Subject;
use crate::trial::Trial;

/// How large the disk is: little is to be copied.
const SIZE: u64 = 16 << 20;

/// How the file system is mounted. In the second way it writes data and metadata in any
/// order.
const MODES: [&str; 2] = ["data=ordered", "data=writeback"];

/// Cuts the power.
pub(crate) fn cut(settings: &Settings, subject: Subject, report: &mut Report) {
    let name = "the power cut at any moment";
    let empty = match make_disk() {
        Ok(empty) => empty,
        Err(why) if settings.short => return report.not_run(name, &why),
        Err(why) => panic!("no disk can be made here, be root: {why}"),
    };
    let mut random = Random(settings.seed);
    let mut entry = report.begin(name, subject);
    for number in 0..if settings.short { 12 } else { 250 } {
        let plan = Plan {
            instances: 4,
            rounds: 20,
            compactions: 10,
            seed: settings.seed + number,
        };
        let mut trial = Trial::new(subject, plan);
        guarded(&mut trial, &format!("{name}, number {number}"), |trial| {
            cut_once(trial, empty.path(), &mut random);
        });
        entry.trial(trial.ledger.acknowledged);
    }
    entry.end("");
}

fn cut_once(trial: &mut Trial, empty: &Path, random: &mut Random) {
    let image = trial.folder().join("disk");
    let left = trial.folder().join("left");
    fs::copy(empty, &image).unwrap();
    let mode = random.pick(&MODES);
    let disk = Disk::mount(&image, trial.place(), mode).unwrap();
    let mut process = trial.process(false);
    process.go();
    process.go();
    // Not a word in one of ten trials: the store is being created.
    for _ in 0..random.below(10).min(1) * random.below(600) {
        if let Some(said) = process.hear() {
            trial.ledger.hear(said);
        }
    }
    process.signal(Signal::STOP);
    assert!(process.stopped(), "it ended before the power was cut");
    disk.copy(&left);
    process.signal(Signal::KILL);
    trial.hear_out(&process);
    process.end();
    drop(disk);
    let _disk = Disk::mount(&left, trial.place(), mode).unwrap();
    trial.recover();
}

/// An empty file system, if one can be made and mounted here.
fn make_disk() -> Result<tempfile::NamedTempFile, String> {
    let empty = tempfile::NamedTempFile::new().unwrap();
    empty.as_file().set_len(SIZE).unwrap();
    let path = empty.path().to_str().unwrap();
    run("mkfs.ext4", &["-q", "-b", "4096", path])?;
    let folder = tempfile::tempdir().unwrap();
    drop(Disk::mount(empty.path(), folder.path(), MODES[0])?);
    Ok(empty)
}

/// A disk in an image that is mounted; not any more when it is dropped.
struct Disk {
    image: PathBuf,
    device: String,
    folder: PathBuf,
}

impl Disk {
    fn mount(image: &Path, folder: &Path, mode: &str) -> Result<Self, String> {
        let device = run("losetup", &["--find", "--show", image.to_str().unwrap()])?;
        let disk = Self {
            image: image.to_owned(),
            device,
            folder: folder.to_owned(),
        };
        let folder = folder.to_str().unwrap();
        run("mount", &["-o", mode, &disk.device, folder])?;
        Ok(disk)
    }

    /// Copies what has reached the disk.
    fn copy(&self, to: &Path) {
        loop {
            let before = self.activity();
            fs::copy(&self.image, to).unwrap();
            if self.activity() == before {
                return;
            }
        }
    }

    /// How much was read and written, and how many operations are under way.
    fn activity(&self) -> String {
        let name = self.device.trim_start_matches("/dev/");
        let activity = fs::read_to_string(format!("/sys/block/{name}/stat")).unwrap();
        let under_way = activity.split_whitespace().nth(8);
        assert_eq!(
            under_way,
            Some("0"),
            "the process stands, its disk does not"
        );
        activity
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Where it was not mounted, only the device is to be given back.
        drop(run("umount", &[self.folder.to_str().unwrap()]));
        drop(run("losetup", &["--detach", &self.device]));
    }
}

/// What a command prints, or why it failed.
fn run(program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|error| format!("{program}: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}
