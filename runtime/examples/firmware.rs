//! Replaces the firmware of a device that may lose its power at any moment.
//!
//! `cargo run -p inflight --example firmware -- --help` says how to call it. `firmware.workflow`
//! says what it does when; here is how.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it is a command, not a library"
)]

use std::error::Error;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use inflight::Failure;
use inflight::store::{InstanceId, ReadStore, SqliteReader, SqliteStore};

inflight::workflow!(pub(crate) "examples/firmware.workflow");

use firmware::{Alias, Context, Outcome, Record, State, Transition, results};

const USAGE: &str = "\
usage: firmware [--folder FOLDER] [--battery PERCENT] [--pace SECONDS] COMMAND

  update RELEASE   downloads and verifies a release: v2, or v2-damaged, which comes damaged
  install          boots into it, which ends this process: call `resume` when it is back
  retry            tries again what failed
  give-up          stays with what it runs
  resume           carries on with what was interrupted, as the commands above do first
  status           says where the device is, at any time

Kill it with -9 whenever you like. SECONDS is how long a tenth of a download takes: 0.5.
FOLDER is where everything is kept: target/firmware.";

/// In how many parts an image comes.
const PARTS: usize = 10;

/// After how many reboots the device is taken not to boot into an image.
const REBOOTS: u32 = 3;

/// What the actions work on.
pub(crate) struct Device {
    pub(crate) folder: PathBuf,
    pub(crate) battery: i64,
    pub(crate) pace: Duration,
}

/// Why an action did not do what it should.
#[derive(Debug)]
pub(crate) enum Stop {
    Failed(io::Error),
    /// The device is about to go down, and will be back.
    Rebooting,
}

impl Failure for Stop {
    fn is_interruption(&self) -> bool {
        matches!(self, Stop::Rebooting)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Failed(error) => error.fmt(f),
            Stop::Rebooting => f.write_str("the device reboots"),
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Failed(error)
    }
}

impl firmware::Actions for Device {
    type Error = Stop;

    /// Killed on the way, it is run again and goes on behind the parts that it finds.
    async fn download(&mut self, release: String, cx: &Context) -> Result<results::Download, Stop> {
        if !release.starts_with('v') || release.contains('/') {
            return Err(io::Error::other(format!("nobody publishes `{release}`")).into());
        }
        let path = self.image(&release);
        let there = fs::read_to_string(&path).map_or(0, |image| image.lines().count());
        println!("  {there} of {PARTS} parts are there");
        let mut image = OpenOptions::new().create(true).append(true).open(&path)?;
        for part in there..PARTS {
            tokio::time::sleep(self.pace).await;
            image.write_all(sent(&release, part).as_bytes())?;
            println!("  {} of {PARTS} parts are there", part + 1);
        }
        image.sync_all()?;
        Ok(results::Download {
            path: path.display().to_string(),
            tries: tries(cx.source()),
        })
    }

    async fn verify(&mut self, release: String, path: String, _: &Context) -> Result<(), Stop> {
        let published: String = (0..PARTS)
            .map(|part| format!("{release} {part}\n"))
            .collect();
        match fs::read_to_string(path)? == published {
            true => Ok(()),
            false => Err(io::Error::other("the image is damaged").into()),
        }
    }

    async fn discard(&mut self, release: String, cx: &Context) -> Result<results::Discard, Stop> {
        match fs::remove_file(self.image(&release)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let tries = tries(cx.source());
        Ok(results::Discard { tries })
    }

    /// The transition is in flight while the device is down. So this is run again when it is
    /// back, and then only looks at what it has become.
    async fn reboot(&mut self, release: String, path: String, cx: &Context) -> Result<(), Stop> {
        let running = self.folder.join("running");
        if cx.interruptions() > 0 && fs::read_to_string(&running).unwrap_or_default() == release {
            return Ok(());
        }
        if cx.interruptions() >= REBOOTS {
            return Err(io::Error::other(format!("it does not boot into {release}")).into());
        }
        fs::metadata(path)?;
        println!("  rebooting");
        // What the boot loader of a true device would do, when this process has ended.
        let booting = self.folder.join("booting");
        fs::write(&booting, release)?;
        fs::rename(booting, running)?;
        Err(Stop::Rebooting)
    }

    fn charged(&self, percent: i64, _: &State) -> bool {
        self.battery >= percent
    }
}

impl Device {
    fn image(&self, release: &str) -> PathBuf {
        self.folder.join(format!("{release}.image"))
    }
}

/// What comes over the network as a part of an image.
fn sent(release: &str, part: usize) -> String {
    match release.strip_suffix("-damaged") {
        Some(meant) if part + 1 == PARTS => format!("{meant} ???\n"),
        _ => format!("{release} {part}\n"),
    }
}

/// Which try this is. The workflow has no arithmetic: the state remembers, the action counts.
fn tries(source: &State) -> i64 {
    match source {
        State::DownloadError { tries, .. } => tries + 1,
        State::Downloaded { tries, .. } => *tries,
        _ => 1,
    }
}

/// Carries on with what was interrupted, then does what it is told.
async fn act(device: Device, command: &[&str]) -> Result<bool, Box<dyn Error>> {
    fs::create_dir_all(&device.folder)?;
    let store = SqliteStore::open(device.folder.join("state.db"))?;
    let workflow = firmware::Workflow::open(store, "device", device).await?;
    let mut device = workflow.lock().await;

    let synchronized = device.synchronize().await?;
    tell(&synchronized);
    let fired = match command {
        ["update", release] => {
            let release = (*release).to_owned();
            device.fire(Transition::Update { release }).await
        }
        ["install"] => device.fire(Transition::Install).await,
        ["retry"] => device.fire_alias(Alias::Retry).await,
        ["give-up"] => device.fire(Transition::GiveUp).await,
        _ => return Ok(synchronized.is_clean()),
    };
    match fired {
        Ok(outcome) => {
            tell(&outcome);
            Ok(outcome.is_clean())
        }
        Err(
            refused @ (inflight::Error::InvalidTransition { .. }
            | inflight::Error::InvalidAlias { .. }
            | inflight::Error::GuardRefused { .. }),
        ) => {
            println!("refused, and nothing is changed: {refused}");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

fn tell(outcome: &Outcome) {
    for step in &outcome.steps {
        println!("{step}");
    }
}

/// Says where the device is. Needs no lock, and disturbs nobody.
async fn status(folder: &Path) -> Result<bool, Box<dyn Error>> {
    let device = InstanceId::new("firmware", "device");
    let reader = SqliteReader::open(folder.join("state.db"))?;
    let Some(stored) = reader.load(&device).await? else {
        println!("{:?}", State::Idle);
        return Ok(true);
    };
    let record = Record::try_from(stored)?;
    println!("{:?}", record.state);
    if let Some(inflight) = record.inflight {
        println!("in flight: {:?}", inflight.transition);
    }
    Ok(true)
}

/// Does what the arguments say; whether that went well.
pub(crate) async fn run(arguments: &[&str]) -> Result<bool, Box<dyn Error>> {
    let mut device = Device {
        folder: "target/firmware".into(),
        battery: 100,
        pace: Duration::from_millis(500),
    };
    let mut rest = arguments;
    while let [option, value, more @ ..] = rest {
        match *option {
            "--folder" => device.folder = value.into(),
            "--battery" => device.battery = value.parse()?,
            "--pace" => device.pace = Duration::try_from_secs_f64(value.parse()?)?,
            _ => break,
        }
        rest = more;
    }
    match rest {
        ["status"] => status(&device.folder).await,
        ["update", _] | ["install" | "retry" | "give-up" | "resume"] => act(device, rest).await,
        _ => {
            println!("{USAGE}");
            Ok(rest == ["--help"])
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}
