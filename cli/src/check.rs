//! `inflight check`

use std::collections::BTreeSet;
use std::io::Result;

use crate::against::Checked;
use crate::arguments::{Check, CheckFormat};
use crate::exit::Exit;
use crate::output::Output;
use crate::source::Source;
use crate::{against, deny, github, human, json, sarif};

/// Reports the mistakes and warnings of all files. One that cannot be read keeps none of
/// the others from being checked.
pub(crate) fn run(check: &Check, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let mut exit = Exit::Clean;
    let mut complete = true;
    let mut checked = Vec::new();
    let mut codes = BTreeSet::new();
    for path in &check.files {
        match Source::read(path) {
            Ok(source) => checked.push(Checked { path, source }),
            Err(error) => {
                err.write(&error)?;
                exit = Exit::Misuse;
                complete = false;
            }
        }
    }
    if let Some(old) = check.against.as_ref().filter(|_| !checked.is_empty()) {
        let told = against::add(old, &mut checked);
        err.write(&told.notes)?;
        err.write(&told.refusals)?;
        if !told.refusals.is_empty() {
            exit = Exit::Misuse;
            complete = false;
        }
    }
    for Checked { source, .. } in &mut checked {
        deny::apply(&check.deny, source);
        exit = exit.max(source.exit());
        codes.extend(source.compiled.diagnostics.iter().map(|one| one.code));
        match check.format {
            CheckFormat::Human => out.write(&human::report(source, out.colored()))?,
            CheckFormat::Json => out.write(&json::report(source)?)?,
            CheckFormat::Github => out.write(&github::report(source))?,
            CheckFormat::Sarif => {}
        }
    }
    match check.format {
        CheckFormat::Human => out.write(&human::more(&codes))?,
        CheckFormat::Sarif => {
            let sources: Vec<_> = checked.iter().map(|file| &file.source).collect();
            out.write(&sarif::report(&sources, complete)?)?;
        }
        CheckFormat::Json | CheckFormat::Github => {}
    }
    Ok(exit)
}
