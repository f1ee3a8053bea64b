//! What a child process costs.

use std::io::{self, Error, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a command and all it started have spent.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// User and system time.
    pub cpu: Duration,
    /// The most memory that one of the processes held, in bytes.
    pub memory: u64,
    /// How long it took, for orientation only.
    pub wall: Duration,
}

/// How a measured command ended.
#[derive(Clone, Debug)]
pub enum Cost {
    /// It did what it should.
    Spent(Spent),
    /// It came to a limit.
    Cut(String),
}

/// What each process of a measured command may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// CPU seconds.
    pub seconds: u64,
    /// Gigabytes of address space.
    pub gigabytes: u64,
}

impl Spent {
    /// CPU seconds.
    pub fn seconds(&self) -> f64 {
        self.cpu.as_secs_f64()
    }

    /// Memory in megabytes.
    pub fn megabytes(&self) -> f64 {
        self.memory as f64 / 1e6
    }
}

/// Runs a command to its end, within limits, and says what it cost.
///
/// # Errors
///
/// When it cannot be started, or fails in another way than by coming to a limit.
pub fn measure(command: &Command, limits: Limits) -> io::Result<Cost> {
    let Limits { seconds, gigabytes } = limits;
    let mut limited = Command::new("prlimit");
    limited
        .arg(format!("--cpu={seconds}"))
        .arg(format!("--as={}", gigabytes << 30))
        .arg("--")
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    let start = Instant::now();
    let mut child = limited.spawn()?;
    let mut errors = Vec::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_end(&mut errors)?;
    }
    let used = child.wait4()?;
    if used.status.success() {
        return Ok(Cost::Spent(Spent {
            cpu: used.rusage.utime + used.rusage.stime,
            memory: used.rusage.maxrss,
            wall: start.elapsed(),
        }));
    }
    let errors = String::from_utf8_lossy(&errors);
    if errors.contains("SIGXCPU") || errors.contains("SIGKILL") {
        Ok(Cost::Cut(format!("over {seconds} s")))
    } else if errors.contains("memory allocation") || errors.contains("SIGABRT") {
        Ok(Cost::Cut(format!("over {gigabytes} GB")))
    } else {
        Err(Error::other(format!("{command:?}: {errors}")))
    }
}
