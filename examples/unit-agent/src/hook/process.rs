//! Who a hook is, so that it can be found again by an agent that did not start it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde::{Deserialize, Serialize};

use crate::durable::{About, FileError};

/// The variable by which a process shows that it stems from a run of a hook.
pub(crate) const TOKEN: &str = "UNIT_AGENT_HOOK";

/// How long to wait for processes that were killed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A hook as it is kept while it runs.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunningHook {
    /// Its name.
    pub(crate) hook: String,
    /// The value of [`TOKEN`] in its environment.
    token: String,
    /// Which start of the machine it belongs to: process ids mean nothing in another.
    boot: String,
    /// Its process id, which is that of its process group.
    pid: u32,
    /// When it started, in clock ticks since the machine did.
    started: u64,
}

/// The process group of a hook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    id: Pid,
    pid: u32,
    started: u64,
}

/// What `/proc/PID/stat` says of a process.
#[derive(Debug, PartialEq, Eq)]
struct Process {
    pid: u32,
    gone: bool,
    group: u32,
    started: u64,
}

impl RunningHook {
    /// Describes a hook that leads a group.
    pub(crate) fn new(hook: &str, token: String, group: Group) -> Result<Self, FileError> {
        Ok(Self {
            hook: hook.to_owned(),
            token,
            boot: boot()?,
            pid: group.pid,
            started: group.started,
        })
    }

    /// The group of this hook, if it is still there.
    ///
    /// The leader is known by its start time. If the leader is gone, the number may
    /// belong to another group by now; what stems from this hook has its token.
    pub(crate) fn group(&self) -> Result<Option<Group>, FileError> {
        if self.boot != boot()? {
            return Ok(None);
        }
        let members = members(self.pid)?;
        let same = match members.iter().find(|process| process.pid == self.pid) {
            Some(leader) => leader.started == self.started,
            None => members
                .iter()
                .any(|process| has_token(process.pid, &self.token)),
        };
        let left = same && members.iter().any(|process| !process.gone);
        Ok(left.then(|| Group::new(self.pid, self.started)).flatten())
    }
}

impl Group {
    fn new(pid: u32, started: u64) -> Option<Self> {
        let id = Pid::from_raw(pid.try_into().ok()?)?;
        Some(Self { id, pid, started })
    }

    /// The group that a process which was just started leads.
    pub(crate) fn led_by(pid: Option<u32>, hook: &Path) -> Result<Self, FileError> {
        let gone = || io::Error::new(io::ErrorKind::NotFound, "it is gone already");
        let pid = pid.ok_or_else(gone).about("start", hook)?;
        let process = process(pid)?.ok_or_else(gone).about("start", hook)?;
        Group::new(pid, process.started)
            .ok_or_else(gone)
            .about("start", hook)
    }

    /// Asks its members to end.
    pub(crate) fn ask_to_end(self) -> Result<(), FileError> {
        self.signal(Signal::TERM)
    }

    /// Ends its members, and waits until they are gone.
    pub(crate) fn end(self) -> Result<(), FileError> {
        let deadline = Instant::now() + PATIENCE;
        while members(self.pid)?.iter().any(|process| !process.gone) {
            self.signal(Signal::KILL)?;
            if Instant::now() > deadline {
                let error = io::Error::new(io::ErrorKind::TimedOut, "it does not end");
                return Err(error).about("end", &stat(self.pid));
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    fn signal(self, signal: Signal) -> Result<(), FileError> {
        match kill_process_group(self.id, signal) {
            Err(rustix::io::Errno::SRCH) => Ok(()),
            result => result.about("signal", &stat(self.pid)),
        }
    }
}

fn members(group: u32) -> Result<Vec<Process>, FileError> {
    let proc = Path::new("/proc");
    let mut members = Vec::new();
    for entry in fs::read_dir(proc).about("read", proc)? {
        let name = entry.about("read", proc)?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        members.extend(process(pid)?.filter(|process| process.group == group));
    }
    Ok(members)
}

fn process(pid: u32) -> Result<Option<Process>, FileError> {
    let path = stat(pid);
    match fs::read(&path) {
        Ok(text) => Ok(parse(&String::from_utf8_lossy(&text))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error()) => {
            Ok(None)
        }
        Err(error) => Err(error).about("read", &path),
    }
}

/// Reads `PID (COMMAND) STATE PARENT GROUP ...`, where the command may hold anything and
/// the start time is field 22.
fn parse(stat: &str) -> Option<Process> {
    let (start, rest) = stat.rsplit_once(')')?;
    let pid = start.split_once(' ')?.0.parse().ok()?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    Some(Process {
        pid,
        gone: matches!(*fields.first()?, "Z" | "X" | "x"),
        group: fields.get(2)?.parse().ok()?,
        started: fields.get(19)?.parse().ok()?,
    })
}

fn has_token(pid: u32, token: &str) -> bool {
    let wanted = format!("{TOKEN}={token}");
    fs::read(format!("/proc/{pid}/environ")).is_ok_and(|environment| {
        environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == wanted.as_bytes())
    })
}

fn boot() -> Result<String, FileError> {
    let path = Path::new("/proc/sys/kernel/random/boot_id");
    let boot = fs::read_to_string(path).about("read", path)?;
    Ok(boot.trim().to_owned())
}

fn stat(pid: u32) -> PathBuf {
    format!("/proc/{pid}/stat").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_look_like_fields() {
        let text = "12 (a) Z 9 (b) S 1 11 11 0 -1 4 5 6 7 8 9 10 11 12 20 0 1 0 777 3";
        let process = Process {
            pid: 12,
            gone: false,
            group: 11,
            started: 777,
        };
        assert_eq!(parse(text), Some(process));
        assert_eq!(parse("12 (cut off) S 1"), None);
    }

    #[test]
    fn this_process_is_found() {
        let pid = std::process::id();
        let found = process(pid).unwrap().unwrap();
        assert_eq!(found.pid, pid);
        assert!(members(found.group).unwrap().contains(&found));
    }
}
