//! `inflight check`

use std::io::Result;

use crate::arguments::{Check, CheckFormat};
use crate::exit::Exit;
use crate::output::Output;
use crate::source::Source;
use crate::{deny, human, json};

/// Reports the mistakes and warnings of all files. One that cannot be read keeps none of the others
/// from being checked.
pub(crate) fn run(check: &Check, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let mut exit = Exit::Clean;
    for path in &check.files {
        let file = match Source::read(path) {
            Ok(mut source) => {
                deny::apply(&check.deny, &mut source);
                let report = match check.format {
                    CheckFormat::Human => human::report(&source, out.colored()),
                    CheckFormat::Json => json::report(&source)?,
                };
                out.write(&report)?;
                source.exit()
            }
            Err(error) => {
                err.write(&error)?;
                Exit::Misuse
            }
        };
        exit = exit.max(file);
    }
    Ok(exit)
}
