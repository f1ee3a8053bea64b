//! Orchestrations that run activities, one after another. It counts those that ran.

mod kernel;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use duroxide::providers::sqlite::SqliteProvider;
use duroxide::runtime::registry::ActivityRegistry;
use duroxide::runtime::{Runtime, RuntimeOptions};
use duroxide::{ActivityContext, Client, OrchestrationContext, OrchestrationRegistry};

use kernel::{Disk, cpu};

/// As many as its pool opens.
const CONNECTIONS: usize = 5;

/// How many activities one history holds.
const ACTIVITIES: usize = 20;

/// Until it has got over that all of them begin at once, which locks its database.
const WARM: Duration = Duration::from_secs(5);

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, instances, seconds] = arguments.as_slice() else {
        return Err("FOLDER INSTANCES SECONDS".into());
    };
    let (instances, seconds): (usize, u64) = (instances.parse()?, seconds.parse()?);
    let disk = Disk::of(Path::new(folder))?;
    let path = Path::new(folder).join("duroxide.db");
    std::fs::File::create(&path)?;
    let store = Arc::new(SqliteProvider::new(&format!("sqlite:{}", path.display()), None).await?);
    make_durable(&store).await?;
    let ran = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&ran);
    let activities = ActivityRegistry::builder()
        .register("work", move |_: ActivityContext, input: String| {
            counted.fetch_add(1, Ordering::Relaxed);
            async move { Ok(input) }
        })
        .build();
    let orchestration = |context: OrchestrationContext, input: String| async move {
        for _ in 0..ACTIVITIES {
            context.schedule_activity("work", input.clone()).await?;
        }
        context.continue_as_new(input).await
    };
    let orchestrations = OrchestrationRegistry::builder()
        .register("unit", orchestration)
        .build();
    let options = RuntimeOptions {
        dispatcher_min_poll_interval: Duration::from_millis(1),
        ..RuntimeOptions::default()
    };
    let runtime =
        Runtime::start_with_options(Arc::clone(&store) as _, activities, orchestrations, options)
            .await;
    let client = Client::new(Arc::clone(&store) as _);
    for instance in 0..instances {
        client.start_orchestration(&format!("unit-{instance}"), "unit", "").await?;
    }
    tokio::time::sleep(WARM).await;
    let before = (ran.load(Ordering::Relaxed), disk.flushes()?, cpu());
    let started = Instant::now();
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let done = (ran.load(Ordering::Relaxed) - before.0) as f64;
    let rate = done / started.elapsed().as_secs_f64();
    // Its own lines go to the same place.
    println!("measured {rate} {} {}", (disk.flushes()? - before.1) / done, (cpu() - before.2) / done);
    runtime.shutdown(Some(0)).await;
    Ok(())
}

/// It asks SQLite not to sync at a commit; so each of its connections is told to.
async fn make_durable(store: &SqliteProvider) -> Result<(), Failure> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        let mut connection = store.get_pool().acquire().await?;
        sqlx::query("PRAGMA synchronous = FULL").execute(&mut *connection).await?;
        connections.push(connection);
    }
    Ok(())
}
