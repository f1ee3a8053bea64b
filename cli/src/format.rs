//! `inflight fmt`

use std::io::Result;
use std::path::Path;

use inflight_dsl::format::{Refused, format};
use similar::TextDiff;

use crate::arguments::Fmt;
use crate::exit::Exit;
use crate::human;
use crate::output::Output;
use crate::replace::replace;
use crate::source::Source;

/// Writes all files in their canonical form, or says which are not. One that cannot be
/// formatted keeps none of the others from it.
pub(crate) fn run(fmt: &Fmt, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let mut exit = Exit::Clean;
    for path in &fmt.files {
        exit = exit.max(one(fmt, path, out, err)?);
    }
    Ok(exit)
}

fn one(fmt: &Fmt, path: &Path, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let source = match Source::read(path) {
        Ok(source) => source,
        Err(error) => {
            err.write(&error)?;
            return Ok(Exit::Misuse);
        }
    };
    let text = match format(&source.text) {
        Ok(text) => text,
        Err(Refused::Syntax) => {
            err.write(&human::report(&source, err.colored()))?;
            return Ok(Exit::Errors);
        }
        Err(refused) => {
            err.write(&format!(
                "inflight: cannot format `{}`: {refused}\nhelp: it is left as it is; this is a \
                 defect of the formatter, please report it\n",
                source.name
            ))?;
            return Ok(Exit::Misuse);
        }
    };
    if fmt.check {
        if text == source.text {
            return Ok(Exit::Clean);
        }
        out.write(&difference(&source, &text))?;
        return Ok(Exit::Errors);
    }
    if path == Path::new("-") {
        out.write(&text)?;
    } else if text != source.text {
        if let Err(error) = replace(path, &text) {
            err.write(&format!(
                "inflight: cannot write `{}`: {error}\nhelp: it is left as it was\n",
                source.name
            ))?;
            return Ok(Exit::Misuse);
        }
        out.write(&format!("{}: formatted\n", source.name))?;
    }
    Ok(Exit::Clean)
}

/// What formatting would change, as a diff.
fn difference(source: &Source, text: &str) -> String {
    let formatted = format!("{} (formatted)", source.name);
    TextDiff::from_lines(source.text.as_str(), text)
        .unified_diff()
        .context_radius(1)
        .header(&source.name, &formatted)
        .to_string()
}
