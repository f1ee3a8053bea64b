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
    let summaries = summary::summaries(&place, &place.reader()?, &asked.filter, now)?;
    if !asked.json {
        let mut text = summary::table(&summaries, now, out.colored());
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
        text.push_str(&serde_json::to_string(&summary.line())?);
        text.push('\n');
    }
    out.write(&text)?;
    Ok(Exit::Clean)
}
