//! `inflight list`

use std::time::SystemTime;

use super::arguments::List;
use super::place::Place;
use super::refusal::Told;
use super::summary;
use crate::exit::Exit;
use crate::output::Output;

/// Lists the instances of a store.
pub(super) fn run(asked: &List, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.at.store)?;
    let now = SystemTime::now();
    let summaries = summary::summaries(&place, &place.reader()?, &asked.filter, now)?;
    if !asked.json {
        out.write(&summary::table(&summaries, now, out.colored()))?;
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    for summary in &summaries {
        text.push_str(&serde_json::to_string(&summary.line())?);
        text.push('\n');
    }
    out.write(&text)?;
    Ok(Exit::Clean)
}
