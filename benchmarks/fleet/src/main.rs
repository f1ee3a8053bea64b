//! Measures what an instance of a fleet costs in memory, and how soon all of them are back
//! after a crash with 1,000 in flight.
//!
//! ```text
//! cargo run --release --manifest-path benchmarks/Cargo.toml -p fleet
//! ```
//!
//! Each row is a process of its own. Memory is the growth of its resident set, so it has all
//! that there is to an instance: its record, its lock, its claim, its name.

mod world;

use std::io::{self, Error};
use std::process::Command;
use std::time::Instant;

use inflight::Fleet;
use report::{Measure, Table};

use world::{Kind, Rest, keeper, populate, resident};

/// How many instances, if nothing else is asked for.
const MANY: usize = 100_000;

/// How many of them were in flight when the process died.
const INFLIGHT: usize = 1_000;

/// How many are recovered at a time.
const AT_A_TIME: usize = 256;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let many = arguments.first().and_then(|many| many.parse().ok());
    let many = many.unwrap_or(MANY);
    match arguments.get(1) {
        None => print(many),
        Some(kind) => {
            let kind = Kind::of(kind).ok_or_else(|| Error::other("no such store"))?;
            let runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = { runtime }.enable_time().build()?;
            let values = runtime
                .block_on(measure(kind, many))
                .map_err(Error::other)?;
            println!("{}", serde_json::to_string(&values)?);
            Ok(())
        }
    }
}

/// Has each row measured by a process of its own.
fn print(many: usize) -> io::Result<()> {
    let mut table = Table::new("fleet", format!("{many} instances in one process"))
        .keys(&["store"])
        .measure(Measure::new("bytes each, opened"))
        .measure(Measure::new("bytes each, with a timer running"))
        .measure(Measure::new("open, CPU s").digits(2))
        .measure(Measure::new("open, s").digits(2))
        .measure(Measure::new("recover after a crash, CPU s").digits(2))
        .measure(Measure::new("recover after a crash, s").digits(2));
    for kind in Kind::ALL {
        let mut command = Command::new(std::env::current_exe()?);
        let output = command.args([&many.to_string(), kind.name()]).output()?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(Error::other(format!("{}: {errors}", kind.name())));
        }
        let values: Vec<f64> = serde_json::from_slice(&output.stdout)?;
        table.row(&[kind.name()], &values);
    }
    table.note(format!(
        "When the process died, {INFLIGHT} of them had an action in flight: recovering commits \
         the interruption, runs it again and commits its end, {AT_A_TIME} at a time, and opens \
         and synchronizes the others."
    ));
    table.note(format!(
        "A record of this workflow takes {} bytes of memory, of which none is for text.",
        size_of::<keeper::Record>()
    ));
    table.print()
}

/// Opens all; then, as another process would, recovers all.
async fn measure(
    kind: Kind,
    many: usize,
) -> Result<Vec<f64>, Box<dyn std::error::Error + Send + Sync>> {
    let rest = Rest::new(kind)?;
    populate(rest.open()?.as_ref(), many, 0).await?;
    let store = rest.open()?;
    let fleet = Fleet::new(store);
    let keepers = fleet.register::<keeper::Definition, _>(|_| world::Keeper)?;
    let (start, before) = (Start::now()?, resident()?);
    for number in 0..many {
        keepers.open(&world::name(number)).await?;
    }
    let opened = start.spent()?;
    let each = |now: u64| now.saturating_sub(before) as f64 / many as f64;
    let idle = each(resident()?);
    let mut run = Box::pin(fleet.run());
    let moment = std::time::Duration::from_millis(1);
    let ended = tokio::time::timeout(moment, run.as_mut()).await;
    assert!(ended.is_err(), "nothing ends it");
    let running = each(resident()?);
    drop((run, fleet, keepers, rest));

    let rest = Rest::new(kind)?;
    populate(rest.open()?.as_ref(), many, INFLIGHT).await?;
    let fleet = Fleet::new(rest.open()?);
    let _keepers = fleet.register::<keeper::Definition, _>(|_| world::Keeper)?;
    let start = Start::now()?;
    let recovery = fleet.recover(AT_A_TIME, |_| {}).await?;
    let recovered = start.spent()?;
    assert_eq!(
        (recovery.recovered, recovery.carried_on),
        (many, INFLIGHT.min(many))
    );
    Ok([[idle, running], opened, recovered].concat())
}

/// When something began.
struct Start {
    moment: Instant,
    worked: f64,
}

impl Start {
    fn now() -> io::Result<Self> {
        Ok(Self {
            moment: Instant::now(),
            worked: world::worked()?,
        })
    }

    /// How long the processors have worked since then, and how long it took, in seconds.
    fn spent(&self) -> io::Result<[f64; 2]> {
        let passed = self.moment.elapsed().as_secs_f64();
        Ok([world::worked()? - self.worked, passed])
    }
}
