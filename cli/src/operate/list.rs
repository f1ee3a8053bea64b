//! `inflight list`

use std::time::SystemTime;

use super::arguments::List;
use super::place::Place;
use super::refusal::Told;
use super::{requests, summary};
use crate::exit::Exit;
use crate::output::Output;

/// Lists the instances of a store.
pub(super) fn run(asked: &List, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.at.store)?;
    let now = SystemTime::now();
    let store = place.reader()?;
    let owner = place.owner()?;
    let owner = owner.as_ref();
    let summaries = summary::summaries(&store, &asked.filter, owner.is_some(), now)?;
    if !asked.json {
        let mut text = summary::table(&summaries, owner, now, out.colored());
        match requests::pending(&place)?.len() {
            0 => {}
            1 => text.push_str("1 request waits: `inflight requests STORE` lists it\n"),
            many => text.push_str(&format!(
                "{many} requests wait: `inflight requests STORE` lists them\n"
            )),
        }
        out.write(&text)?;
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    for summary in &summaries {
        text.push_str(&serde_json::to_string(&summary.line(owner))?);
        text.push('\n');
    }
    out.write(&text)?;
    Ok(Exit::Clean)
}
