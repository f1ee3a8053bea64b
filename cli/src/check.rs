//! `inflight check`

use std::collections::BTreeSet;
use std::io::Result;

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
        let mut source = match Source::read(path) {
            Ok(source) => source,
            Err(error) => {
                err.write(&error)?;
                exit = Exit::Misuse;
                complete = false;
                continue;
            }
        };
        if let Some(old) = &check.against {
            match against::add(old, path, &mut source) {
                Ok(note) => err.write(&note.unwrap_or_default())?,
                Err(error) => {
                    err.write(&error)?;
                    exit = Exit::Misuse;
                    complete = false;
                }
            }
        }
        deny::apply(&check.deny, &mut source);
        exit = exit.max(source.exit());
        codes.extend(source.compiled.diagnostics.iter().map(|one| one.code));
        match check.format {
            CheckFormat::Human => out.write(&human::report(&source, out.colored()))?,
            CheckFormat::Json => out.write(&json::report(&source)?)?,
            CheckFormat::Github => out.write(&github::report(&source))?,
            CheckFormat::Sarif => checked.push(source),
        }
    }
    match check.format {
        CheckFormat::Human => out.write(&human::more(&codes))?,
        CheckFormat::Sarif => out.write(&sarif::report(&checked, complete)?)?,
        CheckFormat::Json | CheckFormat::Github => {}
    }
    Ok(exit)
}
