//! Mistakes that files have only beside an older version of them.
//!
//! Records know workflows by name, and so do these comparisons: a workflow is compared with
//! the one of its name, whichever file that stands in.

mod former;

use std::path::Path;

use inflight_dsl::compare::{Change, compare};
use inflight_dsl::model::{Model, Workflow};
use inflight_dsl::{Code, Diagnostic};

use crate::source::Source;
use former::{Formers, Gone};

/// A file that is checked.
pub(crate) struct Checked<'a> {
    pub(crate) path: &'a Path,
    pub(crate) source: Source,
}

/// What is told beside what is wrong with the files: lines for the user.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) notes: String,
    /// Why something could not be compared.
    pub(crate) refusals: String,
}

/// Adds what would strand records of the old version.
pub(crate) fn add(old: &str, checked: &mut [Checked<'_>]) -> Told {
    let mut told = Told::default();
    let formers = match Formers::of(old, checked) {
        Ok(formers) => formers,
        Err(refusal) => {
            told.refusals = refusal;
            return told;
        }
    };
    for at in 0..checked.len() {
        if let Some(file) = checked.get_mut(at) {
            match formers.of_file(at, &file.source) {
                Ok(before) if before.workflows.is_empty() => {
                    let is_new = !workflows(&file.source).is_empty() && !formers.has(at);
                    if is_new {
                        let name = &file.source.name;
                        told.notes += &format!(
                            "inflight: `{name}` is new since `{old}`: there is nothing to compare \
                             it with\n"
                        );
                    }
                }
                Ok(before) => compared(&before, &mut file.source),
                Err(refusal) => told.refusals += &refusal,
            }
        }
    }
    for gone in formers.gone(checked) {
        tell(gone, checked, &mut told);
    }
    told
}

/// The workflows of a file, as far as they could be read.
pub(crate) fn workflows(source: &Source) -> &[Workflow] {
    let compiled = &source.compiled;
    let draft = || Some(&compiled.draft.as_ref()?.model);
    let model = compiled.model.as_ref().or_else(draft);
    model.map_or(&[], |model| &model.workflows)
}

/// Whether a file declares a workflow of this name; where it could not be read, whether it
/// may.
fn declares(source: &Source, name: &str) -> bool {
    let may = || {
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut words = source.text.split(|letter| !is_name(letter));
        words.any(|word| word == name)
    };
    let compiled = &source.compiled;
    let is_read = compiled.model.is_some() || compiled.draft.is_some();
    workflows(source).iter().any(|it| it.name.text == name) || !is_read && may()
}

/// Compares a file with the workflows that it had, or that had the names of its own.
fn compared(before: &Model, source: &mut Source) {
    let compiled = &source.compiled;
    let Some(new) = (compiled.model.as_ref()).or(compiled.draft.as_ref().map(|it| &it.model))
    else {
        return;
    };
    let is_sure = |code: Code, change: &Change| {
        let draft = compiled.draft.as_ref();
        draft.is_none_or(|draft| draft.is_sure(code, &change.name, &compiled.diagnostics))
    };
    let comparisons = compare(before, new);
    let changes = comparisons.into_iter().flat_map(|it| it.changes);
    let stranding: Vec<_> = changes
        .filter_map(|change| {
            let stranding = change.stranding.clone()?;
            is_sure(stranding.code, &change).then_some(stranding)
        })
        .collect();
    add_all(stranding, source);
}

fn add_all(stranding: Vec<Diagnostic>, source: &mut Source) {
    let diagnostics = &mut source.compiled.diagnostics;
    diagnostics.extend(stranding);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
}

/// Tells of a workflow of which nothing that is checked has the name.
fn tell(gone: Gone, checked: &mut [Checked<'_>], told: &mut Told) {
    if let Some(file) = gone.elsewhere {
        told.notes += &format!(
            "inflight: `{}` is in `{file}` now, which is not checked\n",
            gone.name
        );
        return;
    }
    let Some(file) = checked.get_mut(gone.place) else {
        return;
    };
    let alone = |workflows: &[Workflow]| Model {
        docs: Vec::new(),
        workflows: workflows.to_vec(),
    };
    let (old, new) = (alone(&[gone.workflow]), alone(workflows(&file.source)));
    let changes = compare(&old, &new).into_iter().flat_map(|it| it.changes);
    let mut stranding: Vec<_> = changes.filter_map(|change| change.stranding).collect();
    for (stranding, was) in stranding.iter_mut().zip(gone.was) {
        stranding.message += &format!(": it was in `{was}`");
    }
    add_all(stranding, &mut file.source);
}
