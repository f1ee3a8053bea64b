//! Records as the documentation writes them.

use crate::store::StoredRecord;

/// Writes records as the documentation does: `(new, install) (new, install, interrupted 1)`
/// is an instance in the state `new` with `install` in flight, which was interrupted once.
///
/// `attempt 2`, `waiting`, `parked` and `panicked` are said of what is in flight too; behind
/// `!` stand timers that have fired. Of variables and of failures nothing is said.
///
/// ```
/// use inflight::store::{MemoryStore, ReadStore};
/// use inflight::testing::notation;
///
/// inflight::workflow! {
///     workflow door {
///         initial state open
///         state shut
///         transition close: open -> shut
///         transition unlatch: shut -> open
///     }
/// }
///
/// struct Hinge;
///
/// impl door::Actions for Hinge {
///     type Error = std::convert::Infallible;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = MemoryStore::new();
/// let door = door::Workflow::open(store.clone(), "front", Hinge).await?;
/// door.lock().await.fire(door::Transition::Close).await?;
/// let history = store.history(door.instance()).await?;
/// assert_eq!(notation(&history), "(open, close) (shut)");
/// # Ok(())
/// # }
/// ```
pub fn notation(records: &[StoredRecord]) -> String {
    let records: Vec<_> = records.iter().map(record).collect();
    records.join(" ")
}

fn record(record: &StoredRecord) -> String {
    let mut parts = vec![record.state.to_string()];
    if let Some(inflight) = &record.inflight {
        parts.push(inflight.transition.to_string());
        if inflight.attempt > 1 {
            parts.push(format!("attempt {}", inflight.attempt));
        }
        if inflight.interruptions > 0 {
            parts.push(format!("interrupted {}", inflight.interruptions));
        }
        if inflight.until.is_some() {
            parts.push("waiting".to_owned());
        }
        if inflight.parked {
            parts.push("parked".to_owned());
        }
        if inflight.panicked.is_some() {
            parts.push("panicked".to_owned());
        }
    }
    parts.extend(record.spent.iter().map(|timer| format!("!{timer}")));
    format!("({})", parts.join(", "))
}
