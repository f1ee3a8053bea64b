//! `inflight compact`

use super::arguments::Compact;
use super::place::Place;
use super::refusal::Told;
use crate::exit::Exit;
use crate::output::Output;

/// Gives back space that a store does not need.
pub(super) fn run(asked: &Compact, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.at.store)?;
    let before = place.size();
    place.compact(asked.keep)?;
    let after = place.size();
    let text = match asked.json {
        true => serde_json::json!({"before": before, "after": after}).to_string(),
        false => format!(
            "{}: {} kB, and was {} kB",
            asked.at.store.display(),
            after.div_ceil(1_000),
            before.div_ceil(1_000)
        ),
    };
    out.write(&(text + "\n"))?;
    Ok(Exit::Clean)
}
